package linkage_test

import (
	"fmt"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/linkage"
)

func ExampleValidNHSNumber() {
	fmt.Println(linkage.ValidNHSNumber("943 476 5919"), linkage.ValidNHSNumber("943 476 5918"))
	// Output: true false
}

func ExampleIdentifier() {
	id := linkage.Identifier{System: linkage.NHSNumber, Value: "943 476 5919"}
	fmt.Println(id.Normal().Value, id.Valid())
	// Output: 9434765919 true
}

func ExampleOrigin() {
	for _, o := range []linkage.Origin{linkage.Laboratory, linkage.ClaimOrigin, linkage.Device, linkage.PatientReport} {
		fmt.Println(o, "- self-reported:", o.SelfReported())
	}
	// Output:
	// laboratory - self-reported: false
	// claim - self-reported: false
	// device - self-reported: true
	// patient - self-reported: true
}

func ExampleSource() {
	// One blood test that the practice and the laboratory both hold is one fact of two sources.
	gp, laboratory := exampleRecords()
	r, _ := linkage.Merge(linkage.Survivorship{}, gp, laboratory)
	for _, f := range r.Facts {
		for _, s := range f.Sources {
			fmt.Println(f.Value, "from", s.System, s.ID, s.Origin)
		}
	}
	// Output:
	// 7.1 % from gp 1 clinic
	// 7.1 % from hospital 77 laboratory
}

func ExampleNormalizeName() {
	fmt.Println(linkage.NormalizeName("O’Brien-Müller"), linkage.NormalizeName("NGUYỄN"))
	// Output: obrien muller nguyen
}

var examplePeople = []linkage.Person{
	{ID: "g1", Source: "gp", Recorded: registry.Day(2023, 1, 1), Family: "Müller", Given: "Anna", Birth: registry.PartialDate{Year: 1960, Month: 5, Day: 2}, Sex: registry.Female, Area: "AB1"},
	{ID: "h1", Source: "hospital", Recorded: registry.Day(2024, 1, 1), Family: "MULLER", Given: "Anne", Birth: registry.PartialDate{Year: 1960, Month: 5}, Sex: registry.Female, Area: "AB1"},
	{ID: "h2", Source: "hospital", Family: "Other", Given: "Bo", Birth: registry.PartialDate{Year: 1970}},
}

var examplePolicy = linkage.Policy{Agree: [][]linkage.Field{{linkage.FamilyName, linkage.BirthDate, linkage.Gender, linkage.Area}}}

func ExampleLink() {
	r, err := linkage.Link(examplePeople, examplePolicy)
	fmt.Println(r.Clusters, err)
	fmt.Println(r.Links[0].Rule)
	// Output:
	// [[g1 h1] [h2]] <nil>
	// agreement on family name, birth date, sex, area
}

func ExamplePolicy() {
	_, err := linkage.Link(nil, linkage.Policy{Upper: 1, Lower: 2})
	fmt.Println(err)
	// Output: linkage: policy: the lower limit 2 is above the upper limit 1
}

func ExampleWeight() {
	p := linkage.Policy{Upper: 8, Weights: []linkage.Weight{{Field: linkage.FamilyName, M: 0.9, U: 0.01}, {Field: linkage.BirthDate, M: 0.95, U: 0.01}}}
	r, err := linkage.Link(examplePeople, p)
	fmt.Printf("%.1f bits %v\n", r.Links[0].Weight, err)
	// Output: 13.1 bits <nil>
}

func ExampleEdge() {
	r, _ := linkage.Link(examplePeople, examplePolicy)
	for _, e := range r.Links {
		fmt.Println(e.A, "and", e.B, "by", e.Rule)
	}
	// Output: g1 and h1 by agreement on family name, birth date, sex, area
}

func ExampleResult() {
	// Sure enough to look at, not sure enough to link.
	p := linkage.Policy{Lower: 5, Upper: 20, Weights: []linkage.Weight{{Field: linkage.FamilyName, M: 0.9, U: 0.01}, {Field: linkage.BirthDate, M: 0.95, U: 0.01}}}
	r, err := linkage.Link(examplePeople, p)
	fmt.Println("linked", r.Links, "to look at", r.Review[0].A, r.Review[0].B, err)
	fmt.Println(r.Clusters)
	// Output:
	// linked [] to look at g1 h1 <nil>
	// [[g1] [h1] [h2]]
}

func ExampleConflict() {
	ps := []linkage.Person{{ID: "a", Identifiers: []linkage.Identifier{{System: "ward", Value: "7"}}, Birth: registry.PartialDate{Year: 1960}},
		{ID: "b", Identifiers: []linkage.Identifier{{System: "ward", Value: "7"}}, Birth: registry.PartialDate{Year: 1961}}}
	r, _ := linkage.Link(ps, linkage.Policy{})
	fmt.Println(r.Conflicts[0].Records, r.Conflicts[0].Why)
	fmt.Println(r.Clusters)
	// Output:
	// [a b] birth dates that cannot both be true
	// [[a] [b]]
}

func ExampleField() {
	// The more fields have to agree, the fewer records link.
	for _, fields := range [][]linkage.Field{{linkage.FamilyName, linkage.BirthDate}, {linkage.FamilyName, linkage.GivenName}} {
		r, err := linkage.Link(examplePeople, linkage.Policy{Agree: [][]linkage.Field{fields}})
		fmt.Println(fields, r.Clusters, err)
	}
	// Output:
	// [family name birth date] [[g1 h1] [h2]] <nil>
	// [family name given name] [[g1] [h1] [h2]] <nil>
}

func ExamplePerson() {
	// A number in common is enough, however the names are written.
	nhs := []linkage.Identifier{{System: linkage.NHSNumber, Value: "943 476 5919"}}
	r, err := linkage.Link([]linkage.Person{
		{ID: "g1", Source: "gp", Family: "Müller", Identifiers: nhs},
		{ID: "h1", Source: "hospital", Family: "Miller", Identifiers: []linkage.Identifier{{System: linkage.NHSNumber, Value: "9434765919"}}},
	}, linkage.Policy{})
	fmt.Println(r.Clusters, err)
	// Output: [[g1 h1]] <nil>
}

func exampleRecords() (linkage.Record, linkage.Record) {
	f := registry.Fact{ID: "1", Kind: registry.Observation, Status: registry.Final, Codes: []registry.Code{registry.NewCode("LOINC", "4548-4")}, When: registry.On(registry.Day(2024, 1, 5)), Value: registry.QuantityOf(registry.Num(71, -1), "%")}
	g := f
	g.ID = "77"
	return linkage.NewRecord(examplePeople[0], linkage.Clinic, f), linkage.NewRecord(examplePeople[1], linkage.Laboratory, g)
}

func ExampleMerge() {
	gp, hospital := exampleRecords()
	r, choices := linkage.Merge(linkage.Survivorship{Fields: []linkage.FieldRule{{Field: linkage.BirthDate, Rule: linkage.MostComplete}}}, gp, hospital)
	fmt.Println(r.Person.Given, r.Person.Birth)
	for _, f := range r.Facts {
		fmt.Println(f.Value, "from", f.Sources[0].System, "and", f.Sources[1].System)
	}
	fmt.Println(choices[2].Field, "from", choices[2].From, "being", choices[2].Why)
	// Output:
	// Anne 1960-05-02
	// 7.1 % from gp and hospital
	// birth date from gp g1 being most complete
}

func ExampleSurvivorship() {
	gp, hospital := exampleRecords()
	r, _ := linkage.Merge(linkage.Survivorship{Default: linkage.BySource, Priority: []string{"gp"}}, gp, hospital)
	fmt.Println(r.Person.Family)
	// Output: Müller
}

func ExampleFieldRule() {
	gp, hospital := exampleRecords()
	keep := linkage.Survivorship{Fields: []linkage.FieldRule{{Field: linkage.GivenName, Rule: linkage.BySource}}, Priority: []string{"gp"}}
	r, _ := linkage.Merge(keep, gp, hospital)
	fmt.Println(r.Person.Given, r.Person.Family) // the family name by the default, the newest
	// Output: Anna MULLER
}

func ExampleRule() {
	gp, hospital := exampleRecords()
	for _, rule := range []linkage.Rule{linkage.Newest, linkage.MostComplete, linkage.BySource} {
		r, _ := linkage.Merge(linkage.Survivorship{Default: rule, Priority: []string{"gp"}}, gp, hospital)
		fmt.Println(rule, "-", r.Person.Given, r.Person.Birth)
	}
	// Output:
	// newest - Anne 1960-05
	// most complete - Anne 1960-05-02
	// by source - Anna 1960-05-02
}

func ExampleChoice() {
	gp, hospital := exampleRecords()
	_, choices := linkage.Merge(linkage.Survivorship{}, gp, hospital)
	fmt.Println(choices[0].Value, choices[0].Others)
	// Output: MULLER [Müller]
}

func ExampleDedup() {
	gp, _ := exampleRecords()
	copied := gp.Facts[0]
	copied.ID, copied.Sources = "9", []linkage.Source{{System: "letter", ID: "9"}}
	gp.Facts = append(gp.Facts, copied)
	for _, f := range linkage.Dedup(gp).Facts {
		fmt.Println(f.Value, "from", f.Sources[0].System, "and", f.Sources[1].System)
	}
	// Output: 7.1 % from gp and letter
}

func ExampleNewRecord() {
	kg := func(id string, n int64) registry.Fact {
		return registry.Fact{ID: id, Kind: registry.Observation, When: registry.On(registry.Day(2024, 1, 1)), Value: registry.QuantityOf(registry.Num(n, 0), "kg")}
	}
	r := linkage.NewRecord(linkage.Person{ID: "a", Source: "gp"}, linkage.Clinic, kg("1", 820), kg("2", 82))
	r.Replacing("2", "1") // the second corrects the first
	r = linkage.Dedup(r)
	fmt.Println("stands:", r.Facts[0].Value, "corrected:", r.Corrected[0].Value)
	// Output: stands: 82 kg corrected: 820 kg
}

func ExampleRecord() {
	gp, hospital := exampleRecords()
	r, _ := linkage.Merge(linkage.Survivorship{}, gp, hospital)
	p := r.Patient() // for charts; a partial birth date stands on its first possible day
	fmt.Println(p.Birth, p.Facts[0].Value)
	for _, part := range r.Parts {
		fmt.Println(part.Source, "says", part.Given, part.Family, part.Birth)
	}
	// Output:
	// 1960-05-01 7.1 %
	// gp says Anna Müller 1960-05-02
	// hospital says Anne MULLER 1960-05
}

func ExampleFact() {
	r, _ := exampleRecords()
	fmt.Println(r.Facts[0].Value, r.Facts[0].Sources[0].System)
	// Output: 7.1 % gp
}

func ExampleFactText() {
	a, b := registry.Fact{ID: "1"}, registry.Fact{ID: "2"}
	fmt.Println(string(linkage.FactText(&a)) == string(linkage.FactText(&b)))
	// Output: false
}

func ExampleMeasure() {
	r, _ := linkage.Link(examplePeople, examplePolicy)
	m, err := linkage.Measure(examplePeople, r, []linkage.Label{{A: "g1", B: "h1", Same: true}, {A: "g1", B: "h2", Same: true}})
	fmt.Println(m.Linked, m.Precision, m.Recall, err)
	// Output: 2/3 (66.7 %) 1/1 (100.0 %) 1/2 (50.0 %) <nil>
}

func ExampleReport() {
	r, _ := linkage.Link(examplePeople, examplePolicy)
	m, _ := linkage.Measure(examplePeople, r, nil)
	fmt.Println(m.Records, m.People, m.Precision)
	// Output: 3 2 0/0 (undefined)
}

func ExampleLabel() {
	r, _ := linkage.Link(examplePeople, examplePolicy)
	_, err := linkage.Measure(examplePeople, r, []linkage.Label{{A: "g1", B: "nobody"}})
	fmt.Println(err)
	// Output: linkage: record: label 1 is about "g1" and "nobody"
}

func ExampleSourcePair() {
	r, _ := linkage.Link(examplePeople, examplePolicy)
	m, _ := linkage.Measure(examplePeople, r, nil)
	fmt.Println(m.Pairs)
	// Output: [{gp hospital 1}]
}
