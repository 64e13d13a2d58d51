package register

import (
	"errors"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/registry"
)

// ErrRegister is wrapped by every error about a register that makes no sense.
var ErrRegister = errors.New("register: definition")

// Register is a disease register as the chart decides it.
type Register struct {
	ID      string
	Title   string
	Version string
	Source  string
	// In says who belongs, at the end of the period asked about. It must not look at
	// facts after that end. The period is the year that ends on the day asked about.
	In registry.Definition
	// Evidence are the facts that speak for membership, such as the diagnoses that
	// stand: they give the first evidence and the confidence.
	Evidence registry.Query
	// Daily has the spells found by asking for every day: for definitions whose answer
	// can change on a day that is no date of a fact, no edge of a window and no
	// birthday, such as functions of the caller. Covered days set it by themselves.
	Daily bool
}

// Needs lists the value sets that a register asks for, by name and OID.
func (r Register) Needs() []registry.Set {
	b := registry.NewBinder(nil)
	if r.In != nil {
		r.In.Bind(b)
	}
	if r.Evidence.Kind != registry.KindUnknown {
		registry.Exists{Query: r.Evidence}.Bind(b)
	}
	var out []registry.Set
	for _, need := range b.TakeRequirements() {
		out = append(out, need.Sets...)
	}
	slices.SortFunc(out, func(a, b registry.Set) int {
		if c := strings.Compare(a.Name, b.Name); c != 0 {
			return c
		}
		return strings.Compare(a.OID, b.OID)
	})
	return slices.Compact(out)
}

// DeathPolicy says when the dead leave a register.
type DeathPolicy uint8

// Policies: on the day of death, or after the end of the reporting year in which
// they died.
const (
	OutAtDeath DeathPolicy = iota
	KeepUntilPeriodEnd
)

// Policy is common to the registers of a list; the zero value is the default.
type Policy struct {
	Death     DeathPolicy
	YearMonth int // the month that ends the reporting year; 0 is December
}

// gone is the first day on which a dead person is out, 0 for the living. A death
// without a date counts from the beginning.
func (p Policy) gone(pt *registry.Patient) registry.Date {
	d := pt.Death.Day
	if d == 0 {
		if pt.Dead {
			return registry.MinDate
		}
		return 0
	}
	if d < 0 { // before the calendar
		return registry.MinDate
	}
	if p.Death == OutAtDeath {
		return d
	}
	month := p.YearMonth
	if month == 0 {
		month = 12
	}
	y, m, _ := d.YMD()
	if m > month {
		y++
	}
	if y > 9999 {
		return registry.MaxDate
	}
	return registry.Day(y, month, registry.DaysInMonth(y, month)).AddDays(1)
}

// Registers are compiled registers. They are immutable and may be shared.
type Registers struct {
	lexicon *registry.Lexicon
	policy  Policy
	list    []bound
}

type bound struct {
	Register
	in       *node
	evidence *registry.Selector
	reads    []*registry.Selector
	shifts   []shift // how windows hang on the end of the period
	ages     []age
	keys     []string // of reads
}

// New binds registers to value sets. The error joins every missing or empty value
// set and every fault of a definition.
func New(sets []registry.ValueSet, policy Policy, list ...Register) (*Registers, error) {
	b := registry.NewBinder(sets)
	r := Bind(b, policy, list...)
	l, err := b.Lexicon()
	if err != nil {
		return nil, err
	}
	r.lexicon = l
	return r, nil
}

// Bind is [New] for registers that share a binder, and so a chart, with other
// definitions. The binder gathers what is wrong.
func Bind(b *registry.Binder, policy Policy, list ...Register) *Registers {
	r := &Registers{policy: policy}
	if policy.Death > KeepUntilPeriodEnd || policy.YearMonth < 0 || policy.YearMonth > 12 {
		b.Errorf("%v: death policy %d, year ends in month %d", ErrRegister, policy.Death, policy.YearMonth)
	}
	seen := map[string]bool{}
	for _, x := range list {
		b.In("register " + x.ID)
		if x.ID == "" || seen[x.ID] {
			b.Errorf("the ID is missing or not unique")
		}
		seen[x.ID] = true
		if x.In == nil {
			b.Errorf("nobody belongs to it: In is not set")
			x.In = registry.Any{}
		}
		if x.Evidence.Kind == registry.KindUnknown {
			b.Errorf("no evidence: the query has no kind of fact")
			x.Evidence.Kind = registry.Diagnosis
		}
		r.list = append(r.list, bindRegister(b, x))
	}
	return r
}

func bindRegister(b *registry.Binder, x Register) bound {
	e := x.Evidence
	if e.As == "" {
		e = e.Named("the evidence")
	}
	o := bound{Register: x, in: build(b, x.In), evidence: b.Select(e, func() {})}
	if !o.moves(b, x.In) {
		o.Daily = true
	}
	registry.Inspect(registry.Exists{Query: x.Evidence}, func(n any) bool { return o.visit(b, n) })
	return o
}

// Lexicon is what charts for the registers are made with; nil after [Bind], where
// the binder gives it.
func (r *Registers) Lexicon() *registry.Lexicon { return r.lexicon }

// Chart is an empty chart for the registers made by [New].
func (r *Registers) Chart() *registry.Chart { return registry.NewChart(r.lexicon) }

// List gives the registers in their order.
func (r *Registers) List() []Register {
	out := make([]Register, len(r.list))
	for i := range r.list {
		out[i] = r.list[i].Register
	}
	return out
}

// Index is the place of a register, -1 when there is none.
func (r *Registers) Index(id string) int {
	return slices.IndexFunc(r.list, func(b bound) bool { return b.ID == id })
}

// node is a definition bound part by part, so that near misses can be told.
type node struct {
	criterion registry.Criterion
	all       bool
	parts     []*node // of All and Any
	cascade   *boundCascade
	when      []*node // of its steps
}

func build(b *registry.Binder, d registry.Definition) *node {
	switch d := d.(type) {
	case nil:
		b.Errorf("a part is nil")
		return &node{criterion: registry.Any{}.Bind(b)}
	case registry.Named:
		n := build(b, d.Of)
		n.criterion = d.Bind(b)
		return n
	case registry.All:
		n := &node{criterion: d.Bind(b), all: true}
		for _, p := range d {
			if p != nil {
				n.parts = append(n.parts, build(b, p))
			}
		}
		return n
	case registry.Any:
		n := &node{criterion: d.Bind(b)}
		for _, p := range d {
			if p != nil {
				n.parts = append(n.parts, build(b, p))
			}
		}
		return n
	case Cascade:
		x := d.bind(b)
		n := &node{criterion: x, cascade: x}
		for _, s := range d {
			when := s.When
			if when == nil {
				when = registry.All{}
			}
			n.when = append(n.when, build(b, when))
		}
		return n
	}
	return &node{criterion: d.Bind(b)}
}

// near gives the questions whose single change would let a person in who is out.
func (n *node) near(c *registry.Chart, p registry.Period, out []registry.Finding) []registry.Finding {
	switch {
	case n.criterion.Holds(c, p):
		return out
	case n.cascade != nil:
		return n.nearCascade(c, p, out)
	case n.all && len(n.parts) > 0:
		var failing *node
		for _, q := range n.parts {
			if !q.criterion.Holds(c, p) {
				if failing != nil {
					return out
				}
				failing = q
			}
		}
		return failing.near(c, p, out)
	case len(n.parts) > 0:
		for _, q := range n.parts {
			out = q.near(c, p, out)
		}
		return out
	}
	return append(out, n.criterion.Explain(c, p))
}

func (n *node) nearCascade(c *registry.Chart, p registry.Period, out []registry.Finding) []registry.Finding {
	x := n.cascade
	at, _ := x.decide(c, p, 0)
	for i := 0; i <= at; i++ {
		s := x.steps[i]
		held := x.when[i].Holds(c, p)
		other := s.Then
		if held {
			other = s.Else
		}
		if other == Pass {
			if _, act := x.decide(c, p, i+1); act != Select {
				continue
			}
		} else if other == Reject {
			continue
		}
		if held { // taking the answer away lets the person in
			f := x.when[i].Explain(c, p)
			f.Label = s.Name + ": " + f.Label
			out = append(out, f)
			continue
		}
		out = n.when[i].near(c, p, out)
	}
	return out
}
