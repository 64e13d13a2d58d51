// Package risk has the budgets and risk shares around pay for performance.
//
//   - a budget by members: [Capitation] of each [Cell] gives each [Budget]; by risk score: [ScorePayment]; for a specialist group: [SubCapitation]; against fees: [PaymentRatio]
//   - base pay of several kinds: [Blend] of each [Stream], by its [Method], gives the [Income]
//   - who bears what: [Scope] (the division of financial responsibility) splits each [Claim]; [InsuranceRisk], [StopLoss]; how much risk to take: [GraduatedShare], [RiskPosition], [PoolSize] gives a [PoolEstimate]
//   - surplus and deficit: [Gainsharing] among each [Party], with corridors and a quality gate, gives each [PartyShare]; into the next year: [Carry]
//   - claims not yet reported: [CompletionIBNR]; [ChainLadder] gives a [Ladder]
//   - actual against plan: [AgainstPlan] of each [ServiceLine] gives each [LineReport]; the cost of running it: [ManagementFee], [OverheadShare]
//   - pay for an episode or a chronic disease: [Bundle] with warranty over each [EpisodeClaim]; [DepressionCare] (DIAMOND) and its [NeutralRate]; [CoordinationFee], [ComprehensivePayment], [DiseaseProgramme]
//   - pay by contract: [ChainOfCare] of each [Term]; [Tariff] of each [Activity] gives what is [Priced]; [QualityTariff]; [NeverEvents]; [SelfReferrals]
//   - budgets held together or by a person: [PACE]; [PooledBudget] of each [Partner]; [PersonalBudget] for each [Purchase] gives the [PersonalAccount]; [FederalSplit]
//   - choices of setting: [PerDiemBreakEven], [SiteOfCare]; [Substitution] by each [Shift]
//
// All amounts are exact fractions of the caller's currency unit; nothing is rounded. The one
// float is [PoolEstimate], which is no money. Errors wrap those of package incentives.
//
// Out of scope: finding the claims, attributing members, setting rates, and advice on
// contracts.
package risk
