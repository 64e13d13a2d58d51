package ecqm

import (
	"github.com/chroniccare/chroniccare/hedis"
	. "github.com/chroniccare/chroniccare/registry"
)

// cms155 asks which children of 3 to 17 had height, weight and BMI percentile
// recorded, counselling for nutrition, and counselling for physical activity:
// three rates. A higher rate is better. Steward: NCQA. Pregnant girls are excluded.
func cms155(y Year) hedis.Indicator {
	r := y.rules()
	population := All{ageAtEnd(3, 17), named("Qualifying encounter", exists(r.encounters([]Set{vsOfficeVisit, vsPreventiveCareServicesIndividualCounseling,
		vsPreventiveCareEstablishedOfficeVisit0To17, vsPreventiveCareServicesInitialOfficeVisit0To17, vsPreventiveCareServicesGroupCounseling,
		vsHomeHealthcareServices, vsTelephoneVisits}).That(When(During, mp()))))}
	measured := func(code string) Definition {
		return exists(observations(nil, loinc(code)).That(HasValue(), When(During, mp())))
	}
	rate := func(name string, numerator Definition) hedis.RateDef {
		return hedis.RateDef{Name: name, InitialPopulation: population,
			DenominatorExclusion: Any{r.hospice(), named("Pregnancy", exists(diagnoses(vsPregnancy).That(When(Overlaps, mp()))))},
			Numerator:            numerator,
			Strata:               []hedis.Stratum{{Name: "Age 3 to 11", Is: ageAtEnd(3, 11)}, {Name: "Age 12 to 17", Is: ageAtEnd(12, 17)}}}
	}
	bmi := version(r, "39156-5", "59576-9") // body mass index, from MY2026 its percentile
	return hedis.Indicator{
		ID: "CMS155", Title: "Weight Assessment and Counseling for Nutrition and Physical Activity for Children and Adolescents", Version: version(r, "13.1.000", "14.0.000"),
		Steward: "National Committee for Quality Assurance", Specification: "CMS eCQM CMS155, eCQI Resource Center",
		Question: "Which children of 3 to 17 were weighed, measured and had their BMI percentile recorded? Which had counselling for nutrition, and for physical activity?",
		Rates: []hedis.RateDef{
			rate("Height, weight and BMI percentile", All{named("BMI percentile", measured(bmi)), named("Height", measured("8302-2")), named("Weight", measured("29463-7"))}),
			rate("Counselling for nutrition", exists(procedures(vsCounselingForNutrition).That(When(During, mp())))),
			rate("Counselling for physical activity", exists(procedures(vsCounselingForPhysicalActivity).That(When(During, mp())))),
		},
	}
}
