package stratify

import "errors"

// Faults of definitions and calls, to be met with errors.Is. All faults of a definition
// come together, each naming the field.
var (
	// ErrTable: a definition or table with a duplicate key, an unknown name, an unknown
	// transform, a weight that is not exact in its scale, bands that overlap.
	ErrTable = errors.New("stratify: faulty table")
	// ErrVersion: no model, release or payment year of that name.
	ErrVersion = errors.New("stratify: unknown model or version")
	// ErrRange: a range whose ends are reversed or not numbers.
	ErrRange = errors.New("stratify: faulty range")
	// ErrUnit: a unit without a name or with a factor that is not positive.
	ErrUnit = errors.New("stratify: faulty unit")
)

// IssueCode names what is the matter with a person's facts. The codes are stable and
// made for machines; [Issue.Detail] is for people.
type IssueCode string

// The issue codes.
const (
	CodeInvalid      IssueCode = "CODE_INVALID"       // a code that is not well formed
	CodeUnknown      IssueCode = "CODE_UNKNOWN"       // well formed, not in the model's full list
	CodeSystemMixed  IssueCode = "CODE_SYSTEM_MIXED"  // ICD-9 and ICD-10 in one stream
	Leakage          IssueCode = "LEAKAGE"            // a fact from after the index date
	TableRange       IssueCode = "TABLE_RANGE"        // a date outside the table's years
	POAInvalid       IssueCode = "POA_INVALID"        // a present-on-admission mark that does not exist
	POAAbsent        IssueCode = "POA_ABSENT"         // no present-on-admission data
	IndexWithoutPOA  IssueCode = "INDEX_WITHOUT_POA"  // an index summed without the measures that need it
	PrincipalAbsent  IssueCode = "PRINCIPAL_ABSENT"   // no principal diagnosis
	SexMissing       IssueCode = "SEX_MISSING"        // sex not given or unknown
	AgeMissing       IssueCode = "AGE_MISSING"        // age not given
	AgeNegative      IssueCode = "AGE_NEGATIVE"       // age below zero
	AgeOutOfModel    IssueCode = "AGE_OUT_OF_MODEL"   // age outside the validated range
	AgeCell          IssueCode = "AGE_CELL"           // no age cell in the segment
	ORECMissing      IssueCode = "OREC_MISSING"       // original reason for entitlement not given
	DualMissing      IssueCode = "DUAL_MISSING"       // dual status not given
	SegmentConflict  IssueCode = "SEGMENT_CONFLICT"   // segment and facts contradict each other
	OutOfModel       IssueCode = "OUT_OF_MODEL"       // the person belongs to another model
	InputMissing     IssueCode = "INPUT_MISSING"      // a needed input is absent or not a number
	InputUnknown     IssueCode = "INPUT_UNKNOWN"      // a name that the model does not ask for
	UnitMismatch     IssueCode = "UNIT_MISMATCH"      // no unit where several are usual, or one the model does not know
	OutOfRange       IssueCode = "OUT_OF_RANGE"       // refused: outside the model's range
	Clamped          IssueCode = "CLAMPED"            // taken at the range's nearest end
	Extrapolated     IssueCode = "EXTRAPOLATED"       // used although outside the range
	DuplicatePerson  IssueCode = "DUPLICATE_PERSON"   // one person twice
	Unlinked         IssueCode = "UNLINKED"           // records that belong to nobody
	RegressionToMean IssueCode = "REGRESSION_TO_MEAN" // before and after without a comparison
	SmallCell        IssueCode = "SMALL_CELL"         // too few people to show
)

// Issue says what is wrong with one person's facts, and where. An issue never stops a
// run: the score comes with less information, or is not computable.
type Issue struct {
	Code   IssueCode `json:"code"`
	Input  string    `json:"input,omitempty"` // the input or code at fault
	Detail string    `json:"detail,omitempty"`
}

// String is the code, the input and the detail.
func (i Issue) String() string {
	s := string(i.Code)
	if i.Input != "" {
		s += " " + i.Input
	}
	if i.Detail != "" {
		s += ": " + i.Detail
	}
	return s
}
