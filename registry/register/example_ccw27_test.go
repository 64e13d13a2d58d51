package register_test

import (
	"fmt"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/register"
)

func ExampleCCW27() {
	list, err := register.CCW27()
	for _, c := range list.Conditions {
		if c.ID == "DIABETES" {
			for _, t := range c.Tiers {
				fmt.Println(c.Name, "by", t.MinClaims, "of", t.ClaimTypes)
			}
		}
	}
	fmt.Println(err)
	// Output:
	// Diabetes by 1 of [IP SNF HHA]
	// Diabetes by 2 of [OP CAR]
	// <nil>
}

func ExampleCCW30() {
	list, _ := register.CCW30()
	claims, err := register.Compile(list)
	if err != nil {
		fmt.Println(err)
		return
	}
	var m register.Members
	claims.Evaluate(twoClaims(), 2023, &m)
	for i, c := range m.Conditions {
		if c.In {
			fmt.Println(list.Conditions[i].Name, "since", c.Since)
		}
	}
	// Output: Diabetes since 2023-09-01
}

func ExampleCareFacts() {
	// Seen in February, measured in January only; then the programme hears of a death.
	f := register.CareFacts{Registered: registry.Day(2020, 1, 1), Visits: []registry.Date{registry.Day(2024, 2, 1)}, Measures: []register.Measure{{On: registry.Day(2023, 11, 1), Controlled: true}}}
	fmt.Println(register.CareState(&f, registry.Day(2024, 3, 31), register.CareRule{}))
	f.Death = registry.Day(2024, 3, 30)
	fmt.Println(register.CareState(&f, registry.Day(2024, 3, 31), register.CareRule{}))
	// Output:
	// visited, no measure
	// dead
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
