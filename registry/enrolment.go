package registry

import (
	"cmp"
	"errors"
	"fmt"
	seq "iter" // the package has an iter of its own
	"slices"
	"strings"
)

// Benefit is a bit set of what a coverage pays for.
type Benefit uint16

// Benefits.
const (
	Medical Benefit = 1 << iota
	Pharmacy
	MentalHealth
	ChemicalDependency
	Dental
	PartA // hospital insurance of Medicare
	PartB // medical insurance of Medicare
)

var benefitNames = []string{"medical", "pharmacy", "mental health", "chemical dependency", "dental", "part A", "part B"}

// Has reports whether all of the wanted benefits are covered.
func (b Benefit) Has(want Benefit) bool { return b&want == want }

// String lists the benefits.
func (b Benefit) String() string {
	var s []string
	for i, n := range benefitNames {
		if b&(1<<i) != 0 {
			s = append(s, n)
		}
	}
	if len(s) == 0 {
		return "no benefit"
	}
	return strings.Join(s, ", ")
}

// Product lines, as [Enrolment] names them.
const (
	Commercial = "commercial"
	Medicaid   = "medicaid"
	Medicare   = "medicare"
)

// Enrolment is a span of coverage, both days included; a zero End is open and
// covers to the end of time, a zero Start reaches back without limit. A span
// whose end lies before its start covers no day.
type Enrolment struct {
	Period        Period  `json:"period"`
	Payer         string  `json:"payer,omitempty"`
	Product       string  `json:"product,omitempty"` // product line: "commercial", "medicaid", "medicare"
	Benefits      Benefit `json:"benefits,omitempty"`
	FeeForService bool    `json:"fee_for_service,omitempty"`
}

// ErrEnrolment is wrapped by every [EnrolmentError].
var ErrEnrolment = errors.New("registry: enrolment")

// EnrolmentError names a span that cannot be right, by its place in the input.
type EnrolmentError struct {
	Index   int
	Span    Enrolment
	Problem string
}

// Error names the span and what is wrong with it.
func (e *EnrolmentError) Error() string {
	return fmt.Sprintf("registry: enrolment span %d (%v to %v): %s", e.Index, e.Span.Period.Start, e.Span.Period.End, e.Problem)
}

// Unwrap gives [ErrEnrolment].
func (e *EnrolmentError) Unwrap() error { return ErrEnrolment }

// NormalizeEnrolments checks spans and returns the good ones merged and sorted:
// see [MergeEnrolments]. The error joins an [*EnrolmentError] for every span
// left out: end before start, a day outside the calendar. A span without a
// product line stays, and is reported: rules that ask for a line pass it over.
func NormalizeEnrolments(spans []Enrolment) ([]Enrolment, error) {
	var errs []error
	good := make([]Enrolment, 0, len(spans))
	for i, e := range spans {
		fault := func(p string) { errs = append(errs, &EnrolmentError{i, e, p}) }
		switch {
		case e.Period.Start < 0 || e.Period.End < 0 || e.Period.Start > MaxDate || e.Period.End > MaxDate:
			fault("a day outside the calendar")
			continue
		case !e.Period.Valid():
			fault("ends before it starts")
			continue
		case e.Product == "":
			fault("no product line")
		}
		good = append(good, e)
	}
	return MergeEnrolments(good), errors.Join(errs...)
}

// MergeEnrolments joins overlapping and adjacent spans (end + 1 day = start)
// that agree in payer, product line, benefits and fee-for-service, and leaves
// out spans without a day. The result is sorted by start, end, product, payer
// and benefits. Merging is idempotent and free of order.
func MergeEnrolments(spans []Enrolment) []Enrolment {
	ffs := func(b bool) int {
		if b {
			return 1
		}
		return 0
	}
	kind := func(a, b Enrolment) int {
		return cmp.Or(cmp.Compare(a.Product, b.Product), cmp.Compare(a.Payer, b.Payer), cmp.Compare(a.Benefits, b.Benefits), ffs(a.FeeForService)-ffs(b.FeeForService))
	}
	last := func(e Enrolment) Date {
		if e.Period.End == 0 {
			return MaxDate
		}
		return e.Period.End
	}
	in := slices.DeleteFunc(slices.Clone(spans), func(e Enrolment) bool { return !e.Period.Valid() })
	slices.SortFunc(in, func(a, b Enrolment) int {
		return cmp.Or(kind(a, b), cmp.Compare(a.Period.Start, b.Period.Start), cmp.Compare(last(a), last(b)))
	})
	var out []Enrolment
	for _, e := range in {
		if n := len(out); n > 0 && kind(out[n-1], e) == 0 && e.Period.Start <= last(out[n-1])+1 {
			if last(e) > last(out[n-1]) || e.Period.End == 0 {
				out[n-1].Period.End = e.Period.End
			}
			continue
		}
		out = append(out, e)
	}
	slices.SortFunc(out, func(a, b Enrolment) int {
		return cmp.Or(cmp.Compare(a.Period.Start, b.Period.Start), cmp.Compare(last(a), last(b)), kind(a, b))
	})
	return out
}

// Cover says which spans count: of a product line (any when empty), a payer
// (any when empty), with all the benefits, and not under fee-for-service rules
// unless it says so. A day is covered when one single span that counts covers
// it. Its methods take spans in any order and do not allocate.
type Cover struct {
	Product       string
	Payer         string
	Benefits      Benefit
	FeeForService bool // only spans under fee-for-service
}

// Takes reports whether the span counts.
func (c Cover) Takes(e *Enrolment) bool {
	return (c.Product == "" || c.Product == e.Product) && (c.Payer == "" || c.Payer == e.Payer) &&
		e.Benefits.Has(c.Benefits) && (!c.FeeForService || e.FeeForService)
}

// gap finds the first run of uncovered days from from to end.
func (c Cover) gap(spans []Enrolment, from, end Date) (Period, bool) {
	for from <= end {
		next, covered := end+1, Date(0)
		for i := range spans {
			e := &spans[i]
			if !e.Period.Valid() || !c.Takes(e) {
				continue
			}
			if e.Period.Start > from {
				next = min(next, e.Period.Start)
			} else if e.Period.End == 0 {
				return Period{}, false
			} else if e.Period.End >= from {
				covered = max(covered, e.Period.End)
			}
		}
		if covered == 0 {
			return Period{from, next - 1}, true
		}
		from = covered + 1
	}
	return Period{}, false
}

// On reports whether the day is covered.
func (c Cover) On(spans []Enrolment, d Date) bool {
	if d == 0 {
		return false
	}
	_, gap := c.gap(spans, d, d)
	return !gap
}

// Gaps goes through the maximal runs of uncovered days inside the window, in
// order, at its edges too. A window with an open end has none.
func (c Cover) Gaps(spans []Enrolment, window Period) seq.Seq[Period] {
	return func(yield func(Period) bool) {
		if window.Start == 0 || window.End == 0 {
			return
		}
		for from := window.Start; ; {
			g, ok := c.gap(spans, from, window.End)
			if !ok || !yield(g) {
				return
			}
			from = g.End + 1
		}
	}
}

// Days counts the covered days of the window; 0 for one with an open end.
// Covered days and days in gaps add up to the days of the window.
func (c Cover) Days(spans []Enrolment, window Period) int {
	n := window.Days()
	if n == 0 {
		return 0
	}
	for from := window.Start; ; {
		g, ok := c.gap(spans, from, window.End)
		if !ok {
			return n
		}
		n -= g.Days()
		from = g.End + 1
	}
}

// Since is the first day of the unbroken cover that holds the day: the zero
// Date when the day is not covered, [MinDate] when the cover has no start.
func (c Cover) Since(spans []Enrolment, d Date) Date {
	if !c.On(spans, d) {
		return 0
	}
	for d > MinDate {
		earliest := d
		for i := range spans {
			e := &spans[i]
			if e.Period.Valid() && c.Takes(e) && e.Period.Start < earliest && (e.Period.End == 0 || e.Period.End >= d-1) {
				earliest = max(e.Period.Start, MinDate)
			}
		}
		if earliest == d {
			return d
		}
		d = earliest
	}
	return d
}

// MonthRule says when a calendar month counts as a member month.
type MonthRule uint8

// Month rules: any covered day; the first day; the 15th; every day.
const (
	MonthAnyDay MonthRule = iota
	MonthFirstDay
	MonthMidMonth15
	MonthAllDays
)

// String gives the rule in words.
func (r MonthRule) String() string {
	return [...]string{"any day of the month", "first day of the month", "15th of the month", "every day of the month"}[min(r, MonthAllDays)]
}

// MemberMonths counts the calendar months of the window that the rule accepts.
// Only days inside the window count; MonthAllDays needs the whole calendar
// month inside it.
func (c Cover) MemberMonths(spans []Enrolment, window Period, rule MonthRule) int {
	if window.Days() == 0 {
		return 0
	}
	n := 0
	y, m, _ := window.Start.YMD()
	for first := civil(y, m, 1); first != 0 && first <= window.End; first = first.AddMonths(1) {
		y, m, _ := first.YMD()
		month := Period{first, civil(y, m, DaysInMonth(y, m))}
		switch rule {
		case MonthFirstDay, MonthMidMonth15:
			d := first
			if rule == MonthMidMonth15 {
				d += 14
			}
			if window.Contains(d) && c.On(spans, d) {
				n++
			}
		case MonthAllDays:
			if window.Covers(month) && c.Days(spans, month) == month.Days() {
				n++
			}
		default:
			if in, ok := month.Intersect(window); ok && c.Days(spans, in) > 0 {
				n++
			}
		}
	}
	return n
}

// ContinuousEnrolment is the usual test of quality measures: the window is
// covered but for a few short gaps, and the anchor is covered. The zero value
// allows no gap. The form follows the public texts of the HEDIS measures of
// 2009 (comprehensive diabetes care): one gap of at most 45 days in each year.
type ContinuousEnrolment struct {
	Cover
	Window  Period // both ends needed
	Anchor  Date   // must be covered; zero asks for none
	Gaps    int    // gaps allowed, in each calendar year of the window
	GapDays int    // longest gap allowed, in days
	// WholeWindow counts gaps over the whole window. Otherwise a gap across New
	// Year is cut, and each part counts in its own year.
	WholeWindow bool
	// Monthly is for enrolment that is verified by the month: at most Gaps
	// calendar months of each year may be without any covered day, and the rule
	// of days is not applied.
	Monthly bool
}

// Met reports whether the spans satisfy the rule. It does not allocate.
func (r ContinuousEnrolment) Met(spans []Enrolment) bool {
	return r.Fault(spans) == EnrolmentContinuous
}

// EnrolmentFault says why enrolment is not continuous.
type EnrolmentFault uint8

// Faults of enrolment, in the order in which they are looked for.
const (
	EnrolmentContinuous EnrolmentFault = iota // no fault
	EnrolmentNone                             // no span counts at all
	EnrolmentAnchor                           // the anchor is not covered
	EnrolmentLongGap                          // a gap is too long
	EnrolmentManyGaps                         // too many gaps
)

// String gives the fault in words.
func (f EnrolmentFault) String() string {
	return [...]string{"continuous", "not enrolled", "not enrolled on the anchor date", "gap too long", "too many gaps"}[min(f, EnrolmentManyGaps)]
}

// Fault is the first thing that breaks the rule, or EnrolmentContinuous. It
// does not allocate.
func (r ContinuousEnrolment) Fault(spans []Enrolment) EnrolmentFault {
	w := r.Window
	if w.Days() == 0 {
		return EnrolmentNone
	}
	if g, ok := r.gap(spans, w.Start, w.End); ok && g == w {
		return EnrolmentNone
	}
	if r.Anchor != 0 && !r.On(spans, r.Anchor) {
		return EnrolmentAnchor
	}
	for part := w; ; {
		if !r.WholeWindow {
			part.End = min(w.End, civil(part.Start.Year(), 12, 31))
		}
		if f := r.part(spans, part); f != EnrolmentContinuous {
			return f
		}
		if part.End == w.End {
			return EnrolmentContinuous
		}
		part = Period{part.End + 1, w.End}
	}
}

func (r ContinuousEnrolment) part(spans []Enrolment, w Period) EnrolmentFault {
	n := 0
	if r.Monthly {
		y, m, _ := w.Start.YMD()
		for first := civil(y, m, 1); first != 0 && first <= w.End; first = first.AddMonths(1) {
			y, m, _ := first.YMD()
			in, _ := Period{first, civil(y, m, DaysInMonth(y, m))}.Intersect(w)
			if r.Days(spans, in) == 0 {
				n++
			}
		}
		if n > r.Gaps {
			return EnrolmentManyGaps
		}
		return EnrolmentContinuous
	}
	for from := w.Start; ; {
		g, ok := r.gap(spans, from, w.End)
		if !ok {
			return EnrolmentContinuous
		}
		if g.Days() > r.GapDays {
			return EnrolmentLongGap
		}
		if n++; n > r.Gaps {
			return EnrolmentManyGaps
		}
		from = g.End + 1
	}
}

// String gives the rule in words.
func (r ContinuousEnrolment) String() string {
	return fmt.Sprintf("continuously enrolled in %v%s", r.Window, r.terms())
}

func (r ContinuousEnrolment) terms() string {
	s := ""
	if r.Product != "" {
		s += " (" + r.Product + ")"
	}
	if r.Benefits != 0 {
		s += " with " + r.Benefits.String()
	}
	per := " in each year"
	if r.WholeWindow {
		per = ""
	}
	switch {
	case r.Monthly:
		s += fmt.Sprintf(", at most %d months lapsed%s", r.Gaps, per)
	case r.Gaps == 0 || r.GapDays == 0:
		s += ", no gap"
	default:
		s += fmt.Sprintf(", gaps: at most %d of at most %d days%s", r.Gaps, r.GapDays, per)
	}
	return s
}

// ContinuouslyEnrolled is [ContinuousEnrolment] as a criterion over a chart's
// enrolments: window and anchor hang on the period asked about, the birth date
// or a bound fact. Rule.Window and Rule.Anchor are not used. With Lines each of
// these product lines is evaluated by itself, and one that satisfies the rule
// is enough; without, Rule.Product, or when that is empty too the line held on
// the anchor (or on the window's last day).
type ContinuouslyEnrolled struct {
	Window  Window
	Anchor  Bound // an open bound asks for none
	Rule    ContinuousEnrolment
	Lines   []string
	Monthly []string // lines verified by the month: see [ContinuousEnrolment]
}

// String gives the definition in words.
func (d ContinuouslyEnrolled) String() string {
	s := "continuously enrolled in " + d.Window.String() + d.Rule.terms()
	if !d.Anchor.IsOpen() {
		s += ", enrolled on " + d.Anchor.String()
	}
	if len(d.Lines) > 0 {
		s += ", as " + strings.Join(d.Lines, " or ")
	}
	if len(d.Monthly) > 0 {
		s += ", by the month as " + strings.Join(d.Monthly, " or ")
	}
	return s
}

// Bind implements [Definition].
func (d ContinuouslyEnrolled) Bind(b *Binder) Criterion {
	from, to, anchor := b.bound(d.Window.From), b.bound(d.Window.To), b.bound(d.Anchor)
	if d.Window.From.IsOpen() || d.Window.To.IsOpen() {
		b.Errorf("continuous enrolment needs a closed window")
	}
	if d.Rule.Gaps < 0 || d.Rule.GapDays < 0 {
		b.Errorf("continuous enrolment with %d gaps of %d days", d.Rule.Gaps, d.Rule.GapDays)
	}
	hasAnchor := !d.Anchor.IsOpen()
	return &rule{words: d.String(), reason: DateOutOfRange, holds: func(c *Chart, p Period) bool {
		s, ok1 := from.at(c, p)
		e, ok2 := to.at(c, p)
		if !ok1 || !ok2 {
			return false
		}
		r := d.Rule
		r.Window = Period{s.Day, e.Day}
		at := e.Day
		if hasAnchor {
			m, ok := anchor.at(c, p)
			if !ok {
				return false
			}
			r.Anchor, at = m.Day, m.Day
		}
		if len(d.Lines) > 0 {
			for _, r.Product = range d.Lines {
				r.Monthly = d.Rule.Monthly || slices.Contains(d.Monthly, r.Product)
				if r.Met(c.Patient.Enrolments) {
					return true
				}
			}
			return false
		}
		if r.Product == "" {
			if r.Product = ProductOn(c.Patient.Enrolments, at, r.Benefits); r.Product == "" {
				return false
			}
		}
		r.Monthly = r.Monthly || slices.Contains(d.Monthly, r.Product)
		return r.Met(c.Patient.Enrolments)
	}}
}

// ProductOn is the product line held on a day with the benefits, "" for none.
// Of several the first in byte order is taken, so that the order of spans does
// not matter.
func ProductOn(spans []Enrolment, d Date, need Benefit) string {
	line := ""
	for i := range spans {
		e := &spans[i]
		if e.Product != "" && e.Benefits.Has(need) && e.Period.Contains(d) && (line == "" || e.Product < line) {
			line = e.Product
		}
	}
	return line
}
