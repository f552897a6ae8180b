package main

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestPercentile(t *testing.T) {
	for _, tt := range []struct {
		name   string
		sorted []int
		p      int
		want   int
	}{
		{"of none", nil, 50, 0},
		{"of one", []int{7}, 50, 7},
		{"the middle of three", []int{1, 2, 9}, 50, 2},
		{"the lower middle of four", []int{1, 2, 3, 9}, 50, 2},
		{"the least", []int{1, 2, 3}, 0, 1},
		{"the most", []int{1, 2, 3}, 100, 3},
		{"nearest rank", []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, 99, 10},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := percentile(tt.sorted, tt.p); got != tt.want {
				t.Errorf("got %d, want %d", got, tt.want)
			}
		})
	}
}

// At least half of the values are no more than the median, and at least half are no less.
func TestMedianHalves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Float64Range(-1e6, 1e6), 1, 50).Draw(t, "values")
		m, below, above := median(values), 0, 0
		for _, v := range values {
			if v <= m {
				below++
			}
			if v >= m {
				above++
			}
		}
		if 2*below < len(values) || 2*above < len(values) {
			t.Fatalf("median %v of %v: %d are no more, %d no less", m, values, below, above)
		}
	})
}

func TestFigure(t *testing.T) {
	for value, want := range map[float64]string{0: "0", 0.5449: "0.54", 5: "5", 42.13: "42.1", 12345.6: "12,346", 100_000: "100,000"} {
		if got := figure(value); got != want {
			t.Errorf("%v: got %s, want %s", value, got, want)
		}
	}
}

func TestBar(t *testing.T) {
	for _, tt := range []struct {
		bar   bar
		value float64
		want  string
	}{
		{bar{0.55, false, "x"}, 0.55, ">= 0.55 x: met"},
		{bar{0.55, false, "x"}, 0.549, ">= 0.55 x: **not met**"},
		{bar{1.5, true, "x"}, 1.5, "<= 1.5 x: met"},
		{bar{1.5, true, "x"}, 1.51, "<= 1.5 x: **not met**"},
		{bar{100_000, false, "lines/s"}, 1, ">= 100,000 lines/s: **not met**"},
	} {
		if got := tt.bar.judge(tt.value); got != tt.want {
			t.Errorf("%v: got %s, want %s", tt.value, got, tt.want)
		}
	}
}

// A drive sends what it should, as often as it should, over as many connections as it should.
func TestDrive(t *testing.T) {
	bodies, callers := make(chan string, 100), make(chan string, 100)
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		bodies <- r.Method + " " + r.URL.Path + " " + string(body)
		callers <- r.RemoteAddr
		_, _ = io.WriteString(w, strings.Repeat("answer", 1000)) // long enough for chunks
	}))
	defer s.Close()
	address := s.Listener.Addr().String()
	l, err := drive{address: address, request: post(address, "/x", `{"a":1}`), connections: 4, span: time.Minute, requests: 40}.run(t.Context())
	if err != nil || len(l.latencies) != 40 {
		t.Fatalf("got %+v, %v, want 40 answers", l, err)
	}
	close(bodies)
	close(callers)
	asked, from := 0, map[string]bool{}
	for body := range bodies {
		if asked++; body != `POST /x {"a":1}` {
			t.Errorf("got %q", body)
		}
	}
	for caller := range callers {
		from[caller] = true
	}
	if asked != 40 || len(from) > 4 {
		t.Errorf("got %d requests over %d connections, want 40 over 4 at most", asked, len(from))
	}
	if l.p50() <= 0 || l.perSecond() <= 0 {
		t.Errorf("got p50 %v, %v requests/s, want more than nothing", l.p50(), l.perSecond())
	}
}

func TestDriveEnds(t *testing.T) {
	s := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) }))
	defer s.Close()
	address := s.Listener.Addr().String()
	d := drive{address: address, request: post(address, "/", ""), connections: 2, span: time.Minute}
	if _, err := d.run(t.Context()); err == nil || !strings.Contains(err.Error(), "418") {
		t.Errorf("an answer that is no verdict: got %v, want an error with its status", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := d.run(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("stopped: got %v, want that it was", err)
	}
}

const benchmarked = `goos: linux
BenchmarkScreen/clear_line_of_100-2      	  1	    400000 ns/op	      4000 ns/line	  200000 B/op	     900 allocs/op
BenchmarkScreen/clear_line_of_100-2      	  1	    600000 ns/op	      6000 ns/line	  200000 B/op	     900 allocs/op
BenchmarkScreen/clear_line_of_100-2      	  1	    450000 ns/op	      4500 ns/line	  200000 B/op	     900 allocs/op
BenchmarkScreen/blocked_line_of_100-2    	  1	   2500000 ns/op	     25000 ns/line	 1000000 B/op	    7700 allocs/op
BenchmarkScreen/blocked_part_of_100-2    	  1	   1000000 ns/op	     10000 ns/line	  500000 B/op	    3000 allocs/op
BenchmarkScreen/clear_sku-2              	  1	      8000 ns/op	      8000 ns/line	    3000 B/op	      24 allocs/op
BenchmarkScreen/blocked_sku-2            	  1	     30000 ns/op	     30000 ns/line	   17000 B/op	     102 allocs/op
BenchmarkScreen/clear_vendor             	  1	      6000 ns/op	      6000 ns/line	    2800 B/op	      21 allocs/op
BenchmarkScreen/blocked_vendor           	  1	     31000 ns/op	     31000 ns/line	   13900 B/op	      94 allocs/op
PASS
`

func TestEngineSection(t *testing.T) {
	s, err := engineSection([]byte(benchmarked))
	if err != nil {
		t.Fatal(err)
	}
	var page bytes.Buffer
	s.table.markdown(&page)
	for _, want := range []string{
		"| clear line | 4.50 | 9 | 2,000 | <= 5 us: met |", "| line with findings, every field | 25 | 77 | 10,000 | <= 20 us: **not met** |", "| blocked SKU | 30 | 102 | 17,000 | none |",
	} {
		if !strings.Contains(page.String(), want) {
			t.Errorf("the table lacks %q:\n%s", want, &page)
		}
	}
	if _, err := engineSection([]byte("PASS\n")); err == nil {
		t.Error("no benchmarks: got no error")
	}
}

// A plot is well-formed, tells every figure and stays on its sheet.
func TestSVG(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := chart{title: rapid.String().Filter(isXML).Draw(t, "title")}
		for range rapid.IntRange(0, 6).Draw(t, "columns") {
			c.columns = append(c.columns, column{
				rapid.String().Filter(isXML).Draw(t, "label"), rapid.Float64Range(0, 1e9).Draw(t, "value"), rapid.SampledFrom([]float64{0, 0.55, 20}).Draw(t, "limit"),
			})
		}
		drawn := c.svg()
		var sheet struct {
			Texts []string `xml:"text"`
			Rects []struct {
				X     float64 `xml:"x,attr"`
				Width float64 `xml:"width,attr"`
			} `xml:"rect"`
		}
		if err := xml.Unmarshal(drawn, &sheet); err != nil {
			t.Fatalf("%v:\n%s", err, drawn)
		}
		if len(sheet.Rects) != len(c.columns) {
			t.Fatalf("got %d bars, want %d", len(sheet.Rects), len(c.columns))
		}
		for i, r := range sheet.Rects {
			if r.X < 0 || r.Width < 0 || r.X+r.Width > plotWidth-plotRight+1 {
				t.Errorf("bar %d from %v is %v wide", i, r.X, r.Width)
			}
			if want := ">" + figure(c.columns[i].value) + "<"; !bytes.Contains(drawn, []byte(want)) {
				t.Errorf("the figure %s is not told:\n%s", want, drawn)
			}
		}
	})
}

func isXML(s string) bool {
	var b bytes.Buffer
	return xml.EscapeText(&b, []byte(s)) == nil && !strings.Contains(b.String(), "\ufffd")
}

func TestValueOf(t *testing.T) {
	text := []byte("processor\t: 0\nmodel name\t: One CPU @ 2: fast\nmodel name : Two\nVmRSS:\t  1024 kB\n")
	for name, want := range map[string]string{"model name": "One CPU @ 2: fast", "VmRSS": "1024 kB", "cores": ""} {
		if got := valueOf(text, name); got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
}

func TestOrderBody(t *testing.T) {
	var order struct {
		Lines []struct{ ID, SKU string }
	}
	if err := json.Unmarshal([]byte(orderBody()), &order); err != nil {
		t.Fatal(err)
	}
	skus := map[string]bool{}
	for _, l := range order.Lines {
		skus[l.SKU] = true
	}
	if len(order.Lines) != orderLines || len(skus) != orderLines {
		t.Errorf("got %d lines with %d SKUs, want %d of each", len(order.Lines), len(skus), orderLines)
	}
}

// The page says where and when it was measured, and names the plots beside it.
func TestWrite(t *testing.T) {
	folder := t.TempDir()
	m := machine{date: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC), cpu: "One CPU", load: "0.50", cores: 2, goVersion: "go1.26", commit: "0123abcd"}
	s := section{name: "engine", title: "The engine", before: "How.", after: "What follows.", chart: &chart{title: "us", columns: []column{{"line", 4, 5}}}}
	s.table.columns = []string{"what", "us"}
	s.table.add("line", "4")
	if err := write(folder, m, true, []section{s}); err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(filepath.Join(folder, "performance.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"A quick run", "| 2026-11-24 | One CPU | 2 | go1.26 | 0123abcd | 0.50 |", "Ratios from one run; machines are noisy", "| line | 4 |", "![us](performance-engine.svg)", "What follows.",
	} {
		if !strings.Contains(string(page), want) {
			t.Errorf("the page lacks %q:\n%s", want, page)
		}
	}
	if _, err := os.Stat(filepath.Join(folder, "performance-engine.svg")); err != nil {
		t.Error(err)
	}
}
