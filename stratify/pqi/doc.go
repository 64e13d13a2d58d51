// Package pqi flags hospital stays that good care outside the hospital might have
// avoided: the area-level Prevention Quality Indicators of the US Agency for
// Healthcare Research and Quality (AHRQ), version 2024.
//
//   - load the code sets: [New] gives the [Software]
//   - flag a [Discharge]: [Software.Of] gives a [Result] with its [Flags]; with reasons and codes: [Software.Explain] gives each [Finding]
//   - did the patient come from another facility: [TransferIn]
//   - which indicators and composites there are: [Indicator]
//
// The first diagnosis is the principal one. A record without sex, age, principal
// diagnosis, quarter or year, with DRG 999, or of a person younger than 18 (save
// obstetric ones) is dropped, and the result says why; a transfer in flags nothing.
// Malformed codes set nothing and are counted.
//
// The package gives flags. Rates need the population of the area, of the same ages,
// as the denominator; AHRQ's risk adjustment is out of scope. Software is immutable
// and may be shared; flagging does not allocate.
package pqi
