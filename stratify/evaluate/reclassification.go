package evaluate

import (
	"fmt"
	"math"
	"slices"
)

// Reclassification says how people move when one score replaces another: up or down, with
// and without the event. NRI is P(up|event) - P(down|event) + P(down|non-event) -
// P(up|non-event), IDI the gain in mean score of the events less that of the non-events,
// second score minus first (Pencina et al. 2008). Both can look good for a worse score:
// read them beside calibration.
type Reclassification struct {
	UpEvents      int64 `json:"up_events"`
	DownEvents    int64 `json:"down_events"`
	UpNonEvents   int64 `json:"up_non_events"`
	DownNonEvents int64 `json:"down_non_events"`
	NRI           Stat  `json:"nri"` // the Z is asymptotic, without covariance of the parts
	NRIZ          Stat  `json:"nriz"`
	NRIEvents     Stat  `json:"nri_events"` // the two parts, to be reported with the sum
	NRINonEvents  Stat  `json:"nri_non_events"`
	IDI           Stat  `json:"idi"`
	IDIZ          Stat  `json:"idiz"`
}

// Reclassify compares score b with score a for the same people. Without cuts a move is any
// change (continuous NRI); with cuts, ascending, a change of class, a class being closed
// below: a score equal to a cut is in the higher class. Errors as of [NewSample], and
// [ErrRange] for cuts that do not ascend.
func Reclassify(y []int, a, b []float64, cuts ...float64) (Reclassification, error) {
	var r Reclassification
	if err := checkRows(y, a); err != nil {
		return r, fmt.Errorf("first score: %w", err)
	}
	if err := checkRows(y, b); err != nil {
		return r, fmt.Errorf("second score: %w", err)
	}
	for i, c := range cuts {
		if math.IsNaN(c) || i > 0 && c <= cuts[i-1] {
			return r, fmt.Errorf("%w: cut %d is %v and does not ascend", ErrRange, i, c)
		}
	}
	class := func(p float64) float64 {
		if len(cuts) == 0 {
			return p
		}
		i, same := slices.BinarySearch(cuts, p)
		if same {
			i++
		}
		return float64(i)
	}
	var e, n, gainE, gainN float64
	for i := range y {
		from, to := class(a[i]), class(b[i])
		if y[i] == 1 {
			e++
			gainE += b[i] - a[i]
		} else {
			n++
			gainN += b[i] - a[i]
		}
		switch {
		case to > from && y[i] == 1:
			r.UpEvents++
		case to < from && y[i] == 1:
			r.DownEvents++
		case to > from:
			r.UpNonEvents++
		case to < from:
			r.DownNonEvents++
		}
	}
	if why := lacking(e, n); why != Defined {
		u := none(why)
		r.NRI, r.NRIZ, r.NRIEvents, r.NRINonEvents, r.IDI, r.IDIZ = u, u, u, u, u, u
		return r, nil
	}
	ue, de := float64(r.UpEvents)/e, float64(r.DownEvents)/e
	un, dn := float64(r.UpNonEvents)/n, float64(r.DownNonEvents)/n
	r.NRIEvents, r.NRINonEvents, r.NRI = of(ue-de), of(dn-un), of(ue-de+dn-un)
	v := (ue+de-(ue-de)*(ue-de))/e + (un+dn-(un-dn)*(un-dn))/n
	r.NRIZ = ratio(r.NRI.Value, math.Sqrt(max(v, 0)), NoVariance)
	meanE, meanN := gainE/e, gainN/n
	r.IDI = of(meanE - meanN)
	if e < 2 || n < 2 {
		r.IDIZ = none(TooFew)
		return r, nil
	}
	var se, sn float64
	for i := range y {
		d := b[i] - a[i]
		if y[i] == 1 {
			se += (d - meanE) * (d - meanE)
		} else {
			sn += (d - meanN) * (d - meanN)
		}
	}
	r.IDIZ = ratio(r.IDI.Value, math.Sqrt(se/(e-1)/e+sn/(n-1)/n), NoVariance)
	return r, nil
}

func lacking(events, nonEvents float64) Undefined {
	switch {
	case events+nonEvents == 0:
		return NoPeople
	case events == 0:
		return NoEvents
	case nonEvents == 0:
		return NoNonEvents
	}
	return Defined
}
