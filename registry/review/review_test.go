package review_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"pgregory.net/rapid"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/completeness"
	"github.com/chroniccare/chroniccare/registry/recall"
	"github.com/chroniccare/chroniccare/registry/registrytest"
	"github.com/chroniccare/chroniccare/registry/review"
)

func d(y, m, day int) registry.Date { return registry.Day(y, m, day) }

func months(n int) recall.Every { return recall.Every{N: n, Unit: recall.Month} }

func TestPlanState(t *testing.T) {
	asOf := d(2024, 6, 1)
	active := func(created registry.Date, f func(*review.CarePlan)) review.CarePlan {
		p := review.CarePlan{ID: "a", Status: registry.Active, Created: created}
		if f != nil {
			f(&p)
		}
		return p
	}
	status := func(id string, s registry.Status, created registry.Date) review.CarePlan {
		return review.CarePlan{ID: id, Status: s, Created: created}
	}
	for name, c := range map[string]struct {
		plans  []review.CarePlan
		policy review.PlanPolicy
		want   string
	}{
		"none":                      {nil, review.PlanPolicy{}, "none  not recorded"},
		"a year on the day":         {[]review.CarePlan{active(d(2023, 6, 1), nil)}, review.PlanPolicy{}, "current a 2024-06-01"},
		"a year and a day":          {[]review.CarePlan{active(d(2023, 5, 31), nil)}, review.PlanPolicy{}, "review-overdue a 2024-05-31"},
		"within the grace":          {[]review.CarePlan{active(d(2023, 5, 31), nil)}, review.PlanPolicy{Grace: recall.Every{N: 1, Unit: recall.Day}}, "current a 2024-05-31"},
		"reviewed since":            {[]review.CarePlan{active(d(2020, 1, 1), func(p *review.CarePlan) { p.LastReview = d(2023, 6, 1) })}, review.PlanPolicy{}, "current a 2024-06-01"},
		"its own interval":          {[]review.CarePlan{active(d(2024, 1, 1), func(p *review.CarePlan) { p.Interval = months(3) })}, review.PlanPolicy{}, "review-overdue a 2024-04-01"},
		"the next review is agreed": {[]review.CarePlan{active(d(2020, 1, 1), func(p *review.CarePlan) { p.NextReview = d(2024, 6, 1) })}, review.PlanPolicy{}, "current a 2024-06-01"},
		"created tomorrow":          {[]review.CarePlan{active(asOf+1, nil)}, review.PlanPolicy{}, "none  not recorded"},
		"created today":             {[]review.CarePlan{active(asOf, nil)}, review.PlanPolicy{}, "current a 2025-06-01"},
		"without a day":             {[]review.CarePlan{active(0, nil)}, review.PlanPolicy{}, "none  not recorded"},
		"a draft":                   {[]review.CarePlan{status("d", registry.Draft, d(2024, 1, 1))}, review.PlanPolicy{}, "none  not recorded"},
		"in error":                  {[]review.CarePlan{status("d", registry.EnteredInError, d(2024, 1, 1))}, review.PlanPolicy{}, "none  not recorded"},
		"on hold":                   {[]review.CarePlan{status("h", registry.OnHold, d(2024, 1, 1)), status("c", registry.Completed, d(2024, 2, 1))}, review.PlanPolicy{}, "on-hold h not recorded"},
		"closed, the newest":        {[]review.CarePlan{status("c", registry.Completed, d(2024, 2, 1)), status("b", registry.Revoked, d(2024, 1, 1))}, review.PlanPolicy{}, "closed c not recorded"},
		"one current is enough":     {[]review.CarePlan{active(d(2023, 7, 1), nil), active(d(2024, 1, 1), func(p *review.CarePlan) { p.ID, p.Interval = "b", months(1) })}, review.PlanPolicy{}, "current a 2024-07-01"},
		"the newest by ID":          {[]review.CarePlan{active(d(2024, 1, 1), nil), active(d(2024, 1, 1), func(p *review.CarePlan) { p.ID = "b" })}, review.PlanPolicy{}, "current b 2025-01-01"},
	} {
		r := review.PlanState(c.plans, asOf, c.policy)
		if got := fmt.Sprint(r.State, " ", r.Plan, " ", r.Due); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestCoverage(t *testing.T) {
	asOf := d(2024, 6, 1)
	plan := review.CarePlan{ID: "a", Status: registry.Active, Created: d(2024, 1, 1)}
	with := func(copy, understood, wanted, involved review.Answer) []review.CarePlan {
		p := plan
		p.CopyOffered, p.Understood, p.WantedInvolved, p.Involved = copy, understood, wanted, involved
		return []review.CarePlan{p}
	}
	overdue := plan
	overdue.Created, overdue.CopyOffered = d(2020, 1, 1), review.Yes
	people := []review.Planned{
		{Person: "1", Plans: with(review.Yes, review.No, review.Yes, review.Yes), Registers: []string{"copd", "dm"}, Provider: "x"},
		{Person: "2", Plans: with(review.No, review.Yes, review.Yes, review.No), Registers: []string{"dm", "dm"}, Provider: "y"},
		{Person: "3", Plans: with(review.No, review.NotAsked, review.No, review.Yes), Provider: "y"}, // did not want to be: not in the denominator
		{Person: "4", Plans: []review.CarePlan{overdue}, Registers: []string{"dm"}, Provider: "y"},
		{Person: "5", Provider: "y"},
	}
	var all, one, two review.Coverage
	for i := range people {
		all.Add(&people[i], asOf, review.PlanPolicy{})
		if i%2 == 0 {
			one.Add(&people[i], asOf, review.PlanPolicy{})
		} else {
			two.Add(&people[i], asOf, review.PlanPolicy{})
		}
	}
	two.Merge(&one)
	if fmt.Sprint(all) != fmt.Sprint(two) {
		t.Errorf("%v\n%v", all, two)
	}
	b, err := json.Marshal(all)
	want := `{"all":{"num":3,"den":5},"states":[1,3,1,0,0],"registers":[{"name":"copd","rate":{"num":1,"den":1}},{"name":"dm","rate":{"num":2,"den":3}}],"levels":[{"name":"","rate":{"num":3,"den":5}}],` +
		`"providers":[{"name":"x","rate":{"num":1,"den":1}},{"name":"y","rate":{"num":2,"den":4}}],"copy_offered":{"num":2,"den":4},"understood":{"num":1,"den":2},"involved":{"num":1,"den":2},"not_asked":3}`
	if err != nil || string(b) != want {
		t.Errorf("%s %v", b, err)
	}
}

func TestFourElements(t *testing.T) {
	asOf := d(2024, 6, 1)
	plan := review.CarePlan{ID: "a", Status: registry.Active, Created: d(2024, 1, 1), CoOrdinator: "nurse b"}
	late, alone, held := plan, plan, plan
	late.NextReview, alone.CoOrdinator, held.Status = d(2024, 5, 31), "", registry.OnHold
	for name, c := range map[string]struct {
		plans    []review.CarePlan
		assessed registry.Date
		want     string
	}{
		"all":        {[]review.CarePlan{plan}, d(2023, 6, 1), "[]"},
		"too old":    {[]review.CarePlan{plan}, d(2023, 5, 31), "[{needs assessment the needs assessment is too old }]"},
		"later":      {[]review.CarePlan{plan}, asOf + 1, "[{needs assessment no needs assessment }]"},
		"overdue":    {[]review.CarePlan{late}, asOf, "[{regular review the review was due 2024-05-31 a}]"},
		"nobody":     {[]review.CarePlan{alone}, asOf, "[{care co-ordinator the plan names none a}]"},
		"on hold":    {[]review.CarePlan{held}, asOf, "[{care plan the care plan is on-hold a} {care co-ordinator no active plan names one a} {regular review no active plan to review a}]"},
		"everything": {nil, 0, "[{needs assessment no needs assessment } {care plan no care plan } {care co-ordinator no active plan names one } {regular review no active plan to review }]"},
	} {
		if got := fmt.Sprint(review.FourElements(c.plans, c.assessed, asOf, review.PlanPolicy{}, nil)); got != c.want {
			t.Errorf("%s: %s", name, got)
		}
	}
}

func plans(t *rapid.T, n int) (out []review.CarePlan) {
	for i := range rapid.IntRange(0, n).Draw(t, "plans") {
		day := func(name string) registry.Date {
			return d(2024, 1, 1).AddMonths(rapid.IntRange(-26, 3).Draw(t, name)).AddDays(rapid.IntRange(-1, 1).Draw(t, name+" day"))
		}
		p := review.CarePlan{ID: fmt.Sprint("p", i), Created: day("created"), Status: rapid.SampledFrom([]registry.Status{registry.Active, registry.Active, registry.Draft, registry.OnHold, registry.Revoked, registry.Completed, registry.EnteredInError, registry.StatusUnknown}).Draw(t, "status")}
		if rapid.IntRange(0, 3).Draw(t, "next") == 0 {
			p.NextReview = day("next review")
		}
		if rapid.IntRange(0, 3).Draw(t, "own") == 0 {
			p.Interval = months(rapid.IntRange(1, 12).Draw(t, "interval"))
		}
		p.CopyOffered, p.WantedInvolved, p.Involved = review.Answer(rapid.IntRange(0, 2).Draw(t, "copy")), review.Answer(rapid.IntRange(0, 2).Draw(t, "wanted")), review.Answer(rapid.IntRange(0, 2).Draw(t, "involved"))
		out = append(out, p)
	}
	return out
}

func TestPlanLaws(t *testing.T) {
	asOf := d(2024, 1, 1)
	seen := [5]int{}
	longer := 0
	lawtest.Until(t, func(t *rapid.T) {
		ps := plans(t, 4)
		policy := review.PlanPolicy{Interval: months(rapid.IntRange(1, 12).Draw(t, "interval"))}
		r := review.PlanState(ps, asOf, policy)
		seen[r.State]++
		rev := slices.Clone(ps)
		slices.Reverse(rev)
		if x := review.PlanState(rev, asOf, policy); x.State != r.State || x.Plan != r.Plan || x.Due != r.Due {
			t.Fatal("the order of plans matters")
		}
		// drafts change nothing
		draft := review.CarePlan{ID: "draft", Status: registry.Draft, Created: asOf, NextReview: asOf + 100}
		if x := review.PlanState(append(slices.Clone(ps), draft), asOf, policy); x != r {
			t.Fatal("a draft changes the state")
		}
		// the five states partition
		var before, after review.Coverage
		before.Add(&review.Planned{Plans: ps, Registers: []string{"a"}}, asOf, policy)
		n := int64(0)
		for _, k := range before.States {
			n += k
		}
		if n != 1 || before.States[r.State] != 1 || (before.All.Num == 1) != (r.State == review.Current) {
			t.Fatal("partition", before)
		}
		if before.Involved.Num > before.Involved.Den || before.CopyOffered.Den+before.Understood.Den > 2 {
			t.Fatal("survey", before)
		}
		// a current plan more never lowers coverage
		current := review.CarePlan{ID: rapid.SampledFrom([]string{"a", "z"}).Draw(t, "id"), Status: registry.Active, Created: asOf.AddDays(-rapid.IntRange(0, 900).Draw(t, "age")), NextReview: asOf.AddDays(rapid.IntRange(0, 30).Draw(t, "ahead"))}
		after.Add(&review.Planned{Plans: append(slices.Clone(ps), current), Registers: []string{"a"}}, asOf, policy)
		if after.All.Cmp(before.All) < 0 || after.All.Num != 1 {
			t.Fatal("a current plan lowers coverage")
		}
		// a longer interval never makes a plan overdue earlier
		policy.Interval.N += rapid.IntRange(0, 24).Draw(t, "longer")
		if x := review.PlanState(ps, asOf, policy); x.State != r.State {
			longer++
			if r.State == review.Current {
				t.Fatal("a longer interval ends a plan", r, x)
			}
		}
		// the elements agree with the state
		has := review.FourElements(ps, asOf, asOf, policy, nil)
		x := review.PlanState(ps, asOf, policy)
		lacks := func(e review.Element) bool {
			return slices.ContainsFunc(has, func(l review.Lacking) bool { return l.Element == e })
		}
		if lacks(review.NeedsAssessed) || lacks(review.PlanWritten) == (x.State == review.Current || x.State == review.ReviewOverdue) || lacks(review.Reviewed) == (x.State == review.Current) {
			t.Fatal(x, has)
		}
	}, func() bool { return !slices.Contains(seen[:], 0) && longer > 0 })
}

func gap(key string, state recall.State, priority int, due registry.Date) recall.Gap {
	return recall.Gap{Key: key, Status: recall.OpenGap, State: state, Priority: priority, Schedule: recall.Schedule{Due: due}, Closes: "a test"}
}

func TestPrompts(t *testing.T) {
	day := d(2024, 6, 1)
	with := func(g recall.Gap, f func(*recall.Gap)) recall.Gap { f(&g); return g }
	gaps := []recall.Gap{
		gap("c", recall.Due, 1, day-3), gap("a", recall.Overdue, 2, day-90), gap("b", recall.Overdue, 1, day-30), gap("d", recall.Due, 0, day-3),
		with(gap("e", recall.DueSoon, 1, day+3), func(g *recall.Gap) { g.Status = recall.ClosedGap }),
		with(gap("f", recall.NotYet, 1, day+100), func(g *recall.Gap) { g.Status = recall.ClosedGap }),
		{Key: "g", Title: "foot inspection", Prompt: true, Priority: 1, Why: "asked at each visit"},
		{Key: "h", Why: "asked at each visit"},
		with(gap("i", recall.Due, 1, day), func(g *recall.Gap) { g.Hidden = day + 1 }),
		with(gap("m", recall.Due, 9, day), func(g *recall.Gap) { g.Hidden = day }),
		with(gap("j", recall.Due, 1, day), func(g *recall.Gap) { g.Status, g.Excluded = recall.ClosedGap, true }),
		with(gap("k", recall.Due, 1, day-3), func(g *recall.Gap) { g.Status, g.Excluded, g.OnRecall = recall.ClosedGap, true, true }),
		with(gap("l", recall.Due, 1, day-1), func(g *recall.Gap) { g.Grade, g.Last = "A", &registry.Fact{ID: "l1"} }),
	}
	keys := func(out review.PromptList) string {
		var s []string
		for _, p := range out.Prompts {
			s = append(s, p.Key)
		}
		return fmt.Sprint(s, out.More, out.Hidden)
	}
	var out review.PromptList
	review.Prompts(gaps, day, 0, &out)
	if got := keys(out); got != "[b a l c k e g m d] 0 1" {
		t.Error(got)
	}
	if p := out.Prompts[2]; p.Last != "l1" || p.Title != "l" || p.Closes != "a test" {
		t.Errorf("%+v", p)
	}
	if p := out.Prompts[6]; p.Due != 0 || p.State != recall.Due || p.Title != "foot inspection" {
		t.Errorf("%+v", p)
	}
	review.Prompts(gaps, day, 3, &out)
	if len(out.Prompts) != 3 || out.More != 6 {
		t.Error(keys(out))
	}
	if n := testing.AllocsPerRun(10, func() { review.Prompts(gaps, day, 3, &out) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// Prompts are those of the gaps, each once, in one order whatever the input's; a limit cuts
// the end off.
func TestPromptsLaw(t *testing.T) {
	day := d(2024, 6, 1)
	cut, each := 0, 0
	lawtest.Until(t, func(t *rapid.T) {
		var gaps []recall.Gap
		want := 0
		for i := range rapid.IntRange(0, 8).Draw(t, "n") {
			g := gap(fmt.Sprint("k", i), recall.State(rapid.IntRange(0, 4).Draw(t, "state")), rapid.IntRange(0, 2).Draw(t, "priority"), day.AddDays(rapid.IntRange(-2, 2).Draw(t, "due")))
			g.Grade = rapid.SampledFrom([]string{"", "A", "B"}).Draw(t, "grade")
			switch {
			case g.State < recall.Due || g.State == recall.Lapsed:
				g.Status = recall.ClosedGap
			}
			if rapid.IntRange(0, 4).Draw(t, "each visit") == 0 {
				g = recall.Gap{Key: g.Key, Prompt: true}
				each++
			}
			if g.Prompt || g.State == recall.DueSoon || g.Status == recall.OpenGap {
				want++
			}
			gaps = append(gaps, g)
		}
		var all, few, turned review.PromptList
		review.Prompts(gaps, day, 0, &all)
		if len(all.Prompts) != want {
			t.Fatalf("%d prompts, want %d", len(all.Prompts), want)
		}
		slices.Reverse(gaps)
		review.Prompts(gaps, day, 0, &turned)
		limit := rapid.IntRange(1, 5).Draw(t, "limit")
		review.Prompts(gaps, day, limit, &few)
		if fmt.Sprint(all.Prompts) != fmt.Sprint(turned.Prompts) || fmt.Sprint(few.Prompts) != fmt.Sprint(all.Prompts[:min(limit, want)]) || len(few.Prompts)+few.More != want {
			t.Fatal("order or limit")
		}
		cut += few.More
		late := true
		for _, p := range all.Prompts {
			if p.State != recall.Overdue {
				late = false
			} else if !late {
				t.Fatal("overdue does not come first")
			}
		}
	}, func() bool { return cut > 0 && each > 0 })
}

var (
	hba1c    = registry.NewCode("LOINC", "4548-4")
	systolic = registry.NewCode("LOINC", "8480-6")
	drug     = registry.NewCode("RxNorm", "860975")
)

func lab(id string, on registry.Date, coef int64, exp int8, unit string) registry.Fact {
	return registry.Fact{ID: id, Kind: registry.Observation, Status: registry.Final, Codes: []registry.Code{hba1c}, When: registry.On(on), Value: registry.QuantityOf(registry.Num(coef, exp), unit)}
}

func TestLastValues(t *testing.T) {
	asOf := d(2024, 6, 1)
	units, err := completeness.LoadUnits()
	if err != nil {
		t.Fatal(err)
	}
	with := func(f registry.Fact, change func(*registry.Fact)) registry.Fact { change(&f); return f }
	for name, c := range map[string]struct {
		facts []registry.Fact
		units *completeness.Units
		want  string
	}{
		"one":                {[]registry.Fact{lab("a", d(2024, 1, 1), 71, -1, "%")}, nil, "7.1 % a  not known 1 0"},
		"falling":            {[]registry.Fact{lab("b", d(2024, 2, 1), 71, -1, "%"), lab("a", d(2024, 1, 1), 82, -1, "%")}, nil, "7.1 % b 8.2 % falling 2 0"},
		"rising":             {[]registry.Fact{lab("a", d(2024, 1, 1), 71, -1, "%"), lab("b", d(2024, 2, 1), 82, -1, "%")}, nil, "8.2 % b 7.1 % rising 2 0"},
		"steady":             {[]registry.Fact{lab("a", d(2024, 1, 1), 71, -1, "%"), lab("b", d(2024, 2, 1), 710, -2, "percent")}, nil, "7.1 % b 7.1 % steady 2 0"},
		"two units":          {[]registry.Fact{lab("a", d(2024, 1, 1), 70, -1, "%"), lab("b", d(2024, 2, 1), 54, 0, "mmol/mol")}, nil, "54 mmol/mol b 7 % not known 2 0"},
		"converted":          {[]registry.Fact{lab("a", d(2024, 1, 1), 70, -1, "%"), lab("b", d(2024, 2, 1), 54, 0, "mmol/mol")}, units, "54 mmol/mol b 7 % rising 2 0"},
		"not convertible":    {[]registry.Fact{lab("a", d(2024, 1, 1), 70, -1, "%"), lab("b", d(2024, 2, 1), 54, 0, "mmol/L")}, units, "54 mmol/L b 7 % not known 2 0"},
		"two on a day":       {[]registry.Fact{lab("b", d(2024, 2, 1), 72, -1, "%"), lab("c", d(2024, 2, 1), 73, -1, "%"), lab("a", d(2024, 1, 1), 71, -1, "%")}, nil, "7.3 % c 7.1 % rising 3 0"},
		"the same, turned":   {[]registry.Fact{lab("a", d(2024, 1, 1), 71, -1, "%"), lab("c", d(2024, 2, 1), 73, -1, "%"), lab("b", d(2024, 2, 1), 72, -1, "%")}, nil, "7.3 % c 7.1 % rising 3 0"},
		"above":              {[]registry.Fact{lab("a", d(2024, 1, 1), 71, -1, "%"), with(lab("b", d(2024, 2, 1), 14, 0, "%"), func(f *registry.Fact) { f.Value.Quantity.Comparator = registry.MoreThan })}, nil, ">14 % b 7.1 % not known 2 0"},
		"tomorrow, no value": {[]registry.Fact{lab("a", d(2024, 1, 1), 71, -1, "%"), lab("b", asOf+1, 82, -1, "%"), with(lab("c", d(2024, 3, 1), 0, 0, "%"), func(f *registry.Fact) { f.Value = registry.Value{} })}, nil, "7.1 % a  not known 1 1"},
		"error, not done":    {[]registry.Fact{lab("a", d(2024, 1, 1), 71, -1, "%"), with(lab("b", d(2024, 2, 1), 82, -1, "%"), func(f *registry.Fact) { f.Status = registry.EnteredInError }), with(lab("c", d(2024, 2, 1), 82, -1, "%"), func(f *registry.Fact) { f.Negated = true })}, nil, "7.1 % a  not known 1 0"},
	} {
		var out review.Summary
		review.Summarise(&review.Subject{Patient: &registry.Patient{Facts: c.facts}}, asOf, review.SummaryPolicy{Units: c.units, Measures: []review.Measure{{Name: "hba1c", Codes: []registry.Code{hba1c}}, {Name: "systolic", Codes: []registry.Code{systolic}}}}, &out)
		if len(out.Values) != 1 {
			t.Fatal(name, out.Values)
		}
		v := out.Values[0]
		if got := fmt.Sprint(v.Value, " ", v.Fact, " ", v.Before, " ", v.Trend, " ", v.Values, " ", v.Empty); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestMedicines(t *testing.T) {
	asOf := d(2024, 6, 1)
	med := func(id string, k registry.Kind, on registry.Date, days int64, s registry.Status) registry.Fact {
		f := registry.Fact{ID: id, Kind: k, Status: s, Codes: []registry.Code{drug}, When: registry.On(on)}
		if days > 0 {
			f.Supply = &registry.Supply{Start: on, Days: registry.Num(days, 0)}
		}
		return f
	}
	for name, c := range map[string]struct {
		facts []registry.Fact
		want  string
	}{
		"covers the day":    {[]registry.Fact{med("a", registry.MedicationDispense, d(2024, 5, 3), 30, registry.Completed)}, "[a 2024-05-03 2024-06-01]"},
		"ran out yesterday": {[]registry.Fact{med("a", registry.MedicationDispense, d(2024, 5, 2), 30, registry.Completed)}, "[]"},
		"an order":          {[]registry.Fact{med("a", registry.MedicationOrder, d(2023, 6, 1), 0, registry.Active)}, "[a 2023-06-01 not recorded]"},
		"an old order":      {[]registry.Fact{med("a", registry.MedicationOrder, d(2023, 5, 31), 0, registry.Active)}, "[]"},
		"stopped":           {[]registry.Fact{med("a", registry.MedicationOrder, d(2024, 5, 1), 0, registry.Stopped)}, "[]"},
		"since the first":   {[]registry.Fact{med("b", registry.MedicationDispense, d(2024, 5, 30), 30, registry.Completed), med("a", registry.MedicationDispense, d(2020, 5, 2), 30, registry.Completed)}, "[b 2020-05-02 2024-06-28]"},
		"two on a day":      {[]registry.Fact{med("a", registry.MedicationDispense, asOf, 10, registry.Completed), med("b", registry.MedicationDispense, asOf, 20, registry.Completed)}, "[b 2024-06-01 2024-06-20]"},
		"turned round":      {[]registry.Fact{med("b", registry.MedicationDispense, asOf, 20, registry.Completed), med("a", registry.MedicationDispense, asOf, 10, registry.Completed)}, "[b 2024-06-01 2024-06-20]"},
		"tomorrow":          {[]registry.Fact{med("a", registry.MedicationDispense, asOf+1, 30, registry.Completed)}, "[]"},
		"by mistake":        {[]registry.Fact{med("a", registry.MedicationDispense, asOf, 30, registry.EnteredInError)}, "[]"},
	} {
		var out review.Summary
		review.Summarise(&review.Subject{Patient: &registry.Patient{Facts: c.facts}}, asOf, review.SummaryPolicy{}, &out)
		var got []string
		for _, m := range out.Medicines {
			got = append(got, fmt.Sprint(m.Fact, " ", m.Since, " ", m.Until))
		}
		if fmt.Sprint(got) != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
}

func subject() *review.Subject {
	visit := registry.Fact{ID: "v", Kind: registry.Encounter, Status: registry.Finished, When: registry.On(d(2024, 3, 1))}
	stay := func(id string, on registry.Date) registry.Fact {
		return registry.Fact{ID: id, Kind: registry.Encounter, Status: registry.Finished, When: registry.Between(on, on+5)}
	}
	return &review.Subject{
		Patient:  &registry.Patient{ID: "p", Birth: d(1950, 1, 1), Facts: []registry.Fact{visit, stay("s0", d(2023, 5, 10)), stay("s1", d(2023, 5, 11)), stay("s2", d(2024, 2, 2)), stay("now", d(2024, 5, 10))}},
		On:       []review.On{{Register: "copd", Since: d(2020, 1, 1)}, {Register: "ckd", Since: d(2024, 5, 10)}},
		Gaps:     []recall.Gap{gap("spirometry", recall.Overdue, 1, d(2024, 1, 1))},
		Contacts: []recall.Contact{{On: d(2024, 4, 1), Outcome: recall.NoAnswer}, {On: d(2024, 3, 5), Outcome: recall.Reached}, {On: d(2024, 5, 10), Outcome: recall.Reached}},
		Provider: "dr a", Level: "2",
	}
}

func TestUnplannedReview(t *testing.T) {
	s := subject()
	now := &s.Patient.Facts[4]
	r := review.UnplannedReview(s, now, []string{"now", "s0", "s1", "s2"}, review.ReviewPolicy{})
	b, err := json.Marshal(r)
	want := `{"person":"p","admission":"now","admitted":"2024-05-10","before":"2024-05-09","for_review":true,"why":"an unplanned admission of a register member","registers":[{"register":"copd","since":"2020-01-01"}],` +
		`"last_contact":"2024-03-05","days_since":65,"open":[{"key":"spirometry","title":"spirometry","rule":"","class":"treatment","state":"overdue","due":"2024-01-01","priority":1,"last":"","closes":"a test"}],` +
		`"plan":{"state":"none","review_due":""},"lacking":[{"element":"needs assessment","why":"no needs assessment"},{"element":"care plan","why":"no care plan"},{"element":"care co-ordinator","why":"no active plan names one"},{"element":"regular review","why":"no active plan to review"}],` +
		`"provider":"dr a","level":"2","earlier":["s1","s2"]}`
	if err != nil || string(b) != want {
		t.Errorf("%s %v", b, err)
	}
	// a planned stay is a contact, not an earlier failure
	if r = review.UnplannedReview(s, now, []string{"now"}, review.ReviewPolicy{}); len(r.Earlier) != 0 || r.LastContact != d(2024, 3, 5) {
		t.Errorf("%+v", r)
	}
	if r = review.UnplannedReview(s, now, []string{"s0", "s1"}, review.ReviewPolicy{Lookback: months(13)}); fmt.Sprint(r.Earlier) != "[s0 s1]" {
		t.Error(r.Earlier)
	}
	s.On, s.Contacts, s.Patient.Facts = s.On[1:], nil, s.Patient.Facts[4:]
	if r = review.UnplannedReview(s, &s.Patient.Facts[0], nil, review.ReviewPolicy{}); r.ForReview || r.DaysSince != -1 || r.LastContact != 0 {
		t.Errorf("%+v", r)
	}
}

func TestSummaryJSON(t *testing.T) {
	s := subject()
	s.Patient.Facts = append(s.Patient.Facts, lab("l", d(2024, 5, 1), 71, -1, "%"))
	s.Plans = []review.CarePlan{{ID: "plan", Status: registry.Active, Created: d(2024, 1, 1), CoOrdinator: "nurse b"}}
	s.Assessed = d(2024, 1, 1)
	var out review.Summary
	policy := review.SummaryPolicy{Contacts: 2, Measures: []review.Measure{{Name: "hba1c", Title: "HbA1c", Codes: []registry.Code{hba1c}}}}
	review.Summarise(s, d(2024, 6, 1), policy, &out)
	b, err := json.Marshal(&out)
	want := `{"person":"p","as_of":"2024-06-01","age":74,"provider":"dr a","level":"2","registers":[{"register":"copd","since":"2020-01-01"},{"register":"ckd","since":"2024-05-10"}],` +
		`"values":[{"measure":"hba1c","title":"HbA1c","value":"7.1 %","on":"2024-05-01","fact":"l","before_on":"","trend":"not known","values":1,"empty":0}],` +
		`"gaps":[{"key":"spirometry","title":"spirometry","rule":"","class":"treatment","state":"overdue","due":"2024-01-01","priority":1,"last":"","closes":"a test"}],` +
		`"plan":{"state":"current","plan":"plan","review_due":"2025-01-01"},"lacking":[],"medicines":[],` +
		`"contacts":[{"on":"2024-05-10","outcome":"reached"},{"on":"2024-04-01","outcome":"no answer"}]}`
	if err != nil || string(b) != want {
		t.Errorf("%s %v", b, err)
	}
	dead := &review.Subject{Patient: &registry.Patient{Death: registry.At(d(2024, 6, 1))}}
	if review.Summarise(dead, d(2024, 6, 1), policy, &out); !out.Dead || out.Age != -1 || len(out.Contacts) != 0 || len(out.Values) != 0 {
		t.Errorf("%+v", out)
	}
	if review.Summarise(dead, d(2024, 5, 31), policy, &out); out.Dead {
		t.Error("dead before the day")
	}
}

// From recommendations to the page: what a plan finds on the day before an admission.
func TestFromPlanToReview(t *testing.T) {
	spirometry := registry.Query{Kind: registry.Procedure, Codes: []registry.Code{{System: "urn:t", Value: "spirometry"}}}
	smoking := registry.Query{Kind: registry.Observation, Codes: []registry.Code{{System: "urn:t", Value: "smoking"}}}
	plan, err := recall.Compile(nil,
		recall.Recommendation{ID: "copd.mild", Version: "2018", Key: "spirometry", Title: "Spirometry", Evidence: spirometry, Timing: recall.Timing{Interval: months(12)}, Priority: 1, Grade: "read", Class: recall.DiagnosisClass},
		recall.Recommendation{ID: "copd.smoke", Key: "smoking", Title: "Smoking", Evidence: smoking, EachVisit: true, Class: recall.Prevention})
	if err != nil {
		t.Fatal(err)
	}
	s := subject()
	done := registry.Fact{ID: "f1", Kind: registry.Procedure, Codes: spirometry.Codes, When: registry.On(d(2023, 5, 8))}
	late := done
	late.ID, late.When = "f2", registry.On(d(2024, 5, 10)) // on the day of admission: too late to count
	s.Patient.Facts = append(s.Patient.Facts, done, late)
	admission := &s.Patient.Facts[4]
	chart, day := plan.Chart(), review.Before(admission)
	chart.LoadAsOf(s.Patient, day)
	s.Gaps = plan.Gaps(chart, nil, day, day, nil)
	r := review.UnplannedReview(s, admission, nil, review.ReviewPolicy{})
	if len(r.Open) != 2 {
		t.Fatalf("%+v", r.Open)
	}
	if p := r.Open[0]; p.Rule != "copd.mild" || p.Version != "2018" || p.State != recall.Overdue || p.Due != d(2024, 5, 8) || p.Last != "f1" || p.Grade != "read" || p.Class != recall.DiagnosisClass || !strings.Contains(p.Closes, "procedure of spirometry") || fmt.Sprint(p.Reasons) != "[DateOutOfRange]" {
		t.Errorf("%+v", p)
	}
	if p := r.Open[1]; p.Rule != "copd.smoke" || p.State != recall.Due || p.Due != 0 || p.Class != recall.Prevention {
		t.Errorf("%+v", p)
	}
}

// What happens after the day changes nothing of a summary, nor does the order of facts.
func TestSummaryLaw(t *testing.T) {
	asOf := d(2024, 6, 1)
	policy := review.SummaryPolicy{Measures: []review.Measure{{Name: "hba1c", Codes: []registry.Code{hba1c}}}}
	trends := map[review.Trend]int{}
	meds := 0
	lawtest.Until(t, func(t *rapid.T) {
		p := &registry.Patient{ID: "p"}
		for i := range rapid.IntRange(0, 6).Draw(t, "facts") {
			on := asOf.AddDays(-rapid.IntRange(0, 5).Draw(t, "on"))
			f := lab(fmt.Sprint("f", i), on, rapid.Int64Range(70, 72).Draw(t, "value"), -1, "%")
			if rapid.IntRange(0, 2).Draw(t, "drug") == 0 {
				f = registry.Fact{ID: f.ID, Kind: registry.MedicationDispense, Status: registry.Completed, Codes: []registry.Code{drug}, When: registry.On(on), Supply: &registry.Supply{Start: on, Days: registry.Num(int64(rapid.IntRange(1, 5).Draw(t, "days")), 0)}}
			}
			p.Facts = append(p.Facts, f)
		}
		s := &review.Subject{Patient: p}
		var a, b review.Summary
		review.Summarise(s, asOf, policy, &a)
		for _, v := range a.Values {
			trends[v.Trend]++
		}
		meds += len(a.Medicines)
		q := *p
		q.Facts = append(slices.Clone(p.Facts), lab("later", asOf+1, 99, -1, "%"), registry.Fact{ID: "later", Kind: registry.MedicationOrder, Status: registry.Stopped, Codes: []registry.Code{drug}, When: registry.On(asOf + 1)})
		slices.Reverse(q.Facts)
		review.Summarise(&review.Subject{Patient: &q}, asOf, policy, &b)
		x, _ := json.Marshal(&a)
		y, _ := json.Marshal(&b)
		if string(x) != string(y) {
			t.Fatalf("%s\n%s", x, y)
		}
	}, func() bool { return len(trends) == 4 && meds > 0 })
}

func TestMovement(t *testing.T) {
	m := review.Movement([]review.Member{{"c", "score"}, {"a", "score"}, {"b", "stay"}, {"a", "again"}}, []review.Member{{"d", "score"}, {"b", "score"}}, []review.Member{{"a", "died"}})
	b, err := json.Marshal(m)
	if err != nil || string(b) != `{"joined":[{"id":"d","why":"score"}],"stayed":[{"id":"b","why":"score","was":"stay"}],"left":[{"id":"a","why":"died","was":"score"},{"id":"c","was":"score"}]}` {
		t.Errorf("%s %v", b, err)
	}
}

func TestMovementLaw(t *testing.T) {
	moved := 0
	lawtest.Until(t, func(t *rapid.T) {
		list := func(name string) (out []review.Member) {
			for _, id := range rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c", "d", "e"}), 0, 6).Draw(t, name) {
				out = append(out, review.Member{ID: id})
			}
			return out
		}
		a, b := list("before"), list("after")
		m, back := review.Movement(a, b, nil), review.Movement(b, a, nil)
		distinct := func(ms []review.Member) int {
			seen := map[string]bool{}
			for _, x := range ms {
				seen[x.ID] = true
			}
			return len(seen)
		}
		if len(m.Stayed)+len(m.Left) != distinct(a) || len(m.Stayed)+len(m.Joined) != distinct(b) {
			t.Fatal("people are lost", m)
		}
		if fmt.Sprint(m.Joined) != fmt.Sprint(back.Left) || len(m.Left) != len(back.Joined) {
			t.Fatal("not the reverse of going back", m, back)
		}
		moved += len(m.Joined) + len(m.Left)
	}, func() bool { return moved > 0 })
}

func TestCompare(t *testing.T) {
	dx := registry.Code{System: "urn:t", Value: "dx"}
	old := registry.Code{System: "urn:t", Value: "old"}
	exists := func(c registry.Code) registry.Definition {
		return registry.Exists{Query: registry.Query{Kind: registry.Diagnosis, Codes: []registry.Code{c}}}
	}
	b := registry.NewBinder(nil)
	before := registry.All{registry.Any{exists(dx), exists(old)}, registry.AgeAt{At: registry.PeriodEnd(), Min: 18}}.Bind(b)
	after := registry.All{exists(dx), registry.AgeAt{At: registry.PeriodEnd(), Min: 17}}.Bind(b)
	lex, err := b.Lexicon()
	if err != nil {
		t.Fatal(err)
	}
	person := func(id string, birth registry.Date, codes ...registry.Code) *registry.Patient {
		p := &registry.Patient{ID: id, Birth: birth}
		for _, c := range codes {
			p.Facts = append(p.Facts, registry.Fact{ID: id + c.Value, Kind: registry.Diagnosis, Status: registry.Active, Codes: []registry.Code{c}, When: registry.Since(d(2020, 1, 1))})
		}
		return p
	}
	people := []*registry.Patient{person("adult", d(1950, 1, 1), dx), person("of 17", d(2007, 6, 1), dx), person("old code", d(1950, 1, 1), old), person("well", d(1950, 1, 1))}
	c := review.Compare(before, after, registry.NewChart(lex), slices.Values(people), registry.CalendarYear(2024))
	got := fmt.Sprint(c.Both, c.Neither, c.Entered, c.Left)
	want := "1 1 [{of 17 [before not met: age 18 or older at the end of the period now met: age 17 or older at the end of the period] [of 17dx]}] [{old code [before met: there is a diagnosis of old before met: age 18 or older at the end of the period now not met: there is a diagnosis of dx] []}]"
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	// a new exclusion
	b = registry.NewBinder(nil)
	plain, excluded := exists(dx).Bind(b), registry.All{exists(dx), registry.Not{Of: exists(old)}}.Bind(b)
	lex2, err := b.Lexicon()
	if err != nil {
		t.Fatal(err)
	}
	c = review.Compare(plain, excluded, registry.NewChart(lex2), slices.Values([]*registry.Patient{person("both", 0, dx, old)}), registry.CalendarYear(2024))
	if got := fmt.Sprint(c.Left); got != "[{both [now met: there is a diagnosis of old] [bothold]}]" {
		t.Error(got)
	}
	// a definition and itself: nobody moves, everybody is counted
	for _, x := range []registry.Criterion{before, after} {
		same := review.Compare(x, x, registry.NewChart(lex), slices.Values(people), registry.CalendarYear(2024))
		if len(same.Entered)+len(same.Left) != 0 || same.Both+same.Neither != 4 {
			t.Errorf("%+v", same)
		}
	}
}

func BenchmarkSummarise(b *testing.B) {
	s := subject()
	for i := range 200 {
		s.Patient.Facts = append(s.Patient.Facts, lab(fmt.Sprint("l", i), d(2024, 5, 1).AddDays(-i), 71, -1, "%"))
	}
	policy := review.SummaryPolicy{Measures: []review.Measure{{Name: "hba1c", Codes: []registry.Code{hba1c}}, {Name: "systolic", Codes: []registry.Code{systolic}}}}
	var out review.Summary
	b.ReportAllocs()
	for b.Loop() {
		review.Summarise(s, d(2024, 6, 1), policy, &out)
	}
}

func TestCoverageDoesNotAllocate(t *testing.T) {
	p := review.Planned{Plans: []review.CarePlan{{ID: "a", Status: registry.Active, Created: d(2024, 1, 1)}}, Registers: []string{"dm"}}
	var c review.Coverage
	c.Add(&p, d(2024, 6, 1), review.PlanPolicy{})
	if n := testing.AllocsPerRun(10, func() { c.Add(&p, d(2024, 6, 1), review.PlanPolicy{}) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

// Nothing in a record makes showing it panic.
func TestOddFactsLaw(t *testing.T) {
	units, err := completeness.LoadUnits()
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	lawtest.Until(t, func(t *rapid.T) {
		asOf := rapid.SampledFrom([]registry.Date{0, 1, 738000, registry.MaxDate}).Draw(t, "asOf")
		s := &review.Subject{Patient: &registry.Patient{Birth: rapid.SampledFrom([]registry.Date{-1, 0, 1, 700000}).Draw(t, "birth"), Facts: registrytest.OddFacts(hba1c, drug).Draw(t, "odd facts")}, Assessed: rapid.SampledFrom([]registry.Date{-1, 0, registry.MaxDate}).Draw(t, "assessed"), Plans: plans(t, 2)}
		var out review.Summary
		review.Summarise(s, asOf, review.SummaryPolicy{Units: units, Measures: []review.Measure{{Name: "hba1c", Codes: []registry.Code{hba1c}}}}, &out)
		for i := range s.Patient.Facts {
			review.UnplannedReview(s, &s.Patient.Facts[i], []string{"a"}, review.ReviewPolicy{})
		}
		n += len(out.Values) + len(out.Medicines)
	}, func() bool { return n > 0 })
}
