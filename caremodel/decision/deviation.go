package decision

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/registry"
)

// Given is a recommendation that was made, and what came of it.
type Given struct {
	Rule     string        `json:"rule"`
	Person   string        `json:"person"`
	Provider string        `json:"provider"`
	On       registry.Date `json:"on"`
	Followed registry.Date `json:"followed"` // 0: not
	Contrary registry.Date `json:"contrary"` // the opposite was done; 0: not
}

// Justification is why a recommendation is not followed. It silences the prompt up to
// its last day; it never closes a gap.
type Justification struct {
	Rule    string        `json:"rule"`
	Person  string        `json:"person"`
	Code    string        `json:"code"` // the caller's list: mandatory
	Text    bool          `json:"text"` // a text is there too
	By      string        `json:"by"`
	On      registry.Date `json:"on"`
	Expires registry.Date `json:"expires"` // the last day; 0: for good
}

// Deviation is a recommendation not followed within its limit, or an action contrary to
// it.
type Deviation struct {
	Given         Given         `json:"given"`
	Since         registry.Date `json:"since"` // the day after the limit, or of the contrary action
	Contrary      bool          `json:"contrary"`
	Justification string        `json:"justification"` // its code; "" is unjustified
}

// Silenced reports whether a justified deviation silences a rule's prompt for a person on
// a day.
func Silenced(rule, person string, js []Justification, asOf registry.Date) bool {
	return slices.ContainsFunc(js, func(j Justification) bool {
		return j.Rule == rule && j.Person == person && j.Code != "" && j.On != 0 && j.On <= asOf && (j.Expires == 0 || asOf <= j.Expires)
	})
}

// Silence marks the recommendations whose rules are all silenced for a person.
func Silence(recs []Recommendation, person string, js []Justification, asOf registry.Date) {
	for i := range recs {
		recs[i].Silent = !slices.ContainsFunc(recs[i].Rules, func(rule string) bool { return !Silenced(rule, person, js, asOf) })
	}
}

// FindDeviations judges recommendations on a day: one that is due longer than limit days
// without being followed, or one against which something was done. A justification counts
// when it was given by the day and had not expired when the deviation began; of several the
// first code in the order of letters stands. What lies after the day does not exist. A
// negative limit is [caremodel.ErrPolicy], and a recommendation without a rule, person or
// day, or followed or broken before it was made, [caremodel.ErrAnswer], all at once. Costs
// are linear, save for sorting.
func FindDeviations(given []Given, js []Justification, limit int, asOf registry.Date) ([]Deviation, error) {
	var errs []error
	if limit < 0 {
		errs = append(errs, fmt.Errorf("%w: a limit of %d days", caremodel.ErrPolicy, limit))
	}
	for i, g := range given {
		if g.Rule == "" || g.Person == "" || g.On == 0 || g.Followed != 0 && g.Followed < g.On || g.Contrary != 0 && g.Contrary < g.On {
			errs = append(errs, fmt.Errorf("%w: recommendation %d of rule %q to %q, made on %s, followed on %s, broken on %s", caremodel.ErrAnswer, i+1, g.Rule, g.Person, g.On, g.Followed, g.Contrary))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	reasons := map[[2]string][]Justification{} // by rule and person
	for _, j := range js {
		k := [2]string{j.Rule, j.Person}
		reasons[k] = append(reasons[k], j)
	}
	var out []Deviation
	for _, g := range given {
		if g.On > asOf {
			continue
		}
		d := Deviation{Given: g}
		late := g.On.AddDays(limit + 1)
		followed := g.Followed != 0 && g.Followed <= asOf
		if !(followed && g.Followed < late) && late <= asOf {
			d.Since = late
		}
		if g.Contrary != 0 && g.Contrary <= asOf && (d.Since == 0 || g.Contrary <= d.Since) {
			d.Since, d.Contrary = g.Contrary, true
		}
		if d.Since == 0 {
			continue
		}
		for _, j := range reasons[[2]string{g.Rule, g.Person}] {
			if j.Code != "" && j.On != 0 && j.On <= asOf && (j.Expires == 0 || j.Expires >= d.Since) && (d.Justification == "" || j.Code < d.Justification) {
				d.Justification = j.Code
			}
		}
		out = append(out, d)
	}
	slices.SortFunc(out, func(a, b Deviation) int {
		return cmp.Or(cmp.Compare(a.Since, b.Since), strings.Compare(a.Given.Rule, b.Given.Rule), strings.Compare(a.Given.Person, b.Given.Person), cmp.Compare(a.Given.On, b.Given.On), strings.Compare(a.Given.Provider, b.Given.Provider))
	})
	return out, nil
}

// RuleDeviations counts the deviations from a rule.
type RuleDeviations struct {
	Rule        string        `json:"rule"`
	Deviations  registry.Rate `json:"deviations"`  // of the recommendations that came due
	Unjustified registry.Rate `json:"unjustified"` // of the deviations
	Review      bool          `json:"review"`      // so many that the rule itself is to be looked at
}

// DeviationRates counts deviations by rule, in the order of rule IDs, with an issue for
// each unjustified one (the German programmes ask for a reason: King's Fund 2010:496).
// given are all recommendations; those made later than limit days before asOf and not yet
// decided don't count. review is the number of deviations from which a rule is put on
// the review list; 0: never, less is [caremodel.ErrPolicy]. Faults otherwise are those of
// [FindDeviations].
func DeviationRates(given []Given, js []Justification, limit, review int, asOf registry.Date) ([]RuleDeviations, []caremodel.Issue, error) {
	ds, err := FindDeviations(given, js, limit, asOf)
	if review < 0 {
		err = errors.Join(err, fmt.Errorf("%w: a rule reviewed from %d deviations on", caremodel.ErrPolicy, review))
	}
	if err != nil {
		return nil, nil, err
	}
	byRule := map[string]*RuleDeviations{}
	at := func(rule string) *RuleDeviations {
		if byRule[rule] == nil {
			byRule[rule] = &RuleDeviations{Rule: rule}
		}
		return byRule[rule]
	}
	for _, g := range given {
		decided := g.Followed != 0 && g.Followed <= asOf || g.Contrary != 0 && g.Contrary <= asOf
		if g.On <= asOf && (decided || g.On.AddDays(limit) < asOf) {
			at(g.Rule).Deviations.Den++
		}
	}
	var issues []caremodel.Issue
	for _, d := range ds {
		r := at(d.Given.Rule)
		r.Deviations.Num++
		r.Unjustified.Den++
		if d.Justification == "" {
			r.Unjustified.Num++
			issues = append(issues, caremodel.Issue{Code: caremodel.Unjustified, Subject: d.Given.Person, On: d.Since, Detail: "rule " + d.Given.Rule})
		}
	}
	var out []RuleDeviations
	for _, r := range byRule {
		r.Review = review > 0 && r.Deviations.Num >= int64(review)
		out = append(out, *r)
	}
	slices.SortFunc(out, func(a, b RuleDeviations) int { return strings.Compare(a.Rule, b.Rule) })
	caremodel.SortIssues(issues)
	return out, issues, nil
}
