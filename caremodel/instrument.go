package caremodel

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/chroniccare/chroniccare/internal/name"
)

// Scale is a group of an instrument's items, by number.
type Scale struct {
	Name       string    `json:"name"`
	Items      []int     `json:"items,omitempty"`
	MaxMissing int       `json:"max_missing"` // answers that may be missing; -1: no limit
	Component  Component `json:"component"`   // that it is about; "" for none or several
}

// TotalRule says what the total is a mean of.
type TotalRule uint8

// Total rules.
const (
	MeanOfScales TotalRule = iota // ACIC
	MeanOfItems                   // PACIC, PCMH-A
)

// String gives the rule in words.
func (r TotalRule) String() string {
	return [...]string{"mean of scales", "mean of items"}[min(int(r), 1)]
}

// MarshalText gives the words.
func (r TotalRule) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads what MarshalText gives; another text is an error that lists the words.
func (r *TotalRule) UnmarshalText(text []byte) error { return name.Parse(r, 2, text) }

// Instrument is a questionnaire's structure: no wording, which belongs to its owners;
// items are numbers from 1. Bands, limits and the lowest answer may be changed by whoever
// uses it.
type Instrument struct {
	Name       string    `json:"name"`
	Min        int       `json:"min"`
	Max        int       `json:"max"`
	Items      int       `json:"items"`  // numbers run from 1 to it; 0: only those of the scales
	Scored     int       `json:"scored"` // items that the scales must have together; 0: any
	Scales     []Scale   `json:"scales"`
	Total      TotalRule `json:"total"`
	MaxMissing int       `json:"max_missing"`    // of all scored items; -1: no limit
	Cuts       []int     `json:"cuts,omitempty"` // means below the first are the lowest band; nil: no bands
	Bands      []string  `json:"bands,omitempty"`
	Source     string    `json:"source"`
}

// Without is the instrument without items that do not apply to an organisation: they leave
// the means, and a scale that loses all of its items is a fault ([Instrument.Check]). Answers
// to them are no longer scored.
func (i Instrument) Without(items ...int) Instrument {
	scales := slices.Clone(i.Scales)
	for k := range scales {
		n := len(scales[k].Items)
		scales[k].Items = slices.DeleteFunc(slices.Clone(scales[k].Items), func(x int) bool { return slices.Contains(items, x) })
		if i.Scored > 0 {
			i.Scored -= n - len(scales[k].Items)
		}
	}
	i.Scales = scales
	return i
}

// Check reports, as [ErrDefinition], everything that keeps an instrument from being scored:
// scales without a name or items or there twice, items that are in two scales, are none of
// the instrument's, or are more or fewer than it has, a range that is none, and cuts that
// don't rise or don't go with the bands.
func (i Instrument) Check() error {
	var errs []error
	bad := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf("%w: %s: %s", ErrDefinition, i.Name, fmt.Sprintf(format, args...)))
	}
	seen := map[int]bool{}
	scored := 0
	for k, s := range i.Scales {
		if s.Name == "" || slices.ContainsFunc(i.Scales[:k], func(o Scale) bool { return o.Name == s.Name }) {
			bad("scale %d: name %q is empty or there twice", k+1, s.Name)
		}
		if len(s.Items) == 0 {
			bad("the scale %s has no items", s.Name)
		}
		for _, n := range s.Items {
			if n < 1 || seen[n] || i.Items > 0 && n > i.Items {
				bad("item %d of %s is not of the instrument, or there twice", n, s.Name)
			}
			seen[n] = true
		}
		scored += len(s.Items)
	}
	if i.Scored > 0 && scored != i.Scored {
		bad("%d items in its scales, not %d", scored, i.Scored)
	}
	if i.Max <= i.Min || len(i.Scales) == 0 {
		bad("from %d to %d, %d scales", i.Min, i.Max, len(i.Scales))
	}
	if len(i.Cuts)+len(i.Bands) > 0 && len(i.Bands) != len(i.Cuts)+1 || !slices.IsSortedFunc(i.Cuts, func(a, b int) int { return cmp.Or(cmp.Compare(a, b), -1) }) {
		bad("cuts %v for the bands %q", i.Cuts, i.Bands)
	}
	return errors.Join(errs...)
}
