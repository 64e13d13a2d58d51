package population

import (
	"cmp"
	"slices"
	"strings"
)

// A table with totals is a circulation: what flows from the source into a row (its
// total) flows on through the row's cells into columns, and from there (their totals)
// back through the grand total. Counts that are shown are fixed; a hidden one can
// change by a cycle through hidden counts, up without limit and down to 0. So what a
// reader can tell of a hidden count is a matter of paths.
type edge struct {
	from, to int
	flow     int64
	count    *Count // nil: not published
	hidden   bool   // not known to the reader
	inner    bool
	cleared  bool // not exposed
	row, col string
}

type flow struct {
	nodes int
	edges []edge // in canonical order: by names, not by place
	out   [][]int32
	every []int32 // all edges
	lines []int   // nodes: rows by name, columns by name, then the totals

	via    []int32 // scratch of room
	seen   []bool
	queue  []int
	change []int64
}

func newFlow(g *Grid) *flow {
	rows, cols := len(g.Rows), len(g.Cols)
	source, sink := 0, 1
	f := &flow{nodes: 2 + rows + cols}
	rowSum, colSum := make([]int64, rows), make([]int64, cols)
	var all int64
	for i := range g.Cells {
		for j := range g.Cells[i] {
			n := g.Cells[i][j].N
			rowSum[i] += n
			colSum[j] += n
			all += n
			f.edges = append(f.edges, edge{from: 2 + i, to: 2 + rows + j, flow: n, count: &g.Cells[i][j], inner: true, row: g.Rows[i], col: g.Cols[j]})
		}
	}
	add := func(from, to int, n int64, c *Count, row, col string) {
		f.edges = append(f.edges, edge{from: from, to: to, flow: n, count: c, hidden: c == nil, row: row, col: col})
	}
	for i := range g.Rows {
		var c *Count
		if g.RowTotals != nil {
			c = &g.RowTotals[i]
		}
		add(source, 2+i, rowSum[i], c, g.Rows[i], "")
	}
	for j := range g.Cols {
		var c *Count
		if g.ColTotals != nil {
			c = &g.ColTotals[j]
		}
		add(2+rows+j, sink, colSum[j], c, "", g.Cols[j])
	}
	add(sink, source, all, g.Total, "", "")
	slices.SortStableFunc(f.edges, func(a, b edge) int {
		inner := func(e *edge) int {
			if e.inner {
				return 0
			}
			return 1
		}
		return cmp.Or(inner(&a)-inner(&b), strings.Compare(a.row, b.row), strings.Compare(a.col, b.col))
	})
	f.out = make([][]int32, f.nodes)
	for k, e := range f.edges {
		f.out[e.from] = append(f.out[e.from], int32(k))
		f.out[e.to] = append(f.out[e.to], int32(k))
		f.every = append(f.every, int32(k))
	}
	for i := range g.Rows {
		f.lines = append(f.lines, 2+i)
	}
	slices.SortFunc(f.lines, func(a, b int) int { return strings.Compare(g.Rows[a-2], g.Rows[b-2]) })
	for j := range g.Cols {
		f.lines = append(f.lines, 2+rows+j)
	}
	slices.SortFunc(f.lines[rows:], func(a, b int) int { return strings.Compare(g.Cols[a-2-rows], g.Cols[b-2-rows]) })
	f.lines = append(f.lines, source, sink)
	f.via, f.seen, f.queue, f.change = make([]int32, f.nodes), make([]bool, f.nodes), make([]int, 0, f.nodes), make([]int64, len(f.edges))
	return f
}

// room is how much of want can be sent from a node to another through hidden edges
// other than skip; up changes are without limit, down changes end at 0.
func (f *flow) room(from, to, skip int, want int64) int64 {
	sent := int64(0)
	via, seen, change := f.via, f.seen, f.change
	clear(change)
	for sent < want {
		clear(seen)
		seen[from] = true
		queue := append(f.queue[:0], from)
		for head := 0; head < len(queue) && !seen[to]; head++ {
			n := queue[head]
			for _, k := range f.out[n] {
				e := &f.edges[k]
				next := e.to
				if e.from != n {
					next = e.from
				}
				if int(k) == skip || !e.hidden || seen[next] || e.to == n && e.flow+change[k] <= 0 {
					continue
				}
				seen[next], via[next] = true, k
				queue = append(queue, next)
			}
		}
		if !seen[to] {
			break
		}
		step := want - sent
		back := func(visit func(k int32, up bool)) {
			for n := to; n != from; {
				k := via[n]
				up := f.edges[k].to == n
				visit(k, up)
				n = f.edges[k].from + f.edges[k].to - n
			}
		}
		back(func(k int32, up bool) {
			if !up {
				step = min(step, f.edges[k].flow+change[k])
			}
		})
		back(func(k int32, up bool) {
			if up {
				change[k] += step
			} else {
				change[k] -= step
			}
		})
		sent += step
	}
	return sent
}

// exposed reports whether the values that a hidden edge may have span less than
// width.
func (f *flow) exposed(k int, width int64) bool {
	e := &f.edges[k]
	up := f.room(e.to, e.from, k, width)
	if up >= width {
		return false
	}
	down := f.room(e.from, e.to, k, min(width-up, e.flow))
	return up+down < width
}

// protect hides further edges until no hidden count is exposed: first a second one in
// every line that hides only one, lines in the order of their names; then, for what
// can still be computed, one more in one of its lines, or anywhere.
func (f *flow) protect(d Disclosure) {
	width := int64(1)
	if d.Wide {
		width = d.limit()
	}
	// hiding more never exposes what is protected already: each count is cleared once
	for {
		for f.pair(d) {
		}
		at := slices.IndexFunc(f.edges, func(e edge) bool { return e.count != nil && e.hidden && !e.cleared })
		if at < 0 {
			return
		}
		e := &f.edges[at]
		if !f.exposed(at, width) {
			e.cleared = true
			continue
		}
		best := f.best(d, f.out[e.from], f.out[e.to])
		if best < 0 {
			best = f.best(d, f.every)
		}
		if best < 0 {
			e.cleared = true // everything that may be hidden is
			continue
		}
		f.edges[best].hidden = true
	}
}

// pair hides a second count in every line that hides only one; false when there was
// nothing to do.
func (f *flow) pair(d Disclosure) bool {
	done := false
	for _, n := range f.lines {
		hidden, published := 0, false
		for _, k := range f.out[n] {
			if e := &f.edges[k]; e.hidden {
				hidden++
				published = e.count != nil
			}
		}
		if hidden != 1 || !published {
			continue
		}
		if best := f.best(d, f.out[n]); best >= 0 {
			f.edges[best].hidden = true
			done = true
		}
	}
	return done
}

// best is the edge to hide among some: inner cells before totals, then the smallest,
// then by name. Zeros are taken only by option. -1 when there is none.
func (f *flow) best(d Disclosure, among ...[]int32) int {
	best := -1
	for _, list := range among {
		for _, k := range list {
			e := &f.edges[k]
			if e.hidden || e.flow == 0 && !d.UseZeros {
				continue
			}
			if best >= 0 {
				b := &f.edges[best]
				if e.inner != b.inner {
					if !e.inner {
						continue
					}
				} else if e.flow > b.flow || e.flow == b.flow && int(k) > best {
					continue
				}
			}
			best = int(k)
		}
	}
	return best
}
