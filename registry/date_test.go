package registry_test

import (
	"encoding/json"
	"errors"
	"math"
	"testing"
	"time"

	. "github.com/chroniccare/chroniccare/registry"
	"pgregory.net/rapid"
)

// days draws dates far enough from the calendar's ends for arithmetic.
func days() *rapid.Generator[Date] {
	return rapid.Custom(func(t *rapid.T) Date {
		y := rapid.IntRange(1500, 2500).Draw(t, "year")
		if rapid.IntRange(0, 4).Draw(t, "leap") == 0 {
			y -= y % 4
			if IsLeap(y) {
				return Day(y, 2, 29)
			}
		}
		m := rapid.IntRange(1, 12).Draw(t, "month")
		return Day(y, m, rapid.IntRange(1, DaysInMonth(y, m)).Draw(t, "day"))
	})
}

func TestDateLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := days().Draw(t, "a"), days().Draw(t, "b")
		n, m := rapid.IntRange(-5000, 5000).Draw(t, "n"), rapid.IntRange(-5000, 5000).Draw(t, "m")
		k := rapid.IntRange(-400, 400).Draw(t, "months")
		if a.AddDays(n).AddDays(m) != a.AddDays(n+m) || a.AddDays(0) != a {
			t.Fatal("D1 AddDays is a group action")
		}
		if a.AddMonths(k) >= a.AddMonths(k+1) {
			t.Fatal("D2 AddMonths is strictly increasing in n")
		}
		if a <= b != (a.AddMonths(k) <= b.AddMonths(k)) && a.AddMonths(k) != b.AddMonths(k) {
			t.Fatal("D2 AddMonths is weakly increasing in the date")
		}
		if a.AddMonths(12*(k%100)) != a.AddYears(k%100) {
			t.Fatal("D3 twelve months are a year")
		}
		if a <= b && !(a.AddMonths(MonthsBetween(a, b)) <= b && a.AddMonths(MonthsBetween(a, b)+1) > b) {
			t.Fatalf("D4 MonthsBetween(%v, %v) = %d", a, b, MonthsBetween(a, b))
		}
		y, mo, d := a.AddMonths(k).YMD()
		if _, _, da := a.YMD(); d != min(da, DaysInMonth(y, mo)) {
			t.Fatal("D5 the day is kept or clamped")
		}
		if Age(a, a) != 0 {
			t.Fatal("D7 age 0 at birth")
		}
		if b >= a {
			if x := Age(a, b.AddDays(1)) - Age(a, b); x < 0 || x > 1 {
				t.Fatal("D7 age is monotone and rises by one")
			}
			if Age(a, b) > AgeLeap(a, b, LeapBirthday28February) {
				t.Fatal("D7 a birthday on 28 February is never later")
			}
		}
		in, ex := LastMonths(a, 7, FarInclusive), LastMonths(a, 7, FarExclusive)
		if in.Start.AddDays(1) != ex.Start || in.End != ex.End {
			t.Fatal("D8 the edge day")
		}
		if a.AddYears(400)-a != 146097 {
			t.Fatal("D9 400 years")
		}
		text, err := a.MarshalText()
		var back Date
		if err != nil || back.UnmarshalText(text) != nil || back != a {
			t.Fatal("D10 text round trip")
		}
		p := PartialDate{Year: a.Year()}
		if rapid.Bool().Draw(t, "with month") {
			_, p.Month, _ = a.YMD()
		}
		e, mid, l := p.Impute(ImputeEarliest), p.Impute(ImputeMiddle), p.Impute(ImputeLatest)
		if e > mid || mid > l || p.Range() != (Period{Start: e, End: l}) || p.Impute(ImputeRefuse) != 0 {
			t.Fatal("D11 imputation")
		}
		if w := a.AddDays(7).Weekday(); w != a.Weekday() {
			t.Fatal("weeks have seven days")
		}
		y, mo, d = a.YMD()
		if Day(y, mo, d) != a {
			t.Fatal("year, month and day")
		}
	})
}

func TestDates(t *testing.T) {
	// D6: two steps can differ from one
	d := Day(2023, 3, 31)
	if one, two := d.AddMonths(2), d.AddMonths(1).AddMonths(1); one != Day(2023, 5, 31) || two != Day(2023, 5, 30) {
		t.Error(one, two)
	}
	if Day(2024, 8, 31).AddMonths(-6) != Day(2024, 2, 29) || IsLeap(1900) || !IsLeap(2000) {
		t.Error("leap rules")
	}
	born := Day(2000, 2, 29)
	if Age(born, Day(2001, 2, 28)) != 0 || Age(born, Day(2001, 3, 1)) != 1 || AgeLeap(born, Day(2001, 2, 28), LeapBirthday28February) != 1 {
		t.Error("leap birthdays")
	}
	for _, bad := range []string{"", "2023-02-29", "2023-00-01", "0000-01-01", "2023-1-1", "20230229", "2023-02-01T00:00", "x", "12345", "2023-13"} {
		if p, err := ParseDate(bad); !errors.Is(err, ErrDate) {
			t.Errorf("%q: %v %v", bad, p, err)
		}
	}
	if p, err := ParseDate("2024-02"); err != nil || p.CompareDay(Day(2024, 2, 10)) != OrderUnknown || p.CompareDay(Day(2024, 3, 1)) != OrderBefore || p.CompareDay(Day(2024, 1, 31)) != OrderAfter {
		t.Error(p, err)
	}
	if lo, hi := (PartialDate{Year: 1960}).AgeRange(Day(2000, 6, 1)); lo != 39 || hi != 40 {
		t.Error(lo, hi)
	}
	if Date(0).AddDays(1) != 0 || MaxDate.AddDays(1) != 0 || MinDate.AddMonths(-1) != 0 || Age(0, d) != -1 || Age(d, d-1) != -1 {
		t.Error("unrecorded and out of range")
	}
	if b, err := json.Marshal(struct{ A, B Date }{0, d}); err != nil || string(b) != `{"A":"","B":"2023-03-31"}` {
		t.Error(string(b), err)
	}
	c := Calendar{Weekend: []int{0, 6}, Holidays: []Date{Day(2024, 12, 25), Day(2024, 12, 26)}}
	if c.NextWorkingDay(Day(2024, 12, 25)) != Day(2024, 12, 27) || (Calendar{Weekend: []int{0, 1, 2, 3, 4, 5, 6}}).NextWorkingDay(d) != 0 {
		t.Error("working days")
	}
}

func TestPeriodLaws(t *testing.T) {
	period := rapid.Custom(func(t *rapid.T) Period {
		a := days().Draw(t, "start")
		p := Period{Start: a, End: a.AddDays(rapid.IntRange(0, 400).Draw(t, "days"))}
		switch rapid.IntRange(0, 5).Draw(t, "open") {
		case 0:
			p.Start = 0
		case 1:
			p.End = 0
		}
		return p
	})
	rapid.Check(t, func(t *rapid.T) {
		p, q, d := period.Draw(t, "p"), period.Draw(t, "q"), days().Draw(t, "d")
		x, ok := p.Intersect(q)
		if ok != p.Overlaps(q) || p.Overlaps(q) != q.Overlaps(p) {
			t.Fatal("overlap is symmetric and means an intersection")
		}
		if both := p.Contains(d) && q.Contains(d); both != (ok && x.Contains(d)) {
			t.Fatal("the intersection holds what both hold")
		}
		if p.Covers(q) && q.Contains(d) && !p.Contains(d) {
			t.Fatal("covering")
		}
		if !p.Valid() || p.Days() < 0 {
			t.Fatal("valid")
		}
	})
}

func TestRateLaws(t *testing.T) {
	rate := rapid.Custom(func(t *rapid.T) Rate {
		d := rapid.Int64Range(0, 1<<62).Draw(t, "den")
		return Rate{Num: rapid.Int64Range(0, max(d, 1)).Draw(t, "num"), Den: d}
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := rate.Draw(t, "a"), rate.Draw(t, "b"), rate.Draw(t, "c")
		if a.Cmp(b) != -b.Cmp(a) || a.Cmp(a) != 0 {
			t.Fatal("antisymmetric")
		}
		if a.Cmp(b) <= 0 && b.Cmp(c) <= 0 && a.Cmp(c) > 0 {
			t.Fatal("transitive")
		}
		if a.Defined() && a.Complement().Complement() != a {
			t.Fatal("complement")
		}
		if x, ok := a.Decimal(6); ok != a.Defined() || ok && (x.IsNegative() || x.IntPart() > 1) {
			t.Fatal("a proportion is in [0, 1]")
		}
	})
	if (Rate{1, 3}).String() != "1/3 (33.3 %)" || (Rate{0, 0}).Percent(1) != "n/a" || (Rate{2, 3}).Percent(2) != "66.67" {
		t.Error("text")
	}
	if (Rate{-1, 2}).Cmp(Rate{1, 2}) != -1 || (Rate{-1, 2}).Cmp(Rate{-1, 3}) != -1 || (Rate{}).Cmp(Rate{0, 1}) != -1 {
		t.Error("order")
	}
}

// Every day of the calendar is the one of the standard library. Days after it count on.
func TestEveryDay(t *testing.T) {
	at := time.Date(1, 1, 1, 0, 0, 0, 0, time.UTC)
	for d := MinDate; d <= MaxDate; d++ {
		y, m, day := d.YMD()
		if y != at.Year() || m != int(at.Month()) || day != at.Day() || Day(y, m, day) != d {
			t.Fatalf("%d is %d-%d-%d, want %v", d, y, m, day, at)
		}
		at = at.AddDate(0, 0, 1)
	}
	for d, want := range map[Date][3]int{MaxDate + 1: {10000, 1, 1}, math.MaxInt32: {5879611, 7, 11}, 0: {}, -1: {}} {
		if y, m, day := d.YMD(); [3]int{y, m, day} != want {
			t.Errorf("%d is %d-%d-%d, want %v", d, y, m, day, want)
		}
	}
}
