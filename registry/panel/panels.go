package panel

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/internal/name"
	"github.com/shopspring/decimal"
)

// ErrPanels is wrapped by errors about populations that make no panels.
var ErrPanels = errors.New("panel: panels")

// Assignment is a person with the provider that answers for them, or the reason why
// nobody does.
type Assignment struct {
	Person   string `json:"person"`
	Provider string `json:"provider,omitempty"`
	Reason   Reason `json:"reason,omitempty"`
}

// Panels are the assignments of a population on a day, by person. Every person is in
// exactly one panel or unassigned.
type Panels struct {
	Assignments []Assignment `json:"assignments"`
}

// Assign keeps of an attribution what panels need.
func (a *Attribution) Assign() Assignment { return Assignment{a.Person, a.Provider, a.Reason} }

// Gather makes panels. A person without an ID, one given twice, and one with both or
// neither of provider and reason are errors; all come together.
func Gather(list []Assignment) (Panels, error) {
	p := Panels{slices.Clone(list)}
	slices.SortFunc(p.Assignments, func(a, b Assignment) int {
		return cmp.Or(strings.Compare(a.Person, b.Person), strings.Compare(a.Provider, b.Provider))
	})
	var errs []error
	for i, a := range p.Assignments {
		switch {
		case a.Person == "":
			errs = append(errs, fmt.Errorf("%w: a person without an ID", ErrPanels))
		case i > 0 && a.Person == p.Assignments[i-1].Person:
			errs = append(errs, fmt.Errorf("%w: %s is given twice", ErrPanels, a.Person))
		}
		if (a.Provider == "") != (a.Reason != Attributed) {
			errs = append(errs, fmt.Errorf("%w: %s has provider %q and reason %q", ErrPanels, a.Person, a.Provider, a.Reason))
		}
	}
	if len(errs) > 0 {
		return Panels{}, errors.Join(errs...)
	}
	return p, nil
}

// Panel lists the people of a provider.
func (p Panels) Panel(provider string) []string {
	var out []string
	for _, a := range p.Assignments {
		if a.Provider == provider && a.Reason == Attributed {
			out = append(out, a.Person)
		}
	}
	return out
}

// Unassigned lists the people whom nobody answers for, with the reasons.
func (p Panels) Unassigned() []Assignment {
	var out []Assignment
	for _, a := range p.Assignments {
		if a.Reason != Attributed {
			out = append(out, a)
		}
	}
	return out
}

// Size is the size of a panel. Weight is what [Panels.Weigh] adds up.
type Size struct {
	Provider string          `json:"provider"`
	People   int64           `json:"people"`
	Weight   decimal.Decimal `json:"weight"`
}

// Sizes counts the panels, by provider, each person with weight 1.
func (p Panels) Sizes() []Size {
	return p.Weigh(func(string) decimal.Decimal { return decimal.NewFromInt(1) })
}

// Weigh counts the panels and adds up the weights of their people, such as those for
// age and morbidity, exactly.
func (p Panels) Weigh(weight func(person string) decimal.Decimal) []Size {
	var out []Size
	at := map[string]int{}
	for _, a := range p.Assignments {
		if a.Reason != Attributed {
			continue
		}
		i, ok := at[a.Provider]
		if !ok {
			i = len(out)
			at[a.Provider] = i
			out = append(out, Size{Provider: a.Provider})
		}
		out[i].People++
		out[i].Weight = out[i].Weight.Add(weight(a.Person))
	}
	slices.SortFunc(out, func(a, b Size) int { return strings.Compare(a.Provider, b.Provider) })
	return out
}

// MoveKind says what happened to a person between two days.
type MoveKind uint8

// Kinds of moves.
const (
	Joined    MoveKind = iota // nobody's before, or not in the population
	Left                      // nobody's now, or no longer in the population
	Moved                     // from one provider to another
	Unsettled                 // nobody's on both days, for another reason, or new or gone as such
)

var moveNames = [...]string{"joined", "left", "moved", "unsettled"}

// String gives the kind in words.
func (k MoveKind) String() string { return moveNames[min(int(k), len(moveNames)-1)] }

// MarshalText gives the kind in words.
func (k MoveKind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads what MarshalText gives; another text is an error that lists the words.
func (k *MoveKind) UnmarshalText(text []byte) error { return name.Parse(k, len(moveNames), text) }

// Move is a change of one person. A side on which the person was not in the
// population is Absent.
type Move struct {
	Person     string   `json:"person"`
	Kind       MoveKind `json:"kind"`
	From       string   `json:"from,omitempty"`
	To         string   `json:"to,omitempty"`
	FromReason Reason   `json:"from_reason,omitempty"`
	ToReason   Reason   `json:"to_reason,omitempty"`
	FromAbsent bool     `json:"from_absent,omitempty"`
	ToAbsent   bool     `json:"to_absent,omitempty"`
}

// Moves lists every difference between the panels of two days, by person.
func Moves(from, to Panels) []Move {
	var out []Move
	a, b := from.Assignments, to.Assignments
	for len(a)+len(b) > 0 {
		m := Move{FromAbsent: true, ToAbsent: true}
		if len(b) == 0 || len(a) > 0 && a[0].Person <= b[0].Person {
			m.Person = a[0].Person
		} else {
			m.Person = b[0].Person
		}
		if len(a) > 0 && a[0].Person == m.Person {
			m.From, m.FromReason, m.FromAbsent, a = a[0].Provider, a[0].Reason, false, a[1:]
		}
		if len(b) > 0 && b[0].Person == m.Person {
			m.To, m.ToReason, m.ToAbsent, b = b[0].Provider, b[0].Reason, false, b[1:]
		}
		switch {
		case m.From == m.To && m.FromReason == m.ToReason && m.FromAbsent == m.ToAbsent:
			continue
		case m.From == "" && m.To != "":
			m.Kind = Joined
		case m.From != "" && m.To == "":
			m.Kind = Left
		case m.From != "":
			m.Kind = Moved
		default:
			m.Kind = Unsettled
		}
		out = append(out, m)
	}
	return out
}

// Accountable names a provider who is said to answer for a person.
type Accountable struct {
	Person   string `json:"person"`
	Provider string `json:"provider"`
}

// AccountFault is a person for whom not exactly one provider answers.
type AccountFault struct {
	Person    string   `json:"person"`
	Providers []string `json:"providers"` // none, or more than one, sorted
}

// OneAccountable checks that everybody of a population has exactly one accountable
// provider, and lists those who have not, by person. The same provider named twice is
// one. Named people who are not in the population are listed under unknown.
func OneAccountable(population []string, named []Accountable) (faults []AccountFault, unknown []string) {
	people := slices.Clone(population)
	slices.Sort(people)
	people = slices.Compact(people)
	list := slices.Clone(named)
	slices.SortFunc(list, func(a, b Accountable) int {
		return cmp.Or(strings.Compare(a.Person, b.Person), strings.Compare(a.Provider, b.Provider))
	})
	list = slices.Compact(list)
	for _, person := range people {
		for len(list) > 0 && list[0].Person < person {
			unknown, list = append(unknown, list[0].Person), list[1:]
		}
		f := AccountFault{Person: person, Providers: []string{}}
		for len(list) > 0 && list[0].Person == person {
			if list[0].Provider != "" {
				f.Providers = append(f.Providers, list[0].Provider)
			}
			list = list[1:]
		}
		if len(f.Providers) != 1 {
			faults = append(faults, f)
		}
	}
	for _, x := range list {
		unknown = append(unknown, x.Person)
	}
	return faults, slices.Compact(unknown)
}
