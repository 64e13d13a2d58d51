package registry

import "strings"

// All holds when every part holds; without parts it always holds.
type All []Definition

// Any holds when at least one part holds; without parts it never holds.
type Any []Definition

// Not holds when its part does not.
type Not struct{ Of Definition }

// Named gives a part a name: the finding and the words carry it.
type Named struct {
	Name string
	Of   Definition
}

func (d All) String() string   { return words("all of", d) }
func (d Any) String() string   { return words("any of", d) }
func (d Not) String() string   { return "not: " + indentTail(text(d.Of)) }
func (d Named) String() string { return d.Name + ":\n" + indent(text(d.Of)) }

// text is a definition in words, also of one that is missing.
func text(d Definition) string {
	if d == nil {
		return "(nothing)"
	}
	return d.String()
}

// bindOne binds a part that must be there.
func bindOne(b *Binder, d Definition) Criterion {
	if d == nil {
		b.Errorf("a part is nil")
		d = All{}
	}
	return d.Bind(b)
}

func words(head string, parts []Definition) string {
	if len(parts) == 1 {
		return text(parts[0])
	}
	var b strings.Builder
	b.WriteString(head)
	for _, p := range parts {
		b.WriteString("\n- " + indentTail(text(p)))
	}
	return b.String()
}

// article puts "a" or "an" before words.
func article(s string) string {
	a := "a "
	if s != "" && strings.ContainsRune("aeio", rune(s[0])) {
		a = "an "
	}
	return a + indentTail(s)
}

func indent(s string) string     { return "  " + strings.ReplaceAll(s, "\n", "\n  ") }
func indentTail(s string) string { return strings.ReplaceAll(s, "\n", "\n  ") }

// Bind implements [Definition].
func (d All) Bind(b *Binder) Criterion { return &boundAll{bindParts(b, d), d.String()} }

// Bind implements [Definition].
func (d Any) Bind(b *Binder) Criterion { return &boundAny{bindParts(b, d), d.String()} }

// Bind implements [Definition].
func (d Not) Bind(b *Binder) Criterion { return &boundNot{bindOne(b, d.Of), d.String()} }

// Bind implements [Definition].
func (d Named) Bind(b *Binder) Criterion { return &boundNamed{bindOne(b, d.Of), d.Name, d.String()} }

func bindParts(b *Binder, parts []Definition) []Criterion {
	out := make([]Criterion, 0, len(parts))
	for i, p := range parts {
		if p == nil {
			b.Errorf("part %d is nil", i+1)
			continue
		}
		out = append(out, p.Bind(b))
	}
	return out
}

type boundAll struct {
	parts []Criterion
	words string
}

func (x *boundAll) String() string { return x.words }

func (x *boundAll) Holds(c *Chart, p Period) bool {
	for _, q := range x.parts {
		if !q.Holds(c, p) {
			return false
		}
	}
	return true
}

func (x *boundAll) Explain(c *Chart, p Period) Finding {
	f := Finding{Label: x.words}
	for i, q := range x.parts {
		if !q.Holds(c, p) {
			if f.Parts == nil {
				f.Parts = make([]Finding, 0, len(x.parts)-i)
			}
			f.Parts = append(f.Parts, q.Explain(c, p))
		}
	}
	if len(f.Parts) > 0 {
		f.Reason = f.Parts[0].Reason
		return f
	}
	f.Met, f.Reason, f.Parts = true, Present, make([]Finding, len(x.parts))
	for i, q := range x.parts {
		f.Parts[i] = q.Explain(c, p)
	}
	return f
}

type boundAny struct {
	parts []Criterion
	words string
}

func (x *boundAny) String() string { return x.words }

func (x *boundAny) Holds(c *Chart, p Period) bool {
	for _, q := range x.parts {
		if q.Holds(c, p) {
			return true
		}
	}
	return false
}

func (x *boundAny) Explain(c *Chart, p Period) Finding {
	for _, q := range x.parts {
		if q.Holds(c, p) {
			g := q.Explain(c, p)
			return Finding{Met: true, Label: x.words, Reason: g.Reason, Parts: []Finding{g}}
		}
	}
	f := Finding{Label: x.words, Parts: make([]Finding, len(x.parts))}
	for i, q := range x.parts {
		f.Parts[i] = q.Explain(c, p)
		if i == 0 || f.Parts[i].Reason > f.Reason { // the nearest miss speaks
			f.Reason = f.Parts[i].Reason
		}
	}
	return f
}

type boundNot struct {
	of    Criterion
	words string
}

func (x *boundNot) String() string                { return x.words }
func (x *boundNot) Holds(c *Chart, p Period) bool { return !x.of.Holds(c, p) }

func (x *boundNot) Explain(c *Chart, p Period) Finding {
	g := x.of.Explain(c, p)
	return Finding{Met: !g.Met, Label: x.words, Reason: g.Reason, Parts: []Finding{g}}
}

type boundNamed struct {
	of          Criterion
	name, words string
}

func (x *boundNamed) String() string                { return x.words }
func (x *boundNamed) Holds(c *Chart, p Period) bool { return x.of.Holds(c, p) }

func (x *boundNamed) Explain(c *Chart, p Period) Finding {
	f := x.of.Explain(c, p)
	f.Label = x.name
	return f
}
