package hedis2001_test

import (
	"slices"
	"testing"

	"github.com/chroniccare/chroniccare/hedis"
	. "github.com/chroniccare/chroniccare/hedis/hedis2001"
	"github.com/chroniccare/chroniccare/internal/lawtest"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/registrytest"
	"pgregory.net/rapid"
)

// Whatever a record holds, evaluation and explanation end and agree.
func TestAnyRecordProperty(t *testing.T) {
	var all []registry.Code
	for _, s := range testSets(t) {
		all = append(all, s.Codes...)
	}
	period := registry.CalendarYear(2001)
	e := edition(t, 2001, Params{AssumeEnrolled: true, PregnancyTestExclusion: true})
	strict := edition(t, 2001, Params{})
	inds := e.Indicators()
	reached := 0
	lawtest.Until(t, func(rt *rapid.T) {
		p := registrytest.Patients(period, all).Draw(rt, "patient")
		for i := range p.Facts {
			f := &p.Facts[i]
			f.Setting = rapid.SampledFrom([]string{"", "AMB", "EMER", "ACUTE", "NONAC"}).Draw(rt, "setting")
			f.Rank = rapid.IntRange(0, 2).Draw(rt, "rank")
			f.Provider = rapid.SampledFrom([]string{"", ProviderPrimaryCare, ProviderMentalHealth, ProviderEyeCare}).Draw(rt, "provider")
		}
		for _, x := range []*hedis.Edition{e, strict} {
			c := x.Chart()
			c.Load(FromEncounters(&p))
			var out hedis.Outcome
			x.Classify(c, &out)
			for i := range inds {
				n := out.Rates[i]
				if n.Of(hedis.Denominator) != n.Of(hedis.InitialPopulation) || n.Of(hedis.Numerator)+n.Of(hedis.DenominatorExclusion) > n.Of(hedis.Denominator) {
					rt.Fatalf("%s: %v", inds[i].ID, n)
				}
				if n.Of(hedis.Denominator) > 0 {
					reached++
				}
			}
			i := rapid.IntRange(0, len(inds)-1).Draw(rt, "indicator")
			s := x.Subject(i)
			if got, want := s.Explained(c), s.Count(c); !slices.Equal(got, want) {
				rt.Fatalf("%s: explained %v, counted %v", inds[i].ID, got, want)
			}
			x.Gaps(c, i, registry.Day(2001, 6, 30))
		}
	}, func() bool { return reached > 0 })
}
