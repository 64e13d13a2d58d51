package readmission_test

import (
	"errors"
	"fmt"

	"github.com/chroniccare/chroniccare/stratify"
	"github.com/chroniccare/chroniccare/stratify/readmission"
)

func ExampleNew() {
	m, err := readmission.New("lace@2010")
	if err != nil {
		fmt.Println(err)
		return
	}
	s := m.Score(stratify.Inputs{"stay": stratify.Num(5, "days"), "acute": stratify.YesNo(true), "comorbidity": stratify.Num(2, ""), "emergency_visits": stratify.Num(6, "")})
	for _, t := range s.Terms {
		fmt.Println(t.Name, t.Points)
	}
	fmt.Println(s, *s.Band.Percent, "% expected")
	// Output:
	// L 4
	// A 3
	// C 2
	// E 4
	// lace@2010: 13 points (high) 19.8 % expected
}

func ExampleNewUnconfirmed() {
	_, err := readmission.New("parr-30@2012")
	fmt.Println(errors.Is(err, readmission.ErrUnconfirmed))
	m, err := readmission.NewUnconfirmed("parr-30@2012")
	if err != nil {
		fmt.Println(err)
		return
	}
	in := stratify.Inputs{"age": stratify.Num(74, ""), "imd2007": stratify.Num(10, ""), "emergency_admissions": stratify.Num(5, ""), "emergency_admission_30d": stratify.YesNo(false), "current_emergency": stratify.YesNo(true)}
	for _, want := range m.Definition().Inputs {
		if _, given := in[want.Name]; !given && want.Kind == stratify.Flag {
			in[want.Name] = stratify.YesNo(false) // none of the conditions
		}
	}
	fmt.Printf("%.3f\n", m.Score(in).Value)
	// Output:
	// true
	// 0.198
}

func ExampleNames() {
	fmt.Println(readmission.Names())
	// Output: [lace@2010 hospital@2016 hospital@2013]
}

func ExampleUnconfirmedNames() {
	// What could not be checked is not among the names, and says so when it is asked for.
	for _, name := range readmission.UnconfirmedNames() {
		_, err := readmission.New(name)
		fmt.Println(name, "-", err)
	}
	// Output: parr-30@2012 - readmission: unconfirmed model: "parr-30@2012"
}

func ExampleModels() {
	models, err := readmission.Models()
	for _, m := range models {
		fmt.Println(m, "-", m.Reference().Source)
	}
	fmt.Println(err)
	// Output:
	// lace@2010: LACE index - van Walraven et al., CMAJ 2010;182:551-7
	// hospital@2016: HOSPITAL score - Donze et al., JAMA Intern Med 2016;176:496-502
	// hospital@2013: HOSPITAL score - Donze et al., JAMA Intern Med 2013;173:632-8
	// <nil>
}
