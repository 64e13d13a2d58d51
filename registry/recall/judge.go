package recall

import "github.com/chroniccare/chroniccare/registry"

// Gaps judges a loaded chart by every recommendation. asOf is the day of
// calculation: load the chart with [registry.Chart.LoadAsOf] of that day. through is
// the end of the reported span; a later one makes gaps prospective. The gaps come
// one for each key, in the order in which keys were first compiled, in the storage of
// buf when it is large enough. With such a buf it does not allocate, unless more than
// eight recommendations share a key.
func (p *Plan) Gaps(c *registry.Chart, ctx *Context, asOf, through registry.Date, buf []Gap) []Gap {
	out := buf[:0]
	for i := range p.recs {
		x := &p.recs[i]
		if x.slot == len(out) {
			out = append(out, Gap{})
			p.gap(x, c, ctx, asOf, through, &out[x.slot])
			out[x.slot].rec = i
			continue
		}
		var g Gap
		p.gap(x, c, ctx, asOf, through, &g)
		g.rec = i
		merge(&out[x.slot], &g)
	}
	for i := range out {
		g := &out[i]
		g.Rules = p.keys[i].of(g.members)
	}
	return out
}

// Recommendation gives the recommendation that speaks in a gap of the plan.
func (p *Plan) Recommendation(g *Gap) *Recommendation { return &p.recs[g.rec].Recommendation }

// Explain is the finding about the evidence of a gap as of a day: what closed it, or what
// came nearest.
func (p *Plan) Explain(c *registry.Chart, g *Gap, asOf registry.Date) registry.Finding {
	x := &p.recs[g.rec]
	if g.Status == ClosedGap && g.LastOn != 0 || g.Status == ProspectiveGap {
		return x.recent.Explain(c, registry.Period{Start: g.LastOn, End: g.LastOn})
	}
	return x.recent.Explain(c, x.window(g, asOf))
}

// merge puts two rules of a key together, in a: the one that is due first speaks, unless
// it does not apply, is excluded or has lapsed while the other is not.
func merge(a, b *Gap) {
	rank := func(g *Gap) int {
		switch {
		case g.Status == NotApplicable:
			return 3
		case g.Excluded:
			return 2
		case g.State == Lapsed:
			return 1
		}
		return 0
	}
	x, y := rank(a), rank(b)
	members, prompt := a.members, a.Prompt || b.Prompt
	switch {
	case x == 3 && y < 3: // a rule that does not apply is not named beside one that does
		members = b.members
	case x < 3 && y == 3:
	default:
		members |= b.members
	}
	if prompt {
		if a.Prompt {
			members |= a.members
		}
		if b.Prompt {
			members |= b.members
		}
	}
	if y < x || y == x && b.Due < a.Due {
		*a = *b
	}
	a.members, a.Prompt = members, prompt
}

// walk visits the starts of a selector's facts up to a day.
func walk(s *registry.Selector, c *registry.Chart, p registry.Period, byEnd bool, visit func(*registry.Fact, registry.Date)) {
	for w := s.Walk(c); ; {
		f := w.Next(c, p)
		if f == nil {
			return
		}
		d := f.When.Earliest().Day
		if byEnd {
			d = f.When.End.Day
		}
		if d != 0 && d <= p.End {
			visit(f, d)
		}
	}
}

func (p *Plan) gap(x *bound, c *registry.Chart, ctx *Context, asOf, through registry.Date, g *Gap) {
	*g = Gap{Key: x.Key, Rule: x.ID, Version: x.Version, Title: x.Title, Priority: x.Priority, Grade: x.Grade, Class: x.Class, Closes: x.closes, members: 1 << x.member}
	year := registry.Period{Start: asOf.AddYears(-1).AddDays(1), End: asOf}
	ever := registry.Period{End: asOf}
	if g.Why, g.Gone = gone(c.Patient, ctx, asOf); g.Gone {
		return
	}
	if !x.population.Holds(c, year) {
		g.Why = "not in the population"
		return
	}
	var t line
	t.since = x.eligible(c, ever, asOf)
	if birth := c.Patient.Birth; x.UntilAge > 0 && birth != 0 {
		t.end = birth.AddYears(x.UntilAge).AddDays(-1)
	}
	if x.Grid != nil {
		cell, ok := x.cell(c, asOf)
		if ok {
			g.Cell, g.ACRMissing, t.interval = cell.Name, cell.ACRMissing, cell.Every
			if cell.OnlyWithCKD && x.grid.register != nil && !x.grid.register.Holds(c, year) {
				g.Why = "no kidney disease by GFR, albumin or the register"
				return
			}
		}
	}
	// the last evidence now, and the last that counts for the through date
	last, lastOn := x.anchor(c, ever, &t, asOf)
	counted, countedOn := last, lastOn
	if through < asOf {
		counted, countedOn = x.anchor(c, ever, &t, through)
	}
	g.Last, g.LastOn = last, lastOn
	x.remark(ctx, asOf, g)
	if x.EachVisit {
		g.Why, g.Prompt = "asked at each visit", lastOn != asOf
		if _, kind, ok := x.excluded(c, ctx, ever, asOf, lastOn); ok {
			g.Exclusion, g.Prompt = kind.String(), false
		}
		return
	}
	g.Schedule = x.schedule(c, ever, &t, last, lastOn, asOf)
	now := x.satisfied(g.Schedule, lastOn, asOf)
	if g.Due == 0 { // a trigger that has not happened
		g.Why, g.Schedule = "nothing has made it due", Schedule{}
		return
	}
	if x.trigger != nil && g.Due != far && t.start != 0 {
		if g.Cancelled = x.cancels(c, t.start, asOf); g.Cancelled != 0 {
			g.Why, g.Schedule = "cancelled before it was due", Schedule{}
			return
		}
	}
	g.State = g.At(asOf)
	g.Late = x.trigger != nil && g.Due == far && lastOn > x.Grace.After(x.Trigger.To.After(t.start))
	then := x.satisfied(x.schedule(c, ever, &t, counted, countedOn, through), countedOn, through)

	if e, kind, ok := x.excluded(c, ctx, ever, min(asOf, through), countedOn); ok {
		g.Exclusion = kind.String()
		if e != nil && e.StaysInDenominator {
			g.OffRecall = true
		} else {
			g.Status, g.Excluded = ClosedGap, true
			g.OnRecall = kind == NoResponse || e != nil && e.KeepOnRecall
			return
		}
	}
	switch {
	case through <= asOf && then, through > asOf && now && then:
		g.Status = ClosedGap
		switch {
		case lastOn == 0: // lapsed
		case g.Late:
			g.Reasons = x.late
		default:
			g.Reasons = x.closed
		}
	case through > asOf && now:
		g.Status = ProspectiveGap
	default:
		g.Status = OpenGap
		g.Reasons = p.reasons[x.reasons(c, g, asOf)]
	}
	x.snooze(ctx, asOf, g)
}

// gone says why nobody is asked for anything any more: dead, or away.
func gone(pt *registry.Patient, ctx *Context, asOf registry.Date) (why string, is bool) {
	if d := pt.Death.Day; d != 0 && d <= asOf || d == 0 && pt.Dead {
		return "dead", true
	}
	if ctx != nil && ctx.Away != nil && ctx.Away.From <= asOf {
		return ctx.Away.Reason, true
	}
	return "", false
}

// remark notes what was remarked since the last evidence.
func (x *bound) remark(ctx *Context, asOf registry.Date, g *Gap) {
	if ctx == nil {
		return
	}
	for i := range ctx.Remarks {
		r := &ctx.Remarks[i]
		if r.Key != "" && r.Key != x.Key || r.On > asOf || r.On < g.LastOn || int(r.Kind) >= len(remarkCodes) {
			continue
		}
		g.Remarks |= 1 << r.Kind
		if quiet := r.On.AddDays(x.OrderQuietDays); r.Kind == OrderPlaced && asOf < quiet {
			g.Quiet = max(g.Quiet, quiet)
		}
	}
}

// bestFirst is the order in which reasons of an open gap are given.
var bestFirst = [...]registry.Reason{registry.ValueOutOfRange, registry.Missing, registry.InvalidAttribute, registry.CountOutOfRange, registry.DateOutOfRange, registry.NonComputable, registry.NotFound}

// window is the span in which evidence would count now.
func (x *bound) window(g *Gap, asOf registry.Date) registry.Period {
	p := registry.Period{End: asOf}
	switch {
	case x.Once, x.EachVisit, g.Status == NotApplicable:
	case x.Calendar != nil:
		p.Start = x.Calendar.Year(asOf).Start.AddMonths(-12 * (x.Calendar.Years - 1))
	case x.Season != (Season{}):
		p.Start = g.Due
	case x.trigger != nil:
		p.Start = g.Earliest
	default:
		p.Start = x.Interval.Before(asOf).AddDays(1)
	}
	return p
}

// reasons of an open gap, as a set of places in bestFirst. Facts outside the window count
// only when there are none inside.
func (x *bound) reasons(c *registry.Chart, g *Gap, asOf registry.Date) (set int) {
	window := x.window(g, asOf)
	found := x.recent.Misses(c, window)
	if rest := found &^ (1 << registry.DateOutOfRange); rest != 0 {
		found = rest
	}
	if found == 0 {
		found = 1 << registry.NotFound
		if g.LastOn != 0 { // good evidence in the window, but not after what asks for it
			found = 1 << registry.DateOutOfRange
		}
	}
	if x.ordered != nil {
		for w := x.ordered.Walk(c); ; {
			f := w.Next(c, registry.Period{End: asOf})
			if f == nil {
				break
			}
			if d := f.When.Earliest().Day; window.Contains(d) && d >= g.LastOn {
				found |= 1 << registry.Missing
			}
		}
	}
	for i, r := range bestFirst {
		if found>>r&1 == 1 {
			set |= 1 << i
		}
	}
	return set
}
