package stratify_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/stratify"
)

func recalibrated() stratify.Definition {
	d := own()
	d.Form = stratify.CoxRecalibrated
	d.Inputs[1].Optional = true
	d.Inputs = append(d.Inputs, stratify.Input{Name: "sex", Kind: stratify.Category, Choices: []string{"female", "male"}})
	d.Select = []string{"sex"}
	e := stratify.Equation{When: []string{"female"}, Constant: 0.1, Mean: 0.2, Survival: 0.9, Scale1: 0.3, Scale2: 0.8, Terms: d.Equations[0].Terms}
	f := e
	f.When = []string{"male"}
	f.Terms = append([]stratify.Coefficient(nil), e.Terms...)
	d.Equations = []stratify.Equation{e, f}
	d.Bands = []stratify.Band{{Name: "low", From: 0}, {Name: "high", From: 0.2, Percent: ends(40)}}
	return d
}

// Every setting changes what it names, says so, and nothing else changes.
func TestEverySetting(t *testing.T) {
	m, err := stratify.Compile(recalibrated())
	if err != nil {
		t.Fatal(err)
	}
	before, _ := stratify.Compile(m.Definition())
	for _, c := range []struct {
		change stratify.Change
		said   string
		places int // differences besides the name
	}{
		{stratify.Change{Set: stratify.SetCoef, Term: "smoker", To: 2}, "smoker: 0.75 -> 2 (female); smoker: 0.75 -> 2 (male)", 2},
		{stratify.Change{Set: stratify.SetCoef, When: []string{"male"}, Term: "smoker", To: 2}, "smoker: 0.75 -> 2 (male)", 1},
		{stratify.Change{Set: stratify.SetConstant, To: 2, When: []string{"male"}}, "constant: 0.1 -> 2 (male)", 1},
		{stratify.Change{Set: stratify.SetMean, To: 2, When: []string{"male"}}, "mean: 0.2 -> 2 (male)", 1},
		{stratify.Change{Set: stratify.SetSurvival, To: 0.8, When: []string{"male"}}, "survival: 0.9 -> 0.8 (male)", 1},
		{stratify.Change{Set: stratify.SetScale1, To: 2, When: []string{"male"}}, "scale1: 0.3 -> 2 (male)", 1},
		{stratify.Change{Set: stratify.SetScale2, To: 2, When: []string{"male"}}, "scale2: 0.8 -> 2 (male)", 1},
		{stratify.Change{Set: stratify.SetMin, Input: "age", To: 30}, "age: min 40 -> 30", 1},
		{stratify.Change{Set: stratify.SetMax, Input: "age", To: 90}, "age: max 80 -> 90", 1},
		{stratify.Change{Set: stratify.SetMax, Input: "smoker", To: 0}, "smoker: max none -> 0", 1},
		{stratify.Change{Set: stratify.SetOutside, Input: "age", Outside: stratify.Clamp}, "age: outside refuse -> clamp", 1},
		{stratify.Change{Set: stratify.SetBand, Band: "high", To: 0.3}, "band high: from 0.2 -> 0.3", 2},
		{stratify.Change{Set: stratify.DropTerm, When: []string{"male"}, Term: "smoker"}, "smoker: dropped 0.75 (male)", 1},
		{stratify.Change{Set: stratify.AddTerm, When: []string{"male"}, Add: stratify.Coefficient{Coef: 0.1, Product: []string{"decades", "smoker"}}}, "decades*smoker: added 0.1 (male)", 1},
	} {
		local, err := m.With(c.change)
		if err != nil {
			t.Errorf("%+v: %v", c.change, err)
			continue
		}
		if got := strings.Join(local.Reference().Changes, "; "); got != c.said {
			t.Errorf("said %q, want %q", got, c.said)
		}
		if d := stratify.Diff(m, local); len(d) != 1+c.places {
			t.Errorf("%s: %v", c.said, d)
		}
		if d := stratify.Diff(m, before); len(d) != 0 {
			t.Errorf("%s reached the published model: %v", c.said, d)
		}
	}
	for _, bad := range []stratify.Change{
		{}, {Set: "other"}, {Set: stratify.SetCoef, Term: "nothing"}, {Set: stratify.SetMin, Input: "nothing"}, {Set: stratify.SetBand, Band: "nothing"},
		{Set: stratify.SetConstant, When: []string{"child"}}, {Set: stratify.SetSurvival, To: 2}, {Set: stratify.SetMin, Input: "age", To: 99}, {Set: stratify.SetScale2, To: -1},
		{Set: stratify.AddTerm, Add: stratify.Coefficient{Coef: 1, Product: []string{"smoker"}}}, {Set: stratify.DropTerm, Term: "decades"},
	} {
		local, err := m.With(bad)
		if !errors.Is(err, stratify.ErrTable) && !errors.Is(err, stratify.ErrRange) {
			t.Errorf("%+v: %v %v", bad, local, err)
		}
	}
	if same, err := m.With(); err != nil || same.Reference().Modified() || same.Name() != m.Name() {
		t.Errorf("no changes: %v %v", same, err)
	}
}

// Definitions handed out are copies.
func TestDefinitionIsACopy(t *testing.T) {
	m, err := stratify.Compile(recalibrated())
	if err != nil {
		t.Fatal(err)
	}
	d := m.Definition()
	*d.Inputs[0].Low, d.Equations[0].Terms[0].Coef, d.Equations[0].Terms[0].Product[0], d.Select[0], *d.Bands[1].Percent = 0, 99, "x", "y", 3
	again, err := stratify.Compile(m.Definition())
	if err != nil || len(stratify.Diff(m, again)) != 0 || *m.Definition().Bands[1].Percent != 40 {
		t.Errorf("%v %v", err, stratify.Diff(m, again))
	}
	s := m.Score(stratify.Inputs{"age": stratify.Num(80, "years"), "smoker": stratify.YesNo(true), "sex": stratify.Word("male")})
	if s.Band.Name != "high" {
		t.Fatal(s)
	}
	*s.Band.Percent = 1
	s.Terms[0].Facts[0] = "x"
	if again := m.Score(stratify.Inputs{"age": stratify.Num(80, "years"), "smoker": stratify.YesNo(true), "sex": stratify.Word("male")}); *again.Band.Percent != 40 || again.Terms[0].Facts[0] != "age" {
		t.Error("a result reaches into the model")
	}
}
