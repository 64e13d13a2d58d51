package selfmanagement

import (
	"cmp"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/completeness"
)

// Watch is what a person's readings say on a day. Its storage is used again by the next
// [Monitor.Watch].
type Watch struct {
	Person       string      `json:"person"`
	Level        int         `json:"level"`
	Alerts       []Alert     `json:"alerts,omitempty"` // by action, then rule
	Technical    []Technical `json:"technical,omitempty"`
	Acknowledged int         `json:"acknowledged"` // alerts kept back: seen, and nothing newer
	LeftOut      int         `json:"left_out"`     // readings of other people, undated, or of no rule's signal; schedules that do not work

	rows    []row
	start   []int
	ids     []string
	cursors []cursor
}

// row is a usable value.
type row struct {
	series int
	when   registry.Moment
	id     string
	value  int64
	is     registry.Comparator
	code   completeness.Code // not usable
	from   *Part
}

// Watch asks every rule about one person and writes the answer to w. Readings after asOf
// do not exist, and readings of other people are left out. There is at most one alert for
// a rule and person.
//
//   - level: the latest value against the limits. "> 600" is at least 300 and not below 70.
//   - rise: the latest value less the lowest of the window's days before it, its own day
//     excluded. Values with a comparator don't count here and in means.
//   - mean level: the mean of the values of so many days that end with the latest one, when
//     they are enough.
//   - no reading: the days from the first expected reading that did not come to asOf, both
//     included, against the days allowed.
//
// An alert is as old as the first reading of the unbroken run of readings with which its
// rule held and that nobody has acknowledged: another bad reading makes no alert younger.
// Whatever the units, tests are exact. It does not allocate once w has grown.
func (m *Monitor) Watch(p *Monitored, asOf registry.Date, w *Watch) {
	*w = Watch{Person: p.Person, Level: p.Level, Alerts: w.Alerts[:0], Technical: w.Technical[:0], rows: w.rows[:0], start: w.start[:0], ids: w.ids[:0], cursors: w.cursors[:0]}
	m.read(p, asOf, w)
	for i := range m.rules {
		r := &m.rules[i]
		if r.Condition != "any" && !slices.Contains(p.Conditions, r.Condition) {
			continue
		}
		var a Alert
		var holds bool
		if r.Test == NoReading {
			a, holds = r.missing(p, asOf, w)
		} else {
			a, holds = m.test(r, w)
		}
		if !holds {
			continue
		}
		if r.Test != NoReading {
			upTo, _ := seen(p.Acknowledged, r.ID)
			if compareMoments(a.UpTo, upTo) <= 0 {
				w.Acknowledged++
				continue
			}
			a.Since = r.since(upTo, w.cursors)
		}
		a.Rule, a.Test, a.Action, a.ContactBy = r.ID, r.Test, r.Action, m.policy.by(r.Action, asOf)
		w.Alerts = append(w.Alerts, a)
	}
	slices.SortFunc(w.Alerts, func(a, b Alert) int {
		return cmp.Or(cmp.Compare(a.Action, b.Action), strings.Compare(a.Rule, b.Rule))
	})
}

// seen is the newest reading that somebody has seen of a rule's alerts; false: nobody has
// seen any.
func seen(acks []Acknowledgement, rule string) (upTo registry.Moment, ever bool) {
	for i := range acks {
		if acks[i].Rule == rule {
			if compareMoments(acks[i].UpTo, upTo) > 0 {
				upTo = acks[i].UpTo
			}
			ever = true
		}
	}
	return upTo, ever
}

func compareMoments(a, b registry.Moment) int {
	return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Time, b.Time))
}

// read fills the rows: by series, moment and ID, each value once.
func (m *Monitor) read(p *Monitored, asOf registry.Date, w *Watch) {
	for i := range p.Schedules {
		if !p.Schedules[i].works() {
			w.LeftOut++
		}
	}
	for i := range p.Readings {
		r := &p.Readings[i]
		if r.When.Day > asOf {
			continue
		}
		known := false
		for k := range r.Parts {
			part := &r.Parts[k]
			s := slices.IndexFunc(m.series, func(s series) bool { return s.signal == r.Signal && s.component == part.Component })
			if s < 0 {
				continue
			}
			known = true
			if r.Person != p.Person || r.When.Day == 0 {
				continue
			}
			age := 18
			if p.Birth != 0 {
				age = registry.Age(p.Birth, r.When.Day)
			}
			x := row{series: s, when: r.When, id: r.ID, is: part.Value.Comparator, from: part}
			x.value, x.code = m.judge(&m.series[s], part.Value, age)
			w.rows = append(w.rows, x)
		}
		if !known || r.Person != p.Person || r.When.Day == 0 {
			w.LeftOut++
		}
	}
	slices.SortFunc(w.rows, func(a, b row) int {
		return cmp.Or(cmp.Compare(a.series, b.series), compareMoments(a.when, b.when), strings.Compare(a.id, b.id), cmp.Compare(a.value, b.value), cmp.Compare(a.is, b.is))
	})
	w.rows = slices.CompactFunc(w.rows, func(a, b row) bool {
		return a.series == b.series && a.when == b.when && a.id == b.id && a.value == b.value && a.is == b.is && a.code == b.code
	})
	n := 0
	for s := range m.series {
		w.start = append(w.start, n)
		for ; n < len(w.rows) && w.rows[n].series == s; n++ {
		}
		// what cannot be used, after the last value that can
		for i := n - 1; i >= w.start[s] && w.rows[i].code != completeness.NoIssue; i-- {
			x := &w.rows[i]
			w.Technical = append(w.Technical, Technical{x.id, m.series[s].signal, m.series[s].component, x.when.Day, x.from.Value, x.code})
		}
	}
	w.start = append(w.start, n)
}

// judge brings a value to its series' base and says whether it can be used. It is judged in
// the base, where the tables have nothing to convert.
func (m *Monitor) judge(s *series, q registry.Quantity, age int) (int64, completeness.Code) {
	v, ok := s.fixed(q.Value, q.Unit)
	if ok {
		return v, m.units.Judge(s.analyte(), registry.Quantity{Value: registry.Num(v, -places), Comparator: q.Comparator, Unit: s.base}, age)
	}
	if code := m.units.Judge(s.analyte(), q, age); code != completeness.NoIssue {
		return 0, code
	}
	return 0, completeness.UnitMismatch
}

// cursor stands at a usable value of a limit's series and takes it for the latest.
type cursor struct {
	rows  []row
	at    int  // below 0: there is none
	hit   bool // the limit holds
	low   *row // of a rise: the lowest of the days before
	first int  // of a mean: its days begin here
	n     int64
	sum   wide
}

// back goes to the usable value before and asks the limit there. From the last value to the
// first it costs as much as there are values in the days of a rise or mean, once.
func (c *cursor) back(r *boundRule, l *boundLimit) {
	was := c.at
	if r.Test == MeanTest && was < len(c.rows) {
		c.sum.sub(c.rows[was].value)
		c.n--
	}
	for c.at--; c.at >= 0 && !c.rows[c.at].usable(r.Test); c.at-- {
	}
	c.hit = false
	if c.at < 0 {
		return
	}
	x := &c.rows[c.at]
	switch r.Test {
	case LevelTest:
		c.hit = l.holds(x.value, x.is)
	case RiseTest:
		if was == len(c.rows) || c.rows[was].when.Day != x.when.Day {
			c.low = lowest(c.rows[:c.at], x.when.Day.AddDays(-r.Days), x.when.Day)
		}
		c.hit = c.low != nil && l.holds(x.value-c.low.value, registry.Exactly)
	case MeanTest:
		for ; c.first > 0 && c.rows[c.first-1].when.Day > x.when.Day.AddDays(-r.Days); c.first-- {
			if o := &c.rows[c.first-1]; o.usable(MeanTest) {
				c.sum.add(o.value)
				c.n++
			}
		}
		c.hit = c.n >= int64(r.AtLeast) && l.holdsMean(c.sum, c.n)
	}
}

// usable says whether a test can use a value: all but a level need an exact one.
func (x *row) usable(t Test) bool {
	return x.code == completeness.NoIssue && (t == LevelTest || x.is == registry.Exactly)
}

// test asks the limits of a rule about the rows of their series and leaves the cursors at
// the latest values.
func (m *Monitor) test(r *boundRule, w *Watch) (a Alert, holds bool) {
	from := len(w.ids)
	w.cursors = w.cursors[:0]
	for i := range r.limits {
		l := &r.limits[i]
		rows := w.rows[w.start[l.series]:w.start[l.series+1]]
		c := cursor{rows: rows, at: len(rows), first: len(rows)}
		c.back(r, l)
		w.cursors = append(w.cursors, c)
		if !c.hit {
			continue
		}
		x := &rows[c.at]
		var value int64
		switch r.Test {
		case LevelTest:
			value = x.value
			w.ids = append(w.ids, x.id)
		case RiseTest:
			value = x.value - c.low.value
			w.ids = append(w.ids, c.low.id, x.id)
		case MeanTest:
			value = mean(rows[c.first:c.at+1], c.n)
			for k := c.first; k <= c.at; k++ {
				if rows[k].usable(MeanTest) {
					w.ids = append(w.ids, rows[k].id)
				}
			}
		}
		if !holds { // the first limit that holds speaks; the readings of all are kept
			holds = true
			a = Alert{Signal: r.Signal, Limit: l.Limit, Unit: r.Unit, Value: shown(value, r.Test), Base: m.series[l.series].base}
		}
		if compareMoments(x.when, a.UpTo) > 0 {
			a.UpTo = x.when
		}
	}
	if holds {
		slices.Sort(w.ids[from:])
		w.ids = w.ids[:from+len(slices.Compact(w.ids[from:]))]
		a.Readings = w.ids[from:len(w.ids):len(w.ids)]
	}
	return a, holds
}

// since goes back from the latest values for as long as the rule held with readings that
// nobody has seen, and says when that began. Readings that cannot be used end nothing.
func (r *boundRule) since(seenUpTo registry.Moment, cs []cursor) (began registry.Date) {
	for {
		var now registry.Moment
		open := false
		for i := range cs {
			if c := &cs[i]; c.at >= 0 {
				when := c.rows[c.at].when
				if compareMoments(when, now) > 0 {
					now = when
				}
				open = open || c.hit && compareMoments(when, seenUpTo) > 0
			}
		}
		if !open {
			return began
		}
		began = now.Day
		for i := range cs {
			for c := &cs[i]; c.at >= 0 && compareMoments(c.rows[c.at].when, now) == 0; {
				c.back(r, &r.limits[i])
			}
		}
	}
}

// lowest is the lowest exact value from a day on and before another.
func lowest(rows []row, from, before registry.Date) (low *row) {
	for i := len(rows) - 1; i >= 0 && rows[i].when.Day >= from; i-- {
		if x := &rows[i]; x.when.Day < before && x.usable(RiseTest) && (low == nil || x.value <= low.value) {
			low = x
		}
	}
	return low
}

// missing looks for the schedule whose reading has been missing longest.
func (r *boundRule) missing(p *Monitored, asOf registry.Date, w *Watch) (a Alert, holds bool) {
	var worst int
	for i := range p.Schedules {
		s := &p.Schedules[i]
		if !s.works() {
			continue
		}
		if r.Signal != "any" && r.Signal != s.Signal || asOf < s.From || s.Until != 0 && asOf > s.Until {
			continue
		}
		var last registry.Moment
		var id string
		for k := range p.Readings {
			x := &p.Readings[k]
			if x.Person == p.Person && x.Signal == s.Signal && x.When.Day != 0 && x.When.Day <= asOf && cmp.Or(compareMoments(x.When, last), strings.Compare(x.ID, id)) > 0 {
				last, id = x.When, x.ID
			}
		}
		next := s.From
		if last.Day != 0 {
			next = max(next, last.Day.AddDays(s.EveryDays))
		}
		days := int(asOf-next) + 1
		if days <= r.Days {
			continue
		}
		if upTo, ever := seen(p.Acknowledged, r.ID); ever && compareMoments(last, upTo) <= 0 {
			w.Acknowledged++
			continue
		}
		if holds {
			a.Others++
		}
		if !holds || days > worst || days == worst && s.Signal < a.Signal {
			others := a.Others
			a = Alert{Signal: s.Signal, Since: next, UpTo: last, Limit: Limit{Is: registry.Above, Value: registry.Num(int64(r.Days), 0)}, Value: registry.Num(int64(days), 0), Base: "d", Unit: "d", Others: others}
			if id != "" {
				w.ids = append(w.ids, id)
				a.Readings = w.ids[len(w.ids)-1 : len(w.ids) : len(w.ids)]
			}
			worst, holds = days, true
		}
	}
	return a, holds
}
