// Package groups has the pay-for-performance schemes of the managed care organisations
// and medical groups in the source studies, and of states and countries beside them.
//
//   - King's Fund 2004: [KaiserBonus], [KaiserPool], [GroupHealthBand], [TouchpointBonus], [TouchpointDiabetesTarget], [RecognitionAward] and [PaymentForQuality] (HealthPartners), [AnthemIncentive]
//   - Nuffield Trust 2009: [BridgesToExcellence], [GeisingerBundleBonus], [MeanUplift] (Hill Physicians)
//   - King's Fund 2010: [GeisingerAtRisk]; Nuffield Trust 2011: [CalifornianBonus]
//   - a score of several metrics: [Metric], [Score]
//   - Massachusetts: [MassHealthAchievement] and its kin, [GapToGoal]; Oregon: [OregonMet], [OregonFull]; Ontario: [OntarioBonus]; Djibouti: [DjiboutiMultiplier]; Rwanda: [RwandaWeights]
//   - and their secondary mechanisms: [TaskPoints], [ClinicalPilot], [PracticeSummary], [JointIncentive], [OnTop], [AdvancedHome], [OwnershipPay], [Scorecard], [Accountable], [ProductivityOf], [CoPayment]
//
// None of the private schemes has a published worked number: their parameters are the
// source's, and weights, curves and amounts that it does not give are the caller's.
package groups
