package registry

import "fmt"

// Period is a span of days, closed at both ends. A zero Start is open to the
// past, a zero End open to the future; the zero Period, as a value in data,
// means "not recorded" where a type says so and "always" in a question.
type Period struct {
	Start Date `json:"start"`
	End   Date `json:"end"`
}

// CalendarYear is 1 January to 31 December of a year from 1 to 9999; it panics
// outside, being meant for literals and checked input.
func CalendarYear(year int) Period { return Period{Day(year, 1, 1), Day(year, 12, 31)} }

// CalendarQuarter is one of the four quarters, q from 1 to 4; it panics outside.
func CalendarQuarter(year, q int) Period {
	return Period{Day(year, 3*q-2, 1), Day(year, 3*q, DaysInMonth(year, 3*q))}
}

// CalendarMonth is the first to the last day of a month; it panics on a month
// that does not exist.
func CalendarMonth(year, month int) Period {
	return Period{Day(year, month, 1), Day(year, month, DaysInMonth(year, month))}
}

// FiscalYear is the year that starts on the given day of the given month in
// year; a start on 29 February is clamped in common years.
func FiscalYear(year, month, day int) Period {
	s := Day(year, month, min(day, DaysInMonth(year, month)))
	return Period{s, s.AddMonths(12).AddDays(-1)}
}

// ReferenceYears is the n calendar years that end with year.
func ReferenceYears(year, n int) Period { return Period{Day(year-n+1, 1, 1), Day(year, 12, 31)} }

// FarEdge says whether a look-back holds its far day. The zero value excludes
// it: twelve months to 2024-03-31 start on 2023-04-01.
type FarEdge uint8

// The two far edges.
const (
	FarExclusive FarEdge = iota
	FarInclusive
)

func (e FarEdge) since(far, asOf Date) Period {
	if e == FarExclusive {
		far = far.AddDays(1)
	}
	return Period{far, asOf}
}

// LastDays is the n days up to and with asOf.
func LastDays(asOf Date, n int, edge FarEdge) Period { return edge.since(asOf.AddDays(-n), asOf) }

// LastMonths is the n months up to and with asOf.
func LastMonths(asOf Date, n int, edge FarEdge) Period {
	return edge.since(asOf.AddMonths(-n), asOf)
}

// LastYears is the n years up to and with asOf.
func LastYears(asOf Date, n int, edge FarEdge) Period { return edge.since(asOf.AddYears(-n), asOf) }

// Around is the days from before days ahead of the anchor to after days behind
// it, both ends included.
func Around(anchor Date, before, after int) Period {
	return Period{anchor.AddDays(-before), anchor.AddDays(after)}
}

// Valid reports whether the period holds at least one day.
func (p Period) Valid() bool { return p.End == 0 || p.Start <= p.End }

// Contains reports whether the recorded day d lies in p.
func (p Period) Contains(d Date) bool {
	return d != 0 && d >= p.Start && (p.End == 0 || d <= p.End)
}

// Covers reports whether every day of q lies in p.
func (p Period) Covers(q Period) bool {
	return (p.Start == 0 || q.Start != 0 && q.Start >= p.Start) &&
		(p.End == 0 || q.End != 0 && q.End <= p.End)
}

// Overlaps reports whether p and q share a day.
func (p Period) Overlaps(q Period) bool {
	return (p.End == 0 || q.Start <= p.End) && (q.End == 0 || p.Start <= q.End)
}

// Intersect returns the days that p and q share; false when there are none.
func (p Period) Intersect(q Period) (Period, bool) {
	if !p.Overlaps(q) {
		return Period{}, false
	}
	r := Period{max(p.Start, q.Start), p.End}
	if r.End == 0 || q.End != 0 && q.End < r.End {
		r.End = q.End
	}
	return r, true
}

// Days counts the days of a period with two ends; 0 when open or empty.
func (p Period) Days() int {
	if p.Start == 0 || p.End == 0 || p.End < p.Start {
		return 0
	}
	return int(p.End-p.Start) + 1
}

// String gives "2025-01-01 to 2025-12-31", with words for open ends.
func (p Period) String() string {
	switch {
	case p == Period{}:
		return "any time"
	case p.Start == 0:
		return fmt.Sprintf("up to %v", p.End)
	case p.End == 0:
		return fmt.Sprintf("from %v", p.Start)
	}
	return fmt.Sprintf("%v to %v", p.Start, p.End)
}

// Calendar lists days on which nobody works: weekend days by number (0 is
// Sunday) and holidays as dates.
type Calendar struct {
	Weekend  []int
	Holidays []Date
}

// NextWorkingDay returns d, or the first day after it that is neither weekend
// nor holiday. With all seven days in the weekend it gives the zero Date.
func (c Calendar) NextWorkingDay(d Date) Date {
	for range 366 {
		if d == 0 || c.works(d) {
			return d
		}
		d = d.AddDays(1)
	}
	return 0
}

func (c Calendar) works(d Date) bool {
	for _, w := range c.Weekend {
		if w == d.Weekday() {
			return false
		}
	}
	for _, h := range c.Holidays {
		if h == d {
			return false
		}
	}
	return true
}
