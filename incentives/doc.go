// Package incentives turns measured rates and costs into points and money, exactly,
// and shows every step.
//
// # By task
//
//   - numbers without rounding: [Exact], made by [Int], [Frac], [Parse], [MustParse], [OfDecimal] or [OfRate]; round once, by a [Rounding] with its [Mode]
//   - what was achieved: [Performance], made by [OfCounts], [OfValue] or [Missing], read by a [Counting]; its [Status] keeps missing, not scored and zero apart
//   - from a rate to points, each a [Schedule]: [Threshold], [Linear], [Ladder] of [Step], [Polyline] of [Knot], [Deciles]; which way is better: [Direction]
//   - against one's own past: [AchieveImprove] gives an [AchieveImproveScore], [GapClosing] a target; by two classes: [Grid] of [Cell]; layer by layer of an amount: [Bands], each a [Band]
//   - from points to a score: [WeightedMean], [PointsOver], [NthLowest] of [Item], by a [MissingPolicy]; weights that must add up: [CheckWeights]
//   - limits and conditions: [Gate] with its [GateEffect], [Limits], [SalaryBand], [Withhold], [ProRate]
//   - order: [Rank] each [Unit] by a [TieRule], giving each [Ranked]
//   - share out a pool to the penny: [Allocate] to each [Party] by a [Method], giving each [Share]
//   - an itemised, replayable result: [Statement] of [Line], each with a [LineStatus] and its [Evidence]; step by step: [Trace] of [TraceStep], each an [Op] on [Operand]
//   - money: [Currency], one of [EUR], [GBP] and [USD]
//   - look for trouble before money moves: [Lint] of a [Contract] (its [ContractMetric] with [Tag] and [Level], its [BaseMethod]) gives each [LintFinding] with its [Severity]
//   - what one more patient is worth, by a [Pay]: [PatientsFor], [ToReach], [NewPatientsToReach]; every [Kink]: [Curve]; what each line could still earn: [AtRisk]
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
