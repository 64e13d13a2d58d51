package recall

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/chroniccare/chroniccare/registry"
)

// Person is who may be called, with the gaps of the day.
type Person struct {
	ID       string
	Gaps     []Gap
	Contacts []Contact
	OptedOut []string // channels
	Language string
	Declined bool // wants no calls at all
}

// Recall is one message to one person: everything that is to be asked for on a day.
type Recall struct {
	Person   string          `json:"person"`
	Keys     []KeyStep       `json:"keys"`   // the most urgent first
	Target   registry.Date   `json:"target"` // by when the care is wanted: the earliest due day, not before today
	Window   registry.Period `json:"window"` // the days that suit all keys, or else the most urgent
	Role     string          `json:"role,omitempty"`
	Channel  string          `json:"channel"`
	Language string          `json:"language,omitempty"`
	Reason   string          `json:"reason"` // the state of the most urgent: due soon, due, overdue
	Due      registry.Date   `json:"due"`    // of the most urgent
}

// KeyStep is a key with the step of the ladder that it has reached.
type KeyStep struct {
	Key  string `json:"key"`
	Step int    `json:"step"`
}

// Reminder is a line for the provider about one gap.
type Reminder struct {
	Person      string        `json:"person"`
	Key         string        `json:"key"`
	State       State         `json:"state"`
	Due         registry.Date `json:"due"`
	DaysOverdue int           `json:"days_overdue"`
	Role        string        `json:"role,omitempty"`
	Class       PromptClass   `json:"class"`
	Priority    int           `json:"priority"`
	Closes      string        `json:"closes"`
}

// Held is a contact that is not made, with the reason.
type Held struct {
	Person string        `json:"person"`
	Key    string        `json:"key,omitempty"` // empty: for everything
	Why    string        `json:"why"`
	Until  registry.Date `json:"until"` // 0: not known
	Role   string        `json:"role,omitempty"`
}

// DueList is what is to be done on a day. Reuse it, and listing does not allocate once its
// storage has grown; what it lists is then overwritten.
type DueList struct {
	Day       registry.Date `json:"day"`
	Recalls   []Recall      `json:"recalls"`    // to patients, by person; one for each
	Reminders []Reminder    `json:"reminders"`  // to providers, by person, then urgency
	Held      []Held        `json:"held"`       // contacts that are not made
	HandOvers []Held        `json:"hand_overs"` // the ladder has ended: somebody has to call
	Panel     []Held        `json:"panel"`      // said to be someone else's patients

	order    []int
	gaps     []*Gap
	contacts []Contact
	keys     []KeyStep // storage of all messages' keys
	channels []string
}

// Text gives the counts on one line.
func (l *DueList) Text() string {
	return fmt.Sprintf("%s: %d recalls, %d reminders, %d held, %d handed over", l.Day, len(l.Recalls), len(l.Reminders), len(l.Held), len(l.HandOvers))
}

// ByRole counts hand-overs and reminders by role, sorted by role.
func (l *DueList) ByRole() []RoleCount {
	var out []RoleCount
	add := func(role string) {
		i, ok := slices.BinarySearchFunc(out, role, func(c RoleCount, r string) int { return cmp.Compare(c.Role, r) })
		if !ok {
			out = slices.Insert(out, i, RoleCount{Role: role})
		}
		out[i].N++
	}
	for i := range l.Reminders {
		add(l.Reminders[i].Role)
	}
	for i := range l.HandOvers {
		add(l.HandOvers[i].Role)
	}
	return out
}

// RoleCount is how much a role has to do.
type RoleCount struct {
	Role string `json:"role"`
	N    int64  `json:"n"`
}
