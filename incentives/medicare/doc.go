// Package medicare has payment schemes of the US Medicare programmes as values.
//
//   - Hospital Value-Based Purchasing: [VBPMeasure], [VBPTotal], [VBPSlope], [VBPFactor]
//   - Skilled Nursing Facility Value-Based Purchasing: [SNFReturn], [SNFFactor]; Hospital Readmissions Reduction: [ExcessPayments]; Home Health: [HomeHealthAdjustment]
//   - Merit-based Incentive Payment System: [MIPSCategory], [MIPSImprovement], [InteroperabilityPoints], [MIPSAdjustment], [MIPSScaling], [MIPSYears]
//   - Shared Savings Program: [MinimumSavingsRate], [Tracks], [SharedSavings]
//   - Value Modifier: [ValueModifier], [ValueModifierX]; star rating reward factor: [RewardFactor], [RewardClasses], [StarRating]
//   - ESRD Treatment Choices: [ETCAchievement], [ETCAdjustment]
//
// Formulas are of the Code of Federal Regulations, title 42, named at each function;
// what is derived or unconfirmed says so. Domain weights by year, national slopes and
// the exchange function of skilled nursing facilities were not read: the caller gives
// them. Everything is exact; round with the rounding of your contract.
package medicare
