package stratify

import (
	"fmt"
	"math"
	"slices"
)

// Value is the model's value for a vector of its own, and whether there is one: the
// fast path, without allocation. Law: it equals [Model.Explain]'s.
func (m *Model) Value(v *Vector) (float64, bool) { return m.run(v, nil) }

// Explain is the value with all that it is made of.
func (m *Model) Explain(v *Vector) Score {
	s := Score{Model: m.Reference(), Unit: m.unit()}
	if v != nil {
		s.Issues = append(s.Issues, v.issues...)
	}
	s.Value, s.Scored = m.run(v, &s)
	return s
}

// Score binds named inputs and explains: the usual way for one person.
func (m *Model) Score(in Inputs) Score { return m.Explain(m.Bind(in)) }

func (m *Model) run(v *Vector, s *Score) (float64, bool) {
	if v == nil || v.m != m {
		if s != nil {
			s.Issues = append(s.Issues, Issue{Code: OutOfModel, Detail: "the vector belongs to another model"})
		}
		return 0, false
	}
	e := m.equationOf(v)
	if e == nil {
		if s != nil { // say all that is missing, not only the first
			for _, i := range m.common {
				m.check(v, i, s)
			}
		}
		return 0, false
	}
	ok := true
	for _, i := range e.need {
		if !m.check(v, i, s) {
			ok = false
			if s == nil {
				return 0, false
			}
		}
	}
	for _, i := range e.need {
		if w := m.inputs[i].whole; ok && w >= 0 && v.y[i] > v.x[w] {
			ok = m.refuse(s, OutOfRange, i, "%v is above "+m.def.Inputs[w].Name+"%s", v.y[i])
		}
	}
	if !ok {
		return 0, false
	}
	nI := len(m.inputs)
	for _, i := range e.derived {
		v.y[nI+i] = m.derived[i].apply(v.y)
	}
	nI += len(m.derived)
	for _, i := range e.factors {
		f := &m.factors[i]
		v.y[nI+i] = f.apply(v.y[f.in])
	}
	linear := m.sum(v, e, s)
	x := m.value(e, linear)
	if math.IsNaN(x) || math.IsInf(x, 0) || math.IsNaN(linear) || math.IsInf(linear, 0) {
		if s != nil {
			s.Terms = nil
			s.Issues = append(s.Issues, Issue{Code: OutOfRange, Detail: "the inputs give no number"})
		}
		return 0, false
	}
	if m.def.Form == Share && (x < 0 || x > 1) {
		if s != nil {
			s.Issues = append(s.Issues, Issue{Code: OutOfRange, Detail: "more than the whole"})
		}
		return 0, false
	}
	if s != nil {
		s.Linear = linear
		s.Band = m.band(x, linear)
		m.inputsUsed(v, e, s)
	}
	return x, true
}

// equationOf finds the equation that the categories choose, nil when one is unknown.
func (m *Model) equationOf(v *Vector) *equation {
	for k := range m.equations {
		e := &m.equations[k]
		fits := true
		for i, p := range m.choose {
			fits = fits && v.x[p] == float64(e.when[i])
		}
		if fits {
			return e
		}
	}
	return nil
}

func (m *Model) sum(v *Vector, e *equation, s *Score) float64 {
	whole := m.def.Form == Points || m.def.Form == Share
	var units int64
	var linear, lost float64 // lost is NaN once points leave the exact whole numbers
	if s != nil {
		s.Terms = make([]Term, 0, len(e.terms)+2)
	}
	for i := range e.terms {
		t := &e.terms[i]
		product := 1.0
		for _, f := range t.product {
			y := v.y[f]
			if math.IsNaN(y) {
				y = 0
			}
			product = float64(product * y)
		}
		var points float64
		if whole {
			w := math.Round(float64(t.units * product))
			if !(math.Abs(w) < 1<<53) {
				w, lost = 0, math.NaN()
			}
			n := int64(w)
			units += n
			points = float64(n) / m.scale
		} else {
			points = float64(t.coef * product)
			linear += points
		}
		if s != nil {
			s.Terms = append(s.Terms, Term{t.name, t.label, product, t.coef, points, slices.Clone(t.facts)})
		}
	}
	if units >= 1<<53 || units <= -1<<53 {
		lost = math.NaN()
	}
	if whole {
		units += int64(math.Round(float64(e.constant * m.scale)))
		linear = float64(units)/m.scale + lost
	} else {
		linear = linear + e.constant - e.mean
	}
	if s != nil && e.constant != 0 {
		s.Terms = append(s.Terms, Term{Name: "constant", Input: 1, Coef: e.constant, Points: e.constant})
	}
	if s != nil && e.mean != 0 {
		s.Terms = append(s.Terms, Term{Name: "mean", Label: "mean of the study's population", Input: 1, Coef: -e.mean, Points: -e.mean})
	}
	return linear
}

// check takes an input over into the values used, by its range and policy.
func (m *Model) check(v *Vector, i int, s *Score) bool {
	in, x := &m.inputs[i], v.x[i]
	v.y[i] = x
	name := m.def.Inputs[i].Name
	if math.IsNaN(x) || math.IsInf(x, 0) {
		v.y[i] = math.NaN()
		if in.optional && math.IsNaN(x) {
			return !m.faulty(v, name)
		}
		if s != nil && !m.faulty(v, name) {
			s.Issues = append(s.Issues, Issue{missing(name), name, "needed by the model"})
		}
		return false
	}
	if in.age && x < 0 {
		return m.refuse(s, AgeNegative, i, "%v is below 0%s", x)
	}
	if x > in.oldest {
		return m.refuse(s, OutOfRange, i, "%v is no age%s", x)
	}
	switch in.kind {
	case Years:
		x = math.Floor(x)
	case Flag:
		if x != 0 && x != 1 {
			return m.refuse(s, OutOfRange, i, "%v is neither 0 nor 1%s", x)
		}
	case Count:
		if x != math.Floor(x) {
			return m.refuse(s, OutOfRange, i, "%v is not a whole number%s", x)
		}
	case Category:
		if n := len(m.def.Inputs[i].Choices); x < 0 || x >= float64(n) || x != math.Floor(x) {
			return m.refuse(s, missing(name), i, "%v is the place of no choice%s", x)
		}
		return true
	}
	if x < 0 && in.kind != Number {
		return m.refuse(s, OutOfRange, i, "%v is below 0%s", x)
	}
	v.y[i] = x
	if x >= in.low && x <= in.high {
		return true
	}
	if s == nil && in.outside == Refuse {
		return false
	}
	code := OutOfRange
	switch in.outside {
	case Refuse:
		if in.age {
			code = AgeOutOfModel
		} else if in.kind == Flag {
			code = OutOfModel
		}
		return m.refuse(s, code, i, "%v is outside the validated range"+m.rangeText(i)+"%s", x)
	case Clamp:
		code = Clamped
		v.y[i] = math.Min(math.Max(x, in.low), in.high)
	case Extrapolate:
		code = Extrapolated
	}
	if s != nil {
		m.refuse(s, code, i, "%v is outside the validated range"+m.rangeText(i)+"%s", x)
	}
	return true
}

// faulty reports whether binding already said what is wrong with an input.
func (m *Model) faulty(v *Vector, name string) bool {
	for i := range v.issues {
		if v.issues[i].Input == name {
			return true
		}
	}
	return false
}

// refuse notes an issue when someone asks for reasons; it is always false.
func (m *Model) refuse(s *Score, code IssueCode, i int, format string, x float64) bool {
	if s != nil {
		in := &m.def.Inputs[i]
		unit := ""
		if in.Unit != "" {
			unit = " (" + in.Unit + ")"
		}
		s.Issues = append(s.Issues, Issue{code, in.Name, fmt.Sprintf(format, x, unit)})
	}
	return false
}

func (m *Model) rangeText(i int) string {
	in := &m.inputs[i]
	switch {
	case math.IsInf(in.low, -1):
		return fmt.Sprintf(", up to %v", in.high)
	case math.IsInf(in.high, 1):
		return fmt.Sprintf(", from %v", in.low)
	}
	return fmt.Sprintf(", %v to %v", in.low, in.high)
}

func (m *Model) band(x, linear float64) Band {
	if m.def.Form == Share {
		x = linear
	}
	var out Band
	for _, b := range m.def.Bands {
		if x >= b.From {
			out = b
		}
	}
	if out.Percent != nil {
		p := *out.Percent
		out.Percent = &p
	}
	return out
}

func (m *Model) inputsUsed(v *Vector, e *equation, s *Score) {
	for _, i := range e.need {
		in := &m.def.Inputs[i]
		if math.IsNaN(v.y[i]) {
			continue
		}
		u := Used{Name: in.Name, Value: v.y[i], Unit: in.Unit}
		if in.Kind == Category {
			u.Text = in.Choices[int(v.y[i])]
		}
		s.Inputs = append(s.Inputs, u)
	}
}
