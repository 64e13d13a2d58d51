package arch

import (
	"go/ast"
	"strings"
	"testing"
)

// What writes itself as text reads it back.
func TestTextReadsBack(t *testing.T) {
	writes, reads := map[string]string{}, map[string]bool{}
	for _, s := range sources(t) {
		if forTests(s.path) || room(s.path) == "examples" {
			continue
		}
		for _, d := range s.file.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || f.Recv == nil {
				continue
			}
			key := s.path[:strings.LastIndex(s.path, "/")] + "." + receiver(f)
			switch f.Name.Name {
			case "MarshalText":
				writes[key] = s.fset.Position(f.Pos()).String()
			case "UnmarshalText":
				reads[key] = true
			}
		}
	}
	for key, at := range writes {
		if !reads[key] {
			t.Errorf("%s: %s has MarshalText and no UnmarshalText", at, key)
		}
	}
	if len(writes) < 30 {
		t.Errorf("only %d types found", len(writes))
	}
}
