package register

import (
	"cmp"
	"math/bits"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/registry"
)

// Membership says whether a person has a condition by the rule of a year.
type Membership struct {
	In            bool          `json:"in"`
	Since         registry.Date `json:"since"`          // the day on which the rule was first met in the window
	FirstEvidence registry.Date `json:"first_evidence"` // the first counting claim of the window
	FirstEver     registry.Date `json:"first_ever"`     // the first day on which the rule was met in any year so far, if Members.Ever asks for it
	Claims        int           `json:"claims"`         // counting claims in the window
	Short         int           `json:"short"`          // claims on further dates that would let the person in; 0 for members and for people without a counting claim
	Confidence    Confidence    `json:"confidence"`     // Minimal with just the claims that a tier needs, Corroborated with more
}

type chain struct {
	last registry.Date
	n    int
}

// maxYears is the longest reference period that a profile may have.
const maxYears = 8

// window is a chain within the years that end with one year.
type window struct {
	chain
	year int
}

// Members is the result for one person, with the storage that evaluating needs:
// reuse it, and evaluating does not allocate.
type Members struct {
	Ever       bool // also find FirstEver, for which the claims of all years are read
	Conditions []Membership

	chains  []chain
	windows []window // maxYears for each tier
	order   []uint64
}

// Evaluate applies every condition to the claims of a person at the end of a
// calendar year. Windows are whole calendar years that end with it. Claims are
// facts of kind Claim whose Setting is the claim type, dated by their start; other
// facts, unqualified ones and those entered in error don't count. The order of
// facts does not matter. People who died keep the conditions of their last windows,
// as in the Warehouse's files. A claim that is there twice (ID, day, type and codes) counts once.
func (r *Claims) Evaluate(p *registry.Patient, year int, m *Members) {
	n := len(r.profile.Conditions)
	if cap(m.Conditions) < n || cap(m.chains) < len(r.tiers) {
		m.Conditions, m.chains = make([]Membership, n), make([]chain, len(r.tiers))
		m.windows = make([]window, maxYears*len(r.tiers))
	}
	m.Conditions, m.chains, m.windows = m.Conditions[:n], m.chains[:len(r.tiers)], m.windows[:maxYears*len(r.tiers)]
	clear(m.Conditions)
	clear(m.chains)
	if m.Ever {
		clear(m.windows)
	}
	if year < 1 || year > 9999 {
		return
	}
	end := registry.Day(year, 12, 31)
	var open [65]uint64 // conditions whose window holds a claim of so many years back
	for i, y := range r.years {
		for k := range min(y, 64) {
			open[k] |= 1 << i
		}
	}
	m.order = m.order[:0]
	for i := range p.Facts {
		f := &p.Facts[i]
		if f.Kind != registry.Claim || f.Unqualified || f.Negated || f.Status == registry.EnteredInError {
			continue
		}
		if d := f.When.Start.Day; d != 0 && d <= end {
			m.order = append(m.order, uint64(d)<<32|uint64(i))
		}
	}
	if !slices.IsSorted(m.order) {
		slices.Sort(m.order)
	}
	group(p.Facts, m.order)
	met := uint64(0) // conditions whose FirstEver is known
	for k, o := range m.order {
		f := &p.Facts[uint32(o)]
		if k > 0 && repeats(f, &p.Facts[uint32(m.order[k-1])]) {
			continue
		}
		d := f.When.Start.Day
		back := year - d.Year()
		typ, ok := r.types[f.Setting]
		if !ok {
			continue
		}
		seen := back <= 64 && open[back] != 0
		if !seen && !m.Ever {
			continue
		}
		counts := r.counting(f)
		if fresh := counts &^ met; fresh != 0 && m.Ever {
			met |= r.ever(m, d, typ, fresh)
		}
		if !seen {
			continue
		}
		if counts &= open[back]; counts != 0 {
			r.count(m, d, typ, counts)
		}
	}
	for k := range r.tiers {
		c := &m.Conditions[r.tiers[k].condition]
		if c.In || c.Claims == 0 {
			continue
		}
		if short := r.tiers[k].min - m.chains[k].n; c.Short == 0 || short < c.Short {
			c.Short = short
		}
	}
}

// count adds a claim of the window to the chains of the conditions for which it counts.
func (r *Claims) count(m *Members, d registry.Date, typ int, counts uint64) {
	for w := range 4 {
		for ts := r.byType[4*typ+w]; ts != 0; ts &= ts - 1 {
			k := 64*w + bits.TrailingZeros64(ts)
			t := &r.tiers[k]
			if counts>>t.condition&1 == 0 {
				continue
			}
			c := &m.Conditions[t.condition]
			if c.FirstEvidence == 0 {
				c.FirstEvidence = d
			}
			ch := &m.chains[k]
			if ch.n > 0 && int(d-ch.last) < t.apart {
				continue
			}
			ch.n, ch.last = ch.n+1, d
			switch {
			case ch.n == t.min && !c.In:
				c.In, c.Since, c.Confidence = true, d, Minimal
			case ch.n > t.min:
				c.Confidence = Corroborated
			}
		}
	}
	for cs := counts & r.taken(typ); cs != 0; cs &= cs - 1 {
		m.Conditions[bits.TrailingZeros64(cs)].Claims++
	}
}

// group puts the copies of a claim side by side within its day.
func group(facts []registry.Fact, order []uint64) {
	for i := 0; i < len(order); {
		j := i + 1
		for j < len(order) && order[j]>>32 == order[i]>>32 {
			j++
		}
		if j-i > 1 {
			slices.SortFunc(order[i:j], func(a, b uint64) int { return compareClaims(&facts[uint32(a)], &facts[uint32(b)]) })
		}
		i = j
	}
}

// compareClaims orders claims of a day; copies are equal.
func compareClaims(a, b *registry.Fact) int {
	return cmp.Or(strings.Compare(a.ID, b.ID), strings.Compare(a.Setting, b.Setting), slices.CompareFunc(a.Codes, b.Codes, func(x, y registry.Code) int {
		return cmp.Or(cmp.Compare(x.System, y.System), strings.Compare(x.Value, y.Value))
	}))
}

// repeats reports the same claim once more: of the same ID, day, type and codes.
func repeats(a, b *registry.Fact) bool {
	return a.ID != "" && a.When.Start.Day == b.When.Start.Day && compareClaims(a, b) == 0
}

// ever notes the first day on which a condition was met in the window of any year:
// a claim belongs to the windows that end with its year and those that follow.
func (r *Claims) ever(m *Members, d registry.Date, typ int, counts uint64) (met uint64) {
	year := d.Year()
	for w := range 4 {
		for ts := r.byType[4*typ+w]; ts != 0; ts &= ts - 1 {
			k := 64*w + bits.TrailingZeros64(ts)
			t := &r.tiers[k]
			if counts>>t.condition&1 == 0 || met>>t.condition&1 == 1 {
				continue
			}
			for y := year; y < year+r.years[t.condition]; y++ {
				ch := &m.windows[maxYears*k+y%maxYears]
				if ch.year != y {
					*ch = window{year: y}
				}
				if ch.n > 0 && int(d-ch.last) < t.apart {
					continue
				}
				if ch.n, ch.last = ch.n+1, d; ch.n == t.min {
					m.Conditions[t.condition].FirstEver = d
					met |= 1 << t.condition
					break
				}
			}
		}
	}
	return met
}

// taken are the conditions that some tier takes a claim type for.
func (r *Claims) taken(typ int) (cs uint64) {
	for w := range 4 {
		for ts := r.byType[4*typ+w]; ts != 0; ts &= ts - 1 {
			cs |= 1 << r.tiers[64*w+bits.TrailingZeros64(ts)].condition
		}
	}
	return cs
}

// counting are the conditions for which a claim counts by its diagnoses.
func (r *Claims) counting(f *registry.Fact) uint64 {
	var in, out uint64
	for i := range f.Codes {
		if f.Codes[i].System != r.system {
			continue
		}
		k, ok := r.index[f.Codes[i].Value]
		if !ok {
			continue
		}
		x := &r.masks[k]
		out |= x.exclude
		allowed := r.pos[0]
		if i < 2 {
			allowed |= r.pos[1]
		}
		if i == 0 {
			allowed |= r.pos[2]
			out |= x.excludePrincipal
		}
		in |= x.include & allowed
	}
	return in &^ out
}
