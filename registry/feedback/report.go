package feedback

import (
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/population"
)

// Peer is another provider's line.
type Peer struct {
	Label string               `json:"label"`
	Rate  population.ShownRate `json:"rate"`
	Rank  int                  `json:"rank,omitempty"` // 0: unranked, or the ranked peers are not all shown
}

// Line is what a report says about one measure. Mean and Achievable are of all
// providers, Median and Best of those with a rank; they are hidden where they could tell
// a peer's small count. Rank and percentile are of all with a rank, shown or not: they say
// how many do better, never who or by how much.
type Line struct {
	Measure    string               `json:"measure"`
	Title      string               `json:"title"`
	Rate       registry.Rate        `json:"rate"` // own, never hidden
	Mean       population.ShownRate `json:"mean"` // of all, or of the others by policy
	Median     population.ShownRate `json:"median"`
	Best       population.ShownRate `json:"best_decile"`
	Achievable population.ShownRate `json:"achievable"`
	Rank       int                  `json:"rank"`       // 0: unranked
	Ranked     int                  `json:"ranked"`     // providers with a rank
	Percentile registry.Rate        `json:"percentile"` // ranked others who do no better, of the ranked others
	Outlier    Flag                 `json:"outlier,omitempty"`
	Side       Direction            `json:"side"` // of an outlier: better or worse than the mean
	Past       []Past               `json:"past,omitempty"`
	Gaps       []string             `json:"gaps,omitempty"` // own patients, sorted
	Peers      []Peer               `json:"peers,omitempty"`
}

// Report is one provider's feedback.
type Report struct {
	Provider string          `json:"provider"`
	Period   registry.Period `json:"period"`
	Lines    []Line          `json:"lines"`
	Missing  []string        `json:"missing,omitempty"` // measures without patients of this provider
}

// Reports makes the feedback of a round, against earlier rounds, latest first. Reports
// come by provider, lines in the order of the measures. All faults of the input come
// in one error.
func Reports(p Policy, measures []Measure, now Round, before ...Round) ([]Report, error) {
	rounds := append([]Round{now}, before...)
	if err := check(&p, measures, rounds); err != nil {
		return nil, err
	}
	var providers []string
	for _, x := range now.Results {
		providers = append(providers, x.Provider)
	}
	slices.Sort(providers)
	providers = slices.Compact(providers)
	reports := make([]Report, len(providers))
	for i, id := range providers {
		reports[i] = Report{Provider: id, Period: now.Period}
	}
	for k := range measures {
		m := &measures[k]
		group, err := newGroup(&p, m, now.of(m.ID))
		if err != nil {
			return nil, err
		}
		past := make([][]Result, len(before))
		for i := range before {
			past[i] = before[i].of(m.ID)
		}
		for i, id := range providers {
			at, ok := find(group.results, id)
			if !ok {
				reports[i].Missing = append(reports[i].Missing, m.ID)
				continue
			}
			l, err := group.line(at)
			if err != nil {
				return nil, err
			}
			l.Past = course(m, id, group.results[at].Rate, before, past)
			reports[i].Lines = append(reports[i].Lines, l)
		}
	}
	return reports, nil
}

func find(results []Result, provider string) (int, bool) {
	return slices.BinarySearchFunc(results, provider, func(r Result, id string) int { return strings.Compare(r.Provider, id) })
}
