package incentives

import (
	"errors"
	"fmt"
	"math"

	"github.com/chroniccare/chroniccare/registry"
)

// Status keeps apart what must never be folded into zero.
type Status uint8

// Statuses.
const (
	Scored Status = iota
	NoDenominator
	AllExcepted
	BelowMinimum
	NotReported
	Suppressed
	NotApplicable
	numStatuses
)

var statusNames = [numStatuses]string{"scored", "no denominator", "all excepted", "below the minimum", "not reported", "suppressed", "not applicable"}

// String gives the status in words.
func (s Status) String() string { return statusNames[min(int(s), len(statusNames)-1)] }

// MarshalText gives the status in words.
func (s Status) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads what MarshalText writes.
func (s *Status) UnmarshalText(text []byte) error {
	for i, n := range statusNames {
		if n == string(text) {
			*s = Status(i)
			return nil
		}
	}
	return fmt.Errorf("%w: status %.40q", ErrNumber, text)
}

// Performance is what was achieved on a metric: counts, or a value that is not a
// proportion (a cost index, a mean score), or the reason why there is none.
type Performance struct {
	Numerator  int64
	Register   int64
	Exceptions int64
	// Value, when set, stands instead of the counts.
	Value *Exact
	// Why there is no performance; Scored otherwise.
	Status Status
}

// OfCounts is the performance of a rate without exceptions.
func OfCounts(r registry.Rate) Performance { return Performance{Numerator: r.Num, Register: r.Den} }

// OfValue is a performance that is no proportion.
func OfValue(x Exact) Performance { return Performance{Value: &x} }

// Missing is a performance that is not there, and why.
func Missing(why Status) Performance { return Performance{Status: why} }

// Counting says how a performance is read.
type Counting struct {
	Minimum int64 // smallest denominator that is scored
	// ExceptionsCount puts exceptions back into the denominator, for research.
	ExceptionsCount bool
	// Ratio allows a numerator above the denominator: events per person, cost indices.
	Ratio bool
}

// Read gives the exact value p, or the status that stands for it. Faulty counts are
// errors, all at once; a missing denominator is not.
func (p Performance) Read(c Counting) (Exact, Status, error) {
	if p.Status != Scored {
		if p.Status >= numStatuses {
			return Exact{}, NotReported, fmt.Errorf("%w: status %d", ErrRange, p.Status)
		}
		return Exact{}, p.Status, nil
	}
	if p.Value != nil {
		return *p.Value, Scored, nil
	}
	var errs []error
	for _, x := range []struct {
		name string
		n    int64
	}{{"numerator", p.Numerator}, {"register", p.Register}, {"exceptions", p.Exceptions}} {
		if x.n < 0 {
			errs = append(errs, fmt.Errorf("%w: %s %d", ErrNegativeCount, x.name, x.n))
		}
		if x.n > math.MaxInt64/4 {
			errs = append(errs, fmt.Errorf("%w: %s %d", ErrMagnitude, x.name, x.n))
		}
	}
	if p.Exceptions > p.Register {
		errs = append(errs, fmt.Errorf("%w: %d of %d", ErrExceptions, p.Exceptions, p.Register))
	}
	d := p.Register - p.Exceptions
	if c.ExceptionsCount {
		d = p.Register
	}
	if p.Numerator > d && !c.Ratio && len(errs) == 0 {
		errs = append(errs, fmt.Errorf("%w: %d of %d", ErrNumerator, p.Numerator, d))
	}
	if err := errors.Join(errs...); err != nil {
		return Exact{}, NotReported, err
	}
	switch {
	case p.Register == 0:
		return Exact{}, NoDenominator, nil
	case d == 0:
		return Exact{}, AllExcepted, nil
	case d < c.Minimum:
		return Exact{}, BelowMinimum, nil
	}
	return Frac(p.Numerator, d), Scored, nil
}

// Denominator is the register less the exceptions.
func (p Performance) Denominator() int64 { return p.Register - p.Exceptions }
