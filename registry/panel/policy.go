package panel

import (
	"errors"
	"fmt"
	"slices"

	"github.com/chroniccare/chroniccare/internal/name"
	"github.com/chroniccare/chroniccare/registry"
)

// ErrPolicy is wrapped by every error about a policy.
var ErrPolicy = errors.New("panel: policy")

// Method says how a pass chooses.
type Method uint8

// Methods.
const (
	Plurality Method = iota // most qualifying visits
	Majority                // more than half of them
	MostSpend               // greatest amount, then visits
	LastSeen                // provider of the latest qualifying visit
	Roster                  // the current registration
	numMethods
)

var methodNames = [numMethods]string{"plurality", "majority", "most spend", "last seen", "roster"}

// String gives the method in words.
func (m Method) String() string {
	if m >= numMethods {
		return "unknown method"
	}
	return methodNames[m]
}

// MarshalText gives the method in words.
func (m Method) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads what MarshalText gives; another text is an error that lists the words.
func (m *Method) UnmarshalText(text []byte) error { return name.Parse(m, int(numMethods), text) }

// TieStep keeps the best of the providers that are still level.
type TieStep uint8

// Tie steps. The first three are usual in public attribution rules (read in a
// secondary source).
const (
	MostRecent  TieStep = iota // latest qualifying visit
	HighestCost                // greatest amount
	LongestSpan                // most days from the first to the last qualifying visit
	MoreVisits                 // most visits overall, qualifying or not, up to the day
	LowestID                   // always decides, always last
	numTieSteps
)

var tieNames = [numTieSteps]string{"most recent visit", "highest cost", "longest span", "more visits overall", "lowest ID"}

// String gives the step in words.
func (s TieStep) String() string {
	if s >= numTieSteps {
		return "unknown step"
	}
	return tieNames[s]
}

// MarshalText gives the step in words.
func (s TieStep) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads what MarshalText gives; another text is an error that lists the words.
func (s *TieStep) UnmarshalText(text []byte) error { return name.Parse(s, int(numTieSteps), text) }

// Pass is one attempt to find a provider. Empty lists take any class, service or
// setting.
type Pass struct {
	Method   Method   `json:"method"`
	Months   int      `json:"months,omitempty"`   // look-back; 0 is 12. Roster has none
	Classes  []string `json:"classes,omitempty"`  // specialty classes, such as primary care
	Services []string `json:"services,omitempty"` // service categories
	Settings []string `json:"settings,omitempty"`
}

func (p *Pass) takes(v *Visit) bool {
	in := func(list []string, s string) bool { return len(list) == 0 || slices.Contains(list, s) }
	return in(p.Classes, v.Class) && in(p.Services, v.Service) && in(p.Settings, v.Setting)
}

// Policy says who answers for whom. The zero value is the plurality of visits in 12
// months, ties broken by all steps in their order.
type Policy struct {
	Passes []Pass    `json:"passes,omitempty"` // tried in order
	Ties   []TieStep `json:"ties,omitempty"`   // ends with LowestID
	NoTies bool      `json:"no_ties,omitempty"`
	// Cover, when set, is the coverage that a person must have on the day.
	Cover *registry.Cover `json:"cover,omitempty"`
}

// PrimaryFirst is the ladder of look-backs that payers use: a year of primary care, a
// year of specialists who give primary care, then two years of primary care, of both,
// and of anyone.
func PrimaryFirst(primary, specialist string) Policy {
	return Policy{Passes: []Pass{
		{Classes: []string{primary}},
		{Classes: []string{specialist}},
		{Months: 24, Classes: []string{primary}},
		{Months: 24, Classes: []string{primary, specialist}},
		{Months: 24},
	}}
}

// Rule is a checked policy.
type Rule struct {
	passes []Pass
	ties   []TieStep
	noTies bool
	cover  *registry.Cover
}

// New checks a policy; all faults come together.
func New(p Policy) (*Rule, error) {
	r := &Rule{passes: slices.Clone(p.Passes), ties: slices.Clone(p.Ties), noTies: p.NoTies, cover: p.Cover}
	if len(r.passes) == 0 {
		r.passes = []Pass{{}}
	}
	if len(r.ties) == 0 {
		r.ties = []TieStep{MostRecent, HighestCost, LongestSpan, MoreVisits, LowestID}
	}
	var errs []error
	bad := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf("%w: %s", ErrPolicy, fmt.Sprintf(format, args...)))
	}
	for i := range r.passes {
		x := &r.passes[i]
		switch {
		case x.Method >= numMethods:
			bad("pass %d: no method %d", i+1, x.Method)
		case x.Method == Roster && (x.Months != 0 || len(x.Classes)+len(x.Services)+len(x.Settings) > 0):
			bad("pass %d: a roster has no look-back and no qualifying visits", i+1)
		case x.Months < 0:
			bad("pass %d: a look-back of %d months", i+1, x.Months)
		}
		for _, list := range [][]string{x.Classes, x.Services, x.Settings} {
			if slices.Contains(list, "") {
				bad("pass %d: a class, service or setting without a name", i+1)
			}
		}
		if x.Months == 0 {
			x.Months = 12
		}
	}
	for i, s := range r.ties {
		switch {
		case s >= numTieSteps:
			bad("tie step %d: no step %d", i+1, s)
		case slices.Contains(r.ties[:i], s):
			bad("tie step %d: %v twice", i+1, s)
		}
	}
	if r.ties[len(r.ties)-1] != LowestID {
		bad("the tie steps do not end with the lowest ID")
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	return r, nil
}
