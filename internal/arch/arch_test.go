package arch

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/chroniccare/chroniccare/"

// may lists, for each room, the rooms it may import besides itself.
var may = map[string][]string{
	"internal":   {},
	"registry":   {"internal"},
	"hedis":      {"internal", "registry"},
	"incentives": {"internal", "registry"},
	"stratify":   {"internal", "registry"},
	"caremodel":  {"internal", "registry", "stratify"},
	"examples":   {"internal", "registry", "hedis", "incentives", "stratify", "caremodel"},
}

// impure packages do I/O, hold randomness or belong to tests.
var impure = []string{"os", "os/exec", "net", "net/http", "log", "log/slog", "io/fs", "io/ioutil", "math/rand", "math/rand/v2", "testing", "testing/fstest", "sync", "sync/atomic", "plugin", "unsafe"}

// thirdParty lists what library code may import from outside.
var thirdParty = []string{"github.com/shopspring/decimal", "golang.org/x/exp/constraints"}

type source struct {
	path string // slash-separated, from the module's root
	file *ast.File
	fset *token.FileSet
}

func sources(t *testing.T) []source {
	t.Helper()
	root := filepath.Join("..", "..")
	var out []source
	err := filepath.WalkDir(root, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(root, p)
		rel = filepath.ToSlash(rel)
		if d.IsDir() {
			if rel != "." && strings.HasPrefix(path.Base(rel), ".") {
				return filepath.SkipDir
			}
			if _, err := os.Stat(filepath.Join(p, "go.mod")); err == nil && rel != "." {
				return filepath.SkipDir
			}
			return nil
		}
		if !strings.HasSuffix(rel, ".go") {
			return nil
		}
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, p, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		out = append(out, source{rel, f, fset})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(out) == 0 {
		t.Fatal("no Go files found")
	}
	return out
}

func room(p string) string { r, _, _ := strings.Cut(p, "/"); return r }

// testing packages are for tests only and may import rapid and testing.
func forTests(p string) bool {
	return strings.HasSuffix(p, "_test.go") || strings.HasSuffix(path.Dir(p), "test") || strings.HasPrefix(p, "internal/golden/")
}

func TestImportsRunOneWay(t *testing.T) {
	for _, s := range sources(t) {
		from := room(s.path)
		for _, im := range s.file.Imports {
			p, _ := strconv.Unquote(im.Path.Value)
			to, ours := strings.CutPrefix(p, module)
			if !ours {
				continue
			}
			if r := room(to); r != from && !slices.Contains(may[from], r) {
				t.Errorf("%s imports %s: %s may not know %s", s.path, p, from, r)
			}
			if path.Base(to) != path.Base(path.Dir(s.path)) && strings.HasSuffix(to, "test") && !forTests(s.path) && from != "examples" {
				t.Errorf("%s imports the test package %s", s.path, p)
			}
		}
	}
}

func TestLibraryIsPure(t *testing.T) {
	for _, s := range sources(t) {
		if forTests(s.path) || room(s.path) == "examples" {
			continue
		}
		for _, im := range s.file.Imports {
			p, _ := strconv.Unquote(im.Path.Value)
			if slices.Contains(impure, p) {
				t.Errorf("%s imports %s", s.path, p)
			}
			if first, _, _ := strings.Cut(p, "/"); strings.Contains(first, ".") && !strings.HasPrefix(p, module) && !slices.Contains(thirdParty, p) {
				t.Errorf("%s imports %s", s.path, p)
			}
		}
		ast.Inspect(s.file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GoStmt:
				t.Errorf("%v: starts a goroutine", s.fset.Position(n.Pos()))
			case *ast.FuncDecl:
				if n.Name.Name == "init" && n.Recv == nil {
					t.Errorf("%v: has an init", s.fset.Position(n.Pos()))
				}
			case *ast.SelectorExpr:
				x, ok := n.X.(*ast.Ident)
				if ok && x.Name == "time" && slices.Contains([]string{"Now", "Since", "Until", "After", "Sleep", "Tick"}, n.Sel.Name) {
					t.Errorf("%v: reads the clock", s.fset.Position(n.Pos()))
				}
				if ok && x.Name == "decimal" && (strings.HasPrefix(n.Sel.Name, "NewFromFloat") || n.Sel.Name == "Avg") {
					t.Errorf("%v: decimal.%s is not exact", s.fset.Position(n.Pos()), n.Sel.Name)
				}
			}
			return true
		})
	}
}

// Exported package variables could be changed by anyone; errors are the one
// idiom that needs them.
func TestNoExportedVariables(t *testing.T) {
	for _, s := range sources(t) {
		if forTests(s.path) || room(s.path) == "examples" {
			continue
		}
		for _, d := range s.file.Decls {
			g, ok := d.(*ast.GenDecl)
			if !ok || g.Tok != token.VAR {
				continue
			}
			for _, sp := range g.Specs {
				for _, n := range sp.(*ast.ValueSpec).Names {
					if n.IsExported() && !strings.HasPrefix(n.Name, "Err") {
						t.Errorf("%v: exported variable %s", s.fset.Position(n.Pos()), n.Name)
					}
				}
			}
		}
	}
}

func TestTopLevel(t *testing.T) {
	want := []string{"LICENSE", "README.md", "caremodel", "examples", "go.mod", "go.sum", "hedis", "incentives", "internal", "registry", "stratify"}
	entries, err := os.ReadDir(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") && !slices.Contains(want, e.Name()) {
			t.Errorf("%s does not belong at the top level", e.Name())
		}
	}
}
