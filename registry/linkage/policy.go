package linkage

import (
	"fmt"
	"math"
)

// Policy says which records are one person. The zero value links records that share a
// valid identifier, and holds two NHS numbers for a conflict.
type Policy struct {
	// National are the systems in which a person has one number: two different valid
	// ones are a conflict. nil: [NHSNumber].
	National []string
	// Agree are lists of fields: records that agree in all fields of a list link.
	Agree [][]Field
	// Weights of fields, in bits, for records that nothing else links: a sum of Upper or
	// more links, from Lower on somebody looks.
	Weights      []Weight
	Upper, Lower float64
	// Blocks choose the pairs that are weighed: those that agree in all fields of a
	// block, of birth dates the year. nil: family name and year, given name and year.
	Blocks [][]Field
	// PartialBirth is the share of the weight that birth dates get when they agree and one of
	// them is partial, above 0 to 1; 0: all of it.
	PartialBirth float64
	Nicknames    [][2]string // a given name and the name that it stands for
}

// Weight of a field: how often it agrees in records of one person (M) and of two (U).
type Weight struct {
	Field Field
	M, U  float64
}

// agree and differ are the weights in bits.
func (w Weight) agree() float64  { return math.Log2(w.M / w.U) }
func (w Weight) differ() float64 { return math.Log2((1 - w.M) / (1 - w.U)) }

// Edge is a pair of records, A before B, with what makes them one person, or nearly.
type Edge struct {
	A      string  `json:"a"`
	B      string  `json:"b"`
	Rule   string  `json:"rule"`
	Weight float64 `json:"weight,omitempty"` // bits; 0 when a rule decided
}

// Conflict is a group of records that links join and facts keep apart.
type Conflict struct {
	Records []string `json:"records"` // sorted
	Why     string   `json:"why"`
}

// Result of linking. Every record is in one cluster, those of conflicts each in their
// own.
type Result struct {
	Links     []Edge     `json:"links"`
	Clusters  [][]string `json:"clusters"` // IDs, sorted; clusters by their first ID
	Conflicts []Conflict `json:"conflicts"`
	Review    []Edge     `json:"review"` // pairs between the limits that are not together
}

func (p *Policy) faults() (errs []error) {
	bad := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf("%w: %w", ErrPolicy, fmt.Errorf(format, args...)))
	}
	lists := func(what string, ls [][]Field) {
		for i, l := range ls {
			if len(l) == 0 {
				bad("%s %d has no fields", what, i+1)
			}
			for _, f := range l {
				if f >= numCompared {
					bad("%s %d: the %s is not compared", what, i+1, f)
				}
			}
		}
	}
	lists("agreement", p.Agree)
	lists("block", p.Blocks)
	seen := [numFields]bool{}
	for i, w := range p.Weights {
		if w.Field >= numCompared || seen[w.Field] {
			bad("weight %d: the %s is not compared, or twice", i+1, w.Field)
			continue
		}
		seen[w.Field] = true
		if !(w.U > 0 && w.U < w.M && w.M < 1) {
			bad("weight of the %s: 0 < u < m < 1 does not hold for m %v and u %v", w.Field, w.M, w.U)
		}
	}
	if !(p.Lower <= p.Upper) {
		bad("the lower limit %v is above the upper limit %v", p.Lower, p.Upper)
	}
	if !(p.PartialBirth >= 0 && p.PartialBirth <= 1) {
		bad("a share of %v for partial birth dates", p.PartialBirth)
	}
	return errs
}
