package main

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/stratify"
)

// patient is a line of the input.
type patient struct {
	id         string
	inputs     stratify.Inputs
	diagnoses  []string
	procedures []string
	icd        int
	poa        string
	birth      registry.Date
	orec, dual string
}

// unreadable is a line that is no patient; the others go on.
type unreadable struct {
	line int
	err  error
}

func (u *unreadable) Error() string { return fmt.Sprintf("line %d: %v", u.line, u.err) }

func (u *unreadable) Unwrap() error { return u.err }

// fromNDJSON reads a patient a call.
func fromNDJSON(r io.Reader) func() (*patient, error) {
	s := bufio.NewScanner(r)
	s.Buffer(nil, 16<<20)
	line := 0
	return func() (*patient, error) {
		for s.Scan() {
			line++
			text := strings.TrimSpace(s.Text())
			if text == "" {
				continue
			}
			p, err := parse(text)
			if err != nil {
				return nil, &unreadable{line, err}
			}
			if p.id == "" {
				p.id = "line " + strconv.Itoa(line)
			}
			return p, nil
		}
		if err := s.Err(); err != nil {
			return nil, err
		}
		return nil, io.EOF
	}
}

func parse(text string) (*patient, error) {
	var raw map[string]json.RawMessage
	if err := json.Unmarshal([]byte(text), &raw); err != nil {
		return nil, err
	}
	p := &patient{inputs: stratify.Inputs{}, icd: 10}
	var birth string
	own := map[string]any{"id": &p.id, "diagnoses": &p.diagnoses, "procedures": &p.procedures, "icd": &p.icd, "poa": &p.poa, "orec": &p.orec, "dual": &p.dual, "birth": &birth}
	for name, value := range raw {
		var err error
		if field, ok := own[name]; ok {
			err = json.Unmarshal(value, field)
		} else {
			var d stratify.Datum
			err = json.Unmarshal(value, &d)
			p.inputs[name] = d
		}
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
	}
	return p, p.check(birth)
}

func (p *patient) check(birth string) error {
	if p.icd != 9 && p.icd != 10 {
		return fmt.Errorf("icd: %d is neither 9 nor 10", p.icd)
	}
	if birth != "" {
		d, err := registry.ParseDate(birth)
		if err != nil {
			return fmt.Errorf("birth: %w", err)
		}
		day, ok := d.Date()
		if !ok {
			return fmt.Errorf("birth: %q has no day", birth)
		}
		p.birth = day
	}
	return nil
}

// fromCSV reads a table whose header names the inputs; "tc (mmol/L)" has a unit.
func fromCSV(r io.Reader) (func() (*patient, error), error) {
	c := csv.NewReader(r)
	header, err := c.Read()
	if err != nil {
		return nil, fmt.Errorf("header: %w", err)
	}
	c.FieldsPerRecord = len(header)
	names, units := make([]string, len(header)), make([]string, len(header))
	for i, h := range header {
		name, unit, _ := strings.Cut(h, "(")
		names[i], units[i] = strings.TrimSpace(name), strings.TrimSuffix(strings.TrimSpace(unit), ")")
	}
	return func() (*patient, error) {
		row, err := c.Read()
		line, _ := c.FieldPos(0)
		if err == io.EOF {
			return nil, err
		}
		if err != nil {
			return nil, &unreadable{line, err}
		}
		p := &patient{inputs: stratify.Inputs{}, icd: 10}
		birth := ""
		for i, v := range row {
			v = strings.TrimSpace(v)
			switch names[i] {
			case "id":
				p.id = v
			case "diagnoses":
				p.diagnoses = codes(v)
			case "procedures":
				p.procedures = codes(v)
			case "icd":
				if v != "" {
					if p.icd, err = strconv.Atoi(v); err != nil {
						return nil, &unreadable{line, fmt.Errorf("icd: %w", err)}
					}
				}
			case "poa":
				p.poa = v
			case "orec":
				p.orec = v
			case "dual":
				p.dual = v
			case "birth":
				birth = v
			default:
				if v != "" {
					p.inputs[names[i]] = cell(v, units[i])
				}
			}
		}
		if p.id == "" {
			p.id = "line " + strconv.Itoa(line)
		}
		if err := p.check(birth); err != nil {
			return nil, &unreadable{line, err}
		}
		return p, nil
	}, nil
}

func codes(v string) []string {
	return strings.FieldsFunc(v, func(r rune) bool { return r == ';' || r == ' ' })
}

// cell reads a number, a yes or no, or a word.
func cell(v, unit string) stratify.Datum {
	switch strings.ToLower(v) {
	case "yes", "true":
		return stratify.YesNo(true)
	case "no", "false":
		return stratify.YesNo(false)
	}
	if x, err := strconv.ParseFloat(v, 64); err == nil {
		return stratify.Num(x, unit)
	}
	return stratify.Word(v)
}

func (p *patient) age() (int, bool) {
	d, ok := p.inputs["age"]
	if !ok || math.IsNaN(d.Value) || d.Text != "" || math.Abs(d.Value) > 1000 || d.Unit != "" && d.Unit != "years" {
		return 0, false
	}
	return int(math.Floor(d.Value)), true
}

// whole is a whole number of the line, 0 where there is none.
func (p *patient) whole(name string) int {
	d := p.inputs[name]
	if d.Text != "" || !(math.Abs(d.Value) < 1e6) || d.Value != math.Floor(d.Value) {
		return 0
	}
	return int(d.Value)
}

func (p *patient) yes(name string) bool { d := p.inputs[name]; return d.Text == "" && d.Value == 1 }
