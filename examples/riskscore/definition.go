package main

import (
	"bytes"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"reflect"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/stratify"
)

// example is a small model to begin with.
//
//go:embed definition.json
var example string

// define reads a model of the user's own.
func define(file string) (*stratify.Model, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	text = bytes.TrimPrefix(text, []byte(mark))
	if len(bytes.TrimSpace(text)) == 0 {
		return nil, fmt.Errorf("%s is empty: -definition example prints a model to begin with", file)
	}
	var x any
	err = json.Unmarshal(text, &x)
	var syntax *json.SyntaxError
	if errors.As(err, &syntax) {
		return nil, fmt.Errorf("%s: line %d: %w", file, 1+bytes.Count(text[:syntax.Offset], []byte("\n")), err)
	}
	if faults := strange(reflect.TypeFor[stratify.Definition](), x, "definition"); len(faults) > 0 {
		return nil, fmt.Errorf("%s: %s (-definition example prints a model to begin with)", file, strings.Join(faults, "; "))
	}
	m, err := stratify.Load(text)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	return m, nil
}

// strange names all fields that a definition does not have, object by object: the
// library's reader stops at the first.
func strange(t reflect.Type, x any, where string) (out []string) {
	switch x := x.(type) {
	case []any:
		if t.Kind() == reflect.Slice {
			for i := range x {
				out = append(out, strange(t.Elem(), x[i], fmt.Sprintf("%s[%d]", where, i))...)
			}
		}
	case map[string]any:
		if t.Kind() != reflect.Struct {
			return nil
		}
		var has, unknown []string
		for i := range t.NumField() {
			name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
			has = append(has, name)
		}
		for _, key := range slices.Sorted(maps.Keys(x)) {
			i := slices.IndexFunc(has, func(name string) bool { return strings.EqualFold(name, key) })
			if i < 0 {
				unknown = append(unknown, fmt.Sprintf("%q", key))
				continue
			}
			out = append(out, strange(t.Field(i).Type, x[key], where+"."+has[i])...)
		}
		if len(unknown) > 0 {
			out = append([]string{fmt.Sprintf("%s has no %s, only %s", where, strings.Join(unknown, ", "), strings.Join(has, ", "))}, out...)
		}
	}
	return out
}
