package recall

import (
	"github.com/chroniccare/chroniccare/internal/name"
	"github.com/chroniccare/chroniccare/registry"
)

// Recommendation says what care is due to whom, what counts as done, and when it is
// due again. It is data: compile it with others by [Compile].
type Recommendation struct {
	ID      string
	Version string
	// Key names the care. Recommendations of one key (blood pressure for diabetes, for
	// hypertension) merge into one gap: the earliest due day wins.
	Key   string
	Title string
	// Population: who is asked. Judged over the year that ends on the day of
	// calculation. nil is everybody.
	Population registry.Definition
	// Since finds the facts of which the earliest makes a person eligible, such as the
	// diagnosis. Without it, or without such a fact, the person is eligible from birth
	// plus SinceAge years, or from the day of calculation when birth is not recorded.
	Since    *registry.Query
	SinceAge int
	// Evidence are the facts that close the gap. Dates are starts.
	Evidence registry.Query
	// Ordered are orders or claims that prove the care exists without its result: they
	// change the reason of an open gap to Missing, and close nothing.
	Ordered *registry.Query
	Timing
	// Steps change the interval by the last evidence: the first whose tests it passes
	// wins (HbA1c at goal: 6 months; otherwise the interval of Timing).
	Steps []Step
	// Grid, when set, takes the interval from the kidney grid; Timing.Interval holds while
	// no usable GFR is known.
	Grid *GridRule
	// TooEarlyInvalid: evidence before the earliest day of its turn does not count.
	TooEarlyInvalid bool
	// Once: evidence closes for good; the interval is not used.
	Once bool
	// EachVisit asks at every visit and has no due day: a prompt, never a gap.
	EachVisit bool
	// Calendar, when set, asks for evidence in a window of whole years; the interval is not
	// used.
	Calendar *Calendar
	// Season, when set, asks for one evidence in each season; the interval is not used.
	Season Season
	// Trigger, when set, asks for one evidence between From and To after the last such
	// fact (a visit after discharge); without a trigger nothing is due.
	Trigger *Trigger
	// Exclusions leave people out, for a time or for good.
	Exclusions []Exclusion
	// UntilAge ends the recommendation on the day before that birthday; 0: no end.
	UntilAge int
	Priority int    // 1 is first; 0 comes last
	Source   string // guideline, edition, section
	Grade    string // of the evidence, as the source has it
	Class    PromptClass
	// OrderQuietDays is how long an order that is placed silences reminders; 0: 28.
	OrderQuietDays int
}

// UntilControlled is the recommendation with a short interval that becomes long once the last
// evidence passes the tests.
func (r Recommendation) UntilControlled(short, long Every, controlled ...registry.Test) Recommendation {
	r.Interval = short
	r.Steps = []Step{{When: controlled, Every: long}}
	return r
}

// PromptClass is the kind of behaviour that a reminder wants to change: reminders
// work best for prescribing, prevention and general treatment, less for diagnosis.
type PromptClass uint8

// Classes.
const (
	Treatment PromptClass = iota
	Prevention
	Prescribing
	DiagnosisClass
)

var classNames = [...]string{"treatment", "prevention", "prescribing", "diagnosis"}

// String gives the class in words.
func (c PromptClass) String() string { return classNames[min(int(c), len(classNames)-1)] }

// MarshalText gives the class in words.
func (c PromptClass) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads what MarshalText gives; another text is an error that lists the words.
func (c *PromptClass) UnmarshalText(text []byte) error { return name.Parse(c, len(classNames), text) }

// Step is an interval for evidence of a certain kind.
type Step struct {
	When  []registry.Test
	Every Every
}

// Trigger opens a window after a fact. A new one replaces the one before, satisfied or
// not. Evidence after the window closes the gap late.
type Trigger struct {
	Fact     registry.Query
	ByEnd    bool  // the window runs from the fact's end (a discharge), not from its start
	From, To Every // From 0: the day itself counts
	KeepBoth bool  // an unsatisfied window stays when a new one opens
	// Cancel are facts that end the asking when they start before the window's end without
	// evidence. With ByEnd a stay of Fact that has not ended (a re-admission) does so too.
	Cancel *registry.Query
}

// ExclusionKind says why care is not due.
type ExclusionKind uint8

// Kinds of exclusions.
const (
	Permanent ExclusionKind = iota
	Temporary
	Declined
	Unsuitable
	NoResponse // leaves the denominator and stays on recall
	NewlyDiagnosed
	NewlyRegistered
	CareElsewhere
	EndOfLife
)

var exclusionNames = [...]string{"permanent", "temporary", "declined", "unsuitable", "no response", "newly diagnosed", "newly registered", "care elsewhere", "end of life"}

// String gives the kind in words.
func (k ExclusionKind) String() string { return exclusionNames[min(int(k), len(exclusionNames)-1)] }

// Exclusion leaves a person out from the day of a fact on.
type Exclusion struct {
	Kind ExclusionKind
	When registry.Query
	// For how long; 0: the kind's default, 12 months for declined and unsuitable, 9 for newly
	// diagnosed and newly registered, for good otherwise.
	For Every
	// KeepOnRecall goes on calling those who left the denominator, as is the rule for no
	// response.
	KeepOnRecall bool
	// StaysInDenominator takes people off recall only: the gap stays open.
	StaysInDenominator bool
}

func (e *Exclusion) span() Every {
	if e.For.IsZero() {
		switch e.Kind {
		case Declined, Unsuitable:
			return Every{12, Month}
		case NewlyDiagnosed, NewlyRegistered:
			return Every{9, Month}
		}
	}
	return e.For
}
