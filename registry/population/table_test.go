package population_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/population"
	"pgregory.net/rapid"
)

type person struct {
	ID      string
	Sex     string
	Age     int
	Reg     []string
	Last    registry.Date
	Control population.Control
	Level   int
	Score   int64
}

func id(p *person) string { return p.ID }

func bySex() population.Key[*person] {
	return population.Key[*person]{Name: "sex", Order: []string{"female", "male"}, Of: func(p *person) string { return p.Sex }}
}

func byAge(t testing.TB) population.Key[*person] {
	n := func(i int64) *registry.Number { x := registry.Num(i, 0); return &x }
	k, err := population.Bands("age", func(p *person) (registry.Number, bool) { return registry.Num(int64(p.Age), 0), p.Age >= 0 },
		population.Band{Name: "under 40", To: n(40)}, population.Band{Name: "40 to 64", From: n(40), To: n(65)}, population.Band{Name: "65 and over", From: n(65)})
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func onRegisters(partition bool) population.Key[*person] {
	k := population.Key[*person]{Name: "register", Overlap: !partition}
	for _, r := range []string{"asthma", "diabetes"} {
		k.Cells = append(k.Cells, population.Cell[*person]{Name: r, In: func(p *person) bool { return slices.Contains(p.Reg, r) }})
	}
	return k
}

func people() *rapid.Generator[[]*person] {
	one := rapid.Custom(func(t *rapid.T) *person {
		return &person{ID: rapid.StringMatching(`[a-f]{1,2}`).Draw(t, "id"), Sex: rapid.SampledFrom([]string{"female", "male", "other", ""}).Draw(t, "sex"),
			Age: rapid.SampledFrom([]int{-1, 0, 39, 40, 64, 65, 90}).Draw(t, "age"), Reg: rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"asthma", "diabetes", "copd"}), 0, 3, rapid.ID[string]).Draw(t, "registers"),
			Score: rapid.Int64Range(-1, 3).Draw(t, "score")}
	})
	return rapid.SliceOfNDistinct(one, 0, 12, id)
}

// Cells are disjoint and cover, margins add up, refining changes no margin, order of
// people changes nothing.
func TestTableLaws(t *testing.T) {
	ages := byAge(t)
	unknown, overlapped := 0, 0
	lawtest.Until(t, func(t *rapid.T) {
		ps := people().Draw(t, "people")
		table, err := population.Stratify(ps, id, bySex(), ages)
		if err != nil {
			t.Fatal(err)
		}
		in := map[string]int{}
		var sum int64
		for _, c := range table.Cells {
			for _, p := range c.People {
				in[p]++
			}
			if c.Count != int64(len(c.People)) || !slices.IsSorted(c.People) {
				t.Fatalf("%+v", c)
			}
			if slices.Contains(c.Values, population.Unknown) {
				unknown++
			}
			sum += c.Count
		}
		for _, p := range ps {
			if in[p.ID] != 1 {
				t.Fatalf("%s is in %d cells", p.ID, in[p.ID])
			}
		}
		if sum != table.People || len(in) != len(ps) {
			t.Fatal("cells do not cover the population")
		}
		// refining: the margin is the table of one key
		alone, err := population.Stratify(ps, id, bySex())
		if err != nil {
			t.Fatal(err)
		}
		margin, ok := table.Margin("sex")
		if !ok || len(margin) != len(alone.Cells) {
			t.Fatalf("%+v %+v", margin, alone.Cells)
		}
		for i := range margin {
			if margin[i].Count != alone.Cells[i].Count || !slices.Equal(margin[i].People, alone.Cells[i].People) {
				t.Fatalf("%+v %+v", margin[i], alone.Cells[i])
			}
		}
		// order
		other := slices.Clone(ps)
		rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1)).Shuffle(len(other), func(i, j int) { other[i], other[j] = other[j], other[i] })
		if again, err := population.Stratify(other, id, bySex(), ages); err != nil || !reflect.DeepEqual(again, table) {
			t.Fatal("order matters")
		}
		list := table.OneWay()
		if list.RowTotals[0].N != table.People || len(list.Cols) != len(table.Cells) {
			t.Fatal(list.Text())
		}
		if hidden, err := list.Suppress(population.Disclosure{Threshold: 2}); err != nil || len(hidden.Cells[0]) != len(table.Cells) {
			t.Fatal(err)
		}
		// cross table against the cells
		g, err := population.CrossTab(ps, id, bySex(), ages)
		if err != nil {
			t.Fatal(err)
		}
		if g.Total.N != int64(len(ps)) {
			t.Fatal(g.Text())
		}
		for i := range g.Rows {
			var n int64
			for _, c := range g.Cells[i] {
				n += c.N
			}
			if n != g.RowTotals[i].N || n != margin[i].Count {
				t.Fatal(g.Text())
			}
		}
		// a partition that is none is reported, one that says so has no totals
		part, err := population.Stratify(ps, id, onRegisters(true))
		if err != nil {
			t.Fatal(err)
		}
		var both []string
		for _, p := range ps {
			if slices.Contains(p.Reg, "asthma") && slices.Contains(p.Reg, "diabetes") {
				both = append(both, p.ID)
			}
		}
		slices.Sort(both)
		if !slices.Equal(part.Overlaps, both) || part.Multiple {
			t.Fatalf("%v, want %v", part.Overlaps, both)
		}
		overlapped += len(both)
		multi, err := population.CrossTab(ps, id, onRegisters(false), bySex())
		if err != nil || multi.RowTotals != nil || multi.Total != nil || len(multi.Overlaps) > 0 {
			t.Fatalf("%v %v", multi, err)
		}
		several, err := population.Stratify(ps, id, bySex(), onRegisters(false))
		if err != nil || !several.Multiple {
			t.Fatal(err)
		}
		if several.OneWay().RowTotals != nil {
			t.Fatal("a total of people who are counted twice")
		}
		once, _ := several.Margin("sex") // everybody once, in however many cells
		for i := range margin {
			if once[i].Count != margin[i].Count || !slices.Equal(once[i].People, margin[i].People) {
				t.Fatalf("%+v %+v", once[i], margin[i])
			}
		}
		// counts of one list
		on := func(p *person) bool { return slices.Contains(p.Reg, "asthma") }
		r := population.Prevalence(ps, on)
		if r.Num != int64(len(population.Slice(ps, id, on))) || r.Den != int64(len(ps)) {
			t.Fatal(r)
		}
		top := population.HighestRisk(ps, id, 3, func(p *person) (registry.Number, bool) { return registry.Num(p.Score, 0), p.Score >= 0 })
		for i, a := range top {
			x := ps[slices.IndexFunc(ps, func(p *person) bool { return p.ID == a })]
			for _, p := range ps {
				if better := p.Score > x.Score || p.Score == x.Score && p.ID < x.ID; better && p.Score >= 0 && !slices.Contains(top[:i], p.ID) {
					t.Fatalf("%s before %s: %v", a, p.ID, top)
				}
			}
		}
	}, func() bool { return unknown > 0 && overlapped > 0 })
}

func TestKeyErrors(t *testing.T) {
	n := func(i int64) *registry.Number { x := registry.Num(i, 0); return &x }
	v := func(*person) (registry.Number, bool) { return registry.Number{}, true }
	_, err := population.Bands("age", v, population.Band{Name: "a", To: n(10)}, population.Band{Name: "b", From: n(9), To: n(20)}, population.Band{Name: "b", From: n(25), To: n(22)})
	for _, want := range []string{`"a" and "b" overlap`, `a gap between bands "b" and "b"`, `"b" ends before`, `cell "b" twice`} {
		if err == nil || !strings.Contains(err.Error(), want) || !errors.Is(err, population.ErrDefinition) {
			t.Errorf("no %q in %v", want, err)
		}
	}
	ps := []*person{{ID: "a"}, {ID: "a"}, {}}
	_, err = population.Stratify(ps, id, population.Key[*person]{}, population.Key[*person]{Name: "x", Overlap: true, Order: []string{"unknown", ""}, Of: func(*person) string { return "" }}, population.Key[*person]{Name: "x", Cells: []population.Cell[*person]{{Name: "y"}}})
	for _, want := range []string{"no name", "exactly one of", "can't overlap", `"unknown" makes itself`, "a cell without a name", `key "x" twice`, `"y" has no question`, "person a is there twice", "person 3 has no ID"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("no %q in %v", want, err)
		}
	}
	if _, err := population.Stratify[*person](nil, id); !errors.Is(err, population.ErrDefinition) {
		t.Error(err)
	}
	_, err = population.NewMorbidity([]string{"a", "b", "b"}, population.Family{Name: "f", Registers: []string{"a", "z"}}, population.Family{Name: "f", Registers: []string{"a"}})
	for _, want := range []string{`register "b" has no name, or is there twice`, `"z" is not in the list`, `family "f" has no name, or is there twice`, `"a" is in families "f" and "f"`} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("no %q in %v", want, err)
		}
	}
}

func cellOf(t *testing.T, k population.Key[*person], p *person) string {
	t.Helper()
	p.ID = "p"
	table, err := population.Stratify([]*person{p}, id, k)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range table.Cells {
		if c.Count == 1 {
			return c.Values[0]
		}
	}
	return "none"
}

func TestReadyKeys(t *testing.T) {
	asOf := registry.Day(2024, 8, 31)
	visit := population.ByLastVisit(asOf, func(p *person) registry.Date { return p.Last })
	for d, want := range map[registry.Date]string{0: "never", asOf: "under 6 months", registry.Day(2024, 3, 1): "under 6 months", registry.Day(2024, 2, 29): "6 to 12 months",
		registry.Day(2023, 9, 1): "6 to 12 months", registry.Day(2023, 8, 31): "12 to 24 months", registry.Day(2022, 9, 1): "12 to 24 months", registry.Day(2022, 8, 31): "24 months and more", asOf + 1: "unknown"} {
		if got := cellOf(t, visit, &person{Last: d}); got != want {
			t.Errorf("%v: %s, want %s", d, got, want)
		}
	}
	count := population.ByCount("comorbidities", 2, func(p *person) int { return p.Level })
	level := population.ByLevel(func(p *person) int { return p.Level })
	for n, want := range map[int][2]string{-1: {"unknown", "unknown"}, 0: {"0", "unknown"}, 1: {"1", "level 1"}, 2: {"2 and more", "level 2"}, 3: {"2 and more", "level 3"}, 4: {"2 and more", "unknown"}} {
		if a, b := cellOf(t, count, &person{Level: n}), cellOf(t, level, &person{Level: n}); a != want[0] || b != want[1] {
			t.Errorf("%d: %s, %s", n, a, b)
		}
	}
	control := population.ByControl(func(p *person) population.Control { return p.Control })
	for c, want := range map[population.Control]string{population.AtGoal: "at goal", population.NotAtGoal: "not at goal", population.ControlUnknown: "unknown"} {
		if got := cellOf(t, control, &person{Control: c}); got != want {
			t.Errorf("%v: %s", c, got)
		}
	}
	never := population.NeverAttended(asOf, func(p *person) registry.Date { return p.Last })
	if !never(&person{}) || never(&person{Last: asOf}) || !never(&person{Last: asOf + 1}) {
		t.Error("never attended")
	}
	gaps := population.OpenGaps(2, func(p *person) int { return p.Level })
	if gaps(&person{Level: 1}) || !gaps(&person{Level: 2}) {
		t.Error("open gaps")
	}
	if got := population.HighestRisk([]*person{{ID: "b", Score: 5}, {ID: "a", Score: 5}, {ID: "c", Score: 9}, {ID: "d", Score: -1}}, id, 2, func(p *person) (registry.Number, bool) { return registry.Num(p.Score, 0), p.Score >= 0 }); fmt.Sprint(got) != "[c a]" {
		t.Error(got)
	}
}

func TestCounts(t *testing.T) {
	m, err := population.NewMorbidity([]string{"chd", "diabetes", "ami", "copd"}, population.Family{Name: "heart", Registers: []string{"chd", "ami"}})
	if err != nil {
		t.Fatal(err)
	}
	if n, names := m.Count([]string{"ami", "chd", "copd", "other", "copd"}); n != 2 || fmt.Sprint(names) != "[heart copd]" {
		t.Error(n, names)
	}
	lines := population.MergeLists(population.List{"asthma", []string{"b", "a", "a"}}, population.List{"copd", []string{"a", "c"}})
	if got := fmt.Sprint(lines); got != "[{a [asthma copd]} {b [asthma]} {c [copd]}]" {
		t.Error(got)
	}
	// incidence: new in 2024, of those who were not on it on 31 December 2023
	day := registry.Day
	courses := map[string]population.Course{"new": {day(2024, 5, 1), false}, "old": {day(2020, 1, 1), true}, "left before": {day(2020, 1, 1), false}, "never": {}, "first day": {day(2024, 1, 1), false}, "later": {day(2025, 1, 1), false}}
	var names []string
	for n := range courses {
		names = append(names, n)
	}
	if r := population.Incidence(names, registry.CalendarYear(2024), func(s string) population.Course { return courses[s] }); r != (registry.Rate{Num: 2, Den: 5}) {
		t.Error(r)
	}
	born := map[string]registry.Date{"x": day(2020, 1, 1), "y": day(2022, 6, 1)}
	points := population.Trend([]string{"x", "y"}, []registry.Date{day(2023, 1, 1), day(2021, 1, 1), day(2021, 1, 1)},
		func(s string, d registry.Date) bool { return d >= born[s] }, func(s string, d registry.Date) bool { return s == "x" })
	if got := fmt.Sprint(points); got != "[{2021-01-01 1/1 (100.0 %)} {2023-01-01 1/2 (50.0 %)}]" {
		t.Error(got)
	}
}

func BenchmarkStratify(b *testing.B) {
	var ps []*person
	r := rand.New(rand.NewPCG(1, 1))
	for i := range 10_000 {
		ps = append(ps, &person{ID: fmt.Sprint(i), Sex: []string{"female", "male", ""}[r.IntN(3)], Age: r.IntN(100)})
	}
	ages := byAge(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := population.Stratify(ps, id, bySex(), ages); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/10_000, "ns/person")
}
