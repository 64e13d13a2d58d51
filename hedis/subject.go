package hedis

import "github.com/chroniccare/chroniccare/registry"

// Subject is one indicator of an edition as the property tests of
// registry/registrytest want it: see CheckIndicator there.
type Subject struct {
	e *Edition
	i int
}

// Subject gives the i-th indicator of the edition.
func (e *Edition) Subject(i int) *Subject { return &Subject{e, i} }

// Name is the edition and the ID.
func (s *Subject) Name() string { return s.e.Name + " " + s.e.bound[s.i].def.ID }

// Populations names every population of every rate.
func (s *Subject) Populations() []string {
	var out []string
	for _, r := range s.e.bound[s.i].def.Rates {
		for k := range numPopulations {
			if r.of(k) != nil || k == Denominator {
				name := k.String()
				if r.Name != "" {
					name = r.Name + ": " + name
				}
				out = append(out, name)
			}
		}
	}
	return out
}

func (s *Subject) list(rates []Counts) []int {
	var out []int
	for k, r := range s.e.bound[s.i].def.Rates {
		for p := range numPopulations {
			if r.of(p) != nil || p == Denominator {
				out = append(out, rates[k].Of(p))
			}
		}
	}
	return out
}

// Lexicon is the edition's.
func (s *Subject) Lexicon() *registry.Lexicon { return s.e.lexicon }

// Period is the edition's.
func (s *Subject) Period() registry.Period { return s.e.Period }

// Count gives the counts of the populations.
func (s *Subject) Count(c *registry.Chart) []int {
	var out Outcome
	return s.list(s.e.ClassifyOne(c, s.i, &out))
}

// CountIn gives the counts over another period.
func (s *Subject) CountIn(c *registry.Chart, p registry.Period) []int {
	out := Outcome{Rates: make([]Counts, s.e.rates), Strata: make([]Counts, s.e.strata)}
	s.e.bound[s.i].classify(c, p, &out)
	return s.list(s.e.RatesOf(s.i, &out))
}

// Within lists pairs of populations of which the first lies within the second.
func (s *Subject) Within() [][2]int {
	var out [][2]int
	n := 0
	for _, r := range s.e.bound[s.i].def.Rates {
		ip, den := n, n+1
		out = append(out, [2]int{den, ip})
		n += 2
		num := -1
		for p := DenominatorExclusion; p < numPopulations; p++ {
			if r.of(p) == nil {
				continue
			}
			out = append(out, [2]int{n, den})
			if p == Numerator {
				num = n
			}
			if p == NumeratorExclusion && num >= 0 {
				out = append(out, [2]int{n, num})
			}
			n++
		}
	}
	return out
}

// Explained gives the same from the explanation.
func (s *Subject) Explained(c *registry.Chart) []int {
	x := &s.e.bound[s.i]
	rates := make([]Counts, len(x.rates))
	ex := s.e.Explain(c, s.i)
	for k := range ex.Rates {
		r := &ex.Rates[k]
		at := k % len(x.rates)
		for p := range r.Populations {
			if r.Populations[p].Member {
				rates[at][r.Populations[p].Population]++
			}
		}
		// a rate without a denominator of its own takes the initial population
		if x.rates[at].pops[Denominator] == nil {
			if ip := r.Of(InitialPopulation); ip != nil && ip.Member {
				rates[at][Denominator]++
			}
		}
	}
	return s.list(rates)
}

// Sketch adds to a specimen what the k-th population of [Subject.Populations]
// asks for.
func (s *Subject) Sketch(sp *registry.Specimen, population int) {
	x := &s.e.bound[s.i]
	if x.def.Episodes != nil {
		q := *x.def.Episodes
		if q.As != Episode {
			q = q.Named(Episode)
		}
		sp.Add(q)
	}
	n := 0
	for _, r := range x.def.Rates {
		for p := range numPopulations {
			if r.of(p) == nil && p != Denominator {
				continue
			}
			if n == population {
				sp.Meet(r.InitialPopulation)
				if r.Denominator != nil && p > InitialPopulation {
					sp.Meet(r.Denominator)
				}
				if p > Denominator {
					sp.Meet(r.of(p))
				}
				return
			}
			n++
		}
	}
}
