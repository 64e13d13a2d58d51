package delivery

import (
	"cmp"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/caremodel/selfmanagement"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/recall"
)

// Origin says where an item of a visit comes from.
type Origin string

// Origins.
const (
	FromGap     Origin = "gap"
	FromAgenda  Origin = "agenda" // the person's own problems, and the team's
	FromGoal    Origin = "goal"
	FromAlert   Origin = "alert"
	CarriedOver Origin = "carried over"
)

// VisitItem is something to be done at a visit.
type VisitItem struct {
	Key     string   `json:"key"`
	From    Origin   `json:"from"`
	Role    string   `json:"role,omitempty"`
	Minutes int      `json:"minutes,omitempty"`
	Rules   []string `json:"rules,omitempty"`   // of gaps and alerts: what asks for it
	Patient bool     `json:"patient,omitempty"` // raised by the person
}

// PlannedVisit is a visit that is prepared: what is on the agenda, in its order, who takes
// part, what is needed before and at it.
type PlannedVisit struct {
	Person    string               `json:"person"`
	Day       registry.Date        `json:"day"`
	Time      registry.Clock       `json:"time,omitempty"`
	Items     []VisitItem          `json:"items"`
	Tests     []recall.PlannedTest `json:"tests,omitempty"`
	Roles     []string             `json:"roles,omitempty"` // sorted
	Minutes   int                  `json:"minutes"`
	Materials []string             `json:"materials,omitempty"`
}

// Preparation is what goes into a visit besides the merged recall.
type Preparation struct {
	Agenda    []selfmanagement.AgendaItem `json:"agenda,omitempty"`
	Goals     []selfmanagement.Goal       `json:"goals,omitempty"`      // in force
	Alerts    []selfmanagement.Alert      `json:"alerts,omitempty"`     // open
	CarryOver []VisitItem                 `json:"carry_over,omitempty"` // unfinished at the last visit
	Materials []string                    `json:"materials,omitempty"`
}

// PlanVisit prepares a merged visit of [recall.MergeVisits]. Its agenda has what cannot wait
// first: alerts that ask for contact on the same or the next day, and urgent items of
// [selfmanagement.Agenda]. Then come the person's own problems, those the last visit left
// after the new ones: nothing of the team's that can wait stands before them. After them
// come the team's items, the other alerts, goals in force by priority, the gaps in care of
// the recall, and what else the last visit left. Alerts are ordered by action, rule and
// signal. Each key is there once, at its first place; a later one adds its rules, role and
// minutes.
func PlanVisit(person string, v recall.Visit, p Preparation) PlannedVisit {
	out := PlannedVisit{Person: person, Day: v.Day, Tests: slices.Clone(v.Tests), Materials: slices.Clone(p.Materials)}
	alerts := slices.Clone(p.Alerts)
	slices.SortFunc(alerts, func(a, b selfmanagement.Alert) int {
		return cmp.Or(cmp.Compare(a.Action, b.Action), strings.Compare(a.Rule, b.Rule), strings.Compare(a.Signal, b.Signal))
	})
	now := 0
	for ; now < len(alerts) && alerts[now].Action <= selfmanagement.ContactNextDay; now++ {
		out.alert(alerts[now])
	}
	for place := range 3 {
		for _, a := range p.Agenda {
			if a.Place() == place {
				out.add(VisitItem{Key: a.Key, From: FromAgenda, Patient: a.Patient})
			}
		}
		if place == 1 {
			out.carry(p.CarryOver, true)
		}
	}
	for _, a := range alerts[now:] {
		out.alert(a)
	}
	goals := slices.Clone(p.Goals)
	slices.SortFunc(goals, func(a, b selfmanagement.Goal) int {
		rank := func(g selfmanagement.Goal) int { return cmp.Or(g.Priority, 1<<30) }
		return cmp.Or(cmp.Compare(rank(a), rank(b)), strings.Compare(a.ID, b.ID))
	})
	for _, g := range goals {
		if s, _ := g.History.At(v.Day); s.Counts() {
			out.add(VisitItem{Key: g.Measure, From: FromGoal, Rules: []string{g.ID}})
		}
	}
	for _, i := range v.Items {
		out.add(VisitItem{Key: i.Key, From: FromGap, Role: i.Role, Minutes: i.Minutes, Rules: i.Rules})
	}
	out.carry(p.CarryOver, false)
	return out
}

func (v *PlannedVisit) alert(a selfmanagement.Alert) {
	v.add(VisitItem{Key: a.Signal, From: FromAlert, Rules: []string{a.Rule}})
}

// carry adds what the last visit left, of the person's own problems or of the rest.
func (v *PlannedVisit) carry(left []VisitItem, patient bool) {
	for _, i := range left {
		if i.Patient == patient {
			i.From = CarriedOver
			v.add(i)
		}
	}
}

func (v *PlannedVisit) add(x VisitItem) {
	k := slices.IndexFunc(v.Items, func(o VisitItem) bool { return o.Key == x.Key })
	if k < 0 {
		x.Rules = slices.Clone(x.Rules)
		k = len(v.Items)
		v.Items = append(v.Items, x)
		v.Minutes += x.Minutes
	} else {
		o := &v.Items[k]
		for _, r := range x.Rules {
			if !slices.Contains(o.Rules, r) {
				o.Rules = append(o.Rules, r)
			}
		}
		o.Role = cmp.Or(o.Role, x.Role)
		o.Patient = o.Patient || x.Patient
		if x.Minutes > o.Minutes {
			v.Minutes += x.Minutes - o.Minutes
			o.Minutes = x.Minutes
		}
	}
	if r := v.Items[k].Role; r != "" && !slices.Contains(v.Roles, r) {
		v.Roles = append(v.Roles, r)
		slices.Sort(v.Roles)
	}
}

// Huddle lists the visits of a day for the team's morning meeting: by time (those without
// one last), the longest first, then by person.
func Huddle(visits []PlannedVisit, day registry.Date) []PlannedVisit {
	var out []PlannedVisit
	for _, v := range visits {
		if v.Day == day {
			out = append(out, v)
		}
	}
	slices.SortFunc(out, func(a, b PlannedVisit) int {
		late := func(v PlannedVisit) registry.Clock {
			if v.Time == 0 {
				return registry.DayEnd + 1
			}
			return v.Time
		}
		return cmp.Or(cmp.Compare(late(a), late(b)), cmp.Compare(b.Minutes, a.Minutes), strings.Compare(a.Person, b.Person))
	})
	return out
}

// Completion is what was done of what was planned.
type Completion struct {
	Done      registry.Rate `json:"done"` // of the planned items; over 0 when none was planned
	Left      []VisitItem   `json:"left,omitempty"`
	Unplanned []string      `json:"unplanned,omitempty"` // done without having been planned, sorted
}

// Complete compares a visit with the keys of what was done at it. What is left goes to the
// next visit, as [Preparation.CarryOver].
func (v *PlannedVisit) Complete(done []string) Completion {
	c := Completion{Done: registry.Rate{Den: int64(len(v.Items))}}
	for _, x := range v.Items {
		if slices.Contains(done, x.Key) {
			c.Done.Num++
		} else {
			c.Left = append(c.Left, x)
		}
	}
	for _, d := range done {
		if !slices.ContainsFunc(v.Items, func(x VisitItem) bool { return x.Key == d }) && !slices.Contains(c.Unplanned, d) {
			c.Unplanned = append(c.Unplanned, d)
		}
	}
	slices.Sort(c.Unplanned)
	return c
}

// Missed is the contact that a person who did not attend leaves on the ladder of
// invitations: [recall.Ladder.State] goes on with the next step. Everything planned is
// left.
func (v *PlannedVisit) Missed(channel string) (recall.Contact, Completion) {
	return recall.Contact{On: v.Day, Channel: channel, Outcome: recall.MissedAppointment}, v.Complete(nil)
}
