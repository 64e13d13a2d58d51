package linkage

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/registry"
)

// Label is what is known about a pair of records.
type Label struct {
	A, B string
	Same bool // one person
}

// SourcePair counts the links between two sources, A not after B.
type SourcePair struct {
	A     string `json:"a"`
	B     string `json:"b"`
	Links int64  `json:"links"`
}

// Report says how a linkage went.
type Report struct {
	Records   int64         `json:"records"`
	People    int64         `json:"people"` // clusters
	Linked    registry.Rate `json:"linked"` // records that are together with another, of all
	Conflicts int64         `json:"conflicts"`
	Review    int64         `json:"review"`
	Pairs     []SourcePair  `json:"pairs"`     // sorted
	Precision registry.Rate `json:"precision"` // of the labelled pairs put together, those that are one person
	Recall    registry.Rate `json:"recall"`    // of the labelled pairs of one person, those put together
}

// Measure reports on a result. Without labels precision and recall are undefined. Labels about
// records that are not in the result, or about one record twice, are errors that wrap [ErrRecord], all named.
func Measure(people []Person, r Result, labels []Label) (Report, error) {
	out := Report{Records: int64(len(people)), People: int64(len(r.Clusters)), Conflicts: int64(len(r.Conflicts)), Review: int64(len(r.Review))}
	out.Linked.Den = out.Records
	at, source := map[string]int{}, map[string]string{}
	for i, c := range r.Clusters {
		for _, id := range c {
			at[id] = i
		}
		if len(c) > 1 {
			out.Linked.Num += int64(len(c))
		}
	}
	for _, p := range people {
		source[p.ID] = p.Source
	}
	for _, e := range r.Links {
		a, b := source[e.A], source[e.B]
		if b < a {
			a, b = b, a
		}
		i, ok := slices.BinarySearchFunc(out.Pairs, [2]string{a, b}, func(p SourcePair, k [2]string) int {
			if c := strings.Compare(p.A, k[0]); c != 0 {
				return c
			}
			return strings.Compare(p.B, k[1])
		})
		if !ok {
			out.Pairs = slices.Insert(out.Pairs, i, SourcePair{A: a, B: b})
		}
		out.Pairs[i].Links++
	}
	var errs []error
	for i, l := range labels {
		a, okA := at[l.A]
		b, okB := at[l.B]
		if !okA || !okB || l.A == l.B {
			errs = append(errs, fmt.Errorf("%w: label %d is about %q and %q", ErrRecord, i+1, l.A, l.B))
			continue
		}
		if a == b {
			out.Precision.Den++
		}
		if l.Same {
			out.Recall.Den++
			if a == b {
				out.Precision.Num++
				out.Recall.Num++
			}
		}
	}
	return out, errors.Join(errs...)
}
