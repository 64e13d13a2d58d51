// Package stratify scores people with published models: models as data, and answers
// that show every term.
//
//   - a score with its reasons: [Score] holds [Term] by term what adds up, [Suppressed] conditions, the inputs as [Used], the [Band], and [Issue] by issue (each with its [IssueCode]) what is the matter
//   - which model was it, and was it changed: [Reference]
//   - one person with named inputs and units: [Model.Score] of [Inputs], each a [Datum] made by [Num], [YesNo] or [Word]
//   - values of a patient's record: [FromQuantity], [FromSex]; finding the most recent one is package registry's job
//   - a population, fast: [Model.Vector] once, then [Vector.Set] and [Model.Value] without allocation; [Model.Explain] for those who ask why
//   - a model of one's own: [Definition], compiled by [Compile] into a [Model]; from JSON by [Load], or by [Decode] to change it first
//   - a published model with local changes, which every score then names: [Model.With] of [Change], each a [Setting]; what differs between two models: [Diff] gives each [Difference]
//
// # Where the models are
//
// This package holds the vocabulary and the engine, and no table: importing it alone
// pulls none into a program. Comorbidity indices and the frailty score from codes are
// in stratify/comorbidity, AHRQ's Elixhauser-Refined in stratify/ahrq, avoidable
// admissions in stratify/pqi, CMS-HCC in stratify/hcc, cardiovascular equations in
// stratify/cvd, readmission in stratify/readmission, small point scores in
// stratify/points. Tiers, eligibility and the evaluation of scores are in
// stratify/tier, stratify/eligibility and stratify/evaluate.
//
// # Models of one's own
//
// A [Definition] is a Go value or JSON of the same fields:
//
//   - "form": how the sum of the terms becomes the value, a [Form]
//   - "inputs": each an [Input] of a [Kind], in a [Unit], with its range and the [Policy] for what lies outside
//   - "derived": a quantity of one or two inputs, a [Derived] by an [Operation]
//   - "factors": an input after one [Transform], a [Factor]; of a banded one, each [Step]
//   - "select": the categories that choose an [Equation]
//   - "equations": their terms, each a [Coefficient], {"coef": 0.3742, "product": ["cage", "smoker"]}
//
// The data files of the sub-packages are examples. A fault is never repaired: [Compile]
// lists them all.
//
// # Rules
//
// Scoring a person never fails: bad facts become issues, and a score that cannot be
// computed says which input it lacks. Nothing is filled in silently. Order, time and
// goroutine change nothing; there is no randomness, no clock and no state.
//
// # Units and exactness
//
// Units are UCUM or a common spelling; where an input is known in several, the unit
// must be said. Points are whole numbers in a stated scale and exact. Equations are float64, summed
// in table order without fused multiply-add; across machines they agree within 1e-12
// of their size. Rounding is for display and never fed back.
//
// Scores shown to clinicians can be regulated medical-device functions in some
// countries. This is not medical advice.
package stratify
