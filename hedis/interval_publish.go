package hedis

import (
	"encoding/json"
	"fmt"

	"github.com/chroniccare/chroniccare/internal/name"
	"github.com/chroniccare/chroniccare/registry"
)

// RateState says whether a rate may be shown. Only a RateReported rate is a number.
type RateState uint8

// States. The figure of 30 for NA is inferred from the public use files, which
// report small denominators as not applicable.
const (
	RateReported   RateState = iota
	RateNA                   // NA: too few in the denominator
	RateNR                   // NR: by choice
	RateNB                   // NB: the plan does not offer the benefit
	RateSuppressed           // a small cell hidden on publication; not zero
)

// String gives the letters of the HEDIS public use files, "suppressed" for
// small cells.
func (s RateState) String() string {
	return [...]string{"reported", "NA", "NR", "NB", "suppressed"}[min(s, RateSuppressed)]
}

// MarshalText gives the same letters.
func (s RateState) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads what MarshalText gives; another text is an error that lists the words.
func (s *RateState) UnmarshalText(text []byte) error {
	return name.Parse(s, int(RateSuppressed)+1, text)
}

// DefaultMinDen is the least effective denominator of a reported rate.
const DefaultMinDen = 30

// ReportState is RateNA below the minimum denominator (0 means
// [DefaultMinDen]), else RateReported.
func ReportState(r registry.Rate, minDen int64) RateState {
	if minDen == 0 {
		minDen = DefaultMinDen
	}
	if r.Den < max(minDen, 1) {
		return RateNA
	}
	return RateReported
}

// DefaultSuppress hides counts from 1 to 10, the rule of the CMS for small
// cells.
const DefaultSuppress = 11

// Cell is a count as published: hidden, or shown.
type Cell struct {
	Count  int64
	Hidden bool
}

// String gives the count, or "*".
func (c Cell) String() string {
	if c.Hidden {
		return "*"
	}
	return fmt.Sprint(c.Count)
}

// MarshalJSON gives the count, or null: a hidden count never leaves.
func (c Cell) MarshalJSON() ([]byte, error) {
	if c.Hidden {
		return []byte("null"), nil
	}
	return json.Marshal(c.Count)
}

// Suppress hides the counts of 1 to below-1 (0 means [DefaultSuppress]) of a
// table whose row and column totals are published, and as many further cells as
// it takes that none can be got back by subtracting lines from each other. A table of one row is a
// plain list with its total. Of the cells that may be sacrificed the smallest
// non-zero goes first, the earlier of equals; a zero only when nothing else is
// left. Rows must be equally long and counts not negative.
func Suppress(rows [][]int64, below int64) ([][]Cell, error) {
	if below == 0 {
		below = DefaultSuppress
	}
	if below < 1 {
		return nil, fmt.Errorf("%w: suppression below %d", ErrInput, below)
	}
	out := make([][]Cell, len(rows))
	for i, r := range rows {
		if len(r) != len(rows[0]) {
			return nil, fmt.Errorf("%w: row %d has %d cells, the first %d", ErrInput, i, len(r), len(rows[0]))
		}
		for j, n := range r {
			if n < 0 {
				return nil, fmt.Errorf("%w: row %d, column %d: count %d", ErrInput, i, j, n)
			}
			out[i] = append(out[i], Cell{n, n > 0 && n < below})
		}
	}
	if len(rows) == 0 {
		return out, nil
	}
	for again := true; again; {
		again = false
		for i := range out {
			line := make([]*Cell, len(out[i]))
			for j := range line {
				line[j] = &out[i][j]
			}
			again = protect(line, below) || again
		}
		for j := 0; j < len(out[0]) && len(out) > 1; j++ {
			line := make([]*Cell, len(out))
			for i := range line {
				line[i] = &out[i][j]
			}
			again = protect(line, below) || again
		}
		again = again || bridge(out)
	}
	return out, nil
}

// bridge hides a further cell when a hidden one follows from several lines together: when
// it is the only hidden one between some rows with some columns and all others, it is the
// difference of their totals.
func bridge(out [][]Cell) bool {
	rows, cols := len(out), len(out[0])
	if rows == 1 || cols == 1 { // a list; or each count is its row's total anyway
		return false
	}
	for at := range rows * cols {
		if !out[at/cols][at%cols].Hidden {
			continue
		}
		// the lines that hidden cells other than this one join to its row: rows, then columns
		side := make([]bool, rows+cols)
		side[at/cols] = true
		for grown := true; grown; {
			grown = false
			for k := range rows * cols {
				i, j := k/cols, rows+k%cols
				if k != at && out[i][j-rows].Hidden && side[i] != side[j] {
					side[i], side[j], grown = true, true, true
				}
			}
		}
		if side[rows+at%cols] {
			continue
		}
		var best *Cell
		for k := range rows * cols {
			c := &out[k/cols][k%cols]
			if k != at && side[k/cols] != side[rows+k%cols] && !c.Hidden && (best == nil || better(c.Count, best.Count)) {
				best = c
			}
		}
		if best != nil {
			best.Hidden = true
			return true
		}
	}
	return false
}

// protect hides a further cell when the line's hidden ones follow from its
// total: a single one; or all of them small, at their least or greatest sum.
func protect(line []*Cell, below int64) bool {
	var n, sum int64
	small := true
	best := -1
	for k, c := range line {
		if c.Hidden {
			n, sum = n+1, sum+c.Count
			small = small && c.Count > 0 && c.Count < below
			continue
		}
		if best < 0 || better(c.Count, line[best].Count) {
			best = k
		}
	}
	exposed := n == 1 || n > 1 && small && (sum == n || sum == n*(below-1))
	if !exposed || best < 0 {
		return false
	}
	line[best].Hidden = true
	return true
}

func better(a, b int64) bool {
	if (a == 0) != (b == 0) {
		return b == 0
	}
	return a < b
}
