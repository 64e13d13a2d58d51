package selfmanagement

import (
	"cmp"
	"math/bits"

	"github.com/chroniccare/chroniccare/registry"
)

// holds compares a value, which may be an end of what is known, with the limit.
func (l *boundLimit) holds(v int64, is registry.Comparator) bool {
	down := is == registry.LessThan || is == registry.AtMost
	up := is == registry.AtLeast || is == registry.MoreThan
	switch l.Is {
	case registry.Below:
		return !up && (v < l.value || v == l.value && is == registry.LessThan)
	case registry.AtOrBelow:
		return !up && v <= l.value
	case registry.Above:
		return !down && (v > l.value || v == l.value && is == registry.MoreThan)
	}
	return !down && v >= l.value
}

// wide is a whole number of 128 bits, for sums.
type wide struct {
	hi int64
	lo uint64
}

func (w *wide) add(v int64) {
	var carry uint64
	w.lo, carry = bits.Add64(w.lo, uint64(v), 0)
	w.hi += v>>63 + int64(carry)
}

func (w *wide) sub(v int64) {
	var borrow uint64
	w.lo, borrow = bits.Sub64(w.lo, uint64(v), 0)
	w.hi -= v>>63 + int64(borrow)
}

func times(v, n int64) wide {
	hi, lo := bits.Mul64(uint64(v), uint64(n))
	if v < 0 {
		hi -= uint64(n)
	}
	return wide{int64(hi), lo}
}

// holdsMean compares a sum with n times the limit: no division.
func (l *boundLimit) holdsMean(sum wide, n int64) bool {
	limit := times(l.value, n)
	c := cmp.Or(cmp.Compare(sum.hi, limit.hi), cmp.Compare(sum.lo, limit.lo))
	switch l.Is {
	case registry.Below:
		return c < 0
	case registry.AtOrBelow:
		return c <= 0
	case registry.Above:
		return c > 0
	}
	return c >= 0
}

// mean is for readers, cut to the scale of the series; the test itself was exact.
func mean(rows []row, n int64) (whole int64) {
	var rest int64
	for i := range rows {
		if x := &rows[i]; x.usable(MeanTest) {
			whole, rest = whole+x.value/n, rest+x.value%n
		}
	}
	return whole + rest/n
}

// shown gives a value for a reader, means to two places.
func shown(v int64, t Test) registry.Number {
	if t != MeanTest {
		return registry.Num(v, -places)
	}
	const cent, half = 100_000_000, 50_000_000
	if v < 0 {
		return registry.Num((v-half)/cent, -2)
	}
	return registry.Num((v+half)/cent, -2)
}
