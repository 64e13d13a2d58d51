// Package hedis2001 is the chronic-care indicator set of the source study (its
// Table 1), in the style of HEDIS 2001: 34 indicators from claims, enrolment and
// charts to counts.
//
// To do this, use that:
//   - list the indicators with source and confidence: [Table1], each an [Entry]
//   - see which value sets they need: [Sets], each a [SetInfo]; run with free codes: [Starter]
//   - bind a measurement year: [New], or take the definitions: [Programme]
//   - read the rules another way: [Params], with its [ExclusionPolicy]; another edition: [Edition2004], [Edition2006]
//   - score the two survey composites: [GettingCareQuickly], [GettingNeededCare], [Answers]
//   - ask for a target of your own: [HbA1cAtMost]
//   - combine the four processes of diabetes care: [DiabetesProcesses]
//
// Scope: the edition is named 2001 and the measurement year is an argument. The
// rules are worded by this library from public sources; what was inferred or
// belongs to later editions stands in each indicator's Notes. They are
// HEDIS-style, not certified by the NCQA, and ship no licensed codes. Not in
// scope: case-mix adjustment of surveys, chart review beyond the facts given.
//
// How facts are read. A stay or visit is an encounter with a class (v3 ActCode:
// AMB, HH, FLD outpatient; VR by telephone; SS day or night programme; EMER;
// IMP, ACUTE acute stay; NONAC non-acute stay), for stays the discharge
// disposition. A diagnosis on a claim is a diagnosis fact with the class as
// Setting, its place as Rank (1 is first-listed) and the encounter's ID;
// [FromEncounters] makes these facts from encounters that list their diagnoses,
// and must be run on such records. Fact.Provider holds the type of practitioner:
// see [ProviderPrimaryCare] and kin. A fill is a medication dispense with its
// days' supply; an inhaler carries the unit [InhalerUnit]. Blood pressure is one
// observation with two components. Values count in the units named; HbA1c in per
// cent or mmol/mol, never without a unit.
//
// Everything is exact and deterministic. A bound edition is immutable and may be
// shared; each goroutine needs a chart of its own.
package hedis2001
