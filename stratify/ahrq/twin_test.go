package ahrq_test

import (
	"crypto/sha256"
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"github.com/chroniccare/chroniccare/internal/table"
	"github.com/chroniccare/chroniccare/stratify/ahrq"
	"pgregory.net/rapid"
)

// naive is the software's text read line by line: sets of names, no bits, no tries.
type naive struct {
	values, exempt map[string]string
	compound       map[string][2][]string
	measures       [][]string
	last           int
	mortality      int // column
}

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

func newNaive(t testing.TB, release int) *naive {
	n := &naive{values: map[string]string{}, exempt: map[string]string{}, compound: map[string][2][]string{}, measures: rows(t, "cmr_measures.csv"), last: 39 + release, mortality: 6}
	if release == 0 {
		n.mortality = 5
	}
	for _, r := range rows(t, "cmr_codes.csv") {
		if r[1+release] != "" {
			n.values[r[0]], n.exempt[r[0]] = r[1+release], r[6]
		}
	}
	for _, r := range rows(t, "cmr_compound_values.csv") {
		n.compound[r[0]] = [2][]string{strings.Fields(r[1]), strings.Fields(r[2])}
	}
	return n
}

func (n *naive) isExempt(code string, version int) bool {
	for _, span := range strings.Fields(n.exempt[code]) {
		from, to, ok := strings.Cut(span, "-")
		if !ok {
			to = from
		}
		a, _ := strconv.Atoi(from)
		b, _ := strconv.Atoi(to)
		if version >= a && version <= b {
			return true
		}
	}
	return false
}

func (n *naive) of(d ahrq.Discharge) (flags map[string]bool, readmission, mortality int) {
	version := n.last
	for v := 33; v <= n.last; v++ { // October of 2015+v-33 to the next September
		first := 2015 + v - 33
		if d.Year == first && d.Quarter == 4 || d.Year == first+1 && d.Quarter >= 1 && d.Quarter <= 3 {
			version = v
		}
	}
	needs := map[string]bool{}
	for _, m := range n.measures {
		needs[m[0]] = m[2] == "1"
	}
	flags = map[string]bool{}
	for i, code := range d.Diagnoses {
		if i == 0 {
			continue
		}
		code = strings.ToUpper(strings.ReplaceAll(strings.TrimSpace(code), ".", ""))
		v := n.values[code]
		if v == "" {
			continue
		}
		always, ifPOA := []string{v}, []string(nil)
		if c, ok := n.compound[v]; ok {
			always, ifPOA = c[0], c[1]
		} else if needs[v] || strings.HasPrefix(v, "CBVD_") {
			always, ifPOA = nil, []string{v}
		}
		for _, name := range always {
			flags[name] = true
		}
		if d.POA == "" {
			continue
		}
		letter := " "
		if i < len(d.POA) {
			letter = d.POA[i : i+1]
		}
		exempt := n.isExempt(code, version)
		if exempt || letter == "Y" || letter == "W" {
			for _, name := range ifPOA {
				flags[name] = true
			}
		} else if v == "CBVD_POA" && (letter == "N" || letter == "U") {
			flags["CBVD_NPOA"] = true
		}
	}
	if flags["CBVD_POA"] || flags["CBVD_SQLA"] && !flags["CBVD_NPOA"] {
		flags["CBVD"] = true
	}
	for _, x := range [][2]string{{"DIAB_CX", "DIAB_UNCX"}, {"HTN_CX", "HTN_UNCX"}, {"CANCER_METS", "CANCER_SOLID"}, {"CANCER_METS", "CANCER_NSITU"}, {"CANCER_SOLID", "CANCER_NSITU"}, {"LIVER_SEV", "LIVER_MLD"}, {"RENLFL_SEV", "RENLFL_MOD"}} {
		if flags[x[0]] {
			delete(flags, x[1])
		}
	}
	for _, m := range n.measures {
		if flags[m[0]] {
			w, _ := strconv.Atoi(m[4])
			readmission += w
			w, _ = strconv.Atoi(m[n.mortality])
			mortality += w
		}
	}
	for _, hidden := range []string{"CBVD_POA", "CBVD_SQLA", "CBVD_NPOA"} {
		delete(flags, hidden)
	}
	return flags, readmission, mortality
}

// even draws evenly from a list; rapid prefers its beginning.
func even(t *rapid.T, list []string) string {
	n := rapid.Uint64().Draw(t, "n") * 0x9e3779b97f4a7c15
	return list[n>>32%uint64(len(list))]
}

// The engine against the naive reading, over all codes of all releases: one code in three
// is of the few whose exemption depends on the date, or of the stroke rule.
func TestTwinLaw(t *testing.T) {
	for i, r := range ahrq.Releases() {
		e, n := release(t, r), newNaive(t, i)
		var dated, stroke []string
		of := map[string][]string{} // codes by value
		for _, c := range slices.Sorted(maps.Keys(n.values)) {
			of[n.values[c]] = append(of[n.values[c]], c)
			if x := n.exempt[c]; x != "" && x != "33-43" {
				dated = append(dated, c)
			}
			if strings.HasPrefix(n.values[c], "CBVD") {
				stroke = append(stroke, c)
			}
		}
		values := slices.Sorted(maps.Keys(of))
		reached, dates, suppressed := map[string]bool{}, 0, 0
		lawtest.Until(t, func(t *rapid.T) {
			draw := rapid.Custom(func(t *rapid.T) string {
				switch rapid.IntRange(0, 8).Draw(t, "kind") {
				case 0, 1:
					return even(t, stroke)
				case 2:
					return even(t, dated)
				case 3:
					return rapid.SampledFrom([]string{"", "Z00", "I1", "bad code", "E11.9", "i10"}).Draw(t, "other")
				}
				return even(t, of[even(t, values)])
			})
			d := ahrq.Discharge{Diagnoses: rapid.SliceOfN(draw, 0, 12).Draw(t, "codes"), POA: rapid.StringMatching(`([YWNU1E qX]{0,13})`).Draw(t, "poa"),
				Year: rapid.SampledFrom([]int{0, 2014, 2015, 2016, 2018, 2020, 2021, 2022, 2023, 2024, 2025, 2026, 2027}).Draw(t, "year"), Quarter: rapid.IntRange(0, 4).Draw(t, "quarter")}
			got := e.Of(&d)
			want, readmission, mortality := n.of(d)
			for name := range want {
				if d.POA == "" && slices.ContainsFunc(n.measures, func(m []string) bool { return m[0] == name && m[2] == "1" }) {
					t.Fatalf("%s without POA", name)
				}
				reached[name] = true
			}
			names := e.Names(got.Flags)
			if len(names) != len(want) || slices.ContainsFunc(names, func(s string) bool { return !want[s] }) || got.Readmission != readmission || got.Mortality != mortality {
				t.Fatalf("%v: %v %d %d, want %v %d %d", d, names, got.Readmission, got.Mortality, want, readmission, mortality)
			}
			if got.OutOfRange {
				dates++
			}
			// before exclusions a diagnosis that becomes the principal one can only clear
			// flags, save that a stroke in hospital then no longer hides a sequela; one that
			// was present on admission after all can only set flags
			if got.Flags&^got.Raw != 0 {
				t.Fatalf("%v: %v are not among %v", d, names, e.Names(got.Raw))
			}
			if len(d.Diagnoses) > 1 {
				moved := d
				moved.Diagnoses = slices.Clone(d.Diagnoses)
				k := rapid.IntRange(1, len(d.Diagnoses)-1).Draw(t, "principal")
				moved.Diagnoses[0], moved.Diagnoses[k] = moved.Diagnoses[k], ""
				if more := e.Names(e.Of(&moved).Raw &^ got.Raw); len(more) > 1 || len(more) == 1 && more[0] != "CBVD" {
					t.Fatalf("%v as the principal diagnosis adds %v", moved, more)
				}
				if k < len(d.POA) {
					late := d
					late.POA = d.POA[:k] + "Y" + d.POA[k+1:]
					if x := e.Of(&late); got.Raw&^x.Raw != 0 {
						t.Fatalf("%v present on admission clears %v", late, e.Names(got.Raw&^x.Raw))
					}
				}
			}
			if !want["CBVD"] && slices.ContainsFunc(d.Diagnoses, func(c string) bool { return n.values[c] == "CBVD_SQLA" }) {
				suppressed++
			}
		}, func() bool { return len(reached) >= 20 && dates > 0 && suppressed > 0 })
	}
}

// Every code of every release alone, present, not present and not said, in an early and a late version.
func TestEveryCode(t *testing.T) {
	for i, r := range ahrq.Releases() {
		e, n := release(t, r), newNaive(t, i)
		seen := map[string]bool{}
		for code := range n.values {
			for _, letter := range []string{"Y", "N", " "} {
				for _, year := range []int{2016, 2025} {
					d := ahrq.Discharge{Diagnoses: []string{code, code}, POA: "Y" + letter, Year: year, Quarter: 1}
					got := e.Of(&d)
					want, readmission, mortality := n.of(d)
					if got.Flags.Count() != len(want) || got.Readmission != readmission || got.Mortality != mortality {
						t.Fatalf("%s %+v: %v, want %v", r, d, e.Names(got.Flags), want)
					}
					for name := range want {
						seen[name] = true
						if !e.Has(got.Flags, name) {
							t.Fatalf("%s %+v: %v, want %v", r, d, e.Names(got.Flags), want)
						}
					}
				}
			}
		}
		if len(seen) != 38 {
			t.Errorf("%s: %d measures reached", r, len(seen))
		}
	}
}

// Where a date decides: the first and the last quarter of each list, and dates of none.
func TestDates(t *testing.T) {
	e, old := release(t, "2026.1"), release(t, "2022.1")
	for _, c := range []struct {
		e             *ahrq.Elixhauser
		year, quarter int
		exempt, out   bool // I69.310 is exempt from October 2016 on
	}{
		{e, 2015, 4, false, false}, {e, 2016, 3, false, false}, {e, 2016, 4, true, false}, {e, 2017, 1, true, false}, {e, 2026, 3, true, false},
		{e, 2015, 3, true, true}, {e, 2014, 4, true, true}, {e, 2026, 4, true, true}, {e, 2016, 0, true, true}, {e, 2016, 5, true, true}, {e, 0, 1, true, true}, {e, 0, 0, true, false},
		{old, 2022, 3, true, false}, {old, 2022, 4, true, true},
	} {
		got := c.e.Of(&ahrq.Discharge{Diagnoses: []string{"J189", "I69310"}, POA: "YN", Year: c.year, Quarter: c.quarter})
		if c.e.Has(got.Flags, "CBVD") != c.exempt || got.OutOfRange != c.out {
			t.Errorf("%s %d/%d: %v, %+v", c.e.Release, c.year, c.quarter, c.e.Names(got.Flags), got)
		}
	}
}

// Tables: the very rows that were read from the agency's programs.
func TestTables(t *testing.T) {
	for file, want := range map[string]string{"cmr_codes.csv": "78da551b4ea4", "cmr_measures.csv": "08f475094452", "cmr_compound_values.csv": "1450c542481e"} {
		if sum := fmt.Sprintf("%x", sha256.Sum256(fmt.Appendf(nil, "%q", rows(t, file))))[:12]; sum != want {
			t.Errorf("%s: %s", file, sum)
		}
	}
	n := newNaive(t, 4)
	if len(rows(t, "cmr_codes.csv")) != 4571 || len(n.measures) != 38 || len(n.compound) != 10 {
		t.Errorf("%d codes, %d measures, %d compound values", len(rows(t, "cmr_codes.csv")), len(n.measures), len(n.compound))
	}
	needPOA := 0
	for _, m := range n.measures {
		if m[2] == "1" {
			needPOA++
		}
	}
	if needPOA != 18 {
		t.Errorf("%d measures need POA", needPOA)
	}
	for _, r := range ahrq.Releases() {
		if e := release(t, r); !strings.Contains(e.Provenance, "AHRQ") {
			t.Errorf("%s: %q", r, e.Provenance)
		}
	}
}

func TestDoesNotAllocate(t *testing.T) {
	e := release(t, "2026.1")
	d := ahrq.Discharge{Diagnoses: []string{"J189", "I110", "E1122", "", "bad code", "I69351", "Z992"}, POA: "YYYYYYN", Year: 2025, Quarter: 1}
	if n := testing.AllocsPerRun(100, func() { e.Of(&d) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}
