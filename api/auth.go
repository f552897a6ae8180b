package api

import (
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/interdict/interdict/internal/telemetry"
)

// Wrong keys that one address may send: so many at once, then so many a second.
const (
	wrongKeysAtOnce  = 20
	wrongKeysASecond = 1
)

const (
	missingKeyDetail = "This call needs an API key. Send it as Authorization: Bearer <key>."
	wrongKeyDetail   = "This is not an API key that is known here. Send it as Authorization: Bearer <key>."
	guessingDetail   = "Too many wrong keys came from this address. Wait, then send the right one."
)

// bootstrapCaller is the caller who has the key of the settings.
const bootstrapCaller = "bootstrap"

// keyCheck tells the right key from others. It is safe for concurrent use.
type keyCheck struct {
	want  [sha256.Size]byte
	wrong *limiter // by address
}

func newKeyCheck(key string) *keyCheck {
	return &keyCheck{want: sha256.Sum256([]byte(key)), wrong: newLimiter(wrongKeysASecond, wrongKeysAtOnce)}
}

// right tells whether a token is the key. Digests are compared, so that neither the key's bytes nor its length show in
// the time taken.
func (k *keyCheck) right(token string) bool {
	got := sha256.Sum256([]byte(token))
	return subtle.ConstantTimeCompare(got[:], k.want[:]) == 1
}

// identify returns who asks: the key, or the address where no key is asked for. A wrong key is an error. An address
// that sent too many is not even compared, so that it learns nothing; the right key, once compared, clears its name.
func (s *Server) identify(c echo.Context) (caller string, err error) {
	address := network(c.RealIP())
	check := s.guard.key
	if check == nil {
		return address, nil
	}
	header := c.Response().Header()
	token := bearer(c.Request())
	if token == "" {
		header.Set(echo.HeaderWWWAuthenticate, `Bearer realm="interdict"`)
		return "", s.refuse(telemetry.Key, http.StatusUnauthorized, missingKeyDetail)
	}
	now := time.Now()
	if wait := check.wrong.wait(address, now); wait > 0 {
		setRetryAfter(header, wait)
		return "", s.refuse(telemetry.Guessing, http.StatusTooManyRequests, guessingDetail)
	}
	if !check.right(token) {
		check.wrong.take(address, now)
		header.Set(echo.HeaderWWWAuthenticate, `Bearer realm="interdict", error="invalid_token"`)
		return "", s.refuse(telemetry.Key, http.StatusUnauthorized, wrongKeyDetail)
	}
	check.wrong.forget(address)
	return bootstrapCaller, nil
}

// bearer returns the token of a request, or nothing.
func bearer(r *http.Request) string {
	scheme, token, _ := strings.Cut(r.Header.Get(echo.HeaderAuthorization), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ""
	}
	return strings.TrimSpace(token)
}
