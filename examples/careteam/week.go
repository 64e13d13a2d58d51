package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/caremodel/delivery"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/recall"
)

// team is who is there next week, and for how long.
func team() []delivery.Role {
	return []delivery.Role{
		{Name: clerk, Minutes: 2 * 1500, Cost: 1},
		{Name: educator, Minutes: 900, Cost: 2, Licences: []string{"education"}},
		{Name: nurse, Minutes: 3 * 1500, Cost: 3, Licences: []string{"nursing"}},
		{Name: caseManager, Minutes: 1500, Cost: 3, Licences: []string{"nursing"}},
		{Name: physician, Minutes: 5 * 240, Cost: 8, Licences: []string{"nursing", "medicine"}},
	}
}

// licence that the care of a role needs.
var licence = map[string]string{educator: "education", nurse: "nursing", caseManager: "nursing", physician: "medicine"}

// booked is a visit of next week.
type booked struct {
	x     *seen
	visit recall.Visit
	late  int // days overdue of the most urgent item
}

type week struct {
	from, to registry.Date
	booked   []booked // by level, then the longest overdue
	waiting  int      // people with care due for whom the week has no room
	work     delivery.Distribution
	calls    int // recalls of the day
	records  int // data tasks of the week
}

// testLead is how many days before a visit its tests are done: on the Friday before a
// Monday.
const testLead = 3

// monday is the first one for which tests can still be done; 0 when the calendar ends
// before.
func (r *practice) monday() registry.Date {
	d := r.asOf.AddDays(testLead)
	for d.Recorded() && d.Weekday() != 1 {
		d = d.AddDays(1)
	}
	return d
}

// week makes next week's list: everybody with care due gets one visit for all of it, the
// highest level and the longest overdue first, as long as the roles have time. What is
// left of the clerks' time goes to calls and missing data.
func (r *practice) week() (*week, error) {
	w := &week{from: r.monday()}
	if w.to = w.from.AddDays(4); !w.to.Recorded() {
		return nil, fmt.Errorf("no week of work after %s", r.asOf)
	}
	var all []booked
	for i := range r.people {
		x := &r.people[i]
		var items []recall.Item
		late := 0
		for n := range x.gaps {
			g := &x.gaps[n]
			if d, ok := duties[g.Key]; ok && (g.Open(r.asOf) || g.Status != recall.NotApplicable && !g.Excluded && g.Due > r.asOf && g.Due <= w.to) {
				items = append(items, item(g, d, r.asOf))
				late = max(late, g.DaysOverdue(r.asOf))
			}
		}
		if len(items) == 0 || !x.present(r.asOf) || x.declined {
			continue
		}
		visits, err := mergeVisits(items, w.from, recall.VisitPolicy{Place: recall.AtEarliestDue})
		if err != nil {
			return nil, err
		}
		all = append(all, booked{x, visits[0], late})
	}
	slices.SortFunc(all, func(a, b booked) int {
		return cmp.Or(cmp.Compare(a.x.level, b.x.level), cmp.Compare(b.late, a.late), strings.Compare(a.x.ID, b.x.ID))
	})
	left := map[string]int{}
	for _, role := range team() {
		left[role.Name] = int(role.Minutes)
	}
	left[clerk] /= 2 // the other half is for calls and data
	var tasks []delivery.Task
	for _, b := range all {
		need := map[string]int{}
		fits := true
		for _, it := range b.visit.Items {
			need[it.Role] += it.Minutes
			fits = fits && need[it.Role] <= left[it.Role]
		}
		if !fits {
			w.waiting++
			continue
		}
		for _, it := range b.visit.Items {
			left[it.Role] -= it.Minutes
			tasks = append(tasks, delivery.Task{ID: b.x.ID + " " + it.Key, Minutes: int64(it.Minutes), Roles: []string{it.Role}, Licence: licence[it.Role]})
		}
		w.booked = append(w.booked, b)
	}
	spare := left[clerk] + 1500
	for _, c := range r.due.Recalls {
		if spare < 3 {
			break
		}
		spare -= 3
		w.calls++
		tasks = append(tasks, delivery.Task{ID: c.Person + " invitation", Minutes: 3, Roles: []string{clerk}})
	}
	for _, t := range r.data {
		if t.Role != clerk || spare < 2 {
			continue
		}
		spare -= 2
		w.records++
		tasks = append(tasks, delivery.Task{ID: fmt.Sprintf("%s record: %s", t.Person, t.Item), Minutes: 2, Roles: []string{clerk}})
	}
	var err error
	w.work, err = delivery.Distribute(tasks, team())
	return w, err
}

func item(g *recall.Gap, d duty, asOf registry.Date) recall.Item {
	var tests []recall.Test
	for _, t := range d.tests {
		tests = append(tests, recall.Test{Name: t, LeadDays: testLead})
	}
	it := recall.ItemOf(*g, d.role, d.minutes, tests...)
	it.Deadline = max(it.Deadline, it.Earliest)
	if day := workday(it.Deadline); day >= it.Earliest {
		it.Deadline = day
	} else { // the window is a weekend: the Monday after
		it.Deadline = cmp.Or(day.AddDays(3), it.Deadline)
	}
	return it
}

// workday is the day, or the Friday before a weekend. Holidays are not known.
func workday(d registry.Date) registry.Date {
	for d.Weekday() == 0 || d.Weekday() == 6 {
		d = d.AddDays(-1)
	}
	return d
}

// mergeVisits puts the tests before visits on working days too.
func mergeVisits(items []recall.Item, from registry.Date, policy recall.VisitPolicy) ([]recall.Visit, error) {
	visits, err := recall.MergeVisits(items, from, policy)
	for i := range visits {
		for n := range visits[i].Tests {
			t := &visits[i].Tests[n]
			t.Day = workday(t.Day)
		}
	}
	return visits, err
}
