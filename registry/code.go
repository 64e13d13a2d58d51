package registry

import "strings"

// System is the canonical URI of a code system. [CanonicalSystem] maps OIDs and
// other spellings to it.
type System string

// The code systems that the library names.
const (
	ICD10CM   System = "http://hl7.org/fhir/sid/icd-10-cm"
	ICD10     System = "http://hl7.org/fhir/sid/icd-10"
	ICD9CM    System = "http://hl7.org/fhir/sid/icd-9-cm"
	ICD10PCS  System = "http://www.cms.gov/Medicare/Coding/ICD10"
	ICD9PCS   System = "http://terminology.hl7.org/CodeSystem/icd9cm-procedure"
	SNOMEDCT  System = "http://snomed.info/sct"
	LOINC     System = "http://loinc.org"
	RxNorm    System = "http://www.nlm.nih.gov/research/umls/rxnorm"
	NDC       System = "http://hl7.org/fhir/sid/ndc"
	CVX       System = "http://hl7.org/fhir/sid/cvx"
	CPT       System = "http://www.ama-assn.org/go/cpt"
	HCPCS     System = "http://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets"
	CDT       System = "http://www.ada.org/cdt"
	UBRevenue System = "https://www.nubc.org/CodeSystem/RevenueCodes"
	MSDRG     System = "https://www.cms.gov/Medicare/Medicare-Fee-for-Service-Payment/AcuteInpatientPPS/MS-DRG-Classifications-and-Software"
	ActCode   System = "http://terminology.hl7.org/CodeSystem/v3-ActCode"
	UCUM      System = "http://unitsofmeasure.org"
)

// CanonicalSystem maps an OID (bare or as urn:oid:), an older URI or a short
// name to the canonical URI; what it does not know comes back as it is.
func CanonicalSystem(s string) System {
	switch System(s) { // the frequent case, and it shares one string
	case SNOMEDCT:
		return SNOMEDCT
	case ICD10CM:
		return ICD10CM
	case LOINC:
		return LOINC
	case RxNorm:
		return RxNorm
	case CPT:
		return CPT
	case CVX:
		return CVX
	case HCPCS:
		return HCPCS
	}
	switch strings.TrimPrefix(s, "urn:oid:") {
	case "2.16.840.1.113883.6.90", "ICD10CM", "ICD-10-CM":
		return ICD10CM
	case "2.16.840.1.113883.6.3", "ICD10", "ICD-10":
		return ICD10
	case "2.16.840.1.113883.6.103", "2.16.840.1.113883.6.42", "ICD9CM", "ICD-9-CM", "http://terminology.hl7.org/CodeSystem/icd9cm":
		return ICD9CM
	case "2.16.840.1.113883.6.104", "ICD9PCS":
		return ICD9PCS
	case "2.16.840.1.113883.6.4", "ICD10PCS", "ICD-10-PCS", "http://hl7.org/fhir/sid/icd-10-pcs":
		return ICD10PCS
	case "2.16.840.1.113883.6.96", "SNOMEDCT", "SNOMED CT", "SNOMED-CT", "http://snomed.info/sct/731000124108":
		return SNOMEDCT
	case "2.16.840.1.113883.6.1", "LOINC":
		return LOINC
	case "2.16.840.1.113883.6.88", "RXNORM", "RxNorm":
		return RxNorm
	case "2.16.840.1.113883.6.69", "NDC":
		return NDC
	case "2.16.840.1.113883.12.292", "2.16.840.1.113883.6.59", "CVX", "http://www2a.cdc.gov/vaccines/iis/iisstandards/vaccines.asp?rpt=cvx":
		return CVX
	case "2.16.840.1.113883.6.12", "CPT", "http://www.ama-assn.org/go/cpt/":
		return CPT
	case "2.16.840.1.113883.6.285", "2.16.840.1.113883.6.14", "HCPCS", "HCPCS Level II", "http://terminology.hl7.org/CodeSystem/HCPCS", "https://www.cms.gov/Medicare/Coding/HCPCSReleaseCodeSets", "http://www.nlm.nih.gov/research/umls/hcpcs":
		return HCPCS
	case "2.16.840.1.113883.6.13", "CDT":
		return CDT
	case "2.16.840.1.113883.6.301.3", "2.16.840.1.113883.6.301", "UBREV":
		return UBRevenue
	case "2.16.840.1.113883.3.4.1.1", "MSDRG":
		return MSDRG
	case "2.16.840.1.113883.5.4", "http://hl7.org/fhir/v3/ActCode":
		return ActCode
	case "2.16.840.1.113883.6.8":
		return UCUM
	}
	return System(s)
}

// Code is a code in its system. Codes made by [NewCode] are in the system's
// normal form and comparable with ==; the zero Code is no code.
type Code struct {
	System System `json:"system"`
	Value  string `json:"code"`
}

// NewCode returns the code with its system canonical and its value in normal
// form.
func NewCode(system, value string) Code {
	s := CanonicalSystem(system)
	return Code{s, NormalizeCode(s, value)}
}

// NormalizeCode gives a code's normal form in a canonical system: trimmed (no
// white space at the ends, no zero-width or non-breaking spaces), ICD codes in upper case
// and without the dot, HCPCS and CPT in upper case, NDC with hyphens as 11 digits. A dot
// counts where it belongs (after the third character, of an ICD-9 E code the fourth, of an
// ICD-9 procedure the second) or at the end; a misplaced or second dot, a space within, and
// an NDC of 10 digits, which could be read in three ways, stay, so that the code matches
// nothing. It is idempotent, never maps one letter to another, and leaves unknown systems
// trimmed.
func NormalizeCode(system System, value string) string {
	clean := true
	for i := range len(value) {
		if b := value[i]; b <= ' ' || b >= 0x7f {
			clean = false
			break
		}
	}
	if !clean {
		value = strings.Map(func(r rune) rune {
			switch {
			case r <= ' ' && r != ' ', r == 0x7f, r == 0xa0, r == 0x200b, r == 0x200c, r == 0x200d, r == 0xfeff, r == 0x2060:
				return -1
			}
			return r
		}, value)
		value = strings.TrimSpace(value)
	}
	switch system {
	case ICD10CM, ICD10, ICD9CM, ICD9PCS, ICD10PCS:
		value = strings.ToUpper(value)
		dot := 3
		switch {
		case system == ICD9PCS:
			dot = 2
		case system == ICD9CM && strings.HasPrefix(value, "E"):
			dot = 4
		}
		if i := strings.IndexByte(value, '.'); i >= 0 && (i == dot || i == len(value)-1) && !strings.Contains(value[i+1:], ".") {
			value = strings.TrimSpace(value[:i] + value[i+1:])
		}
		return value
	case NDC:
		return elevenDigits(value)
	case HCPCS, CPT, CDT:
		return strings.ToUpper(value)
	}
	return value
}

// elevenDigits pads the part of a hyphenated NDC that is short of 5-4-2.
func elevenDigits(value string) string {
	labeler, rest, ok := strings.Cut(value, "-")
	product, pack, ok2 := strings.Cut(rest, "-")
	if !ok || !ok2 || strings.Contains(pack, "-") {
		return value
	}
	switch [3]int{len(labeler), len(product), len(pack)} {
	case [3]int{4, 4, 2}:
		labeler = "0" + labeler
	case [3]int{5, 3, 2}:
		product = "0" + product
	case [3]int{5, 4, 1}:
		pack = "0" + pack
	case [3]int{5, 4, 2}:
	default:
		return value
	}
	return labeler + product + pack
}

// Display gives the code as people write it: ICD diagnosis codes get their dot
// back. Its result normalises to the same code.
func (c Code) Display() string {
	n := 3
	switch c.System {
	case ICD10CM, ICD10:
	case ICD9CM:
		if strings.HasPrefix(c.Value, "E") {
			n = 4
		}
	default:
		return c.Value
	}
	if len(c.Value) <= n || strings.Contains(c.Value, ".") {
		return c.Value
	}
	return c.Value[:n] + "." + c.Value[n:]
}

// String gives "system|code".
func (c Code) String() string { return string(c.System) + "|" + c.Value }
