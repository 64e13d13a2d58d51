package medicare_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"pgregory.net/rapid"

	"github.com/chroniccare/chroniccare/incentives"
	"github.com/chroniccare/chroniccare/incentives/medicare"
)

func x(s string) incentives.Exact { return incentives.MustParse(s) }

func near(t *testing.T, what string, got incentives.Exact, want string) {
	t.Helper()
	if !got.Equal(x(want)) {
		t.Errorf("%s: %s, want %s", what, got, want)
	}
}

func TestHospitals(t *testing.T) {
	hs := []medicare.Hospital{{ID: "a", Base: x("1000000"), TPS: x("40")}, {ID: "b", Base: x("3000000"), TPS: x("20")}}
	slope, err := medicare.VBPSlope(hs)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "slope", slope, "4")
	a, b := medicare.VBPFactor(hs[0].TPS, x("0.02"), slope, 100), medicare.VBPFactor(hs[1].TPS, x("0.02"), slope, 100)
	near(t, "factor", a, "1.012")
	near(t, "factor", b, "0.996")
	near(t, "neutral", a.Sub(x("1")).Mul(hs[0].Base).Add(b.Sub(x("1")).Mul(hs[1].Base)), "0")
	m, err := medicare.VBPMeasure(x("0.5"), x("0.8"))
	if err != nil {
		t.Fatal(err)
	}
	for p, want := range map[string][2]string{"0.65": {"5", "6"}, "0.49": {"0", "2"}, "0.5": {"1", "2"}, "0.4": {"0", "0"}, "0.8": {"10", "9"}} {
		now, before := x(p), x("0.4")
		s := m.Score(&now, &before)
		if s.Achievement.String() != want[0] || s.Improvement.String() != want[1] {
			t.Errorf("%s: %s and %s, want %v", p, s.Achievement, s.Improvement, want)
		}
	}
	total, status, err := medicare.VBPTotal([]medicare.VBPDomain{{Name: "outcome", Weight: x("0.25"), Points: []incentives.Exact{x("4"), x("6")}}, {Name: "safety", Weight: x("0.25"), Points: []incentives.Exact{x("10")}}, {Name: "cost", Weight: x("0.5")}})
	if err != nil || status != incentives.Scored {
		t.Fatal(status, err)
	}
	near(t, "a domain that is not scored", total, "75")
	if _, status, _ := medicare.VBPTotal([]medicare.VBPDomain{{Name: "a", Weight: x("1")}}); status == incentives.Scored {
		t.Error("nothing scored")
	}
	for _, err := range []error{second(medicare.VBPMeasure(x("1"), x("1"))), second(medicare.VBPSlope(nil)), second(medicare.VBPSlope([]medicare.Hospital{{Base: x("-1")}}))} {
		if err == nil {
			t.Error("no error")
		}
	}
	if _, _, err := medicare.VBPTotal([]medicare.VBPDomain{{Name: "a", Points: []incentives.Exact{x("11")}}}); !errors.Is(err, incentives.ErrRange) {
		t.Error(err)
	}
	table := incentives.Polyline{Knots: []incentives.Knot{{X: x("0"), Y: x("0")}, {X: x("100"), Y: x("0.03")}}}
	back, err := medicare.SNFReturn(table, hs, x("0.6"))
	if err != nil {
		t.Fatal(err)
	}
	near(t, "returned", back[0].Mul(hs[0].Base).Add(back[1].Mul(hs[1].Base)), "48000") // 60 % of 2 % of 4 million
	near(t, "multiplier", medicare.SNFFactor(x("0.015")), "0.995")
	if _, err := medicare.SNFReturn(table, hs, x("0.5")); !errors.Is(err, incentives.ErrRange) {
		t.Error(err)
	}
	sum, err := medicare.ExcessPayments([]medicare.Readmission{{Condition: "HF", BasePayment: x("10000"), Admissions: 100, ExcessRatio: x("1.05"), PeerMedian: x("1.00"), NeutralityRate: x("0.95")}, {Condition: "AMI", BasePayment: x("9000"), Admissions: 50, ExcessRatio: x("0.98"), PeerMedian: x("1"), NeutralityRate: x("0.95")}})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "excess", sum, "47500")
}

func second[T any](_ T, err error) error { return err }

func TestMIPS(t *testing.T) {
	for score, want := range map[string]string{"0": "-9", "18.75": "-9", "18.76": "-6.7488", "50": "-3", "75": "0", "80": "1.8", "100": "9"} {
		a, err := medicare.MIPSAdjustment(x(score), x("75"), x("9"))
		if err != nil {
			t.Fatal(err)
		}
		near(t, score, a, want)
	}
	for _, bad := range [][3]string{{"-1", "75", "9"}, {"101", "75", "9"}, {"50", "0", "9"}, {"50", "100", "9"}, {"50", "75", "-9"}} {
		if _, err := medicare.MIPSAdjustment(x(bad[0]), x(bad[1]), x(bad[2])); !errors.Is(err, incentives.ErrRange) {
			t.Error(bad, err)
		}
	}
	k, err := medicare.MIPSScaling([]medicare.Clinician{{Payments: x("1000"), Adjustment: x("-3")}, {Payments: x("2000"), Adjustment: x("1")}})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "neutral", k, "1.5")
	k, _ = medicare.MIPSScaling([]medicare.Clinician{{Payments: x("1000"), Adjustment: x("-9")}, {Payments: x("1000"), Adjustment: x("1")}})
	near(t, "at most 3", k, "3")
	near(t, "improvement", medicare.MIPSImprovement(x("0.6"), x("0.4")), "0.05")
	near(t, "from a low score", medicare.MIPSImprovement(x("0.36"), x("0.1")), "0.02")
	near(t, "no worse than 0", medicare.MIPSImprovement(x("0.2"), x("0.9")), "0")
	c, err := medicare.MIPSCategory([]incentives.Exact{x("10"), x("10")}, x("9"), x("60"), x("0.05"))
	if err != nil {
		t.Fatal(err)
	}
	near(t, "the bonus is capped at a tenth", c, "29/60")
	if _, err := medicare.MIPSCategory(nil, x("0"), x("0"), x("0")); !errors.Is(err, incentives.ErrDivision) {
		t.Error(err)
	}
	if _, err := medicare.InteroperabilityPoints(2, 1, 10); !errors.Is(err, incentives.ErrNumerator) {
		t.Error(err)
	}
	ys, err := medicare.MIPSYears()
	if err != nil || len(ys) != 10 || ys[0].Year != 2019 || ys[5].Evidence != incentives.Unconfirmed {
		t.Error(ys, err)
	}
}

func track(name string) medicare.Track {
	for _, t := range medicare.Tracks() {
		if t.Name == name {
			return t
		}
	}
	panic(name)
}

func TestSharedSavings(t *testing.T) {
	for name, c := range map[string]struct {
		track  string
		a      medicare.ACO
		amount string
		why    string
	}{
		"first dollar":           {"BASIC B", medicare.ACO{Benchmark: x("50000000"), Expenditure: x("47000000"), MSR: x("0.0285"), Standard: medicare.Met}, "1200000", ""},
		"below the minimum rate": {"BASIC B", medicare.ACO{Benchmark: x("50000000"), Expenditure: x("48600000"), MSR: x("0.0285"), Standard: medicare.Met}, "0", "savings below the minimum rate"},
		"at the minimum rate":    {"BASIC B", medicare.ACO{Benchmark: x("50000000"), Expenditure: x("48575000"), MSR: x("0.0285"), Standard: medicare.Met}, "570000", ""},
		"half the rate":          {"BASIC B", medicare.ACO{Benchmark: x("50000000"), Expenditure: x("49000000"), MSR: x("0.0285"), Standard: medicare.Met, HalfRate: true}, "200000", ""},
		"no quality":             {"BASIC B", medicare.ACO{Benchmark: x("50000000"), Expenditure: x("47000000"), MSR: x("0.0285")}, "0", "the quality standard is not met"},
		"alternative standard":   {"BASIC B", medicare.ACO{Benchmark: x("50000000"), Expenditure: x("47000000"), MSR: x("0.0285"), Standard: medicare.Alternative, Quality: x("0.5")}, "600000", ""},
		"the limit":              {"BASIC B", medicare.ACO{Benchmark: x("100"), Expenditure: x("50"), Standard: medicare.Met}, "10", ""},
		"losses, by revenue":     {"BASIC E", medicare.ACO{Benchmark: x("50000000"), Expenditure: x("53000000"), MLR: x("0.02"), Revenue: x("9000000"), Standard: medicare.Met}, "-720000", ""},
		"ENHANCED losses":        {"ENHANCED", medicare.ACO{Benchmark: x("50000000"), Expenditure: x("53000000"), Standard: medicare.Met, Quality: x("0.70")}, "-1425000", ""},
		"ENHANCED, no standard":  {"ENHANCED", medicare.ACO{Benchmark: x("50000000"), Expenditure: x("53000000"), Quality: x("0.70")}, "-2250000", ""},
		"one-sided":              {"BASIC A", medicare.ACO{Benchmark: x("100"), Expenditure: x("150")}, "0", "no loss is shared"},
		"below the loss rate":    {"BASIC E", medicare.ACO{Benchmark: x("100"), Expenditure: x("101"), MLR: x("0.02"), Revenue: x("50")}, "0", "no loss is shared"},
	} {
		s, err := medicare.SharedSavings(track(c.track), c.a)
		if err != nil || s.Why != c.why {
			t.Errorf("%s: %+v %v", name, s, err)
		}
		near(t, name, s.Amount, c.amount)
	}
	if r, err := medicare.SharedSavings(track("ENHANCED"), medicare.ACO{Benchmark: x("1"), Expenditure: x("2"), Standard: medicare.Met, Quality: x("0.7385")}); err != nil || r.Rate.Fixed(6) != "0.446125" {
		t.Error(r.Rate, err)
	}
	for _, a := range []medicare.ACO{{}, {Benchmark: x("1"), Expenditure: x("-1")}, {Benchmark: x("1"), Quality: x("2")}} {
		if _, err := medicare.SharedSavings(track("BASIC A"), a); err == nil {
			t.Errorf("%+v", a)
		}
	}
	if _, err := medicare.MinimumSavingsRate(4999); !errors.Is(err, incentives.ErrLookup) {
		t.Error(err)
	}
	for n, want := range map[int64]string{5000: "0.039", 5999: "0.036", 6000: "0.036", 59999: "0.02", 60000: "0.02", 1 << 40: "0.02"} {
		r, err := medicare.MinimumSavingsRate(n)
		if err != nil {
			t.Error(err)
		}
		near(t, fmt.Sprint(n), r, want)
	}
}

func TestTiers(t *testing.T) {
	g, err := medicare.ValueModifier(2016)
	if err != nil {
		t.Fatal(err)
	}
	cell := func(q, c string) incentives.Cell {
		k, err := g.At(q, c)
		if err != nil {
			t.Fatal(err)
		}
		return k
	}
	ps := []medicare.Physician{{ID: "a", Payments: x("100"), Cell: cell("high", "low")}, {ID: "b", Payments: x("50"), Cell: cell("high", "average"), HighRisk: true}, {ID: "c", Payments: x("300"), Cell: cell("low", "high")}, {ID: "d", Payments: x("70"), Cell: cell("average", "average"), HighRisk: true}}
	f, adj, err := medicare.ValueModifierX(ps)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "x", f, "2") // 600 = x (200 + 100)
	var sum incentives.Exact
	for i, p := range ps {
		sum = sum.Add(p.Payments.Mul(adj[i]))
	}
	near(t, "neutral", sum, "0")
	if _, err := medicare.ValueModifier(2014); !errors.Is(err, incentives.ErrLookup) {
		t.Error(err)
	}
	if _, err := g.At("high", "none"); !errors.Is(err, incentives.ErrLookup) {
		t.Error(err)
	}
	for p, want := range map[[2]string]string{{"29.9", "85"}: "low high", {"30", "84.9"}: "medium relatively high", {"69.9", "65"}: "medium relatively high", {"70", "64.9"}: "high other"} {
		v, m := medicare.RewardClasses(x(p[0]), x(p[1]))
		if v+" "+m != want {
			t.Errorf("%v: %s %s", p, v, m)
		}
	}
	for _, c := range []struct {
		score     string
		period    int
		clinician bool
		want      string
	}{{"0", 1, false, "-5"}, {"0.5", 2, false, "-5"}, {"0.51", 2, false, "-2.5"}, {"2", 3, false, "-3"}, {"3.5", 5, false, "0"}, {"3.51", 5, false, "3"}, {"5", 7, false, "3.5"}, {"6", 7, false, "7"}, {"0", 7, true, "-8"}, {"2", 7, true, "-4"}, {"0", 7, false, "-9"}} {
		a, err := medicare.ETCAdjustment(x(c.score), c.period, c.clinician)
		if err != nil {
			t.Error(err)
		}
		near(t, c.score, a, c.want)
	}
	for _, bad := range []struct {
		s string
		p int
	}{{"7", 1}, {"-1", 1}, {"1", 0}, {"1", 8}} {
		if _, err := medicare.ETCAdjustment(x(bad.s), bad.p, false); !errors.Is(err, incentives.ErrLookup) {
			t.Error(bad, err)
		}
	}
}

func TestLaws(t *testing.T) {
	shared, lost := 0, 0
	lawtest.Until(t, func(t *rapid.T) {
		tr := rapid.SampledFrom(medicare.Tracks()).Draw(t, "track")
		b := incentives.Int(rapid.Int64Range(1, 1000).Draw(t, "b"))
		e := rapid.Int64Range(0, 1500).Draw(t, "e")
		a := medicare.ACO{Benchmark: b, Expenditure: incentives.Int(e), MSR: x("0.03"), MLR: x("0.03"), Standard: medicare.Met, Quality: x("0.8"), Revenue: b}
		s, err := medicare.SharedSavings(tr, a)
		if err != nil {
			t.Fatal(err)
		}
		if s.Amount.Sign() > 0 {
			shared++
		}
		if s.Amount.Sign() < 0 {
			lost++
		}
		if s.Amount.Cmp(b.Mul(tr.SavingsLimit)) > 0 {
			t.Fatal("above the limit")
		}
		a.Expenditure = incentives.Int(e + 1)
		if worse, _ := medicare.SharedSavings(tr, a); worse.Amount.Cmp(s.Amount) > 0 {
			t.Fatal("spending more pays more")
		}
		score := incentives.Frac(rapid.Int64Range(0, 1000).Draw(t, "score"), 10)
		y, _ := medicare.MIPSAdjustment(score, x("75"), x("9"))
		if score.Cmp(x("100")) < 0 {
			if z, _ := medicare.MIPSAdjustment(score.Add(x("0.1")), x("75"), x("9")); z.Cmp(y) < 0 {
				t.Fatal("a better score pays less")
			}
		}
	}, func() bool { return shared > 0 && lost > 0 })
}

func TestStars(t *testing.T) {
	items := []incentives.Item{{ID: "improvement", Score: x("4"), Weight: x("5")}, {ID: "outcome", Score: x("3"), Weight: x("3")}, {ID: "process", Status: incentives.NotReported, Weight: x("1")}}
	for reward, want := range map[string]string{"0": "3.5", "0.1": "3.5", "0.125": "4", "0.4": "4", "9": "5"} {
		s, status, err := medicare.StarRating(items, x(reward), x("0"))
		if err != nil || status != incentives.Scored {
			t.Error(status, err)
		}
		near(t, reward, s, want)
	}
	if _, status, _ := medicare.StarRating(nil, x("0"), x("0")); status == incentives.Scored {
		t.Error(status)
	}
	near(t, "home health", medicare.HomeHealthAdjustment(x("40"), x("0.05"), x("2"), false), "0.04")
	near(t, "home health, subtracted", medicare.HomeHealthAdjustment(x("40"), x("0.05"), x("2"), true), "-0.01")
}
