// Package register decides who belongs to a disease register, why and since when.
//
//   - by claims: [CCW30] and [CCW27], the Chronic Conditions Warehouse lists, [CCW30Later] with codes of later years, or a [Profile] of your own; [Compile], then [Claims.Evaluate] for a person and year; over time: [Claims.Spells]
//   - why, claim by claim: [Claims.Explain]; with coverage: [CoverageFlag], [UntilDeath]
//   - by the chart: the 21 registers of general practice, [EHR]; ten to start with, [Starter]; a [Register] of your own; bind them with [New] or [Bind]
//   - who is on, since when and how surely: [Registers.Evaluate], [Registers.Holds]; why, and what is missing: [Registers.Explain]; over time: [Registers.Spells]; who left and why: [Registers.Leavers]
//   - parts of rules: [Standing], [EpisodeStart], [Ever], [Cascade], [Clinical]; one rule as a definition for indicators: [Chart]; an indicator as a cascade: [HbA1cTarget]
//   - type of diabetes: [NewDiabetesTyping]; contradictory diagnoses: [ConflictOf], [Contradictory]
//   - people who look like cases: [CaseRules], [NewCaseFinder]; two lists compared: [Reconcile]; is a register as large as expected: [SizeCheck]
//   - where a registered person stands in a programme: [CareState], fed with control by [Bands]; who missed an appointment: [OverdueAppointment]
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
