package main

import (
	"fmt"
	"path"
	"slices"
	"strings"
)

// field is one thing that a model asks for, and what it takes.
type field struct{ name, takes string }

// fields is what the chosen models ask for together.
type fields struct {
	names  []string // the identifier, then in the models' order
	ignore []string // patterns of what else may be there
}

func fieldsOf(chosen []scorer, ignore string) (*fields, error) {
	f := &fields{names: []string{"id"}}
	for _, s := range chosen {
		for _, x := range s.inputs {
			if !slices.Contains(f.names, x.name) {
				f.names = append(f.names, x.name)
			}
		}
	}
	for _, p := range strings.Split(ignore, ",") {
		if p = strings.TrimSpace(p); p == "" {
			continue
		}
		if _, err := path.Match(p, ""); err != nil {
			return nil, fmt.Errorf("%w: -ignore %q: %w", errUsage, p, err)
		}
		f.ignore = append(f.ignore, p)
	}
	return f, nil
}

// asked reports whether a model asks for a field.
func (f *fields) asked(name string) bool { return slices.Contains(f.names, name) }

// ignored reports whether a field that no model asks for may be there.
func (f *fields) ignored(name string) bool {
	return slices.ContainsFunc(f.ignore, func(p string) bool {
		ok, _ := path.Match(p, name)
		return ok
	})
}
