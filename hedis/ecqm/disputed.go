package ecqm

// Dispute is a public test case whose expected result the library does not
// reproduce, with the reason from the specification.
type Dispute struct {
	Year       Year   `json:"year"`
	Measure    string `json:"measure"`
	Case       string `json:"case"`
	Population string `json:"population"`
	Expected   int    `json:"expected"`
	Computed   int    `json:"computed"`
	Reason     string `json:"reason"`
}

// Disputed lists the disputed public test cases.
func Disputed() []Dispute {
	return []Dispute{{
		MY2025, "CMS122", "8956ebb5-d3c0-4112-a34a-200961713efd", "numerator", 1, 0,
		"The case is described as an HbA1c of 9.1 %, but its only HbA1c has the coded value 373066001 (yes) in place of a number. " +
			"The numerator asks for a result that is missing or above 9 %; this result is neither, so the person is not in it. " +
			"The reference engine agrees with the specification; the expected count is wrong.",
	}}
}

// IsDisputed finds the dispute about a case, if there is one.
func IsDisputed(y Year, measure, id string) (Dispute, bool) {
	for _, d := range Disputed() {
		if d.Year == y && d.Measure == measure && d.Case == id {
			return d, true
		}
	}
	return Dispute{}, false
}
