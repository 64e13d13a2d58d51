package registry

import (
	"errors"
	"fmt"
	"slices"
)

// ErrTally is wrapped when tallies of different things are merged.
var ErrTally = errors.New("registry: tally")

// Tally counts memberships under fixed names. Tallies of any split of a
// population merge to the tally of the whole, in any order; the zero Tally is
// empty and merges with all. Its fields are exported so that a distributed
// engine can carry it.
type Tally struct {
	Names  []string `json:"names"`
	Counts []int64  `json:"counts"`
	People int64    `json:"people"`
}

// NewTally is an empty tally with names.
func NewTally(names ...string) Tally {
	return Tally{Names: slices.Clone(names), Counts: make([]int64, len(names))}
}

// Add counts one under the i-th name.
func (t *Tally) Add(i int) { t.Counts[i]++ }

// Of is the count under a name, 0 when there is none.
func (t *Tally) Of(name string) int64 {
	if i := slices.Index(t.Names, name); i >= 0 {
		return t.Counts[i]
	}
	return 0
}

// Merge adds another tally with the same names.
func (t *Tally) Merge(o Tally) error {
	switch {
	case len(o.Names) == 0:
		t.People += o.People
		return nil
	case len(t.Names) == 0:
		n := t.People
		*t = Tally{slices.Clone(o.Names), slices.Clone(o.Counts), o.People + n}
		return nil
	case !slices.Equal(t.Names, o.Names) || len(o.Counts) != len(t.Counts):
		return fmt.Errorf("%w: names differ: %v and %v", ErrTally, t.Names, o.Names)
	}
	for i, n := range o.Counts {
		t.Counts[i] += n
	}
	t.People += o.People
	return nil
}
