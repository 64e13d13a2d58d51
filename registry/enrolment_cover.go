package registry

import (
	seq "iter" // the package has an iter of its own
)

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
