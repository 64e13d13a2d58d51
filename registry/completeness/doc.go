// Package completeness finds what is wrong with a record and what is missing from it,
// and makes tasks of both, each for one role.
//
//   - what is wrong: [NewChecker] with [Options], [Checker.Check] of a [Record] (with [Appointment], [Contact], [Unresolved]) giving [Issues], an [Issue] for each fault, by [Code]
//   - a source that reuses IDs: [KeepFirst]
//   - units and plausible ranges, exactly: [LoadUnits], [Units.Convert], [Units.Satisfies], [Units.Judge]
//   - which codes are which measurement: [Analyte]; to start with: [StarterAnalytes]
//   - codes alone: [CheckCode]
//   - what is expected of whom: [Spec] with [Register], [Item], [Pending], [Treated], [TypeRule]; checked: [Compile]
//   - the items and tasks of a person: [Plan.Report] giving [ItemReport] in an [ItemState], [RegisterScore], and each [Task] of a [TaskKind] with its [Rung]; of many: [Worklist]; what was closed: [Closed]
//   - filled of expected, by register, provider and item: [Scores] of [Cell]; the worst first: [Weakest]
//   - readings of patients and devices, kept apart from the clinic's: [Reading] by [Channel], [Split]
//
// # Rules
//
// A value without a unit, in a unit that cannot be converted, or outside the range of
// the plausible is not used, and reported; HbA1c per cent is never guessed from mmol/mol
// or the reverse. Conversions compare exactly: nothing is rounded before a limit. A value
// with a comparator is plausible when some plausible value fits it. Facts with one kind
// and ID but different content: the first by record date, then content, is right and
// the others are reported. Facts entered in error or refuted are not checked.
//
// A fact fills an item when it stands by its status: preliminary and cancelled results, care not
// done and suspected diagnoses don't; a fact without a status does.
// An item is expected of the members of its registers; dead people and people who have
// left are expected nothing. A self-reported reading fills an item only when the item
// says so. A task belongs to the role that its age has reached (clerk, nurse after 14
// days, case manager after 42; for people at highest risk at once), and closes by its own
// test alone. Score is filled of expected; nothing expected is undefined. After
// King's Fund 2004 (KF2004:1770-1772, 2185-2187): named people from clerk to case manager
// make good the gaps in the data.
//
// Out of scope: repairing a record; unwritten facts are for people to find. A compiled
// plan and a checker are immutable and may be shared; a [Report] belongs to one goroutine.
package completeness
