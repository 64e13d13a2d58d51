package points_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/internal/table"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/stratify"
	"github.com/chroniccare/chroniccare/stratify/points"
)

// item is an answer of a published case: an ordinal with its label, or a quantity.
type item struct {
	number float64
	label  string
	year   float64 // of a date
	born   registry.Date
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
			if d, err := registry.ParseDate(v[:10]); err == nil {
				it.born, _ = d.Date()
			}
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
	total            string                               // the expected item
	variant          func(map[string]item) string         // another score for some cases
	places           int                                  // decimals of the expected total
	also             func(stratify.Score, gdlCase) string // what else differs, "" for nothing
}

func TestPublishedCases(t *testing.T) {
	cases, dis := corpus(t), disputed(t)
	for _, g := range slices.Sorted(maps.Keys(cases)) {
		if !slices.ContainsFunc(readers(), func(r reader) bool { return r.guideline == g }) {
			t.Logf("%s: %d cases are not read", g, len(cases[g]))
		}
	}
	for _, r := range readers() {
		m, err := points.New(r.score)
		if err != nil {
			t.Fatal(err)
		}
		agree, argued := 0, 0
		for _, c := range cases[r.guideline] {
			name := r.guideline + " / " + c.ID
			want, ok := c.Expected["1"][slices.Sorted(keys(c.Expected["1"], r.total))[0]]
			m := m
			if r.variant != nil {
				if v := r.variant(items(c.Input["1"])); v != "" {
					if m, err = points.New(v); err != nil {
						t.Fatal(err)
					}
				}
			}
			s := m.Score(r.inputs(items(c.Input["1"])))
			if !ok { // what the case expects is not a total
				switch {
				case len(c.Expected["1"]) == 0 && !s.Scored:
					agree++
				case r.also != nil && s.Scored && r.also(s, c) == "":
					agree++
				case dis[name] == "":
					t.Errorf("%s: no expected total", name)
				default:
					argued++
				}
				continue
			}
			first, _, _ := strings.Cut(want, ",")
			x, err := strconv.ParseFloat(strings.TrimSuffix(first, "%"), 64)
			if err != nil {
				t.Fatalf("%s: %v", name, err)
			}
			got := s.Value
			switch m.Definition().Form {
			case stratify.Share:
				got, _ = strconv.ParseFloat(fmt.Sprintf("%.2f", s.Value), 64)
			case stratify.Logistic:
				got, _ = strconv.ParseFloat(fmt.Sprintf("%.1f", 100*s.Value), 64)
			}
			if r.places > 0 {
				got, _ = strconv.ParseFloat(strconv.FormatFloat(s.Value, 'f', r.places, 64), 64)
			}
			same := s.Scored && got == x
			if same && r.also != nil {
				if more := r.also(s, c); more != "" {
					t.Errorf("%s: %s", name, more)
				}
			}
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
		{guideline: "FINDRISC_Finnish_Diabetes_Risk_Score.v1", score: "findrisc@2003", inputs: func(a map[string]item) stratify.Inputs {
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
		}, total: "FINDRSIC total score"},
		{guideline: "Electronic_Frailty_Index.v1", score: "efi@2016", inputs: func(a map[string]item) stratify.Inputs {
			n := 0.0
			for _, it := range a {
				n += it.number
			}
			return stratify.Inputs{"deficits": stratify.Num(n, "")}
		}, total: "Total Score"},
		{guideline: "ATRIA_stroke_risk_score.v1", score: "atria-stroke@2013", inputs: func(a map[string]item) stratify.Inputs {
			return stratify.Inputs{
				"sex": sexOf(a["Gender"]), "age": stratify.Num(2019-birthYear(a["Birthdate"]), "years"), "prior_stroke": yes(a["Stroke/cerebrovascular accident"]), "diabetes": yes(a["Diabetes Mellitus"]),
				"heart_failure": yes(a["Congestive Heart Failure"]), "hypertension": yes(a["Hypertension"]), "egfr": stratify.Num(a["Estimated Glomerular Filtration Rate"].number, "mL/min/1.73m2"), "dialysis": stratify.YesNo(false),
				"proteinuria": stratify.YesNo(a["Urine microalbumin"].number >= 30 || a["Urine albumin:creatinine ratio"].number >= 30),
			}
		}, total: "ATRIA stroke risk score"},
		{guideline: "CAT_COPD_Assessment_Test.v1", score: "cat@2009", inputs: func(a map[string]item) stratify.Inputs {
			in := stratify.Inputs{}
			for name, it := range a {
				first, _, _ := strings.Cut(name, ".")
				in[strings.ReplaceAll(strings.ToLower(first), " ", "_")] = stratify.Num(it.number, "")
			}
			return in
		}, total: "CAT Score"},
		{guideline: "Ottawa_Heart_Failure_Risk_Scale_OHFRS_guideline.v1", score: "ohfrs@2013", inputs: func(a map[string]item) stratify.Inputs {
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
		}, total: "Total score"},
		{guideline: "H2FPEF_Score_for_Heart_Failure_with_Preserved_Ejection_Fraction.v1", score: "h2fpef@2018", inputs: func(a map[string]item) stratify.Inputs {
			return stratify.Inputs{"age": stratify.Num(a["Age"].number, "years"), "bmi": stratify.Num(a["Body Mass Index"].number, "kg/m2"), "pasp": stratify.Num(a["Pulmonary artery systolic pressure"].number, "mmHg"),
				"e_e": stratify.Num(a["Early mitral inflow velocity/mitral annular early diastolic velocity (E/e') ratio"].number, "1"), "atrial_fibrillation": yes(a["Atrial fibrillation"])}
		}, total: "Probability of heart failure with preserved EF"},
		{guideline: "Australian_type_2_diabetes_risk_ausdrisk_assessment_tool.v1", score: "ausdrisk@2010", inputs: func(a map[string]item) stratify.Inputs {
			in := stratify.Inputs{"sex": sexOf(a["Gender"]), "age": stratify.Num(a["Age"].number, "years"), "indigenous_or_pacific": stratify.YesNo(false), "born_in_risk_region": stratify.YesNo(a["Ethnicity"].label == "Southern European"), "low_limits": stratify.YesNo(false),
				"family_diabetes": yes(a["Parental history of diabetes"]), "high_glucose": yes(a["History of high blood glucose"]), "bp_medicine": yes(a["Use of antihypertensive medications"]), "smoker": yes(a["Current smoker"]), "inactive": yes(a["Physical inactivity"]), "no_vegetables": stratify.YesNo(false)}
			if w, ok := a["Waist circumference"]; ok { // the cases give a category: one value of it
				in["waist"] = stratify.Num(map[float64]float64{0: 80, 4: 105, 7: 111}[w.number], "cm")
			}
			if b, ok := a["Body Mass Index"]; ok {
				in["bmi"] = stratify.Num(b.number, "kg/m2")
			}
			return only(in, variantOf(a))
		}, total: "Total score", variant: variantOf, also: func(s stratify.Score, c gdlCase) string {
			return band(c, "AUSDRISK Score", map[string]float64{"<5": 1, "6-8": 2, "9-11": 3.3, "12-15": 7.1, "16-19": 14.3, ">20": 33.3}, s)
		}},
		{guideline: "CKD-EPI.v1", score: "ckd-epi-table@2009", inputs: func(a map[string]item) stratify.Inputs {
			return stratify.Inputs{"sex": sexOf(a["Gender"]), "age": stratify.Num(float64(registry.Age(a["Birthdate"].born, run)), "years"), "creatinine": stratify.Num(a["Creatinine"].number, "umol/L"), "black": stratify.YesNo(false)}
		}, total: "Estimated GFR", places: 2, also: func(s stratify.Score, c gdlCase) string {
			stage := expected(c, "Stage")
			if !strings.Contains(stage, "|"+s.Band.Name[1:2]+" - ") {
				return fmt.Sprintf("%s, want %s", s.Band.Name, stage)
			}
			return ""
		}},
		{guideline: "Kidney_Failure_Risk_Calculator_guideline.v1", score: "kidney-failure-points@2011", inputs: func(a map[string]item) stratify.Inputs {
			age := a["Age, years"]
			in := stratify.Inputs{"sex": sexOf(a["Sex"]), "age": stratify.Num(within(age.label), "years")}
			for name, x := range map[string][2]string{"egfr": {"eGFR, mL/min/1.73m²", "mL/min/1.73m2"}, "acr": {"Urine albumin-to-creatinine ratio, mg/g", "mg/g"}, "albumin": {"Serum albumin, g/dL", "g/dL"},
				"phosphate": {"Serum phosphorus, mg/dL", "mg/dL"}, "bicarbonate": {"Serum bicarbonate, mEq/L", "mEq/L"}, "calcium": {"Serum calcium, mg/dL", "mg/dL"}} {
				if it, ok := a[x[0]]; ok {
					in[name] = stratify.Num(within(it.label), x[1])
				}
			}
			return in
		}, total: "Risk score"},
		{guideline: "Mumtaz_score_for_readmission_in_cirrhosis.v1", score: "mumtaz@2019", inputs: func(a map[string]item) stratify.Inputs {
			payers := map[string]string{"Private insurance": "private", "Medicare": "medicare", "Medicaid": "medicaid", "Self-pay": "self_pay", "No change or other": "other"}
			to := map[string]string{"Routine": "routine", "Transfer": "transfer", "Home health care": "home_health", "Against medical advice": "against_advice"}
			in := stratify.Inputs{"age": stratify.Num(map[string]float64{"18-39": 39, "40-65": 64, "≥65": 65}[a["Age, years"].label], "years"), "payer": stratify.Word(payers[a["Primary payer"].label]),
				"elixhauser": stratify.Num(map[string]float64{"<3": 2, "≥3": 3}[a["Elixhauser Comorbidity Index"].label], ""), "disposition": stratify.Word(to[a["Disposition"].label])}
			for name, label := range map[string]string{"non_alcoholic": "Non-alcoholic etiology of cirrhosis", "ascites": "Ascites", "encephalopathy": "Hepatic encephalopathy", "variceal_bleeding": "Variceal bleeding",
				"hepatocellular_carcinoma": "Hepatocellular carcinoma", "paracentesis": "Paracentesis during admission", "haemodialysis": "Hemodialysis during admission"} {
				in[name] = stratify.YesNo(a[label].label == "Yes")
			}
			return in
		}, total: "Mumtaz score", also: func(s stratify.Score, c gdlCase) string {
			if want := expected(c, "30-day readmission risk"); s.Band.Percent == nil || fmt.Sprintf("%.1f%%", *s.Band.Percent) != want {
				return fmt.Sprintf("%v, want %s", s.Band, want)
			}
			return ""
		}},
		{guideline: "ABC_stroke_risk_score.v1", score: "abc-stroke-1y@2016", inputs: abcInputs, total: "ABC stroke risk score", places: 2, also: abcRisks},
		{guideline: "Tilburg_frailty_indicator.v1", score: "tilburg@2010", inputs: func(a map[string]item) stratify.Inputs {
			in := stratify.Inputs{}
			m, err := points.New("tilburg@2010")
			if err != nil {
				return in
			}
			for name, it := range a {
				if n, _, ok := strings.Cut(name, "."); ok {
					if i, err := strconv.Atoi(n); err == nil {
						in[m.Definition().Inputs[i-1].Name] = stratify.YesNo(it.label == "Yes")
					}
				}
			}
			return in
		}, total: "Tilburg frailty score"},
		{guideline: "Clinical_frailty_scale.v1", score: "clinical-frailty@2020", inputs: func(a map[string]item) stratify.Inputs {
			return stratify.Inputs{"level": stratify.Num(a["Clinical frailty scale"].number, "")}
		}, total: "Clinical frailty scale score", also: func(s stratify.Score, c gdlCase) string {
			// the scale's authors let the degree of dementia follow that of frailty
			want := map[string]string{"not frail": "No dementia", "mild": "Mild dementia", "moderate": "Moderate dementia", "severe": "Severe dementia", "very severe": "Severe dementia", "terminally ill": "Terminally ill"}[s.Band.Name]
			if got := expected(c, "Assessment"); want == "" || !strings.Contains(got, want) {
				return fmt.Sprintf("%s, want %s", s.Band.Name, got)
			}
			return ""
		}},
	}
}

// run is a day on which the published cases give the ages that they expect.
var run = registry.Day(2019, 6, 1)

// within is a value inside a band that a case names, such as "10-14", "<30" or ">=3.6".
func within(band string) float64 {
	number := func(s string) float64 { x, _ := strconv.ParseFloat(s, 64); return x }
	switch {
	case strings.HasPrefix(band, ">=") || strings.HasPrefix(band, "<="):
		return number(band[2:])
	case strings.HasPrefix(band, ">"):
		return number(band[1:]) + 0.1
	case strings.HasPrefix(band, "<"):
		return number(band[1:]) - 0.1
	}
	low, high, _ := strings.Cut(band, "-")
	return (number(low) + number(high)) / 2
}

func expected(c gdlCase, item string) string {
	for _, k := range slices.Sorted(keys(c.Expected["1"], item)) {
		return c.Expected["1"][k]
	}
	return ""
}

// band compares the percentage of a score's band with the one that a case's label starts with.
func band(c gdlCase, item string, percents map[string]float64, s stratify.Score) string {
	label := strings.Split(expected(c, item), "|")
	if len(label) < 2 {
		return "no expected band"
	}
	start, _, _ := strings.Cut(label[len(label)-2], " ")
	if want, ok := percents[start]; !ok || s.Band.Percent == nil || *s.Band.Percent != want {
		return fmt.Sprintf("%v, want %s", s.Band, start)
	}
	return ""
}

func variantOf(a map[string]item) string {
	return map[string]string{"BMI": "ausdrisk-bmi@2010", "Both": "ausdrisk-waist-bmi@2010"}[a["Obesity parameter"].label]
}

// only keeps what a variant asks for.
func only(in stratify.Inputs, variant string) stratify.Inputs {
	if variant == "ausdrisk-bmi@2010" {
		delete(in, "low_limits")
		delete(in, "waist")
	}
	if variant == "" {
		delete(in, "bmi")
	}
	return in
}

func abcInputs(a map[string]item) stratify.Inputs {
	return stratify.Inputs{"age": stratify.Num(float64(run-a["Birthdate"].born)/365.25, "years"), "troponin_t": stratify.Num(a["cTnT-hs concentration"].number, "ng/L"),
		"nt_probnp": stratify.Num(a["NT-proBNP concentration"].number, "ng/L"), "prior_stroke": stratify.YesNo(a["Prior stroke/TIA"].label == "Yes")}
}

// abcRisks compares the risks over one and three years.
func abcRisks(one stratify.Score, c gdlCase) string {
	m, err := points.New("abc-stroke-3y@2016")
	if err != nil {
		return err.Error()
	}
	for item, s := range map[string]stratify.Score{"1-year risk of stroke/SE": one, "3-year risk of stroke/SE": m.Score(abcInputs(items(c.Input["1"])))} {
		want, _, _ := strings.Cut(expected(c, item), ",")
		switch {
		case want == "" && s.Band.Percent != nil, want != "" && s.Band.Percent == nil:
			return fmt.Sprintf("%s: %v, want %q", item, s.Band, want)
		case want == "":
		case strconv.FormatFloat(*s.Band.Percent, 'f', -1, 64) != strings.TrimSuffix(want, "%"):
			return fmt.Sprintf("%s: %v, want %s", item, *s.Band.Percent, want)
		}
	}
	return ""
}
