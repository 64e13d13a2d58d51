package linkage

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/registry"
)

// linker holds the records of a run with what is compared.
type linker struct {
	people []Person
	policy Policy
	fields [][numCompared]string
}

// Link finds the records that are one person. The order of the records does not matter.
// Faults of the policy and records without an ID or with one of another come together.
func Link(people []Person, policy Policy) (Result, error) {
	errs := policy.faults()
	sorted := slices.Clone(people)
	slices.SortFunc(sorted, func(a, b Person) int { return strings.Compare(a.ID, b.ID) })
	for i := range sorted {
		if id := sorted[i].ID; id == "" || i > 0 && id == sorted[i-1].ID {
			errs = append(errs, fmt.Errorf("%w of %q: the ID %q is missing or not unique", ErrRecord, sorted[i].Source, id))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return Result{}, err
	}
	if policy.National == nil {
		policy.National = []string{NHSNumber}
	}
	if policy.Blocks == nil {
		policy.Blocks = [][]Field{{FamilyName, BirthDate}, {GivenName, BirthDate}}
	}
	if policy.PartialBirth == 0 {
		policy.PartialBirth = 1
	}
	nick := map[string]string{}
	for _, n := range policy.Nicknames {
		nick[NormalizeName(n[0])] = NormalizeName(n[1])
	}
	l := &linker{people: sorted, policy: policy, fields: make([][numCompared]string, len(sorted))}
	for i := range sorted {
		for f := range numCompared {
			l.fields[i][f] = sorted[i].normal(f, nick)
		}
	}
	return l.result(), nil
}

type pair struct {
	a, b   int
	rule   string
	weight float64
}

func (l *linker) result() Result {
	var linked, review []pair
	seen := map[[2]int]bool{}
	take := func(a, b int, rule string) {
		if !seen[[2]int{a, b}] {
			seen[[2]int{a, b}] = true
			linked = append(linked, pair{a: a, b: b, rule: rule})
		}
	}
	l.identifiers(take)
	for _, fields := range l.policy.Agree {
		rule := "agreement on " + words(fields)
		l.block(fields, func(a, b int) {
			for _, f := range fields {
				if same, known, _ := l.compare(a, b, f); !same || !known {
					return
				}
			}
			take(a, b, rule)
		})
	}
	if len(l.policy.Weights) > 0 {
		for _, fields := range l.policy.Blocks {
			l.block(fields, func(a, b int) {
				if seen[[2]int{a, b}] {
					return
				}
				seen[[2]int{a, b}] = true
				switch w := l.weigh(a, b); {
				case w >= l.policy.Upper:
					linked = append(linked, pair{a, b, "weight", w})
				case w >= l.policy.Lower:
					review = append(review, pair{a, b, "weight", w})
				}
			})
		}
	}
	return l.cluster(linked, review)
}

// identifiers offers the pairs that share a valid identifier: each record with the first
// that has it, which is enough to join them all.
func (l *linker) identifiers(take func(a, b int, rule string)) {
	first := map[Identifier]int{}
	for i := range l.people {
		for _, id := range l.people[i].Identifiers {
			if id = id.Normal(); !id.Valid() {
				continue
			}
			if k, ok := first[id]; !ok {
				first[id] = i
			} else if k != i {
				take(k, i, "identifier of "+id.System)
			}
		}
	}
}

// block offers the pairs that agree in all fields, of birth dates in the year. Records
// that lack a field are in no pair.
func (l *linker) block(fields []Field, visit func(a, b int)) {
	type keyed struct {
		key string
		i   int
	}
	var ks []keyed
	for i := range l.people {
		var b strings.Builder
		for _, f := range fields {
			s := l.fields[i][f]
			if s == "" {
				b.Reset()
				break
			}
			if f == BirthDate {
				s = s[:4]
			}
			b.WriteString(s)
			b.WriteByte(0)
		}
		if b.Len() > 0 {
			ks = append(ks, keyed{b.String(), i})
		}
	}
	slices.SortFunc(ks, func(a, b keyed) int { return cmp.Or(strings.Compare(a.key, b.key), cmp.Compare(a.i, b.i)) })
	for i := range ks {
		for k := i + 1; k < len(ks) && ks[k].key == ks[i].key; k++ {
			visit(ks[i].i, ks[k].i)
		}
	}
}

// compare says whether two records agree in a field; partial when they do so by a birth
// date of which less than the day is known.
func (l *linker) compare(a, b int, f Field) (same, known, partial bool) {
	x, y := l.fields[a][f], l.fields[b][f]
	if x == "" || y == "" {
		return false, false, false
	}
	if f != BirthDate {
		return x == y, true, false
	}
	p, q := l.people[a].Birth, l.people[b].Birth
	return p.Range().Overlaps(q.Range()), true, p.Day == 0 || q.Day == 0
}

func (l *linker) weigh(a, b int) (sum float64) {
	for _, w := range l.policy.Weights {
		same, known, partial := l.compare(a, b, w.Field)
		switch {
		case !known:
		case same && partial:
			sum += l.policy.PartialBirth * w.agree()
		case same:
			sum += w.agree()
		default:
			sum += w.differ()
		}
	}
	return sum
}

// cluster joins what is linked and keeps conflicts apart.
func (l *linker) cluster(linked, review []pair) Result {
	parent := make([]int, len(l.people))
	for i := range parent {
		parent[i] = i
	}
	root := func(i int) int {
		for parent[i] != i {
			parent[i] = parent[parent[i]]
			i = parent[i]
		}
		return i
	}
	for _, p := range linked {
		if a, b := root(p.a), root(p.b); a < b { // the smallest place is the root
			parent[b] = a
		} else {
			parent[a] = b
		}
	}
	groups := make([][]int, len(l.people))
	for i := range l.people {
		groups[root(i)] = append(groups[root(i)], i)
	}
	var r Result
	at := make([]int, len(l.people)) // the cluster of a record
	add := func(members []int) {
		var ids []string
		for _, i := range members {
			ids = append(ids, l.people[i].ID)
			at[i] = len(r.Clusters)
		}
		r.Clusters = append(r.Clusters, ids)
	}
	for _, g := range groups {
		if len(g) == 0 {
			continue
		}
		why := l.conflict(g)
		if why == "" {
			add(g)
			continue
		}
		c := Conflict{Why: why}
		for _, i := range g {
			c.Records = append(c.Records, l.people[i].ID)
			add([]int{i})
		}
		r.Conflicts = append(r.Conflicts, c)
	}
	slices.SortFunc(r.Clusters, func(a, b []string) int { return strings.Compare(a[0], b[0]) })
	r.Links = l.edges(linked)
	review = slices.DeleteFunc(review, func(p pair) bool { return at[p.a] == at[p.b] })
	r.Review = l.edges(review)
	return r
}

func (l *linker) edges(ps []pair) []Edge {
	slices.SortFunc(ps, func(a, b pair) int { return cmp.Or(cmp.Compare(a.a, b.a), cmp.Compare(a.b, b.b)) })
	var out []Edge
	for _, p := range ps {
		out = append(out, Edge{l.people[p.a].ID, l.people[p.b].ID, p.rule, p.weight})
	}
	return out
}

// conflict says why records cannot all be one person, "" when they can.
func (l *linker) conflict(group []int) string {
	for _, system := range l.policy.National {
		found := ""
		for _, i := range group {
			for _, id := range l.people[i].Identifiers {
				if id = id.Normal(); id.System != system || !id.Valid() {
					continue
				}
				if found != "" && found != id.Value {
					return "two different numbers of " + system
				}
				found = id.Value
			}
		}
	}
	// days that overlap pairwise have one in common
	from, to := registry.Date(0), registry.MaxDate
	for _, i := range group {
		if r := l.people[i].Birth.Range(); r.Start != 0 {
			from, to = max(from, r.Start), min(to, r.End)
		}
	}
	if from > to {
		return "birth dates that cannot both be true"
	}
	return ""
}

func words(fields []Field) string {
	var s []string
	for _, f := range fields {
		s = append(s, f.String())
	}
	return strings.Join(s, ", ")
}
