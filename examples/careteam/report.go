package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/chroniccare/chroniccare/incentives"
	"github.com/chroniccare/chroniccare/registry/feedback"
	"github.com/chroniccare/chroniccare/registry/register"
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
	l := a.leftOut
	p("%d facts read; %d that no question asks for, and left out: %d entered in error, %d twice, %d without a code, %d that end before they start, %d of a later day",
		a.facts, l.NotAskedFor, l.EnteredInError, l.Duplicate, l.NoCode, l.Inverted, l.Future)
	p("\n1. DISEASE REGISTERS  (a person may be on several; small cells are hidden)")
	p("  %-40s %7s   %s", "", "people", strings.Join(a.pyramid.Levels, " / "))
	for i, name := range a.k.names() {
		var cells []string
		for _, c := range a.table.Cells[i] {
			cells = append(cells, c.String())
		}
		p("  %-40s %7d   %s", name, a.sizes[i], strings.Join(cells, " / "))
	}
	p("  people by number of long-term conditions: none %d, one %d, two %d, three %d, more %d", a.morbidity[0], a.morbidity[1], a.morbidity[2], a.morbidity[3], a.morbidity[4])
	p("  hypertension: %s", a.stateLine())

	p("\n2. PYRAMID OF RISK  (Charlson index with age points, then emergencies of the year, then age)")
	for i, l := range a.levels.Levels {
		p("  %-26s %6d people  %s", a.pyramid.Levels[i], l.People, strings.Repeat("#", 1+l.People*40/max(1, len(a.people))))
	}
	p("  %s for case management, at 125 to 150 people each", a.nurses())

	p("\n3. GAPS AND RECALLS TODAY")
	p("  %d people to call, %d contacts held back with a reason, %d handed over to a person, %d reminders to the team", len(a.due.Recalls), len(a.due.Held), len(a.due.HandOvers), len(a.due.Reminders))
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
	for i, h := range a.due.Held {
		if i == 3 {
			break
		}
		p("  held: %s %s: %s", h.Person, h.Key, h.Why)
	}

	p("\n4. NEXT WEEK BY ROLE  (%s to %s)", a.week.from, a.week.to)
	p("  %d visits for everything that is due, %d people wait for a later week; %d invitations, %d records to complete", len(a.week.booked), a.week.waiting, a.week.calls, a.week.records)
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
	p("  records: %s of what is expected is there; %d tasks open", a.expected.Percent(1)+" %", len(a.data))

	if a.story != nil {
		a.printStory(p)
	}

	p("\n6. FEEDBACK TO THE PHYSICIANS")
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
				rank = fmt.Sprintf("rank %d of %d, peers' median %s", l.Rank, l.Ranked, l.Median)
			}
			p("    %-32s %-16s %s, %d patients open%s%s", l.Title, l.Rate, rank, len(l.Gaps), change, flag)
		}
	}

	p("\n7. THE BONUS THAT FOLLOWS  (each measure from 50 %% to 90 %%; 7 %% of the payroll, nobody above 10 %% of salary)")
	total := a.left
	for _, s := range a.shares {
		total += s.amount
		p("  %-10s score %s  %12s USD", s.name, s.score.Round(incentives.Rounding{Mode: incentives.HalfAwayFromZero, Places: 3}).Fixed(3), incentives.USD().Amount(s.amount))
	}
	p("  %-10s %18s %12s USD, %s of it not distributed", "together", "", incentives.USD().Amount(total), incentives.USD().Amount(a.left))
}

// nurses are those that case management needs.
func (a *account) nurses() string {
	if a.least == a.most {
		return fmt.Sprintf("full-time nurses: %d", a.least)
	}
	return fmt.Sprintf("full-time nurses: %d to %d", a.least, a.most)
}

func (a *account) stateLine() string {
	var out []string
	for s := register.Dead; s <= register.Uncontrolled; s++ {
		if n := a.states[s]; n > 0 {
			out = append(out, fmt.Sprintf("%s %d", s, n))
		}
	}
	return strings.Join(out, ", ")
}

func (a *account) printStory(p func(string, ...any)) {
	s := a.story
	p("\n5. ONE PATIENT: %s, %d years old, %s", s.x.ID, s.x.AgeOn(a.asOf), a.registersOf(s.x))
	p("  doctor: %s (%s)", a.doctorName(s.x.doctor), s.x.why)
	p("  gaps, each with its reason:")
	for _, r := range s.reasons {
		p("    %s", r)
	}
	p("  %d items become %d visits:", s.separately, len(s.visits))
	for _, v := range s.visits {
		p("    %s, %d minutes: %s", v.Day, v.Minutes, s.itemsOf(v))
		for _, t := range v.Tests {
			p("      before, on %s: %s", t.Day, t.Name)
		}
	}
	p("  what guidelines say:")
	for i := range s.recs {
		p("    %s", s.recs[i].Text())
	}
	for _, c := range s.conflicts {
		p("    %s", c)
	}
	if s.why != "" {
		p("  why the first of them:\n    %s", strings.ReplaceAll(strings.TrimSuffix(s.why, "\n"), "\n", "\n    "))
	}
	for _, m := range s.missing {
		p("  the care plan lacks: %s", m.Detail)
	}
}
