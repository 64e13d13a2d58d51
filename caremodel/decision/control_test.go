package decision_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"pgregory.net/rapid"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/caremodel/decision"
	"github.com/chroniccare/chroniccare/registry"
)

func control(t interface{ Fatal(...any) }, p decision.ReferralPolicy) *decision.Control {
	c, err := decision.NewControl([]decision.ReferralRule{
		{ID: "mri", Service: "MRI", Verdict: decision.NeedsAuthorisation, Source: "plan"},
		{ID: "back", Specialty: "orthopaedics", Diagnoses: []registry.Code{{System: "urn:t", Value: "M54"}}, Verdict: decision.Redirected, To: "physiotherapy", Source: "plan"},
		{ID: "dm", Specialty: "diabetology", Items: []string{"HbA1c", "letter"}, Source: "plan"},
	}, p)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestReferralControl(t *testing.T) {
	c := control(t, decision.ReferralPolicy{})
	m54 := registry.Code{System: "urn:t", Value: "M54"}
	for name, x := range map[string]struct {
		r    decision.Referral
		want string
	}{
		"rule":     {decision.Referral{Service: "MRI"}, "{needs authorisation mri  [] }"},
		"redirect": {decision.Referral{Specialty: "orthopaedics", Diagnosis: m54}, "{redirected back physiotherapy [] }"},
		"other":    {decision.Referral{Specialty: "orthopaedics"}, "{allowed   [] no rule is about it}"},
		"missing":  {decision.Referral{Specialty: "diabetology", Items: []string{"letter"}}, "{more information dm  [HbA1c] }"},
		"complete": {decision.Referral{Specialty: "diabetology", Items: []string{"letter", "HbA1c"}}, "{allowed dm  [] }"},
		"onward":   {decision.Referral{Service: "MRI", BySpecialist: true}, "{back to primary doctor   [] onward referral by a specialist}"},
		"urgent":   {decision.Referral{Service: "MRI", Urgent: true, BySpecialist: true}, "{allowed   [] urgent: allowed without control}"},
	} {
		if got := fmt.Sprint(c.Check(x.r)); got != x.want {
			t.Errorf("%s: %s, want %s", name, got, x.want)
		}
	}
	if d := control(t, decision.ReferralPolicy{OnwardAllowed: true}).Check(decision.Referral{BySpecialist: true}); d.Verdict != decision.Allowed {
		t.Error(d)
	}
	_, err := decision.NewControl([]decision.ReferralRule{{}, {ID: "a", Source: "s", Verdict: decision.Redirected}, {ID: "a", Source: "s", Verdict: "maybe"}}, decision.ReferralPolicy{ValidDays: -1})
	if !errors.Is(err, caremodel.ErrDefinition) || !errors.Is(err, caremodel.ErrPolicy) || strings.Count(err.Error(), "\n") != 4 {
		t.Error(err)
	}
	week := registry.Period{Start: today, End: today.AddDays(6)}
	cases := c.CaseReview([]decision.Referral{{ID: "b", Service: "MRI", On: today}, {ID: "a", On: today, Difficult: true}, {ID: "c", On: today}, {ID: "d", Service: "MRI", On: today.AddDays(7)}}, week)
	if len(cases) != 2 || cases[0].Referral.ID != "a" || cases[1].Decision.Verdict != decision.NeedsAuthorisation {
		t.Errorf("%+v", cases)
	}
	rates := decision.ReferralRates([]decision.Referral{{Provider: "z", On: today}, {Provider: "a", On: today}, {Provider: "a", On: today.AddDays(9)}}, map[string]int64{"a": 100, "m": 50}, week)
	if fmt.Sprint(rates) != "[{a 1/100 (1.0 %) true} {m 0/50 (0.0 %) true} {z 1/0 (not applicable) true}]" && (len(rates) != 3 || rates[2].Rate.Defined() || !rates[0].NotPayable || rates[0].Rate.Num != 1) {
		t.Error(rates)
	}
}

func TestAuthorised(t *testing.T) {
	late := control(t, decision.ReferralPolicy{AllowedWhenLate: true})
	c := control(t, decision.ReferralPolicy{})
	ask := func(d registry.Date, decided registry.Date, granted bool) []decision.Authorisation {
		return []decision.Authorisation{{Referral: "r", Asked: d, Decided: decided, Granted: granted}, {Referral: "x", Asked: today, Decided: today}}
	}
	for name, x := range map[string]struct {
		c     *decision.Control
		asked []decision.Authorisation
		on    registry.Date
		want  decision.AuthorisationState
		until registry.Date
	}{
		"nothing asked":     {c, nil, today, decision.NotAsked, 0},
		"asked later":       {c, ask(today.AddDays(1), 0, false), today, decision.NotAsked, 0},
		"the seventh day":   {c, ask(today.AddDays(-7), 0, false), today, decision.Pending, 0},
		"the eighth day":    {c, ask(today.AddDays(-8), 0, false), today, decision.Escalated, 0},
		"late and allowed":  {late, ask(today.AddDays(-8), 0, false), today, decision.Granted, today.AddDays(89)},
		"granted":           {c, ask(today.AddDays(-9), today, true), today, decision.Granted, today.AddDays(89)},
		"the last day":      {c, ask(today.AddDays(-95), today.AddDays(-89), true), today, decision.Granted, today},
		"lapsed":            {c, ask(today.AddDays(-95), today.AddDays(-90), true), today, decision.Lapsed, today.AddDays(-1)},
		"refused":           {c, ask(today.AddDays(-3), today, false), today, decision.Refused, 0},
		"asked once more":   {c, append(ask(today.AddDays(-30), today.AddDays(-29), false), decision.Authorisation{Referral: "r", Asked: today}), today, decision.Pending, 0},
		"decided afterward": {c, ask(today.AddDays(-3), today.AddDays(1), true), today, decision.Pending, 0},
	} {
		if got, until := x.c.Authorised("r", x.asked, x.on); got != x.want || until != x.until {
			t.Errorf("%s: %s %s, want %s %s", name, got, until, x.want, x.until)
		}
	}
}

func TestDeviations(t *testing.T) {
	d := func(n int) registry.Date { return today.AddDays(n) }
	given := []decision.Given{
		{Rule: "a", Person: "1", On: d(-40), Followed: d(-10)}, // on the last day of 30
		{Rule: "a", Person: "2", On: d(-40), Followed: d(-9)},  // a day late
		{Rule: "a", Person: "3", On: d(-40)},                   // never
		{Rule: "a", Person: "4", On: d(-30)},                   // still time
		{Rule: "a", Person: "5", On: d(-31)},                   // since today
		{Rule: "b", Person: "6", On: d(-5), Contrary: d(-2)},   // the opposite
		{Rule: "b", Person: "7", On: d(1)},                     // not made yet
	}
	js := []decision.Justification{{Rule: "a", Person: "3", Code: "frailty", On: d(-20), Expires: d(-9)}, {Rule: "a", Person: "2", On: d(-20)}}
	ds, err := decision.FindDeviations(given, js, 30, today)
	if err != nil || len(ds) != 4 || ds[0].Since != d(-9) || ds[0].Justification != "" || ds[1].Given.Person != "3" || ds[1].Justification != "frailty" || !ds[2].Contrary || ds[3].Since != today {
		t.Errorf("%+v %v", ds, err)
	}
	rates, issues, err := decision.DeviationRates(given, js, 30, 3, today)
	if err != nil || len(rates) != 2 || rates[0].Deviations != (registry.Rate{Num: 3, Den: 4}) || rates[0].Unjustified != (registry.Rate{Num: 2, Den: 3}) || !rates[0].Review || rates[1].Review || rates[1].Deviations != (registry.Rate{Num: 1, Den: 1}) || len(issues) != 3 || issues[0].Code != caremodel.Unjustified {
		t.Errorf("%+v %v %v", rates, issues, err)
	}
	_, _, err = decision.DeviationRates([]decision.Given{{Rule: "a"}, {Rule: "a", Person: "1", On: today, Followed: d(-1)}, {Rule: "a", Person: "1", On: today, Contrary: d(-1)}}, nil, -1, -1, today)
	if !errors.Is(err, caremodel.ErrPolicy) || !errors.Is(err, caremodel.ErrAnswer) || strings.Count(err.Error(), "\n") != 4 {
		t.Error(err)
	}
	// of several reasons the first code in the order of letters stands, whatever their order
	two := []decision.Justification{{Rule: "a", Person: "3", Code: "wish", On: d(-20)}, {Rule: "a", Person: "3", Code: "frailty", On: d(-20)}, {Rule: "a", Person: "3", Code: "allergy", On: d(1)}}
	for range 2 {
		if ds, _ := decision.FindDeviations(given[2:3], two, 30, today); ds[0].Justification != "frailty" {
			t.Error(ds)
		}
		slices.Reverse(two)
	}
}

// A justified deviation until the 30th: on the next day the prompt shows again; the gap
// was open all along.
func TestSilence(t *testing.T) {
	end := registry.Day(2024, 6, 30)
	js := []decision.Justification{{Rule: "a", Person: "p", Code: "declined", On: registry.Day(2024, 6, 1), Expires: end}}
	recs := []decision.Recommendation{{Rules: []string{"a"}}, {Rules: []string{"a", "b"}}}
	for on, want := range map[registry.Date]bool{end: true, end.AddDays(1): false, registry.Day(2024, 5, 31): false} {
		decision.Silence(recs, "p", js, on)
		if recs[0].Silent != want || recs[1].Silent {
			t.Errorf("%s: %v", on, recs)
		}
	}
	told, missing, none := decision.PatientView([]decision.Recommendation{{Rules: []string{"a"}, Patient: "k", Silent: true}, {Rules: []string{"b"}, Patient: "k"}}, map[string]string{"k": "Please come."})
	if len(told) != 1 || missing != nil || none != nil {
		t.Error("what is silenced is not told", told, missing, none)
	}
	if decision.Silenced("a", "q", js, end) || decision.Silenced("b", "p", js, end) {
		t.Error("somebody else's")
	}
	js[0].Code = ""
	if decision.Silenced("a", "p", js, end) {
		t.Error("silenced without a reason")
	}
}

// Deviations are never more than recommendations that came due, unjustified never more
// than deviations, and following in time is never a deviation.
func TestDeviationLaws(t *testing.T) {
	found, justified := 0, 0
	lawtest.Until(t, func(t *rapid.T) {
		var given []decision.Given
		var js []decision.Justification
		day := func(name string, from registry.Date) registry.Date {
			if rapid.Bool().Draw(t, name+"?") {
				return 0
			}
			return from.AddDays(rapid.IntRange(0, 25).Draw(t, name))
		}
		for i := range rapid.IntRange(0, 8).Draw(t, "given") {
			on := today.AddDays(rapid.IntRange(-30, 3).Draw(t, "on"))
			g := decision.Given{Rule: rapid.SampledFrom([]string{"a", "b"}).Draw(t, "rule"), Person: fmt.Sprint(i), On: on, Followed: day("followed", on), Contrary: day("contrary", on)}
			given = append(given, g)
			if rapid.Bool().Draw(t, "justified") {
				js = append(js, decision.Justification{Rule: g.Rule, Person: g.Person, Code: "x", On: g.On})
			}
		}
		limit := rapid.IntRange(0, 10).Draw(t, "limit")
		rates, issues, err := decision.DeviationRates(given, js, limit, 0, today)
		if err != nil {
			t.Fatal(err)
		}
		var unjustified int64
		for _, r := range rates {
			if r.Deviations.Num > r.Deviations.Den || r.Unjustified.Num > r.Unjustified.Den || r.Unjustified.Den != r.Deviations.Num || r.Review {
				t.Fatalf("%+v", r)
			}
			found += int(r.Deviations.Num)
			justified += int(r.Deviations.Num - r.Unjustified.Num)
			unjustified += r.Unjustified.Num
		}
		if int64(len(issues)) != unjustified {
			t.Fatal(issues)
		}
		ds, _ := decision.FindDeviations(given, js, limit, today)
		for _, d := range ds {
			if g := d.Given; g.Contrary == 0 && g.Followed != 0 && g.Followed <= g.On.AddDays(limit) {
				t.Fatal("followed in time", d)
			}
		}
		slices.Reverse(given)
		again, _, _ := decision.DeviationRates(given, js, limit, 0, today)
		if fmt.Sprint(again) != fmt.Sprint(rates) {
			t.Fatal("order matters")
		}
	}, func() bool { return found > 0 && justified > 0 })
}

func TestReconcile(t *testing.T) {
	a := decision.Protocol{Site: "A", Rules: []decision.ProtocolRule{{"hba1c", "6 months", "below 7 %", "diabetes"}, {"eye", "12 months", "exam", "diabetes"}, {"feet", "12 months", "exam", "diabetes"}}}
	b := decision.Protocol{Site: "B", Rules: []decision.ProtocolRule{{"hba1c", "6 months", "below 8 %", "diabetes"}, {"eye", "12 months", "exam", "diabetes"}}}
	diffs, same, err := decision.Reconcile([]decision.Protocol{b, a})
	if err != nil || same != (registry.Rate{Num: 1, Den: 3}) || len(diffs) != 2 || diffs[0].String() != `feet, site: "has it" at A; "lacks it" at B` || diffs[1].String() != `hba1c, target: "below 7 %" at A; "below 8 %" at B` {
		t.Error(diffs, same, err)
	}
	_, same, _ = decision.Reconcile([]decision.Protocol{a, {Site: "C", Rules: a.Rules}})
	if same != (registry.Rate{Num: 3, Den: 3}) {
		t.Error(same)
	}
	_, _, err = decision.Reconcile([]decision.Protocol{{Site: "A", Rules: []decision.ProtocolRule{{Key: "x"}, {Key: "x"}, {}}}})
	if !errors.Is(err, caremodel.ErrDefinition) || strings.Count(err.Error(), "\n") != 2 {
		t.Error(err)
	}
	p := decision.ProtocolOf("A", []decision.Rule{{ID: "r", Key: "hba1c", Target: "treat", Goal: decision.Goal{Measure: "HbA1c", Text: "below 7 %"}, When: has(diabetes), Unless: has(stroke)}, {ID: "all", Target: "ask"}}, map[string]string{"hba1c": "6 months"})
	if p.Rules[0].Interval != "6 months" || p.Rules[0].Target != "do treat below 7 %" || !strings.Contains(p.Rules[0].Population, "unless") || p.Rules[1].Key != "all" || p.Rules[1].Population != "everybody" {
		t.Errorf("%+v", p)
	}
}

func TestSpecialists(t *testing.T) {
	d := func(n int) registry.Date { return today.AddDays(n) }
	a := decision.AnswerTimes([]decision.AdviceRequest{{ID: "1", Asked: d(-10), Answered: d(-3)}, {ID: "2", Asked: d(-10), Answered: d(-2), JointClinic: true}, {ID: "3", Asked: d(-8), Specialty: "nephrology"}, {ID: "4", Asked: d(-7)}, {ID: "5", Asked: d(1)}, {ID: "6", Asked: d(-8), Answered: d(2)}, {ID: "7"}, {ID: "8", Asked: d(-1), Answered: d(-2)}}, 7, today)
	if a.LeftOut != 2 || a.Overdue[0].On != today || a.InTime != (registry.Rate{Num: 1, Den: 4}) || a.MedianDays.RatString() != "15/2" || a.Answered != 2 || a.Joint != 1 || len(a.Overdue) != 2 || a.Overdue[0].Detail != "advice from nephrology" {
		t.Errorf("%+v", a)
	}
	counts, without := decision.EducationLog([]decision.Teaching{{"a", "asthma", decision.OutreachVisit, today, true}, {"b", "asthma", decision.Lecture, today, false}, {"c", "asthma", decision.Lecture, d(400), true}}, []string{"b", "a", "c", "b"}, registry.CalendarYear(2024))
	if fmt.Sprint(counts) != "[{lecture 0/1 (0.0 %) false} {outreach visit 1/1 (100.0 %) true}]" || fmt.Sprint(without) != "[b c]" {
		t.Error(counts, without)
	}
	if got := decision.VisitsDue([]string{"a", "b"}, []decision.Teaching{{"a", "", decision.FeedbackVisit, d(-30), true}, {"b", "", decision.FeedbackVisit, d(-31), true}}, d(-30), today); fmt.Sprint(got) != "[b]" {
		t.Error("since a day includes it", got)
	}
	if got := decision.VisitsDue([]string{"b", "a", "a"}, []decision.Teaching{{"b", "", decision.FeedbackVisit, today, true}, {"a", "", decision.Lecture, today, true}}, d(-30), today); fmt.Sprint(got) != "[a]" {
		t.Error(got)
	}
}
