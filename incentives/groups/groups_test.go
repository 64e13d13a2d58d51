package groups_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"pgregory.net/rapid"

	"github.com/chroniccare/chroniccare/incentives"
	"github.com/chroniccare/chroniccare/incentives/groups"
)

func x(s string) incentives.Exact { return incentives.MustParse(s) }

func near(t *testing.T, what string, got incentives.Exact, want string) {
	t.Helper()
	if !got.Equal(x(want)) {
		t.Errorf("%s: %s, want %s", what, got, want)
	}
}

func rate(n, d int64) incentives.Performance {
	return incentives.Performance{Numerator: n, Register: d}
}

func TestKaiser(t *testing.T) {
	curve := incentives.Linear{Lower: x("0.5"), Upper: x("1"), Full: x("0.14")}
	p := groups.Parts{Clinical: x("0.9"), Satisfaction: x("0.7"), Peer: x("0.8"), ClinicalW: x("0.5"), SatisfactionW: x("0.25"), PeerW: x("0.25")}
	b, err := groups.KaiserBonus(x("200000"), p, curve)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "score 0.825 earns 0.091", b, "18200")
	p.Clinical, p.Satisfaction, p.Peer = x("1"), x("1"), x("1")
	b, _ = groups.KaiserBonus(x("200000"), p, curve)
	near(t, "at most 10 %", b, "20000")
	p.PeerW, p.Peer = x("0.2"), x("1.1")
	_, err = groups.KaiserBonus(x("-1"), p, nil)
	for _, want := range []error{incentives.ErrWeights, incentives.ErrRange, incentives.ErrNegativeMoney, incentives.ErrParameter} {
		if !errors.Is(err, want) {
			t.Errorf("%v lacks %v", err, want)
		}
	}
	shares, left, err := groups.KaiserPool([]groups.Physician{{"a", 10_000_000, x("0.2")}, {"b", 10_000_000, x("0.9")}, {"c", 5_000_000, x("1")}})
	if err != nil || left != 0 || shares[0].Amount+shares[1].Amount+shares[2].Amount != 1_750_000 || shares[1].Amount > 1_000_000 || shares[2].Amount != 500_000 {
		t.Error(shares, left, err)
	}
	if _, _, err := groups.KaiserPool([]groups.Physician{{"a", -1, x("1")}}); !errors.Is(err, incentives.ErrNegativeMoney) {
		t.Error(err)
	}
}

func TestOthersOfTheStudy(t *testing.T) {
	band, err := groups.GroupHealthBand(x("0"), x("50"), x("100"))
	if err != nil {
		t.Fatal(err)
	}
	near(t, "Group Health at best", band.Share(x("100")), "1.2")
	near(t, "Group Health at worst", band.Share(x("0")), "0.8")

	target := groups.TouchpointDiabetesTarget()
	metrics := []groups.Metric{{ID: "hba1c", Performance: rate(70, 100), Schedule: target}, {ID: "ldl", Performance: rate(69999, 100000), Schedule: target}, {ID: "eye", Schedule: target}}
	bonus, lost, results, err := groups.TouchpointBonus(x("900000"), metrics)
	if err != nil || !results[0].Met || results[1].Met || results[2].Met || results[2].Status != incentives.NoDenominator {
		t.Error(results, err)
	}
	near(t, "Touchpoint", bonus, "300000")
	near(t, "lost", lost, "600000")
	if _, _, _, err := groups.TouchpointBonus(x("1"), make([]groups.Metric, 16)); !errors.Is(err, incentives.ErrRange) {
		t.Error(err)
	}
	if _, _, _, err := groups.TouchpointBonus(x("1"), []groups.Metric{{ID: "a", Performance: rate(1, 1)}, {ID: "b", Performance: rate(3, 2), Schedule: target}}); !errors.Is(err, incentives.ErrParameter) || !errors.Is(err, incentives.ErrNumerator) {
		t.Error(err)
	}
	if _, _, _, err := groups.TouchpointBonus(x("1"), []groups.Metric{{ID: "a", Schedule: target}, {ID: "a", Schedule: target}}); !errors.Is(err, incentives.ErrDuplicate) {
		t.Error(err)
	}
	s, status, err := groups.Score([]groups.Metric{{ID: "a", Performance: rate(8, 10), Schedule: target, Weight: x("3")}, {ID: "b", Performance: rate(1, 10), Schedule: target, Weight: x("1")}})
	if err != nil || status != incentives.Scored {
		t.Error(status, err)
	}
	near(t, "score", s, "0.75")

	near(t, "recognition", groups.RecognitionAward(true, false, x("50000"), x("30000")), "50000")
	net, err := groups.PaymentForQuality(x("1000"), x("0.05"), x("0.6"))
	if err != nil {
		t.Error(err)
	}
	near(t, "withhold", net, "980")
	if _, err := groups.PaymentForQuality(x("1000"), x("1.05"), x("0.6")); !errors.Is(err, incentives.ErrRange) {
		t.Error(err)
	}
	a, to, err := groups.AnthemIncentive(rate(80, 100), incentives.Threshold{Target: x("0.8")}, x("5000"), true)
	if err != nil || to != groups.ToGroup {
		t.Error(to, err)
	}
	near(t, "Anthem", a, "5000")
	a, _, _ = groups.AnthemIncentive(rate(79, 100), incentives.Threshold{Target: x("0.8")}, x("5000"), true)
	near(t, "Anthem, below", a, "0")

	fee, err := groups.BridgesToExcellence(true, 1000)
	if err != nil {
		t.Error(err)
	}
	near(t, "Bridges to Excellence", fee, "125000")
	fee, _ = groups.BridgesToExcellence(false, 1000)
	near(t, "not recognised", fee, "0")
	if _, err := groups.BridgesToExcellence(true, -1); !errors.Is(err, incentives.ErrNegativeCount) {
		t.Error(err)
	}
	near(t, "bundle", groups.GeisingerBundleBonus(x("100000"), []bool{true, true}), "10000")
	near(t, "one step left out", groups.GeisingerBundleBonus(x("100000"), []bool{true, false}), "0")
	near(t, "no steps", groups.GeisingerBundleBonus(x("100000"), nil), "0")
	domains := []incentives.Item{{ID: "cost", Score: x("1"), Weight: x("0.25")}, {ID: "quality", Score: x("0.5"), Weight: x("0.25")}, {ID: "satisfaction", Score: x("1"), Weight: x("0.25")}, {ID: "teaching", Score: x("0.5"), Weight: x("0.25")}}
	earned, risk, err := groups.GeisingerAtRisk(x("200000"), x("0.2"), domains)
	if err != nil {
		t.Error(err)
	}
	near(t, "at risk", risk, "40000")
	near(t, "earned", earned, "30000")
	if _, _, err := groups.GeisingerAtRisk(x("1"), x("0.25"), domains); !errors.Is(err, incentives.ErrRange) {
		t.Error(err)
	}
	c, err := groups.CalifornianBonus(x("200000"), x("5"), incentives.Linear{Lower: x("0"), Upper: x("1"), Full: x("0.3")})
	if err != nil {
		t.Error(err)
	}
	near(t, "15 % even if over-full", c, "30000")
	u, err := groups.MeanUplift([]incentives.Exact{x("100"), x("200")}, []incentives.Exact{x("20"), x("80")})
	if err != nil {
		t.Error(err)
	}
	near(t, "Hill Physicians", u, "0.3")
	if _, err := groups.MeanUplift([]incentives.Exact{x("0")}, []incentives.Exact{x("1")}); !errors.Is(err, incentives.ErrDivision) {
		t.Error(err)
	}
}

func TestStates(t *testing.T) {
	a, err := groups.MassHealthAchievement(x("65"), x("60"), x("80"))
	if err != nil {
		t.Error(err)
	}
	near(t, "achievement", a, "2.5")
	if _, err := groups.MassHealthAchievement(x("65"), x("60"), x("60")); !errors.Is(err, incentives.ErrZeroWidth) {
		t.Error(err)
	}
	near(t, "target", groups.MassHealthImprovementTarget(x("60"), x("70.74")), "2.1")
	if _, capped := groups.MassHealthSubstitution(x("73"), x("85"), x("10")); !capped {
		t.Error("not capped")
	}
	if _, err := groups.MassHealthDomain(nil, nil); !errors.Is(err, incentives.ErrDivision) {
		t.Error(err)
	}
	g, err := groups.GapToGoal(x("0.75"), x("0.5"))
	if err != nil {
		t.Error(err)
	}
	near(t, "half of the way", g, "0.5")
	if _, err := groups.GapToGoal(x("1"), x("1")); !errors.Is(err, incentives.ErrRange) {
		t.Error(err)
	}
	goal := incentives.GapClosing{Fraction: x("0.1"), Goal: x("80"), MinStep: x("3")}
	for p, want := range map[string]bool{"62.9": false, "63": true, "80": true} {
		if groups.OregonMet(x(p), x("80"), x("60"), goal) != want {
			t.Error(p)
		}
	}
	if !groups.OregonFull(12, 12, x("0.6")) || groups.OregonFull(12, 12, x("0.59")) || groups.OregonFull(11, 12, x("1")) {
		t.Error("Oregon")
	}
	full, err := groups.OntarioBonus(x("1100"), 1500)
	if err != nil {
		t.Error(err)
	}
	near(t, "a full panel", full, "1100")
	if _, err := groups.OntarioBonus(x("1100"), -1); !errors.Is(err, incentives.ErrNegativeCount) {
		t.Error(err)
	}
	for _, q := range []string{"80", "60", "44"} {
		if _, err := groups.DjiboutiMultiplier(x(q)); !errors.Is(err, incentives.ErrLookup) {
			t.Error(q, err)
		}
	}
	var sum incentives.Exact
	for _, w := range groups.RwandaWeights() {
		sum = sum.Add(w)
	}
	near(t, "Rwanda", sum, "1")
}

func TestLaws(t *testing.T) {
	left0 := 0
	lawtest.Until(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 6).Draw(t, "n")
		var ps []groups.Physician
		payroll := int64(0)
		for i := range n {
			p := groups.Physician{ID: string(rune('a' + i)), Salary: rapid.Int64Range(0, 30_000_000).Draw(t, "salary"), Score: incentives.Frac(rapid.Int64Range(0, 100).Draw(t, "score"), 100)}
			payroll += p.Salary
			ps = append(ps, p)
		}
		shares, left, err := groups.KaiserPool(ps)
		if err != nil {
			t.Fatal(err)
		}
		sum := left
		for i, s := range shares {
			sum += s.Amount
			if s.Amount > ps[i].Salary/10 {
				t.Fatal("more than 10 % of salary")
			}
		}
		if sum != payroll*7/100 {
			t.Fatalf("%d of a pool of %d", sum, payroll*7/100)
		}
		if left > 0 {
			left0++
		}
		w := incentives.Frac(rapid.Int64Range(0, 100).Draw(t, "earned"), 100)
		net, _ := groups.PaymentForQuality(x("1000"), x("0.1"), w)
		if net.Cmp(x("900")) < 0 || net.Cmp(x("1000")) > 0 || w.Equal(x("1")) != net.Equal(x("1000")) {
			t.Fatal("withhold", net)
		}
	}, func() bool { return left0 > 0 })
}

func TestMore(t *testing.T) {
	ps, total, err := groups.TaskPoints([]groups.Task{{"summaries", 8, 10, x("5")}, {"smoking advice", 0, 0, x("5")}})
	if err != nil || len(ps) != 2 {
		t.Error(ps, err)
	}
	near(t, "tasks", total, "4")
	if _, _, err := groups.TaskPoints([]groups.Task{{"a", 2, 1, x("1")}}); !errors.Is(err, incentives.ErrNumerator) {
		t.Error(err)
	}
	target := incentives.Threshold{Target: x("0.7"), Full: incentives.Int(1)}
	metrics := []groups.Metric{{ID: "a", Performance: rate(8, 10), Schedule: target}, {ID: "b", Performance: rate(1, 10), Schedule: target}}
	b, err := groups.ClinicalPilot(x("1000"), metrics)
	if err != nil {
		t.Error(err)
	}
	near(t, "pilot", b, "500")
	for threshold, want := range map[string]string{"0.5": "900", "0.51": "0"} {
		r, err := groups.PracticeSummary(x("900"), x(threshold), metrics)
		if err != nil {
			t.Error(err)
		}
		near(t, threshold, r, want)
	}
	sides := []incentives.Party{{ID: "primary", Weight: x("1")}, {ID: "specialist", Weight: x("2")}}
	shares, kept, err := groups.JointIncentive(100, x("5"), x("5"), sides)
	if err != nil || kept != 0 || shares[0].Amount != 33 || shares[1].Amount != 67 {
		t.Error(shares, kept, err)
	}
	if shares, kept, _ := groups.JointIncentive(100, x("5.1"), x("5"), sides); shares != nil || kept != 100 {
		t.Error(shares, kept)
	}
	fees, share, err := groups.OnTop(x("1000"), []groups.Fee{{"a", 3, x("20")}, {"b", 2, x("20")}})
	if err != nil {
		t.Error(err)
	}
	near(t, "fees", fees, "100")
	near(t, "of base", share, "0.1")
	if _, _, err := groups.OnTop(x("0"), []groups.Fee{{"a", -3, x("20")}}); !errors.Is(err, incentives.ErrDivision) || !errors.Is(err, incentives.ErrNegativeCount) {
		t.Error(err)
	}
	near(t, "advanced home", groups.AdvancedHome(x("1000"), x("500"), x("1.2")), "1500")
	pay, err := groups.OwnershipPay(x("1000"), x("0.2"), x("0.5"))
	if err != nil {
		t.Error(err)
	}
	near(t, "ownership", pay, "900")
	if _, err := groups.OwnershipPay(x("1000"), x("1.2"), x("0.5")); !errors.Is(err, incentives.ErrRange) {
		t.Error(err)
	}
	scores, ranks, err := groups.Scorecard([]groups.Specialist{{"a", x("0.5"), x("1"), x("1")}, {"b", x("1"), x("1"), x("0.8")}}, x("0.5"), x("0.25"), x("0.25"))
	if err != nil || ranks[0].ID != "b" {
		t.Error(ranks, err)
	}
	near(t, "scorecard", scores[0], "0.75")
	if _, _, err := groups.Scorecard([]groups.Specialist{{ID: "a"}}, x("1"), x("1"), x("1")); !errors.Is(err, incentives.ErrWeights) {
		t.Error(err)
	}
	as := groups.Accountable([]groups.Quarter{{"1", "ldl", x("70"), x("60"), x("65"), incentives.HigherIsBetter}, {"1", "days", x("5"), x("6"), x("4"), incentives.LowerIsBetter}})
	near(t, "gap", as[0].Gap, "5")
	near(t, "no gap", as[1].Gap, "0")
	if !as[0].Improved || !as[1].Improved {
		t.Error(as)
	}
	p, err := groups.ProductivityOf(500, 25, 60, 100, 3, 4)
	if err != nil {
		t.Error(err)
	}
	near(t, "a day", p.SeenPerDay, "20")
	near(t, "generic", p.GenericShare, "0.6")
	near(t, "ambulatory", p.AmbulatoryShare, "0.75")
	if _, err := groups.ProductivityOf(1, 0, 0, 1, 0, 1); !errors.Is(err, incentives.ErrDivision) {
		t.Error(err)
	}
	grid := incentives.Grid{Rows: []string{"high"}, Columns: []string{"low"}, Cells: [][]incentives.Cell{{{Value: x("20")}}}}
	for adherent, want := range map[bool]string{true: "15", false: "20"} {
		c, err := groups.CoPayment(grid, "high", "low", adherent, x("5"))
		if err != nil {
			t.Error(err)
		}
		near(t, "co-payment", c, want)
	}
	if _, err := groups.CoPayment(grid, "low", "low", true, x("5")); !errors.Is(err, incentives.ErrLookup) {
		t.Error(err)
	}
}

func TestScorecardRefusesScores(t *testing.T) {
	third := incentives.Frac(1, 3)
	_, _, err := groups.Scorecard([]groups.Specialist{{ID: "a", Quality: incentives.Int(2)}, {ID: "b", Access: incentives.Int(-1)}}, third, third, third)
	if !errors.Is(err, incentives.ErrRange) || !strings.Contains(err.Error(), "specialist a") || !strings.Contains(err.Error(), "specialist b") {
		t.Error(err)
	}
}

func TestKaiserPoolNamesAllFaults(t *testing.T) {
	one := incentives.Int(1)
	_, _, err := groups.KaiserPool([]groups.Physician{{ID: "a", Salary: -1, Score: one}, {ID: "b", Salary: 5, Score: one}, {ID: "c", Salary: -2, Score: one}})
	if !errors.Is(err, incentives.ErrNegativeMoney) || !strings.Contains(err.Error(), "of a is -1") || !strings.Contains(err.Error(), "of c is -2") {
		t.Error(err)
	}
}
