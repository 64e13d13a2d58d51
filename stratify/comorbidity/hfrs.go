package comorbidity

import (
	_ "embed"
	"fmt"
	"strconv"
	"strings"

	"github.com/chroniccare/chroniccare/internal/codetrie"
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
//
// What of a stay counts and how far back to look is the caller's (see [Selection.Keep]).
type HFRS struct {
	Provenance string
	trie       *codetrie.Trie // payload: place in categories, plus one
	categories []Term         // points in tenths
}

// HFRSResult is a score with what made it.
type HFRSResult struct {
	Tenths     int // the score in tenths: 95 is 9.5
	Band       FrailtyBand
	Terms      []Term // categories that gave points, in the table's order; Weight in tenths
	Bad        int    // malformed codes: they never add points
	OutOfRange bool   // the age is below 75, where the score is not validated
}

// NewHFRS loads the points.
func NewHFRS() (*HFRS, error) {
	t, err := table.Parse("hfrs_points", hfrsCSV)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrTable, err)
	}
	h := &HFRS{Provenance: t.Provenance, trie: codetrie.New(codetrie.ICD10)}
	seen := map[string]bool{}
	for _, r := range t.Rows {
		whole, frac, _ := strings.Cut(r[1], ".")
		n, err := strconv.Atoi(whole + (frac + "0")[:1])
		if err != nil || len(frac) > 1 || n <= 0 {
			return nil, fmt.Errorf("%w: points %q of %s", ErrTable, r[1], r[0])
		}
		h.categories = append(h.categories, Term{r[0], n})
		if len(r[0]) != 3 || seen[r[0]] || !h.trie.Add(r[0], uint64(len(h.categories))) {
			return nil, fmt.Errorf("%w: category %q", ErrTable, r[0])
		}
		seen[r[0]] = true
	}
	return h, nil
}

// Score adds the points of the distinct three-character categories of the codes: order and
// repetition don't matter. An age of -1 is "not known".
func (h *HFRS) Score(codes []string, age int) HFRSResult {
	r := HFRSResult{OutOfRange: age >= 0 && age < 75}
	var found [2]uint64 // categories by place
	for _, c := range codes {
		at, ok := h.trie.Match(c)
		if !ok {
			r.Bad++
		}
		if at > 0 {
			found[(at-1)>>6] |= 1 << ((at - 1) & 63)
		}
	}
	for i, c := range h.categories {
		if found[i>>6]>>(i&63)&1 == 1 {
			r.Terms = append(r.Terms, c)
			r.Tenths += c.Weight
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
