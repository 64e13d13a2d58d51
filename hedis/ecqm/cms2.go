package ecqm

import (
	"github.com/chroniccare/chroniccare/hedis"
	. "github.com/chroniccare/chroniccare/registry"
)

// cms2 asks which people of 12 and older were screened for depression within 14
// days before a visit and, when positive, had follow-up on the visit or within
// two days. A higher rate is better. Steward: CMS. The latest screening counts;
// from 18 on the adult tool, below 17 the adolescent one, at 17 either.
func cms2(y Year) hedis.Indicator {
	r := y.rules()
	visit := Query{As: "visit", Kind: Encounter, Sets: []Set{vsEncounterToScreenForDepression, vsPhysicalTherapyEvaluation, vsTelephoneVisits},
		Tests: []Test{StatusIn(Finished), When(During, mp())}}
	twoWeeks := FromTo(StartOf("visit").AddDays(-14), StartOf("visit"))
	done := version[Test](r, StatusIn(Final), resulted())
	ordered := version[Test](r, IntentIn(Order), IsOrdered())
	positive := ValueIs(snomed("428181000124104"))
	screening := func(tool string) Query {
		return Query{As: "screening", Kind: Observation, Codes: []Code{loinc(tool)}, Tests: []Test{done, HasValue(),
			With(visit.That(itself("screening", []Test{When(Ends, twoWeeks)})))}}
	}
	latest := func(tool string) Pick {
		return Pick{From: screening(tool), By: Starts, Last: true, Exact: true}
	}
	// followed is the follow-up of a positive screening: on the visit for what is
	// done, up to two days after it for what is ordered.
	followed := func(tool string, medication, referral, intervention Set) Definition {
		near := itself("screening", []Test{When(Starts, twoWeeks)})
		medicine := Query{As: "follow-up", Kind: MedicationOrder, Sets: []Set{medication}, Tests: []Test{StatusIn(Active, Completed), ordered}}
		if y > MY2025 {
			medicine = medicine.That(With(visit.That(near, itself("follow-up", []Test{WhenOf(Covered, OverlapsAfter, SpanOf("visit"))}))))
		}
		soon := []Test{WhenOf(Authored, Starts, mp()),
			With(visit.That(near, itself("follow-up", []Test{WhenOf(Authored, Starts, FromTo(EndOf("visit"), EndOf("visit").AddDays(2)))})))}
		return Given{Pick: latest(tool), Then: All{is("screening", []Test{positive}), Any{
			exists(medicine.That(soon...)),
			exists(Query{As: "follow-up", Kind: ServiceRequest, Sets: []Set{referral}, Tests: []Test{StatusIn(Active, Completed)}}.That(soon...)),
			exists(Query{As: "follow-up", Kind: Procedure, Sets: []Set{intervention}, Tests: []Test{StatusIn(Completed), When(Starts, mp()),
				With(visit.That(near, itself("follow-up", []Test{When(Starts, SpanOf("visit")).Precisely()})))}}),
		}}}
	}
	screened := func(tool, who string, medication, referral, intervention Set) Definition {
		return Any{
			named("Most recent "+who+" screening negative", the(latest(tool), []Test{ValueIs(snomed("428171000124102"))})),
			named("Most recent "+who+" screening positive with follow-up", followed(tool, medication, referral, intervention))}
	}
	notScreened := func(tool string) Definition {
		refusal := Query{As: "refusal", Kind: Observation, Codes: []Code{loinc(tool)}, Negated: true, Tests: []Test{StatusIn(Cancelled),
			AnyOf(ReasonIs(snomed("720834000")), ReasonIn(vsMedicalReason))}}
		during := WhenOf(Authored, Starts, SpanOf("visit"))
		if y <= MY2025 {
			during = during.Precisely()
		}
		return All{exists(refusal.That(With(visit.That(itself("refusal", []Test{during}))))), not(exists(screening(tool)))}
	}
	const adolescent, adult = "73831-0", "73832-8"
	bipolar := problems(vsBipolarDisorder).Named("bipolar disorder")
	before := When(Starts, Window{To: StartOf("visit").Excluded()})
	if y <= MY2025 {
		before = before.Precisely()
	}
	return hedis.Indicator{
		ID: "CMS2", Title: "Preventive Care and Screening: Screening for Depression and Follow-Up Plan", Version: version(r, "14.1.000", "15.0.000"),
		Steward: "Centers for Medicare & Medicaid Services", Specification: "CMS eCQM CMS2, eCQI Resource Center",
		Question: "Which people of 12 and older were screened for depression around a visit? When the screening was positive, was there follow-up within two days?",
		Rates: []hedis.RateDef{{
			InitialPopulation:    All{ageAtStart(12, 0), named("Qualifying encounter", exists(visit))},
			DenominatorExclusion: named("Bipolar disorder before a visit", exists(bipolar.That(With(visit.That(itself("bipolar disorder", []Test{before})))))),
			DenominatorException: Any{
				named("Reason for not screening an adolescent", notScreened(adolescent)),
				named("Reason for not screening an adult", notScreened(adult))},
			Numerator: Any{
				named("Age 12 to 17, adolescent screening", All{ageAtStart(12, 17), screened(adolescent, "adolescent", vsAdolescentDepressionMedications, vsReferralForAdolescentDepression, vsFollowUpForAdolescentDepression)}),
				named("Age 17 or older, adult screening", All{ageAtStart(17, 0), screened(adult, "adult", vsAdultDepressionMedications, vsReferralForAdultDepression, vsFollowUpForAdultDepression)})},
		}},
	}
}
