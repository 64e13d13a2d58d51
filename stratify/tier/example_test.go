package tier_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/stratify/tier"
	"github.com/shopspring/decimal"
)

func people() []tier.Person {
	return []tier.Person{
		{ID: "a", Score: 0.9, Area: "north"}, {ID: "b", Score: 0.4, Area: "south"}, {ID: "c", Score: 0.7, Area: "north"},
		{ID: "d", Score: 0.4, Area: "north"}, {ID: "e", Score: math.NaN()}, {ID: "f", Score: 0.1, Area: "south"},
		{ID: "g", Score: 0.8, Status: tier.OptedOut},
	}
}

func pyramid() tier.Pyramid {
	return tier.Pyramid{Levels: []string{"case management", "self-management"}, Rule: tier.Capacity{Places: []int{2}}}
}

func show(r *tier.Result, err error) {
	if err != nil {
		fmt.Println(err)
		return
	}
	for i, l := range r.Levels {
		fmt.Println(l.Name, r.In(i+1))
	}
}

func ExamplePyramid() {
	p := pyramid()
	r, err := p.Assign(people())
	show(r, err)
	for _, x := range r.NotPlaced {
		fmt.Println(x.ID, x.Why)
	}
	// Output:
	// case management [a c]
	// self-management [b d f]
	// e no score
	// g opted out
}

func ExampleSize() {
	k, err := tier.Size(registry.Rate{Num: 1, Den: 100}, 1001, tier.RoundUp)
	fmt.Println(k, err)
	k, _ = tier.Size(registry.Rate{Num: 7, Den: 100}, 100, tier.RoundUp)
	fmt.Println(k)
	// Output:
	// 11 <nil>
	// 7
}

func ExampleRounding() {
	k, _ := tier.Size(registry.Rate{Num: 1, Den: 100}, 1001, tier.RoundDown)
	fmt.Println(k, tier.RoundDown)
	// Output: 10 down
}

func ExampleShare() {
	p := tier.Pyramid{Levels: []string{"top", "middle", "base"}, Rule: tier.Share{Shares: []registry.Rate{{Num: 1, Den: 5}, {Num: 3, Den: 5}}}}
	show(p.Assign(people()))
	// Output:
	// top [a]
	// middle [c b]
	// base [d f]
}

func ExampleTies() {
	p := pyramid()
	p.Rule = tier.Capacity{Places: []int{3}}
	for _, p.Ties = range []tier.Ties{tier.Strict, tier.Include, tier.Exclude} {
		r, _ := p.Assign(people())
		fmt.Println(p.Ties, r.In(1), "border", r.Levels[0].Boundary, "tied", r.Levels[0].Tied)
	}
	// Output:
	// strict [a c b] border 0.4 tied 2
	// include [a c b d] border 0.4 tied 2
	// exclude [a c] border 0.7 tied 1
}

func ExampleCut() {
	p := tier.Pyramid{Levels: []string{"high", "low"}, Rule: tier.Cut{Cuts: []float64{0.4}}}
	show(p.Assign(people()))
	// Output:
	// high [a c b d]
	// low [f]
}

func ExampleBounds() {
	p := tier.Pyramid{Levels: []string{"very high", "high", "low"}, Rule: tier.Cut{Cuts: []float64{20, 10}}, Bounds: &tier.Bounds{Min: 0, Max: 19}}
	err := p.Check()
	fmt.Println(err, errors.Is(err, tier.ErrUnreachable))
	// Output: tier: level cannot be reached: "very high" needs 20, the greatest score is 19 true
}

func ExampleCapacity() {
	p := pyramid()
	p.Rule = tier.Capacity{Teams: []tier.Team{{Area: "north", Places: []int{1}}, {Area: "south", Places: []int{1}}}}
	r, err := p.Assign(people())
	show(r, err)
	fmt.Println("overflow", r.Overflow[0].ID)
	// Output:
	// case management [a b]
	// self-management [c d f]
	// overflow c
}

func ExampleTeam() {
	// Two places in all, but one in each area: the better two of the north cannot both have one.
	p := pyramid()
	p.Rule = tier.Capacity{Teams: []tier.Team{{Area: "north", Places: []int{1}}, {Area: "south", Places: []int{1}}}}
	r, err := p.Assign(people())
	fmt.Println(r.In(1), err)
	for _, x := range r.Overflow {
		fmt.Println(x.ID, "has rank", x.Rank, "and no place in the own area")
	}
	// Output:
	// [a b] <nil>
	// c has rank 2 and no place in the own area
}

func ExampleRule() {
	// Rules can be joined: the score, or what a clinician's rule says.
	ps := people()
	ps[5].Rule = 1 // f has the lowest score
	for _, rule := range []tier.Rule{tier.Capacity{Places: []int{1}}, tier.HighestOf{tier.Capacity{Places: []int{1}}, tier.Rules{}}} {
		p := pyramid()
		p.Rule = rule
		r, err := p.Assign(ps)
		fmt.Println(r.In(1), err)
	}
	// Output:
	// [a] <nil>
	// [a f] <nil>
}

func ExampleRules() {
	ps := []tier.Person{{ID: "a", Score: math.NaN(), Rule: 1}, {ID: "b", Score: math.NaN()}}
	p := pyramid()
	p.Rule = tier.Rules{}
	show(p.Assign(ps))
	// Output:
	// case management [a]
	// self-management [b]
}

func ExampleHighestOf() {
	ps := people()
	ps[4].Rule = 1 // e has no score, but a rule takes them
	p := pyramid()
	p.Rule = tier.HighestOf{tier.Capacity{Places: []int{1}}, tier.Rules{}}
	show(p.Assign(ps))
	// Output:
	// case management [a e]
	// self-management [c b d f]
}

func ExampleHybrid() {
	ps := people()
	ps[5].Floor = 1   // f: never below the top
	ps[0].Ceiling = 2 // a: never above the base
	p := pyramid()
	p.Rule = tier.Hybrid{Of: tier.Capacity{Places: []int{2}}}
	show(p.Assign(ps))
	// Output:
	// case management [c f]
	// self-management [a b d]
}

func ExamplePerson() {
	p := pyramid()
	r, _ := p.Assign([]tier.Person{{ID: "old", Score: 1, Keys: []float64{90}}, {ID: "young", Score: 1, Keys: []float64{50}}, {ID: "best", Score: 2}})
	fmt.Println(r.In(1))
	// Output: [best old]
}

func ExampleStatus() {
	p := pyramid()
	r, _ := p.Assign([]tier.Person{{ID: "a", Score: 3, Status: tier.Away}, {ID: "b", Score: 2, Status: tier.Dead}, {ID: "c", Score: 1}})
	fmt.Println(r.In(1))
	for _, x := range r.NotPlaced {
		fmt.Println(x.ID, x.Why)
	}
	// Output:
	// [c]
	// a away
	// b dead
}

func ExampleNotPlaced() {
	p := pyramid()
	r, _ := p.Assign([]tier.Person{{ID: "a", Score: 1}, {ID: "a", Score: 2}})
	fmt.Println(r.NotPlaced)
	// Output: [{1 a DUPLICATE_PERSON}]
}

func ExampleWhy() {
	p := pyramid()
	r, _ := p.Assign(people())
	n := map[tier.Why]int{}
	for _, x := range r.NotPlaced {
		n[x.Why]++
	}
	fmt.Println(tier.NoScore, n[tier.NoScore], "/", tier.HasOptedOut, n[tier.HasOptedOut])
	// Output: no score 1 / opted out 1
}

func ExampleResult() {
	// Placed and not placed are together everybody; a level without people is named.
	p := pyramid()
	r, _ := p.Assign(people()[:2])
	for _, x := range r.Placed {
		fmt.Println(x.Rank, x.ID, p.Levels[x.Level-1])
	}
	fmt.Println("empty:", r.Empty)
	// Output:
	// 1 a case management
	// 2 b case management
	// empty: [self-management]
}

func ExamplePlacement() {
	p := pyramid()
	r, _ := p.Assign(people())
	text, err := json.Marshal(r.Placed[0])
	fmt.Println(string(text), err)
	// Output: {"index":0,"id":"a","rank":1,"level":1,"score":0.9} <nil>
}

func ExampleLevelResult() {
	p := pyramid()
	r, _ := p.Assign(people())
	fmt.Printf("%+v\n", r.Levels[0])
	// Output: {Name:case management People:2 Scored:true Boundary:0.7 Tied:1}
}

// A virtual ward of two beds: c rises above d, who stays in the buffer.
func ExampleHysteresis() {
	p := pyramid()
	before := []tier.Member{{ID: "a", Level: 1, Rank: 1, Since: registry.Day(2026, 1, 1)}, {ID: "d", Level: 1, Rank: 2, Since: registry.Day(2026, 1, 1)}}
	r, moves, err := p.Update(people(), before, registry.Day(2026, 2, 1), tier.Hysteresis{Leave: []int{4}})
	fmt.Println(r.In(1), err)
	for _, m := range moves.Moves[:3] {
		fmt.Println(m.ID, m.Kind, m.From, m.To)
	}
	// Output:
	// [a d] <nil>
	// a stayed 1 1
	// b entered 0 2
	// c entered 0 2
}

func ExampleMember() {
	p := pyramid()
	r, _ := p.Assign(people())
	fmt.Println(r.Members(registry.Day(2026, 1, 1))[0])
	// Output: {a 1 1 2026-01-01}
}

func ExampleMovement() {
	p := pyramid()
	first, _ := p.Assign(people())
	changed := people()
	changed[0].Status = tier.Dead
	_, moves, _ := p.Update(changed, first.Members(registry.Day(2026, 1, 1)), registry.Day(2026, 2, 1), tier.Hysteresis{})
	fmt.Println(moves.Table, moves.Count(tier.Died))
	// Output: [[0 0 0] [1 1 0] [0 1 2]] 1
}

func ExampleMove() {
	p := pyramid()
	first, _ := p.Assign(people())
	later := people()
	later[3].Score = 0.95 // d rises to the top
	_, moves, _ := p.Update(later, first.Members(registry.Day(2026, 1, 1)), registry.Day(2026, 2, 1), tier.Hysteresis{})
	for _, m := range moves.Moves {
		if m.From != m.To {
			fmt.Printf("%s: level %d to %d, rank %d to %d, %s\n", m.ID, m.From, m.To, m.RankFrom, m.RankTo, m.Kind)
		}
	}
	// Output:
	// c: level 1 to 2, rank 2 to 3, left
	// d: level 2 to 1, rank 4 to 1, entered
}

func ExampleKind() {
	// A minimum stay keeps f, whose rank has fallen.
	p := pyramid()
	before := []tier.Member{{ID: "a", Level: 1, Rank: 1, Since: registry.Day(2026, 1, 20)}, {ID: "f", Level: 1, Rank: 2, Since: registry.Day(2026, 1, 20)}}
	_, moves, err := p.Update(people(), before, registry.Day(2026, 2, 1), tier.Hysteresis{MinStay: 30})
	for _, k := range []tier.Kind{tier.Stayed, tier.KeptByMinStay, tier.Left} {
		fmt.Println(k, moves.Count(k))
	}
	fmt.Println(err)
	// Output:
	// stayed 1
	// kept by minimum stay 1
	// left 0
	// <nil>
}

func ExamplePriority() {
	p := pyramid()
	before := []tier.Member{{ID: "d", Level: 1, Rank: 2}, {ID: "b", Level: 1, Rank: 1}}
	for _, priority := range []tier.Priority{tier.Incumbents, tier.ByRank} {
		r, _, _ := p.Update(people(), before, registry.Day(2026, 2, 1), tier.Hysteresis{Leave: []int{4}, Priority: priority})
		fmt.Println(priority, r.In(1))
	}
	// Output:
	// incumbents [b d]
	// by rank [a c]
}

func ExampleManagers() {
	fmt.Println(tier.Managers(1000, 125, 150))
	// Output: 7 8 <nil>
}

func ExampleWorkload() {
	exact, whole, err := tier.Workload([]tier.Work{{"case management", 150, 600}, {"self-management", 900, 20}}, 90_000)
	fmt.Println(exact.Num, "/", exact.Den, whole, err)
	// Output: 108000 / 90000 2 <nil>
}

func ExampleWork() {
	_, _, err := tier.Workload([]tier.Work{{"case management", -1, 600}}, 0)
	fmt.Println(err)
	// Output:
	// tier: faulty caseload: 0 minutes available
	// tier: faulty caseload: case management: -1 people, 600 minutes
}

func ExampleSteadyState() {
	s := tier.SteadyState{Inflow: 10, Stay: registry.Rate{Num: 15, Den: 2}}
	census, _ := s.Census()
	places, _ := s.Places(registry.Rate{Num: 1, Den: 10})
	turnover := s.Turnover()
	fmt.Println(census.Num, "/", census.Den, places, turnover.Num, "/", turnover.Den)
	// Output: 150 / 2 68 24 / 15
}

func ExampleDistribute() {
	loads, overflow, err := tier.Distribute([]tier.Manager{{"m1", "north", 1}, {"m2", "north", 1}},
		[]tier.Client{{ID: "a", Area: "north", Rank: 1}, {ID: "b", Area: "north", Rank: 2, Previous: "m1"}, {ID: "c", Area: "north", Rank: 3}})
	fmt.Println(loads, overflow, err)
	// Output: [{m1 [b]} {m2 [a]}] [c] <nil>
}

func ExampleManager() {
	_, _, err := tier.Distribute([]tier.Manager{{ID: "m1", Capacity: -1}}, nil)
	fmt.Println(err)
	// Output: tier: faulty caseload: manager "m1" has a capacity of -1
}

func ExampleClient() {
	_, overflow, _ := tier.Distribute(nil, []tier.Client{{ID: "a", Rank: 2}, {ID: "b", Rank: 1}})
	fmt.Println(overflow)
	// Output: [b a]
}

func ExampleCaseload() {
	loads, _, _ := tier.Distribute([]tier.Manager{{"m1", "north", 2}}, []tier.Client{{ID: "a", Area: "north"}})
	fmt.Println(loads[0].Manager, loads[0].Clients)
	// Output: m1 [a]
}

func ExampleWorth() {
	p := pyramid()
	ps := people()
	r, _ := p.Assign(ps)
	price := []decimal.Decimal{decimal.RequireFromString("1200.50"), decimal.NewFromInt(40)}
	ws, err := r.Worth(len(ps), []int{1, 0, 1, 1, 0, 0, 0}, []float64{60, 10, 15, 10, 0, 5, 0}, price)
	for _, w := range ws {
		fmt.Println(w.Level, w.Price, "share of cost", w.CostShare, "from the top:", w.FromTop)
	}
	fmt.Println(err)
	// Output:
	// case management 2401 share of cost 0.75 from the top: flagged 2 of 5; sensitivity 2/3 (66.7 %), PPV 2/2 (100.0 %)
	// self-management 120 share of cost 0.25 from the top: flagged 5 of 5; sensitivity 3/3 (100.0 %), PPV 3/5 (60.0 %)
	// <nil>
}
