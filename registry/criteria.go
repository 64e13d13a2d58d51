package registry

import (
	"fmt"
	"slices"
)

// Exists holds when the query finds a fact.
type Exists struct{ Query Query }

// String gives the definition in words.
func (d Exists) String() string { return "there is " + article(d.Query.String()) }

// Bind implements [Definition].
func (d Exists) Bind(b *Binder) Criterion { return &boundExists{d.Query.bind(b), d.String()} }

type boundExists struct {
	q     *boundQuery
	words string
}

func (x *boundExists) String() string                { return x.words }
func (x *boundExists) Holds(c *Chart, p Period) bool { return x.q.first(c, p) >= 0 }

func (x *boundExists) Explain(c *Chart, p Period) Finding {
	i := x.q.first(c, p)
	return explainQuery(c, p, x.q, i, x.words)
}

// explainQuery is the finding about a query of which fact i was found, or -1.
func explainQuery(c *Chart, p Period, q *boundQuery, i int32, words string) Finding {
	if i >= 0 {
		r := Present
		for k := range q.tests {
			r = max(r, q.tests[k].reason.met())
		}
		return Finding{Met: true, Label: words, Reason: r, Evidence: []Evidence{q.evidence(c, i, "")}}
	}
	f := Finding{Label: words, Reason: NotFound}
	if i, why, miss := q.nearest(c, p); i >= 0 {
		f.Reason, f.Evidence = why, []Evidence{q.evidence(c, i, miss)}
	}
	return f
}

// Distinct says what a [Count] counts.
type Distinct uint8

// What to count: facts, or the days on which they fell (of the aspect Earliest).
const (
	DistinctFacts Distinct = iota
	DistinctDays
)

// Count holds when the query finds at least Min facts or distinct days, and at
// most Max when Max is not 0.
type Count struct {
	Of       Query
	Min, Max int
	Distinct Distinct
}

// String gives the definition in words.
func (d Count) String() string {
	what := "facts"
	if d.Distinct == DistinctDays {
		what = "days"
	}
	n := fmt.Sprintf("at least %d different %s", d.Min, what)
	if d.Max > 0 {
		n = fmt.Sprintf("%d to %d different %s", d.Min, d.Max, what)
	}
	return n + " with " + article(d.Of.String())
}

// Bind implements [Definition].
func (d Count) Bind(b *Binder) Criterion {
	if d.Min < 0 || d.Max < 0 || d.Max > 0 && d.Max < d.Min || d.Min == 0 && d.Max == 0 {
		b.Errorf("a count of %d to %d", d.Min, d.Max)
	}
	return &boundCount{d, d.Of.bind(b), d.String()}
}

type boundCount struct {
	Count
	q     *boundQuery
	words string
}

func (x *boundCount) String() string { return x.words }

// count stops as soon as the answer is known.
func (x *boundCount) count(c *Chart, p Period) int {
	limit := x.Max + 1
	if x.Max == 0 {
		limit = x.Min
	}
	mark := len(c.days) // counts may nest
	n := 0
	it := x.q.iter(c, p)
	for i := it.step(c, p); i >= 0 && n < limit; i = it.step(c, p) {
		if x.Distinct == DistinctDays {
			d := c.Patient.Facts[i].When.Earliest().Day
			if slices.Contains(c.days[mark:], d) {
				continue
			}
			c.days = append(c.days, d)
		}
		n++
	}
	c.days = c.days[:mark]
	return n
}

func (x *boundCount) Holds(c *Chart, p Period) bool {
	n := x.count(c, p)
	return n >= x.Min && (x.Max == 0 || n <= x.Max)
}

func (x *boundCount) Explain(c *Chart, p Period) Finding {
	n := x.count(c, p)
	f := Finding{Met: n >= x.Min && (x.Max == 0 || n <= x.Max), Label: x.words, Reason: CountOutOfRange}
	if f.Met {
		f.Reason = CountInRange
	}
	it := x.q.iter(c, p)
	for i := it.step(c, p); i >= 0; i = it.step(c, p) {
		f.Evidence = append(f.Evidence, x.q.evidence(c, i, ""))
	}
	if len(f.Evidence) == 0 && !f.Met {
		f.Reason = NotFound
		if i, why, miss := x.q.nearest(c, p); i >= 0 {
			f.Reason, f.Evidence = why, []Evidence{x.q.evidence(c, i, miss)}
		}
	}
	return f
}

// Tie says which of several facts at one time a [Pick] takes.
type Tie uint8

// Ties: by canonical order (first for the earliest, last for the latest), or by
// the measured value; a fact without one ranks lowest.
const (
	TieOrder Tie = iota
	TieLowest
	TieHighest
)

// Pick chooses one fact of a query: the earliest, or the latest when Last, by
// the time that By names (Starts, Ends, Latest or Earliest) of the aspect.
// Days are compared unless Exact.
type Pick struct {
	From      Query
	By        Relation
	Of        Aspect
	Last      bool
	Exact     bool
	Tie       Tie
	Component Code // whose value breaks ties
}

// String gives the pick in words.
func (d Pick) String() string {
	s := "first "
	if d.Last {
		s = "most recent "
	}
	s += d.From.String()
	switch d.Tie {
	case TieLowest:
		s += ", lowest result of that day"
	case TieHighest:
		s += ", highest result of that day"
	}
	return s
}

type boundPick struct {
	Pick
	q *boundQuery
}

func (d Pick) bind(b *Binder) *boundPick { return &boundPick{d, d.From.bind(b)} }

func (x *boundPick) moment(f *Fact) (Moment, bool) {
	s, ok := x.Of.span(f)
	if !ok {
		return Moment{}, false
	}
	var m Moment
	switch x.By {
	case Ends:
		m = s.End
	case Latest:
		m = s.Latest()
	case Earliest:
		m = s.Earliest()
	default:
		m = s.Start
	}
	return m, m.Recorded()
}

// find gives the picked fact, -1 when there is none, and binds its name.
func (x *boundPick) find(c *Chart, p Period) int32 {
	best := int32(-1)
	var when Moment
	it := x.q.iter(c, p)
	sorted := x.Of == Happened && (x.By == Starts || x.By == Earliest) // as the lists are
	if sorted && x.Last {
		day := x.lastDay(c, p)
		if day < 0 {
			return -1
		}
		it.notBefore(day)
	}
	for i := it.step(c, p); i >= 0; i = it.step(c, p) {
		m, ok := x.moment(&c.Patient.Facts[i])
		if !ok {
			continue
		}
		if !x.Exact {
			m.Time = 0
		}
		take := best < 0
		switch {
		case take:
		case m == when:
			switch x.Tie {
			case TieOrder:
				less := compareFacts(&c.Patient.Facts[i], &c.Patient.Facts[best]) < 0
				take = less != x.Last
			default:
				o := compareValues(valueOf(&c.Patient.Facts[i], x.Component), valueOf(&c.Patient.Facts[best], x.Component))
				take = o < 0 && x.Tie == TieLowest || o > 0 && x.Tie == TieHighest
			}
		default:
			take = m.before(when) != x.Last
		}
		if take {
			best, when = i, m
			if sorted && !x.Last {
				it.to = m.Day.inCalendar()
			}
		}
	}
	if best >= 0 && x.q.depth >= 0 {
		c.bound[x.q.depth] = best
	}
	return best
}

// lastDay is the latest day of a fact that passes, looked for from the end; -1 when none does.
func (x *boundPick) lastDay(c *Chart, p Period) Date {
	day := Date(-1)
	for part := -1; part < len(x.q.or); part++ {
		q := x.q
		if part >= 0 {
			q = q.or[part]
		}
		list := q.reach(c, p)
		for k := len(list) - 1; k >= 0 && list[k].day > day; k-- {
			if _, ok := x.moment(&c.Patient.Facts[list[k].fact]); ok && q.passes(c, p, list[k].fact) {
				day = list[k].day
			}
		}
	}
	return day
}

func compareValues(a, b *Value) int {
	none := func(v *Value) bool { return v == nil || v.Kind != QuantityValue }
	switch {
	case none(a) && none(b):
		return 0
	case none(a):
		return -1
	case none(b):
		return 1
	}
	return a.Quantity.Value.Cmp(b.Quantity.Value)
}

// The holds when there is a picked fact and it passes the tests.
type The struct {
	Pick Pick
	Is   []Test
}

// String gives the definition in words.
func (d The) String() string {
	s := "the " + indentTail(d.Pick.String())
	if len(d.Is) == 0 {
		return s + " exists"
	}
	return s + " is: " + testWords(d.Is)
}

// Bind implements [Definition].
func (d The) Bind(b *Binder) Criterion {
	x := &boundThe{pick: d.Pick.bind(b), words: d.String()}
	if d.Pick.From.As != "" {
		b.push(d.Pick.From.As)
		defer b.pop()
	}
	x.tests = bindTests(b, d.Is)
	return x
}

type boundThe struct {
	pick  *boundPick
	tests []boundTest
	words string
}

func (x *boundThe) String() string { return x.words }

func (x *boundThe) Holds(c *Chart, p Period) bool {
	i := x.pick.find(c, p)
	if i < 0 {
		return false
	}
	for k := range x.tests {
		if !x.tests[k].ok(c, p, &c.Patient.Facts[i], i) {
			return false
		}
	}
	return true
}

func (x *boundThe) Explain(c *Chart, p Period) Finding {
	i := x.pick.find(c, p)
	if i < 0 {
		return explainQuery(c, p, x.pick.q, -1, x.words)
	}
	f := explainQuery(c, p, x.pick.q, i, x.words)
	x.pick.find(c, p)
	for k := range x.tests {
		if !x.tests[k].ok(c, p, &c.Patient.Facts[i], i) {
			f.Met, f.Reason, f.Evidence[0].Miss = false, x.tests[k].reason, x.tests[k].words
			return f
		}
		f.Reason = max(f.Reason, x.tests[k].reason.met())
	}
	return f
}

// Given anchors a criterion on a picked fact: it holds when the pick finds one
// and Then holds with the fact bound to the name of the pick's query.
type Given struct {
	Pick Pick
	Then Definition
}

// String gives the definition in words.
func (d Given) String() string {
	return "given the " + indentTail(d.Pick.String()) + ":\n" + indent(text(d.Then))
}

// Bind implements [Definition].
func (d Given) Bind(b *Binder) Criterion {
	x := &boundGiven{pick: d.Pick.bind(b), words: d.String()}
	if d.Pick.From.As == "" {
		b.Errorf("Given needs a name: set Query.As")
	}
	b.push(d.Pick.From.As)
	defer b.pop()
	x.then = bindOne(b, d.Then)
	return x
}

type boundGiven struct {
	pick  *boundPick
	then  Criterion
	words string
}

func (x *boundGiven) String() string { return x.words }
func (x *boundGiven) Holds(c *Chart, p Period) bool {
	return x.pick.find(c, p) >= 0 && x.then.Holds(c, p)
}

func (x *boundGiven) Explain(c *Chart, p Period) Finding {
	i := x.pick.find(c, p)
	if i < 0 {
		return explainQuery(c, p, x.pick.q, -1, x.words)
	}
	g := explainQuery(c, p, x.pick.q, i, x.pick.String())
	x.pick.find(c, p)
	t := x.then.Explain(c, p)
	return Finding{Met: t.Met, Label: x.words, Reason: t.Reason, Parts: []Finding{g, t}}
}

// Is holds when the fact bound to a name passes the tests.
type Is struct {
	Name  string
	Tests []Test
}

// String gives the definition in words.
func (d Is) String() string { return "the " + d.Name + " is: " + testWords(d.Tests) }

// Bind implements [Definition].
func (d Is) Bind(b *Binder) Criterion {
	return &boundIs{b.depth(d.Name), bindTests(b, d.Tests), d.String()}
}

type boundIs struct {
	depth int
	tests []boundTest
	words string
}

func (x *boundIs) String() string { return x.words }

func (x *boundIs) failing(c *Chart, p Period) int {
	i := c.bound[x.depth]
	for k := range x.tests {
		if !x.tests[k].ok(c, p, &c.Patient.Facts[i], i) {
			return k
		}
	}
	return -1
}

func (x *boundIs) Holds(c *Chart, p Period) bool { return x.failing(c, p) < 0 }

func (x *boundIs) Explain(c *Chart, p Period) Finding {
	fact := &c.Patient.Facts[c.bound[x.depth]]
	k := x.failing(c, p)
	f := Finding{Met: k < 0, Label: x.words, Reason: Present, Evidence: []Evidence{{Fact: fact, ID: fact.ID, Kind: fact.Kind.String()}}}
	if k >= 0 {
		f.Reason, f.Evidence[0].Miss = x.tests[k].reason, x.tests[k].words
	}
	return f
}

// AgeAt holds when the patient's age at a bound is at least Min and, when Max is
// not 0, at most Max, in completed years or months.
type AgeAt struct {
	At       Bound
	Min, Max int
	Months   bool
}

// String gives the definition in words.
func (d AgeAt) String() string {
	unit := ""
	if d.Months {
		unit = " months"
	}
	switch {
	case d.Max == 0:
		return fmt.Sprintf("age %d%s or older at %v", d.Min, unit, d.At)
	case d.Max == d.Min:
		return fmt.Sprintf("age %d%s at %v", d.Min, unit, d.At)
	}
	return fmt.Sprintf("age %d to %d%s at %v", d.Min, d.Max, unit, d.At)
}

// Bind implements [Definition].
func (d AgeAt) Bind(b *Binder) Criterion {
	if d.Min < 0 || d.Max < 0 || d.Max != 0 && d.Max < d.Min {
		b.Errorf("ages %d to %d", d.Min, d.Max)
	}
	return &boundAge{d, b.bound(d.At), d.String()}
}

type boundAge struct {
	AgeAt
	at    boundBound
	words string
}

func (x *boundAge) String() string { return x.words }

func (x *boundAge) Holds(c *Chart, p Period) bool {
	m, ok := x.at.at(c, p)
	if !ok || c.Patient.Birth == 0 || m.Day < c.Patient.Birth {
		return false
	}
	n := 0
	if x.Months {
		n = MonthsBetween(c.Patient.Birth, m.Day)
	} else {
		n = Age(c.Patient.Birth, m.Day)
	}
	return n >= x.Min && (x.Max == 0 || n <= x.Max)
}

func (x *boundAge) Explain(c *Chart, p Period) Finding {
	f := Finding{Met: x.Holds(c, p), Label: x.words, Reason: ValueOutOfRange}
	switch {
	case f.Met:
		f.Reason = ValueInRange
	case c.Patient.Birth == 0:
		f.Reason = NotFound
	}
	return f
}

// SexIs holds when the administrative gender is the one asked for.
type SexIs struct{ Sex Sex }

// String gives the definition in words.
func (d SexIs) String() string { return "administrative gender " + d.Sex.String() }

// Bind implements [Definition].
func (d SexIs) Bind(*Binder) Criterion {
	return &rule{words: d.String(), reason: ValueOutOfRange, holds: func(c *Chart, _ Period) bool { return c.Patient.Gender == d.Sex }}
}

// SexCodeIs holds when the recorded sex is the code asked for.
type SexCodeIs struct{ Code Code }

// String gives the definition in words.
func (d SexCodeIs) String() string { return "recorded sex " + d.Code.Display() }

// Bind implements [Definition].
func (d SexCodeIs) Bind(*Binder) Criterion {
	return &rule{words: d.String(), reason: ValueOutOfRange, holds: func(c *Chart, _ Period) bool { return c.Patient.SexCode.Value == d.Code.Value }}
}

// DiedBy holds when the patient's date of death is on or before a bound.
type DiedBy struct{ By Bound }

// String gives the definition in words.
func (d DiedBy) String() string { return "died on or before " + d.By.String() }

// Bind implements [Definition].
func (d DiedBy) Bind(b *Binder) Criterion {
	at := b.bound(d.By)
	return &rule{words: d.String(), reason: DateOutOfRange, holds: func(c *Chart, p Period) bool {
		m, ok := at.at(c, p)
		return ok && c.Patient.Death.Recorded() && c.Patient.Death.Day <= m.Day
	}}
}

// rule is a criterion about the patient or from a user's function.
type rule struct {
	words  string
	reason Reason
	holds  func(c *Chart, p Period) bool
	facts  func(c *Chart, p Period) []*Fact
}

func (x *rule) String() string                { return x.words }
func (x *rule) Holds(c *Chart, p Period) bool { return x.holds(c, p) }

func (x *rule) Explain(c *Chart, p Period) Finding {
	f := Finding{Met: x.holds(c, p), Label: x.words, Reason: x.reason}
	if f.Met {
		f.Reason = x.reason.met()
	}
	if x.facts != nil {
		for _, g := range x.facts(c, p) {
			f.Evidence = append(f.Evidence, Evidence{Fact: g, ID: g.ID, Kind: g.Kind.String()})
		}
	}
	return f
}

// CoverDays holds when the supplies of the queries' facts cover at least Min
// days of the window. A day covered twice counts once. With CarryForward the
// early refills of each query are moved to after what is in stock; queries are
// kept apart, one for each medicine.
type CoverDays struct {
	Of           []Query
	Window       Window
	Min          int // days
	CarryForward bool
}

// String gives the definition in words.
func (d CoverDays) String() string {
	s := fmt.Sprintf("at least %d days of %v covered by", d.Min, d.Window)
	for _, q := range d.Of {
		s += "\n- " + indentTail(q.String())
	}
	if d.CarryForward {
		s += "\n(early refills carried forward)"
	}
	return s
}

// Bind implements [Definition].
func (d CoverDays) Bind(b *Binder) Criterion {
	x := &boundCover{CoverDays: d, from: b.bound(d.Window.From), to: b.bound(d.Window.To), words: d.String()}
	if d.Min <= 0 || d.Window.From.IsOpen() || d.Window.To.IsOpen() {
		b.Errorf("covered days need a closed window and a positive minimum")
	}
	for _, q := range d.Of {
		x.qs = append(x.qs, q.bind(b))
	}
	return x
}

type boundCover struct {
	CoverDays
	qs       []*boundQuery
	from, to boundBound
	words    string
}

func (x *boundCover) String() string { return x.words }

func (x *boundCover) days(c *Chart, p Period) int {
	from, ok1 := x.from.at(c, p)
	to, ok2 := x.to.at(c, p)
	if !ok1 || !ok2 {
		return 0
	}
	w := Period{from.Day, to.Day}
	if x.from.excl {
		w.Start = w.Start.AddDays(1)
	}
	if x.to.excl {
		w.End = w.End.AddDays(-1)
	}
	base := len(c.spans)
	for _, q := range x.qs {
		mark := len(c.spans)
		it := q.iter(c, p)
		for i := it.step(c, p); i >= 0; i = it.step(c, p) {
			if f := &c.Patient.Facts[i]; f.Supply != nil {
				if s, ok := f.Supply.Covered(); ok {
					c.spans = append(c.spans, s)
				}
			}
		}
		if x.CarryForward {
			SortPeriods(c.spans[mark:])
			CarryForward(c.spans[mark:])
		}
	}
	SortPeriods(c.spans[base:])
	n := CoveredDays(c.spans[base:], w)
	c.spans = c.spans[:base]
	return n
}

func (x *boundCover) Holds(c *Chart, p Period) bool { return x.days(c, p) >= x.Min }

func (x *boundCover) Explain(c *Chart, p Period) Finding {
	n := x.days(c, p)
	f := Finding{Met: n >= x.Min, Label: fmt.Sprintf("%s: %d days", x.words, n), Reason: CountOutOfRange}
	if f.Met {
		f.Reason = CountInRange
	}
	for _, q := range x.qs {
		it := q.iter(c, p)
		for i := it.step(c, p); i >= 0; i = it.step(c, p) {
			f.Evidence = append(f.Evidence, q.evidence(c, i, ""))
		}
	}
	if len(f.Evidence) == 0 {
		f.Reason = NotFound
	}
	return f
}

// SupplyDays holds when the days supplied by the query's facts add up to at
// least Min.
type SupplyDays struct {
	Of  Query
	Min int // days
}

// String gives the definition in words.
func (d SupplyDays) String() string {
	return fmt.Sprintf("at least %d days supplied in all by %s", d.Min, article(d.Of.String()))
}

// Bind implements [Definition].
func (d SupplyDays) Bind(b *Binder) Criterion {
	q := d.Of.bind(b)
	return &rule{words: d.String(), reason: CountOutOfRange,
		holds: func(c *Chart, p Period) bool {
			n := 0
			it := q.iter(c, p)
			for i := it.step(c, p); i >= 0; i = it.step(c, p) {
				if f := &c.Patient.Facts[i]; f.Supply != nil {
					if k, ok := f.Supply.TotalDays(); ok {
						n += k
					}
				}
			}
			return n >= d.Min
		},
		facts: func(c *Chart, p Period) []*Fact { return found(q, c, p) }}
}

func found(q *boundQuery, c *Chart, p Period) (out []*Fact) {
	it := q.iter(c, p)
	for i := it.step(c, p); i >= 0; i = it.step(c, p) {
		out = append(out, &c.Patient.Facts[i])
	}
	return out
}

// Found gives a rule the facts of one of its queries.
type Found struct {
	q *boundQuery
	c *Chart
	p Period
}

// Each calls fn with every fact, in canonical order, until it says false.
func (f Found) Each(fn func(*Fact) bool) {
	it := f.q.iter(f.c, f.p)
	for i := it.step(f.c, f.p); i >= 0; i = it.step(f.c, f.p) {
		if !fn(&f.c.Patient.Facts[i]) {
			return
		}
	}
}

// First is the first fact, nil when there is none.
func (f Found) First() *Fact {
	if i := f.q.first(f.c, f.p); i >= 0 {
		return &f.c.Patient.Facts[i]
	}
	return nil
}

// Rule is the escape hatch for a question that no other criterion words. It
// names what it reads as queries and gets their facts. Ok must be deterministic,
// total and free of side effects.
type Rule struct {
	Words string
	Reads []Query
	Ok    func(c *Chart, p Period, found []Found) bool
}

// String gives the words.
func (d Rule) String() string { return d.Words }

// Bind implements [Definition].
func (d Rule) Bind(b *Binder) Criterion {
	qs := make([]*boundQuery, len(d.Reads))
	for i, q := range d.Reads {
		qs[i] = q.bind(b)
	}
	if d.Ok == nil {
		b.Errorf("rule %q has no function", d.Words)
		return &rule{words: d.Words, holds: func(*Chart, Period) bool { return false }}
	}
	// found is the chart's scratch, so that asking does not allocate
	return &rule{words: d.Words, reason: InvalidAttribute,
		holds: func(c *Chart, p Period) bool {
			mark := len(c.found)
			for _, q := range qs {
				c.found = append(c.found, Found{q, c, p})
			}
			ok := d.Ok(c, p, c.found[mark:])
			c.found = c.found[:mark]
			return ok
		},
		facts: func(c *Chart, p Period) (out []*Fact) {
			for _, q := range qs {
				out = append(out, found(q, c, p)...)
			}
			return out
		}}
}
