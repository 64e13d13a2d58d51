package register

import (
	"github.com/chroniccare/chroniccare/internal/name"
	"github.com/chroniccare/chroniccare/registry"
)

// DiabetesType is the type of diabetes that a record states.
type DiabetesType uint8

// Types.
const (
	DiabetesTypeUnknown DiabetesType = iota
	DiabetesType1
	DiabetesType2
)

var diabetesTypes = [...]string{"unknown", "type 1", "type 2"}

// String gives the type in words.
func (t DiabetesType) String() string { return diabetesTypes[min(int(t), len(diabetesTypes)-1)] }

// MarshalText gives the type in words.
func (t DiabetesType) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText reads what MarshalText gives; another text is an error that lists the words.
func (t *DiabetesType) UnmarshalText(text []byte) error {
	return name.Parse(t, len(diabetesTypes), text)
}

// DiabetesTyping tells the type of diabetes from two value sets. It is immutable.
type DiabetesTyping struct{ one, two *registry.Selector }

// NewDiabetesTyping binds the value sets of type 1 and type 2 codes.
func NewDiabetesTyping(b *registry.Binder, type1, type2 registry.Set, clinical Clinical) DiabetesTyping {
	pick := func(s registry.Set) *registry.Selector { return b.Select(Ever("type", s, clinical), func() {}) }
	return DiabetesTyping{pick(type1), pick(type2)}
}

// Typing is the answer of [DiabetesTyping.Of]: the type, the fact that decided, and
// the latest fact that says otherwise, if there is one.
type Typing struct {
	Type     DiabetesType
	Fact     *registry.Fact
	Contrary *registry.Fact
}

// Of gives the type on a day: that of the later code; type 1 when both fall on one
// day; unknown without either (QOF business rules v51). It does not allocate.
func (d DiabetesTyping) Of(c *registry.Chart, asOf registry.Date) Typing {
	one, two := latest(d.one, c, asOf), latest(d.two, c, asOf)
	switch {
	case one == nil && two == nil:
		return Typing{}
	case two == nil || one != nil && one.When.Start.Day >= two.When.Start.Day:
		return Typing{DiabetesType1, one, two}
	}
	return Typing{DiabetesType2, two, one}
}

// latest is the last fact in canonical order of those that start by a day.
func latest(s *registry.Selector, c *registry.Chart, asOf registry.Date) (last *registry.Fact) {
	for w := s.Walk(c); ; {
		f := w.Next(c, registry.Period{End: asOf})
		if f == nil {
			return last
		}
		if last == nil || f.When.Start.Day >= last.When.Start.Day {
			last = f
		}
	}
}
