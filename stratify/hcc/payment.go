package hcc

import (
	_ "embed"
	"fmt"
	"strconv"

	"github.com/shopspring/decimal"

	"github.com/chroniccare/chroniccare/internal/exact"
	"github.com/chroniccare/chroniccare/internal/table"
	"github.com/chroniccare/chroniccare/registry"
)

//go:embed data/hcc_payment_years.csv
var paymentYearsCSV string

// Adjustment turns a raw score into a payment score. All of it is the caller's:
// none is a default.
type Adjustment struct {
	Normalisation   decimal.Decimal // the raw score is divided by it
	CodingIntensity decimal.Decimal // the share taken off, such as 0.059
	Share           decimal.Decimal // of the model in the blend; 0 counts as 1
}

// Rounding says where a payment score is rounded to three places, a half away from
// zero.
type Rounding uint8

// Roundings.
const (
	EachStep   Rounding = iota // after normalisation, and again after coding intensity
	Last                       // once, of the blend
	ShareFirst                 // the share is applied to the normalised score before rounding, and again after coding intensity
	NoRounding                 // twelve places
	numRoundings
)

// Part is a raw score with the adjustment of its model.
type Part struct {
	Score      Score
	Adjustment Adjustment
}

// PaymentScore blends the adjusted scores of one or more models: divide by the
// normalisation factor, take off the coding intensity, weigh by the model's share.
// It fails when a factor is not positive, an intensity or share is outside 0 to 1,
// or a part has no score.
func PaymentScore(r Rounding, parts ...Part) (decimal.Decimal, error) {
	one := decimal.NewFromInt(1)
	sum := decimal.Decimal{}
	if r >= numRoundings || len(parts) == 0 {
		return sum, fmt.Errorf("%w: rounding %d of %d parts", ErrModel, r, len(parts))
	}
	for i, p := range parts {
		a := p.Adjustment
		if a.Normalisation.Sign() <= 0 {
			return sum, fmt.Errorf("%w: part %d: normalisation %s", ErrModel, i, a.Normalisation)
		}
		if a.CodingIntensity.Sign() < 0 || a.CodingIntensity.Cmp(one) >= 0 || a.Share.Sign() < 0 || a.Share.Cmp(one) > 0 {
			return sum, fmt.Errorf("%w: part %d: coding intensity %s, share %s", ErrModel, i, a.CodingIntensity, a.Share)
		}
		if !p.Score.Scored {
			return sum, fmt.Errorf("%w: part %d has no score: %v", ErrModel, i, p.Score.Issues.List())
		}
		share := a.Share
		if share.IsZero() {
			share = one
		}
		raw := decimal.New(int64(p.Score.Milli), -3)
		keep := one.Sub(a.CodingIntensity)
		switch r {
		case EachStep:
			x := exact.Round(exact.Quo(raw, a.Normalisation, 3, exact.HalfUp).Mul(keep), 3, exact.HalfUp)
			sum = sum.Add(x.Mul(share))
		case ShareFirst:
			x := exact.Quo(raw.Mul(share), a.Normalisation, 3, exact.HalfUp)
			sum = sum.Add(exact.Round(x.Mul(keep), 3, exact.HalfUp))
		default:
			sum = sum.Add(exact.Quo(raw.Mul(keep).Mul(share), a.Normalisation, 15, exact.HalfUp))
		}
	}
	if r == NoRounding {
		return exact.Round(sum, 12, exact.HalfUp), nil
	}
	return exact.Round(sum, 3, exact.HalfUp), nil
}

// YearAdjustment is a published adjustment of a payment year.
type YearAdjustment struct {
	Year    int
	Version Version
	Adjustment
	Confirmed bool // by two sources
}

// PublishedAdjustments lists what CMS announced for payment years 2022 to 2027, as
// far as it was found, for callers to choose from.
func PublishedAdjustments() ([]YearAdjustment, error) {
	t, err := table.Parse("hcc_payment_years", paymentYearsCSV)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrModel, err)
	}
	var out []YearAdjustment
	for _, r := range t.Rows {
		y := YearAdjustment{Version: Version(r[1]), Confirmed: r[5] == "1"}
		var err error
		if y.Year, err = strconv.Atoi(r[0]); err != nil {
			return nil, fmt.Errorf("%w: payment year %q", ErrModel, r[0])
		}
		for i, to := range []*decimal.Decimal{&y.Normalisation, &y.Share, &y.CodingIntensity} {
			n, err := registry.ParseNumber(r[2+i])
			if err != nil {
				return nil, fmt.Errorf("%w: %q of payment year %d", ErrModel, r[2+i], y.Year)
			}
			*to = n.Decimal()
		}
		out = append(out, y)
	}
	return out, nil
}
