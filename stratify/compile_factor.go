package stratify

import (
	"fmt"
	"math"
	"slices"
)

func (c *compiler) derived() {
	for _, d := range c.def.Derived {
		where := fmt.Sprintf("derived %q", d.Name)
		b := boundDerived{op: d.Op, by: d.By}
		if b.by == 0 {
			b.by = 1
		}
		want := 2
		switch d.Op {
		case Minus, Quotient:
		case Scaled:
			want = 1
		default:
			c.fault(ErrTable, "%s: operation %q is unknown", where, d.Op)
		}
		if len(d.Of) != want || !finite(b.by) {
			c.fault(ErrTable, "%s: needs %d inputs and a finite factor", where, want)
		}
		for k, of := range d.Of {
			i, ok := c.place(of, where)
			if ok && !c.numeric(i) {
				c.fault(ErrTable, "%s: %q is a category", where, of)
			}
			if k == 0 {
				b.a = i
			} else {
				b.b = i
			}
		}
		c.name(d.Name, "derived")
		c.m.derived = append(c.m.derived, b)
	}
}

func (c *compiler) factors() {
	raw := len(c.def.Inputs) + len(c.def.Derived)
	for _, f := range c.def.Factors {
		where := fmt.Sprintf("factor %q", f.Name)
		b := boundFactor{transform: f.Transform, k: f.K, c: f.C, s: f.S}
		if b.s == 0 {
			b.s = 1
		}
		if !finite(f.K, f.C, f.S) {
			c.fault(ErrTable, "%s: k, c and s are to be numbers", where)
		}
		i, ok := c.place(f.Input, where)
		b.in = i
		if ok && i >= raw {
			c.fault(ErrTable, "%s: %q is a factor itself", where, f.Input)
		} else if ok {
			c.transform(f, &b, i, where)
		}
		c.name(f.Name, "factor")
		c.m.factors = append(c.m.factors, b)
	}
}

func (c *compiler) transform(f Factor, b *boundFactor, i int, where string) {
	var in boundInput
	if i < len(c.m.inputs) {
		in = c.m.inputs[i]
	}
	if f.Transform != Missing && (f.Transform == Is) != (in.kind == Category) {
		c.fault(ErrTable, "%s: a category takes the transforms %q and %q, others not %q", where, Is, Missing, Is)
	}
	switch f.Transform {
	case Raw, Square, Centre, Min, Max, SplineLow, SplineHigh:
	case Ln, LnCentre:
		if i < len(c.m.inputs) && !(in.low > 0) {
			c.fault(ErrRange, "%s: the logarithm needs a lowest value above 0", where)
		}
	case LnLow, LnHigh:
		if !(b.k > 0) || f.Transform == LnLow && i < len(c.m.inputs) && !(in.low > 0) {
			c.fault(ErrRange, "%s: the logarithm needs k and a lowest value above 0", where)
		}
	case Not:
		if in.kind != Flag {
			c.fault(ErrTable, "%s: %q is not a flag", where, f.Input)
		}
	case Missing:
		if !in.optional {
			c.fault(ErrTable, "%s: %q is never absent", where, f.Input)
		}
	case Is:
		if in.kind == Category {
			k := slices.Index(c.def.Inputs[i].Choices, f.Word)
			if k < 0 {
				c.fault(ErrTable, "%s: %q is no choice of %q", where, f.Word, f.Input)
			}
			b.k = float64(k)
		}
	case Bands:
		b.steps = c.steps(f.Steps, where)
	default:
		c.fault(ErrTable, "%s: transform %q is unknown", where, f.Transform)
	}
	if (f.Transform == Bands) != (len(f.Steps) > 0) {
		c.fault(ErrTable, "%s: a band has steps, other transforms none", where)
	}
}

func (c *compiler) steps(steps []Step, where string) (out []boundStep) {
	last := math.Inf(-1)
	closed := false
	for i, s := range steps {
		b := boundStep{end: math.Inf(1), closed: true, value: s.Value}
		switch {
		case s.Below != nil && s.UpTo != nil:
			c.fault(ErrTable, "%s: step %d has both ends", where, i+1)
		case s.Below != nil:
			b.end, b.closed = *s.Below, false
		case s.UpTo != nil:
			b.end = *s.UpTo
		case i < len(steps)-1:
			c.fault(ErrTable, "%s: step %d takes everything, so the later ones nothing", where, i+1)
		}
		if i == len(steps)-1 && (s.Below != nil || s.UpTo != nil) {
			c.fault(ErrTable, "%s: the last step is not open", where)
		}
		if math.IsNaN(b.end) || b.end < last || b.end == last && (closed || !b.closed) || !finite(s.Value) {
			c.fault(ErrTable, "%s: step %d is not above the one before, or not a number", where, i+1)
		}
		last, closed = b.end, b.closed
		out = append(out, b)
	}
	return out
}
