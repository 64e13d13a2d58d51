package panel

import "github.com/chroniccare/chroniccare/registry"

// Visit is a contact between a person and a provider. Amounts are in the smallest
// unit of a currency; the paid amount stands in where none was allowed.
type Visit struct {
	ID       string        `json:"id"`
	On       registry.Date `json:"on"`
	Provider string        `json:"provider"`
	Class    string        `json:"class,omitempty"` // specialty class of the provider
	Service  string        `json:"service,omitempty"`
	Setting  string        `json:"setting,omitempty"`
	Allowed  int64         `json:"allowed,omitempty"`
	Paid     int64         `json:"paid,omitempty"`
}

func (v *Visit) amount() int64 {
	if v.Allowed != 0 {
		return v.Allowed
	}
	return v.Paid
}

// Registration is a span in which a person is on a provider's list; a zero End is
// open.
type Registration struct {
	ID       string          `json:"id"`
	Provider string          `json:"provider"`
	Practice string          `json:"practice,omitempty"`
	Period   registry.Period `json:"period"`
}

// Record is what attribution needs to know of a person, in any order.
type Record struct {
	Person        string               `json:"person"`
	Visits        []Visit              `json:"visits,omitempty"`
	Registrations []Registration       `json:"registrations,omitempty"`
	Enrolments    []registry.Enrolment `json:"enrolments,omitempty"`
	Death         registry.Date        `json:"death"`
	Dead          bool                 `json:"dead,omitempty"` // also without a date
	OptedOut      registry.Date        `json:"opted_out"`      // from that day on
}

// RecordOf makes a record of a patient: encounters that took place are visits, with
// the fact's Setting, or else the class of the encounter, as setting. class gives the
// specialty class of a provider and may be nil. Facts know no services or amounts:
// fill them in where they count.
func RecordOf(p *registry.Patient, class func(provider string) string) Record {
	r := Record{Person: p.ID, Enrolments: p.Enrolments, Death: p.Death.Day, Dead: p.Dead}
	for i := range p.Facts {
		f := &p.Facts[i]
		if f.Kind != registry.Encounter || f.Negated {
			continue
		}
		switch f.Status {
		case registry.EnteredInError, registry.Cancelled, registry.Planned, registry.NotDone:
			continue
		}
		v := Visit{ID: f.ID, On: f.When.Earliest().Day, Provider: f.Provider, Setting: f.Setting}
		if v.Setting == "" && f.Visit != nil {
			v.Setting = f.Visit.Class
		}
		if class != nil {
			v.Class = class(f.Provider)
		}
		r.Visits = append(r.Visits, v)
	}
	return r
}
