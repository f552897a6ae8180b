package cli

import (
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/go-json-experiment/json"
)

// What another process imports into the data folder is screened against without a restart, and told at /v1/lists.
func TestServeTakesWhatIsImported(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "var")
	r := serve(t, 1, []string{"--data-dir", folder}, nil)
	url := r.urls["interdict is ready"]
	decision, digest := screenVendor(t, url, "Zorvantek Meridian Holdings")
	if decision != "clear" {
		t.Fatalf("before the import: got %s, want clear", decision)
	}

	file := filepath.Join(t.TempDir(), "sdn.csv")
	row := `101,"ZORVANTEK MERIDIAN HOLDINGS",-0- ,"SDGT",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ` + "\r\n"
	if err := os.WriteFile(file, []byte(row), 0o600); err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	code := Run(t.Context(), System{
		Args: []string{"lists", "import", "--data-dir", folder, file}, Stdin: strings.NewReader(""), Stdout: &out, Stderr: &out, Now: time.Now,
	})
	if code != exitClear || !strings.Contains(out.String(), "ofac-sdn: taken, 1 entries") {
		t.Fatalf("import: got exit code %d and %q", code, out.String())
	}

	deadline := time.NewTimer(untilTaken)
	defer deadline.Stop()
	again := time.NewTicker(askAgain)
	defer again.Stop()
	for decision == "clear" {
		select {
		case <-deadline.C:
			t.Fatalf("the list is not in use after %s; the server said %s", untilTaken, r.end(t))
		case <-again.C:
		}
		var now string
		decision, now = screenVendor(t, url, "Zorvantek Meridian Holdings")
		if (decision == "clear") != (now == digest) {
			t.Fatalf("got %s by catalogue %s, which was %s before the import", decision, now, digest)
		}
	}
	if decision != "block" {
		t.Errorf("after the import: got %s, want block", decision)
	}
	if status, body := get(t, url+"/v1/lists"); status != 200 || !strings.Contains(body, `"id":"ofac-sdn"`) || !strings.Contains(body, `"state":"in_use"`) {
		t.Errorf("lists: got %d %s, want ofac-sdn in use", status, body)
	}
	if log := r.end(t); !strings.Contains(log, "lists in use") {
		t.Errorf("the log tells of no new lists: %s", log)
	}
}

const (
	untilTaken = time.Minute // far more than it needs, on any machine
	askAgain   = 50 * time.Millisecond
)

// screenVendor asks a server about a name and returns the decision and the digest of the catalogue.
func screenVendor(t *testing.T, url, name string) (decision, digest string) {
	t.Helper()
	body := strings.NewReader(`{"name":"` + name + `","country":"AE"}`)
	request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, url+"/v1/screen/vendor", body)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Content-Type", "application/json")
	transport := &http.Transport{DisableKeepAlives: true}
	response, err := transport.RoundTrip(request)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = response.Body.Close() }()
	text, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	var v struct {
		Decision  string `json:"decision"`
		Catalogue struct {
			Digest string `json:"digest"`
		} `json:"catalogue"`
	}
	if err := json.Unmarshal(text, &v); err != nil || response.StatusCode != http.StatusOK || v.Decision == "" {
		t.Fatalf("got %s %s %v, want a verdict", response.Status, text, err)
	}
	return v.Decision, v.Catalogue.Digest
}
