// Package medicare has payment schemes of the US Medicare programmes as values.
//
//   - Hospital Value-Based Purchasing: score a measure by [VBPMeasure], add up each [VBPDomain] by [VBPTotal], find the slope over each [Hospital] by [VBPSlope], pay by [VBPFactor]
//   - Skilled Nursing Facility Value-Based Purchasing: [SNFReturn], [SNFFactor]; Hospital Readmissions Reduction: [ExcessPayments] of each [Readmission]; Home Health: [HomeHealthAdjustment]
//   - Merit-based Incentive Payment System: [MIPSCategory], [MIPSImprovement], [InteroperabilityPoints]; the adjustment by [MIPSAdjustment] in a [MIPSYear] of [MIPSYears], balanced over each [Clinician] by [MIPSScaling]
//   - Shared Savings Program: [MinimumSavingsRate]; each [Track] by [Tracks]; settle an [ACO] that met a [Standard] by [SharedSavings], giving what is [Shared]
//   - Value Modifier: [ValueModifier], balanced over each [Physician] by [ValueModifierX]; star rating reward factor: [RewardFactor], [RewardClasses], [StarRating]
//   - ESRD Treatment Choices: [ETCAchievement], [ETCAdjustment]
//
// Formulas are of the Code of Federal Regulations, title 42, named at each function;
// what is derived or unconfirmed says so. Domain weights by year, national slopes and
// the exchange function of skilled nursing facilities were not read: the caller gives
// them. Everything is exact; round with the rounding of your contract. Errors wrap those of
// package incentives.
//
// Out of scope: measuring (package hedis) and risk adjustment (stratify/hcc).
package medicare
