package stratify_test

import (
	"encoding/json"
	"errors"
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
	bad := own()
	bad.Form = "guess"
	bad.Inputs[0].Low = ends(90)
	_, err := stratify.Compile(bad)
	fmt.Println(errors.Is(err, stratify.ErrTable), errors.Is(err, stratify.ErrRange))
	// Output: true true
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
	fmt.Println(stratify.Num(5.2, "mmol/L"))
	// Output: {5.2 mmol/L }
}

func ExampleYesNo() {
	fmt.Println(stratify.YesNo(true).Value, stratify.YesNo(false).Value)
	// Output: 1 0
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
	fmt.Println(stratify.FromSex(registry.Female).Text)
	// Output: female
}

func ExampleWord() {
	fmt.Println(stratify.Word("female").Text)
	// Output: female
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
	f := stratify.Factor{Name: "sbp_ge110", Input: "sbp", Transform: stratify.SplineHigh, K: 110, C: 130, S: 20}
	fmt.Println(f.Name, f.Transform) // (max(sbp, 110) - 130)/20
	// Output: sbp_ge110 spline_high
}

func ExampleStep() {
	steps := []stratify.Step{{Below: ends(45), Value: 0}, {Below: ends(55), Value: 2}, {Value: 3}}
	fmt.Println(len(steps), steps[2].Below == nil) // the last step is open
	// Output: 3 true
}

func ExampleDerived() {
	d := stratify.Derived{Name: "ratio", Op: stratify.Quotient, Of: []string{"tc", "hdl"}}
	fmt.Println(d.Name, d.Op)
	// Output: ratio quotient
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
	c := stratify.Coefficient{Coef: -0.0755, Product: []string{"cage", "smoker"}}
	fmt.Println(c.Coef, c.Product)
	// Output: -0.0755 [cage smoker]
}

func ExampleForm() {
	fmt.Println(stratify.Points, stratify.Logistic, stratify.Cox, stratify.CoxRecalibrated, stratify.Share, stratify.Exponential)
	// Output: points logistic cox cox_recalibrated share exponential
}

func ExampleKind() {
	fmt.Println(stratify.Number, stratify.Count, stratify.Years, stratify.Flag, stratify.Category)
	// Output: number count years flag category
}

func ExamplePolicy() {
	fmt.Println(stratify.Refuse == "", stratify.Clamp, stratify.Extrapolate)
	// Output: true clamp extrapolate
}

func ExampleTransform() {
	fmt.Println(stratify.Ln, stratify.Centre, stratify.SplineLow, stratify.Bands, stratify.Missing)
	// Output: ln centre spline_low band missing
}

func ExampleOperation() {
	fmt.Println(stratify.Minus, stratify.Quotient, stratify.Scaled)
	// Output: difference quotient scaled
}
