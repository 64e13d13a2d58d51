package completeness_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"pgregory.net/rapid"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/completeness"
	"github.com/chroniccare/chroniccare/registry/linkage"
	"github.com/chroniccare/chroniccare/registry/recall"
	"github.com/chroniccare/chroniccare/registry/registrytest"
)

func diabetic(fs ...registry.Fact) *registry.Patient {
	return &registry.Patient{ID: "p", Birth: d(1950, 1, 1), Facts: append([]registry.Fact{
		fact("x1", registry.Diagnosis, code(diabetes), d(2020, 1, 1)), fact("x2", registry.Diagnosis, code(type2), d(2020, 1, 1))}, fs...)}
}

func TestItems(t *testing.T) {
	p := compiled(t)
	asOf := d(2024, 6, 1)
	bp := measured("b1", pressure, d(2024, 5, 1), 130, 0, "mmHg")
	for name, c := range map[string]struct {
		rec   completeness.Record
		state string
		score string
		tasks string
	}{
		"complete":        {completeness.Record{Patient: diabetic(measured("h", hba1c, d(2023, 6, 1), 71, -1, "%"), bp)}, "filled filled", "2/2 (100.0 %)", "[]"},
		"stale a day":     {completeness.Record{Patient: diabetic(measured("h", hba1c, d(2023, 5, 31), 71, -1, "%"), bp)}, "stale filled", "1/2 (50.0 %)", "[stale/hba1c/h/clerk]"},
		"missing":         {completeness.Record{Patient: diabetic(bp)}, "missing filled", "1/2 (50.0 %)", "[missing/hba1c//case manager]"},
		"new here":        {completeness.Record{Patient: diabetic(bp), Registered: d(2024, 5, 18)}, "missing filled", "1/2 (50.0 %)", "[missing/hba1c//nurse]"},
		"new, a day less": {completeness.Record{Patient: diabetic(bp), Registered: d(2024, 5, 19)}, "missing filled", "1/2 (50.0 %)", "[missing/hba1c//clerk]"},
		"highest risk":    {completeness.Record{Patient: diabetic(bp), Registered: d(2024, 5, 19), HighestRisk: true}, "missing filled", "1/2 (50.0 %)", "[missing/hba1c//case manager]"},
		"implausible":     {completeness.Record{Patient: diabetic(measured("h", hba1c, d(2024, 5, 30), 71, 0, "%"), bp)}, "invalid filled", "1/2 (50.0 %)", "[implausible/IMPLAUSIBLE/h/clerk implausible/hba1c/h/clerk]"},
		"an older valid":  {completeness.Record{Patient: diabetic(measured("h", hba1c, d(2024, 5, 30), 71, 0, "%"), measured("h0", hba1c, d(2024, 1, 30), 71, -1, "%"), bp)}, "filled filled", "2/2 (100.0 %)", "[implausible/IMPLAUSIBLE/h/clerk]"},
		"of the patient": {completeness.Record{Patient: diabetic(measured("h", hba1c, d(2024, 5, 30), 71, -1, "%")), Readings: []completeness.Reading{{Fact: measured("r", pressure, d(2024, 5, 2), 130, 0, "mmHg"), Origin: linkage.Device, Channel: completeness.ByDevice}}},
			"filled filled", "2/2 (100.0 %)", "[]"},
		"not of the patient": {completeness.Record{Patient: diabetic(bp), Registered: asOf, Readings: []completeness.Reading{{Fact: measured("r", hba1c, d(2024, 5, 2), 71, -1, "%"), Origin: linkage.PatientReport}}},
			"missing filled", "1/2 (50.0 %)", "[missing/hba1c//clerk]"},
		"documented elsewhere": {completeness.Record{Patient: diabetic(bp), Remarks: []recall.Remark{{Key: "hba1c", Kind: recall.DocumentedElsewhere, On: d(2024, 5, 30)}}}, "missing filled", "1/2 (50.0 %)", "[elsewhere/hba1c//clerk]"},
		"elsewhere, tomorrow":  {completeness.Record{Patient: diabetic(bp), Registered: asOf, Remarks: []recall.Remark{{Key: "hba1c", Kind: recall.DocumentedElsewhere, On: asOf + 1}, {Key: "eye", Kind: recall.SatisfiedInEHR, On: asOf + 1}}}, "missing filled", "1/2 (50.0 %)", "[missing/hba1c//clerk]"},
		"elsewhere, unknown":   {completeness.Record{Patient: diabetic(measured("h", hba1c, d(2024, 5, 30), 71, -1, "%"), bp), Remarks: []recall.Remark{{Key: "eye", Kind: recall.SatisfiedInEHR, On: d(2024, 5, 1)}}}, "filled filled", "2/2 (100.0 %)", "[elsewhere/eye//nurse]"},
		"nobody's register":    {completeness.Record{Patient: &registry.Patient{Birth: d(1950, 1, 1), Facts: []registry.Fact{bp}}}, "not expected filled", "1/1 (100.0 %)", "[]"},
		"dead":                 {completeness.Record{Patient: diabetic(bp), Deaths: []registry.Date{d(2024, 6, 1)}}, "not expected not expected", "0/0 (undefined)", "[]"},
		"moved":                {completeness.Record{Patient: diabetic(bp), Away: &recall.Away{From: asOf, Reason: "transferred"}}, "not expected not expected", "0/0 (undefined)", "[]"},
		"type unknown":         {completeness.Record{Patient: &registry.Patient{ID: "p", Facts: []registry.Fact{fact("x", registry.Diagnosis, code(diabetes), d(2024, 5, 30)), measured("h", hba1c, d(2024, 5, 30), 71, -1, "%"), bp}}}, "filled filled", "2/2 (100.0 %)", "[inconsistent/type of diabetes//clerk]"},
		"two types":            {completeness.Record{Patient: diabetic(fact("x3", registry.Diagnosis, code(type1), d(2024, 5, 30)), measured("h", hba1c, d(2024, 5, 30), 71, -1, "%"), bp)}, "filled filled", "2/2 (100.0 %)", "[inconsistent/type 1 and type 2//clerk]"},
		"treated, no diagnosis": {completeness.Record{Patient: &registry.Patient{ID: "p", Facts: []registry.Fact{fact("m", registry.MedicationDispense, code(insulin), d(2024, 5, 30)), bp}}}, "not expected filled", "1/1 (100.0 %)",
			"[inconsistent/diagnosis of diabetes/m/clerk]"},
		"no date": {completeness.Record{Patient: &registry.Patient{ID: "p", Facts: []registry.Fact{{ID: "x", Kind: registry.Diagnosis, Status: registry.Active, Codes: []registry.Code{code(letter)}}, bp}}}, "not expected filled", "1/1 (100.0 %)",
			"[inconsistent/date of diagnosis/x/clerk]"},
		"letter in time":   {completeness.Record{Patient: &registry.Patient{ID: "p", Facts: []registry.Fact{fact("o", registry.ServiceRequest, code(referral), d(2024, 5, 2)), bp}}}, "not expected filled", "1/1 (100.0 %)", "[]"},
		"letter missing":   {completeness.Record{Patient: &registry.Patient{ID: "p", Facts: []registry.Fact{fact("o", registry.ServiceRequest, code(referral), d(2024, 5, 1)), bp}}}, "not expected filled", "1/1 (100.0 %)", "[pending/letter/o/clerk]"},
		"letter came":      {completeness.Record{Patient: &registry.Patient{ID: "p", Facts: []registry.Fact{fact("o", registry.ServiceRequest, code(referral), d(2024, 4, 1)), fact("c", registry.Communication, code(letter), d(2024, 4, 1)), bp}}}, "not expected filled", "1/1 (100.0 %)", "[]"},
		"letter of before": {completeness.Record{Patient: &registry.Patient{ID: "p", Facts: []registry.Fact{fact("o", registry.ServiceRequest, code(referral), d(2024, 4, 2)), fact("c", registry.Communication, code(letter), d(2024, 4, 1)), bp}}}, "not expected filled", "1/1 (100.0 %)", "[pending/letter/o/nurse]"},
		"no outcome":       {completeness.Record{Patient: &registry.Patient{ID: "p", Facts: []registry.Fact{bp}}, Appointments: []completeness.Appointment{{ID: "a", On: d(2024, 5, 24)}, {ID: "b", On: d(2024, 5, 25)}, {ID: "c", On: d(2024, 5, 1), Outcome: "attended"}}}, "not expected filled", "1/1 (100.0 %)", "[pending/appointment/a/clerk]"},
		"match, contact":   {completeness.Record{Patient: &registry.Patient{ID: "p", Facts: []registry.Fact{bp}}, Unresolved: []completeness.Unresolved{{ID: "q", Why: "birth dates differ", Since: d(2024, 1, 1)}}, Contact: &completeness.Contact{Since: d(2024, 5, 15)}}, "not expected filled", "1/1 (100.0 %)", "[unlinked/identity/q/case manager contact/channel//nurse contact/language//nurse]"},
	} {
		var out completeness.Report
		p.Report(&c.rec, asOf, &out)
		state := out.Items[0].State.String() + " " + out.Items[1].State.String()
		if state != c.state || out.Score().String() != c.score || fmt.Sprint(words(out.Tasks)) != c.tasks {
			t.Errorf("%s: %s, %s, %v", name, state, out.Score(), words(out.Tasks))
		}
	}
}

func TestReportJSON(t *testing.T) {
	p := compiled(t)
	rec := completeness.Record{Patient: diabetic(measured("h", hba1c, d(2024, 5, 30), 71, 0, "%")), Provider: "dr a"}
	var out completeness.Report
	p.Report(&rec, d(2024, 6, 1), &out)
	b, err := json.Marshal(&out)
	want := `{"person":"p","provider":"dr a","items":[{"key":"hba1c","state":"invalid","fact":"h","last":"2024-05-30"},{"key":"pressure","state":"missing","last":""}],` +
		`"registers":[{"register":"diabetes","rate":{"num":0,"den":1}},{"register":"type 2","rate":{"num":0,"den":0}}],"filled":0,"expected":2,` +
		`"issues":{"list":[{"code":"IMPLAUSIBLE","fact":"h","on":"2024-05-30","field":"value","detail":"of hba1c is 71 %","kind":"observation"}]},` +
		`"tasks":[{"person":"p","item":"pressure","kind":"missing","reason":"no blood pressure is recorded","since":"2024-06-01","age":0,"role":"clerk","priority":0,"closes_when":"a valid blood pressure"},` +
		`{"person":"p","item":"IMPLAUSIBLE","kind":"implausible","reason":"value of hba1c is 71 %","fact":"h","since":"2024-05-30","age":2,"role":"clerk","priority":0,"closes_when":"the record no longer has this fault"},` +
		`{"person":"p","item":"hba1c","kind":"implausible","reason":"no recorded HbA1c has a value that can be used","fact":"h","since":"2024-05-30","age":2,"role":"clerk","priority":1,"closes_when":"a valid HbA1c within 12 months"}]}`
	if err != nil || string(b) != want {
		t.Errorf("%s %v", b, err)
	}
	rec.Deaths = []registry.Date{d(2020, 1, 1)}
	var fresh completeness.Report
	p.Report(&rec, d(2024, 6, 1), &out)
	p.Report(&rec, d(2024, 6, 1), &fresh)
	x, _ := json.Marshal(&out)
	if y, _ := json.Marshal(&fresh); string(x) != string(y) {
		t.Errorf("%s\n%s", x, y)
	}
}

func TestStatusOfItems(t *testing.T) {
	asOf := d(2024, 6, 1)
	q := func(k registry.Kind) registry.Query {
		return registry.Query{Kind: k, Codes: []registry.Code{hba1c}}
	}
	for _, c := range []struct {
		kind   registry.Kind
		change func(*registry.Fact)
		any    bool
		want   completeness.ItemState
	}{
		{registry.Observation, func(f *registry.Fact) {}, false, completeness.Filled},
		{registry.Observation, func(f *registry.Fact) { f.Status = registry.StatusUnknown }, false, completeness.Filled},
		{registry.Observation, func(f *registry.Fact) { f.Status = registry.Amended }, false, completeness.Filled},
		{registry.Observation, func(f *registry.Fact) { f.Status = registry.Preliminary }, false, completeness.Missing},
		{registry.Observation, func(f *registry.Fact) { f.Status = registry.Preliminary }, true, completeness.Filled},
		{registry.Observation, func(f *registry.Fact) { f.Status = registry.Cancelled }, false, completeness.Missing},
		{registry.Procedure, func(f *registry.Fact) { f.Status = registry.Completed }, false, completeness.Filled},
		{registry.Procedure, func(f *registry.Fact) { f.Status = registry.NotDone }, false, completeness.Missing},
		{registry.Procedure, func(f *registry.Fact) { f.Status = registry.InProgress }, false, completeness.Missing},
		{registry.Procedure, func(f *registry.Fact) { f.Refused = true }, false, completeness.Missing},
		{registry.Diagnosis, func(f *registry.Fact) { f.Verification = registry.Provisional }, false, completeness.Missing},
		{registry.Diagnosis, func(f *registry.Fact) { f.Status, f.Verification = registry.Resolved, registry.Confirmed }, false, completeness.Filled},
		{registry.Encounter, func(f *registry.Fact) { f.Status = registry.Planned }, false, completeness.Filled},
	} {
		p, err := completeness.Compile(nil, completeness.Spec{Items: []completeness.Item{{Key: "x", Facts: q(c.kind), AnyStatus: c.any}}})
		if err != nil {
			t.Fatal(err)
		}
		f := fact("f", c.kind, hba1c, d(2024, 1, 1))
		c.change(&f)
		var out completeness.Report
		p.Report(&completeness.Record{Patient: &registry.Patient{Facts: []registry.Fact{f}}}, asOf, &out)
		if out.Items[0].State != c.want {
			t.Errorf("%s %s: %s", c.kind, f.Status, out.Items[0].State)
		}
	}
}

func TestSinceAndOrigin(t *testing.T) {
	p := compiled(t)
	asOf := d(2024, 6, 1)
	// on two registers that ask for the item: missing since the earlier
	for _, late := range []registry.Set{diabetes, type1} {
		early := map[registry.Set]registry.Set{diabetes: type1, type1: diabetes}[late]
		rec := completeness.Record{Patient: &registry.Patient{ID: "p", Facts: []registry.Fact{fact("a", registry.Diagnosis, code(late), d(2024, 5, 30)), fact("b", registry.Diagnosis, code(early), d(2024, 5, 10))}}}
		var out completeness.Report
		p.Report(&rec, asOf, &out)
		i := slices.IndexFunc(out.Tasks, func(t completeness.Task) bool { return t.Item == "hba1c" })
		if i < 0 || out.Tasks[i].Since != d(2024, 5, 10) || out.Tasks[i].Role != "nurse" {
			t.Errorf("%+v", out.Tasks)
		}
	}
	// of a clinic's value and a reading of one day the clinic's is named; a later reading wins
	for own, want := range map[registry.Date]string{d(2024, 5, 1): "clinic false", d(2024, 5, 2): "own true", d(2024, 4, 30): "clinic false"} {
		rec := completeness.Record{Patient: &registry.Patient{Facts: []registry.Fact{measured("clinic", pressure, d(2024, 5, 1), 130, 0, "mmHg")}},
			Readings: []completeness.Reading{{Fact: measured("own", pressure, own, 140, 0, "mmHg"), Origin: linkage.PatientReport}}}
		var out completeness.Report
		p.Report(&rec, asOf, &out)
		if it := out.Items[1]; fmt.Sprint(it.Fact, " ", it.Self) != want {
			t.Errorf("%s: %+v", own, it)
		}
	}
}

func TestScores(t *testing.T) {
	p := compiled(t)
	asOf := d(2024, 6, 1)
	bp := measured("b1", pressure, d(2024, 5, 1), 130, 0, "mmHg")
	recs := []completeness.Record{
		{Patient: diabetic(bp), Provider: "dr b"}, {Patient: diabetic(measured("h", hba1c, d(2024, 5, 30), 71, -1, "%"), bp), Provider: "dr a"},
		{Patient: &registry.Patient{Facts: []registry.Fact{bp}}, Provider: "dr a"}, {Patient: diabetic(bp), Deaths: []registry.Date{d(2020, 5, 1)}, Provider: "dr c"},
	}
	var all, left, right completeness.Scores
	for i := range recs {
		var out completeness.Report
		p.Report(&recs[i], asOf, &out)
		all.Add(&out)
		if i%2 == 0 {
			left.Add(&out)
		} else {
			right.Add(&out)
		}
	}
	right.Merge(&left)
	if fmt.Sprint(all) != fmt.Sprint(right) {
		t.Errorf("%v\n%v", all, right)
	}
	b, err := json.Marshal(all)
	if err != nil || string(b) != `{"all":{"num":4,"den":5},"people":4,"nothing_expected":1,"registers":[{"name":"diabetes","rate":{"num":1,"den":2}},{"name":"type 2","rate":{"num":0,"den":0}}],"providers":[{"name":"dr a","rate":{"num":3,"den":3}},{"name":"dr b","rate":{"num":1,"den":2}},{"name":"dr c","rate":{"num":0,"den":0}}],"items":[{"name":"hba1c","rate":{"num":1,"den":2}},{"name":"pressure","rate":{"num":3,"den":3}}]}` {
		t.Errorf("%s %v", b, err)
	}
	if w := completeness.Weakest(all.Providers); w[0].Name != "dr b" || w[2].Name != "dr c" {
		t.Error(w)
	}
}

func TestSpecErrors(t *testing.T) {
	s := spec(t)
	s.Registers = append(s.Registers, completeness.Register{ID: "diabetes"})
	s.Items = append(s.Items, completeness.Item{Key: "hba1c", Registers: []string{"nowhere"}, Limit: recall.Every{N: -1}, Facts: registry.Query{Kind: registry.Observation, Sets: []registry.Set{{Name: "Lost", OID: "9.9"}}}})
	s.Contradictions = append(s.Contradictions, [2]string{"diabetes", "diabetes"})
	s.Types = append(s.Types, completeness.TypeRule{Register: "none"})
	s.Treated = append(s.Treated, completeness.Treated{Register: "gone"})
	s.Pending = append(s.Pending, completeness.Pending{Days: -2})
	s.OutcomeDays = -1
	s.Escalation = []completeness.Rung{{Role: "clerk", Days: 1}, {Role: "", Days: 1}}
	s.Analytes = []completeness.Analyte{{}}
	_, err := completeness.Compile(sets(), s)
	if !errors.Is(err, completeness.ErrDefinition) || !errors.Is(err, registry.ErrValueSet) {
		t.Fatal(err)
	}
	for _, want := range []string{`register 4 "diabetes"`, `item 3 "hba1c"`, `no register "nowhere"`, "a limit of -1", "Lost", "contradicts itself", `"none"`, "no types", `"gone"`, "-2 days", "-1 days for the outcome", "step 1", "step 2", "analyte 1"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is missing from %v", want, err)
		}
	}
	s = spec(t)
	s.Escalation = []completeness.Rung{}
	if _, err := completeness.Compile(sets(), s); !errors.Is(err, completeness.ErrDefinition) {
		t.Error(err)
	}
}

// The laws of section 10 over random records.
func TestReportLaws(t *testing.T) {
	p := compiled(t)
	asOf := d(2024, 6, 1)
	kinds, roles := map[completeness.TaskKind]int{}, map[string]int{}
	raised := 0
	lawtest.Until(t, func(t *rapid.T) {
		day := func(name string) registry.Date {
			return asOf.AddMonths(-rapid.SampledFrom([]int{0, 1, 6, 12, 13}).Draw(t, name)).AddDays(rapid.SampledFrom([]int{-43, -42, -15, -14, -1, 0, 1}).Draw(t, name+" day"))
		}
		pt := &registry.Patient{ID: "p", Birth: d(1950, 1, 1)}
		if rapid.IntRange(0, 3).Draw(t, "diabetic") > 0 {
			pt = diabetic()
		}
		for i := range rapid.IntRange(0, 7).Draw(t, "facts") {
			id := fmt.Sprint("f", i)
			switch rapid.IntRange(0, 6).Draw(t, "kind") {
			case 0:
				pt.Facts = append(pt.Facts, fact(id, registry.Diagnosis, code(rapid.SampledFrom([]registry.Set{diabetes, type1, type2}).Draw(t, "dx")), day("dx")))
			case 1:
				pt.Facts = append(pt.Facts, fact(id, registry.MedicationDispense, code(insulin), day("drug")))
			case 2:
				pt.Facts = append(pt.Facts, fact(id, registry.ServiceRequest, code(referral), day("referral")))
			case 3:
				pt.Facts = append(pt.Facts, measured(id, pressure, day("pressure"), rapid.SampledFrom([]int64{120, 500}).Draw(t, "mmHg"), 0, "mm[Hg]"))
			default:
				pt.Facts = append(pt.Facts, measured(id, hba1c, day("hba1c"), rapid.SampledFrom([]int64{71, 71, 71, 710}).Draw(t, "value"), -1, rapid.SampledFrom([]string{"%", "%", "%", ""}).Draw(t, "unit")))
			}
		}
		rec := completeness.Record{Patient: pt, HighestRisk: rapid.IntRange(0, 5).Draw(t, "risk") == 0}
		if rapid.IntRange(0, 3).Draw(t, "remark") == 0 {
			rec.Remarks = []recall.Remark{{Key: "hba1c", Kind: recall.DocumentedElsewhere, On: day("remark")}}
		}
		if rapid.Bool().Draw(t, "contact") {
			rec.Contact = &completeness.Contact{Language: "en", Since: day("contact")}
		}
		var before completeness.Report
		p.Report(&rec, asOf, &before)
		byRole := map[string]int{}
		for _, task := range before.Tasks {
			kinds[task.Kind]++
			roles[task.Role]++
			byRole[task.Role]++
			if task.Role == "" || task.Reason == "" || task.ClosesWhen == "" || task.Age < 0 {
				t.Fatalf("%+v", task)
			}
			if want := map[bool]string{true: "case manager"}[task.Age >= 42 || rec.HighestRisk]; want != "" && task.Role != want {
				t.Fatalf("at %d days: %s", task.Age, task.Role)
			}
		}
		n := 0
		for _, k := range byRole {
			n += k
		}
		if n != len(before.Tasks) {
			t.Fatal("the totals by role are not the tasks")
		}
		// a valid fact of today closes the item's tasks and never lowers the score
		again := rec
		q := *pt
		q.Facts = append(slices.Clone(pt.Facts), measured("new", hba1c, asOf, 70, -1, "%"))
		again.Patient = &q
		var after completeness.Report
		p.Report(&again, asOf, &after)
		if after.Expected != before.Expected || after.Score().Cmp(before.Score()) < 0 {
			t.Fatalf("%s became %s", before.Score(), after.Score())
		}
		if after.Filled > before.Filled {
			raised++
		}
		for _, task := range after.Tasks {
			if task.Item == "hba1c" {
				t.Fatalf("still open: %+v", task)
			}
		}
		for _, task := range completeness.Closed(before.Tasks, after.Tasks) {
			if task.Item != "hba1c" {
				t.Fatalf("closed by something else: %+v", task)
			}
		}
		// what lies after the day does not count
		q.Facts = append(slices.Clone(pt.Facts), measured("later", hba1c, asOf.AddDays(1), 70, -1, "%"))
		p.Report(&again, asOf, &after)
		if after.Score() != before.Score() {
			t.Fatal("a fact of tomorrow counts")
		}
	}, func() bool { return len(kinds) == 7 && len(roles) == 3 && raised > 0 })
}

func big() *registry.Patient {
	p := diabetic()
	for i := range 198 {
		on := d(2024, 5, 30).AddDays(-i)
		f := measured(fmt.Sprint("h", i), hba1c, on, 71, -1, "%")
		if i%2 == 0 {
			f = measured(fmt.Sprint("b", i), pressure, on, 131, 0, "mm[Hg]")
		}
		p.Facts = append(p.Facts, f)
	}
	return p
}

func TestReportDoesNotAllocate(t *testing.T) {
	p := compiled(t)
	rec := completeness.Record{Patient: big()}
	var out completeness.Report
	p.Report(&rec, d(2024, 6, 1), &out)
	if len(out.Tasks) != 0 || out.Score() != (registry.Rate{Num: 2, Den: 2}) {
		t.Fatal(out.Tasks, out.Score())
	}
	if n := testing.AllocsPerRun(20, func() { p.Report(&rec, d(2024, 6, 1), &out) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkReport(b *testing.B) {
	p := compiled(b)
	rec := completeness.Record{Patient: big()}
	var out completeness.Report
	b.ReportAllocs()
	for b.Loop() {
		p.Report(&rec, d(2024, 6, 1), &out)
	}
}

// Nothing in a record makes checking it panic.
func TestOddFactsLaw(t *testing.T) {
	p := compiled(t)
	seen := map[completeness.Code]int{}
	lawtest.Until(t, func(t *rapid.T) {
		asOf := rapid.SampledFrom([]registry.Date{0, 1, 738000, registry.MaxDate}).Draw(t, "asOf")
		rec := completeness.Record{Patient: &registry.Patient{Birth: rapid.SampledFrom([]registry.Date{-1, 0, 1, 700000}).Draw(t, "birth"), Facts: registrytest.OddFacts(hba1c, pressure, code(diabetes), code(referral)).Draw(t, "odd facts")}}
		for _, f := range registrytest.OddFacts(hba1c, pressure).Draw(t, "odd facts") {
			rec.Readings = append(rec.Readings, completeness.Reading{Fact: f})
		}
		rec.Deaths = []registry.Date{rapid.SampledFrom([]registry.Date{-1, 0, 738000}).Draw(t, "death")}
		rec.Appointments = []completeness.Appointment{{On: -4}, {On: registry.MaxDate}}
		var out completeness.Report
		p.Report(&rec, asOf, &out)
		for _, x := range out.Issues.List {
			seen[x.Code]++
			if x.Text() == "" {
				t.Fatal("no text")
			}
		}
		if out.Filled > out.Expected {
			t.Fatal(out.Score())
		}
	}, func() bool { return len(seen) >= 8 })
}
