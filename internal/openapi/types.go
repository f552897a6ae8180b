package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
)

// field is what a Go field says of its JSON member beyond what swag reads.
type field struct {
	name     string
	optional bool // left out where it is empty
	nullable bool // a pointer that is written as null
	instant  bool // a time.Time
	length   int  // of a fixed array; 0 for anything else
}

// structure is a wire type. The fields of what it embeds count as its own.
type structure struct {
	doc    string
	fields []field
}

// structs are the wire types by name.
type structs map[string]structure

// readTypes reads every struct of the Go files in a folder.
func readTypes(folder string) (structs, error) {
	entries, err := os.ReadDir(folder)
	if err != nil {
		return nil, err
	}
	declared, comments := map[string]*ast.StructType{}, map[string]string{}
	for _, entry := range entries {
		name := entry.Name()
		if filepath.Ext(name) != ".go" || strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), filepath.Join(folder, name), nil, parser.ParseComments|parser.SkipObjectResolution)
		if err != nil {
			return nil, err
		}
		ast.Inspect(file, func(n ast.Node) bool {
			group, ok := n.(*ast.GenDecl)
			if !ok || group.Tok != token.TYPE || len(group.Specs) != 1 {
				return true
			}
			spec := group.Specs[0].(*ast.TypeSpec)
			if s, ok := spec.Type.(*ast.StructType); ok {
				declared[spec.Name.Name], comments[spec.Name.Name] = s, group.Doc.Text()
			}
			return true
		})
	}
	out := structs{}
	for name, s := range declared {
		fields, err := fieldsOf(s, declared)
		if err != nil {
			return nil, fmt.Errorf("type %s: %w", name, err)
		}
		out[name] = structure{strings.Join(strings.Fields(comments[name]), " "), fields}
	}
	return out, nil
}

func fieldsOf(s *ast.StructType, declared map[string]*ast.StructType) ([]field, error) {
	var out []field
	for _, f := range s.Fields.List {
		if len(f.Names) == 0 {
			if name, ok := f.Type.(*ast.Ident); ok && declared[name.Name] != nil {
				inner, err := fieldsOf(declared[name.Name], declared)
				if err != nil {
					return nil, err
				}
				out = append(out, inner...)
			}
			continue
		}
		if f.Tag == nil {
			continue
		}
		made, err := readField(f)
		if err != nil {
			return nil, err
		}
		if made.name != "" {
			out = append(out, made)
		}
	}
	return out, nil
}

func readField(f *ast.Field) (field, error) {
	tag, err := strconv.Unquote(f.Tag.Value)
	if err != nil {
		return field{}, err
	}
	name, options, _ := strings.Cut(reflect.StructTag(tag).Get("json"), ",")
	out := field{name: name, optional: strings.Contains(options, "omit")}
	switch t := f.Type.(type) {
	case *ast.StarExpr:
		out.nullable = !out.optional
	case *ast.SelectorExpr:
		out.instant = t.Sel.Name == "Time"
	case *ast.ArrayType:
		if size, ok := t.Len.(*ast.BasicLit); ok {
			out.length, err = strconv.Atoi(size.Value)
		}
	}
	return out, err
}
