package feedback

import (
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/population"
)

// group is the providers of a measure, with what is the same for all of their readers.
type group struct {
	policy  *Policy
	measure *Measure
	results []Result // by provider
	rates   []registry.Rate
	ranks   []int
	better  []int // ranked providers that do better
	ranked  []int // places of the providers with a rank

	all, median, best, achievable registry.Rate
	middle                        [2]int // places of the providers that make the median
	pool                          []int  // and of those that make the achievable benchmark
	common                        []bool // whose counts are hidden from readers who see themselves here
	lasting                       bool   // no total is hidden with them
}

func newGroup(p *Policy, m *Measure, results []Result) (*group, error) {
	n := len(results)
	g := &group{policy: p, measure: m, results: results, ranks: make([]int, n), better: make([]int, n), rates: make([]registry.Rate, n)}
	var peers []registry.Rate
	for i, r := range results {
		g.rates[i] = r.Rate
		if r.Rate.Den >= max(p.MinDenominator, 1) {
			g.ranked, peers = append(g.ranked, i), append(peers, r.Rate)
		}
	}
	order := slices.Clone(g.ranked)
	slices.SortStableFunc(order, func(a, b int) int { return m.better(g.rates[b], g.rates[a]) })
	dense := 0
	for k, i := range order {
		if k > 0 && g.rates[i].Cmp(g.rates[order[k-1]]) == 0 {
			g.ranks[i], g.better[i] = g.ranks[order[k-1]], g.better[order[k-1]]
			continue
		}
		dense++
		g.ranks[i], g.better[i] = k+1, k
		if p.Dense {
			g.ranks[i] = dense
		}
	}
	g.all, g.median, g.best = Mean(g.rates), Median(peers), BestDecile(peers, m.LowerIsBetter)
	g.pool = pool(g.rates, m.LowerIsBetter)
	for _, i := range g.pool {
		g.achievable = g.achievable.Add(g.rates[i])
	}
	if a, b := middle(peers); a >= 0 {
		g.middle = [2]int{g.ranked[a], g.ranked[b]}
	}
	var err error
	g.common, g.lasting, err = g.suppress(-1)
	return g, err
}

// line is the feedback to the provider in place at.
func (g *group) line(at int) (Line, error) {
	own := g.rates[at]
	l := Line{Measure: g.measure.ID, Title: g.measure.Title, Rate: own, Rank: g.ranks[at], Ranked: len(g.ranked), Gaps: slices.Clone(g.results[at].Gaps)}
	slices.Sort(l.Gaps)
	if l.Rank > 0 {
		l.Percentile.Den = int64(len(g.ranked) - 1)
		l.Percentile.Num = l.Percentile.Den - int64(g.better[at])
	}
	rest := registry.Rate{Num: g.all.Num - own.Num, Den: g.all.Den - own.Den}
	warn, alarm := g.policy.limits()
	switch {
	case beyond(own, g.all, alarm):
		l.Outlier = Alarm
	case beyond(own, g.all, warn):
		l.Outlier = Warn
	}
	if l.Outlier != NoFlag {
		l.Side = direction(g.measure, g.all, own)
	}
	// what the reader does not know is the others: hide what tells it
	l.Mean = population.ShownRate{Hidden: g.policy.Small.Rate(rest).Hidden}
	if !l.Mean.Hidden {
		l.Mean.Rate = g.all
		if g.policy.LeaveOneOut {
			l.Mean.Rate = rest
		}
	}
	hidden, err := g.hide(at, rest)
	if err != nil {
		return l, err
	}
	if len(g.ranked) > 0 {
		l.Median = shown(g.median, hidden, g.middle[:]...)
		l.Best = shown(g.best, hidden, g.holder(g.best, hidden))
	}
	l.Achievable = shown(g.achievable, hidden, g.pool...)
	if g.policy.Names != GroupOnly {
		l.Peers = g.others(at, hidden)
	}
	return l, nil
}

// holder is a provider with a rate, one that is shown if there is any.
func (g *group) holder(r registry.Rate, hidden []bool) int {
	at := -1
	for i := range g.rates {
		if g.rates[i] == r && (at < 0 || hidden[at]) {
			at = i
		}
	}
	return at
}

// shown hides a statistic that comes from a peer whose counts are hidden.
func shown(r registry.Rate, hidden []bool, from ...int) population.ShownRate {
	for _, i := range from {
		if hidden[i] {
			return population.ShownRate{Hidden: true}
		}
	}
	return population.ShownRate{Rate: r}
}

// hide says whose counts a reader may not see. The reader knows its own counts and
// the mean; so the others' counts are suppressed as a table whose totals are published.
// A reader who is shown in the table of everybody adds nothing to it: what is hidden
// there is hidden from it, as long as no total is.
func (g *group) hide(reader int, rest registry.Rate) ([]bool, error) {
	if g.lasting && !g.common[reader] && !g.policy.Small.Rate(rest).Hidden {
		return g.common, nil
	}
	hidden, _, err := g.suppress(reader)
	return hidden, err
}

// suppress hides counts in the table of all providers but one. Without a list of peers
// only small ones are at stake. lasting is false when a total is hidden.
func (g *group) suppress(but int) (hidden []bool, lasting bool, err error) {
	hidden = make([]bool, len(g.results))
	cols := make([]string, 0, len(g.results))
	counts := [][]int64{make([]int64, 0, len(g.results)), make([]int64, 0, len(g.results))}
	for i, r := range g.results {
		if i == but {
			continue
		}
		hidden[i] = g.policy.Small.Rate(r.Rate).Hidden
		cols = append(cols, r.Provider)
		counts[0], counts[1] = append(counts[0], r.Rate.Num), append(counts[1], r.Rate.Den-r.Rate.Num)
	}
	if len(cols) == 0 || g.policy.Names == GroupOnly {
		return hidden, true, nil
	}
	t, err := population.TwoWay("outcome", "provider", []string{"met", "not met"}, cols, counts)
	if err != nil {
		return nil, false, err
	}
	if t, err = t.Suppress(g.policy.Small); err != nil {
		return nil, false, err
	}
	k := 0
	for i := range g.results {
		if i == but {
			continue
		}
		hidden[i] = hidden[i] || t.Cells[0][k].Hidden || t.Cells[1][k].Hidden || t.ColTotals[k].Hidden
		k++
	}
	return hidden, !t.RowTotals[0].Hidden && !t.RowTotals[1].Hidden && !t.Total.Hidden, nil
}

// others lists the peers. Ranks are left out when the places that are free would tell
// those of peers who are hidden.
func (g *group) others(reader int, hidden []bool) []Peer {
	tell := !slices.ContainsFunc(g.ranked, func(i int) bool { return hidden[i] })
	out := make([]Peer, 0, len(g.results)-1)
	for i, r := range g.results {
		if i == reader {
			continue
		}
		x := Peer{Label: r.Provider, Rate: shown(r.Rate, hidden, i)}
		if g.policy.Names == Masked {
			x.Label = g.policy.Labels[r.Provider]
		}
		if tell {
			x.Rank = g.ranks[i]
		}
		out = append(out, x)
	}
	slices.SortFunc(out, func(a, b Peer) int { return strings.Compare(a.Label, b.Label) })
	return out
}
