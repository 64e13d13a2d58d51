package hedis

import (
	_ "embed"
	"encoding/csv"
	"errors"
	"fmt"
	"math/big"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/chroniccare/chroniccare/registry"
)

//go:embed data/plans_table2.csv
var table2CSV string

// StudyPlan is a row of the source study's Table 2: the 25 plans with the
// highest total scores for 2001, after exclusions. Population counts members of
// HMO, PPO and POS products.
type StudyPlan struct {
	Plan            string
	Score           int64 // total of the markers' scores
	Population      int64
	Years           int // in business
	ForProfit       bool
	MedicaidPercent decimal.Decimal // of the members, 0 to 100
	Visited         bool            // one of the five plans of the site visits
}

// PlanScore is the row as a score, so that the library's filter and ranking can
// be run on the printed table.
func (p StudyPlan) PlanScore(f PlanFilter) PlanScore {
	q := Plan{Name: p.Plan, Population: &p.Population, MedicaidPercent: &p.MedicaidPercent}
	return PlanScore{Plan: p.Plan, Total: big.NewRat(p.Score, 1), Dropped: f.Reasons(&q)}
}

// Table2 gives the 25 rows in printed order. The two Kaiser California rows
// carry nearly the same population, and are kept as printed.
func Table2() ([]StudyPlan, error) {
	r := csv.NewReader(strings.NewReader(table2CSV))
	r.Comment = '#'
	rows, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("hedis: table 2: %w", err)
	}
	var out []StudyPlan
	var errs []error
	for _, row := range rows[1:] {
		score, e1 := strconv.ParseInt(row[2], 10, 64)
		pop, e2 := strconv.ParseInt(row[3], 10, 64)
		years, e3 := strconv.Atoi(row[4])
		medicaid, e4 := registry.ParseNumber(row[6])
		errs = append(errs, e1, e2, e3, e4)
		out = append(out, StudyPlan{row[1], score, pop, years, row[5] == "For profit", medicaid.Decimal(), row[10] == "yes"})
	}
	return out, errors.Join(errs...)
}
