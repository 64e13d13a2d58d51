package completeness_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"pgregory.net/rapid"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/completeness"
	"github.com/chroniccare/chroniccare/registry/linkage"
)

func TestUnits(t *testing.T) {
	u, err := completeness.LoadUnits()
	if err != nil {
		t.Fatal(err)
	}
	q := func(s, unit string) registry.Quantity {
		n, err := registry.ParseNumber(s)
		if err != nil {
			t.Fatal(err)
		}
		return registry.Quantity{Value: n, Unit: unit}
	}
	for _, c := range []struct{ analyte, in, unit, to, want string }{
		{"hba1c", "7", "%", "mmol/mol", "53 mmol/mol"}, {"hba1c", "6.5", "%", "mmol/mol", "48 mmol/mol"}, {"hba1c", "53", "mmol/mol", "%", "7 %"},
		{"glucose", "180.182", "mg/dl", "mmol/L", "10 mmol/L"}, {"glucose", "5", "mmol/L", "mg/dL", "90.091 mg/dL"},
		{"creatinine", "1", "mg/dL", "umol/L", "88 umol/L"}, {"acr", "30", "mg/g", "mg/mmol", "3.4 mg/mmol"}, {"weight", "100", "lb", "kg", "45.36 kg"},
		{"height", "70", "in", "cm", "177.8 cm"}, {"temperature", "98.6", "degF", "Cel", "37 Cel"}, {"fev1_fvc", "70", "%", "1", "0.7 1"},
		{"systolic", "120", "mmHg", "mm[Hg]", "120 mm[Hg]"},
	} {
		got, err := u.Convert(c.analyte, q(c.in, c.unit), c.to)
		if err != nil || got.String() != c.want {
			t.Errorf("%s %s %s: %s %v, want %s", c.analyte, c.in, c.unit, got, err, c.want)
		}
	}
	for _, c := range []struct{ analyte, unit, to string }{{"hba1c", "", "%"}, {"hba1c", "mmol/L", "%"}, {"potassium", "mg/dL", "mmol/L"}, {"unheard", "a", "b"}} {
		if _, err := u.Convert(c.analyte, q("7.5", c.unit), c.to); !errors.Is(err, completeness.ErrUnit) {
			t.Errorf("%v: %v", c, err)
		}
	}
	// a limit is compared before anything is rounded: 53.0002 mmol/mol is above 7 %
	for in, want := range map[string]bool{"52.9": true, "52.9951": true, "52.996": false, "53": false} {
		ok, err := u.Satisfies("hba1c", q(in, "mmol/mol"), registry.Below, q("7", "%"))
		if err != nil || ok != want {
			t.Errorf("%s mmol/mol below 7 %%: %v %v", in, ok, err)
		}
	}
	for _, c := range []struct {
		cmp  registry.Comparator
		v    string
		op   registry.Op
		lim  string
		want bool
	}{
		{registry.LessThan, "5", registry.Below, "7", true}, {registry.LessThan, "5", registry.AtOrAbove, "5", false}, {registry.MoreThan, "14", registry.Below, "20", false},
		{registry.MoreThan, "14", registry.Above, "14", true}, {registry.AtLeast, "14", registry.Above, "14", false}, {registry.AtLeast, "14", registry.AtOrAbove, "14", true},
		{registry.LessThan, "7", registry.Below, "7", true}, {registry.AtMost, "7", registry.Below, "7", false}, {registry.AtMost, "7", registry.AtOrBelow, "7", true},
		{registry.AtMost, "6", registry.Below, "7", true}, {registry.AtLeast, "8", registry.Above, "7", true}, {registry.MoreThan, "7", registry.AtOrAbove, "7", true},
		{registry.LessThan, "5", registry.Above, "3", false}, {registry.Exactly, "7", registry.AtOrBelow, "7", true}, {registry.Exactly, "7", registry.Above, "7", false},
	} {
		x := q(c.v, "%")
		x.Comparator = c.cmp
		if ok, err := u.Satisfies("hba1c", x, c.op, q(c.lim, "%")); err != nil || ok != c.want {
			t.Errorf("%s %d %s: %v %v", x, c.op, c.lim, ok, err)
		}
	}
	if _, err := u.Satisfies("hba1c", q("7", ""), registry.Below, q("7", "%")); !errors.Is(err, completeness.ErrUnit) {
		t.Error(err)
	}
	if _, err := u.Satisfies("hba1c", q("7", "%"), registry.Op(9), q("7", "%")); !errors.Is(err, completeness.ErrUnit) {
		t.Error(err)
	}
	for _, c := range []struct {
		analyte, v, unit string
		cmp              registry.Comparator
		age              int
		want             completeness.Code
	}{
		{"hba1c", "3", "%", 0, 50, completeness.NoIssue}, {"hba1c", "2.9", "%", 0, 50, completeness.Implausible}, {"hba1c", "20", "%", 0, 50, completeness.NoIssue},
		{"hba1c", "20.1", "%", 0, 50, completeness.Implausible}, {"hba1c", "53", "%", 0, 50, completeness.Implausible}, {"hba1c", "7.5", "mmol/mol", 0, 50, completeness.Implausible},
		{"hba1c", "7.5", "mmol/L", 0, 50, completeness.UnitMismatch}, {"hba1c", "9.5", "mmol/l", 0, 50, completeness.UnitMismatch}, {"hba1c", "7.5", "", 0, 50, completeness.UnitMissing},
		{"hba1c", "3", "%", registry.LessThan, 50, completeness.Implausible}, {"hba1c", "3", "%", registry.AtMost, 50, completeness.NoIssue}, {"hba1c", "25", "%", registry.LessThan, 50, completeness.NoIssue},
		{"hba1c", "20", "%", registry.MoreThan, 50, completeness.Implausible}, {"hba1c", "20", "%", registry.AtLeast, 50, completeness.NoIssue}, {"hba1c", "1", "%", registry.MoreThan, 50, completeness.NoIssue},
		{"glucose", "1500", "mg/dL", 0, 50, completeness.NoIssue}, {"glucose", "84", "mmol/L", 0, 50, completeness.Implausible}, {"glucose", "83", "mmol/L", 0, 50, completeness.NoIssue},
		{"weight", "19", "kg", 0, 18, completeness.Implausible}, {"weight", "19", "kg", 0, 17, completeness.NoIssue}, {"weight", "19", "kg", 0, -1, completeness.NoIssue}, {"weight", "44", "lb", 0, 40, completeness.Implausible},
		{"weight", "45", "lb", 0, 40, completeness.NoIssue}, {"cholesterol", "200", "mg/dL", 0, 40, completeness.NoIssue}, {"cholesterol", "200", "kg", 0, 40, completeness.UnitMismatch}, {"unheard", "1", "", 0, 40, completeness.NoIssue},
	} {
		x := q(c.v, c.unit)
		x.Unit = registry.CanonicalUnit(x.Unit)
		x.Comparator = c.cmp
		if got := u.Judge(c.analyte, x, c.age); got != c.want {
			t.Errorf("%s %s at %d: %q, want %q", c.analyte, x, c.age, got, c.want)
		}
	}
}

// There and back again is where it began, within the rounding of one step.
func TestConvertLaw(t *testing.T) {
	u, err := completeness.LoadUnits()
	if err != nil {
		t.Fatal(err)
	}
	pairs := [][3]string{{"hba1c", "%", "mmol/mol"}, {"glucose", "mg/dL", "mmol/L"}, {"weight", "[lb_av]", "kg"}, {"temperature", "[degF]", "Cel"}, {"creatinine", "umol/L", "mg/dL"}}
	order := map[int]int{}
	lawtest.Until(t, func(t *rapid.T) {
		p := rapid.SampledFrom(pairs).Draw(t, "pair")
		a := registry.Quantity{Value: registry.Num(rapid.Int64Range(1, 3000).Draw(t, "a"), -1), Unit: p[1]}
		b := registry.Quantity{Value: registry.Num(rapid.Int64Range(1, 3000).Draw(t, "b"), -1), Unit: p[1]}
		y, err := u.Convert(p[0], b, p[2])
		if err != nil {
			t.Fatal(err)
		}
		// order is kept, and equality up to the rounding
		c, err := u.Compare(p[0], a, y)
		if err != nil {
			t.Fatal(err)
		}
		ya, _ := u.Convert(p[0], a, p[2])
		if want := a.Value.Cmp(b.Value); ya != y && c != want {
			t.Fatalf("%s against %s = %s: %d", a, b, y, c)
		}
		back, err := u.Compare(p[0], y, a)
		if err != nil || back != -c {
			t.Fatalf("comparing is not antisymmetric: %s %s: %d %d %v", a, y, c, back, err)
		}
		order[c]++
	}, func() bool { return order[-1] > 0 && order[1] > 0 })
}

func TestCheckCode(t *testing.T) {
	for _, c := range []struct {
		system registry.System
		value  string
		digits bool
		bad    bool
	}{
		{registry.ICD10CM, "E1165", false, false}, {registry.ICD10CM, "E11.65", false, true}, {registry.ICD10CM, "E1", false, true}, {registry.ICD10CM, "S06340A", false, false},
		{registry.ICD10CM, "S06340AB", false, true}, {registry.ICD10CM, "EO1", false, true}, {registry.ICD10CM, "E\u200b11", false, true}, {registry.ICD10CM, "", false, true}, {registry.ICD10CM, "C7A1", false, false},
		{registry.ICD9CM, "25000", false, false}, {registry.ICD9CM, "331", false, false}, {registry.ICD9CM, "25", false, true}, {registry.ICD9CM, "V4581", false, false}, {registry.ICD9CM, "E8497", false, false}, {registry.ICD9CM, "E84977", false, true}, {registry.ICD9CM, "A2500", false, true},
		{registry.LOINC, "4548-4", true, false}, {registry.LOINC, "4548-5", true, true}, {registry.LOINC, "4548-5", false, false}, {registry.LOINC, "45484", false, true}, {registry.LOINC, "-4", false, true},
		{registry.RxNorm, "860975", false, false}, {registry.RxNorm, "86a", false, true}, {registry.CVX, "140", false, false},
		{registry.NDC, "00093104801", false, false}, {registry.NDC, "0093104801", false, true}, {registry.NDC, "0093-1048-01", false, true},
		{registry.HCPCS, "G0108", false, false}, {registry.HCPCS, "g0108", false, true}, {registry.HCPCS, "G010", false, true},
		{"urn:own", "any thing", false, false},
	} {
		if why := completeness.CheckCode(registry.Code{System: c.system, Value: c.value}, c.digits); (why != "") != c.bad {
			t.Errorf("%s %q: %q", c.system, c.value, why)
		}
	}
	// one of ten last digits is right, and two neighbours swapped are always found
	right := 0
	for k := range 10 {
		s := fmt.Sprintf("123456789%d", k)
		if completeness.CheckCode(registry.Code{System: registry.SNOMEDCT, Value: s}, true) == "" {
			right++
			swapped := s[:3] + s[4:5] + s[3:4] + s[5:]
			if completeness.CheckCode(registry.Code{System: registry.SNOMEDCT, Value: swapped}, true) == "" {
				t.Error("swapped digits pass", swapped)
			}
		}
	}
	if right != 1 {
		t.Errorf("%d check digits are right", right)
	}
	// the usual example of the scheme: 236 takes a 3
	if completeness.CheckCode(registry.Code{System: registry.SNOMEDCT, Value: "2363"}, true) == "" {
		t.Error("too short for a SNOMED CT identifier")
	}
	for _, a := range analytes(t) {
		for _, c := range a.Codes {
			if why := completeness.CheckCode(c, true); why != "" {
				t.Errorf("%s %s: %s", a.Name, c, why)
			}
		}
	}
}

func checker(t testing.TB, o completeness.Options) *completeness.Checker {
	t.Helper()
	c, err := completeness.NewChecker(o)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestIssues(t *testing.T) {
	asOf := d(2024, 6, 1)
	dx := registry.NewCode("ICD10CM", "E11.65")
	c := checker(t, completeness.Options{Analytes: analytes(t), Digits: true, Universe: []registry.Code{dx, registry.NewCode("ICD10CM", "I10")}})
	with := func(f registry.Fact, change func(*registry.Fact)) registry.Fact { change(&f); return f }
	visit := fact("e1", registry.Encounter, registry.Code{System: "urn:t", Value: "v"}, d(2024, 1, 5))
	lab := measured("l1", hba1c, d(2024, 1, 5), 71, -1, "%")
	sick := fact("x1", registry.Diagnosis, dx, d(2020, 1, 1))
	drug := fact("m1", registry.MedicationDispense, registry.NewCode("RxNorm", "860975"), d(2024, 1, 1))
	for name, k := range map[string]struct {
		rec  completeness.Record
		want string
	}{
		"nothing wrong":         {completeness.Record{Patient: &registry.Patient{Birth: d(1950, 1, 1), Facts: []registry.Fact{visit, lab, sick, drug}}}, "[]"},
		"tomorrow":              {one(with(lab, func(f *registry.Fact) { f.When = registry.On(d(2024, 6, 2)) })), "[FUTURE_DATE: observation [l1] when is 2024-06-02]"},
		"today":                 {one(with(lab, func(f *registry.Fact) { f.When = registry.On(asOf) })), "[]"},
		"recorded tomorrow":     {one(with(lab, func(f *registry.Fact) { f.Authored = registry.At(d(2024, 6, 2)) })), "[FUTURE_DATE: observation [l1] authored is 2024-06-02]"},
		"a planned visit":       {one(with(visit, func(f *registry.Fact) { f.Status, f.When = registry.Planned, registry.On(d(2024, 7, 1)) })), "[]"},
		"an order for later":    {one(with(fact("o", registry.ServiceRequest, dx, d(2024, 7, 1)), func(f *registry.Fact) { f.Authored = registry.At(asOf) })), "[]"},
		"ends before it starts": {one(with(visit, func(f *registry.Fact) { f.When = registry.Between(d(2024, 1, 5), d(2024, 1, 4)) })), "[END_BEFORE_START: encounter [e1] when ends 2024-01-04, starts 2024-01-05]"},
		"ends an hour before": {one(with(visit, func(f *registry.Fact) {
			f.When.Start.Time, f.When.End.Time = registry.NewClock(10, 0, 0, 0), registry.NewClock(9, 0, 0, 0)
		})), "[END_BEFORE_START: encounter [e1] when ends 2024-01-05 09:00, starts 2024-01-05 10:00]"},
		"born tomorrow":        {completeness.Record{Patient: &registry.Patient{Birth: d(2024, 6, 2)}}, "[FUTURE_DATE: birth is 2024-06-02]"},
		"dead tomorrow":        {completeness.Record{Patient: &registry.Patient{Death: registry.At(d(2024, 6, 2))}}, "[FUTURE_DATE: death is 2024-06-02]"},
		"two deaths":           {completeness.Record{Patient: &registry.Patient{Birth: d(1950, 1, 1), Death: registry.At(d(2024, 1, 4))}, Deaths: []registry.Date{d(2024, 1, 2), d(2024, 1, 4), 0}}, "[MULTIPLE_DEATHS: death is 2024-01-02 and 2024-01-04]"},
		"the earliest death":   {completeness.Record{Patient: &registry.Patient{Birth: d(1950, 1, 1), Death: registry.At(d(2024, 2, 4)), Facts: []registry.Fact{lab}}, Deaths: []registry.Date{d(2024, 1, 4)}}, "[MULTIPLE_DEATHS: death is 2024-01-04 and 2024-02-04 AFTER_DEATH: observation [l1] when starts 2024-01-05, death 2024-01-04]"},
		"on the day of death":  {completeness.Record{Patient: &registry.Patient{Birth: d(1950, 1, 1), Death: registry.At(d(2024, 1, 5)), Facts: []registry.Fact{lab}}}, "[]"},
		"death before birth":   {completeness.Record{Patient: &registry.Patient{Birth: d(1950, 1, 2), Death: registry.At(d(1950, 1, 1))}}, "[BEFORE_BIRTH: death is 1950-01-01, birth 1950-01-02]"},
		"before birth":         {completeness.Record{Patient: &registry.Patient{Birth: d(2024, 1, 6), Facts: []registry.Fact{lab}}}, "[BEFORE_BIRTH: observation [l1] when starts 2024-01-05, birth 2024-01-06]"},
		"one ID, two contents": {one(lab, with(lab, func(f *registry.Fact) { f.Value = registry.QuantityOf(registry.Num(82, -1), "%") })), "[DUPLICATE_ID: observation [l1] id is that of a different observation of 2024-01-05]"},
		"copies":               {one(lab, lab, lab), "[]"},
		"one ID, another kind": {one(lab, with(sick, func(f *registry.Fact) { f.ID = "l1" })), "[]"},
		"no unit":              {one(with(lab, func(f *registry.Fact) { f.Value.Quantity.Unit = "" })), "[UNIT_MISSING: observation [l1] value of hba1c is 7.1]"},
		"another unit":         {one(with(lab, func(f *registry.Fact) { f.Value.Quantity.Unit = "mmol/L" })), "[UNIT_MISMATCH: observation [l1] value of hba1c is 7.1 mmol/L]"},
		"a component": {one(with(fact("b", registry.Observation, registry.Code{System: "urn:t", Value: "bp"}, d(2024, 1, 5)), func(f *registry.Fact) {
			f.Components = []registry.Component{{Codes: []registry.Code{pressure}, Value: registry.QuantityOf(registry.Num(301, 0), "mmHg")}}
		})), "[IMPLAUSIBLE: observation [b] components.value of systolic is 301 mm[Hg]]"},
		"a bad code":             {one(with(sick, func(f *registry.Fact) { f.Codes = []registry.Code{{System: registry.ICD10CM, Value: "E11.65"}} })), "[CODE_INVALID: diagnosis [x1] codes hold http://hl7.org/fhir/sid/icd-10-cm|E11.65: not in normal form]"},
		"an unknown code":        {one(fact("x1", registry.Diagnosis, registry.NewCode("ICD10CM", "E11.9"), d(2020, 1, 1))), "[CODE_UNKNOWN: diagnosis [x1] codes hold http://hl7.org/fhir/sid/icd-10-cm|E119]"},
		"active and over":        {one(with(sick, func(f *registry.Fact) { f.When = registry.Between(d(2020, 1, 1), d(2021, 1, 1)) })), "[STATUS_CONFLICT: diagnosis [x1] status is active, ended 2021-01-01]"},
		"active, to end":         {one(with(sick, func(f *registry.Fact) { f.When = registry.Between(d(2020, 1, 1), d(2025, 1, 1)) })), "[]"},
		"resolved before onset":  {one(with(sick, func(f *registry.Fact) { f.Status, f.Authored = registry.Resolved, registry.At(d(2019, 1, 1)) })), "[STATUS_CONFLICT: diagnosis [x1] status is resolved, recorded before the onset]"},
		"not done, with result":  {one(with(lab, func(f *registry.Fact) { f.Negated = true })), "[STATUS_CONFLICT: observation [l1] negated with a result]"},
		"cancelled, with result": {one(with(lab, func(f *registry.Fact) { f.Status = registry.Cancelled })), "[STATUS_CONFLICT: observation [l1] status is cancelled, with a result]"},
		"negative supply":        {one(with(drug, func(f *registry.Fact) { f.Supply = &registry.Supply{Days: registry.Num(-1, 0)} })), "[NEGATIVE_SUPPLY: medication dispense [m1] supply is -1 days, 0 units, 0 refills]"},
		"an orphan":              {one(with(lab, func(f *registry.Fact) { f.EncounterID = "e9" })), "[ORPHAN_RESULT: observation [l1] encounter is e9, which the record does not hold]"},
		"no orphan":              {one(visit, with(lab, func(f *registry.Fact) { f.EncounterID = "e1" })), "[]"},
		"a reference to nothing": {one(with(visit, func(f *registry.Fact) {
			f.Visit = &registry.Visit{Diagnoses: []registry.EncounterDx{{Reference: "x7"}}}
		})), "[ORPHAN_RESULT: encounter [e1] visit.diagnoses name x7, which the record does not hold]"},
		"entered in error":   {one(with(lab, func(f *registry.Fact) { f.Status, f.Value.Quantity.Unit = registry.EnteredInError, "" })), "[]"},
		"a wrong NHS number": {completeness.Record{Patient: &registry.Patient{}, Identifiers: []linkage.Identifier{{System: linkage.NHSNumber, Value: "943 476 5918"}, {System: linkage.NHSNumber, Value: "943 476 5919"}}}, "[ID_CHECK_DIGIT: identifier https://fhir.nhs.uk/Id/nhs-number 943 476 5918 cannot be right]"},
		"enrolment": {completeness.Record{Patient: &registry.Patient{Enrolments: []registry.Enrolment{
			{Period: registry.Period{Start: d(2024, 1, 1), End: d(2024, 3, 31)}, Product: "commercial"}, {Period: registry.Period{Start: d(2024, 3, 31), End: d(2024, 5, 1)}, Product: "commercial", Payer: "b"},
			{Period: registry.Period{Start: d(2024, 2, 1)}, Product: "medicaid"}, {Period: registry.Period{Start: d(2024, 2, 1), End: d(2024, 1, 1)}, Product: "dental"}}}},
			"[END_BEFORE_START: enrolment dental 2024-02-01 to 2024-01-01 COVERAGE_OVERLAP: enrolment commercial 2024-03-31 to 2024-05-01 overlaps 2024-01-01 to 2024-03-31]"},
		"enrolment, one within another": {completeness.Record{Patient: &registry.Patient{Enrolments: []registry.Enrolment{
			{Period: registry.Period{Start: d(2024, 1, 1), End: d(2024, 12, 31)}}, {Period: registry.Period{Start: d(2024, 2, 1), End: d(2024, 2, 9)}}, {Period: registry.Period{Start: d(2024, 5, 1), End: d(2024, 6, 1)}}}}},
			"[COVERAGE_OVERLAP: enrolment 2024-02-01 to 2024-02-09 overlaps 2024-01-01 to 2024-12-31 COVERAGE_OVERLAP: enrolment 2024-05-01 to 2024-06-01 overlaps 2024-01-01 to 2024-12-31]"},
		"a reading": {completeness.Record{Patient: &registry.Patient{}, Readings: []completeness.Reading{{Fact: with(lab, func(f *registry.Fact) { f.Value.Quantity.Unit = "" })}}}, "[UNIT_MISSING: observation [l1] value of hba1c is 7.1]"},
	} {
		var out completeness.Issues
		c.Check(&k.rec, asOf, &out)
		var got []string
		for i := range out.List {
			got = append(got, out.List[i].Text())
		}
		if fmt.Sprint(got) != k.want {
			t.Errorf("%s:\n got %v\nwant %s", name, got, k.want)
		}
	}
}

func one(fs ...registry.Fact) completeness.Record {
	return completeness.Record{Patient: &registry.Patient{Birth: d(1950, 1, 1), Facts: fs}}
}

func TestCheckerErrors(t *testing.T) {
	_, err := completeness.NewChecker(completeness.Options{Analytes: []completeness.Analyte{{Name: "a", Codes: []registry.Code{hba1c}}, {Name: "a"}, {Name: "b", Codes: []registry.Code{hba1c}}}})
	if !errors.Is(err, completeness.ErrDefinition) || !strings.Contains(err.Error(), "analyte 2") || !strings.Contains(err.Error(), "both a and b") {
		t.Error(err)
	}
}

// draw makes a record of which most parts are wrong now and then.
func draw(t *rapid.T) *completeness.Record {
	base := d(2024, 1, 1)
	p := &registry.Patient{Birth: base.AddDays(-rapid.SampledFrom([]int{0, 5, 20000}).Draw(t, "age"))}
	if rapid.IntRange(0, 5).Draw(t, "dies") == 0 {
		p.Death = registry.At(base.AddDays(rapid.IntRange(-3, 3).Draw(t, "death")))
	}
	for range rapid.IntRange(0, 8).Draw(t, "facts") {
		on := base.AddDays(rapid.IntRange(-4, 4).Draw(t, "day"))
		f := measured(rapid.SampledFrom([]string{"a", "b", "c", ""}).Draw(t, "id"), hba1c, on, rapid.SampledFrom([]int64{29, 30, 71, 201}).Draw(t, "value"), -1, rapid.SampledFrom([]string{"%", "", "kg"}).Draw(t, "unit"))
		switch rapid.IntRange(0, 4).Draw(t, "what") {
		case 0:
			f = fact(f.ID, registry.Encounter, code(diabetes), on)
		case 1:
			f.When.End = registry.At(on.AddDays(rapid.IntRange(-1, 1).Draw(t, "length")))
		case 2:
			f.EncounterID = rapid.SampledFrom([]string{"a", "b", "z"}).Draw(t, "encounter")
		case 3:
			f.Codes = append(f.Codes, registry.Code{System: registry.ICD10CM, Value: "bad"})
		}
		p.Facts = append(p.Facts, f)
	}
	return &completeness.Record{Patient: p}
}

func TestCheckLaws(t *testing.T) {
	c := checker(t, completeness.Options{Analytes: analytes(t)})
	asOf := d(2024, 1, 2)
	seen := map[completeness.Code]int{}
	must := []completeness.Code{completeness.FutureDate, completeness.EndBeforeStart, completeness.AfterDeath, completeness.BeforeBirth, completeness.DuplicateID, completeness.UnitMissing, completeness.UnitMismatch, completeness.Implausible, completeness.CodeInvalid, completeness.OrphanResult}
	clean := 0
	var out, other completeness.Issues
	lawtest.Until(t, func(t *rapid.T) {
		r := draw(t)
		c.Check(r, asOf, &out)
		for _, x := range out.List {
			seen[x.Code]++
		}
		if len(out.List) == 0 {
			clean++
		}
		p := *r.Patient
		p.Facts = slices.Clone(p.Facts)
		rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		rng.Shuffle(len(p.Facts), func(i, k int) { p.Facts[i], p.Facts[k] = p.Facts[k], p.Facts[i] })
		c.Check(&completeness.Record{Patient: &p}, asOf, &other)
		if !slices.Equal(out.List, other.List) {
			t.Fatalf("the order of facts matters:\n%v\n%v", out.List, other.List)
		}
		if len(p.Facts) == 0 {
			return
		}
		// without a fact nothing new is wrong with the others, save orphans
		p.Facts = p.Facts[1:]
		c.Check(&completeness.Record{Patient: &p}, asOf, &other)
		for _, x := range other.List {
			if x.Code != completeness.OrphanResult && !slices.ContainsFunc(out.List, func(y completeness.Issue) bool { return x.Code == y.Code && x.Fact == y.Fact && x.Kind == y.Kind }) {
				t.Fatalf("new: %s", x.Text())
			}
		}
	}, func() bool {
		return clean > 0 && !slices.ContainsFunc(must, func(k completeness.Code) bool { return seen[k] == 0 })
	})
}
