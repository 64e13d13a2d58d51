package register

import (
	"fmt"

	"github.com/chroniccare/chroniccare/registry"
)

// SameDay says who wins when a diagnosis and its resolution fall on one day.
type SameDay uint8

// Same-day policies. The published wording keeps the person: a resolution must
// come after the diagnosis.
const (
	DiagnosisWins SameDay = iota
	ResolutionWins
)

// Chart is register membership by coded diagnoses in the clinical record, as the
// UK Quality and Outcomes Framework has it: the latest diagnosis counts unless a
// resolved code comes after it. It is a registry.Definition: bind it, put it into
// indicators, explain it. Days up to the end of the period count.
type Chart struct {
	Register       string
	Diagnosis      registry.Set
	Resolved       registry.Set // empty: the register has no resolved codes
	Same           SameDay
	MinAge, MaxAge int          // completed years at the end of the period, 0: no limit
	Medicine       registry.Set // empty: none needed
	MedicineMonths int          // an order or dispense within so many months
}

// String gives the rule in words.
func (d Chart) String() string {
	s := fmt.Sprintf("on the %s register: diagnosis of %s", d.Register, d.Diagnosis.Name)
	if d.Resolved.OID != "" {
		s += fmt.Sprintf(", not resolved since by %s", d.Resolved.Name)
		if d.Same == ResolutionWins {
			s += " (nor on that day)"
		}
	}
	switch {
	case d.MinAge > 0 && d.MaxAge > 0:
		s += fmt.Sprintf(", age %d to %d", d.MinAge, d.MaxAge)
	case d.MinAge > 0:
		s += fmt.Sprintf(", age %d or older", d.MinAge)
	case d.MaxAge > 0:
		s += fmt.Sprintf(", age %d or younger", d.MaxAge)
	}
	if d.Medicine.OID != "" {
		s += fmt.Sprintf(", %s within %d months", d.Medicine.Name, d.MedicineMonths)
	}
	return s
}

// Bind implements registry.Definition.
func (d Chart) Bind(b *registry.Binder) registry.Criterion {
	if d.Medicine.OID != "" && d.MedicineMonths < 1 {
		b.Errorf("register %s: a medicine within %d months", d.Register, d.MedicineMonths)
	}
	return d.definition().Bind(b)
}

// definition is the rule in the terms of package registry.
func (d Chart) definition() registry.Definition {
	const dx = "latest diagnosis"
	upTo := registry.When(registry.Starts, registry.UpToPeriodEnd())
	latest := registry.Pick{From: registry.Query{As: dx, Kind: registry.Diagnosis, Sets: []registry.Set{d.Diagnosis}, Tests: []registry.Test{upTo}}, By: registry.Starts, Last: true}
	then := registry.Definition(registry.All{})
	if d.Resolved.OID != "" {
		after := registry.StartOf(dx)
		if d.Same == DiagnosisWins {
			after = after.Excluded()
		}
		then = registry.Not{Of: registry.Exists{Query: registry.Query{Kind: registry.Diagnosis, Sets: []registry.Set{d.Resolved},
			Tests: []registry.Test{upTo, registry.When(registry.Starts, registry.Window{From: after})}}}}
	}
	all := registry.All{}
	if d.MinAge > 0 || d.MaxAge > 0 {
		all = append(all, registry.AgeAt{At: registry.PeriodEnd(), Min: d.MinAge, Max: d.MaxAge})
	}
	all = append(all, registry.Given{Pick: latest, Then: then})
	if d.Medicine.OID != "" {
		all = append(all, registry.Exists{Query: issued("", d.Medicine, d.MedicineMonths)})
	}
	return registry.Named{Name: d.String(), Of: all}
}

// lastMonths is the window of so many months up to the end of the period, the far
// day not included.
func lastMonths(n int) registry.Window {
	return registry.FromTo(registry.PeriodEnd().AddMonths(-n).Date().Excluded(), registry.PeriodEnd())
}

// issued selects orders and dispenses of a medicine in the last months.
func issued(as string, medicine registry.Set, months int) registry.Query {
	within := []registry.Test{registry.When(registry.Starts, lastMonths(months))}
	return registry.Union(
		registry.Query{As: as, Kind: registry.MedicationOrder, Sets: []registry.Set{medicine}, Tests: within},
		registry.Query{As: as, Kind: registry.MedicationDispense, Sets: []registry.Set{medicine}, Tests: within})
}
