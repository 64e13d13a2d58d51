package main

import (
	"compress/gzip"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/chroniccare/chroniccare/registry"
)

// words tell which ICD-10-CM code stands for a condition of the synthetic set, by its
// name: the set's own codes are of a licensed system and stay where they are.
var words = []struct{ in, not, code string }{
	{"diabetes", "pre", "E11.9"}, {"hypertension", "", "I10"}, {"coronary heart disease", "", "I25.10"}, {"myocardial infarction", "history", "I21.4"}, {"congestive heart failure", "", "I50.9"},
	{"asthma", "", "J45.909"}, {"obstructive bronchitis", "", "J44.9"}, {"emphysema", "", "J44.9"}, {"depression", "", "F32.9"}, {"chronic kidney disease", "", "N18.30"},
}

func codeOf(display string) []registry.Code {
	d := strings.ToLower(display)
	for _, w := range words {
		if strings.Contains(d, w.in) && (w.not == "" || !strings.Contains(d, w.not)) {
			return icd[w.code]
		}
	}
	return nil
}

// synthea reads the flattened synthetic population, as of its last day. Nothing is lost
// without a count: it returns how many lines could not be used, and why.
func synthea(dir string) (people []person, asOf registry.Date, skipped map[string]int, err error) {
	skipped = map[string]int{}
	index := map[string]int{}
	date := func(s string) registry.Date {
		p, err := registry.ParseDate(s)
		if err != nil {
			return 0
		}
		d, ok := p.Date()
		if !ok {
			return 0
		}
		return d
	}
	read := func(name string, row func(p *person, f map[string]string)) {
		if err != nil {
			return
		}
		err = eachRow(filepath.Join(dir, name+".csv.gz"), func(f map[string]string) {
			i, ok := index[f["patient"]]
			if !ok {
				skipped["unknown patient"]++
				return
			}
			row(&people[i], f)
		})
	}
	if err := eachRow(filepath.Join(dir, "patients.csv.gz"), func(f map[string]string) {
		p := person{language: "en", doctor: len(people) % len(doctors), worry: "my health"}
		p.ID, p.Birth = f["patient"], date(f["birth_date"])
		switch f["sex"] {
		case "female":
			p.Gender = registry.Female
		case "male":
			p.Gender = registry.Male
		}
		if d := date(f["deceased"]); d != 0 {
			p.Death, p.Dead = registry.At(d), true
		}
		index[p.ID] = len(people)
		people = append(people, p)
	}); err != nil {
		return nil, 0, nil, err
	}
	seen := func(p *person, d registry.Date, f registry.Fact) {
		if d == 0 {
			skipped["no date"]++
			return
		}
		asOf = max(asOf, d)
		f.ID = fmt.Sprintf("f%05d", len(p.Facts))
		p.Facts = append(p.Facts, f)
	}
	read("conditions", func(p *person, f map[string]string) {
		d, codes := date(f["onset"]), codeOf(f["display"])
		if codes == nil {
			codes = []registry.Code{registry.NewCode(f["system"], f["code"])}
		}
		x := registry.Fact{Kind: registry.Diagnosis, Status: registry.ParseStatus(f["clinical_status"]), Verification: registry.ParseVerification(f["verification"]), Codes: codes, When: registry.Since(d)}
		if end := date(f["abatement"]); end != 0 {
			x.When = registry.Between(d, end)
		}
		seen(p, d, x)
	})
	read("encounters", func(p *person, f map[string]string) {
		d, end := date(f["start"]), date(f["end"])
		code, v := "visit", ambulatory
		switch f["class"] {
		case "EMER":
			code, v = "emergency", emergencies
		case "IMP":
			code, v = "admission", inpatient
		}
		seen(p, d, registry.Fact{Kind: registry.Encounter, Status: registry.ParseStatus(f["status"]), Codes: visitCodes[code], When: registry.Between(d, max(d, end)), Visit: v, Provider: doctors[p.doctor].id})
	})
	type pair struct {
		person int
		on     registry.Date
	}
	half := map[pair]registry.Component{} // a pressure's first part: the file has each on a line
	read("observations", func(p *person, f map[string]string) {
		d := date(f["date"])
		text := f["value"]
		if dot := strings.IndexByte(text, '.'); dot >= 0 && len(text) > dot+7 {
			text = text[:dot+7] // six places are plenty
		}
		n, err := registry.ParseNumber(text)
		v := registry.Value{Kind: registry.QuantityValue, Quantity: registry.Quantity{Value: n, Unit: registry.CanonicalUnit(f["unit"])}}
		if err != nil {
			v = registry.Value{Kind: registry.TextValue, Text: f["value"]}
			skipped["value that is no number, kept as text"]++
		}
		code := registry.NewCode("LOINC", f["code"])
		if code == systolicCode || code == diastolicCode {
			at, part := pair{index[f["patient"]], d}, registry.Component{Codes: []registry.Code{code}, Value: v}
			other, ok := half[at]
			if !ok || other.Codes[0] == code {
				half[at] = part
				return
			}
			delete(half, at)
			if code == systolicCode {
				part, other = other, part
			}
			seen(p, d, registry.Fact{Kind: registry.Observation, Status: registry.ParseStatus(f["status"]), Codes: pressure.values.Codes[:1], When: registry.On(d), Components: []registry.Component{other, part}})
			return
		}
		seen(p, d, registry.Fact{Kind: registry.Observation, Status: registry.ParseStatus(f["status"]), Codes: []registry.Code{code}, When: registry.On(d), Value: v})
	})
	if len(half) > 0 {
		skipped["half of a blood pressure"] = len(half)
	}
	read("immunizations", func(p *person, f map[string]string) {
		d := date(f["date"])
		seen(p, d, registry.Fact{Kind: registry.Immunization, Status: registry.ParseStatus(f["status"]), Codes: []registry.Code{registry.NewCode("CVX", f["cvx"])}, When: registry.On(d)})
	})
	read("medications", func(p *person, f map[string]string) {
		d := date(f["authored"])
		codes := []registry.Code{registry.NewCode(f["system"], f["code"])}
		if x := strings.ToLower(f["display"]); strings.Contains(x, "ibuprofen") || strings.Contains(x, "naproxen") {
			codes = visitCodes["nsaid"]
		}
		seen(p, d, registry.Fact{Kind: registry.MedicationOrder, Intent: registry.Order, Status: registry.ParseStatus(f["status"]), Codes: codes, When: registry.On(d), Authored: registry.At(d)})
	})
	return people, asOf, skipped, err
}

// eachRow reads a compressed table with a header.
func eachRow(path string, row func(map[string]string)) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	r := csv.NewReader(z)
	r.ReuseRecord = true
	header, err := r.Read()
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	names := append([]string(nil), header...)
	fields := map[string]string{}
	for {
		rec, err := r.Read()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		for i, n := range names {
			fields[n] = rec[i]
		}
		row(fields)
	}
}
