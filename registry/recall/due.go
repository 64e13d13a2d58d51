package recall

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/registry"
)

// Policy says how gaps become invitations. The zero value, but for the ladder, which it
// needs, has no limits on contacts and begins a cycle anew after 12 months.
type Policy struct {
	Ladder Ladder
	Rules  ContactRules // for everybody; a person's own channels are in [Person]
	Cycle  Every        // after which an unanswered ladder begins again; 0: 12 months
	// YearMonth and YearDay start the measurement year of a ladder that counts within one
	// ([Ladder.InYear], which has no use for Cycle); 0, 0: 1 January.
	YearMonth, YearDay int
	Roles              []KeyRole // who gives the care; others: no role
	// HandOver is who calls when the ladder has ended or no channel is left; empty: clerk.
	HandOver string
	// FromDue begins with invitations on the due day, not on the earliest day.
	FromDue bool
}

// KeyRole names the role that gives the care of a key.
type KeyRole struct{ Key, Role string }

// Check reports everything wrong with a policy: the ladder, limits below zero, a key
// with two roles. The error wraps [ErrDefinition].
func (p *Policy) Check() error {
	errs := []error{p.Ladder.Check()}
	bad := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf("%w: policy: %w", ErrDefinition, fmt.Errorf(format, args...)))
	}
	if p.Cycle.N < 0 {
		bad("a cycle of %s", p.Cycle)
	}
	if len((Calendar{1, p.YearMonth, p.YearDay}).faults()) > 0 {
		bad("a measurement year from %d-%d", p.YearMonth, p.YearDay)
	}
	if r := p.Rules; r.QuietDays < 0 || r.Max < 0 || r.MaxInDays < 0 || (r.Max > 0) != (r.MaxInDays > 0) {
		bad("%d quiet days, %d contacts in %d days", r.QuietDays, r.Max, r.MaxInDays)
	}
	for i, k := range p.Roles {
		if k.Key == "" || slices.ContainsFunc(p.Roles[:i], func(o KeyRole) bool { return o.Key == k.Key }) {
			bad("the role of %q is there twice, or the key is missing", k.Key)
		}
	}
	return errors.Join(errs...)
}

func (p *Policy) role(key string) string {
	for i := range p.Roles {
		if p.Roles[i].Key == key {
			return p.Roles[i].Role
		}
	}
	return ""
}

// Due lists what is to be done on a day for people whose gaps are of that day: patients'
// and providers' reminders apart. Everything that may be asked for is either in a
// recall or held with its reason. People who are dead, away or want no calls are never
// called, nor is anybody who was contacted that day. A new piece of evidence begins a new
// cycle.
func (p *Policy) Due(people []Person, day registry.Date, out *DueList) {
	out.Day = day
	if out.Recalls == nil { // empty lists look the same whether used before or not
		*out = DueList{Day: day, Recalls: []Recall{}, Reminders: []Reminder{}, Held: []Held{}, HandOvers: []Held{}, Panel: []Held{}}
	}
	out.Recalls, out.Reminders, out.Held, out.HandOvers, out.Panel = out.Recalls[:0], out.Reminders[:0], out.Held[:0], out.HandOvers[:0], out.Panel[:0]
	out.order, out.keys = out.order[:0], out.keys[:0]
	for i := range people {
		out.order = append(out.order, i)
	}
	slices.SortStableFunc(out.order, func(a, b int) int { return strings.Compare(people[a].ID, people[b].ID) })
	for _, i := range out.order {
		p.person(&people[i], day, out)
	}
}

// recallable reports whether a patient may be asked for a gap's care at all.
func (p *Policy) recallable(g *Gap, day registry.Date) bool {
	from := g.Earliest
	if p.FromDue {
		from = g.Due
	}
	return g.Status != NotApplicable && (!g.Excluded || g.OnRecall) && g.Due != far && day >= from && g.At(day) != Lapsed
}

func (p *Policy) person(x *Person, day registry.Date, out *DueList) {
	for i := range x.Gaps {
		if x.Gaps[i].Gone {
			out.Held = append(out.Held, Held{Person: x.ID, Why: x.Gaps[i].Why})
			return
		}
	}
	out.gaps, out.contacts = out.gaps[:0], append(out.contacts[:0], x.Contacts...)
	for i := range x.Gaps {
		out.gaps = append(out.gaps, &x.Gaps[i])
	}
	slices.SortStableFunc(out.gaps, func(a, b *Gap) int { return byUrgency(a, b) })
	sortContacts(out.contacts)
	r := Recall{Person: x.ID, Language: x.Language}
	first := len(out.keys)
	for _, g := range out.gaps {
		if g.Remarks.Has(AttributionMismatch) {
			out.Panel = append(out.Panel, Held{Person: x.ID, Key: g.Key, Why: AttributionMismatch.String(), Role: p.role(g.Key)})
		}
		if g.Open(day) && day >= g.Quiet && !g.OffRecall {
			out.Reminders = append(out.Reminders, Reminder{x.ID, g.Key, g.State, g.Due, g.DaysOverdue(day), p.role(g.Key), g.Class, g.Priority, g.Closes})
		}
		switch {
		case p.recallable(g, day):
			p.call(x, g, day, &r, out)
		case g.Excluded && g.Due != far && day >= g.Earliest && g.At(day) != Lapsed:
			out.Held = append(out.Held, Held{Person: x.ID, Key: g.Key, Why: g.Exclusion, Role: p.role(g.Key)})
		}
	}
	if r.Keys = out.keys[first:len(out.keys):len(out.keys)]; len(r.Keys) > 0 {
		out.Recalls = append(out.Recalls, r)
	}
}

// call joins a gap to the message, or holds it.
func (p *Policy) call(x *Person, g *Gap, day registry.Date, r *Recall, out *DueList) {
	hold := func(why string, until registry.Date) {
		out.Held = append(out.Held, Held{x.ID, g.Key, why, until, p.role(g.Key)})
	}
	handOver := func(why string) {
		role := p.HandOver
		if role == "" {
			role = "clerk"
		}
		out.HandOvers = append(out.HandOvers, Held{Person: x.ID, Key: g.Key, Why: why, Role: role})
	}
	switch {
	case x.Declined:
		hold("wants no calls", 0)
		return
	case g.OffRecall:
		hold(g.Exclusion, 0)
		return
	case day < g.Hidden:
		hold("put aside", g.Hidden)
		return
	case day < g.Quiet:
		hold("an order is placed", g.Quiet)
		return
	}
	for i := range x.Contacts {
		if x.Contacts[i].On == day {
			hold("contacted today", day.AddDays(1))
			return
		}
	}
	rules := p.Rules
	rules.OptedOut = x.OptedOut
	s := p.Ladder.state(out.contacts, g.Key, p.cycle(g, day), day, rules, out.channels[:0])
	switch s.Stage {
	case BookedIn:
		hold("booked", 0)
		return
	case AttendedStage:
		hold("attended, the evidence is awaited", 0)
		return
	case DeclinedStage:
		hold("declined in this cycle", 0)
		return
	case NoResponseStage:
		hold("no response to the last step", 0)
		handOver("no response")
		return
	}
	if s.NextOn > day {
		hold("the next step waits for its day", s.NextOn)
		return
	}
	out.channels = s.Channels
	if len(s.Channels) == 0 {
		hold("every channel of the next step is opted out", 0)
		handOver("no channel")
		return
	}
	days := registry.Period{Start: max(g.Earliest, day), End: max(g.OverdueAfter, day)}
	target := max(g.Due, day)
	if r.Channel == "" {
		r.Channel, r.Role, r.Target, r.Window = s.Channels[0], p.role(g.Key), target, days
		r.Reason, r.Due = g.State.String(), g.Due
	} else {
		r.Target = min(r.Target, target)
		if both, ok := r.Window.Intersect(days); ok {
			r.Window = both
		}
	}
	out.keys = append(out.keys, KeyStep{g.Key, s.NextStep})
}

// cycle is the first day of which contacts count: after the last evidence, and not before
// the measurement year, or the present round of an unanswered ladder.
func (p *Policy) cycle(g *Gap, day registry.Date) registry.Date {
	if p.Ladder.InYear {
		start := Calendar{1, p.YearMonth, p.YearDay}.Year(day).Start
		if g.LastOn >= start {
			return g.LastOn.AddDays(1)
		}
		return start
	}
	every := p.Cycle
	if every.IsZero() {
		every = Every{12, Month}
	}
	from := g.Earliest
	for n := 1; ; n++ { // from the anchor, never stepped
		next := Every{every.N * n, every.Unit}.After(g.Earliest)
		if next == 0 || next > day {
			break
		}
		from = next
	}
	if from == g.Earliest { // the first round also takes what was sent ahead of it
		if g.LastOn == 0 {
			return registry.MinDate
		}
		return g.LastOn.AddDays(1)
	}
	return from
}
