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
	t := stratify.Term{Name: "age", Input: 2.2, Coef: 0.5, Points: 1.1}
	fmt.Println(t.Name, t.Points)
	// Output: age 1.1
}

func ExampleSuppressed() {
	s := stratify.Suppressed{Condition: "mild liver disease", By: "severe liver disease"}
	fmt.Println(s.Condition, "gives way to", s.By)
	// Output: mild liver disease gives way to severe liver disease
}

func ExampleIssue() {
	fmt.Println(stratify.Issue{Code: stratify.OutOfRange, Input: "age", Detail: "85 is above 79 years"})
	// Output: OUT_OF_RANGE age: 85 is above 79 years
}

func ExampleIssueCode() {
	s := stratify.Score{Issues: []stratify.Issue{{Code: stratify.SexMissing, Input: "sex"}}}
	fmt.Println(s.Scored, s.Has(stratify.SexMissing), s.Has(stratify.AgeMissing))
	// Output: false true false
}

func ExampleReference() {
	r := stratify.Reference{Name: "lace@2010+local", Changes: []string{"acute: 3 -> 2"}}
	fmt.Println(r.Modified(), r)
	// Output: true lace@2010+local (modified: acute: 3 -> 2)
}

func ExampleUsed() {
	u := stratify.Used{Name: "sbp", Value: 140, Unit: "mmHg"}
	fmt.Println(u.Name, u.Value, u.Unit)
	// Output: sbp 140 mmHg
}

func ExampleBand() {
	survival := 57.0
	b := stratify.Band{Name: "5-6", From: 5, Percent: &survival}
	fmt.Println(b.Name, *b.Percent)
	// Output: 5-6 57
}
