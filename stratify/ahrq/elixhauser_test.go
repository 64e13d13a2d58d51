package ahrq_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"github.com/chroniccare/chroniccare/stratify"
	"github.com/chroniccare/chroniccare/stratify/ahrq"
	"pgregory.net/rapid"
)

func release(t testing.TB, r string) *ahrq.Elixhauser {
	t.Helper()
	e, err := ahrq.NewElixhauser(r)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

type file struct {
	FlagOrder []string `json:"flag_order"`
	Versions  []string
	Rows      [][]json.RawMessage
}

func corpus(t testing.TB, name string) (f file) {
	t.Helper()
	dir := os.Getenv("CHRONICCARE_CORPUS")
	if dir == "" {
		t.Skip("CHRONICCARE_CORPUS is not set")
	}
	data, err := os.ReadFile(filepath.Join(dir, "stratify", name))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &f); err != nil {
		t.Fatal(err)
	}
	return f
}

// Output of AHRQ's own software, without POA, and of an independent engine with it.
func TestCorpus(t *testing.T) {
	for _, name := range []string{"elix_cmr_sas.json", "elix_cmr_poa_medicalcoder.json"} {
		f := corpus(t, name)
		withPOA := strings.Contains(name, "poa")
		first := 2
		if withPOA {
			first = 3
		}
		for v, version := range f.Versions {
			if !strings.Contains(version, ".") {
				version += ".1"
			}
			e := release(t, version)
			agree := 0
			for _, row := range f.Rows {
				d := ahrq.Discharge{}
				if err := json.Unmarshal(row[1], &d.Diagnoses); err != nil {
					t.Fatal(err)
				}
				if withPOA {
					if err := json.Unmarshal(row[2], &d.POA); err != nil {
						t.Fatal(err)
					}
				}
				at := first + v
				for string(row[at]) == "null" {
					at--
				}
				var want []any
				if err := json.Unmarshal(row[at], &want); err != nil {
					t.Fatal(err)
				}
				got := e.Of(&d)
				var s strings.Builder
				for _, n := range f.FlagOrder {
					if e.Has(got.Flags, n) {
						s.WriteByte('1')
					} else {
						s.WriteByte('0')
					}
				}
				if s.String() != want[0] || float64(got.Readmission) != want[1] || float64(got.Mortality) != want[2] {
					t.Errorf("%s %s row %s %v %q: %s %d %d, want %v", name, version, row[0], d.Diagnoses, d.POA, &s, got.Readmission, got.Mortality, want)
				} else {
					agree++
				}
			}
			t.Logf("%s release %s: %d of %d", name, version, agree, len(f.Rows))
		}
	}
}

func TestWorkedExamples(t *testing.T) {
	e := release(t, "2025.1")
	for _, c := range []struct {
		codes, poa             string
		want                   string
		readmission, mortality int
	}{
		{"J18.9 I11.0 E11.22 E11.9", "", "DIAB_CX HTN_CX", 4, -1},
		{"I63.9 I11.0 E11.22 E11.9 I69.351", "YNYYY", "CBVD DIAB_CX HTN_CX PARALYSIS", 7, 8},
		{"A41.9 I63.40 I69.351 K70.10", "YNYY", "ALCOHOL LIVER_MLD PARALYSIS", 9, 5},
		{"J18.9 F11.150 Z21", "YNU", "AIDS DRUG_ABUSE", 11, -11},
		{"J18.9 Z99.2", "YN", "RENLFL_SEV", 8, 7},
	} {
		d := ahrq.Discharge{Diagnoses: strings.Fields(c.codes), POA: c.poa}
		x := e.Explain(&d)
		if got := strings.Join(e.Names(x.Flags), " "); got != c.want || x.Readmission != c.readmission || x.Mortality != c.mortality {
			t.Errorf("%s: %s %d %d", c.codes, got, x.Readmission, x.Mortality)
		}
	}
	if m := e.Of(&ahrq.Discharge{}).Missing; m.Count() != 18 {
		t.Errorf("without POA %d measures are missing", m.Count())
	}
	// blank, malformed, and a letter that is none
	a := e.Of(&ahrq.Discharge{Diagnoses: []string{"J189", "", "bad code", "I110"}, POA: "Y  Q", Year: 2024, Quarter: 3})
	if a.Bad != 1 || a.BadPOA != 1 || strings.Join(e.Names(a.Flags), " ") != "HTN_CX" {
		t.Errorf("%+v", a)
	}
}

func TestErrors(t *testing.T) {
	if _, err := ahrq.NewElixhauser("2021.1"); !errors.Is(err, ahrq.ErrTable) || !errors.Is(err, stratify.ErrVersion) {
		t.Error(err)
	}
}

var pool = []string{"I110", "I130", "I132", "E1122", "E119", "I6340", "I69351", "I69320", "K7010", "K7200", "C7800", "C5091", "D0500", "F11150", "F1010", "Z21", "Z992", "N183", "N186", "I10", "I2720", "M0690", "G20", "G40909", "D509", "D62", "R634", "E6601", "J449", "K254", "", "bad code", "Z00"}

func TestLaws(t *testing.T) {
	for _, r := range ahrq.Releases() {
		e := release(t, r)
		reached := ahrq.Measures(0)
		lawtest.Until(t, func(t *rapid.T) {
			codes := rapid.SliceOfN(rapid.SampledFrom(pool), 0, 10).Draw(t, "codes")
			poa := rapid.StringMatching(`[YWNU1E ]{10}`).Draw(t, "poa")
			d := ahrq.Discharge{Diagnoses: codes, POA: poa, Year: rapid.IntRange(2015, 2027).Draw(t, "year"), Quarter: rapid.IntRange(1, 4).Draw(t, "quarter")}
			got := e.Of(&d)
			reached |= got.Flags
			if len(codes) > 2 { // the order of the secondary diagnoses does not matter
				p := slices.Clone(codes)
				letters := []byte(poa)
				slices.Reverse(p[1:])
				slices.Reverse(letters[1:len(p)])
				if e.Of(&ahrq.Discharge{Diagnoses: p, POA: string(letters), Year: d.Year, Quarter: d.Quarter}) != got {
					t.Fatal("order matters")
				}
			}
			// measures that need no POA are the same without POA data, save those that POA measures never touch
			bare := e.Of(&ahrq.Discharge{Diagnoses: codes})
			if got.Flags&^bare.Missing != bare.Flags {
				t.Fatalf("without POA %v, with %v", e.Names(bare.Flags), e.Names(got.Flags))
			}
			x := e.Explain(&d)
			r, m := 0, 0
			for _, term := range x.Terms {
				r += term.Readmission
				m += term.Mortality
			}
			if x.Comorbidities != got || r != got.Readmission || m != got.Mortality || len(x.Terms) != got.Flags.Count() {
				t.Fatalf("%+v does not add up to %+v", x.Terms, got)
			}
		}, func() bool { return reached.Count() >= 15 })
	}
}

func BenchmarkElixhauser(b *testing.B) {
	e := release(b, "2026.1")
	d := ahrq.Discharge{Diagnoses: []string{"J189", "I110", "E1122", "E119", "I69351", "Z992", "F1010", "K7010", "M545", "R05", "Z7982", "E785"}, POA: "YYYYYYYYYYYY"}
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		n += e.Of(&d).Readmission
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds()/1e6, "Mdischarges/s")
}
