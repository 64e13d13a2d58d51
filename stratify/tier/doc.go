// Package tier sorts a population into levels of care and lists of people, and plans the
// staff for them. It knows no model: a score, or a rule's answer, comes with each [Person].
//
//   - a pyramid by share, cut-off, capacity or rule: [Pyramid] with [Share], [Cut], [Capacity], [Rules], [HighestOf] or [Hybrid]; [Pyramid.Assign] gives the [Result]
//   - the same people again next month, without a revolving door: [Pyramid.Update] with [Hysteresis], and who moved: [Movement]
//   - what a level holds, costs and captures: [Result.Worth]
//   - how many nurses: [Managers], [Workload], [SteadyState]; who looks after whom: [Distribute]
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
