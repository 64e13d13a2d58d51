package fhir_test

import (
	"errors"
	"fmt"

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
		{"resource":{"resourceType":"Patient","id":"amara","birthDate":"1962-04-09"}},
		{"resource":{"resourceType":"Observation","id":"o1","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"4548-4"}]},"effectiveDateTime":"2025-03-01T09:00:00+01:00","valueQuantity":{"value":8.4,"unit":"%"}}},
		{"resource":{"resourceType":"Wibble"}}]}`)
	r, err := fhir.Bundle(in, fhir.Options{})
	fmt.Println(r.Patient.Facts[0].When, r.Patient.Facts[0].Value, r.Unknown, err)
	// Output:
	// 2025-03-01 8.4 % [{Wibble 1}] <nil>
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

func ExampleGroupReport() {
	m := fhir.MeasureReport{Measure: "CMS122|13.1.000", Period: registry.CalendarYear(2025), Improvement: "decrease",
		Groups: []fhir.GroupReport{{Populations: []fhir.PopulationCount{{Code: "numerator", Count: 2}}, Score: registry.Rate{Num: 2, Den: 3},
			Strata: []fhir.StratumReport{{Name: "Age 65 or older", Score: registry.Rate{Num: 1, Den: 1}}}}}}
	b, err := m.Marshal()
	fmt.Println(string(b), err)
	// Output:
	// {"resourceType":"MeasureReport","status":"complete","type":"summary","measure":"CMS122|13.1.000","period":{"start":"2025-01-01","end":"2025-12-31"},"improvementNotation":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/measure-improvement-notation","code":"decrease"}]},"group":[{"population":[{"code":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/measure-population","code":"numerator"}]},"count":2}],"measureScore":{"value":0.666667},"stratifier":[{"stratum":[{"value":{"text":"Age 65 or older"},"measureScore":{"value":1.000000}}]}]}]} <nil>
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
		fmt.Println(r.Patient.ID, len(r.Patient.Facts), err)
	}
	// Output:
	// a 0 <nil>
	// b 1 <nil>
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
	m := fhir.MeasureReport{Measure: "CMS122|13.1.000", Period: registry.CalendarYear(2025), Improvement: "decrease",
		Groups: []fhir.GroupReport{{Populations: []fhir.PopulationCount{{Code: "numerator", Count: 2}}, Score: registry.Rate{Num: 2, Den: 3},
			Strata: []fhir.StratumReport{{Name: "Age 65 or older", Score: registry.Rate{Num: 1, Den: 1}}}}}}
	b, err := m.Marshal()
	fmt.Println(string(b), err)
	// Output:
	// {"resourceType":"MeasureReport","status":"complete","type":"summary","measure":"CMS122|13.1.000","period":{"start":"2025-01-01","end":"2025-12-31"},"improvementNotation":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/measure-improvement-notation","code":"decrease"}]},"group":[{"population":[{"code":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/measure-population","code":"numerator"}]},"count":2}],"measureScore":{"value":0.666667},"stratifier":[{"stratum":[{"value":{"text":"Age 65 or older"},"measureScore":{"value":1.000000}}]}]}]} <nil>
}

func ExampleRecord() {
	in := []byte(`{"resourceType":"Bundle","entry":[
		{"resource":{"resourceType":"Patient","id":"amara","birthDate":"1962-04-09"}},
		{"resource":{"resourceType":"Observation","id":"o1","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"4548-4"}]},"effectiveDateTime":"2025-03-01T09:00:00+01:00","valueQuantity":{"value":8.4,"unit":"%"}}},
		{"resource":{"resourceType":"Wibble"}}]}`)
	r, err := fhir.Bundle(in, fhir.Options{})
	fmt.Println(r.Patient.Facts[0].When, r.Patient.Facts[0].Value, r.Unknown, err)
	// Output:
	// 2025-03-01 8.4 % [{Wibble 1}] <nil>
}

func ExampleReferenceTo() {
	fmt.Println(fhir.ReferenceTo(&registry.Fact{ID: "o1", Kind: registry.Observation}))
	// Output:
	// Observation/o1
}

func ExampleStratumReport() {
	m := fhir.MeasureReport{Measure: "CMS122|13.1.000", Period: registry.CalendarYear(2025), Improvement: "decrease",
		Groups: []fhir.GroupReport{{Populations: []fhir.PopulationCount{{Code: "numerator", Count: 2}}, Score: registry.Rate{Num: 2, Den: 3},
			Strata: []fhir.StratumReport{{Name: "Age 65 or older", Score: registry.Rate{Num: 1, Den: 1}}}}}}
	b, err := m.Marshal()
	fmt.Println(string(b), err)
	// Output:
	// {"resourceType":"MeasureReport","status":"complete","type":"summary","measure":"CMS122|13.1.000","period":{"start":"2025-01-01","end":"2025-12-31"},"improvementNotation":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/measure-improvement-notation","code":"decrease"}]},"group":[{"population":[{"code":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/measure-population","code":"numerator"}]},"count":2}],"measureScore":{"value":0.666667},"stratifier":[{"stratum":[{"value":{"text":"Age 65 or older"},"measureScore":{"value":1.000000}}]}]}]} <nil>
}

func ExampleValueSets() {
	in := []byte(`{"resourceType":"ValueSet","url":"http://example.org/ValueSet/1.2.3","title":"HbA1c","expansion":{"contains":[{"system":"http://loinc.org","code":"4548-4"}]}}`)
	sets, err := fhir.ValueSets(in)
	fmt.Println(sets[0].OID, sets[0].Name, sets[0].Codes, err)
	// Output:
	// 1.2.3 HbA1c [http://loinc.org|4548-4] <nil>
}
