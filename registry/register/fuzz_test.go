package register_test

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/register"
)

// A profile is compiled, or the error says that it is one about a profile; what compiles
// judges claims without panic.
func FuzzProfile(f *testing.F) {
	f.Add(`{"id":"x","code_system":"ICD10CM","conditions":[{"id":"a","reference_years":2,"dx_position":"any","codes":["E11"],"tiers":[{"min_claims":1,"claim_types":["IP"]},{"min_claims":2,"claim_types":["OP"],"min_days_apart":1}]}]}`, 2021)
	f.Add(`{"conditions":[{"reference_months":13}]}`, 0)
	f.Add(`{"conditions":[]}`, 10000)
	f.Fuzz(func(t *testing.T, text string, year int) {
		var p register.Profile
		if json.Unmarshal([]byte(text), &p) != nil {
			return
		}
		r, err := register.Compile(&p)
		if err != nil {
			if !errors.Is(err, register.ErrProfile) {
				t.Fatal(err)
			}
			return
		}
		pt := &registry.Patient{}
		for i := range p.Conditions {
			for k, s := range []string{"IP", "OP", "OP", "CAR"} {
				f := claim("1", s, "2021-01-01", p.Conditions[i].Codes...)
				f.When = registry.On(registry.Day(2020, 12, 30).AddDays(k))
				pt.Facts = append(pt.Facts, f)
			}
		}
		m := register.Members{Ever: true}
		r.Evaluate(pt, year, &m)
		for i := range p.Conditions {
			c := m.Conditions[i]
			x, _, err := r.Explain(pt, year, p.Conditions[i].ID)
			if err != nil || x != c || c.In && (c.FirstEver == 0 || c.FirstEver > c.Since) {
				t.Fatalf("%+v %+v %v", c, x, err)
			}
		}
	})
}
