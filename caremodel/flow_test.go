package caremodel_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"pgregory.net/rapid"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/registry"
)

func flowMachine() *caremodel.Machine[string] {
	m, err := caremodel.NewMachine("post", "open", caremodel.Edge[string]{From: "open", To: "held"}, caremodel.Edge[string]{From: "held", To: "open", Back: true}, caremodel.Edge[string]{From: "open", To: "closed"})
	if err != nil {
		panic(err)
	}
	return m
}

func someFlow() *caremodel.Flow[string] {
	f, err := caremodel.NewFlow(flowMachine(), registry.CalendarMonth(2024, 2))
	if err != nil {
		panic(err)
	}
	f.Add(caremodel.History[string]{{On: registry.Day(2024, 1, 20), To: "open"}, {On: registry.Day(2024, 2, 10), To: "closed"}})
	f.Add(caremodel.History[string]{{On: registry.Day(2024, 2, 20), To: "open"}})
	return f
}

func ExampleFlow() {
	for _, s := range someFlow().States {
		fmt.Println(s.State, s.Stock, s.Days)
	}
	// Output:
	// open {1 1 1 1} 19
	// held {0 0 0 0} 0
	// closed {0 1 0 1} 0
}

func ExampleNewFlow() {
	_, err := caremodel.NewFlow(flowMachine(), registry.Period{Start: registry.Day(2024, 1, 1)})
	fmt.Println(err)
	// Output: caremodel: policy: a flow from 2024-01-01 to not recorded
}

func ExampleStateFlow() {
	fmt.Println(someFlow().States[0].Days)
	// Output: 19
}

func ExampleStock() {
	s := someFlow().States[0].Stock
	fmt.Println(s.Start+s.In-s.Out == s.End)
	// Output: true
}

func TestFlowLeavesOut(t *testing.T) {
	f := someFlow()
	if f.Add(nil) || f.Add(caremodel.History[string]{{On: registry.Day(2024, 1, 1), To: "closed"}}) || f.LeftOut != 2 {
		t.Errorf("%+v", f)
	}
	if _, err := caremodel.NewFlow(flowMachine(), registry.Period{}); !errors.Is(err, caremodel.ErrPolicy) {
		t.Error(err)
	}
}

// Every state balances, days agree with a count day by day, and halves of a period add up.
func TestFlowLaw(t *testing.T) {
	m := flowMachine()
	start := registry.Day(2024, 1, 1)
	moved := 0
	lawtest.Until(t, func(t *rapid.T) {
		var hs []caremodel.History[string]
		for range rapid.IntRange(0, 4).Draw(t, "histories") {
			h := caremodel.History[string]{{On: start.AddDays(rapid.IntRange(0, 20).Draw(t, "on")), To: "open"}}
			for range rapid.IntRange(0, 6).Draw(t, "steps") {
				last := h[len(h)-1]
				next := m.Next(last.To)
				if len(next) == 0 {
					break
				}
				var err error
				if h, err = m.Append(h, caremodel.Step[string]{On: last.On.AddDays(rapid.IntRange(0, 9).Draw(t, "days")), To: rapid.SampledFrom(next).Draw(t, "to")}); err != nil {
					t.Fatal(err)
				}
			}
			hs = append(hs, h)
		}
		flow := func(p registry.Period) *caremodel.Flow[string] {
			f, err := caremodel.NewFlow(m, p)
			if err != nil {
				t.Fatal(err)
			}
			for _, h := range hs {
				if !f.Add(h) {
					t.Fatal("a legal history is left out")
				}
			}
			return f
		}
		p := registry.Period{Start: start.AddDays(rapid.IntRange(0, 20).Draw(t, "from"))}
		p.End = p.Start.AddDays(rapid.IntRange(1, 30).Draw(t, "length"))
		middle := p.Start.AddDays(p.Days() / 2)
		whole, left, right := flow(p), flow(registry.Period{Start: p.Start, End: middle - 1}), flow(registry.Period{Start: middle, End: p.End})
		for i, s := range whole.States {
			if s.Start+s.In-s.Out != s.End {
				t.Fatalf("%+v", s)
			}
			days := int64(0)
			for d := p.Start; d <= p.End; d++ {
				for _, h := range hs {
					if at, _ := h.At(d); at == s.State && !m.Terminal(at) {
						days++
					}
				}
			}
			a, b := left.States[i], right.States[i]
			if s.Days != days || a.Days+b.Days != days || a.In+b.In != s.In || a.Out+b.Out != s.Out || a.End != b.Start {
				t.Fatalf("%+v is not %+v and %+v, %d days", s, a, b, days)
			}
			moved += int(s.Out)
		}
	}, func() bool { return moved > 0 })
}
