package register

import (
	"slices"

	"github.com/chroniccare/chroniccare/registry"
)

// shift is how a bound moves with the end of the period: months, then days.
type shift struct{ months, days int }

func (s shift) of(t registry.Date) registry.Date {
	if s.months != 0 {
		t = t.AddMonths(s.months)
	}
	return t.AddDays(s.days)
}

// reach is the first t whose shifted day is x or later; 0 outside the calendar.
func (s shift) reach(x registry.Date) registry.Date {
	t := x.AddDays(-s.days)
	if s.months != 0 {
		t = t.AddMonths(-s.months)
	}
	for t > registry.MinDate && s.of(t-1) >= x {
		t--
	}
	for t != 0 && s.of(t) != 0 && s.of(t) < x {
		t = t.AddDays(1)
	}
	return t
}

// age is a birthday on which an answer may change.
type age struct {
	n      int
	months bool
	at     shift
}

// shiftOf finds how a bound hangs on the end of the period; false when no single
// step of months and days says it.
func shiftOf(b registry.Bound) (shift, bool) {
	year := func(t registry.Date) registry.Period {
		return registry.Period{Start: t.AddYears(-1).AddDays(1), End: t}
	}
	probe := registry.Day(2023, 6, 15)
	r, ok := b.Resolve(year(probe))
	if !ok {
		return shift{}, false
	}
	m := registry.CalendarMonths(probe, r)
next:
	for _, m := range []int{0, m, m + 1, m - 1} {
		s := shift{m, int(r - probe.AddMonths(m))}
		for t := registry.Day(2020, 1, 1); t <= registry.Day(2024, 12, 31); t++ {
			if x, _ := b.Resolve(year(t)); x != s.of(t) {
				continue next
			}
		}
		return s, true
	}
	return shift{}, false
}

// moves gathers what can change an answer; false when the days of change can't be
// told from it.
func (o *bound) moves(b *registry.Binder, d registry.Definition) bool {
	if len(o.shifts) == 0 {
		o.shifts = append(o.shifts, shift{})
	}
	told := true
	registry.Inspect(d, func(n any) bool {
		switch n := n.(type) {
		case registry.All, registry.Any, registry.Not, registry.Named, registry.Exists, registry.Count, registry.The, registry.Given, registry.Is,
			registry.SupplyDays, registry.Rule, registry.SexIs, registry.SexCodeIs, registry.DiedBy:
		case registry.AgeAt:
			told = o.ageAt(n) && told
		case Cascade:
			for _, s := range n {
				if s.When != nil {
					told = o.moves(b, s.When) && told
				}
			}
		case Chart:
			told = o.moves(b, n.definition()) && told
		case registry.Definition: // covered days, enrolment, what is not known here
			told = false
		default:
			told = o.visit(b, n) && told
		}
		return true
	})
	return told
}

// visit notes what a query reads and how a window moves.
func (o *bound) visit(b *registry.Binder, n any) bool {
	switch n := n.(type) {
	case registry.Query:
		key := registry.Query{Kind: n.Kind, Sets: n.Sets, Codes: n.Codes}.String()
		if slices.Contains(o.keys, key) {
			break
		}
		o.keys = append(o.keys, key)
		for _, negated := range []bool{false, true} {
			o.reads = append(o.reads, b.Select(registry.Query{As: "a fact", Kind: n.Kind, Sets: n.Sets, Codes: n.Codes, Negated: negated}, func() {}))
		}
	case registry.Window:
		for _, x := range []registry.Bound{n.From, n.To} {
			if _, hangs := x.Resolve(registry.CalendarYear(2023)); !hangs {
				continue
			}
			s, ok := shiftOf(x)
			if !ok {
				o.Daily = true
				continue
			}
			if !slices.Contains(o.shifts, s) {
				o.shifts = append(o.shifts, s)
			}
		}
	}
	return true
}

func (o *bound) ageAt(d registry.AgeAt) bool {
	if _, hangs := d.At.Resolve(registry.CalendarYear(2023)); !hangs {
		return true // at a fact or at birth
	}
	s, ok := shiftOf(d.At)
	if !ok {
		return false
	}
	if d.Min > 0 {
		o.ages = append(o.ages, age{d.Min, d.Months, s})
	}
	if d.Max > 0 {
		o.ages = append(o.ages, age{d.Max + 1, d.Months, s})
	}
	return true
}

// days fills buf with the days in [from, to] on which the answer may differ from
// that of the day before, from itself among them, in order and each once.
func (o *bound) days(c *registry.Chart, policy Policy, away []Departure, from, to registry.Date, buf []registry.Date) []registry.Date {
	buf = append(buf[:0], from)
	if o.Daily {
		if from == registry.MinDate { // no birth: nothing happens before the first fact
			from = earliest(c.Patient, to)
		}
		for t := from + 1; t <= to; t++ {
			buf = append(buf, t)
		}
		return buf
	}
	add := func(t registry.Date) {
		if t > from && t <= to {
			buf = append(buf, t)
		}
	}
	mark := func(x registry.Date) {
		if x == 0 {
			return
		}
		for _, s := range o.shifts {
			if s == (shift{}) {
				add(x)
				add(x + 1)
				continue
			}
			add(s.reach(x))
			add(s.reach(x.AddDays(1)))
		}
	}
	all := registry.Period{End: to}
	for _, s := range o.reads {
		for w := s.Walk(c); ; {
			f := w.Next(c, all)
			if f == nil {
				break
			}
			mark(f.When.Start.Day)
			if f.When.End.Day != f.When.Start.Day {
				mark(f.When.End.Day)
			}
			if f.Authored.Day != f.When.Start.Day {
				mark(f.Authored.Day)
			}
			mark(f.LastSeen.Day)
			if f.Supply != nil {
				if p, ok := f.Supply.Covered(); ok {
					mark(p.Start)
					mark(p.End)
				}
				mark(f.Supply.Bounds.Start.Day)
				mark(f.Supply.Bounds.End.Day)
			}
		}
	}
	pt := c.Patient
	if pt.Birth > 0 {
		add(pt.Birth)
		for _, a := range o.ages {
			d := pt.Birth.AddMonths(a.n)
			if !a.months {
				d = pt.Birth.AddYears(a.n)
				for d != 0 && registry.Age(pt.Birth, d) < a.n { // 29 February
					d = d.AddDays(1)
				}
			}
			if d != 0 {
				add(a.at.reach(d))
			}
		}
	}
	mark(pt.Death.Day)
	add(policy.gone(pt))
	for _, a := range away {
		add(a.From)
		add(a.Back)
	}
	slices.Sort(buf)
	return slices.Compact(buf)
}

// earliest is the day before the first date of a record, at most to.
func earliest(pt *registry.Patient, to registry.Date) registry.Date {
	first := to
	for i := range pt.Facts {
		f := &pt.Facts[i]
		for _, d := range [...]registry.Date{f.When.Start.Day, f.When.End.Day, f.Authored.Day} {
			if d > registry.MinDate && d <= first {
				first = d - 1
			}
		}
	}
	return first
}
