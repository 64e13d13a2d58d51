package decision

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/registry"
)

// Referral asks for a service of somebody else, before it goes out. What becomes of it
// afterwards is community's loop, under the same ID.
type Referral struct {
	ID           string        `json:"id"`
	Person       string        `json:"person"`
	Provider     string        `json:"provider"` // who refers
	BySpecialist bool          `json:"by_specialist"`
	Service      string        `json:"service"`
	Specialty    string        `json:"specialty"`
	Diagnosis    registry.Code `json:"diagnosis"`
	Urgent       bool          `json:"urgent"`
	On           registry.Date `json:"on"`
	Items        []string      `json:"items,omitempty"` // what came with it: "HbA1c", "letter"
	Difficult    bool          `json:"difficult"`       // wanted for the case review
}

// Verdict on a referral.
type Verdict string

// Verdicts.
const (
	Allowed            Verdict = "allowed"
	NeedsAuthorisation Verdict = "needs authorisation"
	Redirected         Verdict = "redirected"
	BackToPrimary      Verdict = "back to primary doctor"
	MoreInformation    Verdict = "more information"
)

// ReferralRule decides referrals that match it: empty fields match all.
type ReferralRule struct {
	ID        string          `json:"id"`
	Service   string          `json:"service"`
	Specialty string          `json:"specialty"`
	Diagnoses []registry.Code `json:"diagnoses,omitempty"`
	Items     []string        `json:"items,omitempty"` // must come with the referral, else more information is asked for
	Verdict   Verdict         `json:"verdict"`         // when all items are there; "": allowed
	To        string          `json:"to"`              // of a redirection
	Source    string          `json:"source"`
}

// ReferralPolicy sets how referrals are controlled. The zero value is the default.
type ReferralPolicy struct {
	OnwardAllowed   bool `json:"onward_allowed"`    // specialists may refer on; default: back to the primary doctor first (Nuffield Trust 2011:290)
	DecisionDays    int  `json:"decision_days"`     // for an authorisation; 0: 7, the library's decision
	AllowedWhenLate bool `json:"allowed_when_late"` // an overdue decision counts as given; default: escalated
	ValidDays       int  `json:"valid_days"`        // of an authorisation; 0: 90, the library's decision
}

// Control is a compiled set of referral rules. It is immutable and may be shared.
type Control struct {
	rules  []ReferralRule
	policy ReferralPolicy
}

// NewControl checks rules and policy; every fault comes at once: rules without an ID or a
// source or there twice, with an unknown verdict, or that redirect nowhere
// ([caremodel.ErrDefinition]), and negative days ([caremodel.ErrPolicy]).
func NewControl(rules []ReferralRule, p ReferralPolicy) (*Control, error) {
	var errs []error
	if p.DecisionDays < 0 || p.ValidDays < 0 {
		errs = append(errs, fmt.Errorf("%w: %d days to decide, valid %d days", caremodel.ErrPolicy, p.DecisionDays, p.ValidDays))
	}
	p.DecisionDays, p.ValidDays = cmp.Or(p.DecisionDays, 7), cmp.Or(p.ValidDays, 90)
	seen := map[string]bool{}
	for _, r := range rules {
		if r.ID == "" || seen[r.ID] || r.Source == "" {
			errs = append(errs, fmt.Errorf("%w: referral rule %q: no ID, there twice, or without a source", caremodel.ErrDefinition, r.ID))
		}
		seen[r.ID] = true
		if !slices.Contains([]Verdict{"", Allowed, NeedsAuthorisation, Redirected, BackToPrimary}, r.Verdict) || (r.Verdict == Redirected) != (r.To != "") {
			errs = append(errs, fmt.Errorf("%w: referral rule %q: %q to %q", caremodel.ErrDefinition, r.ID, r.Verdict, r.To))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return &Control{slices.Clone(rules), p}, nil
}

// Decision is what was decided on a referral, by which rule and why.
type Decision struct {
	Verdict Verdict  `json:"verdict"`
	Rule    string   `json:"rule"` // ID; "" where a policy decided
	To      string   `json:"to"`
	Missing []string `json:"missing,omitempty"` // items
	Note    string   `json:"note"`
}

// Check decides a referral: urgent ones always pass, with a note; an onward referral by a
// specialist goes back to the primary doctor; then the first matching rule; without one
// it is allowed.
func (c *Control) Check(r Referral) Decision {
	switch {
	case r.Urgent:
		return Decision{Verdict: Allowed, Note: "urgent: allowed without control"}
	case r.BySpecialist && !c.policy.OnwardAllowed:
		return Decision{Verdict: BackToPrimary, Note: "onward referral by a specialist"}
	}
	for _, x := range c.rules {
		if x.Service != "" && x.Service != r.Service || x.Specialty != "" && x.Specialty != r.Specialty || len(x.Diagnoses) > 0 && !slices.Contains(x.Diagnoses, r.Diagnosis) {
			continue
		}
		d := Decision{Verdict: Verdict(cmp.Or(string(x.Verdict), string(Allowed))), Rule: x.ID, To: x.To}
		for _, item := range x.Items {
			if !slices.Contains(r.Items, item) {
				d.Missing = append(d.Missing, item)
			}
		}
		if d.Missing != nil {
			d.Verdict, d.To = MoreInformation, ""
		}
		return d
	}
	return Decision{Verdict: Allowed, Note: "no rule is about it"}
}

// Authorisation is the answer to a referral that needs one.
type Authorisation struct {
	Referral string        `json:"referral"`
	Asked    registry.Date `json:"asked"`
	Decided  registry.Date `json:"decided"` // 0: not yet
	Granted  bool          `json:"granted"`
}

// AuthorisationState says where a request stands.
type AuthorisationState string

// States of an authorisation.
const (
	NotAsked  AuthorisationState = "not asked"
	Pending   AuthorisationState = "pending"
	Escalated AuthorisationState = "escalated" // no decision in time
	Granted   AuthorisationState = "granted"
	Refused   AuthorisationState = "refused"
	Lapsed    AuthorisationState = "lapsed" // its validity is over
)

// Authorised judges a referral's request on a day: the latest one asked by then decides.
// The day after the limit it is overdue, and then granted or escalated by the policy.
// until is the last day of a granted one.
func (c *Control) Authorised(referral string, asked []Authorisation, asOf registry.Date) (s AuthorisationState, until registry.Date) {
	var a Authorisation
	for _, x := range asked {
		if x.Referral == referral && x.Asked != 0 && x.Asked <= asOf && (x.Asked > a.Asked || x.Asked == a.Asked && x.Decided > a.Decided) {
			a = x
		}
	}
	limit := a.Asked.AddDays(c.policy.DecisionDays)
	granted := a.Decided
	switch {
	case a.Asked == 0:
		return NotAsked, 0
	case a.Decided != 0 && a.Decided <= asOf && !a.Granted:
		return Refused, 0
	case a.Decided != 0 && a.Decided <= asOf:
	case asOf <= limit:
		return Pending, 0
	case !c.policy.AllowedWhenLate:
		return Escalated, 0
	default:
		granted = limit.AddDays(1)
	}
	until = granted.AddDays(c.policy.ValidDays - 1)
	if asOf > until {
		return Lapsed, until
	}
	return Granted, until
}

// ReviewCase is a referral for the week's review among peers.
type ReviewCase struct {
	Referral Referral `json:"referral"`
	Decision Decision `json:"decision"`
}

// CaseReview lists the referrals of a period that are difficult or were not simply
// allowed, by day and ID (Nuffield Trust 2011:123, 248).
func (c *Control) CaseReview(referrals []Referral, p registry.Period) (out []ReviewCase) {
	for _, r := range referrals {
		if !p.Contains(r.On) {
			continue
		}
		if d := c.Check(r); r.Difficult || d.Verdict != Allowed {
			out = append(out, ReviewCase{r, d})
		}
	}
	slices.SortFunc(out, func(a, b ReviewCase) int {
		return cmp.Or(cmp.Compare(a.Referral.On, b.Referral.On), strings.Compare(a.Referral.ID, b.Referral.ID))
	})
	return out
}

// ReferralRate is a physician's referrals for the people of the panel. It is there to be
// fed back (Nuffield Trust 2011:318-320) and tagged as never payable: paying for fewer
// referrals is refused (Nuffield Trust 2011:330-340).
type ReferralRate struct {
	Provider   string        `json:"provider"`
	Rate       registry.Rate `json:"rate"`        // referrals of people; may exceed 1
	NotPayable bool          `json:"not_payable"` // always true
}

// ReferralRates counts the referrals of a period by physician, in the order of their
// names; panels gives the people of each. Referrals of physicians without a panel are
// counted with an undefined rate; undated ones belong to no period.
func ReferralRates(referrals []Referral, panels map[string]int64, p registry.Period) (out []ReferralRate) {
	n := map[string]int64{}
	for _, r := range referrals {
		if p.Contains(r.On) {
			n[r.Provider]++
		}
	}
	names := slices.AppendSeq(slices.Collect(maps.Keys(n)), maps.Keys(panels))
	slices.Sort(names)
	for _, d := range slices.Compact(names) {
		out = append(out, ReferralRate{d, registry.Rate{Num: n[d], Den: panels[d]}, true})
	}
	return out
}
