package api

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"html/template"
	"io"
	"net/http"
	"strings"
	"sync"

	"github.com/labstack/echo/v4"
)

// The pages: templates with every word of them, style, icon and script. docsui is swagger-ui-dist 5.35.0 from npm, css
// and bundle as they came, each compressed by gzip -9 -n.
//
//go:embed console docsui
var pageFiles embed.FS

// pagePolicy lets a page load what this server gives and nothing else; nothing inline runs.
const pagePolicy = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
	"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

// asset is a file that pages load.
type asset struct {
	file  string
	media string
	gzip  bool // stored compressed
}

func assets() map[string]asset {
	const css, js = "text/css; charset=utf-8", "text/javascript; charset=utf-8"
	return map[string]asset{
		"page.css":             {"console/page.css", css, false},
		"icon.svg":             {"console/icon.svg", "image/svg+xml", false},
		"docs.js":              {"console/docs.js", js, false},
		"swagger-ui.css":       {"docsui/swagger-ui.css.gz", css, true},
		"swagger-ui-bundle.js": {"docsui/swagger-ui-bundle.js.gz", js, true},
	}
}

// pages serves the pages and what they load.
type pages struct {
	assets    map[string]asset
	templates func() (*template.Template, error)
}

func newPages() *pages {
	return &pages{assets: assets(), templates: sync.OnceValues(func() (*template.Template, error) {
		return template.New("").ParseFS(pageFiles, "console/*.html")
	})}
}

// show writes a page.
func (p *pages) show(c echo.Context, status int, name string, view any) error {
	all, err := p.templates()
	if err != nil {
		return fmt.Errorf("reading the pages: %w", err)
	}
	var page bytes.Buffer
	if err := all.ExecuteTemplate(&page, name, view); err != nil {
		return fmt.Errorf("page %s: %w", name, err)
	}
	c.Response().Header().Set(echo.HeaderContentSecurityPolicy, pagePolicy)
	return c.HTMLBlob(status, page.Bytes())
}

// asset serves a file that pages load.
//
//	@Summary		Load a part of a page
//	@Description	Style, script and icon of the pages. They need no key.
//	@ID				getAsset
//	@Tags			service
//	@Produce		text/css,text/javascript,image/svg+xml,application/problem+json
//	@Param			name	path		string	true	"name of the file"	enums(page.css,icon.svg,docs.js,swagger-ui.css,swagger-ui-bundle.js)	example(page.css)
//	@Success		200		{string}	string	"the file"
//	@Success		304		"the caller has it already"
//	@Failure		404		{object}	Problem	"there is no such file"
//	@Failure		default	{object}	Problem	"the question could not be answered"
//	@Router			/assets/{name} [get]
func (p *pages) asset(c echo.Context) error {
	a, known := p.assets[c.Param("name")]
	if !known {
		return &InputError{Status: http.StatusNotFound, Detail: fmt.Sprintf("There is no file %q.", c.Param("name"))}
	}
	content, err := pageFiles.ReadFile(a.file)
	if err != nil {
		return fmt.Errorf("reading a part of a page: %w", err)
	}
	header := c.Response().Header()
	sum := sha256.Sum256(content)
	tag := `"` + hex.EncodeToString(sum[:8]) + `"`
	header.Set("ETag", tag)
	header.Set(echo.HeaderCacheControl, "no-cache") // kept, but asked about each time
	header.Set(echo.HeaderVary, echo.HeaderAcceptEncoding)
	if c.Request().Header.Get("If-None-Match") == tag {
		return c.NoContent(http.StatusNotModified)
	}
	switch {
	case a.gzip && strings.Contains(c.Request().Header.Get(echo.HeaderAcceptEncoding), "gzip"):
		header.Set(echo.HeaderContentEncoding, "gzip")
	case a.gzip:
		if content, err = unzipped(content); err != nil {
			return fmt.Errorf("unpacking %s: %w", a.file, err)
		}
	}
	return c.Blob(http.StatusOK, a.media, content)
}

func unzipped(content []byte) ([]byte, error) {
	r, err := gzip.NewReader(bytes.NewReader(content))
	if err != nil {
		return nil, err
	}
	return io.ReadAll(r)
}
