package completeness

import (
	"strings"

	"github.com/chroniccare/chroniccare/registry"
)

// CheckCode says what is wrong with a code's form in its system, "" when nothing is.
// Systems that it does not know are only asked for a value. digits also checks the check
// digits of LOINC (modulus 10) and SNOMED CT (Verhoeff). Sources: ICD-10-CM and ICD-9-CM
// official guidelines, LOINC users' guide, SNOMED CT release file specification, NDC
// in the 11-digit billing form.
func CheckCode(c registry.Code, digits bool) string {
	v := c.Value
	if v == "" {
		return "no value"
	}
	for _, r := range v {
		if r < ' ' || r == 0xa0 || r >= 0x200b && r <= 0x200d || r == 0xfeff || r == 0x2060 {
			return "an invisible character"
		}
	}
	if registry.NormalizeCode(c.System, v) != v {
		return "not in normal form"
	}
	ok, why := true, "not of the system's form"
	switch c.System {
	case registry.ICD10CM:
		ok = len(v) >= 3 && len(v) <= 7 && upper(v[0]) && digit(v[1]) && all(v[2:], func(b byte) bool { return digit(b) || upper(b) })
	case registry.ICD9CM:
		n, body := len(v), v
		switch v[0] {
		case 'V':
			body, ok = v[1:], n >= 3 && n <= 5
		case 'E':
			body, ok = v[1:], n >= 4 && n <= 5
		default:
			ok = n >= 3 && n <= 5
		}
		ok = ok && all(body, digit)
	case registry.SNOMEDCT:
		ok = len(v) >= 6 && len(v) <= 18 && v[0] != '0' && all(v, digit)
		if ok && digits && !verhoeff(v) {
			ok, why = false, "a wrong check digit"
		}
	case registry.LOINC:
		body, check, found := strings.Cut(v, "-")
		ok = found && body != "" && len(body) <= 7 && len(check) == 1 && all(body, digit) && digit(check[0])
		if ok && digits && mod10(body) != check[0] {
			ok, why = false, "a wrong check digit"
		}
	case registry.RxNorm, registry.CVX:
		ok = all(v, digit)
	case registry.NDC:
		ok = len(v) == 11 && all(v, digit)
	case registry.CPT, registry.HCPCS, registry.CDT:
		ok = len(v) == 5 && all(v, func(b byte) bool { return digit(b) || upper(b) })
	}
	if ok {
		return ""
	}
	return why
}

func digit(b byte) bool { return b >= '0' && b <= '9' }
func upper(b byte) bool { return b >= 'A' && b <= 'Z' }

func all(s string, ok func(byte) bool) bool {
	for i := range len(s) {
		if !ok(s[i]) {
			return false
		}
	}
	return true
}

// mod10 is the Luhn check digit of digits.
func mod10(s string) byte {
	sum := 0
	for i := range len(s) {
		d := int(s[len(s)-1-i] - '0')
		if i%2 == 0 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return byte('0' + (10-sum%10)%10)
}

// The dihedral group of order ten, and the permutation of its digits by position.
const (
	dihedral = "0123456789" + "1234067895" + "2340178956" + "3401289567" + "4012395678" + "5987604321" + "6598710432" + "7659821043" + "8765932104" + "9876543210"
	permuted = "0123456789" + "1576283094" + "5803796142" + "8916043527" + "9453126870" + "4286573901" + "2793806415" + "7046913258"
)

func verhoeff(s string) bool {
	c := 0
	for i := range len(s) {
		p := permuted[i%8*10+int(s[len(s)-1-i]-'0')] - '0'
		c = int(dihedral[c*10+int(p)] - '0')
	}
	return c == 0
}
