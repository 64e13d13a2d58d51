package hedis2001_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/chroniccare/chroniccare/hedis"
	. "github.com/chroniccare/chroniccare/hedis/hedis2001"
	"github.com/chroniccare/chroniccare/registry"
)

func answer(item string, d registry.Date, category int64) registry.Fact {
	return registry.Fact{Kind: registry.Assessment, Codes: []registry.Code{{System: ItemSystem, Value: item}}, When: registry.On(d), Value: registry.QuantityOf(registry.Num(category, 0), "")}
}

// Both surveys: who is asked, and which answer counts.
func TestSurveyPopulation(t *testing.T) {
	year := registry.CalendarYear(2001)
	adult := person(on(1983, 12, 31))
	medicaid := func(from registry.Date) *registry.Patient { return line(adult, registry.Medicaid, from) }
	for _, c := range []hedis.SurveyComposite{GettingCareQuickly(), GettingNeededCare()} {
		young := *adult
		young.Birth = on(1984, 1, 1)
		for name, x := range map[string]struct {
			p  *registry.Patient
			in bool
		}{
			"18 on the last day": {adult, true}, "a day too young": {&young, false},
			"gap of 45 days": {gap(adult, on(2001, 3, 1), 45), true}, "gap of 46 days": {gap(adult, on(2001, 3, 1), 46), false},
			"enrolled on the last day": {gap(adult, on(2002, 1, 1), 9), true}, "not on the last day": {gap(adult, on(2001, 12, 31), 1), false},
			"Medicaid for six months": {medicaid(on(2001, 7, 1)), true}, "six months less 46 days": {medicaid(on(2001, 8, 16)), false}, "six months less 45 days": {medicaid(on(2001, 8, 15)), true},
			"commercial for six months": {line(adult, registry.Commercial, on(2001, 7, 1)), false},
		} {
			if _, in := Answers(c, x.p, year); in != x.in {
				t.Errorf("%s, %s: %v", c.ID, name, in)
			}
		}
		item := c.Items[0].ID
		top := int64(len(c.Scale))
		for name, x := range map[string]struct {
			facts []registry.Fact
			want  int
		}{
			"none": {nil, hedis.NoAnswer}, "first day": {[]registry.Fact{answer(item, on(2001, 1, 1), 1)}, 0}, "last day": {[]registry.Fact{answer(item, on(2001, 12, 31), top)}, len(c.Scale) - 1},
			"day before": {[]registry.Fact{answer(item, on(2000, 12, 31), 1)}, hedis.NoAnswer}, "day after": {[]registry.Fact{answer(item, on(2002, 1, 1), 1)}, hedis.NoAnswer},
			"category 0": {[]registry.Fact{answer(item, on(2001, 5, 1), 0)}, hedis.NoAnswer}, "beyond the scale": {[]registry.Fact{answer(item, on(2001, 5, 1), top+1)}, hedis.NoAnswer},
			"the most recent": {[]registry.Fact{answer(item, on(2001, 5, 2), 2), answer(item, on(2001, 5, 1), 1)}, 1},
			"two of a day":    {[]registry.Fact{answer(item, on(2001, 5, 2), 2), answer(item, on(2001, 5, 2), 1)}, 0},
			"another item":    {[]registry.Fact{answer("weather", on(2001, 5, 2), 2)}, hedis.NoAnswer},
		} {
			for range 2 {
				got, _ := Answers(c, with(adult, x.facts...), year)
				want := slices.Repeat([]int{hedis.NoAnswer}, len(c.Items))
				want[0] = x.want
				if !slices.Equal(got, want) {
					t.Errorf("%s, %s: %v, want %v", c.ID, name, got, want)
				}
				slices.Reverse(x.facts)
			}
		}
	}
}

// What an answer is worth, at both ends of both scales, reversed items too.
func TestSurveyScores(t *testing.T) {
	for _, c := range []hedis.SurveyComposite{GettingCareQuickly(), GettingNeededCare()} {
		for _, x := range []struct {
			n        int
			answers  func(best int) int
			top      string
			reported bool
		}{{100, func(best int) int { return best }, "1", true}, {99, func(best int) int { return best }, "1", false}, {100, func(best int) int { return len(c.Scale) - 1 - best }, "0", true},
			{100, func(best int) int { return (best + len(c.Scale) - 1 - best) / 2 }, "0", true}} {
			var tally hedis.SurveyTally
			for range x.n {
				var r []int
				for _, item := range c.Items {
					best := len(c.Scale) - 1
					if item.Reversed {
						best = 0
					}
					r = append(r, x.answers(best))
				}
				c.Add(&tally, r)
			}
			s, err := c.Score(tally)
			if err != nil || s.TopBox.RatString() != x.top || s.Reportable != x.reported {
				t.Errorf("%s, %d answers: %v, reported %v (%v); want %s, %v", c.ID, x.n, s.TopBox, s.Reportable, err, x.top, x.reported)
			}
		}
	}
	c := GettingCareQuickly()
	var tally hedis.SurveyTally
	c.Add(&tally, []int{2, 3, 2, 1}) // usually, always, usually, and sometimes waited
	one, _ := c.Score(tally)
	c.TopBox = 2
	two, _ := c.Score(tally)
	if got := fmt.Sprint(one.TopBox.RatString(), " ", two.TopBox.RatString()); got != "1/4 1" {
		t.Error(got)
	}
}
