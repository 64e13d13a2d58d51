package eligibility

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/stratify"
	"github.com/chroniccare/chroniccare/stratify/tier"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

func genCandidates(t *rapid.T, index registry.Date) []Candidate {
	out := make([]Candidate, rapid.SampledFrom([]int{25, 15, 8, 3, 0}).Draw(t, "n"))
	for i := range out {
		c := &out[i]
		c.Person.ID = fmt.Sprintf("p%02d", i)
		c.Person.Score = float64(rapid.IntRange(0, 8).Draw(t, "score"))
		if rapid.IntRange(0, 9).Draw(t, "bare") == 9 {
			c.Person.Score = math.NaN()
		}
		if rapid.IntRange(0, 9).Draw(t, "out") == 9 {
			c.Person.Status = tier.Status(rapid.IntRange(1, 4).Draw(t, "status"))
		}
		c.Referred = rapid.IntRange(0, 6).Draw(t, "referred") == 6
		c.Group = rapid.SampledFrom([]string{"a", "b"}).Draw(t, "group")
		c.Latest = index.AddDays(-3)
		if rapid.IntRange(0, 9).Draw(t, "leak") == 9 {
			c.Latest = index.AddDays(1)
		}
		c.Impact.Prefer = rapid.Bool().Draw(t, "prefer")
		c.Impact.Match = rapid.SampledFrom([]string{"", "nurse", "pharmacist"}).Draw(t, "care")
		c.Explained = &stratify.Score{Value: c.Person.Score}
		if rapid.IntRange(0, 9).Draw(t, "exclude") == 9 {
			c.Impact.Exclude = "reason"
		}
		switch rapid.IntRange(0, 8).Draw(t, "frail") {
		case 0:
			c.Inputs = Inputs{Frail: No()}
		case 1:
		default:
			c.Inputs = Inputs{Frail: Yes()}
		}
	}
	return out
}

func TestFindLaw(t *testing.T) {
	seen := map[string]int{}
	index := registry.Day(2026, 3, 1)
	frail, err := New("us-groups-frail", Parameters{})
	if err != nil {
		t.Fatal(err)
	}
	lawtest.Check(t, seen, func(t *rapid.T) {
		people := genCandidates(t, index)
		p := Plan{Index: index, Places: rapid.IntRange(0, 10).Draw(t, "places"), Pool: rapid.SampledFrom([]int{0, 6}).Draw(t, "pool")}
		p.Referrals = rapid.IntRange(0, min(p.Places, 3)).Draw(t, "referrals")
		if rapid.Bool().Draw(t, "programme") {
			p.Programme = frail
		}
		p.Hysteresis = tier.Hysteresis{Leave: []int{p.Places + 4}, MinStay: rapid.SampledFrom([]int{0, 30}).Draw(t, "stay")}
		for _, c := range people {
			if rapid.IntRange(0, 2).Draw(t, "was") == 0 {
				p.Previous = append(p.Previous, tier.Member{ID: c.Person.ID, Level: 1, Since: index.AddDays(-rapid.IntRange(1, 60).Draw(t, "days"))})
			}
		}
		l, err := p.Find(people)
		if err != nil {
			t.Fatal(err)
		}
		last, listed := len(people), 0
		for _, s := range l.Flow {
			sum := 0
			for _, r := range s.Reasons {
				sum += r.N
				seen[s.Name+": "+r.Reason]++
			}
			if s.In != last || s.In-s.Out != sum {
				t.Fatalf("the flow leaks: %+v", l.Flow)
			}
			last = s.Out
			if s.Name == "referral" {
				listed += s.In - s.Out
			}
		}
		if listed+last != len(l.Listed) || len(l.Listed) > p.Places {
			t.Fatalf("%d listed, %d places, flow %+v", len(l.Listed), p.Places, l.Flow)
		}
		by := map[string]*Candidate{}
		for i := range people {
			by[people[i].Person.ID] = &people[i]
		}
		ids, care := map[string]bool{}, map[string]int{}
		for _, x := range l.Listed {
			c := by[x.ID]
			if ids[x.ID] || c.Person.Status != tier.Eligible {
				t.Fatalf("%+v", x)
			}
			ids[x.ID] = true
			care[x.Care]++
			if x.Care != c.Impact.Match || x.Explained != c.Explained {
				t.Fatalf("%+v of %+v", x, c)
			}
			if x.Way != "referral" && (c.Impact.Exclude != "" || c.Latest > index || math.IsNaN(c.Person.Score) || p.Programme != nil && !p.Programme.Evaluate(c.Inputs).Met) {
				t.Fatalf("should not be listed: %+v", x)
			}
			seen[x.Movement.String()]++
		}
		for i, x := range l.Care {
			if care[x.Reason] != x.N || i > 0 && l.Care[i-1].Reason >= x.Reason {
				t.Fatalf("care %+v, listed %v", l.Care, care)
			}
		}
		if len(l.Care) != len(care) {
			t.Fatalf("care %+v, listed %v", l.Care, care)
		}
		// margins
		was := 0
		for _, m := range p.Previous {
			if m.Level == 1 {
				was++
			}
		}
		if l.Movement.Table[1][0]+l.Movement.Table[1][1] != was || l.Movement.Table[0][1]+l.Movement.Table[1][1] != len(l.Listed) {
			t.Fatalf("margins: %v, %d before, %d now", l.Movement.Table, was, len(l.Listed))
		}
		for _, m := range l.Movement.Moves {
			seen["moved: "+m.Kind.String()]++
		}
		sum := Composition{}
		for _, c := range l.Composition {
			sum.Listed, sum.ByRisk = sum.Listed+c.Listed, sum.ByRisk+c.ByRisk
			if c.ByRisk > c.Eligible {
				t.Fatalf("%+v", l.Composition)
			}
		}
		if sum.Listed != len(l.Listed) {
			t.Fatal("composition loses people")
		}
		// order of input, and fixed point
		again, err := p.Find(rapid.Permutation(people).Draw(t, "order"))
		if d := cmp.Diff(l, again, cmpopts.EquateNaNs(), cmp.AllowUnexported(Answer{})); err != nil || d != "" {
			t.Fatal("order matters:", d, err)
		}
		q := p
		q.Previous = l.Members()
		fixed, err := q.Find(people)
		if err != nil {
			t.Fatal(err)
		}
		if fixed.Movement.Table[0][1]+fixed.Movement.Table[1][0] != 0 {
			t.Fatalf("no fixed point: %+v, first %+v, then %+v; %+v", fixed.Movement, l.Listed, fixed.Listed, l.Flow)
		}
		// without second steps it is the top of the ranking
		plain := Plan{Index: index, Places: p.Places}
		bare := slices.Clone(people)
		var ranked []tier.Person
		for i := range bare {
			bare[i].Person.Keys = []float64{1, 0}[:rapid.IntRange(0, 2).Draw(t, "keys")]
			bare[i].Impact, bare[i].Referred, bare[i].Latest = Impact{}, false, index
			ranked = append(ranked, bare[i].Person)
		}
		top, err := plain.Find(bare)
		if err != nil {
			t.Fatal(err)
		}
		pyramid := tier.Pyramid{Levels: []string{"list", "others"}, Rule: tier.Capacity{Places: []int{p.Places}}}
		r, err := pyramid.Assign(ranked)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, x := range top.Listed {
			got = append(got, x.ID)
		}
		if !slices.Equal(got, r.In(1)) {
			t.Fatal(got, r.In(1))
		}
	},
		"scope: dead", "scope: opted out", "referral: listed by referral", "eligibility: not eligible", "eligibility: cannot tell", "score: no score", "score: LEAKAGE",
		"impact: reason", "places: no place", "entered", "stayed", "stayed in buffer", "moved: died", "moved: left", "moved: ineligible", "moved: unscored", "moved: opted out")
}

func TestFindBadInput(t *testing.T) {
	index := registry.Day(2026, 3, 1)
	for _, p := range []Plan{{}, {Index: index, Places: -1}, {Index: index, Places: 1, Referrals: 2}, {Index: index, Referrals: -1}, {Index: index, Pool: -1}} {
		if _, err := p.Find(nil); !errors.Is(err, ErrParameter) {
			t.Errorf("%+v: %v", p, err)
		}
	}
	p := Plan{Index: index, Places: 1, Hysteresis: tier.Hysteresis{Leave: []int{0}}}
	if _, err := p.Find(nil); !errors.Is(err, tier.ErrHysteresis) {
		t.Error(err)
	}
	p = Plan{Index: index, Places: 5}
	l, err := p.Find([]Candidate{{Person: tier.Person{ID: "a", Score: 1}}, {Person: tier.Person{ID: "a", Score: 2}, Latest: index}, {Person: tier.Person{ID: "b", Score: math.Inf(1)}}})
	if err != nil || len(l.Listed) != 1 || l.Listed[0].Score.Value != 1 || l.Flow[0].Reasons[0].Reason != string(stratify.DuplicatePerson) {
		t.Errorf("%+v %v", l, err)
	}
	if is := l.Listed[0].Issues; len(is) != 1 || is[0].Code != stratify.InputMissing {
		t.Error("leakage cannot be ruled out, and nothing says so:", is)
	}
}

// Who was listed and whose score now reads the future has no score that counts.
func TestLeakedScoreIsLost(t *testing.T) {
	index := registry.Day(2025, 12, 31)
	p := Plan{Index: index, Places: 5, Previous: []tier.Member{{ID: "a", Level: 1, Rank: 1}, {ID: "b", Level: 1, Rank: 2}}}
	l, err := p.Find([]Candidate{{Person: tier.Person{ID: "a", Score: 9}, Latest: index + 1}, {Person: tier.Person{ID: "b", Score: 8}, Latest: index}})
	if err != nil || len(l.Listed) != 1 || l.Movement.Count(tier.LostScore) != 1 || l.Movement.Count(tier.Left) != 0 {
		t.Errorf("%+v, %v", l, err)
	}
}

func TestOutcomes(t *testing.T) {
	d := registry.Day
	index := d(2025, 12, 31)
	people := []Followed{
		{},
		{Stays: []Stay{{Admitted: d(2026, 1, 1), Emergency: true}}},
		{Stays: []Stay{{Admitted: d(2026, 12, 31), Emergency: true}}},
		{Stays: []Stay{{Admitted: d(2027, 1, 1), Emergency: true}}},
		{Stays: []Stay{{Admitted: index, Emergency: true}, {Admitted: d(2026, 5, 1)}}},
		{Death: d(2026, 12, 31)},
		{Death: d(2027, 1, 1)},
		{Death: d(2026, 5, 1), Stays: []Stay{{Admitted: d(2026, 4, 1), Emergency: true}}},
		{Death: index},
	}
	for _, c := range []struct {
		choice Deaths
		y      string
		keep   string
	}{
		{DeathIsEvent, "[0 1 1 0 0 1 0 1 0]", "[true true true true true true true true false]"},
		{DeathIsNonEvent, "[0 1 1 0 0 0 0 1 0]", "[true true true true true true true true false]"},
		{DeathDrops, "[0 1 1 0 0 0 0 1 0]", "[true true true true true false true true false]"},
	} {
		y, keep, deaths, err := Outcomes(people, index, c.choice)
		if err != nil || fmt.Sprint(y) != c.y || fmt.Sprint(keep) != c.keep || deaths != 1 {
			t.Errorf("%v: %v %v %d %v", c.choice, y, keep, deaths, err)
		}
	}
	if _, _, _, err := Outcomes(people, 0, DeathDrops); !errors.Is(err, ErrParameter) {
		t.Error(err)
	}
	if _, _, _, err := Outcomes(people, index, 9); !errors.Is(err, ErrParameter) {
		t.Error(err)
	}
}

func TestAnswersAsJSON(t *testing.T) {
	var in Inputs
	if err := json.Unmarshal([]byte(`{"age": 70, "frail": true, "opted out": false, "lives alone": null, "disabilities": -2}`), &in); err != nil {
		t.Fatal(err)
	}
	want := Inputs{Age: Number(70), Frail: Yes(), OptedOut: No(), LivesAlone: {}, Disabilities: {}}
	if d := cmp.Diff(want, in, cmp.AllowUnexported(Answer{})); d != "" {
		t.Error(d)
	}
	for _, bad := range []string{`{"age": "old"}`, `{"age": 70.5}`} {
		if err := json.Unmarshal([]byte(bad), &in); !errors.Is(err, ErrParameter) {
			t.Errorf("%s: %v", bad, err)
		}
	}
	p, err := New("pace", Parameters{})
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal(p.Evaluate(Inputs{Age: Number(70), InArea: Yes()}))
	if err != nil || !strings.Contains(string(text), `"answer":"cannot tell"`) || !strings.Contains(string(text), `"answer":70`) || !strings.Contains(string(text), `"answer":null`) {
		t.Errorf("%s %v", text, err)
	}
	plan := Plan{Index: registry.Day(2026, 1, 1), Places: 2, Referrals: 1}
	l, err := plan.Find([]Candidate{{Person: tier.Person{ID: "a", Score: 2}, Unlinked: true}, {Person: tier.Person{ID: "b", Score: math.NaN()}, Referred: true}})
	if err != nil {
		t.Fatal(err)
	}
	text, err = json.Marshal(l)
	if err != nil || !strings.Contains(string(text), `"score":null`) || !strings.Contains(string(text), `"UNLINKED"`) || !strings.Contains(string(text), `"movement":"entered"`) {
		t.Errorf("%s %v", text, err)
	}
}

// Of referred people, those on the list by referral keep their place before those on it by
// rank, and these before newcomers with a higher score.
func TestReferralsKeepTheirPlaces(t *testing.T) {
	index := registry.Day(2026, 3, 1)
	people := []Candidate{
		{Person: tier.Person{ID: "rank", Score: 5}, Referred: true, Latest: index},
		{Person: tier.Person{ID: "referral", Score: 1}, Referred: true, Latest: index},
		{Person: tier.Person{ID: "new", Score: 9}, Referred: true, Latest: index},
	}
	previous := []tier.Member{{ID: "rank", Level: 1, Rank: 3, Since: index.AddDays(-9)}, {ID: "referral", Level: 1, Since: index.AddDays(-9)}}
	for quota, want := range map[int][]string{1: {"referral"}, 2: {"rank", "referral"}} {
		l, err := Plan{Index: index, Places: quota, Referrals: quota, Previous: previous}.Find(people)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, x := range l.Listed {
			got = append(got, x.ID)
		}
		if !slices.Equal(got, want) {
			t.Errorf("quota %d: %v, want %v", quota, got, want)
		}
	}
}
