// Package hedis is the indicator engine: it binds definitions of quality
// measures, sorts patients into their populations, explains every answer, and
// compares plans and practices by the results. HEDIS-style: not certified by the
// NCQA, whose trademark HEDIS is.
//
// # Indicators
//
//   - define: [Indicator], [RateDef], [Stratum], [Programme]; the criteria come from package registry
//   - check the definition: [Lints]; read it: [Indicator.Words]; what changed between two versions: [Changes]
//   - bind: [New] gives an [Edition], or one error with everything that is missing or wrong
//   - count a patient: [Edition.Classify], 0 allocations; a population: [Edition.Count] over an iterator; merge parts: [Tally.Merge]
//   - explain: [Edition.Explain], with "why not in the numerator" in the unmet parts ([Leaves])
//   - gaps in care, DEQM statuses and reasons, with prospective ones: [Edition.Gaps]
//   - data requirements: [Edition.Requirements]; FHIR results: [Edition.IndividualReport], [Edition.SummaryReport]
//   - property tests of your own indicators: [Edition.Subject] with registry/registrytest
//
// Ready-made: hedis/ecqm, the public measures of today; hedis/hedis2001, the
// chronic-care indicators of the source study.
//
// # Rates and comparison
//
//   - intervals and comparison of two rates: [Wilson], [ClopperPearson], [CompareRates]; standardisation: [DirectlyStandardise]
//   - small numbers: [ReportState], [Suppress]; hybrid samples: [HybridSample]
//   - surveys: [SurveyComposite]; composites: [CompositeTally], [WeightedComposite], [LinearComposite]
//   - peers: [ComparePeers], [Quantile], [Stars], [BenchmarkIndex], [AchievableBenchmark]; variation: [Vary]; what the best quarter would save: [TopQuartileOpportunity]
//   - plans, as the study chose them: [ScorePlans], [RankPlans], [Ranking.Select]; its published table: [Table2]
//
// # Utilisation and outcomes
//
//   - hospital: [NewStays], then [Stays.Admissions], [Stays.BedDays], [Stays.LengthOfStay], [Stays.Readmissions], [Stays.Avoidable], [Stays.DelayedTransfers]
//   - per 1,000 people or member-years: [Exposure]; returns, contact mix, use: [ReturnWithin], [ContactMix], [UsedBy]
//   - function and reported outcomes: [FunctionalDecline], [MeanChange], [RelativeRisk]; questions put to some only: [Among]
//   - medicines, cost, members, data: [GenericShare], [Adherence], [CostPerPatient], [Saving], [Turnover], [DataLag]
//   - before and after, treated and control: [Change], [Effect]; quality by domain: [CompareDomains]
//
// # Rules
//
// Populations follow proportion scoring: exclusions leave the denominator and the
// numerator, exceptions count only outside the numerator. Counts are exact
// integers; a rate with an empty denominator is undefined. An Edition is immutable
// and shared; a chart and an outcome belong to one goroutine.
package hedis
