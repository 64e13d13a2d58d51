package register

import (
	"fmt"

	"github.com/chroniccare/chroniccare/internal/name"
	"github.com/chroniccare/chroniccare/registry"
)

// Clinical says which recorded diagnoses count as present. The zero value is the
// usual rule: confirmed ones and those without a verification; of any clinical
// status but inactive, remission and resolved; no longer on the day of abatement.
type Clinical struct {
	AbatementDay bool `json:"abatement_day,omitempty"` // still active on the day on which it ended
	Provisional  bool `json:"provisional,omitempty"`   // working diagnoses count
	Differential bool `json:"differential,omitempty"`  // candidates count
	Unconfirmed  bool `json:"unconfirmed,omitempty"`   // so do those without enough evidence
	UnknownOut   bool `json:"unknown_out,omitempty"`   // no clinical status: not active
}

func (r Clinical) verified(v registry.Verification) bool {
	switch v {
	case registry.Provisional:
		return r.Provisional
	case registry.Differential:
		return r.Differential
	case registry.Unconfirmed:
		return r.Unconfirmed
	}
	return v <= registry.Confirmed
}

// over reports a clinical status that says that the illness is gone.
func over(s registry.Status) bool {
	return s == registry.Inactive || s == registry.Remission || s == registry.Resolved
}

// ended is the first day on which a diagnosis is no longer active, 0 for none. A
// diagnosis that starts and ends on one day and is not said to be over is an entry
// in a list of events, not an illness of a day.
func (r Clinical) ended(f *registry.Fact) registry.Date {
	on, off := f.When.Start.Day, f.When.End.Day
	if off != 0 && off >= on && (off > on || over(f.Status)) {
		if r.AbatementDay {
			return off.AddDays(1)
		}
		return off
	}
	if !over(f.Status) {
		return 0
	}
	if f.Authored.Day != 0 {
		return max(f.Authored.Day, on)
	}
	return on
}

// ActiveAt reports whether a diagnosis is present on a day: it counts by its
// verification, it started by then and has not ended. A recorded end beats the
// clinical status; an end before the start is ignored; a status such as resolved
// without an end holds from the day it was recorded, or from the start when that
// is not known. A diagnosis without a start is not active on any day.
func (r Clinical) ActiveAt(f *registry.Fact, t registry.Date) bool {
	if f.Kind != registry.Diagnosis || f.Negated || !r.verified(f.Verification) || f.When.Start.Day == 0 || f.When.Start.Day > t {
		return false
	}
	switch f.Status {
	case registry.EnteredInError, registry.NotDone, registry.Declined, registry.Cancelled, registry.Revoked, registry.Draft, registry.Planned:
		return false
	case registry.StatusUnknown:
		if r.UnknownOut {
			return false
		}
	}
	end := r.ended(f)
	return end == 0 || t < end
}

// Conflict is what contradicts itself in a diagnosis.
type Conflict uint8

// Conflicts.
const (
	NoConflict       Conflict = iota
	EndBeforeStart            // the end is ignored
	StatusConflict            // over, and recorded so before it started
	ActiveButEnded            // an active status and an end in the past: the end wins
	StartNotRecorded          // it counts on no day
)

var conflictNames = [...]string{"", "END_BEFORE_START", "STATUS_CONFLICT", "ACTIVE_BUT_ENDED", "START_NOT_RECORDED"}

// String gives the issue code.
func (c Conflict) String() string { return conflictNames[min(int(c), len(conflictNames)-1)] }

// MarshalText gives the issue code.
func (c Conflict) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads what MarshalText gives; another text is an error that lists the words.
func (c *Conflict) UnmarshalText(text []byte) error { return name.Parse(c, len(conflictNames), text) }

// ConflictOf finds the first contradiction of a diagnosis as seen on a day.
func ConflictOf(f *registry.Fact, asOf registry.Date) Conflict {
	on, off := f.When.Start.Day, f.When.End.Day
	switch {
	case on == 0:
		return StartNotRecorded
	case off != 0 && off < on:
		return EndBeforeStart
	case over(f.Status) && off == 0 && f.Authored.Day != 0 && f.Authored.Day < on:
		return StatusConflict
	case off > on && off <= asOf && (f.Status == registry.Active || f.Status == registry.Recurrence || f.Status == registry.Relapse):
		return ActiveButEnded
	}
	return NoConflict
}

// onDay is the test that a diagnosis is active at the end of the period.
func (r Clinical) onDay() registry.Test {
	return registry.FactRule{Words: r.words(), Ok: func(_ *registry.Chart, p registry.Period, f *registry.Fact) bool { return r.ActiveAt(f, p.End) }}
}

func (r Clinical) words() string {
	s := "active at the end of the period"
	for _, x := range []struct {
		on    bool
		words string
	}{{r.Provisional, "provisional"}, {r.Differential, "differential"}, {r.Unconfirmed, "unconfirmed"}} {
		if x.on {
			s += " or " + x.words
		}
	}
	if r.UnknownOut {
		s += ", its clinical status known"
	}
	if r.AbatementDay {
		s += ", the day of abatement included"
	}
	return s
}

// recordedBy is the test that a diagnosis counts and started by the end of the
// period, whatever became of it.
func (r Clinical) recordedBy() registry.Test {
	return registry.FactRule{Words: "recorded by the end of the period", Ok: func(_ *registry.Chart, p registry.Period, f *registry.Fact) bool {
		return f.When.Start.Day != 0 && f.When.Start.Day <= p.End && r.verified(f.Verification) && f.Status != registry.NotDone
	}}
}

// Standing selects the diagnoses of a set that stand at the end of the period:
// active, and not followed by a code of the resolving sets. as names them for
// further tests. A diagnosis and a resolution on one day are decided by same.
// After the England QOF business rules, v50 and v51: the latest diagnosis counts
// unless a resolved code comes after it.
func Standing(as string, diagnosis registry.Set, same SameDay, clinical Clinical, resolving ...registry.Set) registry.Query {
	q := registry.Query{As: as, Kind: registry.Diagnosis, Sets: []registry.Set{diagnosis}, Tests: []registry.Test{clinical.onDay()}}
	if len(resolving) > 0 {
		after := registry.StartOf(as)
		if same == DiagnosisWins {
			after = after.Excluded()
		}
		q.Tests = append(q.Tests, registry.Without(registry.Query{Kind: registry.Diagnosis, Sets: resolving,
			Tests: []registry.Test{registry.When(registry.Starts, registry.FromTo(after, registry.PeriodEnd()))}}))
	}
	return q
}

// EpisodeStart picks the start of the present episode: the first diagnosis after
// the last resolution, or the first of all when none came after it.
func EpisodeStart(as string, diagnosis registry.Set, same SameDay, clinical Clinical, resolving ...registry.Set) registry.Pick {
	return registry.Pick{From: Standing(as, diagnosis, same, clinical, resolving...), By: registry.Starts}
}

// Ever selects the diagnoses of a set that were recorded by the end of the period,
// whatever became of them.
func Ever(as string, diagnosis registry.Set, clinical Clinical) registry.Query {
	return registry.Query{As: as, Kind: registry.Diagnosis, Sets: []registry.Set{diagnosis}, Tests: []registry.Test{clinical.recordedBy()}}
}

// onOrAfter is the test that a fact starts on or after a fixed day.
func onOrAfter(d registry.Date) registry.Test {
	return registry.FactRule{Words: fmt.Sprintf("starting on or after %v", d), Ok: func(_ *registry.Chart, _ registry.Period, f *registry.Fact) bool { return f.When.Start.Day >= d }}
}
