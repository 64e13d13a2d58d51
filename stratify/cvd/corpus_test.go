package cvd_test

import (
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/stratify"
	"github.com/chroniccare/chroniccare/stratify/cvd"
)

func corpus(t *testing.T, name string, into any) {
	t.Helper()
	dir := os.Getenv("CHRONICCARE_CORPUS")
	if dir == "" {
		t.Skip("CHRONICCARE_CORPUS is not set")
	}
	b, err := os.ReadFile(filepath.Join(dir, "stratify", name))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, into); err != nil {
		t.Fatal(err)
	}
}

func model(t testing.TB, name string) *stratify.Model {
	t.Helper()
	m, err := cvd.New(name)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// anyAge is the model asked outside its ages, as the reference engines do.
func anyAge(t testing.TB, name string) *stratify.Model {
	t.Helper()
	m, err := model(t, name).With(stratify.Change{Set: stratify.SetOutside, Input: "age", Outside: stratify.Extrapolate})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func score(t *testing.T, m *stratify.Model, in stratify.Inputs) (float64, stratify.Score) {
	t.Helper()
	mine := stratify.Inputs{}
	for _, want := range m.Definition().Inputs {
		if d, ok := in[want.Name]; ok {
			mine[want.Name] = d
		}
	}
	s := m.Score(mine)
	if v, ok := m.Value(m.Bind(mine)); v != s.Value || ok != s.Scored {
		t.Fatalf("%s: Value %v %v, Explain %v %v", m.Name(), v, ok, s.Value, s.Scored)
	}
	return s.Value, s
}

func TestPREVENTAndPCECorpus(t *testing.T) {
	var c struct{ Prevent [][]any }
	corpus(t, "cvd_prevent_pce_frs.json", &c)
	published := map[string]*stratify.Model{}
	model := func(t testing.TB, name string) *stratify.Model {
		if published[name] == nil {
			published[name] = model(t, name)
		}
		return published[name]
	}
	models := map[string]*stratify.Model{}
	get := func(name string) *stratify.Model {
		if models[name] == nil {
			models[name] = anyAge(t, name)
		}
		return models[name]
	}
	rows, risks, refused, none := 0, 0, 0, 0
	for i, r := range c.Prevent {
		p := r[0].(map[string]any)
		n := func(key, unit string) stratify.Datum { return stratify.Num(p[key].(float64), unit) }
		b := func(key string) stratify.Datum { return stratify.YesNo(p[key].(bool)) }
		in := stratify.Inputs{
			"sex": stratify.Word(p["sex"].(string)), "age": n("age", "years"), "sbp": n("sbp", "mmHg"), "tc": n("total_c", "mg/dL"), "hdl": n("hdl_c", "mg/dL"),
			"bp_treated": b("bp_tx"), "statin": b("statin"), "diabetes": b("dm"), "smoker": b("smoking"), "egfr": n("egfr", "mL/min/1.73m2"), "bmi": n("bmi", "kg/m2"),
			"race": stratify.Word(map[string]string{"B": "black", "W": "other"}[r[4].(string)]),
		}
		for k, e := range []struct{ name, unit string }{{"hba1c", "%"}, {"uacr", "mg/g"}, {"sdi", ""}} {
			if r[1+k] != nil {
				in[e.name] = stratify.Num(r[1+k].(float64), e.unit)
			}
		}
		set := cvd.PREVENTSet(in)
		if set != r[5] {
			t.Fatalf("row %d: set %s, want %v", i, set, r[5])
		}
		for h, years := range []int{10, 30} {
			for k, outcome := range cvd.Outcomes() {
				want := r[6+h].([]any)[k].(float64)
				name := cvd.PREVENT(set, years, outcome)
				got, s := score(t, get(name), in)
				if !s.Scored || math.Abs(got-want) > 1e-9 {
					t.Errorf("row %d %s: %v, want %v (%v)", i, name, got, want, s.Issues)
				}
				risks++
				if age := p["age"].(float64); years == 30 && age > 59 {
					if _, ok := model(t, name).Value(model(t, name).Bind(in)); ok {
						t.Errorf("row %d %s answers at %v", i, name, age)
					}
					refused++
				}
			}
		}
		for k, name := range []string{"pce@2013", "pce@2018"} {
			want, ok := r[8+k].(float64)
			if !ok { // the engine gives none outside the ages; neither do we
				if _, s := score(t, model(t, name), in); s.Scored || !s.Has(stratify.AgeOutOfModel) {
					t.Errorf("row %d %s: %v", i, name, s)
				}
				none++
				continue
			}
			if got, s := score(t, model(t, name), in); !s.Scored || math.Abs(got-want) > 1e-9 {
				t.Errorf("row %d %s: %v, want %v (%v)", i, name, got, want, s.Issues)
			}
			risks++
		}
		rows++
	}
	if rows == 0 || refused == 0 {
		t.Fatal("no rows")
	}
	t.Logf("%d rows, %d risks, %d 30-year risks refused for age unless asked, %d without PCE for age", rows, risks, refused, none)
}

// The third engine floors at 1 % and caps the BMI version at 30 %, and rounds means.
func TestFraminghamCorpus(t *testing.T) {
	var c struct{ Cvrisk [][]any }
	corpus(t, "cvd_prevent_pce_frs.json", &c)
	lipids, bmi, pce := anyAge(t, "framingham-lipids@2008"), anyAge(t, "framingham-bmi@2008"), anyAge(t, "pce@2013")
	pce, err := pce.With(
		stratify.Change{Set: stratify.SetMean, When: []string{"female", "other"}, To: -29.18}, stratify.Change{Set: stratify.SetMean, When: []string{"female", "black"}, To: 86.61},
		stratify.Change{Set: stratify.SetMean, When: []string{"male", "other"}, To: 61.18}, stratify.Change{Set: stratify.SetMean, When: []string{"male", "black"}, To: 19.54})
	if err != nil {
		t.Fatal(err)
	}
	agree := 0
	for i, r := range c.Cvrisk {
		p := r[0].(map[string]any)
		n := func(key, unit string) stratify.Datum { return stratify.Num(p[key].(float64), unit) }
		race := "other"
		if p["race"] == "aa" {
			race = "black"
		}
		in := stratify.Inputs{"sex": stratify.Word(p["gender"].(string)), "race": stratify.Word(race), "age": n("age", "years"), "bmi": n("bmi", "kg/m2"), "tc": n("totchol", "mg/dL"), "hdl": n("hdl", "mg/dL"),
			"sbp": n("sbp", "mmHg"), "bp_treated": n("bp_med", ""), "smoker": n("smoker", ""), "diabetes": n("diabetes", "")}
		for k, m := range []*stratify.Model{pce, lipids, bmi} {
			want, ok := r[1+k].(float64)
			if !ok {
				continue
			}
			got, s := score(t, m, in)
			got = math.Max(100*got, 1)
			if k == 2 {
				got = math.Min(got, 30)
			}
			if !s.Scored || math.Abs(got-want) > 0.005+1e-9 {
				t.Errorf("row %d %s: %v, want %v (%v)", i, m.Name(), got, want, s.Issues)
				continue
			}
			agree++
		}
	}
	if agree == 0 {
		t.Fatal("no rows")
	}
	t.Logf("%d risks agree", agree)
}

func TestSCORE2Corpus(t *testing.T) {
	var c struct {
		Published [][]any `json:"published_rows"`
		Rows      [][]any `json:"rows"`
		Diabetes  [][]any `json:"diabetes_rows"`
	}
	corpus(t, "score2.json", &c)
	region := func(x any) stratify.Datum {
		return stratify.Word(strings.ReplaceAll(strings.ToLower(x.(string)), " ", "_"))
	}
	check := func(kind string, i int, m *stratify.Model, in stratify.Inputs, want any) {
		w, ok := want.(float64)
		if !ok {
			t.Errorf("%s %d: no expected value", kind, i)
			return
		}
		got, s := score(t, m, in)
		if !s.Scored || math.Abs(100*got-w) > 0.05+1e-9 {
			t.Errorf("%s %d %s: %v, want %v (%v)", kind, i, m.Name(), 100*got, want, s.Issues)
		}
	}
	for i, r := range append(c.Published, c.Rows...) {
		age := r[1].(float64)
		in := stratify.Inputs{"region": region(r[0]), "age": stratify.Num(age, "years"), "sex": stratify.Word(r[2].(string)), "smoker": stratify.Num(r[3].(float64), ""), "sbp": stratify.Num(r[4].(float64), "mmHg"),
			"diabetes": stratify.Num(r[5].(float64), ""), "tc": stratify.Num(r[6].(float64), "mmol/L"), "hdl": stratify.Num(r[7].(float64), "mmol/L")}
		check("row", i, model(t, cvd.SCORE2(int(age))), in, r[8])
		if len(r) > 9 {
			check("asia", i, anyAge(t, "score2-asia-pacific@2025"), in, r[9])
		}
	}
	for i, r := range c.Diabetes {
		in := stratify.Inputs{"region": region(r[0]), "age": stratify.Num(r[1].(float64), "years"), "sex": stratify.Word(r[2].(string)), "smoker": stratify.Num(r[3].(float64), ""), "sbp": stratify.Num(r[4].(float64), "mmHg"), "diabetes": stratify.YesNo(true),
			"tc": stratify.Num(r[5].(float64), "mmol/L"), "hdl": stratify.Num(r[6].(float64), "mmol/L"), "age_at_diagnosis": stratify.Num(r[7].(float64), "years"), "hba1c": stratify.Num(r[8].(float64), "mmol/mol"), "egfr": stratify.Num(r[9].(float64), "mL/min/1.73m2")}
		check("diabetes", i, anyAge(t, "score2-diabetes@2023"), in, r[10])
	}
	if len(c.Rows) == 0 || len(c.Diabetes) == 0 {
		t.Fatal("no rows")
	}
}
