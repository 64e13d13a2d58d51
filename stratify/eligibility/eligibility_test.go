package eligibility

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/stratify/evaluate"
	"github.com/chroniccare/chroniccare/stratify/tier"
	"pgregory.net/rapid"
)

func programme(t testing.TB, id string) *Programme {
	t.Helper()
	p, err := New(id, Parameters{LookBackMonths: 12})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// full answers every input of a programme so that it is met, but for what is given.
func full(p *Programme, but Inputs) Inputs {
	in := Inputs{}
	for _, c := range p.Routes[0].All {
		in[c.Input] = Yes()
		if c.Not {
			in[c.Input] = No()
		}
		if c.Input.number() {
			in[c.Input] = Number(c.Min)
		}
	}
	for i, a := range but {
		in[i] = a
	}
	return in
}

// Rows of the source documents.
func TestGoldenRows(t *testing.T) {
	for _, c := range []struct {
		id   string
		but  Inputs
		want Answered
	}{
		{"evercare", Inputs{Age: Number(66), EmergencyAdmissions: Number(2), Referred: No()}, IsEligible},
		{"evercare", Inputs{Age: Number(65), EmergencyAdmissions: Number(2), Referred: No()}, NotEligible},
		{"evercare", Inputs{Age: Number(66), EmergencyAdmissions: Number(1), Referred: No()}, NotEligible},
		{"evercare", Inputs{Age: Number(50), EmergencyAdmissions: Number(0), Referred: Yes()}, IsEligible},
		{"evercare", Inputs{Age: Number(66), EmergencyAdmissions: Number(1)}, CannotTell},
		{"pace", Inputs{Age: Number(55)}, IsEligible},
		{"pace", Inputs{Age: Number(54)}, NotEligible},
		{"pace", Inputs{NursingHomeLevel: {}}, CannotTell},
		{"pace", Inputs{Age: Number(54), NursingHomeLevel: {}}, NotEligible},
		{"pace", Inputs{InArea: No()}, NotEligible},
		{"sipa", Inputs{Age: Number(64)}, IsEligible},
		{"sipa", Inputs{Age: Number(63)}, NotEligible},
		{"sipa", Inputs{CarerWilling: No()}, NotEligible},
		{"sipa", Inputs{InCommunity: No()}, NotEligible},
		{"prisma", Inputs{Age: Number(65), ServicesNeeded: Number(2)}, IsEligible},
		{"prisma", Inputs{Age: Number(65), ServicesNeeded: Number(1)}, NotEligible},
		{"prisma", Inputs{Age: Number(64)}, NotEligible},
		{"prisma", Inputs{CanStayHome: No()}, NotEligible},
		{"rovereto", nil, IsEligible},
		{"rovereto", Inputs{Frail: No()}, NotEligible},
		{"vittorio-veneto", Inputs{InCommunity: No()}, NotEligible},
		{"touchpoint", nil, IsEligible},
		{"touchpoint", Inputs{PoorlyControlled: No()}, NotEligible},
		{"participation", nil, IsEligible},
		{"participation", Inputs{OptedOut: Yes()}, NotEligible},
		{"participation", Inputs{Linked: No()}, NotEligible},
		{"sipa-priority", Inputs{ChronicConditions: Number(2)}, IsEligible},
		{"sipa-priority", Inputs{ChronicConditions: Number(1), Disabilities: Number(1), LivesAlone: No()}, NotEligible},
		{"sipa-priority", Inputs{ChronicConditions: Number(1), Disabilities: Number(1), LivesAlone: Yes()}, IsEligible},
		{"us-groups-older", Inputs{Age: Number(65), ChronicConditions: Number(1)}, IsEligible},
		{"us-groups-older", Inputs{Age: Number(64)}, NotEligible},
		{"us-groups-older", Inputs{ChronicConditions: Number(0)}, NotEligible},
		{"us-groups-frail", nil, IsEligible},
		{"us-groups-complex", Inputs{ComplexNeeds: No()}, NotEligible},
		{"ccht", nil, IsEligible},
		{"whole-system-demonstrator", Inputs{Vulnerable: No()}, NotEligible},
		{"named-diseases", nil, IsEligible},
		{"costly-conditions", Inputs{CostlyCondition: No()}, NotEligible},
		{"catastrophic", nil, IsEligible},
	} {
		p := programme(t, c.id)
		if e := p.Evaluate(full(p, c.but)); e.Answer != c.want || e.Met != (c.want == IsEligible) || (e.Route != "") != e.Met {
			t.Errorf("%s %v: %+v, want %s", c.id, c.but, e, c.want)
		}
	}
	for _, c := range []struct {
		in       Inputs
		want     int
		possible []int
	}{
		{Inputs{Stable: Yes(), AcuteExacerbation: No()}, 1, nil},
		{Inputs{Stable: Yes(), AcuteExacerbation: Yes()}, 2, nil},
		{Inputs{Stable: No(), NeedsIntensive: No()}, 2, nil},
		{Inputs{Stable: No(), NeedsIntensive: Yes()}, 3, nil},
		{Inputs{Stable: Yes(), AcuteExacerbation: Yes(), NeedsIntensive: Yes()}, 2, nil},
		{Inputs{Stable: No()}, 0, []int{3, 2}},
		{Inputs{}, 0, []int{3, 2, 1}},
		{Inputs{AcuteExacerbation: No(), NeedsIntensive: No()}, 0, []int{2, 1}},
	} {
		if x := KaiserLevels().Evaluate(c.in); x.Level != c.want || !slices.Equal(x.Possible, c.possible) {
			t.Errorf("%v: %+v, want %d %v", c.in, x, c.want, c.possible)
		}
	}
	for _, c := range []struct {
		in   Inputs
		want int
	}{
		{Inputs{VeryComplex: Yes()}, 4},
		{Inputs{VeryComplex: No(), PoorlyControlled: No(), RecentlyDischarged: Yes()}, 3},
		{Inputs{VeryComplex: No(), PoorlyControlled: No(), RecentlyDischarged: No(), MinorIssue: Yes()}, 2},
		{Inputs{VeryComplex: No(), PoorlyControlled: No(), RecentlyDischarged: No(), MinorIssue: No()}, 1},
		{Inputs{VeryComplex: No(), PoorlyControlled: No(), MinorIssue: Yes()}, 0},
	} {
		if x := BrentTiers().Evaluate(c.in); x.Level != c.want {
			t.Errorf("%v: %+v, want %d", c.in, x, c.want)
		}
	}
	rate := func(a, b int64) registry.Rate { return registry.Rate{Num: a, Den: b} }
	size := func(p *tier.Pyramid, err error, n int) int {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		people := make([]tier.Person, n)
		for i := range people {
			people[i] = tier.Person{ID: fmt.Sprint(i), Score: float64(i % 977)}
		}
		r, err := p.Assign(people)
		if err != nil {
			t.Fatal(err)
		}
		return r.Levels[0].People
	}
	for _, c := range []struct {
		make  func(registry.Rate) (*tier.Pyramid, error)
		share registry.Rate
		n     int
		want  int
	}{
		{HealthPartners, rate(5, 1000), 100_000, 500}, {HealthPartners, rate(1, 100), 100_000, 1000},
		{HealthPartnersDiabetes, rate(2, 100), 4000, 80}, {HealthPartnersDiabetes, rate(5, 100), 4000, 200},
		{StudyPlans, rate(1, 100), 1001, 11}, {StudyPlans, rate(5, 100), 1000, 50},
	} {
		p, err := c.make(c.share)
		if got := size(p, err, c.n); got != c.want {
			t.Errorf("%v of %d: %d, want %d", c.share, c.n, got, c.want)
		}
	}
	if got := size(Anthem(), nil, 1001); got != 11 {
		t.Error("Anthem:", got)
	}
	if a, b, err := ProvenHealth(1000); a != 7 || b != 8 || err != nil {
		t.Error(a, b, err)
	}
	for _, bad := range []func() (*tier.Pyramid, error){
		func() (*tier.Pyramid, error) { return HealthPartners(rate(11, 1000)) },
		func() (*tier.Pyramid, error) { return HealthPartners(rate(4, 1000)) },
		func() (*tier.Pyramid, error) { return HealthPartnersDiabetes(rate(1, 100)) },
		func() (*tier.Pyramid, error) { return StudyPlans(rate(6, 100)) },
		func() (*tier.Pyramid, error) { return StudyPlans(registry.Rate{}) },
	} {
		if _, err := bad(); !errors.Is(err, ErrParameter) {
			t.Error(err)
		}
	}
}

// Every row of the table stands, with its source and where it is; every programme belongs
// to a row.
func TestEverySystem(t *testing.T) {
	seen := map[string]bool{}
	for i, s := range Systems() {
		if s.Row != fmt.Sprint("S", i+1) || s.Name == "" || s.Rule == "" || s.Source == "" || s.API == "" || s.Open == "" {
			t.Errorf("%+v", s)
		}
		for _, id := range s.IDs {
			p := programme(t, id)
			seen[id] = true
			if p.Row != s.Row || p.Source != s.Source || p.ID != id || len(p.Notes) == 0 && id != "prisma" {
				t.Errorf("%+v", p)
			}
			if e := p.Evaluate(full(p, nil)); !e.Met || len(e.Against) > 0 && len(p.Routes) == 1 {
				t.Errorf("%s cannot be met: %+v", id, e)
			}
			if !strings.HasPrefix(p.String(), p.Name+"\n- ") {
				t.Errorf("%s: %s", id, p)
			}
		}
	}
	if len(Systems()) != 27 || len(seen) != 17 {
		t.Errorf("%d systems, %d programmes", len(Systems()), len(seen))
	}
	if KaiserLevels().Source != "000:985-991" || BrentTiers().Source != "003:135" {
		t.Error("levels without a source")
	}
}

func TestBadInput(t *testing.T) {
	for _, c := range []struct {
		id   string
		p    Parameters
		want error
	}{{"evercare", Parameters{}, ErrParameter}, {"", Parameters{}, ErrProgramme}, {"PACE", Parameters{}, ErrProgramme},
		{"pace", Parameters{Several: -1}, ErrParameter}, {"evercare", Parameters{LookBackMonths: -2}, ErrParameter}, {"us-groups-older", Parameters{OlderAge: -1}, ErrParameter}} {
		if _, err := New(c.id, c.p); !errors.Is(err, c.want) {
			t.Errorf("%q %+v: %v", c.id, c.p, err)
		}
	}
	if _, err := programme(t, "sipa").Definition(nil); !errors.Is(err, ErrParameter) || !strings.Contains(err.Error(), string(CarerWilling)) || !strings.Contains(err.Error(), string(InArea)) {
		t.Error(err)
	}
	if _, err := (VirtualWard{Beds: -1, ReviewDays: 1}).Update(nil, nil, nil, 0); !errors.Is(err, tier.ErrCapacity) {
		t.Error(err)
	}
	if _, err := Targeting([]bool{true}, nil, nil, nil); !errors.Is(err, evaluate.ErrLength) {
		t.Error(err)
	}
	if _, err := Targeting([]bool{true}, []int{-1}, []int{1}, nil); !errors.Is(err, evaluate.ErrNegative) {
		t.Error(err)
	}
	if e := programme(t, "pace").Evaluate(Inputs{Age: Number(-3)}); e.Answer != CannotTell {
		t.Error("a negative age is not known:", e)
	}
	if n := (Prior{N: 1, Months: 12}).Count([]Stay{{}, {Emergency: true}}, registry.Day(2026, 1, 1)); n != 0 {
		t.Error("a stay without a day counts")
	}
	if (Prior{Months: 1}).Check() == nil || (Prior{N: 1}).Check() == nil {
		t.Error("accepted")
	}
}

func TestPriorUse(t *testing.T) {
	d := registry.Day
	index := d(2026, 6, 15)
	p := Prior{N: 1, Months: 12}
	for _, c := range []struct {
		name  string
		stays []Stay
		only  bool
		want  int
	}{
		{"first day of the window", []Stay{{Admitted: d(2025, 6, 15), Discharged: d(2025, 6, 16)}}, false, 1},
		{"day before the window", []Stay{{Admitted: d(2025, 6, 14), Discharged: d(2025, 6, 16)}}, false, 0},
		{"index date", []Stay{{Admitted: index, Discharged: index}}, false, 0},
		{"day before the index date", []Stay{{Admitted: d(2026, 6, 14)}}, false, 1},
		{"transfer on the day", []Stay{{d(2026, 1, 1), d(2026, 1, 4), true}, {d(2026, 1, 4), d(2026, 1, 9), true}}, false, 1},
		{"transfer on the next day", []Stay{{d(2026, 1, 5), d(2026, 1, 9), true}, {d(2026, 1, 1), d(2026, 1, 4), true}}, false, 1},
		{"two days later", []Stay{{d(2026, 1, 1), d(2026, 1, 4), true}, {d(2026, 1, 6), d(2026, 1, 9), true}}, false, 2},
		{"within another", []Stay{{d(2026, 1, 1), d(2026, 1, 30), true}, {d(2026, 1, 5), d(2026, 1, 6), true}, {d(2026, 1, 29), d(2026, 2, 2), true}, {d(2026, 2, 3), d(2026, 2, 4), true}}, false, 1},
		{"one that goes on", []Stay{{d(2026, 1, 1), 0, true}, {d(2026, 3, 5), d(2026, 3, 6), true}}, false, 1},
		{"one within another that goes on", []Stay{{d(2026, 1, 1), 0, true}, {d(2026, 1, 2), d(2026, 1, 3), true}, {d(2026, 3, 5), d(2026, 3, 6), true}}, false, 1},
		{"started before the window", []Stay{{d(2025, 6, 1), d(2025, 6, 20), true}, {d(2025, 6, 21), d(2025, 6, 25), true}}, false, 0},
		{"emergencies only", []Stay{{d(2026, 1, 1), d(2026, 1, 4), false}, {d(2026, 1, 5), d(2026, 1, 9), true}, {d(2026, 3, 5), d(2026, 3, 6), true}}, true, 1},
		{"discharge before admission", []Stay{{d(2026, 1, 5), d(2026, 1, 1), true}, {d(2026, 1, 6), d(2026, 1, 7), true}}, false, 1},
	} {
		q := p
		q.EmergencyOnly = c.only
		slices.Reverse(c.stays)
		if got := q.Count(c.stays, index); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
}

func TestVirtualWardReviews(t *testing.T) {
	w := VirtualWard{Beds: 3, ReviewDays: 28}
	people := []tier.Person{{ID: "a", Score: 9}, {ID: "b", Score: 8}, {ID: "c", Score: 7}}
	day := registry.Day(2026, 3, 1)
	in := func(id string, since registry.Date) tier.Member { return tier.Member{ID: id, Level: 1, Since: since} }
	before := []tier.Member{in("a", day.AddDays(-28)), in("b", day.AddDays(-27)), in("c", day.AddDays(-90))}
	l, err := w.Update(people, before, map[string]registry.Date{"c": day.AddDays(-5)}, day)
	if err != nil || fmt.Sprint(l.Due, l.Stays, l.Admitted, l.Leaves) != "[a] [a b c] [] []" {
		t.Error(l, err)
	}
	if l, err = w.Update(people, before, map[string]registry.Date{"c": day.AddDays(-28)}, day); err != nil || fmt.Sprint(l.Due) != "[a c]" {
		t.Error(l, err)
	}
}

func TestTargetingCounts(t *testing.T) {
	x, err := Targeting([]bool{true, true, true, false, false}, []int{2, 2, 3, 0, 0}, []int{1, 4, 0, 2, 0}, nil)
	if err != nil || x.Table != (evaluate.Table{TP: 2, FP: 1, FN: 1, TN: 1}) || x.Admissions != (registry.Rate{Num: 5, Den: 7}) {
		t.Errorf("%+v %v", x, err)
	}
}

// More knowledge never overturns an answer, and reasons are complete.
func TestKnowledgeLaw(t *testing.T) {
	seen := map[string]int{}
	lawtest.Check(t, seen, func(t *rapid.T) {
		var ids []string
		for _, s := range Systems() {
			ids = append(ids, s.IDs...)
		}
		id := rapid.SampledFrom(ids).Draw(t, "id")
		p, err := New(id, Parameters{LookBackMonths: 6})
		if err != nil {
			t.Fatal(err)
		}
		some, all := Inputs{}, Inputs{}
		for _, i := range p.Inputs() {
			a := Number(rapid.IntRange(0, 1).Draw(t, "answer"))
			if i == Age {
				a = Number(rapid.IntRange(50, 80).Draw(t, "age"))
			} else if i.number() {
				a = Number(rapid.IntRange(0, 4).Draw(t, "number"))
			}
			all[i] = a
			if rapid.Bool().Draw(t, "known") {
				some[i] = a
			}
		}
		e, f := p.Evaluate(some), p.Evaluate(all)
		seen[string(e.Answer)]++
		if f.Answer == CannotTell || e.Answer != CannotTell && e.Answer != f.Answer {
			t.Fatalf("%s: %+v, then %+v", id, e, f)
		}
		n := 0
		for _, r := range p.Routes {
			n += len(r.All)
		}
		if len(e.For)+len(e.Against)+len(e.Missing) != n || e.Met != (e.Answer == IsEligible) || e.Answer == CannotTell && len(e.Missing) == 0 || e.Answer == NotEligible && len(e.Against) == 0 {
			t.Fatalf("%+v", e)
		}
		for _, l := range []*Levels{KaiserLevels(), BrentTiers()} {
			some, all := Inputs{}, Inputs{}
			for _, level := range l.Levels {
				for _, r := range level.Any {
					for _, c := range r.All {
						if _, done := all[c.Input]; done {
							continue
						}
						all[c.Input] = Number(rapid.IntRange(0, 1).Draw(t, "flag"))
						if rapid.Bool().Draw(t, "known") {
							some[c.Input] = all[c.Input]
						}
					}
				}
			}
			x, y := l.Evaluate(some), l.Evaluate(all)
			if x.Level != 0 {
				seen["level"]++
			} else {
				seen["unknown level"]++
			}
			if y.Level == 0 || x.Level != 0 && x.Level != y.Level || x.Level == 0 && !slices.Contains(x.Possible, y.Level) {
				t.Fatalf("%+v, then %+v", x, y)
			}
		}
	},
		string(IsEligible), string(NotEligible), string(CannotTell), "level", "unknown level")
}

var flagCode = registry.Code{System: "urn:local", Value: "flag"}

// On a chart a programme holds when it is met with all inputs known, and the finding
// agrees.
func TestChartLaw(t *testing.T) {
	seen := map[bool]int{}
	index := registry.Day(2026, 6, 15)
	inpatient := registry.Query{Kind: registry.Encounter, Tests: []registry.Test{registry.ClassIn("IMP", "EMER")}}
	emergency := registry.Query{Kind: registry.Encounter, Tests: []registry.Test{registry.ClassIn("EMER")}}
	lawtest.Until(t, func(t *rapid.T) {
		p, err := New("evercare", Parameters{LookBackMonths: 12})
		if err != nil {
			t.Fatal(err)
		}
		prior := Prior{N: 2, EmergencyOnly: true, Months: 12}
		def, err := p.Definition(map[Input]registry.Definition{
			EmergencyAdmissions: prior.Definition(inpatient, emergency),
			Referred:            registry.Exists{Query: registry.Query{Kind: registry.Observation, Codes: []registry.Code{flagCode}}},
		})
		if err != nil {
			t.Fatal(err)
		}
		b := registry.NewBinder(nil)
		c := def.Bind(b)
		lexicon, err := b.Lexicon()
		if err != nil {
			t.Fatal(err)
		}
		who := registry.Patient{ID: "a", Birth: index.AddYears(-rapid.IntRange(64, 67).Draw(t, "age")).AddDays(rapid.IntRange(-1, 1).Draw(t, "days"))}
		var stays []Stay
		for i := range rapid.IntRange(0, 5).Draw(t, "stays") {
			s := Stay{Admitted: index.AddDays(-rapid.IntRange(0, 400).Draw(t, "in")), Emergency: rapid.IntRange(0, 3).Draw(t, "urgent") > 0}
			s.Discharged = s.Admitted.AddDays(rapid.IntRange(0, 9).Draw(t, "out"))
			stays = append(stays, s)
			class := "IMP"
			if s.Emergency {
				class = "EMER"
			}
			who.Facts = append(who.Facts, registry.Fact{ID: fmt.Sprint(i), Kind: registry.Encounter, Status: registry.Finished,
				When: registry.Span{Start: registry.Moment{Day: s.Admitted}, End: registry.Moment{Day: s.Discharged}}, Visit: &registry.Visit{Class: class}})
		}
		in := Inputs{Age: Number(who.AgeOn(index)), EmergencyAdmissions: Number(prior.Count(stays, index)), Referred: No()}
		if rapid.IntRange(0, 5).Draw(t, "referred") == 0 {
			in[Referred] = Yes()
			who.Facts = append(who.Facts, registry.Fact{ID: "r", Kind: registry.Observation, Status: registry.Final, Codes: []registry.Code{flagCode}, When: registry.On(index.AddDays(-9))})
		}
		period := registry.Period{Start: index.AddYears(-1), End: index}
		chart := lexicon.Chart(&who)
		e := p.Evaluate(in)
		f := c.Explain(chart, period)
		if c.Holds(chart, period) != e.Met || f.Met != e.Met {
			t.Fatalf("chart %v, inputs %+v\n%s", c.Holds(chart, period), e, f.Text())
		}
		seen[e.Met]++
	}, func() bool { return seen[true] > 0 && seen[false] > 0 })
}

// Merging stays does not depend on their order or on repetition.
func TestPriorUseLaw(t *testing.T) {
	index := registry.Day(2026, 6, 15)
	rapid.Check(t, func(t *rapid.T) {
		var stays []Stay
		for range rapid.IntRange(0, 8).Draw(t, "n") {
			in := index.AddDays(-rapid.IntRange(-5, 60).Draw(t, "in"))
			stays = append(stays, Stay{in, in.AddDays(rapid.IntRange(0, 6).Draw(t, "out")), rapid.Bool().Draw(t, "urgent")})
		}
		p := Prior{N: 1, EmergencyOnly: rapid.Bool().Draw(t, "only"), Months: 1}
		n := p.Count(stays, index)
		if m := p.Count(rapid.Permutation(append(slices.Clone(stays), stays...)).Draw(t, "order"), index); m != n {
			t.Fatalf("%d, then %d of %+v", n, m, stays)
		}
		if n > len(stays) {
			t.Fatal(n)
		}
		loose := p
		loose.EmergencyOnly = false
		longer := p
		longer.Months = 2
		if loose.Count(stays, index) < n || longer.Count(stays, index) < n {
			t.Fatal("a looser rule counts less")
		}
	})
}

func BenchmarkEvaluate(b *testing.B) {
	p := programme(b, "prisma")
	in := full(p, nil)
	b.ReportAllocs()
	for b.Loop() {
		if !p.Evaluate(in).Met {
			b.Fatal("not met")
		}
	}
}

// The status table of the README has every row with its source.
func TestReadmeHasEverySystem(t *testing.T) {
	text, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range Systems() {
		if row := fmt.Sprintf("| %s | %s | %s | `%s` | %s |", s.Row, s.Name, s.Rule, strings.ReplaceAll(s.API, ", ", "`, `"), s.Source); !strings.Contains(string(text), row) {
			t.Errorf("the README lacks\n%s", row)
		}
	}
}
