package ecqm

import (
	"github.com/chroniccare/chroniccare/hedis"
	. "github.com/chroniccare/chroniccare/registry"
)

// strengths of digoxin and doxepin products, mg a unit or mL; RxNorm, as the
// specification names them.
func digoxin() []Strength {
	rx := func(code string, coef int64, exp int8, perML bool) Strength {
		return Strength{Code: Code{System: RxNorm, Value: code}, Mg: Num(coef, exp), PerML: perML}
	}
	return []Strength{rx("393245", 5, -2, true), rx("245273", 625, -4, false), rx("204504", 1, -1, true), rx("197604", 125, -3, false),
		rx("197606", 25, -2, false), rx("104208", 25, -2, true)}
}

func doxepin() []Strength {
	rx := func(code string, mg int64, perML bool) Strength {
		return Strength{Code: Code{System: RxNorm, Value: code}, Mg: Num(mg, 0), PerML: perML}
	}
	return []Strength{rx("966787", 3, false), rx("966793", 6, false), rx("1000048", 10, false), rx("1000054", 10, true), rx("1000070", 25, false),
		rx("1000076", 50, false), rx("1000097", 75, false), rx("1000058", 100, false), rx("1000064", 150, false)}
}

// cms156 asks which people of 65 and older had high-risk medicines ordered on
// two days or with refills: medicines to avoid, medicines without a diagnosis that
// calls for them, and either. A lower rate is better. Steward: NCQA.
func cms156(y Year) hedis.Indicator {
	r := y.rules()
	inYear := WhenOf(Authored, Starts, mp())
	coverInYear := WhenOf(Covered, Starts, mp())
	// repeated are the orders of a class that were refilled or ordered again: on
	// another day, or the same day for another start.
	repeated := func(class Query, judged ...Test) Query {
		base := class
		if y > MY2025 { // the dose is asked of every order, before MY2026 of one
			base = class.That(judged...)
		}
		other := func(tests ...Test) Test {
			return With(base.Named("other order").That(append([]Test{inYear}, tests...)...))
		}
		sameDay := WhenOf(Authored, Starts, FromTo(AuthoredOf("order"), AuthoredOf("order")))
		sameStart := WhenOf(Covered, Starts, FromTo(CoverStartOf("order"), CoverStartOf("order")))
		return class.Named("order").That(judged...).That(inYear, AnyOf(
			RefillsAtLeast(1),
			other(NoneOf(sameDay)),
			AllOf(coverInYear, other(sameDay, coverInYear, NoneOf(sameStart)))))
	}
	class := func(s Set) Query { return r.medicationOrders([]Set{s}) }
	var avoid Any
	for _, s := range []Set{vsPotentiallyHarmfulAntihistaminesForOlderAdults, vsPotentiallyHarmfulAntiparkinsonianAgentsForOlderAdults,
		vsPotentiallyHarmfulGastrointestinalAntispasmodicsForOlderAdults, vsDipyridamoleMedications, vsGuanfacineMedications, vsNifedipineMedications,
		vsPotentiallyHarmfulAntidepressantsForOlderAdults, vsPotentiallyHarmfulBarbituratesForOlderAdults, vsMeprobamateMedications,
		vsPotentiallyHarmfulEstrogensForOlderAdults, vsPotentiallyHarmfulSulfonylureasForOlderAdults, vsDesiccatedThyroidMedications,
		vsPotentiallyHarmfulNonbenzodiazepineHypnoticsForOlderAdults, vsPotentiallyHarmfulSkeletalMuscleRelaxantsForOlderAdults,
		vsPotentiallyHarmfulPainMedicationsForOlderAdults, vsMegestrolMedications, vsMeperidineMedications} {
		avoid = append(avoid, exists(repeated(class(s))))
	}
	avoid = append(avoid, exists(repeated(r.medicationOrders(nil, Code{System: RxNorm, Value: "318179"})))) // ergoloid mesylates
	toAvoid := Any{
		named("Medicine to avoid ordered again", avoid),
		named("Anti-infectives for more than 90 days", SupplyDays{Of: repeated(class(vsPotentiallyHarmfulAntiinfectivesForOlderAdults)), Min: 91}),
		named("Digoxin above 0.125 mg a day", exists(repeated(class(vsDigoxinMedications), DailyDoseAbove{Strengths: digoxin(), Limit: Num(125, -3)}))),
		named("Doxepin above 6 mg a day", exists(repeated(class(vsDoxepinMedications), DailyDoseAbove{Strengths: doxepin(), Limit: Num(6, 0)}))),
	}
	without := func(s Set, reasons ...Set) Definition {
		const index = "index prescription"
		return All{exists(repeated(class(s))), Given{Pick: Pick{From: class(s).Named(index).That(inYear), By: Starts, Of: Authored, Exact: true},
			Then: not(exists(diagnoses(reasons...).That(When(Overlaps, FromTo(PeriodStart().AddYears(-1), AuthoredOf(index))).Precisely())))}}
	}
	withoutReason := Any{
		named("Antipsychotic without schizophrenia or bipolar disorder", without(vsPotentiallyHarmfulAntipsychoticsForOlderAdults, vsSchizophrenia, vsBipolarDisorder)),
		named("Benzodiazepine without a diagnosis that calls for it", without(vsPotentiallyHarmfulBenzodiazepinesForOlderAdults, vsSeizureDisorder,
			vsREMSleepBehaviorDisorder, vsBenzodiazepineWithdrawal, vsAlcoholWithdrawal, vsGeneralizedAnxietyDisorder)),
	}
	population := All{ageAtEnd(65, 0), named("Qualifying encounter", exists(r.encounters([]Set{vsOfficeVisit, vsOphthalmologicalServices,
		vsPreventiveCareServicesEstablishedOfficeVisit18AndUp, vsDischargeServicesNursingFacility, vsNursingFacilityVisit, vsCareServicesInLongTermResidentialFacility,
		vsPreventiveCareServicesInitialOfficeVisit18AndUp, vsAnnualWellnessVisit, vsHomeHealthcareServices, vsTelephoneVisits, vsVirtualEncounter},
		cpt("99211")).That(When(During, mp()))))}
	rate := func(name string, numerator Definition) hedis.RateDef {
		return hedis.RateDef{Name: name, InitialPopulation: population, DenominatorExclusion: Any{r.hospice(), r.palliative()}, Numerator: numerator}
	}
	return hedis.Indicator{
		ID: "CMS156", Title: "Use of High-Risk Medications in Older Adults", Version: version(r, "13.1.000", "14.0.000"),
		Steward: "National Committee for Quality Assurance", Specification: "CMS eCQM CMS156, eCQI Resource Center",
		Question:    "Which people of 65 and older had a high-risk medicine ordered at least twice? Some are to be avoided, others need a diagnosis that calls for them.",
		Improvement: hedis.Decrease,
		Rates: []hedis.RateDef{
			rate("Medicines to avoid", toAvoid),
			rate("Medicines without a diagnosis that calls for them", withoutReason),
			rate("Either", Any{withoutReason, toAvoid})},
		Notes: []string{"Days supplied are added in whole days; the specification adds fractions."},
	}
}
