package completeness

import (
	"slices"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/linkage"
	"github.com/chroniccare/chroniccare/registry/recall"
)

// Record is a person's record with what [registry.Patient] has no room for. Only
// Patient is needed; nothing here is changed.
type Record struct {
	Patient      *registry.Patient
	Deaths       []registry.Date // days of death that other sources give
	Identifiers  []linkage.Identifier
	Readings     []Reading // self-reported, beside the clinic's facts
	Appointments []Appointment
	Remarks      []recall.Remark // on gaps in care: "documented elsewhere" asks for evidence
	Contact      *Contact        // nil: not judged
	Unresolved   []Unresolved    // matches that nobody has decided on
	Registered   registry.Date   // with the practice: nothing was expected before; 0: not known
	Provider     string
	HighestRisk  bool         // tasks go straight to the last role
	Away         *recall.Away // transferred, opted out, merged
}

// Reading is a measurement that the person or a device took. It is a fact of its own
// and never mixes with the clinic's.
type Reading struct {
	Fact    registry.Fact
	Origin  linkage.Origin
	Channel Channel
}

// Channel is the way on which a reading came.
type Channel uint8

// Channels.
const (
	ByPhone Channel = iota
	ByInternet
	ByDevice
)

// String gives the channel in words.
func (c Channel) String() string { return [...]string{"phone", "internet", "device"}[min(c, ByDevice)] }

// Appointment is a date that was agreed on, with what became of it.
type Appointment struct {
	ID      string
	On      registry.Date
	Outcome string // such as attended, missed, cancelled; empty: not recorded
}

// Contact says how a person can be reached.
type Contact struct {
	Channels []string // that work and are not opted out
	Language string
	Since    registry.Date // since when it is so; 0: not known
}

// Unresolved is a match with another record that nobody has decided on, or a weak
// identity.
type Unresolved struct {
	ID    string // of the other record, or of the weak identifier
	Why   string
	Since registry.Date
}

// Split takes the facts whose Source is in a list out of a patient, as readings of an
// origin and channel; the rest is a patient of its own. Nothing is lost: the facts of
// both parts together are those of the whole.
func Split(p *registry.Patient, sources []string, origin linkage.Origin, channel Channel) (*registry.Patient, []Reading) {
	clinic := *p
	clinic.Facts = nil
	var own []Reading
	for _, f := range p.Facts {
		if slices.Contains(sources, f.Source) {
			own = append(own, Reading{f, origin, channel})
		} else {
			clinic.Facts = append(clinic.Facts, f)
		}
	}
	return &clinic, own
}

// death is the earliest day of death of all sources; 0 when none has one.
func (r *Record) death() registry.Date {
	d := r.Patient.Death.Day
	for _, x := range r.Deaths {
		if x != 0 && (d == 0 || x < d) {
			d = x
		}
	}
	return d
}
