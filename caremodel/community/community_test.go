package community_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"pgregory.net/rapid"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/caremodel/community"
	"github.com/chroniccare/chroniccare/registry"
)

var today = registry.Day(2024, 6, 1)

func criterion(t interface{ Fatal(...any) }, min int) (registry.Criterion, *registry.Chart) {
	b := registry.NewBinder(nil)
	c := registry.AgeAt{At: registry.PeriodEnd(), Min: min}.Bind(b)
	lex, err := b.Lexicon()
	if err != nil {
		t.Fatal(err)
	}
	return c, lex.Chart(&registry.Patient{ID: "p", Birth: registry.Day(1960, 1, 1)})
}

func TestMatch(t *testing.T) {
	old, chart := criterion(t, 60)
	older, _ := criterion(t, 65)
	need := community.Need{ID: "n", Person: "p", Category: "falls class", UrgencyDays: 14, Language: "pl", Area: "north", Constraints: []string{"step-free"}}
	good := community.Resource{ID: "good", Categories: []string{"falls class"}, Areas: []string{"north"}, Languages: []string{"en", "pl"}, Features: []string{"step-free"}, Capacity: 2, Eligible: old, Open: registry.Period{Start: today}}
	change := func(id string, f func(*community.Resource)) community.Resource {
		r := good
		r.ID = id
		f(&r)
		return r
	}
	resources := []community.Resource{
		change("z-late", func(r *community.Resource) { r.StartDelay = 15 }),
		change("interpreter", func(r *community.Resource) { r.Languages, r.Interpreter = nil, true }),
		change("dear", func(r *community.Resource) { r.Cost = 1 }),
		change("far", func(r *community.Resource) {}),
		change("roomy", func(r *community.Resource) { r.Capacity = 3 }),
		change("b-same", func(r *community.Resource) {}),
		change("tongue", func(r *community.Resource) { r.Languages = nil }),
		good,
		change("full", func(r *community.Resource) { r.Capacity = 0 }),
		change("closed", func(r *community.Resource) { r.Open = registry.Period{End: today.AddDays(-1)} }),
		change("young", func(r *community.Resource) { r.Eligible = older }),
		change("wrong", func(r *community.Resource) {
			r.Categories, r.Areas, r.Features, r.Eligible = []string{"meals"}, []string{"south"}, nil, nil
		}),
	}
	offers, rejected := community.Match(need, resources, community.Context{AsOf: today, Chart: chart, Distance: func(id string) int64 {
		if id == "far" {
			return 900
		}
		return 100
	}})
	var ids []string
	for _, o := range offers {
		ids = append(ids, o.Resource)
	}
	if got := strings.Join(ids, " "); got != "roomy b-same good dear far interpreter tongue z-late" {
		t.Error(got)
	}
	for id, want := range map[string]int{"closed": 1, "full": 1, "young": 1, "wrong": 3} {
		i := slices.IndexFunc(rejected, func(r community.Rejection) bool { return r.Resource == id })
		if i < 0 || len(rejected[i].Why) != want {
			t.Errorf("%s: %v", id, rejected)
		}
	}
	// a place on the last day that is soon enough is in time; the day after is not
	for delay, want := range map[int]bool{14: true, 15: false} {
		offers, _ := community.Match(need, []community.Resource{change("r", func(r *community.Resource) { r.StartDelay = delay })}, community.Context{AsOf: today, Chart: chart})
		if len(offers) != 1 || offers[0].InTime != want {
			t.Error(delay, offers)
		}
	}
	// eligibility is judged over the year that ends on the day: sixty on its first day, or not
	b := registry.NewBinder(nil)
	at := registry.AgeAt{At: registry.PeriodStart(), Min: 60}.Bind(b)
	lex, err := b.Lexicon()
	if err != nil {
		t.Fatal(err)
	}
	first := today.AddYears(-1).AddDays(1)
	for birth, want := range map[registry.Date]int{first.AddYears(-60): 1, first.AddYears(-60).AddDays(1): 0} {
		offers, _ := community.Match(need, []community.Resource{change("r", func(r *community.Resource) { r.Eligible = at })}, community.Context{AsOf: today, Chart: lex.Chart(&registry.Patient{ID: "p", Birth: birth})})
		if len(offers) != want {
			t.Error(birth, offers)
		}
	}
	_, rejected = community.Match(need, []community.Resource{good}, community.Context{AsOf: today})
	if len(rejected) != 1 || !strings.Contains(rejected[0].Why[0], "cannot be told") {
		t.Error(rejected)
	}
}

func TestBadInput(t *testing.T) {
	_, err := community.Allocate([]community.Need{{ID: "a"}, {ID: "a", Category: "x", UrgencyDays: -1}, {Category: "x"}},
		[]community.Resource{{}, {ID: "r", Categories: []string{"x"}, Capacity: -1}, {ID: "r", Categories: []string{"x"}}}, func(community.Need) community.Context { return community.Context{} })
	if !errors.Is(err, caremodel.ErrDefinition) || strings.Count(err.Error(), "\n") != 7 {
		t.Errorf("%v", err)
	}
	if _, err := community.Package(nil, nil, -1); !errors.Is(err, caremodel.ErrPolicy) {
		t.Error(err)
	}
	if _, err := community.Package([]community.Need{{ID: "n"}}, map[string][]community.Offer{"n": {{Cost: -1}}}, 1); !errors.Is(err, caremodel.ErrPolicy) {
		t.Error(err)
	}
	if _, err := community.NewLoop(community.LoopPolicy{Received: -1, Missed: -2}); !errors.Is(err, caremodel.ErrPolicy) || strings.Count(err.Error(), "policy") != 2 {
		t.Error(err)
	}
}

func drawWorld(t *rapid.T) ([]community.Need, []community.Resource) {
	categories := []string{"a", "b", "c"}
	var needs []community.Need
	for i := range rapid.IntRange(0, 5).Draw(t, "needs") {
		needs = append(needs, community.Need{ID: fmt.Sprintf("n%d", i), Category: rapid.SampledFrom(categories).Draw(t, "category"), UrgencyDays: rapid.IntRange(0, 3).Draw(t, "urgency"), Since: today.AddDays(-rapid.IntRange(0, 2).Draw(t, "since")), Language: "en"})
	}
	var resources []community.Resource
	for i := range rapid.IntRange(0, 4).Draw(t, "resources") {
		resources = append(resources, drawResource(t, fmt.Sprintf("r%d", i)))
	}
	return needs, resources
}

func drawResource(t *rapid.T, id string) community.Resource {
	return community.Resource{ID: id, Categories: rapid.SampledFrom([][]string{{"a"}, {"a", "b"}, {"b", "c"}, {"a", "b", "c"}}).Draw(t, "categories"), Capacity: rapid.IntRange(0, 2).Draw(t, "capacity"), StartDelay: rapid.IntRange(0, 4).Draw(t, "delay"), Cost: rapid.Int64Range(0, 1).Draw(t, "cost")}
}

// No capacity is exceeded; nobody waits for a place that somebody later got; another
// resource never lengthens the unmatched list; the order of the input does not matter;
// and the result is what trying all choices in the same order of precedence gives.
func TestAllocateLaws(t *testing.T) {
	placed, waiting := 0, 0
	ctx := func(community.Need) community.Context { return community.Context{AsOf: today} }
	lawtest.Until(t, func(t *rapid.T) {
		needs, resources := drawWorld(t)
		a, err := community.Allocate(needs, resources, ctx)
		if err != nil {
			t.Fatal(err)
		}
		if len(a.Placed)+len(a.Unmatched) != len(needs) {
			t.Fatal("a need was lost")
		}
		used := map[string]int{}
		for _, p := range a.Placed {
			used[p.Offer.Resource]++
		}
		for _, r := range resources {
			if used[r.ID] > r.Capacity {
				t.Fatal("more places than there are")
			}
		}
		before := func(x, y community.Need) bool {
			ux, uy := x.UrgencyDays, y.UrgencyDays
			if ux == 0 {
				ux = 99
			}
			if uy == 0 {
				uy = 99
			}
			switch {
			case ux != uy:
				return ux < uy
			case x.Since != y.Since:
				return x.Since < y.Since
			}
			return x.ID < y.ID
		}
		for _, u := range a.Unmatched {
			waiting++
			offers, _ := community.Match(u.Need, resources, ctx(u.Need))
			for _, p := range a.Placed {
				if before(u.Need, p.Need) && slices.ContainsFunc(offers, func(o community.Offer) bool { return o.Resource == p.Offer.Resource }) {
					t.Fatalf("%s waits for the place of %s", u.Need.ID, p.Need.ID)
				}
			}
		}
		for _, p := range a.Placed {
			placed++
			// nobody would rather have a place that somebody later got
			offers, _ := community.Match(p.Need, resources, ctx(p.Need))
			mine := slices.IndexFunc(offers, func(o community.Offer) bool { return o.Resource == p.Offer.Resource })
			for _, q := range a.Placed {
				theirs := slices.IndexFunc(offers, func(o community.Offer) bool { return o.Resource == q.Offer.Resource })
				if theirs >= 0 && theirs < mine && before(p.Need, q.Need) {
					t.Fatal("a better place went to somebody later")
				}
			}
		}
		more, _ := community.Allocate(needs, append(slices.Clone(resources), drawResource(t, "new")), ctx)
		if len(more.Unmatched) > len(a.Unmatched) {
			t.Fatal("a resource more, and more people without one")
		}
		slices.Reverse(needs)
		slices.Reverse(resources)
		if b, _ := community.Allocate(needs, resources, ctx); fmt.Sprint(a) != fmt.Sprint(b) {
			t.Fatal("the order of the input matters")
		}
	}, func() bool { return placed > 0 && waiting > 0 })
}

func TestPackage(t *testing.T) {
	needs := []community.Need{{ID: "c"}, {ID: "a", Priority: 2}, {ID: "b", Priority: 1}, {ID: "d", Priority: 3}}
	offers := map[string][]community.Offer{"a": {{Resource: "dear", Cost: 80}, {Resource: "cheap", Cost: 30}}, "b": {{Resource: "first", Cost: 50}}, "c": {{Resource: "free"}, {Resource: "other"}}}
	p, err := community.Package(needs, offers, 100)
	if err != nil || p.Cost != 80 || p.Left != 20 || len(p.Chosen) != 3 || p.Chosen[0].Offer.Resource != "first" || p.Chosen[1].Offer.Resource != "cheap" || p.Chosen[2].Offer.Resource != "free" || p.Uncovered[0].Why != "no offer" {
		t.Errorf("%+v %v", p, err)
	}
	p, _ = community.Package(needs, offers, 60)
	if p.Uncovered[0].Need.ID != "a" || !strings.Contains(p.Uncovered[0].Why, "10 left") {
		t.Errorf("%+v", p)
	}
}

func TestPackageLaw(t *testing.T) {
	tight := 0
	lawtest.Until(t, func(t *rapid.T) {
		var needs []community.Need
		offers := map[string][]community.Offer{}
		for i := range rapid.IntRange(0, 5).Draw(t, "needs") {
			id := fmt.Sprint(i)
			needs = append(needs, community.Need{ID: id, Priority: rapid.IntRange(0, 3).Draw(t, "priority")})
			for k := range rapid.IntRange(0, 2).Draw(t, "offers") {
				offers[id] = append(offers[id], community.Offer{Resource: fmt.Sprint("r", k), Cost: rapid.Int64Range(0, 60).Draw(t, "cost")})
			}
		}
		budget := rapid.Int64Range(0, 100).Draw(t, "budget")
		p, err := community.Package(needs, offers, budget)
		if err != nil {
			t.Fatal(err)
		}
		var sum int64
		for _, c := range p.Chosen {
			sum += c.Offer.Cost
		}
		if sum != p.Cost || p.Cost+p.Left != budget || p.Left < 0 || len(p.Chosen)+len(p.Uncovered) != len(needs) {
			t.Fatalf("%+v", p)
		}
		for _, u := range p.Uncovered {
			if u.Why != "no offer" {
				tight++
			}
		}
	}, func() bool { return tight > 0 })
}

func TestUnmetTally(t *testing.T) {
	var needs []community.UnmetNeed
	for range 12 {
		needs = append(needs, community.UnmetNeed{Category: "meals", Area: "north", On: registry.Day(2024, 3, 9)})
	}
	needs = append(needs, community.UnmetNeed{Category: "housing", Area: "north", On: registry.Day(2024, 3, 31)}, community.UnmetNeed{Category: "housing", Area: "north"})
	all := community.UnmetPolicy{ShowAll: true}
	cells, err := community.UnmetTally(needs, all)
	if err != nil || len(cells) != 3 || cells[0].Count != 12 || cells[0].Month != registry.Day(2024, 3, 1) || cells[1].Month != 0 {
		t.Errorf("%+v", cells)
	}
	for _, p := range []community.UnmetPolicy{{}, {Threshold: 10}} { // the default is the published rule
		if cells, err := community.UnmetTally(needs, p); err != nil || cells[0].Hidden || !cells[1].Hidden || cells[1].Count != 0 || !cells[2].Hidden {
			t.Errorf("%+v %v", cells, err)
		}
	}
	// 1 to 10 are hidden, 11 is not; another threshold is the caller's
	for n, hidden := range map[int][3]bool{1: {true, true, false}, 7: {true, true, false}, 8: {true, false, false}, 10: {true, false, false}, 11: {false, false, false}} {
		for i, p := range []community.UnmetPolicy{{}, {Threshold: 7}, all} {
			cells, err := community.UnmetTally(slices.Repeat([]community.UnmetNeed{{Category: "meals"}}, n), p)
			if err != nil || len(cells) != 1 || cells[0].Hidden != hidden[i] || hidden[i] == (cells[0].Count != 0) {
				t.Errorf("%d needs, %+v: %+v %v", n, p, cells, err)
			}
		}
	}
	for _, p := range []community.UnmetPolicy{{Threshold: -1}, {Threshold: 5, ShowAll: true}, {Threshold: -1, ShowAll: true}} {
		if cells, err := community.UnmetTally(needs, p); !errors.Is(err, caremodel.ErrPolicy) || cells != nil {
			t.Errorf("%+v: %v", p, err)
		}
	}
	if cells, _ := community.UnmetTally([]community.UnmetNeed{{On: -5}, {On: registry.MaxDate + 1}, {}}, all); len(cells) != 1 || cells[0].Count != 3 || cells[0].Month != 0 {
		t.Errorf("%+v", cells)
	}
	if in, undated := community.AdvocacyCount([]community.AdvocacyNote{{On: today}, {}, {On: today.AddYears(-2)}}, registry.CalendarYear(2024)); in != 1 || undated != 1 {
		t.Error(in, undated)
	}
}

func loop(t interface{ Fatal(...any) }) *community.Loop {
	l, err := community.NewLoop(community.LoopPolicy{})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

var allStates = []community.State{community.Draft, community.Sent, community.Received, community.Accepted, community.Booked, community.Attended, community.Reported, community.Closed,
	community.Missed, community.Declined, community.Cancelled, community.Expired, community.Lost}

// Every pair of states.
func TestLoopPairs(t *testing.T) {
	allowed := map[community.State]string{"draft": "sent cancelled", "sent": "received declined cancelled expired", "received": "accepted declined cancelled expired",
		"accepted": "booked declined cancelled expired lost", "booked": "attended missed cancelled expired", "missed": "booked lost cancelled expired", "attended": "reported expired", "reported": "closed"}
	path := map[community.State][]community.State{"draft": {}, "sent": {"sent"}, "received": {"sent", "received"}, "accepted": {"sent", "received", "accepted"}, "booked": {"sent", "received", "accepted", "booked"}}
	path["attended"] = append(slices.Clone(path["booked"]), "attended")
	path["reported"] = append(slices.Clone(path["attended"]), "reported")
	path["closed"] = append(slices.Clone(path["reported"]), "closed")
	path["missed"] = append(slices.Clone(path["booked"]), "missed")
	path["lost"] = append(slices.Clone(path["missed"]), "lost")
	for _, s := range []community.State{"declined", "cancelled", "expired"} {
		path[s] = []community.State{"sent", s}
	}
	l := loop(t)
	for _, from := range allStates {
		for _, to := range allStates {
			r := community.Referral{ID: "r", Report: "seen", ReviewedBy: "dr", Outcome: community.Met}
			for _, s := range append([]community.State{"draft"}, path[from]...) {
				if err := l.Advance(&r, caremodel.Step[community.State]{On: today, To: s, Reason: "why"}); err != nil {
					t.Fatal(err)
				}
			}
			n := len(r.History)
			err := l.Advance(&r, caremodel.Step[community.State]{On: today, To: to, Reason: "why"})
			want := slices.Contains(strings.Fields(allowed[from]), string(to))
			if want != (err == nil) || !want && (!errors.Is(err, caremodel.ErrTransition) || len(r.History) != n) {
				t.Errorf("%s to %s: %v", from, to, err)
			}
		}
	}
}

func advance(t interface{ Fatal(...any) }, l *community.Loop, r *community.Referral, steps ...any) {
	for i := 0; i < len(steps); i += 2 {
		if err := l.Advance(r, caremodel.Step[community.State]{To: steps[i].(community.State), On: today.AddDays(steps[i+1].(int)), Reason: "stated"}); err != nil {
			t.Fatal(err)
		}
	}
}

func TestLoopConditions(t *testing.T) {
	l := loop(t)
	r := community.Referral{ID: "r"}
	advance(t, l, &r, community.Draft, 0, community.Sent, 0, community.Received, 1, community.Accepted, 2, community.Booked, 3, community.Attended, 9, community.Reported, 10)
	err := l.Advance(&r, caremodel.Step[community.State]{To: community.Closed, On: today.AddDays(11)})
	if !errors.Is(err, caremodel.ErrTransition) || strings.Count(err.Error(), "closed with") != 3 {
		t.Error(err)
	}
	r.Report, r.ReviewedBy, r.Outcome = "went well", "dr", community.PartlyMet
	advance(t, l, &r, community.Closed, 11)
	if r.State(today.AddDays(10)) != community.Reported || r.State(today.AddDays(11)) != community.Closed || r.State(today.AddDays(-1)) != "" {
		t.Error(r.History)
	}
	q := community.Referral{ID: "q"}
	advance(t, l, &q, community.Draft, 0, community.Sent, 0)
	if err := l.Advance(&q, caremodel.Step[community.State]{To: community.Declined, On: today}); !errors.Is(err, caremodel.ErrTransition) || !strings.Contains(err.Error(), "without a reason") {
		t.Error(err)
	}
	advance(t, l, &q, community.Received, 0, community.Accepted, 0, community.Booked, 0, community.Missed, 1, community.Booked, 1, community.Missed, 2, community.Booked, 2, community.Missed, 3)
	if err := l.Advance(&q, caremodel.Step[community.State]{To: community.Booked, On: today.AddDays(4)}); !errors.Is(err, caremodel.ErrTransition) {
		t.Error("a fourth booking")
	}
	advance(t, l, &q, community.Lost, 4)
}

func TestLoopReport(t *testing.T) {
	l := loop(t)
	total := l.Policy().Total
	if total != 77 {
		t.Fatal(total)
	}
	// 10 sent, 8 past the limit, 6 of these closed
	var rs []community.Referral
	for i := range 10 {
		r := community.Referral{ID: fmt.Sprint("r", i), Report: "x", ReviewedBy: "y", Outcome: community.Met}
		start := -total - 1
		if i >= 8 {
			start = -total
		}
		advance(t, l, &r, community.Draft, start, community.Sent, start)
		if i < 6 {
			advance(t, l, &r, community.Received, start+i, community.Accepted, start+10, community.Booked, start+11, community.Attended, start+20, community.Reported, start+21, community.Closed, start+22)
		}
		rs = append(rs, r)
	}
	rep := l.Report(rs, today)
	if rep.Closure != (registry.Rate{Num: 6, Den: 8}) || rep.Referrals != 10 || rep.NoShow != (registry.Rate{Num: 0, Den: 6}) {
		t.Errorf("%+v", rep)
	}
	if len(rep.Stuck) != 4 || rep.Stuck[0] != (community.Stuck{Referral: "r6", State: community.Sent, Waiting: community.Received, DaysOver: total + 1 - 7}) || len(rep.Issues) != 4 || rep.Issues[0].Code != caremodel.LoopStuck {
		t.Errorf("%+v", rep.Stuck)
	}
	for _, s := range rep.Steps {
		if s.From == community.Sent && s.To == community.Received && s.Median.RatString() != "5/2" {
			t.Errorf("%+v", s)
		}
	}
	// the seventh day is in time, the eighth is over
	one := community.Referral{ID: "one"}
	advance(t, l, &one, community.Draft, 0, community.Sent, 0)
	for days, want := range map[int]int{7: 0, 8: 1} {
		if got := l.Report([]community.Referral{one}, today.AddDays(days)); len(got.Stuck) != want {
			t.Errorf("day %d: %+v", days, got.Stuck)
		}
	}
	// what waits for what, and since when it is stuck, step by step
	steps := []struct {
		to, waits community.State
		limit     int
	}{{community.Sent, community.Received, 7}, {community.Received, community.Accepted, 14}, {community.Accepted, community.Booked, 28}, {community.Booked, "", 0},
		{community.Missed, community.Booked, 28}, {community.Booked, "", 0}, {community.Attended, community.Reported, 14}, {community.Reported, community.Closed, 14}}
	way := community.Referral{ID: "way", Report: "x", ReviewedBy: "y", Outcome: community.Met}
	advance(t, l, &way, community.Draft, 0)
	for _, s := range steps {
		advance(t, l, &way, s.to, 0)
		in := l.Report([]community.Referral{way}, today.AddDays(s.limit))
		over := l.Report([]community.Referral{way}, today.AddDays(s.limit+1))
		switch {
		case len(in.Stuck) != 0:
			t.Errorf("%s: %+v", s.to, in.Stuck)
		case s.waits == "" && len(over.Stuck) != 0:
			t.Errorf("%s: the appointment decides, %+v", s.to, over.Stuck)
		case s.waits != "" && (len(over.Stuck) != 1 || over.Stuck[0] != (community.Stuck{Referral: "way", State: s.to, Waiting: s.waits, DaysOver: 1}) || over.Issues[0].On != today.AddDays(s.limit+1)):
			t.Errorf("%s: %+v", s.to, over)
		}
	}
	if got := l.Report([]community.Referral{one, {ID: "none"}}, today.AddDays(-1)); got.NotSent != 2 || got.Referrals != 0 || got.Closure.Defined() {
		t.Errorf("%+v", got)
	}
}

// A history that came to be closed without proof is not closed; it is counted apart.
func TestLoopUnproven(t *testing.T) {
	l := loop(t)
	closed := community.Referral{ID: "a", Report: "x", ReviewedBy: "y", Outcome: community.Met}
	advance(t, l, &closed, community.Draft, 0, community.Sent, 0, community.Received, 1, community.Accepted, 2, community.Booked, 3, community.Attended, 9, community.Reported, 10, community.Closed, 11)
	bare, part := closed, closed
	bare.ID, bare.Report, bare.ReviewedBy, bare.Outcome = "b", "", "", ""
	part.ID, part.Outcome = "c", "fine"
	asOf := today.AddDays(l.Policy().Total + 1)
	rep := l.Report([]community.Referral{bare}, asOf)
	if rep.Closure != (registry.Rate{Num: 0, Den: 1}) || rep.Unproven != 1 || len(rep.Issues) != 1 || rep.Issues[0].String() != `LOOP_STUCK b since 2024-06-12: closed without a report, without a review by the sender, with the outcome ""` {
		t.Errorf("%+v", rep)
	}
	rep = l.Report([]community.Referral{bare, closed, part}, asOf)
	if rep.Closure != (registry.Rate{Num: 1, Den: 3}) || rep.Unproven != 2 || rep.Referrals != 3 || len(rep.Stuck) != 0 {
		t.Errorf("%+v", rep)
	}
	// before it was closed there is nothing to prove
	if rep := l.Report([]community.Referral{bare}, today.AddDays(10)); rep.Unproven != 0 || len(rep.Issues) != 0 {
		t.Errorf("%+v", rep)
	}
}

// After the last missed appointment a person waits to be marked lost, not to be booked.
func TestLoopWaitsToBeLost(t *testing.T) {
	l := loop(t)
	r := community.Referral{ID: "r"}
	advance(t, l, &r, community.Draft, 0, community.Sent, 0, community.Received, 0, community.Accepted, 0)
	for n, want := range []community.State{community.Booked, community.Booked, community.Lost} {
		advance(t, l, &r, community.Booked, 0, community.Missed, 0)
		in, over := l.Report([]community.Referral{r}, today.AddDays(28)), l.Report([]community.Referral{r}, today.AddDays(29))
		if len(in.Stuck) != 0 || len(over.Stuck) != 1 || over.Stuck[0] != (community.Stuck{Referral: "r", State: community.Missed, Waiting: want, DaysOver: 1}) || over.Issues[0].Detail != "missed, waiting to be "+string(want) {
			t.Errorf("missed %d: %+v", n+1, over)
		}
	}
}

// What a stuck referral waits for is a step that Advance allows; what is closed is what
// Advance would have closed, and what is closed otherwise is unproven. Histories are any
// that the machine allows.
func TestLoopReportLaw(t *testing.T) {
	l, err := community.NewLoop(community.LoopPolicy{Received: 2, Accepted: 2, Booked: 2, Attended: 2, Reported: 2, Closed: 2, Total: 9, Missed: 2})
	if err != nil {
		t.Fatal(err)
	}
	next := map[community.State]string{"": "draft", "draft": "sent", "sent": "received", "received": "accepted", "accepted": "booked", "booked": "attended missed", "missed": "booked lost", "attended": "reported", "reported": "closed"}
	seen := lawtest.Seen{}
	lawtest.Check(t, seen, func(t *rapid.T) {
		var rs []community.Referral
		for i := range rapid.IntRange(1, 3).Draw(t, "referrals") {
			word := rapid.SampledFrom([]string{"", "x", "x", "x"})
			r := community.Referral{ID: fmt.Sprint(i), Report: word.Draw(t, "report"), ReviewedBy: word.Draw(t, "review"), Outcome: rapid.SampledFrom([]community.Outcome{"", community.Met, community.NotMet, community.PartlyMet, "fine"}).Draw(t, "outcome")}
			on, at := today, community.State("")
			for range rapid.IntRange(0, 14).Draw(t, "steps") {
				ways := strings.Fields(next[at])
				if len(ways) == 0 {
					break
				}
				at = community.State(rapid.SampledFrom(ways).Draw(t, "to"))
				on = on.AddDays(rapid.IntRange(0, 2).Draw(t, "days"))
				r.History = append(r.History, caremodel.Step[community.State]{On: on, To: at, Reason: "stated"})
			}
			rs = append(rs, r)
		}
		asOf := today.AddDays(rapid.IntRange(0, 40).Draw(t, "as of"))
		rep := l.Report(rs, asOf)
		var closure registry.Rate
		unproven := int64(0)
		for _, r := range rs {
			for len(r.History) > 0 && r.History[len(r.History)-1].On > asOf {
				r.History = r.History[:len(r.History)-1]
			}
			n := len(r.History)
			if k := slices.IndexFunc(rep.Stuck, func(s community.Stuck) bool { return s.Referral == r.ID }); k >= 0 {
				q := r
				q.History = slices.Clone(r.History)
				q.Report, q.ReviewedBy, q.Outcome = "x", "x", community.Met
				if err := l.Advance(&q, caremodel.Step[community.State]{On: asOf, To: rep.Stuck[k].Waiting, Reason: "stated"}); err != nil {
					t.Fatalf("%+v: %v", rep.Stuck[k], err)
				}
				seen["waits to be "+string(rep.Stuck[k].Waiting)]++
			}
			closed := false
			if n > 0 && r.History[n-1].To == community.Closed {
				q := r
				q.History = slices.Clone(r.History[:n-1])
				if closed = l.Advance(&q, r.History[n-1]) == nil; !closed {
					unproven++
					seen["unproven"]++
				}
			}
			if sent := r.History.Entered(community.Sent); sent != 0 && int(asOf-sent) > 9 {
				closure.Den++
				if closed {
					closure.Num++
					seen["closed"]++
				}
			}
		}
		if rep.Closure != closure || rep.Unproven != unproven {
			t.Fatalf("closure %v, %d unproven; want %v, %d", rep.Closure, rep.Unproven, closure, unproven)
		}
	}, "unproven", "closed", "waits to be lost", "waits to be booked", "waits to be received", "waits to be accepted", "waits to be attended", "waits to be reported", "waits to be closed")
}

// Random walks: each day has one state, counts add up, and a referral that ended without
// being closed has a reason.
func TestLoopLaws(t *testing.T) {
	l := loop(t)
	reached := map[community.State]int{}
	followers := map[community.State][]community.State{} // the usual ways on, so that walks get far
	for from, to := range map[community.State]community.State{community.Draft: community.Sent, community.Sent: community.Received, community.Received: community.Accepted, community.Accepted: community.Booked,
		community.Booked: community.Attended, community.Missed: community.Booked, community.Attended: community.Reported, community.Reported: community.Closed} {
		followers[from] = []community.State{to}
	}
	followers[community.Booked] = append(followers[community.Booked], community.Missed, community.Missed)
	followers[community.Missed] = []community.State{community.Lost, community.Lost, community.Booked}
	followers[community.Sent] = append(followers[community.Sent], community.Declined)
	followers[community.Draft] = append(followers[community.Draft], community.Cancelled)
	followers[community.Received] = append(followers[community.Received], community.Expired)
	lawtest.Check(t, reached, func(t *rapid.T) {
		var rs []community.Referral
		for i := range rapid.IntRange(1, 4).Draw(t, "referrals") {
			r := community.Referral{ID: fmt.Sprint(i), Report: "x", ReviewedBy: "y", Outcome: community.NotMet}
			day := today
			for range rapid.IntRange(1, 20).Draw(t, "steps") {
				day = day.AddDays(rapid.IntRange(0, 20).Draw(t, "days"))
				if len(r.History) == 0 {
					_ = l.Advance(&r, caremodel.Step[community.State]{On: day, To: community.Draft})
					continue
				}
				to := rapid.SampledFrom(allStates).Draw(t, "to")
				if next := followers[r.State(day)]; len(next) > 0 && rapid.IntRange(0, 3).Draw(t, "legal") > 0 {
					to = rapid.SampledFrom(next).Draw(t, "next")
				}
				_ = l.Advance(&r, caremodel.Step[community.State]{On: day, To: to, Reason: rapid.SampledFrom([]string{"", "said so"}).Draw(t, "reason")})
			}
			last := r.History[len(r.History)-1]
			switch last.To {
			case community.Declined, community.Cancelled, community.Expired, community.Lost:
				if last.Reason == "" {
					t.Fatal("left silently")
				}
			}
			for _, s := range r.History {
				reached[s.To]++
			}
			rs = append(rs, r)
		}
		asOf := today.AddDays(rapid.IntRange(0, 120).Draw(t, "as of"))
		rep := l.Report(rs, asOf)
		var sum int64
		for _, c := range rep.States {
			sum += c.N
		}
		if sum != rep.Referrals || rep.Closure.Num > rep.Closure.Den || rep.NoShow.Num > rep.NoShow.Den {
			t.Fatalf("%+v", rep)
		}
		slices.Reverse(rs)
		if fmt.Sprint(l.Report(rs, asOf)) != fmt.Sprint(rep) {
			t.Fatal("order matters")
		}
	},
		community.Declined, community.Cancelled, community.Expired, community.Booked, community.Closed, community.Lost)
}

// What came from elsewhere is held to the same rules as what goes through Advance, and
// what cannot be judged is counted, not lost.
func TestLoopCheck(t *testing.T) {
	l := loop(t)
	good := community.Referral{ID: "a"}
	advance(t, l, &good, community.Draft, 0, community.Sent, 0, community.Received, 1)
	step := func(to community.State, day int, reason string) caremodel.Step[community.State] {
		return caremodel.Step[community.State]{To: to, On: today.AddDays(day), Reason: reason}
	}
	skipped := community.Referral{ID: "b", History: caremodel.History[community.State]{step(community.Draft, 0, ""), step(community.Booked, 1, "")}}
	silent := community.Referral{ID: "c", History: caremodel.History[community.State]{step(community.Draft, 0, ""), step(community.Cancelled, 1, "")}}
	odd := community.Referral{ID: "d", History: caremodel.History[community.State]{step("asleep", 0, "")}}
	if err := l.Check([]community.Referral{good, {ID: "none"}}); err != nil {
		t.Error(err)
	}
	err := l.Check([]community.Referral{good, good, {}, skipped, silent, odd})
	if !errors.Is(err, caremodel.ErrDefinition) || !errors.Is(err, caremodel.ErrTransition) {
		t.Fatal(err)
	}
	for _, want := range []string{`referral "a" of person`, `referral "" of person`, `referral "b": step 2`, `referral "c": cancelled without a reason`, `referral "d": step 1`} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not in\n%v", want, err)
		}
	}
	rep := l.Report([]community.Referral{good, skipped, odd}, today.AddDays(2))
	if rep.LeftOut != 2 || rep.Referrals != 1 {
		t.Errorf("%+v", rep)
	}
}

func TestPackageFaults(t *testing.T) {
	_, err := community.Package([]community.Need{{ID: "n"}, {ID: "n"}, {}}, map[string][]community.Offer{"lost": {{Resource: "r", Cost: 1}}, "n": {{Cost: -1}}}, 5)
	if !errors.Is(err, caremodel.ErrDefinition) || !errors.Is(err, caremodel.ErrPolicy) || strings.Count(err.Error(), "\n") != 4 || !strings.Contains(err.Error(), `unknown need "lost"`) {
		t.Error(err)
	}
	if _, err := community.Allocate([]community.Need{{ID: "n", Category: "x", Domain: "wealth", Priority: -1}}, nil, nil); !errors.Is(err, caremodel.ErrPolicy) || !strings.Contains(err.Error(), "wealth") || !strings.Contains(err.Error(), "priority -1") {
		t.Error(err)
	}
}

func BenchmarkLoopReport(b *testing.B) {
	l := loop(b)
	var rs []community.Referral
	for i := range 10_000 {
		r := community.Referral{ID: fmt.Sprint("r", i), Report: "x", ReviewedBy: "y", Outcome: community.Met}
		advance(b, l, &r, community.Draft, -i%90-10, community.Sent, -i%90-9, community.Received, -i%90-8, community.Accepted, -i%90-7)
		rs = append(rs, r)
	}
	b.ReportAllocs()
	b.ResetTimer()
	for range b.N {
		l.Report(rs, today)
	}
}
