package register

import (
	"cmp"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"math/bits"
	"slices"

	"github.com/chroniccare/chroniccare/registry"
)

//go:embed data/ccw30.json
var ccw30 []byte

//go:embed data/ccw27.json
var ccw27 []byte

// ErrProfile is wrapped by every error about a profile.
var ErrProfile = errors.New("register: profile")

// Position says at which places on a claim a diagnosis counts.
type Position string

// Positions.
const (
	AnyPosition Position = "any"
	FirstTwo    Position = "first_two"
	Principal   Position = "principal"
)

// Tier is one way to meet a condition: so many claims of certain types, on dates
// at least so many days apart.
type Tier struct {
	MinClaims    int      `json:"min_claims"`
	ClaimTypes   []string `json:"claim_types"`
	MinDaysApart int      `json:"min_days_apart"` // 0 counts as 1: different dates
}

// Condition is a chronic condition as claims define it.
type Condition struct {
	ID               string   `json:"id"`
	Name             string   `json:"name"`
	ReferenceYears   int      `json:"reference_years"`
	ReferenceMonths  int      `json:"reference_months"` // whole years, used when ReferenceYears is 0
	Tiers            []Tier   `json:"tiers"`
	Position         Position `json:"dx_position"`
	Codes            []string `json:"codes"`
	Exclude          []string `json:"exclude"`           // a claim with one of these does not count
	ExcludePrincipal []string `json:"exclude_principal"` // the same in position 1 only
}

func (c *Condition) years() int {
	if c.ReferenceYears > 0 {
		return c.ReferenceYears
	}
	return c.ReferenceMonths / 12
}

// Profile is a set of conditions at a version, up to 64.
type Profile struct {
	ID         string      `json:"id"`
	Version    string      `json:"version"`
	Title      string      `json:"title"`
	CodeSystem string      `json:"code_system"`
	Provenance string      `json:"provenance"`
	Conditions []Condition `json:"conditions"`
}

func load(data []byte) (*Profile, error) {
	var p Profile
	if err := json.Unmarshal(data, &p); err != nil {
		return nil, fmt.Errorf("%w: %w", ErrProfile, err)
	}
	return &p, nil
}

// CCW30 is the list of 30 chronic conditions of the Chronic Conditions Warehouse,
// February 2022 (CMS; ICD-10-CM).
func CCW30() (*Profile, error) { return load(ccw30) }

// CCW27 is the earlier list of 27 conditions, February 2022 revision.
func CCW27() (*Profile, error) { return load(ccw27) }

// Claims is a compiled profile. It is immutable and may be shared.
type Claims struct {
	profile *Profile
	system  registry.System
	index   map[string]int32 // code -> place in masks
	masks   []masks
	pos     [3]uint64 // conditions that take any, the first two, the principal position
	types   map[string]int
	tiers   []tier
	byType  []uint64 // tiers (as bits) that take a claim type
	years   []int
}

// masks are the conditions for which a code counts, or forbids a claim.
type masks struct{ include, exclude, excludePrincipal uint64 }

type tier struct {
	condition, min, apart int
}

// Compile checks a profile and makes it fast: every fault comes together.
func Compile(p *Profile) (*Claims, error) {
	r := &Claims{profile: p, index: map[string]int32{}, types: map[string]int{}, system: registry.CanonicalSystem(p.CodeSystem)}
	var errs []error
	bad := func(c *Condition, format string, args ...any) {
		errs = append(errs, fmt.Errorf("%w %s: %s: %s", ErrProfile, p.ID, c.ID, fmt.Sprintf(format, args...)))
	}
	if len(p.Conditions) == 0 || len(p.Conditions) > 64 {
		errs = append(errs, fmt.Errorf("%w %s: %d conditions, 1 to 64 can be compiled", ErrProfile, p.ID, len(p.Conditions)))
		return nil, errors.Join(errs...)
	}
	at := func(code string) *masks {
		code = registry.NormalizeCode(r.system, code)
		i, ok := r.index[code]
		if !ok {
			i = int32(len(r.masks))
			r.index[code] = i
			r.masks = append(r.masks, masks{})
		}
		return &r.masks[i]
	}
	seen := map[string]bool{}
	for i := range p.Conditions {
		c := &p.Conditions[i]
		bit := uint64(1) << i
		if c.ID == "" || seen[c.ID] {
			bad(c, "the ID is missing or not unique")
		}
		seen[c.ID] = true
		if len(c.Codes) == 0 {
			bad(c, "no codes")
		}
		if c.years() < 1 || c.years() > maxYears {
			bad(c, "a reference period of %d years, 1 to %d can be compiled", c.years(), maxYears)
		}
		if len(c.Tiers) == 0 {
			bad(c, "no tiers")
		}
		switch c.Position {
		case AnyPosition, "":
			r.pos[0] |= bit
		case FirstTwo:
			r.pos[1] |= bit
		case Principal:
			r.pos[2] |= bit
		default:
			bad(c, "position %q", c.Position)
		}
		for _, x := range c.Codes {
			at(x).include |= bit
		}
		for _, x := range c.Exclude {
			at(x).exclude |= bit
		}
		for _, x := range c.ExcludePrincipal {
			at(x).excludePrincipal |= bit
		}
		for _, t := range c.Tiers {
			if t.MinClaims < 1 || len(t.ClaimTypes) == 0 || t.MinDaysApart < 0 {
				bad(c, "a tier of %d claims of %d types, %d days apart", t.MinClaims, len(t.ClaimTypes), t.MinDaysApart)
			}
			if len(r.tiers) == 64*4 {
				bad(c, "too many tiers")
				break
			}
			n := len(r.tiers)
			r.tiers = append(r.tiers, tier{i, t.MinClaims, max(t.MinDaysApart, 1)})
			for _, name := range t.ClaimTypes {
				k, ok := r.types[name]
				if !ok {
					k = len(r.types)
					r.types[name] = k
				}
				r.takes(k, n)
			}
		}
		r.years = append(r.years, c.years())
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	return r, nil
}

// byType holds four words of tier bits for each claim type.
func (r *Claims) takes(typ, tier int) {
	for len(r.byType) < 4*(typ+1) {
		r.byType = append(r.byType, 0)
	}
	r.byType[4*typ+tier/64] |= 1 << (tier % 64)
}

// Profile gives the conditions that were compiled.
func (r *Claims) Profile() *Profile { return r.profile }

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
// as in the Warehouse's files.
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
	met := uint64(0) // conditions whose FirstEver is known
	for _, o := range m.order {
		f := &p.Facts[uint32(o)]
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
		if counts &= open[back]; counts == 0 {
			continue
		}
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

// ClaimFinding says what a claim did for a condition.
type ClaimFinding struct {
	Fact   *registry.Fact `json:"-"`
	ID     string         `json:"id"`
	Date   registry.Date  `json:"date"`
	Counts bool           `json:"counts"`
	Why    string         `json:"why"`
}

// Explain lists every claim that carries a code of the condition and says why it
// counts or not, by date. It fails only for a condition that the profile lacks.
func (r *Claims) Explain(p *registry.Patient, year int, condition string) (Membership, []ClaimFinding, error) {
	i := slices.IndexFunc(r.profile.Conditions, func(c Condition) bool { return c.ID == condition })
	if i < 0 {
		return Membership{}, nil, fmt.Errorf("%w %s: no condition %q", ErrProfile, r.profile.ID, condition)
	}
	m := Members{Ever: true}
	r.Evaluate(p, year, &m)
	c := &r.profile.Conditions[i]
	bit := uint64(1) << i
	w := registry.ReferenceYears(year, c.years())
	var out []ClaimFinding
	for k := range p.Facts {
		f := &p.Facts[k]
		if f.Kind != registry.Claim {
			continue
		}
		carries := false
		for _, x := range f.Codes {
			if n, ok := r.index[x.Value]; ok && x.System == r.system && r.masks[n].include&bit != 0 {
				carries = true
			}
		}
		if !carries {
			continue
		}
		g := ClaimFinding{Fact: f, ID: f.ID, Date: f.When.Start.Day, Why: "counts"}
		typ, known := r.types[f.Setting]
		switch {
		case f.Status == registry.EnteredInError:
			g.Why = "entered in error"
		case f.Unqualified || f.Negated:
			g.Why = "equipment, ambulance or supplier claim"
		case !w.Contains(g.Date):
			g.Why = "outside " + w.String()
		case !known || r.taken(typ)&bit == 0:
			g.Why = "claim type " + f.Setting + " is not taken"
		case r.counting(f)&bit == 0:
			g.Why = "an exclusion code on the claim, or the position of the diagnosis"
		default:
			g.Counts = true
		}
		out = append(out, g)
	}
	slices.SortStableFunc(out, func(a, b ClaimFinding) int { return cmp.Or(cmp.Compare(a.Date, b.Date), cmp.Compare(a.ID, b.ID)) })
	return m.Conditions[i], out, nil
}

// CoverageFlag combines membership with coverage as the Warehouse files do: 0
// neither, 1 claims only, 2 coverage only, 3 both. Coverage means hospital and
// medical insurance, fee-for-service, on every day of the window.
func CoverageFlag(in bool, p *registry.Patient, window registry.Period) int {
	flag := 0
	if in {
		flag = 1
	}
	day := window.Start
	for day != 0 && day <= window.End { // walk from span to span
		next := registry.Date(0)
		for _, e := range p.Enrolments {
			if e.FeeForService && e.Benefits.Has(registry.PartA|registry.PartB) && e.Period.Contains(day) {
				end := e.Period.End
				if end == 0 || end > window.End {
					end = window.End
				}
				next = max(next, end.AddDays(1))
			}
		}
		if next == 0 {
			return flag
		}
		day = next
	}
	return flag + 2
}
