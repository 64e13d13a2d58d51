package ahrq_test

import (
	"errors"
	"fmt"

	"github.com/chroniccare/chroniccare/stratify/ahrq"
)

func ExampleComorbidities() {
	// The graver form of a disease removes the milder; both stay readable.
	e := exampleRelease()
	d := ahrq.Discharge{Diagnoses: []string{"A41.9", "E11.9", "E11.21"}, POA: "YYY", Year: 2025, Quarter: 2}
	c := e.Of(&d)
	fmt.Println(e.Names(c.Raw), "->", e.Names(c.Flags))
	// Output: [DIAB_CX DIAB_UNCX] -> [DIAB_CX]
}

func ExampleDiagnosisFinding() {
	e, d := exampleRelease(), exampleStay()
	for _, f := range e.Explain(&d).Diagnoses {
		fmt.Println(f.Code, f.POA, f.Sets)
	}
	// Output:
	// I63.40 N [CBVD_NPOA]
	// I69.351 Y [PARALYSIS CBVD_SQLA]
	// K70.10 Y [ALCOHOL LIVER_MLD]
}

func ExampleDischarge() {
	// Without present-on-admission data half of the measures are missing, not absent.
	e, d := exampleRelease(), exampleStay()
	d.POA = ""
	c := e.Of(&d)
	fmt.Println(e.Names(c.Flags), "missing", c.Missing.Count())
	// Output: [ALCOHOL] missing 18
}

func ExampleElixhauser() {
	e, d := exampleRelease(), exampleStay()
	c := e.Of(&d)
	fmt.Println(e.Names(c.Flags), "readmission", c.Readmission, "mortality", c.Mortality)
	// Output: [ALCOHOL LIVER_MLD PARALYSIS] readmission 9 mortality 5
}

func ExampleExplanation() {
	e := exampleRelease()
	d := ahrq.Discharge{Diagnoses: []string{"A41.9", "E11.9", "E11.21"}, POA: "YYY", Year: 2025, Quarter: 2}
	x := e.Explain(&d)
	fmt.Println("removed", x.Removed)
	for _, t := range x.Terms {
		fmt.Println(t.Label, t.Readmission, t.Mortality)
	}
	// Output:
	// removed [DIAB_UNCX]
	// Diabetes with chronic complications 4 -2
}

func ExampleMeasures() {
	e, d := exampleRelease(), exampleStay()
	f := e.Of(&d).Flags
	fmt.Println(f.Count(), e.Has(f, "PARALYSIS"), e.Has(f, "OBESE"))
	// Output: 3 true false
}

func ExampleNewElixhauser() {
	for _, release := range []string{"2025.1", "1999.1"} {
		_, err := ahrq.NewElixhauser(release)
		fmt.Println(release, err)
	}
	// Output:
	// 2025.1 <nil>
	// 1999.1 ahrq: table: stratify: unknown model or version: no release "1999.1", there are [2022.1 2023.1 2024.1 2025.1 2026.1]
}

func ExampleReleases() {
	fmt.Println(ahrq.Releases())
	// Output:
	// [2022.1 2023.1 2024.1 2025.1 2026.1]
}

func ExampleTerm() {
	e, d := exampleRelease(), exampleStay()
	readmission := 0
	for _, t := range e.Explain(&d).Terms {
		fmt.Println(t.Label, t.Readmission)
		readmission += t.Readmission
	}
	fmt.Println(readmission == e.Of(&d).Readmission)
	// Output:
	// Alcohol abuse 3
	// Liver disease, mild 3
	// Paralysis 3
	// true
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

func stay() ahrq.Discharge {
	return ahrq.Discharge{Diagnoses: []string{"A41.9", "I63.40", "I69.351", "K70.10"}, POA: "YNYY", Year: 2025, Quarter: 2}
}

// exampleRelease is that of 2025; exampleStay is an admission for sepsis with three other diagnoses.
func exampleRelease() *ahrq.Elixhauser {
	e, err := ahrq.NewElixhauser("2025.1")
	if err != nil {
		panic(err)
	}
	return e
}

func exampleStay() ahrq.Discharge {
	return ahrq.Discharge{Diagnoses: []string{"A41.9", "I63.40", "I69.351", "K70.10"}, POA: "YNYY", Year: 2025, Quarter: 2}
}
