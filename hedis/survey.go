package hedis

import (
	"errors"
	"fmt"
	"math"
	"math/big"
)

// NoAnswer marks a blank or screened-out item in a respondent's answers.
const NoAnswer = -1

// SurveyItem is one question of a survey composite: an identifier, never the
// wording.
type SurveyItem struct {
	ID       string
	Reversed bool // the best answer is the lowest of the scale
}

// SurveyComposite is a composite of survey items on one scale, in the manner of
// the CAHPS composites. Case-mix adjustment is the caller's: see
// [SurveyComposite.Adjusted].
type SurveyComposite struct {
	ID    string
	Title string
	Also  string   // other titles in use
	Scale []string // categories, from worst to best
	Items []SurveyItem
	// TopBox is the number of best categories that count as the top box; 0
	// means one.
	TopBox int
	// MinResponses is the least mean number of answers an item of a composite
	// that is reported; 0 means 100 (inferred).
	MinResponses int64
}

// Check reports all faults of the definition; they wrap [ErrInput].
func (c *SurveyComposite) Check() error {
	var errs []error
	if len(c.Scale) < 2 {
		errs = append(errs, fmt.Errorf("%w: survey %s: a scale of %d categories", ErrInput, c.ID, len(c.Scale)))
	}
	if len(c.Items) == 0 {
		errs = append(errs, fmt.Errorf("%w: survey %s: no items", ErrInput, c.ID))
	}
	if c.TopBox < 0 || c.TopBox > len(c.Scale) {
		errs = append(errs, fmt.Errorf("%w: survey %s: a top box of %d categories", ErrInput, c.ID, c.TopBox))
	}
	if c.MinResponses < 0 {
		errs = append(errs, fmt.Errorf("%w: survey %s: a minimum of %d answers", ErrInput, c.ID, c.MinResponses))
	}
	return errors.Join(errs...)
}

// SurveyTally counts the answers of respondents by item and category. The zero
// tally is empty; tallies of one composite merge.
type SurveyTally struct {
	Respondents int64     `json:"respondents"`
	Counts      [][]int64 `json:"counts"`  // item, category from worst to best
	Invalid     int64     `json:"invalid"` // answers outside the scale, left out
}

func (t *SurveyTally) grow(c *SurveyComposite) {
	for len(t.Counts) < len(c.Items) {
		t.Counts = append(t.Counts, make([]int64, len(c.Scale)))
	}
}

// Add counts one respondent: for each item the category as printed on the
// scale, from 0, or [NoAnswer]. Reversed items are turned here. Missing trailing
// items are not answered; an answer outside the scale is left out and counted.
func (c *SurveyComposite) Add(t *SurveyTally, answers []int) {
	t.grow(c)
	t.Respondents++
	for i, a := range answers {
		switch {
		case a == NoAnswer:
		case i >= len(c.Items) || a < 0 || a >= len(c.Scale):
			t.Invalid++
		default:
			t.Counts[i][c.turn(i, a)]++
		}
	}
}

func (c *SurveyComposite) turn(item, a int) int {
	if c.Items[item].Reversed {
		return len(c.Scale) - 1 - a
	}
	return a
}

// Merge adds another tally of the same composite. Tallies of another shape wrap
// [ErrInput].
func (t *SurveyTally) Merge(o SurveyTally) error {
	if len(t.Counts) > 0 && len(o.Counts) > 0 && (len(t.Counts) != len(o.Counts) || len(t.Counts[0]) != len(o.Counts[0])) {
		return fmt.Errorf("%w: survey tallies of different composites", ErrInput)
	}
	t.Respondents += o.Respondents
	t.Invalid += o.Invalid
	for i := range o.Counts {
		if i == len(t.Counts) {
			t.Counts = append(t.Counts, make([]int64, len(o.Counts[i])))
		}
		for k, n := range o.Counts[i] {
			t.Counts[i][k] += n
		}
	}
	return nil
}

// SurveyScore is a scored composite; all figures are exact. Every item weighs
// the same whatever its number of answers.
type SurveyScore struct {
	ItemsUsed       int
	Dropped         []string   // items without a valid answer
	Proportions     []*big.Rat // global proportion of each category, worst first; they add up to 1
	TopBox          *big.Rat   // sum of the top categories
	ThreePointMean  *big.Rat   // 1 to 3; the two lowest of four categories merge; nil for other scales
	Linear          *big.Rat   // 0 to 100: category j of m counts 100 (j-1)/(m-1)
	MeanDenominator *big.Rat   // mean number of valid answers over all items, dropped ones too
	Reportable      bool       // MeanDenominator reaches the minimum
}

// Score applies the published rule of composites: the mean over items of the
// proportion in each category. Items nobody answered are dropped and named. With
// no answer at all the error wraps [ErrUndefined]; a tally that does not fit,
// [ErrInput]. Source: CAHPS composites, global proportions; the era's exact
// rule is unconfirmed.
func (c *SurveyComposite) Score(t SurveyTally) (SurveyScore, error) {
	if err := c.Check(); err != nil {
		return SurveyScore{}, err
	}
	m := len(c.Scale)
	s := SurveyScore{MeanDenominator: new(big.Rat), TopBox: new(big.Rat), Linear: new(big.Rat)}
	for range m {
		s.Proportions = append(s.Proportions, new(big.Rat))
	}
	if len(t.Counts) > len(c.Items) {
		return SurveyScore{}, fmt.Errorf("%w: survey %s: %d items counted, %d defined", ErrInput, c.ID, len(t.Counts), len(c.Items))
	}
	for i, item := range c.Items {
		var n int64
		if i < len(t.Counts) {
			if len(t.Counts[i]) != m {
				return SurveyScore{}, fmt.Errorf("%w: survey %s: item %s has %d categories, the scale %d", ErrInput, c.ID, item.ID, len(t.Counts[i]), m)
			}
			for _, k := range t.Counts[i] {
				if k < 0 || n > math.MaxInt64-k {
					return SurveyScore{}, fmt.Errorf("%w: survey %s: item %s: count %d", ErrInput, c.ID, item.ID, k)
				}
				n += k
			}
		}
		if n == 0 {
			s.Dropped = append(s.Dropped, item.ID)
			continue
		}
		s.ItemsUsed++
		s.MeanDenominator.Add(s.MeanDenominator, new(big.Rat).SetInt64(n))
		for k, x := range t.Counts[i] {
			s.Proportions[k].Add(s.Proportions[k], big.NewRat(x, n))
		}
	}
	if s.ItemsUsed == 0 {
		return s, fmt.Errorf("%w: survey %s: nobody answered", ErrUndefined, c.ID)
	}
	share := big.NewRat(1, int64(s.ItemsUsed))
	s.MeanDenominator.Quo(s.MeanDenominator, big.NewRat(int64(len(c.Items)), 1))
	if m == 3 || m == 4 {
		s.ThreePointMean = new(big.Rat)
	}
	for k, p := range s.Proportions {
		p.Mul(p, share)
		if k >= m-max(c.TopBox, 1) {
			s.TopBox.Add(s.TopBox, p)
		}
		if s.ThreePointMean != nil {
			s.ThreePointMean.Add(s.ThreePointMean, new(big.Rat).Mul(p, big.NewRat(int64(max(k-m+4, 1)), 1)))
		}
		s.Linear.Add(s.Linear, new(big.Rat).Mul(p, big.NewRat(int64(100*k), int64(m-1))))
	}
	least := c.MinResponses
	if least == 0 {
		least = 100
	}
	s.Reportable = s.MeanDenominator.Cmp(big.NewRat(least, 1)) >= 0
	return s, nil
}

// AdjustedItem is an item score that the caller has adjusted for case mix.
type AdjustedItem struct {
	ID      string
	Score   *big.Rat
	Answers int64
}

// Adjusted is the composite of adjusted item scores: their mean over items with
// answers, and whether the mean number of answers reaches the minimum. An item
// with answers and no score, or with negative answers, wraps [ErrInput]; no
// answers, [ErrUndefined].
func (c *SurveyComposite) Adjusted(items []AdjustedItem) (score *big.Rat, reportable bool, err error) {
	sum, n, k := new(big.Rat), int64(0), int64(0)
	for _, i := range items {
		if i.Answers < 0 || i.Answers > 0 && i.Score == nil {
			return nil, false, fmt.Errorf("%w: survey %s: item %s: %d answers, score %v", ErrInput, c.ID, i.ID, i.Answers, i.Score)
		}
		if i.Answers == 0 {
			continue
		}
		sum.Add(sum, i.Score)
		n += i.Answers
		k++
	}
	if k == 0 {
		return nil, false, fmt.Errorf("%w: survey %s: nobody answered", ErrUndefined, c.ID)
	}
	least := c.MinResponses
	if least == 0 {
		least = 100
	}
	return sum.Quo(sum, big.NewRat(k, 1)), n >= least*int64(len(items)), nil
}

// PooledTopBox is the respondent-level alternative, never the default: the mean
// over respondents of the share of their answered items in the top box. It
// differs from the composite when items are skipped.
func (c *SurveyComposite) PooledTopBox(respondents [][]int) (*big.Rat, error) {
	if err := c.Check(); err != nil {
		return nil, err
	}
	sum, n := new(big.Rat), int64(0)
	for _, r := range respondents {
		var top, answered int64
		for i, a := range r {
			if i < len(c.Items) && a >= 0 && a < len(c.Scale) {
				answered++
				if c.turn(i, a) >= len(c.Scale)-max(c.TopBox, 1) {
					top++
				}
			}
		}
		if answered > 0 {
			sum.Add(sum, big.NewRat(top, answered))
			n++
		}
	}
	if n == 0 {
		return nil, fmt.Errorf("%w: survey %s: nobody answered", ErrUndefined, c.ID)
	}
	return sum.Quo(sum, big.NewRat(n, 1)), nil
}

// TopBoxInterval is the top-box composite's interval over respondents by the
// delta method: each respondent adds (x - p)/n of every item answered, over the
// number of items used; the variance of their sum follows (inferred). A level of
// 0 means 0.95. It needs two respondents.
func (c *SurveyComposite) TopBoxInterval(respondents [][]int, level float64) (Interval, error) {
	_, z, err := levelOf(level)
	if err != nil {
		return Interval{}, err
	}
	var t SurveyTally
	for _, r := range respondents {
		c.Add(&t, r)
	}
	s, err := c.Score(t)
	if err != nil {
		return Interval{}, err
	}
	if len(respondents) < 2 {
		return Interval{}, fmt.Errorf("%w: survey %s: an interval of one respondent", ErrUndefined, c.ID)
	}
	top := len(c.Scale) - max(c.TopBox, 1)
	p, n := make([]float64, len(c.Items)), make([]float64, len(c.Items))
	for i := range c.Items {
		for k, x := range t.Counts[i] {
			n[i] += float64(x)
			if k >= top {
				p[i] += float64(x)
			}
		}
		if n[i] > 0 {
			p[i] /= n[i]
		}
	}
	sum := 0.0
	for _, r := range respondents {
		d := 0.0
		for i, a := range r {
			if i >= len(c.Items) || a < 0 || a >= len(c.Scale) {
				continue
			}
			x := 0.0
			if c.turn(i, a) >= top {
				x = 1
			}
			d += (x - p[i]) / n[i]
		}
		d /= float64(s.ItemsUsed)
		sum += d * d
	}
	k := float64(len(respondents))
	half := z * math.Sqrt(sum*k/(k-1))
	v, _ := s.TopBox.Float64()
	return Interval{max(0, v-half), min(1, v+half)}, nil
}
