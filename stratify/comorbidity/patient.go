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
// the maps fixes a look-back: the window is the caller's, both ends count. For finer
// choices see [Selection]; plain counting over a population goes faster with [Map.Flags].
func (m *Map) Of(p *registry.Patient, window registry.Period) (out Found) {
	for i := range p.Facts {
		f := &p.Facts[i]
		if f.Kind != registry.Diagnosis && f.Kind != registry.Claim {
			continue
		}
		if !window.Contains(f.When.Start.Day) || !stated(f) {
			out.LeftOut++
			continue
		}
		r := m.FlagsOf(f.Codes)
		out.Codes += r.Codes
		out.Bad += r.Bad
		out.Other += r.Other
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

// stated reports whether a record says that the person has the disease.
func stated(f *registry.Fact) bool {
	return !f.Negated && !f.Unqualified && f.Status != registry.EnteredInError && f.Verification != registry.Refuted && f.Verification != registry.VerifiedInError
}

// Diagnoses lists a patient's diagnoses and claims code by code, as a [Selection] reads
// them, in the order of the record, and counts those that are refuted, negated or entered
// in error and so left out. Position and POA come from the record itself or from the
// diagnoses of its encounter; the source from the class of the encounter, the claim type
// or the category.
func Diagnoses(p *registry.Patient) (out []Diagnosis, leftOut int) {
	encounters := map[string]*registry.Fact{}
	for i := range p.Facts {
		if f := &p.Facts[i]; f.Kind == registry.Encounter {
			encounters[f.ID] = f
		}
	}
	for i := range p.Facts {
		f := &p.Facts[i]
		if f.Kind != registry.Diagnosis && f.Kind != registry.Claim {
			continue
		}
		if !stated(f) {
			leftOut++
			continue
		}
		d := Diagnosis{Day: f.When.Start.Day, Encounter: f.EncounterID, Source: sourceOf(f.Setting), Position: f.Rank, Fact: f.ID}
		if e := encounters[f.EncounterID]; e != nil && e.Visit != nil {
			if d.Source == SourceUnknown {
				d.Source = sourceOf(e.Visit.Class)
			}
			for _, x := range e.Visit.Diagnoses {
				if x.Reference != f.ID {
					continue
				}
				if d.POA = x.OnAdmit; d.Position == 0 {
					d.Position = x.Sequence
				}
				if x.Principal {
					d.Position = 1
				}
			}
		}
		if d.Source == SourceUnknown && f.Category&registry.ProblemListItem != 0 {
			d.Source = ProblemList
		}
		for k, c := range f.Codes {
			d.Code = c
			if f.Kind == registry.Claim {
				d.Position = k + 1
			}
			out = append(out, d)
		}
	}
	return out, leftOut
}

// sourceOf reads a class of encounters or a claim type.
func sourceOf(s string) Source {
	switch s {
	case "IMP", "ACUTE", "NONAC", "inpatient":
		return Inpatient
	case "AMB", "EMER", "OBSENC", "SS", "HH", "VR", "outpatient":
		return Outpatient
	case "professional":
		return Professional
	}
	return SourceUnknown
}
