// Package cvd holds published equations of cardiovascular risk as data for package
// stratify.
//
//   - which equations are there: [Names]; one of them, compiled: [New]; all: [Models]
//   - implements the PREVENT equations (2023), 5 sets of inputs × 2 horizons × 5 outcomes: [PREVENT] names one (its [Outcomes]), [PREVENTSet] finds the set of inputs that a person has
//   - Pooled Cohort Equations: "pce@2013", and the revision "pce@2018"
//   - SCORE2 family: "score2@2021" (40-69 years), "score2-op@2021" (70-89), "score2-asia-pacific@2025", "score2-diabetes@2023"; [SCORE2] names the one for an age
//   - Framingham 2008 general cardiovascular risk: "framingham-lipids@2008", "framingham-bmi@2008"
//
// # Inputs
//
// All equations share their names: sex (female, male), age in completed years, race
// (black, other), region (low, moderate, high, very_high), sbp in mmHg, tc and hdl in
// mg/dL or mmol/L (say which), bp_treated, statin, smoker, diabetes as flags, egfr in
// mL/min/1.73m2, bmi in kg/m2, uacr in mg/g or mg/mmol, hba1c in % or mmol/mol, sdi as
// decile 1-10, age_at_diagnosis. A model asks only for what its outcome needs: heart
// failure of the PREVENT equations takes no cholesterol.
//
// # Scope
//
// Ages outside the published range are refused; so are values outside it, or outside
// bounds of plausibility where nothing is published. Bounds of eGFR and BMI in the
// PREVENT equations are unconfirmed: values outside are used and flagged. Use
// [stratify.Model.With] to decide otherwise; the score then says so. The 30-year
// equations are for ages 30-59. Values are probabilities, unrounded. QRISK is not here:
// its licence does not allow it.
//
// PREVENT is a mark of the American Heart Association; this package implements the
// published equations and is not endorsed by anyone. Risk equations can be regulated
// medical-device functions in some countries. This is not medical advice.
package cvd
