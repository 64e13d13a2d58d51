// Command conformance runs the public eCQM test cases against the library and
// says where they agree.
//
//	go run ./examples/conformance -corpus DIR [-year my2025] [-measure CMS122] [-json] [-v]
//
// DIR holds a folder for each year (my2025, my2026) with one NDJSON file of test
// cases per measure and valuesets.ndjson.gz. The exit code is 1 when a case
// disagrees that is not on the published list of disputed cases, 2 when the
// input cannot be read.
package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/chroniccare/chroniccare/hedis"
	"github.com/chroniccare/chroniccare/hedis/ecqm"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/fhir"
)

type population struct {
	Code  string `json:"code"`
	Count int    `json:"count"`
}

type group struct {
	Populations []population `json:"populations"`
}

type testCase struct {
	Case        string          `json:"case"`
	Measure     string          `json:"measure"`
	Description string          `json:"description"`
	Groups      []group         `json:"groups"`
	Bundle      json.RawMessage `json:"bundle"`
}

type result struct {
	Year    string  `json:"year"`
	Measure string  `json:"measure"`
	Case    string  `json:"case"`
	Groups  []group `json:"groups"`
}

type config struct {
	corpus, year, measure string
	json, verbose         bool
}

func main() {
	var c config
	flag.StringVar(&c.corpus, "corpus", "", "folder of the test cases")
	flag.StringVar(&c.year, "year", "", "only this year, such as my2025")
	flag.StringVar(&c.measure, "measure", "", "only this measure, such as CMS122")
	flag.BoolVar(&c.json, "json", false, "print what the library computed, one JSON line a case")
	flag.BoolVar(&c.verbose, "v", false, "print every case")
	flag.Parse()
	if c.corpus == "" {
		flag.Usage()
		os.Exit(2)
	}
	w := bufio.NewWriter(os.Stdout)
	bad, err := run(c, w)
	w.Flush()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	if bad > 0 {
		os.Exit(1)
	}
}

// run gives the number of cases that disagree and are not disputed.
func run(c config, w io.Writer) (bad int, err error) {
	var disputed []ecqm.Dispute
	agreed, all := 0, 0
	if !c.json {
		fmt.Fprintf(w, "%-8s %-7s %6s %6s %9s\n", "year", "measure", "cases", "agree", "disputed")
	}
	found := false
	for _, y := range ecqm.Years() {
		name := strings.ToLower(y.String())
		if c.year != "" && !strings.EqualFold(c.year, name) {
			continue
		}
		dir := filepath.Join(c.corpus, name)
		sets, err := valueSets(dir)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err != nil {
			return bad, err
		}
		e, err := ecqm.New(y, sets)
		if err != nil {
			return bad, err
		}
		chart := e.Chart()
		var out hedis.Outcome
		for i, ind := range e.Indicators() {
			if c.measure != "" && !strings.EqualFold(c.measure, ind.ID) {
				continue
			}
			cases, err := read(filepath.Join(dir, ind.ID+".ndjson"))
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			if err != nil {
				return bad, err
			}
			found = true
			n, ok, disputes := 0, 0, 0
			var lines bytes.Buffer
			for _, tc := range cases {
				n++
				rec, err := fhir.Bundle(tc.Bundle, fhir.Options{})
				if err != nil {
					fmt.Fprintf(&lines, "  %s: %v\n", tc.Case, err)
					bad++
					continue
				}
				chart.Load(rec.Patient)
				got := computed(e, i, e.ClassifyOne(chart, i, &out), &tc)
				if c.json {
					b, err := json.Marshal(result{name, ind.ID, tc.Case, got})
					if err != nil {
						return bad, err
					}
					fmt.Fprintf(w, "%s\n", b)
				}
				diffs := compare(tc.Groups, got)
				d, known := ecqm.IsDisputed(y, ind.ID, tc.Case)
				switch {
				case len(diffs) == 0:
					ok++
					if c.verbose {
						fmt.Fprintf(&lines, "  agrees: %s %s\n", tc.Case, tc.Description)
					}
				case known && len(diffs) == 1 && diffs[0].code == d.Population && diffs[0].got == d.Computed:
					disputes++
					disputed = append(disputed, d)
				default:
					bad++
					fmt.Fprintf(&lines, "  DISAGREES: %s %s\n", tc.Case, tc.Description)
					for _, x := range diffs {
						fmt.Fprintf(&lines, "    group %d %s: computed %d, expected %d\n", x.group+1, x.code, x.got, x.want)
					}
					fmt.Fprintf(&lines, "%s", indent(e.Explain(chart, i).Text()))
				}
			}
			if !c.json {
				fmt.Fprintf(w, "%-8s %-7s %6d %6d %9d\n%s", name, ind.ID, n, ok, disputes, lines.String())
			}
			agreed += ok
			all += n
		}
	}
	if !found {
		return bad, fmt.Errorf("no test cases found in %s", c.corpus)
	}
	if !c.json {
		fmt.Fprintf(w, "%-8s %-7s %6d %6d %9d\n", "all", "", all, agreed, len(disputed))
		if len(disputed) > 0 {
			fmt.Fprintln(w, "\nDisputed cases:")
			for _, d := range disputed {
				fmt.Fprintf(w, "  %v %s %s, %s: expected %d, computed %d.\n    %s\n", d.Year, d.Measure, d.Case, d.Population, d.Expected, d.Computed, d.Reason)
			}
		}
	}
	return bad, nil
}

// computed puts the library's counts into the shape of the case: its groups,
// with its populations in its order.
func computed(e *hedis.Edition, i int, rates []hedis.Counts, tc *testCase) []group {
	var out []group
	for g, r := range rates {
		var pops []population
		if g < len(tc.Groups) {
			for _, p := range tc.Groups[g].Populations {
				n := 0
				for k := hedis.InitialPopulation; k <= hedis.NumeratorExclusion; k++ {
					if k.String() == p.Code {
						n = r.Of(k)
					}
				}
				pops = append(pops, population{p.Code, n})
			}
		} else {
			for _, k := range defined(&e.Indicators()[i].Rates[g]) {
				pops = append(pops, population{k.String(), r.Of(k)})
			}
		}
		out = append(out, group{pops})
	}
	return out
}

// defined lists the populations of a rate in the order of the test cases.
func defined(r *hedis.RateDef) []hedis.Population {
	out := []hedis.Population{hedis.InitialPopulation, hedis.Denominator}
	if r.DenominatorExclusion != nil {
		out = append(out, hedis.DenominatorExclusion)
	}
	out = append(out, hedis.Numerator)
	if r.DenominatorException != nil {
		out = append(out, hedis.DenominatorException)
	}
	return out
}

type diff struct {
	group     int
	code      string
	got, want int
}

func compare(want, got []group) []diff {
	var out []diff
	for g := range want {
		for k, p := range want[g].Populations {
			if g >= len(got) {
				out = append(out, diff{g, p.Code, 0, p.Count})
			} else if n := got[g].Populations[k].Count; n != p.Count {
				out = append(out, diff{g, p.Code, n, p.Count})
			}
		}
	}
	return out
}

func indent(s string) string {
	return "      " + strings.ReplaceAll(strings.TrimRight(s, "\n"), "\n", "\n      ") + "\n"
}

func valueSets(dir string) ([]registry.ValueSet, error) {
	f, err := os.Open(filepath.Join(dir, "valuesets.ndjson.gz"))
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, err
	}
	data, err := io.ReadAll(z)
	if err != nil {
		return nil, err
	}
	return fhir.ValueSets(data)
}

func read(path string) ([]testCase, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	var out []testCase
	for n, l := range bytes.Split(data, []byte("\n")) {
		if len(bytes.TrimSpace(l)) == 0 {
			continue
		}
		var c testCase
		if err := json.Unmarshal(l, &c); err != nil {
			return nil, fmt.Errorf("%s line %d: %w", path, n+1, err)
		}
		out = append(out, c)
	}
	return out, nil
}
