package evaluate

import (
	"fmt"
	"math"
	"math/bits"

	"github.com/chroniccare/chroniccare/registry"
)

// Table is the two by two table of flagged against event, in people. Tables of parts of a
// population add up to the table of the whole.
type Table struct {
	TP int64 `json:"tp"` // flagged, event
	FP int64 `json:"fp"` // flagged, no event
	FN int64 `json:"fn"` // not flagged, event
	TN int64 `json:"tn"` // not flagged, no event
}

// Add is the table of both.
func (t Table) Add(o Table) Table {
	return Table{t.TP + o.TP, t.FP + o.FP, t.FN + o.FN, t.TN + o.TN}
}

// People is everybody in the table; Flagged those flagged; Events those with the event.
func (t Table) People() int64 { return t.TP + t.FP + t.FN + t.TN }

// Flagged is the number flagged.
func (t Table) Flagged() int64 { return t.TP + t.FP }

// Events is the number with the event.
func (t Table) Events() int64 { return t.TP + t.FN }

// Value is what a rule is worth at a threshold or capacity. Sensitivity never stands
// without PPV: a rule that flags everybody finds everybody. Rates are exact counts and
// undefined where the denominator is 0.
type Value struct {
	Table         Table         `json:"table"`
	Flagged       registry.Rate `json:"flagged"`         // of all people
	Sensitivity   registry.Rate `json:"sensitivity"`     // share of the events that is flagged
	PPV           registry.Rate `json:"ppv"`             // share of the flagged with the event
	Specificity   registry.Rate `json:"specificity"`     // share of the non-events not flagged
	NPV           registry.Rate `json:"npv"`             // share of the unflagged without the event
	FalsePositive registry.Rate `json:"false_positive"`  // 1 - specificity
	FalseNegative registry.Rate `json:"false_negative"`  // 1 - sensitivity
	Prevalence    registry.Rate `json:"prevalence"`      // events of all people
	NeededToFlag  Stat          `json:"needed_to_flag"`  // people flagged for each event found, 1/PPV
	Lift          Stat          `json:"lift"`            // PPV / prevalence
	ExpectedByLot registry.Rate `json:"expected_by_lot"` // sensitivity of flagging as many by lot
}

// Value gives all rates of the table.
func (t Table) Value() Value {
	flagged, events, n := t.Flagged(), t.Events(), t.People()
	v := Value{Table: t,
		Flagged: registry.Rate{Num: flagged, Den: n}, Sensitivity: registry.Rate{Num: t.TP, Den: events},
		PPV: registry.Rate{Num: t.TP, Den: flagged}, Specificity: registry.Rate{Num: t.TN, Den: t.TN + t.FP},
		NPV: registry.Rate{Num: t.TN, Den: t.TN + t.FN}, FalsePositive: registry.Rate{Num: t.FP, Den: t.TN + t.FP},
		FalseNegative: registry.Rate{Num: t.FN, Den: events}, Prevalence: registry.Rate{Num: events, Den: n},
		ExpectedByLot: registry.Rate{Num: flagged, Den: n}}
	switch {
	case flagged == 0:
		v.NeededToFlag, v.Lift = none(NoneFlagged), none(NoneFlagged)
	case t.TP == 0 && events > 0:
		v.NeededToFlag, v.Lift = none(NoEvents), of(0)
	case events == 0:
		v.NeededToFlag, v.Lift = none(NoEvents), none(NoEvents)
	default:
		v.NeededToFlag = of(float64(flagged) / float64(t.TP))
		v.Lift = of(float64(t.TP) / float64(flagged) * float64(n) / float64(events))
	}
	return v
}

// String puts sensitivity and PPV side by side.
func (v Value) String() string {
	return fmt.Sprintf("flagged %d of %d; sensitivity %v, PPV %v", v.Table.Flagged(), v.Table.People(), v.Sensitivity, v.PPV)
}

// NetBenefit is TP/n - FP/n x t/(1-t) at the threshold probability t, 0 <= t < 1
// (Vickers and Elkin 2006). It reports [ErrRange] for another threshold.
func (t Table) NetBenefit(threshold float64) (Stat, error) {
	if !(threshold >= 0 && threshold < 1) {
		return none(NoPeople), fmt.Errorf("%w: threshold %v of a net benefit", ErrRange, threshold)
	}
	n := float64(t.People())
	if n == 0 {
		return none(NoPeople), nil
	}
	return of(float64(t.TP)/n - float64(t.FP)/n*threshold/(1-threshold)), nil
}

// AtThreshold flags scores of at least t.
func (s *Sample) AtThreshold(t float64) Table {
	var x Table
	for _, q := range s.Points {
		if q.P >= t {
			x.TP += q.Events
			x.FP += q.NonEvents
		} else {
			x.FN += q.Events
			x.TN += q.NonEvents
		}
	}
	return x
}

// ROCPoint is the table at a threshold.
type ROCPoint struct {
	Threshold float64 // minus and plus infinity at the ends
	Table     Table
}

// MarshalJSON prints an infinite threshold as null.
func (r ROCPoint) MarshalJSON() ([]byte, error) {
	t := []byte("null")
	if !math.IsInf(r.Threshold, 0) {
		t = number(r.Threshold)
	}
	return fmt.Appendf(nil, `{"threshold":%s,"tp":%d,"fp":%d,"fn":%d,"tn":%d}`, t, r.Table.TP, r.Table.FP, r.Table.FN, r.Table.TN), nil
}

// ROC gives the table at every threshold that makes a difference, ascending: the middles
// between neighbouring scores, and minus and plus infinity. An empty sample has no points.
func (s *Sample) ROC() []ROCPoint {
	if len(s.Points) == 0 {
		return nil
	}
	e, n := s.Counts()
	out := make([]ROCPoint, 0, len(s.Points)+1)
	x := Table{TP: e, FP: n}
	out = append(out, ROCPoint{math.Inf(-1), x})
	for i, q := range s.Points {
		x.TP, x.FN = x.TP-q.Events, x.FN+q.Events
		x.FP, x.TN = x.FP-q.NonEvents, x.TN+q.NonEvents
		t := math.Inf(1)
		if i+1 < len(s.Points) {
			t = q.P/2 + s.Points[i+1].P/2
			if m := (q.P + s.Points[i+1].P) / 2; !math.IsInf(m, 0) {
				t = m
			}
			if t <= q.P { // neighbours without a number between them
				t = s.Points[i+1].P
			}
		}
		out = append(out, ROCPoint{t, x})
	}
	return out
}

// Youden is the first point of the ROC curve with the greatest sensitivity +
// specificity - 1, compared in whole numbers, and that index (Youden 1950).
func (s *Sample) Youden() (ROCPoint, Stat) {
	if why := s.lacking(); why != Defined {
		return ROCPoint{}, none(why)
	}
	e, n := s.Counts()
	var best ROCPoint
	found := false
	for _, r := range s.ROC() {
		if !found || less(best.Table, r.Table, e, n) {
			best, found = r, true
		}
	}
	j := float64(best.Table.TP)/float64(e) + float64(best.Table.TN)/float64(n) - 1
	return best, of(j)
}

// less reports whether TP/e + TN/n is less in a than in b, in 128 bits.
func less(a, b Table, e, n int64) bool {
	sum := func(t Table) (hi, lo uint64) {
		h1, l1 := bits.Mul64(uint64(t.TP), uint64(n))
		h2, l2 := bits.Mul64(uint64(t.TN), uint64(e))
		lo, c := bits.Add64(l1, l2, 0)
		hi, _ = bits.Add64(h1, h2, c)
		return hi, lo
	}
	ah, al := sum(a)
	bh, bl := sum(b)
	return ah < bh || ah == bh && al < bl
}
