package register

import (
	"fmt"
	"slices"

	"github.com/chroniccare/chroniccare/registry"
)

// Spells gives the unbroken spans of [from, to] in which a person has a condition
// by claims, in order. On a day the window is the rule's calendar years up to that
// day. It fails only for a condition that the profile lacks.
func (r *Claims) Spells(p *registry.Patient, condition string, from, to registry.Date) ([]registry.Period, error) {
	i := slices.IndexFunc(r.profile.Conditions, func(c Condition) bool { return c.ID == condition })
	if i < 0 {
		return nil, fmt.Errorf("%w %s: no condition %q", ErrProfile, r.profile.ID, condition)
	}
	var out []registry.Period
	to = min(to, registry.MaxDate)
	if from <= 0 || to < from {
		return nil, nil
	}
	// years without claims in their window have no members
	first, last := 10000, 0
	for k := range p.Facts {
		if f := &p.Facts[k]; f.Kind == registry.Claim && f.When.Start.Day != 0 {
			first, last = min(first, f.When.Start.Day.Year()), max(last, f.When.Start.Day.Year())
		}
	}
	var m Members
	for y := max(first, from.Year()); y <= min(last+r.years[i]-1, to.Year()); y++ {
		r.Evaluate(p, y, &m)
		c := m.Conditions[i]
		start, end := max(c.Since, registry.Day(y, 1, 1), from), min(registry.Day(y, 12, 31), to)
		if !c.In || start > end {
			continue
		}
		if n := len(out); n > 0 && out[n-1].End+1 == start {
			out[n-1].End = end
			continue
		}
		out = append(out, registry.Period{Start: start, End: end})
	}
	return out, nil
}
