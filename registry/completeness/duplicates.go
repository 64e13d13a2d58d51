package completeness

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/linkage"
)

func byID(a, b *registry.Fact) int {
	return cmp.Or(cmp.Compare(a.Kind, b.Kind), strings.Compare(a.ID, b.ID))
}

// has looks for a fact in the order of kind and ID.
func has(facts []registry.Fact, order []int32, kind registry.Kind, id string) bool {
	_, ok := slices.BinarySearchFunc(order, 0, func(i int32, _ int) int {
		return cmp.Or(cmp.Compare(facts[i].Kind, kind), strings.Compare(facts[i].ID, id))
	})
	return ok
}

// version is a fact of several with one kind and ID.
type version struct {
	at   int32
	text []byte
}

// versions are the facts of one kind and ID, the first by record date, then content,
// ahead: that one is right.
func versions(facts []registry.Fact, same []int32) []version {
	vs := make([]version, len(same))
	for i, k := range same {
		vs[i] = version{k, linkage.FactText(&facts[k])}
	}
	slices.SortStableFunc(vs, func(a, b version) int {
		x, y := facts[a.at].Authored, facts[b.at].Authored
		return cmp.Or(cmp.Compare(x.Day, y.Day), cmp.Compare(x.Time, y.Time), bytes.Compare(a.text, b.text))
	})
	return vs
}

// duplicates reports the facts of one kind and ID that differ from the first of them.
// Copies are no fault.
func duplicates(facts []registry.Fact, same []int32, out *Issues) {
	vs := versions(facts, same)
	for i := 1; i < len(vs); i++ {
		if !bytes.Equal(vs[i].text, vs[0].text) && !bytes.Equal(vs[i].text, vs[i-1].text) {
			f := &facts[vs[i].at]
			out.add(DuplicateID, f, "id", "is that of a different "+f.Kind.String()+" of "+facts[vs[0].at].When.String())
		}
	}
}

// KeepFirst gives a patient with one fact for each kind and ID, as charts should see one
// whose source reuses IDs: of several the first by record date, then content, which is
// the one that [Checker.Check] holds to be right. The others are returned too, in the order in
// which they were. Facts without an ID, entered in error or refuted all stay. The patient that
// is given does not change.
func KeepFirst(p *registry.Patient) (*registry.Patient, []registry.Fact) {
	var order []int32
	for i := range p.Facts {
		if f := &p.Facts[i]; f.ID != "" && counts(f) {
			order = append(order, int32(i))
		}
	}
	in := func(a, b int32) int { return cmp.Or(byID(&p.Facts[a], &p.Facts[b]), cmp.Compare(a, b)) }
	slices.SortFunc(order, in)
	gone := make([]bool, len(p.Facts))
	for k := 0; k < len(order); {
		n := k + 1
		for n < len(order) && byID(&p.Facts[order[k]], &p.Facts[order[n]]) == 0 {
			n++
		}
		if n-k > 1 {
			for _, v := range versions(p.Facts, order[k:n])[1:] {
				gone[v.at] = true
			}
		}
		k = n
	}
	out := *p
	out.Facts = make([]registry.Fact, 0, len(p.Facts))
	var left []registry.Fact
	for i, f := range p.Facts {
		if gone[i] {
			left = append(left, f)
		} else {
			out.Facts = append(out.Facts, f)
		}
	}
	return &out, left
}
