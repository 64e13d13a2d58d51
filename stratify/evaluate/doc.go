// Package evaluate says how good a risk score is and what acting on it is worth. It knows
// no model and no table: outcomes, scores and costs in, figures out.
//
//   - scores with outcomes, countable in parts: [NewSample], [Merge]
//   - does it rank rightly: [Sample.AUC] with DeLong's variance, [CompareAUC] of two scores on the same people, [Sample.ROC], [Sample.Youden]
//   - are the probabilities right: [Sample.Calibration] (observed/expected, in the large, slope, Brier), [Sample.Bins], [Smooth], [Sample.HosmerLemeshow]
//   - what is it worth at a threshold: [Sample.AtThreshold] and [Table.Value], sensitivity always with PPV
//   - what is it worth at a capacity: [Cohort] and [Cohort.Rank], [Ranking.At], [Ranking.AtShare], [Ranking.Reach]
//   - where does the money go: [Concentrate] (share of the top k %, Gini, Lorenz)
//   - which score is better for whom: [Reclassify] (NRI, IDI), [Cohort.Subgroups] with small-cell suppression
//   - is the fall an effect: [Selection.Expect], [SameSelection], [NextRanks], [BeforeAfter] with its warning; do people stay: [Persist]
//   - is the money fair: [IndexOfSelection], [PaymentRatio], [Allocate]
//
// # Undefined is not zero
//
// A statistic that the data do not define is a [Stat] with the reason: no events, fewer
// than two events, all scores equal, perfect separation. [Stat.Err] turns it into an error
// for those who want one. Inputs that make no sense (columns of different lengths, an
// outcome of 2, a score that is not a number) are errors that name the row.
//
// # Exactness
//
// Counts are whole numbers and rates of counts are exact ([registry.Rate]). Statistics are
// float64, summed in the order of the sorted scores, so that the split of a population and
// the order of its people change nothing, not even the last bit. Fits converge to 1e-12.
//
// Money that is paid out ([Allocate], [PaymentRatio]) is decimal and adds up to the cent.
//
// Nothing here keeps state, starts goroutines or is random; values may be shared once made.
// Survival outcomes and weights are out of scope.
package evaluate
