package registry_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	. "github.com/chroniccare/chroniccare/registry"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

func benefitsOf(names []string) (b Benefit) {
	for _, n := range names {
		switch n {
		case "medical":
			b |= Medical
		case "pharmacy":
			b |= Pharmacy
		case "mental_health", "mental health", "mental-health":
			b |= MentalHealth
		}
	}
	return b
}

func TestEnrolmentVectors(t *testing.T) {
	raw, err := os.ReadFile("testdata/enrolment_cases.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Cases []struct {
			ID, Title string
			Window    [2]Date
			Spans     []struct {
				Start, End  Date
				ProductLine string `json:"product_line"`
				Benefits    []string
			}
			Need        []string
			Anchor      *Date
			GapDays     int `json:"gap_days"`
			Gaps        int
			SplitAtYear bool `json:"split_at_year"`
			Monthly     bool
			Continuous  bool
		}
	}
	if err := json.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	if len(file.Cases) != 20 {
		t.Fatalf("%d cases, want 20", len(file.Cases))
	}
	for _, c := range file.Cases {
		r := ContinuousEnrolment{Window: Period{Start: c.Window[0], End: c.Window[1]}, Gaps: c.Gaps, GapDays: c.GapDays, WholeWindow: !c.SplitAtYear, Monthly: c.Monthly}
		r.Benefits = benefitsOf(c.Need)
		if c.Anchor != nil {
			r.Anchor = *c.Anchor
		}
		var es []Enrolment
		for _, s := range c.Spans {
			es = append(es, Enrolment{Period: Period{Start: s.Start, End: s.End}, Product: s.ProductLine, Benefits: benefitsOf(s.Benefits)})
		}
		if got := r.Met(es); got != c.Continuous {
			t.Errorf("%s %s: %v (%v), want %v", c.ID, c.Title, got, r.Fault(es), c.Continuous)
		}
		slices.Reverse(es)
		if got := r.Met(es); got != c.Continuous {
			t.Errorf("%s reversed: %v", c.ID, got)
		}
	}
}

func span(from, to Date) Enrolment {
	return Enrolment{Period: Period{Start: from, End: to}, Product: Commercial, Benefits: Medical}
}

func TestNormalizeEnrolmentsNamesFaults(t *testing.T) {
	good := span(Day(2001, 1, 1), 0)
	bad := span(Day(2001, 5, 1), Day(2001, 4, 30))
	far := span(Day(2001, 1, 1), MaxDate+1)
	bare := Enrolment{Period: CalendarYear(2000)}
	got, err := NormalizeEnrolments([]Enrolment{good, bad, far, bare})
	if !errors.Is(err, ErrEnrolment) {
		t.Fatal(err)
	}
	var idx []int
	for _, e := range err.(interface{ Unwrap() []error }).Unwrap() {
		var ee *EnrolmentError
		if !errors.As(e, &ee) {
			t.Fatal(e)
		}
		idx = append(idx, ee.Index)
	}
	if !slices.Equal(idx, []int{1, 2, 3}) {
		t.Errorf("faults %v", idx)
	}
	if want := []Enrolment{bare, good}; !cmp.Equal(got, want) {
		t.Errorf("kept %v", got)
	}
	if _, err := NormalizeEnrolments([]Enrolment{good}); err != nil {
		t.Error(err)
	}
}

func TestCoverSince(t *testing.T) {
	es := []Enrolment{span(Day(2001, 3, 1), Day(2001, 6, 30)), span(Day(2001, 1, 1), Day(2001, 2, 28)), span(Day(2001, 8, 1), 0)}
	c := Cover{Product: Commercial}
	for d, want := range map[Date]Date{Day(2001, 6, 30): Day(2001, 1, 1), Day(2001, 7, 1): 0, Day(2001, 8, 1): Day(2001, 8, 1), Day(2030, 1, 1): Day(2001, 8, 1), Day(2000, 12, 31): 0} {
		if got := c.Since(es, d); got != want {
			t.Errorf("%v: %v, want %v", d, got, want)
		}
	}
	if got := c.Since([]Enrolment{span(0, 0)}, Day(2001, 1, 1)); got != MinDate {
		t.Error(got)
	}
	if c.On(es, 0) || (Cover{Product: Medicaid}).On(es, Day(2001, 1, 1)) {
		t.Error("covers what it should not")
	}
}

func genSpans(t *rapid.T) []Enrolment {
	day := rapid.IntRange(0, 800)
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) Enrolment {
		s := Day(2000, 1, 1).AddDays(day.Draw(t, "start"))
		e := s.AddDays(rapid.IntRange(-2, 250).Draw(t, "length"))
		if rapid.IntRange(0, 15).Draw(t, "open") == 0 {
			e = 0
		}
		return Enrolment{Period: Period{Start: s, End: e}, Product: rapid.SampledFrom([]string{Commercial, Medicaid}).Draw(t, "line"),
			Benefits: rapid.SampledFrom([]Benefit{Medical, Medical | Pharmacy}).Draw(t, "benefits")}
	}), 0, 6).Draw(t, "spans")
}

func TestEnrolmentLaws(t *testing.T) {
	var met, unmet, gaps int
	lawtest.Until(t, func(t *rapid.T) {
		es := genSpans(t)
		w := Period{Start: Day(2000, 1, 1).AddDays(rapid.IntRange(0, 400).Draw(t, "from")), End: 0}
		w.End = w.Start.AddDays(rapid.IntRange(0, 500).Draw(t, "days"))
		c := Cover{Product: rapid.SampledFrom([]string{"", Commercial}).Draw(t, "product"), Benefits: rapid.SampledFrom([]Benefit{Medical, Pharmacy}).Draw(t, "need")}
		// covered and gap days fill the window; a day at a time agrees
		n, byDay := c.Days(es, w), 0
		for d := w.Start; d <= w.End; d++ {
			if c.On(es, d) {
				byDay++
			}
		}
		out, last := 0, Date(0)
		for g := range c.Gaps(es, w) {
			gaps++
			if g.Start <= last+1 && last != 0 || g.End < g.Start || !w.Covers(g) {
				t.Fatalf("gap %v after %v", g, last)
			}
			last = g.End
			out += g.Days()
		}
		if n != byDay || n+out != w.Days() {
			t.Fatalf("%d covered, %d by day, %d in gaps of %d", n, byDay, out, w.Days())
		}
		// merging is idempotent, free of order, and changes no answer
		m := MergeEnrolments(es)
		if !cmp.Equal(m, MergeEnrolments(m)) {
			t.Fatal("merge is not idempotent")
		}
		shuffled := rapid.Permutation(es).Draw(t, "shuffled")
		if !cmp.Equal(m, MergeEnrolments(shuffled)) {
			t.Fatal("merge depends on order")
		}
		r := ContinuousEnrolment{Cover: c, Window: w, Gaps: rapid.IntRange(0, 2).Draw(t, "gaps"), GapDays: rapid.IntRange(0, 60).Draw(t, "gap days"),
			WholeWindow: rapid.Bool().Draw(t, "whole"), Monthly: rapid.IntRange(0, 4).Draw(t, "monthly") == 0}
		if rapid.Bool().Draw(t, "anchored") {
			r.Anchor = w.End
		}
		ok := r.Met(es)
		if ok {
			met++
		} else {
			unmet++
		}
		if r.Met(m) != ok || r.Met(shuffled) != ok || c.Days(m, w) != n {
			t.Fatal("merging or order changed the answer")
		}
		// a longer allowed gap, or one more, never turns true into false
		longer, more := r, r
		longer.GapDays++
		more.Gaps++
		if ok && !(longer.Met(es) && more.Met(es)) {
			t.Fatal("not monotone in the allowance")
		}
		// whole leap cycles commute
		const cycle = 146097
		for i := range es {
			es[i].Period.Start = es[i].Period.Start.AddDays(cycle)
			es[i].Period.End = es[i].Period.End.AddDays(cycle)
		}
		r.Window = Period{Start: w.Start.AddDays(cycle), End: w.End.AddDays(cycle)}
		r.Anchor = r.Anchor.AddDays(cycle)
		if r.Met(es) != ok {
			t.Fatal("400 years changed the answer")
		}
		// covering the gaps in full is continuous
		whole := append(es, Enrolment{Period: r.Window, Product: Commercial, Benefits: Medical | Pharmacy})
		if !r.Met(whole) {
			t.Fatal("full cover is not continuous")
		}
		if r.Anchor != 0 {
			cut := slices.DeleteFunc(slices.Clone(es), func(e Enrolment) bool { return c.Takes(&e) && e.Period.Contains(r.Anchor) })
			if r.Met(cut) {
				t.Fatal("met without the anchor")
			}
		}
		// member months: every rule within "any day", all days the least
		any := c.MemberMonths(es, r.Window, MonthAnyDay)
		all := c.MemberMonths(es, r.Window, MonthAllDays)
		for _, rule := range []MonthRule{MonthFirstDay, MonthMidMonth15} {
			if k := c.MemberMonths(es, r.Window, rule); k > any || k < all {
				t.Fatalf("%v: %d, outside %d to %d", rule, k, all, any)
			}
		}
	}, func() bool { return met > 0 && unmet > 0 && gaps > 0 })
}

func TestEnrolmentDoesNotAllocate(t *testing.T) {
	es := []Enrolment{span(Day(2000, 3, 1), Day(2000, 12, 1)), span(Day(2001, 1, 10), 0), span(Day(1999, 1, 1), Day(2000, 2, 10))}
	r := ContinuousEnrolment{Cover: Cover{Product: Commercial, Benefits: Medical}, Window: ReferenceYears(2001, 2), Anchor: Day(2001, 12, 31), Gaps: 1, GapDays: 45}
	ok := true
	if n := testing.AllocsPerRun(100, func() {
		ok = ok && !r.Met(es) && r.MemberMonths(es, r.Window, MonthAnyDay) == 24 && ProductOn(es, r.Anchor, Medical) == Commercial
	}); n != 0 || !ok {
		t.Errorf("%v allocations, answers %v (%v)", n, ok, r.Fault(es))
	}
}

func TestContinuouslyEnrolledCriterion(t *testing.T) {
	d := ContinuouslyEnrolled{Window: ThePeriod(), Anchor: PeriodEnd(), Rule: ContinuousEnrolment{Cover: Cover{Benefits: Medical}, Gaps: 1, GapDays: 45}}
	b := NewBinder(nil)
	q := d.Bind(b)
	bad := ContinuouslyEnrolled{Rule: ContinuousEnrolment{Gaps: -1}}
	l, err := b.Lexicon()
	if err != nil {
		t.Fatal(err)
	}
	p := Patient{Enrolments: []Enrolment{span(Day(2001, 2, 15), 0)}}
	c := l.Chart(&p)
	if !q.Holds(c, CalendarYear(2001)) || !q.Explain(c, CalendarYear(2001)).Met {
		t.Error("45 days at the edge should pass")
	}
	p.Enrolments[0].Period.Start++
	if q.Holds(c, CalendarYear(2001)) {
		t.Error("46 days should fail")
	}
	p.Enrolments[0].Product = ""
	if q.Holds(c, CalendarYear(2002)) {
		t.Error("a span without a product line should be passed over")
	}
	b = NewBinder(nil)
	bad.Bind(b)
	if _, err := b.Lexicon(); !errors.Is(err, ErrDefinition) {
		t.Error(err)
	}
}

func BenchmarkContinuousEnrolment(b *testing.B) {
	es := []Enrolment{span(Day(1999, 1, 1), Day(2000, 2, 10)), span(Day(2000, 3, 1), Day(2000, 12, 1)), span(Day(2001, 1, 10), 0)}
	r := ContinuousEnrolment{Cover: Cover{Product: Commercial, Benefits: Medical}, Window: ReferenceYears(2001, 2), Anchor: Day(2001, 12, 31), Gaps: 2, GapDays: 45}
	b.ReportAllocs()
	for b.Loop() {
		r.Met(es)
	}
}

func ExampleEnrolment() {
	e := Enrolment{Period: CalendarYear(2001), Product: Commercial, Benefits: Medical | Pharmacy}
	fmt.Println(e.Benefits, e.Benefits.Has(Dental))
	// Output: medical, pharmacy false
}

func ExampleBenefit() {
	plan := Medical | MentalHealth
	fmt.Println(plan, plan.Has(Medical), plan.Has(Medical|Pharmacy))
	// Output: medical, mental health true false
}

func ExampleContinuousEnrolment() {
	spans := []Enrolment{
		{Period: Period{Start: Day(2001, 1, 1), End: Day(2001, 5, 31)}, Product: Commercial, Benefits: Medical},
		{Period: Period{Start: Day(2001, 7, 16)}, Product: Commercial, Benefits: Medical},
	}
	r := ContinuousEnrolment{Window: CalendarYear(2001), Anchor: Day(2001, 12, 31), Gaps: 1, GapDays: 45}
	fmt.Println(r.Met(spans), r.Fault(spans))
	r.GapDays = 44
	fmt.Println(r.Met(spans), r.Fault(spans))
	// Output:
	// true continuous
	// false gap too long
}

func ExampleEnrolmentFault() {
	r := ContinuousEnrolment{Window: CalendarYear(2001)}
	fmt.Println(r.Fault(nil))
	// Output: not enrolled
}

func ExampleCover() {
	spans := []Enrolment{{Period: Period{Start: Day(2001, 1, 10), End: Day(2001, 11, 30)}, Product: Medicaid, Benefits: Medical}}
	c := Cover{Product: Medicaid, Benefits: Medical}
	fmt.Println(c.Days(spans, CalendarYear(2001)), c.MemberMonths(spans, CalendarYear(2001), MonthFirstDay))
	for g := range c.Gaps(spans, CalendarYear(2001)) {
		fmt.Println(g)
	}
	// Output:
	// 325 10
	// 2001-01-01 to 2001-01-09
	// 2001-12-01 to 2001-12-31
}

func ExampleMonthRule() {
	// From 10 January to 30 November.
	spans := []Enrolment{{Period: Period{Start: Day(2001, 1, 10), End: Day(2001, 11, 30)}, Product: Medicaid, Benefits: Medical}}
	for _, rule := range []MonthRule{MonthAnyDay, MonthFirstDay, MonthMidMonth15, MonthAllDays} {
		fmt.Println(rule, "-", Cover{Product: Medicaid, Benefits: Medical}.MemberMonths(spans, CalendarYear(2001), rule))
	}
	// Output:
	// any day of the month - 11
	// first day of the month - 10
	// 15th of the month - 11
	// every day of the month - 10
}

func ExampleMergeEnrolments() {
	a := Enrolment{Period: CalendarQuarter(2001, 1), Product: Commercial}
	b := Enrolment{Period: CalendarQuarter(2001, 2), Product: Commercial}
	fmt.Println(MergeEnrolments([]Enrolment{b, a})[0].Period)
	// Output: 2001-01-01 to 2001-06-30
}

func ExampleNormalizeEnrolments() {
	_, err := NormalizeEnrolments([]Enrolment{{Period: Period{Start: Day(2001, 5, 1), End: Day(2001, 4, 30)}, Product: Commercial}})
	fmt.Println(err)
	// Output: registry: enrolment span 0 (2001-05-01 to 2001-04-30): ends before it starts
}

func ExampleEnrolmentError() {
	_, err := NormalizeEnrolments([]Enrolment{{Period: CalendarYear(2001)}})
	var e *EnrolmentError
	fmt.Println(errors.As(err, &e), e.Index, e.Problem)
	// Output: true 0 no product line
}

func ExampleContinuouslyEnrolled() {
	d := ContinuouslyEnrolled{Window: YearsBefore(1), Anchor: PeriodEnd(), Rule: ContinuousEnrolment{Cover: Cover{Benefits: Medical}, Gaps: 1, GapDays: 45}}
	fmt.Println(d)
	// Output: continuously enrolled in the start of the period less 1 year to the end of the period with medical, gaps: at most 1 of at most 45 days in each year, enrolled on the end of the period
}

func ExampleProductOn() {
	spans := []Enrolment{{Period: CalendarYear(2001), Product: Medicaid, Benefits: Medical}}
	fmt.Println(ProductOn(spans, Day(2001, 12, 31), Medical))
	// Output: medicaid
}
