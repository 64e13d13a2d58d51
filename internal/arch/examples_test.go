package arch

import (
	"go/ast"
	"path"
	"slices"
	"strings"
	"testing"
)

// Every exported function and type has a runnable example in its package, and
// every exported symbol a comment. The test lists those without.
func TestExamplesAndComments(t *testing.T) {
	have := map[string]map[string]bool{} // directory -> what has an example
	type symbol struct{ dir, name string }
	var want []symbol
	for _, s := range sources(t) {
		dir := path.Dir(s.path)
		if r := room(s.path); r == "examples" || r == "internal" {
			continue
		}
		if strings.HasSuffix(s.path, "_test.go") {
			for _, d := range s.file.Decls {
				if f, ok := d.(*ast.FuncDecl); ok && strings.HasPrefix(f.Name.Name, "Example") {
					name, _, _ := strings.Cut(strings.TrimPrefix(f.Name.Name, "Example"), "_")
					if have[dir] == nil {
						have[dir] = map[string]bool{}
					}
					have[dir][name] = true
				}
			}
			continue
		}
		for _, d := range s.file.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if !d.Name.IsExported() || d.Recv != nil && !exportedReceiver(d) {
					continue
				}
				if d.Doc == nil && !wellKnown(d.Name.Name) {
					t.Errorf("%v: %s has no comment", s.fset.Position(d.Pos()), d.Name.Name)
				}
				if d.Recv == nil {
					want = append(want, symbol{dir, d.Name.Name})
				}
			case *ast.GenDecl:
				for _, sp := range d.Specs {
					ts, ok := sp.(*ast.TypeSpec)
					if !ok || !ts.Name.IsExported() {
						continue
					}
					if d.Doc == nil && ts.Doc == nil {
						t.Errorf("%v: %s has no comment", s.fset.Position(ts.Pos()), ts.Name.Name)
					}
					want = append(want, symbol{dir, ts.Name.Name})
				}
			}
		}
	}
	missing := map[string][]string{}
	for _, s := range want {
		if !have[s.dir][s.name] {
			missing[s.dir] = append(missing[s.dir], s.name)
		}
	}
	var dirs []string
	for d := range missing {
		dirs = append(dirs, d)
	}
	slices.Sort(dirs)
	for _, d := range dirs {
		slices.Sort(missing[d])
		t.Errorf("%s: no example for %s", d, strings.Join(missing[d], ", "))
	}
}

func exportedReceiver(d *ast.FuncDecl) bool {
	x := d.Recv.List[0].Type
	if s, ok := x.(*ast.StarExpr); ok {
		x = s.X
	}
	if i, ok := x.(*ast.IndexExpr); ok {
		x = i.X
	}
	id, ok := x.(*ast.Ident)
	return ok && id.IsExported()
}

// wellKnown methods say all with their name.
func wellKnown(name string) bool {
	return slices.Contains([]string{"String", "Holds", "Explain", "Error", "Unwrap"}, name)
}
