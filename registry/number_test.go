package registry_test

import (
	"errors"
	"testing"

	. "github.com/chroniccare/chroniccare/registry"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

func numbers() *rapid.Generator[Number] {
	return rapid.Custom(func(t *rapid.T) Number {
		return Num(rapid.Int64Range(-1e17, 1e17).Draw(t, "coef"), int8(rapid.IntRange(-20, 20).Draw(t, "exp")))
	})
}

func TestNumberLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := numbers().Draw(t, "a"), numbers().Draw(t, "b")
		if rapid.Bool().Draw(t, "near") {
			b = Num(a.Coef+rapid.Int64Range(-1, 1).Draw(t, "d"), a.Exp)
		}
		if a.Cmp(b) != a.Decimal().Cmp(b.Decimal()) {
			t.Fatalf("%v and %v: %d, decimals say %d", a, b, a.Cmp(b), a.Decimal().Cmp(b.Decimal()))
		}
		if (a.Cmp(b) == 0) != (a == b) {
			t.Fatal("normalised numbers are equal when ==")
		}
		back, err := ParseNumber(a.String())
		if err != nil || back != a {
			t.Fatalf("round trip of %v: %v %v", a, back, err)
		}
	})
}

func TestParseNumber(t *testing.T) {
	for in, want := range map[string]string{"7": "7", "-0.50": "-0.5", "1e3": "1000", "12.5E-1": "1.25", "0": "0", "-0.000": "0", "120.0": "120", "+4": "4", ".5": "0.5", "1000000000000000000000": "1000000000000000000000"} {
		if n, err := ParseNumber(in); err != nil || !n.Decimal().Equal(decimal.RequireFromString(want)) {
			t.Errorf("%q: %v %v", in, n, err)
		}
	}
	for _, in := range []string{"", "NaN", "Inf", "1e400", "1e", "-", ".", "1.2.3", "0x1", "1,5", "1234567890123456789", "1e-70"} {
		if n, err := ParseNumber(in); !errors.Is(err, ErrNumber) {
			t.Errorf("%q: %v %v", in, n, err)
		}
	}
}

func FuzzParseNumber(f *testing.F) {
	f.Add("-12.50e3")
	f.Fuzz(func(t *testing.T, s string) {
		n, err := ParseNumber(s)
		if err != nil {
			return
		}
		if back, err := ParseNumber(n.String()); err != nil || back != n {
			t.Fatalf("%q: %v, back %v %v", s, n, back, err)
		}
	})
}

func FuzzParseDate(f *testing.F) {
	f.Add("2024-02-29")
	f.Fuzz(func(t *testing.T, s string) {
		p, err := ParseDate(s)
		if err != nil {
			return
		}
		if back, err := ParseDate(p.String()); err != nil || back != p {
			t.Fatalf("%q: %v, back %v %v", s, p, back, err)
		}
	})
}

// Days covered, against counting day by day.
func TestSupplyLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		base := Day(2025, 1, 1)
		var ps []Period
		for range rapid.IntRange(0, 6).Draw(t, "n") {
			s := base.AddDays(rapid.IntRange(-20, 100).Draw(t, "start"))
			ps = append(ps, Period{Start: s, End: s.AddDays(rapid.IntRange(0, 40).Draw(t, "length"))})
		}
		w := Period{Start: base, End: base.AddDays(rapid.IntRange(0, 120).Draw(t, "window"))}
		SortPeriods(ps)
		covered, gap, longest, all := 0, 0, 0, 0
		for d := w.Start; d <= w.End; d++ {
			all++
			in := false
			for _, p := range ps {
				in = in || p.Contains(d)
			}
			if in {
				covered++
				gap = 0
			} else {
				gap++
				longest = max(longest, gap)
			}
		}
		if got := CoveredDays(ps, w); got != covered {
			t.Fatalf("covered %d, want %d: %v in %v", got, covered, ps, w)
		}
		if got := LongestGap(ps, w); got != longest {
			t.Fatalf("gap %d, want %d: %v in %v", got, longest, ps, w)
		}
		before := 0
		for _, p := range ps {
			before += p.Days()
		}
		CarryForward(ps)
		after := 0
		for i, p := range ps {
			after += p.Days()
			if i > 0 && p.Start <= ps[i-1].End {
				t.Fatal("carried forward periods overlap")
			}
		}
		if before != after {
			t.Fatal("carrying forward loses supply")
		}
		wide := Period{Start: base.AddDays(-50), End: base.AddDays(500)}
		if CoveredDays(ps, wide) != after {
			t.Fatal("after carrying forward every day supplied covers a day")
		}
	})
}

func TestSupply(t *testing.T) {
	d := Day(2025, 3, 1)
	for name, c := range map[string]struct {
		s    Supply
		days int
		ok   bool
	}{
		"stated":           {Supply{Days: Num(30, 0)}, 30, true},
		"with refills":     {Supply{Days: Num(30, 0), Refills: 2}, 90, true},
		"quantity":         {Supply{Quantity: Num(60, 0), Dose: Num(1, 0), TakenPer: Num(2, 0), PerDays: Num(1, 0)}, 30, true},
		"one a day":        {Supply{Quantity: Num(10, 0), Dose: Num(3, 0)}, 3, true},
		"every 36 hours":   {Supply{Quantity: Num(10, 0), Dose: Num(1, 0), TakenPer: Num(24, 0), PerDays: Num(36, 0)}, 15, true},
		"half tablets":     {Supply{Quantity: Num(15, 0), Dose: Num(5, -1)}, 30, true},
		"nothing":          {Supply{}, 0, false},
		"no dose":          {Supply{Quantity: Num(60, 0)}, 0, false},
		"negative":         {Supply{Days: Num(-30, 0)}, 0, false},
		"astronomical":     {Supply{Quantity: Num(1, 60), Dose: Num(1, -60)}, 0, false},
		"hard to multiply": {Supply{Quantity: Num(999999999999999999, -15), Dose: Num(333333333333333333, -17), TakenPer: Num(999999999999999999, -18), PerDays: Num(1, 0)}, 300, true},
	} {
		c.s.Start = d
		n, ok := c.s.TotalDays()
		if ok != c.ok || ok && n != c.days {
			t.Errorf("%s: %d %v, want %d %v", name, n, ok, c.days, c.ok)
		}
		if p, covers := c.s.Covered(); covers != c.ok || ok && p.Days() != max(c.days, 1) {
			t.Errorf("%s covers %v %v", name, p, covers)
		}
	}
	s := Supply{Days: Num(30, 0), Quantity: Num(30, 0)}
	for _, c := range []struct {
		strength, limit Number
		want            int
	}{{Num(125, -3), Num(125, -3), 0}, {Num(25, -2), Num(125, -3), 1}, {Num(625, -4), Num(125, -3), -1}} {
		if got, ok := s.CompareDailyDose(c.strength, c.limit); !ok || got != c.want {
			t.Errorf("%v mg a day against %v: %d %v", c.strength, c.limit, got, ok)
		}
	}
	if _, ok := (&Supply{Bounds: Between(d, d.AddDays(9)), Start: d}).Covered(); !ok {
		t.Error("bounds stand in for days supplied")
	}
}
