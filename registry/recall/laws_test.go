package recall_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/recall"
	"github.com/chroniccare/chroniccare/registry/registrytest"
)

// The kinds of recommendations whose laws are the same; names say which laws hold.
func kinds() map[string]recall.Recommendation {
	once, early, calendar, trigger, both := eyeExam, eyeExam, eyeExam, callAfter(func(*recall.Trigger) {}), callAfter(func(x *recall.Trigger) { x.KeepBoth = true })
	once.Once = true
	early.TooEarlyInvalid = true
	calendar.Timing, calendar.Calendar = recall.Timing{Grace: days(5)}, &recall.Calendar{Years: 1, Month: 4, Day: 1}
	season := eyeExam
	season.Timing, season.Season = recall.Timing{}, recall.Season{FromMonth: 9, FromDay: 1, ToMonth: 3, ToDay: 31}
	visit := eyeExam
	visit.Timing, visit.EachVisit = recall.Timing{}, true
	ageing := eyeExam
	ageing.UntilAge = 74
	out := map[string]recall.Recommendation{"fixed": eyeExam, "once": once, "early": early, "calendar": calendar, "trigger": trigger, "both": both, "season": season, "visit": visit, "ageing": ageing}
	for k, r := range out {
		r.Exclusions = []recall.Exclusion{{Kind: recall.Declined, When: registry.Query{Kind: registry.Procedure, Sets: []registry.Set{refused}}}}
		out[k] = r
	}
	return out
}

func TestKindLaws(t *testing.T) {
	base := d(2024, 1, 1)
	names := []string{"fixed", "once", "early", "calendar", "trigger", "both", "season", "visit", "ageing"}
	plans := map[string]*recall.Plan{}
	for k, r := range kinds() {
		plans[k] = plan(t, r)
	}
	seen := map[string]int{}
	law := func(t *rapid.T, kind string) {
		p := plans[kind]
		day := func(name string) registry.Date {
			return base.AddMonths(rapid.IntRange(-30, 12).Draw(t, name)).AddDays(rapid.SampledFrom([]int{-1, 0, 1, 6, 7}).Draw(t, name+" day"))
		}
		pt := person()
		for i := range rapid.IntRange(0, 3).Draw(t, "evidence") {
			f := exam(day("exam"))
			if kind == "trigger" || kind == "both" {
				f = fact(registry.Encounter, call, f.When.Start.Day)
			}
			f.ID = fmt.Sprint("e", i)
			pt.Facts = append(pt.Facts, f)
		}
		for i := range rapid.IntRange(0, 2).Draw(t, "stays") {
			from := day("stay")
			f := admitted(from, from.AddDays(rapid.IntRange(0, 9).Draw(t, "days")))
			if i == 1 && rapid.Bool().Draw(t, "back") { // and not yet out again
				f = admitted(pt.Facts[len(pt.Facts)-1].When.End.Day.AddDays(rapid.IntRange(0, 8).Draw(t, "after")), 0)
			}
			f.ID = fmt.Sprint("s", i)
			pt.Facts = append(pt.Facts, f)
		}
		if rapid.IntRange(0, 5).Draw(t, "declines") == 0 {
			pt.Facts = append(pt.Facts, fact(registry.Procedure, refused, day("decline")))
		}
		if rapid.IntRange(0, 8).Draw(t, "dies") == 0 {
			pt.Death = registry.At(day("death"))
		}
		asOf, through := day("asOf"), day("through")
		c := p.Chart()
		gaps := func(x *registry.Patient, ctx *recall.Context, t, through registry.Date) recall.Gap {
			c.LoadAsOf(x, t)
			g := p.Gaps(c, ctx, t, through, nil)[0]
			g.Last = nil
			return g
		}
		g := gaps(pt, nil, asOf, through)
		seen[kind+" "+g.Status.String()]++
		if g.Excluded {
			seen["excluded"]++
		}
		if g.Cancelled != 0 {
			seen["cancelled"]++
		}
		if g.Late {
			seen["late"]++
		}
		// G8: one status; excluded and not applicable leave the denominator
		score, _ := recall.CareScore([]recall.Gap{g})
		if in := g.Status != recall.NotApplicable && !g.Excluded; (score.Den == 1) != in || score.Num > score.Den {
			t.Fatal("G8", g.Text(), score)
		}
		// G10
		if pt.Death.Day != 0 && pt.Death.Day <= asOf && (g.Status != recall.NotApplicable || !g.Gone || g.Open(asOf)) {
			t.Fatal("G10", g.Text())
		}
		// G6
		if g.Status == recall.NotApplicable {
			if h := gaps(pt, nil, asOf, day("another through")); h.Status != recall.NotApplicable || h.Why != g.Why {
				t.Fatal("G6", g.Text(), h.Text())
			}
		}
		// G5: remarks and snoozes change no status and no date
		ctx := &recall.Context{Notes: []recall.Note{{Key: g.Key, Snooze: true, Reason: "x", From: day("snooze"), Until: day("until"), PersistWhenOverdue: true}}}
		for k := recall.OrderPlaced; k <= recall.InapplicableGap; k++ {
			if k != recall.PatientRefused {
				ctx.Remarks = append(ctx.Remarks, recall.Remark{Kind: k, On: day("remark")})
			}
		}
		h := gaps(pt, ctx, asOf, through)
		if h.Hidden != 0 {
			seen["hidden"]++
		}
		if h.Quiet != 0 {
			seen["quiet"]++
		}
		h.Hidden, h.Quiet, h.Remarks = 0, 0, 0
		if diff := cmp.Diff(g, h, cmp.AllowUnexported(recall.Gap{})); diff != "" {
			t.Fatal("G5", diff)
		}
		// G9: facts of later don't matter, nor does their order
		later := *pt
		later.Facts = slices.Clone(pt.Facts)
		for _, f := range []registry.Fact{exam(asOf + 1), fact(registry.Encounter, call, asOf+1), admitted(asOf+1, asOf+2), fact(registry.Procedure, refused, asOf+1)} {
			f.ID = "later"
			later.Facts = append(later.Facts, f)
		}
		slices.Reverse(later.Facts)
		if diff := cmp.Diff(g, gaps(&later, nil, asOf, through), cmp.AllowUnexported(recall.Gap{})); diff != "" {
			t.Fatal("G9", diff)
		}
		if g.Status == recall.NotApplicable || kind == "visit" {
			return
		}
		// G1: a time line, and one state on each day
		if g.Earliest > g.Due || g.Due > g.OverdueAfter {
			t.Fatal("G1", g.Schedule)
		}
		states := 0
		for s := recall.NotYet; s <= recall.Lapsed; s++ {
			if g.At(asOf) == s {
				states++
			}
		}
		if states != 1 || g.State != g.At(asOf) {
			t.Fatal("G1", g.State)
		}
		// G2: with time alone the state moves on and the line stays
		quiet := slices.DeleteFunc(slices.Clone(pt.Facts), func(f registry.Fact) bool { return f.When.Start.Day > asOf || f.When.End.Day > asOf })
		still := *pt
		still.Facts, still.Death = quiet, registry.Moment{}
		a, later2 := gaps(&still, nil, asOf, asOf), asOf.AddDays(rapid.IntRange(0, 500).Draw(t, "wait"))
		b := gaps(&still, nil, later2, later2)
		if kind != "season" && a.Status != recall.NotApplicable && b.Status != recall.NotApplicable && (b.State < a.State || b.Due != a.Due) {
			t.Fatal("G2", a.Text(), b.Text())
		}
		// G3: newer evidence never moves Due earlier
		if kind == "fixed" || kind == "calendar" || kind == "once" {
			newer := still
			f := exam(asOf)
			f.ID = "newest"
			newer.Facts = append(slices.Clone(quiet), f)
			n := gaps(&newer, nil, asOf, asOf)
			if n.Due < a.Due {
				t.Fatal("G3", a.Text(), n.Text())
			}
			// G4: evidence of today closes; without it again the status is as before
			if n.Status != recall.ClosedGap || n.Excluded {
				t.Fatal("G4: today's evidence does not close", n.Text())
			}
			newer.Facts = newer.Facts[:len(newer.Facts)-1]
			if again := gaps(&newer, nil, asOf, asOf); again.Text() != a.Text() {
				t.Fatal("G4", again.Text(), a.Text())
			}
		}
		// G7: prospective now is open on every day from Due to the through date
		pr := gaps(&still, nil, asOf, through)
		if pr.Status == recall.ProspectiveGap {
			if pr.Due <= asOf || pr.Due > through {
				t.Fatal("G7: due", pr.Text())
			}
			if kind != "season" {
				on := pr.Due.AddDays(rapid.IntRange(0, int(through-pr.Due)).Draw(t, "on"))
				if o := gaps(&still, nil, on, through); o.Status != recall.OpenGap && !o.Excluded && o.State != recall.Lapsed {
					t.Fatal("G7", pr.Text(), o.Text())
				}
				seen["G7"]++
			}
		}
		// a due day is never before the evidence that sets it
		if g.LastOn != 0 && g.Earliest < g.LastOn && kind != "trigger" && kind != "both" && kind != "season" {
			t.Fatal("due before the last visit", g.Text())
		}
	}
	must := []string{"hidden", "quiet", "excluded", "cancelled", "late", "G7"}
	for _, k := range []string{"fixed", "once", "early", "calendar", "trigger", "both", "season", "ageing"} {
		must = append(must, k+" "+recall.ClosedGap.String(), k+" "+recall.OpenGap.String())
	}
	lawtest.Check(t, seen, func(t *rapid.T) {
		for _, kind := range names {
			law(t, kind)
		}
	}, must...)
}

// TooEarlyInvalid against a slow twin that walks the days.
func TestTooEarlyLaw(t *testing.T) {
	r := eyeExam
	r.TooEarlyInvalid, r.Interval, r.Lead = true, days(10), days(2)
	r.SinceAge = 0
	p := plan(t, r)
	base := d(2024, 1, 1)
	skipped := 0
	lawtest.Until(t, func(t *rapid.T) {
		pt := &registry.Patient{Birth: base}
		given := map[registry.Date]bool{}
		for i := range rapid.IntRange(0, 8).Draw(t, "n") {
			on := base.AddDays(rapid.IntRange(-3, 40).Draw(t, "on"))
			f := exam(on)
			f.ID = fmt.Sprint(i)
			given[on] = true
			pt.Facts = append(pt.Facts, f)
		}
		asOf := base.AddDays(rapid.IntRange(0, 45).Draw(t, "asOf"))
		var last registry.Date
		from := base.AddDays(-2)
		n := 0
		for on := base.AddDays(-5); on <= asOf; on++ {
			if given[on] {
				if on >= from {
					last, from = on, on.AddDays(8)
				} else {
					n++
				}
			}
		}
		skipped += n
		c := p.Chart()
		c.LoadAsOf(pt, asOf)
		if g := p.Gaps(c, nil, asOf, asOf, nil)[0]; g.LastOn != last {
			t.Fatalf("%s, want %s", g.Text(), last)
		}
	}, func() bool { return skipped > 0 })
}

// A step of a ladder is never repeated or left out, whatever the contacts.
func TestLadderLaw(t *testing.T) {
	ladder := threeSteps(t)
	ended := 0
	lawtest.Until(t, func(t *rapid.T) {
		from := d(2024, 1, 1)
		var cs []recall.Contact
		for range rapid.IntRange(0, 6).Draw(t, "n") {
			cs = append(cs, recall.Contact{On: from.AddDays(rapid.IntRange(-5, 60).Draw(t, "on")), Outcome: recall.Outcome(rapid.IntRange(0, 6).Draw(t, "outcome"))})
		}
		asOf := from.AddDays(rapid.IntRange(0, 70).Draw(t, "asOf"))
		s := ladder.State(cs, from, asOf, recall.ContactRules{})
		rev := slices.Clone(cs)
		slices.Reverse(rev)
		if diff := cmp.Diff(s, ladder.State(rev, from, asOf, recall.ContactRules{})); diff != "" {
			t.Fatal("the order of contacts matters", diff)
		}
		switch {
		case s.NextStep > 0:
			if s.NextStep != s.Invited+1 || s.NextOn < asOf || len(s.Channels) == 0 {
				t.Fatal(s)
			}
		case s.Stage == recall.NotInvited || s.Stage == recall.Invited:
			t.Fatal("neither a next step nor an end", s)
		default:
			ended++
		}
	}, func() bool { return ended > 0 })
}

// Nothing in a record makes judging it panic, and a good fact beside the odd ones still counts.
func TestOddFactsLaw(t *testing.T) {
	var recs []recall.Recommendation
	for name, r := range kinds() {
		r.ID, r.Key = name, name
		recs = append(recs, r)
	}
	slices.SortFunc(recs, func(a, b recall.Recommendation) int { return strings.Compare(a.ID, b.ID) })
	recs = append(recs, gridRule(t, func(*recall.GridRule) {}))
	p := plan(t, recs...)
	n := 0
	lawtest.Until(t, func(t *rapid.T) {
		asOf := rapid.SampledFrom([]registry.Date{0, 1, 738000, registry.MaxDate}).Draw(t, "asOf")
		pt := &registry.Patient{Birth: rapid.SampledFrom([]registry.Date{-1, 0, 1, 700000, registry.MaxDate}).Draw(t, "birth"), Facts: registrytest.OddFacts(code(eye), code(call), code(stay), code(refused), gfrSet, acrSet).Draw(t, "odd facts")}
		n += len(pt.Facts)
		c := p.Chart()
		c.LoadAsOf(pt, asOf)
		gaps := p.Gaps(c, nil, asOf, rapid.SampledFrom([]registry.Date{0, 1, 738500, registry.MaxDate}).Draw(t, "through"), nil)
		p.Evaluations(c, asOf, nil)
		for i := range gaps {
			if gaps[i].Text() == "" {
				t.Fatal("no text")
			}
			p.Explain(c, &gaps[i], asOf)
		}
		var out recall.DueList
		pol := recall.Policy{Ladder: oneStep}
		pol.Due([]recall.Person{{Gaps: gaps, Contacts: []recall.Contact{{On: asOf}, {On: -3}}}}, asOf, &out)
	}, func() bool { return n > 0 })
}

var oneStep = recall.Ladder{ID: "one", Steps: []recall.LadderStep{{N: 1, Channels: []string{"text"}}}}
