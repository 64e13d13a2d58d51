package ecqm

import (
	"github.com/chroniccare/chroniccare/hedis"
	. "github.com/chroniccare/chroniccare/registry"
)

// cms153 asks which sexually active women of 16 to 24 were tested for chlamydia
// in the year. A higher rate is better. Steward: NCQA. Women whose only sign of
// sexual activity is a pregnancy test followed within six days by an X-ray or
// isotretinoin order are excluded.
func cms153(y Year) hedis.Indicator {
	r := y.rules()
	orders := func(sets ...Set) Definition {
		return exists(r.serviceOrders(sets...).That(WhenOf(Authored, Starts, mp())))
	}
	pregnancyTest := r.serviceOrders(vsPregnancyTest)
	signs := Any{
		named("Assessment", exists(r.assessments(loinc("64728-9")).That(yes(), When(Ends, UpToPeriodEnd())))),
		named("Diagnosis", exists(diagnoses(vsDiagnosesUsedToIndicateSexualActivity, vsHIV, vsComplicationsOfPregnancyChildbirthAndThePuerperium).That(When(Overlaps, mp())))),
		named("On contraceptives", exists(r.activeMedications(vsContraceptiveMedications).That(WhenOf(Covered, Overlaps, mp())))),
		named("Contraceptives ordered", exists(r.medicationOrders([]Set{vsContraceptiveMedications}).That(WhenOf(Authored, Starts, mp())))),
		named("Laboratory tests other than for pregnancy", orders(vsPapTest, vsLabTestsDuringPregnancy, vsLabTestsForSexuallyTransmittedInfections)),
		named("Diagnostic studies", orders(vsDiagnosticStudiesDuringPregnancy)),
		named("Procedures", exists(procedures(vsProceduresUsedToIndicateSexualActivity).That(When(During, mp())))),
	}
	soon := WhenOf(Authored, Starts, FromTo(AuthoredOf("pregnancy test"), AuthoredOf("pregnancy test").AddDays(6)))
	excused := exists(pregnancyTest.Named("pregnancy test").That(WhenOf(Authored, Starts, mp()),
		AnyOf(With(r.serviceOrders(vsXRayStudy).That(soon)), With(r.medicationOrders([]Set{vsIsotretinoin}).That(soon)))))
	return hedis.Indicator{
		ID: "CMS153", Title: "Chlamydia Screening in Women", Version: version(r, "13.1.000", "14.0.000"),
		Steward: "National Committee for Quality Assurance", Specification: "CMS eCQM CMS153, eCQI Resource Center",
		Question: "Which sexually active women of 16 to 24 were tested for chlamydia in the year? Activity is read from assessments, diagnoses, medicines and tests.",
		Rates: []hedis.RateDef{{
			InitialPopulation: All{ageAtEnd(16, 24), r.female(), named("Qualifying encounter", exists(r.encounters([]Set{vsOfficeVisit,
				vsPreventiveCareServicesEstablishedOfficeVisit18AndUp, vsPreventiveCareServicesInitialOfficeVisit18AndUp, vsPreventiveCareServicesInitialOfficeVisit0To17,
				vsPreventiveCareEstablishedOfficeVisit0To17, vsHomeHealthcareServices, vsTelephoneVisits, vsVirtualEncounter}).That(When(During, mp())))),
				named("Sign of sexual activity", Any{signs, named("Pregnancy test", orders(vsPregnancyTest))})},
			DenominatorExclusion: Any{r.hospice(), named("Pregnancy test before an X-ray or isotretinoin, and no other sign", All{excused, not(signs)})},
			Numerator:            named("Chlamydia test", exists(labs([]Set{vsChlamydiaScreening}).That(HasValue(), When(Latest, mp())))),
			Strata:               []hedis.Stratum{{Name: "Age 16 to 20", Is: ageAtEnd(16, 20)}, {Name: "Age 21 to 24", Is: ageAtEnd(21, 24)}},
		}},
	}
}
