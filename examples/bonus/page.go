package main

import (
	"fmt"
	"html"
	"strings"

	"github.com/chroniccare/chroniccare/incentives"
)

// page is a self-contained report: what each physician earned and what is still at
// risk, and the statements behind it.
func (y *year) page() string {
	var b strings.Builder
	b.WriteString(`<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Bonus statements</title><style>
body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem;color:#1b2733}h1{font-size:1.6rem;margin-bottom:0}h2{font-size:1.15rem;margin-top:2.2rem}p.sub{color:#5b6b7a;margin-top:.2rem}
table{border-collapse:collapse;width:100%;font-size:.92rem}th,td{padding:.35rem .6rem;border-bottom:1px solid #dde4ea;text-align:left}td.n,th.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}
details{margin:.4rem 0;border-left:4px solid #1f6fb2;padding:.2rem .9rem;background:#f3f7fb}summary{cursor:pointer;font-weight:600}svg text{font:13px system-ui,sans-serif;fill:#1b2733}footer{margin-top:2.5rem;color:#5b6b7a;font-size:.85rem}
</style>`)
	fmt.Fprintf(&b, "<h1>Bonus, %v</h1><p class=sub>A made-up group of %d physicians, up to %d %% of salary</p>", y.period, len(y.doctors), maximumShare)
	b.WriteString("<h2>Earned and still at risk</h2>")
	most := int64(1)
	for _, p := range y.doctors {
		most = max(most, p.salary*maximumShare)
	}
	line, left, width := 30, 60, 620
	fmt.Fprintf(&b, `<svg viewBox="0 0 %d %d" role="img" aria-label="Bonus earned of the most that could be earned" width="100%%">`, left+width+150, line*len(y.doctors)+10)
	for i, p := range y.doctors {
		top := line*i + 6
		full := float64(p.salary*maximumShare) / float64(most) * float64(width)
		earned := float64(p.made.TotalMinor) / float64(most) * float64(width)
		fmt.Fprintf(&b, `<text x="0" y="%d">%s</text><rect x="%d" y="%d" width="%.1f" height="18" fill="#dde4ea"/><rect x="%d" y="%d" width="%.1f" height="18" fill="#1f6fb2"/><text x="%.1f" y="%d">%s</text>`,
			top+14, p.id, left, top, full, left, top, earned, float64(left)+full+8, top+14, p.made.Currency.Amount(p.made.TotalMinor))
	}
	b.WriteString("</svg><p class=sub>Blue: earned, US dollars. Grey: the most that could be earned.</p><h2>The group's targets</h2><table><tr><th>Target<th>Met</tr>")
	for _, t := range y.group {
		met := "no"
		if t.Met {
			met = "yes"
		}
		fmt.Fprintf(&b, "<tr><td>%s<td>%s</tr>", html.EscapeString(t.ID), met)
	}
	fmt.Fprintf(&b, "</table><p>%s of 250,000 earned, %s lost.</p><h2>Statements</h2>", y.groupBonus, y.lost)
	for _, p := range y.doctors {
		c := p.made.Currency
		fmt.Fprintf(&b, "<details><summary>%s: %s %s</summary><table><tr><th>Metric<th class=n>Points<th class=n>Paid<th class=n>Still at risk<th></tr>", p.id, c.Amount(p.made.TotalMinor), c.Code)
		for _, l := range p.made.Lines {
			points, why := "", ""
			if l.Points != nil {
				points = l.Points.Round(incentives.Rounding{Mode: incentives.HalfAwayFromZero, Places: 3}).Fixed(3)
			}
			if l.Status != incentives.Paid {
				why = string(l.Status) + ": " + l.Reason
			}
			fmt.Fprintf(&b, "<tr><td>%s<td class=n>%s<td class=n>%s<td class=n>%s<td>%s</tr>", html.EscapeString(l.Component), points, l.Amount, c.Amount(p.atRisk[l.ID]), html.EscapeString(why))
		}
		b.WriteString("</table></details>")
	}
	b.WriteString("<footer>A demonstration on invented results.</footer></html>\n")
	return b.String()
}
