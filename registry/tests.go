package registry

import (
	"fmt"
	"strings"

	"golang.org/x/exp/constraints"
)

// Test is a condition on one fact. The tests of a [Query] must all pass.
type Test interface {
	String() string
	bindTest(b *Binder) boundTest
}

type boundTest struct {
	ok     func(c *Chart, p Period, f *Fact, i int32) bool
	words  string
	reason Reason
}

// simple is a test that needs no binding.
type simple struct {
	words  string
	reason Reason
	test   func(f *Fact) bool
	shape  func(f *Fact, draw func(int) int) // makes a fact pass, for specimens
}

func (t simple) String() string { return t.words }
func (t simple) bindTest(*Binder) boundTest {
	test := t.test
	return boundTest{func(_ *Chart, _ Period, f *Fact, _ int32) bool { return test(f) }, t.words, t.reason}
}

func join[T fmt.Stringer](xs []T) string {
	s := make([]string, len(xs))
	for i, x := range xs {
		s[i] = x.String()
	}
	return strings.Join(s, " or ")
}

// bitSet is the set of small numbers.
func bitSet[T constraints.Unsigned](xs []T) (set uint64) {
	for _, x := range xs {
		set |= 1 << x
	}
	return set
}

// StatusIn passes facts with one of the statuses.
func StatusIn(statuses ...Status) Test {
	set := bitSet(statuses)
	return simple{"status " + join(statuses), InvalidAttribute, func(f *Fact) bool { return set>>f.Status&1 == 1 }, func(f *Fact, draw func(int) int) { f.Status = statuses[draw(len(statuses))] }}
}

// StatusNotIn passes facts with none of the statuses.
func StatusNotIn(statuses ...Status) Test {
	set := bitSet(statuses)
	return simple{"status other than " + join(statuses), InvalidAttribute, func(f *Fact) bool { return set>>f.Status&1 == 0 }, nil}
}

// IsOrdered passes requests whose intent is an order of any kind.
func IsOrdered() Test {
	return simple{"intent an order", InvalidAttribute, func(f *Fact) bool { return f.Intent.IsOrder() }, func(f *Fact, _ func(int) int) { f.Intent = Order }}
}

// IntentIn passes requests with one of the intents.
func IntentIn(intents ...Intent) Test {
	set := bitSet(intents)
	return simple{"intent " + join(intents), InvalidAttribute, func(f *Fact) bool { return set>>f.Intent&1 == 1 }, func(f *Fact, draw func(int) int) { f.Intent = intents[draw(len(intents))] }}
}

// InCategory passes facts with at least one of the categories.
func InCategory(c Category) Test {
	return simple{"category " + strings.ReplaceAll(c.String(), ", ", " or "), InvalidAttribute, func(f *Fact) bool { return f.Category&c != 0 }, func(f *Fact, _ func(int) int) { f.Category |= c }}
}

// VerificationIn passes diagnoses and allergies with one of the verifications.
func VerificationIn(vs ...Verification) Test {
	set := bitSet(vs)
	return simple{"verification " + join(vs), InvalidAttribute, func(f *Fact) bool { return set>>f.Verification&1 == 1 }, func(f *Fact, draw func(int) int) { f.Verification = vs[draw(len(vs))] }}
}

// NotRefused passes orders that were not turned down.
func NotRefused() Test {
	return simple{"not turned down", InvalidAttribute, func(f *Fact) bool { return !f.Refused }, nil}
}

// HasValue passes facts with a value of any kind.
func HasValue() Test {
	return simple{"with a result", ValueOutOfRange, func(f *Fact) bool { return f.Value.Kind != NoValue }, func(f *Fact, _ func(int) int) {
		if f.Value.Kind == NoValue {
			f.Value = Value{Kind: TextValue, Text: "done"}
		}
	}}
}

// WithoutValue passes facts that have no value.
func WithoutValue() Test {
	return simple{"without a result", ValueOutOfRange, func(f *Fact) bool { return f.Value.Kind == NoValue }, func(f *Fact, _ func(int) int) { f.Value = Value{} }}
}

// HasQuantity passes facts with a measured value or a score.
func HasQuantity() Test {
	return simple{"with a measured result", ValueOutOfRange, func(f *Fact) bool { return f.Value.Kind == QuantityValue }, func(f *Fact, _ func(int) int) { f.Value = QuantityOf(Num(1, 0), "1") }}
}

// ClassIn passes encounters of one of the classes (v3 ActCode).
func ClassIn(classes ...string) Test {
	return simple{"class " + strings.Join(classes, " or "), InvalidAttribute, func(f *Fact) bool {
		if f.Visit == nil {
			return false
		}
		for _, c := range classes {
			if f.Visit.Class == c {
				return true
			}
		}
		return false
	}, func(f *Fact, draw func(int) int) { f.visit().Class = classes[draw(len(classes))] }}
}

// RefillsAtLeast passes orders with at least n refills.
func RefillsAtLeast(n int) Test {
	return simple{fmt.Sprintf("with %d or more refills", n), InvalidAttribute, func(f *Fact) bool { return f.Supply != nil && f.Supply.Refills >= n }, func(f *Fact, _ func(int) int) { f.supply().Refills = n }}
}

// Op is a comparison.
type Op uint8

// Comparisons.
const (
	Below Op = iota
	AtOrBelow
	Above
	AtOrAbove
)

var opNames = [...]string{"below", "at most", "above", "at least"}

// Compare tests a measured value against a limit in the same unit; an empty
// Unit takes scores without a unit. With a Component the test looks at that
// part of a panel. A value in another or no unit, or with a comparator that
// leaves the answer open, fails: ">14" is not below 20, "<5" is below 7.
type Compare struct {
	Component Code
	Op        Op
	Limit     Number
	Unit      string
}

// String gives the test in words.
func (t Compare) String() string {
	s := "result"
	if t.Component != (Code{}) {
		s = "component " + t.Component.Display()
	}
	s += " " + opNames[min(int(t.Op), len(opNames)-1)] + " " + t.Limit.String()
	if t.Unit != "" {
		s += " " + t.Unit
	}
	return s
}

func (t Compare) bindTest(b *Binder) boundTest {
	unit := CanonicalUnit(t.Unit)
	comp := t.Component
	return boundTest{func(_ *Chart, _ Period, f *Fact, _ int32) bool {
		v := valueOf(f, comp)
		return v != nil && v.Kind == QuantityValue && v.Quantity.satisfies(t.Op, t.Limit, unit)
	}, t.String(), ValueOutOfRange}
}

func valueOf(f *Fact, component Code) *Value {
	if component == (Code{}) {
		return &f.Value
	}
	for i := range f.Components {
		if hasCode(f.Components[i].Codes, component) {
			return &f.Components[i].Value
		}
	}
	return nil
}

// satisfies compares when the units agree.
func (q Quantity) satisfies(op Op, limit Number, unit string) bool {
	if q.Unit != unit && !(unit == "" && q.Unit == "1") {
		return false
	}
	c := q.Value.Cmp(limit)
	switch op {
	case Below:
		switch q.Comparator {
		case Exactly, AtMost:
			return c < 0
		case LessThan:
			return c <= 0
		}
	case AtOrBelow:
		if q.Comparator <= AtMost {
			return c <= 0
		}
	case Above:
		switch q.Comparator {
		case Exactly, AtLeast:
			return c > 0
		case MoreThan:
			return c >= 0
		}
	case AtOrAbove:
		if q.Comparator == Exactly || q.Comparator >= AtLeast {
			return c >= 0
		}
	}
	return false
}

// codeField is a coded part of a fact.
type codeField uint8

const (
	fieldValue codeField = iota
	fieldReason
	fieldSite
	fieldSeverity
	fieldDisposition
	fieldLocation
	fieldVisitDx
	fieldPrincipalDx
	fieldCode
)

var fieldNames = [...]string{"result", "reason", "body site", "severity", "discharge disposition", "location type", "encounter diagnosis", "principal diagnosis", "code"}

type coded struct {
	field codeField
	sets  []Set
	codes []Code
}

// ValueIn passes facts whose coded value lies in one of the sets.
func ValueIn(sets ...Set) Test { return coded{fieldValue, sets, nil} }

// ValueIs passes facts whose value is one of the codes.
func ValueIs(codes ...Code) Test { return coded{fieldValue, nil, codes} }

// ReasonIn passes facts with a reason in one of the sets.
func ReasonIn(sets ...Set) Test { return coded{fieldReason, sets, nil} }

// ReasonIs passes facts with one of the reasons.
func ReasonIs(codes ...Code) Test { return coded{fieldReason, nil, codes} }

// SiteIs passes facts at one of the body sites.
func SiteIs(codes ...Code) Test { return coded{fieldSite, nil, codes} }

// SeverityIn passes facts whose severity lies in one of the sets.
func SeverityIn(sets ...Set) Test { return coded{fieldSeverity, sets, nil} }

// DischargedTo passes encounters with one of the discharge dispositions.
func DischargedTo(codes ...Code) Test { return coded{fieldDisposition, nil, codes} }

// LocatedIn passes encounters at a location of a type in one of the sets.
func LocatedIn(sets ...Set) Test { return coded{fieldLocation, sets, nil} }

// DiagnosedWith passes encounters with a diagnosis in one of the sets.
func DiagnosedWith(sets ...Set) Test { return coded{fieldVisitDx, sets, nil} }

// PrincipallyDiagnosedWith passes encounters whose principal diagnosis lies in
// one of the sets.
func PrincipallyDiagnosedWith(sets ...Set) Test { return coded{fieldPrincipalDx, sets, nil} }

// CodeIn passes facts with a code in one of the sets, for queries that take any
// code.
func CodeIn(sets ...Set) Test { return coded{fieldCode, sets, nil} }

// CodeIs passes facts with one of the codes.
func CodeIs(codes ...Code) Test { return coded{fieldCode, nil, codes} }

func (t coded) String() string { return fieldNames[t.field] + " " + setWords(t.sets, t.codes) }

func setWords(sets []Set, codes []Code) string {
	var s []string
	for _, x := range sets {
		s = append(s, x.Name)
	}
	for _, c := range codes {
		s = append(s, c.Display())
	}
	return strings.Join(s, " or ")
}

func (t coded) bindTest(b *Binder) boundTest {
	kind := KindUnknown // the requirement is on the code, whatever fact holds it
	m := b.codesOf(kind, t.sets, t.codes)
	field := t.field
	any := func(codes []Code) bool {
		for _, c := range codes {
			if m[c] {
				return true
			}
		}
		return false
	}
	reason := InvalidAttribute
	if field == fieldValue {
		reason = ValueOutOfRange
	}
	return boundTest{func(c *Chart, _ Period, f *Fact, _ int32) bool {
		switch field {
		case fieldValue:
			return f.Value.Kind == CodedValue && any(f.Value.Codes)
		case fieldReason:
			return any(f.Reasons)
		case fieldSite:
			return any(f.Sites)
		case fieldSeverity:
			return any(f.Severity)
		case fieldCode:
			return any(f.Codes)
		}
		if f.Visit == nil {
			return false
		}
		switch field {
		case fieldDisposition:
			return any(f.Visit.Disposition)
		case fieldLocation:
			return any(f.Visit.LocationTypes)
		}
		for i := range f.Visit.Diagnoses {
			d := &f.Visit.Diagnoses[i]
			if field == fieldPrincipalDx && !d.Principal {
				continue
			}
			if any(d.Codes) {
				return true
			}
			if d.Reference != "" {
				if g := c.ByID(Diagnosis, d.Reference); g != nil && any(g.Codes) {
					return true
				}
			}
		}
		return false
	}, t.String(), reason}
}

// AgeAtFact passes facts at which the patient is at least Min years old, and at
// most Max when Max is not 0. The fact's time is its Latest.
type AgeAtFact struct{ Min, Max int }

// String gives the test in words.
func (t AgeAtFact) String() string {
	if t.Max > 0 {
		return fmt.Sprintf("at age %d to %d", t.Min, t.Max)
	}
	return fmt.Sprintf("at age %d or older", t.Min)
}

func (t AgeAtFact) bindTest(*Binder) boundTest {
	return boundTest{func(c *Chart, _ Period, f *Fact, _ int32) bool {
		s, _ := Happened.span(f)
		a := c.Patient.AgeOn(s.Latest().Day)
		return a >= 0 && a >= t.Min && (t.Max == 0 || a <= t.Max)
	}, t.String(), DateOutOfRange}
}

// DailyDoseAbove passes orders whose average daily dose (quantity times the
// strength of the code, over the days supplied) is above the limit. Orders of
// other codes, or that don't say enough, fail. A strength per millilitre needs a
// quantity in mL.
type DailyDoseAbove struct {
	Strengths []Strength
	Limit     Number // mg a day
}

// Strength is how much of a substance a unit of a product holds.
type Strength struct {
	Code  Code
	Mg    Number // in one unit, or one mL
	PerML bool
}

// String gives the test in words.
func (t DailyDoseAbove) String() string {
	return "average daily dose above " + t.Limit.String() + " mg"
}

func (t DailyDoseAbove) bindTest(b *Binder) boundTest {
	return boundTest{func(_ *Chart, _ Period, f *Fact, _ int32) bool {
		if f.Supply == nil {
			return false
		}
		for i := range t.Strengths {
			s := &t.Strengths[i]
			if !f.HasCode(s.Code) || s.PerML && f.Supply.QuantityUnit != "mL" {
				continue
			}
			c, ok := f.Supply.CompareDailyDose(s.Mg, t.Limit)
			return ok && c > 0
		}
		return false
	}, t.String(), ValueOutOfRange}
}

type anyOf []Test
type noneOf []Test

// AnyOf passes when at least one of the tests does.
func AnyOf(tests ...Test) Test { return anyOf(tests) }

// NoneOf passes when none of the tests does.
func NoneOf(tests ...Test) Test { return noneOf(tests) }

// AllOf passes when all of the tests do; for use inside [AnyOf].
func AllOf(tests ...Test) Test { return allOf(tests) }

type allOf []Test

func orWords(ts []Test) string {
	s := make([]string, len(ts))
	for i, t := range ts {
		s[i] = testWords([]Test{t})
	}
	return strings.Join(s, " or ")
}

func (t anyOf) String() string  { return "(" + orWords(t) + ")" }
func (t noneOf) String() string { return "not (" + orWords(t) + ")" }
func (t allOf) String() string  { return testWords(t) }

func testWords(ts []Test) string {
	s := make([]string, len(ts))
	for i, t := range ts {
		if s[i] = "(nothing)"; t != nil {
			s[i] = t.String()
		}
	}
	return strings.Join(s, ", ")
}

func bindTests(b *Binder, ts []Test) []boundTest {
	out, _ := bindTimed(b, ts)
	return out
}

// bindTimed also gives the timings among the tests.
func bindTimed(b *Binder, ts []Test) (out []boundTest, timings []*boundTiming) {
	out = make([]boundTest, 0, len(ts))
	for i, t := range ts {
		switch t := t.(type) {
		case nil:
			b.Errorf("test %d is nil", i+1)
		case Timing:
			x := t.bound(b)
			out, timings = append(out, x.test()), append(timings, x)
		default:
			out = append(out, t.bindTest(b))
		}
	}
	return out, timings
}

func (t anyOf) bindTest(b *Binder) boundTest {
	ts := bindTests(b, t)
	r := InvalidAttribute
	if len(ts) > 0 {
		r = ts[0].reason
	}
	return boundTest{func(c *Chart, p Period, f *Fact, i int32) bool {
		for k := range ts {
			if ts[k].ok(c, p, f, i) {
				return true
			}
		}
		return false
	}, t.String(), r}
}

func (t noneOf) bindTest(b *Binder) boundTest {
	ts := bindTests(b, t)
	r := InvalidAttribute
	if len(ts) > 0 {
		r = ts[0].reason
	}
	return boundTest{func(c *Chart, p Period, f *Fact, i int32) bool {
		for k := range ts {
			if ts[k].ok(c, p, f, i) {
				return false
			}
		}
		return true
	}, t.String(), r}
}

func (t allOf) bindTest(b *Binder) boundTest {
	ts := bindTests(b, t)
	return boundTest{func(c *Chart, p Period, f *Fact, i int32) bool {
		for k := range ts {
			if !ts[k].ok(c, p, f, i) {
				return false
			}
		}
		return true
	}, t.String(), InvalidAttribute}
}

// BelongsTo passes facts whose own encounter is in the record and passes the
// tests.
func BelongsTo(tests ...Test) Test { return belongs(tests) }

type belongs []Test

func (t belongs) String() string { return "of an encounter: " + testWords(t) }
func (t belongs) bindTest(b *Binder) boundTest {
	ts := bindTests(b, t)
	return boundTest{func(c *Chart, p Period, f *Fact, _ int32) bool {
		e := c.EncounterOf(f)
		if e == nil {
			return false
		}
		for k := range ts {
			if !ts[k].ok(c, p, e, -1) {
				return false
			}
		}
		return true
	}, t.String(), InvalidAttribute}
}

// OtherThan passes facts that are not the one bound to the name.
func OtherThan(name string) Test { return otherThan(name) }

type otherThan string

func (t otherThan) String() string { return "other than the " + string(t) }
func (t otherThan) bindTest(b *Binder) boundTest {
	d := b.depth(string(t))
	return boundTest{func(c *Chart, _ Period, _ *Fact, i int32) bool { return c.bound[d] != i }, t.String(), CountOutOfRange}
}

// With passes facts for which the query finds another fact; the query's tests
// may refer to the outer fact by the name that its query gives it.
func With(q Query) Test { return with{q, false} }

// Without passes facts for which the query finds nothing.
func Without(q Query) Test { return with{q, true} }

type with struct {
	q   Query
	not bool
}

func (t with) String() string {
	if t.not {
		return "without " + article(t.q.String())
	}
	return "with " + article(t.q.String())
}

func (t with) bindTest(b *Binder) boundTest {
	q := t.q.bind(b)
	not := t.not
	return boundTest{func(c *Chart, p Period, _ *Fact, _ int32) bool { return (q.first(c, p) >= 0) != not }, t.String(), DateOutOfRange}
}

// If passes facts when a criterion about the patient holds; it may refer to the
// fact by name.
func If(d Definition) Test { return ifTest{d} }

type ifTest struct{ d Definition }

func (t ifTest) String() string { return "if " + indentTail(t.d.String()) }
func (t ifTest) bindTest(b *Binder) boundTest {
	x := t.d.Bind(b)
	return boundTest{func(c *Chart, p Period, _ *Fact, _ int32) bool { return x.Holds(c, p) }, t.String(), NotFound}
}

// FactRule is the escape hatch for a condition on one fact that no other test
// words. Ok must not change or keep what it gets, must be deterministic and
// must not allocate on the population path.
type FactRule struct {
	Words string
	Ok    func(c *Chart, p Period, f *Fact) bool
}

// String gives the words.
func (t FactRule) String() string { return t.Words }
func (t FactRule) bindTest(b *Binder) boundTest {
	ok := t.Ok
	if ok == nil {
		b.Errorf("fact rule %q has no function", t.Words)
		ok = func(*Chart, Period, *Fact) bool { return false }
	}
	return boundTest{func(c *Chart, p Period, f *Fact, _ int32) bool { return ok(c, p, f) }, t.Words, InvalidAttribute}
}
