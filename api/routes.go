package api

// routes lists every call of the API. Those under /v1 need the key, where one is set.
func (s *Server) routes() {
	v1 := s.echo.Group("/v1")
	if s.cfg.APIKey != "" {
		v1.Use(requireKey(s.cfg.APIKey))
	}
	v1.POST("/screen/vendor", s.screenVendor)
	v1.POST("/screen/sku", s.screenSKU)
	v1.POST("/screen/order", s.screenOrder)
	s.echo.GET("/healthz", s.healthz)
	s.echo.GET("/readyz", s.readyz)
	s.echo.GET("/version", s.version)
}
