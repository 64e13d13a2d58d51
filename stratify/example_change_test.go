package stratify_test

import (
	"fmt"

	"github.com/chroniccare/chroniccare/stratify"
)

func ExampleChange() {
	m, _ := stratify.Compile(own())
	local, err := m.With(
		stratify.Change{Set: stratify.SetCoef, Term: "smoker", To: 1},
		stratify.Change{Set: stratify.SetOutside, Input: "age", Outside: stratify.Extrapolate},
	)
	fmt.Println(err)
	s := local.Score(stratify.Inputs{"age": stratify.Num(90, "years"), "smoker": stratify.YesNo(false)})
	fmt.Println(s)
	fmt.Println(s.Model.Modified(), s.Issues[0].Code)
	_, err = m.With(stratify.Change{Set: stratify.SetCoef, Term: "smokers", To: 1})
	fmt.Println(err)
	// Output:
	// <nil>
	// example@2026+local (modified: smoker: 0.75 -> 1; age: outside refuse -> extrapolate): 0.3775 probability
	// true EXTRAPOLATED
	// stratify: faulty table: change coef smokers meets nothing in example@2026
}

func ExampleSetting() {
	m, _ := stratify.Compile(own())
	local, _ := m.With(stratify.Change{Set: stratify.SetConstant, To: -3})
	fmt.Println(local.Reference().Changes)
	// Output: [constant: -2 -> -3]
}

func ExampleDiff() {
	a, _ := stratify.Compile(own())
	d := own()
	d.Version = "2"
	d.Equations[0].Terms[1].Coef = 0.8
	b, _ := stratify.Compile(d)
	for _, x := range stratify.Diff(a, b) {
		fmt.Println(x)
	}
	// Output:
	// equation: smoker: 0.75 * smoker -> 0.8 * smoker
	// version: (none) -> 2
}

func ExampleDifference() {
	// A model and the same with a local change.
	a, _ := stratify.Compile(own())
	b, _ := a.With(stratify.Change{Set: stratify.SetMax, Input: "age", To: 85})
	for _, d := range stratify.Diff(a, b) {
		fmt.Printf("%s was %q\n", d.Where, d.A)
	}
	// Output:
	// name was "example@2026"
	// input age was "years years, 40 to 80, outside refuse"
}
