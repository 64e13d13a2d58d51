package fhir_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/fhir"
)

func ExampleBundle() {
	in := []byte(`{"resourceType":"Bundle","entry":[
		{"resource":{"resourceType":"Patient","id":"amara","birthDate":"1962-04-09"}},
		{"resource":{"resourceType":"Observation","id":"o1","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"4548-4"}]},"effectiveDateTime":"2025-03-01T09:00:00+01:00","valueQuantity":{"value":8.4,"unit":"%"}}},
		{"resource":{"resourceType":"Wibble"}}]}`)
	r, err := fhir.Bundle(in, fhir.Options{})
	fmt.Println(r.Patient.Facts[0].When, r.Patient.Facts[0].Value, r.Unknown, err)
	// Output:
	// 2025-03-01 8.4 % [{Wibble 1}] <nil>
}

func ExampleCount() {
	in := []byte(`{"resourceType":"Bundle","entry":[
		{"resource":{"resourceType":"Patient","id":"amara"}},
		{"resource":{"resourceType":"Condition","id":"c1","subject":{"reference":"Patient/amara"}}},
		{"resource":{"resourceType":"Condition","id":"c2","subject":{"reference":"Patient/amara"}}},
		{"resource":{"resourceType":"Wibble"}}]}`)
	r, err := fhir.Bundle(in, fhir.Options{})
	for _, n := range r.Read {
		fmt.Println("read", n.Type, n.N)
	}
	for _, n := range r.Unknown {
		fmt.Println("passed over", n.Type, n.N)
	}
	fmt.Println(err)
	// Output:
	// read Condition 2
	// read Patient 1
	// passed over Wibble 1
	// <nil>
}

func ExampleError() {
	in := []byte(`{"resourceType":"Patient","id":"p","birthDate":"1962-02-30"}`)
	_, err := fhir.Bundle(in, fhir.Options{})
	var e *fhir.Error
	if errors.As(err, &e) {
		f := e.Faults[0]
		fmt.Println(f.Resource, f.Path, f.Value, errors.Is(err, fhir.ErrValue))
	}
	// Output:
	// Patient/p birthDate 1962-02-30 true
}

func ExampleFault() {
	// Everything that is wrong comes in one error.
	in := []byte(`{"resourceType":"Bundle","entry":[
		{"resource":{"resourceType":"Patient","id":"p","birthDate":"1962-02-30"}},
		{"resource":{"resourceType":"Observation","id":"o1","subject":{"reference":"Patient/p"},"status":"final","valueQuantity":{"value":1e400,"unit":"%"}}}]}`)
	_, err := fhir.Bundle(in, fhir.Options{})
	var e *fhir.Error
	if errors.As(err, &e) {
		for _, f := range e.Faults {
			fmt.Println(f)
		}
	}
	// Output:
	// Patient/p birthDate "1962-02-30": fhir: impossible value: not a FHIR date
	// Observation/o1 valueQuantity.value "1e400": fhir: impossible value: registry: not a number: "1e400" is out of range
}

func ExampleGroupReport() {
	// An undefined score is left out, not written as 0.
	m := fhir.MeasureReport{Measure: "m", Period: registry.CalendarYear(2025), Groups: []fhir.GroupReport{{Populations: []fhir.PopulationCount{{Code: "denominator"}}}}}
	b, err := m.Marshal()
	fmt.Println(strings.Contains(string(b), `"count":0`), strings.Contains(string(b), "measureScore"), err)
	// Output: true false <nil>
}

func ExampleIssue() {
	in := []byte(`{"resourceType":"Patient","id":"p","birthDate":"1962"}`)
	r, _ := fhir.Bundle(in, fhir.Options{})
	fmt.Println(r.Issues[0].Code, r.Issues[0].Path, r.Patient.Birth)
	// Output:
	// PARTIAL_DATE birthDate 1962-01-01
}

func ExampleLines() {
	in := []byte(`{"resourceType":"Condition","id":"c","subject":{"reference":"Patient/b"}}
{"resourceType":"Patient","id":"b"}
{"resourceType":"Patient","id":"a"}`)
	rs, err := fhir.Lines(in, fhir.Options{})
	for _, r := range rs {
		fmt.Print(r.Patient.ID, ":")
		for _, f := range r.Patient.Facts {
			fmt.Print(" ", fhir.ReferenceTo(&f))
		}
		fmt.Println()
	}
	fmt.Println(err)
	// Output:
	// a:
	// b: Condition/c
	// <nil>
}

func ExampleMeasureReport() {
	m := fhir.MeasureReport{Measure: "CMS122|13.1.000", Period: registry.CalendarYear(2025), Improvement: "decrease",
		Groups: []fhir.GroupReport{{Populations: []fhir.PopulationCount{{Code: "numerator", Count: 2}}, Score: registry.Rate{Num: 2, Den: 3},
			Strata: []fhir.StratumReport{{Name: "Age 65 or older", Score: registry.Rate{Num: 1, Den: 1}}}}}}
	b, err := m.Marshal()
	fmt.Println(string(b), err)
	// Output:
	// {"resourceType":"MeasureReport","status":"complete","type":"summary","measure":"CMS122|13.1.000","period":{"start":"2025-01-01","end":"2025-12-31"},"improvementNotation":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/measure-improvement-notation","code":"decrease"}]},"group":[{"population":[{"code":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/measure-population","code":"numerator"}]},"count":2}],"measureScore":{"value":0.666667},"stratifier":[{"stratum":[{"value":{"text":"Age 65 or older"},"measureScore":{"value":1.000000}}]}]}]} <nil>
}

func ExampleOptions() {
	in := []byte(`{"resourceType":"Patient","id":"p","deceasedDateTime":"2025-12-31T23:30:00-05:00"}`)
	r, _ := fhir.Bundle(in, fhir.Options{ZoneMinutes: -300})
	fmt.Println(r.Patient.Death)
	// Output:
	// 2025-12-31 23:30
}

func ExamplePopulationCount() {
	// The report of one person: counts of 0 or 1, and what they rest on.
	m := fhir.MeasureReport{Measure: "m", Patient: "amara", Period: registry.CalendarYear(2025), Evaluated: []string{"Observation/o1"},
		Groups: []fhir.GroupReport{{Populations: []fhir.PopulationCount{{Code: "denominator", Count: 1}, {Code: "numerator", Count: 1}}}}}
	b, err := m.Marshal()
	var r struct {
		Type              string
		Subject           struct{ Reference string }
		EvaluatedResource []struct{ Reference string }
	}
	fmt.Println(json.Unmarshal(b, &r), r.Type, r.Subject.Reference, r.EvaluatedResource, err)
	// Output: <nil> individual Patient/amara [{Observation/o1}] <nil>
}

func ExampleRecord() {
	// Odd, but readable: a year of birth only, and nobody's facts lost.
	in := []byte(`{"resourceType":"Bundle","entry":[
		{"resource":{"resourceType":"Patient","id":"amara","birthDate":"1962"}},
		{"resource":{"resourceType":"Condition","id":"c1","subject":{"reference":"Patient/amara"},"code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"E11.9"}]},"onsetDateTime":"2018-05"}}]}`)
	r, err := fhir.Bundle(in, fhir.Options{})
	fmt.Println(r.Patient.Birth, r.Patient.Facts[0].Codes, err)
	for _, i := range r.Issues {
		fmt.Println(i.Code, i.Resource, i.Path, i.Value)
	}
	// Output:
	// 1962-01-01 [http://hl7.org/fhir/sid/icd-10-cm|E119] <nil>
	// PARTIAL_DATE Patient/amara birthDate 1962
	// PARTIAL_DATE Condition/c1 onsetDateTime 2018-05
}

func ExampleReferenceTo() {
	fmt.Println(fhir.ReferenceTo(&registry.Fact{ID: "o1", Kind: registry.Observation}))
	// Output:
	// Observation/o1
}

func ExampleStratumReport() {
	m := fhir.MeasureReport{Measure: "m", Period: registry.CalendarYear(2025), Groups: []fhir.GroupReport{{Strata: []fhir.StratumReport{{Name: "Age 65 or older", Score: registry.Rate{Num: 1, Den: 3}}}}}}
	b, err := m.Marshal()
	_, stratum, _ := strings.Cut(string(b), `"stratum":`)
	fmt.Println(stratum, err)
	// Output: [{"value":{"text":"Age 65 or older"},"measureScore":{"value":0.333333}}]}]}]} <nil>
}

func ExampleValueSets() {
	in := []byte(`{"resourceType":"ValueSet","url":"http://example.org/ValueSet/1.2.3","title":"HbA1c","expansion":{"contains":[{"system":"http://loinc.org","code":"4548-4"}]}}`)
	sets, err := fhir.ValueSets(in)
	fmt.Println(sets[0].OID, sets[0].Name, sets[0].Codes, err)
	// Output:
	// 1.2.3 HbA1c [http://loinc.org|4548-4] <nil>
}
