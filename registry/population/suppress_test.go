package population_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/population"
	"pgregory.net/rapid"
)

func grid(t testing.TB, counts [][]int64) *population.Grid {
	t.Helper()
	var rows, cols []string
	for i := range counts {
		rows = append(rows, fmt.Sprint("r", i))
	}
	for j := range counts[0] {
		cols = append(cols, fmt.Sprint("c", j))
	}
	g, err := population.TwoWay("row", "col", rows, cols, counts)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// The specification's example: all four inner cells, better collapse.
func TestSuppressExample(t *testing.T) {
	g, err := grid(t, [][]int64{{3, 40}, {25, 32}}).Suppress(population.Disclosure{})
	if err != nil {
		t.Fatal(err)
	}
	want := "\tc0\tc1\ttotal\nr0\t*\t*\t43\nr1\t*\t*\t57\ntotal\t28\t72\t100\n"
	if g.Text() != want || !g.CollapseAdvised {
		t.Errorf("%s%v", g.Text(), g.CollapseAdvised)
	}
	c, err := grid(t, [][]int64{{3, 40}, {25, 32}}).CollapseRows(population.Collapse{Name: "both", Of: []string{"r0", "r1"}})
	if err != nil || c.Text() != "\tc0\tc1\ttotal\nboth\t28\t72\t100\ntotal\t28\t72\t100\n" {
		t.Errorf("%v %v", c.Text(), err)
	}
	if c, err = c.Suppress(population.Disclosure{}); err != nil || strings.Contains(c.Text(), "*") {
		t.Errorf("%v %v", c.Text(), err)
	}
}

func TestSuppressShapes(t *testing.T) {
	for name, c := range map[string]struct {
		counts [][]int64
		rule   population.Disclosure
		want   string
	}{
		"nothing small":              {[][]int64{{11, 20}, {30, 0}}, population.Disclosure{}, "11 20 31|30 0 30|41 20 61"},
		"ten and eleven":             {[][]int64{{10, 11, 12}, {13, 14, 15}, {16, 17, 18}}, population.Disclosure{}, "* * 12 33|* * 15 42|16 17 18 51|39 42 45 126"},
		"zeros stay":                 {[][]int64{{5, 0, 50}, {20, 30, 40}}, population.Disclosure{}, "* 0 * 55|* 30 * 90|25 30 90 145"},
		"a small total":              {[][]int64{{5, 0}, {0, 50}}, population.Disclosure{}, "* 0 *|0 * *|* * 55"},
		"zeros may go":               {[][]int64{{5, 0}, {0, 50}}, population.Disclosure{UseZeros: true}, "* * *|* 50 *|* * 55"},
		"another threshold":          {[][]int64{{5, 20}, {30, 50}}, population.Disclosure{Threshold: 4}, "5 20 25|30 50 80|35 70 105"},
		"ties by row, then column":   {[][]int64{{0, 12, 0}, {5, 1, 0}, {12, 12, 1}}, population.Disclosure{UseZeros: true}, "* * 0 *|* * 0 *|* 12 * 25|* 25 * 43"},
		"ties between the lines":     {[][]int64{{20, 0, 0}, {12, 12, 20}, {1, 5, 20}}, population.Disclosure{Wide: true}, "* 0 0 *|* * 20 44|* * 20 *|33 17 40 90"},
		"two values are enough":      {[][]int64{{5, 5, 1}, {20, 12, 0}, {0, 1, 12}}, population.Disclosure{UseZeros: true}, "* * * 11|20 * * 32|* * 12 13|25 18 13 56"},
		"wide: down to 0, no lower":  {[][]int64{{12, 20}, {1, 1}, {12, 1}}, population.Disclosure{Wide: true}, "* * 32|* * *|* * *|25 22 47"},
		"wide takes a further pair":  {[][]int64{{20, 12, 20}, {1, 12, 1}, {12, 20, 0}}, population.Disclosure{Wide: true}, "20 * * 52|* * * 14|* * 0 32|33 44 21 98"},
		"everything small but empty": {[][]int64{{0, 0}, {0, 0}}, population.Disclosure{}, "0 0 0|0 0 0|0 0 0"},
	} {
		g, err := grid(t, c.counts).Suppress(c.rule)
		if err != nil {
			t.Fatal(err)
		}
		var lines []string
		for i, l := range strings.Split(strings.TrimSpace(g.Text()), "\n") {
			if i > 0 {
				lines = append(lines, strings.Join(strings.Split(l, "\t")[1:], " "))
			}
		}
		if got := strings.Join(lines, "|"); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	one, err := population.OneWay("provider", []string{"a", "b", "c"}, []int64{4, 30, 20})
	if err != nil {
		t.Fatal(err)
	}
	if one, err = one.Suppress(population.Disclosure{}); err != nil || one.Text() != "\ta\tb\tc\ttotal\nall\t*\t30\t*\t54\n" {
		t.Errorf("%s %v", one.Text(), err)
	}
	// of equal counts the first by name goes, not the first by place
	level, err := population.OneWay("provider", []string{"small", "d", "c", "b", "e"}, []int64{4, 20, 20, 20, 20})
	if err != nil {
		t.Fatal(err)
	}
	if level, err = level.Suppress(population.Disclosure{}); err != nil || level.Text() != "\tsmall\td\tc\tb\te\ttotal\nall\t*\t20\t20\t*\t20\t84\n" {
		t.Errorf("%s %v", level.Text(), err)
	}
	rows, err := population.TwoWay("r", "c", []string{"z", "y", "x"}, []string{"m", "l"}, [][]int64{{4, 20}, {20, 20}, {20, 20}})
	if err != nil {
		t.Fatal(err)
	}
	if rows, err = rows.Suppress(population.Disclosure{}); err != nil || rows.Text() != "\tm\tl\ttotal\nz\t*\t*\t24\ny\t20\t20\t40\nx\t*\t*\t40\ntotal\t44\t60\t104\n" {
		t.Errorf("%s %v", rows.Text(), err)
	}
}

func TestSuppressErrors(t *testing.T) {
	g := grid(t, [][]int64{{3, 40}, {25, 32}})
	g.Rows[1] = "r0"
	g.Cells[0][1].N = -1
	_, err := g.Suppress(population.Disclosure{Threshold: -1})
	for _, want := range []string{"threshold of -1", `"r0" names two lines`, "a count of -1", `row "r0" adds up to 2, not to 43`, `column "c1" adds up`, "the table adds up"} {
		if err == nil || !strings.Contains(err.Error(), want) || !errors.Is(err, population.ErrDisclosure) {
			t.Errorf("no %q in %v", want, err)
		}
	}
	h, err := grid(t, [][]int64{{3, 40}, {25, 32}}).Suppress(population.Disclosure{})
	if err != nil {
		t.Fatal(err)
	}
	// one fault is enough
	if _, err := grid(t, [][]int64{{13, 40}, {25, 32}}).CollapseCols(population.Collapse{Name: "x", Of: []string{"none"}}); !errors.Is(err, population.ErrDisclosure) {
		t.Error(err)
	}
	if _, err := h.Suppress(population.Disclosure{Threshold: 60}); !errors.Is(err, population.ErrDisclosure) {
		t.Error(err)
	}
	if _, err := h.CollapseCols(population.Collapse{Name: "x", Of: []string{"c0", "c1"}}); !errors.Is(err, population.ErrDisclosure) {
		t.Error(err)
	}
	_, err = grid(t, [][]int64{{3, 40}, {25, 32}}).CollapseCols(population.Collapse{Name: "c1", Of: []string{"c0", "none"}}, population.Collapse{Name: "y", Of: []string{"c0"}}, population.Collapse{})
	for _, want := range []string{`"c1" is empty or taken`, `no line "none"`, `"c0" is in two groups`, `"" is empty or taken`} {
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("no %q in %v", want, err)
		}
	}
	if _, err := population.TwoWay("a", "b", []string{"x"}, []string{"y"}, [][]int64{{1, 2}}); !errors.Is(err, population.ErrDisclosure) {
		t.Error(err)
	}
	if _, err := population.OneWay("a", []string{"x"}, nil); !errors.Is(err, population.ErrDisclosure) {
		t.Error(err)
	}
}

// values finds by trying all tables what each hidden count of a grid may be, inner
// counts up to most.
func values(g *population.Grid, most int64) map[string]map[int64]bool {
	out := map[string]map[int64]bool{}
	note := func(key string, n int64) {
		if out[key] == nil {
			out[key] = map[int64]bool{}
		}
		out[key][n] = true
	}
	rows, cols := len(g.Rows), len(g.Cols)
	x := make([][]int64, rows)
	for i := range x {
		x[i] = make([]int64, cols)
	}
	matches := func(c population.Count, n int64) bool { return c.Hidden || c.N == n }
	var try func(k int)
	try = func(k int) {
		if k > 0 && k%cols == 0 && g.RowTotals != nil { // a row is full
			var sum int64
			for _, n := range x[k/cols-1] {
				sum += n
			}
			if !matches(g.RowTotals[k/cols-1], sum) {
				return
			}
		}
		if k == rows*cols {
			var all int64
			col := make([]int64, cols)
			row := make([]int64, rows)
			for i := range x {
				for j, n := range x[i] {
					row[i] += n
					col[j] += n
					all += n
				}
			}
			for j := range g.ColTotals {
				if !matches(g.ColTotals[j], col[j]) {
					return
				}
			}
			if g.Total != nil && !matches(*g.Total, all) {
				return
			}
			for i := range x {
				for j := range x[i] {
					if g.Cells[i][j].Hidden {
						note(fmt.Sprint(i, ",", j), x[i][j])
					}
				}
				if g.RowTotals != nil && g.RowTotals[i].Hidden {
					note(fmt.Sprint("row ", i), row[i])
				}
			}
			for j := range g.ColTotals {
				if g.ColTotals[j].Hidden {
					note(fmt.Sprint("col ", j), col[j])
				}
			}
			if g.Total != nil && g.Total.Hidden {
				note("total", all)
			}
			return
		}
		i, j := k/cols, k%cols
		if c := g.Cells[i][j]; !c.Hidden {
			x[i][j] = c.N
			try(k + 1)
			return
		}
		for n := range most + 1 {
			x[i][j] = n
			try(k + 1)
		}
	}
	try(0)
	return out
}

func hiddenCells(g *population.Grid) (n int) {
	for _, r := range g.Cells {
		for _, c := range r {
			if c.Hidden {
				n++
			}
		}
	}
	return n
}

// S1 to S5 on small tables, every way of filling them tried.
func TestSuppressionLaws(t *testing.T) {
	shapes := [][2]int{{1, 3}, {2, 2}, {2, 3}, {3, 2}, {1, 1}}
	further, totals, advised, zeros := 0, 0, 0, 0
	lawtest.Until(t, func(t *rapid.T) {
		shape := rapid.SampledFrom(shapes).Draw(t, "shape")
		counts := make([][]int64, shape[0])
		var largest int64
		for i := range counts {
			for range shape[1] {
				n := rapid.SampledFrom([]int64{0, 0, 1, 2, 3, 4, 5}).Draw(t, "n")
				counts[i] = append(counts[i], n)
				largest = max(largest, n)
			}
		}
		rule := population.Disclosure{Threshold: rapid.SampledFrom([]int64{1, 2}).Draw(t, "threshold"), UseZeros: rapid.Bool().Draw(t, "zeros")}
		var names [2][]string
		for k, n := range shape {
			for i := range n {
				names[k] = append(names[k], string(rune('a'+i)))
			}
		}
		g, err := population.TwoWay("r", "c", names[0], names[1], counts)
		if err != nil {
			t.Fatal(err)
		}
		switch rapid.IntRange(0, 3).Draw(t, "published") {
		case 0:
			g.ColTotals, g.Total = nil, nil
		case 1:
			g.RowTotals, g.ColTotals, g.Total = nil, nil, nil
		}
		s, err := g.Suppress(rule)
		if err != nil {
			t.Fatal(err)
		}
		// S1: no hidden count is determined
		for key, v := range values(s, largest+1) {
			if len(v) < 2 {
				t.Fatalf("S1 %s can only be %v:\n%sfrom\n%s", key, v, s.Text(), g.Text())
			}
		}
		small := 0
		for i := range counts {
			for j, n := range counts[i] {
				c := s.Cells[i][j]
				switch {
				case rule.Small(n) && !c.Hidden:
					t.Fatalf("a small count is shown:\n%s", s.Text())
				case !c.Hidden && c.N != n:
					t.Fatalf("a count changed:\n%s", s.Text())
				case n == 0 && !rule.UseZeros: // S4
					zeros++
					if c.Hidden {
						t.Fatalf("S4 a zero is hidden:\n%s", s.Text())
					}
				}
				if rule.Small(n) {
					small++
				}
			}
		}
		if small == 0 && len(s.RowTotals)+len(s.ColTotals) == 0 && hiddenCells(s) > 0 {
			t.Fatalf("hidden without need:\n%s", s.Text())
		}
		if hiddenCells(s) > small {
			further++
		}
		if strings.Contains(s.Text()[strings.LastIndex(s.Text()[:len(s.Text())-1], "\n"):], "*") {
			totals++
		}
		if s.CollapseAdvised {
			advised++
		}
		// S2: once is enough
		again, err := s.Suppress(rule)
		if err != nil || !reflect.DeepEqual(again, s) {
			t.Fatalf("S2 %v\n%s%s", err, s.Text(), again.Text())
		}
		// S3: a higher threshold shows no primary cell that a lower one hides
		higher, err := g.Suppress(population.Disclosure{Threshold: rule.Threshold + 1})
		if err != nil {
			t.Fatal(err)
		}
		for i := range counts {
			for j, n := range counts[i] {
				if rule.Small(n) && !higher.Cells[i][j].Hidden {
					t.Fatal("S3")
				}
			}
		}
		// S5: rows in another order
		perm := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1)).Perm(shape[0])
		p := &population.Grid{RowKey: g.RowKey, ColKey: g.ColKey, Cols: g.Cols, ColTotals: g.ColTotals, Total: g.Total}
		for _, i := range perm {
			p.Rows, p.Cells = append(p.Rows, g.Rows[i]), append(p.Cells, g.Cells[i])
			if g.RowTotals != nil {
				p.RowTotals = append(p.RowTotals, g.RowTotals[i])
			}
		}
		q, err := p.Suppress(rule)
		if err != nil {
			t.Fatal(err)
		}
		for k, i := range perm {
			if !slices.Equal(q.Cells[k], s.Cells[i]) || g.RowTotals != nil && q.RowTotals[k] != s.RowTotals[i] {
				t.Fatalf("S5\n%s%s", s.Text(), q.Text())
			}
		}
	}, func() bool { return further > 0 && totals > 0 && advised > 0 && zeros > 0 })
}

// Wide: the values of a hidden count span the threshold.
func TestWideLaw(t *testing.T) {
	reached := 0
	lawtest.Until(t, func(t *rapid.T) {
		counts := [][]int64{nil, nil}
		for i := range counts {
			for range 2 {
				counts[i] = append(counts[i], rapid.Int64Range(0, 6).Draw(t, "n"))
			}
		}
		g, err := population.TwoWay("r", "c", []string{"a", "b"}, []string{"x", "y"}, counts)
		if err != nil {
			t.Fatal(err)
		}
		s, err := g.Suppress(population.Disclosure{Threshold: 3, Wide: true, UseZeros: true})
		if err != nil {
			t.Fatal(err)
		}
		for key, v := range values(s, 12) {
			reached++
			lo, hi := int64(1000), int64(-1)
			for n := range v {
				lo, hi = min(lo, n), max(hi, n)
			}
			if hi-lo < 3 {
				t.Fatalf("%s only spans %d to %d:\n%s", key, lo, hi, s.Text())
			}
		}
	}, func() bool { return reached > 0 })
}

func TestShownRates(t *testing.T) {
	d := population.Disclosure{}
	for _, c := range []struct {
		r      registry.Rate
		hidden bool
	}{{registry.Rate{Num: 11, Den: 22}, false}, {registry.Rate{Num: 10, Den: 100}, true}, {registry.Rate{Num: 90, Den: 100}, true}, {registry.Rate{Num: 0, Den: 11}, false}, {registry.Rate{Num: 11, Den: 11}, false}, {registry.Rate{Num: 0, Den: 5}, true}, {registry.Rate{}, false}} {
		if got := d.Rate(c.r); got.Hidden != c.hidden || c.hidden && got.Rate != (registry.Rate{}) {
			t.Errorf("%v: %+v", c.r, got)
		}
	}
}

func TestCountAsJSON(t *testing.T) {
	g, err := grid(t, [][]int64{{3, 40}, {25, 32}}).Suppress(population.Disclosure{})
	if err != nil {
		t.Fatal(err)
	}
	b, err := json.Marshal(g)
	if err != nil {
		t.Fatal(err)
	}
	var back population.Grid
	if err := json.Unmarshal(b, &back); err != nil || !reflect.DeepEqual(&back, g) {
		t.Errorf("%v %s", err, b)
	}
	if want := `{"row_key":"row","col_key":"col","rows":["r0","r1"],"cols":["c0","c1"],"cells":[["*","*"],["*","*"]],"row_totals":[43,57],"col_totals":[28,72],"total":100,"collapse_advised":true}`; string(b) != want {
		t.Error(string(b))
	}
	var c population.Count
	if err := json.Unmarshal([]byte(`"x"`), &c); !errors.Is(err, population.ErrDisclosure) {
		t.Error(err)
	}
}

func BenchmarkSuppress(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 1))
	var rows, cols []string
	var counts [][]int64
	for i := range 20 {
		rows = append(rows, fmt.Sprintf("r%02d", i))
		var line []int64
		for j := range 5 {
			if i == 0 {
				cols = append(cols, fmt.Sprint("c", j))
			}
			line = append(line, r.Int64N(60))
		}
		counts = append(counts, line)
	}
	g, err := population.TwoWay("r", "c", rows, cols, counts)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := g.Suppress(population.Disclosure{}); err != nil {
			b.Fatal(err)
		}
	}
}
