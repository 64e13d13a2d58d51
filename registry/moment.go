package registry

import "fmt"

// Clock is a time of day in milliseconds since midnight plus one; the zero
// Clock means "no time recorded". It only orders facts within a day.
type Clock int32

// NewClock returns the clock of a time of day; out-of-range parts give the zero
// Clock. A leap second (60) counts as 59.999.
func NewClock(hour, minute, second, milli int) Clock {
	if second == 60 {
		second, milli = 59, 999
	}
	if hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 || milli < 0 || milli > 999 {
		return 0
	}
	return Clock(((hour*60+minute)*60+second)*1000+milli) + 1
}

// The first and the last millisecond of a day.
const (
	Midnight Clock = 1
	DayEnd   Clock = 86400000
)

// Moment is a day with an optional time of day. The zero Moment is not
// recorded.
type Moment struct {
	Day  Date  `json:"day"`
	Time Clock `json:"time,omitempty"`
}

// At returns the moment of a day without a time.
func At(d Date) Moment { return Moment{Day: d} }

// Recorded reports whether the day is known.
func (m Moment) Recorded() bool { return m.Day != 0 }

// Compare orders two recorded moments, -1, 0 or 1. At exact precision two
// moments of one day of which one has no time cannot be told apart: known is
// then false.
func (m Moment) Compare(o Moment, exact bool) (order int, known bool) {
	switch {
	case m.Day < o.Day:
		return -1, true
	case m.Day > o.Day:
		return 1, true
	case !exact:
		return 0, true
	case m.Time == 0 || o.Time == 0:
		return 0, m.Time == o.Time
	case m.Time < o.Time:
		return -1, true
	case m.Time > o.Time:
		return 1, true
	}
	return 0, true
}

// before is a total order for sorting: unrecorded first, no time before time.
func (m Moment) before(o Moment) bool { return m.Day < o.Day || m.Day == o.Day && m.Time < o.Time }

// String gives "2025-03-01" or "2025-03-01 14:05".
func (m Moment) String() string {
	if m.Time == 0 || m.Day == 0 {
		return m.Day.String()
	}
	t := int(m.Time-1) / 60000
	return fmt.Sprintf("%v %02d:%02d", m.Day, t/60, t%60)
}

// Span is when something was true or happened: closed at both ends, either end
// may be missing. A missing start reaches back without limit. A missing end
// means "still going on" when Ongoing, else "not known when it ended".
type Span struct {
	Start   Moment `json:"start"`
	End     Moment `json:"end"`
	Ongoing bool   `json:"ongoing,omitempty"`
}

// On is the span of a single day without a time.
func On(d Date) Span { return Span{Start: At(d), End: At(d)} }

// Between is the span of days from start to end.
func Between(start, end Date) Span { return Span{Start: At(start), End: At(end)} }

// Since is an ongoing span.
func Since(start Date) Span { return Span{Start: At(start), Ongoing: true} }

// Instant is the span of a single moment.
func Instant(m Moment) Span { return Span{Start: m, End: m} }

// inverted reports an end on a day before the start.
func (s *Span) inverted() bool { return s.End.Recorded() && s.End.Day < s.Start.Day }

// Latest is the end when recorded, else the start.
func (s Span) Latest() Moment {
	if s.End.Recorded() {
		return s.End
	}
	return s.Start
}

// Earliest is the start when recorded, else the end.
func (s Span) Earliest() Moment {
	if s.Start.Recorded() {
		return s.Start
	}
	return s.End
}

// String gives the days, "2025-03-01 to 2025-03-04".
func (s Span) String() string {
	switch {
	case s.Start == s.End:
		return s.Start.Day.String()
	case s.Ongoing:
		return fmt.Sprintf("since %v", s.Start.Day)
	case !s.End.Recorded():
		return fmt.Sprintf("%v, end not recorded", s.Start.Day)
	case !s.Start.Recorded():
		return fmt.Sprintf("until %v", s.End.Day)
	}
	if s.Start.Day == s.End.Day {
		return s.Start.Day.String()
	}
	return fmt.Sprintf("%v to %v", s.Start.Day, s.End.Day)
}
