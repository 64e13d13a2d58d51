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
	p := &Plan{spec: spec}
	var errs []error
	bad := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf("%w: %w", ErrDefinition, fmt.Errorf(format, args...)))
	}
	b := registry.NewBinder(sets)
	pick := func(q registry.Query) *registry.Selector {
		if q.As == "" {
			q.As = "fact"
		}
		return b.Select(q, func() {})
	}
	place := map[string]int{}
	find := func(where, id string) int {
		i, ok := place[id]
		if !ok {
			bad("%s: no register %q", where, id)
			return -1
		}
		return i
	}
	for i, r := range spec.Registers {
		b.In("register " + r.ID)
		if _, twice := place[r.ID]; r.ID == "" || twice || r.Is == nil {
			bad("register %d %q: an ID of its own and a definition are needed", i+1, r.ID)
			continue
		}
		place[r.ID] = i
		x := boundRegister{is: r.Is.Bind(b)}
		if r.Since != nil {
			x.since = pick(*r.Since)
		}
		p.registers = append(p.registers, x)
	}
	keys := map[string]bool{}
	key := func(what string, i int, k string) {
		if k == "" || keys[k] {
			bad("%s %d %q: a key of its own is needed", what, i+1, k)
		}
		keys[k] = true
	}
	for i, it := range spec.Items {
		b.In("item " + it.Key)
		key("item", i, it.Key)
		if it.Limit.N < 0 {
			bad("item %q: a limit of %s", it.Key, it.Limit)
		}
		x := boundItem{Item: it, facts: pick(it.Facts)}
		if x.Title == "" {
			x.Title = it.Key
		}
		for _, id := range it.Registers {
			x.of = append(x.of, find("item "+it.Key, id))
		}
		x.missing = "no " + x.Title + " is recorded"
		x.stale = "the last " + x.Title + " is older than " + it.Limit.String()
		x.invalid = "no recorded " + x.Title + " has a value that can be used"
		x.closes = "a valid " + x.Title
		if !it.Limit.IsZero() {
			x.closes += " within " + it.Limit.String()
		}
		p.items = append(p.items, x)
	}
	for _, c := range spec.Contradictions {
		find("contradiction", c[0])
		find("contradiction", c[1])
		if c[0] == c[1] {
			bad("register %q contradicts itself", c[0])
		}
	}
	for _, t := range spec.Types {
		find("type", t.Register)
		for _, id := range t.OneOf {
			find("type of "+t.Register, id)
		}
		if len(t.OneOf) == 0 {
			bad("type of %q: no types", t.Register)
		}
	}
	for _, t := range spec.Treated {
		b.In("treated " + t.Register)
		find("treated", t.Register)
		p.treated = append(p.treated, pick(t.Medicine))
	}
	for i, x := range spec.Pending {
		b.In("pending " + x.Key)
		key("pending", i, x.Key)
		if x.Days < 0 {
			bad("pending %q: %d days", x.Key, x.Days)
		}
		p.after, p.want = append(p.after, pick(x.After)), append(p.want, pick(x.Want))
	}
	if spec.OutcomeDays < 0 {
		bad("%d days for the outcome of an appointment", spec.OutcomeDays)
	}
	for i, r := range spec.Escalation {
		if r.Role == "" || i == 0 && r.Days != 0 || i > 0 && r.Days <= spec.Escalation[i-1].Days {
			bad("escalation step %d: %q from day %d", i+1, r.Role, r.Days)
		}
	}
	if len(spec.Escalation) == 0 {
		bad("escalation: no role")
	}
	var err error
	if p.standing, err = loadStanding(); err != nil {
		errs = append(errs, err)
	}
	if p.Checker, err = NewChecker(spec.Options); err != nil {
		errs = append(errs, err)
	}
	if p.Lexicon, err = b.Lexicon(); err != nil {
		errs = append(errs, err)
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return p, nil
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
