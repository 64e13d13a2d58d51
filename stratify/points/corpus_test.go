package points_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/internal/table"
	"github.com/chroniccare/chroniccare/stratify"
	"github.com/chroniccare/chroniccare/stratify/points"
)

// item is an answer of a published case: an ordinal with its label, or a quantity.
type item struct {
	number float64
	label  string
	year   float64 // of a date
}

type gdlCase struct {
	ID       string
	Input    map[string]map[string]string
	Expected map[string]map[string]string
}

// items reads the answers by their labels without the leading identifier.
func items(raw map[string]string) map[string]item {
	out := map[string]item{}
	for key, v := range raw {
		_, name, _ := strings.Cut(key, "|")
		var it item
		parts := strings.Split(v, "|")
		if len(parts) >= 3 {
			it.label = parts[len(parts)-2]
		}
		if len(v) > 10 && v[4] == '-' {
			it.year, _ = strconv.ParseFloat(v[:4], 64)
		}
		first, _, _ := strings.Cut(parts[0], ",")
		it.number, _ = strconv.ParseFloat(first, 64)
		out[name] = it
	}
	return out
}

func corpus(t *testing.T) map[string][]gdlCase {
	t.Helper()
	dir := os.Getenv("CHRONICCARE_CORPUS")
	if dir == "" {
		t.Skip("CHRONICCARE_CORPUS is not set")
	}
	b, err := os.ReadFile(filepath.Join(dir, "stratify", "gdl_cases.json"))
	if err != nil {
		t.Fatal(err)
	}
	var c struct{ Guidelines map[string][]gdlCase }
	if err := json.Unmarshal(b, &c); err != nil {
		t.Fatal(err)
	}
	return c.Guidelines
}

func disputed(t *testing.T) map[string]string {
	t.Helper()
	b, err := os.ReadFile("testdata/disputed.csv")
	if err != nil {
		t.Fatal(err)
	}
	tb, err := table.Parse("disputed", string(b))
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for _, r := range tb.Rows {
		out[r[0]+" / "+r[1]] = r[2]
	}
	return out
}

// reader says how a guideline's cases are put to the score of that name.
type reader struct {
	guideline, score string
	inputs           func(map[string]item) stratify.Inputs
	total            string // the expected item
}

func TestPublishedCases(t *testing.T) {
	cases, dis := corpus(t), disputed(t)
	for _, r := range readers() {
		m, err := points.New(r.score)
		if err != nil {
			t.Fatal(err)
		}
		agree, argued := 0, 0
		for _, c := range cases[r.guideline] {
			name := r.guideline + " / " + c.ID
			want, ok := c.Expected["1"][slices.Sorted(keys(c.Expected["1"], r.total))[0]]
			if !ok {
				if dis[name] == "" {
					t.Errorf("%s: no expected total", name)
				}
				argued++
				continue
			}
			first, _, _ := strings.Cut(want, ",")
			x, err := strconv.ParseFloat(strings.TrimSuffix(first, "%"), 64)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			s := m.Score(r.inputs(items(c.Input["1"])))
			got := s.Value
			switch m.Definition().Form {
			case stratify.Share:
				got, _ = strconv.ParseFloat(fmt.Sprintf("%.2f", s.Value), 64)
			case stratify.Logistic:
				got, _ = strconv.ParseFloat(fmt.Sprintf("%.1f", 100*s.Value), 64)
			}
			same := s.Scored && got == x
			reason, isDisputed := dis[name]
			switch {
			case same && isDisputed:
				t.Errorf("%s agrees, so it is not disputed (%s)", name, reason)
			case !same && !isDisputed:
				t.Errorf("%s: %v %v, want %v (%v)", name, got, s.Scored, x, s.Issues)
			case same:
				agree++
			default:
				argued++
			}
		}
		if agree+argued == 0 {
			t.Logf("%s: no cases", r.guideline)
			continue
		}
		t.Logf("%s: %d agree, %d disputed", r.guideline, agree, argued)
	}
}

// keys yields the keys that end in the name, at least an empty one.
func keys(m map[string]string, name string) func(func(string) bool) {
	return func(yield func(string) bool) {
		found := false
		for k := range m {
			if strings.HasSuffix(k, "|"+name) {
				found = true
				if !yield(k) {
					return
				}
			}
		}
		if !found {
			yield("")
		}
	}
}

func yes(it item) stratify.Datum { return stratify.YesNo(it.label == "Yes" || it.number > 0) }

func birthYear(it item) float64 { return it.year }

func sexOf(it item) stratify.Datum { return stratify.Word(strings.ToLower(it.label)) }

func readers() []reader {
	return []reader{
		{"FINDRISC_Finnish_Diabetes_Risk_Score.v1", "findrisc@2003", func(a map[string]item) stratify.Inputs {
			family := "none"
			switch l := a["Family history of diabetes"].label; {
			case strings.Contains(l, "1st"):
				family = "first_degree"
			case strings.Contains(l, "2nd"):
				family = "second_degree"
			}
			return stratify.Inputs{
				"sex": sexOf(a["Gender"]), "age": stratify.Num(a["Age"].number, "years"), "bmi": stratify.Num(a["Body Mass Index"].number, "kg/m2"), "waist": stratify.Num(a["Waist circumference"].number, "cm"),
				"bp_medicine": yes(a["Use of blood pressure medication"]), "high_glucose": yes(a["History of high blood glucose"]), "inactive": stratify.YesNo(strings.HasPrefix(a["Physical activity"].label, "<")),
				"no_vegetables": stratify.YesNo(a["Daily consumption of vegetables, fruits, or berries"].label == "No"), "family": stratify.Word(family),
			}
		}, "FINDRSIC total score"},
		{"Electronic_Frailty_Index.v1", "efi@2016", func(a map[string]item) stratify.Inputs {
			n := 0.0
			for _, it := range a {
				n += it.number
			}
			return stratify.Inputs{"deficits": stratify.Num(n, "")}
		}, "Total Score"},
		{"ATRIA_stroke_risk_score.v1", "atria-stroke@2013", func(a map[string]item) stratify.Inputs {
			return stratify.Inputs{
				"sex": sexOf(a["Gender"]), "age": stratify.Num(2019-birthYear(a["Birthdate"]), "years"), "prior_stroke": yes(a["Stroke/cerebrovascular accident"]), "diabetes": yes(a["Diabetes Mellitus"]),
				"heart_failure": yes(a["Congestive Heart Failure"]), "hypertension": yes(a["Hypertension"]), "egfr": stratify.Num(a["Estimated Glomerular Filtration Rate"].number, "mL/min/1.73m2"), "dialysis": stratify.YesNo(false),
				"proteinuria": stratify.YesNo(a["Urine microalbumin"].number >= 30 || a["Urine albumin:creatinine ratio"].number >= 30),
			}
		}, "ATRIA stroke risk score"},
		{"CAT_COPD_Assessment_Test.v1", "cat@2009", func(a map[string]item) stratify.Inputs {
			in := stratify.Inputs{}
			for name, it := range a {
				first, _, _ := strings.Cut(name, ".")
				in[strings.ReplaceAll(strings.ToLower(first), " ", "_")] = stratify.Num(it.number, "")
			}
			return in
		}, "CAT Score"},
		{"Ottawa_Heart_Failure_Risk_Scale_OHFRS_guideline.v1", "ohfrs@2013", func(a map[string]item) stratify.Inputs {
			in := stratify.Inputs{}
			for start, name := range map[string]string{"Stroke": "stroke", "Intubation": "intubation", "Heart rate on": "arrival_heart_rate_110", "SaO": "arrival_saturation_90", "Heart rate ≥": "walk_heart_rate_110",
				"New isch": "ischaemic_ecg", "Urea": "urea_12", "Serum CO": "co2_35", "Troponin": "troponin", "NT-": "nt_probnp_5000"} {
				for label, it := range a {
					if strings.HasPrefix(label, start) {
						in[name] = yes(it)
					}
				}
			}
			return in
		}, "Total score"},
		{"H2FPEF_Score_for_Heart_Failure_with_Preserved_Ejection_Fraction.v1", "h2fpef@2018", func(a map[string]item) stratify.Inputs {
			return stratify.Inputs{"age": stratify.Num(a["Age"].number, "years"), "bmi": stratify.Num(a["Body Mass Index"].number, "kg/m2"), "pasp": stratify.Num(a["Pulmonary artery systolic pressure"].number, "mmHg"),
				"e_e": stratify.Num(a["Early mitral inflow velocity/mitral annular early diastolic velocity (E/e') ratio"].number, "1"), "atrial_fibrillation": yes(a["Atrial fibrillation"])}
		}, "Probability of heart failure with preserved EF"},
		{"Australian_type_2_diabetes_risk_ausdrisk_assessment_tool.v1", "ausdrisk@2010", func(a map[string]item) stratify.Inputs {
			in := stratify.Inputs{"sex": sexOf(a["Gender"]), "age": stratify.Num(a["Age"].number, "years"), "indigenous_or_pacific": stratify.YesNo(false), "born_in_risk_region": stratify.YesNo(a["Ethnicity"].label == "Southern European"), "low_limits": stratify.YesNo(false),
				"family_diabetes": yes(a["Parental history of diabetes"]), "high_glucose": yes(a["History of high blood glucose"]), "bp_medicine": yes(a["Use of antihypertensive medications"]), "smoker": yes(a["Current smoker"]), "inactive": yes(a["Physical inactivity"]), "no_vegetables": stratify.YesNo(false)}
			if w, ok := a["Waist circumference"]; ok { // the cases give a category: one value of it
				in["waist"] = stratify.Num(map[float64]float64{0: 80, 4: 105, 7: 111}[w.number], "cm")
			}
			return in
		}, "Total score"},
	}
}
