package recall_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/recall"
)

// The window of reasons ends where evidence would still count.
func TestReasonWindow(t *testing.T) {
	r := hba1cRule()
	r.Population, r.Steps = nil, nil
	r.Evidence = r.Evidence.That(registry.Compare{Op: registry.AtOrBelow, Limit: registry.Num(9, 0), Unit: "%"})
	p := plan(t, r)
	asOf := d(2024, 5, 1)
	for on, want := range map[registry.Date]string{d(2024, 2, 2): "[ValueOutOfRange]", d(2024, 2, 1): "[DateOutOfRange]", asOf: "[ValueOutOfRange]"} {
		if g := one(t, p, person(value(on, 101, -1)), nil, asOf, asOf); fmt.Sprint(g.Reasons) != want {
			t.Errorf("%v: %v, want %s", on, g.Reasons, want)
		}
	}
}

// A recommendation of the first year of life ends with it.
func TestUntilFirstBirthday(t *testing.T) {
	r := eyeExam
	r.UntilAge = 1
	p := plan(t, r)
	pt := &registry.Patient{Birth: d(2023, 3, 1)}
	for asOf, want := range map[registry.Date]recall.State{d(2024, 2, 29): recall.Overdue, d(2024, 3, 1): recall.Lapsed} {
		if g := one(t, p, pt, nil, asOf, asOf); g.State != want {
			t.Errorf("%v: %s", asOf, g.Text())
		}
	}
}

// A refusal is about its key.
func TestRefusalOfAnotherKey(t *testing.T) {
	r := eyeExam
	r.Exclusions = []recall.Exclusion{{Kind: recall.Declined, When: registry.Query{Kind: registry.Observation, Sets: []registry.Set{refused}}}}
	p := plan(t, r)
	for key, want := range map[string]bool{"eye": true, "": true, "hba1c": false} {
		ctx := &recall.Context{Remarks: []recall.Remark{{Key: key, Kind: recall.PatientRefused, On: d(2024, 3, 1)}}}
		if g := one(t, p, person(), ctx, d(2024, 5, 1), d(2024, 5, 1)); g.Excluded != want {
			t.Errorf("%q: %s", key, g.Text())
		}
	}
}

// What lies in the future cancels nothing, however the chart was loaded.
func TestFutureCancels(t *testing.T) {
	p := plan(t, callAfter(func(*recall.Trigger) {}))
	c := p.Chart()
	c.Load(person(admitted(d(2024, 3, 1), d(2024, 3, 10)), admitted(d(2024, 3, 15), 0)))
	if g := p.Gaps(c, nil, d(2024, 3, 14), d(2024, 3, 14), nil)[0]; g.Cancelled != 0 || g.Status == recall.NotApplicable {
		t.Error(g.Text())
	}
	if g := p.Gaps(c, nil, d(2024, 3, 15), d(2024, 3, 15), nil)[0]; g.Cancelled != d(2024, 3, 15) {
		t.Error(g.Text())
	}
}

func TestCalendarFaults(t *testing.T) {
	for _, c := range []recall.Calendar{{}, {Years: -1}, {Years: 1, Month: 13, Day: 1}, {Years: 1, Day: 5}, {Years: 1, Month: 5}, {Years: 1, Month: 5, Day: 32}, {Years: 1, Month: -1, Day: 1}, {Years: 1, Month: 1, Day: -1}} {
		r := eyeExam
		r.Timing, r.Calendar = recall.Timing{}, &c
		if _, err := recall.Compile(sets(), r); !errors.Is(err, recall.ErrDefinition) {
			t.Errorf("%+v: %v", c, err)
		}
	}
	r := eyeExam
	r.Timing, r.Calendar = recall.Timing{}, &recall.Calendar{Years: 1, Month: 12, Day: 31}
	if _, err := recall.Compile(sets(), r); err != nil {
		t.Error(err)
	}
}

// The UK ladder counts the invitations of a measurement year, from the day on which it
// starts, and not those of a round of twelve months.
func TestLadderOfTheYear(t *testing.T) {
	ladders, err := recall.Ladders()
	if err != nil || !ladders[0].InYear || ladders[1].InYear {
		t.Fatal(ladders, err)
	}
	sent := func(y, m, day int) recall.Contact {
		return recall.Contact{On: d(y, m, day), Channel: "text", Outcome: recall.NoAnswer}
	}
	for name, c := range map[string]struct {
		contacts []recall.Contact
		day      registry.Date
		last     registry.Date
		want     string
	}{
		"none":                             {nil, d(2024, 6, 1), 0, "[{eye 1}]"},
		"once, the year before":            {[]recall.Contact{sent(2024, 3, 31)}, d(2024, 6, 1), 0, "[{eye 1}]"},
		"once, on the first day":           {[]recall.Contact{sent(2024, 4, 1)}, d(2024, 6, 1), 0, "[{eye 2}]"},
		"seven days":                       {[]recall.Contact{sent(2024, 5, 25)}, d(2024, 6, 1), 0, "[{eye 2}]"},
		"six days":                         {[]recall.Contact{sent(2024, 5, 26)}, d(2024, 6, 1), 0, "held the next step waits for its day"},
		"twice in the year":                {[]recall.Contact{sent(2024, 4, 1), sent(2024, 4, 8)}, d(2025, 3, 31), 0, "held no response to the last step"},
		"and the next year":                {[]recall.Contact{sent(2024, 4, 1), sent(2024, 4, 8)}, d(2025, 4, 1), 0, "[{eye 1}]"},
		"twice, one of them before":        {[]recall.Contact{sent(2024, 3, 20), sent(2024, 4, 8)}, d(2024, 6, 1), 0, "[{eye 2}]"},
		"evidence begins anew in the year": {[]recall.Contact{sent(2024, 4, 1), sent(2024, 4, 8)}, d(2025, 3, 1), d(2024, 4, 8), "[{eye 1}]"},
		"old evidence does not":            {[]recall.Contact{sent(2024, 4, 1), sent(2024, 4, 8)}, d(2025, 3, 1), d(2024, 3, 31), "held no response to the last step"},
	} {
		p := recall.Policy{Ladder: ladders[0], YearMonth: 4, YearDay: 1}
		if err := p.Check(); err != nil {
			t.Fatal(err)
		}
		g := gap("eye", d(2024, 1, 1))
		g.LastOn = c.last
		var out recall.DueList
		p.Due([]recall.Person{{ID: "p", Gaps: []recall.Gap{at(g, c.day)}, Contacts: c.contacts}}, c.day, &out)
		got := ""
		for _, r := range out.Recalls {
			got += fmt.Sprint(r.Keys)
		}
		for _, h := range out.Held {
			got += "held " + h.Why
		}
		if got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	for _, p := range []recall.Policy{{Ladder: ladders[0], YearMonth: 13, YearDay: 1}, {Ladder: ladders[0], YearMonth: 4}, {Ladder: ladders[0], YearDay: 4}} {
		if err := p.Check(); !errors.Is(err, recall.ErrDefinition) {
			t.Errorf("%d-%d: %v", p.YearMonth, p.YearDay, err)
		}
	}
	// without a start the year is that of the calendar
	p := recall.Policy{Ladder: ladders[0]}
	var out recall.DueList
	p.Due([]recall.Person{{ID: "p", Gaps: []recall.Gap{at(gap("eye", d(2023, 6, 1)), d(2024, 1, 20))}, Contacts: []recall.Contact{sent(2023, 12, 31), sent(2024, 1, 1)}}}, d(2024, 1, 20), &out)
	if len(out.Recalls) != 1 || out.Recalls[0].Keys[0].Step != 2 {
		t.Errorf("%+v", out)
	}
}

// A month that does not come again leaves the visit at its deadline; days before the
// calendar are no obstacle.
func TestMonthAtTheEdges(t *testing.T) {
	for _, x := range []recall.Item{{Key: "a", Earliest: registry.MaxDate, Due: registry.MaxDate, Deadline: registry.MaxDate}, {Key: "a", Deadline: 5}, {Key: "a", Earliest: -9, Due: -4, Deadline: 3}} {
		vs, err := recall.MergeVisits([]recall.Item{x}, 0, recall.VisitPolicy{Place: recall.AtMonth, Month: 5})
		if err != nil || len(vs) != 1 || vs[0].Day != x.Deadline {
			t.Errorf("%+v: %+v %v", x, vs, err)
		}
	}
}

// An exclusion counts from its day on: one after the through date leaves the gap as it was.
func TestExclusionAfterThrough(t *testing.T) {
	r := eyeExam
	r.Exclusions = []recall.Exclusion{{Kind: recall.Declined, When: registry.Query{Kind: registry.Observation, Sets: []registry.Set{refused}}}}
	p := plan(t, r)
	pt := person(fact(registry.Observation, refused, d(2024, 2, 15)))
	for through, want := range map[registry.Date]bool{d(2024, 2, 14): false, d(2024, 2, 15): true, d(2024, 3, 1): true, d(2024, 12, 31): true} {
		if g := one(t, p, pt, nil, d(2024, 3, 1), through); g.Excluded != want {
			t.Errorf("through %v: %s", through, g.Text())
		}
	}
	// and lasts twelve months
	for asOf, want := range map[registry.Date]bool{d(2025, 2, 14): true, d(2025, 2, 15): false} {
		if g := one(t, p, pt, nil, asOf, asOf); g.Excluded != want {
			t.Errorf("as of %v: %s", asOf, g.Text())
		}
	}
}

func TestSeasonWithinAMonth(t *testing.T) {
	for _, c := range []struct {
		s        recall.Season
		on       registry.Date
		from, to registry.Date
	}{
		{recall.Season{FromMonth: 9, FromDay: 15, ToMonth: 9, ToDay: 10}, d(2024, 9, 12), d(2024, 9, 15), d(2025, 9, 10)},
		{recall.Season{FromMonth: 9, FromDay: 15, ToMonth: 9, ToDay: 15}, d(2024, 9, 12), d(2024, 9, 15), d(2024, 9, 15)},
		{recall.Season{FromMonth: 9, FromDay: 15, ToMonth: 9, ToDay: 20}, d(2024, 9, 21), d(2025, 9, 15), d(2025, 9, 20)},
		{recall.Season{FromMonth: 9, FromDay: 15, ToMonth: 3, ToDay: 31}, d(2024, 3, 31), d(2023, 9, 15), d(2024, 3, 31)},
		{recall.Season{FromMonth: 9, FromDay: 15, ToMonth: 2, ToDay: 29}, d(2023, 2, 28), d(2022, 9, 15), d(2023, 2, 28)},
		{recall.Season{FromMonth: 3, FromDay: 20, ToMonth: 9, ToDay: 10}, d(2024, 9, 10), d(2024, 3, 20), d(2024, 9, 10)},
	} {
		if got := c.s.On(c.on); got != (registry.Period{Start: c.from, End: c.to}) {
			t.Errorf("%+v on %v: %v", c.s, c.on, got)
		}
	}
}

// What is put aside is hidden from what is coming up, too; a snooze of later hides nothing yet.
func TestSnoozeEdges(t *testing.T) {
	asOf := d(2024, 5, 1)
	g := at(gap("eye", asOf+10), asOf)
	g.Status = recall.ClosedGap
	for hidden, want := range map[registry.Date]int{0: 1, asOf: 1, asOf + 1: 0} {
		g.Hidden = hidden
		if got := recall.Upcoming([]recall.Gap{g}, asOf, 10); len(got) != want {
			t.Errorf("hidden until %v: %v", hidden, got)
		}
	}
	p := plan(t, eyeExam)
	pt := person(exam(d(2023, 4, 25))) // due 2024-04-25, not yet overdue
	for from, want := range map[registry.Date]registry.Date{asOf: asOf + 20, asOf - 5: asOf + 20, asOf + 1: 0} {
		ctx := &recall.Context{Notes: []recall.Note{{Key: "eye", Snooze: true, From: from, Until: asOf + 20, Reason: "on holiday"}}}
		if g := one(t, p, pt, ctx, asOf, asOf); g.Hidden != want || g.Status != recall.OpenGap {
			t.Errorf("from %v: hidden until %v, %s", from, g.Hidden, g.Text())
		}
	}
}

// Death counts from its day on, and without a day from the beginning.
func TestDayOfDeath(t *testing.T) {
	p := plan(t, eyeExam)
	asOf := d(2024, 5, 1)
	for _, c := range []struct {
		dead  bool
		death registry.Date
		gone  bool
	}{{true, 0, true}, {false, asOf, true}, {false, asOf + 1, false}, {true, asOf + 1, false}, {true, asOf, true}, {false, 0, false}} {
		pt := person()
		pt.Dead, pt.Death = c.dead, registry.At(c.death)
		if g := one(t, p, pt, nil, asOf, asOf); g.Gone != c.gone || (g.Status == recall.NotApplicable) != c.gone {
			t.Errorf("%+v: %s", c, g.Text())
		}
	}
}

// Before the first due day a gap is open, since only evidence closes one, and on no worklist.
func TestNothingDueYet(t *testing.T) {
	r := eyeExam
	r.SinceAge, r.First = 40, months(12)
	g := one(t, plan(t, r), person(), nil, d(1990, 12, 31), d(1990, 12, 31))
	if g.Status != recall.OpenGap || g.Open(d(1990, 12, 31)) || fmt.Sprint(g.Reasons) != "[NotFound]" || g.Due != d(1991, 1, 1) || g.State != recall.DueSoon {
		t.Errorf("%+v", g)
	}
}

// Of two rules of a key that are due on one day the first speaks.
func TestMergeOfLevelRules(t *testing.T) {
	a, b := eyeExam, eyeExam
	a.ID, a.Priority, b.ID, b.Priority = "z", 7, "a", 1
	if g := one(t, plan(t, a, b), person(exam(d(2024, 1, 1))), nil, d(2024, 5, 1), d(2024, 5, 1)); g.Rule != "z" || fmt.Sprint(g.Rules) != "[a z]" {
		t.Errorf("%+v", g)
	}
}

// A contact of today counts for the quiet days.
func TestQuietFromToday(t *testing.T) {
	s := oneStep.State([]recall.Contact{{On: d(2024, 5, 1), Outcome: recall.WrongNumber}}, d(2024, 1, 1), d(2024, 5, 1), recall.ContactRules{QuietDays: 3})
	if s.NextStep != 1 || s.NextOn != d(2024, 5, 4) {
		t.Errorf("%+v", s)
	}
	s = oneStep.State([]recall.Contact{{On: d(2024, 5, 2), Outcome: recall.WrongNumber}}, d(2024, 1, 1), d(2024, 5, 1), recall.ContactRules{QuietDays: 3})
	if s.NextOn != d(2024, 5, 1) {
		t.Errorf("%+v", s)
	}
}

// Who has had a condition twice is eligible since the first time.
func TestEligibleSinceTheFirst(t *testing.T) {
	p := plan(t, hba1cRule())
	pt := person(fact(registry.Diagnosis, diabetes, d(2023, 5, 1)), fact(registry.Diagnosis, diabetes, d(2020, 1, 1)), fact(registry.Diagnosis, diabetes, d(2021, 3, 1)))
	if g := one(t, p, pt, nil, d(2024, 5, 1), d(2024, 5, 1)); g.Due != d(2020, 1, 1) {
		t.Error(g.Text(), g.Due)
	}
}

// A rule that does not apply is not named beside one that does, whichever comes first.
func TestRulesThatDoNotApply(t *testing.T) {
	applies, not := eyeExam, eyeExam
	applies.ID, not.ID = "applies", "not"
	not.Population = registry.Any{}
	for _, recs := range [][]recall.Recommendation{{applies, not}, {not, applies}} {
		if g := one(t, plan(t, recs...), person(), nil, d(2024, 5, 1), d(2024, 5, 1)); fmt.Sprint(g.Rules) != "[applies]" || g.Rule != "applies" || g.Status != recall.OpenGap {
			t.Errorf("%v %s", g.Rules, g.Text())
		}
	}
	if g := one(t, plan(t, not, func() recall.Recommendation { x := not; x.ID = "nor"; return x }()), person(), nil, d(2024, 5, 1), d(2024, 5, 1)); fmt.Sprint(g.Rules) != "[nor not]" || g.Status != recall.NotApplicable {
		t.Errorf("%v %s", g.Rules, g.Text())
	}
	// without its trigger a recommendation asks for nothing
	if g := one(t, plan(t, callAfter(func(*recall.Trigger) {})), person(), nil, d(2024, 5, 1), d(2024, 5, 1)); g.Status != recall.NotApplicable || g.Why != "nothing has made it due" || g.Due != 0 {
		t.Errorf("%s %q", g.Text(), g.Why)
	}
}

// Evidence beats a decline that was noted by hand, the day itself included; not what makes
// care unsuitable.
func TestNotesAgainstEvidence(t *testing.T) {
	p := plan(t, eyeExam)
	asOf := d(2024, 5, 1)
	for _, c := range []struct {
		kind           recall.ExclusionKind
		evidence, from registry.Date
		excluded       bool
	}{
		{recall.Declined, d(2024, 2, 1), d(2024, 2, 1), false}, {recall.Declined, d(2024, 1, 31), d(2024, 2, 1), true}, {recall.Declined, 0, d(2024, 2, 1), true}, {recall.NoResponse, d(2024, 2, 1), d(2024, 2, 1), false},
		{recall.Unsuitable, d(2024, 2, 1), d(2024, 2, 1), true}, {recall.CareElsewhere, d(2024, 3, 1), d(2024, 2, 1), true},
	} {
		pt := person()
		if c.evidence != 0 {
			pt = person(exam(c.evidence))
		}
		for until, want := range map[registry.Date]bool{0: c.excluded, asOf: c.excluded, asOf - 1: false} {
			ctx := &recall.Context{Notes: []recall.Note{{Key: "eye", Kind: c.kind, From: c.from, Until: until}}}
			if g := one(t, p, pt, ctx, asOf, asOf); g.Excluded != want {
				t.Errorf("%+v until %v: %s", c, until, g.Text())
			}
		}
	}
}

func TestAgesOfARecommendation(t *testing.T) {
	for _, c := range []struct {
		since, until int
		ok           bool
	}{{-1, 0, false}, {0, -1, false}, {40, 40, false}, {40, 41, true}, {41, 40, false}, {40, 0, true}} {
		r := eyeExam
		r.SinceAge, r.UntilAge = c.since, c.until
		if _, err := recall.Compile(sets(), r); (err == nil) != c.ok {
			t.Errorf("%+v: %v", c, err)
		}
	}
}

// Visits of one day come by the key of their first item.
func TestVisitsOfOneDay(t *testing.T) {
	day := d(2024, 5, 1)
	item := func(key string, minutes int) recall.Item {
		return recall.Item{Key: key, Earliest: day, Due: day, Deadline: day, Minutes: minutes, Role: "nurse"}
	}
	vs, err := recall.MergeVisits([]recall.Item{item("c", 20), item("b", 25), item("a", 20)}, day, recall.VisitPolicy{MaxMinutes: 40})
	got := ""
	for _, v := range vs {
		for _, x := range v.Items {
			got += x.Key
		}
		got += " "
	}
	if err != nil || got != "ac b " {
		t.Error(got, err)
	}
}

// A due day outside the days of an item is put on the nearest of them.
func TestDueOutsideTheDays(t *testing.T) {
	from, to := d(2024, 5, 1), d(2024, 5, 31)
	for due, want := range map[registry.Date]registry.Date{d(2024, 4, 1): from, from: from, d(2024, 5, 9): d(2024, 5, 9), to: to, d(2024, 7, 1): to} {
		vs, err := recall.MergeVisits([]recall.Item{{Key: "a", Earliest: from, Due: due, Deadline: to}}, d(2024, 4, 1), recall.VisitPolicy{Place: recall.AtEarliestDue})
		if err != nil || len(vs) != 1 || vs[0].Day != want {
			t.Errorf("due %v: %+v %v", due, vs, err)
		}
	}
}

func TestRecommendationsInOrder(t *testing.T) {
	a, b := eyeExam, eyeExam
	a.ID, b.ID = "z", "a"
	if got := plan(t, a, b).Recommendations(); len(got) != 2 || got[0].ID != "z" || got[1].ID != "a" {
		t.Error(got)
	}
}

// Appending to the lists of one person's gap changes nobody else's.
func TestAppendingToAGap(t *testing.T) {
	a, b := eyeExam, eyeExam
	a.ID, b.ID = "z", "a"
	p := plan(t, a, b)
	g := one(t, p, person(), nil, d(2024, 5, 1), d(2024, 5, 1))
	_ = append(g.Reasons, registry.Present)
	_ = append(g.Rules, "mine")
	h := one(t, p, person(), nil, d(2024, 5, 1), d(2024, 5, 1))
	if cap(g.Reasons) != len(g.Reasons) || cap(g.Rules) != len(g.Rules) || fmt.Sprint(h.Rules) != "[a z]" || fmt.Sprint(h.Reasons) != "[NotFound]" {
		t.Errorf("%+v", h)
	}
}
