package registry_test

import (
	"fmt"

	"github.com/chroniccare/chroniccare/registry"
)

// What the examples share: a patient with diabetes, two HbA1c results, two visits
// and two dispenses of metformin, and the value sets that name them.

var (
	loincA1c    = registry.NewCode("LOINC", "4548-4")
	yes         = registry.Code{System: "urn:local", Value: "yes"}
	hba1cSet    = registry.Set{Name: "HbA1c", OID: "1.1.1"}
	diabetesSet = registry.Set{Name: "Diabetes", OID: "1.1.2"}
	visitSet    = registry.Set{Name: "Office visit", OID: "1.1.3"}
	drugSet     = registry.Set{Name: "Metformin", OID: "1.1.4"}
)

func hba1c() registry.Query {
	return registry.Query{Kind: registry.Observation, Sets: []registry.Set{hba1cSet}}
}

func diabetes() registry.Query {
	return registry.Query{Kind: registry.Diagnosis, Sets: []registry.Set{diabetesSet}}
}

func visits() registry.Query {
	return registry.Query{Kind: registry.Encounter, Sets: []registry.Set{visitSet}}
}

func metformin() registry.Query {
	return registry.Query{Kind: registry.MedicationDispense, Sets: []registry.Set{drugSet}}
}

func sets() []registry.ValueSet {
	one := func(s registry.Set, c registry.Code) registry.ValueSet {
		return registry.ValueSet{OID: s.OID, Name: s.Name, Codes: []registry.Code{c}}
	}
	return []registry.ValueSet{one(hba1cSet, loincA1c), one(diabetesSet, registry.NewCode("ICD10CM", "E11.9")),
		one(visitSet, registry.NewCode("HCPCS", "G0463")), one(drugSet, registry.NewCode("RxNorm", "860975"))}
}

func patient() *registry.Patient {
	lab := func(id string, d registry.Date, n int64) registry.Fact {
		return registry.Fact{ID: id, Kind: registry.Observation, Status: registry.Final, Category: registry.Laboratory, EncounterID: "visit1",
			Codes: []registry.Code{loincA1c}, When: registry.On(d), Value: registry.QuantityOf(registry.Num(n, -1), "%")}
	}
	visit := func(id string, d registry.Date) registry.Fact {
		return registry.Fact{ID: id, Kind: registry.Encounter, Status: registry.Finished, Codes: []registry.Code{registry.NewCode("HCPCS", "G0463")},
			When: registry.On(d), Visit: &registry.Visit{Class: "AMB"}}
	}
	dispense := func(id string, d registry.Date) registry.Fact {
		return registry.Fact{ID: id, Kind: registry.MedicationDispense, Status: registry.Completed, Codes: []registry.Code{registry.NewCode("RxNorm", "860975")},
			When: registry.On(d), Supply: &registry.Supply{Days: registry.Num(30, 0), Start: d}}
	}
	return &registry.Patient{ID: "amara", Birth: registry.Day(1962, 4, 9), Gender: registry.Female, Facts: []registry.Fact{
		lab("lab1", registry.Day(2025, 3, 1), 84), lab("lab2", registry.Day(2025, 9, 1), 93),
		visit("visit1", registry.Day(2025, 3, 1)), visit("visit2", registry.Day(2025, 9, 3)),
		{ID: "dx", Kind: registry.Diagnosis, Status: registry.Active, Codes: []registry.Code{registry.NewCode("ICD10CM", "E11.9")}, When: registry.Since(registry.Day(2018, 1, 1))},
		dispense("rx1", registry.Day(2025, 3, 2)), dispense("rx2", registry.Day(2025, 3, 25)),
	}}
}

// explain binds a definition and explains it for the patient in 2025.
func explain(d registry.Definition) registry.Finding {
	b := registry.NewBinder(sets())
	c := d.Bind(b)
	lexicon, err := b.Lexicon()
	if err != nil {
		panic(err)
	}
	return c.Explain(lexicon.Chart(patient()), registry.CalendarYear(2025))
}

// try prints a definition in words and whether it holds for the patient in 2025.
func try(d registry.Definition) {
	fmt.Println(d)
	fmt.Println(explain(d).Met)
}
