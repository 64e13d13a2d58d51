package recall

import "github.com/chroniccare/chroniccare/registry"

// far stands for never.
const far = registry.MaxDate

// line is what the time line of a person hangs on.
type line struct {
	since, end registry.Date
	interval   Every         // of the kidney grid; zero: that of the recommendation
	start      registry.Date // of the trigger that counts
}

// satisfied reports whether evidence of a day keeps a gap closed on another, or nobody asks
// for it any more. After a trigger only what lies in its window counts.
func (x *bound) satisfied(s Schedule, on, t registry.Date) bool {
	if s.Latest != 0 && t > s.Latest {
		return true
	}
	return on != 0 && t < s.Due && (x.trigger == nil || s.Due == far)
}

// anchor is the last evidence up to a day. When evidence can be too early, each piece
// must lie on or after the earliest day that the one before it set.
func (x *bound) anchor(c *registry.Chart, ever registry.Period, t *line, until registry.Date) (at *registry.Fact, on registry.Date) {
	if !x.TooEarlyInvalid {
		for w := x.done.Walk(c); ; {
			f := w.Next(c, ever)
			if f == nil {
				return at, on
			}
			if d := f.When.Earliest().Day; d != 0 && d <= until && d <= ever.End && d >= on {
				at, on = f, d
			}
		}
	}
	from := x.Lead.Before(x.First.After(t.since))
	for {
		var next *registry.Fact
		var nextOn registry.Date
		for w := x.done.Walk(c); ; {
			f := w.Next(c, ever)
			if f == nil {
				break
			}
			if d := f.When.Earliest().Day; d != 0 && d <= until && d <= ever.End && d >= from && d > on && (next == nil || d < nextOn) {
				next, nextOn = f, d
			}
		}
		if next == nil {
			return at, on
		}
		at, on = next, nextOn
		from = x.Lead.Before(x.every(c, ever, t, at).After(on))
	}
}

// every is the interval that follows a piece of evidence.
func (x *bound) every(c *registry.Chart, ever registry.Period, t *line, f *registry.Fact) Every {
	if !t.interval.IsZero() {
		return t.interval
	}
	for i, s := range x.steps {
		if f != nil && holdsFact(s, c, ever, f) {
			return x.Steps[i].Every
		}
	}
	return x.Interval
}

// eligible is the day on which the person became so.
func (x *bound) eligible(c *registry.Chart, ever registry.Period, asOf registry.Date) registry.Date {
	var since registry.Date
	if x.since != nil {
		walk(x.since, c, ever, false, func(_ *registry.Fact, d registry.Date) { since = earliest(since, d) })
	}
	if since == 0 && x.since == nil && c.Patient.Birth != 0 {
		since = c.Patient.Birth.AddYears(x.SinceAge)
	}
	if since == 0 {
		since = asOf
	}
	return since
}

// schedule is the time line from evidence, by the kind of the recommendation.
func (x *bound) schedule(c *registry.Chart, ever registry.Period, l *line, f *registry.Fact, on, t registry.Date) Schedule {
	never := Schedule{Earliest: far, Due: far, OverdueAfter: far, Latest: l.end}
	switch {
	case x.Once:
		if on != 0 {
			return never
		}
		return x.Timing.Schedule(l.since, 0, l.end)
	case x.Calendar != nil:
		return x.Calendar.Schedule(x.Timing, l.since, on, l.end)
	case x.Season != (Season{}):
		p := x.Season.On(t)
		if l.since > p.End {
			p = x.Season.On(l.since)
		}
		if p.Contains(on) {
			p = x.Season.On(p.End.AddDays(1))
		}
		return Schedule{Earliest: x.Lead.Before(p.Start), Due: p.Start, OverdueAfter: x.Grace.After(p.End), Latest: l.end}
	case x.trigger != nil:
		l.start = x.triggered(c, min(ever.End, t), on)
		if l.start == 0 {
			return Schedule{}
		}
		from, to := x.Trigger.From.After(l.start), x.Trigger.To.After(l.start)
		if on >= from && on != 0 {
			return never
		}
		return Schedule{Earliest: from, Due: to, OverdueAfter: x.Grace.After(to), Latest: l.end}
	}
	timing := x.Timing
	timing.Interval = x.every(c, ever, l, f)
	return timing.Schedule(l.since, on, l.end)
}

// triggered is the day of the trigger that counts: the latest, or with KeepBoth the first
// whose window has no evidence.
func (x *bound) triggered(c *registry.Chart, until, on registry.Date) (start registry.Date) {
	waiting := false
	for w := x.trigger.Walk(c); ; {
		f := w.Next(c, registry.Period{End: until})
		if f == nil {
			return start
		}
		d := f.When.Earliest().Day
		if x.Trigger.ByEnd {
			d = f.When.End.Day
		}
		if d == 0 || d > until {
			continue
		}
		open := x.Trigger.KeepBoth && (on == 0 || on < x.Trigger.From.After(d))
		switch {
		case open && (!waiting || d < start):
			start, waiting = d, true
		case !waiting:
			start = max(start, d)
		}
	}
}

// cancels is the day of the first fact that ends the asking before the window does; 0 when
// there is none.
func (x *bound) cancels(c *registry.Chart, start, asOf registry.Date) (on registry.Date) {
	to := x.Trigger.To.After(start)
	look := func(s *registry.Selector, stays bool) {
		for w := s.Walk(c); ; {
			f := w.Next(c, registry.Period{End: asOf})
			if f == nil {
				return
			}
			d := f.When.Earliest().Day
			if d < start || d > to || d > asOf || stays && f.When.End.Recorded() && f.When.End.Day <= asOf || !stays && d == start {
				continue
			}
			on = earliest(on, d)
		}
	}
	if x.Trigger.ByEnd {
		look(x.trigger, true)
	}
	if x.cancel != nil {
		look(x.cancel, false)
	}
	return on
}

func holdsFact(s *registry.Selector, c *registry.Chart, p registry.Period, f *registry.Fact) (found bool) {
	for w := s.Walk(c); ; {
		g := w.Next(c, p)
		if g == nil || g == f {
			return g != nil
		}
	}
}
