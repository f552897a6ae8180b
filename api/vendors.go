package api

import "github.com/labstack/echo/v4"

// screenVendor answers whether one may deal with a vendor.
func (s *Server) screenVendor(c echo.Context) error { return s.screen(c, DecodeVendor) }
