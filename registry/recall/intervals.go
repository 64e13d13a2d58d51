package recall

import (
	_ "embed"
	"fmt"
	"strconv"

	"github.com/chroniccare/chroniccare/internal/table"
	"github.com/chroniccare/chroniccare/registry"
)

//go:embed data/followup-intervals.csv
var intervalsCSV string

//go:embed data/ckd-monitoring-grid.csv
var gridCSV string

// FollowUp is one published follow-up item of a chronic condition: data for
// recommendations, not medical advice.
type FollowUp struct {
	ID, Condition, Item string
	AppliesWhen         string // in words
	Kind                string // recurring, triggered, until_controlled, each_visit, season
	Min, Default, Max   Every  // zero for each_visit and season
	FirstDue            string // in words
	Source, SourceYear  string
	Confirmation        string // read, secondary, recall
	Note                string
}

// FollowUps lists the published follow-up items for diabetes, hypertension, asthma,
// COPD, heart failure, coronary disease and chronic kidney disease, in the table's
// order.
func FollowUps() ([]FollowUp, error) {
	t, err := table.Parse("followup-intervals", intervalsCSV)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDefinition, err)
	}
	units := map[string]Unit{"day": Day, "week": Week, "month": Month, "year": Year}
	seen := map[string]bool{}
	var out []FollowUp
	for _, r := range t.Rows {
		f := FollowUp{ID: r[0], Condition: r[1], Item: r[2], AppliesWhen: r[3], Kind: r[4], FirstDue: r[9], Source: r[10], SourceYear: r[11], Confirmation: r[12], Note: r[13]}
		if seen[f.ID] {
			return nil, fmt.Errorf("%w: follow-up %s twice", ErrDefinition, f.ID)
		}
		seen[f.ID] = true
		if unit, ok := units[r[8]]; ok {
			for i, to := range []*Every{&f.Min, &f.Default, &f.Max} {
				n, err := strconv.Atoi(r[5+i])
				if err != nil || n < 0 {
					return nil, fmt.Errorf("%w: follow-up %s: %q", ErrDefinition, f.ID, r[5+i])
				}
				*to = Every{n, unit}
			}
		} else if r[8] != "" && r[8] != "season" {
			return nil, fmt.Errorf("%w: follow-up %s: unit %q", ErrDefinition, f.ID, r[8])
		}
		out = append(out, f)
	}
	return out, nil
}

// KidneyCell is a cell of the monitoring grid.
type KidneyCell struct {
	Name        string // such as G3aA2
	GFR, ACR    string // categories
	Risk        string
	ChecksAYear int
	OrMore      bool
	Alternative int  // checks a year that another published table prints; 0: the same
	ACRMissing  bool // the column of A1 was used: an albumin-creatinine ratio is due
	OnlyWithCKD bool // G1 and G2 with A1 count only when the disease is known by another marker
	Every       Every
	fromGFR     registry.Number
	toGFR       registry.Number
	open        bool // no upper end
	lowA, highA registry.Number
	lowM, highM registry.Number
}

// KidneyGrid says how often kidney function is to be checked (KDIGO).
type KidneyGrid struct{ cells []KidneyCell }

// NewKidneyGrid loads the grid.
func NewKidneyGrid() (*KidneyGrid, error) {
	t, err := table.Parse("ckd-monitoring-grid", gridCSV)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDefinition, err)
	}
	g := &KidneyGrid{}
	for _, r := range t.Rows {
		c := KidneyCell{Name: r[0], GFR: r[1], ACR: r[4], Risk: r[11], OrMore: r[13] == "yes", OnlyWithCKD: r[16] != "", open: r[3] == ""}
		var months int
		for _, x := range []struct {
			text string
			to   *registry.Number
		}{{r[2], &c.fromGFR}, {r[3], &c.toGFR}, {r[5], &c.lowA}, {r[6], &c.highA}, {r[7], &c.lowM}, {r[8], &c.highM}} {
			if x.text == "" {
				continue
			}
			if *x.to, err = registry.ParseNumber(x.text); err != nil {
				return nil, fmt.Errorf("%w: kidney grid %s: %w", ErrDefinition, r[0], err)
			}
		}
		for _, x := range []struct {
			text string
			to   *int
		}{{r[12], &c.ChecksAYear}, {r[14], &months}, {r[15], &c.Alternative}} {
			if x.text == "" {
				continue
			}
			if *x.to, err = strconv.Atoi(x.text); err != nil {
				return nil, fmt.Errorf("%w: kidney grid %s: %w", ErrDefinition, r[0], err)
			}
		}
		c.Every = Every{months, Month}
		g.cells = append(g.cells, c)
	}
	return g, nil
}

// Cell finds the cell of an estimated GFR in mL/min/1.73m2 and an albumin-creatinine
// ratio in mg/g or mg/mmol, by its unit; a ratio without a unit, or in another one,
// counts as missing, and so does nil. A GFR below 0 has no cell.
func (g *KidneyGrid) Cell(egfr registry.Number, acr *registry.Quantity) (KidneyCell, bool) {
	if acr == nil {
		return g.within(egfr, registry.Number{}, "")
	}
	return g.within(egfr, acr.Value, acr.Unit)
}

func (g *KidneyGrid) within(egfr, v registry.Number, unit string) (KidneyCell, bool) {
	unit = registry.CanonicalUnit(unit)
	known := unit == "mg/g" || unit == "mg/mmol"
	for i := range g.cells {
		c := &g.cells[i]
		if egfr.Cmp(c.fromGFR) < 0 || !c.open && egfr.Cmp(c.toGFR) >= 0 {
			continue
		}
		if !known {
			if c.ACR == "A1" {
				cell := *c
				cell.ACRMissing = true
				return cell, true
			}
			continue
		}
		low, high := c.lowA, c.highA
		if unit == "mg/mmol" {
			low, high = c.lowM, c.highM
		}
		in := false
		switch c.ACR { // A2 has both its ends
		case "A1":
			in = v.Cmp(high) < 0
		case "A2":
			in = v.Cmp(low) >= 0 && v.Cmp(high) <= 0
		case "A3":
			in = v.Cmp(low) > 0
		}
		if in {
			return *c, true
		}
	}
	return KidneyCell{}, false
}
