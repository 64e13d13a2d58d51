package tier

import (
	"cmp"
	"errors"
	"math"
	"slices"
)

// Faults of definitions and calls, to be met with errors.Is; each error names the field.
var (
	// ErrShares: shares outside (0, 1] or not increasing.
	ErrShares = errors.New("tier: faulty shares")
	// ErrCuts: cut-offs that are not numbers or do not decrease.
	ErrCuts = errors.New("tier: faulty cut-offs")
	// ErrCapacity: places below zero, or not one number for each level.
	ErrCapacity = errors.New("tier: faulty capacity")
	// ErrUnreachable: a level that nobody can be in, whatever the score.
	ErrUnreachable = errors.New("tier: level cannot be reached")
	// ErrHysteresis: leave limits stricter than the enter limits.
	ErrHysteresis = errors.New("tier: faulty hysteresis")
	// ErrLevels: a pyramid without levels, with two of one name, or without a rule.
	ErrLevels = errors.New("tier: faulty levels")
	// ErrCaseload: a caseload or working time that is not positive or reversed.
	ErrCaseload = errors.New("tier: faulty caseload")
	// ErrLength: columns of different lengths.
	ErrLength = errors.New("tier: columns of different lengths")
)

// Status says whether a person can be in a tier at all.
type Status uint8

// The states; the zero value is eligible.
const (
	Eligible Status = iota
	NotEligible
	Dead
	Away     // moved, or no longer enrolled
	OptedOut // consent refused or withdrawn
)

// String is the state in words.
func (s Status) String() string {
	return [...]string{"eligible", "not eligible", "dead", "away", "opted out"}[min(int(s), 4)]
}

// Person is one person to be sorted. Levels are counted from 1, the top.
type Person struct {
	ID      string
	Score   float64   // NaN or infinite: no score
	Keys    []float64 // secondary keys, greater first, as the age
	Area    string    // for teams
	Status  Status
	Rule    int // level that a rule gives; 0: none
	Floor   int // never below this level; 0: none (see [Hybrid])
	Ceiling int // never above this level; 0: none
}

func (p *Person) scored() bool { return !math.IsNaN(p.Score) && !math.IsInf(p.Score, 0) }

// Why says why somebody is not placed.
type Why string

// The reasons.
const (
	NoScore      Why = "no score"
	Duplicate    Why = "DUPLICATE_PERSON"
	IsIneligible Why = "not eligible"
	IsDead       Why = "dead"
	IsAway       Why = "away"
	HasOptedOut  Why = "opted out"
)

// NotPlaced is a person without a level, and why.
type NotPlaced struct {
	Index int    `json:"index"` // place in the input
	ID    string `json:"id"`
	Why   Why    `json:"why"`
}

// ranked is a population in order.
type ranked struct {
	people []Person
	order  []int32 // indices of those with a score, by rank
	bare   []int32 // eligible people without one, by ID
	out    []NotPlaced
}

// rank orders the eligible people, each ID once.
func rank(people []Person) *ranked {
	r := &ranked{people: people}
	type key struct {
		score float64
		i     int32
	}
	keys := make([]key, 0, len(people))
	seen := make(map[string]struct{}, len(people))
	for i := range people {
		p := &people[i]
		n := len(seen)
		if seen[p.ID] = (struct{}{}); len(seen) == n {
			r.out = append(r.out, NotPlaced{i, p.ID, Duplicate})
			continue
		}
		switch {
		case p.Status != Eligible:
			r.out = append(r.out, NotPlaced{i, p.ID, [...]Why{"", IsIneligible, IsDead, IsAway, HasOptedOut}[min(p.Status, OptedOut)]})
		case !p.scored():
			r.bare = append(r.bare, int32(i))
		default:
			keys = append(keys, key{p.Score, int32(i)})
		}
	}
	slices.SortFunc(keys, func(a, b key) int {
		if c := cmp.Compare(b.score, a.score); c != 0 {
			return c
		}
		return compareTied(&people[a.i], &people[b.i])
	})
	r.order = make([]int32, len(keys))
	for i, k := range keys {
		r.order[i] = k.i
	}
	slices.SortFunc(r.bare, func(a, b int32) int { return compareTied(&people[a], &people[b]) })
	return r
}

// compareTied orders people of one score: greater keys first, more keys before fewer,
// then the ID. NaN as a key comes last.
func compareTied(a, b *Person) int {
	n := min(len(a.Keys), len(b.Keys))
	return cmp.Or(
		slices.CompareFunc(a.Keys[:n], b.Keys[:n], func(x, y float64) int { return cmp.Compare(y, x) }),
		cmp.Compare(len(b.Keys), len(a.Keys)),
		cmp.Compare(a.ID, b.ID))
}
