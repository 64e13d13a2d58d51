package ecqm

import (
	"github.com/chroniccare/chroniccare/hedis"
	. "github.com/chroniccare/chroniccare/registry"
)

// cms137 asks which people of 13 and older with a new episode of substance use
// disorder started treatment within 14 days, and engaged in it within 34 days
// after that. A higher rate is better. Steward: NCQA. New means no diagnosis or
// treatment in the 60 days before, save emergency and detoxification visits.
func cms137(y Year) hedis.Indicator {
	r := y.rules()
	const episode, initiation = "index episode", "treatment initiation"
	dx := version(r, diagnoses(vsSubstanceUseDisorder), visitDiagnoses(vsSubstanceUseDisorder))
	qualifying := r.encounters([]Set{vsOfficeVisit, vsEmergencyDepartmentEvaluationAndManagementVisit, vsDetoxificationVisit, vsInitialHospitalInpatientVisit,
		vsDischargeServicesHospitalInpatientSameDayDischarge, vsDischargeServicesHospitalInpatient, vsTelephoneVisits, vsVirtualEncounter})
	given := func(d Definition) Definition {
		return Given{Pick: Pick{From: qualifying.Named(episode).That(When(During, mp()).Precisely(),
			With(dx.That(When(Starts, SpanOf(episode)).Precisely(), When(Starts, Window{To: PeriodEnd().AddDays(-47)})))), By: Starts}, Then: d}
	}
	before := FromTo(StartOf(episode).AddDays(-60), StartOf(episode).Excluded())
	history := Any{
		exists(procedures(vsSubstanceUseDisorderTreatment, vsPsychVisitPsychotherapy, vsSubstanceUseDisorderLongActingMedicationAdministration,
			vsSubstanceUseDisorderShortActingMedicationAdministration).That(When(Starts, before))),
		exists(qualifying.That(When(Starts, before), DiagnosedWith(vsSubstanceUseDisorder),
			NoneOf(CodeIn(vsEmergencyDepartmentEvaluationAndManagementVisit, vsDetoxificationVisit)))),
		exists(r.medicationOrders([]Set{vsSubstanceUseDisorderLongActingMedication, vsSubstanceUseDisorderShortActingMedication}).That(WhenOf(Authored, Starts, before))),
	}
	therapy := procedures(vsSubstanceUseDisorderTreatment, vsPsychVisitPsychotherapy)
	telehealth := r.encounters([]Set{vsTelephoneVisits, vsVirtualEncounter}).That(DiagnosedWith(vsSubstanceUseDisorder))
	shortGiven := procedures(vsSubstanceUseDisorderShortActingMedicationAdministration)
	longGiven := procedures(vsSubstanceUseDisorderLongActingMedicationAdministration)
	shortOrdered := r.medicationOrders([]Set{vsSubstanceUseDisorderShortActingMedication})
	longOrdered := r.medicationOrders([]Set{vsSubstanceUseDisorderLongActingMedication})
	first := FromTo(StartOf(episode), StartOf(episode).AddDays(14).Excluded())
	starting := Union(therapy, telehealth.That(OtherThan(episode)), shortOrdered, longOrdered, shortGiven, longGiven).That(When(Starts, first))
	soonAfter := When(Starts, FromTo(StartOf(initiation).Excluded(), StartOf(initiation).AddDays(34)))
	rate := func(name string, numerator Definition) hedis.RateDef {
		return hedis.RateDef{
			Name:                 name,
			InitialPopulation:    All{ageAtStart(13, 0), given(not(named("Diagnosis or treatment in the 60 days before", history)))},
			DenominatorExclusion: r.hospice(),
			Numerator:            given(numerator),
			Strata: []hedis.Stratum{{Name: "Age 13 to 17", Is: ageAtStart(13, 17)}, {Name: "Age 18 to 64", Is: ageAtStart(18, 64)},
				{Name: "Age 65 or older", Is: ageAtStart(65, 0)}},
		}
	}
	return hedis.Indicator{
		ID: "CMS137", Title: "Initiation and Engagement of Substance Use Disorder Treatment", Version: version(r, "13.1.000", "14.0.000"),
		Steward: "National Committee for Quality Assurance", Specification: "CMS eCQM CMS137, eCQI Resource Center",
		Question: "Which people with a new episode of substance use disorder started treatment within 14 days? Which went on with it in the 34 days after?",
		Rates: []hedis.RateDef{
			rate("Initiation of treatment", named("Treatment within 14 days", exists(starting))),
			rate("Engagement in treatment", Given{Pick: Pick{From: starting.Named(initiation), By: Starts}, Then: Any{
				named("Long-acting medication", exists(Union(longOrdered, longGiven).That(soonAfter))),
				named("Two treatments or short-acting medications", Count{Of: Union(therapy, telehealth, shortGiven, shortOrdered).That(soonAfter), Min: 2})}}),
		},
	}
}
