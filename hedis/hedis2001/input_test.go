package hedis2001_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/hedis"
	. "github.com/chroniccare/chroniccare/hedis/hedis2001"
	"github.com/chroniccare/chroniccare/registry"
)

func TestTable1Has34(t *testing.T) {
	entries, err := Table1()
	if err != nil {
		t.Fatal(err)
	}
	groups := map[string]int{}
	ids := map[string]bool{}
	for i, e := range entries {
		groups[e.Category]++
		if e.Number != 0 && e.Number != i+1 || ids[e.ID] || e.Source == "" || e.Confidence == "" {
			t.Errorf("%+v", e)
		}
		ids[e.ID] = true
	}
	want := map[string]int{"access and service": 8, "behavioural health": 2, "child and adolescent": 4, "living with illness": 15, "staying healthy": 5, "companion": 4}
	for k, n := range want {
		if groups[k] != n {
			t.Errorf("%s: %d, want %d", k, groups[k], n)
		}
	}
	p, err := Programme(2001, Params{})
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range p.Indicators {
		if !ids[x.ID] || x.Question == "" || len(x.Notes) == 0 {
			t.Errorf("%s: %q %v", x.ID, x.Question, x.Notes)
		}
		delete(ids, x.ID)
	}
	for _, c := range []hedis.SurveyComposite{GettingCareQuickly(), GettingNeededCare()} {
		if err := c.Check(); err != nil || !ids[c.ID] {
			t.Error(c.ID, err)
		}
		delete(ids, c.ID)
	}
	if len(ids) != 0 {
		t.Errorf("without a definition: %v", ids)
	}
}

func TestBindingErrorsTogether(t *testing.T) {
	_, warnings, err := New(2001, Params{}, nil)
	var missing *registry.MissingSets
	if !errors.As(err, &missing) || len(missing.Missing) < 30 || !errors.Is(err, registry.ErrValueSet) {
		t.Errorf("%v", err)
	}
	if !slices.ContainsFunc(warnings, func(s string) bool { return strings.Contains(s, "COPD") }) {
		t.Error(warnings)
	}
	sets := testSets(t)
	for i := range sets {
		if sets[i].Name == "HbA1c Test" || sets[i].Name == "COPD" {
			sets[i].Codes = nil
		}
	}
	_, warnings, err = New(2001, Params{}, sets)
	if !errors.As(err, &missing) || len(missing.Empty) != 1 || missing.Empty[0].Name != "HbA1c Test" || len(warnings) != 1 {
		t.Errorf("%v, %v", err, warnings)
	}
	if sets[0].Codes == nil {
		t.Error("the caller's sets were changed")
	}
	_, _, err = New(12000, Params{Exclusions: 9, PoorAbove: registry.Num(99, 0), LDLYears: -1, LowRiskNeeded: 4, VaccineMinAgeDays: -1, Product: "x"}, sets)
	if !errors.Is(err, ErrParams) || len(strings.Split(err.Error(), "\n")) != 7 {
		t.Error(err)
	}
}

func TestStarterCodes(t *testing.T) {
	sets, missing, err := Starter()
	if err != nil || len(missing) != 8 {
		t.Fatal(missing, err)
	}
	has := func(name, system, value string) bool {
		for _, s := range sets {
			if s.Name == name {
				return s.Contains(registry.NewCode(system, value))
			}
		}
		return false
	}
	icd := string(registry.ICD9CM)
	for _, c := range []struct {
		set, code string
		want      bool
	}{{"Diabetes", "250.00", true}, {"Diabetes", "250.93", true}, {"Diabetes", "251.0", false}, {"Diabetes", "357.2", true}, {"Mental Illness", "295.30", true}, {"Mental Illness", "294.8", false},
		{"COPD", "491.21", true}, {"COPD", "491.0", false}, {"Heart Block Above First Degree", "426.11", false}, {"Heart Block Above First Degree", "426.52", true}, {"Pregnancy", "V22.1", true}, {"Sexual Activity", "V24.2", true}, {"Acute Myocardial Infarction", "410.00", false}} {
		if has(c.set, icd, c.code) != c.want {
			t.Errorf("%s %s: want %v", c.set, c.code, c.want)
		}
	}
	if !has("DTaP", string(registry.CVX), "20") || !has("HbA1c Test", string(registry.LOINC), "4548-4") {
		t.Error("free codes are missing")
	}
}

func TestBadFacts(t *testing.T) {
	e := edition(t, 2001, Params{})
	c := e.Chart()
	var out hedis.Outcome
	base := person(on(1950, 1, 1), dx("Diabetes", on(2001, 1, 1), "EMER", 1))
	in := func(p *registry.Patient, id string) int {
		c.Load(p)
		return counts(e, c, &out, id).Of(hedis.InitialPopulation)
	}
	if in(base, "cdc-eye") != 1 {
		t.Fatal("the base must be in")
	}
	noBirth := *base
	noBirth.Birth = 0
	late := *base
	late.Birth = on(2003, 1, 1)
	noSex := *person(on(1940, 1, 1))
	noSex.Gender = registry.SexUnknown
	bare := *base
	bare.Enrolments = nil
	noLine := line(base, "", on(1990, 1, 1))
	reversed := *base
	reversed.Enrolments = append([]registry.Enrolment{{Period: registry.Period{Start: on(2001, 5, 1), End: on(2001, 4, 1)}, Product: registry.Commercial, Benefits: full}}, base.Enrolments...)
	for name, got := range map[string]int{"no birth date": in(&noBirth, "cdc-eye"), "born after the year": in(&late, "cdc-eye"), "sex not recorded": in(&noSex, "bcs"), "no enrolment": in(&bare, "cdc-eye"), "no product line": in(noLine, "cdc-eye")} {
		if got != 0 {
			t.Errorf("%s: in the population", name)
		}
	}
	if in(&reversed, "cdc-eye") != 1 {
		t.Error("a reversed span takes a member out")
	}
	// an open stay is never an index event
	open := stay("s", "Acute Myocardial Infarction", on(2001, 5, 1), on(2001, 5, 9), "home")
	for i := range open {
		open[i].When = registry.Since(on(2001, 5, 1))
	}
	if in(person(on(1950, 1, 1), open...), "bbh") != 0 {
		t.Error("an open stay is an event")
	}
	// with enrolment assumed the record without spans is in
	a := edition(t, 2001, Params{AssumeEnrolled: true})
	ac := a.Chart()
	ac.Load(&bare)
	if counts(a, ac, &out, "cdc-eye").Of(hedis.InitialPopulation) != 1 {
		t.Error("enrolment assumed, yet out")
	}
	// Medicare alone
	m := edition(t, 2001, Params{Product: registry.Medicare})
	mc := m.Chart()
	mc.Load(base)
	if counts(m, mc, &out, "cdc-eye").Of(hedis.InitialPopulation) != 0 {
		t.Error("a commercial member in a Medicare run")
	}
}

// What an edition changes shows at its edge.
func TestParameters(t *testing.T) {
	diabetic := person(on(1950, 1, 1), dx("Diabetes", on(2001, 1, 1), "EMER", 1), value(lab("HbA1c Test", on(2001, 5, 1)), 93, -1, "%"))
	hyper := person(on(1940, 1, 1), dx("Essential Hypertension", on(2001, 2, 1), "AMB", 1), pressure(on(2001, 9, 1), 140, 90))
	asthma := person(on(1980, 1, 1), dx("Asthma", on(2000, 6, 1), "EMER", 1))
	copd := with(asthma, dx("COPD", on(2000, 6, 1), "AMB", 1))
	young := person(on(1975, 1, 1), fill("Contraceptives", on(2001, 1, 1), 30))
	same := with(person(on(1970, 1, 1), stay("s", "Mental Illness", on(2001, 5, 1), on(2001, 5, 10), "home")...), visit("AMB", on(2001, 5, 10), ProviderMentalHealth))
	ldl := with(person(on(1950, 1, 1), dx("Diabetes", on(2001, 1, 1), "EMER", 1)), lab("LDL-C Test", on(2000, 5, 1)))
	lapse := gap(line(person(on(1960, 1, 1)), registry.Medicaid, on(1990, 1, 1)), on(2001, 5, 1), 62)
	pregnant := with(person(on(1980, 1, 1)), lab("Pregnancy Test", on(2001, 5, 1)), lab("X-ray", on(2001, 5, 8)))
	for _, c := range []struct {
		name   string
		p      Params
		who    *registry.Patient
		id     string
		pop    hedis.Population
		before int
		after  int
	}{
		{"poor above 9.0", Params{PoorAbove: registry.Num(9, 0)}, diabetic, "cdc-hba1c-poor", hedis.Numerator, 0, 1},
		{"strict blood pressure", Params{StrictBloodPressure: true}, hyper, "cbp", hedis.Numerator, 1, 0},
		{"asthma in both years", Params{AsthmaBothYears: true}, asthma, "asm-combined", hedis.InitialPopulation, 1, 0},
		{"COPD kept", Params{AsthmaKeepCOPD: true}, copd, "asm-combined", hedis.DenominatorExclusion, 1, 0},
		{"chlamydia, 26 on 1 January", Params{ChlamydiaAgeAtStart: true}, young, "chl-combined", hedis.InitialPopulation, 1, 0},
		{"chlamydia, 15 on 1 January", Params{ChlamydiaAgeAtStart: true}, person(on(1985, 1, 2), fill("Contraceptives", on(2001, 1, 1), 30)), "chl-combined", hedis.InitialPopulation, 1, 0},
		{"chlamydia, 16 on 1 January", Params{ChlamydiaAgeAtStart: true}, person(on(1985, 1, 1), fill("Contraceptives", on(2001, 1, 1), 30)), "chl-combined", hedis.InitialPopulation, 1, 1},
		{"chlamydia, 25 on 1 January", Params{ChlamydiaAgeAtStart: true}, person(on(1975, 1, 2), fill("Contraceptives", on(2001, 1, 1), 30)), "chl-combined", hedis.InitialPopulation, 1, 1},
		{"not the same day", Params{FollowUpNotSameDay: true}, same, "fuh-7", hedis.Numerator, 1, 0},
		{"one year of LDL-C", Params{LDLYears: 1}, ldl, "cdc-ldl-screening", hedis.Numerator, 1, 0},
		{"by the month: two days of two months", Params{MonthlyMedicaid: true}, lapse, "aap-20-44", hedis.InitialPopulation, 0, 0},
		{"by the month: one month", Params{MonthlyMedicaid: true}, gap(line(person(on(1960, 1, 1)), registry.Medicaid, on(1990, 1, 1)), on(2001, 4, 2), 59), "aap-20-44", hedis.InitialPopulation, 0, 1},
		{"pregnancy test before an X-ray", Params{PregnancyTestExclusion: true}, pregnant, "chl-combined", hedis.DenominatorExclusion, 0, 1},
	} {
		for k, p := range []Params{{}, c.p} {
			e := edition(t, 2001, p)
			chart := e.Chart()
			chart.Load(c.who)
			var out hedis.Outcome
			if got, want := counts(e, chart, &out, c.id).Of(c.pop), []int{c.before, c.after}[k]; got != want {
				t.Errorf("%s, step %d: %d, want %d", c.name, k, got, want)
			}
		}
	}
}

// The target of the study's incentive, at its edge, and its partition with poor
// control.
func TestHbA1cAtMost(t *testing.T) {
	p, err := Programme(2001, Params{})
	if err != nil {
		t.Fatal(err)
	}
	p.Indicators = append(p.Indicators, HbA1cAtMost(Params{}, registry.Num(75, -1)), HbA1cAtMost(Params{}, registry.Num(95, -1)))
	e, err := hedis.New(p, testSets(t))
	if err != nil {
		t.Fatal(err)
	}
	c := e.Chart()
	var out hedis.Outcome
	diabetic := person(on(1950, 1, 1), dx("Diabetes", on(2001, 1, 1), "EMER", 1))
	for _, x := range []struct {
		who          *registry.Patient
		target, rest int
	}{{diabetic, 0, 0}, {with(diabetic, lab("HbA1c Test", on(2001, 5, 1))), 0, 0}, {with(diabetic, value(lab("HbA1c Test", on(2001, 5, 1)), 75, -1, "%")), 1, 1},
		{with(diabetic, value(lab("HbA1c Test", on(2001, 5, 1)), 76, -1, "%")), 0, 1}, {with(diabetic, value(lab("HbA1c Test", on(2001, 5, 1)), 95, -1, "%")), 0, 1}, {with(diabetic, value(lab("HbA1c Test", on(2001, 5, 1)), 96, -1, "%")), 0, 0}} {
		c.Load(x.who)
		if got := counts(e, c, &out, "hba1c-at-most-7.5").Of(hedis.Numerator); got != x.target {
			t.Errorf("at most 7.5: %d, want %d", got, x.target)
		}
		rest := counts(e, c, &out, "hba1c-at-most-9.5").Of(hedis.Numerator)
		if rest != x.rest || rest+counts(e, c, &out, "cdc-hba1c-poor").Of(hedis.Numerator) != 1 {
			t.Errorf("at most 9.5: %d, want %d, and poor the rest", rest, x.rest)
		}
	}
}

// Explanations and gaps name what decided.
func TestExplains(t *testing.T) {
	e := edition(t, 2001, Params{})
	c := e.Chart()
	diabetic := person(on(1950, 1, 1), dx("Diabetes", on(2001, 1, 1), "EMER", 1), value(lab("HbA1c Test", on(2001, 5, 1)), 99, -1, "%"))
	c.Load(diabetic)
	text := e.Explain(c, e.Index("cdc-hba1c-poor")).Text()
	for _, want := range []string{"HbA1c Test", "9.9 %", "at most 9.5", "Diabetes"} {
		if !strings.Contains(text, want) {
			t.Errorf("no %q in\n%s", want, text)
		}
	}
	for i, x := range e.Indicators() {
		if s := e.Explain(c, i).Text(); !strings.Contains(s, x.ID) {
			t.Error(s)
		}
		if s := x.Words(); !strings.Contains(s, x.Title) {
			t.Error(s)
		}
		e.Gaps(c, i, on(2001, 6, 30))
	}
	gaps := e.Gaps(c, e.Index("cdc-eye"), on(2001, 6, 30))
	if len(gaps) == 0 || !strings.Contains(gaps[0].Text(), "Retinal Exam") {
		t.Errorf("%v", gaps)
	}
}
