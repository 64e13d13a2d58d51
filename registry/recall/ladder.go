package recall

import (
	"cmp"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/chroniccare/chroniccare/internal/name"
	"github.com/chroniccare/chroniccare/registry"
)

//go:embed data/invitation-ladders.json
var laddersJSON []byte

// Ladder is a sequence of invitations with the days between them.
type Ladder struct {
	ID           string
	Steps        []LadderStep
	Within       string // in words: the span in which the steps count
	AfterLast    string // in words: what follows the last step
	Confirmation string // "read": a published rule; "design": our default
	// InYear counts the invitations of a measurement year, as the UK rule does; without it
	// those of a cycle from the due day on.
	InYear bool
	// Strict asks for more than the days between steps; without it exactly so many
	// are enough, as the published UK rule has it.
	Strict bool
}

// LadderStep is one invitation.
type LadderStep struct {
	N        int      `json:"n"`
	MinDays  int      `json:"min_days_after_previous"`
	Channels []string `json:"channels"` // in order of preference
}

// inYear is how the table says that invitations count within a measurement year.
const inYear = "measurement year"

// Ladders gives the ladders that ship: the UK rule of two invitations at least a
// week apart, and a default of three steps.
func Ladders() ([]Ladder, error) {
	var f struct {
		Ladders []struct {
			ID           string
			Steps        []LadderStep
			Within       string
			AfterLast    string `json:"after_last"`
			Confirmation string
		}
	}
	if err := json.Unmarshal(laddersJSON, &f); err != nil {
		return nil, fmt.Errorf("%w: ladders: %w", ErrDefinition, err)
	}
	var out []Ladder
	for _, l := range f.Ladders {
		x := Ladder{ID: l.ID, Steps: l.Steps, Within: l.Within, InYear: l.Within == inYear, AfterLast: l.AfterLast, Confirmation: l.Confirmation}
		if err := x.Check(); err != nil {
			return nil, err
		}
		out = append(out, x)
	}
	return out, nil
}

// Check reports everything wrong with a ladder: steps must count from 1, with days
// that are not negative and a channel each.
func (l *Ladder) Check() error {
	var errs []error
	if len(l.Steps) == 0 {
		errs = append(errs, fmt.Errorf("%w: ladder %q has no steps", ErrDefinition, l.ID))
	}
	for i, s := range l.Steps {
		if s.N != i+1 || s.MinDays < 0 || len(s.Channels) == 0 {
			errs = append(errs, fmt.Errorf("%w: ladder %q: step %d is number %d, %d days, %d channels", ErrDefinition, l.ID, i+1, s.N, s.MinDays, len(s.Channels)))
		}
	}
	return errors.Join(errs...)
}

// Outcome of a contact.
type Outcome uint8

// Outcomes.
const (
	NoAnswer Outcome = iota
	Reached
	Booked
	Attended
	MissedAppointment
	DeclinedCare
	WrongNumber
)

var outcomeNames = [...]string{"no answer", "reached", "booked", "attended", "missed", "declined", "wrong number"}

// String gives the outcome in words.
func (o Outcome) String() string { return outcomeNames[min(int(o), len(outcomeNames)-1)] }

// MarshalText gives the outcome in words.
func (o Outcome) MarshalText() ([]byte, error) { return []byte(o.String()), nil }

// UnmarshalText reads what MarshalText gives; another text is an error that lists the words.
func (o *Outcome) UnmarshalText(text []byte) error { return name.Parse(o, len(outcomeNames), text) }

// Contact is one attempt to invite a person.
type Contact struct {
	On      registry.Date `json:"on"`
	Channel string        `json:"channel,omitempty"`
	Outcome Outcome       `json:"outcome"`
	Keys    []string      `json:"keys,omitempty"` // what it was about; empty: everything
}

// LadderState says where a person stands on a ladder in a cycle.
type LadderState struct {
	Stage    Stage
	Invited  int           // invitations so far
	NextStep int           // 1 to the number of steps; 0 when none is due
	NextOn   registry.Date // first day of the next invitation
	Channels []string      // for the next invitation, without those opted out
}

// Stage of a cycle of invitations.
type Stage uint8

// Stages.
const (
	NotInvited Stage = iota
	Invited
	BookedIn
	AttendedStage
	DeclinedStage
	NoResponseStage
)

var stageNames = [...]string{"not invited", "invited", "booked", "attended", "declined", "no response"}

// String gives the stage in words.
func (s Stage) String() string { return stageNames[min(int(s), len(stageNames)-1)] }

// ContactRules protect people from too many calls. The zero value has no limit.
type ContactRules struct {
	OptedOut  []string // channels
	QuietDays int      // between any two contacts
	MaxInDays int      // at most Max contacts within so many days
	Max       int
}

// State follows the contacts of a cycle: those on or after from, when the present
// due day was set. A booking stops the ladder, a missed appointment goes on with the
// next step, a decline ends it. Contacts of one day count in the order of their outcomes, those after
// asOf not at all. When every channel of
// a step is opted out, Channels is empty: a person has to find another way.
func (l *Ladder) State(contacts []Contact, from, asOf registry.Date, rules ContactRules) LadderState {
	cs := slices.Clone(contacts)
	sortContacts(cs)
	return l.state(cs, "", from, asOf, rules, nil)
}

func sortContacts(cs []Contact) {
	slices.SortStableFunc(cs, func(a, b Contact) int { return cmp.Or(cmp.Compare(a.On, b.On), cmp.Compare(a.Outcome, b.Outcome)) })
}

// state is State of one key, from sorted contacts: those about other keys only count for the
// quiet days and the limit. The channels go into buf.
func (l *Ladder) state(cs []Contact, key string, from, asOf registry.Date, rules ContactRules, buf []string) LadderState {
	var s LadderState
	var last registry.Date
	for _, c := range cs {
		if c.On < from || c.On > asOf || key != "" && len(c.Keys) > 0 && !slices.Contains(c.Keys, key) {
			continue
		}
		switch c.Outcome {
		case Booked:
			s.Stage = BookedIn
			s.Invited++
		case Attended:
			s.Stage = AttendedStage
		case DeclinedCare:
			s.Stage = DeclinedStage
		case MissedAppointment:
			s.Stage = Invited
		case WrongNumber: // reached nobody: the step is still to be done
			continue
		default:
			s.Stage = Invited
			s.Invited++
		}
		last = c.On
		if s.Stage == AttendedStage || s.Stage == DeclinedStage {
			return s
		}
	}
	if s.Stage == BookedIn {
		return s
	}
	if s.Invited >= len(l.Steps) {
		s.Stage = NoResponseStage
		return s
	}
	step := l.Steps[s.Invited]
	s.NextStep, s.NextOn = step.N, max(from, asOf)
	if last != 0 {
		days := step.MinDays
		if l.Strict {
			days++
		}
		s.NextOn = max(s.NextOn, last.AddDays(days))
	}
	s.NextOn = max(s.NextOn, rules.next(cs, asOf, s.NextOn))
	for _, c := range step.Channels {
		if !slices.Contains(rules.OptedOut, c) {
			buf = append(buf, c)
		}
	}
	s.Channels = buf
	return s
}

// next is the first day from d on that the rules allow, after contacts sorted by day.
func (r ContactRules) next(cs []Contact, asOf, d registry.Date) registry.Date {
	n := 0
	for n < len(cs) && cs[n].On <= asOf {
		n++
	}
	if r.QuietDays > 0 && n > 0 {
		d = max(d, cs[n-1].On.AddDays(r.QuietDays))
	}
	if r.Max > 0 && r.MaxInDays > 0 && n >= r.Max {
		// the oldest of the last Max contacts must have left the window
		d = max(d, cs[n-r.Max].On.AddDays(r.MaxInDays))
	}
	return d
}
