package panel

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/internal/name"
	"github.com/chroniccare/chroniccare/registry"
)

// Reason says why nobody answers for a person.
type Reason uint8

// Reasons. Attributed is none.
const (
	Attributed Reason = iota
	NoVisits
	NoMajority
	NotRegistered
	NoCoverage
	Tie // ties are forbidden
	Deceased
	OptedOut
)

var reasonNames = [...]string{"", "NO_VISITS", "NO_MAJORITY", "NOT_REGISTERED", "NO_COVERAGE", "TIE", "DECEASED", "OPTED_OUT"}

// String gives the code, "" for people who are attributed.
func (r Reason) String() string { return reasonNames[min(int(r), len(reasonNames)-1)] }

// MarshalText gives the code.
func (r Reason) MarshalText() ([]byte, error) { return []byte(r.String()), nil }

// UnmarshalText reads what MarshalText gives; another text is an error that lists the words.
func (r *Reason) UnmarshalText(text []byte) error { return name.Parse(r, len(reasonNames), text) }

// Vote is what a provider has in the pass that decided, or in the last one tried.
type Vote struct {
	Provider string        `json:"provider"`
	Visits   int64         `json:"visits"`  // days with a qualifying visit
	Amount   int64         `json:"amount"`  // of qualifying visits
	First    registry.Date `json:"first"`   // qualifying visit in the look-back
	Last     registry.Date `json:"last"`    //
	Overall  int64         `json:"overall"` // days with any visit up to the day asked about
}

// TieResult is a step that broke, or did not break, a tie: who is still level after.
type TieResult struct {
	Step TieStep  `json:"step"`
	Left []string `json:"left"`
}

// Attribution says who answers for a person and how that came about. It is also the
// storage of [Rule.Attribute]: reuse it, and attributing does not allocate.
type Attribution struct {
	Person   string      `json:"person"`
	Provider string      `json:"provider,omitempty"`
	Practice string      `json:"practice,omitempty"` // of a roster
	Reason   Reason      `json:"reason,omitempty"`
	Method   Method      `json:"method"`
	Pass     int         `json:"pass"` // the pass that decided, from 1; 0 when none did
	Votes    []Vote      `json:"votes,omitempty"`
	Ties     []TieResult `json:"ties,omitempty"`
	LeftOut  int         `json:"left_out,omitempty"` // visits without a provider or day, or after the day asked about; registrations without a provider or that end before they start

	order []int32
	days  []Vote // of all visits, by provider
	names []string
	level []int
}

// Attribute finds the provider that answers for a person on a day. The order of the
// record does not matter.
func (r *Rule) Attribute(rec *Record, asOf registry.Date, out *Attribution) {
	*out = Attribution{Person: rec.Person, Votes: out.Votes[:0], Ties: out.Ties[:0], order: out.order[:0], days: out.days[:0], names: out.names[:0], level: out.level[:0]}
	r.sort(rec, asOf, out)
	switch {
	case rec.Dead && rec.Death == 0, rec.Death != 0 && rec.Death <= asOf:
		out.Reason = Deceased
		return
	case rec.OptedOut != 0 && rec.OptedOut <= asOf:
		out.Reason = OptedOut
		return
	case r.cover != nil && !r.cover.On(rec.Enrolments, asOf):
		out.Reason = NoCoverage
		return
	}
	worst := Attributed // the most telling reason of the passes tried
	for i := range r.passes {
		p := &r.passes[i]
		out.Method = p.Method
		var why Reason
		if p.Method == Roster {
			why = roster(rec, asOf, out)
		} else {
			why = r.vote(rec, p, asOf, out)
		}
		if why == Attributed {
			out.Reason, out.Pass = Attributed, i+1
			return
		}
		worst = tellingMore(worst, why)
	}
	out.Reason = worst
}

// tellingMore prefers a tie to a missing majority to no visits to no registration.
func tellingMore(a, b Reason) Reason {
	rank := func(r Reason) int {
		return slices.Index([]Reason{Attributed, NotRegistered, NoVisits, NoMajority, Tie}, r)
	}
	if rank(b) > rank(a) {
		return b
	}
	return a
}

// sort orders the usable visits by provider, day and ID, and counts visits overall.
func (r *Rule) sort(rec *Record, asOf registry.Date, out *Attribution) {
	for i := range rec.Visits {
		v := &rec.Visits[i]
		if v.Provider == "" || v.On <= 0 || v.On > asOf {
			out.LeftOut++
			continue
		}
		out.order = append(out.order, int32(i))
	}
	for i := range rec.Registrations {
		if g := &rec.Registrations[i]; g.Provider == "" || !g.Period.Valid() {
			out.LeftOut++
		}
	}
	slices.SortFunc(out.order, func(a, b int32) int {
		x, y := &rec.Visits[a], &rec.Visits[b]
		return cmp.Or(strings.Compare(x.Provider, y.Provider), cmp.Compare(x.On, y.On), strings.Compare(x.ID, y.ID),
			cmp.Compare(x.amount(), y.amount()), strings.Compare(x.Class, y.Class), strings.Compare(x.Service, y.Service), strings.Compare(x.Setting, y.Setting))
	})
	tally(rec, out.order, registry.Period{End: asOf}, &Pass{}, &out.days)
}

// tally makes one vote for each provider out of sorted visits.
func tally(rec *Record, order []int32, window registry.Period, p *Pass, votes *[]Vote) {
	*votes = (*votes)[:0]
	last := "" // ID of the visit counted last
	for _, i := range order {
		v := &rec.Visits[i]
		if !window.Contains(v.On) || !p.takes(v) {
			continue
		}
		n := len(*votes)
		if n == 0 || (*votes)[n-1].Provider != v.Provider {
			*votes = append(*votes, Vote{Provider: v.Provider, First: v.On})
			n++
			last = ""
		}
		x := &(*votes)[n-1]
		if x.Last == v.On && v.ID != "" && v.ID == last { // the same visit twice
			continue
		}
		if x.Last != v.On {
			x.Visits++
		}
		x.Last, last = v.On, v.ID
		x.Amount += v.amount()
	}
}

// roster takes the current registration: the latest start, then the later end, then
// the lower ID.
func roster(rec *Record, asOf registry.Date, out *Attribution) Reason {
	out.Votes, out.Ties = out.Votes[:0], out.Ties[:0]
	end := func(g *Registration) registry.Date {
		if g.Period.End == 0 {
			return registry.MaxDate
		}
		return g.Period.End
	}
	var best *Registration
	for i := range rec.Registrations {
		g := &rec.Registrations[i]
		if g.Provider == "" || !g.Period.Valid() || !g.Period.Contains(asOf) {
			continue
		}
		if best == nil || cmp.Or(cmp.Compare(g.Period.Start, best.Period.Start), cmp.Compare(end(g), end(best)), strings.Compare(best.ID, g.ID), strings.Compare(best.Provider, g.Provider)) > 0 {
			best = g
		}
	}
	if best == nil {
		return NotRegistered
	}
	out.Provider, out.Practice = best.Provider, best.Practice
	return Attributed
}

// vote counts the qualifying visits of a pass and finds the winner.
func (r *Rule) vote(rec *Record, p *Pass, asOf registry.Date, out *Attribution) Reason {
	out.Ties, out.names = out.Ties[:0], out.names[:0]
	tally(rec, out.order, registry.LastMonths(asOf, p.Months, registry.FarExclusive), p, &out.Votes)
	if len(out.Votes) == 0 {
		return NoVisits
	}
	var total int64
	for i := range out.Votes {
		v := &out.Votes[i]
		total += v.Visits
		k, _ := slices.BinarySearchFunc(out.days, v.Provider, func(d Vote, id string) int { return strings.Compare(d.Provider, id) })
		v.Overall = out.days[k].Visits
	}
	out.level = out.level[:0]
	for i := range out.Votes {
		out.level = append(out.level, i)
	}
	switch p.Method {
	case Plurality, Majority:
		out.keep(func(v *Vote) int64 { return v.Visits })
		if p.Method == Majority && 2*out.Votes[out.level[0]].Visits <= total {
			return NoMajority
		}
	case MostSpend:
		out.keep(func(v *Vote) int64 { return v.Amount })
		out.keep(func(v *Vote) int64 { return v.Visits })
	case LastSeen:
		out.keep(func(v *Vote) int64 { return int64(v.Last) })
	}
	if len(out.level) > 1 && r.noTies {
		return Tie
	}
	for _, s := range r.ties {
		if len(out.level) == 1 {
			break
		}
		switch s {
		case MostRecent:
			out.keep(func(v *Vote) int64 { return int64(v.Last) })
		case HighestCost:
			out.keep(func(v *Vote) int64 { return v.Amount })
		case LongestSpan:
			out.keep(func(v *Vote) int64 { return int64(v.Last - v.First) })
		case MoreVisits:
			out.keep(func(v *Vote) int64 { return v.Overall })
		case LowestID:
			out.level = out.level[:1] // votes are sorted by ID
		}
		from := len(out.names)
		for _, i := range out.level {
			out.names = append(out.names, out.Votes[i].Provider)
		}
		out.Ties = append(out.Ties, TieResult{s, out.names[from:len(out.names):len(out.names)]})
	}
	out.Provider = out.Votes[out.level[0]].Provider
	return Attributed
}

// keep leaves those of the level providers that score highest.
func (a *Attribution) keep(score func(*Vote) int64) {
	best := score(&a.Votes[a.level[0]])
	n := 0
	for _, i := range a.level {
		s := score(&a.Votes[i])
		if s > best {
			best, n = s, 0
		}
		if s == best {
			a.level[n] = i
			n++
		}
	}
	a.level = a.level[:n]
}

// Text explains an attribution line by line.
func (a *Attribution) Text() string {
	var b strings.Builder
	if a.Reason != Attributed {
		fmt.Fprintf(&b, "%s: nobody (%v)\n", a.Person, a.Reason)
	} else {
		fmt.Fprintf(&b, "%s: %s, by %v in pass %d\n", a.Person, a.Provider, a.Method, a.Pass)
	}
	for _, v := range a.Votes {
		fmt.Fprintf(&b, "  %s: %d visits, %v to %v, amount %d, %d overall\n", v.Provider, v.Visits, v.First, v.Last, v.Amount, v.Overall)
	}
	for _, t := range a.Ties {
		fmt.Fprintf(&b, "  %v leaves %s\n", t.Step, strings.Join(t.Left, ", "))
	}
	return b.String()
}
