package register_test

import (
	"errors"
	"fmt"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/register"
)

func ExampleCoverageFlag() {
	p := &registry.Patient{Enrolments: []registry.Enrolment{{Period: registry.CalendarYear(2023), FeeForService: true, Benefits: registry.PartA | registry.PartB}}}
	fmt.Println(register.CoverageFlag(true, p, registry.CalendarYear(2023)), register.CoverageFlag(true, p, registry.CalendarYear(2024)))
	// Output:
	// 3 1
}

func ExampleMeasure() {
	f := register.CareFacts{Registered: registry.Day(2020, 1, 1), Visits: []registry.Date{registry.Day(2024, 2, 1)},
		Measures: []register.Measure{{On: registry.Day(2024, 2, 1), Controlled: true}}}
	s := register.CareState(&f, registry.Day(2024, 3, 31), register.CareRule{})
	fmt.Println(s, s.UnderCare())
	// Output:
	// controlled true
}

func ExampleMembers() {
	p := &registry.Patient{Facts: []registry.Fact{
		{ID: "c1", Kind: registry.Claim, Status: registry.Active, Setting: "CAR", When: registry.On(registry.Day(2023, 3, 1)), Codes: []registry.Code{registry.NewCode("ICD10CM", "E11.9")}},
		{ID: "c2", Kind: registry.Claim, Status: registry.Active, Setting: "CAR", When: registry.On(registry.Day(2023, 9, 1)), Codes: []registry.Code{registry.NewCode("ICD10CM", "E11.9")}},
	}}
	list, _ := register.CCW30()
	claims, _ := register.Compile(list)
	m, findings, err := claims.Explain(p, 2023, "DIABETES")
	fmt.Println(m.In, err)
	for _, f := range findings {
		fmt.Println(f.ID, f.Date, f.Counts, f.Why)
	}
	// Output:
	// true <nil>
	// c1 2023-03-01 true counts
	// c2 2023-09-01 true counts
}

func ExampleMembership() {
	p := &registry.Patient{Facts: []registry.Fact{
		{ID: "c1", Kind: registry.Claim, Status: registry.Active, Setting: "CAR", When: registry.On(registry.Day(2023, 3, 1)), Codes: []registry.Code{registry.NewCode("ICD10CM", "E11.9")}},
		{ID: "c2", Kind: registry.Claim, Status: registry.Active, Setting: "CAR", When: registry.On(registry.Day(2023, 9, 1)), Codes: []registry.Code{registry.NewCode("ICD10CM", "E11.9")}},
	}}
	list, _ := register.CCW30()
	claims, _ := register.Compile(list)
	m, findings, err := claims.Explain(p, 2023, "DIABETES")
	fmt.Println(m.In, err)
	for _, f := range findings {
		fmt.Println(f.ID, f.Date, f.Counts, f.Why)
	}
	// Output:
	// true <nil>
	// c1 2023-03-01 true counts
	// c2 2023-09-01 true counts
}

func ExamplePosition() {
	p := &register.Profile{ID: "home", Version: "1", CodeSystem: "ICD10CM", Conditions: []register.Condition{{
		ID: "gout", Name: "Gout", ReferenceYears: 2, Position: register.FirstTwo, Codes: []string{"M10.9"},
		Tiers: []register.Tier{{MinClaims: 1, ClaimTypes: []string{"inpatient"}}, {MinClaims: 2, ClaimTypes: []string{"outpatient", "other"}, MinDaysApart: 30}},
	}}}
	claims, err := register.Compile(p)
	fmt.Println(claims.Profile().Conditions[0].Name, err)
	p.Conditions[0].Codes = nil
	_, err = register.Compile(p)
	fmt.Println(err, errors.Is(err, register.ErrProfile))
	// Output:
	// Gout <nil>
	// register: profile home: gout: no codes true
}
