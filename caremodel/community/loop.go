package community

import (
	"errors"
	"fmt"
	"slices"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/registry"
)

// State of a referral.
type State string

// States of a referral, to the community or to a specialist.
const (
	Draft     State = "draft"
	Sent      State = "sent"
	Received  State = "received"
	Accepted  State = "accepted"
	Booked    State = "booked"
	Attended  State = "attended"
	Reported  State = "reported"
	Closed    State = "closed"
	Missed    State = "missed"
	Declined  State = "declined"
	Cancelled State = "cancelled"
	Expired   State = "expired"
	Lost      State = "lost"
)

// Outcome of a closed referral.
type Outcome string

// Outcomes; a closed referral has one.
const (
	NoOutcome Outcome = ""
	Met       Outcome = "met"
	PartlyMet Outcome = "partly"
	NotMet    Outcome = "not met"
)

// Referral asks somebody else to do something for a person: a service of the community, or
// a specialist once decision's control has let the referral pass. It keeps the ID there.
type Referral struct {
	ID         string                   `json:"id"`
	Person     string                   `json:"person"`
	From       string                   `json:"from"`
	To         string                   `json:"to"`
	Need       string                   `json:"need"` // ID, when it came from one
	History    caremodel.History[State] `json:"history"`
	Report     string                   `json:"report"`      // what came back; needed to close
	ReviewedBy string                   `json:"reviewed_by"` // the sender who read it; needed to close
	Outcome    Outcome                  `json:"outcome"`
}

// State on a day; "" before the first step.
func (r *Referral) State(d registry.Date) State {
	s, _ := r.History.At(d)
	return s
}

// LoopPolicy sets the limits in days of each step. The zero value is the library's
// default: received after 7, accepted after 14, booked after 28, reported 14 after
// attendance, closed after 14, and three missed appointments in all.
type LoopPolicy struct {
	Received int `json:"received"`
	Accepted int `json:"accepted"`
	Booked   int `json:"booked"`
	Reported int `json:"reported"`
	Closed   int `json:"closed"`
	Attended int `json:"attended"` // after booking; 0: no limit, the appointment decides
	Total    int `json:"total"`    // 0: the sum of the steps
	Missed   int `json:"missed"`   // missed appointments until a person counts as lost
}

// Loop is the machine of referrals with its policy. It is immutable and may be shared.
type Loop struct {
	machine *caremodel.Machine[State]
	policy  LoopPolicy
}

// NewLoop checks a policy: negative limits are [caremodel.ErrPolicy], all named.
func NewLoop(p LoopPolicy) (*Loop, error) {
	var errs []error
	for _, x := range []struct {
		name  string
		days  *int
		usual int
	}{{"received", &p.Received, 7}, {"accepted", &p.Accepted, 14}, {"booked", &p.Booked, 28}, {"reported", &p.Reported, 14}, {"closed", &p.Closed, 14}, {"attended", &p.Attended, 0}, {"total", &p.Total, 0}, {"missed", &p.Missed, 3}} {
		if *x.days < 0 {
			errs = append(errs, fmt.Errorf("%w: %s: %d", caremodel.ErrPolicy, x.name, *x.days))
		}
		if *x.days == 0 {
			*x.days = x.usual
		}
	}
	if p.Total == 0 {
		p.Total = p.Received + p.Accepted + p.Booked + p.Attended + p.Reported + p.Closed
	}
	var edges []caremodel.Edge[State]
	step := func(from State, to ...State) {
		for _, t := range to {
			edges = append(edges, caremodel.Edge[State]{From: from, To: t, Back: from == Missed && t == Booked})
		}
	}
	step(Draft, Sent, Cancelled)
	step(Sent, Received, Declined, Cancelled, Expired)
	step(Received, Accepted, Declined, Cancelled, Expired)
	step(Accepted, Booked, Declined, Cancelled, Expired, Lost)
	step(Booked, Attended, Missed, Cancelled, Expired)
	step(Missed, Booked, Lost, Cancelled, Expired)
	step(Attended, Reported, Expired)
	step(Reported, Closed)
	m, err := caremodel.NewMachine("referral", Draft, edges...)
	if err := errors.Join(append(errs, err)...); err != nil {
		return nil, err
	}
	return &Loop{m, p}, nil
}

// Policy is the policy with its defaults filled in.
func (l *Loop) Policy() LoopPolicy { return l.policy }

// Advance adds a step to a referral. To close it needs a report, a review by the sender
// and an outcome; to end otherwise a reason; after the last missed appointment that the
// policy allows only lost or cancelled follow. What is not allowed is [caremodel.ErrTransition] and
// changes nothing.
func (l *Loop) Advance(r *Referral, s caremodel.Step[State]) error {
	h, err := l.machine.Append(r.History, s)
	if err := errors.Join(append([]error{err}, l.conditions(r, r.History, s)...)...); err != nil {
		return err
	}
	r.History = h
	return nil
}

// Check reports everything wrong with recorded referrals: IDs missing or there twice
// ([caremodel.ErrDefinition]), and steps that [Loop.Advance] would not have allowed
// ([caremodel.ErrTransition]).
func (l *Loop) Check(referrals []Referral) error {
	var errs []error
	seen := map[string]bool{}
	for i := range referrals {
		r := &referrals[i]
		if r.ID == "" || seen[r.ID] {
			errs = append(errs, fmt.Errorf("%w: referral %q of person %q: its ID is missing or there twice", caremodel.ErrDefinition, r.ID, r.Person))
		}
		seen[r.ID] = true
		if err := l.machine.Check(r.History); err != nil {
			errs = append(errs, fmt.Errorf("referral %q: %w", r.ID, err))
		}
		for k, s := range r.History {
			errs = append(errs, l.conditions(r, r.History[:k], s)...)
		}
	}
	return errors.Join(errs...)
}

// conditions are what a step needs beside the machine's leave, after a history.
func (l *Loop) conditions(r *Referral, before caremodel.History[State], s caremodel.Step[State]) (errs []error) {
	bad := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf("%w: referral %q: %s", caremodel.ErrTransition, r.ID, fmt.Sprintf(format, args...)))
	}
	switch s.To {
	case Closed:
		for _, why := range r.unproven() {
			bad("closed %s", why)
		}
	case Declined, Cancelled, Expired, Lost:
		if s.Reason == "" {
			bad("%s without a reason", s.To)
		}
	case Booked:
		if n := missed(before); n >= l.policy.Missed {
			bad("booked again after %d missed appointments", n)
		}
	}
	return errs
}

// unproven says what a referral lacks to be closed.
func (r *Referral) unproven() (why []string) {
	if r.Report == "" {
		why = append(why, "without a report")
	}
	if r.ReviewedBy == "" {
		why = append(why, "without a review by the sender")
	}
	if !slices.Contains([]Outcome{Met, PartlyMet, NotMet}, r.Outcome) {
		why = append(why, fmt.Sprintf("with the outcome %q", r.Outcome))
	}
	return why
}

func missed(h caremodel.History[State]) (n int) {
	for _, s := range h {
		if s.To == Missed {
			n++
		}
	}
	return n
}
