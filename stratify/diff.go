package stratify

import (
	"fmt"
	"strings"
)

// Difference is one place where two models differ; an empty side has nothing there.
type Difference struct {
	Where string
	A, B  string
}

// String shows both sides.
func (d Difference) String() string {
	side := func(s string) string {
		if s == "" {
			return "(none)"
		}
		return s
	}
	return d.Where + ": " + side(d.A) + " -> " + side(d.B)
}

// Diff lists what differs between two models, for release notes and for those who
// compare years: in a's order, then what only b has, in b's order.
func Diff(a, b *Model) (out []Difference) {
	pa, pb := flatten(a.def), flatten(b.def)
	inA, inB := map[string]bool{}, map[string]string{}
	for _, p := range pb {
		inB[p[0]] = p[1]
	}
	for _, p := range pa {
		inA[p[0]] = true
		if inB[p[0]] != p[1] {
			out = append(out, Difference{p[0], p[1], inB[p[0]]})
		}
	}
	for _, p := range pb {
		if !inA[p[0]] {
			out = append(out, Difference{p[0], "", p[1]})
		}
	}
	return out
}

// flatten lists a definition as pairs of a place and what stands there.
func flatten(d Definition) (out [][2]string) {
	put := func(where, format string, a ...any) {
		if s := strings.TrimSpace(fmt.Sprintf(format, a...)); s != "" {
			out = append(out, [2]string{where, s})
		}
	}
	end := func(x *float64) string {
		if x == nil {
			return "none"
		}
		return plain(*x)
	}
	put("name", "%s", d.Name)
	put("version", "%s", d.Version)
	put("outcome", "%s", d.Outcome)
	put("source", "%s", d.Source)
	put("form", "%s", d.Form)
	if d.Form == Points {
		put("scale", "%d", d.Scale)
	}
	if d.Form == Share {
		put("of", "%d", d.Of)
	}
	put("result", "%s", d.Result)
	put("select", "%s", strings.Join(d.Select, ", "))
	for _, in := range d.Inputs {
		s := fmt.Sprintf("%s %s, %s to %s, outside %s", in.Kind, in.Unit, end(in.Low), end(in.High), in.Outside.words())
		for _, u := range in.Units {
			s += fmt.Sprintf(", or %s (*%s /%s +%s)", u.Name, plain(u.Times), plain(u.Per), plain(u.Add))
		}
		if len(in.Choices) > 0 {
			s += ", " + strings.Join(in.Choices, "|")
		}
		if in.Optional {
			s += ", optional"
		}
		if in.NotAbove != "" {
			s += ", not above " + in.NotAbove
		}
		put("input "+in.Name, "%s", s)
	}
	for _, x := range d.Derived {
		put("derived "+x.Name, "%s of %s by %s", x.Op, strings.Join(x.Of, ", "), plain(x.By))
	}
	for _, f := range d.Factors {
		s := fmt.Sprintf("%s of %s, k %s, c %s, s %s %s", f.Transform, f.Input, plain(f.K), plain(f.C), plain(f.S), f.Word)
		for _, st := range f.Steps {
			switch {
			case st.Below != nil:
				s += ", below " + end(st.Below)
			case st.UpTo != nil:
				s += ", up to " + end(st.UpTo)
			default:
				s += ", else"
			}
			s += ": " + plain(st.Value)
		}
		put("factor "+f.Name, "%s", s)
	}
	for _, e := range d.Equations {
		where := "equation"
		if len(e.When) > 0 {
			where += " " + strings.Join(e.When, ", ")
		}
		for _, p := range []struct {
			name string
			x    float64
		}{{"constant", e.Constant}, {"mean", e.Mean}, {"survival", e.Survival}, {"scale1", e.Scale1}, {"scale2", e.Scale2}} {
			if p.x != 0 {
				put(where+": "+p.name, "%s", plain(p.x))
			}
		}
		for _, t := range e.Terms {
			put(where+": "+t.name(), "%s * %s", plain(t.Coef), strings.Join(t.Product, " * "))
		}
	}
	for _, b := range d.Bands {
		put("band from "+plain(b.From), "%s %s", b.Name, end(b.Percent))
	}
	return out
}
