package stratify

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// Load reads a definition from JSON and compiles it: tables of the user's own go
// through the same checks as the built-in ones. Unknown and duplicate keys are refused.
func Load(data []byte) (*Model, error) {
	def, err := Decode(data)
	if err != nil {
		return nil, err
	}
	return Compile(def)
}

// Decode reads a definition from JSON without compiling it.
func Decode(data []byte) (Definition, error) {
	var def Definition
	if err := distinctKeys(data); err != nil {
		return Definition{}, err
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&def); err != nil {
		return Definition{}, fmt.Errorf("%w: %w", ErrTable, err)
	}
	return def, nil
}

// distinctKeys refuses an object with one key twice, and anything after the first value.
func distinctKeys(data []byte) error {
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.UseNumber()
	type level struct {
		keys  map[string]bool // nil in an array
		isKey bool
	}
	var stack []level
	var faults []error
	done := false
	for {
		tok, err := dec.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return fmt.Errorf("%w: %w", ErrTable, err)
		}
		if done {
			return fmt.Errorf("%w: more than one value", ErrTable)
		}
		top := len(stack) - 1
		if top >= 0 && stack[top].isKey {
			if key, ok := tok.(string); ok {
				if stack[top].keys[key] {
					faults = append(faults, fmt.Errorf("%w: key %q is there twice", ErrTable, key))
				}
				stack[top].keys[key] = true
				stack[top].isKey = false
				continue
			}
		}
		switch tok {
		case json.Delim('{'):
			stack = append(stack, level{map[string]bool{}, true})
			continue
		case json.Delim('['):
			stack = append(stack, level{})
			continue
		case json.Delim('}'), json.Delim(']'):
			stack = stack[:top]
		}
		if top = len(stack) - 1; top >= 0 {
			stack[top].isKey = stack[top].keys != nil
		} else {
			done = true
		}
	}
	return errors.Join(faults...)
}

func copyDefinition(d Definition) Definition {
	d.Inputs = append([]Input(nil), d.Inputs...)
	for i := range d.Inputs {
		in := &d.Inputs[i]
		in.Units = append([]Unit(nil), in.Units...)
		in.Choices = append([]string(nil), in.Choices...)
		in.Low, in.High = copyNumber(in.Low), copyNumber(in.High)
	}
	d.Derived = append([]Derived(nil), d.Derived...)
	for i := range d.Derived {
		d.Derived[i].Of = append([]string(nil), d.Derived[i].Of...)
	}
	d.Factors = append([]Factor(nil), d.Factors...)
	for i := range d.Factors {
		f := &d.Factors[i]
		f.Steps = append([]Step(nil), f.Steps...)
		for k := range f.Steps {
			f.Steps[k].Below, f.Steps[k].UpTo = copyNumber(f.Steps[k].Below), copyNumber(f.Steps[k].UpTo)
		}
	}
	d.Select = append([]string(nil), d.Select...)
	d.Equations = append([]Equation(nil), d.Equations...)
	for i := range d.Equations {
		e := &d.Equations[i]
		e.When = append([]string(nil), e.When...)
		e.Terms = append([]Coefficient(nil), e.Terms...)
		for k := range e.Terms {
			e.Terms[k].Product = append([]string(nil), e.Terms[k].Product...)
		}
	}
	d.Bands = append([]Band(nil), d.Bands...)
	for i := range d.Bands {
		d.Bands[i].Percent = copyNumber(d.Bands[i].Percent)
	}
	return d
}

func copyNumber(x *float64) *float64 {
	if x == nil {
		return nil
	}
	y := *x
	return &y
}
