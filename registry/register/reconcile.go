package register

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/internal/name"
	"github.com/chroniccare/chroniccare/registry"
)

// Listed is a person as one list has them: on it or not, and why.
type Listed struct {
	Person string `json:"person"`
	In     bool   `json:"in"`
	Reason string `json:"reason,omitempty"`
}

// Side says on which of two lists a person is.
type Side uint8

// Sides.
const (
	OnBoth Side = iota
	OnlyA
	OnlyB
	OnNeither
)

var sides = [...]string{"both", "only A", "only B", "neither"}

// String gives the side in words.
func (s Side) String() string { return sides[min(int(s), len(sides)-1)] }

// MarshalText gives the side in words.
func (s Side) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads what MarshalText gives; another text is an error that lists the words.
func (s *Side) UnmarshalText(text []byte) error { return name.Parse(s, len(sides), text) }

// Difference is a person of two lists. ReasonA and ReasonB are the lists' own words;
// of a person that a list does not know it is "not listed".
type Difference struct {
	Person  string `json:"person"`
	Side    Side   `json:"side"`
	ReasonA string `json:"reason_a,omitempty"`
	ReasonB string `json:"reason_b,omitempty"`
}

// ReasonCount counts the people of a side by the reasons of both lists.
type ReasonCount struct {
	Side    Side   `json:"side"`
	ReasonA string `json:"reason_a,omitempty"`
	ReasonB string `json:"reason_b,omitempty"`
	People  int64  `json:"people"`
}

// Reconciliation says how two lists differ, such as a register by claims and one by
// the chart.
type Reconciliation struct {
	People  []Difference  `json:"people"`  // by person
	Reasons []ReasonCount `json:"reasons"` // by side, then reasons
	Both    int64         `json:"both"`
	OnlyA   int64         `json:"only_a"`
	OnlyB   int64         `json:"only_b"`
	Neither int64         `json:"neither"`
}

// ErrList is wrapped by errors about lists of people.
var ErrList = errors.New("register: list")

// Reconcile compares two lists person by person. A person listed twice, or without
// an ID, is an error; all come together.
func Reconcile(a, b []Listed) (Reconciliation, error) {
	var errs []error
	sorted := func(name string, in []Listed) []Listed {
		out := slices.Clone(in)
		slices.SortStableFunc(out, func(x, y Listed) int { return strings.Compare(x.Person, y.Person) })
		for i, x := range out {
			if x.Person == "" {
				errs = append(errs, fmt.Errorf("%w %s: a person without an ID", ErrList, name))
			} else if i > 0 && x.Person == out[i-1].Person {
				errs = append(errs, fmt.Errorf("%w %s: %s is listed twice", ErrList, name, x.Person))
			}
		}
		return out
	}
	a, b = sorted("A", a), sorted("B", b)
	if len(errs) > 0 {
		return Reconciliation{}, errors.Join(errs...)
	}
	var r Reconciliation
	const unknown = "not listed"
	for len(a)+len(b) > 0 {
		d := Difference{ReasonA: unknown, ReasonB: unknown}
		var inA, inB bool
		switch {
		case len(b) == 0, len(a) > 0 && a[0].Person <= b[0].Person:
			d.Person = a[0].Person
		default:
			d.Person = b[0].Person
		}
		if len(a) > 0 && a[0].Person == d.Person {
			inA, d.ReasonA, a = a[0].In, a[0].Reason, a[1:]
		}
		if len(b) > 0 && b[0].Person == d.Person {
			inB, d.ReasonB, b = b[0].In, b[0].Reason, b[1:]
		}
		switch {
		case inA && inB:
			d.Side = OnBoth
			r.Both++
		case inA:
			d.Side = OnlyA
			r.OnlyA++
		case inB:
			d.Side = OnlyB
			r.OnlyB++
		default:
			d.Side = OnNeither
			r.Neither++
		}
		r.People = append(r.People, d)
		r.count(d)
	}
	slices.SortFunc(r.Reasons, func(x, y ReasonCount) int {
		return cmp.Or(cmp.Compare(x.Side, y.Side), cmp.Compare(x.ReasonA, y.ReasonA), cmp.Compare(x.ReasonB, y.ReasonB))
	})
	return r, nil
}

func (r *Reconciliation) count(d Difference) {
	for i := range r.Reasons {
		if x := &r.Reasons[i]; x.Side == d.Side && x.ReasonA == d.ReasonA && x.ReasonB == d.ReasonB {
			x.People++
			return
		}
	}
	r.Reasons = append(r.Reasons, ReasonCount{d.Side, d.ReasonA, d.ReasonB, 1})
}

// SizeCheck compares the size of a register with the size expected. Published
// practice accepts 99 to 101 per cent, both included. Nothing expected gives an
// undefined ratio, which is not within.
func SizeCheck(count, expected int64) (ratio registry.Rate, within bool) {
	r := registry.Rate{Num: count, Den: expected}
	return r, r.Defined() && r.Cmp(registry.Rate{Num: 99, Den: 100}) >= 0 && r.Cmp(registry.Rate{Num: 101, Den: 100}) <= 0
}

// Pair names two registers that contradict each other.
type Pair struct {
	A, B string
	Why  string
}

// Contradictory are the pairs that the library knows among the [EHR] registers.
// Type 1 and type 2 diabetes contradict each other too: see [DiabetesTyping].
func Contradictory() []Pair {
	return []Pair{{"diabetes", "non-diabetic-hyperglycaemia", "non-diabetic hyperglycaemia is for people without diabetes"}}
}

// Contradiction is a person on both registers of a pair.
type Contradiction struct {
	Person string        `json:"person"`
	A      string        `json:"a"`
	B      string        `json:"b"`
	Why    string        `json:"why"`
	Since  registry.Date `json:"since"` // the first day on both
}

// Contradictions lists the pairs that a person's results hold together, in the order
// of the pairs. Pairs with registers that were not compiled are passed over.
func (r *Registers) Contradictions(person string, res *Results, pairs []Pair) []Contradiction {
	var out []Contradiction
	for _, p := range pairs {
		i, j := r.Index(p.A), r.Index(p.B)
		if i < 0 || j < 0 || !res.Entries[i].In || !res.Entries[j].In {
			continue
		}
		out = append(out, Contradiction{person, p.A, p.B, p.Why, max(res.Entries[i].Since, res.Entries[j].Since)})
	}
	return out
}
