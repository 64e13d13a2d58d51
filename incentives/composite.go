package incentives

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// MissingPolicy says what a composite does with an item that is not scored.
type MissingPolicy uint8

// Policies.
const (
	DropAndReweigh   MissingPolicy = iota // the others carry its weight
	CountAsZero                           // it counts as 0
	FixedDenominator                      // as 0, of a denominator that stays
	FullCredit                            // it counts as full
	FailIfMissing                         // the composite is not scored
)

// Item is a component of a composite.
type Item struct {
	ID     string
	Score  Exact
	Full   Exact // best possible score, for FullCredit and PointsOver
	Weight Exact // 0 counts as 1 when all are 0
	Status Status
}

// WeightedMean is the mean of the scored items by weight. It is not scored when no
// item is, or when fewer than atLeast are.
func WeightedMean(items []Item, missing MissingPolicy, atLeast int) (Exact, Status, error) {
	if err := checkItems(items); err != nil {
		return Exact{}, NotReported, err
	}
	equal := !slices.ContainsFunc(items, func(x Item) bool { return x.Weight.Sign() != 0 })
	var sum, weights Exact
	scored := 0
	for _, x := range items {
		w := x.Weight
		if equal {
			w = Int(1)
		}
		switch {
		case x.Status == Scored:
			scored++
			sum, weights = sum.Add(w.Mul(x.Score)), weights.Add(w)
		case missing == FailIfMissing:
			return Exact{}, x.Status, nil
		case missing == FullCredit:
			sum, weights = sum.Add(w.Mul(x.Full)), weights.Add(w)
		case missing == CountAsZero || missing == FixedDenominator:
			weights = weights.Add(w)
		}
	}
	if scored == 0 || scored < atLeast || weights.Sign() == 0 {
		return Exact{}, BelowMinimum, nil
	}
	return sum.Quo(weights), Scored, nil
}

// PointsOver is (the points + bonus)/denominator, at most 1. A denominator of 0 is
// the full points of the items that are scored. The bonus is at most bonusCap of the
// denominator (0: no cap).
func PointsOver(items []Item, bonus, denominator, bonusCap Exact) (Exact, Status, error) {
	if err := checkItems(items); err != nil {
		return Exact{}, NotReported, err
	}
	var points, full Exact
	for _, x := range items {
		if x.Status == Scored {
			points, full = points.Add(x.Score), full.Add(x.Full)
		}
	}
	if denominator.Sign() == 0 {
		denominator = full
	}
	if denominator.Sign() <= 0 {
		return Exact{}, NoDenominator, nil
	}
	if bonusCap.Sign() > 0 {
		bonus = bonus.Min(bonusCap.Mul(denominator))
	}
	return points.Add(bonus).Quo(denominator).Min(Int(1)), Scored, nil
}

// NthLowest is the n-th lowest score of those scored, 1 being the lowest.
func NthLowest(items []Item, n int) (Exact, Status, error) {
	if err := checkItems(items); err != nil {
		return Exact{}, NotReported, err
	}
	var scores []Exact
	for _, x := range items {
		if x.Status == Scored {
			scores = append(scores, x.Score)
		}
	}
	if n < 1 || n > len(scores) {
		return Exact{}, BelowMinimum, nil
	}
	slices.SortFunc(scores, Exact.Cmp)
	return scores[n-1], Scored, nil
}

func checkItems(items []Item) error {
	var errs []error
	seen := map[string]bool{}
	for _, x := range items {
		if seen[x.ID] {
			errs = append(errs, fmt.Errorf("%w: item %q", ErrDuplicate, x.ID))
		}
		seen[x.ID] = true
		if x.Weight.Sign() < 0 {
			errs = append(errs, fmt.Errorf("%w: %q weighs %s", ErrWeights, x.ID, x.Weight))
		}
	}
	return errors.Join(errs...)
}

// CheckWeights reports weights that do not add up exactly to a total.
func CheckWeights(items []Item, total Exact) error {
	err := checkItems(items)
	var sum Exact
	for _, x := range items {
		sum = sum.Add(x.Weight)
	}
	if !sum.Equal(total) {
		err = errors.Join(err, fmt.Errorf("%w: they add up to %s, not %s", ErrWeights, sum, total))
	}
	return err
}

// GateEffect says what happens to an amount behind a closed gate.
type GateEffect uint8

// Effects.
const (
	GateZero  GateEffect = iota // nothing is paid
	GateScale                   // the amount is multiplied by Factor
	GateCap                     // the amount is at most Factor
)

// Gate lets an amount pass when a condition is met. A closed gate never raises pay.
type Gate struct {
	Name   string
	Open   bool
	Effect GateEffect
	Factor Exact
}

// Apply is the amount behind the gate.
func (g Gate) Apply(amount Exact) Exact {
	if g.Open {
		return amount
	}
	switch g.Effect {
	case GateScale:
		return amount.Mul(g.Factor.Clamp(Exact{}, Int(1)))
	case GateCap:
		return amount.Min(g.Factor)
	}
	return Exact{}
}

// Limits hold an amount between a floor and a cap; nil is no limit.
type Limits struct{ Floor, Cap *Exact }

// Apply is the amount within the limits.
func (l Limits) Apply(x Exact) Exact {
	if l.Floor != nil {
		x = x.Max(*l.Floor)
	}
	if l.Cap != nil {
		x = x.Min(*l.Cap)
	}
	return x
}

// SalaryBand pays a share of basic salary: the floor at the lowest score, the whole at
// the neutral score, the cap at the highest, straight between.
type SalaryBand struct {
	MinScore, NeutralScore, MaxScore Exact
	Floor, Cap                       Exact // shares, such as 0.80 and 1.20
}

// Share is the share of basic salary for a score.
func (b SalaryBand) Share(score Exact) Exact {
	return Polyline{Knots: []Knot{{b.MinScore, b.Floor}, {b.NeutralScore, Int(1)}, {b.MaxScore, b.Cap}}}.Points(score)
}

// Check reports scores out of order, and a band that does not hold 1.
func (b SalaryBand) Check() error {
	var errs []error
	if b.MinScore.Cmp(b.NeutralScore) > 0 || b.NeutralScore.Cmp(b.MaxScore) > 0 || b.MinScore.Cmp(b.MaxScore) == 0 {
		errs = append(errs, fmt.Errorf("%w: scores %s, %s, %s", ErrThresholdOrder, b.MinScore, b.NeutralScore, b.MaxScore))
	}
	if b.Floor.Sign() < 0 || b.Floor.Cmp(Int(1)) > 0 || b.Cap.Cmp(Int(1)) < 0 {
		errs = append(errs, fmt.Errorf("%w: a band from %s to %s", ErrRange, b.Floor, b.Cap))
	}
	return errors.Join(errs...)
}

// Withhold keeps back a rate of a base and returns what is earned of it.
type Withhold struct{ Rate Exact }

// Net is base x rate x (earned - 1): 0 when all is earned, less when not, more when a
// bonus above 1 is allowed. A negative earned share counts as 0.
func (w Withhold) Net(base, earned Exact) Exact {
	return base.Mul(w.Rate).Mul(earned.Max(Exact{}).Sub(Int(1)))
}

// ProRate is part/whole, not above 1 when capped. A whole of 0 gives ErrDivision.
func ProRate(part, whole Exact, capped bool) (Exact, error) {
	if whole.Sign() <= 0 || part.Sign() < 0 {
		return Exact{}, fmt.Errorf("%w: %s of %s", ErrDivision, part, whole)
	}
	f := part.Quo(whole)
	if capped {
		f = f.Min(Int(1))
	}
	return f, nil
}

// TieRule says how equal units rank.
type TieRule uint8

// Tie rules: 1,1,3 and 1,1,2 and 1.5,1.5,3; Ordinal ranks ties by their key.
const (
	Competition TieRule = iota
	Dense
	MeanRank
	Ordinal
)

// Unit is one of those ranked.
type Unit struct {
	ID    string
	Score Exact
	Key   string // decides ordinal ties, before the ID
}

// Ranked is a unit's place.
type Ranked struct {
	ID    string
	Rank  Exact // 1 is best
	Below int   // units strictly worse
}

// Rank ranks units, best first; ties in the order of their ID. Ordinal needs that no
// two units share score, key and ID.
func Rank(units []Unit, better Direction, tie TieRule) ([]Ranked, error) {
	us := slices.Clone(units)
	slices.SortFunc(us, func(a, b Unit) int {
		return cmp.Or(better.better(b.Score, a.Score), strings.Compare(a.Key, b.Key), strings.Compare(a.ID, b.ID))
	})
	var errs []error
	seen := map[string]bool{}
	for _, u := range us {
		if seen[u.ID] {
			errs = append(errs, fmt.Errorf("%w: unit %q", ErrDuplicate, u.ID))
		}
		seen[u.ID] = true
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	out := make([]Ranked, len(us))
	dense := 0
	for i := 0; i < len(us); {
		j := i
		for j < len(us) && us[j].Score.Cmp(us[i].Score) == 0 {
			j++
		}
		dense++
		for k := i; k < j; k++ {
			r := Int(int64(i + 1))
			switch tie {
			case Dense:
				r = Int(int64(dense))
			case MeanRank:
				r = Frac(int64(i+1+j), 2)
			case Ordinal:
				r = Int(int64(k + 1))
			}
			out[k] = Ranked{us[k].ID, r, len(us) - j}
		}
		i = j
	}
	return out, nil
}
