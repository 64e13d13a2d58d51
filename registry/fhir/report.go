package fhir

import (
	"bytes"
	"encoding/json"

	"github.com/chroniccare/chroniccare/registry"
)

// PopulationCount is the count of one population in a MeasureReport.
type PopulationCount struct {
	Code  string // of the FHIR measure-population code system
	Count int64
}

// StratumReport is one stratum of a group.
type StratumReport struct {
	Name        string
	Populations []PopulationCount
	Score       registry.Rate
}

// GroupReport is one rate of a MeasureReport. An undefined Score is left out.
type GroupReport struct {
	Name        string
	Populations []PopulationCount
	Score       registry.Rate
	Strata      []StratumReport
}

// MeasureReport is the result of a measure for one patient (individual) or for a
// population (summary).
type MeasureReport struct {
	ID          string
	Measure     string // canonical URL of the measure, with |version
	Patient     string // ID; empty makes a summary report
	Date        registry.Date
	Period      registry.Period
	Improvement string // "increase" or "decrease"
	Groups      []GroupReport
	Evaluated   []string // references to the resources that decided
}

type jsonCoding struct {
	System string `json:"system"`
	Code   string `json:"code"`
}

type jsonConcept struct {
	Coding []jsonCoding `json:"coding,omitempty"`
	Text   string       `json:"text,omitempty"`
}

type jsonReference struct {
	Reference string `json:"reference"`
}

type jsonPopulation struct {
	Code  jsonConcept `json:"code"`
	Count int64       `json:"count"`
}

type jsonQuantity struct {
	Value json.Number `json:"value"`
}

type jsonStratum struct {
	Value       jsonConcept      `json:"value"`
	Populations []jsonPopulation `json:"population,omitempty"`
	Score       *jsonQuantity    `json:"measureScore,omitempty"`
}

type jsonStratifier struct {
	Stratum []jsonStratum `json:"stratum"`
}

type jsonGroup struct {
	Code        *jsonConcept     `json:"code,omitempty"`
	Populations []jsonPopulation `json:"population"`
	Score       *jsonQuantity    `json:"measureScore,omitempty"`
	Stratifier  []jsonStratifier `json:"stratifier,omitempty"`
}

type jsonReport struct {
	ResourceType string          `json:"resourceType"`
	ID           string          `json:"id,omitempty"`
	Status       string          `json:"status"`
	Type         string          `json:"type"`
	Measure      string          `json:"measure"`
	Subject      *jsonReference  `json:"subject,omitempty"`
	Date         *registry.Date  `json:"date,omitempty"`
	Period       registry.Period `json:"period"`
	Improvement  *jsonConcept    `json:"improvementNotation,omitempty"`
	Group        []jsonGroup     `json:"group"`
	Evaluated    []jsonReference `json:"evaluatedResource,omitempty"`
}

func conceptOf(system, code string) jsonConcept {
	return jsonConcept{Coding: []jsonCoding{{system, code}}}
}

func populations(ps []PopulationCount) []jsonPopulation {
	out := make([]jsonPopulation, len(ps))
	for i, p := range ps {
		out[i] = jsonPopulation{conceptOf("http://terminology.hl7.org/CodeSystem/measure-population", p.Code), p.Count}
	}
	return out
}

func score(r registry.Rate) *jsonQuantity {
	d, ok := r.Decimal(6)
	if !ok {
		return nil
	}
	return &jsonQuantity{json.Number(d.StringFixed(6))}
}

// Marshal gives the report as FHIR R4 JSON, elements in a fixed order. Scores
// have six decimal places.
func (m *MeasureReport) Marshal() ([]byte, error) {
	r := jsonReport{ResourceType: "MeasureReport", ID: m.ID, Status: "complete", Type: "summary", Measure: m.Measure, Period: m.Period}
	if m.Patient != "" {
		r.Type, r.Subject = "individual", &jsonReference{"Patient/" + m.Patient}
	}
	if m.Date != 0 {
		r.Date = &m.Date
	}
	if m.Improvement != "" {
		c := conceptOf("http://terminology.hl7.org/CodeSystem/measure-improvement-notation", m.Improvement)
		r.Improvement = &c
	}
	for _, g := range m.Groups {
		j := jsonGroup{Populations: populations(g.Populations), Score: score(g.Score)}
		if g.Name != "" {
			j.Code = &jsonConcept{Text: g.Name}
		}
		if len(g.Strata) > 0 {
			var s jsonStratifier
			for _, x := range g.Strata {
				s.Stratum = append(s.Stratum, jsonStratum{jsonConcept{Text: x.Name}, populations(x.Populations), score(x.Score)})
			}
			j.Stratifier = []jsonStratifier{s}
		}
		r.Group = append(r.Group, j)
	}
	for _, e := range m.Evaluated {
		r.Evaluated = append(r.Evaluated, jsonReference{e})
	}
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(r); err != nil {
		return nil, err
	}
	return bytes.TrimRight(b.Bytes(), "\n"), nil
}

var resourceTypes = map[registry.Kind]string{
	registry.Diagnosis: "Condition", registry.Encounter: "Encounter", registry.Procedure: "Procedure", registry.Observation: "Observation",
	registry.MedicationOrder: "MedicationRequest", registry.MedicationDispense: "MedicationDispense",
	registry.MedicationAdministration: "MedicationAdministration", registry.MedicationStatement: "MedicationStatement",
	registry.Immunization: "Immunization", registry.ServiceRequest: "ServiceRequest", registry.DeviceRequest: "DeviceRequest",
	registry.Coverage: "Coverage", registry.Allergy: "AllergyIntolerance", registry.AdverseEvent: "AdverseEvent",
	registry.Communication: "Communication", registry.Assessment: "QuestionnaireResponse",
}

// ReferenceTo is the relative FHIR reference to a fact, "Observation/abc"; ""
// when the fact has no ID.
func ReferenceTo(f *registry.Fact) string {
	t := resourceTypes[f.Kind]
	if t == "" || f.ID == "" {
		return ""
	}
	return t + "/" + f.ID
}
