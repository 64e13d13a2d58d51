package caremodel

import (
	"cmp"
	"errors"
	"fmt"
	"math/big"
	"slices"
)

// ComponentProfile is how far an organisation has a component.
type ComponentProfile struct {
	Component Component `json:"component"`
	Share     Interval  `json:"share"`
	Used      bool      `json:"used"`           // any element yes or partly
	Complete  bool      `json:"complete"`       // all elements yes
	Next      []string  `json:"next,omitempty"` // elements that are not yes, in order: what to do next
}

// Profile is how far an organisation has the model.
type Profile struct {
	Answers    map[string]Answer  `json:"answers"`
	Components []ComponentProfile `json:"components,omitempty"`
	Overall    Interval           `json:"overall"`
	Weakest    Component          `json:"weakest"` // lowest high end; ties in the model's order
}

// NewProfile sets an organisation's answers against the 25 elements. Elements that are
// not answered are unknown; an unknown element or answer is an error, and so is an empty
// profile.
func NewProfile(answers map[string]Answer) (*Profile, error) {
	spine, err := Spine()
	if err != nil {
		return nil, err
	}
	if len(answers) == 0 {
		return nil, fmt.Errorf("%w: an empty profile", ErrAnswer)
	}
	known := map[string]bool{}
	var all []Answer
	p := &Profile{Answers: map[string]Answer{}}
	for _, e := range spine {
		known[e.ID] = true
		p.Answers[e.ID] = answers[e.ID]
		all = append(all, answers[e.ID])
	}
	var errs []error
	ids := make([]string, 0, len(answers))
	for id := range answers {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range ids {
		if !known[id] || !answers[id].Valid() {
			errs = append(errs, fmt.Errorf("%w: element %q: %q", ErrAnswer, id, answers[id]))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	p.Overall = interval(all)
	for _, c := range Components() {
		cp := ComponentProfile{Component: c, Complete: true}
		var as []Answer
		for _, e := range spine {
			if e.Component != c {
				continue
			}
			a := answers[e.ID]
			as = append(as, a)
			cp.Used = cp.Used || a == Yes || a == Partly
			cp.Complete = cp.Complete && a == Yes
			if a != Yes {
				cp.Next = append(cp.Next, e.ID)
			}
		}
		cp.Share = interval(as)
		p.Components = append(p.Components, cp)
	}
	weakest := p.Components[0]
	for _, c := range p.Components[1:] {
		if c.Share.High.Cmp(weakest.Share.High) < 0 {
			weakest = c
		}
	}
	p.Weakest = weakest.Component
	return p, nil
}

// Comparison sets a profile beside a reference, over the elements known in both.
type Comparison struct {
	Compared int      `json:"compared"`
	Agree    int      `json:"agree"`
	Ahead    []string `json:"ahead,omitempty"`
	Behind   []string `json:"behind,omitempty"` // elements
	Distance *big.Rat `json:"distance"`         // mean difference, 0 to 1; nil when nothing can be compared
}

// halves of an answer that is known.
func (a Answer) halves() int64 {
	switch a {
	case Yes:
		return 2
	case Partly:
		return 1
	}
	return 0
}

// Compare says where an organisation is ahead of and behind a reference. Unknown
// answers never help or hurt.
func (p *Profile) Compare(reference *Profile) Comparison {
	var c Comparison
	var sum int64
	ids := make([]string, 0, len(p.Answers))
	for id := range p.Answers {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range ids {
		a, b := p.Answers[id], reference.Answers[id]
		if a == Unknown || b == Unknown {
			continue
		}
		c.Compared++
		d := a.halves() - b.halves()
		switch {
		case d == 0:
			c.Agree++
		case d > 0:
			c.Ahead = append(c.Ahead, id)
		default:
			c.Behind = append(c.Behind, id)
			d = -d
		}
		sum += d
	}
	if c.Compared > 0 {
		c.Distance = big.NewRat(sum, int64(2*c.Compared))
	}
	return c
}

// Nearest is the reference at the least distance, by its place; ties go to the one with
// more elements compared, then to the first. -1 when none can be compared.
func (p *Profile) Nearest(references []*Profile) (at int, c Comparison) {
	at = -1
	for i, r := range references {
		d := p.Compare(r)
		if d.Distance == nil {
			continue
		}
		nearer := 0
		if at >= 0 {
			nearer = cmp.Or(d.Distance.Cmp(c.Distance), cmp.Compare(c.Compared, d.Compared))
		}
		if at < 0 || nearer < 0 {
			at, c = i, d
		}
	}
	return at, c
}
