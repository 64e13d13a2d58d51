package register

import (
	_ "embed"
	"errors"
	"fmt"
	"slices"

	"github.com/chroniccare/chroniccare/internal/name"
	"github.com/chroniccare/chroniccare/internal/table"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/completeness"
)

//go:embed data/care-bands.csv
var bandsCSV string

// Band says how high a measurement of a programme lies.
type Band uint8

// Bands, from low to high. A value on a limit belongs to the band above it.
const (
	BandUnknown Band = iota // no usable value, or a comparator that leaves it open
	InControl
	AboveGoal
	VeryHigh // critical, of a blood pressure
)

var bandNames = [...]string{"unknown", "in control", "above goal", "very high"}

// String gives the band in words.
func (b Band) String() string { return bandNames[min(int(b), len(bandNames)-1)] }

// MarshalText gives the band in words.
func (b Band) MarshalText() ([]byte, error) { return []byte(b.String()), nil }

// UnmarshalText reads what MarshalText gives; another text is an error that lists the words.
func (b *Band) UnmarshalText(text []byte) error { return name.Parse(b, len(bandNames), text) }

// SugarTest is a way to measure blood sugar.
type SugarTest uint8

// Tests. Random stands for after a meal too.
const (
	RandomGlucose SugarTest = iota
	FastingGlucose
	HbA1c
)

// places of the table's rows: pressures, then the tests in their order
var bandRows = [...]string{"systolic", "diastolic", "random glucose", "fasting glucose", "hba1c"}

type bandRow struct {
	analyte         string
	goal, excessive registry.Quantity
}

// Bands are the limits by which programmes judge blood pressure and blood sugar. They
// are immutable and may be shared.
type Bands struct {
	units *completeness.Units
	rows  [len(bandRows)]bandRow
}

// NewBands reads the limits that ship (data/care-bands.csv): blood pressure below 140/90
// is in control, 180 or 110 on very high; sugar by test.
func NewBands() (*Bands, error) { return parseBands(bandsCSV) }

func parseBands(text string) (*Bands, error) {
	t, err := table.Parse("care-bands", text)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrRegister, err)
	}
	b := &Bands{}
	var errs []error
	for _, r := range t.Rows {
		k := slices.Index(bandRows[:], r[0])
		if k < 0 || b.rows[k].analyte != "" {
			errs = append(errs, fmt.Errorf("%w: care band %q is not known, or there twice", ErrRegister, r[0]))
			continue
		}
		goal, err1 := registry.ParseNumber(r[3])
		high, err2 := registry.ParseNumber(r[4])
		if err := errors.Join(err1, err2); err != nil || r[1] == "" || r[2] == "" || goal.Cmp(high) >= 0 {
			errs = append(errs, fmt.Errorf("%w: care band %s: goal below %q, very high from %q %s: %w", ErrRegister, r[0], r[3], r[4], r[2], errors.Join(err, errors.New("not rising"))))
			continue
		}
		unit := registry.CanonicalUnit(r[2])
		b.rows[k] = bandRow{r[1], registry.Quantity{Value: goal, Unit: unit}, registry.Quantity{Value: high, Unit: unit}}
	}
	for k, r := range b.rows {
		if r.analyte == "" && len(errs) == 0 {
			errs = append(errs, fmt.Errorf("%w: no care band for %s", ErrRegister, bandRows[k]))
		}
	}
	if b.units, err = completeness.LoadUnits(); err != nil {
		errs = append(errs, err)
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return b, nil
}

// band judges a value: unknown when its unit can't be converted or no person has it.
func (b *Bands) band(row int, q registry.Quantity) Band {
	r := &b.rows[row]
	if b.units.Judge(r.analyte, q, -1) != completeness.NoIssue {
		return BandUnknown
	}
	is := func(op registry.Op, limit registry.Quantity) bool {
		ok, err := b.units.Satisfies(r.analyte, q, op, limit)
		return ok && err == nil
	}
	switch {
	case is(registry.AtOrAbove, r.excessive):
		return VeryHigh
	case is(registry.AtOrAbove, r.goal):
		return AboveGoal
	case is(registry.Below, r.goal):
		return InControl
	}
	return BandUnknown
}

// Pressure judges a blood pressure by the higher band of its parts. One of which only a
// part is known is unknown: both come from one reading.
func (b *Bands) Pressure(systolic, diastolic registry.Quantity) Band {
	s, d := b.band(0, systolic), b.band(1, diastolic)
	if s == BandUnknown || d == BandUnknown {
		return BandUnknown
	}
	return max(s, d)
}

// PressureOf is [Bands.Pressure] of the components of a panel (LOINC 8480-6 and 8462-4).
func (b *Bands) PressureOf(f *registry.Fact) Band {
	var parts [2]registry.Quantity
	for i := range f.Components {
		c := &f.Components[i]
		for k, code := range [...]string{systolic, diastolic} {
			if c.Value.Kind == registry.QuantityValue && slices.Contains(c.Codes, registry.Code{System: registry.LOINC, Value: code}) {
				parts[k] = c.Value.Quantity
			}
		}
	}
	return b.Pressure(parts[0], parts[1])
}

// Sugar judges a blood sugar by the way in which it was measured.
func (b *Bands) Sugar(test SugarTest, q registry.Quantity) Band {
	if test > HbA1c {
		return BandUnknown
	}
	return b.band(2+int(test), q)
}
