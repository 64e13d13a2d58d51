package stratify_test

import (
	"encoding/json"
	"testing"

	"github.com/chroniccare/chroniccare/stratify"
)

// Whatever the bytes: no panic, and a model that loads survives its own JSON and scores
// or refuses any person.
func FuzzLoad(f *testing.F) {
	good, _ := json.Marshal(own())
	f.Add(good)
	f.Add([]byte(`{"name":"w@1","source":"s","form":"points","inputs":[{"name":"v","kind":"count","optional":true}],"factors":[{"name":"c","input":"v","transform":"band","steps":[{"lt":1,"value":2},{"value":3}]},{"name":"m","input":"v","transform":"missing"}],"equations":[{"terms":[{"coef":2,"product":["c"]},{"coef":1,"product":["m"]}]}]}`))
	f.Add([]byte(`{"name":"r@1","source":"s","form":"cox_recalibrated","inputs":[{"name":"sex","kind":"category","choices":["f"]},{"name":"a","kind":"number","unit":"mg","units":[{"name":"g","times":1000}],"min":1,"outside":"clamp"},{"name":"b","kind":"number","unit":"mg","notAbove":"a"}],"derived":[{"name":"d","op":"quotient","of":["a","b"]}],"factors":[{"name":"l","input":"a","transform":"ln"},{"name":"i","input":"sex","transform":"is","word":"f"}],"select":["sex"],"equations":[{"when":["f"],"survival":0.9,"scale1":0.1,"scale2":0.8,"terms":[{"coef":2,"product":["l"]},{"coef":1,"product":["d","i"]}]}]}`))
	f.Add([]byte(`{"name":"a","name":"b"}`))
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := stratify.Load(b)
		if err != nil {
			return
		}
		text, err := json.Marshal(m.Definition())
		if err != nil {
			t.Fatal(err)
		}
		again, err := stratify.Load(text)
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		v, w := m.Vector(), again.Vector()
		for _, x := range []float64{0, 1, 2.5, 50, -3, 1e300} {
			for i := range m.Definition().Inputs {
				v.Set(i, x)
				w.Set(i, x)
			}
			p, ok := m.Value(v)
			q, okQ := again.Value(w)
			s := m.Explain(v)
			if p != q || ok != okQ || s.Value != p || s.Scored != ok {
				t.Fatalf("%v %v, again %v %v, explained %v", p, ok, q, okQ, s)
			}
			if _, err := json.Marshal(s); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// Any JSON value is a datum or an error, never a panic, and a number stays one.
func FuzzDatum(f *testing.F) {
	for _, s := range []string{`1`, `true`, `"female"`, `null`, `{"value": 5.2, "unit": "mmol/L"}`, `{"value": null}`, `[]`, ``, ` `, `1e999`} {
		f.Add([]byte(s))
	}
	m, err := stratify.Compile(own())
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		var d stratify.Datum
		if err := d.UnmarshalJSON(b); err != nil {
			return
		}
		s := m.Score(stratify.Inputs{"age": d, "smoker": d})
		if s.Scored != (s.Value != 0) || !s.Scored && len(s.Issues) == 0 {
			t.Fatalf("%s: %v", b, s)
		}
	})
}
