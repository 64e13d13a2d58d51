package register_test

import (
	"fmt"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/register"
)

func ExampleChart() {
	asthma := registry.Set{Name: "Asthma", OID: "1.1"}
	resolved := registry.Set{Name: "Asthma resolved", OID: "1.2"}
	b := registry.NewBinder([]registry.ValueSet{{OID: "1.1", Codes: []registry.Code{registry.NewCode("ICD10CM", "J45.909")}}, {OID: "1.2", Codes: []registry.Code{{System: "urn:local", Value: "asthma over"}}}})
	c := register.Chart{Register: "asthma", Diagnosis: asthma, Resolved: resolved, MinAge: 6}.Bind(b)
	l, err := b.Lexicon()
	if err != nil {
		fmt.Println(err)
		return
	}
	chart := l.Chart(&registry.Patient{Birth: registry.Day(2010, 1, 1), Facts: []registry.Fact{
		{ID: "d", Kind: registry.Diagnosis, Codes: []registry.Code{registry.NewCode("ICD10CM", "J45.909")}, When: registry.On(registry.Day(2014, 1, 1))},
		{ID: "r", Kind: registry.Diagnosis, Codes: []registry.Code{{System: "urn:local", Value: "asthma over"}}, When: registry.On(registry.Day(2020, 1, 1))}}})
	for _, y := range []int{2015, 2018, 2020} { // too young, on, over
		fmt.Println(y, c.Holds(chart, registry.CalendarYear(y)))
	}
	// Output:
	// 2015 false
	// 2018 true
	// 2020 false
}

func ExampleClaimFinding() {
	// Two claims on one day count once, and one says why it does not.
	list, _ := register.CCW30()
	claims, _ := register.Compile(list)
	p := twoClaims()
	p.Facts[1].When = p.Facts[0].When
	p.Facts = append(p.Facts, registry.Fact{ID: "c3", Kind: registry.Claim, Status: registry.EnteredInError, Setting: "CAR", When: registry.On(registry.Day(2023, 9, 1)), Codes: p.Facts[0].Codes})
	m, findings, err := claims.Explain(p, 2023, "DIABETES")
	fmt.Println(m.In, "short of", m.Short, err)
	for _, f := range findings {
		fmt.Println(f.ID, f.Date, f.Counts, f.Why)
	}
	// Output:
	// false short of 1 <nil>
	// c1 2023-03-01 true counts
	// c2 2023-03-01 true counts
	// c3 2023-09-01 false entered in error
}

func ExampleClaims() {
	list, _ := register.CCW30()
	claims, err := register.Compile(list)
	if err != nil {
		fmt.Println(err)
		return
	}
	spells, err := claims.Spells(twoClaims(), "DIABETES", registry.Day(2022, 1, 1), registry.Day(2026, 12, 31))
	fmt.Println(spells, err)
	// Output: [2023-09-01 to 2024-12-31] <nil>
}

func ExampleCompile() {
	claims, err := register.Compile(gout())
	fmt.Println(claims.Profile().Conditions[0].Name, err)
	bad := gout()
	bad.Conditions[0].Codes, bad.Conditions[0].Position = nil, "third"
	_, err = register.Compile(bad)
	fmt.Println(err)
	// Output:
	// Gout <nil>
	// register: profile home: gout: no codes
	// register: profile home: gout: position "third"
}

func ExampleCondition() {
	// One claim from an admission is enough, one from elsewhere is not.
	claims, err := register.Compile(gout())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, setting := range []string{"inpatient", "outpatient"} {
		p := &registry.Patient{Facts: []registry.Fact{{ID: "c1", Kind: registry.Claim, Status: registry.Active, Setting: setting, When: registry.On(registry.Day(2023, 3, 1)), Codes: []registry.Code{registry.NewCode("ICD10CM", "M10.9")}}}}
		m, _, err := claims.Explain(p, 2023, "gout")
		fmt.Println(setting, m.In, "short of", m.Short, err)
	}
	// Output:
	// inpatient true short of 0 <nil>
	// outpatient false short of 1 <nil>
}
