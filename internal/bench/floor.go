package main

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/go-json-experiment/json"
	"github.com/labstack/echo/v4"

	"github.com/interdict/interdict/api"
	"github.com/interdict/interdict/data"
	"github.com/interdict/interdict/screening"
)

// question is one call of the API, with what the floor needs to answer it.
type question struct {
	name   string
	path   string
	body   string
	decode func([]byte) (screening.Order, error)
	floor  func(*api.Verdict) echo.HandlerFunc
}

func questions() []question {
	return []question{
		{
			"vendor, clear", "/v1/screen/vendor", `{"reference":"V-1002","name":"Northwind IT Supply LLC","country":"US","role":"seller","date":"2026-11-22"}`,
			api.DecodeVendor, floorOf[api.VendorRequest],
		},
		{
			"vendor, blocked", "/v1/screen/vendor", `{"reference":"V-1001","name":"Kaspersky Labs Ltd","country":"GB","role":"seller","date":"2026-11-22"}`,
			api.DecodeVendor, floorOf[api.VendorRequest],
		},
		{
			"SKU, clear", "/v1/screen/sku", `{"reference":"SKU-8","sku":"P2422H","description":"24in monitor, height adjustable","date":"2024-10-02","activity":"resale","buyer":{"name":"Contoso LLC","country":"US"}}`,
			api.DecodeSKU, floorOf[api.SKURequest],
		},
		{
			"SKU, blocked", "/v1/screen/sku", `{"reference":"SKU-7","sku":"KL4867XATFS","description":"KESB Advanced 250-499 1Y","date":"2024-10-02","activity":"resale","buyer":{"name":"Contoso LLC","country":"US"}}`,
			api.DecodeSKU, floorOf[api.SKURequest],
		},
	}
}

// floorOf is the least that any server on the API's framework does: it strictly decodes the request and encodes the
// answer.
func floorOf[Request any](answer *api.Verdict) echo.HandlerFunc {
	return func(c echo.Context) error {
		var in Request
		if err := json.UnmarshalRead(c.Request().Body, &in, json.RejectUnknownMembers(true)); err != nil {
			return err
		}
		c.Response().Header().Set(echo.HeaderContentType, echo.MIMEApplicationJSON)
		return json.MarshalWrite(c.Response(), answer, json.Deterministic(true))
	}
}

// serveFloor serves the floor of a question until it is stopped. It screens once, for the answer that it then gives.
func serveFloor(ctx context.Context, address, name string) error {
	all := questions()
	i := slices.IndexFunc(all, func(q question) bool { return q.name == name })
	if i < 0 {
		return fmt.Errorf("no question is called %q", name)
	}
	q := all[i]
	catalogue, err := data.Catalogue()
	if err != nil {
		return err
	}
	screener, err := screening.New(catalogue, screening.Config{})
	if err != nil {
		return err
	}
	order, err := q.decode([]byte(q.body))
	if err != nil {
		return err
	}
	order.ReceivedAt, order.Assumed = time.Now(), screening.Background{SellerCountry: "US", OwnerCountry: "US"}
	verdict, err := screener.Screen(ctx, order)
	if err != nil {
		return err
	}
	answer := api.NewVerdict(&verdict, api.Answer{ID: "scr_01JD0000000000000000000000", Engine: "floor"})
	e := echo.New()
	e.POST(q.path, q.floor(&answer))
	e.GET("/readyz", func(c echo.Context) error { return c.NoContent(http.StatusOK) })
	served := http.Server{Addr: address, Handler: e, ReadHeaderTimeout: time.Second}
	return served.ListenAndServe()
}
