package tier

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/stratify/evaluate"
	"github.com/shopspring/decimal"
	"pgregory.net/rapid"
)

func wants(t *testing.T, what string, err error, targets ...error) {
	t.Helper()
	for _, e := range targets {
		if !errors.Is(err, e) {
			t.Errorf("%s: %v, want %v", what, err, e)
		}
	}
}

// Rows of the source documents: 125-150 people a nurse; the top 0.5, 1 and 2-5 %.
func TestGoldenRows(t *testing.T) {
	if a, b, err := Managers(1000, 125, 150); a != 7 || b != 8 || err != nil {
		t.Error(a, b, err)
	}
	for _, c := range []struct {
		num, den int64
		n, want  int
	}{{5, 1000, 100_000, 500}, {1, 100, 100_000, 1000}, {1, 100, 1001, 11}, {2, 100, 4000, 80}, {5, 100, 4000, 200}} {
		if k, err := Size(registry.Rate{Num: c.num, Den: c.den}, c.n, RoundUp); k != c.want || err != nil {
			t.Errorf("%d/%d of %d: %d, want %d, %v", c.num, c.den, c.n, k, c.want, err)
		}
	}
}

// In floating point 0.07 x 100 is above 7 and rounds up to 8.
func TestPercentagesAreWholeNumbers(t *testing.T) {
	seven := 0.07
	if math.Ceil(seven*100) != 8 {
		t.Fatal("the trap is gone")
	}
	for n := 1; n <= 2000; n++ {
		for pc := int64(1); pc <= 100; pc++ {
			want := (int(pc)*n + 99) / 100
			if k, err := Size(registry.Rate{Num: pc, Den: 100}, n, RoundUp); k != want || err != nil {
				t.Fatalf("%d %% of %d: %d, want %d, %v", pc, n, k, want, err)
			}
		}
	}
}

// A cut-off above the greatest score makes a dead level; a fixed cut-off ignores the
// team's places, capacity keeps to them.
func TestDeadLevels(t *testing.T) {
	p := Pyramid{Levels: []string{"a", "b", "c"}, Rule: Cut{[]float64{20, 0}}, Bounds: &Bounds{0, 19}}
	err := p.Check()
	wants(t, "dead", err, ErrUnreachable)
	if !strings.Contains(err.Error(), `"a"`) || !strings.Contains(err.Error(), `"c"`) {
		t.Error("dead levels not named:", err)
	}
	p.Bounds.Max, p.Rule = 20, Cut{[]float64{20, 1}}
	if err := p.Check(); err != nil {
		t.Error(err)
	}
	people := make([]Person, 50)
	for i := range people {
		people[i] = Person{ID: fmt.Sprint(i), Score: 30}
	}
	r, err := p.Assign(people)
	if err != nil || r.Levels[0].People != 50 || len(r.Empty) != 2 {
		t.Errorf("%+v, %v", r.Levels, err)
	}
	p.Rule = Capacity{Places: []int{10, 10}}
	if r, err = p.Assign(people); err != nil || r.Levels[0].People != 10 || r.Levels[1].People != 10 {
		t.Errorf("%+v, %v", r.Levels, err)
	}
}

func TestBadInput(t *testing.T) {
	nan := math.NaN()
	rate := func(a, b int64) registry.Rate { return registry.Rate{Num: a, Den: b} }
	for _, c := range []struct {
		name string
		p    Pyramid
		want []error
	}{
		{"nothing", Pyramid{}, []error{ErrLevels}},
		{"twice", Pyramid{Levels: []string{"a", "a"}, Rule: Share{Shares: []registry.Rate{rate(2, 1)}}}, []error{ErrLevels, ErrShares}},
		{"shares fall", Pyramid{Levels: []string{"a", "b", "c"}, Rule: Share{Shares: []registry.Rate{rate(2, 100), rate(1, 50)}}}, []error{ErrShares}},
		{"zero share", Pyramid{Levels: []string{"a", "b"}, Rule: Share{Shares: []registry.Rate{rate(0, 100)}}}, []error{ErrShares}},
		{"share count", Pyramid{Levels: []string{"a", "b"}, Rule: Share{}}, []error{ErrShares}},
		{"cuts rise", Pyramid{Levels: []string{"a", "b", "c"}, Rule: Cut{[]float64{1, 1}}}, []error{ErrCuts}},
		{"cut NaN", Pyramid{Levels: []string{"a", "b"}, Rule: Cut{[]float64{nan}}}, []error{ErrCuts}},
		{"cut count", Pyramid{Levels: []string{"a", "b"}, Rule: Cut{}}, []error{ErrCuts}},
		{"bounds", Pyramid{Levels: []string{"a", "b"}, Rule: Cut{[]float64{1}}, Bounds: &Bounds{2, 1}}, []error{ErrCuts}},
		{"places", Pyramid{Levels: []string{"a", "b"}, Rule: Capacity{Places: []int{-1}}}, []error{ErrCapacity}},
		{"place count", Pyramid{Levels: []string{"a", "b"}, Rule: Capacity{}}, []error{ErrCapacity}},
		{"both", Pyramid{Levels: []string{"a", "b"}, Rule: Capacity{Places: []int{1}, Teams: []Team{{"n", []int{1}}, {"n", []int{-1}}}}}, []error{ErrCapacity}},
		{"no rules", Pyramid{Levels: []string{"a", "b"}, Rule: HighestOf{}}, []error{ErrLevels}},
		{"nil rule", Pyramid{Levels: []string{"a", "b"}, Rule: HighestOf{nil, Cut{}}}, []error{ErrLevels, ErrCuts}},
		{"hybrid of none", Pyramid{Levels: []string{"a", "b"}, Rule: Hybrid{}}, []error{ErrLevels}},
	} {
		_, err := c.p.Assign(nil)
		wants(t, c.name, err, c.want...)
		_, _, err = c.p.Update(nil, nil, 0, Hysteresis{})
		wants(t, c.name, err, c.want...)
	}
	capacity := Pyramid{Levels: []string{"a", "b"}, Rule: Capacity{Places: []int{5}}}
	cut := Pyramid{Levels: []string{"a", "b"}, Rule: Cut{[]float64{5}}}
	for _, c := range []struct {
		name string
		p    Pyramid
		h    Hysteresis
	}{
		{"leave first", capacity, Hysteresis{Leave: []int{4}}},
		{"leave before enter", capacity, Hysteresis{Enter: []int{3}, Leave: []int{2}}},
		{"enter", capacity, Hysteresis{Enter: []int{-1}}},
		{"count", capacity, Hysteresis{Leave: []int{}, Enter: []int{1, 2}}},
		{"days", capacity, Hysteresis{MinStay: -1}},
		{"score for rank", capacity, Hysteresis{LeaveScore: []float64{1}}},
		{"rank for score", cut, Hysteresis{Leave: []int{1}}},
		{"leave above", cut, Hysteresis{LeaveScore: []float64{6}}},
		{"leave just above", cut, Hysteresis{LeaveScore: []float64{5.5}}},
		{"leave NaN", cut, Hysteresis{LeaveScore: []float64{nan}}},
		{"score count", cut, Hysteresis{LeaveScore: []float64{}}},
		{"rules", Pyramid{Levels: []string{"a"}, Rule: Rules{}}, Hysteresis{}},
		{"teams", Pyramid{Levels: []string{"a"}, Rule: Capacity{Teams: []Team{{"n", []int{}}}}}, Hysteresis{}},
	} {
		_, _, err := c.p.Update([]Person{{ID: "x", Score: 1}}, nil, registry.Day(2026, 1, 1), c.h)
		wants(t, c.name, err, ErrHysteresis)
	}
	_, _, err := capacity.Update(nil, []Member{{ID: "a", Level: 3}, {ID: "b", Level: 1}, {ID: "b", Level: 2}}, 0, Hysteresis{})
	wants(t, "members", err, ErrLevels)
	for _, x := range []struct {
		share registry.Rate
		n     int
	}{{rate(3, 2), 1}, {rate(1, 0), 1}, {rate(1, 2), -1}, {rate(-1, 2), 1}} {
		_, err := Size(x.share, x.n, RoundUp)
		wants(t, "size", err, ErrShares)
	}
	for _, x := range [][3]int{{-1, 1, 1}, {1, 0, 1}, {1, 2, 1}} {
		_, _, err := Managers(x[0], x[1], x[2])
		wants(t, "managers", err, ErrCaseload)
	}
	_, _, err = Workload([]Work{{"a", math.MaxInt64, 3}, {"b", 1, -1}}, -5)
	wants(t, "workload", err, ErrCaseload)
	for _, s := range []SteadyState{{-1, rate(1, 1)}, {1, rate(1, 0)}, {math.MaxInt64, rate(3, 1)}} {
		_, err := s.Places(rate(0, 1))
		wants(t, "steady state", err, ErrCaseload)
	}
	_, err = SteadyState{1, rate(1, 1)}.Places(rate(2, 1))
	wants(t, "waiting", err, ErrCaseload)
	_, _, err = Distribute([]Manager{{ID: "m", Capacity: -1}, {ID: "m"}}, []Client{{ID: "c"}, {ID: "c"}})
	wants(t, "caseload", err, ErrCaseload)
	people := []Person{{ID: "a", Score: 1}}
	r, err := capacity.Assign(people)
	if err != nil {
		t.Fatal(err)
	}
	_, err = r.Worth(1, nil, []float64{1, 2}, []decimal.Decimal{decimal.NewFromInt(-1)})
	wants(t, "worth", err, ErrLength, evaluate.ErrNegative)
	_, err = r.Worth(1, []int{2}, nil, nil)
	wants(t, "outcome", err, evaluate.ErrLabel)
	_, err = r.Worth(1, []int{1}, []float64{nan}, nil)
	wants(t, "cost", err, evaluate.ErrNegative)
	_, err = r.Worth(0, []int{}, nil, nil)
	wants(t, "people", err, ErrLength)
}

// A minimum stay ends on its day; the dead do not stay.
func TestMinimumStay(t *testing.T) {
	p := Pyramid{Levels: []string{"ward", "home"}, Rule: Capacity{Places: []int{1}}}
	people := []Person{{ID: "new", Score: 9}, {ID: "old", Score: 1}}
	before := []Member{{"old", 1, 1, registry.Day(2026, 1, 1)}}
	for _, c := range []struct {
		day  registry.Date
		want string
		kind Kind
	}{{registry.Day(2026, 1, 30), "old", KeptByMinStay}, {registry.Day(2026, 1, 31), "new", Left}} {
		r, m, err := p.Update(people, before, c.day, Hysteresis{MinStay: 30})
		if err != nil || r.In(1)[0] != c.want || m.Moves[1].Kind != c.kind {
			t.Errorf("%v: %v %+v %v", c.day, r.In(1), m.Moves, err)
		}
	}
	people[1].Status = Dead
	r, m, err := p.Update(people, before, registry.Day(2026, 1, 2), Hysteresis{MinStay: 30})
	if err != nil || r.In(1)[0] != "new" || m.Count(Died) != 1 {
		t.Error(r, m, err)
	}
}

// Members within the minimum stay give way last; days of entry are kept.
func TestMinimumStayIsGuarded(t *testing.T) {
	p := Pyramid{Levels: []string{"ward", "home"}, Rule: Capacity{Places: []int{1}}}
	people := []Person{{ID: "a", Score: 9}, {ID: "b", Score: 8}, {ID: "c", Score: 7}}
	long, short := registry.Day(2025, 1, 1), registry.Day(2026, 1, 20)
	before := []Member{{"b", 1, 1, long}, {"c", 1, 2, short}, {"a", 2, 3, long}}
	for _, priority := range []Priority{Incumbents, ByRank} {
		r, m, err := p.Update(people, before, registry.Day(2026, 2, 1), Hysteresis{Leave: []int{2}, MinStay: 30, Priority: priority})
		if err != nil || r.In(1)[0] != "c" || m.Count(KeptByMinStay) != 1 {
			t.Error(priority, r.In(1), m, err)
		}
		for _, x := range r.Members(registry.Day(2026, 2, 1)) {
			if want := map[string]registry.Date{"a": long, "b": registry.Day(2026, 2, 1), "c": short}[x.ID]; x.Since != want {
				t.Errorf("%+v, since %v", x, want)
			}
		}
	}
}

// Among managers with as many people the first ID takes the next.
func TestLeastLoaded(t *testing.T) {
	loads, _, err := Distribute([]Manager{{"z", "n", 2}, {"m", "n", 2}}, []Client{{ID: "1", Area: "n", Rank: 1}, {ID: "2", Area: "n", Rank: 2}, {ID: "3", Area: "n", Rank: 3}})
	if err != nil || fmt.Sprint(loads) != "[{m [1 3]} {z [2]}]" {
		t.Error(loads, err)
	}
}

func TestResultsAsJSON(t *testing.T) {
	p := Pyramid{Levels: []string{"ward", "home"}, Rule: HighestOf{Capacity{Places: []int{1}}, Rules{}}}
	people := []Person{{ID: "a", Score: 9}, {ID: "b", Score: math.NaN(), Rule: 1}, {ID: "c", Score: 2}, {ID: "d", Score: math.NaN()}}
	r, err := p.Assign(people)
	if err != nil {
		t.Fatal(err)
	}
	w, err := r.Worth(4, []int{1, 0, 0, 1}, nil, []decimal.Decimal{decimal.RequireFromString("10.50"), decimal.RequireFromString("1.00")})
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal([]any{r, w, r.Members(registry.Day(2026, 1, 1))})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`{"index":0,"id":"a","rank":1,"level":1,"score":9}`, `"id":"b","rank":0,"level":1,"score":null`, `"why":"no score"`, `"price":"21.00"`, `"cost_share":null`, `"since":"2026-01-01"`} {
		if !strings.Contains(string(text), want) {
			t.Errorf("no %s in %s", want, text)
		}
	}
}

func benchPeople(n int) []Person {
	people := make([]Person, n)
	x := uint64(1)
	for i := range people {
		x = x*6364136223846793005 + 1442695040888963407
		people[i] = Person{ID: fmt.Sprintf("p%07d", i), Score: float64(x >> 44), Keys: []float64{float64(x >> 58)}}
	}
	return people
}

func BenchmarkAssignAMillion(b *testing.B) {
	people := benchPeople(1_000_000)
	p := Pyramid{Levels: []string{"a", "b", "c", "d"}, Rule: Share{Shares: []registry.Rate{{Num: 1, Den: 100}, {Num: 5, Den: 100}, {Num: 20, Den: 100}}}}
	b.ReportAllocs()
	for b.Loop() {
		if r, err := p.Assign(people); err != nil || r.Levels[0].People != 10_000 {
			b.Fatal(err)
		}
	}
}

func BenchmarkUpdateAHundredThousand(b *testing.B) {
	people := benchPeople(100_000)
	p := Pyramid{Levels: []string{"a", "b"}, Rule: Capacity{Places: []int{1000}}}
	r, err := p.Assign(people)
	if err != nil {
		b.Fatal(err)
	}
	before := r.Members(registry.Day(2026, 1, 1))
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := p.Update(people, before, registry.Day(2026, 2, 1), Hysteresis{Leave: []int{1200}, MinStay: 30}); err != nil {
			b.Fatal(err)
		}
	}
}

// A hybrid is its rule within each person's bounds, the floor last; the highest of two rules
// is the higher of their levels. Against the rules alone, over random people.
func TestCombinationLaw(t *testing.T) {
	both, higher := 0, 0
	lawtest.Until(t, func(t *rapid.T) {
		people := genPeople(t)
		names := []string{"a", "b", "c"}
		share := genShares(t)
		cut := Cut{Cuts: []float64{6, 3}}
		levels := func(rule Rule) map[string]int {
			out := map[string]int{}
			for _, x := range run(t, Pyramid{Levels: names, Rule: rule}, people).Placed {
				out[x.ID] = x.Level
			}
			return out
		}
		byShare, byCut, byRule := levels(share), levels(cut), levels(Rules{})
		bounded, highest, ruled := levels(Hybrid{Of: share}), levels(HighestOf{share, cut}), levels(HighestOf{Rules{}, cut})
		seen := map[string]bool{}
		for i := range people {
			p := &people[i]
			if seen[p.ID] {
				continue
			}
			seen[p.ID] = true
			if base, ok := byShare[p.ID]; ok {
				want := base
				if p.Ceiling > 0 {
					want = max(want, p.Ceiling)
				}
				if p.Floor > 0 {
					want = min(want, p.Floor)
				}
				if p.Ceiling > 0 && p.Floor > 0 && p.Floor < p.Ceiling {
					both++
				}
				if bounded[p.ID] != want {
					t.Fatalf("%+v at %d: %d, want %d", p, base, bounded[p.ID], want)
				}
				if highest[p.ID] != min(base, byCut[p.ID]) {
					t.Fatalf("%+v: %d, want the higher of %d and %d", p, highest[p.ID], base, byCut[p.ID])
				}
				if base != byCut[p.ID] {
					higher++
				}
			}
			want, scored := byCut[p.ID]
			if r, ok := byRule[p.ID]; ok && scored {
				want = min(want, r)
			} else if ok && r < 3 { // without a score only a rule's level says something
				want = r
			}
			if ruled[p.ID] != want {
				t.Fatalf("%+v: %d, want %d", p, ruled[p.ID], want)
			}
		}
	}, func() bool { return both > 0 && higher > 0 })
}

// A score that equals the limit to leave stays; just below, it goes.
func TestLeaveScoreIsClosed(t *testing.T) {
	p := &Pyramid{Levels: []string{"in", "out"}, Rule: Cut{Cuts: []float64{5}}}
	for score, want := range map[float64]Kind{5: Stayed, 4: StayedInBuffer, 3.999: Left} {
		_, m, err := p.Update([]Person{{ID: "a", Score: score}}, []Member{{ID: "a", Level: 1}}, registry.Day(2024, 1, 1), Hysteresis{LeaveScore: []float64{4}})
		if err != nil || m.Moves[0].Kind != want {
			t.Errorf("%v: %+v %v", score, m, err)
		}
	}
}

// Who falls out of a level is held by the limit to leave of the next as its own members are.
func TestFallsToTheNextLevel(t *testing.T) {
	p := Pyramid{Levels: []string{"top", "middle", "base"}, Rule: Cut{[]float64{10, 5}}}
	people := []Person{{ID: "from the top", Score: 4.5}, {ID: "from the middle", Score: 4.5}, {ID: "new", Score: 4.5}, {ID: "too low", Score: 3.9}}
	before := []Member{{"from the top", 1, 1, 0}, {"from the middle", 2, 2, 0}, {"too low", 1, 3, 0}}
	r, moves, err := p.Update(people, before, registry.Day(2026, 3, 1), Hysteresis{LeaveScore: []float64{8, 4}})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]int{}
	for _, x := range r.Placed {
		got[x.ID] = x.Level
	}
	if want := map[string]int{"from the top": 2, "from the middle": 2, "new": 3, "too low": 3}; !maps.Equal(got, want) {
		t.Error(got)
	}
	for _, m := range moves.Moves {
		if want := map[string]Kind{"from the top": Left, "from the middle": StayedInBuffer, "new": Entered, "too low": Left}[m.ID]; m.Kind != want {
			t.Errorf("%s: %v, want %v", m.ID, m.Kind, want)
		}
	}
}
