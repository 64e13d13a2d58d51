package register_test

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/register"
	"github.com/chroniccare/chroniccare/registry/registrytest"
	"pgregory.net/rapid"
)

func ccw(t testing.TB, load func() (*register.Profile, error)) *register.Claims {
	t.Helper()
	p, err := load()
	if err != nil {
		t.Fatal(err)
	}
	r, err := register.Compile(p)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func claim(id, typ, date string, dx ...string) registry.Fact {
	var d registry.Date
	if err := d.UnmarshalText([]byte(date)); err != nil {
		panic(err)
	}
	f := registry.Fact{ID: id, Kind: registry.Claim, Status: registry.Active, Setting: typ, When: registry.On(d)}
	for _, c := range dx {
		f.Codes = append(f.Codes, registry.NewCode("ICD10CM", c))
	}
	return f
}

func in(r *register.Claims, year int, m *register.Members, facts ...registry.Fact) []string {
	r.Evaluate(&registry.Patient{Facts: facts}, year, m)
	out := []string{}
	for i, c := range m.Conditions {
		if c.In {
			out = append(out, r.Profile().Conditions[i].ID)
		}
	}
	return out
}

// The public oracle: claims of people with the conditions expected each year.
func TestCCWOracle(t *testing.T) {
	dir := os.Getenv("CHRONICCARE_CORPUS")
	if dir == "" {
		t.Skip("CHRONICCARE_CORPUS is not set")
	}
	f, err := os.Open(filepath.Join(dir, "registry", "ccw30_oracle.json.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	var oracle struct {
		Patients []struct {
			ID     string
			Claims []struct {
				ID, Type, Date string
				Dx             []string
				NonQualifying  bool `json:"non_qualifying"`
			}
			Expected map[string][]string
		}
	}
	if err := json.NewDecoder(z).Decode(&oracle); err != nil {
		t.Fatal(err)
	}
	r := ccw(t, register.CCW30)
	var m register.Members
	people, years, flags := 0, 0, 0
	for _, p := range oracle.Patients {
		var facts []registry.Fact
		for _, c := range p.Claims {
			x := claim(c.ID, c.Type, c.Date, c.Dx...)
			x.Unqualified = c.NonQualifying
			facts = append(facts, x)
		}
		people++
		for y, want := range p.Expected {
			year := 0
			fmt.Sscan(y, &year)
			got := in(r, year, &m, facts...)
			slices.Sort(got)
			slices.Sort(want)
			if !slices.Equal(got, want) {
				t.Errorf("person %s, %s: %v, want %v", p.ID, y, got, want)
			}
			years++
			flags += len(want)
		}
	}
	t.Logf("%d people, %d person-years, %d conditions met", people, years, flags)
	if flags == 0 {
		t.Error("vacuous")
	}
}

// Worked examples of the specification.
func TestWorkedExamples(t *testing.T) {
	r30, r27 := ccw(t, register.CCW30), ccw(t, register.CCW27)
	var m register.Members
	dme := claim("2", "CAR", "2020-04-01", "E11.9")
	dme.Unqualified = true
	dme2 := dme
	dme2.ID, dme2.When = "3", registry.On(registry.Day(2020, 5, 1))
	for name, c := range map[string]struct {
		r     *register.Claims
		year  int
		id    string
		facts []registry.Fact
		want  bool
	}{
		"two claims on one date":      {r30, 2021, "DIABETES", []registry.Fact{claim("1", "OP", "2020-03-01", "E11.9"), claim("2", "CAR", "2020-03-01", "E11.9")}, false},
		"two dates":                   {r30, 2021, "DIABETES", []registry.Fact{claim("1", "OP", "2020-03-01", "E11.9"), claim("2", "CAR", "2020-03-02", "E11.9")}, true},
		"one claim before the window": {r30, 2021, "DIABETES", []registry.Fact{claim("1", "OP", "2019-12-31", "E11.9"), claim("2", "OP", "2020-01-01", "E11.9")}, false},
		"both inside":                 {r30, 2020, "DIABETES", []registry.Fact{claim("1", "OP", "2019-12-31", "E11.9"), claim("2", "OP", "2020-01-01", "E11.9")}, true},
		"one home health claim":       {r30, 2021, "DIABETES", []registry.Fact{claim("1", "HHA", "2021-12-31", "E11.9")}, true},
		"equipment lines":             {r30, 2021, "DIABETES", []registry.Fact{dme, dme2}, false},
		"heart attack as outpatient":  {r30, 2021, "AMI", []registry.Fact{claim("1", "OP", "2021-05-05", "I21.4"), claim("2", "OP", "2021-05-15", "I21.4")}, false},
		"stroke with injury":          {r30, 2021, "STRKETIA", []registry.Fact{claim("1", "IP", "2021-05-05", "I63.9", "S06.340A")}, false},
		"and another claim":           {r30, 2021, "STRKETIA", []registry.Fact{claim("1", "IP", "2021-05-05", "I63.9", "S06.340A"), claim("2", "OP", "2021-06-01", "I63.9"), claim("3", "OP", "2021-06-02", "I63.9")}, true},
		"and one outpatient claim":    {r30, 2021, "STRKETIA", []registry.Fact{claim("1", "IP", "2021-05-05", "I63.9", "S06.340A"), claim("2", "OP", "2021-06-01", "I63.9")}, true},
		"that claim alone":            {r30, 2021, "STRKETIA", []registry.Fact{claim("2", "OP", "2021-06-01", "I63.9")}, true},
		"prostate, one claim left":    {r30, 2021, "HYPERP", []registry.Fact{claim("1", "OP", "2020-02-01", "N40.1", "D29.1"), claim("2", "OP", "2021-02-01", "N40.1")}, false},
		"prostate, both claims count": {r30, 2021, "HYPERP", []registry.Fact{claim("1", "OP", "2020-02-01", "N40.1"), claim("2", "OP", "2021-02-01", "N40.1")}, true},
		"third position":              {r27, 2021, "AMI", []registry.Fact{claim("1", "IP", "2021-05-05", "A00", "A00", "I21.4")}, false},
		"second position":             {r27, 2021, "AMI", []registry.Fact{claim("1", "IP", "2021-05-05", "A00", "I21.4")}, true},
		"arthritis, two of any type":  {r27, 2021, "RAOA", []registry.Fact{claim("1", "OP", "2020-05-01", "M17.11"), claim("2", "IP", "2021-05-01", "M17.11")}, true},
	} {
		known := slices.ContainsFunc(c.r.Profile().Conditions, func(x register.Condition) bool { return x.ID == c.id })
		if !known {
			var ids []string
			for _, x := range c.r.Profile().Conditions {
				ids = append(ids, x.ID)
			}
			t.Errorf("%s: no condition %s in %v", name, c.id, ids)
			continue
		}
		if got := slices.Contains(in(c.r, c.year, &m, c.facts...), c.id); got != c.want {
			t.Errorf("%s: %v", name, got)
		}
	}
	one := &registry.Patient{Facts: []registry.Fact{claim("1", "OP", "2020-03-01", "E11.9"), claim("2", "CAR", "2020-03-02", "E11.9"), claim("3", "OP", "2018-01-01", "E11.9")}}
	mem, claims, err := r30.Explain(one, 2021, "DIABETES")
	if err != nil || mem.Since != registry.Day(2020, 3, 2) || mem.FirstEvidence != registry.Day(2020, 3, 1) || len(claims) != 3 || claims[0].Counts || !strings.Contains(claims[0].Why, "outside") {
		t.Errorf("%+v %+v %v", mem, claims, err)
	}
	if _, _, err := r30.Explain(one, 2021, "NONE"); !errors.Is(err, register.ErrProfile) {
		t.Error(err)
	}
}

func TestCompileErrors(t *testing.T) {
	_, err := register.Compile(&register.Profile{ID: "X", Conditions: []register.Condition{{ID: "A", Position: "fifth"}, {ID: "A", Codes: []string{"I10"}, ReferenceYears: 1, Tiers: []register.Tier{{}}}}})
	for _, want := range []string{"no codes", "0 years", "no tiers", `"fifth"`, "not unique", "a tier of 0 claims"} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("no %q in %v", want, err)
		}
	}
	if _, err := register.Compile(&register.Profile{}); !errors.Is(err, register.ErrProfile) {
		t.Error(err)
	}
}

// Tables: counts and shape as published.
func TestTables(t *testing.T) {
	for _, c := range []struct {
		load func() (*register.Profile, error)
		n    int
	}{{register.CCW30, 30}, {register.CCW27, 27}} {
		p, err := c.load()
		if err != nil || len(p.Conditions) != c.n || p.Provenance == "" {
			t.Fatalf("%v %v", p, err)
		}
		for _, x := range p.Conditions {
			codes := slices.Clone(x.Codes)
			slices.Sort(codes)
			if len(slices.Compact(codes)) != len(x.Codes) {
				t.Errorf("%s %s: a code is listed twice", p.ID, x.ID)
			}
		}
	}
}

// generated claims use codes of a few conditions, near the edges of years.
func generated(r *register.Claims) *rapid.Generator[[]registry.Fact] {
	var codes []string
	for _, c := range r.Profile().Conditions[:12] {
		codes = append(codes, c.Codes[0], c.Codes[len(c.Codes)-1])
		if len(c.Exclude) > 0 {
			codes = append(codes, c.Exclude[0])
		}
	}
	one := rapid.Custom(func(t *rapid.T) registry.Fact {
		d := registry.Day(2020+rapid.IntRange(-2, 1).Draw(t, "year"), 12, 31).AddDays(rapid.SampledFrom([]int{-30, -1, 0, 1, 2, 90}).Draw(t, "day"))
		f := claim(rapid.StringMatching(`[a-z]{6}`).Draw(t, "id"), rapid.SampledFrom([]string{"IP", "SNF", "HHA", "OP", "CAR", "DME", ""}).Draw(t, "type"), d.String(),
			rapid.SliceOfN(rapid.SampledFrom(codes), 1, 4).Draw(t, "dx")...)
		f.Unqualified = rapid.IntRange(0, 9).Draw(t, "line") == 0
		return f
	})
	return rapid.SliceOfN(one, 0, 10)
}

func TestMembershipLaws(t *testing.T) {
	for _, load := range []func() (*register.Profile, error){register.CCW30, register.CCW27} {
		r := ccw(t, load)
		gen := generated(r)
		var m, o register.Members
		met := 0
		lawtest.Until(t, func(t *rapid.T) {
			facts := gen.Draw(t, "claims")
			p := &registry.Patient{Facts: facts}
			r.Evaluate(p, 2020, &m)
			r.Evaluate(registrytest.Shuffled(p, 3), 2020, &o)
			if !slices.Equal(m.Conditions, o.Conditions) {
				t.Fatal("M1 the order of facts matters")
			}
			twice := registrytest.Shuffled(registrytest.Repeated(p, 5), 7)
			r.Evaluate(twice, 2020, &o)
			if !slices.Equal(m.Conditions, o.Conditions) {
				t.Fatal("M1 a claim that is there twice matters")
			}
			i := rapid.IntRange(0, len(m.Conditions)-1).Draw(t, "condition")
			_, claims, err := r.Explain(twice, 2020, r.Profile().Conditions[i].ID)
			if err != nil {
				t.Fatal(err)
			}
			n := 0
			for _, x := range claims {
				if x.Counts {
					n++
				}
			}
			if n != m.Conditions[i].Claims {
				t.Fatalf("M7 %d claims count, %d are explained: %+v", m.Conditions[i].Claims, n, claims)
			}
			// brute force: the longest chain of distinct dates, tier by tier
			for i, c := range r.Profile().Conditions {
				if got, want := m.Conditions[i].In, bruteForce(&c, facts, 2020); got != want {
					t.Fatalf("%s: %v, by brute force %v\n%+v", c.ID, got, want, facts)
				}
				x := m.Conditions[i]
				if x.In {
					met++
					if x.FirstEvidence > x.Since || x.Since > registry.Day(2020, 12, 31) || x.Claims == 0 {
						t.Fatalf("M5 %+v", x)
					}
				}
			}
			// M3 and M2: adding claims
			more := append(slices.Clone(facts), gen.Draw(t, "more")...)
			r.Evaluate(&registry.Patient{Facts: more}, 2020, &o)
			for i := range m.Conditions {
				if m.Conditions[i].In && !o.Conditions[i].In {
					t.Fatal("M2 more claims removed a condition")
				}
			}
		}, func() bool { return met > 0 })
	}
}

func bruteForce(c *register.Condition, facts []registry.Fact, year int) bool {
	years := c.ReferenceYears
	if years == 0 {
		years = c.ReferenceMonths / 12
	}
	w := registry.ReferenceYears(year, years)
	for _, t := range c.Tiers {
		var dates []registry.Date
		for _, f := range facts {
			if f.Unqualified || !slices.Contains(t.ClaimTypes, f.Setting) || !w.Contains(f.When.Start.Day) {
				continue
			}
			hit, out := false, false
			for i, x := range f.Codes {
				pos := c.Position == register.AnyPosition || c.Position == register.FirstTwo && i < 2 || c.Position == register.Principal && i == 0
				hit = hit || pos && slices.Contains(c.Codes, x.Value)
				out = out || slices.Contains(c.Exclude, x.Value) || i == 0 && slices.Contains(c.ExcludePrincipal, x.Value)
			}
			if hit && !out && !slices.Contains(dates, f.When.Start.Day) {
				dates = append(dates, f.When.Start.Day)
			}
		}
		slices.Sort(dates)
		n, last := 0, registry.Date(-1000)
		for _, d := range dates {
			if int(d-last) >= max(t.MinDaysApart, 1) {
				n, last = n+1, d
			}
		}
		if n >= t.MinClaims {
			return true
		}
	}
	return false
}

func TestCoverageFlag(t *testing.T) {
	w := registry.ReferenceYears(2021, 2)
	span := func(a, b registry.Date) registry.Enrolment {
		return registry.Enrolment{Period: registry.Period{Start: a, End: b}, Benefits: registry.PartA | registry.PartB, FeeForService: true}
	}
	full := []registry.Enrolment{span(registry.Day(2021, 1, 1), 0), span(registry.Day(2019, 5, 1), registry.Day(2020, 12, 31))}
	hole := []registry.Enrolment{span(registry.Day(2021, 1, 2), 0), span(registry.Day(2019, 5, 1), registry.Day(2020, 12, 31))}
	for _, c := range []struct {
		in   bool
		e    []registry.Enrolment
		want int
	}{{true, full, 3}, {false, full, 2}, {true, hole, 1}, {false, nil, 0}} {
		if got := register.CoverageFlag(c.in, &registry.Patient{Enrolments: c.e}, w); got != c.want {
			t.Errorf("%v %v: %d, want %d", c.in, c.e, got, c.want)
		}
	}
}

func BenchmarkClaims(b *testing.B) {
	r := ccw(b, register.CCW30)
	rng := rand.New(rand.NewPCG(1, 1))
	var codes []string
	for _, c := range r.Profile().Conditions {
		codes = append(codes, c.Codes[0], "Z00.00", "R05")
	}
	people := make([]registry.Patient, 100)
	for i := range people {
		for k := range 200 {
			people[i].Facts = append(people[i].Facts, claim(fmt.Sprint(k), []string{"IP", "OP", "CAR", "HHA"}[rng.IntN(4)], registry.Day(2018, 1, 1).AddDays(rng.IntN(1400)).String(),
				codes[rng.IntN(len(codes))], codes[rng.IntN(len(codes))], "Z00.00"))
		}
	}
	var m register.Members
	r.Evaluate(&people[0], 2021, &m)
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		r.Evaluate(&people[i%len(people)], 2021, &m)
		i++
	}
	b.ReportMetric(200*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mclaims/s")
}
