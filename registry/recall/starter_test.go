package recall_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/recall"
)

// bindEverything ties every condition and item to local codes.
func bindEverything(t *testing.T) recall.Bindings {
	rows, err := recall.FollowUps()
	if err != nil {
		t.Fatal(err)
	}
	g, err := recall.NewKidneyGrid()
	if err != nil {
		t.Fatal(err)
	}
	local := func(k registry.Kind, v string) registry.Query {
		return registry.Query{Kind: k, Codes: []registry.Code{{System: "urn:local", Value: v}}}
	}
	var b recall.Bindings
	b.Grid = &recall.GridRule{Grid: g, GFR: local(registry.Observation, "gfr"), ACR: local(registry.Observation, "acr")}
	for _, r := range rows {
		if !slices.ContainsFunc(b.Conditions, func(c recall.ConditionBinding) bool { return c.Condition == r.Condition }) {
			q := local(registry.Diagnosis, r.Condition)
			b.Conditions = append(b.Conditions, recall.ConditionBinding{Condition: r.Condition, Is: registry.Exists{Query: q}, Since: &q})
		}
		if !slices.ContainsFunc(b.Items, func(x recall.ItemBinding) bool { return x.Item == r.Item }) {
			b.Items = append(b.Items, recall.ItemBinding{Item: r.Item, Evidence: local(registry.Observation, r.Item)})
		}
		row := recall.RowBinding{ID: r.ID}
		switch r.Kind {
		case "triggered":
			q := local(registry.Encounter, "event "+r.ID)
			row.Trigger = &q
		case "until_controlled":
			row.Controlled = []registry.Test{registry.HasQuantity()}
		}
		b.Rows = append(b.Rows, row)
	}
	return b
}

func TestStarter(t *testing.T) {
	b := bindEverything(t)
	recs, left, err := recall.Starter(b)
	if err != nil || len(left) != 0 || len(recs) != 58 {
		t.Fatal(len(recs), left, err)
	}
	if _, err := recall.Compile(nil, recs...); err != nil {
		t.Fatal(err)
	}
	by := map[string]recall.Recommendation{}
	for _, r := range recs {
		by[r.ID] = r
		if r.Source == "" || r.Grade == "" || r.Key == "" {
			t.Errorf("%+v", r)
		}
	}
	for id, want := range map[string]string{
		"dm.visit": "6 months lead 4 weeks grace 14 days first 0 days", "dm.hba1c.off": "3 months lead 4 weeks grace 14 days first 0 days", "htn.stage2": "1 month lead 0 days grace 14 days first 0 days",
		"dm.acr.t1": "12 months lead 4 weeks grace 14 days first 5 years", "dm.eye.t1": "12 months lead 4 weeks grace 14 days first 5 years", "htn.titration": "1 month lead 0 days grace 14 days first 1 month", "hf.high": "2 weeks lead 0 days grace 14 days first 0 days",
	} {
		r := by[id]
		if got := fmt.Sprint(r.Interval, " lead ", r.Lead, " grace ", r.Grace, " first ", r.First); got != want {
			t.Errorf("%s: %s", id, got)
		}
	}
	if x := by["hf.discharge.visit"].Trigger; x == nil || x.From != days(0) || x.To != days(10) {
		t.Errorf("%+v", x)
	}
	if !by["dm.bp"].EachVisit || by["dm.flu"].Season.FromMonth != 9 || by["ckd.base"].Grid == nil || by["dm.visit"].Grid != nil || len(by["htn.titration"].Steps) != 1 || by["htn.titration"].Steps[0].Every != months(6) {
		t.Error("kinds of rows")
	}
	b.Lead = recall.Every{N: 5, Unit: recall.Week} // less than half of three months, more than half of two weeks
	if recs, _, err = recall.Starter(b); err != nil || recs[slices.IndexFunc(recs, func(r recall.Recommendation) bool { return r.ID == "dm.hba1c.off" })].Lead != b.Lead {
		t.Error("the lead is dropped", err)
	}
	// without bindings a row is listed, with the reason
	b.Rows = nil
	b.Items = slices.DeleteFunc(b.Items, func(x recall.ItemBinding) bool { return x.Item == "HbA1c" })
	b.Conditions = slices.DeleteFunc(b.Conditions, func(c recall.ConditionBinding) bool { return c.Condition == "CHD" })
	recs, left, err = recall.Starter(b)
	if err != nil || len(recs)+len(left) != 58 {
		t.Fatal(err)
	}
	why := map[string]string{}
	for _, u := range left {
		why[u.ID] = u.Why
	}
	for id, want := range map[string]string{"dm.hba1c.goal": "item is not bound", "chd.review": "condition is not bound", "dm.eye.t1": "applies when: type 1", "asthma.flare": "row is not bound", "dm.visit": ""} {
		if !strings.Contains(why[id], want) || (why[id] == "") != (want == "") {
			t.Errorf("%s: %q", id, why[id])
		}
	}
	b.Rows = []recall.RowBinding{{ID: "htn.titration"}, {ID: "asthma.flare"}}
	if _, left, _ = recall.Starter(b); !slices.ContainsFunc(left, func(u recall.Unbound) bool {
		return u.ID == "htn.titration" && strings.HasPrefix(u.Why, "the row needs the tests")
	}) ||
		!slices.ContainsFunc(left, func(u recall.Unbound) bool {
			return u.ID == "asthma.flare" && strings.HasPrefix(u.Why, "the row needs its trigger")
		}) {
		t.Error(left)
	}
	_, _, err = recall.Starter(recall.Bindings{Conditions: []recall.ConditionBinding{{Condition: "gout"}}, Items: []recall.ItemBinding{{Item: "HbA1c", Condition: "CKD"}}, Rows: []recall.RowBinding{{ID: "x"}}})
	if !errors.Is(err, recall.ErrDefinition) || strings.Count(err.Error(), "recall: definition") != 4 {
		t.Error(err)
	}
}
