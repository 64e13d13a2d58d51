package completeness

import (
	"cmp"
	"encoding/json"
	"strings"

	"github.com/chroniccare/chroniccare/internal/name"
	"github.com/chroniccare/chroniccare/registry"
)

// Code names a kind of fault of a record.
type Code uint8

// Codes of issues.
const (
	NoIssue Code = iota
	FutureDate
	EndBeforeStart
	AfterDeath
	BeforeBirth
	DuplicateID
	UnitMissing
	UnitMismatch
	Implausible
	CodeInvalid
	CodeUnknown
	StatusConflict
	CoverageOverlap
	NegativeSupply
	OrphanResult
	IDCheckDigit
	MultipleDeaths
)

var issueCodes = [...]string{"", "FUTURE_DATE", "END_BEFORE_START", "AFTER_DEATH", "BEFORE_BIRTH", "DUPLICATE_ID", "UNIT_MISSING", "UNIT_MISMATCH", "IMPLAUSIBLE",
	"CODE_INVALID", "CODE_UNKNOWN", "STATUS_CONFLICT", "COVERAGE_OVERLAP", "NEGATIVE_SUPPLY", "ORPHAN_RESULT", "ID_CHECK_DIGIT", "MULTIPLE_DEATHS"}

// String gives the code as other systems read it, such as FUTURE_DATE.
func (c Code) String() string { return issueCodes[min(int(c), len(issueCodes)-1)] }

// MarshalText gives the code as other systems read it.
func (c Code) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads what MarshalText gives; another text is an error that lists the words.
func (c *Code) UnmarshalText(text []byte) error { return name.Parse(c, len(issueCodes), text) }

// Issue is one fault of a record. Without a Fact it is about the person.
type Issue struct {
	Code   Code          `json:"code"`
	Kind   registry.Kind `json:"-"`
	Fact   string        `json:"fact,omitempty"` // ID of the fact at fault
	On     registry.Date `json:"on"`             // the fact's day
	Field  string        `json:"field"`
	Detail string        `json:"detail"`
}

// MarshalJSON gives the issue with the kind of the fact in words.
func (i Issue) MarshalJSON() ([]byte, error) {
	type plain Issue
	x := struct {
		plain
		Kind string `json:"kind,omitempty"`
	}{plain: plain(i)}
	if i.Kind != registry.KindUnknown {
		x.Kind = i.Kind.String()
	}
	return json.Marshal(x)
}

// Text gives the issue on a line.
func (i *Issue) Text() string {
	s := i.Code.String() + ": "
	if i.Kind != registry.KindUnknown {
		s += i.Kind.String() + " "
		if i.Fact != "" {
			s += "[" + i.Fact + "] "
		}
	}
	return s + i.Field + " " + i.Detail
}

// byPlace is the order of issues: about the person first, then by day, kind, ID, code
// and field.
func byPlace(a, b Issue) int {
	person := func(i *Issue) int {
		if i.Kind == registry.KindUnknown {
			return 0
		}
		return 1
	}
	return cmp.Or(cmp.Compare(person(&a), person(&b)), cmp.Compare(a.On, b.On), cmp.Compare(a.Kind, b.Kind), strings.Compare(a.Fact, b.Fact),
		cmp.Compare(a.Code, b.Code), strings.Compare(a.Field, b.Field), strings.Compare(a.Detail, b.Detail))
}
