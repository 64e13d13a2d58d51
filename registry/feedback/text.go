package feedback

import (
	"fmt"
	"strings"

	"github.com/chroniccare/chroniccare/registry/population"
)

// Text gives the report as lines for a reader.
func (r *Report) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s, %v\n", r.Provider, r.Period)
	for _, l := range r.Lines {
		fmt.Fprintf(&b, "\n%s: %v\n", l.Title, l.Rate)
		if l.Rank > 0 {
			fmt.Fprintf(&b, "  rank %d of %d, as good as or better than %d of %d\n", l.Rank, l.Ranked, l.Percentile.Num, l.Percentile.Den)
		} else {
			b.WriteString("  unranked: too few patients\n")
		}
		fmt.Fprintf(&b, "  mean %v; median %v; best tenth %v; achievable %v\n", percent(l.Mean), percent(l.Median), percent(l.Best), percent(l.Achievable))
		if l.Outlier != NoFlag {
			fmt.Fprintf(&b, "  outlier (%v), %v than the mean\n", l.Outlier, l.Side)
		}
		for _, x := range l.Past {
			if x.Change == NoComparison {
				fmt.Fprintf(&b, "  since %v: no comparison\n", x.Period)
				continue
			}
			fmt.Fprintf(&b, "  since %v: %v, %s points\n", x.Period, x.Change, x.Points)
		}
		for _, x := range l.Peers {
			fmt.Fprintf(&b, "  - %s: %s\n", x.Label, percent(x.Rate))
		}
		if len(l.Gaps) > 0 {
			fmt.Fprintf(&b, "  open for %s\n", strings.Join(l.Gaps, ", "))
		}
	}
	for _, m := range r.Missing {
		fmt.Fprintf(&b, "\n%s: no patients\n", m)
	}
	return b.String()
}

func percent(r population.ShownRate) string {
	if r.Hidden {
		return population.HiddenMark
	}
	if !r.Rate.Defined() {
		return "n/a"
	}
	return r.Rate.Percent(1) + " %"
}
