// Package ahrq is the Elixhauser Comorbidity Software Refined for ICD-10-CM of the
// US Agency for Healthcare Research and Quality (AHRQ, HCUP), releases 2022.1 to
// 2026.1: 38 comorbidity measures of one hospital stay and two indices.
//
//   - load a release: [NewElixhauser]; which there are: [Releases]
//   - comorbidities and both indices of a stay: [Elixhauser.Of] a [Discharge] gives [Comorbidities]; their names: [Elixhauser.Names] of [Measures]
//   - what each diagnosis did, and what each measure weighs: [Elixhauser.Explain] gives an [Explanation] of [DiagnosisFinding] and [Term]
//   - what changed between two releases: [Diff]
//
// The principal diagnosis never counts. Half of the measures ask whether the disease
// was present on admission (POA); without POA data they are missing, not absent, and
// the indices rest on the others. Codes that are exempt from POA depend on the
// version of ICD-10-CM, hence on the year and quarter of the discharge; a date outside the
// release has its last list, and the result says so.
//
// Weights are whole numbers and indices exact. A malformed code sets nothing and is
// counted. A release is immutable and may be shared; Of does not allocate. For
// research and quality work, not medical advice.
package ahrq
