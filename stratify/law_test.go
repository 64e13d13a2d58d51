package stratify_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"github.com/chroniccare/chroniccare/stratify"
	"pgregory.net/rapid"
)

// drawDefinition makes a sound definition of any form, with every kind of input,
// transform and policy.
func drawDefinition(t *rapid.T) stratify.Definition {
	form := rapid.SampledFrom([]stratify.Form{stratify.Points, stratify.Logistic, stratify.Cox, stratify.CoxRecalibrated, stratify.Share, stratify.Exponential}).Draw(t, "form")
	whole := form == stratify.Points || form == stratify.Share
	d := stratify.Definition{Name: "drawn@1", Source: "drawn", Form: form}
	if form == stratify.Points {
		d.Scale = rapid.SampledFrom([]int{1, 10, 1000}).Draw(t, "scale")
	}
	if form == stratify.Share {
		d.Of = 1000
	}
	if form == stratify.Exponential {
		d.Result = "mL/min"
	}
	coef := func(name string) float64 {
		switch {
		case form == stratify.Share:
			return float64(rapid.IntRange(0, 5).Draw(t, name))
		case whole:
			return float64(rapid.IntRange(-9000, 9000).Draw(t, name)) / float64(max(d.Scale, 1))
		}
		return rapid.Float64Range(-0.5, 0.5).Draw(t, name)
	}
	policies := []stratify.Policy{stratify.Refuse, stratify.Clamp, stratify.Extrapolate}
	var products [][]string
	add := func(p ...string) { products = append(products, p) }
	for i := range rapid.IntRange(1, 4).Draw(t, "inputs") {
		name := fmt.Sprintf("x%d", i)
		kinds := []stratify.Kind{stratify.Flag, stratify.Count, stratify.Number, stratify.Years, stratify.Category}
		in := stratify.Input{Name: name, Kind: rapid.SampledFrom(kinds).Draw(t, "kind"), Optional: rapid.Bool().Draw(t, "optional")}
		f := stratify.Factor{Name: "f_" + name, Input: name}
		switch in.Kind {
		case stratify.Category:
			in.Choices = []string{"a", "b", "c"}
			f.Transform, f.Word = stratify.Is, "b"
		case stratify.Flag:
			f.Transform = rapid.SampledFrom([]stratify.Transform{stratify.Not, stratify.Raw}).Draw(t, "transform")
		default:
			in.Low, in.High = ends(float64(rapid.IntRange(1, 20).Draw(t, "low"))), ends(float64(rapid.IntRange(30, 60).Draw(t, "high")))
			in.Outside = rapid.SampledFrom(policies).Draw(t, "outside")
			all := []stratify.Transform{stratify.Bands, stratify.Min, stratify.Max}
			if !whole {
				all = append(all, stratify.Ln, stratify.Square, stratify.Centre, stratify.SplineLow, stratify.SplineHigh, stratify.LnCentre, stratify.LnLow, stratify.LnHigh)
				in.Unit, in.Units = "mmol/L", []stratify.Unit{{Name: "half", Per: 2}, {Name: "same"}}
			} else if in.Kind == stratify.Number {
				all = all[:1]
			}
			f.Transform = rapid.SampledFrom(all).Draw(t, "transform")
			f.K, f.C, f.S = 25, 22, 8
			if f.Transform == stratify.Bands {
				f.Steps = []stratify.Step{{Below: ends(20), Value: 1}, {UpTo: ends(20), Value: 2}, {Value: 3}}
			}
		}
		if in.Optional && rapid.Bool().Draw(t, "missing") {
			d.Factors = append(d.Factors, stratify.Factor{Name: "m_" + name, Input: name, Transform: stratify.Missing})
			add("m_" + name)
		}
		d.Inputs, d.Factors = append(d.Inputs, in), append(d.Factors, f)
		add(f.Name)
		if i > 0 && rapid.Bool().Draw(t, "interaction") {
			add(f.Name, "f_x0")
		}
	}
	equations := 1
	if rapid.Bool().Draw(t, "by sex") {
		d.Inputs = append(d.Inputs, stratify.Input{Name: "sex", Kind: stratify.Category, Choices: []string{"female", "male"}})
		d.Select, equations = []string{"sex"}, 2
	}
	for k := range equations {
		e := stratify.Equation{}
		if len(d.Select) > 0 {
			e.When = []string{[]string{"female", "male"}[k]}
		}
		if !whole {
			e.Constant = rapid.Float64Range(-2, 2).Draw(t, "constant")
		}
		if form == stratify.Cox || form == stratify.CoxRecalibrated {
			e.Mean, e.Survival = rapid.Float64Range(-1, 1).Draw(t, "mean"), rapid.Float64Range(0.5, 0.99).Draw(t, "survival")
		}
		if form == stratify.CoxRecalibrated {
			e.Scale1, e.Scale2 = rapid.Float64Range(-1, 1).Draw(t, "scale1"), rapid.Float64Range(0.5, 1.2).Draw(t, "scale2")
		}
		for _, p := range products {
			e.Terms = append(e.Terms, stratify.Coefficient{Coef: coef("coef"), Product: p})
		}
		d.Equations = append(d.Equations, e)
	}
	if rapid.Bool().Draw(t, "bands") {
		d.Bands = []stratify.Band{{Name: "low", From: -1e9}, {Name: "high", From: 0.2}}
	}
	return d
}

func drawVector(t *rapid.T, m *stratify.Model) *stratify.Vector {
	v := m.Vector()
	for i, in := range m.Definition().Inputs {
		switch in.Kind {
		case stratify.Flag:
			v.Set(i, rapid.SampledFrom([]float64{0, 1, 0, 1, 0, 1, math.NaN(), 2}).Draw(t, "flag"))
		case stratify.Category:
			v.Set(i, rapid.SampledFrom([]float64{0, 1, 0, 1, 0, 1, math.NaN(), 7, 0.5}).Draw(t, "word"))
		default:
			v.Set(i, rapid.SampledFrom([]float64{-1, 0, 1, 15, 20, 20.5, 25, 29, 30, 59.5, 200, math.NaN(), math.Inf(1)}).Draw(t, "x"))
		}
	}
	return v
}

func same(a, b float64) bool { return math.Abs(a-b) <= 1e-12*math.Max(1, math.Abs(a)) }

// Explain equals Value; terms add up; p is a probability; issues say why there is none.
func TestLawExplainIsValue(t *testing.T) {
	seen := map[string]int{}
	lawtest.Check(t, seen, func(t *rapid.T) {
		d := drawDefinition(t)
		m, err := stratify.Compile(d)
		if err != nil {
			t.Fatal(err)
		}
		v := drawVector(t, m)
		x, ok := m.Value(v)
		s := m.Explain(v)
		if s.Value != x || s.Scored != ok {
			t.Fatalf("Value %v %v, Explain %v %v", x, ok, s.Value, s.Scored)
		}
		seen[string(d.Form)+fmt.Sprint(ok)]++
		for _, i := range s.Issues {
			seen[string(i.Code)]++
		}
		if !ok {
			if len(s.Issues) == 0 {
				t.Fatal("no score and no reason")
			}
			return
		}
		sum, exact := 0.0, int64(0)
		for _, term := range s.Terms {
			sum += term.Points
			exact += int64(math.Round(term.Points * 1000))
			if d.Form != stratify.Points && d.Form != stratify.Share && term.Points != float64(term.Coef*term.Input) {
				t.Fatalf("%+v", term)
			}
		}
		if !same(sum, s.Linear) || d.Form == stratify.Points && float64(exact)/1000 != x {
			t.Fatalf("terms add up to %v, not %v", sum, s.Linear)
		}
		if d.Form == stratify.Exponential && !(x >= 0 && !math.IsInf(x, 0) && s.Unit == "mL/min") {
			t.Fatalf("%v %s", x, s.Unit)
		}
		if d.Form != stratify.Points && d.Form != stratify.Exponential && !(x >= 0 && x <= 1) {
			t.Fatalf("%v is no probability", x)
		}
		a, _ := json.Marshal(s)
		b, _ := json.Marshal(m.Explain(v))
		if !bytes.Equal(a, b) || !json.Valid(a) {
			t.Fatalf("JSON differs: %s %s", a, b)
		}
	},
		"pointstrue", "pointsfalse", "logistictrue", "coxtrue", "cox_recalibratedtrue", "sharetrue", "sharefalse", "exponentialtrue", "CLAMPED", "EXTRAPOLATED", "OUT_OF_RANGE", "INPUT_MISSING", "SEX_MISSING")
}

// Order of terms changes a probability by less than 1e-12, and points not at all.
func TestLawOrderOfTerms(t *testing.T) {
	moved := 0
	lawtest.Until(t, func(t *rapid.T) {
		d := drawDefinition(t)
		a, err := stratify.Compile(d)
		if err != nil {
			t.Fatal(err)
		}
		for k := range d.Equations {
			slices.Reverse(d.Equations[k].Terms)
			moved += len(d.Equations[k].Terms) - 1
		}
		b, err := stratify.Compile(d)
		if err != nil {
			t.Fatal(err)
		}
		v := drawVector(t, a)
		w := b.Vector()
		for _, u := range a.Explain(v).Inputs {
			i := a.Index(u.Name)
			x := u.Value
			v.Set(i, x)
			w.Set(i, x)
		}
		x, ok := a.Value(v)
		y, okY := b.Value(w)
		if a.Explain(v).Scored != ok || ok && okY && (!same(x, y) || d.Form == stratify.Points && x != y) {
			t.Fatalf("%v %v", x, y)
		}
	}, func() bool { return moved > 0 })
}

// Definitions survive JSON; two compilations of one definition don't differ.
func TestLawJSONRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawDefinition(t)
		a, err := stratify.Compile(d)
		if err != nil {
			t.Fatal(err)
		}
		text, err := json.Marshal(a.Definition())
		if err != nil {
			t.Fatal(err)
		}
		b, err := stratify.Load(text)
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		if diff := stratify.Diff(a, b); len(diff) != 0 {
			t.Fatal(diff)
		}
		v := drawVector(t, a)
		w := b.Vector()
		for i := range a.Definition().Inputs {
			w.Set(i, math.NaN())
		}
		for _, u := range a.Explain(v).Inputs {
			w.Set(b.Index(u.Name), u.Value)
		}
		if x, ok := a.Value(v); ok {
			if y, okY := b.Value(w); okY && x != y {
				t.Fatalf("%v %v", x, y)
			}
		}
	})
}

// A changed model says so, differs from the published one, and leaves it as it was;
// changing back gives the same values under the local name.
func TestLawChanges(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, err := stratify.Compile(drawDefinition(t))
		if err != nil {
			t.Fatal(err)
		}
		before := m.Definition()
		k := rapid.IntRange(0, len(before.Equations)-1).Draw(t, "equation")
		n := rapid.IntRange(0, len(before.Equations[k].Terms)-1).Draw(t, "term")
		e := before.Equations[k]
		term := e.Terms[n]
		name := term.Product[0]
		if len(term.Product) > 1 {
			name += "*" + term.Product[1]
		}
		there := stratify.Change{Set: stratify.SetCoef, When: e.When, Term: name, To: term.Coef + 1}
		back := there
		back.To = term.Coef
		local, err := m.With(there)
		if err != nil {
			t.Fatal(err)
		}
		if !local.Reference().Modified() || local.Name() != "drawn@1+local" || m.Reference().Modified() {
			t.Fatal(local.Reference(), m.Reference())
		}
		if len(stratify.Diff(m, local)) != 2 { // the name and the coefficient
			t.Fatal(stratify.Diff(m, local))
		}
		again, err := local.With(back)
		if err != nil {
			t.Fatal(err)
		}
		if len(stratify.Diff(m, again)) != 1 || len(again.Reference().Changes) != 2 {
			t.Fatal(stratify.Diff(m, again), again.Reference())
		}
	})
}

// Recalibration is strictly increasing in the risk before it.
func TestLawRecalibrationIncreases(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := stratify.Definition{Name: "r@1", Source: "drawn", Form: stratify.CoxRecalibrated, Inputs: []stratify.Input{{Name: "x", Kind: stratify.Number}},
			Equations: []stratify.Equation{{Survival: rapid.Float64Range(0.6, 0.99).Draw(t, "s"), Scale1: rapid.Float64Range(-1, 1).Draw(t, "a"), Scale2: rapid.Float64Range(0.5, 1.2).Draw(t, "b"),
				Terms: []stratify.Coefficient{{Coef: 1, Product: []string{"x"}}}}}}
		m, err := stratify.Compile(d)
		if err != nil {
			t.Fatal(err)
		}
		x := rapid.Float64Range(-2, 1).Draw(t, "x")
		v := m.Vector()
		v.Set(0, x)
		p, _ := m.Value(v)
		v.Set(0, x+rapid.Float64Range(1e-6, 0.5).Draw(t, "more"))
		q, _ := m.Value(v)
		e := d.Equations[0]
		r := 1 - math.Pow(e.Survival, math.Exp(x))
		if want := 1 - math.Exp(-math.Exp(e.Scale1+e.Scale2*math.Log(-math.Log(1-r)))); !same(p, want) {
			t.Fatalf("%v, by the printed formula %v", p, want)
		}
		if !(p > 0 && p < q && q < 1) {
			t.Fatalf("%v then %v", p, q)
		}
	})
}

// A value in another unit scores as the converted one; a strange unit never scores.
func TestLawUnits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := own()
		d.Inputs[0].Kind = stratify.Number
		d.Inputs[0].Units = []stratify.Unit{{Name: "months", Per: 12}}
		m, err := stratify.Compile(d)
		if err != nil {
			t.Fatal(err)
		}
		x := float64(rapid.IntRange(480, 960).Draw(t, "months"))
		a := m.Score(stratify.Inputs{"age": stratify.Num(x, "months"), "smoker": stratify.YesNo(true)})
		b := m.Score(stratify.Inputs{"age": stratify.Num(x/12, "years"), "smoker": stratify.YesNo(true)})
		if !a.Scored || a.Value != b.Value {
			t.Fatal(a, b)
		}
		for _, unit := range []string{"", "weeks"} {
			if s := m.Score(stratify.Inputs{"age": stratify.Num(x, unit), "smoker": stratify.YesNo(true)}); s.Scored || !s.Has(stratify.UnitMismatch) || len(s.Issues) != 1 {
				t.Fatal(s)
			}
		}
	})
}

func TestValueDoesNotAllocate(t *testing.T) {
	m, err := stratify.Compile(own())
	if err != nil {
		t.Fatal(err)
	}
	v := m.Vector()
	for _, age := range []float64{60, 90, math.NaN(), -1} {
		v.Set(0, age)
		v.Set(1, 1)
		if n := testing.AllocsPerRun(100, func() { m.Value(v) }); n != 0 {
			t.Errorf("age %v: %v allocations", age, n)
		}
	}
}
