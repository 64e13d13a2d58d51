package caremodel_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/big"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"pgregory.net/rapid"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/registry"
)

func TestSpineAndStudy(t *testing.T) {
	spine, err := caremodel.Spine()
	if err != nil || len(spine) != 25 {
		t.Fatal(len(spine), err)
	}
	os, err := caremodel.StudyOrganisations()
	if err != nil || len(os) != 5 {
		t.Fatal(len(os), err)
	}
	for _, o := range os {
		used, complete := 0, 0
		for _, c := range o.Components {
			if c.Used {
				used++
			}
			if c.Complete {
				complete++
			}
		}
		// all used some components, none used all of them
		if used == 0 || complete == 6 {
			t.Errorf("%s: %d used, %d complete", o.Name, used, complete)
		}
	}
	if os[0].Name != "Kaiser Permanente" || os[0].Answers["K2"] != caremodel.Yes || os[1].Answers["K2"] != caremodel.Unknown {
		t.Errorf("%+v", os[0].Answers)
	}
}

func TestProfile(t *testing.T) {
	spine, _ := caremodel.Spine()
	answers := map[string]caremodel.Answer{}
	for i, e := range spine {
		switch {
		case i < 10:
			answers[e.ID] = caremodel.Yes
		case i < 15:
			answers[e.ID] = caremodel.Partly
		case i < 18:
			answers[e.ID] = caremodel.No
		}
	}
	p, err := caremodel.NewProfile(answers)
	if err != nil || p.Overall.String() != "0.50 to 0.78" {
		t.Errorf("%v %v", p.Overall, err)
	}
	if c := p.Compare(p); c.Distance.Sign() != 0 || c.Agree != c.Compared || c.Compared != 18 {
		t.Errorf("%+v", c)
	}
	if !p.Components[0].Complete || p.Weakest != caremodel.DeliverySystem {
		t.Errorf("%+v", p)
	}
	_, err = caremodel.NewProfile(map[string]caremodel.Answer{"Z9": caremodel.Yes, "C1": "maybe"})
	if !errors.Is(err, caremodel.ErrAnswer) || !strings.Contains(err.Error(), "Z9") || !strings.Contains(err.Error(), "maybe") {
		t.Error(err)
	}
	if _, err := caremodel.NewProfile(nil); !errors.Is(err, caremodel.ErrAnswer) {
		t.Error(err)
	}
}

func TestProfileLaws(t *testing.T) {
	spine, _ := caremodel.Spine()
	values := []caremodel.Answer{caremodel.Unknown, caremodel.Yes, caremodel.Partly, caremodel.No}
	narrowed := 0
	lawtest.Until(t, func(t *rapid.T) {
		answers := map[string]caremodel.Answer{"C1": caremodel.Partly}
		for _, e := range spine {
			answers[e.ID] = rapid.SampledFrom(values).Draw(t, e.ID)
		}
		p, err := caremodel.NewProfile(answers)
		if err != nil {
			t.Fatal(err)
		}
		if p.Overall.Low.Cmp(p.Overall.High) > 0 {
			t.Fatal("the interval is the wrong way round")
		}
		id := rapid.SampledFrom(spine).Draw(t, "element").ID
		if answers[id] == caremodel.Unknown {
			answers[id] = rapid.SampledFrom(values[1:]).Draw(t, "answer")
			q, _ := caremodel.NewProfile(answers)
			if q.Overall.Low.Cmp(p.Overall.Low) < 0 || q.Overall.High.Cmp(p.Overall.High) > 0 {
				t.Fatal("answering widens the interval")
			}
			if a, b := p.Compare(p), q.Compare(p); a.Distance != nil && b.Distance != nil && b.Compared != a.Compared {
				t.Fatal("an unknown element is compared")
			}
			narrowed++
		}
	}, func() bool { return narrowed > 0 })
}

func TestChecklists(t *testing.T) {
	cs, err := caremodel.Checklists()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range cs { // the number in the name is the number of items
		var n int
		fmt.Sscan(strings.TrimLeft(c.ID, "abcdefghijklmnopqrstuvwxyz"), &n)
		if n != len(c.Items) || c.Source == "" {
			t.Errorf("%s: %d items, source %q", c.ID, len(c.Items), c.Source)
		}
	}
	c, err := caremodel.ChecklistByID("shortell9")
	if err != nil || len(c.Items) != 9 {
		t.Fatal(err)
	}
	r, err := c.Answer(map[int]caremodel.Answer{1: caremodel.Yes, 2: caremodel.Partly, 3: caremodel.No})
	if err != nil || len(r.Met) != 1 || len(r.Missing) != 2 || len(r.Unknown) != 6 || r.Share.String() != "0.17 to 0.83" {
		t.Errorf("%+v %v", r, err)
	}
	if _, err := c.Answer(map[int]caremodel.Answer{0: caremodel.Yes, 10: caremodel.No, 3: "x"}); !errors.Is(err, caremodel.ErrAnswer) || strings.Count(err.Error(), "item") != 3 {
		t.Error(err)
	}
	if _, err := caremodel.ChecklistByID("none"); !errors.Is(err, caremodel.ErrDefinition) {
		t.Error(err)
	}
	small := caremodel.Checklist{ID: "x3", Items: []string{"a", "b", "c"}}
	ranks, err := small.Portfolio([]map[int]caremodel.Answer{{1: caremodel.Yes, 2: caremodel.Yes}, {1: caremodel.Yes, 2: caremodel.No}})
	if err != nil || ranks[0].Item != "a" || ranks[1].Share.Num != 1 || ranks[2].Item != "c" || ranks[2].Share.Den != 0 || ranks[2].Rank != 3 || ranks[2].Dense != 3 {
		t.Errorf("%+v %v", ranks, err)
	}
	if _, err := small.Portfolio([]map[int]caremodel.Answer{{9: caremodel.Yes}, {}, {1: "x"}}); !errors.Is(err, caremodel.ErrAnswer) || !strings.Contains(err.Error(), "organisation 1") || !strings.Contains(err.Error(), "organisation 3") {
		t.Error(err)
	}
	// the published portfolio of 100 programmes: 79, 57, 37, 37 and 26 have the component
	parts, err := caremodel.ChecklistByID("dmcomponents6")
	if err != nil {
		t.Fatal(err)
	}
	var programmes []map[int]caremodel.Answer
	for k := range 100 {
		a := map[int]caremodel.Answer{}
		for i, share := range parts.Shares {
			a[i+1] = caremodel.Partly // in part is not having it
			if k < share {
				a[i+1] = caremodel.Yes
			}
		}
		programmes = append(programmes, a)
	}
	ranks, err = parts.Portfolio(programmes)
	if err != nil || len(ranks) != 6 {
		t.Fatal(ranks, err)
	}
	got := ""
	for _, r := range ranks {
		got += fmt.Sprintf("%s %d/%d; ", r.Share.Percent(0), r.Rank, r.Dense)
	}
	if got != "79 1/1; 57 2/2; 37 3/3; 37 3/3; 26 5/4; 0 6/5; " || ranks[2].Item != "provider education" {
		t.Error(got, ranks)
	}
}

func rat(f float64) *big.Rat { return new(big.Rat).SetFloat64(f) }

func near(t *testing.T, what string, got *big.Rat, want, tol float64) {
	t.Helper()
	if got == nil {
		t.Errorf("%s: undefined", what)
		return
	}
	if f, _ := got.Float64(); math.Abs(f-want) > tol {
		t.Errorf("%s: %v, want %v", what, f, want)
	}
}

// Published means of the instruments, by their rule and not by the other.
func TestInstrumentGoldens(t *testing.T) {
	dir := os.Getenv("CHRONICCARE_CORPUS")
	if dir == "" {
		t.Skip("CHRONICCARE_CORPUS is not set")
	}
	data, err := os.ReadFile(filepath.Join(dir, "caremodel", "goldens.json"))
	if err != nil {
		t.Fatal(err)
	}
	type round struct {
		Subscales        []float64
		PublishedProgram float64 `json:"published_program"`
		Mean             float64 `json:"mean_of_published"`
	}
	var g struct {
		ACIC struct {
			PerScale map[string]int             `json:"items_per_subscale"`
			Six      map[string]json.RawMessage `json:"six_health_centers_2012"`
		} `json:"acic_v35"`
		PACIC struct {
			Hungarian map[string]json.RawMessage `json:"hungarian_2022"`
			Swiss     struct {
				Subscales []float64
				Total     float64 `json:"published_total"`
				Wrong     float64 `json:"mean_of_subscales_wrong"`
				Weighted  float64 `json:"item_weighted_mean"`
			} `json:"swiss_2018_total_discriminates"`
		} `json:"pacic20"`
	}
	if err := json.Unmarshal(data, &g); err != nil {
		t.Fatal(err)
	}
	names := map[string]string{"organization": "organisation", "self_management": "self-management", "decision_support": "decision support", "delivery_system": "delivery system", "information_systems": "information systems", "community": "community", "integration": "integration"}
	for _, s := range caremodel.ACIC().Scales {
		for theirs, ours := range names {
			if ours == s.Name && g.ACIC.PerScale[theirs] != len(s.Items) {
				t.Errorf("%s has %d items", s.Name, len(s.Items))
			}
		}
	}
	// an instrument whose scales are the published means, each a single item
	for _, when := range []string{"june_2010", "dec_2010", "june_2011"} {
		var r round
		if err := json.Unmarshal(g.ACIC.Six[when], &r); err != nil {
			t.Fatal(err)
		}
		i := caremodel.Instrument{Name: "means", Max: 1100, Total: caremodel.MeanOfScales}
		answers := map[int]int{}
		for k, m := range r.Subscales {
			i.Scales = append(i.Scales, caremodel.Scale{Name: fmt.Sprint(k), Items: []int{k + 1}})
			answers[k+1] = int(math.Round(m * 100))
		}
		s, err := i.Score(answers)
		if err != nil {
			t.Fatal(err)
		}
		mean := new(big.Rat).Quo(s.Total, big.NewRat(100, 1))
		near(t, when, mean, r.Mean, 0.0005)
		near(t, when+" as printed", mean, r.PublishedProgram, 0.1)
	}
	// PACIC: published item means give the published scale means
	p := caremodel.PACIC()
	for k, name := range []string{"patient_activation", "delivery_system_decision_support", "goal_setting", "problem_solving"} {
		var x struct {
			Items     []float64
			Published float64
		}
		if err := json.Unmarshal(g.PACIC.Hungarian[name], &x); err != nil {
			t.Fatal(err)
		}
		i := caremodel.Instrument{Name: name, Max: 500, Total: caremodel.MeanOfItems, Scales: []caremodel.Scale{p.Scales[k]}}
		answers := map[int]int{}
		for n, item := range p.Scales[k].Items {
			answers[item] = int(math.Round(x.Items[n] * 100))
		}
		s, err := i.Score(answers)
		if err != nil {
			t.Fatal(err)
		}
		near(t, name, new(big.Rat).Quo(s.Scales[0].Mean, big.NewRat(100, 1)), x.Published, 0.0051)
	}
	// the total is the mean of items: scale means weighted by their items
	i := p
	i.Min, i.Max = 0, 500
	answers := map[int]int{}
	for k, m := range g.PACIC.Swiss.Subscales {
		for _, item := range p.Scales[k].Items {
			answers[item] = int(math.Round(m * 100))
		}
	}
	s, err := i.Score(answers)
	if err != nil {
		t.Fatal(err)
	}
	total := new(big.Rat).Quo(s.Total, big.NewRat(100, 1))
	near(t, "PACIC total", total, g.PACIC.Swiss.Weighted, 0.0005)
	near(t, "PACIC total as printed", total, g.PACIC.Swiss.Total, 0.0051)
	if f, _ := total.Float64(); math.Abs(f-g.PACIC.Swiss.Wrong) < 0.05 {
		t.Error("the wrong order of averaging")
	}
}

func span(from, to int) (out []int) {
	for n := from; n <= to; n++ {
		out = append(out, n)
	}
	return out
}

func full(i caremodel.Instrument, value func(item int) int) map[int]int {
	out := map[int]int{}
	for _, s := range i.Scales {
		for _, n := range s.Items {
			out[n] = value(n)
		}
	}
	return out
}

func TestInstruments(t *testing.T) {
	acic := caremodel.ACIC()
	s, err := acic.Score(full(acic, func(n int) int { return n % 12 }))
	if err != nil || s.Total == nil || len(s.Scales) != 7 || len(s.Missing) != 0 {
		t.Fatalf("%+v %v", s, err)
	}
	for mean, want := range map[int]string{0: "D", 2: "D", 3: "C", 5: "C", 6: "B", 8: "B", 9: "A", 11: "A"} {
		s, _ := acic.Score(full(acic, func(int) int { return mean }))
		if s.Band != want || s.Scales[0].Band != want {
			t.Errorf("%d: %s", mean, s.Band)
		}
	}
	// 5.9 is a C, 6.0 a B
	ten := caremodel.Instrument{Name: "ten", Max: 11, Total: caremodel.MeanOfScales, Cuts: acic.Cuts, Bands: acic.Bands, Scales: []caremodel.Scale{{Name: "a", Items: []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10}}}}
	for last, want := range map[int]string{5: "C", 6: "B"} {
		s, _ := ten.Score(full(ten, func(n int) int {
			if n == 10 {
				return last
			}
			return 6
		}))
		if s.Band != want {
			t.Errorf("%s: %s", s.Total, s.Band)
		}
	}
	incomplete := full(acic, func(int) int { return 5 })
	delete(incomplete, 7)
	s, err = acic.Score(incomplete)
	if err != nil || s.Total != nil || s.Scales[1].Mean != nil || s.Scales[0].Mean == nil || !slices.Equal(s.Missing, []int{7}) {
		t.Errorf("%+v %v", s, err)
	}
	p := caremodel.PACIC()
	for item, scored := range map[int]bool{1: false, 7: true} { // activation has none to spare, goal setting one
		a := full(p, func(int) int { return 3 })
		delete(a, item)
		s, err := p.Score(a)
		scale := s.Scales[0]
		if item == 7 {
			scale = s.Scales[2]
		}
		if err != nil || (scale.Mean != nil) != scored || s.Total == nil {
			t.Errorf("item %d: %+v %v", item, s, err)
		}
	}
	a := full(p, func(int) int { return 3 })
	for _, item := range []int{7, 12, 16, 1} {
		delete(a, item)
	}
	if s, _ := p.Score(a); s.Total != nil {
		t.Error("four missing answers and a total")
	}
	_, err = p.Score(map[int]int{1: 0, 2: 6, 99: 3, 0: 3})
	if !errors.Is(err, caremodel.ErrAnswer) || strings.Count(err.Error(), "PACIC-20") != 4 || !strings.Contains(err.Error(), "no item 99") {
		t.Error(err)
	}
	err = caremodel.Instrument{Name: "x", Items: 2, Scored: 4, Cuts: []int{3, 3}, Bands: []string{"low"}, Scales: []caremodel.Scale{{}, {Name: "a", Items: []int{1, 1, 3}}, {Name: "a", Items: []int{2}}}}.Check()
	if !errors.Is(err, caremodel.ErrDefinition) || strings.Count(err.Error(), "\n") != 6 {
		t.Error(err)
	}
	for _, want := range []string{"scale 1: name", "has no items", "item 1 of a", "item 3 of a", "scale 3: name", "from 0 to 0", "cuts [3 3]"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not in %v", want, err)
		}
	}
	if err := caremodel.ACICShort([7][]int{{1}, {7}, {10}, {14}, {18}, {24}, {29}}).Check(); !errors.Is(err, caremodel.ErrDefinition) || !strings.Contains(err.Error(), "7 items in its scales, not 21") {
		t.Error(err)
	}
	same := acic
	same.Cuts = []int{3, 3, 9} // cuts that don't rise
	if err := same.Check(); !errors.Is(err, caremodel.ErrDefinition) {
		t.Error(err)
	}
	home := caremodel.PCMHA([8][]int{{1, 2, 3, 4}, {5, 6, 7, 8}, {9, 10, 11, 12}, {13, 14, 15, 16}, {17, 18, 19, 20, 21}, {22, 23, 24, 25, 26, 27}, {28, 29, 30, 31}, {32, 33, 34, 35, 36}})
	if s, err := home.Score(full(home, func(int) int { return 7 })); err != nil || s.Band != "B" {
		t.Error(s, err)
	}
	for _, i := range []caremodel.Instrument{caremodel.PACICShort(span(1, 11)), caremodel.PCRS(span(1, 8), span(9, 16)), caremodel.PACICFiveAs(span(1, 5), span(6, 10), span(11, 15), span(16, 20), span(21, 25)), caremodel.ACICShort([7][]int{span(1, 3), span(7, 9), span(10, 12), span(14, 16), span(18, 20), span(24, 26), span(29, 31)})} {
		if s, err := i.Score(full(i, func(int) int { return i.Max })); err != nil || s.Total.Cmp(big.NewRat(int64(i.Max), 1)) != 0 {
			t.Error(i.Name, s, err)
		}
	}
	for mean, want := range map[int]string{1: "D", 3: "D", 4: "C", 6: "C", 7: "B", 9: "B", 10: "A", 12: "A"} {
		if s, _ := home.Score(full(home, func(int) int { return mean })); s.Band != want || s.Scales[7].Band != want {
			t.Errorf("%d: %s", mean, s.Band)
		}
	}
	as := caremodel.PACICFiveAs(span(1, 5), span(6, 10), span(11, 15), span(16, 20), span(21, 25))
	few := full(as, func(int) int { return 2 })
	for _, item := range []int{1, 6, 11, 16, 21} { // one in each scale
		delete(few, item)
	}
	if s, err := as.Score(few); err != nil || s.Total == nil || s.Scales[4].Mean == nil || len(s.Missing) != 5 {
		t.Error(s, err)
	}
	delete(few, 22)
	if s, err := as.Score(few); err != nil || s.Total != nil || s.Scales[4].Mean != nil {
		t.Error("six missing answers and a total", s, err)
	}
	answers := make([]caremodel.Answer, 16)
	for i := range answers {
		switch {
		case i < 5:
			answers[i] = caremodel.Yes
		case i < 14:
			answers[i] = caremodel.No
		}
	}
	if m, err := caremodel.NewManagementIndex(answers); err != nil || m.Low != 5 || m.High != 7 || m.Any != caremodel.Yes || m.All != caremodel.No {
		t.Errorf("%+v %v", m, err)
	}
	for _, c := range []struct{ cells, any, all caremodel.Answer }{{caremodel.Yes, caremodel.Yes, caremodel.Yes}, {caremodel.No, caremodel.No, caremodel.No}, {caremodel.Unknown, caremodel.Unknown, caremodel.Unknown}} {
		m, err := caremodel.NewManagementIndex(slices.Repeat([]caremodel.Answer{c.cells}, 16))
		if err != nil || m.Any != c.any || m.All != c.all {
			t.Errorf("%q: %+v %v", c.cells, m, err)
		}
	}
	one := slices.Repeat([]caremodel.Answer{caremodel.No}, 16)
	one[7] = caremodel.Unknown
	if m, err := caremodel.NewManagementIndex(one); err != nil || m.Any != caremodel.Unknown || m.All != caremodel.No || m.Low != 0 || m.High != 1 {
		t.Errorf("%+v %v", m, err)
	}
	if _, err := caremodel.NewManagementIndex(answers[:3]); !errors.Is(err, caremodel.ErrAnswer) {
		t.Error(err)
	}
	answers[0] = caremodel.Partly
	if _, err := caremodel.NewManagementIndex(answers); !errors.Is(err, caremodel.ErrAnswer) {
		t.Error(err)
	}
	if cells := caremodel.ManagementIndexCells(); len(cells) != 16 || cells[15] != "diabetes: registry" {
		t.Error(cells)
	}
}

func TestInstrumentLaws(t *testing.T) {
	unscored, scored := 0, 0
	lawtest.Until(t, func(t *rapid.T) {
		for _, i := range []caremodel.Instrument{caremodel.ACIC(), caremodel.PACIC()} {
			drop := rapid.IntRange(0, 2).Draw(t, "missing")
			a := full(i, func(int) int { return rapid.IntRange(i.Min, i.Max).Draw(t, "answer") })
			for range drop {
				delete(a, rapid.IntRange(1, 20).Draw(t, "item"))
			}
			s, err := i.Score(a)
			if err != nil {
				t.Fatal(err)
			}
			if s.Total == nil {
				unscored++
				// taking another answer away never makes it scorable
				delete(a, rapid.IntRange(1, 20).Draw(t, "another"))
				if again, _ := i.Score(a); again.Total != nil {
					t.Fatal("fewer answers, and a total")
				}
				continue
			}
			scored++
			lo, hi := big.NewRat(int64(i.Max), 1), big.NewRat(int64(i.Min), 1)
			for _, sc := range s.Scales {
				if sc.Mean == nil {
					continue
				}
				if sc.Mean.Cmp(lo) < 0 {
					lo = sc.Mean
				}
				if sc.Mean.Cmp(hi) > 0 {
					hi = sc.Mean
				}
			}
			if i.Total == caremodel.MeanOfScales && (s.Total.Cmp(lo) < 0 || s.Total.Cmp(hi) > 0) {
				t.Fatal("the total lies outside its scales")
			}
			// raising an answer never lowers the total
			for n, v := range a {
				if v < i.Max {
					a[n]++
					more, _ := i.Score(a)
					if more.Total.Cmp(s.Total) < 0 {
						t.Fatal("a higher answer lowers the total")
					}
					a[n]--
					break
				}
			}
		}
	}, func() bool { return unscored > 0 && scored > 0 })
}

func TestIntegration(t *testing.T) {
	for _, c := range []struct {
		p    caremodel.Parties
		want string
	}{
		{caremodel.Parties{PayerPhysicians: caremodel.ExclusiveContract, PayerHospitals: caremodel.ExclusiveContract}, "{3 network virtual fully false}"},
		{caremodel.Parties{PhysiciansHospitals: caremodel.Owned, PayerPhysicians: caremodel.Contract}, "{2 system real partly false}"},
		{caremodel.Parties{PayerPhysicians: caremodel.Owned, PayerHospitals: caremodel.Owned, PhysiciansHospitals: caremodel.Owned}, "{3 system real fully false}"},
		{caremodel.Parties{PayerPhysicians: caremodel.Contract}, "{0 network virtual not integrated false}"},
		{caremodel.Parties{}, "{0 separate  not integrated false}"},
	} {
		if got, err := c.p.Integrate(); fmt.Sprint(got) != c.want || err != nil {
			t.Errorf("%+v: %v, want %s, %v", c.p, got, c.want, err)
		}
	}
	_, err := caremodel.Parties{PayerHospitals: 9, PhysiciansHospitals: 4, PlanShare: registry.Rate{Num: 3, Den: 2}, Covers: registry.Rate{Num: -1}}.Integrate()
	if !errors.Is(err, caremodel.ErrAnswer) || strings.Count(err.Error(), "\n") != 3 {
		t.Error(err)
	}
	for _, c := range []struct {
		levels []string
		merged bool
		want   string
	}{{[]string{"gp", "gp"}, true, "horizontal real"}, {[]string{"gp", "hospital"}, false, "vertical virtual"}, {[]string{"gp", "gp", "hospital"}, false, "mixed virtual"}} {
		d, k, err := caremodel.Direction(c.levels, c.merged)
		if d+" "+k != c.want || err != nil {
			t.Errorf("%v: %s %s %v", c.levels, d, k, err)
		}
	}
	for _, bad := range [][]string{nil, {"gp"}, {"gp", ""}} {
		if _, _, err := caremodel.Direction(bad, false); !errors.Is(err, caremodel.ErrAnswer) {
			t.Error(bad, err)
		}
	}
	if caremodel.Degree(false, true, true, true) != 2 || caremodel.Degree(true, true, false, false) != 3 || caremodel.Degree(false, false, false, true) != 1 || caremodel.Degree(true, false, false, false) != 0 {
		t.Error("degree")
	}
	if step, gaps := caremodel.LadderStep([4]bool{true, false, true, false}); step != 1 || fmt.Sprint(gaps) != "[community health]" {
		t.Error(step, gaps)
	}
	if step, gaps := caremodel.LadderStep([4]bool{true, true, true, true}); step != 4 || gaps != nil {
		t.Error(step, gaps)
	}
	for want, x := range map[string][2]float64{"fragmented": {0, 0.49}, "co-ordinated network": {0.2, 0.5}, "structure only": {0.5, 0}, "integrated": {1, 1}} {
		if got, err := (caremodel.Grid{}).Quadrant(x[0], x[1]); got != want || err != nil {
			t.Error(got, err)
		}
	}
	if got, err := (caremodel.Grid{Cut: 0.7}).Quadrant(0.69, 0.7); got != "co-ordinated network" || err != nil {
		t.Error(got, err)
	}
	for _, x := range [][3]float64{{2, 0, 0}, {0, math.NaN(), 0}, {0, 0, -0.1}, {math.NaN(), 0, 1.1}} {
		if _, err := (caremodel.Grid{Cut: x[2]}).Quadrant(x[0], x[1]); err == nil || (x[2] != 0) != errors.Is(err, caremodel.ErrPolicy) {
			t.Error(x, err)
		}
	}
	for want, x := range map[string][]bool{"group": {true, true}, "network": {false}, "mixed": {true, false}} {
		if got, err := caremodel.ManagedCareModel(x); got != want || err != nil {
			t.Error(got, err)
		}
	}
	if _, err := caremodel.ManagedCareModel(nil); !errors.Is(err, caremodel.ErrDefinition) {
		t.Error(err)
	}
	if u, err := caremodel.UncoveredLevels([]string{"person", "condition"}); err != nil || fmt.Sprint(u) != "[macro]" {
		t.Error(u, err)
	}
	if _, err := caremodel.UncoveredLevels([]string{"x", "person", "y"}); !errors.Is(err, caremodel.ErrDefinition) || !strings.Contains(err.Error(), `"x"`) || !strings.Contains(err.Error(), `"y"`) {
		t.Error(err)
	}
	for want, a := range map[string]caremodel.Accountable{"ok": caremodel.Accountability([]string{"a", "a"}, false, true, true), "several": caremodel.Accountability([]string{"a", "b"}, false, true, true), "nobody": caremodel.Accountability([]string{""}, false, true, true), "market only": caremodel.Accountability(nil, true, false, false)} {
		if a.Verdict != want || a.Complete() != (want == "ok") {
			t.Errorf("%+v, want %s", a, want)
		}
	}
	if ok, missing := caremodel.AccountableSystem(true, true); !ok || missing != nil {
		t.Error(missing)
	}
	if ok, missing := caremodel.AccountableSystem(false, false); ok || len(missing) != 2 {
		t.Error(missing)
	}
	if n, err := caremodel.PeoplePerPhysician(480_000, 800); n.Cmp(registry.Rate{Num: 600, Den: 1}) != 0 || err != nil {
		t.Error(n, err)
	}
	if _, err := caremodel.PeoplePerPhysician(1, 0); err == nil {
		t.Error("no physicians")
	}
}

func TestEvaluate(t *testing.T) {
	e, err := caremodel.Evaluate(caremodel.Evaluation{T0: rat(100), T1: rat(80), C0: rat(100), C1: rat(95), Comparator: caremodel.Matched})
	if err != nil {
		t.Fatal(err)
	}
	near(t, "absolute", e.Absolute, -20, 0)
	near(t, "relative", e.Relative, -0.2, 1e-15)
	near(t, "DiD", e.DiD, -15, 0)
	near(t, "points", e.NetRelativePoints, -15, 1e-12)
	near(t, "ratio of ratios", e.RatioOfRatios, 0.842, 0.0005)
	// published figures of the source documents
	for name, c := range map[string]struct {
		t0, t1, want float64
	}{"Torbay beds": {750, 528, -29.6}, "VA beds": {92000, 53000, -42.4}} {
		e, _ := caremodel.Evaluate(caremodel.Evaluation{T0: rat(c.t0), T1: rat(c.t1)})
		near(t, name, new(big.Rat).Mul(e.Relative, big.NewRat(100, 1)), c.want, 0.05)
		if len(e.Warnings) != 1 || !strings.Contains(e.Warnings[0], "regression to the mean") {
			t.Error(e.Warnings)
		}
	}
	tele, _ := caremodel.Evaluate(caremodel.Evaluation{T0: rat(100), T1: rat(81), C0: rat(100), C1: rat(95.4), Comparator: caremodel.WholeSystem, Components: 2, FollowUpMonths: 6, Fades: true, NotSignificant: true})
	near(t, "telehealth", tele.NetRelativePoints, -14.4, 1e-9)
	near(t, "telehealth", tele.RatioOfRatios, 0.849, 0.0005)
	if len(tele.Warnings) != 5 {
		t.Error(tele.Warnings)
	}
	days, _ := caremodel.Evaluate(caremodel.Evaluation{T0: rat(1), T1: rat(2025), C0: rat(1), C1: rat(2778), Comparator: caremodel.AreaCompared, Selected: true})
	near(t, "index", days.Index, 72.9, 0.05)
	near(t, "difference", days.Difference, -753, 0)
	if len(days.Warnings) != 1 {
		t.Error(days.Warnings)
	}
	zero, err := caremodel.Evaluate(caremodel.Evaluation{T0: new(big.Rat), T1: rat(1), C0: new(big.Rat), C1: new(big.Rat)})
	if err != nil || zero.Relative != nil || zero.Ratio != nil || zero.RatioOfRatios != nil || zero.DiD == nil {
		t.Errorf("%+v %v", zero, err)
	}
	// a score that rose from -5 to 1 did not fall by 120 %
	below, err := caremodel.Evaluate(caremodel.Evaluation{T0: rat(-5), T1: rat(1), C0: rat(2), C1: rat(-4), Comparator: caremodel.Matched})
	if err != nil || below.Relative != nil || below.Ratio != nil || below.Index != nil || below.RatioOfRatios != nil || below.NetRelativePoints != nil {
		t.Errorf("%+v %v", below, err)
	}
	near(t, "below zero, absolute", below.Absolute, 6, 0)
	near(t, "below zero, DiD", below.DiD, 12, 0)
	near(t, "below zero, difference", below.Difference, 5, 0)
	near(t, "below zero, control", below.ControlRelative, -3, 0)
	// a control that came down to zero or below leaves no ratio of ratios
	for _, c1 := range []float64{0, -1} {
		if e, err := caremodel.Evaluate(caremodel.Evaluation{T0: rat(2), T1: rat(1), C0: rat(2), C1: rat(c1)}); err != nil || e.RatioOfRatios != nil || e.NetRelativePoints == nil {
			t.Errorf("%+v %v", e, err)
		}
	}
	for months, warnings := range map[int]int{0: 0, 11: 1, 12: 0} { // a year is long enough
		if e, _ := caremodel.Evaluate(caremodel.Evaluation{T0: rat(1), T1: rat(1), C0: rat(1), C1: rat(1), Comparator: caremodel.Matched, FollowUpMonths: months, Components: 1}); len(e.Warnings) != warnings {
			t.Error(months, e.Warnings)
		}
	}
	unstated, _ := caremodel.Evaluate(caremodel.Evaluation{T0: rat(1), T1: rat(1), C0: rat(1), C1: rat(1)})
	if len(unstated.Warnings) != 1 || !strings.Contains(unstated.Warnings[0], "not stated") {
		t.Error(unstated.Warnings)
	}
	_, err = caremodel.Evaluate(caremodel.Evaluation{Comparator: "friends", Components: -1})
	if !errors.Is(err, caremodel.ErrAnswer) || strings.Count(err.Error(), "\n") != 2 {
		t.Error(err)
	}
	for _, bad := range []caremodel.Evaluation{{}, {T0: rat(1), T1: rat(1), C0: rat(1)}, {T0: rat(1), T1: rat(1), Comparator: caremodel.Randomised}, {T0: rat(1), T1: rat(1), FollowUpMonths: -1}} {
		if _, err := caremodel.Evaluate(bad); !errors.Is(err, caremodel.ErrAnswer) {
			t.Error(err)
		}
	}
}

// A relative change points where the change does; nothing is relative to a base of zero or
// below; and differences know no such limit.
func TestEvaluateSignLaw(t *testing.T) {
	seen := lawtest.Seen{}
	lawtest.Check(t, seen, func(t *rapid.T) {
		v := func(n string) *big.Rat { return big.NewRat(rapid.Int64Range(-6, 6).Draw(t, n), 2) }
		t0, t1, c0, c1 := v("t0"), v("t1"), v("c0"), v("c1")
		e, err := caremodel.Evaluate(caremodel.Evaluation{T0: t0, T1: t1, C0: c0, C1: c1})
		if err != nil || e.Absolute == nil || e.Difference == nil || e.DiD == nil {
			t.Fatal(e, err)
		}
		change := new(big.Rat).Sub(c1, c0)
		for _, x := range []struct {
			name                     string
			base, relative, absolute *big.Rat
		}{{"own", t0, e.Relative, e.Absolute}, {"control", c0, e.ControlRelative, change}, {"ratio", c1, e.Ratio, t1}, {"index", c1, e.Index, t1}} {
			if (x.relative != nil) != (x.base.Sign() > 0) {
				t.Fatalf("%s: relative to %s: %v", x.name, x.base, x.relative)
			}
			if x.relative != nil && x.relative.Sign() != x.absolute.Sign() {
				t.Fatalf("%s: %s of %s is %s", x.name, x.absolute, x.base, x.relative)
			}
			seen[fmt.Sprint(x.name, " ", x.relative != nil)]++
		}
		if (e.RatioOfRatios != nil) != (t0.Sign() > 0 && c0.Sign() > 0 && c1.Sign() > 0) {
			t.Fatalf("ratio of ratios %v", e.RatioOfRatios)
		}
		if e.RatioOfRatios != nil {
			seen["ratio of ratios"]++
			if (e.RatioOfRatios.Cmp(big.NewRat(1, 1)) == 0) != (e.Relative.Cmp(e.ControlRelative) == 0) {
				t.Fatal("the ratio of ratios is 1 when the relative changes are equal, and only then")
			}
		}
	}, "own true", "own false", "control true", "control false", "ratio true", "ratio false", "index true", "ratio of ratios")
}

func TestEvaluateLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := func(n string) *big.Rat { return big.NewRat(rapid.Int64Range(1, 500).Draw(t, n), 1) }
		t0, t1, c0, c1 := v("t0"), v("t1"), v("c0"), v("c1")
		e, err := caremodel.Evaluate(caremodel.Evaluation{T0: t0, T1: t1, C0: c0, C1: c1})
		if err != nil {
			t.Fatal(err)
		}
		swapped, _ := caremodel.Evaluate(caremodel.Evaluation{T0: c0, T1: c1, C0: t0, C1: t1})
		if new(big.Rat).Add(e.DiD, swapped.DiD).Sign() != 0 {
			t.Fatal("swapping groups does not flip the sign")
		}
		k := v("k")
		m := func(x *big.Rat) *big.Rat { return new(big.Rat).Mul(x, k) }
		scaled, _ := caremodel.Evaluate(caremodel.Evaluation{T0: m(t0), T1: m(t1), C0: m(c0), C1: m(c1)})
		if scaled.Relative.Cmp(e.Relative) != 0 || scaled.DiD.Cmp(m(e.DiD)) != 0 {
			t.Fatal("scale")
		}
		if scaled.Absolute.Cmp(m(e.Absolute)) != 0 || scaled.RatioOfRatios.Cmp(e.RatioOfRatios) != 0 || scaled.Ratio.Cmp(e.Ratio) != 0 {
			t.Fatal("scale")
		}
		alike, _ := caremodel.Evaluate(caremodel.Evaluation{T0: t0, T1: new(big.Rat).Add(t0, k), C0: c0, C1: new(big.Rat).Add(c0, k)})
		if alike.DiD.Sign() != 0 {
			t.Fatal("the groups move alike")
		}
		same, _ := caremodel.Evaluate(caremodel.Evaluation{T0: t0, T1: t1, C0: c0, C1: c0})
		if same.DiD.Cmp(same.Absolute) != 0 {
			t.Fatal("a still control")
		}
	})
}
