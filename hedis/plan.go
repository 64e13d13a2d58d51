package hedis

import (
	"errors"
	"fmt"
	"math"
	"math/big"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/shopspring/decimal"
)

// Marker is one measure on which plans are scored.
type Marker struct {
	ID     string
	Better Improvement
}

// MarkerValue is a plan's result on a marker. Only a reported rate with a
// denominator is a value.
type MarkerValue struct {
	Rate  registry.Rate
	State RateState
}

func (v MarkerValue) value() (*big.Rat, bool) {
	if v.State != RateReported || v.Rate.Den <= 0 {
		return nil, false
	}
	return big.NewRat(v.Rate.Num, v.Rate.Den), true
}

// Plan is a health plan: who it is, how large, and its marker values in the
// order of the markers. Nil figures were not reported.
type Plan struct {
	Name            string
	Population      *int64
	MedicaidPercent *decimal.Decimal
	Model           string // "group", "mixed", "network", ...: the caller's attribute
	Markers         []MarkerValue
}

// ScoreMethod says how one marker becomes points. The source study sums single
// scores without saying how each is made, so the method is an argument.
type ScoreMethod uint8

// Methods, for a plan among the n plans with a value, direction applied first:
// n + 1 - rank, ties sharing the middle rank; percentile 100 (worse + half of
// equals)/n; quantile group 1 to K, K best; the caller's cut points to the
// caller's points; distance from the mean in standard deviations (population),
// rounded to ten places; or the caller's function.
const (
	RankPoints ScoreMethod = iota
	PercentilePoints
	QuantilePoints
	ThresholdPoints
	ZScore
	CustomPoints
)

// MissingMarker says what a plan gets for a marker without a value.
type MissingMarker uint8

// Policies: nothing, as a plain sum of reported markers does; the mean of its
// reported markers; refuse to score anyone.
const (
	MissingScoresZero MissingMarker = iota
	MissingScoresMean
	MissingRefused
)

// FilterWhen says whether scores are relative to all plans or to those kept.
type FilterWhen uint8

// The study ranked first and excluded then: FilterAfter.
const (
	FilterAfter FilterWhen = iota
	FilterBefore
)

// PlanFilter drops plans. The zero value is the study's: no plan without
// Medicaid enrolees, none under 100,000 people. Figures not reported drop a plan
// too.
type PlanFilter struct {
	MinPopulation int64 // 0 means 100,000; negative asks for none
	AllowNoReport bool  // keep plans that did not report Medicaid
}

// Reasons gives every reason to drop the plan, none to keep it.
func (f PlanFilter) Reasons(p *Plan) []string {
	least := f.MinPopulation
	if least == 0 {
		least = 100_000
	}
	var out []string
	switch {
	case least < 0:
	case p.Population == nil:
		out = append(out, "population not reported")
	case *p.Population < least:
		out = append(out, fmt.Sprintf("population under %d", least))
	}
	switch {
	case p.MedicaidPercent == nil && f.AllowNoReport:
	case p.MedicaidPercent == nil:
		out = append(out, "medicaid not reported")
	case p.MedicaidPercent.Sign() <= 0:
		out = append(out, "no medicaid enrolees")
	}
	return out
}

// PlanScoring is the method of a plan score. The zero value gives rank points,
// nothing for missing markers, and filters after scoring.
type PlanScoring struct {
	Method   ScoreMethod
	Groups   int        // of QuantilePoints; 0 means 5
	FromZero bool       // QuantilePoints 0 to K-1 instead of 1 to K
	Cuts     []*big.Rat // of ThresholdPoints: rising, in the direction of better (shares achieved)
	Points   []*big.Rat // one more than Cuts: below the first cut, from it on, ...
	Custom   func(marker Marker, values []*big.Rat, i int) *big.Rat
	Missing  MissingMarker
	When     FilterWhen
	Filter   PlanFilter
	NoFilter bool // score and rank all
}

// PlanScore is a plan's score with its parts. A nil part is a marker without a
// value; Missing names them.
type PlanScore struct {
	Plan    string
	Parts   []*big.Rat
	Total   *big.Rat
	Missing []string
	Dropped []string // reasons for which the filter drops the plan
}

// ScorePlans scores every plan on every marker and sums. With FilterBefore the
// dropped plans have no score. Errors join all faults: duplicate or empty plan
// names, markers that do not fit, rates that are none, cut points out of order.
func ScorePlans(markers []Marker, plans []Plan, s PlanScoring) ([]PlanScore, error) {
	if err := s.check(markers, plans); err != nil {
		return nil, err
	}
	out := make([]PlanScore, len(plans))
	in := make([]bool, len(plans))
	for i := range plans {
		out[i].Plan = plans[i].Name
		if !s.NoFilter {
			out[i].Dropped = s.Filter.Reasons(&plans[i])
		}
		if in[i] = s.When == FilterAfter || len(out[i].Dropped) == 0; in[i] {
			out[i].Parts = make([]*big.Rat, len(markers))
			out[i].Total = new(big.Rat)
		}
	}
	for m, marker := range markers {
		var values []*big.Rat
		var who []int
		for i := range plans {
			if !in[i] {
				continue
			}
			v, ok := plans[i].Markers[m].value()
			if !ok {
				out[i].Missing = append(out[i].Missing, marker.ID)
				continue
			}
			if marker.Better == Decrease {
				v.Sub(big.NewRat(1, 1), v)
			}
			values, who = append(values, v), append(who, i)
		}
		for k, i := range who {
			p := s.points(marker, values, k)
			out[i].Parts[m] = p
			out[i].Total.Add(out[i].Total, p)
		}
	}
	var errs []error
	for i := range out {
		n := int64(len(out[i].Missing))
		if !in[i] || n == 0 {
			continue
		}
		switch s.Missing {
		case MissingRefused:
			errs = append(errs, fmt.Errorf("%w: plan %q has no value for %v", ErrUndefined, out[i].Plan, out[i].Missing))
		case MissingScoresMean:
			if k := int64(len(markers)) - n; k > 0 {
				out[i].Total.Mul(out[i].Total, big.NewRat(int64(len(markers)), k))
			}
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return out, nil
}

func (s *PlanScoring) check(markers []Marker, plans []Plan) error {
	var errs []error
	bad := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf("%w: "+format, append([]any{ErrInput}, args...)...))
	}
	seen := map[string]bool{}
	for i := range plans {
		p := &plans[i]
		if p.Name == "" || seen[p.Name] {
			bad("plan %d: name %q is empty or taken", i, p.Name)
		}
		seen[p.Name] = true
		if len(p.Markers) != len(markers) {
			bad("plan %q has %d marker values for %d markers", p.Name, len(p.Markers), len(markers))
		}
		if p.Population != nil && *p.Population < 0 {
			bad("plan %q: population %d", p.Name, *p.Population)
		}
		for m, v := range p.Markers {
			if v.Rate.Num < 0 || v.Rate.Den < 0 || v.Rate.Num > v.Rate.Den {
				bad("plan %q, marker %d: %d of %d", p.Name, m, v.Rate.Num, v.Rate.Den)
			}
		}
	}
	switch s.Method {
	case QuantilePoints:
		if s.Groups < 0 || s.Groups == 1 {
			bad("%d quantile groups", s.Groups)
		}
	case ThresholdPoints:
		if len(s.Cuts) == 0 || len(s.Points) != len(s.Cuts)+1 {
			bad("%d cut points for %d points", len(s.Cuts), len(s.Points))
		}
		for i := 1; i < len(s.Cuts); i++ {
			if s.Cuts[i].Cmp(s.Cuts[i-1]) <= 0 {
				bad("cut points do not rise")
			}
		}
	case CustomPoints:
		if s.Custom == nil {
			bad("no custom function")
		}
	case RankPoints, PercentilePoints, ZScore:
	default:
		bad("method %d", s.Method)
	}
	return errors.Join(errs...)
}

// points scores value i among values of which higher is better.
func (s *PlanScoring) points(m Marker, values []*big.Rat, i int) *big.Rat {
	v, n := values[i], int64(len(values))
	var worse, equal int64
	for _, o := range values {
		switch o.Cmp(v) {
		case -1:
			worse++
		case 0:
			equal++
		}
	}
	switch s.Method {
	case PercentilePoints:
		return big.NewRat(50*(2*worse+equal), n)
	case QuantilePoints:
		k := s.Groups
		if k == 0 {
			k = 5
		}
		g := QuantileGroup(v, values, k, Increase)
		if s.FromZero {
			g--
		}
		return big.NewRat(int64(g), 1)
	case ThresholdPoints:
		k := 0
		for k < len(s.Cuts) && v.Cmp(s.Cuts[k]) >= 0 {
			k++
		}
		return s.Points[k]
	case ZScore:
		mean, sd := meanSD(values, false)
		x, _ := v.Float64()
		if sd == 0 || math.IsNaN(sd) {
			return new(big.Rat)
		}
		return big.NewRat(int64(math.Round((x-mean)/sd*1e10)), 1e10)
	case CustomPoints:
		if p := s.Custom(m, values, i); p != nil {
			return p
		}
		return new(big.Rat)
	}
	// n + 1 - rank, the rank being the middle of the tied places
	return big.NewRat(2*worse+equal+1, 2)
}
