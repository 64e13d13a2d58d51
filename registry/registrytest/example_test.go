package registrytest_test

import (
	"fmt"
	"testing"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/registrytest"
)

func ExampleBirths() {
	// What a rule about ages must stand: both sides of a limit, at both ends of the year.
	sides := map[bool]int{}
	births := registrytest.Births(registry.CalendarYear(2025))
	for seed := range 500 {
		p := registry.Patient{Birth: births.Example(seed)}
		sides[p.AgeOn(registry.Day(2025, 12, 31)) >= 18]++
	}
	fmt.Println(sides[true] > 50, sides[false] > 50)
	// Output: true true
}

func ExampleDates() {
	year := registry.CalendarYear(2025)
	on := map[string]bool{}
	dates := registrytest.Dates(year)
	for seed := range 500 {
		switch d := dates.Example(seed); d {
		case year.Start, year.End:
			on["edge"] = true
		case year.Start - 1, year.End + 1:
			on["just outside"] = true
		}
	}
	fmt.Println(on["edge"], on["just outside"])
	// Output: true true
}

func ExampleFacts() {
	// Facts in every state, so that a rule that forgets the status is found out.
	states := map[registry.Status]bool{}
	facts := registrytest.Facts(registry.CalendarYear(2025), []registry.Code{registry.NewCode("LOINC", "4548-4")})
	for seed := range 500 {
		states[facts.Example(seed).Status] = true
	}
	fmt.Println(states[registry.Final], states[registry.EnteredInError])
	// Output: true true
}

// Nobody asks for anything here, so a chart leaves out every fact and counts each.
func ExampleOddFacts() {
	lexicon, err := registry.NewBinder(nil).Lexicon()
	if err != nil {
		fmt.Println(err)
		return
	}
	chart := registry.NewChart(lexicon)
	for seed := range 100 {
		p := registry.Patient{Facts: registrytest.OddFacts(registry.NewCode("LOINC", "4548-4")).Example(seed)}
		chart.Load(&p)
		if chart.LeftOut.Total() != len(p.Facts) {
			fmt.Println("a fact is lost")
		}
	}
	fmt.Println("none lost")
	// Output:
	// none lost
}

func ExamplePatients() {
	// The order of facts changes nothing: a law for a rule of one's own.
	x := newAdults()
	chart := registry.NewChart(x.Lexicon())
	people := registrytest.Patients(x.Period(), []registry.Code{registry.NewCode("LOINC", "4548-4")})
	broken, tested := 0, 0
	for seed := range 500 {
		p := people.Example(seed)
		chart.Load(&p)
		before := x.Count(chart)[1]
		chart.Load(registrytest.Shuffled(&p, uint64(seed)))
		if tested += before; x.Count(chart)[1] != before {
			broken++
		}
	}
	fmt.Println("broken:", broken, "not vacuous:", tested > 0)
	// Output: broken: 0 not vacuous: true
}

func ExamplePeriods() {
	valid := true
	periods := registrytest.Periods()
	for seed := range 500 {
		valid = valid && periods.Example(seed).Valid()
	}
	fmt.Println(valid)
	// Output: true
}

func ExampleRepeated() {
	// Said twice, counted once: a chart leaves out the copies.
	x := newAdults()
	chart := registry.NewChart(x.Lexicon())
	p := &registry.Patient{ID: "p1", Birth: registry.Day(1960, 1, 1), Facts: []registry.Fact{{ID: "a", Kind: registry.Observation, Status: registry.Final, Codes: []registry.Code{registry.NewCode("LOINC", "4548-4")}, When: registry.On(registry.Day(2025, 3, 1))}}}
	for _, q := range []*registry.Patient{p, registrytest.Repeated(p, 1)} {
		chart.Load(q)
		fmt.Println(len(q.Facts), "facts,", chart.LeftOut.Duplicate, "left out, counts", x.Count(chart))
	}
	// Output:
	// 1 facts, 0 left out, counts [1 1]
	// 2 facts, 1 left out, counts [1 1]
}

func ExampleShifted() {
	p := &registry.Patient{Birth: registry.Day(2000, 2, 29)}
	fmt.Println(registrytest.Shifted(p, 146097).Birth) // 400 years
	// Output:
	// 2400-02-29
}

func ExampleShuffled() {
	p := &registry.Patient{Facts: []registry.Fact{{ID: "a"}, {ID: "b"}, {ID: "c"}, {ID: "d"}}}
	for _, f := range registrytest.Shuffled(p, 1).Facts {
		fmt.Print(f.ID)
	}
	fmt.Println(" instead of abcd")
	// Output: bcda instead of abcd
}

// A test of an indicator of one's own is one line.
func TestAdults(t *testing.T) { t.Log(registrytest.CheckIndicator(t, newAdults())) }

// It needs a test, so that an example can only show the call: see TestAdults beside it.
func ExampleCheckIndicator() {
	_ = func(t *testing.T) registrytest.Reached { return registrytest.CheckIndicator(t, newAdults()) }
	// Output:
}

func ExampleIndicator() {
	x := newAdults()
	var i registrytest.Indicator = x // give it to CheckIndicator in a test
	chart := registry.NewChart(i.Lexicon())
	chart.Load(&registry.Patient{ID: "p1", Birth: registry.Day(1960, 1, 1)})
	fmt.Println(i.Populations(), i.Count(chart), i.Explained(chart))
	// Output: [adults tested] [1 0] [1 0]
}

func ExampleReached() {
	r := registrytest.Reached{Indicator: "HbA1c of adults", Populations: []string{"adults", "tested"}, Counts: []int{225, 0}, Patients: 300}
	fmt.Println(r)
	for i, n := range r.Counts {
		if n == 0 {
			fmt.Println("vacuous: nobody was ever in", r.Populations[i])
		}
	}
	// Output:
	// HbA1c of adults: 300 patients; adults 225, tested 0
	// vacuous: nobody was ever in tested
}

func ExampleSpecimen() {
	// Patients aimed at the numerator, with noise around: most of them get there.
	x := newAdults()
	chart := registry.NewChart(x.Lexicon())
	reached := 0
	for seed := range uint64(100) {
		chart.Load(registrytest.Specimen(x, 1, seed))
		reached += x.Count(chart)[1]
	}
	fmt.Println(reached > 50)
	// Output: true
}

// adults is an indicator of one's own: who of 18 or older had an HbA1c in the year.
type adults struct {
	lexicon *registry.Lexicon
	defs    [2]registry.Definition
	bound   [2]registry.Criterion
}

func newAdults() adults {
	old := registry.AgeAt{At: registry.PeriodEnd(), Min: 18}
	a1c := registry.Query{Kind: registry.Observation, Codes: []registry.Code{registry.NewCode("LOINC", "4548-4")}, Tests: []registry.Test{registry.StatusIn(registry.Final), registry.When(registry.During, registry.ThePeriod())}}
	x := adults{defs: [2]registry.Definition{old, registry.All{old, registry.Exists{Query: a1c}}}}
	b := registry.NewBinder(nil)
	for i, d := range x.defs {
		x.bound[i] = d.Bind(b)
	}
	lexicon, err := b.Lexicon()
	if err != nil {
		panic(err)
	}
	x.lexicon = lexicon
	return x
}

func (x adults) Name() string                  { return "HbA1c of adults" }
func (x adults) Populations() []string         { return []string{"adults", "tested"} }
func (x adults) Within() [][2]int              { return [][2]int{{1, 0}} }
func (x adults) Lexicon() *registry.Lexicon    { return x.lexicon }
func (x adults) Period() registry.Period       { return registry.CalendarYear(2025) }
func (x adults) Count(c *registry.Chart) []int { return x.CountIn(c, x.Period()) }

func (x adults) CountIn(c *registry.Chart, p registry.Period) []int {
	out := make([]int, len(x.bound))
	for i, q := range x.bound {
		if q.Holds(c, p) {
			out[i] = 1
		}
	}
	return out
}

func (x adults) Explained(c *registry.Chart) []int {
	out := make([]int, len(x.bound))
	for i, q := range x.bound {
		if q.Explain(c, x.Period()).Met {
			out[i] = 1
		}
	}
	return out
}

func (x adults) Sketch(s *registry.Specimen, population int) { s.Meet(x.defs[population]) }
