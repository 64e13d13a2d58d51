package selfmanagement

import (
	"fmt"
	"math/bits"
	"slices"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/completeness"
)

// series is one measured thing: a signal, or a component of it. Its values are whole
// multiples of 10^-10 of a base unit, so that differences and sums are exact.
type series struct {
	signal, component string
	base              string
	units             []scale // units that convert to the base exactly
}

// scale is a unit as a multiple of the base unit.
type scale struct {
	unit   string
	factor registry.Number
}

const places = 10

// analyte is the name under which the tables of units know the series.
func (s *series) analyte() string {
	if s.component != "" {
		return s.component
	}
	return s.signal
}

// common are units in which devices send readings.
var common = [...]string{"kg", "[lb_av]", "g", "mg/dL", "mmol/L", "mm[Hg]"}

// bind chooses the base among the units that rules use: one to which all others convert
// exactly (pounds are a finite number of kilograms, but not the other way round).
func (s *series) bind(units *completeness.Units, used []string) error {
	for _, base := range used {
		s.base, s.units = base, []scale{{base, registry.Num(1, 0)}}
		for _, u := range append(slices.Clone(used), common[:]...) {
			if f, ok := factor(units, s.analyte(), u, base); ok && s.scale(u) == nil {
				s.units = append(s.units, scale{u, f})
			}
		}
		if !slices.ContainsFunc(used, func(u string) bool { return s.scale(u) == nil }) {
			return nil
		}
	}
	return fmt.Errorf("units %q of %s do not convert exactly", used, s.analyte())
}

// factor reads an exact proportion off the tables: at so large a value that they have
// nothing to round, checked by their exact comparison and at zero.
func factor(units *completeness.Units, analyte, from, to string) (registry.Number, bool) {
	big := registry.Quantity{Value: registry.Num(1, places), Unit: from}
	y, err := units.Convert(analyte, big, to)
	zero, err0 := units.Convert(analyte, registry.Quantity{Unit: from}, to)
	if err != nil || err0 != nil || zero.Value.Coef != 0 || y.Value.Coef <= 0 {
		return registry.Number{}, false
	}
	if c, err := units.Compare(analyte, big, y); err != nil || c != 0 {
		return registry.Number{}, false
	}
	return registry.Num(y.Value.Coef, y.Value.Exp-places), true
}

func (s *series) scale(unit string) *scale {
	for i := range s.units {
		if s.units[i].unit == unit {
			return &s.units[i]
		}
	}
	return nil
}

// fixed gives a value of a unit as a multiple of 10^-10 of the base; false when the unit
// has no exact conversion, or the value more decimals or digits than that.
func (s *series) fixed(n registry.Number, unit string) (int64, bool) {
	k := s.scale(registry.CanonicalUnit(unit))
	if k == nil {
		return 0, false
	}
	neg := n.Coef < 0
	c := uint64(n.Coef)
	if neg {
		c = -c
	}
	hi, lo := bits.Mul64(c, uint64(k.factor.Coef))
	if hi != 0 || lo > 1<<61 {
		return 0, false
	}
	e := int(n.Exp) + int(k.factor.Exp) + places
	for ; e < 0; e++ {
		if lo%10 != 0 {
			return 0, false
		}
		lo /= 10
	}
	for ; e > 0 && lo != 0; e-- {
		if lo > (1<<61)/10 {
			return 0, false
		}
		lo *= 10
	}
	if neg {
		return -int64(lo), true
	}
	return int64(lo), true
}
