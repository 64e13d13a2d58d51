package readmission_test

import (
	"math"
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"github.com/chroniccare/chroniccare/stratify"
	"github.com/chroniccare/chroniccare/stratify/readmission"
	"pgregory.net/rapid"
)

// Scores are whole and in their published range, Value is Explain, terms add up, more
// emergency use or a longer stay never lowers a score, and a missing input is named.
func TestLawScores(t *testing.T) {
	models, err := readmission.Models()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range readmission.UnconfirmedNames() {
		m, err := readmission.NewUnconfirmed(name)
		if err != nil {
			t.Fatal(err)
		}
		models = append(models, m)
	}
	highest := map[string]float64{"lace@2010": 19, "hospital@2016": 13, "hospital@2013": 13, "parr-30@2012": 1}
	seen := map[string]bool{}
	lawtest.Until(t, func(t *rapid.T) {
		m := rapid.SampledFrom(models).Draw(t, "model")
		seen[m.Name()] = true
		d := m.Definition()
		in := stratify.Inputs{}
		for _, w := range d.Inputs {
			switch w.Kind {
			case stratify.Flag:
				in[w.Name] = stratify.YesNo(rapid.Bool().Draw(t, w.Name))
			case stratify.Number:
				low, high := -0.5, 0.5
				if w.Low != nil {
					low, high = *w.Low, *w.High
				}
				in[w.Name] = stratify.Num(rapid.Float64Range(low, high).Draw(t, w.Name), w.Unit)
			default:
				in[w.Name] = stratify.Num(float64(rapid.IntRange(0, 20).Draw(t, w.Name)), w.Unit)
			}
		}
		s := m.Score(in)
		v, ok := m.Value(m.Bind(in))
		if !s.Scored || !ok || v != s.Value || len(s.Issues) != 0 || s.Value < 0 || s.Value > highest[m.Name()] {
			t.Fatalf("%v %v", s, s.Issues)
		}
		sum := 0.0
		for _, term := range s.Terms {
			sum += term.Points
		}
		if d.Form == stratify.Points && (sum != s.Value || sum != math.Trunc(sum)) || math.Abs(sum-s.Linear) > 1e-12 {
			t.Fatalf("%v: terms add up to %v", s, sum)
		}
		w := rapid.SampledFrom(d.Inputs).Draw(t, "input")
		if w.Kind == stratify.Count {
			x := in[w.Name]
			x.Value++
			in[w.Name] = x
			if b := m.Score(in); b.Value < s.Value {
				t.Fatalf("%s: %v then %v", w.Name, s, b)
			}
		}
		delete(in, w.Name)
		if s := m.Score(in); s.Scored != w.Optional || !w.Optional && (len(s.Issues) != 1 || s.Issues[0].Input != w.Name) {
			t.Fatalf("without %s: %v", w.Name, s)
		}
	}, func() bool { return len(seen) >= len(models) })
}
