package ecqm

import (
	"github.com/chroniccare/chroniccare/hedis"
	. "github.com/chroniccare/chroniccare/registry"
)

// cms165 asks which people of 18 to 85 with essential hypertension had their
// blood pressure controlled: below 140/90 mm[Hg] on the most recent day with a
// reading, the lowest systolic and the lowest diastolic of that day. A higher rate
// is better. Steward: NCQA. Readings of emergency and inpatient stays don't count.
func cms165(y Year) hedis.Indicator {
	r := y.rules()
	acute := []string{"EMER", "IMP", "ACUTE", "NONAC", "PRENC", "SS"}
	bp := observations(nil, loinc("85354-9")).That(When(Latest, mp()), NoneOf(BelongsTo(ClassIn(acute...))))
	if y > MY2025 {
		inAcute := With(r.encounters([]Set{vsEncounterInpatient, vsEmergencyDepartmentEvaluationAndManagementVisit}).Named("acute stay").That(
			itself("reading", []Test{When(Latest, SpanOf("acute stay"))})))
		bp = observations(nil, loinc("85354-9")).Named("reading").That(When(Latest, mp()),
			AnyOf(NoneOf(inAcute), BelongsTo(NoneOf(ClassIn(acute...)))))
	}
	lowest := func(component string, limit int64) Definition {
		c := loinc(component)
		return the(Pick{From: bp, By: Latest, Last: true, Tie: TieLowest, Component: c}, []Test{Compare{Component: c, Op: Below, Limit: Num(limit, 0), Unit: "mm[Hg]"}})
	}
	firstHalf := FromTo(PeriodStart(), PeriodStart().AddMonths(6).Excluded())
	return hedis.Indicator{
		ID: "CMS165", Title: "Controlling High Blood Pressure", Version: version(r, "13.1.000", "14.0.000"),
		Steward: "National Committee for Quality Assurance", Specification: "CMS eCQM CMS165, eCQI Resource Center",
		Question: "Which people of 18 to 85 with essential hypertension had it controlled? The most recent reading must be below 140/90 mm[Hg].",
		Rates: []hedis.RateDef{{
			InitialPopulation: All{ageAtEnd(18, 85), named("Essential hypertension in the first six months", exists(diagnoses(vsEssentialHypertension).That(When(Overlaps, firstHalf)))),
				r.adultOutpatient()},
			DenominatorExclusion: Any{r.hospice(),
				named("Pregnancy or kidney diagnosis", exists(diagnoses(vsPregnancy, vsEndStageRenalDisease, vsKidneyTransplantRecipient, vsChronicKidneyDiseaseStage5).That(When(Overlaps, mp())))),
				named("Dialysis or kidney transplant", exists(procedures(vsKidneyTransplant, vsDialysisServices).That(When(Ends, UpToPeriodEnd())))),
				named("Monthly service for end-stage renal disease", exists(r.encounters([]Set{vsESRDMonthlyOutpatientServices}).That(When(Starts, UpToPeriodEnd())))),
				r.frailAndIllOrOld(), r.nursingHome(), r.palliative()},
			Numerator: All{
				named("Systolic blood pressure below 140 mm[Hg]", lowest("8480-6", 140)),
				named("Diastolic blood pressure below 90 mm[Hg]", lowest("8462-4", 90))},
		}},
	}
}
