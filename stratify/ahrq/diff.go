package ahrq

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/chroniccare/chroniccare/stratify"
)

// Diff lists what changed from one release to another: codes in order with what they set,
// then the measures' weights (readmission, mortality) in the table's order.
func Diff(a, b *Elixhauser) []stratify.Difference {
	type pair struct{ a, b string }
	codes := map[string]pair{}
	for _, v := range a.values {
		codes[v.code] = pair{a: v.name}
	}
	for _, v := range b.values {
		codes[v.code] = pair{codes[v.code].a, v.name}
	}
	var out []stratify.Difference
	for code, p := range codes {
		if p.a != p.b {
			out = append(out, stratify.Difference{Where: code, A: p.a, B: p.b})
		}
	}
	slices.SortFunc(out, func(x, y stratify.Difference) int { return cmp.Compare(x.Where, y.Where) })
	for i := range a.measures {
		x, y := &a.measures[i], &b.measures[i]
		if x.readmission != y.readmission || x.mortality != y.mortality {
			out = append(out, stratify.Difference{Where: x.name, A: fmt.Sprintf("%d, %d", x.readmission, x.mortality), B: fmt.Sprintf("%d, %d", y.readmission, y.mortality)})
		}
	}
	return out
}
