package api

import (
	"math"
	"net/http"
	"net/netip"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/labstack/echo/v4"
	"golang.org/x/time/rate"

	"github.com/interdict/interdict/internal/telemetry"
)

const (
	maxCallers   = 1 << 14     // callers that a limiter tells apart; some 2 MiB
	sweepPause   = time.Second // between two looks for callers that can be forgotten
	ipv6Subscope = 64          // bits of an IPv6 address that tell customers apart: each has a whole network of them
)

// limiter gives each caller a bucket of tokens that fills again with time. It is safe for concurrent use and bounded:
// callers beyond maxCallers share one bucket until some of the others have been quiet.
type limiter struct {
	perSecond rate.Limit
	burst     int
	told      []string     // burst, as a header's value
	refill    []string     // seconds until an empty bucket is full again, as a header's value
	known     atomic.Int32 // len(callers), to be read without the lock

	mu      sync.Mutex
	callers map[string]*rate.Limiter
	rest    *rate.Limiter
	swept   time.Time
}

func newLimiter(perSecond float64, burst int) *limiter {
	l := &limiter{
		perSecond: rate.Limit(perSecond), burst: burst, told: []string{strconv.Itoa(burst)},
		refill: []string{strconv.Itoa(int(math.Ceil(float64(burst) / perSecond)))}, callers: map[string]*rate.Limiter{},
	}
	l.rest = rate.NewLimiter(l.perSecond, l.burst)
	return l
}

// take takes a token from a caller's bucket. It returns how many are left and, where there was none, how long until
// the next.
func (l *limiter) take(caller string, now time.Time) (left int, wait time.Duration) {
	bucket := l.bucket(caller, now)
	if bucket.AllowN(now, 1) {
		return int(max(bucket.TokensAt(now), 0)), 0
	}
	return 0, max(l.until(bucket.TokensAt(now)), 1)
}

// wait tells how long a caller must wait for a token, without taking it.
func (l *limiter) wait(caller string, now time.Time) time.Duration {
	if l.known.Load() == 0 {
		return 0
	}
	l.mu.Lock()
	bucket, found := l.callers[caller]
	if !found && len(l.callers) >= maxCallers {
		bucket, found = l.rest, true
	}
	l.mu.Unlock()
	if !found {
		return 0
	}
	return l.until(bucket.TokensAt(now))
}

// until returns the time in which a bucket comes to a whole token. A bucket counts in floating point: what lacks a
// nanosecond lacks nothing.
func (l *limiter) until(tokens float64) time.Duration {
	return max(time.Duration((1-tokens)/float64(l.perSecond)*float64(time.Second)), 0)
}

// forget gives a caller a full bucket again.
func (l *limiter) forget(caller string) {
	if l.known.Load() == 0 {
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	delete(l.callers, caller)
	l.known.Store(int32(len(l.callers)))
}

func (l *limiter) bucket(caller string, now time.Time) *rate.Limiter {
	l.mu.Lock()
	defer l.mu.Unlock()
	if bucket, found := l.callers[caller]; found {
		return bucket
	}
	if len(l.callers) >= maxCallers && now.Sub(l.swept) >= sweepPause {
		l.swept = now
		for name, bucket := range l.callers {
			if bucket.TokensAt(now) >= float64(l.burst) { // a full bucket is as good as none
				delete(l.callers, name)
			}
		}
	}
	if len(l.callers) >= maxCallers {
		return l.rest
	}
	bucket := rate.NewLimiter(l.perSecond, l.burst)
	l.callers[strings.Clone(caller)] = bucket
	l.known.Store(int32(len(l.callers)))
	return bucket
}

// checkRate counts a call against its caller's rate.
func (s *Server) checkRate(c echo.Context, caller string) error {
	if s.guard.rate == nil {
		return nil
	}
	left, wait := s.guard.rate.take(caller, time.Now())
	header := c.Response().Header()
	header["Ratelimit-Limit"] = s.guard.rate.told[:1:1]
	header["Ratelimit-Remaining"] = []string{strconv.Itoa(left)}
	header["Ratelimit-Reset"] = s.guard.rate.refill[:1:1]
	if wait == 0 {
		return nil
	}
	setRetryAfter(header, wait)
	return s.refuse(telemetry.Rate, http.StatusTooManyRequests,
		"This caller asks more often than "+strconv.Itoa(s.cfg.Rate)+" times a second, the most that this server takes. Wait, or send many objects in one call as NDJSON.")
}

// setRetryAfter tells when to come again, in whole seconds from 1.
func setRetryAfter(header http.Header, wait time.Duration) {
	header.Set(echo.HeaderRetryAfter, strconv.Itoa(int(math.Ceil(wait.Seconds()))))
}

// network returns what tells customers apart in an address: all of an IPv4 one, the network of an IPv6 one.
func network(address string) string {
	if !strings.Contains(address, ":") {
		return address
	}
	ip, err := netip.ParseAddr(address)
	if err != nil {
		return address
	}
	if ip = ip.Unmap(); ip.Is4() {
		return ip.String()
	}
	prefix, err := ip.WithZone("").Prefix(ipv6Subscope)
	if err != nil {
		return address
	}
	return prefix.String()
}
