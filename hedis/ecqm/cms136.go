package ecqm

import (
	"github.com/chroniccare/chroniccare/hedis"
	. "github.com/chroniccare/chroniccare/registry"
)

// cms136 asks which children of 6 to 12 newly prescribed an ADHD medicine had
// follow-up: a visit within 30 days (initiation), and two more from day 31 to 300
// for those who stayed on the medicine for 210 days (continuation). A higher rate
// is better. Steward: NCQA. The index date is the first covered day of an order
// from 1 March of the year before to the end of February, with no such medicine
// in the 120 days before.
func cms136(y Year) hedis.Indicator {
	r := y.rules()
	const index = "index order"
	start := CoverStartOf(index)
	drugs := []Set{vsAtomoxetine, vsClonidine, vsDexmethylphenidate, vsDextroamphetamine, vsLisdexamfetamine, vsMethylphenidate, vsGuanfacineMedications}
	if y > MY2025 {
		drugs = append(drugs, vsViloxazine)
	}
	methamphetamine := Code{System: RxNorm, Value: "977860"}
	order := r.medicationOrders(drugs, methamphetamine)
	active := r.activeMedications(drugs...)
	active.Codes = []Code{methamphetamine}
	intakeStart, intakeEnd := YearDay(3, 1).AddYears(-1), YearDay(3, 1).AddDays(-1)
	given := func(d Definition) Definition {
		return Given{Pick: Pick{From: order.Named(index).That(WhenOf(Covered, Starts, FromTo(intakeStart, intakeEnd)),
			Without(active.That(WhenOf(Covered, Overlaps, FromTo(start.AddDays(-120), start.Excluded()))))), By: Starts, Of: Covered}, Then: d}
	}
	after := func(days int) Window { return FromTo(start.Excluded(), start.AddDays(days)) }
	stay := func(days int) Definition {
		return named("Inpatient stay for a mental disorder", exists(r.encounters([]Set{vsEncounterInpatient}).That(When(Starts, after(days)),
			PrincipallyDiagnosedWith(vsMentalBehavioralAndNeurodevelopmentalDisorders))))
	}
	visits := func(w Window) Query {
		return Union(
			r.encounters([]Set{vsOfficeVisit, vsPreventiveCareServicesGroupCounseling, vsBehavioralHealthFollowUpVisit, vsPreventiveCareServicesIndividualCounseling,
				vsOutpatientConsultation, vsHomeHealthcareServices, vsPreventiveCareServicesInitialOfficeVisit0To17, vsPreventiveCareEstablishedOfficeVisit0To17,
				vsPsychVisitDiagnosticEvaluation, vsPsychVisitPsychotherapy, vsTelephoneVisits}),
			r.encounters([]Set{vsPsychotherapyAndPharmacologicManagement}).That(LocatedIn(vsAmbulatory))).That(When(Starts, w))
	}
	later := FromTo(start.AddDays(31), start.AddDays(300))
	another := r.encounters([]Set{vsVirtualEncounter}).That(When(Starts, later),
		AnyOf(When(Starts, Window{To: StartOf("visit").Excluded()}), When(Starts, Window{From: StartOf("visit").Excluded()})))
	soon := named("Visit within 30 days", exists(visits(after(30))))
	population := func(more ...Definition) Definition {
		return All{AgeAt{At: intakeStart, Min: 6}, AgeAt{At: intakeEnd, Max: 12}, given(append(All{
			named("Qualifying encounter in the six months before", exists(r.encounters([]Set{vsOfficeVisit, vsHomeHealthcareServices,
				vsPreventiveCareEstablishedOfficeVisit0To17, vsPreventiveCareServicesInitialOfficeVisit0To17}).That(When(During, FromTo(start.AddMonths(-6), start)))))}, more...))}
	}
	var each []Query
	for _, d := range drugs {
		each = append(each, r.medicationOrders([]Set{d}))
	}
	each = append(each, r.medicationOrders(nil, methamphetamine))
	excluded := Any{r.hospice(), named("Narcolepsy", exists(diagnoses(vsNarcolepsy).That(When(Starts, UpToPeriodEnd()))))}
	return hedis.Indicator{
		ID: "CMS136", Title: "Follow-Up Care for Children Prescribed ADHD Medication (ADD)", Version: version(r, "14.1.000", "15.0.000"),
		Steward: "National Committee for Quality Assurance", Specification: "CMS eCQM CMS136, eCQI Resource Center",
		Question: "Which children newly on an ADHD medicine were seen within 30 days? Of those who stayed on it, which were seen twice more within 300 days?",
		Rates: []hedis.RateDef{
			{Name: "Initiation phase", InitialPopulation: population(not(stay(30))), DenominatorExclusion: excluded, Numerator: given(soon)},
			{Name: "Continuation and maintenance phase",
				InitialPopulation: population(
					named("On the medicine for 210 days", CoverDays{Of: each, Window: FromTo(start, start.AddDays(300)), Min: 210, CarryForward: true}),
					not(stay(300))),
				DenominatorExclusion: excluded,
				Numerator: given(All{soon, named("Two visits from day 31 to 300", Any{
					Count{Of: visits(later), Min: 2, Distinct: DistinctDays},
					exists(visits(later).Named("visit").That(With(another)))})})},
		},
	}
}
