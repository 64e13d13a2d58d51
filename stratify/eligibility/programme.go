package eligibility

import "fmt"

// Route is one way into a programme: all of its conditions.
type Route struct {
	Name string      `json:"name"`
	All  []Condition `json:"all"`
}

// Programme is an eligibility rule: any of its routes. Make one with [New].
type Programme struct {
	ID     string // as "pace"
	Row    string // row of [Systems], as "S12"
	Name   string
	Source string // documents and lines, see [Systems]
	Notes  []string
	Routes []Route
}

// Answered is the outcome for a person.
type Answered string

// The outcomes. CannotTell is not a no: an input is missing that decides.
const (
	IsEligible  Answered = "eligible"
	NotEligible Answered = "not eligible"
	CannotTell  Answered = "cannot tell"
)

// Reason is a condition with the answer that met or failed it.
type Reason struct {
	Route     string    `json:"route"`
	Condition Condition `json:"condition"`
	Answer    Answer    `json:"answer"`
}

// String is the reason in words.
func (r Reason) String() string {
	if !r.Answer.known {
		return r.Condition.String() + " (not known)"
	}
	if r.Condition.Input.number() {
		return fmt.Sprintf("%v (%v)", r.Condition, r.Answer)
	}
	if r.Answer.n > 0 {
		return r.Condition.String() + " (yes)"
	}
	return r.Condition.String() + " (no)"
}

// Eligible is the answer with its reasons: for, against, and what is missing. Route is the
// first route that is met.
type Eligible struct {
	Programme string   `json:"programme"`
	Answer    Answered `json:"answer"`
	Met       bool     `json:"met"`
	Route     string   `json:"route"`
	For       []Reason `json:"for"`     // conditions met, in the programme's order
	Against   []Reason `json:"against"` // conditions failed
	Missing   []Reason `json:"missing"` // conditions without an answer: not met, and not failed either
}

// Evaluate asks the programme about a person. It cannot fail: what is not known is listed.
func (p *Programme) Evaluate(in Inputs) Eligible {
	e := Eligible{Programme: p.ID, Answer: NotEligible}
	for _, r := range p.Routes {
		worst := yes
		for _, c := range r.All {
			s := c.ask(in)
			worst = min(worst, s)
			x := Reason{r.Name, c, in[c.Input]}
			switch s {
			case yes:
				e.For = append(e.For, x)
			case no:
				e.Against = append(e.Against, x)
			default:
				e.Missing = append(e.Missing, x)
			}
		}
		switch {
		case worst == yes && !e.Met:
			e.Answer, e.Met, e.Route = IsEligible, true, r.Name
		case worst == unknown && !e.Met:
			e.Answer = CannotTell
		}
	}
	return e
}

// Inputs lists what the programme asks, each once, in its order.
func (p *Programme) Inputs() []Input {
	var out []Input
	seen := map[Input]bool{}
	for _, r := range p.Routes {
		for _, c := range r.All {
			if !seen[c.Input] {
				seen[c.Input] = true
				out = append(out, c.Input)
			}
		}
	}
	return out
}

// String is the rule in words.
func (p *Programme) String() string {
	s := p.Name
	for i, r := range p.Routes {
		if i > 0 {
			s += "\nor"
		}
		for _, c := range r.All {
			s += "\n- " + c.String()
		}
	}
	return s
}
