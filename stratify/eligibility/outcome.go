package eligibility

import (
	"fmt"
	"slices"

	"github.com/chroniccare/chroniccare/registry"
)

// OutcomeWindow is the default outcome's window: the 12 months from the day after the
// index date, so that nothing of the index date leaks into the outcome. The documents say
// "risk of hospitalisation" (000:101-103); twelve months is a decision of the library.
func OutcomeWindow(index registry.Date) registry.Period {
	return registry.Period{Start: index.AddDays(1), End: index.AddMonths(12)}
}

// Unplanned reports the default outcome: an emergency admission in the window.
func Unplanned(stays []Stay, index registry.Date) bool {
	w := OutcomeWindow(index)
	return slices.ContainsFunc(stays, func(s Stay) bool { return s.Emergency && s.Admitted.Recorded() && w.Contains(s.Admitted) })
}

// Deaths says what a death inside the outcome window counts as, when no admission came
// before it. There is no default: the choice changes every figure.
type Deaths uint8

// The choices.
const (
	DeathUndecided Deaths = iota // refused
	DeathIsEvent
	DeathIsNonEvent
	DeathDrops // the person is left out
)

// Followed is what is known of a person after the index date.
type Followed struct {
	Stays []Stay
	Death registry.Date // 0: alive
}

// Outcomes gives the default outcome of each person for evaluation: y is 1 for an unplanned
// admission in the window, and keep false for who does not count: people dead by the index
// date, and with [DeathDrops] people who died in the window without an admission. Deaths is
// the number of competing deaths. It reports [ErrParameter] without a choice or an index
// date.
func Outcomes(people []Followed, index registry.Date, choice Deaths) (y []int, keep []bool, deaths int, err error) {
	if choice == DeathUndecided || choice > DeathDrops || !index.Recorded() {
		return nil, nil, 0, fmt.Errorf("%w: deaths in the outcome window are event, non-event or dropped: no default; index date %v", ErrParameter, index)
	}
	w := OutcomeWindow(index)
	y, keep = make([]int, len(people)), make([]bool, len(people))
	for i, p := range people {
		keep[i] = !p.Death.Recorded() || p.Death > index
		if !keep[i] {
			continue
		}
		if Unplanned(p.Stays, index) {
			y[i] = 1
			continue
		}
		if p.Death.Recorded() && w.Contains(p.Death) {
			deaths++
			switch choice {
			case DeathIsEvent:
				y[i] = 1
			case DeathDrops:
				keep[i] = false
			}
		}
	}
	return y, keep, deaths, nil
}
