package organisation

import (
	"errors"
	"fmt"
	"math/big"
	"slices"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/registry"
)

// Aim is one priority of an improvement plan. Which direction is better follows from
// baseline and target.
type Aim struct {
	ID        string        `json:"id"`
	Measure   string        `json:"measure"`  // key of what is measured
	Element   string        `json:"element"`  // of the Chronic Care Model, such as D4
	Baseline  *big.Rat      `json:"baseline"` // nil: not measured yet
	Target    *big.Rat      `json:"target"`
	From      registry.Date `json:"from"`
	By        registry.Date `json:"by"`
	Clinician string        `json:"clinician"` // owner
	Manager   string        `json:"manager"`   // owner
	Review    registry.Date `json:"review"`
}

// Progress is how much of the way from baseline to target is done: 0 at the baseline, 1
// at the target. nil when there is no current value, no baseline, no target, or none of
// the way to go.
func (a *Aim) Progress(current *big.Rat) *big.Rat {
	if current == nil || a.Baseline == nil || a.Target == nil || a.Baseline.Cmp(a.Target) == 0 {
		return nil
	}
	way := new(big.Rat).Sub(a.Target, a.Baseline)
	return way.Quo(new(big.Rat).Sub(current, a.Baseline), way)
}

// AimState says where an aim stands.
type AimState string

// States of an aim.
const (
	Undefined AimState = "undefined" // no progress can be computed
	Met       AimState = "met"
	OnTrack   AimState = "on track" // on or above the straight line from baseline to target
	Behind    AimState = "behind"
	Late      AimState = "late" // the day has passed and the target is not met
)

// State judges an aim on a day by its current value.
func (a *Aim) State(current *big.Rat, asOf registry.Date) AimState {
	p := a.Progress(current)
	switch {
	case p == nil:
		return Undefined
	case p.Cmp(big.NewRat(1, 1)) >= 0:
		return Met
	case asOf > a.By:
		return Late
	case a.By <= a.From || asOf <= a.From:
		if p.Sign() >= 0 {
			return OnTrack
		}
		return Behind
	case p.Cmp(big.NewRat(int64(asOf-a.From), int64(a.By-a.From))) >= 0:
		return OnTrack
	}
	return Behind
}

// PlanCheck looks a plan of the year over. Faults that make it meaningless are errors,
// all at once: no or repeated IDs, no measure, no target, a day before the start, an
// element that the model does not have ([caremodel.ErrDefinition]), a negative limit
// ([caremodel.ErrPolicy]). What is weak becomes an issue: no baseline, an
// owner missing on either side, no review, more aims than limit (a few annual priorities
// agreed by both sides worked best: King's Fund 2004:2081-2083; 0: no limit).
func PlanCheck(aims []Aim, limit int) ([]caremodel.Issue, error) {
	spine, err := caremodel.Spine()
	errs := []error{err}
	var issues []caremodel.Issue
	seen := map[string]bool{}
	for _, a := range aims {
		bad := func(format string, args ...any) {
			errs = append(errs, fmt.Errorf("%w: aim %q: %s", caremodel.ErrDefinition, a.ID, fmt.Sprintf(format, args...)))
		}
		weak := func(code caremodel.IssueCode, detail string) {
			issues = append(issues, caremodel.Issue{Code: code, Subject: a.ID, Detail: detail})
		}
		if a.ID == "" || seen[a.ID] {
			bad("its ID is missing or there twice")
		}
		seen[a.ID] = true
		if a.Measure == "" {
			bad("a goal without a measure")
		}
		if a.Target == nil {
			bad("no target")
		}
		if a.From == 0 || a.By <= a.From {
			bad("from %s by %s", a.From, a.By)
		}
		if !slices.ContainsFunc(spine, func(e caremodel.Element) bool { return e.ID == a.Element }) {
			bad("element %q is not of the model", a.Element)
		}
		if a.Baseline == nil {
			weak(caremodel.NoBaseline, "no baseline")
		}
		if a.Clinician == "" {
			weak(caremodel.NoOwner, "no clinician owns it")
		}
		if a.Manager == "" {
			weak(caremodel.NoOwner, "no manager owns it")
		}
		if a.Review == 0 {
			weak(caremodel.NoReview, "no review is planned")
		}
	}
	if limit < 0 {
		errs = append(errs, fmt.Errorf("%w: a limit of %d aims", caremodel.ErrPolicy, limit))
	}
	if limit > 0 && len(aims) > limit {
		issues = append(issues, caremodel.Issue{Code: caremodel.OverCapacity, Subject: "plan", Detail: fmt.Sprintf("%d aims, %d are meant to be the most", len(aims), limit)})
	}
	caremodel.SortIssues(issues)
	return issues, errors.Join(errs...)
}

// Stage of a plan-do-study-act cycle, with the day by which it was meant to be done and
// the day on which it was.
type Stage struct {
	Due  registry.Date `json:"due"`
	Done registry.Date `json:"done"`
}

// Cycle is one test of a change.
type Cycle struct {
	ID    string `json:"id"`
	Aim   string `json:"aim"`
	Plan  Stage  `json:"plan"`
	Do    Stage  `json:"do"`
	Study Stage  `json:"study"`
	Act   Stage  `json:"act"`
}

// OverdueCycles lists the first stage of each cycle that should have been done before a
// day and was not, since the day after it was due (STEP_OVERDUE), and stages done although
// an earlier one is open (MISSING_PART).
func OverdueCycles(cycles []Cycle, asOf registry.Date) []caremodel.Issue {
	var out []caremodel.Issue
	for _, c := range cycles {
		open := ""
		for _, s := range []struct {
			name string
			Stage
		}{{"plan", c.Plan}, {"do", c.Do}, {"study", c.Study}, {"act", c.Act}} {
			done := s.Done != 0 && s.Done <= asOf
			switch {
			case done && open != "":
				out = append(out, caremodel.Issue{Code: caremodel.MissingPart, Subject: c.ID, On: s.Done, Detail: s.name + " was done, " + open + " was not"})
			case !done && open == "":
				open = s.name
				if s.Due != 0 && s.Due < asOf {
					out = append(out, caremodel.Issue{Code: caremodel.StepOverdue, Subject: c.ID, On: s.Due.AddDays(1), Detail: s.name})
				}
			}
		}
	}
	caremodel.SortIssues(out)
	return out
}
