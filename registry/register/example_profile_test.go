package register_test

import (
	"fmt"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/register"
)

func ExampleProfile() {
	// Which version counted a person is part of the answer.
	for _, load := range []func() (*register.Profile, error){register.CCW27, register.CCW30, register.CCW30Later} {
		p, err := load()
		fmt.Println(p.ID, p.Version, err)
	}
	// Output:
	// CCW-27 2022-02 <nil>
	// CCW-30 2022-02 <nil>
	// CCW-30+ 2022-02 with later codes <nil>
}

func ExampleSameDay() {
	asthma := registry.Set{Name: "Asthma", OID: "1.1"}
	resolved := registry.Set{Name: "Asthma resolved", OID: "1.2"}
	day := registry.On(registry.Day(2020, 1, 1))
	p := &registry.Patient{Birth: registry.Day(2000, 1, 1), Facts: []registry.Fact{
		{ID: "d", Kind: registry.Diagnosis, Codes: []registry.Code{registry.NewCode("ICD10CM", "J45.909")}, When: day},
		{ID: "r", Kind: registry.Diagnosis, Codes: []registry.Code{{System: "urn:local", Value: "asthma over"}}, When: day}}}
	for _, same := range []register.SameDay{register.DiagnosisWins, register.ResolutionWins} {
		b := registry.NewBinder([]registry.ValueSet{{OID: "1.1", Codes: []registry.Code{registry.NewCode("ICD10CM", "J45.909")}}, {OID: "1.2", Codes: []registry.Code{{System: "urn:local", Value: "asthma over"}}}})
		c := register.Chart{Register: "asthma", Diagnosis: asthma, Resolved: resolved, Same: same}.Bind(b)
		l, _ := b.Lexicon()
		fmt.Println(c.Holds(l.Chart(p), registry.CalendarYear(2020)))
	}
	// Output:
	// true
	// false
}

func ExampleState() {
	f := register.CareFacts{Registered: registry.Day(2020, 1, 1), Visits: []registry.Date{registry.Day(2024, 2, 1)}, Measures: []register.Measure{{On: registry.Day(2024, 2, 1), Controlled: true}}}
	for _, day := range []registry.Date{registry.Day(2019, 12, 31), registry.Day(2024, 3, 31), registry.Day(2024, 7, 31), registry.Day(2026, 7, 31)} {
		s := register.CareState(&f, day, register.CareRule{})
		fmt.Println(day, s, "- under care:", s.UnderCare())
	}
	// Output:
	// 2019-12-31 not registered - under care: false
	// 2024-03-31 controlled - under care: true
	// 2024-07-31 missed visit - under care: true
	// 2026-07-31 lost to follow-up - under care: false
}

func ExampleTier() {
	// Two claims 20 days apart are too close for the second tier, which asks for 30.
	claims, _ := register.Compile(gout())
	for _, days := range []int{20, 30} {
		claim := registry.Fact{ID: "c1", Kind: registry.Claim, Status: registry.Active, Setting: "outpatient", When: registry.On(registry.Day(2023, 3, 1)), Codes: []registry.Code{registry.NewCode("ICD10CM", "M10.9")}}
		later := claim
		later.ID, later.When = "c2", registry.On(registry.Day(2023, 3, 1).AddDays(days))
		m, _, _ := claims.Explain(&registry.Patient{Facts: []registry.Fact{claim, later}}, 2023, "gout")
		fmt.Println(days, "days apart:", m.In)
	}
	// Output:
	// 20 days apart: false
	// 30 days apart: true
}
