// Package incentives turns measured rates and costs into points and money, exactly,
// and shows every step.
//
// # By task
//
//   - numbers without rounding: [Exact], [Parse], [Frac]; round once, with a stated mode: [Rounding]
//   - what was achieved, with missing, not scored and zero kept apart: [Performance], [Status]
//   - from a rate to points: [Threshold], [Linear], [Ladder], [Polyline], [Deciles], [AchieveImprove], [GapClosing], [Grid], [Bands]
//   - from points to a score: [WeightedMean], [PointsOver], [NthLowest]; weights that must add up: [CheckWeights]
//   - limits and conditions: [Gate], [Limits], [SalaryBand], [Withhold], [ProRate], [Rank]
//   - share out a pool to the penny: [Allocate]
//   - an itemised, replayable result: [Statement], [Line], [Trace]
//   - look for trouble before money moves: [Lint] of a [Contract]
//   - what one more patient is worth: [PatientsFor], [ToReach], [NewPatientsToReach], [Curve], [AtRisk]
//
// Named schemes are packages of their own: incentives/qof (the UK Quality and Outcomes
// Framework), incentives/medicare (US Medicare programmes), incentives/groups (the
// plans and groups of the source studies, and programmes of states and countries),
// incentives/risk (capitation, stop-loss, shared savings, bundles, claims not yet
// reported).
//
// # Exactness
//
// Everything is a fraction until the rounding that a scheme states; comparisons are of
// fractions: 69,999 of 100,000 prints 0.7000 and does not reach 0.7. Money is whole
// minor units; shares and what is undistributed add up to the pool, always. No step
// reads the mutable globals of the decimal package. Values are immutable and may be
// shared; nothing starts a goroutine or reads a clock.
//
// # Scope
//
// Rates come from anywhere as counts (see registry.Rate). Attribution of patients to
// doctors is out of scope, and so is measuring quality (package hedis). Where a source
// gives a parameter but no weight or curve, the caller gives it: nothing is invented.
package incentives
