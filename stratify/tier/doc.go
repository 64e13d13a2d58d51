// Package tier sorts a population into levels of care and lists of people, and plans the
// staff for them. It knows no model: a score, or a rule's answer, comes with each [Person].
//
//   - a pyramid by a [Rule]: [Pyramid] with [Share], [Cut], [Capacity] (by [Team], if need be), [Rules], [HighestOf] or [Hybrid]; levels that no score reaches: [Bounds]
//   - sort: [Pyramid.Assign] gives the [Result]: each [LevelResult], each [Placement], and who is [NotPlaced] and [Why], by [Status] among others
//   - how many a share is: [Size] by a [Rounding]
//   - the same people again next month, without a revolving door: [Pyramid.Update], given each [Member] of the last run, with [Hysteresis] and its [Priority]; who moved: [Movement] of [Move], each of a [Kind]
//   - what a level holds, costs and captures: [Result.Worth] gives the [Worth]
//   - how many nurses: [Managers], [Workload] of [Work], [SteadyState]; who looks after whom: [Distribute] of [Client] to [Manager] gives each [Caseload]
//
// # Order and exactness
//
// People are ranked by score descending, then by the caller's secondary keys descending,
// then by ID in byte order: a total order, so that input order changes nothing. The size
// of a level is computed in whole numbers: the top 1/100 of 1,001 people are 11, the top
// 7/100 of 100 are 7. What happens to equal scores at a border is [Ties].
//
// Nobody is lost: whoever is not placed is listed with the reason. A missing score (NaN)
// never means a low one.
//
// No default shares are built in. Published anchors, as examples: 0.5 to 1 % of enrolees
// (Health Partners), 1 % (Anthem), 1 to 5 % (all plans of the study of managed care
// organisations); see stratify/eligibility. Other figures in circulation have no single
// authority. Levels are not medical advice, and risk is not benefit: who is at risk is not
// always who can be helped.
//
// Nothing here keeps state or starts goroutines; values may be shared once made.
package tier
