package registry

import "strings"

// Kind says what a fact records.
type Kind uint8

// Kinds of facts.
const (
	KindUnknown Kind = iota
	Diagnosis
	Encounter
	Procedure
	Observation
	MedicationOrder
	MedicationDispense
	MedicationAdministration
	MedicationStatement
	Immunization
	ServiceRequest
	DeviceRequest
	Coverage
	Assessment
	Allergy
	AdverseEvent
	Communication
	Claim // codes are the diagnoses in the order of their positions; Setting is the claim type
	numKinds
)

var kindNames = [numKinds]string{"unknown", "diagnosis", "encounter", "procedure", "observation", "medication order", "medication dispense",
	"medication administration", "medication statement", "immunization", "service request", "device request", "coverage", "assessment",
	"allergy", "adverse event", "communication", "claim"}

// String gives the kind in words.
func (k Kind) String() string {
	if k >= numKinds {
		return kindNames[0]
	}
	return kindNames[k]
}

// Status is where a fact stands in its life. The names are those of the FHIR
// value sets; a fact without a status has StatusUnknown.
type Status uint8

// Statuses.
const (
	StatusUnknown Status = iota
	Active
	Completed
	Final
	Amended
	Corrected
	Finished
	InProgress
	OnHold
	Stopped
	Planned
	Arrived
	Triaged
	OnLeave
	Preliminary
	Registered
	Draft
	Revoked
	Cancelled
	NotDone
	Declined
	Recurrence
	Relapse
	Inactive
	Remission
	Resolved
	Appended
	EnteredInError
	numStatuses
)

var statusNames = [numStatuses]string{"unknown", "active", "completed", "final", "amended", "corrected", "finished", "in-progress", "on-hold",
	"stopped", "planned", "arrived", "triaged", "onleave", "preliminary", "registered", "draft", "revoked", "cancelled", "not-done", "declined",
	"recurrence", "relapse", "inactive", "remission", "resolved", "appended", "entered-in-error"}

// String gives the FHIR code of the status.
func (s Status) String() string {
	if s >= numStatuses {
		return statusNames[0]
	}
	return statusNames[s]
}

// ParseStatus maps a FHIR status code; what it does not know is StatusUnknown.
func ParseStatus(s string) Status {
	for i, n := range statusNames {
		if n == s {
			return Status(i)
		}
	}
	switch s {
	case "accepted", "requested", "ready":
		return Planned
	case "rejected":
		return Declined
	case "nullified":
		return EnteredInError
	}
	return StatusUnknown
}

// Verification says how sure a diagnosis or allergy is.
type Verification uint8

// Verifications; the zero value is "not stated".
const (
	NotStated Verification = iota
	Confirmed
	Unconfirmed
	Provisional
	Differential
	Refuted
	VerifiedInError // entered in error
)

var verificationNames = [...]string{"not stated", "confirmed", "unconfirmed", "provisional", "differential", "refuted", "entered-in-error"}

// String gives the FHIR code of the verification.
func (v Verification) String() string {
	return verificationNames[min(int(v), len(verificationNames)-1)]
}

// ParseVerification maps a FHIR verification status code.
func ParseVerification(s string) Verification {
	for i, n := range verificationNames {
		if n == s {
			return Verification(i)
		}
	}
	return NotStated
}

// Intent says how binding a request is.
type Intent uint8

// Intents. IsOrder covers order and its kinds (original, reflex, filler,
// instance).
const (
	IntentUnknown Intent = iota
	Proposal
	Plan
	Directive
	Order
	OriginalOrder
	ReflexOrder
	FillerOrder
	InstanceOrder
	Option
)

var intentNames = [...]string{"unknown", "proposal", "plan", "directive", "order", "original-order", "reflex-order", "filler-order", "instance-order", "option"}

// String gives the FHIR code of the intent.
func (i Intent) String() string { return intentNames[min(int(i), len(intentNames)-1)] }

// IsOrder reports whether the intent is an order of any kind.
func (i Intent) IsOrder() bool { return i >= Order && i <= InstanceOrder }

// ParseIntent maps a FHIR request intent.
func ParseIntent(s string) Intent {
	for i, n := range intentNames {
		if n == s {
			return Intent(i)
		}
	}
	return IntentUnknown
}

// Category is a bit set of the standard categories of diagnoses and
// observations.
type Category uint16

// Categories.
const (
	ProblemListItem Category = 1 << iota
	EncounterDiagnosis
	HealthConcern
	Laboratory
	Survey
	VitalSigns
	Imaging
	Exam
	SocialHistory
	ProcedureCategory
	Therapy
	Activity
	SmokingStatus // smoking status in the US Core sense
)

var categoryNames = []string{"problem-list-item", "encounter-diagnosis", "health-concern", "laboratory", "survey", "vital-signs", "imaging", "exam",
	"social-history", "procedure", "therapy", "activity", "smoking-status"}

// ParseCategory maps a FHIR category code to its bit, 0 when not standard.
func ParseCategory(s string) Category {
	for i, n := range categoryNames {
		if n == s {
			return 1 << i
		}
	}
	return 0
}

// String lists the categories.
func (c Category) String() string {
	var parts []string
	for i, n := range categoryNames {
		if c&(1<<i) != 0 {
			parts = append(parts, n)
		}
	}
	return strings.Join(parts, ", ")
}

// ValueKind says what a value holds.
type ValueKind uint8

// Kinds of values; the zero value is "no value".
const (
	NoValue ValueKind = iota
	QuantityValue
	CodedValue
	TextValue
	BoolValue
	TimeValue
)

// Value is the result of an observation or assessment. A plain number or score
// is a QuantityValue without a unit.
type Value struct {
	Kind     ValueKind `json:"kind,omitempty"`
	Quantity Quantity  `json:"quantity"`
	Codes    []Code    `json:"codes,omitempty"`
	Text     string    `json:"text,omitempty"`
	Bool     bool      `json:"bool,omitempty"`
	Moment   Moment    `json:"moment"`
}

// QuantityOf is a measured value; the unit is made canonical.
func QuantityOf(n Number, unit string) Value {
	return Value{Kind: QuantityValue, Quantity: Quantity{Value: n, Unit: CanonicalUnit(unit)}}
}

// CodesOf is a coded value.
func CodesOf(codes ...Code) Value { return Value{Kind: CodedValue, Codes: codes} }

// String gives the value for a reader.
func (v Value) String() string {
	switch v.Kind {
	case QuantityValue:
		return v.Quantity.String()
	case CodedValue:
		if len(v.Codes) > 0 {
			return v.Codes[0].Display()
		}
	case TextValue:
		return v.Text
	case BoolValue:
		if v.Bool {
			return "yes"
		}
		return "no"
	case TimeValue:
		return v.Moment.String()
	}
	return "no value"
}

// Component is one part of a panel, such as the systolic pressure.
type Component struct {
	Codes []Code `json:"codes"`
	Value Value  `json:"value"`
}

// EncounterDx is a diagnosis of an encounter or claim.
type EncounterDx struct {
	Codes     []Code `json:"codes"`
	Reference string `json:"reference,omitempty"` // ID of the diagnosis fact
	Principal bool   `json:"principal,omitempty"`
	Sequence  int    `json:"sequence,omitempty"`
	OnAdmit   string `json:"on_admission,omitempty"` // present-on-admission indicator
}

// Visit is what only encounters have.
type Visit struct {
	Class         string        `json:"class,omitempty"` // v3 ActCode: AMB, EMER, IMP, ...
	Disposition   []Code        `json:"disposition,omitempty"`
	Diagnoses     []EncounterDx `json:"diagnoses,omitempty"`
	LocationTypes []Code        `json:"location_types,omitempty"`
}

// Fact is one entry of a patient's record. All times are civil; the zero value
// of a field means "not recorded".
type Fact struct {
	ID           string       `json:"id"`
	Kind         Kind         `json:"kind"`
	Status       Status       `json:"status"`
	Intent       Intent       `json:"intent,omitempty"`
	Negated      bool         `json:"negated,omitempty"` // documented as not done, not ordered, not present
	Refused      bool         `json:"refused,omitempty"` // an order that was turned down by whom it was for
	Verification Verification `json:"verification,omitempty"`
	Category     Category     `json:"category,omitempty"`
	Codes        []Code       `json:"codes,omitempty"`
	When         Span         `json:"when"`      // happened, effective, prevalent; for orders the time ordered
	Authored     Moment       `json:"authored"`  // ordered, issued or recorded
	LastSeen     Moment       `json:"last_seen"` // last occurrence, of allergies
	Value        Value        `json:"value"`
	Components   []Component  `json:"components,omitempty"`
	Reasons      []Code       `json:"reasons,omitempty"` // why, or why not
	Sites        []Code       `json:"sites,omitempty"`   // body site
	Severity     []Code       `json:"severity,omitempty"`
	EncounterID  string       `json:"encounter,omitempty"`   // the encounter it belongs to
	Visit        *Visit       `json:"visit,omitempty"`       // encounters only
	Supply       *Supply      `json:"supply,omitempty"`      // medication facts only
	Setting      string       `json:"setting,omitempty"`     // claim type or care setting
	Unqualified  bool         `json:"unqualified,omitempty"` // a claim that registers don't count: equipment, ambulance
	Rank         int          `json:"rank,omitempty"`        // position of a diagnosis on its claim, 1 is first
	Provider     string       `json:"provider,omitempty"`
	Source       string       `json:"source,omitempty"` // system it came from
}

// HasCode reports whether one of the fact's codings is the code.
func (f *Fact) HasCode(c Code) bool { return hasCode(f.Codes, c) }

func hasCode(codes []Code, c Code) bool {
	for _, x := range codes {
		if x.Value == c.Value && x.System == c.System {
			return true
		}
	}
	return false
}

// Sex as measures ask for it.
type Sex uint8

// Sexes; the zero value is "not recorded".
const (
	SexUnknown Sex = iota
	Female
	Male
	OtherSex
)

// String gives the FHIR administrative gender.
func (s Sex) String() string {
	return [...]string{"unknown", "female", "male", "other"}[min(s, OtherSex)]
}

// Patient is a person with all facts known about them. Facts may come in any
// order. A chart reads them and never changes them.
type Patient struct {
	ID         string      `json:"id"`
	Birth      Date        `json:"birth"`
	Gender     Sex         `json:"gender"`   // administrative gender
	SexCode    Code        `json:"sex_code"` // recorded sex (US Core), when it is coded
	Death      Moment      `json:"death"`
	Dead       bool        `json:"dead,omitempty"` // also without a date
	Enrolments []Enrolment `json:"enrolments,omitempty"`
	Facts      []Fact      `json:"facts,omitempty"`
}

// AgeOn is the age in completed years, -1 when not computable.
func (p *Patient) AgeOn(d Date) int { return Age(p.Birth, d) }
