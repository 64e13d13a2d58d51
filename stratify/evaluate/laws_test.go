package evaluate

import (
	"math"
	"slices"
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/google/go-cmp/cmp"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// people draws outcomes and scores in steps of 1/16, so that ties are many and every
// transform is exact.
func people(t *rapid.T) (y []int, p []float64) {
	n := rapid.SampledFrom([]int{40, 20, 12, 8, 5, 3, 2, 1, 0}).Draw(t, "n")
	kind := rapid.SampledFrom([]int{0, 1, 2, 3, 4, 5, 6, 6, 6, 6}).Draw(t, "kind")
	for i := range n {
		k := rapid.IntRange(0, 16).Draw(t, "p")
		if kind == 0 {
			k = 7
		}
		e := rapid.IntRange(0, 1).Draw(t, "y")
		switch kind {
		case 1:
			e = 0
		case 2:
			e = 1
		case 4: // one non-event
			e = min(i, 1)
		case 5: // one event
			e = 1 - min(i, 1)
		case 3: // no overlap
			e = 0
			if k > 8 {
				e = 1
			}
		}
		y, p = append(y, e), append(p, float64(k)/16)
	}
	return y, p
}

func mustSample(t *rapid.T, y []int, p []float64) *Sample {
	s, err := NewSample(y, p)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Check(); err != nil {
		t.Fatal(err)
	}
	return s
}

func apply(p []float64, f func(float64) float64) []float64 {
	out := make([]float64, len(p))
	for i, x := range p {
		out[i] = f(x)
	}
	return out
}

func TestDiscriminationLaw(t *testing.T) {
	seen := lawtest.Seen{}
	lawtest.Check(t, seen, func(t *rapid.T) {
		y, p := people(t)
		s := mustSample(t, y, p)
		a := s.AUC()
		flip := make([]int, len(y))
		var won, pairs float64
		for i := range y {
			flip[i] = 1 - y[i]
			for j := range y {
				if y[i] == 1 && y[j] == 0 {
					pairs++
					switch {
					case p[i] > p[j]:
						won++
					case p[i] == p[j]:
						won += 0.5
						seen["tie"]++
					}
				}
			}
		}
		seen[string(a.AUC.Why)]++
		seen["variance "+string(a.Variance.Why)]++
		if (pairs > 0) != a.AUC.Defined() {
			t.Fatalf("%v pairs: %v", pairs, a.AUC)
		}
		if pairs == 0 {
			return
		}
		if a.AUC.Value != won/pairs {
			t.Fatalf("%v, by pairs %v", a.AUC, won/pairs)
		}
		for _, x := range []struct {
			y    []int
			f    func(float64) float64
			want float64
		}{{flip, func(x float64) float64 { return x }, 1 - a.AUC.Value}, {y, func(x float64) float64 { return -x }, 1 - a.AUC.Value},
			{y, math.Exp, a.AUC.Value}, {y, func(x float64) float64 { return 3*x - 1 }, a.AUC.Value}} {
			b := mustSample(t, x.y, apply(p, x.f)).AUC()
			if math.Abs(b.AUC.Value-x.want) > 1e-12 || math.Abs(b.Variance.Value-a.Variance.Value) > 1e-12 {
				t.Fatalf("%v, want %v", b, x.want)
			}
		}
		c, err := CompareAUC(y, p, apply(p, func(x float64) float64 { return 2 * x }))
		if err != nil || c.Difference.Value != 0 || c.Z.Defined() {
			t.Fatal("a score against itself:", c, err)
		}
		if a.Variance.Defined() {
			if v := delongByPairs(y, p); math.Abs(v-a.Variance.Value) > 1e-12 {
				t.Fatalf("variance %v, by pairs %v", a.Variance, v)
			}
			ci, err := a.Interval(0.95)
			if err != nil || ci.Low.Value > a.AUC.Value || ci.High.Value < a.AUC.Value || ci.Low.Value < 0 || ci.High.Value > 1 {
				t.Fatal(ci, err)
			}
			if ci.Degenerate {
				seen["degenerate"]++
			}
		}
	}, "tie", "", string(NoPeople), string(NoEvents), string(NoNonEvents), "variance "+string(OneEvent), "variance "+string(OneNonEvent), "variance ", "degenerate")
}

func delongByPairs(y []int, p []float64) float64 {
	var v [2][]float64
	for i := range y {
		sum, n := 0.0, 0.0
		for j := range y {
			if y[j] == y[i] {
				continue
			}
			n++
			d := p[i] - p[j]
			if y[i] == 0 {
				d = -d
			}
			if d > 0 {
				sum++
			} else if d == 0 {
				sum += 0.5
			}
		}
		v[y[i]] = append(v[y[i]], sum/n)
	}
	out := 0.0
	for _, x := range v {
		out += variance(x, mean(x).Value) / float64(len(x))
	}
	return out
}

// Every statistic of the merged parts is equal to the last bit to that of the whole.
func TestMergeLaw(t *testing.T) {
	seen := lawtest.Seen{}
	lawtest.Check(t, seen, func(t *rapid.T) {
		y, p := people(t)
		whole := mustSample(t, y, p)
		parts := make([]*Sample, rapid.IntRange(1, 4).Draw(t, "parts"))
		ys, ps := make([][]int, len(parts)), make([][]float64, len(parts))
		for i := range y {
			k := rapid.IntRange(0, len(parts)-1).Draw(t, "part")
			ys[k], ps[k] = append(ys[k], y[i]), append(ps[k], p[i])
		}
		var costs []*Concentration
		for i := range parts {
			parts[i] = mustSample(t, ys[i], ps[i])
			c, err := Concentrate(ps[i])
			if err != nil {
				t.Fatal(err)
			}
			costs = append(costs, c)
			if len(ys[i]) == 0 {
				seen["empty part"]++
			}
		}
		merged := Merge(parts...)
		a, _ := whole.Calibration()
		b, err := merged.Calibration()
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(a, b); d != "" || whole.AUC() != merged.AUC() || !slices.Equal(whole.ROC(), merged.ROC()) {
			t.Fatal(d)
		}
		sum := &Concentration{}
		for _, c := range costs {
			sum = sum.Merge(c)
		}
		one, _ := Concentrate(p)
		if one.Gini() != sum.Gini() || one.Total() != sum.Total() {
			t.Fatal("concentration differs")
		}
		if len(parts) > 1 && len(y) > 5 {
			seen["split"]++
		}
	}, "split", "empty part")
}

func TestCalibrationLaw(t *testing.T) {
	seen := lawtest.Seen{}
	lawtest.Check(t, seen, func(t *rapid.T) {
		y, p := people(t)
		s := mustSample(t, y, p)
		c, err := s.Calibration()
		if err != nil {
			t.Fatal(err)
		}
		seen["slope "+string(c.Slope.Why)]++
		if c.Brier.Defined() && !(c.Brier.Value >= 0 && c.Brier.Value <= 1) {
			t.Fatal(c.Brier)
		}
		if len(y) > 0 { // the mean for everybody
			events := 0
			for _, e := range y {
				events += e
			}
			m, err := mustSample(t, y, apply(p, func(float64) float64 { return float64(events) / float64(len(y)) })).Calibration()
			if err != nil || events > 0 && math.Abs(m.OE.Value-1) > 1e-12 || events == 0 && m.OE.Why != TotalZero {
				t.Fatal(m.OE, err)
			}
		}
		if c.Slope.Defined() { // refitted on its own data
			q := apply(p, func(x float64) float64 { return expit(c.Intercept.Value + c.Slope.Value*logit(x)) })
			r, err := mustSample(t, y, q).Calibration()
			if err != nil {
				t.Fatal(err)
			}
			if math.Abs(c.Slope.Value) > 1e-3 && math.Abs(c.Slope.Value) < 10 {
				seen["refit"]++
				if math.Abs(r.Slope.Value-1) > 1e-6 || math.Abs(r.Intercept.Value) > 1e-6 || math.Abs(r.InTheLarge.Value) > 1e-6 || math.Abs(r.OE.Value-1) > 1e-6 {
					t.Fatalf("refitted: %+v (was %v + %v)", r, c.Intercept, c.Slope)
				}
			}
		}
		bins, err := s.Bins(rapid.IntRange(1, 12).Draw(t, "bins"))
		if err != nil {
			t.Fatal(err)
		}
		var n, o int64
		for i, b := range bins {
			n, o = n+b.People, o+b.Observed
			if i > 0 && !(bins[i-1].To < b.From) || b.From > b.To || b.Interval.Low.Value > b.Interval.High.Value {
				t.Fatalf("%+v", bins)
			}
		}
		if e, non := s.Counts(); n != e+non || o != e {
			t.Fatal("people lost in bins")
		}
		h, err := s.HosmerLemeshow(rapid.IntRange(3, 12).Draw(t, "groups"))
		if err != nil || h.ChiSquare.Defined() && (h.ChiSquare.Value < 0 || h.P.Defined() && (h.P.Value < 0 || h.P.Value > 1)) {
			t.Fatal(h, err)
		}
		if h.P.Defined() {
			seen["hl"]++
		}
		sm, err := Smooth(y, p)
		if err != nil || len(sm.Rate) != len(p) {
			t.Fatal(err)
		}
		for _, x := range sm.Rate {
			if math.IsNaN(x) || math.IsInf(x, 0) {
				t.Fatal("smoothed:", sm.Rate)
			}
		}
	}, "slope ", "slope "+string(Separated), "slope "+string(AllEqual), "slope "+string(NoPeople), "slope "+string(NoEvents), "slope "+string(NoNonEvents), "refit", "hl")
}

func TestTableLaw(t *testing.T) {
	seen := lawtest.Seen{}
	lawtest.Check(t, seen, func(t *rapid.T) {
		y, p := people(t)
		s := mustSample(t, y, p)
		c := Cohort{Score: p, Outcome: y, Cost: apply(p, func(x float64) float64 { return 16 * x * rapid.Float64Range(0, 3).Draw(t, "cost") })}
		for i := range p {
			c.ID = append(c.ID, string(rune('a'+i%26))+string(rune('a'+i/26)))
		}
		r, err := c.Rank()
		if err != nil {
			t.Fatal(err)
		}
		threshold := float64(rapid.IntRange(-1, 17).Draw(t, "t")) / 16
		x := s.AtThreshold(threshold)
		if x.People() != int64(len(p)) || x.TP < 0 || x.FP < 0 || x.FN < 0 || x.TN < 0 {
			t.Fatalf("%+v of %d", x, len(p))
		}
		if z, err := r.At(int(x.Flagged())); err != nil || z.Table != x {
			t.Fatalf("capacity %+v, threshold %+v: %v", z.Table, x, err)
		}
		if v := x.Value(); v.Lift.Defined() && v.Lift.Value > 1+1e-12 {
			seen["lift"]++
		}
		order := rapid.Permutation(indices(len(p))).Draw(t, "order")
		shuffled := Cohort{}
		for _, i := range order {
			shuffled.Score, shuffled.Outcome = append(shuffled.Score, p[i]), append(shuffled.Outcome, y[i])
			shuffled.ID, shuffled.Cost = append(shuffled.ID, c.ID[i]), append(shuffled.Cost, c.Cost[i])
		}
		r2, err := shuffled.Rank()
		if err != nil {
			t.Fatal(err)
		}
		last := Capacity{}
		for k := range len(p) + 2 {
			a, err := r.At(k)
			b, _ := r2.At(k)
			if err != nil || a.Table != b.Table || a.Boundary != b.Boundary || a.Tied != b.Tied || math.Abs(a.Captured.Value-b.Captured.Value) > 1e-12 {
				t.Fatalf("order matters: %+v, %+v, %v", a, b, err)
			}
			if a.Tied > 1 {
				seen["tie at the boundary"]++
			}
			if a.Captured.Defined() && last.Captured.Defined() && (a.Captured.Value < last.Captured.Value-1e-12 || a.Best.Value < last.Best.Value || a.Captured.Value > a.Best.Value+1e-12) {
				t.Fatalf("%+v after %+v", a, last)
			}
			last = a
		}
		for _, q := range []registry.Rate{{Num: 1, Den: 3}, {Num: 1, Den: 1}, {Num: 0, Den: 1}} {
			z, err := r.Reach(q)
			if z.Table.Events() == 0 {
				if err == nil {
					t.Fatal("reached a share of nothing")
				}
				seen["no events"]++
				continue
			}
			if z.Table.TP*q.Den < q.Num*z.Table.Events() {
				t.Fatalf("%v not reached: %+v", q, z.Table)
			}
			if z.Places > 0 {
				if less, _ := r.At(z.Places - 1); less.Table.TP*q.Den >= q.Num*z.Table.Events() {
					t.Fatalf("%v reached earlier: %+v", q, z.Table)
				}
			}
		}
		best, j := s.Youden()
		for _, z := range s.ROC() {
			if z.Table.People() != int64(len(p)) || s.AtThreshold(z.Threshold) != z.Table {
				t.Fatal("roc", z)
			}
			if v := z.Table.Value(); j.Defined() {
				got := float64(v.Sensitivity.Num)/float64(v.Sensitivity.Den) + float64(v.Specificity.Num)/float64(v.Specificity.Den) - 1
				if got > j.Value+1e-12 {
					t.Fatal("a better point than", best)
				}
				seen["youden"]++
			}
		}
	}, "lift", "tie at the boundary", "no events", "youden")
}

func indices(n int) []int {
	out := make([]int, n)
	for i := range out {
		out[i] = i
	}
	return out
}

func TestConcentrationLaw(t *testing.T) {
	seen := lawtest.Seen{}
	lawtest.Check(t, seen, func(t *rapid.T) {
		costs := rapid.SliceOfN(rapid.OneOf(rapid.Just(0.0), rapid.Just(50.0), rapid.Float64Range(0, 1e6)), 0, 30).Draw(t, "costs")
		c, err := Concentrate(costs)
		if err != nil {
			t.Fatal(err)
		}
		g, n := c.Gini(), float64(len(costs))
		seen[string(g.Why)]++
		if !g.Defined() {
			return
		}
		if g.Value < 0 || g.Value > 1-1/n {
			t.Fatal(g)
		}
		pairs := 0.0 // by its definition as half the relative mean difference
		for _, x := range costs {
			for _, y := range costs {
				pairs += math.Abs(x - y)
			}
		}
		if want := pairs / (2 * n * c.Total()); math.Abs(want-g.Value) > 1e-9 {
			t.Fatal(g, want)
		}
		scaled, _ := Concentrate(apply(costs, func(x float64) float64 { return 7 * x }))
		if math.Abs(scaled.Gini().Value-g.Value) > 1e-12 {
			t.Fatal("scale matters")
		}
		if slices.Min(costs) == slices.Max(costs) {
			seen["equal"]++
			if g.Value != 0 {
				t.Fatal(g)
			}
		}
		curve, err := c.Lorenz(len(costs))
		if err != nil || curve[0] != (LorenzPoint{}) || curve[len(curve)-1] != (LorenzPoint{1, 1}) {
			t.Fatal(curve, err)
		}
		for i := 2; i < len(curve); i++ {
			if curve[i].Cost-curve[i-1].Cost < curve[i-1].Cost-curve[i-2].Cost-1e-12 || curve[i].Cost > curve[i].People+1e-12 {
				t.Fatal("not convex:", curve)
			}
		}
		last := -1.0
		for k := range int64(21) {
			x, err := c.TopShare(registry.Rate{Num: k, Den: 20})
			if err != nil || x.Value < last || x.Value > 1 || x.Value < float64(k)/20-1e-12 {
				t.Fatal(k, x, last, err)
			}
			last = x.Value
		}
	}, "", "equal", string(TotalZero), string(NoPeople))
}

func TestRegressionLaw(t *testing.T) {
	seen := lawtest.Seen{}
	lawtest.Check(t, seen, func(t *rapid.T) {
		s := Selection{rapid.Float64Range(-50, 50).Draw(t, "mean"), rapid.Float64Range(0.1, 30).Draw(t, "sd"),
			rapid.OneOf(rapid.Just(1.0), rapid.Just(0.0), rapid.Float64Range(0, 1)).Draw(t, "rho"), 0}
		z := rapid.Float64Range(-10, 40).Draw(t, "z")
		s.Cut = s.Mean + z*s.SD
		r, err := s.Expect()
		if err != nil {
			t.Fatal(err)
		}
		if !(r.Fall >= 0) || s.Reliability == 1 && r.Fall != 0 || r.First < s.Cut-1e-9*math.Abs(s.Cut)-1e-9 || math.Abs(r.First-r.Second-r.Fall) > 1e-9*(1+math.Abs(r.First)) {
			t.Fatalf("%+v: %+v", s, r)
		}
		s.Cut += s.SD / 8
		if next, _ := s.Expect(); next.Fall < r.Fall-1e-12 {
			t.Fatal("a higher cut falls less", z)
		}
		if z > 8 {
			seen["far tail"]++
		}
		if s.Reliability == 1 {
			seen["reliable"]++
		}
	}, "far tail", "reliable")
	// the two forms of the tail ratio agree where they meet
	f := 8.0
	for k := 60.0; k >= 1; k-- {
		f = 8 + k/f
	}
	if d := hazard(8) - f; math.Abs(d) > 1e-11 {
		t.Error("tail ratio jumps by", d)
	}
}

func TestReclassificationLaw(t *testing.T) {
	seen := lawtest.Seen{}
	lawtest.Check(t, seen, func(t *rapid.T) {
		y, p := people(t)
		q := apply(p, func(x float64) float64 { return float64(rapid.IntRange(0, 16).Draw(t, "q")) / 16 })
		for _, cuts := range [][]float64{nil, {0.25, 0.5}} {
			a, err := Reclassify(y, p, q, cuts...)
			b, err2 := Reclassify(y, q, p, cuts...)
			if err != nil || err2 != nil {
				t.Fatal(err, err2)
			}
			if math.Abs(a.NRI.Value+b.NRI.Value) > 1e-12 || math.Abs(a.IDI.Value+b.IDI.Value) > 1e-12 || math.Abs(a.NRI.Value) > 2 || a.UpEvents != b.DownEvents {
				t.Fatalf("%+v, back %+v", a, b)
			}
			if a.NRI.Value > 0 && cuts != nil {
				seen["better"]++
			}
		}
	}, "better")
}

func TestAllocationLaw(t *testing.T) {
	seen := lawtest.Seen{}
	lawtest.Check(t, seen, func(t *rapid.T) {
		var people []PersonWeight
		for range rapid.IntRange(1, 20).Draw(t, "n") {
			people = append(people, PersonWeight{rapid.SampledFrom([]string{"a", "b", "c", "d"}).Draw(t, "g"), decimal.New(rapid.Int64Range(0, 500).Draw(t, "w"), -2)})
		}
		pot := decimal.New(rapid.Int64Range(0, 1_000_000).Draw(t, "pot"), -2)
		out, err := Allocate(pot, 2, people)
		if err != nil {
			seen["refused"]++
			for _, p := range people {
				if p.Weight.Sign() > 0 {
					t.Fatal(err)
				}
			}
			return
		}
		order := rapid.Permutation(people).Draw(t, "order")
		again, _ := Allocate(pot, 2, order)
		sum, total := decimal.Decimal{}, decimal.Decimal{}
		for i, g := range out {
			sum, total = sum.Add(g.Amount), total.Add(g.Weight)
			if g.Group != again[i].Group || g.Amount.Cmp(again[i].Amount) != 0 {
				t.Fatal("order matters")
			}
		}
		if sum.Cmp(pot) != 0 {
			t.Fatalf("%v shared of %v", sum, pot)
		}
		for _, g := range out { // within a cent of the exact share
			if d := g.Amount.Mul(total).Sub(pot.Mul(g.Weight)).Abs(); d.Cmp(total.Shift(-2)) >= 0 {
				t.Fatalf("%+v", out)
			}
			if g.Weight.Sign() == 0 {
				seen["zero weight"]++
				if g.Amount.Sign() != 0 {
					t.Fatal("paid for nothing")
				}
			}
		}
	}, "zero weight")
}

// Nothing suppressed can be had by subtraction.
func TestSuppressionLaw(t *testing.T) {
	seen := lawtest.Seen{}
	lawtest.Check(t, seen, func(t *rapid.T) {
		var c Cohort
		least := rapid.Int64Range(0, 11).Draw(t, "least")
		for _, g := range []string{"a", "b", "c", "d"} {
			for range rapid.SampledFrom([]int{0, 1, 3, 30, 60}).Draw(t, "n") {
				c.Group = append(c.Group, g)
				c.Score = append(c.Score, float64(rapid.IntRange(1, 15).Draw(t, "p"))/16)
				c.Outcome = append(c.Outcome, rapid.IntRange(0, 1).Draw(t, "y"))
			}
		}
		rows, err := c.Subgroups(SubgroupOptions{Threshold: 0.5, MinCell: least})
		if err != nil {
			t.Fatal(err)
		}
		s, _ := NewSample(c.Outcome, c.Score)
		rest, hidden, shown := s.AtThreshold(0.5), 0, 0
		for _, g := range rows {
			if g.Suppressed {
				hidden++
				if g.People != 0 || g.Value.Table != (Table{}) || g.Mean.Defined() || g.AUC.AUC.Defined() || g.PPVDiff.Difference.Defined() {
					t.Fatalf("not hidden: %+v", g)
				}
				continue
			}
			shown++
			x := g.Value.Table
			for _, n := range []int64{x.TP, x.FP, x.FN, x.TN, g.People, g.Events, g.People - g.Events} {
				if n > 0 && n < least {
					t.Fatalf("small cell shown: %+v", x)
				}
			}
			rest.TP, rest.FP, rest.FN, rest.TN = rest.TP-x.TP, rest.FP-x.FP, rest.FN-x.FN, rest.TN-x.TN
		}
		if shown > 0 && hidden > 0 && (hidden == 1 || rest.small(least)) {
			t.Fatalf("the rest tells: %d hidden, %+v", hidden, rest)
		}
		if hidden > 0 && shown > 0 {
			seen["some hidden"]++
		}
		if hidden == 0 && shown > 0 {
			seen["none hidden"]++
		}
	}, "some hidden", "none hidden")
}

func TestSelectionIndexLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		draw := func(name string) []float64 {
			return rapid.SliceOfN(rapid.Float64Range(0.1, 5), 2, 20).Draw(t, name)
		}
		a, b := draw("a"), draw("b")
		x, err := IndexOfSelection(a, b, 0.95)
		if err != nil {
			t.Fatal(err)
		}
		want := mean(a).Value / mean(slices.Concat(a, b)).Value
		if math.Abs(x.Index.Value-want) > 1e-12 {
			t.Fatal(x.Index, want)
		}
		for _, p := range []struct {
			s Stat
			i Interval
		}{{x.Ratio, x.RatioInterval}, {x.Index, x.IndexInterval}} {
			if p.i.Low.Value > p.s.Value+1e-12 || p.i.High.Value < p.s.Value-1e-12 {
				t.Fatalf("%+v", x)
			}
		}
		if (x.Index.Value > 1) != (x.Ratio.Value > 1) && math.Abs(x.Ratio.Value-1) > 1e-12 {
			t.Fatal("index and ratio point apart")
		}
	})
}
