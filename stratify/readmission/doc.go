// Package readmission holds published scores of readmission to hospital as data for
// package stratify.
//
//   - LACE: "lace@2010"; HOSPITAL: "hospital@2016", "hospital@2013": [New]
//   - PARR-30: "parr-30@2012", by [NewUnconfirmed] only, since its coefficients could not be checked
//   - which scores are there: [Names], [UnconfirmedNames]; all confirmed ones: [Models]
//
// # Inputs
//
// LACE: stay (whole days), acute, comorbidity (a count of points by LACE's own weights,
// of which differing lists are in print: they are not the Charlson weights of 1987),
// emergency_visits (in the 6 months before, without the present one).
//
// HOSPITAL: haemoglobin (g/dL or g/L) and sodium at discharge, oncology, procedure,
// urgent, admissions (in the 12 months before), stay. Two sets of bands for previous
// admissions circulate; the caller names one.
//
// PARR-30: age, imd2007 (score), emergency_admissions (last year, without obstetrics
// and gynaecology), emergency_admission_30d, current_emergency, eleven conditions from
// hospital diagnoses of the two years before, hospital_effect (optional, 0). Published
// performance: area under the curve 0.70 in 576,868 people; at a risk of 0.5 or more a
// positive predictive value of 59.2 % with a sensitivity of 5.4 %.
//
// The scores may be regulated medical-device functions in some countries. This is not
// medical advice.
package readmission
