package selfmanagement

import (
	"errors"
	"fmt"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/internal/name"
	"github.com/chroniccare/chroniccare/registry"
)

// A is one of the five As of counselling.
type A uint8

// The five.
const (
	Ask A = iota // assess
	Advise
	Agree
	Assist
	Arrange
)

var aNames = [...]string{"assess", "advise", "agree", "assist", "arrange"}

// String gives the A in a word.
func (a A) String() string { return aNames[min(int(a), len(aNames)-1)] }

// MarshalText gives the word.
func (a A) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText reads what MarshalText gives; another text is an error that lists the words.
func (a *A) UnmarshalText(text []byte) error { return name.Parse(a, len(aNames), text) }

// Counsel is one of the As done with a person on a topic.
type Counsel struct {
	ID    string        `json:"id"`
	Topic string        `json:"topic"` // smoking, diet, activity, medicines ...
	A     A             `json:"a"`
	On    registry.Date `json:"on"`
	Next  registry.Date `json:"next"` // of arrange: the day of the contact arranged
}

// CheckCounsels reports, as [caremodel.ErrAnswer], every entry without a topic or date, that is
// none of the five, or whose ID another has.
func CheckCounsels(cs []Counsel) error {
	var errs []error
	seen := map[string]bool{}
	for _, c := range cs {
		if c.ID != "" && seen[c.ID] {
			errs = append(errs, fmt.Errorf("%w: counsel %q is there twice", caremodel.ErrAnswer, c.ID))
		}
		seen[c.ID] = true
		if c.Topic == "" || c.On == 0 || c.A > Arrange {
			errs = append(errs, fmt.Errorf("%w: counsel %q: topic %q, A %d, on %s", caremodel.ErrAnswer, c.ID, c.Topic, c.A, c.On))
		}
	}
	return errors.Join(errs...)
}

// FiveAs is what was done with a person on a topic within a window.
type FiveAs struct {
	Topic    string    `json:"topic"`
	Evidence [5]string `json:"evidence"` // IDs by A; "" where it is missing
	Have     [5]bool   `json:"have"`
	Complete bool      `json:"complete"`
}

// Missing lists what is missing, in order.
func (f FiveAs) Missing() (out []A) {
	for a, have := range f.Have {
		if !have {
			out = append(out, A(a))
		}
	}
	return out
}

// CountAs judges a topic within a window: complete with all five, in any order. An arrange
// counts when the contact it arranged lay in the future on the day it was made. Of several
// the earliest is the evidence, then the lowest ID.
func CountAs(cs []Counsel, topic string, window registry.Period) FiveAs {
	f := FiveAs{Topic: topic}
	var on [5]registry.Date
	for i := range cs {
		c := &cs[i]
		if c.Topic != topic || c.A > Arrange || !window.Contains(c.On) || c.A == Arrange && c.Next <= c.On {
			continue
		}
		if !f.Have[c.A] || c.On < on[c.A] || c.On == on[c.A] && c.ID < f.Evidence[c.A] {
			f.Have[c.A], f.Evidence[c.A], on[c.A] = true, c.ID, c.On
		}
	}
	f.Complete = f.Have == [5]bool{true, true, true, true, true}
	return f
}

// NewAsTally is an empty tally of the five As and of complete cycles, for [FiveAs.Add].
func NewAsTally() registry.Tally { return registry.NewTally(append(aNames[:], "complete")...) }

// Add counts a person's topic in a tally of [NewAsTally]: each A once. Tallies of parts of
// a panel merge.
func (f FiveAs) Add(t *registry.Tally) {
	t.People++
	for a, have := range f.Have {
		if have {
			t.Add(a)
		}
	}
	if f.Complete {
		t.Add(len(aNames))
	}
}
