package ecqm_test

import (
	"errors"
	"fmt"
	"strings"

	"github.com/chroniccare/chroniccare/hedis"
	"github.com/chroniccare/chroniccare/hedis/ecqm"
	"github.com/chroniccare/chroniccare/registry"
)

func ExampleDispute() {
	for _, d := range ecqm.Disputed() {
		fmt.Println(d.Year, d.Measure, d.Population, d.Expected, d.Computed)
	}
	// Output:
	// MY2025 CMS122 numerator 1 0
}

func ExampleDisputed() {
	for _, d := range ecqm.Disputed() {
		fmt.Println(d.Year, d.Measure, d.Population, d.Expected, d.Computed)
	}
	// Output:
	// MY2025 CMS122 numerator 1 0
}

func ExampleIsDisputed() {
	_, yes := ecqm.IsDisputed(ecqm.MY2025, "CMS122", "no such case")
	fmt.Println(yes)
	// Output:
	// false
}

func ExampleMeasure() {
	m, ok := ecqm.Measure("CMS165", ecqm.MY2026)
	fmt.Println(m.Title, m.Version, ok)
	// Output:
	// Controlling High Blood Pressure 14.0.000 true
}

func ExampleNew() {
	_, err := ecqm.New(ecqm.MY2026, nil) // value sets come from the caller
	var missing *registry.MissingSets
	fmt.Println(errors.As(err, &missing), len(missing.Missing) > 200)
	// Output:
	// true true
}

func ExampleProgramme() {
	p := ecqm.Programme(ecqm.MY2026)
	fmt.Println(p.Name, len(p.Indicators))
	// Output:
	// MY2026 22
}

func ExampleSets() {
	m, _ := ecqm.Measure("CMS124", ecqm.MY2026)
	for _, s := range ecqm.Sets(m)[:2] {
		fmt.Println(s.Name, s.OID)
	}
	// Output:
	// Congenital or Acquired Absence of Cervix 2.16.840.1.113883.3.464.1003.111.12.1016
	// Encounter Inpatient 2.16.840.1.113883.3.666.5.307
}

func ExampleStarterMeasures() {
	fmt.Println(strings.Join(ecqm.StarterMeasures(), " "))
	// Output:
	// CMS122 CMS125 CMS130 CMS131 CMS165 CMS951
}

func ExampleStarterProgramme() {
	sets, err := ecqm.StarterSets()
	if err != nil {
		fmt.Println(err)
	}
	edition, err := hedis.New(ecqm.StarterProgramme(ecqm.MY2026), sets)
	fmt.Println(edition.Name, len(edition.Indicators()), err)
	// Output:
	// MY2026 starter 6 <nil>
}

func ExampleStarterSets() {
	sets, err := ecqm.StarterSets()
	if err != nil {
		fmt.Println(err)
	}
	edition, err := hedis.New(ecqm.StarterProgramme(ecqm.MY2026), sets)
	fmt.Println(edition.Name, len(edition.Indicators()), err)
	// Output:
	// MY2026 starter 6 <nil>
}

func ExampleYear() {
	for _, y := range ecqm.Years() {
		fmt.Println(y, y.Period())
	}
	// Output:
	// MY2025 2025-01-01 to 2025-12-31
	// MY2026 2026-01-01 to 2026-12-31
}

func ExampleYears() {
	for _, y := range ecqm.Years() {
		fmt.Println(y, y.Period())
	}
	// Output:
	// MY2025 2025-01-01 to 2025-12-31
	// MY2026 2026-01-01 to 2026-12-31
}
