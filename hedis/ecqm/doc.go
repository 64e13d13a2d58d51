// Package ecqm holds 22 public electronic clinical quality measures of the US
// Medicare programme for two reporting years, worded in the library's own criteria
// and checked against the measures' public test cases.
//
//   - which years are there: [Years], each a [Year]
//   - all measures of a year, bound to your value sets: [New]; their definitions: [Programme]; one: [Measure]
//   - which value sets a measure names: [Sets]
//   - to try it out: [StarterSets] and [StarterProgramme], which hold the [StarterMeasures]
//   - test cases with which the library disagrees, and why: [Disputed] lists each [Dispute], [IsDisputed] finds one
//   - what changed between the years: hedis.Changes of two [Measure] values
//
// One file holds one measure; shared.go holds what measures share (hospice,
// palliative care, frailty, nursing home residence, qualifying encounters),
// edition.go what differs between years, sets.go the names of the value sets. To
// add a measure, write its file and add it to the list in edition.go.
//
// The logic was derived from the published specifications (CQL and measure texts,
// annual updates of 2024 and 2025). Value sets are licensed content (CPT, SNOMED
// CT, VSAC) and not part of the library: single codes that the specifications
// reference directly appear as bare identifiers. The measures are not certified,
// and nothing here is medical advice.
package ecqm
