package register_test

import (
	"errors"
	"fmt"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/register"
)

func ExampleChart() {
	asthma := registry.Set{Name: "Asthma", OID: "1.1"}
	resolved := registry.Set{Name: "Asthma resolved", OID: "1.2"}
	rule := register.Chart{Register: "asthma", Diagnosis: asthma, Resolved: resolved, MinAge: 6, Same: register.ResolutionWins}
	fmt.Println(rule)
	// Output:
	// on the asthma register: diagnosis of Asthma, not resolved since by Asthma resolved (nor on that day), age 6 or older
}

func ExampleClaimFinding() {
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

func ExampleClaims() {
	p := &registry.Patient{Facts: []registry.Fact{
		{ID: "c1", Kind: registry.Claim, Status: registry.Active, Setting: "CAR", When: registry.On(registry.Day(2023, 3, 1)), Codes: []registry.Code{registry.NewCode("ICD10CM", "E11.9")}},
		{ID: "c2", Kind: registry.Claim, Status: registry.Active, Setting: "CAR", When: registry.On(registry.Day(2023, 9, 1)), Codes: []registry.Code{registry.NewCode("ICD10CM", "E11.9")}},
	}}
	list, err := register.CCW30()
	if err != nil {
		fmt.Println(err)
		return
	}
	claims, err := register.Compile(list)
	if err != nil {
		fmt.Println(err)
		return
	}
	var m register.Members
	claims.Evaluate(p, 2023, &m)
	for i, c := range m.Conditions {
		if c.In {
			fmt.Println(list.Conditions[i].Name, c.Since)
		}
	}
	// Output:
	// Diabetes 2023-09-01
}

func ExampleCompile() {
	p := &registry.Patient{Facts: []registry.Fact{
		{ID: "c1", Kind: registry.Claim, Status: registry.Active, Setting: "CAR", When: registry.On(registry.Day(2023, 3, 1)), Codes: []registry.Code{registry.NewCode("ICD10CM", "E11.9")}},
		{ID: "c2", Kind: registry.Claim, Status: registry.Active, Setting: "CAR", When: registry.On(registry.Day(2023, 9, 1)), Codes: []registry.Code{registry.NewCode("ICD10CM", "E11.9")}},
	}}
	list, err := register.CCW30()
	if err != nil {
		fmt.Println(err)
		return
	}
	claims, err := register.Compile(list)
	if err != nil {
		fmt.Println(err)
		return
	}
	var m register.Members
	claims.Evaluate(p, 2023, &m)
	for i, c := range m.Conditions {
		if c.In {
			fmt.Println(list.Conditions[i].Name, c.Since)
		}
	}
	// Output:
	// Diabetes 2023-09-01
}

func ExampleCondition() {
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
