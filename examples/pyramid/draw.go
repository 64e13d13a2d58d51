package main

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// mostPredicted is the end of the axes: all tenths and intervals are within, and quarters
// are whole per cents.
func (r *result) mostPredicted() float64 {
	most := 0.05
	for _, k := range r.bins {
		most = max(most, k.Interval.High.Value, k.Mean)
	}
	return min(math.Ceil(25*most)/25, 1)
}

// image begins a drawing; desc has its figures, for whoever does not see it.
func image(b *strings.Builder, box, title, desc string) {
	id := strings.ToLower(strings.Fields(title)[0])
	fmt.Fprintf(b, `<svg viewBox="%s" role="img" aria-labelledby="%s-t" aria-describedby="%s-d" width="100%%"><title id="%s-t">%s</title><desc id="%s-d">%s</desc>`, box, id, id, id, esc(title), id, esc(desc))
}

// frame draws axes from 0 to a share and gives the scale of the unit square.
func frame(b *strings.Builder, title, desc, across string, most float64) (x, y func(float64) float64) {
	const left, size = 58.0, 320.0
	x = func(v float64) float64 { return left + v*size }
	y = func(v float64) float64 { return 10 + (1-v)*size }
	image(b, "0 0 400 382", title, desc)
	for t := 0; t <= 4; t++ {
		v := float64(t) / 4
		mark := strconv.FormatFloat(math.Round(1000*v*most)/10, 'f', -1, 64)
		fmt.Fprintf(b, `<path d="M%.1f %.1fH%.1fM%.1f %.1fV%.1f" stroke="#e6ebf0"/><text x="%.1f" y="%.1f" text-anchor="end">%s %%</text><text x="%.1f" y="%.1f" text-anchor="middle">%s</text>`,
			x(0), y(v), x(1), x(v), y(0), y(1), x(0)-6, y(v)+4, mark, x(v), y(0)+17, mark)
	}
	fmt.Fprintf(b, `<text x="%.1f" y="%.1f" text-anchor="middle">%s</text>`, x(0.5), y(0)+38, esc(across))
	return x, y
}

// drawMovement draws the bands between two columns of levels. Only the drawing is as wide
// as there is room; its height is that of the names beside it.
func (r *result) drawMovement(b *strings.Builder) {
	const height, gap, right = 400.0, 16.0, 1000.0
	counts := r.moves.Table
	k := len(counts)
	names := append([]string{"in no level"}, r.pyramid.Levels...)
	shade := append([]string{"#77848f"}, colours...)
	order := make([]int, 0, k)
	for i := 1; i < k; i++ {
		order = append(order, i)
	}
	order = append(order, 0)
	rows, cols, total := make([]int, k), make([]int, k), 0
	for i := range counts {
		for j, n := range counts[i] {
			rows[i] += n
			cols[j] += n
			total += n
		}
	}
	scale := (height - gap*float64(k)) / float64(max(total, 1))
	start := func(sums []int) []float64 {
		at, y := make([]float64, k), gap/2
		for _, i := range order {
			at[i] = y
			y += float64(sums[i])*scale + gap
		}
		return at
	}
	from, to := start(rows), start(cols)
	side := func(at []float64, sums []int) {
		b.WriteString("<div>")
		for _, i := range order {
			fmt.Fprintf(b, `<span style="top:%.1fpx"><em>%s </em>%d</span>`, at[i]+float64(sums[i])*scale/2, esc(names[i]), sums[i])
		}
		b.WriteString("</div>")
	}
	b.WriteString("<h2>Movement to the next year</h2><ul class=key>")
	for _, i := range order {
		fmt.Fprintf(b, `<li><i style="background:%s"></i>%s`, shade[i%len(shade)], esc(names[i]))
	}
	b.WriteString("</ul><div class=flow>")
	side(from, rows)
	image(b, `0 0 1000 400" preserveAspectRatio="none`, "Movement between levels", "People by level this year, on the left, and next year, on the right. The figures are in the table below.")
	a, z := append([]float64(nil), from...), append([]float64(nil), to...)
	for _, i := range order {
		for _, j := range order {
			h := float64(counts[i][j]) * scale
			if h == 0 {
				continue
			}
			const mid = right / 2
			fmt.Fprintf(b, `<path d="M0 %.2fC%.0f %.2f %.0f %.2f %.0f %.2fV%.2fC%.0f %.2f %.0f %.2f 0 %.2fZ" fill="%s" fill-opacity=".45"><title>%s to %s: %d</title></path>`,
				a[i], mid, a[i], mid, z[j], right, z[j], z[j]+h, mid, z[j]+h, mid, a[i]+h, a[i]+h, shade[i%len(shade)], esc(names[i]), esc(names[j]), counts[i][j])
			a[i] += h
			z[j] += h
		}
	}
	for _, i := range order {
		fmt.Fprintf(b, `<rect y="%.2f" width="20" height="%.2f" fill="%s"/><rect x="%.0f" y="%.2f" width="20" height="%.2f" fill="%s"/>`,
			from[i], max(float64(rows[i])*scale, 1), shade[i%len(shade)], right-20, to[i], max(float64(cols[i])*scale, 1), shade[i%len(shade)])
	}
	b.WriteString("</svg>")
	side(to, cols)
	b.WriteString(`</div><div class=scroll tabindex=0 role=region aria-label="Movement, table">`)
	columns := []string{"This year, next year"}
	for _, j := range order {
		columns = append(columns, names[j])
	}
	row := table(b, "People by level this year, in rows, and next year, in columns", columns...)
	for _, i := range order {
		cells := []any{names[i]}
		for _, j := range order {
			cells = append(cells, counts[i][j])
		}
		row(cells...)
	}
	fmt.Fprintf(b, tableEnd+"</div><p class=sub>Still in the top level a year later: %s of those followed. A level is entered at its share and left a tenth of its ranks further down.</p>", r.persistence.Rate())
}
