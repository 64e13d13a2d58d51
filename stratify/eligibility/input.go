package eligibility

import (
	"errors"
	"fmt"
	"strconv"
)

// Faults of calls, to be met with errors.Is.
var (
	// ErrProgramme: no programme of that name, or one that this call cannot make.
	ErrProgramme = errors.New("eligibility: unknown programme")
	// ErrParameter: a parameter that the source leaves open and the caller must give, or one
	// outside its range.
	ErrParameter = errors.New("eligibility: missing or faulty parameter")
)

// Input names something that a rule asks about a person.
type Input string

// The inputs. Numbers are whole: age in completed years; the others are yes or no.
const (
	Age                 Input = "age"
	EmergencyAdmissions Input = "previous emergency admissions" // in the look-back, see [Prior]
	ServicesNeeded      Input = "health or social services needed"
	ChronicConditions   Input = "chronic conditions"
	Disabilities        Input = "disabilities"

	Referred           Input = "referred by a clinician"
	InArea             Input = "lives in the service area"
	InCommunity        Input = "lives in the community"
	NursingHomeLevel   Input = "certified for nursing-home level of care"
	ModerateDisability Input = "moderate disability"
	CarerWilling       Input = "carer willing to take part"
	Impaired           Input = "moderate to severe impairment"
	CanStayHome        Input = "good potential to stay at home"
	Frail              Input = "frail"
	Stable             Input = "well managed and stable"
	AcuteExacerbation  Input = "recent acute exacerbation"
	NeedsIntensive     Input = "needs intensive case management, as for co-morbidities"
	PoorlyControlled   Input = "poorly controlled"
	VeryComplex        Input = "very complex needs"
	RecentlyDischarged Input = "recently discharged from hospital"
	MinorIssue         Input = "minor issue"
	LivesAlone         Input = "lives alone"
	ComplexNeeds       Input = "complex needs"
	NeedsMonitoring    Input = "long-term condition that needs monitoring"
	Vulnerable         Input = "vulnerable"
	NeedsSupport       Input = "needs health or social care support to stay at home"
	OptedOut           Input = "opted out"
	Linked             Input = "records linked to one person"
	Catastrophic       Input = "catastrophic case"
	NamedDisease       Input = "has one of the plan's named diseases"
	CostlyCondition    Input = "has a costly condition"
)

// number reports whether an input is a number.
func (i Input) number() bool {
	switch i {
	case Age, EmergencyAdmissions, ServicesNeeded, ChronicConditions, Disabilities:
		return true
	}
	return false
}

// Answer is what is known about one input: a yes, a no, or a whole number. The zero Answer
// is "not known".
type Answer struct {
	known bool
	n     int
}

// Yes is the answer yes, No the answer no.
func Yes() Answer { return Answer{true, 1} }

// No is the answer no.
func No() Answer { return Answer{true, 0} }

// Number is a whole number; one below zero counts as not known.
func Number(n int) Answer { return Answer{n >= 0, max(n, 0)} }

// String is the answer in words: "1" also stands for a yes.
func (a Answer) String() string {
	if !a.known {
		return "not known"
	}
	return fmt.Sprint(a.n)
}

// MarshalJSON prints the number, 1 for a yes, 0 for a no, null when not known.
func (a Answer) MarshalJSON() ([]byte, error) {
	if !a.known {
		return []byte("null"), nil
	}
	return strconv.AppendInt(nil, int64(a.n), 10), nil
}

// UnmarshalJSON reads true, false, a whole number, or null. It reports [ErrParameter].
func (a *Answer) UnmarshalJSON(text []byte) error {
	switch s := string(text); s {
	case "null":
		*a = Answer{}
	case "true":
		*a = Yes()
	case "false":
		*a = No()
	default:
		n, err := strconv.Atoi(s)
		if err != nil {
			return fmt.Errorf("%w: answer %s is not true, false or a whole number", ErrParameter, s)
		}
		*a = Number(n)
	}
	return nil
}

// Inputs is what is known about a person. An input that is not there is not known: it is
// never taken for a no.
type Inputs map[Input]Answer

// Condition is one requirement: a yes, a no, or a number of at least Min.
type Condition struct {
	Input Input `json:"input"`
	Min   int   `json:"min"` // of a number; 1 of a yes
	Not   bool  `json:"not"` // the answer must be no
}

// String is the condition in words.
func (c Condition) String() string {
	switch {
	case c.Not:
		return "not: " + string(c.Input)
	case c.Input.number():
		return fmt.Sprintf("%s: %d or more", c.Input, c.Min)
	}
	return string(c.Input)
}

// state is yes, no or not known.
type state uint8

const (
	no state = iota
	unknown
	yes
)

func (c Condition) ask(in Inputs) state {
	a := in[c.Input]
	switch {
	case !a.known:
		return unknown
	case c.Not && a.n == 0, !c.Not && a.n >= max(c.Min, 1):
		return yes
	}
	return no
}
