package ecqm_test

import (
	"fmt"
	"testing"

	"github.com/chroniccare/chroniccare/hedis"
	"github.com/chroniccare/chroniccare/hedis/ecqm"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/fhir"
	"github.com/chroniccare/chroniccare/registry/registrytest"
)

// generated are patients with n facts each, aimed at all measures in turn.
func generated(e *hedis.Edition, people, n int) []*registry.Patient {
	out := make([]*registry.Patient, people)
	inds := len(e.Indicators())
	for i := range out {
		p := &registry.Patient{ID: fmt.Sprint("g", i)}
		for k := 0; len(p.Facts) < n; k++ {
			s := e.Subject((i + k) % inds)
			q := registrytest.Specimen(s, k%len(s.Populations()), uint64(i*1000+k))
			p.Birth, p.Gender, p.SexCode = q.Birth, q.Gender, q.SexCode
			for _, f := range q.Facts {
				f.ID = fmt.Sprintf("%d-%s", k, f.ID)
				p.Facts = append(p.Facts, f)
			}
		}
		p.Facts = p.Facts[:n]
		out[i] = p
	}
	return out
}

// corpusPatients are the public test patients of both years.
func corpusPatients(b *testing.B, y ecqm.Year) ([]registry.ValueSet, []*registry.Patient) {
	dir := corpus(b)
	sets := corpusSets(b, dir, y)
	var out []*registry.Patient
	for _, ind := range ecqm.Programme(y).Indicators {
		for _, c := range corpusCases(b, dir, y, ind.ID) {
			r, err := fhir.Bundle(c.Bundle, fhir.Options{})
			if err != nil {
				b.Fatal(err)
			}
			out = append(out, r.Patient)
		}
	}
	return sets, out
}

func charts(e *hedis.Edition, ps []*registry.Patient) []*registry.Chart {
	out := make([]*registry.Chart, len(ps))
	for i, p := range ps {
		out[i] = e.Chart()
		out[i].Load(p)
	}
	return out
}

func benchClassify(b *testing.B, e *hedis.Edition, cs []*registry.Chart) {
	var out hedis.Outcome
	e.Classify(cs[0], &out)
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		e.Classify(cs[i%len(cs)], &out)
		i++
	}
	perMeasure := float64(b.Elapsed().Nanoseconds()) / float64(b.N) / float64(len(e.Indicators()))
	b.ReportMetric(perMeasure, "ns/measure")
	b.ReportMetric(1e9/perMeasure, "patient-measures/s")
}

// All measures of a year on public test patients, charts prepared.
func BenchmarkClassifyCorpus(b *testing.B) {
	for _, y := range ecqm.Years() {
		b.Run(y.String(), func(b *testing.B) {
			sets, ps := corpusPatients(b, y)
			e, err := ecqm.New(y, sets)
			if err != nil {
				b.Fatal(err)
			}
			benchClassify(b, e, charts(e, ps))
		})
	}
}

// Both years together: 44 measure-years for a patient.
func BenchmarkClassifyCorpusAll(b *testing.B) {
	sets25, ps := corpusPatients(b, ecqm.MY2025)
	sets26, _ := corpusPatients(b, ecqm.MY2026)
	e25, err := ecqm.New(ecqm.MY2025, sets25)
	if err != nil {
		b.Fatal(err)
	}
	e26, err := ecqm.New(ecqm.MY2026, sets26)
	if err != nil {
		b.Fatal(err)
	}
	c25, c26 := charts(e25, ps), charts(e26, ps)
	var o25, o26 hedis.Outcome
	e25.Classify(c25[0], &o25)
	e26.Classify(c26[0], &o26)
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		k := i % len(ps)
		e25.Classify(c25[k], &o25)
		e26.Classify(c26[k], &o26)
		i++
	}
}

// Each measure on its own test patients.
func BenchmarkMeasure(b *testing.B) {
	dir := corpus(b)
	for _, y := range ecqm.Years() {
		sets := corpusSets(b, dir, y)
		e, err := ecqm.New(y, sets)
		if err != nil {
			b.Fatal(err)
		}
		for i, ind := range e.Indicators() {
			b.Run(y.String()+"/"+ind.ID, func(b *testing.B) {
				var cs []*registry.Chart
				for _, c := range corpusCases(b, dir, y, ind.ID) {
					r, err := fhir.Bundle(c.Bundle, fhir.Options{})
					if err != nil {
						b.Fatal(err)
					}
					ch := e.Chart()
					ch.Load(r.Patient)
					cs = append(cs, ch)
				}
				var out hedis.Outcome
				e.ClassifyOne(cs[0], i, &out)
				b.ReportAllocs()
				n := 0
				for b.Loop() {
					e.ClassifyOne(cs[n%len(cs)], i, &out)
					n++
				}
			})
		}
	}
}

func boundForBench(b *testing.B) *hedis.Edition {
	e, err := ecqm.New(ecqm.MY2026, everySet())
	if err != nil {
		b.Fatal(err)
	}
	return e
}

// Three sizes of record: cost grows with the facts.
func BenchmarkClassifyGenerated(b *testing.B) {
	e := boundForBench(b)
	for _, n := range []int{50, 200, 800} {
		b.Run(fmt.Sprintf("facts=%d", n), func(b *testing.B) { benchClassify(b, e, charts(e, generated(e, 100, n))) })
	}
}

func BenchmarkExplainGenerated(b *testing.B) {
	e := boundForBench(b)
	cs := charts(e, generated(e, 100, 200))
	n := len(e.Indicators())
	var out hedis.Explanation
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		c := cs[i%len(cs)]
		for k := range n {
			e.ExplainInto(c, k, &out)
		}
		i++
	}
}

func BenchmarkExplainCorpus(b *testing.B) {
	sets, ps := corpusPatients(b, ecqm.MY2026)
	e, err := ecqm.New(ecqm.MY2026, sets)
	if err != nil {
		b.Fatal(err)
	}
	cs := charts(e, ps)
	n := len(e.Indicators())
	var out hedis.Explanation
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		for k := range n {
			e.ExplainInto(cs[i%len(cs)], k, &out)
		}
		i++
	}
}

// Building the chart: each fact is looked up once.
func BenchmarkChart(b *testing.B) {
	e := boundForBench(b)
	for _, n := range []int{50, 200, 800} {
		b.Run(fmt.Sprintf("facts=%d", n), func(b *testing.B) {
			ps := generated(e, 20000/n, n) // the same number of facts in memory
			c := e.Chart()
			for _, p := range ps {
				c.Load(p)
			}
			b.ReportAllocs()
			i := 0
			for b.Loop() {
				c.Load(ps[i%len(ps)])
				i++
			}
			b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mfacts/s")
		})
	}
}

// Three sizes of population.
func BenchmarkCount(b *testing.B) {
	e := boundForBench(b)
	all := generated(e, 10000, 50)
	for _, n := range []int{100, 1000, 10000} {
		b.Run(fmt.Sprintf("patients=%d", n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				e.Count(func(yield func(*registry.Patient) bool) {
					for _, p := range all[:n] {
						if !yield(p) {
							return
						}
					}
				})
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*n), "ns/patient")
		})
	}
}

func BenchmarkBind(b *testing.B) {
	sets := everySet()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := ecqm.New(ecqm.MY2026, sets); err != nil {
			b.Fatal(err)
		}
	}
}
