// Package points holds small published scores of chronic disease, each a data file of
// its own, for package stratify.
//
//   - which scores are there: [Names]; one of them, compiled: [New]; all: [Models]
//
// # Scores
//
// findrisc@2003: sex, age, bmi, waist in cm, bp_medicine, high_glucose, inactive,
// no_vegetables, family (none, second_degree, first_degree: the nearest relative, so
// that the higher of the two counts and not the sum). Range 0-26.
//
// bode@2004: fev1 in % of predicted, walk in m, mmrc grade 0-4, bmi. Range 0-10; the
// bands carry four-year survival.
//
// cha2ds2-vasc@2010: sex, age, heart_failure, hypertension, diabetes, stroke, vascular.
// Range 0-9.
//
// efi@2016: deficits, of 36. The caller decides each deficit, since the published code
// lists use licensed terminologies. Bands are decided on the whole number of deficits.
//
// ausdrisk@2010: sex, age from 25, indigenous_or_pacific, born_in_risk_region,
// family_diabetes, high_glucose, bp_medicine, smoker, no_vegetables, inactive,
// low_limits (descent with lower limits of waist), waist.
//
// atria-stroke@2013: sex, age, prior_stroke, diabetes, heart_failure, hypertension,
// proteinuria, egfr, dialysis. cat@2009: the eight items, 0 to 5 each. ohfrs@2013: ten
// flags. h2fpef@2018: age, bmi, e_e, pasp, atrial_fibrillation, a probability.
//
// Scores are exact whole numbers. A missing answer is never counted as no: the score is
// then not computable and says what it lacks. They can be regulated medical-device
// functions in some countries. This is not medical advice.
package points
