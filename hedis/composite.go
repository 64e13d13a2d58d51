package hedis

import (
	"fmt"
	"math/big"

	"github.com/chroniccare/chroniccare/registry"
)

// ComponentResult is a patient's result on one component of a composite.
type ComponentResult uint8

// Results; the zero value is not eligible, also after an exclusion.
const (
	NotEligible ComponentResult = iota
	Missed
	Met
)

// String gives the result in words.
func (r ComponentResult) String() string {
	return [...]string{"not eligible", "missed", "met"}[min(r, Met)]
}

// ResultOf is the component result of a patient's counts in a rate: eligible
// within the denominator and outside exclusion and exception, met in the
// numerator. For a measure of which lower is better being in the numerator is a
// miss.
func ResultOf(c Counts, better Improvement) ComponentResult {
	if c[Denominator]-c[DenominatorExclusion]-c[DenominatorException] <= 0 {
		return NotEligible
	}
	if (c[Numerator]-c[NumeratorExclusion] > 0) == (better == Increase) {
		return Met
	}
	return Missed
}

// CompositeTally counts what all composites need, exactly. The zero tally is
// empty; tallies over any split of the patients merge.
type CompositeTally struct {
	Patients   int64           `json:"patients"`   // added, eligible or not
	Components []registry.Rate `json:"components"` // met of eligible
	All        registry.Rate   `json:"all"`        // met every component eligible for, of those eligible for one or more
	Any        registry.Rate   `json:"any"`        // met at least one, same denominator
	MetAmong   []int64         `json:"met_among"`  // by number of components eligible for: sum of components met
}

// Add counts one patient.
func (t *CompositeTally) Add(results ...ComponentResult) {
	for len(t.Components) < len(results) {
		t.Components = append(t.Components, registry.Rate{})
	}
	t.Patients++
	eligible, met := 0, 0
	for i, r := range results {
		if r == NotEligible {
			continue
		}
		eligible++
		t.Components[i].Den++
		if r == Met {
			met++
			t.Components[i].Num++
		}
	}
	if eligible == 0 {
		return
	}
	for len(t.MetAmong) <= eligible {
		t.MetAmong = append(t.MetAmong, 0)
	}
	t.MetAmong[eligible] += int64(met)
	t.All.Den++
	t.Any.Den++
	if met == eligible {
		t.All.Num++
	}
	if met > 0 {
		t.Any.Num++
	}
}

// Merge adds another tally of the same components. Another number of components
// wraps registry.ErrTally.
func (t *CompositeTally) Merge(o CompositeTally) error {
	if len(t.Components) > 0 && len(o.Components) > 0 && len(t.Components) != len(o.Components) {
		return fmt.Errorf("%w: composites of %d and %d components", registry.ErrTally, len(t.Components), len(o.Components))
	}
	t.Patients += o.Patients
	for i, r := range o.Components {
		if i == len(t.Components) {
			t.Components = append(t.Components, registry.Rate{})
		}
		t.Components[i] = t.Components[i].Add(r)
	}
	for i, n := range o.MetAmong {
		if i == len(t.MetAmong) {
			t.MetAmong = append(t.MetAmong, 0)
		}
		t.MetAmong[i] += n
	}
	t.All, t.Any = t.All.Add(o.All), t.Any.Add(o.Any)
	return nil
}

// AllOrNone is the share of patients who meet every component they are eligible
// for, among those eligible for at least one.
func (t *CompositeTally) AllOrNone() registry.Rate { return t.All }

// AnyOf is the share of patients with at least one component met, as for a
// composite of adverse events (functional decline: death, institution,
// disability).
func (t *CompositeTally) AnyOf() registry.Rate { return t.Any }

// Opportunity is the sum of numerators over the sum of denominators.
func (t *CompositeTally) Opportunity() (r registry.Rate) {
	for _, c := range t.Components {
		r = r.Add(c)
	}
	return r
}

// PatientAverage is the mean over patients of met / eligible, exact; false when
// nobody is eligible.
func (t *CompositeTally) PatientAverage() (*big.Rat, bool) {
	if t.All.Den == 0 {
		return nil, false
	}
	sum := new(big.Rat)
	for e, met := range t.MetAmong {
		if e > 0 {
			sum.Add(sum, big.NewRat(met, int64(e)))
		}
	}
	return sum.Quo(sum, big.NewRat(t.All.Den, 1)), true
}

// MissingRate says what a weighted composite does about a component that has no
// reportable rate.
type MissingRate uint8

// Policies: leave it out and spread its weight; count it as nothing achieved;
// refuse to score.
const (
	DropMissing MissingRate = iota
	ZeroMissing
	RefuseMissing
)

// WeightedPart is a component of a weighted or linear composite.
type WeightedPart struct {
	Name   string
	Rate   registry.Rate
	State  RateState
	Better Improvement // of a decreasing one Den - Num enters
	Weight *big.Rat    // not negative; nil means 1
}

func (p *WeightedPart) weight() *big.Rat {
	if p.Weight == nil {
		return big.NewRat(1, 1)
	}
	return p.Weight
}

// Achieved is the rate as the share achieved: complemented when lower is
// better.
func Achieved(r registry.Rate, better Improvement) registry.Rate {
	if better == Decrease {
		return r.Complement()
	}
	return r
}

func (p *WeightedPart) value(missing MissingRate) (*big.Rat, error) {
	if p.weight().Sign() < 0 {
		return nil, fmt.Errorf("%w: component %q: weight %v", ErrInput, p.Name, p.Weight)
	}
	if p.State == RateReported && p.Rate.Den != 0 {
		if err := proportion(p.Rate); err != nil {
			return nil, fmt.Errorf("component %q: %w", p.Name, err)
		}
		r := Achieved(p.Rate, p.Better)
		return big.NewRat(r.Num, r.Den), nil
	}
	if missing == RefuseMissing {
		return nil, fmt.Errorf("%w: component %q has no reportable rate", ErrUndefined, p.Name)
	}
	if missing == ZeroMissing {
		return new(big.Rat), nil
	}
	return nil, nil
}

// WeightedComposite is sum of weight x rate over sum of weights, exact. Faulty
// rates and weights wrap [ErrInput]; a missing rate that is refused, and no weight
// on any rate, [ErrUndefined].
func WeightedComposite(parts []WeightedPart, missing MissingRate) (*big.Rat, error) {
	sum, weights := new(big.Rat), new(big.Rat)
	for i := range parts {
		v, err := parts[i].value(missing)
		if err != nil {
			return nil, err
		}
		if v == nil {
			continue
		}
		w := parts[i].weight()
		sum.Add(sum, v.Mul(v, w))
		weights.Add(weights, w)
	}
	if weights.Sign() == 0 {
		return nil, fmt.Errorf("%w: no weight on any component with a rate", ErrUndefined)
	}
	return sum.Quo(sum, weights), nil
}

// LinearPart maps a rate to points between a floor and a goal. For a
// decreasing measure floor and goal are given as shares achieved.
type LinearPart struct {
	WeightedPart
	Floor, Goal *big.Rat // Floor < Goal
}

// LinearComposite gives each part's points, weight x (rate - floor)/(goal - floor)
// capped to [0, weight], and their sum. A floor that is not below the goal wraps
// [ErrInput]; other errors are those of [WeightedComposite].
func LinearComposite(parts []LinearPart, missing MissingRate) (points []*big.Rat, total *big.Rat, err error) {
	total = new(big.Rat)
	for i := range parts {
		p := &parts[i]
		if p.Floor == nil || p.Goal == nil || p.Floor.Cmp(p.Goal) >= 0 {
			return nil, nil, fmt.Errorf("%w: component %q: floor %v, goal %v", ErrInput, p.Name, p.Floor, p.Goal)
		}
		v, err := p.value(missing)
		if err != nil {
			return nil, nil, err
		}
		if v == nil {
			v = new(big.Rat)
		} else {
			v.Sub(v, p.Floor)
			v.Quo(v, new(big.Rat).Sub(p.Goal, p.Floor))
		}
		if v.Sign() < 0 {
			v = new(big.Rat)
		}
		if one := big.NewRat(1, 1); v.Cmp(one) > 0 {
			v = one
		}
		points = append(points, v.Mul(v, p.weight()))
		total.Add(total, v)
	}
	return points, total, nil
}

// ConditionalShare is a survey proportion among those to whom the question
// applies; the share of all asked is kept beside it, so that the two are never
// mixed up.
type ConditionalShare struct {
	Condition string
	Among     registry.Rate // yes, of those to whom it applies
	Of        registry.Rate // yes, of all
}

// Among counts a conditional share.
func Among[T any](people []T, condition string, applies, yes func(T) bool) ConditionalShare {
	s := ConditionalShare{Condition: condition}
	for _, p := range people {
		s.Of.Den++
		if !applies(p) {
			continue
		}
		s.Among.Den++
		if yes(p) {
			s.Among.Num++
			s.Of.Num++
		}
	}
	return s
}

// String prints both shares and the condition.
func (s ConditionalShare) String() string {
	return fmt.Sprintf("%v among those who %s; %v of all", s.Among, s.Condition, s.Of)
}
