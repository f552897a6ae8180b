// Package archtest holds the house to its plan: which package may import which, what lies at the top, and how long a
// file may be. It parses the sources itself, since a cached answer of the go command could be stale.
package archtest

import (
	"bytes"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/interdict/interdict/internal/testenv"
)

const module = "github.com/interdict/interdict"

// maxLines is the length from which a source file is certainly two ideas.
const maxLines = 600

// layer says what the packages under a folder may import besides the standard library. The first layer whose folder
// holds a package counts. Paths end at a slash; anything else of other modules is allowed where foreign is nil.
type layer struct {
	folder  string
	own     []string // folders of this module
	foreign []string // packages of other modules
}

var layers = []layer{
	{"screening/", []string{"screening/"}, []string{
		"golang.org/x/text/", "go.mau.fi/util/confusable/", "github.com/mozillazg/go-unidecode/", "go.yaml.in/yaml/v4/", "github.com/sahilm/fuzzy/",
	}},
	{"data/", []string{"data/", "screening/"}, []string{}},
	{"api/", []string{"api/", "screening/", "internal/", "docs/"}, nil},
	{"internal/cli/", []string{"api/", "data/", "internal/", "screening/"}, nil},
	{"internal/quality/", []string{"api/", "data/", "internal/", "screening/"}, nil},
	{"internal/bench/", []string{"api/", "data/", "internal/", "screening/"}, nil},
	{"internal/", []string{"data/", "internal/", "screening/"}, nil},
	{"docs/", nil, nil},
	{"", []string{""}, nil},
}

// The web framework and the folder that alone knows it, but for the bare server that the program is measured against.
const echoFolder, floorFolder, echoModule = "api/", "internal/bench/", "github.com/labstack/echo/"

func TestImports(t *testing.T) {
	for name, file := range sources(t, parser.ImportsOnly) {
		// A test may use a testing library and look at the house from outside.
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		folder := path.Dir(name) + "/"
		if folder == "./" {
			folder = ""
		}
		for _, spec := range file.Imports {
			imported, err := strconv.Unquote(spec.Path.Value)
			if err != nil {
				t.Fatal(err)
			}
			if fault := refused(folder, imported); fault != "" {
				t.Errorf("%s imports %s: %s", name, imported, fault)
			}
		}
	}
}

func refused(folder, imported string) string {
	l := layers[slices.IndexFunc(layers, func(l layer) bool { return strings.HasPrefix(folder, l.folder) })]
	under := func(prefixes []string, p string) bool {
		return slices.ContainsFunc(prefixes, func(prefix string) bool { return strings.HasPrefix(p+"/", prefix) })
	}
	first, _, _ := strings.Cut(imported, "/")
	switch own, inside := strings.CutPrefix(imported, module+"/"); {
	case inside && !under(l.own, own):
		return "packages in " + l.folder + " may import " + strings.Join(l.own, ", ") + " and nothing else of this module"
	case inside, !strings.Contains(first, "."):
		return ""
	case strings.HasPrefix(imported, echoModule) && !strings.HasPrefix(folder, echoFolder) && folder != floorFolder:
		return "only " + echoFolder + " knows the web framework"
	case l.foreign != nil && !under(l.foreign, imported):
		return "not among the small libraries that " + l.folder + " may use"
	default:
		return ""
	}
}

func TestRefused(t *testing.T) {
	for _, tt := range []struct {
		folder, imported string
		refused          bool
	}{
		{"screening/names/", "strings", false},
		{"screening/", "golang.org/x/text/unicode/norm", false},
		{"screening/", module + "/screening/names", false},
		{"screening/", module + "/internal/cache", true},
		{"screening/", module + "/data", true},
		{"screening/", "golang.org/x/textual", true},
		{"screening/", "github.com/labstack/echo/v4", true},
		{"data/", module + "/screening", false},
		{"data/", module + "/api", true},
		{"data/", "go.yaml.in/yaml/v4", true},
		{"api/", "github.com/labstack/echo/v4", false},
		{"api/", module + "/data", true},
		{"internal/cli/", module + "/api", false},
		{"internal/cache/", module + "/api", true},
		{"internal/cli/", "github.com/labstack/echo/v4", true},
		{"", module + "/api", false},
		{"", "github.com/labstack/echo/v4", true},
	} {
		if got := refused(tt.folder, tt.imported); (got != "") != tt.refused {
			t.Errorf("%q imports %s: got fault %q, want refused %v", tt.folder, tt.imported, got, tt.refused)
		}
	}
}

// TestTop holds the top of the repository to the plan in docs/architecture.md.
func TestTop(t *testing.T) {
	want := map[string]bool{}
	for _, name := range strings.Fields(`main.go api data docs internal screening
		CHANGELOG.md CONTRIBUTING.md Dockerfile LICENSE Makefile README.md SECURITY.md compose.yaml
		go.mod go.sum tools.mod tools.sum`) {
		want[name] = true
	}
	got := map[string]bool{}
	for _, name := range testenv.Files(t) {
		top, _, _ := strings.Cut(name, "/")
		if !strings.HasPrefix(top, ".") {
			got[top] = true
		}
	}
	for name := range got {
		if !want[name] {
			t.Errorf("%s lies at the top of the repository and is not in the plan", name)
		}
	}
	for name := range want {
		if !got[name] {
			t.Errorf("%s is in the plan and does not lie at the top of the repository", name)
		}
	}
}

func TestFileLength(t *testing.T) {
	for name, file := range sources(t, parser.ParseComments|parser.SkipObjectResolution) {
		if strings.HasSuffix(name, "_test.go") || ast.IsGenerated(file) {
			continue
		}
		text, err := os.ReadFile(filepath.Join(testenv.Root(t), filepath.FromSlash(name)))
		if err != nil {
			t.Fatal(err)
		}
		if lines := bytes.Count(text, []byte("\n")); lines > maxLines {
			t.Errorf("%s has %d lines: more than %d are two ideas, give each its own file", name, lines, maxLines)
		}
	}
}

// sources parses every Go file of the repository.
func sources(t *testing.T, mode parser.Mode) map[string]*ast.File {
	t.Helper()
	root := testenv.Root(t)
	files := map[string]*ast.File{}
	for _, name := range testenv.Files(t) {
		if path.Ext(name) != ".go" || strings.Contains(name, "testdata/") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(root, filepath.FromSlash(name)), nil, mode)
		if err != nil {
			t.Fatal(err)
		}
		files[name] = file
	}
	return files
}
