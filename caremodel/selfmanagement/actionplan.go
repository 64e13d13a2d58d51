package selfmanagement

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/registry"
)

// PlanState is where an action plan is in its life.
type PlanState string

// States. Declined, done and partly end a plan; a plan that was not done goes back to
// problem solving.
const (
	Drafted        PlanState = "drafted"
	ProblemSolving PlanState = "problem solving"
	PlanAccepted   PlanState = "accepted"
	PlanDeclined   PlanState = "declined" // by the person: a valid end
	PlanDone       PlanState = "done"
	PlanPartly     PlanState = "partly done"
)

// PlanMachine is the table of an action plan's steps.
func PlanMachine() (*caremodel.Machine[PlanState], error) {
	e := func(from, to PlanState, back bool) caremodel.Edge[PlanState] {
		return caremodel.Edge[PlanState]{From: from, To: to, Back: back}
	}
	return caremodel.NewMachine("action plan", Drafted,
		e(Drafted, PlanAccepted, false), e(Drafted, ProblemSolving, false), e(Drafted, PlanDeclined, false),
		e(ProblemSolving, PlanAccepted, false), e(ProblemSolving, PlanDeclined, false),
		e(PlanAccepted, PlanDone, false), e(PlanAccepted, PlanPartly, false), e(PlanAccepted, ProblemSolving, true), e(PlanAccepted, PlanDeclined, false))
}

// PlanPolicy says how confident a person must be. The zero value asks for 7 of 10, the
// published figure.
type PlanPolicy struct {
	Confidence int `json:"confidence"` // 1 to 10; 0: 7
}

// Check reports a confidence outside 0 to 10 as [caremodel.ErrPolicy]. Such a policy accepts
// no plan.
func (p PlanPolicy) Check() error {
	if !rated(p.Confidence) {
		return fmt.Errorf("%w: action plans: confidence %d needed, outside 0 to 10", caremodel.ErrPolicy, p.Confidence)
	}
	return nil
}

// rated says whether a confidence is one of the scale.
func rated(confidence int) bool { return confidence >= 0 && confidence <= 10 }

// Attempt is a round of problem solving: what stood in the way, what was changed, and how
// confident the person was then.
type Attempt struct {
	On         registry.Date `json:"on"`
	Barrier    string        `json:"barrier"`
	Change     string        `json:"change"`
	Confidence int           `json:"confidence"`
}

// Result of an action plan at its follow-up.
type Result string

// Results. An unknown one closes nothing: the follow-up is still to be made.
const (
	ResultDone    Result = "done"
	ResultPartly  Result = "partly"
	ResultNotDone Result = "not done"
	ResultUnknown Result = "unknown"
)

// ActionPlan is what a person plans to do next: small, concrete, and believed in.
type ActionPlan struct {
	ID         string                       `json:"id"`
	Person     string                       `json:"person"`
	Goal       string                       `json:"goal,omitempty"`
	What       string                       `json:"what"`
	HowMuch    string                       `json:"how_much,omitempty"`
	When       string                       `json:"when"`
	HowOften   string                       `json:"how_often"`
	Start      registry.Date                `json:"start"`
	Confidence int                          `json:"confidence"` // 0 to 10, as rated last
	FollowUp   registry.Date                `json:"follow_up"`
	Attempts   []Attempt                    `json:"attempts,omitempty"`
	History    caremodel.History[PlanState] `json:"history"`
}

// Acceptance says whether a plan is ready, and if not what it lacks.
type Acceptance struct {
	Accepted       bool              `json:"accepted"`
	ProblemSolving bool              `json:"problem_solving"` // the person is not confident enough
	Missing        []string          `json:"missing,omitempty"`
	Why            string            `json:"why"`
	Issues         []caremodel.Issue `json:"issues,omitempty"`
}

// Accept accepts a plan whose what, when and how often are filled and whose confidence is
// at least the policy's. A confidence outside 0 to 10 is no rating: it is missing. A plan
// without a follow-up date gets the issue NO_REVIEW.
func (p *ActionPlan) Accept(policy PlanPolicy) Acceptance {
	least := cmp.Or(policy.Confidence, 7)
	var a Acceptance
	for _, x := range [...]struct{ name, text string }{{"what", p.What}, {"when", p.When}, {"how often", p.HowOften}} {
		if strings.TrimSpace(x.text) == "" {
			a.Missing = append(a.Missing, x.name)
		}
	}
	if !rated(p.Confidence) {
		a.Missing = append(a.Missing, "confidence")
	}
	a.ProblemSolving = rated(p.Confidence) && p.Confidence < least
	a.Accepted = rated(policy.Confidence) && !a.ProblemSolving && len(a.Missing) == 0
	a.Why = fmt.Sprintf("confidence %d, %d needed", p.Confidence, least)
	if !rated(policy.Confidence) {
		a.Why += ", outside 0 to 10"
	}
	if len(a.Missing) > 0 {
		a.Why += "; without " + strings.Join(a.Missing, ", ")
	}
	if p.FollowUp == 0 {
		a.Issues = []caremodel.Issue{{Code: caremodel.NoReview, Subject: p.ID, Detail: "no follow-up date"}}
	}
	return a
}

// Check reports a plan without an ID or person, a confidence outside 0 to 10, and a
// follow-up before the start, as [caremodel.ErrAnswer], and steps that the table does not
// allow, as [caremodel.ErrTransition].
func (p *ActionPlan) Check() error {
	var errs []error
	bad := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf("%w: action plan %q: %s", caremodel.ErrAnswer, p.ID, fmt.Sprintf(format, args...)))
	}
	if p.ID == "" || p.Person == "" {
		bad("ID or person %q is empty", p.Person)
	}
	if !rated(p.Confidence) {
		bad("confidence %d, outside 0 to 10", p.Confidence)
	}
	if p.FollowUp != 0 && p.FollowUp < p.Start {
		bad("follow-up on %s, before the start on %s", p.FollowUp, p.Start)
	}
	m, err := PlanMachine()
	if err != nil {
		return err
	}
	errs = append(errs, m.Check(p.History))
	return errors.Join(errs...)
}

// Propose records a draft, again after it was completed: it is accepted, goes to problem
// solving, or stays a draft while something other than confidence is missing. A confidence
// outside 0 to 10 is [caremodel.ErrAnswer], a policy's [caremodel.ErrPolicy], a plan that is
// past its draft [caremodel.ErrTransition]; all at once, and they change nothing.
func (p *ActionPlan) Propose(on registry.Date, policy PlanPolicy) (Acceptance, error) {
	errs := []error{p.rating(p.Confidence), policy.Check()}
	h := p.History
	if p.state() != Drafted {
		var err error
		h, err = p.step(h, on, Drafted, "")
		errs = append(errs, err)
	}
	if err := errors.Join(errs...); err != nil {
		return Acceptance{}, err
	}
	return p.settle(h, on, policy)
}

// rating reports a confidence that is not on the scale.
func (p *ActionPlan) rating(confidence int) error {
	if !rated(confidence) {
		return fmt.Errorf("%w: action plan %q: confidence %d, outside 0 to 10", caremodel.ErrAnswer, p.ID, confidence)
	}
	return nil
}

// Solve records a round of problem solving of a plan that is a draft, in problem solving
// or was not done: the barrier, the change, and the new rating. It repeats until the plan
// is accepted or the person declines. A rating outside 0 to 10 and no barrier are
// [caremodel.ErrAnswer], a policy outside them [caremodel.ErrPolicy], a plan with nothing to
// solve and a day before the last [caremodel.ErrTransition]; all at once, and they change
// nothing.
func (p *ActionPlan) Solve(a Attempt, policy PlanPolicy) (Acceptance, error) {
	errs := []error{p.rating(a.Confidence), policy.Check()}
	if strings.TrimSpace(a.Barrier) == "" {
		errs = append(errs, fmt.Errorf("%w: action plan %q: problem solving without a barrier", caremodel.ErrAnswer, p.ID))
	}
	if state := p.state(); state != Drafted && state != ProblemSolving {
		errs = append(errs, fmt.Errorf("%w: action plan %q: %q has nothing to solve", caremodel.ErrTransition, p.ID, state))
	}
	if n := len(p.History); n > 0 && a.On < p.History[n-1].On {
		errs = append(errs, fmt.Errorf("%w: action plan %q: problem solving on %s, before %s", caremodel.ErrTransition, p.ID, a.On, p.History[n-1].On))
	}
	if err := errors.Join(errs...); err != nil {
		return Acceptance{}, err
	}
	was := p.Confidence
	p.Confidence = a.Confidence
	out, err := p.settle(p.History, a.On, policy)
	if err != nil {
		p.Confidence = was
		return Acceptance{}, err
	}
	p.Attempts = append(p.Attempts, a)
	return out, nil
}

// Decline ends a plan by the person's wish. A declined plan is never overdue.
func (p *ActionPlan) Decline(on registry.Date, reason string) error {
	h, err := p.step(p.History, on, PlanDeclined, reason)
	if err == nil {
		p.History = h
	}
	return err
}

// Report records the result at a follow-up. Done and partly end the plan; not done goes
// back to problem solving; unknown changes nothing but the day of the next follow-up,
// which must lie after this one.
func (p *ActionPlan) Report(on registry.Date, r Result, next registry.Date) error {
	if p.state() != PlanAccepted {
		return fmt.Errorf("%w: action plan %q: a result of a plan that is %q", caremodel.ErrTransition, p.ID, p.state())
	}
	to := PlanState("")
	switch r {
	case ResultDone:
		to = PlanDone
	case ResultPartly:
		to = PlanPartly
	case ResultNotDone:
		to = ProblemSolving
	case ResultUnknown:
		if last := p.History[len(p.History)-1].On; on < last {
			return fmt.Errorf("%w: action plan %q: a result on %s, before %s", caremodel.ErrTransition, p.ID, on, last)
		}
		if next <= on {
			return fmt.Errorf("%w: action plan %q: the next follow-up on %s is not after %s", caremodel.ErrAnswer, p.ID, next, on)
		}
		p.FollowUp = next
		return nil
	default:
		return fmt.Errorf("%w: action plan %q: result %q", caremodel.ErrAnswer, p.ID, r)
	}
	h, err := p.step(p.History, on, to, string(r))
	if err == nil {
		p.History = h
	}
	return err
}

func (p *ActionPlan) state() PlanState {
	if len(p.History) == 0 {
		return ""
	}
	return p.History[len(p.History)-1].To
}

func (p *ActionPlan) step(h caremodel.History[PlanState], on registry.Date, to PlanState, reason string) (caremodel.History[PlanState], error) {
	m, err := PlanMachine()
	if err != nil {
		return h, err
	}
	return m.Append(h, caremodel.Step[PlanState]{On: on, To: to, Reason: reason})
}

// settle moves a plan to where its acceptance puts it.
func (p *ActionPlan) settle(h caremodel.History[PlanState], on registry.Date, policy PlanPolicy) (Acceptance, error) {
	a := p.Accept(policy)
	to := PlanState("")
	switch {
	case a.Accepted:
		to = PlanAccepted
	case a.ProblemSolving && h[len(h)-1].To != ProblemSolving:
		to = ProblemSolving
	}
	if to != "" {
		var err error
		if h, err = p.step(h, on, to, a.Why); err != nil {
			return Acceptance{}, err
		}
	}
	p.History = h
	return a, nil
}

// OverduePlan is an accepted plan whose follow-up was not made.
type OverduePlan struct {
	Plan     string        `json:"plan"`
	Person   string        `json:"person"`
	FollowUp registry.Date `json:"follow_up"` // 0: none was set
	Days     int           `json:"days"`      // over; 0 when none was set
}

// OverduePlans lists the accepted plans whose follow-up day has passed, or that have none:
// those without a day first, then by days over, person and ID. The result uses buf's
// storage.
func OverduePlans(plans []ActionPlan, asOf registry.Date, buf []OverduePlan) []OverduePlan {
	out := buf[:0]
	for i := range plans {
		p := &plans[i]
		if s, _ := p.History.At(asOf); s == PlanAccepted && asOf > p.FollowUp {
			o := OverduePlan{Plan: p.ID, Person: p.Person, FollowUp: p.FollowUp}
			if p.FollowUp != 0 {
				o.Days = int(asOf - p.FollowUp)
			}
			out = append(out, o)
		}
	}
	slices.SortFunc(out, func(a, b OverduePlan) int {
		return cmp.Or(cmp.Compare(min(a.FollowUp, 1), min(b.FollowUp, 1)), cmp.Compare(b.Days, a.Days), strings.Compare(a.Person, b.Person), strings.Compare(a.Plan, b.Plan))
	})
	return out
}
