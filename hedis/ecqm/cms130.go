package ecqm

import (
	"github.com/chroniccare/chroniccare/hedis"
	. "github.com/chroniccare/chroniccare/registry"
)

// cms130 asks which people of 46 to 75 are up to date with colorectal cancer
// screening: a stool blood test in the year, stool DNA in three years,
// sigmoidoscopy or CT colonography in five, or colonoscopy in ten. A higher rate
// is better. Steward: NCQA.
func cms130(y Year) hedis.Indicator {
	r := y.rules()
	return hedis.Indicator{
		ID: "CMS130", Title: "Colorectal Cancer Screening", Version: version(r, "13.1.000", "14.0.000"),
		Steward: "National Committee for Quality Assurance", Specification: "CMS eCQM CMS130, eCQI Resource Center",
		Question: "Which people of 46 to 75 had an appropriate screening for colorectal cancer? Each kind of test has its own look-back.",
		Rates: []hedis.RateDef{{
			InitialPopulation: All{ageAtEnd(46, 75), r.adultOutpatient()},
			DenominatorExclusion: Any{r.hospice(),
				named("Colorectal cancer", exists(diagnoses(vsMalignantNeoplasmOfColon).That(When(Starts, UpToPeriodEnd())))),
				named("Total colectomy", exists(procedures(vsTotalColectomy).That(When(Ends, UpToPeriodEnd())))),
				r.frailAndIll(), r.nursingHome(), r.palliative()},
			Numerator: Any{
				named("Faecal occult blood test in the period", exists(labs([]Set{vsFecalOccultBloodTestFOBT}).That(HasValue(), When(Latest, mp())))),
				named("Stool DNA test in the period or two years before", exists(labs([]Set{vsSDNAFITTest}).That(HasValue(), When(Latest, YearsBefore(2))))),
				named("Flexible sigmoidoscopy in the period or four years before", exists(procedures(vsFlexibleSigmoidoscopy).That(When(Ends, YearsBefore(4))))),
				named("CT colonography in the period or four years before", exists(r.studies(vsCTColonography).That(When(Ends, YearsBefore(4))))),
				named("Colonoscopy in the period or nine years before", exists(procedures(vsColonoscopy).That(When(Ends, YearsBefore(9))))),
			},
			Strata: []hedis.Stratum{{Name: "Age 46 to 49", Is: ageAtEnd(46, 49)}, {Name: "Age 50 to 75", Is: ageAtEnd(50, 75)}},
		}},
	}
}
