package ahrq_test

import (
	"errors"
	"fmt"

	"github.com/chroniccare/chroniccare/stratify/ahrq"
)

func ExampleComorbidities() {
	e, err := ahrq.NewElixhauser("2025.1")
	if err != nil {
		fmt.Println(err)
		return
	}
	stay := ahrq.Discharge{Diagnoses: []string{"A41.9", "I63.40", "I69.351", "K70.10"}, POA: "YNYY", Year: 2025, Quarter: 2}
	c := e.Of(&stay)
	fmt.Println(e.Names(c.Flags), c.Readmission, c.Mortality)
	// Output:
	// [ALCOHOL LIVER_MLD PARALYSIS] 9 5
}

func ExampleDiagnosisFinding() {
	e, err := ahrq.NewElixhauser("2025.1")
	if err != nil {
		fmt.Println(err)
		return
	}
	stay := ahrq.Discharge{Diagnoses: []string{"A41.9", "I63.40", "I69.351", "K70.10"}, POA: "YNYY", Year: 2025, Quarter: 2}
	x := e.Explain(&stay)
	for _, d := range x.Diagnoses {
		fmt.Println(d.Code, d.Sets, d.Why)
	}
	for _, t := range x.Terms {
		fmt.Println(t.Label, t.Readmission, t.Mortality)
	}
	// Output:
	// I63.40 [CBVD_NPOA] CBVD_POA, not known to be present on admission
	// I69.351 [PARALYSIS CBVD_SQLA] CBVD_SQLAPARALYSIS, exempt from present on admission
	// K70.10 [ALCOHOL LIVER_MLD] ALCOHOLLIVER_MLD, present on admission
	// Alcohol abuse 3 -1
	// Liver disease, mild 3 2
	// Paralysis 3 4
}

func ExampleDischarge() {
	e, err := ahrq.NewElixhauser("2025.1")
	if err != nil {
		fmt.Println(err)
		return
	}
	stay := ahrq.Discharge{Diagnoses: []string{"A41.9", "I63.40", "I69.351", "K70.10"}, POA: "YNYY", Year: 2025, Quarter: 2}
	c := e.Of(&stay)
	fmt.Println(e.Names(c.Flags), c.Readmission, c.Mortality)
	// Output:
	// [ALCOHOL LIVER_MLD PARALYSIS] 9 5
}

func ExampleElixhauser() {
	e, err := ahrq.NewElixhauser("2025.1")
	if err != nil {
		fmt.Println(err)
		return
	}
	stay := ahrq.Discharge{Diagnoses: []string{"A41.9", "I63.40", "I69.351", "K70.10"}, POA: "YNYY", Year: 2025, Quarter: 2}
	c := e.Of(&stay)
	fmt.Println(e.Names(c.Flags), c.Readmission, c.Mortality)
	// Output:
	// [ALCOHOL LIVER_MLD PARALYSIS] 9 5
}

func ExampleExplanation() {
	e, err := ahrq.NewElixhauser("2025.1")
	if err != nil {
		fmt.Println(err)
		return
	}
	stay := ahrq.Discharge{Diagnoses: []string{"A41.9", "I63.40", "I69.351", "K70.10"}, POA: "YNYY", Year: 2025, Quarter: 2}
	x := e.Explain(&stay)
	for _, d := range x.Diagnoses {
		fmt.Println(d.Code, d.Sets, d.Why)
	}
	for _, t := range x.Terms {
		fmt.Println(t.Label, t.Readmission, t.Mortality)
	}
	// Output:
	// I63.40 [CBVD_NPOA] CBVD_POA, not known to be present on admission
	// I69.351 [PARALYSIS CBVD_SQLA] CBVD_SQLAPARALYSIS, exempt from present on admission
	// K70.10 [ALCOHOL LIVER_MLD] ALCOHOLLIVER_MLD, present on admission
	// Alcohol abuse 3 -1
	// Liver disease, mild 3 2
	// Paralysis 3 4
}

func ExampleMeasures() {
	e, err := ahrq.NewElixhauser("2025.1")
	if err != nil {
		fmt.Println(err)
		return
	}
	stay := ahrq.Discharge{Diagnoses: []string{"A41.9", "I63.40", "I69.351", "K70.10"}, POA: "YNYY", Year: 2025, Quarter: 2}
	c := e.Of(&stay)
	fmt.Println(e.Names(c.Flags), c.Readmission, c.Mortality)
	// Output:
	// [ALCOHOL LIVER_MLD PARALYSIS] 9 5
}

func ExampleNewElixhauser() {
	e, err := ahrq.NewElixhauser("2025.1")
	if err != nil {
		fmt.Println(err)
		return
	}
	stay := ahrq.Discharge{Diagnoses: []string{"A41.9", "I63.40", "I69.351", "K70.10"}, POA: "YNYY", Year: 2025, Quarter: 2}
	c := e.Of(&stay)
	fmt.Println(e.Names(c.Flags), c.Readmission, c.Mortality)
	// Output:
	// [ALCOHOL LIVER_MLD PARALYSIS] 9 5
}

func ExampleReleases() {
	fmt.Println(ahrq.Releases())
	// Output:
	// [2022.1 2023.1 2024.1 2025.1 2026.1]
}

func ExampleTerm() {
	e, err := ahrq.NewElixhauser("2025.1")
	if err != nil {
		fmt.Println(err)
		return
	}
	stay := ahrq.Discharge{Diagnoses: []string{"A41.9", "I63.40", "I69.351", "K70.10"}, POA: "YNYY", Year: 2025, Quarter: 2}
	x := e.Explain(&stay)
	for _, d := range x.Diagnoses {
		fmt.Println(d.Code, d.Sets, d.Why)
	}
	for _, t := range x.Terms {
		fmt.Println(t.Label, t.Readmission, t.Mortality)
	}
	// Output:
	// I63.40 [CBVD_NPOA] CBVD_POA, not known to be present on admission
	// I69.351 [PARALYSIS CBVD_SQLA] CBVD_SQLAPARALYSIS, exempt from present on admission
	// K70.10 [ALCOHOL LIVER_MLD] ALCOHOLLIVER_MLD, present on admission
	// Alcohol abuse 3 -1
	// Liver disease, mild 3 2
	// Paralysis 3 4
}

func ExampleDiff() {
	a, err1 := ahrq.NewElixhauser("2024.1")
	b, err2 := ahrq.NewElixhauser("2025.1")
	if err := errors.Join(err1, err2); err != nil {
		fmt.Println(err)
		return
	}
	for _, d := range ahrq.Diff(a, b) {
		if d.Where == "Z6855" {
			fmt.Println(d)
		}
	}
	// Output:
	// Z6855: (none) -> OBESE
}
