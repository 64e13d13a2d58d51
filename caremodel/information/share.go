package information

import (
	"cmp"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/registry"
)

// AskedQuestion is a question of an assessment by an agency.
type AskedQuestion struct {
	Person   string        `json:"person"`
	Agency   string        `json:"agency"`
	Question string        `json:"question"`
	On       registry.Date `json:"on"`
}

// RepeatedQuestion is a question that a person had to answer to more than one agency.
type RepeatedQuestion struct {
	Person   string   `json:"person"`
	Question string   `json:"question"`
	Agencies []string `json:"agencies,omitempty"` // sorted
	Times    int64    `json:"times"`
}

// Repeated finds, among the questions asked in a period, what a single assessment would have asked once (PRISMA, Torbay: King's
// Fund 2010:404-406, 428-434): the repeated questions by person and question, and the
// share of all questions that were asked once.
func Repeated(asked []AskedQuestion, within registry.Period) (out []RepeatedQuestion, once registry.Rate) {
	type key struct{ person, question string }
	seen := map[key]*RepeatedQuestion{}
	for _, a := range asked {
		if !within.Contains(a.On) {
			continue
		}
		k := key{a.Person, a.Question}
		if seen[k] == nil {
			seen[k] = &RepeatedQuestion{Person: a.Person, Question: a.Question}
		}
		seen[k].Times++
		seen[k].Agencies = append(seen[k].Agencies, a.Agency)
	}
	for _, r := range seen {
		once.Den++
		slices.Sort(r.Agencies)
		r.Agencies = slices.Compact(r.Agencies)
		if len(r.Agencies) > 1 {
			out = append(out, *r)
		} else {
			once.Num++
		}
	}
	slices.SortFunc(out, func(a, b RepeatedQuestion) int {
		return cmp.Or(strings.Compare(a.Person, b.Person), strings.Compare(a.Question, b.Question))
	})
	return out, once
}

// Share is an entry of the log of what was sent to whom.
type Share struct {
	Document string        `json:"document"`
	Person   string        `json:"person"`
	To       string        `json:"to"`
	By       string        `json:"by"`
	On       registry.Date `json:"on"`
	Opened   registry.Date `json:"opened"` // Opened 0: not
}

// Event is something after which a document is to be sent, such as a discharge.
type Event struct {
	Person string        `json:"person"`
	On     registry.Date `json:"on"`
}

// Sent is how a document follows events.
type Sent struct {
	InTime  registry.Rate `json:"in_time"`        // of the events whose last day has passed, or that were answered in time
	Opened  registry.Rate `json:"opened"`         // of those sent in time
	Late    []Event       `json:"late,omitempty"` // without the document by the last day, by day and person
	Waiting int64         `json:"waiting"`        // events that still have time
	LeftOut int64         `json:"left_out"`       // events without a day
}

// SentInTime judges whether a document was sent to a recipient ("" is anyone) within so
// many days of each event, the caller's number; the last day counts. One document answers
// one event. What lies after the day does not exist; events without a day are left out and
// counted. Costs are linear in events and log, save for sorting.
func SentInTime(events []Event, log []Share, document, to string, days int, asOf registry.Date) Sent {
	var out Sent
	es := slices.Clone(events)
	slices.SortFunc(es, func(a, b Event) int { return cmp.Or(cmp.Compare(a.On, b.On), strings.Compare(a.Person, b.Person)) })
	shares := slices.Clone(log)
	slices.SortFunc(shares, func(a, b Share) int {
		return cmp.Or(cmp.Compare(a.On, b.On), strings.Compare(a.Person, b.Person), cmp.Compare(a.Opened, b.Opened))
	})
	next := map[string][]int{} // of a person: shares that no earlier event has used, by day
	for k, s := range shares {
		if s.Document == document && (to == "" || s.To == to) && s.On != 0 && s.On <= asOf {
			next[s.Person] = append(next[s.Person], k)
		}
	}
	for _, e := range es {
		if e.On == 0 {
			out.LeftOut++
			continue
		}
		if e.On > asOf {
			continue
		}
		last := e.On.AddDays(days)
		own := next[e.Person]
		for len(own) > 0 && shares[own[0]].On < e.On { // too early for this event and all later ones
			own = own[1:]
		}
		i := -1
		if len(own) > 0 && shares[own[0]].On <= last {
			i, own = own[0], own[1:]
		}
		next[e.Person] = own
		switch {
		case i >= 0:
			out.InTime.Num++
			out.InTime.Den++
			out.Opened.Den++
			if o := shares[i].Opened; o != 0 && o <= asOf {
				out.Opened.Num++
			}
		case asOf > last:
			out.InTime.Den++
			out.Late = append(out.Late, e)
		default:
			out.Waiting++
		}
	}
	return out
}

// Access is the share of those who should that can see a record: patients of a practice,
// or providers involved in a person's care. Names count once; those with access who are
// not among the others are returned.
func Access(should, have []string) (rate registry.Rate, others []string) {
	want := slices.Clone(should)
	slices.Sort(want)
	want = slices.Compact(want)
	rate.Den = int64(len(want))
	with := slices.Clone(have)
	slices.Sort(with)
	for _, h := range slices.Compact(with) {
		if _, ok := slices.BinarySearch(want, h); ok {
			rate.Num++
		} else {
			others = append(others, h)
		}
	}
	return rate, others
}

// CopyOffered is the share of people with a plan who were offered a copy by a day (of
// those with a plan, not of everybody: King's Fund 2010:598-602).
func CopyOffered(plans []CarePlan, asOf registry.Date) registry.Rate {
	people := map[string]bool{}
	for _, p := range plans {
		if p.Created == 0 || p.Created > asOf {
			continue
		}
		people[p.Person] = people[p.Person] || p.CopyOffered != 0 && p.CopyOffered <= asOf
	}
	var r registry.Rate
	for _, offered := range people {
		r.Den++
		if offered {
			r.Num++
		}
	}
	return r
}
