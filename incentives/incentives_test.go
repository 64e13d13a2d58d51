package incentives_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	. "github.com/chroniccare/chroniccare/incentives"
	"github.com/chroniccare/chroniccare/registry"
)

func x(s string) Exact { return MustParse(s) }

func ptr(e Exact) *Exact { return &e }

func TestParse(t *testing.T) {
	for in, want := range map[string]string{"1": "1", "-0.5": "-1/2", "124.60": "623/5", "1e3": "1000", "1.5E-2": "3/200", "1/3": "1/3", "00.10": "1/10", ".5": "1/2", "5.": "5"} {
		if got, err := Parse(in); err != nil || got.String() != want {
			t.Errorf("%q: %s %v", in, got, err)
		}
	}
	for in, want := range map[string]error{"": ErrNumber, "x": ErrNumber, "1e": ErrNumber, "--1": ErrNumber, "NaN": ErrNumber, "1e10000": ErrMagnitude, "1e-10000": ErrMagnitude, strings.Repeat("9", 10000): ErrMagnitude,
		strings.Repeat("9", 51): ErrMagnitude, "1/0": ErrDivision, "1/x": ErrNumber, "1e9999999": ErrNumber, "0x10": ErrNumber, "1_0": ErrNumber, "1.2.3": ErrNumber, "٣": ErrNumber} {
		if got, err := Parse(in); !errors.Is(err, want) {
			t.Errorf("%.20q: %v, %v", in, got, err)
		}
	}
	if _, err := OfDecimal(decimal.New(1, 10000)); !errors.Is(err, ErrMagnitude) {
		t.Error(err)
	}
	if d, err := OfDecimal(decimal.New(12345, -2)); err != nil || d.String() != "2469/20" || d.Decimal(Rounding{Down, 1}).StringFixed(1) != "123.4" {
		t.Error(d, err)
	}
}

func TestRounding(t *testing.T) {
	for in, want := range map[string][7]string{ // half away, half up, half even, down, up, floor, ceil
		"2.5": {"3", "3", "2", "2", "3", "2", "3"}, "-2.5": {"-3", "-2", "-2", "-2", "-3", "-3", "-2"}, "3.5": {"4", "4", "4", "3", "4", "3", "4"},
		"2.4": {"2", "2", "2", "2", "3", "2", "3"}, "-2.6": {"-3", "-3", "-3", "-2", "-3", "-3", "-2"}, "2": {"2", "2", "2", "2", "2", "2", "2"},
	} {
		for i, w := range want {
			if got := x(in).Round(Rounding{HalfAwayFromZero + Mode(i), 0}); got.String() != w {
				t.Errorf("%s %s: %s, want %s", in, HalfAwayFromZero+Mode(i), got, w)
			}
		}
	}
	for in, want := range map[string]string{"1.005": "1.00", "-0.004": "0.00", "-0.5": "-0.50", "12": "12.00", "0.07": "0.07"} {
		if got := x(in).Fixed(2); got != want {
			t.Errorf("%s: %s, want %s", in, got, want)
		}
	}
	if got := x("1.25").SquareRoot(16).Fixed(16); got != "1.1180339887498948" {
		t.Error(got)
	}
	if got := x("19").SquareRoot(16).Fixed(16); got != "4.3588989435406736" {
		t.Error(got)
	}
	// exact comparison: 69,999 of 100,000 prints 0.7000 and does not reach 0.7
	near := Frac(69999, 100000)
	if near.Round(Rounding{HalfAwayFromZero, 4}).Fixed(4) != "0.7000" || (Threshold{Target: x("0.7"), Full: Int(1)}).Met(near) {
		t.Error("a rounded rate was compared")
	}
}

func TestPerformance(t *testing.T) {
	for name, c := range map[string]struct {
		p      Performance
		c      Counting
		value  string
		status Status
		err    error
	}{
		"a rate":                  {Performance{Numerator: 3, Register: 5, Exceptions: 1}, Counting{}, "3/4", Scored, nil},
		"exceptions counted back": {Performance{Numerator: 3, Register: 5, Exceptions: 1}, Counting{ExceptionsCount: true}, "3/5", Scored, nil},
		"nobody":                  {Performance{}, Counting{}, "0", NoDenominator, nil},
		"all excepted":            {Performance{Register: 5, Exceptions: 5}, Counting{}, "0", AllExcepted, nil},
		"too few":                 {Performance{Numerator: 1, Register: 19}, Counting{Minimum: 20}, "0", BelowMinimum, nil},
		"just enough":             {Performance{Numerator: 1, Register: 20}, Counting{Minimum: 20}, "1/20", Scored, nil},
		"missing":                 {Missing(Suppressed), Counting{}, "0", Suppressed, nil},
		"a value":                 {OfValue(x("0.98")), Counting{}, "49/50", Scored, nil},
		"of counts":               {OfCounts(registry.Rate{Num: 1, Den: 2}), Counting{}, "1/2", Scored, nil},
		"a ratio":                 {Performance{Numerator: 7, Register: 5}, Counting{Ratio: true}, "7/5", Scored, nil},
		"numerator too large":     {Performance{Numerator: 5, Register: 5, Exceptions: 1}, Counting{}, "0", NotReported, ErrNumerator},
		"negative":                {Performance{Numerator: -1, Register: 5}, Counting{}, "0", NotReported, ErrNegativeCount},
		"too many exceptions":     {Performance{Register: 5, Exceptions: 6}, Counting{}, "0", NotReported, ErrExceptions},
		"overflowing":             {Performance{Numerator: math.MaxInt64, Register: math.MaxInt64}, Counting{}, "0", NotReported, ErrMagnitude},
	} {
		got, status, err := c.p.Read(c.c)
		if got.String() != c.value || status != c.status || !errors.Is(err, c.err) || (err == nil) != (c.err == nil) {
			t.Errorf("%s: %s %s %v", name, got, status, err)
		}
	}
	_, _, err := Performance{Numerator: -1, Register: -2, Exceptions: 3}.Read(Counting{})
	for _, want := range []error{ErrNegativeCount, ErrExceptions} {
		if !errors.Is(err, want) {
			t.Errorf("%v lacks %v", err, want)
		}
	}
}

func TestSchedules(t *testing.T) {
	linear := Linear{Lower: x("0.25"), Upper: x("0.90"), Full: Int(7)}
	down := Linear{Lower: x("0.30"), Upper: x("0.10"), Full: Int(10), Better: LowerIsBetter}
	ladder := Ladder{Steps: []Step{{x("0.5"), Int(1)}, {x("0.7"), Int(3)}}}
	strict, cumulative := ladder, ladder
	strict.Strict, cumulative.Cumulative = true, true
	jump := Polyline{Knots: []Knot{{Int(0), Int(0)}, {Int(1), Int(1)}, {Int(1), Int(3)}, {Int(2), Int(5)}}}
	left := jump
	left.FromLeft = true
	for name, c := range map[string]struct {
		s    Schedule
		p    string
		want string
	}{
		"linear at the lower end": {linear, "0.25", "0"}, "linear below": {linear, "0.1", "0"}, "linear inside": {linear, "0.75", "70/13"}, "linear at the top": {linear, "0.9", "7"}, "linear above": {linear, "1", "7"},
		"lower is better, worse": {down, "0.4", "0"}, "lower is better, inside": {down, "0.2", "5"}, "lower is better, best": {down, "0.05", "10"},
		"ladder below": {ladder, "0.49", "0"}, "ladder on a floor": {ladder, "0.5", "1"}, "ladder top": {ladder, "0.7", "3"}, "strict": {strict, "0.7", "1"}, "cumulative": {cumulative, "0.7", "4"},
		"polyline": {jump, "0.5", "1/2"}, "jump from the right": {jump, "1", "3"}, "jump from the left": {left, "1", "1"}, "flat before": {jump, "-1", "0"}, "flat after": {jump, "9", "5"}, "after the jump": {jump, "1.5", "4"},
		"threshold": {Threshold{Target: x("0.7"), Full: Int(2)}, "0.7", "2"}, "strict threshold": {Threshold{Target: x("0.7"), Strict: true, Full: Int(2)}, "0.7", "0"},
		"threshold below": {Threshold{Target: x("9.5"), Strict: true, Better: LowerIsBetter, Full: Int(2)}, "9.4", "2"},
	} {
		if err := c.s.Check(); err != nil {
			t.Error(name, err)
		}
		if got := c.s.Points(x(c.p)); got.String() != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	for _, c := range []struct {
		err  error
		want error
	}{
		{Linear{Lower: Int(1), Upper: Int(1)}.Check(), ErrZeroWidth}, {Linear{Lower: Int(2), Upper: Int(1)}.Check(), ErrThresholdOrder},
		{Ladder{}.Check(), ErrThresholdOrder}, {Ladder{Steps: []Step{{Int(1), Int(1)}, {Int(1), Int(2)}}}.Check(), ErrThresholdOrder},
		{Polyline{}.Check(), ErrThresholdOrder}, {Polyline{Knots: []Knot{{Int(1), Int(1)}, {Int(0), Int(1)}}}.Check(), ErrThresholdOrder},
		{AchieveImprove{}.Check(), ErrZeroWidth}, {GapClosing{Fraction: Int(2)}.Check(), ErrRange}, {Bands{{Int(1), Int(2)}}.Check(), ErrRange}, {Bands{{Int(1), Int(1)}, {Int(1), Int(1)}}.Check(), ErrThresholdOrder},
		{Grid{Rows: []string{"a", "a"}}.Check(), ErrDuplicate}, {SalaryBand{}.Check(), ErrThresholdOrder}, {SalaryBand{MaxScore: Int(1), Floor: Int(2), Cap: Int(1)}.Check(), ErrRange},
		{Deciles{Bounds: [9]Exact{Int(2), Int(1)}}.Check(), ErrThresholdOrder}, {Deciles{Round: Rounding{HalfUp, 99}}.Check(), ErrRounding},
	} {
		if !errors.Is(c.err, c.want) {
			t.Errorf("%v, want %v", c.err, c.want)
		}
	}
	if got := (GapClosing{Fraction: x("0.1"), Goal: Int(80), MinStep: Int(3)}).Target(Int(60)); got.String() != "63" {
		t.Error(got)
	}
	if got := (GapClosing{Fraction: x("0.5"), Goal: Int(10), MinStep: Int(3)}).Target(Int(12)); got.String() != "10" {
		t.Error("beyond the goal", got)
	}
	if got := (Bands{{Int(0), Int(0)}, {Int(100), x("0.5")}, {Int(200), Int(1)}}).Of(Int(250)); got.String() != "100" {
		t.Error(got)
	}
	if _, err := (Grid{}).At("a", "b"); !errors.Is(err, ErrLookup) {
		t.Error(err)
	}
}

func TestComposites(t *testing.T) {
	items := []Item{{ID: "a", Score: x("0.8"), Full: Int(1), Weight: Int(2)}, {ID: "b", Score: x("0.2"), Full: Int(1), Weight: Int(1)}, {ID: "c", Full: Int(1), Weight: Int(1), Status: NoDenominator}}
	for policy, want := range map[MissingPolicy]string{DropAndReweigh: "3/5", CountAsZero: "9/20", FixedDenominator: "9/20", FullCredit: "7/10"} {
		if got, status, err := WeightedMean(items, policy, 0); got.String() != want || status != Scored || err != nil {
			t.Errorf("%d: %s %s %v", policy, got, status, err)
		}
	}
	if _, status, _ := WeightedMean(items, FailIfMissing, 0); status != NoDenominator {
		t.Error(status)
	}
	if _, status, _ := WeightedMean(items, DropAndReweigh, 3); status != BelowMinimum {
		t.Error(status)
	}
	if _, _, err := WeightedMean([]Item{{ID: "a", Weight: Int(-1)}, {ID: "a"}}, DropAndReweigh, 0); !errors.Is(err, ErrWeights) || !errors.Is(err, ErrDuplicate) {
		t.Error(err)
	}
	if err := CheckWeights([]Item{{ID: "a", Weight: x("1/3")}, {ID: "b", Weight: x("1/3")}, {ID: "c", Weight: x("1/3")}}, Int(1)); err != nil {
		t.Error(err)
	}
	if err := CheckWeights([]Item{{ID: "a", Weight: x("0.3")}}, Int(1)); !errors.Is(err, ErrWeights) {
		t.Error(err)
	}
	if got, status, _ := NthLowest(items, 2); got.String() != "4/5" || status != Scored {
		t.Error(got, status)
	}
	if _, status, _ := NthLowest(items, 3); status != BelowMinimum {
		t.Error(status)
	}
	if got := (Gate{Effect: GateScale, Factor: x("0.5")}).Apply(Int(10)); got.String() != "5" {
		t.Error(got)
	}
	if got := (Gate{Open: true}).Apply(Int(10)); got.String() != "10" {
		t.Error(got)
	}
	if got := (Limits{Floor: ptr(Int(2)), Cap: ptr(Int(5))}).Apply(Int(9)); got.String() != "5" {
		t.Error(got)
	}
	band := SalaryBand{MinScore: Int(0), NeutralScore: Int(50), MaxScore: Int(100), Floor: x("0.8"), Cap: x("1.2")}
	for score, want := range map[int64]string{-5: "4/5", 0: "4/5", 25: "9/10", 50: "1", 75: "11/10", 100: "6/5", 200: "6/5"} {
		if got := band.Share(Int(score)); got.String() != want {
			t.Errorf("%d: %s", score, got)
		}
	}
	if got := (Withhold{x("0.1")}).Net(Int(1000), x("0.75")); got.String() != "-25" {
		t.Error(got)
	}
	if _, err := ProRate(Int(1), Int(0), true); !errors.Is(err, ErrDivision) {
		t.Error(err)
	}
	units := []Unit{{ID: "b", Score: Int(5)}, {ID: "a", Score: Int(5)}, {ID: "c", Score: Int(1)}}
	for tie, want := range map[TieRule]string{Competition: "[{a 1 1} {b 1 1} {c 3 0}]", Dense: "[{a 1 1} {b 1 1} {c 2 0}]", MeanRank: "[{a 3/2 1} {b 3/2 1} {c 3 0}]", Ordinal: "[{a 1 1} {b 2 1} {c 3 0}]"} {
		got, err := Rank(units, HigherIsBetter, tie)
		if s := fmt.Sprint(got); err != nil || s != want {
			t.Errorf("%d: %s %v", tie, s, err)
		}
	}
	if _, err := Rank(append(units, Unit{ID: "a"}), HigherIsBetter, Dense); !errors.Is(err, ErrDuplicate) {
		t.Error(err)
	}
}

// Ties of achievement points: 9 n/d + 1/2, rounded half up, for every n <= d <= 400.
func TestAchievementTies(t *testing.T) {
	half := big.NewRat(1, 2)
	for d := int64(1); d <= 400; d++ {
		s := AchieveImprove{Threshold: Int(0), Benchmark: Int(d), AchieveSlope: Int(9), AchieveOffset: x("0.5"), AchieveMax: Int(10), Round: Rounding{HalfUp, 0}}
		for n := int64(0); n < d; n++ {
			want := new(big.Rat).Add(big.NewRat(9*n, d), half)
			want.Add(want, half)
			floor := new(big.Int).Quo(want.Num(), want.Denom())
			if got := s.Score(ptr(Int(n)), nil).Achievement; got.String() != floor.String() {
				t.Fatalf("%d/%d: %s, want %s", n, d, got, floor)
			}
		}
	}
}

func TestAllocation(t *testing.T) {
	limit := int64(30)
	for name, c := range map[string]struct {
		total   int64
		parties []Party
		method  Method
		want    string
		left    int64
	}{
		"largest remainder":     {10, []Party{{ID: "a", Weight: Int(1)}, {ID: "b", Weight: Int(2)}, {ID: "c", Weight: Int(4)}}, LargestRemainder, "[{a 1} {b 3} {c 6}]", 0},
		"first parties":         {10, []Party{{ID: "a", Weight: Int(1)}, {ID: "b", Weight: Int(2)}, {ID: "c", Weight: Int(4)}}, FirstParties, "[{a 2} {b 3} {c 5}]", 0},
		"a tie goes to the ID":  {1, []Party{{ID: "b", Weight: Int(1)}, {ID: "a", Weight: Int(1)}}, LargestRemainder, "[{b 0} {a 1}]", 0},
		"nobody qualified":      {100, []Party{{ID: "a"}, {ID: "b"}}, LargestRemainder, "[{a 0} {b 0}]", 100},
		"negative":              {-2, []Party{{ID: "a", Weight: Int(1)}, {ID: "b", Weight: Int(1)}, {ID: "c", Weight: Int(1)}}, LargestRemainder, "[{a -1} {b -1} {c 0}]", 0},
		"one party":             {-1, []Party{{ID: "a", Weight: x("0.001")}}, LargestRemainder, "[{a -1}]", 0},
		"none":                  {5, nil, LargestRemainder, "[]", 5},
		"a cap":                 {100, []Party{{ID: "a", Weight: Int(2), Cap: &limit}, {ID: "b", Weight: Int(1)}, {ID: "c", Weight: Int(1)}}, LargestRemainder, "[{a 30} {b 35} {c 35}]", 0},
		"everybody at the caps": {100, []Party{{ID: "a", Weight: Int(2), Cap: &limit}, {ID: "b", Weight: Int(1), Cap: &limit}}, LargestRemainder, "[{a 30} {b 30}]", 40},
	} {
		got, left, err := Allocate(c.total, c.parties, c.method)
		if fmt.Sprint(got) != c.want || left != c.left || err != nil {
			t.Errorf("%s: %v, %d left, %v", name, got, left, err)
		}
	}
	bad := int64(-1)
	_, _, err := Allocate(5, []Party{{ID: "a", Weight: Int(-1)}, {ID: "a", Cap: &bad}}, 9)
	for _, want := range []error{ErrWeights, ErrDuplicate, ErrRange} {
		if !errors.Is(err, want) {
			t.Errorf("%v lacks %v", err, want)
		}
	}
	if _, _, err := Allocate(math.MinInt64, nil, LargestRemainder); !errors.Is(err, ErrMagnitude) {
		t.Error(err)
	}
}

func TestAllocationLaw(t *testing.T) {
	capped, left0 := 0, 0
	lawtest.Until(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 8).Draw(t, "n")
		var ps []Party
		var weights Exact
		withCaps := rapid.Bool().Draw(t, "caps")
		for i := range n {
			p := Party{ID: string(rune('a' + i)), Weight: Frac(rapid.Int64Range(0, 9).Draw(t, "w"), rapid.Int64Range(1, 3).Draw(t, "d"))}
			if withCaps && rapid.Bool().Draw(t, "cap") {
				c := rapid.Int64Range(0, 60).Draw(t, "limit")
				p.Cap = &c
				capped++
			}
			weights = weights.Add(p.Weight)
			ps = append(ps, p)
		}
		total := rapid.Int64Range(-200, 200).Draw(t, "total")
		if withCaps {
			total = max(total, -total)
		}
		shares, left, err := Allocate(total, ps, LargestRemainder)
		if err != nil {
			if withCaps {
				return
			}
			t.Fatal(err)
		}
		sum := left
		for i, s := range shares {
			sum += s.Amount
			if ps[i].Cap != nil && s.Amount > *ps[i].Cap {
				t.Fatal("above the cap")
			}
			if ps[i].Weight.Sign() == 0 && s.Amount != 0 {
				t.Fatal("no weight, and a share")
			}
			if !withCaps && weights.Sign() > 0 { // within a unit of the exact quota
				diff := Int(total).Mul(ps[i].Weight).Quo(weights).Sub(Int(s.Amount))
				if diff.Cmp(Int(1)) >= 0 || diff.Cmp(Int(-1)) <= 0 {
					t.Fatalf("%s is off by %s", s.ID, diff)
				}
			}
		}
		if sum != total {
			t.Fatalf("%d shared out of %d", sum, total)
		}
		if left != 0 {
			left0++
		}
		// permutation, and weights times a constant
		rev := slices.Clone(ps)
		slices.Reverse(rev)
		for i := range rev {
			rev[i].Weight = rev[i].Weight.Mul(Int(7))
		}
		again, _, _ := Allocate(total, rev, LargestRemainder)
		slices.Reverse(again)
		if fmt.Sprint(again) != fmt.Sprint(shares) {
			t.Fatal("order or scale of the weights matters")
		}
	}, func() bool { return capped > 0 && left0 > 0 })
}

func TestScheduleLaws(t *testing.T) {
	better := 0
	lawtest.Until(t, func(t *rapid.T) {
		lo := rapid.Int64Range(0, 90).Draw(t, "lo")
		hi := rapid.Int64Range(lo+1, 100).Draw(t, "hi")
		d := rapid.Int64Range(1, 400).Draw(t, "d")
		n := rapid.Int64Range(0, d).Draw(t, "n")
		if rapid.Bool().Draw(t, "edge") { // on an edge, or one patient from it
			n = min(max(lo*d/100+rapid.Int64Range(-1, 1).Draw(t, "off"), 0), d)
		}
		up := []Schedule{Linear{Lower: Frac(lo, 100), Upper: Frac(hi, 100), Full: Int(10)},
			Ladder{Steps: []Step{{Frac(lo, 100), Int(2)}, {Frac(hi, 100), Int(9)}}}, Threshold{Target: Frac(hi, 100), Full: Int(4)},
			Polyline{Knots: []Knot{{Int(0), Int(0)}, {Frac(lo, 100), Int(1)}, {Frac(hi, 100), Int(6)}}}}
		for _, s := range up {
			p := s.Points(Frac(n, d))
			if p.Sign() < 0 || p.Cmp(Int(10)) > 0 {
				t.Fatal("outside its limits")
			}
			if n < d {
				q := s.Points(Frac(n+1, d))
				if q.Cmp(p) < 0 {
					t.Fatalf("%T: one more patient pays less", s)
				}
				if q.Cmp(p) > 0 {
					better++
				}
			}
			if k := rapid.Int64Range(2, 9).Draw(t, "k"); !s.Points(Frac(k*n, k*d)).Equal(p) {
				t.Fatal("scale matters")
			}
		}
		down := Linear{Lower: Frac(hi, 100), Upper: Frac(lo, 100), Full: Int(10), Better: LowerIsBetter}
		mirror := Linear{Lower: Frac(100-hi, 100), Upper: Frac(100-lo, 100), Full: Int(10)}
		if !down.Points(Frac(n, d)).Equal(mirror.Points(Frac(d-n, d))) {
			t.Fatal("lower is better is not the mirror image")
		}
		for m := HalfAwayFromZero; m <= Ceil; m++ {
			r := Rounding{m, int(rapid.IntRange(0, 4).Draw(t, "places"))}
			once := Frac(n, d).Round(r)
			if !once.Round(r).Equal(once) {
				t.Fatal("rounding twice")
			}
		}
		var back Exact
		text, _ := Frac(n, d).MarshalText()
		if err := back.UnmarshalText(text); err != nil || !back.Equal(Frac(n, d)) {
			t.Fatal("text", err)
		}
	}, func() bool { return better > 0 })
}

func statement(t testing.TB) *Statement {
	t.Helper()
	var tr Trace
	third := tr.Do("a third", OpQuotient, nil, Operand{"amount", Int(100)}, Operand{"parts", Int(3)})
	tr.Do("rounded", OpProduct, &Rounding{HalfAwayFromZero, 2}, Operand{"third", third}, Operand{"factor", Int(2)})
	s := &Statement{Scheme: "test", Version: "1", Period: "2025", Party: "p", Currency: GBP(), PaidMinor: 1000}
	for _, l := range []Line{{ID: "a", Status: Paid, Exact: tr.Steps[1].Result, Steps: tr.Steps, Points: ptr(x("1.5")), Maximum: ptr(Int(2))}, {ID: "b", Status: NotScored, Reason: "no denominator", Exact: Int(5)}, {ID: "c", Status: Gated, Exact: Int(7)}, {ID: "d", Status: Paid, Exact: x("-3.005")}} {
		if err := s.Add(l, HalfAwayFromZero); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func TestStatement(t *testing.T) {
	s := statement(t)
	if s.TotalMinor != 6667-301 || s.BalanceMinor() != 5366 || s.Reconcile() != nil {
		t.Errorf("%d %v", s.TotalMinor, s.Reconcile())
	}
	data, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	var back Statement
	if err := json.Unmarshal(data, &back); err != nil {
		t.Fatal(err)
	}
	again, _ := json.Marshal(&back)
	if string(again) != string(data) || back.TotalMinor != s.TotalMinor || back.PaidMinor != 1000 {
		t.Errorf("%s\n%s", data, again)
	}
	// a statement that was tampered with does not replay
	for _, change := range [][2]string{{`"result":"100/3"`, `"result":"101/3"`}, {`"exact":"6667/100"`, `"exact":"6666/100"`}, {`"66.67"`, `"66.68"`}, {`"total":"63.66"`, `"total":"63.67"`}, {`"op":"quotient"`, `"op":"sum"`}, {`"63.66"`, `"63.7"`}, {`"op":"product"`, `"op":"guess"`}} {
		bad := strings.Replace(string(data), change[0], change[1], 1)
		if bad == string(data) {
			t.Fatalf("%s is not in %s", change[0], data)
		}
		if err := json.Unmarshal([]byte(bad), &Statement{}); err == nil {
			t.Errorf("%s to %s passes", change[0], change[1])
		}
	}
	if err := s.RoundTotal(Rounding{Down, 0}); err != nil || s.TotalMinor != 6300 || s.Lines[4].ID != "rounding" || s.Reconcile() != nil {
		t.Errorf("%v %d %+v", err, s.TotalMinor, s.Lines)
	}
	if text := s.Text(); !strings.Contains(text, "no denominator") || !strings.Contains(text, "1.50 of 2.00") || !strings.Contains(text, "balance") {
		t.Error(text)
	}
	if err := (&Statement{}).Add(Line{}, HalfUp); !errors.Is(err, ErrCurrency) {
		t.Error(err)
	}
	if err := statement(t).Add(Line{Exact: x("1e30")}, HalfUp); !errors.Is(err, ErrMagnitude) {
		t.Error(err)
	}
	if err := statement(t).Add(Line{Exact: Int(1)}, NoMode); !errors.Is(err, ErrRounding) {
		t.Error(err)
	}
	if x := (&Trace{}).Do("", OpQuotient, nil, Operand{"a", Int(1)}, Operand{"b", Int(0)}); x.Sign() != 0 {
		t.Error(x)
	}
}

func FuzzStatement(f *testing.F) {
	data, _ := json.Marshal(statement(f))
	f.Add(data)
	f.Add([]byte(`{"currency":{"code":"GBP","places":2},"total":"0.00","already_paid":"0.00","balance":"0.00","undistributed":"0.00"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var s Statement
		if err := json.Unmarshal(data, &s); err != nil {
			return
		}
		if err := s.Reconcile(); err != nil {
			t.Fatal(err)
		}
		out, err := json.Marshal(&s)
		if err != nil {
			t.Fatal(err)
		}
		var again Statement
		if err := json.Unmarshal(out, &again); err != nil {
			t.Fatalf("%v: %s", err, out)
		}
	})
}

func TestWhatIf(t *testing.T) {
	p := Performance{Numerator: 262, Register: 380}
	points := func(n int64) (Exact, error) {
		return Linear{Lower: x("0.45"), Upper: x("0.80"), Full: Int(20)}.Points(Frac(n, 380)), nil
	}
	for goal, want := range map[int64]int64{13: 0, 14: 3, 16: 16, 20: 42} {
		k, ok, err := PatientsFor(p, Int(goal), points)
		if k != want || !ok || err != nil {
			t.Errorf("%d points: %d %v %v", goal, k, ok, err)
		}
		if k > 0 {
			if before, _ := points(262 + k - 1); before.Cmp(Int(goal)) >= 0 {
				t.Error("one fewer reaches it too")
			}
		}
	}
	if _, ok, _ := PatientsFor(p, Int(21), points); ok {
		t.Error("21 of 20 points")
	}
	if k, ok := ToReach(p, x("0.8"), false); k != 42 || !ok {
		t.Error(k, ok)
	}
	if k, ok := ToReach(p, x("0.8"), true); k != 43 || !ok {
		t.Error(k, ok)
	}
	if _, ok := ToReach(p, x("1.1"), false); ok {
		t.Error("110 %")
	}
	if k, ok := NewPatientsToReach(p, x("0.8")); k != 210 || !ok {
		t.Error(k, ok)
	}
	if _, ok := NewPatientsToReach(p, Int(1)); ok {
		t.Error("100 %")
	}
	kinks, err := Curve(Performance{Numerator: 6, Register: 10}, func(n int64) (Exact, error) {
		return Threshold{Target: x("0.7"), Full: Int(1)}.Points(Frac(n, 10)), nil
	})
	if err != nil || fmt.Sprint(kinks) != "[{6 0} {7 1}]" {
		t.Error(kinks, err)
	}
	if _, err := Curve(Performance{Register: 1 << 40}, nil); !errors.Is(err, ErrMagnitude) {
		t.Error(err)
	}
	risk, err := AtRisk(statement(t), func(string) (*Statement, error) { s := statement(t); s.TotalMinor += 100; return s, nil })
	if err != nil || risk["b"] != 100 {
		t.Error(risk, err)
	}
}

func goodContract() *Contract {
	c := &Contract{Name: "c", AgreedOn: registry.Day(2024, 9, 1), Period: registry.CalendarYear(2025), NoticeDays: 60, Base: Salary, MaximumShare: x("0.08"), WeightTotal: Int(1), InternalSplit: true}
	for i := range 5 {
		c.Metrics = append(c.Metrics, ContractMetric{ID: fmt.Sprint("m", i), Tags: []Tag{ClinicalProcess, AccessTag}, Level: GroupLv, Weight: x("0.2"), Maximum: Int(1), Minimum: 20, Exceptions: "excluded", Evidence: Published,
			Schedule: Linear{Lower: x("0.4"), Upper: x("0.8"), Full: Int(1)}})
	}
	return c
}

func TestLint(t *testing.T) {
	if fs := Lint(goodContract()); len(fs) != 0 {
		t.Errorf("%+v", fs)
	}
	for want, change := range map[string]func(*Contract){
		"L01 error":       func(c *Contract) { c.Metrics[0].Tags, c.Metrics[0].Level = []Tag{ReferralVolume}, Individual },
		"L02 information": func(c *Contract) { c.Metrics[0].Tags = append(c.Metrics[0].Tags, UtilisationReduction) },
		"L03 warning":     func(c *Contract) { c.Metrics = c.Metrics[:4] },
		"L04 error":       func(c *Contract) { c.AgreedOn = c.Period.Start },
		"L04 warning":     func(c *Contract) { c.AgreedOn = c.Period.Start.AddDays(-59) },
		"L05 information": func(c *Contract) { c.LastYear = []string{"m4", "m3", "m2", "m1", "m0"} },
		"L06 error":       func(c *Contract) { c.Metrics[0].Weight = x("0.3") },
		"L07 warning":     func(c *Contract) { c.Metrics[0].Schedule = Ladder{Steps: []Step{{x("1.1"), Int(1)}}} },
		"L08 error":       func(c *Contract) { c.Metrics[0].Schedule = Linear{} },
		"L09 warning": func(c *Contract) {
			c.Metrics[0].Schedule = Ladder{Steps: []Step{{x("0.1"), Int(2)}, {x("0.2"), Int(1)}}}
		},
		"L10 warning":     func(c *Contract) { c.Metrics[0].Schedule = Threshold{Target: x("0.7"), Full: Int(1)} },
		"L11 information": func(c *Contract) { c.MaximumShare = x("0.12") },
		"L11 warning":     func(c *Contract) { c.MaximumShare = x("0.30") },
		"L12 warning":     func(c *Contract) { c.Pool = Int(6) },
		"L13 warning":     func(c *Contract) { c.Metrics[0].Level, c.Metrics[0].Minimum = PracticeLv, 0 },
		"L14 error":       func(c *Contract) { c.NeedsRounding = true },
		"L15 warning":     func(c *Contract) { c.Metrics[0].Evidence = Secondary },
		"L15 error":       func(c *Contract) { c.Metrics[0].Evidence = Unconfirmed },
		"L16 warning":     func(c *Contract) { c.Base = FeeForService; c.Metrics[0].Tags = []Tag{UtilisationReduction} },
		"L17 warning":     func(c *Contract) { c.GateMetrics = []string{"m2"} },
		"L20 warning":     func(c *Contract) { c.FacilityRisk = true },
		"L23 warning":     func(c *Contract) { c.Metrics[0].LastResult = ptr(x("0.8")) },
		"L18 information": func(c *Contract) { c.InternalSplit = false },
		"L19 warning":     func(c *Contract) { c.Metrics[0].Exceptions = "" },
		"L21 warning":     func(c *Contract) { c.SharesSavings = true },
		"L22 warning":     func(c *Contract) { c.HasBundle = true },
		"L24 information": func(c *Contract) {
			c.JointWork = true
			for i := range c.Metrics {
				c.Metrics[i].Level = Individual
			}
		},
		"L25 error": func(c *Contract) { c.Period.Start, c.Period.End = c.Period.End, c.Period.Start },
	} {
		c := goodContract()
		change(c)
		fs := Lint(c)
		if !slices.ContainsFunc(fs, func(f LintFinding) bool {
			return f.Code+" "+string(f.Severity) == want && f.Message != "" && f.Basis != ""
		}) {
			t.Errorf("%s: %+v", want, fs)
		}
	}
	scope := goodContract()
	scope.Services, scope.ScopeServices, scope.FacilityRisk, scope.StopLoss = []string{"office", "drugs"}, []string{"office", "ward"}, true, true
	scope.Metrics[0].LastResult, scope.Metrics[1].Empty = ptr(x("0.79")), true
	codes := map[string]int{}
	for _, f := range Lint(scope) {
		codes[f.Code]++
	}
	if codes["L20"] != 2 || codes["L23"] != 1 {
		t.Error(codes)
	}
	// four and nine metrics warn, five and eight pass
	for n, warn := range map[int]bool{4: true, 5: false, 8: false, 9: true} {
		c := goodContract()
		c.Metrics = c.Metrics[:1]
		c.WeightTotal = Exact{}
		for i := 1; i < n; i++ {
			m := c.Metrics[0]
			m.ID = fmt.Sprint("x", i)
			c.Metrics = append(c.Metrics, m)
		}
		if got := slices.ContainsFunc(Lint(c), func(f LintFinding) bool { return f.Code == "L03" }); got != warn {
			t.Errorf("%d metrics: %v", n, got)
		}
	}
}

func BenchmarkPool10000(b *testing.B) {
	ps := make([]Party, 10000)
	for i := range ps {
		ps[i] = Party{ID: fmt.Sprintf("%05d", i), Weight: Frac(int64(i%97), 10)}
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := Allocate(123_456_789, ps, LargestRemainder); err != nil {
			b.Fatal(err)
		}
	}
}
