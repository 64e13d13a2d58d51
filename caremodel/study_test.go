package caremodel_test

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"math/big"
	"slices"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"pgregory.net/rapid"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/registry"
)

func TestStudyFacts(t *testing.T) {
	facts, err := caremodel.StudyFacts()
	if err != nil || len(facts) != 5 {
		t.Fatal(len(facts), err)
	}
	os, _ := caremodel.StudyOrganisations()
	stratify, governance := 0, 0
	for i, f := range facts {
		if f.Name != os[i].Name {
			t.Errorf("%s beside %s", f.Name, os[i].Name)
		}
		if f.Stratifies == caremodel.Yes {
			stratify++
		}
		if f.MemberGovernance == caremodel.Yes {
			governance++
		}
	}
	if stratify != 4 || governance != 2 { // four of five stratified by risk; members govern two
		t.Error(stratify, governance)
	}
	if facts[3].TurnoverHigh.Cmp(big.NewRat(15, 1)) != 0 || facts[1].TurnoverLow != nil || len(facts[0].Conditions) != 6 {
		t.Errorf("%+v", facts)
	}
	chosen := func(r caremodel.SelectionRule) string {
		var b strings.Builder
		for _, s := range r.Select(facts) {
			if s.Chosen {
				b.WriteString(s.Name + ";")
			} else if s.Why == "" {
				t.Error("no reason for", s.Name)
			}
		}
		return b.String()
	}
	if got := chosen(caremodel.SelectionRule{MinScore: 139}); got != "Kaiser Permanente;Group Health;HealthPartners;Touchpoint;Anthem;" {
		t.Error(got)
	}
	if got := chosen(caremodel.SelectionRule{MinScore: 147, MinMembers: 400_000}); got != "Group Health;HealthPartners;Anthem;" {
		t.Error(got)
	}
	if got := chosen(caremodel.SelectionRule{MinScore: 190, MinMembers: 327_802}); got != "Touchpoint;" {
		t.Error("exactly as many as asked for", got)
	}
	if got := chosen(caremodel.SelectionRule{PerModel: 1}); got != "Kaiser Permanente;Touchpoint;Anthem;" {
		t.Error(got)
	}
	facts[0].MedicaidShare = nil
	if s := (caremodel.SelectionRule{}).Select(facts)[0]; s.Chosen || !strings.Contains(s.Why, "Medicaid") {
		t.Error(s)
	}
}

func TestStudyProgrammes(t *testing.T) {
	ps, err := caremodel.StudyProgrammes()
	if err != nil || len(ps) != 6 {
		t.Fatal(len(ps), err)
	}
	for _, p := range ps {
		if p.Eligibility == "" || p.Design == "" || !strings.HasPrefix(p.Source, "KF2010:") || p.Results == "" {
			t.Errorf("%+v", p)
		}
	}
	if ps[0].Model != "real" || ps[2].Model != "virtual" || ps[3].Model != "" {
		t.Error("models")
	}
}

// Arithmetic on the figures that the source documents print.
func TestPublishedEffects(t *testing.T) {
	hundred := big.NewRat(100, 1)
	for name, c := range map[string]struct {
		e    caremodel.Evaluation
		pick func(caremodel.Effect) *big.Rat
		want float64
		tol  float64
	}{
		"VA budget per member":     {caremodel.Evaluation{T0: rat(1), T1: rat(1.32), C0: rat(1), C1: rat(1.75)}, func(e caremodel.Effect) *big.Rat { return e.Ratio }, 0.754, 0.0005},
		"VA quality 1":             {caremodel.Evaluation{T0: rat(0), T1: rat(67), C0: rat(0), C1: rat(51)}, func(e caremodel.Effect) *big.Rat { return e.Difference }, 16, 0},
		"VA quality 2":             {caremodel.Evaluation{T0: rat(0), T1: rat(72), C0: rat(0), C1: rat(59)}, func(e caremodel.Effect) *big.Rat { return e.Difference }, 13, 0},
		"VA quality 3":             {caremodel.Evaluation{T0: rat(0), T1: rat(64), C0: rat(0), C1: rat(44)}, func(e caremodel.Effect) *big.Rat { return e.Difference }, 20, 0},
		"telehealth cost, clinic":  {caremodel.Evaluation{T0: rat(13121), T1: rat(1600)}, func(e caremodel.Effect) *big.Rat { return e.Absolute }, -11521, 0},
		"telehealth cost, nursing": {caremodel.Evaluation{T0: rat(0), T1: rat(1600), C0: rat(0), C1: rat(77000)}, func(e caremodel.Effect) *big.Rat { return e.Ratio }, 0.021, 0.0005},
		"telehealth cost, saved":   {caremodel.Evaluation{T0: rat(77000), T1: rat(1600)}, func(e caremodel.Effect) *big.Rat { return e.Absolute }, -75400, 0},
		"telehealth ratio":         {caremodel.Evaluation{T0: rat(0), T1: rat(1600), C0: rat(0), C1: rat(13121)}, func(e caremodel.Effect) *big.Rat { return e.Ratio }, 0.122, 0.0005},
		"medical home":             {caremodel.Evaluation{T0: rat(100), T1: rat(71), C0: rat(100), C1: rat(96)}, func(e caremodel.Effect) *big.Rat { return e.NetRelativePoints }, -25, 1e-9},
		"medical home, ratio":      {caremodel.Evaluation{T0: rat(100), T1: rat(71), C0: rat(100), C1: rat(96)}, func(e caremodel.Effect) *big.Rat { return e.RatioOfRatios }, 0.740, 0.0005},
		"PACE ambulatory":          {caremodel.Evaluation{T0: rat(0), T1: rat(93), C0: rat(0), C1: rat(74)}, func(e caremodel.Effect) *big.Rat { return e.Difference }, 19, 0},
		"PACE health":              {caremodel.Evaluation{T0: rat(0), T1: rat(43), C0: rat(0), C1: rat(37)}, func(e caremodel.Effect) *big.Rat { return e.Difference }, 6, 0},
		"PACE life":                {caremodel.Evaluation{T0: rat(0), T1: rat(72), C0: rat(0), C1: rat(55)}, func(e caremodel.Effect) *big.Rat { return e.Difference }, 17, 0},
		"end of life 1":            {caremodel.Evaluation{T0: rat(0), T1: rat(83), C0: rat(0), C1: hundred}, func(e caremodel.Effect) *big.Rat { return e.Difference }, -17, 0},
		"end of life 2":            {caremodel.Evaluation{T0: rat(0), T1: rat(64), C0: rat(0), C1: hundred}, func(e caremodel.Effect) *big.Rat { return e.Difference }, -36, 0},
		"end of life 3":            {caremodel.Evaluation{T0: rat(0), T1: rat(73), C0: rat(0), C1: hundred}, func(e caremodel.Effect) *big.Rat { return e.Difference }, -27, 0},
		"end of life, second 1":    {caremodel.Evaluation{T0: rat(0), T1: rat(90), C0: rat(0), C1: hundred}, func(e caremodel.Effect) *big.Rat { return e.Difference }, -10, 0},
		"end of life, second 2":    {caremodel.Evaluation{T0: rat(0), T1: rat(73), C0: rat(0), C1: hundred}, func(e caremodel.Effect) *big.Rat { return e.Difference }, -27, 0},
		"NHS against Kaiser days":  {caremodel.Evaluation{T0: rat(0), T1: rat(1), C0: rat(0), C1: rat(3.5)}, func(e caremodel.Effect) *big.Rat { return e.Ratio }, 0.286, 0.0005},
	} {
		e, err := caremodel.Evaluate(c.e)
		if err != nil {
			t.Fatal(err)
		}
		near(t, name, c.pick(e), c.want, c.tol)
	}
}

// Tallies of the source documents, each with its own denominator: studies whose programmes
// cost less, qualities in which one system is ahead, people who had the say that they wanted.
func TestPublishedTallies(t *testing.T) {
	var ahead registry.Rate
	for _, x := range [][2]int64{{67, 51}, {72, 59}, {64, 44}} { // veterans' administration, others
		e, err := caremodel.Evaluate(caremodel.Evaluation{T0: new(big.Rat), T1: big.NewRat(x[0], 1), C0: new(big.Rat), C1: big.NewRat(x[1], 1)})
		if err != nil {
			t.Fatal(err)
		}
		if ahead.Den++; e.Difference.Sign() > 0 {
			ahead.Num++
		}
	}
	if ahead != (registry.Rate{Num: 3, Den: 3}) {
		t.Error("ahead in", ahead)
	}
	const asked, wanted, had = 200, 80, 32
	for name, c := range map[string]struct {
		rate registry.Rate
		want string // to three places
	}{
		"studies with lower cost and use":     {registry.Rate{Num: 18, Den: 27}, "0.667"},
		"reviews and trials, fewer admitted":  {registry.Rate{Num: 7, Den: 8}, "0.875"},
		"ahead":                               {ahead, "1"},
		"had the say, of those who wanted it": {registry.Rate{Num: had, Den: wanted}, "0.4"},
		"had the say, of all: not the answer": {registry.Rate{Num: had, Den: asked}, "0.16"},
	} {
		if got, ok := c.rate.Decimal(3); !ok || got.String() != c.want {
			t.Errorf("%s: %v, want %s", name, got, c.want)
		}
	}
}

func TestIntervals(t *testing.T) {
	within := func(what string, b *caremodel.Bounds, low, high float64) {
		t.Helper()
		if b == nil || math.Abs(b.Low-low) > 1e-9 || math.Abs(b.High-high) > 1e-9 {
			t.Errorf("%s: %+v, want %g to %g", what, b, low, high)
		}
	}
	e := caremodel.Evaluation{T0: rat(0.5), T1: rat(0.25), C0: rat(0.5), C1: rat(0.5)}
	b, err := e.Intervals(caremodel.Uncertainty{Scale: caremodel.Proportions, N: [4]int64{100, 100, 100, 100}, Z: 2})
	if err != nil {
		t.Fatal(err)
	}
	h := 2 * math.Sqrt(0.25/100+0.1875/100)
	within("change", b.Absolute, -0.25-h, -0.25+h)
	within("difference", b.Difference, -0.25-h, -0.25+h)
	h = 2 * math.Sqrt(3*0.25/100+0.1875/100)
	within("DiD", b.DiD, -0.25-h, -0.25+h)
	if b.Ratio != nil || b.RatioOfRatios != nil {
		t.Error("ratios of proportions have no interval here")
	}
	b, err = caremodel.Evaluation{T0: rat(10), T1: rat(5), C0: rat(10), C1: rat(10)}.Intervals(caremodel.Uncertainty{Scale: caremodel.CountRates, N: [4]int64{100, 50, 100, 25}})
	if err != nil {
		t.Fatal(err)
	}
	h = 1.959963984540054 * math.Sqrt(1./100+1./50+1./100+1./25)
	within("ratio of ratios", b.RatioOfRatios, 0.5*math.Exp(-h), 0.5*math.Exp(h))
	h = 1.959963984540054 * math.Sqrt(1./50+1./25)
	within("ratio", b.Ratio, 0.5*math.Exp(-h), 0.5*math.Exp(h))
	b, err = caremodel.Evaluation{T0: rat(10), T1: rat(5)}.Intervals(caremodel.Uncertainty{SE: [4]float64{3, 4}, Z: 1})
	if err != nil || b.DiD != nil {
		t.Fatal(b, err)
	}
	within("means", b.Absolute, -10, 0)
	for n, want := range map[int64]bool{4: false, 5: true} {
		b, err := caremodel.Evaluation{T0: rat(10), T1: rat(5)}.Intervals(caremodel.Uncertainty{Scale: caremodel.CountRates, N: [4]int64{20, n}})
		if err != nil || (b.RelativeRatio != nil) != want || (len(b.Notes) == 0) != want {
			t.Errorf("%d events: %+v %v", n, b, err)
		}
	}
	for events, want := range map[int64]bool{4: false, 5: true} { // of 100 people
		b, err := caremodel.Evaluation{T0: rat(0.5), T1: big.NewRat(events, 100)}.Intervals(caremodel.Uncertainty{Scale: caremodel.Proportions, N: [4]int64{100, 100}})
		if err != nil || (b.Absolute != nil) != want || (len(b.Notes) == 0) != want {
			t.Errorf("%d events: %+v %v", events, b, err)
		}
	}
	_, err = caremodel.Evaluation{T0: rat(10), T1: rat(2)}.Intervals(caremodel.Uncertainty{Scale: caremodel.Proportions, Z: math.NaN()})
	if !errors.Is(err, caremodel.ErrAnswer) || !errors.Is(err, caremodel.ErrPolicy) || !strings.Contains(err.Error(), "T0") || !strings.Contains(err.Error(), "T1") {
		t.Error(err)
	}
	if _, err := (caremodel.Evaluation{}).Intervals(caremodel.Uncertainty{}); !errors.Is(err, caremodel.ErrAnswer) {
		t.Error(err)
	}
}

func TestAnyOutcome(t *testing.T) {
	in := registry.Day(2024, 1, 31)
	people := []caremodel.OutcomeDates{
		{Entry: in, Death: registry.Day(2025, 1, 31)},         // on the last day
		{Entry: in, Institution: registry.Day(2025, 2, 1)},    // a day late
		{Entry: in, GreaterDisability: in, ObservedUntil: in}, // on the first day
		{Entry: in, ObservedUntil: registry.Day(2025, 1, 30)}, // lost before the end
		{Entry: in, Death: in.AddDays(-1)},                    // cannot be: dead before entry
		{Entry: in, Institution: in.AddDays(-1)},              // was there before: no outcome
		{Death: in},                                           // never entered
		{Entry: in, ObservedUntil: registry.Day(2025, 1, 31)}, // seen to the end
	}
	r, out, err := caremodel.AnyOutcome(people, 12)
	if err != nil || r != (registry.Rate{Num: 2, Den: 5}) || out != 3 {
		t.Error(r, out, err)
	}
	if r, _, _ := caremodel.AnyOutcome(people, 24); r.Num != 3 {
		t.Error(r)
	}
	if _, _, err := caremodel.AnyOutcome(people, 0); !errors.Is(err, caremodel.ErrPolicy) {
		t.Error(err)
	}
}

func TestVehicles(t *testing.T) {
	for _, c := range []struct {
		f    caremodel.Features
		want string
	}{
		{caremodel.Features{Prepaid: true, ReferralNeeded: true, Plan: true, Employed: true, MultiSpecialty: true}, "HMO/payer-provider/multispecialty group/1"},
		{caremodel.Features{OpenInNetwork: true, OwnsHospital: true}, "PPO/PHO/physician–hospital organisation/2"},
		{caremodel.Features{Prepaid: true, Employed: true}, "/group practice//2"},
		{caremodel.Features{Contracted: true, StrongGovernance: true}, "/IPA/interdependent practice organisation/3"},
		{caremodel.Features{Contracted: true, Government: true}, "/IPA//4"},
		{caremodel.Features{PlanPartnership: true, OwnsHospital: true}, "/PHO/plan–provider network/2"},
		{caremodel.Features{FeeForServiceStaff: true}, "//hospital medical staff/0"},
		{caremodel.Features{OwnsHospital: true, Plan: true}, "/PHO/physician–hospital organisation/1"},
		{caremodel.Features{}, "///0"},
	} {
		if got := fmt.Sprintf("%s/%s/%s/%d", c.f.InsuranceVehicle(), c.f.DeliveryVehicle(), c.f.FiveModel(), c.f.FourModel()); got != c.want {
			t.Errorf("%+v: %s, want %s", c.f, got, c.want)
		}
	}
	if class, share, err := caremodel.Openness(30, 100); class != "open" || share.Cmp(big.NewRat(3, 10)) != 0 || err != nil {
		t.Error(class, share, err)
	}
	if class, _, _ := caremodel.Openness(5, 5); class != "closed" {
		t.Error(class)
	}
	for _, bad := range [][2]int64{{0, 0}, {-1, 5}, {6, 5}} {
		if _, _, err := caremodel.Openness(bad[0], bad[1]); !errors.Is(err, caremodel.ErrAnswer) {
			t.Error(bad, err)
		}
	}
	s, r, err := caremodel.Spectrum{Made: 50, Allied: 25, Bought: 25, RiskPassed: 1}.Position()
	if err != nil || s.Cmp(big.NewRat(5, 8)) != 0 || r.Sign() != 0 {
		t.Error(s, r, err)
	}
	if s, _, err := (caremodel.Spectrum{Made: math.MaxInt64, Bought: math.MaxInt64, RiskShared: 1}).Position(); err != nil || s.Cmp(big.NewRat(1, 2)) != 0 {
		t.Error(s, err)
	}
	if _, _, err := (caremodel.Spectrum{Made: -1}).Position(); !errors.Is(err, caremodel.ErrAnswer) || strings.Count(err.Error(), "answer") != 2 {
		t.Error(err)
	}
	if k, missing := caremodel.IntegrationKind(true, true, true); k != "clinical" || missing != nil {
		t.Error(k, missing)
	}
	if k, missing := caremodel.IntegrationKind(true, false, true); k != "economic" || len(missing) != 1 {
		t.Error(k, missing)
	}
	if n, several := caremodel.Strategies([]string{"a", "a", ""}); n != 1 || several {
		t.Error(n)
	}
	p := caremodel.Parties{PayerPhysicians: caremodel.Owned, PlanShare: registry.Rate{Num: 29, Den: 100}, Covers: registry.Rate{Num: 30, Den: 100}}
	if i, err := p.Integrate(); !i.Partial || err != nil {
		t.Error("29 of 30 %")
	}
	p.PlanShare.Num = 30
	if i, err := p.Integrate(); i.Partial || err != nil {
		t.Error("30 of 30 %")
	}
}

func TestIntegrationIndex(t *testing.T) {
	w := []*big.Rat{big.NewRat(2, 1), big.NewRat(1, 1)}
	x := func(a, b int64) []*big.Rat { return []*big.Rat{big.NewRat(a, 1), big.NewRat(b, 1)} }
	got, err := caremodel.IntegrationIndex(w, map[string][]*big.Rat{"b": x(3, 0), "a": x(2, 2), "c": x(1, 1), "d": {nil, big.NewRat(9, 1)}}, 0)
	if err != nil || fmt.Sprintf("%s%d %s%d %s%d %s%d%v", got[0].Network, got[0].Rank, got[1].Network, got[1].Rank, got[2].Network, got[2].Rank, got[3].Network, got[3].Rank, got[3].Missing) != "a1 b1 c3 d0[0]" {
		t.Errorf("%+v %v", got, err)
	}
	if got, _ := caremodel.IntegrationIndex(w, map[string][]*big.Rat{"b": x(3, 0), "a": x(2, 2)}, 1); len(got) != 1 {
		t.Error(got)
	}
	_, err = caremodel.IntegrationIndex([]*big.Rat{new(big.Rat), big.NewRat(-1, 1)}, map[string][]*big.Rat{"a": nil, "": x(1, 1)}, -1)
	if !errors.Is(err, caremodel.ErrPolicy) || !errors.Is(err, caremodel.ErrAnswer) || strings.Count(err.Error(), "\n") != 4 {
		t.Error(err)
	}
}

func TestChangeAndRadar(t *testing.T) {
	a := caremodel.ACIC()
	before, _ := a.Score(full(a, func(int) int { return 5 }))
	after, _ := a.Score(full(a, func(n int) int { return 5 + n%2 }))
	c, err := before.Change(after)
	if err != nil || len(c) != 8 || c[7].Name != "total" || c[0].Change.Cmp(big.NewRat(1, 2)) != 0 {
		t.Errorf("%+v %v", c, err)
	}
	r := a.Radar(before)
	if len(r) != 7 || r[0].Share.Cmp(big.NewRat(5, 11)) != 0 || r[0].Component != caremodel.Organisation || r[6].Component != "" {
		t.Errorf("%+v", r)
	}
	seen := map[caremodel.Component]bool{}
	for _, p := range r {
		seen[p.Component] = true
	}
	if len(seen) != 7 { // six components and none
		t.Error(seen)
	}
	other := a
	other.Name = "another of the same scales"
	o, _ := other.Score(full(a, func(int) int { return 5 }))
	if _, err := before.Change(o); !errors.Is(err, caremodel.ErrAnswer) {
		t.Error(err)
	}
	p, _ := caremodel.PACIC().Score(nil)
	if _, err := before.Change(p); !errors.Is(err, caremodel.ErrAnswer) {
		t.Error(err)
	}
	if r := caremodel.PACIC().Radar(p); r[0].Share != nil {
		t.Error("a share of nothing")
	}
}

func TestEvaluationRatioLaw(t *testing.T) {
	equal, unequal := 0, 0
	lawtest.Until(t, func(t *rapid.T) {
		v := func(n string) *big.Rat { return big.NewRat(rapid.Int64Range(1, 6).Draw(t, n), 1) }
		e, err := caremodel.Evaluate(caremodel.Evaluation{T0: v("t0"), T1: v("t1"), C0: v("c0"), C1: v("c1")})
		if err != nil {
			t.Fatal(err)
		}
		one := e.RatioOfRatios.Cmp(big.NewRat(1, 1)) == 0
		if one != (e.Relative.Cmp(e.ControlRelative) == 0) {
			t.Fatal("the ratio of ratios is 1 when the relative changes are equal, and only then")
		}
		if one {
			equal++
		} else {
			unequal++
		}
	}, func() bool { return equal > 0 && unequal > 0 })
}

// The five plans set beside each other: a copy is nearest, and of the others the one that
// differs least over what is known of both.
func TestNearest(t *testing.T) {
	os, err := caremodel.StudyOrganisations()
	if err != nil {
		t.Fatal(err)
	}
	var all []*caremodel.Profile
	for _, o := range os {
		all = append(all, o.Profile)
	}
	for i := range all {
		if at, c := all[i].Nearest(all); at != i || c.Distance.Sign() != 0 {
			t.Error(os[i].Name, at, c)
		}
	}
	at, c := all[0].Nearest(all[1:])
	for i, p := range all[1:] {
		if d := all[0].Compare(p); d.Distance.Cmp(c.Distance) < 0 {
			t.Error(i, d)
		}
	}
	if at < 0 || c.Compared == 0 {
		t.Error(at, c)
	}
	few, _ := caremodel.NewProfile(map[string]caremodel.Answer{"C1": caremodel.Yes})
	more, _ := caremodel.NewProfile(map[string]caremodel.Answer{"C1": caremodel.Yes, "O1": caremodel.Yes})
	unlike, _ := caremodel.NewProfile(map[string]caremodel.Answer{"D5": caremodel.No})
	if at, c := more.Nearest([]*caremodel.Profile{few, more, more}); at != 1 || c.Compared != 2 {
		t.Error("among equals the one that more is known of, then the first", at, c)
	}
	if at, _ := few.Nearest([]*caremodel.Profile{unlike}); at != -1 {
		t.Error("nothing known in both", at)
	}
	if at, _ := few.Nearest(nil); at != -1 {
		t.Error(at)
	}
}

// Unknown answers neither help nor hurt: leaving one out changes no other difference.
func TestCompareLaw(t *testing.T) {
	spine, err := caremodel.Spine()
	if err != nil {
		t.Fatal(err)
	}
	unknown, ahead, behind := 0, 0, 0
	lawtest.Until(t, func(t *rapid.T) {
		draw := func(name string) map[string]caremodel.Answer {
			out := map[string]caremodel.Answer{"C1": caremodel.Yes}
			for _, e := range spine[1:] {
				out[e.ID] = rapid.SampledFrom([]caremodel.Answer{caremodel.Unknown, caremodel.No, caremodel.Partly, caremodel.Yes}).Draw(t, name+e.ID)
			}
			return out
		}
		a, b := draw("a"), draw("b")
		p, _ := caremodel.NewProfile(a)
		q, _ := caremodel.NewProfile(b)
		c, back := p.Compare(q), q.Compare(p)
		if c.Distance.Cmp(back.Distance) != 0 || fmt.Sprint(c.Ahead) != fmt.Sprint(back.Behind) || c.Agree+len(c.Ahead)+len(c.Behind) != c.Compared {
			t.Fatalf("%+v against %+v", c, back)
		}
		halves := map[caremodel.Answer]int64{caremodel.No: 0, caremodel.Partly: 1, caremodel.Yes: 2}
		var sum, n int64
		for _, e := range spine {
			x, y := a[e.ID], b[e.ID]
			if x == caremodel.Unknown || y == caremodel.Unknown {
				unknown++
				continue
			}
			n++
			sum += max(halves[x]-halves[y], halves[y]-halves[x])
		}
		if c.Distance.Cmp(big.NewRat(sum, 2*n)) != 0 || int64(c.Compared) != n {
			t.Fatal(c, sum, n)
		}
		ahead, behind = ahead+len(c.Ahead), behind+len(c.Behind)
	}, func() bool { return unknown > 0 && ahead > 0 && behind > 0 })
}

// Within a scale it does not matter which item has which answer; equal answers return
// themselves; a total of items is their sum over their number; a higher mean has no lower
// band; and means stay within the range of answers.
func TestInstrumentScaleLaw(t *testing.T) {
	shuffled, unscored := 0, 0
	home := caremodel.PCMHA([8][]int{span(1, 4), span(5, 8), span(9, 12), span(13, 16), span(17, 20), span(21, 24), span(25, 28), span(29, 33)})
	lawtest.Until(t, func(t *rapid.T) {
		i := rapid.SampledFrom([]caremodel.Instrument{caremodel.ACIC(), caremodel.PACIC(), home}).Draw(t, "instrument")
		a := full(i, func(int) int { return rapid.IntRange(i.Min, i.Max).Draw(t, "answer") })
		s, err := i.Score(a)
		if err != nil {
			t.Fatal(err)
		}
		moved := full(i, func(n int) int { return a[n] })
		scale := rapid.SampledFrom(i.Scales).Draw(t, "scale").Items
		order := rapid.Permutation(scale).Draw(t, "order")
		for k, n := range scale {
			moved[n] = a[order[k]]
		}
		if !slices.Equal(scale, order) {
			shuffled++
		}
		if other, _ := i.Score(moved); fmt.Sprint(other) != fmt.Sprint(s) {
			t.Fatal("the order within a scale matters")
		}
		value := rapid.IntRange(i.Min, i.Max).Draw(t, "value")
		if same, _ := i.Score(full(i, func(int) int { return value })); same.Total.Cmp(big.NewRat(int64(value), 1)) != 0 {
			t.Fatal("equal answers return something else")
		}
		low, high := big.NewRat(int64(i.Min), 1), big.NewRat(int64(i.Max), 1)
		var sum, n int64
		for _, x := range a {
			sum, n = sum+int64(x), n+1
		}
		if i.Total == caremodel.MeanOfItems && s.Total.Cmp(big.NewRat(sum, n)) != 0 {
			t.Fatal("not the mean of the items")
		}
		for k, x := range s.Scales {
			if x.Mean.Cmp(low) < 0 || x.Mean.Cmp(high) > 0 {
				t.Fatal("out of range")
			}
			for _, y := range s.Scales[:k] {
				if i.Bands != nil && x.Mean.Cmp(y.Mean) > 0 && slices.Index(i.Bands, x.Band) < slices.Index(i.Bands, y.Band) {
					t.Fatal("a higher mean in a lower band")
				}
			}
		}
		// items that do not apply leave the means
		gone := rapid.SampledFrom(i.Scales[0].Items).Draw(t, "gone")
		less, err := i.Without(gone).Score(a)
		if err != nil || !slices.Equal(less.Unscored, []int{gone}) || less.Scales[0].Answered != len(i.Scales[0].Items)-1 {
			if i.Items == 0 && errors.Is(err, caremodel.ErrAnswer) { // such an instrument knows only the items of its scales
				unscored++
				return
			}
			t.Fatal(less, err)
		}
	}, func() bool { return shuffled > 0 && unscored > 0 })
}

func TestWithout(t *testing.T) {
	i := caremodel.ACIC().Without(7, 8)
	if err := i.Check(); err != nil || i.Scored != 32 || len(caremodel.ACIC().Scales[1].Items) != 3 {
		t.Error(err, i.Scored)
	}
	a := full(i, func(int) int { return 4 })
	a[9], a[7] = 10, 0
	if s, err := i.Score(a); err != nil || s.Scales[1].Mean.Cmp(big.NewRat(10, 1)) != 0 || fmt.Sprint(s.Unscored) != "[7]" || s.Instrument != "ACIC 3.5" {
		t.Error(s, err)
	}
	if err := i.Without(9).Check(); !errors.Is(err, caremodel.ErrDefinition) || !strings.Contains(err.Error(), "community has no items") {
		t.Error(err)
	}
	// one item over, out of the range, is a fault even where nothing scores it
	if _, err := i.Score(map[int]int{7: 12}); !errors.Is(err, caremodel.ErrAnswer) {
		t.Error(err)
	}
}

// Languages: direct is best, then an interpreter, then none, which is like not knowing.
func TestLanguageMatch(t *testing.T) {
	order := []caremodel.LanguageMatch{caremodel.SameLanguage, caremodel.WithInterpreter, caremodel.NoCommonLanguage}
	for i, a := range order {
		for k, b := range order {
			if got := a.Compare(b); got != cmp.Compare(i, k) {
				t.Error(a, b, got)
			}
		}
	}
	if caremodel.NoCommonLanguage.Compare(caremodel.LanguageNotKnown) != 0 {
		t.Error("none against not known")
	}
	for _, c := range []struct {
		preferred   string
		spoken      []string
		interpreter bool
		want        caremodel.LanguageMatch
	}{{"", []string{""}, true, caremodel.LanguageNotKnown}, {"pl", []string{"en", "pl"}, true, caremodel.SameLanguage}, {"pl", []string{"en"}, true, caremodel.WithInterpreter}, {"pl", nil, false, caremodel.NoCommonLanguage}} {
		if got := caremodel.MatchLanguage(c.preferred, c.spoken, c.interpreter); got != c.want {
			t.Errorf("%+v: %q", c, got)
		}
	}
}

func TestNothingMade(t *testing.T) {
	var f caremodel.Flow[string]
	if f.Add(caremodel.History[string]{{On: 1, To: "a"}}) || f.LeftOut != 1 {
		t.Error("a flow without a machine counts")
	}
	if s := (caremodel.Interval{}).String(); s != "undefined" {
		t.Error(s)
	}
}

// A caller's slice of edges is the caller's: changing it later changes no machine.
func TestMachineKeepsItsEdges(t *testing.T) {
	edges := []caremodel.Edge[string]{{From: "a", To: "b"}}
	m, err := caremodel.NewMachine("m", "a", edges...)
	if err != nil {
		t.Fatal(err)
	}
	edges[0].To = "c"
	if !m.Allows("a", "b") || m.Allows("a", "c") {
		t.Error("the table changed")
	}
}

// Results read as JSON without losing what they say: undefined is null, exact is a
// fraction, words are words.
func TestResultsAsJSON(t *testing.T) {
	show := func(v any) string {
		b, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return string(b)
	}
	i, _ := caremodel.Parties{PayerPhysicians: caremodel.Owned}.Integrate()
	s, _ := caremodel.Instrument{Name: "two", Max: 5, Total: caremodel.MeanOfItems, Scales: []caremodel.Scale{{Name: "a", Items: []int{1, 2, 3}}, {Name: "b", Items: []int{4}}}}.Score(map[int]int{1: 1, 2: 2, 3: 2})
	e, _ := caremodel.Evaluate(caremodel.Evaluation{T0: new(big.Rat), T1: rat(0.5)})
	for got, want := range map[string]string{
		show(i): `{"integrated":2,"form":"system","kind":"real","degree":"partly","partial":false}`,
		show(s): `{"instrument":"two","scales":[{"name":"a","mean":"5/3","band":"","answered":3},{"name":"b","mean":null,"band":"","answered":0,"missing":[4]}],"total":null,"band":"","missing":[4]}`,
		show(caremodel.Parties{PayerPhysicians: caremodel.ExclusiveContract}.PayerPhysicians): `"exclusive contract"`,
		show(caremodel.ACIC().Total): `"mean of scales"`,
		show(e):                      `{"absolute":"1/2","relative":null,"control_relative":null,"difference":null,"ratio":null,"index":null,"did":null,"net_relative_points":null,"ratio_of_ratios":null,"warnings":["no comparison group: part or all of a change can be regression to the mean"]}`,
	} {
		if got != want {
			t.Errorf("%s\nwant %s", got, want)
		}
	}
}
