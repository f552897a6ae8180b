package config

import (
	"encoding"
	"errors"
	"fmt"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"

	"github.com/alecthomas/kong"
	"go.yaml.in/yaml/v4"
)

const envPrefix = "INTERDICT_"

// The groups of settings in the help.
const (
	groupServing   = "serving"
	groupScreening = "screening"
	groupCache     = "cache"
	groupLater     = "later"
)

// EnvName returns the variable of a flag: cache-ttl is INTERDICT_CACHE_TTL.
func EnvName(flag string) string { return envPrefix + strings.ToUpper(underscored(flag)) }

func underscored(flag string) string { return strings.ReplaceAll(flag, "-", "_") }

// injected are variables that container platforms set by themselves, named after services: a service called
// "interdict" gives every pod beside it INTERDICT_PORT and more.
var injected = regexp.MustCompile(`^INTERDICT_(\w+_)?(SERVICE_HOST|SERVICE_PORT\w*|PORT|PORT_\d+_\w+)$`)

// Sources are the places besides the command line that settings come from. They work inside one kong parser, are for
// one parse, and collect every fault rather than stop at the first.
type Sources struct {
	names  []string          // of the settings' flags
	env    map[string]string // by flag name
	file   map[string]string // by flag name
	path   string            // of the file
	faults []error
}

// NewSources takes the environment as os.Environ returns it. An empty variable counts as absent.
func NewSources(environ []string) *Sources {
	s := &Sources{names: settingNames(), env: map[string]string{}, file: map[string]string{}}
	byVariable := map[string]string{}
	for _, name := range s.names {
		byVariable[EnvName(name)] = name
	}
	for _, entry := range environ {
		variable, value, _ := strings.Cut(entry, "=")
		if !strings.HasPrefix(variable, envPrefix) {
			continue
		}
		name, known := byVariable[variable]
		switch {
		case known && value != "":
			s.env[name] = value
		case known, injected.MatchString(variable):
		default:
			s.fault("environment", fmt.Errorf("unknown variable %s: `interdict serve --help` lists all", variable))
		}
	}
	return s
}

// Options tie the sources to a kong parser. The grammar must embed a Settings and may have one File flag.
func (s *Sources) Options() []kong.Option {
	options := []kong.Option{
		kong.Bind(s), kong.Resolvers(s),
		kong.ExplicitGroups([]kong.Group{
			{Key: groupServing, Title: "Serving:"},
			{Key: groupScreening, Title: "Screening:"},
			{Key: groupCache, Title: "Verdict cache:"},
			{Key: groupLater, Title: "Known, without effect in this release:"},
		}),
	}
	for field := range settingFields() {
		options = append(options, kong.TypeMapper(field.Type, kong.MapperFunc(s.decode)))
	}
	return options
}

// Described is a setting as documentation tells of it.
type Described struct {
	Variable string // INTERDICT_...
	Default  string // empty for none
	Help     string
	Later    bool // known, without effect in this release
}

// Describe lists every setting in the order of the help.
func Describe() []Described {
	var all []Described
	for field := range settingFields() {
		tag := field.Tag
		all = append(all, Described{EnvName(tag.Get("name")), tag.Get("default"), tag.Get("help"), tag.Get("group") == groupLater})
	}
	return all
}

// Is tells whether a flag is a setting, and so a variable and a key of the configuration file too.
func Is(flag *kong.Value) bool { return slices.Contains(settingNames(), flag.Name) }

// WithoutEffect names the settings that were given and change nothing in this release.
func WithoutEffect(ctx *kong.Context) []string {
	var names []string
	for _, given := range ctx.Path {
		if given.Flag != nil && given.Flag.Group != nil && given.Flag.Group.Key == groupLater {
			names = append(names, given.Flag.Name)
		}
	}
	return names
}

// Err returns every fault that was found, joined.
func (s *Sources) Err() error { return errors.Join(s.faults...) }

// Validate is part of kong.Resolver. Faults are collected, so it finds none.
func (s *Sources) Validate(*kong.Application) error { return nil }

// Resolve is part of kong.Resolver: the value of a flag that the command line does not give.
func (s *Sources) Resolve(_ *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
	if value, ok := s.env[flag.Name]; ok {
		return value, nil
	}
	if value, ok := s.file[flag.Name]; ok {
		return value, nil
	}
	return nil, nil //nolint:nilnil // kong's word for "no value here"
}

// decode sets a value and notes what is wrong with it, so that the next one is looked at too.
func (s *Sources) decode(ctx *kong.DecodeContext, target reflect.Value) error {
	var raw string
	if err := ctx.Scan.PopValueInto("value", &raw); err != nil {
		return err
	}
	into, ok := target.Addr().Interface().(encoding.TextUnmarshaler)
	if !ok {
		return fmt.Errorf("setting %s cannot be read from text", ctx.Value.Name)
	}
	if err := into.UnmarshalText([]byte(raw)); err != nil {
		_, secret := into.(*Secret)
		s.fault(s.origin(ctx.Value.Name, raw, secret), err)
	}
	return nil
}

// origin names where a value stood, as its reader would, and the value unless it is a secret.
func (s *Sources) origin(name, raw string, secret bool) string {
	shown := raw
	if secret {
		shown = redacted
	}
	switch raw {
	case s.env[name]:
		return EnvName(name) + "=" + shown
	case s.file[name]:
		return s.path + ": " + underscored(name) + ": " + shown
	default:
		return "--" + name + "=" + shown
	}
}

func (s *Sources) fault(where string, err error) {
	s.faults = append(s.faults, fmt.Errorf("%s: %w", where, err))
}

// File is a flag that names a configuration file: a YAML or JSON object of settings.
type File string

// BeforeResolve is kong's hook: it reads the file before settings are looked up.
func (File) BeforeResolve(s *Sources, ctx *kong.Context, trace *kong.Path) error {
	path, ok := ctx.FlagValue(trace.Flag).(File)
	if !ok {
		return errors.New("configuration file: no path was given")
	}
	text, err := os.ReadFile(string(path))
	if err != nil {
		return fmt.Errorf("configuration file: %w", err)
	}
	s.path = string(path)
	s.readFile(text)
	return nil
}

// readFile takes the settings of a file and notes every fault with its line.
func (s *Sources) readFile(text []byte) {
	var documents []yaml.Node
	if err := yaml.Load(text, &documents, yaml.WithAllDocuments()); err != nil {
		s.fault(s.path, err)
		return
	}
	if len(documents) > 1 {
		s.fault(s.path, fmt.Errorf("holds %d documents: want one", len(documents)))
		return
	}
	if len(documents) == 0 || len(documents[0].Content) == 0 {
		return
	}
	object := documents[0].Content[0]
	if object.Kind != yaml.MappingNode {
		s.fault(s.path, errors.New("want an object of settings, such as listen: 127.0.0.1:8080"))
		return
	}
	for i := 0; i+1 < len(object.Content); i += 2 {
		key, node := object.Content[i], object.Content[i+1]
		where := fmt.Sprintf("%s:%d", s.path, key.Line)
		name := strings.ReplaceAll(key.Value, "_", "-")
		if !slices.Contains(s.names, name) {
			s.fault(where, fmt.Errorf("unknown key %q: `interdict serve --help` lists the settings", key.Value))
			continue
		}
		if _, twice := s.file[name]; twice {
			s.fault(where, fmt.Errorf("key %q stands twice", key.Value))
			continue
		}
		value, err := scalar(node)
		if err != nil {
			s.fault(where, fmt.Errorf("%s: %w", key.Value, err))
			continue
		}
		s.file[name] = value
	}
}

// scalar returns a single value as written, or the items of a list with commas between them.
func scalar(node *yaml.Node) (string, error) {
	switch node.Kind {
	case yaml.ScalarNode:
		if node.Tag == "!!null" {
			return "", errors.New("has no value: give one, or leave the key out")
		}
		return node.Value, nil
	case yaml.SequenceNode:
		items := make([]string, len(node.Content))
		for i, item := range node.Content {
			if item.Kind != yaml.ScalarNode {
				return "", errors.New("want a list of single values")
			}
			items[i] = item.Value
		}
		return strings.Join(items, ","), nil
	default:
		return "", errors.New("want a single value")
	}
}

// settingFields yields the fields of Settings in order.
func settingFields() func(yield func(reflect.StructField) bool) {
	return func(yield func(reflect.StructField) bool) {
		t := reflect.TypeFor[Settings]()
		for i := range t.NumField() {
			if !yield(t.Field(i)) {
				return
			}
		}
	}
}

func settingNames() []string {
	var names []string
	for field := range settingFields() {
		names = append(names, field.Tag.Get("name"))
	}
	return names
}
