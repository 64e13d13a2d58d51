package ecqm_test

import (
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/hedis"
	"github.com/chroniccare/chroniccare/hedis/ecqm"
	"github.com/chroniccare/chroniccare/internal/golden"
	"github.com/chroniccare/chroniccare/registry"
)

// The definitions in words, one file a measure and year: a diff of the two
// folders is what changed.
func TestWords(t *testing.T) {
	for _, y := range ecqm.Years() {
		for _, ind := range ecqm.Programme(y).Indicators {
			golden.Check(t, "words/"+strings.ToLower(y.String())+"/"+ind.ID+".txt", ind.Words())
		}
	}
}

func TestChanges(t *testing.T) {
	for _, ind := range ecqm.Programme(ecqm.MY2025).Indicators {
		next, ok := ecqm.Measure(ind.ID, ecqm.MY2026)
		if !ok {
			t.Fatalf("%s has no MY2026 version", ind.ID)
		}
		golden.Check(t, "changes/"+ind.ID+".txt", hedis.Changes(&ind, &next))
		if same := hedis.Changes(&ind, &ind); same != "" {
			t.Errorf("%s differs from itself:\n%s", ind.ID, same)
		}
	}
}

func TestNoLints(t *testing.T) {
	for _, y := range ecqm.Years() {
		for _, l := range hedis.Lints(ecqm.Programme(y), hedis.LintOptions{DataFrom: registry.Day(2000, 1, 1)}) {
			t.Errorf("%v: %v", y, l)
		}
	}
	// the lint does look: ten-year look-backs reach behind data of three years
	if l := hedis.Lints(ecqm.Programme(ecqm.MY2025), hedis.LintOptions{DataFrom: registry.Day(2023, 1, 1)}); len(l) == 0 {
		t.Error("no look-back lint on three years of data")
	}
}

// The data requirements are exactly the value sets that the words name.
func TestRequirements(t *testing.T) {
	sets := everySet()
	for _, y := range ecqm.Years() {
		e, err := ecqm.New(y, sets)
		if err != nil {
			t.Fatal(err)
		}
		for i, ind := range e.Indicators() {
			need := map[string]bool{}
			for _, r := range e.Requirements(i) {
				for _, s := range r.Sets {
					need[s.OID] = true
				}
			}
			named := map[string]bool{}
			for _, s := range ecqm.Sets(ind) {
				named[s.OID] = true
			}
			for oid := range need {
				if !named[oid] {
					t.Errorf("%v %s requires %s, binding does not ask for it", y, ind.ID, oid)
				}
			}
			for oid := range named {
				if !need[oid] {
					t.Errorf("%v %s asks for %s, no requirement lists it", y, ind.ID, oid)
				}
			}
		}
	}
}

// everySet gives every value set that any measure names one code of its own.
func everySet() []registry.ValueSet {
	var out []registry.ValueSet
	seen := map[string]bool{}
	for _, y := range ecqm.Years() {
		for _, ind := range ecqm.Programme(y).Indicators {
			for _, s := range ecqm.Sets(ind) {
				if !seen[s.OID] {
					seen[s.OID] = true
					out = append(out, registry.ValueSet{OID: s.OID, Name: s.Name, Codes: []registry.Code{{System: "urn:test", Value: s.OID}}})
				}
			}
		}
	}
	return out
}
