package readmission_test

import (
	"errors"
	"math"
	"testing"

	"github.com/chroniccare/chroniccare/stratify"
	"github.com/chroniccare/chroniccare/stratify/readmission"
)

func lace(t *testing.T, stay, comorbidity, visits float64, acute bool) stratify.Score {
	t.Helper()
	m, err := readmission.New("lace@2010")
	if err != nil {
		t.Fatal(err)
	}
	return m.Score(stratify.Inputs{"stay": stratify.Num(stay, "days"), "acute": stratify.YesNo(acute), "comorbidity": stratify.Num(comorbidity, ""), "emergency_visits": stratify.Num(visits, "")})
}

func TestLACEEdges(t *testing.T) {
	for stay, want := range map[float64]float64{0: 0, 1: 1, 2: 2, 3: 3, 4: 4, 6: 4, 7: 5, 13: 5, 14: 7, 90: 7} {
		if s := lace(t, stay, 0, 0, false); s.Value != want {
			t.Errorf("%v days: %v", stay, s)
		}
	}
	for c, want := range map[float64]float64{0: 0, 1: 1, 2: 2, 3: 3, 4: 5, 12: 5} {
		if s := lace(t, 0, c, 0, false); s.Value != want {
			t.Errorf("comorbidity %v: %v", c, s)
		}
	}
	for v, want := range map[float64]float64{0: 0, 3: 3, 4: 4, 5: 4, 40: 4} {
		if s := lace(t, 0, 0, v, false); s.Value != want {
			t.Errorf("%v visits: %v", v, s)
		}
	}
	if s := lace(t, 14, 4, 4, true); s.Value != 19 || *s.Band.Percent != 43.7 || s.Band.Name != "high" {
		t.Error(s)
	}
	if s := lace(t, 6, 2, 0, true); s.Value != 9 || s.Band.Name != "below 10" || *s.Band.Percent != 10.3 {
		t.Error(s)
	}
	if s := lace(t, 6, 3, 0, true); s.Value != 10 || s.Band.Name != "high" || *s.Band.Percent != 12.2 {
		t.Error(s)
	}
	for _, s := range []stratify.Score{lace(t, -1, 0, 0, false), lace(t, 1.5, 0, 0, false), lace(t, 1, math.NaN(), 0, false), lace(t, 1, 0, -2, false)} {
		if s.Scored || len(s.Issues) != 1 {
			t.Error(s)
		}
	}
}

func hospital(t *testing.T, name string, change stratify.Inputs) stratify.Score {
	t.Helper()
	m, err := readmission.New(name)
	if err != nil {
		t.Fatal(err)
	}
	in := stratify.Inputs{"haemoglobin": stratify.Num(13, "g/dL"), "sodium": stratify.Num(140, "mmol/L"), "oncology": stratify.YesNo(false), "procedure": stratify.YesNo(false), "urgent": stratify.YesNo(false), "admissions": stratify.Num(0, ""), "stay": stratify.Num(2, "days")}
	for k, d := range change {
		in[k] = d
	}
	return m.Score(in)
}

// Discharge from an oncology service is two points, not one.
func TestHOSPITAL(t *testing.T) {
	type in = stratify.Inputs
	for _, c := range []struct {
		change in
		want   float64
	}{
		{nil, 0},
		{in{"oncology": stratify.YesNo(true)}, 2},
		{in{"haemoglobin": stratify.Num(11.9, "g/dL")}, 1}, {in{"haemoglobin": stratify.Num(12, "g/dL")}, 0}, {in{"haemoglobin": stratify.Num(119, "g/L")}, 1}, {in{"haemoglobin": stratify.Num(120, "g/L")}, 0},
		{in{"sodium": stratify.Num(134.9, "mmol/L")}, 1}, {in{"sodium": stratify.Num(135, "mEq/L")}, 0},
		{in{"procedure": stratify.YesNo(true)}, 1}, {in{"urgent": stratify.YesNo(true)}, 1},
		{in{"stay": stratify.Num(4, "days")}, 0}, {in{"stay": stratify.Num(5, "days")}, 2},
	} {
		for _, name := range []string{"hospital@2016", "hospital@2013"} {
			if s := hospital(t, name, c.change); s.Value != c.want || !s.Scored {
				t.Errorf("%v: %v %v", c.change, s, s.Issues)
			}
		}
	}
	for n, want := range map[float64][2]float64{0: {0, 0}, 1: {0, 2}, 2: {2, 2}, 5: {2, 2}, 6: {5, 5}} {
		for k, name := range []string{"hospital@2016", "hospital@2013"} {
			if s := hospital(t, name, in{"admissions": stratify.Num(n, "")}); s.Value != want[k] {
				t.Errorf("%v admissions: %v", n, s)
			}
		}
	}
	all := in{"haemoglobin": stratify.Num(9, "g/dL"), "sodium": stratify.Num(130, "mmol/L"), "oncology": stratify.YesNo(true), "procedure": stratify.YesNo(true), "urgent": stratify.YesNo(true), "admissions": stratify.Num(6, ""), "stay": stratify.Num(5, "days")}
	if s := hospital(t, "hospital@2016", all); s.Value != 13 || s.Band.Name != "high" || *s.Band.Percent != 22.8 {
		t.Error(s)
	}
	if s := hospital(t, "hospital@2013", all); s.Band.Name != "high" || s.Band.Percent != nil {
		t.Error(s)
	}
	if s := hospital(t, "hospital@2016", in{"haemoglobin": stratify.Num(130, "")}); s.Scored || !s.Has(stratify.UnitMismatch) {
		t.Error(s)
	}
	if s := hospital(t, "hospital@2016", in{"haemoglobin": stratify.Num(130, "g/dL")}); s.Scored || !s.Has(stratify.OutOfRange) {
		t.Error(s)
	}
}

// PARR-30 comes only on request; its pair of cancers stays as printed.
func TestPARR30OnRequest(t *testing.T) {
	if _, err := readmission.New("parr-30@2012"); !errors.Is(err, readmission.ErrUnconfirmed) {
		t.Error(err)
	}
	if _, err := readmission.NewUnconfirmed("parr-31"); !errors.Is(err, stratify.ErrVersion) {
		t.Error(err)
	}
	m, err := readmission.NewUnconfirmed("parr-30@2012")
	if err != nil {
		t.Fatal(err)
	}
	in := stratify.Inputs{"age": stratify.Num(0, ""), "imd2007": stratify.Num(0, ""), "emergency_admissions": stratify.Num(0, "")}
	for _, w := range m.Definition().Inputs {
		if w.Kind == stratify.Flag {
			in[w.Name] = stratify.YesNo(false)
		}
	}
	if s := m.Score(in); s.Linear != -2.91821 {
		t.Error(s.Linear, s)
	}
	for imd, want := range map[float64]float64{9.99: 0, 10: 0.0209, 15: 0.0239, 25: 0.0661, 40: 0.1017, 50: 0.0982} {
		in["imd2007"] = stratify.Num(imd, "")
		if s := m.Score(in); math.Abs(s.Linear+2.91821-want) > 1e-12 {
			t.Errorf("%v: %v", imd, s.Linear)
		}
	}
	in["imd2007"] = stratify.Num(0, "")
	for name, want := range map[string]float64{
		"emergency_admission_30d": 0.5258, "current_emergency": 0.5565, "congestive_heart_failure": 0.095, "peripheral_vascular_disease": 0.1043, "chronic_pulmonary_disease": 0.2243,
		"diabetes_with_chronic_complications": 0.1457, "renal_disease": 0.1977, "metastatic_cancer_with_solid_tumour": 0.2762, "other_malignant_cancer": 0.5069,
		"moderate_or_severe_liver_disease": 0.2673, "other_liver_disease": 0.2133, "hemiplegia_or_paraplegia": 0.1061, "dementia": 0.0467, "emergency_admissions": 0.1215, "hospital_effect": 1,
	} {
		before, had := in[name]
		in[name] = stratify.Num(1, "")
		if s := m.Score(in); math.Abs(s.Linear+2.91821-want) > 1e-12 {
			t.Errorf("%s: %v", name, s.Linear)
		}
		if in[name] = before; !had {
			delete(in, name)
		}
	}
	in["age"] = stratify.Num(100, "")
	if s := m.Score(in); math.Abs(s.Linear+2.91821-0.60581) > 1e-12 {
		t.Error(s.Linear)
	}
	in["age"] = stratify.Num(0, "")
	delete(in, "dementia") // a missing condition is not an absent one
	if s := m.Score(in); s.Scored || !s.Has(stratify.InputMissing) {
		t.Error(s)
	}
}

func BenchmarkLACE(b *testing.B) {
	m, err := readmission.New("lace@2010")
	if err != nil {
		b.Fatal(err)
	}
	v := m.Bind(stratify.Inputs{"stay": stratify.Num(5, "days"), "acute": stratify.YesNo(true), "comorbidity": stratify.Num(2, ""), "emergency_visits": stratify.Num(6, "")})
	b.ReportAllocs()
	for b.Loop() {
		m.Value(v)
	}
}
