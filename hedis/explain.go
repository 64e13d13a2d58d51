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
	x := &e.bound[i]
	out := &Explanation{Indicator: x.def.ID, Version: x.def.Version, Edition: e.Name, Period: e.Period, Patient: c.Patient.ID, Library: Version}
	out.Rates = make([]RateExplanation, 0, len(x.rates))
	e.explain(c, i, e.Period, func(r RateExplanation) { out.Rates = append(out.Rates, r) })
	return out
}

func (e *Edition) explain(c *registry.Chart, i int, p registry.Period, add func(RateExplanation)) {
	x := &e.bound[i]
	if x.episodes == nil {
		for k := range x.rates {
			add(x.explain(c, p, k, nil))
		}
		return
	}
	w := x.episodes.Walk(c)
	n := 0
	for f := w.Next(c, p); f != nil; f = w.Next(c, p) {
		n++
		for k := range x.rates {
			add(x.explain(c, p, k, f))
		}
	}
	if n == 0 { // nothing to judge: say why there is no such encounter
		for k := range x.rates {
			add(RateExplanation{Rate: x.def.Rates[k].Name, Populations: []PopulationFinding{{InitialPopulation, InitialPopulation.String(), false, x.episodes.Explain(c, p)}}})
		}
	}
}

func (x *boundIndicator) explain(c *registry.Chart, p registry.Period, k int, episode *registry.Fact) RateExplanation {
	r := &x.rates[k]
	m := r.member(c, p)
	out := RateExplanation{Rate: x.def.Rates[k].Name, Encounter: episode}
	if episode != nil {
		out.EncounterID = episode.ID
	}
	n := 0
	for _, q := range r.pops {
		if q != nil {
			n++
		}
	}
	if !m[InitialPopulation] {
		n = 1
	}
	out.Populations = make([]PopulationFinding, 0, n)
	for pop, q := range r.pops {
		if q == nil {
			continue
		}
		out.Populations = append(out.Populations, PopulationFinding{Population(pop), Population(pop).String(), m[pop], q.Explain(c, p)})
		if Population(pop) <= Denominator && !m[pop] {
			break
		}
	}
	if m[InitialPopulation] {
		for s, q := range r.strata {
			if q.Holds(c, p) {
				out.Strata = append(out.Strata, x.def.Rates[k].Strata[s].Name)
			}
		}
	}
	return out
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
