package config

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/kong"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// load reads settings as the program does: from a command line, an environment and the text of a file.
func load(t *testing.T, args, environ []string, file string) (Settings, error) {
	t.Helper()
	var grammar struct {
		Settings `embed:""`
		Config   File `name:"config"`
	}
	if file != "" {
		path := filepath.Join(t.TempDir(), "interdict.yaml")
		if err := os.WriteFile(path, []byte(file), 0o600); err != nil {
			t.Fatal(err)
		}
		args = append(args, "--config", path)
	}
	sources := NewSources(environ)
	parser, err := kong.New(&grammar, sources.Options()...)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := parser.Parse(args); err != nil {
		return Settings{}, err
	}
	return grammar.Settings, sources.Err()
}

func TestDefaults(t *testing.T) {
	s, err := load(t, nil, nil, "")
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Check(); err != nil {
		t.Error(err)
	}
	got := joined(s.Listen, s.APIKey, s.DataDir, s.DatabaseURL, s.SigningKeyFile, s.Evidence, s.RedisURL, s.RedisMode, s.CacheEntries,
		time.Duration(s.CacheTTL), s.OperatorCountry, s.Rate, s.TrustedProxies, time.Duration(s.Retention), s.ListsRefresh, s.ListsMaxAge, s.MetricsListen)
	want := "127.0.0.1:8080||./var|||sync||single|100000|24h0m0s|US|0|[]|87600h0m0s|0|0|"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if s.Workers < 1 {
		t.Errorf("workers: got %d, want one for each core", s.Workers)
	}
}

func joined(values ...any) string {
	texts := make([]string, len(values))
	for i, value := range values {
		texts[i] = fmt.Sprint(value)
	}
	return strings.Join(texts, "|")
}

func TestOrderOfSources(t *testing.T) {
	const file = "cache_ttl: 1h\nrate: 5\noperator_country: GB\n"
	environ := []string{"INTERDICT_CACHE_TTL=2h", "INTERDICT_RATE=6", "INTERDICT_OPERATOR_COUNTRY="}
	s, err := load(t, []string{"--cache-ttl=3h"}, environ, file)
	if err != nil {
		t.Fatal(err)
	}
	got := fmt.Sprint(time.Duration(s.CacheTTL), s.Rate, s.OperatorCountry, s.CacheEntries)
	if want := fmt.Sprint(3*time.Hour, 6, "GB", 100000); got != want {
		t.Errorf("flag over variable over file over default: got %s, want %s", got, want)
	}
}

func TestFile(t *testing.T) {
	for _, tt := range []struct{ name, file string }{
		{"yaml", "trusted_proxies:\n  - 10.0.0.0/8\n  - 192.0.2.1\n"},
		{"yaml in one line", "trusted-proxies: 10.0.0.0/8, 192.0.2.1"},
		{"json", `{"trusted_proxies": ["10.0.0.0/8", "192.0.2.1"]}`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s, err := load(t, nil, nil, tt.file)
			if err != nil {
				t.Fatal(err)
			}
			if got, want := fmt.Sprint(s.TrustedProxies), "[10.0.0.0/8 192.0.2.1/32]"; got != want {
				t.Errorf("got %s, want %s", got, want)
			}
		})
	}
}

func TestAllFaultsAtOnce(t *testing.T) {
	environ := []string{
		"INTERDICT_COLOUR=red", "INTERDICT_CACHE_TTL=soon", "INTERDICT_API_KEY=two words", "HOME=/",
		"INTERDICT_SERVICE_HOST=10.0.0.1", "INTERDICT_PORT=tcp://10.0.0.1:80", "INTERDICT_API_PORT_80_TCP_ADDR=10.0.0.1", "INTERDICT_SERVICE_PORT_HTTP=80",
	}
	_, err := load(t, []string{"--rate=-1", "--evidence=later"}, environ, "workers: many\nwrokers: 1\nrate: {}\nlog: info\nlog: warn\n")
	if err == nil {
		t.Fatal("got no error")
	}
	for _, want := range []string{
		"unknown variable INTERDICT_COLOUR",
		"INTERDICT_CACHE_TTL=soon: want a time",
		"INTERDICT_API_KEY=[redacted]: want printable ASCII",
		"--rate=-1: want a whole number",
		`--evidence=later: want one of ["sync" "off"]`,
		"workers: many: want a whole number from 0 to 2147483647, or cores",
		`interdict.yaml:2: unknown key "wrokers"`,
		"interdict.yaml:3: rate: want a single value",
		`interdict.yaml:5: key "log" stands twice`,
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("want a fault %q", want)
		}
	}
	if got, want := strings.Count(err.Error(), "\n")+1, 9; got != want {
		t.Errorf("got %d faults, want %d:\n%v", got, want, err)
	}
	if strings.Contains(err.Error(), "two words") {
		t.Error("a fault shows a secret")
	}
}

func TestRefusedFiles(t *testing.T) {
	for _, tt := range []struct{ name, file, want string }{
		{"list", "- listen", "want an object of settings"},
		{"broken", "listen: [", "interdict.yaml"},
		{"nothing behind the key", "listen:", "has no value"},
		{"list of lists", "trusted_proxies: [[a]]", "want a list of single values"},
		{"two documents", "listen: 127.0.0.1:1\n---\nrate: 1\n", "2 documents"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if _, err := load(t, nil, nil, tt.file); err == nil || !strings.Contains(err.Error(), tt.want) {
				t.Errorf("got %v, want an error with %q", err, tt.want)
			}
		})
	}
	if _, err := load(t, []string{"--config", filepath.Join(t.TempDir(), "absent")}, nil, ""); err == nil {
		t.Error("a file that is not there: got no error")
	}
	if _, err := load(t, nil, nil, "# nothing but a comment\n"); err != nil {
		t.Errorf("a file without settings: got %v", err)
	}
}

func TestCheck(t *testing.T) {
	for _, tt := range []struct {
		name string
		args []string
		want string // part of the fault; empty = none
	}{
		{"loopback", []string{"--listen=127.0.0.1:0"}, ""},
		{"loopback by name", []string{"--listen=localhost:80"}, ""},
		{"loopback of IPv6", []string{"--listen=[::1]:80"}, ""},
		{"loopback as mapped IPv4", []string{"--listen=[::ffff:127.0.0.1]:80"}, ""},
		{"every address", []string{"--listen=:8080"}, "needs a key"},
		{"every IPv4 address", []string{"--listen=0.0.0.0:8080"}, "needs a key"},
		{"a name that may be anything", []string{"--listen=example.test:80"}, "needs a key"},
		{"every address with a key", []string{"--listen=:8080", "--api-key=k"}, ""},
		{"database without a shared signing key", []string{"--database-url=postgres://db/x"}, "INTERDICT_SIGNING_KEY_FILE"},
		{"database of another kind", []string{"--database-url=mysql://u:pass@db/x", "--signing-key-file=k"}, "postgres"},
		{"not a URL", []string{"--redis-url=localhost:6379"}, "redis_url"},
		{"profiles for this machine", []string{"--pprof=127.0.0.1:6060"}, ""},
		{"profiles for every machine", []string{"--pprof=:6060"}, "pprof :6060"},
		{"profiles for every machine, with a key", []string{"--pprof=0.0.0.0:6060", "--api-key=k"}, "pprof"},
		{"no life in Redis", []string{"--redis-url=redis://cache", "--cache-ttl=1ms"}, "cache_ttl 1ms"},
		{"no life in Redis that is not there", []string{"--cache-ttl=0"}, ""},
		{"redis", []string{"--redis-url=rediss://u:p@cache:6379/0"}, ""},
		{"redis by socket", []string{"--redis-url=unix:///run/redis.sock"}, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			s, err := load(t, tt.args, nil, "")
			if err != nil {
				t.Fatal(err)
			}
			err = s.Check()
			switch {
			case tt.want == "" && err != nil:
				t.Errorf("got %v, want no fault", err)
			case tt.want != "" && (err == nil || !strings.Contains(err.Error(), tt.want)):
				t.Errorf("got %v, want a fault with %q", err, tt.want)
			case err != nil && strings.Contains(err.Error(), "pass"):
				t.Errorf("the fault shows a password: %v", err)
			}
		})
	}
}

func TestDuration(t *testing.T) {
	const day = 24 * time.Hour
	for text, want := range map[string]time.Duration{
		"0": 0, "90s": 90 * time.Second, "1h30m": 90 * time.Minute, "30d": 30 * day, "10y": 3650 * day, "1y1d1h": 366*day + time.Hour,
	} {
		var d Duration
		if err := d.UnmarshalText([]byte(text)); err != nil || time.Duration(d) != want {
			t.Errorf("%s: got %v, %v, want %v", text, time.Duration(d), err, want)
		}
	}
	for _, text := range []string{"", "1", "-1h", "1w", "1d1y", "y", "1.5y", "300y", "292y365d", "106751d24h", "1y 1d"} {
		var d Duration
		if err := d.UnmarshalText([]byte(text)); err == nil {
			t.Errorf("%q: got %v, want an error", text, time.Duration(d))
		}
	}
}

func TestReachable(t *testing.T) {
	for listen, want := range map[string]string{
		":80": "127.0.0.1:80", "0.0.0.0:80": "127.0.0.1:80", "[::]:80": "[::1]:80", "10.0.0.7:80": "10.0.0.7:80", "localhost:80": "localhost:80",
	} {
		var a Address
		if err := a.UnmarshalText([]byte(listen)); err != nil {
			t.Fatal(err)
		}
		if got := a.Reachable(); got != want {
			t.Errorf("%s: got %s, want %s", listen, got, want)
		}
	}
}

func TestRefusedValues(t *testing.T) {
	for _, tt := range []struct{ flag, value string }{
		{"listen", "8080"},
		{"listen", "127.0.0.1:http"},
		{"listen", "127.0.0.1:70000"},
		{"operator-country", "USA"},
		{"operator-country", "U1"},
		{"redis-mode", "many"},
		{"log", "loud"},
		{"lists-refresh", "1s"},
		{"trusted-proxies", "10.0.0.0/33"},
		{"cache-entries", "1.5"},
	} {
		if _, err := load(t, []string{"--" + tt.flag, tt.value}, nil, ""); err == nil || !strings.Contains(err.Error(), "--"+tt.flag) {
			t.Errorf("--%s %s: got %v, want an error that names the flag", tt.flag, tt.value, err)
		}
	}
}

func TestSecretIsNeverShown(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringMatching(`[A-Z0-9]{6,40}`).Draw(t, "secret")
		var s Settings
		if err := s.APIKey.UnmarshalText([]byte(word)); err != nil {
			t.Fatal(err)
		}
		if s.APIKey.Reveal() != word {
			t.Fatalf("got %q, want %q", s.APIKey.Reveal(), word)
		}
		encoded, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		shown := fmt.Sprintf("%v %+v %#v %s %s", s, s, s, s.APIKey, encoded)
		if strings.Contains(shown, word) {
			t.Fatalf("shown: %s", shown)
		}
	})
}

// TestSettingsAreComplete holds the names against the list that every release has known.
func TestSettingsAreComplete(t *testing.T) {
	want := strings.Fields(`listen api-key rate trusted-proxies log metrics-listen pprof operator-country data-dir lists-refresh lists-max-age cache-entries redis-url redis-mode cache-ttl
		database-url signing-key-file evidence workers retention`)
	if diff := cmp.Diff(want, settingNames()); diff != "" {
		t.Errorf("settings (-want +got):\n%s", diff)
	}
}

func FuzzFile(f *testing.F) {
	f.Add("listen: 127.0.0.1:80\n")
	f.Add(`{"rate": 1, "trusted_proxies": ["10.0.0.0/8"]}`)
	f.Add("a: &a [*a]")
	f.Fuzz(func(t *testing.T, text string) {
		s := NewSources(nil)
		s.path = "file"
		s.readFile([]byte(text))
		for name := range s.file {
			if !slices.Contains(s.names, name) {
				t.Errorf("took the unknown key %q", name)
			}
		}
	})
}

func FuzzDuration(f *testing.F) {
	f.Add("1y2d3h")
	f.Fuzz(func(t *testing.T, text string) {
		var d Duration
		if err := d.UnmarshalText([]byte(text)); err == nil && d < 0 {
			t.Errorf("%q: got %v, want nothing below zero", text, time.Duration(d))
		}
	})
}
