package completeness_test

import (
	"testing"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/completeness"
)

// Codes, units and numbers come as systems send them.
func FuzzCodesAndUnits(f *testing.F) {
	f.Add("http://loinc.org", "4548-4", "hba1c", "7.1", "%")
	f.Add("ICD10CM", "e11.65", "acr", "1e30", "mg/g")
	f.Add("ICD9CM", "E", "glucose", "-0.00", " MG/DL")
	f.Add("SNOMEDCT", "\u200b123451", "fev1_fvc", "9223372036854775807", "1")
	f.Fuzz(func(t *testing.T, system, value, analyte, number, unit string) {
		c := registry.NewCode(system, value)
		why := completeness.CheckCode(c, true)
		if completeness.CheckCode(registry.NewCode(string(c.System), c.Value), true) != why {
			t.Fatalf("%v: %q", c, why)
		}
		u, err := completeness.LoadUnits()
		if err != nil {
			t.Fatal(err)
		}
		n, err := registry.ParseNumber(number)
		if err != nil {
			return
		}
		q := registry.Quantity{Value: n, Unit: registry.CanonicalUnit(unit)}
		u.Judge(analyte, q, 40)
		for _, to := range []string{"%", "mmol/mol", "mg/dL", "mmol/L", "mg/mmol", "{ratio}", unit} {
			if y, err := u.Convert(analyte, q, to); err == nil && y.Unit != registry.CanonicalUnit(to) {
				t.Fatalf("%v to %s: %v", q, to, y)
			}
			limit := registry.Quantity{Value: registry.Num(7, 0), Unit: registry.CanonicalUnit(to)}
			below, err1 := u.Satisfies(analyte, q, registry.Below, limit)
			from, err2 := u.Satisfies(analyte, q, registry.AtOrAbove, limit)
			if (err1 == nil) != (err2 == nil) || err1 == nil && below == from {
				t.Fatalf("%v against %v: %v %v", q, limit, below, from)
			}
		}
	})
}
