package hedis_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/big"
	"os"
	"slices"
	"strconv"
	"testing"

	. "github.com/chroniccare/chroniccare/hedis"
	"github.com/chroniccare/chroniccare/internal/lawtest"
	"github.com/chroniccare/chroniccare/internal/stat"
	"github.com/chroniccare/chroniccare/registry"
	"pgregory.net/rapid"
)

func rate(n, d int64) registry.Rate { return registry.Rate{Num: n, Den: d} }

func load(t *testing.T, name string, into any) {
	t.Helper()
	raw, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, into); err != nil {
		t.Fatal(err)
	}
}

func number(t *testing.T, s string) float64 {
	t.Helper()
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestStatisticsToTenPlaces(t *testing.T) {
	type row struct {
		X, N, X1, N1, X2, N2        int64
		Lower, Upper, Difference, Z string
	}
	var f struct {
		Wilson         []row
		ClopperPearson []row `json:"clopper_pearson"`
		WilsonCC       []row `json:"wilson_cc"`
		Newcombe       []row
		ZTest          []row
	}
	load(t, "statistics.json", &f)
	near := func(what string, got float64, want string) {
		t.Helper()
		if math.Abs(got-number(t, want)) > 1e-10 {
			t.Errorf("%s: %.12f, want %s", what, got, want)
		}
	}
	n := 0
	for _, m := range []struct {
		name string
		f    func(registry.Rate, float64) (Interval, error)
		rows []row
	}{{"wilson", Wilson, f.Wilson}, {"clopper", ClopperPearson, f.ClopperPearson}, {"wilson cc", WilsonContinuity, f.WilsonCC}} {
		for _, r := range m.rows {
			i, err := m.f(rate(r.X, r.N), 0)
			if err != nil {
				t.Fatal(err)
			}
			what := fmt.Sprintf("%s %d/%d", m.name, r.X, r.N)
			near(what, i.Lower, r.Lower)
			near(what, i.Upper, r.Upper)
			n++
		}
	}
	for _, r := range f.Newcombe {
		i, err := DifferenceInterval(rate(r.X1, r.N1), rate(r.X2, r.N2), 0)
		if err != nil {
			t.Fatal(err)
		}
		near("newcombe", i.Lower, r.Lower)
		near("newcombe", i.Upper, r.Upper)
		n++
	}
	for _, r := range f.ZTest {
		c, err := CompareRates(rate(r.X1, r.N1), rate(r.X2, r.N2))
		if err != nil {
			t.Fatal(err)
		}
		near("z", c.Z, r.Z)
		n++
	}
	if n != 39 {
		t.Errorf("%d rows, want 39", n)
	}
}

func TestIntervalBadInput(t *testing.T) {
	for _, c := range []struct {
		r     registry.Rate
		level float64
		want  error
	}{{rate(0, 0), 0, ErrUndefined}, {rate(2, 1), 0, ErrInput}, {rate(-1, 4), 0, ErrInput}, {rate(1, 2), 1, ErrInput}, {rate(1, 2), math.NaN(), ErrInput}, {rate(1, 2), -0.5, ErrInput}} {
		for _, f := range []func(registry.Rate, float64) (Interval, error){Wilson, WilsonContinuity, ClopperPearson} {
			if _, err := f(c.r, c.level); !errors.Is(err, c.want) {
				t.Errorf("%v at %v: %v, want %v", c.r, c.level, err, c.want)
			}
		}
	}
	if _, err := CompareRates(rate(0, 5), rate(0, 9)); !errors.Is(err, ErrUndefined) {
		t.Error(err)
	}
	if _, err := DifferenceInterval(rate(0, 0), rate(3, 2), 0); !errors.Is(err, ErrUndefined) || !errors.Is(err, ErrInput) {
		t.Error("both faults should be named:", err)
	}
	if _, err := PoissonRate(3, 0, 1000, 0); !errors.Is(err, ErrUndefined) {
		t.Error(err)
	}
	if _, err := PoissonRate(-3, 1, 1000, 0); !errors.Is(err, ErrInput) {
		t.Error(err)
	}
	if _, err := PoissonRate(3, math.NaN(), 1000, 0); !errors.Is(err, ErrInput) {
		t.Error(err)
	}
	if _, _, err := RelativeRisk(rate(1, 5), rate(0, 9), 0); !errors.Is(err, ErrUndefined) {
		t.Error(err)
	}
	if _, err := DirectlyStandardise([]StandardStratum{{"a", rate(1, 2), 0}}, NormalInterval, 0); !errors.Is(err, ErrInput) {
		t.Error(err)
	}
	if _, err := DirectlyStandardise([]StandardStratum{{"young", rate(0, 0), 3}}, NormalInterval, 0); !errors.Is(err, ErrUndefined) {
		t.Error(err)
	}
	if _, err := DirectlyStandardise([]StandardStratum{{"old", rate(3, 2), 3}}, NormalInterval, 0); !errors.Is(err, ErrInput) {
		t.Error(err)
	}
	if _, _, err := IndirectlyStandardise(3, nil); !errors.Is(err, ErrUndefined) {
		t.Error(err)
	}
	if _, _, err := IndirectlyStandardise(3, []ReferenceStratum{{"x", -1, rate(1, 2)}}); !errors.Is(err, ErrInput) {
		t.Error(err)
	}
}

func TestIntervalLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(1, 2000).Draw(t, "n")
		x := rapid.OneOf(rapid.Int64Range(0, n), rapid.SampledFrom([]int64{0, n, min(1, n)})).Draw(t, "x")
		level := rapid.SampledFrom([]float64{0.5, 0.9, 0.95, 0.998}).Draw(t, "level")
		p := float64(x) / float64(n)
		for k, f := range []func(registry.Rate, float64) (Interval, error){Wilson, WilsonContinuity, ClopperPearson} {
			i, err := f(rate(x, n), level)
			if err != nil {
				t.Fatal(err)
			}
			if !(0 <= i.Lower && i.Lower <= p+1e-12 && p-1e-12 <= i.Upper && i.Upper <= 1) {
				t.Fatalf("%d: %v around %v", k, i, p)
			}
			m, _ := f(rate(n-x, n), level)
			if math.Abs(m.Lower-(1-i.Upper)) > 1e-10 || math.Abs(m.Upper-(1-i.Lower)) > 1e-10 {
				t.Fatalf("%d: %v is not the mirror of %v", k, m, i)
			}
			w, _ := f(rate(x, n), level+0.001)
			if w.Lower > i.Lower+1e-12 || w.Upper < i.Upper-1e-12 {
				t.Fatalf("%d: narrower at a higher level", k)
			}
		}
		cp, _ := ClopperPearson(rate(x, n), level)
		if x < n && math.Abs(stat.BinomialCDF(x, n, cp.Upper)-(1-level)/2) > 1e-9 {
			t.Fatalf("upper tail %v", stat.BinomialCDF(x, n, cp.Upper))
		}
		// differences mirror when the groups change places
		y := rate(rapid.Int64Range(0, 40).Draw(t, "y"), 40)
		a, _ := DifferenceInterval(rate(x, n), y, level)
		b, _ := DifferenceInterval(y, rate(x, n), level)
		d := p - float64(y.Num)/40
		if math.Abs(a.Lower+b.Upper) > 1e-12 || math.Abs(a.Upper+b.Lower) > 1e-12 || a.Lower > d+1e-12 || a.Upper < d-1e-12 {
			t.Fatalf("%v, mirrored %v, difference %v", a, b, d)
		}
		q, err := PoissonRate(x, float64(n), 1000, level)
		if err != nil || q.Lower > 1000*p+1e-9 || q.Upper < 1000*p {
			t.Fatalf("poisson %v around %v: %v", q, 1000*p, err)
		}
	})
}

func TestStandardisationLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.IntRange(1, 6).Draw(t, "k")
		var strata []StandardStratum
		var refs []ReferenceStratum
		crude, low, high := registry.Rate{}, rate(1, 1), rate(0, 1)
		for range k {
			n := rapid.Int64Range(1, 500).Draw(t, "n")
			r := rate(rapid.Int64Range(0, n).Draw(t, "x"), n)
			strata = append(strata, StandardStratum{"s", r, n})
			refs = append(refs, ReferenceStratum{"s", n, r})
			crude = crude.Add(r)
			if r.Cmp(low) < 0 {
				low = r
			}
			if r.Cmp(high) > 0 {
				high = r
			}
		}
		// its own structure as standard gives the crude rate
		s, err := DirectlyStandardise(strata, NormalInterval, 0)
		if err != nil || s.Rate.Cmp(big.NewRat(crude.Num, crude.Den)) != 0 {
			t.Fatalf("%v, crude %v: %v", s.Rate, crude, err)
		}
		// any weights: between the lowest and the highest stratum
		for i := range strata {
			strata[i].Weight = rapid.Int64Range(0, 9).Draw(t, "w")
		}
		strata[0].Weight++
		for _, m := range []StandardInterval{NormalInterval, DobsonInterval} {
			s, err = DirectlyStandardise(strata, m, 0)
			if err != nil || s.Rate.Cmp(big.NewRat(low.Num, low.Den)) < 0 || s.Rate.Cmp(big.NewRat(high.Num, high.Den)) > 0 {
				t.Fatalf("%v outside %v to %v: %v", s.Rate, low, high, err)
			}
			if p, _ := s.Rate.Float64(); p < s.Interval.Lower-1e-12 || p > s.Interval.Upper+1e-12 {
				t.Fatalf("%v outside %v", p, s.Interval)
			}
		}
		// one's own rates as reference expect what is observed
		if crude.Num > 0 {
			_, ratio, err := IndirectlyStandardise(crude.Num, refs)
			if err != nil || ratio.Cmp(big.NewRat(1, 1)) != 0 {
				t.Fatal(ratio, err)
			}
		}
	})
}

func TestSuppressionLaws(t *testing.T) {
	var primary, secondary int
	lawtest.Until(t, func(t *rapid.T) {
		r, c := rapid.IntRange(1, 4).Draw(t, "rows"), rapid.IntRange(1, 5).Draw(t, "columns")
		rows := make([][]int64, r)
		for i := range rows {
			rows[i] = rapid.SliceOfN(rapid.OneOf(rapid.Int64Range(0, 12), rapid.Int64Range(0, 200)), c, c).Draw(t, "row")
		}
		out, err := Suppress(rows, 0)
		if err != nil {
			t.Fatal(err)
		}
		alone := func(line []Cell) {
			hidden, shown := 0, 0
			for _, x := range line {
				if x.Hidden {
					hidden++
				} else {
					shown++
				}
			}
			if hidden == 1 && shown > 0 {
				t.Fatalf("a single hidden cell: %v", out)
			}
		}
		for i := range out {
			alone(out[i])
			for j, x := range out[i] {
				small := x.Count > 0 && x.Count < DefaultSuppress
				if small && !x.Hidden || x.Count != rows[i][j] {
					t.Fatalf("cell %d, %d: %v", i, j, x)
				}
				if small {
					primary++
				} else if x.Hidden {
					secondary++
				}
			}
		}
		for j := 0; j < c && r > 1; j++ {
			col := make([]Cell, r)
			for i := range col {
				col[i] = out[i][j]
			}
			alone(col)
		}
	}, func() bool { return primary > 0 && secondary > 0 })
}

// Whatever is hidden could be another count with the same totals: some change of hidden
// cells by one, up and down, leaves every total as it is.
func TestSuppressedMayDifferLaw(t *testing.T) {
	var joined int
	lawtest.Until(t, func(t *rapid.T) {
		r, c := rapid.IntRange(2, 4).Draw(t, "rows"), rapid.IntRange(2, 4).Draw(t, "columns")
		rows := make([][]int64, r)
		for i := range rows {
			rows[i] = rapid.SliceOfN(rapid.SampledFrom([]int64{0, 3, 5, 20, 30, 40, 50, 60}), c, c).Draw(t, "row")
		}
		out, err := Suppress(rows, 0)
		if err != nil {
			t.Fatal(err)
		}
		var hidden [][2]int
		for i := range out {
			for j, x := range out[i] {
				if x.Hidden {
					hidden = append(hidden, [2]int{i, j})
				}
			}
		}
		if len(hidden) > 9 {
			return
		}
		// try every change by -1, 0 or 1
		may := make([]bool, len(hidden))
		for n, all := 0, pow3(len(hidden)); n < all; n++ {
			sums := make([]int, r+c)
			for k, x := n, 0; x < len(hidden); k, x = k/3, x+1 {
				sums[hidden[x][0]] += k%3 - 1
				sums[r+hidden[x][1]] += k%3 - 1
			}
			if slices.ContainsFunc(sums, func(s int) bool { return s != 0 }) {
				continue
			}
			for k, x := n, 0; x < len(hidden); k, x = k/3, x+1 {
				may[x] = may[x] || k%3 != 1
			}
		}
		for x, h := range hidden {
			if !may[x] {
				t.Fatalf("row %d, column %d follows from the totals: %v", h[0], h[1], out)
			}
		}
		if len(hidden) > 6 {
			joined++
		}
	}, func() bool { return joined > 0 })
}

func pow3(n int) int {
	if n == 0 {
		return 1
	}
	return 3 * pow3(n-1)
}

func TestSuppressBadInput(t *testing.T) {
	for _, rows := range [][][]int64{{{1, -1}}, {{1, 2}, {3}}} {
		if _, err := Suppress(rows, 0); !errors.Is(err, ErrInput) {
			t.Error(rows, err)
		}
	}
	if _, err := Suppress(nil, -3); !errors.Is(err, ErrInput) {
		t.Error(err)
	}
	if out, err := Suppress(nil, 0); err != nil || len(out) != 0 {
		t.Error(out, err)
	}
	// two cells of 1 follow from their sum of 2, so a third goes
	out, _ := Suppress([][]int64{{1, 1, 50}}, 0)
	if !out[0][2].Hidden {
		t.Error("1 + 1 = 2 gives both away")
	}
	b, _ := json.Marshal(out[0])
	if string(b) != "[null,null,null]" {
		t.Error(string(b))
	}
}

func TestHybridExamples(t *testing.T) {
	h := HybridSample{Oversample: rate(5, 100)}
	s, r, err := h.Draw(5800)
	if err != nil || len(s) != 411 || len(r) != 21 {
		t.Fatal(len(s), len(r), err)
	}
	bad := s[:11]
	if got := h.Replace(s, r, func(p int) bool { return slices.Contains(bad, p) }); len(got) != 411 {
		t.Errorf("%d after 11 replacements", len(got))
	}
	s, r, _ = HybridSample{}.Draw(300)
	if got := (HybridSample{}).Replace(s, r, func(p int) bool { return p < 3 }); len(s) != 300 || len(r) != 0 || len(got) != 297 {
		t.Errorf("sample %d, reserve %d, denominator %d", len(s), len(r), len(got))
	}
	if s, r, err := h.Draw(0); len(s)+len(r) != 0 || err != nil {
		t.Error("an empty population")
	}
	for _, h := range []HybridSample{{Size: -1}, {Start: rate(1, 1)}, {Oversample: rate(-1, 2)}} {
		if _, _, err := h.Draw(10); !errors.Is(err, ErrInput) {
			t.Error(h, err)
		}
	}
}

func TestHybridLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 3000).Draw(t, "n")
		h := HybridSample{Size: rapid.IntRange(0, 500).Draw(t, "size"), Oversample: rate(rapid.Int64Range(0, 30).Draw(t, "over"), 100), Start: rate(rapid.Int64Range(0, 99).Draw(t, "start"), 100)}
		s, r, err := h.Draw(n)
		if err != nil {
			t.Fatal(err)
		}
		want := h.Size
		if want == 0 {
			want = DefaultSample
		}
		all := slices.Concat(s, r)
		slices.Sort(all)
		if len(s) != min(want, n) || all[0] < 0 || all[len(all)-1] >= n || len(slices.Compact(slices.Clone(all))) != len(all) {
			t.Fatalf("%d of %d: %v", len(s), n, all)
		}
	})
}

func ExampleWilson() {
	i, _ := Wilson(rate(81, 263), 0)
	fmt.Println(i)
	// Output: 0.2553 to 0.3662
}

func ExampleInterval() {
	i, _ := Wilson(rate(0, 20), 0)
	fmt.Println(i, i.Contains(0.1))
	// Output: 0.0000 to 0.1611 true
}

func ExampleWilsonContinuity() {
	i, _ := WilsonContinuity(rate(81, 263), 0)
	fmt.Println(i)
	// Output: 0.2535 to 0.3682
}

func ExampleClopperPearson() {
	i, _ := ClopperPearson(rate(15, 148), 0)
	fmt.Println(i)
	// Output: 0.0578 to 0.1617
}

func ExamplePoissonRate() {
	i, _ := PoissonRate(10, 2500, 1000, 0)
	fmt.Println(i)
	// Output: 1.9182 to 7.3561
}

func ExampleDifferenceInterval() {
	i, _ := DifferenceInterval(rate(56, 70), rate(48, 80), 0)
	fmt.Println(i)
	// Output: 0.0524 to 0.3339
}

func ExampleCompareRates() {
	c, _ := CompareRates(rate(56, 70), rate(48, 80))
	fmt.Printf("%.4f %.4f\n", c.Z, c.P)
	// Output: 2.6502 0.0080
}

func ExampleComparison() {
	_, err := CompareRates(rate(0, 5), rate(0, 7))
	fmt.Println(err)
	// Output: hedis: undefined: pooled rate 0/12 (0.0 %)
}

func ExampleRelativeRisk() {
	rr, i, _ := RelativeRisk(rate(40, 500), rate(50, 500), 0)
	fmt.Printf("%.2f, %v\n", rr, i)
	// Output: 0.80, 0.5379 to 1.1897
}

func ExampleDirectlyStandardise() {
	s, _ := DirectlyStandardise([]StandardStratum{{"18-64", rate(10, 100), 3}, {"65+", rate(30, 50), 1}}, NormalInterval, 0)
	fmt.Println(s.Rate, s.Interval)
	// Output: 9/40 0.1693 to 0.2807
}

func ExampleStandardised() {
	s, _ := DirectlyStandardise([]StandardStratum{{"all", rate(5, 1000), 1000}}, DobsonInterval, 0)
	fmt.Println(s.Rate, s.Interval)
	// Output: 1/200 0.0016 to 0.0117
}

func ExampleStandardStratum() {
	_, err := DirectlyStandardise([]StandardStratum{{Name: "85+", Weight: 2}}, NormalInterval, 0)
	fmt.Println(err)
	// Output: hedis: undefined: stratum "85+" has a weight but no denominator
}

func ExampleStandardInterval() {
	// Few events: the interval for counts is wider and never below 0.
	for _, m := range []StandardInterval{NormalInterval, DobsonInterval} {
		s, err := DirectlyStandardise([]StandardStratum{{"18-64", rate(1, 400), 3}, {"65+", rate(2, 200), 1}}, m, 0)
		fmt.Println(s.Rate, s.Interval, err)
	}
	// Output:
	// 7/1600 0.0000 to 0.0094 <nil>
	// 7/1600 0.0008 to 0.0130 <nil>
}

func ExampleIndirectlyStandardise() {
	e, r, _ := IndirectlyStandardise(18, []ReferenceStratum{{"young", 1000, rate(1, 100)}, {"old", 500, rate(1, 50)}})
	fmt.Println(e.RatString(), r.RatString())
	// Output: 20 9/10
}

func ExampleReferenceStratum() {
	_, _, err := IndirectlyStandardise(1, []ReferenceStratum{{Name: "old", People: 10}})
	fmt.Println(err)
	// Output: hedis: undefined: stratum "old" has no reference rate
}

func ExampleReportState() {
	fmt.Println(ReportState(rate(20, 29), 0), ReportState(rate(20, 30), 0))
	// Output: NA reported
}

func ExampleRateState() {
	// Only a reported rate is a number: the others are no zeros.
	for _, r := range []registry.Rate{rate(0, 30), rate(0, 29), {}} {
		fmt.Println(r, ReportState(r, 0))
	}
	// Output:
	// 0/30 (0.0 %) reported
	// 0/29 (0.0 %) NA
	// 0/0 (undefined) NA
}

func ExampleSuppress() {
	out, _ := Suppress([][]int64{{4, 120, 31}}, 0)
	fmt.Println(out[0])
	// Output: [* 120 *]
}

func ExampleCell() {
	// A hidden count never leaves, not in JSON either.
	out, _ := Suppress([][]int64{{4, 120, 31}}, 0)
	text, err := json.Marshal(out[0])
	fmt.Println(out[0], string(text), err)
	// Output: [* 120 *] [null,120,null] <nil>
}

func ExampleHybridSample() {
	s, r, _ := HybridSample{Size: 4, Oversample: rate(1, 4)}.Draw(20)
	fmt.Println(s, r)
	// Output: [0 4 8 12] [16]
}
