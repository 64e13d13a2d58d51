// Package risk has the budgets and risk shares around pay for performance.
//
//   - a budget by members: [Capitation], [SubCapitation], [PaymentRatio]
//   - who bears what: [Scope] (the division of financial responsibility), [StopLoss]
//   - surplus and deficit: [Gainsharing], with corridors and a quality gate
//   - claims not yet reported: [CompletionIBNR], [ChainLadder]
//   - actual against plan by service line: [AgainstPlan]
//   - contracts of the source studies: [Bundle] with warranty, [DepressionCare] (DIAMOND) and its [NeutralRate], [NeverEvents], [CoordinationFee], [ComprehensivePayment]
//   - choices: [PerDiemBreakEven], [SiteOfCare]
//   - base pay and other budgets: [Blend], [ScorePayment], [InsuranceRisk], [PoolSize], [Carry], [Tariff], [QualityTariff], [PACE], [PooledBudget], [PersonalBudget], [ManagementFee], [OverheadShare], [RiskPosition], [ChainOfCare], [DiseaseProgramme], [Substitution], [FederalSplit], [GraduatedShare], [SelfReferrals]
//
// All amounts are exact fractions of the caller's currency unit; nothing is rounded.
package risk
