package register_test

import (
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
	// The last measurement decides.
	f := register.CareFacts{Registered: registry.Day(2020, 1, 1), Visits: []registry.Date{registry.Day(2024, 2, 1), registry.Day(2024, 3, 1)}, Measures: []register.Measure{{On: registry.Day(2024, 3, 1)}, {On: registry.Day(2024, 2, 1), Controlled: true}}}
	for _, day := range []registry.Date{registry.Day(2024, 2, 29), registry.Day(2024, 3, 31)} {
		fmt.Println(day, register.CareState(&f, day, register.CareRule{}))
	}
	// Output:
	// 2024-02-29 controlled
	// 2024-03-31 uncontrolled
}

func ExampleMembers() {
	// FirstEver is found when asked for: it reads the claims of all years.
	list, _ := register.CCW30()
	claims, _ := register.Compile(list)
	for _, ever := range []bool{false, true} {
		m := register.Members{Ever: ever}
		claims.Evaluate(twoClaims(), 2024, &m)
		for _, c := range m.Conditions {
			if c.In {
				fmt.Println("since", c.Since, "first ever", c.FirstEver)
			}
		}
	}
	// Output:
	// since 2023-09-01 first ever not recorded
	// since 2023-09-01 first ever 2023-09-01
}

func ExampleMembership() {
	list, _ := register.CCW30()
	claims, _ := register.Compile(list)
	p := twoClaims()
	p.Facts = p.Facts[:1]
	for _, p := range []*registry.Patient{p, twoClaims()} {
		m, _, err := claims.Explain(p, 2023, "DIABETES")
		fmt.Println("in:", m.In, "claims:", m.Claims, "short of:", m.Short, err)
	}
	// Output:
	// in: false claims: 1 short of: 1 <nil>
	// in: true claims: 2 short of: 0 <nil>
}

func ExamplePosition() {
	// A claim with gout in third place.
	claim := registry.Fact{ID: "c1", Kind: registry.Claim, Status: registry.Active, Setting: "inpatient", When: registry.On(registry.Day(2023, 3, 1)),
		Codes: []registry.Code{registry.NewCode("ICD10CM", "I10"), registry.NewCode("ICD10CM", "E11.9"), registry.NewCode("ICD10CM", "M10.9")}}
	for _, position := range []register.Position{register.FirstTwo, register.AnyPosition} {
		g := gout()
		g.Conditions[0].Position = position
		claims, err := register.Compile(g)
		if err != nil {
			fmt.Println(err)
			return
		}
		m, _, err := claims.Explain(&registry.Patient{Facts: []registry.Fact{claim}}, 2023, "gout")
		fmt.Println(position, m.In, err)
	}
	// Output:
	// first_two false <nil>
	// any true <nil>
}
