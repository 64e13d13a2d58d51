package hcc_test

import (
	"errors"
	"fmt"

	"github.com/shopspring/decimal"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/stratify/hcc"
)

func ExampleAdjustment() {
	// What cannot be is refused.
	bad := exampleAdjustment()
	bad.Normalisation = decimal.Zero
	_, err := hcc.PaymentScore(hcc.EachStep, hcc.Part{Score: exampleModel().Score(examplePerson()), Adjustment: bad})
	fmt.Println(err)
	// Output: hcc: model: part 0: normalisation 0
}

func ExampleCodeFinding() {
	p := examplePerson()
	p.Diagnoses = append(p.Diagnoses, "R51.9", "E13?")
	for _, c := range exampleModel().Explain(p).Codes {
		fmt.Println(c.Code, c.HCCs, c.Why)
	}
	// Output:
	// E08.3293 [37] the table of payment year 2024
	// E13.9 [38] the table of payment year 2024
	// R51.9 [] not a payment diagnosis
	// E13? [] malformed
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
	x := exampleModel().Explain(examplePerson())
	sum := 0
	for _, t := range x.Terms {
		fmt.Println(t.Milli, t.Label)
		sum += t.Milli
	}
	fmt.Println(sum == x.Milli)
	// Output:
	// 485 woman, age 76
	// 103 originally entitled by disability
	// 166 Diabetes with Chronic Complications
	// 0 1 payment HCCs
	// true
}

func ExampleIssues() {
	p := examplePerson()
	p.OREC, p.Dual, p.Diagnoses = "", "", []string{"E11.9", "E1?"}
	s := exampleModel().Score(p)
	fmt.Println(s.Scored, s.Milli, s.Issues.List())
	// Output: true 631 [OREC_MISSING DUAL_MISSING CODE_INVALID]
}

func ExampleModel() {
	m := exampleModel()
	s := m.Score(examplePerson())
	fmt.Println(m, "segment", s.Segment, "HCCs", m.HCCs(s), "score", s.Value())
	// Output: cms-hcc-v28@py2024 segment CPA HCCs [37] score 0.754
}

func ExampleNew() {
	m, err := hcc.New(hcc.V28, 2026)
	fmt.Println(m, err)
	_, err = hcc.New(hcc.V28, 2019)
	fmt.Println(err)
	// Output:
	// cms-hcc-v28@py2026 <nil>
	// hcc: model: stratify: unknown model or version: V28 has no diagnosis table of payment year 2019, there are [2024 2025 2026]
}

func ExampleParseSegment() {
	s, err := hcc.ParseSegment("CPA")
	fmt.Println(s == hcc.CPA, err)
	_, err = hcc.ParseSegment("CPX")
	fmt.Println(err)
	// Output:
	// true <nil>
	// hcc: model: no segment "CPX"
}

func ExamplePart() {
	// Payment year 2025 blends two versions, each with its own adjustment.
	years, err := hcc.PublishedAdjustments()
	if err != nil {
		fmt.Println(err)
		return
	}
	var parts []hcc.Part
	for _, y := range years {
		if y.Year != 2025 {
			continue
		}
		m, err := hcc.New(y.Version, y.Year)
		if err != nil {
			fmt.Println(err)
			return
		}
		s := m.Score(examplePerson())
		fmt.Println(m, s.Value(), "share", y.Share)
		parts = append(parts, hcc.Part{Score: s, Adjustment: y.Adjustment})
	}
	fmt.Println(hcc.PaymentScore(hcc.EachStep, parts...))
	// Output:
	// cms-hcc-v24@py2025 0.938 share 0.33
	// cms-hcc-v28@py2025 0.754 share 0.67
	// 0.708 <nil>
}

func ExamplePaymentScore() {
	pay, err := hcc.PaymentScore(hcc.EachStep, hcc.Part{Score: exampleModel().Score(examplePerson()), Adjustment: exampleAdjustment()})
	fmt.Println(exampleModel().Score(examplePerson()).Value(), "->", pay, err)
	// Output: 0.754 -> 0.699 <nil>
}

func ExamplePerson() {
	// The same woman at home and in an institution.
	for _, institutional := range []bool{false, true} {
		p := examplePerson()
		p.Institutional = institutional
		s := exampleModel().Score(p)
		fmt.Println(s.Segment, s.Milli)
	}
	// Output:
	// CPA 754
	// INS 1375
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
	for _, r := range []hcc.Rounding{hcc.EachStep, hcc.Last, hcc.NoRounding} {
		pay, err := hcc.PaymentScore(r, hcc.Part{Score: exampleModel().Score(examplePerson()), Adjustment: exampleAdjustment()})
		fmt.Println(pay, err)
	}
	// Output:
	// 0.699 <nil>
	// 0.699 <nil>
	// 0.699028571429 <nil>
}

func ExampleScore() {
	// Without a sex there is no score, and it says so.
	p := examplePerson()
	p.Sex = registry.SexUnknown
	for _, q := range []*hcc.Person{examplePerson(), p} {
		s := exampleModel().Score(q)
		fmt.Println(s.Scored, s.Milli, s.Issues.List())
	}
	// Output:
	// true 754 []
	// false 0 [SEX_MISSING]
}

func ExampleSegment() {
	// The facts decide, unless the caller does.
	p := examplePerson()
	for _, given := range []hcc.Segment{hcc.ByFacts, hcc.CNA} {
		p.Segment = given
		s := exampleModel().Score(p)
		fmt.Println(s.Segment, s.Milli, s.Issues.List())
	}
	// Output:
	// CPA 754 []
	// CNA 859 [SEGMENT_CONFLICT]
}

func ExampleSuppressed() {
	for _, s := range exampleModel().Explain(examplePerson()).Suppressed {
		fmt.Println("HCC", s.HCC, "by", s.By, "-", s.Why)
	}
	// Output: HCC 38 by 37 - the hierarchy of HCC 37
}

func ExampleTerm() {
	for _, t := range exampleModel().Explain(examplePerson()).Terms[:2] {
		fmt.Println(t.Name, t.Milli, t.Label)
	}
	// Output:
	// F75_79 485 woman, age 76
	// OriginallyDisabled_Female 103 originally entitled by disability
}

func ExampleVersion() {
	for _, v := range []hcc.Version{hcc.V24, hcc.V28} {
		m, err := hcc.New(v, 2026)
		if err != nil {
			fmt.Println(err)
			return
		}
		s := m.Score(examplePerson())
		fmt.Println(v, m.HCCs(s), s.Milli)
	}
	// Output:
	// V24 [18] 938
	// V28 [37] 754
}

func ExampleYearAdjustment() {
	years, err := hcc.PublishedAdjustments()
	for _, y := range years {
		if !y.Confirmed {
			fmt.Println("of one source only:", y.Year, y.Version, y.Normalisation)
		}
	}
	fmt.Println(err)
	// Output:
	// of one source only: 2025 V28 1.045
	// <nil>
}

func ExampleYears() {
	for _, v := range []hcc.Version{hcc.V22, hcc.V24, hcc.V28} {
		fmt.Println(v, hcc.Years(v))
	}
	// Output:
	// V22 [2022 2025 2026]
	// V24 [2022 2025 2026]
	// V28 [2024 2025 2026]
}

// woman is 76, was first entitled by disability, and has diabetes with eye disease.
func woman() *hcc.Person {
	return &hcc.Person{Birth: registry.Day(1947, 6, 30), Sex: registry.Female, OREC: "1", Dual: "03", Diagnoses: []string{"E08.3293", "E13.9"}}
}

func adjustment() hcc.Adjustment {
	return hcc.Adjustment{Normalisation: decimal.RequireFromString("1.015"), CodingIntensity: decimal.RequireFromString("0.059")}
}

// exampleModel is V28 with the table of payment year 2024.
func exampleModel() *hcc.Model {
	m, err := hcc.New(hcc.V28, 2024)
	if err != nil {
		panic(err)
	}
	return m
}

// examplePerson is 76, was first entitled by disability, and has diabetes with eye disease.
func examplePerson() *hcc.Person {
	return &hcc.Person{Birth: registry.Day(1947, 6, 30), Sex: registry.Female, OREC: "1", Dual: "03", Diagnoses: []string{"E08.3293", "E13.9"}}
}

func exampleAdjustment() hcc.Adjustment {
	return hcc.Adjustment{Normalisation: decimal.RequireFromString("1.015"), CodingIntensity: decimal.RequireFromString("0.059")}
}
