package evaluate

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/stratify"
)

// Cohort is people in columns: a score and an outcome each, and where there are any an ID,
// a cost and a group. Columns that are not needed stay nil. People are ranked by score
// descending, then by ID in byte order (by place in the columns when there are no IDs), so
// that a top k is always the same people.
type Cohort struct {
	Score   []float64
	Outcome []int     // 0 or 1
	ID      []string  // optional
	Cost    []float64 // optional, at least 0
	Group   []string  // optional
}

// Check reports every fault: columns of another length than Score ([ErrLength]), and the
// first row with each of [ErrLabel], [ErrProbability] (a score that is not finite) and
// [ErrNegative].
func (c Cohort) Check() error {
	n := len(c.Score)
	var errs []error
	for _, col := range []struct {
		name string
		n    int
		must bool
	}{{"Outcome", len(c.Outcome), true}, {"ID", len(c.ID), c.ID != nil}, {"Cost", len(c.Cost), c.Cost != nil}, {"Group", len(c.Group), c.Group != nil}} {
		if col.must && col.n != n {
			errs = append(errs, fmt.Errorf("%w: %s has %d, Score %d", ErrLength, col.name, col.n, n))
		}
	}
	if len(c.Outcome) == n {
		errs = append(errs, checkRows(c.Outcome, c.Score))
	}
	errs = append(errs, checkCosts(c.Cost))
	return errors.Join(errs...)
}

// order ranks the rows.
func (c Cohort) order() []int32 {
	type key struct {
		p float64
		i int32
	}
	keys := make([]key, len(c.Score))
	for i, p := range c.Score {
		keys[i] = key{p, int32(i)}
	}
	slices.SortFunc(keys, func(a, b key) int {
		if d := cmp.Compare(b.p, a.p); d != 0 {
			return d
		}
		if c.ID != nil {
			if d := cmp.Compare(c.ID[a.i], c.ID[b.i]); d != 0 {
				return d
			}
		}
		return cmp.Compare(a.i, b.i)
	})
	out := make([]int32, len(keys))
	for i, k := range keys {
		out[i] = k.i
	}
	return out
}

// Capacity is what taking on the k highest scores gives.
type Capacity struct {
	Places   int   `json:"places"`   // k asked for
	Table    Table `json:"table"`    // with whom the places were filled
	Boundary Stat  `json:"boundary"` // score of the last one in
	Tied     int64 `json:"tied"`     // people with that very score, in or out
	Captured Stat  `json:"captured"` // share of all cost that the k carry; undefined without costs
	Best     Stat  `json:"best"`     // share that the k costliest carry: no rule captures more
}

// Ranking is a checked and sorted cohort; it answers for any k without sorting again.
type Ranking struct {
	// Issues lists people who came twice: the first is kept.
	Issues []stratify.Issue

	c     Cohort
	order []int32
	tp    []int64   // events among the first k
	cost  []float64 // cost of the first k
	top   *Concentration
}

// Rank checks and sorts the cohort; of people of one ID it keeps the first and lists the
// others as issues. Errors as of [Cohort.Check].
func (c Cohort) Rank() (*Ranking, error) {
	if err := c.Check(); err != nil {
		return nil, err
	}
	c, issues := c.distinct()
	r := &Ranking{Issues: issues, c: c, order: c.order(), tp: make([]int64, len(c.Score)+1)}
	for k, i := range r.order {
		r.tp[k+1] = r.tp[k] + int64(c.Outcome[i])
	}
	if c.Cost != nil {
		r.cost = make([]float64, len(c.Score)+1)
		for k, i := range r.order {
			r.cost[k+1] = r.cost[k] + c.Cost[i]
		}
		var err error
		if r.top, err = Concentrate(c.Cost); err != nil {
			return nil, err
		}
	}
	return r, nil
}

// distinct drops repeated IDs.
func (c Cohort) distinct() (Cohort, []stratify.Issue) {
	seen := make(map[string]struct{}, len(c.ID))
	var issues []stratify.Issue
	var twice []bool
	for i, id := range c.ID {
		n := len(seen)
		if seen[id] = (struct{}{}); len(seen) == n {
			if twice == nil {
				twice = make([]bool, len(c.ID))
			}
			twice[i] = true
			issues = append(issues, stratify.Issue{Code: stratify.DuplicatePerson, Input: id, Detail: fmt.Sprintf("row %d", i)})
		}
	}
	if twice == nil {
		return c, nil
	}
	var d Cohort
	for i := range c.Score {
		if twice[i] {
			continue
		}
		d.Score, d.Outcome, d.ID = append(d.Score, c.Score[i]), append(d.Outcome, c.Outcome[i]), append(d.ID, c.ID[i])
		if c.Cost != nil {
			d.Cost = append(d.Cost, c.Cost[i])
		}
		if c.Group != nil {
			d.Group = append(d.Group, c.Group[i])
		}
	}
	return d, issues
}

// Concentration is how the cohort's cost is spread; nil without costs.
func (r *Ranking) Concentration() *Concentration { return r.top }

// At takes the k highest scores; more places than people take everybody. It reports
// [ErrRange] for k < 0.
func (r *Ranking) At(k int) (Capacity, error) {
	if k < 0 {
		return Capacity{}, fmt.Errorf("%w: %d places", ErrRange, k)
	}
	n := len(r.order)
	out := Capacity{Places: k, Boundary: none(NoneFlagged), Captured: none(NoneFlagged), Best: none(NoneFlagged)}
	k = min(k, n)
	out.Table = Table{TP: r.tp[k], FP: int64(k) - r.tp[k], FN: r.tp[n] - r.tp[k]}
	out.Table.TN = int64(n-k) - out.Table.FN
	if k > 0 {
		b := r.c.Score[r.order[k-1]]
		out.Boundary = of(b)
		for i := k - 1; i >= 0 && r.c.Score[r.order[i]] == b; i-- {
			out.Tied++
		}
		for i := k; i < n && r.c.Score[r.order[i]] == b; i++ {
			out.Tied++
		}
	}
	switch {
	case r.cost == nil:
		out.Captured, out.Best = none(TooFew), none(TooFew)
	case r.top.lacking() != Defined:
		out.Captured, out.Best = none(r.top.lacking()), none(r.top.lacking())
	default:
		out.Best, _ = r.top.TopShare(registry.Rate{Num: int64(k), Den: int64(n)})
		out.Captured = of(r.cost[k] / r.top.Total())
	}
	return out, nil
}

// AtShare takes the highest share of the people, their number rounded up in whole numbers.
// It reports [ErrRange] for a share outside [0, 1].
func (r *Ranking) AtShare(share registry.Rate) (Capacity, error) {
	k, err := headcount(share, len(r.order))
	if err != nil {
		return Capacity{}, err
	}
	return r.At(k)
}

// Reach is the smallest number of people, by rank, among whom at least the wanted share of
// the events lies, with what else that means: the PPV there. It reports [ErrRange] for a
// share outside [0, 1], and [ErrEmpty] when there are no events.
func (r *Ranking) Reach(sensitivity registry.Rate) (Capacity, error) {
	n := len(r.order)
	events := r.tp[n]
	if _, err := headcount(sensitivity, int(events)); err != nil {
		return Capacity{}, err
	}
	if events == 0 {
		return Capacity{}, none(NoEvents).Err()
	}
	need, _ := headcount(sensitivity, int(events))
	k, _ := slices.BinarySearch(r.tp, int64(need))
	return r.At(k)
}
