package population

import (
	"errors"
	"fmt"
	"slices"
	"strconv"

	"github.com/chroniccare/chroniccare/registry"
)

// ErrDisclosure is wrapped by errors about tables that can't be suppressed.
var ErrDisclosure = errors.New("population: disclosure")

// HiddenMark is how a hidden count is written.
const HiddenMark = "*"

// Count is a count that may be hidden. The number of a hidden one is gone.
type Count struct {
	N      int64
	Hidden bool
}

// String gives the number, or [HiddenMark].
func (c Count) String() string {
	if c.Hidden {
		return HiddenMark
	}
	return strconv.FormatInt(c.N, 10)
}

// MarshalJSON gives the number, or the mark as text.
func (c Count) MarshalJSON() ([]byte, error) {
	if c.Hidden {
		return []byte(`"` + HiddenMark + `"`), nil
	}
	return []byte(c.String()), nil
}

// UnmarshalJSON reads what MarshalJSON writes.
func (c *Count) UnmarshalJSON(b []byte) error {
	if string(b) == `"`+HiddenMark+`"` {
		*c = Count{Hidden: true}
		return nil
	}
	n, err := strconv.ParseInt(string(b), 10, 64)
	if err != nil {
		return fmt.Errorf("%w: %s is no count", ErrDisclosure, b)
	}
	*c = Count{N: n}
	return nil
}

// Disclosure says what is small. The zero value hides counts from 1 to 10 and shows
// zeros (US CMS cell size rule).
type Disclosure struct {
	Threshold int64 // the largest count that is hidden; 0 is 10
	// UseZeros lets cells of 0 be hidden to protect others.
	UseZeros bool
	// Wide asks that the values a hidden count may have span at least the threshold,
	// not only two numbers.
	Wide bool
}

func (d Disclosure) limit() int64 {
	if d.Threshold == 0 {
		return 10
	}
	return d.Threshold
}

// Small reports whether a count must be hidden for itself.
func (d Disclosure) Small(n int64) bool { return n >= 1 && n <= d.limit() }

// ShownRate is a rate that may be hidden. The counts of a hidden one are gone.
type ShownRate struct {
	Rate   registry.Rate `json:"rate"`
	Hidden bool          `json:"hidden,omitempty"`
}

// String gives the rate, or [HiddenMark].
func (r ShownRate) String() string {
	if r.Hidden {
		return HiddenMark
	}
	return r.Rate.String()
}

// Rate hides a rate when its numerator, its denominator or the rest is small.
func (d Disclosure) Rate(r registry.Rate) ShownRate {
	if d.Small(r.Num) || d.Small(r.Den) || d.Small(r.Den-r.Num) {
		return ShownRate{Hidden: true}
	}
	return ShownRate{Rate: r}
}

// check lists what keeps a grid from being suppressed.
func (g *Grid) check(d Disclosure) error {
	var errs []error
	bad := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf("%w: %s", ErrDisclosure, fmt.Sprintf(format, args...)))
	}
	if d.Threshold < 0 {
		bad("a threshold of %d", d.Threshold)
	}
	for _, names := range [][]string{g.Rows, g.Cols} {
		names = slices.Sorted(slices.Values(names))
		for i := 1; i < len(names); i++ {
			if names[i] == names[i-1] {
				bad("%q names two lines", names[i])
			}
		}
	}
	if len(g.Cells) != len(g.Rows) || g.RowTotals != nil && len(g.RowTotals) != len(g.Rows) || g.ColTotals != nil && len(g.ColTotals) != len(g.Cols) {
		bad("%d rows, %d names, %d and %d totals", len(g.Cells), len(g.Rows), len(g.RowTotals), len(g.ColTotals))
		return errors.Join(errs...)
	}
	var all int64
	columns := make([]int64, len(g.Cols))
	hidden := false
	for i, r := range g.Cells {
		if len(r) != len(g.Cols) {
			bad("row %q has %d counts for %d columns", g.Rows[i], len(r), len(g.Cols))
			continue
		}
		var sum int64
		for j, c := range r {
			if c.N < 0 {
				bad("%s, %s: a count of %d", g.Rows[i], g.Cols[j], c.N)
			}
			hidden = hidden || c.Hidden
			sum += c.N
			columns[j] += c.N
		}
		all += sum
		if g.RowTotals != nil && g.RowTotals[i] != (Count{N: sum}) && !hidden {
			bad("row %q adds up to %d, not to %v", g.Rows[i], sum, g.RowTotals[i])
		}
	}
	if !hidden {
		for j := range g.ColTotals {
			if g.ColTotals[j] != (Count{N: columns[j]}) {
				bad("column %q adds up to %d, not to %v", g.Cols[j], columns[j], g.ColTotals[j])
			}
		}
		if g.Total != nil && *g.Total != (Count{N: all}) {
			bad("the table adds up to %d, not to %v", all, *g.Total)
		}
	}
	return errors.Join(errs...)
}

// Suppress gives the grid with small counts hidden, and as many others as it takes
// that none of them can be computed from what is shown. Further counts are chosen
// in every line that hides only one, then in the lines of those that can still be
// computed: the smallest that is shown and not 0, inner cells before totals, ties by
// row and column name. A grid that is suppressed already
// comes back as it is when nothing shown is small; otherwise, and for counts that make
// no table, the error says why.
func (g *Grid) Suppress(d Disclosure) (*Grid, error) {
	if err := g.check(d); err != nil {
		return nil, err
	}
	out := g.clone()
	hidden, small := false, false
	out.all(func(c *Count) {
		hidden = hidden || c.Hidden
		small = small || !c.Hidden && d.Small(c.N)
	})
	if hidden {
		if small {
			return nil, fmt.Errorf("%w: the table is suppressed by another rule already: suppress its counts", ErrDisclosure)
		}
		return out, nil
	}
	if small {
		f := newFlow(out)
		for i := range f.edges {
			e := &f.edges[i]
			if e.count != nil && d.Small(e.flow) {
				f.hide(i)
			}
		}
		f.protect(d)
		inside := 0
		for i := range f.edges {
			if e := &f.edges[i]; e.count != nil && e.hidden {
				*e.count = Count{Hidden: true}
			}
		}
		for _, r := range out.Cells {
			for _, c := range r {
				if !c.Hidden {
					inside++
				}
			}
		}
		out.CollapseAdvised = inside == 0
	}
	return out, nil
}
