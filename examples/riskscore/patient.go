package main

import (
	"fmt"
	"math"
	"strings"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/stratify"
)

// patient is a line of the input.
type patient struct {
	id         string
	inputs     map[string]value // all that has no place of its own below
	diagnoses  []string         // nil: not given
	procedures []string
	icd        int
	birth      registry.Date
	unknown    []string // fields that no chosen model asks for
}

func newPatient() *patient { return &patient{inputs: map[string]value{}, icd: 10} }

// set puts a field in its place; the fault names the field.
func (p *patient) set(name string, v value) error {
	switch name {
	case "id":
		p.id = v.text
	case "diagnoses":
		p.diagnoses = codes(v.text)
	case "procedures":
		p.procedures = codes(v.text)
	case "icd":
		switch v.text {
		case "9":
			p.icd = 9
		case "10", "":
		default:
			return fmt.Errorf("icd: %q is neither 9 nor 10", v)
		}
	case "birth":
		if v.text == "" {
			return nil
		}
		d, err := registry.ParseDate(v.text)
		if err != nil {
			return fmt.Errorf("birth: %w", err)
		}
		day, ok := d.Date()
		if !ok {
			return fmt.Errorf("birth: %q has no day", v)
		}
		p.birth = day
	default:
		p.inputs[name] = v
	}
	return nil
}

// codes reads a list of codes that is written in one text.
func codes(text string) []string {
	return strings.FieldsFunc(text, func(r rune) bool { return r == ';' || r == ' ' })
}

// age is the age in years, or why there is none.
func (p *patient) age() (years int, why string) {
	v := p.inputs["age"]
	if v.text == "" {
		return 0, "not given"
	}
	x, ok := v.number()
	if unit := registry.CanonicalUnit(v.unit); !ok || math.Abs(x) > 1000 || unit != "" && unit != "a" {
		return 0, fmt.Sprintf("%q is no age in years", v)
	}
	return int(math.Floor(x)), ""
}

// whole is a whole number of the line, 0 where there is none; what is not one is noted.
func (p *patient) whole(name string, low, high int, notes *[]stratify.Issue) int {
	v := p.inputs[name]
	x, ok := v.number()
	if ok && x == math.Floor(x) && x >= float64(low) && x <= float64(high) {
		return int(x)
	}
	if v.text != "" {
		*notes = append(*notes, stratify.Issue{Code: stratify.InputMissing, Input: name, Detail: fmt.Sprintf("%q is no whole number from %d to %d", v, low, high)})
	}
	return 0
}

// yes is a flag of the line, no where there is none; what is neither yes nor no is noted.
func (p *patient) yes(name string, notes *[]stratify.Issue) bool {
	v := p.inputs[name]
	yes, ok := v.yesNo()
	if !ok && v.text != "" {
		*notes = append(*notes, stratify.Issue{Code: stratify.InputMissing, Input: name, Detail: fmt.Sprintf("%q is none of %s: counted as no", v, yesNoWords)})
	}
	return yes
}
