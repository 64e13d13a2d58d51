package caremodel

import (
	"fmt"

	"github.com/chroniccare/chroniccare/registry"
)

// OutcomeDates are a person's events after entry to a programme. 0 is "did not happen".
type OutcomeDates struct {
	Entry             registry.Date `json:"entry"`
	Death             registry.Date `json:"death"`
	Institution       registry.Date `json:"institution"`        // moved to a nursing home for good
	GreaterDisability registry.Date `json:"greater_disability"` // a significant increase, by the caller's scale
	ObservedUntil     registry.Date `json:"observed_until"`     // 0: for as long as asked
}

// first is the first of the events on or after entry.
func (o OutcomeDates) first() (d registry.Date) {
	for _, x := range []registry.Date{o.Death, o.Institution, o.GreaterDisability} {
		if x != 0 && x >= o.Entry && (d == 0 || x < d) {
			d = x
		}
	}
	return d
}

// AnyOutcome is the share of people with death, a move to an institution or greater
// disability within so many months of entry (PRISMA's functional decline, King's Fund
// 2010:410; 12 and 24 months there). The event on the last day counts, and so does one on
// the day of entry; a move or disability before entry is no outcome of the programme. Left
// out and counted are people without an entry, or dead before it, and those who were not
// observed for the whole time and had no event: they are neither. Less than a month is
// [ErrPolicy].
func AnyOutcome(people []OutcomeDates, months int) (rate registry.Rate, leftOut int64, err error) {
	if months < 1 {
		return rate, 0, fmt.Errorf("%w: within %d months", ErrPolicy, months)
	}
	for _, o := range people {
		if o.Entry == 0 || o.Death != 0 && o.Death < o.Entry {
			leftOut++
			continue
		}
		end := o.Entry.AddMonths(months)
		switch d := o.first(); {
		case d != 0 && d <= end:
			rate.Num++
			rate.Den++
		case o.ObservedUntil != 0 && o.ObservedUntil < end:
			leftOut++
		default:
			rate.Den++
		}
	}
	return rate, leftOut, nil
}
