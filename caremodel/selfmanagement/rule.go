package selfmanagement

import (
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/internal/name"
	"github.com/chroniccare/chroniccare/internal/table"
	"github.com/chroniccare/chroniccare/registry"
)

//go:embed data/self-monitoring-rules.csv
var rulesCSV string

// Test is what a rule looks at.
type Test uint8

// Tests.
const (
	LevelTest Test = iota // the latest reading against a limit
	RiseTest              // latest - lowest of the days before it against a limit
	MeanTest              // mean of the readings of the days up to the latest against a limit
	NoReading             // days on which an expected reading was missing against a limit
)

var testNames = [...]string{"level", "rise", "mean level", "no reading"}

// String gives the test in words.
func (t Test) String() string { return testNames[min(int(t), len(testNames)-1)] }

// MarshalText gives the words.
func (t Test) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText reads what MarshalText gives; another text is an error that lists the words.
func (t *Test) UnmarshalText(text []byte) error { return name.Parse(t, len(testNames), text) }

// Action is what an alert asks for; the smaller the more urgent.
type Action uint8

// Actions. The first three are a call, the fourth an appointment, the last nothing but a
// line in the record.
const (
	ContactSameDay Action = iota
	ContactNextDay
	ReviewNextWorkingDay
	BookReview
	LogOnly
)

var actionNames = [...]string{"contact same day", "contact next day", "review next working day", "book review", "nothing"}

// String gives the action in words.
func (a Action) String() string { return actionNames[min(int(a), len(actionNames)-1)] }

// MarshalText gives the words.
func (a Action) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText reads what MarshalText gives; another text is an error that lists the words.
func (a *Action) UnmarshalText(text []byte) error { return name.Parse(a, len(actionNames), text) }

// Limit is a comparison with a number in the rule's unit, strict or not as its [registry.Op]
// says. Component names the part of a reading, such as systolic; "" is the reading itself.
type Limit struct {
	Component string
	Is        registry.Op
	Value     registry.Number
}

var opSigns = [...]string{"<", "<=", ">", ">="}

// String gives "systolic >= 180".
func (l Limit) String() string {
	return strings.TrimSpace(l.Component + " " + opSigns[min(int(l.Is), len(opSigns)-1)] + " " + l.Value.String())
}

// MarshalText gives the limit as [Limit.String] does.
func (l Limit) MarshalText() ([]byte, error) { return []byte(l.String()), nil }

// UnmarshalText reads what MarshalText gives.
func (l *Limit) UnmarshalText(text []byte) error {
	ls, err := parseLimits(string(text))
	if err != nil || len(ls) != 1 {
		return fmt.Errorf("%w: limit %q", caremodel.ErrDefinition, text)
	}
	*l = ls[0]
	return nil
}

// Rule says when a reading sent from home asks for action.
type Rule struct {
	ID           string  `json:"id"`
	Condition    string  `json:"condition"` // of the people it is for; "any": everybody
	Signal       string  `json:"signal"`    // weight, blood pressure, glucose ...; "any" for no reading
	Test         Test    `json:"test"`
	Any          []Limit `json:"any,omitempty"` // one that holds is enough
	Unit         string  `json:"unit,omitempty"`
	Days         int     `json:"days"`               // window of a rise or mean; days allowed without a reading
	AtLeast      int     `json:"at_least,omitempty"` // readings that a mean needs; 0: 4
	Action       Action  `json:"action"`
	Source       string  `json:"source"`
	Confirmation string  `json:"confirmation"` // read, secondary, recall, design
}

// String gives the rule in words.
func (r Rule) String() string {
	s := r.ID + ": " + r.Signal + " " + r.Test.String()
	for i, l := range r.Any {
		if i > 0 {
			s += " or"
		}
		s += " " + l.String()
	}
	if r.Unit != "" {
		s += " " + r.Unit
	}
	if r.Days > 0 {
		s += fmt.Sprintf(" in %d days", r.Days)
	}
	return s + ", " + r.Action.String()
}

// Rules gives the rules that ship, in the table's order: examples for a deployer to review.
func Rules() ([]Rule, error) { return parseRules(rulesCSV) }

func parseRules(text string) ([]Rule, error) {
	t, err := table.Parse("self-monitoring-rules", text)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", caremodel.ErrDefinition, err)
	}
	var out []Rule
	var errs []error
	for i, row := range t.Rows {
		r := Rule{ID: row[0], Condition: row[1], Signal: row[2], Unit: registry.CanonicalUnit(row[5]), Source: row[8], Confirmation: row[9]}
		bad := func(format string, args ...any) {
			errs = append(errs, fmt.Errorf("%w: self-monitoring rule %d, %s: %s", caremodel.ErrDefinition, i+1, r.ID, fmt.Sprintf(format, args...)))
		}
		test, action := slices.Index(testNames[:], row[3]), slices.Index(actionNames[:], row[7])
		if test < 0 || action < 0 {
			bad("test %q, action %q", row[3], row[7])
			continue
		}
		r.Test, r.Action = Test(test), Action(action)
		if row[6] != "" {
			if r.Days, err = strconv.Atoi(row[6]); err != nil {
				bad("a window of %q days", row[6])
			}
		}
		if r.Test == NoReading {
			r.Unit = ""
		} else if r.Any, err = parseLimits(row[4]); err != nil {
			bad("%v", err)
		}
		out = append(out, r)
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return out, nil
}

// parseLimits reads "mean systolic >= 140 or mean diastolic >= 90".
func parseLimits(s string) ([]Limit, error) {
	var out []Limit
	for part := range strings.SplitSeq(s, " or ") {
		f := strings.Fields(strings.TrimPrefix(part, "mean "))
		var l Limit
		if len(f) == 3 {
			l.Component, f = f[0], f[1:]
		}
		if len(f) != 2 {
			return nil, fmt.Errorf("limit %q", part)
		}
		op := slices.Index(opSigns[:], f[0])
		n, err := registry.ParseNumber(f[1])
		if op < 0 || err != nil {
			return nil, fmt.Errorf("limit %q", part)
		}
		l.Is, l.Value = registry.Op(op), n
		out = append(out, l)
	}
	return out, nil
}

// faults says everything that keeps a rule from working.
func (r *Rule) faults() (out []string) {
	say := func(format string, args ...any) { out = append(out, fmt.Sprintf(format, args...)) }
	if r.Condition == "" || r.Signal == "" {
		say("condition %q, signal %q", r.Condition, r.Signal)
	}
	if r.Source == "" {
		say("no source")
	}
	if r.Test > NoReading || r.Action > LogOnly {
		say("test %d, action %d", r.Test, r.Action)
	}
	if r.Days < 0 || r.AtLeast < 0 || r.Days == 0 && (r.Test == RiseTest || r.Test == MeanTest) {
		say("a window of %d days, at least %d readings", r.Days, r.AtLeast)
	}
	if r.Test == NoReading {
		return out
	}
	if r.Signal == "any" {
		say("a %s needs a signal", r.Test)
	}
	if len(r.Any) == 0 || r.Unit == "" {
		say("%d limits in unit %q", len(r.Any), r.Unit)
	}
	for i, l := range r.Any {
		if l.Is > registry.AtOrAbove || r.Test == RiseTest && l.Is < registry.Above {
			say("a %s with limit %s", r.Test, l)
		}
		if slices.ContainsFunc(r.Any[:i], func(o Limit) bool {
			return o.Component == l.Component && (o.Is >= registry.Above) == (l.Is >= registry.Above)
		}) {
			say("two limits of %q on one side", l.Component)
		}
	}
	return out
}
