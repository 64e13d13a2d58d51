// Command pyramid sorts a made-up population, always the same one, into four levels of
// care in two successive years, and shows the pyramid with what each level captures, the
// concentration of cost, how good the score is, and who moved: as text, and as a
// self-contained page.
//
//	go run ./examples/pyramid [-n 20000] [-shares 2,10,40] [-html FILE]
package main

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/stratify/eligibility"
	"github.com/chroniccare/chroniccare/stratify/evaluate"
	"github.com/chroniccare/chroniccare/stratify/tier"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run gives the exit code: 0, 1 for a failure, 2 for wrong use.
func run(args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("pyramid", flag.ContinueOnError)
	flags.SetOutput(stderr)
	n := flags.Int("n", 20000, "number of people, at least 100")
	shares := flags.String("shares", "2,10,40", "cumulative shares of the upper three levels, in per cent")
	html := flags.String("html", "", "also write a self-contained page to this file")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return 0
		}
		return 2
	}
	rule, err := parseShares(*shares)
	if err == nil && *n < 100 {
		err = fmt.Errorf("-n must be at least 100")
	}
	if err == nil && flags.NArg() > 0 {
		err = fmt.Errorf("unexpected argument %q", flags.Arg(0))
	}
	if err != nil {
		fmt.Fprintln(stderr, err)
		return 2
	}
	r, err := compute(*n, rule)
	if err != nil {
		fmt.Fprintln(stderr, err)
		return 1
	}
	w := bufio.NewWriter(stdout)
	r.print(w)
	if *html != "" {
		if err := os.WriteFile(*html, []byte(r.page()), 0o644); err != nil {
			fmt.Fprintln(stderr, err)
			return 1
		}
		fmt.Fprintln(w, "page written to", *html)
	}
	if err := w.Flush(); err != nil {
		return 1
	}
	return 0
}

// parseShares reads whole or tenths of per cent exactly.
func parseShares(s string) (tier.Share, error) {
	var out tier.Share
	for _, part := range strings.Split(s, ",") {
		whole, tenth, _ := strings.Cut(strings.TrimSpace(part), ".")
		if tenth == "" {
			tenth = "0"
		}
		v, err := strconv.ParseUint(whole+tenth, 10, 16)
		if err != nil || len(tenth) != 1 {
			return out, fmt.Errorf("-shares: %q is not a percentage with at most one decimal", part)
		}
		out.Shares = append(out.Shares, registry.Rate{Num: int64(v), Den: 1000})
	}
	p := eligibility.KaiserPyramid(out)
	return out, p.Check()
}

type result struct {
	n             int
	pyramid       *tier.Pyramid
	before, after *tier.Result
	worth         []tier.Worth
	moves         *tier.Movement
	cost          *evaluate.Concentration
	lorenz        []evaluate.LorenzPoint
	captured      []evaluate.Capacity
	auc           evaluate.AUC
	aucInterval   evaluate.Interval
	calibration   evaluate.Calibration
	bins          []evaluate.Bin
	groups        []evaluate.Subgroup
	persistence   evaluate.Persistence
	change, naive evaluate.Change
	least, most   int
}

// tops are the shares of people at which the concentration is told, in thousandths.
var tops = []int64{5, 10, 50, 100, 200, 500}

func compute(n int, rule tier.Share) (*result, error) {
	first, second := population(n)
	r := &result{n: n, pyramid: eligibility.KaiserPyramid(rule)}
	var err error
	if r.before, err = r.pyramid.Assign(first.people); err != nil {
		return nil, err
	}
	if r.worth, err = r.before.Worth(n, first.admission, first.cost, nil); err != nil {
		return nil, err
	}
	start := registry.Day(2025, 1, 1)
	var leave []int // a tenth more ranks to leave than to enter
	for _, q := range rule.Shares {
		k, err := tier.Size(q, n, tier.RoundUp)
		if err != nil {
			return nil, err
		}
		leave = append(leave, k+k/10)
	}
	if r.after, r.moves, err = r.pyramid.Update(second.people, r.before.Members(start), start.AddYears(1), tier.Hysteresis{Leave: leave}); err != nil {
		return nil, err
	}
	if err := r.evaluate(first); err != nil {
		return nil, err
	}
	if r.least, r.most, err = eligibility.ProvenHealth(r.before.Levels[0].People); err != nil {
		return nil, err
	}
	return r, r.follow(first, second)
}

// evaluate judges the score by the admissions that followed, and the cost.
func (r *result) evaluate(y year) error {
	var c evaluate.Cohort
	for _, p := range r.before.Placed {
		c.Score, c.Outcome = append(c.Score, p.Score), append(c.Outcome, y.admission[p.Index])
		c.ID, c.Cost, c.Group = append(c.ID, p.ID), append(c.Cost, y.cost[p.Index]), append(c.Group, y.sex[p.Index])
	}
	s, err := evaluate.NewSample(c.Outcome, c.Score)
	if err != nil {
		return err
	}
	r.auc = s.AUC()
	if r.aucInterval, err = r.auc.Interval(0.95); err != nil {
		return err
	}
	if r.calibration, err = s.Calibration(); err != nil {
		return err
	}
	if r.bins, err = s.Bins(10); err != nil {
		return err
	}
	ranking, err := c.Rank()
	if err != nil {
		return err
	}
	r.cost = ranking.Concentration()
	if r.lorenz, err = r.cost.Lorenz(100); err != nil {
		return err
	}
	for _, k := range tops {
		x, err := ranking.AtShare(registry.Rate{Num: k, Den: 1000})
		if err != nil {
			return err
		}
		r.captured = append(r.captured, x)
	}
	r.groups, err = c.Subgroups(evaluate.SubgroupOptions{Threshold: r.before.Levels[0].Boundary, MinCell: 5})
	return err
}

// follow looks at the top level a year later: who is still there, and whether cost fell by
// more than selection explains.
func (r *result) follow(first, second year) error {
	var followed []string
	for _, p := range r.after.Placed {
		followed = append(followed, p.ID)
	}
	r.persistence = evaluate.Persist(r.before.In(1), r.after.In(1), followed)
	// chosen by their cost of the first year: they fall whatever is done
	ranking, err := evaluate.Cohort{Score: first.cost, Outcome: first.admission}.Rank()
	if err != nil {
		return err
	}
	top, err := ranking.AtShare(r.pyramid.Rule.(tier.Share).Shares[0])
	if err != nil {
		return err
	}
	k := top.Places
	chosen, err := evaluate.NextRanks(first.cost, second.cost, 0, k)
	if err != nil {
		return err
	}
	next, err := evaluate.NextRanks(first.cost, second.cost, k, k)
	if err != nil {
		return err
	}
	if r.naive, err = evaluate.BeforeAfter(chosen.Before, chosen.After, nil, nil); err != nil {
		return err
	}
	r.change, err = evaluate.BeforeAfter(chosen.Before, chosen.After, nil, &next)
	return err
}

func percent(s evaluate.Stat) string {
	if !s.Defined() {
		return "-"
	}
	return fmt.Sprintf("%.1f %%", 100*s.Value)
}

// nurses says how many the top level needs.
func (r *result) nurses() string {
	switch {
	case r.least == r.most && r.most == 1:
		return "1 nurse"
	case r.least == r.most:
		return fmt.Sprintf("%d nurses", r.most)
	}
	return fmt.Sprintf("%d to %d nurses", r.least, r.most)
}

func (r *result) print(w io.Writer) {
	fmt.Fprintf(w, "%d made-up people; ranked %d, not placed %d\n\n", r.n, len(r.before.Placed), len(r.before.NotPlaced))
	fmt.Fprintf(w, "%-26s %8s %10s %12s %13s %13s\n", "level", "people", "of cost", "admissions", "sensitivity*", "PPV*")
	widest := 1
	for _, l := range r.before.Levels {
		widest = max(widest, l.People)
	}
	for i, x := range r.worth {
		fmt.Fprintf(w, "%-26s %8d %10s %12d %11s %% %11s %%  %s\n", x.Level, x.People, percent(x.CostShare), x.Events,
			x.FromTop.Sensitivity.Percent(1), x.FromTop.PPV.Percent(1), strings.Repeat("#", max(1, 30*r.before.Levels[i].People/widest)))
	}
	fmt.Fprintf(w, "* of this level and those above; at 125 to 150 each the top level needs %s\n", r.nurses())

	fmt.Fprintf(w, "\nconcentration: Gini %.3f\n%10s %14s %20s %12s\n", r.cost.Gini().Value, "top", "of the cost", "caught by the score", "lift")
	for i, x := range r.captured {
		fmt.Fprintf(w, "%8s %% %14s %20s %12.2f\n", registry.Rate{Num: tops[i], Den: 1000}.Percent(1), percent(x.Best), percent(x.Captured), x.Table.Value().Lift.Value)
	}

	fmt.Fprintf(w, "\nthe score: AUC %.3f (%.3f to %.3f), observed/expected %.3f, calibration slope %.3f, Brier %.4f\n",
		r.auc.AUC.Value, r.aucInterval.Low.Value, r.aucInterval.High.Value, r.calibration.OE.Value, r.calibration.Slope.Value, r.calibration.Brier.Value)
	for _, g := range r.groups {
		if !g.Suppressed {
			fmt.Fprintf(w, "  %-6s %6d people, AUC %.3f, observed/expected %.3f, at the top level's border %v\n", g.Group, g.People, g.AUC.AUC.Value, g.OE.Value, g.Value)
		}
	}

	fmt.Fprintf(w, "\nmovement to the next year (rows: this year, columns: next)\n%-26s", "")
	names := append([]string{"in no level"}, r.pyramid.Levels...)
	for _, n := range names {
		fmt.Fprintf(w, " %24s", n)
	}
	fmt.Fprintln(w)
	for i, row := range r.moves.Table {
		fmt.Fprintf(w, "%-26s", names[i])
		for _, n := range row {
			fmt.Fprintf(w, " %24d", n)
		}
		fmt.Fprintln(w)
	}
	for _, k := range []tier.Kind{tier.Entered, tier.Stayed, tier.StayedInBuffer, tier.Left, tier.Died, tier.MovedAway, tier.ChoseOut, tier.LostScore} {
		fmt.Fprintf(w, "  %-18s %6d\n", k, r.moves.Count(k))
	}
	fmt.Fprintf(w, "still in the top level a year later: %v; not followed: %d\n", r.persistence.Rate(), r.persistence.Gone)
	fmt.Fprintf(w, "\nthe costliest %d: cost fell by %.0f each\n  %v\n", r.naive.People, r.naive.Fall.Value, r.naive.Issues[0])
	fmt.Fprintf(w, "  the next ranks, with nothing done, fell by %.0f each: %.0f remain, before any other difference between the two\n", r.change.Untreated.Value, r.change.Net.Value)
}
