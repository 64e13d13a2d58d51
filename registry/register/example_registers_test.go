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
	r.Evaluate(c, nil, registry.Day(2021, 6, 1), &res)
	fmt.Println(len(res.Entries), res.Entries[r.Index("asthma")].Out)
	// Output:
	// 10 RULE_NOT_MET
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
	fmt.Println(register.Deceased, register.OptedOut)
	// Output:
	// DECEASED OPTED_OUT
}

func ExampleConfidence() {
	fmt.Println(register.Tentative < register.Minimal, register.Corroborated, register.Established)
	// Output:
	// true corroborated established
}

func ExampleRegister() {
	gout := registry.Set{Name: "Gout", OID: "1.1"}
	stands := register.Standing("the diagnosis", gout, register.DiagnosisWins, register.Clinical{})
	r, err := register.New([]registry.ValueSet{{OID: "1.1", Name: "Gout", Codes: []registry.Code{registry.NewCode("ICD10CM", "M10.9")}}}, register.Policy{},
		register.Register{ID: "gout", Title: "Gout", Version: "1", In: registry.Exists{Query: stands}, Evidence: stands})
	fmt.Println(r.List()[0].Title, err)
	// Output:
	// Gout <nil>
}

func ExampleNew() {
	list, _ := register.EHR(register.Clinical{})
	_, err := register.New(nil, register.Policy{}, list[8]) // coronary heart disease
	fmt.Println(err)
	// Output:
	// registry: value sets missing (1): Coronary heart disease: diagnosis (urn:chroniccare:register:chd:diagnosis)
}

func ExampleBind() {
	list, sets, _ := register.Starter()
	b := registry.NewBinder(sets) // shared with indicators, say
	r := register.Bind(b, register.Policy{}, list...)
	l, err := b.Lexicon()
	fmt.Println(len(r.List()), l.Sources(), err)
	// Output:
	// 10 10 <nil>
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
	fmt.Println(register.Policy{}.Death == register.OutAtDeath)
	// Output:
	// true
}

func ExampleClinical() {
	f := registry.Fact{Kind: registry.Diagnosis, Status: registry.Active, Verification: registry.Provisional, When: registry.Since(registry.Day(2020, 1, 1))}
	fmt.Println(register.Clinical{}.ActiveAt(&f, registry.Day(2021, 1, 1)), register.Clinical{Provisional: true}.ActiveAt(&f, registry.Day(2021, 1, 1)))
	// Output:
	// false true
}

func ExampleConflict() {
	fmt.Println(register.EndBeforeStart, register.StatusConflict)
	// Output:
	// END_BEFORE_START STATUS_CONFLICT
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
	fmt.Println(register.Cascade{{Name: "everybody", Then: register.Select}})
	// Output:
	// the first that decides
	// - everybody: select
}

func ExampleAct() {
	fmt.Println(register.Pass, register.Select, register.Reject)
	// Output:
	// pass select reject
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
	list, err := register.EHR(register.Clinical{})
	fmt.Println(len(list), err)
	for _, s := range list[2].Needs() { // asthma
		fmt.Println(s.Name)
	}
	// Output:
	// 21 <nil>
	// Asthma: diagnosis
	// Asthma: medicine
	// Asthma: resolved
}

func ExampleStarter() {
	list, sets, err := register.Starter(registry.NewCode("ICD10CM", "E11.9"))
	fmt.Println(len(list), len(sets), err, list[1].Title, list[1].Source)
	// Output:
	// 10 10 <nil> Diabetes KF2004:985-987 and KF2004:1767-1768
}

func ExampleExpand() {
	universe := []registry.Code{registry.NewCode("ICD10CM", "E11.9"), registry.NewCode("ICD10CM", "E10.9"), registry.NewCode("ICD10CM", "I10")}
	codes, err := register.Expand(universe, registry.ICD10CM, []string{"E1"}, []string{"E10"})
	fmt.Println(codes[0].Display(), len(codes), err)
	// Output:
	// E11.9 1 <nil>
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
	fmt.Println(register.Typing{}.Type)
	// Output:
	// unknown
}

func ExampleDiabetesType() {
	fmt.Println(register.DiabetesType1)
	// Output:
	// type 1
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
	fmt.Println(len(rules), err, rules[0].ID, rules[0].Confirmation)
	// Output:
	// 7 <nil> cf.dm.hba1c recall
}

func ExampleCaseRule() {
	rules, _ := register.CaseRules(register.Clinical{})
	fmt.Println(rules[6].Title)
	// Output:
	// diagnosis, no asthma medicine in 12 months: review whether to resolve
}

func ExampleCaseSets() {
	fmt.Println(register.CaseSets()[0].OID)
	// Output:
	// urn:chroniccare:register:case-finding:ACR
}

func ExampleCase() {
	fmt.Println(register.Case{Person: "p1", Rule: "cf.ckd"}.Rule)
	// Output:
	// cf.ckd
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
	fmt.Println(register.Listed{Person: "a", In: true, Reason: "coded"}.Reason)
	// Output:
	// coded
}

func ExampleDifference() {
	r, _ := register.Reconcile(nil, []register.Listed{{Person: "a", In: true, Reason: "coded"}})
	fmt.Println(r.People[0].Side)
	// Output:
	// only B
}

func ExampleReasonCount() {
	r, _ := register.Reconcile(nil, []register.Listed{{Person: "a", In: true, Reason: "coded"}, {Person: "b", In: true, Reason: "coded"}})
	fmt.Println(r.Reasons[0].ReasonB, r.Reasons[0].People)
	// Output:
	// coded 2
}

func ExampleSide() {
	fmt.Println(register.OnBoth, register.OnNeither)
	// Output:
	// both neither
}

func ExampleSizeCheck() {
	ratio, within := register.SizeCheck(1013, 1000)
	fmt.Println(ratio.Percent(1), within)
	// Output:
	// 101.3 false
}

func ExamplePair() {
	fmt.Println(register.Pair{A: "diabetes", B: "non-diabetic-hyperglycaemia"}.A)
	// Output:
	// diabetes
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
