package main

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// column is what a header says: a field and its unit. No field: the column is left out.
type column struct{ name, unit string }

// table reads rows of cells. A quoted cell may go over several lines where no field is
// read from it.
type table struct {
	lines   *lines
	columns []column
}

// fromCSV reads a table whose header names the fields; "tc (mmol/L)" has a unit.
func fromCSV(r io.Reader, f *fields) (func() (*patient, error), error) {
	t := &table{lines: newLines(r)}
	l := t.lines.next()
	if l.err == io.EOF {
		return nil, errors.New("the table is empty: it begins with a header")
	}
	if l.err != nil {
		return nil, fmt.Errorf("header: %w", l.err)
	}
	if strings.HasPrefix(l.text, "{") {
		return nil, errors.New("header: this looks like NDJSON, which is read without -csv")
	}
	cells, err := split(l.text)
	if err == nil {
		t.columns, err = columns(cells, f)
	}
	if err != nil {
		return nil, fmt.Errorf("header: %w", err)
	}
	return t.patient, nil
}

// columns checks the header: every column is a field that is asked for, once, or may be
// left out.
func columns(header []string, f *fields) (out []column, err error) {
	var faults, strange []string
	for i, h := range header {
		name, unit, _ := strings.Cut(h, "(")
		c := column{strings.TrimSpace(name), strings.TrimSuffix(strings.TrimSpace(unit), ")")}
		switch {
		case !f.asked(c.name):
			if c.name == "" {
				c.name = fmt.Sprintf("column %d", i+1)
			}
			if !f.ignored(c.name) {
				strange = append(strange, strconv.Quote(c.name))
			}
			c = column{}
		case slices.ContainsFunc(out, func(x column) bool { return x.name == c.name }):
			faults = append(faults, fmt.Sprintf("%q is there twice", c.name))
		}
		out = append(out, c)
	}
	if !slices.ContainsFunc(out, func(c column) bool { return c.name != "" }) {
		faults = append(faults, "no known column: cells are separated by commas"+separators(header))
	}
	if len(strange) > 0 {
		faults = append(faults, "no chosen model asks for "+strings.Join(strange, ", "))
	}
	if len(faults) > 0 {
		return nil, fmt.Errorf("%s (asked for: %s; -ignore NAMES leaves columns out)", strings.Join(faults, "; "), strings.Join(f.names, ", "))
	}
	return out, nil
}

// separators says what a header that cannot be read looks like.
func separators(header []string) string {
	switch h := strings.Join(header, ","); {
	case strings.Contains(h, ";"):
		return ", and here seem to be semicolons"
	case strings.Contains(h, "\t"):
		return ", and here seem to be tabs"
	}
	return ""
}

func (t *table) patient() (*patient, error) {
	l, cells := t.row()
	if l.err != nil {
		return nil, l.err
	}
	p := newPatient()
	var faults []string
	for i, c := range t.columns {
		if c.name == "" {
			continue
		}
		v := value{strings.TrimSpace(cells[i]), c.unit}
		if v.text == "" {
			v.unit = ""
		}
		if err := p.set(c.name, v); err != nil {
			faults = append(faults, err.Error())
		}
	}
	if len(faults) > 0 {
		return nil, &faulty{l.n, faults}
	}
	if p.id == "" {
		p.id = "line " + strconv.Itoa(l.n)
	}
	return p, nil
}

// row reads a row. A quote that is not closed would swallow the rows after it: when what
// it holds is no row, only its own line is faulty, and reading goes on with the next.
func (t *table) row() (line, []string) {
	first := t.lines.next()
	if first.err != nil {
		return first, nil
	}
	text := []string{first.text}
	var rest []line
	size := len(first.text)
	open := strings.Count(first.text, `"`)%2 == 1
	for open && size <= maxLine {
		l := t.lines.next()
		rest = append(rest, l)
		if l.err != nil {
			break
		}
		text, size = append(text, l.text), size+len(l.text)
		open = open != (strings.Count(l.text, `"`)%2 == 1)
	}
	if !open {
		if cells, err := split(strings.Join(text, "\n")); err == nil && t.fits(cells) {
			return first, cells
		}
	}
	t.lines.back(rest)
	cells, err := split(first.text)
	if err == nil {
		err = fmt.Errorf("%d cells, the header has %d", len(cells), len(t.columns))
	}
	return line{err: &faulty{first.n, []string{err.Error()}}}, nil
}

// fits reports whether a row has a cell for each column, on one line where it is read.
func (t *table) fits(cells []string) bool {
	if len(cells) != len(t.columns) {
		return false
	}
	for i, c := range t.columns {
		if c.name != "" && strings.Contains(cells[i], "\n") {
			return false
		}
	}
	return true
}

// split cuts a row into cells.
func split(row string) ([]string, error) {
	if !strings.Contains(row, `"`) {
		return strings.Split(row, ","), nil
	}
	c := csv.NewReader(strings.NewReader(row))
	c.TrimLeadingSpace = true
	cells, err := c.Read()
	var p *csv.ParseError
	if errors.As(err, &p) {
		return nil, fmt.Errorf("byte %d: %w", p.Column, p.Err)
	}
	return cells, err
}
