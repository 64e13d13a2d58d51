package decision

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/internal/name"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/recall"
)

// Action is what a rule asks for.
type Action uint8

// Actions.
const (
	Do Action = iota
	Order
	Avoid // a safety action: always first
	Refer
	Educate
	Review
)

var actionNames = [...]string{"do", "order", "avoid", "refer", "educate", "review"}

// String gives the action in words.
func (a Action) String() string { return actionNames[min(int(a), len(actionNames)-1)] }

// MarshalText gives the words.
func (a Action) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText reads what MarshalText gives; another text is an error that lists the words.
func (a *Action) UnmarshalText(text []byte) error { return name.Parse(a, len(actionNames), text) }

// Strength of a recommendation, as the source has it.
type Strength uint8

// Strengths, strongest first in order; the zero value is "not stated", and last.
const (
	StrengthNotStated Strength = iota
	Strong
	Conditional
	Weak
)

var strengthNames = [...]string{"not stated", "strong", "conditional", "weak"}

// String gives the strength in words.
func (s Strength) String() string { return strengthNames[min(int(s), len(strengthNames)-1)] }

// MarshalText gives the words.
func (s Strength) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads what MarshalText gives; another text is an error that lists the words.
func (s *Strength) UnmarshalText(text []byte) error { return name.Parse(s, len(strengthNames), text) }

// Goal is a target for a measured value, such as HbA1c below 7 %.
type Goal struct {
	Measure string `json:"measure"`
	Text    string `json:"text"` // the target, such as "below 7 %"; two texts for one measure conflict
}

// Rule is a recommendation of a guideline as data.
type Rule struct {
	ID       string              `json:"id"`
	Version  string              `json:"version"`
	From     registry.Date       `json:"from"`
	To       registry.Date       `json:"to"` // in force; 0: open
	When     registry.Definition `json:"-"`  // for whom; judged over the year that ends on the day. nil: everybody
	Unless   registry.Definition `json:"-"`  // but not for these; nil: no exception
	Action   Action              `json:"action"`
	Target   string              `json:"target"` // what is to be done, ordered, avoided: "statin", "retinal examination"
	Goal     Goal                `json:"goal"`   // of rules that set a target
	Key      string              `json:"key"`    // of the gap (registry/recall) that says whether and when it is due; "": always
	Strength Strength            `json:"strength"`
	Grade    string              `json:"grade"`    // of the evidence, as the source has it: "A" before "B"
	Source   string              `json:"source"`   // guideline, edition, section: mandatory
	Priority int                 `json:"priority"` // 1 is first; 0 comes last
	Patient  string              `json:"patient"`  // key of the text for patients; "": none
	Group    string              `json:"group"`    // such as the condition that it is about; "": none
	Class    recall.PromptClass  `json:"class"`
}

// Precedence says that one rule gives way to another where they conflict.
type Precedence struct {
	Over   string `json:"over"`
	Under  string `json:"under"` // rule IDs
	Reason string `json:"reason"`
}

// Guide is a compiled set of rules. It is immutable and may be shared.
type Guide struct {
	Lexicon    *registry.Lexicon `json:"-"`
	rules      []boundRule       // in the order of their final ranking, save for the due day
	precedence []Precedence
}

type boundRule struct {
	Rule
	when, unless                   registry.Criterion
	ids, versions, groups, sources []string // of itself, shared by its recommendations
}

// Compile checks rules and binds them to value sets. Faults are [caremodel.ErrDefinition],
// missing value sets registry.ErrValueSet, all at once: no or repeated
// IDs (two versions of one ID may not be in force on the same day), no source, no target,
// an unknown action, an end before the start, a goal without a measure, missing value
// sets by name and OID, and precedences without a reason, of unknown rules, or in a
// circle.
func Compile(sets []registry.ValueSet, rules []Rule, precedence ...Precedence) (*Guide, error) {
	b := registry.NewBinder(sets)
	g := &Guide{precedence: slices.Clone(precedence)}
	var errs []error
	for i, r := range rules {
		bad := func(format string, args ...any) {
			errs = append(errs, fmt.Errorf("%w: rule %q %s: %s", caremodel.ErrDefinition, r.ID, r.Version, fmt.Sprintf(format, args...)))
		}
		if r.ID == "" {
			bad("no ID")
		}
		for _, o := range rules[:i] {
			if o.ID == r.ID && (o.To == 0 || r.From <= o.To) && (r.To == 0 || o.From <= r.To) {
				bad("in force together with version %s", o.Version)
			}
		}
		if r.Source == "" {
			bad("no source")
		}
		if r.Target == "" {
			bad("nothing to %s", r.Action)
		}
		if r.Action > Review || r.Strength > Weak {
			bad("action %d, strength %d", r.Action, r.Strength)
		}
		if r.To != 0 && r.To < r.From {
			bad("from %s to %s", r.From, r.To)
		}
		if (r.Goal.Measure == "") != (r.Goal.Text == "") {
			bad("a goal %q for the measure %q", r.Goal.Text, r.Goal.Measure)
		}
		x := boundRule{Rule: r, ids: []string{r.ID}, versions: []string{r.Version}, sources: []string{r.Source}}
		if r.Group != "" {
			x.groups = []string{r.Group}
		}
		b.In(r.ID)
		if r.When != nil {
			x.when = r.When.Bind(b)
		}
		if r.Unless != nil {
			x.unless = r.Unless.Bind(b)
		}
		g.rules = append(g.rules, x)
	}
	for i, p := range precedence {
		has := func(id string) bool { return slices.ContainsFunc(rules, func(r Rule) bool { return r.ID == id }) }
		_, circle := g.yields(p.Over, p.Under, nil)
		if p.Reason == "" || !has(p.Over) || !has(p.Under) || p.Over == p.Under || circle {
			errs = append(errs, fmt.Errorf("%w: precedence %d of %q over %q: unknown, without a reason, or in a circle", caremodel.ErrDefinition, i+1, p.Over, p.Under))
		}
	}
	var err error
	g.Lexicon, err = b.Lexicon()
	if err := errors.Join(append(errs, err)...); err != nil {
		return nil, err
	}
	slices.SortStableFunc(g.rules, func(a, b boundRule) int { return compareRules(&a.Rule, &b.Rule) })
	return g, nil
}

// yields reports whether a rule gives way to another, also by way of others, and the reason
// of the last precedence on that way.
func (g *Guide) yields(under, over string, seen []string) (why string, ok bool) {
	if slices.Contains(seen, under) {
		return "", false
	}
	seen = append(seen, under)
	for _, p := range g.precedence {
		if p.Under != under {
			continue
		}
		if p.Over == over {
			return p.Reason, true
		}
		if why, ok = g.yields(p.Over, over, seen); ok {
			return why, true
		}
	}
	return "", false
}

// Rules lists what was compiled, in the order of ranking.
func (g *Guide) Rules() []Rule {
	var out []Rule
	for i := range g.rules {
		out = append(out, g.rules[i].Rule)
	}
	return out
}

// Chart makes a chart for the guide. It belongs to one goroutine.
func (g *Guide) Chart() *registry.Chart { return registry.NewChart(g.Lexicon) }

// FollowUpRules turns the published follow-up items (registry/recall) into rules for the
// conditions that the caller defines: the item is to be done, its source and the
// guideline's confirmation stand with it, and its ID is the key of the gap. Items that
// the source gives only as an example are left out. A condition that no item is about is
// [caremodel.ErrDefinition]; all of them are named.
func FollowUpRules(conditions map[string]registry.Definition) ([]Rule, error) {
	items, err := recall.FollowUps()
	if err != nil {
		return nil, err
	}
	var out []Rule
	used := map[string]bool{}
	for _, f := range items {
		when, ok := conditions[f.Condition]
		if !ok {
			continue
		}
		used[f.Condition] = true
		if f.Confirmation == "recall" {
			continue
		}
		out = append(out, Rule{ID: f.ID, Version: f.SourceYear, When: when, Action: Do, Target: f.Item, Key: f.ID, Source: f.Source + " (" + f.Confirmation + ")", Group: f.Condition, Class: recall.Treatment})
	}
	var errs []error
	var names []string
	for c := range conditions {
		names = append(names, c)
	}
	slices.Sort(names)
	for _, c := range names {
		if !used[c] {
			errs = append(errs, fmt.Errorf("%w: unknown condition %q", caremodel.ErrDefinition, c))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	slices.SortFunc(out, func(a, b Rule) int { return strings.Compare(a.ID, b.ID) })
	return out, nil
}
