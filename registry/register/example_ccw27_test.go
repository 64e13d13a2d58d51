package register_test

import (
	"fmt"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/register"
)

func ExampleCCW27() {
	list, err := register.CCW27()
	fmt.Println(list.ID, len(list.Conditions), err)
	// Output:
	// CCW-27 27 <nil>
}

func ExampleCCW30() {
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

func ExampleCareFacts() {
	f := register.CareFacts{Registered: registry.Day(2020, 1, 1), Visits: []registry.Date{registry.Day(2024, 2, 1)},
		Measures: []register.Measure{{On: registry.Day(2024, 2, 1), Controlled: true}}}
	s := register.CareState(&f, registry.Day(2024, 3, 31), register.CareRule{})
	fmt.Println(s, s.UnderCare())
	// Output:
	// controlled true
}

func ExampleCareRule() {
	f := register.CareFacts{Registered: registry.Day(2020, 1, 1), Visits: []registry.Date{registry.Day(2024, 2, 1)},
		Measures: []register.Measure{{On: registry.Day(2024, 2, 1), Controlled: true}}}
	fmt.Println(register.CareState(&f, registry.Day(2024, 7, 31), register.CareRule{}))
	fmt.Println(register.CareState(&f, registry.Day(2024, 7, 31), register.CareRule{LostAfterMonths: 5}))
	// Output:
	// missed visit
	// lost to follow-up
}

func ExampleCareState() {
	f := register.CareFacts{Registered: registry.Day(2020, 1, 1), Visits: []registry.Date{registry.Day(2024, 2, 1)},
		Measures: []register.Measure{{On: registry.Day(2024, 2, 1), Controlled: true}}}
	s := register.CareState(&f, registry.Day(2024, 3, 31), register.CareRule{})
	fmt.Println(s, s.UnderCare())
	// Output:
	// controlled true
}
