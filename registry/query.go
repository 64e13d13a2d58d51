package registry

import "strings"

// Query selects facts: of a kind, with a code in one of the sets or among the
// codes (every fact of the kind when both are empty), that pass all tests. Facts
// documented as not done are selected only when Negated asks for them, and then
// only they. Or adds the facts of further queries; each fact counts once.
type Query struct {
	As      string // name under which tests and nested queries know the fact
	Kind    Kind
	Sets    []Set
	Codes   []Code
	Negated bool
	Tests   []Test
	Or      []Query
}

// That returns the query with further tests, also on the Or queries.
func (q Query) That(tests ...Test) Query {
	q.Tests = append(append([]Test(nil), q.Tests...), tests...)
	or := append([]Query(nil), q.Or...)
	for i := range or {
		or[i] = or[i].That(tests...)
	}
	q.Or = or
	return q
}

// Named returns the query with a name for its facts, also on the Or queries.
func (q Query) Named(as string) Query {
	q.As = as
	or := append([]Query(nil), q.Or...)
	for i := range or {
		or[i] = or[i].Named(as)
	}
	q.Or = or
	return q
}

// Union joins queries.
func Union(qs ...Query) Query {
	if len(qs) == 0 {
		return Query{}
	}
	q := qs[0]
	q.Or = append([]Query(nil), q.Or...)
	for _, x := range qs[1:] {
		or := x.Or
		x.Or = nil
		q.Or = append(append(q.Or, x), or...)
	}
	return q
}

// String gives the query in words.
func (q Query) String() string {
	s := q.line()
	for _, o := range q.Or {
		s += "\n or " + o.line()
	}
	return s
}

func (q Query) line() string {
	var b strings.Builder
	if q.Negated {
		b.WriteString("negated ")
	}
	b.WriteString(q.Kind.String())
	if len(q.Sets)+len(q.Codes) > 0 {
		b.WriteString(" of " + setWords(q.Sets, q.Codes))
	}
	if q.As != "" {
		b.WriteString(" (the " + q.As + ")")
	}
	for _, t := range q.Tests {
		b.WriteString(", " + indentTail(testWords([]Test{t})))
	}
	return b.String()
}

// boundQuery is a query resolved to a source of the lexicon.
type boundQuery struct {
	slot    int
	depth   int // place on the chart's stack, -1 when not named
	negated bool
	tests   []boundTest
	within  []*boundTiming // tests that bound the days of facts
	or      []*boundQuery
	words   string
}

func (q Query) bind(b *Binder) *boundQuery {
	x := q.bindOne(b)
	for _, o := range q.Or {
		if len(o.Or) > 0 {
			b.Errorf("an Or query holds further Or queries: use Union")
		}
		x.or = append(x.or, o.bindOne(b))
	}
	x.words = q.String()
	return x
}

func (q Query) bindOne(b *Binder) *boundQuery {
	x := &boundQuery{slot: b.source(q.Kind, q.Sets, q.Codes), depth: -1, negated: q.Negated}
	if q.As != "" {
		x.depth = b.push(q.As)
	}
	tests, timings := bindTimed(b, q.Tests)
	x.tests = tests
	for _, t := range timings {
		if t.bounds(x.depth) {
			x.within = append(x.within, t)
		}
	}
	if q.As != "" {
		b.pop()
	}
	return x
}

// passes reports whether a fact of the source passes.
func (q *boundQuery) passes(c *Chart, p Period, i int32) bool {
	f := &c.Patient.Facts[i]
	if f.Negated != q.negated {
		return false
	}
	if q.depth >= 0 {
		c.bound[q.depth] = i
	}
	for k := range q.tests {
		if !q.tests[k].ok(c, p, f, i) {
			return false
		}
	}
	return true
}

// holds reports whether the source lists the fact and it passes.
func (q *boundQuery) holds(c *Chart, p Period, i int32) bool {
	list := c.list(q.slot)
	d := c.Patient.Facts[i].When.Earliest().Day.inCalendar()
	for _, x := range list[notBefore(list, d):] {
		if x.fact == i {
			return q.passes(c, p, i)
		}
		if x.day > d {
			return false
		}
	}
	return false
}

// reach gives the facts of the source that may pass: of a long list only those of the days
// that the tests allow.
func (q *boundQuery) reach(c *Chart, p Period) []posting {
	list := c.list(q.slot)
	if len(list) > int(c.short) {
		return q.narrow(c, p, list)
	}
	return list
}

func (q *boundQuery) narrow(c *Chart, p Period, list []posting) []posting {
	for _, t := range q.within {
		from, to, ok := t.days(c, p)
		if !ok {
			return nil
		}
		if from > 0 {
			list = list[lasting(list, from):]
		}
		if from > 0 && t.early {
			list = list[notBefore(list, from):]
		}
		if to > 0 && to < MaxDate && !c.endOnly {
			list = list[:notBefore(list, to+1)]
		}
	}
	return list
}

// iter walks the facts of a query in canonical order within each part.
type iter struct {
	q    *boundQuery
	part int // -1: the query itself, else an Or
	list []posting
	from Date // facts that are earliest before it are passed over
	to   Date // and after it
}

func (q *boundQuery) iter(c *Chart, p Period) iter {
	return iter{q, -1, q.reach(c, p), 0, maxDay}
}

// maxDay is after all days.
const maxDay Date = 1<<31 - 1

// notBefore passes over facts that are earliest before a day.
func (it *iter) notBefore(d Date) {
	it.from = d
	it.list = it.list[notBefore(it.list, d):]
}

func (it *iter) cur() *boundQuery {
	if it.part < 0 {
		return it.q
	}
	return it.q.or[it.part]
}

// step gives the next fact that passes, -1 at the end. The fact's name, if any,
// is bound when it returns.
func (it *iter) step(c *Chart, p Period) int32 {
	for {
		q := it.cur()
		for len(it.list) > 0 {
			x := it.list[0]
			if x.day > it.to {
				break
			}
			it.list = it.list[1:]
			if q.passes(c, p, x.fact) && !it.seen(c, p, x.fact) {
				return x.fact
			}
		}
		if it.part+1 >= len(it.q.or) {
			return -1
		}
		it.part++
		it.list = it.cur().reach(c, p)
		it.notBefore(it.from)
	}
}

// seen reports whether an earlier part already gave the fact.
func (it *iter) seen(c *Chart, p Period, i int32) bool {
	if it.part < 0 {
		return false
	}
	q := it.cur()
	again := it.q.holds(c, p, i)
	for k := 0; k < it.part && !again; k++ {
		again = it.q.or[k].holds(c, p, i)
	}
	if q.depth >= 0 {
		c.bound[q.depth] = i // the look-back may have bound others
	}
	return again
}

func (q *boundQuery) first(c *Chart, p Period) int32 {
	for _, x := range q.reach(c, p) {
		if q.passes(c, p, x.fact) {
			return x.fact
		}
	}
	for _, o := range q.or {
		if i := o.first(c, p); i >= 0 {
			return i
		}
	}
	return -1
}

// evidence wraps a fact of the query.
func (q *boundQuery) evidence(c *Chart, i int32, miss string) Evidence {
	f := &c.Patient.Facts[i]
	set := c.lex.setOf(q.slot, f.Codes)
	for k := 0; k < len(q.or) && set == ""; k++ {
		set = c.lex.setOf(q.or[k].slot, f.Codes)
	}
	return Evidence{f, f.ID, f.Kind.String(), set, miss}
}

// nearest finds the fact that failed latest among the tests, and why.
func (q *boundQuery) nearest(c *Chart, p Period) (at int32, why Reason, miss string) {
	at = -1
	best := -1
	look := func(x *boundQuery) {
		for _, l := range c.list(x.slot) {
			i := l.fact
			f := &c.Patient.Facts[i]
			n, r, m := 0, InvalidAttribute, "done"
			if f.Negated == x.negated {
				if x.depth >= 0 {
					c.bound[x.depth] = i
				}
				for n < len(x.tests) && x.tests[n].ok(c, p, f, i) {
					n++
				}
				if n == len(x.tests) {
					continue
				}
				r, m = x.tests[n].reason, x.tests[n].words
				n++
			}
			if n >= best { // among equals the latest
				at, best, why, miss = i, n, r, m
			}
		}
	}
	look(q)
	for _, o := range q.or {
		look(o)
	}
	return at, why, miss
}

// Selector is a bound query for engines that count facts, such as
// encounter-based measures.
type Selector struct{ q *boundQuery }

// Select binds a query that needs a name, then what the inner function binds,
// which may refer to the query's facts by that name.
func (b *Binder) Select(q Query, inner func()) *Selector {
	if q.As == "" {
		b.Errorf("a selection needs a name: set Query.As")
	}
	s := &Selector{q.bind(b)}
	b.push(q.As)
	inner()
	b.pop()
	return s
}

// Walk starts going through the facts that pass.
func (s *Selector) Walk(*Chart) Walk { return Walk{q: s.q} }

// Explain is a finding about whether there is any such fact.
func (s *Selector) Explain(c *Chart, p Period) Finding {
	return explainQuery(c, p, s.q, s.q.first(c, p), "there is "+article(s.q.words))
}

// Walk goes through the facts of a [Selector]. It is a value and does not
// allocate.
type Walk struct {
	q  *boundQuery // until the first step
	it iter
}

// Next binds the next fact under the query's name and returns it; nil at the
// end. The period is the same in every step of a walk.
func (w *Walk) Next(c *Chart, p Period) *Fact {
	if w.q != nil {
		w.it, w.q = w.q.iter(c, p), nil
	}
	i := w.it.step(c, p)
	if i < 0 {
		return nil
	}
	return &c.Patient.Facts[i]
}
