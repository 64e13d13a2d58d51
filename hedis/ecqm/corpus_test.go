package ecqm_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/hedis"
	"github.com/chroniccare/chroniccare/hedis/ecqm"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/fhir"
)

type corpusCase struct {
	Case, Measure, Description string
	Period                     struct{ Start, End string }
	Groups                     []struct {
		Populations []struct {
			Code  string
			Count int
		}
	}
	Bundle json.RawMessage
}

func corpus(t testing.TB) string {
	dir := os.Getenv("CHRONICCARE_CORPUS")
	if dir == "" {
		t.Skip("CHRONICCARE_CORPUS is not set")
	}
	return filepath.Join(dir, "ecqm")
}

func corpusSets(t testing.TB, dir string, y ecqm.Year) []registry.ValueSet {
	f, err := os.Open(filepath.Join(dir, strings.ToLower(y.String()), "valuesets.ndjson.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	sets, err := fhir.ValueSets(data)
	if err != nil {
		t.Fatal(err)
	}
	return sets
}

func corpusCases(t testing.TB, dir string, y ecqm.Year, measure string) []corpusCase {
	data, err := os.ReadFile(filepath.Join(dir, strings.ToLower(y.String()), measure+".ndjson"))
	if err != nil {
		t.Fatal(err)
	}
	var out []corpusCase
	for _, l := range bytes.Split(data, []byte("\n")) {
		if len(bytes.TrimSpace(l)) == 0 {
			continue
		}
		var c corpusCase
		if err := json.Unmarshal(l, &c); err != nil {
			t.Fatal(err)
		}
		out = append(out, c)
	}
	return out
}

func populationOf(code string) hedis.Population {
	for p := hedis.InitialPopulation; p <= hedis.NumeratorExclusion; p++ {
		if p.String() == code {
			return p
		}
	}
	return hedis.NumeratorExclusion
}

func TestCorpus(t *testing.T) {
	dir := corpus(t)
	for _, y := range ecqm.Years() {
		e, err := ecqm.New(y, corpusSets(t, dir, y))
		if err != nil {
			t.Fatal(err)
		}
		chart := e.Chart()
		var out hedis.Outcome
		for i, ind := range e.Indicators() {
			agree, all := 0, 0
			for _, c := range corpusCases(t, dir, y, ind.ID) {
				all++
				rec, err := fhir.Bundle(c.Bundle, fhir.Options{})
				if err != nil {
					t.Errorf("%v %s %s: %v", y, ind.ID, c.Case, err)
					continue
				}
				chart.Load(rec.Patient)
				rates := e.ClassifyOne(chart, i, &out)
				ok := true
				for g, group := range c.Groups {
					for _, p := range group.Populations {
						if got := rates[g].Of(populationOf(p.Code)); got != p.Count {
							if d, yes := ecqm.IsDisputed(y, ind.ID, c.Case); yes && d.Population == p.Code && d.Computed == got {
								t.Logf("%v %s %s: disputed: %s", y, ind.ID, c.Case, d.Reason)
								continue
							}
							t.Errorf("%v %s %s (%s): group %d %s: %d, want %d", y, ind.ID, c.Case, c.Description, g+1, p.Code, got, p.Count)
							ok = false
						}
					}
				}
				if ok {
					agree++
				}
			}
			t.Logf("%v %s: %d of %d", y, ind.ID, agree, all)
		}
	}
}
