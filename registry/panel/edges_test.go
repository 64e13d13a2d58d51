package panel_test

import (
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/panel"
	"pgregory.net/rapid"
)

// Death and opting out count from their day on.
func TestDayOfLeaving(t *testing.T) {
	asOf := d(2024, 3, 1)
	var a panel.Attribution
	for _, c := range []struct {
		rec  panel.Record
		want panel.Reason
	}{
		{panel.Record{Death: asOf}, panel.Deceased}, {panel.Record{Death: asOf + 1}, panel.Attributed}, {panel.Record{Dead: true}, panel.Deceased}, {panel.Record{Dead: true, Death: asOf + 1}, panel.Attributed},
		{panel.Record{OptedOut: asOf}, panel.OptedOut}, {panel.Record{OptedOut: asOf + 1}, panel.Attributed}, {panel.Record{Death: asOf, OptedOut: asOf}, panel.Deceased},
	} {
		c.rec.Visits = visits("A", d(2024, 1, 1))
		if rule(t, panel.Policy{}).Attribute(&c.rec, asOf, &a); a.Reason != c.want || (a.Provider == "A") != (c.want == panel.Attributed) {
			t.Errorf("%+v: %s", c.rec, a.Text())
		}
	}
}

// Two current registrations: the latest start, then the later end, then the ID, then the
// provider.
func TestRosterOrder(t *testing.T) {
	asOf := d(2024, 3, 1)
	r := rule(t, panel.Policy{Passes: []panel.Pass{{Method: panel.Roster}}})
	reg := func(id, provider string, from, to registry.Date) panel.Registration {
		return panel.Registration{ID: id, Provider: provider, Period: registry.Period{Start: from, End: to}}
	}
	base := reg("m", "M", d(2020, 1, 1), d(2025, 1, 1))
	for _, c := range []struct {
		name  string
		other panel.Registration
		want  string
	}{
		{"later start", reg("z", "Z", d(2020, 1, 2), d(2024, 6, 1)), "Z"}, {"later end", reg("z", "Z", d(2020, 1, 1), d(2025, 1, 2)), "Z"}, {"open end", reg("z", "Z", d(2020, 1, 1), 0), "Z"},
		{"earlier end", reg("a", "A", d(2020, 1, 1), d(2024, 12, 31)), "M"}, {"lower ID", reg("a", "Z", d(2020, 1, 1), d(2025, 1, 1)), "Z"}, {"higher ID", reg("z", "A", d(2020, 1, 1), d(2025, 1, 1)), "M"},
		{"provider", reg("m", "L", d(2020, 1, 1), d(2025, 1, 1)), "L"}, {"ends today", reg("z", "Z", d(2021, 1, 1), asOf), "Z"}, {"ended yesterday", reg("z", "Z", d(2021, 1, 1), asOf-1), "M"},
		{"starts today", reg("z", "Z", asOf, 0), "Z"}, {"starts tomorrow", reg("z", "Z", asOf+1, 0), "M"},
	} {
		for _, list := range [][]panel.Registration{{base, c.other}, {c.other, base}} {
			var a panel.Attribution
			if r.Attribute(&panel.Record{Registrations: list}, asOf, &a); a.Provider != c.want {
				t.Errorf("%s: %s", c.name, a.Text())
			}
		}
	}
}

// A fault names its place.
func TestPolicyFaultsNameTheirPlace(t *testing.T) {
	_, err := panel.New(panel.Policy{Passes: []panel.Pass{{}, {Method: 99}, {Months: -1}, {Classes: []string{""}}}, Ties: []panel.TieStep{panel.MostRecent, panel.MostRecent, 77, panel.LowestID}})
	for _, want := range []string{"pass 2: no method", "pass 3: a look-back of -1", "pass 4: a class", "tie step 2:", "tie step 3: no step 77"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("no %q in %v", want, err)
		}
	}
}

// Visits that cannot be used are counted, and count for nothing.
func TestLeftOutVisits(t *testing.T) {
	asOf := d(2024, 3, 1)
	rec := panel.Record{Visits: append(visits("A", d(2024, 1, 1), asOf), panel.Visit{ID: "x", Provider: "A"}, panel.Visit{ID: "y", Provider: "A", On: -4}, panel.Visit{ID: "z", Provider: "A", On: asOf + 1}, panel.Visit{ID: "w", On: d(2024, 1, 1)}),
		Registrations: []panel.Registration{{ID: "r"}, {ID: "s", Provider: "A", Period: registry.Period{Start: 9, End: 8}}, {ID: "t", Provider: "A"}}}
	var a panel.Attribution
	rule(t, panel.Policy{}).Attribute(&rec, asOf, &a)
	if a.LeftOut != 6 || len(a.Votes) != 1 || a.Votes[0].Visits != 2 || a.Votes[0].Overall != 2 || a.Votes[0].First != d(2024, 1, 1) || a.Votes[0].Last != asOf {
		t.Errorf("%+v", a)
	}
}

// A look-back leaves its far day out.
func TestLookBackEdge(t *testing.T) {
	asOf := d(2024, 2, 29)
	for on, want := range map[registry.Date]panel.Reason{d(2023, 2, 28): panel.NoVisits, d(2023, 3, 1): panel.Attributed, asOf: panel.Attributed} {
		var a panel.Attribution
		if rule(t, panel.Policy{}).Attribute(&panel.Record{Visits: visits("A", on)}, asOf, &a); a.Reason != want {
			t.Errorf("%v: %s", on, a.Text())
		}
	}
}

// Nothing in a record makes attributing it panic; who is found is among those who were seen
// or registered, and good visits beside odd ones count.
func TestOddRecordsLaw(t *testing.T) {
	days := rapid.SampledFrom([]registry.Date{math.MinInt32, -1, 0, 1, 738000, 738100, registry.MaxDate, math.MaxInt32})
	names := rapid.SampledFrom([]string{"", "A", "B"})
	money := rapid.SampledFrom([]int64{0, 1, -1, math.MaxInt64, math.MinInt64})
	var rules []*panel.Rule
	for m := range panel.Roster + 1 {
		rules = append(rules, rule(t, panel.Policy{Passes: []panel.Pass{{Method: m}}}))
	}
	rules = append(rules, rule(t, panel.PrimaryFirst("gp", "specialist")), rule(t, panel.Policy{NoTies: true}))
	found := 0
	lawtest.Until(t, func(t *rapid.T) {
		rec := panel.Record{Person: "p", Death: days.Draw(t, "death"), OptedOut: days.Draw(t, "opted out")}
		if rapid.Bool().Draw(t, "alive") {
			rec.Death, rec.OptedOut = 0, 0
		}
		for range rapid.IntRange(0, 5).Draw(t, "visits") {
			rec.Visits = append(rec.Visits, panel.Visit{ID: names.Draw(t, "id"), On: days.Draw(t, "on"), Provider: names.Draw(t, "provider"), Allowed: money.Draw(t, "allowed"), Paid: money.Draw(t, "paid")})
		}
		for range rapid.IntRange(0, 3).Draw(t, "registrations") {
			rec.Registrations = append(rec.Registrations, panel.Registration{ID: names.Draw(t, "id"), Provider: names.Draw(t, "provider"), Period: registry.Period{Start: days.Draw(t, "start"), End: days.Draw(t, "end")}})
		}
		asOf := days.Draw(t, "asOf")
		var a panel.Attribution
		for _, r := range rules {
			r.Attribute(&rec, asOf, &a)
			if (a.Provider == "") != (a.Reason != panel.Attributed) || a.Provider == "C" || !strings.HasPrefix(a.Text(), "p: ") {
				t.Fatalf("%+v", a)
			}
			if a.Provider != "" {
				found++
			}
		}
		good := rec
		good.Death, good.OptedOut = 0, 0
		good.Visits = append(slices.Clone(rec.Visits), visits("C", 737901, 737902, 737903, 737904, 737905, 737906)...)
		if rules[0].Attribute(&good, 738000, &a); a.Provider != "C" {
			t.Fatalf("%s", a.Text())
		}
	}, func() bool { return found > 0 })
}

// The same visit twice is one; two visits of a day without IDs are two for their amounts.
func TestSameVisitTwice(t *testing.T) {
	on := d(2024, 1, 1)
	for id, want := range map[string]int64{"": 30, "v": 20} {
		var a panel.Attribution
		rec := panel.Record{Visits: []panel.Visit{{ID: id, On: on, Provider: "A", Allowed: 10}, {ID: id, On: on, Provider: "A", Allowed: 20}}}
		if id != "" {
			rec.Visits[0].Allowed = 20
		}
		rule(t, panel.Policy{}).Attribute(&rec, d(2024, 3, 1), &a)
		if len(a.Votes) != 1 || a.Votes[0].Visits != 1 || a.Votes[0].Amount != want {
			t.Errorf("%q: %+v", id, a.Votes)
		}
	}
}
