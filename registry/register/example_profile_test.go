package register_test

import (
	"errors"
	"fmt"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/register"
)

func ExampleProfile() {
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

func ExampleSameDay() {
	asthma := registry.Set{Name: "Asthma", OID: "1.1"}
	resolved := registry.Set{Name: "Asthma resolved", OID: "1.2"}
	rule := register.Chart{Register: "asthma", Diagnosis: asthma, Resolved: resolved, MinAge: 6, Same: register.ResolutionWins}
	fmt.Println(rule)
	// Output:
	// on the asthma register: diagnosis of Asthma, not resolved since by Asthma resolved (nor on that day), age 6 or older
}

func ExampleState() {
	f := register.CareFacts{Registered: registry.Day(2020, 1, 1), Visits: []registry.Date{registry.Day(2024, 2, 1)},
		Measures: []register.Measure{{On: registry.Day(2024, 2, 1), Controlled: true}}}
	s := register.CareState(&f, registry.Day(2024, 3, 31), register.CareRule{})
	fmt.Println(s, s.UnderCare())
	// Output:
	// controlled true
}

func ExampleTier() {
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
