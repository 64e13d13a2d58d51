package hedis2001_test

import (
	"testing"

	"github.com/chroniccare/chroniccare/hedis"
	. "github.com/chroniccare/chroniccare/hedis/hedis2001"
	"github.com/chroniccare/chroniccare/internal/golden"
)

// The definitions in words, one file an indicator, and what the 2006 edition
// changes in them.
func TestWords(t *testing.T) {
	a, err := Programme(2001, Params{})
	if err != nil {
		t.Fatal(err)
	}
	b, err := Programme(2001, Edition2006())
	if err != nil {
		t.Fatal(err)
	}
	changed := 0
	for i := range a.Indicators {
		x, y := &a.Indicators[i], &b.Indicators[i]
		golden.Check(t, "words/"+x.ID+".txt", x.Words())
		if same := hedis.Changes(x, x); same != "" {
			t.Errorf("%s differs from itself:\n%s", x.ID, same)
		}
		if d := hedis.Changes(x, y); d != "" {
			changed++
			golden.Check(t, "changes/2001-2006/"+x.ID+".txt", d)
		}
	}
	if changed != 8 { // HbA1c, four rates of asthma, three of chlamydia
		t.Errorf("%d indicators changed", changed)
	}
}

func TestNoLints(t *testing.T) {
	p, err := Programme(2001, Params{})
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range hedis.Lints(p, hedis.LintOptions{}) {
		t.Error(l)
	}
}

// Every value set of the table is named by a definition, and the other way.
func TestSetsAreNeeded(t *testing.T) {
	infos, err := Sets()
	if err != nil {
		t.Fatal(err)
	}
	known := map[string]bool{}
	for _, s := range infos {
		known[s.Set.OID] = false
	}
	for _, p := range []Params{{}, {PregnancyTestExclusion: true}} {
		e := edition(t, 2001, p)
		for _, r := range e.Requirements(-1) {
			for _, s := range r.Sets {
				if _, ok := known[s.OID]; !ok {
					t.Errorf("%s is not in the table", s.Name)
				}
				known[s.OID] = true
			}
		}
	}
	for _, s := range infos {
		if !known[s.Set.OID] && s.Set.Name != "Ambulatory or Preventive Visit" && s.Set.Name != "Primary Care Visit" && s.Set.Name != "Mental Health Follow-up" {
			t.Errorf("no definition names %s", s.Set.Name)
		}
	}
}
