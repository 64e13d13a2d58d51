package completeness

import (
	"errors"
	"fmt"
	"slices"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/recall"
)

// Spec says what is expected of whom, and what does not go together. It is data:
// compile it by [Compile].
type Spec struct {
	Registers      []Register
	Items          []Item
	Contradictions [][2]string // registers of which nobody is on both
	Types          []TypeRule
	Treated        []Treated
	Pending        []Pending
	Options        // of the check of the record
	// OutcomeDays is how long after an appointment its outcome may be missing; 0: 7.
	OutcomeDays int
	// Escalation by the age of a task; nil: clerk at once, nurse after 14 days, case
	// manager after 42.
	Escalation []Rung
}

// Register is a register by a definition, judged over all time up to the day.
type Register struct {
	ID    string
	Is    registry.Definition
	Since *registry.Query // facts of which the earliest is the day of joining; nil: not known
}

// Item is something that the record of a person ought to hold.
type Item struct {
	Key, Title string
	Registers  []string // expected of the members of any; empty: of everybody
	Facts      registry.Query
	Limit      recall.Every // a fact is stale after it; none: never
	// SelfReported takes readings of patients and devices too.
	SelfReported bool
	// AnyValue takes values outside the plausible range too.
	AnyValue bool
	// AnyStatus takes facts that do not stand by their status too: preliminary and cancelled
	// results, care not done, suspected diagnoses (data/status-codes.csv).
	AnyStatus bool
	Priority  int // 1 is first; 0 comes last
}

// TypeRule asks for the type of a disease: members of Register must be on one of OneOf.
type TypeRule struct {
	Register string
	OneOf    []string
}

// Treated finds a medicine that only members of a register have.
type Treated struct {
	Medicine registry.Query
	Register string
}

// Pending is something that must follow something else within a number of days: a
// result after an order, a letter after a referral, a summary after a discharge, a note
// of one's own after an admission that another source tells of.
type Pending struct {
	Key, Title string
	After      registry.Query
	ByEnd      bool // the days count from the end (a discharge)
	Want       registry.Query
	Days       int // still in time so many days after
}

// Rung is a step of escalation: the role that has a task from an age on.
type Rung struct {
	Role string
	Days int
}

func defaultEscalation() []Rung {
	return []Rung{{"clerk", 0}, {"nurse", 14}, {"case manager", 42}}
}

// Plan is a compiled specification. It is immutable and may be shared.
type Plan struct {
	Lexicon *registry.Lexicon
	Checker *Checker

	spec      Spec
	standing  *standing
	registers []boundRegister
	items     []boundItem
	treated   []*registry.Selector
	after     []*registry.Selector
	want      []*registry.Selector
}

type boundRegister struct {
	is    registry.Criterion
	since *registry.Selector
}

type boundItem struct {
	Item
	of      []int // places of its registers
	facts   *registry.Selector
	missing string
	stale   string
	invalid string
	closes  string
}

// Compile checks a specification and binds it to value sets. Every fault comes
// together: names missing or twice, registers that nobody defined, limits below zero,
// escalations that do not rise from zero, value sets that are missing.
func Compile(sets []registry.ValueSet, spec Spec) (*Plan, error) {
	if spec.OutcomeDays == 0 {
		spec.OutcomeDays = 7
	}
	if spec.Escalation == nil {
		spec.Escalation = defaultEscalation()
	}
	c := compiler{plan: &Plan{spec: spec}, binder: registry.NewBinder(sets), place: map[string]int{}, keys: map[string]bool{}}
	c.registers()
	c.items()
	c.rules()
	c.escalation()
	p := c.plan
	var err error
	if p.standing, err = loadStanding(); err != nil {
		c.errs = append(c.errs, err)
	}
	if p.Checker, err = NewChecker(spec.Options); err != nil {
		c.errs = append(c.errs, err)
	}
	if p.Lexicon, err = c.binder.Lexicon(); err != nil {
		c.errs = append(c.errs, err)
	}
	if err := errors.Join(c.errs...); err != nil {
		return nil, err
	}
	return p, nil
}

// compiler binds the parts of a Spec and gathers what is wrong with them.
type compiler struct {
	plan   *Plan
	binder *registry.Binder
	place  map[string]int // of registers
	keys   map[string]bool
	errs   []error
}

func (c *compiler) bad(format string, args ...any) {
	c.errs = append(c.errs, fmt.Errorf("%w: %w", ErrDefinition, fmt.Errorf(format, args...)))
}

func (c *compiler) pick(q registry.Query) *registry.Selector {
	if q.As == "" {
		q.As = "fact"
	}
	return c.binder.Select(q, func() {})
}

// find is the place of a register that a part names.
func (c *compiler) find(where, id string) int {
	i, ok := c.place[id]
	if !ok {
		c.bad("%s: no register %q", where, id)
		return -1
	}
	return i
}

func (c *compiler) key(what string, i int, k string) {
	if k == "" || c.keys[k] {
		c.bad("%s %d %q: a key of its own is needed", what, i+1, k)
	}
	c.keys[k] = true
}

func (c *compiler) registers() {
	for i, r := range c.plan.spec.Registers {
		c.binder.In("register " + r.ID)
		if _, twice := c.place[r.ID]; r.ID == "" || twice || r.Is == nil {
			c.bad("register %d %q: an ID of its own and a definition are needed", i+1, r.ID)
			continue
		}
		c.place[r.ID] = i
		x := boundRegister{is: r.Is.Bind(c.binder)}
		if r.Since != nil {
			x.since = c.pick(*r.Since)
		}
		c.plan.registers = append(c.plan.registers, x)
	}
}

func (c *compiler) items() {
	for i, it := range c.plan.spec.Items {
		c.binder.In("item " + it.Key)
		c.key("item", i, it.Key)
		if it.Limit.N < 0 {
			c.bad("item %q: a limit of %s", it.Key, it.Limit)
		}
		x := boundItem{Item: it, facts: c.pick(it.Facts)}
		if x.Title == "" {
			x.Title = it.Key
		}
		for _, id := range it.Registers {
			x.of = append(x.of, c.find("item "+it.Key, id))
		}
		x.missing = "no " + x.Title + " is recorded"
		x.stale = "the last " + x.Title + " is older than " + it.Limit.String()
		x.invalid = "no recorded " + x.Title + " has a value that can be used"
		x.closes = "a valid " + x.Title
		if !it.Limit.IsZero() {
			x.closes += " within " + it.Limit.String()
		}
		c.plan.items = append(c.plan.items, x)
	}
}

// rules binds what is said of registers, and what is waited for.
func (c *compiler) rules() {
	p := c.plan
	for _, x := range p.spec.Contradictions {
		c.find("contradiction", x[0])
		c.find("contradiction", x[1])
		if x[0] == x[1] {
			c.bad("register %q contradicts itself", x[0])
		}
	}
	for _, t := range p.spec.Types {
		c.find("type", t.Register)
		for _, id := range t.OneOf {
			c.find("type of "+t.Register, id)
		}
		if len(t.OneOf) == 0 {
			c.bad("type of %q: no types", t.Register)
		}
	}
	for _, t := range p.spec.Treated {
		c.binder.In("treated " + t.Register)
		c.find("treated", t.Register)
		p.treated = append(p.treated, c.pick(t.Medicine))
	}
	for i, x := range p.spec.Pending {
		c.binder.In("pending " + x.Key)
		c.key("pending", i, x.Key)
		if x.Days < 0 {
			c.bad("pending %q: %d days", x.Key, x.Days)
		}
		p.after, p.want = append(p.after, c.pick(x.After)), append(p.want, c.pick(x.Want))
	}
	if p.spec.OutcomeDays < 0 {
		c.bad("%d days for the outcome of an appointment", p.spec.OutcomeDays)
	}
}

func (c *compiler) escalation() {
	steps := c.plan.spec.Escalation
	for i, r := range steps {
		if r.Role == "" || i == 0 && r.Days != 0 || i > 0 && r.Days <= steps[i-1].Days {
			c.bad("escalation step %d: %q from day %d", i+1, r.Role, r.Days)
		}
	}
	if len(steps) == 0 {
		c.bad("escalation: no role")
	}
}

// role is who has a task of an age.
func (p *Plan) role(age int, highestRisk bool) string {
	e := p.spec.Escalation
	if highestRisk {
		return e[len(e)-1].Role
	}
	i, ok := slices.BinarySearchFunc(e, age, func(r Rung, age int) int { return r.Days - age })
	if !ok {
		i--
	}
	return e[max(i, 0)].Role
}
