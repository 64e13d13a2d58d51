package recall

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/internal/name"
	"github.com/chroniccare/chroniccare/registry"
)

// Status of a gap in care (HL7 Da Vinci DEQM, gaps in care).
type Status uint8

// Statuses.
const (
	NotApplicable  Status = iota // not in the population: no score may be reported with it
	ClosedGap                    // nothing is missing at the through date, or the person is excluded
	OpenGap                      // care is due and not shown
	ProspectiveGap               // satisfied today, but no longer at a through date in the future
)

var statusCodes = [...]string{"not-applicable", "closed-gap", "open-gap", "prospective-gap"}

// String gives the DEQM code.
func (s Status) String() string { return statusCodes[min(int(s), len(statusCodes)-1)] }

// MarshalText gives the DEQM code.
func (s Status) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads what MarshalText gives; another text is an error that lists the words.
func (s *Status) UnmarshalText(text []byte) error { return name.Parse(s, len(statusCodes), text) }

// Gap is what stands between a person and one recommended item of care. Rules and Reasons belong
// to the plan and are shared with other people's gaps: read them, don't write to them.
type Gap struct {
	Key        string            `json:"key"`
	Rule       string            `json:"rule"` // ID of the recommendation that speaks
	Version    string            `json:"version,omitempty"`
	Rules      []string          `json:"rules"` // IDs of the recommendations that merged, sorted
	Title      string            `json:"title"`
	Status     Status            `json:"status"`
	State      State             `json:"state"`
	Reasons    []registry.Reason `json:"reasons,omitempty"` // best first
	Schedule                     // of the rule that is due first
	Last       *registry.Fact    `json:"-"` // the evidence that the schedule starts from
	LastOn     registry.Date     `json:"last"`
	Late       bool              `json:"late,omitempty"` // closed after its window
	Excluded   bool              `json:"excluded,omitempty"`
	Exclusion  string            `json:"exclusion,omitempty"`
	OnRecall   bool              `json:"on_recall,omitempty"`  // excluded, yet to be called
	OffRecall  bool              `json:"off_recall,omitempty"` // open, and not to be called
	Hidden     registry.Date     `json:"hidden,omitempty"`     // snoozed until then
	Quiet      registry.Date     `json:"quiet,omitempty"`      // an order is placed: no reminders until then
	Remarks    Remarks           `json:"remarks,omitempty"`
	Priority   int               `json:"priority"`
	Grade      string            `json:"grade,omitempty"`
	Class      PromptClass       `json:"class"`
	Prompt     bool              `json:"prompt,omitempty"`    // to be asked at this visit, not yet done today
	Why        string            `json:"why,omitempty"`       // of a gap that does not apply
	Gone       bool              `json:"gone,omitempty"`      // dead or away: not to be called for anything
	Cancelled  registry.Date     `json:"cancelled,omitempty"` // the day of what cancelled it
	Cell       string            `json:"cell,omitempty"`      // of the kidney grid
	ACRMissing bool              `json:"acr_missing,omitempty"`
	Closes     string            `json:"closes"` // what would close it

	rec     int
	members uint64 // of the key's recommendations
}

// Open reports whether the gap belongs on a worklist on a day: due, open, and not put
// aside. Excluded people who stay on recall belong on it too.
func (g *Gap) Open(t registry.Date) bool { return g.due() && t >= g.Hidden }

// due reports whether somebody ought to act now.
func (g *Gap) due() bool {
	return (g.Status == OpenGap || g.OnRecall) && g.State >= Due && g.State != Lapsed
}

// Upcoming keeps the gaps that need planning on a day: those open, and those whose
// due day lies within the days ahead. What is hidden stays out. The order is that of
// [ByUrgency].
func Upcoming(gaps []Gap, asOf registry.Date, days int) []Gap {
	var out []Gap
	for _, g := range gaps {
		if g.Open(asOf) || g.Status != NotApplicable && !g.Excluded && g.State < Due && g.Due <= asOf.AddDays(days) && asOf >= g.Hidden {
			out = append(out, g)
		}
	}
	slices.SortStableFunc(out, ByUrgency)
	return out
}

// ByUrgency puts overdue gaps first, then by priority, due day and key.
func ByUrgency(a, b Gap) int { return byUrgency(&a, &b) }

func byUrgency(a, b *Gap) int {
	late := func(g *Gap) int {
		if g.State == Overdue {
			return 0
		}
		return 1
	}
	rank := func(g *Gap) int {
		if g.Priority == 0 {
			return 1 << 30
		}
		return g.Priority
	}
	return cmp.Or(cmp.Compare(late(a), late(b)), cmp.Compare(rank(a), rank(b)), cmp.Compare(a.Due, b.Due), strings.Compare(a.Key, b.Key))
}

// Text gives a gap on one line.
func (g *Gap) Text() string {
	s := fmt.Sprintf("%s: %s", g.Title, g.Status)
	if g.Title == "" {
		s = fmt.Sprintf("%s: %s", g.Key, g.Status)
	}
	switch {
	case g.Status == NotApplicable:
		return s + " (" + g.Why + ")"
	case g.Excluded:
		return s + " (excluded: " + g.Exclusion + ")"
	}
	if g.LastOn != 0 {
		s += ", last on " + g.LastOn.String()
	}
	if y, _, _ := g.Due.YMD(); y != 9999 {
		s += ", " + g.State.String() + " " + g.Due.String()
	}
	for i, r := range g.Reasons {
		if i == 0 {
			s += ": "
		} else {
			s += ", "
		}
		s += r.String()
	}
	return s
}
