package fhir

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/registry"
)

const patient = `{"resource":{"resourceType":"Patient","id":"p","gender":"female","birthDate":"1960-02-29"}}`

func bundle(resources ...string) []byte {
	parts := []string{patient}
	for _, r := range resources {
		parts = append(parts, `{"resource":`+r+`}`)
	}
	return []byte(`{"resourceType":"Bundle","type":"collection","entry":[` + strings.Join(parts, ",") + `]}`)
}

func decode(t *testing.T, resources ...string) *Record {
	t.Helper()
	r, err := Bundle(bundle(resources...), Options{})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func issueCodes(r *Record) []string {
	var out []string
	for _, i := range r.Issues {
		out = append(out, i.Code)
	}
	return out
}

// Input that cannot be: a typed error that names resource, path and value.
func TestFaults(t *testing.T) {
	obs := func(rest string) string {
		return `{"resourceType":"Observation","id":"o","status":"final","code":{"coding":[{"system":"http://loinc.org","code":"4548-4"}]},` + rest + `}`
	}
	for name, c := range map[string]struct {
		in                    []byte
		err                   error
		resource, path, value string
	}{
		"empty bundle":       {[]byte(`{"resourceType":"Bundle","entry":[]}`), ErrNoPatient, "Bundle", "", ""},
		"no patient":         {[]byte(`{"resourceType":"Bundle","entry":[{"resource":` + obs(`"effectiveDateTime":"2025-01-01"`) + `}]}`), ErrNoPatient, "Bundle", "", ""},
		"two patients":       {bundle(`{"resourceType":"Patient","id":"q"}`), ErrTwoPeople, "Bundle", "Patient.id", "p, q"},
		"not JSON":           {[]byte(`{"resourceType":`), ErrJSON, "Bundle", "", ""},
		"not FHIR":           {[]byte(`{"a":1}`), ErrNotABundle, "input", "resourceType", ""},
		"NaN":                {bundle(obs(`"valueQuantity":{"value":NaN}`)), ErrJSON, "Bundle", "", ""},
		"1e400":              {bundle(obs(`"valueQuantity":{"value":1e400,"unit":"%"}`)), ErrValue, "Observation/o", "valueQuantity.value", "1e400"},
		"no such day":        {bundle(obs(`"effectiveDateTime":"2025-02-30"`)), ErrValue, "Observation/o", "effectiveDateTime", "2025-02-30"},
		"no such time":       {bundle(obs(`"effectiveDateTime":"2025-02-03T25:00:00Z"`)), ErrValue, "Observation/o", "effectiveDateTime", "2025-02-03T25:00:00Z"},
		"date as number":     {bundle(obs(`"effectiveDateTime":20250203`)), ErrValue, "Observation/o", "effectiveDateTime", "number"},
		"comparator":         {bundle(obs(`"valueQuantity":{"value":1,"comparator":"~"}`)), ErrValue, "Observation/o", "valueQuantity.comparator", "~"},
		"gender":             {[]byte(`{"resourceType":"Patient","id":"p","gender":"F"}`), ErrValue, "Patient/p", "gender", "F"},
		"nesting":            {[]byte(`{"resourceType":"Bundle","entry":` + strings.Repeat("[", 10<<20) + `}`), ErrJSON, "Bundle", "", ""},
		"a type of no name":  {bundle(`{"id":"x"}`), ErrNotABundle, "entry 1", "resourceType", ""},
		"component too long": {bundle(obs(`"component":[{"code":{},"valueQuantity":{"value":1234567890123456789012}}]`)), ErrValue, "Observation/o", "component[0].valueQuantity.value", "1234567890123456789012"},
	} {
		_, err := Bundle(c.in, Options{})
		var e *Error
		if !errors.As(err, &e) || !errors.Is(err, c.err) {
			t.Errorf("%s: %v, want %v", name, err, c.err)
			continue
		}
		f := e.Faults[0]
		if f.Resource != c.resource || f.Path != c.path || c.value != "" && f.Value != c.value {
			t.Errorf("%s: %+v, want %s %s %s", name, f, c.resource, c.path, c.value)
		}
	}
	// all faults at once
	_, err := Bundle(bundle(obs(`"effectiveDateTime":"never"`), obs(`"valueQuantity":{"value":1e999}`)), Options{})
	var e *Error
	if !errors.As(err, &e) || len(e.Faults) != 2 {
		t.Errorf("faults: %v", err)
	}
}

// Input that is odd but can be read: kept, with an issue that says so.
func TestIssues(t *testing.T) {
	for name, c := range map[string]struct {
		resource string
		want     string
		check    func(*Record) bool
	}{
		"death before birth": {"", "", nil},
		"end before start": {`{"resourceType":"Encounter","id":"e","status":"finished","class":{"code":"AMB"},"period":{"start":"2025-03-02","end":"2025-03-01"}}`, EndBeforeStart,
			func(r *Record) bool { return len(r.Patient.Facts) == 1 }},
		"value without unit": {`{"resourceType":"Observation","id":"o","status":"final","valueQuantity":{"value":7.1}}`, UnitMissing,
			func(r *Record) bool { return r.Patient.Facts[0].Value.Quantity.Unit == "" }},
		"unknown unit": {`{"resourceType":"Observation","id":"o","status":"final","valueQuantity":{"value":7.1,"unit":"furlong"}}`, "",
			func(r *Record) bool { return r.Patient.Facts[0].Value.Quantity.Unit == "furlong" }},
		"mmHg": {`{"resourceType":"Observation","id":"o","status":"final","valueQuantity":{"value":120,"unit":"mmHg"}}`, "",
			func(r *Record) bool { return r.Patient.Facts[0].Value.Quantity.Unit == "mm[Hg]" }},
		"code without system": {`{"resourceType":"Condition","id":"c","code":{"coding":[{"code":"E11.9"}]}}`, SystemMissing, nil},
		"system by OID": {`{"resourceType":"Condition","id":"c","code":{"coding":[{"system":"urn:oid:2.16.840.1.113883.6.90","code":"e11.9"}]}}`, "",
			func(r *Record) bool {
				return r.Patient.Facts[0].Codes[0] == registry.Code{System: registry.ICD10CM, Value: "E119"}
			}},
		"not done":       {`{"resourceType":"Procedure","id":"x","status":"not-done"}`, "", func(r *Record) bool { return r.Patient.Facts[0].Negated }},
		"do not perform": {`{"resourceType":"MedicationRequest","id":"x","status":"active","intent":"order","doNotPerform":true}`, "", func(r *Record) bool { return r.Patient.Facts[0].Negated }},
		"entered in error": {`{"resourceType":"Condition","id":"x","verificationStatus":{"coding":[{"code":"entered-in-error"}]}}`, "",
			func(r *Record) bool { return r.Patient.Facts[0].Verification == registry.VerifiedInError }},
		"dangling reference":  {`{"resourceType":"Observation","id":"o","status":"final","encounter":{"reference":"Encounter/none"}}`, OrphanReference, nil},
		"dangling medication": {`{"resourceType":"MedicationRequest","id":"m","status":"active","intent":"order","medicationReference":{"reference":"Medication/none"}}`, OrphanReference, nil},
		"partial date": {`{"resourceType":"Condition","id":"c","onsetDateTime":"2019-05"}`, PartialDate,
			func(r *Record) bool { return r.Patient.Facts[0].When.Start.Day == registry.Day(2019, 5, 1) }},
		"other subject":   {`{"resourceType":"Condition","id":"c","subject":{"reference":"Patient/other"}}`, OtherSubject, nil},
		"negative supply": {`{"resourceType":"MedicationDispense","id":"m","status":"completed","whenHandedOver":"2025-01-01","daysSupply":{"value":-30,"unit":"days"}}`, NegativeSupply, nil},
		"unknown type": {`{"resourceType":"Wibble","id":"w"}`, "", func(r *Record) bool {
			return slices.Equal(r.Unknown, []Count{{"Wibble", 1}}) && len(r.Patient.Facts) == 0
		}},
	} {
		if name == "death before birth" {
			r, err := Bundle([]byte(`{"resourceType":"Patient","id":"p","birthDate":"1960-01-01","deceasedDateTime":"1950-01-01"}`), Options{})
			if err != nil || !slices.Equal(issueCodes(r), []string{DeathBeforeBirth}) {
				t.Errorf("%s: %v %v", name, r, err)
			}
			continue
		}
		r := decode(t, c.resource)
		if c.want != "" && !slices.Contains(issueCodes(r), c.want) || c.want == "" && len(r.Issues) > 0 {
			t.Errorf("%s: issues %v, want %q", name, r.Issues, c.want)
		}
		if c.check != nil && !c.check(r) {
			t.Errorf("%s: %+v", name, r.Patient.Facts)
		}
	}
	r := decode(t, `{"resourceType":"Condition","id":"c"}`, `{"resourceType":"Condition","id":"c"}`)
	if !slices.Contains(issueCodes(r), DuplicateID) {
		t.Errorf("duplicate IDs: %v", r.Issues)
	}
}

func TestTimes(t *testing.T) {
	for _, c := range []struct {
		in   string
		zone int
		want string
	}{
		{"2025-03-01", 0, "2025-03-01"},
		{"2025-12-31T23:30:00-04:00", 0, "2026-01-01 03:30"},
		{"2025-12-31T23:30:00-04:00", -240, "2025-12-31 23:30"},
		{"2026-01-01T00:10:00+01:00", 0, "2025-12-31 23:10"},
		{"2025-06-30T24:00:00Z", 0, "2025-07-01 00:00"},
		{"2025-06-30T23:59:60Z", 0, "2025-06-30 23:59"},
		{"2025-06-30T10:15", 0, "2025-06-30 10:15"},
		{"2025-06-30T10:15:20.123456Z", 330, "2025-06-30 15:45"},
	} {
		m, _, err := parseMoment(c.in, c.zone)
		if err != nil || m.String() != c.want {
			t.Errorf("%s in zone %d: %v %v, want %s", c.in, c.zone, m, err, c.want)
		}
	}
	for _, bad := range []string{"", "2025-13-01", "20250101", "2025-01-01T", "2025-01-01T10", "2025-01-01T10:61:00Z", "2025-01-01T10:00:00.Z", "2025-01-01T10:00:00+5", "2025-01-01T10:00:00Zulu", "01/02/2025"} {
		if m, _, err := parseMoment(bad, 0); err == nil {
			t.Errorf("%q gives %v", bad, m)
		}
	}
}

func TestReferencesAndSupply(t *testing.T) {
	r, err := Bundle([]byte(`{"resourceType":"Bundle","entry":[`+patient+`,
	{"fullUrl":"urn:uuid:11","resource":{"resourceType":"Encounter","id":"e1","status":"finished","class":{"code":"IMP"},"type":[{"coding":[{"code":"1","system":"urn:x"}]}],
	  "diagnosis":[{"condition":{"reference":"urn:uuid:22"},"rank":1,"use":{"coding":[{"code":"billing"}]}}],"location":[{"location":{"reference":"Location/l"}}]}},
	{"fullUrl":"urn:uuid:22","resource":{"resourceType":"Condition","id":"c1","code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"F90.0"}]}}},
	{"resource":{"resourceType":"Location","id":"l","type":[{"coding":[{"system":"urn:x","code":"AMB"}]}]}},
	{"resource":{"resourceType":"Observation","id":"o","status":"final","encounter":{"reference":"http://example.org/fhir/Encounter/urn:uuid:11"}}},
	{"resource":{"resourceType":"MedicationRequest","id":"m","status":"active","intent":"order","authoredOn":"2025-01-10","contained":[{"resourceType":"Medication","id":"med","code":{"coding":[{"system":"http://www.nlm.nih.gov/research/umls/rxnorm","code":"1"}]}}],
	  "medicationReference":{"reference":"#med"},"dosageInstruction":[{"timing":{"repeat":{"frequency":2,"period":1,"periodUnit":"d"}},"doseAndRate":[{"doseQuantity":{"value":1}}]}],
	  "dispenseRequest":{"quantity":{"value":60},"numberOfRepeatsAllowed":1}}},
	{"resource":{"resourceType":"Task","id":"t","status":"rejected","code":{"coding":[{"code":"fulfill"}]},"focus":{"reference":"MedicationRequest/m"}}},
	{"resource":{"resourceType":"Claim","id":"cl","status":"active","use":"claim","diagnosis":[{"sequence":1,"diagnosisCodeableConcept":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10-cm","code":"F32.1"}]},"type":[{"coding":[{"code":"principal"}]}]}],"item":[{"encounter":[{"reference":"Encounter/e1"}],"diagnosisSequence":[1]}]}}
	]}`), Options{})
	if err != nil {
		t.Fatal(err)
	}
	byID := map[string]*registry.Fact{}
	for i := range r.Patient.Facts {
		byID[r.Patient.Facts[i].ID] = &r.Patient.Facts[i]
	}
	if e := byID["e1"]; len(e.Visit.Diagnoses) != 2 || e.Visit.Diagnoses[0].Reference != "c1" || !e.Visit.Diagnoses[1].Principal || len(e.Visit.LocationTypes) != 1 {
		t.Errorf("encounter: %+v", e.Visit)
	}
	m := byID["m"]
	if !m.Refused || len(m.Codes) != 1 {
		t.Errorf("order: %+v", m)
	}
	if p, ok := m.Supply.Covered(); !ok || p != (registry.Period{Start: registry.Day(2025, 1, 10), End: registry.Day(2025, 3, 10)}) {
		t.Errorf("60 tablets, two a day, one refill: %v %v", p, ok)
	}
}

func TestLines(t *testing.T) {
	in := `{"resourceType":"Condition","id":"c1","subject":{"reference":"Patient/b"}}
{"resourceType":"Patient","id":"b"}

{"resourceType":"Bundle","entry":[` + patient + `]}
{"resourceType":"Patient","id":"a"}
`
	rs, err := Lines([]byte(in), Options{})
	if err != nil || len(rs) != 3 || rs[0].Patient.ID != "a" || rs[1].Patient.ID != "b" || len(rs[1].Patient.Facts) != 1 || rs[2].Patient.ID != "p" {
		t.Errorf("%v %v", rs, err)
	}
	_, err = Lines([]byte(`{"resourceType":"Condition","id":"c1","subject":{"reference":"Patient/lost"}}`+"\nxx\n"), Options{})
	if !errors.Is(err, ErrNoPatient) || !errors.Is(err, ErrJSON) || !strings.Contains(err.Error(), "lost") {
		t.Errorf("%v", err)
	}
}

func TestValueSets(t *testing.T) {
	one := `{"resourceType":"ValueSet","url":"http://cts.nlm.nih.gov/fhir/ValueSet/1.2.3|2025","title":"Tests","version":"7","expansion":{"contains":[{"system":"urn:oid:2.16.840.1.113883.6.90","code":"E11.9"},{"system":"http://loinc.org","abstract":true,"code":"x","contains":[{"system":"http://loinc.org","code":"1-8"}]}]}}`
	for _, in := range []string{one, one + "\n", "[" + one + "]", `{"resourceType":"Bundle","entry":[{"resource":` + one + `}]}`} {
		sets, err := ValueSets([]byte(in))
		if err != nil || len(sets) != 1 || sets[0].OID != "1.2.3" || sets[0].Version != "7" || fmt.Sprint(sets[0].Codes) != "[http://hl7.org/fhir/sid/icd-10-cm|E119 http://loinc.org|1-8]" {
			t.Errorf("%v %v", sets, err)
		}
	}
	if _, err := ValueSets([]byte(`{"resourceType":"Patient"}` + "\n" + `{"resourceType":"ValueSet"}`)); !errors.Is(err, ErrValue) {
		t.Errorf("%v", err)
	}
}

func TestMeasureReport(t *testing.T) {
	m := MeasureReport{Measure: "CMS122|13", Patient: "p", Period: registry.CalendarYear(2025), Improvement: "decrease", Groups: []GroupReport{{
		Populations: []PopulationCount{{"initial-population", 1}, {"numerator", 1}}, Score: registry.Rate{Num: 1, Den: 3},
		Strata: []StratumReport{{Name: "all", Score: registry.Rate{}}}}}, Evaluated: []string{"Observation/o"}}
	b, err := m.Marshal()
	if err != nil || !json.Valid(b) || !bytes.Contains(b, []byte(`"measureScore":{"value":0.333333}`)) || !bytes.Contains(b, []byte(`"type":"individual"`)) {
		t.Errorf("%s %v", b, err)
	}
	again, _ := m.Marshal()
	if !bytes.Equal(b, again) {
		t.Error("not stable")
	}
}

func FuzzBundle(f *testing.F) {
	f.Add(bundle(`{"resourceType":"Observation","id":"o","valueQuantity":{"value":1.5e3}}`))
	f.Add([]byte(`{"resourceType":"Patient","id":"p","birthDate":"2000"}`))
	f.Add(bundle(`{"resourceType":"MedicationRequest","dosageInstruction":[{"timing":{"repeat":{"boundsDuration":{"value":3,"unit":"d"}}}}],"authoredOn":"2020-01-01"}`))
	f.Fuzz(func(t *testing.T, in []byte) {
		r, err := Bundle(in, Options{})
		if err == nil && r.Patient == nil {
			t.Fatal("neither patient nor error")
		}
		var e *Error
		if err != nil && (!errors.As(err, &e) || len(e.Faults) == 0) {
			t.Fatalf("untyped error %v", err)
		}
	})
}

func FuzzLines(f *testing.F) {
	f.Add([]byte("{\"resourceType\":\"Patient\",\"id\":\"p\"}\n{}"))
	f.Fuzz(func(t *testing.T, in []byte) {
		var e *Error
		if _, err := Lines(in, Options{}); err != nil && !errors.As(err, &e) {
			t.Fatalf("untyped error %v", err)
		}
	})
}

func FuzzValueSets(f *testing.F) {
	f.Add([]byte(`{"resourceType":"ValueSet","id":"1","expansion":{"contains":[{"code":"1"}]}}`))
	f.Fuzz(func(t *testing.T, in []byte) {
		var e *Error
		if _, err := ValueSets(in); err != nil && !errors.As(err, &e) {
			t.Fatalf("untyped error %v", err)
		}
	})
}

func FuzzMoment(f *testing.F) {
	f.Add("2025-02-28T23:59:59.999-11:30", 60)
	f.Fuzz(func(t *testing.T, s string, zone int) {
		if zone < -1440 || zone > 1440 {
			return
		}
		if m, _, err := parseMoment(s, zone); err == nil && m.Day == 0 && s != "0001-01-01" && !strings.HasPrefix(s, "0001-01-01") && !strings.HasPrefix(s, "9999-12-31") {
			t.Fatalf("%q gives no day", s)
		}
	})
}

func BenchmarkBundle(b *testing.B) {
	var rs []string
	for i := range 200 {
		rs = append(rs, fmt.Sprintf(`{"resourceType":"Observation","id":"o%d","status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"4548-4"}]},"subject":{"reference":"Patient/p"},"effectiveDateTime":"2025-03-%02dT10:00:00.000Z","valueQuantity":{"value":7.%d,"unit":"%%","system":"http://unitsofmeasure.org","code":"%%"}}`, i, i%28+1, i%10))
	}
	in := bundle(rs...)
	b.SetBytes(int64(len(in)))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Bundle(in, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
