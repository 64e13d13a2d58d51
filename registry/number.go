package registry

import (
	"cmp"
	"errors"
	"fmt"
	"math/bits"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"
)

// ErrNumber is wrapped by every error about text that is no usable number.
var ErrNumber = errors.New("registry: not a number")

// Number is an exact decimal of up to 18 digits, Coef times ten to the power
// of Exp, for measured values: it compares without allocating. Numbers from
// [Num] and [ParseNumber] are normalised (no trailing zeros), so that equal
// numbers are ==. The zero Number is 0.
type Number struct {
	Coef int64
	Exp  int8
}

// Num returns coef times ten to the power of exp, normalised: Num(125, -3) is
// 0.125.
func Num(coef int64, exp int8) Number {
	if coef == 0 {
		return Number{}
	}
	for coef%10 == 0 && exp < 100 {
		coef /= 10
		exp++
	}
	return Number{coef, exp}
}

// ParseNumber reads a decimal with an optional sign, fraction and exponent. No
// more than 18 significant digits and magnitudes between 1e-60 and 1e60:
// "NaN", "1e400" and the like give an error that wraps [ErrNumber].
func ParseNumber(s string) (Number, error) {
	bad := func(why string) (Number, error) { return Number{}, fmt.Errorf("%w: %q %s", ErrNumber, s, why) }
	t := s
	neg := false
	if t != "" && (t[0] == '-' || t[0] == '+') {
		neg, t = t[0] == '-', t[1:]
	}
	exp := 0
	if i := strings.IndexAny(t, "eE"); i >= 0 {
		e, err := strconv.Atoi(t[i+1:])
		if err != nil {
			return bad("has no valid exponent")
		}
		if e > 200 || e < -200 {
			return bad("is out of range")
		}
		exp, t = e, t[:i]
	}
	var buf [40]byte
	digits := buf[:0]
	any, point := false, false
	for i := range len(t) {
		ch := t[i]
		switch {
		case ch == '.' && !point:
			point = true
			continue
		case ch < '0' || ch > '9':
			return bad("is not a decimal")
		}
		any = true
		if point {
			exp--
		}
		if ch != '0' || len(digits) > 0 {
			digits = append(digits, ch)
		}
	}
	if !any {
		return bad("is not a decimal")
	}
	for len(digits) > 0 && digits[len(digits)-1] == '0' {
		digits = digits[:len(digits)-1]
		exp++
	}
	if len(digits) > 18 {
		return bad("has more than 18 digits")
	}
	var coef int64
	for _, ch := range digits {
		coef = coef*10 + int64(ch-'0')
	}
	if coef == 0 {
		return Number{}, nil
	}
	if exp > 60 || exp < -60 {
		return bad("is out of range")
	}
	if neg {
		coef = -coef
	}
	return Num(coef, int8(exp)), nil
}

// Cmp compares exactly: -1, 0 or 1.
func (a Number) Cmp(b Number) int {
	if a.Exp == b.Exp || a.Coef == 0 || b.Coef == 0 {
		return cmp.Compare(a.Coef, b.Coef)
	}
	if (a.Coef < 0) != (b.Coef < 0) {
		return cmp.Compare(a.Coef, b.Coef)
	}
	if a.Exp < b.Exp {
		return -b.Cmp(a)
	}
	sign := 1
	if a.Coef < 0 {
		sign = -1
	}
	d := int(a.Exp) - int(b.Exp)
	if d > 19 {
		return sign // |a| >= 1e20 units, |b| < 1e19
	}
	hi, lo := uint64(0), abs(a.Coef)
	for range d {
		if hi > (1<<64-1)/10-1 {
			return sign
		}
		h, l := bits.Mul64(lo, 10)
		hi, lo = hi*10+h, l
	}
	if hi > 0 {
		return sign
	}
	return sign * cmp.Compare(lo, abs(b.Coef))
}

// Decimal gives the same value as an arbitrary-precision decimal.
func (a Number) Decimal() decimal.Decimal { return decimal.New(a.Coef, int32(a.Exp)) }

// String gives plain decimal digits.
func (a Number) String() string { return a.Decimal().String() }

// MarshalText gives plain decimal digits.
func (a Number) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText reads what [ParseNumber] reads.
func (a *Number) UnmarshalText(text []byte) error {
	n, err := ParseNumber(string(text))
	if err == nil {
		*a = n
	}
	return err
}

// Comparator qualifies a measured value: the true value lies beyond the number.
type Comparator uint8

// Comparators; the zero value is an exact reading.
const (
	Exactly Comparator = iota
	LessThan
	AtMost
	AtLeast
	MoreThan
)

// String gives "", "<", "<=", ">=" or ">".
func (c Comparator) String() string {
	return [...]string{"", "<", "<=", ">=", ">"}[min(c, MoreThan)]
}

// Quantity is a measured value in a UCUM unit. The unit is canonical when it
// went through [CanonicalUnit]; an empty unit is "none given".
type Quantity struct {
	Value      Number     `json:"value"`
	Comparator Comparator `json:"comparator,omitempty"`
	Unit       string     `json:"unit,omitempty"`
}

// String gives "7.4 %" or "<5 mg/dL".
func (q Quantity) String() string {
	s := q.Comparator.String() + q.Value.String()
	if q.Unit != "" {
		s += " " + q.Unit
	}
	return s
}

// CanonicalUnit trims a unit and maps common spellings to UCUM: "mmHg" is
// "mm[Hg]". Unknown units come back trimmed.
func CanonicalUnit(s string) string {
	s = strings.TrimSpace(s)
	switch s {
	case "mmHg", "mm Hg", "MMHG", "mmhg", "mm[hg]", "millimeter of mercury":
		return "mm[Hg]"
	case "{score}", "score", "1":
		return "1"
	case "percent", "Percent", "% of total":
		return "%"
	case "mL/min/1.73m2", "mL/min/1.73 m2", "mL/min/1.73m^2", "ml/min/1.73m2", "mL/min/{1.73_m2}", "mL/min/1.73 m²":
		return "mL/min/{1.73_m2}"
	case "bpm", "{beats}/min", "beats/minute", "beats/min", "/minute":
		return "/min"
	case "day", "days", "Days":
		return "d"
	case "week", "weeks":
		return "wk"
	case "month", "months":
		return "mo"
	case "year", "years":
		return "a"
	case "hour", "hours":
		return "h"
	case "minute", "minutes":
		return "min"
	case "mg/dl", "MG/DL", "mg/100mL":
		return "mg/dL"
	case "mmol/l":
		return "mmol/L"
	case "umol/l", "µmol/L", "μmol/L":
		return "umol/L"
	case "lb", "lbs", "pound", "pounds":
		return "[lb_av]"
	case "in", "inch", "inches":
		return "[in_i]"
	case "ml":
		return "mL"
	case "kilogram", "kilograms", "Kg", "KG":
		return "kg"
	case "degF", "°F":
		return "[degF]"
	case "degC", "°C":
		return "Cel"
	}
	return s
}
