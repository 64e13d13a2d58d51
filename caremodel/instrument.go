package caremodel

import (
	"errors"
	"fmt"
	"math/big"
	"slices"
)

// Scale is a group of an instrument's items, by number.
type Scale struct {
	Name       string
	Items      []int
	MaxMissing int       // answers that may be missing; -1: no limit
	Component  Component // that it is about; "" for none or several
}

// TotalRule says what the total is a mean of.
type TotalRule uint8

// Total rules.
const (
	MeanOfScales TotalRule = iota // ACIC
	MeanOfItems                   // PACIC, PCMH-A
)

// Instrument is a questionnaire's structure: no wording, which belongs to its owners;
// items are numbers from 1.
type Instrument struct {
	Name       string
	Min, Max   int
	Scales     []Scale
	Total      TotalRule
	MaxMissing int   // of all items; -1: no limit
	Cuts       []int // means below the first are the lowest band; nil: no bands
	Bands      []string
	Source     string
}

// ACIC is the Assessment of Chronic Illness Care, version 3.5: 34 items from 0 to 11 in
// seven scales; the programme score is the mean of the seven scale means. Complete only.
// Bands of means are cut at 3, 6 and 9 (our reading of the published item levels).
func ACIC() Instrument {
	i := Instrument{Name: "ACIC 3.5", Max: 11, Total: MeanOfScales, Cuts: []int{3, 6, 9}, Bands: []string{"D", "C", "B", "A"}, Source: "Bonomi et al., Health Serv Res 2002;37:791"}
	n := 1
	for _, s := range []struct {
		name      string
		size      int
		component Component
	}{{"organisation", 6, Organisation}, {"community", 3, Community}, {"self-management", 4, SelfManagement}, {"decision support", 4, DecisionSupport},
		{"delivery system", 6, DeliverySystem}, {"information systems", 5, InformationSystem}, {"integration", 6, ""}} {
		sc := Scale{Name: s.name, Component: s.component}
		for range s.size {
			sc.Items = append(sc.Items, n)
			n++
		}
		i.Scales = append(i.Scales, sc)
	}
	return i
}

// ACICShort is the short form: the caller names the items of each scale, in ACIC's order.
func ACICShort(items [7][]int) Instrument {
	i := ACIC()
	i.Name = "ACIC-S"
	for k := range i.Scales {
		i.Scales[k].Items = items[k]
	}
	return i
}

// PACIC is the Patient Assessment of Chronic Illness Care: 20 items from 1 to 5 in five
// scales; the total is the mean of all answered items, not of the scales. Missing
// answers by a published practice (BMC Health Serv Res 2018;18:412): none, none, and one
// in each longer scale, three in all.
func PACIC() Instrument {
	return Instrument{Name: "PACIC-20", Min: 1, Max: 5, Total: MeanOfItems, MaxMissing: 3, Source: "Glasgow et al., Med Care 2005;43:436", Scales: []Scale{
		{Name: "patient activation", Items: span(1, 3), MaxMissing: 0}, {Name: "delivery system and decision support", Items: span(4, 6), MaxMissing: 0}, {Name: "goal setting", Items: span(7, 11), MaxMissing: 1}, {Name: "problem solving", Items: span(12, 15), MaxMissing: 1}, {Name: "follow-up", Items: span(16, 20), MaxMissing: 1}}}
}

// PACICFiveAs is the scoring of the 26-item form by the five As. Which items belong to
// which A is the caller's: the map in circulation is not confirmed. One answer a scale
// may be missing.
func PACICFiveAs(assess, advise, agree, assist, arrange []int) Instrument {
	return Instrument{Name: "PACIC-26, 5As", Min: 1, Max: 5, Total: MeanOfItems, MaxMissing: -1, Source: "Glasgow et al., Diabetes Care 2005;28:2655", Scales: []Scale{
		{Name: "assess", Items: assess, MaxMissing: 1}, {Name: "advise", Items: advise, MaxMissing: 1}, {Name: "agree", Items: agree, MaxMissing: 1}, {Name: "assist", Items: assist, MaxMissing: 1}, {Name: "arrange", Items: arrange, MaxMissing: 1}}}
}

// PACICShort is the 11-item form: a mean of the items that the caller names.
func PACICShort(items []int) Instrument {
	return Instrument{Name: "PACIC-S", Min: 1, Max: 5, Total: MeanOfItems, MaxMissing: -1, Scales: []Scale{{Name: "PACIC-S", Items: items, MaxMissing: -1}}, Source: "Gugiu et al., J Eval Clin Pract 2010;16:509"}
}

// PCMHA is the Patient-Centered Medical Home Assessment: items from 1 to 12 in eight
// change concepts, whose items the caller names; the overall score is the mean of all
// items. Bands are cut at 4, 7 and 10. Complete only.
func PCMHA(concepts [8][]int) Instrument {
	i := Instrument{Name: "PCMH-A", Min: 1, Max: 12, Total: MeanOfItems, Cuts: []int{4, 7, 10}, Bands: []string{"D", "C", "B", "A"}, Source: "Safety Net Medical Home Initiative; Daniel et al., Health Serv Res 2013;48:1879"}
	for k, name := range []string{"engaged leadership", "quality improvement strategy", "empanelment", "team-based relationships", "evidence-based care", "patient-centred interactions", "enhanced access", "care co-ordination"} {
		i.Scales = append(i.Scales, Scale{Name: name, Items: concepts[k]})
	}
	return i
}

// PCRS is the Primary Care Resources and Supports survey: 16 items from 1 to 10 in two
// parts, means without bands of their own.
func PCRS(patientSupport, systemSupport []int) Instrument {
	return Instrument{Name: "PCRS", Min: 1, Max: 10, Total: MeanOfScales, Scales: []Scale{{Name: "patient support", Items: patientSupport, MaxMissing: 0}, {Name: "organisational support", Items: systemSupport, MaxMissing: 0}}, Source: "Brownson et al., Jt Comm J Qual Patient Saf 2007;33:408"}
}

func span(from, to int) (out []int) {
	for i := from; i <= to; i++ {
		out = append(out, i)
	}
	return out
}

// Check reports scales without items and items that are in two scales.
func (i Instrument) Check() error {
	var errs []error
	seen := map[int]bool{}
	for _, s := range i.Scales {
		if len(s.Items) == 0 {
			errs = append(errs, fmt.Errorf("%w: %s: the scale %s has no items", ErrDefinition, i.Name, s.Name))
		}
		for _, n := range s.Items {
			if n < 1 || seen[n] {
				errs = append(errs, fmt.Errorf("%w: %s: item %d of %s", ErrDefinition, i.Name, n, s.Name))
			}
			seen[n] = true
		}
	}
	if i.Max <= i.Min || len(i.Scales) == 0 || len(i.Cuts) > 0 && len(i.Bands) != len(i.Cuts)+1 {
		errs = append(errs, fmt.Errorf("%w: %s: from %d to %d, %d scales, %d cuts, %d bands", ErrDefinition, i.Name, i.Min, i.Max, len(i.Scales), len(i.Cuts), len(i.Bands)))
	}
	return errors.Join(errs...)
}

// ScaleScore is a scale's mean, exact; nil when it is not scored.
type ScaleScore struct {
	Name     string
	Mean     *big.Rat
	Band     string
	Answered int
	Missing  []int
}

// InstrumentScore is a questionnaire scored.
type InstrumentScore struct {
	Scales  []ScaleScore
	Total   *big.Rat // nil when it is not scored
	Band    string
	Missing []int
}

// Score scores answers by item number; an item that is absent is missing. Answers
// outside the range, or to items that the instrument does not have, are errors, all at
// once. A scale or total with too many missing answers is not scored, which is not 0.
func (i Instrument) Score(answers map[int]int) (InstrumentScore, error) {
	var out InstrumentScore
	if err := i.Check(); err != nil {
		return out, err
	}
	var errs []error
	used := 0
	for _, s := range i.Scales {
		for _, n := range s.Items {
			a, ok := answers[n]
			if !ok {
				continue
			}
			used++
			if a < i.Min || a > i.Max {
				errs = append(errs, fmt.Errorf("%w: %s item %d: %d, from %d to %d", ErrAnswer, i.Name, n, a, i.Min, i.Max))
			}
		}
	}
	if used != len(answers) {
		errs = append(errs, fmt.Errorf("%w: %s: %d answers to items that it does not have", ErrAnswer, i.Name, len(answers)-used))
	}
	if err := errors.Join(errs...); err != nil {
		return out, err
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
	Name   string
	Change *big.Rat // after - before; nil when either is not scored
}

// Change compares two scorings of one instrument: the scales in their order, then the
// total under the name "total". Whether a change of that size is more than noise is for
// whoever knows the instrument's reliability. Scorings of different scales are ErrAnswer.
func (before InstrumentScore) Change(after InstrumentScore) ([]ScaleChange, error) {
	if len(before.Scales) != len(after.Scales) {
		return nil, fmt.Errorf("%w: %d scales before, %d after", ErrAnswer, len(before.Scales), len(after.Scales))
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
	return append(out, ScaleChange{"total", diff(before.Total, after.Total)}), errors.Join(errs...)
}

// RadarPoint is a corner of a radar chart.
type RadarPoint struct {
	Name      string
	Share     *big.Rat  // of the way from the lowest to the highest possible mean; nil when not scored
	Component Component // that the scale is about; "" for none
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
