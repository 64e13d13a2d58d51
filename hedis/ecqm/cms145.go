package ecqm

import (
	"github.com/chroniccare/chroniccare/hedis"
	. "github.com/chroniccare/chroniccare/registry"
)

// cms145 asks which adults with coronary artery disease got a beta-blocker: those
// with moderate or severe left ventricular systolic dysfunction, and those with a
// heart attack in the three years before and no such dysfunction. Two rates, a
// higher one is better. Steward: American Heart Association.
func cms145(y Year) hedis.Indicator {
	r := y.rules()
	overlapsVisit := When(Overlaps, onVisit())
	visitsWithCAD := cardiologyVisits().That(AnyOf(
		With(r.confirmed(diagnoses(vsCoronaryArteryDiseaseNoMI)).That(overlapsVisit)),
		With(procedures(vsCardiacSurgery).That(beforeVisitEnds()))))
	weak := visitsWithCAD.That(With(r.lvsd().That(beforeVisitEnds())))
	attack := visitsWithCAD.That(
		With(diagnoses(vsMyocardialInfarction).That(When(Starts, FromTo(StartOf(visitName).AddYears(-3), StartOf(visitName).Excluded())))),
		If(not(exists(r.lvsd()))))
	listed := version(r, diagnoses, problems)
	active := func(q Query) Query { // before MY2026 active, with no word on verification
		if y <= MY2025 {
			return q.That(StatusIn(Active, Recurrence, Relapse))
		}
		return q
	}
	rate := func(name string, visits Query, class Set, hypotension Query, paced []Test, prior ...Test) hedis.RateDef {
		at := func(q Query, tests ...Test) Definition { return exists(visits.That(With(q.That(tests...)))) }
		during := func(s Set) Definition { return at(active(listed(s)), overlapsVisit) }
		allergy := Query{Kind: Allergy, Sets: []Set{vsBetaBlockerTherapyIngredient}, Codes: []Code{snomed("373254001")},
			Tests: []Test{StatusIn(StatusUnknown, Active), WhenOf(Persisting, OverlapsAfter, onVisit())}}
		if y > MY2025 {
			allergy = allergy.That(VerificationIn(NotStated, Confirmed))
		}
		exceptions := Any{
			named("Arrhythmia", during(vsArrhythmia)),
			named("Asthma", during(vsAsthma)),
			named("Bradycardia", during(vsBradycardia)),
			named("Hypotension", at(active(hypotension), overlapsVisit)),
			slowHeart(visits, prior...),
			named("Allergy to a beta-blocker ingredient", at(allergy)),
			named("Diagnosed allergy or intolerance to beta-blockers", at(r.confirmed(listed(vsAllergyToBetaBlockerTherapy, vsIntoleranceToBetaBlockerTherapy)), When(OverlapsAfter, onVisit()))),
			named("Atrioventricular block without pacemaker", All{during(vsAtrioventricularBlock), not(during(vsCardiacPacerInSitu)),
				not(at(Query{Kind: Procedure, Sets: []Set{vsCardiacPacer}, Tests: paced}, beforeVisitEnds()))}),
		}
		if y > MY2025 {
			exceptions = append(exceptions, reasonNotOrdered(visits, vsBetaBlockerTherapyForLVSD, StatusIn(Active, Completed), IsOrdered()))
		}
		return hedis.RateDef{Name: name,
			InitialPopulation: All{ageAtStart(18, 0),
				named("Two encounters", Count{Of: cardiologyVisits(vsPatientProviderInteraction), Min: 2}),
				named("Encounter with coronary artery disease", exists(visitsWithCAD))},
			Denominator:          exists(visits),
			DenominatorException: exceptions,
			Numerator:            treated(visits, r.betaBlocker(class))}
	}
	low := listed(vsHypotension)
	lowAny := version(r, low, diagnoses(vsHypotension))
	var paced, prior []Test
	if y > MY2025 {
		paced, prior = []Test{StatusIn(Completed)}, []Test{resulted()}
	}
	return hedis.Indicator{
		ID: "CMS145", Title: "Coronary Artery Disease (CAD): Beta-Blocker Therapy-Prior Myocardial Infarction (MI) or Left Ventricular Systolic Dysfunction (LVEF <=40%)",
		Version: version(r, "13.1.000", "14.0.000"),
		Steward: "American Heart Association", Specification: "CMS eCQM CMS145, eCQI Resource Center",
		Question: "Which adults with coronary artery disease got a beta-blocker? One rate is for a weak left ventricle, one for a heart attack in the three years before.",
		Rates: []hedis.RateDef{
			rate("Left ventricular systolic dysfunction", weak, vsBetaBlockerTherapyForLVSD, low, nil, prior...),
			rate("Prior myocardial infarction", attack, vsBetaBlockerTherapy, lowAny, paced, resulted()),
		},
	}
}
