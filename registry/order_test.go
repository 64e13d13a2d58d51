package registry_test

import (
	"reflect"
	"slices"
	"testing"

	. "github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/registrytest"
	"pgregory.net/rapid"
)

// Whatever differs between two facts orders them: a new field must be compared too.
func TestOrderSeesEveryField(t *testing.T) {
	whole := func() *Fact {
		f := &Fact{Visit: &Visit{Diagnoses: []EncounterDx{{}}}, Supply: &Supply{}, Components: []Component{{}}}
		f.When.Start.Day = 5
		fill(reflect.ValueOf(f).Elem())
		return f
	}
	n := 0
	base := whole()
	for path := range leaves(reflect.ValueOf(base).Elem()) {
		other := whole()
		v := reflect.ValueOf(other).Elem()
		for _, i := range path {
			switch v.Kind() {
			case reflect.Pointer:
				v = v.Elem()
			}
			if v.Kind() == reflect.Slice {
				v = v.Index(i)
			} else {
				v = v.Field(i)
			}
		}
		switch v.Kind() {
		case reflect.Bool:
			v.SetBool(!v.Bool())
		case reflect.String:
			v.SetString(v.String() + "x")
		case reflect.Int, reflect.Int8, reflect.Int32, reflect.Int64:
			v.SetInt(v.Int() + 1)
		case reflect.Uint8, reflect.Uint16:
			v.SetUint(v.Uint() + 1)
		default:
			t.Fatalf("a field of kind %v", v.Kind())
		}
		if a, b := CompareFacts(base, other), CompareFacts(other, base); a == 0 || a != -b && a*b >= 0 {
			t.Errorf("%v: %d and %d", path, a, b)
		}
		n++
	}
	if CompareFacts(base, whole()) != 0 {
		t.Error("equal facts differ")
	}
	for _, cut := range []func(*Fact){func(f *Fact) { f.Visit = nil }, func(f *Fact) { f.Supply = nil }, func(f *Fact) { f.Components = nil }} {
		f := whole()
		cut(f)
		if CompareFacts(base, f) <= 0 || CompareFacts(f, base) >= 0 {
			t.Error("what is missing does not come first")
		}
	}
	if n < 60 {
		t.Errorf("only %d fields", n)
	}
}

// fill gives every slice of codes an element.
func fill(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		fill(v.Elem())
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i))
		}
	case reflect.Slice:
		if v.Len() == 0 {
			v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		}
		fill(v.Index(0))
	}
}

// leaves yields the way to every plain field: indexes of fields and elements.
func leaves(v reflect.Value) func(func([]int) bool) {
	return func(yield func([]int) bool) {
		var walk func(v reflect.Value, path []int)
		walk = func(v reflect.Value, path []int) {
			if v.Kind() == reflect.Pointer {
				v = v.Elem()
			}
			switch v.Kind() {
			case reflect.Struct:
				for i := range v.NumField() {
					walk(v.Field(i), append(slices.Clone(path), i))
				}
			case reflect.Slice:
				walk(v.Index(0), append(slices.Clone(path), 0))
			default:
				yield(path)
			}
		}
		walk(v, nil)
	}
}

// Of copies of a fact with different values the one recorded first stays, in whatever order
// they come, and as of a day the one that was known then.
func TestRepeatedWithOtherContent(t *testing.T) {
	low := Compare{Op: Below, Limit: Num(8, 0), Unit: "%"}
	crit, l := bind(t, The{Pick: Pick{From: Query{Kind: Observation, Sets: []Set{setA}}, By: Starts, Last: true}, Is: []Test{low}})
	on := On(Day(2025, 3, 1))
	seven, nine := obs("x", on, QuantityOf(Num(7, 0), "%")), obs("x", on, QuantityOf(Num(9, 0), "%"))
	seven.Authored, nine.Authored = At(Day(2025, 3, 5)), At(Day(2025, 3, 1))
	early := seven
	early.Authored = At(Day(2025, 3, 1))
	for name, c := range map[string]struct {
		facts []Fact
		asOf  Date
		want  bool
	}{
		"recorded first":        {[]Fact{seven, nine}, 0, false},
		"the lower of one day":  {[]Fact{early, nine}, 0, true},
		"known by then":         {[]Fact{seven, nine}, Day(2025, 3, 2), false},
		"the later copy is new": {[]Fact{early, {ID: "x", Kind: Observation, Status: Amended, Codes: early.Codes, When: on, Authored: At(Day(2025, 3, 9))}}, Day(2025, 3, 2), true},
	} {
		for range 2 {
			slices.Reverse(c.facts)
			chart := NewChart(l)
			chart.LoadAsOf(&Patient{Facts: c.facts}, c.asOf)
			if got := crit.Holds(chart, year); got != c.want {
				t.Errorf("%s: %v, left out %+v", name, got, chart.LeftOut)
			}
		}
	}
	// a copy with another span between two equal ones
	a := obs("x", Span{Start: At(Day(2025, 3, 1)), End: At(Day(2025, 3, 1))}, Value{})
	b := obs("x", Span{End: At(Day(2025, 3, 1))}, Value{})
	two, l2 := bind(t, Count{Of: Query{Kind: Observation, Sets: []Set{setA}}, Min: 2})
	three, _ := bind(t, Count{Of: Query{Kind: Observation, Sets: []Set{setA}}, Min: 3})
	for _, facts := range [][]Fact{{a, b, a}, {a, a, b}, {b, a, a}} {
		if c := l2.Chart(&Patient{Facts: facts}); !two.Holds(c, year) || three.Holds(c, year) || c.LeftOut.Duplicate != 1 {
			t.Errorf("%+v", c.LeftOut)
		}
	}
}

// The order in which facts are given never matters, whatever IDs they have.
func TestOrderLaw(t *testing.T) {
	q := Query{As: "f", Kind: Observation, Sets: []Set{setA}}
	crit, l := bind(t, The{Pick: Pick{From: q, By: Starts, Last: true}, Is: []Test{Compare{Op: Below, Limit: Num(1, 0), Unit: "%"}}})
	fact := rapid.Custom(func(t *rapid.T) Fact {
		f := obs(rapid.SampledFrom([]string{"", "x", "y"}).Draw(t, "id"), On(Day(2025, 1, 1).AddDays(rapid.IntRange(0, 1).Draw(t, "day"))), QuantityOf(Num(int64(rapid.IntRange(0, 2).Draw(t, "value")), 0), "%"))
		f.Authored = At(Day(2025, 1, 1).AddDays(rapid.IntRange(0, 2).Draw(t, "authored")))
		f.Status = rapid.SampledFrom([]Status{Final, Amended, EnteredInError}).Draw(t, "status")
		return f
	})
	rapid.Check(t, func(t *rapid.T) {
		p := &Patient{Facts: rapid.SliceOfN(fact, 0, 6).Draw(t, "facts")}
		asOf := Day(2025, 1, 1).AddDays(rapid.IntRange(-1, 3).Draw(t, "as of"))
		q := registrytest.Shuffled(p, rapid.Uint64().Draw(t, "order"))
		a, b := NewChart(l), NewChart(l)
		a.LoadAsOf(p, asOf)
		b.LoadAsOf(q, asOf)
		if crit.Holds(a, year) != crit.Holds(b, year) || a.LeftOut != b.LeftOut || words(crit.Explain(a, year)) != words(crit.Explain(b, year)) {
			t.Fatalf("order matters: %+v, %+v", a.LeftOut, b.LeftOut)
		}
	})
}

func words(f Finding) string { return f.Text() }

// A chart that has been loaded more often than its counter counts forgets all the same.
func TestCounterWraps(t *testing.T) {
	crit, l := bind(t, Exists{Query: Query{Kind: Observation, Sets: []Set{setA}}})
	with, without := &Patient{}, &Patient{}
	for i := range 9 {
		with.Facts = append(with.Facts, obs(string(rune('a'+i)), On(Day(2025, 3, 1)), Value{}))
	}
	c := NewChart(l)
	c.Load(with) // first load: counter 2
	c.ByID(Observation, "a")
	c.Loaded(1<<31 - 2)
	for i, p := range []*Patient{without, without, without, with, without} { // the second wraps, the third is load 2 again
		c.Load(p)
		if got := crit.Holds(c, year); got != (p == with) {
			t.Errorf("load %d: %v", i, got)
		}
		if i >= 2 && (c.ByID(Observation, "a") != nil) != (p == with) {
			t.Errorf("load %d: the IDs are not those of the patient", i)
		}
	}
}
