package selfmanagement

import (
	"fmt"
	"strings"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/completeness"
)

// Alert says that a rule holds, and which readings made it hold.
type Alert struct {
	Rule      string          `json:"rule"`
	Signal    string          `json:"signal"`
	Test      Test            `json:"test"`
	Action    Action          `json:"action"`
	ContactBy registry.Date   `json:"contact_by"` // 0 when there is nothing to do
	Since     registry.Date   `json:"since"`      // first reading of the run of alerts that nobody has seen; the first missing
	UpTo      registry.Moment `json:"up_to"`      // of the newest reading, for an acknowledgement
	Limit     Limit           `json:"limit"`      // in the rule's unit; of no reading, the days allowed
	Unit      string          `json:"unit,omitempty"`
	Value     registry.Number `json:"value"` // level, rise or mean in Base; of no reading, the days missing
	Base      string          `json:"base"`  // unit of Value
	Readings  []string        `json:"readings,omitempty"`
	Others    int             `json:"others,omitempty"` // of no reading: further signals that are missing
}

// Why says in words what made the alert.
func (a *Alert) Why() string {
	switch a.Test {
	case NoReading:
		s := fmt.Sprintf("no %s reading for %s days, %s allowed", a.Signal, a.Value, a.Limit.Value)
		if a.Others > 0 {
			s += fmt.Sprintf("; %d more signals are missing", a.Others)
		}
		return s
	case LevelTest:
		return strings.TrimSpace(fmt.Sprintf("%s %s", a.Signal, a.Limit.Component)) + fmt.Sprintf(" is %s %s, limit %s %s", a.Value, a.Base, a.Limit, a.Unit)
	}
	return strings.TrimSpace(fmt.Sprintf("%s %s", a.Signal, a.Limit.Component)) + fmt.Sprintf(": %s of %s %s, limit %s %s", a.Test, a.Value, a.Base, a.Limit, a.Unit)
}

// Technical says that a device sent what cannot be used: a technical task, not a clinical
// one. It stands until a usable value of the same kind arrives.
type Technical struct {
	Reading   string            `json:"reading"`
	Signal    string            `json:"signal"`
	Component string            `json:"component,omitempty"`
	On        registry.Date     `json:"on"`
	Value     registry.Quantity `json:"value"`
	Code      completeness.Code `json:"code"` // IMPLAUSIBLE, UNIT_MISSING, UNIT_MISMATCH
}

// Issue gives it as an issue of a person.
func (t Technical) Issue(person string) caremodel.Issue {
	return caremodel.Issue{Code: caremodel.DeviceImplausible, Subject: person, On: t.On, Detail: fmt.Sprintf("%s: reading %s of %s is %s", t.Code, t.Reading, t.Signal, t.Value)}
}
