package caremodel_test

import (
	"fmt"
	"math/big"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/registry"
)

func ExampleSpine() {
	spine, err := caremodel.Spine()
	if err != nil {
		panic(err)
	}
	for _, e := range spine {
		if e.Component == caremodel.DecisionSupport {
			fmt.Println(e.ID, e.Label)
		}
	}
	// Output:
	// K1 guidelines inside daily practice
	// K2 specialist knowledge joined with primary care
	// K3 effective teaching of providers
	// K4 guidelines shared with patients
}

func ExampleElement() {
	spine, _ := caremodel.Spine()
	for _, e := range spine {
		if e.Component == caremodel.Community {
			fmt.Println(e.ID, e.Label)
		}
	}
	// Output:
	// C1 people are guided into useful community programmes
	// C2 partnerships fill service gaps
	// C3 policy advocacy
}

func ExampleComponents() {
	for _, c := range caremodel.Components() {
		fmt.Println(c)
	}
	// Output:
	// community
	// organisation
	// self-management support
	// delivery system design
	// decision support
	// clinical information system
}

func ExampleComponent() {
	spine, _ := caremodel.Spine()
	n := map[caremodel.Component]int{}
	for _, e := range spine {
		n[e.Component]++
	}
	for _, c := range caremodel.Components() {
		fmt.Println(c, n[c])
	}
	// Output:
	// community 3
	// organisation 5
	// self-management support 3
	// delivery system design 5
	// decision support 4
	// clinical information system 5
}

func ExampleAnswer() {
	p, _ := caremodel.NewProfile(map[string]caremodel.Answer{"S1": caremodel.Yes, "S2": caremodel.Partly, "S3": caremodel.Unknown})
	fmt.Println(p.Components[2].Share)
	// Output: 0.50 to 0.83
}

func ExampleInterval() {
	i := caremodel.Interval{Low: big.NewRat(1, 2), High: big.NewRat(7, 9)}
	fmt.Println(i)
	// Output: 0.50 to 0.78
}

func ExampleNewProfile() {
	answers := map[string]caremodel.Answer{"D1": caremodel.Yes, "D2": caremodel.Yes, "D3": caremodel.Partly, "D4": caremodel.No, "D5": caremodel.No}
	p, err := caremodel.NewProfile(answers)
	if err != nil {
		panic(err)
	}
	c := p.Components[3]
	fmt.Println(c.Component, c.Share, "next:", c.Next)
	// Output: delivery system design 0.50 to 0.50 next: [D3 D4 D5]
}

func ExampleProfile() {
	os, _ := caremodel.StudyOrganisations()
	fmt.Println("weakest at", os[0].Name+":", os[0].Weakest)
	// Output: weakest at Kaiser Permanente: self-management support
}

func ExampleComponentProfile() {
	os, _ := caremodel.StudyOrganisations()
	for _, c := range os[3].Components {
		fmt.Println(c.Component, c.Share, c.Used, c.Complete)
	}
	// Output:
	// community 0.00 to 0.67 false false
	// organisation 0.70 to 0.90 true false
	// self-management support 0.67 to 0.67 true false
	// delivery system design 0.70 to 0.90 true false
	// decision support 0.50 to 0.75 true false
	// clinical information system 0.80 to 0.80 true false
}

func ExampleComparison() {
	os, _ := caremodel.StudyOrganisations()
	c := os[4].Compare(os[0].Profile) // Anthem beside Kaiser Permanente
	fmt.Println(c.Agree, "of", c.Compared, "alike; behind in", c.Behind, "distance", c.Distance.FloatString(3))
	// Output: 14 of 19 alike; behind in [C2 I4 K2 O2 O5] distance 0.132
}

func ExampleStudyOrganisation() {
	os, _ := caremodel.StudyOrganisations()
	fmt.Println(os[2].Name, os[2].Overall)
	// Output: HealthPartners 0.66 to 0.86
}

func ExampleStudyOrganisations() {
	os, err := caremodel.StudyOrganisations()
	if err != nil {
		panic(err)
	}
	for _, o := range os {
		fmt.Println(o.Name)
	}
	// Output:
	// Kaiser Permanente
	// Group Health
	// HealthPartners
	// Touchpoint
	// Anthem
}

func ExampleStudyFacts() {
	facts, err := caremodel.StudyFacts()
	if err != nil {
		panic(err)
	}
	for _, f := range facts {
		fmt.Println(f.Name, f.Model, f.Score, f.Members)
	}
	// Output:
	// Kaiser Permanente group 139 2998832
	// Group Health mixed 150 426384
	// HealthPartners mixed 147 642614
	// Touchpoint mixed 190 327802
	// Anthem network 164 782258
}

func ExampleOrganisationFacts() {
	facts, _ := caremodel.StudyFacts()
	f := facts[3]
	fmt.Printf("%s: turnover %s to %s %% a year\n", f.Name, f.TurnoverLow.RatString(), f.TurnoverHigh.RatString())
	// Output: Touchpoint: turnover 10 to 15 % a year
}

func ExampleSelectionRule() {
	facts, _ := caremodel.StudyFacts()
	for _, s := range (caremodel.SelectionRule{MinScore: 145, MinMembers: 400_000}).Select(facts) {
		if !s.Chosen {
			fmt.Println(s.Name+":", s.Why)
		}
	}
	// Output:
	// Kaiser Permanente: score 139, below 145
	// Touchpoint: 327802 members, fewer than 400000
}

func ExampleSelected() {
	fmt.Printf("%+v\n", caremodel.SelectionRule{}.Select([]caremodel.OrganisationFacts{{Name: "Small", Members: 90_000}}))
	// Output: [{Name:Small Chosen:false Why:90000 members, fewer than 100000}]
}

func ExampleChecklists() {
	cs, err := caremodel.Checklists()
	if err != nil {
		panic(err)
	}
	fmt.Println(cs[0].ID, cs[0].Source)
	// Output: shortell9 KF2010:334-344
}

func ExampleChecklist() {
	c, _ := caremodel.ChecklistByID("cpa4")
	r, _ := c.Answer(map[int]caremodel.Answer{1: caremodel.Yes, 2: caremodel.Yes, 3: caremodel.No})
	fmt.Println("met", r.Met, "missing", r.Missing, "unknown", r.Unknown)
	// Output: met [assessment plan] missing [co-ordinator] unknown [review]
}

func ExampleChecklistByID() {
	c, err := caremodel.ChecklistByID("dmcomponents6")
	if err != nil {
		panic(err)
	}
	for i, item := range c.Items {
		fmt.Println(item, c.Shares[i])
	}
	// Output:
	// patient education 79
	// multidisciplinary team 57
	// provider education 37
	// provider feedback 37
	// patient reminders 26
	// incentives -1
}

func ExampleChecklistResult() {
	c, _ := caremodel.ChecklistByID("tripleaim3")
	r, _ := c.Answer(map[int]caremodel.Answer{1: caremodel.Yes})
	fmt.Println(r.Share)
	// Output: 0.33 to 1.00
}

func ExampleItemShare() {
	c, _ := caremodel.ChecklistByID("tripleaim3")
	shares, _ := c.Portfolio([]map[int]caremodel.Answer{{1: caremodel.Yes, 2: caremodel.Yes}, {1: caremodel.Yes, 2: caremodel.No}})
	for _, s := range shares {
		fmt.Println(s.Rank, s.Item, s.Share)
	}
	// Output:
	// 1 experience 2/2 (100.0 %)
	// 2 health 1/2 (50.0 %)
	// 3 cost 0/0 (undefined)
}

func ExampleACIC() {
	i := caremodel.ACIC()
	answers := map[int]int{}
	for n := 1; n <= 34; n++ {
		answers[n] = 6
	}
	answers[7], answers[8], answers[9] = 0, 1, 2 // community
	s, err := i.Score(answers)
	if err != nil {
		panic(err)
	}
	fmt.Println(s.Scales[1].Name, s.Scales[1].Mean.RatString(), s.Scales[1].Band)
	fmt.Println("programme", s.Total.FloatString(2), s.Band, "- of seven scale means, not of 34 items")
	// Output:
	// community 1 D
	// programme 5.29 C - of seven scale means, not of 34 items
}

func ExampleACICShort() {
	i := caremodel.ACICShort([7][]int{{1, 2, 3}, {7, 8, 9}, {10, 11, 12}, {14, 15, 16}, {18, 19, 20}, {24, 25, 26}, {29, 30, 31}})
	fmt.Println(i.Name, i.Check())
	// Output: ACIC-S <nil>
}

func ExampleInstrument() {
	// A questionnaire of your own goes through the same checks.
	err := caremodel.Instrument{Name: "ours", Max: 4, Scales: []caremodel.Scale{{Name: "a", Items: []int{1, 1}}, {Name: "b"}}}.Check()
	fmt.Println(err)
	// Output:
	// caremodel: definition: ours: item 1 of a is not of the instrument, or there twice
	// caremodel: definition: ours: the scale b has no items
}

func ExampleInstrumentScore() {
	// A scale with too many gaps has no score, and says which items lack.
	answers := map[int]int{1: 3, 2: 4, 3: 2}
	s, err := caremodel.PACIC().Score(answers)
	for _, sc := range s.Scales[:2] {
		if sc.Mean == nil {
			fmt.Println(sc.Name, "no score")
			continue
		}
		fmt.Println(sc.Name, sc.Mean.FloatString(1))
	}
	fmt.Println("total:", s.Total, err)
	// Output:
	// patient activation 3.0
	// delivery system and decision support no score
	// total: <nil> <nil>
}

func ExampleScale() {
	for _, s := range caremodel.PACIC().Scales {
		fmt.Println(s.Name, s.Items, s.MaxMissing)
	}
	// Output:
	// patient activation [1 2 3] 0
	// delivery system and decision support [4 5 6] 0
	// goal setting [7 8 9 10 11] 1
	// problem solving [12 13 14 15] 1
	// follow-up [16 17 18 19 20] 1
}

func ExampleScaleScore() {
	s, _ := caremodel.PACIC().Score(map[int]int{7: 2, 8: 3, 9: 3, 10: 4})
	x := s.Scales[2]
	fmt.Println(x.Name, x.Mean.RatString(), x.Answered, x.Missing)
	// Output: goal setting 3 4 [11]
}

func ExampleScaleChange() {
	i := caremodel.ACIC()
	answers := map[int]int{}
	for n := 1; n <= 34; n++ {
		answers[n] = 5
	}
	before, _ := i.Score(answers)
	answers[7], answers[8] = 8, 8
	after, _ := i.Score(answers)
	changes, _ := before.Change(after)
	fmt.Println(changes[1].Name, changes[1].Change.RatString())
	// Output: community 2
}

func ExampleRadarPoint() {
	i := caremodel.PACIC()
	s, _ := i.Score(map[int]int{1: 2, 2: 3, 3: 4})
	p := i.Radar(s)[0]
	fmt.Println(p.Name, p.Share.FloatString(2))
	// Output: patient activation 0.50
}

func ExampleTotalRule() {
	fmt.Println(caremodel.ACIC().Total == caremodel.MeanOfScales, caremodel.PACIC().Total == caremodel.MeanOfItems)
	// Output: true true
}

func ExamplePACIC() {
	answers := map[int]int{}
	for n := 1; n <= 20; n++ {
		answers[n] = 1 + n%5
	}
	delete(answers, 9)
	s, _ := caremodel.PACIC().Score(answers)
	fmt.Println(s.Total.FloatString(2), "without", s.Missing)
	// Output: 2.89 without [9]
}

func ExamplePACICFiveAs() {
	// a made-up map: item 26 belongs to no A
	i := caremodel.PACICFiveAs([]int{1, 2, 3, 4, 5}, []int{6, 7, 8, 9, 10}, []int{11, 12, 13, 14, 15}, []int{16, 17, 18, 19, 20}, []int{21, 22, 23, 24, 25})
	answers := map[int]int{}
	for n := 1; n <= 26; n++ {
		answers[n] = 1 + n%5
	}
	delete(answers, 7)
	s, err := i.Score(answers)
	if err != nil {
		panic(err)
	}
	fmt.Println(s.Scales[1].Name, s.Scales[1].Mean.FloatString(1), "without", s.Missing, "and not scored", s.Unscored)
	// Output: advise 3.0 without [7] and not scored [26]
}

func ExamplePACICShort() {
	s, err := caremodel.PACICShort([]int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11}).Score(map[int]int{1: 2, 3: 3})
	if err != nil {
		panic(err)
	}
	fmt.Println(s.Total.FloatString(1), "of", s.Scales[0].Answered, "answers")
	// Output: 2.5 of 2 answers
}

func ExamplePCMHA() {
	i := caremodel.PCMHA([8][]int{{1}, {2}, {3}, {4}, {5}, {6}, {7}, {8, 9}})
	s, _ := i.Score(map[int]int{1: 7, 2: 7, 3: 7, 4: 7, 5: 7, 6: 7, 7: 7, 8: 1, 9: 1})
	fmt.Println(s.Total.FloatString(2), s.Band)
	// Output: 5.67 C
}

func ExamplePCRS() {
	i := caremodel.PCRS([]int{1, 2, 3, 4, 5, 6, 7, 8}, []int{9, 10, 11, 12, 13, 14, 15, 16})
	answers := map[int]int{}
	for n := 1; n <= 16; n++ {
		answers[n] = 5
	}
	answers[16] = 9
	s, err := i.Score(answers)
	if err != nil {
		panic(err)
	}
	fmt.Println(s.Scales[0].Mean.RatString(), s.Scales[1].Mean.FloatString(1))
	// Output: 5 5.5
}

func ExampleNewManagementIndex() {
	answers := make([]caremodel.Answer, 16)
	answers[0], answers[1] = caremodel.Yes, caremodel.Yes
	for i := 2; i < 14; i++ {
		answers[i] = caremodel.No
	}
	m, err := caremodel.NewManagementIndex(answers)
	fmt.Println(m.Low, "to", m.High, m.Any, m.All, err)
	// Output: 2 to 4 yes no <nil>
}

func ExampleManagementIndex() {
	m, _ := caremodel.NewManagementIndex(make([]caremodel.Answer, 16))
	fmt.Println(m.Low, "to", m.High)
	// Output: 0 to 16
}

func ExampleManagementIndexCells() {
	fmt.Println(caremodel.ManagementIndexCells()[0])
	// Output: asthma: case management
}

func ExampleNewMachine() {
	type state string
	m, err := caremodel.NewMachine("request", state("sent"),
		caremodel.Edge[state]{From: "sent", To: "answered"}, caremodel.Edge[state]{From: "sent", To: "withdrawn"})
	if err != nil {
		panic(err)
	}
	h, _ := m.Append(nil, caremodel.Step[state]{On: registry.Day(2024, 3, 1), To: "sent"})
	h, _ = m.Append(h, caremodel.Step[state]{On: registry.Day(2024, 3, 5), To: "answered"})
	_, err = m.Append(h, caremodel.Step[state]{On: registry.Day(2024, 3, 6), To: "withdrawn"})
	s, _ := h.At(registry.Day(2024, 3, 4))
	fmt.Println(s, "-", err)
	// Output: sent - caremodel: transition: request: nothing follows answered
}

func ExampleMachine() {
	type state string
	_, err := caremodel.NewMachine("loop", state("a"), caremodel.Edge[state]{From: "a", To: "b"}, caremodel.Edge[state]{From: "b", To: "a", Back: true})
	fmt.Println(err)
	// Output:
	// caremodel: definition: loop: no way out of a
	// caremodel: definition: loop: no way out of b
}

func ExampleEdge() {
	type state string
	m, err := caremodel.NewMachine("rest", state("active"),
		caremodel.Edge[state]{From: "active", To: "on hold"},
		caremodel.Edge[state]{From: "on hold", To: "active", Back: true}, // on purpose
		caremodel.Edge[state]{From: "active", To: "ended"})
	fmt.Println(m.Next("active"), err)
	// Output: [on hold ended] <nil>
}

func ExampleStep() {
	type state string
	m, _ := caremodel.NewMachine("letter", state("asked"), caremodel.Edge[state]{From: "asked", To: "sent"}, caremodel.Edge[state]{From: "asked", To: "cancelled"})
	h := caremodel.History[state]{{On: registry.Day(2024, 3, 1), To: "asked", Reason: "review due", By: "nurse"}}
	fmt.Println(m.Check(append(h, caremodel.Step[state]{On: registry.Day(2024, 3, 4), To: "sent"})))
	fmt.Println(m.Check(append(h, caremodel.Step[state]{On: registry.Day(2024, 2, 1), To: "sent"}))) // before it was asked for
	// Output:
	// <nil>
	// step 2: caremodel: transition: letter: sent on 2024-02-01, before asked on 2024-03-01
}

func ExampleHistory() {
	type state string
	h := caremodel.History[state]{{On: registry.Day(2024, 1, 1), To: "open"}, {On: registry.Day(2024, 2, 1), To: "closed"}}
	s, ok := h.At(registry.Day(2024, 1, 31))
	fmt.Println(s, ok, h.Since(registry.Day(2024, 3, 1)), h.Entered("closed"))
	// Output: open true 2024-02-01 2024-02-01
}

func ExampleIssue() {
	is := []caremodel.Issue{
		{Code: caremodel.NoManager, Subject: "p7", On: registry.Day(2024, 5, 1), Detail: "active without a case manager"},
		{Code: caremodel.NoOwner, Subject: "p3"},
	}
	caremodel.SortIssues(is) // the same faults read the same, whoever found them first
	for _, i := range is {
		fmt.Println(i)
	}
	// Output:
	// NO_OWNER p3
	// NO_MANAGER p7 since 2024-05-01: active without a case manager
}

func ExampleIssueCode() {
	counts := map[caremodel.IssueCode]int{}
	for _, i := range []caremodel.Issue{{Code: caremodel.NoManager, Subject: "p7"}, {Code: caremodel.TwoManagers, Subject: "p8"}, {Code: caremodel.NoManager, Subject: "p9"}} {
		counts[i.Code]++
	}
	fmt.Println(caremodel.NoManager, counts[caremodel.NoManager], caremodel.TwoManagers, counts[caremodel.TwoManagers])
	// Output: NO_MANAGER 2 TWO_MANAGERS 1
}

func ExampleSortIssues() {
	is := []caremodel.Issue{{Code: caremodel.NoReview, Subject: "p2"}, {Code: caremodel.NoOwner, Subject: "p1"}}
	caremodel.SortIssues(is)
	fmt.Println(is[0])
	// Output: NO_OWNER p1
}

func ExampleMedianDays() {
	fmt.Println(caremodel.MedianDays([]int{9, 2, 4, 5}).FloatString(1))
	fmt.Println(caremodel.MedianDays(nil)) // undefined, not 0
	// Output:
	// 4.5
	// <nil>
}
