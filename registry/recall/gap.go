package recall

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/registry"
)

// Status of a gap in care (HL7 Da Vinci DEQM, gaps in care).
type Status uint8

// Statuses.
const (
	NotApplicable  Status = iota // not in the population: no score may be reported with it
	ClosedGap                    // nothing is missing at the through date, or the person is excluded
	OpenGap                      // care is due and not shown
	ProspectiveGap               // satisfied today, but no longer at a through date in the future
)

var statusCodes = [...]string{"not-applicable", "closed-gap", "open-gap", "prospective-gap"}

// String gives the DEQM code.
func (s Status) String() string { return statusCodes[min(int(s), len(statusCodes)-1)] }

// MarshalText gives the DEQM code.
func (s Status) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// Note is what the record of facts does not say about one person and key: a dated
// exclusion, or a gap put aside. An empty Key is about all keys.
type Note struct {
	Key    string
	Kind   ExclusionKind
	From   registry.Date
	Until  registry.Date // exclusions: the last day, 0 for good; snoozes: hidden before this day
	Snooze bool          // hides the gap from worklists, and changes neither status nor dates
	Reason string        // mandatory for a snooze
	// PersistWhenOverdue keeps a snooze although the gap is overdue by then.
	PersistWhenOverdue bool
}

// Away says that a person is no longer the practice's to call.
type Away struct {
	From   registry.Date
	Reason string // transferred, opted out, merged into another record
}

// Context is what is known of a person beside the facts.
type Context struct {
	Notes []Note
	Away  *Away
}

// Gap is what stands between a person and one recommended item of care.
type Gap struct {
	Key       string            `json:"key"`
	Rules     []string          `json:"rules"` // IDs of the recommendations that merged, sorted
	Title     string            `json:"title"`
	Status    Status            `json:"status"`
	State     State             `json:"-"`
	Reasons   []registry.Reason `json:"reasons,omitempty"` // best first
	Schedule                    // of the rule that is due first
	Last      *registry.Fact    `json:"-"` // the evidence that the schedule starts from
	LastOn    registry.Date     `json:"last"`
	Excluded  bool              `json:"excluded,omitempty"`
	Exclusion string            `json:"exclusion,omitempty"`
	OnRecall  bool              `json:"on_recall,omitempty"` // excluded, yet to be called
	Hidden    registry.Date     `json:"hidden,omitempty"`    // snoozed until then
	Priority  int               `json:"priority"`
	Why       string            `json:"why,omitempty"` // of a gap that does not apply
	Class     PromptClass       `json:"-"`

	rec int
}

// Open reports whether the gap belongs on a worklist on a day: open, and not put
// aside. Excluded people who stay on recall belong on it too.
func (g *Gap) Open(t registry.Date) bool {
	return (g.Status == OpenGap || g.OnRecall && g.State >= Due && g.State != Lapsed) && t >= g.Hidden
}

// Gaps judges a loaded chart by every recommendation. asOf is the day of
// calculation: load the chart with [registry.Chart.LoadAsOf] of that day. through is
// the end of the reported span; a later one makes gaps prospective. The gaps come
// one for each key, in the order in which keys were first compiled, in the storage of
// buf when it is large enough.
func (p *Plan) Gaps(c *registry.Chart, ctx *Context, asOf, through registry.Date, buf []Gap) []Gap {
	out := buf[:0]
	for i := range p.recs {
		g := p.recs[i].gap(c, ctx, asOf, through)
		g.rec = i
		at := slices.IndexFunc(out, func(o Gap) bool { return o.Key == g.Key })
		if at < 0 {
			out = append(out, g)
			continue
		}
		out[at] = merge(out[at], g)
	}
	return out
}

// merge puts two rules of a key together: the one that is due first speaks, unless
// it does not apply, or is excluded while the other is not.
func merge(a, b Gap) Gap {
	rank := func(g *Gap) int {
		switch {
		case g.Status == NotApplicable:
			return 2
		case g.Excluded:
			return 1
		}
		return 0
	}
	first, second := a, b
	if x, y := rank(&a), rank(&b); y < x || y == x && b.Due < a.Due {
		first, second = b, a
	}
	if second.Status != NotApplicable || first.Status == NotApplicable {
		first.Rules = sortedUnique(append(slices.Clone(first.Rules), second.Rules...))
	}
	return first
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

func (x *bound) gap(c *registry.Chart, ctx *Context, asOf, through registry.Date) Gap {
	g := Gap{Key: x.Key, Rules: x.rules, Title: x.Title, Priority: x.Priority, Class: x.Class}
	year := registry.Period{Start: asOf.AddYears(-1).AddDays(1), End: asOf}
	ever := registry.Period{End: asOf}
	pt := c.Patient
	switch {
	case pt.Dead && (pt.Death.Day == 0 || pt.Death.Day <= asOf), pt.Death.Day != 0 && pt.Death.Day <= asOf:
		g.Why = "dead"
	case ctx != nil && ctx.Away != nil && ctx.Away.From <= asOf:
		g.Why = ctx.Away.Reason
	case !x.population.Holds(c, year):
		g.Why = "not in the population"
	}
	if g.Why != "" {
		return g
	}

	// the last evidence now, and the last that counts for the through date
	var last, counted *registry.Fact
	var lastOn, countedOn registry.Date
	walk(x.done, c, ever, false, func(f *registry.Fact, d registry.Date) {
		if d >= lastOn {
			last, lastOn = f, d
		}
		if d <= through && d >= countedOn {
			counted, countedOn = f, d
		}
	})
	g.Last, g.LastOn = last, lastOn
	var end registry.Date
	if x.UntilAge > 0 && pt.Birth != 0 {
		end = pt.Birth.AddYears(x.UntilAge).AddDays(-1)
	}
	since := x.eligible(c, ever, asOf)

	satisfied := func(t registry.Date, f *registry.Fact, on registry.Date) (Schedule, bool) {
		s := x.schedule(c, ever, since, f, on, end, t)
		return s, t < s.Due || s.Latest != 0 && t > s.Latest
	}
	var now bool
	g.Schedule, now = satisfied(asOf, last, lastOn)
	if g.Due == 0 { // a trigger that has not happened
		g.Why, g.Schedule = "nothing has made it due", Schedule{}
		return g
	}
	g.State = g.At(asOf)
	_, then := satisfied(through, counted, countedOn)

	if kind, ok := x.excluded(c, ctx, ever, min(asOf, through), countedOn); ok {
		g.Status, g.Excluded, g.Exclusion = ClosedGap, true, kind.String()
		g.OnRecall = kind == NoResponse
		return g
	}
	switch {
	case through <= asOf && then, through > asOf && now && then:
		g.Status = ClosedGap
		if lastOn != 0 { // otherwise nothing is due yet
			g.Reasons = x.closed
		}
	case through > asOf && now:
		g.Status = ProspectiveGap
	default:
		g.Status = OpenGap
		g.Reasons = x.reasons(c, &g, ever)
	}
	x.snooze(ctx, asOf, &g)
	return g
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
func (x *bound) schedule(c *registry.Chart, ever registry.Period, since registry.Date, f *registry.Fact, on, end, t registry.Date) Schedule {
	far := registry.Day(9999, 12, 31)
	switch {
	case x.Once:
		if on != 0 {
			return Schedule{Earliest: far, Due: far, OverdueAfter: far, Latest: end}
		}
		return x.Timing.Schedule(since, 0, end)
	case x.Season != (Season{}):
		p := x.Season.On(t)
		if since > p.End {
			p = x.Season.On(since)
		}
		if p.Contains(on) {
			p = x.Season.On(p.End.AddDays(1))
		}
		return Schedule{Earliest: x.Lead.Before(p.Start), Due: p.Start, OverdueAfter: x.Grace.After(p.End), Latest: end}
	case x.trigger != nil:
		var start registry.Date
		walk(x.trigger, c, registry.Period{End: min(ever.End, t)}, x.Trigger.ByEnd, func(_ *registry.Fact, d registry.Date) { start = max(start, d) })
		if start == 0 {
			return Schedule{}
		}
		from, to := x.Trigger.From.After(start), x.Trigger.To.After(start)
		if on >= from && on != 0 {
			return Schedule{Earliest: far, Due: far, OverdueAfter: far, Latest: end}
		}
		return Schedule{Earliest: from, Due: to, OverdueAfter: x.Grace.After(to), Latest: end}
	}
	timing := x.Timing
	for i, s := range x.steps {
		if f != nil && holdsFact(s, c, ever, f) {
			timing.Interval = x.Steps[i].Every
			break
		}
	}
	return timing.Schedule(since, on, end)
}

func holdsFact(s *registry.Selector, c *registry.Chart, p registry.Period, f *registry.Fact) (found bool) {
	for w := s.Walk(c); ; {
		g := w.Next(c, p)
		if g == nil || g == f {
			return g != nil
		}
	}
}

// excluded finds an exclusion that stands at a day. Good evidence on or after the
// day of a decline beats the decline.
func (x *bound) excluded(c *registry.Chart, ctx *Context, ever registry.Period, t, evidence registry.Date) (ExclusionKind, bool) {
	beaten := func(kind ExclusionKind, from registry.Date) bool {
		return (kind == Declined || kind == NoResponse) && evidence != 0 && evidence >= from
	}
	for i, e := range x.Exclusions {
		found := false
		walk(x.exclusions[i], c, ever, false, func(_ *registry.Fact, d registry.Date) {
			if d <= t && (e.For.IsZero() || t < e.For.After(d)) && !beaten(e.Kind, d) {
				found = true
			}
		})
		if found {
			return e.Kind, true
		}
	}
	if ctx != nil {
		for _, n := range ctx.Notes {
			if !n.Snooze && (n.Key == "" || n.Key == x.Key) && n.From <= t && (n.Until == 0 || t <= n.Until) && !beaten(n.Kind, n.From) {
				return n.Kind, true
			}
		}
	}
	return 0, false
}

// bestFirst is the order in which reasons of an open gap are given.
var bestFirst = [...]registry.Reason{registry.ValueOutOfRange, registry.Missing, registry.InvalidAttribute, registry.CountOutOfRange, registry.DateOutOfRange, registry.NonComputable, registry.NotFound}

// reasons of an open gap, best first.
func (x *bound) reasons(c *registry.Chart, g *Gap, ever registry.Period) []registry.Reason {
	window := registry.Period{End: ever.End}
	switch {
	case x.Once:
	case x.Season != (Season{}):
		window.Start = g.Due
	case x.trigger != nil:
		window.Start = g.Earliest
	default:
		window.Start = x.Interval.Before(ever.End).AddDays(1)
	}
	found := x.recent.Explain(c, window).Reason
	missing := false
	if x.ordered != nil {
		walk(x.ordered, c, ever, false, func(_ *registry.Fact, d registry.Date) { missing = missing || window.Contains(d) && d >= g.LastOn })
	}
	var out []registry.Reason
	for _, r := range bestFirst {
		if r == found || missing && r == registry.Missing {
			out = append(out, r)
		}
	}
	return out
}

// snooze hides a gap until a day; it lapses when the gap is overdue.
func (x *bound) snooze(ctx *Context, asOf registry.Date, g *Gap) {
	if ctx == nil {
		return
	}
	for _, n := range ctx.Notes {
		if n.Snooze && n.Reason != "" && (n.Key == "" || n.Key == x.Key) && n.From <= asOf && asOf < n.Until && (g.State < Overdue || n.PersistWhenOverdue) {
			g.Hidden = max(g.Hidden, n.Until)
		}
	}
}

// Upcoming keeps the gaps that need planning on a day: those open, and those whose
// due day lies within the days ahead. What is hidden stays out. The order is that of
// [ByUrgency].
func Upcoming(gaps []Gap, asOf registry.Date, days int) []Gap {
	var out []Gap
	for _, g := range gaps {
		if g.Open(asOf) || g.Status != NotApplicable && !g.Excluded && g.State < Due && g.Due <= asOf.AddDays(days) && asOf >= g.Hidden {
			out = append(out, g)
		}
	}
	slices.SortStableFunc(out, ByUrgency)
	return out
}

// ByUrgency puts overdue gaps first, then by priority, due day and key.
func ByUrgency(a, b Gap) int {
	late := func(g *Gap) int {
		if g.State == Overdue {
			return 0
		}
		return 1
	}
	rank := func(g *Gap) int {
		if g.Priority == 0 {
			return 1 << 30
		}
		return g.Priority
	}
	return cmp.Or(cmp.Compare(late(&a), late(&b)), cmp.Compare(rank(&a), rank(&b)), cmp.Compare(a.Due, b.Due), strings.Compare(a.Key, b.Key))
}

// Text gives a gap on one line.
func (g *Gap) Text() string {
	s := fmt.Sprintf("%s: %s", g.Title, g.Status)
	if g.Title == "" {
		s = fmt.Sprintf("%s: %s", g.Key, g.Status)
	}
	switch {
	case g.Status == NotApplicable:
		return s + " (" + g.Why + ")"
	case g.Excluded:
		return s + " (excluded: " + g.Exclusion + ")"
	}
	if g.LastOn != 0 {
		s += ", last on " + g.LastOn.String()
	}
	if y, _, _ := g.Due.YMD(); y != 9999 {
		s += ", " + g.State.String() + " " + g.Due.String()
	}
	for i, r := range g.Reasons {
		if i == 0 {
			s += ": "
		} else {
			s += ", "
		}
		s += r.String()
	}
	return s
}

// CareScore is the all-or-none view and the share of applicable items of care that
// are closed: excluded gaps and those that do not apply don't count.
func CareScore(gaps []Gap) (closed registry.Rate, all bool) {
	for _, g := range gaps {
		if g.Status == NotApplicable || g.Excluded {
			continue
		}
		closed.Den++
		if g.Status != OpenGap {
			closed.Num++
		}
	}
	return closed, closed.Den > 0 && closed.Num == closed.Den
}
