package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/incentives"
	"github.com/chroniccare/chroniccare/registry/feedback"
	"github.com/chroniccare/chroniccare/registry/population"
	"github.com/chroniccare/chroniccare/stratify/eligibility"
)

// account is everything that is told, as text and as a page.
type account struct {
	*practice
	week     *week
	story    *story
	reports  []feedback.Report
	outliers []feedback.Outlier
	shares   []share
	left     int64
	least    int // nurses for case management, at 125 to 150 people each
	most     int
}

func (r *practice) report(who string) (*account, error) {
	a := &account{practice: r}
	var err error
	if a.week, err = r.week(); err != nil {
		return nil, err
	}
	x := r.pick()
	if who != "" {
		if x = r.find(who); x == nil {
			return nil, fmt.Errorf("the practice has no patient %q", who)
		}
		if !x.present(r.asOf) {
			return nil, fmt.Errorf("patient %q is dead or with another practice: there is nothing to plan", who)
		}
	}
	if x != nil {
		if a.story, err = r.tell(x); err != nil {
			return nil, err
		}
	}
	var list []feedback.Measure
	for _, m := range measures {
		list = append(list, feedback.Measure{ID: m.id, Title: m.title})
	}
	now, before := r.results()
	policy := feedback.Policy{MinDenominator: leastPatients, Names: feedback.Named}
	if a.reports, err = feedback.Reports(policy, list, now, before); err != nil {
		return nil, err
	}
	a.outliers = feedback.Outliers(a.reports)
	if a.shares, a.left, err = r.bonus(now); err != nil {
		return nil, err
	}
	a.least, a.most, err = eligibility.ProvenHealth(r.levels.Levels[0].People)
	return a, err
}

func (a *account) print(w io.Writer) {
	p := func(format string, args ...any) { fmt.Fprintf(w, format+"\n", args...) }
	p("%s, as of %s", a.title, a.asOf)
	p("  %s", a.census())
	for _, n := range a.notes {
		p("  note: %s", n)
	}
	l := a.leftOut
	p("  %d facts read; %d that no question asks for, and left out: %d entered in error, %d twice, %d without a code, %d that end before they start, %d of a later day",
		a.facts, l.NotAskedFor, l.EnteredInError, l.Duplicate, l.NoCode, l.Inverted, l.Future)
	p("\n1. DISEASE REGISTERS  (a person may be on several)")
	p("  %s", hiding)
	p("  %-40s %7s   %s", "", "people", strings.Join(a.pyramid.Levels, " / "))
	for i, name := range a.k.names() {
		var cells []string
		for _, c := range a.table.Cells[i] {
			cells = append(cells, c.String())
		}
		p("  %-40s %7s   %s", name, a.table.RowTotals[i], strings.Join(cells, " / "))
	}
	p("  by number of long-term conditions: %s", inCells(a.conditions))
	p("  hypertension: %s", inCells(a.care))

	p("\n2. PYRAMID OF RISK  (Charlson index with age points, then emergencies of the year, then age)")
	p("  %s", notHidden)
	for i, l := range a.levels.Levels {
		p("  %-26s %6d %-6s  %s", a.pyramid.Levels[i], l.People, word(l.People, "person", "people"), strings.Repeat("#", 1+l.People*40/max(1, len(a.people))))
	}
	p("  %s for case management, at 125 to 150 people each", a.nurses())

	p("\n3. GAPS AND RECALLS TODAY")
	p("  %s to call, %s held back with a reason, %d handed over to a person, %s to the team", counted(len(a.due.Recalls), "person", "people"), counted(len(a.due.Held), "contact", "contacts"), len(a.due.HandOvers), counted(len(a.due.Reminders), "reminder", "reminders"))
	for i, c := range a.due.Recalls {
		if i == 3 {
			p("  ...")
			break
		}
		var about []string
		for _, key := range c.Keys {
			about = append(about, key.Key)
		}
		p("  %s by %s: %s (%s)", c.Person, c.Channel, strings.Join(about, ", "), c.Reason)
	}
	if len(a.due.Held) > 0 {
		p("  held back: %s", a.heldBack())
	}

	p("\n4. NEXT WEEK BY ROLE  (%s to %s)", a.week.from, a.week.to)
	p("  %s for everything that is due, %s for a later week; %s, %s to complete", counted(len(a.week.booked), "visit", "visits"), counted(a.week.waiting, "person waits", "people wait"), counted(a.week.calls, "invitation", "invitations"), counted(a.week.records, "record", "records"))
	for _, l := range a.week.work.Loads {
		p("  %-16s %5d of %5d minutes", l.Role, l.Minutes, l.Of)
	}
	for i, b := range a.week.booked {
		if i == 4 {
			break
		}
		var items []string
		for _, it := range b.visit.Items {
			items = append(items, it.Key+" ("+it.Role+")")
		}
		p("  %s %s: %s", b.x.ID, a.pyramid.Levels[max(b.x.level, 0)], strings.Join(items, ", "))
	}
	p("  records: %s of what is expected is there; %s open", a.expected.Percent(1)+" %", counted(len(a.data), "task", "tasks"))

	if a.story != nil {
		a.printStory(p)
	}

	p("\n6. FEEDBACK TO THE PHYSICIANS  (each gets the own part alone; median: of all who are ranked, the reader too; *: hidden, a colleague's small count could be told from it)")
	for _, rep := range a.reports {
		p("  %s", a.doctorName(rep.Provider))
		for _, l := range rep.Lines {
			change := ""
			if len(l.Past) > 0 && l.Past[0].Points != "" {
				change = fmt.Sprintf(", %s (%s points) than a quarter ago", l.Past[0].Change, signed(l.Past[0].Points))
			}
			flag := ""
			if l.Outlier != feedback.NoFlag {
				flag = fmt.Sprintf("  %s: %s, further from the mean than chance explains", l.Outlier, l.Side)
			}
			rank := "too few patients to rank"
			if l.Rank > 0 {
				rank = fmt.Sprintf("rank %d of %d, median %s", l.Rank, l.Ranked, median(&l))
			}
			p("    %-32s %-16s %s, %s open%s%s", l.Title, l.Rate, rank, counted(len(l.Gaps), "patient", "patients"), change, flag)
		}
	}

	p("\n7. THE BONUS THAT FOLLOWS  (each measure from 50 %% to 90 %%; 7 %% of the payroll, nobody above 10 %% of salary)")
	for _, s := range a.shares {
		p("  %-10s score %s  %12s USD", s.name, s.score.Round(incentives.Rounding{Mode: incentives.HalfAwayFromZero, Places: 3}).Fixed(3), incentives.USD().Amount(s.amount))
	}
	p("  %s", a.pool())
}

// pool says what became of the money for bonuses.
func (a *account) pool() string {
	paid := int64(0)
	for _, s := range a.shares {
		paid += s.amount
	}
	usd := func(n int64) string { return incentives.USD().Amount(n) + " USD" }
	whole := "the pool is " + usd(paid+a.left)
	switch {
	case a.left == 0:
		return whole + ", all of it paid out"
	case paid == 0:
		return whole + ", all of it kept by the group: no score earns any"
	}
	return whole + ": " + usd(paid) + " paid out, " + usd(a.left) + " kept by the group, because whoever has a score is at 10 % of salary"
}

// heldBack counts the contacts that are not made, by reason.
func (a *account) heldBack() string {
	n := map[string]int{}
	for _, h := range a.due.Held {
		n[h.Why]++
	}
	var out []string
	for _, why := range slices.Sorted(maps.Keys(n)) {
		out = append(out, fmt.Sprintf("%s %d", why, n[why]))
	}
	return strings.Join(out, ", ")
}

// census counts the people of the record.
func (a *account) census() string {
	out := fmt.Sprintf("%d in care, %d dead", len(a.people)-a.dead-a.gone, a.dead)
	if a.gone > 0 {
		out += fmt.Sprintf(", %d with another practice", a.gone)
	}
	return out
}

// word is one or many by the number, and counted has the number before it.
func word(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

func counted(n int, one, many string) string { return fmt.Sprint(n, " ", word(n, one, many)) }

// nurses are those that case management needs.
func (a *account) nurses() string {
	if a.least == a.most {
		return counted(a.least, "full-time nurse", "full-time nurses")
	}
	return fmt.Sprintf("%d to %d full-time nurses", a.least, a.most)
}

// ageOf is a person's age in words.
func (a *account) ageOf(x *seen) string {
	n := x.AgeOn(a.asOf)
	if n < 0 {
		return "age not known"
	}
	return counted(n, "year old", "years old")
}

// median is that of all who are ranked, when there is anybody but the reader.
func median(l *feedback.Line) string {
	if l.Ranked == 0 || l.Ranked == 1 && l.Rank == 1 {
		return "no peers"
	}
	return l.Median.String()
}

// What is hidden, and what is not because it tells nothing of a person.
const (
	hiding    = "For readers outside the team: of registers, states and numbers of conditions, counts from 1 to 10 are hidden (*), and others where a hidden one could be computed."
	notHidden = "The sizes of the levels follow from their shares of all people, so they are shown, small or not."
)

// people is the total of a list of counts.
func people(g *population.Grid) string {
	n := g.RowTotals[0]
	if n.Hidden {
		return n.String() + " people"
	}
	return counted(int(n.N), "person", "people")
}

// inCells tells a list of counts, those of nobody too: it is a partition.
func inCells(g *population.Grid) string {
	var out []string
	for i, n := range g.Cells[0] {
		out = append(out, fmt.Sprintf("%s %s", g.Cols[i], n))
	}
	return people(g) + ": " + strings.Join(out, "; ")
}
