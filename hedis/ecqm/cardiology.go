package ecqm

import (
	. "github.com/chroniccare/chroniccare/registry"
)

// What the two beta-blocker measures share. The visit that a criterion is about
// is named "visit".

const visitName = "visit"

func onVisit() Window { return SpanOf(visitName) }

// beforeVisitEnds: starts before the end of the visit, to the minute.
func beforeVisitEnds() Test {
	return When(Starts, Window{To: EndOf(visitName).Excluded()}).Precisely()
}

// confirmed are diagnoses that count: before MY2026 active and confirmed, then
// all that are not refuted.
func (r rules) confirmed(q Query) Query {
	if !r.confirmedActive {
		return q
	}
	return q.That(StatusIn(Active, Recurrence, Relapse), VerificationIn(Confirmed))
}

// lvsd are findings of moderate or severe left ventricular systolic dysfunction.
func (r rules) lvsd() Query {
	severe := diagnoses().That(SeverityIn(vsModerateOrSevere))
	severe.Codes = []Code{snomed("134401001")}
	return Union(
		Query{Kind: Observation, Sets: []Set{vsEjectionFraction}, Tests: []Test{Compare{Op: AtOrBelow, Limit: Num(40, 0), Unit: "%"}, resulted()}},
		r.confirmed(diagnoses(vsModerateOrSevereLVSD)), r.confirmed(severe))
}

// cardiologyVisits are finished outpatient encounters in the period.
func cardiologyVisits(more ...Set) Query {
	return Query{As: visitName, Kind: Encounter, Sets: append([]Set{vsOfficeVisit, vsOutpatientConsultation, vsCareServicesInLongTermResidentialFacility,
		vsHomeHealthcareServices, vsNursingFacilityVisit}, more...), Tests: []Test{StatusIn(Finished), When(During, mp())}}
}

// betaBlocker are orders of a class that are active or completed.
func (r rules) betaBlocker(class Set) Query {
	q := Query{Kind: MedicationOrder, Sets: []Set{class}, Tests: []Test{StatusIn(Active, Completed), IsOrdered()}}
	return q
}

// treated: ordered on a day of the visit, or taken then and beyond it.
func treated(visits, orders Query) Definition {
	return Any{
		named("Beta-blocker ordered at the visit", exists(visits.That(With(orders.That(WhenOf(Authored, Starts, onVisit())))))),
		named("Taking a beta-blocker", exists(visits.That(With(orders.That(WhenOf(Dosed, OverlapsAfter, onVisit()))))))}
}

// slowHeart: two heart rates in a row below 50 during the visit.
func slowHeart(visits Query, prior ...Test) Definition {
	slow := Compare{Op: Below, Limit: Num(50, 0), Unit: "/min"}
	during := When(During, onVisit()).Precisely()
	rate := Query{Kind: Observation, Codes: []Code{loinc("8867-4")}}
	before := rate.That(during, When(Ends, Window{To: StartOf("heart rate").Excluded()}).Precisely()).That(prior...)
	return named("Two heart rates in a row below 50", exists(visits.That(With(rate.Named("heart rate").That(during, resulted(), slow,
		If(the(Pick{From: before, By: Starts, Last: true, Exact: true}, []Test{slow})))))))
}

// reasonNotOrdered: a medical or patient reason for not ordering, at the visit.
func reasonNotOrdered(visits Query, class Set, tests ...Test) Definition {
	refused := Query{Kind: MedicationOrder, Sets: []Set{class}, Negated: true, Tests: tests}
	return named("Reason for not ordering", exists(visits.That(With(refused.That(WhenOf(Authored, Starts, onVisit()), ReasonIn(vsMedicalReason, vsPatientReason))))))
}
