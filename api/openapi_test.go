package api_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/google/go-cmp/cmp"
	"github.com/labstack/echo/v4"

	"github.com/interdict/interdict/api"
	"github.com/interdict/interdict/docs"
	"github.com/interdict/interdict/internal/lists"
	"github.com/interdict/interdict/screening"
)

var update = flag.Bool("update", false, "write the answers of the description's examples anew")

const examples = "../internal/openapi/examples"

func TestDescriptionIsValid(t *testing.T) {
	doc, err := openapi3.NewLoader().LoadFromData(docs.OpenAPI())
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Validate(t.Context(), openapi3.EnableExamplesValidation()); err != nil {
		t.Error(err)
	}
	if !strings.HasPrefix(doc.OpenAPI, "3.1") {
		t.Errorf("got OpenAPI %s, want 3.1", doc.OpenAPI)
	}
}

// Every route of the server is described and nothing else is.
func TestEveryRouteIsDescribed(t *testing.T) {
	catalogue, err := loaded()
	if err != nil {
		t.Fatal(err)
	}
	screener, err := screening.New(catalogue, screening.Config{})
	if err != nil {
		t.Fatal(err)
	}
	server, err := api.NewServer(api.Config{ShowMetrics: true}, screener)
	if err != nil {
		t.Fatal(err)
	}
	parameter := regexp.MustCompile(`:(\w+)`)
	var routes, operations []string
	for _, r := range server.Handler().(*echo.Echo).Routes() {
		routes = append(routes, r.Method+" "+parameter.ReplaceAllString(r.Path, "{$1}"))
	}
	c, err := described()
	if err != nil {
		t.Fatal(err)
	}
	for path, item := range c.doc.Paths.Map() {
		for method := range item.Operations() {
			operations = append(operations, method+" "+path)
		}
	}
	slices.Sort(routes)
	slices.Sort(operations)
	if diff := cmp.Diff(routes, operations); diff != "" {
		t.Errorf("routes (-) against the description (+):\n%s", diff)
	}
}

// Every operation shows what is asked and each answer.
func TestEveryOperationHasExamples(t *testing.T) {
	c, err := described()
	if err != nil {
		t.Fatal(err)
	}
	for path, item := range c.doc.Paths.Map() {
		for method, op := range item.Operations() {
			for status, response := range op.Responses.Map() {
				for media, content := range response.Value.Content {
					if content.Example == nil && len(content.Examples) == 0 {
						t.Errorf("%s %s: answer %s %s has no example", method, path, status, media)
					}
				}
			}
			for _, p := range op.Parameters {
				if p.Value.Example == nil && p.Value.Schema.Value.Default == nil && p.Value.Schema.Value.Example == nil {
					t.Errorf("%s %s: parameter %s has no example", method, path, p.Value.Name)
				}
			}
			if op.RequestBody == nil {
				continue
			}
			for media, content := range op.RequestBody.Value.Content {
				if content.Example == nil {
					t.Errorf("%s %s: request %s has no example", method, path, media)
				}
			}
		}
	}
}

// What the description shows as an answer is what the server answers today.
func TestExamples(t *testing.T) {
	files, err := filepath.Glob(examples + "/*.json")
	if err != nil || len(files) == 0 {
		t.Fatalf("no examples in %s: %v", examples, err)
	}
	srv := start(t, func(c *api.Config) {
		c.ShowMetrics, c.Engine, c.Commit, c.Lists = true, "1.0.0", "4f2a9c1", exampleLists{}
	})
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".json"), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			var e struct {
				Path     string          `json:"path"`
				Method   string          `json:"method,omitempty"`
				Status   int             `json:"status,omitempty"`
				Request  json.RawMessage `json:"request,omitempty"`
				Text     string          `json:"text,omitempty"`
				Response json.RawMessage `json:"response,omitempty"`
			}
			if err := json.Unmarshal(text, &e); err != nil {
				t.Fatal(err)
			}
			method, media := http.MethodGet, ""
			if e.Request != nil {
				method, media = http.MethodPost, "application/json"
			}
			status, _, body := ask(t, srv, either(e.Method, method), e.Path, media, string(e.Request))
			if want := either(e.Status, http.StatusOK); status != want {
				t.Fatalf("got %d %s, want %d", status, body, want)
			}
			if e.Text != "" || e.Path == "/openapi.json" {
				return
			}
			if !*update {
				if got, want := essence(t, body), essence(t, e.Response); got != want {
					t.Errorf("got %s, want %s: go test ./api -run TestExamples -update, then go generate ./...", got, want)
				}
				return
			}
			e.Response = body
			var out bytes.Buffer
			encoder := json.NewEncoder(&out)
			encoder.SetEscapeHTML(false)
			encoder.SetIndent("", "  ")
			if err := encoder.Encode(e); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(file, out.Bytes(), 0o644); err != nil {
				t.Fatal(err)
			}
		})
	}
}

// either returns what an example says, or else the usual.
func either[T comparable](said, usual T) T {
	var nothing T
	if said == nothing {
		return usual
	}
	return said
}

// exampleLists are the lists of the examples.
type exampleLists struct{}

func (exampleLists) States() ([]lists.State, error) {
	at := time.Date(2026, 11, 21, 6, 0, 0, 0, time.UTC)
	return []lists.State{
		{Status: lists.Status{
			ID: "ofac-sdn", Title: "OFAC Specially Designated Nationals and Blocked Persons List", Home: "https://sanctionslist.ofac.treas.gov/Home/SdnList", Taken: true, Fetchable: true,
			Manifest: lists.Manifest{
				ID: "ofac-sdn", AsOf: "2026-11-20", TakenAt: at, CheckedAt: at, Source: "https://sanctionslistservice.ofac.treas.gov/api/publicationpreview/exports/SDN.CSV",
				Parts: []lists.PartCopy{{Name: "sdn.csv"}}, Entries: 17412, Records: 61208, Digest: "sha256:" + strings.Repeat("4f", 32),
				Refused: &lists.Refusal{At: at.AddDate(0, 0, 1), Reason: lists.ReasonShrunk, Detail: "9211 of 17412 entries are gone (52.9 %)."},
			},
		}, Fetching: true},
		{Status: lists.Status{ID: "un-sc", Title: "United Nations Security Council Consolidated List", Home: "https://main.un.org/securitycouncil/en/content/un-sc-consolidated-list", Fetchable: true}},
	}, nil
}

func (exampleLists) Ask(string) error { return nil }

// essence is what an example stands for; the rest of an answer moves with every change of the catalogue.
func essence(t *testing.T, body []byte) string {
	t.Helper()
	var a struct {
		Reference string `json:"reference"`
		Decision  string `json:"decision"`
		ID        string `json:"id"`
		Status    string `json:"status"`
		Findings  []struct{ Rule string }
		Items     []struct{ ID string }
	}
	if err := json.Unmarshal(body, &a); err != nil {
		t.Fatalf("%v in %s", err, body)
	}
	if a.Decision != "" {
		a.ID = "" // drawn for each verdict
	}
	out, err := json.Marshal(a)
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}
