package hedis

import (
	"fmt"
	"strings"

	"github.com/chroniccare/chroniccare/registry"
)

// PopulationFinding is the answer for one population of a rate with everything
// behind it. A population that scoring never reaches, such as the numerator of
// someone excluded, is still judged: Member then says false whatever Finding says.
type PopulationFinding struct {
	Population Population       `json:"-"`
	Code       string           `json:"population"`
	Member     bool             `json:"member"`
	Finding    registry.Finding `json:"finding"`
}

// RateExplanation explains one rate for a patient, or for one encounter of an
// encounter-based measure.
type RateExplanation struct {
	Rate        string              `json:"rate,omitempty"`
	Encounter   *registry.Fact      `json:"-"`
	EncounterID string              `json:"encounter,omitempty"`
	Populations []PopulationFinding `json:"populations"`
	Strata      []string            `json:"strata,omitempty"` // names of the strata it belongs to
}

// Of is the finding for a population, nil when the rate has none.
func (r *RateExplanation) Of(p Population) *PopulationFinding {
	for i := range r.Populations {
		if r.Populations[i].Population == p {
			return &r.Populations[i]
		}
	}
	return nil
}

// Explanation explains an indicator for a patient.
type Explanation struct {
	Indicator string            `json:"indicator"`
	Version   string            `json:"version"`
	Edition   string            `json:"edition"`
	Period    registry.Period   `json:"period"`
	Patient   string            `json:"patient"`
	Library   string            `json:"library"`
	Rates     []RateExplanation `json:"rates"`
}

// Version of the library; results carry it.
const Version = "0.1.0"

// Explain judges the chart's patient for an indicator and says why. Membership
// always equals what Classify counts. Populations are explained in order as far
// as scoring goes: outside the initial population there is nothing more to say.
func (e *Edition) Explain(c *registry.Chart, i int) *Explanation {
	out := &Explanation{}
	e.ExplainInto(c, i, out)
	return out
}

// ExplainInto is [Edition.Explain] into an explanation that was used before,
// whose storage it takes over: nothing of the old one may be kept.
func (e *Edition) ExplainInto(c *registry.Chart, i int, out *Explanation) {
	x := &e.bound[i]
	rates := out.Rates
	*out = Explanation{Indicator: x.def.ID, Version: x.def.Version, Edition: e.Name, Period: e.Period, Patient: c.Patient.ID, Library: Version}
	out.Rates = x.explainAll(c, e.Period, rates[:0])
}

func (x *boundIndicator) explainAll(c *registry.Chart, p registry.Period, out []RateExplanation) []RateExplanation {
	next := func() *RateExplanation {
		if len(out) < cap(out) {
			out = out[:len(out)+1]
		} else {
			out = append(out, RateExplanation{})
		}
		r := &out[len(out)-1]
		*r = RateExplanation{Populations: r.Populations[:0]}
		return r
	}
	if x.episodes == nil {
		for k := range x.rates {
			x.explain(c, p, k, nil, next())
		}
		return out
	}
	w := x.episodes.Walk(c)
	n := 0
	for f := w.Next(c, p); f != nil; f = w.Next(c, p) {
		n++
		for k := range x.rates {
			x.explain(c, p, k, f, next())
		}
	}
	if n == 0 { // nothing to judge: say why there is no such encounter
		for k := range x.rates {
			r := next()
			r.Rate = x.def.Rates[k].Name
			r.Populations = append(r.Populations, PopulationFinding{InitialPopulation, InitialPopulation.String(), false, x.episodes.Explain(c, p)})
		}
	}
	return out
}

func (x *boundIndicator) explain(c *registry.Chart, p registry.Period, k int, episode *registry.Fact, out *RateExplanation) {
	r := &x.rates[k]
	out.Rate, out.Encounter = x.def.Rates[k].Name, episode
	if episode != nil {
		out.EncounterID = episode.ID
	}
	var m [numPopulations]bool
	for pop, q := range r.pops {
		pop := Population(pop)
		if q == nil {
			m[pop] = pop == Denominator // without one of its own, the initial population
			continue
		}
		f := q.Explain(c, p)
		switch in := f.Met; pop {
		case InitialPopulation, Denominator:
			m[pop] = in
		case DenominatorExclusion:
			m[pop] = in
		case Numerator:
			m[pop] = in && !m[DenominatorExclusion]
		case NumeratorExclusion:
			m[pop] = in && m[Numerator]
		case DenominatorException: // settled when the numerator is known
			m[pop] = in && !m[DenominatorExclusion]
		}
		if cap(out.Populations) == 0 {
			n := 1
			if m[InitialPopulation] {
				n = r.defined
			}
			out.Populations = make([]PopulationFinding, 0, n)
		}
		out.Populations = append(out.Populations, PopulationFinding{pop, pop.String(), m[pop], f})
		if pop <= Denominator && !m[pop] {
			break
		}
	}
	if m[Numerator] && m[DenominatorException] {
		m[DenominatorException] = false
		out.Of(DenominatorException).Member = false
	}
	if m[InitialPopulation] {
		for s, q := range r.strata {
			if q.Holds(c, p) {
				out.Strata = append(out.Strata, x.def.Rates[k].Strata[s].Name)
			}
		}
	}
}

// Text renders the explanation for a reader.
func (x *Explanation) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s, %v, patient %s\n", x.Indicator, x.Edition, x.Period, x.Patient)
	for i := range x.Rates {
		r := &x.Rates[i]
		if r.Rate != "" {
			fmt.Fprintf(&b, "%s\n", r.Rate)
		}
		if r.EncounterID != "" {
			fmt.Fprintf(&b, "encounter %s\n", r.EncounterID)
		}
		for k := range r.Populations {
			p := &r.Populations[k]
			mark := "out"
			if p.Member {
				mark = "in"
			}
			fmt.Fprintf(&b, "  %s: %s\n", p.Code, mark)
			for _, line := range strings.Split(strings.TrimRight(p.Finding.Text(), "\n"), "\n") {
				fmt.Fprintf(&b, "    %s\n", line)
			}
		}
	}
	return b.String()
}

// Leaves gathers the undivided parts that decided a finding: the unmet ones of
// an unmet finding, the met ones of a met finding. Under a negation the sides
// change.
func Leaves(f *registry.Finding) []*registry.Finding {
	var out []*registry.Finding
	var walk func(*registry.Finding)
	walk = func(g *registry.Finding) {
		if len(g.Parts) == 0 {
			out = append(out, g)
			return
		}
		for i := range g.Parts {
			p := &g.Parts[i]
			if p.Met == g.Met || len(g.Parts) == 1 {
				walk(p)
			}
		}
	}
	walk(f)
	return out
}
