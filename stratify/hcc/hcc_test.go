package hcc_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/stratify"
	"github.com/chroniccare/chroniccare/stratify/hcc"
)

func model(t testing.TB, v hcc.Version, year int) *hcc.Model {
	t.Helper()
	m, err := hcc.New(v, year)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

type corpusRow struct {
	ID        int
	Seg       string
	Age       int
	Sex       string
	OREC      string
	Medicaid  bool
	Dx        []string
	HCCInFHIR map[string][]json.RawMessage `json:"hccinfhir"`
	HCCPy     map[string][]json.RawMessage `json:"hccpy"`
	Agree     map[string]bool
}

func (r *corpusRow) person(t testing.TB) *hcc.Person {
	t.Helper()
	seg, err := hcc.ParseSegment(r.Seg)
	if err != nil {
		t.Fatal(err)
	}
	p := &hcc.Person{Age: r.Age, AgeKnown: true, OREC: r.OREC, Medicaid: r.Medicaid, Segment: seg, Diagnoses: r.Dx, Sex: registry.Female}
	if r.Sex == "M" {
		p.Sex = registry.Male
	}
	return p
}

func corpusRows(t testing.TB) (out []corpusRow) {
	t.Helper()
	dir := os.Getenv("CHRONICCARE_CORPUS")
	if dir == "" {
		t.Skip("CHRONICCARE_CORPUS is not set")
	}
	data, err := os.ReadFile(filepath.Join(dir, "stratify", "hcc_scores.json"))
	if err != nil {
		t.Fatal(err)
	}
	var f struct{ Rows []json.RawMessage }
	if err := json.Unmarshal(data, &f); err != nil {
		t.Fatal(err)
	}
	for _, raw := range f.Rows {
		var seg struct{ Seg string }
		if json.Unmarshal(raw, &seg) != nil || seg.Seg == "ESRD" || seg.Seg == "RX" || seg.Seg == "HHS" {
			continue // other models
		}
		var r corpusRow
		if err := json.Unmarshal(raw, &r); err != nil {
			t.Fatal(err)
		}
		out = append(out, r)
	}
	return out
}

func engineMilli(t testing.TB, raw []json.RawMessage) int {
	t.Helper()
	var x float64
	if err := json.Unmarshal(raw[0], &x); err != nil {
		t.Fatal(err)
	}
	return int(math.Round(x * 1000))
}

// Rows on which two independent engines agree, whatever the vintage of the map.
func TestAgreeingRows(t *testing.T) {
	rows := corpusRows(t)
	for _, v := range []hcc.Version{hcc.V22, hcc.V24, hcc.V28} {
		for _, year := range hcc.Years(v) {
			m := model(t, v, year)
			agree, of := 0, 0
			for _, r := range rows {
				if !r.Agree[string(v)] {
					continue
				}
				of++
				want := engineMilli(t, r.HCCInFHIR[string(v)])
				x := m.Explain(r.person(t))
				if x.Milli == want {
					agree++
					continue
				}
				// a code that this year's table leaves out, and another's has
				vintage := slices.ContainsFunc(x.Codes, func(c hcc.CodeFinding) bool { return strings.Contains(c.Why, "mapped in") })
				if year == slices.Max(hcc.Years(v)) || !vintage {
					t.Errorf("%s %d row %d: %d, want %d: %+v", v, year, r.ID, x.Milli, want, x)
				}
			}
			t.Logf("%s, payment year %d: %d of %d", v, year, agree, of)
		}
	}
}

// Rows on which the engines differ: our score is that of one of them with the map it
// used, or a rule of the official program that both miss decides.
func TestDisagreeingRows(t *testing.T) {
	rows := corpusRows(t)
	for _, v := range []hcc.Version{hcc.V22, hcc.V24, hcc.V28} {
		var models []*hcc.Model
		for _, year := range hcc.Years(v) {
			models = append(models, model(t, v, year))
		}
		count := map[string]int{}
		for _, r := range rows {
			if r.Agree[string(v)] {
				continue
			}
			a, b := engineMilli(t, r.HCCInFHIR[string(v)]), engineMilli(t, r.HCCPy[string(v)])
			why := ""
			for i, m := range slices.Backward(models) {
				x := m.Explain(r.person(t))
				if x.Milli == a && i == len(models)-1 {
					why = "first engine, its map"
				} else if x.Milli == b && why == "" {
					why = "second engine, " + fmt.Sprint(m.Year)
				}
				for _, c := range x.Codes {
					if strings.Contains(c.Why, "edit for sex=F") && why == "" {
						why = "edit for women with haemophilia"
					}
				}
				for _, term := range x.Terms {
					if term.Name == "HCC85_gDiabetesMellit" && why == "" {
						why = "interaction that the first engine loses"
					}
					if term.Name == "ART_OPENINGS_PRESS_ULCER" && why == "" {
						why = "interaction that the second engine loses"
					}
				}
			}
			if why == "" {
				t.Errorf("%s row %d %s %d: engines %d and %d, ours %+v", v, r.ID, r.Seg, r.Age, a, b, models[len(models)-1].Explain(r.person(t)))
			}
			count[why]++
		}
		t.Log(v, count)
	}
}

func person(age int, sex registry.Sex, orec, dual string, dx ...string) *hcc.Person {
	return &hcc.Person{Age: age, AgeKnown: true, Sex: sex, OREC: orec, Dual: dual, Diagnoses: dx}
}

func TestWorkedExamples(t *testing.T) {
	v28, v24 := model(t, hcc.V28, 2024), model(t, hcc.V24, 2022)
	institutional := person(60, registry.Male, "1", "", "A41.9", "L89.154", "I50.9", "E11.9")
	institutional.Institutional, institutional.Medicaid = true, true
	young := person(64, registry.Female, "0", "")
	young.NewEnrollee = true
	for _, c := range []struct {
		m     *hcc.Model
		p     *hcc.Person
		seg   hcc.Segment
		hccs  string
		milli int
	}{
		{v28, person(76, registry.Female, "1", "03", "E08.3293", "E13.9", "E13.9"), hcc.CPA, "[37]", 754},
		{v28, person(74, registry.Male, "0", "00", "I48.0", "I43", "Z95.811"), hcc.CNA, "[227 238]", 884},
		{v28, person(70, registry.Male, "0", "00", "T86.40", "K72.10", "R40.20"), hcc.CNA, "[62 202]", 1315},
		{v24, person(70, registry.Female, "0", "00", "D66"), hcc.CNA, "[48]", 578},
		{v28, young, hcc.NE, "[]", 532},
		{v24, institutional, hcc.INS, "[2 19 85 157]", 3828},
	} {
		x := c.m.Explain(c.p)
		sum := 0
		for _, term := range x.Terms {
			sum += term.Milli
		}
		if x.Segment != c.seg || fmt.Sprint(x.HCCs) != c.hccs || x.Milli != c.milli || sum != c.milli {
			t.Errorf("%+v: %+v", c.p, x)
		}
	}
	d := decimal.RequireFromString
	s := v28.Score(person(76, registry.Female, "1", "03", "E08.3293", "E13.9"))
	a := hcc.Adjustment{Normalisation: d("1.015"), CodingIntensity: d("0.059")}
	for r, want := range map[hcc.Rounding]string{hcc.EachStep: "0.699", hcc.Last: "0.699", hcc.ShareFirst: "0.699", hcc.NoRounding: "0.699028571429"} {
		if got, err := hcc.PaymentScore(r, hcc.Part{s, a}); err != nil || got.String() != want {
			t.Errorf("%d: %s %v, want %s", r, got, err, want)
		}
	}
	// 2024 blends the two models
	years, err := hcc.PublishedAdjustments()
	if err != nil || len(years) != 8 {
		t.Fatal(len(years), err)
	}
	old := v24.Score(person(76, registry.Female, "1", "03", "E08.3293", "E13.9"))
	got, err := hcc.PaymentScore(hcc.EachStep, hcc.Part{old, years[2].Adjustment}, hcc.Part{s, years[3].Adjustment})
	want := math.Round((math.Round(math.Round(old.Value()/1.146*1000)*0.941)*0.67 + 699*0.33)) / 1000
	if err != nil || got.InexactFloat64() != want {
		t.Errorf("%s, want %v; %v", got, want, err)
	}
}

func TestAgeAndEntitlement(t *testing.T) {
	m := model(t, hcc.V28, 2025)
	// age on 1 February of the payment year
	for birth, want := range map[registry.Date]hcc.Segment{registry.Day(1960, 2, 1): hcc.CNA, registry.Day(1960, 2, 2): hcc.CND} {
		p := person(0, registry.Male, "0", "00")
		p.Birth, p.AgeKnown = birth, false
		if s := m.Score(p); s.Segment != want || !s.Scored {
			t.Errorf("%v: %+v", birth, s)
		}
	}
	name := func(p *hcc.Person) (out []string) {
		for _, x := range m.Explain(p).Terms {
			out = append(out, x.Name)
		}
		return out
	}
	for orec, want := range map[string]int{"0": 1, "1": 2, "2": 1, "3": 1, "": 1, "9": 1} {
		if got := name(person(70, registry.Female, orec, "00")); len(got) != want || got[0] != "F70_74" {
			t.Errorf("OREC %q: %v", orec, got)
		}
	}
	for dual, want := range map[string]hcc.Segment{"02": hcc.CFA, "04": hcc.CFA, "08": hcc.CFA, "01": hcc.CPA, "03": hcc.CPA, "05": hcc.CPA, "06": hcc.CPA, "00": hcc.CNA, "09": hcc.CNA, "NA": hcc.CNA, "": hcc.CNA, "07": hcc.CNA, "10": hcc.CNA, "x": hcc.CNA} {
		if s := m.Score(person(70, registry.Female, "0", dual)); s.Segment != want || (dual == "" || dual == "07" || dual == "10" || dual == "x") != (s.Issues&hcc.DualMissing != 0) {
			t.Errorf("dual %q: %+v", dual, s)
		}
	}
	for age, want := range map[int]string{0: "0_34", 34: "0_34", 35: "35_44", 44: "35_44", 45: "45_54", 54: "45_54", 55: "55_59", 60: "60_64", 64: "60_64", 65: "65_69", 69: "65_69", 70: "70_74", 89: "85_89", 94: "90_94", 95: "95_GT", 110: "95_GT"} {
		p := person(age, registry.Male, "1", "00")
		if got := name(p); got[0] != "M"+want {
			t.Errorf("%d: %v", age, got)
		}
	}
	for age, want := range map[int]string{34: "0_34", 54: "45_54", 63: "60_64", 65: "65", 66: "66", 69: "69", 70: "70_74", 94: "90_94", 95: "95_GT"} {
		p := person(age, registry.Male, "0", "02", "E11.9")
		p.NewEnrollee, p.ChronicSNP = true, true
		x := m.Explain(p)
		if len(x.Terms) != 1 || x.Terms[0].Name != "MCAID_NORIGDIS_NEM"+want || x.Segment != hcc.SNPNE {
			t.Errorf("%d: %+v", age, x.Terms)
		}
	}
	p := person(64, registry.Male, "1", "00")
	p.NewEnrollee = true
	if x := m.Explain(p); x.Terms[0].Name != "NMCAID_NORIGDIS_NEM60_64" {
		t.Error(x.Terms)
	}
	p.Age = 65
	if x := m.Explain(p); x.Terms[0].Name != "NMCAID_ORIGDIS_NEM65" {
		t.Error(x.Terms)
	}
}

func TestEdits(t *testing.T) {
	v28, v24, v22 := model(t, hcc.V28, 2026), model(t, hcc.V24, 2026), model(t, hcc.V22, 2026)
	for _, c := range []struct {
		m    *hcc.Model
		p    *hcc.Person
		want string
	}{
		{v28, person(70, registry.Female, "0", "00", "D66"), "[112]"},
		{v28, person(70, registry.Male, "0", "00", "D66"), "[111]"},
		{v22, person(70, registry.Female, "0", "00", "D67"), "[48]"},
		{v24, person(17, registry.Male, "1", "00", "J44.9"), "[112]"},
		{v24, person(18, registry.Male, "1", "00", "J44.9"), "[111]"},
		{v28, person(17, registry.Male, "1", "00", "J44.9"), "[]"},
		{v28, person(18, registry.Male, "1", "00", "J44.9"), "[280]"},
		{v28, person(49, registry.Female, "1", "00", "C50.911"), "[22]"},
		{v28, person(50, registry.Female, "1", "00", "C50.911"), "[23]"},
		{v24, person(5, registry.Male, "1", "00", "F34.81"), "[]"},
		{v24, person(6, registry.Male, "1", "00", "F34.81"), "[59]"},
		{v24, person(18, registry.Male, "1", "00", "F34.81"), "[59]"},
		{v24, person(19, registry.Male, "1", "00", "F34.81"), "[]"},
		{v28, person(2, registry.Male, "1", "00", "P27.1"), "[]"},
	} {
		if x := c.m.Explain(c.p); fmt.Sprint(x.HCCs) != c.want {
			t.Errorf("%s %v %d: %v, want %s; %+v", c.m.Version, c.p.Diagnoses, c.p.Age, x.HCCs, c.want, x.Codes)
		}
	}
}

func TestBadInput(t *testing.T) {
	for _, err := range []error{second(hcc.New("V99", 2026)), second(hcc.New(hcc.V28, 2022)), second(hcc.ParseSegment("XYZ")),
		second(hcc.PaymentScore(hcc.Last)), second(hcc.PaymentScore(99, hcc.Part{})), second(hcc.PaymentScore(hcc.Last, hcc.Part{}))} {
		if !errors.Is(err, hcc.ErrModel) {
			t.Error(err)
		}
	}
	for _, err := range []error{second(hcc.New("V99", 2026)), second(hcc.New(hcc.V28, 2022))} {
		if !errors.Is(err, stratify.ErrVersion) {
			t.Error(err)
		}
	}
	d := decimal.RequireFromString
	m := model(t, hcc.V28, 2026)
	s := m.Score(person(70, registry.Male, "0", "00"))
	for _, a := range []hcc.Adjustment{{}, {Normalisation: d("-1")}, {Normalisation: d("1"), CodingIntensity: d("1")}, {Normalisation: d("1"), Share: d("1.1")}, {Normalisation: d("1"), CodingIntensity: d("-0.1")}} {
		if _, err := hcc.PaymentScore(hcc.Last, hcc.Part{s, a}); !errors.Is(err, hcc.ErrModel) {
			t.Errorf("%+v: %v", a, err)
		}
	}
	if _, err := hcc.PaymentScore(hcc.Last, hcc.Part{hcc.Score{}, hcc.Adjustment{Normalisation: d("1")}}); err == nil {
		t.Error("a part without score is blended")
	}
	for want, p := range map[string]*hcc.Person{
		"[AGE_MISSING]":               {Sex: registry.Male, OREC: "0", Dual: "00"},
		"[AGE_NEGATIVE]":              person(-3, registry.Male, "0", "00"),
		"[SEX_MISSING]":               person(70, registry.OtherSex, "0", "00"),
		"[OREC_MISSING]":              person(70, registry.Male, "x", "00"),
		"[DUAL_MISSING]":              person(70, registry.Male, "0", ""),
		"[CODE_INVALID]":              person(70, registry.Male, "0", "00", "", "E1 1", "E11.9"),
		"[OUT_OF_MODEL]":              {Age: 70, Sex: registry.Male, OREC: "2", Dual: "00", ESRD: true},
		"[OUT_OF_RANGE]":              person(131, registry.Male, "0", "00"),
		"[SEGMENT_CONFLICT]":          {Age: 70, Sex: registry.Male, OREC: "0", Dual: "00", Segment: hcc.CFA},
		"[SEGMENT_CONFLICT AGE_CELL]": {Age: 64, Sex: registry.Male, OREC: "0", Dual: "00", Segment: hcc.CNA},
	} {
		s := m.Score(p)
		if fmt.Sprint(s.Issues.List()) != want || s.Scored == (strings.Contains(want, "AGE_MISSING") || strings.Contains(want, "NEGATIVE") || strings.Contains(want, "RANGE") || strings.Contains(want, "SEX") || strings.Contains(want, "MODEL")) {
			t.Errorf("%s: %+v %v", want, s, s.Issues.List())
		}
	}
	if s := m.Score(&hcc.Person{Age: 70, Sex: registry.Male, OREC: "0", Dual: "00", NewEnrollee: true, Institutional: true}); s.Segment != hcc.NE || s.Issues != hcc.SegmentConflict {
		t.Errorf("%+v", s)
	}
}

func second[T any](_ T, err error) error { return err }

func TestLaws(t *testing.T) {
	pool := []string{"E11.9", "E08.3293", "I50.9", "I43", "I48.0", "Z95.811", "J44.9", "J96.00", "N18.6", "N18.4", "C50.911", "C78.00", "F20.9", "F11.20", "A41.9", "L89.154", "B20", "D66", "G20", "G20.A1",
		"K72.10", "T86.40", "R40.20", "M06.9", "I21.4", "K50.90", "G35", "I63.9", "I69.351", "S72.001A", "Z89.511", "F34.81", "P27.1", "", "??", "Z00.00"}
	for _, v := range []hcc.Version{hcc.V22, hcc.V24, hcc.V28} {
		m := model(t, v, 2026)
		segments := map[hcc.Segment]int{}
		terms := map[string]int{}
		suppressed := 0
		lawtest.Until(t, func(t *rapid.T) {
			// facts of a segment drawn evenly, so that each is reached
			seg := rapid.SampledFrom([]hcc.Segment{hcc.CNA, hcc.CND, hcc.CFA, hcc.CFD, hcc.CPA, hcc.CPD, hcc.INS, hcc.NE, hcc.SNPNE}).Draw(t, "segment")
			ages := []int{0, 17, 18, 34, 35, 49, 50, 63, 64, 65, 69, 70, 94, 95}
			if seg < hcc.INS {
				if seg == hcc.CNA || seg == hcc.CFA || seg == hcc.CPA {
					ages = ages[9:]
				} else {
					ages = ages[:9]
				}
			}
			duals := [][]string{{"00", "09", ""}, {"02", "04", "08"}, {"01", "03", "05", "06"}}
			p := &hcc.Person{Age: rapid.SampledFrom(ages).Draw(t, "age"), AgeKnown: true,
				Sex:  rapid.SampledFrom([]registry.Sex{registry.Female, registry.Male}).Draw(t, "sex"),
				OREC: rapid.SampledFrom([]string{"0", "1", "2", "3", ""}).Draw(t, "orec"), Dual: rapid.SampledFrom(duals[int(seg-hcc.CNA)/2%3]).Draw(t, "dual"),
				Institutional: seg == hcc.INS, NewEnrollee: seg == hcc.NE || seg == hcc.SNPNE, ChronicSNP: seg == hcc.SNPNE,
				Diagnoses: rapid.SliceOfN(rapid.SampledFrom(pool), 0, 14).Draw(t, "dx")}
			s := m.Score(p)
			x := m.Explain(p)
			segments[s.Segment]++
			if s.Segment != seg {
				t.Fatalf("%v, want %v", s.Segment, seg)
			}
			if x.Score != s {
				t.Fatalf("Explain %+v, Score %+v", x.Score, s)
			}
			sum, float := 0, 0.0
			for _, term := range x.Terms {
				sum += term.Milli
				float += float64(term.Milli) / 1000
				terms[term.Name]++
				if term.Label == "" {
					t.Fatalf("%s has no label", term.Name)
				}
			}
			if sum != s.Milli || math.Abs(float-s.Value()) > 1e-9 {
				t.Fatalf("terms add up to %d: %+v", sum, x)
			}
			// the result is a part of what the codes give; what is gone names an HCC that is there or a rule
			before := map[int]bool{}
			for _, c := range x.Codes {
				if c.Why == "" {
					t.Fatal("no reason", c)
				}
				for _, h := range c.HCCs {
					before[h] = true
				}
			}
			gone := map[int]bool{}
			for _, d := range x.Suppressed {
				suppressed++
				gone[d.HCC] = true
				if !before[d.HCC] || d.Why == "" || d.By != 0 && !before[d.By] {
					t.Fatalf("%+v", d)
				}
			}
			for _, h := range x.HCCs {
				if !before[h] || gone[h] {
					t.Fatalf("HCC %d: %+v", h, x)
				}
			}
			if len(x.HCCs)+len(gone) != len(before) {
				t.Fatalf("%d before, %d gone, %v left", len(before), len(gone), x.HCCs)
			}
			// order, repetition and spelling don't matter
			q := *p
			q.Diagnoses = append(slices.Clone(p.Diagnoses), p.Diagnoses...)
			slices.Reverse(q.Diagnoses)
			for i, c := range q.Diagnoses {
				q.Diagnoses[i] = strings.ToLower(strings.ReplaceAll(c, ".", ""))
			}
			if r := m.Score(&q); r.Milli != s.Milli {
				t.Fatalf("%d becomes %d", s.Milli, r.Milli)
			}
			if s.Segment == hcc.NE || s.Segment == hcc.SNPNE {
				q.Diagnoses = nil
				if m.Score(&q).Milli != s.Milli {
					t.Fatal("a new enrollee's diagnoses count")
				}
			}
		}, func() bool {
			return len(segments) == 9 && suppressed > 0 && (terms["D3"] > 0 || v == hcc.V22) && terms["F65_69"] > 0
		})
	}
}

func BenchmarkScore(b *testing.B) {
	m := model(b, hcc.V28, 2026)
	p := person(72, registry.Female, "0", "02", "E11.22", "I50.9", "J44.9", "N18.4", "F33.1", "I10", "M54.5", "Z79.4")
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		n += m.Score(p).Milli
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "patients/s")
}

func BenchmarkNew(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		model(b, hcc.V28, 2026)
	}
}
