package stratify_test

import (
	"encoding/json"
	"fmt"

	"github.com/chroniccare/chroniccare/stratify"
)

func ExampleScore() {
	s := stratify.Score{
		Model:      stratify.Reference{Name: "charlson-quan2005@charlson1987", Version: "2005", Source: "Quan 2005"},
		Scored:     true,
		Value:      3,
		Linear:     3,
		Unit:       "points",
		Terms:      []stratify.Term{{Name: "chf", Label: "congestive heart failure", Input: 1, Coef: 1, Points: 1, Facts: []string{"I509"}}, {Name: "diabwc", Label: "diabetes with complications", Input: 1, Coef: 2, Points: 2, Facts: []string{"E1121"}}},
		Flags:      []string{"chf", "diabwc"},
		Suppressed: []stratify.Suppressed{{Condition: "diab", By: "diabwc"}},
	}
	fmt.Println(s)
	b, _ := json.Marshal(s)
	fmt.Println(string(b))
	// Output:
	// charlson-quan2005@charlson1987: 3 points
	// {"model":{"name":"charlson-quan2005@charlson1987","version":"2005","source":"Quan 2005"},"value":3,"unit":"points","linear":3,"terms":[{"name":"chf","label":"congestive heart failure","input":1,"coef":1,"points":1,"facts":["I509"]},{"name":"diabwc","label":"diabetes with complications","input":1,"coef":2,"points":2,"facts":["E1121"]}],"flags":["chf","diabwc"],"suppressed":[{"condition":"diab","by":"diabwc"}]}
}

func ExampleTerm() {
	m, _ := stratify.Compile(own())
	sum := 0.0
	s := m.Score(stratify.Inputs{"age": stratify.Num(70, "years"), "smoker": stratify.YesNo(true)})
	for _, t := range s.Terms {
		fmt.Printf("%-8s %5.2f x %4.2f = %5.2f %v\n", t.Name, t.Input, t.Coef, t.Points, t.Facts)
		sum += t.Points
	}
	fmt.Println(sum == s.Linear)
	// Output:
	// decades   1.00 x 0.50 =  0.50 [age]
	// smoker    1.00 x 0.75 =  0.75 [smoker]
	// constant  1.00 x -2.00 = -2.00 []
	// true
}

func ExampleSuppressed() {
	// A hierarchy's answer stands in the score, beside the conditions that count.
	s := stratify.Score{Flags: []string{"diabwc"}, Suppressed: []stratify.Suppressed{{Condition: "diab", By: "diabwc"}}, Scored: true, Value: 2, Unit: "points"}
	text, err := json.Marshal(s)
	fmt.Println(string(text), err)
	// Output: {"model":{"name":""},"value":2,"unit":"points","linear":0,"flags":["diabwc"],"suppressed":[{"condition":"diab","by":"diabwc"}]} <nil>
}

func ExampleIssue() {
	m, _ := stratify.Compile(own())
	s := m.Score(stratify.Inputs{"age": stratify.Num(85, "years"), "smokes": stratify.YesNo(true)})
	for _, i := range s.Issues {
		fmt.Println(i)
	}
	// Output:
	// INPUT_UNKNOWN smokes: the model does not ask for it
	// AGE_OUT_OF_MODEL age: 85 is outside the validated range, 40 to 80 (years)
	// INPUT_MISSING smoker: needed by the model
}

func ExampleIssueCode() {
	m, _ := stratify.Compile(own())
	for _, age := range []float64{60, 85} {
		s := m.Score(stratify.Inputs{"age": stratify.Num(age, "years"), "smoker": stratify.YesNo(false)})
		fmt.Println(age, s.Scored, s.Has(stratify.AgeOutOfModel))
	}
	// Output:
	// 60 true false
	// 85 false true
}

func ExampleReference() {
	m, _ := stratify.Compile(own())
	local, _ := m.With(stratify.Change{Set: stratify.SetCoef, Term: "smoker", To: 1})
	for _, r := range []stratify.Reference{m.Reference(), local.Reference()} {
		fmt.Println(r, r.Modified())
	}
	// Output:
	// example@2026 false
	// example@2026+local (modified: smoker: 0.75 -> 1) true
}

func ExampleUsed() {
	// What entered the score: 845 months are 70 completed years.
	d := own()
	d.Inputs[0].Units = []stratify.Unit{{Name: "months", Per: 12}}
	m, _ := stratify.Compile(d)
	for _, u := range m.Score(stratify.Inputs{"age": stratify.Num(845, "months"), "smoker": stratify.YesNo(true)}).Inputs {
		fmt.Printf("%s %v %q\n", u.Name, u.Value, u.Unit)
	}
	// Output:
	// age 70 "years"
	// smoker 1 ""
}

func ExampleBand() {
	m, _ := stratify.Compile(banded())
	for _, age := range []float64{50, 60} {
		fmt.Println(age, m.Score(stratify.Inputs{"age": stratify.Num(age, "")}).Band.Name)
	}
	// Output:
	// 50 low
	// 60 high
}
