package ecqm

import (
	"github.com/chroniccare/chroniccare/hedis"
	. "github.com/chroniccare/chroniccare/registry"
)

// cms138 asks which people of 12 and older were screened for tobacco use, which
// users got help to stop, and which had the one and, if needed, the other.
// A higher rate is better. Steward: NCQA. The latest screening of the year counts;
// help counts from six months before the year.
func cms138(y Year) hedis.Indicator {
	r := y.rules()
	screening := r.assessments()
	screening.Sets = []Set{vsTobaccoUseScreening}
	if y > MY2025 {
		screening = Query{Kind: Observation, Tests: []Test{StatusIn(Final), InCategory(SmokingStatus)}}
	}
	latest := Pick{From: screening.That(When(During, mp())), By: Starts, Last: true, Exact: true}
	user := named("Most recent screening: tobacco user", the(latest, []Test{ValueIn(vsTobaccoUser)}))
	nonUser := named("Most recent screening: no tobacco", the(latest, []Test{ValueIn(vsTobaccoNonUser)}))
	window := FromTo(PeriodStart().AddMonths(-6), PeriodEnd())
	counselled := diagnoses()
	counselled.Codes = []Code{NewCode(string(ICD10CM), "Z71.6")}
	ordered := r.medicationOrders([]Set{vsTobaccoUseCessationPharmacotherapy}).That(WhenOf(Authored, Starts, window))
	if y > MY2025 {
		ordered = ordered.That(NotRefused())
	}
	helped := named("Cessation intervention", Any{
		named("Cessation counselling", Any{exists(procedures(vsTobaccoUseCessationCounseling).That(When(During, window))), exists(counselled.That(When(Starts, window)))}),
		named("Cessation medicine ordered", exists(ordered)),
		named("On a cessation medicine", exists(r.activeMedications(vsTobaccoUseCessationPharmacotherapy).That(WhenOf(Covered, During, window))))})
	population := All{ageAtStart(12, 0), named("Two visits or a preventive visit", Any{
		Count{Of: r.encounters([]Set{vsHomeHealthcareServices, vsOccupationalTherapyEvaluation, vsOfficeVisit, vsOphthalmologicalServices, vsPhysicalTherapyEvaluation,
			vsPsychVisitDiagnosticEvaluation, vsPsychVisitPsychotherapy, vsPsychoanalysis, vsSpeechAndHearingEvaluation, vsTelephoneVisits, vsVirtualEncounter},
			cpt("96158"), cpt("96156")).That(When(During, mp())), Min: 2},
		exists(r.encounters([]Set{vsAnnualWellnessVisit, vsPreventiveCareServicesEstablishedOfficeVisit18AndUp, vsPreventiveCareServicesInitialOfficeVisit18AndUp,
			vsPreventiveCareEstablishedOfficeVisit0To17, vsPreventiveCareServicesInitialOfficeVisit0To17, vsPreventiveCareServicesGroupCounseling,
			vsPreventiveCareServicesIndividualCounseling, vsNutritionServices}, cpt("99429"), cpt("99024")).That(When(During, mp())))})}
	return hedis.Indicator{
		ID: "CMS138", Title: "Preventive Care and Screening: Tobacco Use: Screening and Cessation Intervention", Version: version(r, "13.1.000", "14.0.000"),
		Steward: "National Committee for Quality Assurance", Specification: "CMS eCQM CMS138, eCQI Resource Center",
		Question: "Which people of 12 and older were asked about tobacco in the year? Which users got counselling or medicine to stop?",
		Rates: []hedis.RateDef{
			{Name: "Screened", InitialPopulation: population, DenominatorExclusion: r.hospice(), Numerator: Any{nonUser, user}},
			{Name: "Users helped", InitialPopulation: population, Denominator: user, DenominatorExclusion: r.hospice(), Numerator: helped},
			{Name: "Screened and helped if needed", InitialPopulation: population, DenominatorExclusion: r.hospice(), Numerator: Any{nonUser, All{user, helped}}},
		},
	}
}
