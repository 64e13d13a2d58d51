package hedis

import (
	"errors"
	"fmt"
	"iter"
	"slices"

	"github.com/chroniccare/chroniccare/registry"
)

// ErrIndicator is wrapped by binding errors about an indicator's own fields.
var ErrIndicator = errors.New("hedis: indicator")

// Edition is a bound programme: it is immutable, and any number of goroutines
// may use it, each with a chart of its own.
type Edition struct {
	Name    string
	Period  registry.Period
	lexicon *registry.Lexicon
	bound   []boundIndicator
	rates   int
	strata  int
}

type boundIndicator struct {
	def      Indicator
	episodes *registry.Selector
	rates    []boundRate
	needs    []registry.Requirement
	first    int // index of its first rate in an outcome
}

type boundRate struct {
	pops    [numPopulations]registry.Criterion
	strata  []registry.Criterion
	defined int // populations that are defined
	first   int // index of its first stratum in an outcome
}

// New binds a programme to value sets. The error joins everything that is
// wrong: every missing or empty value set by name and OID
// ([*registry.MissingSets]), and every fault of a definition.
func New(p Programme, sets []registry.ValueSet) (*Edition, error) {
	b := registry.NewBinder(sets)
	e := &Edition{Name: p.Name, Period: p.Period}
	var errs []error
	if p.Period.Start == 0 || p.Period.End == 0 || p.Period.End < p.Period.Start {
		errs = append(errs, fmt.Errorf("%w: programme %s: period %v", ErrIndicator, p.Name, p.Period))
	}
	seen := map[string]bool{}
	for _, def := range p.Indicators {
		switch {
		case def.ID == "":
			errs = append(errs, fmt.Errorf("%w: one without an ID (%q)", ErrIndicator, def.Title))
		case seen[def.ID]:
			errs = append(errs, fmt.Errorf("%w %s: twice in one programme", ErrIndicator, def.ID))
		case len(def.Rates) == 0:
			errs = append(errs, fmt.Errorf("%w %s: no rates", ErrIndicator, def.ID))
		}
		seen[def.ID] = true
		x := boundIndicator{def: def, first: e.rates}
		bind := func() {
			for i := range def.Rates {
				r := &def.Rates[i]
				where := def.ID
				if r.Name != "" {
					where += " " + r.Name
				}
				if r.InitialPopulation == nil || r.Numerator == nil {
					errs = append(errs, fmt.Errorf("%w %s: initial population and numerator are needed", ErrIndicator, where))
				}
				br := boundRate{first: e.strata}
				for k := range numPopulations {
					if d := r.of(k); d != nil {
						b.In(where + " " + k.String())
						br.pops[k] = d.Bind(b)
						br.defined++
					}
				}
				for _, s := range r.Strata {
					b.In(where + " stratum " + s.Name)
					if s.Is == nil {
						errs = append(errs, fmt.Errorf("%w %s: stratum %q is nil", ErrIndicator, where, s.Name))
						continue
					}
					br.strata = append(br.strata, s.Is.Bind(b))
				}
				e.strata += len(br.strata)
				x.rates = append(x.rates, br)
			}
		}
		b.In(def.ID)
		if def.Episodes != nil {
			q := *def.Episodes
			if q.As != Episode {
				q = q.Named(Episode)
			}
			x.episodes = b.Select(q, bind)
		} else {
			bind()
		}
		x.needs = b.TakeRequirements()
		e.rates += len(x.rates)
		e.bound = append(e.bound, x)
	}
	l, err := b.Lexicon()
	if err := errors.Join(errors.Join(errs...), err); err != nil {
		return nil, err
	}
	e.lexicon = l
	return e, nil
}

// Chart gives an empty chart for patients of this edition.
func (e *Edition) Chart() *registry.Chart { return registry.NewChart(e.lexicon) }

// Lexicon gives the code look-up of the edition.
func (e *Edition) Lexicon() *registry.Lexicon { return e.lexicon }

// Indicators lists the definitions, in the programme's order.
func (e *Edition) Indicators() []Indicator {
	out := make([]Indicator, len(e.bound))
	for i := range e.bound {
		out[i] = e.bound[i].def
	}
	return out
}

// Index finds an indicator by ID, -1 when it is not in the edition.
func (e *Edition) Index(id string) int {
	return slices.IndexFunc(e.bound, func(x boundIndicator) bool { return x.def.ID == id })
}

// Requirements lists what an indicator reads, sorted: the data requirements.
// The union over the edition comes for i < 0.
func (e *Edition) Requirements(i int) []registry.Requirement {
	if i >= 0 && i < len(e.bound) {
		return slices.Clone(e.bound[i].needs)
	}
	var all []registry.Requirement
	for _, x := range e.bound {
		for _, r := range x.needs {
			if !slices.ContainsFunc(all, func(o registry.Requirement) bool {
				return o.Kind == r.Kind && slices.Equal(o.Sets, r.Sets) && slices.Equal(o.Codes, r.Codes)
			}) {
				all = append(all, r)
			}
		}
	}
	return all
}

// Counts says how often a patient is in each population of a rate: 0 or 1, or
// a number of encounters.
type Counts [numPopulations]int32

// Of is the count of a population.
func (c Counts) Of(p Population) int { return int(c[p]) }

// Outcome is what classifying one patient gives: the counts of every rate of
// every indicator, in order, and of every stratum. Reuse one Outcome for many
// patients: filling it again does not allocate.
type Outcome struct {
	Edition string // its name
	Rates   []Counts
	Strata  []Counts
}

// Classify puts the chart's patient into the populations of every rate. It does
// not allocate once out has been used.
func (e *Edition) Classify(c *registry.Chart, out *Outcome) {
	if cap(out.Rates) < e.rates || cap(out.Strata) < e.strata {
		out.Rates = make([]Counts, e.rates)
		out.Strata = make([]Counts, e.strata)
	}
	out.Edition, out.Rates, out.Strata = e.Name, out.Rates[:e.rates], out.Strata[:e.strata]
	clear(out.Rates)
	clear(out.Strata)
	for i := range e.bound {
		e.bound[i].classify(c, e.Period, out)
	}
}

// ClassifyOne classifies for one indicator; the other rates of out stay as
// they are. It returns the indicator's rates.
func (e *Edition) ClassifyOne(c *registry.Chart, i int, out *Outcome) []Counts {
	if len(out.Rates) != e.rates || len(out.Strata) != e.strata {
		out.Rates = make([]Counts, e.rates)
		out.Strata = make([]Counts, e.strata)
	}
	out.Edition = e.Name
	x := &e.bound[i]
	for k := range x.rates {
		out.Rates[x.first+k] = Counts{}
		r := &x.rates[k]
		clear(out.Strata[r.first : r.first+len(r.strata)])
	}
	x.classify(c, e.Period, out)
	return out.Rates[x.first : x.first+len(x.rates)]
}

// RatesOf gives the part of an outcome that belongs to an indicator.
func (e *Edition) RatesOf(i int, out *Outcome) []Counts {
	x := &e.bound[i]
	return out.Rates[x.first : x.first+len(x.rates)]
}

// StrataOf gives the part of an outcome that belongs to the strata of a rate.
func (e *Edition) StrataOf(i, rate int, out *Outcome) []Counts {
	r := &e.bound[i].rates[rate]
	return out.Strata[r.first : r.first+len(r.strata)]
}

func (x *boundIndicator) classify(c *registry.Chart, p registry.Period, out *Outcome) {
	if x.episodes == nil {
		for k := range x.rates {
			x.rates[k].count(c, p, &out.Rates[x.first+k], out.Strata)
		}
		return
	}
	w := x.episodes.Walk(c)
	for f := w.Next(c, p); f != nil; f = w.Next(c, p) {
		for k := range x.rates {
			x.rates[k].count(c, p, &out.Rates[x.first+k], out.Strata)
		}
	}
}

// member reports membership of every population by the standard order of proportion
// scoring: an exclusion takes out of the numerator, an exception counts only
// for those not in the numerator.
func (r *boundRate) member(c *registry.Chart, p registry.Period) (m [numPopulations]bool) {
	holds := func(k Population) bool { return r.pops[k] != nil && r.pops[k].Holds(c, p) }
	if m[InitialPopulation] = holds(InitialPopulation); !m[InitialPopulation] {
		return m
	}
	if m[Denominator] = r.pops[Denominator] == nil || holds(Denominator); !m[Denominator] {
		return m
	}
	if m[DenominatorExclusion] = holds(DenominatorExclusion); m[DenominatorExclusion] {
		return m
	}
	if m[Numerator] = holds(Numerator); m[Numerator] {
		m[NumeratorExclusion] = holds(NumeratorExclusion)
		return m
	}
	m[DenominatorException] = holds(DenominatorException)
	return m
}

func (r *boundRate) count(c *registry.Chart, p registry.Period, to *Counts, strata []Counts) {
	m := r.member(c, p)
	if !m[InitialPopulation] {
		return
	}
	for k, in := range m {
		if in {
			to[k]++
		}
	}
	for s, q := range r.strata {
		if q.Holds(c, p) {
			for k, in := range m {
				if in {
					strata[r.first+s][k]++
				}
			}
		}
	}
}

// Score is the performance rate of counts: numerator less numerator exclusions
// over denominator less exclusions and exceptions.
func (c CountTotals) Score() registry.Rate {
	return registry.Rate{Num: c[Numerator] - c[NumeratorExclusion], Den: c[Denominator] - c[DenominatorExclusion] - c[DenominatorException]}
}

// CountTotals are counts over a population.
type CountTotals [numPopulations]int64

// Tally holds the counts of a population for every rate and stratum of an
// edition. Tallies of any split of a population merge to that of the whole.
type Tally struct {
	Edition string        `json:"edition"`
	People  int64         `json:"people"`
	Rates   []CountTotals `json:"rates"`
	Strata  []CountTotals `json:"strata"`
}

// Add counts one patient's outcome; a zero Tally becomes one of its edition.
func (t *Tally) Add(o *Outcome) {
	if t.Rates == nil {
		t.Edition = o.Edition
		t.Rates, t.Strata = make([]CountTotals, len(o.Rates)), make([]CountTotals, len(o.Strata))
	}
	t.People++
	for i := range o.Rates {
		for k, n := range o.Rates[i] {
			t.Rates[i][k] += int64(n)
		}
	}
	for i := range o.Strata {
		for k, n := range o.Strata[i] {
			t.Strata[i][k] += int64(n)
		}
	}
}

// Merge adds another tally of the same edition; the zero Tally merges with all.
// Tallies of different editions wrap registry.ErrTally.
func (t *Tally) Merge(o Tally) error {
	switch {
	case o.Rates == nil:
		t.People += o.People
		return nil
	case t.Rates == nil:
		t.Rates, t.Strata = make([]CountTotals, len(o.Rates)), make([]CountTotals, len(o.Strata))
		t.Edition = o.Edition
	case len(t.Rates) != len(o.Rates) || len(t.Strata) != len(o.Strata) || t.Edition != o.Edition:
		return fmt.Errorf("%w: tallies of different editions, %s and %s", registry.ErrTally, t.Edition, o.Edition)
	}
	t.People += o.People
	for i := range o.Rates {
		for k, n := range o.Rates[i] {
			t.Rates[i][k] += n
		}
	}
	for i := range o.Strata {
		for k, n := range o.Strata[i] {
			t.Strata[i][k] += n
		}
	}
	return nil
}

// Count classifies a population, one patient after the other, reading each fact
// once for all indicators.
func (e *Edition) Count(people iter.Seq[*registry.Patient]) Tally {
	t := Tally{Edition: e.Name, Rates: make([]CountTotals, e.rates), Strata: make([]CountTotals, e.strata)}
	c := e.Chart()
	var out Outcome
	for p := range people {
		c.Load(p)
		e.Classify(c, &out)
		t.Add(&out)
	}
	return t
}
