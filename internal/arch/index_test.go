package arch

import (
	"go/ast"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// indexed are the rooms whose packages index every exported function and type by task.
var indexed = []string{"registry", "hedis", "incentives", "stratify", "caremodel"}

// docLink is a link to a symbol, of this package or, with a package's name before it, of another.
var docLink = regexp.MustCompile(`\[(?:([a-z]\w*)\.)?([A-Z]\w*(?:\.[A-Z]\w*)?)\]`)

// The package comment of an indexed room links every exported function and type, and
// nothing that is not there.
func TestDocIndex(t *testing.T) {
	docs, names := map[string]string{}, map[string][]string{}
	there := map[string]map[string]bool{} // by the package's name: symbols, methods and fields
	for _, s := range sources(t) {
		if !slices.Contains(indexed, room(s.path)) || strings.HasSuffix(s.path, "_test.go") {
			continue
		}
		dir := path.Dir(s.path)
		docs[dir] += s.file.Doc.Text()
		known := there[path.Base(dir)]
		if known == nil {
			known = map[string]bool{}
			there[path.Base(dir)] = known
		}
		for _, d := range s.file.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				switch {
				case !d.Name.IsExported():
				case d.Recv == nil:
					names[dir] = append(names[dir], d.Name.Name)
					known[d.Name.Name] = true
				default:
					known[receiver(d)+"."+d.Name.Name] = true
				}
			case *ast.GenDecl:
				for _, sp := range d.Specs {
					switch sp := sp.(type) {
					case *ast.TypeSpec:
						known[sp.Name.Name] = true
						if sp.Name.IsExported() {
							names[dir] = append(names[dir], sp.Name.Name)
						}
						if st, ok := sp.Type.(*ast.StructType); ok {
							for _, f := range st.Fields.List {
								for _, n := range f.Names {
									known[sp.Name.Name+"."+n.Name] = true
								}
							}
						}
					case *ast.ValueSpec:
						for _, n := range sp.Names {
							known[n.Name] = true
						}
					}
				}
			}
		}
	}
	if len(names) < 30 {
		t.Fatalf("only %d packages were looked at", len(names))
	}
	links := 0
	for dir, list := range names {
		missing := slices.DeleteFunc(list, func(n string) bool {
			return strings.Contains(docs[dir], "["+n+"]") || strings.Contains(docs[dir], "["+n+".")
		})
		if slices.Sort(missing); len(missing) > 0 {
			t.Errorf("%s: the index lacks %s", dir, strings.Join(missing, ", "))
		}
		for _, m := range docLink.FindAllStringSubmatch(docs[dir], -1) {
			pkg := m[1]
			if pkg == "" {
				pkg = path.Base(dir)
			}
			if links++; !there[pkg][m[2]] {
				t.Errorf("%s: the index links %s, which is not there", dir, m[0])
			}
		}
	}
	if links < 1000 {
		t.Errorf("only %d links were looked at", links)
	}
}

// receiver names the type of a method.
func receiver(d *ast.FuncDecl) string {
	x := d.Recv.List[0].Type
	if s, ok := x.(*ast.StarExpr); ok {
		x = s.X
	}
	if i, ok := x.(*ast.IndexExpr); ok {
		x = i.X
	}
	if id, ok := x.(*ast.Ident); ok {
		return id.Name
	}
	return ""
}
