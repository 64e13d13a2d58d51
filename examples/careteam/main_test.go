package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/registry"
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
	for _, want := range []string{"1. DISEASE REGISTERS", "2. PYRAMID OF RISK", "3. GAPS AND RECALLS TODAY", "4. NEXT WEEK BY ROLE", "5. ONE PATIENT", "what guidelines say", "why the first of them", "6. FEEDBACK", "7. THE BONUS", "takes precedence over", "what matters most", "0.00 of it not distributed"} {
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
	if strings.Contains(out, "%!") {
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

// The parts of the chain agree with each other: whoever is counted in one is found in the
// next.
func TestChain(t *testing.T) {
	asOf := registry.Day(2024, 5, 31)
	people := make([]person, 2000)
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

// A published synthetic population goes through the whole chain.
func TestSynthetic(t *testing.T) {
	corpus := os.Getenv("CHRONICCARE_CORPUS")
	if corpus == "" {
		t.Skip("CHRONICCARE_CORPUS is not set")
	}
	dir := filepath.Join(corpus, "registry", "synthea")
	if !filepath.IsAbs(corpus) {
		dir = filepath.Join("..", "..", dir)
	}
	code, out, errs := call(t, "-synthea", dir)
	if code != 0 || !regexp.MustCompile(`Diabetes +\d\d+ `).MatchString(out) || !strings.Contains(out, "ONE PATIENT") {
		t.Error(code, out, errs)
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
