package main

import (
	"fmt"
	"html"
	"strings"

	"github.com/chroniccare/chroniccare/caremodel/decision"
	"github.com/chroniccare/chroniccare/incentives"
	"github.com/chroniccare/chroniccare/registry/feedback"
)

// page is a self-contained page in three parts: what the nurse does next week, what the
// physician sees of a patient and of the own list, what the manager has to know.
func (a *account) page() string {
	var b strings.Builder
	b.WriteString(`<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Care team</title><style>
body{font:16px/1.5 system-ui,"DejaVu Sans",sans-serif;margin:0;color:#1b2733;background:#f3f6f8}main{max-width:70rem;margin:0 auto;padding:0 1.2rem 3rem}
header{background:#17415a;color:#fff;padding:1.4rem 1.2rem}header div{max-width:70rem;margin:0 auto;padding:0 1.2rem}h1{font-size:1.7rem;margin:0}header p{margin:.2rem 0 0;color:#cfe0ea}
nav a{color:#fff;margin-right:1.2rem;font-weight:600}section{overflow-x:auto;background:#fff;border:1px solid #dde4ea;border-radius:8px;padding:1rem 1.4rem 1.4rem;margin-top:1.4rem}
h2{font-size:1.35rem;margin:.2rem 0 .4rem;color:#17415a}h3{font-size:1.05rem;margin:1.3rem 0 .3rem}p.sub{color:#5b6b7a;margin:.1rem 0 .6rem}
table{border-collapse:collapse;width:100%;font-size:.92rem}th,td{padding:.32rem .55rem;border-bottom:1px solid #e6ebf0;text-align:left;vertical-align:top}th{color:#5b6b7a;font-weight:600}
td.d{white-space:nowrap}td.n,th.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}svg{display:block;max-width:100%}svg text{font:13px system-ui,"DejaVu Sans",sans-serif;fill:#1b2733}svg text.w{fill:#fff;font-weight:600}svg text.s{fill:#5b6b7a}
.two{display:grid;grid-template-columns:1fr 1fr;gap:1.6rem}.tiles{display:flex;flex-wrap:wrap;gap:.8rem;margin:.6rem 0}.tile{flex:1 1 9rem;background:#f3f6f8;border-radius:6px;padding:.6rem .9rem}.tile b{display:block;font-size:1.5rem;color:#17415a}
@media(max-width:52rem){.two{grid-template-columns:1fr}.wide td:nth-child(4){min-width:17rem}}.late{color:#a3311f;font-weight:600}.good{color:#2f7350}.warn{border-left:4px solid #a3311f;background:#fbf3f2;padding:.4rem .9rem;margin:.4rem 0}
ol,ul{margin:.2rem 0 .2rem 1.1rem;padding:0}li{margin:.15rem 0}pre{background:#f3f6f8;padding:.6rem .9rem;overflow-x:auto;font-size:.84rem;white-space:pre-wrap}details summary{cursor:pointer;color:#17415a}
aside{border-left:4px solid #c0702a;background:#fdf6ee;padding:.3rem 1.2rem .8rem;margin-top:1.4rem}aside h3{margin:.5rem 0 .2rem}table+b{display:block;margin-top:1rem}footer{color:#5b6b7a;font-size:.85rem;margin-top:1.5rem}</style>`)
	fmt.Fprintf(&b, `<header><div><h1>Care team</h1><p>%s, as of %s: %s</p><nav><a href="#nurse">For the nurse</a><a href="#physician">For the physician</a><a href="#manager">For the manager</a></nav></div></header><main>`, html.EscapeString(a.title), a.asOf, a.census())
	if len(a.notes) > 0 {
		b.WriteString("<aside><h3>About these data</h3><ul>")
		for _, n := range a.notes {
			fmt.Fprintf(&b, "<li>%s", esc(n))
		}
		b.WriteString("</ul></aside>")
	}
	a.nursePage(&b)
	a.physicianPage(&b)
	a.managerPage(&b)
	b.WriteString("<footer>People, codes and limits are made up or synthetic; follow-up intervals are published ones with their source in the data. Not medical advice.</footer></main></html>\n")
	return b.String()
}

func esc(s string) string { return html.EscapeString(s) }

func tile(b *strings.Builder, n any, what string) {
	fmt.Fprintf(b, "<div class=tile><b>%v</b>%s</div>", n, esc(what))
}

func (a *account) nursePage(b *strings.Builder) {
	w := a.week
	fmt.Fprintf(b, `<section id=nurse><h2>For the nurse: next week</h2><p class=sub>%s to %s. One visit for everything that is due; the highest level of care and the longest overdue come first.</p><div class=tiles>`, w.from, w.to)
	tile(b, len(w.booked), word(len(w.booked), "visit", "visits")+" next week")
	tile(b, w.waiting, word(w.waiting, "person waits", "people wait")+" for a later week")
	tile(b, len(a.due.Recalls), word(len(a.due.Recalls), "person", "people")+" to call today")
	tile(b, len(a.due.Held), word(len(a.due.Held), "contact", "contacts")+" held back, each with a reason")
	b.WriteString("</div><div class=two><div><h3>Minutes by role</h3>")
	a.drawLoads(b)
	b.WriteString("</div><div><h3>Call today</h3><table><tr><th>who<th>how<th>about")
	for i, c := range a.due.Recalls {
		if i == 6 {
			break
		}
		var about []string
		for _, k := range c.Keys {
			about = append(about, k.Key)
		}
		fmt.Fprintf(b, "<tr><td>%s<td>%s<td>%s", esc(c.Person), esc(c.Channel), esc(strings.Join(about, ", ")))
	}
	b.WriteString("</table></div></div><h3>First visits of the week</h3><table class=wide><tr><th>who<th>level<th class=n>days overdue<th>what, and who does it<th>before the visit")
	for i, v := range w.booked {
		if i == 12 {
			break
		}
		var items, tests []string
		for _, it := range v.visit.Items {
			items = append(items, fmt.Sprintf("%s <span class=sub>(%s)</span>", esc(it.Key), esc(it.Role)))
		}
		for _, t := range v.visit.Tests {
			tests = append(tests, t.Name)
		}
		level := "not placed"
		if v.x.level >= 0 {
			level = a.pyramid.Levels[v.x.level]
		}
		fmt.Fprintf(b, "<tr><td>%s<td>%s<td class=\"n late\">%d<td>%s<td>%s", esc(v.x.ID), esc(level), v.late, strings.Join(items, ", "), esc(strings.Join(tests, ", ")))
	}
	b.WriteString("</table><h3>Records to complete</h3><p class=sub>" + a.expected.Percent(1) + " % of what is expected is there.</p><table><tr><th>who<th>what is missing<th>role<th class=n>days open<th>closes when")
	for i, t := range a.data {
		if i == 6 {
			break
		}
		fmt.Fprintf(b, "<tr><td>%s<td>%s<td>%s<td class=n>%d<td>%s", esc(t.Person), esc(t.Reason), esc(t.Role), t.Age, esc(t.ClosesWhen))
	}
	b.WriteString("</table></section>")
}

func (a *account) physicianPage(b *strings.Builder) {
	b.WriteString(`<section id=physician><h2>For the physician</h2>`)
	if s := a.story; s != nil {
		fmt.Fprintf(b, `<h3>%s, %s: one plan for all conditions</h3><p class=sub>On the registers: %s. Answers for the patient: %s.</p><div class=two><div><b>What is due, and why</b><ul>`, esc(s.x.ID), a.ageOf(s.x), esc(a.registersOf(s.x)), esc(a.doctorName(s.x.doctor)))
		for _, r := range s.reasons {
			class := ""
			if strings.Contains(r, "overdue") {
				class = " class=late"
			}
			fmt.Fprintf(b, "<li%s>%s", class, esc(r))
		}
		fmt.Fprintf(b, "</ul></div><div><b>%s</b><table><tr><th>when<th>what, and who does it<th class=n>minutes", s.merged())
		for _, v := range s.visits {
			fmt.Fprintf(b, "<tr><td class=d>%s<td>%s<td class=n>%d", v.Day, esc(s.itemsOf(v)), v.Minutes)
		}
		b.WriteString("</table>")
		if len(s.agenda) > 0 {
			b.WriteString("<b>Agenda of the first visit</b><ol>")
			if s.x.worry == "" {
				fmt.Fprintf(b, "<li><span class=late>%s</span>", askFirst)
			}
			for _, g := range s.agenda {
				fmt.Fprintf(b, "<li>%s <span class=sub>(%s)</span>", esc(g.Text), esc(g.Why()))
			}
			b.WriteString("</ol>")
		}
		b.WriteString("</div></div>")
		a.onRecord(b)
		if len(s.recs) > 0 {
			b.WriteString("<b>What guidelines say</b>")
			for i := range s.recs {
				r := &s.recs[i]
				class := ""
				if r.Action == decision.Avoid {
					class = " class=warn"
				}
				fmt.Fprintf(b, "<p%s>%s</p>", class, esc(r.Text()))
			}
		}
		if len(s.told)+len(s.untold) > 0 {
			b.WriteString("<b>What the patient is told</b><ul>")
			for _, t := range s.told {
				fmt.Fprintf(b, "<li>%s", esc(t))
			}
			for _, k := range s.untold {
				fmt.Fprintf(b, "<li class=late>nobody has put into the patient's words: %s", esc(k))
			}
			b.WriteString("</ul>")
		}
		if s.why != "" {
			fmt.Fprintf(b, "<details><summary>Why: the facts behind the first</summary><pre>%s</pre></details>", esc(s.why))
		}
		fmt.Fprintf(b, "<details><summary>The plan as the patient keeps it</summary><pre>%s</pre></details>", esc(s.plan.ForPatient(map[string]string{"pressure": "a blood pressure below 140"})))
	}
	b.WriteString("<h3>Your list beside your colleagues'</h3><p class=sub>The whole panel, with rank among those with enough patients, the median of all who are ranked, the reader too, and the change in a quarter.</p><table><tr><th>measure")
	for _, rep := range a.reports {
		fmt.Fprintf(b, "<th>%s", esc(a.doctorName(rep.Provider)))
	}
	b.WriteString("<th class=n>median")
	for _, m := range measures {
		fmt.Fprintf(b, "<tr><td>%s", esc(m.title))
		median := ""
		for _, rep := range a.reports {
			cell := "<td>-"
			for _, l := range rep.Lines {
				if l.Measure != m.id {
					continue
				}
				class := ""
				if l.Outlier != feedback.NoFlag && l.Side == feedback.Worse {
					class = " class=late"
				} else if l.Outlier != feedback.NoFlag {
					class = " class=good"
				}
				change := ""
				if len(l.Past) > 0 && l.Past[0].Points != "" {
					change = ", " + signed(l.Past[0].Points)
				}
				rank := ""
				if l.Rank > 0 {
					rank = fmt.Sprintf("rank %d, ", l.Rank)
				}
				cell = fmt.Sprintf("<td><span%s>%s %%</span> <span class=sub>%s%d open%s</span>", class, l.Rate.Percent(0), rank, len(l.Gaps), change)
				median = l.Median.String()
			}
			b.WriteString(cell)
		}
		fmt.Fprintf(b, "<td class=n>%s", esc(median))

	}
	b.WriteString("</table><p class=sub>Red and green: further from the mean of all than chance alone explains, two standard errors or more. A star: hidden, because a colleague's small count could be told from it.</p></section>")
}

// onRecord lists what was planned elsewhere.
func (a *account) onRecord(b *strings.Builder) {
	x := a.story.x
	if len(x.carePlans)+len(x.goals) == 0 {
		return
	}
	b.WriteString("<b>Already on record</b><ul>")
	for _, t := range x.carePlans {
		fmt.Fprintf(b, "<li>care plan in force: %s", esc(t))
	}
	for _, t := range x.goals {
		fmt.Fprintf(b, "<li>goal: %s", esc(t))
	}
	b.WriteString("</ul>")
}

func signed(points string) string {
	if strings.HasPrefix(points, "-") || points == "0.0" {
		return points
	}
	return "+" + strings.TrimPrefix(points, "+")
}

var levelColours = []string{"#8c2d2d", "#c0702a", "#a5841a", "#4f8f6b"}

func (a *account) managerPage(b *strings.Builder) {
	b.WriteString(`<section id=manager><h2>For the manager</h2><div class=two><div><h3>Pyramid of risk</h3>`)
	const width, height = 300.0, 230.0
	n := len(a.levels.Levels)
	fmt.Fprintf(b, `<svg viewBox="0 0 500 %.0f" role="img" aria-label="Pyramid of levels of care" width="100%%">`, height+6)
	for i, l := range a.levels.Levels {
		top, bottom := float64(i)*height/float64(n), float64(i+1)*height/float64(n)-4
		half := func(y float64) float64 { return 26 + y/height*(width/2-26) }
		c := width / 2
		y := (top + bottom) / 2
		fmt.Fprintf(b, `<path d="M%.1f %.1fL%.1f %.1fL%.1f %.1fL%.1f %.1fZ" fill="%s"/><text class="w" x="%.1f" y="%.1f" text-anchor="middle">%d</text><text x="%.0f" y="%.1f">%s</text>`,
			c-half(top), top, c+half(top), top, c+half(bottom), bottom, c-half(bottom), bottom, levelColours[i%len(levelColours)], c, y+5, l.People, width+14, y+5, esc(a.pyramid.Levels[i]))
	}
	fmt.Fprintf(b, "</svg><p class=sub>By Charlson index with age points, then emergencies of the year, then age: 2, 10 and 40 %% of the people. For case management, at 125 to 150 people each: %s.</p></div>", a.nurses())
	b.WriteString("<div><h3>Hypertension under care</h3>")
	a.drawStates(b)
	b.WriteString("<h3>Several conditions in one person</h3><table><tr><th>none<th>one<th>two<th>three<th>more<tr>")
	for _, m := range a.morbidity {
		fmt.Fprintf(b, "<td>%d", m)
	}
	b.WriteString("</table></div></div><h3>Disease registers by level of care</h3><p class=sub>A person may be on several registers; counts from 1 to 10 are hidden, and others where a hidden one could be computed.</p><table><tr><th>register<th class=n>people")
	for _, l := range a.pyramid.Levels {
		fmt.Fprintf(b, "<th class=n>%s", esc(l))
	}
	for i, name := range a.k.names() {
		fmt.Fprintf(b, "<tr><td>%s<td class=n>%s", esc(name), a.size(i))
		for _, c := range a.table.Cells[i] {
			fmt.Fprintf(b, "<td class=n>%s", esc(c.String()))
		}
	}
	fmt.Fprintf(b, "</table><div class=two><div><h3>The bonus that follows</h3><p class=sub>Each measure from nothing at 50 %% to all at 90 %%; 7 %% of the payroll, nobody above 10 %% of salary. It adds up to the cent: %s.</p><table><tr><th>physician<th class=n>score<th class=n>US dollars", esc(a.pool()))
	for _, s := range a.shares {
		fmt.Fprintf(b, "<tr><td>%s<td class=n>%s<td class=n>%s", esc(s.name), s.score.Round(incentives.Rounding{Mode: incentives.HalfAwayFromZero, Places: 3}).Fixed(3), esc(incentives.USD().Amount(s.amount)))
	}
	b.WriteString("</table></div><div><h3>Whom a visit of the leader should reach</h3><table><tr><th>physician<th>measure<th class=n>rate<th>flag")
	any := false
	for _, o := range a.outliers {
		if o.Side != feedback.Worse {
			continue
		}
		any = true
		title := o.Measure
		for _, m := range measures {
			if m.id == o.Measure {
				title = m.title
			}
		}
		fmt.Fprintf(b, "<tr><td>%s<td>%s<td class=n>%s %%<td class=late>%s", esc(a.doctorName(o.Provider)), esc(title), o.Rate.Percent(1), esc(o.Flag.String()))
	}
	if !any {
		b.WriteString("<tr><td colspan=4>nobody is further below the mean than chance explains")
	}
	b.WriteString("</table></div></div></section>")
}
