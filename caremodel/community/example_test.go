package community_test

import (
	"fmt"
	"slices"

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
	// Who has waited longer goes first; a limit of days goes before both.
	needs := []community.Need{
		{ID: "n1", Category: "exercise", Since: registry.Day(2024, 5, 1)},
		{ID: "n2", Category: "exercise", Since: registry.Day(2024, 2, 1)},
		{ID: "n3", Category: "exercise", Since: registry.Day(2024, 5, 20), UrgencyDays: 60},
	}
	two := []community.Resource{{ID: "swim", Categories: []string{"exercise"}, Capacity: 2}}
	a, err := community.Allocate(needs, two, func(community.Need) community.Context { return community.Context{AsOf: registry.Day(2024, 6, 1)} })
	for _, p := range a.Placed {
		fmt.Println(p.Need.ID, "at", p.Offer.Resource)
	}
	fmt.Println(a.Unmatched[0].Need.ID, "waits", err)
	// Output:
	// n3 at swim
	// n2 at swim
	// n1 waits <nil>
}

func ExampleDomain() {
	_, err := community.CheckNeeds([]community.Need{
		{ID: "n1", Category: "damp flat", Domain: community.Housing, Language: "en"},
		{ID: "n2", Category: "boiler", Domain: "heating", Language: "en"},
	})
	fmt.Println(err)
	// Output: caremodel: definition: need "n2" of the domain "heating"
}

func ExampleResource() {
	// A course that has ended, is elsewhere and speaks another language.
	course := community.Resource{ID: "cook", Categories: []string{"meals"}, Areas: []string{"south"}, Languages: []string{"pl"}, Open: registry.Period{End: registry.Day(2024, 5, 1)}, Capacity: 4}
	_, rejected := community.Match(community.Need{ID: "n", Category: "meals", Area: "north"}, []community.Resource{course}, community.Context{AsOf: registry.Day(2024, 6, 1)})
	fmt.Println(rejected[0].Resource, rejected[0].Why)
	// Output: cook [not open on 2024-06-01 does not serve north]
}

func ExampleContext() {
	ctx := community.Context{AsOf: registry.Day(2024, 6, 1), Distance: func(id string) int64 { return map[string]int64{"walk": 900, "gym": 200}[id] }}
	offers, _ := community.Match(community.Need{ID: "n", Category: "exercise"}, groups, ctx)
	fmt.Println(offers[0].Resource, offers[0].Distance)
	// Output: gym 200
}

func ExampleOffer() {
	need := community.Need{ID: "n", Category: "exercise", UrgencyDays: 14, Language: "pl"}
	offers, _ := community.Match(need, groups, community.Context{AsOf: registry.Day(2024, 6, 1)})
	for _, o := range offers {
		fmt.Println(o.Resource, "in time:", o.InTime, "language:", o.Language, "places:", o.Capacity)
	}
	// Output:
	// walk in time: true language: none places: 10
	// gym in time: false language: none places: 1
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
	fmt.Println(community.CheckResources([]community.Resource{{ID: "x", Categories: []string{"meals"}, Capacity: -1}, {ID: "y", Cost: -5}}))
	// Output:
	// caremodel: definition: resource "x": 1 categories, open any time, -1 places, starts after 0 days, costs 0
	// caremodel: definition: resource "y": 0 categories, open any time, 0 places, starts after 0 days, costs -5
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
	needs := []community.Need{{ID: "n1", Person: "p1", Category: "meals"}, {ID: "n2", Person: "p2", Category: "meals", Language: "cy"}, {ID: "n3", Person: "p3", Category: "housing", Language: "en"}}
	a, _ := community.Allocate(needs, groups, func(community.Need) community.Context { return community.Context{AsOf: registry.Day(2024, 6, 1)} })
	for _, p := range a.Placed {
		fmt.Println("placed", p.Need.ID)
	}
	for _, u := range a.Unmatched {
		fmt.Println("without a place", u.Need.ID)
	}
	fmt.Println(a.Issues)
	// Output:
	// placed n1
	// placed n2
	// without a place n3
	// [LANGUAGE_UNKNOWN p1: need n1]
}

func ExamplePlaced() {
	offers := map[string][]community.Offer{"meals": {{Resource: "restaurant", Cost: 9000}, {Resource: "kitchen", Cost: 4500}}}
	p, _ := community.Package([]community.Need{{ID: "meals"}}, offers, 5000)
	for _, c := range p.Chosen {
		fmt.Println(c.Need.ID, "by", c.Offer.Resource, "for", c.Offer.Cost)
	}
	// Output: meals by kitchen for 4500
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
	// The second need is cheaper, but the first goes first.
	needs := []community.Need{{ID: "carer", Priority: 1}, {ID: "meals", Priority: 2}}
	offers := map[string][]community.Offer{"carer": {{Resource: "agency", Cost: 8000}}, "meals": {{Resource: "kitchen", Cost: 4500}}}
	p, _ := community.Package(needs, offers, 10000)
	fmt.Println("chosen", p.Chosen[0].Offer.Resource, "cost", p.Cost, "left", p.Left)
	fmt.Println("uncovered", p.Uncovered[0].Need.ID, "-", p.Uncovered[0].Why)
	// Output:
	// chosen agency cost 8000 left 2000
	// uncovered meals - 1 offers, all above the 2000 left of the budget
}

func ExampleUncovered() {
	p, _ := community.Package([]community.Need{{ID: "carer"}}, nil, 100)
	fmt.Println(p.Uncovered[0].Need.ID, p.Uncovered[0].Why)
	// Output: carer no offer
}

func ExampleUnmetTally() {
	needs := []community.UnmetNeed{{"meals", "north", registry.Day(2024, 3, 9)}, {"meals", "north", registry.Day(2024, 3, 30)}, {"housing", "south", registry.Day(2024, 3, 1)}}
	cells, err := community.UnmetTally(needs, community.UnmetPolicy{Threshold: 1})
	for _, c := range cells {
		fmt.Println(c.Category, c.Area, c.Month, c.Count, c.Hidden)
	}
	fmt.Println(err)
	// Output:
	// meals north 2024-03-01 2 false
	// housing south 2024-03-01 0 true
	// <nil>
}

func ExampleUnmetPolicy() {
	needs := slices.Repeat([]community.UnmetNeed{{Category: "meals", Area: "north"}}, 10)
	for _, p := range []community.UnmetPolicy{{}, {Threshold: 7}, {ShowAll: true}, {Threshold: -1}} {
		cells, err := community.UnmetTally(needs, p)
		fmt.Println(cells, err)
	}
	// Output:
	// [{meals north not recorded 0 true}] <nil>
	// [{meals north not recorded 10 false}] <nil>
	// [{meals north not recorded 10 false}] <nil>
	// [] caremodel: policy: unmet needs: counts up to -1 hidden, all shown: false
}

func ExampleUnmetNeed() {
	march := registry.Day(2024, 3, 9)
	needs := []community.UnmetNeed{{Category: "meals", Area: "north", On: march}, {Category: "meals", Area: "south", On: march}, {Category: "meals", Area: "south", On: march.AddDays(20)}}
	cells, _ := community.UnmetTally(needs, community.UnmetPolicy{ShowAll: true})
	for _, c := range cells {
		fmt.Println(c.Category, c.Area, c.Month, c.Count)
	}
	// Output:
	// meals south 2024-03-01 2
	// meals north 2024-03-01 1
}

func ExampleUnmetCell() {
	// Cells of 1 to 10 are hidden, as the US rule has it.
	var needs []community.UnmetNeed
	for range 11 {
		needs = append(needs, community.UnmetNeed{Category: "meals", Area: "north"})
	}
	needs = append(needs, community.UnmetNeed{Category: "meals", Area: "south"})
	cells, _ := community.UnmetTally(needs, community.UnmetPolicy{})
	for _, c := range cells {
		fmt.Println(c.Area, c.Count, "hidden:", c.Hidden)
	}
	// Output:
	// north 11 hidden: false
	// south 0 hidden: true
}

func ExampleAdvocacyCount() {
	fmt.Println(community.AdvocacyCount([]community.AdvocacyNote{{registry.Day(2024, 2, 1), "letter on bus fares"}}, registry.CalendarYear(2024)))
	// Output: 1 0
}

func ExampleAdvocacyNote() {
	notes := []community.AdvocacyNote{{registry.Day(2024, 2, 1), "letter on bus fares"}, {registry.Day(2023, 11, 4), "talk to the council"}, {Text: "petition"}}
	in, undated := community.AdvocacyCount(notes, registry.CalendarYear(2024))
	fmt.Println(in, "in the year,", undated, "without a date")
	// Output: 1 in the year, 1 without a date
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
	l, _ := community.NewLoop(community.LoopPolicy{})
	r := walk("r1", community.Draft, community.Sent, community.Received, community.Accepted, community.Booked, community.Attended, community.Reported)
	closing := caremodel.Step[community.State]{On: registry.Day(2024, 6, 25), To: community.Closed}
	fmt.Println(l.Advance(&r, closing)) // nothing came back yet
	r.Report, r.ReviewedBy, r.Outcome = "walks twice a week", "dr a", community.Met
	fmt.Println(l.Advance(&r, closing), r.State(registry.Day(2024, 6, 24)), r.State(registry.Day(2024, 6, 25)))
	// Output:
	// caremodel: transition: referral "r1": closed without a report
	// caremodel: transition: referral "r1": closed without a review by the sender
	// caremodel: transition: referral "r1": closed with the outcome ""
	// <nil> reported closed
}

// After the last missed appointment that the policy allows, nothing is booked again.
func ExampleState() {
	l, _ := community.NewLoop(community.LoopPolicy{Missed: 1})
	r := walk("r1", community.Draft, community.Sent, community.Received, community.Accepted, community.Booked, community.Missed)
	fmt.Println(l.Advance(&r, caremodel.Step[community.State]{On: registry.Day(2024, 6, 20), To: community.Booked}))
	fmt.Println(r.State(registry.Day(2024, 6, 5)), "then", r.State(registry.Day(2024, 6, 20)))
	// Output:
	// caremodel: transition: referral "r1": booked again after 1 missed appointments
	// sent then missed
}

func ExampleOutcome() {
	l, _ := community.NewLoop(community.LoopPolicy{})
	r := walk("r1", community.Draft, community.Sent, community.Received, community.Accepted, community.Booked, community.Attended, community.Reported)
	r.Report, r.ReviewedBy = "came once", "dr a"
	for _, o := range []community.Outcome{community.NoOutcome, community.PartlyMet} {
		r.Outcome = o
		fmt.Println(l.Advance(&r, caremodel.Step[community.State]{On: registry.Day(2024, 6, 25), To: community.Closed}))
	}
	// Output:
	// caremodel: transition: referral "r1": closed with the outcome ""
	// <nil>
}

func ExampleStuck() {
	l, _ := community.NewLoop(community.LoopPolicy{})
	referrals := []community.Referral{walk("r1", community.Draft, community.Sent), walk("r2", community.Draft, community.Sent, community.Received)}
	for _, s := range l.Report(referrals, registry.Day(2024, 6, 30)).Stuck {
		fmt.Println(s.Referral, "is", s.State, "and waits to be", s.Waiting, s.DaysOver, "days too long")
	}
	// Output:
	// r1 is sent and waits to be received 19 days too long
	// r2 is received and waits to be accepted 9 days too long
}

func ExampleStepDays() {
	l, _ := community.NewLoop(community.LoopPolicy{})
	slow := walk("r2", community.Draft, community.Sent)
	slow.History = append(slow.History, caremodel.Step[community.State]{On: registry.Day(2024, 6, 10), To: community.Received})
	rep := l.Report([]community.Referral{walk("r1", community.Draft, community.Sent, community.Received), slow}, registry.Day(2024, 6, 30))
	for _, s := range rep.Steps {
		fmt.Println(s.From, "to", s.To, s.N, "median", s.Median.FloatString(1), "days")
	}
	// Output:
	// draft to sent 2 median 3.0 days
	// sent to received 2 median 4.5 days
}

func ExampleStateCount() {
	l, _ := community.NewLoop(community.LoopPolicy{})
	rep := l.Report([]community.Referral{walk("r1", community.Draft, community.Sent), walk("r2", community.Draft, community.Sent), walk("r3", community.Draft, community.Declined)}, registry.Day(2024, 6, 30))
	for _, s := range rep.States {
		if s.N > 0 {
			fmt.Println(s.State, s.N)
		}
	}
	fmt.Println(rep.Referrals, "counted,", rep.LeftOut, "left out: a draft cannot be declined")
	// Output:
	// sent 2
	// 2 counted, 1 left out: a draft cannot be declined
}

func ExampleLoopReport() {
	l, _ := community.NewLoop(community.LoopPolicy{})
	done := walk("r1", community.Draft, community.Sent, community.Received, community.Accepted, community.Booked, community.Missed, community.Booked, community.Attended, community.Reported, community.Closed)
	done.Report, done.ReviewedBy, done.Outcome = "walks", "dr a", community.Met
	open := walk("r2", community.Draft, community.Sent)
	for _, day := range []registry.Date{registry.Day(2024, 7, 1), registry.Day(2024, 12, 1)} {
		rep := l.Report([]community.Referral{done, open}, day)
		fmt.Println(day, "closed", rep.Closure, "no-show", rep.NoShow)
	}
	// Output:
	// 2024-07-01 closed 0/0 (undefined) no-show 1/2 (50.0 %)
	// 2024-12-01 closed 1/2 (50.0 %) no-show 1/2 (50.0 %)
}

// walk is a referral to the walking group that took a step every three days.
func walk(id string, states ...community.State) community.Referral {
	r := community.Referral{ID: id, Person: "p1", From: "practice", To: "walk"}
	for i, s := range states {
		r.History = append(r.History, caremodel.Step[community.State]{On: registry.Day(2024, 6, 1+3*i), To: s})
	}
	return r
}
