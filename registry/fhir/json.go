package fhir

import (
	"encoding/json"
	"strings"

	"github.com/chroniccare/chroniccare/registry"
)

// The parts of FHIR R4 that the decoder reads. Unknown elements are skipped.

type coding struct {
	System string `json:"system"`
	Code   string `json:"code"`
}

type concept struct {
	Coding []coding `json:"coding"`
	Text   string   `json:"text"`
}

// concepts reads one concept or a list of them: some elements repeat in one
// resource type and not in another.
type concepts []concept

func (c *concepts) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '{' {
		var one concept
		if err := json.Unmarshal(b, &one); err != nil {
			return err
		}
		*c = concepts{one}
		return nil
	}
	if len(b) > 0 && b[0] == '"' { // a code where others have concepts
		return nil
	}
	var list []concept
	if err := json.Unmarshal(b, &list); err != nil {
		return err
	}
	*c = list
	return nil
}

type reference struct {
	Reference string `json:"reference"`
}

type references []reference

func (r *references) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '{' {
		var one reference
		if err := json.Unmarshal(b, &one); err != nil {
			return err
		}
		*r = references{one}
		return nil
	}
	var list []reference
	if err := json.Unmarshal(b, &list); err != nil {
		return err
	}
	*r = list
	return nil
}

type quantity struct {
	Value      *json.Number `json:"value"`
	Comparator string       `json:"comparator"`
	Unit       string       `json:"unit"`
	System     string       `json:"system"`
	Code       string       `json:"code"`
}

type period struct {
	Start string `json:"start"`
	End   string `json:"end"`
}

type rng struct {
	Low  *quantity `json:"low"`
	High *quantity `json:"high"`
}

type value struct {
	Quantity *quantity    `json:"valueQuantity"`
	Concept  *concept     `json:"valueCodeableConcept"`
	String   *string      `json:"valueString"`
	Bool     *bool        `json:"valueBoolean"`
	Integer  *json.Number `json:"valueInteger"`
	DateTime string       `json:"valueDateTime"`
}

type extension struct {
	URL          string  `json:"url"`
	ValueCode    string  `json:"valueCode"`
	ValueBoolean *bool   `json:"valueBoolean"`
	ValueConcept concept `json:"valueCodeableConcept"`
	ValueDate    string  `json:"valueDateTime"`
}

type dosage struct {
	Timing struct {
		Repeat struct {
			BoundsPeriod   *period      `json:"boundsPeriod"`
			BoundsDuration *quantity    `json:"boundsDuration"`
			BoundsRange    *rng         `json:"boundsRange"`
			Frequency      *json.Number `json:"frequency"`
			FrequencyMax   *json.Number `json:"frequencyMax"`
			Period         *json.Number `json:"period"`
			PeriodUnit     string       `json:"periodUnit"`
			TimeOfDay      []string     `json:"timeOfDay"`
		} `json:"repeat"`
	} `json:"timing"`
	DoseAndRate []struct {
		DoseQuantity *quantity `json:"doseQuantity"`
		DoseRange    *rng      `json:"doseRange"`
	} `json:"doseAndRate"`
}

// resource is the union of the resource types that carry facts. Elements whose
// type differs between resource types are read by the lenient types above.
type resource struct {
	ResourceType string `json:"resourceType"`
	ID           string `json:"id"`
	Meta         struct{ Profile []string }
	Contained    []json.RawMessage `json:"contained"`
	Extension    []extension       `json:"extension"`
	Modifier     []extension       `json:"modifierExtension"`

	Status             string          `json:"status"`
	Intent             string          `json:"intent"`
	DoNotPerform       bool            `json:"doNotPerform"`
	ClinicalStatus     concept         `json:"clinicalStatus"`
	VerificationStatus concept         `json:"verificationStatus"`
	Category           concepts        `json:"category"`
	Code               concepts        `json:"code"`
	CodeConcept        concept         `json:"codeCodeableConcept"`
	VaccineCode        concept         `json:"vaccineCode"`
	Medication         concept         `json:"medicationCodeableConcept"`
	MedicationRef      reference       `json:"medicationReference"`
	Type               concepts        `json:"type"`
	Event              json.RawMessage `json:"event"`
	Severity           concepts        `json:"severity"`
	BodySite           concepts        `json:"bodySite"`
	ReasonCode         concepts        `json:"reasonCode"`
	StatusReason       concepts        `json:"statusReason"`
	ReasonReference    references      `json:"reasonReference"`

	Subject   reference       `json:"subject"`
	Patient   reference       `json:"patient"`
	Encounter reference       `json:"encounter"`
	Context   reference       `json:"context"`
	Performer json.RawMessage `json:"-"`

	OnsetDateTime     string    `json:"onsetDateTime"`
	OnsetPeriod       *period   `json:"onsetPeriod"`
	OnsetAge          *quantity `json:"onsetAge"`
	OnsetRange        *rng      `json:"onsetRange"`
	AbatementDateTime string    `json:"abatementDateTime"`
	AbatementPeriod   *period   `json:"abatementPeriod"`
	AbatementAge      *quantity `json:"abatementAge"`
	RecordedDate      string    `json:"recordedDate"`
	LastOccurrence    string    `json:"lastOccurrence"`
	Date              string    `json:"date"`
	AuthoredOn        string    `json:"authoredOn"`
	Issued            string    `json:"issued"`
	Sent              string    `json:"sent"`
	EffectiveDateTime string    `json:"effectiveDateTime"`
	EffectiveInstant  string    `json:"effectiveInstant"`
	EffectivePeriod   *period   `json:"effectivePeriod"`
	PerformedDateTime string    `json:"performedDateTime"`
	PerformedPeriod   *period   `json:"performedPeriod"`
	OccurrenceDate    string    `json:"occurrenceDateTime"`
	OccurrencePeriod  *period   `json:"occurrencePeriod"`
	WhenHandedOver    string    `json:"whenHandedOver"`
	WhenPrepared      string    `json:"whenPrepared"`
	Period            *period   `json:"period"`

	Class           coding `json:"class"`
	Hospitalization struct {
		DischargeDisposition concept `json:"dischargeDisposition"`
	} `json:"hospitalization"`
	Diagnosis []struct {
		Condition        reference    `json:"condition"`
		Rank             *json.Number `json:"rank"`
		Use              concept      `json:"use"`
		Sequence         *json.Number `json:"sequence"`
		DiagnosisConcept concept      `json:"diagnosisCodeableConcept"`
		DiagnosisRef     reference    `json:"diagnosisReference"`
		Type             concepts     `json:"type"`
		OnAdmission      concept      `json:"onAdmission"`
	} `json:"diagnosis"`
	Location json.RawMessage `json:"location"`
	Item     []struct {
		Encounter         references    `json:"encounter"`
		DiagnosisSequence []json.Number `json:"diagnosisSequence"`
	} `json:"item"`
	Use string `json:"use"`

	value
	Component []struct {
		Code concept `json:"code"`
		value
	} `json:"component"`

	DosageInstruction []dosage        `json:"dosageInstruction"`
	Dosage            json.RawMessage `json:"-"`
	DaysSupply        *quantity       `json:"daysSupply"`
	Quantity          *quantity       `json:"quantity"`
	DispenseRequest   struct {
		ExpectedSupplyDuration *quantity    `json:"expectedSupplyDuration"`
		Quantity               *quantity    `json:"quantity"`
		Repeats                *json.Number `json:"numberOfRepeatsAllowed"`
		ValidityPeriod         *period      `json:"validityPeriod"`
	} `json:"dispenseRequest"`
	Focus reference `json:"focus"`

	// Patient
	BirthDate        string `json:"birthDate"`
	Gender           string `json:"gender"`
	DeceasedDateTime string `json:"deceasedDateTime"`
	DeceasedBoolean  bool   `json:"deceasedBoolean"`
}

func (c concept) codes(to []registry.Code) []registry.Code {
	for _, x := range c.Coding {
		if x.Code != "" {
			to = append(to, registry.NewCode(x.System, x.Code))
		}
	}
	return to
}

func (cs concepts) codes() []registry.Code {
	var out []registry.Code
	for _, c := range cs {
		out = c.codes(out)
	}
	return out
}

func (c concept) has(code string) bool {
	for _, x := range c.Coding {
		if x.Code == code {
			return true
		}
	}
	return false
}

// first is the first code of the concept, "" when there is none.
func (c concept) first() string {
	if len(c.Coding) > 0 {
		return c.Coding[0].Code
	}
	return ""
}

// refID gives the logical ID of a reference: relative, absolute, versioned,
// urn:uuid or contained.
func refID(s string) string {
	if i := strings.Index(s, "/_history/"); i >= 0 {
		s = s[:i]
	}
	s = strings.TrimPrefix(strings.TrimPrefix(s, "urn:uuid:"), "urn:oid:")
	if i := strings.LastIndexByte(s, '/'); i >= 0 {
		s = s[i+1:]
	}
	return s
}
