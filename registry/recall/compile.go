package recall

import (
	"errors"
	"fmt"
	"slices"

	"github.com/chroniccare/chroniccare/registry"
)

// Plan is a compiled list of recommendations. It is immutable and may be shared.
type Plan struct {
	Lexicon *registry.Lexicon // nil after [Bind]: the binder's holds
	recs    []bound
	keys    []keyed
	reasons [128][]registry.Reason // of open gaps, by the set of places in bestFirst
}

// keyed is a key with its recommendations.
type keyed struct {
	key   string
	ids   []string
	rules [][]string // sorted IDs by the set of members; nil when there are too many sets
}

// maxPrecomputed is how many recommendations of one key may merge without allocation.
const maxPrecomputed = 8

type bound struct {
	Recommendation
	slot, member         int // its key, and its place among those of the key
	population           registry.Criterion
	since, done, ordered *registry.Selector
	trigger, cancel      *registry.Selector
	recent               *registry.Selector
	grid                 boundGrid
	steps, exclusions    []*registry.Selector
	closed               []registry.Reason // of a gap that evidence closed, shared
	late                 []registry.Reason
	closes               string // what would close it, in words
}

// Compile checks recommendations and binds them to value sets. Every fault comes
// together, missing value sets by name and OID.
func Compile(sets []registry.ValueSet, recs ...Recommendation) (*Plan, error) {
	b := registry.NewBinder(sets)
	p, err := Bind(b, sets, recs...)
	l, missing := b.Lexicon()
	if err := errors.Join(err, missing); err != nil {
		return nil, err
	}
	p.Lexicon = l
	return p, nil
}

// Bind is [Compile] for recommendations that share a binder, and so a chart, with
// registers and other definitions: the binder's lexicon gives the charts, and what is
// missing from the sets, which are those of the binder. Faults of recommendations come
// together.
func Bind(b *registry.Binder, sets []registry.ValueSet, recs ...Recommendation) (*Plan, error) {
	p := &Plan{}
	var errs []error
	seen := map[string]bool{}
	for _, r := range recs {
		bad := func(err error) { errs = append(errs, fmt.Errorf("%w %q: %w", ErrDefinition, r.ID, err)) }
		if seen[r.ID] {
			bad(errors.New("the ID is there twice"))
		}
		seen[r.ID] = true
		for _, err := range r.faults() {
			bad(err)
		}
		x := bind(b, r)
		x.slot = slices.IndexFunc(p.keys, func(k keyed) bool { return k.key == r.Key })
		if x.slot < 0 {
			x.slot = len(p.keys)
			p.keys = append(p.keys, keyed{key: r.Key})
		}
		k := &p.keys[x.slot]
		if x.member = len(k.ids); x.member == 64 {
			bad(fmt.Errorf("more than 64 recommendations of the key %q", r.Key))
		}
		k.ids = append(k.ids, r.ID)
		for i := range p.recs {
			if o := &p.recs[i]; o.slot == x.slot && !compatible(sets, o.Evidence, r.Evidence) {
				bad(fmt.Errorf("no fact can be evidence for it and for %q, which has the same key", o.ID))
			}
		}
		p.recs = append(p.recs, x)
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	p.precompute()
	return p, nil
}

func (p *Plan) precompute() {
	for i := range p.keys {
		k := &p.keys[i]
		if len(k.ids) <= maxPrecomputed {
			for set := range 1 << len(k.ids) {
				k.rules = append(k.rules, slices.Clip(k.named(uint64(set))))
			}
		}
	}
	for set := range p.reasons {
		for i, r := range bestFirst {
			if set>>i&1 == 1 {
				p.reasons[set] = append(p.reasons[set], r)
			}
		}
		p.reasons[set] = slices.Clip(p.reasons[set]) // shared: whoever appends gets a copy
	}
}

// named are the IDs of a set of members, sorted.
func (k *keyed) named(set uint64) []string {
	var ids []string
	for i, id := range k.ids {
		if set>>i&1 == 1 {
			ids = append(ids, id)
		}
	}
	slices.Sort(ids)
	return ids
}

func (k *keyed) of(set uint64) []string {
	if k.rules != nil {
		return k.rules[set]
	}
	return k.named(set)
}

// compatible reports whether one fact can be evidence for both queries: they share a kind with
// a code in common, or one of them takes any code.
func compatible(sets []registry.ValueSet, a, b registry.Query) bool {
	for _, x := range append([]registry.Query{a}, a.Or...) {
		for _, y := range append([]registry.Query{b}, b.Or...) {
			if x.Kind != y.Kind || x.Negated != y.Negated {
				continue
			}
			if len(x.Sets)+len(x.Codes) == 0 || len(y.Sets)+len(y.Codes) == 0 || shareSet(x.Sets, y.Sets) {
				return true
			}
			of := codesOf(sets, x)
			if slices.ContainsFunc(codesOf(sets, y), func(c registry.Code) bool { return slices.Contains(of, c) }) {
				return true
			}
		}
	}
	return false
}

func shareSet(a, b []registry.Set) bool {
	return slices.ContainsFunc(a, func(s registry.Set) bool {
		return slices.ContainsFunc(b, func(o registry.Set) bool { return registry.BareOID(s.OID) == registry.BareOID(o.OID) })
	})
}

func codesOf(sets []registry.ValueSet, q registry.Query) []registry.Code {
	codes := slices.Clone(q.Codes)
	for _, s := range q.Sets {
		for i := range sets {
			if registry.BareOID(sets[i].OID) == registry.BareOID(s.OID) {
				codes = append(codes, sets[i].Codes...)
			}
		}
	}
	return codes
}

// faults are what is wrong with a recommendation by itself.
func (r *Recommendation) faults() (errs []error) {
	bad := func(format string, args ...any) { errs = append(errs, fmt.Errorf(format, args...)) }
	if r.ID == "" || r.Key == "" {
		bad("an ID and a key are needed")
	}
	ways := 0
	for _, set := range []bool{r.Once, r.EachVisit, r.Calendar != nil, r.Season != (Season{}), r.Trigger != nil} {
		if set {
			ways++
		}
	}
	if ways > 1 {
		bad("once, each visit, calendar, season and trigger exclude each other")
	}
	if ways == 0 {
		errs = append(errs, r.Timing.faults()...)
	} else if r.Grid != nil || r.TooEarlyInvalid {
		bad("a grid and too-early evidence are about intervals")
	}
	errs = append(errs, r.Season.faults()...)
	if r.Calendar != nil {
		errs = append(errs, r.Calendar.faults()...)
	}
	for i, s := range r.Steps {
		if s.Every.N <= 0 || len(s.When) == 0 {
			bad("step %d: %s when %d tests pass", i, s.Every, len(s.When))
		} else if errs2 := (Timing{Interval: s.Every, Lead: r.Lead}).faults(); ways == 0 && r.Lead.N >= 0 && len(errs2) > 0 {
			bad("step %d: %w", i, errors.Join(errs2...))
		}
	}
	if r.Grid != nil {
		if r.Grid.Grid == nil || r.Grid.Within.N < 0 || len(r.Steps) > 0 {
			bad("a grid with the table, a span and no steps is needed")
		}
	}
	if t := r.Trigger; t != nil && (t.From.N < 0 || t.To.After(registry.Day(2001, 1, 1)) < t.From.After(registry.Day(2001, 1, 1))) {
		bad("a trigger's window from %s to %s", t.From, t.To)
	}
	for i := range r.Exclusions {
		if r.Exclusions[i].For.N < 0 {
			bad("exclusion %d for %s", i, r.Exclusions[i].For)
		}
	}
	if r.UntilAge < 0 || r.SinceAge < 0 || r.UntilAge > 0 && r.UntilAge <= r.SinceAge {
		bad("from age %d until age %d", r.SinceAge, r.UntilAge)
	}
	if r.OrderQuietDays < 0 {
		bad("%d quiet days after an order", r.OrderQuietDays)
	}
	return errs
}

func bind(b *registry.Binder, r Recommendation) bound {
	b.In(r.ID)
	x := bound{Recommendation: r, closed: []registry.Reason{registry.Present, registry.DateInRange}, late: []registry.Reason{registry.Present, registry.DateOutOfRange}, closes: r.Evidence.String()}
	if x.OrderQuietDays == 0 {
		x.OrderQuietDays = 28
	}
	population := r.Population
	if population == nil {
		population = registry.All{}
	}
	x.population = population.Bind(b)
	pick := func(q registry.Query) *registry.Selector {
		if q.As == "" {
			q.As = "fact"
		}
		return b.Select(q, func() {})
	}
	x.done, x.recent = pick(r.Evidence), pick(inWindow(r.Evidence))
	if r.Since != nil {
		x.since = pick(*r.Since)
	}
	if r.Ordered != nil {
		x.ordered = pick(*r.Ordered)
	}
	if r.Trigger != nil {
		x.trigger = pick(r.Trigger.Fact)
		if r.Trigger.Cancel != nil {
			x.cancel = pick(*r.Trigger.Cancel)
		}
	}
	if r.Grid != nil {
		x.grid = r.Grid.bind(b, pick)
	}
	for _, s := range r.Steps {
		x.steps = append(x.steps, pick(r.Evidence.That(s.When...)))
	}
	for _, e := range r.Exclusions {
		x.exclusions = append(x.exclusions, pick(e.When))
	}
	return x
}

// Chart makes a chart for the plan. It belongs to one goroutine.
func (p *Plan) Chart() *registry.Chart { return registry.NewChart(p.Lexicon) }

// Recommendations lists what was compiled, in order.
func (p *Plan) Recommendations() []Recommendation {
	var out []Recommendation
	for i := range p.recs {
		out = append(out, p.recs[i].Recommendation)
	}
	return out
}

// inWindow asks for the date before anything else, so that the nearest miss of an
// open gap is a recent fact when there is one.
func inWindow(q registry.Query) registry.Query {
	date := registry.When(registry.Starts, registry.ThePeriod())
	q.Tests = append([]registry.Test{date}, q.Tests...)
	or := q.Or
	q.Or = nil
	for _, o := range or {
		q.Or = append(q.Or, inWindow(o))
	}
	return q
}
