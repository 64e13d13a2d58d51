package completeness_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"pgregory.net/rapid"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/completeness"
)

// Check digits: one of the ten is right, and no single wrong digit nor two neighbours
// changed round get by where the scheme promises it.
func TestCheckDigitsLaw(t *testing.T) {
	// textbook cases: Verhoeff 12345 with 1, modulus ten of LOINC 4548 with 4
	for v, ok := range map[string]bool{"123451": true, "123450": false, "4548-4": true, "4548-5": false, "718-7": true} {
		c := registry.Code{System: registry.SNOMEDCT, Value: v}
		if strings.Contains(v, "-") {
			c.System = registry.LOINC
		}
		if got := completeness.CheckCode(c, true); (got == "") != ok {
			t.Errorf("%s: %q", v, got)
		}
	}
	swapped := 0
	lawtest.Until(t, func(t *rapid.T) {
		body := rapid.StringMatching("[1-9][0-9]{4,10}").Draw(t, "body")
		var right []string
		for k := range 10 {
			if v := fmt.Sprint(body, k); completeness.CheckCode(registry.Code{System: registry.SNOMEDCT, Value: v}, true) == "" {
				right = append(right, v)
			}
		}
		if len(right) != 1 {
			t.Fatalf("%s: %v", body, right)
		}
		b := []byte(right[0])
		i := rapid.IntRange(0, len(b)-2).Draw(t, "i")
		if b[i] == b[i+1] || i == 0 && b[1] == '0' {
			return
		}
		swapped++
		b[i], b[i+1] = b[i+1], b[i]
		if completeness.CheckCode(registry.Code{System: registry.SNOMEDCT, Value: string(b)}, true) == "" {
			t.Fatalf("%s passes, like %s", b, right[0])
		}
	}, func() bool { return swapped > 0 })
}

func TestCodeForms(t *testing.T) {
	for _, c := range []struct {
		system registry.System
		value  string
		ok     bool
	}{
		{registry.ICD9CM, "E800", true}, {registry.ICD9CM, "E8001", true}, {registry.ICD9CM, "E80", false}, {registry.ICD9CM, "E80012", false}, {registry.ICD9CM, "V10", true}, {registry.ICD9CM, "V1000", true},
		{registry.ICD9CM, "V1", false}, {registry.ICD9CM, "V10000", false}, {registry.ICD9CM, "250", true}, {registry.ICD9CM, "25000", true}, {registry.ICD9CM, "25", false}, {registry.ICD9CM, "250000", false}, {registry.ICD9CM, "25A", false},
		{registry.ICD10CM, "E11", true}, {registry.ICD10CM, "S06340A", true}, {registry.ICD10CM, "S06340AB", false}, {registry.ICD10CM, "E1", false}, {registry.ICD10CM, "1E1", false}, {registry.ICD10CM, "EO1", false}, {registry.ICD10CM, "O1A", true},
		{registry.SNOMEDCT, "12345", false}, {registry.SNOMEDCT, "023451", false}, {registry.SNOMEDCT, "123456789012345678", true}, {registry.SNOMEDCT, "1234567890123456789", false},
		{registry.LOINC, "4548", false}, {registry.LOINC, "-4", false}, {registry.LOINC, "4548-44", false}, {registry.LOINC, "12345678-1", false}, {registry.LOINC, "1234567-1", true}, {registry.LOINC, "45A-1", false},
		{registry.CVX, "08", true}, {registry.CVX, "8x", false}, {registry.NDC, "12345678901", true}, {registry.NDC, "1234567890", false}, {registry.HCPCS, "G0101", true}, {registry.HCPCS, "G010", false}, {"urn:own", "any thing", true}, {"urn:own", "", false},
	} {
		if got := completeness.CheckCode(registry.Code{System: c.system, Value: c.value}, false); (got == "") != c.ok {
			t.Errorf("%s %q: %q", c.system, c.value, got)
		}
	}
	for _, r := range []rune{'\t', 0xa0, 0x200b, 0x200c, 0x200d, 0xfeff, 0x2060} {
		if got := completeness.CheckCode(registry.Code{System: "urn:own", Value: "a" + string(r) + "b"}, false); got != "an invisible character" {
			t.Errorf("%U: %q", r, got)
		}
	}
	for _, r := range []rune{' ', 0x200a, 0x200e, 'é', 0x4e00} {
		if got := completeness.CheckCode(registry.Code{System: "urn:own", Value: "a" + string(r) + "b"}, false); got == "an invisible character" {
			t.Errorf("%U: %q", r, got)
		}
	}
}

func issuesOf(t *testing.T, r *completeness.Record, asOf registry.Date) (out []string) {
	t.Helper()
	c, err := completeness.NewChecker(completeness.Options{Analytes: analytes(t)})
	if err != nil {
		t.Fatal(err)
	}
	var x completeness.Issues
	c.Check(r, asOf, &x)
	for _, i := range x.List {
		out = append(out, fmt.Sprint(i.Code, " ", i.Fact))
	}
	return out
}

// The day itself is no fault, a day beyond is.
func TestIssueEdges(t *testing.T) {
	asOf, born, dead := d(2024, 6, 1), d(1950, 1, 1), d(2024, 5, 1)
	dx := func(on registry.Date) registry.Fact { return fact("f", registry.Diagnosis, code(diabetes), on) }
	with := func(f registry.Fact, change func(*registry.Fact)) registry.Fact { change(&f); return f }
	supply := func(days, quantity int64, refills int) registry.Fact {
		return with(fact("f", registry.MedicationDispense, code(insulin), d(2020, 1, 1)), func(f *registry.Fact) {
			f.Supply = &registry.Supply{Days: registry.Num(days, 0), Quantity: registry.Num(quantity, 0), Refills: refills}
		})
	}
	for name, c := range map[string]struct {
		facts []registry.Fact
		want  string
	}{
		"on the day of birth":  {[]registry.Fact{dx(born)}, "[]"},
		"the day before":       {[]registry.Fact{dx(born - 1)}, "[BEFORE_BIRTH f]"},
		"on the day of death":  {[]registry.Fact{dx(dead)}, "[]"},
		"the day after":        {[]registry.Fact{dx(dead + 1)}, "[AFTER_DEATH f]"},
		"today":                {[]registry.Fact{with(fact("f", registry.ServiceRequest, code(referral), asOf), func(f *registry.Fact) {})}, "[]"},
		"recorded tomorrow":    {[]registry.Fact{with(dx(d(2020, 1, 1)), func(f *registry.Fact) { f.Authored = registry.At(asOf + 1) })}, "[FUTURE_DATE f]"},
		"resolved as it began": {[]registry.Fact{with(dx(d(2020, 1, 1)), func(f *registry.Fact) { f.Status, f.Authored = registry.Resolved, registry.At(d(2020, 1, 1)) })}, "[]"},
		"resolved before":      {[]registry.Fact{with(dx(d(2020, 1, 2)), func(f *registry.Fact) { f.Status, f.Authored = registry.Resolved, registry.At(d(2020, 1, 1)) })}, "[STATUS_CONFLICT f]"},
		"resolved before, ended": {[]registry.Fact{with(dx(d(2020, 1, 2)), func(f *registry.Fact) {
			f.Status, f.Authored, f.When = registry.Resolved, registry.At(d(2020, 1, 1)), registry.Between(d(2020, 1, 2), d(2020, 2, 2))
		})}, "[]"},
		"resolved, not recorded":     {[]registry.Fact{with(dx(d(2020, 1, 2)), func(f *registry.Fact) { f.Status, f.Authored = registry.Resolved, registry.Moment{} })}, "[]"},
		"a medicine is no diagnosis": {[]registry.Fact{with(fact("f", registry.MedicationStatement, code(insulin), d(2020, 1, 2)), func(f *registry.Fact) { f.Status, f.Authored = registry.Inactive, registry.At(d(2020, 1, 1)) })}, "[]"},
		"active, ended today":        {[]registry.Fact{with(dx(d(2020, 1, 2)), func(f *registry.Fact) { f.When = registry.Between(d(2020, 1, 2), asOf) })}, "[STATUS_CONFLICT f]"},
		"active, ends tomorrow":      {[]registry.Fact{with(dx(d(2020, 1, 2)), func(f *registry.Fact) { f.When = registry.Between(d(2020, 1, 2), asOf+1) })}, "[]"},
		"abatement before onset": {[]registry.Fact{with(dx(d(2020, 1, 2)), func(f *registry.Fact) {
			f.Status, f.When = registry.Resolved, registry.Between(d(2020, 1, 2), d(2020, 1, 1))
		})}, "[END_BEFORE_START f]"},
		"supply of nothing":         {[]registry.Fact{supply(0, 0, 0)}, "[]"},
		"days below":                {[]registry.Fact{supply(-1, 0, 0)}, "[NEGATIVE_SUPPLY f]"},
		"quantity below":            {[]registry.Fact{supply(0, -1, 0)}, "[NEGATIVE_SUPPLY f]"},
		"refills below":             {[]registry.Fact{supply(0, 0, -1)}, "[NEGATIVE_SUPPLY f]"},
		"of an encounter":           {[]registry.Fact{with(dx(d(2020, 1, 1)), func(f *registry.Fact) { f.EncounterID = "e1" }), fact("e1", registry.Encounter, code(referral), d(2020, 1, 1))}, "[]"},
		"of another":                {[]registry.Fact{with(dx(d(2020, 1, 1)), func(f *registry.Fact) { f.EncounterID = "e2" }), fact("e1", registry.Encounter, code(referral), d(2020, 1, 1))}, "[ORPHAN_RESULT f]"},
		"of a diagnosis of that ID": {[]registry.Fact{with(dx(d(2020, 1, 1)), func(f *registry.Fact) { f.EncounterID = "f" })}, "[ORPHAN_RESULT f]"},
		"diagnoses of a visit": {[]registry.Fact{dx(d(2020, 1, 1)), with(fact("v", registry.Encounter, code(referral), d(2020, 1, 1)), func(f *registry.Fact) {
			f.Visit = &registry.Visit{Diagnoses: []registry.EncounterDx{{}, {Reference: "f"}, {Reference: "g"}}}
		})}, "[ORPHAN_RESULT v]"},
	} {
		r := &completeness.Record{Patient: &registry.Patient{ID: "p", Birth: born, Death: registry.At(dead), Facts: c.facts}}
		if !strings.Contains(name, "death") && !strings.Contains(name, "after") {
			r.Patient.Death = registry.Moment{}
		}
		if got := fmt.Sprint(issuesOf(t, r, asOf)); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// A part of a panel that cannot be used spoils the panel; a fact without a day fills
// nothing; a death to come is none.
func TestItemEdges(t *testing.T) {
	p := compiled(t)
	asOf := d(2024, 6, 1)
	panel := fact("b", registry.Observation, pressure, d(2024, 5, 1))
	panel.Value = registry.QuantityOf(registry.Num(120, 0), "mmHg")
	panel.Components = []registry.Component{{Codes: []registry.Code{registry.NewCode("LOINC", "8462-4")}, Value: registry.QuantityOf(registry.Num(999, 0), "mmHg")}}
	good := panel
	good.Components = []registry.Component{{Codes: panel.Components[0].Codes, Value: registry.QuantityOf(registry.Num(80, 0), "mmHg")}}
	undated := measured("u", hba1c, 0, 71, -1, "%")
	for name, c := range map[string]struct {
		facts []registry.Fact
		want  string
	}{
		"spoiled": {[]registry.Fact{panel}, "missing invalid"}, "whole": {[]registry.Fact{good}, "missing filled"}, "undated": {[]registry.Fact{good, undated}, "missing filled"},
	} {
		pt := diabetic(c.facts...)
		pt.Dead, pt.Death = true, registry.At(asOf+1)
		var out completeness.Report
		p.Report(&completeness.Record{Patient: pt}, asOf, &out)
		if got := out.Items[0].State.String() + " " + out.Items[1].State.String(); got != c.want || out.Why != "" {
			t.Errorf("%s: %s %q", name, got, out.Why)
		}
	}
	pt := diabetic(good)
	pt.Dead = true
	var out completeness.Report
	if p.Report(&completeness.Record{Patient: pt}, asOf, &out); out.Why != "dead" {
		t.Error(out.Why)
	}
}

// A task that is closed is that of its person, item, kind and fact, not a neighbour's.
func TestClosedEdges(t *testing.T) {
	base := completeness.Task{Person: "p", Item: "hba1c", Kind: completeness.MissingTask, Fact: "f"}
	for name, change := range map[string]func(*completeness.Task){
		"person": func(x *completeness.Task) { x.Person = "q" }, "item": func(x *completeness.Task) { x.Item = "eye" },
		"kind": func(x *completeness.Task) { x.Kind = completeness.StaleTask }, "fact": func(x *completeness.Task) { x.Fact = "g" },
	} {
		other := base
		change(&other)
		if got := completeness.Closed([]completeness.Task{base}, []completeness.Task{other}); !slices.Equal(got, []completeness.Task{base}) {
			t.Errorf("%s: %v", name, got)
		}
	}
	same := base
	same.Age, same.Role = 9, "nurse"
	if got := completeness.Closed([]completeness.Task{base}, []completeness.Task{same}); len(got) != 0 {
		t.Error(got)
	}
}

func TestBirthDuplicatesAndCancelled(t *testing.T) {
	asOf := d(2024, 6, 1)
	for born, want := range map[registry.Date]string{asOf: "[]", asOf + 1: "[FUTURE_DATE ]"} {
		if got := fmt.Sprint(issuesOf(t, &completeness.Record{Patient: &registry.Patient{Birth: born}}, asOf)); got != want {
			t.Errorf("%v: %s", born, got)
		}
	}
	// of two versions of one day the earlier by time is right
	early, late := fact("f", registry.Observation, code(letter), d(2024, 1, 1)), fact("f", registry.Observation, code(referral), d(2024, 1, 1))
	early.Authored.Time, late.Authored.Time = registry.NewClock(8, 0, 0, 0), registry.NewClock(9, 0, 0, 0)
	late.When = registry.On(d(2024, 1, 2))
	early.When = registry.On(d(2024, 1, 5))
	for _, fs := range [][]registry.Fact{{early, late}, {late, early}} {
		c, err := completeness.NewChecker(completeness.Options{})
		if err != nil {
			t.Fatal(err)
		}
		var x completeness.Issues
		c.Check(&completeness.Record{Patient: &registry.Patient{Facts: fs}}, asOf, &x)
		if len(x.List) != 1 || x.List[0].Code != completeness.DuplicateID || x.List[0].On != d(2024, 1, 2) {
			t.Errorf("%+v", x.List)
		}
	}
	// nothing has to follow what was cancelled; what comes after it counts
	p := compiled(t)
	cancelled, asked := fact("o1", registry.ServiceRequest, code(referral), d(2024, 1, 1)), fact("o2", registry.ServiceRequest, code(referral), d(2024, 2, 1))
	cancelled.Status = registry.Revoked
	refused := fact("o3", registry.ServiceRequest, code(referral), d(2024, 3, 1))
	refused.Refused = true
	var out completeness.Report
	p.Report(&completeness.Record{Patient: &registry.Patient{Facts: []registry.Fact{cancelled, asked, refused}}, Registered: asOf}, asOf, &out)
	var pending []string
	for _, x := range out.Tasks {
		if x.Kind == completeness.PendingTask {
			pending = append(pending, x.Fact)
		}
	}
	if fmt.Sprint(pending) != "[o2]" {
		t.Error(pending)
	}
}

// Of facts with one ID the first recorded stays, whatever the order; none is lost, and what
// is kept has no fault of IDs.
func TestKeepFirstLaw(t *testing.T) {
	c, err := completeness.NewChecker(completeness.Options{})
	if err != nil {
		t.Fatal(err)
	}
	dropped := 0
	lawtest.Until(t, func(t *rapid.T) {
		p := &registry.Patient{ID: "p", Birth: d(1950, 1, 1)}
		for range rapid.IntRange(0, 8).Draw(t, "n") {
			f := fact(rapid.SampledFrom([]string{"", "a", "b"}).Draw(t, "id"), rapid.SampledFrom([]registry.Kind{registry.Observation, registry.Diagnosis}).Draw(t, "kind"), code(letter), d(2024, 1, rapid.IntRange(1, 3).Draw(t, "day")))
			f.Authored = registry.At(d(2024, 2, rapid.IntRange(1, 3).Draw(t, "recorded")))
			if rapid.IntRange(0, 5).Draw(t, "error") == 0 {
				f.Status = registry.EnteredInError
			}
			p.Facts = append(p.Facts, f)
		}
		before := fmt.Sprint(p.Facts)
		kept, left := completeness.KeepFirst(p)
		dropped += len(left)
		if len(kept.Facts)+len(left) != len(p.Facts) || fmt.Sprint(p.Facts) != before {
			t.Fatal("facts are lost, or changed")
		}
		var x completeness.Issues
		c.Check(&completeness.Record{Patient: kept}, d(2024, 6, 1), &x)
		for _, i := range x.List {
			if i.Code == completeness.DuplicateID {
				t.Fatal(i)
			}
		}
		for _, f := range left {
			i := slices.IndexFunc(kept.Facts, func(g registry.Fact) bool {
				return g.Kind == f.Kind && g.ID == f.ID && g.Status != registry.EnteredInError
			})
			if f.ID == "" || f.Status == registry.EnteredInError || i < 0 || kept.Facts[i].Authored.Day > f.Authored.Day {
				t.Fatalf("%+v is left out", f)
			}
		}
		turned := *p
		turned.Facts = slices.Clone(p.Facts)
		slices.Reverse(turned.Facts)
		again, _ := completeness.KeepFirst(&turned)
		texts := func(fs []registry.Fact) (out []string) {
			for i := range fs {
				out = append(out, fmt.Sprint(fs[i]))
			}
			slices.Sort(out)
			return out
		}
		if !slices.Equal(texts(again.Facts), texts(kept.Facts)) {
			t.Fatal("order matters")
		}
	}, func() bool { return dropped > 0 })
}
