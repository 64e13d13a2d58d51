package arch

import (
	"go/ast"
	"path"
	"slices"
	"strings"
	"testing"
)

// indexed are the rooms whose packages index every exported function and type by task.
var indexed = []string{"registry", "hedis", "incentives", "stratify", "caremodel"}

// The package comment of an indexed room links every exported function and type.
func TestDocIndex(t *testing.T) {
	docs, names := map[string]string{}, map[string][]string{}
	for _, s := range sources(t) {
		if !slices.Contains(indexed, room(s.path)) || strings.HasSuffix(s.path, "_test.go") {
			continue
		}
		dir := path.Dir(s.path)
		docs[dir] += s.file.Doc.Text()
		for _, d := range s.file.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Recv == nil && d.Name.IsExported() {
					names[dir] = append(names[dir], d.Name.Name)
				}
			case *ast.GenDecl:
				for _, sp := range d.Specs {
					if ts, ok := sp.(*ast.TypeSpec); ok && ts.Name.IsExported() {
						names[dir] = append(names[dir], ts.Name.Name)
					}
				}
			}
		}
	}
	if len(names) < 15 {
		t.Fatalf("only %d packages were looked at", len(names))
	}
	for dir, list := range names {
		missing := slices.DeleteFunc(list, func(n string) bool {
			return strings.Contains(docs[dir], "["+n+"]") || strings.Contains(docs[dir], "["+n+".")
		})
		if slices.Sort(missing); len(missing) > 0 {
			t.Errorf("%s: the index lacks %s", dir, strings.Join(missing, ", "))
		}
	}
}
