package ecqm

import (
	"github.com/chroniccare/chroniccare/hedis"
	. "github.com/chroniccare/chroniccare/registry"
)

// cms951 asks which people of 18 to 85 with diabetes had a kidney health
// evaluation in the year: an estimated glomerular filtration rate and a urine
// albumin-creatinine ratio. A higher rate is better. Steward: National Kidney
// Foundation. From MY2026 on urine albumin and creatinine within four days of
// each other count as a ratio.
func cms951(y Year) hedis.Indicator {
	r := y.rules()
	diabetes := diagnoses(vsDiabetes).That(version[Test](r, AllOf(StatusIn(Active), When(Overlaps, mp())), When(OverlapsBefore, mp())))
	renal := diagnoses(vsChronicKidneyDiseaseStage5, vsEndStageRenalDisease).That(When(Overlaps, mp()))
	if y <= MY2025 {
		renal = renal.That(StatusIn(Active))
	}
	test := func(s Set) Query { return observations([]Set{s}).That(When(During, mp())) }
	ratio := exists(test(vsUrineAlbuminCreatinineRatio).That(HasValue()))
	if y > MY2025 {
		ratio = Any{
			named("Ratio measured in one test", exists(test(vsUrineAlbuminCreatinineRatio).That(AnyOf(HasQuantity(), ValueIn(vsUndetectableLabResultValue))))),
			named("Albumin and creatinine measured within four days", exists(test(vsUrineAlbumin).Named("albumin test").That(HasValue(), With(test(vsUrineCreatinine).Named("creatinine test").That(HasValue(),
				itself("albumin test", []Test{When(During, FromTo(StartOf("creatinine test").AddDays(-4), EndOf("creatinine test").AddDays(4))).Precisely()})))))),
		}
	}
	return hedis.Indicator{
		ID: "CMS951", Title: "Kidney Health Evaluation", Version: version(r, "3.1.000", "4.0.000"),
		Steward: "National Kidney Foundation", Specification: "CMS eCQM CMS951, eCQI Resource Center",
		Question: "Which people of 18 to 85 with diabetes had their kidneys checked in the year? Both an eGFR and a urine albumin-creatinine ratio are needed.",
		Rates: []hedis.RateDef{{
			InitialPopulation: All{ageAtStart(18, 85), named("Diabetes", exists(diabetes)),
				named("Outpatient visit", exists(Query{Kind: Encounter, Sets: []Set{vsAnnualWellnessVisit, vsHomeHealthcareServices, vsOfficeVisit, vsOutpatientConsultation,
					vsPreventiveCareServicesEstablishedOfficeVisit18AndUp, vsPreventiveCareServicesInitialOfficeVisit18AndUp, vsTelephoneVisits},
					Tests: []Test{StatusIn(Finished), When(During, mp())}})),
			},
			DenominatorExclusion: Any{named("Chronic kidney disease stage 5 or end-stage renal disease", exists(renal)), r.hospice(), r.palliative()},
			Numerator: named("Kidney health evaluation", All{
				named("Estimated glomerular filtration rate", exists(test(vsEstimatedGlomerularFiltrationRate).That(HasValue()))),
				named("Urine albumin-creatinine ratio", ratio)}),
		}},
	}
}
