package api_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/go-json-experiment/json"
	"github.com/labstack/echo/v4"

	"github.com/interdict/interdict/api"
	"github.com/interdict/interdict/internal/telemetry"
	"github.com/interdict/interdict/screening"
)

// BenchmarkVendor compares a vendor's screening with the least that any server on this framework does: decode the same
// request and encode the same answer. "guard" is what stands around every call, without the screening.
func BenchmarkVendor(b *testing.B) {
	log, _ := telemetry.NewLog(io.Discard, slog.LevelInfo)
	served := serverOver(b, api.Config{APIKey: "k", Log: log, Rate: 1 << 30}, nil).Handler()
	b.Run("floor", func(b *testing.B) { askAll(b, floor(b), "POST", "/v1/screen/vendor") })
	b.Run("served", func(b *testing.B) { askAll(b, served, "POST", "/v1/screen/vendor") })
	b.Run("bare", func(b *testing.B) {
		e := echo.New()
		e.GET("/v1/rules/:id", func(c echo.Context) error { return c.NoContent(http.StatusNotFound) })
		askAll(b, e, "GET", "/v1/rules/none")
	})
	b.Run("guard", func(b *testing.B) { askAll(b, served, "OPTIONS", "/v1/screen/vendor") })
}

func floor(b *testing.B) http.Handler {
	catalogue, err := loaded()
	if err != nil {
		b.Fatal(err)
	}
	screener, err := screening.New(catalogue, screening.Config{})
	if err != nil {
		b.Fatal(err)
	}
	order, err := api.DecodeVendor([]byte(acme))
	if err != nil {
		b.Fatal(err)
	}
	verdict, err := screener.Screen(b.Context(), order)
	if err != nil {
		b.Fatal(err)
	}
	answer := api.NewVerdict(&verdict, api.Answer{ID: "scr_01JD0000000000000000000000", Engine: "test"})
	e := echo.New()
	e.POST("/v1/screen/vendor", func(c echo.Context) error {
		var in api.VendorRequest
		if err := json.UnmarshalRead(c.Request().Body, &in, json.RejectUnknownMembers(true)); err != nil {
			return err
		}
		c.Response().Header().Set("Content-Type", "application/json")
		return json.MarshalWrite(c.Response(), &answer, json.Deterministic(true))
	})
	return e
}

func askAll(b *testing.B, h http.Handler, method, path string) {
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		body := strings.NewReader(acme)
		req := httptest.NewRequest(method, path, nil)
		req.Header.Set("Authorization", "Bearer k")
		for pb.Next() {
			body.Reset(acme)
			req.Body, req.ContentLength = io.NopCloser(body), int64(len(acme))
			h.ServeHTTP(httptest.NewRecorder(), req)
		}
	})
}
