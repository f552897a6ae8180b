package documents

import (
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/interdict/interdict/screening"
)

// mappingPaths are the ways to one field, in the order in which they are tried. A file may write one alone.
type mappingPaths []mappingPath

// mappingPath is one way: one route, or several whose values are joined.
type mappingPath struct {
	parts []mappingRoute
	as    string // how a date is read; empty as it is written
	line  int    // of the file
}

// mappingRoute is a run of keys; a star is each item.
type mappingRoute struct {
	fromOrder bool // begins at the order, wherever it stands
	steps     []string
}

// The readings of a date.
const (
	mappingUTC    = "utc"
	mappingUnix   = "unix"
	mappingWindow = "window"
)

const mappingEach = "*"

// UnmarshalYAML reads a path or a list of paths.
func (p *mappingPaths) UnmarshalYAML(n *yaml.Node) error {
	nodes := []*yaml.Node{n}
	if n.Kind == yaml.SequenceNode {
		nodes = n.Content
	}
	for _, one := range nodes {
		if one.Kind != yaml.ScalarNode {
			return errors.New("want a path such as buyer.name, or a list of paths")
		}
		parsed, err := mappingParsePath(one.Value)
		if err != nil {
			return err
		}
		parsed.line = one.Line
		*p = append(*p, parsed)
	}
	return nil
}

func mappingParsePath(s string) (mappingPath, error) {
	var out mappingPath
	s, out.as, _ = strings.Cut(s, " as ")
	if out.as != "" && !slices.Contains([]string{mappingUTC, mappingUnix, mappingWindow}, out.as) {
		return out, fmt.Errorf("%q is no way to read a date: want utc, unix or window", out.as)
	}
	for part := range strings.SplitSeq(s, " + ") {
		route, err := mappingParseRoute(part)
		if err != nil {
			return out, err
		}
		out.parts = append(out.parts, route)
	}
	return out, nil
}

func mappingParseRoute(s string) (mappingRoute, error) {
	var out mappingRoute
	whole := s
	if s, out.fromOrder = strings.CutPrefix(s, "/"); s == "." || s == "" && out.fromOrder {
		return out, nil
	}
	const dot = "\x00" // stands for a dot inside a key
	for step := range strings.SplitSeq(strings.ReplaceAll(s, `\.`, dot), ".") {
		step = strings.ReplaceAll(step, dot, ".")
		switch {
		case step == "" || strings.TrimSpace(step) != step:
			return out, fmt.Errorf("the path %q has an empty key: want keys with dots between", whole)
		case strings.ContainsAny(step, "[]"):
			return out, fmt.Errorf("the path %q has brackets: write .* for the items of a list", whole)
		case step != mappingEach && strings.Contains(step, "*"):
			return out, fmt.Errorf("the path %q has a star within a key: it stands alone, for each item", whole)
		}
		out.steps = append(out.steps, step)
	}
	return out, nil
}

// find returns what stands at the end of the route, in the order of the document, twins of a key included.
func (r mappingRoute) find(order, at *jsonValue) []*jsonValue {
	if r.fromOrder {
		at = order
	}
	found := []*jsonValue{at}
	for _, step := range r.steps {
		var next []*jsonValue
		for _, v := range found {
			next = mappingStep(next, v, step)
		}
		if found = next; len(found) == 0 {
			return nil
		}
	}
	return found
}

// mappingStep goes one step on: a key as written first, then in any other case.
func mappingStep(found []*jsonValue, v *jsonValue, step string) []*jsonValue {
	if step == mappingEach {
		for _, m := range v.members {
			if v.kind == '[' || m.kind == '{' {
				found = append(found, m)
			}
		}
		return found
	}
	if v.kind != '{' {
		return found
	}
	for i, key := range v.keys {
		if key == step {
			found = append(found, v.members[i])
		}
	}
	for i, key := range v.keys {
		if key != step && len(key) == len(step) && strings.EqualFold(key, step) {
			found = append(found, v.members[i])
		}
	}
	return found
}

// list is the route to the list whose items a route leads to: the route less its last star.
func (r mappingRoute) list() mappingRoute {
	if n := len(r.steps); n > 0 && r.steps[n-1] == mappingEach {
		r.steps = r.steps[:n-1]
	}
	return r
}

// listed reports whether a list stands there, be it an empty one.
func (r mappingRoute) listed(order *jsonValue) bool {
	return slices.ContainsFunc(r.list().find(order, order), func(v *jsonValue) bool { return v.kind == '[' })
}

// before is the place of what stands there instead of a list; the order's where nothing does.
func (r mappingRoute) before(order *jsonValue) string {
	if found := r.list().find(order, order); len(found) > 0 {
		return found[0].at()
	}
	return order.at()
}

// mappingSign is a key that must be there, or one of several.
type mappingSign []mappingRoute

// UnmarshalYAML reads a|b.
func (s *mappingSign) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind != yaml.ScalarNode {
		return errors.New("want a key, or keys with | between")
	}
	for one := range strings.SplitSeq(n.Value, "|") {
		route, err := mappingParseRoute(strings.TrimSpace(one))
		if err != nil {
			return err
		}
		if slices.Contains(route.steps, mappingEach) || len(route.steps) == 0 || route.fromOrder {
			return fmt.Errorf("%q is no key by which an object is known", one)
		}
		*s = append(*s, route)
	}
	return nil
}

// in reports whether the object has one of the keys, as written.
func (s mappingSign) in(v *jsonValue) bool {
	for _, route := range s {
		at := v
		for _, step := range route.steps {
			at = at.get(step)
		}
		if at != nil {
			return true
		}
	}
	return false
}

// fits reports whether an object has what it must and nothing that it must not.
func (s mappingSigns) fits(v *jsonValue) bool {
	if v.kind != '{' {
		return false
	}
	for _, sign := range s.Has {
		if !sign.in(v) {
			return false
		}
	}
	return !slices.ContainsFunc(s.Lacks, func(sign mappingSign) bool { return sign.in(v) })
}

// mappingGlob is a key of the ignore list, in small letters.
type mappingGlob string

// UnmarshalYAML reads a key; a star in it is any letters.
func (g *mappingGlob) UnmarshalYAML(n *yaml.Node) error {
	*g = mappingGlob(strings.ToLower(n.Value))
	if _, err := path.Match(string(*g), ""); err != nil || n.Kind != yaml.ScalarNode || strings.Trim(n.Value, "* ") == "" {
		return fmt.Errorf("want a key to ignore, not %q", n.Value)
	}
	return nil
}

// mappingRole is a role of a party.
type mappingRole string

// UnmarshalYAML reads a role that exists.
func (r *mappingRole) UnmarshalYAML(n *yaml.Node) error {
	if !slices.Contains(screening.Roles[:], screening.Role(n.Value)) {
		return fmt.Errorf("there is no role %q: want one of %v", n.Value, screening.Roles)
	}
	*r = mappingRole(n.Value)
	return nil
}

// mappingDocument is a kind of document.
type mappingDocument string

// UnmarshalYAML reads a kind that exists.
func (d *mappingDocument) UnmarshalYAML(n *yaml.Node) error {
	if !slices.Contains(screening.Documents[:], screening.Document(n.Value)) {
		return fmt.Errorf("there is no document %q: want one of %v", n.Value, screening.Documents)
	}
	*d = mappingDocument(n.Value)
	return nil
}
