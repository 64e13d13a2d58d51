// Package exact divides and rounds decimals with stated places and mode. It
// works on integers alone and reads none of the decimal package's globals.
package exact

import (
	"math/big"

	"github.com/shopspring/decimal"
)

// Mode says what happens to the digits that are cut.
type Mode uint8

// Rounding modes. HalfUp takes a half away from zero, as money usually does;
// HalfEven to the even neighbour; Down towards zero; Up away from zero; Floor
// and Ceil towards minus and plus infinity.
const (
	HalfUp Mode = iota
	HalfEven
	Down
	Up
	Floor
	Ceil
)

// String gives the mode in words.
func (m Mode) String() string {
	names := [...]string{"half away from zero", "half to even", "towards zero", "away from zero", "down", "up"}
	if int(m) < len(names) {
		return names[m]
	}
	return "unknown rounding"
}

// Quo returns num/den to the given places (negative places round to tens,
// hundreds and so on). It panics when den is zero, which callers rule out.
func Quo(num, den decimal.Decimal, places int32, mode Mode) decimal.Decimal {
	n, d := num.Coefficient(), den.Coefficient()
	if d.Sign() == 0 {
		panic("exact: division by zero")
	}
	// num/den * 10^places = n/d * 10^(en-ed+places)
	if e := int64(num.Exponent()) - int64(den.Exponent()) + int64(places); e >= 0 {
		n.Mul(n, pow10(e))
	} else {
		d.Mul(d, pow10(-e))
	}
	return decimal.NewFromBigInt(QuoInt(n, d, mode), -places)
}

// Round returns d to the given places.
func Round(d decimal.Decimal, places int32, mode Mode) decimal.Decimal {
	if -d.Exponent() <= places {
		return d
	}
	return Quo(d, decimal.NewFromInt(1), places, mode)
}

// QuoInt returns n/d rounded to an integer.
func QuoInt(n, d *big.Int, mode Mode) *big.Int {
	q, r := new(big.Int).QuoRem(n, d, new(big.Int))
	if r.Sign() == 0 {
		return q
	}
	neg := n.Sign()*d.Sign() < 0
	away := false
	switch mode {
	case HalfUp, HalfEven:
		c := new(big.Int).Lsh(new(big.Int).Abs(r), 1).CmpAbs(d)
		away = c > 0 || c == 0 && (mode == HalfUp || q.Bit(0) == 1)
	case Up:
		away = true
	case Floor:
		away = neg
	case Ceil:
		away = !neg
	}
	if away {
		one := big.NewInt(1)
		if neg {
			one.Neg(one)
		}
		q.Add(q, one)
	}
	return q
}

func pow10(n int64) *big.Int { return new(big.Int).Exp(big.NewInt(10), big.NewInt(n), nil) }
