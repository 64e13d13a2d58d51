package cvd_test

import (
	"fmt"
	"strings"

	"github.com/chroniccare/chroniccare/stratify"
	"github.com/chroniccare/chroniccare/stratify/cvd"
)

// woman is the worked example published with the PREVENT equations.
func woman() stratify.Inputs {
	return stratify.Inputs{
		"sex": stratify.Word("female"), "age": stratify.Num(50, "years"),
		"sbp": stratify.Num(160, "mmHg"), "bp_treated": stratify.YesNo(true),
		"tc": stratify.Num(200, "mg/dL"), "hdl": stratify.Num(45, "mg/dL"), "statin": stratify.YesNo(false),
		"diabetes": stratify.YesNo(true), "smoker": stratify.YesNo(false),
		"egfr": stratify.Num(90, "mL/min/1.73m2"), "bmi": stratify.Num(35, "kg/m2"),
	}
}

func ExampleNew() {
	m, err := cvd.New("prevent-base-10y-ascvd@2023")
	if err != nil {
		fmt.Println(err)
		return
	}
	in := woman()
	delete(in, "bmi") // this outcome does not ask for it
	s := m.Score(in)
	fmt.Println(s)
	for _, t := range s.Terms[:4] {
		fmt.Printf("%-10s %+.4f\n", t.Name, t.Points)
	}
	// Output:
	// prevent-base-10y-ascvd@2023: 0.09195 probability
	// age        -0.3599
	// nonhdl     +0.0598
	// hdl        +0.0687
	// sbp_lt110  -0.0000
}

func ExamplePREVENT() {
	in := woman()
	for _, years := range []int{10, 30} {
		for _, outcome := range []string{"total_cvd", "ascvd", "heart_failure"} {
			m, err := cvd.New(cvd.PREVENT(cvd.PREVENTSet(in), years, outcome))
			if err != nil {
				fmt.Println(err)
				return
			}
			fmt.Printf("%d years, %s: %.3f\n", years, outcome, m.Score(in).Value)
		}
	}
	// Output:
	// 10 years, total_cvd: 0.147
	// 10 years, ascvd: 0.092
	// 10 years, heart_failure: 0.081
	// 30 years, total_cvd: 0.530
	// 30 years, ascvd: 0.354
	// 30 years, heart_failure: 0.390
}

func ExamplePREVENTSet() {
	in := woman()
	fmt.Println(cvd.PREVENTSet(in))
	in["hba1c"] = stratify.Num(7.5, "%")
	fmt.Println(cvd.PREVENTSet(in))
	in["uacr"] = stratify.Num(40, "mg/g")
	fmt.Println(cvd.PREVENTSet(in))
	// Output:
	// base
	// hba1c
	// full
}

func ExampleOutcomes() {
	in := woman()
	for _, outcome := range cvd.Outcomes() {
		m, err := cvd.New(cvd.PREVENT(cvd.PREVENTSet(in), 10, outcome))
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Printf("%s %.3f\n", outcome, m.Score(in).Value)
	}
	// Output:
	// total_cvd 0.147
	// ascvd 0.092
	// heart_failure 0.081
	// chd 0.044
	// stroke 0.054
}

func ExampleSCORE2() {
	m, err := cvd.New(cvd.SCORE2(50))
	if err != nil {
		fmt.Println(err)
		return
	}
	s := m.Score(stratify.Inputs{
		"region": stratify.Word("low"), "sex": stratify.Word("male"), "age": stratify.Num(50, "years"), "smoker": stratify.YesNo(true),
		"sbp": stratify.Num(140, "mmHg"), "tc": stratify.Num(6.3, "mmol/L"), "hdl": stratify.Num(1.4, "mmol/L"), "diabetes": stratify.YesNo(false),
	})
	fmt.Printf("%s %.1f %%\n", m.Name(), 100*s.Value)
	fmt.Println(cvd.SCORE2(75))
	// Output:
	// score2@2021 6.3 %
	// score2-op@2021
}

func ExampleNames() {
	for _, n := range cvd.Names() {
		if strings.HasPrefix(n, "score2") {
			fmt.Println(n)
		}
	}
	// Output:
	// score2@2021
	// score2-op@2021
	// score2-asia-pacific@2025
	// score2-diabetes@2023
}

func ExampleModels() {
	// Which models take an HbA1c?
	models, err := cvd.Models()
	for _, m := range models {
		if m.Index("hba1c") >= 0 && !strings.HasPrefix(m.Name(), "prevent") {
			fmt.Println(m)
		}
	}
	fmt.Println(err)
	// Output:
	// score2-diabetes@2023: SCORE2-Diabetes
	// <nil>
}
