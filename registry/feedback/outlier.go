package feedback

import (
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/registry"
)

// Outlier is a provider whom a leader should visit.
type Outlier struct {
	Provider string        `json:"provider"`
	Measure  string        `json:"measure"`
	Flag     Flag          `json:"flag"`
	Side     Direction     `json:"side"`
	Rate     registry.Rate `json:"rate"`
}

// Outliers lists the outliers of reports, alarms first, the worse before the better,
// then by provider and measure (NT2011:322-324).
func Outliers(reports []Report) []Outlier {
	var out []Outlier
	for _, r := range reports {
		for _, l := range r.Lines {
			if l.Outlier != NoFlag {
				out = append(out, Outlier{r.Provider, l.Measure, l.Outlier, l.Side, l.Rate})
			}
		}
	}
	slices.SortStableFunc(out, func(a, b Outlier) int {
		if d := int(b.Flag) - int(a.Flag); d != 0 {
			return d
		}
		if d := int(b.Side) - int(a.Side); d != 0 {
			return d
		}
		if d := strings.Compare(a.Provider, b.Provider); d != 0 {
			return d
		}
		return strings.Compare(a.Measure, b.Measure)
	})
	return out
}
