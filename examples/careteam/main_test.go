package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/recall"
	"github.com/chroniccare/chroniccare/registry/register"
)

func call(t testing.TB, args ...string) (code int, out, errs string) {
	t.Helper()
	var a, b bytes.Buffer
	code = run(args, &a, &b)
	return code, a.String(), b.String()
}

func TestStory(t *testing.T) {
	file := filepath.Join(t.TempDir(), "page.html")
	code, out, errs := call(t, "-html", file)
	if code != 0 || errs != "" {
		t.Fatal(code, errs)
	}
	for _, want := range []string{"1. DISEASE REGISTERS", "2. PYRAMID OF RISK", "3. GAPS AND RECALLS TODAY", "4. NEXT WEEK BY ROLE", "5. ONE PATIENT", "what guidelines say", "why the first of them", "6. FEEDBACK", "7. THE BONUS", "takes precedence over", "what matters most", "what the patient is told", "agenda of the first visit", "all of it paid out"} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
	page, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if s := string(page); regexp.MustCompile(`(src|href)="?https?:`).MatchString(s) || strings.Contains(s, "<script") || strings.Count(s, "<section") != 3 || strings.Count(s, "<section") != strings.Count(s, "</section>") ||
		strings.Count(s, "<div") != strings.Count(s, "</div>") || strings.Count(s, "<table") != strings.Count(s, "</table>") || strings.Count(s, "<svg") != strings.Count(s, "</svg>") || strings.Contains(s, "%!") {
		t.Error("the page is not self-contained and whole")
	}
	if _, again, _ := call(t, "-html", file); again != out {
		t.Error("the same people, another account")
	}
	if strings.Contains(out, "%!") || strings.Contains(out, "peers' median") {
		t.Error(out)
	}
	code, out, _ = call(t, "-n", "300", "-patient", "p000123")
	if code != 0 || !strings.Contains(out, "ONE PATIENT: p000123") {
		t.Error(code, out)
	}
}

func TestWrongUse(t *testing.T) {
	for _, args := range [][]string{{"-n", "5"}, {"rest"}, {"-nothing"}, {"-speed", "-1"}, {"-workers", "0"}, {"-facts", "9999"}} {
		if code, out, errs := call(t, args...); code != 2 || out != "" || errs == "" {
			t.Error(args, code, out, errs)
		}
	}
	for _, args := range [][]string{{"-patient", "nobody"}, {"-synthea", "no/such/folder"}, {"-html", "no/such/folder/x.html"}} {
		if code, _, errs := call(t, args...); code != 1 || errs == "" {
			t.Error(args, code, errs)
		}
	}
	if code, _, _ := call(t, "-h"); code != 0 {
		t.Error(code)
	}
}

// wrongNumber is one of many.
var wrongNumber = regexp.MustCompile(`(^|[^\d.,/-])1 (synthetic people|people|visits|items|become|patients|contacts|reminders|tasks|invitations|records|full-time nurses|workers|lines|years|facts)\b`)

func TestNumbers(t *testing.T) {
	file := filepath.Join(t.TempDir(), "page.html")
	for n := 100; n < 220; n += 7 {
		_, out, errs := call(t, "-n", fmt.Sprint(n), "-html", file)
		page, err := os.ReadFile(file)
		if bad := wrongNumber.FindString(out + string(page)); bad != "" || errs != "" || err != nil {
			t.Errorf("-n %d: %q %s %v", n, bad, errs, err)
		}
	}
	if _, out, _ := call(t, "-speed", "1", "-workers", "1"); wrongNumber.MatchString(out) || !strings.HasPrefix(out, "1 person of") || !strings.Contains(out, "1 worker,") {
		t.Error(out)
	}
	for _, x := range []struct {
		shares []share
		left   int64
		want   string
	}{
		{[]share{{amount: 0}}, 6_615_000, "the pool is 66150.00 USD, all of it kept by the group: no score earns any"},
		{[]share{{amount: 100_050}, {amount: 50}}, 0, "the pool is 1001.00 USD, all of it paid out"},
		{[]share{{amount: 100_000}}, 50_000, "the pool is 1500.00 USD: 1000.00 USD paid out, 500.00 USD kept by the group, because whoever has a score is at 10 % of salary"},
	} {
		if got := (&account{shares: x.shares, left: x.left}).pool(); got != x.want {
			t.Error(got)
		}
	}
}

// The plan of one person: the own problem first, then the team's of that visit, and the
// guidelines again in the patient's words.
func TestOnePatient(t *testing.T) {
	r := madeUp(t, 5000)
	a, err := r.report("")
	if err != nil {
		t.Fatal(err)
	}
	s := a.story
	if len(s.agenda) < 2 || !s.agenda[0].Patient || s.agenda[0].Text != s.x.worry {
		t.Fatal("the agenda:", s.agenda)
	}
	first := s.visits[0]
	if len(first.Items) != len(s.agenda) {
		t.Error("the visit is not what its agenda says:", first.Items, s.agenda)
	}
	minutes := 0
	for i, it := range first.Items {
		minutes += it.Minutes
		if it.Key != s.agenda[i].Key || (it.Role == "") != (it.Key == mine) || (it.Key != mine) != s.agenda[i].Clinical {
			t.Error(it, s.agenda[i])
		}
	}
	if minutes != first.Minutes || minutes == 0 {
		t.Error("minutes:", minutes, first.Minutes)
	}
	if len(s.told) == 0 || len(s.untold) > 0 {
		t.Error("what the patient is told:", s.told, s.untold)
	}
	s.untold = []string{"unworded"}
	var text strings.Builder
	a.print(&text)
	for _, out := range []string{text.String(), strings.ReplaceAll(a.page(), "&#39;", "'")} {
		for _, want := range append([]string{"the person's own problem", "clinical, after", "nobody has put into the patient's words: unworded"}, s.told...) {
			if !strings.Contains(out, want) {
				t.Errorf("no %q in %s", want, out)
			}
		}
	}
	for i := range s.recs { // what gives way is not told
		if s.recs[i].YieldsTo != "" && slices.Contains(s.told, wording[s.recs[i].Patient]) {
			t.Error("the patient is told what gives way:", s.told)
		}
	}
}

// Care that is not due yet is neither done nor left undone.
func TestMeasured(t *testing.T) {
	r := madeUp(t, 100)
	x, entries := &r.people[0], make([]register.Entry, len(r.k.registers.List()))
	entries[r.k.index["diabetes"]].In = true
	for _, c := range []struct {
		gap  recall.Gap
		want measured
	}{
		{recall.Gap{Status: recall.ClosedGap, State: recall.DueSoon}, met}, {recall.Gap{Status: recall.OpenGap, State: recall.DueSoon}, notAsked}, {recall.Gap{Status: recall.OpenGap, State: recall.Due}, unmet},
		{recall.Gap{Status: recall.OpenGap, State: recall.Overdue}, unmet}, {recall.Gap{Status: recall.NotApplicable}, notAsked}, {recall.Gap{Status: recall.OpenGap, State: recall.Overdue, Excluded: true}, notAsked},
	} {
		c.gap.Key = "HbA1c"
		if got := x.measure(r.k, nil, entries, []recall.Gap{c.gap}, r.asOf)[0]; got != c.want {
			t.Errorf("%s, state %d: %d", c.gap.Status, c.gap.State, got)
		}
	}
}

// madeUp is a practice of n people.
func madeUp(t *testing.T, n int) *practice {
	t.Helper()
	asOf := registry.Day(2024, 5, 31)
	people := make([]person, n)
	m := newMaker(asOf)
	for i := range people {
		m.fill(i, &people[i], 0)
	}
	k, err := learn(universe(people))
	if err != nil {
		t.Fatal(err)
	}
	r, err := open(people, k, asOf, "test")
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// The parts of the chain agree with each other: whoever is counted in one is found in the
// next.
func TestChain(t *testing.T) {
	r := madeUp(t, 2000)
	asOf, k := r.asOf, r.k
	a, err := r.report("")
	if err != nil {
		t.Fatal(err)
	}
	present, placed, hypertensive := 0, 0, int64(0)
	for i := range r.people {
		x := &r.people[i]
		if x.present(asOf) {
			present++
			if x.entries[k.index["hypertension"]].In {
				hypertensive++
			}
		}
		if x.level >= 0 {
			placed++
		}
	}
	sum := func(list []int64) (n int64) {
		for _, x := range list {
			n += x
		}
		return n
	}
	if present != placed || int64(present) != sum(r.morbidity) || hypertensive != sum(r.states) || hypertensive == 0 {
		t.Error("people in, people out:", present, placed, r.morbidity, hypertensive, r.states)
	}
	var minutes int64
	for _, b := range a.week.booked {
		if b.x.declined || !b.x.present(asOf) || b.visit.Day < a.week.from || b.visit.Day > a.week.to || len(b.visit.Items) == 0 {
			t.Errorf("%s is not to be seen on %s", b.x.ID, b.visit.Day)
		}
		for _, test := range b.visit.Tests {
			if test.Day < asOf {
				t.Errorf("%s: %s on %s, which is over", b.x.ID, test.Name, test.Day)
			}
		}
		for _, it := range b.visit.Items {
			minutes += int64(it.Minutes)
		}
	}
	minutes += int64(3*a.week.calls + 2*a.week.records)
	var spent int64
	for _, l := range a.week.work.Loads {
		spent += l.Minutes
		if l.Minutes > l.Of {
			t.Errorf("%s works %d of %d minutes", l.Role, l.Minutes, l.Of)
		}
	}
	if spent != minutes || len(a.week.work.Unassigned) != 0 {
		t.Error("minutes planned and minutes worked:", minutes, spent, a.week.work.Unassigned)
	}
	var paid, payroll int64
	for _, s := range a.shares {
		paid += s.amount
		payroll += s.salary
		if s.amount > s.salary/10 {
			t.Errorf("%s gets %d of a salary of %d", s.name, s.amount, s.salary)
		}
	}
	if 100*(paid+a.left) != 7*payroll {
		t.Error("the pool is 7 % of the payroll:", paid, a.left, payroll)
	}
	for _, rep := range a.reports {
		for _, l := range rep.Lines {
			if int64(len(l.Gaps)) != l.Rate.Den-l.Rate.Num {
				t.Errorf("%s %s: %d patients open, %s", rep.Provider, l.Title, len(l.Gaps), l.Rate)
			}
		}
	}
}

func TestSpeedRun(t *testing.T) {
	_, one, _ := call(t, "-speed", "400", "-facts", "40", "-workers", "1")
	code, three, errs := call(t, "-speed", "400", "-facts", "40", "-workers", "3")
	tail := func(s string) string { return s[strings.Index(s, "\n"):] }
	if code != 0 || errs != "" || tail(one) != tail(three) || !strings.Contains(one, "400 people of 4") || strings.Contains(one, "gaps: 0 open") {
		t.Error("the counts depend on who counts:", one, three, errs)
	}
}

func benchmarked(t testing.TB, facts int) (*desk, []person, registry.Date) {
	asOf := registry.Day(2024, 5, 31)
	k, err := learn(nil)
	if err != nil {
		t.Fatal(err)
	}
	policy, err := callPolicy()
	if err != nil {
		t.Fatal(err)
	}
	people := make([]person, 256)
	m := newMaker(asOf)
	for i := range people {
		m.fill(i, &people[i], facts)
	}
	return newDesk(k, policy), people, asOf
}

func TestNoAllocation(t *testing.T) {
	d, people, asOf := benchmarked(t, 200)
	for i := range people {
		d.see(&people[i], asOf)
	}
	i := 0
	if n := testing.AllocsPerRun(512, func() { d.see(&people[i%len(people)], asOf); i++ }); n != 0 {
		t.Errorf("%v allocations a person", n)
	}
}

// BenchmarkPerson is chart, ten registers, gaps and today's calls of one person.
func BenchmarkPerson(b *testing.B) {
	for _, facts := range []int{50, 200, 800} {
		b.Run(fmt.Sprint(facts, " facts"), func(b *testing.B) {
			d, people, asOf := benchmarked(b, facts)
			for i := range people {
				d.see(&people[i], asOf)
			}
			b.ReportAllocs()
			b.ResetTimer()
			for i := range b.N {
				d.see(&people[i%len(people)], asOf)
			}
		})
	}
}
