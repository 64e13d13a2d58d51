package cvd_test

import (
	"math"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"github.com/chroniccare/chroniccare/stratify"
	"github.com/chroniccare/chroniccare/stratify/cvd"
	"pgregory.net/rapid"
)

// anyone draws a person within all published ranges of a model, with optional inputs
// present or not.
func anyone(t *rapid.T, m *stratify.Model) stratify.Inputs {
	in := stratify.Inputs{}
	tc := 0.0
	for _, w := range m.Definition().Inputs {
		if w.Optional && rapid.Bool().Draw(t, "without "+w.Name) {
			continue
		}
		switch w.Kind {
		case stratify.Category:
			in[w.Name] = stratify.Word(rapid.SampledFrom(w.Choices).Draw(t, w.Name))
		case stratify.Flag:
			low, high := 0, 1
			if w.Low != nil {
				low = 1
			}
			if w.High != nil {
				high = 0
			}
			in[w.Name] = stratify.YesNo(rapid.IntRange(low, high).Draw(t, w.Name) == 1)
		case stratify.Number:
			usual := map[string][2]float64{"sbp": {90, 200}, "bmi": {18.5, 39.9}, "egfr": {15, 140}, "hba1c": {4.5, 15}, "uacr": {0.1, 3000}}[w.Name]
			if w.Name == "sbp" && *w.High < 200 {
				usual[1] = *w.High
			}
			if w.Name == "hba1c" && w.Unit == "mmol/mol" {
				usual = [2]float64{30, 120}
			}
			if w.Name == "tc" {
				usual = [2]float64{130, 320}
			}
			if w.Name == "hdl" {
				usual = [2]float64{20, 100}
			}
			x := rapid.Float64Range(usual[0], usual[1]).Draw(t, w.Name)
			if w.Unit == "mmol/L" {
				x *= 0.02586
			}
			if w.Name == "tc" {
				tc = x
			}
			if w.Name == "hdl" {
				x = math.Min(x, tc)
			}
			in[w.Name] = stratify.Num(x, w.Unit)
		default:
			high := int(*w.High)
			if w.NotAbove != "" {
				high = int(in[w.NotAbove].Value)
			}
			in[w.Name] = stratify.Num(float64(rapid.IntRange(int(*w.Low), high).Draw(t, w.Name)), w.Unit)
		}
	}
	return in
}

func everyModel(t testing.TB) []*stratify.Model {
	t.Helper()
	all, err := cvd.Models()
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// Within its ranges every equation gives a probability, Value is Explain, and the terms
// add up.
func TestLawProbability(t *testing.T) {
	all := everyModel(t)
	seen := map[string]bool{}
	lawtest.Until(t, func(t *rapid.T) {
		m := rapid.SampledFrom(all).Draw(t, "model")
		seen[m.Name()] = true
		in := anyone(t, m)
		v := m.Bind(in)
		s := m.Explain(v)
		p, ok := m.Value(v)
		if !ok || !s.Scored || p != s.Value || len(s.Issues) != 0 {
			t.Fatalf("%v: %v %v", s, p, s.Issues)
		}
		// A Cox equation reaches 1 in binary for the sickest; nothing goes beyond.
		if form := m.Definition().Form; !(p > 0 && p <= 1) || form == stratify.Logistic && p == 1 {
			t.Fatalf("%v is no probability", p)
		}
		sum := 0.0
		for _, term := range s.Terms {
			sum += term.Points
		}
		if math.Abs(sum-s.Linear) > 1e-9 {
			t.Fatalf("%v, not %v", sum, s.Linear)
		}
	}, func() bool { return len(seen) >= len(all)/2 })
}

// Risk moves one way where the equations' derivative has one sign on the range.
func TestLawMonotone(t *testing.T) {
	type way struct {
		model, input string
		sign         float64
	}
	var ways []way
	for _, m := range []string{"framingham-lipids@2008", "framingham-bmi@2008"} {
		for _, i := range []string{"age", "sbp", "tc", "bmi", "smoker", "diabetes", "bp_treated"} {
			ways = append(ways, way{m, i, 1})
		}
		ways = append(ways, way{m, "hdl", -1})
	}
	for _, m := range []string{"score2@2021", "score2-asia-pacific@2025"} {
		ways = append(ways, way{m, "age", 1}, way{m, "sbp", 1}, way{m, "tc", 1}, way{m, "smoker", 1}, way{m, "hdl", -1})
	}
	ways = append(ways, way{"score2-diabetes@2023", "age_at_diagnosis", -1}, way{"score2-diabetes@2023", "hdl", -1},
		way{"prevent-base-10y-ascvd@2023", "smoker", 1}, way{"prevent-base-10y-ascvd@2023", "diabetes", 1}, way{"prevent-base-10y-total_cvd@2023", "hdl", -1}, way{"prevent-base-10y-ascvd@2023", "egfr", -1})
	models := map[string]*stratify.Model{}
	checked := 0
	lawtest.Until(t, func(t *rapid.T) {
		w := rapid.SampledFrom(ways).Draw(t, "way")
		if models[w.model] == nil {
			m, err := cvd.New(w.model)
			if err != nil {
				t.Fatal(err)
			}
			models[w.model] = m
		}
		m := models[w.model]
		i := m.Index(w.input)
		if i < 0 {
			return
		}
		in := anyone(t, m)
		a := m.Score(in)
		d := in[w.input]
		switch k := m.Definition().Inputs[i]; k.Kind {
		case stratify.Flag:
			in[w.input] = stratify.YesNo(false)
			a = m.Score(in)
			d.Value = 1
		case stratify.Years:
			d.Value++
		default:
			d.Value *= rapid.Float64Range(1.001, 1.2).Draw(t, "more")
		}
		in[w.input] = d
		b := m.Score(in)
		if !b.Scored || len(b.Issues) > 0 {
			return // beyond the range
		}
		checked++
		if w.sign*(b.Value-a.Value) < 0 || a.Value == b.Value && a.Value < 1-1e-9 {
			t.Fatalf("%s %s: %v then %v", w.model, w.input, a.Value, b.Value)
		}
	}, func() bool { return checked > 0 })
}

// Every needed input, left out, ill-united, NaN or far off, is named and never guessed.
func TestLawBadInputsAreNamed(t *testing.T) {
	all := everyModel(t)
	faults := map[string]int{}
	lawtest.Until(t, func(t *rapid.T) {
		m := rapid.SampledFrom(all).Draw(t, "model")
		in := anyone(t, m)
		used := m.Score(in).Inputs
		name := used[rapid.IntRange(0, len(used)-1).Draw(t, "input")].Name
		var w stratify.Input
		for _, x := range m.Definition().Inputs {
			if x.Name == name {
				w = x
			}
		}
		fault := rapid.SampledFrom([]string{"absent", "NaN", "unit", "far", "word", "unknown word"}).Draw(t, "fault")
		switch fault {
		case "absent":
			if w.Optional {
				return
			}
			delete(in, name)
		case "NaN":
			if w.Optional {
				return
			}
			in[name] = stratify.Num(math.NaN(), w.Unit)
		case "unit":
			if w.Unit == "" {
				return
			}
			in[name] = stratify.Num(in[name].Value, "furlong")
		case "far":
			if w.Kind == stratify.Category {
				return
			}
			in[name] = stratify.Num(1e9, w.Unit)
			if w.Outside == stratify.Extrapolate && w.Kind == stratify.Number {
				if s := m.Score(in); s.Scored && !s.Has(stratify.Extrapolated) {
					t.Fatal(s)
				}
				return
			}
		case "word":
			in[name] = stratify.Word("sixty")
		case "unknown word":
			in[name] = stratify.Word("unknown")
		}
		faults[fault]++
		s := m.Score(in)
		named := false
		for _, i := range s.Issues {
			named = named || i.Input == name
		}
		if s.Scored || !named {
			t.Fatalf("%s %s: %v", name, fault, s)
		}
	}, func() bool { return len(faults) >= 6 })
}

// Cholesterol in mg/dL and in mmol/L gives the same risk.
func TestLawUnits(t *testing.T) {
	all := everyModel(t)
	rapid.Check(t, func(t *rapid.T) {
		m := rapid.SampledFrom(all).Draw(t, "model")
		in := anyone(t, m)
		a := m.Score(in)
		for _, n := range []string{"tc", "hdl"} {
			d, ok := in[n]
			if !ok {
				continue
			}
			if d.Unit == "mg/dL" {
				in[n] = stratify.Num(d.Value*0.02586, "mmol/L")
			} else {
				in[n] = stratify.Num(d.Value/0.02586, "mg/dL")
			}
		}
		if b := m.Score(in); !b.Scored || math.Abs(a.Value-b.Value) > 1e-9 {
			t.Fatal(a, b, b.Issues)
		}
	})
}

func TestTables(t *testing.T) {
	names := map[string]bool{}
	for _, m := range everyModel(t) {
		r := m.Reference()
		if names[r.Name] || r.Source == "" || r.Version == "" || m.Definition().Status == "" || r.Modified() || !strings.HasSuffix(r.Name, "@"+r.Version) {
			t.Errorf("%+v", r)
		}
		names[r.Name] = true
	}
	if len(names) != 58 {
		t.Errorf("%d models", len(names))
	}
	terms := 0
	for _, m := range everyModel(t) {
		if d := m.Definition(); strings.HasPrefix(d.Name, "prevent") {
			for _, e := range d.Equations {
				terms += len(e.Terms) + 1
			}
		}
	}
	if terms != 267*10 {
		t.Errorf("%d coefficients of the PREVENT equations, want 2670", terms)
	}
}
