// Package table reads the library's embedded data files: comment lines with the
// provenance, a header, then rows.
package table

import (
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
)

// Table is a data file in memory.
type Table struct {
	Provenance string // the comment lines
	Header     []string
	Rows       [][]string
}

// Parse reads a data file. Every row must have the header's number of fields, and
// there must be provenance.
func Parse(name, text string) (*Table, error) {
	t := &Table{}
	var notes []string
	for l := range strings.Lines(text) {
		if !strings.HasPrefix(l, "#") {
			break
		}
		notes = append(notes, strings.TrimSpace(strings.TrimPrefix(l, "#")))
	}
	t.Provenance = strings.Join(notes, " ")
	if t.Provenance == "" {
		return nil, fmt.Errorf("table %s: no provenance", name)
	}
	r := csv.NewReader(strings.NewReader(text))
	r.Comment = '#'
	rows, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("table %s: %w", name, err)
	}
	if len(rows) < 2 {
		return nil, fmt.Errorf("table %s: no rows", name)
	}
	t.Header, t.Rows = rows[0], rows[1:]
	return t, nil
}

// Column is the place of a column, -1 when there is none.
func (t *Table) Column(name string) int { return slices.Index(t.Header, name) }
