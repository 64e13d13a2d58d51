package ecqm

import (
	"github.com/chroniccare/chroniccare/hedis"
	. "github.com/chroniccare/chroniccare/registry"
)

// cms144 asks which adults with heart failure and an ejection fraction of 40 % or
// less, now or ever, got a beta-blocker. A higher rate is better. Steward:
// American Heart Association. Transplants and assist devices are excluded; slow
// hearts, hypotension, asthma, allergy and block without pacemaker excuse.
func cms144(y Year) hedis.Indicator {
	r := y.rules()
	overlapsVisit := When(Overlaps, onVisit())
	failure := overlapsVisit
	if y <= MY2025 {
		failure = failure.Precisely()
	}
	failing := cardiologyVisits().That(With(r.confirmed(diagnoses(vsHeartFailure)).That(failure)))
	visits := failing.That(With(r.lvsd().That(beforeVisitEnds())))
	at := func(q Query, tests ...Test) Definition { return exists(visits.That(With(q.That(tests...)))) }
	dx := func(tests []Test, sets ...Set) Definition { return at(r.confirmed(diagnoses(sets...)), tests...) }
	// a complication counts from its record before MY2026, from its start after
	complication := func(s Set) Definition {
		if y > MY2025 {
			return at(diagnoses(s), When(Starts, Window{To: EndOf(visitName)}))
		}
		recorded := WhenOf(Authored, Starts, Window{To: EndOf(visitName).Excluded()}).Precisely()
		return at(r.confirmed(diagnoses(s)), AnyOf(recorded, AllOf(NoneOf(WhenOf(Authored, Starts, Window{})), beforeVisitEnds())))
	}
	device := beforeVisitEnds()
	if y > MY2025 {
		device = When(Starts, Window{To: EndOf(visitName).Excluded()})
	}
	allergy := Query{Kind: Allergy, Sets: []Set{vsBetaBlockerTherapyIngredient}, Codes: []Code{snomed("373254001")}, Tests: []Test{WhenOf(Persisting, OverlapsAfter, onVisit())}}
	orders := r.betaBlocker(vsBetaBlockerTherapyForLVSD)
	if y <= MY2025 {
		allergy = allergy.That(StatusIn(Active), VerificationIn(Confirmed))
	} else {
		orders = orders.That(NotRefused())
	}
	overlapping := []Test{overlapsVisit}
	lasting := []Test{When(OverlapsAfter, onVisit())}
	exceptions := Any{
		slowHeart(visits),
		named("Arrhythmia", dx(overlapping, vsArrhythmia)),
		named("Hypotension", dx(overlapping, vsHypotension)),
		named("Asthma", dx(overlapping, vsAsthma)),
		named("Diagnosed allergy or intolerance to beta-blockers", dx(lasting, vsAllergyToBetaBlockerTherapy, vsIntoleranceToBetaBlockerTherapy)),
		named("Bradycardia", dx(overlapping, vsBradycardia)),
		named("Allergy to a beta-blocker ingredient", at(allergy)),
		named("Atrioventricular block without pacemaker", All{dx(overlapping, vsAtrioventricularBlock),
			not(dx(lasting, vsCardiacPacerInSitu)), not(at(procedures(vsCardiacPacer), beforeVisitEnds()))}),
	}
	if y > MY2025 {
		exceptions = append(exceptions, reasonNotOrdered(visits, vsBetaBlockerTherapyForLVSD))
	}
	return hedis.Indicator{
		ID: "CMS144", Title: "Heart Failure (HF): Beta-Blocker Therapy for Left Ventricular Systolic Dysfunction (LVSD)", Version: version(r, "13.1.000", "14.0.000"),
		Steward: "American Heart Association", Specification: "CMS eCQM CMS144, eCQI Resource Center",
		Question: "Which adults with heart failure and a weak left ventricle got a beta-blocker? The ejection fraction is 40 % or less, now or at any time before.",
		Rates: []hedis.RateDef{{
			InitialPopulation: All{ageAtStart(18, 0),
				named("Two outpatient encounters", Count{Of: cardiologyVisits(vsPatientProviderInteraction), Min: 2}),
				named("Heart failure encounter", exists(failing))},
			Denominator: named("Heart failure encounter with moderate or severe LVSD", exists(visits)),
			DenominatorExclusion: Any{
				named("Heart transplant", at(procedures(vsHeartTransplant), beforeVisitEnds())),
				named("Heart transplant complications", complication(vsHeartTransplantComplications)),
				named("Left ventricular assist device", at(procedures(vsLeftVentricularAssistDevicePlacement), device)),
				named("Left ventricular assist device complications", complication(vsLeftVentricularAssistDeviceComplications))},
			DenominatorException: exceptions,
			Numerator:            treated(visits, orders),
		}},
	}
}
