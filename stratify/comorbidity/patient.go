package comorbidity

import (
	"cmp"
	"slices"

	"github.com/chroniccare/chroniccare/registry"
)

// Evidence says which code of which fact gave a condition.
type Evidence struct {
	Condition string
	Fact      *registry.Fact
	Code      string
}

// Found is what a patient's record gives.
type Found struct {
	Result
	Evidence []Evidence // by condition in the table's order, then by date and ID
	LeftOut  int        // diagnoses outside the window, refuted, negated or entered in error
}

// Of reads a patient's diagnoses and claims that start within the window. None of
// the maps fixes a look-back: the window is the caller's, both ends count. Plain
// counting over a population goes faster with [Map.Flags].
func (m *Map) Of(p *registry.Patient, window registry.Period) (out Found) {
	for i := range p.Facts {
		f := &p.Facts[i]
		if f.Kind != registry.Diagnosis && f.Kind != registry.Claim {
			continue
		}
		if !window.Contains(f.When.Start.Day) || f.Negated || f.Unqualified || f.Status == registry.EnteredInError || f.Verification == registry.Refuted || f.Verification == registry.VerifiedInError {
			out.LeftOut++
			continue
		}
		r := m.FlagsOf(f.Codes)
		out.Codes += r.Codes
		out.Bad += r.Bad
		out.Flags |= r.Flags
		for _, c := range f.Codes {
			if one := m.FlagsOf([]registry.Code{c}); one.Flags != 0 {
				for _, name := range m.Names(one.Flags) {
					out.Evidence = append(out.Evidence, Evidence{name, f, c.Value})
				}
			}
		}
	}
	slices.SortStableFunc(out.Evidence, func(a, b Evidence) int {
		return cmp.Or(cmp.Compare(slices.Index(m.Conditions, a.Condition), slices.Index(m.Conditions, b.Condition)),
			cmp.Compare(a.Fact.When.Start.Day, b.Fact.When.Start.Day), cmp.Compare(a.Fact.ID, b.Fact.ID), cmp.Compare(a.Code, b.Code))
	})
	return out
}
