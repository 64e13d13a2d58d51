package ecqm

import (
	"github.com/chroniccare/chroniccare/hedis"
	. "github.com/chroniccare/chroniccare/registry"
)

// cms124 asks which women of 24 to 64 were screened for cervical cancer: cytology
// within three years, or an HPV test within five at age 30 or older. A higher
// rate is better. Steward: NCQA. Women without a cervix are excluded.
func cms124(y Year) hedis.Indicator {
	r := y.rules()
	return hedis.Indicator{
		ID: "CMS124", Title: "Cervical Cancer Screening", Version: version(r, "13.1.000", "14.0.000"),
		Steward: "National Committee for Quality Assurance", Specification: "CMS eCQM CMS124, eCQI Resource Center",
		Question: "Which women of 24 to 64 are up to date with cervical screening? Cytology lasts three years, an HPV test at 30 or older five.",
		Rates: []hedis.RateDef{{
			InitialPopulation: All{ageAtEnd(24, 64), r.female(), named("Qualifying encounter", exists(r.encounters([]Set{vsOfficeVisit,
				vsPreventiveCareServicesEstablishedOfficeVisit18AndUp, vsPreventiveCareServicesInitialOfficeVisit18AndUp, vsHomeHealthcareServices,
				vsTelephoneVisits, vsVirtualEncounter}).That(When(During, mp()))))},
			DenominatorExclusion: Any{r.hospice(), named("No cervix", Any{
				exists(procedures(vsHysterectomyWithNoResidualCervix).That(When(Ends, UpToPeriodEnd()))),
				exists(diagnoses(vsCongenitalOrAcquiredAbsenceOfCervix).That(When(Starts, UpToPeriodEnd())))}), r.palliative()},
			Numerator: Any{
				named("Cervical cytology within three years", exists(labs([]Set{vsPapTest}).That(HasValue(), When(Latest, YearsBefore(2))))),
				named("HPV test within five years at age 30 or older", exists(labs([]Set{vsHPVTest}).That(HasValue(), AgeAtFact{Min: 30}, When(Latest, YearsBefore(4))))),
			},
		}},
	}
}
