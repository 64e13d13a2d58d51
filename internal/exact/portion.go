package exact

import "math/bits"

// Portion is num/den of n people in whole numbers, rounded by mode, computed in 128 bits:
// 1/100 of 1,001 is 11 by Ceil. ok is false when num, den or n is negative, den is zero,
// or the result does not fit.
func Portion(num, den, n int64, mode Mode) (k int64, ok bool) {
	if num < 0 || den <= 0 || n < 0 {
		return 0, false
	}
	hi, lo := bits.Mul64(uint64(num), uint64(n))
	if hi >= uint64(den) {
		return 0, false
	}
	q, r := bits.Div64(hi, lo, uint64(den))
	up := false
	switch mode {
	case Ceil, Up:
		up = r > 0
	case HalfUp:
		up = r >= uint64(den)-r
	case HalfEven:
		up = r > uint64(den)-r || r == uint64(den)-r && q&1 == 1
	}
	if up {
		q++
	}
	return int64(q), q <= 1<<63-1
}
