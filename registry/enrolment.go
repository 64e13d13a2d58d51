package registry

// Benefit is a bit set of what a coverage pays for.
type Benefit uint16

// Benefits.
const (
	Medical Benefit = 1 << iota
	Pharmacy
	MentalHealth
	ChemicalDependency
	Dental
	PartA // hospital insurance of Medicare
	PartB // medical insurance of Medicare
)

// Has reports whether all of the wanted benefits are covered.
func (b Benefit) Has(want Benefit) bool { return b&want == want }

// Enrolment is a span of coverage, both days included; a zero End is open.
type Enrolment struct {
	Period        Period  `json:"period"`
	Payer         string  `json:"payer,omitempty"`
	Product       string  `json:"product,omitempty"` // product line: "commercial", "medicaid", "medicare"
	Benefits      Benefit `json:"benefits,omitempty"`
	FeeForService bool    `json:"fee_for_service,omitempty"`
}
