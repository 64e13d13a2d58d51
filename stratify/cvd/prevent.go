package cvd

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/chroniccare/chroniccare/internal/table"
	"github.com/chroniccare/chroniccare/stratify"
)

func sets() []string { return []string{"base", "uacr", "hba1c", "sdi", "full"} }

// Outcomes lists the outcomes of the PREVENT equations; each has equations of its own,
// and parts do not add up to the total.
func Outcomes() []string { return []string{"total_cvd", "ascvd", "heart_failure", "chd", "stroke"} }

// PREVENT names an equation by its set of inputs (base, uacr, hba1c, sdi, full), the
// horizon in years (10, 30) and the outcome (see [Outcomes]).
func PREVENT(set string, years int, outcome string) string {
	return "prevent-" + set + "-" + strconv.Itoa(years) + "y-" + outcome + "@2023"
}

// PREVENTSet is the set of inputs that the published rule chooses for what is known:
// base without, one extra by its name, full with two or more of uacr, hba1c and sdi.
func PREVENTSet(in stratify.Inputs) string {
	var have []string
	for _, extra := range []string{"uacr", "hba1c", "sdi"} {
		if d, ok := in[extra]; ok && !math.IsNaN(d.Value) {
			have = append(have, extra)
		}
	}
	switch len(have) {
	case 0:
		return "base"
	case 1:
		return have[0]
	}
	return "full"
}

// prevent makes the definition of that name, or all of them for "", from the template
// and the published table.
func prevent(name string) ([]stratify.Definition, error) {
	text, err := data.ReadFile("data/prevent_coefficients.csv")
	if err != nil {
		return nil, err
	}
	t, err := table.Parse("prevent_coefficients", string(text))
	if err != nil {
		return nil, err
	}
	var out []stratify.Definition
	var faults []error
	for _, set := range sets() {
		for _, years := range []int{10, 30} {
			for _, outcome := range Outcomes() {
				n := PREVENT(set, years, outcome)
				if name != "" && name != n {
					continue
				}
				d, err := definition(t, set, years, outcome)
				d.Name = n
				out, faults = append(out, d), append(faults, err)
			}
		}
	}
	return out, errors.Join(faults...)
}

func definition(t *table.Table, set string, years int, outcome string) (d stratify.Definition, err error) {
	text, err := data.ReadFile("data/prevent.json")
	if err != nil {
		return d, err
	}
	if d, err = stratify.Decode(text); err != nil {
		return d, err
	}
	d.Title = fmt.Sprintf("%s: %s", d.Title, set)
	d.Outcome = fmt.Sprintf("%s in %d years", strings.ReplaceAll(outcome, "_", " "), years)
	template := d.Equations[0].Terms
	d.Equations = nil
	horizon := strconv.Itoa(years) + "yr"
	for _, sex := range []string{"female", "male"} {
		e := stratify.Equation{When: []string{sex}}
		column := t.Column(sex + "_" + outcome)
		if column < 0 {
			return d, fmt.Errorf("%w: no column %s_%s", stratify.ErrTable, sex, outcome)
		}
		for _, row := range t.Rows {
			if row[0] != set || row[1] != horizon {
				continue
			}
			x, err := strconv.ParseFloat(row[column], 64)
			if err != nil {
				return d, fmt.Errorf("%w: %s %s %s: %w", stratify.ErrTable, set, horizon, row[2], err)
			}
			if row[2] == "constant" {
				e.Constant = x
				continue
			}
			k := slices.IndexFunc(template, func(c stratify.Coefficient) bool { return c.Name == row[2] })
			if k < 0 {
				return d, fmt.Errorf("%w: term %q has no definition", stratify.ErrTable, row[2])
			}
			c := template[k]
			c.Coef = x
			e.Terms = append(e.Terms, c)
		}
		d.Equations = append(d.Equations, e)
	}
	if years == 30 { // defined for 30 to 59 years
		for i := range d.Inputs {
			if in := &d.Inputs[i]; in.Name == "age" {
				oldest := 59.0
				in.High = &oldest
			}
		}
	}
	prune(&d)
	return d, nil
}

// prune drops what the set of inputs does not use.
func prune(d *stratify.Definition) {
	used := slices.Clone(d.Select)
	for _, e := range d.Equations {
		for _, c := range e.Terms {
			used = append(used, c.Product...)
		}
	}
	d.Factors = slices.DeleteFunc(d.Factors, func(f stratify.Factor) bool { return !slices.Contains(used, f.Name) })
	for _, f := range d.Factors {
		used = append(used, f.Input)
	}
	d.Derived = slices.DeleteFunc(d.Derived, func(x stratify.Derived) bool { return !slices.Contains(used, x.Name) })
	for _, x := range d.Derived {
		used = append(used, x.Of...)
	}
	d.Inputs = slices.DeleteFunc(d.Inputs, func(in stratify.Input) bool { return !slices.Contains(used, in.Name) })
}
