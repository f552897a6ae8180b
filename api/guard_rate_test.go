package api

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// However calls are spread over time and callers, none gets more than its burst and what time gave it.
func TestLimiterGivesNoMoreThanItsRate(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		perSecond := rapid.IntRange(1, 50).Draw(t, "rate")
		l := newLimiter(float64(perSecond), perSecond)
		start := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
		now := start
		taken := map[string]int{}
		for range rapid.IntRange(1, 300).Draw(t, "calls") {
			now = now.Add(time.Duration(rapid.IntRange(0, 200).Draw(t, "ms")) * time.Millisecond)
			caller := rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "caller")
			announced := l.wait(caller, now)
			left, wait := l.take(caller, now)
			if (announced > time.Microsecond) != (wait > time.Microsecond) {
				t.Fatalf("told to wait %s, then %s", announced, wait)
			}
			if left < 0 || left > perSecond {
				t.Fatalf("%d left of %d", left, perSecond)
			}
			if wait == 0 {
				taken[caller]++
			} else if again, after := l.take(caller, now.Add(wait+time.Microsecond)); after != 0 {
				t.Fatalf("after the announced wait of %s: %d left, wait %s", wait, again, after)
			} else {
				taken[caller]++
				now = now.Add(wait + time.Microsecond)
			}
			if most := float64(perSecond)*(1+now.Sub(start).Seconds()) + 1e-6; float64(taken[caller]) > most {
				t.Fatalf("%d calls within %s at %d a second", taken[caller], now.Sub(start), perSecond)
			}
		}
	})
}

func TestLimiterIsBounded(t *testing.T) {
	l := newLimiter(1, 2)
	now := time.Date(2026, 11, 22, 10, 0, 0, 0, time.UTC)
	for i := range 2 * maxCallers {
		l.take(fmt.Sprint(i), now)
	}
	if len(l.callers) != maxCallers {
		t.Fatalf("knows %d callers, want %d", len(l.callers), maxCallers)
	}
	if _, wait := l.take("new", now); wait == 0 {
		t.Error("a caller beyond the known ones: got a bucket of its own, want the shared one, which is empty")
	}
	if wait := l.wait("newer", now); wait == 0 {
		t.Error("a caller beyond the known ones need not wait, want it to wait for the shared bucket")
	}
	later := now.Add(time.Minute)
	if _, wait := l.take("new", later); wait != 0 || len(l.callers) != 1 {
		t.Errorf("once all were quiet: wait %s and %d callers known, want none and 1", wait, len(l.callers))
	}
	l.forget("new")
	if len(l.callers) != 0 || l.known.Load() != 0 {
		t.Errorf("got %d callers after all were forgotten", len(l.callers))
	}
}

func TestNetwork(t *testing.T) {
	for address, want := range map[string]string{
		"192.0.2.1": "192.0.2.1", "::ffff:192.0.2.1": "192.0.2.1", "2001:db8:1:2:3::4": "2001:db8:1:2::/64",
		"fe80::1%eth0": "fe80::/64", "": "", "nonsense:": "nonsense:",
	} {
		if got := network(address); got != want {
			t.Errorf("%q: got %q, want %q", address, got, want)
		}
	}
}

// No name that a page's owner can have, whatever stands before its own part, is this machine's.
func FuzzNamesLoopback(f *testing.F) {
	for _, host := range []string{"localhost", "[::1]", "127.0.0.1", "evil", "[::ffff:127.0.0.1]", "a:80", "", "127.0.0.1:80@"} {
		f.Add(host)
	}
	f.Fuzz(func(t *testing.T, host string) {
		for _, foreign := range []string{host + ".evil.test", host + ".evil.test:80", host + "@evil.test"} {
			if namesLoopback(foreign) && !strings.Contains(host, ":") {
				t.Errorf("%q counts as this machine", foreign)
			}
		}
	})
}
