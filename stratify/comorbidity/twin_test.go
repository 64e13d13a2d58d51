package comorbidity_test

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"github.com/chroniccare/chroniccare/internal/table"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/stratify/comorbidity"
	"pgregory.net/rapid"
)

func rows(t testing.TB, file string) [][]string {
	t.Helper()
	b, err := os.ReadFile("data/" + file)
	if err != nil {
		t.Fatal(err)
	}
	tb, err := table.Parse(file, string(b))
	if err != nil {
		t.Fatal(err)
	}
	return tb.Rows
}

// clears are the pairs of the publications, in words of their own.
var clears = map[string]string{"mld": "msld", "diab": "diabwc", "canc": "metacanc", "hypunc": "hypc", "diabunc": "diabc", "solidtum": "metacanc"}

// spelt writes a code in one of the ways that are let pass.
func spelt(t *rapid.T, code string, dot int) string {
	switch rapid.IntRange(0, 4).Draw(t, "spelling") {
	case 0:
		return strings.ToLower(code)
	case 1:
		return " " + code + " "
	case 2:
		return code + "."
	case 3:
		if len(code) > dot {
			return code[:dot] + "." + code[dot:]
		}
	}
	return code
}

// The engine against HasPrefix over the rows of the table, for every published map and
// index: flags, hierarchy, scores and terms.
func TestTwinLaw(t *testing.T) {
	prefixes, weights := rows(t, "comorbidity_prefixes.csv"), rows(t, "comorbidity_weights.csv")
	for _, c := range []struct {
		name    string
		icd     comorbidity.ICD
		indices []string
		has     int
	}{
		{comorbidity.CharlsonQuan2005, comorbidity.ICD10, []string{comorbidity.Charlson1987, comorbidity.Quan2011}, 17},
		{comorbidity.CharlsonQuan2005, comorbidity.ICD9, []string{comorbidity.Charlson1987, comorbidity.Quan2011}, 17},
		{comorbidity.CharlsonDeyo1992, comorbidity.ICD9, []string{comorbidity.Charlson1987}, 17},
		{comorbidity.CharlsonSweden2021, comorbidity.ICD10, []string{comorbidity.Charlson1987}, 17},
		{comorbidity.CharlsonAU2004, comorbidity.ICD10, []string{comorbidity.Charlson1987}, 17},
		{comorbidity.ElixhauserQuan2005, comorbidity.ICD10, []string{comorbidity.VanWalraven2009, comorbidity.Swiss2021, comorbidity.AHRQ2017Mortality, comorbidity.AHRQ2017Readmission30}, 31},
		{comorbidity.ElixhauserQuan2005, comorbidity.ICD9, []string{comorbidity.VanWalraven2009, comorbidity.Swiss2021}, 31},
	} {
		m := newMap(t, c.name, c.icd)
		var indices []*comorbidity.Index
		for _, name := range c.indices {
			indices = append(indices, newIndex(t, name, m))
		}
		var mine [][2]string // condition, prefix
		for _, r := range prefixes {
			if r[0] == c.name && r[1] == strconv.Itoa(int(c.icd)) {
				mine = append(mine, [2]string{r[2], r[3]})
			}
		}
		if len(m.Conditions) != c.has {
			t.Errorf("%s: %d conditions", c.name, len(m.Conditions))
		}
		flagsOf := func(codes []string) map[string]bool {
			out := map[string]bool{}
			for _, code := range codes {
				for _, p := range mine {
					if strings.HasPrefix(code, p[1]) {
						out[p[0]] = true
					}
				}
			}
			return out
		}
		names := func(f map[string]bool) (out []string) {
			for _, c := range m.Conditions {
				if f[c] {
					out = append(out, c)
				}
			}
			return out
		}
		check := func(t interface{ Fatalf(string, ...any) }, codes, written []string) (suppressed int) {
			raw := flagsOf(codes)
			r := m.Flags(written)
			kept := map[string]bool{}
			for c := range raw {
				if !raw[clears[c]] {
					kept[c] = true
				}
			}
			if !slices.Equal(m.Names(r.Flags), names(raw)) || r.Bad != 0 || r.Codes != len(written) {
				t.Fatalf("%s %v: %v, want %v (%+v)", c.name, written, m.Names(r.Flags), names(raw), r)
			}
			h := m.Hierarchy(r.Flags)
			if !slices.Equal(m.Names(h), names(kept)) || len(m.Suppressed(r.Flags)) < r.Flags.Count()-h.Count() {
				t.Fatalf("%s %v: %v after the hierarchy, want %v", c.name, written, m.Names(h), names(kept))
			}
			for _, s := range m.Suppressed(r.Flags) {
				if clears[s.Milder] != s.Graver || !raw[s.Milder] || !raw[s.Graver] {
					t.Fatalf("%s %v: %v", c.name, written, s)
				}
			}
			for i, name := range c.indices {
				x := indices[i]
				for _, of := range []map[string]bool{raw, kept} {
					flags := h
					if len(of) == len(raw) {
						flags = r.Flags
					}
					want := 0
					for _, w := range weights {
						n, _ := strconv.Atoi(w[3])
						if w[0] == name && (of[w[2]] || w[2] == "htn" && (of["hypc"] || of["hypunc"])) {
							want += n
						}
					}
					if x.Score(flags) != want {
						t.Fatalf("%s %s %v: %d, want %d", c.name, name, written, x.Score(flags), want)
					}
				}
			}
			return r.Flags.Count() - h.Count()
		}
		// every prefix, and a code below it
		longest, dot := 7, 3
		if c.icd == comorbidity.ICD9 {
			longest = 5
		}
		var pool []string
		for _, p := range mine {
			code := p[1]
			for len(code) < 3 {
				code += "0"
			}
			pool = append(pool, code)
			if len(code) < longest {
				pool = append(pool, code+"9")
			}
		}
		for _, code := range pool {
			check(t, []string{code}, []string{code})
		}
		suppressed, drawn := 0, 0
		for _, p := range m.Table().Hierarchy { // each pair, in both orders
			var codes []string
			for _, want := range []string{p.Milder, p.Graver} {
				i := slices.IndexFunc(mine, func(x [2]string) bool { return x[0] == want })
				codes = append(codes, (mine[i][1] + "000")[:max(len(mine[i][1]), 3)])
			}
			suppressed += check(t, codes, codes)
			slices.Reverse(codes)
			check(t, codes, codes)
		}
		if suppressed != 3 {
			t.Errorf("%s: %d pairs of the hierarchy at work", c.name, suppressed)
		}
		lawtest.Until(t, func(t *rapid.T) {
			var codes, written []string
			for range rapid.IntRange(0, 10).Draw(t, "n") {
				code := pool[rapid.Uint64().Draw(t, "code")*0x9e3779b97f4a7c15>>32%uint64(len(pool))]
				d := dot
				if c.icd == comorbidity.ICD9 && code[0] == 'E' {
					d = 4
				}
				codes, written = append(codes, code), append(written, spelt(t, code, d))
			}
			if check(t, codes, written); len(codes) > 0 {
				drawn++
			}
		}, func() bool { return drawn > 0 })
	}
}

// Weights of a graver form are never below those of the milder, in any Charlson index, so
// that another diagnosis never lowers the score.
func TestGraverWeighsMore(t *testing.T) {
	m := newMap(t, comorbidity.CharlsonQuan2005, comorbidity.ICD10)
	for _, name := range []string{comorbidity.Charlson1987, comorbidity.Quan2011} {
		if inv := newIndex(t, name, m).Inversions(); inv != nil {
			t.Errorf("%s: %v", name, inv)
		}
	}
}

func TestCharlsonLaw(t *testing.T) {
	m := newMap(t, comorbidity.CharlsonQuan2005, comorbidity.ICD10)
	var pool []string
	for _, p := range m.Table().Prefixes {
		if len(p.Code) > 2 {
			pool = append(pool, p.Code)
		}
	}
	for _, name := range []string{comorbidity.Charlson1987, comorbidity.Quan2011} {
		x := newIndex(t, name, m)
		raised := 0
		lawtest.Until(t, func(t *rapid.T) {
			codes := rapid.SliceOfN(rapid.SampledFrom(pool), 0, 8).Draw(t, "codes")
			a := m.Flags(codes).Flags
			b := m.Flags(append(codes, rapid.SampledFrom(pool).Draw(t, "more"))).Flags
			if x.Score(m.Hierarchy(b)) < x.Score(m.Hierarchy(a)) || x.Score(a) < x.Score(m.Hierarchy(a)) {
				t.Fatalf("%v", codes)
			}
			if x.Score(b) > x.Score(a) {
				raised++
			}
		}, func() bool { return raised > 0 })
	}
}

// Frailty against the rows of the table: distinct categories, whatever the spelling and
// order; malformed codes add nothing.
func TestFrailtyLaw(t *testing.T) {
	h, err := comorbidity.NewHFRS()
	if err != nil {
		t.Fatal(err)
	}
	points := map[string]int{}
	var pool []string
	for _, r := range rows(t, "hfrs_points.csv") {
		n, err := strconv.Atoi(strings.ReplaceAll(r[1], ".", ""))
		if err != nil || !strings.Contains(r[1], ".") {
			t.Fatal(r)
		}
		points[r[0]] = n
		pool = append(pool, r[0], r[0]+"9")
	}
	if len(points) != 109 {
		t.Errorf("%d categories", len(points))
	}
	for code, n := range points {
		if r := h.Score([]string{code, code + "01"}, 80); r.Tenths != n || len(r.Terms) != 1 || r.Terms[0] != (comorbidity.Term{Condition: code, Weight: n}) {
			t.Errorf("%s: %+v, want %d", code, r, n)
		}
	}
	junk := []string{"", "??", "F0.390", "F03..9", "F0", "F03!", "W19 1", "F03901234", "Z0000"}
	bands := map[comorbidity.FrailtyBand]int{}
	lawtest.Until(t, func(t *rapid.T) {
		want, seen := 0, map[string]bool{}
		var written []string
		for range rapid.IntRange(0, 10).Draw(t, "n") {
			code := pool[rapid.Uint64().Draw(t, "code")*0x9e3779b97f4a7c15>>32%uint64(len(pool))]
			if !seen[code[:3]] {
				want += points[code[:3]]
			}
			seen[code[:3]] = true
			written = append(written, spelt(t, code, 3))
		}
		bad := rapid.SliceOfN(rapid.SampledFrom(junk[:8]), 0, 3).Draw(t, "junk")
		r := h.Score(append(bad, written...), 80)
		slices.Reverse(written)
		again := h.Score(append(written, bad...), 80)
		band := comorbidity.LowFrailty
		if want >= 50 {
			band = comorbidity.IntermediateFrailty
		}
		if want > 150 {
			band = comorbidity.HighFrailty
		}
		sum := 0
		for _, x := range r.Terms {
			sum += x.Weight
		}
		if r.Tenths != want || sum != want || r.Band != band || r.Bad != len(bad) || !slices.Equal(r.Terms, again.Terms) || len(r.Terms) != len(seen) {
			t.Fatalf("%v: %+v, want %d", written, r, want)
		}
		bands[r.Band]++
	}, func() bool { return len(bands) == 3 })
	for age, out := range map[int]bool{-1: false, 0: true, 74: true, 75: false} {
		if h.Score(nil, age).OutOfRange != out {
			t.Errorf("age %d", age)
		}
	}
}

// Traps of the code lists: what is not on them, and what stands for two conditions.
func TestTraps(t *testing.T) {
	charlson, elix, nine := newMap(t, comorbidity.CharlsonQuan2005, comorbidity.ICD10), newMap(t, comorbidity.ElixhauserQuan2005, comorbidity.ICD10), newMap(t, comorbidity.ElixhauserQuan2005, comorbidity.ICD9)
	for _, c := range []struct {
		m    *comorbidity.Map
		code string
		want string
	}{
		{charlson, "C7A.00", ""}, {charlson, "C4A.9", ""}, {charlson, "C43.9", "canc"}, {charlson, "C44.9", ""}, {charlson, "C45.0", "canc"}, {charlson, "C76.0", "canc"}, {charlson, "C77.0", "metacanc"},
		{elix, "I42.6", "chf alcohol"}, {elix, "K70.0", "ld alcohol"}, {elix, "K70.3", "ld alcohol"}, {elix, "K70.9", "ld alcohol"}, {elix, "F20.4", "psycho depre"}, {elix, "F31.5", "psycho depre"},
		{nine, "425.5", "chf alcohol"}, {nine, "571.0", "ld alcohol"}, {nine, "571.3", "ld alcohol"}, {nine, "0930", "pvd"}, {nine, "930", ""},
	} {
		f, ok := c.m.Code(c.code)
		want := strings.Fields(c.want)
		got := c.m.Names(f)
		slices.Sort(want)
		slices.Sort(got)
		if !ok || !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", c.code, got, want)
		}
	}
	// codes of two systems in one list: each map reads its own and says how many it did not
	mixed := []registry.Code{registry.NewCode("ICD9CM", "V42.0"), registry.NewCode("ICD10CM", "I50.9"), {System: registry.SNOMEDCT, Value: "84114007"}}
	if a, b := charlson.FlagsOf(mixed), nine.FlagsOf(mixed); a.Other != 2 || a.Codes != 1 || b.Other != 2 || b.Codes != 1 {
		t.Errorf("%+v %+v", a, b)
	}
	if x := newIndex(t, comorbidity.Quan2011, charlson); x.Score(charlson.Flags([]string{"B20"}).Flags) != 4 {
		t.Error("the weight of AIDS in the update of 2011 is 4")
	}
	if r := charlson.Flags(nil); r != (comorbidity.Result{}) {
		t.Errorf("%+v", r)
	}
	for age, want := range map[int]int{-50: 0, 49: 0, 50: 1, 89: 4, 90: 5, 99: 5, 100: 6} {
		if comorbidity.AgePointsUncapped(age) != want {
			t.Errorf("%d: %d", age, comorbidity.AgePointsUncapped(age))
		}
	}
}

func TestTables(t *testing.T) {
	good := comorbidity.Table{Name: "own", ICD: comorbidity.ICD9, Source: "ours", Prefixes: []comorbidity.Prefix{{"a", "1"}, {"b", "2"}, {"c", "3"}}}
	many := good
	many.Prefixes = nil
	for i := range 65 {
		many.Prefixes = append(many.Prefixes, comorbidity.Prefix{Condition: "c" + strconv.Itoa(i), Code: strconv.Itoa(100 + i)})
	}
	for want, change := range map[string]func(*comorbidity.Table){
		"name or source":           func(x *comorbidity.Table) { x.Name = " " },
		"neither 9 nor 10":         func(x *comorbidity.Table) { x.ICD = 11 },
		"65 conditions":            func(x *comorbidity.Table) { x.Prefixes = many.Prefixes },
		"0 conditions":             func(x *comorbidity.Table) { x.Prefixes = nil },
		"has no condition":         func(x *comorbidity.Table) { x.Prefixes = append(x.Prefixes, comorbidity.Prefix{"", "4"}) },
		`prefix "1" of a is there`: func(x *comorbidity.Table) { x.Prefixes = append(x.Prefixes, comorbidity.Prefix{"a", "1"}) },
		`prefix "4.1"`:             func(x *comorbidity.Table) { x.Prefixes = append(x.Prefixes, comorbidity.Prefix{"a", "4.1"}) },
		`prefix "v10"`:             func(x *comorbidity.Table) { x.Prefixes = append(x.Prefixes, comorbidity.Prefix{"a", "v10"}) },
		`prefix ""`:                func(x *comorbidity.Table) { x.Prefixes = append(x.Prefixes, comorbidity.Prefix{"a", ""}) },
		`prefix "123456"`:          func(x *comorbidity.Table) { x.Prefixes = append(x.Prefixes, comorbidity.Prefix{"a", "123456"}) },
		"a clears z":               func(x *comorbidity.Table) { x.Hierarchy = []comorbidity.Pair{{"a", "z"}} },
		"a clears a":               func(x *comorbidity.Table) { x.Hierarchy = []comorbidity.Pair{{"a", "a"}} },
		"for the second time":      func(x *comorbidity.Table) { x.Hierarchy = []comorbidity.Pair{{"a", "b"}, {"a", "b"}} },
		"b clears c, which clears": func(x *comorbidity.Table) { x.Hierarchy = []comorbidity.Pair{{"a", "b"}, {"b", "c"}, {"c", "a"}} },
	} {
		x := good
		x.Prefixes, x.Hierarchy = slices.Clone(good.Prefixes), nil
		change(&x)
		if _, err := comorbidity.Compile(x); !errors.Is(err, comorbidity.ErrTable) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", want, err)
		}
	}
	// 64 conditions are all there
	full := many
	full.Prefixes = many.Prefixes[:64]
	if m, err := comorbidity.Compile(full); err != nil || !slices.Equal(m.Names(m.Flags([]string{"163"}).Flags), []string{"c63"}) || m.Flags([]string{"100", "163"}).Flags.Count() != 2 {
		t.Error(m, err)
	}
	// a chain clears by the flags given, in whatever order its pairs stand
	chain := good
	for _, pairs := range [][]comorbidity.Pair{{{"a", "b"}, {"b", "c"}}, {{"b", "c"}, {"a", "b"}}} {
		chain.Hierarchy = pairs
		m, err := comorbidity.Compile(chain)
		if err != nil {
			t.Fatal(err)
		}
		if got := m.Names(m.Hierarchy(m.Flags([]string{"100", "200", "300"}).Flags)); !slices.Equal(got, []string{"a"}) {
			t.Error(got)
		}
	}
	m, err := comorbidity.Compile(good)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []comorbidity.Change{{}, {Drop: true}, {Drop: true, Prefix: comorbidity.Prefix{"a", "9"}}, {Drop: true, Pair: comorbidity.Pair{"a", "b"}}, {Prefix: comorbidity.Prefix{"a", "1"}}, {Prefix: comorbidity.Prefix{"d", "4"}, Pair: comorbidity.Pair{"a", "b"}}} {
		if _, err := m.With(c); !errors.Is(err, comorbidity.ErrTable) {
			t.Errorf("%v: %v", c, err)
		}
	}
	n, err := m.With(comorbidity.Change{Drop: true, Prefix: comorbidity.Prefix{"b", "2"}}, comorbidity.Change{Pair: comorbidity.Pair{"a", "c"}})
	if err != nil || n.Name != "own+local" || len(n.Changes) != 2 || !slices.Equal(n.Conditions, []string{"a", "c"}) || m.Name != "own" || len(m.Conditions) != 3 {
		t.Errorf("%+v %v", n, err)
	}
	if n, err = n.With(comorbidity.Change{Drop: true, Pair: comorbidity.Pair{"a", "c"}}); err != nil || n.Name != "own+local" || len(n.Changes) != 3 || len(n.Table().Hierarchy) != 0 {
		t.Errorf("%+v %v", n, err)
	}
	if same, err := m.With(); err != nil || same.Name != "own" {
		t.Error(same, err)
	}
	for _, w := range [][]comorbidity.Term{{{"z", 1}}, {{"a", 1}, {"a", 2}}, {{"htn", 1}}} {
		if _, err := comorbidity.CompileIndex("x", m, w); !errors.Is(err, comorbidity.ErrTable) {
			t.Errorf("%v: %v", w, err)
		}
	}
	if _, err := comorbidity.CompileIndex("", m, nil); !errors.Is(err, comorbidity.ErrTable) {
		t.Error(err)
	}
	x, err := comorbidity.CompileIndex("x", m, []comorbidity.Term{{"a", 3}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := x.With(comorbidity.Term{"z", 1}); !errors.Is(err, comorbidity.ErrTable) {
		t.Error(err)
	}
	if _, err := x.With(comorbidity.Term{"a", 1}, comorbidity.Term{"a", 2}); !errors.Is(err, comorbidity.ErrTable) {
		t.Error(err)
	}
	elix := newMap(t, comorbidity.ElixhauserQuan2005, comorbidity.ICD10)
	y, err := newIndex(t, comorbidity.AHRQ2017Mortality, elix).With(comorbidity.Term{"htn", 50})
	if err != nil || y.Score(elix.Flags([]string{"I10", "I11.0"}).Flags)-newIndex(t, comorbidity.AHRQ2017Mortality, elix).Score(elix.Flags([]string{"I10", "I11.0"}).Flags) == 0 || y.Name != "ahrq2017_mortality+local" {
		t.Error(y, err)
	}
}

// Every published table: the very rows that were read, listed, and valid as a table of
// one's own.
func TestPublishedTables(t *testing.T) {
	for file, want := range map[string]string{"comorbidity_prefixes.csv": "174b2136655e", "comorbidity_weights.csv": "39f11fa90d69", "hfrs_points.csv": "507b55d3e6e5"} {
		if sum := fmt.Sprintf("%x", sha256.Sum256(fmt.Appendf(nil, "%q", rows(t, file))))[:12]; sum != want {
			t.Errorf("%s: %s", file, sum)
		}
	}
	if n, w := len(rows(t, "comorbidity_prefixes.csv")), len(rows(t, "comorbidity_weights.csv")); n != 1859 || w != 154 {
		t.Errorf("%d prefixes, %d weights", n, w)
	}
	total := 0
	for _, p := range comorbidity.Maps() {
		m := newMap(t, p.Name, p.ICD)
		total += len(m.Table().Prefixes)
		if !strings.Contains(m.Provenance, "Quan et al.") || len(m.Table().Hierarchy) != 3 || p.Source == "" || comorbidity.Diff(m, m) != nil {
			t.Errorf("%+v: %v", p, m.Table().Hierarchy)
		}
		for _, index := range p.Indices {
			newIndex(t, index, m)
		}
	}
	if total != 1859 {
		t.Errorf("%d rows belong to a map", total)
	}
}

func TestDoesNotAllocate(t *testing.T) {
	m := newMap(t, comorbidity.ElixhauserQuan2005, comorbidity.ICD10)
	x := newIndex(t, comorbidity.VanWalraven2009, m)
	codes := []string{"E11.21", "i509", "", "bad code", "Z00.00"}
	if n := testing.AllocsPerRun(100, func() { x.Score(m.Hierarchy(m.Flags(codes).Flags)) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
