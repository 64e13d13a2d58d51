// Package groups has the pay-for-performance schemes of the managed care organisations
// and medical groups in the source studies, and of states and countries beside them.
//
//   - a bonus on salary: [KaiserBonus] of [Parts] and [KaiserPool] of [Physician], [GroupHealthBand] (King's Fund 2004); [GeisingerAtRisk] (King's Fund 2010); [CalifornianBonus], [OwnershipPay] (Nuffield Trust 2011)
//   - pay for targets met: [TouchpointBonus] gives each [TargetResult], [TouchpointDiabetesTarget], [AnthemIncentive] says which [Payee], [RecognitionAward] and [PaymentForQuality] of HealthPartners (King's Fund 2004); [PracticeSummary] (King's Fund 2010); [OnTop] of each [Fee] (Nuffield Trust 2009)
//   - pay for tasks and bundles: [TaskPoints] of [Task], [ClinicalPilot] (King's Fund 2004); [BridgesToExcellence], [GeisingerBundleBonus], [AdvancedHome] (Nuffield Trust 2009)
//   - a score of several metrics: [Score] of each [Metric]
//   - what a bonus adds to base pay: [MeanUplift] (Hill Physicians; Nuffield Trust 2009)
//   - primary and specialist care together: [JointIncentive] (King's Fund 2004)
//   - compare and call to account: [Scorecard] of [Specialist] and [ProductivityOf] a doctor as [Productivity] (Nuffield Trust 2011); [Accountable] of each [Quarter] gives the [Accountability] (King's Fund 2010)
//   - what the patient pays: [CoPayment] (Nuffield Trust 2009)
//   - Massachusetts: [MassHealthAchievement], [MassHealthImprovementTarget], [MassHealthImprovement], [MassHealthSubstitution], [MassHealthDomain], [GapToGoal]
//   - Oregon: [OregonMet], [OregonFull]; Ontario: [OntarioBonus]; Djibouti: [DjiboutiMultiplier]; Rwanda: [RwandaWeights]
//
// None of the private schemes has a published worked number: their parameters are the
// source's, and weights, curves and amounts that it does not give are the caller's.
//
// Amounts are exact fractions of the caller's currency unit, save those that are said to be
// minor units; scores and shares run from 0 to 1 unless a function names another scale.
// Errors wrap those of package incentives.
//
// Out of scope: measuring (package hedis), attributing patients, and schemes without a
// published rule.
package groups
