package delivery

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/recall"
)

// Discharge is a person's discharge from hospital.
type Discharge struct {
	ID         string        `json:"id"`
	Person     string        `json:"person"`
	Condition  string        `json:"condition"` // as the table of follow-ups names it: heart failure, COPD ...
	On         registry.Date `json:"on"`
	PlanBegun  registry.Date `json:"plan_begun"` // of the discharge plan; 0: none
	Readmitted registry.Date `json:"readmitted"`
	Died       registry.Date `json:"died"`
}

// CheckDischarges reports discharges without an ID, person or day, IDs used twice, and
// deaths and readmissions before the discharge, as [caremodel.ErrAnswer].
func CheckDischarges(ds []Discharge) error {
	var errs []error
	seen := map[string]bool{}
	for i, d := range ds {
		if d.ID == "" || seen[d.ID] || d.Person == "" || d.On == 0 || d.Readmitted != 0 && d.Readmitted < d.On || d.Died != 0 && d.Died < d.On {
			errs = append(errs, fmt.Errorf("%w: discharge %d, %q of %q on %s: readmitted on %s, died on %s, or there twice", caremodel.ErrAnswer, i+1, d.ID, d.Person, d.On, d.Readmitted, d.Died))
		}
		seen[d.ID] = true
	}
	return errors.Join(errs...)
}

// FollowUpState is where a follow-up contact after a discharge stands.
type FollowUpState string

// States.
const (
	Pending   FollowUpState = "pending"
	InTime    FollowUpState = "in time"
	Late      FollowUpState = "late"
	Overdue   FollowUpState = "overdue"
	CalledOff FollowUpState = "called off" // the person died or was admitted again before its end
)

// FollowUp is a contact that a discharge asks for.
type FollowUp struct {
	ID     string        `json:"id"` // of the table's row; "call" or "visit" of the policy
	Item   string        `json:"item"`
	From   registry.Date `json:"from"`
	Due    registry.Date `json:"due"`
	Last   registry.Date `json:"last"` // last day in time
	State  FollowUpState `json:"state"`
	Done   registry.Date `json:"done"`
	By     string        `json:"by,omitempty"` // ID of the contact
	Why    string        `json:"why,omitempty"`
	Source string        `json:"source"`
}

// AfterPolicy says what follows a discharge whose condition the published table does not
// name. The zero value is a call within 3 days and a visit within 14 (the table's longest
// for heart failure).
type AfterPolicy struct {
	CallDays  int `json:"call_days"`
	VisitDays int `json:"visit_days"`
}

// After knows the contacts due after a discharge. It is immutable and may be shared.
type After struct {
	rows   []recall.FollowUp
	policy AfterPolicy
}

// NewAfter takes the rows of [recall.FollowUps] that count from a discharge. Negative days
// are [caremodel.ErrPolicy].
func NewAfter(policy AfterPolicy) (*After, error) {
	if policy.CallDays < 0 || policy.VisitDays < 0 {
		return nil, fmt.Errorf("%w: a call within %d days of a discharge, a visit within %d", caremodel.ErrPolicy, policy.CallDays, policy.VisitDays)
	}
	a := &After{policy: AfterPolicy{cmp.Or(policy.CallDays, 3), cmp.Or(policy.VisitDays, 14)}}
	all, err := recall.FollowUps()
	if err != nil {
		return nil, fmt.Errorf("%w: %w", caremodel.ErrDefinition, err)
	}
	for _, f := range all {
		if f.Kind == "triggered" && f.FirstDue == "discharge date" {
			a.rows = append(a.rows, f)
		}
	}
	return a, nil
}

// PostDischarge lists the contacts that a discharge asks for as they stand on a day. The
// first fitting contact inside the window satisfies; one on the day of discharge counts
// when the window begins with it. A call is satisfied by any direct contact, a visit by one
// at the practice or at home, a specialist review by one of those with the role
// "specialist". Death and readmission before a window's end call off what is not done. The
// result uses buf's storage.
func (a *After) PostDischarge(d Discharge, contacts []Contact, asOf registry.Date, buf []FollowUp) []FollowUp {
	out := buf[:0]
	for i := range a.rows {
		r := &a.rows[i]
		if r.Condition == d.Condition {
			out = append(out, FollowUp{ID: r.ID, Item: r.Item, From: r.Min.After(d.On), Due: r.Default.After(d.On), Last: r.Max.After(d.On), Source: r.Source})
		}
	}
	if len(out) == 0 {
		out = append(out,
			FollowUp{ID: "call", Item: "telephone contact", From: d.On, Due: d.On.AddDays(a.policy.CallDays), Last: d.On.AddDays(a.policy.CallDays), Source: "policy"},
			FollowUp{ID: "visit", Item: "visit", From: d.On, Due: d.On.AddDays(a.policy.VisitDays), Last: d.On.AddDays(a.policy.VisitDays), Source: "policy"})
	}
	for i := range out {
		f := &out[i]
		for k := range contacts {
			c := &contacts[k]
			if c.Person == d.Person && c.On >= f.From && c.On <= asOf && fits(f.Item, c) && (f.Done == 0 || c.On < f.Done || c.On == f.Done && c.ID < f.By) {
				f.Done, f.By = c.On, c.ID
			}
		}
		ended, why := d.Readmitted, "admitted again"
		if d.Died != 0 && (ended == 0 || d.Died <= ended) {
			ended, why = d.Died, "died"
		}
		switch {
		case f.Done != 0 && f.Done <= f.Last && (ended == 0 || f.Done <= ended):
			f.State = InTime
		case ended != 0 && ended <= f.Last && ended <= asOf:
			f.State, f.Why, f.Done, f.By = CalledOff, why, 0, ""
		case f.Done != 0:
			f.State = Late
		case asOf > f.Last:
			f.State = Overdue
		default:
			f.State = Pending
		}
	}
	return out
}

func fits(item string, c *Contact) bool {
	seen := c.Channel == AtVisit || c.Channel == AtHome
	switch {
	case strings.Contains(item, "telephone"):
		return seen || c.Channel == ByPhone || c.Channel == ByVideo
	case strings.Contains(item, "specialist"):
		return seen && c.Role == "specialist"
	}
	return seen
}

// FollowUpShare is the follow-ups done in time, of those whose time is over or that are
// done; called off ones and those still pending don't count.
func FollowUpShare(fs []FollowUp) registry.Rate {
	var r registry.Rate
	for _, f := range fs {
		switch f.State {
		case InTime:
			r.Num++
			r.Den++
		case Late, Overdue:
			r.Den++
		}
	}
	return r
}

// PlannedDischarge is the share of discharges whose plan was begun before the day of
// discharge, with the IDs of the others (King's Fund 2010, KF2010:132, KF2010:434).
func PlannedDischarge(ds []Discharge) (registry.Rate, []string) {
	r := registry.Rate{Den: int64(len(ds))}
	var not []string
	for _, d := range ds {
		if d.PlanBegun != 0 && d.PlanBegun < d.On {
			r.Num++
		} else {
			not = append(not, d.ID)
		}
	}
	slices.Sort(not)
	return r, not
}
