package selfmanagement

import (
	_ "embed"
	"errors"
	"fmt"
	"math/big"
	"strings"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/internal/table"
	"github.com/chroniccare/chroniccare/registry"
)

//go:embed data/goal-status.csv
var goalStatusCSV string

// GoalStatus is where a goal is in its life.
type GoalStatus string

// Statuses (HL7 FHIR goal status).
const (
	Proposed       GoalStatus = "proposed"
	Accepted       GoalStatus = "accepted"
	Active         GoalStatus = "active"
	OnHold         GoalStatus = "on-hold"
	Completed      GoalStatus = "completed"
	Cancelled      GoalStatus = "cancelled"
	Rejected       GoalStatus = "rejected"
	EnteredInError GoalStatus = "entered-in-error"
)

// GoalStatusRow is a line of the status table.
type GoalStatusRow struct {
	Status  GoalStatus `json:"status"`
	Meaning string     `json:"meaning"`
	Counts  bool       `json:"counts"` // a goal in force
}

// GoalStatuses gives the table of statuses and the machine of the steps between them.
func GoalStatuses() ([]GoalStatusRow, *caremodel.Machine[GoalStatus], error) {
	t, err := table.Parse("goal-status", goalStatusCSV)
	if err != nil {
		return nil, nil, fmt.Errorf("%w: %w", caremodel.ErrDefinition, err)
	}
	var rows []GoalStatusRow
	var edges []caremodel.Edge[GoalStatus]
	for _, r := range t.Rows {
		rows = append(rows, GoalStatusRow{GoalStatus(r[0]), r[1], r[2] == "yes"})
		for n := range strings.FieldsSeq(r[3]) {
			to := strings.Trim(n, "()")
			edges = append(edges, caremodel.Edge[GoalStatus]{From: GoalStatus(r[0]), To: GoalStatus(to), Back: to != n})
		}
	}
	m, err := caremodel.NewMachine("goal", Proposed, edges...)
	return rows, m, err
}

// Counts reports whether a goal of this status is in force: accepted or active.
func (s GoalStatus) Counts() bool { return s == Accepted || s == Active }

// Goal is what a person wants to reach. A target with a comparator ("<= 7.5 %") says which
// way is better; a plain one lies in the direction that the baseline gives.
type Goal struct {
	ID        string                        `json:"id"`
	Statement string                        `json:"statement"` // key of the wording
	Measure   string                        `json:"measure"`
	Baseline  *registry.Quantity            `json:"baseline,omitempty"`
	Target    *registry.Quantity            `json:"target,omitempty"`
	Due       registry.Date                 `json:"due"`
	ChosenBy  string                        `json:"chosen_by"` // the person, or who else
	Priority  int                           `json:"priority"`  // 1 first; 0: none
	History   caremodel.History[GoalStatus] `json:"history"`
}

// CheckGoals reports every goal that cannot be followed, as [caremodel.ErrDefinition]: no
// ID or one used twice, no statement, no measure, no target, units that differ, a baseline
// with a comparator, a target equal to the baseline without a comparator, a target on the
// wrong side of its own baseline, no due day; and every step of a history that the status
// table does not allow, as [caremodel.ErrTransition].
func CheckGoals(goals []Goal) error {
	_, machine, err := GoalStatuses()
	if err != nil {
		return err
	}
	var errs []error
	seen := map[string]bool{}
	for i := range goals {
		g := &goals[i]
		bad := func(format string, args ...any) {
			errs = append(errs, fmt.Errorf("%w: goal %q: %s", caremodel.ErrDefinition, g.ID, fmt.Sprintf(format, args...)))
		}
		if g.ID == "" || seen[g.ID] {
			bad("the ID is empty or used twice")
		}
		seen[g.ID] = true
		if g.Statement == "" {
			bad("no statement")
		}
		if g.Measure == "" {
			bad("no measure")
		}
		if g.Due == 0 {
			bad("no due day")
		}
		switch {
		case g.Target == nil:
			bad("no target")
		case g.Baseline == nil:
		case registry.CanonicalUnit(g.Baseline.Unit) != registry.CanonicalUnit(g.Target.Unit):
			bad("the baseline is in %q, the target in %q", g.Baseline.Unit, g.Target.Unit)
		case g.Baseline.Comparator != registry.Exactly:
			bad("the baseline %s is not exact", g.Baseline)
		default:
			c := g.Target.Value.Cmp(g.Baseline.Value)
			switch g.Target.Comparator {
			case registry.Exactly:
				if c == 0 {
					bad("the target equals the baseline: a comparator must say which way is better")
				}
			case registry.LessThan, registry.AtMost:
				if c > 0 {
					bad("the target %s is above the baseline %s", g.Target, g.Baseline)
				}
			default:
				if c < 0 {
					bad("the target %s is below the baseline %s", g.Target, g.Baseline)
				}
			}
		}
		if err := machine.Check(g.History); err != nil {
			errs = append(errs, fmt.Errorf("goal %q: %w", g.ID, err))
		}
	}
	return errors.Join(errs...)
}

// Measurement is a measured value with the fact it comes from.
type Measurement struct {
	ID    string            `json:"id"`
	On    registry.Date     `json:"on"`
	Value registry.Quantity `json:"value"`
}

// GoalAnswer is where a goal stands on a day.
type GoalAnswer struct {
	Goal        string            `json:"goal"`
	Status      GoalStatus        `json:"status"` // "" before the first step
	Progress    *big.Rat          `json:"progress"`
	Achieved    caremodel.Answer  `json:"achieved"` // unknown without a value that tells
	Overdue     bool              `json:"overdue"`
	DaysOverdue int               `json:"days_overdue"`
	Evidence    string            `json:"evidence,omitempty"` // ID of the measurement
	Why         string            `json:"why"`
	Issues      []caremodel.Issue `json:"issues,omitempty"`
}

// At judges a goal by the latest measurement, nil when there is none. Progress is (current
// - baseline) / (target - baseline), exact; nil is undefined: no baseline, no value, another
// unit, a comparator, or a target equal to the baseline. A goal in force is overdue after
// its due day unless it is achieved. Measurements after asOf do not exist.
func (g *Goal) At(latest *Measurement, asOf registry.Date) GoalAnswer {
	a := GoalAnswer{Goal: g.ID}
	a.Status, _ = g.History.At(asOf)
	issue := func(c caremodel.IssueCode, detail string) {
		a.Issues = append(a.Issues, caremodel.Issue{Code: c, Subject: g.ID, Detail: detail})
	}
	if g.Baseline == nil {
		issue(caremodel.NoBaseline, "progress cannot be computed")
	}
	if g.ChosenBy == "" {
		issue(caremodel.NoOwner, "nobody is named as having chosen the goal")
	}
	switch {
	case g.Target == nil:
		a.Why = "no target"
	case latest == nil || latest.On == 0 || latest.On > asOf:
		a.Why = "not measured"
	case registry.CanonicalUnit(latest.Value.Unit) != registry.CanonicalUnit(g.Target.Unit):
		a.Evidence, a.Why = latest.ID, fmt.Sprintf("measured in %q, the target is in %q", latest.Value.Unit, g.Target.Unit)
	default:
		a.Evidence = latest.ID
		a.Achieved = g.reached(latest.Value)
		if g.Baseline != nil && latest.Value.Comparator == registry.Exactly {
			if way := difference(g.Target.Value, g.Baseline.Value); way.Sign() != 0 {
				a.Progress = way.Quo(difference(latest.Value.Value, g.Baseline.Value), way)
			}
		}
		a.Why = fmt.Sprintf("%s on %s, target %s", latest.Value, latest.On, g.Target)
	}
	if a.Status.Counts() && g.Due != 0 && asOf > g.Due && a.Achieved != caremodel.Yes {
		a.Overdue, a.DaysOverdue = true, int(asOf-g.Due)
	}
	return a
}

// reached is yes or no where the value tells, whatever its comparator hides.
func (g *Goal) reached(v registry.Quantity) caremodel.Answer {
	c := g.Target.Comparator
	if c == registry.Exactly { // towards the target, the target itself included
		switch {
		case g.Baseline == nil || g.Baseline.Value.Cmp(g.Target.Value) == 0:
			if v.Comparator == registry.Exactly && v.Value.Cmp(g.Target.Value) == 0 {
				return caremodel.Yes
			}
			return caremodel.Unknown
		case g.Baseline.Value.Cmp(g.Target.Value) > 0:
			c = registry.AtMost
		default:
			c = registry.AtLeast
		}
	}
	return meets(v, c, g.Target.Value)
}

// meets compares a value, which may have a comparator of its own, with a limit.
func meets(v registry.Quantity, limit registry.Comparator, to registry.Number) caremodel.Answer {
	n := v.Value.Cmp(to)
	below := limit == registry.LessThan || limit == registry.AtMost
	strict := limit == registry.LessThan || limit == registry.MoreThan
	if !below {
		n = -n // now n < 0 is on the good side
	}
	good, bad := n < 0 || n == 0 && !strict, n > 0 || n == 0 && strict
	answer := func(yes bool) caremodel.Answer {
		if yes {
			return caremodel.Yes
		}
		return caremodel.Unknown
	}
	var towards, open bool // the value lies further on the good side; its own end excluded
	switch v.Comparator {
	case registry.LessThan, registry.AtMost:
		towards, open = below, v.Comparator == registry.LessThan
	case registry.AtLeast, registry.MoreThan:
		towards, open = !below, v.Comparator == registry.MoreThan
	default:
		if good {
			return caremodel.Yes
		}
		return caremodel.No
	}
	if towards {
		return answer(good || n == 0 && open)
	}
	if bad || n == 0 && open {
		return caremodel.No
	}
	return caremodel.Unknown
}
