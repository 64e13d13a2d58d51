package community

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/population"
)

// UnmetNeed is a need that was not met.
type UnmetNeed struct {
	Category string        `json:"category"`
	Area     string        `json:"area"`
	On       registry.Date `json:"on"`
}

// UnmetCell counts unmet needs of a category in an area and month.
type UnmetCell struct {
	Category string        `json:"category"`
	Area     string        `json:"area"`
	Month    registry.Date `json:"month"` // its first day; 0: not dated
	Count    int64         `json:"count"`
	Hidden   bool          `json:"hidden"` // 1 to the threshold: too few to publish, Count is then 0
}

// UnmetPolicy says which cells are too small to publish. The zero value hides counts of 1 to
// 10, the rule of [population.Disclosure].
type UnmetPolicy struct {
	Threshold int64 `json:"threshold"` // the largest count that is hidden; 0: 10
	ShowAll   bool  `json:"show_all"`  // hide nothing: for those who may see every count
}

// UnmetTally counts unmet needs; the largest cells come first, since that is where
// partnerships are missing, then by category, area and month. Cells too small to publish
// are marked hidden, carry no number and come last; a table with totals needs
// registry/population's suppression, since totals give cells away. A negative threshold,
// and a threshold where all is shown, are [caremodel.ErrPolicy].
func UnmetTally(needs []UnmetNeed, p UnmetPolicy) ([]UnmetCell, error) {
	if p.Threshold < 0 || p.ShowAll && p.Threshold != 0 {
		return nil, fmt.Errorf("%w: unmet needs: counts up to %d hidden, all shown: %v", caremodel.ErrPolicy, p.Threshold, p.ShowAll)
	}
	rule := population.Disclosure{Threshold: p.Threshold}
	counts := map[UnmetCell]int64{}
	for _, n := range needs {
		c := UnmetCell{Category: n.Category, Area: n.Area}
		if n.On >= registry.MinDate && n.On <= registry.MaxDate {
			y, m, _ := n.On.YMD()
			c.Month = registry.Day(y, m, 1)
		}
		counts[c]++
	}
	out := make([]UnmetCell, 0, len(counts))
	for c, k := range counts {
		c.Count = k
		out = append(out, c)
	}
	slices.SortFunc(out, func(a, b UnmetCell) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), strings.Compare(a.Category, b.Category), strings.Compare(a.Area, b.Area), cmp.Compare(a.Month, b.Month))
	})
	hidden := 0
	for i := range out {
		if !p.ShowAll && rule.Small(out[i].Count) {
			out[i].Count, out[i].Hidden = 0, true
			hidden++
		}
	}
	// the order of hidden cells must not tell their counts
	slices.SortFunc(out[len(out)-hidden:], func(a, b UnmetCell) int {
		return cmp.Or(strings.Compare(a.Category, b.Category), strings.Compare(a.Area, b.Area), cmp.Compare(a.Month, b.Month))
	})
	return out, nil
}

// AdvocacyNote is something said or written for a policy. It is logged and counted, no
// more: what it achieves cannot be computed.
type AdvocacyNote struct {
	On   registry.Date `json:"on"`
	Text string        `json:"text"`
}

// AdvocacyCount is the number of notes in a period, and of those without a date.
func AdvocacyCount(notes []AdvocacyNote, p registry.Period) (in, undated int64) {
	for _, n := range notes {
		switch {
		case n.On == 0:
			undated++
		case p.Contains(n.On):
			in++
		}
	}
	return in, undated
}
