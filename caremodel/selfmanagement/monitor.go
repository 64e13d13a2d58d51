package selfmanagement

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/completeness"
)

// Reading is what a person or a device sent.
type Reading struct {
	ID     string          `json:"id"`
	Person string          `json:"person"`
	Signal string          `json:"signal"`
	When   registry.Moment `json:"when"`
	Parts  []Part          `json:"parts"`
}

// Part is a measured value of a reading: the systolic pressure, or, without a component,
// the reading itself.
type Part struct {
	Component string            `json:"component,omitempty"`
	Value     registry.Quantity `json:"value"`
}

// Schedule says on which days a reading is expected: every so many days.
type Schedule struct {
	Signal    string        `json:"signal"`
	From      registry.Date `json:"from"`
	Until     registry.Date `json:"until"` // last day; 0: no end
	EveryDays int           `json:"every_days"`
}

// Acknowledgement says that somebody has seen a rule's alert with the readings up to a
// moment. The alert returns only with a newer reading.
type Acknowledgement struct {
	Rule string          `json:"rule"`
	UpTo registry.Moment `json:"up_to"` // of the newest reading that was seen; zero: there was none
	By   string          `json:"by"`
}

// Monitored is a person who sends readings.
type Monitored struct {
	Person       string            `json:"person"`
	Birth        registry.Date     `json:"birth"` // 0: an adult, by whose ranges values are plausible or not
	Conditions   []string          `json:"conditions,omitempty"`
	Level        int               `json:"level"` // of the programme, 3 the most intensive; 0: none
	Schedules    []Schedule        `json:"schedules,omitempty"`
	Readings     []Reading         `json:"readings,omitempty"` // in any order
	Acknowledged []Acknowledgement `json:"acknowledged,omitempty"`
}

// Check reports, as [caremodel.ErrAnswer], readings without an ID, day or value, and
// schedules without a signal, first day or rhythm, or that end before they start.
func (p *Monitored) Check() error {
	var errs []error
	bad := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf("%w: person %q: %s", caremodel.ErrAnswer, p.Person, fmt.Sprintf(format, args...)))
	}
	if p.Person == "" {
		bad("no ID")
	}
	for i := range p.Readings {
		if r := &p.Readings[i]; r.ID == "" || r.When.Day == 0 || len(r.Parts) == 0 || r.Signal == "" {
			bad("reading %d, %q of %q on %s, has %d values", i+1, r.ID, r.Signal, r.When.Day, len(r.Parts))
		}
	}
	for i, s := range p.Schedules {
		if !s.works() {
			bad("schedule %d of %q: every %d days from %s to %s", i+1, s.Signal, s.EveryDays, s.From, s.Until)
		}
	}
	return errors.Join(errs...)
}

func (s *Schedule) works() bool {
	return s.Signal != "" && s.From != 0 && s.EveryDays > 0 && (s.Until == 0 || s.Until >= s.From)
}

// MonitorPolicy says when people work and how soon a review is booked. The zero value
// works on every day and books within 7 days (our default).
type MonitorPolicy struct {
	Calendar   registry.Calendar `json:"calendar"`
	BookWithin int               `json:"book_within"` // days; 0: 7
}

// Monitor holds rules, checked and ready to be asked. It is immutable and may be shared.
type Monitor struct {
	rules  []boundRule // by ID
	series []series
	units  *completeness.Units
	policy MonitorPolicy
}

type boundRule struct {
	Rule
	limits []boundLimit
}

type boundLimit struct {
	Limit
	series int
	value  int64
}

// NewMonitor binds rules. Rules twice, without source, limit or unit, with a window that
// makes no sense, in units that do not convert exactly into one another, and a negative
// policy are errors, all at once ([caremodel.ErrDefinition], [caremodel.ErrPolicy]).
func NewMonitor(rules []Rule, policy MonitorPolicy) (*Monitor, error) {
	units, err := completeness.LoadUnits()
	if err != nil {
		return nil, err
	}
	m := &Monitor{units: units, policy: policy}
	m.policy.BookWithin = cmp.Or(policy.BookWithin, 7)
	var errs []error
	if policy.BookWithin < 0 {
		errs = append(errs, fmt.Errorf("%w: a review booked within %d days", caremodel.ErrPolicy, policy.BookWithin))
	}
	bad := func(id, what string) {
		errs = append(errs, fmt.Errorf("%w: self-monitoring rule %q: %s", caremodel.ErrDefinition, id, what))
	}
	if len(rules) == 0 {
		bad("", "no rules")
	}
	var used [][]string // units by series
	for i := range rules {
		r := boundRule{Rule: rules[i]}
		r.Unit, r.AtLeast = registry.CanonicalUnit(r.Unit), cmp.Or(r.AtLeast, 4)
		if r.ID == "" || slices.ContainsFunc(rules[:i], func(o Rule) bool { return o.ID == r.ID }) {
			bad(r.ID, "the ID is empty or used twice")
		}
		for _, f := range r.faults() {
			bad(r.ID, f)
		}
		for _, l := range r.Any {
			k := slices.IndexFunc(m.series, func(s series) bool { return s.signal == r.Signal && s.component == l.Component })
			if k < 0 {
				k = len(m.series)
				m.series = append(m.series, series{signal: r.Signal, component: l.Component})
				used = append(used, nil)
			}
			if !slices.Contains(used[k], r.Unit) {
				used[k] = append(used[k], r.Unit)
			}
			r.limits = append(r.limits, boundLimit{Limit: l, series: k})
		}
		m.rules = append(m.rules, r)
	}
	for i := range m.series {
		if err := m.series[i].bind(units, used[i]); err != nil {
			bad(m.series[i].signal, err.Error())
		}
	}
	for _, r := range m.rules {
		for i := range r.limits {
			l, ok := &r.limits[i], false
			if l.value, ok = m.series[l.series].fixed(l.Value, r.Unit); !ok && len(errs) == 0 {
				bad(r.ID, fmt.Sprintf("limit %s %s has too many digits", l.Limit, r.Unit))
			}
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	slices.SortFunc(m.rules, func(a, b boundRule) int { return strings.Compare(a.ID, b.ID) })
	return m, nil
}

// by is the day until which an action has to be taken.
func (p *MonitorPolicy) by(a Action, asOf registry.Date) registry.Date {
	switch a {
	case ContactSameDay:
		return asOf
	case ContactNextDay:
		return asOf.AddDays(1)
	case ReviewNextWorkingDay:
		return p.Calendar.NextWorkingDay(asOf.AddDays(1))
	case BookReview:
		return asOf.AddDays(p.BookWithin)
	}
	return 0
}
