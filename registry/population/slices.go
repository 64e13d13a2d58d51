package population

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/chroniccare/chroniccare/registry"
)

// Control says whether a measure is at its goal.
type Control uint8

// Controls.
const (
	ControlUnknown Control = iota
	AtGoal
	NotAtGoal
)

// ByControl sorts by control: at goal, not at goal, unknown (KF2004:303-311).
func ByControl[P any](of func(P) Control) Key[P] {
	return Key[P]{Name: "control", Order: []string{"at goal", "not at goal"}, Of: func(p P) string {
		switch of(p) {
		case AtGoal:
			return "at goal"
		case NotAtGoal:
			return "not at goal"
		}
		return ""
	}}
}

// ByLastVisit sorts by the time since the last visit: up to 6 months, 6 to 12, 12 to
// 24, longer, never. Twelve months ago to the day is in the band of 12 to 24. A visit
// after the day counts as unknown.
func ByLastVisit[P any](asOf registry.Date, last func(P) registry.Date) Key[P] {
	names := []string{"under 6 months", "6 to 12 months", "12 to 24 months", "24 months and more", "never"}
	limits := []registry.Date{asOf.AddMonths(-6), asOf.AddMonths(-12), asOf.AddMonths(-24)}
	return Key[P]{Name: "last visit", Order: names, Of: func(p P) string {
		d := last(p)
		switch {
		case d == 0:
			return "never"
		case d > asOf:
			return ""
		}
		for i, l := range limits {
			if d > l {
				return names[i]
			}
		}
		return names[3]
	}}
}

// ByCount sorts by a number of things, such as comorbidities: 0, 1, ... and the last
// cell for top and more. Negative numbers are unknown.
func ByCount[P any](name string, top int, of func(P) int) Key[P] {
	var names []string
	for i := range max(top, 0) {
		names = append(names, strconv.Itoa(i))
	}
	last := fmt.Sprintf("%d and more", max(top, 0))
	return Key[P]{Name: name, Order: append(names, last), Of: func(p P) string {
		switch n := of(p); {
		case n < 0:
			return ""
		case n >= top:
			return last
		default:
			return strconv.Itoa(n)
		}
	}}
}

// ByLevel sorts by the programme level, 1 to 3 (KF2004:985-991); others are unknown.
func ByLevel[P any](of func(P) int) Key[P] {
	return Key[P]{Name: "level", Order: []string{"level 1", "level 2", "level 3"}, Of: func(p P) string {
		if n := of(p); n >= 1 && n <= 3 {
			return "level " + strconv.Itoa(n)
		}
		return ""
	}}
}

// NeverAttended asks whether a person has had no visit up to a day.
func NeverAttended[P any](asOf registry.Date, first func(P) registry.Date) func(P) bool {
	return func(p P) bool { d := first(p); return d == 0 || d > asOf }
}

// OpenGaps asks whether a person has at least n open gaps in care.
func OpenGaps[P any](n int, open func(P) int) func(P) bool {
	return func(p P) bool { return open(p) >= n }
}

// HighestRisk lists the n people with the highest scores, best first, ties by ID;
// people without a score are left out (KF2010:428-430).
func HighestRisk[P any](people []P, id func(P) string, n int, score func(P) (registry.Number, bool)) []string {
	type scored struct {
		id string
		n  registry.Number
	}
	var all []scored
	for _, p := range people {
		if s, ok := score(p); ok {
			all = append(all, scored{id(p), s})
		}
	}
	slices.SortFunc(all, func(a, b scored) int {
		if c := b.n.Cmp(a.n); c != 0 {
			return c
		}
		return strings.Compare(a.id, b.id)
	})
	var out []string
	for _, s := range all[:min(max(n, 0), len(all))] {
		out = append(out, s.id)
	}
	return out
}

// Family is a group of registers that are one disease in different words, such as
// coronary heart disease and myocardial infarction.
type Family struct {
	Name      string
	Registers []string
}

// Morbidity counts diseases: registers of a list, each family once.
type Morbidity struct {
	names []string // of families, by first register in the list
	of    map[string]int
}

// NewMorbidity checks the list and the families. A register twice, one in two
// families, a family that names a register outside the list: all come in one error.
// Registers of no family count for themselves.
func NewMorbidity(list []string, families ...Family) (*Morbidity, error) {
	m := &Morbidity{of: map[string]int{}}
	var errs []error
	family := map[string]string{}
	names := map[string]bool{}
	for _, f := range families {
		if f.Name == "" || names[f.Name] {
			errs = append(errs, fmt.Errorf("%w: family %q has no name, or is there twice", ErrDefinition, f.Name))
		}
		names[f.Name] = true
		for _, r := range f.Registers {
			if !slices.Contains(list, r) {
				errs = append(errs, fmt.Errorf("%w: family %q: register %q is not in the list", ErrDefinition, f.Name, r))
			}
			if other, ok := family[r]; ok {
				errs = append(errs, fmt.Errorf("%w: register %q is in families %q and %q", ErrDefinition, r, other, f.Name))
			}
			family[r] = f.Name
		}
	}
	at := map[string]int{}
	for _, r := range list {
		if _, ok := m.of[r]; ok || r == "" {
			errs = append(errs, fmt.Errorf("%w: register %q has no name, or is there twice", ErrDefinition, r))
			continue
		}
		name, ok := family[r]
		key := "family " + name
		if !ok {
			name, key = r, "register "+r
		}
		i, ok := at[key]
		if !ok {
			i = len(m.names)
			at[key] = i
			m.names = append(m.names, name)
		}
		m.of[r] = i
	}
	return m, errors.Join(errs...)
}

// Count gives the number of diseases among the registers that a person is on, and
// their names in the order of the list. Registers outside the list don't count.
func (m *Morbidity) Count(on []string) (int, []string) {
	has := make([]bool, len(m.names))
	for _, r := range on {
		if i, ok := m.of[r]; ok {
			has[i] = true
		}
	}
	var out []string
	for i, h := range has {
		if h {
			out = append(out, m.names[i])
		}
	}
	return len(out), out
}
