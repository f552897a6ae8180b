package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/interdict/interdict/docs"
)

//go:generate go run ../internal/openapi -root ..

//	@title						interdict
//	@version					1
//	@description				May this go ahead? interdict holds a vendor, a SKU or a purchase order against the United States' prohibitions on Kaspersky and answers with a decision, the law behind it, the date from which that law bites, and the evidence.
//	@description
//	@description				A verdict, whatever it says, is **200**. 4xx and 5xx mean that the question could not be answered; they come as problem documents (RFC 9457) that say what was wrong, where, and what to do.
//	@contact.name				interdict
//	@contact.url				https://github.com/interdict/interdict
//	@license.name				Apache-2.0
//	@license.url				https://www.apache.org/licenses/LICENSE-2.0
//	@BasePath					/
//	@tag.name					screening
//	@tag.description			May this vendor, SKU or order go ahead?
//	@tag.name					catalogue
//	@tag.description			What screenings run on: entities, products and rules.
//	@tag.name					service
//	@tag.description			Whether the service lives, what it runs, and its pages.
//	@securityDefinitions.apikey	APIKey
//	@in							header
//	@name						Authorization

// openAPI serves the description of the API.
//
//	@Summary		Read this description
//	@Description	The OpenAPI 3.1 description of every call. It needs no key.
//	@ID				getOpenAPI
//	@Tags			service
//	@Produce		json,application/problem+json
//	@Success		200		{object}	object	"the description"
//	@Failure		default	{object}	Problem	"the question could not be answered"
//	@Router			/openapi.json [get]
func openAPI(c echo.Context) error {
	c.Response().Header().Set(echo.HeaderCacheControl, "no-cache")
	return c.Blob(http.StatusOK, mediaJSON, docs.OpenAPI())
}
