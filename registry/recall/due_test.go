package recall_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"pgregory.net/rapid"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/recall"
)

func threeSteps(t testing.TB) recall.Ladder {
	ls, err := recall.Ladders()
	if err != nil {
		t.Fatal(err)
	}
	return ls[1]
}

// gap is an open gap that was due on a day.
func gap(key string, due registry.Date) recall.Gap {
	return recall.Gap{Key: key, Status: recall.OpenGap, Schedule: recall.Schedule{Earliest: due - 14, Due: due, OverdueAfter: due + 14}}
}

func at(g recall.Gap, day registry.Date) recall.Gap {
	g.State = g.At(day)
	return g
}

func TestDue(t *testing.T) {
	day := d(2024, 6, 1)
	p := recall.Policy{Ladder: threeSteps(t), Roles: []recall.KeyRole{{Key: "eye", Role: "optometrist"}}}
	if err := p.Check(); err != nil {
		t.Fatal(err)
	}
	eyeGap, foot := at(gap("eye", day), day), at(gap("foot", day-30), day)
	change := func(g recall.Gap, f func(*recall.Gap)) recall.Gap { f(&g); return g }
	sent := func(ago int, o recall.Outcome, keys ...string) recall.Contact {
		return recall.Contact{On: day.AddDays(-ago), Channel: "text", Outcome: o, Keys: keys}
	}
	for name, c := range map[string]struct {
		x                         recall.Person
		policy                    func(*recall.Policy)
		recalls, reminders, held  string
		handOvers, panelAndTarget string
	}{
		"one":              {recall.Person{Gaps: []recall.Gap{eyeGap}}, nil, "text [{eye 1}] due 2024-06-01", "eye due", "", "", "2024-06-01"},
		"two, one message": {recall.Person{Gaps: []recall.Gap{eyeGap, foot}}, nil, "text [{foot 1} {eye 1}] overdue 2024-05-02", "foot overdue eye due", "", "", "2024-06-01"},
		"due soon":         {recall.Person{Gaps: []recall.Gap{at(change(gap("eye", day+10), func(g *recall.Gap) { g.Status = recall.ClosedGap }), day)}}, nil, "text [{eye 1}] due soon 2024-06-11", "", "", "", "2024-06-11"},
		"due soon, too soon": {recall.Person{Gaps: []recall.Gap{at(change(gap("eye", day+10), func(g *recall.Gap) { g.Status = recall.ClosedGap }), day)}}, func(p *recall.Policy) { p.FromDue = true },
			"", "", "", "", ""},
		"second step":     {recall.Person{Gaps: []recall.Gap{eyeGap}, Contacts: []recall.Contact{sent(21, recall.NoAnswer)}, OptedOut: []string{"text"}}, nil, "phone [{eye 2}] due 2024-06-01", "eye due", "", "", "2024-06-01"},
		"waiting":         {recall.Person{Gaps: []recall.Gap{eyeGap}, Contacts: []recall.Contact{sent(20, recall.NoAnswer)}}, nil, "", "eye due", "eye the next step waits for its day until 2024-06-02", "", ""},
		"another key":     {recall.Person{Gaps: []recall.Gap{eyeGap}, Contacts: []recall.Contact{sent(20, recall.NoAnswer, "foot")}}, nil, "text [{eye 1}] due 2024-06-01", "eye due", "", "", "2024-06-01"},
		"quiet days":      {recall.Person{Gaps: []recall.Gap{eyeGap}, Contacts: []recall.Contact{sent(2, recall.NoAnswer, "foot")}}, func(p *recall.Policy) { p.Rules.QuietDays = 5 }, "", "eye due", "eye the next step waits for its day until 2024-06-04", "", ""},
		"at most":         {recall.Person{Gaps: []recall.Gap{eyeGap}, Contacts: []recall.Contact{sent(20, recall.NoAnswer, "foot"), sent(9, recall.NoAnswer, "foot")}}, func(p *recall.Policy) { p.Rules.Max, p.Rules.MaxInDays = 2, 30 }, "", "eye due", "eye the next step waits for its day until 2024-06-11", "", ""},
		"today already":   {recall.Person{Gaps: []recall.Gap{eyeGap}, Contacts: []recall.Contact{sent(0, recall.NoAnswer, "foot")}}, nil, "", "eye due", "eye contacted today until 2024-06-02", "", ""},
		"booked":          {recall.Person{Gaps: []recall.Gap{eyeGap}, Contacts: []recall.Contact{sent(3, recall.Booked)}}, nil, "", "eye due", "eye booked until not recorded", "", ""},
		"attended":        {recall.Person{Gaps: []recall.Gap{eyeGap}, Contacts: []recall.Contact{sent(3, recall.Attended)}}, nil, "", "eye due", "eye attended, the evidence is awaited until not recorded", "", ""},
		"declined":        {recall.Person{Gaps: []recall.Gap{eyeGap}, Contacts: []recall.Contact{sent(3, recall.DeclinedCare)}}, nil, "", "eye due", "eye declined in this cycle until not recorded", "", ""},
		"missed":          {recall.Person{Gaps: []recall.Gap{eyeGap}, Contacts: []recall.Contact{sent(50, recall.Booked), sent(21, recall.MissedAppointment)}}, nil, "text [{eye 2}] due 2024-06-01", "eye due", "", "", "2024-06-01"},
		"never answered":  {recall.Person{Gaps: []recall.Gap{eyeGap}, Contacts: []recall.Contact{sent(60, recall.NoAnswer), sent(39, recall.NoAnswer), sent(18, recall.NoAnswer)}}, nil, "", "eye due", "eye no response to the last step until not recorded", "eye no response clerk", ""},
		"a new cycle":     {recall.Person{Gaps: []recall.Gap{change(eyeGap, func(g *recall.Gap) { g.LastOn = day - 18 })}, Contacts: []recall.Contact{sent(60, recall.NoAnswer), sent(39, recall.NoAnswer), sent(18, recall.NoAnswer)}}, nil, "text [{eye 1}] due 2024-06-01", "eye due", "", "", "2024-06-01"},
		"a year later":    {recall.Person{Gaps: []recall.Gap{at(gap("eye", d(2023, 6, 1)), day)}, Contacts: []recall.Contact{sent(360, recall.NoAnswer), sent(330, recall.NoAnswer), sent(300, recall.NoAnswer)}}, nil, "text [{eye 1}] overdue 2023-06-01", "eye overdue", "", "", "2024-06-01"},
		"no channel":      {recall.Person{Gaps: []recall.Gap{eyeGap}, OptedOut: []string{"text", "email", "letter"}}, func(p *recall.Policy) { p.HandOver = "nurse" }, "", "eye due", "eye every channel of the next step is opted out until not recorded", "eye no channel nurse", ""},
		"wants no calls":  {recall.Person{Gaps: []recall.Gap{eyeGap}, Declined: true}, nil, "", "eye due", "eye wants no calls until not recorded", "", ""},
		"put aside":       {recall.Person{Gaps: []recall.Gap{change(eyeGap, func(g *recall.Gap) { g.Hidden = day + 1 })}}, nil, "", "", "eye put aside until 2024-06-02", "", ""},
		"ordered":         {recall.Person{Gaps: []recall.Gap{change(eyeGap, func(g *recall.Gap) { g.Quiet = day + 1 })}}, nil, "", "", "eye an order is placed until 2024-06-02", "", ""},
		"ordered, over":   {recall.Person{Gaps: []recall.Gap{change(eyeGap, func(g *recall.Gap) { g.Quiet = day })}}, nil, "text [{eye 1}] due 2024-06-01", "eye due", "", "", "2024-06-01"},
		"excluded":        {recall.Person{Gaps: []recall.Gap{change(eyeGap, func(g *recall.Gap) { g.Status, g.Excluded, g.Exclusion = recall.ClosedGap, true, "declined" })}}, nil, "", "", "eye declined until not recorded", "", ""},
		"off recall":      {recall.Person{Gaps: []recall.Gap{change(eyeGap, func(g *recall.Gap) { g.OffRecall, g.Exclusion = true, "temporary" })}}, nil, "", "", "eye temporary until not recorded", "", ""},
		"stays on recall": {recall.Person{Gaps: []recall.Gap{change(eyeGap, func(g *recall.Gap) { g.Status, g.Excluded, g.OnRecall = recall.ClosedGap, true, true })}}, nil, "text [{eye 1}] due 2024-06-01", "eye due", "", "", "2024-06-01"},
		"dead":            {recall.Person{Gaps: []recall.Gap{{Key: "eye", Gone: true, Why: "dead"}, foot}}, nil, "", "", " dead until not recorded", "", ""},
		"someone else's":  {recall.Person{Gaps: []recall.Gap{change(eyeGap, func(g *recall.Gap) { g.Remarks = 1 << recall.AttributionMismatch })}}, nil, "text [{eye 1}] due 2024-06-01", "eye due", "", "", "2024-06-01 attribution-mismatch"},
		"lapsed":          {recall.Person{Gaps: []recall.Gap{at(change(eyeGap, func(g *recall.Gap) { g.Status, g.Latest = recall.ClosedGap, day-1 }), day)}}, nil, "", "", "", "", ""},
	} {
		pol := p
		if c.policy != nil {
			c.policy(&pol)
		}
		c.x.ID = "p"
		var out recall.DueList
		pol.Due([]recall.Person{c.x}, day, &out)
		var recalls, reminders, held, over, rest []string
		for _, r := range out.Recalls {
			recalls = append(recalls, fmt.Sprint(r.Channel, " ", r.Keys, " ", r.Reason, " ", r.Due))
			rest = append(rest, r.Target.String())
			if r.Target < day || r.Window.Start < day || !r.Window.Valid() {
				t.Errorf("%s: %+v", name, r)
			}
		}
		for _, r := range out.Reminders {
			reminders = append(reminders, fmt.Sprint(r.Key, " ", r.State))
		}
		for _, h := range out.Held {
			held = append(held, fmt.Sprint(h.Key, " ", h.Why, " until ", h.Until))
		}
		for _, h := range out.HandOvers {
			over = append(over, fmt.Sprint(h.Key, " ", h.Why, " ", h.Role))
		}
		for _, h := range out.Panel {
			rest = append(rest, h.Why)
		}
		got := [5]string{strings.Join(recalls, " "), strings.Join(reminders, " "), strings.Join(held, " "), strings.Join(over, " "), strings.Join(rest, " ")}
		if want := [5]string{c.recalls, c.reminders, c.held, c.handOvers, c.panelAndTarget}; got != want {
			t.Errorf("%s:\n got %q\nwant %q", name, got, want)
		}
	}
}

func TestRecallWindow(t *testing.T) {
	day := d(2024, 6, 1)
	p := recall.Policy{Ladder: threeSteps(t)}
	for name, c := range map[string]struct {
		a, b     registry.Date
		priority int
		want     registry.Period
	}{
		"the days that suit both":         {day, day + 5, 0, registry.Period{Start: day, End: day + 14}},
		"the later first, both's days":    {day, day + 5, 1, registry.Period{Start: day, End: day + 14}},
		"none: those of the most urgent":  {day - 30, day + 10, 0, registry.Period{Start: day, End: day}},
		"later on: what is left of the 2": {day + 3, day + 9, 0, registry.Period{Start: day, End: day + 17}},
	} {
		var out recall.DueList
		b := at(gap("b", c.b), day)
		b.Priority = c.priority
		p.Due([]recall.Person{{ID: "p", Gaps: []recall.Gap{at(gap("a", c.a), day), b}}}, day, &out)
		if len(out.Recalls) != 1 || len(out.Recalls[0].Keys) != 2 || out.Recalls[0].Window != c.want {
			t.Errorf("%s: %+v", name, out.Recalls)
		}
	}
}

func TestPolicyErrors(t *testing.T) {
	p := recall.Policy{Cycle: months(-1), Rules: recall.ContactRules{QuietDays: -1, Max: 2}, Roles: []recall.KeyRole{{Key: "a"}, {Key: "a"}}}
	err := p.Check()
	if !errors.Is(err, recall.ErrDefinition) {
		t.Fatal(err)
	}
	for _, want := range []string{"no steps", "a cycle of -1", "-1 quiet days", `"a" is there twice`} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is missing from %v", want, err)
		}
	}
}

// A year of days: messages go out, nobody answers or somebody comes. The laws of recalls
// hold on each day.
func TestDueLaws(t *testing.T) {
	ladder := threeSteps(t)
	sent, held, over := 0, 0, 0
	p := plan(t, eyeExam, hba1cRule())
	lawtest.Until(t, func(t *rapid.T) {
		pol := recall.Policy{Ladder: ladder, Rules: recall.ContactRules{QuietDays: rapid.SampledFrom([]int{0, 7}).Draw(t, "quiet")}}
		if rapid.Bool().Draw(t, "limit") {
			pol.Rules.Max, pol.Rules.MaxInDays = 2, 90
		}
		day := d(2024, 1, 1)
		pt := person(fact(registry.Diagnosis, diabetes, d(2022, 1, 1)), exam(day.AddDays(-rapid.IntRange(300, 400).Draw(t, "exam"))), value(day.AddDays(-rapid.IntRange(60, 200).Draw(t, "hba1c")), 71, -1))
		dies := day.AddDays(rapid.SampledFrom([]int{1, 30, 1000}).Draw(t, "dies"))
		pt.Death = registry.At(dies)
		comes := day.AddDays(rapid.SampledFrom([]int{10, 40, 1000}).Draw(t, "comes"))
		x := recall.Person{ID: "p", OptedOut: rapid.SampledFrom([][]string{nil, {"text"}, {"text", "email", "letter", "phone"}}).Draw(t, "opted out")}
		c := p.Chart()
		var out recall.DueList
		invited := map[string]int{}
		for n := range 40 {
			now := day.AddDays(3 * n)
			if now >= comes && comes > 0 && !slices.ContainsFunc(pt.Facts, func(f registry.Fact) bool { return f.ID == "visit" }) {
				f := exam(comes)
				f.ID = "visit"
				pt.Facts = append(pt.Facts, f)
				invited["eye"] = 0
			}
			c.LoadAsOf(pt, now)
			x.Gaps = p.Gaps(c, nil, now, now, nil)
			pol.Due([]recall.Person{x}, now, &out)
			if len(out.Recalls) > 1 {
				t.Fatal("two messages on a day")
			}
			held += len(out.Held)
			over += len(out.HandOvers)
			said := map[string]int{}
			for _, h := range out.Held {
				if h.Why == "" {
					t.Fatal("held without a reason")
				}
				said[h.Key]++
			}
			for _, r := range out.Recalls {
				if now >= dies {
					t.Fatal("a dead person is called")
				}
				if slices.Contains(x.OptedOut, r.Channel) {
					t.Fatal("an opted-out channel")
				}
				for _, o := range x.Contacts {
					if int(now-o.On) < pol.Rules.QuietDays {
						t.Fatal("no quiet days")
					}
				}
				if pol.Rules.Max > 0 {
					recent := 0
					for _, o := range x.Contacts {
						if int(now-o.On) < pol.Rules.MaxInDays {
							recent++
						}
					}
					if recent >= pol.Rules.Max {
						t.Fatal("too many contacts")
					}
				}
				contact := recall.Contact{On: now, Channel: r.Channel, Outcome: recall.NoAnswer}
				for _, k := range r.Keys {
					sent++
					said[k.Key]++
					contact.Keys = append(contact.Keys, k.Key)
					if invited[k.Key]++; invited[k.Key] > len(ladder.Steps) || k.Step != invited[k.Key] {
						t.Fatalf("%s: step %d, invitation %d of the cycle", k.Key, k.Step, invited[k.Key])
					}
				}
				if r.Target < now {
					t.Fatal("the target lies behind")
				}
				x.Contacts = append(x.Contacts, contact)
			}
			// everything that may be asked for is said once
			for i := range x.Gaps {
				g := &x.Gaps[i]
				if g.Gone {
					if said[""] != 1 {
						t.Fatal("nobody says that the person is dead")
					}
					continue
				}
				want := 0
				if now >= g.Earliest && g.Due != registry.MaxDate {
					want = 1
				}
				if said[g.Key] != want {
					t.Fatalf("%s: said %d times, want %d: %s", g.Key, said[g.Key], want, g.Text())
				}
			}
		}
	}, func() bool { return sent > 0 && held > 0 && over > 0 })
}

func TestDueListJSON(t *testing.T) {
	day := d(2024, 6, 1)
	p := recall.Policy{Ladder: threeSteps(t)}
	var out recall.DueList
	p.Due([]recall.Person{{ID: "b", Gaps: []recall.Gap{at(gap("eye", day), day)}}, {ID: "a", Gaps: []recall.Gap{at(gap("eye", day), day)}, Declined: true}}, day, &out)
	b, err := json.Marshal(&out)
	want := `{"day":"2024-06-01","recalls":[{"person":"b","keys":[{"key":"eye","step":1}],"target":"2024-06-01","window":{"start":"2024-06-01","end":"2024-06-15"},"channel":"text","reason":"due","due":"2024-06-01"}],` +
		`"reminders":[{"person":"a","key":"eye","state":"due","due":"2024-06-01","days_overdue":0,"class":"treatment","priority":0,"closes":""},{"person":"b","key":"eye","state":"due","due":"2024-06-01","days_overdue":0,"class":"treatment","priority":0,"closes":""}],` +
		`"held":[{"person":"a","key":"eye","why":"wants no calls","until":""}],"hand_overs":[],"panel":[]}`
	if err != nil || string(b) != want {
		t.Errorf("%s %v", b, err)
	}
	p.Due(nil, day, &out)
	var fresh recall.DueList
	p.Due(nil, day, &fresh)
	x, _ := json.Marshal(&out)
	if y, _ := json.Marshal(&fresh); string(x) != string(y) {
		t.Errorf("%s\n%s", x, y)
	}
	p.Due([]recall.Person{{ID: "b", Gaps: []recall.Gap{at(gap("eye", day), day)}}, {ID: "a", Gaps: []recall.Gap{at(gap("eye", day), day)}, Declined: true}}, day, &out)
	if out.Text() != "2024-06-01: 1 recalls, 2 reminders, 1 held, 0 handed over" || fmt.Sprint(out.ByRole()) != "[{ 2}]" {
		t.Error(out.Text(), out.ByRole())
	}
}

func manyPeople(day registry.Date) (people []recall.Person) {
	for i := range 1000 {
		people = append(people, recall.Person{ID: fmt.Sprint(i), Gaps: []recall.Gap{at(gap("eye", day.AddDays(-i%40)), day), at(gap("foot", day.AddDays(i%40)), day)}, Contacts: []recall.Contact{{On: day.AddDays(-i % 50)}}})
	}
	return people
}

func TestDueDoesNotAllocate(t *testing.T) {
	day := d(2024, 6, 1)
	p := recall.Policy{Ladder: threeSteps(t), Rules: recall.ContactRules{QuietDays: 7, Max: 3, MaxInDays: 90}}
	people := manyPeople(day)
	var out recall.DueList
	p.Due(people, day, &out)
	if len(out.Recalls) == 0 || len(out.Held) == 0 || len(out.Reminders) == 0 {
		t.Fatal(out.Text())
	}
	if n := testing.AllocsPerRun(5, func() { p.Due(people, day, &out) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkDue(b *testing.B) {
	day := d(2024, 6, 1)
	p := recall.Policy{Ladder: threeSteps(b), Rules: recall.ContactRules{QuietDays: 7}}
	people := manyPeople(day)
	var out recall.DueList
	b.ReportAllocs()
	for b.Loop() {
		p.Due(people, day, &out)
	}
}
