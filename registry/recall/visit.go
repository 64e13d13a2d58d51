package recall

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/registry"
)

// Item is something that is due at a visit.
type Item struct {
	Key      string
	Rules    []string
	Earliest registry.Date // first day on which it may be done
	Due      registry.Date
	Deadline registry.Date // last day on which it is in time
	Role     string        // who does it
	Minutes  int
	Tests    []Test // to be done before, with their lead
}

// Test is an examination that a visit needs beforehand.
type Test struct {
	Name     string
	LeadDays int
	Valid    registry.Date // a result stands until then: no new one is needed for a visit up to that day; 0 is none
}

// ItemOf is the item of a gap: from its earliest day until it turns overdue.
func ItemOf(g Gap, role string, minutes int, tests ...Test) Item {
	return Item{Key: g.Key, Rules: g.Rules, Earliest: g.Earliest, Due: g.Due, Deadline: g.OverdueAfter, Role: role, Minutes: minutes, Tests: tests}
}

// Placement says on which day of the allowed ones a visit is put.
type Placement uint8

// Placements.
const (
	AtDeadline Placement = iota // as late as the most urgent item allows: the fewest visits
	AtEarliestDue
	AtMonth // the first day of VisitPolicy.Month that the items allow, else the deadline
)

// VisitPolicy says how items become visits. The zero value puts each visit at the
// deadline of its most urgent item, with no limit.
type VisitPolicy struct {
	Place      Placement
	Month      int // 1 to 12, such as the month of birth
	MaxMinutes int // of one visit; 0: no limit
	// Roles present at a visit; an item of another role gets its own. nil: all.
	Roles []string
}

// Visit is one planned contact for several items.
type Visit struct {
	Day     registry.Date
	Items   []Item
	Roles   []string // sorted
	Minutes int
	Tests   []PlannedTest // by day, then name
	Apart   []Apart       // items that were open to it and could not join
}

// PlannedTest is a test with the day on which to do it.
type PlannedTest struct {
	Name string
	Day  registry.Date
}

// Apart says why an item got a visit of its own.
type Apart struct {
	Key string
	Why string
}

// ErrItem is wrapped by errors about items.
var ErrItem = errors.New("recall: item")

// MergeVisits plans the fewest visits for a person with several diseases: one
// combined visit instead of one for each. Items of one key merge first (the earliest
// due day wins), overdue items are put on asOf, then each visit takes every item
// whose days hold it. Items with an end before their start, without a key, or longer
// than a whole visit are errors, all named.
func MergeVisits(items []Item, asOf registry.Date, policy VisitPolicy) ([]Visit, error) {
	left, err := unique(items, policy)
	if err != nil {
		return nil, err
	}
	for i := range left {
		x := &left[i]
		if x.Deadline < asOf {
			x.Earliest, x.Due, x.Deadline = asOf, asOf, asOf
		}
		x.Earliest = max(x.Earliest, asOf)
		x.Due = max(x.Due, x.Earliest)
	}
	slices.SortFunc(left, func(a, b Item) int {
		return cmp.Or(cmp.Compare(a.Deadline, b.Deadline), strings.Compare(a.Key, b.Key))
	})
	var out []Visit
	for len(left) > 0 {
		v := Visit{Day: place(left, policy)}
		rest := left[:0:0]
		for _, x := range left {
			if v.Day < x.Earliest { // no deadline lies before the day: the first item has the earliest
				rest = append(rest, x)
				continue
			}
			if why := v.refuses(x, policy); why != "" {
				v.Apart = append(v.Apart, Apart{x.Key, why})
				rest = append(rest, x)
				continue
			}
			v.add(x)
		}
		if len(v.Items) == 0 { // a role that no visit has: by itself
			x := left[0]
			v.Apart = slices.DeleteFunc(v.Apart, func(a Apart) bool { return a.Key == x.Key })
			v.add(x)
			rest = left[1:]
		}
		v.finish()
		out = append(out, v)
		left = rest
	}
	slices.SortStableFunc(out, func(a, b Visit) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), strings.Compare(a.Items[0].Key, b.Items[0].Key))
	})
	return out, nil
}

func unique(items []Item, policy VisitPolicy) ([]Item, error) {
	var out []Item
	var errs []error
	for _, x := range items {
		switch {
		case x.Key == "":
			errs = append(errs, fmt.Errorf("%w: an item without a key", ErrItem))
		case x.Earliest > x.Deadline || x.Deadline == 0:
			errs = append(errs, fmt.Errorf("%w %q: from %s to %s", ErrItem, x.Key, x.Earliest, x.Deadline))
		case x.Minutes < 0 || policy.MaxMinutes > 0 && x.Minutes > policy.MaxMinutes:
			errs = append(errs, fmt.Errorf("%w %q: %d minutes", ErrItem, x.Key, x.Minutes))
		}
		x.Due = min(max(x.Due, x.Earliest), x.Deadline)
		i := slices.IndexFunc(out, func(o Item) bool { return o.Key == x.Key })
		if i < 0 {
			x.Rules = sortedUnique(slices.Clone(x.Rules))
			out = append(out, x)
			continue
		}
		rules := sortedUnique(append(slices.Clone(out[i].Rules), x.Rules...))
		if sooner(&x, &out[i]) {
			out[i] = x
		}
		out[i].Rules = rules
	}
	if policy.Place == AtMonth && (policy.Month < 1 || policy.Month > 12) {
		errs = append(errs, fmt.Errorf("%w: month %d of the policy", ErrItem, policy.Month))
	}
	return out, errors.Join(errs...)
}

// sooner orders two items of one key, so that the order of the input does not matter: the earlier
// due day, then the narrower days, then role, minutes and tests.
func sooner(a, b *Item) bool {
	return cmp.Or(cmp.Compare(a.Due, b.Due), cmp.Compare(a.Deadline, b.Deadline), cmp.Compare(b.Earliest, a.Earliest), strings.Compare(a.Role, b.Role), cmp.Compare(b.Minutes, a.Minutes),
		slices.CompareFunc(a.Tests, b.Tests, func(x, y Test) int {
			return cmp.Or(strings.Compare(x.Name, y.Name), cmp.Compare(y.LeadDays, x.LeadDays), cmp.Compare(x.Valid, y.Valid))
		})) < 0
}

// place chooses the day of the next visit within the days of the most urgent item.
func place(left []Item, policy VisitPolicy) registry.Date {
	x := left[0]
	switch policy.Place {
	case AtEarliestDue:
		return x.Due
	case AtMonth:
		for d := max(x.Earliest, registry.MinDate); d != 0 && d <= x.Deadline; {
			y, m, _ := d.YMD()
			if m == policy.Month {
				return d
			}
			d = registry.Day(y, m, 1).AddMonths(1)
		}
	}
	return x.Deadline
}

func (v *Visit) refuses(x Item, policy VisitPolicy) string {
	if policy.Roles != nil && !slices.Contains(policy.Roles, x.Role) {
		return "no " + x.Role + " is present"
	}
	if policy.MaxMinutes > 0 && v.Minutes+x.Minutes > policy.MaxMinutes {
		return fmt.Sprintf("the visit is full: %d of %d minutes", v.Minutes, policy.MaxMinutes)
	}
	return ""
}

func (v *Visit) add(x Item) {
	v.Items = append(v.Items, x)
	v.Minutes += x.Minutes
	if x.Role != "" {
		v.Roles = sortedUnique(append(v.Roles, x.Role))
	}
}

// finish plans the tests: each once, as early as the longest lead asks, unless a
// result stands until the visit.
func (v *Visit) finish() {
	lead := map[string]int{}
	var names []string
	for _, x := range v.Items {
		for _, t := range x.Tests {
			if t.Valid >= v.Day {
				continue
			}
			if old, ok := lead[t.Name]; !ok {
				names = append(names, t.Name)
				lead[t.Name] = t.LeadDays
			} else {
				lead[t.Name] = max(old, t.LeadDays)
			}
		}
	}
	for _, n := range names {
		v.Tests = append(v.Tests, PlannedTest{n, v.Day.AddDays(-lead[n])})
	}
	slices.SortFunc(v.Tests, func(a, b PlannedTest) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), strings.Compare(a.Name, b.Name))
	})
}
