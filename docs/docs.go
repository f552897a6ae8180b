// Package docs holds the description of the API that is generated from its handlers.
package docs

import _ "embed"

//go:embed openapi.json
var openAPI []byte

// OpenAPI returns the OpenAPI 3.1 description as JSON. The bytes are shared and must not be changed.
func OpenAPI() []byte { return openAPI }
