package registry

import (
	"cmp"
	"slices"
	"sort"
	"strings"
)

const maxBound = 8

// LeftOut counts what a chart did not take from a record.
type LeftOut struct {
	EnteredInError int // recorded by mistake, or refuted
	Duplicate      int // the same kind, ID and time twice
	NotAskedFor    int // no bound criterion looks for any of its codes
	NoCode         int // no coding at all, where a code was needed
	Inverted       int // ends before it starts; of a diagnosis only the end is ignored
	Future         int // starts after the day as of which the chart was loaded
	TooMany        int // beyond the 33 million facts that a chart holds
}

// Total is the number of facts left out.
func (l LeftOut) Total() int {
	return l.EnteredInError + l.Duplicate + l.NotAskedFor + l.NoCode + l.Inverted + l.Future + l.TooMany
}

// Add sums what the charts of several people left out.
func (l *LeftOut) Add(o LeftOut) {
	l.EnteredInError += o.EnteredInError
	l.Duplicate += o.Duplicate
	l.NotAskedFor += o.NotAskedFor
	l.NoCode += o.NoCode
	l.Inverted += o.Inverted
	l.Future += o.Future
	l.TooMany += o.TooMany
}

// posting is one fact in the list of a source.
type posting struct {
	fact int32
	day  Date // on which it is earliest
	till Date // the last day of this fact or any before it in the list
}

// postings are the facts of a source, in canonical order: a part of Chart.posts.
type postings struct {
	epoch, from, n int32
	last           int32 // the kept fact filed last
}

// filed is a kept fact on its way to a list.
type filed struct{ slot, kept int32 }

// Chart is a patient's record laid out for questions: each fact is looked up
// once in the lexicon and filed under everything that looks for it. Make one
// with [NewChart], fill it with [Chart.Load] patient after patient: its storage
// is reused, and loading does not allocate once it has grown. A chart belongs
// to one goroutine at a time.
type Chart struct {
	Patient *Patient
	LeftOut LeftOut

	lex   *Lexicon
	epoch int32
	lists []postings // of each source
	posts []posting  // list after list
	filed []filed
	used  []int32   // the lists that hold a fact
	order []uint64  // see sort
	kept  []posting // facts that are not left out for what they are, in order
	ids   [numKinds]idIndex

	endOnly bool  // some fact has an end and no start
	short   int32 // lists up to this length are read whole
	bound   [maxBound]int32
	spans   []Period // scratch of criteria
	days    []Date
	found   []Found
}

// NewChart returns an empty chart for a lexicon: nothing is known of anybody until it is
// loaded.
func NewChart(l *Lexicon) *Chart {
	return &Chart{Patient: new(Patient), lex: l, lists: make([]postings, len(l.sources)), epoch: 1, short: 4}
}

// Chart is a shorthand for NewChart and Load.
func (l *Lexicon) Chart(p *Patient) *Chart {
	c := NewChart(l)
	c.Load(p)
	return c
}

// Load lays out a patient's facts. Facts entered in error or refuted, repeated
// facts (same kind, ID and time) and facts whose end lies before their start are left
// out and counted, save diagnoses: an abatement before the onset is ignored, and they
// go on from their start. The order of the facts does not matter.
func (c *Chart) Load(p *Patient) { c.LoadAsOf(p, 0) }

// LoadAsOf is [Chart.Load] with the knowledge of a day: facts that start, or were
// ordered or recorded, later are left out and counted as Future. The zero Date
// takes all.
func (c *Chart) LoadAsOf(p *Patient, asOf Date) {
	c.Patient = p
	c.LeftOut = LeftOut{}
	if c.epoch++; c.epoch <= 0 { // wrapped: forget every list
		c.epoch = 1
		clear(c.lists)
		clear(c.ids[:])
	}
	c.filed, c.used, c.order, c.kept, c.endOnly = c.filed[:0], c.used[:0], c.order[:0], c.kept[:0], false
	facts := p.Facts
	if len(facts) > maxFacts {
		c.LeftOut.TooMany = len(facts) - maxFacts
		facts = facts[:maxFacts]
	}
	c.sort(facts)
	last := int32(-1)
	for _, o := range c.order {
		i := int32(o & (1<<factBits - 1))
		f := &facts[i]
		if f.Status == EnteredInError || f.Verification == VerifiedInError || f.Verification == Refuted {
			c.LeftOut.EnteredInError++
			continue
		}
		if asOf != 0 && (f.When.Earliest().Day > asOf || f.Authored.Day > asOf) {
			c.LeftOut.Future++ // nobody knows of it yet, so it repeats nothing
			continue
		}
		if last >= 0 && f.ID != "" && f.ID == facts[last].ID && f.Kind == facts[last].Kind && f.When == facts[last].When {
			c.LeftOut.Duplicate++
			continue
		}
		if f.When.inverted() && f.Kind != Diagnosis {
			c.LeftOut.Inverted++
			continue
		}
		last = i
		if f.Kind >= numKinds {
			c.LeftOut.NotAskedFor++
			continue
		}
		c.endOnly = c.endOnly || !f.When.Start.Recorded() && f.When.End.Recorded()
		x := posting{i, f.When.Earliest().Day.inCalendar(), max(f.When.Start.Day, f.When.End.Day)}
		if f.When.Ongoing || f.When.inverted() {
			x.till = maxDay
		}
		n := int32(len(c.kept))
		c.kept = append(c.kept, x)
		wanted := false
		for _, slot := range c.lex.byKind[f.Kind] {
			c.file(int32(slot), n)
			wanted = true
		}
		for _, code := range f.Codes {
			for _, slot := range c.lex.find(code) {
				if c.lex.sources[slot].kind != f.Kind {
					continue
				}
				wanted = true
				c.file(int32(slot), n)
			}
		}
		if !wanted {
			if len(f.Codes) == 0 {
				c.LeftOut.NoCode++
			} else {
				c.LeftOut.NotAskedFor++
			}
		}
	}
	c.lay()
}

// A sort key packs the day, the time of day and the place of a fact into one
// number, so that sorting moves plain numbers.
const (
	factBits = 25
	timeBits = 17 // seconds
	maxFacts = 1 << factBits
)

// inCalendar is the day, or for one outside the calendar the place next to it.
func (d Date) inCalendar() Date { return min(max(d, 0), MaxDate+1) }

// sort fills c.order with the facts in canonical order.
func (c *Chart) sort(facts []Fact) {
	sorted := true
	prev := uint64(0)
	for i := range facts {
		m := facts[i].When.Earliest()
		k := uint64(m.Day.inCalendar())<<(timeBits+factBits) | uint64(min(max(m.Time, 0), DayEnd)/1000)<<factBits | uint64(i)
		sorted = sorted && k > prev
		prev = k
		c.order = append(c.order, k)
	}
	if !sorted {
		slices.Sort(c.order)
	}
	// within a moment the rest of the order decides
	for i := 0; i < len(c.order); {
		j := i + 1
		for j < len(c.order) && c.order[j]>>factBits == c.order[i]>>factBits {
			j++
		}
		if j-i > 1 {
			at := func(k uint64) *Fact { return &facts[k&(maxFacts-1)] }
			slices.SortFunc(c.order[i:j], func(a, b uint64) int { return compareFacts(at(a), at(b)) })
		}
		i = j
	}
}

// file puts a fact on a list; a second coding of the same fact adds nothing.
func (c *Chart) file(slot, kept int32) {
	l := &c.lists[slot]
	if l.epoch != c.epoch {
		*l = postings{epoch: c.epoch, last: -1}
		c.used = append(c.used, slot)
	}
	if l.last == kept {
		return
	}
	l.last = kept
	l.n++
	c.filed = append(c.filed, filed{slot, kept})
}

// lay lays the lists out one after another.
func (c *Chart) lay() {
	at := int32(0)
	for _, slot := range c.used {
		l := &c.lists[slot]
		l.from, at, l.n = at, at+l.n, 0
	}
	c.posts = slices.Grow(c.posts[:0], int(at))[:at]
	for _, f := range c.filed {
		l := &c.lists[f.slot]
		x, k := c.kept[f.kept], l.from+l.n
		if l.n > 0 {
			x.till = max(x.till, c.posts[k-1].till)
		}
		c.posts[k] = x
		l.n++
	}
}

// list gives the facts of a source.
func (c *Chart) list(slot int) []posting {
	if l := &c.lists[slot]; l.epoch == c.epoch {
		return c.posts[l.from : l.from+l.n]
	}
	return nil
}

// lasting is the place in a list before which every fact ends before the day.
func lasting(list []posting, d Date) int {
	return sort.Search(len(list), func(k int) bool { return list[k].till >= d })
}

// notBefore is the place in a list of the first fact that is earliest on the day or later.
func notBefore(list []posting, d Date) int {
	return sort.Search(len(list), func(k int) bool { return list[k].day >= d })
}

// Facts is the number of facts in the loaded record, left out or not.
func (c *Chart) Facts() int { return len(c.order) }

// EncounterOf finds the encounter that a fact belongs to, nil when the record
// does not hold it.
func (c *Chart) EncounterOf(f *Fact) *Fact {
	if f.EncounterID == "" {
		return nil
	}
	return c.ByID(Encounter, f.EncounterID)
}

// ByID finds the fact of a kind with an ID, nil when there is none; of several the first.
func (c *Chart) ByID(kind Kind, id string) *Fact {
	if kind >= numKinds {
		return nil
	}
	x := &c.ids[kind]
	if x.epoch != c.epoch {
		x.epoch = c.epoch
		x.fill(c, kind)
	}
	at := func(k int) *Fact { return &c.Patient.Facts[x.facts[k].fact] }
	if !x.sorted {
		for k := range x.facts {
			if f := at(k); f.ID == id {
				return f
			}
		}
		return nil
	}
	if k := sort.Search(len(x.facts), func(k int) bool { return at(k).ID >= id }); k < len(x.facts) && at(k).ID == id {
		return at(k)
	}
	return nil
}

// idIndex holds the facts of a kind, many of them by ID.
type idIndex struct {
	epoch  int32
	sorted bool
	facts  []placed
}

type placed struct{ fact, place int32 }

func (x *idIndex) fill(c *Chart, kind Kind) {
	x.facts = x.facts[:0]
	for k, o := range c.kept {
		if c.Patient.Facts[o.fact].Kind == kind {
			x.facts = append(x.facts, placed{o.fact, int32(k)})
		}
	}
	if x.sorted = len(x.facts) > int(c.short); x.sorted {
		slices.SortFunc(x.facts, func(a, b placed) int {
			return cmp.Or(strings.Compare(c.Patient.Facts[a.fact].ID, c.Patient.Facts[b.fact].ID), int(a.place-b.place))
		})
	}
}
