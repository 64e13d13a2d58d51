package main

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/chroniccare/chroniccare/caremodel/decision"
	"github.com/chroniccare/chroniccare/incentives"
	"github.com/chroniccare/chroniccare/registry/feedback"
	"github.com/chroniccare/chroniccare/registry/population"
)

// page is a self-contained page in three parts: what the nurse does next week, what the
// physician sees of a patient and of the own list, what the manager has to know.
func (a *account) page() string {
	var b strings.Builder
	b.WriteString(`<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>Care team</title><style>` + style + "</style>")
	fmt.Fprintf(&b, `<header><div><h1>Care team</h1><p>%s, as of %s: %s</p><nav><a href="#nurse">For the nurse</a><a href="#physician">For the physician</a><a href="#manager">For the manager</a></nav></div></header><main>`, esc(a.title), a.asOf, a.census())
	if len(a.notes) > 0 {
		b.WriteString("<aside><h2>About these data</h2><ul>")
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

func (a *account) nursePage(b *strings.Builder) {
	w := a.week
	fmt.Fprintf(b, `<section id=nurse><h2>For the nurse: next week</h2><p class=sub>%s to %s. One visit for everything that is due; the highest level of care and the longest overdue come first.</p><div class=tiles>`, w.from, w.to)
	tile(b, len(w.booked), word(len(w.booked), "visit", "visits")+" next week")
	tile(b, w.waiting, word(w.waiting, "person waits", "people wait")+" for a later week")
	tile(b, len(a.due.Recalls), word(len(a.due.Recalls), "person", "people")+" to call today")
	tile(b, len(a.due.Held), word(len(a.due.Held), "contact", "contacts")+" held back, each with a reason")
	b.WriteString("</div><div class=two><div><h3>Minutes by role</h3>")
	a.drawLoads(b)
	b.WriteString("</div><div><h3>Call today</h3>")
	row := table(b, "People to call today", "who", "how", "about")
	for _, c := range a.due.Recalls[:min(6, len(a.due.Recalls))] {
		var about []string
		for _, k := range c.Keys {
			about = append(about, k.Key)
		}
		row(c.Person, c.Channel, strings.Join(about, ", "))
	}
	b.WriteString(tableEnd + "</div></div><h3>First visits of the week</h3>")
	row = table(b, "First visits of the week", "who", "level", "#days overdue", "what, and who does it", "before the visit")
	for _, v := range w.booked[:min(12, len(w.booked))] {
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
		row(v.x.ID, level, markup(fmt.Sprintf("<span class=late>%d</span>", v.late)), markup(strings.Join(items, ", ")), strings.Join(tests, ", "))
	}
	b.WriteString(tableEnd + "<h3>Records to complete</h3><p class=sub>" + a.expected.Percent(1) + " % of what is expected is there.</p>")
	row = table(b, "Records to complete", "who", "what is missing", "role", "#days open", "closes when")
	for _, t := range a.data[:min(6, len(a.data))] {
		row(t.Person, t.Reason, t.Role, t.Age, t.ClosesWhen)
	}
	b.WriteString(tableEnd + "</section>")
}

func (a *account) physicianPage(b *strings.Builder) {
	b.WriteString("<section id=physician><h2>For the physician</h2>")
	if a.story != nil {
		a.storyPage(b)
	}
	b.WriteString("<h3>Your list beside your colleagues'</h3><p class=sub>A part for each physician, who gets the own one alone. The whole panel, with rank among those with enough patients, the change in a quarter in points, and the median of all who are ranked, the reader too. Far: further from the mean of all than chance alone explains, two standard errors or more. A star: hidden, because it is a colleague's small count or one could be told from it; your own patients are never hidden.</p>")
	for i := range a.reports {
		a.feedbackPage(b, &a.reports[i], i == 0)
	}
	b.WriteString("</section>")
}

func (a *account) storyPage(b *strings.Builder) {
	s := a.story
	fmt.Fprintf(b, "<h3>%s, %s: one plan for all conditions</h3><p class=sub>On the registers: %s. Answers for the patient: %s.</p><div class=two><div><h4>What is due, and why</h4><ul>", esc(s.x.ID), a.ageOf(s.x), esc(a.registersOf(s.x)), esc(a.doctorName(s.x.doctor)))
	for _, r := range s.reasons {
		class := ""
		if strings.Contains(r, "overdue") {
			class = " class=late"
		}
		fmt.Fprintf(b, "<li%s>%s", class, esc(r))
	}
	fmt.Fprintf(b, "</ul></div><div><h4>%s</h4>", s.merged())
	row := table(b, "Visits of the next twelve months", "when", "what, and who does it", "#minutes")
	for _, v := range s.visits {
		row(v.Day, s.itemsOf(v), v.Minutes)
	}
	b.WriteString(tableEnd)
	if len(s.agenda) > 0 {
		b.WriteString("<h4>Agenda of the first visit</h4><ol>")
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
		b.WriteString("<h4>What guidelines say</h4>")
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
		b.WriteString("<h4>What the patient is told</h4><ul>")
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

// onRecord lists what was planned elsewhere.
func (a *account) onRecord(b *strings.Builder) {
	x := a.story.x
	if len(x.carePlans)+len(x.goals) == 0 {
		return
	}
	b.WriteString("<h4>Already on record</h4><ul>")
	for _, t := range x.carePlans {
		fmt.Fprintf(b, "<li>care plan in force: %s", esc(t))
	}
	for _, t := range x.goals {
		fmt.Fprintf(b, "<li>goal: %s", esc(t))
	}
	b.WriteString("</ul>")
}

// feedbackPage is what one physician may see: all of the own list, of colleagues what the
// report shows.
func (a *account) feedbackPage(b *strings.Builder, rep *feedback.Report, open bool) {
	name, class := a.doctorName(rep.Provider), ""
	if open {
		class = " open"
	}
	fmt.Fprintf(b, "<details class=reader id=%s%s><summary>For %s</summary>", esc(rep.Provider), class, esc(name))
	columns := []string{"measure", "you", "#rank", "#median"}
	for _, other := range a.reports {
		if other.Provider != rep.Provider {
			columns = append(columns, "#"+a.doctorName(other.Provider))
		}
	}
	row := table(b, "Feedback to "+name, columns...)
	for i := range rep.Lines {
		l := &rep.Lines[i]
		own := fmt.Sprintf("%s %%", l.Rate.Percent(0))
		if l.Outlier != feedback.NoFlag {
			class := "good"
			if l.Side == feedback.Worse {
				class = "late"
			}
			own = fmt.Sprintf("<span class=%s>%s, far %s</span>", class, own, l.Side)
		}
		own += fmt.Sprintf("<span class=sub>, %d open", len(l.Gaps))
		if len(l.Past) > 0 && l.Past[0].Points != "" {
			own += ", " + signed(l.Past[0].Points)
		}
		rank := "too few patients"
		if l.Rank > 0 {
			rank = fmt.Sprintf("%d of %d", l.Rank, l.Ranked)
		}
		cells := []any{l.Title, markup(own + "</span>"), rank, median(l)}
		for _, other := range a.reports {
			if other.Provider != rep.Provider {
				cells = append(cells, peerRate(l, other.Provider))
			}
		}
		row(cells...)
	}
	b.WriteString(tableEnd + "</details>")
}

// peerRate is a colleague's rate, as far as it may be shown.
func peerRate(l *feedback.Line, provider string) string {
	for _, p := range l.Peers {
		if p.Label == provider {
			return percent(p.Rate, 0)
		}
	}
	return "-" // no patients
}

func percent(r population.ShownRate, places int32) string {
	if r.Hidden {
		return r.String()
	}
	return r.Rate.Percent(places) + " %"
}

func signed(points string) string {
	if strings.HasPrefix(points, "-") || points == "0.0" {
		return points
	}
	return "+" + strings.TrimPrefix(points, "+")
}

func (a *account) managerPage(b *strings.Builder) {
	b.WriteString("<section id=manager><h2>For the manager</h2><p class=sub>" + hiding + " " + notHidden + `</p><div class=two><div><h3>Pyramid of risk</h3>`)
	a.drawPyramid(b)
	fmt.Fprintf(b, "<p class=sub>By Charlson index with age points, then emergencies of the year, then age: 2, 10 and 40 %% of the people. For case management, at 125 to 150 people each: %s.</p></div>", a.nurses())
	fmt.Fprintf(b, "<div><h3>Hypertension under care</h3><p class=sub>%s, each in one state.</p>", people(a.care))
	a.drawStates(b)
	b.WriteString("<h3>Several conditions in one person</h3>")
	row := table(b, "People in care by number of long-term conditions", "long-term conditions", "#people")
	for i, n := range a.conditions.Cells[0] {
		row(a.conditions.Cols[i], n)
	}
	b.WriteString(tableEnd + "</div></div><h3>Disease registers by level of care</h3><p class=sub>A person may be on several registers.</p>")
	columns := []string{"register", "#people"}
	for _, l := range a.pyramid.Levels {
		columns = append(columns, "#"+l)
	}
	row = table(b, "Disease registers by level of care", columns...)
	for i, name := range a.k.names() {
		cells := []any{name, a.table.RowTotals[i]}
		for _, c := range a.table.Cells[i] {
			cells = append(cells, c)
		}
		row(cells...)
	}
	fmt.Fprintf(b, tableEnd+"<div class=two><div><h3>The bonus that follows</h3><p class=sub>Each measure from nothing at 50 %% to all at 90 %%; 7 %% of the payroll, nobody above 10 %% of salary. It adds up to the cent: %s.</p>", esc(a.pool()))
	row = table(b, "Bonus by physician", "physician", "#score", "#US dollars")
	for _, s := range a.shares {
		row(s.name, s.score.Round(incentives.Rounding{Mode: incentives.HalfAwayFromZero, Places: 3}).Fixed(3), incentives.USD().Amount(s.amount))
	}
	b.WriteString(tableEnd + "</div><div><h3>Whom a visit of the leader should reach</h3>")
	var worse []feedback.Outlier
	for _, o := range a.outliers {
		if o.Side == feedback.Worse {
			worse = append(worse, o)
		}
	}
	if len(worse) == 0 {
		b.WriteString("<p>Nobody: no one is further below the mean than chance explains.</p></div></div></section>")
		return
	}
	row = table(b, "Physicians further below the mean than chance explains", "physician", "measure", "#rate", "flag")
	for _, o := range worse {
		title := ""
		for _, m := range measures {
			if m.id == o.Measure {
				title = m.title
			}
		}
		row(a.doctorName(o.Provider), cmp.Or(title, o.Measure), percent((population.Disclosure{}).Rate(o.Rate), 1), markup("<span class=late>"+esc(o.Flag.String())+"</span>"))
	}
	b.WriteString(tableEnd + "</div></div></section>")
}
