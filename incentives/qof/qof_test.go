package qof_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"pgregory.net/rapid"

	"github.com/chroniccare/chroniccare/incentives"
	"github.com/chroniccare/chroniccare/incentives/qof"
)

func x(s string) incentives.Exact { return incentives.MustParse(s) }

// areas of the framework of 2004/05 with a made-up national prevalence of 3 %.
func config(t testing.TB) qof.Config {
	t.Helper()
	y, err := qof.YearOf("2004/05")
	if err != nil {
		t.Fatal(err)
	}
	is, err := qof.Indicators2004()
	if err != nil {
		t.Fatal(err)
	}
	c := qof.Config{Year: y.Name, PointValue: y.PointValue, AverageList: y.AverageList[0], Form: y.Form, Indicators: is, AllowUnconfirmed: true}
	seen := map[string]bool{}
	for _, i := range is {
		if i.Clinical && !seen[i.Area] {
			seen[i.Area] = true
			c.National = append(c.National, qof.National{Area: i.Area, Prevalence: x("0.03"), CutOff: x("0.005"), RootMean: x("0.17")})
		}
	}
	return c
}

func practice(is []qof.Indicator, numerator int64) qof.Practice {
	p := qof.Practice{Name: "High Street", List: 8000, Registers: map[string]int64{}}
	for _, i := range is {
		p.Registers[i.Area] = 240
		r := qof.Result{Code: i.Code, Yes: true}
		if !i.AllOrNothing() {
			r.Performance = incentives.Performance{Numerator: numerator, Register: 240, Exceptions: 20}
		}
		p.Results = append(p.Results, r)
	}
	return p
}

func TestTables(t *testing.T) {
	is, err := qof.Indicators2004()
	if err != nil {
		t.Fatal(err)
	}
	sums := map[string]int64{}
	unconfirmed := 0
	var clinical, all incentives.Exact
	for _, i := range is {
		all = all.Add(i.Points)
		if i.Clinical {
			clinical = clinical.Add(i.Points)
		}
		if i.Evidence == incentives.Unconfirmed {
			unconfirmed++
		}
		n := i.Points.String()
		var v int64
		fmt.Sscan(n, &v)
		sums[i.Area] += v
	}
	if clinical.String() != "550" || all.String() != "686" || unconfirmed != 21 {
		t.Error(clinical, all, unconfirmed)
	}
	for area, want := range map[string]int64{"CHD": 101, "STROKE": 31, "DM": 99, "COPD": 45, "MH": 41, "ASTHMA": 72, "BP": 105, "LVD": 20} {
		if sums[area] != want {
			t.Errorf("%s: %d points, published %d", area, sums[area], want)
		}
	}
	if sums["EPILEPSY"]+sums["THYROID"]+sums["CANCER"] != 36 || sums["PE"] != 100 {
		t.Error(sums)
	}
	ys, err := qof.Years()
	if err != nil || len(ys) != 11 {
		t.Fatal(len(ys), err)
	}
	if _, err := qof.YearOf("2010/11"); !errors.Is(err, incentives.ErrParameter) {
		t.Error(err)
	}
}

func TestAssess(t *testing.T) {
	c := config(t)
	s, err := qof.New(c)
	if err != nil {
		t.Fatal(err)
	}
	full, err := s.Assess(practice(c.Indicators, 220))
	if err != nil {
		t.Fatal(err)
	}
	if got := qof.PointsTotal(full); got.String() != "686" || full.Reconcile() != nil {
		t.Error(got, full.Reconcile())
	}
	// by hand: CHD6, 19 points, 150 of 220 against 25 to 70 %
	part, err := s.Assess(practice(c.Indicators, 150))
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range part.Lines {
		if l.ID != "CHD6" {
			continue
		}
		want := incentives.Frac(15000, 220).Sub(x("25")).Quo(x("45")).Mul(x("19"))
		if !l.Points.Equal(want) {
			t.Errorf("CHD6: %s, want %s", l.Points, want)
		}
		root := x("0.03").SquareRoot(16)
		pay := want.Mul(x("75")).Mul(incentives.Frac(8000, 5891)).Mul(root).Quo(x("0.17"))
		if l.Amount != pay.Round(incentives.Rounding{Mode: incentives.HalfAwayFromZero, Places: 2}).Fixed(2) {
			t.Errorf("CHD6 pays %s, want %s", l.Amount, pay.Fixed(4))
		}
	}
	data, err := json.Marshal(part)
	if err != nil {
		t.Fatal(err)
	}
	var back incentives.Statement
	if err := json.Unmarshal(data, &back); err != nil || back.TotalMinor != part.TotalMinor {
		t.Error(err)
	}
}

func TestStatuses(t *testing.T) {
	c := config(t)
	c.Indicators = c.Indicators[:3] // CHD1 to CHD3
	s, err := qof.New(c)
	if err != nil {
		t.Fatal(err)
	}
	p := qof.Practice{Name: "p", List: 100, Registers: map[string]int64{"CHD": 0}, Results: []qof.Result{{Code: "CHD1"}, {Code: "CHD2", Performance: incentives.Performance{Register: 4, Exceptions: 4}}}, Advance: 5000}
	st, err := s.Assess(p)
	if err != nil {
		t.Fatal(err)
	}
	if st.Lines[0].Status != incentives.Paid || st.Lines[1].Reason != "all excepted" || st.Lines[2].Reason != "not reported" || st.TotalMinor != 0 || st.BalanceMinor() != -5000 {
		t.Errorf("%+v", st)
	}
	p.Results = []qof.Result{{Code: "CHD1", Yes: true}, {Code: "CHD1"}, {Code: "XX"}, {Code: "CHD2", Performance: incentives.Performance{Numerator: 3, Register: 2}}}
	p.Registers = map[string]int64{"CHD": 101}
	_, err = s.Assess(p)
	for _, want := range []error{incentives.ErrDuplicate, incentives.ErrUnknownMetric, incentives.ErrNegativeCount} {
		if !errors.Is(err, want) {
			t.Errorf("%v lacks %v", err, want)
		}
	}
	p = qof.Practice{Name: "p", Results: []qof.Result{{Code: "CHD1", Yes: true}}}
	if _, err = s.Assess(p); !errors.Is(err, incentives.ErrDivision) || !errors.Is(err, incentives.ErrMissingMetric) {
		t.Error(err)
	}
	p = qof.Practice{Name: "p", List: 10, Registers: map[string]int64{"CHD": 5}, Results: []qof.Result{{Code: "CHD2", Performance: incentives.Performance{Numerator: 3, Register: 2}}}}
	if _, err = s.Assess(p); !errors.Is(err, incentives.ErrNumerator) || !strings.Contains(err.Error(), "CHD2") {
		t.Error(err)
	}
}

func TestConfigErrors(t *testing.T) {
	good := qof.Indicator{Code: "A1", Area: "A", Points: x("1"), Clinical: true}
	_, err := qof.New(qof.Config{PointValue: x("-1"), AverageList: -1, Policy: 99, National: []qof.National{{Area: "B"}, {Area: "B"}},
		Indicators: []qof.Indicator{good, good, {Code: "U", Points: x("1"), Evidence: incentives.Unconfirmed}, {Code: "T", Lower: x("90"), Upper: x("50")}, {Code: "O", Points: x("1"), Lower: x("10"), Upper: x("150")}}})
	for _, want := range []error{incentives.ErrParameter, incentives.ErrDivision, incentives.ErrRounding, incentives.ErrDuplicate, incentives.ErrUnconfirmed, incentives.ErrThresholdOrder, incentives.ErrRange} {
		if !errors.Is(err, want) {
			t.Errorf("%v lacks %v", err, want)
		}
	}
	months, err := qof.Aspiration(100_001, x("1"), x("0.6"))
	if err != nil {
		t.Fatal(err)
	}
	sum := int64(0)
	for _, m := range months {
		sum += m
	}
	if sum != 60001 || months[0]-months[11] > 1 {
		t.Error(months, sum)
	}
	if _, err := qof.Aspiration(-1, x("1"), x("2")); !errors.Is(err, incentives.ErrRange) {
		t.Error(err)
	}
}

func TestQOFLaws(t *testing.T) {
	c := config(t)
	c.Indicators = c.Indicators[:12]
	paid := 0
	lawtest.Until(t, func(t *rapid.T) {
		d := c
		d.Form = rapid.SampledFrom([]qof.Prevalence{qof.Linear, qof.LinearCut, qof.Root, qof.RootSimple}).Draw(t, "form")
		d.Policy = rapid.SampledFrom([]qof.Policy{qof.ExactThenPence, qof.PointValueFirst, qof.FactorFirstTruncate, qof.WholePoundTruncate}).Draw(t, "policy")
		s, err := qof.New(d)
		if err != nil {
			t.Fatal(err)
		}
		n := rapid.Int64Range(0, 219).Draw(t, "met")
		p := practice(d.Indicators, n)
		p.List = rapid.Int64Range(240, 20000).Draw(t, "list")
		a, err := s.Assess(p)
		if err != nil {
			t.Fatal(err)
		}
		if err := a.Reconcile(); err != nil {
			t.Fatal(err)
		}
		more := practice(d.Indicators, n+1)
		more.List = p.List
		b, err := s.Assess(more)
		if err != nil {
			t.Fatal(err)
		}
		if b.TotalMinor < a.TotalMinor {
			t.Fatal("one more patient pays less")
		}
		if b.TotalMinor > a.TotalMinor {
			paid++
		}
		// linear form: the list size cancels
		if d.Form == qof.Linear && d.Policy == qof.ExactThenPence {
			half := p
			half.List = 2 * p.List
			h, _ := s.Assess(half)
			for i := range h.Lines {
				if !h.Lines[i].Exact.Sub(a.Lines[i].Exact).Clamp(x("-0.005"), x("0.005")).Equal(h.Lines[i].Exact.Sub(a.Lines[i].Exact)) {
					t.Fatalf("%s: %s and %s", h.Lines[i].ID, h.Lines[i].Exact, a.Lines[i].Exact)
				}
			}
		}
	}, func() bool { return paid > 0 })
}

func BenchmarkPracticeYear(b *testing.B) {
	c := config(b)
	s, err := qof.New(c)
	if err != nil {
		b.Fatal(err)
	}
	p := practice(c.Indicators, 150)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.Assess(p); err != nil {
			b.Fatal(err)
		}
	}
}
