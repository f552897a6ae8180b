package api

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

// docs shows the description of the API.
//
//	@Summary		Read and try the API in a browser
//	@Description	The description of the API as a page, from this server alone. It needs no key; trying a call does where one is set.
//	@ID				getDocs
//	@Tags			service
//	@Produce		html,application/problem+json
//	@Success		200		{string}	string	"the page"
//	@Failure		default	{object}	Problem	"the question could not be answered"
//	@Router			/docs [get]
func (p *pages) docs(c echo.Context) error { return p.show(c, http.StatusOK, "docs.html", nil) }
