package register

import "github.com/chroniccare/chroniccare/registry"

// State is where a registered person stands at the end of a month: dead, lost to
// follow-up or under care, and under care by the outcome of the last months. Every
// registered person is in exactly one state. After the WHO HEARTS package and the
// programmes that use it.
type State uint8

// States, in the order in which they are tested.
const (
	NotRegistered State = iota
	Dead
	LostToFollowUp
	MissedVisit
	VisitedNoMeasure
	Controlled
	Uncontrolled
)

var stateNames = [...]string{"not registered", "dead", "lost to follow-up", "missed visit", "visited, no measure", "controlled", "uncontrolled"}

// String gives the state in words.
func (s State) String() string { return stateNames[min(int(s), len(stateNames)-1)] }

// UnderCare reports whether the state is one of those under care.
func (s State) UnderCare() bool { return s >= MissedVisit }

// CareFacts is what the states are made from: days, not facts, so that any
// programme can fill it in. Zero dates are "none".
type CareFacts struct {
	Registered registry.Date
	Death      registry.Date
	// Visits are the days of whatever shows that the person was there: encounters, a
	// pressure or sugar, a prescription, an appointment made.
	Visits       []registry.Date
	Measures     []Measure
	Appointments []CareAppointment // for [OverdueAppointment]
	Calls        []CallResult      // the same
}

// Measure is a measurement that decides control, such as a complete blood
// pressure or a blood sugar: [Bands] judge them.
type Measure struct {
	On         registry.Date
	Controlled bool
}

// CareRule sets the programme's limits; the zero value is the default: lost
// after 12 calendar months without a measure, outcome of the last 3.
type CareRule struct {
	LostAfterMonths int  // 0: 12
	OutcomeMonths   int  // 0: 3
	OutcomeQuarter  bool // the outcome of the calendar quarter, in place of that of the last months
	ByVisit         bool // lost to follow-up by the last visit, not the last measure
}

// CareState judges a person at the end of the month of asOf. Facts of that month
// count in full, later ones don't; months are calendar months, days ignored.
func CareState(f *CareFacts, asOf registry.Date, r CareRule) State {
	lost, outcome := r.LostAfterMonths, r.OutcomeMonths
	if lost == 0 {
		lost = 12
	}
	if outcome == 0 {
		outcome = 3
	}
	y, m, _ := asOf.YMD()
	if y < 1 || y > 9999 || f.Registered == 0 {
		return NotRegistered
	}
	end := registry.Day(y, m, registry.DaysInMonth(y, m))
	if f.Registered > end {
		return NotRegistered
	}
	if f.Death != 0 && f.Death <= end {
		return Dead
	}
	var visit registry.Date
	for _, d := range f.Visits {
		if d <= end && d > visit {
			visit = d
		}
	}
	var last Measure
	for _, x := range f.Measures {
		// of two on one day the worse counts
		if x.On <= end && (x.On > last.On || x.On == last.On && !x.Controlled) {
			last = x
		}
	}
	contact := last.On
	if r.ByVisit {
		contact = visit
	}
	if registry.CalendarMonths(f.Registered, end) >= lost && (contact == 0 || registry.CalendarMonths(contact, end) >= lost) {
		return LostToFollowUp
	}
	if r.OutcomeQuarter { // its first month up to this one
		outcome = (m-1)%3 + 1
	}
	recent := func(d registry.Date) bool { return d != 0 && registry.CalendarMonths(d, end) < outcome }
	switch {
	case recent(last.On) && last.Controlled:
		return Controlled
	case recent(last.On):
		return Uncontrolled
	case recent(visit):
		return VisitedNoMeasure
	}
	return MissedVisit
}
