package information

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/caremodel/decision"
	"github.com/chroniccare/chroniccare/caremodel/selfmanagement"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/recall"
)

// PlanProblem is a problem that the plan is about; several may belong to one register.
type PlanProblem struct {
	ID       string `json:"id"`
	Text     string `json:"text"`
	Register string `json:"register"` // "" when no register has it
}

// PlanAction is something that somebody does.
type PlanAction struct {
	ID      string          `json:"id"`
	Problem string          `json:"problem"` // ID
	Action  decision.Action `json:"action"`
	What    string          `json:"what"` // such as "statin", "foot examination"
	Role    string          `json:"role"` // who: mandatory
	Due     registry.Date   `json:"due"`
	Done    registry.Date   `json:"done"`
}

// CarePlan is one plan for all conditions of a person.
type CarePlan struct {
	ID          string                `json:"id"`
	Person      string                `json:"person"`
	Created     registry.Date         `json:"created"`
	Coordinator string                `json:"coordinator"`
	Problems    []PlanProblem         `json:"problems,omitempty"`
	Goals       []selfmanagement.Goal `json:"goals,omitempty"`
	Actions     []PlanAction          `json:"actions,omitempty"`
	Emergency   []string              `json:"emergency,omitempty"`  // whom to call, and what to do
	Monitoring  []string              `json:"monitoring,omitempty"` // what the person measures at home
	Medicines   []string              `json:"medicines,omitempty"`
	LastReview  registry.Date         `json:"last_review"`
	NextReview  registry.Date         `json:"next_review"` // 0: last review, or creation, and the interval
	Interval    recall.Every          `json:"interval"`    // between reviews
	SharedWith  []string              `json:"shared_with,omitempty"`
	CopyOffered registry.Date         `json:"copy_offered"`
	Agreed      caremodel.Answer      `json:"agreed"` // by the person
}

// Check reports what makes a plan unusable, all at once, as [caremodel.ErrDefinition]: no
// ID, person or day; problems and actions without or with repeated IDs; an action without
// anything to do, without a role, for an unknown problem, or done before the plan was made;
// goals that cannot be followed ([selfmanagement.CheckGoals]: without a measure, for one);
// reviews and a copy before the plan; a negative interval.
func (p *CarePlan) Check() error {
	var errs []error
	bad := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf("%w: plan %q: %s", caremodel.ErrDefinition, p.ID, fmt.Sprintf(format, args...)))
	}
	if p.ID == "" || p.Person == "" || p.Created == 0 {
		bad("of person %q, made on %s", p.Person, p.Created)
	}
	problems := map[string]bool{}
	for _, x := range p.Problems {
		if x.ID == "" || problems[x.ID] || x.Text == "" {
			bad("problem %q: no ID, there twice, or without a text", x.ID)
		}
		problems[x.ID] = true
	}
	actions := map[string]bool{}
	for _, a := range p.Actions {
		if a.ID == "" || actions[a.ID] {
			bad("action %q: no ID, or there twice", a.ID)
		}
		actions[a.ID] = true
		if a.What == "" {
			bad("action %q: nothing to do", a.ID)
		}
		if a.Role == "" {
			bad("action %q: a task without a role", a.ID)
		}
		if a.Done != 0 && a.Done < p.Created {
			bad("action %q: done on %s, before the plan was made on %s", a.ID, a.Done, p.Created)
		}
		if !problems[a.Problem] {
			bad("action %q: unknown problem %q", a.ID, a.Problem)
		}
	}
	for _, x := range []struct {
		what string
		on   registry.Date
	}{{"reviewed", p.LastReview}, {"to be reviewed", p.NextReview}, {"a copy offered", p.CopyOffered}} {
		if x.on != 0 && x.on < p.Created {
			bad("%s on %s, made on %s", x.what, x.on, p.Created)
		}
	}
	if !p.Agreed.Valid() {
		bad("agreed %q", p.Agreed)
	}
	if p.Interval.N < 0 {
		bad("reviewed every %s", p.Interval)
	}
	errs = append(errs, selfmanagement.CheckGoals(p.Goals))
	return errors.Join(errs...)
}

// PlanPart is a part that a plan should have.
type PlanPart string

// Parts, in the order in which they are asked for.
const (
	Problems     PlanPart = "problems"
	Goals        PlanPart = "goals"
	Actions      PlanPart = "actions"
	Coordinator  PlanPart = "co-ordinator"
	Emergency    PlanPart = "contacts in an emergency"
	Monitoring   PlanPart = "monitoring"
	Medicines    PlanPart = "medicines"
	ReviewDate   PlanPart = "review"
	Shared       PlanPart = "shared with"
	CopyToPerson PlanPart = "copy offered"
	Agreement    PlanPart = "agreed by the person"
)

// AllParts lists the parts.
func AllParts() []PlanPart {
	return []PlanPart{Problems, Goals, Actions, Coordinator, Emergency, Monitoring, Medicines, ReviewDate, Shared, CopyToPerson, Agreement}
}

// Missing lists the parts that the plan lacks, in order; nil asks for all of them, and a
// part that no plan has is missing from this one too. Each register of the person should be
// the register of a problem: those that are not are named too, since one plan covers all
// conditions.
func (p *CarePlan) Missing(parts []PlanPart, registers []string) (out []caremodel.Issue) {
	if parts == nil {
		parts = AllParts()
	}
	has := map[PlanPart]bool{
		Problems: len(p.Problems) > 0, Goals: len(p.Goals) > 0, Actions: len(p.Actions) > 0, Coordinator: p.Coordinator != "", Emergency: len(p.Emergency) > 0, Monitoring: len(p.Monitoring) > 0,
		Medicines: len(p.Medicines) > 0, ReviewDate: p.reviewOn(registry.MaxDate) != 0, Shared: len(p.SharedWith) > 0, CopyToPerson: p.CopyOffered != 0, Agreement: p.Agreed == caremodel.Yes,
	}
	for _, part := range AllParts() {
		if !slices.Contains(parts, part) || has[part] {
			continue
		}
		code := caremodel.MissingPart
		switch part {
		case Coordinator:
			code = caremodel.NoOwner
		case ReviewDate:
			code = caremodel.NoReview
		}
		out = append(out, caremodel.Issue{Code: code, Subject: p.ID, Detail: string(part)})
	}
	for _, part := range parts {
		if !slices.Contains(AllParts(), part) {
			out = append(out, caremodel.Issue{Code: caremodel.MissingPart, Subject: p.ID, Detail: "unknown part " + string(part)})
		}
	}
	rs := slices.Clone(registers)
	slices.Sort(rs)
	for _, r := range slices.Compact(rs) {
		if !slices.ContainsFunc(p.Problems, func(x PlanProblem) bool { return x.Register == r }) {
			out = append(out, caremodel.Issue{Code: caremodel.MissingPart, Subject: p.ID, Detail: "nothing about the register " + r})
		}
	}
	return out
}

// Conflicts finds what cannot all be followed on a day: the same thing to be done and
// avoided, or two targets for one measure, as [decision.Issues] does. Only actions that are
// open and goals that are in force, or have no history yet, count.
func (p *CarePlan) Conflicts(asOf registry.Date) []caremodel.Issue {
	var recs []decision.Recommendation
	for _, a := range p.Actions {
		if a.Done == 0 || a.Done > asOf {
			recs = append(recs, decision.Recommendation{Rules: []string{a.ID}, Action: a.Action, Target: a.What})
		}
	}
	for _, g := range p.Goals {
		if s, ok := g.History.At(asOf); g.Target != nil && (!ok || s.Counts()) {
			recs = append(recs, decision.Recommendation{Rules: []string{g.ID}, Action: decision.Review, Target: g.ID, Goal: decision.Goal{Measure: g.Measure, Text: g.Target.String()}})
		}
	}
	return decision.Issues(recs, p.Person)
}

// reviewOn is the day of the next review as known on a day; 0: none is planned.
func (p *CarePlan) reviewOn(asOf registry.Date) registry.Date {
	switch {
	case p.NextReview != 0:
		return p.NextReview
	case p.Interval.IsZero():
		return 0
	case p.LastReview > asOf:
		return p.Interval.After(p.Created)
	}
	return p.Interval.After(max(p.Created, p.LastReview))
}

// ReviewDue is the day of the next review, 0 when none is planned, and whether it is
// overdue, more than the days of grace past it: a longer interval never makes it overdue
// earlier. A review held after the day does not exist.
func (p *CarePlan) ReviewDue(graceDays int, asOf registry.Date) (on registry.Date, overdue bool) {
	on = p.reviewOn(asOf)
	return on, on != 0 && asOf > on.AddDays(graceDays)
}

// ForPatient is the plan as the person keeps it: problems, goals, what to do and who does
// it, what to measure, whom to call, when to come.
func (p *CarePlan) ForPatient(wording map[string]string) string {
	var b strings.Builder
	list := func(title string, items []string) {
		if len(items) > 0 {
			b.WriteString(title + "\n")
			for _, x := range items {
				b.WriteString("  - " + x + "\n")
			}
		}
	}
	var problems, goals, actions []string
	for _, x := range p.Problems {
		problems = append(problems, x.Text)
	}
	for _, g := range p.Goals {
		text, ok := wording[g.Statement]
		if !ok {
			text = g.Statement
		}
		if g.Due != 0 {
			text += ", by " + g.Due.String()
		}
		goals = append(goals, text)
	}
	for _, a := range p.Actions {
		if a.Done != 0 {
			continue
		}
		text := a.Action.String() + " " + a.What + " (" + a.Role + ")"
		if a.Due != 0 {
			text += ", by " + a.Due.String()
		}
		actions = append(actions, text)
	}
	list("What this plan is about", problems)
	list("What I want to reach", goals)
	list("What is to be done, and by whom", actions)
	list("What I measure", p.Monitoring)
	list("My medicines", p.Medicines)
	list("Whom I call", p.Emergency)
	if on := p.reviewOn(registry.MaxDate); on != 0 {
		b.WriteString("Next review: " + on.String() + "\n")
	}
	return b.String()
}
