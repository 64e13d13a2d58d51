package selfmanagement

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/registry"
)

// Attendance is what became of an invitation to a session.
type Attendance string

// Attendances. Agreed stands until the session; afterwards somebody has to say who came.
const (
	Invited     Attendance = "invited" // no answer yet
	Agreed      Attendance = "agreed"
	DeclinedIt  Attendance = "declined"
	Attended    Attendance = "attended"
	Missed      Attendance = "missed"  // agreed, and did not come
	ExcusedFrom Attendance = "excused" // agreed, and put off with a reason
)

var attendances = [...]Attendance{Invited, Agreed, DeclinedIt, Attended, Missed, ExcusedFrom}

// Invitation is one person's place at a session.
type Invitation struct {
	Person string     `json:"person"`
	State  Attendance `json:"state"`
}

// Session is an education session.
type Session struct {
	ID          string        `json:"id"`
	Programme   string        `json:"programme"`
	Provider    string        `json:"provider"`
	On          registry.Date `json:"on"`
	Seats       int           `json:"seats"` // 0: no limit
	Invitations []Invitation  `json:"invitations"`
}

// CheckSessions reports, as [caremodel.ErrAnswer], sessions without an ID, day or with an
// ID used twice, negative seats, and people without an ID, invited twice or in a state
// that does not exist.
func CheckSessions(ss []Session) error {
	var errs []error
	seen, people := map[string]bool{}, map[string]bool{}
	for i := range ss {
		s := &ss[i]
		bad := func(format string, args ...any) {
			errs = append(errs, fmt.Errorf("%w: session %q: %s", caremodel.ErrAnswer, s.ID, fmt.Sprintf(format, args...)))
		}
		if s.ID == "" || seen[s.ID] {
			bad("the ID is empty or used twice")
		}
		seen[s.ID] = true
		if s.On == 0 || s.Seats < 0 {
			bad("on %s, with %d seats", s.On, s.Seats)
		}
		clear(people)
		for _, v := range s.Invitations {
			if v.Person == "" || !slices.Contains(attendances[:], v.State) || people[v.Person] {
				bad("person %q is %q, or invited twice", v.Person, v.State)
			}
			people[v.Person] = true
		}
	}
	return errors.Join(errs...)
}

// SessionReport counts sessions.
type SessionReport struct {
	Sessions   int64             `json:"sessions"`
	Invited    int64             `json:"invited"`
	Declined   int64             `json:"declined"`
	Unanswered int64             `json:"unanswered"`
	Excused    int64             `json:"excused"`
	Attendance registry.Rate     `json:"attendance"` // of those who agreed and whose outcome is known
	Overdue    []OverdueOutcome  `json:"overdue,omitempty"`
	Providers  []Taught          `json:"providers,omitempty"` // by provider
	Issues     []caremodel.Issue `json:"issues,omitempty"`    // sessions with more people than seats
}

// OverdueOutcome is an invitation of a past session of which nobody said what became of it.
type OverdueOutcome struct {
	Session string        `json:"session"`
	Person  string        `json:"person"`
	State   Attendance    `json:"state"` // invited or agreed
	On      registry.Date `json:"on"`
}

// Taught is what a provider did, for those who reimburse education (King's Fund 2010,
// KF2010:498). Money is not computed here.
type Taught struct {
	Provider    string `json:"provider"`
	Sessions    int64  `json:"sessions"`
	Attendances int64  `json:"attendances"`
}

// Sessions reports the sessions of a period as known on a day. Invitations are partitioned:
// Invited = Attendance.Den + Declined + Unanswered + Excused + agreed ones to come. What is
// past and has no outcome is overdue, by day, session and person.
func Sessions(ss []Session, period registry.Period, asOf registry.Date) SessionReport {
	var r SessionReport
	for i := range ss {
		s := &ss[i]
		if !period.Contains(s.On) {
			continue
		}
		r.Sessions++
		k := slices.IndexFunc(r.Providers, func(t Taught) bool { return t.Provider == s.Provider })
		if k < 0 {
			k = len(r.Providers)
			r.Providers = append(r.Providers, Taught{Provider: s.Provider})
		}
		if s.On <= asOf {
			r.Providers[k].Sessions++
		}
		places := 0
		for _, v := range s.Invitations {
			r.Invited++
			state := v.State
			if s.On > asOf && (state == Attended || state == Missed) {
				state = Agreed // what became of it is not known on the day
			}
			switch state {
			case DeclinedIt:
				r.Declined++
				continue
			case ExcusedFrom:
				r.Excused++
				continue
			case Invited:
				r.Unanswered++
			case Attended:
				r.Attendance.Num++
				r.Attendance.Den++
				r.Providers[k].Attendances++
			case Missed:
				r.Attendance.Den++
			}
			if v.State != Invited {
				places++
			}
			if s.On < asOf && (v.State == Invited || v.State == Agreed) {
				r.Overdue = append(r.Overdue, OverdueOutcome{s.ID, v.Person, v.State, s.On})
			}
		}
		if s.Seats > 0 && places > s.Seats {
			r.Issues = append(r.Issues, caremodel.Issue{Code: caremodel.OverCapacity, Subject: s.ID, On: s.On, Detail: fmt.Sprintf("%d people for %d seats", places, s.Seats)})
		}
	}
	slices.SortFunc(r.Overdue, func(a, b OverdueOutcome) int {
		return cmp.Or(cmp.Compare(a.On, b.On), strings.Compare(a.Session, b.Session), strings.Compare(a.Person, b.Person))
	})
	slices.SortFunc(r.Providers, func(a, b Taught) int { return strings.Compare(a.Provider, b.Provider) })
	caremodel.SortIssues(r.Issues)
	return r
}

// ParticipationRule says when a programme may end somebody's registration: so many agreed
// sessions missed in so many months. Both figures are the programme's: the source gives
// none (King's Fund 2010, KF2010:496-498). The zero value is no such rule.
type ParticipationRule struct {
	Missed int `json:"missed"`
	Months int `json:"months"`
}

// Check reports figures below one as [caremodel.ErrPolicy]; no rule is fine.
func (p ParticipationRule) Check() error {
	if p != (ParticipationRule{}) && (p.Missed < 1 || p.Months < 1) {
		return fmt.Errorf("%w: participation: %d sessions missed in %d months", caremodel.ErrPolicy, p.Missed, p.Months)
	}
	return nil
}

// CancelFlag says whether a person's registration may be cancelled. A flag asks a person
// to decide; it cancels nothing.
type CancelFlag struct {
	Raised bool          `json:"raised"`
	Missed []string      `json:"missed,omitempty"` // IDs of the sessions, by day
	On     registry.Date `json:"on"`               // of the session that raised it
}

// Cancel counts the agreed sessions that a person missed in the months up to asOf. Excused
// ones don't count. Without a rule nothing is raised.
func (p ParticipationRule) Cancel(ss []Session, person string, asOf registry.Date) CancelFlag {
	var f CancelFlag
	if p.Missed < 1 || p.Months < 1 {
		return f
	}
	window := registry.LastMonths(asOf, p.Months, registry.FarExclusive)
	var missed []*Session
	for i := range ss {
		s := &ss[i]
		if window.Contains(s.On) && slices.ContainsFunc(s.Invitations, func(v Invitation) bool { return v.Person == person && v.State == Missed }) {
			missed = append(missed, s)
		}
	}
	slices.SortFunc(missed, func(a, b *Session) int { return cmp.Or(cmp.Compare(a.On, b.On), strings.Compare(a.ID, b.ID)) })
	for i, s := range missed {
		f.Missed = append(f.Missed, s.ID)
		if i+1 == p.Missed {
			f.Raised, f.On = true, s.On
		}
	}
	return f
}
