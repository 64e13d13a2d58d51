package incentives

import (
	"errors"
	"fmt"
	"math/big"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/chroniccare/chroniccare/internal/exact"
	"github.com/chroniccare/chroniccare/registry"
)

// Errors. All are wrapped with the place of the fault; all faults come together.
var (
	ErrNegativeCount  = errors.New("incentives: negative count")
	ErrExceptions     = errors.New("incentives: more exceptions than the register holds")
	ErrNumerator      = errors.New("incentives: numerator above the denominator")
	ErrThresholdOrder = errors.New("incentives: thresholds out of order")
	ErrZeroWidth      = errors.New("incentives: zero width")
	ErrWeights        = errors.New("incentives: weights")
	ErrRange          = errors.New("incentives: out of range")
	ErrRounding       = errors.New("incentives: rounding")
	ErrMagnitude      = errors.New("incentives: magnitude")
	ErrNumber         = errors.New("incentives: not a number")
	ErrDivision       = errors.New("incentives: division by zero")
	ErrDuplicate      = errors.New("incentives: duplicate")
	ErrUnknownMetric  = errors.New("incentives: unknown metric")
	ErrMissingMetric  = errors.New("incentives: missing metric")
	ErrLookup         = errors.New("incentives: no cell for the value")
	ErrParameter      = errors.New("incentives: parameter")
	ErrUnconfirmed    = errors.New("incentives: unconfirmed parameter")
	ErrTieKey         = errors.New("incentives: ranking without a tie key")
	ErrPeriod         = errors.New("incentives: period")
	ErrNegativeMoney  = errors.New("incentives: negative money")
	ErrTriangle       = errors.New("incentives: lag triangle")
	ErrShares         = errors.New("incentives: shares")
	ErrCurrency       = errors.New("incentives: currency")
)

// Exact is a fraction without rounding. It is immutable; the zero value is 0.
type Exact struct{ r *big.Rat }

// Int is a whole number.
func Int(n int64) Exact { return Exact{new(big.Rat).SetInt64(n)} }

// Frac is num/den; a den of 0 is 0 and is for callers who have ruled it out.
func Frac(num, den int64) Exact {
	if den == 0 {
		return Exact{}
	}
	return Exact{big.NewRat(num, den)}
}

// OfRate is the exact value of a defined rate.
func OfRate(r registry.Rate) Exact { return Frac(r.Num, r.Den) }

// most digits of a number that is let in: a text such as 1e10000 would make one
// addition enormous
const maxDigits, maxExponent = 50, 30

// Parse reads a decimal such as "124.60" or a fraction such as "1/3". Numbers of
// more than 50 digits or with an exponent beyond 30 are refused.
func Parse(s string) (Exact, error) {
	num, den, isFraction := strings.Cut(s, "/")
	a, err := parseDecimal(num)
	if err != nil || !isFraction {
		return a, err
	}
	b, err := parseDecimal(den)
	if err != nil {
		return Exact{}, err
	}
	if b.Sign() == 0 {
		return Exact{}, fmt.Errorf("%w: %q", ErrDivision, s)
	}
	return a.Quo(b), nil
}

func parseDecimal(s string) (Exact, error) {
	bad := fmt.Errorf("%w: %.60q", ErrNumber, s)
	rest, negative := strings.CutPrefix(s, "-")
	mantissa, exponent, hasExponent := strings.Cut(strings.ToLower(rest), "e")
	exp := 0
	if hasExponent {
		sign := 1
		if e, ok := strings.CutPrefix(exponent, "-"); ok {
			exponent, sign = e, -1
		} else {
			exponent = strings.TrimPrefix(exponent, "+")
		}
		if exponent == "" || len(exponent) > 6 {
			return Exact{}, bad
		}
		for _, c := range exponent {
			if c < '0' || c > '9' {
				return Exact{}, bad
			}
			exp = exp*10 + int(c-'0')
		}
		exp *= sign
	}
	whole, frac, _ := strings.Cut(mantissa, ".")
	digits := whole + frac
	if digits == "" {
		return Exact{}, bad
	}
	for _, c := range digits {
		if c < '0' || c > '9' {
			return Exact{}, bad
		}
	}
	exp -= len(frac)
	if len(strings.TrimLeft(digits, "0")) > maxDigits || exp > maxExponent || exp < -maxExponent-maxDigits || len(digits) > 4*maxDigits {
		return Exact{}, fmt.Errorf("%w: %.60q", ErrMagnitude, s)
	}
	n, ok := new(big.Int).SetString(digits, 10)
	if !ok {
		return Exact{}, bad
	}
	if negative {
		n.Neg(n)
	}
	ten := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(max(exp, -exp))), nil)
	r := new(big.Rat).SetInt(n)
	if exp >= 0 {
		return Exact{r.Mul(r, new(big.Rat).SetInt(ten))}, nil
	}
	return Exact{r.Quo(r, new(big.Rat).SetInt(ten))}, nil
}

// MustParse is Parse for literals; it panics on a faulty one.
func MustParse(s string) Exact {
	x, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return x
}

func (x Exact) rat() *big.Rat {
	if x.r == nil {
		return new(big.Rat)
	}
	return x.r
}

// Add is x + y.
func (x Exact) Add(y Exact) Exact { return Exact{new(big.Rat).Add(x.rat(), y.rat())} }

// Sub is x - y.
func (x Exact) Sub(y Exact) Exact { return Exact{new(big.Rat).Sub(x.rat(), y.rat())} }

// Mul is x times y.
func (x Exact) Mul(y Exact) Exact { return Exact{new(big.Rat).Mul(x.rat(), y.rat())} }

// Quo is x / y; 0 when y is 0, which callers rule out.
func (x Exact) Quo(y Exact) Exact {
	if y.Sign() == 0 {
		return Exact{}
	}
	return Exact{new(big.Rat).Quo(x.rat(), y.rat())}
}

// Neg is -x.
func (x Exact) Neg() Exact { return Exact{new(big.Rat).Neg(x.rat())} }

// Cmp compares exactly: -1, 0 or 1.
func (x Exact) Cmp(y Exact) int { return x.rat().Cmp(y.rat()) }

// Equal reports whether two numbers are the same.
func (x Exact) Equal(y Exact) bool { return x.Cmp(y) == 0 }

// Sign is -1, 0 or 1.
func (x Exact) Sign() int { return x.rat().Sign() }

// Min is the smaller of two.
func (x Exact) Min(y Exact) Exact {
	if y.Cmp(x) < 0 {
		return y
	}
	return x
}

// Max is the larger of two.
func (x Exact) Max(y Exact) Exact {
	if y.Cmp(x) > 0 {
		return y
	}
	return x
}

// Clamp holds x between lo and hi.
func (x Exact) Clamp(lo, hi Exact) Exact { return x.Max(lo).Min(hi) }

// String gives the fraction, "num/den", or the whole number.
func (x Exact) String() string { return x.rat().RatString() }

// MarshalText gives the fraction.
func (x Exact) MarshalText() ([]byte, error) { return []byte(x.String()), nil }

// UnmarshalText reads a decimal or a fraction. Fractions of results may be longer
// than [Parse] lets in, up to 2,000 digits.
func (x *Exact) UnmarshalText(text []byte) error {
	s := string(text)
	if len(s) > 2000 || strings.ContainsAny(s, "eExXpP_") {
		return fmt.Errorf("%w: %.60q", ErrMagnitude, s)
	}
	r, ok := new(big.Rat).SetString(s)
	if !ok {
		return fmt.Errorf("%w: %.60q", ErrNumber, s)
	}
	x.r = r
	return nil
}

// Mode says what happens to the digits that rounding cuts off.
type Mode uint8

// Modes; there is no default. HalfAwayFromZero is what publications call "half up"
// for money that is not negative; HalfUp goes towards plus infinity.
const (
	NoMode Mode = iota
	HalfAwayFromZero
	HalfUp
	HalfEven
	Down
	Up
	Floor
	Ceil
	numModes
)

var modeNames = [numModes]string{"none", "half away from zero", "half up", "half even", "down", "up", "floor", "ceil"}

// String gives the mode in words.
func (m Mode) String() string { return modeNames[min(int(m), len(modeNames)-1)] }

// Rounding is a rounding step: a mode and decimal places, 0 to 18.
type Rounding struct {
	Mode   Mode `json:"mode"`
	Places int  `json:"places"`
}

func (r Rounding) fault() error {
	if r.Mode == NoMode || r.Mode >= numModes || r.Places < 0 || r.Places > 18 {
		return fmt.Errorf("%w: %s to %d places", ErrRounding, r.Mode, r.Places)
	}
	return nil
}

// String gives the step in words.
func (r Rounding) String() string { return fmt.Sprintf("%s, %d places", r.Mode, r.Places) }

// Round rounds once, from the exact value. A faulty rounding leaves x as it is:
// schemes refuse one when they are built.
func (x Exact) Round(r Rounding) Exact {
	if r.fault() != nil {
		return x
	}
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(r.Places)), nil)
	n := new(big.Int).Mul(x.rat().Num(), scale)
	d := x.rat().Denom()
	var q *big.Int
	switch r.Mode {
	case HalfAwayFromZero:
		q = exact.QuoInt(n, d, exact.HalfUp)
	case HalfUp: // floor(x + 1/2)
		q = exact.QuoInt(new(big.Int).Add(new(big.Int).Lsh(n, 1), d), new(big.Int).Lsh(d, 1), exact.Floor)
	case HalfEven:
		q = exact.QuoInt(n, d, exact.HalfEven)
	case Down:
		q = exact.QuoInt(n, d, exact.Down)
	case Up:
		q = exact.QuoInt(n, d, exact.Up)
	case Floor:
		q = exact.QuoInt(n, d, exact.Floor)
	default:
		q = exact.QuoInt(n, d, exact.Ceil)
	}
	return Exact{new(big.Rat).SetFrac(q, scale)}
}

// Fixed gives the number with so many decimal places, cut towards zero when it has
// more: round first. It reads none of the decimal package's globals.
func (x Exact) Fixed(places int) string {
	y := x.Round(Rounding{Down, places}).rat()
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(places)), nil)
	n := new(big.Int).Quo(new(big.Int).Mul(y.Num(), scale), y.Denom())
	s := new(big.Int).Abs(n).String()
	if places > 0 {
		if len(s) <= places {
			s = strings.Repeat("0", places-len(s)+1) + s
		}
		s = s[:len(s)-places] + "." + s[len(s)-places:]
	}
	if n.Sign() < 0 {
		s = "-" + s
	}
	return s
}

// Decimal is the number rounded as asked, for code that works with decimals.
func (x Exact) Decimal(r Rounding) decimal.Decimal {
	y := x.Round(r).rat()
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(r.Places)), nil)
	return decimal.NewFromBigInt(new(big.Int).Quo(new(big.Int).Mul(y.Num(), scale), y.Denom()), -int32(r.Places))
}

// OfDecimal is the exact value of a decimal. One of more than 50 digits, or with an
// exponent beyond 30, is refused.
func OfDecimal(d decimal.Decimal) (Exact, error) {
	if d.Exponent() > maxExponent || d.Exponent() < -maxExponent || d.NumDigits() > maxDigits {
		return Exact{}, fmt.Errorf("%w: %d digits, exponent %d", ErrMagnitude, d.NumDigits(), d.Exponent())
	}
	return Exact{d.Rat()}, nil
}

// SquareRoot is the square root of x rounded half up to so many places, exact: the
// integer square root with two spare digits. A negative x gives 0.
func (x Exact) SquareRoot(places int) Exact {
	if x.Sign() <= 0 || places < 0 || places > 18 {
		return Exact{}
	}
	// floor of the root at places+1 digits, then half up by the last digit
	scale := new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(2*places+2)), nil)
	n := new(big.Int).Quo(new(big.Int).Mul(x.rat().Num(), scale), x.rat().Denom())
	n.Sqrt(n)
	n.Add(n, big.NewInt(5))
	n.Quo(n, big.NewInt(10))
	return Exact{new(big.Rat).SetFrac(n, new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(places)), nil))}
}
