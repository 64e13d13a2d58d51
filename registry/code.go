package registry

// System is the canonical URI of a code system. Compare systems only after
// [CanonicalSystem], which knows OIDs and short names too.
type System string

// The code systems that the library names.
const (
	ICD10CM  System = "http://hl7.org/fhir/sid/icd-10-cm"
	ICD10    System = "http://hl7.org/fhir/sid/icd-10"
	ICD9CM   System = "http://hl7.org/fhir/sid/icd-9-cm"
	ICD10PCS System = "http://www.cms.gov/Medicare/Coding/ICD10"
	ICD9PCS  System = "http://terminology.hl7.org/CodeSystem/icd9cm-procedure"
	SNOMEDCT System = "http://snomed.info/sct"
	LOINC    System = "http://loinc.org"
	RxNorm   System = "http://www.nlm.nih.gov/research/umls/rxnorm"
	NDC      System = "http://hl7.org/fhir/sid/ndc"
	CVX      System = "http://hl7.org/fhir/sid/cvx"
	CPT      System = "http://www.ama-assn.org/go/cpt"
	HCPCS    System = "http://terminology.hl7.org/CodeSystem/HCPCS"
	UBRev    System = "https://www.nubc.org/CodeSystem/RevenueCodes"
	DRG      System = "https://www.cms.gov/Medicare/Medicare-Fee-for-Service-Payment/AcuteInpatientPPS/MS-DRG-Classifications-and-Software"
	CDT      System = "http://www.ada.org/cdt"
	ActCode  System = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
	UCUM     System = "http://unitsofmeasure.org"
)

// Code is a code in its system, in the system's normal form (see
// [NormalizeCode]). Codes are comparable; the zero Code is no code.
type Code struct {
	System System `json:"system"`
	Value  string `json:"code"`
}

// String gives "system|code".
func (c Code) String() string { return string(c.System) + "|" + c.Value }
