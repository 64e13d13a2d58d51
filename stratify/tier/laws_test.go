package tier

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

func genPeople(t *rapid.T) []Person {
	n := rapid.SampledFrom([]int{30, 24, 12, 8, 5, 2, 1, 0}).Draw(t, "n")
	out := make([]Person, n)
	for i := range out {
		p := &out[i]
		p.ID = fmt.Sprintf("p%02d", i)
		if rapid.IntRange(0, 19).Draw(t, "twice") == 19 && i > 0 {
			p.ID = out[i-1].ID
		}
		p.Score = float64(rapid.SampledFrom([]int{-3, -1, 0, 1, 2, 2, 3, 4, 6}).Draw(t, "score")) / 2
		switch rapid.IntRange(0, 14).Draw(t, "special") {
		case 14:
			p.Score = math.NaN()
		case 13:
			p.Score = math.Inf(1)
		}
		if rapid.Bool().Draw(t, "keyed") {
			p.Keys = []float64{float64(rapid.IntRange(60, 62).Draw(t, "age"))}
		}
		if rapid.IntRange(0, 9).Draw(t, "out") == 9 {
			p.Status = Status(rapid.IntRange(1, 4).Draw(t, "status"))
		}
		p.Area = rapid.SampledFrom([]string{"n", "s", "w"}).Draw(t, "area")
		p.Rule = rapid.IntRange(0, 3).Draw(t, "rule")
		p.Floor = rapid.IntRange(0, 3).Draw(t, "floor")
		p.Ceiling = rapid.IntRange(0, 3).Draw(t, "ceiling")
	}
	return out
}

func genShares(t *rapid.T) Share {
	a := rapid.Int64Range(1, 50).Draw(t, "a")
	return Share{Shares: []registry.Rate{{Num: a, Den: 100}, {Num: a + rapid.Int64Range(1, 50).Draw(t, "b"), Den: 100}}, Rounding: Rounding(rapid.IntRange(0, 2).Draw(t, "rounding"))}
}

func genCapacity(t *rapid.T) Capacity {
	return Capacity{Places: []int{rapid.IntRange(0, 8).Draw(t, "top"), rapid.IntRange(0, 8).Draw(t, "middle")}}
}

func genPyramid(t *rapid.T) (Pyramid, string) {
	p := Pyramid{Levels: []string{"top", "middle", "base"}, Ties: Ties(rapid.IntRange(0, 2).Draw(t, "ties"))}
	kind := rapid.SampledFrom([]string{"share", "capacity", "share", "capacity", "cut", "teams", "rules", "highest", "hybrid"}).Draw(t, "kind")
	switch kind {
	case "share":
		p.Rule = genShares(t)
	case "capacity":
		p.Rule = genCapacity(t)
	case "cut":
		p.Rule = Cut{[]float64{float64(rapid.IntRange(1, 4).Draw(t, "cut")), 0}}
	case "teams":
		p.Rule = Capacity{Teams: []Team{{"n", genCapacity(t).Places}, {"s", genCapacity(t).Places}}}
	case "rules":
		p.Rule = Rules{}
	case "highest":
		p.Rule = HighestOf{genCapacity(t), Rules{}}
	case "hybrid":
		p.Rule = Hybrid{genShares(t)}
	}
	return p, kind
}

func run(t *rapid.T, p Pyramid, people []Person) *Result {
	r, err := p.Assign(people)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func byID(r *Result) map[string]int {
	m := map[string]int{}
	for _, x := range r.Placed {
		m[x.ID] = x.Level
	}
	return m
}

// unique drops people of an ID that was there before, so that order cannot matter.
func unique(people []Person) []Person {
	seen := map[string]bool{}
	return slices.DeleteFunc(slices.Clone(people), func(p Person) bool { twice := seen[p.ID]; seen[p.ID] = true; return twice })
}

func TestAssignLaw(t *testing.T) {
	seen := lawtest.Seen{}
	lawtest.Check(t, seen, func(t *rapid.T) {
		people := genPeople(t)
		p, kind := genPyramid(t)
		seen[kind]++
		if len(people) == 0 {
			seen["nobody"]++
		}
		r := run(t, p, people)
		// everybody exactly once
		count := make([]int, len(people))
		for _, x := range r.Placed {
			count[x.Index]++
			if x.Level < 1 || x.Level > 3 || people[x.Index].Status != Eligible || people[x.Index].ID != x.ID {
				t.Fatalf("%+v", x)
			}
		}
		for _, x := range r.NotPlaced {
			count[x.Index]++
			seen[string(x.Why)]++
		}
		for i, n := range count {
			if n != 1 {
				t.Fatalf("person %d is listed %d times", i, n)
			}
		}
		sum := 0
		for _, l := range r.Levels {
			sum += l.People
		}
		if sum != len(r.Placed) {
			t.Fatal("sizes don't add up")
		}
		// sizes and borders
		scored := 0
		for _, x := range r.Placed {
			if x.Rank > 0 {
				scored++
			}
		}
		var want []int
		switch rule := p.Rule.(type) {
		case Share:
			for _, q := range rule.Shares {
				k, err := Size(q, scored, rule.Rounding)
				if err != nil {
					t.Fatal(err)
				}
				want = append(want, k)
			}
		case Capacity:
			if len(rule.Teams) == 0 {
				want = cumulate(rule.Places)
			}
		}
		have := 0
		for i, k := range want {
			have += r.Levels[i].People
			k = min(k, scored)
			switch {
			case p.Ties == Strict && have != k, p.Ties == Exclude && have > k, p.Ties == Include && have < k:
				t.Fatalf("%v: %d people down to level %d, %d places", p.Ties, have, i+1, k)
			case have > k:
				seen["include more"]++
			case have < k:
				seen["exclude some"]++
			}
			if have > 0 && have < scored && r.Placed[have-1].Score == r.Placed[have].Score {
				seen["tie at a border"]++
				if p.Ties != Strict {
					t.Fatalf("%v parts equal scores", p.Ties)
				}
			}
		}
		// a higher score is never in a lower level
		for i := 1; i < scored && (kind == "share" || kind == "capacity" || kind == "cut"); i++ {
			if r.Placed[i].Level < r.Placed[i-1].Level || r.Placed[i].Score > r.Placed[i-1].Score {
				t.Fatal("not monotone")
			}
		}
		for i, team := range []string{"n", "s"} {
			if rule, ok := p.Rule.(Capacity); ok && len(rule.Teams) > 0 && p.Ties != Include {
				n := [3]int{}
				for _, x := range r.Placed {
					if people[x.Index].Area == team {
						n[x.Level-1]++
					}
				}
				if places := cumulate(rule.Teams[i].Places); n[0] > places[0] || n[0]+n[1] > places[1] {
					t.Fatal("team over capacity", n)
				}
				seen["team"]++
			}
		}
		if len(r.Overflow) > 0 {
			seen["overflow"]++
		}
		// input order, and increasing transforms
		u := unique(people)
		base := run(t, p, u)
		shuffled := rapid.Permutation(u).Draw(t, "order")
		if d := cmp.Diff(byID(base), byID(run(t, p, shuffled))); d != "" {
			t.Fatal("order matters:", d)
		}
		if kind != "cut" {
			bent := slices.Clone(u)
			for i := range bent {
				bent[i].Score = math.Exp(bent[i].Score/3) - 7
				if math.IsInf(u[i].Score, 0) {
					bent[i].Score = u[i].Score
				}
			}
			if d := cmp.Diff(byID(base), byID(run(t, p, bent))); d != "" {
				t.Fatal("transform matters:", d)
			}
		}
	}, "share", "capacity", "cut", "teams", "rules", "highest", "hybrid", "nobody", "include more", "exclude some", "tie at a border",
		"team", "overflow", string(NoScore), string(Duplicate), string(IsIneligible), string(IsDead), string(IsAway), string(HasOptedOut))
}

func TestUpdateLaw(t *testing.T) {
	seen := lawtest.Seen{}
	day := registry.Day(2026, 3, 1)
	lawtest.Check(t, seen, func(t *rapid.T) {
		p := Pyramid{Levels: []string{"top", "middle", "base"}, Ties: Ties(rapid.IntRange(0, 2).Draw(t, "ties"))}
		h := Hysteresis{Priority: Priority(rapid.IntRange(0, 1).Draw(t, "priority")), Fill: rapid.SampledFrom([]bool{true, true, false}).Draw(t, "fill"), MinStay: rapid.SampledFrom([]int{0, 30, 90}).Draw(t, "stay")}
		slack := rapid.IntRange(0, 5).Draw(t, "slack")
		switch rapid.SampledFrom([]int{0, 1, 1, 2}).Draw(t, "kind") {
		case 0:
			p.Rule = genShares(t)
			h.Leave = []int{30 + slack, 31 + slack}
		case 1:
			c := genCapacity(t)
			p.Rule = c
			h.Leave = []int{c.Places[0] + slack, c.Places[0] + c.Places[1] + slack}
			if p.Ties == Include {
				h.Leave = []int{30 + slack, 31 + slack}
			}
			if rapid.SampledFrom([]bool{true, true, false}).Draw(t, "enter apart") {
				h.Enter = []int{c.Places[0] / 2, c.Places[0] + c.Places[1]/2}
			}
		case 2:
			c := Cut{[]float64{float64(rapid.IntRange(1, 4).Draw(t, "cut")), 0}}
			p.Rule = c
			h.LeaveScore = []float64{c.Cuts[0] - float64(slack)/2, c.Cuts[1] - float64(slack)/2}
		}
		people := unique(genPeople(t))
		var before []Member
		for _, q := range people {
			if rapid.Bool().Draw(t, "member") {
				before = append(before, Member{q.ID, rapid.IntRange(1, 3).Draw(t, "level"), rapid.IntRange(0, 30).Draw(t, "rank"), day.AddDays(-rapid.IntRange(0, 120).Draw(t, "days"))})
			}
		}
		if rapid.Bool().Draw(t, "gone") {
			before = append(before, Member{"zz", 2, 9, day})
		}
		plain := run(t, p, people)
		// without hysteresis the plain tiers
		zero, moves, err := p.Update(people, before, day, Hysteresis{})
		if err != nil {
			t.Fatal(err)
		}
		ignore := cmpopts.IgnoreUnexported(Result{})
		nan := cmpopts.EquateNaNs()
		if d := cmp.Diff(plain, zero, ignore, nan); d != "" {
			t.Fatal("zero hysteresis differs:", d)
		}
		margins(t, plain, before, moves)
		now, moves, err := p.Update(people, before, day, h)
		if err != nil {
			t.Fatal(err)
		}
		margins(t, now, before, moves)
		for _, m := range moves.Moves {
			seen[m.Kind.String()]++
		}
		if _, cut := p.Rule.(Cut); !cut {
			have, room := 0, 0
			for i := range 2 {
				have, room = have+now.Levels[i].People, room+plain.Levels[i].People
				if now.Levels[i].People > plain.Levels[i].People {
					t.Fatal("over capacity", now.Levels, plain.Levels)
				}
			}
			if have < room {
				seen["free places"]++
			}
		}
		// who enters is within the limit, unless places were filled
		level := byID(plain)
		for _, m := range moves.Moves {
			if m.Kind == Entered && m.To < 3 && (level[m.ID] > m.To || h.Enter != nil && m.RankTo > h.Enter[m.To-1]) {
				if !h.Fill {
					t.Fatalf("%+v entered beyond the limit", m)
				}
				seen["filled"]++
			}
		}
		again, moves2, err := p.Update(people, now.Members(day), day, h)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(now, again, ignore, nan); d != "" {
			t.Fatal("no fixed point:", d)
		}
		for _, m := range moves2.Moves {
			if m.From != m.To {
				t.Fatalf("moved without a change: %+v", m)
			}
		}
		// input order
		shuffled, moves3, err := p.Update(rapid.Permutation(people).Draw(t, "order"), before, day, h)
		if err != nil || cmp.Diff(byID(now), byID(shuffled)) != "" || cmp.Diff(moves, moves3) != "" {
			t.Fatal("order matters", err)
		}
	}, "stayed", "entered", "stayed in buffer", "kept by minimum stay", "left", "ineligible", "died", "moved", "opted out", "unscored", "filled", "free places")
}

// margins checks that rows and columns of the table add up to the two runs.
func margins(t *rapid.T, r *Result, before []Member, m *Movement) {
	rows, cols := make([]int, 4), make([]int, 4)
	for i, row := range m.Table {
		for j, n := range row {
			rows[i] += n
			cols[j] += n
		}
	}
	was := make([]int, 4)
	for _, x := range before {
		was[x.Level]++
	}
	for l := 1; l <= 3; l++ {
		if rows[l] != was[l] || cols[l] != r.Levels[l-1].People {
			t.Fatalf("margins %v, %v; before %v, now %+v", rows, cols, was, r.Levels)
		}
	}
	if m.Table[0][0] != 0 {
		t.Fatal("moved from nowhere to nowhere")
	}
}

func TestSizeLaw(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		den := rapid.Int64Range(1, 1000).Draw(t, "den")
		q := registry.Rate{Num: rapid.Int64Range(0, den).Draw(t, "num"), Den: den}
		n := rapid.IntRange(0, 1_000_000).Draw(t, "n")
		up, err := Size(q, n, RoundUp)
		down, err2 := Size(q, n, RoundDown)
		half, err3 := Size(q, n, RoundHalfUp)
		if err != nil || err2 != nil || err3 != nil || down > half || half > up || up-down > 1 || up > n {
			t.Fatal(down, half, up, n)
		}
		if int64(up)*den < q.Num*int64(n) || int64(up-1)*den >= q.Num*int64(n) && up > 0 {
			t.Fatal(up)
		}
	})
}

func TestCaseloadLaw(t *testing.T) {
	seen := lawtest.Seen{}
	lawtest.Check(t, seen, func(t *rapid.T) {
		n, low := rapid.IntRange(0, 5000).Draw(t, "n"), rapid.IntRange(1, 200).Draw(t, "low")
		high := low + rapid.IntRange(0, 100).Draw(t, "more")
		least, most, err := Managers(n, low, high)
		if err != nil || least > most || least*high < n || (least-1)*high >= n && n > 0 || most*low < n || (most-1)*low >= n && n > 0 {
			t.Fatal(n, low, high, least, most, err)
		}
		var ms []Manager
		room := map[string]int{}
		for i := range rapid.IntRange(0, 4).Draw(t, "managers") {
			m := Manager{fmt.Sprint("m", i), rapid.SampledFrom([]string{"n", "s"}).Draw(t, "area"), rapid.IntRange(0, 4).Draw(t, "capacity")}
			ms = append(ms, m)
			room[m.Area] += m.Capacity
		}
		var cs []Client
		want := map[string]int{}
		for i := range rapid.IntRange(0, 15).Draw(t, "clients") {
			c := Client{fmt.Sprint("c", i), rapid.SampledFrom([]string{"n", "s", "w"}).Draw(t, "area"), rapid.IntRange(1, 9).Draw(t, "rank"), rapid.SampledFrom([]string{"", "m0", "m1", "gone"}).Draw(t, "previous")}
			cs = append(cs, c)
			want[c.Area]++
		}
		loads, overflow, err := Distribute(ms, cs)
		again, over2, err2 := Distribute(rapid.Permutation(ms).Draw(t, "ms"), rapid.Permutation(cs).Draw(t, "cs"))
		if err != nil || err2 != nil || cmp.Diff(loads, again) != "" || cmp.Diff(overflow, over2) != "" {
			t.Fatal("order matters", err, err2)
		}
		placed := 0
		for i, l := range loads {
			placed += len(l.Clients)
			if len(l.Clients) > ms[i].Capacity {
				t.Fatal("over capacity", loads)
			}
		}
		expect := 0
		for _, area := range []string{"n", "s", "w"} {
			expect += min(room[area], want[area])
		}
		if placed != expect || placed+len(overflow) != len(cs) {
			t.Fatal("places wasted or people lost", placed, expect, overflow)
		}
		if len(overflow) > 0 && placed > 0 {
			seen["overflow"]++
		}
		for _, c := range cs { // continuity while there is room for everybody who was there
			if i := slices.IndexFunc(ms, func(m Manager) bool { return m.ID == c.Previous }); i >= 0 && ms[i].Area == c.Area {
				same := 0
				for _, d := range cs {
					if d.Previous == c.Previous && d.Area == c.Area {
						same++
					}
				}
				if same <= ms[i].Capacity {
					seen["continuity"]++
					if !slices.Contains(loads[i].Clients, c.ID) {
						t.Fatal("lost their manager", c, loads)
					}
				}
			}
		}
	}, "overflow", "continuity")
}
