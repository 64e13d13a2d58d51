package evaluate

import (
	"fmt"
	"math"
	"slices"

	"github.com/chroniccare/chroniccare/internal/exact"
	"github.com/chroniccare/chroniccare/registry"
)

// Concentration is how a cost is spread over people: costs in ascending order. The zero
// Concentration is empty.
type Concentration struct {
	costs []float64
	sums  []float64 // sums[i] is the cost of the i cheapest
}

// Concentrate sorts costs. It reports [ErrNegative] for the first cost that is negative or
// not a finite number.
func Concentrate(costs []float64) (*Concentration, error) {
	if err := checkCosts(costs); err != nil {
		return nil, err
	}
	c := &Concentration{costs: slices.Clone(costs)}
	slices.Sort(c.costs)
	c.add()
	return c, nil
}

func checkCosts(costs []float64) error {
	for i, x := range costs {
		if !(x >= 0) || math.IsInf(x, 0) {
			return fmt.Errorf("%w: cost[%d] is %v", ErrNegative, i, x)
		}
	}
	return nil
}

func (c *Concentration) add() {
	c.sums = make([]float64, len(c.costs)+1)
	for i, x := range c.costs {
		c.sums[i+1] = c.sums[i] + x
	}
}

// Merge is the concentration of all people of both, the same as of one pass over them.
func (c *Concentration) Merge(o *Concentration) *Concentration {
	out := &Concentration{costs: make([]float64, 0, len(c.costs)+len(o.costs))}
	i, j := 0, 0
	for i < len(c.costs) || j < len(o.costs) {
		if j == len(o.costs) || i < len(c.costs) && c.costs[i] <= o.costs[j] {
			out.costs = append(out.costs, c.costs[i])
			i++
		} else {
			out.costs = append(out.costs, o.costs[j])
			j++
		}
	}
	out.add()
	return out
}

// People is the number of people, Total the sum of their costs.
func (c *Concentration) People() int { return len(c.costs) }

// Total is the sum of the costs.
func (c *Concentration) Total() float64 {
	if len(c.sums) == 0 {
		return 0
	}
	return c.sums[len(c.sums)-1]
}

func (c *Concentration) lacking() Undefined {
	switch {
	case len(c.costs) == 0:
		return NoPeople
	case c.Total() == 0:
		return TotalZero
	case math.IsInf(c.Total(), 0):
		return Beyond
	}
	return Defined
}

// TopShare is the share of the cost that the costliest share of people carry. Their number
// is rounded up, in whole numbers: the top 1/100 of 1,001 people are 11. It reports
// [ErrRange] for a share outside [0, 1].
func (c *Concentration) TopShare(people registry.Rate) (Stat, error) {
	k, err := headcount(people, len(c.costs))
	if err != nil {
		return none(TooFew), err
	}
	if why := c.lacking(); why != Defined {
		return none(why), nil
	}
	return of((c.Total() - c.sums[len(c.costs)-k]) / c.Total()), nil
}

func headcount(share registry.Rate, n int) (int, error) {
	k, ok := exact.Portion(share.Num, share.Den, int64(n), exact.Ceil)
	if !ok || !share.Proportion() {
		return 0, fmt.Errorf("%w: a share of %d/%d", ErrRange, share.Num, share.Den)
	}
	return int(k), nil
}

// Gini is the Gini coefficient of the population: 0 when all cost the same, 1 - 1/n when
// one person costs everything (Gini 1912). SampleGini is it times n/(n-1).
func (c *Concentration) Gini() Stat {
	if why := c.lacking(); why != Defined {
		return none(why)
	}
	n := float64(len(c.costs))
	if c.costs[0] == c.costs[len(c.costs)-1] {
		return of(0)
	}
	sum := 0.0
	for i, x := range c.costs {
		sum += (2*float64(i+1) - n - 1) * x
	}
	return of(min(max(sum/(n*c.Total()), 0), 1-1/n))
}

// SampleGini corrects [Concentration.Gini] for a sample's size, times n/(n-1).
func (c *Concentration) SampleGini() Stat {
	g := c.Gini()
	if n := float64(len(c.costs)); g.Defined() && n > 1 {
		return of(g.Value * n / (n - 1))
	} else if g.Defined() {
		return none(TooFew)
	}
	return g
}

// LorenzPoint is a share of people, cheapest first, and the share of the cost they carry.
type LorenzPoint struct {
	People float64 `json:"people"`
	Cost   float64 `json:"cost"`
}

// Lorenz gives the curve (Lorenz 1905) at steps equal parts of the people, from (0, 0) to
// (1, 1); a part's border is rounded down to whole people. There are no points when the
// total is zero or overflows, and [ErrRange] for less than one step.
func (c *Concentration) Lorenz(steps int) ([]LorenzPoint, error) {
	if steps < 1 {
		return nil, fmt.Errorf("%w: %d steps of a Lorenz curve", ErrRange, steps)
	}
	if c.lacking() != Defined {
		return nil, nil
	}
	n := len(c.costs)
	var out []LorenzPoint
	last := -1
	for i := range steps + 1 {
		k, _ := exact.Portion(int64(i), int64(steps), int64(n), exact.Floor)
		if int(k) != last {
			out = append(out, LorenzPoint{float64(k) / float64(n), c.sums[k] / c.Total()})
			last = int(k)
		}
	}
	return out, nil
}
