package registry

import (
	"fmt"
	"slices"
	"strings"
)

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
