package recall

import "github.com/chroniccare/chroniccare/registry"

const gfrUnit = "mL/min/{1.73_m2}"

// GridRule takes the interval from the kidney grid: the latest GFR and albumin-creatinine
// ratio decide. Without a ratio the column A1 is used, and [Gap.ACRMissing] says so.
type GridRule struct {
	Grid     *KidneyGrid
	GFR, ACR registry.Query
	// Register holds for those who have kidney disease by another marker: for others the
	// cells G1A1 and G2A1 ask for nothing. nil: the population is the register.
	Register registry.Definition
	Within   Every // how old the two may be; 0: 24 months
	// AltG4A2 takes the checks a year that another published table prints.
	AltG4A2 bool
	// Lowering are the starts of medicines that lower filtration: a fall of the GFR after one
	// is expected up to 30 %.
	Lowering *registry.Query
}

type boundGrid struct {
	gfr, acr, lowering *registry.Selector
	register           registry.Criterion
}

func (r *GridRule) bind(b *registry.Binder, pick func(registry.Query) *registry.Selector) boundGrid {
	x := boundGrid{gfr: pick(r.GFR), acr: pick(r.ACR)}
	if r.Lowering != nil {
		x.lowering = pick(*r.Lowering)
	}
	if r.Register != nil {
		x.register = r.Register.Bind(b)
	}
	return x
}

// lastTwo are the latest usable value of a selector and the latest of a day before it,
// within the span up to a day.
func (r *GridRule) lastTwo(s *registry.Selector, c *registry.Chart, asOf registry.Date, units ...string) (last, before *registry.Fact) {
	within := r.Within
	if within.IsZero() {
		within = Every{24, Month}
	}
	from := within.Before(asOf).AddDays(1)
	var lastOn, beforeOn registry.Date
	for w := s.Walk(c); ; {
		f := w.Next(c, registry.Period{End: asOf})
		if f == nil {
			return last, before
		}
		d := f.When.Earliest().Day
		if d < from || d > asOf || f.Value.Kind != registry.QuantityValue || !oneOf(registry.CanonicalUnit(f.Value.Quantity.Unit), units) {
			continue
		}
		switch {
		case d > lastOn:
			before, beforeOn = last, lastOn
			last, lastOn = f, d
		case d == lastOn:
			last = f
		case d >= beforeOn:
			before, beforeOn = f, d
		}
	}
}

func oneOf(s string, list []string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// beside is a number next to a limit on the side that its comparator names: "<15" is
// below 15.
func beside(q registry.Quantity) registry.Number {
	v := q.Value
	if v.Coef > 1e16 || v.Coef < -1e16 || v.Exp < -100 {
		return v
	}
	switch q.Comparator {
	case registry.LessThan:
		return registry.Num(v.Coef*10-1, v.Exp-1)
	case registry.MoreThan:
		return registry.Num(v.Coef*10+1, v.Exp-1)
	}
	return v
}

// cell finds the person's cell as of a day; ok is false while no GFR is usable.
func (x *bound) cell(c *registry.Chart, asOf registry.Date) (cell KidneyCell, ok bool) {
	gfr, _ := x.Grid.lastTwo(x.grid.gfr, c, asOf, gfrUnit)
	if gfr == nil {
		return cell, false
	}
	acr, _ := x.Grid.lastTwo(x.grid.acr, c, asOf, "mg/g", "mg/mmol")
	if acr == nil {
		cell, ok = x.Grid.Grid.Cell(beside(gfr.Value.Quantity), nil)
	} else {
		cell, ok = x.Grid.Grid.within(beside(gfr.Value.Quantity), beside(acr.Value.Quantity), acr.Value.Quantity.Unit)
	}
	if x.Grid.AltG4A2 && cell.Alternative > 0 {
		cell.ChecksAYear, cell.Every = cell.Alternative, Every{12 / cell.Alternative, Month}
	}
	return cell, ok
}

// Evaluation is a task that a change of kidney function asks for.
type Evaluation struct {
	Key  string         `json:"key"`
	Rule string         `json:"rule"`
	Why  string         `json:"why"`
	From *registry.Fact `json:"-"` // the earlier value
	To   *registry.Fact `json:"-"` // the later value
	On   registry.Date  `json:"on"`
}

// Evaluations lists what the changes between the last two values of the recommendations with a
// grid ask for (KDIGO 2024): a GFR that changed by more than 20 %, or fell by more than 30 % when
// a medicine that lowers filtration began between the two, or a ratio that doubled. The
// two values lie on different days within the grid's span. Limits themselves are not
// above; values with a comparator and ratios in two units are not compared.
func (p *Plan) Evaluations(c *registry.Chart, asOf registry.Date, buf []Evaluation) []Evaluation {
	out := buf[:0]
	for i := range p.recs {
		x := &p.recs[i]
		if x.Grid == nil {
			continue
		}
		if b, a := x.Grid.lastTwo(x.grid.gfr, c, asOf, gfrUnit); exactly(a) && exactly(b) {
			v, w := a.Value.Quantity.Value, b.Value.Quantity.Value
			lowered := x.grid.lowering != nil && began(x.grid.lowering, c, a.When.Earliest().Day, b.When.Earliest().Day)
			why := ""
			switch {
			case w.Cmp(tenths(v, 12)) > 0, !lowered && w.Cmp(tenths(v, 8)) < 0:
				why = "the GFR changed by more than 20 %"
			case lowered && w.Cmp(tenths(v, 7)) < 0:
				why = "the GFR fell by more than 30 % after a medicine that lowers filtration"
			}
			if why != "" {
				out = append(out, Evaluation{x.Key, x.ID, why, a, b, b.When.Earliest().Day})
			}
		}
		if b, a := x.Grid.lastTwo(x.grid.acr, c, asOf, "mg/g", "mg/mmol"); exactly(a) && exactly(b) && a.Value.Quantity.Unit == b.Value.Quantity.Unit {
			if v, w := a.Value.Quantity.Value, b.Value.Quantity.Value; v.Coef > 0 && w.Cmp(tenths(v, 20)) >= 0 {
				out = append(out, Evaluation{x.Key, x.ID, "the albumin-creatinine ratio doubled", a, b, b.When.Earliest().Day})
			}
		}
	}
	return out
}

func exactly(f *registry.Fact) bool {
	return f != nil && f.Value.Quantity.Comparator == registry.Exactly && f.Value.Quantity.Value.Coef >= 0 && f.Value.Quantity.Value.Coef < 1e16 && f.Value.Quantity.Value.Exp > -100
}

// tenths is k tenths of a number.
func tenths(v registry.Number, k int64) registry.Number { return registry.Num(v.Coef*k, v.Exp-1) }

// began reports whether a fact started after one day and not after another.
func began(s *registry.Selector, c *registry.Chart, after, until registry.Date) bool {
	for w := s.Walk(c); ; {
		f := w.Next(c, registry.Period{End: until})
		if f == nil {
			return false
		}
		if d := f.When.Earliest().Day; d > after && d <= until {
			return true
		}
	}
}
