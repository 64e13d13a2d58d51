package hedis

import (
	"errors"
	"fmt"
	"math/big"

	"github.com/chroniccare/chroniccare/registry"
)

// Change is a figure before and after, both exact.
type Change struct {
	Before, After *big.Rat
}

// ChangeOf is the change between two rates. A rate without a denominator wraps
// [ErrUndefined].
func ChangeOf(before, after registry.Rate) (Change, error) {
	if !before.Defined() || !after.Defined() {
		return Change{}, fmt.Errorf("%w: change from %v to %v", ErrUndefined, before, after)
	}
	return Change{big.NewRat(before.Num, before.Den), big.NewRat(after.Num, after.Den)}, nil
}

// ByPercent is a change reported as a percentage of what was before: ByPercent
// of -20 is 100 to 80.
func ByPercent(percent *big.Rat) Change {
	return Change{big.NewRat(100, 1), new(big.Rat).Add(big.NewRat(100, 1), percent)}
}

// Absolute is after - before.
func (c Change) Absolute() *big.Rat { return new(big.Rat).Sub(c.After, c.Before) }

// Ratio is after / before; undefined when before is 0.
func (c Change) Ratio() (*big.Rat, error) {
	if c.Before == nil || c.After == nil || c.Before.Sign() == 0 {
		return nil, fmt.Errorf("%w: a ratio to nothing", ErrUndefined)
	}
	return new(big.Rat).Quo(c.After, c.Before), nil
}

// Relative is (after - before)/before; undefined when before is 0.
func (c Change) Relative() (*big.Rat, error) {
	r, err := c.Ratio()
	if err != nil {
		return nil, err
	}
	return r.Sub(r, big.NewRat(1, 1)), nil
}

// Effect compares a treated group with its control, each before and after.
type Effect struct {
	Treated, Control Change
}

// DifferenceInDifferences is the treated group's absolute change less the
// control's: 0 when both change alike.
func (e Effect) DifferenceInDifferences() *big.Rat {
	return new(big.Rat).Sub(e.Treated.Absolute(), e.Control.Absolute())
}

// NetChange is the difference of the relative changes, in percentage points.
// Undefined ([ErrUndefined]) when either group was at 0 before.
func (e Effect) NetChange() (*big.Rat, error) {
	t, err1 := e.Treated.Relative()
	c, err2 := e.Control.Relative()
	if err := errors.Join(err1, err2); err != nil {
		return nil, err
	}
	t.Sub(t, c)
	return t.Mul(t, big.NewRat(100, 1)), nil
}

// RatioOfRatios is (treated after/before) / (control after/before): 1 when both
// change by the same factor. Undefined ([ErrUndefined]) when either group was at 0
// before, or the control after.
func (e Effect) RatioOfRatios() (*big.Rat, error) {
	t, err1 := e.Treated.Ratio()
	c, err2 := e.Control.Ratio()
	if err := errors.Join(err1, err2); err != nil {
		return nil, err
	}
	if c.Sign() == 0 {
		return nil, fmt.Errorf("%w: the control fell to nothing", ErrUndefined)
	}
	return t.Quo(t, c), nil
}

// PerUnit is the growth of one thing against another, (1 + a)/(1 + b): budget
// against members, say. Growth is in shares: 0.32 for 32 %. Undefined
// ([ErrUndefined]) when b is -1.
func PerUnit(a, b *big.Rat) (*big.Rat, error) {
	one := big.NewRat(1, 1)
	d := new(big.Rat).Add(one, b)
	if d.Sign() == 0 {
		return nil, fmt.Errorf("%w: growth against nothing left", ErrUndefined)
	}
	return d.Quo(new(big.Rat).Add(one, a), d), nil
}

// MeasureKind says what a measure looks at.
type MeasureKind uint8

// Kinds of measures.
const (
	ProcessMeasure MeasureKind = iota
	OutcomeMeasure
	ExperienceMeasure
)

// String gives the kind in words.
func (k MeasureKind) String() string {
	return [...]string{"process", "outcome", "experience"}[min(k, ExperienceMeasure)]
}

// DomainResult is what one group of measures (a domain, or a kind) achieved:
// indicators passed of those patients were eligible for.
type DomainResult struct {
	Domain string
	Kind   MeasureKind
	Rate   registry.Rate
}

// DomainComparison sets two units' domain scores side by side.
type DomainComparison struct {
	Domain     string
	A, B       registry.Rate
	Difference *big.Rat // A - B in percentage points
	Ratio      *big.Rat // A / B, nil when B is 0
}

// CompareDomains compares two units by domain with the opportunity method, in
// the order of a, the last line being all domains together. wins counts the
// domains in which a is better, the overall line left out. The domains must be
// the same.
func CompareDomains(a, b []DomainResult) (lines []DomainComparison, wins int, err error) {
	if len(a) != len(b) {
		return nil, 0, fmt.Errorf("%w: %d and %d domains", ErrInput, len(a), len(b))
	}
	var all [2]registry.Rate
	line := func(name string, x, y registry.Rate) error {
		if err := two(x, y); err != nil {
			return fmt.Errorf("domain %q: %w", name, err)
		}
		c := DomainComparison{Domain: name, A: x, B: y}
		p, q := big.NewRat(x.Num, x.Den), big.NewRat(y.Num, y.Den)
		c.Difference = new(big.Rat).Sub(p, q)
		c.Difference.Mul(c.Difference, big.NewRat(100, 1))
		if q.Sign() != 0 {
			c.Ratio = p.Quo(p, q)
		}
		lines = append(lines, c)
		return nil
	}
	for i := range a {
		if a[i].Domain != b[i].Domain || a[i].Kind != b[i].Kind {
			return nil, 0, fmt.Errorf("%w: domain %q against %q", ErrInput, a[i].Domain, b[i].Domain)
		}
		if err := line(a[i].Domain, a[i].Rate, b[i].Rate); err != nil {
			return nil, 0, err
		}
		if a[i].Rate.Cmp(b[i].Rate) > 0 {
			wins++
		}
		all[0], all[1] = all[0].Add(a[i].Rate), all[1].Add(b[i].Rate)
	}
	if len(a) > 0 {
		err = line("overall", all[0], all[1])
	}
	return lines, wins, err
}

// StudyResult is the finding of one study, for a tally of evidence.
type StudyResult struct {
	Study     string
	Favours   bool
	Component string // what was studied; empty counts under all
}

// EvidenceTally counts the studies that favour, among all or those of a
// component. It is a vote count and says nothing about size of effect.
func EvidenceTally(studies []StudyResult, component string) (r registry.Rate) {
	for _, s := range studies {
		if component == "" || s.Component == component {
			r.Den++
			if s.Favours {
				r.Num++
			}
		}
	}
	return r
}
