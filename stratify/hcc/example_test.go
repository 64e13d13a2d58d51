package hcc_test

import (
	"errors"
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/stratify/hcc"
)

func ExampleAdjustment() {
	m, err := hcc.New(hcc.V28, 2024)
	if err != nil {
		fmt.Println(err)
		return
	}
	p := &hcc.Person{Birth: registry.Day(1947, 6, 30), Sex: registry.Female, OREC: "1", Dual: "03", Diagnoses: []string{"E08.3293", "E13.9"}}
	a := hcc.Adjustment{Normalisation: decimal.RequireFromString("1.015"), CodingIntensity: decimal.RequireFromString("0.059")}
	pay, err := hcc.PaymentScore(hcc.EachStep, hcc.Part{Score: m.Score(p), Adjustment: a})
	fmt.Println(pay, err)
	// Output:
	// 0.699 <nil>
}

func ExampleCodeFinding() {
	m, err := hcc.New(hcc.V28, 2024)
	if err != nil {
		fmt.Println(err)
		return
	}
	p := &hcc.Person{Birth: registry.Day(1947, 6, 30), Sex: registry.Female, OREC: "1", Dual: "03", Diagnoses: []string{"E08.3293", "E13.9"}}
	x := m.Explain(p)
	for _, t := range x.Terms {
		fmt.Println(t.Name, t.Milli, t.Label)
	}
	for _, c := range x.Codes {
		fmt.Println(c.Code, c.HCCs, c.Why)
	}
	fmt.Println(x.Suppressed)
	// Output:
	// F75_79 485 woman, age 76
	// OriginallyDisabled_Female 103 originally entitled by disability
	// HCC37 166 Diabetes with Chronic Complications
	// D1 0 1 payment HCCs
	// E08.3293 [37] the table of payment year 2024
	// E13.9 [38] the table of payment year 2024
	// [{38 37 the hierarchy of HCC 37}]
}

func ExampleDiff() {
	a, err1 := hcc.New(hcc.V28, 2024)
	b, err2 := hcc.New(hcc.V28, 2026)
	if err := errors.Join(err1, err2); err != nil {
		fmt.Println(err)
		return
	}
	for _, d := range hcc.Diff(a, b) {
		if d.Where == "G20" {
			fmt.Println(d)
		}
	}
	// Output:
	// G20: HCC199 -> (none)
}

func ExampleEdit() {
	m, err := hcc.New(hcc.V28, 2026)
	if err != nil {
		fmt.Println(err)
		return
	}
	adults, err := m.With(hcc.Edit{Code: "E11.9", Name: "age<15", When: func(age int, _ registry.Sex) bool { return age < 15 }})
	if err != nil {
		fmt.Println(err)
		return
	}
	x := adults.Explain(&hcc.Person{Age: 14, Sex: registry.Female, OREC: "1", Dual: "00", Diagnoses: []string{"E11.9"}})
	fmt.Println(adults, adults.Changes, x.HCCs, x.Codes[0].Why)
	// Output:
	// cms-hcc-v28@py2026+local [E119 age<15: ignored] [] ignored by the edit for age<15
}

func ExampleExplanation() {
	m, err := hcc.New(hcc.V28, 2024)
	if err != nil {
		fmt.Println(err)
		return
	}
	p := &hcc.Person{Birth: registry.Day(1947, 6, 30), Sex: registry.Female, OREC: "1", Dual: "03", Diagnoses: []string{"E08.3293", "E13.9"}}
	x := m.Explain(p)
	for _, t := range x.Terms {
		fmt.Println(t.Name, t.Milli, t.Label)
	}
	for _, c := range x.Codes {
		fmt.Println(c.Code, c.HCCs, c.Why)
	}
	fmt.Println(x.Suppressed)
	// Output:
	// F75_79 485 woman, age 76
	// OriginallyDisabled_Female 103 originally entitled by disability
	// HCC37 166 Diabetes with Chronic Complications
	// D1 0 1 payment HCCs
	// E08.3293 [37] the table of payment year 2024
	// E13.9 [38] the table of payment year 2024
	// [{38 37 the hierarchy of HCC 37}]
}

func ExampleIssues() {
	m, err := hcc.New(hcc.V28, 2024)
	if err != nil {
		fmt.Println(err)
		return
	}
	p := &hcc.Person{Birth: registry.Day(1947, 6, 30), Sex: registry.Female, OREC: "1", Dual: "03", Diagnoses: []string{"E08.3293", "E13.9"}}
	p.OREC, p.Dual = "", ""
	fmt.Println(m.Score(p).Issues.List())
	// Output:
	// [OREC_MISSING DUAL_MISSING]
}

func ExampleModel() {
	m, err := hcc.New(hcc.V28, 2024)
	if err != nil {
		fmt.Println(err)
		return
	}
	p := &hcc.Person{Birth: registry.Day(1947, 6, 30), Sex: registry.Female, OREC: "1", Dual: "03", Diagnoses: []string{"E08.3293", "E13.9"}}
	s := m.Score(p)
	fmt.Println(s.Segment, m.HCCs(s), s.Milli)
	// Output:
	// CPA [37] 754
}

func ExampleNew() {
	m, err := hcc.New(hcc.V28, 2024)
	if err != nil {
		fmt.Println(err)
		return
	}
	p := &hcc.Person{Birth: registry.Day(1947, 6, 30), Sex: registry.Female, OREC: "1", Dual: "03", Diagnoses: []string{"E08.3293", "E13.9"}}
	s := m.Score(p)
	fmt.Println(s.Segment, m.HCCs(s), s.Milli)
	// Output:
	// CPA [37] 754
}

func ExampleParseSegment() {
	s, err := hcc.ParseSegment("CPA")
	fmt.Println(s, err)
	// Output:
	// CPA <nil>
}

func ExamplePart() {
	m, err := hcc.New(hcc.V28, 2024)
	if err != nil {
		fmt.Println(err)
		return
	}
	p := &hcc.Person{Birth: registry.Day(1947, 6, 30), Sex: registry.Female, OREC: "1", Dual: "03", Diagnoses: []string{"E08.3293", "E13.9"}}
	a := hcc.Adjustment{Normalisation: decimal.RequireFromString("1.015"), CodingIntensity: decimal.RequireFromString("0.059")}
	pay, err := hcc.PaymentScore(hcc.EachStep, hcc.Part{Score: m.Score(p), Adjustment: a})
	fmt.Println(pay, err)
	// Output:
	// 0.699 <nil>
}

func ExamplePaymentScore() {
	m, err := hcc.New(hcc.V28, 2024)
	if err != nil {
		fmt.Println(err)
		return
	}
	p := &hcc.Person{Birth: registry.Day(1947, 6, 30), Sex: registry.Female, OREC: "1", Dual: "03", Diagnoses: []string{"E08.3293", "E13.9"}}
	a := hcc.Adjustment{Normalisation: decimal.RequireFromString("1.015"), CodingIntensity: decimal.RequireFromString("0.059")}
	pay, err := hcc.PaymentScore(hcc.EachStep, hcc.Part{Score: m.Score(p), Adjustment: a})
	fmt.Println(pay, err)
	// Output:
	// 0.699 <nil>
}

func ExamplePerson() {
	m, err := hcc.New(hcc.V28, 2024)
	if err != nil {
		fmt.Println(err)
		return
	}
	p := &hcc.Person{Birth: registry.Day(1947, 6, 30), Sex: registry.Female, OREC: "1", Dual: "03", Diagnoses: []string{"E08.3293", "E13.9"}}
	s := m.Score(p)
	fmt.Println(s.Segment, m.HCCs(s), s.Milli)
	// Output:
	// CPA [37] 754
}

func ExamplePublishedAdjustments() {
	years, err := hcc.PublishedAdjustments()
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, y := range years {
		fmt.Println(y.Year, y.Version, y.Normalisation, y.Share, y.Confirmed)
	}
	// Output:
	// 2022 V24 1.118 1 true
	// 2023 V24 1.127 1 true
	// 2024 V24 1.146 0.67 true
	// 2024 V28 1.015 0.33 true
	// 2025 V24 1.153 0.33 true
	// 2025 V28 1.045 0.67 false
	// 2026 V28 1.067 1 true
	// 2027 V28 1.079 1 true
}

func ExampleRounding() {
	m, err := hcc.New(hcc.V28, 2024)
	if err != nil {
		fmt.Println(err)
		return
	}
	p := &hcc.Person{Birth: registry.Day(1947, 6, 30), Sex: registry.Female, OREC: "1", Dual: "03", Diagnoses: []string{"E08.3293", "E13.9"}}
	a := hcc.Adjustment{Normalisation: decimal.RequireFromString("1.015"), CodingIntensity: decimal.RequireFromString("0.059")}
	pay, err := hcc.PaymentScore(hcc.EachStep, hcc.Part{Score: m.Score(p), Adjustment: a})
	fmt.Println(pay, err)
	// Output:
	// 0.699 <nil>
}

func ExampleScore() {
	m, err := hcc.New(hcc.V28, 2024)
	if err != nil {
		fmt.Println(err)
		return
	}
	p := &hcc.Person{Birth: registry.Day(1947, 6, 30), Sex: registry.Female, OREC: "1", Dual: "03", Diagnoses: []string{"E08.3293", "E13.9"}}
	s := m.Score(p)
	fmt.Println(s.Segment, m.HCCs(s), s.Milli)
	// Output:
	// CPA [37] 754
}

func ExampleSegment() {
	m, err := hcc.New(hcc.V28, 2024)
	if err != nil {
		fmt.Println(err)
		return
	}
	p := &hcc.Person{Birth: registry.Day(1947, 6, 30), Sex: registry.Female, OREC: "1", Dual: "03", Diagnoses: []string{"E08.3293", "E13.9"}}
	s := m.Score(p)
	fmt.Println(s.Segment, m.HCCs(s), s.Milli)
	// Output:
	// CPA [37] 754
}

func ExampleSuppressed() {
	m, err := hcc.New(hcc.V28, 2024)
	if err != nil {
		fmt.Println(err)
		return
	}
	p := &hcc.Person{Birth: registry.Day(1947, 6, 30), Sex: registry.Female, OREC: "1", Dual: "03", Diagnoses: []string{"E08.3293", "E13.9"}}
	x := m.Explain(p)
	for _, t := range x.Terms {
		fmt.Println(t.Name, t.Milli, t.Label)
	}
	for _, c := range x.Codes {
		fmt.Println(c.Code, c.HCCs, c.Why)
	}
	fmt.Println(x.Suppressed)
	// Output:
	// F75_79 485 woman, age 76
	// OriginallyDisabled_Female 103 originally entitled by disability
	// HCC37 166 Diabetes with Chronic Complications
	// D1 0 1 payment HCCs
	// E08.3293 [37] the table of payment year 2024
	// E13.9 [38] the table of payment year 2024
	// [{38 37 the hierarchy of HCC 37}]
}

func ExampleTerm() {
	m, err := hcc.New(hcc.V28, 2024)
	if err != nil {
		fmt.Println(err)
		return
	}
	p := &hcc.Person{Birth: registry.Day(1947, 6, 30), Sex: registry.Female, OREC: "1", Dual: "03", Diagnoses: []string{"E08.3293", "E13.9"}}
	x := m.Explain(p)
	for _, t := range x.Terms {
		fmt.Println(t.Name, t.Milli, t.Label)
	}
	for _, c := range x.Codes {
		fmt.Println(c.Code, c.HCCs, c.Why)
	}
	fmt.Println(x.Suppressed)
	// Output:
	// F75_79 485 woman, age 76
	// OriginallyDisabled_Female 103 originally entitled by disability
	// HCC37 166 Diabetes with Chronic Complications
	// D1 0 1 payment HCCs
	// E08.3293 [37] the table of payment year 2024
	// E13.9 [38] the table of payment year 2024
	// [{38 37 the hierarchy of HCC 37}]
}

func ExampleVersion() {
	m, err := hcc.New(hcc.V28, 2024)
	if err != nil {
		fmt.Println(err)
		return
	}
	p := &hcc.Person{Birth: registry.Day(1947, 6, 30), Sex: registry.Female, OREC: "1", Dual: "03", Diagnoses: []string{"E08.3293", "E13.9"}}
	s := m.Score(p)
	fmt.Println(s.Segment, m.HCCs(s), s.Milli)
	// Output:
	// CPA [37] 754
}

func ExampleYearAdjustment() {
	years, err := hcc.PublishedAdjustments()
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, y := range years {
		fmt.Println(y.Year, y.Version, y.Normalisation, y.Share, y.Confirmed)
	}
	// Output:
	// 2022 V24 1.118 1 true
	// 2023 V24 1.127 1 true
	// 2024 V24 1.146 0.67 true
	// 2024 V28 1.015 0.33 true
	// 2025 V24 1.153 0.33 true
	// 2025 V28 1.045 0.67 false
	// 2026 V28 1.067 1 true
	// 2027 V28 1.079 1 true
}

func ExampleYears() {
	fmt.Println(hcc.Years(hcc.V28), hcc.Years(hcc.V24))
	// Output:
	// [2024 2025 2026] [2022 2025 2026]
}
