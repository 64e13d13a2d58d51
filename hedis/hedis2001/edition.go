package hedis2001

import (
	_ "embed"
	"encoding/csv"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/chroniccare/chroniccare/hedis"
	"github.com/chroniccare/chroniccare/registry"
)

//go:embed data/indicators.csv
var indicatorsCSV string

// Entry is the record of an indicator: what it is, where its rules come from
// and how sure they are.
type Entry struct {
	Number      int // place in Table 1 from 1 to 34; 0 for a companion
	ID          string
	Title       string
	Category    string // group of Table 1, "companion" outside it
	Lines       string // C commercial, D Medicaid, R Medicare
	Basis       string // member, discharge, delivery or respondent
	Method      string // admin, hybrid or survey
	Improvement hedis.Improvement
	Today       string // what became of it
	Source      string
	Confidence  string // high, medium or low
}

// Table1 lists the 34 indicators of the study's Table 1 in its order, then the
// companions. The study's text counts 35 markers; its table lists 34, and no
// 35th is invented.
func Table1() ([]Entry, error) {
	r := csv.NewReader(strings.NewReader(indicatorsCSV))
	r.Comment = '#'
	rows, err := r.ReadAll()
	if err != nil {
		return nil, fmt.Errorf("%w: indicators: %w", ErrTable, err)
	}
	var out []Entry
	for _, row := range rows[1:] {
		e := Entry{ID: row[1], Title: row[2], Category: row[3], Lines: row[4], Basis: row[5], Method: row[6], Today: row[8], Source: row[9], Confidence: row[10]}
		if row[0] != "" {
			if e.Number, err = strconv.Atoi(row[0]); err != nil {
				return nil, fmt.Errorf("%w: indicators: %s: %w", ErrTable, e.ID, err)
			}
		}
		if row[7] == "decrease" {
			e.Improvement = hedis.Decrease
		}
		out = append(out, e)
	}
	return out, nil
}

func (p Params) exclusion(excl, num registry.Definition) registry.Definition {
	switch p.Exclusions {
	case ExcludeNever:
		return nil
	case ExcludeIfNumeratorMissed:
		return registry.All{registry.Not{Of: num}, excl}
	}
	return excl
}

// ErrParams is wrapped by errors about parameters or a measurement year that
// make no sense.
var ErrParams = errors.New("hedis2001: parameters")

func (p Params) check(my int) error {
	var errs []error
	bad := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf("%w: "+format, append([]any{ErrParams}, args...)...))
	}
	if my < 1900 || my > 9998 {
		bad("measurement year %d is not between 1900 and 9998", my)
	}
	if p.Exclusions > ExcludeNever {
		bad("Exclusions %d", p.Exclusions)
	}
	if f := p.filled(); f.PoorAbove.Cmp(registry.Num(3, 0)) < 0 || f.PoorAbove.Cmp(registry.Num(20, 0)) > 0 {
		bad("PoorAbove %v per cent", p.PoorAbove)
	}
	if p.LDLYears < 0 || p.LDLYears > 10 {
		bad("LDLYears %d", p.LDLYears)
	}
	if p.LowRiskNeeded < 0 || p.LowRiskNeeded > 3 {
		bad("LowRiskNeeded %d", p.LowRiskNeeded)
	}
	if p.VaccineMinAgeDays < 0 || p.VaccineMinAgeDays > 366 {
		bad("VaccineMinAgeDays %d", p.VaccineMinAgeDays)
	}
	switch p.Product {
	case "", registry.Commercial, registry.Medicaid, registry.Medicare:
	default:
		bad("Product %q", p.Product)
	}
	return errors.Join(errs...)
}

// Programme gives the definitions for a measurement year: the 32 indicators of
// Table 1 that claims and charts answer, then the companions. The two survey
// composites stand apart: see [GettingCareQuickly] and [GettingNeededCare].
func Programme(my int, p Params) (hedis.Programme, error) {
	if err := p.check(my); err != nil {
		return hedis.Programme{}, err
	}
	entries, err := Table1()
	if err != nil {
		return hedis.Programme{}, err
	}
	made := map[string]hedis.Indicator{}
	add := func(xs ...hedis.Indicator) {
		for _, x := range xs {
			made[x.ID] = x
		}
	}
	add(p.access()...)
	add(p.fuh("fuh-30", 30), p.fuh("fuh-7", 7))
	add(p.immunisation()...)
	add(p.ammContinuation(), p.ammAcute(), p.ammContacts(), p.bbh())
	add(p.cmc()...)
	add(p.cdc()...)
	add(p.cbp(), p.asm("asm-5-9", 5, 9), p.asm("asm-10-17", 10, 17), p.asm("asm-18-56", 18, 56), p.asm("asm-combined", 5, 56), p.bcs(), p.ccs())
	add(p.ppc()...)
	add(p.chl("chl-combined", 16, 26), p.chl("chl-16-20", 16, 20), p.chl("chl-21-26", 21, 26))
	out := hedis.Programme{Name: p.name(my), Period: registry.CalendarYear(my)}
	for _, e := range entries {
		x, ok := made[e.ID]
		if !ok {
			continue
		}
		x.Title, x.Version, x.Improvement = e.Title, "2001", e.Improvement
		x.Steward = "worded by this library; HEDIS-style, not NCQA-certified"
		x.Specification = "sources: " + e.Source + " (confidence " + e.Confidence + ")"
		out.Indicators = append(out.Indicators, x)
	}
	return out, nil
}

// none is a code that no record holds; it fills optional sets without codes.
func none() []registry.Code { return []registry.Code{{System: "urn:chroniccare:none", Value: "none"}} }

// New binds the indicators of a measurement year to value sets, found by the
// keys that [Sets] lists. Sets that a population or numerator needs must have
// codes: the error lists all that do not. Optional sets without codes match
// nothing, and a warning names each.
func New(my int, p Params, sets []registry.ValueSet) (e *hedis.Edition, warnings []string, err error) {
	programme, err := Programme(my, p)
	if err != nil {
		return nil, nil, err
	}
	infos, err := Sets()
	if err != nil {
		return nil, nil, err
	}
	all := append([]registry.ValueSet(nil), sets...)
	for _, s := range infos {
		if !s.Optional {
			continue
		}
		at := -1
		for i := range all {
			if registry.BareOID(all[i].OID) == s.Set.OID {
				at = i
			}
		}
		if at < 0 || len(all[at].Codes) == 0 {
			warnings = append(warnings, "value set "+s.Set.Name+" has no codes and matches nothing")
		}
		switch {
		case at < 0:
			all = append(all, registry.ValueSet{OID: s.Set.OID, Name: s.Set.Name, Codes: none()})
		case len(all[at].Codes) == 0:
			all[at].Codes = none()
		}
	}
	e, err = hedis.New(programme, all)
	return e, warnings, err
}
