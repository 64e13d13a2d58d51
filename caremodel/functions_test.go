package caremodel

import (
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// exported lists the functions and methods of a package that a caller can call; those
// that only print or encode are left out.
func exported(t *testing.T, dir string) []string {
	t.Helper()
	pkgs, err := parser.ParseDir(token.NewFileSet(), dir, func(i fs.FileInfo) bool { return !strings.HasSuffix(i.Name(), "_test.go") }, 0)
	if err != nil || len(pkgs) != 1 {
		t.Fatal(dir, pkgs, err)
	}
	var out []string
	for _, p := range pkgs {
		for _, f := range p.Files {
			for _, d := range f.Decls {
				fn, ok := d.(*ast.FuncDecl)
				if !ok || !fn.Name.IsExported() || slices.Contains([]string{"String", "MarshalText", "UnmarshalText", "MarshalJSON", "UnmarshalJSON"}, fn.Name.Name) {
					continue
				}
				name := fn.Name.Name
				if fn.Recv != nil {
					x := fn.Recv.List[0].Type
					if s, ok := x.(*ast.StarExpr); ok {
						x = s.X
					}
					if s, ok := x.(*ast.IndexExpr); ok {
						x = s.X
					}
					id, ok := x.(*ast.Ident)
					if !ok || !id.IsExported() {
						continue
					}
					name = id.Name + "." + name
				}
				out = append(out, name)
			}
		}
	}
	slices.Sort(out)
	return out
}

// Every exported function of a component has its elements, and every name of the table
// exists; every element is served.
func TestFunctionsAreTagged(t *testing.T) {
	functions, err := Functions()
	if err != nil {
		t.Fatal(err)
	}
	tagged := map[string][]string{}
	served := map[string]bool{}
	for _, f := range functions {
		tagged[f.Package] = append(tagged[f.Package], f.Name)
		for _, e := range f.Elements {
			served[e] = true
		}
	}
	components := 0
	for pkg, names := range tagged {
		dir := filepath.Join("..", filepath.FromSlash(pkg))
		have := exported(t, dir)
		for _, n := range names {
			if !slices.Contains(have, n) {
				t.Errorf("%s has no %s", pkg, n)
			}
		}
		if path.Dir(pkg) != "caremodel" {
			continue
		}
		components++
		for _, n := range have {
			if !slices.Contains(names, n) {
				t.Errorf("%s.%s has no element", pkg, n)
			}
		}
	}
	spine, err := Spine()
	if err != nil || components != len(Components()) {
		t.Fatal(components, err)
	}
	for _, e := range spine {
		if !served[e.ID] {
			t.Errorf("no function serves %s, %s", e.ID, e.Label)
		}
	}
}

func TestFunctionTableFaults(t *testing.T) {
	_, err := parseFunctions("# A made-up table.\npackage,elements,functions\na,C1 X9,F G\na,C1,F\nb,,H\n")
	if !errors.Is(err, ErrDefinition) {
		t.Fatal(err)
	}
	for _, want := range []string{`element "X9"`, "a.F is there twice", "b: a row without"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is missing from %v", want, err)
		}
	}
}

func TestCovered(t *testing.T) {
	_, err := Covered([]string{"caremodel/decision.Compile", "nothing.F", "registry/recall.Nothing"})
	if !errors.Is(err, ErrDefinition) || strings.Count(err.Error(), "no function") != 2 {
		t.Error(err)
	}
	none, err := Covered(nil)
	if err != nil || len(none.Missing) != 25 || len(none.Elements) != 25 || len(none.Components) != 6 {
		t.Error(none, err)
	}
	functions, err := Functions()
	if err != nil {
		t.Fatal(err)
	}
	var every []string
	for _, f := range functions {
		every = append(every, f.Package+"."+f.Name, f.Package+"."+f.Name)
	}
	all, err := Covered(every)
	if err != nil || len(all.Missing) != 0 {
		t.Error(all.Missing, err)
	}
	n := 0
	for _, e := range all.Elements {
		if !slices.IsSorted(e.Functions) || len(slices.Compact(slices.Clone(e.Functions))) != len(e.Functions) {
			t.Error(e)
		}
		n += len(e.Functions)
	}
	want := 0
	for _, f := range functions {
		want += len(f.Elements)
	}
	if n != want {
		t.Error(n, want)
	}
	for _, c := range all.Components {
		if c.Served.Num != c.Served.Den || c.Served.Den == 0 {
			t.Error(c)
		}
	}
}
