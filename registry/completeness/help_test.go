package completeness_test

import (
	"fmt"
	"testing"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/completeness"
	"github.com/chroniccare/chroniccare/registry/recall"
)

var (
	diabetes = registry.Set{Name: "Diabetes", OID: "1.1"}
	type1    = registry.Set{Name: "Type 1", OID: "1.2"}
	type2    = registry.Set{Name: "Type 2", OID: "1.3"}
	insulin  = registry.Set{Name: "Insulin", OID: "1.4"}
	referral = registry.Set{Name: "Referral", OID: "1.5"}
	letter   = registry.Set{Name: "Letter", OID: "1.6"}
	hba1c    = registry.NewCode("LOINC", "4548-4")
	pressure = registry.NewCode("LOINC", "8480-6")
)

func d(y, m, day int) registry.Date { return registry.Day(y, m, day) }

func code(s registry.Set) registry.Code { return registry.Code{System: "urn:t", Value: s.OID} }

func sets() (out []registry.ValueSet) {
	for _, s := range []registry.Set{diabetes, type1, type2, insulin, referral, letter} {
		out = append(out, registry.ValueSet{OID: s.OID, Name: s.Name, Codes: []registry.Code{code(s)}})
	}
	return out
}

func fact(id string, k registry.Kind, c registry.Code, on registry.Date) registry.Fact {
	f := registry.Fact{ID: id, Kind: k, Status: registry.Completed, Codes: []registry.Code{c}, When: registry.On(on), Authored: registry.At(on)}
	switch k {
	case registry.Observation:
		f.Status = registry.Final
	case registry.Diagnosis:
		f.Status, f.When = registry.Active, registry.Since(on)
	}
	return f
}

func measured(id string, c registry.Code, on registry.Date, coef int64, exp int8, unit string) registry.Fact {
	f := fact(id, registry.Observation, c, on)
	f.Value = registry.QuantityOf(registry.Num(coef, exp), unit)
	return f
}

func analytes(t testing.TB) []completeness.Analyte {
	a, err := completeness.StarterAnalytes()
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func onSet(id string, s registry.Set) completeness.Register {
	q := registry.Query{Kind: registry.Diagnosis, Sets: []registry.Set{s}}
	return completeness.Register{ID: id, Is: registry.Exists{Query: q}, Since: &q}
}

func spec(t testing.TB) completeness.Spec {
	obs := func(c registry.Code) registry.Query {
		return registry.Query{Kind: registry.Observation, Codes: []registry.Code{c}, Tests: []registry.Test{registry.HasQuantity()}}
	}
	return completeness.Spec{
		Registers: []completeness.Register{onSet("diabetes", diabetes), onSet("type 1", type1), onSet("type 2", type2)},
		Items: []completeness.Item{
			{Key: "hba1c", Title: "HbA1c", Registers: []string{"diabetes", "type 1"}, Facts: obs(hba1c), Limit: recall.Every{N: 12, Unit: recall.Month}, Priority: 1},
			{Key: "pressure", Title: "blood pressure", Facts: obs(pressure), SelfReported: true},
		},
		Contradictions: [][2]string{{"type 1", "type 2"}},
		Types:          []completeness.TypeRule{{Register: "diabetes", OneOf: []string{"type 1", "type 2"}}},
		Treated:        []completeness.Treated{{Medicine: registry.Query{Kind: registry.MedicationDispense, Sets: []registry.Set{insulin}}, Register: "diabetes"}},
		Pending:        []completeness.Pending{{Key: "letter", Title: "no letter after a referral", After: registry.Query{Kind: registry.ServiceRequest, Sets: []registry.Set{referral}}, Want: registry.Query{Kind: registry.Communication, Sets: []registry.Set{letter}}, Days: 30}},
		Options:        completeness.Options{Analytes: analytes(t), Digits: true},
	}
}

func compiled(t testing.TB) *completeness.Plan {
	t.Helper()
	p, err := completeness.Compile(sets(), spec(t))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func words(tasks []completeness.Task) (out []string) {
	for _, t := range tasks {
		out = append(out, fmt.Sprintf("%s/%s/%s/%s", t.Kind, t.Item, t.Fact, t.Role))
	}
	return out
}
