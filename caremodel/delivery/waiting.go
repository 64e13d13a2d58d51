package delivery

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/registry"
)

// Waiter is a person who accepted a place.
type Waiter struct {
	Episode string        `json:"episode"`
	Person  string        `json:"person"`
	Since   registry.Date `json:"since"`         // when the offer was accepted
	Days    int           `json:"days"`          // of waiting
	Why     string        `json:"why,omitempty"` // of who is barred: what keeps them from taking a place

	at int // in the caller's episodes
}

// WaitingList is a programme's places on a day and who waits for one: by the day on which
// the offer was accepted, then by person and episode. Whoever accepted and is neither inside
// nor gone is in exactly one of Next, Waiting and Barred.
type WaitingList struct {
	Programme string            `json:"programme"`
	On        registry.Date     `json:"on"`
	Limited   bool              `json:"limited"`
	Places    int               `json:"places"` // 0 when not limited
	Inside    int               `json:"inside"`
	Free      int               `json:"free"`              // 0 when not limited
	Entered   []Waiter          `json:"entered,omitempty"` // by [Enrolments.Admit], in order
	Next      []Waiter          `json:"next,omitempty"`    // whose turn it is: there is a place; none after Admit
	Waiting   []Waiter          `json:"waiting,omitempty"` // the first is next when a place is freed
	Barred    []Waiter          `json:"barred,omitempty"`  // cannot take one, and keep nobody else from it
	Issues    []caremodel.Issue `json:"issues,omitempty"`  // OVER_CAPACITY: more people than places
}

// WaitingList tells who waits for a place in a programme on a day and whose turn it is.
// Steps after the day do not exist. Faults, all named: an unknown programme, no day, and an
// episode without an ID or there twice, [caremodel.ErrDefinition].
func (e *Enrolments) WaitingList(programme string, xs []Episode, asOf registry.Date) (WaitingList, error) {
	out := WaitingList{Programme: programme, On: asOf}
	p, known := e.at[programme]
	var errs []error
	if !known || asOf == 0 {
		errs = append(errs, fmt.Errorf("%w: no programme %q, or no day", caremodel.ErrDefinition, programme))
	}
	ids := make(map[string]bool, len(xs))
	for i := range xs {
		if xs[i].ID == "" || ids[xs[i].ID] {
			errs = append(errs, fmt.Errorf("%w: episode %q has no ID or is there twice", caremodel.ErrDefinition, xs[i].ID))
		}
		ids[xs[i].ID] = true
	}
	if err := errors.Join(errs...); err != nil {
		return out, err
	}
	out.Places, out.Limited = p.Capacity()
	for i := range xs {
		x := &xs[i]
		state, begun := x.History.At(asOf)
		switch {
		case x.Programme != programme || !begun || p.machine.Terminal(state):
			continue
		case state.Inside():
			out.Inside++
			continue
		case x.Accepted == 0 || x.Accepted > asOf:
			continue
		}
		w := Waiter{Episode: x.ID, Person: x.Person, Since: x.Accepted, Days: int(asOf - x.Accepted), at: i}
		w.Why = p.bars(x, state, Enrolled, asOf)
		if !p.machine.Allows(state, Enrolled) {
			w.Why = fmt.Sprintf("%s: there is no offer yet", state)
		} else if since := x.History.Since(asOf); x.Accepted < since {
			w.Why = fmt.Sprintf("accepted before %s on %s", state, since)
		}
		if w.Why != "" {
			out.Barred = append(out.Barred, w)
		} else {
			out.Waiting = append(out.Waiting, w)
		}
	}
	slices.SortFunc(out.Waiting, Waiter.compare)
	slices.SortFunc(out.Barred, Waiter.compare)
	n := len(out.Waiting)
	if out.Limited {
		out.Free = max(0, out.Places-out.Inside)
		n = min(n, out.Free)
		if out.Inside > out.Places {
			out.Issues = append(out.Issues, caremodel.Issue{Code: caremodel.OverCapacity, Subject: programme, On: asOf, Detail: fmt.Sprintf("%d people in %d places", out.Inside, out.Places)})
		}
	}
	if n > 0 {
		out.Next, out.Waiting = out.Waiting[:n:n], out.Waiting[n:]
	}
	return out, nil
}

func (w Waiter) compare(o Waiter) int {
	return cmp.Or(cmp.Compare(w.Since, o.Since), strings.Compare(w.Person, o.Person), strings.Compare(w.Episode, o.Episode))
}

// Admit gives the places of a programme on a day: whoever's turn it is ([WaitingList].Next)
// is enrolled, in xs, and the others go on waiting; the list that comes back is the one after
// that. Of a programme without a limit everybody enters who accepted and may. Places are
// given in the order of days: episodes of the programme with steps after the day are
// [caremodel.ErrTransition], all named; other faults are those of [Enrolments.WaitingList].
// Nothing changes then.
func (e *Enrolments) Admit(programme string, xs []Episode, on registry.Date, by string) (WaitingList, error) {
	out, err := e.WaitingList(programme, xs, on)
	errs := []error{err}
	for i := range xs {
		x := &xs[i]
		if n := len(x.History); x.Programme == programme && n > 0 && x.History[n-1].On > on {
			errs = append(errs, fmt.Errorf("%w: episode %q has a step on %s, after %s", caremodel.ErrTransition, x.ID, x.History[n-1].On, on))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return out, err
	}
	p := e.at[programme]
	for _, w := range out.Next {
		s := caremodel.Step[State]{On: on, To: Enrolled, Reason: "accepted on " + w.Since.String() + ", and a place", By: by}
		if err := p.step(&xs[w.at], s); err != nil {
			return out, err // cannot be: the list asked the same
		}
		out.Inside++
		out.Free = max(0, out.Free-1)
	}
	out.Entered, out.Next = out.Next, nil
	return out, nil
}
