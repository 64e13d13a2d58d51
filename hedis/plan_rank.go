package hedis

import (
	"math/big"
	"slices"
)

// TieRank says how tied places are numbered.
type TieRank uint8

// Numberings of 4 units of which the second and third tie: 1 2 2 4, 1 2 2 3, 1
// 2.5 2.5 4.
const (
	CompetitionRank TieRank = iota
	DenseRank
	FractionalRank
)

// Ranks numbers totals from the highest down, exact (halves for
// FractionalRank), in input order.
func Ranks(totals []*big.Rat, ties TieRank) []*big.Rat {
	out := make([]*big.Rat, len(totals))
	for i, v := range totals {
		var above, equal, kinds int64
		for k, o := range totals {
			switch o.Cmp(v) {
			case 1:
				above++
				if !slices.ContainsFunc(totals[:k], func(x *big.Rat) bool { return x.Cmp(o) == 0 }) {
					kinds++
				}
			case 0:
				equal++
			}
		}
		switch ties {
		case DenseRank:
			out[i] = big.NewRat(kinds+1, 1)
		case FractionalRank:
			out[i] = big.NewRat(2*above+equal+1, 2)
		default:
			out[i] = big.NewRat(above+1, 1)
		}
	}
	return out
}

// RankedPlan is a line of a ranked list.
type RankedPlan struct {
	Rank  *big.Rat
	Score PlanScore
}

// Ranking is a ranked list, best first, and the plans that were dropped, in
// input order. Kept and dropped make up the input.
type Ranking struct {
	Kept    []RankedPlan
	Dropped []PlanScore
}

// RankPlans drops what the filter dropped, and orders the rest by descending
// total. Tied plans keep the order given by tie, input order when it is nil.
func RankPlans(scores []PlanScore, ties TieRank, tie func(a, b PlanScore) int) Ranking {
	var out Ranking
	var totals []*big.Rat
	for _, s := range scores {
		if len(s.Dropped) > 0 || s.Total == nil {
			out.Dropped = append(out.Dropped, s)
			continue
		}
		out.Kept = append(out.Kept, RankedPlan{nil, s})
		totals = append(totals, s.Total)
	}
	for i, r := range Ranks(totals, ties) {
		out.Kept[i].Rank = r
	}
	slices.SortStableFunc(out.Kept, func(a, b RankedPlan) int {
		if c := b.Score.Total.Cmp(a.Score.Total); c != 0 || tie == nil {
			return c
		}
		return tie(a.Score, b.Score)
	})
	return out
}

// Select keeps the first k plans, and with keepTies also those that tie with
// the last of them; tied says whether a tie lay at the edge.
func (r Ranking) Select(k int, keepTies bool) (kept []RankedPlan, tied bool) {
	if k <= 0 {
		return nil, false
	}
	if k >= len(r.Kept) {
		return r.Kept, false
	}
	last := r.Kept[k-1].Score.Total
	n := k
	for n < len(r.Kept) && r.Kept[n].Score.Total.Cmp(last) == 0 {
		n++
	}
	if keepTies {
		return r.Kept[:n], n > k
	}
	return r.Kept[:k], n > k
}

// OnePer keeps the best-ranked plan of each value of an attribute, such as the
// type of plan, in ranked order: a cross-section.
func OnePer(ranked []RankedPlan, attribute func(plan string) string) []RankedPlan {
	seen := map[string]bool{}
	var out []RankedPlan
	for _, r := range ranked {
		if a := attribute(r.Score.Plan); !seen[a] {
			seen[a] = true
			out = append(out, r)
		}
	}
	return out
}
