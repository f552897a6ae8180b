package config

import (
	"errors"
	"fmt"
	"log/slog"
	"math"
	"net"
	"net/netip"
	"net/url"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Secret is a value that is never shown: it prints, logs and encodes as [redacted], or as nothing when empty.
type Secret struct{ value string }

const redacted = "[redacted]"

// Reveal returns the secret itself.
func (s Secret) Reveal() string { return s.value }

// Empty tells whether there is no secret.
func (s Secret) Empty() bool { return s.value == "" }

// String returns [redacted], or nothing when empty.
func (s Secret) String() string {
	if s.Empty() {
		return ""
	}
	return redacted
}

// GoString is String, so that %#v shows no more.
func (s Secret) GoString() string { return s.String() }

// LogValue is String, for slog.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText is String, for every encoder.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText takes a secret, which has no spaces and nothing that is not printable.
func (s *Secret) UnmarshalText(text []byte) error {
	for _, r := range string(text) {
		if r <= ' ' || r > '~' {
			return errors.New("want printable ASCII without spaces")
		}
	}
	s.value = string(text)
	return nil
}

// Address is a host and a port to listen on. An empty host is every address of the machine.
type Address struct{ value string }

// String returns host:port as it was given.
func (a Address) String() string { return a.value }

// Loopback tells whether only this machine can reach the address.
func (a Address) Loopback() bool {
	host, _, err := net.SplitHostPort(a.value)
	if err != nil {
		return false
	}
	if host == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.Unmap().IsLoopback()
}

// Reachable returns the host:port on which this machine itself reaches what listens on the address: loopback where
// the address stands for every one.
func (a Address) Reachable() string {
	host, port, err := net.SplitHostPort(a.value)
	if err != nil {
		return a.value
	}
	ip, err := netip.ParseAddr(host)
	switch {
	case host == "":
		host = "127.0.0.1"
	case err == nil && ip.IsUnspecified() && ip.Is4():
		host = "127.0.0.1"
	case err == nil && ip.IsUnspecified():
		host = "::1"
	}
	return net.JoinHostPort(host, port)
}

// UnmarshalText takes host:port, where the host may be empty.
func (a *Address) UnmarshalText(text []byte) error {
	_, port, err := net.SplitHostPort(string(text))
	if err != nil {
		return errors.New("want host:port, such as 127.0.0.1:8080")
	}
	if _, err := strconv.ParseUint(port, 10, 16); err != nil {
		return fmt.Errorf("port %q: want 0 to 65535", port)
	}
	a.value = string(text)
	return nil
}

// Path is the path of a file or folder.
type Path string

// UnmarshalText takes any path.
func (p *Path) UnmarshalText(text []byte) error {
	*p = Path(text)
	return nil
}

// Country is an ISO 3166-1 alpha-2 code in capitals.
type Country string

// UnmarshalText takes two letters.
func (c *Country) UnmarshalText(text []byte) error {
	code := strings.ToUpper(string(text))
	if len(code) != 2 || strings.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return errors.New("want a two-letter country code, such as US")
	}
	*c = Country(code)
	return nil
}

// Count is a whole number from 0.
type Count int

// UnmarshalText takes digits.
func (c *Count) UnmarshalText(text []byte) error {
	n, err := strconv.ParseInt(string(text), 10, 32)
	if err != nil || n < 0 {
		return errors.New("want a whole number from 0 to 2147483647")
	}
	*c = Count(n)
	return nil
}

// Workers is a number of workers.
type Workers int

// UnmarshalText takes a whole number, or cores for the number of processors this process may use.
func (w *Workers) UnmarshalText(text []byte) error {
	if string(text) == "cores" {
		*w = Workers(runtime.GOMAXPROCS(0))
		return nil
	}
	var n Count
	if err := n.UnmarshalText(text); err != nil {
		return fmt.Errorf("%w, or cores", err)
	}
	*w = Workers(n)
	return nil
}

// The lengths of a day and a year, as settings mean them: calendars do not matter at this scale.
const (
	day  = 24 * time.Hour
	year = 365 * day
)

// Duration is a time of zero or more, such as 90s, 24h, 30d or 10y. A year has 365 days.
type Duration time.Duration

// UnmarshalText takes Go's units and, alone or in front of them, years (y) and days (d): 1y30d12h.
func (d *Duration) UnmarshalText(text []byte) error {
	wrong := errors.New("want a time such as 90s, 24h, 30d or 10y")
	rest := string(text)
	var total time.Duration
	for _, unit := range []struct {
		letter string
		length time.Duration
	}{{"y", year}, {"d", day}} {
		count, after, found := strings.Cut(rest, unit.letter)
		if !found {
			continue
		}
		n, err := strconv.ParseInt(count, 10, 32)
		if err != nil || n < 0 || n > int64((math.MaxInt64-total)/unit.length) {
			return wrong
		}
		total += time.Duration(n) * unit.length
		rest = after
	}
	if rest != "" || len(text) == 0 {
		part, err := time.ParseDuration(rest)
		if err != nil || part < 0 || part > math.MaxInt64-total {
			return wrong
		}
		total += part
	}
	*d = Duration(total)
	return nil
}

// Refresh is the time between two fetches of the lists; 0 is off.
type Refresh time.Duration

// UnmarshalText takes off, or a duration of a minute or more.
func (r *Refresh) UnmarshalText(text []byte) error {
	if string(text) == "off" {
		*r = 0
		return nil
	}
	var d Duration
	if err := d.UnmarshalText(text); err != nil || time.Duration(d) < time.Minute {
		return errors.New("want off, or a time of a minute or more, such as 24h")
	}
	*r = Refresh(d)
	return nil
}

// Networks are networks in CIDR form; a single address is a network of one.
type Networks []netip.Prefix

// UnmarshalText takes addresses and networks with commas between them.
func (n *Networks) UnmarshalText(text []byte) error {
	var nets Networks
	for _, part := range strings.Split(string(text), ",") {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		prefix, err := netip.ParsePrefix(part)
		if err != nil {
			var addr netip.Addr
			if addr, err = netip.ParseAddr(part); err != nil {
				return fmt.Errorf("%q: want an address or a network such as 10.0.0.0/8", part)
			}
			prefix = netip.PrefixFrom(addr, addr.BitLen())
		}
		nets = append(nets, prefix)
	}
	*n = nets
	return nil
}

// Level is the least severe level that is logged.
type Level slog.Level

// UnmarshalText takes debug, info, warn or error.
func (l *Level) UnmarshalText(text []byte) error {
	levels := map[string]slog.Level{"debug": slog.LevelDebug, "info": slog.LevelInfo, "warn": slog.LevelWarn, "error": slog.LevelError}
	level, known := levels[string(text)]
	if !known {
		return errors.New("want debug, info, warn or error")
	}
	*l = Level(level)
	return nil
}

// Evidence says when a screening is recorded: EvidenceSync or EvidenceOff.
type Evidence string

// The ways to record.
const (
	EvidenceSync Evidence = "sync"
	EvidenceOff  Evidence = "off"
)

// UnmarshalText takes sync or off.
func (e *Evidence) UnmarshalText(text []byte) error {
	return choose(e, text, EvidenceSync, EvidenceOff)
}

// Redis says what kind of Redis there is: RedisSingle, RedisCluster or RedisSentinel.
type Redis string

// The kinds of Redis.
const (
	RedisSingle   Redis = "single"
	RedisCluster  Redis = "cluster"
	RedisSentinel Redis = "sentinel"
)

// UnmarshalText takes single, cluster or sentinel.
func (r *Redis) UnmarshalText(text []byte) error {
	return choose(r, text, RedisSingle, RedisCluster, RedisSentinel)
}

func choose[T ~string](into *T, text []byte, choices ...T) error {
	if !slices.Contains(choices, T(text)) {
		return fmt.Errorf("want one of %q", choices)
	}
	*into = T(text)
	return nil
}

// checkURL tells what is wrong with a URL without showing it: it may carry a password.
func checkURL(secret Secret, schemes ...string) error {
	if secret.Empty() {
		return nil
	}
	u, err := url.Parse(secret.Reveal())
	if err != nil || u.Host == "" && u.Path == "" || !slices.Contains(schemes, u.Scheme) {
		return fmt.Errorf("want a URL that begins with one of %q", schemes)
	}
	return nil
}
