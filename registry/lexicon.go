package registry

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Set names a value set in a definition: what people call it and its OID (or
// canonical URL). The codes come from the caller at binding.
type Set struct {
	Name string `json:"name"`
	OID  string `json:"oid"`
}

// ValueSet is a set of codes at a version.
type ValueSet struct {
	OID     string `json:"oid"`
	Name    string `json:"name"`
	Version string `json:"version,omitempty"`
	Codes   []Code `json:"codes"`
}

// Contains reports whether the set holds the code.
func (v *ValueSet) Contains(c Code) bool { return hasCode(v.Codes, c) }

// ErrValueSet is wrapped by binding errors about missing or empty value sets.
var ErrValueSet = errors.New("registry: value set")

// MissingSets lists value sets that a definition needs and nobody supplied, or
// that hold no codes. It wraps [ErrValueSet].
type MissingSets struct {
	Missing []Set // sorted by name, then OID
	Empty   []Set
}

// Error names every set with its OID.
func (e *MissingSets) Error() string {
	var b strings.Builder
	b.WriteString("registry: value sets")
	list := func(what string, sets []Set) {
		if len(sets) == 0 {
			return
		}
		fmt.Fprintf(&b, " %s (%d):", what, len(sets))
		for i, s := range sets {
			if i > 0 {
				b.WriteByte(',')
			}
			fmt.Fprintf(&b, " %s (%s)", s.Name, s.OID)
		}
	}
	list("missing", e.Missing)
	list("empty", e.Empty)
	return b.String()
}

// Unwrap gives [ErrValueSet].
func (e *MissingSets) Unwrap() error { return ErrValueSet }

// BareOID strips urn:oid: and any URL in front of an OID or value set name, and
// a version behind a bar.
func BareOID(s string) string {
	s, _, _ = strings.Cut(s, "|")
	s = strings.TrimPrefix(s, "urn:oid:")
	if i := strings.LastIndexByte(s, '/'); i >= 0 {
		s = s[i+1:]
	}
	return s
}

// source is one thing that criteria look for: facts of a kind whose codes lie
// in any of some sets or among some codes. The lexicon maps each code straight
// to the sources that want it, so that charting a fact is one look-up.
type source struct {
	kind  Kind
	sets  []Set
	codes []Code
	any   bool
}

type entry struct {
	code  Code
	slots []uint16
	sets  []uint16 // value sets that hold it, for evidence
}

// Lexicon maps codes to what bound criteria look for. It is immutable and may
// be shared.
type Lexicon struct {
	sources []source
	byKind  [numKinds][]uint16 // sources that take any fact of a kind
	table   []int32            // open addressing: entry number + 1
	mask    uint32
	entries []entry
	sets    map[string]*ValueSet // by bare OID
	names   []Set                // numbered as in entries
}

// Sources is the number of different things that the bound criteria look for.
func (l *Lexicon) Sources() int { return len(l.sources) }

// Codes is the number of different codes that the lexicon knows.
func (l *Lexicon) Codes() int { return len(l.entries) }

func hash(c Code) uint32 {
	h := uint64(len(c.System))*0x9E3779B97F4A7C15 + uint64(len(c.Value))
	s := c.Value
	for len(s) >= 8 {
		w := uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 | uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
		h = (h ^ w) * 0x9FB21C651E98DF25
		h ^= h >> 32
		s = s[8:]
	}
	var w uint64
	for i := 0; i < len(s); i++ {
		w = w<<8 | uint64(s[i])
	}
	h = (h ^ w) * 0x9FB21C651E98DF25
	return uint32(h >> 32)
}

func (l *Lexicon) find(c Code) []uint16 {
	if e := l.entry(c); e != nil {
		return e.slots
	}
	return nil
}

func (l *Lexicon) entry(c Code) *entry {
	if len(l.table) == 0 {
		return nil
	}
	for i := hash(c) & l.mask; ; i = (i + 1) & l.mask {
		n := l.table[i]
		if n == 0 {
			return nil
		}
		if e := &l.entries[n-1]; e.code.Value == c.Value && e.code.System == c.System {
			return e
		}
	}
}

// Binder turns definitions into criteria: it resolves value sets, names of
// bound facts, and gathers everything that is wrong. Make one with [NewBinder],
// bind all definitions, then call [Binder.Lexicon].
type Binder struct {
	sets     map[string]*ValueSet
	sources  []source
	bySource map[string]int
	missing  map[Set]bool
	empty    map[Set]bool
	errs     []error
	where    string
	names    []string // facts bound by the enclosing criteria, outermost first
	needs    []Requirement
}

// Requirement is one kind of fact that a definition reads: facts of Kind in any
// of Sets or with any of Codes; neither means every fact of the kind.
type Requirement struct {
	Kind  Kind   `json:"kind"`
	Sets  []Set  `json:"sets,omitempty"`
	Codes []Code `json:"codes,omitempty"`
}

// NewBinder starts a binding against the value sets. Two sets with one OID and
// different codes are an error, reported by [Binder.Lexicon].
func NewBinder(sets []ValueSet) *Binder {
	b := &Binder{sets: make(map[string]*ValueSet, len(sets)), bySource: map[string]int{}, missing: map[Set]bool{}, empty: map[Set]bool{}}
	for i := range sets {
		v := &sets[i]
		oid := BareOID(v.OID)
		if old, ok := b.sets[oid]; ok && !slices.Equal(old.Codes, v.Codes) {
			b.errs = append(b.errs, fmt.Errorf("%w %s (%s): given twice with different codes, versions %q and %q", ErrValueSet, v.Name, oid, old.Version, v.Version))
			continue
		}
		b.sets[oid] = v
	}
	return b
}

// In names the part of the definition being bound, for error messages.
func (b *Binder) In(where string) { b.where = where }

// ErrDefinition is wrapped by every error about a definition that makes no
// sense.
var ErrDefinition = errors.New("registry: definition")

// Errorf records a fault of the definition being bound.
func (b *Binder) Errorf(format string, args ...any) {
	b.errs = append(b.errs, fmt.Errorf("%w: %s: %s", ErrDefinition, b.where, fmt.Sprintf(format, args...)))
}

// Requirements lists what the definitions bound so far read, sorted; mark and
// cut with [Binder.TakeRequirements].
func (b *Binder) TakeRequirements() []Requirement {
	r := b.needs
	b.needs = nil
	slices.SortFunc(r, func(x, y Requirement) int { return strings.Compare(x.key(), y.key()) })
	return slices.CompactFunc(r, func(x, y Requirement) bool { return x.key() == y.key() })
}

func (r Requirement) key() string {
	var k strings.Builder
	fmt.Fprintf(&k, "%02d", r.Kind)
	for _, s := range r.Sets {
		k.WriteByte('\x00')
		k.WriteString(BareOID(s.OID))
	}
	for _, c := range r.Codes {
		k.WriteByte('\x01')
		k.WriteString(c.String())
	}
	return k.String()
}

func (b *Binder) lookup(s Set) *ValueSet {
	v, ok := b.sets[BareOID(s.OID)]
	if !ok {
		b.missing[s] = true
		return nil
	}
	if len(v.Codes) == 0 {
		b.empty[s] = true
	}
	return v
}

// source registers what a query looks for and returns its slot.
func (b *Binder) source(kind Kind, sets []Set, codes []Code) int {
	req := Requirement{kind, sets, codes}
	b.needs = append(b.needs, req)
	key := req.key()
	if i, ok := b.bySource[key]; ok {
		return i
	}
	if kind == KindUnknown {
		b.Errorf("a query without a kind of fact")
	}
	if len(b.sources) == 1<<16-1 {
		b.Errorf("more than %d different queries", 1<<16-1)
		return 0
	}
	for _, s := range sets {
		b.lookup(s)
	}
	b.bySource[key] = len(b.sources)
	b.sources = append(b.sources, source{kind, sets, codes, len(sets) == 0 && len(codes) == 0})
	return len(b.sources) - 1
}

// codesOf resolves a test's sets and codes for look-ups outside the lexicon.
func (b *Binder) codesOf(kind Kind, sets []Set, codes []Code) map[Code]bool {
	b.needs = append(b.needs, Requirement{kind, sets, codes})
	m := make(map[Code]bool)
	for _, s := range sets {
		if v := b.lookup(s); v != nil {
			for _, c := range v.Codes {
				m[NewCode(string(c.System), c.Value)] = true
			}
		}
	}
	for _, c := range codes {
		m[NewCode(string(c.System), c.Value)] = true
	}
	return m
}

// push binds a name to the next place on the chart's stack.
func (b *Binder) push(name string) int {
	if len(b.names) == maxBound {
		b.Errorf("facts are nested more than %d deep", maxBound)
		return 0
	}
	b.names = append(b.names, name)
	return len(b.names) - 1
}

func (b *Binder) pop() { b.names = b.names[:max(len(b.names)-1, 0)] }

// depth finds a bound name, innermost first.
func (b *Binder) depth(name string) int {
	for i := len(b.names) - 1; i >= 0; i-- {
		if b.names[i] == name {
			return i
		}
	}
	b.Errorf("nothing named %q is bound here", name)
	return 0
}

// Lexicon closes the binding. The error joins everything found wrong: a
// [*MissingSets] with every missing and empty value set, and one error for each
// fault of a definition.
func (b *Binder) Lexicon() (*Lexicon, error) {
	errs := b.errs
	if len(b.missing)+len(b.empty) > 0 {
		e := &MissingSets{}
		for _, x := range []struct {
			from map[Set]bool
			to   *[]Set
		}{{b.missing, &e.Missing}, {b.empty, &e.Empty}} {
			for s := range x.from {
				*x.to = append(*x.to, s)
			}
			slices.SortFunc(*x.to, func(p, q Set) int {
				if c := strings.Compare(p.Name, q.Name); c != 0 {
					return c
				}
				return strings.Compare(p.OID, q.OID)
			})
		}
		errs = append([]error{e}, errs...)
	}
	if len(errs) > 0 {
		return nil, errors.Join(errs...)
	}
	l := &Lexicon{sources: b.sources, sets: b.sets}
	index := map[Code]int{}
	numbers := map[Set]uint16{}
	add := func(c Code, slot int, set int) {
		i, ok := index[c]
		if !ok {
			i = len(l.entries)
			index[c] = i
			l.entries = append(l.entries, entry{code: c})
		}
		if s := l.entries[i].slots; len(s) == 0 || s[len(s)-1] != uint16(slot) {
			l.entries[i].slots = append(s, uint16(slot))
		}
		if set >= 0 && !slices.Contains(l.entries[i].sets, uint16(set)) {
			l.entries[i].sets = append(l.entries[i].sets, uint16(set))
		}
	}
	for slot, s := range l.sources {
		if s.any {
			l.byKind[s.kind] = append(l.byKind[s.kind], uint16(slot))
			continue
		}
		all := func(c Code, set int) {
			n := NewCode(string(c.System), c.Value)
			add(n, slot, set)
			if d := (Code{n.System, n.Display()}); d != n {
				add(d, slot, set) // charts of hand-made facts match with the dot too
			}
		}
		for _, set := range s.sets {
			n, ok := numbers[set]
			if !ok {
				n = uint16(len(l.names))
				numbers[set] = n
				l.names = append(l.names, set)
			}
			for _, c := range b.sets[BareOID(set.OID)].Codes {
				all(c, int(n))
			}
		}
		for _, c := range s.codes {
			all(c, -1)
		}
	}
	size := 16
	for size < 2*len(l.entries) {
		size *= 2
	}
	l.table, l.mask = make([]int32, size), uint32(size-1)
	for n := range l.entries {
		i := hash(l.entries[n].code) & l.mask
		for l.table[i] != 0 {
			i = (i + 1) & l.mask
		}
		l.table[i] = int32(n + 1)
	}
	return l, nil
}

// setOf names the value set of a source that holds one of the codes, for
// evidence.
func (l *Lexicon) setOf(slot int, codes []Code) string {
	s := &l.sources[slot]
	for _, c := range codes {
		e := l.entry(c)
		if e == nil {
			continue
		}
		for _, want := range s.sets {
			for _, n := range e.sets {
				if l.names[n] == want {
					return want.Name
				}
			}
		}
	}
	return ""
}
