package selfmanagement

import (
	"cmp"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/internal/name"
	"github.com/chroniccare/chroniccare/registry"
)

// Decision is what a co-ordinator has to do about a person, the more urgent first.
type Decision uint8

// Decisions.
const (
	Call Decision = iota
	Appointment
	TechnicalTask // nothing clinical; the device is to be looked at
	Nothing       // lines for the record alone
)

var decisionNames = [...]string{"call", "appointment", "technical task", "nothing"}

// String gives the decision in words.
func (d Decision) String() string { return decisionNames[min(int(d), len(decisionNames)-1)] }

// MarshalText gives the words.
func (d Decision) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText reads what MarshalText gives; another text is an error that lists the words.
func (d *Decision) UnmarshalText(text []byte) error { return name.Parse(d, len(decisionNames), text) }

// Decision is what an action means for the worklist.
func (a Action) Decision() Decision {
	switch a {
	case ContactSameDay, ContactNextDay, ReviewNextWorkingDay:
		return Call
	case BookReview:
		return Appointment
	}
	return Nothing
}

// WorkItem is one person's task of the day with all that the readings say.
type WorkItem struct {
	Person    string        `json:"person"`
	Decision  Decision      `json:"decision"` // of the most urgent alert
	Action    Action        `json:"action"`
	ContactBy registry.Date `json:"contact_by"` // the earliest
	Waiting   int           `json:"waiting"`    // days since the oldest alert or fault began
	Level     int           `json:"level"`
	Alerts    []Alert       `json:"alerts,omitempty"`
	Technical []Technical   `json:"technical,omitempty"`
}

// Triage makes the daily worklist: one task for each person with an alert or a technical
// task, carrying them all. It is ordered by action, days waiting (longest first), level of
// the programme (highest first) and ID. Care co-ordinators work through it and decide on a
// call or an appointment (King's Fund 2010, KF2010:227, KF2010:703). The tasks share the
// storage of the watches: copy what outlives them. The result uses buf's storage.
func Triage(watches []Watch, asOf registry.Date, buf []WorkItem) []WorkItem {
	out := buf[:0]
	for i := range watches {
		w := &watches[i]
		if len(w.Alerts)+len(w.Technical) == 0 {
			continue
		}
		t := WorkItem{Person: w.Person, Level: w.Level, Decision: TechnicalTask, Action: LogOnly, Alerts: w.Alerts, Technical: w.Technical}
		if len(w.Technical) == 0 {
			t.Decision = Nothing
		}
		since := asOf
		for k := range w.Alerts {
			a := &w.Alerts[k]
			t.Action, t.Decision, since = min(t.Action, a.Action), min(t.Decision, a.Action.Decision()), min(since, a.Since)
			if a.ContactBy != 0 && (t.ContactBy == 0 || a.ContactBy < t.ContactBy) {
				t.ContactBy = a.ContactBy
			}
		}
		for k := range w.Technical {
			since = min(since, w.Technical[k].On)
		}
		t.Waiting = int(asOf - since)
		out = append(out, t)
	}
	slices.SortFunc(out, func(a, b WorkItem) int {
		return cmp.Or(cmp.Compare(a.Decision, b.Decision), cmp.Compare(a.Action, b.Action), cmp.Compare(b.Waiting, a.Waiting), cmp.Compare(b.Level, a.Level), strings.Compare(a.Person, b.Person))
	})
	return out
}
