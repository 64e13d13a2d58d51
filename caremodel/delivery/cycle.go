package delivery

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/registry"
)

// CycleStep is a step of the cycle of case management.
type CycleStep string

// Steps. Monitoring and review alternate until the case is closed.
const (
	StepAssign  CycleStep = "assign"
	StepAssess  CycleStep = "assess"
	StepPlan    CycleStep = "plan"
	StepArrange CycleStep = "arrange"
	StepMonitor CycleStep = "monitor"
	StepReview  CycleStep = "review"
	StepClose   CycleStep = "close"
)

var cycleSteps = [...]CycleStep{StepAssign, StepAssess, StepPlan, StepArrange, StepMonitor, StepReview}

// Cycle is the table of steps of case management (King's Fund 2010, KF2010:604-617). A
// review goes back to monitoring, or to a new plan; a case can be closed at any time.
func Cycle() (*caremodel.Machine[CycleStep], error) {
	var edges []caremodel.Edge[CycleStep]
	for i, s := range cycleSteps {
		if i+1 < len(cycleSteps) {
			edges = append(edges, caremodel.Edge[CycleStep]{From: s, To: cycleSteps[i+1]})
		}
		edges = append(edges, caremodel.Edge[CycleStep]{From: s, To: StepClose})
	}
	return caremodel.NewMachine("case management", StepAssign, append(edges,
		caremodel.Edge[CycleStep]{From: StepReview, To: StepMonitor, Back: true},
		caremodel.Edge[CycleStep]{From: StepReview, To: StepPlan, Back: true})...)
}

// CyclePolicy is how long each step may take. The zero value is 14 days from assignment to
// assessment, 14 more to the plan, 7 more to the first contact, a review every 90 days, and
// contacts by the default [Cadence] (our defaults).
type CyclePolicy struct {
	AssessDays  int     `json:"assess_days"`
	PlanDays    int     `json:"plan_days"`
	ContactDays int     `json:"contact_days"`
	ReviewDays  int     `json:"review_days"`
	Cadence     Cadence `json:"cadence"`
}

// Check reports negative days and a cadence that makes no sense, as [caremodel.ErrPolicy].
func (p CyclePolicy) Check() error {
	errs := []error{p.Cadence.Check()}
	for _, x := range [...]struct {
		name string
		days int
	}{{"assess", p.AssessDays}, {"plan", p.PlanDays}, {"first contact", p.ContactDays}, {"review", p.ReviewDays}} {
		if x.days < 0 {
			errs = append(errs, fmt.Errorf("%w: cycle: %s within %d days", caremodel.ErrPolicy, x.name, x.days))
		}
	}
	return errors.Join(errs...)
}

// Management is a time for which a manager, alone or in a team, looked after a person.
type Management struct {
	Manager string        `json:"manager"`
	Team    string        `json:"team,omitempty"` // managers of one team count as one
	From    registry.Date `json:"from"`
	Until   registry.Date `json:"until"` // last day; 0: still
}

func (m *Management) on(d registry.Date) bool { return m.From <= d && (m.Until == 0 || d <= m.Until) }

// unit is who is responsible: the team, or the manager alone.
func (m *Management) unit() string { return cmp.Or(m.Team, m.Manager) }

func (m *Management) same(o *Management) bool {
	return m.Team == o.Team && (m.Team != "" || m.Manager == o.Manager)
}

// responsible appends the units of a day, each once, sorted.
func (c *Case) responsible(d registry.Date, to []string) []string {
	n := len(to)
	for i := range c.Managers {
		m := &c.Managers[i]
		if m.on(d) && !slices.ContainsFunc(c.Managers[:i], func(o Management) bool { return o.on(d) && o.same(m) }) {
			to = append(to, m.unit())
		}
	}
	slices.Sort(to[n:])
	return to
}

// Case is a person under case management.
type Case struct {
	Person   string                       `json:"person"`
	Level    int                          `json:"level"`
	Managers []Management                 `json:"managers"`
	Contacts []registry.Date              `json:"contacts,omitempty"`
	History  caremodel.History[CycleStep] `json:"history"`
}

// Check reports, as [caremodel.ErrAnswer], a case without a person, a level outside 0 to 3,
// and managers without a name or start, or who end before they start; and, as
// [caremodel.ErrTransition], steps that the cycle does not allow and a close without a
// reason.
func (c *Case) Check() error {
	var errs []error
	if c.Person == "" || c.Level < 0 || c.Level > 3 {
		errs = append(errs, fmt.Errorf("%w: case of %q at level %d", caremodel.ErrAnswer, c.Person, c.Level))
	}
	for i, m := range c.Managers {
		if m.Manager == "" || m.From == 0 || m.Until != 0 && m.Until < m.From {
			errs = append(errs, fmt.Errorf("%w: case of %q: manager %d, %q, from %s to %s", caremodel.ErrAnswer, c.Person, i+1, m.Manager, m.From, m.Until))
		}
	}
	m, err := Cycle()
	if err != nil {
		return err
	}
	errs = append(errs, m.Check(c.History))
	for _, s := range c.History {
		if s.To == StepClose && s.Reason == "" {
			errs = append(errs, fmt.Errorf("%w: case of %q: closed on %s without a reason", caremodel.ErrTransition, c.Person, s.On))
		}
	}
	return errors.Join(errs...)
}

// Due is a step of a case with its limit.
type Due struct {
	Step CycleStep     `json:"step"` // or "contact"
	Done registry.Date `json:"done"` // 0: not yet
	By   registry.Date `json:"by"`   // last day in time; 0: nothing to count from yet
	Over int           `json:"over"` // days late, done or not
}

// StepContact is the contact by the cadence of the level.
const StepContact CycleStep = "contact"

// CaseStatus is where a case stands on a day. Its storage is used again by [Case.At].
type CaseStatus struct {
	Person   string            `json:"person"`
	Step     CycleStep         `json:"step"` // "" before the assignment
	Closed   bool              `json:"closed"`
	Managers []string          `json:"managers,omitempty"` // responsible on the day, each team once
	Due      []Due             `json:"due"`                // assess, plan, first contact (arrange), review, contact
	Missing  []CycleStep       `json:"missing,omitempty"`  // steps passed over: a later one is dated
	Issues   []caremodel.Issue `json:"issues,omitempty"`
}

// At judges a case on a day and writes the answer to s. Each step counts from the one
// before; a review from the last review, or else from the plan; a contact from the last
// one, or else from the plan, by the cadence of the level. What is overdue and not done is
// an issue STEP_OVERDUE. An open case has exactly one manager or team: others are
// NO_MANAGER and TWO_MANAGERS. A closed case asks for nothing. What lies after the day does
// not exist.
func (c *Case) At(p CyclePolicy, asOf registry.Date, s *CaseStatus) {
	*s = CaseStatus{Person: c.Person, Managers: s.Managers[:0], Due: s.Due[:0], Missing: s.Missing[:0], Issues: s.Issues[:0]}
	s.Step, _ = c.History.At(asOf)
	s.Closed = s.Step == StepClose
	first := func(step CycleStep) registry.Date {
		if d := c.History.Entered(step); d <= asOf {
			return d
		}
		return 0
	}
	last := func(step CycleStep) (d registry.Date) {
		for _, x := range c.History {
			if x.To == step && x.On <= asOf {
				d = x.On
			}
		}
		return d
	}
	for i, step := range cycleSteps {
		if first(step) == 0 && slices.ContainsFunc(c.History, func(x caremodel.Step[CycleStep]) bool {
			return x.On <= asOf && slices.Index(cycleSteps[:], x.To) > i
		}) {
			s.Missing = append(s.Missing, step)
		}
	}
	if s.Closed || s.Step == "" {
		return
	}
	assigned, assessed, planned := first(StepAssign), first(StepAssess), first(StepPlan)
	due := func(step CycleStep, done, from registry.Date, days int) {
		d := Due{Step: step, Done: done}
		if from != 0 && days > 0 {
			d.By = from.AddDays(days)
			at := asOf
			if done != 0 {
				at = done
			}
			if d.Over = max(0, int(at-d.By)); d.Over > 0 && done == 0 {
				s.Issues = append(s.Issues, caremodel.Issue{Code: caremodel.StepOverdue, Subject: c.Person, On: d.By.AddDays(1), Detail: string(step)})
			}
		}
		s.Due = append(s.Due, d)
	}
	due(StepAssess, assessed, assigned, cmp.Or(p.AssessDays, 14))
	due(StepPlan, planned, assessed, cmp.Or(p.PlanDays, 14))
	var opening, latest registry.Date // first and last contact since the plan
	for _, d := range c.Contacts {
		if planned != 0 && d >= planned && d <= asOf {
			if latest = max(latest, d); opening == 0 || d < opening {
				opening = d
			}
		}
	}
	due(StepArrange, opening, planned, cmp.Or(p.ContactDays, 7))
	due(StepReview, 0, cmp.Or(last(StepReview), planned), cmp.Or(p.ReviewDays, 90))
	due(StepContact, 0, cmp.Or(latest, planned), p.Cadence.Of(c.Level))

	s.Managers = c.responsible(asOf, s.Managers)
	switch len(s.Managers) {
	case 0:
		s.Issues = append(s.Issues, caremodel.Issue{Code: caremodel.NoManager, Subject: c.Person, On: asOf})
	case 1:
	default:
		s.Issues = append(s.Issues, caremodel.Issue{Code: caremodel.TwoManagers, Subject: c.Person, On: asOf, Detail: fmt.Sprint(s.Managers)})
	}
	caremodel.SortIssues(s.Issues)
}

// Elements checks the four elements of a care programme (checklist cpa4: assessment, plan,
// co-ordinator, review; King's Fund 2010, KF2010:585-592). A review is there when the last
// one, or the plan, is not older than the policy's days. Care plans as documents are judged
// by registry/review.
func (c *Case) Elements(p CyclePolicy, asOf registry.Date) (caremodel.ChecklistResult, error) {
	list, err := caremodel.ChecklistByID("cpa4")
	if err != nil {
		return caremodel.ChecklistResult{}, err
	}
	var s CaseStatus
	c.At(p, asOf, &s)
	answer := func(yes bool) caremodel.Answer {
		if yes {
			return caremodel.Yes
		}
		return caremodel.No
	}
	var reviewed bool
	for _, d := range s.Due {
		reviewed = reviewed || d.Step == StepReview && d.By != 0 && d.Over == 0
	}
	entered := func(step CycleStep) bool { d := c.History.Entered(step); return d != 0 && d <= asOf }
	return list.Answer(map[int]caremodel.Answer{1: answer(entered(StepAssess)), 2: answer(entered(StepPlan)), 3: answer(len(s.Managers) > 0), 4: answer(reviewed)})
}

// ManagerSpan is a run of days with the same managers; none of them in a gap.
type ManagerSpan struct {
	registry.Period
	Managers []string `json:"managers"` // units: teams once
}

// ManagerHistory tells who was responsible on each day of a period, which must have two
// ends: the spans cover it without overlap, and a change on a day begins a new span.
func (c *Case) ManagerHistory(period registry.Period) []ManagerSpan {
	if period.Days() == 0 {
		return nil
	}
	days := []registry.Date{period.Start}
	for i := range c.Managers {
		for _, d := range [...]registry.Date{c.Managers[i].From, c.Managers[i].Until.AddDays(1)} {
			if d > period.Start && d <= period.End {
				days = append(days, d)
			}
		}
	}
	slices.Sort(days)
	var out []ManagerSpan
	for _, d := range slices.Compact(days) {
		units := c.responsible(d, nil)
		if n := len(out); n > 0 {
			if slices.Equal(out[n-1].Managers, units) {
				continue
			}
			out[n-1].End = d.AddDays(-1)
		}
		out = append(out, ManagerSpan{registry.Period{Start: d, End: period.End}, units})
	}
	return out
}
