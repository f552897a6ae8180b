package api

import (
	"net"
	"net/http"
	"net/netip"
	"strings"

	"github.com/labstack/echo/v4"

	"github.com/interdict/interdict/internal/telemetry"
)

const (
	foreignHostDetail = "Without an API key this server answers only to names of this machine, such as 127.0.0.1 or localhost, and the Host header of this request is another one. A web page could otherwise reach it under a name of its own. Use one of those names, or set INTERDICT_API_KEY."
	foreignPageDetail = "Without an API key this server takes nothing from web pages of other origins. Set INTERDICT_API_KEY to call it from elsewhere."
)

// checkOrigin keeps web pages from using a browser on this machine to reach a server that asks for no key: neither
// under a name that they point at loopback nor by a form sent across origins.
func (s *Server) checkOrigin(c echo.Context) error {
	if s.guard.key != nil {
		return nil
	}
	r := c.Request()
	if !namesLoopback(r.Host) {
		return s.refuse(telemetry.Host, http.StatusForbidden, foreignHostDetail)
	}
	if err := s.guard.pages.Check(r); err != nil {
		return s.refuse(telemetry.Host, http.StatusForbidden, foreignPageDetail)
	}
	return nil
}

// LoopbackOnly refuses requests whose Host is not a name of this machine's loopback, before they reach a handler.
func LoopbackOnly(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !namesLoopback(r.Host) {
			http.Error(w, foreignHostDetail, http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

// namesLoopback tells whether a Host header, with or without a port, names loopback.
func namesLoopback(host string) bool {
	name := host
	if h, _, err := net.SplitHostPort(host); err == nil {
		name = h
	}
	name = strings.TrimSuffix(strings.TrimPrefix(name, "["), "]")
	if strings.EqualFold(name, "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(name)
	return err == nil && ip.Unmap().IsLoopback()
}

// addressOf returns how the address of a caller is told. X-Forwarded-For counts only as far as trusted proxies wrote it.
func addressOf(trusted []netip.Prefix) echo.IPExtractor {
	if len(trusted) == 0 {
		return echo.ExtractIPDirect()
	}
	options := []echo.TrustOption{echo.TrustLoopback(false), echo.TrustLinkLocal(false), echo.TrustPrivateNet(false)}
	for _, prefix := range trusted {
		prefix = prefix.Masked()
		options = append(options, echo.TrustIPRange(&net.IPNet{
			IP: prefix.Addr().AsSlice(), Mask: net.CIDRMask(prefix.Bits(), prefix.Addr().BitLen()),
		}))
	}
	return echo.ExtractIPFromXFFHeader(options...)
}

// overTLS tells whether the caller's connection is encrypted: here, or in front of a trusted proxy.
func (s *Server) overTLS(r *http.Request) bool {
	if r.TLS != nil {
		return true
	}
	if len(s.cfg.TrustedProxies) == 0 || r.Header.Get(echo.HeaderXForwardedProto) != "https" {
		return false
	}
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return false
	}
	for _, prefix := range s.cfg.TrustedProxies {
		if prefix.Contains(peer.Addr().Unmap()) {
			return true
		}
	}
	return false
}
