package delivery

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/registry"
)

// Leaving is how many left in a state for a reason.
type Leaving struct {
	State  State  `json:"state"`
	Reason string `json:"reason"`
	N      int64  `json:"n"`
}

// FlowReport is what happened to a programme's people in a period.
type FlowReport struct {
	caremodel.Flow[State]
	Inside  caremodel.Stock `json:"inside"`            // enrolled, active or on hold
	Leaving []Leaving       `json:"leaving,omitempty"` // every end in the period; most frequent first, then by state and reason
	Unknown int64           `json:"unknown"`           // ends without a reason, which no checked history has
	Others  int64           `json:"others"`            // episodes of other programmes
}

// Flow follows the episodes of a programme through a period, which must have two ends
// ([caremodel.ErrPolicy]); an unknown programme is [caremodel.ErrDefinition].
func (e *Enrolments) Flow(programme string, xs []Episode, period registry.Period) (FlowReport, error) {
	var r FlowReport
	p, known := e.at[programme]
	if !known {
		return r, fmt.Errorf("%w: no programme %q", caremodel.ErrDefinition, programme)
	}
	f, err := caremodel.NewFlow(p.machine, period)
	if err != nil {
		return r, err
	}
	r.Flow = *f
	for i := range xs {
		x := &xs[i]
		if x.Programme != programme {
			r.Others++
			continue
		}
		if !r.Add(x.History) {
			continue
		}
		if s, _ := x.History.At(period.Start - 1); s.Inside() {
			r.Inside.Start++
		}
		if s, _ := x.History.At(period.End); s.Inside() {
			r.Inside.End++
		}
		var from State
		for _, s := range x.History {
			if period.Contains(s.On) {
				switch in, was := s.To.Inside(), from.Inside(); {
				case in && !was:
					r.Inside.In++
				case was && !in:
					r.Inside.Out++
				}
				if p.machine.Terminal(s.To) {
					r.leave(s)
				}
			}
			from = s.To
		}
	}
	slices.SortFunc(r.Leaving, func(a, b Leaving) int {
		return cmp.Or(cmp.Compare(b.N, a.N), strings.Compare(string(a.State), string(b.State)), strings.Compare(a.Reason, b.Reason))
	})
	return r, nil
}

func (r *FlowReport) leave(s caremodel.Step[State]) {
	reason := strings.TrimSpace(s.Reason)
	if reason == "" && s.To == Died {
		reason = string(Died)
	}
	if reason == "" {
		r.Unknown++
		return
	}
	k := slices.IndexFunc(r.Leaving, func(l Leaving) bool { return l.State == s.To && l.Reason == reason })
	if k < 0 {
		k = len(r.Leaving)
		r.Leaving = append(r.Leaving, Leaving{State: s.To, Reason: reason})
	}
	r.Leaving[k].N++
}

// OverdueReview is a person in a programme whose review was not held.
type OverdueReview struct {
	Episode string        `json:"episode"`
	Person  string        `json:"person"`
	Last    registry.Date `json:"last"` // review, or the day of enrolment
	Due     registry.Date `json:"due"`
	Days    int           `json:"days"` // over
}

// OverdueReviews lists the people inside their programmes whose review is overdue on a day:
// the programme's days after the last review, or after enrolment when there was none. The
// longest overdue comes first, then by person and episode. Programmes without a rhythm of
// reviews have none.
func (e *Enrolments) OverdueReviews(xs []Episode, asOf registry.Date, buf []OverdueReview) []OverdueReview {
	out := buf[:0]
	for i := range xs {
		x := &xs[i]
		p, known := e.at[x.Programme]
		if s, _ := x.History.At(asOf); !known || p.ReviewDays == 0 || !s.Inside() {
			continue
		}
		last, _ := x.lastReview(asOf)
		if due := last.AddDays(p.ReviewDays); asOf > due {
			out = append(out, OverdueReview{x.ID, x.Person, last, due, int(asOf - due)})
		}
	}
	slices.SortFunc(out, func(a, b OverdueReview) int {
		return cmp.Or(cmp.Compare(b.Days, a.Days), strings.Compare(a.Person, b.Person), strings.Compare(a.Episode, b.Episode))
	})
	return out
}
