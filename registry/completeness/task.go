package completeness

import (
	"cmp"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/internal/name"
	"github.com/chroniccare/chroniccare/registry"
)

// TaskKind says what a task is about.
type TaskKind uint8

// Kinds of tasks.
const (
	MissingTask TaskKind = iota
	StaleTask
	ImplausibleTask  // a value, unit or code that cannot be used
	InconsistentTask // facts that contradict each other
	PendingTask      // something that has not followed
	UnlinkedTask     // a weak identity, an unresolved match, a reference to nothing
	ElsewhereTask    // said to be done elsewhere: ask for the evidence
	ContactTask      // no way to reach the person
)

var taskNames = [...]string{"missing", "stale", "implausible", "inconsistent", "pending", "unlinked", "elsewhere", "contact"}

// String gives the kind in words.
func (k TaskKind) String() string { return taskNames[min(int(k), len(taskNames)-1)] }

// MarshalText gives the kind in words.
func (k TaskKind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads what MarshalText gives; another text is an error that lists the words.
func (k *TaskKind) UnmarshalText(text []byte) error { return name.Parse(k, len(taskNames), text) }

// Task is a piece of work on a record, for one role.
type Task struct {
	Person     string        `json:"person"`
	Item       string        `json:"item"` // key of the item or rule, or the code of an issue
	Kind       TaskKind      `json:"kind"`
	Reason     string        `json:"reason"`
	Fact       string        `json:"fact,omitempty"` // ID of the fact that it is about
	Since      registry.Date `json:"since"`
	Age        int           `json:"age"` // days
	Role       string        `json:"role"`
	Priority   int           `json:"priority"`
	ClosesWhen string        `json:"closes_when"`
}

// same reports whether two tasks are one and the same work.
func same(a, b *Task) bool {
	return a.Person == b.Person && a.Item == b.Item && a.Kind == b.Kind && a.Fact == b.Fact
}

// task adds a task of a person with its age and role. Without a day it begins today.
func (o *Report) task(p *Plan, r *Record, asOf registry.Date, t Task) {
	if t.Since == 0 || t.Since > asOf {
		t.Since = asOf
	}
	t.Person, t.Age = r.Patient.ID, int(asOf-t.Since)
	t.Role = p.role(t.Age, r.HighestRisk)
	o.Tasks = append(o.Tasks, t)
}

func (p *Plan) has(key string) bool {
	for i := range p.items {
		if p.items[i].Key == key {
			return true
		}
	}
	return false
}

// issue makes a task of a fault.
func (p *Plan) issue(x *Issue, r *Record, asOf registry.Date, out *Report) {
	kind := InconsistentTask
	switch x.Code {
	case UnitMissing, UnitMismatch, Implausible, CodeInvalid, CodeUnknown, NegativeSupply:
		kind = ImplausibleTask
	case IDCheckDigit, OrphanResult:
		kind = UnlinkedTask
	}
	out.task(p, r, asOf, Task{Item: x.Code.String(), Kind: kind, Reason: x.Field + " " + x.Detail, Fact: x.Fact, Since: x.On, ClosesWhen: "the record no longer has this fault"})
}

func (p *Plan) register(id string) int {
	return slices.IndexFunc(p.spec.Registers, func(r Register) bool { return r.ID == id })
}

func (p *Plan) inconsistent(r *Record, asOf registry.Date, out *Report) {
	for _, c := range p.spec.Contradictions {
		i, k := p.register(c[0]), p.register(c[1])
		if out.on[i] && out.on[k] {
			out.task(p, r, asOf, Task{Item: c[0] + " and " + c[1], Kind: InconsistentTask, Reason: "on two registers that exclude each other", Since: max(out.since[i], out.since[k]), ClosesWhen: "the person is on one of them at most"})
		}
	}
	for _, t := range p.spec.Types {
		i := p.register(t.Register)
		typed := !out.on[i]
		for _, id := range t.OneOf {
			typed = typed || out.on[p.register(id)]
		}
		if !typed {
			out.task(p, r, asOf, Task{Item: "type of " + t.Register, Kind: InconsistentTask, Reason: "the type is not known", Since: out.since[i], ClosesWhen: "a diagnosis of a type"})
		}
	}
	ever := registry.Period{End: asOf}
	for k, t := range p.spec.Treated {
		if out.on[p.register(t.Register)] {
			continue
		}
		if f := first(p.treated[k], out.clinic, ever, false); f != nil {
			out.task(p, r, asOf, Task{Item: "diagnosis of " + t.Register, Kind: InconsistentTask, Reason: "a medicine without the diagnosis", Fact: f.ID, Since: f.When.Earliest().Day, ClosesWhen: "the diagnosis, or the medicine entered in error"})
		}
	}
	for i := range r.Patient.Facts {
		f := &r.Patient.Facts[i]
		if f.Kind == registry.Diagnosis && counts(f) && !f.When.Earliest().Recorded() && f.Status != registry.StatusUnknown && (f.Authored.Day <= asOf) {
			out.task(p, r, asOf, Task{Item: "date of diagnosis", Kind: InconsistentTask, Reason: "a status without a date", Fact: f.ID, Since: f.Authored.Day, ClosesWhen: "the day of the diagnosis"})
		}
	}
}

func (p *Plan) pending(r *Record, asOf registry.Date, out *Report) {
	ever := registry.Period{End: asOf}
	for k := range p.spec.Pending {
		x := &p.spec.Pending[k]
		var done registry.Date
		if f := first(p.want[k], out.clinic, ever, true); f != nil {
			done = f.When.Earliest().Day
		}
		for w := p.after[k].Walk(out.clinic); ; {
			f := w.Next(out.clinic, ever)
			if f == nil {
				break
			}
			d := f.When.Earliest().Day
			if x.ByEnd {
				d = f.When.End.Day
			}
			switch f.Status {
			case registry.Cancelled, registry.Revoked, registry.NotDone, registry.Draft:
				continue
			}
			if d == 0 || done >= d || f.Refused || int(asOf-d) <= x.Days {
				continue
			}
			out.task(p, r, asOf, Task{Item: x.Key, Kind: PendingTask, Reason: x.Title, Fact: f.ID, Since: d.AddDays(x.Days + 1), ClosesWhen: "what follows, on or after the day"})
		}
	}
	for _, a := range r.Appointments {
		if due := a.On.AddDays(p.spec.OutcomeDays + 1); a.Outcome == "" && a.On != 0 && due <= asOf {
			out.task(p, r, asOf, Task{Item: "appointment", Kind: PendingTask, Reason: "the outcome of an appointment is missing", Fact: a.ID, Since: due, ClosesWhen: "an outcome"})
		}
	}
}

// Worklist gathers the tasks of many reports: by priority, then the oldest, then
// person, kind, item and fact.
func Worklist(reports []Report, buf []Task) []Task {
	out := buf[:0]
	for i := range reports {
		out = append(out, reports[i].Tasks...)
	}
	rank := func(t *Task) int {
		if t.Priority == 0 {
			return 1 << 30
		}
		return t.Priority
	}
	slices.SortStableFunc(out, func(a, b Task) int {
		return cmp.Or(cmp.Compare(rank(&a), rank(&b)), cmp.Compare(b.Age, a.Age), strings.Compare(a.Person, b.Person), cmp.Compare(a.Kind, b.Kind), strings.Compare(a.Item, b.Item), strings.Compare(a.Fact, b.Fact))
	})
	return out
}

// Closed lists the tasks of an earlier run that a later one no longer has: their
// closing tests hold.
func Closed(before, after []Task) []Task {
	var out []Task
	for i := range before {
		if !slices.ContainsFunc(after, func(t Task) bool { return same(&before[i], &t) }) {
			out = append(out, before[i])
		}
	}
	return out
}
