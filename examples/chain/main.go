// Command chain goes the whole way in one short program: facts about made-up people
// with diabetes, their gaps in care, each doctor's indicator rates, and the bonus that
// follows, shared out to the cent.
//
//	go run ./examples/chain
package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"

	"github.com/chroniccare/chroniccare/hedis"
	"github.com/chroniccare/chroniccare/incentives"
	"github.com/chroniccare/chroniccare/incentives/groups"
	"github.com/chroniccare/chroniccare/registry"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run gives the exit code: 0, 1 for a failure, 2 for wrong use.
func run(args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("chain", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Usage = func() { fmt.Fprintln(stderr, "usage: chain (it takes no flags and no arguments)") }
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return 0
		}
		return 2
	}
	if flags.NArg() > 0 {
		fmt.Fprintln(stderr, "unexpected argument", flags.Arg(0))
		flags.Usage()
		return 2
	}
	w := bufio.NewWriter(stdout)
	if err := errors.Join(walk(w), w.Flush()); err != nil {
		fmt.Fprintln(stderr, err)
		return 1
	}
	return 0
}

var (
	diabetes = registry.Set{Name: "Diabetes", OID: "1.1"}
	hba1c    = registry.Set{Name: "HbA1c", OID: "1.2"}
	eyeExam  = registry.Set{Name: "Retinal examination", OID: "1.3"}
	year     = registry.CalendarYear(2025)
)

func code(s registry.Set) []registry.Code {
	return []registry.Code{{System: "urn:local", Value: s.OID}}
}

// programme has two indicators of the practice's own.
func programme() (hedis.Programme, []registry.ValueSet) {
	has := registry.Exists{Query: registry.Query{Kind: registry.Diagnosis, Sets: []registry.Set{diabetes}, Tests: []registry.Test{registry.When(registry.Overlaps, registry.ThePeriod())}}}
	last := registry.Pick{From: registry.Query{Kind: registry.Observation, Sets: []registry.Set{hba1c}, Tests: []registry.Test{registry.When(registry.Latest, registry.ThePeriod())}}, By: registry.Latest, Last: true, Tie: registry.TieHighest}
	one := func(id, title string, num registry.Definition) hedis.Indicator {
		return hedis.Indicator{ID: id, Title: title, Version: "1", Question: title + "?", Rates: []hedis.RateDef{{InitialPopulation: has, Numerator: num}}}
	}
	p := hedis.Programme{Name: "practice 2025", Period: year, Indicators: []hedis.Indicator{
		one("HBA1C", "Last HbA1c of the year at most 8 %", registry.The{Pick: last, Is: []registry.Test{registry.Compare{Op: registry.AtOrBelow, Limit: registry.Num(8, 0), Unit: "%"}}}),
		one("EYE", "Retinal examination this year", registry.Exists{Query: registry.Query{Kind: registry.Procedure, Sets: []registry.Set{eyeExam}, Tests: []registry.Test{registry.When(registry.During, registry.ThePeriod())}}}),
	}}
	var sets []registry.ValueSet
	for _, s := range []registry.Set{diabetes, hba1c, eyeExam} {
		sets = append(sets, registry.ValueSet{OID: s.OID, Name: s.Name, Codes: code(s)})
	}
	return p, sets
}

type doctor struct {
	name     string
	salary   int64 // cents
	patients []registry.Patient
}

// people draws facts that are always the same; later doctors do a little better.
func people() []doctor {
	rng := rand.New(rand.NewPCG(7, 7))
	var out []doctor
	for k, name := range []string{"Dr Alvarez", "Dr Brandt", "Dr Chen", "Dr Diallo"} {
		d := doctor{name: name, salary: int64(16+2*k) * 1_000_000}
		for i := range 90 {
			p := registry.Patient{ID: fmt.Sprintf("%c%03d", 'a'+k, i), Birth: registry.Day(1940+rng.IntN(45), 1+rng.IntN(12), 1)}
			add := func(kind registry.Kind, s registry.Set, when registry.Span, v registry.Value) {
				p.Facts = append(p.Facts, registry.Fact{ID: fmt.Sprintf("%s-%d", p.ID, len(p.Facts)), Kind: kind, Status: registry.Final, Codes: code(s), When: when, Value: v})
			}
			add(registry.Diagnosis, diabetes, registry.Since(registry.Day(2015+rng.IntN(9), 5, 1)), registry.Value{})
			if rng.IntN(10) > 0 {
				add(registry.Observation, hba1c, registry.On(year.Start.AddDays(rng.IntN(365))), registry.QuantityOf(registry.Num(int64(60+rng.IntN(35)-2*k), -1), "%"))
			}
			if rng.IntN(10) > 3-k/2 {
				add(registry.Procedure, eyeExam, registry.On(year.Start.AddDays(rng.IntN(365))), registry.Value{})
			}
			d.patients = append(d.patients, p)
		}
		out = append(out, d)
	}
	return out
}

// walk goes the whole way, a section a step.
func walk(w io.Writer) error {
	p, sets := programme()
	edition, err := hedis.New(p, sets)
	if err != nil {
		return err
	}
	doctors := people()

	fmt.Fprintln(w, "1. facts to gaps: the first patient of", doctors[0].name, "with something open")
	chart := edition.Chart()
	for k := range doctors[0].patients {
		chart.Load(&doctors[0].patients[k])
		text, open := "", false
		for i := range p.Indicators {
			for _, g := range edition.Gaps(chart, i, year.End) {
				text += g.Text()
				open = open || g.Status == hedis.OpenGap
			}
		}
		if open {
			fmt.Fprint(w, text)
			break
		}
	}

	fmt.Fprintln(w, "\n2. gaps to rates to a score: 0 at 50 % of patients, 1 at 90 %")
	schedule := incentives.Linear{Lower: incentives.Frac(50, 100), Upper: incentives.Frac(90, 100), Full: incentives.Int(1)}
	var physicians []groups.Physician
	for _, d := range doctors {
		tally := edition.Count(func(yield func(*registry.Patient) bool) {
			for i := range d.patients {
				if !yield(&d.patients[i]) {
					return
				}
			}
		})
		var metrics []groups.Metric
		fmt.Fprintf(w, "  %-11s", d.name)
		for i, ind := range p.Indicators {
			rate := edition.RateOf(&tally, i, 0).Score()
			metrics = append(metrics, groups.Metric{ID: ind.ID, Performance: incentives.OfCounts(rate), Schedule: schedule, Minimum: 20})
			fmt.Fprintf(w, "  %s %s %%", ind.ID, rate.Percent(1))
		}
		score, _, err := groups.Score(metrics)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "  score %s\n", score.Round(incentives.Rounding{Mode: incentives.HalfAwayFromZero, Places: 3}).Fixed(3))
		physicians = append(physicians, groups.Physician{ID: d.name, Salary: d.salary, Score: score})
	}

	fmt.Fprintln(w, "\n3. score to money: 7 % of the payroll by salary and score, nobody above 10 % of salary")
	shares, undistributed, err := groups.KaiserPool(physicians)
	if err != nil {
		return err
	}
	total := undistributed
	for i, s := range shares {
		total += s.Amount
		fmt.Fprintf(w, "  %-11s %12s USD of a salary of %s\n", s.ID, incentives.USD().Amount(s.Amount), incentives.USD().Amount(physicians[i].Salary))
	}
	fmt.Fprintf(w, "  %-11s %12s USD, %s undistributed\n", "pool", incentives.USD().Amount(total), incentives.USD().Amount(undistributed))
	return nil
}
