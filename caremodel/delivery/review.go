package delivery

import (
	"fmt"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/caremodel"
)

// Ask is a question of a review.
type Ask struct {
	Kind string `json:"kind"` // goal, referral, rule, participation or discharge
	Key  string `json:"key"`  // of the answer
	What string `json:"what"`
}

// Kinds of questions.
const (
	askGoal          = "goal"
	askReferral      = "referral"
	askRule          = "rule"
	askParticipation = "participation" // its key too
	askDischarge     = "discharge"
)

// Agenda is what a review of the programme asks, in the order goals, referrals, rules,
// participation, discharge; each question once.
func (p *Programme) Agenda() []Ask {
	var out []Ask
	add := func(kind, key, what string) {
		if a := (Ask{kind, key, what}); !slices.ContainsFunc(out, func(o Ask) bool { return o.Kind == kind && o.Key == key }) {
			out = append(out, a)
		}
	}
	for _, g := range p.Goals {
		add(askGoal, g.Key, strings.TrimSpace(g.Measure+" "+g.Target))
	}
	for _, r := range p.Referrals {
		add(askReferral, r.When, "refer to "+r.To)
	}
	for _, r := range p.Rules {
		add(askRule, r, "followed; otherwise the reason")
	}
	if p.Participation.Missed > 0 {
		add(askParticipation, askParticipation, fmt.Sprintf("takes part: fewer than %d sessions missed in %d months", p.Participation.Missed, p.Participation.Months))
	}
	for _, d := range p.Discharges {
		for _, k := range d.All {
			add(askDischarge, k, string(d.To)+" when it holds")
		}
	}
	return out
}

// Leave is an end that a review found: a step for [Enrolments.Step], which a person decides.
type Leave struct {
	To     State  `json:"to"`
	Reason string `json:"reason"`
}

// Reviewed is what a review found. Met, Open and the goals among CannotTell together are all
// goals.
type Reviewed struct {
	Met        []string            `json:"met,omitempty"`        // goals
	Open       []string            `json:"open,omitempty"`       // goals that are not met, or in part
	Refer      []ReferralCriterion `json:"refer,omitempty"`      // whose answer is yes, or in part
	Deviations []string            `json:"deviations,omitempty"` // rules that are not followed, or in part: each needs a reason
	Leave      []Leave             `json:"leave,omitempty"`
	CannotTell []Ask               `json:"cannot_tell,omitempty"` // not answered
}

// Review judges the answers to the programme's [Programme.Agenda], by key. What is not
// answered is neither yes nor no. A discharge holds when all that it asks is a full yes;
// whoever does not take part may be cancelled, see [selfmanagement.ParticipationRule.Cancel].
// It cannot fail; everything is in the programme's order.
func (p *Programme) Review(answers map[string]caremodel.Answer) Reviewed {
	var r Reviewed
	for _, a := range p.Agenda() {
		switch given := answers[a.Key]; {
		case given != caremodel.Yes && given != caremodel.Partly && given != caremodel.No:
			r.CannotTell = append(r.CannotTell, a)
		case a.Kind == askGoal && given == caremodel.Yes:
			r.Met = append(r.Met, a.Key)
		case a.Kind == askGoal:
			r.Open = append(r.Open, a.Key)
		case a.Kind == askRule && given != caremodel.Yes:
			r.Deviations = append(r.Deviations, a.Key)
		case a.Kind == askParticipation && given == caremodel.No:
			r.Leave = append(r.Leave, Leave{Cancelled, fmt.Sprintf("%d sessions missed in %d months", p.Participation.Missed, p.Participation.Months)})
		}
	}
	for _, c := range p.Referrals {
		if a := answers[c.When]; a == caremodel.Yes || a == caremodel.Partly {
			r.Refer = append(r.Refer, c)
		}
	}
	for _, d := range p.Discharges {
		holds := !d.Goals || len(r.Met) == len(p.Goals)
		for _, k := range d.All {
			holds = holds && answers[k] == caremodel.Yes
		}
		if holds {
			why := slices.Clone(d.All)
			if d.Goals {
				why = slices.Insert(why, 0, "all goals met")
			}
			r.Leave = append(r.Leave, Leave{d.To, strings.Join(why, ", ")})
		}
	}
	return r
}
