package main

import (
	"fmt"
	"math"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/feedback"
	"github.com/chroniccare/chroniccare/registry/population"
	"github.com/chroniccare/chroniccare/registry/recall"
	"github.com/chroniccare/chroniccare/registry/register"
)

func told(t *testing.T, n int) (a *account, text, page string) {
	t.Helper()
	a, err := madeUp(t, n).report("")
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	a.print(&b)
	return a, b.String(), a.page()
}

// cells of a column of a part of the page, by the names of their rows.
func cells(part, column string) map[string]string {
	out := map[string]string{}
	for _, row := range strings.Split(part, "<tr><th scope=row>")[1:] {
		name, _, _ := strings.Cut(row, "<")
		if _, rest, ok := strings.Cut(row, `data-label="`+column+`">`); ok {
			out[name], _, _ = strings.Cut(rest, "<td")
			out[name] = strings.TrimSuffix(out[name], tableEnd+"</details>")
		}
	}
	return out
}

// A physician's part shows the own patients, and of colleagues no count from which a small
// one could be told.
func TestReaders(t *testing.T) {
	hidden, shown := 0, 0
	for _, n := range []int{400, 1500, 5000} {
		a, text, page := told(t, n)
		rates := map[[2]string]registry.Rate{}
		for _, rep := range a.reports {
			for _, l := range rep.Lines {
				rates[[2]string{rep.Provider, l.Title}] = l.Rate
			}
		}
		if strings.Count(page, "<details class=reader ") != len(a.reports) || len(a.reports) != len(doctors) {
			t.Fatal("parts of the page, and physicians:", len(a.reports))
		}
		for _, rep := range a.reports {
			_, part, _ := strings.Cut(page, "<details class=reader id="+rep.Provider)
			part, _, _ = strings.Cut(part, "</details>")
			part += "</details>"
			own, medians := cells(part, "you"), cells(part, "median")
			if strings.Count(part, " open") > len(rep.Lines)+1 {
				t.Errorf("%d: patients of others in the part of %s", n, rep.Provider)
			}
			for _, l := range rep.Lines {
				if x := own[l.Title]; !strings.Contains(x, l.Rate.Percent(0)+" %") || !strings.Contains(x, fmt.Sprint(len(l.Gaps), " open")) || strings.Contains(x, "*") {
					t.Errorf("%d: the own rate of %s is %q", n, rep.Provider, x)
				}
				if l.Median.Hidden != (medians[l.Title] == "*") {
					t.Errorf("%d: the median that %s sees is %q", n, rep.Provider, medians[l.Title])
				}
			}
			for _, other := range doctors {
				for title, x := range cells(part, other.name) {
					r, ok := rates[[2]string{other.id, title}]
					switch {
					case x == "*":
						hidden++
					case !ok && x == "-":
					case !ok || x != r.Percent(0)+" %" || (population.Disclosure{}).Rate(r).Hidden:
						t.Errorf("%d: %s sees %q of %s, %s: %s", n, rep.Provider, x, other.name, title, r)
					default:
						shown++
					}
				}
			}
		}
		if strings.Contains(text+page, "undefined") {
			t.Error("a median of nobody")
		}
	}
	if hidden < 50 || shown < 50 {
		t.Errorf("%d rates of colleagues hidden, %d shown: nothing is tried", hidden, shown)
	}
	for _, l := range []feedback.Line{{}, {Ranked: 1, Rank: 1, Median: population.ShownRate{Rate: registry.Rate{Num: 30, Den: 40}}}} {
		if got := median(&l); got != "no peers" {
			t.Error(got)
		}
	}
}

// The rate of a physician whom the leader should visit is hidden where it tells a small count.
func TestOutliers(t *testing.T) {
	a, _, _ := told(t, 300)
	for _, r := range []registry.Rate{{Num: 2, Den: 15}, {Num: 20, Den: 50}} {
		a.outliers = []feedback.Outlier{{Provider: "d4", Measure: "eye", Flag: feedback.Alarm, Side: feedback.Worse, Rate: r}}
		want := r.Percent(1) + " %"
		if r.Num == 2 {
			want = "*"
		}
		_, manager, _ := strings.Cut(a.page(), "a visit of the leader")
		if got := cells(manager, "rate")["Dr Dahl"]; got != want {
			t.Errorf("%s is shown as %q", r, got)
		}
	}
}

// Small counts of conditions, states and registers are on no page and in no text, and none
// is the width of a box; what is nobody is shown.
func TestHidden(t *testing.T) {
	stars, zeros := 0, 0
	for n := 100; n < 1000; n += 97 {
		a, text, page := told(t, n)
		_, manager, _ := strings.Cut(page, "<section id=manager>")
		if a.states[register.NotRegistered]+a.states[register.Dead] != 0 {
			t.Error("in care, and in no state of care:", a.states)
		}
		list := func(names []string, counts []int64, where string) {
			for i, name := range names {
				want := fmt.Sprint(name, " ", counts[i])
				if (population.Disclosure{}).Small(counts[i]) {
					want = name + " *"
					stars++
				}
				line := where[strings.Index(where, ": ")+2:]
				if !strings.Contains(line, want) && !strings.Contains(line, name+" *") {
					t.Errorf("-n %d: no %q in %s", n, want, where)
				}
				if counts[i] == 0 {
					zeros++
				}
			}
		}
		line := func(start string) string {
			_, s, _ := strings.Cut(text, start)
			s, _, _ = strings.Cut(s, "\n")
			return s
		}
		list(a.conditions.Cols, a.morbidity, line("conditions: "))
		var states []int64
		for _, s := range caredFor {
			states = append(states, a.states[s])
		}
		list(a.care.Cols, states, line("hypertension: "))
		for i, s := range a.care.Cols {
			key := fmt.Sprintf("</i>%s: %s", s, a.care.Cells[0][i])
			if !strings.Contains(manager, key) || a.care.Cells[0][i].Hidden && strings.Contains(manager, fmt.Sprintf("flex:%d;background:%s", states[i], stateColours[caredFor[i]])) {
				t.Errorf("-n %d: %s, of %d", n, s, states[i])
			}
		}
		for _, column := range append([]string{"people"}, a.pyramid.Levels...) {
			for name, x := range cells(manager, column) {
				if k, err := strconv.ParseInt(x, 10, 64); err == nil && (population.Disclosure{}).Small(k) {
					t.Errorf("-n %d: %s, %s: %d", n, name, column, k)
				}
			}
		}
	}
	if stars < 10 || zeros < 3 {
		t.Errorf("%d hidden, %d of nobody: nothing is tried", stars, zeros)
	}
}

// Nobody is asked to come, or to have blood drawn, at a weekend; and not later than care is
// due for that.
func TestWorkdays(t *testing.T) {
	r := madeUp(t, 1500)
	a, err := r.report("p001234")
	if err != nil {
		t.Fatal(err)
	}
	off := func(d registry.Date) bool { return d.Weekday() == 0 || d.Weekday() == 6 }
	visits, moved := 0, 0
	for i := range r.people {
		x := &r.people[i]
		if !x.present(r.asOf) {
			continue
		}
		s, err := r.tell(x)
		if err != nil {
			t.Fatal(err)
		}
		for _, v := range s.visits {
			visits++
			if off(v.Day) || v.Day < r.monday() {
				t.Errorf("%s comes on %s", x.ID, v.Day)
			}
			for _, test := range v.Tests {
				if off(test.Day) || test.Day < r.asOf || test.Day >= v.Day {
					t.Errorf("%s: %s on %s, before %s", x.ID, test.Name, test.Day, v.Day)
				}
			}
		}
		for k := range x.gaps {
			g := &x.gaps[k]
			if d, ok := duties[g.Key]; ok && g.Status != recall.NotApplicable && !g.Excluded {
				raw := recall.ItemOf(*g, d.role, d.minutes)
				last := max(raw.Deadline, raw.Earliest)
				it := item(g, d, r.asOf)
				if it.Deadline != last {
					moved++
				}
				if off(it.Deadline) || it.Deadline < it.Earliest || it.Deadline > last && !off(raw.Earliest) {
					t.Errorf("%s, %s: from %s to %s, was to %s", x.ID, g.Key, it.Earliest, it.Deadline, last)
				}
			}
		}
	}
	for _, b := range a.week.booked {
		for _, test := range b.visit.Tests {
			if off(test.Day) {
				t.Errorf("%s: %s on %s", b.x.ID, test.Name, test.Day)
			}
		}
		if off(b.visit.Day) {
			t.Errorf("%s comes on %s", b.x.ID, b.visit.Day)
		}
	}
	if visits < 500 || moved < 100 {
		t.Errorf("%d visits, %d items at a weekend: nothing is tried", visits, moved)
	}
	saturday := registry.Day(2024, 12, 14)
	for from, want := range map[registry.Date]registry.Date{saturday.AddDays(-9): saturday.AddDays(-1), saturday: saturday.AddDays(2), saturday.AddDays(1): saturday.AddDays(2)} {
		g := recall.Gap{Key: "mood"}
		g.Earliest, g.Due, g.OverdueAfter = from, from, saturday.AddDays(1)
		if it := item(&g, duties["mood"], r.asOf); it.Deadline != want {
			t.Errorf("from %s: until %s, not %s", from, it.Deadline, want)
		}
	}
}

// A physician reads words, not codes.
func TestWords(t *testing.T) {
	code := regexp.MustCompile(`open-gap|closed-gap|prospective|OutOfRange|InRange|NotFound|NonComputable|InvalidAttribute|\[(Present|Missing)\]|nsaid-|: (,|$)`)
	a, text, page := told(t, 1500)
	if bad := code.FindString(text + page); bad != "" {
		t.Errorf("%q stands in the account", bad)
	}
	said := 0
	for i := range a.people {
		if x := &a.people[i]; x.present(a.asOf) {
			s, err := a.tell(x)
			if err != nil {
				t.Fatal(err)
			}
			for _, line := range append(s.reasons, s.why) {
				said++
				if bad := code.FindString(line); bad != "" {
					t.Errorf("%s: %q", x.ID, line)
				}
			}
		}
	}
	if said < 500 {
		t.Error("nothing is said:", said)
	}
	for r := registry.NotFound; r <= registry.Missing; r++ {
		if reasons[r] == "" {
			t.Error("no words for", r)
		}
	}
	for s := recall.NotYet; s <= recall.Lapsed; s++ {
		if whens[s] == "" {
			t.Error("no words for", s)
		}
	}
}

// luminance and contrast are those of the web content accessibility guidelines.
func luminance(hex string) (sum float64) {
	for i, weight := range []float64{0.2126, 0.7152, 0.0722} {
		n, err := strconv.ParseUint(hex[1+2*i:3+2*i], 16, 8)
		if err != nil {
			return math.NaN()
		}
		v := float64(n) / 255
		if v <= 0.04045 {
			v /= 12.92
		} else {
			v = math.Pow((v+0.055)/1.055, 2.4)
		}
		sum += weight * v
	}
	return sum
}

func contrast(a, b string) float64 {
	x, y := luminance(a), luminance(b)
	return (max(x, y) + 0.05) / (min(x, y) + 0.05)
}

func TestContrast(t *testing.T) {
	check := func(ink, ground string, least float64) {
		if c := contrast(ink, ground); !(c >= least) {
			t.Errorf("%s on %s: %.2f", ink, ground, c)
		}
	}
	const white = "#ffffff"
	for _, c := range levelColours {
		check(white, c, 4.5)
	}
	for _, c := range stateColours { // boxes without text
		check(c, white, 3)
	}
	inks := regexp.MustCompile(`[^-]color:(#\w+)`).FindAllStringSubmatch(style, -1)
	for _, ink := range inks {
		switch c := ink[1]; c {
		case "#fff", "#cfe0ea":
			check(strings.Replace(c, "#fff", white, 1), "#17415a", 4.5)
		default:
			for _, ground := range []string{white, "#f3f6f8", "#fdf6ee", "#fbf3f2"} {
				check(c, ground, 4.5)
			}
		}
	}
	if len(inks) < 8 || contrast("#000000", white) != 21 {
		t.Error("colours are not found:", inks)
	}
}

// Tables can be read aloud and on a phone: each has a caption, each cell knows its row and
// its column, and headings are headings.
func TestPageStructure(t *testing.T) {
	for _, n := range []int{100, 5000} {
		_, _, page := told(t, n)
		count := func(s string) int { return strings.Count(page, s) }
		if count("<table><caption>") != count("<table") || count("<table") < 10 || count(tableEnd) != count("<table") || count("<td") != count("data-label=") || count("<th ") != count("<th scope=") || count("<th>") > 0 {
			t.Error("a table without a caption, or a cell without a column")
		}
		if len(regexp.MustCompile(`<tr><th scope=(row|col)`).FindAllString(page, -1)) != count("<tr>") {
			t.Error("a row without a name")
		}
		if !strings.HasPrefix(page, `<!doctype html><html lang="en">`) || count("<main>") != 1 || count("<h1>") != 1 || regexp.MustCompile(`</p><b>|</div><b>|</ul><b>`).MatchString(page) {
			t.Error("the page's parts")
		}
		if count("overflow-x") > 0 || count("@media(max-width:44rem)") != 1 || count("content:attr(data-label)") != 1 {
			t.Error("on a phone a table has to be scrolled")
		}
		level := 1
		for _, h := range regexp.MustCompile(`<h(\d)>`).FindAllStringSubmatch(page, -1) {
			if next := int(h[1][0] - '0'); next > level+1 {
				t.Errorf("a heading of level %d after one of %d", next, level)
			} else {
				level = next
			}
		}
	}
}
