package api_test

import (
	"compress/gzip"
	"io"
	"math"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/interdict/interdict/api"
)

// head is the head of an answer.
type head struct {
	status int
	header http.Header
}

// open asks for a page and returns it as a tree too.
func open(t *testing.T, srv *httptest.Server, path string) (head, string, *html.Node) {
	t.Helper()
	req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, srv.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	res, err := srv.Client().Do(req)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		t.Fatal(err)
	}
	tree, err := html.Parse(strings.NewReader(string(text)))
	if err != nil {
		t.Fatal(err)
	}
	return head{res.StatusCode, res.Header}, string(text), tree
}

// elements returns the elements of a name; * is any.
func elements(tree *html.Node, name string) []*html.Node {
	var out []*html.Node
	for n := range tree.Descendants() {
		if n.Type == html.ElementNode && (name == "*" || n.Data == name) {
			out = append(out, n)
		}
	}
	return out
}

func attribute(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name {
			return a.Val
		}
	}
	return ""
}

func textOf(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func asked(q, kind, country, date string) string {
	return "/?" + url.Values{"q": {q}, "kind": {kind}, "country": {country}, "date": {date}}.Encode()
}

func TestFormScreens(t *testing.T) {
	srv := start(t, nil)
	for _, tt := range []struct {
		name, path, decision, marked string
	}{
		{"listed vendor", asked("Kaspersky Labs Ltd", "vendor", "GB", ""), "Block", "Kaspersky Labs Ltd"},
		{"unrelated vendor", asked("Contoso LLC", "vendor", "US", ""), "Clear", ""},
		{"part number", asked("KL4867XATFS", "sku", "US", "2024-10-02"), "Block", "KL4867XATFS"},
		{"part number between the cut-offs", asked("KL4867XATFS", "sku", "", "2024-08-15"), "Review", "KL4867XATFS"},
		{"part number in a description", asked("25 × KL4867XATFS für den Betrieb", "sku", "US", "2024-10-02"), "Block", "KL4867XATFS"},
		{"no kind is a vendor", "/?q=Kaspersky+Lab", "Block", "Kaspersky Lab"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			res, text, tree := open(t, srv, tt.path)
			headings := elements(tree, "h2")
			if res.status != http.StatusOK || len(headings) == 0 || textOf(headings[0]) != tt.decision {
				t.Fatalf("got %d, want a page that opens with %s:\n%s", res.status, tt.decision, text)
			}
			var marked []string
			for _, m := range elements(tree, "mark") {
				marked = append(marked, textOf(m))
			}
			if got := strings.Join(marked, " … "); got != tt.marked {
				t.Errorf("marked: got %q, want %q", got, tt.marked)
			}
		})
	}
}

func TestPageShowsLawAndTime(t *testing.T) {
	srv := start(t, nil)
	_, text, tree := open(t, srv, asked("KL4867XATFS", "sku", "US", "2024-08-15"))
	for _, want := range []string{"89 FR 52434", "https://www.federalregister.gov/citation/89-FR-52434", "before 20 July 2024", "since 29 September 2024", "us-icts-resale", "/v1/screen/sku"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	now := 0
	for _, li := range elements(tree, "li") {
		if strings.Contains(" "+attribute(li, "class")+" ", " now ") {
			now++
			if !strings.HasPrefix(textOf(li), "Review") {
				t.Errorf("the deal is shown in the phase %q, want review", textOf(li))
			}
		}
	}
	if now != 1 {
		t.Errorf("the deal is shown in %d phases, want 1", now)
	}
}

func TestFormSaysWhatIsWrong(t *testing.T) {
	srv := start(t, nil)
	for _, tt := range []struct {
		name, path string
		status     int
		says       string
	}{
		{"country that is none", asked("Acme", "vendor", "Atlantis", ""), 422, "Atlantis"},
		{"day that is none", asked("Acme", "vendor", "", "2024-02-30"), 422, "2024-02-30"},
		{"too long", asked(strings.Repeat("a", 501), "sku", "", ""), 400, "too long"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			res, text, tree := open(t, srv, tt.path)
			if res.status != tt.status || !strings.HasPrefix(res.header.Get("Content-Type"), "text/html") {
				t.Fatalf("got %d %s, want a page with %d", res.status, res.header.Get("Content-Type"), tt.status)
			}
			alerts := 0
			for _, n := range elements(tree, "*") {
				if attribute(n, "role") == "alert" && strings.Contains(textOf(n), tt.says) {
					alerts++
				}
			}
			if alerts != 1 {
				t.Errorf("got %d alerts that say %q, want 1:\n%s", alerts, tt.says, text)
			}
		})
	}
}

// What was typed comes back as text, whatever it is.
func TestTypedTextStaysText(t *testing.T) {
	srv := start(t, nil)
	for _, q := range []string{`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, `{{.}}`, `Kaspersky <b>Lab</b>`} {
		_, text, tree := open(t, srv, asked(q, "vendor", "", ""))
		for _, name := range []string{"script", "img"} {
			if n := len(elements(tree, name)); n != 0 {
				t.Errorf("%q became %d elements %s:\n%s", q, n, name, text)
			}
		}
		for _, in := range elements(tree, "input") {
			if attribute(in, "id") == "q" && attribute(in, "value") != q {
				t.Errorf("the form holds %q, want %q", attribute(in, "value"), q)
			}
		}
	}
}

// With a key the page does not screen and says how to; the reference and the description stay open.
func TestPagesWithKey(t *testing.T) {
	srv := start(t, func(c *api.Config) { c.APIKey = "s3cret" })
	res, text, tree := open(t, srv, asked("Kaspersky Labs Ltd", "vendor", "GB", ""))
	if res.status != http.StatusOK || len(elements(tree, "form")) != 0 || strings.Contains(text, `id="verdict"`) {
		t.Errorf("got %d and a form or a verdict:\n%s", res.status, text)
	}
	if !strings.Contains(text, "Authorization: Bearer") || strings.Contains(text, "s3cret") {
		t.Errorf("want the page to say how the key is sent, and not the key:\n%s", text)
	}
	for _, path := range []string{"/docs", "/openapi.json", "/assets/page.css"} {
		if res, _, _ := open(t, srv, path); res.status != http.StatusOK {
			t.Errorf("%s: got %d, want 200 without a key", path, res.status)
		}
	}
	if status, _, _ := ask(t, srv, http.MethodGet, "/v1/rules", "", ""); status != 401 {
		t.Errorf("/v1/rules: got %d, want 401 without a key", status)
	}
}

// Pages run nothing inline, load nothing from elsewhere and say so.
func TestPagesKeepTheirPolicy(t *testing.T) {
	srv := start(t, nil)
	for _, path := range []string{"/", "/docs", asked("Kaspersky Labs Ltd", "vendor", "GB", ""), asked("a", "vendor", "Atlantis", "")} {
		res, _, tree := open(t, srv, path)
		policy := res.header.Get("Content-Security-Policy")
		if !strings.HasPrefix(policy, "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'") || strings.Contains(policy, "unsafe") {
			t.Errorf("%s: policy %q", path, policy)
		}
		for _, n := range elements(tree, "*") {
			for _, a := range n.Attr {
				switch {
				case a.Key == "style", strings.HasPrefix(a.Key, "on"):
					t.Errorf("%s: <%s> has an inline %s", path, n.Data, a.Key)
				case a.Key == "src", a.Key == "href" && n.Data == "link", a.Key == "action":
					if !strings.HasPrefix(a.Val, "/") || strings.HasPrefix(a.Val, "//") {
						t.Errorf("%s: <%s> loads %s from elsewhere", path, n.Data, a.Val)
					}
				}
			}
			if n.Data == "style" || n.Data == "script" && attribute(n, "src") == "" {
				t.Errorf("%s: an inline <%s>", path, n.Data)
			}
		}
	}
}

// Landmarks, labels and ids are there for those who do not see the page.
func TestPagesAreAccessible(t *testing.T) {
	srv := start(t, nil)
	for _, path := range []string{"/", "/docs", asked("KL4867XATFS", "sku", "", "2024-08-15"), asked("a", "vendor", "Atlantis", "")} {
		_, _, tree := open(t, srv, path)
		for name, want := range map[string]int{"main": 1, "nav": 1, "header": 1, "footer": 1, "h1": 1, "title": 1} {
			if got := len(elements(tree, name)); got != want {
				t.Errorf("%s: %d <%s>, want %d", path, got, name, want)
			}
		}
		if attribute(elements(tree, "html")[0], "lang") == "" {
			t.Errorf("%s: the page has no language", path)
		}
		ids, labelled := map[string]bool{}, map[string]bool{}
		for _, n := range elements(tree, "*") {
			if id := attribute(n, "id"); id != "" {
				if ids[id] {
					t.Errorf("%s: id %s stands twice", path, id)
				}
				ids[id] = true
			}
			labelled[attribute(n, "for")] = true
		}
		for _, n := range elements(tree, "*") {
			for _, name := range []string{"aria-labelledby", "aria-describedby", "for"} {
				if to := attribute(n, name); to != "" && !ids[to] {
					t.Errorf("%s: <%s> points at %s, which is not there", path, n.Data, to)
				}
			}
			if n.Data == "input" && !labelled[attribute(n, "id")] && n.Parent.Data != "label" {
				t.Errorf("%s: input %s has no label", path, attribute(n, "name"))
			}
			if n.Data == "svg" && attribute(n, "aria-hidden") != "true" {
				t.Errorf("%s: a picture without words is not hidden", path)
			}
		}
	}
}

// Every text has a contrast of 4.5 to 1 on its ground, by light and by dark (WCAG 2, level AA).
func TestContrast(t *testing.T) {
	css, err := os.ReadFile("console/page.css")
	if err != nil {
		t.Fatal(err)
	}
	light, dark, _ := strings.Cut(string(css), "prefers-color-scheme: dark")
	named := regexp.MustCompile(`--([a-z-]+): #([0-9a-f]{6});`)
	for scheme, text := range map[string]string{"light": light, "dark": dark} {
		colours := map[string]string{}
		for _, m := range named.FindAllStringSubmatch(text, -1) {
			colours[m[1]] = m[2]
		}
		for _, pair := range []string{
			"ink ground", "ink paper", "ink wash", "soft ground", "soft paper", "accent ground", "accent paper", "on-accent accent",
			"clear clear-wash", "review review-wash", "block block-wash", "clear paper", "review paper", "block paper",
			"ink clear-wash", "ink review-wash", "ink block-wash", "paper clear", "paper review", "paper block", "on-mark mark",
		} {
			front, back, _ := strings.Cut(pair, " ")
			if got := contrast(t, colours[front], colours[back]); got < 4.5 {
				t.Errorf("%s: %s on %s has %.2f, want 4.5", scheme, front, back, got)
			}
		}
		if got := contrast(t, colours["field"], colours["paper"]); got < 3 {
			t.Errorf("%s: the edge of a field has %.2f, want 3", scheme, got)
		}
	}
}

func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	light, dark := luminance(t, a), luminance(t, b)
	if light < dark {
		light, dark = dark, light
	}
	return (light + 0.05) / (dark + 0.05)
}

func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	value, err := strconv.ParseUint(colour, 16, 32)
	if err != nil {
		t.Fatalf("colour %q: %v", colour, err)
	}
	linear := func(shift uint) float64 {
		v := float64(value>>shift&0xff) / 255
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(16) + 0.7152*linear(8) + 0.0722*linear(0)
}

func TestAssets(t *testing.T) {
	srv := start(t, nil)
	client := &http.Client{Transport: &http.Transport{DisableCompression: true}}
	get := func(name, header, value string) (head, []byte) {
		req, err := http.NewRequestWithContext(t.Context(), http.MethodGet, srv.URL+"/assets/"+name, nil)
		if err != nil {
			t.Fatal(err)
		}
		if header != "" {
			req.Header.Set(header, value)
		}
		res, err := client.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = res.Body.Close() }()
		body, err := io.ReadAll(res.Body)
		if err != nil {
			t.Fatal(err)
		}
		return head{res.StatusCode, res.Header}, body
	}
	for _, name := range []string{"page.css", "icon.svg", "docs.js", "swagger-ui.css", "swagger-ui-bundle.js"} {
		plain, body := get(name, "", "")
		if plain.status != http.StatusOK || len(body) == 0 || plain.header.Get("Content-Encoding") != "" {
			t.Errorf("%s: got %d, %d bytes, encoding %q", name, plain.status, len(body), plain.header.Get("Content-Encoding"))
		}
		if again, _ := get(name, "If-None-Match", plain.header.Get("ETag")); again.status != 304 {
			t.Errorf("%s: got %d for what the caller has, want 304", name, again.status)
		}
		packed, small := get(name, "Accept-Encoding", "gzip")
		if packed.header.Get("Content-Encoding") != "gzip" {
			continue
		}
		r, err := gzip.NewReader(strings.NewReader(string(small)))
		if err != nil {
			t.Fatal(err)
		}
		if unpacked, err := io.ReadAll(r); err != nil || string(unpacked) != string(body) {
			t.Errorf("%s: compressed and plain differ (%v)", name, err)
		}
	}
	for _, name := range []string{"nothing.css", "..%2findex.html", "index.html"} {
		if res, body := get(name, "", ""); res.status != 404 {
			t.Errorf("%s: got %d %s, want 404", name, res.status, body)
		}
	}
}

// The description can be read where scripts do not run.
func TestDocsWithoutScript(t *testing.T) {
	srv := start(t, nil)
	_, _, tree := open(t, srv, "/docs")
	for _, n := range elements(tree, "main") {
		if attribute(n, "id") == "fallback" {
			for _, a := range elements(n, "a") {
				if attribute(a, "href") == "/openapi.json" {
					return
				}
			}
		}
	}
	t.Error("want a link to the description in the page itself")
}
