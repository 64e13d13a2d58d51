package main

import (
	"fmt"
	"html"
	"strings"

	"github.com/chroniccare/chroniccare/hedis"
)

// page is the report as one self-contained HTML page: the ranked list, and for
// each plan kept a forest plot of its rates with intervals against the
// benchmark.
func (c *comparison) page() string {
	var b strings.Builder
	b.WriteString(`<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Health plans compared</title><style>
body{font:15px/1.45 system-ui,sans-serif;max-width:62rem;margin:2rem auto;padding:0 1rem;color:#1c2733}
table{border-collapse:collapse;margin:1rem 0}th,td{padding:.25rem .8rem;text-align:right;border-bottom:1px solid #d7dde3}
th:nth-child(2),td:nth-child(2),th:last-child,td:last-child{text-align:left}summary{cursor:pointer;font-weight:600;margin:1rem 0 .4rem}
svg{width:100%;height:auto}.good{fill:#1b7f5c;stroke:#1b7f5c}.bad{fill:#b3412f;stroke:#b3412f}.same{fill:#3d5a80;stroke:#3d5a80}
.grid{stroke:#e3e8ed}.mark{fill:#fff;stroke:#1c2733}text{font-size:12px;fill:#1c2733}</style></head><body>
`)
	fmt.Fprintf(&b, "<h1>Health plans compared</h1><p>%d plans, %d made-up members of each, measurement year %d, %d markers, scored by %s. HEDIS-style, not certified by the NCQA.</p>\n", c.o.plans, c.o.members, year, len(c.markers), html.EscapeString(c.o.method))
	b.WriteString("<table><tr><th>Rank</th><th>Plan</th><th>Score</th><th>Population</th><th>Medicaid</th><th>Type</th></tr>\n")
	for _, k := range c.kept {
		r := c.find(k.Score.Plan)
		fmt.Fprintf(&b, "<tr><td>%s</td><td>%s</td><td>%s</td><td>%d</td><td>%s %%</td><td>%s</td></tr>\n", k.Rank.RatString(), html.EscapeString(k.Score.Plan), k.Score.Total.FloatString(1), r.made.population, r.made.medicaid.StringFixed(1), r.made.model)
	}
	b.WriteString("</table><p>Dropped: ")
	for i, d := range c.ranking.Dropped {
		if i > 0 {
			b.WriteString("; ")
		}
		fmt.Fprintf(&b, "%s (%s)", html.EscapeString(d.Plan), html.EscapeString(strings.Join(d.Dropped, ", ")))
	}
	b.WriteString(".</p><p>Each line is a rate with its 95 % interval; the diamond is the benchmark, the pooled rate of the best plans that cover a tenth of the patients (for the two surveys the best quarter of plans). Green lies on the better side of it or reaches it, red does not.</p>\n")
	for i, k := range c.kept {
		open := ""
		if i == 0 {
			open = " open"
		}
		fmt.Fprintf(&b, "<details%s><summary>%s. %s</summary>%s</details>\n", open, k.Rank.RatString(), html.EscapeString(k.Score.Plan), c.forest(c.find(k.Score.Plan)))
	}
	b.WriteString("</body></html>\n")
	return b.String()
}

const (
	rowHeight = 20
	left      = 440
	width     = 420
)

func (c *comparison) forest(r *result) string {
	var b strings.Builder
	h := rowHeight*len(c.entries) + 30
	fmt.Fprintf(&b, `<svg viewBox="0 0 %d %d" role="img" aria-label="forest plot of %s">`, left+width+110, h, html.EscapeString(r.made.name))
	x := func(v float64) float64 { return left + v*width }
	for t := 0; t <= 100; t += 25 {
		fmt.Fprintf(&b, `<line class="grid" x1="%.1f" x2="%.1f" y1="0" y2="%d"/><text x="%.1f" y="%d" text-anchor="middle">%d %%</text>`, x(float64(t)/100), x(float64(t)/100), h-24, x(float64(t)/100), h-8, t)
	}
	for m, e := range c.entries {
		y := float64(rowHeight*m) + 14
		f := r.rows[m]
		title := e.Title
		if c.markers[m].Better == hedis.Decrease {
			title += " (lower is better)"
		}
		fmt.Fprintf(&b, `<text x="0" y="%.0f">%s</text>`, y, html.EscapeString(title))
		if f.value.State != hedis.RateReported {
			fmt.Fprintf(&b, `<text x="%d" y="%.0f">%s</text>`, left+width+10, y, f.value.State)
			continue
		}
		v := float64(f.value.Rate.Num) / float64(f.value.Rate.Den)
		class := "same"
		bench, hasBench := 0.0, c.benchmarks[m].Defined()
		if hasBench {
			bench = float64(c.benchmarks[m].Num) / float64(c.benchmarks[m].Den)
			behind := f.interval.Upper < bench
			if c.markers[m].Better == hedis.Decrease {
				behind = f.interval.Lower > bench
			}
			if class = "good"; behind {
				class = "bad"
			}
		}
		fmt.Fprintf(&b, `<line class="%s" stroke-width="2" x1="%.1f" x2="%.1f" y1="%.0f" y2="%.0f"/><circle class="%s" cx="%.1f" cy="%.0f" r="4"/>`, class, x(f.interval.Lower), x(f.interval.Upper), y-4, y-4, class, x(v), y-4)
		if hasBench {
			fmt.Fprintf(&b, `<path class="mark" d="M%.1f %.0fl4 4l-4 4l-4 -4z"/>`, x(bench), y-8)
		}
		fmt.Fprintf(&b, `<text x="%d" y="%.0f">%s %%</text>`, left+width+10, y, f.value.Rate.Percent(1))
	}
	b.WriteString("</svg>")
	return b.String()
}
