// Package panel decides which provider answers for a person, and keeps the panels
// that follow from it.
//
//   - what is known of a person: [Record] with [Visit] and [Registration]; from a patient's facts: [RecordOf]
//   - how providers are chosen: [Policy] of [Pass] by [Method] and [TieStep], checked by [New]; the ladder of payers: [PrimaryFirst]
//   - who answers for a person, with votes, tie steps and passes: [Rule.Attribute] giving an [Attribution] with each [Vote] and [TieResult], or a [Reason]
//   - the panels of a population: [Gather] of [Assignment], then [Panels.Panel], [Panels.Sizes] ([Size]), [Panels.Weigh], [Panels.Unassigned]
//   - what changed between two days: [Moves], each a [Move] of a [MoveKind]
//   - has everybody exactly one accountable provider: [OneAccountable] of [Accountable], giving [AccountFault]
//
// # Rules
//
// One visit counts for a provider and day. Look-backs end on the day asked about and
// leave their far day out. Passes are tried in order and the first that yields
// somebody decides; so a look-back of 24 months after one of 12 keeps those who were
// not seen in the last year. Ties are broken step by step, the last step is always the
// lowest provider ID. People whom nobody answers for are never dropped: they carry a
// reason. Visits without a provider, a day or in the future are left out and counted.
//
// After the medical home, whose physicians know the people they are responsible for
// (Nuffield Trust 2009, NT2009:611-616; King's Fund 2010, KF2010:341, 639). Money is
// in the smallest unit of a currency. A rule is immutable and may be shared; an
// Attribution holds storage and belongs to one goroutine.
package panel
