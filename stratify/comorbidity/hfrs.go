package comorbidity

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"

	"github.com/chroniccare/chroniccare/internal/table"
)

//go:embed data/hfrs_points.csv
var hfrsCSV string

// FrailtyBand is a band of the Hospital Frailty Risk Score.
type FrailtyBand string

// Bands: below 5, 5 to 15, above 15.
const (
	LowFrailty          FrailtyBand = "low"
	IntermediateFrailty FrailtyBand = "intermediate"
	HighFrailty         FrailtyBand = "high"
)

// HFRS is the Hospital Frailty Risk Score (Gilbert et al., Lancet 2018;391:1775):
// points of distinct three-character ICD-10 categories. It is defined for people
// of 75 and older with an unplanned admission, over the diagnoses of the stay and
// the two years before; the table is that of the WHO's ICD-10 as used in the UK,
// so scores from ICD-10-CM run low.
type HFRS struct {
	points map[string]int // tenths
}

// HFRSResult is a score with what made it.
type HFRSResult struct {
	Tenths     int // the score in tenths: 95 is 9.5
	Band       FrailtyBand
	Categories []string // that gave points, in the order first seen
	Bad        int      // malformed codes
	OutOfRange bool     // the age is below 75, where the score is not validated
}

// NewHFRS loads the points.
func NewHFRS() (*HFRS, error) {
	t, err := table.Parse("hfrs_points", hfrsCSV)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrTable, err)
	}
	h := &HFRS{points: map[string]int{}}
	for _, r := range t.Rows {
		whole, frac, _ := strings.Cut(r[1], ".")
		n, err := strconv.Atoi(whole + (frac + "0")[:1])
		if err != nil || len(frac) > 1 {
			return nil, fmt.Errorf("%w: points %q of %s", ErrTable, r[1], r[0])
		}
		h.points[r[0]] = n
	}
	return h, nil
}

// Score adds the points of the distinct categories of the codes. An age of -1 is
// "not known".
func (h *HFRS) Score(codes []string, age int) HFRSResult {
	r := HFRSResult{OutOfRange: age >= 0 && age < 75}
	for _, c := range codes {
		c = strings.ToUpper(strings.ReplaceAll(strings.TrimSpace(c), ".", ""))
		if len(c) < 3 || c[0] < 'A' || c[0] > 'Z' || c[1] < '0' || c[1] > '9' {
			r.Bad++
			continue
		}
		p, ok := h.points[c[:3]]
		if !ok {
			continue
		}
		seen := false
		for _, x := range r.Categories {
			seen = seen || x == c[:3]
		}
		if !seen {
			r.Categories = append(r.Categories, c[:3])
			r.Tenths += p
		}
	}
	switch {
	case r.Tenths < 50:
		r.Band = LowFrailty
	case r.Tenths <= 150:
		r.Band = IntermediateFrailty
	default:
		r.Band = HighFrailty
	}
	return r
}
