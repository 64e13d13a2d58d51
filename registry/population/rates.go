package population

import (
	"slices"

	"github.com/chroniccare/chroniccare/registry"
)

// Prevalence is the crude share of people on a register.
func Prevalence[P any](people []P, on func(P) bool) registry.Rate {
	r := registry.Rate{Den: int64(len(people))}
	for _, p := range people {
		if on(p) {
			r.Num++
		}
	}
	return r
}

// Point is a rate on a day.
type Point struct {
	On   registry.Date `json:"on"`
	Rate registry.Rate `json:"rate"`
}

// Trend is the prevalence on each of some days among those who are in the population
// on that day, in the order of time, each day once. in and on answer for a day; use
// charts loaded as of it for what was known then.
func Trend[P any](people []P, days []registry.Date, in, on func(P, registry.Date) bool) []Point {
	days = slices.Clone(days)
	slices.Sort(days)
	days = slices.Compact(days)
	out := make([]Point, 0, len(days))
	for _, d := range days {
		x := Point{On: d}
		for _, p := range people {
			if !in(p, d) {
				continue
			}
			x.Rate.Den++
			if on(p, d) {
				x.Rate.Num++
			}
		}
		out = append(out, x)
	}
	return out
}

// Course is what incidence needs to know of a person.
type Course struct {
	FirstEver registry.Date // the first day ever on the register, 0 for never
	InAtStart bool          // on the register on the day before the window
}

// Incidence is the number of people who came onto a register for the first time ever
// within the window, of those who were not on it when the window began. People who
// were on it before and had left are at risk and can't be new.
func Incidence[P any](people []P, window registry.Period, course func(P) Course) registry.Rate {
	var r registry.Rate
	for _, p := range people {
		c := course(p)
		if c.InAtStart {
			continue
		}
		r.Den++
		if window.Contains(c.FirstEver) {
			r.Num++
		}
	}
	return r
}
