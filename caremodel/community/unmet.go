package community

import (
	"cmp"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/registry"
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

// UnmetTally counts unmet needs; the largest cells come first, since that is where
// partnerships are missing, then by category, area and month. Cells of 1 to hide are
// marked hidden and carry no number (the US rule hides 1 to 10; 0 hides none); a table
// with totals needs registry/population's suppression, since totals give cells away.
func UnmetTally(needs []UnmetNeed, hide int64) []UnmetCell {
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
		if out[i].Count <= hide {
			out[i].Count, out[i].Hidden = 0, true
			hidden++
		}
	}
	// the order of hidden cells must not tell their counts
	slices.SortFunc(out[len(out)-hidden:], func(a, b UnmetCell) int {
		return cmp.Or(strings.Compare(a.Category, b.Category), strings.Compare(a.Area, b.Area), cmp.Compare(a.Month, b.Month))
	})
	return out
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
