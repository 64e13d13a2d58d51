package delivery

import (
	"fmt"
	"maps"
	"slices"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/stratify/eligibility"
)

// Candidate is what is known about a person who might enter a programme. What is not there
// is not known: never a no.
type Candidate struct {
	On         registry.Date               `json:"on"` // when it was known
	Route      Route                       `json:"route"`
	Conditions map[string]caremodel.Answer `json:"conditions,omitempty"` // by key of the register; partly counts as yes
	Level      int                         `json:"level"`                // of care; 0: not known
	Possible   []int                       `json:"possible,omitempty"`   // what an unknown level can be, as [eligibility.Levelled] says; none: any
	Inputs     eligibility.Inputs          `json:"inputs,omitempty"`     // what the entry rule asks
}

// Ground is a reason for or against a person's entry, or what is not known.
type Ground struct {
	Rule   string `json:"rule"` // condition, level, entry or referral
	Detail string `json:"detail"`
}

// String gives the ground in words.
func (g Ground) String() string { return g.Rule + ": " + g.Detail }

// Qualification is whether a programme is for a person, with every ground that was looked
// at, in the order condition, level, entry rule, referral.
type Qualification struct {
	Programme string               `json:"programme"`
	Version   string               `json:"version,omitempty"`
	On        registry.Date        `json:"on"`
	Route     Route                `json:"route"`
	Answer    eligibility.Answered `json:"answer"`
	For       []Ground             `json:"for,omitempty"`
	Against   []Ground             `json:"against,omitempty"`
	Missing   []Ground             `json:"missing,omitempty"`
}

// Qualifies asks whether the programme is for a person: one of its conditions, one of its
// levels, and its entry rule. Where something that decides is not known the answer is
// "cannot tell". When the programme takes referrals, a clinician's stands in for level and
// entry rule, which are then asked for the record only, and never for the condition. A
// referral also answers the entry rule's question for one, unless the inputs do. It cannot
// fail.
func (p *Programme) Qualifies(c Candidate) Qualification {
	q := Qualification{Programme: p.ID, Version: p.Version, On: c.On, Route: c.Route}
	add := func(a eligibility.Answered, rule, format string, args ...any) {
		to := &q.Missing
		switch a {
		case eligibility.IsEligible:
			to = &q.For
		case eligibility.NotEligible:
			to = &q.Against
		}
		*to = append(*to, Ground{rule, fmt.Sprintf(format, args...)})
	}
	q.Answer = p.hasCondition(c, add)
	targeted := both(p.servesLevel(c, add), p.takes(c, add))
	if p.Referral && c.Route == ByReferral {
		add(eligibility.IsEligible, "referral", "a clinician referred, which stands in for level and entry rule")
		targeted = eligibility.IsEligible
	}
	q.Answer = both(q.Answer, targeted)
	return q
}

type addGround func(a eligibility.Answered, rule, format string, args ...any)

func (p *Programme) hasCondition(c Candidate, add addGround) eligibility.Answered {
	if len(p.Conditions) == 0 {
		return eligibility.IsEligible
	}
	out := eligibility.NotEligible
	for _, k := range p.Conditions {
		switch c.Conditions[k] {
		case caremodel.Yes, caremodel.Partly:
			add(eligibility.IsEligible, "condition", "has %s", k)
			out = eligibility.IsEligible
		case caremodel.No:
			add(eligibility.NotEligible, "condition", "no %s", k)
		default:
			add(eligibility.CannotTell, "condition", "%s is not known", k)
			if out == eligibility.NotEligible {
				out = eligibility.CannotTell
			}
		}
	}
	return out
}

func (p *Programme) servesLevel(c Candidate, add addGround) eligibility.Answered {
	possible := c.Possible
	switch {
	case len(p.Levels) == 0:
		return eligibility.IsEligible
	case c.Level != 0:
		possible = []int{c.Level}
	case len(possible) == 0:
		possible = []int{1, 2, 3}
	}
	served := 0
	for _, l := range possible {
		if slices.Contains(p.Levels, l) {
			served++
		}
	}
	out := eligibility.CannotTell
	switch served {
	case 0:
		out = eligibility.NotEligible
	case len(possible):
		out = eligibility.IsEligible
	}
	if len(possible) == 1 {
		add(out, "level", "level %d, for levels %v", possible[0], p.Levels)
	} else {
		add(out, "level", "not known, can be %v, for levels %v", possible, p.Levels)
	}
	return out
}

func (p *Programme) takes(c Candidate, add addGround) eligibility.Answered {
	if p.Entry == nil {
		return eligibility.IsEligible
	}
	in := c.Inputs
	if _, told := in[eligibility.Referred]; !told && c.Route == ByReferral {
		if in = maps.Clone(in); in == nil {
			in = eligibility.Inputs{}
		}
		in[eligibility.Referred] = eligibility.Yes()
	}
	e := p.Entry.Evaluate(in)
	for _, l := range [...]struct {
		a  eligibility.Answered
		of []eligibility.Reason
	}{{eligibility.IsEligible, e.For}, {eligibility.NotEligible, e.Against}, {eligibility.CannotTell, e.Missing}} {
		for _, r := range l.of {
			add(l.a, "entry", "%s: %v", p.Entry.ID, r)
		}
	}
	return e.Answer
}

// both is the answer to two rules that must hold.
func both(a, b eligibility.Answered) eligibility.Answered {
	switch {
	case a == eligibility.NotEligible || b == eligibility.NotEligible:
		return eligibility.NotEligible
	case a == eligibility.CannotTell || b == eligibility.CannotTell:
		return eligibility.CannotTell
	}
	return eligibility.IsEligible
}
