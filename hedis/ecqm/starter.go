package ecqm

import (
	_ "embed"
	"encoding/csv"
	"errors"
	"fmt"
	"strings"

	"github.com/chroniccare/chroniccare/hedis"
	"github.com/chroniccare/chroniccare/registry"
)

//go:embed data/starter.csv
var starterCSV string

// StarterSystem is the local code system of starter sets for which no free
// code system has a code.
const StarterSystem registry.System = "urn:chroniccare:starter"

// StarterMeasures are the measures that the starter sets can show at work.
func StarterMeasures() []string {
	return []string{"CMS122", "CMS125", "CMS130", "CMS131", "CMS165", "CMS951"}
}

// StarterProgramme is the programme of a year with the starter measures only.
func StarterProgramme(y Year) hedis.Programme {
	p := hedis.Programme{Name: y.String() + " starter", Period: y.Period()}
	for _, id := range StarterMeasures() {
		m, _ := Measure(id, y)
		p.Indicators = append(p.Indicators, m)
	}
	return p
}

// StarterSets are small value sets from free code systems, one for every set
// that the starter measures name, so that the library runs out of the box. They
// are not the published value sets: results with them mean nothing outside a
// demonstration. Sets for which no free system has a code hold one code of
// [StarterSystem].
func StarterSets() ([]registry.ValueSet, error) {
	r := csv.NewReader(strings.NewReader(starterCSV))
	r.Comment = '#'
	rows, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("starter sets: %w", err)
	}
	codes := map[string][]registry.Code{}
	for _, row := range rows[1:] {
		codes[row[0]] = append(codes[row[0]], registry.NewCode(row[1], row[2]))
	}
	var out []registry.ValueSet
	seen := map[string]bool{}
	for _, y := range Years() {
		for _, ind := range StarterProgramme(y).Indicators {
			for _, s := range Sets(ind) {
				if seen[s.OID] {
					continue
				}
				seen[s.OID] = true
				v := registry.ValueSet{OID: s.OID, Name: s.Name, Version: "starter", Codes: codes[s.Name]}
				if len(v.Codes) == 0 {
					v.Codes = []registry.Code{{System: StarterSystem, Value: strings.ReplaceAll(strings.ToLower(s.Name), " ", "-")}}
				}
				out = append(out, v)
			}
		}
	}
	return out, nil
}

// Sets lists the value sets that an indicator names, sorted by name:
// what to ask the value set authority for.
func Sets(ind hedis.Indicator) []registry.Set {
	_, err := hedis.New(hedis.Programme{Name: ind.ID, Period: registry.CalendarYear(2025), Indicators: []hedis.Indicator{ind}}, nil)
	var missing *registry.MissingSets
	if !errors.As(err, &missing) {
		return nil
	}
	return missing.Missing
}
