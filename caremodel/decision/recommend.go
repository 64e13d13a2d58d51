package decision

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/recall"
)

// Recommendation is what one or several rules ask for on a day. Its lists belong to the guide
// and may be shared with other people's recommendations: read them, don't write to them.
type Recommendation struct {
	Rules     []string           `json:"rules"`            // IDs, sorted; the first by rank speaks for the others
	Versions  []string           `json:"versions"`         // of the rules, in their order
	Groups    []string           `json:"groups,omitempty"` // of the rules, sorted: what it is for
	Action    Action             `json:"action"`
	Target    string             `json:"target"`
	Goal      Goal               `json:"goal"`
	Key       string             `json:"key,omitempty"`
	Strength  Strength           `json:"strength"`
	Grade     string             `json:"grade,omitempty"`
	Sources   []string           `json:"sources"` // of all its rules
	Due       registry.Date      `json:"due"`     // of the gap; 0: now
	Priority  int                `json:"priority"`
	Patient   string             `json:"patient,omitempty"`
	Class     recall.PromptClass `json:"class"`
	Conflicts []string           `json:"conflicts,omitempty"` // rules that say otherwise
	YieldsTo  string             `json:"yields_to,omitempty"` // the rule that takes precedence: this one is not to be followed
	Because   string             `json:"because,omitempty"`   // the reason of the precedence that it yields by
	Overrides []string           `json:"overrides,omitempty"` // rules that give way to this one, of those in conflict
	Silent    bool               `json:"silent,omitempty"`    // a justified deviation: not prompted for the time
}

// Text gives the recommendation on a line.
func (r *Recommendation) Text() string {
	s := r.Action.String() + " " + r.Target
	if len(r.Groups) > 0 {
		s += " for " + strings.Join(r.Groups, ", ")
	}
	if r.Goal.Measure != "" {
		s += ": " + r.Goal.Measure + " " + r.Goal.Text
	}
	if r.Due != 0 {
		s += ", due " + r.Due.String()
	}
	s += " (" + strings.Join(r.Sources, "; ")
	if r.Strength != StrengthNotStated {
		s += ", " + r.Strength.String()
	}
	if r.Grade != "" {
		s += ", grade " + r.Grade
	}
	s += ")"
	switch {
	case r.YieldsTo != "":
		s += " gives way to " + r.YieldsTo + ": " + r.Because
	default:
		if over := strings.Join(r.Overrides, ", "); over != "" {
			s += " takes precedence over " + over
		}
		if open := r.unsettled(); len(open) > 0 {
			s += " CONFLICT with " + strings.Join(open, ", ")
		}
	}
	return s
}

// unsettled are conflicts that no precedence decides.
func (r *Recommendation) unsettled() (out []string) {
	for _, c := range r.Conflicts {
		if !slices.Contains(r.Overrides, c) {
			out = append(out, c)
		}
	}
	return out
}

// compareRules is the order of recommendations that follows from the rules alone.
func compareRules(a, b *Rule) int {
	return cmp.Or(cmp.Compare(safety(a.Action), safety(b.Action)), cmp.Compare(last(a.Priority), last(b.Priority)), cmp.Compare(last(int(a.Strength)), last(int(b.Strength))),
		cmp.Compare(grade(a.Grade), grade(b.Grade)), strings.Compare(a.ID, b.ID), strings.Compare(a.Version, b.Version))
}

func safety(a Action) int {
	if a == Avoid {
		return 0
	}
	return 1
}

func last(n int) int {
	if n == 0 {
		return 1 << 30
	}
	return n
}

func grade(g string) string { return cmp.Or(g, "\xff") }

func compare(a, b *Recommendation) int {
	return cmp.Or(cmp.Compare(safety(a.Action), safety(b.Action)), cmp.Compare(last(a.Priority), last(b.Priority)), cmp.Compare(last(int(a.Strength)), last(int(b.Strength))),
		cmp.Compare(grade(a.Grade), grade(b.Grade)), cmp.Compare(a.Due, b.Due), strings.Compare(a.Rules[0], b.Rules[0]))
}

// Recommend lists what the rules ask for on a day: load the chart as of that day. gaps
// are the person's (registry/recall), in which a rule finds by its key whether care is
// open; of a key that is closed, excluded or does not apply nothing is recommended. A
// rule whose key is in no gap is recommended always. Rules of one action, target and
// goal merge, and keep all groups and sources. Conflicts are flagged on both sides; with a precedence the lower
// one says to whom it yields. The order: safety first, then priority, strength, grade, due
// day and rule ID. buf's storage is reused.
func (g *Guide) Recommend(c *registry.Chart, asOf registry.Date, gaps []recall.Gap, buf []Recommendation) []Recommendation {
	out := buf[:0]
	year := registry.LastMonths(asOf, 12, registry.FarExclusive)
	for i := range g.rules {
		r := &g.rules[i]
		if !(registry.Period{Start: r.From, End: r.To}).Contains(asOf) {
			continue
		}
		due, open := dueOf(r.Key, gaps, asOf)
		if !open || r.when != nil && !r.when.Holds(c, year) || r.unless != nil && r.unless.Holds(c, year) {
			continue
		}
		at := slices.IndexFunc(out, func(o Recommendation) bool { return o.Action == r.Action && o.Target == r.Target && o.Goal == r.Goal })
		if at >= 0 {
			out[at].merge(r, due)
			continue
		}
		out = append(out, Recommendation{Rules: r.ids, Versions: r.versions, Groups: r.groups, Action: r.Action, Target: r.Target, Goal: r.Goal, Key: r.Key, Strength: r.Strength, Grade: r.Grade, Sources: r.sources, Due: due, Priority: r.Priority, Patient: r.Patient, Class: r.Class})
	}
	for i := range out {
		for k := range out {
			if i != k && contradict(&out[i], &out[k]) {
				g.conflict(&out[i], &out[k])
			}
		}
	}
	if !slices.IsSortedFunc(out, func(a, b Recommendation) int { return compare(&a, &b) }) {
		slices.SortFunc(out, func(a, b Recommendation) int { return compare(&a, &b) })
	}
	return out
}

// dueOf is the earliest due day of the key's open gaps, and whether there is one; a key that
// is in no gap is open always.
func dueOf(key string, gaps []recall.Gap, asOf registry.Date) (due registry.Date, open bool) {
	found := false
	for i := range gaps {
		g := &gaps[i]
		if key == "" || g.Key != key {
			continue
		}
		found = true
		if g.Open(asOf) && (!open || g.Due < due) {
			due, open = g.Due, true
		}
	}
	return due, open || !found
}

// merge adds a rule to the recommendation of a higher one.
func (r *Recommendation) merge(o *boundRule, due registry.Date) {
	at, _ := slices.BinarySearch(r.Rules, o.ID)
	r.Rules, r.Versions = slices.Insert(slices.Clone(r.Rules), at, o.ID), slices.Insert(slices.Clone(r.Versions), at, o.Version)
	r.Groups = union(r.Groups, o.groups)
	r.Sources = union(r.Sources, o.sources)
	if due != 0 && (r.Due == 0 || due < r.Due) {
		r.Due = due
	}
	r.Patient = cmp.Or(r.Patient, o.Patient)
}

// union is a new sorted list: those of rules are shared.
func union(a, b []string) []string {
	out := append(slices.Clone(a), b...)
	slices.Sort(out)
	return slices.Compact(out)
}

// contradict tells whether two recommendations cannot both be followed.
func contradict(a, b *Recommendation) bool {
	positive := func(x Action) bool { return x == Do || x == Order }
	if a.Target == b.Target && (a.Action == Avoid && positive(b.Action) || b.Action == Avoid && positive(a.Action)) {
		return true
	}
	return a.Goal.Measure != "" && a.Goal.Measure == b.Goal.Measure && a.Goal.Text != b.Goal.Text
}

func (g *Guide) conflict(a, b *Recommendation) {
	a.Conflicts = union(a.Conflicts, b.Rules)
	if over, why := g.over(a, b); over != "" && a.YieldsTo == "" {
		a.YieldsTo, a.Because = over, why
	}
	if over, _ := g.over(b, a); over != "" {
		a.Overrides = union(a.Overrides, b.Rules)
	}
}

// over is the rule of b that a gives way to, and why.
func (g *Guide) over(a, b *Recommendation) (rule, why string) {
	for _, under := range a.Rules {
		for _, over := range b.Rules {
			if why, ok := g.yields(under, over, nil); ok {
				return over, why
			}
		}
	}
	return "", ""
}

// Issues lists conflicts that no precedence settles.
func Issues(recs []Recommendation, person string) (out []caremodel.Issue) {
	for i := range recs {
		r := &recs[i]
		for k := range recs[:i] {
			o := &recs[k]
			if contradict(r, o) && r.YieldsTo == "" && o.YieldsTo == "" {
				out = append(out, caremodel.Issue{Code: caremodel.RuleConflict, Subject: person, Detail: fmt.Sprintf("%s against %s", strings.Join(o.Rules, ", "), strings.Join(r.Rules, ", "))})
			}
		}
	}
	caremodel.SortIssues(out)
	return out
}

// label names a rule with its version and source.
func (r *boundRule) label() string {
	s := r.Action.String() + " " + r.Target + " (rule " + r.ID
	if r.Version != "" {
		s += ", version " + r.Version
	}
	return s + ", " + r.Source + ")"
}

// Explain is the finding behind a rule for a person on a day: met when the rule fires by
// its criteria, with the facts that settled it. false: the guide has no such rule in force
// on that day.
func (g *Guide) Explain(c *registry.Chart, asOf registry.Date, rule string) (registry.Finding, bool) {
	year := registry.LastMonths(asOf, 12, registry.FarExclusive)
	for i := range g.rules {
		r := &g.rules[i]
		if r.ID != rule || !(registry.Period{Start: r.From, End: r.To}).Contains(asOf) {
			continue
		}
		f := registry.Finding{Met: true, Label: r.label(), Reason: registry.Present}
		if r.when != nil {
			w := r.when.Explain(c, year)
			f.Met = w.Met
			f.Parts = append(f.Parts, w)
		}
		if r.unless != nil {
			u := r.unless.Explain(c, year)
			f.Met = f.Met && !u.Met
			u.Label = "unless: " + u.Label
			f.Parts = append(f.Parts, u)
		}
		if !f.Met {
			f.Reason = registry.NotFound
		}
		return f, true
	}
	return registry.Finding{}, false
}

// PatientView lists what a patient is told: the caller's texts by key, in order, of what
// is to be followed and not silenced. missing are keys without a text, and noKey rules
// that have none: guidelines shared with patients are only as complete as their texts.
func PatientView(recs []Recommendation, texts map[string]string) (out, missing, noKey []string) {
	for i := range recs {
		r := &recs[i]
		if r.YieldsTo != "" || r.Silent {
			continue
		}
		t, ok := texts[r.Patient]
		switch {
		case r.Patient == "":
			noKey = append(noKey, r.Rules...)
		case !ok:
			missing = append(missing, r.Patient)
		default:
			out = append(out, t)
		}
	}
	return out, missing, noKey
}

// ExpectedEffect says whether reminders of a class can be expected to work, and why: they do
// for prescribing, prevention and general treatment, less for diagnosis (King's Fund
// 2004:2243-2247).
func ExpectedEffect(c recall.PromptClass) (works bool, why string) {
	if c == recall.DiagnosisClass {
		return false, "reminders change diagnosis less than prescribing, prevention and treatment"
	}
	return true, "reminders work for prescribing, prevention and general treatment"
}
