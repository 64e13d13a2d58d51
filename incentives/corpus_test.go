package incentives_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	. "github.com/chroniccare/chroniccare/incentives"
	"github.com/chroniccare/chroniccare/incentives/groups"
	"github.com/chroniccare/chroniccare/incentives/medicare"
	"github.com/chroniccare/chroniccare/incentives/qof"
)

type example struct {
	ID, Op, Provenance, Rounding string
	Inputs, Expected             map[string]any
}

func corpusExamples(t testing.TB, file string) []example {
	t.Helper()
	dir := os.Getenv("CHRONICCARE_CORPUS")
	if dir == "" {
		t.Skip("CHRONICCARE_CORPUS is not set")
	}
	data, err := os.ReadFile(filepath.Join(dir, "incentives", file))
	if err != nil {
		t.Fatal(err)
	}
	var f struct{ Examples []example }
	if err := json.Unmarshal(data, &f); err != nil {
		t.Fatal(err)
	}
	return f.Examples
}

func num(v any) Exact {
	switch v := v.(type) {
	case string:
		return x(v)
	case float64:
		return Int(int64(v))
	}
	panic(fmt.Sprint(v))
}

func nums(v any) (out []Exact) {
	for _, n := range v.([]any) {
		out = append(out, num(n))
	}
	return out
}

func (e example) in(name string) Exact { return num(e.Inputs[name]) }

func (e example) int(name string) int64 {
	n, err := strconv.ParseInt(e.Inputs[name].(string), 10, 64)
	if err != nil {
		panic(err)
	}
	return n
}

// equal compares with an expected value, rounded half up to the places it is printed with.
func (e example) equal(t *testing.T, name string, got Exact, m Mode) {
	t.Helper()
	want, ok := e.Expected[name].(string)
	if !ok {
		t.Errorf("%s: nothing expected for %s", e.ID, name)
		return
	}
	_, frac, _ := strings.Cut(want, ".")
	if s := got.Round(Rounding{m, len(frac)}).Fixed(len(frac)); s != want {
		t.Errorf("%s: %s is %s (%s), want %s", e.ID, name, s, got, want)
	}
}

// Every published or derived example, by the primitive or scheme that its op names.
func TestCorpus(t *testing.T) {
	ops := map[string]int{}
	for _, file := range []string{"allocation.json", "hvbp.json", "masshealth.json", "medicare_savings_and_withhold.json", "mips.json", "other_schemes.json", "qof.json", "value_modifier.json"} {
		examples := corpusExamples(t, file)
		for _, e := range examples {
			run, ok := runners[e.Op]
			if !ok {
				t.Errorf("%s %s: no runner for %s", file, e.ID, e.Op)
				continue
			}
			run(t, e)
			ops[e.Op]++
		}
		t.Logf("%s: %d examples", file, len(examples))
	}
	t.Log(ops)
}

const up = HalfAwayFromZero

// one indicator of one point-value, settled by a whole QOF statement
func settle(t *testing.T, e example, c qof.Config, register int64, list int64) (payment Exact, factor Exact) {
	t.Helper()
	c.Year = "test"
	c.Indicators = []qof.Indicator{{Code: "I", Area: "A", Points: e.in("points"), Clinical: c.National != nil, Evidence: Published}}
	s, err := qof.New(c)
	if err != nil {
		t.Fatal(e.ID, err)
	}
	st, err := s.Assess(qof.Practice{List: list, Registers: map[string]int64{"A": register}, Results: []qof.Result{{Code: "I", Yes: true}}})
	if err != nil {
		t.Fatal(e.ID, err)
	}
	if err := st.Reconcile(); err != nil {
		t.Fatal(e.ID, err)
	}
	for _, step := range st.Lines[0].Steps {
		if step.Clause == "prevalence factor" {
			factor = step.Result
		}
	}
	return st.Lines[0].Exact, factor
}

var runners = map[string]func(*testing.T, example){
	"allocate_first": func(t *testing.T, e example) {
		var ps []Party
		for i, r := range nums(e.Inputs["ratios"]) {
			ps = append(ps, Party{ID: fmt.Sprintf("%03d", i), Weight: r})
		}
		shares, _, err := Allocate(int64(e.Inputs["amount"].(float64)), ps, FirstParties)
		checkParts(t, e, shares, err)
	},
	"allocate_largest_remainder": func(t *testing.T, e example) {
		var ps []Party
		for i, r := range nums(e.Inputs["quotas"]) {
			ps = append(ps, Party{ID: fmt.Sprintf("%03d", i), Weight: r})
		}
		shares, _, err := Allocate(int64(e.Inputs["amount"].(float64)), ps, LargestRemainder)
		checkParts(t, e, shares, err)
	},
	"hvbp_points": func(t *testing.T, e example) {
		m, err := medicare.VBPMeasure(e.in("achievement_threshold"), e.in("benchmark"))
		if err != nil {
			t.Fatal(e.ID, err)
		}
		var p, b *Exact
		if e.Inputs["achievement_scorable"].(bool) {
			p = ptr(e.in("performance_rate"))
		}
		if e.Inputs["improvement_scorable"].(bool) {
			b = ptr(e.in("baseline_rate"))
		}
		s := m.Score(p, b)
		for name, got := range map[string]*Exact{"achievement_points": s.Achievement, "improvement_points": s.Improvement, "measure_score": s.Score} {
			want := e.Expected[name]
			if (got == nil) != (want == nil) || got != nil && got.String() != want.(string) {
				t.Errorf("%s %s: %v, want %v", e.ID, name, got, want)
			}
		}
	},
	"capped_substitution": func(t *testing.T, e example) {
		used, capped := groups.MassHealthSubstitution(e.in("own_rate"), e.in("statewide_median"), e.in("cap"))
		e.equal(t, "rate_used", used, up)
		if capped != e.Expected["capped"].(bool) {
			t.Error(e.ID, "capped", capped)
		}
	},
	"domain_score": func(t *testing.T, e example) {
		d, err := groups.MassHealthDomain(nums(e.Inputs["achievement"]), nums(e.Inputs["improvement"]))
		if err != nil {
			t.Error(e.ID, err)
		}
		e.equal(t, "domain_score_pct", d.Mul(Int(100)), up)
	},
	"improvement_points": func(t *testing.T, e example) {
		rounded, points := groups.MassHealthImprovement(e.in("current"), e.in("prior"), e.in("improvement_target"))
		e.equal(t, "improvement_rounded", rounded, up)
		e.equal(t, "points", points, up)
		if (points.Sign() > 0) != e.Expected["met"].(bool) {
			t.Error(e.ID, points)
		}
	},
	"gap_to_goal": func(t *testing.T, e example) {
		s, err := groups.GapToGoal(e.in("actual_share_of_target"), e.in("floor_share"))
		if err != nil {
			t.Error(e.ID, err)
		}
		e.equal(t, "score", s, up)
	},
	"ratio_pct": func(t *testing.T, e example) {
		savings := e.in("benchmark").Sub(e.in("expenditure"))
		e.equal(t, "gross_savings", savings, up)
		e.equal(t, "savings_rate_pct", savings.Quo(e.in("benchmark")).Mul(Int(100)), up)
	},
	"divide_2dp": func(t *testing.T, e example) {
		e.equal(t, "per_capita", e.in("amount").Quo(e.in("person_years")), up)
	},
	"mssp_msr": func(t *testing.T, e example) {
		r, err := medicare.MinimumSavingsRate(e.int("assigned"))
		if err != nil {
			t.Error(e.ID, err)
		}
		e.equal(t, "msr_pct", r.Mul(Int(100)), up)
	},
	"mssp_payment": func(t *testing.T, e example) {
		a := medicare.ACO{Benchmark: e.in("benchmark"), Expenditure: e.in("expenditure"), MSR: e.in("msr_pct").Quo(Int(100))}
		if e.Inputs["quality_met"].(bool) {
			a.Standard = medicare.Met
		}
		s, err := medicare.SharedSavings(medicare.Track{Rate: e.in("sharing_rate"), SavingsLimit: e.in("cap_share_of_benchmark")}, a)
		if err != nil {
			t.Error(e.ID, err)
		}
		e.equal(t, "payment", s.Amount, up)
	},
	"rank_competition": func(t *testing.T, e example) {
		var us []Unit
		scores := e.Inputs["scores_desc"].(map[string]any)
		for i := range int(scores["tied_top"].(float64)) {
			us = append(us, Unit{ID: fmt.Sprintf("t%03d", i), Score: Int(2)})
		}
		us = append(us, Unit{ID: "z", Score: Int(1)})
		r, err := Rank(us, HigherIsBetter, Competition)
		if err != nil {
			t.Fatal(e.ID, err)
		}
		e.equal(t, "top_rank", r[0].Rank, up)
		e.equal(t, "next_rank", r[len(r)-1].Rank, up)
	},
	"mips_decile": func(t *testing.T, e example) {
		d := deciles(e)
		n, _, ok := d.Decile(e.in("performance_rate"))
		if !ok || float64(n) != e.Expected["decile"].(float64) {
			t.Error(e.ID, n, ok)
		}
		e.equal(t, "points", d.Points(e.in("performance_rate")), up)
	},
	"mips_decile_floor": func(t *testing.T, e example) {
		d := deciles(e)
		d.Floor = ptr(e.in("floor"))
		e.equal(t, "points", d.Points(e.in("performance_rate")), up)
	},
	"sum": func(t *testing.T, e example) {
		var s Exact
		for _, n := range nums(e.Inputs["terms"]) {
			s = s.Add(n)
		}
		e.equal(t, "total", s, up)
	},
	"mips_quality_category": func(t *testing.T, e example) {
		c, err := medicare.MIPSCategory(nums(e.Inputs["measure_points"]), e.in("bonus_points"), e.in("denominator"), Exact{})
		if err != nil {
			t.Error(e.ID, err)
		}
		e.equal(t, "category_percent", c.Mul(Int(100)), up)
		e.equal(t, "weighted", c.Mul(e.in("weight")).Mul(Int(100)), up)
	},
	"ratio_points_round0": func(t *testing.T, e example) {
		var got []string
		for _, item := range e.Inputs["items"].([]any) {
			p := nums(item)
			n := func(i int) int64 { v, _ := strconv.ParseInt(p[i].String(), 10, 64); return v }
			pts, err := medicare.InteroperabilityPoints(n(0), n(1), n(2))
			if err != nil {
				t.Error(e.ID, err)
			}
			got = append(got, pts.String())
		}
		if fmt.Sprint(got) != fmt.Sprint(e.Expected["points"]) {
			t.Error(e.ID, got, e.Expected)
		}
	},
	"mips_payment": func(t *testing.T, e example) {
		a, err := medicare.MIPSAdjustment(e.in("final_score"), e.in("performance_threshold"), e.in("applicable_percent"))
		if err != nil {
			t.Error(e.ID, err)
		}
		e.equal(t, "adjustment_percent", a, up)
	},
	"prorate_round0": func(t *testing.T, e example) {
		p, err := groups.OntarioBonus(e.in("bonus"), e.int("patients"))
		if err != nil || e.int("full_panel") != 1000 {
			t.Error(e.ID, err)
		}
		e.equal(t, "payment", p, up)
	},
	"linear_money_approx": func(t *testing.T, e example) {
		got := e.in("points").Mul(e.in("value_per_point"))
		off := got.Sub(num(e.Expected["payment_approx"]))
		if tol := num(e.Expected["tolerance"]); off.Cmp(tol) > 0 || off.Neg().Cmp(tol) > 0 {
			t.Error(e.ID, got)
		}
	},
	"tier_lookup": func(t *testing.T, e example) {
		m, err := groups.DjiboutiMultiplier(e.in("quality_pct"))
		if err != nil {
			t.Error(e.ID, err)
		}
		e.equal(t, "multiplier", m, up)
	},
	"step_tiers": func(t *testing.T, e example) {
		if got := medicare.ETCAchievement().Points(e.in("percentile")); !got.Equal(num(e.Expected["points"])) {
			t.Error(e.ID, got)
		}
	},
	"grid_lookup": func(t *testing.T, e example) {
		if year, ok := e.Inputs["year"].(string); ok {
			y, _ := strconv.Atoi(year[:4])
			g, err := medicare.ValueModifier(y)
			if err != nil {
				t.Fatal(e.ID, err)
			}
			c, err := g.At(e.Inputs["quality"].(string), e.Inputs["cost"].(string))
			s := c.Value.Fixed(1)
			if c.OfX {
				s = "+" + s + "x"
			}
			if err != nil || s != e.Expected["adjustment"] {
				t.Error(e.ID, s, err)
			}
			return
		}
		g, err := medicare.RewardFactor()
		if err != nil {
			t.Fatal(e.ID, err)
		}
		c, err := g.At(e.Inputs["variance"].(string), strings.ReplaceAll(e.Inputs["mean"].(string), "_", " "))
		if err != nil {
			t.Error(e.ID, err)
		}
		e.equal(t, "reward_factor", c.Value, up)
	},
	"linear_money": func(t *testing.T, e example) {
		policy := qof.ExactThenPence
		if strings.HasPrefix(e.Rounding, "truncate") {
			policy = qof.WholePoundTruncate
		}
		pay, _ := settle(t, e, qof.Config{PointValue: e.in("value_per_point"), Policy: policy}, 0, 1)
		e.equal(t, "payment", pay, up)
	},
	"qof_sqrt_payment": func(t *testing.T, e example) {
		pay, factor := settle(t, e, qof.Config{PointValue: e.in("value_per_point"), AverageList: e.int("average_list"), Form: qof.RootSimple, Policy: qof.FactorFirstTruncate,
			National: []qof.National{{Area: "A", Prevalence: e.in("national_prevalence")}}}, e.int("register"), e.int("list_size"))
		e.equal(t, "prevalence_factor", factor, up)
		e.equal(t, "payment", pay, up)
	},
	"qof_factor_payment": func(t *testing.T, e example) {
		// a register of 1 on the list, against a national prevalence that makes the factor
		list := e.int("list_size")
		national := Frac(1, list).Quo(e.in("factor"))
		pay, _ := settle(t, e, qof.Config{PointValue: e.in("value_per_point"), AverageList: e.int("average_list"), Policy: qof.FactorFirstTruncate,
			National: []qof.National{{Area: "A", Prevalence: national}}}, 1, list)
		e.equal(t, "payment", pay, up)
	},
	"qof_linear_payment": func(t *testing.T, e example) {
		pay, factor := settle(t, e, qof.Config{PointValue: e.in("base_value"), AverageList: e.int("average_list"), National: []qof.National{{Area: "A", Prevalence: e.in("national_prevalence")}}}, e.int("register"), e.int("list_size"))
		e.equal(t, "payment", pay, up)
		e.equal(t, "point_value", e.in("base_value").Mul(factor).Mul(Frac(e.int("list_size"), e.int("average_list"))), up)
	},
	"qof_prevalence_rounded_point": func(t *testing.T, e example) {
		// 0.7 % of a list of 1,000
		pay, factor := settle(t, e, qof.Config{PointValue: e.in("practice_point_value"), Policy: qof.PointValueFirst, National: []qof.National{{Area: "A", Prevalence: e.in("national_prevalence")}}}, 7, 1000)
		if !Frac(7, 1000).Equal(e.in("practice_prevalence")) {
			t.Skip("another prevalence")
		}
		e.equal(t, "payment", pay, up)
		e.equal(t, "point_value", e.in("practice_point_value").Mul(factor), up)
	},
	"value_per_100": func(t *testing.T, e example) {
		e.equal(t, "value_per_100_patients", e.in("value_per_point").Quo(e.in("average_list")).Mul(Int(100)), up)
	},
	"linear_points_counts": func(t *testing.T, e example) {
		p, _, err := Performance{Numerator: e.int("numerator"), Register: e.int("register"), Exceptions: e.int("exceptions")}.Read(Counting{})
		if err != nil {
			t.Error(e.ID, err)
		}
		i := qof.Indicator{Points: e.in("points_available"), Lower: e.in("lower_pct"), Upper: e.in("upper_pct")}
		e.equal(t, "points", i.PointsOf(p), up)
	},
}

func deciles(e example) Deciles {
	d := Deciles{Round: Rounding{up, 2}}
	copy(d.Bounds[:], nums(e.Inputs["decile_lower_bounds"]))
	if inverse, ok := e.Inputs["inverse"].(bool); ok {
		d.Inverse = inverse
	}
	return d
}

func checkParts(t *testing.T, e example, shares []Share, err error) {
	t.Helper()
	var got []any
	for _, s := range shares {
		got = append(got, float64(s.Amount))
	}
	if fmt.Sprint(got) != fmt.Sprint(e.Expected["parts"]) || err != nil {
		t.Error(e.ID, got, err)
	}
}

// Published figures that are wrong must not come out.
func TestErrata(t *testing.T) {
	if got := x("0.26").Sub(x("0.24")).Quo(x("0.12")).Add(Int(4)).Round(Rounding{up, 2}); got.Fixed(2) == "4.16" {
		t.Error("err-02")
	}
	if x("33").Mul(x("124.60")).Equal(x("3738")) || !x("30").Mul(x("124.60")).Equal(x("3738")) {
		t.Error("err-03")
	}
	if Frac(15326, 9962).Round(Rounding{up, 2}).Fixed(2) != "1.54" {
		t.Error("err-04")
	}
	if Frac(675, 14500).Mul(Int(100)).Round(Rounding{up, 1}).Fixed(1) == "5.4" || x("263.60").Mul(x("42.84")).Round(Rounding{Down, 0}).Fixed(0) == "12245" {
		t.Error("err-01")
	}
	d := Deciles{Bounds: [9]Exact{Int(0), Int(100), Int(100), Int(100), Int(100), Int(100), Int(100), Int(100), Int(100)}, Floor: ptr(Int(3))}
	if got := d.Points(x("82.31")); got.Equal(Int(10)) {
		t.Error("err-05", got)
	}
}

// The parameter tables: what the library ships is what was published.
func TestParameterTables(t *testing.T) {
	dir := os.Getenv("CHRONICCARE_CORPUS")
	if dir == "" {
		t.Skip("CHRONICCARE_CORPUS is not set")
	}
	read := func(name string, into any) {
		data, err := os.ReadFile(filepath.Join(dir, "incentives", name))
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(data, into); err != nil {
			t.Fatal(err)
		}
	}
	type row struct {
		Code         string
		Points       int64
		Lower        *int64 `json:"lower_pct"`
		Upper        *int64 `json:"upper_pct"`
		Verification string
	}
	var f struct {
		Clinical, NonClinical []row
		Other                 []row `json:"non_clinical"`
	}
	read("qof_2004_parameters.json", &f)
	is, err := qof.Indicators2004()
	if err != nil {
		t.Fatal(err)
	}
	byCode := map[string]qof.Indicator{}
	for _, i := range is {
		byCode[i.Code] = i
	}
	for _, r := range append(f.Clinical, f.Other...) {
		i, ok := byCode[r.Code]
		if !ok {
			t.Errorf("no %s", r.Code)
			continue
		}
		if !i.Points.Equal(Int(r.Points)) || (r.Upper == nil) != i.AllOrNothing() || r.Upper != nil && !i.Upper.Equal(Int(*r.Upper)) {
			t.Errorf("%s: %s points to %s, want %+v", r.Code, i.Points, i.Upper, r)
		}
		if (r.Verification == "published") != (i.Evidence == Published) {
			t.Errorf("%s is %s, and here %s", r.Code, r.Verification, i.Evidence)
		}
	}
	if len(f.Clinical)+len(f.Other) != len(is) {
		t.Errorf("%d rows, %d indicators", len(f.Clinical)+len(f.Other), len(is))
	}
	var later struct {
		Rows []struct {
			Code, Group, Points string
			Register            bool
		}
	}
	read("qof_2023_24_points.json", &later)
	y, err := qof.YearOf("2023/24")
	if err != nil {
		t.Fatal(err)
	}
	c := qof.Config{Year: y.Name, PointValue: y.PointValue, Form: y.Form}
	var sum Exact
	for _, r := range later.Rows {
		sum = sum.Add(x(r.Points))
		c.Indicators = append(c.Indicators, qof.Indicator{Code: r.Code, Area: r.Group, Points: x(r.Points), Evidence: Published})
	}
	if _, err := qof.New(c); err != nil || !sum.Equal(Int(y.Points)) || len(c.Indicators) != 76 {
		t.Error(sum, len(c.Indicators), err)
	}
	var years struct {
		Rows []struct{ Year, Value string }
	}
	read("qof_year_parameters.json", &years)
	for _, r := range years.Rows {
		if y, err := qof.YearOf(r.Year); err != nil || !y.PointValue.Equal(x(r.Value)) {
			t.Errorf("%s: %s, want %s; %v", r.Year, y.PointValue, r.Value, err)
		}
	}
}
