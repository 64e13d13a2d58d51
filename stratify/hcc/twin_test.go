package hcc_test

import (
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"github.com/chroniccare/chroniccare/internal/table"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/stratify"
	"github.com/chroniccare/chroniccare/stratify/hcc"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

// naive is the program's text read rule by rule, on sets of numbers and names of factors.
type naive struct {
	version   string
	codes     map[string][]int
	drops     [][]int // the first is the HCC above
	hierarchy map[int]bool
	groups    map[string][]int
	sides     map[string][2]string
	factors   map[string]map[string]string // variable, segment: the factor as it is printed
}

func rows(t testing.TB, file string) (header []string, out [][]string) {
	t.Helper()
	b, err := os.ReadFile("data/" + file)
	if err != nil {
		t.Fatal(err)
	}
	tb, err := table.Parse(file, string(b))
	if err != nil {
		t.Fatal(err)
	}
	return tb.Header, tb.Rows
}

func numbers(s string) (out []int) {
	for _, f := range strings.Fields(s) {
		n, err := strconv.Atoi(f)
		if err != nil {
			panic(err)
		}
		out = append(out, n)
	}
	return out
}

func newNaive(t testing.TB, v hcc.Version, year int) *naive {
	n := &naive{version: string(v), codes: map[string][]int{}, factors: map[string]map[string]string{}}
	header, dx := rows(t, "hcc_"+strings.ToLower(string(v))+"_dx.csv")
	for _, r := range dx {
		if r[slices.Index(header, "y"+strconv.Itoa(year))] == "1" {
			n.codes[r[0]] = numbers(r[1])
		}
	}
	_, h := rows(t, "hcc_hierarchies.csv")
	for _, r := range h {
		if r[0] == n.version {
			n.drops = append(n.drops, numbers(r[2]+" "+r[3]))
		}
	}
	for _, file := range []string{"hcc_coefficients.csv", "hcc_coefficients_new_enrollee.csv"} {
		header, f := rows(t, file)
		for _, r := range f {
			if r[0] != n.version {
				continue
			}
			n.factors[r[1]] = map[string]string{}
			for i := 2; i < len(r); i++ {
				if r[i] != "" {
					n.factors[r[1]][header[i]] = r[i]
				}
			}
		}
	}
	b, err := os.ReadFile("data/hcc_rules.json")
	if err != nil {
		t.Fatal(err)
	}
	var rules struct {
		Groups       map[string]map[string][]int
		Interactions map[string]map[string][2]string
	}
	if err := json.Unmarshal(b, &rules); err != nil {
		t.Fatal(err)
	}
	n.groups, n.sides = rules.Groups[n.version], rules.Interactions[n.version]
	return n
}

var lungs = []string{"J410", "J411", "J418", "J42", "J430", "J431", "J432", "J438", "J439", "J440", "J441", "J449", "J982", "J983"}

func (n *naive) hccsOf(code string, age int, female bool) []int {
	haemophilia, lung := code == "D66" || code == "D67", slices.Contains(lungs, code)
	breast := strings.HasPrefix(code, "C50") && len(code) == 6 && code[3] != '7' && strings.ContainsRune("129", rune(code[5])) && strings.ContainsRune("12", rune(code[4]))
	if n.version != "V28" {
		switch {
		case haemophilia && female:
			return []int{48}
		case lung && age < 18:
			return []int{112}
		case code == "F3481" && (age < 6 || age > 18):
			return nil
		}
		return n.codes[code]
	}
	switch {
	case haemophilia && female:
		return []int{112}
	case lung && age < 18:
		return nil
	case breast && age < 50:
		return []int{22}
	case age >= 2 && slices.ContainsFunc([]string{"P04", "P27", "P930", "P938", "P961", "P962"}, func(p string) bool { return strings.HasPrefix(code, p) }):
		return nil
	}
	return n.codes[code]
}

func yearsOld(p *hcc.Person) string {
	return map[bool]string{true: "F", false: "M"}[p.Sex == registry.Female]
}

// cell of an age among cells named from_to, from_GT or a single year.
func cellOf(age int, cells []string) string {
	for _, c := range cells {
		from, to, ok := strings.Cut(c, "_")
		a, _ := strconv.Atoi(from)
		b, _ := strconv.Atoi(to)
		if !ok {
			b = a
		}
		if age >= a && (to == "GT" || age <= b) {
			return c
		}
	}
	return ""
}

func (n *naive) score(p *hcc.Person) (segment string, terms map[string]string, milli int) {
	aged := p.Age >= 65
	disabled := !aged && strings.ContainsAny(p.OREC, "123")
	originally := aged && p.OREC == "1"
	full, partial := slices.Contains([]string{"02", "04", "08"}, p.Dual), slices.Contains([]string{"01", "03", "05", "06"}, p.Dual)
	medicaid := full || partial || p.Medicaid
	switch {
	case p.NewEnrollee && p.ChronicSNP:
		segment = "SNPNE"
	case p.NewEnrollee:
		segment = "NE"
	case p.Institutional:
		segment = "INS"
	default:
		segment = "C" + map[bool]string{true: "F", false: map[bool]string{true: "P", false: "N"}[partial]}[full] + map[bool]string{true: "A", false: "D"}[aged]
	}
	terms = map[string]string{}
	put := func(name string) {
		if f, ok := n.factors[name][segment]; ok {
			terms[name] = f
			m, _ := strconv.Atoi(strings.ReplaceAll(f, ".", ""))
			milli += m
		}
	}
	if p.NewEnrollee {
		age := p.Age
		if age == 64 && !disabled {
			age = 65
		}
		put(map[bool]string{true: "MCAID_", false: "NMCAID_"}[medicaid] + map[bool]string{true: "ORIGDIS_", false: "NORIGDIS_"}[originally] + "NE" + yearsOld(p) +
			cellOf(age, []string{"0_34", "35_44", "45_54", "55_59", "60_64", "65", "66", "67", "68", "69", "70_74", "75_79", "80_84", "85_89", "90_94", "95_GT"}))
		return segment, terms, milli
	}
	put(yearsOld(p) + cellOf(p.Age, []string{"0_34", "35_44", "45_54", "55_59", "60_64", "65_69", "70_74", "75_79", "80_84", "85_89", "90_94", "95_GT"}))
	if originally && segment == "INS" {
		put("ORIGDS")
	} else if originally {
		put(map[string]string{"F": "OriginallyDisabled_Female", "M": "OriginallyDisabled_Male"}[yearsOld(p)])
	}
	if segment == "INS" && medicaid {
		put("LTIMCAID")
	}
	have := map[int]bool{}
	editAge := p.Age
	if p.EditAgeKnown {
		editAge = p.EditAge
	}
	for _, code := range p.Diagnoses {
		for _, h := range n.hccsOf(strings.ToUpper(strings.ReplaceAll(code, ".", "")), editAge, p.Sex == registry.Female) {
			have[h] = true
		}
	}
	if n.version == "V28" && have[223] && !have[221] && !have[222] && !have[224] && !have[225] && !have[226] {
		delete(have, 223)
	}
	for _, row := range n.drops {
		if have[row[0]] {
			for _, h := range row[1:] {
				delete(have, h)
			}
		}
	}
	for h := range have {
		put("HCC" + strconv.Itoa(h))
	}
	side := func(s string) bool {
		if s == "DISABL" {
			return disabled
		}
		if h, err := strconv.Atoi(s); err == nil {
			return have[h]
		}
		return slices.ContainsFunc(n.groups[s], func(h int) bool { return have[h] })
	}
	for name, s := range n.sides {
		if side(s[0]) && side(s[1]) {
			put(name)
		}
	}
	switch count := len(have); {
	case count >= 10:
		put("D10P")
	case count > 0:
		put("D" + strconv.Itoa(count))
	}
	return segment, terms, milli
}

// byHCC gives a few codes for each HCC.
func (n *naive) byHCC() map[int][]string {
	out := map[int][]string{}
	for _, c := range slices.Sorted(maps.Keys(n.codes)) {
		for _, h := range n.codes[c] {
			if len(out[h]) < 3 && len(n.codes[c]) == 1 || len(out[h]) == 0 {
				out[h] = append(out[h], c)
			}
		}
	}
	return out
}

func (n *naive) compare(t interface{ Fatalf(string, ...any) }, m *hcc.Model, p *hcc.Person) hcc.Explanation {
	x := m.Explain(p)
	segment, terms, milli := n.score(p)
	got := map[string]string{}
	for _, term := range x.Terms {
		got[term.Name] = fmt.Sprintf("%.3f", float64(term.Milli)/1000)
	}
	if x.Segment.String() != segment || x.Milli != milli || !maps.Equal(got, terms) || len(x.Terms) != len(terms) {
		t.Fatalf("%s %d: %+v\n%s %d %v, want\n%s %d %v", m.Version, m.Year, p, x.Segment, x.Milli, got, segment, milli, terms)
	}
	return x
}

func versions(t testing.TB, do func(*hcc.Model, *naive)) {
	for _, v := range []hcc.Version{hcc.V22, hcc.V24, hcc.V28} {
		for _, year := range hcc.Years(v) {
			do(model(t, v, year), newNaive(t, v, year))
		}
	}
}

var segments = []struct {
	age                                   int
	dual                                  string
	institutional, newEnrollee, chronicly bool
}{{72, "00", false, false, false}, {50, "00", false, false, false}, {72, "02", false, false, false}, {50, "08", false, false, false}, {72, "01", false, false, false}, {50, "06", false, false, false},
	{72, "00", true, false, false}, {50, "04", true, false, false}, {72, "00", false, true, false}, {64, "03", false, true, true}}

// The model against the rule-by-rule reading: people of all segments with any of the codes.
func TestTwinLaw(t *testing.T) {
	versions(t, func(m *hcc.Model, n *naive) {
		codes := slices.Sorted(maps.Keys(n.codes))
		by := n.byHCC()
		hccs := slices.Sorted(maps.Keys(by))
		edits := append([]string{"D66", "D67", "F3481", "C50011", "C50929", "P0411", "P270", "Z0000"}, lungs...)
		even := func(t *rapid.T, k int) int {
			return int(rapid.Uint64().Draw(t, "n") * 0x9e3779b97f4a7c15 >> 32 % uint64(k))
		}
		interactions, dropped := 0, 0
		lawtest.Until(t, func(t *rapid.T) {
			s := segments[even(t, len(segments))]
			p := &hcc.Person{Age: s.age, AgeKnown: true, Dual: s.dual, Institutional: s.institutional, NewEnrollee: s.newEnrollee, ChronicSNP: s.chronicly, Medicaid: rapid.Bool().Draw(t, "medicaid"),
				Sex: rapid.SampledFrom([]registry.Sex{registry.Female, registry.Male}).Draw(t, "sex"), OREC: rapid.SampledFrom([]string{"0", "1", "2", "3", "", "7"}).Draw(t, "orec")}
			if rapid.Bool().Draw(t, "any age") {
				p.Age = even(t, 120)
			}
			if p.EditAgeKnown = rapid.Bool().Draw(t, "edit age"); p.EditAgeKnown {
				p.EditAge = rapid.SampledFrom([]int{1, 2, 5, 6, 17, 18, 19, 49, 50}).Draw(t, "edited")
			}
			for range rapid.IntRange(0, 16).Draw(t, "codes") {
				switch even(t, 8) {
				case 0:
					p.Diagnoses = append(p.Diagnoses, edits[even(t, len(edits))])
				case 1:
					p.Diagnoses = append(p.Diagnoses, codes[even(t, len(codes))])
				default:
					of := by[hccs[even(t, len(hccs))]]
					p.Diagnoses = append(p.Diagnoses, of[even(t, len(of))])
				}
			}
			x := n.compare(t, m, p)
			dropped += len(x.Suppressed)
			for _, term := range x.Terms {
				if _, ok := n.sides[term.Name]; ok {
					interactions++
				}
			}
		}, func() bool { return interactions > 0 && dropped > 0 })
	})
}

// Every code alone, every age in every segment, every pair of an interaction's members in
// every segment, every row of the hierarchy, every count: nothing is left to chance.
func TestEverything(t *testing.T) {
	versions(t, func(m *hcc.Model, n *naive) {
		for code := range n.codes {
			n.compare(t, m, &hcc.Person{Age: 40, Sex: registry.Male, OREC: "1", Dual: "00", Diagnoses: []string{code}})
			n.compare(t, m, &hcc.Person{Age: 80, Sex: registry.Female, OREC: "0", Dual: "02", Diagnoses: []string{code}})
		}
		for age := range 131 {
			for _, s := range segments {
				for _, orec := range []string{"0", "1", "2", "3"} {
					for _, sex := range []registry.Sex{registry.Female, registry.Male} {
						n.compare(t, m, &hcc.Person{Age: age, AgeKnown: true, Sex: sex, OREC: orec, Dual: s.dual, Institutional: s.institutional, NewEnrollee: s.newEnrollee, ChronicSNP: s.chronicly})
					}
				}
			}
		}
		by := n.byHCC()
		reached := map[string]bool{}
		inAll := func(dx ...string) {
			for _, s := range segments {
				for _, orec := range []string{"0", "1"} {
					for _, term := range n.compare(t, m, &hcc.Person{Age: s.age, Sex: registry.Male, OREC: orec, Dual: s.dual, Institutional: s.institutional, NewEnrollee: s.newEnrollee, ChronicSNP: s.chronicly, Diagnoses: dx}).Terms {
						reached[term.Name] = true
					}
				}
			}
		}
		members := func(side string) []int {
			if h, err := strconv.Atoi(side); err == nil {
				return []int{h}
			}
			return n.groups[side]
		}
		for _, s := range n.sides {
			for _, b := range members(s[1]) {
				inAll(by[b][0])
				for _, a := range members(s[0]) {
					if a == 223 || b == 223 { // stands beside heart failure only
						inAll(by[a][0], by[b][0], by[226][0])
					}
					inAll(by[a][0], by[b][0])
				}
			}
		}
		for name := range n.sides {
			if !reached[name] {
				t.Errorf("%s: interaction %s is never reached", m, name)
			}
		}
		for _, row := range n.drops {
			for _, h := range row[1:] {
				inAll(by[row[0]][0], by[h][0])
			}
			var all []string
			for _, h := range row {
				all = append(all, by[h][0])
			}
			inAll(all...)
		}
		var alone []string // one more HCC at a time, none of which drops another
		var have []int
		for _, h := range slices.Sorted(maps.Keys(by)) {
			clash := slices.ContainsFunc(n.drops, func(row []int) bool {
				return slices.ContainsFunc(have, func(g int) bool {
					return row[0] == g && slices.Contains(row, h) || row[0] == h && slices.Contains(row, g)
				})
			})
			if !clash && len(by[h]) > 0 && len(n.codes[by[h][0]]) == 1 && len(alone) < 13 {
				have, alone = append(have, h), append(alone, by[h][0])
				inAll(alone...)
			}
		}
		for _, d := range []string{"D1", "D2", "D3", "D4", "D5", "D6", "D7", "D8", "D9", "D10P"} {
			if reached[d] != (m.Version != hcc.V22) {
				t.Errorf("%s: count %s is reached: %v", m, d, reached[d])
			}
		}
	})
}

// The files are those that were read from the agency's programs: a change of a table is a
// change of the model, to be made knowingly.
func TestTables(t *testing.T) {
	for file, want := range map[string]struct {
		rows int
		sum  string
	}{
		"hcc_v28_dx.csv":                    {7907, "404ea0cbab3d"},
		"hcc_v24_dx.csv":                    {9956, "5faf7a089c1b"},
		"hcc_v22_dx.csv":                    {9721, "007582e6fbe6"},
		"hcc_hierarchies.csv":               {128, "0499e2405e9d"},
		"hcc_coefficients.csv":              {441, "cfd562469acc"},
		"hcc_coefficients_new_enrollee.csv": {324, "936ba5b1ede6"},
		"hcc_labels.csv":                    {280, "5ccd8538c48a"},
		"hcc_payment_years.csv":             {8, "1f7528deb764"},
	} {
		_, r := rows(t, file)
		if sum := fmt.Sprintf("%x", sha256.Sum256(fmt.Appendf(nil, "%q", r)))[:12]; len(r) != want.rows || sum != want.sum {
			t.Errorf("%s: %d rows, %s", file, len(r), sum)
		}
	}
	b, err := os.ReadFile("data/hcc_rules.json")
	if err != nil {
		t.Fatal(err)
	}
	if sum := fmt.Sprintf("%x", sha256.Sum256(b))[:12]; sum != "245fb45e6041" {
		t.Errorf("rules: %s", sum)
	}
	// an HCC never stands above itself, over however many rows
	for _, v := range []hcc.Version{hcc.V22, hcc.V24, hcc.V28} {
		n := newNaive(t, v, hcc.Years(v)[0])
		below := map[int][]int{}
		for _, row := range n.drops {
			below[row[0]] = append(below[row[0]], row[1:]...)
		}
		var walk func(top, h, depth int)
		walk = func(top, h, depth int) {
			for _, x := range below[h] {
				if x == top || depth > len(below) {
					t.Fatalf("%s: HCC %d stands above itself", v, top)
				}
				walk(top, x, depth+1)
			}
		}
		for h := range below {
			walk(h, h, 0)
		}
		if m := model(t, v, hcc.Years(v)[0]); !strings.Contains(m.Provenance, "CMS") || m.String() != fmt.Sprintf("cms-hcc-%s@py%d", strings.ToLower(string(v)), m.Year) {
			t.Errorf("%s: %q", m, m.Provenance)
		}
	}
}

// Rounding: at each step to three places; a half goes up.
func TestPaymentRounding(t *testing.T) {
	m := model(t, hcc.V28, 2026)
	s := m.Score(person(76, registry.Female, "0", "00"))
	s.Milli = 1007
	d := func(x string) hcc.Adjustment {
		return hcc.Adjustment{Normalisation: number(t, x), CodingIntensity: number(t, "0.059"), Share: number(t, "0.33")}
	}
	// 1.007/1.067 = 0.94376...; x 0.941: 0.944 x 0.941 = 0.888304, unrounded 0.888084...
	for _, c := range []struct {
		r    hcc.Rounding
		norm string
		want string
	}{
		{hcc.EachStep, "1.067", "0.293"},   // 0.888 x 0.33 = 0.29304
		{hcc.Last, "1.067", "0.293"},       // 0.2930677
		{hcc.ShareFirst, "1.067", "0.293"}, // 0.311 x 0.941 = 0.292651
		{hcc.EachStep, "1.5", "0.208"},     // 0.671 x 0.941 = 0.631411; 0.631 x 0.33 = 0.20823
		{hcc.ShareFirst, "1.5", "0.209"},   // 0.33231 / 1.5 = 0.22154; 0.222 x 0.941 = 0.208902
		{hcc.NoRounding, "1.5", "0.20846914"},
	} {
		got, err := hcc.PaymentScore(c.r, hcc.Part{Score: s, Adjustment: d(c.norm)})
		if err != nil || got.String() != c.want {
			t.Errorf("%d %s: %s, want %s (%v)", c.r, c.norm, got, c.want, err)
		}
	}
	// the step before decides: 0.6745 is 0.675 at three places
	s.Milli = 1349
	whole := hcc.Adjustment{Normalisation: number(t, "2"), CodingIntensity: number(t, "0.5")}
	for r, want := range map[hcc.Rounding]string{hcc.EachStep: "0.338", hcc.Last: "0.337"} {
		if got, err := hcc.PaymentScore(r, hcc.Part{Score: s, Adjustment: whole}); err != nil || got.String() != want {
			t.Errorf("%d: %s, want %s (%v)", r, got, want, err)
		}
	}
}

func TestCallersEdits(t *testing.T) {
	m := model(t, hcc.V24, 2026)
	old := func(age int, _ registry.Sex) bool { return age > 60 }
	women := func(_ int, sex registry.Sex) bool { return sex == registry.Female }
	x, err := m.With(hcc.Edit{Code: "e11.9", Name: "age>60", When: old}, hcc.Edit{Code: "E11.9", Name: "women", When: women, HCC: 18}, hcc.Edit{Code: "D66", Name: "always", When: func(int, registry.Sex) bool { return true }, HCC: 46},
		hcc.Edit{Code: "Z00.00", Name: "women", When: women, HCC: 85})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		age  int
		sex  registry.Sex
		code string
		want string
	}{{61, registry.Male, "E11.9", "[]"}, {60, registry.Male, "E11.9", "[19]"}, {60, registry.Female, "E11.9", "[18]"}, {61, registry.Female, "E11.9", "[]"}, {60, registry.Female, "D66", "[48]"}, {60, registry.Male, "D66", "[46]"}, {60, registry.Female, "Z00.00", "[85]"}, {60, registry.Male, "Z00.00", "[]"}} {
		p := person(c.age, c.sex, "1", "00", c.code)
		if got := x.Explain(p); fmt.Sprint(got.HCCs) != c.want {
			t.Errorf("%+v: %v", c, got.HCCs)
		}
	}
	p := person(30, registry.Male, "1", "00", "E11.9")
	p.EditAge, p.EditAgeKnown = 61, true
	if got := x.Explain(p); len(got.HCCs) != 0 {
		t.Errorf("the edit age is not asked: %v", got.HCCs)
	}
	if len(x.Changes) != 4 || x.String() != "cms-hcc-v24@py2026+local" || len(m.Changes) != 0 || fmt.Sprint(m.Explain(person(61, registry.Male, "0", "00", "E11.9")).HCCs) != "[19]" {
		t.Errorf("%v %v", x, x.Changes)
	}
	y, err := x.With(hcc.Edit{Code: "I50.9", Name: "old", When: old})
	if err != nil || len(y.Changes) != 5 || len(x.Changes) != 4 || len(y.Explain(person(61, registry.Male, "0", "00", "E11.9", "I50.9")).HCCs) != 0 {
		t.Error(y, err)
	}
	_, err = m.With(hcc.Edit{Code: "E1", Name: "x", When: old}, hcc.Edit{Code: "E119", When: old}, hcc.Edit{Code: "E119", Name: "x"}, hcc.Edit{Code: "E119", Name: "x", When: old, HCC: 999})
	if !errors.Is(err, hcc.ErrModel) || strings.Count(err.Error(), "\n") != 3 {
		t.Error(err)
	}
}

// Missing Medicaid matters where a factor asks for it.
func TestDualWhereItMatters(t *testing.T) {
	m := model(t, hcc.V28, 2026)
	for _, c := range []struct {
		p    hcc.Person
		want bool
	}{
		{hcc.Person{NewEnrollee: true}, true}, {hcc.Person{NewEnrollee: true, Medicaid: true}, false}, {hcc.Person{NewEnrollee: true, Dual: "09"}, false}, {hcc.Person{NewEnrollee: true, Dual: "99"}, true},
		{hcc.Person{Institutional: true}, true}, {hcc.Person{Institutional: true, Dual: "00"}, false}, {hcc.Person{Segment: hcc.NE, NewEnrollee: true}, true}, {hcc.Person{Segment: hcc.CNA}, false}, {hcc.Person{Segment: hcc.CNA, Dual: "77"}, true}, {hcc.Person{Segment: hcc.CFA}, false}, {hcc.Person{Segment: hcc.CPA, Dual: "77"}, true},
	} {
		c.p.Age, c.p.Sex, c.p.OREC = 70, registry.Male, "0"
		if s := m.Score(&c.p); (s.Issues&hcc.DualMissing != 0) != c.want || s.Issues&hcc.SegmentConflict != 0 || !s.Scored {
			t.Errorf("%+v: %v", c.p, s.Issues.List())
		}
	}
}

func TestDoesNotAllocate(t *testing.T) {
	for _, v := range []hcc.Version{hcc.V22, hcc.V24, hcc.V28} {
		m := model(t, v, 2026)
		p := person(62, registry.Female, "1", "02", "E11.22", "I50.9", "J44.9", "N18.4", "F33.1", "bad code", "")
		if n := testing.AllocsPerRun(100, func() { m.Score(p) }); n != 0 {
			t.Errorf("%s: %v allocations", v, n)
		}
	}
}

func number(t testing.TB, s string) decimal.Decimal {
	t.Helper()
	d, err := decimal.NewFromString(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// What differs between any two models is what their tables say.
func TestDiff(t *testing.T) {
	a, b := model(t, hcc.V24, 2022), model(t, hcc.V24, 2026)
	x, y := newNaive(t, hcc.V24, 2022), newNaive(t, hcc.V24, 2026)
	want := map[string]bool{}
	for _, codes := range []map[string][]int{x.codes, y.codes} {
		for c := range codes {
			if !slices.Equal(x.codes[c], y.codes[c]) {
				want[c] = true
			}
		}
	}
	got := hcc.Diff(a, b)
	for i, d := range got {
		if !want[d.Where] || i > 0 && got[i-1].Where >= d.Where {
			t.Errorf("%v", d)
		}
	}
	if len(got) != len(want) || len(got) == 0 || hcc.Diff(a, a) != nil {
		t.Errorf("%d differences, want %d", len(got), len(want))
	}
	other := hcc.Diff(model(t, hcc.V22, 2026), b)
	if !slices.ContainsFunc(other, func(d stratify.Difference) bool {
		return d.Where == "D4 CNA" && d.A == "" && d.B == y.factors["D4"]["CNA"]
	}) ||
		!slices.ContainsFunc(other, func(d stratify.Difference) bool {
			return d.Where == "F65_69 CNA" && d.A == "0.312" && d.B == y.factors["F65_69"]["CNA"]
		}) {
		t.Error("factors are missing")
	}
}
