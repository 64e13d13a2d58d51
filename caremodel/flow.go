package caremodel

import (
	"fmt"
	"slices"

	"github.com/chroniccare/chroniccare/registry"
)

// Stock is how many were in a state and how they moved: Start + In - Out = End, always.
type Stock struct {
	Start int64 `json:"start"` // on the day before the period
	In    int64 `json:"in"`
	Out   int64 `json:"out"`
	End   int64 `json:"end"`
}

// StateFlow is the flow through a state. Days are counted while a history was in it at the
// end of the day; none in terminal states.
type StateFlow[S ~string] struct {
	State S `json:"state"`
	Stock
	Days int64 `json:"days"`
}

// Flow is what happened to the histories of a machine in a period, state by state in the
// order of the machine's table. Make one with [NewFlow].
type Flow[S ~string] struct {
	Period  registry.Period `json:"period"`
	States  []StateFlow[S]  `json:"states"`
	LeftOut int64           `json:"left_out"` // histories without a step, or that the machine does not allow

	machine *Machine[S]
}

// NewFlow is a flow of no histories yet, to be filled with [Flow.Add]. A period without two
// ends is [ErrPolicy].
func NewFlow[S ~string](m *Machine[S], period registry.Period) (*Flow[S], error) {
	if period.Days() == 0 {
		return nil, fmt.Errorf("%w: a flow from %s to %s", ErrPolicy, period.Start, period.End)
	}
	f := &Flow[S]{Period: period, machine: m}
	for _, s := range m.all {
		f.States = append(f.States, StateFlow[S]{State: s})
	}
	return f, nil
}

// Add counts a history, and reports whether it could; a flow that [NewFlow] did not make
// can count none.
func (f *Flow[S]) Add(h History[S]) bool {
	if f.machine == nil || len(h) == 0 || f.machine.Check(h) != nil {
		f.LeftOut++
		return false
	}
	at := func(s S) *StateFlow[S] { return &f.States[slices.Index(f.machine.all, s)] }
	if s, ok := h.At(f.Period.Start - 1); ok {
		at(s).Start++
	}
	if s, ok := h.At(f.Period.End); ok {
		at(s).End++
	}
	for k, s := range h {
		until := f.Period.End
		if k+1 < len(h) {
			until = min(until, h[k+1].On-1)
		}
		if !f.machine.Terminal(s.To) {
			at(s.To).Days += int64(max(0, until-max(s.On, f.Period.Start)+1))
		}
		if f.Period.Contains(s.On) {
			at(s.To).In++
			if k > 0 {
				at(h[k-1].To).Out++
			}
		}
	}
	return true
}
