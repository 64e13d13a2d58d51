package hedis

import (
	"github.com/chroniccare/chroniccare/registry"
)

// Improvement is the improvement notation: which way a better score lies.
type Improvement uint8

// Improvement notations.
const (
	Increase Improvement = iota // a higher rate is better
	Decrease                    // a lower rate is better
)

// String gives the FHIR code.
func (i Improvement) String() string {
	if i == Decrease {
		return "decrease"
	}
	return "increase"
}

// Population is a kind of population of a proportion measure.
type Population uint8

// Populations, in the order in which results list them.
const (
	InitialPopulation Population = iota
	Denominator
	DenominatorExclusion
	DenominatorException
	Numerator
	NumeratorExclusion
	numPopulations
)

var populationCodes = [numPopulations]string{"initial-population", "denominator", "denominator-exclusion", "denominator-exception", "numerator", "numerator-exclusion"}

// String gives the code of the FHIR measure-population code system.
func (p Population) String() string { return populationCodes[min(p, numPopulations-1)] }

// Episode is the name under which criteria of an encounter-based measure know
// the encounter being judged.
const Episode = "encounter"

// Indicator is the definition of a quality measure: identity, populations,
// several rates if need be. It is plain data; bind it with [New].
type Indicator struct {
	ID            string // "CMS122"
	Title         string
	Version       string // of the specification, "13.1.000"
	Steward       string
	Specification string // where the definition is published
	Question      string // what it asks, in two sentences
	Improvement   Improvement
	// Episodes makes the measure count encounters, not patients: the query (named
	// [Episode]) gives the candidates, and each is judged by every population.
	Episodes *registry.Query
	Rates    []RateDef
	Notes    []string // known deviations and decisions
}

// RateDef is one rate of an indicator. A nil population is not part of it; a
// nil Denominator is the initial population.
type RateDef struct {
	Name                 string
	InitialPopulation    registry.Definition
	Denominator          registry.Definition
	DenominatorExclusion registry.Definition
	DenominatorException registry.Definition
	Numerator            registry.Definition
	NumeratorExclusion   registry.Definition
	Strata               []Stratum
}

// Stratum is a part of the population that is reported apart.
type Stratum struct {
	Name string
	Is   registry.Definition
}

func (r *RateDef) of(p Population) registry.Definition {
	return [...]registry.Definition{r.InitialPopulation, r.Denominator, r.DenominatorExclusion, r.DenominatorException, r.Numerator, r.NumeratorExclusion}[p]
}

// Programme is a set of indicators for one period, such as a measurement year.
type Programme struct {
	Name       string // "MY2025"
	Period     registry.Period
	Indicators []Indicator
}
