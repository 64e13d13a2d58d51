package completeness_test

import (
	"fmt"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/completeness"
	"github.com/chroniccare/chroniccare/registry/linkage"
	"github.com/chroniccare/chroniccare/registry/recall"
)

// exampleSpec expects an HbA1c within a year of everybody on the diabetes register.
func exampleSpec() completeness.Spec {
	dx := registry.Query{Kind: registry.Diagnosis, Codes: []registry.Code{registry.NewCode("ICD10CM", "E11.9")}}
	analytes, _ := completeness.StarterAnalytes()
	return completeness.Spec{
		Registers: []completeness.Register{{ID: "diabetes", Is: registry.Exists{Query: dx}, Since: &dx}},
		Items: []completeness.Item{{Key: "hba1c", Title: "HbA1c", Registers: []string{"diabetes"},
			Facts: registry.Query{Kind: registry.Observation, Codes: []registry.Code{registry.NewCode("LOINC", "4548-4")}}, Limit: recall.Every{N: 12, Unit: recall.Month}}},
		Options: completeness.Options{Analytes: analytes},
	}
}

// exampleRecord has a diabetic whose only HbA1c was written in the wrong unit.
func exampleRecord() *completeness.Record {
	return &completeness.Record{Provider: "dr a", Registered: registry.Day(2022, 1, 1), Patient: &registry.Patient{ID: "p1", Birth: registry.Day(1960, 1, 1), Facts: []registry.Fact{
		{ID: "x1", Kind: registry.Diagnosis, Status: registry.Active, Codes: []registry.Code{registry.NewCode("ICD10CM", "E11.9")}, When: registry.Since(registry.Day(2023, 1, 10))},
		{ID: "l1", Kind: registry.Observation, Status: registry.Final, Codes: []registry.Code{registry.NewCode("LOINC", "4548-4")}, When: registry.On(registry.Day(2024, 5, 20)),
			Value: registry.QuantityOf(registry.Num(75, -1), "mmol/L")}}}}
}

func exampleReport() (out completeness.Report) {
	plan, err := completeness.Compile(nil, exampleSpec())
	if err != nil {
		fmt.Println(err)
		return out
	}
	plan.Report(exampleRecord(), registry.Day(2024, 6, 10), &out)
	return out
}

func ExampleCompile() {
	plan, err := completeness.Compile(nil, exampleSpec())
	if err != nil {
		fmt.Println(err)
		return
	}
	var out completeness.Report
	plan.Report(exampleRecord(), registry.Day(2024, 6, 10), &out)
	for _, t := range out.Tasks {
		fmt.Println(t.Role, t.Kind, t.Item, t.Age)
	}
	// Output:
	// nurse implausible UNIT_MISMATCH 21
	// nurse implausible hba1c 21
}

func ExamplePlan() {
	spec := exampleSpec()
	spec.Items[0].Registers = []string{"lost"}
	_, err := completeness.Compile(nil, spec)
	fmt.Println(err)
	// Output: completeness: definition: item hba1c: no register "lost"
}

func ExampleReport() {
	out := exampleReport()
	fmt.Println(out.Person, out.Score())
	// Output: p1 0/1 (0.0 %)
}

func ExampleItemReport() {
	fmt.Println(exampleReport().Items)
	// Output: [{hba1c invalid l1 2024-05-20 false}]
}

func ExampleItemState() {
	plan, _ := completeness.Compile(nil, exampleSpec())
	var out completeness.Report
	r := exampleRecord()
	state := func(asOf registry.Date) completeness.ItemState {
		plan.Report(r, asOf, &out)
		return out.Items[0].State
	}
	fmt.Println("before the test:", state(registry.Day(2024, 5, 1)))
	fmt.Println("in the wrong unit:", state(registry.Day(2024, 6, 10)))
	r.Patient.Facts[1].Value = registry.QuantityOf(registry.Num(75, -1), "%")
	fmt.Println("corrected:", state(registry.Day(2024, 6, 10)))
	fmt.Println("two years later:", state(registry.Day(2026, 6, 10)))
	// Output:
	// before the test: missing
	// in the wrong unit: invalid
	// corrected: filled
	// two years later: stale
}

func ExampleRegisterScore() {
	fmt.Println(exampleReport().Registers)
	// Output: [{diabetes 0/1 (0.0 %)}]
}

func ExampleTask() {
	t := exampleReport().Tasks[1]
	fmt.Println(t.Reason + "; closes with " + t.ClosesWhen)
	// Output: no recorded HbA1c has a value that can be used; closes with a valid HbA1c within 12 months
}

func ExampleTaskKind() {
	// A clerk's day: what is only missing, and what somebody says was done elsewhere.
	plan, _ := completeness.Compile(nil, exampleSpec())
	r := exampleRecord()
	r.Patient.Facts = r.Patient.Facts[:1]
	r.Remarks = []recall.Remark{{Key: "eye", Kind: recall.DocumentedElsewhere, On: registry.Day(2024, 6, 1)}}
	var out completeness.Report
	plan.Report(r, registry.Day(2024, 6, 10), &out)
	for _, t := range out.Tasks {
		fmt.Println(t.Kind, "-", t.Item)
	}
	// Output:
	// missing - hba1c
	// elsewhere - eye
}

func ExampleWorklist() {
	for _, t := range completeness.Worklist([]completeness.Report{exampleReport()}, nil) {
		fmt.Println(t.Person, t.Item, t.Since)
	}
	// Output:
	// p1 UNIT_MISMATCH 2024-05-20
	// p1 hba1c 2024-05-20
}

func ExampleClosed() {
	plan, _ := completeness.Compile(nil, exampleSpec())
	r := exampleRecord()
	var before, after completeness.Report
	plan.Report(r, registry.Day(2024, 6, 10), &before)
	r.Patient.Facts[1].Value = registry.QuantityOf(registry.Num(75, -1), "%")
	plan.Report(r, registry.Day(2024, 6, 11), &after)
	for _, t := range completeness.Closed(before.Tasks, after.Tasks) {
		fmt.Println("closed:", t.Item)
	}
	// Output:
	// closed: UNIT_MISMATCH
	// closed: hba1c
}

func ExampleScores() {
	var s completeness.Scores
	r := exampleReport()
	s.Add(&r)
	fmt.Println(s.All, s.Registers, s.Providers)
	// Output: 0/1 (0.0 %) [{diabetes 0/1 (0.0 %)}] [{dr a 0/1 (0.0 %)}]
}

func ExampleCell() {
	var s completeness.Scores
	plan, _ := completeness.Compile(nil, exampleSpec())
	for _, provider := range []string{"dr b", "dr a"} {
		r := exampleRecord()
		r.Provider = provider
		if provider == "dr a" {
			r.Patient.Facts[1].Value = registry.QuantityOf(registry.Num(75, -1), "%")
		}
		var out completeness.Report
		plan.Report(r, registry.Day(2024, 6, 10), &out)
		s.Add(&out)
	}
	for _, c := range s.Providers {
		fmt.Println(c.Name, c.Rate)
	}
	// Output:
	// dr a 1/1 (100.0 %)
	// dr b 0/1 (0.0 %)
}

func ExampleWeakest() {
	cells := []completeness.Cell{{Name: "a", Rate: registry.Rate{Num: 3, Den: 4}}, {Name: "b", Rate: registry.Rate{Num: 1, Den: 4}}, {Name: "c"}}
	fmt.Println(completeness.Weakest(cells))
	// Output: [{b 1/4 (25.0 %)} {a 3/4 (75.0 %)} {c 0/0 (undefined)}]
}

func ExampleSpec() {
	s := exampleSpec()
	s.Escalation = []completeness.Rung{{Role: "secretary", Days: 0}, {Role: "physician", Days: 7}}
	plan, err := completeness.Compile(nil, s)
	var out completeness.Report
	plan.Report(exampleRecord(), registry.Day(2024, 6, 10), &out)
	fmt.Println(out.Tasks[0].Role, err)
	// Output: physician <nil>
}

func ExampleRegister() {
	r := exampleSpec().Registers[0]
	fmt.Println(r.ID, "=", r.Is)
	// Output: diabetes = there is a diagnosis of E11.9
}

func ExampleItem() {
	it := exampleSpec().Items[0]
	fmt.Println(it.Title, "of", it.Registers, "within", it.Limit)
	// Output: HbA1c of [diabetes] within 12 months
}

func ExampleTypeRule() {
	s := exampleSpec()
	s.Types = []completeness.TypeRule{{Register: "diabetes", OneOf: []string{"type 1", "type 2"}}}
	_, err := completeness.Compile(nil, s)
	fmt.Println(err)
	// Output:
	// completeness: definition: type of diabetes: no register "type 1"
	// completeness: definition: type of diabetes: no register "type 2"
}

func ExampleTreated() {
	s := exampleSpec()
	s.Treated = []completeness.Treated{{Register: "diabetes", Medicine: registry.Query{Kind: registry.MedicationDispense, Codes: []registry.Code{registry.NewCode("RxNorm", "860975")}}}}
	plan, err := completeness.Compile(nil, s)
	if err != nil {
		fmt.Println(err)
		return
	}
	p := &registry.Patient{ID: "p2", Facts: []registry.Fact{{ID: "m1", Kind: registry.MedicationDispense, Codes: []registry.Code{registry.NewCode("RxNorm", "860975")}, When: registry.On(registry.Day(2024, 6, 1))}}}
	var out completeness.Report
	plan.Report(&completeness.Record{Patient: p}, registry.Day(2024, 6, 10), &out)
	fmt.Println(out.Tasks[0].Item, out.Tasks[0].Reason, out.Tasks[0].Fact)
	// Output: diagnosis of diabetes a medicine without the diagnosis m1
}

func ExamplePending() {
	s := exampleSpec()
	s.Pending = []completeness.Pending{{Key: "summary", Title: "no discharge summary", ByEnd: true, Days: 14,
		After: registry.Query{Kind: registry.Encounter, Tests: []registry.Test{registry.ClassIn("IMP")}}, Want: registry.Query{Kind: registry.Communication}}}
	plan, err := completeness.Compile(nil, s)
	if err != nil {
		fmt.Println(err)
		return
	}
	p := &registry.Patient{ID: "p2", Facts: []registry.Fact{{ID: "e1", Kind: registry.Encounter, Visit: &registry.Visit{Class: "IMP"}, When: registry.Between(registry.Day(2024, 5, 1), registry.Day(2024, 5, 9))}}}
	var out completeness.Report
	plan.Report(&completeness.Record{Patient: p}, registry.Day(2024, 6, 10), &out)
	fmt.Println(out.Tasks[0].Reason, out.Tasks[0].Fact, out.Tasks[0].Since, out.Tasks[0].Role)
	// Output: no discharge summary e1 2024-05-24 nurse
}

func ExampleRung() {
	spec := exampleSpec()
	spec.Escalation = []completeness.Rung{{Role: "clerk"}, {Role: "nurse", Days: 21}, {Role: "case manager", Days: 60}}
	plan, err := completeness.Compile(nil, spec)
	for _, asOf := range []registry.Date{registry.Day(2024, 6, 9), registry.Day(2024, 6, 10), registry.Day(2024, 8, 1)} {
		var out completeness.Report
		plan.Report(exampleRecord(), asOf, &out)
		fmt.Println(out.Tasks[0].Age, "days:", out.Tasks[0].Role)
	}
	fmt.Println(err)
	// Output:
	// 20 days: clerk
	// 21 days: nurse
	// 73 days: case manager
	// <nil>
}

func ExampleNewChecker() {
	analytes, err := completeness.StarterAnalytes()
	if err != nil {
		fmt.Println(err)
		return
	}
	c, err := completeness.NewChecker(completeness.Options{Analytes: analytes})
	var out completeness.Issues
	c.Check(exampleRecord(), registry.Day(2024, 6, 10), &out)
	for i := range out.List {
		fmt.Println(out.List[i].Text())
	}
	fmt.Println(err)
	// Output:
	// UNIT_MISMATCH: observation [l1] value of hba1c is 7.5 mmol/L
	// <nil>
}

func ExampleChecker() {
	c, err := completeness.NewChecker(completeness.Options{})
	var out completeness.Issues
	p := &registry.Patient{Birth: registry.Day(2024, 6, 11)}
	c.Check(&completeness.Record{Patient: p}, registry.Day(2024, 6, 10), &out)
	fmt.Println(out.List[0].Text(), err)
	// Output: FUTURE_DATE: birth is 2024-06-11 <nil>
}

func ExampleOptions() {
	_, err := completeness.NewChecker(completeness.Options{Analytes: []completeness.Analyte{{Name: "hba1c"}}})
	fmt.Println(err)
	// Output: completeness: definition: analyte 1 "hba1c": a name of its own and codes are needed
}

func ExampleIssue() {
	i := completeness.Issue{Code: completeness.MultipleDeaths, Field: "death", Detail: "is 2024-01-02 and 2024-01-04"}
	fmt.Println(i.Text())
	// Output: MULTIPLE_DEATHS: death is 2024-01-02 and 2024-01-04
}

func ExampleIssues() {
	c, err := completeness.NewChecker(completeness.Options{})
	p := &registry.Patient{ID: "p1", Birth: registry.Day(1960, 1, 1), Death: registry.At(registry.Day(2024, 1, 2)), Facts: []registry.Fact{
		{ID: "v1", Kind: registry.Encounter, When: registry.On(registry.Day(2024, 2, 1))},
		{ID: "v2", Kind: registry.Encounter, When: registry.On(registry.Day(1959, 2, 1))},
	}}
	var out completeness.Issues // reuse it for the next person
	c.Check(&completeness.Record{Patient: p}, registry.Day(2024, 6, 10), &out)
	for i := range out.List {
		fmt.Println(out.List[i].Text())
	}
	fmt.Println(err)
	// Output:
	// BEFORE_BIRTH: encounter [v2] when starts 1959-02-01, birth 1960-01-01
	// AFTER_DEATH: encounter [v1] when starts 2024-02-01, death 2024-01-02
	// <nil>
}

func ExampleCode() {
	// What a value of HbA1c is refused for.
	u, _ := completeness.LoadUnits()
	for _, q := range []registry.Value{registry.QuantityOf(registry.Num(75, -1), "%"), registry.QuantityOf(registry.Num(75, 0), "%"), registry.QuantityOf(registry.Num(75, -1), "mmol/L"), registry.QuantityOf(registry.Num(75, -1), "")} {
		fmt.Printf("%v: %q\n", q, u.Judge("hba1c", q.Quantity, 60))
	}
	// Output:
	// 7.5 %: ""
	// 75 %: "IMPLAUSIBLE"
	// 7.5 mmol/L: "UNIT_MISMATCH"
	// 7.5: "UNIT_MISSING"
}

func ExampleCheckCode() {
	fmt.Println(completeness.CheckCode(registry.Code{System: registry.LOINC, Value: "4548-5"}, true))
	fmt.Printf("%q\n", completeness.CheckCode(registry.NewCode("ICD10CM", "E11.65"), true))
	// Output:
	// a wrong check digit
	// ""
}

func ExampleLoadUnits() {
	u, err := completeness.LoadUnits()
	if err != nil {
		fmt.Println(err)
		return
	}
	q := registry.QuantityOf(registry.Num(7, 0), "%").Quantity
	y, err := u.Convert("hba1c", q, "mmol/mol")
	fmt.Println(q, "=", y, err)
	// Output: 7 % = 53 mmol/mol <nil>
}

func ExampleUnits() {
	u, err := completeness.LoadUnits()
	if err != nil {
		fmt.Println(err)
		return
	}
	limit := registry.QuantityOf(registry.Num(7, 0), "%").Quantity
	ok, err := u.Satisfies("hba1c", registry.QuantityOf(registry.Num(53, 0), "mmol/mol").Quantity, registry.Below, limit)
	fmt.Println(ok, err)
	_, err = u.Satisfies("hba1c", registry.QuantityOf(registry.Num(75, -1), "mmol/L").Quantity, registry.Below, limit)
	fmt.Println(err)
	// Output:
	// false <nil>
	// completeness: unit: no conversion of hba1c from "mmol/L" to "%"
}

func ExampleAnalyte() {
	// One's own code for a measurement that the tables know.
	own := completeness.Analyte{Name: "hba1c", Codes: []registry.Code{{System: "urn:our-lab", Value: "A1C"}}}
	c, err := completeness.NewChecker(completeness.Options{Analytes: []completeness.Analyte{own}})
	f := registry.Fact{ID: "l1", Kind: registry.Observation, Codes: own.Codes, When: registry.On(registry.Day(2024, 5, 20)), Value: registry.QuantityOf(registry.Num(75, 0), "%")}
	fmt.Println("usable:", c.Usable(&registry.Patient{Birth: registry.Day(1960, 1, 1)}, &f), err)
	f.Value = registry.QuantityOf(registry.Num(75, 0), "mmol/mol")
	fmt.Println("usable:", c.Usable(&registry.Patient{Birth: registry.Day(1960, 1, 1)}, &f))
	// Output:
	// usable: false <nil>
	// usable: true
}

func ExampleStarterAnalytes() {
	as, err := completeness.StarterAnalytes()
	for _, a := range as {
		fmt.Print(a.Name, " ")
	}
	fmt.Println(err)
	// Output: hba1c systolic diastolic egfr acr ldl glucose weight height bmi fev1_fvc potassium <nil>
}

func ExampleRecord() {
	r := exampleRecord()
	r.Away = &recall.Away{From: registry.Day(2024, 6, 1), Reason: "transferred"}
	plan, _ := completeness.Compile(nil, exampleSpec())
	var out completeness.Report
	plan.Report(r, registry.Day(2024, 6, 10), &out)
	fmt.Println(out.Score(), out.Why)
	// Output: 0/0 (undefined) transferred
}

func ExampleReading() {
	r := exampleRecord()
	own := r.Patient.Facts[1]
	own.ID, own.Value = "r1", registry.QuantityOf(registry.Num(75, -1), "%")
	r.Readings = []completeness.Reading{{Fact: own, Origin: linkage.Device, Channel: completeness.ByDevice}}
	plan, _ := completeness.Compile(nil, exampleSpec())
	var out completeness.Report
	plan.Report(r, registry.Day(2024, 6, 10), &out)
	fmt.Println("without being asked for:", out.Score())
	// Output: without being asked for: 0/1 (0.0 %)
}

func ExampleChannel() {
	p := &registry.Patient{Facts: []registry.Fact{{ID: "a", Source: "clinic"}, {ID: "b", Source: "portal"}, {ID: "c", Source: "home scales"}}}
	rest, own := completeness.Split(p, []string{"portal"}, linkage.PatientReport, completeness.ByInternet)
	_, scales := completeness.Split(rest, []string{"home scales"}, linkage.Device, completeness.ByDevice)
	for _, r := range append(own, scales...) {
		fmt.Println(r.Fact.ID, "by", r.Channel, "from", r.Origin)
	}
	// Output:
	// b by internet from patient
	// c by device from device
}

func ExampleSplit() {
	p := &registry.Patient{Facts: []registry.Fact{{ID: "a", Source: "clinic"}, {ID: "b", Source: "home scales"}, {ID: "c", Source: "clinic"}}}
	clinic, own := completeness.Split(p, []string{"home scales"}, linkage.Device, completeness.ByDevice)
	for _, f := range clinic.Facts {
		fmt.Println("clinic:", f.ID)
	}
	for _, r := range own {
		fmt.Println("own:", r.Fact.ID, r.Origin)
	}
	// Output:
	// clinic: a
	// clinic: c
	// own: b device
}

func ExampleAppointment() {
	r := exampleRecord()
	r.Appointments = []completeness.Appointment{{ID: "a1", On: registry.Day(2024, 6, 1)}}
	plan, _ := completeness.Compile(nil, exampleSpec())
	var out completeness.Report
	plan.Report(r, registry.Day(2024, 6, 10), &out)
	fmt.Println(out.Tasks[2].Reason, out.Tasks[2].Since)
	// Output: the outcome of an appointment is missing 2024-06-09
}

func ExampleContact() {
	r := exampleRecord()
	r.Contact = &completeness.Contact{Channels: []string{"letter"}}
	plan, _ := completeness.Compile(nil, exampleSpec())
	var out completeness.Report
	plan.Report(r, registry.Day(2024, 6, 10), &out)
	fmt.Println(out.Tasks[2].Kind, out.Tasks[2].Reason)
	// Output: contact the language is not known
}

func ExampleUnresolved() {
	r := exampleRecord()
	r.Unresolved = []completeness.Unresolved{{ID: "p7", Why: "same name, another birth date", Since: registry.Day(2024, 6, 1)}}
	plan, _ := completeness.Compile(nil, exampleSpec())
	var out completeness.Report
	plan.Report(r, registry.Day(2024, 6, 10), &out)
	fmt.Println(out.Tasks[2].Kind, out.Tasks[2].Fact, out.Tasks[2].Age)
	// Output: unlinked p7 9
}

func ExampleKeepFirst() {
	weight := func(kg int64, recorded registry.Date) registry.Fact {
		return registry.Fact{ID: "o1", Kind: registry.Observation, When: registry.On(recorded), Authored: registry.At(recorded), Value: registry.QuantityOf(registry.Num(kg, 0), "kg")}
	}
	p := &registry.Patient{ID: "p", Facts: []registry.Fact{weight(82, registry.Day(2024, 3, 1)), weight(80, registry.Day(2024, 1, 1))}}
	kept, left := completeness.KeepFirst(p)
	fmt.Println(kept.Facts[0].Value, "-", left[0].Value)
	// Output:
	// 80 kg - 82 kg
}
