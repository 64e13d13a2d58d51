package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func try(t *testing.T, c config, in string) (out, progress string, err error) {
	t.Helper()
	var a, b bytes.Buffer
	if c.out == "" {
		c.out = "text"
	}
	err = run(c, strings.NewReader(in), &a, &b)
	return a.String(), b.String(), err
}

func TestSample(t *testing.T) {
	out, _, err := try(t, config{models: "charlson-quan2005*,cha2ds2*,prevent-base-10y-total_cvd@2023"}, sample)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"amara\n", "0.1468 probability", "diab does not count beside diabwc", "+0.8668  dm", "cha2ds2-vasc@2010: 4 points", "INPUT_MISSING stroke", "SEX_MISSING sex: \"unknown\" is no choice", "UNIT_MISMATCH tc", "CODE_INVALID: codes that are empty or malformed add nothing: 1"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	again, _, _ := try(t, config{models: "charlson-quan2005*,cha2ds2*,prevent-base-10y-total_cvd@2023"}, sample)
	if out != again {
		t.Error("two runs differ")
	}
}

func TestModelsOfCodes(t *testing.T) {
	in := `{"id": "m", "birth": "1947-06-30", "sex": "female", "orec": "1", "dual": "03", "age": 76, "diagnoses": ["E08.3293", "E13.9", "F03.90", "F03", "R41.0", "W19"]}
{"id": "o", "icd": 9, "age": 80, "diagnoses": ["4280"]}`
	out, _, err := try(t, config{models: "cms-hcc-v28@py2024,hfrs*,elixhauser-refined-mortality@2025.1,charlson-quan2005@charlson1987", out: "csv"}, in)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"m,cms-hcc-v28@py2024,", "m,hfrs@2018,8,points,intermediate,\n", "INDEX_WITHOUT_POA", "o,charlson-quan2005@charlson1987,1,points,,\n", "o,hfrs@2018,,points,,OUT_OF_MODEL icd: the score is for ICD-10\n"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
}

// Facts of the segment, dates and codes reach the models, and terms name their codes.
func TestFactsOfCodes(t *testing.T) {
	in := `{"id": "i", "age": 60, "sex": "male", "orec": "1", "medicaid": true, "institutional": true, "diagnoses": ["A41.9", "L89.154", "I50.9", "E11.9"]}
{"id": "n", "age": 64, "sex": "female", "orec": "0", "dual": "00", "new_enrollee": true, "diagnoses": []}
{"id": "s", "age": 70, "sex": "female", "orec": "0", "segment": "INS", "diagnoses": []}
{"id": "x", "age": 70, "sex": "female", "orec": "0", "segment": "ABC", "diagnoses": []}
{"id": "e", "age": 70, "sex": "female", "orec": "0", "dual": "00", "esrd": true, "diagnoses": []}
{"id": "p", "year": 2016, "quarter": 3, "poa": "YN", "diagnoses": ["J18.9", "I69.310"]}
{"id": "q", "year": 2016, "quarter": 4, "poa": "YNq", "diagnoses": ["J18.9", "I69.310", "I10"]}
{"id": "r", "year": 2010, "quarter": 4, "poa": "YN", "diagnoses": ["J18.9", "I69.310"]}`
	out, _, err := try(t, config{models: "cms-hcc-v24@py2022,elixhauser-refined-mortality@2025.1,charlson-se2021@charlson1987,elixhauser-quan2005@ahrq2017-mortality", out: "csv"}, in)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"i,cms-hcc-v24@py2022,3.828,", "n,cms-hcc-v24@py2022,", "s,cms-hcc-v24@py2022,", "x,cms-hcc-v24@py2022,,risk score,,\"OUT_OF_MODEL segment", "e,cms-hcc-v24@py2022,,risk score,,OUT_OF_MODEL",
		"p,elixhauser-refined-mortality@2025.1,0,points", "q,elixhauser-refined-mortality@2025.1,5,points,,POA_INVALID", "r,elixhauser-refined-mortality@2025.1,5,points,,TABLE_RANGE"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	out, _, err = try(t, config{models: "cms-hcc-v24@py2022,elixhauser-refined-mortality@2025.1,elixhauser-quan2005@ahrq2017-mortality,charlson-se2021@charlson1987", out: "json"}, `{"id": "a", "age": 70, "sex": "female", "orec": "0", "dual": "00", "poa": "YYY", "diagnoses": ["I10", "I50.9", "I63.9"]}
{"id": "b", "icd": 9, "diagnoses": ["4280"]}`)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"name":"HCC85"`, `"facts":["I50.9"]`, `"name":"CBVD"`, `"facts":["I63.9"]`, `"name":"htn"`, `"facts":["I10"]`, `the paper has no list of ICD-9`} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
}

func TestAvoidableAdmission(t *testing.T) {
	in := `{"id": "a", "age": 70, "sex": "male", "year": 2024, "quarter": 2, "diagnoses": ["I50.9", "E11.9"]}
{"id": "b", "age": 70, "sex": "male", "year": 2024, "quarter": 2, "diagnoses": ["S72.001A"]}
{"id": "c", "age": 70, "sex": "male", "diagnoses": ["I50.9"]}`
	out, _, err := try(t, config{models: "pqi*,elixhauser-refined-readmission@2025.1", out: "csv"}, in)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"a,pqi-90@v2024,1,flag,", "b,pqi-90@v2024,0,flag,", "c,pqi-90@v2024,,flag,,OUT_OF_MODEL", "a,elixhauser-refined-readmission@2025.1,0,points,"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
}

func TestCSVAndJSON(t *testing.T) {
	in := "id,age,sex,stay (days),acute,comorbidity,emergency_visits,diagnoses\na,70,male,5,yes,2,6,I50.9; E11.9\nb,70,male,x,no,,0,\n"
	out, _, err := try(t, config{models: "lace*,charlson-quan2005@charlson1987", out: "json", csv: true, ignore: "age, s?x"}, in)
	if err != nil {
		t.Fatal(err)
	}
	var lines []map[string]any
	for l := range strings.Lines(out) {
		var x map[string]any
		if err := json.Unmarshal([]byte(l), &x); err != nil {
			t.Fatal(err)
		}
		lines = append(lines, x["score"].(map[string]any))
	}
	if len(lines) != 4 || lines[0]["value"] != 13.0 || lines[1]["value"] != 2.0 || lines[2]["value"] != nil || len(lines[2]["issues"].([]any)) != 2 {
		t.Errorf("%s", out)
	}
}

func TestProgress(t *testing.T) {
	var in strings.Builder
	for i := range 2500 {
		fmt.Fprintf(&in, "{\"id\": \"p%d\", \"deficits\": 7}\n", i)
	}
	_, progress, err := try(t, config{models: "efi*", progress: 1000}, in.String())
	if err != nil || progress != "1000 patients, 1000 scores\n2000 patients, 2000 scores\n" {
		t.Errorf("%v %s", err, progress)
	}
}

func TestListAndInputs(t *testing.T) {
	out, _, err := try(t, config{models: "list"}, "")
	if err != nil || !strings.Contains(out, "score2@2021") || !strings.Contains(out, "cms-hcc-v24@py2022") || strings.Contains(out, "parr-30") {
		t.Errorf("%v %s", err, out)
	}
	out, _, err = try(t, config{models: "list", unconfirmed: true}, "")
	if err != nil || !strings.Contains(out, "parr-30@2012") {
		t.Errorf("%v %s", err, out)
	}
	out, _, err = try(t, config{models: "inputs:score2@2021"}, "")
	if err != nil || !strings.Contains(out, "mmol/L or mg/dL") || !strings.Contains(out, "low, moderate, high, very_high") {
		t.Errorf("%v %s", err, out)
	}
}

func TestOwnModel(t *testing.T) {
	file := filepath.Join(t.TempDir(), "own.json")
	if err := os.WriteFile(file, []byte(`{"name": "wards@2026", "source": "our own", "form": "points", "inputs": [{"name": "visits", "kind": "count"}], "equations": [{"terms": [{"coef": 2, "product": ["visits"]}]}]}`), 0o600); err != nil {
		t.Fatal(err)
	}
	out, _, err := try(t, config{models: "wards*", definition: file}, `{"id": "a", "visits": 3, "age": 4}`)
	if err != nil || !strings.Contains(out, "wards@2026: 6 points") {
		t.Errorf("%v %s", err, out)
	}
}

func TestWrongCalls(t *testing.T) {
	for _, c := range []config{{models: "nosuch*"}, {models: "inputs:nosuch"}, {models: "["}, {models: "lace*", out: "xml"}, {models: "lace*", definition: "no such file"}, {models: "lace*", csv: true}} {
		if _, _, err := try(t, c, ""); !errors.Is(err, errUsage) {
			t.Errorf("%+v: %v", c, err)
		}
	}
}
