package population

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

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

// Grid is a two-way table of counts. Totals that are nil are not published.
type Grid struct {
	RowKey    string    `json:"row_key"`
	ColKey    string    `json:"col_key"`
	Rows      []string  `json:"rows"`
	Cols      []string  `json:"cols"`
	Cells     [][]Count `json:"cells"`
	RowTotals []Count   `json:"row_totals,omitempty"`
	ColTotals []Count   `json:"col_totals,omitempty"`
	Total     *Count    `json:"total,omitempty"`
	Overlaps  []string  `json:"overlaps,omitempty"` // people whom a partition has in several cells
	// CollapseAdvised says that hiding leaves no count inside: merge cells instead.
	CollapseAdvised bool `json:"collapse_advised,omitempty"`
}

// OneWay is a list of counts with its total as a grid of one row.
func OneWay(key string, names []string, counts []int64) (*Grid, error) {
	if len(names) != len(counts) {
		return nil, fmt.Errorf("%w: %d names for %d counts", ErrDisclosure, len(names), len(counts))
	}
	g := &Grid{ColKey: key, Rows: []string{"all"}, Cols: slices.Clone(names), Cells: [][]Count{make([]Count, len(names))}}
	var sum int64
	for i, n := range counts {
		g.Cells[0][i].N = n
		sum += n
	}
	g.RowTotals = []Count{{N: sum}}
	return g, nil
}

// TwoWay is a grid of counts with all totals.
func TwoWay(rowKey, colKey string, rows, cols []string, counts [][]int64) (*Grid, error) {
	g := &Grid{RowKey: rowKey, ColKey: colKey, Rows: slices.Clone(rows), Cols: slices.Clone(cols)}
	if len(counts) != len(rows) {
		return nil, fmt.Errorf("%w: %d rows of counts for %d names", ErrDisclosure, len(counts), len(rows))
	}
	for i, r := range counts {
		if len(r) != len(cols) {
			return nil, fmt.Errorf("%w: row %q has %d counts for %d columns", ErrDisclosure, rows[i], len(r), len(cols))
		}
		line := make([]Count, len(r))
		for j, n := range r {
			line[j].N = n
		}
		g.Cells = append(g.Cells, line)
	}
	g.addTotals()
	return g, nil
}

func (g *Grid) addTotals() {
	g.RowTotals, g.ColTotals, g.Total = make([]Count, len(g.Rows)), make([]Count, len(g.Cols)), &Count{}
	for i, r := range g.Cells {
		for j, c := range r {
			g.RowTotals[i].N += c.N
			g.ColTotals[j].N += c.N
			g.Total.N += c.N
		}
	}
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
		for i, n := range names {
			if slices.Contains(names[:i], n) {
				bad("%q names two lines", n)
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

func (g *Grid) clone() *Grid {
	o := *g
	o.Rows, o.Cols, o.Overlaps = slices.Clone(g.Rows), slices.Clone(g.Cols), slices.Clone(g.Overlaps)
	o.Cells = make([][]Count, len(g.Cells))
	for i, r := range g.Cells {
		o.Cells[i] = slices.Clone(r)
	}
	o.RowTotals, o.ColTotals = slices.Clone(g.RowTotals), slices.Clone(g.ColTotals)
	if g.Total != nil {
		t := *g.Total
		o.Total = &t
	}
	return &o
}

// all visits every published count.
func (g *Grid) all(visit func(*Count)) {
	for i := range g.Cells {
		for j := range g.Cells[i] {
			visit(&g.Cells[i][j])
		}
	}
	for i := range g.RowTotals {
		visit(&g.RowTotals[i])
	}
	for j := range g.ColTotals {
		visit(&g.ColTotals[j])
	}
	if g.Total != nil {
		visit(g.Total)
	}
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
				e.hidden = true
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

// CollapseRows merges rows under new names, in the order of the groups; rows that no
// group names stay, after them. Totals stay what they were.
func (g *Grid) CollapseRows(groups ...Collapse) (*Grid, error) {
	t := g.transposed()
	t, err := t.CollapseCols(groups...)
	if err != nil {
		return nil, err
	}
	return t.transposed(), nil
}

// Collapse names lines of a grid that become one.
type Collapse struct {
	Name string
	Of   []string
}

// CollapseCols is [Grid.CollapseRows] for columns. A column that no grid has, one in
// two groups, hidden counts and names that exist already are errors.
func (g *Grid) CollapseCols(groups ...Collapse) (*Grid, error) {
	var errs []error
	bad := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf("%w: collapse: %s", ErrDisclosure, fmt.Sprintf(format, args...)))
	}
	into := make([]int, len(g.Cols))
	for i := range into {
		into[i] = -1
	}
	o := &Grid{RowKey: g.RowKey, ColKey: g.ColKey, Rows: slices.Clone(g.Rows), Overlaps: slices.Clone(g.Overlaps)}
	for k, c := range groups {
		if c.Name == "" || slices.Contains(o.Cols, c.Name) || slices.Contains(g.Cols, c.Name) && !slices.Contains(c.Of, c.Name) {
			bad("the name %q is empty or taken", c.Name)
		}
		o.Cols = append(o.Cols, c.Name)
		for _, n := range c.Of {
			j := slices.Index(g.Cols, n)
			switch {
			case j < 0:
				bad("no line %q", n)
			case into[j] >= 0:
				bad("%q is in two groups", n)
			default:
				into[j] = k
			}
		}
	}
	for j, n := range g.Cols {
		if into[j] < 0 {
			into[j] = len(o.Cols)
			o.Cols = append(o.Cols, n)
		}
	}
	g.all(func(c *Count) {
		if c.Hidden {
			errs = append(errs, fmt.Errorf("%w: collapse: hidden counts can't be added", ErrDisclosure))
		}
	})
	if len(errs) > 0 {
		return nil, errors.Join(slices.CompactFunc(errs, func(a, b error) bool { return a.Error() == b.Error() })...)
	}
	for _, r := range g.Cells {
		line := make([]Count, len(o.Cols))
		for j, c := range r {
			line[into[j]].N += c.N
		}
		o.Cells = append(o.Cells, line)
	}
	o.RowTotals = slices.Clone(g.RowTotals)
	if g.ColTotals != nil {
		o.ColTotals = make([]Count, len(o.Cols))
		for j, c := range g.ColTotals {
			o.ColTotals[into[j]].N += c.N
		}
	}
	if g.Total != nil {
		t := *g.Total
		o.Total = &t
	}
	return o, nil
}

func (g *Grid) transposed() *Grid {
	o := &Grid{RowKey: g.ColKey, ColKey: g.RowKey, Rows: g.Cols, Cols: g.Rows, RowTotals: g.ColTotals, ColTotals: g.RowTotals, Total: g.Total, Overlaps: g.Overlaps}
	for j := range g.Cols {
		line := make([]Count, len(g.Rows))
		for i := range g.Rows {
			line[i] = g.Cells[i][j]
		}
		o.Cells = append(o.Cells, line)
	}
	return o
}

// Text lays the grid out as lines of text, totals last.
func (g *Grid) Text() string {
	var b strings.Builder
	line := func(head string, counts []Count, total *Count) {
		b.WriteString(head)
		for _, c := range counts {
			b.WriteString("\t" + c.String())
		}
		if total != nil {
			b.WriteString("\t" + total.String())
		}
		b.WriteByte('\n')
	}
	b.WriteString("\t" + strings.Join(g.Cols, "\t"))
	if g.RowTotals != nil {
		b.WriteString("\ttotal")
	}
	b.WriteByte('\n')
	for i, r := range g.Cells {
		var t *Count
		if g.RowTotals != nil {
			t = &g.RowTotals[i]
		}
		line(g.Rows[i], r, t)
	}
	if g.ColTotals != nil {
		line("total", g.ColTotals, g.Total)
	}
	return b.String()
}
