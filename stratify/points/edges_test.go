package points_test

import (
	"math"
	"testing"

	"github.com/chroniccare/chroniccare/stratify"
	"github.com/chroniccare/chroniccare/stratify/points"
)

func base(t *testing.T, name string) (*stratify.Model, stratify.Inputs) {
	t.Helper()
	m, err := points.New(name)
	if err != nil {
		t.Fatal(err)
	}
	in := stratify.Inputs{}
	for _, w := range m.Definition().Inputs {
		switch w.Kind {
		case stratify.Flag, stratify.Count:
			in[w.Name] = stratify.Num(0, "")
		case stratify.Category:
			in[w.Name] = stratify.Word(w.Choices[0])
		}
	}
	return m, in
}

// Every boundary of the published bands, on both sides.
func TestEdges(t *testing.T) {
	type edge struct {
		score, input string
		unit         string
		at           []float64
		want         []float64 // what the term gives at each value
		term         string
		sex          string
	}
	for _, e := range []edge{
		{"findrisc@2003", "age", "years", []float64{44, 44.9, 45, 54, 55, 64, 65}, []float64{0, 0, 2, 2, 3, 3, 4}, "age", "male"},
		{"findrisc@2003", "bmi", "kg/m2", []float64{24.99, 25, 30, 30.01}, []float64{0, 1, 1, 3}, "bmi", "male"},
		{"findrisc@2003", "waist", "cm", []float64{93.9, 94, 102, 102.1}, []float64{0, 3, 3, 4}, "waist", "male"},
		{"findrisc@2003", "waist", "cm", []float64{79.9, 80, 88, 88.1}, []float64{0, 3, 3, 4}, "waist", "female"},
		{"bode@2004", "fev1", "%", []float64{65, 64.9, 50, 49.9, 36, 35.9}, []float64{0, 1, 1, 2, 2, 3}, "O", ""},
		{"bode@2004", "walk", "m", []float64{350, 349, 250, 249, 150, 149}, []float64{0, 1, 1, 2, 2, 3}, "E", ""},
		{"bode@2004", "mmrc", "", []float64{0, 1, 2, 3, 4}, []float64{0, 0, 1, 2, 3}, "D", ""},
		{"bode@2004", "bmi", "kg/m2", []float64{21, 21.01}, []float64{1, 0}, "B", ""},
		{"cha2ds2-vasc@2010", "age", "years", []float64{64, 65, 74, 75, 74.99}, []float64{0, 1, 1, 2, 1}, "A", "male"},
		{"ausdrisk@2010", "age", "years", []float64{25, 34, 35, 44, 45, 54, 55, 64, 65}, []float64{0, 0, 2, 2, 4, 4, 6, 6, 8}, "age", "male"},
		{"ausdrisk@2010", "waist", "cm", []float64{101.9, 102, 110, 110.1}, []float64{0, 4, 4, 7}, "waist", "male"},
		{"ausdrisk@2010", "waist", "cm", []float64{87.9, 88, 100, 100.1}, []float64{0, 4, 4, 7}, "waist", "female"},
		{"atria-stroke@2013", "age", "years", []float64{64, 65, 74, 75, 84, 85}, []float64{0, 3, 3, 5, 5, 6}, "age_without_stroke", "male"},
		{"ausdrisk-bmi@2010", "bmi", "kg/m2", []float64{24.9, 25, 29.9, 30, 34.9, 35}, []float64{0, 3, 3, 6, 6, 8}, "bmi", "male"},
		{"kidney-failure-points@2011", "egfr", "mL/min/1.73m2", []float64{10, 14.9, 15, 45, 49.9, 50, 55, 60}, []float64{-35, -35, -30, 0, 0, 5, 10, 10}, "egfr", "male"},
		{"kidney-failure-points@2011", "acr", "mg/g", []float64{29.9, 30, 300, 300.1}, []float64{0, -14, -14, -22}, "acr", "male"},
		{"kidney-failure-points@2011", "acr", "mg/mmol", []float64{3.3, 3.4, 33.9, 34}, []float64{0, -14, -14, -22}, "acr", "male"},
		{"kidney-failure-points@2011", "albumin", "g/dL", []float64{2.5, 2.6, 3, 3.1, 3.5, 3.6}, []float64{-5, 0, 0, 2, 2, 4}, "albumin", "male"},
		{"kidney-failure-points@2011", "phosphate", "mg/dL", []float64{3.4, 3.5, 4.5, 4.6, 5.5, 5.6}, []float64{3, 0, 0, -3, -3, -5}, "phosphate", "male"},
		{"kidney-failure-points@2011", "bicarbonate", "mmol/L", []float64{17.9, 18, 22.9, 23, 25, 25.1}, []float64{-7, -4, -4, -1, -1, 0}, "bicarbonate", "male"},
		{"kidney-failure-points@2011", "calcium", "mg/dL", []float64{8.5, 8.6, 9.5, 9.6}, []float64{-3, 0, 0, 2}, "calcium", "male"},
		{"kidney-failure-points@2011", "age", "years", []float64{29, 30, 39, 40, 59, 60, 89, 90}, []float64{-4, -2, -2, 0, 2, 4, 8, 10}, "age", "male"},
		{"mumtaz@2019", "age", "years", []float64{18, 39.9, 40, 64, 65}, []float64{7, 7, 4, 4, 0}, "age", ""},
		{"mumtaz@2019", "elixhauser", "", []float64{2, 3}, []float64{0, 2}, "elixhauser_3", ""},
		{"abc-stroke-1y@2016", "age", "years", []float64{44, 44.1, 50, 50.1, 85.1, 90, 95}, []float64{0, 0.375, 0.375, 0.75, 3.125, 3.125, 3.125}, "age", ""},
		{"abc-stroke-1y@2016", "nt_probnp", "ng/L", []float64{0, 25, 25.1, 30, 5175, 5176, 9000}, []float64{0, 0, 0.263, 0.263, 9.703, 10, 10}, "nt_probnp", ""},
	} {
		m, in := base(t, e.score)
		for name, d := range map[string]stratify.Datum{"age": stratify.Num(30, "years"), "bmi": stratify.Num(22, "kg/m2"), "waist": stratify.Num(70, "cm"), "fev1": stratify.Num(90, "%"), "walk": stratify.Num(500, "m"), "egfr": stratify.Num(50, "mL/min/1.73m2"),
			"acr": stratify.Num(10, "mg/g"), "albumin": stratify.Num(4, "g/dL"), "phosphate": stratify.Num(4, "mg/dL"), "bicarbonate": stratify.Num(26, "mmol/L"), "calcium": stratify.Num(9, "mg/dL"),
			"troponin_t": stratify.Num(1, "ng/L"), "nt_probnp": stratify.Num(25, "ng/L")} {
			if m.Index(name) >= 0 {
				in[name] = d
			}
		}
		if e.sex != "" {
			in["sex"] = stratify.Word(e.sex)
		}
		for i, x := range e.at {
			in[e.input] = stratify.Num(x, e.unit)
			s := m.Score(in)
			found := false
			for _, term := range s.Terms {
				if term.Name == e.term {
					found = true
					if term.Points != e.want[i] {
						t.Errorf("%s %s %v: %v points, want %v", e.score, e.input, x, term.Points, e.want[i])
					}
				}
			}
			if !found {
				t.Errorf("%s: no term %s (%v)", e.score, e.term, s)
			}
		}
	}
}

func TestBandsOfFrailty(t *testing.T) {
	m, in := base(t, "efi@2016")
	for k, want := range map[float64]string{0: "fit", 4: "fit", 5: "mild", 8: "mild", 9: "moderate", 12: "moderate", 13: "severe", 36: "severe"} {
		in["deficits"] = stratify.Num(k, "")
		if s := m.Score(in); s.Band.Name != want || s.Value != k/36 {
			t.Errorf("%v deficits: %v", k, s)
		}
	}
	for _, bad := range []float64{-1, 37, 4.5} {
		in["deficits"] = stratify.Num(bad, "")
		if s := m.Score(in); s.Scored || !s.Has(stratify.OutOfRange) {
			t.Errorf("%v deficits: %v", bad, s)
		}
	}
}

// Both ends of every published range are reached.
func TestRanges(t *testing.T) {
	highest := func(name string, in stratify.Inputs) float64 {
		m, all := base(t, name)
		for _, w := range m.Definition().Inputs {
			if w.Kind == stratify.Flag {
				all[w.Name] = stratify.YesNo(true)
			}
		}
		for k, d := range in {
			all[k] = d
		}
		s := m.Score(all)
		if !s.Scored {
			t.Errorf("%v", s)
		}
		return s.Value
	}
	old := stratify.Num(90, "years")
	for _, c := range []struct {
		name string
		in   stratify.Inputs
		want float64
	}{
		{"findrisc@2003", stratify.Inputs{"age": old, "bmi": stratify.Num(40, "kg/m2"), "waist": stratify.Num(150, "cm"), "family": stratify.Word("first_degree")}, 26},
		{"bode@2004", stratify.Inputs{"fev1": stratify.Num(20, "%"), "walk": stratify.Num(0, "m"), "mmrc": stratify.Num(4, ""), "bmi": stratify.Num(18, "kg/m2")}, 10},
		{"cha2ds2-vasc@2010", stratify.Inputs{"age": old, "sex": stratify.Word("female")}, 9},
		{"ohfrs@2013", nil, 15},
	} {
		if got := highest(c.name, c.in); got != c.want {
			t.Errorf("%s: highest %v, want %v", c.name, got, c.want)
		}
	}
}

func TestBandsOfScores(t *testing.T) {
	for _, c := range []struct {
		name   string
		inputs []string // each adds up to most points
		most   float64
		want   map[float64]string
	}{
		{"cat@2009", []string{"cough", "phlegm", "chest_tightness", "breathlessness", "activities", "confidence", "sleep", "energy"}, 5, map[float64]string{0: "low", 9: "low", 10: "medium", 20: "medium", 21: "high", 30: "high", 31: "very high", 40: "very high"}},
		{"ohfrs@2013", []string{"stroke", "walk_heart_rate_110", "arrival_saturation_90", "urea_12", "nt_probnp_5000"}, 1, map[float64]string{0: "low", 1: "medium", 2: "medium", 3: "high", 4: "high", 5: "very high"}},
	} {
		m, in := base(t, c.name)
		for total, want := range c.want {
			rest := total
			for _, name := range c.inputs {
				in[name] = stratify.Num(min(rest, c.most), "")
				rest -= min(rest, c.most)
			}
			if s := m.Score(in); s.Value != total || s.Band.Name != want {
				t.Errorf("%v: %v, want %s", total, s, want)
			}
		}
	}
}

// Nobody is older than 130.
func TestOldest(t *testing.T) {
	m, in := base(t, "cha2ds2-vasc@2010")
	for age, want := range map[float64]bool{0: true, 130: true, 131: false, -1: false} {
		in["age"] = stratify.Num(age, "years")
		if s := m.Score(in); s.Scored != want {
			t.Errorf("%v: %v", age, s)
		}
	}
}

// The kidney equations against their formula, written out another way.
func TestKidneyEquations(t *testing.T) {
	for _, c := range []struct {
		name, sex             string
		kappa, alpha, beta, f float64
		constant, black       float64
	}{
		{"ckd-epi@2021", "female", 0.7, -0.241, -1.2, 0.9938, 142 * 1.012, 0},
		{"ckd-epi@2021", "male", 0.9, -0.302, -1.2, 0.9938, 142, 0},
		{"ckd-epi@2009", "female", 0.7, -0.329, -1.209, 0.993, 141 * 1.018, 1.159},
		{"ckd-epi@2009", "male", 0.9, -0.411, -1.209, 0.993, 141, 1.159},
		{"ckd-epi-table@2009", "female", 0.7, -0.329, -1.209, 0.993, 144, 166. / 144},
		{"ckd-epi-table@2009", "male", 0.9, -0.411, -1.209, 0.993, 141, 163. / 141},
	} {
		m, err := points.New(c.name)
		if err != nil {
			t.Fatal(err)
		}
		for _, age := range []float64{18, 50, 90} {
			for _, creatinine := range []float64{0.4, c.kappa, 1, 3.5} {
				for _, black := range []bool{false, true} {
					in := stratify.Inputs{"sex": stratify.Word(c.sex), "age": stratify.Num(age, "years"), "creatinine": stratify.Num(creatinine, "mg/dL")}
					want := c.constant * math.Pow(math.Min(creatinine/c.kappa, 1), c.alpha) * math.Pow(math.Max(creatinine/c.kappa, 1), c.beta) * math.Pow(c.f, age)
					if c.black != 0 {
						in["black"] = stratify.YesNo(black)
						if black {
							want *= c.black
						}
					}
					if s := m.Score(in); !s.Scored || math.Abs(s.Value-want) > 1e-9*want || s.Unit != "mL/min/{1.73_m2}" {
						t.Errorf("%s %s %v %v: %v, want %v", c.name, c.sex, age, creatinine, s, want)
					}
					in["creatinine"] = stratify.Num(creatinine*88.4, "umol/L")
					if s := m.Score(in); math.Abs(s.Value-want) > 1e-9*want {
						t.Errorf("umol/L: %v, want %v", s, want)
					}
				}
			}
		}
	}
	m, _ := points.New("ckd-epi@2021")
	in := stratify.Inputs{"sex": stratify.Word("male"), "age": stratify.Num(50, "years"), "creatinine": stratify.Num(1, "")}
	if s := m.Score(in); s.Scored || !s.Has(stratify.UnitMismatch) {
		t.Errorf("a creatinine without its unit: %v %v", s, s.Issues)
	}
}
