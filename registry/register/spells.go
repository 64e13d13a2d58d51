package register

import (
	"cmp"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/registry"
)

// Spells gives the unbroken spans of [from, to] in which the person of a loaded
// chart is on the i-th register, in order, appended to dst[:0]; the last ends with to
// when they still are. It asks only on the days on which the answer may change: dates of facts
// and the days after, days on which a fact enters or leaves a window, birthdays,
// death and departures.
func (r *Registers) Spells(c *registry.Chart, away []Departure, i int, from, to registry.Date, dst []registry.Period) []registry.Period {
	dst, to = dst[:0], min(to, registry.MaxDate)
	if from <= 0 || to < from {
		return dst
	}
	var days []registry.Date
	return spells(r.list[i].days(c, r.policy, away, from, to, days), to, dst, func(t registry.Date) bool { return r.Holds(c, away, i, t) })
}

func spells(days []registry.Date, to registry.Date, dst []registry.Period, in func(registry.Date) bool) []registry.Period {
	was := false
	for _, t := range days {
		switch now := in(t); {
		case now && !was:
			dst = append(dst, registry.Period{Start: t, End: to})
			was = true
		case was && !now:
			dst[len(dst)-1].End = t - 1
			was = false
		}
	}
	return dst
}

// Leaving is the end of a spell on a register: the first day out and why. A person
// whose record no longer meets the rule has the criterion that fails.
type Leaving struct {
	Person   string        `json:"person"`
	Register string        `json:"register"`
	On       registry.Date `json:"on"`
	Reason   Reason        `json:"reason"`
	Why      string        `json:"why,omitempty"`
	Into     string        `json:"into,omitempty"` // the record merged into
}

// Leavers lists every way out of a register in [from, to]: people on it on one day
// and off on the next, the first day off in the span. They come by day, then in the
// order of the registers, appended to dst, so that a loop over people gathers all.
func (r *Registers) Leavers(c *registry.Chart, away []Departure, from, to registry.Date, dst []Leaving) []Leaving {
	if to = min(to, registry.MaxDate); from <= registry.MinDate || to < from {
		return dst
	}
	start := len(dst)
	var days []registry.Date
	var in []registry.Period
	for i := range r.list {
		days = r.list[i].days(c, r.policy, away, from-1, to, days)
		in = spells(days, to, in[:0], func(t registry.Date) bool { return r.Holds(c, away, i, t) })
		for _, s := range in {
			if s.End == to {
				continue
			}
			l := Leaving{Person: c.Patient.ID, Register: r.list[i].ID, On: s.End + 1, Reason: r.standing(c.Patient, away, s.End+1)}
			if l.Reason == Member {
				l.Reason = RuleNotMet
				l.Why = failing(r.list[i].in.criterion.Explain(c, yearTo(l.On)))
			}
			for k := range away {
				if l.Reason == Merged && away[k].at(l.On) {
					l.Into = away[k].Into
				}
			}
			dst = append(dst, l)
		}
	}
	slices.SortStableFunc(dst[start:], func(a, b Leaving) int { return cmp.Compare(a.On, b.On) })
	return dst
}

// failing is the first unmet question of a finding, as deep as it goes.
func failing(f registry.Finding) string {
	for _, p := range f.Parts {
		if !p.Met {
			return failing(p)
		}
	}
	label, _, _ := strings.Cut(f.Label, "\n")
	return label
}

// Explanation is an entry with everything behind it.
type Explanation struct {
	Person   string             `json:"person"`
	Register string             `json:"register"`
	Version  string             `json:"version,omitempty"`
	Entry                       // as Evaluate gives it
	Finding  registry.Finding   `json:"finding"`
	Near     []registry.Finding `json:"near,omitempty"` // questions whose single change would let the person in
}

// Explain gives the entry of the i-th register with the tree of questions that led
// to it and, for those whom the rule keeps out, the near misses.
func (r *Registers) Explain(c *registry.Chart, away []Departure, i int, asOf registry.Date) Explanation {
	o := &r.list[i]
	x := Explanation{Person: c.Patient.ID, Register: o.ID, Version: o.Version}
	var days []registry.Date
	x.Entry = r.entry(c, away, i, asOf, &days)
	if !recorded(asOf) {
		return x
	}
	p := yearTo(asOf)
	x.Finding = o.in.criterion.Explain(c, p)
	if x.Out == RuleNotMet {
		x.Near = o.in.near(c, p, nil)
	}
	return x
}
