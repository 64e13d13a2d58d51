package delivery_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/caremodel/delivery"
	"github.com/chroniccare/chroniccare/caremodel/selfmanagement"
	"github.com/chroniccare/chroniccare/internal/lawtest"
	"github.com/chroniccare/chroniccare/registry/recall"
)

// Only an alert that asks for contact today or tomorrow stands before the person's own
// problems.
func TestVisitAgendaOrder(t *testing.T) {
	agenda, err := selfmanagement.Agenda([]selfmanagement.Problem{{Key: "sleep"}, {Key: "money"}}, []selfmanagement.ClinicalItem{{Key: "feet"}, {Key: "chest pain", Urgent: true}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	left := []delivery.VisitItem{{Key: "inhaler"}, {Key: "worry", Patient: true}}
	for action, want := range map[selfmanagement.Action]string{
		selfmanagement.ContactSameDay:       "weight, chest pain, sleep*, money*, worry*, feet, hba1c, inhaler",
		selfmanagement.ContactNextDay:       "weight, chest pain, sleep*, money*, worry*, feet, hba1c, inhaler",
		selfmanagement.ReviewNextWorkingDay: "chest pain, sleep*, money*, worry*, feet, weight, hba1c, inhaler",
		selfmanagement.BookReview:           "chest pain, sleep*, money*, worry*, feet, weight, hba1c, inhaler",
		selfmanagement.LogOnly:              "chest pain, sleep*, money*, worry*, feet, weight, hba1c, inhaler",
	} {
		v := delivery.PlanVisit("p", recall.Visit{Day: day(4, 1), Items: []recall.Item{{Key: "hba1c"}}}, delivery.Preparation{Agenda: agenda, Alerts: []selfmanagement.Alert{{Rule: "r", Signal: "weight", Action: action}}, CarryOver: left})
		var got []string
		for _, i := range v.Items {
			if i.Patient {
				i.Key += "*"
			}
			got = append(got, i.Key)
		}
		if strings.Join(got, ", ") != want {
			t.Errorf("%s: %s", action, strings.Join(got, ", "))
		}
		// a problem of the person's that nobody came to is still the person's next time
		next := delivery.PlanVisit("p", recall.Visit{Day: day(5, 1), Items: []recall.Item{{Key: "feet"}}}, delivery.Preparation{CarryOver: v.Complete([]string{"money", "chest pain"}).Left})
		if next.Items[0].Key != "sleep" || next.Items[1].Key != "worry" || next.Items[0].From != delivery.CarriedOver || next.Items[2].Patient {
			t.Errorf("%s: %+v", action, next.Items)
		}
	}
}

// Nothing of the team's that can wait stands before a problem of the person's: what does is
// an alert that asks for contact today or tomorrow, or flagged urgent. The order of alerts in
// the input does not matter, and nothing is lost.
func TestVisitAgendaLaw(t *testing.T) {
	seen := lawtest.Seen{}
	lawtest.Check(t, seen, func(t *rapid.T) {
		keys := []string{"a", "b", "c", "d", "e", "f"}
		some := func(name string) []string {
			return shuffled(t, keys)[:rapid.IntRange(0, 3).Draw(t, name)]
		}
		var problems []selfmanagement.Problem
		var clinical []selfmanagement.ClinicalItem
		must := map[string]bool{}
		mine, hurry, all := map[string]bool{}, map[string]string{}, map[string]bool{}
		for _, k := range some("problems") {
			problems = append(problems, selfmanagement.Problem{Key: k})
			mine[k], all[k] = true, true
		}
		for _, k := range some("clinical") {
			c := selfmanagement.ClinicalItem{Key: k, Urgency: rapid.IntRange(0, 2).Draw(t, "urgency"), Urgent: rapid.IntRange(0, 3).Draw(t, "urgent") == 0}
			if clinical = append(clinical, c); c.Urgent {
				must[k], hurry[k] = true, "an urgent item"
			}
			all[k] = true
		}
		var alerts []selfmanagement.Alert
		for _, k := range some("alerts") {
			a := selfmanagement.Alert{Rule: "rule " + k, Signal: k, Action: selfmanagement.Action(rapid.IntRange(0, int(selfmanagement.LogOnly)).Draw(t, "action"))}
			if alerts = append(alerts, a); a.Action == selfmanagement.ContactSameDay || a.Action == selfmanagement.ContactNextDay {
				must[k], hurry[k] = true, "an alert"
			}
			all[k] = true
		}
		var left []delivery.VisitItem
		for _, k := range some("left") {
			i := delivery.VisitItem{Key: k, From: delivery.FromAgenda, Patient: rapid.Bool().Draw(t, "patient")}
			left = append(left, i)
			mine[k], all[k] = mine[k] || i.Patient, true
		}
		var items []recall.Item
		for _, k := range some("gaps") {
			items = append(items, recall.Item{Key: k, Rules: []string{"gap " + k}})
			all[k] = true
		}
		var goals []selfmanagement.Goal
		for _, k := range some("goals") {
			goals = append(goals, selfmanagement.Goal{ID: "goal " + k, Measure: k, History: caremodel.History[selfmanagement.GoalStatus]{{On: day(1, 1), To: selfmanagement.Active}}})
			all[k] = true
		}
		agenda, err := selfmanagement.Agenda(problems, clinical, nil)
		if err != nil {
			t.Fatal(err)
		}
		p := delivery.Preparation{Agenda: agenda, Alerts: alerts, CarryOver: left, Goals: goals}
		visit := recall.Visit{Day: day(4, 1), Items: items}
		v := delivery.PlanVisit("p", visit, p)
		q := p
		q.Alerts, q.Agenda = shuffled(t, alerts), slices.Clone(agenda)
		if len(agenda) > 0 && !slices.ContainsFunc(agenda, func(a selfmanagement.AgendaItem) bool { return a.Patient }) {
			seen["nothing of the person's"]++
		}
		if got := delivery.PlanVisit("p", visit, q); fmt.Sprint(got) != fmt.Sprint(v) {
			t.Fatalf("the order of alerts matters:\n%v\n%v", v, got)
		}
		if len(v.Items) != len(all) {
			t.Fatalf("%d items of %d keys", len(v.Items), len(all))
		}
		for i, x := range v.Items {
			if x.Patient != mine[x.Key] {
				t.Fatalf("%+v: raised by the person is %v", x, mine[x.Key])
			}
			for _, y := range v.Items[i+1:] {
				if y.Patient && !x.Patient {
					if !must[x.Key] {
						t.Fatalf("%+v stands before the person's %+v", x, y)
					}
					seen[hurry[x.Key]+" first"]++
				}
				if must[y.Key] && !must[x.Key] {
					t.Fatalf("%+v stands before %+v, which cannot wait", x, y)
				}
				if x.Patient && y.From == delivery.FromAlert {
					seen["the person's before an alert"]++
				}
				if x.Patient && x.From == delivery.CarriedOver && !y.Patient {
					seen["left over before the team's"]++
				}
			}
		}
	}, "an urgent item first", "an alert first", "the person's before an alert", "left over before the team's", "nothing of the person's")
}
