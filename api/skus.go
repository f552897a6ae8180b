package api

import "github.com/labstack/echo/v4"

// screenSKU answers whether one order line may go ahead.
func (s *Server) screenSKU(c echo.Context) error { return s.screen(c, DecodeSKU) }
