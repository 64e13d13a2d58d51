// Command qof settles a made-up practice's year under the UK Quality and Outcomes
// Framework of 2004/05: the statement line by line, what one more patient is worth, and
// what the four published ways of rounding make of it.
//
//	go run ./examples/qof [-line CHD6] [-json FILE]
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"

	"github.com/chroniccare/chroniccare/incentives"
	"github.com/chroniccare/chroniccare/incentives/qof"
)

func main() {
	line := flag.String("line", "CHD6", "the indicator whose trace is shown")
	file := flag.String("json", "", "also write the statement to this file")
	flag.Parse()
	if err := run(os.Stdout, *line, *file); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// contract is the year with the indicators whose thresholds are published, against a
// made-up national prevalence.
func contract(policy qof.Policy) (qof.Config, error) {
	y, err := qof.YearOf("2004/05")
	if err != nil {
		return qof.Config{}, err
	}
	all, err := qof.Indicators2004()
	if err != nil {
		return qof.Config{}, err
	}
	c := qof.Config{Year: y.Name, PointValue: y.PointValue, AverageList: y.AverageList[0], Form: y.Form, Policy: policy}
	seen := map[string]bool{}
	for _, i := range all {
		if i.Evidence != incentives.Published {
			continue
		}
		c.Indicators = append(c.Indicators, i)
		if i.Clinical && !seen[i.Area] {
			seen[i.Area] = true
			c.National = append(c.National, qof.National{Area: i.Area, CutOff: incentives.MustParse("0.004"), RootMean: incentives.MustParse("0.19")})
		}
	}
	return c, nil
}

// practice draws results that are always the same.
func practice(c qof.Config) qof.Practice {
	rng := rand.New(rand.NewPCG(2004, 1))
	p := qof.Practice{Name: "High Street Surgery", List: 7421, Registers: map[string]int64{}, Advance: 2_200_000}
	for _, i := range c.Indicators {
		if _, ok := p.Registers[i.Area]; !ok {
			p.Registers[i.Area] = 60 + rng.Int64N(400)
		}
		n := p.Registers[i.Area]
		r := qof.Result{Code: i.Code, Yes: rng.IntN(10) > 0}
		if !i.AllOrNothing() {
			excepted := rng.Int64N(n/10 + 1)
			r.Performance = incentives.Performance{Register: n, Exceptions: excepted, Numerator: (n - excepted) * (40 + rng.Int64N(60)) / 100}
		}
		p.Results = append(p.Results, r)
	}
	return p
}

func run(w io.Writer, line, file string) error {
	c, err := contract(qof.ExactThenPence)
	if err != nil {
		return err
	}
	s, err := qof.New(c)
	if err != nil {
		return err
	}
	p := practice(c)
	st, err := s.Assess(p)
	if err != nil {
		return err
	}
	fmt.Fprint(w, st.Text())
	fmt.Fprintf(w, "\n%s points\n", qof.PointsTotal(st).Round(incentives.Rounding{Mode: incentives.HalfAwayFromZero, Places: 2}).Fixed(2))
	for _, l := range st.Lines {
		if l.ID != line {
			continue
		}
		fmt.Fprintf(w, "\nhow %s came to %s:\n", l.ID, l.Amount)
		for _, step := range l.Steps {
			fmt.Fprintf(w, "  %-34s %-9s", step.Clause, step.Op)
			for _, o := range step.Operands {
				fmt.Fprintf(w, " %s %s;", o.Name, o.Value.Round(incentives.Rounding{Mode: incentives.HalfAwayFromZero, Places: 4}).Fixed(4))
			}
			fmt.Fprintf(w, " = %s\n", step.Result.Round(incentives.Rounding{Mode: incentives.HalfAwayFromZero, Places: 4}).Fixed(4))
		}
	}
	if err := whatIf(w, c, p, line); err != nil {
		return err
	}
	fmt.Fprintln(w, "\nthe same year under each published way of rounding:")
	for _, x := range []struct {
		policy qof.Policy
		name   string
	}{{qof.ExactThenPence, "exact, then pence"}, {qof.PointValueFirst, "point value to pence first"}, {qof.FactorFirstTruncate, "factor to 2 places, whole pounds"}, {qof.WholePoundTruncate, "exact, whole pounds"}} {
		c, err := contract(x.policy)
		if err != nil {
			return err
		}
		s, err := qof.New(c)
		if err != nil {
			return err
		}
		other, err := s.Assess(p)
		if err != nil {
			return err
		}
		fmt.Fprintf(w, "  %-34s %12s\n", x.name, other.Currency.Amount(other.TotalMinor))
	}
	if file == "" {
		return nil
	}
	data, err := json.MarshalIndent(st, "", " ")
	if err != nil {
		return err
	}
	return os.WriteFile(file, data, 0o644)
}

// whatIf asks how many more patients bring the next whole point of an indicator.
func whatIf(w io.Writer, c qof.Config, p qof.Practice, line string) error {
	for k, r := range p.Results {
		i := c.Indicators[k]
		if r.Code != line || i.AllOrNothing() {
			continue
		}
		share, status, err := r.Read(incentives.Counting{})
		if err != nil || status != incentives.Scored {
			return err
		}
		now := i.PointsOf(share)
		next := now.Round(incentives.Rounding{Mode: incentives.Floor}).Add(incentives.Int(1)).Min(i.Points)
		more, ok, err := incentives.PatientsFor(r.Performance, next, func(met int64) (incentives.Exact, error) {
			return i.PointsOf(incentives.Frac(met, r.Denominator())), nil
		})
		if err != nil {
			return err
		}
		if ok && more > 0 {
			fmt.Fprintf(w, "\n%d more patients bring %s to %s points\n", more, line, next)
		} else {
			fmt.Fprintf(w, "\n%s has all its points\n", line)
		}
	}
	return nil
}
