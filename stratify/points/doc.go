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
// ausdrisk-bmi@2010, ausdrisk-waist-bmi@2010: the study's variants, with bmi instead of
// or beside waist.
//
// ckd-epi@2021: sex, age, creatinine in mg/dL or umol/L; the value is an estimated GFR in
// mL/min/1.73 m2, the bands are KDIGO's categories. ckd-epi@2009 also asks for black;
// ckd-epi-table@2009 has the rounded constants of that paper's table, which laboratories
// use as well.
//
// kidney-failure-points@2011: sex, age, egfr from 10 to 60, acr, albumin, phosphate,
// bicarbonate, calcium. Lower is worse. The table from points to risk is not shipped.
//
// mumtaz@2019: age, payer, elixhauser (a count), seven flags, disposition. Range -11 to
// 49; the bands carry the risk of readmission.
//
// abc-stroke-1y@2016, abc-stroke-3y@2016: age with its fraction, troponin_t, nt_probnp,
// prior_stroke; steps read off the published nomogram by a third party, in thousandths.
// Values beyond an axis are taken at its end and flagged.
//
// tilburg@2010: fifteen flags, of which healthy, coping and support count when they are
// no. clinical-frailty@2020: the level, 1 to 9, that a clinician chose.
//
// Points are exact whole numbers in their scale. A missing answer is never counted as no: the score is
// then not computable and says what it lacks. They can be regulated medical-device
// functions in some countries. This is not medical advice.
package points
