// Command pointofcare reads one patient's FHIR bundle and prints the explained
// list of gaps in care, as a clinician would want it with the chart open.
//
//	go run ./examples/pointofcare [-valuesets FILE] [-year 2026] [-asof 2026-06-30] [-measure CMS122] [-why] [-json] [BUNDLE]
//
// Without a bundle it shows a made-up patient. Without value sets it uses the
// starter sets and the measures they allow. -why prints the full explanation. The
// exit code is 1 when the input cannot be read.
package main

import (
	"bytes"
	"compress/gzip"
	_ "embed"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/chroniccare/chroniccare/hedis"
	"github.com/chroniccare/chroniccare/hedis/ecqm"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/fhir"
)

//go:embed patient.json
var sample []byte

type config struct {
	valueSets, asOf, measure, bundle string
	year                             int
	why, json                        bool
}

func main() {
	var c config
	flag.StringVar(&c.valueSets, "valuesets", "", "FHIR ValueSet expansions, NDJSON, may be gzipped")
	flag.IntVar(&c.year, "year", 2026, "measurement year, 2025 or 2026")
	flag.StringVar(&c.asOf, "asof", "", "day of the question, default the end of the year")
	flag.StringVar(&c.measure, "measure", "", "only this measure")
	flag.BoolVar(&c.why, "why", false, "print the full explanation of each measure")
	flag.BoolVar(&c.json, "json", false, "print the gaps as JSON")
	flag.Parse()
	c.bundle = flag.Arg(0)
	if err := run(c, os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(c config, w io.Writer) error {
	data := sample
	if c.bundle != "" {
		var err error
		if data, err = os.ReadFile(c.bundle); err != nil {
			return err
		}
	}
	year := ecqm.Year(c.year)
	if year != ecqm.MY2025 && year != ecqm.MY2026 {
		return fmt.Errorf("no measures for the year %d", c.year)
	}
	edition, err := bind(c.valueSets, year)
	if err != nil {
		return err
	}
	asOf := year.Period().End
	if c.asOf != "" {
		if err := asOf.UnmarshalText([]byte(c.asOf)); err != nil {
			return err
		}
	}
	rec, err := fhir.Bundle(data, fhir.Options{})
	if err != nil {
		return err
	}
	chart := edition.Chart()
	chart.LoadAsOf(rec.Patient, asOf)
	var gaps []hedis.Gap
	for i, ind := range edition.Indicators() {
		if c.measure != "" && !strings.EqualFold(c.measure, ind.ID) {
			continue
		}
		gaps = append(gaps, edition.Gaps(chart, i, asOf)...)
	}
	if c.json {
		enc := json.NewEncoder(w)
		enc.SetIndent("", "  ")
		return enc.Encode(gaps)
	}
	p := rec.Patient
	fmt.Fprintf(w, "Patient %s, %v, age %d on %v\n", p.ID, p.Gender, p.AgeOn(asOf), asOf)
	fmt.Fprintf(w, "%d facts in the record; left out of the chart: %d later than that day, %d in error, %d duplicates, %d that no measure asks for\n",
		chart.Facts(), chart.LeftOut.Future, chart.LeftOut.EnteredInError, chart.LeftOut.Duplicate, chart.LeftOut.NotAskedFor+chart.LeftOut.NoCode)
	for _, i := range rec.Issues {
		fmt.Fprintf(w, "note: %s %s %s %s\n", i.Code, i.Resource, i.Path, i.Value)
	}
	for _, u := range rec.Unknown {
		fmt.Fprintf(w, "note: %d %s resources hold no facts for the library\n", u.N, u.Type)
	}
	fmt.Fprintln(w)
	for _, s := range []hedis.GapStatus{hedis.OpenGap, hedis.ProspectiveGap, hedis.ClosedGap} {
		for i := range gaps {
			if gaps[i].Status == s {
				fmt.Fprint(w, gaps[i].Text())
			}
		}
	}
	if c.why {
		for i, ind := range edition.Indicators() {
			if c.measure == "" || strings.EqualFold(c.measure, ind.ID) {
				fmt.Fprintf(w, "\n%s", edition.Explain(chart, i).Text())
			}
		}
	}
	return nil
}

func bind(file string, year ecqm.Year) (*hedis.Edition, error) {
	if file == "" {
		sets, err := ecqm.StarterSets()
		if err != nil {
			return nil, err
		}
		return hedis.New(ecqm.StarterProgramme(year), sets)
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	if bytes.HasPrefix(data, []byte{0x1f, 0x8b}) {
		z, err := gzip.NewReader(bytes.NewReader(data))
		if err != nil {
			return nil, err
		}
		if data, err = io.ReadAll(z); err != nil {
			return nil, err
		}
	}
	var sets []registry.ValueSet
	if sets, err = fhir.ValueSets(data); err != nil {
		return nil, err
	}
	return ecqm.New(year, sets)
}
