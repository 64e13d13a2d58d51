package hedis_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"

	. "github.com/chroniccare/chroniccare/hedis"
	"github.com/chroniccare/chroniccare/internal/lawtest"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

func rat(s string) *big.Rat {
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		panic(s)
	}
	return r
}

func rats(vs ...int64) (out []*big.Rat) {
	for _, v := range vs {
		out = append(out, big.NewRat(v, 1))
	}
	return out
}

func same(t *testing.T, what string, got *big.Rat, want *string) {
	t.Helper()
	if want == nil {
		if got != nil {
			t.Errorf("%s: %v, want none", what, got)
		}
		return
	}
	if got == nil || got.Cmp(rat(*want)) != 0 {
		t.Errorf("%s: %v, want %s", what, got, *want)
	}
}

func asRat(r registry.Rate) *big.Rat {
	if !r.Defined() {
		return nil
	}
	return big.NewRat(r.Num, r.Den)
}

func TestScoreCases(t *testing.T) {
	type pop struct {
		Plan       string
		Population int64
		Medicaid   *string `json:"medicaid_percent"`
		Markers    []*string
		Dropped    []string `json:"dropped_because"`
	}
	type scored struct {
		Parts []*string
		Total string
	}
	var f struct {
		Cahps []struct {
			Title       string
			Scale       []string
			ItemCounts  [][]int64 `json:"item_counts"`
			TopBox      []string  `json:"top_box"`
			Used        int       `json:"items_used"`
			Proportions []string  `json:"category_global_proportions"`
			Top         string    `json:"top_box_composite"`
			Three       string    `json:"three_point_mean"`
			Linear      string    `json:"linear_0_100"`
			Mean        string    `json:"mean_item_denominator"`
			Reportable  bool      `json:"reportable_at_100"`
		}
		Composites struct {
			Cases []struct {
				Patients [][]*int
				Weights  []int64
				All      *string `json:"all_or_none"`
				Opp      *string `json:"opportunity"`
				Average  *string `json:"patient_average"`
				Weighted *string `json:"weighted_drop_missing"`
			}
		}
		Ranking struct {
			Plans   []pop
			Lower   []bool `json:"lower_is_better"`
			Results []struct {
				Method, When string
				Scores       map[string]scored
				Ranking      []struct {
					Plan, Total string
					Rank        int64 `json:"competition_rank"`
				}
			}
		}
		Quantiles []struct {
			Values       []int64
			P            string
			Type7, Type1 string
		}
		Opportunity []struct {
			Quantile string
			Units    []struct {
				Value, Volume int64
				UnitCost      int64 `json:"unit_cost"`
			}
			Benchmark string
			Parts     []string
			Total     string
		}
	}
	load(t, "score_cases.json", &f)
	if len(f.Cahps) != 9 || len(f.Composites.Cases) != 7 || len(f.Ranking.Results) != 6 || len(f.Quantiles) != 15 || len(f.Opportunity) != 3 {
		t.Fatal("cases are missing")
	}
	for _, c := range f.Cahps {
		d := SurveyComposite{ID: "x", Scale: c.Scale, TopBox: len(c.TopBox)}
		for i := range c.ItemCounts {
			d.Items = append(d.Items, SurveyItem{ID: fmt.Sprint(i)})
		}
		s, err := d.Score(SurveyTally{Counts: c.ItemCounts})
		if err != nil {
			t.Fatal(c.Title, err)
		}
		for k := range c.Proportions {
			same(t, c.Title, s.Proportions[k], &c.Proportions[k])
		}
		same(t, c.Title+" top box", s.TopBox, &c.Top)
		same(t, c.Title+" three-point", s.ThreePointMean, &c.Three)
		same(t, c.Title+" linear", s.Linear, &c.Linear)
		same(t, c.Title+" denominator", s.MeanDenominator, &c.Mean)
		if s.ItemsUsed != c.Used || s.Reportable != c.Reportable {
			t.Errorf("%s: %d items used, reportable %v", c.Title, s.ItemsUsed, s.Reportable)
		}
	}
	for i, c := range f.Composites.Cases {
		what := fmt.Sprintf("composite %d", i)
		var tally CompositeTally
		for _, p := range c.Patients {
			var r []ComponentResult
			for _, x := range p {
				switch {
				case x == nil:
					r = append(r, NotEligible)
				case *x == 1:
					r = append(r, Met)
				default:
					r = append(r, Missed)
				}
			}
			tally.Add(r...)
		}
		avg, _ := tally.PatientAverage()
		same(t, what+" all-or-none", asRat(tally.AllOrNone()), c.All)
		same(t, what+" opportunity", asRat(tally.Opportunity()), c.Opp)
		same(t, what+" average", avg, c.Average)
		var parts []WeightedPart
		for k, r := range tally.Components {
			parts = append(parts, WeightedPart{Rate: r, Weight: big.NewRat(c.Weights[k], 1)})
		}
		w, err := WeightedComposite(parts, DropMissing)
		if (err != nil) != (c.Weighted == nil) {
			t.Error(what, err)
		}
		same(t, what+" weighted", w, c.Weighted)
	}
	markers := make([]Marker, 3)
	for i, low := range f.Ranking.Lower {
		markers[i].ID = fmt.Sprint("m", i)
		if low {
			markers[i].Better = Decrease
		}
	}
	var plans []Plan
	for _, p := range f.Ranking.Plans {
		q := Plan{Name: p.Plan, Population: &p.Population}
		if p.Medicaid != nil {
			d := decimal.RequireFromString(*p.Medicaid)
			q.MedicaidPercent = &d
		}
		for _, m := range p.Markers {
			v := MarkerValue{State: RateNR}
			if m != nil {
				v.State = RateReported
				fmt.Sscanf(*m, "%d/%d", &v.Rate.Num, &v.Rate.Den)
			}
			q.Markers = append(q.Markers, v)
		}
		if got := (PlanFilter{}).Reasons(&q); !slices.Equal(got, p.Dropped) {
			t.Errorf("plan %s dropped because %v, want %v", p.Plan, got, p.Dropped)
		}
		plans = append(plans, q)
	}
	for _, r := range f.Ranking.Results {
		what := r.Method + " " + r.When
		s := PlanScoring{Method: map[string]ScoreMethod{"RankPoints": RankPoints, "PercentilePoints": PercentilePoints, "QuantilePoints4": QuantilePoints}[r.Method], Groups: 4}
		if r.When == "FilterBefore" {
			s.When = FilterBefore
		}
		scores, err := ScorePlans(markers, plans, s)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, p := range scores {
			if p.Total == nil {
				continue
			}
			n++
			want := r.Scores[p.Plan]
			same(t, what+" "+p.Plan, p.Total, &want.Total)
			for k := range want.Parts {
				same(t, what+" "+p.Plan, p.Parts[k], want.Parts[k])
			}
		}
		if n != len(r.Scores) {
			t.Errorf("%s: %d scored, want %d", what, n, len(r.Scores))
		}
		ranking := RankPlans(scores, CompetitionRank, nil)
		if len(ranking.Kept) != len(r.Ranking) || len(ranking.Kept)+len(ranking.Dropped) != len(plans) {
			t.Fatalf("%s: kept %d", what, len(ranking.Kept))
		}
		for i, w := range r.Ranking {
			got := ranking.Kept[i]
			if got.Score.Plan != w.Plan || got.Rank.Cmp(big.NewRat(w.Rank, 1)) != 0 {
				t.Errorf("%s place %d: %s rank %v, want %s %d", what, i, got.Score.Plan, got.Rank, w.Plan, w.Rank)
			}
		}
	}
	for _, q := range f.Quantiles {
		for m, want := range map[QuantileMethod]string{Type7: q.Type7, Type1: q.Type1, NearestRank: q.Type1} {
			got, err := Quantile(rats(q.Values...), rat(q.P), m)
			if err != nil {
				t.Fatal(err)
			}
			same(t, fmt.Sprint(q.Values, q.P), got, &want)
		}
	}
	for _, o := range f.Opportunity {
		var units []OpportunityUnit
		for _, u := range o.Units {
			units = append(units, OpportunityUnit{Value: big.NewRat(u.Value, 1), Volume: u.Volume, UnitCost: decimal.NewFromInt(u.UnitCost)})
		}
		m := Type7
		if o.Quantile == "type1" {
			m = Type1
		}
		got, err := TopQuartileOpportunity(units, m, Decrease, 2)
		if err != nil {
			t.Fatal(err)
		}
		same(t, "benchmark", got.Benchmark, &o.Benchmark)
		same(t, "total", got.Total, &o.Total)
		for i := range o.Parts {
			same(t, "part", got.Parts[i], &o.Parts[i])
		}
	}
}

// Everything the specification derives from Table 2.
func TestTable2(t *testing.T) {
	rows, err := Table2()
	if err != nil || len(rows) != 25 {
		t.Fatal(len(rows), err)
	}
	var sum, pop, profit, years int64
	var totals []*big.Rat
	medicaid, estimated := decimal.Zero, decimal.Zero
	over := map[int64]int{}
	forProfit := 0
	var scores []PlanScore
	for i, r := range rows {
		if i > 0 && r.Score > rows[i-1].Score {
			t.Errorf("scores rise at row %d", i+1)
		}
		sum, pop, years = sum+r.Score, pop+r.Population, years+int64(r.Years)
		medicaid = medicaid.Add(r.MedicaidPercent)
		estimated = estimated.Add(r.MedicaidPercent.Mul(decimal.NewFromInt(r.Population)).Shift(-2))
		for _, k := range []int64{200_000, 300_000, 500_000} {
			if r.Population >= k {
				over[k]++
			}
		}
		if r.ForProfit {
			forProfit++
			profit += r.Score
		}
		totals = append(totals, big.NewRat(r.Score, 1))
		scores = append(scores, r.PlanScore(PlanFilter{}))
	}
	if sum != 4007 || pop != 14_063_859 || years != 653 || forProfit != 6 || profit != 987 || over[200_000] != 19 || over[300_000] != 15 || over[500_000] != 7 {
		t.Error(sum, pop, years, forProfit, profit, over)
	}
	if !medicaid.Equal(decimal.RequireFromString("213.7")) || !estimated.Equal(decimal.RequireFromString("827273.847")) {
		t.Error(medicaid, estimated)
	}
	median, _ := Quantile(totals, rat("1/2"), Type7)
	if median.Cmp(rat("159")) != 0 {
		t.Error("median", median)
	}
	for method, want := range map[TieRank]map[int]string{
		CompetitionRank: {4: "5", 5: "5", 6: "7", 9: "7", 10: "11", 13: "14", 18: "19", 24: "25"},
		DenseRank:       {4: "5", 6: "6", 24: "19"},
		FractionalRank:  {4: "11/2", 6: "17/2", 13: "29/2", 24: "25"},
	} {
		got := Ranks(totals, method)
		for i, w := range want {
			same(t, rows[i].Plan, got[i], &w)
		}
	}
	r := RankPlans(scores, CompetitionRank, nil)
	var visited []string
	for i, k := range r.Kept {
		if k.Score.Plan != rows[i].Plan {
			t.Errorf("place %d is %s", i+1, k.Score.Plan)
		}
		if rows[i].Visited {
			visited = append(visited, k.Rank.RatString())
		}
	}
	if got := strings.Join(visited, " "); got != "2 7 19 22 25" || len(r.Dropped) != 0 {
		t.Error(got, r.Dropped)
	}
	// invented plans on both sides of the edge, and one without Medicaid
	small, edge, none := rows[0], rows[0], rows[0]
	small.Population, edge.Population, none.MedicaidPercent = 99_999, 100_000, decimal.Zero
	r = RankPlans([]PlanScore{small.PlanScore(PlanFilter{}), edge.PlanScore(PlanFilter{}), none.PlanScore(PlanFilter{})}, 0, nil)
	if len(r.Kept) != 1 || len(r.Dropped) != 2 {
		t.Error(r)
	}
	kept, tied := RankPlans(scores, 0, nil).Select(8, true)
	if len(kept) != 10 || !tied {
		t.Error(len(kept), tied)
	}
	kept, tied = RankPlans(scores, 0, nil).Select(8, false)
	if len(kept) != 8 || !tied {
		t.Error(len(kept), tied)
	}
}

func TestScoreBadInput(t *testing.T) {
	n := int64(200_000)
	ok := Plan{Name: "A", Population: &n, Markers: []MarkerValue{{Rate: rate(1, 2)}}}
	markers := []Marker{{ID: "m"}}
	bad := ok
	bad.Markers = []MarkerValue{{Rate: rate(3, 2)}}
	minus := int64(-1)
	neg := ok
	neg.Name, neg.Population = "B", &minus
	for name, c := range map[string]struct {
		plans []Plan
		s     PlanScoring
	}{
		"duplicate": {[]Plan{ok, ok}, PlanScoring{}}, "rate": {[]Plan{bad}, PlanScoring{}}, "population": {[]Plan{neg}, PlanScoring{}},
		"markers": {[]Plan{{Name: "C"}}, PlanScoring{}}, "groups": {[]Plan{ok}, PlanScoring{Method: QuantilePoints, Groups: 1}},
		"cuts": {[]Plan{ok}, PlanScoring{Method: ThresholdPoints, Cuts: rats(2, 1), Points: rats(0, 1, 2)}}, "custom": {[]Plan{ok}, PlanScoring{Method: CustomPoints}},
		"method": {[]Plan{ok}, PlanScoring{Method: 99}},
	} {
		if _, err := ScorePlans(markers, c.plans, c.s); !errors.Is(err, ErrInput) {
			t.Errorf("%s: %v", name, err)
		}
	}
	miss := ok
	miss.Markers = []MarkerValue{{State: RateNA}}
	if _, err := ScorePlans(markers, []Plan{miss}, PlanScoring{Missing: MissingRefused}); !errors.Is(err, ErrUndefined) {
		t.Error(err)
	}
	if s, err := ScorePlans(nil, nil, PlanScoring{}); err != nil || len(RankPlans(s, 0, nil).Kept) != 0 {
		t.Error("the rank of no plans is an empty result", err)
	}
	if q, err := Quantile(nil, rat("1/2"), Type7); q != nil || err != nil {
		t.Error(q, err)
	}
	if _, err := Quantile(rats(1), rat("3/2"), Type7); !errors.Is(err, ErrInput) {
		t.Error(err)
	}
	if _, err := WeightedComposite([]WeightedPart{{Rate: rate(1, 2), Weight: rat("-1")}}, 0); !errors.Is(err, ErrInput) {
		t.Error(err)
	}
	if _, err := WeightedComposite([]WeightedPart{{Rate: rate(1, 2), Weight: rat("0")}}, 0); !errors.Is(err, ErrUndefined) {
		t.Error(err)
	}
	if _, err := WeightedComposite([]WeightedPart{{State: RateNA}}, RefuseMissing); !errors.Is(err, ErrUndefined) {
		t.Error(err)
	}
	if _, _, err := LinearComposite([]LinearPart{{Floor: rat("1"), Goal: rat("1")}}, 0); !errors.Is(err, ErrInput) {
		t.Error(err)
	}
	if _, err := Stars(rat("1"), rats(2, 2)); !errors.Is(err, ErrInput) {
		t.Error(err)
	}
	if _, err := BenchmarkIndex(rat("1"), rat("0")); !errors.Is(err, ErrUndefined) {
		t.Error(err)
	}
	if _, err := Vary(nil, false); !errors.Is(err, ErrUndefined) {
		t.Error(err)
	}
	if _, err := ComparePeers([]Peer{{"a", rate(1, 50)}, {"a", rate(1, 50)}}, PeerOptions{}); !errors.Is(err, ErrInput) {
		t.Error(err)
	}
	if _, err := TopQuartileOpportunity([]OpportunityUnit{{Value: rat("1"), Volume: -1}}, 0, 0, 2); !errors.Is(err, ErrInput) {
		t.Error(err)
	}
	c := SurveyComposite{ID: "s", TopBox: 3}
	if _, err := c.Score(SurveyTally{}); !errors.Is(err, ErrInput) || strings.Count(err.Error(), "survey s") != 3 {
		t.Error(err)
	}
	c = SurveyComposite{ID: "s", Scale: []string{"no", "yes"}, Items: []SurveyItem{{ID: "q"}}}
	if _, err := c.Score(SurveyTally{}); !errors.Is(err, ErrUndefined) {
		t.Error(err)
	}
	if _, err := c.Score(SurveyTally{Counts: [][]int64{{1, -1}}}); !errors.Is(err, ErrInput) {
		t.Error(err)
	}
	var tally SurveyTally
	c.Add(&tally, []int{5, 1})
	if tally.Invalid != 2 {
		t.Error("answers outside the scale are counted", tally)
	}
}

func genResults(t *rapid.T, k int) [][]ComponentResult {
	if rapid.IntRange(0, 7).Draw(t, "nobody eligible") == 0 {
		return [][]ComponentResult{make([]ComponentResult, k)}
	}
	return rapid.SliceOfN(rapid.SliceOfN(rapid.Custom(func(t *rapid.T) ComponentResult {
		return ComponentResult(rapid.IntRange(0, 2).Draw(t, "result"))
	}), k, k), 1, 12).Draw(t, "patients")
}

func TestCompositeLaws(t *testing.T) {
	none, some := 0, 0
	lawtest.Until(t, func(t *rapid.T) {
		k := rapid.IntRange(1, 5).Draw(t, "k")
		patients := genResults(t, k)
		cut := rapid.IntRange(0, len(patients)).Draw(t, "cut")
		var all, a, b, turned CompositeTally
		for i, p := range patients {
			all.Add(p...)
			if i < cut {
				a.Add(p...)
			} else {
				b.Add(p...)
			}
			q := slices.Clone(p)
			slices.Reverse(q)
			turned.Add(q...)
		}
		if err := a.Merge(b); err != nil {
			t.Fatal(err)
		}
		x, _ := json.Marshal(all)
		y, _ := json.Marshal(a)
		if string(x) != string(y) {
			t.Fatalf("%s merged from %s", x, y)
		}
		avg, ok := all.PatientAverage()
		if !ok {
			none++
			return
		}
		some++
		aon := asRat(all.AllOrNone())
		opp := asRat(all.Opportunity())
		if aon.Cmp(avg) > 0 {
			t.Fatal("all-or-none above the patient average")
		}
		tavg, _ := turned.PatientAverage()
		if turned.AllOrNone() != all.AllOrNone() || turned.Opportunity() != all.Opportunity() || tavg.Cmp(avg) != 0 {
			t.Fatal("the order of components matters")
		}
		low, high := rat("1"), rat("0")
		var parts []WeightedPart
		mean, n := new(big.Rat), int64(0)
		for i, r := range all.Components {
			parts = append(parts, WeightedPart{Rate: r, Weight: big.NewRat(rapid.Int64Range(0, 3).Draw(t, "w"), 1)})
			if v := asRat(r); v != nil {
				if v.Cmp(low) < 0 {
					low = v
				}
				if v.Cmp(high) > 0 {
					high = v
				}
				mean.Add(mean, v)
				n++
			}
			// among those eligible for the component: all-or-none at most its rate
			var sub CompositeTally
			for _, p := range patients {
				if p[i] != NotEligible {
					sub.Add(p...)
				}
			}
			if sub.AllOrNone().Defined() && sub.AllOrNone().Cmp(r) > 0 {
				t.Fatal("all-or-none above a component")
			}
		}
		if opp.Cmp(low) < 0 || opp.Cmp(high) > 0 {
			t.Fatal("opportunity outside its components")
		}
		w, err := WeightedComposite(parts, DropMissing)
		w2, err2 := WeightedComposite(append(parts, WeightedPart{Rate: rate(1, 7), Weight: rat("0")}), DropMissing)
		if (err == nil) != (err2 == nil) || err == nil && w.Cmp(w2) != 0 {
			t.Fatal("a component without weight changes the composite")
		}
		for i := range parts {
			parts[i].Weight = nil
		}
		if w, err = WeightedComposite(parts, DropMissing); err != nil || w.Cmp(mean.Quo(mean, big.NewRat(n, 1))) != 0 {
			t.Fatal("equal weights are not the mean")
		}
	}, func() bool { return none > 0 && some > 0 })
}

func genPlans(t *rapid.T, markers int) []Plan {
	n := rapid.IntRange(1, 7).Draw(t, "plans")
	plans := make([]Plan, n)
	for i := range plans {
		pop := rapid.SampledFrom([]int64{99_999, 100_000, 250_000}).Draw(t, "population")
		med := rapid.SampledFrom([]decimal.Decimal{decimal.Zero, decimal.New(17, -1)}).Draw(t, "medicaid")
		plans[i] = Plan{Name: string(rune('A' + i)), Population: &pop, MedicaidPercent: &med}
		for range markers {
			v := MarkerValue{Rate: rate(rapid.Int64Range(0, 10).Draw(t, "num"), 10)}
			if rapid.IntRange(0, 5).Draw(t, "missing") == 0 {
				v.State = RateNA
			}
			plans[i].Markers = append(plans[i].Markers, v)
		}
	}
	return plans
}

func TestPlanLaws(t *testing.T) {
	ties, dropped := 0, 0
	markers := []Marker{{ID: "a"}, {ID: "b", Better: Decrease}, {ID: "c"}}
	lawtest.Until(t, func(t *rapid.T) {
		plans := genPlans(t, len(markers))
		s := PlanScoring{Method: rapid.SampledFrom([]ScoreMethod{RankPoints, PercentilePoints, QuantilePoints}).Draw(t, "method"), NoFilter: rapid.Bool().Draw(t, "all")}
		scores, err := ScorePlans(markers, plans, s)
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range scores {
			sum := new(big.Rat)
			for _, x := range p.Parts {
				if x != nil {
					sum.Add(sum, x)
				}
			}
			if sum.Cmp(p.Total) != 0 {
				t.Fatal("the total is not the sum of its parts")
			}
		}
		r := RankPlans(scores, CompetitionRank, nil)
		if len(r.Kept)+len(r.Dropped) != len(plans) {
			t.Fatal("plans got lost")
		}
		for _, d := range r.Dropped {
			if dropped++; len(d.Dropped) == 0 {
				t.Fatal("dropped without a reason")
			}
		}
		// permuting plans permutes ranks
		order := rapid.Permutation(plans).Draw(t, "order")
		again, _ := ScorePlans(markers, order, s)
		rank := map[string]string{}
		for _, k := range r.Kept {
			rank[k.Score.Plan] = k.Rank.RatString()
		}
		for _, k := range RankPlans(again, CompetitionRank, nil).Kept {
			if rank[k.Score.Plan] != k.Rank.RatString() {
				t.Fatal("ranks depend on the order of plans")
			}
		}
		// fractional ranks sum to n(n+1)/2, whatever the ties
		var totals []*big.Rat
		for _, p := range scores {
			totals = append(totals, p.Total)
		}
		sum := new(big.Rat)
		for _, x := range Ranks(totals, FractionalRank) {
			if !x.IsInt() {
				ties++
			}
			sum.Add(sum, x)
		}
		n := int64(len(plans))
		if sum.Cmp(big.NewRat(n*(n+1), 2)) != 0 {
			t.Fatalf("fractional ranks sum to %v", sum)
		}
		// improving one plan on one marker never worsens its own rank
		i := rapid.IntRange(0, len(plans)-1).Draw(t, "who")
		before := Ranks(totals, CompetitionRank)[i]
		v := &plans[i].Markers[0]
		if v.State == RateReported && v.Rate.Num < v.Rate.Den {
			v.Rate.Num++
			better, _ := ScorePlans(markers, plans, s)
			totals = totals[:0]
			for _, p := range better {
				totals = append(totals, p.Total)
			}
			if Ranks(totals, CompetitionRank)[i].Cmp(before) > 0 {
				t.Fatal("improving made the rank worse")
			}
		}
	}, func() bool { return ties > 0 && dropped > 0 })
}

func TestOpportunityLaws(t *testing.T) {
	zero, some := 0, 0
	lawtest.Until(t, func(t *rapid.T) {
		better := Improvement(rapid.IntRange(0, 1).Draw(t, "better"))
		method := QuantileMethod(rapid.IntRange(0, 1).Draw(t, "quantile"))
		var units []OpportunityUnit
		for range rapid.IntRange(1, 7).Draw(t, "n") {
			units = append(units, OpportunityUnit{Value: big.NewRat(rapid.Int64Range(0, 40).Draw(t, "v"), 3), Volume: rapid.Int64Range(0, 50).Draw(t, "volume"), UnitCost: decimal.New(rapid.Int64Range(1, 999).Draw(t, "cost"), -2)})
		}
		o, err := TopQuartileOpportunity(units, method, better, 2)
		if err != nil {
			t.Fatal(err)
		}
		sum := decimal.Zero
		worse := false
		for i := range units {
			sum = sum.Add(o.Money[i])
			c := units[i].Value.Cmp(o.Benchmark)
			worse = worse || units[i].Volume > 0 && (c > 0 && better == Decrease || c < 0 && better == Increase)
			if o.Parts[i].Sign() < 0 {
				t.Fatal("negative")
			}
		}
		if !sum.Equal(o.TotalMoney) || worse != (o.Total.Sign() > 0) {
			t.Fatalf("parts %v, total %v, worse %v", sum, o.TotalMoney, worse)
		}
		if worse {
			some++
		} else {
			zero++
		}
		for i := range units {
			units[i].UnitCost = units[i].UnitCost.Mul(decimal.NewFromInt(2))
		}
		d, _ := TopQuartileOpportunity(units, method, better, 2)
		if d.Total.Cmp(new(big.Rat).Mul(o.Total, big.NewRat(2, 1))) != 0 {
			t.Fatal("twice the cost is not twice the opportunity")
		}
	}, func() bool { return zero > 0 && some > 0 })
}

func TestSurveyLaws(t *testing.T) {
	differs := 0
	lawtest.Until(t, func(t *rapid.T) {
		c := SurveyComposite{ID: "s", Scale: []string{"never", "sometimes", "usually", "always"}, Items: []SurveyItem{{ID: "a"}, {ID: "b", Reversed: true}}, TopBox: rapid.IntRange(0, 2).Draw(t, "top")}
		answers := rapid.SliceOfN(rapid.SliceOfN(rapid.IntRange(-1, 3), 2, 2), 2, 20).Draw(t, "answers")
		var all, a, b SurveyTally
		for i, r := range answers {
			c.Add(&all, r)
			if i%2 == 0 {
				c.Add(&a, r)
			} else {
				c.Add(&b, r)
			}
		}
		if err := a.Merge(b); err != nil {
			t.Fatal(err)
		}
		s, err := c.Score(all)
		if err != nil {
			return
		}
		m, _ := c.Score(a)
		sum := new(big.Rat)
		for k, p := range s.Proportions {
			sum.Add(sum, p)
			if p.Cmp(m.Proportions[k]) != 0 {
				t.Fatal("merging changed the score")
			}
		}
		if sum.Cmp(rat("1")) != 0 || s.TopBox.Cmp(rat("1")) > 0 || s.Linear.Cmp(rat("100")) > 0 {
			t.Fatalf("proportions sum to %v", sum)
		}
		p, err := c.PooledTopBox(answers)
		if err != nil {
			t.Fatal(err)
		}
		if p.Cmp(s.TopBox) != 0 {
			differs++
		}
		i, err := c.TopBoxInterval(answers, 0)
		if v, _ := s.TopBox.Float64(); err != nil || !i.Contains(v) {
			t.Fatal(i, v, err)
		}
	}, func() bool { return differs > 0 })
}

func TestAchievableBenchmarkShare(t *testing.T) {
	units := []Peer{{"a", registry.Rate{Num: 9, Den: 10}}, {"b", registry.Rate{Num: 1, Den: 10}}}
	for s, ok := range map[string]bool{"0": false, "-1/10": false, "11/10": false, "1": true, "1/100": true} {
		if _, err := AchievableBenchmark(units, Increase, rat(s)); (err == nil) != ok || err != nil && !errors.Is(err, ErrInput) {
			t.Errorf("share %s: %v", s, err)
		}
	}
}

func TestFaultsAtOnce(t *testing.T) {
	_, err := ComparePeers([]Peer{{"a", registry.Rate{Num: 2, Den: 1}}, {"b", registry.Rate{Num: 1, Den: 2}}, {"b", registry.Rate{Num: 1, Den: 2}}}, PeerOptions{})
	if !errors.Is(err, ErrInput) || !strings.Contains(err.Error(), `"a"`) || !strings.Contains(err.Error(), `"b" twice`) {
		t.Error(err)
	}
	_, err = TopQuartileOpportunity([]OpportunityUnit{{Name: "a"}, {Name: "b", Value: rat("1"), Volume: -1}}, QuantileMethod(0), Increase, 2)
	if !errors.Is(err, ErrInput) || !strings.Contains(err.Error(), `"a"`) || !strings.Contains(err.Error(), `"b"`) {
		t.Error(err)
	}
}
