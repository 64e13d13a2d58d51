package registry

import (
	"strings"

	"github.com/chroniccare/chroniccare/internal/name"
)

// Criterion is a yes/no question about a chart over a period. It answers
// twice: Holds is fast and does not allocate; Explain gives the finding with
// the facts that settled it. Explain(c, p).Met == Holds(c, p), always, and
// neither can fail. String is the definition in words.
//
// Criteria come from binding a [Definition]; they work on charts of the lexicon
// they were bound with.
type Criterion interface {
	Holds(c *Chart, p Period) bool
	Explain(c *Chart, p Period) Finding
	String() string
}

// Definition is a criterion as plain data, not yet bound to value sets.
type Definition interface {
	Bind(b *Binder) Criterion
	String() string
}

// Reason says why a criterion is met or not: the DEQM gap reasons.
type Reason uint8

// Reasons; see the Da Vinci DEQM implementation guide, gap reason codes.
const (
	NotFound Reason = iota
	InvalidAttribute
	DateOutOfRange
	ValueOutOfRange
	CountOutOfRange
	NonComputable
	Present
	DateInRange
	ValueInRange
	CountInRange
	Missing // an order or a claim shows that it exists, but it is not there
)

// ErrName is wrapped by every error about a word that an enumeration of this library does not
// have, when it is read from text or JSON.
var ErrName = name.ErrUnknown

var reasonNames = [...]string{"NotFound", "InvalidAttribute", "DateOutOfRange", "ValueOutOfRange", "CountOutOfRange", "NonComputableDocumentation",
	"Present", "DateInRange", "ValueInRange", "CountInRange", "Missing"}

// String gives the DEQM code.
func (r Reason) String() string { return reasonNames[min(int(r), len(reasonNames)-1)] }

// MarshalText gives the DEQM code.
func (r Reason) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads what MarshalText gives; another text is an error that lists the words.
func (r *Reason) UnmarshalText(text []byte) error { return name.Parse(r, len(reasonNames), text) }

// met is the counterpart of a reason when the criterion holds.
func (r Reason) met() Reason {
	switch r {
	case DateOutOfRange:
		return DateInRange
	case ValueOutOfRange:
		return ValueInRange
	case CountOutOfRange:
		return CountInRange
	}
	return Present
}

// Evidence is a fact that settled a finding, or the nearest miss.
type Evidence struct {
	Fact     *Fact  `json:"-"`
	ID       string `json:"id"`
	Kind     string `json:"kind"`
	ValueSet string `json:"value_set,omitempty"`
	Miss     string `json:"miss,omitempty"` // the condition that this fact failed
}

// String gives the evidence on a line.
func (e Evidence) String() string {
	var b strings.Builder
	f := e.Fact
	b.WriteString(f.Kind.String())
	if len(f.Codes) > 0 {
		b.WriteString(" " + f.Codes[0].Display())
	}
	if e.ValueSet != "" {
		b.WriteString(" (" + e.ValueSet + ")")
	}
	b.WriteString(", " + f.When.String())
	if f.Value.Kind != NoValue {
		b.WriteString(", " + f.Value.String())
	}
	if f.ID != "" {
		b.WriteString(" [" + f.ID + "]")
	}
	if e.Miss != "" {
		b.WriteString("; not " + e.Miss)
	}
	return b.String()
}

// Finding is the answer of a criterion with everything that led to it. Of an
// unmet "all of" and a met "any of" it holds the parts that decided; otherwise
// all parts.
type Finding struct {
	Met      bool       `json:"met"`
	Label    string     `json:"label"`
	Reason   Reason     `json:"reason"`
	Evidence []Evidence `json:"evidence,omitempty"`
	Parts    []Finding  `json:"parts,omitempty"`
}

// Facts gathers the facts of the finding and its parts, each once, in order.
func (f *Finding) Facts() []*Fact {
	var out []*Fact
	seen := map[*Fact]bool{}
	var walk func(*Finding)
	walk = func(g *Finding) {
		for _, e := range g.Evidence {
			if !seen[e.Fact] {
				seen[e.Fact] = true
				out = append(out, e.Fact)
			}
		}
		for i := range g.Parts {
			walk(&g.Parts[i])
		}
	}
	walk(f)
	return out
}

// Text renders the finding as an indented tree.
func (f *Finding) Text() string {
	var b strings.Builder
	f.text(&b, 0)
	return b.String()
}

func (f *Finding) text(b *strings.Builder, depth int) {
	pad := strings.Repeat("  ", depth)
	mark := "no "
	if f.Met {
		mark = "yes"
	}
	b.WriteString(pad + mark + "  " + strings.SplitN(f.Label, "\n", 2)[0])
	if len(f.Parts) == 0 {
		b.WriteString(" [" + f.Reason.String() + "]")
	}
	b.WriteByte('\n')
	for _, e := range f.Evidence {
		b.WriteString(pad + "       - " + e.String() + "\n")
	}
	for i := range f.Parts {
		f.Parts[i].text(b, depth+1)
	}
}
