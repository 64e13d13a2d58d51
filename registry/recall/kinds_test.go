package recall_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/internal/table"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/recall"
)

func months(n int) recall.Every { return recall.Every{N: n, Unit: recall.Month} }

func days(n int) recall.Every { return recall.Every{N: n, Unit: recall.Day} }

func person(facts ...registry.Fact) *registry.Patient {
	return &registry.Patient{ID: "p", Birth: d(1950, 1, 1), Facts: facts}
}

func exam(on registry.Date) registry.Fact { return fact(registry.Procedure, eye, on) }

func TestCalendar(t *testing.T) {
	year := eyeExam
	year.Timing = recall.Timing{}
	year.Calendar = &recall.Calendar{Years: 1}
	two := year
	two.Calendar = &recall.Calendar{Years: 2}
	fiscal := year
	fiscal.Calendar = &recall.Calendar{Years: 1, Month: 4, Day: 1}
	for name, c := range map[string]struct {
		rule          recall.Recommendation
		on            registry.Date
		asOf, through registry.Date
		status        recall.Status
		state         recall.State
		due           registry.Date
	}{
		"this year":            {year, d(2024, 1, 1), d(2024, 12, 31), d(2024, 12, 31), recall.ClosedGap, recall.NotYet, d(2025, 1, 1)},
		"the last day":         {year, d(2023, 12, 31), d(2024, 1, 1), d(2024, 1, 1), recall.OpenGap, recall.Due, d(2024, 1, 1)},
		"the year is over":     {year, d(2022, 12, 31), d(2024, 1, 1), d(2024, 1, 1), recall.OpenGap, recall.Overdue, d(2023, 1, 1)},
		"next year":            {year, d(2024, 5, 1), d(2024, 6, 1), d(2025, 1, 1), recall.ProspectiveGap, recall.NotYet, d(2025, 1, 1)},
		"two years":            {two, d(2023, 1, 1), d(2024, 12, 31), d(2024, 12, 31), recall.ClosedGap, recall.NotYet, d(2025, 1, 1)},
		"two years are over":   {two, d(2022, 12, 31), d(2024, 1, 1), d(2024, 1, 1), recall.OpenGap, recall.Due, d(2024, 1, 1)},
		"a programme year":     {fiscal, d(2024, 4, 1), d(2025, 3, 31), d(2025, 3, 31), recall.ClosedGap, recall.NotYet, d(2025, 4, 1)},
		"before it":            {fiscal, d(2024, 3, 31), d(2024, 4, 1), d(2024, 4, 1), recall.OpenGap, recall.Due, d(2024, 4, 1)},
		"the end of its grace": {fiscal, d(2024, 3, 31), d(2025, 3, 31), d(2025, 3, 31), recall.OpenGap, recall.Due, d(2024, 4, 1)},
		"after it":             {fiscal, d(2024, 3, 31), d(2025, 4, 1), d(2025, 4, 1), recall.OpenGap, recall.Overdue, d(2024, 4, 1)},
	} {
		g := one(t, plan(t, c.rule), person(exam(c.on)), nil, c.asOf, c.through)
		if g.Status != c.status || g.State != c.state || g.Due != c.due {
			t.Errorf("%s: %s", name, g.Text())
		}
	}
	g := one(t, plan(t, year), person(exam(d(2023, 12, 31))), nil, d(2024, 3, 1), d(2024, 3, 1))
	if fmt.Sprint(g.Reasons) != "[DateOutOfRange]" {
		t.Error(g.Reasons)
	}
	// the window of two years holds the year before: what is wrong there is the reason
	wrong := two
	wrong.Evidence = wrong.Evidence.That(registry.StatusIn(registry.Completed))
	if g := one(t, plan(t, wrong), person(exam(d(2023, 1, 1))), nil, d(2024, 12, 31), d(2024, 12, 31)); fmt.Sprint(g.Reasons) != "[InvalidAttribute]" {
		t.Error(g.Reasons)
	}
	if g := one(t, plan(t, wrong), person(exam(d(2022, 12, 31))), nil, d(2024, 12, 31), d(2024, 12, 31)); fmt.Sprint(g.Reasons) != "[DateOutOfRange]" {
		t.Error(g.Reasons)
	}
	if p := (recall.Calendar{Years: 1, Month: 2, Day: 29}).Year(d(2023, 2, 28)); p.Start != d(2023, 2, 28) || p.End != d(2024, 2, 28) {
		t.Error(p)
	}
}

func TestEachVisit(t *testing.T) {
	r := eyeExam
	r.Timing, r.EachVisit = recall.Timing{}, true
	r.Exclusions = []recall.Exclusion{{Kind: recall.Declined, When: registry.Query{Kind: registry.Procedure, Sets: []registry.Set{refused}}}}
	p := plan(t, r)
	today := d(2024, 5, 1)
	for name, c := range map[string]struct {
		pt     *registry.Patient
		prompt bool
	}{
		"never": {person(), true}, "yesterday": {person(exam(today - 1)), true}, "today": {person(exam(today)), false}, "declined": {person(fact(registry.Procedure, refused, today-30)), false},
		"dead": {&registry.Patient{Dead: true}, false},
	} {
		g := one(t, p, c.pt, nil, today, today)
		if g.Prompt != c.prompt || g.Status != recall.NotApplicable || g.Open(today) || g.Why == "" || g.Due != 0 {
			t.Errorf("%s: %+v", name, g)
		}
	}
}

func TestUntilControlled(t *testing.T) {
	r := recall.Recommendation{ID: "a", Key: "a", Evidence: registry.Query{Kind: registry.Observation, Sets: []registry.Set{hba1c}}}.
		UntilControlled(months(1), months(6), registry.Compare{Op: registry.Below, Limit: registry.Num(7, 0), Unit: "%"})
	p := plan(t, r)
	for v, due := range map[int64]registry.Date{71: d(2024, 2, 29), 70: d(2024, 2, 29), 69: d(2024, 7, 31)} {
		if g := one(t, p, person(value(d(2024, 1, 31), v, -1)), nil, d(2024, 2, 1), d(2024, 2, 1)); g.Due != due {
			t.Errorf("%d: %s", v, g.Text())
		}
	}
}

func TestTooEarly(t *testing.T) {
	r := eyeExam // every 12 months, a month's lead
	r.TooEarlyInvalid = true
	r.First = months(1)
	r.Since = &registry.Query{Kind: registry.Diagnosis, Sets: []registry.Set{diabetes}}
	p := plan(t, r)
	dx := fact(registry.Diagnosis, diabetes, d(2020, 1, 15)) // first due 02-15, from 01-15 on
	for name, c := range map[string]struct {
		on   []registry.Date
		last registry.Date
	}{
		"before the first": {[]registry.Date{d(2020, 1, 14)}, 0},
		"the first day":    {[]registry.Date{d(2020, 1, 15)}, d(2020, 1, 15)},
		"a day too early":  {[]registry.Date{d(2020, 1, 15), d(2020, 12, 14)}, d(2020, 1, 15)},
		"just in time":     {[]registry.Date{d(2020, 1, 15), d(2020, 12, 15)}, d(2020, 12, 15)},
		// the one that is too early does not set back the next
		"a chain":            {[]registry.Date{d(2021, 1, 1), d(2020, 12, 14), d(2020, 1, 15)}, d(2021, 1, 1)},
		"two on a day":       {[]registry.Date{d(2020, 1, 15), d(2020, 1, 15)}, d(2020, 1, 15)},
		"the chain restarts": {[]registry.Date{d(2020, 2, 1), d(2020, 12, 31), d(2021, 1, 1)}, d(2021, 1, 1)},
	} {
		pt := person(dx)
		for i, on := range c.on {
			f := exam(on)
			f.ID = fmt.Sprint(i)
			pt.Facts = append(pt.Facts, f)
		}
		if g := one(t, p, pt, nil, d(2021, 6, 1), d(2021, 6, 1)); g.LastOn != c.last {
			t.Errorf("%s: %s", name, g.Text())
		}
	}
}

func callAfter(change func(*recall.Trigger)) recall.Recommendation {
	x := &recall.Trigger{Fact: registry.Query{Kind: registry.Encounter, Sets: []registry.Set{stay}}, ByEnd: true, From: days(1), To: days(7)}
	change(x)
	return recall.Recommendation{ID: "call", Key: "call", Evidence: registry.Query{Kind: registry.Encounter, Sets: []registry.Set{call}}, Trigger: x}
}

func admitted(from, to registry.Date) registry.Fact {
	f := fact(registry.Encounter, stay, from)
	f.When = registry.Between(from, to)
	if to == 0 {
		f.When = registry.Since(from)
	}
	return f
}

func TestTriggers(t *testing.T) {
	plain := plan(t, callAfter(func(*recall.Trigger) {}))
	both := plan(t, callAfter(func(x *recall.Trigger) { x.KeepBoth = true }))
	zero := plan(t, callAfter(func(x *recall.Trigger) { x.From = recall.Every{} }))
	hospice := plan(t, callAfter(func(x *recall.Trigger) {
		x.Cancel = &registry.Query{Kind: registry.Diagnosis, Sets: []registry.Set{diabetes}}
	}))
	first, second := admitted(d(2024, 3, 1), d(2024, 3, 10)), admitted(d(2024, 3, 12), d(2024, 3, 14))
	rung := func(day int) registry.Fact { return fact(registry.Encounter, call, d(2024, 3, day)) }
	for name, c := range map[string]struct {
		p      *recall.Plan
		facts  []registry.Fact
		asOf   registry.Date
		status recall.Status
		due    registry.Date
		why    string
	}{
		"a new one replaces":          {plain, []registry.Fact{first, second}, d(2024, 3, 20), recall.OpenGap, d(2024, 3, 21), ""},
		"both stay":                   {both, []registry.Fact{first, second}, d(2024, 3, 20), recall.OpenGap, d(2024, 3, 17), ""},
		"the first is done":           {both, []registry.Fact{first, rung(11), second}, d(2024, 3, 20), recall.OpenGap, d(2024, 3, 21), ""},
		"both are done":               {both, []registry.Fact{first, second, rung(15)}, d(2024, 3, 20), recall.ClosedGap, registry.MaxDate, ""},
		"on the day, from 0":          {zero, []registry.Fact{first, rung(10)}, d(2024, 3, 20), recall.ClosedGap, registry.MaxDate, ""},
		"on the day, from 1":          {plain, []registry.Fact{first, rung(10)}, d(2024, 3, 20), recall.OpenGap, d(2024, 3, 17), ""},
		"back in hospital":            {plain, []registry.Fact{first, admitted(d(2024, 3, 17), 0)}, d(2024, 3, 20), recall.NotApplicable, 0, "cancelled before it was due"},
		"back on the day of leaving":  {plain, []registry.Fact{first, admitted(d(2024, 3, 10), d(2024, 4, 1))}, d(2024, 3, 20), recall.NotApplicable, 0, "cancelled before it was due"},
		"back after the window":       {plain, []registry.Fact{first, admitted(d(2024, 3, 18), 0)}, d(2024, 3, 20), recall.OpenGap, d(2024, 3, 17), ""},
		"called, then back":           {plain, []registry.Fact{first, rung(11), admitted(d(2024, 3, 15), 0)}, d(2024, 3, 20), recall.ClosedGap, registry.MaxDate, ""},
		"cancelled":                   {hospice, []registry.Fact{first, fact(registry.Diagnosis, diabetes, d(2024, 3, 11))}, d(2024, 3, 20), recall.NotApplicable, 0, "cancelled before it was due"},
		"something of before":         {hospice, []registry.Fact{first, fact(registry.Diagnosis, diabetes, d(2024, 3, 10))}, d(2024, 3, 20), recall.OpenGap, d(2024, 3, 17), ""},
		"what cancels comes tomorrow": {hospice, []registry.Fact{first, fact(registry.Diagnosis, diabetes, d(2024, 3, 16))}, d(2024, 3, 15), recall.OpenGap, d(2024, 3, 17), ""},
	} {
		g := one(t, c.p, person(c.facts...), nil, c.asOf, c.asOf)
		if g.Status != c.status || g.Due != c.due || g.Why != c.why || (g.Cancelled != 0) != strings.HasPrefix(c.why, "cancelled") {
			t.Errorf("%s: %s %s %+v", name, g.Text(), g.Due, g.Cancelled)
		}
	}
	if g := one(t, plain, person(first, rung(18)), nil, d(2024, 3, 20), d(2024, 3, 20)); !g.Late || g.Status != recall.ClosedGap || fmt.Sprint(g.Reasons) != "[Present DateOutOfRange]" {
		t.Errorf("%+v", g)
	}
	if g := one(t, plain, person(first, rung(17)), nil, d(2024, 3, 20), d(2024, 3, 20)); g.Late {
		t.Error("the last day is late")
	}
	dead := person(first)
	dead.Death = registry.At(d(2024, 3, 12))
	if g := one(t, plain, dead, nil, d(2024, 3, 20), d(2024, 3, 20)); g.Status != recall.NotApplicable || g.Why != "dead" || !g.Gone {
		t.Error(g.Text())
	}
}

var (
	gfrSet = registry.NewCode("LOINC", "62238-1")
	acrSet = registry.NewCode("LOINC", "9318-7")
	raas   = registry.NewCode("RxNorm", "29046")
)

func gridRule(t testing.TB, change func(*recall.GridRule)) recall.Recommendation {
	g, err := recall.NewKidneyGrid()
	if err != nil {
		t.Fatal(err)
	}
	obs := func(c registry.Code) registry.Query {
		return registry.Query{Kind: registry.Observation, Codes: []registry.Code{c}}
	}
	rule := &recall.GridRule{Grid: g, GFR: obs(gfrSet), ACR: obs(acrSet), Lowering: &registry.Query{Kind: registry.MedicationOrder, Codes: []registry.Code{raas}}}
	change(rule)
	return recall.Recommendation{ID: "ckd", Key: "ckd", Evidence: obs(gfrSet), Grid: rule, Timing: recall.Timing{Interval: months(12)}}
}

func lab(c registry.Code, on registry.Date, coef int64, exp int8, unit string) registry.Fact {
	return registry.Fact{ID: fmt.Sprint(c.Value, on), Kind: registry.Observation, Status: registry.Final, Codes: []registry.Code{c}, When: registry.On(on), Value: registry.QuantityOf(registry.Num(coef, exp), unit)}
}

func TestGrid(t *testing.T) {
	p := plan(t, gridRule(t, func(*recall.GridRule) {}))
	alt := plan(t, gridRule(t, func(r *recall.GridRule) { r.AltG4A2 = true }))
	reg := plan(t, gridRule(t, func(r *recall.GridRule) {
		r.Register = registry.Exists{Query: registry.Query{Kind: registry.Diagnosis, Sets: []registry.Set{diabetes}}}
	}))
	asOf := d(2024, 6, 30)
	on := d(2024, 1, 31)
	less := func(f registry.Fact, c registry.Comparator) registry.Fact { f.Value.Quantity.Comparator = c; return f }
	const ml = "mL/min/1.73m2"
	for name, c := range map[string]struct {
		p       *recall.Plan
		facts   []registry.Fact
		cell    string
		due     registry.Date
		missing bool
	}{
		"G3aA2":                    {p, []registry.Fact{lab(gfrSet, on, 52, 0, ml), lab(acrSet, on, 45, 0, "mg/g")}, "G3aA2", d(2024, 7, 31), false},
		"no ratio":                 {p, []registry.Fact{lab(gfrSet, on, 52, 0, ml)}, "G3aA1", d(2025, 1, 31), true},
		"ratio too old":            {p, []registry.Fact{lab(gfrSet, on, 52, 0, ml), lab(acrSet, d(2022, 6, 30), 450, 0, "mg/g")}, "G3aA1", d(2025, 1, 31), true},
		"ratio just young enough":  {p, []registry.Fact{lab(gfrSet, on, 52, 0, ml), lab(acrSet, d(2022, 7, 1), 450, 0, "mg/g")}, "G3aA3", d(2024, 5, 31), false},
		"GFR too old":              {p, []registry.Fact{lab(gfrSet, d(2022, 6, 30), 20, 0, ml)}, "", d(2023, 6, 30), false},
		"GFR in another unit":      {p, []registry.Fact{lab(gfrSet, on, 20, 0, "mL/min")}, "", d(2025, 1, 31), false},
		"the latest counts":        {p, []registry.Fact{lab(gfrSet, on, 52, 0, ml), lab(gfrSet, d(2023, 1, 1), 20, 0, ml)}, "G3aA1", d(2025, 1, 31), true},
		"below 15":                 {p, []registry.Fact{less(lab(gfrSet, on, 15, 0, ml), registry.LessThan), lab(acrSet, on, 3, 0, "mg/mmol")}, "G5A2", d(2024, 4, 30), false},
		"above 300":                {p, []registry.Fact{lab(gfrSet, on, 90, 0, ml), less(lab(acrSet, on, 300, 0, "mg/g"), registry.MoreThan)}, "G1A3", d(2024, 7, 31), false},
		"G4A2":                     {p, []registry.Fact{lab(gfrSet, on, 20, 0, ml), lab(acrSet, on, 100, 0, "mg/g")}, "G4A2", d(2024, 5, 31), false},
		"G4A2 as another table":    {alt, []registry.Fact{lab(gfrSet, on, 20, 0, ml), lab(acrSet, on, 100, 0, "mg/g")}, "G4A2", d(2024, 4, 30), false},
		"G1A1, not on a register":  {reg, []registry.Fact{lab(gfrSet, on, 95, 0, ml), lab(acrSet, on, 10, 0, "mg/g")}, "G1A1", 0, false},
		"G1A1, on the register":    {reg, []registry.Fact{lab(gfrSet, on, 95, 0, ml), lab(acrSet, on, 10, 0, "mg/g"), fact(registry.Diagnosis, diabetes, on)}, "G1A1", d(2025, 1, 31), false},
		"G3aA1, not on a register": {reg, []registry.Fact{lab(gfrSet, on, 50, 0, ml), lab(acrSet, on, 10, 0, "mg/g")}, "G3aA1", d(2025, 1, 31), false},
	} {
		g := one(t, c.p, person(c.facts...), nil, asOf, asOf)
		if g.Cell != c.cell || g.Due != c.due || g.ACRMissing != c.missing || (c.due == 0) != (g.Status == recall.NotApplicable) {
			t.Errorf("%s: %s %s, cell %q, ratio missing %v", name, g.Text(), g.Due, g.Cell, g.ACRMissing)
		}
	}
	before := d(2023, 9, 1)
	drug := registry.Fact{ID: "m", Kind: registry.MedicationOrder, Status: registry.Active, Codes: []registry.Code{raas}, When: registry.On(d(2023, 10, 1))}
	for name, c := range map[string]struct {
		facts []registry.Fact
		want  string
	}{
		"20 % down":                {[]registry.Fact{lab(gfrSet, before, 50, 0, ml), lab(gfrSet, on, 40, 0, ml)}, "[]"},
		"a little more":            {[]registry.Fact{lab(gfrSet, before, 50, 0, ml), lab(gfrSet, on, 399, -1, ml)}, "[the GFR changed by more than 20 %]"},
		"20 % up":                  {[]registry.Fact{lab(gfrSet, before, 50, 0, ml), lab(gfrSet, on, 60, 0, ml)}, "[]"},
		"more up":                  {[]registry.Fact{lab(gfrSet, before, 50, 0, ml), lab(gfrSet, on, 601, -1, ml)}, "[the GFR changed by more than 20 %]"},
		"30 % with the medicine":   {[]registry.Fact{lab(gfrSet, before, 50, 0, ml), drug, lab(gfrSet, on, 35, 0, ml)}, "[]"},
		"more with the medicine":   {[]registry.Fact{lab(gfrSet, before, 50, 0, ml), drug, lab(gfrSet, on, 349, -1, ml)}, "[the GFR fell by more than 30 % after a medicine that lowers filtration]"},
		"up with the medicine":     {[]registry.Fact{lab(gfrSet, before, 50, 0, ml), drug, lab(gfrSet, on, 61, 0, ml)}, "[the GFR changed by more than 20 %]"},
		"doubled":                  {[]registry.Fact{lab(acrSet, before, 20, 0, "mg/g"), lab(acrSet, on, 40, 0, "mg/g")}, "[the albumin-creatinine ratio doubled]"},
		"nearly doubled":           {[]registry.Fact{lab(acrSet, before, 20, 0, "mg/g"), lab(acrSet, on, 399, -1, "mg/g")}, "[]"},
		"two units":                {[]registry.Fact{lab(acrSet, before, 20, 0, "mg/mmol"), lab(acrSet, on, 400, 0, "mg/g")}, "[]"},
		"from nothing":             {[]registry.Fact{lab(acrSet, before, 0, 0, "mg/g"), lab(acrSet, on, 4, 0, "mg/g")}, "[]"},
		"at most, not comparable":  {[]registry.Fact{lab(gfrSet, before, 50, 0, ml), less(lab(gfrSet, on, 15, 0, ml), registry.LessThan)}, "[]"},
		"on one day":               {[]registry.Fact{lab(gfrSet, on, 50, 0, ml), lab(gfrSet, on, 20, 0, ml)}, "[]"},
		"the one before, not last": {[]registry.Fact{lab(gfrSet, d(2023, 1, 1), 90, 0, ml), lab(gfrSet, before, 50, 0, ml), lab(gfrSet, on, 50, 0, ml)}, "[]"},
	} {
		ch := p.Chart()
		ch.LoadAsOf(person(c.facts...), asOf)
		why := []string{}
		for _, e := range p.Evaluations(ch, asOf, nil) {
			why = append(why, e.Why)
			if e.From.When.Start.Day >= e.To.When.Start.Day || e.On != e.To.When.Start.Day {
				t.Errorf("%s: %+v", name, e)
			}
		}
		if fmt.Sprint(why) != c.want {
			t.Errorf("%s: %v", name, why)
		}
	}
}

func corpus(t *testing.T) map[string]json.RawMessage {
	dir := os.Getenv("CHRONICCARE_CORPUS")
	if dir == "" {
		t.Skip("CHRONICCARE_CORPUS is not set")
	}
	b, err := os.ReadFile(filepath.Join(dir, "caremodel", "goldens.json"))
	if err != nil {
		t.Fatal(err)
	}
	var m map[string]json.RawMessage
	if err := json.Unmarshal(b, &m); err != nil {
		t.Fatal(err)
	}
	return m
}

func TestGoldens(t *testing.T) {
	m := corpus(t)
	var deqm struct {
		Years      int           `json:"interval_years"`
		Done       registry.Date `json:"done"`
		Calculated registry.Date `json:"calculated"`
		Due        registry.Date `json:"due"`
		Cases      []struct {
			Through registry.Date `json:"gaps_through"`
			Status  string        `json:"status"`
		}
	}
	if err := json.Unmarshal(m["deqm_gap_example"], &deqm); err != nil || len(deqm.Cases) == 0 {
		t.Fatal(err)
	}
	r := eyeExam
	r.Interval = recall.Every{N: deqm.Years, Unit: recall.Year}
	for _, c := range deqm.Cases {
		if g := one(t, plan(t, r), person(exam(deqm.Done)), nil, deqm.Calculated, c.Through); g.Status.String() != c.Status || g.Due != deqm.Due {
			t.Errorf("through %s: %s", c.Through, g.Text())
		}
	}
	var kdigo struct {
		Rows    map[string][]int
		Columns []string
	}
	if err := json.Unmarshal(m["kdigo_2012_visits_per_year"], &kdigo); err != nil || len(kdigo.Rows) != 6 {
		t.Fatal(err)
	}
	g, err := recall.NewKidneyGrid()
	if err != nil {
		t.Fatal(err)
	}
	gfr := map[string]int64{"G1": 90, "G2": 60, "G3a": 45, "G3b": 30, "G4": 15, "G5": 14}
	acr := map[string]int64{"A1": 29, "A2": 30, "A3": 301}
	for row, checks := range kdigo.Rows {
		for i, n := range checks {
			cell, ok := g.Cell(registry.Num(gfr[row], 0), &registry.Quantity{Value: registry.Num(acr[kdigo.Columns[i]], 0), Unit: "mg/g"})
			if !ok || cell.ChecksAYear != n || cell.Name != row+kdigo.Columns[i] || cell.Every.N*n != 12 {
				t.Errorf("%s %s: %+v, want %d", row, kdigo.Columns[i], cell, n)
			}
		}
	}
}

// One key, two rules for which no fact can be evidence together.
func TestIncompatible(t *testing.T) {
	other := eyeExam
	other.ID, other.Evidence = "other", registry.Query{Kind: registry.Observation, Sets: []registry.Set{hba1c}}
	if _, err := recall.Compile(sets(), eyeExam, other); !errors.Is(err, recall.ErrDefinition) || !strings.Contains(err.Error(), `for "eye"`) {
		t.Error(err)
	}
	other.Evidence = registry.Union(other.Evidence, registry.Query{Kind: registry.Procedure, Sets: []registry.Set{eye, refused}})
	if _, err := recall.Compile(sets(), eyeExam, other); err != nil {
		t.Error(err)
	}
	other.Evidence = registry.Query{Kind: registry.Procedure, Codes: []registry.Code{code(eye)}}
	if _, err := recall.Compile(sets(), eyeExam, other); err != nil {
		t.Error("the code lies in the set", err)
	}
	other.Evidence.Codes[0].Value = "another"
	if _, err := recall.Compile(sets(), eyeExam, other); !errors.Is(err, recall.ErrDefinition) {
		t.Error(err)
	}
	other.Evidence = eyeExam.Evidence
	other.Evidence.Negated = true
	if _, err := recall.Compile(sets(), eyeExam, other); !errors.Is(err, recall.ErrDefinition) {
		t.Error("done and not done", err)
	}
	many := make([]recall.Recommendation, 65)
	for i := range many {
		many[i] = eyeExam
		many[i].ID = fmt.Sprint(i)
	}
	if _, err := recall.Compile(sets(), many...); !errors.Is(err, recall.ErrDefinition) {
		t.Error(err)
	}
	p := plan(t, many[:64]...)
	if g := one(t, p, person(), nil, d(2024, 1, 1), d(2024, 1, 1)); len(g.Rules) != 64 || !slices.IsSorted(g.Rules) {
		t.Error(g.Rules)
	}
}

func TestMoreDefinitionErrors(t *testing.T) {
	bad := eyeExam
	bad.Calendar, bad.EachVisit, bad.TooEarlyInvalid = &recall.Calendar{Month: 13}, true, true
	bad.Exclusions = []recall.Exclusion{{For: months(-1), When: registry.Query{Kind: registry.Procedure, Sets: []registry.Set{refused}}}}
	bad.OrderQuietDays = -1
	grid := eyeExam
	grid.ID, grid.Key, grid.Grid = "g", "g", &recall.GridRule{GFR: eyeExam.Evidence, ACR: eyeExam.Evidence}
	step := hba1cRule()
	step.Lead = months(2)
	step.Steps[0].Every = months(1)
	_, err := recall.Compile(sets(), bad, grid, step)
	if !errors.Is(err, recall.ErrDefinition) {
		t.Fatal(err)
	}
	for _, want := range []string{"exclude each other", "too-early", "calendar of 0 years from 13-0", "exclusion 0 for -1", "-1 quiet days", "a grid with the table", "step 0: a lead of 2 months is longer"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is missing from %v", want, err)
		}
	}
}

func TestRemarks(t *testing.T) {
	r := eyeExam
	r.Exclusions = []recall.Exclusion{{Kind: recall.Declined, When: registry.Query{Kind: registry.Procedure, Sets: []registry.Set{refused}}}}
	p, plain := plan(t, r), plan(t, eyeExam)
	on := d(2024, 5, 1)
	with := func(k recall.RemarkKind, on registry.Date) *recall.Context {
		return &recall.Context{Remarks: []recall.Remark{{Key: "eye", Kind: k, On: on}, {Key: "foot", Kind: recall.Rejected, On: on}}}
	}
	g := one(t, plain, person(), with(recall.OrderPlaced, on), d(2024, 5, 28), d(2024, 5, 28))
	if !g.Open(d(2024, 5, 28)) || g.Quiet != d(2024, 5, 29) || g.Remarks.String() != "order-placed" {
		t.Errorf("%+v", g)
	}
	if g = one(t, plain, person(), with(recall.OrderPlaced, on), d(2024, 5, 29), d(2024, 5, 29)); g.Quiet != 0 {
		t.Errorf("%+v", g)
	}
	// a remark of before the last evidence is about another cycle
	if g = one(t, plain, person(exam(d(2023, 5, 2))), with(recall.Deferred, d(2023, 5, 1)), on, on); g.Remarks != 0 {
		t.Error(g.Remarks)
	}
	if g = one(t, plain, person(), with(recall.Deferred, on+1), on, on); g.Remarks != 0 {
		t.Error("a remark of tomorrow", g.Remarks)
	}
	// refusing excludes only where there is a rule about declines, for its 12 months
	for _, c := range []struct {
		p        *recall.Plan
		asOf     registry.Date
		excluded bool
	}{{plain, on, false}, {p, on, true}, {p, d(2025, 4, 30), true}, {p, d(2025, 5, 1), false}} {
		if g := one(t, c.p, person(), with(recall.PatientRefused, on), c.asOf, c.asOf); g.Excluded != c.excluded {
			t.Errorf("%s: %s", c.asOf, g.Text())
		}
	}
	if g := one(t, p, person(exam(on)), with(recall.PatientRefused, on), on, on); g.Excluded {
		t.Error("evidence of the day does not win")
	}
}

func TestExclusionEffects(t *testing.T) {
	r := eyeExam
	when := registry.Query{Kind: registry.Procedure, Sets: []registry.Set{refused}}
	asOf := d(2024, 5, 1)
	for name, c := range map[string]struct {
		e        recall.Exclusion
		on       registry.Date
		excluded bool
		onRecall bool
		off      bool
	}{
		"declined, 12 months":         {recall.Exclusion{Kind: recall.Declined}, d(2023, 5, 2), true, false, false},
		"declined, over":              {recall.Exclusion{Kind: recall.Declined}, d(2023, 5, 1), false, false, false},
		"new, 9 months":               {recall.Exclusion{Kind: recall.NewlyDiagnosed}, d(2023, 8, 2), true, false, false},
		"new, over":                   {recall.Exclusion{Kind: recall.NewlyRegistered}, d(2023, 8, 1), false, false, false},
		"permanent":                   {recall.Exclusion{Kind: recall.Permanent}, d(1999, 5, 1), true, false, false},
		"its own span":                {recall.Exclusion{Kind: recall.Declined, For: months(1)}, d(2024, 4, 2), true, false, false},
		"no response stays on recall": {recall.Exclusion{Kind: recall.NoResponse}, d(2024, 4, 2), true, true, false},
		"asked to stay on recall":     {recall.Exclusion{Kind: recall.Unsuitable, KeepOnRecall: true}, d(2024, 4, 2), true, true, false},
		"off recall only":             {recall.Exclusion{Kind: recall.Temporary, StaysInDenominator: true}, d(2024, 4, 2), false, false, true},
	} {
		c.e.When = when
		r.Exclusions = []recall.Exclusion{c.e}
		g := one(t, plan(t, r), person(fact(registry.Procedure, refused, c.on)), nil, asOf, asOf)
		if g.Excluded != c.excluded || g.OnRecall != c.onRecall || g.OffRecall != c.off || (g.Status == recall.OpenGap) == c.excluded {
			t.Errorf("%s: %+v", name, g)
		}
	}
}

func TestSnoozeLimit(t *testing.T) {
	p := plan(t, eyeExam)
	pt := person(exam(d(2023, 5, 1)))
	ctx := &recall.Context{SnoozeDays: 10, Notes: []recall.Note{{Key: "eye", Snooze: true, From: d(2024, 5, 1), Until: d(2025, 1, 1), Reason: "away"}}}
	if g := one(t, p, pt, ctx, d(2024, 5, 10), d(2024, 5, 10)); g.Hidden != d(2024, 5, 11) {
		t.Errorf("%+v", g)
	}
	if g := one(t, p, pt, ctx, d(2024, 5, 11), d(2024, 5, 11)); g.Hidden != 0 {
		t.Errorf("%+v", g)
	}
	ctx.Notes = append(ctx.Notes, recall.Note{Snooze: true, From: 5}, recall.Note{Kind: recall.Declined, From: 5, Until: 4})
	ctx.Remarks = []recall.Remark{{Kind: 99}}
	err := ctx.Check()
	if !errors.Is(err, recall.ErrRemark) || strings.Count(err.Error(), "recall: remark") != 5 {
		t.Error(err)
	}
	ctx = &recall.Context{SnoozeDays: -1}
	if err := ctx.Check(); !errors.Is(err, recall.ErrRemark) {
		t.Error(err)
	}
	ok := &recall.Context{Notes: []recall.Note{{Snooze: true, From: d(2024, 1, 1), Until: d(2024, 7, 2), Reason: "x"}}}
	if err := ok.Check(); err != nil {
		t.Error(err)
	}
}

func TestAllReasons(t *testing.T) {
	r := hba1cRule()
	r.Population = nil
	r.Evidence = r.Evidence.That(registry.StatusIn(registry.Final), registry.Compare{Op: registry.AtOrBelow, Limit: registry.Num(9, 0), Unit: "%"})
	p := plan(t, r)
	text := fact(registry.Observation, hba1c, d(2024, 4, 20))
	text.Value = registry.Value{Kind: registry.TextValue, Text: "seven"}
	early := value(d(2024, 4, 25), 70, -1)
	early.Status = registry.Preliminary
	for want, facts := range map[string][]registry.Fact{
		"[NotFound]":                   nil,
		"[DateOutOfRange]":             {value(d(2023, 1, 1), 70, -1)},
		"[ValueOutOfRange]":            {value(d(2024, 4, 20), 101, -1), value(d(2023, 1, 1), 70, -1)},
		"[NonComputableDocumentation]": {text},
		"[InvalidAttribute]":           {early},
		"[ValueOutOfRange InvalidAttribute NonComputableDocumentation]": {text, early, value(d(2024, 4, 19), 101, -1)},
		"[Missing DateOutOfRange]":                                      {value(d(2023, 1, 1), 70, -1), fact(registry.ServiceRequest, hba1c, d(2024, 4, 1))},
	} {
		if g := one(t, p, person(facts...), nil, d(2024, 5, 1), d(2024, 5, 1)); fmt.Sprint(g.Reasons) != want || g.Status != recall.OpenGap {
			t.Errorf("%v %s, want %s", g.Reasons, g.Text(), want)
		}
	}
}

func TestLapsedDoesNotSpeak(t *testing.T) {
	young, old := eyeExam, eyeExam
	young.ID, young.UntilAge = "young", 60
	old.ID, old.Interval = "old", months(24)
	pt := person(exam(d(2009, 1, 1)))
	for _, order := range [][]recall.Recommendation{{young, old}, {old, young}} {
		g := one(t, plan(t, order...), pt, nil, d(2024, 1, 1), d(2024, 1, 1))
		if g.Status != recall.OpenGap || g.Rule != "old" || fmt.Sprint(g.Rules) != "[old young]" {
			t.Errorf("%s %s %v", g.Text(), g.Rule, g.Rules)
		}
	}
}

func TestBundles(t *testing.T) {
	gaps := []recall.Gap{{Key: "a", Status: recall.ClosedGap}, {Key: "b", Status: recall.OpenGap}, {Key: "c", Status: recall.NotApplicable}, {Key: "d", Status: recall.ClosedGap, Excluded: true}, {Key: "e", Status: recall.ProspectiveGap}}
	var out recall.BundleResult
	for _, c := range []struct{ keys, want string }{
		{"a e", "2/2 (100.0 %) 1/1 (100.0 %) [] []"}, {"a b c", "1/2 (50.0 %) 0/1 (0.0 %) [b] []"}, {"c d", "0/0 (undefined) 0/0 (undefined) [] []"}, {"a a z", "1/1 (100.0 %) 1/1 (100.0 %) [] [z]"}, {"", "0/0 (undefined) 0/0 (undefined) [] []"},
	} {
		b := recall.Bundle{ID: "x", Keys: strings.Fields(c.keys)}
		b.Judge(gaps, &out)
		if got := fmt.Sprint(out.Score, " ", out.All, " ", out.Missing, " ", out.Unknown); got != c.want {
			t.Errorf("%q: %s", c.keys, got)
		}
	}
	ab := recall.Bundle{Keys: []string{"a", "b"}}
	if n := testing.AllocsPerRun(10, func() { ab.Judge(gaps, &out) }); n != 0 {
		t.Error(n)
	}
	for want, keys := range map[string][]string{"2/3 (66.7 %) false": nil, "1/1 (100.0 %) true": {"a"}, "0/0 (undefined) false": {"c", "d"}, "2/2 (100.0 %) true": {"a", "e"}} {
		if r, all := recall.CareScore(gaps, keys...); fmt.Sprint(r, " ", all) != want {
			t.Errorf("%v: %s %v", keys, r, all)
		}
	}
}

func TestGapCodes(t *testing.T) {
	b, err := os.ReadFile("data/gap-codes.csv")
	if err != nil {
		t.Fatal(err)
	}
	tab, err := table.Parse("gap-codes", string(b))
	if err != nil {
		t.Fatal(err)
	}
	n := map[string]int{}
	for _, r := range tab.Rows {
		n[r[1]]++
		switch r[1] {
		case "status":
			if !slices.ContainsFunc([]recall.Status{0, 1, 2, 3}, func(s recall.Status) bool { return s.String() == r[0] }) {
				t.Error(r)
			}
		case "reason":
			found := false
			for k := registry.NotFound; k <= registry.Missing; k++ {
				found = found || k.String() == r[0]
			}
			if !found {
				t.Error(r)
			}
		default:
			if k, err := recall.ParseRemark(r[0]); err != nil || k.String() != r[0] {
				t.Error(r, err)
			}
		}
	}
	if n["status"] != 4 || n["reason"] != 11 || n["remark"]+n["remark-reason"] != 12 {
		t.Error(n)
	}
}

func TestGapJSON(t *testing.T) {
	g := one(t, plan(t, eyeExam), person(exam(d(2023, 6, 10))), nil, d(2024, 7, 1), d(2024, 12, 31))
	b, err := json.Marshal(g)
	want := `{"key":"eye","rule":"eye","rules":["eye"],"title":"Eye examination","status":"open-gap","state":"overdue","reasons":["DateOutOfRange"],"earliest":"2024-05-10","due":"2024-06-10","overdue_after":"2024-06-24","latest":"","last":"2023-06-10","priority":0,"class":"treatment","closes":"procedure of Eye exam"}`
	if err != nil || string(b) != want {
		t.Errorf("%s %v", b, err)
	}
}

func TestExplain(t *testing.T) {
	p := plan(t, eyeExam)
	for on, want := range map[registry.Date]bool{d(2024, 1, 1): true, d(2022, 1, 1): false} {
		pt := person(exam(on))
		c := p.Chart()
		c.LoadAsOf(pt, d(2024, 6, 1))
		g := p.Gaps(c, nil, d(2024, 6, 1), d(2024, 6, 1), nil)[0]
		f := p.Explain(c, &g, d(2024, 6, 1))
		if f.Met != want || len(f.Evidence) != 1 || f.Evidence[0].Fact != g.Last || p.Recommendation(&g).ID != "eye" {
			t.Errorf("%s: %s", on, f.Text())
		}
	}
}

// Merging, reasons of open gaps, remarks and the grid cost no allocation.
func TestGapsDoNotAllocate(t *testing.T) {
	half, never := eyeExam, eyeExam
	half.ID, half.Interval = "eye.kidney", months(6)
	never.ID, never.Population = "eye.none", registry.Not{Of: registry.All{}}
	early := callAfter(func(x *recall.Trigger) { x.KeepBoth = true })
	p := plan(t, eyeExam, half, never, hba1cRule(), early, gridRule(t, func(*recall.GridRule) {}))
	pt := person(fact(registry.Diagnosis, diabetes, d(2020, 1, 1)), exam(d(2022, 1, 1)), value(d(2023, 1, 1), 91, -1), fact(registry.ServiceRequest, hba1c, d(2024, 5, 20)),
		admitted(d(2024, 5, 1), d(2024, 5, 5)), lab(gfrSet, d(2024, 1, 1), 20, 0, "mL/min/1.73m2"), lab(acrSet, d(2024, 1, 1), 30, 0, "mg/g"))
	ctx := &recall.Context{Notes: []recall.Note{{Key: "eye", Snooze: true, From: d(2024, 5, 1), Until: d(2024, 8, 1), Reason: "x"}}, Remarks: []recall.Remark{{Kind: recall.OrderPlaced, On: d(2024, 5, 30)}}}
	c := p.Chart()
	asOf := d(2024, 6, 1)
	var buf []recall.Gap
	var evs []recall.Evaluation
	run := func() {
		c.LoadAsOf(pt, asOf)
		buf = p.Gaps(c, ctx, asOf, asOf, buf)
		evs = p.Evaluations(c, asOf, evs)
	}
	run()
	if len(buf) != 4 || len(buf[0].Rules) != 2 || buf[1].Status != recall.OpenGap || len(buf[1].Reasons) != 2 || buf[3].Cell != "G4A2" {
		t.Fatalf("%+v", buf)
	}
	if n := testing.AllocsPerRun(20, run); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
