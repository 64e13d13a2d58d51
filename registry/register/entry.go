package register

import (
	"github.com/chroniccare/chroniccare/internal/name"
	"github.com/chroniccare/chroniccare/registry"
)

// Reason says why a person is not on a register.
type Reason uint8

// Reasons. Member is none.
const (
	Member Reason = iota
	RuleNotMet
	Deceased
	Transferred
	OptedOut
	Merged // into another record
)

var reasonNames = [...]string{"", "RULE_NOT_MET", "DECEASED", "TRANSFERRED", "OPTED_OUT", "MERGED"}

// String gives the code of the reason, "" for members.
func (r Reason) String() string { return reasonNames[min(int(r), len(reasonNames)-1)] }

// MarshalText gives the code.
func (r Reason) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads what MarshalText gives; another text is an error that lists the words.
func (r *Reason) UnmarshalText(text []byte) error { return name.Parse(r, len(reasonNames), text) }

// Departure is a span in which a person is not the practice's: from a day until the
// day on which they are back, if ever. The reason is Transferred, OptedOut or
// Merged; anything else counts as Transferred.
type Departure struct {
	From   registry.Date `json:"from"`
	Back   registry.Date `json:"back"` // the first day back, 0 for never
	Reason Reason        `json:"reason"`
	Into   string        `json:"into,omitempty"` // the record merged into
}

func (d *Departure) at(t registry.Date) bool {
	return d.From != 0 && d.From <= t && (d.Back == 0 || t < d.Back)
}

// Confidence says how much carries a membership: not how ill someone is, but how
// easily the entry could be wrong.
type Confidence uint8

// Degrees of confidence, from none up.
const (
	NoConfidence Confidence = iota
	Tentative               // every diagnosis behind it is provisional, differential or unconfirmed
	Minimal                 // the rule is met with just what it needs: k of k claims, one entry in the chart
	Corroborated            // with more: any one date could be wrong
	Established             // a clinician confirmed the diagnosis
)

var confidenceNames = [...]string{"none", "tentative", "minimal", "corroborated", "established"}

// String gives the degree.
func (c Confidence) String() string { return confidenceNames[min(int(c), len(confidenceNames)-1)] }

// MarshalText gives the degree.
func (c Confidence) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads what MarshalText gives; another text is an error that lists the words.
func (c *Confidence) UnmarshalText(text []byte) error {
	return name.Parse(c, len(confidenceNames), text)
}

// Entry says where a person stands with a register on a day. Since is the
// first day of the present unbroken spell, 0 for those who are out; FirstEvidence
// the earliest fact of the register's evidence as it stood on that first day, or
// stands on the day asked about for those who are out; FirstEver the first day on
// which they ever belonged, with the record as it is known now.
type Entry struct {
	In            bool          `json:"in"`
	Out           Reason        `json:"out,omitempty"`
	Rule          string        `json:"rule,omitempty"` // the step that decided, of a register that is a cascade
	Since         registry.Date `json:"since"`
	FirstEvidence registry.Date `json:"first_evidence"`
	FirstEver     registry.Date `json:"first_ever"`
	Confidence    Confidence    `json:"confidence"`
}

// Results is one person's entries, in the order of the registers, with the storage
// that evaluating needs: reuse it, and evaluating does not allocate.
type Results struct {
	Entries []Entry
	Undated int // diagnoses of the record without a start day, which count on no register

	days []registry.Date
}

// recorded reports a day of the calendar.
func recorded(t registry.Date) bool { return t >= registry.MinDate && t <= registry.MaxDate }

func yearTo(t registry.Date) registry.Period {
	return registry.Period{Start: t.AddYears(-1).AddDays(1), End: t}
}

// standing says why a person can't be on any register on a day, Member if they can.
func (r *Registers) standing(pt *registry.Patient, away []Departure, t registry.Date) Reason {
	if d := r.policy.gone(pt); d != 0 && t >= d {
		return Deceased
	}
	if pt.Birth > t {
		return RuleNotMet
	}
	for i := range away {
		if away[i].at(t) {
			if x := away[i].Reason; x == OptedOut || x == Merged {
				return x
			}
			return Transferred
		}
	}
	return Member
}

// Holds reports whether the person of a loaded chart is on the i-th register on a
// day: the fast path of a population run. It does not allocate.
func (r *Registers) Holds(c *registry.Chart, away []Departure, i int, asOf registry.Date) bool {
	return recorded(asOf) && r.standing(c.Patient, away, asOf) == Member && r.list[i].in.criterion.Holds(c, yearTo(asOf))
}

// Evaluate gives the entries of the person of a loaded chart on a day. Facts after
// that day don't count. For what was known on a day load the chart with
// [registry.Chart.LoadAsOf] of it. A zero day has no members. Since and FirstEver are
// looked for day of change by day of change, each asked for the facts of its windows only: for
// a record in which each diagnosis is followed by its resolution the cost still grows with the
// square of those, 2 ms for 2,000 such facts; that of [Registers.Holds] grows with the facts.
func (r *Registers) Evaluate(c *registry.Chart, away []Departure, asOf registry.Date, out *Results) {
	if cap(out.Entries) < len(r.list) {
		out.Entries = make([]Entry, len(r.list))
	}
	out.Entries = out.Entries[:len(r.list)]
	for i := range r.list {
		out.Entries[i] = r.entry(c, away, i, asOf, &out.days)
	}
	out.Undated = 0
	for i := range c.Patient.Facts {
		if f := &c.Patient.Facts[i]; f.Kind == registry.Diagnosis && !f.Negated && f.When.Start.Day == 0 {
			out.Undated++
		}
	}
}

func (r *Registers) entry(c *registry.Chart, away []Departure, i int, asOf registry.Date, buf *[]registry.Date) (e Entry) {
	o := &r.list[i]
	if !recorded(asOf) {
		e.Out = RuleNotMet
		return e
	}
	p := yearTo(asOf)
	e.FirstEvidence, e.Confidence = o.weigh(c, p)
	e.Out = r.standing(c.Patient, away, asOf)
	if e.Out == Member {
		if n := o.in; n.cascade != nil {
			at, act := n.cascade.decide(c, p, 0)
			e.In = act == Select
			if at >= 0 {
				e.Rule = n.cascade.steps[at].Name
			}
		} else {
			e.In = n.criterion.Holds(c, p)
		}
		if !e.In {
			e.Out = RuleNotMet
		}
	}
	*buf = o.days(c, r.policy, away, r.first(c.Patient, asOf), asOf, *buf)
	days := *buf
	for _, t := range days {
		if r.Holds(c, away, i, t) {
			e.FirstEver = t
			break
		}
	}
	if !e.In {
		e.Confidence = NoConfidence
		return e
	}
	for k := len(days) - 1; k >= 0 && r.Holds(c, away, i, days[k]); k-- {
		e.Since = days[k]
	}
	e.FirstEvidence, _ = o.weigh(c, yearTo(e.Since))
	return e
}

// first is the day from which a person's record is looked at.
func (r *Registers) first(pt *registry.Patient, asOf registry.Date) registry.Date {
	if pt.Birth > 0 && pt.Birth <= asOf {
		return pt.Birth
	}
	if pt.Birth > asOf {
		return asOf
	}
	return registry.MinDate
}

// weigh looks through the evidence that stands at the end of a period.
func (o *bound) weigh(c *registry.Chart, p registry.Period) (first registry.Date, conf Confidence) {
	var last registry.Date
	for w := o.evidence.Walk(c); ; {
		f := w.Next(c, p)
		if f == nil {
			return first, conf
		}
		d := f.When.Start.Day
		if d == 0 || d > p.End {
			continue
		}
		if first == 0 || d < first {
			first = d
		}
		switch {
		case f.Verification == registry.Confirmed:
			conf = Established
		case f.Verification != registry.NotStated:
			conf = max(conf, Tentative)
		case conf == Minimal && d != last:
			conf = Corroborated
		default:
			conf = max(conf, Minimal)
		}
		if f.Verification == registry.NotStated {
			last = d
		}
	}
}
