package points_test

import (
	"math"
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"github.com/chroniccare/chroniccare/stratify"
	"github.com/chroniccare/chroniccare/stratify/points"
	"pgregory.net/rapid"
)

func anyone(t *rapid.T, m *stratify.Model) stratify.Inputs {
	usual := map[string][2]float64{"bmi": {15, 50}, "waist": {50, 150}, "fev1": {10, 120}, "walk": {0, 700}, "egfr": {5, 140}, "e_e": {2, 30}, "pasp": {10, 90}}
	in := stratify.Inputs{}
	for _, w := range m.Definition().Inputs {
		switch w.Kind {
		case stratify.Flag:
			in[w.Name] = stratify.YesNo(rapid.Bool().Draw(t, w.Name))
		case stratify.Category:
			in[w.Name] = stratify.Word(rapid.SampledFrom(w.Choices).Draw(t, w.Name))
		case stratify.Number:
			span, ok := usual[w.Name]
			if !ok || w.Low != nil && *w.Low > span[0] || w.High != nil && *w.High < span[1] {
				span = [2]float64{*w.Low, *w.High}
			}
			in[w.Name] = stratify.Num(rapid.Float64Range(span[0], span[1]).Draw(t, w.Name), w.Unit)
		case stratify.Years:
			in[w.Name] = stratify.Num(float64(rapid.IntRange(25, 100).Draw(t, w.Name)), w.Unit)
		default:
			low, high := 0, 10
			if w.Low != nil {
				low = int(*w.Low)
			}
			if w.High != nil {
				high = int(*w.High)
			}
			in[w.Name] = stratify.Num(float64(rapid.IntRange(low, high).Draw(t, w.Name)), w.Unit)
		}
	}
	return in
}

// goodNews are flags that lower a score by design, in the scores named, or in all.
var goodNews = map[string]string{"low_limits": "", "prior_stroke": "atria-stroke@2013", "variceal_bleeding": "", "healthy": "", "coping": "", "support": ""}

// Points are whole in their scale and add up; Value is Explain; leaving out any one input
// leaves no score and names it; a disease more never lowers a score.
func TestLawScores(t *testing.T) {
	models, err := points.Models()
	if err != nil {
		t.Fatal(err)
	}
	seen, more := map[string]bool{}, 0
	one := func(t *rapid.T, m *stratify.Model) {
		d := m.Definition()
		in := anyone(t, m)
		s := m.Score(in)
		v, ok := m.Value(m.Bind(in))
		if !s.Scored || !ok || v != s.Value || len(s.Issues) != 0 {
			t.Fatalf("%v %v", s, s.Issues)
		}
		sum := 0.0
		for _, term := range s.Terms {
			sum += term.Points
		}
		if math.Abs(sum-s.Linear) > 1e-9 {
			t.Fatalf("%v: terms add up to %v", s, sum)
		}
		if units := s.Linear * float64(d.Scale); (d.Form == stratify.Points || d.Form == stratify.Share) && math.Abs(units-math.Round(units)) > 1e-9 {
			t.Fatalf("%v: not whole in the scale", s)
		}
		if s.Value < 0 && m.Name() != "mumtaz@2019" && m.Name() != "kidney-failure-points@2011" {
			t.Fatalf("%v: below 0", s)
		}
		seen[m.Name()] = true
		i := rapid.IntRange(0, len(d.Inputs)-1).Draw(t, "input")
		w := d.Inputs[i]
		if only, lowers := goodNews[w.Name]; w.Kind == stratify.Flag && !(lowers && (only == "" || only == m.Name())) {
			in[w.Name] = stratify.YesNo(false)
			a := m.Score(in)
			in[w.Name] = stratify.YesNo(true)
			more++
			if b := m.Score(in); b.Value < a.Value {
				t.Fatalf("%s: %v then %v", w.Name, a, b)
			}
		}
		delete(in, w.Name)
		if s := m.Score(in); s.Scored || len(s.Issues) != 1 || s.Issues[0].Input != w.Name {
			t.Fatalf("without %s: %v", w.Name, s)
		}
	}
	lawtest.Until(t, func(t *rapid.T) {
		for _, m := range models {
			one(t, m)
		}
	}, func() bool { return len(seen) >= len(models) && more > 0 })
}

// The lower limits of waist never lower the AUSDRISK; a stroke before never lowers ATRIA.
func TestPropertyOneWay(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		for name, flag := range map[string]string{"ausdrisk@2010": "low_limits", "atria-stroke@2013": "prior_stroke"} {
			m, err := points.New(name)
			if err != nil {
				t.Fatal(err)
			}
			in := anyone(t, m)
			in[flag] = stratify.YesNo(false)
			a := m.Score(in)
			in[flag] = stratify.YesNo(true)
			if b := m.Score(in); b.Value < a.Value {
				t.Fatalf("%s: %v then %v", flag, a, b)
			}
		}
	})
}
