package delivery

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/stratify/eligibility"
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
	Assessments []Qualification          `json:"assessments,omitempty"` // whether the programme is for the person, by day; [Enrolments.Assess] adds one
	Override    Override                 `json:"override,omitzero"`     // who does not qualify is taken on all the same
	Accepted    registry.Date            `json:"accepted,omitzero"`     // the offer, which is when waiting begins; 0: no answer yet
	Reviews     []registry.Date          `json:"reviews,omitempty"`     // held
	Done        []Done                   `json:"done,omitempty"`        // tasks
	History     caremodel.History[State] `json:"history"`
}

// Override takes on a person of whom the programme's rules do not say that they qualify:
// leaving the framework is legal, and needs a reason (King's Fund 2010, KF2010:496). One that
// lacks anything overrides nothing.
type Override struct {
	On     registry.Date `json:"on"`
	By     string        `json:"by"`
	Reason string        `json:"reason"`
}

func (o Override) holds(on registry.Date) bool {
	return o.On != 0 && o.On <= on && o.By != "" && strings.TrimSpace(o.Reason) != ""
}

// Done is a task of the programme that was done.
type Done struct {
	Task string        `json:"task"` // its ID
	On   registry.Date `json:"on"`
}

// assessment is the last one up to a day, nil when there is none.
func (x *Episode) assessment(on registry.Date) *Qualification {
	for i := len(x.Assessments) - 1; i >= 0; i-- {
		if x.Assessments[i].On <= on {
			return &x.Assessments[i]
		}
	}
	return nil
}

// Enrolments moves episodes along the tables of their programmes. It is immutable and may
// be shared.
type Enrolments struct{ at map[string]*enrolling }

type enrolling struct {
	*Programme
	machine *caremodel.Machine[State]
	agenda  []Ask
}

// NewEnrolments checks programmes ([CheckProgrammes]) and binds their tables of steps.
func NewEnrolments(programmes ...*Programme) (*Enrolments, error) {
	if err := CheckProgrammes(programmes...); err != nil {
		return nil, err
	}
	e := &Enrolments{at: map[string]*enrolling{}}
	for _, p := range programmes {
		m, err := p.Machine()
		if err != nil {
			return nil, err
		}
		e.at[p.ID] = &enrolling{p, m, p.Agenda()}
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

// Assess asks whether the programme is for the person ([Programme.Qualifies], with the
// episode's route), records the answer with its grounds, and moves an identified episode to
// assessed. Later assessments record a newer answer only: one a day, in the order of days. A
// refused one is [caremodel.ErrTransition] and changes nothing.
func (e *Enrolments) Assess(x *Episode, c Candidate, by string) (Qualification, error) {
	p, known := e.at[x.Programme]
	if !known {
		return Qualification{}, fmt.Errorf("%w: episode %q: no programme %q", caremodel.ErrTransition, x.ID, x.Programme)
	}
	n := len(x.History)
	if n == 0 || p.machine.Terminal(x.History[n-1].To) || c.On < x.History[n-1].On || len(x.Assessments) > 0 && c.On <= x.Assessments[len(x.Assessments)-1].On {
		return Qualification{}, fmt.Errorf("%w: episode %q: assessed on %s, which is not after what was recorded, or the episode is not open", caremodel.ErrTransition, x.ID, c.On)
	}
	c.Route = x.Route
	q := p.Qualifies(c)
	if s := (caremodel.Step[State]{On: c.On, To: Assessed, Reason: string(q.Answer), By: by}); p.machine.Allows(x.History[n-1].To, Assessed) {
		h, err := p.machine.Append(x.History, s)
		if err != nil {
			return Qualification{}, fmt.Errorf("episode %q: %w", x.ID, err)
		}
		x.History = h
	}
	x.Assessments = append(slices.Clip(x.Assessments), q)
	return q, nil
}

// Step moves an episode. Besides the table, whoever leaves must have a reason (of a death it
// is the death); whoever is assessed must have an answer of [Enrolments.Assess]; whoever is
// offered a place or enters must qualify by the last answer up to the day, or be taken on by
// an [Override]; where the programme asks for a co-ordinating physician the person chooses
// one before being enrolled (King's Fund 2010, KF2010:496); and into a programme with limited
// places the way is [Enrolments.Admit], which knows them. A refused step is
// [caremodel.ErrTransition] and changes nothing.
func (e *Enrolments) Step(x *Episode, s caremodel.Step[State]) error {
	p, known := e.at[x.Programme]
	if !known {
		return fmt.Errorf("%w: episode %q: no programme %q", caremodel.ErrTransition, x.ID, x.Programme)
	}
	if _, limited := p.Capacity(); limited && s.To.Inside() && len(x.History) > 0 && !x.History[len(x.History)-1].To.Inside() {
		return fmt.Errorf("%w: episode %q: places are limited, and Admit gives them", caremodel.ErrTransition, x.ID)
	}
	return p.step(x, s)
}

func (p *enrolling) step(x *Episode, s caremodel.Step[State]) error {
	s.Reason = strings.TrimSpace(s.Reason)
	if s.To == Died && s.Reason == "" {
		s.Reason = string(Died)
	}
	h, err := p.machine.Append(x.History, s)
	if err != nil {
		return fmt.Errorf("episode %q: %w", x.ID, err)
	}
	if p.machine.Terminal(s.To) && s.Reason == "" {
		return fmt.Errorf("%w: episode %q: %s without a reason", caremodel.ErrTransition, x.ID, s.To)
	}
	if len(x.History) > 0 {
		if why := p.bars(x, x.History[len(x.History)-1].To, s.To, s.On); why != "" {
			return fmt.Errorf("%w: episode %q: %s on %s: %s", caremodel.ErrTransition, x.ID, s.To, s.On, why)
		}
	}
	x.History = h
	return nil
}

// bars is what the programme's rules have against a step, "" for nothing.
func (p *enrolling) bars(x *Episode, from, to State, on registry.Date) string {
	enters := to.Inside() && !from.Inside()
	if to != Assessed && to != Offered && !enters {
		return ""
	}
	q := x.assessment(on)
	switch {
	case q == nil:
		return "nobody asked whether the person qualifies"
	case q.Programme != x.Programme || q.Route != x.Route:
		return fmt.Sprintf("the assessment is for %q by %q", q.Programme, q.Route)
	case to == Assessed:
		return ""
	case q.Answer != eligibility.IsEligible && !x.Override.holds(on):
		return fmt.Sprintf("the assessment of %s says %s, and no override with day, name and reason says otherwise", q.On, q.Answer)
	case to == Enrolled && p.Coordinator && x.Coordinator == "":
		return "no co-ordinating physician is chosen"
	}
	return ""
}

// Check reports everything wrong with recorded episodes: steps that the table or the
// programme's rules do not allow (see [Enrolments.Step]; places apart, which change), ends
// without a reason, episodes that overlap ([caremodel.ErrTransition]), and unknown
// programmes, missing IDs and IDs used twice ([caremodel.ErrDefinition]).
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
		for k, s := range x.History {
			if k > 0 {
				if why := p.bars(x, x.History[k-1].To, s.To, s.On); why != "" {
					errs = append(errs, fmt.Errorf("%w: episode %q: %s on %s: %s", caremodel.ErrTransition, x.ID, s.To, s.On, why))
				}
			}
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
