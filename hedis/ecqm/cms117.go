package ecqm

import (
	"github.com/chroniccare/chroniccare/hedis"
	. "github.com/chroniccare/chroniccare/registry"
)

// cms117 asks which children who turned two in the year had the vaccines due by
// their second birthday: 4 DTaP, 3 polio, 1 MMR, 3 or 4 Hib, 3 hepatitis B, 1
// varicella, 4 pneumococcal, 1 hepatitis A, 2 or 3 rotavirus and 2 influenza.
// A higher rate is better. Steward: NCQA. Doses count on different days; a
// history of the disease or of anaphylaxis stands for the vaccine.
func cms117(y Year) hedis.Indicator {
	r := y.rules()
	second := BirthDate().AddYears(2)
	from := func(days int) Window { return FromTo(BirthDate().AddDays(days), second) }
	firstTwo := from(0)
	secondYear := FromTo(BirthDate().AddYears(1), second)
	given := func(vaccine, administered Set, w, wProcedure Window) Query {
		return Union(
			Query{Kind: Immunization, Sets: []Set{vaccine}, Tests: []Test{StatusIn(Completed), When(Earliest, w)}},
			procedures(administered).That(When(Earliest, wProcedure)))
	}
	doses := func(n int, q Query) Definition { return Count{Of: q, Min: n, Distinct: DistinctDays} }
	history := func(sets []Set, codes ...string) Definition {
		q := diagnoses(sets...)
		for _, c := range codes {
			q.Codes = append(q.Codes, snomed(c))
		}
		return named("History of the disease or of a reaction", exists(q.That(When(Starts, firstTwo))))
	}
	hib3 := given(vsHibVaccine3DoseSchedule, vsHibVaccine3DoseScheduleAdministered, from(42), from(42))
	hib4 := given(vsHibVaccine4DoseSchedule, vsHibVaccine4DoseScheduleAdministered, from(42), from(42))
	rota2 := Union(Query{Kind: Immunization, Codes: []Code{{System: CVX, Value: "119"}}, Tests: []Test{StatusIn(Completed), When(Earliest, from(42))}},
		procedures(vsRotavirusVaccine2DoseScheduleAdministered).That(When(Earliest, from(42))))
	rota3 := given(vsRotavirusVaccine3DoseSchedule, vsRotavirusVaccine3DoseScheduleAdministered, from(42), from(42))
	hepB := given(vsHepatitisBVaccine, vsHepatitisBVaccineAdministered, firstTwo, firstTwo)
	newborn := Query{As: "newborn dose", Kind: Procedure, Codes: []Code{{System: ICD10PCS, Value: "3E0234Z"}},
		Tests: []Test{StatusIn(Completed), When(Earliest, FromTo(BirthDate(), BirthDate().AddDays(7))),
			If(doses(2, hepB.That(When(Earliest, Window{From: StartOf("newborn dose").Excluded()}))))}}
	// in MY2025 influenza immunizations count from 42 days, administrations from 180
	flu := given(vsChildInfluenzaVaccine, vsChildInfluenzaVaccineAdministered, from(version(r, 42, 180)), from(180))
	laiv := given(vsInfluenzaVirusLAIVVaccine, vsInfluenzaVirusLAIVVaccineAdministered, FromTo(second, second), FromTo(second, second))
	measles := diagnoses(vsMeasles)
	if y > MY2025 {
		measles = visitDiagnoses(vsMeasles)
	}
	early := func(s Set) Definition { return exists(diagnoses(s).That(When(Starts, firstTwo))) }
	orHistory := func(name string, d, h Definition) Definition { return named(name, Any{d, h}) }
	return hedis.Indicator{
		ID: "CMS117", Title: "Childhood Immunization Status", Version: version(r, "13.1.000", "14.0.000"),
		Steward: "National Committee for Quality Assurance", Specification: "CMS eCQM CMS117, eCQI Resource Center",
		Question: "Which children had all vaccines that are due by the second birthday? Ten vaccines are asked for, each with its number of doses.",
		Rates: []hedis.RateDef{{
			InitialPopulation: All{ageAtEnd(2, 2), named("Qualifying encounter", exists(r.encounters([]Set{vsOfficeVisit, vsHomeHealthcareServices,
				vsPreventiveCareEstablishedOfficeVisit0To17, vsPreventiveCareServicesInitialOfficeVisit0To17, vsVirtualEncounter, vsTelephoneVisits}, cpt("99211")).That(When(During, mp()))))},
			DenominatorExclusion: Any{r.hospice(),
				named("Severe combined immunodeficiency", early(vsSevereCombinedImmunodeficiency)),
				named("Immunodeficiency", early(vsDisordersOfTheImmuneSystem)),
				named("HIV", early(vsHIV)),
				named("Lymphoreticular cancer, multiple myeloma or leukaemia", early(vsMalignantNeoplasmOfLymphaticAndHematopoieticTissue)),
				named("Intussusception", early(vsIntussusception))},
			Numerator: All{
				orHistory("DTaP", doses(4, given(vsDTaPVaccine, vsDTaPVaccineAdministered, from(42), from(42))),
					history([]Set{vsAnaphylacticReactionToDTaPVaccine, vsEncephalitisDueToDiphtheriaTetanusOrPertussisVaccine})),
				orHistory("Polio", doses(3, given(vsInactivatedPolioVaccineIPV, vsInactivatedPolioVaccineIPVAdministered, from(42), from(42))),
					history(nil, "471321000124106")),
				named("Measles, mumps and rubella", Any{
					exists(given(vsMeaslesMumpsAndRubellaMMRVaccine, vsMeaslesMumpsAndRubellaMMRVaccineAdministered, secondYear, secondYear)),
					history(nil, "471331000124109"),
					All{exists(measles.That(When(Starts, firstTwo))), early(vsMumps), early(vsRubella)}}),
				orHistory("Haemophilus influenzae type b", Any{All{exists(hib4), doses(4, Union(hib3, hib4))}, All{not(exists(hib4)), doses(3, hib3)}},
					history(nil, "433621000124101")),
				orHistory("Hepatitis B", Any{doses(3, hepB), named("Two doses after a newborn dose", exists(newborn))},
					history([]Set{vsHepatitisB}, "428321000124101")),
				orHistory("Varicella", exists(given(vsVaricellaZosterVaccineVZV, vsVaricellaZosterVaccineVZVAdministered, secondYear, secondYear)),
					history([]Set{vsVaricellaZoster}, "471341000124104")),
				orHistory("Pneumococcal conjugate", doses(4, given(vsPneumococcalConjugateVaccine, vsPneumococcalConjugateVaccineAdministered, from(42), from(42))),
					history(nil, "471141000124102")),
				orHistory("Hepatitis A", exists(given(vsHepatitisAVaccine, vsHepatitisAVaccineAdministered, secondYear, secondYear)),
					history([]Set{vsHepatitisA}, "471311000124103")),
				orHistory("Rotavirus", Any{All{exists(rota3), doses(3, Union(rota2, rota3))}, All{not(exists(rota3)), doses(2, rota2)}},
					history(nil, "428331000124103")),
				orHistory("Influenza", Any{doses(2, flu), All{exists(laiv), exists(flu)}},
					history(nil, "471361000124100")),
			},
		}},
		Notes: []string{"Before MY2026 the specification counts influenza immunizations from 42 days of age, and from 180 days when recorded as procedures."},
	}
}
