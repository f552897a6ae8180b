package api

import (
	"net/http"
	"runtime"
	"time"

	"github.com/labstack/echo/v4"
)

// Health tells whether the program lives or is ready.
type Health struct {
	Status string  `json:"status" enums:"ok"`
	Checks Checked `json:"checks,omitzero"` // of /readyz
}

// Checked tells of each part that screening rests on.
type Checked struct {
	Catalogue string `json:"catalogue" enums:"ok"`
	Cache     string `json:"cache" enums:"ok,down,off"` // of Redis; screenings go on without it
}

// healthz answers as long as the program runs.
//
//	@Summary		Ask whether it lives
//	@Description	Answers as long as the program runs. It needs no key.
//	@ID				getHealth
//	@Tags			service
//	@Produce		json,application/problem+json
//	@Success		200		{object}	Health	"yes"
//	@Failure		default	{object}	Problem	"the question could not be answered"
//	@Router			/healthz [get]
func (s *Server) healthz(c echo.Context) error {
	return writeJSON(c, http.StatusOK, mediaJSON, Health{Status: "ok"})
}

// readyz answers whether new callers should come. A server is only made with a catalogue, so it is ready until it drains;
// a cache that is down makes it slower, not unready.
//
//	@Summary		Ask whether it is ready
//	@Description	Answers whether new callers should come: until it drains. It needs no key.
//	@ID				getReadiness
//	@Tags			service
//	@Produce		json,application/problem+json
//	@Success		200		{object}	Health	"yes"
//	@Failure		503		{object}	Problem	"it is about to end"
//	@Failure		default	{object}	Problem	"the question could not be answered"
//	@Router			/readyz [get]
func (s *Server) readyz(c echo.Context) error {
	s.probed.Store(time.Now().UnixNano())
	if s.drainingNow() {
		s.tellOnce.Do(func() { close(s.told) })
		return &InputError{Status: http.StatusServiceUnavailable, Detail: "The server is draining: it finishes what is under way and is about to end."}
	}
	cache := "ok"
	switch {
	case s.cfg.Cache == nil:
		cache = "off"
	case s.cfg.Cache.Healthy() != nil:
		cache = "down"
	}
	return writeJSON(c, http.StatusOK, mediaJSON, Health{"ok", Checked{Catalogue: "ok", Cache: cache}})
}

// Version tells what is running and on which catalogue.
type Version struct {
	Engine    string `json:"engine"`
	Commit    string `json:"commit"`
	Go        string `json:"go"`
	Catalogue string `json:"catalogue"`
	Digest    string `json:"digest"`
}

// version tells what is running.
//
//	@Summary		Ask what is running
//	@Description	Version of the program and of the catalogue. It needs no key.
//	@ID				getVersion
//	@Tags			service
//	@Produce		json,application/problem+json
//	@Success		200		{object}	Version	"what is running"
//	@Failure		default	{object}	Problem	"the question could not be answered"
//	@Router			/version [get]
func (s *Server) version(c echo.Context) error {
	catalogue := s.catalogue()
	return writeJSON(c, http.StatusOK, mediaJSON, Version{s.cfg.Engine, s.cfg.Commit, runtime.Version(), catalogue.Version(), catalogue.Digest()})
}
