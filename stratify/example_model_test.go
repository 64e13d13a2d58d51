package stratify_test

import (
	"encoding/json"
	"fmt"
	"math"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/stratify"
)

func ends(x float64) *float64 { return &x }

// A small model of one's own: a logistic equation of age and smoking.
func own() stratify.Definition {
	return stratify.Definition{
		Name:   "example@2026",
		Source: "made up for the manual",
		Form:   stratify.Logistic,
		Inputs: []stratify.Input{
			{Name: "age", Kind: stratify.Years, Unit: "years", Low: ends(40), High: ends(80)},
			{Name: "smoker", Kind: stratify.Flag},
		},
		Factors:   []stratify.Factor{{Name: "decades", Input: "age", Transform: stratify.Centre, C: 60, S: 10}},
		Equations: []stratify.Equation{{Constant: -2, Terms: []stratify.Coefficient{{Coef: 0.5, Product: []string{"decades"}}, {Coef: 0.75, Product: []string{"smoker"}}}}},
	}
}

func ExampleCompile() {
	m, err := stratify.Compile(own())
	if err != nil {
		fmt.Println(err)
		return
	}
	s := m.Score(stratify.Inputs{"age": stratify.Num(70, "years"), "smoker": stratify.YesNo(true)})
	for _, t := range s.Terms {
		fmt.Println(t.Name, t.Points)
	}
	fmt.Println(s)
	// Output:
	// decades 0.5
	// smoker 0.75
	// constant -2
	// example@2026: 0.3208 probability
}

func ExampleDefinition() {
	// Every fault at once, with the field.
	bad := own()
	bad.Form = "guess"
	bad.Inputs[0].Low = ends(90)
	_, err := stratify.Compile(bad)
	fmt.Println(err)
	// Output:
	// model "example@2026": stratify: faulty table: form "guess" is unknown
	// stratify: faulty range: input "age": from 90 to 80
}

func ExampleModel() {
	m, _ := stratify.Compile(own())
	v := m.Vector() // reuse it from person to person
	v.Set(m.Index("age"), 60)
	v.Set(m.Index("smoker"), 0)
	p, ok := m.Value(v)
	fmt.Printf("%.4f %v %v\n", p, ok, m.Explain(v).Value == p)
	// Output: 0.1192 true true
}

func ExampleVector() {
	m, _ := stratify.Compile(own())
	v := m.Vector()
	_, ok := m.Value(v)
	fmt.Println(ok)
	fmt.Println(m.Explain(v))
	// Output:
	// false
	// example@2026: not computable (AGE_MISSING age: needed by the model, INPUT_MISSING smoker: needed by the model)
}

func ExampleInputs() {
	m, _ := stratify.Compile(own())
	s := m.Score(stratify.Inputs{"age": stratify.Num(85, "years"), "smoker": stratify.YesNo(false)})
	fmt.Println(s)
	// Output: example@2026: not computable (AGE_OUT_OF_MODEL age: 85 is outside the validated range, 40 to 80 (years))
}

func ExampleInput() {
	d := own()
	d.Inputs[0].Outside = stratify.Clamp
	m, _ := stratify.Compile(d)
	s := m.Score(stratify.Inputs{"age": stratify.Num(85, "years"), "smoker": stratify.YesNo(false)})
	fmt.Println(s, s.Inputs[0].Value, s.Issues[0].Code)
	// Output: example@2026: 0.2689 probability 80 CLAMPED
}

func ExampleDatum() {
	var in stratify.Inputs
	err := json.Unmarshal([]byte(`{"age": 62, "smoker": true, "sex": "female", "tc": {"value": 5.2, "unit": "mmol/L"}, "hdl": null}`), &in)
	fmt.Println(err, in["age"].Value, in["smoker"].Value, in["sex"].Text, in["tc"], math.IsNaN(in["hdl"].Value))
	// Output: <nil> 62 1 female {5.2 mmol/L } true
}

func ExampleNum() {
	// A unit where the model knows several, none where it knows one.
	m, _ := stratify.Compile(own())
	fmt.Println(m.Score(stratify.Inputs{"age": stratify.Num(60, ""), "smoker": stratify.YesNo(false)}))
	fmt.Println(m.Score(stratify.Inputs{"age": stratify.Num(720, "months"), "smoker": stratify.YesNo(false)}))
	// Output:
	// example@2026: 0.1192 probability
	// example@2026: not computable (UNIT_MISMATCH age: "months" is not years)
}

func ExampleYesNo() {
	m, _ := stratify.Compile(own())
	for _, smokes := range []bool{false, true} {
		fmt.Println(m.Score(stratify.Inputs{"age": stratify.Num(60, "years"), "smoker": stratify.YesNo(smokes)}))
	}
	// Output:
	// example@2026: 0.1192 probability
	// example@2026: 0.2227 probability
}

func ExampleFromQuantity() {
	q := registry.Quantity{Value: registry.Num(74, -1), Unit: "%"}
	fmt.Println(stratify.FromQuantity(q))
	q.Comparator = registry.MoreThan
	fmt.Println(stratify.FromQuantity(q).Text)
	// Output:
	// {7.4 % }
	// >7.4 %
}

func ExampleFromSex() {
	// A sex that the model has no equation for is no score, and never a guess.
	m := bySex()
	for _, sex := range []registry.Sex{registry.Female, registry.OtherSex} {
		fmt.Println(m.Score(stratify.Inputs{"age": stratify.Num(60, "years"), "smoker": stratify.YesNo(false), "sex": stratify.FromSex(sex)}))
	}
	// Output:
	// example@2026: 0.1192 probability
	// example@2026: not computable (SEX_MISSING sex: "other" is no choice)
}

func ExampleWord() {
	m := bySex()
	for _, word := range []string{"male", "Male"} {
		fmt.Println(m.Score(stratify.Inputs{"age": stratify.Num(60, "years"), "smoker": stratify.YesNo(false), "sex": stratify.Word(word)}))
	}
	// Output:
	// example@2026: 0.2689 probability
	// example@2026: not computable (SEX_MISSING sex: "Male" is no choice)
}

func ExampleUnit() {
	d := own()
	d.Inputs[0].Units = []stratify.Unit{{Name: "months", Per: 12}}
	m, _ := stratify.Compile(d)
	s := m.Score(stratify.Inputs{"age": stratify.Num(845, "months"), "smoker": stratify.YesNo(false)})
	fmt.Println(s.Inputs[0].Value, s.Inputs[0].Unit)
	s = m.Score(stratify.Inputs{"age": stratify.Num(70, ""), "smoker": stratify.YesNo(false)})
	fmt.Println(s.Issues[0])
	// Output:
	// 70 years
	// UNIT_MISMATCH age: several units are usual: say which
}

func ExampleLoad() {
	m, err := stratify.Load([]byte(`{
		"name": "wards@2026", "source": "our own", "form": "points",
		"inputs": [{"name": "visits", "kind": "count"}],
		"factors": [{"name": "capped", "input": "visits", "transform": "min", "k": 4}],
		"equations": [{"terms": [{"coef": 2, "product": ["capped"]}]}],
		"bands": [{"name": "few", "from": 0}, {"name": "many", "from": 6}]}`))
	fmt.Println(m, err)
	fmt.Println(m.Score(stratify.Inputs{"visits": stratify.Num(7, "")}))
	// Output:
	// wards@2026 <nil>
	// wards@2026: 8 points (many)
}

func ExampleDecode() {
	_, err := stratify.Decode([]byte(`{"name": "a@1", "name": "b@1"}`))
	fmt.Println(err)
	// Output: stratify: faulty table: key "name" is there twice
}

func ExampleFactor() {
	// Two slopes of blood pressure, one below 110 and one above.
	d := stratify.Definition{Name: "pressure@2026", Source: "made up for the manual", Form: stratify.Logistic,
		Inputs: []stratify.Input{{Name: "sbp", Kind: stratify.Number, Unit: "mmHg"}},
		Factors: []stratify.Factor{
			{Name: "low", Input: "sbp", Transform: stratify.SplineLow, K: 110, C: 110, S: 20},
			{Name: "high", Input: "sbp", Transform: stratify.SplineHigh, K: 110, C: 130, S: 20}},
		Equations: []stratify.Equation{{Terms: []stratify.Coefficient{{Coef: 0.2, Product: []string{"low"}}, {Coef: 0.4, Product: []string{"high"}}}}}}
	m, err := stratify.Compile(d)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, sbp := range []float64{90, 150} {
		for _, t := range m.Score(stratify.Inputs{"sbp": stratify.Num(sbp, "mmHg")}).Terms {
			fmt.Printf("%.0f: %s %+.1f\n", sbp, t.Name, t.Points)
		}
	}
	// Output:
	// 90: low -0.2
	// 90: high -0.4
	// 150: low +0.0
	// 150: high +0.4
}

func ExampleStep() {
	m, err := stratify.Compile(banded())
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, age := range []float64{44, 45, 90} { // below 45, from 45 on, all the rest
		fmt.Println(m.Score(stratify.Inputs{"age": stratify.Num(age, "")}))
	}
	// Output:
	// ages@2026: 0 points (low)
	// ages@2026: 2 points (low)
	// ages@2026: 3 points (high)
}

func ExampleDerived() {
	d := stratify.Definition{Name: "ratio@2026", Source: "made up for the manual", Form: stratify.Exponential, Result: "ratio",
		Inputs:    []stratify.Input{{Name: "tc", Kind: stratify.Number, Unit: "mg/dL"}, {Name: "hdl", Kind: stratify.Number, Unit: "mg/dL"}},
		Derived:   []stratify.Derived{{Name: "ratio", Op: stratify.Quotient, Of: []string{"tc", "hdl"}}},
		Factors:   []stratify.Factor{{Name: "ln ratio", Input: "ratio", Transform: stratify.Ln}},
		Equations: []stratify.Equation{{Terms: []stratify.Coefficient{{Coef: 1, Product: []string{"ln ratio"}}}}}}
	m, err := stratify.Compile(d)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("%.1f\n", m.Score(stratify.Inputs{"tc": stratify.Num(200, "mg/dL"), "hdl": stratify.Num(50, "mg/dL")}).Value)
	fmt.Println(m.Score(stratify.Inputs{"tc": stratify.Num(200, "mg/dL")}))
	// Output:
	// 4.0
	// ratio@2026: not computable (INPUT_MISSING hdl: needed by the model)
}

func ExampleEquation() {
	d := own()
	d.Inputs = append(d.Inputs, stratify.Input{Name: "sex", Kind: stratify.Category, Choices: []string{"female", "male"}})
	d.Select = []string{"sex"}
	d.Equations = append(d.Equations, d.Equations[0])
	d.Equations[0].When, d.Equations[1].When = []string{"female"}, []string{"male"}
	d.Equations[1].Constant = -1
	m, _ := stratify.Compile(d)
	in := stratify.Inputs{"age": stratify.Num(60, "years"), "smoker": stratify.YesNo(false), "sex": stratify.Word("male")}
	fmt.Println(m.Score(in))
	in["sex"] = stratify.Word("unknown")
	fmt.Println(m.Score(in))
	// Output:
	// example@2026: 0.2689 probability
	// example@2026: not computable (SEX_MISSING sex: "unknown" is no choice)
}

func ExampleCoefficient() {
	// An interaction: a coefficient that multiplies two inputs.
	d := own()
	d.Equations[0].Terms = append(d.Equations[0].Terms, stratify.Coefficient{Coef: -0.1, Product: []string{"decades", "smoker"}})
	m, err := stratify.Compile(d)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, t := range m.Score(stratify.Inputs{"age": stratify.Num(70, "years"), "smoker": stratify.YesNo(true)}).Terms {
		fmt.Println(t.Name, t.Points)
	}
	// Output:
	// decades 0.5
	// smoker 0.75
	// decades*smoker -0.1
	// constant -2
}

func ExampleForm() {
	// The same terms as points and as a chance.
	for _, form := range []stratify.Form{stratify.Logistic, stratify.Exponential} {
		d := own()
		d.Form = form
		if form == stratify.Exponential {
			d.Result = "events"
		}
		m, err := stratify.Compile(d)
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(m.Score(stratify.Inputs{"age": stratify.Num(70, "years"), "smoker": stratify.YesNo(true)}))
	}
	// Output:
	// example@2026: 0.3208 probability
	// example@2026: 0.4724 events
}

func ExampleKind() {
	// Years are completed years: the fraction is dropped. A flag is 0 or 1 and nothing else.
	m, _ := stratify.Compile(own())
	fmt.Println(m.Score(stratify.Inputs{"age": stratify.Num(69.9, "years"), "smoker": stratify.YesNo(true)}).Inputs[0].Value)
	fmt.Println(m.Score(stratify.Inputs{"age": stratify.Num(60, "years"), "smoker": stratify.Num(0.5, "")}))
	// Output:
	// 69
	// example@2026: not computable (OUT_OF_RANGE smoker: 0.5 is neither 0 nor 1)
}

func ExamplePolicy() {
	for _, p := range []stratify.Policy{stratify.Refuse, stratify.Clamp, stratify.Extrapolate} {
		d := own()
		d.Inputs[0].Outside = p
		m, _ := stratify.Compile(d)
		fmt.Println(m.Score(stratify.Inputs{"age": stratify.Num(85, "years"), "smoker": stratify.YesNo(false)}))
	}
	// Output:
	// example@2026: not computable (AGE_OUT_OF_MODEL age: 85 is outside the validated range, 40 to 80 (years))
	// example@2026: 0.2689 probability
	// example@2026: 0.3208 probability
}

func ExampleTransform() {
	// An optional input that says with a term of its own that it is missing.
	d := own()
	d.Inputs[1].Optional = true
	d.Factors = append(d.Factors, stratify.Factor{Name: "not asked", Input: "smoker", Transform: stratify.Missing})
	d.Equations[0].Terms = append(d.Equations[0].Terms, stratify.Coefficient{Coef: 0.3, Product: []string{"not asked"}})
	m, err := stratify.Compile(d)
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, t := range m.Score(stratify.Inputs{"age": stratify.Num(60, "years")}).Terms {
		fmt.Println(t.Name, t.Points)
	}
	// Output:
	// decades 0
	// smoker 0
	// not asked 0.3
	// constant -2
}

func ExampleOperation() {
	// A pulse pressure: the difference of two inputs.
	d := stratify.Definition{Name: "pulse@2026", Source: "made up for the manual", Form: stratify.Points,
		Inputs:    []stratify.Input{{Name: "sbp", Kind: stratify.Count}, {Name: "dbp", Kind: stratify.Count}},
		Derived:   []stratify.Derived{{Name: "pulse", Op: stratify.Minus, Of: []string{"sbp", "dbp"}}},
		Factors:   []stratify.Factor{{Name: "wide", Input: "pulse", Transform: stratify.Bands, Steps: []stratify.Step{{Below: ends(60), Value: 0}, {Value: 1}}}},
		Equations: []stratify.Equation{{Terms: []stratify.Coefficient{{Coef: 1, Product: []string{"wide"}}}}}}
	m, err := stratify.Compile(d)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(m.Score(stratify.Inputs{"sbp": stratify.Num(150, ""), "dbp": stratify.Num(80, "")}))
	// Output: pulse@2026: 1 point
}

// banded is a small score of points by age.
func banded() stratify.Definition {
	return stratify.Definition{Name: "ages@2026", Source: "made up for the manual", Form: stratify.Points,
		Inputs:    []stratify.Input{{Name: "age", Kind: stratify.Years}},
		Factors:   []stratify.Factor{{Name: "by age", Input: "age", Transform: stratify.Bands, Steps: []stratify.Step{{Below: ends(45), Value: 0}, {Below: ends(55), Value: 2}, {Value: 3}}}},
		Equations: []stratify.Equation{{Terms: []stratify.Coefficient{{Coef: 1, Product: []string{"by age"}}}}},
		Bands:     []stratify.Band{{Name: "low", From: 0}, {Name: "high", From: 3}}}
}

// bySex is the small model with an equation for women and one for men.
func bySex() *stratify.Model {
	d := own()
	d.Inputs = append(d.Inputs, stratify.Input{Name: "sex", Kind: stratify.Category, Choices: []string{"female", "male"}})
	d.Select = []string{"sex"}
	d.Equations = append(d.Equations, d.Equations[0])
	d.Equations[0].When, d.Equations[1].When = []string{"female"}, []string{"male"}
	d.Equations[1].Constant = -1
	m, err := stratify.Compile(d)
	if err != nil {
		panic(err)
	}
	return m
}
