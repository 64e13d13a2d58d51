package ecqm

import (
	"github.com/chroniccare/chroniccare/hedis"
	. "github.com/chroniccare/chroniccare/registry"
)

// cms159 asks which people of 12 and older with depression and a PHQ-9 above 9 at
// an index visit were in remission, PHQ-9 below 5, twelve months later, give or
// take 60 days. A higher rate is better. Steward: Minnesota Community Measurement.
// The latest score of that time counts.
func cms159(y Year) hedis.Indicator {
	r := y.rules()
	const index = "index assessment"
	phq := Query{Kind: Observation, Sets: []Set{vsPHQ9AndPHQ9MTools}, Tests: []Test{resulted()}}
	identification := FromTo(PeriodStart().AddMonths(-14), PeriodStart().AddMonths(-2).Excluded())
	visit := Query{As: "visit", Kind: Encounter, Sets: []Set{vsContactOrOfficeVisit}, Tests: []Test{StatusIn(Finished), When(Ends, identification),
		With(r.confirmed(diagnoses(vsMajorDepressionIncludingRemission, vsDysthymia)).That(When(Overlaps, SpanOf("visit")).Precisely()))}}
	first := Pick{From: phq.Named(index).That(Compare{Op: Above, Limit: Num(9, 0)},
		With(visit.That(itself(index, []Test{When(During, FromTo(StartOf("visit").AddDays(-7), EndOf("visit")))})))), By: Starts, Exact: true}
	given := func(d Definition) Definition { return Given{Pick: first, Then: d} }
	anniversary := StartOf(index).AddMonths(12).Date()
	assessment := Within(60, anniversary)
	w := FromTo(identification.From, assessment.To)
	hospiceStay := Query{Kind: Encounter, Sets: []Set{vsHospiceEncounter}, Tests: []Test{StatusNotIn(Cancelled, StatusUnknown), When(Overlaps, w)}}
	done := func(s Set) Definition {
		return exists(Query{Kind: Procedure, Sets: []Set{s}, Tests: []Test{StatusNotIn(StatusUnknown), When(Overlaps, w)}})
	}
	assessed := func(code string, tests ...Test) Definition {
		return exists(observations(nil, loinc(code)).That(tests...).That(When(Overlaps, w)))
	}
	palliativeDx := r.confirmed(diagnoses(vsPalliativeCareDiagnosis))
	return hedis.Indicator{
		ID: "CMS159", Title: "Depression Remission at Twelve Months", Version: version(r, "13.1.000", "14.0.000"),
		Steward: "Minnesota Community Measurement", Specification: "CMS eCQM CMS159, eCQI Resource Center",
		Question: "Which people with depression and a PHQ-9 above 9 were in remission a year later? The last PHQ-9 within 60 days of the anniversary must be below 5.",
		Rates: []hedis.RateDef{{
			InitialPopulation: given(AgeAt{At: StartOf(index), Min: 12}),
			DenominatorExclusion: given(Any{
				named("Hospice care", Any{
					exists(Query{Kind: Encounter, Sets: []Set{vsEncounterInpatient}, Tests: []Test{StatusIn(Finished),
						DischargedTo(snomed("428361000124107"), snomed("428371000124100")), When(Ends, w)}}),
					exists(hospiceStay),
					assessed("45755-6", yes()),
					exists(Query{Kind: ServiceRequest, Sets: []Set{vsHospiceCareAmbulatory}, Tests: []Test{StatusIn(Active, Completed), IsOrdered(), WhenOf(Authored, Starts, w)}}),
					done(vsHospiceCareAmbulatory),
					exists(r.confirmed(diagnoses(vsHospiceDiagnosis)).That(When(Overlaps, w)))}),
				named("Palliative care", Any{
					assessed("71007-9"),
					exists(palliativeDx.That(When(Overlaps, w))),
					exists(Query{Kind: Encounter, Sets: []Set{vsPalliativeCareEncounter}, Tests: []Test{StatusIn(Finished), When(Overlaps, w)}}),
					done(vsPalliativeCareIntervention)}),
				DiedBy{By: assessment.To},
				named("Bipolar, personality, psychotic or pervasive developmental disorder", exists(r.confirmed(diagnoses(vsBipolarDisorder,
					vsPersonalityDisorderEmotionallyLabile, vsSchizophreniaOrPsychoticDisorder, vsPervasiveDevelopmentalDisorder)).That(When(Starts, Window{To: assessment.To})))),
			}),
			Numerator: given(named("Last PHQ-9 twelve months on below 5", the(Pick{From: phq.That(When(Starts, assessment)), By: Starts, Last: true, Exact: true},
				[]Test{Compare{Op: Below, Limit: Num(5, 0)}}))),
			Strata: []hedis.Stratum{{Name: "Age 12 to 17", Is: given(AgeAt{At: StartOf(index), Min: 12, Max: 17})},
				{Name: "Age 18 or older", Is: given(AgeAt{At: StartOf(index), Min: 18})}},
		}},
	}
}
