package registry

import (
	"cmp"
	"fmt"
	"math/bits"

	"github.com/chroniccare/chroniccare/internal/exact"
	"github.com/shopspring/decimal"
)

// Rate is an exact proportion: two counts, no division. A rate whose Den is 0
// is undefined, which is neither 0 nor 1. In a valid rate 0 <= Num <= Den;
// ratios (events per person) may have Num > Den.
type Rate struct {
	Num int64 `json:"num"`
	Den int64 `json:"den"`
}

// Defined reports whether the rate has a positive denominator.
func (r Rate) Defined() bool { return r.Den > 0 }

// Proportion reports whether 0 <= Num <= Den and Den > 0.
func (r Rate) Proportion() bool { return r.Den > 0 && r.Num >= 0 && r.Num <= r.Den }

// Add pools two rates: numerators and denominators add.
func (r Rate) Add(o Rate) Rate { return Rate{r.Num + o.Num, r.Den + o.Den} }

// Complement is the rate of those not counted, with the same denominator.
func (r Rate) Complement() Rate { return Rate{r.Den - r.Num, r.Den} }

// Cmp compares two defined rates exactly, by cross-multiplication in 128 bits:
// -1, 0 or 1. An undefined rate sorts before every defined one; two undefined
// rates are equal.
func (r Rate) Cmp(o Rate) int {
	switch {
	case !r.Defined() && !o.Defined():
		return 0
	case !r.Defined():
		return -1
	case !o.Defined():
		return 1
	}
	if s, t := cmp.Compare(r.Num, 0), cmp.Compare(o.Num, 0); s != t {
		return cmp.Compare(s, t)
	}
	ah, al := bits.Mul64(abs(r.Num), uint64(o.Den))
	bh, bl := bits.Mul64(abs(o.Num), uint64(r.Den))
	c := cmp.Or(cmp.Compare(ah, bh), cmp.Compare(al, bl))
	if r.Num < 0 {
		c = -c
	}
	return c
}

func abs(n int64) uint64 {
	if n < 0 {
		return -uint64(n)
	}
	return uint64(n)
}

// Decimal gives the proportion rounded half away from zero to places; false
// when undefined.
func (r Rate) Decimal(places int32) (decimal.Decimal, bool) {
	if !r.Defined() {
		return decimal.Decimal{}, false
	}
	return exact.Quo(decimal.NewFromInt(r.Num), decimal.NewFromInt(r.Den), places, exact.HalfUp), true
}

// Percent gives 100 times the proportion with fixed places, "n/a" when
// undefined.
func (r Rate) Percent(places int32) string {
	if !r.Defined() {
		return "n/a"
	}
	return exact.Quo(decimal.NewFromInt(r.Num).Mul(decimal.NewFromInt(100)), decimal.NewFromInt(r.Den), places, exact.HalfUp).StringFixed(places)
}

// String gives "41/57 (71.9 %)", or "0/0 (undefined)".
func (r Rate) String() string {
	if !r.Defined() {
		return fmt.Sprintf("%d/%d (undefined)", r.Num, r.Den)
	}
	return fmt.Sprintf("%d/%d (%s %%)", r.Num, r.Den, r.Percent(1))
}
