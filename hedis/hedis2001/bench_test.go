package hedis2001_test

import (
	"fmt"
	"testing"

	"github.com/chroniccare/chroniccare/hedis"
	. "github.com/chroniccare/chroniccare/hedis/hedis2001"
	"github.com/chroniccare/chroniccare/registry"
)

// member has 200 facts over three years: a woman with diabetes, hypertension
// and asthma, so that many denominators are worked through.
func member() *registry.Patient {
	p := &registry.Patient{ID: "m", Birth: registry.Day(1946, 3, 2), Gender: registry.Female,
		Enrolments: []registry.Enrolment{{Period: registry.Period{Start: registry.Day(1998, 1, 1), End: registry.Day(2000, 3, 31)}, Product: registry.Commercial, Benefits: registry.Medical | registry.Pharmacy | registry.MentalHealth},
			{Period: registry.Period{Start: registry.Day(2000, 4, 20)}, Product: registry.Commercial, Benefits: registry.Medical | registry.Pharmacy | registry.MentalHealth}}}
	dx := []string{"Diabetes", "Essential Hypertension", "Asthma", "Other", "Other", "Major Depression"}
	drugs := []string{"Insulin", "Asthma Controller", "Asthma Reliever", "Other drug", "Beta Blockers", "Antidepressants"}
	class := []string{"AMB", "AMB", "AMB", "EMER", "AMB", "ACUTE"}
	tests := []string{"HbA1c Test", "LDL-C Test", "Urine Microalbumin Test", "Other test", "Other test"}
	for i := range 200 {
		f := registry.Fact{ID: fmt.Sprint("f", i), Status: registry.Completed, When: registry.On(registry.Day(1999, 1, 5).AddDays(i * 5))}
		switch i % 4 {
		case 0:
			f.Kind, f.Status = registry.Encounter, registry.Finished
			f.Visit = &registry.Visit{Class: class[i/4%6]}
		case 1: // the diagnosis of the encounter before
			f.Kind, f.Codes, f.Setting, f.Rank, f.EncounterID = registry.Diagnosis, codes(dx[i/4%6]), class[i/4%6], 1, fmt.Sprint("f", i-1)
			f.When = p.Facts[i-1].When
		case 2:
			f.Kind, f.Codes = registry.MedicationDispense, codes(drugs[i/4%6])
			f.Supply = &registry.Supply{Start: f.When.Start.Day, Days: registry.Num(30, 0)}
		default:
			f.Kind, f.Codes = registry.Observation, codes(tests[i/4%5])
			f.Value = registry.QuantityOf(registry.Num(85, -1), "%")
			if i%8 == 7 {
				f.Codes = codes("Blood Pressure")
				f.Components = []registry.Component{{Codes: []registry.Code{{System: registry.LOINC, Value: "8480-6"}}, Value: registry.QuantityOf(registry.Num(138, 0), "mm[Hg]")},
					{Codes: []registry.Code{{System: registry.LOINC, Value: "8462-4"}}, Value: registry.QuantityOf(registry.Num(84, 0), "mm[Hg]")}}
			}
		}
		p.Facts = append(p.Facts, f)
	}
	return p
}

func BenchmarkClassify(b *testing.B) {
	e := edition(b, 2001, Params{})
	c, p := e.Chart(), member()
	var out hedis.Outcome
	b.ReportAllocs()
	for b.Loop() {
		c.Load(p)
		e.Classify(c, &out)
	}
}

func BenchmarkIndicators(b *testing.B) {
	e := edition(b, 2001, Params{})
	c := e.Chart()
	c.Load(member())
	var out hedis.Outcome
	for i, x := range e.Indicators() {
		b.Run(x.ID, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				e.ClassifyOne(c, i, &out)
			}
		})
	}
}

func TestClassifyDoesNotAllocate(t *testing.T) {
	e := edition(t, 2001, Params{})
	c, p := e.Chart(), member()
	var out hedis.Outcome
	var sum int
	if n := testing.AllocsPerRun(20, func() {
		c.Load(p)
		e.Classify(c, &out)
		for _, r := range out.Rates {
			sum += r.Of(hedis.Denominator)
		}
	}); n != 0 || sum == 0 {
		t.Errorf("%v allocations, denominators %d", n, sum)
	}
}
