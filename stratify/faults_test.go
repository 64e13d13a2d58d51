package stratify_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/stratify"
)

// Each fault of a definition is found, and named.
func TestFaults(t *testing.T) {
	nan := math.NaN()
	type d = stratify.Definition
	points := func(x *d) {
		x.Form = stratify.Points
		x.Factors = []stratify.Factor{{Name: "decades", Input: "age", Transform: stratify.Bands, Steps: []stratify.Step{{Below: ends(50), Value: 1}, {Value: 2}}}}
		x.Equations[0] = stratify.Equation{Terms: []stratify.Coefficient{{Coef: 1, Product: []string{"decades"}}, {Coef: 1, Product: []string{"smoker"}}}}
	}
	sexed := func(x *d) {
		x.Inputs = append(x.Inputs, stratify.Input{Name: "sex", Kind: stratify.Category, Choices: []string{"female", "male"}})
		x.Select = []string{"sex"}
		e := x.Equations[0]
		x.Equations = []stratify.Equation{e, e}
		x.Equations[0].When, x.Equations[1].When = []string{"female"}, []string{"male"}
	}
	for name, c := range map[string]struct {
		want  error
		words string
		do    func(*d)
	}{
		"no name":               {stratify.ErrTable, "name", func(x *d) { x.Name = " " }},
		"no source":             {stratify.ErrTable, "source", func(x *d) { x.Source = "" }},
		"form":                  {stratify.ErrTable, "form", func(x *d) { x.Form = "other" }},
		"scale":                 {stratify.ErrTable, "scale", func(x *d) { x.Scale = 7 }},
		"scale of a form":       {stratify.ErrTable, "scale", func(x *d) { x.Scale = 10 }},
		"of":                    {stratify.ErrTable, "of", func(x *d) { x.Of = 3 }},
		"no equations":          {stratify.ErrTable, "equations", func(x *d) { x.Equations = nil }},
		"no terms":              {stratify.ErrTable, "no terms", func(x *d) { x.Equations[0].Terms = nil }},
		"duplicate input":       {stratify.ErrTable, "taken", func(x *d) { x.Inputs = append(x.Inputs, x.Inputs[1]) }},
		"duplicate factor":      {stratify.ErrTable, "taken", func(x *d) { x.Factors = append(x.Factors, x.Factors[0]) }},
		"factor named as input": {stratify.ErrTable, "taken", func(x *d) { x.Factors[0].Name = "age" }},
		"duplicate term":        {stratify.ErrTable, "twice", func(x *d) { x.Equations[0].Terms = append(x.Equations[0].Terms, x.Equations[0].Terms[0]) }},
		"duplicate product": {stratify.ErrTable, "twice", func(x *d) {
			t := x.Equations[0].Terms[0]
			t.Name = "other"
			x.Equations[0].Terms = append(x.Equations[0].Terms, t)
		}},
		"unknown factor":       {stratify.ErrTable, "not defined", func(x *d) { x.Equations[0].Terms[0].Product = []string{"smoekr"} }},
		"unused input":         {stratify.ErrTable, "never used", func(x *d) { x.Equations[0].Terms = x.Equations[0].Terms[:1] }},
		"unused factor":        {stratify.ErrTable, "never used", func(x *d) { x.Equations[0].Terms = x.Equations[0].Terms[1:] }},
		"empty product":        {stratify.ErrTable, "no factors", func(x *d) { x.Equations[0].Terms[0].Product = nil }},
		"NaN coefficient":      {stratify.ErrTable, "no coefficient", func(x *d) { x.Equations[0].Terms[0].Coef = nan }},
		"infinite constant":    {stratify.ErrTable, "parameter", func(x *d) { x.Equations[0].Constant = math.Inf(1) }},
		"survival of logistic": {stratify.ErrTable, "survival", func(x *d) { x.Equations[0].Survival = 0.9 }},
		"Cox without survival": {stratify.ErrTable, "survival", func(x *d) { x.Form = stratify.Cox }},
		"survival above 1":     {stratify.ErrTable, "survival", func(x *d) { x.Form = stratify.Cox; x.Equations[0].Survival = 1.2 }},
		"mean of logistic":     {stratify.ErrTable, "mean", func(x *d) { x.Equations[0].Mean = 1 }},
		"no result unit":       {stratify.ErrTable, "unit of its value", func(x *d) { x.Form = stratify.Exponential }},
		"a result unit":        {stratify.ErrTable, "unit of its value", func(x *d) { x.Result = "mL" }},
		"ln_low of 0":          {stratify.ErrRange, "above 0", func(x *d) { x.Factors[0].Transform = stratify.LnLow }},
		"no scale2":            {stratify.ErrTable, "scales", func(x *d) { x.Form = stratify.CoxRecalibrated; x.Equations[0].Survival = 0.9 }},
		"kind":                 {stratify.ErrTable, "kind", func(x *d) { x.Inputs[0].Kind = "colour" }},
		"policy":               {stratify.ErrTable, "outside", func(x *d) { x.Inputs[0].Outside = "guess" }},
		"range reversed":       {stratify.ErrRange, "age", func(x *d) { x.Inputs[0].Low = ends(90) }},
		"range NaN":            {stratify.ErrRange, "age", func(x *d) { x.Inputs[0].Low = &nan }},
		"unit of a flag":       {stratify.ErrRange, "smoker", func(x *d) { x.Inputs[1].Unit = "1" }},
		"choices of a number":  {stratify.ErrTable, "choices", func(x *d) { x.Inputs[0].Choices = []string{"a"} }},
		"category as number":   {stratify.ErrTable, "category", func(x *d) { x.Inputs[1].Kind, x.Inputs[1].Choices = stratify.Category, []string{"a"} }},
		"empty choice":         {stratify.ErrTable, "choice", func(x *d) { sexed(x); x.Inputs[2].Choices = []string{"female", ""} }},
		"unit twice":           {stratify.ErrUnit, "age", func(x *d) { x.Inputs[0].Units = []stratify.Unit{{Name: "years"}} }},
		"unit negative":        {stratify.ErrUnit, "age", func(x *d) { x.Inputs[0].Units = []stratify.Unit{{Name: "months", Per: -1}} }},
		"not above nothing":    {stratify.ErrRange, "not above", func(x *d) { x.Inputs[0].NotAbove = "height" }},
		"not above itself":     {stratify.ErrRange, "not above", func(x *d) { x.Inputs[0].NotAbove = "age" }},
		"transform":            {stratify.ErrTable, "transform", func(x *d) { x.Factors[0].Transform = "cube" }},
		"logarithm of zero":    {stratify.ErrRange, "logarithm", func(x *d) { x.Factors[0].Transform = stratify.Ln; x.Inputs[0].Low = nil }},
		"not of a number":      {stratify.ErrTable, "flag", func(x *d) { x.Factors[0].Transform = stratify.Not }},
		"missing of a needed":  {stratify.ErrTable, "never absent", func(x *d) { x.Factors[0].Transform = stratify.Missing }},
		"is of a number":       {stratify.ErrTable, "category", func(x *d) { x.Factors[0].Transform = stratify.Is }},
		"band without steps":   {stratify.ErrTable, "steps", func(x *d) { x.Factors[0].Transform = stratify.Bands }},
		"steps without band":   {stratify.ErrTable, "steps", func(x *d) { x.Factors[0].Steps = []stratify.Step{{Value: 1}} }},
		"step closed":          {stratify.ErrTable, "not open", func(x *d) { points(x); x.Factors[0].Steps[1].Below = ends(70) }},
		"step with both ends":  {stratify.ErrTable, "both ends", func(x *d) { points(x); x.Factors[0].Steps[0].UpTo = ends(50) }},
		"steps out of order": {stratify.ErrTable, "not above", func(x *d) {
			points(x)
			s := &x.Factors[0].Steps
			*s = append([]stratify.Step{{Below: ends(60), Value: 0}}, *s...)
		}},
		"step twice": {stratify.ErrTable, "not above", func(x *d) {
			points(x)
			s := &x.Factors[0].Steps
			*s = append([]stratify.Step{{Below: ends(50), Value: 0}}, *s...)
		}},
		"step unreachable":   {stratify.ErrTable, "takes everything", func(x *d) { points(x); s := &x.Factors[0].Steps; *s = append([]stratify.Step{{Value: 0}}, *s...) }},
		"factor of a factor": {stratify.ErrTable, "factor itself", func(x *d) { x.Factors = append(x.Factors, stratify.Factor{Name: "f", Input: "decades"}) }},
		"derived of nothing": {stratify.ErrTable, "not defined", func(x *d) {
			x.Derived = []stratify.Derived{{Name: "r", Op: stratify.Quotient, Of: []string{"age", "hdl"}}}
		}},
		"derived with one":    {stratify.ErrTable, "needs 2", func(x *d) { x.Derived = []stratify.Derived{{Name: "r", Op: stratify.Minus, Of: []string{"age"}}} }},
		"operation":           {stratify.ErrTable, "operation", func(x *d) { x.Derived = []stratify.Derived{{Name: "r", Op: "sum", Of: []string{"age", "smoker"}}} }},
		"fraction of a point": {stratify.ErrTable, "not exact", func(x *d) { points(x); x.Equations[0].Terms[1].Coef = 0.5 }},
		"tenth of a tenth":    {stratify.ErrTable, "not exact", func(x *d) { points(x); x.Scale = 10; x.Factors[0].Steps[0].Value = 0.25 }},
		"fraction of fraction": {stratify.ErrTable, "fractions", func(x *d) {
			points(x)
			x.Scale = 10
			x.Factors[0].Steps[0].Value = 0.5
			x.Equations[0].Terms[0].Coef = 0.5
		}},
		"points of a logarithm": {stratify.ErrTable, "points take no", func(x *d) {
			points(x)
			x.Factors[0] = stratify.Factor{Name: "decades", Input: "age", Transform: stratify.Ln}
		}},
		"points of a value": {stratify.ErrTable, "use a band", func(x *d) {
			points(x)
			x.Inputs[0].Kind = stratify.Number
			x.Factors[0] = stratify.Factor{Name: "decades", Input: "age", Transform: stratify.Min, K: 3}
		}},
		"select a number":      {stratify.ErrTable, "category", func(x *d) { sexed(x); x.Select = []string{"age"} }},
		"select nothing":       {stratify.ErrTable, "not defined", func(x *d) { sexed(x); x.Select = []string{"race"} }},
		"no such word":         {stratify.ErrTable, "no choice", func(x *d) { sexed(x); x.Equations[1].When = []string{"man"} }},
		"equation twice":       {stratify.ErrTable, "twice", func(x *d) { sexed(x); x.Equations[1].When = []string{"female"} }},
		"equation missing":     {stratify.ErrTable, "combinations", func(x *d) { sexed(x); x.Equations = x.Equations[:1] }},
		"words without select": {stratify.ErrTable, "words", func(x *d) { x.Equations[0].When = []string{"female"} }},
		"bands out of order":   {stratify.ErrTable, "band", func(x *d) { x.Bands = []stratify.Band{{Name: "a", From: 1}, {Name: "b", From: 1}} }},
		"band without name":    {stratify.ErrTable, "band", func(x *d) { x.Bands = []stratify.Band{{From: 1}} }},
		"band's per cent":      {stratify.ErrTable, "per cent", func(x *d) { x.Bands = []stratify.Band{{Name: "a", Percent: ends(120)}} }},
	} {
		def := own()
		c.do(&def)
		_, err := stratify.Compile(def)
		if !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.words) {
			t.Errorf("%s: %v", name, err)
		}
	}
	// All at once.
	def := own()
	def.Source, def.Form, def.Inputs[0].Low, def.Factors[0].Transform = "", "x", ends(99), "cube"
	_, err := stratify.Compile(def)
	for _, w := range []string{"source", "form", "from 99", "cube"} {
		if err == nil || !strings.Contains(err.Error(), w) {
			t.Errorf("%q is not in %v", w, err)
		}
	}
}

func TestLoadRefusesUnknownKeys(t *testing.T) {
	text, err := json.Marshal(own())
	if err != nil {
		t.Fatal(err)
	}
	if _, err := stratify.Load(text); err != nil {
		t.Fatal(err)
	}
	if _, err := stratify.Load(append([]byte(`{"colour": 1,`), text[1:]...)); !errors.Is(err, stratify.ErrTable) {
		t.Error(err)
	}
}

func TestDatumJSON(t *testing.T) {
	for text, want := range map[string]string{
		`5.5`: "5.5  ", `true`: "1  ", `false`: "0  ", `"low"`: "0  low", `null`: "NaN  ", `{"unit": "mg/dL"}`: "NaN mg/dL ", `{"value": null, "unit": "mg/dL"}`: "NaN mg/dL ", `{"value": 2, "unit": "g/L"}`: "2 g/L ",
	} {
		var d stratify.Datum
		if err := json.Unmarshal([]byte(text), &d); err != nil || fmt.Sprintf("%v %s %s", d.Value, d.Unit, d.Text) != want {
			t.Errorf("%s: %+v %v", text, d, err)
		}
	}
	for _, bad := range []string{`[1]`, `{"value": "5"}`, `{"vlaue": 5}`, `1e999`} {
		var d stratify.Datum
		if err := json.Unmarshal([]byte(bad), &d); err == nil {
			t.Errorf("%s: %+v", bad, d)
		}
	}
}

func TestLoadRefuses(t *testing.T) {
	for _, bad := range []string{
		``, `null`, `[]`, `{`, `{} {}`, `{"nmae": "x"}`, `{"form": 1}`,
		`{"name": "a", "name": "b"}`,
		`{"inputs": [{"name": "a", "kind": "flag", "kind": "count"}]}`,
		`{"equations": [{"terms": [{"coef": 1, "coef": 2, "product": ["a"]}]}]}`,
		`{"equations": [{"terms": [{"coef": 1e999, "product": ["a"]}]}]}`,
	} {
		if m, err := stratify.Load([]byte(bad)); err == nil || !errors.Is(err, stratify.ErrTable) {
			t.Errorf("%q: %v %v", bad, m, err)
		}
	}
}

func TestBadInputs(t *testing.T) {
	m, err := stratify.Compile(own())
	if err != nil {
		t.Fatal(err)
	}
	ok := stratify.YesNo(false)
	for name, c := range map[string]struct {
		in   stratify.Inputs
		want stratify.IssueCode
	}{
		"nothing":        {nil, stratify.AgeMissing},
		"age missing":    {stratify.Inputs{"smoker": ok}, stratify.AgeMissing},
		"age NaN":        {stratify.Inputs{"age": stratify.Num(math.NaN(), "years"), "smoker": ok}, stratify.AgeMissing},
		"age infinite":   {stratify.Inputs{"age": stratify.Num(math.Inf(1), "years"), "smoker": ok}, stratify.AgeMissing},
		"age negative":   {stratify.Inputs{"age": stratify.Num(-1, "years"), "smoker": ok}, stratify.AgeNegative},
		"age 131":        {stratify.Inputs{"age": stratify.Num(131, "years"), "smoker": ok}, stratify.OutOfRange},
		"too young":      {stratify.Inputs{"age": stratify.Num(39.99, "years"), "smoker": ok}, stratify.AgeOutOfModel},
		"too old":        {stratify.Inputs{"age": stratify.Num(81, "years"), "smoker": ok}, stratify.AgeOutOfModel},
		"age as a word":  {stratify.Inputs{"age": stratify.Word("sixty"), "smoker": ok}, stratify.AgeMissing},
		"age in months":  {stratify.Inputs{"age": stratify.Num(720, "months"), "smoker": ok}, stratify.UnitMismatch},
		"flag of 2":      {stratify.Inputs{"age": stratify.Num(60, "years"), "smoker": stratify.Num(2, "")}, stratify.OutOfRange},
		"flag NaN":       {stratify.Inputs{"age": stratify.Num(60, "years"), "smoker": stratify.Num(math.NaN(), "")}, stratify.InputMissing},
		"flag as a word": {stratify.Inputs{"age": stratify.Num(60, "years"), "smoker": stratify.Word("yes")}, stratify.InputMissing},
	} {
		s := m.Score(c.in)
		if s.Scored || s.Value != 0 || !s.Has(c.want) {
			t.Errorf("%s: %v", name, s)
		}
	}
	s := m.Score(stratify.Inputs{"age": stratify.Num(80.9, "years"), "smoker": ok, "weight": stratify.Num(80, "kg"), "height": stratify.Num(1, "m")})
	if !s.Scored || s.Inputs[0].Value != 80 || len(s.Issues) != 2 || s.Issues[0].Input != "height" || s.Issues[1].Code != stratify.InputUnknown {
		t.Errorf("fraction of a year and unknown names: %v %v", s, s.Issues)
	}
	other, _ := stratify.Compile(own())
	if _, ok := m.Value(other.Vector()); ok {
		t.Error("another model's vector scores")
	}
	if s := m.Explain(nil); s.Scored || !s.Has(stratify.OutOfModel) {
		t.Errorf("no vector: %v", s)
	}
}

// Points that leave the exact whole numbers are no score, not a wrong one.
func TestPointsBeyondExactness(t *testing.T) {
	m, err := stratify.Compile(stratify.Definition{Name: "p@1", Source: "made up", Form: stratify.Points, Scale: 1000, Inputs: []stratify.Input{{Name: "n", Kind: stratify.Count}},
		Equations: []stratify.Equation{{Terms: []stratify.Coefficient{{Coef: 0.001, Product: []string{"n"}}}}}})
	if err != nil {
		t.Fatal(err)
	}
	for n, want := range map[float64]bool{0: true, 12345: true, 1<<53 - 1: true, 1 << 53: false, 1e300: false} {
		s := m.Score(stratify.Inputs{"n": stratify.Num(n, "")})
		if s.Scored != want || want && s.Value != n/1000 || !want && !s.Has(stratify.OutOfRange) {
			t.Errorf("%v: %v", n, s)
		}
	}
}

func TestJSONOfNoScore(t *testing.T) {
	m, err := stratify.Compile(own())
	if err != nil {
		t.Fatal(err)
	}
	b, err := json.Marshal(m.Score(stratify.Inputs{"smoker": stratify.YesNo(true)}))
	want := `{"model":{"name":"example@2026","source":"made up for the manual"},"value":null,"unit":"probability","issues":[{"code":"AGE_MISSING","input":"age","detail":"needed by the model"}]}`
	if err != nil || string(b) != want {
		t.Errorf("%s %v", b, err)
	}
}

// An age in months may be above 130.
func TestAgeInMonths(t *testing.T) {
	d := own()
	d.Inputs[0] = stratify.Input{Name: "age", Kind: stratify.Count, Unit: "months", High: ends(600)}
	m, err := stratify.Compile(d)
	if err != nil {
		t.Fatal(err)
	}
	for months, want := range map[float64]stratify.IssueCode{131: "", 600: "", 601: stratify.AgeOutOfModel, -1: stratify.AgeNegative} {
		s := m.Score(stratify.Inputs{"age": stratify.Num(months, "mo"), "smoker": stratify.YesNo(false)})
		if s.Scored != (want == "") || want != "" && !s.Has(want) {
			t.Errorf("%v months: %v", months, s)
		}
	}
}

// An optional input that is given badly is refused, not taken for absent.
func TestOptionalGivenBadly(t *testing.T) {
	d := own()
	d.Inputs = append(d.Inputs, stratify.Input{Name: "hba1c", Kind: stratify.Number, Unit: "%", Optional: true, Low: ends(3), High: ends(20)})
	d.Factors = append(d.Factors, stratify.Factor{Name: "no_hba1c", Input: "hba1c", Transform: stratify.Missing})
	d.Equations[0].Terms = append(d.Equations[0].Terms, stratify.Coefficient{Coef: 0.1, Product: []string{"hba1c"}}, stratify.Coefficient{Coef: 0.3, Product: []string{"no_hba1c"}})
	m, err := stratify.Compile(d)
	if err != nil {
		t.Fatal(err)
	}
	in := stratify.Inputs{"age": stratify.Num(60, "years"), "smoker": stratify.YesNo(false)}
	if s := m.Score(in); !s.Scored || s.Terms[3].Points != 0.3 || s.Terms[2].Points != 0 {
		t.Errorf("absent: %v %v", s, s.Terms)
	}
	for _, bad := range []stratify.Datum{stratify.Num(50, "mmol/mol"), stratify.Num(50, "%"), stratify.Word("high"), stratify.Num(math.Inf(1), "%")} {
		in["hba1c"] = bad
		v := m.Bind(in)
		s := m.Explain(v)
		if _, ok := m.Value(v); ok || s.Scored || len(s.Issues) != 1 || s.Issues[0].Input != "hba1c" {
			t.Errorf("%v: %v", bad, s)
		}
	}
}

func TestVectorIsReusable(t *testing.T) {
	m, _ := stratify.Compile(own())
	v := m.Vector()
	v.Bind(stratify.Inputs{"age": stratify.Num(60, "weeks")})
	v.Bind(stratify.Inputs{"age": stratify.Num(60, "years"), "smoker": stratify.YesNo(true)})
	if s := m.Explain(v); !s.Scored || len(s.Issues) != 0 {
		t.Error(s)
	}
	v.Set(-1, 1)
	v.Set(99, 1)
	v.Reset()
	if _, ok := m.Value(v); ok {
		t.Error("an empty vector scores")
	}
}

// Steps closed below and above: a value at the end belongs to one of them only.
func TestStepEnds(t *testing.T) {
	m, err := stratify.Compile(stratify.Definition{Name: "steps", Source: "ours", Form: stratify.Points, Inputs: []stratify.Input{{Name: "x", Kind: stratify.Number}},
		Factors:   []stratify.Factor{{Name: "f", Input: "x", Transform: stratify.Bands, Steps: []stratify.Step{{Below: end(10), Value: 1}, {UpTo: end(10), Value: 2}, {UpTo: end(20), Value: 3}, {Below: end(30), Value: 4}, {Value: 5}}}},
		Equations: []stratify.Equation{{Terms: []stratify.Coefficient{{Coef: 1, Product: []string{"f"}}}}}})
	if err != nil {
		t.Fatal(err)
	}
	for x, want := range map[float64]float64{-1e9: 1, math.Nextafter(10, 0): 1, 10: 2, math.Nextafter(10, 11): 3, 20: 3, math.Nextafter(20, 21): 4, math.Nextafter(30, 0): 4, 30: 5, 1e9: 5} {
		if s := m.Score(stratify.Inputs{"x": stratify.Num(x, "")}); s.Value != want {
			t.Errorf("%v: %v, want %v", x, s.Value, want)
		}
	}
}

func end(x float64) *float64 { return &x }
