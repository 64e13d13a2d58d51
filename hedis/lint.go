package hedis

import (
	"fmt"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/registry"
)

// Lint is a remark on a definition: what looks wrong, where.
type Lint struct {
	Indicator string `json:"indicator"`
	Where     string `json:"where"`
	Rule      string `json:"rule"`
	What      string `json:"what"`
}

// String gives the remark on a line.
func (l Lint) String() string {
	return fmt.Sprintf("%s %s: %s (%s)", l.Indicator, l.Where, l.What, l.Rule)
}

// Lint rules.
const (
	LintAges        = "contradictory-ages"
	LintLookback    = "lookback-longer-than-data"
	LintImplied     = "numerator-implied"
	LintUnused      = "unused-criterion"
	LintEmpty       = "empty-criterion"
	LintUnnamedRate = "unnamed-rate"
	LintNoText      = "missing-description"
)

// LintOptions sets what lints cannot know by themselves.
type LintOptions struct {
	DataFrom registry.Date // first day of the data at hand; 0: not checked
}

// Lints reads the definitions of a programme and remarks on what can hardly be
// meant: ages that cannot both hold, windows that begin before the data,
// numerators that everyone in the denominator meets, criteria given twice or
// that can never decide, empty ones, and missing texts. Missing and empty value
// sets are binding errors of [New].
func Lints(p Programme, o LintOptions) []Lint {
	var out []Lint
	for i := range p.Indicators {
		d := &p.Indicators[i]
		add := func(where, rule, format string, args ...any) {
			out = append(out, Lint{d.ID, where, rule, fmt.Sprintf(format, args...)})
		}
		if d.Title == "" || d.Question == "" || d.Steward == "" || d.Specification == "" {
			add("", LintNoText, "title, question, steward or specification is missing")
		}
		if d.Episodes != nil {
			lookback(*d.Episodes, "encounters", p.Period, o, add)
		}
		for k := range d.Rates {
			r := &d.Rates[k]
			if len(d.Rates) > 1 && r.Name == "" {
				add(fmt.Sprintf("rate %d", k+1), LintUnnamedRate, "one of several rates has no name")
			}
			for pop := range numPopulations {
				q := r.of(pop)
				if q == nil {
					continue
				}
				where := strings.TrimSpace(r.Name + " " + pop.String())
				ages(q, where, add)
				twice(q, where, add)
				registry.Inspect(q, func(n any) bool {
					if x, ok := n.(registry.Query); ok {
						lookback(x, where, p.Period, o, add)
					}
					return true
				})
				if pop != InitialPopulation && pop != Denominator && r.InitialPopulation != nil {
					if always(q) {
						add(where, LintEmpty, "always holds")
					}
					if pop == Numerator && (implied(r.InitialPopulation, q) || r.Denominator != nil && implied(r.Denominator, q)) {
						add(where, LintImplied, "everyone in the denominator meets it")
					}
					if joint := (registry.All{r.InitialPopulation, q}); disjointAges(joint) {
						add(where, LintAges, "its ages exclude those of the initial population")
					}
				}
			}
			for _, s := range r.Strata {
				if r.InitialPopulation != nil && s.Is != nil && disjointAges(registry.All{r.InitialPopulation, s.Is}) {
					add("stratum "+s.Name, LintAges, "its ages exclude those of the initial population")
				}
			}
		}
	}
	return out
}

// conjuncts flattens what must hold for a definition to hold.
func conjuncts(d registry.Definition) []registry.Definition {
	switch d := d.(type) {
	case registry.All:
		var out []registry.Definition
		for _, p := range d {
			out = append(out, conjuncts(p)...)
		}
		return out
	case registry.Named:
		return conjuncts(d.Of)
	}
	return []registry.Definition{d}
}

func disjointAges(d registry.Definition) bool {
	type span struct{ min, max int }
	at := map[string]span{}
	for _, c := range conjuncts(d) {
		a, ok := c.(registry.AgeAt)
		if !ok {
			continue
		}
		hi := a.Max
		if hi == 0 {
			hi = 1 << 30
		}
		key := fmt.Sprint(a.At, a.Months)
		s, seen := at[key]
		if !seen {
			s = span{0, 1 << 30}
		}
		s = span{max(s.min, a.Min), min(s.max, hi)}
		if s.min > s.max {
			return true
		}
		at[key] = s
	}
	return false
}

func ages(d registry.Definition, where string, add func(string, string, string, ...any)) {
	registry.Inspect(d, func(n any) bool {
		if a, ok := n.(registry.All); ok && disjointAges(a) {
			add(where, LintAges, "no age meets all parts of: %s", firstLine(a.String()))
			return false
		}
		return true
	})
}

// twice finds parts that repeat, and parts after one that always decides.
func twice(d registry.Definition, where string, add func(string, string, string, ...any)) {
	registry.Inspect(d, func(n any) bool {
		var parts []registry.Definition
		any := false
		switch n := n.(type) {
		case registry.All:
			parts = n
		case registry.Any:
			parts, any = n, true
			if len(n) == 0 {
				add(where, LintEmpty, "an empty \"any of\" never holds")
			}
		}
		var seen []string
		for i, p := range parts {
			if p == nil {
				continue
			}
			s := p.String()
			if nm, ok := p.(registry.Named); ok {
				s = nm.Of.String()
			}
			if slices.Contains(seen, s) {
				add(where, LintUnused, "given twice: %s", firstLine(p.String()))
			}
			seen = append(seen, s)
			if any && always(p) && i < len(parts)-1 {
				add(where, LintUnused, "parts after %q are never asked", firstLine(p.String()))
			}
		}
		return true
	})
}

// always reports definitions that hold whatever the chart says.
func always(d registry.Definition) bool {
	switch d := d.(type) {
	case registry.All:
		for _, p := range d {
			if !always(p) {
				return false
			}
		}
		return true
	case registry.Any:
		return slices.ContainsFunc(d, always)
	case registry.Named:
		return always(d.Of)
	}
	return false
}

// implied reports whether q holds wherever d does: one of its alternatives, or
// all of its conjuncts, stand word for word among the conjuncts of d.
func implied(d, q registry.Definition) bool {
	have := map[string]bool{}
	for _, c := range conjuncts(d) {
		have[c.String()] = true
	}
	var holds func(registry.Definition) bool
	holds = func(x registry.Definition) bool {
		switch x := x.(type) {
		case registry.Named:
			return holds(x.Of)
		case registry.Any:
			return slices.ContainsFunc(x, holds)
		case registry.All:
			for _, p := range x {
				if !holds(p) {
					return false
				}
			}
			return true
		}
		return have[x.String()]
	}
	return holds(q)
}

func lookback(q registry.Query, where string, p registry.Period, o LintOptions, add func(string, string, string, ...any)) {
	if o.DataFrom == 0 {
		return
	}
	for _, t := range q.Tests {
		if t, ok := t.(registry.Timing); ok {
			if from, ok := t.Window.From.Resolve(p); ok && from < o.DataFrom {
				add(where, LintLookback, "looks back to %v, the data begin on %v: %s", from, o.DataFrom, q.Kind)
			}
		}
	}
}
