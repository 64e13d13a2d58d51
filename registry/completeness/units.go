package completeness

import (
	_ "embed"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/chroniccare/chroniccare/internal/exact"
	"github.com/chroniccare/chroniccare/internal/table"
	"github.com/chroniccare/chroniccare/registry"
)

//go:embed data/unit-conversions.csv
var conversionsCSV string

//go:embed data/plausibility-ranges.csv
var rangesCSV string

// ErrUnit is wrapped when a value cannot be brought to a unit.
var ErrUnit = errors.New("completeness: unit")

// ErrDefinition is wrapped by every error about tables, rules and specifications.
var ErrDefinition = errors.New("completeness: definition")

// conversion is y = (x*times + plus) / over.
type conversion struct {
	analyte, from, to string
	times, plus, over decimal.Decimal
	places            int32
}

// reverse is x = (y*over - plus) / times, to four places: the table names no other.
func (c conversion) reverse() conversion {
	return conversion{c.analyte, c.to, c.from, c.over, c.plus.Neg(), c.times, 4}
}

type limits struct {
	analyte, unit string
	adult         bool
	low, high     registry.Number
}

// Units converts measured values and knows which are plausible. It is immutable and
// may be shared.
type Units struct {
	conversions []conversion
	ranges      []limits
}

// LoadUnits reads the tables that ship: see data/unit-conversions.csv and
// data/plausibility-ranges.csv.
func LoadUnits() (*Units, error) { return parseUnits(conversionsCSV, rangesCSV) }

func parseUnits(conversions, ranges string) (*Units, error) {
	u := &Units{}
	var errs []error
	bad := func(err error, t string, row int) {
		errs = append(errs, fmt.Errorf("%w: %s row %d: %w", ErrDefinition, t, row+1, err))
	}
	t, err := table.Parse("unit-conversions", conversions)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDefinition, err)
	}
	var reversed []conversion
	for i, r := range t.Rows {
		c := conversion{analyte: r[0], from: registry.CanonicalUnit(r[1]), to: registry.CanonicalUnit(r[2])}
		for k, to := range []*decimal.Decimal{&c.times, &c.plus, &c.over} {
			if *to, err = decimal.NewFromString(r[3+k]); err != nil {
				bad(err, t.Header[3+k], i)
			}
		}
		places, err := strconv.Atoi(r[6])
		if err != nil || places < 0 || c.times.Sign() <= 0 || c.over.Sign() <= 0 || c.from == c.to {
			bad(fmt.Errorf("%s from %q to %q to %s places", r[0], r[1], r[2], r[6]), "unit-conversions", i)
			continue
		}
		c.places = int32(places)
		u.conversions = append(u.conversions, c)
		reversed = append(reversed, c.reverse())
	}
	u.conversions = append(u.conversions, reversed...) // found after the table's own
	if t, err = table.Parse("plausibility-ranges", ranges); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDefinition, err)
	}
	for i, r := range t.Rows {
		x := limits{analyte: r[0], unit: registry.CanonicalUnit(r[1]), adult: r[2] == "yes"}
		var err1, err2 error
		x.low, err1 = registry.ParseNumber(r[3])
		x.high, err2 = registry.ParseNumber(r[4])
		if err := errors.Join(err1, err2); err != nil || x.low.Cmp(x.high) >= 0 || x.unit == "" {
			bad(errors.Join(err, fmt.Errorf("%s from %s to %s %s", r[0], r[3], r[4], r[1])), "plausibility-ranges", i)
			continue
		}
		u.ranges = append(u.ranges, x)
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return u, nil
}

// unity takes the spellings of "no dimension" for one unit; no unit at all stays so.
func unity(unit string) string {
	if unit = registry.CanonicalUnit(unit); unit == "{ratio}" {
		return "1"
	}
	return unit
}

// find gives the conversion of an analyte; same is true when there is nothing to do.
func (u *Units) find(analyte, from, to string) (c *conversion, same bool) {
	from, to = unity(from), unity(to)
	if from == to {
		return nil, from != ""
	}
	for i := range u.conversions {
		c := &u.conversions[i]
		if c.analyte == analyte && unity(c.from) == from && unity(c.to) == to {
			return c, false
		}
	}
	return nil, false
}

func noConversion(analyte string, q registry.Quantity, unit string) error {
	if q.Unit == "" {
		return fmt.Errorf("%w: %s %s has no unit", ErrUnit, analyte, q)
	}
	return fmt.Errorf("%w: no conversion of %s from %q to %q", ErrUnit, analyte, q.Unit, unit)
}

// Convert brings a value to a unit, rounded half up to the places in which people
// write it there. The comparator stays. The error wraps [ErrUnit].
func (u *Units) Convert(analyte string, q registry.Quantity, unit string) (registry.Quantity, error) {
	c, same := u.find(analyte, q.Unit, unit)
	if same {
		q.Unit = registry.CanonicalUnit(unit)
		return q, nil
	}
	if c == nil {
		return registry.Quantity{}, noConversion(analyte, q, unit)
	}
	y := exact.Quo(q.Value.Decimal().Mul(c.times).Add(c.plus), c.over, c.places, exact.HalfUp)
	n, err := registry.ParseNumber(y.String())
	if err != nil {
		return registry.Quantity{}, fmt.Errorf("%w: %s %s in %s: %w", ErrUnit, analyte, q, unit, err)
	}
	return registry.Quantity{Value: n, Comparator: q.Comparator, Unit: registry.CanonicalUnit(unit)}, nil
}

// Compare orders the numbers of two values of an analyte exactly, -1, 0 or 1, without
// rounding; comparators are not looked at. The error wraps [ErrUnit].
func (u *Units) Compare(analyte string, q, limit registry.Quantity) (int, error) {
	c, same := u.find(analyte, q.Unit, limit.Unit)
	if same {
		return q.Value.Cmp(limit.Value), nil
	}
	if c == nil {
		return 0, noConversion(analyte, q, limit.Unit)
	}
	return q.Value.Decimal().Mul(c.times).Add(c.plus).Cmp(limit.Value.Decimal().Mul(c.over)), nil
}

// Satisfies tests a value against a limit that may be in another unit. "<5" is below 7
// and not at least 5; what a comparator leaves open is not satisfied. The error wraps
// [ErrUnit].
func (u *Units) Satisfies(analyte string, q registry.Quantity, op registry.Op, limit registry.Quantity) (bool, error) {
	c, err := u.Compare(analyte, q, limit)
	if err != nil {
		return false, err
	}
	k := q.Comparator
	switch op {
	case registry.Below:
		return c < 0 && k <= registry.AtMost || c == 0 && k == registry.LessThan, nil
	case registry.AtOrBelow:
		return c <= 0 && k <= registry.AtMost, nil
	case registry.Above:
		up := k == registry.Exactly || k >= registry.AtLeast
		return c > 0 && up || c == 0 && k == registry.MoreThan, nil
	case registry.AtOrAbove:
		return c >= 0 && (k == registry.Exactly || k >= registry.AtLeast), nil
	}
	return false, fmt.Errorf("%w: comparison %d", ErrUnit, op)
}

// Judge says whether a value of an analyte can be used: no code when it can, else
// [UnitMissing], [UnitMismatch] or [Implausible]. Ranges of adults are not applied to
// children or at unknown ages (below 0); an analyte without a range is only asked for
// its unit when the conversions know it. A value with a comparator is plausible when
// some plausible value fits it.
func (u *Units) Judge(analyte string, q registry.Quantity, age int) Code {
	if q.Unit == "" && u.knows(analyte) {
		return UnitMissing
	}
	var r *limits
	for i := range u.ranges {
		x := &u.ranges[i]
		if x.analyte != analyte {
			continue
		}
		c, same := u.find(analyte, q.Unit, x.unit)
		if same {
			r = x
			break
		}
		if c != nil && r == nil {
			r = x
		}
	}
	switch {
	case r == nil && u.knows(analyte) && !u.convertible(analyte, q.Unit):
		return UnitMismatch
	case r == nil || r.adult && age < 18:
		return NoIssue
	}
	low, err1 := u.Compare(analyte, q, registry.Quantity{Value: r.low, Unit: r.unit})
	high, err2 := u.Compare(analyte, q, registry.Quantity{Value: r.high, Unit: r.unit})
	if err1 != nil || err2 != nil {
		return UnitMismatch
	}
	ok := false
	switch q.Comparator {
	case registry.Exactly:
		ok = low >= 0 && high <= 0
	case registry.LessThan:
		ok = low > 0
	case registry.AtMost:
		ok = low >= 0
	case registry.AtLeast:
		ok = high <= 0
	case registry.MoreThan:
		ok = high < 0
	}
	if !ok {
		return Implausible
	}
	return NoIssue
}

// knows reports whether a table names the analyte.
func (u *Units) knows(analyte string) bool {
	for i := range u.ranges {
		if u.ranges[i].analyte == analyte {
			return true
		}
	}
	for i := range u.conversions {
		if u.conversions[i].analyte == analyte {
			return true
		}
	}
	return false
}

// convertible reports whether a conversion starts from the unit.
func (u *Units) convertible(analyte, unit string) bool {
	for i := range u.conversions {
		if c := &u.conversions[i]; c.analyte == analyte && unity(c.from) == unity(unit) {
			return true
		}
	}
	return false
}

//go:embed data/analytes.csv
var analytesCSV string

// Analyte says which codes are a measurement that the tables know by name. The code may
// stand on an observation or on a component of one.
type Analyte struct {
	Name  string
	Codes []registry.Code
	// Aliases say what a source means by a unit of these codes, as pairs of unit and meaning: a
	// GFR code whose "mL/min" is per 1.73 m2. Nothing of the kind is guessed.
	Aliases [][2]string
}

// StarterAnalytes gives LOINC codes of the common measurements of chronic care: a
// starter set, to be replaced or lengthened by the caller's own.
func StarterAnalytes() ([]Analyte, error) {
	t, err := table.Parse("analytes", analytesCSV)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrDefinition, err)
	}
	var out []Analyte
	for _, r := range t.Rows {
		a := Analyte{Name: r[0]}
		for _, c := range strings.Fields(r[1]) {
			a.Codes = append(a.Codes, registry.NewCode(string(registry.LOINC), c))
		}
		out = append(out, a)
	}
	return out, nil
}
