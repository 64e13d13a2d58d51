package hedis2001_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/chroniccare/chroniccare/hedis"
	. "github.com/chroniccare/chroniccare/hedis/hedis2001"
	"github.com/chroniccare/chroniccare/internal/lawtest"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/registrytest"
	"pgregory.net/rapid"
)

const leapCycle = 146097

func shifted(p *registry.Patient, days int) *registry.Patient {
	q := registrytest.Shifted(p, days)
	q.Enrolments = slices.Clone(p.Enrolments)
	for i := range q.Enrolments {
		q.Enrolments[i].Period.Start = q.Enrolments[i].Period.Start.AddDays(days)
		q.Enrolments[i].Period.End = q.Enrolments[i].Period.End.AddDays(days)
	}
	return q
}

// nudge moves or changes one thing by a little: cases sit on their edges, so
// that this crosses them.
func nudge(t *rapid.T, p *registry.Patient, others []*registry.Patient) *registry.Patient {
	q := *p
	q.Facts, q.Enrolments = slices.Clone(p.Facts), slices.Clone(p.Enrolments)
	for n := range rapid.IntRange(0, 3).Draw(t, "changes") {
		by := rapid.IntRange(-2, 2).Draw(t, "by")
		switch k := rapid.IntRange(0, 7).Draw(t, "what"); {
		case k == 0:
			q.Birth = q.Birth.AddDays(by)
		case k == 1 && len(q.Enrolments) > 0:
			e := &q.Enrolments[rapid.IntRange(0, len(q.Enrolments)-1).Draw(t, "span")]
			e.Period.End = e.Period.End.AddDays(by)
		case k == 2 && len(q.Facts) > 0:
			i := rapid.IntRange(0, len(q.Facts)-1).Draw(t, "drop")
			q.Facts = slices.Delete(q.Facts, i, i+1)
		case k <= 4 && len(q.Facts) > 0: // move an encounter with its diagnoses, or a fact alone
			f := q.Facts[rapid.IntRange(0, len(q.Facts)-1).Draw(t, "fact")]
			for i := range q.Facts {
				if g := &q.Facts[i]; g.ID == f.ID || f.Kind == registry.Encounter && g.EncounterID == f.ID {
					*g = registrytest.Shifted(&registry.Patient{Facts: []registry.Fact{*g}}, by).Facts[0]
				}
			}
		default:
			o := others[rapid.IntRange(0, len(others)-1).Draw(t, "other")]
			if len(o.Facts) > 0 {
				f := o.Facts[rapid.IntRange(0, len(o.Facts)-1).Draw(t, "added")]
				f.ID, f.EncounterID = fmt.Sprint("x", n), ""
				q.Facts = append(q.Facts, f)
			}
		}
	}
	return &q
}

// lawCases are the boundary patients of the year, and a few that reach what
// these do not: contacts in depression, exclusions of the young.
func lawCases(t *testing.T) []*registry.Patient {
	var cases []*registry.Patient
	for _, c := range boundaryCases(t) {
		if c.Year != 2001 {
			continue
		}
		p := c.patient(t)
		cases = append(cases, p)
		q := *p
		q.ID += " and more"
		q.Facts = slices.Clone(p.Facts)
		add := func(f registry.Fact, d registry.Date) {
			f.ID, f.When, f.Status = fmt.Sprint("more", len(q.Facts)), registry.On(d), registry.Completed
			q.Facts = append(q.Facts, f)
		}
		switch c.ID {
		case "AMM-01":
			for k := range 3 {
				add(registry.Fact{Kind: registry.Encounter, Visit: &registry.Visit{Class: "AMB"}, Provider: ProviderMentalHealth}, registry.Day(2001, 1, 20).AddDays(20*k))
			}
		case "ASM-01", "ASM-03":
			add(registry.Fact{Kind: registry.Diagnosis, Codes: codes("COPD"), Setting: "AMB", Rank: 2}, registry.Day(2000, 5, 5))
		case "AIS-02":
			add(registry.Fact{Kind: registry.Diagnosis, Codes: codes("MMR Contraindication")}, registry.Day(1995, 5, 5))
		default:
			continue
		}
		cases = append(cases, &q)
	}
	return cases
}

func TestLaws(t *testing.T) {
	cases := lawCases(t)
	e := edition(t, 2001, Params{})
	never, missed := edition(t, 2001, Params{Exclusions: ExcludeNever}), edition(t, 2001, Params{Exclusions: ExcludeIfNumeratorMissed})
	inds := e.Indicators()
	at := map[string]int{}
	for i, x := range inds {
		at[x.ID] = i
	}
	type hits struct{ ip, out, excl, num, miss, several int }
	reached := make([]hits, len(inds))
	chart, other := e.Chart(), e.Chart()
	cn, cm := never.Chart(), missed.Chart()
	turn := 0
	check := func(rt *rapid.T, p *registry.Patient) {
		chart.Load(p)
		var out, o2 hedis.Outcome
		e.Classify(chart, &out)
		of := func(id string) hedis.Counts { return e.RatesOf(at[id], &out)[0] }
		for i, x := range inds {
			c := e.RatesOf(i, &out)[0]
			ip, den, excl, num := c.Of(hedis.InitialPopulation), c.Of(hedis.Denominator), c.Of(hedis.DenominatorExclusion), c.Of(hedis.Numerator)
			if den != ip || excl < 0 || num < 0 || excl+num > den {
				rt.Fatalf("%s: %v", x.ID, c)
			}
			h := &reached[i]
			for _, r := range []struct {
				ok bool
				n  *int
			}{{ip > 0, &h.ip}, {ip == 0, &h.out}, {excl > 0, &h.excl}, {num > 0, &h.num}, {den > excl+num, &h.miss}, {ip > 1, &h.several}} {
				if r.ok {
					*r.n++
				}
			}
		}
		// the explanation of an indicator counts what counting counts
		i := turn % len(inds)
		s := e.Subject(i)
		want := s.Count(chart)
		if got := s.Explained(chart); !slices.Equal(got, want) {
			rt.Fatalf("%s explained %v, counted %v", inds[i].ID, got, want)
		}
		equal := func(law string, q *registry.Patient) {
			other.Load(q)
			e.Classify(other, &o2)
			for i := range out.Rates {
				if out.Rates[i] != o2.Rates[i] {
					rt.Fatalf("%s: %s: %v, want %v\n%s", law, inds[i].ID, o2.Rates[i], out.Rates[i], text(q))
				}
			}
		}
		seed := rapid.Uint64().Draw(rt, "seed")
		equal("order of facts", registrytest.Shuffled(p, seed))
		equal("repeated facts", registrytest.Repeated(p, seed))
		// order of enrolment spans
		turned := *p
		turned.Enrolments = slices.Clone(p.Enrolments)
		slices.Reverse(turned.Enrolments)
		equal("order of spans", &turned)
		// facts in error, not done, or generations away
		noisy := *p
		noisy.Facts = slices.Clone(p.Facts)
		for k, f := range p.Facts {
			f.ID, f.EncounterID = fmt.Sprint("noise", k), ""
			switch k % 3 {
			case 0:
				f.Status = registry.EnteredInError
			case 1:
				f.Negated = true
			case 2:
				f = registrytest.Shifted(&registry.Patient{Facts: []registry.Fact{f}}, 60*366).Facts[0]
			}
			noisy.Facts = append(noisy.Facts, f)
		}
		equal("irrelevant facts", &noisy)
		// 400 years later
		other.Load(shifted(p, leapCycle))
		later := registry.Period{Start: e.Period.Start.AddDays(leapCycle), End: e.Period.End.AddDays(leapCycle)}
		if got := s.CountIn(other, later); !slices.Equal(got, want) {
			rt.Fatalf("%s 400 years later: %v, want %v", inds[i].ID, got, want)
		}
		// strata add up
		sum := func(whole string, parts ...string) {
			var total hedis.Counts
			for _, id := range parts {
				for k, n := range of(id) {
					total[k] += n
				}
			}
			if total != of(whole) {
				rt.Fatalf("%s: %v, parts %v", whole, of(whole), total)
			}
		}
		sum("asm-combined", "asm-5-9", "asm-10-17", "asm-18-56")
		sum("chl-combined", "chl-16-20", "chl-21-26")
		// shared denominators
		for _, ids := range [][]string{{"cdc-hba1c-tested", "cdc-hba1c-poor", "cdc-eye", "cdc-ldl-screening", "cdc-ldl-control", "cdc-nephropathy"}, {"cmc-ldl-screening", "cmc-ldl-control"},
			{"fuh-30", "fuh-7"}, {"ppc-prenatal", "ppc-postpartum"}, {"cis-combo1", "cis-combo2"}, {"ais-combo1", "ais-combo2"}, {"amm-continuation", "amm-acute", "amm-contacts"}} {
			for _, id := range ids[1:] {
				if of(id).Of(hedis.Denominator) != of(ids[0]).Of(hedis.Denominator) || of(id).Of(hedis.DenominatorExclusion) != of(ids[0]).Of(hedis.DenominatorExclusion) {
					rt.Fatalf("%s and %s differ in the denominator", id, ids[0])
				}
			}
		}
		// nesting
		for _, n := range [][2]string{{"fuh-7", "fuh-30"}, {"cis-combo2", "cis-combo1"}, {"ais-combo2", "ais-combo1"}, {"cdc-ldl-control", "cdc-ldl-screening"}, {"cmc-ldl-control", "cmc-ldl-screening"}} {
			if of(n[0]).Of(hedis.Numerator) > of(n[1]).Of(hedis.Numerator) {
				rt.Fatalf("%s is not within %s", n[0], n[1])
			}
		}
		// who is not tested is poorly controlled
		if poor, tested := of("cdc-hba1c-poor"), of("cdc-hba1c-tested"); poor.Of(hedis.Denominator) > poor.Of(hedis.DenominatorExclusion) && poor.Of(hedis.Numerator) == 0 && tested.Of(hedis.Numerator) == 0 {
			rt.Fatal("neither poor nor tested")
		}
		// age bands are disjoint
		for _, bands := range [][]string{{"aap-20-44", "aap-45-64", "aap-65-plus"}, {"cap-12-24m", "cap-25m-6y", "cap-7-11y"}} {
			n := 0
			for _, id := range bands {
				n += of(id).Of(hedis.InitialPopulation)
			}
			if n > 1 {
				rt.Fatalf("in several of %v", bands)
			}
		}
		// exclusions: "only if missed" scores at least what "never" scores
		cn.Load(p)
		cm.Load(p)
		var on, om hedis.Outcome
		never.Classify(cn, &on)
		missed.Classify(cm, &om)
		for i := range inds {
			n, m := on.Rates[i], om.Rates[i]
			if m.Of(hedis.Numerator) != n.Of(hedis.Numerator) || n.Of(hedis.DenominatorExclusion) != 0 || m.Of(hedis.Numerator) < out.Rates[i].Of(hedis.Numerator) {
				rt.Fatalf("%s: missed %v, never %v, always %v", inds[i].ID, m, n, out.Rates[i])
			}
		}
		// without the last day of the year nobody is in an indicator anchored there
		cut := *p
		cut.Enrolments = slices.Clone(p.Enrolments)
		for i := range cut.Enrolments {
			if e := &cut.Enrolments[i]; e.Period.End >= registry.Day(2001, 12, 31) || e.Period.End == 0 {
				e.Period.End = registry.Day(2001, 12, 30)
			}
		}
		other.Load(&cut)
		e.Classify(other, &o2)
		for _, id := range []string{"aap-20-44", "aap-45-64", "aap-65-plus", "cap-12-24m", "cap-25m-6y", "cap-7-11y", "cdc-eye", "cbp", "asm-combined", "bcs", "ccs", "chl-combined"} {
			if e.RatesOf(at[id], &o2)[0].Of(hedis.InitialPopulation) != 0 {
				rt.Fatalf("%s: in without the anchor", id)
			}
		}
	}
	lawtest.Until(t, func(rt *rapid.T) {
		for range 6 {
			turn++
			check(rt, nudge(rt, cases[turn%len(cases)], cases))
		}
	}, func() bool {
		for i, h := range reached {
			if h.ip == 0 || h.out == 0 || h.num == 0 || h.miss == 0 ||
				h.excl == 0 && inds[i].Rates[0].DenominatorExclusion != nil || h.several == 0 && inds[i].Episodes != nil {
				return false
			}
		}
		return true
	})
}

// Adding a test inside the window never lowers the numerators that ask for a
// test; splitting a population and merging its tallies changes nothing.
func TestMoreLaws(t *testing.T) {
	cases := lawCases(t)
	e := edition(t, 2001, Params{})
	chart, other := e.Chart(), e.Chart()
	grew, enough := 0, 0
	adds := map[string]registry.Fact{
		"cdc-hba1c-tested":  {Kind: registry.Observation, Codes: codes("HbA1c Test")},
		"cdc-ldl-screening": {Kind: registry.Observation, Codes: codes("LDL-C Test")},
		"cdc-nephropathy":   {Kind: registry.Observation, Codes: codes("Urine Microalbumin Test")},
		"cdc-eye":           {Kind: registry.Procedure, Codes: codes("Retinal Exam"), Provider: ProviderEyeCare},
		"bcs":               {Kind: registry.Procedure, Codes: codes("Mammogram")},
		"ccs":               {Kind: registry.Observation, Codes: codes("Cervical Cytology")},
		"chl-combined":      {Kind: registry.Observation, Codes: codes("Chlamydia Test")},
		"asm-combined":      {Kind: registry.MedicationDispense, Codes: codes("Asthma Controller")},
		"aap-20-44":         {Kind: registry.Encounter, Visit: &registry.Visit{Class: "AMB"}},
	}
	ids := []string{"aap-20-44", "asm-combined", "bcs", "ccs", "cdc-eye", "cdc-hba1c-tested", "cdc-ldl-screening", "cdc-nephropathy", "chl-combined"}
	lawtest.Until(t, func(rt *rapid.T) {
		p := nudge(rt, cases[rapid.IntRange(0, len(cases)-1).Draw(rt, "case")], cases)
		id := rapid.SampledFrom(ids).Draw(rt, "indicator")
		var out hedis.Outcome
		chart.Load(p)
		before := counts(e, chart, &out, id)
		f := adds[id]
		f.ID, f.When, f.Status = "added", registry.On(registry.Day(2001, 1, 1).AddDays(rapid.IntRange(0, 364).Draw(rt, "day"))), registry.Completed
		q := *p
		q.Facts = append(slices.Clone(p.Facts), f)
		chart.Load(&q)
		after := counts(e, chart, &out, id)
		if after.Of(hedis.Denominator) != before.Of(hedis.Denominator) || after.Of(hedis.Numerator) < before.Of(hedis.Numerator) ||
			after.Of(hedis.Denominator) > after.Of(hedis.DenominatorExclusion) && after.Of(hedis.Numerator) == 0 {
			rt.Fatalf("%s: %v, before %v", id, after, before)
		}
		if after.Of(hedis.Numerator) > before.Of(hedis.Numerator) {
			grew++
		}
		// the facts that an explanation names are enough to reproduce a numerator
		i := rapid.IntRange(0, len(e.Indicators())-1).Draw(rt, "explained")
		if n := e.ClassifyOne(chart, i, &out)[0]; n.Of(hedis.Numerator) > 0 && n.Of(hedis.Numerator) == n.Of(hedis.Denominator) {
			named := map[string]bool{}
			for _, r := range e.Explain(chart, i).Rates {
				if r.Encounter != nil {
					named[r.EncounterID] = true
				}
				for k := range r.Populations {
					for _, f := range r.Populations[k].Finding.Facts() {
						named[f.ID] = true
					}
				}
			}
			less := q
			less.Facts = slices.DeleteFunc(slices.Clone(q.Facts), func(f registry.Fact) bool { return !named[f.ID] })
			other.Load(&less)
			if m := e.ClassifyOne(other, i, &out)[0]; m.Of(hedis.Numerator) != n.Of(hedis.Numerator) || m.Of(hedis.Denominator) != n.Of(hedis.Denominator) {
				rt.Fatalf("%s: %v from the facts named, %v from all\n%s", e.Indicators()[i].ID, m, n, text(&q))
			}
			enough++
		}
		some := rapid.SliceOfN(rapid.SampledFrom(cases), 1, 8).Draw(rt, "people")
		cut := rapid.IntRange(0, len(some)).Draw(rt, "cut")
		whole, a, b := e.Count(slices.Values(some)), e.Count(slices.Values(some[:cut])), e.Count(slices.Values(some[cut:]))
		if err := b.Merge(a); err != nil || b.People != whole.People || !slices.Equal(b.Rates, whole.Rates) {
			rt.Fatalf("merged tallies differ: %v", err)
		}
	}, func() bool { return grew > 0 && enough > 0 })
	// tallies of other years, parameters or enrolment modes do not merge
	a := e.Count(slices.Values(cases[:1]))
	for _, o := range []*hedis.Edition{edition(t, 2002, Params{}), edition(t, 2001, Params{AssumeEnrolled: true}), edition(t, 2001, Edition2006())} {
		if err := a.Merge(o.Count(slices.Values(cases[:1]))); err == nil {
			t.Errorf("merged with %s", o.Name)
		}
	}
}

// text lists a patient for a failure message.
func text(p *registry.Patient) string {
	s := fmt.Sprintf("%s born %v %v %v", p.ID, p.Birth, p.Gender, p.Enrolments)
	for i := range p.Facts {
		f := &p.Facts[i]
		s += fmt.Sprintf("\n%s %v %v %v %s rank %d status %v negated %v value %v", f.ID, f.Kind, f.Codes, f.When, f.Setting, f.Rank, f.Status, f.Negated, f.Value)
	}
	return s
}
