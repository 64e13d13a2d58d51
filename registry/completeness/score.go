package completeness

import (
	"cmp"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/registry"
)

// Cell is the completeness under one name.
type Cell struct {
	Name string        `json:"name"`
	Rate registry.Rate `json:"rate"`
}

// Scores adds up reports: filled of expected by register, provider and item, each
// sorted by name. An item that two registers of a person ask for counts under both, so
// registers don't add up to All. The zero value is empty; adding and merging are free of
// order.
type Scores struct {
	All       registry.Rate `json:"all"`
	People    int64         `json:"people"`
	Nothing   int64         `json:"nothing_expected"` // people of whom nothing is expected
	Registers []Cell        `json:"registers"`
	Providers []Cell        `json:"providers"`
	Items     []Cell        `json:"items"`
}

// Add takes in the report of a person.
func (s *Scores) Add(r *Report) {
	s.People++
	if r.Expected == 0 {
		s.Nothing++
	}
	s.All = s.All.Add(r.Score())
	s.Providers = count(s.Providers, r.Provider, r.Score())
	for _, x := range r.Registers {
		s.Registers = count(s.Registers, x.Register, x.Rate)
	}
	for i := range r.Items {
		switch r.Items[i].State {
		case NotExpected:
		case Filled:
			s.Items = count(s.Items, r.Items[i].Key, registry.Rate{Num: 1, Den: 1})
		default:
			s.Items = count(s.Items, r.Items[i].Key, registry.Rate{Den: 1})
		}
	}
}

// Merge takes in the scores of other people.
func (s *Scores) Merge(o *Scores) {
	s.People += o.People
	s.Nothing += o.Nothing
	s.All = s.All.Add(o.All)
	for _, c := range o.Providers {
		s.Providers = count(s.Providers, c.Name, c.Rate)
	}
	for _, c := range o.Registers {
		s.Registers = count(s.Registers, c.Name, c.Rate)
	}
	for _, c := range o.Items {
		s.Items = count(s.Items, c.Name, c.Rate)
	}
}

func count(cells []Cell, name string, r registry.Rate) []Cell {
	i, ok := slices.BinarySearchFunc(cells, name, func(c Cell, n string) int { return strings.Compare(c.Name, n) })
	if !ok {
		cells = slices.Insert(cells, i, Cell{Name: name})
	}
	cells[i].Rate = cells[i].Rate.Add(r)
	return cells
}

// Weakest lists the cells with the lowest rates first; undefined ones come last.
func Weakest(cells []Cell) []Cell {
	out := slices.Clone(cells)
	slices.SortFunc(out, func(a, b Cell) int {
		if a.Rate.Defined() != b.Rate.Defined() {
			if a.Rate.Defined() {
				return -1
			}
			return 1
		}
		return cmp.Or(a.Rate.Cmp(b.Rate), strings.Compare(a.Name, b.Name))
	})
	return out
}
