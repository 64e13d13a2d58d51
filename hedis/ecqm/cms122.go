package ecqm

import (
	"github.com/chroniccare/chroniccare/hedis"
	. "github.com/chroniccare/chroniccare/registry"
)

// cms122 asks which people of 18 to 75 with diabetes had a most recent glycaemic
// status (HbA1c or glucose management indicator) above 9 %, or none in the year.
// A lower rate is better. Steward: NCQA. On the day of the most recent test the
// lowest reading counts; one without a result counts as poor control.
func cms122(y Year) hedis.Indicator {
	r := y.rules()
	diabetes := version(r, diagnoses(vsDiabetes), visitDiagnoses(vsDiabetes))
	visit := r.adultOutpatient()
	if y > MY2025 {
		visit = named("Qualifying encounter", exists(r.encounters([]Set{vsOfficeVisit, vsAnnualWellnessVisit,
			vsPreventiveCareServicesEstablishedOfficeVisit18AndUp, vsPreventiveCareServicesInitialOfficeVisit18AndUp,
			vsHomeHealthcareServices, vsNutritionServices, vsTelephoneVisits},
			cpt("97802"), cpt("97803"), cpt("97804"), hcpcs("G0270"), hcpcs("G0271")).That(When(During, mp()))))

	}
	tests := labs([]Set{vsHbA1cLaboratoryTest}, loinc("97506-0")).That(When(Latest, mp()))
	recent := Pick{From: tests, By: Latest, Last: true, Tie: TieLowest}
	return hedis.Indicator{
		ID: "CMS122", Title: "Diabetes: Glycemic Status Assessment Greater Than 9%", Version: version(r, "13.1.000", "14.0.000"),
		Steward: "National Committee for Quality Assurance", Specification: "CMS eCQM CMS122, eCQI Resource Center",
		Question:    "Which people of 18 to 75 with diabetes have poor control: a most recent HbA1c or GMI above 9 %? A missing test or result counts as poor control.",
		Improvement: hedis.Decrease,
		Rates: []hedis.RateDef{{
			InitialPopulation:    All{ageAtEnd(18, 75), visit, named("Diabetes", exists(diabetes.That(When(Overlaps, mp()))))},
			DenominatorExclusion: Any{r.hospice(), r.nursingHome(), r.frailAndIll(), r.palliative()},
			Numerator: Any{
				named("Most recent glycaemic status without a result", the(recent, []Test{WithoutValue()})),
				named("Most recent glycaemic status above 9 %", the(recent, []Test{Compare{Op: Above, Limit: Num(9, 0), Unit: "%"}})),
				named("No glycaemic status in the period", not(exists(tests))),
			},
		}},
	}
}
