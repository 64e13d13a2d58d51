// Package evaluate says how good a risk score is and what acting on it is worth. It knows
// no model and no table: outcomes, scores and costs in, figures out.
//
//   - scores with outcomes, countable in parts: [NewSample] gives a [Sample] of [Point]; [Merge]
//   - does it rank rightly: [Sample.AUC] gives the [AUC] with DeLong's variance; [CompareAUC] of two scores on the same people, a [Comparison]; [Sample.ROC] and [Sample.Youden], each an [ROCPoint]
//   - are the probabilities right: [Sample.Calibration] gives a [Calibration] (observed/expected, in the large, slope, Brier); [Sample.Bins], each a [Bin]; [Smooth] gives a [Smoothed] curve; [Sample.HosmerLemeshow], a [HosmerLemeshow] test
//   - what is it worth at a threshold: [Sample.AtThreshold] gives a [Table], [Table.Value] the [Value], sensitivity always with PPV; [Table.NetBenefit]
//   - what is it worth at a capacity: [Cohort.Rank] gives a [Ranking]; [Ranking.At], [Ranking.AtShare] and [Ranking.Reach] give the [Capacity]
//   - where does the money go: [Concentrate] gives the [Concentration] (share of the top k %, Gini, each [LorenzPoint])
//   - which score is better for whom: [Reclassify] gives a [Reclassification] (NRI, IDI); [Cohort.Subgroups] by [SubgroupOptions] gives each [Subgroup] with its [Difference] to everybody else, small cells suppressed
//   - is the fall an effect: [Selection.Expect] gives the [Regression] to the mean; a [Contrast] by [SameSelection] or [NextRanks]; [BeforeAfter] gives the [Change] with its warning; do people stay: [Persist] gives the [Persistence]
//   - is the money fair: [IndexOfSelection] gives a [SelectionIndex]; [PaymentRatio]; [Allocate] by each [PersonWeight] gives each [GroupShare]
//
// # Undefined is not zero
//
// A statistic that the data do not define is a [Stat] with the reason, an [Undefined]: no
// events, fewer than two events, all scores equal, perfect separation. So are the ends of an
// [Interval]. [Stat.Err] turns it into an error for those who want one. Inputs that make no
// sense (columns of different lengths, an outcome of 2, a score that is not a number) are
// errors that name the row.
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
