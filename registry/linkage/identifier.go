package linkage

import (
	"strings"

	"github.com/chroniccare/chroniccare/internal/name"
	"github.com/chroniccare/chroniccare/registry"
)

// NHSNumber is the identifier system of England's NHS number.
const NHSNumber = "https://fhir.nhs.uk/Id/nhs-number"

// Identifier is a number that a system gives to one person.
type Identifier struct {
	System string `json:"system"`
	Value  string `json:"value"`
}

// Normal is the identifier as it is compared: without white space and hyphens, in
// upper case.
func (id Identifier) Normal() Identifier {
	id.System = strings.TrimSpace(id.System)
	id.Value = strings.ToUpper(strings.Map(func(r rune) rune {
		if r <= ' ' || r == '-' || r == 0xa0 || r >= 0x200b && r <= 0x200d {
			return -1
		}
		return r
	}, id.Value))
	return id
}

// Valid reports whether the value can be right: it is not empty, and where the system
// defines a check digit ([NHSNumber]), that holds.
func (id Identifier) Valid() bool {
	v := id.Normal()
	if v.System == NHSNumber {
		return ValidNHSNumber(v.Value)
	}
	return v.Value != ""
}

// ValidNHSNumber checks an NHS number of England: ten digits, spaces allowed, weights
// 10 to 2 on the first nine, 11 less the sum modulo 11 (11 is 0, 10 is invalid) being
// the tenth (NHS Data Model and Dictionary, NHS number).
func ValidNHSNumber(s string) bool {
	sum, n := 0, 0
	last := 0
	for i := range len(s) {
		ch := s[i]
		if ch == ' ' || ch == '-' {
			continue
		}
		if ch < '0' || ch > '9' || n == 10 {
			return false
		}
		last = int(ch - '0')
		if n < 9 {
			sum += (10 - n) * last
		}
		n++
	}
	check := 11 - sum%11
	if check == 11 {
		check = 0
	}
	return n == 10 && check == last
}

// Origin is where a value comes from.
type Origin uint8

// Origins.
const (
	Clinic Origin = iota
	Laboratory
	ClaimOrigin
	Device        // a home monitor that sends by itself
	PatientReport // what the person enters or says
	Imported
)

var originNames = [...]string{"clinic", "laboratory", "claim", "device", "patient", "import"}

// String gives the origin in words.
func (o Origin) String() string { return originNames[min(int(o), len(originNames)-1)] }

// MarshalText gives the origin in words.
func (o Origin) MarshalText() ([]byte, error) { return []byte(o.String()), nil }

// UnmarshalText reads what MarshalText gives; another text is an error that lists the words.
func (o *Origin) UnmarshalText(text []byte) error { return name.Parse(o, len(originNames), text) }

// SelfReported reports whether the value was taken outside the clinic by the person
// or a device.
func (o Origin) SelfReported() bool { return o == Device || o == PatientReport }

// Source is one copy of a fact: where it came from, and what only that copy says.
type Source struct {
	System    string            `json:"system"`
	ID        string            `json:"id"`
	Origin    Origin            `json:"origin"`
	When      registry.Span     `json:"when"`
	Authored  registry.Moment   `json:"authored"`
	Encounter string            `json:"encounter,omitempty"`
	Setting   string            `json:"setting,omitempty"`
	Category  registry.Category `json:"category,omitempty"`
	Replaces  []string          `json:"replaces,omitempty"` // IDs of that system which it corrects, sorted
}
