package eligibility

// System is a row of the table of stratification and eligibility systems of the source
// documents.
type System struct {
	Row    string   `json:"row"`    // "S1" ...
	Name   string   `json:"name"`   // as the documents call it
	Rule   string   `json:"rule"`   // what is computed, with the source's figures
	Source string   `json:"source"` // document:lines; see the package comment for the documents
	IDs    []string `json:"ids"`    // programmes of [New]
	API    string   `json:"api"`    // where the rule is
	Open   string   `json:"open"`   // what the source leaves open, and what is done about it
}

// Systems lists every system of the documents, in the order of the table.
func Systems() []System {
	return []System{
		{"S1", "Kaiser three levels", "1 well managed and stable; 2 unstable or acute exacerbation; 3 not stable and in need of intensive case management", "000:985-991", nil, "KaiserLevels", "no cut-offs: flags are the caller's; missing stability is unknown, never level 1"},
		{"S2", "Kaiser population management", "score or rule to prevention, self-management support, disease management, case management", "003:193, 003:598", nil, "KaiserPyramid", "no percentages: the rule is an argument"},
		{"S3", "Health Partners case management", "top 0.5-1 % of enrolees, responsible for 20-25 % of medical costs", "000:1075-1077", nil, "HealthPartners", "the share is an argument within 0.5-1 %; the achieved cost share stands beside it"},
		{"S4", "Health Partners diabetes", "2-5 % most vulnerable of the diabetic patients", "000:1077-1082", nil, "HealthPartnersDiabetes", "share within 2-5 % and ranking score are arguments"},
		{"S5", "Anthem", "top 1 % with the most complex needs; catastrophic care always", "000:1134-1136", []string{"catastrophic"}, "Anthem", "catastrophic is the caller's rule"},
		{"S6", "Touchpoint", "poorly controlled patients to case managers under protocol; no score", "000:1104-1108", []string{"touchpoint"}, "New", "what is poorly controlled is the caller's"},
		{"S7", "All plans studied", "intensive target group of 1-5 % of enrolees, within named diseases or all costly conditions", "000:1752-1763, 000:1877-1879, 000:299-301, 000:2304", []string{"named-diseases", "costly-conditions"}, "StudyPlans", "share within 1-5 % and mode are arguments"},
		{"S8", "Definition used", "risk of hospitalisation from previous use of care", "000:101-103, 000:1734-1737", nil, "OutcomeWindow, Unplanned", "unplanned admission in the 12 months after the index date: the library's decision"},
		{"S9", "Choice and data", "little patient choice; one patient identifier across sources", "000:313-314, 000:2319-2322", []string{"participation"}, "New, tier.OptedOut", "an opt-out is recorded, excludes and is counted; unlinked records do not qualify"},
		{"S10", "EverCare (England)", "over 65 and two or more previous emergency admissions; later also clinician referral", "003:606-610, 000:382-387, 000:2317", []string{"evercare"}, "New, Prior", "the look-back is not stated: a required parameter"},
		{"S11", "EverCare failure", "sensitivity, specificity, PPV and share of admissions of those chosen, with the fall to expect without treatment", "003:625, 003:722", nil, "Targeting", "PPV always stands beside sensitivity"},
		{"S12", "PACE", "55 or more, lives in the service area, certified for nursing-home level of care", "003:372, 003:454", []string{"pace"}, "New", "003:380 says more than 55: the table's 55 or more is used"},
		{"S13", "SIPA", "community dwelling in the area, 64 and over, moderate disability, carer willing", "003:390, 003:454", []string{"sipa"}, "New", "the disability scale is the caller's"},
		{"S14", "PRISMA", "community dwelling in the area, 65 and over, moderate to severe impairment, two or more services needed, potential to stay at home", "003:404, 003:454", []string{"prisma"}, "New", "the impairment scale is the caller's"},
		{"S15", "Rovereto, Vittorio Veneto", "frail older people dwelling in the community; 200 and 115 persons", "003:416-420, 003:470-474", []string{"rovereto", "vittorio-veneto"}, "New", "the frailty instrument is the caller's"},
		{"S16", "Torbay", "the very highest-risk older people: all deemed high risk", "003:428, 003:470-473", nil, "Torbay", "top k or cut-off is an argument"},
		{"S17", "Virtual ward", "beds by risk; who is admitted, stays, leaves, is due for review", "003:645-649", nil, "VirtualWard", "beds, score and rhythm are arguments"},
		{"S18", "ProvenHealth Navigator", "125-150 of the sickest patients for each nurse", "003:260", nil, "ProvenHealth", "none: rounded up at both ends"},
		{"S19", "HCC risk adjustment", "demographics and diagnoses to about 180 categories and a score", "002:1137-1158", nil, "stratify/hcc", "claims filter is the caller's input"},
		{"S20", "Overpayment check", "capitation over fee-for-service equivalent: 112 %", "002:1160-1165", nil, "evaluate.PaymentRatio", "none"},
		{"S21", "Risk-selection index", "mean score of enrolled over eligible, or of leavers over stayers, with interval", "002:1139-1144, 003:789", nil, "evaluate.IndexOfSelection", "no formula in the source: the library's decision"},
		{"S22", "Person-based allocation", "person weights and a pot to shares of groups that add up to the pot", "003:789, 003:356, 002:1282-1284", nil, "evaluate.Allocate", "weights are the caller's; largest remainder"},
		{"S23", "SIPA sub-groups", "several chronic illnesses, several disabilities, or living alone", "003:398", []string{"sipa-priority"}, "New", "several is 2 or more: the library's decision, a parameter"},
		{"S24", "US groups' targets", "older patients with one or more chronic conditions; the most frail; frail with complex needs", "004:126, 004:242, 004:266", []string{"us-groups-older", "us-groups-frail", "us-groups-complex"}, "New", "older is 65 or more: the library's decision, a parameter"},
		{"S25", "CCHT, Whole System Demonstrator", "long-term condition that needs monitoring; vulnerable and in need of support to stay at home", "003:227, 003:703-705", []string{"ccht", "whole-system-demonstrator"}, "New", "no cut-offs: flags are the caller's"},
		{"S26", "Brent tiers", "very complex, poorly controlled or recently discharged, minor, else: four services", "003:135", nil, "BrentTiers", "what is recent is the caller's"},
		{"S27", "Individual need and risk", "assessment to care package", "002:1713-1719, 003:589", nil, "information.Repeated, community.Package, information.CarePlan", "no rule in the source: needs by urgency to services within a budget, what stays uncovered with its reason"},
	}
}

func source(row string) string {
	for _, s := range Systems() {
		if s.Row == row {
			return s.Source
		}
	}
	return ""
}
