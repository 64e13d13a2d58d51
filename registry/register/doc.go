// Package register decides who belongs to a disease register, why and since when.
//
//   - by claims: [CCW30] and [CCW27], the Chronic Conditions Warehouse lists, or a [Profile] of your own; [Compile], then [Claims.Evaluate] for a person and year
//   - why, claim by claim: [Claims.Explain]; with coverage: [CoverageFlag]
//   - by the chart, with codes that resolve a diagnosis: [Chart]
//   - where a registered person stands: [CareState], [Outcome]
//
// Claims rules: windows are whole calendar years; a tier is met by a chain of
// claims on different dates; a claim with an exclusion code does not count, other
// claims of the person still do; equipment and ambulance lines never count. Code
// tables are data with provenance. A compiled profile is immutable and may be
// shared; Members belong to one goroutine and make evaluation free of allocation.
package register
