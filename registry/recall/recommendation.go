package recall

import (
	"errors"
	"fmt"

	"github.com/chroniccare/chroniccare/registry"
)

// Recommendation says what care is due to whom, what counts as done, and when it is
// due again. It is data: compile it with others by [Compile].
type Recommendation struct {
	ID      string
	Version string
	// Key names the care. Recommendations of one key (blood pressure for diabetes, for
	// hypertension) merge into one gap: the earliest due day wins.
	Key   string
	Title string
	// Population: who is asked. Judged over the year that ends on the day of
	// calculation. nil is everybody.
	Population registry.Definition
	// Since finds the facts of which the earliest makes a person eligible, such as the
	// diagnosis. Without it, or without such a fact, the person is eligible from birth
	// plus SinceAge years, or from the day of calculation when birth is not recorded.
	Since    *registry.Query
	SinceAge int
	// Evidence are the facts that close the gap. Dates are starts.
	Evidence registry.Query
	// Ordered are orders or claims that prove the care exists without its result: they
	// change the reason of an open gap to Missing, and close nothing.
	Ordered *registry.Query
	Timing
	// Steps change the interval by the last evidence: the first whose tests it passes
	// wins (HbA1c at goal: 6 months; otherwise the interval of Timing).
	Steps []Step
	// Once: evidence closes for good; the interval is not used.
	Once bool
	// Season, when set, asks for one evidence in each season; the interval is not used.
	Season Season
	// Trigger, when set, asks for one evidence between From and To after the last such
	// fact (a visit after discharge); without a trigger nothing is due.
	Trigger *Trigger
	// Exclusions leave people out, for a time or for good.
	Exclusions []Exclusion
	// UntilAge ends the recommendation on the day before that birthday; 0: no end.
	UntilAge int
	Priority int    // 1 is first; 0 comes last
	Source   string // guideline, edition, section
	Grade    string // of the evidence, as the source has it
	Class    PromptClass
}

// PromptClass is the kind of behaviour that a reminder wants to change: reminders
// work best for prescribing, prevention and general treatment, less for diagnosis.
type PromptClass uint8

// Classes.
const (
	Treatment PromptClass = iota
	Prevention
	Prescribing
	DiagnosisClass
)

// Step is an interval for evidence of a certain kind.
type Step struct {
	When  []registry.Test
	Every Every
}

// Trigger opens a window after a fact.
type Trigger struct {
	Fact     registry.Query
	ByEnd    bool  // the window runs from the fact's end (a discharge), not from its start
	From, To Every // From 0: the day itself counts
}

// ExclusionKind says why care is not due.
type ExclusionKind uint8

// Kinds of exclusions.
const (
	Permanent ExclusionKind = iota
	Temporary
	Declined
	Unsuitable
	NoResponse // leaves the denominator and stays on recall
	NewlyDiagnosed
	NewlyRegistered
	CareElsewhere
	EndOfLife
)

var exclusionNames = [...]string{"permanent", "temporary", "declined", "unsuitable", "no response", "newly diagnosed", "newly registered", "care elsewhere", "end of life"}

// String gives the kind in words.
func (k ExclusionKind) String() string { return exclusionNames[min(int(k), len(exclusionNames)-1)] }

// Exclusion leaves a person out from the day of a fact on.
type Exclusion struct {
	Kind ExclusionKind
	When registry.Query
	For  Every // 0: for good. 12 months is usual for declined and unsuitable, 9 for newly diagnosed or registered
}

// Plan is a compiled list of recommendations. It is immutable and may be shared.
type Plan struct {
	Lexicon *registry.Lexicon
	recs    []bound
}

type bound struct {
	Recommendation
	population           registry.Criterion
	since, done, ordered *registry.Selector
	trigger, recent      *registry.Selector
	steps, exclusions    []*registry.Selector
	rules                []string          // its ID, shared by its gaps
	closed               []registry.Reason // of a gap that evidence closed, shared
}

// Compile checks recommendations and binds them to value sets. Every fault comes
// together, missing value sets by name and OID.
func Compile(sets []registry.ValueSet, recs ...Recommendation) (*Plan, error) {
	b := registry.NewBinder(sets)
	p := &Plan{}
	var errs []error
	seen := map[string]bool{}
	for _, r := range recs {
		bad := func(err error) { errs = append(errs, fmt.Errorf("%w %q: %w", ErrDefinition, r.ID, err)) }
		if r.ID == "" || r.Key == "" {
			bad(errors.New("an ID and a key are needed"))
		}
		if seen[r.ID] {
			bad(errors.New("the ID is there twice"))
		}
		seen[r.ID] = true
		ways := 0
		for _, set := range []bool{r.Once, r.Season != (Season{}), r.Trigger != nil} {
			if set {
				ways++
			}
		}
		if ways > 1 {
			bad(errors.New("once, season and trigger exclude each other"))
		}
		if ways == 0 {
			for _, err := range r.Timing.faults() {
				bad(err)
			}
		}
		for _, err := range r.Season.faults() {
			bad(err)
		}
		for i, s := range r.Steps {
			if s.Every.N <= 0 || len(s.When) == 0 {
				bad(fmt.Errorf("step %d: %s when %d tests pass", i, s.Every, len(s.When)))
			}
		}
		if t := r.Trigger; t != nil && (t.From.N < 0 || t.To.After(registry.Day(2001, 1, 1)) < t.From.After(registry.Day(2001, 1, 1))) {
			bad(fmt.Errorf("a trigger's window from %s to %s", t.From, t.To))
		}
		if r.UntilAge < 0 || r.SinceAge < 0 || r.UntilAge > 0 && r.UntilAge <= r.SinceAge {
			bad(fmt.Errorf("from age %d until age %d", r.SinceAge, r.UntilAge))
		}
		p.recs = append(p.recs, bind(b, r))
	}
	var err error
	p.Lexicon, err = b.Lexicon()
	if err := errors.Join(append(errs, err)...); err != nil {
		return nil, err
	}
	return p, nil
}

func bind(b *registry.Binder, r Recommendation) bound {
	b.In(r.ID)
	x := bound{Recommendation: r, rules: []string{r.ID}, closed: []registry.Reason{registry.Present, registry.DateInRange}}
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
