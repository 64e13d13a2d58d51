// Package comorbidity turns diagnosis codes into comorbidities and weighs them.
//
//   - which maps and weights ship: [Maps], each [Published] for a version of the [ICD]; where two maps differ: [Diff]
//   - which diseases do these codes stand for: [NewMap] of a published code map, then [Map.Flags] (plain codes) or [Map.FlagsOf] (coded values) for a [Result] with its [Flags]; [Map.Of] (a patient's record) for what is [Found], with the [Evidence] behind each condition
//   - which diagnoses count: [Diagnoses] of a record, each a [Diagnosis] from a [Source]; then [Map.Select] by a [Selection] (window, index stay, [PrincipalRule], present on admission, sources, repeats outside hospital) for what is [Selected] and [LeftOut]; [Selection.Keep] for other models
//   - encounter by encounter, what is new and what was known: [Map.Course], each a [Stay]
//   - the milder form beside the graver one: [Map.Hierarchy]; both sets stay available, [Map.Suppressed] says by each [Pair] which cleared which
//   - how many: [Flags.Count]; how heavy: [NewIndex] with published weights, [Index.Score]; [Term] by term: [Index.Terms]
//   - Charlson's age points and ten-year survival: [AgePoints], [AgePointsUncapped], [TenYearSurvival]
//   - frailty from the diagnoses of admissions: [NewHFRS], then [HFRS.Score] gives an [HFRSResult] in a [FrailtyBand]
//   - maps and weights of one's own: [Compile] of a [Table] of [Prefix] and [Pair], [CompileIndex]; changes to a published one, which then says so: [Map.With] of [Change], [Index.With]
//
// # Maps and weights
//
// Charlson: Quan 2005 (ICD-10, ICD-9-CM), Deyo 1992 (ICD-9-CM), Sweden 2021, Australia
// 2004; weights of 1987 and of Quan 2011. Elixhauser: Quan 2005 (ICD-10, ICD-9-CM); weights of van Walraven 2009,
// of the Swiss study of 2021, and of AHRQ 2017. AHRQ's Elixhauser-Refined, which
// needs present-on-admission data, is package stratify/ahrq.
//
// # Rules
//
// A code that is missing or malformed never adds disease, and is counted. Order and
// repetition of codes don't matter. Points are whole numbers (tenths for the frailty
// score), so scores are exact. Maps and indices are immutable and may be shared; the
// flag path does not allocate. Look-back, principal diagnosis and present on
// admission are the caller's: no publication fixes them for Charlson and Elixhauser.
//
// Scores shown to clinicians can be regulated functions in some countries. This is
// not medical advice.
package comorbidity
