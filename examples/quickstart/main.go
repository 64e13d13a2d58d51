// Command quickstart makes a population of 10,000 patients, always the same one,
// computes the measures that the starter value sets allow, and prints the rates
// with intervals, one patient's explained gap list, and how long it took.
//
//	go run ./examples/quickstart [-n 10000] [-html FILE]
package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"time"

	"github.com/chroniccare/chroniccare/hedis"
	"github.com/chroniccare/chroniccare/hedis/ecqm"
	"github.com/chroniccare/chroniccare/registry"
)

func main() {
	n := flag.Int("n", 10000, "number of patients")
	html := flag.String("html", "", "also write a self-contained page with charts to this file")
	flag.Parse()
	if *n < 1 {
		fmt.Fprintln(os.Stderr, "-n must be at least 1")
		os.Exit(2)
	}
	w := bufio.NewWriter(os.Stdout)
	r, err := compute(*n)
	if err == nil {
		r.print(w)
		if *html != "" {
			err = os.WriteFile(*html, []byte(r.page()), 0o644)
		}
	}
	w.Flush()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	if *html != "" {
		fmt.Println("page written to", *html)
	}
}

type row struct {
	ID, Title, Rate string
	Counts          hedis.CountTotals
	Score           registry.Rate
	Low, High       float64
	LowerIsBetter   bool
	Strata          []row
}

type run struct {
	edition  *hedis.Edition
	people   []registry.Patient
	facts    int
	rows     []row
	patient  *registry.Patient // the one whose gaps are shown
	gaps     []hedis.Gap
	making   time.Duration
	binding  time.Duration
	counting time.Duration
}

const year = ecqm.MY2026

func compute(n int) (*run, error) {
	r := &run{}
	start := time.Now()
	r.people = population(n, year.Period())
	for i := range r.people {
		r.facts += len(r.people[i].Facts)
	}
	r.making = time.Since(start)

	start = time.Now()
	sets, err := ecqm.StarterSets()
	if err != nil {
		return nil, err
	}
	if r.edition, err = hedis.New(ecqm.StarterProgramme(year), sets); err != nil {
		return nil, err
	}
	r.binding = time.Since(start)

	start = time.Now()
	tally := r.edition.Count(func(yield func(*registry.Patient) bool) {
		for i := range r.people {
			if !yield(&r.people[i]) {
				return
			}
		}
	})
	r.counting = time.Since(start)

	for i, ind := range r.edition.Indicators() {
		for k, d := range ind.Rates {
			c := r.edition.RateOf(&tally, i, k)
			x := newRow(ind.ID, ind.Title, d.Name, c, ind.Improvement == hedis.Decrease)
			for s, st := range d.Strata {
				x.Strata = append(x.Strata, newRow(ind.ID, "", st.Name, r.edition.StratumOf(&tally, i, k, s), x.LowerIsBetter))
			}
			r.rows = append(r.rows, x)
		}
	}
	r.pick()
	return r, nil
}

func newRow(id, title, rate string, c hedis.CountTotals, lower bool) row {
	s := c.Score()
	lo, hi := wilson(s)
	return row{ID: id, Title: title, Rate: rate, Counts: c, Score: s, Low: lo, High: hi, LowerIsBetter: lower}
}

// pick finds a patient with diabetes and several open gaps.
func (r *run) pick() {
	c := r.edition.Chart()
	best := 0
	for i := range r.people[:min(len(r.people), 500)] {
		c.Load(&r.people[i])
		var all []hedis.Gap
		open := 0
		for k := range r.edition.Indicators() {
			for _, g := range r.edition.Gaps(c, k, year.Period().End) {
				if g.Status != hedis.NotApplicable {
					all = append(all, g)
				}
				if g.Status == hedis.OpenGap {
					open++
				}
			}
		}
		if open > best {
			best, r.patient, r.gaps = open, &r.people[i], all
		}
	}
	slices.SortStableFunc(r.gaps, func(a, b hedis.Gap) int { return int(b.Status) - int(a.Status) })
}

func (r *run) print(w io.Writer) {
	fmt.Fprintf(w, "%d patients with %d facts, %v, starter value sets (a demonstration: not the published sets)\n\n", len(r.people), r.facts, r.edition.Period)
	fmt.Fprintf(w, "%-8s %-55s %7s %7s %7s %9s   %s\n", "measure", "", "in", "out", "met", "rate", "95 % interval")
	for _, x := range r.rows {
		x.print(w)
		for _, s := range x.Strata {
			s.print(w)
		}
	}
	fmt.Fprintln(w, "\nin: denominator; out: exclusions and exceptions; met: numerator. (-) marks measures where a lower rate is better.")
	if r.patient != nil {
		fmt.Fprintf(w, "\nPatient %s, born %v, %v: gaps in care\n\n", r.patient.ID, r.patient.Birth, r.patient.Gender)
		for i := range r.gaps {
			fmt.Fprint(w, r.gaps[i].Text())
		}
	}
	per := float64(r.counting.Nanoseconds()) / float64(len(r.people)*len(r.rows))
	fmt.Fprintf(w, "\ntiming: made the population in %v, bound %d measures in %v, counted everything in %v (%.0f ns a patient and measure)\n",
		r.making.Round(time.Millisecond), len(r.rows), r.binding.Round(time.Millisecond), r.counting.Round(time.Millisecond), per)
}

func (x row) print(w io.Writer) {
	name := x.Title
	if x.Rate != "" {
		name = "  " + x.Rate
	}
	id := x.ID
	if x.Title == "" {
		id = ""
	}
	mark := ""
	if x.LowerIsBetter && x.Title != "" {
		mark = " (-)"
	}
	if len(name)+len(mark) > 55 {
		name = name[:52-len(mark)] + "..."
	}
	name += mark
	fmt.Fprintf(w, "%-8s %-55s %7d %7d %7d %7s %%   %.1f to %.1f\n", id, name, x.Counts[hedis.Denominator],
		x.Counts[hedis.DenominatorExclusion]+x.Counts[hedis.DenominatorException], x.Counts[hedis.Numerator], x.Score.Percent(1), 100*x.Low, 100*x.High)
}
