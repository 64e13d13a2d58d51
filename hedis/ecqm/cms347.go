package ecqm

import (
	"github.com/chroniccare/chroniccare/hedis"
	. "github.com/chroniccare/chroniccare/registry"
)

// cms347 asks which people at high cardiovascular risk were prescribed or on a
// statin: with atherosclerotic cardiovascular disease; 20 to 75 with LDL
// cholesterol of 190 mg/dL or more or familial hypercholesterolaemia; 40 to 75
// with diabetes; 40 to 75 with a ten-year risk of 20 % or more. Four rates, a
// higher one is better. Steward: CMS.
func cms347(y Year) hedis.Indicator {
	r := y.rules()
	heartAttack := version(r, vsMyocardialInfarction, vsMyocardialInfarctionAcute)
	sick := problems(heartAttack, vsCerebrovascularDiseaseStrokeOrTIA, vsAtherosclerosisAndPeripheralArterialDisease,
		vsIschemicHeartDiseaseOrOtherRelatedDiagnoses, vsStableAndUnstableAngina).That(When(Starts, UpToPeriodEnd()))
	subsequent := problems().That(When(Starts, UpToPeriodEnd()))
	subsequent.Codes = []Code{NewCode(string(ICD10CM), "I22.2")}
	treatedASCVD := procedures(vsPCI, vsCABGSurgeries, vsCarotidIntervention, vsCABGOrPCIProcedure).That(When(Starts, UpToPeriodEnd()))
	ascvd := named("Atherosclerotic cardiovascular disease", exists(Union(sick, treatedASCVD)))
	ascvdOrSubsequent := named("Atherosclerotic cardiovascular disease", exists(Union(sick, subsequent, treatedASCVD)))
	if y > MY2025 { // before, a subsequent infarction counted for the first rate alone
		ascvd = ascvdOrSubsequent
	}
	highLDL := named("LDL cholesterol of 190 mg/dL or more", exists(Query{Kind: Observation, Sets: []Set{vsLDLCholesterol},
		Tests: []Test{StatusIn(Final, Amended, Corrected, Appended), Compare{Op: AtOrAbove, Limit: Num(190, 0), Unit: "mg/dL"}, When(Starts, UpToPeriodEnd())}}))
	familial := named("Familial hypercholesterolaemia", exists(problems(vsFamilialHypercholesterolemia).That(When(Starts, UpToPeriodEnd()))))
	now := func(sets ...Set) Definition { return exists(problems(sets...).That(When(Overlaps, mp()))) }
	diabetes := named("Diabetes", now(vsDiabetes))
	risk := Query{Kind: Observation, Codes: []Code{loinc("99055-6"), loinc("79423-0")},
		Tests: []Test{Compare{Op: AtOrAbove, Limit: Num(20, 0), Unit: "%"}, When(During, mp())}}
	if y > MY2025 {
		risk = risk.That(resulted())
	}
	highRisk := named("Ten-year risk of 20 % or more", exists(risk))
	sets := []Set{vsAnnualWellnessVisit, vsOfficeVisit, vsOutpatientConsultation, vsOutpatientEncountersForPreventiveCare,
		vsPreventiveCareServicesEstablishedOfficeVisit18AndUp, vsPreventiveCareServicesIndividualCounseling,
		vsPreventiveCareServicesInitialOfficeVisit18AndUp, vsPreventiveCareServicesOther}
	if y > MY2025 {
		sets = append(sets, vsTelemedicineServices)
	}
	encounter := Query{As: "visit", Kind: Encounter, Sets: sets, Tests: []Test{StatusIn(Finished), When(During, mp())}}
	visit := named("Qualifying encounter", exists(encounter))
	statins := []Set{vsLowIntensityStatinTherapy, vsModerateIntensityStatinTherapy, vsHighIntensityStatinTherapy}
	prescribed := Query{Kind: MedicationOrder, Sets: statins, Tests: []Test{StatusIn(Active, Completed)}}
	ordered := version(r, IntentIn(Order), IntentIn(Order, OriginalOrder, ReflexOrder, InstanceOrder))
	taking := version(r, prescribed.That(ordered, WhenOf(Dosed, Overlaps, mp())), prescribed.That(WhenOf(Covered, Overlaps, mp())))
	numerator := Any{
		named("Statin ordered in the period", exists(prescribed.That(ordered, WhenOf(Authored, Starts, mp())))),
		named("On a statin in the period", exists(taking))}
	refused := Query{Kind: MedicationOrder, Sets: statins, Negated: true, Tests: []Test{version(r, StatusIn(Completed), StatusIn(Active, Completed)),
		ReasonIn(vsMedicalReason)}}
	refusedAt := WhenOf(Authored, Starts, SpanOf("visit"))
	if y <= MY2025 {
		refusedAt = refusedAt.Precisely()
	}
	excluded := version(r, problems, diagnoses)(vsBreastfeeding, vsRhabdomyolysis).That(When(Overlaps, mp()))
	reaction := version(r, WhenOf(Authored, Starts, mp()), When(Starts, mp()))
	exceptions := Any{
		named("Allergy to statins", exists(Query{Kind: Allergy, Sets: []Set{vsStatinAllergen}, Tests: []Test{StatusIn(Active), When(Overlaps, mp())}})),
		r.hospice(), r.palliative(),
		named("Hepatitis or liver disease", now(vsHepatitisA, vsHepatitisBLiver, vsLiverDisease)),
		named("Statin-associated muscle symptoms", now(vsStatinAssociatedMuscleSymptoms)),
		named("End-stage renal disease", now(vsEndStageRenalDisease)),
		named("Adverse reaction to a statin", exists(Query{Kind: AdverseEvent, Sets: []Set{vsStatinAllergen}, Tests: []Test{reaction}})),
		named("Medical reason for not ordering a statin", exists(encounter.That(With(refused.That(refusedAt))))),
	}
	rate := func(name string, population ...Definition) hedis.RateDef {
		return hedis.RateDef{Name: name, InitialPopulation: All(append(population, visit)), DenominatorExclusion: exists(excluded),
			DenominatorException: exceptions, Numerator: numerator}
	}
	return hedis.Indicator{
		ID: "CMS347", Title: "Statin Therapy for the Prevention and Treatment of Cardiovascular Disease", Version: version(r, "8.1.000", "9.0.000"),
		Steward: "Centers for Medicare & Medicaid Services", Specification: "CMS eCQM CMS347, eCQI Resource Center",
		Question: "Which people at high cardiovascular risk were prescribed a statin or on one in the year? There is a rate for each of four risk groups.",
		Rates: []hedis.RateDef{
			rate("Atherosclerotic cardiovascular disease", ascvdOrSubsequent),
			rate("LDL cholesterol of 190 or more, or familial hypercholesterolaemia", ageAtStart(20, 75), Any{highLDL, familial}, not(ascvd)),
			rate("Diabetes, age 40 to 75", ageAtStart(40, 75), diabetes, not(ascvd), not(highLDL), not(familial)),
			rate("Ten-year risk of 20 % or more, age 40 to 75", ageAtStart(40, 75), highRisk, not(ascvd), not(familial), not(highLDL), not(diabetes)),
		},
	}
}
