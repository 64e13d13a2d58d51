package recall

import (
	"cmp"
	"errors"
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
	By     string
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
	Notes   []Note
	Remarks []Remark // those from the day of the last evidence on count
	Away    *Away
	// SnoozeDays is how long a snooze may hide a gap at most; 0: 183.
	SnoozeDays int
}

func (c *Context) snoozeDays() int {
	if c.SnoozeDays == 0 {
		return 183
	}
	return c.SnoozeDays
}

// Check reports everything wrong with notes and remarks; the error wraps [ErrRemark].
// [Plan.Gaps] takes them all the same: it passes over snoozes without a reason and cuts those
// that are too long.
func (c *Context) Check() error {
	var errs []error
	for i, n := range c.Notes {
		bad := func(why string) { errs = append(errs, fmt.Errorf("%w: note %d on %q: %s", ErrRemark, i+1, n.Key, why)) }
		if n.Snooze && n.Reason == "" {
			bad("a snooze needs a reason")
		}
		if n.Snooze && n.Until == 0 || n.Until != 0 && n.Until < n.From {
			bad("from " + n.From.String() + " until " + n.Until.String())
		}
		if n.Snooze && n.Until > n.From.AddDays(c.snoozeDays()) {
			bad(fmt.Sprintf("a snooze of %d days, %d are the most", int(n.Until-n.From), c.snoozeDays()))
		}
	}
	for i, r := range c.Remarks {
		if r.On == 0 || int(r.Kind) >= len(remarkCodes) {
			errs = append(errs, fmt.Errorf("%w %d on %q: %s on %s", ErrRemark, i+1, r.Key, r.Kind, r.On))
		}
	}
	if c.SnoozeDays < 0 {
		errs = append(errs, fmt.Errorf("%w: snoozes of %d days at most", ErrRemark, c.SnoozeDays))
	}
	return errors.Join(errs...)
}

// Gap is what stands between a person and one recommended item of care.
type Gap struct {
	Key        string            `json:"key"`
	Rule       string            `json:"rule"` // ID of the recommendation that speaks
	Version    string            `json:"version,omitempty"`
	Rules      []string          `json:"rules"` // IDs of the recommendations that merged, sorted
	Title      string            `json:"title"`
	Status     Status            `json:"status"`
	State      State             `json:"state"`
	Reasons    []registry.Reason `json:"reasons,omitempty"` // best first
	Schedule                     // of the rule that is due first
	Last       *registry.Fact    `json:"-"` // the evidence that the schedule starts from
	LastOn     registry.Date     `json:"last"`
	Late       bool              `json:"late,omitempty"` // closed after its window
	Excluded   bool              `json:"excluded,omitempty"`
	Exclusion  string            `json:"exclusion,omitempty"`
	OnRecall   bool              `json:"on_recall,omitempty"`  // excluded, yet to be called
	OffRecall  bool              `json:"off_recall,omitempty"` // open, and not to be called
	Hidden     registry.Date     `json:"hidden,omitempty"`     // snoozed until then
	Quiet      registry.Date     `json:"quiet,omitempty"`      // an order is placed: no reminders until then
	Remarks    Remarks           `json:"remarks,omitempty"`
	Priority   int               `json:"priority"`
	Grade      string            `json:"grade,omitempty"`
	Class      PromptClass       `json:"class"`
	Prompt     bool              `json:"prompt,omitempty"`    // to be asked at this visit, not yet done today
	Why        string            `json:"why,omitempty"`       // of a gap that does not apply
	Gone       bool              `json:"gone,omitempty"`      // dead or away: not to be called for anything
	Cancelled  registry.Date     `json:"cancelled,omitempty"` // the day of what cancelled it
	Cell       string            `json:"cell,omitempty"`      // of the kidney grid
	ACRMissing bool              `json:"acr_missing,omitempty"`
	Closes     string            `json:"closes"` // what would close it

	rec     int
	members uint64 // of the key's recommendations
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
	pt := c.Patient
	switch {
	case pt.Dead && (pt.Death.Day == 0 || pt.Death.Day <= asOf), pt.Death.Day != 0 && pt.Death.Day <= asOf:
		g.Why, g.Gone = "dead", true
	case ctx != nil && ctx.Away != nil && ctx.Away.From <= asOf:
		g.Why, g.Gone = ctx.Away.Reason, true
	case !x.population.Holds(c, year):
		g.Why = "not in the population"
	}
	if g.Why != "" || g.Gone {
		return
	}

	var t line
	t.since = x.eligible(c, ever, asOf)
	if x.UntilAge > 0 && pt.Birth != 0 {
		t.end = pt.Birth.AddYears(x.UntilAge).AddDays(-1)
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
	if ctx != nil {
		for i := range ctx.Remarks {
			r := &ctx.Remarks[i]
			if (r.Key == "" || r.Key == x.Key) && r.On <= asOf && r.On >= lastOn && int(r.Kind) < len(remarkCodes) {
				g.Remarks |= 1 << r.Kind
				if quiet := r.On.AddDays(x.OrderQuietDays); r.Kind == OrderPlaced && asOf < quiet {
					g.Quiet = max(g.Quiet, quiet)
				}
			}
		}
	}
	if x.EachVisit {
		g.Why, g.Prompt = "asked at each visit", lastOn != asOf
		if _, kind, ok := x.excluded(c, ctx, ever, asOf, lastOn); ok {
			g.Exclusion, g.Prompt = kind.String(), false
		}
		return
	}
	g.Schedule = x.schedule(c, ever, &t, last, lastOn, asOf)
	now := satisfied(g.Schedule, asOf)
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
	then := satisfied(x.schedule(c, ever, &t, counted, countedOn, through), through)

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
		case lastOn == 0: // nothing is due yet
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

// far stands for never.
const far = registry.MaxDate

// line is what the time line of a person hangs on.
type line struct {
	since, end registry.Date
	interval   Every         // of the kidney grid; zero: that of the recommendation
	start      registry.Date // of the trigger that counts
}

// satisfied reports whether nothing is missing on a day.
func satisfied(s Schedule, t registry.Date) bool { return t < s.Due || s.Latest != 0 && t > s.Latest }

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

// excluded finds an exclusion that stands at a day; its rule is nil when a note made it.
// Good evidence on or after the day of a decline beats the decline. A remark that the patient
// refused is a decline where the recommendation has a rule about declines.
func (x *bound) excluded(c *registry.Chart, ctx *Context, ever registry.Period, t, evidence registry.Date) (*Exclusion, ExclusionKind, bool) {
	stands := func(e *Exclusion, d registry.Date) bool {
		if d == 0 || d > t || (e.Kind == Declined || e.Kind == NoResponse) && evidence != 0 && evidence >= d {
			return false
		}
		span := e.span()
		return span.IsZero() || t < span.After(d)
	}
	for i := range x.Exclusions {
		e := &x.Exclusions[i]
		for w := x.exclusions[i].Walk(c); ; {
			f := w.Next(c, ever)
			if f == nil {
				break
			}
			if stands(e, f.When.Earliest().Day) {
				return e, e.Kind, true
			}
		}
		if e.Kind != Declined || ctx == nil {
			continue
		}
		for _, r := range ctx.Remarks {
			if r.Kind == PatientRefused && (r.Key == "" || r.Key == x.Key) && stands(e, r.On) {
				return e, e.Kind, true
			}
		}
	}
	if ctx != nil {
		for i := range ctx.Notes {
			n := &ctx.Notes[i]
			if !n.Snooze && (n.Key == "" || n.Key == x.Key) && n.From <= t && (n.Until == 0 || t <= n.Until) && !((n.Kind == Declined || n.Kind == NoResponse) && evidence != 0 && evidence >= n.From) {
				return nil, n.Kind, true
			}
		}
	}
	return nil, 0, false
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

// snooze hides a gap until a day; it lapses when the gap is overdue.
func (x *bound) snooze(ctx *Context, asOf registry.Date, g *Gap) {
	if ctx == nil {
		return
	}
	for i := range ctx.Notes {
		n := &ctx.Notes[i]
		if !n.Snooze || n.Reason == "" || n.Key != "" && n.Key != x.Key || n.From > asOf || g.State >= Overdue && !n.PersistWhenOverdue {
			continue
		}
		if until := min(n.Until, n.From.AddDays(ctx.snoozeDays())); asOf < until {
			g.Hidden = max(g.Hidden, until)
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
func ByUrgency(a, b Gap) int { return byUrgency(&a, &b) }

func byUrgency(a, b *Gap) int {
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
	return cmp.Or(cmp.Compare(late(a), late(b)), cmp.Compare(rank(a), rank(b)), cmp.Compare(a.Due, b.Due), strings.Compare(a.Key, b.Key))
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
