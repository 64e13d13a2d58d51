package population

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

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
