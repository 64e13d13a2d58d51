package review

import (
	"cmp"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/internal/name"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/completeness"
	"github.com/chroniccare/chroniccare/registry/recall"
)

// Trend says how the last value stands to the one before.
type Trend uint8

// Trends; the zero value is "not known": fewer than two values, units that cannot be
// converted, or a comparator that leaves it open.
const (
	TrendUnknown Trend = iota
	Rising
	Falling
	Steady
)

// String gives the trend in words.
func (t Trend) String() string {
	return [...]string{"not known", "rising", "falling", "steady"}[min(t, Steady)]
}

// MarshalText gives the trend in words.
func (t Trend) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText reads what MarshalText gives; another text is an error that lists the words.
func (t *Trend) UnmarshalText(text []byte) error { return name.Parse(t, int(Steady)+1, text) }

// Measure is something that a summary shows the last values of. The codes may stand on an
// observation or on a component of one.
type Measure struct {
	Name  string // as package completeness knows it for units, such as hba1c
	Title string
	Codes []registry.Code
}

// LastValue is the last value of a measure, with the one of a day before it.
type LastValue struct {
	Measure  string        `json:"measure"`
	Title    string        `json:"title"`
	Value    string        `json:"value"` // with its unit
	On       registry.Date `json:"on"`
	Fact     string        `json:"fact"` // ID
	Before   string        `json:"before,omitempty"`
	BeforeOn registry.Date `json:"before_on"`
	Trend    Trend         `json:"trend"`
	Values   int           `json:"values"` // with a value, up to the day
	Empty    int           `json:"empty"`  // without one
}

// On is a register that a person is on.
type On struct {
	Register string        `json:"register"`
	Since    registry.Date `json:"since"`
	Facts    []string      `json:"facts,omitempty"` // IDs of the evidence
}

// Medicine that is being taken, by its last supply or order.
type Medicine struct {
	Code  registry.Code `json:"code"`
	Kind  string        `json:"kind"`
	Since registry.Date `json:"since"` // the first such fact in the record
	Last  registry.Date `json:"last"`
	Until registry.Date `json:"until"` // the last day covered; 0: not known
	Fact  string        `json:"fact"`  // ID of the last
}

// Subject is what is known of a person beside the facts.
type Subject struct {
	Patient  *registry.Patient
	On       []On
	Plans    []CarePlan
	Assessed registry.Date // last needs assessment
	Gaps     []recall.Gap  // of the day
	Contacts []recall.Contact
	Provider string
	Level    string // of the care programme
}

// SummaryPolicy says what a summary shows. The zero value shows no measure, five contacts, and
// medicines of the last 12 months.
type SummaryPolicy struct {
	Measures []Measure
	Units    *completeness.Units // to compare values in different units; nil: only like with like
	Plan     PlanPolicy
	Contacts int          // how many of the latest; 0: five
	Medicine recall.Every // how old an order or supply without an end may be; none: 12 months
}

// Summary is a person on a page, for the point of care and the patient's own view.
type Summary struct {
	Person    string           `json:"person"`
	AsOf      registry.Date    `json:"as_of"`
	Age       int              `json:"age"` // -1: not known
	Dead      bool             `json:"dead,omitempty"`
	Provider  string           `json:"provider,omitempty"`
	Level     string           `json:"level,omitempty"`
	Registers []On             `json:"registers"` // by since, then name
	Values    []LastValue      `json:"values"`    // those that there are, in the policy's order
	Gaps      []Prompt         `json:"gaps"`
	Plan      PlanResult       `json:"plan"`
	Lacking   []Lacking        `json:"lacking"`
	Medicines []Medicine       `json:"medicines"` // by code
	Contacts  []recall.Contact `json:"contacts"`  // the latest first

	prompts PromptList
}

// Summarise puts a person on a page as of a day, in out, whose storage it uses again. What is
// dated later, entered in error or documented as not done is not shown.
func Summarise(s *Subject, asOf registry.Date, policy SummaryPolicy, out *Summary) {
	p := s.Patient
	if out.Registers == nil { // empty lists look the same whether used before or not
		*out = Summary{Registers: []On{}, Values: []LastValue{}, Lacking: []Lacking{}, Medicines: []Medicine{}, Contacts: []recall.Contact{}}
	}
	out.Person, out.AsOf, out.Age, out.Provider, out.Level = p.ID, asOf, p.AgeOn(asOf), s.Provider, s.Level
	out.Dead = p.Dead && p.Death.Day == 0 || p.Death.Day != 0 && p.Death.Day <= asOf
	out.Registers = out.Registers[:0]
	for _, x := range s.On {
		if x.Since <= asOf {
			out.Registers = append(out.Registers, x)
		}
	}
	slices.SortStableFunc(out.Registers, func(a, b On) int {
		return cmp.Or(cmp.Compare(a.Since, b.Since), strings.Compare(a.Register, b.Register))
	})
	out.Values = out.Values[:0]
	for i := range policy.Measures {
		if v := lastValue(p, &policy.Measures[i], policy.Units, asOf); v.Values > 0 {
			out.Values = append(out.Values, v)
		}
	}
	Prompts(s.Gaps, asOf, 0, &out.prompts)
	out.Gaps = out.prompts.Prompts
	out.Plan = PlanState(s.Plans, asOf, policy.Plan)
	out.Lacking = FourElements(s.Plans, s.Assessed, asOf, policy.Plan, out.Lacking)
	out.Medicines = medicines(p, asOf, policy.Medicine, out.Medicines[:0])
	out.Contacts = out.Contacts[:0]
	for _, c := range s.Contacts {
		if c.On <= asOf {
			out.Contacts = append(out.Contacts, c)
		}
	}
	slices.SortStableFunc(out.Contacts, func(a, b recall.Contact) int {
		return cmp.Or(cmp.Compare(b.On, a.On), cmp.Compare(b.Outcome, a.Outcome), strings.Compare(a.Channel, b.Channel))
	})
	most := policy.Contacts
	if most == 0 {
		most = 5
	}
	out.Contacts = out.Contacts[:min(len(out.Contacts), most)]
}

// shown reports whether a fact is part of the story at all.
func shown(f *registry.Fact, asOf registry.Date) bool {
	d := f.When.Earliest().Day
	return d != 0 && d <= asOf && !f.Negated && f.Status != registry.EnteredInError && f.Verification != registry.VerifiedInError && f.Verification != registry.Refuted
}

func hasAny(have, want []registry.Code) bool {
	for _, c := range have {
		for _, w := range want {
			if c == w {
				return true
			}
		}
	}
	return false
}

// lastValue finds the last value of a measure and the one of a day before. Of several on a
// day the latest by time, then ID, counts.
func lastValue(p *registry.Patient, m *Measure, units *completeness.Units, asOf registry.Date) LastValue {
	out := LastValue{Measure: m.Name, Title: m.Title}
	if out.Title == "" {
		out.Title = m.Name
	}
	var last, before *registry.Fact
	var value, earlier *registry.Value
	later := func(f, g *registry.Fact) bool {
		a, b := f.When.Earliest(), g.When.Earliest()
		return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Time, b.Time), strings.Compare(f.ID, g.ID)) > 0
	}
	for i := range p.Facts {
		f := &p.Facts[i]
		if f.Kind != registry.Observation && f.Kind != registry.Assessment || !shown(f, asOf) {
			continue
		}
		v := &f.Value
		if !hasAny(f.Codes, m.Codes) {
			v = nil
			for k := range f.Components {
				if hasAny(f.Components[k].Codes, m.Codes) {
					v = &f.Components[k].Value
					break
				}
			}
		}
		if v == nil {
			continue
		}
		if v.Kind == registry.NoValue {
			out.Empty++
			continue
		}
		out.Values++
		d := f.When.Earliest().Day
		switch {
		case last == nil:
			last, value = f, v
		case later(f, last):
			if d > last.When.Earliest().Day {
				before, earlier = last, value
			}
			last, value = f, v
		case d < last.When.Earliest().Day && (before == nil || later(f, before)):
			before, earlier = f, v
		}
	}
	if last == nil {
		return out
	}
	out.Value, out.On, out.Fact = value.String(), last.When.Earliest().Day, last.ID
	if before != nil {
		out.Before, out.BeforeOn, out.Trend = earlier.String(), before.When.Earliest().Day, trend(m.Name, earlier, value, units)
	}
	return out
}

func trend(name string, before, last *registry.Value, units *completeness.Units) Trend {
	if before.Kind != registry.QuantityValue || last.Kind != registry.QuantityValue || before.Quantity.Comparator != registry.Exactly || last.Quantity.Comparator != registry.Exactly {
		return TrendUnknown
	}
	a, b := before.Quantity, last.Quantity
	c := 0
	switch ua, ub := registry.CanonicalUnit(a.Unit), registry.CanonicalUnit(b.Unit); {
	case ua == ub:
		c = b.Value.Cmp(a.Value)
	case units == nil:
		return TrendUnknown
	default:
		var err error
		if c, err = units.Compare(name, b, a); err != nil {
			return TrendUnknown
		}
	}
	switch {
	case c > 0:
		return Rising
	case c < 0:
		return Falling
	}
	return Steady
}

// medicines are those whose last supply reaches the day, or that have no end and are young
// enough. An order that was stopped ends its medicine.
func medicines(p *registry.Patient, asOf registry.Date, young recall.Every, out []Medicine) []Medicine {
	if young.IsZero() {
		young = recall.Every{N: 12, Unit: recall.Month}
	}
	for i := range p.Facts {
		f := &p.Facts[i]
		switch f.Kind {
		case registry.MedicationOrder, registry.MedicationDispense, registry.MedicationStatement:
		default:
			continue
		}
		if len(f.Codes) == 0 || f.Refused || !shown(f, asOf) {
			continue
		}
		d := f.When.Earliest().Day
		at := slices.IndexFunc(out, func(m Medicine) bool { return m.Code == f.Codes[0] })
		if at < 0 {
			at = len(out)
			out = append(out, Medicine{Code: f.Codes[0], Since: d})
		}
		m := &out[at]
		m.Since = min(m.Since, d)
		if d < m.Last || d == m.Last && f.ID < m.Fact {
			continue
		}
		m.Kind, m.Last, m.Fact, m.Until = f.Kind.String(), d, f.ID, 0
		if f.Supply != nil {
			if c, ok := f.Supply.Covered(); ok {
				m.Until = c.End
			}
		}
		switch f.Status {
		case registry.Stopped, registry.Cancelled, registry.Revoked, registry.Draft, registry.NotDone:
			m.Until = registry.MinDate // ended
		case registry.Completed:
			if m.Until == 0 && f.Kind != registry.MedicationDispense && f.When.End.Recorded() {
				m.Until = f.When.End.Day
			}
		}
	}
	out = slices.DeleteFunc(out, func(m Medicine) bool {
		return m.Until != 0 && m.Until < asOf || m.Until == 0 && young.After(m.Last) < asOf
	})
	slices.SortFunc(out, func(a, b Medicine) int {
		return cmp.Or(cmp.Compare(a.Code.System, b.Code.System), strings.Compare(a.Code.Value, b.Code.Value))
	})
	return out
}
