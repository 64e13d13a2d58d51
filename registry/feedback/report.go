package feedback

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/internal/exact"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/population"
	"github.com/shopspring/decimal"
)

// Direction says how a rate has changed, by the measure's own sense of better.
type Direction uint8

// Directions.
const (
	NoComparison Direction = iota // no rate on one of the sides
	Same
	Better
	Worse
)

var directions = [...]string{"no comparison", "same", "better", "worse"}

// String gives the direction in words.
func (d Direction) String() string { return directions[min(int(d), len(directions)-1)] }

// MarshalText gives the direction in words.
func (d Direction) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// Past is an earlier result, and how the next one compares with it.
type Past struct {
	Period registry.Period `json:"period"`
	Rate   registry.Rate   `json:"rate"`
	Change Direction       `json:"change"` // from this result to the one after it
	Points string          `json:"points"` // percentage points of that change, one place; "" without comparison
}

// Peer is another provider's line.
type Peer struct {
	Label string               `json:"label"`
	Rate  population.ShownRate `json:"rate"`
	Rank  int                  `json:"rank,omitempty"` // 0: unranked, or the rate is hidden
}

// Line is what a report says about one measure. Mean and Achievable are of all
// providers, Median and Best of those with a rank; they are hidden where they could tell a peer's small count.
type Line struct {
	Measure    string               `json:"measure"`
	Title      string               `json:"title"`
	Rate       registry.Rate        `json:"rate"` // own, never hidden
	Mean       population.ShownRate `json:"mean"` // of all, or of the others by policy
	Median     population.ShownRate `json:"median"`
	Best       population.ShownRate `json:"best_decile"`
	Achievable population.ShownRate `json:"achievable"`
	Rank       int                  `json:"rank"`       // 0: unranked
	Ranked     int                  `json:"ranked"`     // providers with a rank
	Percentile registry.Rate        `json:"percentile"` // ranked others who do worse, of the ranked others
	Outlier    Flag                 `json:"outlier,omitempty"`
	Side       Direction            `json:"side"` // of an outlier: better or worse than the mean
	Past       []Past               `json:"past,omitempty"`
	Gaps       []string             `json:"gaps,omitempty"` // own patients, sorted
	Peers      []Peer               `json:"peers,omitempty"`
}

// Report is one provider's feedback.
type Report struct {
	Provider string          `json:"provider"`
	Period   registry.Period `json:"period"`
	Lines    []Line          `json:"lines"`
	Missing  []string        `json:"missing,omitempty"` // measures without patients of this provider
}

// Reports makes the feedback of a round, against earlier rounds, latest first. Reports
// come by provider, lines in the order of the measures. All faults of the input come
// in one error.
func Reports(p Policy, measures []Measure, now Round, before ...Round) ([]Report, error) {
	rounds := append([]Round{now}, before...)
	if err := check(&p, measures, rounds); err != nil {
		return nil, err
	}
	var providers []string
	for _, x := range now.Results {
		providers = append(providers, x.Provider)
	}
	slices.Sort(providers)
	providers = slices.Compact(providers)
	reports := make([]Report, len(providers))
	for i, id := range providers {
		reports[i] = Report{Provider: id, Period: now.Period}
	}
	for k := range measures {
		m := &measures[k]
		group := newGroup(&p, m, now.of(m.ID))
		past := make([][]Result, len(before))
		for i := range before {
			past[i] = before[i].of(m.ID)
		}
		for i, id := range providers {
			at, ok := find(group.results, id)
			if !ok {
				reports[i].Missing = append(reports[i].Missing, m.ID)
				continue
			}
			l, err := group.line(at)
			if err != nil {
				return nil, err
			}
			l.Past = course(m, id, group.results[at].Rate, before, past)
			reports[i].Lines = append(reports[i].Lines, l)
		}
	}
	return reports, nil
}

func find(results []Result, provider string) (int, bool) {
	return slices.BinarySearchFunc(results, provider, func(r Result, id string) int { return strings.Compare(r.Provider, id) })
}

// group is the providers of a measure.
type group struct {
	policy  *Policy
	measure *Measure
	results []Result // by provider
	rates   []registry.Rate
	ranks   []int
	ranked  []int           // places of the providers with a rank
	peers   []registry.Rate // theirs
}

func newGroup(p *Policy, m *Measure, results []Result) *group {
	g := &group{policy: p, measure: m, results: results, ranks: make([]int, len(results))}
	var order []int
	for i, r := range results {
		g.rates = append(g.rates, r.Rate)
		if r.Rate.Den >= max(p.MinDenominator, 1) {
			order = append(order, i)
			g.peers = append(g.peers, r.Rate)
		}
	}
	g.ranked = slices.Clone(order)
	slices.SortStableFunc(order, func(a, b int) int { return m.better(g.rates[b], g.rates[a]) })
	dense := 0
	for k, i := range order {
		if k > 0 && g.rates[i].Cmp(g.rates[order[k-1]]) == 0 {
			g.ranks[i] = g.ranks[order[k-1]]
			continue
		}
		dense++
		g.ranks[i] = k + 1
		if p.Dense {
			g.ranks[i] = dense
		}
	}
	return g
}

// line is the feedback to the provider in place at.
func (g *group) line(at int) (Line, error) {
	own := g.rates[at]
	l := Line{Measure: g.measure.ID, Title: g.measure.Title, Rate: own, Rank: g.ranks[at], Ranked: len(g.ranked), Gaps: slices.Clone(g.results[at].Gaps)}
	slices.Sort(l.Gaps)
	var others []registry.Rate
	for i, r := range g.rates {
		if i == at {
			continue
		}
		others = append(others, r)
		if g.ranks[i] == 0 || l.Rank == 0 {
			continue
		}
		l.Percentile.Den++
		if g.measure.better(own, r) > 0 {
			l.Percentile.Num++
		}
	}
	all := Mean(g.rates)
	rest := Mean(others)
	warn, alarm := g.policy.limits()
	switch {
	case beyond(own, all, alarm):
		l.Outlier = Alarm
	case beyond(own, all, warn):
		l.Outlier = Warn
	}
	if l.Outlier != NoFlag {
		l.Side = direction(g.measure, all, own)
	}
	// what the reader does not know is the others: hide what tells it
	d := g.policy.Small
	l.Mean = population.ShownRate{Hidden: d.Rate(rest).Hidden}
	if !l.Mean.Hidden {
		l.Mean.Rate = all
		if g.policy.LeaveOneOut {
			l.Mean.Rate = rest
		}
	}
	hidden, err := g.hide(at)
	if err != nil {
		return l, err
	}
	if a, b := middle(g.peers); a >= 0 {
		l.Median = shown(Median(g.peers), hidden, g.ranked[a], g.ranked[b])
		best := BestDecile(g.peers, g.measure.LowerIsBetter)
		l.Best = shown(best, hidden, g.holder(best, hidden))
	}
	l.Achievable = shown(Achievable(g.rates, g.measure.LowerIsBetter), hidden, pool(g.rates, g.measure.LowerIsBetter)...)
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
// the mean; so the others' counts are suppressed as a table whose totals are published. Without a list of peers only small ones are at stake.
func (g *group) hide(reader int) ([]bool, error) {
	hidden := make([]bool, len(g.results))
	var cols []string
	counts := make([][]int64, 2)
	for i, r := range g.results {
		hidden[i] = i != reader && g.policy.Small.Rate(r.Rate).Hidden
		if i == reader {
			continue
		}
		cols = append(cols, r.Provider)
		counts[0] = append(counts[0], r.Rate.Num)
		counts[1] = append(counts[1], r.Rate.Den-r.Rate.Num)
	}
	if len(cols) == 0 || g.policy.Names == GroupOnly {
		return hidden, nil
	}
	t, err := population.TwoWay("outcome", "provider", []string{"met", "not met"}, cols, counts)
	if err != nil {
		return nil, err
	}
	if t, err = t.Suppress(g.policy.Small); err != nil {
		return nil, err
	}
	k := 0
	for i := range g.results {
		if i == reader {
			continue
		}
		hidden[i] = hidden[i] || t.Cells[0][k].Hidden || t.Cells[1][k].Hidden || t.ColTotals[k].Hidden
		k++
	}
	return hidden, nil
}

// others lists the peers.
func (g *group) others(reader int, hidden []bool) []Peer {
	var out []Peer
	for i, r := range g.results {
		if i == reader {
			continue
		}
		x := Peer{Label: r.Provider, Rate: shown(r.Rate, hidden, i)}
		if g.policy.Names == Masked {
			x.Label = g.policy.Labels[r.Provider]
		}
		if !hidden[i] {
			x.Rank = g.ranks[i]
		}
		out = append(out, x)
	}
	slices.SortFunc(out, func(a, b Peer) int { return strings.Compare(a.Label, b.Label) })
	return out
}

// direction is how b compares with a.
func direction(m *Measure, a, b registry.Rate) Direction {
	if !a.Defined() || !b.Defined() {
		return NoComparison
	}
	switch c := m.better(b, a); {
	case c > 0:
		return Better
	case c < 0:
		return Worse
	}
	return Same
}

// course lists a provider's earlier results, latest first, each with the step to the
// result after it.
func course(m *Measure, provider string, now registry.Rate, before []Round, past [][]Result) []Past {
	var out []Past
	for i := range before {
		x := Past{Period: before[i].Period}
		if at, ok := find(past[i], provider); ok {
			x.Rate = past[i][at].Rate
		}
		x.Change, x.Points = direction(m, x.Rate, now), points(x.Rate, now)
		out = append(out, x)
		now = x.Rate
	}
	return out
}

// points is the difference from a to b in percentage points.
func points(a, b registry.Rate) string {
	if !a.Defined() || !b.Defined() {
		return ""
	}
	n := func(x, y int64) *big.Int { return new(big.Int).Mul(big.NewInt(x), big.NewInt(y)) }
	num := new(big.Int).Sub(n(b.Num, a.Den), n(a.Num, b.Den))
	num.Mul(num, big.NewInt(100))
	return exact.Quo(decimal.NewFromBigInt(num, 0), decimal.NewFromBigInt(n(a.Den, b.Den), 0), 1, exact.HalfUp).StringFixed(1)
}

// Outlier is a provider whom a leader should visit.
type Outlier struct {
	Provider string        `json:"provider"`
	Measure  string        `json:"measure"`
	Flag     Flag          `json:"flag"`
	Side     Direction     `json:"side"`
	Rate     registry.Rate `json:"rate"`
}

// Outliers lists the outliers of reports, alarms first, the worse before the better,
// then by provider and measure (NT2011:322-324).
func Outliers(reports []Report) []Outlier {
	var out []Outlier
	for _, r := range reports {
		for _, l := range r.Lines {
			if l.Outlier != NoFlag {
				out = append(out, Outlier{r.Provider, l.Measure, l.Outlier, l.Side, l.Rate})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Outlier) int {
		if d := int(b.Flag) - int(a.Flag); d != 0 {
			return d
		}
		if d := int(b.Side) - int(a.Side); d != 0 {
			return d
		}
		if d := strings.Compare(a.Provider, b.Provider); d != 0 {
			return d
		}
		return strings.Compare(a.Measure, b.Measure)
	})
	return out
}

// Text gives the report as lines for a reader.
func (r *Report) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s, %v\n", r.Provider, r.Period)
	for _, l := range r.Lines {
		fmt.Fprintf(&b, "\n%s: %v\n", l.Title, l.Rate)
		if l.Rank > 0 {
			fmt.Fprintf(&b, "  rank %d of %d, better than %d of %d\n", l.Rank, l.Ranked, l.Percentile.Num, l.Percentile.Den)
		} else {
			b.WriteString("  unranked: too few patients\n")
		}
		fmt.Fprintf(&b, "  mean %v; median %v; best tenth %v; achievable %v\n", percent(l.Mean), percent(l.Median), percent(l.Best), percent(l.Achievable))
		if l.Outlier != NoFlag {
			fmt.Fprintf(&b, "  outlier (%v), %v than the mean\n", l.Outlier, l.Side)
		}
		for _, x := range l.Past {
			if x.Change == NoComparison {
				fmt.Fprintf(&b, "  since %v: no comparison\n", x.Period)
				continue
			}
			fmt.Fprintf(&b, "  since %v: %v, %s points\n", x.Period, x.Change, x.Points)
		}
		for _, x := range l.Peers {
			fmt.Fprintf(&b, "  - %s: %s\n", x.Label, percent(x.Rate))
		}
		if len(l.Gaps) > 0 {
			fmt.Fprintf(&b, "  open for %s\n", strings.Join(l.Gaps, ", "))
		}
	}
	for _, m := range r.Missing {
		fmt.Fprintf(&b, "\n%s: no patients\n", m)
	}
	return b.String()
}

func percent(r population.ShownRate) string {
	if r.Hidden {
		return population.HiddenMark
	}
	if !r.Rate.Defined() {
		return "n/a"
	}
	return r.Rate.Percent(1) + " %"
}
