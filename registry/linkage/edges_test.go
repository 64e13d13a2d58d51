package linkage_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/linkage"
)

func TestIdentifierKeepsOtherScripts(t *testing.T) {
	id := linkage.Identifier{System: " h ", Value: "a\u200b-1\u3042 \u00a0z"}
	if got := id.Normal(); got != (linkage.Identifier{System: "h", Value: "A1\u3042Z"}) {
		t.Errorf("%q", got)
	}
}

// The edges of a policy are part of it; the fields that only merging carries are not.
func TestPolicyEdges(t *testing.T) {
	a := linkage.Person{ID: "a", Family: "Ames", Given: "Ann", Birth: born(1960, 5, 2)}
	b := a
	b.ID, b.Birth = "b", born(1960, 0, 0)
	one := linkage.Policy{Weights: []linkage.Weight{{Field: linkage.FamilyName, M: 0.9, U: 0.01}}, Upper: 5, Lower: 5, PartialBirth: 1}
	r, err := linkage.Link([]linkage.Person{a, b}, one)
	if err != nil || len(r.Clusters) != 1 || len(r.Links) != 1 {
		t.Error(r, err)
	}
	one.PartialBirth = 1.001
	if _, err = linkage.Link(nil, one); !errors.Is(err, linkage.ErrPolicy) {
		t.Error(err)
	}
	for _, f := range []linkage.Field{linkage.Language, linkage.DeathDate, 99} {
		for _, p := range []linkage.Policy{{Weights: []linkage.Weight{{Field: f, M: 0.9, U: 0.1}}}, {Agree: [][]linkage.Field{{f}}}, {Blocks: [][]linkage.Field{{f}}}} {
			if _, err := linkage.Link(nil, p); !errors.Is(err, linkage.ErrPolicy) {
				t.Errorf("%v is compared: %v", f, err)
			}
		}
	}
	if _, err := linkage.Link([]linkage.Person{{ID: "a"}, {ID: "a"}}, linkage.Policy{}); !errors.Is(err, linkage.ErrRecord) {
		t.Error(err)
	}
}

// Only pairs that share a block are weighed; a number that cannot be right does not hide
// those that follow it.
func TestBlocksAndIdentifiers(t *testing.T) {
	a := linkage.Person{ID: "a", Family: "Ames", Given: "Ann", Birth: born(1960, 5, 2)}
	b := linkage.Person{ID: "b", Family: "Bell", Given: "Ann", Birth: born(1960, 5, 2)}
	p := linkage.Policy{Weights: []linkage.Weight{{Field: linkage.GivenName, M: 0.9, U: 0.01}, {Field: linkage.BirthDate, M: 0.9, U: 0.01}}, Upper: 10, Lower: 5, Blocks: [][]linkage.Field{{linkage.FamilyName}}}
	if r, err := linkage.Link([]linkage.Person{a, b}, p); err != nil || len(r.Clusters) != 2 || len(r.Review) != 0 {
		t.Error(r, err)
	}
	p.Blocks = [][]linkage.Field{{linkage.GivenName}}
	if r, err := linkage.Link([]linkage.Person{a, b}, p); err != nil || len(r.Clusters) != 1 {
		t.Error(r, err)
	}
	wrong := append(nhs("9434765918"), nhs("9434765919")...)
	r, err := linkage.Link([]linkage.Person{{ID: "a", Identifiers: wrong}, {ID: "b", Identifiers: wrong}}, linkage.Policy{})
	if err != nil || len(r.Clusters) != 1 {
		t.Error(r, err)
	}
}

// What differs only in one part is not one and the same.
func TestNothingIsLost(t *testing.T) {
	f := registry.Fact{ID: "1", Kind: registry.Observation, Codes: []registry.Code{{System: "urn:t", Value: "a"}}, When: registry.On(d(2024, 1, 1)), Authored: registry.At(d(2024, 1, 2))}
	g := f
	g.Authored = registry.At(d(2024, 1, 3))
	h := f
	h.When.End.Time = registry.NewClock(9, 0, 0, 0)
	e := f
	e.EncounterID = "e"
	c := f
	c.Category = registry.Laboratory
	p := linkage.Person{ID: "a", Source: "gp"}
	r := linkage.Dedup(linkage.NewRecord(p, linkage.Clinic, f, g, h, e, c, f))
	if len(r.Facts) != 1 || len(r.Facts[0].Sources) != 5 {
		t.Errorf("%+v", r.Facts)
	}
	// records of one source, ID and day that differ in one field are two
	for name, change := range map[string]func(*linkage.Person){
		"family name": func(p *linkage.Person) { p.Family = "Ames" }, "given name": func(p *linkage.Person) { p.Given = "Ann" }, "birth": func(p *linkage.Person) { p.Birth = born(1960, 0, 0) },
		"sex": func(p *linkage.Person) { p.Sex = registry.Female }, "area": func(p *linkage.Person) { p.Area = "A1" }, "phone": func(p *linkage.Person) { p.Phone = "1" },
		"language": func(p *linkage.Person) { p.Language = "sw" }, "death": func(p *linkage.Person) { p.Death = d(2024, 1, 1) }, "number": func(p *linkage.Person) { p.Identifiers = nhs("9434765919") },
	} {
		q := p
		change(&q)
		if m, _ := linkage.Merge(linkage.Survivorship{}, linkage.NewRecord(p, linkage.Clinic), linkage.NewRecord(q, linkage.Clinic)); len(m.Parts) != 2 {
			t.Errorf("%s: %+v", name, m.Parts)
		}
	}
}

// Of values that every rule holds level the first by source and ID survives.
func TestLevelValues(t *testing.T) {
	for _, s := range []linkage.Survivorship{{}, {Default: linkage.MostComplete}, {Default: linkage.BySource}} {
		m, choices := linkage.Merge(s, linkage.NewRecord(linkage.Person{ID: "2", Source: "gp", Family: "Bell"}, linkage.Clinic), linkage.NewRecord(linkage.Person{ID: "1", Source: "gp", Family: "Ames"}, linkage.Clinic))
		if m.Person.Family != "Ames" || fmt.Sprint(choices[0].Others) != "[Bell]" || m.Person.ID != "1" {
			t.Errorf("%+v %+v", m.Person, choices)
		}
	}
}

// Parts of a panel may come in any order, also when they say the same code.
func TestPanelsInAnyOrder(t *testing.T) {
	part := func(n int64) registry.Component {
		return registry.Component{Codes: []registry.Code{{System: "urn:t", Value: "a"}}, Value: registry.QuantityOf(registry.Num(n, 0), "mm[Hg]")}
	}
	f := registry.Fact{ID: "1", Kind: registry.Observation, When: registry.On(d(2024, 1, 1)), Components: []registry.Component{part(120), part(80)}}
	g := f
	g.ID, g.Components = "2", []registry.Component{part(80), part(120)}
	if r := linkage.Dedup(linkage.NewRecord(linkage.Person{ID: "a"}, linkage.Clinic, f, g)); len(r.Facts) != 1 || len(r.Facts[0].Sources) != 2 {
		t.Errorf("%+v", r.Facts)
	}
	g.Components[0] = part(81)
	if r := linkage.Dedup(linkage.NewRecord(linkage.Person{ID: "a"}, linkage.Clinic, f, g)); len(r.Facts) != 2 {
		t.Errorf("%+v", r.Facts)
	}
}

// A number of another system, or one that cannot be right, does not hide a conflict.
func TestConflictBehindOtherNumbers(t *testing.T) {
	with := func(id, nhsNumber string) linkage.Person {
		return linkage.Person{ID: id, Identifiers: append([]linkage.Identifier{{System: "h", Value: "7"}, {System: linkage.NHSNumber, Value: "1"}}, nhs(nhsNumber)...)}
	}
	r, err := linkage.Link([]linkage.Person{with("a", "9434765919"), with("b", "4010232137")}, linkage.Policy{})
	if err != nil || len(r.Clusters) != 2 || len(r.Conflicts) != 1 {
		t.Error(r, err)
	}
}

// By source, then the newest, then the most complete; the living are not dead.
func TestBySourceThenComplete(t *testing.T) {
	a := linkage.Person{ID: "1", Source: "gp", Family: "Al"}
	b := linkage.Person{ID: "2", Source: "gp", Family: "Ames"}
	m, _ := linkage.Merge(linkage.Survivorship{Default: linkage.BySource, Priority: []string{"gp"}}, linkage.NewRecord(a, linkage.Clinic), linkage.NewRecord(b, linkage.Clinic))
	if m.Person.Family != "Ames" {
		t.Errorf("%+v", m.Person)
	}
	if p := m.Patient(); p.Dead || p.Death != (registry.Moment{}) || p.ID != "1" {
		t.Errorf("%+v", p)
	}
	m.Person.Death = d(2024, 1, 1)
	if p := m.Patient(); !p.Dead || p.Death.Day != d(2024, 1, 1) {
		t.Errorf("%+v", p)
	}
}

// A birth date is partial on either side; hours of a day don't tell copies apart; digits are
// part of a name.
func TestPartialOnEitherSide(t *testing.T) {
	whole := linkage.Person{ID: "a", Birth: born(1960, 5, 2), Given: "Ann"}
	part := linkage.Person{ID: "b", Birth: born(1960, 5, 0), Given: "Ann"}
	p := linkage.Policy{Weights: []linkage.Weight{{Field: linkage.BirthDate, M: 0.9, U: 0.01}}, Upper: 1, PartialBirth: 0.5, Blocks: [][]linkage.Field{{linkage.GivenName}}}
	full := 0.0
	for i, pair := range [][2]linkage.Person{{whole, whole}, {whole, part}, {part, whole}} {
		pair[0].ID, pair[1].ID = "a", "b"
		r, err := linkage.Link(pair[:], p)
		if err != nil || len(r.Links) != 1 {
			t.Fatal(r, err)
		}
		if i == 0 {
			full = r.Links[0].Weight
		} else if r.Links[0].Weight != full/2 {
			t.Errorf("%d: %v of %v", i, r.Links[0].Weight, full)
		}
	}
	f := registry.Fact{ID: "1", Kind: registry.Observation, When: registry.On(d(2024, 1, 1))}
	g := f
	g.ID, g.When.Start.Time, g.When.End.Time = "2", registry.NewClock(8, 0, 0, 0), registry.NewClock(9, 0, 0, 0)
	if r := linkage.Dedup(linkage.NewRecord(whole, linkage.Clinic, f, g)); len(r.Facts) != 1 || len(r.Facts[0].Sources) != 2 {
		t.Errorf("%+v", r.Facts)
	}
	if got := linkage.NormalizeName("Unit 0-9: A[b]{c}@/`z"); got != "unit 0 9 abcz" {
		t.Errorf("%q", got)
	}
}
