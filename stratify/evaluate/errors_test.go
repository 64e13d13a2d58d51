package evaluate

import (
	"encoding/json"
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/stratify"
	"github.com/shopspring/decimal"
)

func wants(t *testing.T, what string, err error, targets ...error) {
	t.Helper()
	for _, e := range targets {
		if !errors.Is(err, e) {
			t.Errorf("%s: %v, want %v", what, err, e)
		}
	}
}

func TestBadInput(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	_, err := NewSample([]int{0}, nil)
	wants(t, "lengths", err, ErrLength)
	_, err = NewSample([]int{0, 3}, []float64{nan, 0.2})
	wants(t, "both faults", err, ErrLabel, ErrProbability)
	if !strings.Contains(err.Error(), "y[1]") || !strings.Contains(err.Error(), "p[0]") {
		t.Error("rows not named:", err)
	}
	_, err = NewSample([]int{0}, []float64{inf})
	wants(t, "infinite", err, ErrProbability)
	s, err := NewSample([]int{0, 1}, []float64{3, 5})
	if err != nil || s.AUC().AUC.Value != 1 {
		t.Error("any score ranks:", err)
	}
	_, err = s.Calibration()
	wants(t, "calibration of no probability", err, ErrProbability)
	_, err = s.Bins(2)
	wants(t, "bins of no probability", err, ErrProbability)
	_, err = s.HosmerLemeshow(10)
	wants(t, "test of no probability", err, ErrProbability)
	_, err = s.Bins(0)
	wants(t, "no bins", err, ErrRange)
	_, err = s.HosmerLemeshow(2)
	wants(t, "groups", err, ErrRange)
	_, err = s.AUC().Interval(1)
	wants(t, "level", err, ErrRange)
	_, err = (Calibration{}).OEInterval(0)
	wants(t, "level", err, ErrRange)
	_, err = Smooth([]int{1}, []float64{2})
	wants(t, "smooth", err, ErrProbability)
	_, err = CompareAUC([]int{1}, []float64{1}, nil)
	wants(t, "second", err, ErrLength)
	if !strings.Contains(err.Error(), "second score") {
		t.Error(err)
	}
	_, err = CompareAUC([]int{2}, []float64{1}, nil)
	wants(t, "first", err, ErrLabel)
	_, err = Reclassify([]int{1}, []float64{0}, []float64{nan})
	wants(t, "reclassify", err, ErrProbability)
	_, err = Reclassify([]int{1}, []float64{nan}, []float64{0})
	wants(t, "reclassify", err, ErrProbability)
	_, err = Reclassify(nil, nil, nil, 0.5, 0.5)
	wants(t, "cuts", err, ErrRange)
	_, err = (Table{TP: 1}).NetBenefit(1)
	wants(t, "threshold", err, ErrRange)
	_, err = Concentrate([]float64{1, -1})
	wants(t, "cost", err, ErrNegative)
	_, err = Concentrate([]float64{nan})
	wants(t, "cost", err, ErrNegative)
	c, _ := Concentrate([]float64{1, 2})
	for _, r := range []registry.Rate{{Num: 2, Den: 1}, {Num: -1, Den: 2}, {}} {
		_, err = c.TopShare(r)
		wants(t, "share", err, ErrRange)
	}
	_, err = c.Lorenz(0)
	wants(t, "steps", err, ErrRange)
	_, err = Cohort{Score: []float64{nan, 1}, Outcome: []int{7, 1}, ID: []string{"a"}, Cost: []float64{-1, 2}, Group: []string{}}.Rank()
	wants(t, "all at once", err, ErrLength, ErrLabel, ErrProbability, ErrNegative)
	for _, name := range []string{"ID has 1", "Group has 0", "y[0]", "p[0]", "cost[0]"} {
		if !strings.Contains(err.Error(), name) {
			t.Errorf("%q is not named: %v", name, err)
		}
	}
	r, err := Cohort{Score: []float64{1}, Outcome: []int{0}}.Rank()
	if err != nil {
		t.Fatal(err)
	}
	_, err = r.At(-1)
	wants(t, "places", err, ErrRange)
	_, err = r.AtShare(registry.Rate{Num: 3, Den: 2})
	wants(t, "share", err, ErrRange)
	_, err = r.Reach(registry.Rate{Num: 1, Den: 2})
	wants(t, "no events", err, ErrEmpty)
	for _, o := range []SubgroupOptions{{Level: 2}, {MinCell: -1}, {Threshold: nan}} {
		_, err = Cohort{}.Subgroups(o)
		wants(t, "options", err, ErrRange)
	}
	_, err = Cohort{Score: []float64{0.5}, Outcome: []int{0}}.Subgroups(SubgroupOptions{})
	wants(t, "no groups", err, ErrLength)
	_, err = Cohort{Score: []float64{5}, Outcome: []int{0}, Group: []string{"a"}}.Subgroups(SubgroupOptions{})
	wants(t, "groups", err, ErrProbability)
	_, err = Selection{Mean: nan, SD: 0, Reliability: 2, Cut: inf}.Expect()
	wants(t, "selection", err, ErrRange)
	for _, name := range []string{"mean", "sd", "reliability", "cut"} {
		if !strings.Contains(err.Error(), name) {
			t.Errorf("%q is not named: %v", name, err)
		}
	}
	_, err = BeforeAfter([]float64{1}, nil, nil, nil)
	wants(t, "before", err, ErrLength)
	_, err = BeforeAfter(nil, nil, nil, &Contrast{Before: []float64{1}})
	wants(t, "contrast", err, ErrLength)
	_, err = BeforeAfter([]float64{1}, []float64{1}, &Selection{}, nil)
	wants(t, "theory", err, ErrRange)
	_, err = SameSelection([]float64{1}, nil, 0)
	wants(t, "same", err, ErrLength)
	_, err = NextRanks([]float64{1}, nil, 0, 0)
	wants(t, "next", err, ErrLength)
	_, err = NextRanks(nil, nil, -1, 0)
	wants(t, "next", err, ErrRange)
	_, err = IndexOfSelection([]float64{-1}, []float64{nan}, 3)
	wants(t, "index", err, ErrNegative, ErrRange)
	minus := decimal.NewFromInt(-1)
	_, err = PaymentRatio([]decimal.Decimal{minus}, []decimal.Decimal{minus}, 2)
	wants(t, "payment", err, ErrNegative)
	_, err = PaymentRatio(nil, nil, 2)
	wants(t, "payment", err, ErrEmpty)
	_, err = Allocate(minus, 2, []PersonWeight{{"a", minus}})
	wants(t, "allocation", err, ErrNegative, ErrWeights)
	_, err = Allocate(decimal.RequireFromString("0.001"), 2, []PersonWeight{{"a", decimal.NewFromInt(1)}})
	wants(t, "places", err, ErrRange)
	_, err = Allocate(decimal.NewFromInt(5), 2, []PersonWeight{{"a", decimal.Decimal{}}})
	wants(t, "weights", err, ErrWeights)
	for _, bad := range []*Sample{{Points: []Point{{P: nan, Events: 1}}}, {Points: []Point{{P: 1, Events: 1}, {P: 1, Events: 1}}}, {Points: []Point{{P: 1}}}, {Points: []Point{{P: 1, Events: -1, NonEvents: 2}}}} {
		if bad.Check() == nil {
			t.Errorf("accepted %+v", bad)
		}
	}
}

// Empty data, one outcome only and all ties are states, not numbers.
func TestNotComputable(t *testing.T) {
	for _, c := range []struct {
		name       string
		y          []int
		p          []float64
		auc, slope Undefined
	}{
		{"nobody", nil, nil, NoPeople, NoPeople},
		{"no events", []int{0, 0}, []float64{0.1, 0.2}, NoEvents, NoEvents},
		{"only events", []int{1, 1}, []float64{0.1, 0.2}, NoNonEvents, NoNonEvents},
		{"all ties", []int{1, 0, 1, 0}, []float64{0.5, 0.5, 0.5, 0.5}, Defined, AllEqual},
		{"separated", []int{0, 0, 1, 1}, []float64{0.1, 0.2, 0.3, 0.4}, Defined, Separated},
		{"separated but for a tie", []int{0, 0, 1, 1}, []float64{0.1, 0.2, 0.2, 0.4}, Defined, Separated},
	} {
		s, err := NewSample(c.y, c.p)
		if err != nil {
			t.Fatal(err)
		}
		cal, err := s.Calibration()
		if err != nil || s.AUC().AUC.Why != c.auc || cal.Slope.Why != c.slope {
			t.Errorf("%s: %v, %v, %v", c.name, s.AUC().AUC, cal.Slope, err)
		}
		text, err := json.Marshal([]any{s.AUC(), cal, s.ROC()})
		if err != nil || strings.Contains(string(text), "NaN") {
			t.Errorf("%s: %s, %v", c.name, text, err)
		}
	}
	s, _ := NewSample([]int{0, 0, 1, 1}, []float64{0.1, 0.2, 0.3, 0.4})
	cal, _ := s.Calibration()
	wants(t, "separation", cal.Slope.Err(), ErrSeparation, ErrEmpty)
	tied, _ := NewSample([]int{1, 0, 1, 0}, []float64{0.5, 0.5, 0.5, 0.5})
	if a := tied.AUC(); a.AUC.Value != 0.5 || a.Variance.Value != 0 {
		t.Error("all ties:", a)
	}
	if v := (Table{FN: 2, TN: 3}).Value(); v.PPV.Defined() || v.Lift.Why != NoneFlagged || v.NeededToFlag.Why != NoneFlagged {
		t.Error("nobody flagged:", v)
	}
	if v := (Table{FP: 2, FN: 1}).Value(); v.Lift.Value != 0 || v.NeededToFlag.Why != NoEvents {
		t.Error("none found:", v)
	}
	zero, _ := Concentrate([]float64{0, 0})
	if zero.Gini().Why != TotalZero {
		t.Error(zero.Gini())
	}
	one, _ := Concentrate([]float64{5})
	if one.SampleGini().Why != TooFew || one.Gini().Value != 0 {
		t.Error(one.SampleGini())
	}
	x, _ := IndexOfSelection(nil, []float64{1}, 0.95)
	if x.Ratio.Why != NoPeople {
		t.Error(x)
	}
	x, _ = IndexOfSelection([]float64{1}, []float64{0}, 0.95)
	if x.Ratio.Why != TotalZero {
		t.Error(x)
	}
}

// "The top 1 % is a quarter of the cost" is no constant: the share is computed.
func TestTopShareIsNoConstant(t *testing.T) {
	flat, skew := make([]float64, 1000), make([]float64, 1000)
	for i := range flat {
		flat[i], skew[i] = 10, 1
	}
	for i := range 10 {
		skew[i] = 330
	}
	for _, c := range []struct {
		costs []float64
		want  float64
	}{{flat, 0.01}, {skew, 3300.0 / 4290}} {
		x, _ := Concentrate(c.costs)
		got, err := x.TopShare(registry.Rate{Num: 1, Den: 100})
		if err != nil || math.Abs(got.Value-c.want) > 1e-12 {
			t.Error(got, c.want, err)
		}
	}
}

// Sensitivity misleads without PPV: flagging everybody finds everybody.
func TestSensitivityStandsWithPPV(t *testing.T) {
	v := Table{TP: 10, FP: 990}.Value()
	if v.Sensitivity.Num != v.Sensitivity.Den || v.PPV.String() != "10/1000 (1.0 %)" || v.Lift.Value != 1 || !strings.Contains(v.String(), "PPV") {
		t.Error(v)
	}
}

// People chosen at a peak fall without any effect; the comparison says so.
func TestPeakFallsByItself(t *testing.T) {
	first, second := make([]float64, 0, 400), make([]float64, 0, 400)
	for i := range 20 { // a fixed person part and independent noise in each year, in all combinations
		for j := range 20 {
			first, second = append(first, float64(i)), append(second, float64((i+j)%20))
		}
	}
	picked, err := SameSelection(first, second, 15)
	if err != nil {
		t.Fatal(err)
	}
	bare, err := BeforeAfter(picked.Before, picked.After, nil, nil)
	if err != nil || len(bare.Issues) != 1 || bare.Issues[0].Code != stratify.RegressionToMean || bare.Net.Defined() || bare.Fall.Value <= 0 {
		t.Errorf("%+v %v", bare, err)
	}
	fair, err := BeforeAfter(picked.Before, picked.After, nil, &picked)
	if err != nil || len(fair.Issues) != 0 || fair.Net.Value != 0 {
		t.Errorf("%+v %v", fair, err)
	}
	theory, err := BeforeAfter(picked.Before, picked.After, &Selection{9.5, 5.8, 0, 15}, nil)
	if err != nil || len(theory.Issues) != 0 || math.Abs(theory.Net.Value) > theory.Fall.Value/4 {
		t.Errorf("%+v %v", theory, err)
	}
}

// Figures by hand, at edges that the published cases do not reach.
func TestByHand(t *testing.T) {
	s, err := NewSample([]int{0, 1, 0, 1}, []float64{0.1, 0.2, 0.3, 0.4})
	if err != nil {
		t.Fatal(err)
	}
	if best, j := s.Youden(); best.Threshold != 0.15000000000000002 || j.Value != 0.5 { // 0.35 is as good, and later
		t.Error(best, j)
	}
	// 10 and 20 of 100 at a threshold of 1/5: 0.10 - 0.20/4
	if nb, err := (Table{TP: 10, FP: 20, FN: 5, TN: 65}).NetBenefit(0.2); err != nil || math.Abs(nb.Value-0.05) > 1e-15 {
		t.Error(nb, err)
	}
	if nb, err := (Table{}).NetBenefit(0.2); err != nil || nb.Why != NoPeople {
		t.Error(nb, err)
	}
	// a tie of four in the middle of six people belongs to the half of its middle rank
	s, _ = NewSample([]int{0, 1, 0, 1, 0, 1, 1}, []float64{0.1, 0.2, 0.2, 0.2, 0.2, 0.3, 0.4})
	bins, err := s.Bins(2)
	if err != nil || len(bins) != 2 || bins[0].People != 5 || bins[1].People != 2 || bins[0].To != 0.2 || bins[0].Observed != 2 {
		t.Errorf("%+v %v", bins, err)
	}
	s, _ = NewSample([]int{0, 1, 0}, []float64{0.1, 0.2, 0.2}) // ranks 2 and 3 of 3: the upper half
	if bins, err = s.Bins(2); err != nil || len(bins) != 2 || bins[0].People != 1 {
		t.Errorf("%+v %v", bins, err)
	}
	if c, err := SameSelection([]float64{5, 6}, []float64{1, 2}, 5); err != nil || len(c.Before) != 1 || c.After[0] != 2 {
		t.Error("the cut itself is not above the cut:", c, err)
	}
	if p := Persist([]string{"a", "a", "b", "c"}, []string{"a"}, []string{"a", "b"}); p != (Persistence{1, 1, 1}) {
		t.Error(p)
	}
	// cells of exactly MinCell are shown, one less is not
	for _, c := range []struct {
		n    int
		want bool
	}{{5, false}, {4, true}} {
		var x Cohort
		for _, g := range []string{"a", "b", "c"} {
			k := 5
			if g == "a" {
				k = c.n
			}
			for _, y := range []int{0, 1} {
				for _, p := range []float64{0.2, 0.8} {
					for range k {
						x.Group, x.Score, x.Outcome = append(x.Group, g), append(x.Score, p), append(x.Outcome, y)
					}
				}
			}
		}
		rows, err := x.Subgroups(SubgroupOptions{Threshold: 0.5, MinCell: 5})
		if err != nil || rows[0].Suppressed != c.want || rows[1].Suppressed != c.want || rows[2].Suppressed {
			t.Errorf("%d: %v %v %v %v", c.n, rows[0].Suppressed, rows[1].Suppressed, rows[2].Suppressed, err)
		}
	}
}

// Parts of the people that are not whole are rounded down, so that a curve of few steps runs
// through points of the full one.
func TestLorenzOfFewSteps(t *testing.T) {
	c, err := Concentrate([]float64{1, 2, 3, 4, 5, 6, 9})
	if err != nil {
		t.Fatal(err)
	}
	curve, err := c.Lorenz(3) // 7/3 and 14/3 people
	want := []LorenzPoint{{}, {2.0 / 7, 3.0 / 30}, {4.0 / 7, 10.0 / 30}, {1, 1}}
	if err != nil || !slices.Equal(curve, want) {
		t.Errorf("%v %v", curve, err)
	}
}

// Figures by hand where the published cases are not at hand.
func TestCalibrationByHand(t *testing.T) {
	s, err := NewSample([]int{0, 1, 0, 1}, []float64{0.2, 0.4, 0.4, 0.8})
	if err != nil {
		t.Fatal(err)
	}
	c, err := s.Calibration()
	// Brier: (0.04 + 0.36 + 0.16 + 0.04)/4; scaled: 1 - 0.15/0.25
	if err != nil || math.Abs(c.Brier.Value-0.15) > 1e-15 || math.Abs(c.BrierScaled.Value-0.4) > 1e-14 || math.Abs(c.OE.Value-2/1.8) > 1e-15 {
		t.Errorf("%+v %v", c, err)
	}
	// three groups leave one degree of freedom, and a chance
	six, err := NewSample([]int{0, 1, 0, 0, 1, 1}, []float64{0.1, 0.3, 0.4, 0.5, 0.6, 0.9})
	if err != nil {
		t.Fatal(err)
	}
	h, err := six.HosmerLemeshow(3)
	if err != nil || h.DF != 1 || !h.P.Defined() {
		t.Errorf("%+v %v", h, err)
	}
	if x := logit(0); x != math.Log(1e-12/(1-1e-12)) || logit(1) < 27.6 {
		t.Errorf("logits at the ends: %v, %v", x, logit(1))
	}
}

// The continued fraction of the far tail meets the direct form where both hold.
func TestFarTail(t *testing.T) {
	for z := 8.001; z < 25; z += 0.25 {
		direct := math.Exp(-z*z/2) / math.Sqrt(2*math.Pi) / (math.Erfc(z/math.Sqrt2) / 2)
		if h := hazard(z); math.Abs(h/direct-1) > 1e-11 {
			t.Errorf("%v: %v, directly %v", z, h, direct)
		}
	}
	if h := hazard(1e6); !(h > 1e6 && h < 1e6+1) {
		t.Error(h)
	}
}

// Equal remainders: the unit goes to the greater weight, not to the first name.
func TestEqualRemainders(t *testing.T) {
	d := decimal.RequireFromString
	got, err := Allocate(d("2"), 0, []PersonWeight{{"a", d("1")}, {"b", d("3")}})
	if err != nil || got[0].Amount.String() != "0" || got[1].Amount.String() != "2" {
		t.Errorf("%v %v", got, err)
	}
}

// The slope is fitted from 20 events on.
func TestSlopeEvents(t *testing.T) {
	for events, want := range map[int]bool{19: false, 20: true} {
		var c Cohort
		for i := range 100 {
			c.Score = append(c.Score, float64(i%10)/10+0.05)
			y := 0
			if i < events*2 && i%2 == 0 {
				y = 1
			}
			c.Outcome, c.Group = append(c.Outcome, y), append(c.Group, "g")
		}
		g, err := c.Subgroups(SubgroupOptions{Threshold: 0.5})
		if err != nil || g[0].Events != int64(events) || g[0].Slope.Defined() != want {
			t.Errorf("%d events: %+v %v", events, g[0].Slope, err)
		}
	}
}

// What overflows is not computable, and never infinite or no number.
func TestBeyondNumbers(t *testing.T) {
	c, err := Concentrate([]float64{1, math.MaxFloat64, math.MaxFloat64})
	if err != nil {
		t.Fatal(err)
	}
	top, err := c.TopShare(registry.Rate{Num: 1, Den: 3})
	if err != nil || top.Why != Beyond || c.Gini().Why != Beyond || c.SampleGini().Why != Beyond {
		t.Error(top, err, c.Gini(), c.SampleGini())
	}
	if points, err := c.Lorenz(2); err != nil || len(points) != 0 {
		t.Error(points, err)
	}
	if err := c.Gini().Err(); !errors.Is(err, ErrEmpty) {
		t.Error(err)
	}
}
