package hedis

import (
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/fhir"
)

func totals(c Counts) (t CountTotals) {
	for k, n := range c {
		t[k] = int64(n)
	}
	return t
}

func (r *RateDef) populationCounts(t CountTotals) []fhir.PopulationCount {
	var out []fhir.PopulationCount
	for k := range numPopulations {
		if r.of(k) != nil || k == Denominator {
			out = append(out, fhir.PopulationCount{Code: k.String(), Count: t[k]})
		}
	}
	return out
}

func (e *Edition) report(i int, rate func(k int) CountTotals, stratum func(k, s int) CountTotals) *fhir.MeasureReport {
	x := &e.bound[i]
	m := &fhir.MeasureReport{Measure: x.def.ID + "|" + x.def.Version, Period: e.Period, Improvement: x.def.Improvement.String()}
	for k := range x.def.Rates {
		d := &x.def.Rates[k]
		t := rate(k)
		g := fhir.GroupReport{Name: d.Name, Populations: d.populationCounts(t), Score: t.Score()}
		for s := range d.Strata {
			st := stratum(k, s)
			g.Strata = append(g.Strata, fhir.StratumReport{Name: d.Strata[s].Name, Populations: d.populationCounts(st), Score: st.Score()})
		}
		m.Groups = append(m.Groups, g)
	}
	return m
}

// IndividualReport is the FHIR MeasureReport of the chart's patient for an
// indicator, with references to the facts that decided.
func (e *Edition) IndividualReport(c *registry.Chart, i int, on registry.Date) *fhir.MeasureReport {
	var out Outcome
	rates := e.ClassifyOne(c, i, &out)
	m := e.report(i, func(k int) CountTotals { return totals(rates[k]) },
		func(k, s int) CountTotals { return totals(e.StrataOf(i, k, &out)[s]) })
	m.Patient, m.Date = c.Patient.ID, on
	seen := map[string]bool{}
	x := e.Explain(c, i)
	for r := range x.Rates {
		for p := range x.Rates[r].Populations {
			for _, f := range x.Rates[r].Populations[p].Finding.Facts() {
				if ref := fhir.ReferenceTo(f); ref != "" && !seen[ref] {
					seen[ref] = true
					m.Evaluated = append(m.Evaluated, ref)
				}
			}
		}
	}
	return m
}

// SummaryReport is the FHIR MeasureReport of a population for an indicator.
func (e *Edition) SummaryReport(t *Tally, i int, on registry.Date) *fhir.MeasureReport {
	x := &e.bound[i]
	m := e.report(i, func(k int) CountTotals { return t.Rates[x.first+k] },
		func(k, s int) CountTotals { return t.Strata[x.rates[k].first+s] })
	m.Date = on
	return m
}

// RateOf is the counts of a population under one rate of an indicator.
func (e *Edition) RateOf(t *Tally, i, rate int) CountTotals { return t.Rates[e.bound[i].first+rate] }

// StratumOf is the counts of a population under one stratum of a rate.
func (e *Edition) StratumOf(t *Tally, i, rate, stratum int) CountTotals {
	return t.Strata[e.bound[i].rates[rate].first+stratum]
}
