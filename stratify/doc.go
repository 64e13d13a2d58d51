// Package stratify scores people with published models: models as data, and answers
// that show every term.
//
//   - a score with its reasons: [Score] holds [Term] by term what adds up, [Suppressed] conditions, the inputs as [Used], and [Issue] by issue what is the matter
//   - which model was it, and was it changed: [Reference]
//   - a model of one's own: [Definition] of [Input], [Factor] and [Equation], checked by [Compile]; from JSON by [Load]
//   - one person with named inputs and units: [Model.Score] of [Inputs]
//   - values of a patient's record: [FromQuantity], [FromSex]; finding the most recent one is package registry's job
//   - a population, fast: [Model.Vector] once, then [Vector.Set] and [Model.Value] without allocation; [Model.Explain] for those who ask why
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
// A [Definition] is a Go value or JSON of the same fields: "name", "source", "form"
// (points, logistic, cox, cox_recalibrated, share), "inputs" with kind, unit and range,
// "derived" quantities of two inputs, "factors" (an input after one transform),
// "select" (the categories that choose an equation) and "equations" with their terms,
// {"coef": 0.3742, "product": ["cage", "smoker"]}. The data files of the sub-packages are
// examples. A fault is never repaired: [Compile] lists them all.
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
