package stratify

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/registry"
)

// Compile checks a definition and makes it ready to score. It reports every fault
// together, each wrapping [ErrTable], [ErrRange] or [ErrUnit] and naming the field.
func Compile(def Definition) (*Model, error) {
	c := &compiler{def: copyDefinition(def), m: &Model{index: map[string]int{}}, used: map[string]bool{}}
	c.head()
	c.inputs()
	c.derived()
	c.factors()
	c.choices()
	for i := range c.def.Equations {
		c.equation(i)
	}
	c.complete()
	c.bands()
	c.unused()
	if err := errors.Join(c.faults...); err != nil {
		return nil, fmt.Errorf("model %q: %w", def.Name, err)
	}
	c.m.def = c.def
	return c.m, nil
}

type compiler struct {
	def    Definition
	m      *Model
	used   map[string]bool
	faults []error
}

func (c *compiler) fault(kind error, format string, a ...any) {
	c.faults = append(c.faults, fmt.Errorf("%w: "+format, append([]any{kind}, a...)...))
}

func finite(xs ...float64) bool {
	for _, x := range xs {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return false
		}
	}
	return true
}

func (c *compiler) head() {
	d := &c.def
	if strings.TrimSpace(d.Name) == "" {
		c.fault(ErrTable, "name is empty")
	}
	if strings.TrimSpace(d.Source) == "" {
		c.fault(ErrTable, "source is empty")
	}
	if !slices.Contains([]Form{Points, Logistic, Cox, CoxRecalibrated, Share, Exponential}, d.Form) {
		c.fault(ErrTable, "form %q is unknown", d.Form)
	}
	if d.Scale == 0 {
		d.Scale = 1
	}
	if !slices.Contains([]int{1, 10, 100, 1000}, d.Scale) || d.Scale != 1 && d.Form != Points {
		c.fault(ErrTable, "scale %d: points have 1, 10, 100 or 1000, other forms none", d.Scale)
	}
	c.m.scale = float64(d.Scale)
	if (d.Form == Share) != (d.Of != 0) || d.Of < 0 {
		c.fault(ErrTable, "of %d: a share has a whole above 0, other forms none", d.Of)
	}
	if (d.Form == Exponential) != (d.Result != "") {
		c.fault(ErrTable, "result %q: an exponential form has the unit of its value, others none", d.Result)
	}
	if len(d.Equations) == 0 {
		c.fault(ErrTable, "no equations")
	}
}

// name enters a name into the model's one namespace.
func (c *compiler) name(name, where string) {
	if strings.TrimSpace(name) == "" {
		c.fault(ErrTable, "%s has no name", where)
	}
	if _, twice := c.m.index[name]; twice {
		c.fault(ErrTable, "%s %q: the name is taken", where, name)
		return
	}
	c.m.index[name] = len(c.m.inputs) + len(c.m.derived) + len(c.m.factors)
}

func (c *compiler) inputs() {
	for _, in := range c.def.Inputs {
		c.name(in.Name, "input")
		b := boundInput{kind: in.Kind, low: math.Inf(-1), high: math.Inf(1), outside: in.Outside, optional: in.Optional, whole: -1, age: in.Name == "age", oldest: math.Inf(1)}
		if unit := registry.CanonicalUnit(in.Unit); b.age && (unit == "a" || unit == "") {
			b.oldest = 130
		}
		if in.Low != nil {
			b.low = *in.Low
		}
		if in.High != nil {
			b.high = *in.High
		}
		if math.IsNaN(b.low) || math.IsNaN(b.high) || b.low > b.high {
			c.fault(ErrRange, "input %q: from %v to %v", in.Name, b.low, b.high)
		}
		switch in.Kind {
		case Number, Count, Years:
			if in.Kind != Number {
				b.low = math.Max(b.low, 0)
			}
		case Flag, Category:
			if in.Unit != "" || len(in.Units) > 0 || in.NotAbove != "" || in.Kind == Category && (in.Low != nil || in.High != nil) {
				c.fault(ErrRange, "input %q: a %s has neither range nor unit", in.Name, in.Kind)
			}
			if in.Kind == Flag {
				b.low, b.high = math.Max(b.low, 0), math.Min(b.high, 1)
			}
		default:
			c.fault(ErrTable, "input %q: kind %q is unknown", in.Name, in.Kind)
		}
		if (in.Kind == Category) != (len(in.Choices) > 0) {
			c.fault(ErrTable, "input %q: a category has choices, other kinds none", in.Name)
		}
		for i, w := range in.Choices {
			if w == "" || slices.Contains(in.Choices[:i], w) {
				c.fault(ErrTable, "input %q: choice %q is empty or there twice", in.Name, w)
			}
		}
		if !slices.Contains([]Policy{Refuse, Clamp, Extrapolate}, in.Outside) {
			c.fault(ErrTable, "input %q: outside %q is unknown", in.Name, in.Outside)
		}
		names := []string{registry.CanonicalUnit(in.Unit)}
		for _, u := range in.Units {
			if u.Name == "" || slices.Contains(names, registry.CanonicalUnit(u.Name)) || in.Unit == "" {
				c.fault(ErrUnit, "input %q: unit %q is empty or there twice, or there is no unit of the model", in.Name, u.Name)
			}
			if !finite(u.Times, u.Per, u.Add) || u.Times < 0 || u.Per < 0 {
				c.fault(ErrUnit, "input %q: unit %q does not convert", in.Name, u.Name)
			}
			names = append(names, registry.CanonicalUnit(u.Name))
		}
		c.m.inputs = append(c.m.inputs, b)
	}
	for i, in := range c.def.Inputs {
		if in.NotAbove == "" {
			continue
		}
		k := slices.IndexFunc(c.def.Inputs, func(x Input) bool { return x.Name == in.NotAbove })
		if k < 0 || k == i || !c.numeric(k) || c.def.Inputs[k].Unit != in.Unit {
			c.fault(ErrRange, "input %q: not above %q, which is no other input of the same unit", in.Name, in.NotAbove)
			continue
		}
		c.m.inputs[i].whole = k
	}
}

// place finds a quantity that transforms and operations may use.
func (c *compiler) place(name, where string) (int, bool) {
	i, ok := c.m.index[name]
	if !ok {
		c.fault(ErrTable, "%s: %q is not defined before it", where, name)
		return 0, false
	}
	c.used[name] = true
	return i, true
}

func (c *compiler) numeric(i int) bool {
	return i >= len(c.m.inputs) || c.m.inputs[i].kind != Category
}

func (c *compiler) choices() {
	for i, name := range c.def.Select {
		k, ok := c.place(name, "select")
		if ok && (k >= len(c.m.inputs) || c.m.inputs[k].kind != Category || c.m.inputs[k].optional) {
			c.fault(ErrTable, "select: %q is not a required category", name)
		}
		if slices.Contains(c.def.Select[:i], name) {
			c.fault(ErrTable, "select: %q is there twice", name)
		}
		c.m.choose = append(c.m.choose, k)
	}
}

func (c *compiler) bands() {
	for i, b := range c.def.Bands {
		if b.Name == "" || !finite(b.From) || i > 0 && b.From <= c.def.Bands[i-1].From {
			c.fault(ErrTable, "band %d %q: no name, or not above the one before", i+1, b.Name)
		}
		if b.Percent != nil && !(*b.Percent >= 0 && *b.Percent <= 100) {
			c.fault(ErrTable, "band %q: %v per cent", b.Name, *b.Percent)
		}
	}
}

// unused finds what is defined and never asked for.
func (c *compiler) unused() {
	for _, in := range c.def.Inputs {
		if !c.used[in.Name] {
			c.fault(ErrTable, "input %q is never used", in.Name)
		}
	}
	for _, d := range c.def.Derived {
		if !c.used[d.Name] {
			c.fault(ErrTable, "derived %q is never used", d.Name)
		}
	}
	for _, f := range c.def.Factors {
		if !c.used[f.Name] {
			c.fault(ErrTable, "factor %q is never used", f.Name)
		}
	}
}
