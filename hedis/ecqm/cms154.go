package ecqm

import (
	"github.com/chroniccare/chroniccare/hedis"
	. "github.com/chroniccare/chroniccare/registry"
)

// cms154 asks for which visits with an upper respiratory infection no antibiotic
// was ordered within three days. It counts visits. A higher rate is better.
// Steward: NCQA.
func cms154(y Year) hedis.Indicator {
	r := y.rules()
	dx := version(r, diagnoses, visitDiagnoses)
	episodes := r.respiratoryVisits().That(With(dx(vsUpperRespiratoryInfection).That(
		AnyOf(When(Starts, SpanOf(hedis.Episode)), When(OverlapsBefore, SpanOf(hedis.Episode)).Precisely()))))
	// MY2025 takes any order of an antibiotic before, MY2026 active ones
	before := Query{Kind: MedicationOrder, Sets: []Set{vsAntibioticMedicationsForUpperRespiratoryInfection}}
	if y > MY2025 {
		before = r.activeMedications(vsAntibioticMedicationsForUpperRespiratoryInfection)
	}
	antibiotic := r.medicationOrders([]Set{vsAntibioticMedicationsForUpperRespiratoryInfection}).That(
		WhenOf(Authored, Starts, FromTo(visitStart(), visitStart().AddDays(3))).Precisely())
	return hedis.Indicator{
		ID: "CMS154", Title: "Appropriate Treatment for Upper Respiratory Infection (URI)", Version: version(r, "13.1.000", "14.0.000"),
		Steward: "National Committee for Quality Assurance", Specification: "CMS eCQM CMS154, eCQI Resource Center",
		Question: "When a visit was for a common cold, was it left without an antibiotic? Visits are counted, not patients.",
		Episodes: &episodes,
		Rates: []hedis.RateDef{{
			InitialPopulation:    AgeAt{At: PeriodStart(), Min: 3, Months: true},
			DenominatorExclusion: r.respiratoryExclusions(dx, before, vsCompetingConditionsForRespiratoryConditions, vsAcutePharyngitis, vsAcuteTonsillitis),
			Numerator:            named("No antibiotic within three days", not(exists(antibiotic))),
			Strata:               ageStrata(),
		}},
	}
}
