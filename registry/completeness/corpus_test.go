package completeness_test

import (
	"compress/gzip"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/completeness"
	"github.com/chroniccare/chroniccare/registry/recall"
)

// rows reads a table of the synthetic population (Synthea, Apache-2.0) when it is there.
func rows(t *testing.T, name string) [][]string {
	dir := os.Getenv("CHRONICCARE_CORPUS")
	if dir == "" {
		t.Skip("CHRONICCARE_CORPUS is not set")
	}
	f, err := os.Open(filepath.Join(dir, "registry", "synthea", name+".csv.gz"))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	out, err := csv.NewReader(z).ReadAll()
	if err != nil || len(out) < 2 {
		t.Fatal(err)
	}
	return out[1:]
}

func date(t *testing.T, s string) registry.Date {
	var d registry.Date
	if err := d.UnmarshalText([]byte(s)); err != nil {
		t.Fatal(err)
	}
	return d
}

// A population that nobody tidied: each fault is found, and as many as a plain count of
// the rows gives.
func TestSyntheticPopulation(t *testing.T) {
	asOf := d(2021, 3, 31)
	at := map[string]int{}
	var recs []completeness.Record
	for i, r := range rows(t, "patients") {
		p := &registry.Patient{ID: r[0], Birth: date(t, r[1])}
		if r[2] != "" {
			p.Death = registry.At(date(t, r[2][:10]))
		}
		at[r[0]] = i
		recs = append(recs, completeness.Record{Patient: p})
	}
	after, before, want := int64(0), int64(0), map[completeness.Code]int64{}
	put := func(p *registry.Patient, f registry.Fact) {
		f.ID = fmt.Sprint(f.Kind, len(p.Facts))
		p.Facts = append(p.Facts, f)
		if p.Death.Day != 0 && f.When.Start.Day > p.Death.Day {
			after++
		}
		if f.When.Start.Day < p.Birth {
			before++
		}
	}
	for _, r := range rows(t, "conditions") {
		f := registry.Fact{Kind: registry.Diagnosis, Status: registry.ParseStatus(r[3]), Verification: registry.ParseVerification(r[4]), Codes: []registry.Code{registry.NewCode(r[5], r[6])}, When: registry.Since(date(t, r[1]))}
		if r[2] != "" {
			f.When = registry.Between(date(t, r[1]), date(t, r[2]))
		}
		put(recs[at[r[0]]].Patient, f)
	}
	units := map[string]bool{}
	within := func(v float64, lo, hi float64) {
		if v < lo || v > hi {
			want[completeness.Implausible]++
		}
	}
	for _, r := range rows(t, "observations") {
		p := recs[at[r[0]]].Patient
		f := registry.Fact{Kind: registry.Observation, Status: registry.ParseStatus(r[2]), Codes: []registry.Code{registry.NewCode("LOINC", r[3])}, When: registry.On(date(t, r[1][:10]))}
		if n, err := registry.ParseNumber(short(r[5])); err == nil {
			f.Value = registry.QuantityOf(n, r[6])
			v, _ := n.Decimal().Float64()
			adult := p.AgeOn(f.When.Start.Day) >= 18
			switch r[3] {
			case "33914-3":
				units[r[6]] = true
				if r[6] == "mL/min" {
					want[completeness.UnitMismatch]++
				} else {
					within(v, 1, 200)
				}
			case "8480-6", "8462-4":
				if r[6] == "" {
					want[completeness.UnitMissing]++
				}
			case "4548-4":
				within(v, 3, 20)
			case "19926-5":
				within(v, 10, 100) // per cent
			case "29463-7":
				if adult {
					within(v, 20, 400)
				}
			case "8302-2":
				if adult {
					within(v, 100, 250)
				}
			case "39156-5":
				if adult {
					within(v, 10, 120)
				}
			}
		} else if r[5] != "" {
			f.Value = registry.Value{Kind: registry.TextValue, Text: r[5]}
		}
		put(p, f)
	}
	want[completeness.AfterDeath], want[completeness.BeforeBirth] = after, before
	as := analytes(t)
	counts := func() map[completeness.Code]int64 {
		c := checker(t, completeness.Options{Analytes: as})
		n := map[completeness.Code]int64{}
		var out completeness.Issues
		for i := range recs {
			c.Check(&recs[i], asOf, &out)
			for _, x := range out.List {
				n[x.Code]++
			}
		}
		return n
	}
	got := counts()
	t.Log(len(recs), "people;", got)
	if diff := cmp.Diff(want, got); diff != "" || len(units) < 2 {
		t.Error(diff, units)
	}
	// told what the source means by mL/min, nothing is left of the other spelling
	for i := range as {
		if as[i].Name == "egfr" {
			as[i].Aliases = [][2]string{{"mL/min", "mL/min/{1.73_m2}"}}
		}
	}
	delete(want, completeness.UnitMismatch)
	if diff := cmp.Diff(want, counts()); diff != "" {
		t.Error(diff)
	}
	// expected of diabetics: an HbA1c within a year; as a plain look at the rows has it
	diabetes := registry.Code{System: registry.SNOMEDCT, Value: "44054006"}
	plan, err := completeness.Compile(nil, completeness.Spec{
		Registers: []completeness.Register{{ID: "diabetes", Is: registry.Exists{Query: registry.Query{Kind: registry.Diagnosis, Codes: []registry.Code{diabetes}}}}},
		Items:     []completeness.Item{{Key: "hba1c", Registers: []string{"diabetes"}, Facts: registry.Query{Kind: registry.Observation, Codes: []registry.Code{hba1c}}, Limit: recall.Every{N: 12, Unit: recall.Month}}},
		Options:   completeness.Options{Analytes: analytes(t)},
	})
	if err != nil {
		t.Fatal(err)
	}
	var s completeness.Scores
	var rate registry.Rate
	var rep completeness.Report
	for i := range recs {
		p := recs[i].Patient
		plan.Report(&recs[i], asOf, &rep)
		s.Add(&rep)
		on, recent := false, false
		for k := range p.Facts {
			f := &p.Facts[k]
			on = on || f.Kind == registry.Diagnosis && f.HasCode(diabetes)
			v, _ := f.Value.Quantity.Value.Decimal().Float64()
			recent = recent || f.HasCode(hba1c) && f.When.Start.Day >= d(2020, 3, 31) && v >= 3 && v <= 20
		}
		if on && p.Death.Day == 0 {
			rate.Den++
			if recent {
				rate.Num++
			}
		}
	}
	t.Log("HbA1c of diabetics:", s.All)
	if s.All != rate || rate.Den == 0 {
		t.Errorf("%s, want %s", s.All, rate)
	}
}

// short cuts a number to 17 characters: more digits than a measurement has.
func short(s string) string { return s[:min(len(s), 17)] }
