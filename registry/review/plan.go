package review

import (
	"cmp"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/internal/name"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/recall"
)

// Answer to a question of a survey.
type Answer uint8

// Answers; the zero value leaves the denominator.
const (
	NotAsked Answer = iota
	Yes
	No
)

// CarePlan is a written plan of care, for all conditions of a person.
type CarePlan struct {
	ID         string
	Status     registry.Status // draft, active, on-hold, revoked, completed, entered-in-error
	Created    registry.Date
	By         string
	LastReview registry.Date // 0: not yet reviewed
	NextReview registry.Date // 0: last review, or creation, plus the interval
	Interval   recall.Every  // between reviews; none: that of the policy
	Conditions []string
	// CoOrdinator names the person who oversees the plan.
	CoOrdinator string

	CopyOffered    Answer
	Understood     Answer
	WantedInvolved Answer // wanted to be involved in making it
	Involved       Answer
}

// PlanPolicy sets the limits of plans. The zero value is the default: a review every 12
// months, without grace, needs assessed within 12 months.
type PlanPolicy struct {
	Interval   recall.Every // between reviews, where the plan has none; none: 12 months
	Grace      recall.Every // after the review was due
	Assessment recall.Every // how old a needs assessment may be; none: 12 months
}

func (p PlanPolicy) withDefaults() PlanPolicy {
	if p.Interval.IsZero() {
		p.Interval = recall.Every{N: 12, Unit: recall.Month}
	}
	if p.Assessment.IsZero() {
		p.Assessment = recall.Every{N: 12, Unit: recall.Month}
	}
	return p
}

// State of planned care.
type State uint8

// States: everybody is in exactly one.
const (
	NoPlan State = iota
	Current
	ReviewOverdue
	OnHold
	Closed
)

var stateNames = [...]string{"none", "current", "review-overdue", "on-hold", "closed"}

// String gives the state in words.
func (s State) String() string { return stateNames[min(int(s), len(stateNames)-1)] }

// MarshalText gives the state in words.
func (s State) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads what MarshalText gives; another text is an error that lists the words.
func (s *State) UnmarshalText(text []byte) error { return name.Parse(s, len(stateNames), text) }

// PlanResult is the state with the plan that settled it.
type PlanResult struct {
	State State         `json:"state"`
	Plan  string        `json:"plan,omitempty"` // ID
	Due   registry.Date `json:"review_due"`     // of an active plan

	at int // place among the plans, -1
}

// due is the day on which the review of a plan is due.
func (p *CarePlan) due(policy PlanPolicy) registry.Date {
	if p.NextReview != 0 {
		return p.NextReview
	}
	every := p.Interval
	if every.IsZero() {
		every = policy.Interval
	}
	return every.After(max(p.Created, p.LastReview))
}

// PlanState judges a person's plans as of a day: current if any active plan is in date, else
// overdue if any is active, else on hold, else closed. Of several of one kind the newest speaks: by creation,
// then ID. Plans of later, drafts and those entered in error don't count.
func PlanState(plans []CarePlan, asOf registry.Date, policy PlanPolicy) PlanResult {
	policy = policy.withDefaults()
	best := PlanResult{at: -1}
	rank := [...]int{NoPlan: 0, Closed: 1, OnHold: 2, ReviewOverdue: 3, Current: 4}
	for i := range plans {
		p := &plans[i]
		if p.Created == 0 || p.Created > asOf {
			continue
		}
		x := PlanResult{Plan: p.ID, at: i}
		switch p.Status {
		case registry.Active:
			x.Due = p.due(policy)
			x.State = ReviewOverdue
			if end := policy.Grace.After(x.Due); x.Due != 0 && (end == 0 || end >= asOf) {
				x.State = Current
			}
		case registry.OnHold:
			x.State = OnHold
		case registry.Revoked, registry.Completed, registry.Stopped:
			x.State = Closed
		default:
			continue
		}
		if c := cmp.Compare(rank[x.State], rank[best.State]); c > 0 || c == 0 && best.at >= 0 &&
			cmp.Or(cmp.Compare(p.Created, plans[best.at].Created), strings.Compare(p.ID, plans[best.at].ID)) > 0 {
			best = x
		}
	}
	return best
}

// Planned is a person with what coverage is counted by.
type Planned struct {
	Person    string
	Plans     []CarePlan
	Registers []string
	Level     string
	Provider  string
}

// Cell is a rate under a name.
type Cell struct {
	Name string        `json:"name"`
	Rate registry.Rate `json:"rate"`
}

// Coverage counts people with a current plan. The zero value is empty; adding and merging
// are free of order. People on two registers count under both.
type Coverage struct {
	All       registry.Rate `json:"all"`    // current of everybody
	States    [5]int64      `json:"states"` // by [State]
	Registers []Cell        `json:"registers"`
	Levels    []Cell        `json:"levels"`
	Providers []Cell        `json:"providers"`
	// Of those with a current or overdue plan who were asked:
	CopyOffered registry.Rate `json:"copy_offered"`
	Understood  registry.Rate `json:"understood"`
	Involved    registry.Rate `json:"involved"`  // of those who wanted to be
	NotAsked    int64         `json:"not_asked"` // answers missing of people with a plan: copy, understood, or involvement wanted
}

// Add counts a person.
func (c *Coverage) Add(p *Planned, asOf registry.Date, policy PlanPolicy) {
	r := PlanState(p.Plans, asOf, policy)
	c.States[r.State]++
	rate := registry.Rate{Den: 1}
	if r.State == Current {
		rate.Num = 1
	}
	c.All = c.All.Add(rate)
	for i, name := range p.Registers {
		if !slices.Contains(p.Registers[:i], name) {
			c.Registers = count(c.Registers, name, rate)
		}
	}
	c.Levels = count(c.Levels, p.Level, rate)
	c.Providers = count(c.Providers, p.Provider, rate)
	if r.State != Current && r.State != ReviewOverdue {
		return
	}
	x := &p.Plans[r.at]
	ask := func(a Answer, to *registry.Rate) {
		switch a {
		case Yes:
			*to = to.Add(registry.Rate{Num: 1, Den: 1})
		case No:
			*to = to.Add(registry.Rate{Den: 1})
		default:
			c.NotAsked++
		}
	}
	ask(x.CopyOffered, &c.CopyOffered)
	ask(x.Understood, &c.Understood)
	switch x.WantedInvolved {
	case Yes:
		ask(x.Involved, &c.Involved)
	case NotAsked:
		c.NotAsked++
	}
}

// Merge takes in the counts of other people.
func (c *Coverage) Merge(o *Coverage) {
	c.All = c.All.Add(o.All)
	for i := range c.States {
		c.States[i] += o.States[i]
	}
	for _, x := range o.Registers {
		c.Registers = count(c.Registers, x.Name, x.Rate)
	}
	for _, x := range o.Levels {
		c.Levels = count(c.Levels, x.Name, x.Rate)
	}
	for _, x := range o.Providers {
		c.Providers = count(c.Providers, x.Name, x.Rate)
	}
	c.CopyOffered, c.Understood, c.Involved = c.CopyOffered.Add(o.CopyOffered), c.Understood.Add(o.Understood), c.Involved.Add(o.Involved)
	c.NotAsked += o.NotAsked
}

func count(cells []Cell, name string, r registry.Rate) []Cell {
	i, ok := slices.BinarySearchFunc(cells, name, func(c Cell, n string) int { return strings.Compare(c.Name, n) })
	if !ok {
		cells = slices.Insert(cells, i, Cell{Name: name})
	}
	cells[i].Rate = cells[i].Rate.Add(r)
	return cells
}

// Element of planned care.
type Element uint8

// The four elements of the care programme approach (KF2010:585-592).
const (
	NeedsAssessed Element = iota // within the limit
	PlanWritten                  // an active plan
	CoOrdinated                  // with a named co-ordinator
	Reviewed                     // its review not overdue
)

var elementNames = [...]string{"needs assessment", "care plan", "care co-ordinator", "regular review"}

// String gives the element in words.
func (e Element) String() string { return elementNames[min(int(e), len(elementNames)-1)] }

// MarshalText gives the element in words.
func (e Element) MarshalText() ([]byte, error) { return []byte(e.String()), nil }

// UnmarshalText reads what MarshalText gives; another text is an error that lists the words.
func (e *Element) UnmarshalText(text []byte) error { return name.Parse(e, len(elementNames), text) }

// Lacking is an element that is missing, and why.
type Lacking struct {
	Element Element `json:"element"`
	Why     string  `json:"why"`
	Plan    string  `json:"plan,omitempty"` // ID
}

// FourElements lists which of the four elements of planned care a person lacks, in their order. assessed is the
// day of the last needs assessment, 0 for none; a later one does not count.
func FourElements(plans []CarePlan, assessed, asOf registry.Date, policy PlanPolicy, buf []Lacking) []Lacking {
	out := buf[:0]
	policy = policy.withDefaults()
	switch {
	case assessed == 0 || assessed > asOf:
		out = append(out, Lacking{NeedsAssessed, "no needs assessment", ""})
	case policy.Assessment.After(assessed) < asOf:
		out = append(out, Lacking{NeedsAssessed, "the needs assessment is too old", ""})
	}
	r := PlanState(plans, asOf, policy)
	if r.State != Current && r.State != ReviewOverdue {
		why := "no care plan"
		if r.State != NoPlan {
			why = "the care plan is " + r.State.String()
		}
		return append(out, Lacking{PlanWritten, why, r.Plan}, Lacking{CoOrdinated, "no active plan names one", r.Plan}, Lacking{Reviewed, "no active plan to review", r.Plan})
	}
	if plans[r.at].CoOrdinator == "" {
		out = append(out, Lacking{CoOrdinated, "the plan names none", r.Plan})
	}
	if r.State == ReviewOverdue {
		out = append(out, Lacking{Reviewed, "the review was due " + r.Due.String(), r.Plan})
	}
	return out
}
