// Package register decides who belongs to a disease register, why and since when.
//
//   - by claims: [CCW30] and [CCW27], the Chronic Conditions Warehouse lists, [CCW30Later] with codes of later years, or a [Profile] of your own ([Condition], [Tier], [Position]); [Compile], then [Claims.Evaluate] for a person and year, giving [Members], each a [Membership]; over time: [Claims.Spells]
//   - why, claim by claim: [Claims.Explain], each a [ClaimFinding]; with coverage: [CoverageFlag], [UntilDeath]
//   - by the chart: the 21 registers of general practice, [EHR]; ten to start with, [Starter]; a [Register] of your own, codes by prefix with [Expand]; bind them with [New] or [Bind] under a [Policy] ([DeathPolicy])
//   - who is on, since when and how surely: [Registers.Evaluate] into [Results], each an [Entry] with [Reason] and [Confidence]; [Registers.Holds]; gone for a time: [Departure]; why, and what is missing: [Registers.Explain], an [Explanation]; over time: [Registers.Spells]; who left and why: [Registers.Leavers], each a [Leaving]
//   - parts of rules: [Standing], [EpisodeStart] ([SameDay]), [Ever], [Cascade] of [Step] and [Act], [Clinical]; one rule as a definition for indicators: [Chart]; an indicator as a cascade: [HbA1cTarget]
//   - type of diabetes: [NewDiabetesTyping], [DiabetesTyping] giving a [Typing] with a [DiabetesType]; contradictory diagnoses: [ConflictOf] ([Conflict]), [Contradictory] of [Pair], giving [Contradiction]
//   - people who look like cases: [CaseRules] ([CaseRule], [CaseSets]), [NewCaseFinder], [CaseFinder] giving [Case]; two lists compared: [Reconcile] of [Listed], giving a [Reconciliation] of [Difference] by [Side], with [ReasonCount]; is a register as large as expected: [SizeCheck]
//   - where a registered person stands in a programme: [CareState] of [CareFacts] with [Measure] by a [CareRule], giving a [State]; control by [NewBands], [Bands], [Band], [SugarTest]; who missed an appointment: [OverdueAppointment] of [CareAppointment] with [CallResult], giving [Overdue]
//
// # Rules
//
// Claims: windows are whole calendar years; a tier is met by a chain of
// claims on different dates; a claim with an exclusion code does not count, other
// claims of the person still do; equipment and ambulance lines never count.
//
// Chart: a register asks about the end of a period; facts after it don't count, and
// facts without a start day count on no day. What was known on a day is a matter of
// loading the chart as of it. The dead, transferred, opted out and merged are out
// with that reason, never dropped. A membership is [Tentative] when only unconfirmed
// diagnoses carry it, [Minimal] when the rule is met with just what it needs,
// [Corroborated] when any one date could go, [Established] when a clinician confirmed
// the diagnosis.
//
// Code tables are data with provenance; value sets of the EHR registers are the
// caller's. Compiled profiles and registers are immutable and may be shared; Members,
// Results and charts belong to one goroutine and make evaluation free of allocation.
// Not medical advice.
package register
