package fhir

import (
	"errors"
	"fmt"
	"strings"
)

// Sentinels that faults wrap.
var (
	ErrJSON       = errors.New("fhir: malformed JSON")
	ErrNoPatient  = errors.New("fhir: no Patient resource")
	ErrTwoPeople  = errors.New("fhir: more than one Patient resource")
	ErrValue      = errors.New("fhir: impossible value")
	ErrNotABundle = errors.New("fhir: not a Bundle or resource")
)

// Fault is one thing wrong with the input: which resource, where in it, the
// value as given, and why.
type Fault struct {
	Resource string `json:"resource"` // "Observation/abc"
	Path     string `json:"path"`     // "valueQuantity.value"
	Value    string `json:"value"`
	Err      error  `json:"-"`
}

// Error gives "Observation/abc valueQuantity.value "1e400": ...".
func (f Fault) Error() string {
	s := f.Resource
	if f.Path != "" {
		s += " " + f.Path
	}
	if f.Value != "" {
		v := f.Value
		if len(v) > 60 {
			v = v[:60] + "..."
		}
		s += fmt.Sprintf(" %q", v)
	}
	return s + ": " + f.Err.Error()
}

// Unwrap gives the reason.
func (f Fault) Unwrap() error { return f.Err }

// Error holds every fault of an input.
type Error struct{ Faults []Fault }

// Error lists the faults, one a line.
func (e *Error) Error() string {
	s := make([]string, len(e.Faults))
	for i, f := range e.Faults {
		s[i] = f.Error()
	}
	return strings.Join(s, "\n")
}

// Unwrap gives the faults, for errors.Is and errors.As.
func (e *Error) Unwrap() []error {
	out := make([]error, len(e.Faults))
	for i, f := range e.Faults {
		out[i] = f
	}
	return out
}

// Issue codes: what was odd in input that could be read all the same. They are
// those of the registry's completeness checks.
const (
	PartialDate      = "PARTIAL_DATE" // a year or month stands for its first day
	EndBeforeStart   = "END_BEFORE_START"
	DeathBeforeBirth = "BEFORE_BIRTH"
	UnitMissing      = "UNIT_MISSING"
	SystemMissing    = "CODE_INVALID"
	DuplicateID      = "DUPLICATE_ID"
	OrphanReference  = "ORPHAN_RESULT"
	NegativeSupply   = "NEGATIVE_SUPPLY"
	OtherSubject     = "OTHER_SUBJECT"
)

// Issue is a remark on input that could be read all the same.
type Issue struct {
	Code     string `json:"code"`
	Resource string `json:"resource"`
	Path     string `json:"path"`
	Value    string `json:"value,omitempty"`
}

// Count is how many resources of a type there were.
type Count struct {
	Type string `json:"type"`
	N    int    `json:"n"`
}
