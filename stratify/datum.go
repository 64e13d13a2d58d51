package stratify

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strconv"

	"github.com/chroniccare/chroniccare/registry"
)

// Datum is what is known of one input: a number with its unit, a flag (0 or 1) or a
// word. As JSON it is a number, true or false, a string (a word), null (absent) or an
// object {"value": 5.2, "unit": "mmol/L"}.
type Datum struct {
	Value float64
	Unit  string // UCUM or a common spelling; empty is the model's unit where it knows only one
	Text  string
}

// Inputs is what is known of one person, by the models' input names.
type Inputs map[string]Datum

// Num is a number in a unit.
func Num(x float64, unit string) Datum { return Datum{Value: x, Unit: unit} }

// YesNo is a flag.
func YesNo(b bool) Datum {
	if b {
		return Datum{Value: 1}
	}
	return Datum{}
}

// FromQuantity is a measured value of a record, with its UCUM unit. A bound such as
// "<5" is no number: it comes as text, which no model takes for one.
func FromQuantity(q registry.Quantity) Datum {
	if q.Comparator != registry.Exactly {
		return Datum{Text: q.String()}
	}
	x, err := strconv.ParseFloat(q.Value.String(), 64)
	if err != nil {
		return Datum{Text: q.String()}
	}
	return Datum{Value: x, Unit: q.Unit}
}

// FromSex is a recorded sex as the word that the models ask for; other and unknown are
// words that they don't take.
func FromSex(s registry.Sex) Datum { return Datum{Text: s.String()} }

// Word is one of a category's choices.
func Word(w string) Datum { return Datum{Text: w} }

// UnmarshalJSON reads a number, a boolean, a string, null or a value with its unit.
func (d *Datum) UnmarshalJSON(b []byte) error {
	*d = Datum{}
	b = bytes.TrimSpace(b)
	if len(b) == 0 {
		return fmt.Errorf("%w: empty value", ErrTable)
	}
	switch b[0] {
	case 't', 'f':
		var x bool
		if err := json.Unmarshal(b, &x); err != nil {
			return err
		}
		*d = YesNo(x)
		return nil
	case '"':
		return json.Unmarshal(b, &d.Text)
	case 'n':
		d.Value = math.NaN()
		return nil
	case '{':
		var x struct {
			Value *float64 `json:"value"`
			Unit  string   `json:"unit"`
		}
		dec := json.NewDecoder(bytes.NewReader(b))
		dec.DisallowUnknownFields()
		if err := dec.Decode(&x); err != nil {
			return err
		}
		d.Value, d.Unit = math.NaN(), x.Unit
		if x.Value != nil {
			d.Value = *x.Value
		}
		return nil
	}
	return json.Unmarshal(b, &d.Value)
}

// Vector is one person's inputs in a model's order and units, ready to be scored many
// times; an absent input is NaN. It may be reused from person to person and is not
// safe for use by several goroutines at once.
type Vector struct {
	m      *Model
	y      []float64 // inputs as used, derived quantities, factors
	x      []float64 // inputs as given
	issues []Issue
}

// Vector is a vector of which nothing is known.
func (m *Model) Vector() *Vector {
	n := len(m.inputs)
	buf := make([]float64, 2*n+len(m.derived)+len(m.factors))
	v := &Vector{m: m, x: buf[:n:n], y: buf[n:]}
	v.Reset()
	return v
}

// Reset forgets the person.
func (v *Vector) Reset() {
	for i := range v.x {
		v.x[i] = math.NaN()
	}
	v.issues = v.issues[:0]
}

// Set gives an input by its place (see [Model.Index]) in the model's unit: a number, 0
// or 1 for a flag, the choice's place for a category, NaN for absent. A place that
// does not exist is ignored.
func (v *Vector) Set(i int, x float64) {
	if i >= 0 && i < len(v.x) {
		v.x[i] = x
	}
}

// Bind makes a vector of named inputs: it converts units and finds words. A name that
// the model does not ask for is INPUT_UNKNOWN, a unit that does not fit UNIT_MISMATCH.
func (m *Model) Bind(in Inputs) *Vector {
	v := m.Vector()
	v.Bind(in)
	return v
}

// Bind replaces the person by named inputs.
func (v *Vector) Bind(in Inputs) {
	v.Reset()
	m, known := v.m, 0
	for i := range m.def.Inputs {
		d, ok := in[m.def.Inputs[i].Name]
		if !ok {
			continue
		}
		known++
		v.x[i] = v.convert(&m.def.Inputs[i], d)
	}
	if known == len(in) {
		return
	}
	var strange []string
	for name := range in {
		if m.Index(name) < 0 {
			strange = append(strange, name)
		}
	}
	slices.Sort(strange)
	for _, name := range strange {
		v.issues = append(v.issues, Issue{InputUnknown, name, "the model does not ask for it"})
	}
}

func (v *Vector) convert(in *Input, d Datum) float64 {
	none := math.NaN()
	if in.Kind == Category {
		k := slices.Index(in.Choices, d.Text)
		if k < 0 {
			if d.Text != "" {
				v.issues = append(v.issues, Issue{missing(in.Name), in.Name, fmt.Sprintf("%q is no choice", d.Text)})
			}
			return none
		}
		return float64(k)
	}
	if d.Text != "" {
		v.issues = append(v.issues, Issue{missing(in.Name), in.Name, fmt.Sprintf("%q is not a number", d.Text)})
		return none
	}
	unit, own := registry.CanonicalUnit(d.Unit), registry.CanonicalUnit(in.Unit)
	if unit == own && unit != "" || unit == "" && !ambiguous(in) || unit == "1" && own == "" {
		return d.Value
	}
	if math.IsNaN(d.Value) {
		return none
	}
	for _, u := range in.Units {
		if registry.CanonicalUnit(u.Name) == unit && unit != "" {
			x := d.Value
			if u.Times != 0 {
				x = float64(x * u.Times)
			}
			if u.Per != 0 {
				x /= u.Per
			}
			return snap(in, x+u.Add)
		}
	}
	detail := fmt.Sprintf("%q is not %s", d.Unit, in.Unit)
	if d.Unit == "" {
		detail = "several units are usual: say which"
	}
	v.issues = append(v.issues, Issue{UnitMismatch, in.Name, detail})
	return none
}

// ambiguous reports whether a number without a unit could mean different things.
func ambiguous(in *Input) bool {
	for _, u := range in.Units {
		if u.Times != 0 && u.Times != 1 || u.Per != 0 && u.Per != 1 || u.Add != 0 {
			return true
		}
	}
	return false
}

// snap puts a converted value that misses an end of the range by rounding on the end.
func snap(in *Input, x float64) float64 {
	for _, end := range []*float64{in.Low, in.High} {
		if end != nil && math.Abs(x-*end) <= 1e-12*math.Abs(*end) {
			return *end
		}
	}
	return x
}

func missing(input string) IssueCode {
	switch input {
	case "age":
		return AgeMissing
	case "sex":
		return SexMissing
	}
	return InputMissing
}
