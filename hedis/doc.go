// Package hedis is the indicator engine: it binds definitions of quality
// measures, sorts patients into their populations, explains every answer, and
// compares plans and practices by the results. HEDIS-style: not certified by the
// NCQA, whose trademark HEDIS is.
//
// Ready-made indicators: hedis/ecqm, the public measures of today;
// hedis/hedis2001, the chronic-care indicators of the source study.
//
// # Indicators
//
//   - define: a [Programme] of [Indicator], each with one or more [RateDef], its [Stratum] and its [Improvement] notation; the criteria come from package registry
//   - check the definition: [Lints] with [LintOptions] gives each [Lint]; read it: [Indicator.Words]; what changed between two versions: [Changes]
//   - bind: [New] gives an [Edition], or one error with everything that is missing or wrong
//   - count a patient: [Edition.Classify] into an [Outcome], 0 allocations; by [Population] in [Counts]
//   - count people: [Edition.Count] over an iterator gives a [Tally]; merge parts: [Tally.Merge]; the performance rate: [CountTotals.Score]
//   - explain: [Edition.Explain] gives an [Explanation] of [RateExplanation] and [PopulationFinding]; why not in the numerator: [Leaves]
//   - gaps in care, also prospective ones: [Edition.Gaps] gives each [Gap] with its DEQM [GapStatus] and [GapReason]
//   - data requirements: [Edition.Requirements]; FHIR results: [Edition.IndividualReport], [Edition.SummaryReport]
//   - property tests of your own indicators: [Edition.Subject], a [Subject] for registry/registrytest
//
// # Rates, their uncertainty and their publication
//
//   - the [Interval] of a proportion: [Wilson], [WilsonContinuity], [ClopperPearson]; of events over time: [PoissonRate]
//   - two rates: [CompareRates] gives a [Comparison]; [DifferenceInterval], [RelativeRisk]
//   - standardise: [DirectlyStandardise] each [StandardStratum] by a [StandardInterval], giving a [Standardised] rate; [IndirectlyStandardise] each [ReferenceStratum]
//   - may it be shown: [ReportState] gives a [RateState]; hide small counts of a table: [Suppress] gives each [Cell]
//   - which charts to read by the hybrid method: [HybridSample]
//
// # Composites and surveys
//
//   - opportunity, all-or-none, patient average: [CompositeTally] of each [ComponentResult], which [ResultOf] takes from counts
//   - weighted or linear between floor and goal: [WeightedComposite] of [WeightedPart], [LinearComposite] of [LinearPart]; components without a rate: [MissingRate]; turn a rate of which lower is better: [Achieved]
//   - surveys: [SurveyComposite] of [SurveyItem], counted in a [SurveyTally], scored as a [SurveyScore]; scores that you adjusted for case mix: [AdjustedItem]; questions put to some only: [Among] gives a [ConditionalShare]
//
// # Peers
//
//   - funnel and ranks: [ComparePeers] of [Peer] by [PeerOptions] gives a [PeerComparison] of [PeerRow], each with an [Outlier] verdict
//   - places: [Ranks] by a [TieRank]; [PercentileRank]; [Quantile] by a [QuantileMethod], [QuantileGroup], [Quartile]; the best tenth, say: [TopShare]; [Stars]
//   - marks to aim at: [AchievableBenchmark], [BenchmarkIndex]; what the best quarter's level would save: [TopQuartileOpportunity] of [OpportunityUnit] gives an [Opportunity]
//   - how far apart units lie: [Vary] gives a [Variation]
//   - quality by domain: [CompareDomains] of [DomainResult], each of a [MeasureKind], gives each [DomainComparison]
//
// # Plans, as the study chose them
//
//   - score: [ScorePlans] of each [Plan] with its [MarkerValue] on each [Marker], by a [PlanScoring] (its [ScoreMethod], [MissingMarker], [PlanFilter] and [FilterWhen]), gives each [PlanScore]
//   - rank and choose: [RankPlans] gives a [Ranking] of [RankedPlan]; [Ranking.Select]; one of each kind: [OnePer]
//   - the published table: [Table2], each row a [StudyPlan]
//
// # Utilisation and outcomes
//
//   - hospital: [NewStays] of [Stay], each of an [AdmissionType], gives [Stays] and what is [StaysLeftOut]; then [Stays.Admissions], [Stays.BedDays], [Stays.LengthOfStay], [Stays.Avoidable], [Stays.DelayedTransfers]; [OccupiedBeds]
//   - readmissions: [Stays.Readmissions] by a [Readmission] gives a [ReadmissionRate]; look back on unplanned stays: [Stays.ReviewUnplanned] gives each [AdmissionReview]
//   - contacts: [ReturnWithin] of [Contact], [UsedBy], [ContactMix] gives the [ChannelUse]; per 1,000 people or member-years: [Exposure]
//   - function and reported outcomes: [FunctionalDecline] of each [FollowUp] gives a [DeclineRate]; [MeanChange]
//   - medicines: [GenericShare] and [Adherence] of each [Fill]; cost: [CostPerPatient], [Saving], [PerUnit]
//   - members: [Turnover], [MeanTenure]; how late data come: [DataLag] gives a [Lag]
//   - before and after: [Change], made by [ChangeOf] or [ByPercent]; against a control: [Effect]; studies in favour: [EvidenceTally] of each [StudyResult]
//
// # Rules
//
// Populations follow proportion scoring: exclusions leave the denominator and the
// numerator, exceptions count only outside the numerator. Counts are exact
// integers and rates of them [registry.Rate]; figures derived from them are exact
// fractions (big.Rat). Intervals and tests are float64, to about 1e-12. A rate
// with an empty denominator is undefined, never 0. An Edition is immutable
// and shared; a chart and an outcome belong to one goroutine.
//
// Errors wrap [ErrIndicator] (a definition), [ErrInput] (arguments that make no
// sense), [ErrUndefined] (a figure without a value) or registry.ErrTally (tallies
// that do not fit each other). Classifying and explaining a patient cannot fail.
//
// Out of scope: terminology content, case-mix adjustment, continuous-variable and
// ratio measures, and medical advice.
package hedis
