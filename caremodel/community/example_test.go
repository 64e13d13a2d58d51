package community_test

import (
	"fmt"
	"math/big"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/caremodel/community"
	"github.com/chroniccare/chroniccare/registry"
)

var groups = []community.Resource{
	{ID: "walk", Name: "walking group", Categories: []string{"exercise"}, Languages: []string{"en"}, Capacity: 10},
	{ID: "gym", Name: "gym on prescription", Categories: []string{"exercise"}, Languages: []string{"en"}, Capacity: 1, StartDelay: 30},
	{ID: "meals", Name: "meals at home", Categories: []string{"meals"}, Capacity: 5, Cost: 450},
}

func ExampleMatch() {
	need := community.Need{ID: "n1", Category: "exercise", UrgencyDays: 14, Language: "en"}
	offers, rejected := community.Match(need, groups, community.Context{AsOf: registry.Day(2024, 6, 1)})
	for _, o := range offers {
		fmt.Println(o.Resource, "in time:", o.InTime)
	}
	fmt.Println(rejected[0].Resource, rejected[0].Why)
	// Output:
	// walk in time: true
	// gym in time: false
	// meals [offers no exercise]
}

func ExampleNeed() {
	n := community.Need{ID: "n1", Person: "p1", Category: "meals", Domain: community.Social, Priority: 1}
	fmt.Println(n.Person, n.Domain, n.Category)
	// Output: p1 social meals
}

func ExampleDomain() {
	fmt.Println(community.Housing)
	// Output: housing
}

func ExampleResource() {
	err := community.CheckResources([]community.Resource{{ID: "walk", Categories: []string{"exercise"}, Capacity: 10}})
	fmt.Println(err)
	// Output: <nil>
}

func ExampleContext() {
	ctx := community.Context{AsOf: registry.Day(2024, 6, 1), Distance: func(id string) int64 { return map[string]int64{"walk": 900, "gym": 200}[id] }}
	offers, _ := community.Match(community.Need{ID: "n", Category: "exercise"}, groups, ctx)
	fmt.Println(offers[0].Resource, offers[0].Distance)
	// Output: gym 200
}

func ExampleOffer() {
	fmt.Printf("%+v\n", community.Offer{Resource: "meals", InTime: true, Language: caremodel.SameLanguage, Cost: 450})
	// Output: {Resource:meals InTime:true Language:direct Distance:0 Cost:450 Capacity:0}
}

func ExampleRejection() {
	_, rejected := community.Match(community.Need{ID: "n", Category: "meals", Constraints: []string{"halal"}}, groups[2:], community.Context{AsOf: registry.Day(2024, 6, 1)})
	fmt.Println(rejected[0].Why)
	// Output: [without halal]
}

func ExampleCheckNeeds() {
	issues, err := community.CheckNeeds([]community.Need{{ID: "n1", Person: "p1", Category: "meals"}, {ID: "n1", Person: "p2"}})
	fmt.Println(issues[0])
	fmt.Println(err)
	// Output:
	// LANGUAGE_UNKNOWN p1: need n1
	// caremodel: definition: need "n1" of person "p2": its ID is missing or there twice
	// caremodel: definition: need "n1" has no category
}

func ExampleCheckResources() {
	fmt.Println(community.CheckResources([]community.Resource{{ID: "x", Categories: []string{"meals"}, Capacity: -1}}) != nil)
	// Output: true
}

func ExampleAllocate() {
	needs := []community.Need{{ID: "n1", Category: "exercise", UrgencyDays: 40}, {ID: "n2", Category: "exercise", UrgencyDays: 35}}
	a, err := community.Allocate(needs, groups[1:2], func(community.Need) community.Context { return community.Context{AsOf: registry.Day(2024, 6, 1)} })
	if err != nil {
		panic(err)
	}
	fmt.Println("placed", a.Placed[0].Need.ID, "waits", a.Unmatched[0].Need.ID, a.Unmatched[0].Why)
	// Output: placed n2 waits n1 [{gym [its places went to needs earlier in the order]}]
}

func ExampleAllocation() {
	a, _ := community.Allocate(nil, groups, nil)
	fmt.Println(len(a.Placed), len(a.Unmatched))
	// Output: 0 0
}

func ExamplePlaced() {
	fmt.Println(community.Placed{Need: community.Need{ID: "n1"}, Offer: community.Offer{Resource: "walk"}}.Offer.Resource)
	// Output: walk
}

func ExampleUnmatched() {
	a, _ := community.Allocate([]community.Need{{ID: "n1", Category: "legal advice"}}, groups[:1], func(community.Need) community.Context { return community.Context{AsOf: registry.Day(2024, 6, 1)} })
	fmt.Println(a.Unmatched[0].Why)
	// Output: [{walk [offers no legal advice]}]
}

func ExamplePackage() {
	needs := []community.Need{{ID: "meals", Priority: 1}, {ID: "cleaning", Priority: 2}}
	offers := map[string][]community.Offer{"meals": {{Resource: "kitchen", Cost: 4500}}, "cleaning": {{Resource: "agency", Cost: 6000}}}
	p, err := community.Package(needs, offers, 10000)
	if err != nil {
		panic(err)
	}
	fmt.Println("cost", p.Cost, "left", p.Left, "uncovered", p.Uncovered[0].Need.ID, "-", p.Uncovered[0].Why)
	// Output: cost 4500 left 5500 uncovered cleaning - 1 offers, all above the 5500 left of the budget
}

func ExamplePackageOfCare() {
	p, _ := community.Package(nil, nil, 100)
	fmt.Println(p.Cost, p.Left)
	// Output: 0 100
}

func ExampleUncovered() {
	p, _ := community.Package([]community.Need{{ID: "carer"}}, nil, 100)
	fmt.Println(p.Uncovered[0].Need.ID, p.Uncovered[0].Why)
	// Output: carer no offer
}

func ExampleUnmetTally() {
	cells := community.UnmetTally([]community.UnmetNeed{{"meals", "north", registry.Day(2024, 3, 9)}, {"meals", "north", registry.Day(2024, 3, 30)}, {"housing", "south", registry.Day(2024, 3, 1)}}, 1)
	for _, c := range cells {
		fmt.Println(c.Category, c.Area, c.Month, c.Count, c.Hidden)
	}
	// Output:
	// meals north 2024-03-01 2 false
	// housing south 2024-03-01 0 true
}

func ExampleUnmetNeed() {
	fmt.Println(len(community.UnmetTally([]community.UnmetNeed{{Category: "meals"}}, 0)))
	// Output: 1
}

func ExampleUnmetCell() {
	fmt.Printf("%+v\n", community.UnmetTally([]community.UnmetNeed{{Category: "meals", Area: "north"}}, 0)[0].Count)
	// Output: 1
}

func ExampleAdvocacyCount() {
	fmt.Println(community.AdvocacyCount([]community.AdvocacyNote{{registry.Day(2024, 2, 1), "letter on bus fares"}}, registry.CalendarYear(2024)))
	// Output: 1 0
}

func ExampleAdvocacyNote() {
	fmt.Println(community.AdvocacyNote{registry.Day(2024, 2, 1), "letter on bus fares"}.On)
	// Output: 2024-02-01
}

func ExampleNewLoop() {
	l, err := community.NewLoop(community.LoopPolicy{Received: 5})
	fmt.Println(l.Policy().Received, l.Policy().Booked, l.Policy().Total, err)
	// Output: 5 28 75 <nil>
}

func ExampleLoop() {
	l, _ := community.NewLoop(community.LoopPolicy{})
	r := community.Referral{ID: "r1", From: "practice", To: "walking group"}
	day := registry.Day(2024, 6, 1)
	for _, s := range []community.State{community.Draft, community.Sent} {
		if err := l.Advance(&r, caremodel.Step[community.State]{On: day, To: s}); err != nil {
			panic(err)
		}
	}
	fmt.Println(l.Advance(&r, caremodel.Step[community.State]{On: day, To: community.Booked}))
	fmt.Println(l.Report([]community.Referral{r}, registry.Day(2024, 6, 12)).Stuck)
	// Output:
	// caremodel: transition: referral: booked does not follow sent: received, declined, cancelled, expired do
	// [{r1 sent received 4}]
}

func ExampleLoopPolicy() {
	_, err := community.NewLoop(community.LoopPolicy{Booked: -1})
	fmt.Println(err)
	// Output: caremodel: policy: booked: -1
}

func ExampleReferral() {
	r := community.Referral{ID: "r1", History: caremodel.History[community.State]{{On: registry.Day(2024, 6, 1), To: community.Draft}}}
	fmt.Println(r.State(registry.Day(2024, 7, 1)))
	// Output: draft
}

func ExampleState() {
	fmt.Println(community.Attended)
	// Output: attended
}

func ExampleOutcome() {
	fmt.Println(community.PartlyMet)
	// Output: partly
}

func ExampleStuck() {
	fmt.Printf("%+v\n", community.Stuck{Referral: "r1", State: community.Sent, Waiting: community.Received, DaysOver: 4})
	// Output: {Referral:r1 State:sent Waiting:received DaysOver:4}
}

func ExampleStepDays() {
	fmt.Printf("%+v\n", community.StepDays{From: community.Sent, To: community.Received, N: 2, Median: big.NewRat(7, 2)})
	// Output: {From:sent To:received N:2 Median:7/2}
}

func ExampleStateCount() {
	l, _ := community.NewLoop(community.LoopPolicy{})
	fmt.Println(len(l.Report(nil, registry.Day(2024, 6, 1)).States))
	// Output: 13
}

func ExampleLoopReport() {
	l, _ := community.NewLoop(community.LoopPolicy{})
	rep := l.Report(nil, registry.Day(2024, 6, 1))
	fmt.Println(rep.Closure.Defined()) // nobody to count: undefined, not 0
	// Output: false
}
