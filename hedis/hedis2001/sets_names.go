package hedis2001

import . "github.com/chroniccare/chroniccare/registry"

// The value sets that the definitions name. Their codes come from the caller or,
// as far as free code systems go, from the starter table.
var (
	setDiabetes                  = Set{Name: "Diabetes", OID: "hedis2001-diabetes"}
	setGestationalDiabetes       = Set{Name: "Gestational Diabetes", OID: "hedis2001-gestational-diabetes"}
	setSteroidDiabetes           = Set{Name: "Steroid-Induced Diabetes", OID: "hedis2001-steroid-induced-diabetes"}
	setPolycysticOvaries         = Set{Name: "Polycystic Ovaries", OID: "hedis2001-polycystic-ovaries"}
	setDiabeticRetinopathy       = Set{Name: "Diabetic Retinopathy", OID: "hedis2001-diabetic-retinopathy"}
	setNephropathy               = Set{Name: "Nephropathy", OID: "hedis2001-nephropathy"}
	setHbA1cTest                 = Set{Name: "HbA1c Test", OID: "hedis2001-hba1c-test"}
	setLDLTest                   = Set{Name: "LDL-C Test", OID: "hedis2001-ldl-c-test"}
	setUrineMicroalbumin         = Set{Name: "Urine Microalbumin Test", OID: "hedis2001-urine-microalbumin-test"}
	setUrineProtein              = Set{Name: "Urine Protein Test", OID: "hedis2001-urine-protein-test"}
	setRetinalExam               = Set{Name: "Retinal Exam", OID: "hedis2001-retinal-exam"}
	setInsulin                   = Set{Name: "Insulin", OID: "hedis2001-insulin"}
	setOralHypoglycaemics        = Set{Name: "Oral Hypoglycaemics", OID: "hedis2001-oral-hypoglycaemics"}
	setEssentialHypertension     = Set{Name: "Essential Hypertension", OID: "hedis2001-essential-hypertension"}
	setEndStageRenalDisease      = Set{Name: "End Stage Renal Disease", OID: "hedis2001-end-stage-renal-disease"}
	setPregnancy                 = Set{Name: "Pregnancy", OID: "hedis2001-pregnancy"}
	setBloodPressure             = Set{Name: "Blood Pressure", OID: "hedis2001-blood-pressure"}
	setAsthma                    = Set{Name: "Asthma", OID: "hedis2001-asthma"}
	setEmphysema                 = Set{Name: "Emphysema", OID: "hedis2001-emphysema"}
	setCOPD                      = Set{Name: "COPD", OID: "hedis2001-copd"}
	setAsthmaReliever            = Set{Name: "Asthma Reliever", OID: "hedis2001-asthma-reliever"}
	setAsthmaController          = Set{Name: "Asthma Controller", OID: "hedis2001-asthma-controller"}
	setLeukotrieneModifiers      = Set{Name: "Leukotriene Modifiers", OID: "hedis2001-leukotriene-modifiers"}
	setMajorDepression           = Set{Name: "Major Depression", OID: "hedis2001-major-depression"}
	setDepressionHistory         = Set{Name: "Depression History", OID: "hedis2001-depression-history"}
	setMentalHealthStay          = Set{Name: "Mental Health Stay", OID: "hedis2001-mental-health-stay"}
	setSubstanceUseStay          = Set{Name: "Substance Use Stay", OID: "hedis2001-substance-use-stay"}
	setAntidepressants           = Set{Name: "Antidepressants", OID: "hedis2001-antidepressants"}
	setMentalIllness             = Set{Name: "Mental Illness", OID: "hedis2001-mental-illness"}
	setMentalHealthFollowUp      = Set{Name: "Mental Health Follow-up", OID: "hedis2001-mental-health-follow-up"}
	setAcuteMyocardialInfarction = Set{Name: "Acute Myocardial Infarction", OID: "hedis2001-acute-myocardial-infarction"}
	setCABG                      = Set{Name: "CABG", OID: "hedis2001-cabg"}
	setPTCA                      = Set{Name: "PTCA", OID: "hedis2001-ptca"}
	setHypotension               = Set{Name: "Hypotension", OID: "hedis2001-hypotension"}
	setHeartBlock                = Set{Name: "Heart Block Above First Degree", OID: "hedis2001-heart-block-above-first-degree"}
	setSinusBradycardia          = Set{Name: "Sinus Bradycardia", OID: "hedis2001-sinus-bradycardia"}
	setBetaBlockers              = Set{Name: "Beta Blockers", OID: "hedis2001-beta-blockers"}
	setDTaP                      = Set{Name: "DTaP", OID: "hedis2001-dtap"}
	setDT                        = Set{Name: "DT", OID: "hedis2001-dt"}
	setTetanus                   = Set{Name: "Tetanus", OID: "hedis2001-tetanus"}
	setPertussis                 = Set{Name: "Pertussis", OID: "hedis2001-pertussis"}
	setPolio                     = Set{Name: "Polio", OID: "hedis2001-polio"}
	setMMR                       = Set{Name: "MMR", OID: "hedis2001-mmr"}
	setMeasles                   = Set{Name: "Measles", OID: "hedis2001-measles"}
	setMumps                     = Set{Name: "Mumps", OID: "hedis2001-mumps"}
	setRubella                   = Set{Name: "Rubella", OID: "hedis2001-rubella"}
	setHib                       = Set{Name: "HiB", OID: "hedis2001-hib"}
	setHepB                      = Set{Name: "HepB", OID: "hedis2001-hepb"}
	setVZV                       = Set{Name: "VZV", OID: "hedis2001-vzv"}
	setMMRHistory                = Set{Name: "MMR History", OID: "hedis2001-mmr-history"}
	setHepBHistory               = Set{Name: "HepB History", OID: "hedis2001-hepb-history"}
	setVZVHistory                = Set{Name: "VZV History", OID: "hedis2001-vzv-history"}
	setMMRContraindication       = Set{Name: "MMR Contraindication", OID: "hedis2001-mmr-contraindication"}
	setVZVContraindication       = Set{Name: "VZV Contraindication", OID: "hedis2001-vzv-contraindication"}
	setPolioContraindication     = Set{Name: "Polio Contraindication", OID: "hedis2001-polio-contraindication"}
	setMammogram                 = Set{Name: "Mammogram", OID: "hedis2001-mammogram"}
	setBilateralMastectomy       = Set{Name: "Bilateral Mastectomy", OID: "hedis2001-bilateral-mastectomy"}
	setUnilateralMastectomy      = Set{Name: "Unilateral Mastectomy", OID: "hedis2001-unilateral-mastectomy"}
	setCervicalCytology          = Set{Name: "Cervical Cytology", OID: "hedis2001-cervical-cytology"}
	setHysterectomyNoCervix      = Set{Name: "Hysterectomy No Residual Cervix", OID: "hedis2001-hysterectomy-no-residual-cervix"}
	setSexualActivity            = Set{Name: "Sexual Activity", OID: "hedis2001-sexual-activity"}
	setContraceptives            = Set{Name: "Contraceptives", OID: "hedis2001-contraceptives"}
	setPregnancyTest             = Set{Name: "Pregnancy Test", OID: "hedis2001-pregnancy-test"}
	setXRay                      = Set{Name: "X-ray", OID: "hedis2001-x-ray"}
	setIsotretinoin              = Set{Name: "Isotretinoin", OID: "hedis2001-isotretinoin"}
	setChlamydiaTest             = Set{Name: "Chlamydia Test", OID: "hedis2001-chlamydia-test"}
	setLiveBirthDelivery         = Set{Name: "Live Birth Delivery", OID: "hedis2001-live-birth-delivery"}
	setPrenatalVisit             = Set{Name: "Prenatal Visit", OID: "hedis2001-prenatal-visit"}
	setPostpartumVisit           = Set{Name: "Postpartum Visit", OID: "hedis2001-postpartum-visit"}
	setAmbulatoryVisit           = Set{Name: "Ambulatory or Preventive Visit", OID: "hedis2001-ambulatory-or-preventive-visit"}
	setPrimaryCareVisit          = Set{Name: "Primary Care Visit", OID: "hedis2001-primary-care-visit"}
)
