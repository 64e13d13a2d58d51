package register

import (
	"cmp"
	"strings"

	"github.com/chroniccare/chroniccare/registry"
)

// CareAppointment is an appointment of a programme: when it was made, and for when.
type CareAppointment struct {
	ID   string        `json:"id"`
	Made registry.Date `json:"made"`
	For  registry.Date `json:"for"`
}

// CallResult is what came of a call to somebody who did not come.
type CallResult struct {
	On      registry.Date `json:"on"`
	Removes bool          `json:"removes"` // takes the person off the list
	Reason  string        `json:"reason"`  // such as moved away
}

// Overdue says whether a person has missed an appointment.
type Overdue struct {
	Overdue     bool          `json:"overdue"`
	Appointment string        `json:"appointment,omitempty"` // ID of the last one
	For         registry.Date `json:"for"`
	Days        int           `json:"days"`              // since the day it was for
	Removed     string        `json:"removed,omitempty"` // why a call took the person off the list
}

// OverdueAppointment judges the last appointment that was made by a day: overdue when the day it was
// for has passed, and no visit, measure or new appointment came after the day on which it
// was made. The dead are never overdue, and a call after it was made may take the person
// off the list; the reason of the last such call is kept.
func OverdueAppointment(f *CareFacts, asOf registry.Date) Overdue {
	if asOf <= 0 || f.Death != 0 && f.Death <= asOf {
		return Overdue{}
	}
	var last *CareAppointment
	for i := range f.Appointments {
		a := &f.Appointments[i]
		if a.For == 0 || a.Made == 0 || a.Made > asOf {
			continue
		}
		if last == nil || cmp.Or(cmp.Compare(a.Made, last.Made), cmp.Compare(a.For, last.For), strings.Compare(a.ID, last.ID)) > 0 {
			last = a
		}
	}
	if last == nil || last.For >= asOf {
		return Overdue{}
	}
	came := func(d registry.Date) bool { return d > last.Made && d <= asOf }
	for _, d := range f.Visits {
		if came(d) {
			return Overdue{}
		}
	}
	for _, m := range f.Measures {
		if came(m.On) {
			return Overdue{}
		}
	}
	o := Overdue{Overdue: true, Appointment: last.ID, For: last.For, Days: int(asOf - last.For)}
	var called registry.Date
	for _, c := range f.Calls {
		if c.Removes && c.On >= last.Made && c.On <= asOf && (c.On > called || c.On == called && c.Reason > o.Removed) {
			called, o.Overdue, o.Removed = c.On, false, c.Reason
		}
	}
	return o
}
