package selfmanagement

import (
	"fmt"
	"math/big"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/registry"
)

// Activation is a Patient Activation score as it comes from outside: a number from 0 to
// 100 with its date. The instrument is licensed and never scored here.
type Activation struct {
	ID    string          `json:"id"`
	On    registry.Date   `json:"on"`
	Score registry.Number `json:"score"`
}

// ActivationCuts says where the levels begin. The zero value has the published cuts 47.1,
// 55.2 and 72.5; older papers begin level 4 at 67.1.
type ActivationCuts uint8

// Cuts.
const (
	CurrentCuts ActivationCuts = iota
	OlderCuts
)

// Level is 1 to 4: below 47.1, below 55.2, below 72.5 (67.1 by the older cuts), and above.
// A score outside 0 to 100 is [caremodel.ErrAnswer].
func (c ActivationCuts) Level(score registry.Number) (int, error) {
	if score.Coef < 0 || score.Cmp(registry.Num(100, 0)) > 0 {
		return 0, fmt.Errorf("%w: an activation score of %s, outside 0 to 100", caremodel.ErrAnswer, score)
	}
	fourth := registry.Num(725, -1)
	if c == OlderCuts {
		fourth = registry.Num(671, -1)
	}
	for i, next := range [...]registry.Number{registry.Num(471, -1), registry.Num(552, -1), fourth} {
		if score.Cmp(next) < 0 {
			return i + 1, nil
		}
	}
	return 4, nil
}

// Gain is the change between two activation scores.
type Gain struct {
	Points *big.Rat `json:"points"`
	Within bool     `json:"within"` // at most 12 months lie between
	Gained bool     `json:"gained"` // 3 points or more within 12 months: the published gain
	IDs    []string `json:"ids"`    // before, after
}

// ActivationGain compares two scores. A second score that is not later than the first, or
// one without a date, is [caremodel.ErrAnswer].
func ActivationGain(before, after Activation) (Gain, error) {
	if before.On == 0 || after.On <= before.On {
		return Gain{}, fmt.Errorf("%w: activation %q on %s and %q on %s", caremodel.ErrAnswer, before.ID, before.On, after.ID, after.On)
	}
	g := Gain{Points: difference(after.Score, before.Score), Within: after.On <= before.On.AddMonths(12), IDs: []string{before.ID, after.ID}}
	g.Gained = g.Within && g.Points.Cmp(big.NewRat(3, 1)) >= 0
	return g, nil
}

// difference is a - b, exact.
func difference(a, b registry.Number) *big.Rat {
	return new(big.Rat).Sub(a.Decimal().Rat(), b.Decimal().Rat())
}
