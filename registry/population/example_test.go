package population_test

import (
	"fmt"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/population"
)

type patient struct {
	ID   string
	Goal population.Control
	Age  int64
}

func patientID(p patient) string { return p.ID }

func someone() []patient {
	return []patient{{"p1", population.AtGoal, 70}, {"p2", population.NotAtGoal, 45}, {"p3", population.ControlUnknown, 71}, {"p4", population.AtGoal, 44}}
}

func control(p patient) population.Control { return p.Goal }

func ages() population.Key[patient] {
	limit := registry.Num(65, 0)
	k, err := population.Bands("age", func(p patient) (registry.Number, bool) { return registry.Num(p.Age, 0), true },
		population.Band{Name: "under 65", To: &limit}, population.Band{Name: "65 and over", From: &limit})
	if err != nil {
		panic(err)
	}
	return k
}

func ExampleStratify() {
	t, err := population.Stratify(someone(), patientID, population.ByControl(control))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range t.Cells {
		fmt.Println(c.Values[0], c.Count, c.People)
	}
	// Output:
	// at goal 2 [p1 p4]
	// not at goal 1 [p2]
	// unknown 1 [p3]
}

func ExampleTable() {
	t, _ := population.Stratify(someone(), patientID, population.ByControl(control), ages())
	margin, _ := t.Margin("age")
	for _, c := range margin {
		fmt.Println(c.Values[0], c.Count)
	}
	// Output:
	// under 65 2
	// 65 and over 2
}

func ExampleGroup() {
	// Each cell with its people: a list to work from, not only a number.
	t, _ := population.Stratify(someone(), patientID, ages(), population.ByControl(control))
	for _, g := range t.Cells {
		if g.Values[0] == "65 and over" {
			fmt.Println(g.Values[1], g.Count, g.People)
		}
	}
	// Output:
	// at goal 1 [p1]
	// unknown 1 [p3]
}

func ExampleKey() {
	k := population.Key[patient]{Name: "initial", Of: func(p patient) string { return p.ID[:1] }}
	t, err := population.Stratify(someone(), patientID, k)
	fmt.Println(t.Cells[0].Values, t.Cells[0].Count, err)
	// Output:
	// [p] 4 <nil>
}

func ExampleCell() {
	old := population.Cell[patient]{Name: "old", In: func(p patient) bool { return p.Age >= 65 }}
	good := population.Cell[patient]{Name: "at goal", In: func(p patient) bool { return p.Goal == population.AtGoal }}
	t, _ := population.Stratify(someone(), patientID, population.Key[patient]{Name: "either", Cells: []population.Cell[patient]{old, good}, Overlap: true})
	fmt.Println(t.Cells[0].Count, t.Cells[1].Count, t.Multiple)
	// Output:
	// 2 2 true
}

func ExampleBands() {
	limit := registry.Num(7, 0)
	_, err := population.Bands("HbA1c", func(patient) (registry.Number, bool) { return registry.Number{}, false },
		population.Band{Name: "below 7", To: &limit}, population.Band{Name: "any"})
	fmt.Println(err)
	// Output:
	// population: definition: key "HbA1c": bands "below 7" and "any" overlap
}

func ExampleBand() {
	// 65 belongs to the upper band: From is in a band, To is not.
	limit := registry.Num(65, 0)
	k, err := population.Bands("age", func(p patient) (registry.Number, bool) { return registry.Num(p.Age, 0), p.Age > 0 },
		population.Band{Name: "under 65", To: &limit}, population.Band{Name: "65 and over", From: &limit})
	fmt.Printf("%q %q %q %v\n", k.Of(patient{Age: 64}), k.Of(patient{Age: 65}), k.Of(patient{}), err)
	// Output: "under 65" "65 and over" "" <nil>
}

func ExampleCrossTab() {
	g, err := population.CrossTab(someone(), patientID, population.ByControl(control), ages())
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, r := range g.Rows {
		fmt.Println(r, g.Cells[i], g.RowTotals[i])
	}
	// Output:
	// at goal [1 1] 2
	// not at goal [1 0] 1
	// unknown [0 1] 1
}

func ExampleControl() {
	// Nothing known is neither good nor bad: a cell of its own.
	t, _ := population.Stratify([]patient{{ID: "p1"}, {ID: "p2", Goal: population.NotAtGoal}}, patientID, population.ByControl(control))
	for _, g := range t.Cells {
		fmt.Println(g.Values[0], g.Count)
	}
	// Output:
	// at goal 0
	// not at goal 1
	// unknown 1
}

func ExampleByControl() {
	fmt.Println(population.ByControl(control).Order)
	// Output:
	// [at goal not at goal]
}

func ExampleByLastVisit() {
	k := population.ByLastVisit(registry.Day(2024, 3, 31), func(p patient) registry.Date { return 0 })
	fmt.Println(k.Of(patient{}))
	// Output:
	// never
}

func ExampleByCount() {
	k := population.ByCount("diseases", 3, func(p patient) int { return 4 })
	fmt.Println(k.Order, "-", k.Of(patient{}))
	// Output:
	// [0 1 2 3 and more] - 3 and more
}

func ExampleByLevel() {
	k := population.ByLevel(func(p patient) int { return 2 })
	fmt.Println(k.Of(patient{}))
	// Output:
	// level 2
}

func ExampleSlice() {
	fmt.Println(population.Slice(someone(), patientID, func(p patient) bool { return p.Age >= 65 }, func(p patient) bool { return p.Goal != population.AtGoal }))
	// Output:
	// [p3]
}

func ExampleNeverAttended() {
	never := population.NeverAttended(registry.Day(2024, 3, 31), func(p patient) registry.Date { return 0 })
	fmt.Println(never(patient{}))
	// Output:
	// true
}

func ExampleOpenGaps() {
	open := population.OpenGaps(1, func(p patient) int { return 2 })
	fmt.Println(open(patient{}))
	// Output:
	// true
}

func ExampleHighestRisk() {
	fmt.Println(population.HighestRisk(someone(), patientID, 2, func(p patient) (registry.Number, bool) { return registry.Num(p.Age, 0), true }))
	// Output:
	// [p3 p1]
}

func ExamplePrevalence() {
	fmt.Println(population.Prevalence(someone(), func(p patient) bool { return p.Age >= 65 }))
	// Output:
	// 2/4 (50.0 %)
}

func ExampleTrend() {
	always := func(patient, registry.Date) bool { return true }
	for _, x := range population.Trend(someone(), []registry.Date{registry.Day(2024, 1, 1), registry.Day(2023, 1, 1)}, always, func(p patient, d registry.Date) bool { return p.Age >= 65 && d.Year() > 2023 }) {
		fmt.Println(x.On, x.Rate)
	}
	// Output:
	// 2023-01-01 0/4 (0.0 %)
	// 2024-01-01 2/4 (50.0 %)
}

func ExamplePoint() {
	// On each day only those count who were registered by then.
	joined := func(p patient, d registry.Date) bool { return p.ID != "p3" || d >= registry.Day(2024, 6, 1) }
	for _, x := range population.Trend(someone(), []registry.Date{registry.Day(2024, 1, 1), registry.Day(2024, 12, 31)}, joined, func(p patient, _ registry.Date) bool { return p.Age >= 65 }) {
		fmt.Println(x.On, x.Rate)
	}
	// Output:
	// 2024-01-01 1/3 (33.3 %)
	// 2024-12-31 2/4 (50.0 %)
}

func ExampleIncidence() {
	r := population.Incidence(someone(), registry.CalendarYear(2024), func(p patient) population.Course {
		return population.Course{FirstEver: registry.Day(2024, 5, 1), InAtStart: p.ID == "p1"}
	})
	fmt.Println(r)
	// Output:
	// 3/3 (100.0 %)
}

func ExampleCourse() {
	// Who had the disease before is no new case, and not at risk of becoming one.
	courses := map[string]population.Course{
		"p1": {FirstEver: registry.Day(2020, 1, 1), InAtStart: true},
		"p2": {FirstEver: registry.Day(2024, 5, 1)},
	}
	fmt.Println(population.Incidence(someone(), registry.CalendarYear(2024), func(p patient) population.Course { return courses[p.ID] }))
	// Output: 1/3 (33.3 %)
}

func ExampleMergeLists() {
	for _, l := range population.MergeLists(population.List{Name: "asthma", People: []string{"p1", "p2"}}, population.List{Name: "COPD", People: []string{"p2"}}) {
		fmt.Println(l.Person, l.Lists)
	}
	// Output:
	// p2 [asthma COPD]
	// p1 [asthma]
}

func ExampleList() {
	// Somebody twice on a list is one.
	for _, l := range population.MergeLists(population.List{Name: "asthma", People: []string{"p1", "p1"}}) {
		fmt.Println(l.Person, l.Lists)
	}
	// Output: p1 [asthma]
}

func ExampleLine() {
	// Who is on most lists comes first: one call for all of them.
	lines := population.MergeLists(population.List{Name: "asthma", People: []string{"p1", "p2"}}, population.List{Name: "diabetes", People: []string{"p3", "p2"}}, population.List{Name: "flu", People: []string{"p2", "p3"}})
	for _, l := range lines {
		fmt.Println(l.Person, l.Lists)
	}
	// Output:
	// p2 [asthma diabetes flu]
	// p3 [diabetes flu]
	// p1 [asthma]
}

func ExampleNewMorbidity() {
	m, err := population.NewMorbidity([]string{"chd", "acute-mi", "copd"}, population.Family{Name: "heart", Registers: []string{"chd", "acute-mi"}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(m.Count([]string{"chd", "acute-mi", "copd"}))
	// Output:
	// 2 [heart copd]
}

func ExampleMorbidity() {
	m, _ := population.NewMorbidity([]string{"copd"})
	n, _ := m.Count(nil)
	fmt.Println(n)
	// Output:
	// 0
}

func ExampleFamily() {
	_, err := population.NewMorbidity([]string{"chd"}, population.Family{Name: "heart", Registers: []string{"mi"}})
	fmt.Println(err)
	// Output:
	// population: definition: family "heart": register "mi" is not in the list
}

func ExampleDisclosure() {
	d := population.Disclosure{} // counts from 1 to 10
	fmt.Println(d.Small(10), d.Small(11), d.Small(0), d.Rate(registry.Rate{Num: 95, Den: 100}))
	// Output:
	// true false false *
}

func ExampleShownRate() {
	fmt.Println(population.Disclosure{}.Rate(registry.Rate{Num: 50, Den: 100}))
	// Output:
	// 50/100 (50.0 %)
}

func ExampleGrid() {
	g, _ := population.TwoWay("practice", "control", []string{"north", "south"}, []string{"good", "poor"}, [][]int64{{3, 40}, {25, 32}})
	shown, err := g.Suppress(population.Disclosure{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, r := range shown.Rows {
		fmt.Println(r, shown.Cells[i], shown.RowTotals[i])
	}
	fmt.Println(shown.ColTotals, shown.Total, shown.CollapseAdvised)
	// Output:
	// north [* *] 43
	// south [* *] 57
	// [28 72] 100 true
}

func ExampleTwoWay() {
	g, err := population.TwoWay("practice", "control", []string{"north"}, []string{"good", "poor"}, [][]int64{{30, 40}})
	fmt.Println(g.Total, err)
	// Output:
	// 70 <nil>
}

func ExampleOneWay() {
	g, _ := population.OneWay("practice", []string{"north", "south", "west"}, []int64{4, 30, 20})
	shown, err := g.Suppress(population.Disclosure{})
	fmt.Println(shown.Cells[0], shown.RowTotals, err)
	// Output:
	// [* 30 *] [54] <nil>
}

func ExampleCollapse() {
	g, _ := population.OneWay("practice", []string{"north", "south", "west"}, []int64{4, 30, 20})
	merged, err := g.CollapseCols(population.Collapse{Name: "north and west", Of: []string{"north", "west"}})
	fmt.Println(merged.Cols, merged.Cells[0], err)
	// Output:
	// [north and west south] [24 30] <nil>
}

func ExampleCount() {
	g, _ := population.OneWay("practice", []string{"north", "south", "west"}, []int64{4, 30, 20})
	shown, _ := g.Suppress(population.Disclosure{})
	for i, c := range shown.Cells[0] {
		fmt.Println(shown.Cols[i], c, "hidden:", c.Hidden)
	}
	// Output:
	// north * hidden: true
	// south 30 hidden: false
	// west * hidden: true
}
