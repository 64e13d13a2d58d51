package stratify

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

func (c *compiler) equation(n int) {
	d := c.def.Equations[n]
	where := fmt.Sprintf("equation %d", n+1)
	if len(d.When) > 0 {
		where = "equation " + strings.Join(d.When, ", ")
	}
	e := equation{constant: d.Constant, mean: d.Mean, offset: d.Constant - d.Mean, survival: d.Survival, scale1: d.Scale1, scale2: d.Scale2, whenWords: d.When}
	c.parameters(&d, &e, where)
	if len(d.When) != len(c.def.Select) {
		c.fault(ErrTable, "%s: %d words for %d selecting inputs", where, len(d.When), len(c.def.Select))
	} else {
		for i, w := range d.When {
			k := -1
			if p := c.m.choose[i]; p < len(c.m.inputs) {
				k = slices.Index(c.def.Inputs[p].Choices, w)
			}
			if k < 0 {
				c.fault(ErrTable, "%s: %q is no choice of %q", where, w, c.def.Select[i])
			}
			e.when = append(e.when, k)
		}
		for i := range c.m.equations {
			if slices.Equal(c.m.equations[i].when, e.when) {
				c.fault(ErrTable, "%s is there twice", where)
			}
		}
	}
	if len(d.Terms) == 0 {
		c.fault(ErrTable, "%s: no terms", where)
	}
	var names, products []string
	need := make([]bool, len(c.m.inputs)+len(c.m.derived)+len(c.m.factors))
	for _, p := range c.m.choose {
		if p < len(need) {
			need[p] = true
		}
	}
	for _, t := range d.Terms {
		b := boundTerm{name: t.name(), label: t.Label, coef: t.Coef, units: math.Round(t.Coef * c.m.scale)}
		at := fmt.Sprintf("%s, term %q", where, b.name)
		key := slices.Clone(t.Product)
		slices.Sort(key)
		product := strings.Join(key, "*")
		if slices.Contains(names, b.name) || slices.Contains(products, product) {
			c.fault(ErrTable, "%s is there twice", at)
		}
		names, products = append(names, b.name), append(products, product)
		if len(t.Product) == 0 || !finite(t.Coef) {
			c.fault(ErrTable, "%s: no factors, or no coefficient", at)
		}
		for _, f := range t.Product {
			i, ok := c.place(f, at)
			if !ok {
				continue
			}
			if !c.numeric(i) {
				c.fault(ErrTable, "%s: %q is a category: use a factor", at, f)
			}
			b.product = append(b.product, i)
			if t.Coef != 0 {
				c.require(need, i)
			}
		}
		if c.def.Form == Points || c.def.Form == Share {
			c.exact(&b, at)
		}
		if t.Coef == 0 {
			continue // no part of this outcome: nothing is asked for it
		}
		for i := range c.m.inputs {
			one := make([]bool, len(need))
			for _, p := range b.product {
				c.require(one, p)
			}
			if one[i] {
				b.facts = append(b.facts, c.def.Inputs[i].Name)
			}
		}
		e.terms = append(e.terms, b)
	}
	nI, nD := len(c.m.inputs), len(c.m.derived)
	for i, n := range need {
		switch {
		case !n:
		case i < nI:
			e.need = append(e.need, i)
		case i < nI+nD:
			e.derived = append(e.derived, i-nI)
		default:
			e.factors = append(e.factors, i-nI-nD)
		}
	}
	c.m.equations = append(c.m.equations, e)
}

// require marks a quantity and what it is made of.
func (c *compiler) require(need []bool, i int) {
	if i >= len(need) || need[i] {
		return
	}
	need[i] = true
	nI, nD := len(c.m.inputs), len(c.m.derived)
	switch {
	case i < nI:
	case i < nI+nD:
		d := c.m.derived[i-nI]
		c.require(need, d.a)
		if d.op != Scaled {
			c.require(need, d.b)
		}
	default:
		c.require(need, c.m.factors[i-nI-nD].in)
	}
}

func (c *compiler) parameters(d *Equation, e *equation, where string) {
	if !finite(d.Constant, d.Mean, d.Survival, d.Scale1, d.Scale2) {
		c.fault(ErrTable, "%s: a parameter is not a number", where)
	}
	cox := c.def.Form == Cox || c.def.Form == CoxRecalibrated
	if cox != (d.Survival != 0) || cox && !(d.Survival > 0 && d.Survival < 1) {
		c.fault(ErrTable, "%s: survival %v: Cox forms have one between 0 and 1, others none", where, d.Survival)
	} else if cox {
		e.lnlnS = math.Log(-math.Log(d.Survival))
	}
	if !cox && d.Mean != 0 {
		c.fault(ErrTable, "%s: only Cox forms have a mean", where)
	}
	if re := c.def.Form == CoxRecalibrated; re != (d.Scale2 != 0) || re && !(d.Scale2 > 0) || !re && d.Scale1 != 0 {
		c.fault(ErrTable, "%s: scales %v, %v: recalibration has a second above 0, other forms none", where, d.Scale1, d.Scale2)
	}
	if (c.def.Form == Points || c.def.Form == Share) && !c.whole(d.Constant) {
		c.fault(ErrTable, "%s: constant %v is not exact in the scale", where, d.Constant)
	}
}

// whole reports whether x is a whole number of the model's scale.
func (c *compiler) whole(x float64) bool {
	y := float64(x * c.m.scale)
	return math.Abs(y) < 1<<53 && math.Abs(y-math.Round(y)) < 1e-9*math.Max(1, math.Abs(y))
}

// exact checks that a term of points is whole in the scale whatever the person.
func (c *compiler) exact(b *boundTerm, at string) {
	if !c.whole(b.coef) {
		c.fault(ErrTable, "%s: weight %v is not exact in the scale %v", at, b.coef, c.m.scale)
	}
	fractions := 0
	if b.coef != math.Trunc(b.coef) {
		fractions++
	}
	for _, i := range b.product {
		nI, nD := len(c.m.inputs), len(c.m.derived)
		if i < nI {
			if c.m.inputs[i].kind == Number {
				c.fault(ErrTable, "%s: points of a measured value: use a band", at)
			}
			continue
		}
		if i < nI+nD {
			c.fault(ErrTable, "%s: points of a derived quantity: use a band", at)
			continue
		}
		f := c.m.factors[i-nI-nD]
		switch f.transform {
		case Not, Missing, Is:
		case Raw, Min, Max:
			if f.in >= nI || c.m.inputs[f.in].kind == Number || f.k != math.Trunc(f.k) {
				c.fault(ErrTable, "%s: points of a measured value: use a band", at)
			}
		case Bands:
			broken := false
			for _, s := range f.steps {
				if !c.whole(s.value) {
					c.fault(ErrTable, "%s: %v points are not exact in the scale %v", at, s.value, c.m.scale)
				}
				broken = broken || s.value != math.Trunc(s.value)
			}
			if broken {
				fractions++
			}
		default:
			c.fault(ErrTable, "%s: points take no %q", at, f.transform)
		}
	}
	if fractions > 1 {
		c.fault(ErrTable, "%s: a product of fractions is not exact", at)
	}
}

// complete checks that every combination of the selecting words has its equation, and
// finds the inputs that all of them need.
func (c *compiler) complete() {
	if len(c.faults) > 0 {
		return
	}
	combinations := 1
	for _, p := range c.m.choose {
		combinations *= len(c.def.Inputs[p].Choices)
	}
	if combinations != len(c.m.equations) {
		c.fault(ErrTable, "%d equations for %d combinations of %s", len(c.m.equations), combinations, strings.Join(c.def.Select, ", "))
		return
	}
	for _, i := range c.m.equations[0].need {
		all := true
		for k := range c.m.equations {
			all = all && slices.Contains(c.m.equations[k].need, i)
		}
		if all {
			c.m.common = append(c.m.common, i)
		}
	}
}
