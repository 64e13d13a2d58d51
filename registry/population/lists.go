package population

import (
	"slices"
	"strings"
)

// Slice lists the IDs of the people for whom all questions hold, sorted.
func Slice[P any](people []P, id func(P) string, questions ...func(P) bool) []string {
	var out []string
next:
	for _, p := range people {
		for _, q := range questions {
			if !q(p) {
				continue next
			}
		}
		out = append(out, id(p))
	}
	slices.Sort(out)
	return out
}

// List is a register's or another list's people.
type List struct {
	Name   string
	People []string
}

// Line is a person of several lists.
type Line struct {
	Person string   `json:"person"`
	Lists  []string `json:"lists"` // in the order in which the lists were given
}

// MergeLists makes one list out of several: everybody once, with the lists they are
// on, those on most lists first, then by ID.
func MergeLists(lists ...List) []Line {
	at := map[string]int{}
	var out []Line
	for _, l := range lists {
		for _, p := range l.People {
			i, ok := at[p]
			if !ok {
				i = len(out)
				at[p] = i
				out = append(out, Line{Person: p})
			}
			if !slices.Contains(out[i].Lists, l.Name) {
				out[i].Lists = append(out[i].Lists, l.Name)
			}
		}
	}
	slices.SortFunc(out, func(a, b Line) int {
		if d := len(b.Lists) - len(a.Lists); d != 0 {
			return d
		}
		return strings.Compare(a.Person, b.Person)
	})
	return out
}
