package tier

import (
	"errors"
	"fmt"
	"math"

	"github.com/chroniccare/chroniccare/internal/exact"
	"github.com/chroniccare/chroniccare/registry"
)

// Ties says what happens to people with the very score of the last one in. Keys do not
// part them: only the score counts.
type Ties uint8

// The policies.
const (
	Strict  Ties = iota // exact size; keys and ID decide
	Include             // all of them are in; the level may be larger
	Exclude             // none of them is in; the level may be smaller
)

// String is the policy in a word.
func (t Ties) String() string { return [...]string{"strict", "include", "exclude"}[min(int(t), 2)] }

// Rounding says how a share of people becomes a whole number.
type Rounding uint8

// The roundings; the zero value is up.
const (
	RoundUp Rounding = iota
	RoundDown
	RoundHalfUp
)

// String is the rounding in words.
func (r Rounding) String() string { return [...]string{"up", "down", "half up"}[min(int(r), 2)] }

// Size is the share of n people as a whole number, in whole numbers throughout: 1/100 of
// 1,001 is 11. It reports [ErrShares] for a share outside [0, 1] or n below zero.
func Size(share registry.Rate, n int, r Rounding) (int, error) {
	mode := [...]exact.Mode{exact.Ceil, exact.Floor, exact.HalfUp}[min(r, RoundHalfUp)]
	k, ok := exact.Portion(share.Num, share.Den, int64(n), mode)
	if !ok || !share.Proportion() {
		return 0, fmt.Errorf("%w: %d/%d of %d people", ErrShares, share.Num, share.Den, n)
	}
	return int(k), nil
}

// Pyramid is a definition of levels, the top first; the last level takes everybody whom
// no other takes.
type Pyramid struct {
	Levels []string
	Rule   Rule
	Ties   Ties
	Bounds *Bounds // the score's range, where the model has one: dead levels are found
}

// Bounds is the least and the greatest score that a model can give.
type Bounds struct{ Min, Max float64 }

// Rule says which level a person belongs to: [Share], [Cut], [Capacity], [Rules],
// [HighestOf] or [Hybrid].
type Rule interface {
	// faults lists what is wrong for so many levels.
	faults(p *Pyramid) []error
	// place sets the level, counted from 0, of everybody in order (and of bare people, in
	// bare, where it can; -1 where not).
	place(p *Pyramid, r *ranked, levels, bare []int)
}

// Share makes levels of the highest shares of the people: cumulative, from the top, one
// for each level but the last, increasing, in (0, 1]. Shares are of the eligible people
// with a score.
type Share struct {
	Shares   []registry.Rate
	Rounding Rounding
}

// Cut makes levels by cut-offs, closed below: a score equal to the cut is in. One for each
// level but the last, strictly decreasing.
type Cut struct{ Cuts []float64 }

// Capacity makes levels of so many places each, one number for each level but the last,
// counted for the level alone. With teams, a person can take a place of their own area's
// team only; who would have had one by rank, had the places been common, is the overflow.
type Capacity struct {
	Places []int
	Teams  []Team // if any, instead of Places
}

// Team is the places of one area, for each level but the last.
type Team struct {
	Area   string
	Places []int
}

// Rules takes the level that each person's Rule gives; no score is needed. Without a rule
// the person is in the last level.
type Rules struct{}

// HighestOf takes the highest level that any of the rules gives: routes joined by "or". A
// person without a score can come in by [Rules] alone.
type HighestOf []Rule

// Hybrid bounds another rule by each person's Ceiling and then Floor: the floor wins.
type Hybrid struct{ Of Rule }

// Check reports every fault of the definition at once: [ErrLevels], [ErrShares],
// [ErrCuts], [ErrCapacity], and [ErrUnreachable] naming the dead level.
func (p *Pyramid) Check() error {
	var errs []error
	if len(p.Levels) == 0 {
		errs = append(errs, fmt.Errorf("%w: no levels", ErrLevels))
	}
	seen := map[string]bool{}
	for _, l := range p.Levels {
		if l == "" || seen[l] {
			errs = append(errs, fmt.Errorf("%w: level %q is empty or twice", ErrLevels, l))
		}
		seen[l] = true
	}
	if b := p.Bounds; b != nil && !(b.Min <= b.Max) {
		errs = append(errs, fmt.Errorf("%w: bounds %v to %v", ErrCuts, b.Min, b.Max))
	}
	if p.Rule == nil {
		errs = append(errs, fmt.Errorf("%w: no rule", ErrLevels))
	} else if len(p.Levels) > 0 {
		errs = append(errs, p.Rule.faults(p)...)
	}
	return errors.Join(errs...)
}

func (s Share) faults(p *Pyramid) (errs []error) {
	if len(s.Shares) != len(p.Levels)-1 {
		errs = append(errs, fmt.Errorf("%w: %d shares for %d levels, one less is needed", ErrShares, len(s.Shares), len(p.Levels)))
	}
	for i, q := range s.Shares {
		switch {
		case !q.Proportion() || q.Num == 0:
			errs = append(errs, fmt.Errorf("%w: share %d is %d/%d, not in (0, 1]", ErrShares, i+1, q.Num, q.Den))
		case i > 0 && s.Shares[i-1].Proportion() && q.Cmp(s.Shares[i-1]) <= 0:
			errs = append(errs, fmt.Errorf("%w: share %d, %d/%d, does not increase", ErrShares, i+1, q.Num, q.Den))
		}
	}
	return errs
}

func (c Cut) faults(p *Pyramid) (errs []error) {
	if len(c.Cuts) != len(p.Levels)-1 {
		errs = append(errs, fmt.Errorf("%w: %d cut-offs for %d levels, one less is needed", ErrCuts, len(c.Cuts), len(p.Levels)))
	}
	for i, x := range c.Cuts {
		if math.IsNaN(x) || math.IsInf(x, 0) || i > 0 && !(x < c.Cuts[i-1]) {
			errs = append(errs, fmt.Errorf("%w: cut-off %d is %v, not a number or not below the one before", ErrCuts, i+1, x))
		}
		if b := p.Bounds; b != nil && len(c.Cuts) == len(p.Levels)-1 {
			if x > b.Max {
				errs = append(errs, fmt.Errorf("%w: %q needs %v, the greatest score is %v", ErrUnreachable, p.Levels[i], x, b.Max))
			}
			if x <= b.Min {
				errs = append(errs, fmt.Errorf("%w: %q, as every score is at least %v", ErrUnreachable, p.Levels[i+1], b.Min))
			}
		}
	}
	return errs
}

func (c Capacity) faults(p *Pyramid) (errs []error) {
	check := func(who string, places []int) {
		if len(places) != len(p.Levels)-1 {
			errs = append(errs, fmt.Errorf("%w: %s: %d numbers for %d levels, one less is needed", ErrCapacity, who, len(places), len(p.Levels)))
		}
		for i, n := range places {
			if n < 0 {
				errs = append(errs, fmt.Errorf("%w: %s: %d places in level %d", ErrCapacity, who, n, i+1))
			}
		}
	}
	if len(c.Teams) == 0 {
		check("places", c.Places)
	} else if c.Places != nil {
		errs = append(errs, fmt.Errorf("%w: both places and teams", ErrCapacity))
	}
	seen := map[string]bool{}
	for _, t := range c.Teams {
		if seen[t.Area] {
			errs = append(errs, fmt.Errorf("%w: two teams of area %q", ErrCapacity, t.Area))
		}
		seen[t.Area] = true
		check("team "+t.Area, t.Places)
	}
	return errs
}

func (Rules) faults(*Pyramid) []error { return nil }

func (h HighestOf) faults(p *Pyramid) (errs []error) {
	if len(h) == 0 {
		errs = append(errs, fmt.Errorf("%w: the highest of no rules", ErrLevels))
	}
	for i, r := range h {
		if r == nil {
			errs = append(errs, fmt.Errorf("%w: rule %d is nil", ErrLevels, i+1))
			continue
		}
		errs = append(errs, r.faults(p)...)
	}
	return errs
}

func (h Hybrid) faults(p *Pyramid) []error {
	if h.Of == nil {
		return []error{fmt.Errorf("%w: a hybrid of no rule", ErrLevels)}
	}
	return h.Of.faults(p)
}
