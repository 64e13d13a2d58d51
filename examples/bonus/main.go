// Command bonus settles a year of a made-up medical group: the contract is checked
// first, then the group's targets are settled, then each physician's statement, line by
// line, and what everybody still has at risk.
//
//	go run ./examples/bonus [-html FILE] [-who ID]
package main

import (
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"

	"github.com/chroniccare/chroniccare/incentives"
	"github.com/chroniccare/chroniccare/incentives/groups"
	"github.com/chroniccare/chroniccare/registry"
)

func main() {
	file := flag.String("html", "", "also write a self-contained page to this file")
	who := flag.String("who", "p03", "the physician whose statement is shown")
	flag.Parse()
	y, err := settle()
	if err == nil {
		y.print(os.Stdout, *who)
		if *file != "" {
			err = os.WriteFile(*file, []byte(y.page()), 0o644)
		}
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// metric of the contract: the schedule pays nothing at the lower rate and all at the
// upper one.
type metric struct {
	id, title    string
	lower, upper int64 // per cent
	weight       incentives.Exact
	tag          incentives.Tag
	exceptions   string
}

func (m metric) schedule() incentives.Linear {
	return incentives.Linear{Lower: incentives.Frac(m.lower, 100), Upper: incentives.Frac(m.upper, 100), Full: incentives.Int(1)}
}

func metrics() []metric {
	fifth := incentives.Frac(1, 5)
	return []metric{
		{"hba1c", "HbA1c at most 8 %", 45, 75, fifth, incentives.ClinicalOutcome, "declined, end of life"},
		{"bp", "blood pressure below 140/90", 50, 80, fifth, incentives.ClinicalOutcome, "declined, end of life"},
		{"eye", "retinal examination", 50, 85, fifth, incentives.ClinicalProcess, "declined"},
		{"mammogram", "breast cancer screening", 55, 80, fifth, incentives.ClinicalProcess, "declined"},
		{"access", "seen within two days", 60, 90, fifth, incentives.AccessTag, "none"},
	}
}

const maximumShare = 10 // per cent of salary

type physician struct {
	id      string
	salary  int64 // dollars
	results []incentives.Performance
	made    *incentives.Statement
	atRisk  map[string]int64
}

type year struct {
	period     registry.Period
	findings   []incentives.LintFinding
	group      []groups.TargetResult
	groupBonus incentives.Exact
	lost       incentives.Exact
	doctors    []physician
}

// draw makes results that are always the same.
func draw() []physician {
	rng := rand.New(rand.NewPCG(11, 3))
	var out []physician
	for i := range 9 {
		p := physician{id: fmt.Sprintf("p%02d", i+1), salary: 150_000 + int64(rng.IntN(12))*5000}
		skill := rng.IntN(25)
		for range metrics() {
			register := 25 + rng.Int64N(120)
			excepted := rng.Int64N(6)
			p.results = append(p.results, incentives.Performance{Register: register, Exceptions: excepted, Numerator: (register - excepted) * int64(48+skill+rng.IntN(18)) / 100})
		}
		out = append(out, p)
	}
	out[4].results[3] = incentives.Missing(incentives.NotApplicable) // sees no women of that age
	out[6].results[0] = incentives.Performance{Register: 8, Numerator: 7}
	return out
}

const minimum = 20

// statement pays salary x 10 % x weight x schedule, a line a metric. Metrics that are
// not scored leave their weight to the others.
func statement(p physician, period registry.Period) (*incentives.Statement, error) {
	st := &incentives.Statement{Scheme: "group bonus", Version: "1", Period: period.String(), Party: p.id, Currency: incentives.USD()}
	var scored incentives.Exact
	for i, m := range metrics() {
		if _, status, err := p.results[i].Read(incentives.Counting{Minimum: minimum}); err != nil {
			return nil, err
		} else if status == incentives.Scored {
			scored = scored.Add(m.weight)
		}
	}
	for i, m := range metrics() {
		l := incentives.Line{ID: m.id, Component: m.title, Status: incentives.Paid, Evidence: incentives.OfCaller}
		share, status, err := p.results[i].Read(incentives.Counting{Minimum: minimum})
		if err != nil {
			return nil, err
		}
		if status != incentives.Scored {
			l.Status, l.Reason = incentives.NotScored, status.String()
		} else {
			var t incentives.Trace
			earned := m.schedule().Points(share)
			one := incentives.Int(1)
			l.Points, l.Maximum = &earned, &one
			limit := t.Do("most of the bonus", incentives.OpProduct, nil, operand("salary", incentives.Int(p.salary)), operand("share", incentives.Frac(maximumShare, 100)))
			weight := t.Do("weight among those scored", incentives.OpQuotient, nil, operand("weight", m.weight), operand("scored", scored))
			l.Exact = t.Do("earned", incentives.OpProduct, &incentives.Rounding{Mode: incentives.HalfAwayFromZero, Places: 2}, operand("most", limit), operand("weight", weight), operand("points", earned))
			l.Steps = t.Steps
		}
		if err := st.Add(l, incentives.HalfAwayFromZero); err != nil {
			return nil, err
		}
	}
	return st, st.Reconcile()
}

func operand(name string, x incentives.Exact) incentives.Operand {
	return incentives.Operand{Name: name, Value: x}
}

func settle() (*year, error) {
	y := &year{period: registry.CalendarYear(2025), doctors: draw()}
	contract := incentives.Contract{Name: "group bonus", AgreedOn: registry.Day(2024, 9, 15), Period: y.period, NoticeDays: 60, Base: incentives.Salary, WeightTotal: incentives.Int(1),
		MaximumShare: incentives.Frac(maximumShare, 100), InternalSplit: true}
	for _, m := range metrics() {
		contract.Metrics = append(contract.Metrics, incentives.ContractMetric{ID: m.id, Tags: []incentives.Tag{m.tag}, Level: incentives.Individual, Weight: m.weight, Schedule: m.schedule(), Minimum: minimum, Exceptions: m.exceptions, Evidence: incentives.OfCaller})
	}
	y.findings = incentives.Lint(&contract)

	// the group: every target met by all physicians together
	var targets []groups.Metric
	for i, m := range metrics() {
		var all incentives.Performance
		for _, p := range y.doctors {
			if r := p.results[i]; r.Status == incentives.Scored {
				all.Numerator += r.Numerator
				all.Register += r.Register
				all.Exceptions += r.Exceptions
			}
		}
		targets = append(targets, groups.Metric{ID: m.id, Performance: all, Schedule: incentives.Threshold{Target: incentives.Frac(68, 100), Full: incentives.Int(1)}})
	}
	var err error
	if y.groupBonus, y.lost, y.group, err = groups.TouchpointBonus(incentives.Int(250_000), targets); err != nil {
		return nil, err
	}
	for i := range y.doctors {
		p := &y.doctors[i]
		if p.made, err = statement(*p, y.period); err != nil {
			return nil, err
		}
		p.atRisk, err = incentives.AtRisk(p.made, func(line string) (*incentives.Statement, error) {
			best := *p
			best.results = append([]incentives.Performance(nil), p.results...)
			for k, m := range metrics() {
				if r := &best.results[k]; m.id == line && r.Status == incentives.Scored {
					r.Numerator = r.Denominator()
				}
			}
			return statement(best, y.period)
		})
		if err != nil {
			return nil, err
		}
	}
	return y, nil
}

func (y *year) print(w io.Writer, who string) {
	fmt.Fprintln(w, "the contract, before the year:")
	for _, f := range y.findings {
		fmt.Fprintf(w, "  %s %s: %s\n", f.Code, f.Severity, f.Message)
	}
	if len(y.findings) == 0 {
		fmt.Fprintln(w, "  nothing to look at")
	}
	fmt.Fprintf(w, "\nthe group, 68 %% of patients on each target: %s of 250000 USD, %s lost\n", y.groupBonus, y.lost)
	for _, t := range y.group {
		fmt.Fprintf(w, "  %-10s met: %v\n", t.ID, t.Met)
	}
	fmt.Fprintf(w, "\nphysicians, up to %d %% of salary:\n", maximumShare)
	for _, p := range y.doctors {
		risk := int64(0)
		for _, m := range metrics() {
			risk += p.atRisk[m.id]
		}
		fmt.Fprintf(w, "  %s  %12s USD  still at risk %12s\n", p.id, p.made.Currency.Amount(p.made.TotalMinor), p.made.Currency.Amount(risk))
	}
	for i, p := range y.doctors {
		if p.id != who {
			continue
		}
		fmt.Fprintf(w, "\n%s", p.made.Text())
		for k, m := range metrics() {
			r := y.doctors[i].results[k]
			if more, ok := incentives.ToReach(r, incentives.Frac(m.upper, 100), false); ok && r.Status == incentives.Scored && more > 0 {
				fmt.Fprintf(w, "  %d more patients bring %s to its full points\n", more, m.id)
			}
		}
	}
}
