package delivery

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/shopspring/decimal"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/internal/exact"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/stratify/eligibility"
)

// Destination is where an emergency case can go.
type Destination string

// Destinations.
const (
	Home           Destination = "home" // with support
	UrgentCare     Destination = "urgent care"
	SkilledNursing Destination = "skilled nursing facility"
	StepDown       Destination = "step-down"
	Admit          Destination = "admit"
)

var destinations = [...]Destination{Home, UrgentCare, SkilledNursing, StepDown, Admit}

// Destinations lists them, the least intensive first: the default order.
func Destinations() []Destination { return slices.Clone(destinations[:]) }

// Alternative is a destination with what it asks of a case: any of the routes. No routes
// mean that nobody qualifies.
type Alternative struct {
	To   Destination         `json:"to"`
	When []eligibility.Route `json:"when,omitempty"`
}

// Emergency is a case at the emergency department that a hospitalist looks at.
type Emergency struct {
	ID       string             `json:"id"`
	Person   string             `json:"person"`
	Arrived  registry.Moment    `json:"arrived"`
	Facts    eligibility.Inputs `json:"facts"`     // what is known: an input that is missing never diverts
	StayDays int                `json:"stay_days"` // expected in hospital, if admitted
}

// Beds is the places left at a destination. Destinations that are not listed have none,
// save Admit, which always takes a case.
type Beds struct {
	At   Destination `json:"at"`
	Free int         `json:"free"`
}

// Considered is a destination that was considered, and why it was taken or not.
type Considered struct {
	To  Destination `json:"to"`
	Why string      `json:"why"`
}

// Diversion is where a case goes.
type Diversion struct {
	Case     string       `json:"case"`
	To       Destination  `json:"to"`
	Diverted bool         `json:"diverted"` // not admitted
	Days     int          `json:"days"`     // of hospital stay avoided
	Reasons  []Considered `json:"reasons"`  // in the order considered, the last is the one taken
}

// Hospitalist decides where emergency cases go: the first destination whose criteria hold
// and that has a place (Nuffield Trust 2011, NT2011:250-266). It is immutable and may be
// shared.
type Hospitalist struct{ order []Alternative }

// NewHospitalist takes the alternatives to admission with their criteria, and the order in
// which they are considered: without one the least intensive first, as [Destinations] lists
// them. Faults are [caremodel.ErrDefinition], all named: no alternatives, destinations that
// are unknown or there twice, criteria for admission, which needs none, and an order that
// leaves an alternative out or names another place.
func NewHospitalist(alternatives []Alternative, order ...Destination) (*Hospitalist, error) {
	var errs []error
	bad := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf("%w: "+format, append([]any{caremodel.ErrDefinition}, args...)...))
	}
	of := func(to Destination) func(Alternative) bool {
		return func(a Alternative) bool { return a.To == to }
	}
	if len(alternatives) == 0 {
		bad("a hospitalist without alternatives to admission")
	}
	for i, a := range alternatives {
		if !slices.Contains(destinations[:], a.To) || a.To == Admit || slices.ContainsFunc(alternatives[:i], of(a.To)) {
			bad("alternative %d: %q", i+1, a.To)
		}
		if len(order) > 0 && !slices.Contains(order, a.To) {
			bad("alternative %d: %q is not in the order", i+1, a.To)
		}
	}
	for i, to := range order {
		if slices.Contains(order[:i], to) || !slices.ContainsFunc(alternatives, of(to)) {
			bad("place %d of the order: %q", i+1, to)
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	if len(order) == 0 {
		order = destinations[:]
	}
	h := &Hospitalist{}
	for _, to := range order {
		if k := slices.IndexFunc(alternatives, of(to)); k >= 0 {
			h.order = append(h.order, alternatives[k])
		}
	}
	return h, nil
}

// Divert decides for one case. It uses no place up: see [Hospitalist.DivertAll].
func (h *Hospitalist) Divert(x Emergency, beds []Beds) Diversion {
	d := Diversion{Case: x.ID, To: Admit}
	for _, a := range h.order {
		e := (&eligibility.Programme{ID: string(a.To), Routes: a.When}).Evaluate(x.Facts)
		switch {
		case !e.Met:
			d.Reasons = append(d.Reasons, Considered{a.To, refusal(&e)})
			continue
		case free(beds, a.To) == 0:
			d.Reasons = append(d.Reasons, Considered{a.To, "no place at " + string(a.To)})
			continue
		}
		d.To, d.Diverted, d.Days = a.To, true, max(0, x.StayDays)
		d.Reasons = append(d.Reasons, Considered{a.To, "criteria hold: " + e.Route})
		return d
	}
	d.Reasons = append(d.Reasons, Considered{Admit, "no alternative"})
	return d
}

func refusal(e *eligibility.Eligible) string {
	if e.Answer == eligibility.CannotTell {
		return "not known: " + list(e.Missing)
	}
	return "criteria fail: " + list(e.Against)
}

func list(rs []eligibility.Reason) string {
	var out []string
	for _, r := range rs {
		out = append(out, r.Condition.String())
	}
	return strings.Join(out, ", ")
}

func free(beds []Beds, at Destination) int {
	n := 0
	for _, b := range beds {
		if b.At == at {
			n += max(0, b.Free)
		}
	}
	return n
}

// Diversions is what came of the emergency cases of a time.
type Diversions struct {
	Cases       []Diversion   `json:"cases"`
	Coordinated registry.Rate `json:"coordinated"` // cases that a hospitalist saw, of all admissions and diversions
	Diverted    registry.Rate `json:"diverted"`    // of the cases seen
	AvoidedDays int64         `json:"avoided_days"`
	Left        []Beds        `json:"left"` // places left, as listed
}

// DivertAll decides for cases one after the other in the order of arrival, then ID, each
// taking its place. unseen is how many further cases were admitted without a hospitalist.
// Cases without an ID or there twice, stays and counts below zero, and destinations listed
// twice, are [caremodel.ErrAnswer].
func (h *Hospitalist) DivertAll(cases []Emergency, beds []Beds, unseen int64) (Diversions, error) {
	var errs []error
	ids := map[string]bool{}
	for _, x := range cases {
		if x.ID == "" || ids[x.ID] || x.StayDays < 0 {
			errs = append(errs, fmt.Errorf("%w: emergency %q, expected to stay %d days, has no ID or is there twice", caremodel.ErrAnswer, x.ID, x.StayDays))
		}
		ids[x.ID] = true
	}
	for i, b := range beds {
		if b.Free < 0 || slices.ContainsFunc(beds[:i], func(o Beds) bool { return o.At == b.At }) {
			errs = append(errs, fmt.Errorf("%w: %d places at %q, or listed twice", caremodel.ErrAnswer, b.Free, b.At))
		}
	}
	if unseen < 0 {
		errs = append(errs, fmt.Errorf("%w: %d cases unseen", caremodel.ErrAnswer, unseen))
	}
	if err := errors.Join(errs...); err != nil {
		return Diversions{}, err
	}
	cs := slices.Clone(cases)
	slices.SortFunc(cs, func(a, b Emergency) int {
		return cmp.Or(cmp.Compare(a.Arrived.Day, b.Arrived.Day), cmp.Compare(a.Arrived.Time, b.Arrived.Time), strings.Compare(a.ID, b.ID))
	})
	out := Diversions{Left: slices.Clone(beds)}
	for _, x := range cs {
		d := h.Divert(x, out.Left)
		out.Cases = append(out.Cases, d)
		out.Diverted.Den++
		if d.Diverted {
			out.Diverted.Num++
			out.AvoidedDays += int64(d.Days)
			k := slices.IndexFunc(out.Left, func(b Beds) bool { return b.At == d.To })
			out.Left[k].Free--
		}
	}
	n := int64(len(cs))
	out.Coordinated = registry.Rate{Num: n, Den: n + unseen}
	return out, nil
}

// BreakEven is whether a post pays for itself, and from how many people on.
type BreakEven struct {
	Pays    bool            `json:"pays"`
	Saved   decimal.Decimal `json:"saved"`
	Needed  int64           `json:"needed"` // people from which on it pays
	Reached bool            `json:"reached"`
}

// HospitalistBreakEven compares people times the saving of each with the cost of the post,
// in one currency unit: a group needs a critical mass of patients at a hospital (Nuffield
// Trust 2011, NT2011:256). Needed is rounded up. People or cost below zero are
// [caremodel.ErrPolicy]; with a saving of zero or less no number of people is enough, and
// Needed is 0 unless the post costs nothing.
func HospitalistBreakEven(people int64, saving, cost decimal.Decimal) (BreakEven, error) {
	if people < 0 || cost.Sign() < 0 {
		return BreakEven{}, fmt.Errorf("%w: %d people for a post of %s", caremodel.ErrPolicy, people, cost)
	}
	b := BreakEven{Saved: saving.Mul(decimal.NewFromInt(people))}
	b.Pays = b.Saved.Cmp(cost) >= 0
	if saving.Sign() > 0 {
		needed := exact.Quo(cost, saving, 0, exact.Ceil)
		if !needed.BigInt().IsInt64() {
			return BreakEven{}, fmt.Errorf("%w: a post of %s at a saving of %s", caremodel.ErrPolicy, cost, saving)
		}
		b.Needed = needed.IntPart()
		b.Reached = people >= b.Needed
	} else {
		b.Reached = b.Pays
	}
	return b, nil
}
