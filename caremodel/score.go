package caremodel

import (
	"errors"
	"fmt"
	"maps"
	"math/big"
	"slices"
)

// ScaleScore is a scale's mean, exact; nil when it is not scored.
type ScaleScore struct {
	Name     string   `json:"name"`
	Mean     *big.Rat `json:"mean"`
	Band     string   `json:"band"`
	Answered int      `json:"answered"`
	Missing  []int    `json:"missing,omitempty"`
}

// InstrumentScore is a questionnaire scored.
type InstrumentScore struct {
	Instrument string       `json:"instrument"`
	Scales     []ScaleScore `json:"scales"`
	Total      *big.Rat     `json:"total"` // nil when it is not scored
	Band       string       `json:"band"`
	Missing    []int        `json:"missing,omitempty"`  // items without an answer, in the order of the scales
	Unscored   []int        `json:"unscored,omitempty"` // items answered that no scale has, in their order
}

// Score scores answers by item number; an item that is absent is missing. Answers
// outside the range, or to items that the instrument does not have, are [ErrAnswer], in the
// order of items, all at once. A scale or total with too many missing answers is not scored,
// which is not 0.
func (i Instrument) Score(answers map[int]int) (InstrumentScore, error) {
	var out InstrumentScore
	if err := i.Check(); err != nil {
		return out, err
	}
	out.Instrument = i.Name
	var errs []error
	for _, n := range slices.Sorted(maps.Keys(answers)) {
		a := answers[n]
		of := slices.ContainsFunc(i.Scales, func(s Scale) bool { return slices.Contains(s.Items, n) })
		switch {
		case !of && (n < 1 || n > i.Items):
			errs = append(errs, fmt.Errorf("%w: %s has no item %d", ErrAnswer, i.Name, n))
		case a < i.Min || a > i.Max:
			errs = append(errs, fmt.Errorf("%w: %s item %d: %d, from %d to %d", ErrAnswer, i.Name, n, a, i.Min, i.Max))
		case !of:
			out.Unscored = append(out.Unscored, n)
		}
	}
	if err := errors.Join(errs...); err != nil {
		return InstrumentScore{}, err
	}
	var sum, count int64
	means := new(big.Rat)
	complete := true
	for _, s := range i.Scales {
		x := ScaleScore{Name: s.Name}
		var part int64
		for _, n := range s.Items {
			if a, ok := answers[n]; ok {
				part += int64(a)
				x.Answered++
			} else {
				x.Missing = append(x.Missing, n)
			}
		}
		out.Missing = append(out.Missing, x.Missing...)
		if x.Answered > 0 && (s.MaxMissing < 0 || len(x.Missing) <= s.MaxMissing) {
			x.Mean = big.NewRat(part, int64(x.Answered))
			x.Band = i.band(x.Mean)
			means.Add(means, x.Mean)
		} else {
			complete = false
		}
		sum += part
		count += int64(x.Answered)
		out.Scales = append(out.Scales, x)
	}
	switch {
	case i.Total == MeanOfScales && complete:
		out.Total = means.Quo(means, big.NewRat(int64(len(i.Scales)), 1))
	case i.Total == MeanOfItems && count > 0 && (i.MaxMissing < 0 || len(out.Missing) <= i.MaxMissing):
		out.Total = big.NewRat(sum, count)
	}
	if out.Total != nil {
		out.Band = i.band(out.Total)
	}
	return out, nil
}

func (i Instrument) band(mean *big.Rat) string {
	if i.Bands == nil {
		return ""
	}
	n := 0
	for n < len(i.Cuts) && mean.Cmp(big.NewRat(int64(i.Cuts[n]), 1)) >= 0 {
		n++
	}
	return i.Bands[n]
}

// ScaleChange is how far a scale moved between two scorings.
type ScaleChange struct {
	Name   string   `json:"name"`
	Change *big.Rat `json:"change"` // after - before; nil when either is not scored
}

// Change compares two scorings of one instrument: the scales in their order, then the
// total under the name "total". Whether a change of that size is more than noise is for
// whoever knows the instrument's reliability. Scorings of different instruments or scales
// are [ErrAnswer].
func (before InstrumentScore) Change(after InstrumentScore) ([]ScaleChange, error) {
	if before.Instrument != after.Instrument || len(before.Scales) != len(after.Scales) {
		return nil, fmt.Errorf("%w: %q with %d scales before, %q with %d after", ErrAnswer, before.Instrument, len(before.Scales), after.Instrument, len(after.Scales))
	}
	diff := func(a, b *big.Rat) *big.Rat {
		if a == nil || b == nil {
			return nil
		}
		return new(big.Rat).Sub(b, a)
	}
	var out []ScaleChange
	var errs []error
	for i, s := range before.Scales {
		if after.Scales[i].Name != s.Name {
			errs = append(errs, fmt.Errorf("%w: scale %s before, %s after", ErrAnswer, s.Name, after.Scales[i].Name))
		}
		out = append(out, ScaleChange{s.Name, diff(s.Mean, after.Scales[i].Mean)})
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return append(out, ScaleChange{"total", diff(before.Total, after.Total)}), nil
}

// RadarPoint is a corner of a radar chart.
type RadarPoint struct {
	Name      string    `json:"name"`
	Share     *big.Rat  `json:"share"`     // of the way from the lowest to the highest possible mean; nil when not scored
	Component Component `json:"component"` // that the scale is about; "" for none
}

// Radar gives a scoring's scales in their fixed order, each as its share of the
// instrument's range. ACIC's scales belong to one component each, integration to none;
// PACIC's don't map one to one.
func (i Instrument) Radar(s InstrumentScore) []RadarPoint {
	out := make([]RadarPoint, 0, len(s.Scales))
	for _, x := range s.Scales {
		p := RadarPoint{Name: x.Name}
		if x.Mean != nil && i.Max > i.Min {
			low := big.NewRat(int64(i.Min), 1)
			p.Share = new(big.Rat).Quo(new(big.Rat).Sub(x.Mean, low), big.NewRat(int64(i.Max-i.Min), 1))
		}
		if k := slices.IndexFunc(i.Scales, func(sc Scale) bool { return sc.Name == x.Name }); k >= 0 {
			p.Component = i.Scales[k].Component
		}
		out = append(out, p)
	}
	return out
}
