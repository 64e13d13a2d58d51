package linkage_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/linkage"
	"github.com/chroniccare/chroniccare/registry/registrytest"
)

func d(y, m, day int) registry.Date { return registry.Day(y, m, day) }

func born(y, m, day int) registry.PartialDate {
	return registry.PartialDate{Year: y, Month: m, Day: day}
}

func TestNHSNumber(t *testing.T) {
	for s, want := range map[string]bool{"943 476 5919": true, "9434765919": true, "943-476-5919": true, "9434765918": false, "943476591": false, "94347659190": false, "": false, "943476591X": false, "4010232137": true} {
		if got := linkage.ValidNHSNumber(s); got != want {
			t.Errorf("%q: %v", s, got)
		}
	}
	// of all tenth digits one is right, and none when the check comes to 10
	none := 0
	for n := range 2000 {
		right := 0
		for k := range 10 {
			s := fmt.Sprintf("%09d%d", 400000000+n, k)
			sum := 0 // with the check digit weighing one
			for i := range s {
				sum += (10 - i) * int(s[i]-'0')
			}
			valid := linkage.ValidNHSNumber(s)
			if valid != (sum%11 == 0) {
				t.Fatal(s, valid)
			}
			if valid {
				right++
			}
		}
		if right > 1 {
			t.Fatal(n, right)
		}
		if right == 0 {
			none++
		}
	}
	if none == 0 || none > 400 {
		t.Error("numbers without a check digit:", none)
	}
}

func TestNormalizeName(t *testing.T) {
	for in, want := range map[string]string{
		"O'Brien": "obrien", "O’Brien": "obrien", "Smith-Jones": "smith jones", " Smith  Jones ": "smith jones", "Müller": "muller", "Mu\u0308ller": "muller", "MÜLLER": "muller",
		"Straße": "strasse", "Łukasz Żółć": "lukasz zolc", "Nguyễn": "nguyen", "Ærø": "aero", "Þór": "thor", "İpek": "ipek", "ＳＭＩＴＨ": "smith", "ﬁn": "fin", "Dvořák, A.": "dvorak a", "": "", "--": "",
		"Иванов": "иванов", "李": "李", "Jean\u00a0Luc": "jean luc", "St. John": "st john", "Ñuñez\t": "nunez",
	} {
		if got := linkage.NormalizeName(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestNormalizeNameLaw(t *testing.T) {
	changed := 0
	lawtest.Until(t, func(t *rapid.T) {
		s := rapid.OneOf(rapid.String(), rapid.StringOfN(rapid.RuneFrom([]rune("aÉéñß- 'Ǆ.Őữ\u0301ﬃ－")), 0, 12, -1)).Draw(t, "name")
		n := linkage.NormalizeName(s)
		if n != s {
			changed++
		}
		if again := linkage.NormalizeName(n); again != n {
			t.Fatalf("%q, %q, %q", s, n, again)
		}
		if up := linkage.NormalizeName(strings.ToUpper(n)); n == strings.ToLower(n) && isASCII(n) && up != n {
			t.Fatalf("case matters: %q %q", n, up)
		}
		if strings.Contains(n, "  ") || strings.TrimSpace(n) != n {
			t.Fatalf("%q", n)
		}
	}, func() bool { return changed > 0 })
}

func isASCII(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r >= 0x80 })
}

func nhs(v string) []linkage.Identifier {
	return []linkage.Identifier{{System: linkage.NHSNumber, Value: v}}
}

var weights = []linkage.Weight{{Field: linkage.FamilyName, M: 0.9, U: 0.01}, {Field: linkage.GivenName, M: 0.9, U: 0.05}, {Field: linkage.BirthDate, M: 0.95, U: 0.01}, {Field: linkage.Gender, M: 0.98, U: 0.5}, {Field: linkage.Area, M: 0.8, U: 0.02}}

func policy() linkage.Policy {
	return linkage.Policy{Agree: [][]linkage.Field{{linkage.FamilyName, linkage.BirthDate, linkage.Gender, linkage.Area}}, Weights: weights, Upper: 12, Lower: 4}
}

func TestLink(t *testing.T) {
	a := linkage.Person{ID: "a", Source: "gp", Family: "Müller", Given: "Anna", Birth: born(1960, 5, 2), Sex: registry.Female, Area: "AB1 2CD"}
	change := func(id string, f func(*linkage.Person)) linkage.Person {
		b := a
		b.ID, b.Source = id, "hospital"
		f(&b)
		return b
	}
	for name, c := range map[string]struct {
		b    linkage.Person
		p    linkage.Policy
		want string
	}{
		"all agrees":           {change("b", func(b *linkage.Person) { b.Family, b.Area = "MULLER", "ab12cd" }), policy(), "[{a b agreement on family name, birth date, sex, area 0}] [[a b]] [] []"},
		"partial birth agrees": {change("b", func(b *linkage.Person) { b.Birth = born(1960, 5, 0) }), policy(), "[{a b agreement on family name, birth date, sex, area 0}] [[a b]] [] []"},
		"another birth date":   {change("b", func(b *linkage.Person) { b.Birth, b.Given = born(1960, 5, 3), "Ruth" }), policy(), "[] [[a] [b]] [] [{a b weight 5.2}]"},
		"by weight":            {change("b", func(b *linkage.Person) { b.Area = "XY" }), policy(), "[{a b weight 15.9}] [[a b]] [] []"},
		"missing counts 0":     {change("b", func(b *linkage.Person) { b.Area, b.Sex = "", 0 }), policy(), "[{a b weight 17.2}] [[a b]] [] []"},
		"half a birth date":    {change("b", func(b *linkage.Person) { b.Area, b.Birth = "", born(1960, 0, 0) }), func() linkage.Policy { p := policy(); p.PartialBirth = 0.5; return p }(), "[{a b weight 14.9}] [[a b]] [] []"},
		"nothing agrees":       {linkage.Person{ID: "b", Family: "Other", Given: "X", Birth: born(1980, 1, 1)}, policy(), "[] [[a] [b]] [] []"},
		"no such birth date":   {change("b", func(b *linkage.Person) { b.Birth = born(1960, 2, 30) }), func() linkage.Policy { p := policy(); p.Blocks = [][]linkage.Field{{linkage.FamilyName}}; return p }(), "[{a b weight 17}] [[a b]] [] []"},
		"no policy":            {change("b", func(*linkage.Person) {}), linkage.Policy{}, "[] [[a] [b]] [] []"},
		"a nick-name": {change("b", func(b *linkage.Person) { b.Given, b.Area = "Annie", "" }), linkage.Policy{Agree: [][]linkage.Field{{linkage.GivenName, linkage.BirthDate}}, Nicknames: [][2]string{{"annie", "Anna"}}},
			"[{a b agreement on given name, birth date 0}] [[a b]] [] []"},
	} {
		r, err := linkage.Link([]linkage.Person{c.b, a}, c.p)
		for i := range r.Links {
			r.Links[i].Weight = math.Round(r.Links[i].Weight*10) / 10
		}
		for i := range r.Review {
			r.Review[i].Weight = math.Round(r.Review[i].Weight*10) / 10
		}
		if got := fmt.Sprint(r.Links, r.Clusters, r.Conflicts, r.Review); err != nil || got != c.want {
			t.Errorf("%s: %s %v, want %s", name, got, err, c.want)
		}
	}
	// one number joins three; a wrong number joins nobody; two numbers keep all apart
	three := []linkage.Person{{ID: "a", Identifiers: nhs("943 476 5919")}, {ID: "b", Identifiers: nhs("9434765919")}, {ID: "c", Identifiers: nhs("943-476-5919")}, {ID: "d", Identifiers: nhs("9434765918")}, {ID: "e", Identifiers: nhs("9434765918")}}
	r, err := linkage.Link(three, linkage.Policy{})
	if err != nil || fmt.Sprint(r.Clusters) != "[[a b c] [d] [e]]" {
		t.Error(r, err)
	}
	three[0].Identifiers = append(three[0].Identifiers, linkage.Identifier{System: linkage.NHSNumber, Value: "4010232137"})
	r, err = linkage.Link(three, linkage.Policy{})
	if err != nil || fmt.Sprint(r.Clusters) != "[[a] [b] [c] [d] [e]]" || len(r.Conflicts) != 1 || !strings.Contains(r.Conflicts[0].Why, "two different numbers") || len(r.Conflicts[0].Records) != 3 {
		t.Error(r, err)
	}
	three[0].Identifiers, three[0].Birth, three[2].Birth = nhs("9434765919"), born(1960, 5, 2), born(1960, 6, 0)
	r, err = linkage.Link(three, linkage.Policy{})
	if err != nil || len(r.Conflicts) != 1 || r.Conflicts[0].Why != "birth dates that cannot both be true" {
		t.Error(r, err)
	}
}

func TestPolicyErrors(t *testing.T) {
	p := linkage.Policy{Agree: [][]linkage.Field{{}}, Blocks: [][]linkage.Field{{linkage.Language}}, Weights: []linkage.Weight{{linkage.FamilyName, 0.5, 0.5}, {linkage.FamilyName, 0.9, 0.1}, {linkage.GivenName, 1, 0.1}, {linkage.Area, math.NaN(), 0.1}}, Upper: 1, Lower: 2, PartialBirth: 2}
	_, err := linkage.Link([]linkage.Person{{ID: "a"}, {ID: "a"}, {}}, p)
	if !errors.Is(err, linkage.ErrPolicy) || !errors.Is(err, linkage.ErrRecord) {
		t.Fatal(err)
	}
	for _, want := range []string{"agreement 1 has no fields", "block 1: the language", "weight of the family name", "weight 2", "weight of the given name", "weight of the area", "lower limit 2", "share of 2", `ID ""`, `ID "a"`} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is missing from %v", want, err)
		}
	}
}

func people(t *rapid.T) []linkage.Person {
	var out []linkage.Person
	for i := range rapid.IntRange(0, 7).Draw(t, "n") {
		out = append(out, linkage.Person{
			ID: fmt.Sprint("r", i), Source: rapid.SampledFrom([]string{"gp", "lab"}).Draw(t, "source"), Recorded: registry.Date(rapid.IntRange(0, 3).Draw(t, "recorded")),
			Family: rapid.SampledFrom([]string{"", "Smith", "SMITH", "Jones"}).Draw(t, "family"), Given: rapid.SampledFrom([]string{"", "Ann", "Bo"}).Draw(t, "given"),
			Birth: rapid.SampledFrom([]registry.PartialDate{{}, born(1960, 0, 0), born(1960, 5, 0), born(1960, 5, 2), born(1960, 6, 1), born(1961, 5, 2)}).Draw(t, "birth"),
			Sex:   registry.Sex(rapid.IntRange(0, 2).Draw(t, "sex")), Area: rapid.SampledFrom([]string{"", "A1", "a 1", "B2"}).Draw(t, "area"),
			Identifiers: rapid.SampledFrom([][]linkage.Identifier{nil, nil, nil, nhs("9434765919"), nhs("4010232137"), nhs("1"), {{System: "h", Value: "7"}}}).Draw(t, "ids"),
		})
	}
	return out
}

// together reports whether a result puts two records into one cluster.
func together(r linkage.Result, a, b string) bool {
	return slices.ContainsFunc(r.Clusters, func(c []string) bool { return slices.Contains(c, a) && slices.Contains(c, b) })
}

func TestLinkLaws(t *testing.T) {
	conflicts, merged, review := 0, 0, 0
	lawtest.Until(t, func(t *rapid.T) {
		ps := people(t)
		pol := policy()
		r, err := linkage.Link(ps, pol)
		if err != nil {
			t.Fatal(err)
		}
		conflicts += len(r.Conflicts)
		review += len(r.Review)
		// K2: the order is irrelevant
		rev := slices.Clone(ps)
		slices.Reverse(rev)
		again, err := linkage.Link(rev, pol)
		if err != nil || cmp.Diff(r, again) != "" {
			t.Fatal("K2", cmp.Diff(r, again), err)
		}
		// every record is in one cluster
		n := map[string]int{}
		for _, c := range r.Clusters {
			if len(c) > 1 {
				merged++
			}
			for _, id := range c {
				n[id]++
			}
			// K7: no cluster holds a conflict
			for _, a := range c {
				for _, b := range c {
					p, q := find(ps, a), find(ps, b)
					if p.Birth.Year != 0 && q.Birth.Year != 0 && !p.Birth.Range().Overlaps(q.Birth.Range()) {
						t.Fatal("K7: births", p, q)
					}
					for _, x := range p.Identifiers {
						for _, y := range q.Identifiers {
							if x.System == linkage.NHSNumber && x.System == y.System && x.Valid() && y.Valid() && x.Normal() != y.Normal() {
								t.Fatal("K7: numbers", p, q)
							}
						}
					}
				}
			}
		}
		for _, p := range ps {
			if n[p.ID] != 1 {
				t.Fatal("a record in", n[p.ID], "clusters")
			}
		}
		for _, e := range r.Review {
			if together(r, e.A, e.B) || e.Weight < pol.Lower || e.Weight >= pol.Upper {
				t.Fatal("review", e)
			}
		}
		// the twin without blocks: every pair by hand
		for i := range ps {
			for k := i + 1; k < len(ps); k++ {
				a, b := &ps[i], &ps[k]
				if b.ID < a.ID {
					a, b = b, a
				}
				w, agree := byHand(a, b)
				linked := slices.ContainsFunc(r.Links, func(e linkage.Edge) bool { return e.A == a.ID && e.B == b.ID })
				shared := slices.ContainsFunc(a.Identifiers, func(x linkage.Identifier) bool { return x.Valid() && slices.Contains(b.Identifiers, x) })
				blocked := a.Birth.Year != 0 && a.Birth.Year == b.Birth.Year && (a.Family != "" && strings.EqualFold(a.Family, b.Family) || a.Given != "" && a.Given == b.Given)
				if want := agree || blocked && w >= pol.Upper; want != linked && !shared {
					t.Fatalf("%+v %+v: linked %v, want %v at %v", a, b, linked, want, w)
				}
			}
		}
		// K6: a higher limit only takes links away
		pol.Upper += 3
		fewer, err := linkage.Link(ps, pol)
		if err != nil || len(fewer.Links) > len(r.Links) {
			t.Fatal("K6", err)
		}
		for _, e := range fewer.Links {
			if !slices.Contains(r.Links, e) {
				t.Fatal("K6: a new link", e)
			}
		}
	}, func() bool { return conflicts > 0 && merged > 0 && review > 0 })
}

func find(ps []linkage.Person, id string) linkage.Person {
	return ps[slices.IndexFunc(ps, func(p linkage.Person) bool { return p.ID == id })]
}

func byHand(a, b *linkage.Person) (w float64, agree bool) {
	add := func(i int, x, y string) bool {
		if x == "" || y == "" {
			return false
		}
		if x == y {
			w += math.Log2(weights[i].M / weights[i].U)
		} else {
			w += math.Log2((1 - weights[i].M) / (1 - weights[i].U))
		}
		return x == y
	}
	family := add(0, strings.ToLower(a.Family), strings.ToLower(b.Family))
	add(1, a.Given, b.Given)
	birth := false
	if a.Birth.Year != 0 && b.Birth.Year != 0 {
		birth = a.Birth.Range().Overlaps(b.Birth.Range())
		if birth {
			w += math.Log2(weights[2].M / weights[2].U)
		} else {
			w += math.Log2((1 - weights[2].M) / (1 - weights[2].U))
		}
	}
	sexes := map[registry.Sex]string{registry.Female: "f", registry.Male: "m"}
	sex := add(3, sexes[a.Sex], sexes[b.Sex])
	squeeze := func(s string) string { return strings.ToLower(strings.ReplaceAll(s, " ", "")) }
	area := add(4, squeeze(a.Area), squeeze(b.Area))
	return w, family && birth && sex && area
}

var lab = registry.NewCode("LOINC", "4548-4")

func result(id string, on registry.Date, coef int64, unit string) registry.Fact {
	return registry.Fact{ID: id, Kind: registry.Observation, Status: registry.Final, Codes: []registry.Code{lab}, When: registry.On(on), Value: registry.QuantityOf(registry.Num(coef, -1), unit)}
}

func TestDedup(t *testing.T) {
	on := d(2024, 1, 5)
	clinic := linkage.NewRecord(linkage.Person{ID: "a", Source: "clinic"}, linkage.Clinic, result("1", on, 71, "%"), result("2", on, 72, "%"))
	payer := linkage.NewRecord(linkage.Person{ID: "b", Source: "payer"}, linkage.ClaimOrigin, registry.Fact{ID: "9", Kind: registry.Observation, Status: registry.Final, Codes: []registry.Code{lab}, When: registry.On(on),
		Value: registry.Value{Kind: registry.QuantityValue, Quantity: registry.Quantity{Value: registry.Number{Coef: 710, Exp: -2}, Unit: "percent"}}, EncounterID: "e", Setting: "outpatient"})
	got, _ := linkage.Merge(linkage.Survivorship{}, payer, clinic)
	if len(got.Facts) != 2 {
		t.Fatalf("%+v", got.Facts)
	}
	f := got.Facts[0]
	if f.ID != "1" || f.Value.String() != "7.1 %" || len(f.Sources) != 2 || f.Sources[1].Origin != linkage.ClaimOrigin || f.Sources[1].Encounter != "e" || f.Sources[1].Setting != "outpatient" || f.Setting != "" {
		t.Errorf("%+v", f)
	}
	// the time of day and the order of codings don't keep copies apart, and each copy keeps its time
	timed := result("5", on, 71, "%")
	timed.When.Start.Time = registry.NewClock(9, 0, 0, 0)
	timed.Codes = []registry.Code{lab, {System: "urn:x", Value: "1"}}
	plain := result("6", on, 71, "%")
	plain.Codes = []registry.Code{{System: "urn:x", Value: "1"}, lab}
	if r := linkage.Dedup(linkage.NewRecord(linkage.Person{ID: "a"}, linkage.Clinic, plain, timed)); len(r.Facts) != 1 || r.Facts[0].When.Start.Time == 0 || r.Facts[0].Sources[1].When.Start.Time != 0 {
		t.Errorf("%+v", r.Facts)
	}
	// a corrected version replaces the first; the payer's copy of the first stays
	fixed := linkage.NewRecord(linkage.Person{ID: "c", Source: "clinic"}, linkage.Clinic, result("3", on, 73, "%"))
	fixed.Replacing("3", "2", "1")
	got, _ = linkage.Merge(linkage.Survivorship{}, payer, clinic, fixed)
	var ids, old []string
	for _, f := range got.Facts {
		ids = append(ids, f.Source+f.ID)
	}
	for _, f := range got.Corrected {
		old = append(old, f.Source+f.ID)
	}
	if fmt.Sprint(ids, old) != "[clinic3 payer9] [clinic1 clinic2]" {
		t.Error(ids, old)
	}
	// in a circle all stay
	round := linkage.NewRecord(linkage.Person{ID: "c", Source: "clinic"}, linkage.Clinic, result("3", on, 73, "%"), result("4", on, 74, "%"))
	round.Replacing("3", "4", "3")
	round.Replacing("4", "3")
	if r := linkage.Dedup(round); len(r.Facts) != 2 || len(r.Corrected) != 0 {
		t.Errorf("%+v", r)
	}
	// what differs in anything that is said stays apart
	base := result("1", on, 71, "%")
	for name, change := range map[string]func(*registry.Fact){
		"status": func(f *registry.Fact) { f.Status = registry.EnteredInError }, "negated": func(f *registry.Fact) { f.Negated = true }, "day": func(f *registry.Fact) { f.When = registry.On(on + 1) },
		"unit": func(f *registry.Fact) { f.Value.Quantity.Unit = "mmol/mol" }, "comparator": func(f *registry.Fact) { f.Value.Quantity.Comparator = registry.LessThan },
		"code": func(f *registry.Fact) { f.Codes = []registry.Code{registry.NewCode("LOINC", "17856-6")} }, "provider": func(f *registry.Fact) { f.Provider = "x" }, "kind": func(f *registry.Fact) { f.Kind = registry.Assessment },
		"supply": func(f *registry.Fact) { f.Supply = &registry.Supply{Days: registry.Num(3, 1)} }, "component": func(f *registry.Fact) { f.Components = []registry.Component{{Codes: []registry.Code{lab}}} },
	} {
		other := base
		other.ID = "2"
		change(&other)
		if r := linkage.Dedup(linkage.NewRecord(linkage.Person{ID: "a"}, linkage.Clinic, base, other)); len(r.Facts) != 2 {
			t.Errorf("%s: joined", name)
		}
	}
	// claims keep the order of their positions
	claim := registry.Fact{ID: "1", Kind: registry.Claim, Setting: "OP", Codes: []registry.Code{{System: "s", Value: "z"}, {System: "s", Value: "a"}}, When: registry.On(on)}
	other := claim
	other.ID, other.Codes = "2", []registry.Code{{System: "s", Value: "a"}, {System: "s", Value: "z"}}
	if r := linkage.Dedup(linkage.NewRecord(linkage.Person{ID: "a"}, linkage.ClaimOrigin, claim, other)); len(r.Facts) != 2 || r.Facts[0].Codes[0].Value != "z" {
		t.Errorf("%+v", r.Facts)
	}
	// a day outside the calendar has a text all the same
	odd := base
	odd.When.Start.Day = -5
	odd.Supply, odd.Visit = &registry.Supply{}, &registry.Visit{}
	if len(linkage.FactText(&odd)) == 0 || strings.Contains(string(linkage.FactText(&odd)), "0xc0") {
		t.Error(string(linkage.FactText(&odd)))
	}
}

func TestMerge(t *testing.T) {
	gp := linkage.Person{ID: "g", Source: "gp", Recorded: d(2020, 1, 1), Family: "Smith", Given: "Ann", Birth: born(1960, 5, 2), Identifiers: nhs("943 476 5919"), Death: d(2024, 2, 2)}
	hospital := linkage.Person{ID: "h", Source: "hospital", Recorded: d(2023, 1, 1), Family: "Smythe", Given: "Annabel", Birth: born(1960, 0, 0), Sex: registry.Female, Identifiers: nhs("9434765919"), Death: d(2024, 1, 31)}
	for name, c := range map[string]struct {
		s    linkage.Survivorship
		want string
	}{
		"newest":   {linkage.Survivorship{}, "Smythe Annabel 1960"},
		"complete": {linkage.Survivorship{Default: linkage.MostComplete}, "Smythe Annabel 1960-05-02"},
		"source":   {linkage.Survivorship{Default: linkage.BySource, Priority: []string{"gp"}}, "Smith Ann 1960-05-02"},
		"field":    {linkage.Survivorship{Fields: []linkage.FieldRule{{linkage.BirthDate, linkage.MostComplete}}}, "Smythe Annabel 1960-05-02"},
	} {
		r, choices := linkage.Merge(c.s, linkage.NewRecord(gp, linkage.Clinic), linkage.NewRecord(hospital, linkage.Clinic))
		p := r.Person
		if got := fmt.Sprint(p.Family, " ", p.Given, " ", p.Birth); got != c.want || p.Death != d(2024, 1, 31) || p.Sex != registry.Female || len(p.Identifiers) != 1 || p.ID != "g" {
			t.Errorf("%s: %+v", name, p)
		}
		if len(choices) != 5 || choices[3].Why != "the only one" || choices[4].Why != "earliest" || choices[0].Others == nil {
			t.Errorf("%s: %+v", name, choices)
		}
	}
	// what the rule leaves open: the more complete of two of one day, then the source
	long := linkage.Person{ID: "z", Source: "z", Recorded: gp.Recorded, Family: "Smithson"}
	if r, _ := linkage.Merge(linkage.Survivorship{}, linkage.NewRecord(gp, linkage.Clinic), linkage.NewRecord(long, linkage.Clinic)); r.Person.Family != "Smithson" {
		t.Errorf("%+v", r.Person)
	}
	if r, choices := linkage.Merge(linkage.Survivorship{}); len(r.Parts) != 0 || choices != nil {
		t.Error(r, choices)
	}
	r, _ := linkage.Merge(linkage.Survivorship{}, linkage.NewRecord(gp, linkage.Clinic, result("1", d(2024, 1, 1), 71, "%")))
	if p := r.Patient(); p.ID != "g" || p.Birth != d(1960, 5, 2) || !p.Dead || len(p.Facts) != 1 || p.Facts[0].Source != "gp" {
		t.Errorf("%+v", p)
	}
}

// record draws the record of one source, with facts that often agree with others'.
func record(t *rapid.T, i int) linkage.Record {
	source := rapid.SampledFrom([]string{"gp", "lab", "payer"}).Draw(t, "source")
	p := linkage.Person{ID: fmt.Sprint("r", i), Source: source, Recorded: registry.Date(rapid.IntRange(0, 2).Draw(t, "recorded")), Family: rapid.SampledFrom([]string{"", "Smith", "Smythe"}).Draw(t, "family"),
		Birth: rapid.SampledFrom([]registry.PartialDate{{}, born(1960, 0, 0), born(1960, 5, 2)}).Draw(t, "birth"), Death: registry.Date(rapid.SampledFrom([]int{0, 0, 700000, 700001}).Draw(t, "death")), Identifiers: rapid.SampledFrom([][]linkage.Identifier{nil, nhs("9434765919")}).Draw(t, "ids")}
	var fs []registry.Fact
	for range rapid.IntRange(0, 5).Draw(t, "facts") {
		f := result(rapid.SampledFrom([]string{"1", "2", "3", "4", ""}).Draw(t, "id"), d(2024, 1, 1)+registry.Date(rapid.IntRange(0, 1).Draw(t, "day")), int64(rapid.IntRange(70, 71).Draw(t, "value")), "%")
		f.When.Start.Time = registry.Clock(rapid.IntRange(0, 1).Draw(t, "time"))
		f.Category = registry.Category(rapid.IntRange(0, 1).Draw(t, "category"))
		f.EncounterID = rapid.SampledFrom([]string{"", "e"}).Draw(t, "encounter")
		if rapid.IntRange(0, 3).Draw(t, "codings") == 0 {
			f.Codes = []registry.Code{{System: "urn:x", Value: "2"}, lab}
		}
		fs = append(fs, f)
	}
	r := linkage.NewRecord(p, linkage.Origin(rapid.IntRange(0, 3).Draw(t, "origin")), fs...)
	if rapid.Bool().Draw(t, "corrects") {
		r.Replacing(rapid.SampledFrom([]string{"2", "3", "4"}).Draw(t, "new"), rapid.SampledFrom([]string{"1", "2", "3"}).Draw(t, "old"))
	}
	return r
}

func sources(r linkage.Record) (out []string) {
	for _, list := range [][]linkage.Fact{r.Facts, r.Corrected} {
		for _, f := range list {
			for _, s := range f.Sources {
				b, _ := json.Marshal(s)
				out = append(out, f.Value.String()+string(b))
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func TestMergeLaws(t *testing.T) {
	joined, corrected := 0, 0
	s := linkage.Survivorship{Default: linkage.MostComplete, Priority: []string{"lab"}}
	lawtest.Until(t, func(t *rapid.T) {
		a, b, c := record(t, 0), record(t, 1), record(t, 2)
		one, why := linkage.Merge(s, a, b, c)
		for _, f := range one.Facts {
			if len(f.Sources) > 1 {
				joined++
			}
		}
		corrected += len(one.Corrected)
		same := func(law string, x linkage.Record, y []linkage.Choice) {
			if !reflect.DeepEqual(one, x) || !reflect.DeepEqual(why, y) {
				t.Fatalf("%s:\n%s\n%s", law, cmp.Diff(one, x), cmp.Diff(why, y))
			}
		}
		// K1, K3: again is the same, and so is with itself
		same("K1", linkage.Dedup(one), why)
		r, w := linkage.Merge(s, one, one)
		same("K3", r, w)
		// K2: order, of records and of facts
		for _, x := range []*linkage.Record{&a, &b, &c} {
			rng := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
			x.Facts = slices.Clone(x.Facts)
			rng.Shuffle(len(x.Facts), func(i, k int) { x.Facts[i], x.Facts[k] = x.Facts[k], x.Facts[i] })
		}
		r, w = linkage.Merge(s, c, a, b)
		same("K2", r, w)
		// K4: step by step, either way
		ab, _ := linkage.Merge(s, a, b)
		r, w = linkage.Merge(s, ab, c)
		same("K4", r, w)
		bc, _ := linkage.Merge(s, b, c)
		r, w = linkage.Merge(s, a, bc)
		same("K4", r, w)
		// nothing is lost
		all := append(append(sources(a), sources(b)...), sources(c)...)
		slices.Sort(all)
		if all = slices.Compact(all); !slices.Equal(all, sources(one)) {
			t.Fatalf("lost:\n%v\n%v", all, sources(one))
		}
		// K5: a copy from elsewhere changes no answer
		if len(one.Facts) > 0 {
			extra := one.Facts[0].Fact
			extra.ID, extra.EncounterID, extra.Source = "copy", "", ""
			with, _ := linkage.Merge(s, one, linkage.NewRecord(linkage.Person{ID: "z", Source: "zzz"}, linkage.Imported, extra))
			if x, y := answers(one), answers(with); x != y {
				t.Fatalf("K5: %s, %s", x, y)
			}
		}
	}, func() bool { return joined > 0 && corrected > 0 })
}

// answers asks questions whose answers depend on how many facts there are.
func answers(r linkage.Record) string {
	b := registry.NewBinder(nil)
	q := registry.Query{Kind: registry.Observation, Codes: []registry.Code{lab}}
	var cs []registry.Criterion
	for n := 1; n < 8; n++ {
		cs = append(cs, registry.Count{Of: q, Min: n}.Bind(b), registry.Count{Of: q.That(registry.Compare{Op: registry.Above, Limit: registry.Num(7, 0), Unit: "%"}), Min: n, Distinct: registry.DistinctDays}.Bind(b))
	}
	l, err := b.Lexicon()
	if err != nil {
		return err.Error()
	}
	c := l.Chart(r.Patient())
	var out strings.Builder
	for _, x := range cs {
		fmt.Fprint(&out, x.Holds(c, registry.Period{}), " ")
	}
	return out.String()
}

func TestMeasure(t *testing.T) {
	ps := []linkage.Person{{ID: "a", Source: "gp"}, {ID: "b", Source: "lab"}, {ID: "c", Source: "gp"}, {ID: "d", Source: "gp"}}
	r := linkage.Result{Links: []linkage.Edge{{A: "a", B: "b"}, {A: "c", B: "a"}}, Clusters: [][]string{{"a", "b", "c"}, {"d"}}}
	m, err := linkage.Measure(ps, r, []linkage.Label{{"a", "b", true}, {"a", "c", false}, {"c", "d", true}, {"b", "d", false}})
	if err != nil || m.Linked != (registry.Rate{Num: 3, Den: 4}) || m.People != 2 || fmt.Sprint(m.Pairs) != "[{gp gp 1} {gp lab 1}]" || m.Precision != (registry.Rate{Num: 1, Den: 2}) || m.Recall != (registry.Rate{Num: 1, Den: 2}) {
		t.Errorf("%+v %v", m, err)
	}
	if _, err := linkage.Measure(ps, r, []linkage.Label{{"a", "x", true}, {"a", "a", true}}); !errors.Is(err, linkage.ErrRecord) || strings.Count(err.Error(), "label") != 2 {
		t.Error(err)
	}
	if m, _ := linkage.Measure(nil, linkage.Result{}, nil); m.Linked.Defined() || m.Precision.Defined() {
		t.Error("rates of nothing are defined")
	}
}

func benchPeople(n int) []linkage.Person {
	rng := rand.New(rand.NewPCG(1, 1))
	var ps []linkage.Person
	for i := range n {
		ps = append(ps, linkage.Person{ID: fmt.Sprint(i), Family: fmt.Sprintf("Family%d", rng.IntN(n/4)), Given: fmt.Sprintf("Given%d", rng.IntN(200)), Birth: born(1930+rng.IntN(80), 1+rng.IntN(12), 1+rng.IntN(28)), Sex: registry.Sex(1 + rng.IntN(2)), Area: fmt.Sprint(rng.IntN(50))})
	}
	return ps
}

func BenchmarkLink(b *testing.B) {
	ps := benchPeople(10000)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := linkage.Link(ps, policy()); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkDedup(b *testing.B) {
	var fs []registry.Fact
	for i := range 200 {
		fs = append(fs, result(fmt.Sprint(i), d(2024, 1, 1).AddDays(i/2), 71, "%"))
	}
	r := linkage.NewRecord(linkage.Person{ID: "a", Source: "gp"}, linkage.Clinic, fs...)
	b.ReportAllocs()
	for b.Loop() {
		linkage.Dedup(r)
	}
}

// Nothing in a record makes joining it panic or lose a fact.
func TestOddFactsLaw(t *testing.T) {
	n := 0
	lawtest.Until(t, func(t *rapid.T) {
		r := linkage.NewRecord(linkage.Person{ID: "a", Source: "s", Birth: registry.PartialDate{Year: rapid.IntRange(-3, 10001).Draw(t, "year"), Month: rapid.IntRange(-1, 14).Draw(t, "month")}}, linkage.Origin(99), registrytest.OddFacts(lab).Draw(t, "odd facts")...)
		n += len(r.Facts)
		one := linkage.Dedup(r)
		if again := linkage.Dedup(one); len(again.Facts) != len(one.Facts) || len(one.Facts) > len(r.Facts) || len(r.Facts) > 0 && len(one.Facts) == 0 {
			t.Fatal(len(r.Facts), len(one.Facts), len(again.Facts))
		}
		merged, _ := linkage.Merge(linkage.Survivorship{Default: linkage.Rule(9)}, r, one)
		merged.Patient()
		if _, err := linkage.Link([]linkage.Person{r.Person, {ID: "b", Birth: r.Person.Birth}}, policy()); err != nil {
			t.Fatal(err)
		}
	}, func() bool { return n > 0 })
}
