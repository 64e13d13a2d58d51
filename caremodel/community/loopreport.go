package community

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/registry"
)

// Stuck is a referral whose step is overdue.
type Stuck struct {
	Referral string `json:"referral"`
	State    State  `json:"state"`
	Waiting  State  `json:"waiting"` // for what
	DaysOver int    `json:"days_over"`
}

// StepDays is how long referrals took from one state to the next.
type StepDays struct {
	From   State    `json:"from"`
	To     State    `json:"to"`
	N      int      `json:"n"`
	Median *big.Rat `json:"median"` // days, exact
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
	Closure registry.Rate     `json:"closure"`          // closed, with proof, of those whose total limit has passed
	NoShow  registry.Rate     `json:"no_show"`          // missed of all kept and missed appointments
	Steps   []StepDays        `json:"steps,omitempty"`  // in the machine's order of states
	Issues  []caremodel.Issue `json:"issues,omitempty"`
	// Referrals that were counted; NotSent lie in draft or have no history by the day.
	Referrals int64 `json:"referrals"`
	NotSent   int64 `json:"not_sent"`
	// Unproven are in the state closed without a report, a review or an outcome, each with an
	// issue: they are not closed in Closure.
	Unproven int64 `json:"unproven"`
	LeftOut  int64 `json:"left_out"` // whose history the machine does not allow; not among Referrals
}

// waits says for what a state waits after so many missed appointments, and how long by the
// policy. After the last that it allows a person is not booked again but marked lost.
func (l *Loop) waits(s State, missed int) (State, int) {
	if s == Missed && missed >= l.policy.Missed {
		return Lost, l.policy.Booked
	}
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
// day after its step's limit; a missed appointment is booked again, or the person marked
// lost, within the limit for booking. The total limit runs from the day on which it was
// sent. Closed counts only with what [Loop.Advance] needs to close: a report, a review and
// an outcome. A history that the machine does not allow ([Loop.Check]) cannot be judged: it
// is counted as left out. Costs are linear in the number of steps, save for sorting.
func (l *Loop) Report(referrals []Referral, asOf registry.Date) LoopReport {
	var out LoopReport
	counts := map[State]int64{}
	days := map[[2]State][]int{}
	for i := range referrals {
		r := &referrals[i]
		if l.machine.Check(r.History) != nil {
			out.LeftOut++
			continue
		}
		s, ok := r.History.At(asOf)
		if !ok {
			out.NotSent++
			continue
		}
		counts[s]++
		out.Referrals++
		var last caremodel.Step[State]
		times := 0 // missed
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
				times++
			}
			last = x
		}
		var unproven []string
		if s == Closed {
			if unproven = r.unproven(); unproven != nil {
				out.Unproven++
				out.Issues = append(out.Issues, caremodel.Issue{Code: caremodel.LoopStuck, Subject: r.ID, On: last.On, Detail: "closed " + strings.Join(unproven, ", ")})
			}
		}
		sent := r.History.Entered(Sent)
		if sent == 0 || sent > asOf {
			out.NotSent++
			continue
		}
		if sent.AddDays(l.policy.Total) < asOf {
			out.Closure.Den++
			if s == Closed && unproven == nil {
				out.Closure.Num++
			}
		}
		if to, limit := l.waits(s, times); limit > 0 {
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
				out.Steps = append(out.Steps, StepDays{s, t, len(d), caremodel.MedianDays(d)})
			}
		}
	}
	slices.SortFunc(out.Stuck, func(a, b Stuck) int {
		return cmp.Or(cmp.Compare(b.DaysOver, a.DaysOver), strings.Compare(a.Referral, b.Referral))
	})
	caremodel.SortIssues(out.Issues)
	return out
}
