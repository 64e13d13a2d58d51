package register

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/chroniccare/chroniccare/registry"
)

// ClaimFinding says what a claim did for a condition.
type ClaimFinding struct {
	Fact   *registry.Fact `json:"-"`
	ID     string         `json:"id"`
	Date   registry.Date  `json:"date"`
	Counts bool           `json:"counts"`
	Why    string         `json:"why"`
}

// Explain lists every claim that carries a code of the condition and says why it
// counts or not, by date. It fails only for a condition that the profile lacks.
func (r *Claims) Explain(p *registry.Patient, year int, condition string) (Membership, []ClaimFinding, error) {
	i := slices.IndexFunc(r.profile.Conditions, func(c Condition) bool { return c.ID == condition })
	if i < 0 {
		return Membership{}, nil, fmt.Errorf("%w %s: no condition %q", ErrProfile, r.profile.ID, condition)
	}
	m := Members{Ever: true}
	r.Evaluate(p, year, &m)
	c := &r.profile.Conditions[i]
	bit := uint64(1) << i
	w := registry.Period{Start: 2, End: 1} // no day, when the year is outside the calendar
	if year >= 1 && year <= 9999 {
		w = registry.ReferenceYears(year, min(c.years(), year))
	}
	var out []ClaimFinding
	for k := range p.Facts {
		f := &p.Facts[k]
		if f.Kind != registry.Claim {
			continue
		}
		carries := false
		for _, x := range f.Codes {
			if n, ok := r.index[x.Value]; ok && x.System == r.system && r.masks[n].include&bit != 0 {
				carries = true
			}
		}
		if !carries {
			continue
		}
		g := ClaimFinding{Fact: f, ID: f.ID, Date: f.When.Start.Day, Why: "counts"}
		typ, known := r.types[f.Setting]
		switch {
		case f.Status == registry.EnteredInError:
			g.Why = "entered in error"
		case f.Unqualified || f.Negated:
			g.Why = "equipment, ambulance or supplier claim"
		case !w.Contains(g.Date):
			g.Why = "outside " + w.String()
			if !w.Valid() {
				g.Why = fmt.Sprintf("the year %d is outside the calendar", year)
			}
		case !known || r.taken(typ)&bit == 0:
			g.Why = "claim type " + f.Setting + " is not taken"
		case r.counting(f)&bit == 0:
			g.Why = "an exclusion code on the claim, or the position of the diagnosis"
		default:
			g.Counts = true
		}
		out = append(out, g)
	}
	slices.SortStableFunc(out, func(a, b ClaimFinding) int { return cmp.Or(cmp.Compare(a.Date, b.Date), compareClaims(a.Fact, b.Fact)) })
	const again = "the same claim once more"
	for k := 1; k < len(out); k++ {
		if a, b := &out[k-1], &out[k]; b.Counts && (a.Counts || a.Why == again) && repeats(a.Fact, b.Fact) {
			b.Counts, b.Why = false, again
		}
	}
	return m.Conditions[i], out, nil
}
