package tier_test

import (
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
	fmt.Println(tier.Team{Area: "north", Places: []int{125}}.Places)
	// Output: [125]
}

func ExampleRule() {
	var r tier.Rule = tier.HighestOf{tier.Capacity{Places: []int{1}}, tier.Rules{}}
	p := pyramid()
	p.Rule = r
	fmt.Println(p.Check())
	// Output: <nil>
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
	fmt.Println(tier.Away, tier.OptedOut)
	// Output: away opted out
}

func ExampleNotPlaced() {
	p := pyramid()
	r, _ := p.Assign([]tier.Person{{ID: "a", Score: 1}, {ID: "a", Score: 2}})
	fmt.Println(r.NotPlaced)
	// Output: [{1 a DUPLICATE_PERSON}]
}

func ExampleWhy() {
	fmt.Println(tier.HasOptedOut)
	// Output: opted out
}

func ExampleResult() {
	p := pyramid()
	r, _ := p.Assign(people()[:2])
	fmt.Println(len(r.Placed), r.Empty)
	// Output: 2 [self-management]
}

func ExamplePlacement() {
	p := pyramid()
	r, _ := p.Assign(people())
	fmt.Println(r.Placed[2].ID, r.Placed[2].Rank, r.Placed[2].Level)
	// Output: b 3 2
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
	fmt.Printf("%+v\n", tier.Move{ID: "a", From: 1, Kind: tier.Died})
	// Output: {ID:a From:1 To:0 RankFrom:0 RankTo:0 Kind:died}
}

func ExampleKind() {
	fmt.Println(tier.KeptByMinStay)
	// Output: kept by minimum stay
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
