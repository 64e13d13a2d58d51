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
// what, by whom, how often, and to what end. [Programme.Qualifies] asks Conditions, Levels,
// Entry and Referral; [Enrolments] honours the answer and the places; [Enrolments.Plan] turns
// tasks, contacts and reviews into days; [Programme.Review] asks goals, referrals, rules,
// participation and discharges.
type Programme struct {
	ID            string                           `json:"id"`
	Name          string                           `json:"name"`
	Version       string                           `json:"version,omitempty"`
	Source        string                           `json:"source,omitempty"`
	Conditions    []string                         `json:"conditions,omitempty"` // keys of the caller's registers, any of which will do; none: whatever the person has
	Levels        []int                            `json:"levels,omitempty"`     // of care that it serves, 1 to 3
	Entry         *eligibility.Programme           `json:"-"`                    // who qualifies; nil: whoever is identified
	Referral      bool                             `json:"referral"`             // a clinician's referral stands in for level and entry rule (King's Fund 2010, KF2010:610)
	Components    []string                         `json:"components"`           // such as those of the checklist dmcomponents6
	Goals         []ProgrammeGoal                  `json:"goals,omitempty"`
	Roles         []string                         `json:"roles"`
	Tasks         []ProgrammeTask                  `json:"tasks,omitempty"`
	Contacts      []ContactRule                    `json:"contacts,omitempty"`
	Referrals     []ReferralCriterion              `json:"referrals,omitempty"` // to specialists
	Rules         []string                         `json:"rules,omitempty"`     // keys of decision rules; leaving one needs a reason
	Discharges    []DischargeRule                  `json:"discharges,omitempty"`
	Participation selfmanagement.ParticipationRule `json:"participation"`
	Coordinator   bool                             `json:"coordinator"`           // the person chooses a co-ordinating physician first
	ReviewDays    int                              `json:"review_days"`           // between reviews of an active person; 0: none
	ReviewRole    string                           `json:"review_role,omitempty"` // who reviews
	Caseload      Caseload                         `json:"caseload"`              // people for each manager; zero: none
	Managers      int                              `json:"managers,omitempty"`    // who look after its people: with the caseload a limit; 0: no limit
	Places        int                              `json:"places,omitempty"`      // 0: no limit
	Steps         []caremodel.Edge[State]          `json:"steps,omitempty"`       // of its own pathway; nil: the table of [Enrolment]
	Undecided     []string                         `json:"undecided,omitempty"`   // what the source leaves open and the caller gave
	Notes         []string                         `json:"notes,omitempty"`
}

// ProgrammeGoal is an explicit aim of a programme.
type ProgrammeGoal struct {
	Key     string `json:"key"`
	Measure string `json:"measure"` // key of the indicator that shows it
	Target  string `json:"target,omitempty"`
	Source  string `json:"source,omitempty"`
}

// ProgrammeTask is work that a programme asks for about each person: once, or again and
// again. It is open while the person is in the state that it counts from; one of enrolled or
// active as long as the person is inside the programme.
type ProgrammeTask struct {
	Task             // who may do it: the first role is asked
	Kind      Kind   `json:"kind"` // of work: task or education
	What      string `json:"what"`
	Level     int    `json:"level"` // 1 to 3; 0: everybody
	From      State  `json:"from"`  // entering it starts the days
	Days      int    `json:"days"`  // until the last day in time
	EveryDays int    `json:"every_days,omitempty"`
	Source    string `json:"source,omitempty"`
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
	To     string `json:"to"`
	When   string `json:"when"` // key of the answer that calls for it
	Source string `json:"source,omitempty"`
}

// DischargeRule says when a person may leave, and how the episode then ends.
type DischargeRule struct {
	To     State    `json:"to"`
	Goals  bool     `json:"goals"`         // all goals of the programme are met
	All    []string `json:"all,omitempty"` // keys of answers that must all be yes
	Source string   `json:"source,omitempty"`
}

// Caseload is how many people a manager looks after.
type Caseload struct {
	Low  int `json:"low"`
	High int `json:"high"`
}

// Check reports everything that keeps a programme from working, as
// [caremodel.ErrDefinition]: no ID or name; a programme without components, or for nobody;
// a goal without a measure; a task, contact or review without a role, or for a role that the
// programme does not have; a task that counts from a state that the steps do not know;
// levels outside 1 to 3; things named twice; contacts without a channel or rhythm; referrals
// without a specialty or criterion; discharges that ask nothing or end in no end; half a
// participation rule; a caseload upside down, or managers without one; negative numbers;
// places in a programme that nobody can be enrolled in; and steps that go round in a circle
// or have no way out.
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
	}{{"condition", p.Conditions}, {"component", p.Components}, {"role", p.Roles}, {"rule", p.Rules}} {
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
	m, err := p.Machine()
	if err != nil {
		errs = append(errs, err)
	}
	p.checkWork(m, bad)
	p.checkReview(m, bad)
	if err := p.Participation.Check(); err != nil {
		errs = append(errs, fmt.Errorf("%w: programme %q: %w", caremodel.ErrDefinition, p.ID, err))
	}
	if p.Caseload != (Caseload{}) && (p.Caseload.Low < 1 || p.Caseload.High < p.Caseload.Low) {
		bad("a caseload of %d to %d", p.Caseload.Low, p.Caseload.High)
	}
	if p.Managers != 0 && p.Caseload == (Caseload{}) {
		bad("%d managers without a caseload", p.Managers)
	}
	if p.ReviewDays < 0 || p.Places < 0 || p.Managers < 0 {
		bad("a review every %d days, %d places, %d managers", p.ReviewDays, p.Places, p.Managers)
	}
	if _, limited := p.Capacity(); limited && m != nil && !slices.Contains(m.States(), Enrolled) {
		bad("limited places, and nobody can be enrolled")
	}
	return errors.Join(errs...)
}

// checkWork checks tasks, contacts and who reviews. m is nil when the steps are at fault.
func (p *Programme) checkWork(m *caremodel.Machine[State], bad func(string, ...any)) {
	for i, t := range p.Tasks {
		if t.ID == "" || t.Minutes < 0 || slices.ContainsFunc(p.Tasks[:i], func(o ProgrammeTask) bool { return o.ID == t.ID }) {
			bad("task %d: ID %q is empty or used twice, or takes %d minutes", i+1, t.ID, t.Minutes)
		}
		if t.Kind != TaskWork && t.Kind != EducationWork || t.What == "" {
			bad("task %q: %q is of kind %q", t.ID, t.What, t.Kind)
		}
		if t.Level < 0 || t.Level > 3 || t.Days < 0 || t.EveryDays < 0 {
			bad("task %q: level %d within %d days, every %d", t.ID, t.Level, t.Days, t.EveryDays)
		}
		if m != nil && !slices.Contains(m.States(), t.From) {
			bad("task %q counts from %q, which the steps do not know", t.ID, t.From)
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
		if slices.ContainsFunc(p.Contacts[:i], func(o ContactRule) bool { return o.Level == c.Level && o.Channel == c.Channel }) {
			bad("contact %d: level %d by %q twice", i+1, c.Level, c.Channel)
		}
		if !slices.Contains(p.Roles, c.Role) {
			bad("contact %d is by %q, a role that the programme does not have", i+1, c.Role)
		}
	}
	if p.ReviewDays > 0 && !slices.Contains(p.Roles, p.ReviewRole) {
		bad("the review is by %q, a role that the programme does not have", p.ReviewRole)
	}
}

// checkReview checks what a review asks.
func (p *Programme) checkReview(m *caremodel.Machine[State], bad func(string, ...any)) {
	for i, g := range p.Goals {
		if g.Key == "" || slices.ContainsFunc(p.Goals[:i], func(o ProgrammeGoal) bool { return o.Key == g.Key }) {
			bad("goal %d: key %q is empty or used twice", i+1, g.Key)
		}
		if g.Measure == "" {
			bad("goal %q has no measure", g.Key)
		}
	}
	for i, r := range p.Referrals {
		if r.To == "" || r.When == "" {
			bad("referral %d: to %q when %q", i+1, r.To, r.When)
		}
	}
	for i, d := range p.Discharges {
		if !d.Goals && len(d.All) == 0 || slices.Contains(d.All, "") || d.Goals && len(p.Goals) == 0 {
			bad("discharge %d to %s asks nothing, or for goals that the programme does not have", i+1, d.To)
		}
		if m != nil && (!slices.Contains(m.States(), d.To) || !m.Terminal(d.To)) {
			bad("discharge %d to %q, which is no end", i+1, d.To)
		}
	}
}

// Capacity is how many people can be inside at once: the places, or what the managers can
// look after when each has the highest caseload, whichever is less; false without a limit.
func (p *Programme) Capacity() (n int, limited bool) {
	byManagers := p.Managers * p.Caseload.High
	switch {
	case byManagers > 0 && (p.Places == 0 || byManagers < p.Places):
		return byManagers, true
	case p.Places > 0:
		return p.Places, true
	}
	return 0, false
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
