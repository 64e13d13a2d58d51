package feedback

import (
	"math/big"

	"github.com/chroniccare/chroniccare/internal/exact"
	"github.com/chroniccare/chroniccare/internal/name"
	"github.com/chroniccare/chroniccare/registry"
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

// UnmarshalText reads what MarshalText gives; another text is an error that lists the words.
func (d *Direction) UnmarshalText(text []byte) error { return name.Parse(d, len(directions), text) }

// Past is an earlier result, and how the next one compares with it.
type Past struct {
	Period registry.Period `json:"period"`
	Rate   registry.Rate   `json:"rate"`
	Change Direction       `json:"change"` // from this result to the one after it
	Points string          `json:"points"` // percentage points of that change, one place; "" without comparison
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
