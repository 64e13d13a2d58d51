package registrytest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/registry"
	"pgregory.net/rapid"
)

// Indicator is what CheckIndicator needs: hedis.Edition.Subject gives one for
// every bound indicator, and anything that sorts patients into named populations
// can be one.
type Indicator interface {
	Name() string
	Populations() []string
	Within() [][2]int // pairs of populations: the first lies within the second
	Lexicon() *registry.Lexicon
	Period() registry.Period
	Count(c *registry.Chart) []int
	CountIn(c *registry.Chart, p registry.Period) []int
	Explained(c *registry.Chart) []int
	Sketch(s *registry.Specimen, population int)
}

// Reached says how often the generated patients fell into each population.
type Reached struct {
	Indicator   string
	Populations []string
	Counts      []int
	Patients    int
}

// String gives the counts on a line.
func (r Reached) String() string {
	s := make([]string, len(r.Counts))
	for i := range r.Counts {
		s[i] = fmt.Sprintf("%s %d", r.Populations[i], r.Counts[i])
	}
	return fmt.Sprintf("%s: %d patients; %s", r.Indicator, r.Patients, strings.Join(s, ", "))
}

// leapCycle is 400 years, after which the calendar repeats.
const leapCycle = 146097

// Specimen draws a patient aimed at a population, then stirs in noise: facts
// elsewhere, in other statuses, with second codings.
func Specimen(ind Indicator, population int, seed uint64) *registry.Patient {
	r := rand.New(rand.NewPCG(seed, 3))
	p := &registry.Patient{ID: "generated"}
	sp := &registry.Specimen{Patient: p, Period: ind.Period(), Codes: ind.Lexicon().CodesOf, Draw: r.IntN}
	ind.Sketch(sp, population)
	if p.Birth == 0 {
		p.Birth = ind.Period().Start.AddYears(-r.IntN(90)).AddDays(-r.IntN(366))
	}
	for range r.IntN(4) { // noise
		if len(p.Facts) == 0 {
			break
		}
		f := p.Facts[r.IntN(len(p.Facts))]
		f.ID = fmt.Sprintf("n%d", len(p.Facts))
		switch r.IntN(6) {
		case 0:
			f.Status = statuses[r.IntN(len(statuses))]
		case 1:
			f.Negated = !f.Negated
		case 2:
			f.When.Start = registry.At(ind.Period().Start.AddDays(r.IntN(900) - 500))
			if !f.When.Ongoing {
				f.When.End = f.When.Start
			}
		case 3:
			f.Value = registry.Value{}
		case 4:
			f.Codes = append([]registry.Code{{System: "urn:noise", Value: "x"}}, f.Codes...)
		case 5:
			if f.Supply != nil {
				s := *f.Supply
				s.Days = registry.Number{}
				f.Supply = &s
			}
		}
		p.Facts = append(p.Facts, f)
	}
	return p
}

// CheckIndicator checks the laws on generated patients and fails when a
// population is never reached. It returns how often each was, for a log.
func CheckIndicator(t *testing.T, ind Indicator) Reached {
	t.Helper()
	names := ind.Populations()
	reached := Reached{Indicator: ind.Name(), Populations: names, Counts: make([]int, len(names))}
	chart, other := registry.NewChart(ind.Lexicon()), registry.NewChart(ind.Lexicon())
	turn := 0
	rapid.Check(t, func(rt *rapid.T) {
		seed := rapid.Uint64().Draw(rt, "seed")
		for range 3 {
			target := turn % len(names)
			turn++
			seed++
			p := Specimen(ind, target, seed)
			chart.Load(p)
			want := ind.Count(chart)
			reached.Patients++
			for i, n := range want {
				if n > 0 {
					reached.Counts[i]++
				}
			}
			same := func(law string, got []int) {
				if !slices.Equal(got, want) {
					rt.Fatalf("%s: %s: %v, want %v (%s; seed %d, target %d)\n%+v", ind.Name(), law, got, want, strings.Join(names, ", "), seed, target, p)
				}
			}
			same("explanation counts what counting counts", ind.Explained(chart))
			for _, w := range ind.Within() {
				if want[w[0]] > want[w[1]] {
					rt.Fatalf("%s: %s %d is not within %s %d", ind.Name(), names[w[0]], want[w[0]], names[w[1]], want[w[1]])
				}
			}
			other.Load(Shuffled(p, seed))
			same("order of facts", ind.Count(other))
			other.Load(Repeated(p, seed))
			same("repeated facts", ind.Count(other))
			q := *p
			q.Facts = append([]registry.Fact(nil), p.Facts...)
			for i := range p.Facts {
				f := p.Facts[i]
				f.ID = fmt.Sprintf("e%d", i)
				if i%2 == 0 {
					f.Status = registry.EnteredInError
				} else { // the same thing two generations later
					f = Shifted(&registry.Patient{Facts: []registry.Fact{f}}, 60*366).Facts[0]
					f.ID, f.EncounterID = fmt.Sprintf("l%d", i), ""
				}
				q.Facts = append(q.Facts, f)
			}
			other.Load(&q)
			same("facts in error or long after", ind.Count(other))
			other.Load(Shifted(p, leapCycle))
			per := ind.Period()
			same("400 years later", ind.CountIn(other, registry.Period{Start: per.Start.AddDays(leapCycle), End: per.End.AddDays(leapCycle)}))
			chart.Load(p)
			same("a chart used again", ind.Count(chart))
		}
	})
	for i, n := range reached.Counts {
		if n == 0 && !t.Failed() {
			t.Errorf("%s: no generated patient reached %q: the check is vacuous", ind.Name(), names[i])
		}
	}
	return reached
}
