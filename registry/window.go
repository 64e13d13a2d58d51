package registry

import (
	"fmt"
	"strings"
)

// anchorKind says what a bound hangs on.
type anchorKind uint8

const (
	anchorNone anchorKind = iota
	anchorPeriodStart
	anchorPeriodEnd
	anchorBirth
	anchorFact
	anchorCalendar
)

// Bound is one end of a [Window]: an anchor (the period, the birth date, a bound
// fact, a day of the period's year) with an offset. The zero Bound is open.
// Make one with [PeriodStart], [StartOf] and kin and move it with AddDays,
// AddMonths and AddYears. Offsets apply years and months first, then days.
type Bound struct {
	kind                anchorKind
	name                string
	aspect              Aspect
	end                 bool
	years, months, days int
	month, day          int
	excl                bool
	dayOnly             bool
}

// PeriodStart is the first moment of the period asked about.
func PeriodStart() Bound { return Bound{kind: anchorPeriodStart} }

// PeriodEnd is the last moment of the period asked about.
func PeriodEnd() Bound { return Bound{kind: anchorPeriodEnd} }

// BirthDate is the patient's birth date.
func BirthDate() Bound { return Bound{kind: anchorBirth} }

// YearDay is a day of the year in which the period starts.
func YearDay(month, day int) Bound { return Bound{kind: anchorCalendar, month: month, day: day} }

// StartOf is the start of the fact bound to a name by [Query.As].
func StartOf(name string) Bound { return Bound{kind: anchorFact, name: name} }

// EndOf is the end of the fact bound to a name; an ongoing fact has none.
func EndOf(name string) Bound { return Bound{kind: anchorFact, name: name, end: true} }

// AuthoredOf is when the fact bound to a name was ordered, issued or recorded.
func AuthoredOf(name string) Bound { return Bound{kind: anchorFact, name: name, aspect: Authored} }

// CoverStartOf is the first day that the supply of the bound fact covers.
func CoverStartOf(name string) Bound { return Bound{kind: anchorFact, name: name, aspect: Covered} }

// AddDays moves the bound by n days.
func (b Bound) AddDays(n int) Bound { b.days += n; return b }

// AddMonths moves the bound by n months, clamped to the month's last day.
func (b Bound) AddMonths(n int) Bound { b.months += n; return b }

// AddYears moves the bound by n years.
func (b Bound) AddYears(n int) Bound { b.years += n; return b }

// Excluded takes the bound itself out of the window.
func (b Bound) Excluded() Bound { b.excl = true; return b }

// Date drops the bound's time of day.
func (b Bound) Date() Bound { b.dayOnly = true; return b }

// IsOpen reports whether the bound is open.
func (b Bound) IsOpen() bool { return b.kind == anchorNone }

// String gives the bound in words.
func (b Bound) String() string {
	var s string
	switch b.kind {
	case anchorNone:
		return "no limit"
	case anchorPeriodStart:
		s = "the start of the period"
	case anchorPeriodEnd:
		s = "the end of the period"
	case anchorBirth:
		s = "birth"
	case anchorCalendar:
		month := "month " + fmt.Sprint(b.month)
		if b.month >= 1 && b.month <= 12 {
			month = monthNames[b.month]
		}
		s = fmt.Sprintf("%d %s of the period's year", b.day, month)
	case anchorFact:
		what := "the start"
		switch {
		case b.end:
			what = "the end"
		case b.aspect == Authored:
			what = "the order date"
		case b.aspect == Covered:
			what = "the first covered day"
		}
		s = what + " of the " + b.name
	}
	var parts []string
	add := func(n int, unit string) {
		if n == 0 {
			return
		}
		sign := "plus"
		if n < 0 {
			sign, n = "less", -n
		}
		if n != 1 {
			unit += "s"
		}
		parts = append(parts, fmt.Sprintf("%s %d %s", sign, n, unit))
	}
	add(b.years, "year")
	add(b.months, "month")
	add(b.days, "day")
	if len(parts) > 0 {
		s += " " + strings.Join(parts, " ")
	}
	if b.excl {
		s += " (not itself)"
	}
	return s
}

var monthNames = [...]string{"", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"}

// Window is a span between two bounds, both included unless marked otherwise.
// The zero Window is all time.
type Window struct{ From, To Bound }

// ThePeriod is the period asked about.
func ThePeriod() Window { return Window{PeriodStart(), PeriodEnd()} }

// YearsBefore is the period and n years before it.
func YearsBefore(n int) Window { return Window{PeriodStart().AddYears(-n), PeriodEnd()} }

// UpToPeriodEnd is everything up to the end of the period.
func UpToPeriodEnd() Window { return Window{To: PeriodEnd()} }

// FromTo is the window between two bounds.
func FromTo(from, to Bound) Window { return Window{from, to} }

// Within is the n days on both sides of a bound.
func Within(days int, of Bound) Window { return Window{of.AddDays(-days), of.AddDays(days)} }

// SpanOf is the time of the fact bound to a name.
func SpanOf(name string) Window { return Window{StartOf(name), EndOf(name)} }

// String gives the window in words.
func (w Window) String() string {
	switch {
	case w == ThePeriod():
		return "the period"
	case w == Window{}:
		return "any time"
	case w.From.kind == anchorFact && w == SpanOf(w.From.name):
		return "the " + w.From.name
	case w.From.IsOpen():
		return "the time up to " + w.To.String()
	case w.To.IsOpen():
		return "the time from " + w.From.String()
	}
	return w.From.String() + " to " + w.To.String()
}

type boundBound struct {
	Bound
	depth  int
	simple bool
}

func (b *Binder) bound(x Bound) boundBound {
	r := boundBound{Bound: x}
	if x.kind == anchorFact {
		r.depth = b.depth(x.name)
	}
	if x.kind == anchorCalendar && (x.month < 1 || x.month > 12 || x.day < 1 || x.day > DaysInMonth(2024, x.month)) {
		b.Errorf("%d/%d is no day of a year", x.month, x.day)
		r.month, r.day = 1, 1
	}
	r.simple = x.years == 0 && x.months == 0 && x.days == 0
	return r
}

// at resolves the bound; false when the anchor is not recorded or the offset
// leaves the calendar. An ongoing end is the last day of the calendar.
func (b *boundBound) at(c *Chart, p Period) (Moment, bool) {
	var m Moment
	switch b.kind {
	case anchorPeriodStart:
		m = Moment{p.Start, Midnight}
	case anchorPeriodEnd:
		m = Moment{p.End, DayEnd}
	case anchorBirth:
		m = At(c.Patient.Birth)
	case anchorCalendar:
		y := p.Start.Year()
		if y == 0 {
			return m, false
		}
		m = At(civil(y, b.month, min(b.day, DaysInMonth(y, b.month))))
	case anchorFact:
		f := &c.Patient.Facts[c.bound[b.depth]]
		s, ok := b.aspect.span(f)
		if !ok {
			return m, false
		}
		m = s.Start
		if b.end {
			if m = s.End; s.Ongoing {
				return Moment{MaxDate, DayEnd}, true
			}
		}
	}
	if m.Day == 0 {
		return m, false
	}
	if !b.simple {
		d := m.Day
		if b.years != 0 || b.months != 0 {
			d = d.AddMonths(12*b.years + b.months)
		}
		if b.days != 0 {
			d = d.AddDays(b.days)
		}
		if d == 0 {
			return m, false
		}
		m.Day = d
	}
	if b.dayOnly {
		m.Time = 0
	}
	return m, true
}

// Aspect is the time of a fact that a test looks at.
type Aspect uint8

// Aspects.
const (
	Happened   Aspect = iota // when it happened, was effective or prevalent
	Authored                 // when it was ordered, issued or recorded
	Covered                  // the days that a supply covers
	Dosed                    // the period that a dosage instruction names
	Persisting               // from its start to the last occurrence, ongoing without one
)

// span gives the fact's time under the aspect, false when there is none.
func (a Aspect) span(f *Fact) (Span, bool) {
	switch a {
	case Authored:
		return Instant(f.Authored), f.Authored.Recorded()
	case Covered:
		if f.Supply == nil {
			return Span{}, false
		}
		p, ok := f.Supply.Covered()
		return Between(p.Start, p.End), ok
	case Dosed:
		if f.Supply == nil {
			return Span{}, false
		}
		b := f.Supply.Bounds
		return b, b.Start.Recorded() || b.End.Recorded()
	case Persisting:
		return Span{Start: f.When.Start, End: f.LastSeen, Ongoing: !f.LastSeen.Recorded()}, true
	}
	if f.When.inverted() { // a diagnosis: the abatement is ignored
		return Span{Start: f.When.Start, Ongoing: f.Status == Active || f.Status == Recurrence || f.Status == Relapse}, true
	}
	return f.When, f.When.Start.Recorded() || f.When.End.Recorded() || f.When.Ongoing || f.Kind == Diagnosis
}

var aspectNames = [...]string{"", "order", "supply", "dosage period", "its course"}

// Relation is how a fact's time must lie to a window.
type Relation uint8

// Relations.
const (
	During         Relation = iota // starts and ends inside
	Starts                         // starts inside
	Ends                           // ends inside
	Latest                         // its end, or else its start, lies inside
	Earliest                       // its start, or else its end, lies inside
	Overlaps                       // shares a moment
	OverlapsBefore                 // shares a moment and starts before the window
	OverlapsAfter                  // shares a moment and ends after the window
)

var relationNames = [...]string{"during", "starting in", "ending in", "last seen in", "first seen in", "overlapping", "overlapping and starting before", "overlapping and lasting beyond"}

// Timing is a test of a fact's time against a window. Days are compared unless
// Exact; then moments of one day of which one has no time are "not known" and
// fail the test. A fact without a start reaches back without limit; one whose
// end is not known counts as at least its start.
type Timing struct {
	Rel    Relation
	Window Window
	Of     Aspect
	Exact  bool
}

// When tests the time that a fact happened: When(During, ThePeriod()).
func When(rel Relation, w Window) Timing { return Timing{Rel: rel, Window: w} }

// WhenOf tests an aspect of the fact's time.
func WhenOf(a Aspect, rel Relation, w Window) Timing { return Timing{Rel: rel, Window: w, Of: a} }

// Precisely compares times of day too.
func (t Timing) Precisely() Timing { t.Exact = true; return t }

// String gives the test in words.
func (t Timing) String() string {
	s := relationNames[min(int(t.Rel), len(relationNames)-1)] + " " + t.Window.String()
	if t.Of != Happened {
		s = aspectNames[t.Of] + " " + s
	}
	if t.Exact {
		s += " (to the minute)"
	}
	return s
}

type boundTiming struct {
	Timing
	from, to boundBound
	early    bool // facts that pass start in the window
}

func (t Timing) bound(b *Binder) *boundTiming {
	return &boundTiming{t, b.bound(t.Window.From), b.bound(t.Window.To), t.Rel == During || t.Rel == Starts || t.Rel == Earliest}
}

func (t Timing) bindTest(b *Binder) boundTest { return t.bound(b).test() }

func (t *boundTiming) test() boundTest { return boundTest{t.ok, t.String(), DateOutOfRange} }

// bounds reports whether the test keeps to some days all facts that pass, whichever they
// are: the window does not hang on the fact itself, which is bound at the depth.
func (t *boundTiming) bounds(own int) bool {
	hangs := func(b *boundBound) bool { return b.kind == anchorFact && b.depth == own }
	return t.Of == Happened && !hangs(&t.from) && !hangs(&t.to) && (t.from.kind != anchorNone || t.to.kind != anchorNone)
}

// days are those between which a fact that passes happens in part, 0 for no limit; false
// when none passes. A fact without a start may be known from later on.
func (t *boundTiming) days(c *Chart, p Period) (from, to Date, ok bool) {
	if t.from.kind != anchorNone {
		m, ok := t.from.at(c, p)
		if !ok {
			return 0, 0, false
		}
		from = m.Day.inCalendar()
	}
	if t.to.kind != anchorNone {
		m, ok := t.to.at(c, p)
		if !ok {
			return 0, 0, false
		}
		to = m.Day.inCalendar()
	}
	return from, to, true
}

// atOrAfter and atOrBefore are false when the order cannot be told.
func atOrAfter(m, bound Moment, excl, exact bool) bool {
	o, known := m.Compare(bound, exact)
	return known && (o > 0 || o == 0 && !excl)
}

func atOrBefore(m, bound Moment, excl, exact bool) bool {
	o, known := m.Compare(bound, exact)
	return known && (o < 0 || o == 0 && !excl)
}

func (t *boundTiming) ok(c *Chart, p Period, f *Fact, _ int32) bool {
	s, ok := t.Of.span(f)
	if !ok {
		return false
	}
	var from, to Moment
	hasFrom, hasTo := t.from.kind != anchorNone, t.to.kind != anchorNone
	if hasFrom {
		if from, ok = t.from.at(c, p); !ok {
			return false
		}
	}
	if hasTo {
		if to, ok = t.to.at(c, p); !ok {
			return false
		}
	}
	inFrom := func(m Moment) bool { return !hasFrom || atOrAfter(m, from, t.from.excl, t.Exact) }
	inTo := func(m Moment) bool { return !hasTo || atOrBefore(m, to, t.to.excl, t.Exact) }
	point := Moment{}
	switch t.Rel {
	case Starts:
		if point = s.Start; !point.Recorded() {
			return !hasFrom
		}
	case Ends:
		if point = s.End; !point.Recorded() {
			return s.Ongoing && !hasTo
		}
	case Latest:
		if s.Ongoing {
			point = s.Start
		} else {
			point = s.Latest()
		}
	case Earliest:
		point = s.Earliest()
	default:
		startOK := s.Start.Recorded()
		end := s.End
		if !end.Recorded() && !s.Ongoing {
			end = s.Start
		}
		if t.Rel == During {
			switch {
			case !startOK && hasFrom, startOK && !inFrom(s.Start), s.Ongoing && hasTo:
				return false
			case s.Ongoing:
				return true
			case !s.End.Recorded():
				return !hasTo && startOK
			}
			return inTo(s.End)
		}
		if startOK && !inTo(s.Start) || !s.Ongoing && (!end.Recorded() || !inFrom(end)) {
			return false
		}
		switch t.Rel {
		case OverlapsBefore:
			if !hasFrom {
				return false
			}
			if !startOK {
				return true
			}
			o, known := s.Start.Compare(from, t.Exact)
			return known && o < 0
		case OverlapsAfter:
			if !hasTo {
				return false
			}
			if s.Ongoing {
				return to.Day < MaxDate
			}
			if !s.End.Recorded() {
				return false
			}
			o, known := s.End.Compare(to, t.Exact)
			return known && o > 0
		}
		return true
	}
	return point.Recorded() && inFrom(point) && inTo(point)
}
