package delivery

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/registry"
)

// State is where a person is in a programme.
type State string

// States. Enrolled, active and on-hold are in the programme; those from completed on end
// an episode.
const (
	Identified  State = "identified"
	Assessed    State = "assessed"
	Offered     State = "offered"
	Enrolled    State = "enrolled"
	Active      State = "active"
	OnHold      State = "on-hold"
	Completed   State = "completed"
	Ineligible  State = "ineligible"
	Declined    State = "declined"
	Withdrawn   State = "withdrawn"
	Cancelled   State = "cancelled" // for not taking part
	Transferred State = "transferred"
	Died        State = "died"
	Lost        State = "lost"
)

// Inside reports whether a state is in the programme.
func (s State) Inside() bool { return s == Enrolled || s == Active || s == OnHold }

// Enrolment is the complete table of steps of an enrolment. Whoever ends can only come back
// with a new episode.
func Enrolment() (*caremodel.Machine[State], error) {
	var edges []caremodel.Edge[State]
	for _, row := range [...]struct {
		from State
		to   []State
	}{
		{Identified, []State{Assessed, Ineligible, Died}},
		{Assessed, []State{Offered, Ineligible, Died}},
		{Offered, []State{Enrolled, Declined, Died, Lost}},
		{Enrolled, []State{Active, Withdrawn, Cancelled, Transferred, Died, Lost}},
		{Active, []State{OnHold, Completed, Withdrawn, Cancelled, Transferred, Died, Lost}},
		{OnHold, []State{Active, Withdrawn, Cancelled, Transferred, Died, Lost}},
	} {
		for _, to := range row.to {
			edges = append(edges, caremodel.Edge[State]{From: row.from, To: to, Back: row.from == OnHold && to == Active})
		}
	}
	return caremodel.NewMachine("enrolment", Identified, edges...)
}

// Route is how a person came to be identified.
type Route string

// Routes.
const (
	ByRule     Route = "rule"
	ByRank     Route = "rank"
	ByReferral Route = "clinician referral"
	BySelf     Route = "self"
)

var routes = [...]Route{ByRule, ByRank, ByReferral, BySelf}

// Episode is one way of a person through a programme, from identified to its end. Who
// chose the person is a fact to record: in the study it was the organisation, rarely the
// patient (King's Fund 2004, KF2004:1271-1274).
type Episode struct {
	ID          string                   `json:"id"`
	Person      string                   `json:"person"`
	Programme   string                   `json:"programme"`
	Route       Route                    `json:"route"`
	SelectedBy  string                   `json:"selected_by"`           // organisation, clinician or patient
	Coordinator string                   `json:"coordinator,omitempty"` // physician that the person chose
	Reviews     []registry.Date          `json:"reviews,omitempty"`     // held
	History     caremodel.History[State] `json:"history"`
}

// Enrolments moves episodes along the tables of their programmes. It is immutable and may
// be shared.
type Enrolments struct{ at map[string]enrolling }

type enrolling struct {
	*Programme
	machine *caremodel.Machine[State]
}

// NewEnrolments checks programmes ([CheckProgrammes]) and binds their tables of steps.
func NewEnrolments(programmes ...*Programme) (*Enrolments, error) {
	if err := CheckProgrammes(programmes...); err != nil {
		return nil, err
	}
	e := &Enrolments{at: map[string]enrolling{}}
	for _, p := range programmes {
		m, err := p.Machine()
		if err != nil {
			return nil, err
		}
		e.at[p.ID] = enrolling{p, m}
	}
	return e, nil
}

// Open begins an episode in the state identified. A person can have one open episode a
// programme: re-entry opens a new one, on or after the day on which the last one ended.
// earlier are the person's episodes so far. Faults are [caremodel.ErrTransition] and, for
// an unknown programme or route or a missing ID, [caremodel.ErrDefinition]; nothing changes
// then.
func (e *Enrolments) Open(earlier []Episode, x Episode, on registry.Date) (Episode, error) {
	p, known := e.at[x.Programme]
	if !known || !slices.Contains(routes[:], x.Route) || x.ID == "" || x.Person == "" || x.SelectedBy == "" || len(x.History) > 0 {
		return x, fmt.Errorf("%w: episode %q of %q in programme %q by %q, selected by %q", caremodel.ErrDefinition, x.ID, x.Person, x.Programme, x.Route, x.SelectedBy)
	}
	for _, o := range earlier {
		if o.ID == x.ID {
			return x, fmt.Errorf("%w: episode %q twice", caremodel.ErrDefinition, x.ID)
		}
		if o.Person != x.Person || o.Programme != x.Programme || len(o.History) == 0 {
			continue
		}
		last := o.History[len(o.History)-1]
		if !p.machine.Terminal(last.To) {
			return x, fmt.Errorf("%w: episode %q: %q is still %s in %s", caremodel.ErrTransition, x.ID, o.ID, last.To, x.Programme)
		}
		if last.To == Died {
			return x, fmt.Errorf("%w: episode %q: the person died on %s", caremodel.ErrTransition, x.ID, last.On)
		}
		if on < last.On {
			return x, fmt.Errorf("%w: episode %q on %s, before %q ended on %s", caremodel.ErrTransition, x.ID, on, o.ID, last.On)
		}
	}
	h, err := p.machine.Append(nil, caremodel.Step[State]{On: on, To: Identified, Reason: string(x.Route), By: x.SelectedBy})
	if err != nil {
		return x, err
	}
	x.History = h
	return x, nil
}

// Step moves an episode. Besides the table, whoever leaves must have a reason (of a death it
// is the death), and where the programme asks for a co-ordinating physician the person
// chooses one before being enrolled (King's Fund 2010, KF2010:496). A refused step is
// [caremodel.ErrTransition] and changes nothing.
func (e *Enrolments) Step(x *Episode, s caremodel.Step[State]) error {
	s.Reason = strings.TrimSpace(s.Reason)
	if s.To == Died && s.Reason == "" {
		s.Reason = string(Died)
	}
	p, known := e.at[x.Programme]
	if !known {
		return fmt.Errorf("%w: episode %q: no programme %q", caremodel.ErrTransition, x.ID, x.Programme)
	}
	h, err := p.machine.Append(x.History, s)
	if err != nil {
		return fmt.Errorf("episode %q: %w", x.ID, err)
	}
	switch {
	case p.machine.Terminal(s.To) && s.Reason == "":
		return fmt.Errorf("%w: episode %q: %s without a reason", caremodel.ErrTransition, x.ID, s.To)
	case s.To == Enrolled && p.Coordinator && x.Coordinator == "":
		return fmt.Errorf("%w: episode %q: no co-ordinating physician is chosen", caremodel.ErrTransition, x.ID)
	}
	x.History = h
	return nil
}

// Check reports everything wrong with recorded episodes: steps that the table does not
// allow and ends without a reason ([caremodel.ErrTransition]), episodes that overlap, and
// unknown programmes, missing IDs and IDs used twice ([caremodel.ErrDefinition]).
func (e *Enrolments) Check(xs []Episode) error {
	var errs []error
	ids := map[string]bool{}
	spans := map[[2]string][]*Episode{} // by person and programme
	for i := range xs {
		x := &xs[i]
		p, known := e.at[x.Programme]
		if !known || x.ID == "" || x.Person == "" || ids[x.ID] {
			errs = append(errs, fmt.Errorf("%w: episode %q of %q in programme %q", caremodel.ErrDefinition, x.ID, x.Person, x.Programme))
		}
		ids[x.ID] = true
		if !known {
			continue
		}
		if err := p.machine.Check(x.History); err != nil {
			errs = append(errs, fmt.Errorf("episode %q: %w", x.ID, err))
		}
		for _, s := range x.History {
			if p.machine.Terminal(s.To) && strings.TrimSpace(s.Reason) == "" && s.To != Died {
				errs = append(errs, fmt.Errorf("%w: episode %q: %s on %s without a reason", caremodel.ErrTransition, x.ID, s.To, s.On))
			}
		}
		if len(x.History) == 0 {
			continue
		}
		key := [2]string{x.Person, x.Programme}
		for _, o := range spans[key] {
			if overlap(x.History, o.History, p.machine) {
				errs = append(errs, fmt.Errorf("%w: episodes %q and %q of %q overlap", caremodel.ErrTransition, o.ID, x.ID, x.Person))
			}
		}
		spans[key] = append(spans[key], x)
	}
	return errors.Join(errs...)
}

// overlap tells whether two histories run at one time; one may begin on the day on which
// the other ended.
func overlap(a, b caremodel.History[State], m *caremodel.Machine[State]) bool {
	ended := func(h caremodel.History[State], by registry.Date) bool {
		last := h[len(h)-1]
		return m.Terminal(last.To) && last.On <= by
	}
	return !ended(a, b[0].On) && !ended(b, a[0].On)
}
