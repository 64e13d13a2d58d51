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
//   - a person and what happened: [Patient], [Fact] with [Kind], [Status], [Intent], [Category], [Verification], [Value] of a [ValueKind], [Component], [Visit] with [EncounterDx], [Supply], [Sex]; from FHIR codes: [ParseStatus], [ParseVerification], [ParseIntent], [ParseCategory]; values: [QuantityOf], [CodesOf]
//   - when: [Date], [Moment] with a [Clock], [Span], [PartialDate] by an [Imputation]; made by [Day], [NewDate], [ParseDate], [NewClock], [At], [On], [Between], [Since], [Instant]
//   - calendar arithmetic: [IsLeap], [DaysInMonth], [MonthsBetween], [CalendarMonths], [Ordering]; ages: [Age], [AgeLeap] with a [LeapBirthday]
//   - spans of days: [CalendarYear], [CalendarQuarter], [CalendarMonth], [FiscalYear], [ReferenceYears], [LastDays], [LastMonths] and [LastYears] with a [FarEdge], [Around], [SortPeriods]; days off: [Calendar]
//   - codes: [Code] in a [System], [NewCode], [CanonicalSystem], [NormalizeCode]; value sets: [ValueSet], named by a [Set], [BareOID]
//   - measured values, exactly: [Number], [Num], [ParseNumber], [Quantity] with a [Comparator], [CanonicalUnit]
//   - insurance: [Enrolment] for a [Cover] of [Benefit]; [NormalizeEnrolments], [MergeEnrolments] and [EnrolmentError]; [ContinuousEnrolment] with its [EnrolmentFault], [ContinuouslyEnrolled], [ProductOn], member months by a [MonthRule]
//   - from FHIR: package registry/fhir
//
// # To ask
//
//   - combine: [All], [Any], [Not], [Named]
//   - is there such a fact, how many, on how many days: [Exists], [Count] ([Distinct]) of a [Query]; several queries: [Union]
//   - the first or the most recent, with a rule for ties: [The], [Pick] with a [Tie]
//   - relative to another event: [Given], [Is], [With], [Without] [OtherThan], [If], [SpanOf] and bounds such as [StartOf], [EndOf], [AuthoredOf], [CoverStartOf]
//   - about the person: [AgeAt], [SexIs], [SexCodeIs], [DiedBy]
//   - days covered by medicines: [CoverDays], [SupplyDays]; the arithmetic itself: [Supply], [CoveredDays], [CarryForward], [LongestGap]
//   - conditions on one fact: each a [Test]; its state: [StatusIn], [StatusNotIn], [IntentIn], [IsOrdered], [NotRefused], [VerificationIn], [InCategory]; its time: [When], [WhenOf], a [Timing] of an [Aspect] in a [Relation], [AgeAtFact]; its value: [Compare] by an [Op], [ValueIn], [ValueIs], [HasValue], [WithoutValue], [HasQuantity]; its codes: [CodeIn], [CodeIs], [ReasonIn], [ReasonIs], [SiteIs], [SeverityIn]
//   - conditions on visits and orders: [ClassIn], [DischargedTo], [LocatedIn], [DiagnosedWith], [PrincipallyDiagnosedWith], [BelongsTo], [RefillsAtLeast], [DailyDoseAbove] with a [Strength]; combined: [AllOf], [AnyOf], [NoneOf]
//   - windows: a [Window] of two [Bound]; [ThePeriod], [UpToPeriodEnd], [YearsBefore], [FromTo], [Within] of bounds such as [PeriodStart], [PeriodEnd], [BirthDate], [YearDay]
//   - what nothing else words: [Rule] of [Found] facts and [FactRule]
//
// # To get answers
//
//   - bind a [Definition] once against value sets: [NewBinder], [Binder.Lexicon]; everything missing or wrong comes in one error, sets as [MissingSets]
//   - lay out a record: [NewChart], [Chart.Load], [Chart.LoadAsOf]; what was left out and why: [LeftOut]
//   - go through facts: [Selector], [Walk]
//   - read them: [Finding], [Evidence], [Reason] (the DEQM gap reasons)
//   - count exactly: [Rate], [Tally], [NewTally]
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
// # Cost
//
// Loading reads each fact once and sorts. A query whose tests bound the days on which its facts
// happen ([When] with a [Window]) reads of a long list only the facts of those days, found by
// halving; so does a pick of the first or last of them. Joining visits with what lies on their days costs
// little more than the visits. A query by order date or covered days reads its whole list.
//
// # Rules
//
// Dates are civil days, ages change on birthdays (1 March for those born on 29
// February), periods are closed at both ends, and "as of" is always an argument:
// nothing reads a clock. Evaluation is total: no fact makes it fail. Facts entered
// in error or refuted, repeated facts and facts that end before they start (but for
// diagnoses, which go on) are left out and counted. Lexicons and criteria are immutable
// and may be shared; a chart belongs to one goroutine. Values in another unit, or without one, satisfy nothing.
//
// Out of scope: I/O, terminology content (value sets come from the caller), and
// medical advice.
package registry
