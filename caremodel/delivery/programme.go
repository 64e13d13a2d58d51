package delivery

import (
	"errors"
	"fmt"
	"slices"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/caremodel/selfmanagement"
	"github.com/chroniccare/chroniccare/stratify/eligibility"
)

// Programme is how an organisation cares for people with certain conditions: whom, with
// what, by whom, how often, and to what end.
type Programme struct {
	ID            string                           `json:"id"`
	Name          string                           `json:"name"`
	Version       string                           `json:"version,omitempty"`
	Source        string                           `json:"source,omitempty"`
	Conditions    []string                         `json:"conditions,omitempty"` // keys of the caller's registers; none: whoever the entry rule takes
	Levels        []int                            `json:"levels,omitempty"`     // of care that it serves, 1 to 3
	Entry         *eligibility.Programme           `json:"-"`                    // who qualifies; nil: whoever is identified
	Components    []string                         `json:"components"`           // such as those of the checklist dmcomponents6
	Goals         []ProgrammeGoal                  `json:"goals,omitempty"`
	Roles         []string                         `json:"roles"`
	Tasks         []Task                           `json:"tasks,omitempty"`
	Contacts      []ContactRule                    `json:"contacts,omitempty"`
	Referrals     []ReferralCriterion              `json:"referrals,omitempty"` // to specialists
	Rules         []string                         `json:"rules,omitempty"`     // keys of decision rules; leaving one needs a reason
	Education     []string                         `json:"education,omitempty"` // IDs of education items
	Participation selfmanagement.ParticipationRule `json:"participation"`
	Coordinator   bool                             `json:"coordinator"`         // the person chooses a co-ordinating physician first
	ReviewDays    int                              `json:"review_days"`         // between reviews of an active person; 0: none
	Caseload      Caseload                         `json:"caseload"`            // people for each manager; zero: none
	Places        int                              `json:"places,omitempty"`    // 0: no limit
	Steps         []caremodel.Edge[State]          `json:"steps,omitempty"`     // of its own pathway; nil: the table of [Enrolment]
	Undecided     []string                         `json:"undecided,omitempty"` // what the source leaves open and the caller gave
	Notes         []string                         `json:"notes,omitempty"`
}

// ProgrammeGoal is an explicit aim of a programme.
type ProgrammeGoal struct {
	Key     string `json:"key"`
	Measure string `json:"measure"` // key of the indicator that shows it
	Target  string `json:"target,omitempty"`
}

// ContactRule is how often people of a level are contacted, how and by whom.
type ContactRule struct {
	Level     int     `json:"level"` // 1 to 3; 0: everybody
	Channel   Channel `json:"channel"`
	Role      string  `json:"role"`
	EveryDays int     `json:"every_days"`
}

// ReferralCriterion says when a person is referred to a specialist.
type ReferralCriterion struct {
	To   string `json:"to"`
	When string `json:"when"`
}

// Caseload is how many people a manager looks after.
type Caseload struct {
	Low  int `json:"low"`
	High int `json:"high"`
}

// Check reports everything that keeps a programme from working, as
// [caremodel.ErrDefinition]: no ID or name; a programme without components, or for nobody;
// a goal without a measure; a task or contact without a role, or for a role that the
// programme does not have; levels outside 1 to 3; things named twice; contacts without a
// channel or rhythm; referrals without a specialty or criterion; half a participation rule;
// a caseload upside down; negative numbers; and steps that go round in a circle or have no
// way out.
func (p *Programme) Check() error {
	var errs []error
	bad := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf("%w: programme %q: %s", caremodel.ErrDefinition, p.ID, fmt.Sprintf(format, args...)))
	}
	if p.ID == "" || p.Name == "" {
		bad("ID or name %q is empty", p.Name)
	}
	if len(p.Components) == 0 {
		bad("no components: an empty programme")
	}
	if len(p.Conditions) == 0 && len(p.Levels) == 0 && p.Entry == nil {
		bad("no conditions, levels or entry rule: for nobody")
	}
	for _, l := range []struct {
		what string
		in   []string
	}{{"condition", p.Conditions}, {"component", p.Components}, {"role", p.Roles}, {"rule", p.Rules}, {"education", p.Education}} {
		for i, s := range l.in {
			if s == "" || slices.Contains(l.in[:i], s) {
				bad("%s %q is empty or there twice", l.what, s)
			}
		}
	}
	for i, l := range p.Levels {
		if l < 1 || l > 3 || slices.Contains(p.Levels[:i], l) {
			bad("level %d is outside 1 to 3 or there twice", l)
		}
	}
	for i, g := range p.Goals {
		if g.Key == "" || slices.ContainsFunc(p.Goals[:i], func(o ProgrammeGoal) bool { return o.Key == g.Key }) {
			bad("goal %d: key %q is empty or used twice", i+1, g.Key)
		}
		if g.Measure == "" {
			bad("goal %q has no measure", g.Key)
		}
	}
	for i, t := range p.Tasks {
		if t.ID == "" || t.Minutes < 0 || slices.ContainsFunc(p.Tasks[:i], func(o Task) bool { return o.ID == t.ID }) {
			bad("task %d: ID %q is empty or used twice, or takes %d minutes", i+1, t.ID, t.Minutes)
		}
		if len(t.Roles) == 0 {
			bad("task %q has no role", t.ID)
		}
		for _, r := range t.Roles {
			if !slices.Contains(p.Roles, r) {
				bad("task %q is for %q, a role that the programme does not have", t.ID, r)
			}
		}
	}
	for i, c := range p.Contacts {
		if c.Level < 0 || c.Level > 3 || !c.Channel.known() || c.EveryDays < 1 {
			bad("contact %d: level %d by %q every %d days", i+1, c.Level, c.Channel, c.EveryDays)
		}
		if !slices.Contains(p.Roles, c.Role) {
			bad("contact %d is by %q, a role that the programme does not have", i+1, c.Role)
		}
	}
	for i, r := range p.Referrals {
		if r.To == "" || r.When == "" {
			bad("referral %d: to %q when %q", i+1, r.To, r.When)
		}
	}
	if err := p.Participation.Check(); err != nil {
		errs = append(errs, fmt.Errorf("%w: programme %q: %w", caremodel.ErrDefinition, p.ID, err))
	}
	if p.Caseload != (Caseload{}) && (p.Caseload.Low < 1 || p.Caseload.High < p.Caseload.Low) {
		bad("a caseload of %d to %d", p.Caseload.Low, p.Caseload.High)
	}
	if p.ReviewDays < 0 || p.Places < 0 {
		bad("a review every %d days, %d places", p.ReviewDays, p.Places)
	}
	if p.Steps != nil {
		_, err := caremodel.NewMachine("programme "+p.ID, Identified, p.Steps...)
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// CheckProgrammes checks several at once, and that none is nil and no ID is used twice, as
// [caremodel.ErrDefinition].
func CheckProgrammes(ps ...*Programme) error {
	var errs []error
	ids := map[string]bool{}
	for i, p := range ps {
		if p == nil {
			errs = append(errs, fmt.Errorf("%w: programme %d is nil", caremodel.ErrDefinition, i+1))
			continue
		}
		errs = append(errs, p.Check())
		if ids[p.ID] {
			errs = append(errs, fmt.Errorf("%w: programme %q twice", caremodel.ErrDefinition, p.ID))
		}
		ids[p.ID] = true
	}
	return errors.Join(errs...)
}

// Machine is the table of the programme's steps: its own, or that of [Enrolment].
func (p *Programme) Machine() (*caremodel.Machine[State], error) {
	if p.Steps == nil {
		return Enrolment()
	}
	return caremodel.NewMachine("programme "+p.ID, Identified, p.Steps...)
}

// Contact is the rule that applies to a level: its own, else that for everybody; false when
// there is none. Of several the most frequent is given.
func (p *Programme) Contact(level int) (ContactRule, bool) {
	var out ContactRule
	for _, want := range [...]int{level, 0} {
		for _, c := range p.Contacts {
			if c.Level == want && (out.EveryDays == 0 || c.EveryDays < out.EveryDays) {
				out = c
			}
		}
		if out.EveryDays > 0 {
			return out, true
		}
	}
	return out, false
}

// Portfolio answers the checklist of components of disease management programmes
// (dmcomponents6): what the programme lists, it has; the rest it has not.
func (p *Programme) Portfolio() (caremodel.ChecklistResult, error) {
	c, err := caremodel.ChecklistByID("dmcomponents6")
	if err != nil {
		return caremodel.ChecklistResult{}, err
	}
	answers := map[int]caremodel.Answer{}
	for i, label := range c.Items {
		answers[i+1] = caremodel.No
		if slices.Contains(p.Components, label) {
			answers[i+1] = caremodel.Yes
		}
	}
	return c.Answer(answers)
}
