package api

// routes lists every call of the API. Those under /v1 need the key where one is set; the guard asks for it.
func (s *Server) routes() {
	v1 := s.echo.Group("/v1")
	v1.POST("/screen/vendor", s.screenVendor)
	v1.POST("/screen/sku", s.screenSKU)
	v1.POST("/screen/order", s.screenOrder)
	v1.GET("/entities", s.browsing((*browser).listEntities))
	v1.GET("/entities/:id", s.browsing((*browser).entity))
	v1.GET("/products", s.browsing((*browser).listProducts))
	v1.GET("/products/:id", s.browsing((*browser).product))
	v1.GET("/rules", s.browsing((*browser).listRules))
	v1.GET("/rules/:id", s.browsing((*browser).rule))
	v1.GET("/lists", s.listLists)
	v1.POST("/lists/:id/refresh", s.refreshList)
	pages := newPages()
	s.echo.GET("/", s.index(pages))
	s.echo.GET("/docs", pages.docs)
	s.echo.GET("/assets/:name", pages.asset)
	s.echo.GET("/openapi.json", openAPI)
	s.echo.GET("/healthz", s.healthz)
	s.echo.GET("/readyz", s.readyz)
	s.echo.GET("/version", s.version)
}
