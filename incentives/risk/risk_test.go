package risk_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"pgregory.net/rapid"

	"github.com/chroniccare/chroniccare/incentives"
	"github.com/chroniccare/chroniccare/incentives/risk"
	"github.com/chroniccare/chroniccare/registry"
)

func x(s string) incentives.Exact { return incentives.MustParse(s) }

func near(t *testing.T, what string, got incentives.Exact, want string) {
	t.Helper()
	if !got.Equal(x(want)) {
		t.Errorf("%s: %s, want %s", what, got, want)
	}
}

// Mack 1994: the triangle that open actuarial libraries reproduce.
func TestChainLadder(t *testing.T) {
	var triangle [][]incentives.Exact
	for _, row := range []string{"5012 8269 10907 11805 13539 16181 18009 18608 18662 18834", "106 4285 5396 10666 13782 15599 15496 16169 16704", "3410 8992 13873 16141 18735 22214 22863 23466",
		"5655 11555 15766 21266 23425 26083 27067", "1092 9565 15836 22169 25955 26180", "1513 6445 11702 12935 15852", "557 4020 10946 12314", "1351 6947 13112", "3133 5395", "2063"} {
		var r []incentives.Exact
		for f := range strings.FieldsSeq(row) {
			r = append(r, x(f))
		}
		triangle = append(triangle, r)
	}
	l, err := risk.ChainLadder(triangle, x("1"))
	if err != nil {
		t.Fatal(err)
	}
	six := incentives.Rounding{Mode: incentives.HalfAwayFromZero, Places: 6}
	want := []string{"0.000000", "153.953917", "617.370924", "1636.142163", "2746.736343", "3649.103184", "5435.302590", "10907.192510", "10649.984101", "16339.442529"}
	for i, w := range want {
		if got := l.IBNR[i].Round(six).Fixed(6); got != w {
			t.Errorf("origin %d: %s, want %s", i, got, w)
		}
	}
	if got := l.Total.Round(six).Fixed(6); got != "52135.228261" || l.Shrinks {
		t.Error(got)
	}
	for name, bad := range map[string][][]incentives.Exact{"empty": {}, "growing": {{x("1")}, {x("1"), x("2")}}, "negative": {{x("-1"), x("2")}}, "no row": {{}}, "a column of nothing": {{x("0"), x("2")}, {x("0")}}} {
		if _, err := risk.ChainLadder(bad, x("1")); !errors.Is(err, incentives.ErrTriangle) {
			t.Error(name, err)
		}
	}
}

func TestBudgets(t *testing.T) {
	bs, err := risk.Capitation(x("100"), []risk.Cell{{Plan: "A", Members: 10, Relativity: x("0.5")}, {Plan: "B", Members: 1, Relativity: x("2"), Severity: x("1.5")}, {Plan: "A", Members: 1, Relativity: x("3")}})
	if err != nil || len(bs) != 2 || bs[0].Members != 11 {
		t.Fatal(bs, err)
	}
	near(t, "A", bs[0].Amount, "800")
	near(t, "B", bs[1].Amount, "300")
	if _, err := risk.Capitation(x("-1"), []risk.Cell{{Members: 1}, {Members: -1, Relativity: x("1")}}); !errors.Is(err, incentives.ErrParameter) || !errors.Is(err, incentives.ErrNegativeMoney) {
		t.Error(err)
	}
	r, err := risk.PaymentRatio(x("1120"), x("1000"))
	if err != nil {
		t.Error(err)
	}
	near(t, "112 %", r, "1.12")
	if _, err := risk.PaymentRatio(x("1"), x("0")); !errors.Is(err, incentives.ErrDivision) {
		t.Error(err)
	}
	scope := risk.Scope{"office": x("1"), "hospital": x("0"), "drugs": x("0.5"), "bad": x("2")}
	g, p, err := scope.Split([]risk.Claim{{"1", "office", x("100")}, {"2", "hospital", x("900")}, {"3", "drugs", x("50")}})
	if err != nil {
		t.Error(err)
	}
	near(t, "group", g, "125")
	near(t, "plan", p, "925")
	_, _, err = scope.Split([]risk.Claim{{"1", "none", x("1")}, {"2", "bad", x("1")}, {"3", "office", x("-1")}})
	for _, want := range []error{incentives.ErrLookup, incentives.ErrShares, incentives.ErrNegativeMoney} {
		if !errors.Is(err, want) {
			t.Errorf("%v lacks %v", err, want)
		}
	}
	limit := x("1000000")
	s := risk.StopLoss{Attachment: x("100000"), Coinsurance: x("0.9"), Cap: &limit}
	for cost, want := range map[string]string{"250000": "135000", "100000": "0", "99999": "0", "5000000": "1000000"} {
		kept, re, err := s.Apply(x(cost))
		if err != nil || !kept.Add(re).Equal(x(cost)) {
			t.Error(cost, err)
		}
		near(t, cost, re, want)
	}
	if _, _, err := s.Apply(x("-1")); !errors.Is(err, incentives.ErrNegativeMoney) {
		t.Error(err)
	}
	inc, ibnr, err := risk.CompletionIBNR(x("800000"), x("0.8"))
	if err != nil {
		t.Error(err)
	}
	near(t, "incurred", inc, "1000000")
	near(t, "IBNR", ibnr, "200000")
	if _, _, err := risk.CompletionIBNR(x("1"), x("1.1")); !errors.Is(err, incentives.ErrRange) {
		t.Error(err)
	}
	share := risk.Gainsharing{Parties: []risk.Party{{"plan", x("0.5"), x("0.8")}, {"group", x("0.5"), x("0.2")}}, GateOpen: true, Default: "plan"}
	for name, c := range map[string]struct {
		g            risk.Gainsharing
		budget, cost string
		group        string
	}{
		"a surplus":           {share, "1000", "900", "50"},
		"a deficit":           {share, "900", "1000", "-20"},
		"behind a gate":       {risk.Gainsharing{Parties: share.Parties, Default: "plan"}, "1000", "900", "0"},
		"inside a corridor":   {risk.Gainsharing{Parties: share.Parties, GateOpen: true, Default: "plan", Corridor: incentives.Bands{{From: x("0"), Share: x("0")}, {From: x("50"), Share: x("1")}}}, "1000", "960", "0"},
		"beyond the corridor": {risk.Gainsharing{Parties: share.Parties, GateOpen: true, Default: "plan", Corridor: incentives.Bands{{From: x("0"), Share: x("0")}, {From: x("50"), Share: x("1")}}}, "1000", "900", "25"},
	} {
		got, err := c.g.Settle(x(c.budget), x(c.cost))
		if err != nil {
			t.Error(name, err)
			continue
		}
		near(t, name, got[1].Amount, c.group)
		if !got[0].Amount.Add(got[1].Amount).Equal(x(c.budget).Sub(x(c.cost))) {
			t.Error(name, "does not add up", got)
		}
	}
	if _, err := (risk.Gainsharing{Parties: []risk.Party{{"a", x("0.5"), x("1")}}, Default: "b"}).Settle(x("1"), x("1")); !errors.Is(err, incentives.ErrShares) {
		t.Error(err)
	}
}

func TestContracts(t *testing.T) {
	b := risk.Bundle{Base: x("20000"), Historical: x("4000"), Share: x("0.5")}
	near(t, "price", b.Price(), "22000")
	op := registry.Day(2024, 1, 1)
	absorbed, margin, ids, err := b.Settle(op, []risk.EpisodeClaim{{"in", op.AddDays(45), x("5000"), true}, {"day 90", op.AddDays(90), x("1"), true}, {"day 91", op.AddDays(91), x("100"), true}, {"before", op.AddDays(-1), x("100"), true}, {"unrelated", op, x("100"), false}})
	if err != nil || fmt.Sprint(ids) != "[in day 90]" {
		t.Error(ids, err)
	}
	near(t, "absorbed", absorbed, "5001")
	near(t, "margin", margin, "-3001")
	if _, _, _, err := (risk.Bundle{Share: x("2")}).Settle(op, nil); !errors.Is(err, incentives.ErrRange) {
		t.Error(err)
	}
	if _, _, _, err := b.Settle(op, []risk.EpisodeClaim{{"n", op, x("-1"), true}}); !errors.Is(err, incentives.ErrNegativeMoney) {
		t.Error(err)
	}
	pay, err := risk.DepressionCare{Rate: x("10"), Bundle: x("200")}.Pay(120, 3)
	if err != nil {
		t.Error(err)
	}
	near(t, "DIAMOND", pay, "1800")
	rate, unspent, err := risk.NeutralRate(100_000, 20_000, 2, 7)
	if err != nil || rate != 8571 || unspent != 3 || rate*7+unspent+40_000 != 100_000 {
		t.Error(rate, unspent, err)
	}
	if _, _, err := risk.NeutralRate(1, 2, 3, 4); !errors.Is(err, incentives.ErrRange) {
		t.Error(err)
	}
	payable, withheld := risk.NeverEvents([]risk.Claim{{"1", "", x("100")}, {"2", "", x("50")}}, map[string]string{"2": "wrong site"})
	near(t, "payable", payable, "100")
	near(t, "withheld", withheld["wrong site"], "50")
	fees, net, err := risk.CoordinationFee(true, 100, 12, x("3"), x("5000"))
	if err != nil {
		t.Error(err)
	}
	near(t, "fees", fees, "3600")
	near(t, "net", net, "1400")
	c, err := risk.ComprehensivePayment(x("1000"), x("1.2"), []incentives.Item{{ID: "quality", Weight: x("0.1"), Score: x("0.5")}, {ID: "none", Weight: x("0.1"), Score: x("1"), Status: incentives.NotReported}})
	if err != nil {
		t.Error(err)
	}
	near(t, "comprehensive", c, "1260")
	p, s, err := risk.SubCapitation(1000, 12, x("2"), x("20000"))
	if err != nil {
		t.Error(err)
	}
	near(t, "sub-capitation", p, "24000")
	near(t, "surplus", s, "4000")
	even, err := risk.PerDiemBreakEven(x("9000"), x("1500"))
	if err != nil {
		t.Error(err)
	}
	near(t, "days", even, "6")
	saving, n, err := risk.SiteOfCare(1000, x("0.5"), x("2000"), x("1000"), x("100500"))
	if err != nil || n != 101 {
		t.Error(n, err)
	}
	near(t, "saving", saving, "399500")
	if _, _, err := risk.SiteOfCare(1, x("1"), x("1"), x("1"), x("1")); !errors.Is(err, incentives.ErrRange) {
		t.Error(err)
	}
	rs, err := risk.AgainstPlan([]risk.ServiceLine{{"surgery", 1, x("100"), x("120")}, {"surgery", 2, x("100"), x("90")}, {"surgery", 3, x("100"), x("0")}, {"clinic", 1, x("0"), x("5")}}, 2)
	if err != nil || len(rs) != 2 || rs[0].Line != "surgery" || !rs[0].Loss || rs[1].Percent != nil {
		t.Fatal(rs, err)
	}
	near(t, "variance", rs[0].Variance, "10")
	near(t, "per cent", *rs[0].Percent, "5")
	near(t, "forecast", rs[0].Forecast, "310")
	if _, err := risk.AgainstPlan(nil, 13); !errors.Is(err, incentives.ErrPeriod) {
		t.Error(err)
	}
	for _, err := range []error{second(risk.DepressionCare{}.Pay(-1, 0)), second(risk.ComprehensivePayment(x("-1"), x("1"), nil)), second(risk.PerDiemBreakEven(x("1"), x("0")))} {
		if err == nil {
			t.Error("no error")
		}
	}
}

func second[T any](_ T, err error) error { return err }

func TestLaws(t *testing.T) {
	reinsured := 0
	lawtest.Until(t, func(t *rapid.T) {
		cost := incentives.Int(rapid.Int64Range(0, 500).Draw(t, "cost"))
		at := incentives.Int(rapid.Int64Range(0, 300).Draw(t, "attachment"))
		limit := incentives.Int(rapid.Int64Range(0, 200).Draw(t, "cap"))
		s := risk.StopLoss{Attachment: at, Coinsurance: incentives.Frac(rapid.Int64Range(0, 10).Draw(t, "coins"), 10), Cap: &limit}
		kept, re, err := s.Apply(cost)
		if err != nil || !kept.Add(re).Equal(cost) || re.Cmp(limit) > 0 || re.Sign() < 0 {
			t.Fatal(kept, re, err)
		}
		if re.Sign() > 0 {
			reinsured++
		}
		higher := s
		higher.Attachment = at.Add(incentives.Int(1))
		if _, less, _ := higher.Apply(cost); less.Cmp(re) > 0 {
			t.Fatal("a higher attachment reinsures more")
		}
		k := incentives.Int(rapid.Int64Range(2, 5).Draw(t, "k"))
		capK := limit.Mul(k)
		if _, times, _ := (risk.StopLoss{Attachment: at.Mul(k), Coinsurance: s.Coinsurance, Cap: &capK}).Apply(cost.Mul(k)); !times.Equal(re.Mul(k)) {
			t.Fatal("scale")
		}
		// a complete triangle has nothing to come, and scale goes through
		a, b := incentives.Int(rapid.Int64Range(1, 9).Draw(t, "a")), incentives.Int(rapid.Int64Range(1, 9).Draw(t, "b"))
		full, err := risk.ChainLadder([][]incentives.Exact{{a, b}, {b, a}}, incentives.Int(1))
		if err != nil || full.Total.Sign() != 0 {
			t.Fatal(full, err)
		}
		part, _ := risk.ChainLadder([][]incentives.Exact{{a, b}, {b}}, incentives.Int(1))
		times, _ := risk.ChainLadder([][]incentives.Exact{{a.Mul(k), b.Mul(k)}, {b.Mul(k)}}, incentives.Int(1))
		if !times.Total.Equal(part.Total.Mul(k)) {
			t.Fatal("chain ladder scale")
		}
	}, func() bool { return reinsured > 0 })
}

func TestPay(t *testing.T) {
	in, err := risk.Blend([]risk.Stream{{"cure", risk.CapitationPay, x("1000"), x("2"), x("0")}, {"prevention", risk.FeeForService, x("50"), x("20"), x("0.5")}})
	if err != nil {
		t.Error(err)
	}
	near(t, "blend", in.Total, "3000")
	near(t, "on quality", in.QualityRisk, "1/6")
	if _, err := risk.Blend([]risk.Stream{{Units: x("-1")}}); !errors.Is(err, incentives.ErrRange) {
		t.Error(err)
	}
	near(t, "score", risk.ScorePayment(x("800"), x("1.25")), "1000")
	costs := []incentives.Exact{x("100"), x("101"), x("50")}
	for whole, want := range map[bool]string{false: "1", true: "101"} {
		ins, svc, err := risk.InsuranceRisk(costs, x("100"), whole)
		if err != nil || !ins.Add(svc).Equal(x("251")) {
			t.Error(ins, svc, err)
		}
		near(t, "insurance", ins, want)
	}
	e, err := risk.PoolSize(10000, 1000, 5000, 0.05, 0.05)
	if err != nil || e.StandardError != 50 || e.ChanceOver < 0.158 || e.ChanceOver > 0.159 || e.Needed != 27056 {
		t.Errorf("%+v %v", e, err)
	}
	if _, err := risk.PoolSize(0, 1, 1, 1, 0.1); !errors.Is(err, incentives.ErrRange) {
		t.Error(err)
	}
	kept, back := risk.Carry(x("80"), x("1000"), x("0.05"))
	near(t, "carried", kept, "50")
	near(t, "returned", back, "30")
	kept, _ = risk.Carry(x("-80"), x("1000"), x("0.05"))
	near(t, "a deficit", kept, "-50")
	p, err := risk.Tariff([]risk.Activity{{"hip", x("2")}, {"clinic", x("10")}}, map[string]incentives.Exact{"hip": x("5000")}, map[string]incentives.Exact{"clinic": x("100")})
	if err != nil || len(p.Local) != 1 {
		t.Error(p, err)
	}
	near(t, "tariff", p.Total, "11000")
	near(t, "unpriced", p.Unpriced, "1/11")
	if _, err := risk.Tariff([]risk.Activity{{"x", x("1")}}, nil, nil); !errors.Is(err, incentives.ErrLookup) {
		t.Error(err)
	}
	near(t, "quality tariff", risk.QualityTariff(x("5000"), x("0.02")), "5100")
	bal, saving, err := risk.PACE(x("3000"), x("2000"), x("4800"), x("5500"))
	if err != nil {
		t.Error(err)
	}
	near(t, "PACE", bal, "200")
	near(t, "saving", saving, "1/11")
	balance, parts, err := risk.PooledBudget([]risk.Partner{{"health", x("600"), x("0.6")}, {"social", x("400"), x("0.4")}}, x("900"))
	if err != nil {
		t.Error(err)
	}
	near(t, "pooled", balance, "100")
	near(t, "part", parts[1].Amount, "40")
	if _, _, err := risk.PooledBudget([]risk.Partner{{"a", x("-1"), x("0.5")}}, x("0")); !errors.Is(err, incentives.ErrShares) || !errors.Is(err, incentives.ErrNegativeMoney) {
		t.Error(err)
	}
	a := risk.PersonalBudget{Allowance: x("1000"), CarriedIn: x("100"), CarryLimit: x("200"), Categories: map[string]bool{"home care": true}}.Settle([]risk.Purchase{{"home care", x("700")}, {"holiday", x("100")}, {"home care", x("-1")}})
	if len(a.Disallowed) != 2 {
		t.Error(a.Disallowed)
	}
	near(t, "balance", a.Balance, "400")
	near(t, "carried", a.CarriedOut, "200")
	near(t, "unspent", a.Unspent, "200")
	for rate, want := range map[string]bool{"0.09": true, "0.11": true, "0.12": false, "0.08": false} {
		if fee, usual := risk.ManagementFee(x("10000000"), x(rate)); usual != want || fee.Sign() <= 0 {
			t.Error(rate, fee, usual)
		}
	}
	s, usual, err := risk.OverheadShare(x("18"), x("100"))
	if err != nil || !usual {
		t.Error(usual, err)
	}
	near(t, "overhead", s, "0.18")
	if _, _, err := risk.OverheadShare(x("1"), x("0")); !errors.Is(err, incentives.ErrDivision) {
		t.Error(err)
	}
	pos, err := risk.RiskPosition(x("50"), x("30"), x("20"), x("80"), x("20"), x("0"))
	if err != nil {
		t.Error(err)
	}
	near(t, "position", pos, "0.7")
	if _, err := risk.RiskPosition(x("0"), x("0"), x("0"), x("1"), x("1"), x("1")); !errors.Is(err, incentives.ErrDivision) {
		t.Error(err)
	}
	ok, broken, pay := risk.ChainOfCare([]risk.Term{{"volume", x("100"), x("100"), false, x("10")}, {"cost", x("50"), x("51"), true, x("5")}})
	if len(ok) != 1 || len(broken) != 1 {
		t.Error(ok, broken)
	}
	near(t, "chain", pay, "10")
	q, cancel, err := risk.DiseaseProgramme{PatientFee: x("15"), ClassFee: x("20"), MissedBeforeLeaving: 2}.Quarter([]int{0, 2, 1}, 3)
	if err != nil || fmt.Sprint(cancel) != "[1]" {
		t.Error(cancel, err)
	}
	near(t, "quarter", q, "90")
	if _, _, err := (risk.DiseaseProgramme{}).Quarter(nil, 0); !errors.Is(err, incentives.ErrRange) {
		t.Error(err)
	}
	_, net := risk.Substitution([]risk.Shift{{"hospital", x("10"), x("4"), x("900")}, {"home", x("0"), x("20"), x("70")}})
	near(t, "substitution", net, "-4000")
	f, st := risk.FederalSplit(x("101"), x("0.5"))
	near(t, "federal", f, "50.5")
	near(t, "state", st, "50.5")
	g, err := risk.GraduatedShare([]incentives.Step{{Floor: x("1"), Value: x("0.25")}, {Floor: x("3"), Value: x("0.5")}}, x("2"))
	if err != nil {
		t.Error(err)
	}
	near(t, "graduated", g, "0.25")
	if _, err := risk.GraduatedShare(nil, x("2")); err == nil {
		t.Error("no stages")
	}
	if got := risk.SelfReferrals([][2]string{{"d1", "lab"}, {"d1", "gym"}, {"d2", "lab"}}, map[string][]string{"d1": {"lab"}}); fmt.Sprint(got) != "[[d1 lab]]" {
		t.Error(got)
	}
}

func TestAgainstPlanNamesAllFaults(t *testing.T) {
	_, err := risk.AgainstPlan([]risk.ServiceLine{{Line: "a", Month: 13}, {Line: "b", Month: 0}}, 14)
	if !errors.Is(err, incentives.ErrPeriod) || !strings.Contains(err.Error(), "month 14") || !strings.Contains(err.Error(), "13 of a") || !strings.Contains(err.Error(), "0 of b") {
		t.Error(err)
	}
}
