package api

import (
	"crypto/rand"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"
)

// fixedHeaders are what every answer carries unless its handler sets another. The values are shared by all answers, so
// that they cost no memory for each.
type fixedHeaders struct {
	always http.Header
	tls    []string
}

func newFixedHeaders() fixedHeaders {
	return fixedHeaders{
		always: http.Header{
			// An answer of the API is data: nothing in it may run, load or be framed. Pages set their own policy.
			"Content-Security-Policy":      {"default-src 'none'; frame-ancestors 'none'"},
			"X-Content-Type-Options":       {"nosniff"},
			"X-Frame-Options":              {"DENY"},
			"Referrer-Policy":              {"no-referrer"},
			"Cross-Origin-Resource-Policy": {"same-origin"},
			"Cache-Control":                {"no-store"},
		},
		tls: []string{"max-age=31536000; includeSubDomains"},
	}
}

func (f *fixedHeaders) apply(header http.Header, overTLS bool) {
	for name, value := range f.always {
		header[name] = value[:1:1] // so that adding to it copies
	}
	if overTLS {
		header[echo.HeaderStrictTransportSecurity] = f.tls[:1:1]
	}
}

// maxRequestID is the length up to which a caller's own request id is taken.
const maxRequestID = 64

// newRun returns what the ids of one server's requests begin with: no two runs of a server have the same.
func newRun() string { return "req_" + rand.Text()[:12] + "_" }

// requestID returns the caller's id for the request where it is plain enough for a log, else a new one.
func (s *Server) requestID(r *http.Request) string {
	if id := r.Header.Get(echo.HeaderXRequestID); plainID(id) {
		return id
	}
	return string(strconv.AppendUint(append(make([]byte, 0, 32), s.guard.run...), s.guard.requests.Add(1), 10))
}

func plainID(id string) bool {
	if id == "" || len(id) > maxRequestID {
		return false
	}
	for i := range len(id) {
		switch b := id[i]; {
		case b >= '0' && b <= '9', b >= 'a' && b <= 'z', b >= 'A' && b <= 'Z', b == '-', b == '_', b == '.':
		default:
			return false
		}
	}
	return true
}
