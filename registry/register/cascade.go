package register

import (
	"errors"
	"fmt"
	"strings"

	"github.com/chroniccare/chroniccare/registry"
)

// Act is what a step of a cascade does.
type Act uint8

// Acts.
const (
	Pass   Act = iota // go on to the next step
	Select            // the person is in
	Reject            // the person is out
)

var actNames = [...]string{"pass", "select", "reject"}

// String gives the act.
func (a Act) String() string { return actNames[min(int(a), len(actNames)-1)] }

// Step of a [Cascade]: what happens when the question is answered yes, and what
// when it is answered no. A nil When is always yes.
type Step struct {
	Name string
	When registry.Definition
	Then Act
	Else Act
}

// Cascade asks its steps in order; the first that selects or rejects decides. It
// is a registry.Definition that holds when a person is selected. The last step must
// decide whatever its answer.
type Cascade []Step

// String gives the steps in words.
func (d Cascade) String() string {
	var b strings.Builder
	b.WriteString("the first that decides")
	for _, s := range d {
		b.WriteString("\n- " + s.Name + ": ")
		if s.When == nil {
			b.WriteString(s.Then.String())
			continue
		}
		var acts []string
		if s.Then != Pass {
			acts = append(acts, s.Then.String()+" if")
		}
		if s.Else != Pass {
			acts = append(acts, s.Else.String()+" unless")
		}
		b.WriteString(strings.Join(acts, ", ") + " " + strings.ReplaceAll(s.When.String(), "\n", "\n  "))
	}
	return b.String()
}

// check lists what is wrong with the steps.
func (d Cascade) check() (faults []error) {
	bad := func(i int, format string, args ...any) {
		faults = append(faults, fmt.Errorf("step %d %q: %s", i+1, d[i].Name, fmt.Sprintf(format, args...)))
	}
	if len(d) == 0 {
		return []error{errors.New("a cascade without steps")}
	}
	for i, s := range d {
		last := i == len(d)-1
		switch {
		case s.Then > Reject || s.Else > Reject:
			bad(i, "no such act")
		case last && (s.Then == Pass || s.When != nil && s.Else == Pass):
			bad(i, "the last step leaves people undecided")
		case s.When == nil && !last && s.Then != Pass:
			bad(i, "decides for everybody, and further steps follow")
		case s.Then == Pass && s.Else == Pass:
			bad(i, "decides nothing")
		}
		if s.Name == "" {
			bad(i, "no name")
		}
	}
	return faults
}

// Bind implements registry.Definition.
func (d Cascade) Bind(b *registry.Binder) registry.Criterion { return d.bind(b) }

func (d Cascade) bind(b *registry.Binder) *boundCascade {
	for _, err := range d.check() {
		b.Errorf("%v", err)
	}
	x := &boundCascade{steps: d, words: d.String(), when: make([]registry.Criterion, len(d))}
	for i, s := range d {
		when := s.When
		if when == nil {
			when = registry.All{}
		}
		x.when[i] = when.Bind(b)
	}
	return x
}

type boundCascade struct {
	steps Cascade
	when  []registry.Criterion
	words string
}

func (x *boundCascade) String() string { return x.words }

// decide gives the step that decides from step i on, and what it does. The step is
// -1 when none does, which binding rules out.
func (x *boundCascade) decide(c *registry.Chart, p registry.Period, from int) (int, Act) {
	for i := from; i < len(x.steps); i++ {
		act := x.steps[i].Else
		if x.when[i].Holds(c, p) {
			act = x.steps[i].Then
		}
		if act != Pass {
			return i, act
		}
	}
	return -1, Reject
}

func (x *boundCascade) Holds(c *registry.Chart, p registry.Period) bool {
	_, act := x.decide(c, p, 0)
	return act == Select
}

// Explain gives the findings of the steps up to the one that decided, which is the
// last part.
func (x *boundCascade) Explain(c *registry.Chart, p registry.Period) registry.Finding {
	at, act := x.decide(c, p, 0)
	f := registry.Finding{Met: act == Select, Label: x.words, Reason: registry.NotFound}
	for i := 0; i <= at; i++ {
		g := x.when[i].Explain(c, p)
		if i == at {
			f.Reason = g.Reason
		}
		f.Parts = append(f.Parts, registry.Finding{Met: g.Met, Label: x.steps[i].Name, Reason: g.Reason, Evidence: g.Evidence, Parts: g.Parts})
	}
	return f
}
