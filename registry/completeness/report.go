package completeness

import (
	"cmp"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/internal/name"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/recall"
)

// ItemState says how an item stands in a record.
type ItemState uint8

// States of items.
const (
	NotExpected ItemState = iota
	Filled
	Missing // no fact at all
	Stale   // the last valid fact is older than the limit
	Invalid // facts, none with a value that can be used
)

// String gives the state in words.
func (s ItemState) String() string {
	return [...]string{"not expected", "filled", "missing", "stale", "invalid"}[min(s, Invalid)]
}

// MarshalText gives the state in words.
func (s ItemState) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads what MarshalText gives; another text is an error that lists the words.
func (s *ItemState) UnmarshalText(text []byte) error { return name.Parse(s, int(Invalid)+1, text) }

// ItemReport is an item of a person.
type ItemReport struct {
	Key    string        `json:"key"`
	State  ItemState     `json:"state"`
	Fact   string        `json:"fact,omitempty"` // ID of the latest valid fact, or of the latest invalid one
	LastOn registry.Date `json:"last"`
	Self   bool          `json:"self_reported,omitempty"` // the latest valid fact is a reading
}

// RegisterScore is the completeness of a person under one register.
type RegisterScore struct {
	Register string        `json:"register"`
	Rate     registry.Rate `json:"rate"`
}

// Report is how complete a person's record is, with the storage that judging needs:
// reuse it, and judging a complete record does not allocate. It belongs to one
// goroutine.
type Report struct {
	Person    string          `json:"person"`
	Provider  string          `json:"provider,omitempty"`
	Why       string          `json:"why,omitempty"` // of a person of whom nothing is expected: dead, transferred
	Items     []ItemReport    `json:"items"`         // in the order of the specification
	Registers []RegisterScore `json:"registers"`     // those that the person is on
	Filled    int64           `json:"filled"`
	Expected  int64           `json:"expected"`
	Issues    Issues          `json:"issues"`
	Tasks     []Task          `json:"tasks"`

	clinic, own *registry.Chart
	readings    registry.Patient
	on          []bool
	since       []registry.Date
}

// Score is filled of expected; undefined when nothing is expected.
func (r *Report) Score() registry.Rate { return registry.Rate{Num: r.Filled, Den: r.Expected} }

// Report judges a record as of a day: its faults, its expected items, and the tasks
// that follow, by kind, item and fact. What is dated after the day does not count.
func (p *Plan) Report(r *Record, asOf registry.Date, out *Report) {
	p.load(r, asOf, out)
	pt := r.Patient
	out.Person, out.Provider, out.Why = pt.ID, r.Provider, ""
	if out.Items == nil { // empty lists look the same whether used before or not
		out.Items, out.Registers, out.Tasks = []ItemReport{}, []RegisterScore{}, []Task{}
	}
	out.Items, out.Registers, out.Tasks = out.Items[:0], out.Registers[:0], out.Tasks[:0]
	out.Filled, out.Expected = 0, 0
	if d := r.death(); pt.Dead && d == 0 || d != 0 && d <= asOf {
		out.Why = "dead"
	} else if r.Away != nil && r.Away.From <= asOf {
		out.Why = r.Away.Reason
	}
	ever := registry.Period{End: asOf}
	out.on, out.since = out.on[:0], out.since[:0]
	for i := range p.registers {
		x := &p.registers[i]
		on := out.Why == "" && x.is.Holds(out.clinic, ever)
		var since registry.Date
		if on && x.since != nil {
			if f := first(x.since, out.clinic, ever, false); f != nil {
				since = f.When.Earliest().Day
			}
		}
		out.on, out.since = append(out.on, on), append(out.since, max(since, r.Registered))
		if on {
			out.Registers = append(out.Registers, RegisterScore{Register: p.spec.Registers[i].ID})
		}
	}
	for i := range p.items {
		p.item(&p.items[i], r, asOf, out)
	}
	p.Checker.Check(r, asOf, &out.Issues)
	if out.Why != "" {
		return
	}
	for i := range out.Issues.List {
		p.issue(&out.Issues.List[i], r, asOf, out)
	}
	p.inconsistent(r, asOf, out)
	p.pending(r, asOf, out)
	for _, u := range r.Unresolved {
		out.task(p, r, asOf, Task{Item: "identity", Kind: UnlinkedTask, Reason: u.Why, Fact: u.ID, Since: u.Since, ClosesWhen: "the match is decided"})
	}
	for _, m := range r.Remarks {
		if m.On <= asOf && (m.Kind == recall.DocumentedElsewhere || m.Kind == recall.SatisfiedInEHR) && !p.has(m.Key) {
			out.task(p, r, asOf, Task{Item: m.Key, Kind: ElsewhereTask, Reason: m.Kind.String(), Since: m.On, ClosesWhen: "the remark is withdrawn, its evidence being in the record"})
		}
	}
	if c := r.Contact; c != nil {
		if len(c.Channels) == 0 {
			out.task(p, r, asOf, Task{Item: "channel", Kind: ContactTask, Reason: "no way of contact works", Since: c.Since, ClosesWhen: "a channel that works"})
		}
		if c.Language == "" {
			out.task(p, r, asOf, Task{Item: "language", Kind: ContactTask, Reason: "the language is not known", Since: c.Since, ClosesWhen: "a language"})
		}
	}
	slices.SortStableFunc(out.Tasks, func(a, b Task) int {
		return cmp.Or(cmp.Compare(a.Kind, b.Kind), strings.Compare(a.Item, b.Item), strings.Compare(a.Fact, b.Fact), strings.Compare(a.Reason, b.Reason))
	})
}

func (p *Plan) load(r *Record, asOf registry.Date, out *Report) {
	if out.clinic == nil {
		out.clinic, out.own = registry.NewChart(p.Lexicon), registry.NewChart(p.Lexicon)
	}
	facts := out.readings.Facts[:0]
	out.readings = *r.Patient
	for i := range r.Readings {
		facts = append(facts, r.Readings[i].Fact)
	}
	out.readings.Facts = facts
	out.clinic.LoadAsOf(r.Patient, asOf)
	out.own.LoadAsOf(&out.readings, asOf)
}

// first is the earliest dated fact of a selector, or the latest.
func first(s *registry.Selector, c *registry.Chart, p registry.Period, latest bool) (at *registry.Fact) {
	for w := s.Walk(c); ; {
		f := w.Next(c, p)
		if f == nil {
			return at
		}
		d := f.When.Earliest().Day
		if d != 0 && (at == nil || latest && d >= at.When.Earliest().Day || !latest && d < at.When.Earliest().Day) {
			at = f
		}
	}
}

func (p *Plan) item(x *boundItem, r *Record, asOf registry.Date, out *Report) {
	it := ItemReport{Key: x.Key}
	expected := out.Why == "" && len(x.of) == 0
	since := r.Registered
	found := false
	for _, k := range x.of {
		if out.on[k] {
			expected = true
			if d := out.since[k]; d != 0 && (!found || d < since) {
				since, found = d, true
			}
		}
	}
	if !expected {
		out.Items = append(out.Items, it)
		return
	}
	it.State = Missing
	look := func(c *registry.Chart, self bool) {
		for w := x.facts.Walk(c); ; {
			f := w.Next(c, registry.Period{End: asOf})
			if f == nil {
				return
			}
			d := f.When.Earliest().Day
			if d == 0 || !x.AnyStatus && !p.standing.stands(f) {
				continue
			}
			ok := x.AnyValue || p.Checker.Usable(c.Patient, f)
			switch {
			case ok && (it.State != Filled || d > it.LastOn || d == it.LastOn && it.Self):
				it.State, it.Fact, it.LastOn, it.Self = Filled, f.ID, d, self
			case !ok && it.State != Filled && d >= it.LastOn:
				it.State, it.Fact, it.LastOn = Invalid, f.ID, d
			}
		}
	}
	look(out.clinic, false)
	if x.SelfReported {
		look(out.own, true)
	}
	t := Task{Item: x.Key, Priority: x.Priority, ClosesWhen: x.closes}
	switch it.State {
	case Missing:
		t.Kind, t.Reason, t.Since = MissingTask, x.missing, since
	case Invalid:
		t.Kind, t.Reason, t.Fact, t.Since = ImplausibleTask, x.invalid, it.Fact, it.LastOn
	case Filled:
		if end := x.Limit.After(it.LastOn); !x.Limit.IsZero() && end != 0 && end < asOf {
			it.State = Stale
			t.Kind, t.Reason, t.Fact, t.Since = StaleTask, x.stale, it.Fact, end.AddDays(1)
		}
	}
	out.Items = append(out.Items, it)
	out.Expected++
	filled := int64(0)
	if it.State == Filled {
		filled = 1
	}
	out.Filled += filled
	n := 0
	for k, on := range out.on {
		if on {
			if slices.Contains(x.of, k) {
				out.Registers[n].Rate.Den++
				out.Registers[n].Rate.Num += filled
			}
			n++
		}
	}
	if filled == 1 {
		return
	}
	for _, m := range r.Remarks {
		if m.Key == x.Key && m.On <= asOf && (m.Kind == recall.DocumentedElsewhere || m.Kind == recall.SatisfiedInEHR) {
			t.Kind, t.Reason, t.Since = ElsewhereTask, m.Kind.String(), m.On
		}
	}
	out.task(p, r, asOf, t)
}
