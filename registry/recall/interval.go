package recall

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/chroniccare/chroniccare/internal/name"
	"github.com/chroniccare/chroniccare/registry"
)

// ErrDefinition is wrapped by every error about a recommendation or a table.
var ErrDefinition = errors.New("recall: definition")

// Unit of a span of time.
type Unit uint8

// Units.
const (
	Day Unit = iota
	Week
	Month
	Year
)

var unitNames = [...]string{"day", "week", "month", "year"}

// String gives the unit in the singular.
func (u Unit) String() string { return unitNames[min(int(u), len(unitNames)-1)] }

// Every is a span of time, such as 12 months. The zero value is no time at all.
type Every struct {
	N    int
	Unit Unit
}

// After is the day that lies the span after d. Months and years are taken from d
// itself and clamped to the end of the month, never stepped.
func (e Every) After(d registry.Date) registry.Date {
	switch e.Unit {
	case Week:
		return d.AddDays(7 * e.N)
	case Month:
		return d.AddMonths(e.N)
	case Year:
		return d.AddYears(e.N)
	}
	return d.AddDays(e.N)
}

// Before is the day that lies the span before d.
func (e Every) Before(d registry.Date) registry.Date { return Every{-e.N, e.Unit}.After(d) }

// IsZero reports whether it is no time at all.
func (e Every) IsZero() bool { return e.N == 0 }

// String gives the span in words.
func (e Every) String() string {
	s := strconv.Itoa(e.N) + " " + e.Unit.String()
	if e.N != 1 {
		s += "s"
	}
	return s
}

// MarshalText gives the span in words.
func (e Every) MarshalText() ([]byte, error) { return []byte(e.String()), nil }

// UnmarshalText reads a span in the words of [Every.String], such as "3 months"; anything
// else is an [ErrDefinition].
func (e *Every) UnmarshalText(text []byte) error {
	n, unit, _ := strings.Cut(string(text), " ")
	i, err := strconv.Atoi(n)
	u := slices.Index(unitNames[:], strings.TrimSuffix(unit, "s"))
	if read := (Every{i, Unit(max(u, 0))}); err == nil && read.String() == string(text) {
		*e = read
		return nil
	}
	return fmt.Errorf("%w: no span of time: %q", ErrDefinition, text)
}

// State says where a day stands on the time line of a recommendation. Every day is
// in exactly one state.
type State uint8

// States, in the order of time.
const (
	NotYet  State = iota // before Earliest
	DueSoon              // from Earliest, before Due
	Due                  // from Due to OverdueAfter
	Overdue              // after OverdueAfter
	Lapsed               // after Latest: no longer asked for
)

var stateNames = [...]string{"not yet", "due soon", "due", "overdue", "lapsed"}

// String gives the state in words.
func (s State) String() string { return stateNames[min(int(s), len(stateNames)-1)] }

// MarshalText gives the state in words.
func (s State) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads what MarshalText gives; another text is an error that lists the words.
func (s *State) UnmarshalText(text []byte) error { return name.Parse(s, len(stateNames), text) }

// Schedule is the time line that follows from the last evidence.
type Schedule struct {
	Earliest     registry.Date `json:"earliest"`
	Due          registry.Date `json:"due"`
	OverdueAfter registry.Date `json:"overdue_after"`
	Latest       registry.Date `json:"latest"` // 0: no end
}

// At is the state on a day.
func (s Schedule) At(t registry.Date) State {
	switch {
	case s.Latest != 0 && t > s.Latest:
		return Lapsed
	case t < s.Earliest:
		return NotYet
	case t < s.Due:
		return DueSoon
	case t <= s.OverdueAfter:
		return Due
	}
	return Overdue
}

// DaysOverdue is how many days after OverdueAfter a day lies.
func (s Schedule) DaysOverdue(t registry.Date) int { return max(0, int(t-s.OverdueAfter)) }

// Timing turns the day of the last evidence, or of becoming eligible, into a
// schedule.
type Timing struct {
	Interval Every // from evidence to the next due day
	First    Every // from becoming eligible to the first due day, when there is no evidence
	Lead     Every // how long before Due it may be done
	Grace    Every // how long after Due it is not yet overdue
}

// Schedule computes the time line. A last of 0 is "no evidence". latest is a hard
// end, 0 for none.
func (t Timing) Schedule(since, last, latest registry.Date) Schedule {
	due := t.First.After(since)
	if last != 0 {
		due = t.Interval.After(last)
	}
	return Schedule{Earliest: t.Lead.Before(due), Due: due, OverdueAfter: t.Grace.After(due), Latest: latest}
}

func (t Timing) faults() (errs []error) {
	if t.Interval.N <= 0 {
		errs = append(errs, fmt.Errorf("an interval of %s", t.Interval))
	}
	for _, x := range []struct {
		name string
		e    Every
	}{{"first", t.First}, {"lead", t.Lead}, {"grace", t.Grace}} {
		if x.e.N < 0 {
			errs = append(errs, fmt.Errorf("%s is %s", x.name, x.e))
		}
	}
	if t.Interval.N > 0 {
		// on any day of the calendar: a lead longer than the interval would come before the evidence
		d := registry.Day(2001, 3, 1)
		if t.Lead.Before(t.Interval.After(d)) < d {
			errs = append(errs, fmt.Errorf("a lead of %s is longer than the interval of %s", t.Lead, t.Interval))
		}
	}
	return errs
}

// Season is a span of the year in which something is due once, such as influenza
// immunisation from September to March. It may run over the turn of the year.
type Season struct {
	FromMonth, FromDay, ToMonth, ToDay int
}

// On is the season that a day lies in, or else the next one.
func (s Season) On(t registry.Date) registry.Period {
	y, _, _ := t.YMD()
	for _, year := range []int{y - 1, y, y + 1} {
		p := s.of(year)
		if t <= p.End {
			return p
		}
	}
	return s.of(y + 1)
}

func (s Season) of(year int) registry.Period {
	end := year
	if s.ToMonth < s.FromMonth || s.ToMonth == s.FromMonth && s.ToDay < s.FromDay {
		end++
	}
	return registry.Period{Start: day(year, s.FromMonth, s.FromDay), End: day(end, s.ToMonth, s.ToDay)}
}

// day is a day of a month, the last for later ones, in the years that there are.
func day(y, m, d int) registry.Date {
	y = min(max(y, 1), 9999)
	return registry.Day(y, m, min(d, registry.DaysInMonth(y, m)))
}

func (s Season) faults() []error {
	if s == (Season{}) {
		return nil
	}
	for _, x := range [][2]int{{s.FromMonth, s.FromDay}, {s.ToMonth, s.ToDay}} {
		if x[0] < 1 || x[0] > 12 || x[1] < 1 || x[1] > 31 {
			return []error{fmt.Errorf("a season from %d-%d to %d-%d", s.FromMonth, s.FromDay, s.ToMonth, s.ToDay)}
		}
	}
	return nil
}

// Calendar is a window of whole programme years: evidence counts from its own year to the
// Years-th, whatever its day. It is the look-back of most quality measures.
type Calendar struct {
	Years      int // 1: evidence in the year itself
	Month, Day int // on which a programme year starts; 0, 0: 1 January
}

func (c Calendar) faults() []error {
	m, d := c.first()
	if c.Years < 1 || m < 1 || m > 12 || d < 1 || d > 31 {
		return []error{fmt.Errorf("a calendar of %d years from %d-%d", c.Years, c.Month, c.Day)}
	}
	return nil
}

func (c Calendar) first() (month, d int) {
	if c.Month == 0 && c.Day == 0 {
		return 1, 1
	}
	return c.Month, c.Day
}

// Year is the programme year that holds a day.
func (c Calendar) Year(t registry.Date) registry.Period {
	m, d := c.first()
	y, _, _ := t.YMD()
	start := day(y, m, d)
	if t < start {
		y--
		start = day(y, m, d)
	}
	return registry.Period{Start: start, End: day(y+1, m, d).AddDays(-1)}
}

// Schedule computes the time line: due with the first programme year in which the last
// evidence no longer counts, overdue when that year is over.
func (c Calendar) Schedule(t Timing, since, last, latest registry.Date) Schedule {
	due := t.First.After(since)
	if last != 0 {
		m, d := c.first()
		y, _, _ := c.Year(last).Start.YMD()
		due = day(y+c.Years, m, d)
	}
	return Schedule{Earliest: t.Lead.Before(due), Due: due, OverdueAfter: t.Grace.After(c.Year(due).End), Latest: latest}
}

// earliest is the earlier of two days of which either may be unrecorded.
func earliest(a, b registry.Date) registry.Date {
	if a == 0 || b != 0 && b < a {
		return b
	}
	return a
}

func sortedUnique(ss []string) []string {
	slices.Sort(ss)
	return slices.Compact(ss)
}
