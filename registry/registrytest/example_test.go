package registrytest_test

import (
	"fmt"
	"testing"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/registrytest"
)

func ExampleBirths() {
	fmt.Println(registrytest.Births(registry.CalendarYear(2025)).Example(1) < registry.Day(2026, 12, 31))
	// Output:
	// true
}

func ExampleDates() {
	d := registrytest.Dates(registry.CalendarYear(2025)).Example(1)
	fmt.Println(d.Recorded())
	// Output:
	// true
}

func ExampleFacts() {
	f := registrytest.Facts(registry.CalendarYear(2025), nil).Example(1)
	fmt.Println(f.ID != "")
	// Output:
	// true
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
	p := registrytest.Patients(registry.CalendarYear(2025), nil).Example(1)
	fmt.Println(len(p.Facts) <= 12)
	// Output:
	// true
}

func ExamplePeriods() {
	fmt.Println(registrytest.Periods().Example(1).Valid())
	// Output:
	// true
}

func ExampleRepeated() {
	p := &registry.Patient{Facts: []registry.Fact{{ID: "a"}, {ID: "b"}, {ID: "c"}}}
	fmt.Println(len(registrytest.Repeated(p, 1).Facts) >= 3)
	// Output:
	// true
}

func ExampleShifted() {
	p := &registry.Patient{Birth: registry.Day(2000, 2, 29)}
	fmt.Println(registrytest.Shifted(p, 146097).Birth) // 400 years
	// Output:
	// 2400-02-29
}

func ExampleShuffled() {
	p := &registry.Patient{Facts: []registry.Fact{{ID: "a"}, {ID: "b"}, {ID: "c"}}}
	fmt.Println(len(registrytest.Shuffled(p, 1).Facts))
	// Output:
	// 3
}

func ExampleCheckIndicator() {
	// in a test of an indicator bound by hedis.New:
	_ = func(t *testing.T, subject registrytest.Indicator) {
		t.Log(registrytest.CheckIndicator(t, subject))
	}
	// Output:
}

func ExampleIndicator() {
	populations := func(i registrytest.Indicator) []string { return i.Populations() }
	fmt.Println(populations != nil)
	// Output:
	// true
}

func ExampleReached() {
	fmt.Println(registrytest.Reached{Indicator: "MY2026 CMS122", Populations: []string{"numerator"}, Counts: []int{225}, Patients: 300})
	// Output:
	// MY2026 CMS122: 300 patients; numerator 225
}

func ExampleSpecimen() {
	// a patient aimed at the first population of an indicator:
	_ = func(subject registrytest.Indicator) *registry.Patient { return registrytest.Specimen(subject, 0, 42) }
	// Output:
}
