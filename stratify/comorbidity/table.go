package comorbidity

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/internal/codetrie"
	"github.com/chroniccare/chroniccare/stratify"
)

// Prefix is a row of a code map: codes that start with it stand for the condition. A code
// may stand for several.
type Prefix struct{ Condition, Code string }

// Pair is two forms of a disease: the graver clears the milder.
type Pair struct{ Graver, Milder string }

// Table is a code map as data, for maps of one's own.
type Table struct {
	Name      string
	ICD       ICD
	Source    string
	Prefixes  []Prefix // conditions are numbered in the order in which they come first
	Hierarchy []Pair
}

func (t Table) clone() Table {
	t.Prefixes, t.Hierarchy = slices.Clone(t.Prefixes), slices.Clone(t.Hierarchy)
	return t
}

// Compile checks a table and makes it a map. It reports every fault together as
// [ErrTable]: no name or source, no version of the ICD, a prefix that is longer than a
// code or holds other characters than capitals and digits, a row that comes twice, more
// than 64 conditions, a pair of unknown conditions, of one condition with itself, twice or
// in a circle.
func Compile(t Table) (*Map, error) {
	var faults []error
	bad := func(format string, a ...any) {
		faults = append(faults, fmt.Errorf("%w %q: "+format, append([]any{ErrTable, t.Name}, a...)...))
	}
	if strings.TrimSpace(t.Name) == "" || strings.TrimSpace(t.Source) == "" {
		bad("name or source is empty")
	}
	system, longest := codetrie.ICD10, 7
	switch t.ICD {
	case ICD9:
		system, longest = codetrie.ICD9, 5
	case ICD10:
	default:
		bad("ICD-%d is neither 9 nor 10", t.ICD)
	}
	m := &Map{Name: t.Name, ICD: t.ICD, Provenance: t.Source, table: t.clone(), trie: codetrie.New(system)}
	seen := map[Prefix]bool{}
	at := map[string]int{}
	for _, p := range t.Prefixes {
		i, ok := at[p.Condition]
		if !ok {
			i = len(m.Conditions)
			at[p.Condition] = i
			m.Conditions = append(m.Conditions, p.Condition)
		}
		wrong := strings.ContainsFunc(p.Code, func(r rune) bool { return (r < 'A' || r > 'Z') && (r < '0' || r > '9') })
		switch {
		case p.Condition == "":
			bad("prefix %q has no condition", p.Code)
		case seen[p]:
			bad("prefix %q of %s is there twice", p.Code, p.Condition)
		case wrong || len(p.Code) == 0 || len(p.Code) > longest:
			bad("prefix %q of %s is none of ICD-%d: capitals and digits without the dot, at most %d", p.Code, p.Condition, t.ICD, longest)
		case i < 64:
			m.trie.Add(p.Code, 1<<i)
		}
		seen[p] = true
	}
	if n := len(m.Conditions); n == 0 || n > 64 {
		bad("%d conditions, 1 to 64 are possible", n)
	}
	pairs := map[Pair]bool{}
	for _, h := range t.Hierarchy {
		_, a := at[h.Graver]
		_, b := at[h.Milder]
		switch {
		case !a || !b:
			bad("%s clears %s: a condition without codes", h.Graver, h.Milder)
		case h.Graver == h.Milder || pairs[h]:
			bad("%s clears %s: itself, or for the second time", h.Graver, h.Milder)
		case clears(t.Hierarchy, h.Milder, h.Graver, len(t.Hierarchy)):
			bad("%s clears %s, which clears it in turn", h.Graver, h.Milder)
		}
		pairs[h] = true
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	for _, h := range t.Hierarchy {
		m.hierarchy = append(m.hierarchy, [2]uint64{m.bit(h.Graver), m.bit(h.Milder)})
	}
	return m, nil
}

// clears reports whether a clears b, directly or over others, in at most so many steps.
func clears(pairs []Pair, a, b string, steps int) bool {
	if steps == 0 {
		return false
	}
	for _, p := range pairs {
		if p.Graver == a && (p.Milder == b || p.Milder != a && clears(pairs, p.Milder, b, steps-1)) {
			return true
		}
	}
	return false
}

// Table is a copy of the data that the map was made of.
func (m *Map) Table() Table { return m.table.clone() }

// Change is one departure from a map: a row or a pair that goes or comes.
type Change struct {
	Drop   bool // of what is named; otherwise it is added
	Prefix Prefix
	Pair   Pair // instead of Prefix
}

func (c Change) String() string {
	what := "added "
	if c.Drop {
		what = "dropped "
	}
	if c.Pair != (Pair{}) {
		return what + c.Pair.Graver + " clears " + c.Pair.Milder
	}
	return what + c.Prefix.Code + " of " + c.Prefix.Condition
}

// With makes another map of this one: its name ends in "+local" and it lists what was
// changed. A change that meets nothing is a fault, and so is what [Compile] refuses; all
// faults come together. The map itself stays as it is.
func (m *Map) With(changes ...Change) (*Map, error) {
	t, log := m.Table(), slices.Clone(m.Changes)
	var faults []error
	for _, c := range changes {
		i, j := slices.Index(t.Prefixes, c.Prefix), slices.Index(t.Hierarchy, c.Pair)
		switch pair := c.Pair != (Pair{}); {
		case pair && c.Prefix != (Prefix{}), c.Drop && (pair && j < 0 || !pair && i < 0):
			faults = append(faults, fmt.Errorf("%w: change %q meets nothing in %s, or two things", ErrTable, c, m.Name))
		case pair && c.Drop:
			t.Hierarchy = slices.Delete(t.Hierarchy, j, j+1)
		case pair:
			t.Hierarchy = append(t.Hierarchy, c.Pair)
		case c.Drop:
			t.Prefixes = slices.Delete(t.Prefixes, i, i+1)
		default:
			t.Prefixes = append(t.Prefixes, c.Prefix)
		}
		log = append(log, c.String())
	}
	if len(log) > 0 {
		t.Name = local(t.Name)
	}
	out, err := Compile(t)
	if err = errors.Join(append(faults, err)...); err != nil {
		return nil, err
	}
	out.Changes = log
	return out, nil
}

// Diff lists what differs between two maps: prefixes by condition and code, then the pairs
// of the hierarchy.
func Diff(a, b *Map) []stratify.Difference {
	var out []stratify.Difference
	for _, p := range a.table.Prefixes {
		if !slices.Contains(b.table.Prefixes, p) {
			out = append(out, stratify.Difference{Where: p.Condition, A: p.Code})
		}
	}
	for _, p := range b.table.Prefixes {
		if !slices.Contains(a.table.Prefixes, p) {
			out = append(out, stratify.Difference{Where: p.Condition, B: p.Code})
		}
	}
	slices.SortStableFunc(out, func(x, y stratify.Difference) int {
		return cmp.Or(cmp.Compare(x.Where, y.Where), cmp.Compare(x.A+x.B, y.A+y.B))
	})
	for _, h := range a.table.Hierarchy {
		if !slices.Contains(b.table.Hierarchy, h) {
			out = append(out, stratify.Difference{Where: "hierarchy", A: h.Graver + " clears " + h.Milder})
		}
	}
	for _, h := range b.table.Hierarchy {
		if !slices.Contains(a.table.Hierarchy, h) {
			out = append(out, stratify.Difference{Where: "hierarchy", B: h.Graver + " clears " + h.Milder})
		}
	}
	return out
}

func local(name string) string { return strings.TrimSuffix(name, "+local") + "+local" }

// CompileIndex makes an index of one's own for a map: whole weights by condition, 0 for
// those that are not listed; "htn" weighs hypunc and hypc together once. It reports every
// fault together as [ErrTable]: no name, an unknown condition, or one listed twice.
func CompileIndex(name string, m *Map, weights []Term) (*Index, error) {
	x := &Index{Name: name, Map: m}
	var faults []error
	if strings.TrimSpace(name) == "" {
		faults = append(faults, fmt.Errorf("%w: an index without a name", ErrTable))
	}
	seen := map[string]bool{}
	for _, w := range weights {
		i := slices.Index(m.Conditions, w.Condition)
		switch {
		case seen[w.Condition]:
			faults = append(faults, fmt.Errorf("%w: %s weighs %s twice", ErrTable, name, w.Condition))
		case w.Condition == "htn" && m.bit("hypunc")|m.bit("hypc") != 0:
			x.htn, x.htnW = m.bit("hypunc")|m.bit("hypc"), w.Weight
		case i < 0:
			faults = append(faults, fmt.Errorf("%w: %s does not fit the map %s: no condition %q", ErrTable, name, m.Name, w.Condition))
		default:
			x.weights[i] = w.Weight
		}
		seen[w.Condition] = true
	}
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	return x, nil
}

// With makes another index of this one with some weights set: its name ends in "+local" and
// it lists what was changed. Faults as of [CompileIndex].
func (x *Index) With(weights ...Term) (*Index, error) {
	all, log := x.all(), slices.Clone(x.Changes)
	seen := map[string]bool{}
	for _, w := range weights {
		i := slices.IndexFunc(all, func(t Term) bool { return t.Condition == w.Condition })
		if i < 0 || seen[w.Condition] { // CompileIndex says what is wrong with it
			all = append(all, w)
			continue
		}
		seen[w.Condition] = true
		log = append(log, fmt.Sprintf("%s: %d -> %d", w.Condition, all[i].Weight, w.Weight))
		all[i].Weight = w.Weight
	}
	name := x.Name
	if len(log) > 0 {
		name = local(name)
	}
	out, err := CompileIndex(name, x.Map, all)
	if err != nil {
		return nil, err
	}
	out.Changes = log
	return out, nil
}

// all are the weights of all conditions, in the map's order.
func (x *Index) all() []Term {
	var out []Term
	for i, c := range x.Map.Conditions {
		out = append(out, Term{c, x.weights[i]})
	}
	if x.htn != 0 {
		out = append(out, Term{"htn", x.htnW})
	}
	return out
}

// Inversions lists the pairs of the hierarchy whose graver form weighs less than the
// milder: there another diagnosis can lower the score. No Charlson index has any.
func (x *Index) Inversions() []Pair {
	var out []Pair
	for _, h := range x.Map.table.Hierarchy {
		if x.Score(Flags(x.Map.bit(h.Graver))) < x.Score(Flags(x.Map.bit(h.Milder))) {
			out = append(out, h)
		}
	}
	return out
}
