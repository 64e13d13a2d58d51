package main

import (
	"strings"
	"testing"
)

// answers is what the chosen models say of one patient, without loading all models again.
func answers(t *testing.T, all []scorer, models, object string) string {
	t.Helper()
	chosen, err := pick(all, models)
	if err != nil {
		t.Fatal(err)
	}
	asked, err := fieldsOf(chosen, "*")
	if err != nil {
		t.Fatal(err)
	}
	p, faults := parse(object, asked)
	if len(faults) > 0 {
		t.Fatal(faults)
	}
	var b strings.Builder
	for _, s := range chosen {
		if err := text(&b, s.of(p)); err != nil {
			t.Fatal(err)
		}
	}
	return b.String()
}

func TestSexWords(t *testing.T) {
	all, err := scorers(config{})
	if err != nil {
		t.Fatal(err)
	}
	for _, sex := range []string{`"female"`, `"F"`, `"f"`, `"2"`, `2`, `"Female"`} {
		out := answers(t, all, "cms-hcc-v28@py2024,cha2ds2*", `{"id": "a", "age": 70, "sex": `+sex+`, "orec": 0, "dual": "00", "heart_failure": 0, "hypertension": 0, "diabetes": 0, "stroke": 0, "vascular": 0, "diagnoses": []}`)
		expect(t, out, "woman, age 70", "cha2ds2-vasc@2010: 2 points")
	}
	for _, sex := range []string{`"male"`, `"M"`, `"m"`, `"1"`, `1`} {
		out := answers(t, all, "cms-hcc-v28@py2024", `{"id": "a", "age": 70, "sex": `+sex+`, "orec": 0, "dual": "00", "diagnoses": []}`)
		expect(t, out, "man, age 70")
		if strings.Contains(out, "woman") {
			t.Error(out)
		}
	}
}

// An issue names the field, what was read there and what is taken.
func TestIssuesSayWhatWasRead(t *testing.T) {
	all, err := scorers(config{})
	if err != nil {
		t.Fatal(err)
	}
	base := map[string]string{"age": "70", "sex": `"F"`, "orec": "0", "dual": `"00"`, "diagnoses": "[]"}
	for _, c := range []struct{ field, value, models, want string }{
		{"sex", `"X"`, "cms-hcc-v28@py2024", `SEX_MISSING sex: "X" is none of female, male, F, M, 1 (male), 2 (female)`},
		{"sex", `3`, "cms-hcc-v28@py2024", `SEX_MISSING sex: "3" is none of`},
		{"sex", `null`, "cms-hcc-v28@py2024", `SEX_MISSING sex: not given`},
		{"orec", `"7"`, "cms-hcc-v28@py2024", `OREC_MISSING orec: "7" is none of 0, 1, 2, 3: counted as 0`},
		{"orec", `""`, "cms-hcc-v28@py2024", `OREC_MISSING orec: not given: counted as 0`},
		{"dual", `77`, "cms-hcc-v28@py2024", `DUAL_MISSING dual: "77" is none of 00 to 06, 08, 09, NA: counted as non-dual`},
		{"age", `{"value": 840, "unit": "months"}`, "cms-hcc-v28@py2024", `AGE_MISSING age: "840 months" is no age in years, and no day of birth`},
		{"age", `null`, "cms-hcc-v28@py2024", `AGE_MISSING age: not given, and no day of birth`},
		{"age", `-3`, "cms-hcc-v28@py2024", `AGE_NEGATIVE age: "-3"`},
		{"birth", `"1850-01-02"`, "cms-hcc-v28@py2024", `OUT_OF_RANGE birth: 1850-01-02`},
		{"orec", `1`, "cms-hcc-v28@py2024", `woman, age 70`},
		{"esrd", `"yes"`, "cms-hcc-v28@py2024", `OUT_OF_MODEL esrd: dialysis`},
		{"segment", `"abc"`, "cms-hcc-v28@py2024", `OUT_OF_MODEL segment: "abc" is none of CNA, CND`},
		{"segment", `3`, "cms-hcc-v28@py2024", `OUT_OF_MODEL segment: "3" is none of`},
		{"segment", `"CND"`, "cms-hcc-v28@py2024", `SEGMENT_CONFLICT: the segment`},
		{"age", `64, "segment": "CNA"`, "cms-hcc-v28@py2024", `AGE_CELL age: the segment has no factor`},
		{"diagnoses", `["?", "E11.9"]`, "cms-hcc-v28@py2024", `CODE_INVALID: codes that are empty or malformed add nothing: 1`},
		{"age", `{"value": 840, "unit": "months"}`, "hfrs*", `AGE_MISSING age: "840 months" is no age in years; the score is for 75`},
		{"age", `-1`, "hfrs*", `AGE_OUT_OF_MODEL age`},
		{"age", `"old"`, "pqi*", `AGE_MISSING age: "old" is no age in years`},
		{"year", `"24/25"`, "pqi*", `INPUT_MISSING year: "24/25" is no whole number from 1 to 9999`},
		{"quarter", `5`, "elixhauser-refined-mortality@2025.1", `INPUT_MISSING quarter: "5" is no whole number from 1 to 4`},
		{"age", `"<5"`, "cha2ds2*", `AGE_MISSING age: "<5" is not a number`},
		{"age", `true`, "cha2ds2*", `AGE_MISSING age: "true" is not a number`},
		{"smoker", `"sometimes"`, "prevent-base-10y-total_cvd@2023", `INPUT_MISSING smoker: "sometimes" is no choice: it takes yes, no, true, false, 1, 0`},
	} {
		line := `{"id": "a", "` + c.field + `": ` + c.value
		for _, name := range []string{"age", "sex", "orec", "dual", "diagnoses"} {
			if name != c.field {
				line += `, "` + name + `": ` + base[name]
			}
		}
		expect(t, answers(t, all, c.models, line+"}"), c.want)
	}
}

func TestInputsSayTheWords(t *testing.T) {
	for model, want := range map[string][]string{
		"cms-hcc-v28@py2024":              {"  sex                          female, male, F, M, 1 (male), 2 (female)\n", "  orec                         original reason for entitlement: 0, 1, 2, 3\n", "  dual                         dual status: 00 to 06, 08, 09, NA\n", "  medicaid                     yes, no, true, false, 1, 0\n", "  segment                      CNA, CND"},
		"prevent-base-10y-total_cvd@2023": {"category female, male, F, M", "flag     yes, no, true, false, 1, 0 (current smoker)", "mg/dL or mmol/L, from 130, to 320"},
		"pqi-90@v2024":                    {"procedures", "quarter"},
	} {
		out, _, err := try(t, config{models: "inputs:" + model}, "")
		if err != nil {
			t.Fatal(err)
		}
		expect(t, out, want...)
	}
}
