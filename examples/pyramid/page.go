package main

import (
	"fmt"
	"html"
	"strings"

	"github.com/chroniccare/chroniccare/registry"
)

// colours are of the levels of care, from the highest; white is legible on them.
var colours = []string{"#8c2d2d", "#a85c1d", "#826610", "#3a7354"}

// style of the page: text stays legible at the width of a phone, because figures and names
// are text of the page and not of the drawings.
const style = `
body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:62rem;padding:0 1rem;color:#1b2733;background:#fff}h1{font-size:1.6rem;margin-bottom:0}h2{font-size:1.15rem;margin-top:2.2rem}
.sub{color:#5b6b7a;margin-top:.2rem}table{border-collapse:collapse;width:100%;font-size:.92rem}th,td{padding:.35rem .6rem;border-bottom:1px solid #dde4ea;text-align:left}tbody th{font-weight:400}
.n{text-align:right;font-variant-numeric:tabular-nums}td.n{white-space:nowrap}caption{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}svg{display:block}svg text{font:13px system-ui,sans-serif;fill:#5b6b7a}
.levels{list-style:none;margin:1rem 0;padding:0;display:grid;gap:4px}.levels li{display:grid;grid-template-columns:1fr 1fr;gap:1.2rem;align-items:center}.levels b{display:grid;place-items:center;min-height:5rem;height:100%;color:#fff}.levels span span{display:block;font-size:.88rem}
.flow{display:grid;grid-template-columns:13.5rem 1fr 13.5rem;height:400px}.flow svg{width:100%;height:100%}.flow div{position:relative;font-size:.82rem}.flow div span{position:absolute;left:.5rem;transform:translateY(-50%);white-space:nowrap;line-height:1}.flow em{font-style:normal}.flow div:first-child span{left:auto;right:.5rem}
.key{display:none;list-style:none;margin:.4rem 0;padding:0;font-size:.88rem}.key i{display:inline-block;width:.75rem;height:.75rem;margin-right:.45rem}.scroll{overflow-x:auto;margin-top:.8rem}.scroll::before{color:#5b6b7a;font-size:.85rem}
.two{display:grid;grid-template-columns:1fr 1fr;gap:2rem}.two>*{min-width:0}.two svg{max-width:27rem}.warn{border-left:4px solid #c0392b;padding:.4rem .9rem;background:#fbf3f2}footer{margin-top:2.5rem;color:#5b6b7a;font-size:.85rem}
@media(max-width:50rem){.two{grid-template-columns:1fr;gap:0}.flow{grid-template-columns:3.6rem 1fr 3.6rem}.flow em{display:none}.key{display:block}.scroll table{min-width:34rem}.scroll::before{content:"the table goes on to the right"}}@media(max-width:30rem){svg text{font-size:15px}}`

// page is a self-contained report: the pyramid, the concentration curve, calibration and
// the movement between the years.
func (r *result) page() string {
	var b strings.Builder
	b.WriteString(`<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Population pyramid</title><style>` + style + "</style><main>")
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
	b.WriteString("<footer>All people and figures are invented. Not medical advice.</footer></main></html>\n")
	return b.String()
}

func esc(s string) string { return html.EscapeString(s) }

const tableEnd = "</tbody></table>"

// table begins a table and gives what writes a row: all cells but the first, which names
// the row, are figures.
func table(b *strings.Builder, caption string, columns ...string) (row func(cells ...any)) {
	mark := func(i int) string {
		if i == 0 {
			return ""
		}
		return " class=n"
	}
	fmt.Fprintf(b, "<table><caption>%s</caption><thead><tr>", esc(caption))
	for i, c := range columns {
		fmt.Fprintf(b, "<th scope=col%s>%s", mark(i), esc(c))
	}
	b.WriteString("</thead><tbody>")
	return func(cells ...any) {
		for i, c := range cells {
			tag := "<td class=n>"
			if i == 0 {
				tag = "<tr><th scope=row>"
			}
			b.WriteString(tag + esc(fmt.Sprint(c)))
		}
	}
}

func (r *result) drawPyramid(b *strings.Builder) {
	n := float64(len(r.worth))
	b.WriteString("<h2>Levels of care</h2><ol class=levels>")
	for i, x := range r.worth {
		// a slice of the triangle; its height is equal, the people are in the figures
		half := func(level int) float64 { return 7 + 43*float64(level)/n } // per cent of the width
		up, down := half(i), half(i+1)
		fmt.Fprintf(b, `<li><b style="background:%s;clip-path:polygon(%.1f%% 0,%.1f%% 0,%.1f%% 100%%,%.1f%% 100%%)">%d</b><span>%s<span class=sub>%s of the cost, %d later admissions; with the levels above sensitivity %s %%, PPV %s %%</span></span>`,
			colours[i%len(colours)], 50-up, 50+up, 50+down, 50-down, x.People, esc(x.Level), percent(x.CostShare), x.Events, x.FromTop.Sensitivity.Percent(1), x.FromTop.PPV.Percent(1))
	}
	fmt.Fprintf(b, "</ol><p class=sub>Not placed: %d (no score, opted out). Slices are not to scale; the numbers are people. At 125 to 150 people each the top level needs %s.</p>",
		len(r.before.NotPlaced), r.nurses())
}

// concentration tells the curve in words, for whoever does not see it.
func (r *result) concentration() string {
	var out []string
	for i, c := range r.captured {
		out = append(out, fmt.Sprintf("the costliest %s %% of people have %s of the cost, the highest scores catch %s", registry.Rate{Num: tops[i], Den: 1000}.Percent(1), percent(c.Best), percent(c.Captured)))
	}
	return strings.Join(out, "; ")
}

func (r *result) drawConcentration(b *strings.Builder) {
	x, y := frame(b, "Concentration curve", r.concentration(), "per cent of people, costliest first", 1)
	fmt.Fprintf(b, `<path d="M%.1f %.1fL%.1f %.1f" stroke="#77848f" stroke-dasharray="4 4"/>`, x(0), y(0), x(1), y(1))
	fmt.Fprintf(b, `<path d="M%.1f %.1f`, x(0), y(0))
	for i := len(r.lorenz) - 1; i >= 0; i-- {
		fmt.Fprintf(b, "L%.1f %.1f", x(1-r.lorenz[i].People), y(1-r.lorenz[i].Cost))
	}
	b.WriteString(`" fill="none" stroke="#1f6fb2" stroke-width="2.5"/>`)
	for i, c := range r.captured {
		fmt.Fprintf(b, `<circle cx="%.1f" cy="%.1f" r="4.5" fill="#a85c1d"/>`, x(float64(tops[i])/1000), y(c.Captured.Value))
	}
	fmt.Fprintf(b, `</svg><p class=sub>Line: share of the cost of the costliest people (Gini %.2f). Dots: caught by as many of the highest scores. Dashed: all cost the same.</p>`, r.cost.Gini().Value)
	row := table(b, "Cost of the costliest people, and what the score catches of it", "Top", "Of the cost", "Caught", "Lift")
	for i, c := range r.captured {
		row(registry.Rate{Num: tops[i], Den: 1000}.Percent(1)+" %", percent(c.Best), percent(c.Captured), fmt.Sprintf("%.2f", c.Table.Value().Lift.Value))
	}
	b.WriteString(tableEnd)
}

// calibrated tells the tenths in words.
func (r *result) calibrated() string {
	var out []string
	for _, k := range r.bins {
		out = append(out, fmt.Sprintf("predicted %.1f %%, observed %.1f %% (%.1f to %.1f)", 100*k.Mean, 100*float64(k.Observed)/float64(k.People), 100*k.Interval.Low.Value, 100*k.Interval.High.Value))
	}
	return strings.Join(out, "; ")
}

func (r *result) drawCalibration(b *strings.Builder) {
	most := r.mostPredicted()
	x, y := frame(b, "Calibration by tenths", r.calibrated(), "predicted, per cent", most)
	fmt.Fprintf(b, `<path d="M%.1f %.1fL%.1f %.1f" stroke="#77848f" stroke-dasharray="4 4"/>`, x(0), y(0), x(1), y(1))
	for _, k := range r.bins {
		o := float64(k.Observed) / float64(k.People)
		fmt.Fprintf(b, `<path d="M%.1f %.1fV%.1f" stroke="#1f6fb2" stroke-width="2"/><circle cx="%.1f" cy="%.1f" r="4.5" fill="#1f6fb2"/>`,
			x(k.Mean/most), y(k.Interval.Low.Value/most), y(k.Interval.High.Value/most), x(k.Mean/most), y(o/most))
	}
	b.WriteString("</svg><p class=sub>Observed admissions of each tenth with 95 % interval. Dashed: right.</p>")
	row := table(b, "How good the score is", "Statistic", "Value")
	row("AUC", fmt.Sprintf("%.3f (%.3f to %.3f)", r.auc.AUC.Value, r.aucInterval.Low.Value, r.aucInterval.High.Value))
	row("Observed / expected", fmt.Sprintf("%.3f", r.calibration.OE.Value))
	row("Calibration slope", fmt.Sprintf("%.3f", r.calibration.Slope.Value))
	row("Brier", fmt.Sprintf("%.4f", r.calibration.Brier.Value))
	for _, g := range r.groups {
		if !g.Suppressed {
			row("AUC, "+g.Group, fmt.Sprintf("%.3f", g.AUC.AUC.Value))
			row("Sensitivity and PPV, "+g.Group, fmt.Sprintf("%s %%, %s %%", g.Value.Sensitivity.Percent(1), g.Value.PPV.Percent(1)))
		}
	}
	b.WriteString(tableEnd)
}
