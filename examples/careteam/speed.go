package main

import (
	"fmt"
	"io"
	"runtime"
	"sync"
	"time"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/recall"
	"github.com/chroniccare/chroniccare/registry/register"
)

// counts of a population run: they add up over any split of the people.
type counts struct {
	people, facts                  int64
	members                        []int64 // by register
	open, prospective, closed      int64   // gaps
	excluded, none                 int64
	recalls, reminders, held, hand int64
}

func (c *counts) add(o *counts) {
	c.people += o.people
	c.facts += o.facts
	if c.members == nil {
		c.members = make([]int64, len(o.members))
	}
	for i, n := range o.members {
		c.members[i] += n
	}
	c.open += o.open
	c.prospective += o.prospective
	c.closed += o.closed
	c.excluded += o.excluded
	c.none += o.none
	c.recalls += o.recalls
	c.reminders += o.reminders
	c.held += o.held
	c.hand += o.hand
}

// desk is the storage for one person after the other: nothing is allocated for a person
// once it has grown. It belongs to one goroutine.
type desk struct {
	k       *knowledge
	policy  *recall.Policy
	chart   *registry.Chart
	entries register.Results
	gaps    []recall.Gap
	one     []recall.Person
	due     recall.DueList
	away    []register.Departure
	counts
}

func newDesk(k *knowledge, policy *recall.Policy) *desk {
	return &desk{k: k, policy: policy, chart: registry.NewChart(k.lexicon), one: make([]recall.Person, 1), counts: counts{members: make([]int64, len(k.registers.List()))}}
}

// see reads a person's record once: registers, gaps, and the calls of the day.
func (d *desk) see(p *person, asOf registry.Date) {
	d.away = d.away[:0]
	if p.context.Away != nil {
		d.away = append(d.away, register.Departure{From: p.context.Away.From, Reason: register.Transferred})
	}
	d.chart.LoadAsOf(&p.Patient, asOf)
	d.k.registers.Evaluate(d.chart, d.away, asOf, &d.entries)
	d.gaps = d.k.plan.Gaps(d.chart, &p.context, asOf, asOf, d.gaps)
	d.one[0] = recall.Person{ID: p.ID, Gaps: d.gaps, Contacts: p.contacts, OptedOut: p.optedOut, Language: p.language, Declined: p.declined}
	d.policy.Due(d.one, asOf, &d.due)
}

func (d *desk) count(p *person) {
	d.people++
	d.facts += int64(len(p.Facts))
	for i := range d.entries.Entries {
		if d.entries.Entries[i].In {
			d.members[i]++
		}
	}
	for i := range d.gaps {
		switch g := &d.gaps[i]; {
		case g.Status == recall.NotApplicable:
			d.none++
		case g.Excluded:
			d.excluded++
		case g.Status == recall.OpenGap:
			d.open++
		case g.Status == recall.ProspectiveGap:
			d.prospective++
		default:
			d.closed++
		}
	}
	d.recalls += int64(len(d.due.Recalls))
	d.reminders += int64(len(d.due.Reminders))
	d.held += int64(len(d.due.Held))
	d.hand += int64(len(d.due.HandOvers))
}

// speed makes people one after the other and never keeps them. The goroutines are this
// program's: the library starts none.
func speed(w io.Writer, k *knowledge, people, facts, workers int, asOf registry.Date) error {
	policy, err := callPolicy()
	if err != nil {
		return err
	}
	start := time.Now()
	desks := make([]*desk, workers)
	var all sync.WaitGroup
	for n := range workers {
		desks[n] = newDesk(k, policy)
		all.Add(1)
		go func() {
			defer all.Done()
			m, p := newMaker(asOf), &person{}
			for i := n; i < people; i += workers {
				m.fill(i, p, facts)
				desks[n].see(p, asOf)
				desks[n].count(p)
			}
		}()
	}
	all.Wait()
	took := time.Since(start)
	var c counts
	for _, d := range desks {
		c.add(&d.counts)
	}
	var mem runtime.MemStats
	runtime.ReadMemStats(&mem)
	fmt.Fprintf(w, "%s of %.1f facts, made, charted, put on registers, gaps and recalls listed: %.2f s with %s, %.1f us a person, %d MB from the system\n",
		counted(int(c.people), "person", "people"), float64(c.facts)/float64(max(c.people, 1)), took.Seconds(), counted(workers, "worker", "workers"), took.Seconds()*1e6/float64(max(c.people, 1)), mem.Sys>>20)
	for i, name := range k.names() {
		fmt.Fprintf(w, "  %-40s %8d\n", name, c.members[i])
	}
	fmt.Fprintf(w, "  gaps: %d open, %d closed, %d excluded, %d of people they don't apply to\n", c.open, c.closed, c.excluded, c.none)
	fmt.Fprintf(w, "  today: %s called, %s held back with a reason, %d handed over to a person, %s to the team\n", counted(int(c.recalls), "person", "people"), counted(int(c.held), "contact", "contacts"), c.hand, counted(int(c.reminders), "reminder", "reminders"))
	return nil
}

// callPolicy is how the practice invites: its own ladder, a week of quiet between calls.
func callPolicy() (*recall.Policy, error) {
	ladders, err := recall.Ladders()
	if err != nil {
		return nil, err
	}
	p := &recall.Policy{Ladder: ladders[len(ladders)-1], Rules: recall.ContactRules{QuietDays: 7}, HandOver: clerk}
	for _, key := range keys {
		p.Roles = append(p.Roles, recall.KeyRole{Key: key, Role: duties[key].role})
	}
	return p, p.Check()
}
