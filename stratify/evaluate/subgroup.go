package evaluate

import (
	"cmp"
	"fmt"
	"math"
	"slices"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/stratify"
)

// SubgroupOptions set what a subgroup table shows. The zero value flags everybody with a
// score of at least 0, takes intervals of 95 %, fits the calibration slope from 20 events
// on, and suppresses nothing.
type SubgroupOptions struct {
	Threshold   float64 // flag scores of at least this
	MinCell     int64   // counts of 1 to MinCell-1 are suppressed, as 5 or 11; 0: none
	Level       float64 // confidence; 0: 0.95
	SlopeEvents int64   // events below which no slope is fitted; 0: 20
}

// Difference is a group's figure less that of everybody else, with its interval.
type Difference struct {
	Difference Stat     `json:"difference"`
	Interval   Interval `json:"interval"`
}

// Subgroup is how a score does in one group: both how right its probabilities are and
// whom it flags at the common threshold. A score can be well calibrated in every group and
// still err in one far more often. A suppressed group shows its name only.
type Subgroup struct {
	Group       string   `json:"group"`
	Suppressed  bool     `json:"suppressed,omitempty"`
	People      int64    `json:"people"`
	Events      int64    `json:"events"`
	Mean        Stat     `json:"mean"` // mean score
	OE          Stat     `json:"oe"`
	OEInterval  Interval `json:"oe_interval"` // exact Poisson
	AUC         AUC      `json:"auc"`
	AUCInterval Interval `json:"auc_interval"` // DeLong
	Slope       Stat     `json:"slope"`        // calibration slope
	Value       Value    `json:"value"`        // at the threshold

	// Against everybody else: rates after Newcombe 1998 (method 10), the AUC normal.
	SelectedDiff      Difference `json:"selected_diff"`
	SensitivityDiff   Difference `json:"sensitivity_diff"`
	PPVDiff           Difference `json:"ppv_diff"`
	FalsePositiveDiff Difference `json:"false_positive_diff"`
	FalseNegativeDiff Difference `json:"false_negative_diff"`
	AUCDiff           Difference `json:"auc_diff"`

	Issues []stratify.Issue `json:"issues,omitempty"`
}

// Subgroups tables the cohort by its Group column, groups in byte order of their names; of
// people of one ID the first counts.
// Small cells: a group is suppressed when any of its people, events, non-events or the
// four cells of its table is from 1 to MinCell-1, and further groups, the smallest first,
// until nothing suppressed can be had by subtraction from the whole (at least two groups,
// and none of the sums over the suppressed is small). Errors as of [Cohort.Check], and
// [ErrLength] without a Group column, [ErrProbability] for scores outside [0, 1],
// [ErrRange] for faulty options.
func (c Cohort) Subgroups(o SubgroupOptions) ([]Subgroup, error) {
	if o.Level == 0 {
		o.Level = 0.95
	}
	if o.SlopeEvents == 0 {
		o.SlopeEvents = 20
	}
	if _, err := quantile(o.Level); err != nil {
		return nil, err
	}
	if o.MinCell < 0 || math.IsNaN(o.Threshold) {
		return nil, fmt.Errorf("%w: MinCell %d, threshold %v", ErrRange, o.MinCell, o.Threshold)
	}
	if err := c.Check(); err != nil {
		return nil, err
	}
	if len(c.Group) != len(c.Score) {
		return nil, fmt.Errorf("%w: Group has %d, Score %d", ErrLength, len(c.Group), len(c.Score))
	}
	c, _ = c.distinct()
	for i, p := range c.Score {
		if p < 0 || p > 1 {
			return nil, fmt.Errorf("%w: Score[%d] is %v", ErrProbability, i, p)
		}
	}
	type part struct {
		y []int
		p []float64
	}
	at, parts, names := map[string]int{}, []part{}, []string{}
	for i, g := range c.Group {
		k, ok := at[g]
		if !ok {
			k = len(parts)
			at[g], parts, names = k, append(parts, part{}), append(names, g)
		}
		parts[k].y, parts[k].p = append(parts[k].y, c.Outcome[i]), append(parts[k].p, c.Score[i])
	}
	slices.Sort(names)
	samples, tables := make([]*Sample, len(names)), make([]Table, len(names))
	for i, g := range names {
		samples[i], _ = NewSample(parts[at[g]].y, parts[at[g]].p)
		tables[i] = samples[i].AtThreshold(o.Threshold)
	}
	before, after := rests(samples)
	hidden := suppress(tables, o.MinCell)
	var total Table
	for _, t := range tables {
		total = total.Add(t)
	}
	out := make([]Subgroup, len(names))
	for i, g := range names {
		if hidden[i] {
			out[i] = Subgroup{Group: g, Suppressed: true, Issues: []stratify.Issue{{Code: stratify.SmallCell, Input: g}}}
			out[i].hide()
			continue
		}
		rest := Merge(before[i], after[i])
		t := tables[i]
		out[i] = one(g, samples[i], rest, t, Table{total.TP - t.TP, total.FP - t.FP, total.FN - t.FN, total.TN - t.TN}, o)
	}
	return out, nil
}

// rests gives, for each sample, the merger of all before and of all after it.
func rests(samples []*Sample) (before, after []*Sample) {
	n := len(samples)
	before, after = make([]*Sample, n), make([]*Sample, n)
	acc := &Sample{}
	for i := range n {
		before[i] = acc
		acc = Merge(acc, samples[i])
	}
	acc = &Sample{}
	for i := n - 1; i >= 0; i-- {
		after[i] = acc
		acc = Merge(acc, samples[i])
	}
	return before, after
}

func one(name string, s, rest *Sample, t, others Table, o SubgroupOptions) Subgroup {
	cal, _ := s.Calibration() // scores were checked
	g := Subgroup{Group: name, People: t.People(), Events: t.Events(), Mean: cal.MeanPredicted, OE: cal.OE, AUC: s.AUC(), Slope: cal.Slope, Value: t.Value()}
	if g.Events < o.SlopeEvents {
		g.Slope = none(TooFew)
	}
	g.OEInterval, _ = cal.OEInterval(o.Level)
	g.AUCInterval, _ = g.AUC.Interval(o.Level)
	r := others.Value()
	g.SelectedDiff = newcombe(g.Value.Flagged, r.Flagged, o.Level)
	g.SensitivityDiff = newcombe(g.Value.Sensitivity, r.Sensitivity, o.Level)
	g.PPVDiff = newcombe(g.Value.PPV, r.PPV, o.Level)
	g.FalsePositiveDiff = newcombe(g.Value.FalsePositive, r.FalsePositive, o.Level)
	g.FalseNegativeDiff = newcombe(g.Value.FalseNegative, r.FalseNegative, o.Level)
	a := rest.AUC()
	g.AUCDiff.Difference = g.AUC.AUC.minus(a.AUC)
	if w := g.AUC.Variance.minus(a.Variance); !w.Defined() {
		g.AUCDiff.Interval = noInterval(w.Why)
	} else {
		z, _ := quantile(o.Level)
		v := g.AUC.Variance.Value + a.Variance.Value
		d, h := g.AUCDiff.Difference.Value, z*math.Sqrt(v)
		g.AUCDiff.Interval = Interval{of(max(d-h, -1)), of(min(d+h, 1)), v == 0}
	}
	return g
}

// newcombe is the interval of a difference of two proportions from their score intervals.
func newcombe(a, b registry.Rate, level float64) Difference {
	if !a.Defined() || !b.Defined() {
		return Difference{none(NoPeople), noInterval(NoPeople)}
	}
	p, q := float64(a.Num)/float64(a.Den), float64(b.Num)/float64(b.Den)
	x, y := wilson(a.Num, a.Den, level), wilson(b.Num, b.Den, level)
	d := p - q
	return Difference{of(d), Interval{
		Low:  of(d - math.Hypot(p-x.Low.Value, y.High.Value-q)),
		High: of(d + math.Hypot(x.High.Value-p, q-y.Low.Value))}}
}

func (g *Subgroup) hide() {
	u, i := none(Hidden), noInterval(Hidden)
	d := Difference{u, i}
	g.Mean, g.OE, g.OEInterval, g.AUC, g.AUCInterval, g.Slope = u, u, i, AUC{u, u}, i, u
	g.Value.NeededToFlag, g.Value.Lift = u, u
	g.SelectedDiff, g.SensitivityDiff, g.PPVDiff, g.FalsePositiveDiff, g.FalseNegativeDiff, g.AUCDiff = d, d, d, d, d, d
}

// cells are the counts that a reader could learn of a table.
func (t Table) cells() [8]int64 {
	return [...]int64{t.People(), t.Events(), t.FP + t.TN, t.Flagged(), t.TP, t.FP, t.FN, t.TN}
}

func (t Table) small(least int64) bool {
	for _, n := range t.cells() {
		if n > 0 && n < least {
			return true
		}
	}
	return false
}

// suppress chooses the groups to hide: those with a small cell, then the smallest others
// until the sum of the hidden tells nothing about one of them.
func suppress(tables []Table, least int64) []bool {
	hidden := make([]bool, len(tables))
	var sum Table
	n := 0
	hide := func(i int) { hidden[i] = true; sum = sum.Add(tables[i]); n++ }
	for i, t := range tables {
		if t.small(least) {
			hide(i)
		}
	}
	order := make([]int, len(tables))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(tables[a].People(), tables[b].People()) })
	for _, i := range order {
		if n == 0 || n > 1 && !sum.small(least) {
			break
		}
		if !hidden[i] {
			hide(i)
		}
	}
	return hidden
}
