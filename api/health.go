package api

import (
	"net/http"
	"runtime"

	"github.com/labstack/echo/v4"
)

// Health tells whether the program lives or is ready.
type Health struct {
	Status string `json:"status" enums:"ok"`
}

// healthz answers as long as the program runs.
func (s *Server) healthz(c echo.Context) error {
	return writeJSON(c, http.StatusOK, mediaJSON, Health{"ok"})
}

// readyz answers once the catalogue is loaded. A server is only made with one.
func (s *Server) readyz(c echo.Context) error {
	return writeJSON(c, http.StatusOK, mediaJSON, Health{"ok"})
}

// Version tells what is running and on which catalogue.
type Version struct {
	Engine    string `json:"engine"`
	Commit    string `json:"commit"`
	Go        string `json:"go"`
	Catalogue string `json:"catalogue"`
	Digest    string `json:"digest"`
}

func (s *Server) version(c echo.Context) error {
	catalogue := s.screener.Catalogue()
	return writeJSON(c, http.StatusOK, mediaJSON, Version{s.cfg.Engine, s.cfg.Commit, runtime.Version(), catalogue.Version(), catalogue.Digest()})
}
