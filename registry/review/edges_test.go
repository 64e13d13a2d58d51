package review_test

import (
	"fmt"
	"testing"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/recall"
	"github.com/chroniccare/chroniccare/registry/review"
)

// What counts as a contact before an admission, and what does not.
func TestContactsBeforeAdmission(t *testing.T) {
	now := registry.Fact{ID: "now", Kind: registry.Encounter, Status: registry.Finished, When: registry.On(d(2024, 5, 10))}
	for _, c := range []struct {
		status registry.Status
		want   registry.Date
	}{
		{registry.Finished, d(2024, 3, 1)}, {registry.Completed, d(2024, 3, 1)}, {registry.StatusUnknown, d(2024, 3, 1)}, {registry.Planned, 0}, {registry.Cancelled, 0}, {registry.NotDone, 0}, {registry.EnteredInError, 0},
	} {
		visit := registry.Fact{ID: "v", Kind: registry.Encounter, Status: c.status, When: registry.On(d(2024, 3, 1))}
		s := &review.Subject{Patient: &registry.Patient{ID: "p", Facts: []registry.Fact{visit, now}}}
		if r := review.UnplannedReview(s, &s.Patient.Facts[1], nil, review.ReviewPolicy{}); r.LastContact != c.want {
			t.Errorf("%v: %v", c.status, r.LastContact)
		}
	}
	for o, want := range map[recall.Outcome]bool{recall.Reached: true, recall.Booked: true, recall.Attended: true, recall.DeclinedCare: true, recall.NoAnswer: false, recall.MissedAppointment: false, recall.WrongNumber: false} {
		s := &review.Subject{Patient: &registry.Patient{ID: "p", Facts: []registry.Fact{now}}, Contacts: []recall.Contact{{On: d(2024, 5, 9), Outcome: o}, {On: d(2024, 5, 10), Outcome: recall.Reached}}}
		r := review.UnplannedReview(s, &s.Patient.Facts[0], nil, review.ReviewPolicy{})
		if (r.LastContact == d(2024, 5, 9)) != want || (r.DaysSince == 0) != want {
			t.Errorf("%v: %+v", o, r)
		}
	}
}

// An order that was completed ends on its last day; a dispense is not what is dated by its end.
func TestCompletedOrders(t *testing.T) {
	asOf := d(2024, 6, 1)
	order := func(k registry.Kind, until registry.Date) registry.Fact {
		f := registry.Fact{ID: "a", Kind: k, Status: registry.Completed, Codes: []registry.Code{drug}, When: registry.Between(d(2024, 1, 1), until)}
		if until == 0 {
			f.When = registry.Span{Start: registry.At(d(2024, 1, 1))}
		}
		return f
	}
	refused := order(registry.MedicationOrder, asOf)
	refused.Refused = true
	uncoded := order(registry.MedicationOrder, asOf)
	uncoded.Codes = nil
	refuted := order(registry.MedicationStatement, asOf)
	refuted.Verification = registry.Refuted
	supplied := order(registry.MedicationOrder, d(2024, 5, 31))
	supplied.Supply = &registry.Supply{Start: d(2024, 1, 1), Days: registry.Num(153, 0)}
	for name, c := range map[string]struct {
		f    registry.Fact
		want string
	}{
		"to today": {order(registry.MedicationOrder, asOf), "[a 2024-06-01]"}, "to yesterday": {order(registry.MedicationOrder, asOf-1), "[]"}, "no end": {order(registry.MedicationOrder, 0), "[a not recorded]"},
		"a dispense": {order(registry.MedicationDispense, asOf-1), "[a not recorded]"}, "refused": {refused, "[]"}, "no code": {uncoded, "[]"}, "refuted": {refuted, "[]"}, "the supply speaks": {supplied, "[a 2024-06-01]"},
	} {
		var out review.Summary
		review.Summarise(&review.Subject{Patient: &registry.Patient{Facts: []registry.Fact{c.f}}}, asOf, review.SummaryPolicy{}, &out)
		got := []string{}
		for _, m := range out.Medicines {
			got = append(got, fmt.Sprint(m.Fact, " ", m.Until))
		}
		if fmt.Sprint(got) != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

// Facts of the day count, those of tomorrow do not; death counts from its day.
func TestSummaryEdges(t *testing.T) {
	asOf := d(2024, 6, 1)
	measures := []review.Measure{{Name: "hba1c", Codes: []registry.Code{hba1c}}}
	text := lab("t", d(2024, 2, 1), 0, 0, "")
	text.Value = registry.Value{Kind: registry.TextValue, Text: "high"}
	procedure := lab("x", d(2024, 2, 1), 9, 0, "%")
	procedure.Kind = registry.Procedure
	assessment := lab("s", d(2024, 2, 1), 9, 0, "%")
	assessment.Kind = registry.Assessment
	for name, c := range map[string]struct {
		p    registry.Patient
		want string
	}{
		"text before":     {registry.Patient{Facts: []registry.Fact{text, lab("a", d(2024, 3, 1), 71, -1, "%")}}, "[{a high not known}] false"},
		"text last":       {registry.Patient{Facts: []registry.Fact{lab("a", d(2024, 1, 1), 71, -1, "%"), text}}, "[{t 7.1 % not known}] false"},
		"not a procedure": {registry.Patient{Facts: []registry.Fact{procedure}}, "[] false"},
		"an assessment":   {registry.Patient{Facts: []registry.Fact{assessment}}, "[{s  not known}] false"},
		"dies today":      {registry.Patient{Dead: true, Death: registry.At(asOf)}, "[] true"},
		"dies tomorrow":   {registry.Patient{Dead: true, Death: registry.At(asOf + 1)}, "[] false"},
		"dead, no day":    {registry.Patient{Dead: true}, "[] true"},
		"a day, no flag":  {registry.Patient{Death: registry.At(asOf)}, "[] true"},
	} {
		var out review.Summary
		review.Summarise(&review.Subject{Patient: &c.p, Contacts: []recall.Contact{{On: asOf, Channel: "a"}, {On: asOf + 1, Channel: "b"}}}, asOf, review.SummaryPolicy{Measures: measures}, &out)
		lines := []string{}
		for _, v := range out.Values {
			lines = append(lines, fmt.Sprintf("{%s %s %v}", v.Fact, v.Before, v.Trend))
		}
		if got := fmt.Sprint(lines, out.Dead); got != c.want {
			t.Errorf("%s: %s", name, got)
		}
		if len(out.Contacts) != 1 || out.Contacts[0].Channel != "a" {
			t.Errorf("%s: contacts %v", name, out.Contacts)
		}
	}
}

// Gaps that do not apply or are excluded are no prompts for being due soon; those on recall
// are until they lapse.
func TestPromptEdges(t *testing.T) {
	day := d(2024, 6, 1)
	for name, c := range map[string]struct {
		change func(*recall.Gap)
		want   int
	}{
		"due soon":       {func(g *recall.Gap) { g.Status, g.State = recall.ClosedGap, recall.DueSoon }, 1},
		"not applicable": {func(g *recall.Gap) { g.Status, g.State = recall.NotApplicable, recall.DueSoon }, 0},
		"excluded":       {func(g *recall.Gap) { g.Status, g.State, g.Excluded = recall.ClosedGap, recall.DueSoon, true }, 0},
		"on recall": {func(g *recall.Gap) {
			g.Status, g.State, g.Excluded, g.OnRecall = recall.ClosedGap, recall.Overdue, true, true
		}, 1},
		"not yet": {func(g *recall.Gap) {
			g.Status, g.State, g.Excluded, g.OnRecall = recall.ClosedGap, recall.NotYet, true, true
		}, 0},
		"lapsed": {func(g *recall.Gap) {
			g.Status, g.State, g.Excluded, g.OnRecall = recall.ClosedGap, recall.Lapsed, true, true
		}, 0},
	} {
		g := gap("k", recall.Due, 1, day)
		c.change(&g)
		var out review.PromptList
		if review.Prompts([]recall.Gap{g}, day, 0, &out); len(out.Prompts) != c.want {
			t.Errorf("%s: %+v", name, out.Prompts)
		}
	}
}

// An active plan that is overdue speaks before one that is on hold, however new; five
// contacts are shown, the latest; of one day the later hour counts.
func TestPlansContactsHours(t *testing.T) {
	asOf := d(2024, 6, 1)
	plan := func(id string, s registry.Status, on registry.Date) review.CarePlan {
		return review.CarePlan{ID: id, Status: s, Created: on}
	}
	for _, c := range []struct {
		plans []review.CarePlan
		want  string
	}{
		{[]review.CarePlan{plan("a", registry.Active, d(2020, 1, 1)), plan("b", registry.OnHold, d(2024, 1, 1))}, "a review-overdue"},
		{[]review.CarePlan{plan("a", registry.Active, d(2024, 1, 1)), plan("b", registry.Active, d(2020, 1, 1))}, "a current"},
		{[]review.CarePlan{plan("a", registry.OnHold, d(2020, 1, 1)), plan("b", registry.Completed, d(2024, 1, 1))}, "a on-hold"},
		{[]review.CarePlan{plan("a", registry.Completed, d(2024, 1, 1)), plan("b", registry.Draft, d(2024, 2, 1))}, "a closed"},
		{[]review.CarePlan{plan("a", registry.Active, d(2024, 1, 1)), plan("b", registry.Active, d(2024, 1, 1))}, "b current"},
		{[]review.CarePlan{plan("a", registry.Active, asOf+1), plan("b", registry.EnteredInError, d(2024, 1, 1))}, " none"},
	} {
		if r := review.PlanState(c.plans, asOf, review.PlanPolicy{}); r.Plan+" "+r.State.String() != c.want {
			t.Errorf("%+v: %+v", c.plans, r)
		}
	}
	s := &review.Subject{Patient: &registry.Patient{}}
	for i := range 8 {
		s.Contacts = append(s.Contacts, recall.Contact{On: asOf.AddDays(-i), Channel: fmt.Sprint(i)})
	}
	early, late := lab("z", d(2024, 2, 1), 71, -1, "%"), lab("a", d(2024, 2, 1), 82, -1, "%")
	early.When.Start.Time, late.When.Start.Time = registry.NewClock(8, 0, 0, 0), registry.NewClock(9, 0, 0, 0)
	s.Patient.Facts = []registry.Fact{late, early}
	var out review.Summary
	review.Summarise(s, asOf, review.SummaryPolicy{Measures: []review.Measure{{Name: "hba1c", Codes: []registry.Code{hba1c}}}}, &out)
	if len(out.Contacts) != 5 || out.Contacts[0].Channel != "0" || out.Contacts[4].Channel != "4" {
		t.Errorf("%+v", out.Contacts)
	}
	if len(out.Values) != 1 || out.Values[0].Fact != "a" {
		t.Errorf("%+v", out.Values)
	}
}

// An earlier admission out of the look-back does not hide those after it, nor does a
// procedure between them.
func TestEarlierAdmissions(t *testing.T) {
	stay := func(id string, on registry.Date) registry.Fact {
		return registry.Fact{ID: id, Kind: registry.Encounter, Status: registry.Finished, When: registry.On(on)}
	}
	other := stay("x", d(2024, 3, 1))
	other.Kind = registry.Procedure
	s := &review.Subject{Patient: &registry.Patient{ID: "p", Facts: []registry.Fact{stay("old", d(2022, 1, 1)), other, stay("b", d(2024, 4, 1)), stay("now", d(2024, 5, 10)), stay("a", d(2024, 2, 1))}}}
	r := review.UnplannedReview(s, &s.Patient.Facts[3], []string{"old", "a", "b", "now"}, review.ReviewPolicy{})
	if fmt.Sprint(r.Earlier) != "[a b]" {
		t.Error(r.Earlier)
	}
}
