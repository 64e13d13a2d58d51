package main

import (
	"fmt"
	"html"
	"strings"

	"github.com/chroniccare/chroniccare/hedis"
)

// page is a self-contained report: a chart of the rates with their intervals, a
// table, and one patient's gaps.
func (r *run) page() string {
	var b strings.Builder
	b.WriteString(`<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Quality measures</title><style>
body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:62rem;padding:0 1rem;color:#1b2733}h1{font-size:1.6rem;margin-bottom:0}h2{font-size:1.15rem;margin-top:2.2rem}
p.sub{color:#5b6b7a;margin-top:.2rem}table{border-collapse:collapse;width:100%;font-size:.92rem}th,td{padding:.35rem .6rem;border-bottom:1px solid #dde4ea;text-align:left}
td.n,th.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}tr.s td{color:#5b6b7a}.gap{border-left:4px solid #c0392b;padding:.4rem .9rem;margin:.7rem 0;background:#fbf3f2}
.gap.closed-gap{border-color:#2e7d4f;background:#f1f8f3}.gap b{display:block}.gap small{color:#5b6b7a}svg text{font:13px system-ui,sans-serif;fill:#1b2733}footer{margin-top:2.5rem;color:#5b6b7a;font-size:.85rem}
</style>`)
	fmt.Fprintf(&b, "<h1>Quality measures, %v</h1><p class=sub>%d made-up patients, starter value sets: a demonstration</p>", r.edition.Period, len(r.people))
	b.WriteString("<h2>Rates with 95 % intervals</h2>")
	left, width, line := 330, 480, 34
	fmt.Fprintf(&b, `<svg viewBox="0 0 %d %d" role="img" aria-label="Rates with intervals" width="100%%">`, left+width+110, line*len(r.rows)+34)
	x := func(p float64) float64 { return float64(left) + p*float64(width) }
	for t := 0; t <= 100; t += 25 {
		fmt.Fprintf(&b, `<line x1="%.1f" x2="%.1f" y1="4" y2="%d" stroke="#dde4ea"/><text x="%.1f" y="%d" text-anchor="middle">%d %%</text>`,
			x(float64(t)/100), x(float64(t)/100), line*len(r.rows)+8, x(float64(t)/100), line*len(r.rows)+26, t)
	}
	for i, row := range r.rows {
		y := float64(line*i) + 24
		p := 0.0
		if row.Score.Defined() {
			p = float64(row.Score.Num) / float64(row.Score.Den)
		}
		colour := "#1f6fb2"
		if row.LowerIsBetter {
			colour = "#b25d1f"
		}
		fmt.Fprintf(&b, `<text x="0" y="%.1f">%s %s</text><line x1="%.1f" x2="%.1f" y1="%.1f" y2="%.1f" stroke="%s" stroke-width="3"/><circle cx="%.1f" cy="%.1f" r="6" fill="%s"/><text x="%d" y="%.1f">%s %%</text>`,
			y+4, row.ID, html.EscapeString(short(row.Title, 34)), x(row.Low), x(row.High), y, y, colour, x(p), y, colour, left+width+16, y+4, row.Score.Percent(1))
	}
	b.WriteString("</svg><p class=sub>Blue: higher is better. Brown: lower is better.</p><h2>Counts</h2><table><tr><th>Measure<th class=n>Denominator<th class=n>Excluded<th class=n>Numerator<th class=n>Rate<th class=n>95 % interval</tr>")
	for _, row := range r.rows {
		tr(&b, "", row.ID+" "+row.Title, row)
		for _, s := range row.Strata {
			tr(&b, "s", s.Rate, s)
		}
	}
	b.WriteString("</table>")
	if r.patient != nil {
		fmt.Fprintf(&b, "<h2>Patient %s, born %v: gaps in care</h2>", r.patient.ID, r.patient.Birth)
		for i := range r.gaps {
			g := &r.gaps[i]
			fmt.Fprintf(&b, "<div class='gap %s'><b>%s: %s</b>", g.Status, g.Status, html.EscapeString(g.Title))
			for _, e := range g.Reasons {
				fmt.Fprintf(&b, "<div>%s <small>%s</small></div>", html.EscapeString(e.What), e.Reason)
				for _, f := range e.Evidence {
					fmt.Fprintf(&b, "<small>%s</small><br>", html.EscapeString(f.String()))
				}
			}
			if len(g.ClosedBy) > 0 {
				fmt.Fprintf(&b, "<div>Closed by: %s</div>", html.EscapeString(strings.Join(g.ClosedBy, "; ")))
			}
			b.WriteString("</div>")
		}
	}
	fmt.Fprintf(&b, "<footer>chroniccare %s. Not NCQA-certified, not medical advice.</footer></html>\n", hedis.Version)
	return b.String()
}

func tr(b *strings.Builder, class, name string, r row) {
	fmt.Fprintf(b, "<tr class='%s'><td>%s<td class=n>%d<td class=n>%d<td class=n>%d<td class=n>%s %%<td class=n>%.1f to %.1f</tr>", class, html.EscapeString(name),
		r.Counts[hedis.Denominator], r.Counts[hedis.DenominatorExclusion]+r.Counts[hedis.DenominatorException], r.Counts[hedis.Numerator], r.Score.Percent(1), 100*r.Low, 100*r.High)
}

func short(s string, n int) string {
	if len(s) > n {
		return s[:n-1] + "…"
	}
	return s
}
