package hcc

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/stratify"
)

// Diff lists what differs between two models: codes in order with the HCCs of the table,
// then factors by name and segment, those that only one of them has included.
func Diff(a, b *Model) []stratify.Difference {
	return append(diff(a.mapping(), b.mapping()), diff(a.factors(), b.factors())...)
}

func diff(a, b map[string]string) []stratify.Difference {
	var out []stratify.Difference
	for k, x := range a {
		if x != b[k] {
			out = append(out, stratify.Difference{Where: k, A: x, B: b[k]})
		}
	}
	for k, y := range b {
		if _, ok := a[k]; !ok {
			out = append(out, stratify.Difference{Where: k, B: y})
		}
	}
	slices.SortFunc(out, func(x, y stratify.Difference) int { return cmp.Compare(x.Where, y.Where) })
	return out
}

func (m *Model) mapping() map[string]string {
	out := map[string]string{}
	for i := range m.entries {
		e := &m.entries[i]
		var names []string
		e.hccs.each(func(k int) { names = append(names, fmt.Sprintf("HCC%d", m.hccs[k])) })
		for _, x := range e.edits {
			if x.own != nil {
				names = append(names, "edit for "+x.name())
			}
		}
		if len(names) > 0 {
			out[e.code] = strings.Join(names, " ")
		}
	}
	return out
}

func (m *Model) factors() map[string]string {
	out := map[string]string{}
	put := func(name string, f *factor) {
		for s := CNA; s < numSegments; s++ {
			if f.known[s] {
				out[name+" "+s.String()] = fmt.Sprintf("%.3f", float64(f.milli[s])/1000)
			}
		}
	}
	for i := range m.hccs {
		put(fmt.Sprintf("HCC%d", m.hccs[i]), &m.hccFactor[i])
	}
	for i := range m.interactions {
		put(m.interactions[i].name, &m.interactions[i].factor)
	}
	for i := range m.counts {
		put(countNames[i], &m.counts[i])
	}
	for s := range sexes {
		for c := range m.cells[s] {
			put(sexes[s]+continuingCells[c], &m.cells[s][c])
		}
		put(originally[s], &m.origDisabled[s])
		for medicaid := range 2 {
			for disabled := range 2 {
				for c := range m.newCells[medicaid][disabled][s] {
					put(newName(medicaid, disabled, s, c), &m.newCells[medicaid][disabled][s][c])
				}
			}
		}
	}
	put("ORIGDS", &m.origDS)
	put("LTIMCAID", &m.ltim)
	return out
}

// newName is the variable of a new enrollee's cell, as CMS names it.
func newName(medicaid, disabled, sex, cell int) string {
	return [2]string{"NMCAID", "MCAID"}[medicaid] + "_" + [2]string{"NORIGDIS", "ORIGDIS"}[disabled] + "_NE" + sexes[sex] + newEnrolleeCells[cell]
}
