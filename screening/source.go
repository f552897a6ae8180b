package screening

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// Fault is one thing wrong in a data file.
type Fault struct {
	File   string
	Line   int // 0 where the fault has no line
	Detail string
}

// String gives file, line and detail as editors read them.
func (f Fault) String() string {
	if f.Line == 0 {
		return f.File + ": " + f.Detail
	}
	return f.File + ":" + strconv.Itoa(f.Line) + ": " + f.Detail
}

// Faults is everything that keeps a catalogue from loading, in the order of files and lines.
type Faults []Fault

// Error lists every fault, one a line.
func (fs Faults) Error() string {
	lines := make([]string, len(fs))
	for i, f := range fs {
		lines[i] = f.String()
	}
	return fmt.Sprintf("the catalogue has %d fault(s):\n%s", len(fs), strings.Join(lines, "\n"))
}

// checked is a decoded file that can say what is wrong with it. A path such as rules[3].phases[0].from tells where.
type checked interface {
	Check(report func(path, detail string))
}

// decodeSource reads one YAML file strictly into dst: unknown keys, wrong types and duplicate keys are faults, and so
// is everything dst's own check reports.
func decodeSource(file string, text []byte, dst checked) Faults {
	var faults Faults
	if err := yaml.Load(text, dst, yaml.WithKnownFields()); err != nil {
		return loadFaults(file, err)
	}
	var root yaml.Node // only a faulty file needs its lines
	dst.Check(func(path, detail string) {
		if root.Kind == 0 {
			_ = yaml.Load(text, &root) // it loaded a moment ago
		}
		faults = append(faults, Fault{file, lineOf(&root, path), path + ": " + detail})
	})
	return faults
}

func loadFaults(file string, err error) Faults {
	var many *yaml.LoadErrors
	if errors.As(err, &many) {
		var faults Faults
		for _, e := range many.Errors {
			faults = append(faults, Fault{file, e.Mark.Line, e.Message})
		}
		return faults
	}
	var one *yaml.LoadError
	if errors.As(err, &one) {
		return Faults{{file, one.Mark.Line, one.Message}}
	}
	return Faults{{File: file, Detail: err.Error()}}
}

// lineOf finds the line of the node at path, or of its closest ancestor that exists.
func lineOf(root *yaml.Node, path string) int {
	n := root
	if n.Kind == yaml.DocumentNode && len(n.Content) > 0 {
		n = n.Content[0]
	}
	line := n.Line
	for _, step := range strings.FieldsFunc(path, func(r rune) bool { return r == '.' || r == '[' || r == ']' }) {
		if n = child(n, step); n == nil {
			break
		}
		line = n.Line
	}
	return line
}

func child(n *yaml.Node, step string) *yaml.Node {
	switch n.Kind {
	case yaml.MappingNode:
		for i := 0; i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value == step {
				return n.Content[i+1]
			}
		}
	case yaml.SequenceNode:
		if i, err := strconv.Atoi(step); err == nil && i < len(n.Content) {
			return n.Content[i]
		}
	}
	return nil
}
