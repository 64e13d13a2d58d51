package ecqm

import (
	"github.com/chroniccare/chroniccare/hedis"
	. "github.com/chroniccare/chroniccare/registry"
)

// cms125 asks which women of 52 to 74 (from MY2026 on 42 to 74) had a mammogram
// between October two years before the year and its end. A higher rate is better.
// Steward: NCQA. Women without breasts are excluded.
func cms125(y Year) hedis.Indicator {
	r := y.rules()
	youngest := version(r, 52, 42)
	gone := func(side string, status, procedure Set) Definition {
		history := When(Starts, UpToPeriodEnd())
		return Any{
			exists(Union(diagnoses(status), diagnoses(vsUnilateralMastectomyUnspecifiedLaterality).That(SiteIs(snomed(side)))).That(history)),
			exists(procedures(procedure).That(When(Ends, UpToPeriodEnd())))}
	}
	rate := hedis.RateDef{
		InitialPopulation: All{ageAtEnd(youngest, 74), r.female(), r.adultOutpatient()},
		DenominatorExclusion: Any{r.hospice(),
			named("Both breasts removed one by one", All{
				named("Right mastectomy", gone("24028007", vsStatusPostRightMastectomy, vsUnilateralMastectomyRight)),
				named("Left mastectomy", gone("7771000", vsStatusPostLeftMastectomy, vsUnilateralMastectomyLeft))}),

			named("History of bilateral mastectomy", exists(diagnoses(vsHistoryOfBilateralMastectomy).That(When(Starts, UpToPeriodEnd())))),
			named("Bilateral mastectomy", exists(procedures(vsBilateralMastectomy).That(When(Ends, UpToPeriodEnd())))),
			r.frailAndIll(), r.nursingHome(), r.palliative()},
		Numerator: named("Mammogram", exists(r.studies(vsMammography).That(When(Ends, FromTo(YearDay(10, 1).AddYears(-2), PeriodEnd()))))),
	}
	if y > MY2025 {
		rate.Strata = []hedis.Stratum{{Name: "Age 42 to 51", Is: ageAtEnd(42, 51)}, {Name: "Age 52 to 74", Is: ageAtEnd(52, 74)}}
	}
	return hedis.Indicator{
		ID: "CMS125", Title: "Breast Cancer Screening", Version: version(r, "13.1.000", "14.0.000"),
		Steward: "National Committee for Quality Assurance", Specification: "CMS eCQM CMS125, eCQI Resource Center",
		Question: "Which women of screening age had a mammogram in the 27 months that end with the year? Women without breasts are left out.",
		Rates:    []hedis.RateDef{rate},
	}
}
