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
	fmt.Println(linkage.Laboratory, linkage.Device.SelfReported())
	// Output: laboratory true
}

func ExampleSource() {
	s := linkage.Source{System: "lab", ID: "7", Origin: linkage.Laboratory, When: registry.On(registry.Day(2024, 1, 2))}
	fmt.Println(s.System, s.ID, s.Origin, s.When)
	// Output: lab 7 laboratory 2024-01-02
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
	fmt.Println(r.Links[0].A, r.Links[0].B)
	// Output: g1 h1
}

func ExampleResult() {
	r, _ := linkage.Link(examplePeople, examplePolicy)
	fmt.Println(len(r.Links), len(r.Conflicts), len(r.Review))
	// Output: 1 0 0
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
	fmt.Println(linkage.BirthDate, linkage.Gender)
	// Output: birth date sex
}

func ExamplePerson() {
	fmt.Println(examplePeople[0].Family, examplePeople[0].Birth)
	// Output: Müller 1960-05-02
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
	fmt.Println(r.Person.Given, r.Person.Birth, len(r.Facts), "fact of", len(r.Facts[0].Sources), "sources")
	fmt.Println(choices[2].Field, "from", choices[2].From, "being", choices[2].Why)
	// Output:
	// Anne 1960-05-02 1 fact of 2 sources
	// birth date from gp g1 being most complete
}

func ExampleSurvivorship() {
	gp, hospital := exampleRecords()
	r, _ := linkage.Merge(linkage.Survivorship{Default: linkage.BySource, Priority: []string{"gp"}}, gp, hospital)
	fmt.Println(r.Person.Family)
	// Output: Müller
}

func ExampleFieldRule() {
	fmt.Println(linkage.FieldRule{Field: linkage.Area, Rule: linkage.Newest})
	// Output: {area newest}
}

func ExampleRule() {
	fmt.Println(linkage.Newest, linkage.MostComplete, linkage.BySource)
	// Output: newest most complete by source
}

func ExampleChoice() {
	gp, hospital := exampleRecords()
	_, choices := linkage.Merge(linkage.Survivorship{}, gp, hospital)
	fmt.Println(choices[0].Value, choices[0].Others)
	// Output: MULLER [Müller]
}

func ExampleDedup() {
	gp, _ := exampleRecords()
	gp.Facts = append(gp.Facts, gp.Facts[0])
	r := linkage.Dedup(gp)
	fmt.Println(len(r.Facts))
	// Output: 1
}

func ExampleNewRecord() {
	r := linkage.NewRecord(linkage.Person{ID: "a", Source: "gp"}, linkage.Clinic, registry.Fact{ID: "1"}, registry.Fact{ID: "2", When: registry.On(registry.Day(2024, 1, 1))})
	r.Replacing("2", "1")
	r = linkage.Dedup(r)
	fmt.Println(len(r.Facts), r.Facts[0].ID, r.Corrected[0].ID)
	// Output: 1 2 1
}

func ExampleRecord() {
	r, _ := exampleRecords()
	p := r.Patient()
	fmt.Println(p.ID, p.Birth, len(p.Facts))
	// Output: g1 1960-05-02 1
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
