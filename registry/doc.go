// Package registry is the vocabulary that the rest of the library speaks: facts
// about patients, questions about them, and answers that explain themselves.
//
// A patient's facts are looked up once in a [Lexicon] and laid out as a [Chart];
// a [Criterion] is a yes/no question about a chart over a [Period]. It answers
// twice: Holds, fast and without allocation, and Explain, with the facts that
// settled it. Indicators, registers, eligibility rules and gaps are all criteria.
//
// # To record what is known
//
//   - a person and what happened: [Patient], [Fact] with [Kind], [Status], [Intent], [Category], [Verification], [Value], [Component], [Visit], [Supply]
//   - when: [Date], [Moment], [Span], [PartialDate]; codes: [NewCode], [CanonicalSystem], [NormalizeCode]
//   - measured values, exactly: [Number], [Quantity], [CanonicalUnit]
//   - insurance: [Enrolment] and the functions beside it
//   - from FHIR: package registry/fhir
//
// # To ask
//
//   - combine: [All], [Any], [Not], [Named]
//   - is there such a fact, how many, on how many days: [Exists], [Count] of a [Query]; several queries: [Union]
//   - the first or the most recent, with a rule for ties: [The], [Pick]
//   - relative to another event: [Given], [Is], [With], [Without] and bounds such as [StartOf]
//   - about the person: [AgeAt], [SexIs], [DiedBy]
//   - days covered by medicines: [CoverDays], [SupplyDays]; the arithmetic itself: [Supply], [CoveredDays], [CarryForward], [LongestGap]
//   - conditions on one fact: [StatusIn], [When], [WhenOf], [Compare], [ValueIn], [ReasonIn], [BelongsTo], [AnyOf], [NoneOf] and kin
//   - windows: [ThePeriod], [YearsBefore], [FromTo], [Within] of bounds such as [PeriodStart], [BirthDate], [YearDay]
//   - what nothing else words: [Rule] and [FactRule]
//
// # To get answers
//
//   - bind once against value sets: [NewBinder], [Binder.Lexicon]; everything missing or wrong comes in one error
//   - lay out a record: [NewChart], [Chart.Load], [Chart.LoadAsOf]; what was left out and why: [LeftOut]
//   - read them: [Finding], [Evidence], [Reason] (the DEQM gap reasons)
//   - count exactly: [Rate], [Tally]
//   - read definitions by program: [Inspect], [Requirement]; build patients who meet them: [Specimen]
//
// # To run a disease register
//
//   - who is on which register, since when and why: package registry/register
//   - what is due to whom, recalls, visits for several diseases: registry/recall
//   - who answers for whom: registry/panel; lists and counts of sub-populations, small cells hidden: registry/population
//   - rates fed back to providers: registry/feedback
//   - missing and implausible data, units, self-reported readings: registry/completeness
//   - people and facts that are there twice: registry/linkage
//   - plans, prompts, summaries, lists compared: registry/review
//   - to test rules of your own: registry/registrytest
//
// # Rules
//
// Dates are civil days, ages change on birthdays (1 March for those born on 29
// February), periods are closed at both ends, and "as of" is always an argument:
// nothing reads a clock. Evaluation is total: no fact makes it fail. Facts entered
// in error or refuted, repeated facts and facts that end before they start (but for
// diagnoses, which go on) are left out and counted. Lexicons and criteria are immutable and may be shared; a chart
// belongs to one goroutine. Values in another unit, or without one, satisfy nothing.
//
// Out of scope: I/O, terminology content (value sets come from the caller), and
// medical advice.
package registry
