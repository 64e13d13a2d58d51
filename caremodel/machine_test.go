package caremodel_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"pgregory.net/rapid"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/registry"
)

type light string

func lights(t interface{ Fatal(...any) }) *caremodel.Machine[light] {
	m, err := caremodel.NewMachine("light", light("red"), caremodel.Edge[light]{From: "red", To: "green"}, caremodel.Edge[light]{From: "green", To: "amber"},
		caremodel.Edge[light]{From: "amber", To: "red", Back: true}, caremodel.Edge[light]{From: "amber", To: "off"}, caremodel.Edge[light]{From: "red", To: "off"})
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestMachine(t *testing.T) {
	m := lights(t)
	allowed := map[light][]light{"red": {"green", "off"}, "green": {"amber"}, "amber": {"red", "off"}, "off": nil}
	day := registry.Day(2024, 1, 1)
	path := map[light]caremodel.History[light]{"red": {{On: day, To: "red"}}}
	path["green"] = append(slices.Clone(path["red"]), caremodel.Step[light]{On: day, To: "green"})
	path["amber"] = append(slices.Clone(path["green"]), caremodel.Step[light]{On: day, To: "amber"})
	path["off"] = append(slices.Clone(path["amber"]), caremodel.Step[light]{On: day, To: "off"})
	for _, from := range m.States() {
		for _, to := range append(m.States(), "blue") {
			before := slices.Clone(path[from])
			h, err := m.Append(path[from], caremodel.Step[light]{On: day, To: to})
			want := slices.Contains(allowed[from], to)
			if want != (err == nil) || !want && (!errors.Is(err, caremodel.ErrTransition) || !slices.Equal(h, before)) || want && h[len(h)-1].To != to {
				t.Errorf("%s to %s: %v", from, to, err)
			}
		}
	}
	if !m.Terminal("off") || m.Terminal("red") || m.First() != "red" || len(m.Next("amber")) != 2 {
		t.Error("table")
	}
	for _, s := range []caremodel.Step[light]{{On: day.AddDays(-1), To: "green"}, {To: "green"}} {
		if _, err := m.Append(path["red"], s); !errors.Is(err, caremodel.ErrTransition) {
			t.Error(s, err)
		}
	}
	if _, err := m.Append(nil, caremodel.Step[light]{On: day, To: "green"}); !errors.Is(err, caremodel.ErrTransition) {
		t.Error(err)
	}
	err := m.Check(caremodel.History[light]{{On: day, To: "red"}, {On: day, To: "amber"}, {On: day.AddDays(-2), To: "off"}})
	if !errors.Is(err, caremodel.ErrTransition) || !strings.Contains(err.Error(), "step 2") || !strings.Contains(err.Error(), "step 3") {
		t.Error(err)
	}
}

func TestMachineFaults(t *testing.T) {
	e := func(from, to light) caremodel.Edge[light] { return caremodel.Edge[light]{From: from, To: to} }
	for want, edges := range map[string][]caremodel.Edge[light]{
		"no way out of b":        {e("a", "b"), e("b", "c"), e("c", "b"), e("a", "d")},
		"a circle through b":     {e("a", "b"), e("b", "c"), e("c", "b"), e("c", "d")},
		"x cannot be reached":    {e("a", "b"), e("x", "b")},
		`a step from "a" to "a"`: {e("a", "a"), e("a", "b")},
		"from a to b twice":      {e("a", "b"), e("a", "b")},
		`a step from "a" to ""`:  {e("a", ""), e("a", "b")},
		"a circle through a":     {e("a", "b"), e("b", "a"), e("b", "c")},
	} {
		if _, err := caremodel.NewMachine("m", light("a"), edges...); !errors.Is(err, caremodel.ErrDefinition) || !strings.Contains(err.Error(), want) {
			t.Errorf("want %q: %v", want, err)
		}
	}
}

func TestMachineLaws(t *testing.T) {
	m := lights(t)
	refused, ended := 0, 0
	lawtest.Until(t, func(t *rapid.T) {
		var h caremodel.History[light]
		day := registry.Day(2024, 1, 1)
		for range rapid.IntRange(1, 8).Draw(t, "steps") {
			day = day.AddDays(rapid.IntRange(-1, 3).Draw(t, "days"))
			next, err := m.Append(h, caremodel.Step[light]{On: day, To: rapid.SampledFrom(m.States()).Draw(t, "to")})
			if err != nil {
				refused++
				if len(next) != len(h) {
					t.Fatal("a refused step changed the history")
				}
				if len(h) > 0 {
					day = max(day, h[len(h)-1].On)
				}
				continue
			}
			h = next
		}
		if m.Check(h) != nil {
			t.Fatal("a history that was built step by step is not legal")
		}
		if len(h) > 0 && m.Terminal(h[len(h)-1].To) {
			ended++
		}
		// each day has one state, that of the last step up to it
		for d := registry.Day(2023, 12, 25); d < day.AddDays(3); d = d.AddDays(1) {
			var want light
			var since registry.Date
			for _, s := range h {
				if s.On <= d {
					want, since = s.To, s.On
				}
			}
			if got, ok := h.At(d); got != want || ok != (want != "") || h.Since(d) != since {
				t.Fatalf("%s: %s, want %s", d, got, want)
			}
		}
	}, func() bool { return refused > 0 && ended > 0 })
}

func TestIssues(t *testing.T) {
	is := []caremodel.Issue{{Code: caremodel.NoReview, Subject: "b"}, {Code: caremodel.StepOverdue, Subject: "a", On: registry.Day(2024, 1, 2), Detail: "assess"}, {Code: caremodel.NoOwner, Subject: "a"}}
	caremodel.SortIssues(is)
	if is[0].String() != "NO_OWNER a" || is[1].String() != "STEP_OVERDUE a since 2024-01-02: assess" || is[2].Subject != "b" {
		t.Error(is)
	}
}
