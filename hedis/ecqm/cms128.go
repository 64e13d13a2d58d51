package ecqm

import (
	"github.com/chroniccare/chroniccare/hedis"
	. "github.com/chroniccare/chroniccare/registry"
)

// cms128 asks which adults with major depression who started an antidepressant
// stayed on it: 84 days of the first 115 (acute phase) and 180 days of the first
// 232 (continuation phase). A higher rate is better. Steward: NCQA. The index
// date is the first day covered by a dispense from 1 May of the year before to
// 30 April; people on an antidepressant in the 105 days before are excluded.
func cms128(y Year) hedis.Indicator {
	r := y.rules()
	const index = "index dispense"
	start := CoverStartOf(index)
	dispensed := Query{Kind: MedicationDispense, Sets: []Set{vsAntidepressantMedication}, Tests: []Test{StatusIn(Completed, InProgress, OnHold)}}
	given := func(d Definition) Definition {
		return Given{Pick: Pick{From: dispensed.Named(index).That(WhenOf(Covered, Starts, FromTo(YearDay(5, 1).AddYears(-1), YearDay(4, 30)))), By: Starts, Of: Covered}, Then: d}
	}
	rate := func(name string, days, within int) hedis.RateDef {
		return hedis.RateDef{
			Name: name,
			InitialPopulation: given(All{
				AgeAt{At: start, Min: 18},
				named("Major depression within 60 days of the index date", exists(diagnoses(vsMajorDepression).That(When(Starts, Within(60, start))))),
				named("Qualifying encounter within 60 days of the index date", exists(r.encounters([]Set{vsOfficeVisit, vsPreventiveCareServicesEstablishedOfficeVisit18AndUp,
					vsPreventiveCareServicesInitialOfficeVisit18AndUp, vsHomeHealthcareServices, vsAnnualWellnessVisit, vsNursingFacilityVisit,
					vsPsychVisitDiagnosticEvaluation, vsPsychVisitPsychotherapy, vsTelephoneVisits, vsVirtualEncounter}).That(When(Starts, Within(60, start)))))}),
			DenominatorExclusion: Any{r.hospice(), named("On an antidepressant in the 105 days before", given(exists(r.activeMedications(vsAntidepressantMedication).That(
				WhenOf(Covered, Overlaps, FromTo(start.AddDays(-105), start.Excluded()))))))},
			Numerator: given(CoverDays{Of: []Query{dispensed}, Window: FromTo(start, start.AddDays(within)), Min: days}),
		}
	}
	return hedis.Indicator{
		ID: "CMS128", Title: "Antidepressant Medication Management", Version: version(r, "13.1.000", "14.0.000"),
		Steward: "National Committee for Quality Assurance", Specification: "CMS eCQM CMS128, eCQI Resource Center",
		Question: "Which adults who started an antidepressant for major depression stayed on it? Twelve weeks make the acute phase, six months the continuation phase.",
		Rates:    []hedis.RateDef{rate("Acute phase: 84 days", 84, 114), rate("Continuation phase: 180 days", 180, 231)},
	}
}
