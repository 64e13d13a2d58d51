package community

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

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

// Referral asks somebody else to do something for a person.
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

// NewLoop checks a policy: a negative limit is ErrPolicy.
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
// policy allows only lost or cancelled follow. What is not allowed is ErrTransition and
// changes nothing.
func (l *Loop) Advance(r *Referral, s caremodel.Step[State]) error {
	h, err := l.machine.Append(r.History, s)
	errs := []error{err}
	bad := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf("%w: referral %q: %s", caremodel.ErrTransition, r.ID, fmt.Sprintf(format, args...)))
	}
	switch s.To {
	case Closed:
		if r.Report == "" {
			bad("closed without a report")
		}
		if r.ReviewedBy == "" {
			bad("closed without a review by the sender")
		}
		if !slices.Contains([]Outcome{Met, PartlyMet, NotMet}, r.Outcome) {
			bad("closed with the outcome %q", r.Outcome)
		}
	case Declined, Cancelled, Expired, Lost:
		if s.Reason == "" {
			bad("%s without a reason", s.To)
		}
	case Booked:
		if n := l.missed(r.History); n >= l.policy.Missed {
			bad("booked again after %d missed appointments", n)
		}
	}
	if err := errors.Join(errs...); err != nil {
		return err
	}
	r.History = h
	return nil
}

func (l *Loop) missed(h caremodel.History[State]) (n int) {
	for _, s := range h {
		if s.To == Missed {
			n++
		}
	}
	return n
}

// Stuck is a referral whose step is overdue.
type Stuck struct {
	Referral string `json:"referral"`
	State    State  `json:"state"`
	Waiting  State  `json:"waiting"` // for what
	DaysOver int    `json:"days_over"`
}

// StepDays is how long referrals took from one state to the next.
type StepDays struct {
	From   State   `json:"from"`
	To     State   `json:"to"`
	N      int     `json:"n"`
	Median float64 `json:"median"` // days
}

// StateCount counts referrals in a state.
type StateCount struct {
	State State `json:"state"`
	N     int64 `json:"n"`
}

// LoopReport is how far loops close.
type LoopReport struct {
	States  []StateCount      `json:"states,omitempty"` // every state, in the machine's order; sums to Referrals
	Stuck   []Stuck           `json:"stuck,omitempty"`  // most days over first, then by ID
	Closure registry.Rate     `json:"closure"`          // closed of those whose total limit has passed
	NoShow  registry.Rate     `json:"no_show"`          // missed of all kept and missed appointments
	Steps   []StepDays        `json:"steps,omitempty"`  // in the machine's order of states
	Issues  []caremodel.Issue `json:"issues,omitempty"`
	// Referrals that were counted; NotSent lie in draft or have no history by the day.
	Referrals int64 `json:"referrals"`
	NotSent   int64 `json:"not_sent"`
}

// waits says for what a state waits, and how long by the policy.
func (l *Loop) waits(s State) (State, int) {
	switch s {
	case Sent:
		return Received, l.policy.Received
	case Received:
		return Accepted, l.policy.Accepted
	case Accepted, Missed:
		return Booked, l.policy.Booked
	case Booked:
		return Attended, l.policy.Attended
	case Attended:
		return Reported, l.policy.Reported
	case Reported:
		return Closed, l.policy.Closed
	}
	return "", 0
}

// Report judges referrals on a day, by what was known then. A referral is stuck on the
// day after its step's limit. The total limit runs from the day on which it was sent.
func (l *Loop) Report(referrals []Referral, asOf registry.Date) LoopReport {
	var out LoopReport
	counts := map[State]int64{}
	days := map[[2]State][]int{}
	for i := range referrals {
		r := &referrals[i]
		s, ok := r.History.At(asOf)
		if !ok {
			out.NotSent++
			continue
		}
		counts[s]++
		out.Referrals++
		var last caremodel.Step[State]
		for _, x := range r.History {
			if x.On > asOf {
				break
			}
			if last.To != "" {
				k := [2]State{last.To, x.To}
				days[k] = append(days[k], int(x.On-last.On))
			}
			switch x.To {
			case Attended:
				out.NoShow.Den++
			case Missed:
				out.NoShow.Num++
				out.NoShow.Den++
			}
			last = x
		}
		sent := r.History.Entered(Sent)
		if sent == 0 || sent > asOf {
			out.NotSent++
			continue
		}
		if sent.AddDays(l.policy.Total) < asOf {
			out.Closure.Den++
			if s == Closed {
				out.Closure.Num++
			}
		}
		if to, limit := l.waits(s); limit > 0 {
			if over := int(asOf - last.On.AddDays(limit)); over > 0 {
				out.Stuck = append(out.Stuck, Stuck{r.ID, s, to, over})
				out.Issues = append(out.Issues, caremodel.Issue{Code: caremodel.LoopStuck, Subject: r.ID, On: last.On.AddDays(limit + 1), Detail: fmt.Sprintf("%s, waiting to be %s", s, to)})
			}
		}
	}
	for _, s := range l.machine.States() {
		out.States = append(out.States, StateCount{s, counts[s]})
		for _, t := range l.machine.Next(s) {
			if d := days[[2]State{s, t}]; d != nil {
				out.Steps = append(out.Steps, StepDays{s, t, len(d), median(d)})
			}
		}
	}
	slices.SortFunc(out.Stuck, func(a, b Stuck) int {
		return cmp.Or(cmp.Compare(b.DaysOver, a.DaysOver), strings.Compare(a.Referral, b.Referral))
	})
	caremodel.SortIssues(out.Issues)
	return out
}

func median(xs []int) float64 {
	slices.Sort(xs)
	n := len(xs)
	if n%2 == 1 {
		return float64(xs[n/2])
	}
	return float64(xs[n/2-1]+xs[n/2]) / 2
}
