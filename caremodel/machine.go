package caremodel

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/registry"
)

// Edge allows a step from one state to another.
type Edge[S ~string] struct {
	From S    `json:"from"`
	To   S    `json:"to"`
	Back bool `json:"back"` // returns to an earlier state on purpose, as from on-hold to active
}

// Machine is a table of the steps that a state allows: enrolment, referrals, goals. It
// is immutable and may be shared. States without a way out are terminal and absorb.
type Machine[S ~string] struct {
	name  string
	first S
	all   []S
	edges []Edge[S]
}

// NewMachine checks a table of steps. The first state is where every history begins.
// Errors, all at once: a step to itself or listed twice, a state that cannot be reached,
// a state from which no terminal state can be reached, and a circle that no step is
// marked to close ([Edge].Back), since a programme that people go round in by accident
// never lets them go.
func NewMachine[S ~string](name string, first S, edges ...Edge[S]) (*Machine[S], error) {
	m := &Machine[S]{name: name, first: first, all: []S{first}, edges: slices.Clone(edges)}
	var errs []error
	bad := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf("%w: %s: %s", ErrDefinition, name, fmt.Sprintf(format, args...)))
	}
	for i, e := range edges {
		if e.From == e.To || e.From == "" || e.To == "" {
			bad("a step from %q to %q", e.From, e.To)
		}
		if slices.ContainsFunc(edges[:i], func(o Edge[S]) bool { return o.From == e.From && o.To == e.To }) {
			bad("the step from %s to %s twice", e.From, e.To)
		}
		for _, s := range []S{e.From, e.To} {
			if !slices.Contains(m.all, s) {
				m.all = append(m.all, s)
			}
		}
	}
	for _, s := range m.all {
		if s != first && !m.reaches(first, s, true) {
			bad("%s cannot be reached", s)
		}
		if !slices.ContainsFunc(m.all, func(t S) bool { return m.Terminal(t) && (t == s || m.reaches(s, t, true)) }) {
			bad("no way out of %s", s)
		}
		if m.reaches(s, s, false) {
			bad("a circle through %s", s)
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return m, nil
}

// reaches tells whether one or more steps lead from a to b.
func (m *Machine[S]) reaches(a, b S, back bool) bool {
	seen := []S{a}
	for i := 0; i < len(seen); i++ {
		for _, e := range m.edges {
			if e.From != seen[i] || e.Back && !back {
				continue
			}
			if e.To == b {
				return true
			}
			if !slices.Contains(seen, e.To) {
				seen = append(seen, e.To)
			}
		}
	}
	return false
}

// First is the state in which histories begin.
func (m *Machine[S]) First() S { return m.first }

// States lists all states in the order of the table.
func (m *Machine[S]) States() []S { return slices.Clone(m.all) }

// Allows reports whether a step is in the table.
func (m *Machine[S]) Allows(from, to S) bool {
	return slices.ContainsFunc(m.edges, func(e Edge[S]) bool { return e.From == from && e.To == to })
}

// Terminal reports whether a state has no way out.
func (m *Machine[S]) Terminal(s S) bool {
	return !slices.ContainsFunc(m.edges, func(e Edge[S]) bool { return e.From == s })
}

// Next lists the states that a state allows, in the order of the table.
func (m *Machine[S]) Next(s S) (out []S) {
	for _, e := range m.edges {
		if e.From == s {
			out = append(out, e.To)
		}
	}
	return out
}

// Step is a dated transition with its reason.
type Step[S ~string] struct {
	On     registry.Date `json:"on"`
	To     S             `json:"to"`
	Reason string        `json:"reason,omitempty"`
	By     string        `json:"by,omitempty"`
}

// History is what happened, in order: the first step enters the machine's first state.
type History[S ~string] []Step[S]

// Append adds a step to a history and returns the longer one. A step that the last
// state does not allow, has no date, or comes before the last one is [ErrTransition] and
// changes nothing.
func (m *Machine[S]) Append(h History[S], s Step[S]) (History[S], error) {
	if err := m.allowed(h, s); err != nil {
		return h, err
	}
	return append(slices.Clip(h), s), nil
}

func (m *Machine[S]) allowed(h History[S], s Step[S]) error {
	bad := func(format string, args ...any) error {
		return fmt.Errorf("%w: %s: %s", ErrTransition, m.name, fmt.Sprintf(format, args...))
	}
	switch {
	case s.On == 0:
		return bad("the step to %q has no date", s.To)
	case len(h) == 0 && s.To != m.first:
		return bad("a history starts with %s, not %q", m.first, s.To)
	case len(h) == 0:
		return nil
	}
	last := h[len(h)-1]
	switch {
	case s.On < last.On:
		return bad("%s on %s, before %s on %s", s.To, s.On, last.To, last.On)
	case !m.Allows(last.To, s.To):
		next := make([]string, 0, 8)
		for _, n := range m.Next(last.To) {
			next = append(next, string(n))
		}
		if len(next) == 0 {
			return bad("nothing follows %s", last.To)
		}
		return bad("%s does not follow %s: %s do", s.To, last.To, strings.Join(next, ", "))
	}
	return nil
}

// Check reports every step of a history that does not follow from the one before.
func (m *Machine[S]) Check(h History[S]) error {
	var errs []error
	for i, s := range h {
		if err := m.allowed(h[:i], s); err != nil {
			errs = append(errs, fmt.Errorf("step %d: %w", i+1, err))
		}
	}
	return errors.Join(errs...)
}

// At is the state on a day: the last step up to it. "" and false before the first. Of
// several steps on one day the last counts, so each day has one state.
func (h History[S]) At(d registry.Date) (S, bool) {
	for i := len(h) - 1; i >= 0; i-- {
		if h[i].On <= d {
			return h[i].To, true
		}
	}
	return "", false
}

// Since is the day on which the state of a day began, 0 before the first step.
func (h History[S]) Since(d registry.Date) registry.Date {
	for i := len(h) - 1; i >= 0; i-- {
		if h[i].On <= d {
			return h[i].On
		}
	}
	return 0
}

// Entered is the first day on which a state was entered, 0 when it never was.
func (h History[S]) Entered(s S) registry.Date {
	for _, x := range h {
		if x.To == s {
			return x.On
		}
	}
	return 0
}
