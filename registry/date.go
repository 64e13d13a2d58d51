package registry

import (
	"errors"
	"fmt"
	"strconv"
)

// Date is a civil day in the proleptic Gregorian calendar: no time, no zone.
// The zero Date means "not recorded"; 1 is 0001-01-01. Dates compare with the
// ordinary operators, and the difference of two recorded dates is a number of
// days. Years run from 1 to 9999; arithmetic that would leave that span, or
// that starts from an unrecorded date, gives the zero Date.
type Date int32

// The first and the last day that a Date can hold.
const (
	MinDate Date = 1
	MaxDate Date = 3652059
)

// ErrDate is wrapped by every error about text or numbers that are no date.
var ErrDate = errors.New("registry: not a date")

// Day returns a date from literals and panics when there is no such day: it is
// for constants in code. Use [NewDate] for data.
func Day(year, month, day int) Date {
	d, err := NewDate(year, month, day)
	if err != nil {
		panic(err)
	}
	return d
}

// NewDate returns the date of a year (1 to 9999), month and day, or an error
// that wraps [ErrDate] when the calendar has no such day.
func NewDate(year, month, day int) (Date, error) {
	if year < 1 || year > 9999 || month < 1 || month > 12 || day < 1 || day > DaysInMonth(year, month) {
		return 0, fmt.Errorf("%w: %04d-%02d-%02d", ErrDate, year, month, day)
	}
	return civil(year, month, day), nil
}

// civil counts days with the year starting in March, so that the leap day is
// the last of its year.
func civil(y, m, d int) Date {
	m = (m + 9) % 12
	y -= m / 10
	return Date(365*y + y/4 - y/100 + y/400 + (m*306+5)/10 + d - 306)
}

// YMD returns year, month and day; all zero for an unrecorded date.
func (d Date) YMD() (year, month, day int) {
	if d <= 0 {
		return 0, 0, 0
	}
	// Neri and Schneider 2023: years from March to February, divisions by way of multiples
	// of 2^32/1461 and 2^16/30.6
	n := 4*(uint64(d)+305) + 3 // quarters of days since 0000-03-01
	p := 2939745 * (n%146097 | 3)
	inYear := uint32(p) / 2939745 / 4
	year = int(100*(n/146097) + p>>32)
	m := 2141*inYear + 197913
	month, day = int(m>>16), int(m&0xffff/2141)+1
	if inYear >= 306 { // January and February are the next year's
		year, month = year+1, month-12
	}
	return year, month, day
}

// Year returns the calendar year, 0 when not recorded.
func (d Date) Year() int { y, _, _ := d.YMD(); return y }

// Recorded reports whether d holds a day.
func (d Date) Recorded() bool { return d != 0 }

// Weekday returns 0 for Sunday to 6 for Saturday; -1 when not recorded.
func (d Date) Weekday() int {
	if d <= 0 {
		return -1
	}
	return int(d) % 7
}

// IsLeap reports whether the Gregorian year has a 29 February.
func IsLeap(year int) bool { return year%4 == 0 && (year%100 != 0 || year%400 == 0) }

// DaysInMonth returns 28 to 31, or 0 for a month outside 1 to 12.
func DaysInMonth(year, month int) int {
	switch month {
	case 2:
		if IsLeap(year) {
			return 29
		}
		return 28
	case 4, 6, 9, 11:
		return 30
	case 1, 3, 5, 7, 8, 10, 12:
		return 31
	}
	return 0
}

// AddDays moves by n days.
func (d Date) AddDays(n int) Date {
	if d <= 0 {
		return 0
	}
	r := int64(d) + int64(n)
	if r < int64(MinDate) || r > int64(MaxDate) {
		return 0
	}
	return Date(r)
}

// AddMonths moves by n months and keeps the day number, clamped to the last day
// of the month reached: 2024-08-31 less six months is 2024-02-29. Step from the
// anchor in one go: two clamped steps may differ from one.
func (d Date) AddMonths(n int) Date {
	if d <= 0 {
		return 0
	}
	y, m, day := d.YMD()
	t := int64(y)*12 + int64(m-1) + int64(n)
	if t < 12 || t > 9999*12+11 {
		return 0
	}
	y, m = int(t/12), int(t%12)+1
	return civil(y, m, min(day, DaysInMonth(y, m)))
}

// AddYears moves by n years; 29 February goes to 28 February in common years.
func (d Date) AddYears(n int) Date {
	if n > 10000 || n < -10000 {
		return 0
	}
	return d.AddMonths(12 * n)
}

// MonthsBetween returns the greatest n with a.AddMonths(n) <= b, for b < a the
// negative of the reverse, and 0 when either is not recorded.
func MonthsBetween(a, b Date) int {
	if a <= 0 || b <= 0 {
		return 0
	}
	if b < a {
		return -MonthsBetween(b, a)
	}
	n := CalendarMonths(a, b)
	if a.AddMonths(n) > b {
		n--
	}
	return n
}

// CalendarMonths counts month boundaries from a to b; days are ignored.
func CalendarMonths(a, b Date) int {
	if a <= 0 || b <= 0 {
		return 0
	}
	ya, ma, _ := a.YMD()
	yb, mb, _ := b.YMD()
	return 12*(yb-ya) + mb - ma
}

// LeapBirthday says when someone born on 29 February has a birthday in a
// common year.
type LeapBirthday uint8

// The two conventions; the zero value is 1 March, as in CQL's AgeInYearsAt.
const (
	LeapBirthday1March LeapBirthday = iota
	LeapBirthday28February
)

// Age returns completed years from birth to on, -1 when either is not recorded
// or on is before birth. Born on 29 February, a person is a year older on 1
// March of a common year; see [AgeLeap] for the other convention.
func Age(birth, on Date) int { return AgeLeap(birth, on, LeapBirthday1March) }

// AgeLeap is [Age] with the convention for 29 February spelled out.
func AgeLeap(birth, on Date, leap LeapBirthday) int {
	if birth <= 0 || on < birth {
		return -1
	}
	yb, mb, db := birth.YMD()
	yo, mo, do := on.YMD()
	if leap == LeapBirthday28February && mb == 2 && db == 29 && !IsLeap(yo) {
		db = 28
	}
	n := yo - yb
	if mo < mb || mo == mb && do < db {
		n--
	}
	return n
}

// String gives YYYY-MM-DD, or "not recorded".
func (d Date) String() string {
	if d <= 0 {
		return "not recorded"
	}
	return string(d.append(make([]byte, 0, 10)))
}

func (d Date) append(b []byte) []byte {
	y, m, day := d.YMD()
	return append(b, byte('0'+y/1000), byte('0'+y/100%10), byte('0'+y/10%10), byte('0'+y%10), '-',
		byte('0'+m/10), byte('0'+m%10), '-', byte('0'+day/10), byte('0'+day%10))
}

// MarshalText gives YYYY-MM-DD, or nothing for an unrecorded date.
func (d Date) MarshalText() ([]byte, error) {
	if d == 0 {
		return nil, nil
	}
	if d < 0 || d > MaxDate {
		return nil, fmt.Errorf("%w: day number %d", ErrDate, int32(d))
	}
	return d.append(nil), nil
}

// UnmarshalText reads YYYY-MM-DD or YYYYMMDD; empty text is an unrecorded date.
func (d *Date) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		*d = 0
		return nil
	}
	p, err := ParseDate(string(text))
	if err != nil {
		return err
	}
	day, ok := p.Date()
	if !ok {
		return fmt.Errorf("%w: %q has no day", ErrDate, text)
	}
	*d = day
	return nil
}

// PartialDate is a year, a year and month, or a day, as records often hold
// birthdays and onsets. Month and day are 0 when not known; the zero value is
// not recorded.
type PartialDate struct {
	Year, Month, Day int
}

// ParseDate reads YYYY, YYYY-MM, YYYY-MM-DD or YYYYMMDD. Years run from 1 to
// 9999. Anything else, a date with a time among it, is an error that wraps
// [ErrDate].
func ParseDate(s string) (PartialDate, error) {
	bad := fmt.Errorf("%w: %q", ErrDate, s)
	num := func(t string) int {
		for i := range len(t) {
			if t[i] < '0' || t[i] > '9' {
				return -1
			}
		}
		n, _ := strconv.Atoi(t)
		return n
	}
	var p PartialDate
	switch len(s) {
	case 4:
		p.Year = num(s)
	case 7:
		p.Year, p.Month = num(s[:4]), num(s[5:])
		if s[4] != '-' || p.Month < 1 {
			return PartialDate{}, bad
		}
	case 8:
		p.Year, p.Month, p.Day = num(s[:4]), num(s[4:6]), num(s[6:])
		if p.Month < 1 || p.Day < 1 {
			return PartialDate{}, bad
		}
	case 10:
		p.Year, p.Month, p.Day = num(s[:4]), num(s[5:7]), num(s[8:])
		if s[4] != '-' || s[7] != '-' || p.Month < 1 || p.Day < 1 {
			return PartialDate{}, bad
		}
	default:
		return PartialDate{}, bad
	}
	if !p.valid() {
		return PartialDate{}, bad
	}
	return p, nil
}

func (p PartialDate) valid() bool {
	if p.Year < 1 || p.Year > 9999 || p.Month < 0 || p.Month > 12 || p.Day < 0 {
		return false
	}
	if p.Month == 0 {
		return p.Day == 0
	}
	return p.Day <= DaysInMonth(p.Year, p.Month)
}

// Date returns the day, and false when only a year or month is known.
func (p PartialDate) Date() (Date, bool) {
	if p.Day == 0 || !p.valid() {
		return 0, false
	}
	return civil(p.Year, p.Month, p.Day), true
}

// Range returns the first and last day that p may mean: 2024-02 is
// 2024-02-01 to 2024-02-29. The zero PartialDate gives the zero Period.
func (p PartialDate) Range() Period {
	switch {
	case !p.valid():
		return Period{}
	case p.Month == 0:
		return Period{civil(p.Year, 1, 1), civil(p.Year, 12, 31)}
	case p.Day == 0:
		return Period{civil(p.Year, p.Month, 1), civil(p.Year, p.Month, DaysInMonth(p.Year, p.Month))}
	}
	d := civil(p.Year, p.Month, p.Day)
	return Period{d, d}
}

// Imputation says which day a partial date stands for.
type Imputation uint8

// Imputation policies. Middle is 1 July for a year and the 15th for a month.
const (
	ImputeEarliest Imputation = iota
	ImputeLatest
	ImputeMiddle
	ImputeRefuse
)

// Impute returns the day that the policy picks, the zero Date when it refuses.
func (p PartialDate) Impute(policy Imputation) Date {
	r := p.Range()
	switch {
	case p.Day != 0 || policy == ImputeEarliest:
		return r.Start
	case policy == ImputeLatest:
		return r.End
	case policy == ImputeMiddle && r.Start != 0 && p.Month == 0:
		return civil(p.Year, 7, 1)
	case policy == ImputeMiddle && r.Start != 0:
		return civil(p.Year, p.Month, 15)
	}
	return 0
}

// Ordering is the answer to a comparison that a partial date may leave open.
type Ordering uint8

// The four answers.
const (
	OrderUnknown Ordering = iota
	OrderBefore
	OrderSame
	OrderAfter
)

// CompareDay says whether p lies before, on or after the day; unknown when the
// days that p may mean straddle it.
func (p PartialDate) CompareDay(d Date) Ordering {
	r := p.Range()
	switch {
	case r.Start == 0 || d == 0:
		return OrderUnknown
	case r.End < d:
		return OrderBefore
	case r.Start > d:
		return OrderAfter
	case r.Start == r.End:
		return OrderSame
	}
	return OrderUnknown
}

// AgeRange returns the least and greatest completed age on a day of someone
// born at p; -1, -1 when not computable.
func (p PartialDate) AgeRange(on Date) (least, most int) {
	r := p.Range()
	return Age(r.End, on), Age(r.Start, on)
}

// String gives the known parts, or "not recorded".
func (p PartialDate) String() string {
	switch {
	case !p.valid():
		return "not recorded"
	case p.Month == 0:
		return fmt.Sprintf("%04d", p.Year)
	case p.Day == 0:
		return fmt.Sprintf("%04d-%02d", p.Year, p.Month)
	}
	return fmt.Sprintf("%04d-%02d-%02d", p.Year, p.Month, p.Day)
}
