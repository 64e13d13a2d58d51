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
		why, _, _ := strings.Cut(d.Reason, ",")
		fmt.Println(d.Year, d.Measure, d.Population, "expected", d.Expected, "computed", d.Computed)
		fmt.Println(why)
	}
	// Output:
	// MY2025 CMS122 numerator expected 1 computed 0
	// The case is described as an HbA1c of 9.1 %
}

func ExampleDisputed() {
	// Cases of a year that a conformance run may pass over.
	n := map[ecqm.Year]int{}
	for _, d := range ecqm.Disputed() {
		n[d.Year]++
	}
	for _, y := range ecqm.Years() {
		fmt.Println(y, n[y])
	}
	// Output:
	// MY2025 1
	// MY2026 0
}

func ExampleIsDisputed() {
	d := ecqm.Disputed()[0]
	found, yes := ecqm.IsDisputed(d.Year, d.Measure, d.Case)
	fmt.Println(found.Population, yes)
	_, yes = ecqm.IsDisputed(ecqm.MY2026, d.Measure, d.Case)
	fmt.Println(yes)
	// Output:
	// numerator true
	// false
}

func ExampleMeasure() {
	// What a year changed in one measure.
	before, _ := ecqm.Measure("CMS165", ecqm.MY2025)
	after, ok := ecqm.Measure("CMS165", ecqm.MY2026)
	fmt.Println(after.Title, before.Version, "->", after.Version, ok)
	_, ok = ecqm.Measure("CMS1", ecqm.MY2026)
	fmt.Println(ok)
	// Output:
	// Controlling High Blood Pressure 13.1.000 -> 14.0.000 true
	// false
}

func ExampleNew() {
	_, err := ecqm.New(ecqm.MY2026, nil) // value sets come from the caller
	var missing *registry.MissingSets
	if errors.As(err, &missing) {
		for _, s := range missing.Missing[:2] {
			fmt.Println(s.Name, s.OID)
		}
	}
	// Output:
	// Acute Pharyngitis 2.16.840.1.113883.3.464.1003.102.12.1011
	// Acute Tonsillitis 2.16.840.1.113883.3.464.1003.102.12.1012
}

func ExampleProgramme() {
	p := ecqm.Programme(ecqm.MY2026)
	fmt.Println(p.Name, p.Period)
	for _, d := range p.Indicators[:3] {
		fmt.Println(d.ID, d.Title)
	}
	// Output:
	// MY2026 2026-01-01 to 2026-12-31
	// CMS2 Preventive Care and Screening: Screening for Depression and Follow-Up Plan
	// CMS117 Childhood Immunization Status
	// CMS122 Diabetes: Glycemic Status Assessment Greater Than 9%
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
		return
	}
	edition, err := hedis.New(ecqm.StarterProgramme(ecqm.MY2026), sets)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, d := range edition.Indicators() {
		fmt.Println(d.ID, d.Title)
	}
	// Output:
	// CMS122 Diabetes: Glycemic Status Assessment Greater Than 9%
	// CMS125 Breast Cancer Screening
	// CMS130 Colorectal Cancer Screening
	// CMS131 Diabetes: Eye Exam
	// CMS165 Controlling High Blood Pressure
	// CMS951 Kidney Health Evaluation
}

func ExampleStarterSets() {
	// Sets without a code of a free system hold a placeholder.
	sets, err := ecqm.StarterSets()
	free, held := 0, 0
	for _, s := range sets {
		if s.Codes[0].System == ecqm.StarterSystem {
			held++
		} else {
			free++
		}
	}
	fmt.Println(free > 0, held > 0, err)
	// Output: true true <nil>
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
		m, _ := ecqm.Measure("CMS122", y)
		fmt.Println(y, m.ID, m.Version)
	}
	// Output:
	// MY2025 CMS122 13.1.000
	// MY2026 CMS122 14.0.000
}
