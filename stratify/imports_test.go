package stratify_test

import (
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/chroniccare/chroniccare/stratify"
)

// Importing this package alone pulls no table into a program.
func TestRootHoldsNoTable(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, im := range f.Imports {
			if im.Path.Value == `"embed"` || strings.Contains(im.Path.Value, "/stratify/") || strings.Contains(im.Path.Value, "/internal/") {
				t.Errorf("%s imports %s", name, im.Path.Value)
			}
		}
	}
}

// A model is shared: goroutines with vectors of their own agree.
func TestModelIsShared(t *testing.T) {
	m, err := stratify.Compile(own())
	if err != nil {
		t.Fatal(err)
	}
	in := stratify.Inputs{"age": stratify.Num(70, "years"), "smoker": stratify.YesNo(true)}
	want := m.Score(in).Value
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			v := m.Vector()
			for range 200 {
				v.Bind(in)
				if x, ok := m.Value(v); !ok || x != want || m.Explain(v).Value != want {
					t.Error(x)
				}
			}
		})
	}
	wg.Wait()
}
