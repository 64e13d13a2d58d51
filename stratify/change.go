package stratify

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// Setting names what a [Change] sets.
type Setting string

// The settings.
const (
	SetCoef     Setting = "coef"     // of Term, to To
	SetConstant Setting = "constant" // to To
	SetMean     Setting = "mean"
	SetSurvival Setting = "survival"
	SetScale1   Setting = "scale1"
	SetScale2   Setting = "scale2"
	SetMin      Setting = "min" // of Input
	SetMax      Setting = "max"
	SetOutside  Setting = "outside" // of Input, to Outside
	SetBand     Setting = "band"    // lower end of Band
	DropTerm    Setting = "drop"    // Term
	AddTerm     Setting = "add"     // Add
)

// Change is one departure from a published model. When limits it to the equation of
// those words; without, it is made in every equation that has the term.
type Change struct {
	Set     Setting
	When    []string
	Term    string
	Input   string
	Band    string
	To      float64
	Outside Policy
	Add     Coefficient
}

// With makes another model of this one: its name ends in "+local", and the changes
// travel with every score. All faults of the changes come together, as from [Compile];
// a change that meets nothing is a fault. The model itself stays as it is.
func (m *Model) With(changes ...Change) (*Model, error) {
	def := copyDefinition(m.def)
	log := slices.Clone(m.changes)
	var faults []error
	for _, c := range changes {
		done := c.apply(&def)
		if len(done) == 0 {
			faults = append(faults, fmt.Errorf("%w: change %s %s%s%s meets nothing in %s", ErrTable, c.Set, c.Term, c.Input, c.Band, m.def.Name))
		}
		log = append(log, done...)
	}
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	if len(log) > 0 && !strings.HasSuffix(def.Name, "+local") {
		def.Name += "+local"
	}
	out, err := Compile(def)
	if err != nil {
		return nil, err
	}
	out.changes = log
	return out, nil
}

func plain(x float64) string { return strconv.FormatFloat(x, 'g', -1, 64) }

func (c *Change) apply(d *Definition) (done []string) {
	switch c.Set {
	case SetMin, SetMax, SetOutside:
		for i := range d.Inputs {
			if in := &d.Inputs[i]; in.Name == c.Input {
				done = append(done, c.input(in))
			}
		}
		return done
	case SetBand:
		for i := range d.Bands {
			if b := &d.Bands[i]; b.Name == c.Band {
				done = append(done, fmt.Sprintf("band %s: from %s -> %s", b.Name, plain(b.From), plain(c.To)))
				b.From = c.To
				return done
			}
		}
		return nil
	}
	for i := range d.Equations {
		e := &d.Equations[i]
		if len(c.When) > 0 && !slices.Equal(c.When, e.When) {
			continue
		}
		where := ""
		if len(e.When) > 0 {
			where = " (" + strings.Join(e.When, ", ") + ")"
		}
		if s := c.equation(e); s != "" {
			done = append(done, s+where)
		}
	}
	return done
}

func (c *Change) input(in *Input) string {
	was := func(x *float64) string {
		if x == nil {
			return "none"
		}
		return plain(*x)
	}
	to := c.To
	switch c.Set {
	case SetMin:
		s := fmt.Sprintf("%s: min %s -> %s", in.Name, was(in.Low), plain(to))
		in.Low = &to
		return s
	case SetMax:
		s := fmt.Sprintf("%s: max %s -> %s", in.Name, was(in.High), plain(to))
		in.High = &to
		return s
	}
	s := fmt.Sprintf("%s: outside %s -> %s", in.Name, in.Outside.words(), c.Outside.words())
	in.Outside = c.Outside
	return s
}

func (p Policy) words() string {
	if p == Refuse {
		return "refuse"
	}
	return string(p)
}

func (c *Change) equation(e *Equation) string {
	parameter := func(p *float64) string {
		s := fmt.Sprintf("%s: %s -> %s", c.Set, plain(*p), plain(c.To))
		*p = c.To
		return s
	}
	switch c.Set {
	case SetConstant:
		return parameter(&e.Constant)
	case SetMean:
		return parameter(&e.Mean)
	case SetSurvival:
		return parameter(&e.Survival)
	case SetScale1:
		return parameter(&e.Scale1)
	case SetScale2:
		return parameter(&e.Scale2)
	case AddTerm:
		t := c.Add
		t.Product = slices.Clone(t.Product)
		e.Terms = append(e.Terms, t)
		return fmt.Sprintf("%s: added %s", t.name(), plain(t.Coef))
	}
	for k := range e.Terms {
		t := &e.Terms[k]
		if t.name() != c.Term {
			continue
		}
		switch c.Set {
		case SetCoef:
			s := fmt.Sprintf("%s: %s -> %s", c.Term, plain(t.Coef), plain(c.To))
			t.Coef = c.To
			return s
		case DropTerm:
			s := fmt.Sprintf("%s: dropped %s", c.Term, plain(t.Coef))
			e.Terms = slices.Delete(e.Terms, k, k+1)
			return s
		}
	}
	return ""
}

func (t Coefficient) name() string {
	if t.Name != "" {
		return t.Name
	}
	return strings.Join(t.Product, "*")
}
