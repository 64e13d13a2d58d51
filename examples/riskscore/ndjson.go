package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// fromNDJSON reads a patient a call.
func fromNDJSON(r io.Reader, f *fields) func() (*patient, error) {
	in := newLines(r)
	return func() (*patient, error) {
		l := in.next()
		if l.err != nil {
			return nil, l.err
		}
		p, faults := parse(l.text, f)
		if len(faults) > 0 {
			return nil, &faulty{l.n, faults}
		}
		if p.id == "" {
			p.id = "line " + strconv.Itoa(l.n)
		}
		return p, nil
	}
}

// parse reads an object, with all faults in the order of its fields.
func parse(text string, f *fields) (*patient, []string) {
	if !strings.HasPrefix(strings.TrimSpace(text), "{") {
		return nil, []string{"no JSON object (a table is read with -csv)"}
	}
	p := newPatient()
	var faults, seen []string
	err := members([]byte(text), func(name string, raw json.RawMessage) {
		switch {
		case slices.Contains(seen, name):
			faults = append(faults, name+": there twice")
		case !f.asked(name) && !f.ignored(name):
			p.unknown = append(p.unknown, name)
		case f.asked(name):
			if err := p.read(name, raw); err != nil {
				faults = append(faults, err.Error())
			}
		}
		seen = append(seen, name)
	})
	if err != nil {
		faults = append(faults, err.Error())
	}
	return p, faults
}

// members visits the fields of an object in their order.
func members(object []byte, visit func(name string, raw json.RawMessage)) error {
	dec := json.NewDecoder(bytes.NewReader(object))
	cut := func(err error) error {
		if err == io.EOF || errors.Is(err, io.ErrUnexpectedEOF) {
			return errors.New("the object is cut off")
		}
		return err
	}
	if _, err := dec.Token(); err != nil {
		return cut(err)
	}
	for dec.More() {
		name, err := dec.Token()
		if err != nil {
			return cut(err)
		}
		var raw json.RawMessage
		if err := dec.Decode(&raw); err != nil {
			return cut(err)
		}
		visit(name.(string), raw)
	}
	if _, err := dec.Token(); err != nil {
		return cut(err)
	}
	if _, err := dec.Token(); err != io.EOF {
		return errors.New("more than one object on the line")
	}
	return nil
}

// read takes a field over: lists may come as lists, or in one text as in a table.
func (p *patient) read(name string, raw json.RawMessage) error {
	var list *[]string
	switch name {
	case "diagnoses":
		list = &p.diagnoses
	case "procedures":
		list = &p.procedures
	}
	if list != nil && (raw[0] == '[' || raw[0] == 'n') {
		if err := json.Unmarshal(raw, list); err != nil {
			return fmt.Errorf("%s: %s is not a list of texts", name, raw)
		}
		return nil
	}
	v, err := valueOf(raw)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return p.set(name, v)
}

// valueOf reads a number, true or false, a word, null, or a value with its unit.
func valueOf(raw json.RawMessage) (v value, err error) {
	switch raw[0] {
	case '"':
		err = json.Unmarshal(raw, &v.text)
		v.text = strings.TrimSpace(v.text)
	case 'n':
	case '{':
		var x struct {
			Value json.Number `json:"value"`
			Unit  string      `json:"unit"`
		}
		dec := json.NewDecoder(bytes.NewReader(raw))
		dec.DisallowUnknownFields()
		if dec.Decode(&x) != nil {
			err = fmt.Errorf(`%s is not {"value": NUMBER, "unit": TEXT}`, raw)
		}
		v = value{x.Value.String(), x.Unit}
	case '[':
		err = fmt.Errorf("%s: one value is asked for, not a list", raw)
	default:
		v.text = string(raw)
	}
	return v, err
}
