// Package hcc is the CMS-HCC risk adjustment model of Medicare Advantage: versions
// V28, V24 and V22, in all nine segments.
//
//   - load a [Version] with the diagnosis table of a payment year: [New]; which ship: [Years]
//   - score a [Person]: [Model.Score] gives a [Score] in exact thousandths, with its [Segment] and [Issues]; after the hierarchy: [Model.HCCs]; a segment by name: [ParseSegment]
//   - every [Term], every [CodeFinding], every [Suppressed] HCC: [Model.Explain] gives an [Explanation]
//   - further edits of age and sex, which the model then says: [Model.With] of [Edit]
//   - what changed between two years or versions: [Diff]
//   - normalise, take off coding intensity, blend models: [PaymentScore] of each [Part] with the caller's [Adjustment] and [Rounding]; what CMS announced: [PublishedAdjustments], each a [YearAdjustment]
//
// # Rules
//
// Age is taken on 1 February of the payment year. Segment facts decide the segment,
// unless the caller gives it. Edits come first and replace the table for a code, then
// the table, then (V28) HCC 223 goes unless it stands beside heart failure, then the
// hierarchy row by row on the set as it stands, then interactions and the count of
// payment HCCs on what is left. Only original entitlement 1 makes a member of 65 or
// older originally disabled. New enrollees are scored without diagnoses.
//
// Bad facts never stop the calculation silently: see [Issues]. Missing or unknown
// entitlement and dual status count as the less expensive choice. An age above 130 gives no
// score. Factors are whole thousandths,
// added as integers. A model is immutable and may be shared; Score does not allocate.
//
// # Scope
//
// Diagnoses must come from risk-eligible claims of the year before the payment year;
// choosing those claims (a list of procedure codes) is the caller's, and so are the tables
// of the optional age and sex edits of the Medicare Code Editor. ESRD, RxHCC, HHS-HCC, PACE
// blends and the frailty add-on are out of scope. Tables are work of the US
// Government; where a year's table came through a re-encoding, the table says so.
package hcc
