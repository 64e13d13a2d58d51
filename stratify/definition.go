package stratify

// Form is how a model turns the sum of its terms into its value.
type Form string

// The forms. s is the sum of the terms.
const (
	Points          Form = "points"           // s, whole numbers in a scale
	Logistic        Form = "logistic"         // 1/(1+exp(-(constant+s)))
	Cox             Form = "cox"              // 1 - survival^exp(s-mean)
	CoxRecalibrated Form = "cox_recalibrated" // r as Cox; 1 - exp(-exp(scale1+scale2*ln(-ln(1-r))))
	Share           Form = "share"            // s/of, s whole
	Exponential     Form = "exponential"      // exp(constant+s), a measured quantity in the definition's Result unit
)

// Kind says what values an input takes.
type Kind string

// The kinds of input.
const (
	Number   Kind = "number"   // any measured value
	Count    Kind = "count"    // a whole number from 0
	Years    Kind = "years"    // completed years: fractions are dropped
	Flag     Kind = "flag"     // 0 or 1
	Category Kind = "category" // one word of a list
)

// Policy says what happens to a value outside an input's range.
type Policy string

// The policies; the zero value refuses.
const (
	Refuse      Policy = ""            // no score, OUT_OF_RANGE (age: AGE_OUT_OF_MODEL)
	Clamp       Policy = "clamp"       // the nearest end, CLAMPED
	Extrapolate Policy = "extrapolate" // as it is, EXTRAPOLATED
)

// Transform is what a factor does to its input x; the list is closed.
type Transform string

// The transforms.
const (
	Raw        Transform = ""            // x
	Not        Transform = "not"         // 1-x, of a flag
	Ln         Transform = "ln"          // natural logarithm
	Square     Transform = "square"      // x*x
	Centre     Transform = "centre"      // (x-c)/s
	Min        Transform = "min"         // the smaller of x and k
	Max        Transform = "max"         // the larger of x and k
	SplineLow  Transform = "spline_low"  // (min(x,k)-c)/s
	SplineHigh Transform = "spline_high" // (max(x,k)-c)/s
	LnCentre   Transform = "ln_centre"   // (ln(x)-c)/s
	LnLow      Transform = "ln_low"      // ln(min(x,k)/k)
	LnHigh     Transform = "ln_high"     // ln(max(x,k)/k)
	Bands      Transform = "band"        // the value of the step that x falls in
	Missing    Transform = "missing"     // 1 when the input is absent, else 0
	Is         Transform = "is"          // 1 when the category is the word, else 0
)

// Operation makes one quantity of one or two inputs.
type Operation string

// The operations.
const (
	Minus    Operation = "difference" // by*(a-b)
	Quotient Operation = "quotient"   // by*a/b
	Scaled   Operation = "scaled"     // by*a
)

// Definition is a model as data: what it asks for, its terms and how they become a
// value. The zero value of every optional field is the usual case. [Compile] checks it.
type Definition struct {
	Name      string     `json:"name"`              // family-version@year
	Version   string     `json:"version,omitempty"` // year or release
	Title     string     `json:"title,omitempty"`   // in words
	Outcome   string     `json:"outcome,omitempty"` // what is predicted, over which time
	Source    string     `json:"source"`            // paper or agency, with year
	Status    string     `json:"status,omitempty"`  // how the figures were confirmed
	Licence   string     `json:"licence,omitempty"` // note on rights
	Form      Form       `json:"form"`
	Scale     int        `json:"scale,omitempty"`   // points: 1 (default), 10, 100 or 1000 to the point
	Of        int        `json:"of,omitempty"`      // share: the whole
	Result    string     `json:"result,omitempty"`  // exponential: the unit of the value
	Inputs    []Input    `json:"inputs"`            // in the order of the answer
	Derived   []Derived  `json:"derived,omitempty"` // quantities of two inputs
	Factors   []Factor   `json:"factors,omitempty"` // transformed inputs, named
	Select    []string   `json:"select,omitempty"`  // categories that choose the equation
	Equations []Equation `json:"equations"`
	Bands     []Band     `json:"bands,omitempty"` // ascending, of the value (share: of s)
}

// Input is one thing that a model asks for.
type Input struct {
	Name     string   `json:"name"`
	Label    string   `json:"label,omitempty"`
	Kind     Kind     `json:"kind"`
	Unit     string   `json:"unit,omitempty"`  // the model's unit
	Units    []Unit   `json:"units,omitempty"` // others that it takes; then a unit must be said
	Low      *float64 `json:"min,omitempty"`   // validated range, both ends in; of a flag: 0 and 0 or 1 and 1 for a model of people without or with it
	High     *float64 `json:"max,omitempty"`
	Outside  Policy   `json:"outside,omitempty"`
	NotAbove string   `json:"notAbove,omitempty"` // an input of which this one is a part
	Optional bool     `json:"optional,omitempty"` // absent: factors are 0, "missing" is 1
	Choices  []string `json:"choices,omitempty"`  // of a category
}

// Unit converts into the model's unit: x*Times/Per + Add, where zero Times or Per is 1.
type Unit struct {
	Name  string  `json:"name"`
	Times float64 `json:"times,omitempty"`
	Per   float64 `json:"per,omitempty"`
	Add   float64 `json:"add,omitempty"`
}

// Derived is a quantity made of one or two inputs, absent when one of them is.
type Derived struct {
	Name  string    `json:"name"`
	Label string    `json:"label,omitempty"`
	Op    Operation `json:"op"`
	Of    []string  `json:"of"`
	By    float64   `json:"by,omitempty"` // zero is 1
}

// Factor is an input or derived quantity after one transform.
type Factor struct {
	Name      string    `json:"name"`
	Input     string    `json:"input"`
	Transform Transform `json:"transform,omitempty"`
	K         float64   `json:"k,omitempty"`
	C         float64   `json:"c,omitempty"`
	S         float64   `json:"s,omitempty"` // zero is 1
	Steps     []Step    `json:"steps,omitempty"`
	Word      string    `json:"word,omitempty"`
}

// Step is one step of a banded factor: it holds x below Below, or up to UpTo (closed);
// the last step has neither and takes the rest.
type Step struct {
	Below *float64 `json:"lt,omitempty"`
	UpTo  *float64 `json:"le,omitempty"`
	Value float64  `json:"value"`
}

// Equation is the set of coefficients that applies to some people.
type Equation struct {
	When     []string      `json:"when,omitempty"`     // one word for each of the definition's Select
	Constant float64       `json:"constant,omitempty"` // added to the terms
	Mean     float64       `json:"mean,omitempty"`     // Cox: taken off
	Survival float64       `json:"survival,omitempty"` // Cox: baseline, in (0, 1)
	Scale1   float64       `json:"scale1,omitempty"`   // recalibration
	Scale2   float64       `json:"scale2,omitempty"`   // recalibration, above 0
	Terms    []Coefficient `json:"terms"`
}

// Coefficient is one row of an equation: the coefficient and the factors or inputs it
// multiplies.
type Coefficient struct {
	Name    string   `json:"name,omitempty"` // default: the factors joined by "*"
	Label   string   `json:"label,omitempty"`
	Coef    float64  `json:"coef"`
	Product []string `json:"product"`
}
