// Package community is the component "community" of the Chronic Care Model: people are
// guided into useful programmes outside the practice, partnerships fill what the
// practice lacks, and policies are argued for.
//
//   - which programmes fit a need, and why the others don't: [Match] of [Need] with a [Domain] to [Resource] in a [Context], giving [Offer] and [Rejection]; faults of either: [CheckNeeds], [CheckResources] (C1, S3)
//   - several people's needs against places that run out: [Allocate], giving [Allocation] with [Placed] and [Unmatched] (C1)
//   - a referral from draft to a closed loop: [NewLoop] with [LoopPolicy], [Loop.Advance] of a [Referral] in a [State] to an [Outcome]; recorded elsewhere: [Loop.Check]; where loops are stuck, how many close: [Loop.Report], giving [LoopReport] with [StateCount], [Stuck] and [StepDays] (C1)
//   - a package of services within a budget: [Package], giving [PackageOfCare] with what is [Uncovered] (C1, C2)
//   - what could not be met, by category, area and month: [UnmetTally] of [UnmetNeed] by [UnmetPolicy], giving [UnmetCell] (C2)
//   - what was argued for in public, counted: [AdvocacyCount] of [AdvocacyNote] (C3)
//
// Agreements with partners are in caremodel/organisation (kind community).
//
// Money is whole minor units (cents, pence). Distances are metres and come from the
// caller. Order is always stated and ties end with the ID, so that the same input in any
// order gives the same answer. Who is eligible is a registry criterion; whether a
// programme works is not known here. Holistic needs (health, social care, housing) were
// hardly met in the organisations of the study (King's Fund 2004:1435-1446, 1898-1900).
package community
