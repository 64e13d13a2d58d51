package recall_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"pgregory.net/rapid"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/recall"
)

var (
	diabetes = registry.Set{Name: "Diabetes", OID: "1.1"}
	hba1c    = registry.Set{Name: "HbA1c", OID: "1.2"}
	eye      = registry.Set{Name: "Eye exam", OID: "1.3"}
	refused  = registry.Set{Name: "Eye exam declined", OID: "1.4"}
	stay     = registry.Set{Name: "Inpatient stay", OID: "1.5"}
	call     = registry.Set{Name: "Telephone contact", OID: "1.6"}
	flu      = registry.Set{Name: "Influenza vaccine", OID: "1.7"}
)

func code(s registry.Set) registry.Code { return registry.Code{System: "urn:t", Value: s.OID} }

func sets() (out []registry.ValueSet) {
	for _, s := range []registry.Set{diabetes, hba1c, eye, refused, stay, call, flu} {
		out = append(out, registry.ValueSet{OID: s.OID, Name: s.Name, Codes: []registry.Code{code(s)}})
	}
	return out
}

func fact(k registry.Kind, s registry.Set, d registry.Date) registry.Fact {
	return registry.Fact{ID: fmt.Sprint(s.OID, "/", d), Kind: k, Status: registry.Final, Codes: []registry.Code{code(s)}, When: registry.On(d)}
}

func value(d registry.Date, coef int64, exp int8) registry.Fact {
	f := fact(registry.Observation, hba1c, d)
	f.Value = registry.QuantityOf(registry.Num(coef, exp), "%")
	return f
}

func plan(t testing.TB, recs ...recall.Recommendation) *recall.Plan {
	t.Helper()
	p, err := recall.Compile(sets(), recs...)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func one(t testing.TB, p *recall.Plan, pt *registry.Patient, ctx *recall.Context, asOf, through registry.Date) recall.Gap {
	t.Helper()
	c := p.Chart()
	c.LoadAsOf(pt, asOf)
	gaps := p.Gaps(c, ctx, asOf, through, nil)
	if len(gaps) != 1 {
		t.Fatalf("%d gaps", len(gaps))
	}
	return gaps[0]
}

var eyeExam = recall.Recommendation{ID: "eye", Key: "eye", Title: "Eye examination", Evidence: registry.Query{Kind: registry.Procedure, Sets: []registry.Set{eye}},
	Timing: recall.Timing{Interval: recall.Every{12, recall.Month}, Grace: recall.Every{14, recall.Day}, Lead: recall.Every{1, recall.Month}}}

func d(y, m, day int) registry.Date { return registry.Day(y, m, day) }

// The published example of the exchange standard: ten-yearly, done on 3 May 2011.
func TestDEQMExample(t *testing.T) {
	r := eyeExam
	r.Interval = recall.Every{10, recall.Year}
	p := plan(t, r)
	pt := &registry.Patient{Birth: d(1950, 1, 1), Facts: []registry.Fact{fact(registry.Procedure, eye, d(2011, 5, 3))}}
	for through, want := range map[registry.Date]recall.Status{d(2021, 6, 30): recall.ProspectiveGap, d(2020, 12, 31): recall.ClosedGap} {
		g := one(t, p, pt, nil, d(2021, 4, 1), through)
		if g.Status != want || g.Due != d(2021, 5, 3) {
			t.Errorf("through %s: %+v", through, g)
		}
	}
}

func TestStatuses(t *testing.T) {
	p := plan(t, eyeExam)
	pt := &registry.Patient{Birth: d(1950, 1, 1), Facts: []registry.Fact{fact(registry.Procedure, eye, d(2023, 6, 10))}}
	for _, c := range []struct {
		asOf, through registry.Date
		want          recall.Status
		state         recall.State
	}{
		{d(2024, 4, 1), d(2024, 3, 31), recall.ClosedGap, recall.NotYet},
		{d(2024, 4, 1), d(2024, 6, 9), recall.ClosedGap, recall.NotYet},
		{d(2024, 4, 1), d(2024, 6, 10), recall.ProspectiveGap, recall.NotYet},
		{d(2024, 5, 9), d(2024, 12, 31), recall.ProspectiveGap, recall.NotYet},
		{d(2024, 5, 10), d(2024, 12, 31), recall.ProspectiveGap, recall.DueSoon},
		{d(2024, 6, 10), d(2024, 12, 31), recall.OpenGap, recall.Due},
		{d(2024, 6, 24), d(2024, 12, 31), recall.OpenGap, recall.Due},
		{d(2024, 6, 25), d(2024, 12, 31), recall.OpenGap, recall.Overdue},
		{d(2024, 7, 1), d(2024, 12, 31), recall.OpenGap, recall.Overdue},
	} {
		g := one(t, p, pt, nil, c.asOf, c.through)
		if g.Status != c.want || g.State != c.state {
			t.Errorf("as of %s through %s: %s", c.asOf, c.through, g.Text())
		}
	}
	// evidence after the through date does not count for it
	late := &registry.Patient{Birth: d(1950, 1, 1), Facts: []registry.Fact{fact(registry.Procedure, eye, d(2024, 2, 1))}}
	if g := one(t, p, late, nil, d(2024, 4, 1), d(2024, 1, 31)); g.Status != recall.OpenGap {
		t.Error(g.Text())
	}
}

func hba1cRule() recall.Recommendation {
	return recall.Recommendation{ID: "hba1c", Key: "hba1c", Population: registry.Exists{Query: registry.Query{Kind: registry.Diagnosis, Sets: []registry.Set{diabetes}, Tests: []registry.Test{registry.When(registry.Starts, registry.UpToPeriodEnd())}}},
		Since:    &registry.Query{Kind: registry.Diagnosis, Sets: []registry.Set{diabetes}},
		Evidence: registry.Query{Kind: registry.Observation, Sets: []registry.Set{hba1c}, Tests: []registry.Test{registry.HasQuantity()}},
		Ordered:  &registry.Query{Kind: registry.ServiceRequest, Sets: []registry.Set{hba1c}},
		Timing:   recall.Timing{Interval: recall.Every{3, recall.Month}, Grace: recall.Every{14, recall.Day}},
		Steps:    []recall.Step{{When: []registry.Test{registry.Compare{Op: registry.Below, Limit: registry.Num(7, 0), Unit: "%"}}, Every: recall.Every{6, recall.Month}}}}
}

func TestByValueAndReasons(t *testing.T) {
	p := plan(t, hba1cRule())
	dx := fact(registry.Diagnosis, diabetes, d(2020, 1, 1))
	for name, c := range map[string]struct {
		facts  []registry.Fact
		asOf   registry.Date
		status recall.Status
		state  recall.State
		due    registry.Date
		late   int
		reason string
	}{
		"above goal, due":     {[]registry.Fact{dx, value(d(2024, 1, 15), 82, -1)}, d(2024, 4, 15), recall.OpenGap, recall.Due, d(2024, 4, 15), 0, "[DateOutOfRange]"},
		"above goal, overdue": {[]registry.Fact{dx, value(d(2024, 1, 15), 82, -1)}, d(2024, 5, 1), recall.OpenGap, recall.Overdue, d(2024, 4, 15), 2, "[DateOutOfRange]"},
		"at goal":             {[]registry.Fact{dx, value(d(2024, 1, 15), 69, -1)}, d(2024, 5, 1), recall.ClosedGap, recall.NotYet, d(2024, 7, 15), 0, "[Present DateInRange]"},
		"never":               {[]registry.Fact{dx}, d(2024, 5, 1), recall.OpenGap, recall.Overdue, d(2020, 1, 1), 1568, "[NotFound]"},
		"ordered":             {[]registry.Fact{dx, fact(registry.ServiceRequest, hba1c, d(2024, 4, 20))}, d(2024, 5, 1), recall.OpenGap, recall.Overdue, d(2020, 1, 1), 1568, "[Missing NotFound]"},
		"no value":            {[]registry.Fact{dx, fact(registry.Observation, hba1c, d(2024, 4, 20))}, d(2024, 5, 1), recall.OpenGap, recall.Overdue, d(2020, 1, 1), 1568, "[Missing]"},
		"not a diabetic":      {[]registry.Fact{value(d(2024, 1, 15), 82, -1)}, d(2024, 5, 1), recall.NotApplicable, recall.NotYet, 0, 0, "[]"},
	} {
		g := one(t, p, &registry.Patient{Birth: d(1950, 1, 1), Facts: c.facts}, nil, c.asOf, c.asOf)
		late := 0
		if g.Due != 0 {
			late = g.DaysOverdue(c.asOf)
		}
		if g.Status != c.status || g.State != c.state || g.Due != c.due || late != c.late || fmt.Sprint(g.Reasons) != c.reason {
			t.Errorf("%s: %s %d %v", name, g.Text(), late, g.Reasons)
		}
	}
	// a value that must be on target: too high in the window beats a good one that is too old
	r := hba1cRule()
	r.Evidence = r.Evidence.That(registry.Compare{Op: registry.AtOrBelow, Limit: registry.Num(9, 0), Unit: "%"})
	p = plan(t, r)
	pt := &registry.Patient{Facts: []registry.Fact{dx, value(d(2023, 1, 1), 70, -1), value(d(2024, 4, 20), 101, -1)}}
	if g := one(t, p, pt, nil, d(2024, 5, 1), d(2024, 5, 1)); fmt.Sprint(g.Reasons) != "[ValueOutOfRange]" || g.Status != recall.OpenGap {
		t.Error(g.Text())
	}
}

func TestExclusionsAndSnoozes(t *testing.T) {
	r := eyeExam
	r.Exclusions = []recall.Exclusion{{Kind: recall.Declined, When: registry.Query{Kind: registry.Procedure, Sets: []registry.Set{refused}}, For: recall.Every{12, recall.Month}}}
	p := plan(t, r)
	decline := fact(registry.Procedure, refused, d(2024, 2, 1))
	who := func(facts ...registry.Fact) *registry.Patient {
		return &registry.Patient{Birth: d(1950, 1, 1), Facts: facts}
	}
	for name, c := range map[string]struct {
		pt       *registry.Patient
		ctx      *recall.Context
		asOf     registry.Date
		status   recall.Status
		excluded bool
		open     bool
	}{
		"declined":                    {who(decline), nil, d(2024, 5, 1), recall.ClosedGap, true, false},
		"the decline runs out":        {who(decline), nil, d(2025, 1, 31), recall.ClosedGap, true, false},
		"it has run out":              {who(decline), nil, d(2025, 2, 1), recall.OpenGap, false, true},
		"evidence on that day wins":   {who(decline, fact(registry.Procedure, eye, d(2024, 2, 1))), nil, d(2024, 5, 1), recall.ClosedGap, false, false},
		"evidence before does not":    {who(decline, fact(registry.Procedure, eye, d(2024, 1, 31))), nil, d(2024, 5, 1), recall.ClosedGap, true, false},
		"no response stays on recall": {who(), &recall.Context{Notes: []recall.Note{{Key: "eye", Kind: recall.NoResponse, From: d(2024, 1, 1)}}}, d(2024, 5, 1), recall.ClosedGap, true, true},
		"a note for another key":      {who(), &recall.Context{Notes: []recall.Note{{Key: "foot", Kind: recall.Unsuitable, From: d(2024, 1, 1)}}}, d(2024, 5, 1), recall.OpenGap, false, true},
		"a note that ended":           {who(), &recall.Context{Notes: []recall.Note{{Kind: recall.Temporary, From: d(2024, 1, 1), Until: d(2024, 4, 30)}}}, d(2024, 5, 1), recall.OpenGap, false, true},
		"snoozed":                     {who(fact(registry.Procedure, eye, d(2023, 4, 28))), &recall.Context{Notes: []recall.Note{{Snooze: true, From: d(2024, 1, 1), Until: d(2024, 5, 2), Reason: "away"}}}, d(2024, 5, 1), recall.OpenGap, false, false},
		"snooze ends":                 {who(fact(registry.Procedure, eye, d(2023, 4, 28))), &recall.Context{Notes: []recall.Note{{Snooze: true, From: d(2024, 1, 1), Until: d(2024, 5, 1), Reason: "away"}}}, d(2024, 5, 1), recall.OpenGap, false, true},
		"snooze lapses when overdue":  {who(), &recall.Context{Notes: []recall.Note{{Snooze: true, From: d(2024, 1, 1), Until: d(2024, 6, 1), Reason: "away"}}}, d(2024, 5, 1), recall.OpenGap, false, true},
		"unless it is to stay":        {who(), &recall.Context{Notes: []recall.Note{{Snooze: true, From: d(2024, 1, 1), Until: d(2024, 6, 1), Reason: "away", PersistWhenOverdue: true}}}, d(2024, 5, 1), recall.OpenGap, false, false},
		"a snooze needs a reason":     {who(fact(registry.Procedure, eye, d(2023, 4, 28))), &recall.Context{Notes: []recall.Note{{Snooze: true, From: d(2024, 1, 1), Until: d(2024, 6, 1)}}}, d(2024, 5, 1), recall.OpenGap, false, true},
		"moved":                       {who(), &recall.Context{Away: &recall.Away{From: d(2024, 5, 1), Reason: "transferred"}}, d(2024, 5, 1), recall.NotApplicable, false, false},
		"dead":                        {&registry.Patient{Birth: d(1950, 1, 1), Dead: true}, nil, d(2024, 5, 1), recall.NotApplicable, false, false},
	} {
		g := one(t, p, c.pt, c.ctx, c.asOf, c.asOf)
		if g.Status != c.status || g.Excluded != c.excluded || g.Open(c.asOf) != c.open {
			t.Errorf("%s: %s, open %v", name, g.Text(), g.Open(c.asOf))
		}
	}
}

func TestKindsOfRecommendation(t *testing.T) {
	once := eyeExam
	once.Once = true
	p := plan(t, once)
	pt := &registry.Patient{Birth: d(1950, 1, 1), Facts: []registry.Fact{fact(registry.Procedure, eye, d(1990, 1, 1))}}
	if g := one(t, p, pt, nil, d(2024, 5, 1), d(2030, 1, 1)); g.Status != recall.ClosedGap {
		t.Error("once", g.Text())
	}

	after := recall.Recommendation{ID: "call", Key: "call", Evidence: registry.Query{Kind: registry.Encounter, Sets: []registry.Set{call}},
		Trigger: &recall.Trigger{Fact: registry.Query{Kind: registry.Encounter, Sets: []registry.Set{stay}}, ByEnd: true, From: recall.Every{1, recall.Day}, To: recall.Every{3, recall.Day}}}
	p = plan(t, after)
	admission := fact(registry.Encounter, stay, d(2024, 3, 1))
	admission.When = registry.Between(d(2024, 3, 1), d(2024, 3, 10))
	for name, c := range map[string]struct {
		call   int
		asOf   registry.Date
		status recall.Status
		state  recall.State
	}{
		"still in":           {0, d(2024, 3, 9), recall.NotApplicable, recall.NotYet},
		"day of discharge":   {0, d(2024, 3, 10), recall.OpenGap, recall.NotYet},
		"the window is open": {0, d(2024, 3, 11), recall.OpenGap, recall.DueSoon},
		"the last day":       {0, d(2024, 3, 13), recall.OpenGap, recall.Due},
		"too late":           {0, d(2024, 3, 14), recall.OpenGap, recall.Overdue},
		"called":             {11, d(2024, 3, 14), recall.ClosedGap, recall.NotYet},
		"called too early":   {10, d(2024, 3, 14), recall.OpenGap, recall.Overdue},
	} {
		facts := []registry.Fact{admission}
		if c.call > 0 {
			facts = append(facts, fact(registry.Encounter, call, d(2024, 3, c.call)))
		}
		g := one(t, p, &registry.Patient{Birth: d(1950, 1, 1), Facts: facts}, nil, c.asOf, c.asOf)
		if g.Status != c.status || g.State != c.state {
			t.Errorf("%s: %s", name, g.Text())
		}
	}

	season := recall.Recommendation{ID: "flu", Key: "flu", Evidence: registry.Query{Kind: registry.Immunization, Sets: []registry.Set{flu}}, Season: recall.Season{FromMonth: 9, FromDay: 1, ToMonth: 3, ToDay: 31}}
	p = plan(t, season)
	for name, c := range map[string]struct {
		on, asOf registry.Date
		status   recall.Status
		due      registry.Date
	}{
		"before the season":         {d(2023, 10, 1), d(2024, 8, 31), recall.ClosedGap, d(2024, 9, 1)},
		"the season begins":         {d(2023, 10, 1), d(2024, 9, 1), recall.OpenGap, d(2024, 9, 1)},
		"over the turn of the year": {d(2023, 10, 1), d(2024, 3, 31), recall.ClosedGap, d(2024, 9, 1)},
		"given this season":         {d(2024, 9, 1), d(2025, 3, 31), recall.ClosedGap, d(2025, 9, 1)},
	} {
		g := one(t, p, &registry.Patient{Birth: d(1950, 1, 1), Facts: []registry.Fact{fact(registry.Immunization, flu, c.on)}}, nil, c.asOf, c.asOf)
		if g.Status != c.status || g.Due != c.due {
			t.Errorf("%s: %s", name, g.Text())
		}
	}

	aged := eyeExam
	aged.SinceAge, aged.UntilAge = 50, 75
	p = plan(t, aged)
	for asOf, want := range map[registry.Date]recall.State{d(1999, 11, 30): recall.NotYet, d(2000, 1, 1): recall.Due, d(2024, 12, 31): recall.Overdue, d(2025, 1, 1): recall.Lapsed} {
		if g := one(t, p, &registry.Patient{Birth: d(1950, 1, 1)}, nil, asOf, asOf); g.State != want || g.Open(asOf) != (want == recall.Due || want == recall.Overdue) {
			t.Errorf("%s: %s", asOf, g.Text())
		}
	}
}

// Two rules of one key: the one that is due first speaks, and both are named.
func TestMergedKeys(t *testing.T) {
	half := eyeExam
	half.ID, half.Interval = "eye.kidney", recall.Every{6, recall.Month}
	never := eyeExam
	never.ID, never.Population = "eye.none", registry.Not{Of: registry.All{}}
	pt := &registry.Patient{Birth: d(1950, 1, 1), Facts: []registry.Fact{fact(registry.Procedure, eye, d(2024, 1, 1))}}
	for _, order := range [][]recall.Recommendation{{eyeExam, half, never}, {never, half, eyeExam}} {
		g := one(t, plan(t, order...), pt, nil, d(2024, 8, 1), d(2024, 8, 1))
		if g.Due != d(2024, 7, 1) || fmt.Sprint(g.Rules) != "[eye eye.kidney]" || g.Status != recall.OpenGap {
			t.Errorf("%v %s", g.Rules, g.Text())
		}
	}
}

func TestDefinitionErrors(t *testing.T) {
	bad := recall.Recommendation{ID: "a", Evidence: registry.Query{Kind: registry.Procedure, Sets: []registry.Set{{Name: "Lost", OID: "9.9"}}},
		Timing: recall.Timing{Interval: recall.Every{-1, recall.Month}, Lead: recall.Every{-2, recall.Day}}, Steps: []recall.Step{{}}, UntilAge: -1, Trigger: &recall.Trigger{From: recall.Every{-1, recall.Day}, Fact: registry.Query{Kind: registry.Encounter, Sets: []registry.Set{stay}}}}
	again := eyeExam
	again.ID, again.Timing = "a", recall.Timing{Interval: recall.Every{1, recall.Month}, Lead: recall.Every{2, recall.Month}}
	both := eyeExam
	both.ID, both.Once, both.Season = "b", true, recall.Season{FromMonth: 13, FromDay: 1, ToMonth: 2, ToDay: 1}
	_, err := recall.Compile(sets(), bad, again, both)
	if !errors.Is(err, recall.ErrDefinition) {
		t.Fatal(err)
	}
	for _, want := range []string{"an ID and a key", "twice", "step 0", "trigger's window", "until age", "lead of 2 months is longer", "exclude each other", "season from 13-1", "Lost"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is missing from %v", want, err)
		}
	}
}

func TestMergeVisits(t *testing.T) {
	item := func(key string, from, to registry.Date) recall.Item {
		return recall.Item{Key: key, Earliest: from, Due: from, Deadline: to, Role: "nurse", Minutes: 20}
	}
	items := []recall.Item{item("hba1c", d(2024, 4, 1), d(2024, 5, 31)), item("pressure", d(2024, 5, 1), d(2024, 6, 30)), item("feet", d(2024, 5, 15), d(2024, 8, 31)), item("spirometry", d(2024, 7, 1), d(2024, 9, 30))}
	items[2].Tests = []recall.Test{{Name: "doppler", LeadDays: 14}}
	vs, err := recall.MergeVisits(items, d(2024, 4, 1), recall.VisitPolicy{})
	if err != nil || len(vs) != 2 || vs[0].Day != d(2024, 5, 31) || len(vs[0].Items) != 3 || vs[1].Day != d(2024, 9, 30) || vs[0].Tests[0].Day != d(2024, 5, 17) || vs[0].Minutes != 60 {
		t.Errorf("%+v %v", vs, err)
	}
	vs, err = recall.MergeVisits(items, d(2024, 4, 1), recall.VisitPolicy{MaxMinutes: 40})
	if err != nil || len(vs) != 2 || len(vs[0].Apart) != 1 || vs[1].Day != d(2024, 8, 31) || !strings.Contains(vs[0].Apart[0].Why, "full") {
		t.Errorf("%+v %v", vs, err)
	}
	vs, err = recall.MergeVisits(items, d(2024, 4, 1), recall.VisitPolicy{Roles: []string{"physician"}})
	if err != nil || len(vs) != 4 || !strings.Contains(vs[0].Apart[0].Why, "no nurse") {
		t.Errorf("%+v %v", vs, err)
	}
	// two overdue items today, and both others can join
	vs, err = recall.MergeVisits(items, d(2024, 7, 10), recall.VisitPolicy{Place: recall.AtMonth, Month: 8})
	if err != nil || len(vs) != 1 || vs[0].Day != d(2024, 7, 10) || len(vs[0].Items) != 4 {
		t.Errorf("%+v %v", vs, err)
	}
	for place, want := range map[recall.Placement]registry.Date{recall.AtDeadline: d(2024, 9, 30), recall.AtEarliestDue: d(2024, 7, 1), recall.AtMonth: d(2024, 8, 1)} {
		vs, err = recall.MergeVisits(items[3:], d(2024, 6, 1), recall.VisitPolicy{Place: place, Month: 8})
		if err != nil || vs[0].Day != want {
			t.Errorf("%d: %+v %v", place, vs, err)
		}
	}
	_, err = recall.MergeVisits([]recall.Item{{}, item("x", d(2024, 2, 2), d(2024, 2, 1)), {Key: "y", Deadline: 5, Minutes: -1}}, 1, recall.VisitPolicy{Place: recall.AtMonth})
	if !errors.Is(err, recall.ErrItem) || strings.Count(err.Error(), "recall: item") != 4 {
		t.Error(err)
	}
}

// Wherever visits are placed, each lies within the days of its items and not in the past.
func TestPlacementLaw(t *testing.T) {
	start := d(2024, 1, 1)
	late, joined := 0, 0
	lawtest.Until(t, func(t *rapid.T) {
		policy := recall.VisitPolicy{Place: recall.Placement(rapid.IntRange(0, 2).Draw(t, "place")), Month: rapid.IntRange(1, 12).Draw(t, "month")}
		var items []recall.Item
		for i := range rapid.IntRange(1, 6).Draw(t, "n") {
			from := start.AddDays(rapid.IntRange(-60, 60).Draw(t, "from"))
			long := rapid.IntRange(0, 90).Draw(t, "days")
			items = append(items, recall.Item{Key: string(rune('a' + i)), Earliest: from, Due: from.AddDays(rapid.IntRange(0, long).Draw(t, "due")), Deadline: from.AddDays(long)})
		}
		vs, err := recall.MergeVisits(items, start, policy)
		if err != nil {
			t.Fatal(err)
		}
		n := 0
		for _, v := range vs {
			n += len(v.Items)
			if len(v.Items) > 1 {
				joined++
			}
			for _, x := range v.Items {
				o := items[x.Key[0]-'a']
				if o.Due < start {
					late++
				}
				if v.Day < start || v.Day < o.Earliest || v.Day > max(o.Deadline, start) {
					t.Fatalf("%s from %s to %s is seen on %s", x.Key, o.Earliest, o.Deadline, v.Day)
				}
			}
		}
		if n != len(items) {
			t.Fatalf("%d of %d items", n, len(items))
		}
	}, func() bool { return late > 0 && joined > 0 })
}

func TestMergeVisitsLaw(t *testing.T) {
	start := d(2024, 1, 1)
	overdue, shared, repeated, single := 0, 0, 0, 0
	lawtest.Until(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 8).Draw(t, "n")
		var items []recall.Item
		for i := range n {
			from := start.AddDays(rapid.IntRange(-20, 20).Draw(t, "from"))
			items = append(items, recall.Item{Key: string(rune('a' + i)), Rules: []string{fmt.Sprint(i)}, Earliest: from, Due: from, Deadline: from.AddDays(rapid.IntRange(0, 15).Draw(t, "days"))})
		}
		vs, err := recall.MergeVisits(items, start, recall.VisitPolicy{})
		if err != nil {
			t.Fatal(err)
		}
		got := 0
		first := registry.MaxDate
		for _, v := range vs {
			for _, x := range v.Items {
				i := slices.IndexFunc(items, func(o recall.Item) bool { return o.Key == x.Key })
				if items[i].Deadline < start {
					overdue++
					if v.Day != start {
						t.Fatal("R2: an overdue item waits")
					}
				} else if v.Day < items[i].Earliest || v.Day > items[i].Deadline {
					t.Fatal("R2: a visit outside the days of an item")
				}
				if v.Day < start {
					t.Fatal("a visit in the past")
				}
				got++
			}
			if len(v.Items) > 1 {
				shared++
			}
			first = min(first, v.Day)
		}
		if got != n {
			t.Fatalf("R1: %d of %d items", got, n)
		}
		// the plan is never later than its earliest part alone would be
		for i := range items {
			alone, _ := recall.MergeVisits(items[i:i+1], start, recall.VisitPolicy{})
			if first > alone[0].Day {
				t.Fatal("the merged plan is later than its earliest part")
			}
			if n == 1 { // R4: one item alone is the plain recall
				single++
				if want := max(start, items[0].Deadline); len(vs) != 1 || vs[0].Day != want {
					t.Fatal("R4", vs)
				}
			}
		}
		if want := fewest(items, start); len(vs) != want {
			t.Fatalf("R3: %d visits, %d are enough", len(vs), want)
		}
		// R6, with items of one key among them
		more := items
		if n > 0 {
			x := items[rapid.IntRange(0, n-1).Draw(t, "repeated")]
			x.Rules, x.Minutes, x.Role = []string{"again"}, rapid.IntRange(0, 2).Draw(t, "minutes"), rapid.SampledFrom([]string{"", "nurse"}).Draw(t, "role")
			more = append(slices.Clone(items), x)
			repeated++
		}
		vs2, err := recall.MergeVisits(more, start, recall.VisitPolicy{})
		if err != nil || len(vs2) != len(vs) {
			t.Fatal("a repeated key adds a visit", err)
		}
		turned := slices.Clone(more)
		slices.Reverse(turned)
		again, _ := recall.MergeVisits(turned, start, recall.VisitPolicy{})
		if fmt.Sprint(again) != fmt.Sprint(vs2) {
			t.Fatal("R6: the order of the items matters")
		}
		if n > 0 {
			fewer, _ := recall.MergeVisits(items[1:], start, recall.VisitPolicy{})
			if len(vs) > len(fewer)+1 {
				t.Fatal("R5: an item adds more than a visit")
			}
		}
		// capacity splits visits and loses nothing
		for i := range items {
			items[i].Minutes, items[i].Role = 10, []string{"nurse", "physician"}[i%2]
		}
		vs, err = recall.MergeVisits(items, start, recall.VisitPolicy{MaxMinutes: 20, Place: recall.AtEarliestDue})
		got = 0
		for _, v := range vs {
			got += len(v.Items)
			if v.Minutes > 20 || v.Minutes != 10*len(v.Items) {
				t.Fatal("capacity", v)
			}
		}
		if err != nil || got != n {
			t.Fatal("capacity loses items", err)
		}
	}, func() bool { return overdue > 0 && shared > 0 && repeated > 0 && single > 0 })
}

// fewest tries every set of days out of the deadlines.
func fewest(items []recall.Item, asOf registry.Date) int {
	var windows [][2]registry.Date
	var days []registry.Date
	for _, x := range items {
		w := [2]registry.Date{max(x.Earliest, asOf), x.Deadline}
		if x.Deadline < asOf {
			w = [2]registry.Date{asOf, asOf}
		}
		windows = append(windows, w)
		days = append(days, w[1])
	}
	best := len(items)
	for mask := range 1 << len(days) {
		n, ok := 0, true
		for _, w := range windows {
			hit := false
			for i, day := range days {
				hit = hit || mask>>i&1 == 1 && day >= w[0] && day <= w[1]
			}
			ok = ok && hit
		}
		for i := range days {
			n += mask >> i & 1
		}
		if ok && n < best {
			best = n
		}
	}
	return best
}

func TestLadder(t *testing.T) {
	ladders, err := recall.Ladders()
	if err != nil || len(ladders) != 2 {
		t.Fatal(err)
	}
	uk := ladders[0]
	from := d(2024, 4, 1)
	letter := func(day int, o recall.Outcome) recall.Contact {
		return recall.Contact{On: d(2024, 4, day), Channel: "letter", Outcome: o}
	}
	for name, c := range map[string]struct {
		contacts []recall.Contact
		asOf     registry.Date
		rules    recall.ContactRules
		stage    recall.Stage
		step     int
		on       registry.Date
	}{
		"not invited":                 {nil, d(2024, 4, 2), recall.ContactRules{}, recall.NotInvited, 1, d(2024, 4, 2)},
		"invited":                     {[]recall.Contact{letter(2, recall.NoAnswer)}, d(2024, 4, 3), recall.ContactRules{}, recall.Invited, 2, d(2024, 4, 9)},
		"an earlier cycle":            {[]recall.Contact{{On: d(2023, 4, 2)}}, d(2024, 4, 3), recall.ContactRules{}, recall.NotInvited, 1, d(2024, 4, 3)},
		"quiet days":                  {[]recall.Contact{letter(2, recall.NoAnswer)}, d(2024, 4, 3), recall.ContactRules{QuietDays: 14}, recall.Invited, 2, d(2024, 4, 16)},
		"at most one in 30 days":      {[]recall.Contact{letter(2, recall.NoAnswer)}, d(2024, 4, 3), recall.ContactRules{Max: 1, MaxInDays: 30}, recall.Invited, 2, d(2024, 5, 2)},
		"twice without answer":        {[]recall.Contact{letter(2, recall.NoAnswer), letter(9, recall.NoAnswer)}, d(2024, 4, 20), recall.ContactRules{}, recall.NoResponseStage, 0, 0},
		"booked":                      {[]recall.Contact{letter(2, recall.Booked)}, d(2024, 4, 20), recall.ContactRules{}, recall.BookedIn, 0, 0},
		"missed":                      {[]recall.Contact{letter(2, recall.Booked), letter(5, recall.MissedAppointment)}, d(2024, 4, 6), recall.ContactRules{}, recall.Invited, 2, d(2024, 4, 12)},
		"attended":                    {[]recall.Contact{letter(2, recall.Booked), letter(5, recall.Attended)}, d(2024, 4, 6), recall.ContactRules{}, recall.AttendedStage, 0, 0},
		"declined":                    {[]recall.Contact{letter(2, recall.DeclinedCare)}, d(2024, 4, 6), recall.ContactRules{}, recall.DeclinedStage, 0, 0},
		"wrong number":                {[]recall.Contact{letter(2, recall.WrongNumber)}, d(2024, 4, 6), recall.ContactRules{}, recall.NotInvited, 1, d(2024, 4, 6)},
		"tomorrow's call is not seen": {[]recall.Contact{letter(7, recall.Attended)}, d(2024, 4, 6), recall.ContactRules{}, recall.NotInvited, 1, d(2024, 4, 6)},
	} {
		s := uk.State(c.contacts, from, c.asOf, c.rules)
		if s.Stage != c.stage || s.NextStep != c.step || s.NextOn != c.on {
			t.Errorf("%s: %+v", name, s)
		}
	}
	strict := uk
	strict.Strict = true
	if s := strict.State([]recall.Contact{letter(2, recall.NoAnswer)}, from, d(2024, 4, 3), recall.ContactRules{OptedOut: []string{"text", "phone"}}); s.NextOn != d(2024, 4, 10) || fmt.Sprint(s.Channels) != "[letter]" {
		t.Errorf("%+v", s)
	}
	if err := (&recall.Ladder{ID: "x", Steps: []recall.LadderStep{{N: 2}}}).Check(); !errors.Is(err, recall.ErrDefinition) {
		t.Error(err)
	}
	if err := (&recall.Ladder{}).Check(); !errors.Is(err, recall.ErrDefinition) {
		t.Error(err)
	}
}

func TestTables(t *testing.T) {
	fs, err := recall.FollowUps()
	if err != nil || len(fs) != 58 {
		t.Fatal(len(fs), err)
	}
	for _, f := range fs {
		recurring := f.Kind == "recurring" || f.Kind == "until_controlled"
		if recurring && f.Default.N == 0 || f.Source == "" || f.Confirmation == "" {
			t.Errorf("%+v", f)
		}
		day := d(2023, 1, 31)
		if f.Min.After(day) > f.Default.After(day) || f.Default.After(day) > f.Max.After(day) {
			t.Errorf("%s: %s, %s, %s", f.ID, f.Min, f.Default, f.Max)
		}
	}
	g, err := recall.NewKidneyGrid()
	if err != nil {
		t.Fatal(err)
	}
	q := func(coef int64, exp int8, unit string) *registry.Quantity {
		return &registry.Quantity{Value: registry.Num(coef, exp), Unit: unit}
	}
	for _, c := range []struct {
		egfr registry.Number
		acr  *registry.Quantity
		cell string
		each string
	}{
		{registry.Num(52, 0), q(45, 0, "mg/g"), "G3aA2", "6 months"},
		{registry.Num(60, 0), q(300, 0, "mg/g"), "G2A2", "12 months"},
		{registry.Num(60, 0), q(3001, -1, "mg/g"), "G2A3", "6 months"},
		{registry.Num(5999, -2), q(30, 0, "mg/g"), "G3aA2", "6 months"},
		{registry.Num(15, 0), q(299, -1, "mg/g"), "G4A1", "4 months"},
		{registry.Num(149, -1), q(3, 0, "mg/mmol"), "G5A2", "3 months"},
		{registry.Num(90, 0), q(29, -1, "mg/mmol"), "G1A1", "12 months"},
		{registry.Num(45, 0), q(301, -1, "mg/mmol"), "G3aA3", "4 months"},
		{registry.Num(44, 0), nil, "G3bA1", "6 months"},
		{registry.Num(44, 0), q(300, 0, ""), "G3bA1", "6 months"},
	} {
		cell, ok := g.Cell(c.egfr, c.acr)
		if !ok || cell.Name != c.cell || cell.Every.String() != c.each || cell.ACRMissing != (c.acr == nil || c.acr.Unit == "") {
			t.Errorf("%s %v: %+v", c.egfr, c.acr, cell)
		}
	}
	if _, ok := g.Cell(registry.Num(-1, 0), nil); ok {
		t.Error("a negative GFR has a cell")
	}
}

// The laws of gaps over random histories.
func TestGapLaws(t *testing.T) {
	decline := eyeExam
	decline.Exclusions = []recall.Exclusion{{Kind: recall.Declined, When: registry.Query{Kind: registry.Procedure, Sets: []registry.Set{refused}}, For: recall.Every{12, recall.Month}}}
	p := plan(t, decline)
	base := d(2024, 1, 1)
	seen := map[recall.Status]int{}
	lawtest.Until(t, func(t *rapid.T) {
		day := func(name string) registry.Date {
			return base.AddMonths(rapid.IntRange(-30, 12).Draw(t, name)).AddDays(rapid.SampledFrom([]int{-1, 0, 1, 14, 15}).Draw(t, name+" day"))
		}
		pt := &registry.Patient{Birth: d(1950, 1, 1)}
		for range rapid.IntRange(0, 3).Draw(t, "exams") {
			pt.Facts = append(pt.Facts, fact(registry.Procedure, eye, day("exam")))
		}
		if rapid.IntRange(0, 4).Draw(t, "declines") == 0 {
			pt.Facts = append(pt.Facts, fact(registry.Procedure, refused, day("decline")))
		}
		if rapid.IntRange(0, 6).Draw(t, "dies") == 0 {
			pt.Death = registry.Moment{Day: day("death")}
		}
		asOf, through := day("asOf"), day("through")
		c := p.Chart()
		c.LoadAsOf(pt, asOf)
		g := p.Gaps(c, nil, asOf, through, nil)[0]
		seen[g.Status]++
		if g.Status == recall.NotApplicable {
			if g.Why == "" || g.Open(asOf) {
				t.Fatal("no reason, or open", g)
			}
			return
		}
		if g.Earliest > g.Due || g.Due > g.OverdueAfter {
			t.Fatal("G1: the time line", g.Schedule)
		}
		// G2: with time alone the state only moves on
		if later := g.Schedule.At(asOf.AddDays(40)); later < g.Schedule.At(asOf) {
			t.Fatal("G2: time goes back")
		}
		// recall never before the last evidence
		if g.LastOn != 0 && g.Earliest < g.LastOn {
			t.Fatal("asked for again before it was done")
		}
		// G3: newer evidence never makes it due earlier
		if g.LastOn != 0 && !g.Excluded {
			more := *pt
			more.Facts = append(slices.Clone(pt.Facts), fact(registry.Procedure, eye, g.LastOn.AddDays(1)))
			if g.LastOn.AddDays(1) <= asOf {
				c.LoadAsOf(&more, asOf)
				if h := p.Gaps(c, nil, asOf, through, nil)[0]; h.Due < g.Due {
					t.Fatal("G3")
				}
			}
		}
		// G7: prospective means open at any day from Due to the through date
		if g.Status == recall.ProspectiveGap {
			if g.Due > through {
				t.Fatal("G7: due after the through date")
			}
			c.LoadAsOf(pt, g.Due)
			if len(pt.Facts) > 0 && slices.ContainsFunc(pt.Facts, func(f registry.Fact) bool { return f.When.Start.Day > asOf && f.When.Start.Day <= g.Due }) || pt.Death.Day != 0 && pt.Death.Day <= g.Due {
				return // something new happens before then
			}
			if h := p.Gaps(c, nil, g.Due, through, nil)[0]; h.Status != recall.OpenGap {
				t.Fatal("G7", h.Text())
			}
		}
		// order of facts is irrelevant, and so are facts after asOf
		rev := *pt
		rev.Facts = slices.Clone(pt.Facts)
		slices.Reverse(rev.Facts)
		rev.Facts = append(rev.Facts, fact(registry.Procedure, eye, asOf.AddDays(1)))
		c.LoadAsOf(&rev, asOf)
		if h := p.Gaps(c, nil, asOf, through, nil)[0]; h.Text() != g.Text() {
			t.Fatal("G9", h.Text(), g.Text())
		}
	}, func() bool { return len(seen) >= 4 })
}

func BenchmarkGaps(b *testing.B) {
	p := plan(b, eyeExam, hba1cRule())
	pt := &registry.Patient{Birth: d(1950, 1, 1)}
	for i := range 200 {
		s := []registry.Set{diabetes, hba1c, eye, call, stay}[i%5]
		k := []registry.Kind{registry.Diagnosis, registry.Observation, registry.Procedure, registry.Encounter, registry.Encounter}[i%5]
		f := fact(k, s, d(2024, 1, 1).AddDays(-7*i))
		if k == registry.Observation {
			f.Value = registry.QuantityOf(registry.Num(68, -1), "%")
		}
		pt.Facts = append(pt.Facts, f)
	}
	c := p.Chart()
	var buf []recall.Gap
	b.ReportAllocs()
	for b.Loop() {
		c.LoadAsOf(pt, d(2024, 6, 1))
		buf = p.Gaps(c, nil, d(2024, 6, 1), d(2024, 12, 31), buf)
	}
}

func TestEveryTextLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := recall.Every{N: rapid.IntRange(-400, 400).Draw(t, "n"), Unit: recall.Unit(rapid.IntRange(0, 3).Draw(t, "unit"))}
		text, err := e.MarshalText()
		var back recall.Every
		if err != nil || back.UnmarshalText(text) != nil || back != e {
			t.Fatalf("%v is read as %v", e, back)
		}
	})
	for _, bad := range []string{"", "3", "3 ", "3 moons", "1 months", "2 month", "3  months", "x days", "3 months ", "+3 days", "03 days", "99999999999999999999 days"} {
		e := recall.Every{N: 7}
		if err := e.UnmarshalText([]byte(bad)); !errors.Is(err, recall.ErrDefinition) || e.N != 7 {
			t.Errorf("%q is read as %v, %v", bad, e, err)
		}
	}
}
