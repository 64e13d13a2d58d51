package stratify

import "math"

// Model is a compiled definition. It is immutable and may be shared.
type Model struct {
	def       Definition
	changes   []string
	inputs    []boundInput
	index     map[string]int // inputs, derived quantities and factors by name
	derived   []boundDerived
	factors   []boundFactor
	choose    []int // places of the Select inputs
	equations []equation
	common    []int // inputs that every equation needs
	scale     float64
}

type boundInput struct {
	kind      Kind
	low, high float64
	outside   Policy
	optional  bool
	whole     int     // place of the input that this one may not exceed, -1 for none
	age       bool    // age has issue codes of its own
	oldest    float64 // beyond this no age is believed, whatever the policy
}

type boundDerived struct {
	op   Operation
	a, b int
	by   float64
}

type boundFactor struct {
	in        int
	transform Transform
	k, c, s   float64
	steps     []boundStep
}

type boundStep struct {
	end    float64
	closed bool
	value  float64
}

type equation struct {
	when      []int // choices, in the order of choose
	need      []int // inputs, in order
	derived   []int
	factors   []int
	terms     []boundTerm
	offset    float64 // constant - mean
	survival  float64
	lnlnS     float64 // ln(-ln(survival))
	scale1    float64
	scale2    float64
	constant  float64
	mean      float64
	whenWords []string
}

type boundTerm struct {
	name, label string
	coef        float64
	units       float64 // points: the coefficient in the model's scale, whole
	product     []int
	facts       []string
}

// Reference is the model's name, version, source and changes.
func (m *Model) Reference() Reference {
	return Reference{Name: m.def.Name, Version: m.def.Version, Source: m.def.Source, Changes: append([]string(nil), m.changes...)}
}

// Name is the model's name, with "+local" when it was changed.
func (m *Model) Name() string { return m.def.Name }

// Definition is a copy of the data the model was made of.
func (m *Model) Definition() Definition { return copyDefinition(m.def) }

// Index is the place of an input in the model's order, -1 when it asks for none of that name.
func (m *Model) Index(input string) int {
	if i, ok := m.index[input]; ok && i < len(m.inputs) {
		return i
	}
	return -1
}

// String is the name and the title.
func (m *Model) String() string {
	if m.def.Title == "" {
		return m.def.Name
	}
	return m.def.Name + ": " + m.def.Title
}

func (f *boundFactor) apply(x float64) float64 {
	if math.IsNaN(x) {
		if f.transform == Missing {
			return 1
		}
		return 0
	}
	switch f.transform {
	case Not:
		return 1 - x
	case Ln:
		return math.Log(x)
	case Square:
		return float64(x * x)
	case Centre:
		return (x - f.c) / f.s
	case LnCentre:
		return (math.Log(x) - f.c) / f.s
	case LnLow:
		return math.Log(math.Min(x, f.k) / f.k)
	case LnHigh:
		return math.Log(math.Max(x, f.k) / f.k)
	case Min:
		return math.Min(x, f.k)
	case Max:
		return math.Max(x, f.k)
	case SplineLow:
		return (math.Min(x, f.k) - f.c) / f.s
	case SplineHigh:
		return (math.Max(x, f.k) - f.c) / f.s
	case Bands:
		for i := range f.steps {
			if s := &f.steps[i]; x < s.end || s.closed && x == s.end {
				return s.value
			}
		}
		return f.steps[len(f.steps)-1].value
	case Missing:
		return 0
	case Is:
		if x == f.k {
			return 1
		}
		return 0
	}
	return x
}

func (d *boundDerived) apply(y []float64) float64 {
	switch d.op {
	case Minus:
		return float64(d.by * (y[d.a] - y[d.b]))
	case Quotient:
		return float64(d.by*y[d.a]) / y[d.b]
	}
	return float64(d.by * y[d.a])
}

func (m *Model) value(e *equation, linear float64) float64 {
	switch m.def.Form {
	case Logistic:
		return 1 / (1 + math.Exp(-linear))
	case Cox:
		return 1 - math.Pow(e.survival, math.Exp(linear))
	case CoxRecalibrated:
		return 1 - math.Exp(-math.Exp(e.scale1+float64(e.scale2*(linear+e.lnlnS))))
	case Share:
		return linear / float64(m.def.Of)
	case Exponential:
		return math.Exp(linear)
	}
	return linear
}

func (m *Model) unit() string {
	switch m.def.Form {
	case Points:
		return "points"
	case Share:
		return "share"
	case Exponential:
		return m.def.Result
	}
	return "probability"
}
