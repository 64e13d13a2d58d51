// Command plancompare does what the source study did: it takes the populations
// of several health plans (made up, always the same), computes the indicators of
// the study's Table 1, scores and ranks the plans, drops those without Medicaid
// enrolees or under 100,000 people, and prints a report card of the best.
//
//	go run ./examples/plancompare [-members 10000] [-plans 12] [-method rank] [-before] [-keep 8] [-html FILE] [-time]
//
// Exit codes: 0 done, 1 failed, 2 bad usage.
package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/big"
	"os"
	"runtime"
	"sync"
	"time"

	"github.com/chroniccare/chroniccare/hedis"
	"github.com/chroniccare/chroniccare/hedis/hedis2001"
	"github.com/chroniccare/chroniccare/registry"
)

type options struct {
	members, plans, keep, workers int
	method                        string
	before                        bool
}

func main() {
	var o options
	flag.IntVar(&o.members, "members", 10000, "members made for each plan")
	flag.IntVar(&o.plans, "plans", 12, "number of plans, 2 to 40")
	flag.IntVar(&o.keep, "keep", 8, "plans kept at the end, ties with the last included")
	flag.IntVar(&o.workers, "workers", 2, "plans computed at the same time")
	flag.StringVar(&o.method, "method", "rank", "how a marker is scored: rank, percentile, quintile or zscore")
	flag.BoolVar(&o.before, "before", false, "filter plans before scoring instead of after")
	html := flag.String("html", "", "also write a self-contained page to this file")
	timing := flag.Bool("time", false, "print time and memory")
	flag.Parse()
	if err := o.check(); err != nil || flag.NArg() > 0 {
		fmt.Fprintln(os.Stderr, "plancompare:", errors.Join(err, extra(flag.Args())))
		os.Exit(2)
	}
	start := time.Now()
	c, err := compute(o)
	took := time.Since(start)
	w := bufio.NewWriter(os.Stdout)
	if err == nil {
		c.print(w)
		if *timing {
			c.printTime(w, took)
		}
		err = w.Flush()
	}
	if err == nil && *html != "" {
		err = os.WriteFile(*html, []byte(c.page()), 0o644)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "plancompare:", err)
		os.Exit(1)
	}
}

func extra(args []string) error {
	if len(args) == 0 {
		return nil
	}
	return fmt.Errorf("arguments not understood: %q", args)
}

var methods = map[string]hedis.ScoreMethod{"rank": hedis.RankPoints, "percentile": hedis.PercentilePoints, "quintile": hedis.QuantilePoints, "zscore": hedis.ZScore}

func (o options) check() error {
	var errs []error
	for _, x := range []struct {
		name       string
		n, lo, max int
	}{{"members", o.members, 1, 10_000_000}, {"plans", o.plans, 2, 40}, {"keep", o.keep, 1, 40}, {"workers", o.workers, 1, 64}} {
		if x.n < x.lo || x.n > x.max {
			errs = append(errs, fmt.Errorf("-%s %d is not between %d and %d", x.name, x.n, x.lo, x.max))
		}
	}
	if _, ok := methods[o.method]; !ok {
		errs = append(errs, fmt.Errorf("-method %q is none of rank, percentile, quintile, zscore", o.method))
	}
	return errors.Join(errs...)
}

// result is one plan with its figures.
type result struct {
	made  madePlan
	tally hedis.Tally
	facts int64
	rows  []figure // by marker
	plan  hedis.Plan
}

// figure is one marker of a plan.
type figure struct {
	value    hedis.MarkerValue
	interval hedis.Interval
}

type comparison struct {
	o          options
	entries    []hedis2001.Entry
	markers    []hedis.Marker
	plans      []result
	scores     []hedis.PlanScore
	ranking    hedis.Ranking
	kept       []hedis.RankedPlan
	tied       bool
	benchmarks []registry.Rate // by marker: the pooled best plans, for surveys the best quarter
}

const year = 2001

func compute(o options) (*comparison, error) {
	entries, err := hedis2001.Table1()
	if err != nil {
		return nil, err
	}
	c := &comparison{o: o, plans: make([]result, o.plans)}
	for _, e := range entries {
		if e.Number > 0 {
			c.entries = append(c.entries, e)
			c.markers = append(c.markers, hedis.Marker{ID: e.ID, Better: e.Improvement})
		}
	}
	codes, sets, err := codebook()
	if err != nil {
		return nil, err
	}
	edition, _, err := hedis2001.New(year, hedis2001.Params{}, sets)
	if err != nil {
		return nil, err
	}
	// the library starts no goroutine: sharing out the plans is our job
	jobs := make(chan int)
	errs := make([]error, o.plans)
	var wg sync.WaitGroup
	for range o.workers {
		wg.Add(1)
		go func() {
			defer wg.Done()
			for i := range jobs {
				errs[i] = c.run(i, edition, codes)
			}
		}()
	}
	for i := range o.plans {
		jobs <- i
	}
	close(jobs)
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return c, c.rank()
}

// run makes a plan's members one after the other and counts them.
func (c *comparison) run(i int, edition *hedis.Edition, codes codes) error {
	r := &c.plans[i]
	r.made = makePlan(i)
	pop := r.made.population
	medicaid := r.made.medicaid
	r.plan = hedis.Plan{Name: r.made.name, Population: &pop, MedicaidPercent: medicaid, Model: r.made.model}
	m := newMaker(i, r.made, codes)
	r.tally = edition.Count(func(yield func(*registry.Patient) bool) {
		for k := range c.o.members {
			p := m.member(k)
			r.facts += int64(len(p.Facts))
			if !yield(p) {
				return
			}
		}
	})
	surveys := map[string]hedis.SurveyComposite{}
	for _, s := range []hedis.SurveyComposite{hedis2001.GettingCareQuickly(), hedis2001.GettingNeededCare()} {
		surveys[s.ID] = s
	}
	for _, e := range c.entries {
		var f figure
		var err error
		if s, ok := surveys[e.ID]; ok {
			f, err = survey(s, m.answers(s))
		} else {
			f.value.Rate = edition.RateOf(&r.tally, edition.Index(e.ID), 0).Score()
			if f.value.State = hedis.ReportState(f.value.Rate, 0); f.value.State == hedis.RateReported {
				f.interval, err = hedis.Wilson(f.value.Rate, 0)
			}
		}
		if err != nil {
			return fmt.Errorf("%s, %s: %w", r.made.name, e.ID, err)
		}
		r.rows = append(r.rows, f)
		r.plan.Markers = append(r.plan.Markers, f.value)
	}
	return nil
}

func survey(s hedis.SurveyComposite, answers [][]int) (figure, error) {
	var t hedis.SurveyTally
	for _, a := range answers {
		s.Add(&t, a)
	}
	score, err := s.Score(t)
	if err != nil {
		return figure{}, err
	}
	if !score.Reportable {
		return figure{value: hedis.MarkerValue{State: hedis.RateNA}}, nil
	}
	f := figure{value: hedis.MarkerValue{Rate: registry.Rate{Num: score.TopBox.Num().Int64(), Den: score.TopBox.Denom().Int64()}}}
	f.interval, err = s.TopBoxInterval(answers, 0)
	return f, err
}

func (c *comparison) rank() error {
	var plans []hedis.Plan
	for i := range c.plans {
		plans = append(plans, c.plans[i].plan)
	}
	s := hedis.PlanScoring{Method: methods[c.o.method]}
	if c.o.before {
		s.When = hedis.FilterBefore
	}
	var err error
	if c.scores, err = hedis.ScorePlans(c.markers, plans, s); err != nil {
		return err
	}
	c.ranking = hedis.RankPlans(c.scores, hedis.CompetitionRank, nil)
	c.kept, c.tied = c.ranking.Select(c.o.keep, true)
	for m, marker := range c.markers {
		var peers []hedis.Peer
		var values []*big.Rat
		for i := range plans {
			if v := plans[i].Markers[m]; v.State == hedis.RateReported {
				peers = append(peers, hedis.Peer{Name: plans[i].Name, Rate: v.Rate})
				values = append(values, big.NewRat(v.Rate.Num, v.Rate.Den))
			}
		}
		if c.entries[m].Method == "survey" { // a composite has no patients to pool: the best quarter
			q, err := hedis.Quantile(values, big.NewRat(3, 4), hedis.Type1)
			if err != nil {
				return err
			}
			var r registry.Rate
			if q != nil {
				r = registry.Rate{Num: q.Num().Int64(), Den: q.Denom().Int64()}
			}
			c.benchmarks = append(c.benchmarks, r)
			continue
		}
		b, err := hedis.AchievableBenchmark(peers, marker.Better, big.NewRat(1, 10))
		if err != nil && !errors.Is(err, hedis.ErrUndefined) {
			return err
		}
		c.benchmarks = append(c.benchmarks, b)
	}
	return nil
}

func (c *comparison) find(plan string) *result {
	for i := range c.plans {
		if c.plans[i].made.name == plan {
			return &c.plans[i]
		}
	}
	return nil
}

func (c *comparison) print(w io.Writer) {
	fmt.Fprintf(w, "%d plans, %d members of each, measurement year %d, %d markers, scored by %s\n\n", c.o.plans, c.o.members, year, len(c.markers), c.o.method)
	fmt.Fprintf(w, "%-5s %-20s %9s %11s %9s  %s\n", "rank", "plan", "score", "population", "Medicaid", "type")
	for _, k := range c.kept {
		r := c.find(k.Score.Plan)
		fmt.Fprintf(w, "%-5s %-20s %9s %11d %8s%%  %s\n", k.Rank.RatString(), k.Score.Plan, k.Score.Total.FloatString(1), r.made.population, r.made.medicaid.StringFixed(1), r.made.model)
	}
	if c.tied {
		fmt.Fprintln(w, "(ties with the last place are kept)")
	}
	fmt.Fprintln(w, "\ndropped:")
	for _, d := range c.ranking.Dropped {
		fmt.Fprintf(w, "  %-20s %v\n", d.Plan, d.Dropped)
	}
	fmt.Fprintln(w, "\none of each type:")
	for _, k := range hedis.OnePer(c.ranking.Kept, func(plan string) string { return c.find(plan).made.model }) {
		fmt.Fprintf(w, "  %-20s %s\n", k.Score.Plan, c.find(k.Score.Plan).made.model)
	}
	if len(c.kept) == 0 {
		return
	}
	best := c.find(c.kept[0].Score.Plan)
	fmt.Fprintf(w, "\nreport card of %s (rate, 95 %% interval, benchmark)\n", best.made.name)
	for m, e := range c.entries {
		f := best.rows[m]
		fmt.Fprintf(w, "%2d %-27s ", e.Number, e.ID)
		if f.value.State != hedis.RateReported {
			fmt.Fprintf(w, "%6s\n", f.value.State)
			continue
		}
		note := ""
		if c.markers[m].Better == hedis.Decrease {
			note = "  lower is better"
		}
		fmt.Fprintf(w, "%5s %%  %5.1f to %5.1f  %5s %%%s\n", f.value.Rate.Percent(1), 100*f.interval.Lower, 100*f.interval.Upper, c.benchmarks[m].Percent(1), note)
	}
}

func (c *comparison) printTime(w io.Writer, took time.Duration) {
	var people, facts int64
	for i := range c.plans {
		people += c.plans[i].tally.People
		facts += c.plans[i].facts
	}
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	fmt.Fprintf(w, "\n%d members, %d facts (%.1f each), %d workers: %.1f s wall, %.2f µs a member with making it; %.0f MB from the system\n",
		people, facts, float64(facts)/float64(people), c.o.workers, took.Seconds(), took.Seconds()*1e6/float64(people), float64(m.Sys)/1e6)
}
