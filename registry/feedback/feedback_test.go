package feedback_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/internal/golden"
	"github.com/chroniccare/chroniccare/internal/lawtest"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/feedback"
	"github.com/chroniccare/chroniccare/registry/population"
	"pgregory.net/rapid"
)

func rate(n, d int64) registry.Rate { return registry.Rate{Num: n, Den: d} }

func round(year int, rates map[string]registry.Rate) feedback.Round {
	r := feedback.Round{Period: registry.CalendarYear(year)}
	for _, p := range []string{"a", "b", "c", "d", "e", "f"} {
		if x, ok := rates[p]; ok {
			r.Results = append(r.Results, feedback.Result{Provider: p, Measure: "hba1c", Rate: x})
		}
	}
	return r
}

var hba1c = []feedback.Measure{{ID: "hba1c", Title: "HbA1c at goal"}}

func reports(t testing.TB, p feedback.Policy, m []feedback.Measure, now feedback.Round, before ...feedback.Round) []feedback.Report {
	t.Helper()
	out, err := feedback.Reports(p, m, now, before...)
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func TestRanks(t *testing.T) {
	rates := map[string]registry.Rate{"a": rate(80, 100), "b": rate(60, 75), "c": rate(50, 100), "d": rate(90, 100), "e": rate(4, 4)}
	for _, c := range []struct {
		policy feedback.Policy
		lower  bool
		want   string
	}{
		{feedback.Policy{MinDenominator: 20}, false, "a 2/4 2/3; b 2/4 2/3; c 4/4 0/3; d 1/4 3/3; e 0/4 0/0; "},
		{feedback.Policy{MinDenominator: 20, Dense: true}, false, "a 2/4 2/3; b 2/4 2/3; c 3/4 0/3; d 1/4 3/3; e 0/4 0/0; "},
		{feedback.Policy{MinDenominator: 20}, true, "a 2/4 2/3; b 2/4 2/3; c 1/4 3/3; d 4/4 0/3; e 0/4 0/0; "},
		{feedback.Policy{}, false, "a 3/5 2/4; b 3/5 2/4; c 5/5 0/4; d 2/5 3/4; e 1/5 4/4; "},
	} {
		m := []feedback.Measure{{ID: "hba1c", LowerIsBetter: c.lower}}
		got := ""
		for _, r := range reports(t, c.policy, m, round(2024, rates)) {
			l := r.Lines[0]
			got += fmt.Sprintf("%s %d/%d %d/%d; ", r.Provider, l.Rank, l.Ranked, l.Percentile.Num, l.Percentile.Den)
		}
		if got != c.want {
			t.Errorf("%+v: %s", c.policy, got)
		}
	}
}

func TestBenchmarks(t *testing.T) {
	rates := []registry.Rate{rate(9, 10), rate(1, 1), rate(50, 100), rate(60, 100), rate(0, 0)}
	if got := feedback.Mean(rates); got != rate(120, 211) {
		t.Error(got)
	}
	// 50/100, 60/100, 9/10, 1/1: between 60 and 90 %
	if got := feedback.Median(rates); got.Cmp(rate(3, 4)) != 0 {
		t.Error(got)
	}
	if got := feedback.Median(rates[:3]); got != rate(9, 10) {
		t.Error(got)
	}
	if got := feedback.Median([]registry.Rate{rate(1, 2), rate(1, 2)}); got != rate(1, 2) { // not 4 of 8
		t.Error(got)
	}
	if got := feedback.Median(nil); got.Defined() {
		t.Error(got)
	}
	if got := feedback.BestDecile(rates, false); got != rate(1, 1) {
		t.Error(got)
	}
	if got := feedback.BestDecile(rates, true); got != rate(50, 100) {
		t.Error(got)
	}
	// adjusted: 10/12, 2/3, 51/102, 61/102: the 9 of 10 first, then 1 of 1, then 60 of 100
	if got := feedback.Achievable(rates, false); got != rate(70, 111) {
		t.Error(got)
	}
	var many []registry.Rate
	for i := range int64(20) {
		many = append(many, rate(i, 20))
	}
	if got := feedback.BestDecile(many, false); got != rate(18, 20) { // the second of twenty
		t.Error(got)
	}
	if got := feedback.Achievable(many, false); got != rate(37, 40) {
		t.Error(got)
	}
	// providers that are level where a tenth is reached are pooled together
	if got := feedback.Achievable([]registry.Rate{rate(9, 10), rate(9, 10), rate(10, 80)}, false); got != rate(18, 20) {
		t.Error(got)
	}
}

func TestOutliersExactly(t *testing.T) {
	// mean 1/2 of 400; others hold it there: p = 1/2, n = 100: one standard error is 5 patients
	for _, c := range []struct {
		num  int64
		flag feedback.Flag
		side feedback.Direction
	}{{60, feedback.NoFlag, feedback.NoComparison}, {61, feedback.Warn, feedback.Better}, {65, feedback.Warn, feedback.Better}, {66, feedback.Alarm, feedback.Better}, {40, feedback.NoFlag, feedback.NoComparison}, {39, feedback.Warn, feedback.Worse}, {34, feedback.Alarm, feedback.Worse}} {
		rs := reports(t, feedback.Policy{}, hba1c, round(2024, map[string]registry.Rate{"a": rate(c.num, 100), "b": rate(200-c.num, 300)}))
		if l := rs[0].Lines[0]; l.Outlier != c.flag || l.Side != c.side {
			t.Errorf("%d: %v %v", c.num, l.Outlier, l.Side)
		}
	}
	low, high, ok := feedback.Limits(rate(1, 2), 100, 2)
	if math.Abs(low-0.4) > 1e-12 || math.Abs(high-0.6) > 1e-12 || !ok {
		t.Error(low, high, ok)
	}
	if low, high, _ = feedback.Limits(rate(1, 2), 1, 3); low != 0 || high != 1 {
		t.Error(low, high)
	}
	for _, den := range []int64{0, -1} {
		if _, _, ok = feedback.Limits(rate(1, 2), den, 3); ok {
			t.Error("limits for nobody")
		}
	}
	if _, _, ok = feedback.Limits(rate(0, 0), 1, 3); ok {
		t.Error("limits of nothing")
	}
	rs := reports(t, feedback.Policy{}, []feedback.Measure{{ID: "hba1c", LowerIsBetter: true}}, round(2024, map[string]registry.Rate{"a": rate(70, 100), "b": rate(130, 300), "c": rate(39, 100), "d": rate(61, 100)}))
	var got []string
	for _, o := range feedback.Outliers(rs) {
		got = append(got, fmt.Sprint(o.Provider, " ", o.Flag, " ", o.Side))
	}
	if s := strings.Join(got, "; "); s != "a alarm worse; d warn worse; b warn better; c warn better" {
		t.Error(s)
	}
}

func TestPast(t *testing.T) {
	now := round(2024, map[string]registry.Rate{"a": rate(2, 3), "b": rate(1, 2)})
	rs := reports(t, feedback.Policy{}, hba1c, now, round(2023, map[string]registry.Rate{"a": rate(1, 2)}), round(2022, map[string]registry.Rate{"a": rate(5, 10), "b": rate(3, 4)}))
	got := ""
	for _, r := range rs {
		for _, p := range r.Lines[0].Past {
			got += fmt.Sprintf("%s %d %v %q; ", r.Provider, p.Period.Start.Year(), p.Change, p.Points)
		}
	}
	if want := `a 2023 better "16.7"; a 2022 same "0.0"; b 2023 no comparison ""; b 2022 no comparison ""; `; got != want {
		t.Error(got)
	}
	rs = reports(t, feedback.Policy{}, []feedback.Measure{{ID: "hba1c", LowerIsBetter: true}}, now, round(2023, map[string]registry.Rate{"a": rate(1, 2)}))
	if p := rs[0].Lines[0].Past[0]; p.Change != feedback.Worse || p.Points != "16.7" {
		t.Errorf("%+v", p)
	}
	// rounded once: 4.449 points are 4.4
	rs = reports(t, feedback.Policy{}, hba1c, round(2024, map[string]registry.Rate{"a": rate(4449, 100_000)}), round(2023, map[string]registry.Rate{"a": rate(0, 100_000)}))
	if p := rs[0].Lines[0].Past[0]; p.Points != "4.4" {
		t.Errorf("%+v", p)
	}
}

// A peer's small count is hidden, also where it could be found by subtraction from
// the mean; one's own never is.
func TestPeersAreProtected(t *testing.T) {
	now := round(2024, map[string]registry.Rate{"a": rate(3, 8), "b": rate(40, 80), "c": rate(45, 90), "d": rate(5, 40)})
	for _, r := range reports(t, feedback.Policy{}, hba1c, now) {
		l := r.Lines[0]
		if r.Provider == "a" && l.Rate != rate(3, 8) {
			t.Error("the own rate is not shown")
		}
		var hidden []string
		for _, p := range l.Peers {
			if p.Rate.Hidden {
				hidden = append(hidden, p.Label)
				if p.Rank != 0 || p.Rate.Rate != (registry.Rate{}) {
					t.Errorf("%+v", p)
				}
			}
		}
		want := map[string]string{"a": "b d", "b": "a d", "c": "a d", "d": "a b"}[r.Provider]
		if got := strings.Join(hidden, " "); got != want {
			t.Errorf("%s sees not %s, want %s", r.Provider, got, want)
		}
	}
}

// The mean is hidden when it tells a reader the small count of the others. A benchmark is shown when somebody who is
// shown has that rate.
func TestWhatTheReaderKnows(t *testing.T) {
	l := reports(t, feedback.Policy{}, hba1c, round(2024, map[string]registry.Rate{"a": rate(40, 80), "b": rate(3, 8)}))[0].Lines[0]
	if !l.Mean.Hidden {
		t.Errorf("%+v", l)
	}
	l = reports(t, feedback.Policy{}, hba1c, round(2024, map[string]registry.Rate{"a": rate(40, 80), "b": rate(0, 50), "c": rate(5, 50)}))[0].Lines[0]
	if !l.Mean.Hidden || l.Peers[0].Rate.Hidden || !l.Peers[1].Rate.Hidden {
		t.Errorf("%+v", l)
	}
	l = reports(t, feedback.Policy{}, hba1c, round(2024, map[string]registry.Rate{"a": rate(50, 100), "b": rate(60, 100), "c": rate(60, 100), "d": rate(3, 40)}))[0].Lines[0]
	if !l.Peers[0].Rate.Hidden || l.Peers[1].Rate.Hidden || l.Best != (population.ShownRate{Rate: rate(60, 100)}) {
		t.Errorf("%+v", l)
	}
}

// Ranks of peers are shown only with those of all ranked peers: the places that are free
// would tell who of the hidden does better than whom.
func TestRanksOfPeers(t *testing.T) {
	ranks := func(p feedback.Policy, rates map[string]registry.Rate) (s string) {
		for _, x := range reports(t, p, hba1c, round(2024, rates))[0].Lines[0].Peers {
			s += fmt.Sprintf("%s %d; ", x.Label, x.Rank)
		}
		return s
	}
	rates := map[string]registry.Rate{"a": rate(40, 80), "b": rate(45, 80), "c": rate(30, 80), "d": rate(50, 80)}
	if got := ranks(feedback.Policy{}, rates); got != "b 2; c 4; d 1; " {
		t.Error(got)
	}
	rates["e"] = rate(5, 9)
	if got := ranks(feedback.Policy{}, rates); got != "b 0; c 0; d 0; e 0; " {
		t.Error(got)
	}
	// one below the least denominator has no place to tell, but d hides with it
	if got := ranks(feedback.Policy{MinDenominator: 20}, rates); got != "b 0; c 0; d 0; e 0; " {
		t.Error(got)
	}
	rates["f"] = rate(4, 8)
	delete(rates, "c")
	if got := ranks(feedback.Policy{MinDenominator: 20}, rates); got != "b 2; d 1; e 0; f 0; " {
		t.Error(got)
	}
}

// What is hidden from a reader is what suppressing the table of the others hides, whether
// it was worked out for that reader or for all.
func TestHiddenPeersLaw(t *testing.T) {
	hidden, common := 0, 0
	lawtest.Until(t, func(t *rapid.T) {
		now := feedback.Round{Period: registry.CalendarYear(2024)}
		for i := range rapid.IntRange(1, 8).Draw(t, "n") {
			den := rapid.SampledFrom([]int64{1, 10, 11, 12, 30, 60, 200}).Draw(t, "den")
			now.Results = append(now.Results, feedback.Result{Provider: string(rune('a' + i)), Measure: "hba1c", Rate: rate(rapid.Int64Range(0, den).Draw(t, "num"), den)})
		}
		small := population.Disclosure{Threshold: rapid.SampledFrom([]int64{0, 4}).Draw(t, "threshold"), UseZeros: rapid.Bool().Draw(t, "zeros"), Wide: rapid.Bool().Draw(t, "wide")}
		rs, err := feedback.Reports(feedback.Policy{Small: small}, hba1c, now)
		if err != nil {
			t.Fatal(err)
		}
		var sets []string
		for i, r := range rs {
			var cols []string
			counts := make([][]int64, 2)
			for k, x := range now.Results {
				if k != i {
					cols = append(cols, x.Provider)
					counts[0], counts[1] = append(counts[0], x.Rate.Num), append(counts[1], x.Rate.Den-x.Rate.Num)
				}
			}
			g, err := population.TwoWay("outcome", "provider", []string{"met", "not met"}, cols, counts)
			if err == nil {
				g, err = g.Suppress(small)
			}
			if err != nil {
				t.Fatal(err)
			}
			set := ""
			for k, x := range r.Lines[0].Peers {
				want := g.Cells[0][k].Hidden || g.Cells[1][k].Hidden || g.ColTotals[k].Hidden || small.Rate(rate(counts[0][k], counts[0][k]+counts[1][k])).Hidden
				if x.Rate.Hidden != want || x.Label != cols[k] {
					t.Fatalf("%s of %s: hidden %v, want %v", x.Label, r.Provider, x.Rate.Hidden, want)
				}
				if want {
					hidden++
					set += x.Label
				}
				if x.Rank != 0 && set != "" {
					t.Fatalf("a rank beside a hidden peer: %+v", r.Lines[0])
				}
			}
			sets = append(sets, set)
			// the percentile says no more than the rank
			if l := r.Lines[0]; l.Rank > 0 && (int64(l.Ranked-l.Rank) != l.Percentile.Num || int64(l.Ranked-1) != l.Percentile.Den) {
				t.Fatalf("%+v", l)
			}
		}
		for i := 1; i < len(sets); i++ {
			if sets[i] != "" && sets[i] == sets[i-1] {
				common++
			}
		}
	}, func() bool { return hidden > 0 && common > 0 })
}

func TestNames(t *testing.T) {
	now := round(2024, map[string]registry.Rate{"a": rate(30, 80), "b": rate(40, 80)})
	masked := reports(t, feedback.Policy{Names: feedback.Masked, Labels: map[string]string{"a": "X", "b": "Y"}}, hba1c, now)
	if r := masked[0]; r.Provider != "a" || len(r.Lines[0].Peers) != 1 || r.Lines[0].Peers[0].Label != "Y" {
		t.Errorf("%+v", r)
	}
	group := reports(t, feedback.Policy{Names: feedback.GroupOnly}, hba1c, now)
	if l := group[0].Lines[0]; l.Peers != nil || l.Mean.Rate != rate(70, 160) {
		t.Errorf("%+v", l)
	}
	// without a list of peers nothing has to hide beside a small count
	now4 := round(2024, map[string]registry.Rate{"a": rate(50, 100), "b": rate(60, 100), "c": rate(70, 100), "d": rate(3, 40)})
	if l := reports(t, feedback.Policy{Names: feedback.GroupOnly}, hba1c, now4)[2].Lines[0]; l.Best.Rate != rate(70, 100) || l.Median.Rate.Cmp(rate(55, 100)) != 0 || l.Achievable.Rate != rate(70, 100) {
		t.Errorf("%+v", l)
	}
	if l := reports(t, feedback.Policy{}, hba1c, now4)[2].Lines[0]; !l.Median.Hidden {
		t.Errorf("%+v", l)
	}
	if l := reports(t, feedback.Policy{}, hba1c, round(2024, map[string]registry.Rate{"a": rate(30, 80), "b": rate(40, 80), "c": rate(8, 9)}))[0].Lines[0]; !l.Best.Hidden || !l.Achievable.Hidden {
		t.Errorf("benchmarks tell a hidden peer's rate: %+v", l)
	}
	rest := reports(t, feedback.Policy{LeaveOneOut: true}, hba1c, now)
	if l := rest[0].Lines[0]; l.Mean.Rate != rate(40, 80) {
		t.Errorf("%+v", l)
	}
}

func TestErrors(t *testing.T) {
	bad := feedback.Round{Period: registry.CalendarYear(2024), Results: []feedback.Result{
		{Provider: "a", Measure: "hba1c", Rate: rate(5, 3)}, {Provider: "a", Measure: "hba1c", Rate: rate(1, 3)}, {Measure: "hba1c", Rate: rate(1, 3)},
		{Provider: "b", Measure: "none", Rate: rate(1, 3)}, {Provider: "c", Measure: "hba1c", Rate: rate(1, 1), Gaps: []string{"x", "y"}}, {Provider: "d", Measure: "hba1c", Rate: rate(1, 2_000_000_000)}}}
	_, err := feedback.Reports(feedback.Policy{Names: feedback.Masked, Labels: map[string]string{"a": "X", "b": "X"}, MinDenominator: -1, WarnZ: 5}, append(hba1c, hba1c[0]), bad, round(2024, nil), feedback.Round{Period: registry.Period{Start: 10, End: 5}})
	for _, want := range []string{"least denominator -1", "lies beyond the limit to alarm", `"hba1c" has no ID, or is there twice`, "5 of 3 is no rate", "two results", "without a provider", `no measure "none"`, "2 gaps among 1",
		"1 of 2000000000 is no rate", "no label for c", "a and b have one label", "latest first", "ends before it starts"} {
		if err == nil || !strings.Contains(err.Error(), want) || !errors.Is(err, feedback.ErrFeedback) {
			t.Errorf("no %q in %v", want, err)
		}
	}
}

// The limits of a policy are limits, not beyond them.
func TestPolicyEdges(t *testing.T) {
	now := round(2024, map[string]registry.Rate{"a": rate(1, 2)})
	for _, p := range []feedback.Policy{{WarnZ: 3}, {WarnZ: 100, AlarmZ: 100}, {MinDenominator: 0}} {
		if _, err := feedback.Reports(p, hba1c, now); err != nil {
			t.Errorf("%+v: %v", p, err)
		}
	}
	for _, p := range []feedback.Policy{{WarnZ: -1}, {WarnZ: 101, AlarmZ: 100}, {AlarmZ: 101}, {AlarmZ: -1}, {Small: population.Disclosure{Threshold: -1}}, {Names: 3}} {
		if _, err := feedback.Reports(p, hba1c, now); err == nil || !strings.Contains(err.Error(), "least denominator") {
			t.Errorf("%+v: %v", p, err)
		}
	}
}

func rounds() *rapid.Generator[feedback.Round] {
	return rapid.Custom(func(t *rapid.T) feedback.Round {
		r := feedback.Round{Period: registry.CalendarYear(2024)}
		for _, p := range []string{"a", "b", "c", "d", "e"} {
			if rapid.IntRange(0, 5).Draw(t, "absent") == 0 {
				continue
			}
			den := rapid.SampledFrom([]int64{0, 1, 2, 10, 30, 30, 60, 200}).Draw(t, "den")
			x := feedback.Result{Provider: p, Measure: "hba1c", Rate: rate(rapid.Int64Range(0, den).Draw(t, "num"), den)}
			for i := range x.Rate.Den - x.Rate.Num {
				if i < 3 {
					x.Gaps = append(x.Gaps, fmt.Sprintf("%s%d", p, i))
				}
			}
			r.Results = append(r.Results, x)
		}
		return r
	})
}

func TestFeedbackLaws(t *testing.T) {
	ranked, unranked, hidden, flagged, tied := 0, 0, 0, 0, 0
	lawtest.Until(t, func(t *rapid.T) {
		now := rounds().Draw(t, "round")
		m := []feedback.Measure{{ID: "hba1c", Title: "HbA1c", LowerIsBetter: rapid.Bool().Draw(t, "lower")}}
		p := feedback.Policy{MinDenominator: rapid.SampledFrom([]int64{0, 10}).Draw(t, "least"), Dense: rapid.Bool().Draw(t, "dense")}
		rs, err := feedback.Reports(p, m, now)
		if err != nil {
			t.Fatal(err)
		}
		// every provider has a report; sums over providers are the total
		var sum, want registry.Rate
		rateOf, rankOf := map[string]registry.Rate{}, map[string]int{}
		for _, x := range now.Results {
			want = want.Add(x.Rate)
			rateOf[x.Provider] = x.Rate
		}
		if len(rs) != len(now.Results) {
			t.Fatal("a report is missing")
		}
		for _, r := range rs {
			if (len(r.Lines) == 0) != (rateOf[r.Provider].Den == 0) || (len(r.Lines) == 0) != (len(r.Missing) == 1) || len(r.Lines) == 0 && rateOf[r.Provider].Den != 0 {
				t.Fatalf("%+v", r)
			}
			for _, l := range r.Lines {
				sum = sum.Add(l.Rate)
				rankOf[r.Provider] = l.Rank
				// own patients only
				for _, g := range l.Gaps {
					if !strings.HasPrefix(g, r.Provider) {
						t.Fatalf("%s has patient %s", r.Provider, g)
					}
				}
				// the own rate is what it is; nothing small of a peer is shown
				if l.Rate != rateOf[r.Provider] {
					t.Fatalf("%+v", l)
				}
				for _, x := range l.Peers {
					if x.Rate.Hidden {
						hidden++
					} else if x.Rate.Rate != rateOf[x.Label] || (population.Disclosure{}).Rate(x.Rate.Rate).Hidden {
						t.Fatalf("%+v", x)
					}
				}
				// a benchmark that is a peer's rate is shown only where the peer's is
				for _, b := range []population.ShownRate{l.Best, l.Achievable} {
					holders, shown := 0, b.Hidden || b.Rate == l.Rate
					for _, x := range l.Peers {
						if rateOf[x.Label] == b.Rate {
							holders++
							shown = shown || !x.Rate.Hidden
						}
					}
					if holders > 0 && !shown {
						t.Fatalf("%v tells a hidden rate: %+v", b, l)
					}
				}
				if l.Outlier != feedback.NoFlag {
					flagged++
					low, high, _ := feedback.Limits(want, l.Rate.Den, 2)
					v := float64(l.Rate.Num) / float64(l.Rate.Den)
					if v > low+1e-9 && v < high-1e-9 {
						t.Fatalf("%v is no outlier of %v", l.Rate, want)
					}
				}
			}
		}
		if sum != want {
			t.Fatalf("sum %v, want %v", sum, want)
		}
		// ranks by counting: one more than those who are better
		for id, r := range rankOf {
			if rateOf[id].Den < max(p.MinDenominator, 1) {
				unranked++
				if r != 0 {
					t.Fatalf("%s is ranked", id)
				}
				continue
			}
			ranked++
			better, levels := 0, map[string]bool{}
			for o, x := range rateOf {
				c := x.Cmp(rateOf[id])
				if m[0].LowerIsBetter {
					c = -c
				}
				if o != id && c == 0 && x.Den >= max(p.MinDenominator, 1) {
					tied++
				}
				if x.Den >= max(p.MinDenominator, 1) && c > 0 {
					better++
					d, _ := x.Decimal(12)
					levels[d.String()] = true
				}
			}
			if p.Dense {
				better = len(levels)
			}
			if r != better+1 {
				t.Fatalf("%s has rank %d, %d are better", id, r, better)
			}
		}
		// the order of results does not matter
		other := now
		other.Results = slices.Clone(now.Results)
		rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1)).Shuffle(len(other.Results), func(i, j int) { other.Results[i], other.Results[j] = other.Results[j], other.Results[i] })
		if again, err := feedback.Reports(p, m, other); err != nil || !reflect.DeepEqual(again, rs) {
			t.Fatal("order matters")
		}
		// masking is a bijection of names and changes no number
		labels := map[string]string{"a": "V", "b": "U", "c": "Z", "d": "Y", "e": "W"}
		q := p
		q.Names, q.Labels = feedback.Masked, labels
		masked, err := feedback.Reports(q, m, now)
		if err != nil {
			t.Fatal(err)
		}
		for i := range masked {
			for k := range masked[i].Lines {
				l, o := &masked[i].Lines[k], &rs[i].Lines[k]
				for j := range o.Peers {
					o.Peers[j].Label = labels[o.Peers[j].Label]
				}
				slices.SortFunc(o.Peers, func(a, b feedback.Peer) int { return strings.Compare(a.Label, b.Label) })
				if !reflect.DeepEqual(l, o) {
					t.Fatalf("%+v\n%+v", l, o)
				}
			}
		}
	}, func() bool { return ranked > 0 && unranked > 0 && hidden > 0 && flagged > 0 && tied > 0 })
}

// Benchmarks depend on the rates, not on their order; the best tenth is not worse than
// the median, and the achievable benchmark lies between the worst and the best.
func TestBenchmarkLaws(t *testing.T) {
	n := 0
	one := rapid.Custom(func(t *rapid.T) registry.Rate {
		d := rapid.Int64Range(0, 40).Draw(t, "den")
		return rate(rapid.Int64Range(0, d).Draw(t, "num"), d)
	})
	lawtest.Until(t, func(t *rapid.T) {
		rates := rapid.SliceOfN(one, 0, 15).Draw(t, "rates")
		lower := rapid.Bool().Draw(t, "lower")
		other := slices.Clone(rates)
		rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1)).Shuffle(len(other), func(i, j int) { other[i], other[j] = other[j], other[i] })
		best, med, abc := feedback.BestDecile(rates, lower), feedback.Median(rates), feedback.Achievable(rates, lower)
		if best.Cmp(feedback.BestDecile(other, lower)) != 0 || med.Cmp(feedback.Median(other)) != 0 || abc != feedback.Achievable(other, lower) {
			t.Fatal("order matters")
		}
		defined := slices.DeleteFunc(slices.Clone(rates), func(r registry.Rate) bool { return !r.Defined() })
		if len(defined) == 0 {
			if best.Defined() || med.Defined() || abc.Defined() {
				t.Fatal("a benchmark of nothing")
			}
			return
		}
		n++
		cmp := func(a, b registry.Rate) int {
			if lower {
				return b.Cmp(a)
			}
			return a.Cmp(b)
		}
		if cmp(best, med) < 0 || cmp(abc, slices.MaxFunc(defined, cmp)) > 0 || cmp(abc, slices.MinFunc(defined, cmp)) < 0 || 10*abc.Den < feedback.Mean(rates).Den {
			t.Fatalf("best %v, median %v, achievable %v of %v", best, med, abc, defined)
		}
		below, above := 0, 0
		for _, r := range defined {
			if r.Cmp(med) < 0 {
				below++
			} else if r.Cmp(med) > 0 {
				above++
			}
		}
		if 2*below > len(defined) || 2*above > len(defined) {
			t.Fatalf("%v is no median of %v", med, defined)
		}
	}, func() bool { return n > 0 })
}

func story(t testing.TB) []feedback.Report {
	now := round(2024, map[string]registry.Rate{"a": rate(48, 80), "b": rate(40, 80), "c": rate(71, 90), "d": rate(5, 9)})
	now.Results[0].Gaps = []string{"p9", "p2"}
	m := append(slices.Clone(hba1c), feedback.Measure{ID: "eye", Title: "Eye examination"})
	now.Results = append(now.Results, feedback.Result{Provider: "b", Measure: "eye", Rate: rate(30, 60)})
	return reports(t, feedback.Policy{MinDenominator: 20}, m, now, round(2023, map[string]registry.Rate{"a": rate(40, 80), "c": rate(71, 90)}))
}

func TestText(t *testing.T) {
	var b strings.Builder
	for _, r := range story(t) {
		b.WriteString(r.Text() + "\n")
	}
	golden.Check(t, "reports.txt", b.String())
	j, err := json.MarshalIndent(story(t)[0], "", " ")
	if err != nil {
		t.Fatal(err)
	}
	golden.Check(t, "report.json", string(j)+"\n")
}

func BenchmarkReports(b *testing.B) {
	now := feedback.Round{Period: registry.CalendarYear(2024)}
	r := rand.New(rand.NewPCG(1, 1))
	for i := range 200 {
		den := r.Int64N(300) + 1
		now.Results = append(now.Results, feedback.Result{Provider: fmt.Sprintf("p%03d", i), Measure: "hba1c", Rate: rate(r.Int64N(den+1), den)})
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := feedback.Reports(feedback.Policy{}, hba1c, now); err != nil {
			b.Fatal(err)
		}
	}
}
