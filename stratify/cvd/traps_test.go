package cvd_test

import (
	"errors"
	"math"
	"testing"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/stratify"
	"github.com/chroniccare/chroniccare/stratify/cvd"
)

func TestUnknownName(t *testing.T) {
	for _, name := range []string{"", "prevent", "prevent-base-20y-ascvd@2023", "qrisk3@2017", "score2"} {
		if m, err := cvd.New(name); !errors.Is(err, stratify.ErrVersion) {
			t.Errorf("%q: %v %v", name, m, err)
		}
	}
}

// The 30-year equations are for 30 to 59 years; some engines answer at every age.
func TestThirtyYearsOnlyTo59(t *testing.T) {
	in := woman()
	for age, want := range map[float64]bool{29: false, 30: true, 59: true, 59.9: true, 60: false} {
		in["age"] = stratify.Num(age, "years")
		s := model(t, cvd.PREVENT("base", 30, "ascvd")).Score(in)
		if s.Scored != want || !want && !s.Has(stratify.AgeOutOfModel) {
			t.Errorf("%v: %v", age, s)
		}
	}
	for age, want := range map[float64]bool{29: false, 30: true, 79: true, 80: false} {
		in["age"] = stratify.Num(age, "years")
		if s := model(t, cvd.PREVENT("base", 10, "ascvd")).Score(in); s.Scored != want {
			t.Errorf("%v: %v", age, s)
		}
	}
}

// HDL counts per 0.3 mmol/L, and mg/dL becomes mmol/L by 0.02586.
func TestHDLPerThirdOfAMillimole(t *testing.T) {
	m := model(t, cvd.PREVENT("base", 10, "ascvd"))
	in := woman()
	in["hdl"], in["tc"] = stratify.Num(1.6, "mmol/L"), stratify.Num(5.6, "mmol/L")
	s := m.Score(in)
	for _, term := range s.Terms {
		switch term.Name {
		case "hdl":
			if math.Abs(term.Input-1) > 1e-12 || math.Abs(term.Points+0.151185) > 1e-12 {
				t.Errorf("%+v", term)
			}
		case "nonhdl":
			if math.Abs(term.Input-0.5) > 1e-12 {
				t.Errorf("%+v", term)
			}
		}
	}
	in = woman()
	in["hdl"] = stratify.Num(100, "mg/dL")
	for _, term := range m.Score(in).Terms {
		if term.Name == "hdl" && math.Abs(term.Input-(2.586-1.3)/0.3) > 1e-12 {
			t.Errorf("%+v", term)
		}
	}
}

// What an outcome does not need is not asked for.
func TestHeartFailureNeedsNoCholesterol(t *testing.T) {
	in := woman()
	delete(in, "tc")
	delete(in, "hdl")
	delete(in, "statin")
	s := model(t, cvd.PREVENT("base", 10, "heart_failure")).Score(in)
	if !s.Scored || math.Abs(s.Value-0.081) > 0.0005 {
		t.Error(s)
	}
	for _, term := range s.Terms {
		for _, f := range term.Facts {
			if f == "tc" || f == "hdl" || f == "statin" {
				t.Errorf("%+v", term)
			}
		}
	}
	if s := model(t, cvd.PREVENT("base", 10, "ascvd")).Score(in); s.Scored || len(s.Issues) != 3 {
		t.Error(s)
	}
}

// An absent extra takes its own term, and the extended model remains itself.
func TestAbsentExtra(t *testing.T) {
	m := model(t, cvd.PREVENT("full", 10, "total_cvd"))
	in := woman()
	has := func(s stratify.Score, name string) float64 {
		for _, term := range s.Terms {
			if term.Name == name {
				return term.Input
			}
		}
		t.Errorf("no term %s", name)
		return 0
	}
	s := m.Score(in)
	if has(s, "missing_uacr") != 1 || has(s, "missing_hba1c") != 1 || has(s, "missing_sdi") != 1 || has(s, "hba1c_dm") != 0 {
		t.Error(s.Terms)
	}
	in["hba1c"], in["sdi"] = stratify.Num(6.3, "%"), stratify.Num(6, "")
	s = m.Score(in)
	if has(s, "missing_hba1c") != 0 || math.Abs(has(s, "hba1c_dm")-1) > 1e-12 || has(s, "hba1c_nodm") != 0 || has(s, "sdi_4_6") != 1 || has(s, "sdi_7_10") != 0 {
		t.Error(s.Terms)
	}
}

// Nothing is clamped or floored: the published equation speaks, whatever it says.
func TestNoClamps(t *testing.T) {
	in := stratify.Inputs{"sex": stratify.Word("male"), "age": stratify.Num(74, "years"), "bmi": stratify.Num(45, "kg/m2"), "sbp": stratify.Num(200, "mmHg"), "bp_treated": stratify.YesNo(true), "smoker": stratify.YesNo(true), "diabetes": stratify.YesNo(true)}
	if s := model(t, "framingham-bmi@2008").Score(in); !(s.Value > 0.9) {
		t.Error(s)
	}
	in = stratify.Inputs{"sex": stratify.Word("female"), "age": stratify.Num(30, "years"), "bmi": stratify.Num(20, "kg/m2"), "sbp": stratify.Num(95, "mmHg"), "bp_treated": stratify.YesNo(false), "smoker": stratify.YesNo(false), "diabetes": stratify.YesNo(false)}
	if s := model(t, "framingham-bmi@2008").Score(in); !s.Scored || !(s.Value < 0.01) {
		t.Error(s)
	}
}

// Regions are recalibrations, not multipliers: at low risk "high" lies below "moderate".
func TestRegionsAreNoOrder(t *testing.T) {
	m := model(t, "score2@2021")
	in := stratify.Inputs{"sex": stratify.Word("male"), "age": stratify.Num(40, "years"), "smoker": stratify.YesNo(false), "sbp": stratify.Num(110, "mmHg"), "tc": stratify.Num(4.5, "mmol/L"), "hdl": stratify.Num(1.5, "mmol/L"), "diabetes": stratify.YesNo(false)}
	for region, want := range map[string]float64{"low": 0.95, "moderate": 1.07, "high": 0.83, "very_high": 1.91} {
		in["region"] = stratify.Word(region)
		if s := m.Score(in); math.Abs(100*s.Value-want) > 0.005 {
			t.Errorf("%s: %v", region, s)
		}
	}
	in["diabetes"] = stratify.YesNo(true) // not in the target population
	if s := m.Score(in); !s.Scored || !s.Has(stratify.Extrapolated) {
		t.Error(s)
	}
}

func TestSCORE2ByAge(t *testing.T) {
	for age, want := range map[int]string{40: "score2@2021", 69: "score2@2021", 70: "score2-op@2021", 89: "score2-op@2021"} {
		m := model(t, cvd.SCORE2(age))
		in := stratify.Inputs{"sex": stratify.Word("female"), "region": stratify.Word("high"), "age": stratify.Num(float64(age), "years"), "smoker": stratify.YesNo(false), "sbp": stratify.Num(140, "mmHg"), "tc": stratify.Num(5.5, "mmol/L"), "hdl": stratify.Num(1.3, "mmol/L"), "diabetes": stratify.YesNo(false)}
		if s := m.Score(in); m.Name() != want || !s.Scored {
			t.Errorf("%d: %v", age, s)
		}
		in["age"] = stratify.Num(float64(age+60), "years")
		if s := m.Score(in); s.Scored {
			t.Errorf("%d: %v", age+60, s)
		}
	}
}

func TestSCORE2Diabetes(t *testing.T) {
	m := model(t, "score2-diabetes@2023")
	in := stratify.Inputs{"sex": stratify.Word("male"), "region": stratify.Word("low"), "age": stratify.Num(60, "years"), "smoker": stratify.YesNo(false), "sbp": stratify.Num(140, "mmHg"), "tc": stratify.Num(5.5, "mmol/L"), "hdl": stratify.Num(1.3, "mmol/L"),
		"diabetes": stratify.YesNo(true), "age_at_diagnosis": stratify.Num(60, "years"), "hba1c": stratify.Num(50, "mmol/mol"), "egfr": stratify.Num(90, "mL/min/1.73m2")}
	if s := m.Score(in); math.Abs(100*s.Value-8.4) > 0.05 {
		t.Error(s)
	}
	in["age_at_diagnosis"] = stratify.Num(61, "years")
	if s := m.Score(in); s.Scored || !s.Has(stratify.OutOfRange) {
		t.Errorf("diagnosed after today: %v", s)
	}
	in["age_at_diagnosis"], in["diabetes"] = stratify.Num(60, "years"), stratify.YesNo(false)
	if s := m.Score(in); s.Scored || !s.Has(stratify.OutOfModel) {
		t.Errorf("without diabetes: %v", s)
	}
	in["diabetes"], in["hdl"] = stratify.YesNo(true), stratify.Num(5.2, "mmol/L")
	in["tc"] = stratify.Num(5.1, "mmol/L")
	if s := m.Score(in); s.Scored || !s.Has(stratify.OutOfRange) {
		t.Errorf("HDL above total cholesterol: %v", s)
	}
}

// UCUM units and quantities of a record are taken; bounds are no numbers.
func TestQuantitiesOfARecord(t *testing.T) {
	m := model(t, cvd.PREVENT("base", 10, "ascvd"))
	in := woman()
	want := m.Score(in).Value
	q := func(coef int64, unit string) stratify.Datum {
		return stratify.FromQuantity(registry.Quantity{Value: registry.Num(coef, 0), Unit: unit})
	}
	in["sex"], in["age"], in["sbp"], in["egfr"], in["tc"] = stratify.FromSex(registry.Female), q(50, "a"), q(160, "mm[Hg]"), q(90, "mL/min/{1.73_m2}"), q(200, "mg/dl")
	if s := m.Score(in); s.Value != want {
		t.Error(s)
	}
	in["sex"] = stratify.FromSex(registry.OtherSex)
	if s := m.Score(in); s.Scored || !s.Has(stratify.SexMissing) {
		t.Error(s)
	}
	in = woman()
	in["egfr"] = stratify.FromQuantity(registry.Quantity{Value: registry.Num(60, 0), Comparator: registry.MoreThan, Unit: "mL/min/{1.73_m2}"})
	if s := m.Score(in); s.Scored || len(s.Issues) != 1 || s.Issues[0].Input != "egfr" {
		t.Error(s)
	}
}

// Conversions don't push a value at an end of the range over it.
func TestRangeEndsInOtherUnits(t *testing.T) {
	m := model(t, cvd.PREVENT("base", 10, "ascvd"))
	for _, mgdl := range []float64{130, 320} {
		in := woman()
		in["tc"] = stratify.Num(mgdl*0.02586, "mmol/L")
		if s := m.Score(in); !s.Scored {
			t.Errorf("%v mg/dL in mmol/L: %v", mgdl, s)
		}
	}
	in := woman()
	in["tc"] = stratify.Num(5.2, "mg/dL") // mmol/L under the wrong name
	if s := m.Score(in); s.Scored || !s.Has(stratify.OutOfRange) {
		t.Error(s)
	}
}

func BenchmarkPREVENTValue(b *testing.B) {
	m := model(b, cvd.PREVENT("base", 10, "total_cvd"))
	v := m.Bind(woman())
	b.ReportAllocs()
	for b.Loop() {
		m.Value(v)
	}
}

func BenchmarkPREVENTBindAndValue(b *testing.B) {
	m := model(b, cvd.PREVENT("base", 10, "total_cvd"))
	v, in := m.Vector(), woman()
	b.ReportAllocs()
	for b.Loop() {
		v.Bind(in)
		m.Value(v)
	}
}

func BenchmarkPREVENTExplain(b *testing.B) {
	m := model(b, cvd.PREVENT("base", 10, "total_cvd"))
	v := m.Bind(woman())
	b.ReportAllocs()
	for b.Loop() {
		m.Explain(v)
	}
}

func BenchmarkSCORE2Value(b *testing.B) {
	m := model(b, "score2@2021")
	v := m.Bind(stratify.Inputs{"region": stratify.Word("very_high"), "sex": stratify.Word("male"), "age": stratify.Num(50, "years"), "smoker": stratify.YesNo(true), "sbp": stratify.Num(140, "mmHg"), "tc": stratify.Num(6.3, "mmol/L"), "hdl": stratify.Num(1.4, "mmol/L"), "diabetes": stratify.YesNo(false)})
	b.ReportAllocs()
	for b.Loop() {
		m.Value(v)
	}
}

func BenchmarkCompile(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := cvd.New("score2@2021"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkModels(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := cvd.Models(); err != nil {
			b.Fatal(err)
		}
	}
}

func TestFastPathDoesNotAllocate(t *testing.T) {
	for _, m := range everyModel(t) {
		v, in := m.Vector(), woman()
		in["race"], in["region"], in["age_at_diagnosis"] = stratify.Word("other"), stratify.Word("low"), stratify.Num(45, "years")
		for name := range in {
			if m.Index(name) < 0 {
				delete(in, name)
			}
		}
		if n := testing.AllocsPerRun(20, func() { v.Bind(in); m.Value(v) }); n != 0 {
			if _, ok := m.Value(v); ok {
				t.Errorf("%s: %v allocations", m.Name(), n)
			}
		}
	}
}

// The deciles of deprivation: 1 to 3 are the reference, 4 to 6 and 7 to 10 have a term each.
func TestDeciles(t *testing.T) {
	m := model(t, cvd.PREVENT("sdi", 10, "total_cvd"))
	for sdi := 1; sdi <= 10; sdi++ {
		in := woman()
		in["sdi"] = stratify.Num(float64(sdi), "")
		s := m.Score(in)
		for _, term := range s.Terms {
			want := 0.0
			switch {
			case term.Name == "sdi_4_6" && sdi >= 4 && sdi <= 6, term.Name == "sdi_7_10" && sdi >= 7:
				want = 1
			case term.Name != "sdi_4_6" && term.Name != "sdi_7_10" && term.Name != "missing_sdi":
				continue
			}
			if term.Input != want {
				t.Errorf("decile %d: %s is %v", sdi, term.Name, term.Input)
			}
		}
	}
	for _, sdi := range []float64{0, 11, 4.5} {
		in := woman()
		in["sdi"] = stratify.Num(sdi, "")
		if s := m.Score(in); s.Scored || !s.Has(stratify.OutOfRange) {
			t.Errorf("decile %v: %v", sdi, s)
		}
	}
}

// The splines at and around their knots, by the formulas as they are printed.
func TestSplines(t *testing.T) {
	m := model(t, cvd.PREVENT("base", 30, "ascvd"))
	hf := model(t, cvd.PREVENT("base", 10, "heart_failure"))
	for _, sbp := range []float64{90, 109, 110, 111, 180} {
		for _, bmi := range []float64{18.5, 29.9, 30, 30.1, 39.9} {
			for _, egfr := range []float64{15, 59, 60, 61, 90, 140} {
				in := woman()
				in["sbp"], in["bmi"], in["egfr"] = stratify.Num(sbp, "mmHg"), stratify.Num(bmi, "kg/m2"), stratify.Num(egfr, "mL/min/1.73m2")
				want := map[string]float64{
					"sbp_lt110": (min(sbp, 110) - 110) / 20, "sbp_ge110": (max(sbp, 110) - 130) / 20, "bmi_lt30": (min(bmi, 30) - 25) / 5, "bmi_ge30": (max(bmi, 30) - 30) / 5,
					"egfr_lt60": (min(egfr, 60) - 60) / -15, "egfr_ge60": (max(egfr, 60) - 90) / -15, "age": (50.0 - 55) / 10, "age_sq": 0.25,
					"nonhdl": (200-45)*0.02586 - 3.5, "hdl": (45*0.02586 - 1.3) / 0.3, "age_egfr_lt60": -0.5 * (min(egfr, 60) - 60) / -15, "age_bmi_ge30": -0.5 * (max(bmi, 30) - 30) / 5, "bptx_sbp_ge110": (max(sbp, 110) - 130) / 20,
				}
				seen := 0
				for _, s := range []stratify.Score{m.Score(in), hf.Score(in)} {
					if !s.Scored {
						t.Fatal(s)
					}
					for _, term := range s.Terms {
						if x, ok := want[term.Name]; ok {
							seen++
							if math.Abs(x-term.Input) > 1e-12 {
								t.Errorf("sbp %v, bmi %v, egfr %v: %s is %v, want %v", sbp, bmi, egfr, term.Name, term.Input, x)
							}
						}
					}
				}
				if seen < 12 {
					t.Fatalf("%d terms compared", seen)
				}
			}
		}
	}
}

// The published ranges, at both ends and one step beyond: nothing is scored outside, save
// where the bounds are unconfirmed, and then it is flagged.
func TestPublishedRanges(t *testing.T) {
	base := woman()
	base["diabetes"] = stratify.YesNo(true)
	base["race"], base["region"], base["age_at_diagnosis"] = stratify.Word("other"), stratify.Word("moderate"), stratify.Num(45, "years")
	base["hba1c"], base["uacr"], base["sdi"] = stratify.Num(7, "%"), stratify.Num(30, "mg/g"), stratify.Num(5, "")
	p10, p30 := cvd.PREVENT("full", 10, "total_cvd"), cvd.PREVENT("full", 30, "total_cvd")
	for _, c := range []struct {
		model, input, unit string
		low, high, step    float64
	}{
		{"pce@2013", "age", "years", 40, 79, 1}, {"pce@2018", "age", "years", 40, 79, 1}, {"framingham-lipids@2008", "age", "years", 30, 74, 1}, {"framingham-bmi@2008", "age", "years", 30, 74, 1},
		{"score2@2021", "age", "years", 40, 69, 1}, {"score2-op@2021", "age", "years", 70, 89, 1}, {"score2-asia-pacific@2025", "age", "years", 40, 69, 1}, {"score2-diabetes@2023", "age", "years", 40, 69, 1},
		{p10, "age", "years", 30, 79, 1}, {p30, "age", "years", 30, 59, 1}, {p10, "sbp", "mmHg", 90, 180, 0.5}, {p10, "tc", "mg/dL", 130, 320, 0.5}, {p10, "hdl", "mg/dL", 20, 100, 0.5}, {p10, "uacr", "mg/g", 0.1, 25000, 0.05}, {p10, "sdi", "", 1, 10, 1},
	} {
		m := model(t, c.model)
		for _, x := range []float64{c.low - c.step, c.low, c.high, c.high + c.step} {
			in := stratify.Inputs{}
			for name, d := range base {
				if m.Index(name) >= 0 {
					in[name] = d
				}
			}
			if c.model == "score2-op@2021" {
				in["age"] = stratify.Num(75, "years")
			}
			if c.model == "score2@2021" || c.model == "score2-asia-pacific@2025" {
				in["diabetes"] = stratify.YesNo(false)
			}
			if c.input == "age" {
				in["age_at_diagnosis"] = stratify.Num(20, "years")
				if m.Index("age_at_diagnosis") < 0 {
					delete(in, "age_at_diagnosis")
				}
			}
			in[c.input] = stratify.Num(x, c.unit)
			s := m.Score(in)
			inside := x >= c.low && x <= c.high
			code := stratify.OutOfRange
			if c.input == "age" {
				code = stratify.AgeOutOfModel
			}
			if s.Scored != inside || s.Has(code) == inside {
				t.Errorf("%s, %s %v: %v", c.model, c.input, x, s)
			}
		}
	}
	for name, ends := range map[string][2]float64{"egfr": {15, 140}, "bmi": {18.5, 39.9}} {
		for _, x := range []float64{ends[0] - 0.1, ends[0], ends[1], ends[1] + 0.1} {
			in := woman()
			in[name] = stratify.Num(x, map[string]string{"egfr": "mL/min/1.73m2", "bmi": "kg/m2"}[name])
			s := model(t, cvd.PREVENT("base", 10, "heart_failure")).Score(in)
			if !s.Scored || s.Has(stratify.Extrapolated) != (x < ends[0] || x > ends[1]) {
				t.Errorf("%s %v: %v %v", name, x, s, s.Issues)
			}
		}
	}
}

// Glycated haemoglobin in both units: the master equation of NGSP and IFCC, and its inverse.
func TestHaemoglobinUnits(t *testing.T) {
	m := model(t, cvd.PREVENT("hba1c", 10, "total_cvd"))
	in := woman()
	in["hba1c"] = stratify.Num(53, "mmol/mol")
	for _, u := range m.Score(in).Inputs {
		if u.Name == "hba1c" && math.Abs(u.Value-(0.09148*53+2.152)) > 1e-12 {
			t.Errorf("53 mmol/mol is %v", u)
		}
	}
	d := model(t, "score2-diabetes@2023")
	in = stratify.Inputs{"sex": stratify.Word("male"), "region": stratify.Word("low"), "age": stratify.Num(60, "years"), "smoker": stratify.YesNo(false), "sbp": stratify.Num(140, "mmHg"), "tc": stratify.Num(5.5, "mmol/L"), "hdl": stratify.Num(1.3, "mmol/L"),
		"diabetes": stratify.YesNo(true), "age_at_diagnosis": stratify.Num(60, "years"), "hba1c": stratify.Num(7, "%"), "egfr": stratify.Num(90, "mL/min/1.73m2")}
	s := d.Score(in)
	if !s.Scored {
		t.Fatal(s)
	}
	for _, u := range s.Inputs {
		if u.Name == "hba1c" && math.Abs(u.Value-53) > 0.01 {
			t.Errorf("7 %% is %v", u)
		}
	}
	in["age_at_diagnosis"] = stratify.Num(61, "years")
	if s := d.Score(in); s.Scored || !s.Has(stratify.OutOfRange) {
		t.Errorf("diagnosed after today: %v", s)
	}
}
