package api

import "github.com/labstack/echo/v4"

// screenOrder answers whether a whole order may go ahead.
func (s *Server) screenOrder(c echo.Context) error { return s.screen(c, DecodeOrder) }
