package register_test

import (
	"fmt"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/register"
)

// starterChart is a chart of one person with starter registers: asthma since 2020,
// over in 2021, and again in 2022.
func starterChart() (*register.Registers, *registry.Chart) {
	list, sets, _ := register.Starter()
	r, err := register.New(sets, register.Policy{}, list...)
	if err != nil {
		panic(err)
	}
	asthma := []registry.Code{registry.NewCode("ICD10CM", "J45.909")}
	c := r.Chart()
	c.Load(&registry.Patient{ID: "p1", Birth: registry.Day(1980, 5, 1), Facts: []registry.Fact{
		{ID: "d1", Kind: registry.Diagnosis, Status: registry.Resolved, Codes: asthma, When: registry.Between(registry.Day(2020, 1, 1), registry.Day(2021, 1, 1))},
		{ID: "d2", Kind: registry.Diagnosis, Status: registry.Active, Codes: asthma, When: registry.Since(registry.Day(2022, 1, 1))},
	}})
	return r, c
}

func ExampleRegisters() {
	r, c := starterChart()
	var res register.Results
	r.Evaluate(c, nil, registry.Day(2022, 6, 1), &res)
	e := res.Entries[r.Index("asthma")]
	fmt.Println(e.In, "since", e.Since, "first ever", e.FirstEver, e.Confidence)
	fmt.Println(r.Spells(c, nil, r.Index("asthma"), registry.Day(2019, 1, 1), registry.Day(2022, 6, 1), nil))
	// Output:
	// true since 2022-01-01 first ever 2020-01-01 minimal
	// [2020-01-01 to 2020-12-31 2022-01-01 to 2022-06-01]
}

func ExampleResults() {
	r, c := starterChart()
	var res register.Results // reuse it for the next person
	r.Evaluate(c, nil, registry.Day(2022, 6, 1), &res)
	for i, e := range res.Entries {
		if e.In {
			fmt.Println(r.List()[i].ID, "since", e.Since)
		}
	}
	fmt.Println("diabetes:", res.Entries[r.Index("diabetes")].Out)
	// Output:
	// asthma since 2022-01-01
	// diabetes: RULE_NOT_MET
}

func ExampleEntry() {
	r, c := starterChart()
	var res register.Results
	r.Evaluate(c, nil, registry.Day(2021, 6, 1), &res)
	e := res.Entries[r.Index("asthma")]
	fmt.Println(e.In, e.Since, e.FirstEver)
	// Output:
	// false not recorded 2020-01-01
}

func ExampleExplanation() {
	r, c := starterChart()
	x := r.Explain(c, nil, r.Index("asthma"), registry.Day(2022, 6, 1))
	fmt.Println(x.Register, x.Version, x.In)
	for _, f := range x.Finding.Facts() {
		fmt.Println(f.ID)
	}
	// Output:
	// asthma starter true
	// d2
}

func ExampleLeaving() {
	r, c := starterChart()
	moved := []register.Departure{{From: registry.Day(2023, 3, 1), Reason: register.Transferred}}
	for _, l := range r.Leavers(c, moved, registry.Day(2020, 1, 1), registry.Day(2023, 12, 31), nil) {
		fmt.Println(l.Person, l.Register, l.On, l.Reason)
	}
	// Output:
	// p1 asthma 2021-01-01 RULE_NOT_MET
	// p1 asthma 2023-03-01 TRANSFERRED
}

func ExampleDeparture() {
	r, c := starterChart()
	away := []register.Departure{{From: registry.Day(2022, 2, 1), Back: registry.Day(2022, 5, 1), Reason: register.OptedOut}}
	i := r.Index("asthma")
	fmt.Println(r.Holds(c, away, i, registry.Day(2022, 4, 30)), r.Holds(c, away, i, registry.Day(2022, 5, 1)))
	// Output:
	// false true
}

func ExampleReason() {
	r, c := starterChart()
	var res register.Results
	away := []register.Departure{{From: registry.Day(2022, 2, 1), Reason: register.OptedOut}}
	for _, departures := range [][]register.Departure{nil, away} {
		r.Evaluate(c, departures, registry.Day(2022, 6, 1), &res)
		fmt.Printf("%v %q\n", res.Entries[r.Index("asthma")].In, res.Entries[r.Index("asthma")].Out)
	}
	// Output:
	// true ""
	// false "OPTED_OUT"
}

func ExampleConfidence() {
	// Two claims are just enough; a third carries the membership.
	list, _ := register.CCW30()
	claims, _ := register.Compile(list)
	p := twoClaims()
	for range 2 {
		m, _, err := claims.Explain(p, 2023, "DIABETES")
		fmt.Println(m.Claims, "claims:", m.Confidence, err)
		more := p.Facts[1]
		more.ID, more.When = "c3", registry.On(registry.Day(2023, 10, 1))
		p.Facts = append(p.Facts, more)
	}
	// Output:
	// 2 claims: minimal <nil>
	// 3 claims: corroborated <nil>
}

func ExampleRegister() {
	gout := registry.Set{Name: "Gout", OID: "1.1"}
	stands := register.Standing("the diagnosis", gout, register.DiagnosisWins, register.Clinical{})
	r, err := register.New([]registry.ValueSet{{OID: "1.1", Name: "Gout", Codes: []registry.Code{registry.NewCode("ICD10CM", "M10.9")}}}, register.Policy{},
		register.Register{ID: "gout", Title: "Gout", Version: "1", In: registry.Exists{Query: stands}, Evidence: stands})
	if err != nil {
		fmt.Println(err)
		return
	}
	c := r.Chart()
	c.Load(&registry.Patient{ID: "p1", Facts: []registry.Fact{{ID: "d1", Kind: registry.Diagnosis, Status: registry.Active, Codes: []registry.Code{registry.NewCode("ICD10CM", "M10.9")}, When: registry.Since(registry.Day(2024, 2, 1))}}})
	for _, day := range []registry.Date{registry.Day(2024, 1, 31), registry.Day(2024, 2, 1)} {
		fmt.Println(day, r.Holds(c, nil, 0, day))
	}
	// Output:
	// 2024-01-31 false
	// 2024-02-01 true
}

func ExampleNew() {
	list, _ := register.EHR(register.Clinical{})
	_, err := register.New(nil, register.Policy{}, list[8]) // coronary heart disease
	fmt.Println(err)
	// Output:
	// registry: value sets missing (1): Coronary heart disease: diagnosis (urn:chroniccare:register:chd:diagnosis)
}

func ExampleBind() {
	// Registers share a lexicon, and so a chart, with other definitions.
	list, sets, _ := register.Starter()
	b := registry.NewBinder(sets)
	r := register.Bind(b, register.Policy{}, list...)
	adult := registry.AgeAt{At: registry.PeriodEnd(), Min: 18}.Bind(b)
	l, err := b.Lexicon()
	if err != nil {
		fmt.Println(err)
		return
	}
	c := l.Chart(&registry.Patient{Birth: registry.Day(1980, 1, 1), Facts: []registry.Fact{{ID: "d1", Kind: registry.Diagnosis, Status: registry.Active, Codes: []registry.Code{registry.NewCode("ICD10CM", "I10")}, When: registry.Since(registry.Day(2020, 1, 1))}}})
	day := registry.Day(2024, 6, 1)
	fmt.Println(r.Holds(c, nil, r.Index("hypertension"), day), adult.Holds(c, registry.Period{End: day}))
	// Output: true true
}

func ExamplePolicy() {
	list, sets, _ := register.Starter()
	r, _ := register.New(sets, register.Policy{Death: register.KeepUntilPeriodEnd, YearMonth: 3}, list...)
	c := r.Chart()
	c.Load(&registry.Patient{Death: registry.At(registry.Day(2022, 2, 10)), Facts: []registry.Fact{
		{ID: "d1", Kind: registry.Diagnosis, Codes: []registry.Code{registry.NewCode("ICD10CM", "I10")}, When: registry.Since(registry.Day(2020, 1, 1))}}})
	i := r.Index("hypertension")
	fmt.Println(r.Holds(c, nil, i, registry.Day(2022, 3, 31)), r.Holds(c, nil, i, registry.Day(2022, 4, 1)))
	// Output:
	// true false
}

func ExampleDeathPolicy() {
	list, sets, _ := register.Starter()
	for _, policy := range []register.DeathPolicy{register.OutAtDeath, register.KeepUntilPeriodEnd} {
		r, _ := register.New(sets, register.Policy{Death: policy}, list...)
		c := r.Chart()
		c.Load(&registry.Patient{Death: registry.At(registry.Day(2022, 2, 10)), Facts: []registry.Fact{
			{ID: "d1", Kind: registry.Diagnosis, Codes: []registry.Code{registry.NewCode("ICD10CM", "I10")}, When: registry.Since(registry.Day(2020, 1, 1))}}})
		fmt.Println("on the register in the summer after:", r.Holds(c, nil, r.Index("hypertension"), registry.Day(2022, 7, 1)))
	}
	// Output:
	// on the register in the summer after: false
	// on the register in the summer after: true
}

func ExampleClinical() {
	f := registry.Fact{Kind: registry.Diagnosis, Status: registry.Active, Verification: registry.Provisional, When: registry.Since(registry.Day(2020, 1, 1))}
	fmt.Println(register.Clinical{}.ActiveAt(&f, registry.Day(2021, 1, 1)), register.Clinical{Provisional: true}.ActiveAt(&f, registry.Day(2021, 1, 1)))
	// Output:
	// false true
}

func ExampleConflict() {
	day := registry.Day(2022, 1, 1)
	ended := registry.Fact{Kind: registry.Diagnosis, Status: registry.Active, When: registry.Between(registry.Day(2021, 1, 1), registry.Day(2020, 1, 1))}
	fine := registry.Fact{Kind: registry.Diagnosis, Status: registry.Active, When: registry.Since(registry.Day(2020, 1, 1))}
	fmt.Printf("%q %q\n", register.ConflictOf(&ended, day), register.ConflictOf(&fine, day))
	// Output: "END_BEFORE_START" ""
}

func ExampleConflictOf() {
	f := registry.Fact{Kind: registry.Diagnosis, Status: registry.Active, When: registry.Between(registry.Day(2020, 1, 1), registry.Day(2021, 1, 1))}
	fmt.Println(register.ConflictOf(&f, registry.Day(2022, 1, 1)))
	// Output:
	// ACTIVE_BUT_ENDED
}

func ExampleStanding() {
	d, gone := registry.Set{Name: "Asthma", OID: "1.1"}, registry.Set{Name: "Asthma resolved", OID: "1.2"}
	fmt.Println(register.Standing("diagnosis", d, register.DiagnosisWins, register.Clinical{}, gone))
	// Output:
	// diagnosis of Asthma (the diagnosis), active at the end of the period, without a diagnosis of Asthma resolved, starting in the start of the diagnosis (not itself) to the end of the period
}

func ExampleEpisodeStart() {
	fmt.Println(register.EpisodeStart("episode", registry.Set{Name: "COPD", OID: "1.1"}, register.DiagnosisWins, register.Clinical{}))
	// Output:
	// first diagnosis of COPD (the episode), active at the end of the period
}

func ExampleEver() {
	fmt.Println(register.Ever("stroke", registry.Set{Name: "Stroke", OID: "1.1"}, register.Clinical{}))
	// Output:
	// diagnosis of Stroke (the stroke), recorded by the end of the period
}

func ExampleCascade() {
	frail, good := registry.Set{Name: "Frailty", OID: "1"}, registry.Set{Name: "Good control", OID: "2"}
	d := register.Cascade{
		{Name: "frail", When: registry.Exists{Query: registry.Query{Kind: registry.Observation, Sets: []registry.Set{frail}}}, Then: register.Reject},
		{Name: "controlled", When: registry.Exists{Query: registry.Query{Kind: registry.Observation, Sets: []registry.Set{good}}}, Then: register.Select, Else: register.Reject},
	}
	fmt.Println(d)
	// Output:
	// the first that decides
	// - frail: reject if there is an observation of Frailty
	// - controlled: select if, reject unless there is an observation of Good control
}

func ExampleStep() {
	// The first step that decides ends the questions: a good result selects before frailty is asked for.
	frail, good := registry.Set{Name: "Frailty", OID: "1"}, registry.Set{Name: "Good control", OID: "2"}
	seen := func(s registry.Set) registry.Definition {
		return registry.Exists{Query: registry.Query{Kind: registry.Observation, Sets: []registry.Set{s}}}
	}
	b := registry.NewBinder([]registry.ValueSet{{OID: "1", Codes: []registry.Code{{System: "urn:local", Value: "frail"}}}, {OID: "2", Codes: []registry.Code{{System: "urn:local", Value: "good"}}}})
	c := register.Cascade{{Name: "controlled", When: seen(good), Then: register.Select}, {Name: "frail", When: seen(frail), Then: register.Reject, Else: register.Select}}.Bind(b)
	l, _ := b.Lexicon()
	fact := func(code string) registry.Fact {
		return registry.Fact{ID: code, Kind: registry.Observation, Status: registry.Final, Codes: []registry.Code{{System: "urn:local", Value: code}}, When: registry.On(registry.Day(2024, 3, 1))}
	}
	fmt.Println(c.Holds(l.Chart(&registry.Patient{Facts: []registry.Fact{fact("frail")}}), registry.CalendarYear(2024)))
	fmt.Println(c.Holds(l.Chart(&registry.Patient{Facts: []registry.Fact{fact("frail"), fact("good")}}), registry.CalendarYear(2024)))
	// Output:
	// false
	// true
}

func ExampleAct() {
	// A step that passes asks the next one.
	old := registry.AgeAt{At: registry.PeriodEnd(), Min: 65}
	for _, last := range []register.Act{register.Select, register.Reject} {
		b := registry.NewBinder(nil)
		c := register.Cascade{{Name: "old", When: old, Then: register.Pass, Else: register.Select}, {Name: "the rest", Then: last}}.Bind(b)
		l, err := b.Lexicon()
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println("old people:", last, c.Holds(l.Chart(&registry.Patient{Birth: registry.Day(1950, 1, 1)}), registry.CalendarYear(2024)))
	}
	// Output:
	// old people: select true
	// old people: reject false
}

func ExampleHbA1cTarget() {
	for _, s := range register.HbA1cTarget()[:3] {
		fmt.Println(s.Name, s.Then)
	}
	// Output:
	// moderate or severe frailty reject
	// target met select
	// fructosamine instead reject
}

func ExampleEHR() {
	// What you need before the asthma register of the England rules can run.
	list, err := register.EHR(register.Clinical{})
	for _, r := range list {
		if r.ID == "asthma" {
			for _, s := range r.Needs() {
				fmt.Println(s.Name)
			}
		}
	}
	fmt.Println(err)
	// Output:
	// Asthma: diagnosis
	// Asthma: medicine
	// Asthma: resolved
	// <nil>
}

func ExampleStarter() {
	list, _, err := register.Starter(registry.NewCode("ICD10CM", "E11.9"))
	for _, r := range list {
		if r.ID == "diabetes" || r.ID == "asthma" {
			fmt.Println(r.Title, "-", r.Source)
		}
	}
	fmt.Println(err)
	// Output:
	// Asthma - KF2004:985-987
	// Diabetes - KF2004:985-987 and KF2004:1767-1768
	// <nil>
}

func ExampleExpand() {
	universe := []registry.Code{registry.NewCode("ICD10CM", "E11.9"), registry.NewCode("ICD10CM", "E10.9"), registry.NewCode("ICD10CM", "E13.9"), registry.NewCode("ICD10CM", "I10")}
	codes, err := register.Expand(universe, registry.ICD10CM, []string{"E1"}, []string{"E10"})
	for _, c := range codes {
		fmt.Println(c.Display())
	}
	fmt.Println(err)
	// Output:
	// E11.9
	// E13.9
	// <nil>
}

func ExampleCCW30Later() {
	p, err := register.CCW30Later()
	fmt.Println(p.ID, p.Version, err)
	// Output:
	// CCW-30+ 2022-02 with later codes <nil>
}

func ExampleDiabetesTyping() {
	one, two := registry.Set{Name: "Type 1", OID: "1"}, registry.Set{Name: "Type 2", OID: "2"}
	b := registry.NewBinder([]registry.ValueSet{{OID: "1", Codes: []registry.Code{registry.NewCode("ICD10CM", "E10.9")}}, {OID: "2", Codes: []registry.Code{registry.NewCode("ICD10CM", "E11.9")}}})
	typing := register.NewDiabetesTyping(b, one, two, register.Clinical{})
	l, _ := b.Lexicon()
	c := l.Chart(&registry.Patient{Facts: []registry.Fact{
		{ID: "a", Kind: registry.Diagnosis, Codes: []registry.Code{registry.NewCode("ICD10CM", "E10.9")}, When: registry.Since(registry.Day(2015, 1, 1))},
		{ID: "b", Kind: registry.Diagnosis, Codes: []registry.Code{registry.NewCode("ICD10CM", "E11.9")}, When: registry.Since(registry.Day(2020, 1, 1))}}})
	x := typing.Of(c, registry.Day(2022, 1, 1))
	fmt.Println(x.Type, x.Fact.ID, "although", x.Contrary.ID)
	// Output:
	// type 2 b although a
}

func ExampleNewDiabetesTyping() {
	b := registry.NewBinder(nil)
	register.NewDiabetesTyping(b, registry.Set{Name: "Type 1", OID: "1"}, registry.Set{Name: "Type 2", OID: "2"}, register.Clinical{})
	_, err := b.Lexicon()
	fmt.Println(err)
	// Output:
	// registry: value sets missing (2): Type 1 (1), Type 2 (2)
}

func ExampleTyping() {
	one, two := registry.Set{Name: "Type 1", OID: "1"}, registry.Set{Name: "Type 2", OID: "2"}
	b := registry.NewBinder([]registry.ValueSet{{OID: "1", Codes: []registry.Code{registry.NewCode("ICD10CM", "E10.9")}}, {OID: "2", Codes: []registry.Code{registry.NewCode("ICD10CM", "E11.9")}}})
	typing := register.NewDiabetesTyping(b, one, two, register.Clinical{})
	l, _ := b.Lexicon()
	p := &registry.Patient{Facts: []registry.Fact{{ID: "b", Kind: registry.Diagnosis, Codes: []registry.Code{registry.NewCode("ICD10CM", "E11.9")}, When: registry.Since(registry.Day(2020, 1, 1))}}}
	for _, day := range []registry.Date{registry.Day(2019, 1, 1), registry.Day(2022, 1, 1)} {
		t := typing.Of(l.Chart(p), day)
		fmt.Println(day, t.Type, t.Fact != nil)
	}
	// Output:
	// 2019-01-01 unknown false
	// 2022-01-01 type 2 true
}

func ExampleDiabetesType() {
	one, two := registry.Set{Name: "Type 1", OID: "1"}, registry.Set{Name: "Type 2", OID: "2"}
	b := registry.NewBinder([]registry.ValueSet{{OID: "1", Codes: []registry.Code{registry.NewCode("ICD10CM", "E10.9")}}, {OID: "2", Codes: []registry.Code{registry.NewCode("ICD10CM", "E11.9")}}})
	typing := register.NewDiabetesTyping(b, one, two, register.Clinical{})
	l, _ := b.Lexicon()
	n := map[register.DiabetesType]int{}
	for _, code := range []string{"E10.9", "E11.9", "E11.9", "I10"} {
		p := &registry.Patient{Facts: []registry.Fact{{ID: "d", Kind: registry.Diagnosis, Codes: []registry.Code{registry.NewCode("ICD10CM", code)}, When: registry.Since(registry.Day(2020, 1, 1))}}}
		n[typing.Of(l.Chart(p), registry.Day(2022, 1, 1)).Type]++
	}
	for _, t := range []register.DiabetesType{register.DiabetesTypeUnknown, register.DiabetesType1, register.DiabetesType2} {
		fmt.Println(t, n[t])
	}
	// Output:
	// unknown 1
	// type 1 1
	// type 2 2
}

func ExampleCaseFinder() {
	spirometry := registry.Set{Name: "FEV1/FVC", OID: "1"}
	x, err := register.NewCaseFinder([]registry.ValueSet{{OID: "1", Codes: []registry.Code{registry.NewCode("LOINC", "19926-5")}}},
		register.CaseRule{ID: "copd", Register: "COPD", Title: "FEV1/FVC below 0.7", Suspect: registry.Exists{Query: registry.Query{Kind: registry.Observation, Sets: []registry.Set{spirometry},
			Tests: []registry.Test{registry.Compare{Op: registry.Below, Limit: registry.Num(7, -1)}}}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	c := x.Chart()
	c.Load(&registry.Patient{ID: "p1", Facts: []registry.Fact{{ID: "s1", Kind: registry.Observation, Codes: []registry.Code{registry.NewCode("LOINC", "19926-5")}, When: registry.On(registry.Day(2024, 1, 1)), Value: registry.QuantityOf(registry.Num(64, -2), "")}}})
	for _, k := range x.Find(c, registry.Day(2024, 6, 1), nil) {
		fmt.Println(k.Person, k.Title, k.Finding.Facts()[0].ID)
	}
	// Output:
	// p1 FEV1/FVC below 0.7 s1
}

func ExampleNewCaseFinder() {
	_, err := register.NewCaseFinder(nil, register.CaseRule{ID: "x"})
	fmt.Println(err)
	// Output:
	// registry: definition: case rule x: nobody is suspect: Suspect is not set
}

func ExampleCaseRules() {
	rules, err := register.CaseRules(register.Clinical{})
	for _, r := range rules[:3] {
		fmt.Println(r.ID, "-", r.Title)
	}
	fmt.Println(err)
	// Output:
	// cf.dm.hba1c - two HbA1c results >= 6.5 % (48 mmol/mol) on different days, no diagnosis code
	// cf.dm.drug - glucose-lowering medicine in 12 months, no diagnosis code (exclude metformin for polycystic ovary)
	// cf.ckd - two eGFR < 60 at least 90 days apart with none >= 60 between, no stage 3-5 code
	// <nil>
}

func ExampleCaseRule() {
	rules, _ := register.CaseRules(register.Clinical{})
	fmt.Println(rules[6].Title)
	// Output:
	// diagnosis, no asthma medicine in 12 months: review whether to resolve
}

func ExampleCaseSets() {
	for _, s := range register.CaseSets()[:3] {
		fmt.Println(s.Name, "-", s.OID)
	}
	// Output:
	// Case finding: ACR - urn:chroniccare:register:case-finding:ACR
	// Case finding: FEV1/FVC - urn:chroniccare:register:case-finding:FEV1-FVC
	// Case finding: HbA1c - urn:chroniccare:register:case-finding:HbA1c
}

func ExampleCase() {
	// A line says who, by which rule, and by which facts.
	glucose := registry.Set{Name: "Random glucose", OID: "1"}
	x, err := register.NewCaseFinder([]registry.ValueSet{{OID: "1", Codes: []registry.Code{registry.NewCode("LOINC", "2345-7")}}},
		register.CaseRule{ID: "dm.glucose", Register: "diabetes", Title: "random glucose of 200 or more", Suspect: registry.Exists{Query: registry.Query{Kind: registry.Observation, Sets: []registry.Set{glucose},
			Tests: []registry.Test{registry.Compare{Op: registry.AtOrAbove, Limit: registry.Num(200, 0), Unit: "mg/dL"}}}}})
	if err != nil {
		fmt.Println(err)
		return
	}
	c := x.Chart()
	c.Load(&registry.Patient{ID: "p1", Facts: []registry.Fact{{ID: "g1", Kind: registry.Observation, Codes: []registry.Code{registry.NewCode("LOINC", "2345-7")}, When: registry.On(registry.Day(2024, 1, 1)), Value: registry.QuantityOf(registry.Num(231, 0), "mg/dL")}}})
	for _, k := range x.Find(c, registry.Day(2024, 6, 1), nil) {
		fmt.Println(k.Person, "for", k.Register, "by", k.Rule)
		fmt.Println(k.Finding.Evidence[0])
	}
	// Output:
	// p1 for diabetes by dm.glucose
	// observation 2345-7 (Random glucose), 2024-01-01, 231 mg/dL [g1]
}

func ExampleReconcile() {
	claims := []register.Listed{{Person: "a", In: true, Reason: "two claims"}, {Person: "b", In: true, Reason: "one admission"}}
	chart := []register.Listed{{Person: "a", In: true, Reason: "coded"}, {Person: "b", Reason: "never coded"}}
	r, err := register.Reconcile(claims, chart)
	fmt.Println(r.Both, r.OnlyA, r.OnlyB, err)
	fmt.Println(r.People[1].Person, r.People[1].Side, "-", r.People[1].ReasonB)
	// Output:
	// 1 1 0 <nil>
	// b only A - never coded
}

func ExampleReconciliation() {
	r, _ := register.Reconcile([]register.Listed{{Person: "a", In: true}}, nil)
	fmt.Println(r.OnlyA, r.People[0].ReasonB)
	// Output:
	// 1 not listed
}

func ExampleListed() {
	// Who is not on a list at all, and who is there with a no, are told apart.
	r, _ := register.Reconcile([]register.Listed{{Person: "a", In: true, Reason: "two claims"}, {Person: "b", In: true, Reason: "two claims"}}, []register.Listed{{Person: "b", Reason: "resolved"}})
	for _, d := range r.People {
		fmt.Println(d.Person, d.ReasonA, "/", d.ReasonB)
	}
	// Output:
	// a two claims / not listed
	// b two claims / resolved
}

func ExampleDifference() {
	r, _ := register.Reconcile(nil, []register.Listed{{Person: "a", In: true, Reason: "coded"}})
	for _, d := range r.People {
		fmt.Println(d.Person, d.Side, "-", d.ReasonA, "/", d.ReasonB)
	}
	// Output: a only B - not listed / coded
}

func ExampleReasonCount() {
	r, _ := register.Reconcile(nil, []register.Listed{{Person: "a", In: true, Reason: "coded"}, {Person: "b", In: true, Reason: "coded"}})
	fmt.Println(r.Reasons[0].ReasonB, r.Reasons[0].People)
	// Output:
	// coded 2
}

func ExampleSide() {
	r, _ := register.Reconcile(
		[]register.Listed{{Person: "a", In: true}, {Person: "b", In: true}, {Person: "c"}},
		[]register.Listed{{Person: "a", In: true}, {Person: "b"}, {Person: "c"}})
	for _, d := range r.People {
		fmt.Println(d.Person, d.Side)
	}
	// Output:
	// a both
	// b only A
	// c neither
}

func ExampleSizeCheck() {
	ratio, within := register.SizeCheck(1013, 1000)
	fmt.Println(ratio.Percent(1), within)
	// Output:
	// 101.3 false
}

func ExamplePair() {
	// A pair of one's own, beside those that the library knows.
	list, sets, _ := register.Starter()
	r, err := register.New(sets, register.Policy{}, list...)
	if err != nil {
		fmt.Println(err)
		return
	}
	c := r.Chart()
	dx := func(id, code string) registry.Fact {
		return registry.Fact{ID: id, Kind: registry.Diagnosis, Status: registry.Active, Codes: []registry.Code{registry.NewCode("ICD10CM", code)}, When: registry.Since(registry.Day(2020, 1, 1))}
	}
	c.Load(&registry.Patient{ID: "p1", Birth: registry.Day(1950, 1, 1), Facts: []registry.Fact{dx("d1", "J45.909"), dx("d2", "J44.9")}})
	var res register.Results
	r.Evaluate(c, nil, registry.Day(2022, 6, 1), &res)
	for _, x := range r.Contradictions("p1", &res, append(register.Contradictory(), register.Pair{A: "asthma", B: "copd", Why: "to be told apart"})) {
		fmt.Println(x.Person, x.A, "and", x.B, "-", x.Why)
	}
	// Output: p1 asthma and copd - to be told apart
}

func ExampleContradictory() {
	for _, p := range register.Contradictory() {
		fmt.Println(p.A, "/", p.B)
	}
	// Output:
	// diabetes / non-diabetic-hyperglycaemia
}

func ExampleContradiction() {
	r, c := starterChart()
	var res register.Results
	r.Evaluate(c, nil, registry.Day(2022, 6, 1), &res)
	fmt.Println(r.Contradictions("p1", &res, []register.Pair{{A: "asthma", B: "copd", Why: "an example"}}))
	// Output:
	// []
}

// twoClaims are claims with diabetes, six months apart.
func twoClaims() *registry.Patient {
	claim := func(id string, on registry.Date) registry.Fact {
		return registry.Fact{ID: id, Kind: registry.Claim, Status: registry.Active, Setting: "CAR", When: registry.On(on), Codes: []registry.Code{registry.NewCode("ICD10CM", "E11.9")}}
	}
	return &registry.Patient{ID: "p1", Facts: []registry.Fact{claim("c1", registry.Day(2023, 3, 1)), claim("c2", registry.Day(2023, 9, 1))}}
}

// gout is a condition of one's own: one admission, or two other claims 30 days apart.
func gout() *register.Profile {
	return &register.Profile{ID: "home", Version: "1", CodeSystem: "ICD10CM", Conditions: []register.Condition{{
		ID: "gout", Name: "Gout", ReferenceYears: 2, Position: register.FirstTwo, Codes: []string{"M10.9"},
		Tiers: []register.Tier{{MinClaims: 1, ClaimTypes: []string{"inpatient"}}, {MinClaims: 2, ClaimTypes: []string{"outpatient", "other"}, MinDaysApart: 30}},
	}}}
}
