package population

import (
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
}

type flow struct {
	nodes int
	edges []edge // in canonical order: by names, not by place; totals after the cells
	out   [][]int32
	every []int32 // all edges
	lines []int   // nodes: rows by name, columns by name, then the totals
	dark  []int   // hidden edges at each node; more than one where some are not published

	via    []int32 // scratch of room
	seen   []bool
	queue  []int
	change []int64
}

// byName gives the places of names in the order of the names.
func byName(names []string) []int {
	out := make([]int, len(names))
	for i := range out {
		out[i] = i
	}
	slices.SortFunc(out, func(a, b int) int { return strings.Compare(names[a], names[b]) })
	return out
}

func newFlow(g *Grid) *flow {
	rows, cols := len(g.Rows), len(g.Cols)
	source, sink := 0, 1
	f := &flow{nodes: 2 + rows + cols, edges: make([]edge, 0, rows*cols+rows+cols+1)}
	byRow, byCol := byName(g.Rows), byName(g.Cols)
	rowSum, colSum := make([]int64, rows), make([]int64, cols)
	var all int64
	for _, i := range byRow {
		for _, j := range byCol {
			n := g.Cells[i][j].N
			rowSum[i] += n
			colSum[j] += n
			all += n
			f.edges = append(f.edges, edge{from: 2 + i, to: 2 + rows + j, flow: n, count: &g.Cells[i][j], inner: true})
		}
	}
	add := func(from, to int, n int64, c *Count) {
		f.edges = append(f.edges, edge{from: from, to: to, flow: n, count: c, hidden: c == nil})
	}
	total := func(counts []Count, k int) *Count {
		if counts == nil {
			return nil
		}
		return &counts[k]
	}
	add(sink, source, all, g.Total)
	for _, j := range byCol {
		add(2+rows+j, sink, colSum[j], total(g.ColTotals, j))
	}
	for _, i := range byRow {
		add(source, 2+i, rowSum[i], total(g.RowTotals, i))
	}
	f.connect()
	for _, i := range byRow {
		f.lines = append(f.lines, 2+i)
	}
	for _, j := range byCol {
		f.lines = append(f.lines, 2+rows+j)
	}
	f.lines = append(f.lines, source, sink)
	f.dark = make([]int, f.nodes)
	for k := range f.edges {
		if e := &f.edges[k]; e.hidden {
			f.dark[e.from] += 2
			f.dark[e.to] += 2
		}
	}
	f.via, f.seen, f.queue, f.change = make([]int32, f.nodes), make([]bool, f.nodes), make([]int, 0, f.nodes), make([]int64, len(f.edges))
	return f
}

// connect lists the edges at each node, in the order of the edges.
func (f *flow) connect() {
	degree := make([]int, f.nodes)
	for k := range f.edges {
		degree[f.edges[k].from]++
		degree[f.edges[k].to]++
	}
	room := make([]int32, 2*len(f.edges))
	f.out, f.every = make([][]int32, f.nodes), make([]int32, len(f.edges))
	for n, d := range degree {
		f.out[n], room = room[:0:d], room[d:]
	}
	for k := range f.edges {
		e := &f.edges[k]
		f.out[e.from], f.out[e.to] = append(f.out[e.from], int32(k)), append(f.out[e.to], int32(k))
		f.every[k] = int32(k)
	}
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
		at := 0
		for at < len(f.edges) && (f.edges[at].count == nil || !f.edges[at].hidden || f.edges[at].cleared) {
			at++
		}
		if at == len(f.edges) {
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
		f.hide(best)
	}
}

// hide hides a published count.
func (f *flow) hide(k int) {
	e := &f.edges[k]
	e.hidden = true
	f.dark[e.from]++
	f.dark[e.to]++
}

// pair hides a second count in every line that hides only one; false when there was
// nothing to do.
func (f *flow) pair(d Disclosure) bool {
	done := false
	for _, n := range f.lines {
		if f.dark[n] != 1 {
			continue
		}
		if best := f.best(d, f.out[n]); best >= 0 {
			f.hide(best)
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
