package ecqm

import (
	"github.com/chroniccare/chroniccare/hedis"
	. "github.com/chroniccare/chroniccare/registry"
)

// respiratoryVisits are the encounters that the two antibiotic measures judge:
// they end at least three days before the period does.
func (r rules) respiratoryVisits() Query {
	return r.encounters([]Set{vsEmergencyDepartmentEvaluationAndManagementVisit, vsHomeHealthcareServices, vsMedicalDisabilityExam, vsOfficeVisit,
		vsTelephoneVisits, vsVirtualEncounter, vsOutpatientConsultation, vsPreventiveCareServicesEstablishedOfficeVisit18AndUp,
		vsPreventiveCareServicesGroupCounseling, vsPreventiveCareServicesInitialOfficeVisit0To17, vsPreventiveCareServicesIndividualCounseling,
		vsPreventiveCareServicesInitialOfficeVisit18AndUp, vsPreventiveCareEstablishedOfficeVisit0To17}, cpt("99429")).
		Named(hedis.Episode).That(When(Ends, FromTo(PeriodStart(), PeriodEnd().AddDays(-3))))
}

// visitStart is the start of the encounter being judged.
func visitStart() Bound { return StartOf(hedis.Episode) }

// respiratoryExclusions are hospice care, a comorbid condition in the year
// before, an antibiotic in the 30 days before, and a competing diagnosis within
// three days.
func (r rules) respiratoryExclusions(dx func(...Set) Query, antibiotic Query, competing ...Set) Definition {
	return Any{r.hospice(),
		named("Comorbid condition in the year before", exists(dx(vsComorbidConditionsForRespiratoryConditions).That(When(Starts, FromTo(visitStart().AddYears(-1), visitStart()))))),
		named("Antibiotic in the 30 days before", exists(antibiotic.That(WhenOf(Covered, Overlaps, FromTo(visitStart().AddDays(-30), visitStart().AddDays(-1)))))),
		named("Competing diagnosis within three days", exists(dx(competing...).That(When(Starts, FromTo(visitStart(), visitStart().AddDays(3)))))),
	}
}

func ageStrata() []hedis.Stratum {
	return []hedis.Stratum{{Name: "Age up to 17", Is: AgeAt{At: PeriodStart(), Max: 17}}, {Name: "Age 18 to 64", Is: ageAtStart(18, 64)}, {Name: "Age 65 or older", Is: ageAtStart(65, 0)}}
}

// cms146 asks for which visits with pharyngitis and an antibiotic there was a
// test for group A streptococcus within three days. It counts visits. A higher
// rate is better. Steward: NCQA.
func cms146(y Year) hedis.Indicator {
	r := y.rules()
	dx := version(r, diagnoses, visitDiagnoses)
	episodes := r.respiratoryVisits().That(
		With(r.medicationOrders([]Set{vsAntibioticMedicationsForPharyngitis}).That(WhenOf(Authored, Starts, FromTo(visitStart(), visitStart().AddDays(3))))),
		With(dx(vsAcutePharyngitis, vsAcuteTonsillitis).That(When(Starts, SpanOf(hedis.Episode)))))
	end := EndOf(hedis.Episode)
	return hedis.Indicator{
		ID: "CMS146", Title: "Appropriate Testing for Pharyngitis", Version: version(r, "13.1.000", "14.0.000"),
		Steward: "National Committee for Quality Assurance", Specification: "CMS eCQM CMS146, eCQI Resource Center",
		Question: "When a visit for a sore throat led to an antibiotic, was there a strep test within three days? Visits are counted, not patients.",
		Episodes: &episodes,
		Rates: []hedis.RateDef{{
			InitialPopulation:    ageAtStart(3, 0),
			DenominatorExclusion: r.respiratoryExclusions(dx, r.activeMedications(vsAntibioticMedicationsForPharyngitis), vsCompetingConditionsForRespiratoryConditions),
			Numerator:            named("Group A streptococcus test", exists(labs([]Set{vsGroupAStreptococcusTest}).That(HasValue(), When(Starts, FromTo(end.AddDays(-3), end.AddDays(3)))))),
			Strata:               ageStrata(),
		}},
	}
}
