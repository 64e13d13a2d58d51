package evaluate

import (
	"errors"
	"fmt"
	"math"
	"strconv"
)

// Faults of calls, to be met with errors.Is; each error names what is at fault.
var (
	// ErrEmpty: a statistic that the data do not define, asked for as an error.
	ErrEmpty = errors.New("evaluate: not computable")
	// ErrLength: columns of different lengths.
	ErrLength = errors.New("evaluate: columns of different lengths")
	// ErrLabel: an outcome other than 0 and 1.
	ErrLabel = errors.New("evaluate: outcome is neither 0 nor 1")
	// ErrProbability: a score that is not a finite number, or outside [0, 1] where a
	// probability is needed.
	ErrProbability = errors.New("evaluate: not a probability")
	// ErrNegative: a cost or payment below zero, or not a finite number.
	ErrNegative = errors.New("evaluate: negative or not a number")
	// ErrWeights: weights that are negative, not finite, or all zero.
	ErrWeights = errors.New("evaluate: faulty weights")
	// ErrSeparation: scores that part events from non-events without overlap, so that a
	// logistic fit has no finite answer.
	ErrSeparation = errors.New("evaluate: events and non-events are perfectly separated")
	// ErrRange: a parameter outside its range.
	ErrRange = errors.New("evaluate: parameter outside its range")
)

// Undefined says why a statistic has no value; the zero value is "it has one".
type Undefined string

// The reasons.
const (
	Defined       Undefined = ""
	NoPeople      Undefined = "no people"
	NoEvents      Undefined = "no events"
	NoNonEvents   Undefined = "no non-events"
	OneEvent      Undefined = "fewer than two events"
	OneNonEvent   Undefined = "fewer than two non-events"
	NoneFlagged   Undefined = "nobody flagged"
	NoneUnflagged Undefined = "everybody flagged"
	AllEqual      Undefined = "all scores are equal"
	TotalZero     Undefined = "the total is zero"
	Separated     Undefined = "events and non-events are perfectly separated"
	NoConvergence Undefined = "the fit did not converge"
	NoVariance    Undefined = "the variance is zero"
	TooFew        Undefined = "too few to compute"
	NoScore       Undefined = "no score"
	NoContrast    Undefined = "no untreated comparison"
	Hidden        Undefined = "suppressed"
	Beyond        Undefined = "beyond what a number can hold"
)

// Stat is a statistic that may be undefined: empty data give no number, and never a
// silent 0 or NaN. In JSON it is a number of ten significant digits, or null.
type Stat struct {
	Value float64
	Why   Undefined // why there is no value; "" when there is one
}

func of(v float64) Stat {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return none(Beyond)
	}
	return Stat{Value: v}
}

func none(why Undefined) Stat { return Stat{Why: why} }

// minus is the difference of two statistics, undefined when either is.
func (s Stat) minus(o Stat) Stat {
	switch {
	case !s.Defined():
		return s
	case !o.Defined():
		return o
	}
	return of(s.Value - o.Value)
}

func ratio(a, b float64, why Undefined) Stat {
	if b == 0 {
		return none(why)
	}
	return of(a / b)
}

// Defined reports whether there is a value.
func (s Stat) Defined() bool { return s.Why == Defined }

// Err is nil for a value, and [ErrEmpty] with the reason otherwise (with
// [ErrSeparation] where that is the reason).
func (s Stat) Err() error {
	switch s.Why {
	case Defined:
		return nil
	case Separated:
		return fmt.Errorf("%w: %w", ErrEmpty, ErrSeparation)
	}
	return fmt.Errorf("%w: %s", ErrEmpty, s.Why)
}

// String is the value to six significant digits, or the reason there is none.
func (s Stat) String() string {
	if !s.Defined() {
		return "not computable: " + string(s.Why)
	}
	return strconv.FormatFloat(s.Value, 'g', 6, 64)
}

// MarshalJSON gives a number of ten significant digits, or null.
func (s Stat) MarshalJSON() ([]byte, error) {
	if !s.Defined() || math.IsNaN(s.Value) || math.IsInf(s.Value, 0) {
		return []byte("null"), nil
	}
	return number(s.Value), nil
}

func number(v float64) []byte { return strconv.AppendFloat(nil, v, 'g', 10, 64) }

// Interval is an estimate's interval. Degenerate marks one of no width because the
// estimated variance is zero (an AUC of 0 or 1): it says nothing about certainty.
type Interval struct {
	Low        Stat `json:"low"`
	High       Stat `json:"high"`
	Degenerate bool `json:"degenerate"`
}

// String is "low to high".
func (i Interval) String() string {
	s := i.Low.String() + " to " + i.High.String()
	if !i.Low.Defined() {
		s = i.Low.String()
	}
	if i.Degenerate {
		s += " (degenerate)"
	}
	return s
}

func noInterval(why Undefined) Interval { return Interval{Low: none(why), High: none(why)} }
