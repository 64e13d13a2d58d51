package main

import (
	"fmt"
	"html"
	"math"
	"strconv"
	"strings"

	"github.com/chroniccare/chroniccare/registry"
)

var colours = []string{"#8c2d2d", "#c0702a", "#a5841a", "#4f8f6b"}

// page is a self-contained report: the pyramid, the concentration curve, calibration and
// the movement between the years.
func (r *result) page() string {
	var b strings.Builder
	b.WriteString(`<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Population pyramid</title><style>
body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:62rem;padding:0 1rem;color:#1b2733}h1{font-size:1.6rem;margin-bottom:0}h2{font-size:1.15rem;margin-top:2.2rem}
p.sub{color:#5b6b7a;margin-top:.2rem}table{border-collapse:collapse;width:100%;font-size:.92rem}th,td{padding:.35rem .6rem;border-bottom:1px solid #dde4ea;text-align:left}
td.n,th.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}svg{display:block}svg text{font:13px system-ui,sans-serif;fill:#1b2733}svg text.w{fill:#fff}svg text.s{fill:#5b6b7a}
.two{display:grid;grid-template-columns:1fr 1fr;gap:2rem}@media(max-width:50rem){.two{grid-template-columns:1fr}}.warn{border-left:4px solid #c0392b;padding:.4rem .9rem;background:#fbf3f2}footer{margin-top:2.5rem;color:#5b6b7a;font-size:.85rem}
</style>`)
	fmt.Fprintf(&b, "<h1>Population pyramid</h1><p class=sub>%d made-up people, ranked by the predicted chance of an unplanned admission: a demonstration</p>", r.n)
	r.drawPyramid(&b)
	b.WriteString("<div class=two><section><h2>Concentration of cost</h2>")
	r.drawConcentration(&b)
	b.WriteString("</section><section><h2>Is the score right?</h2>")
	r.drawCalibration(&b)
	b.WriteString("</section></div>")
	r.drawMovement(&b)
	fmt.Fprintf(&b, "<h2>Did cost fall?</h2><p>The costliest %d of the first year cost %.0f each, a year later %.0f: a fall of %.0f.</p><p class=warn>People chosen at a peak fall by themselves. The next %d ranks, with nothing done, fell by %.0f each.</p>",
		r.change.People, r.change.Before.Value, r.change.After.Value, r.change.Fall.Value, r.change.People, r.change.Untreated.Value)
	b.WriteString("<footer>All people and figures are invented. Not medical advice.</footer></html>\n")
	return b.String()
}

func (r *result) drawPyramid(b *strings.Builder) {
	const width, height, gap = 440.0, 300.0, 4.0
	n := len(r.worth)
	b.WriteString("<h2>Levels of care</h2>")
	fmt.Fprintf(b, `<svg viewBox="0 0 900 %.0f" role="img" aria-label="Pyramid of levels" width="100%%">`, height+6)
	for i, x := range r.worth {
		// a slice of the triangle; its height is equal, the people are in the figures
		top, bottom := float64(i)*height/float64(n), float64(i+1)*height/float64(n)-gap
		half := func(y float64) float64 { return 30 + y/height*(width/2-30) }
		c := width / 2
		fmt.Fprintf(b, `<path d="M%.1f %.1fL%.1f %.1fL%.1f %.1fL%.1f %.1fZ" fill="%s"/>`,
			c-half(top), top, c+half(top), top, c+half(bottom), bottom, c-half(bottom), bottom, colours[i%len(colours)])
		y := (top + bottom) / 2
		fmt.Fprintf(b, `<text class="w" x="%.1f" y="%.1f" text-anchor="middle">%d</text>`, c, y+5, x.People)
		fmt.Fprintf(b, `<text x="470" y="%.1f" font-weight="600">%s</text><text class="s" x="470" y="%.1f">%s of the cost, %d later admissions; with the levels above</text><text class="s" x="470" y="%.1f">sensitivity %s %%, PPV %s %%</text>`,
			y-10, html.EscapeString(x.Level), y+8, percent(x.CostShare), x.Events, y+26, x.FromTop.Sensitivity.Percent(1), x.FromTop.PPV.Percent(1))
	}
	b.WriteString("</svg>")
	fmt.Fprintf(b, "<p class=sub>Not placed: %d (no score, opted out). Slices are not to scale; the numbers are people. At 125 to 150 people each the top level needs %s.</p>",
		len(r.before.NotPlaced), r.nurses())
}

// frame draws axes from 0 to a share and gives the scale of the unit square.
func frame(b *strings.Builder, label, across string, most float64) (x, y func(float64) float64) {
	const left, size = 48.0, 330.0
	x = func(v float64) float64 { return left + v*size }
	y = func(v float64) float64 { return 10 + (1-v)*size }
	fmt.Fprintf(b, `<svg viewBox="0 0 400 390" role="img" aria-label="%s" width="100%%">`, label)
	for t := 0; t <= 4; t++ {
		v := float64(t) / 4
		mark := strconv.FormatFloat(math.Round(1000*v*most)/10, 'f', -1, 64)
		fmt.Fprintf(b, `<path d="M%.1f %.1fH%.1fM%.1f %.1fV%.1f" stroke="#e6ebf0"/><text class="s" x="%.1f" y="%.1f" text-anchor="end">%s %%</text><text class="s" x="%.1f" y="%.1f" text-anchor="middle">%s</text>`,
			x(0), y(v), x(1), x(v), y(0), y(1), x(0)-6, y(v)+4, mark, x(v), y(0)+17, mark)
	}
	fmt.Fprintf(b, `<text class="s" x="%.1f" y="%.1f" text-anchor="middle">%s</text>`, x(0.5), y(0)+36, across)
	return x, y
}

func (r *result) drawConcentration(b *strings.Builder) {
	x, y := frame(b, "Concentration curve", "per cent of people, costliest first", 1)
	fmt.Fprintf(b, `<path d="M%.1f %.1fL%.1f %.1f" stroke="#9aa7b3" stroke-dasharray="4 4"/>`, x(0), y(0), x(1), y(1))
	fmt.Fprintf(b, `<path d="M%.1f %.1f`, x(0), y(0))
	for i := len(r.lorenz) - 1; i >= 0; i-- {
		fmt.Fprintf(b, "L%.1f %.1f", x(1-r.lorenz[i].People), y(1-r.lorenz[i].Cost))
	}
	b.WriteString(`" fill="none" stroke="#1f6fb2" stroke-width="2.5"/>`)
	for i, c := range r.captured {
		fmt.Fprintf(b, `<circle cx="%.1f" cy="%.1f" r="4.5" fill="#c0702a"/>`, x(float64(tops[i])/1000), y(c.Captured.Value))
	}
	fmt.Fprintf(b, `</svg><p class=sub>Blue: share of the cost of the costliest people (Gini %.2f). Brown: caught by as many of the highest scores. Dashed: all cost the same.</p><table><tr><th>Top<th class=n>Of the cost<th class=n>Caught<th class=n>Lift</tr>`, r.cost.Gini().Value)
	for i, c := range r.captured {
		fmt.Fprintf(b, "<tr><td>%s %%<td class=n>%s<td class=n>%s<td class=n>%.2f</tr>", registry.Rate{Num: tops[i], Den: 1000}.Percent(1), percent(c.Best), percent(c.Captured), c.Table.Value().Lift.Value)
	}
	b.WriteString("</table>")
}

func (r *result) drawCalibration(b *strings.Builder) {
	most := 0.05
	for _, k := range r.bins {
		most = max(most, k.Interval.High.Value, k.Mean)
	}
	most = min(math.Ceil(25*most)/25, 1) // quarters in whole per cents
	x, y := frame(b, "Calibration", "predicted, per cent", most)
	fmt.Fprintf(b, `<path d="M%.1f %.1fL%.1f %.1f" stroke="#9aa7b3" stroke-dasharray="4 4"/>`, x(0), y(0), x(1), y(1))
	for _, k := range r.bins {
		o := float64(k.Observed) / float64(k.People)
		fmt.Fprintf(b, `<path d="M%.1f %.1fV%.1f" stroke="#1f6fb2" stroke-width="2"/><circle cx="%.1f" cy="%.1f" r="4.5" fill="#1f6fb2"/>`,
			x(k.Mean/most), y(k.Interval.Low.Value/most), y(k.Interval.High.Value/most), x(k.Mean/most), y(o/most))
	}
	fmt.Fprintf(b, `</svg><p class=sub>Observed admissions of each tenth with 95 %% interval. Dashed: right.</p>`)
	fmt.Fprintf(b, "<table><tr><td>AUC<td class=n>%.3f (%.3f to %.3f)</tr><tr><td>Observed / expected<td class=n>%.3f</tr><tr><td>Calibration slope<td class=n>%.3f</tr><tr><td>Brier<td class=n>%.4f</tr>",
		r.auc.AUC.Value, r.aucInterval.Low.Value, r.aucInterval.High.Value, r.calibration.OE.Value, r.calibration.Slope.Value, r.calibration.Brier.Value)
	for _, g := range r.groups {
		if !g.Suppressed {
			fmt.Fprintf(b, "<tr><td>AUC, %s<td class=n>%.3f</tr><tr><td>Sensitivity and PPV, %s<td class=n>%s %%, %s %%</tr>", html.EscapeString(g.Group), g.AUC.AUC.Value, html.EscapeString(g.Group), g.Value.Sensitivity.Percent(1), g.Value.PPV.Percent(1))
		}
	}
	b.WriteString("</table>")
}

// drawMovement draws the bands between two columns of levels.
func (r *result) drawMovement(b *strings.Builder) {
	const height, gap, left, right = 380.0, 10.0, 235.0, 665.0
	table := r.moves.Table
	k := len(table)
	names := append([]string{"in no level"}, r.pyramid.Levels...)
	shade := append([]string{"#9aa7b3"}, colours...)
	order := make([]int, 0, k)
	for i := 1; i < k; i++ {
		order = append(order, i)
	}
	order = append(order, 0)
	rows, cols, total := make([]int, k), make([]int, k), 0
	for i := range table {
		for j, n := range table[i] {
			rows[i] += n
			cols[j] += n
			total += n
		}
	}
	scale := (height - gap*float64(k-1)) / float64(max(total, 1))
	fmt.Fprintf(b, `<h2>Movement to the next year</h2><svg viewBox="0 0 900 %.0f" role="img" aria-label="Movement between levels" width="100%%">`, height+12)
	start := func(sums []int) []float64 {
		at, y := make([]float64, k), 4.0
		for _, i := range order {
			at[i] = y
			y += float64(sums[i])*scale + gap
		}
		return at
	}
	from, to := start(rows), start(cols)
	a, z := append([]float64(nil), from...), append([]float64(nil), to...)
	for _, i := range order {
		for _, j := range order {
			h := float64(table[i][j]) * scale
			if h == 0 {
				continue
			}
			mid := (left + right) / 2
			fmt.Fprintf(b, `<path d="M%.0f %.2fC%.0f %.2f %.0f %.2f %.0f %.2fV%.2fC%.0f %.2f %.0f %.2f %.0f %.2fZ" fill="%s" fill-opacity=".45"><title>%s to %s: %d</title></path>`,
				left, a[i], mid, a[i], mid, z[j], right, z[j], z[j]+h, mid, z[j]+h, mid, a[i]+h, left, a[i]+h, shade[i%len(shade)], html.EscapeString(names[i]), html.EscapeString(names[j]), table[i][j])
			a[i] += h
			z[j] += h
		}
	}
	for _, i := range order {
		fmt.Fprintf(b, `<rect x="%.0f" y="%.2f" width="10" height="%.2f" fill="%s"/><text x="%.0f" y="%.1f" text-anchor="end">%s %d</text>`, left-10, from[i], max(float64(rows[i])*scale, 1), shade[i%len(shade)], left-16, from[i]+float64(rows[i])*scale/2+4, html.EscapeString(names[i]), rows[i])
		fmt.Fprintf(b, `<rect x="%.0f" y="%.2f" width="10" height="%.2f" fill="%s"/><text x="%.0f" y="%.1f">%s %d</text>`, right, to[i], max(float64(cols[i])*scale, 1), shade[i%len(shade)], right+16, to[i]+float64(cols[i])*scale/2+4, html.EscapeString(names[i]), cols[i])
	}
	b.WriteString("</svg><table><tr><th>This year, next year")
	for _, j := range order {
		fmt.Fprintf(b, "<th class=n>%s", html.EscapeString(names[j]))
	}
	b.WriteString("</tr>")
	for _, i := range order {
		fmt.Fprintf(b, "<tr><td>%s", html.EscapeString(names[i]))
		for _, j := range order {
			fmt.Fprintf(b, "<td class=n>%d", table[i][j])
		}
		b.WriteString("</tr>")
	}
	fmt.Fprintf(b, "</table><p class=sub>Still in the top level a year later: %s of those followed. A level is entered at its share and left a tenth of its ranks further down.</p>", r.persistence.Rate())
}
