package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/caremodel/decision"
	"github.com/chroniccare/chroniccare/caremodel/delivery"
	"github.com/chroniccare/chroniccare/caremodel/information"
	"github.com/chroniccare/chroniccare/caremodel/selfmanagement"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/recall"
)

// story is one person's plan with the reason for each item.
type story struct {
	x          *seen
	visits     []delivery.PlannedVisit     // of the next twelve months
	agenda     []selfmanagement.AgendaItem // of the first visit
	reasons    []string                    // a line a gap
	recs       []decision.Recommendation
	conflicts  []caremodel.Issue
	told       []string // the same for the patient
	untold     []string // keys without a wording, and rules without a key
	plan       information.CarePlan
	missing    []caremodel.Issue
	why        string // a finding, as a tree
	separately int    // visits that each disease alone would have asked for
}

// advice are four recommendations of guidelines as rules; one pair contradicts, and a
// precedence says which gives way.
func (r *practice) advice() (*decision.Guide, error) {
	hasDrug := registry.Exists{Query: nsaid.query(registry.StatusIn(registry.Active))}
	return decision.Compile(r.k.sets, []decision.Rule{
		{ID: "relief of back pain", Source: "NICE NG59, low back pain, 2016", Action: decision.Do, Target: "anti-inflammatory drug", When: registry.All{r.k.is["back-pain"], hasDrug}, Strength: decision.Weak, Priority: 3, Patient: "pain"},
		{ID: "protection of the heart", Source: "ESC heart failure guideline, 2021", Action: decision.Avoid, Target: "anti-inflammatory drug", When: registry.All{r.k.is["heart-failure"], hasDrug}, Strength: decision.Strong, Priority: 1, Patient: "nsaid"},
		{ID: "protection of the kidneys", Source: "KDIGO CKD guideline, 2024", Action: decision.Avoid, Target: "anti-inflammatory drug", When: registry.All{r.k.is["ckd"], hasDrug}, Strength: decision.Conditional, Priority: 1, Patient: "nsaid"},
		{ID: "education", Source: "ADA-type care schedule", Action: decision.Educate, Target: "self-management of diabetes", When: r.k.is["diabetes"], Key: "education", Priority: 2, Patient: "learn"},
	}, decision.Precedence{Over: "protection of the heart", Under: "relief of back pain", Reason: "harm comes before relief"}, decision.Precedence{Over: "protection of the kidneys", Under: "relief of back pain", Reason: "harm comes before relief"})
}

var wording = map[string]string{"pain": "Your pain tablets may go on for a short time.", "nsaid": "Pain tablets of the ibuprofen kind are not good for you: please ask us before you take any.", "learn": "We would like to see you at a course on living with diabetes."}

// mine is the key of what the person wants to talk about.
const mine = "worry"

// askFirst stands in the place of a person's own problem that nobody knows.
const askFirst = "what matters most to the person is not on record: ask first"

// pick chooses whom to show: someone whose worry is known, if there is anybody, at the
// highest levels with several conditions and a drug to avoid.
func (r *practice) pick() *seen {
	best, most := (*seen)(nil), 0
	for i := range r.people {
		x := &r.people[i]
		if !x.present(r.asOf) || x.level < 0 || x.declined {
			continue
		}
		n := 4*x.conditions - 3*x.level
		if x.entries[r.k.index["diabetes"]].In {
			n += 3
		}
		if slices.ContainsFunc(x.Facts, func(f registry.Fact) bool { return f.Kind == registry.MedicationOrder }) {
			n += 6
			if x.entries[r.k.index["back-pain"]].In && x.entries[r.k.index["heart-failure"]].In {
				n += 6 // guidelines contradict
			}
		}
		if best == nil || (x.worry != "") != (best.worry != "") && x.worry != "" || (x.worry != "") == (best.worry != "") && n > most {
			best, most = x, n
		}
	}
	return best
}

func (r *practice) tell(x *seen) (*story, error) {
	s := &story{x: x}
	var items []recall.Item
	for i := range x.gaps {
		g := &x.gaps[i]
		d, ok := duties[g.Key]
		if !ok || g.Status == recall.NotApplicable || g.Excluded || g.Due > r.asOf.AddYears(1) {
			continue
		}
		s.reasons = append(s.reasons, said(g))
		items = append(items, item(g, d, r.asOf))
	}
	visits, err := mergeVisits(items, r.monday(), recall.VisitPolicy{})
	if err != nil {
		return nil, err
	}
	s.separately = len(items)
	for i, v := range visits {
		p := delivery.Preparation{}
		if i == 0 {
			if s.agenda, err = x.agenda(v); err != nil {
				return nil, err
			}
			p.Agenda = s.agenda
		}
		s.visits = append(s.visits, delivery.PlanVisit(x.ID, v, p))
	}
	guide, err := r.advice()
	if err != nil {
		return nil, err
	}
	c := guide.Chart()
	c.LoadAsOf(&x.Patient, r.asOf)
	s.recs = guide.Recommend(c, r.asOf, x.gaps, nil)
	s.conflicts = decision.Issues(s.recs, x.ID)
	told, missing, noKey := decision.PatientView(s.recs, wording)
	s.told, s.untold = told, slices.Concat(missing, noKey)
	if len(s.recs) > 0 {
		f, _ := guide.Explain(c, r.asOf, s.recs[0].Rules[0])
		s.why = reasonWords.Replace(f.Text())
	}
	s.makePlan(r)
	if err := s.plan.Check(); err != nil {
		return nil, err
	}
	s.missing = s.plan.Missing(nil, nil)
	return s, nil
}

// Reasons and states in a physician's words.
var (
	reasons = map[registry.Reason]string{
		registry.NotFound: "none on record", registry.InvalidAttribute: "what is on record lacks something", registry.DateOutOfRange: "the last is too long ago", registry.ValueOutOfRange: "the value is out of range",
		registry.CountOutOfRange: "not often enough", registry.NonComputable: "what is on record cannot be judged", registry.Present: "on record", registry.DateInRange: "in time",
		registry.ValueInRange: "the value is in range", registry.CountInRange: "often enough", registry.Missing: "ordered or claimed, but not there",
	}
	reasonWords = func() *strings.Replacer { // of a finding
		var pairs []string
		for r, words := range reasons {
			pairs = append(pairs, "["+r.String()+"]", "["+words+"]")
		}
		return strings.NewReplacer(pairs...)
	}()
	whens = map[recall.State]string{recall.NotYet: "next due on", recall.DueSoon: "due soon, on", recall.Due: "due since", recall.Overdue: "overdue, was due on", recall.Lapsed: "lapsed, was due on"}
)

// said is a gap in words.
func said(g *recall.Gap) string {
	text := g.Title + ": done"
	if g.Status == recall.OpenGap {
		text = g.Title + ": to do"
	}
	if g.LastOn.Recorded() {
		text += fmt.Sprintf(", last on %s", g.LastOn)
	}
	text += fmt.Sprintf(", %s %s", whens[g.State], g.Due)
	if g.Status == recall.OpenGap {
		var why []string
		for _, r := range g.Reasons {
			why = append(why, reasons[r])
		}
		text += ": " + strings.Join(why, ", ")
	}
	return text
}

// agenda of a visit: the person's own problem, then the team's by urgency.
func (x *seen) agenda(v recall.Visit) ([]selfmanagement.AgendaItem, error) {
	var own []selfmanagement.Problem
	if x.worry != "" {
		own = append(own, selfmanagement.Problem{Key: mine, Text: x.worry})
	}
	var clinical []selfmanagement.ClinicalItem
	for _, it := range v.Items {
		i := slices.IndexFunc(x.gaps, func(g recall.Gap) bool { return g.Key == it.Key })
		g := &x.gaps[i] // every item was made of a gap
		clinical = append(clinical, selfmanagement.ClinicalItem{Key: g.Key, Text: g.Title, Urgency: g.Priority, Due: g.Due})
	}
	return selfmanagement.Agenda(own, clinical, nil)
}

// makePlan makes one plan for all conditions of advice, visits and the plans in force.
func (s *story) makePlan(r *practice) {
	x := s.x
	s.plan = information.CarePlan{ID: "plan-" + x.ID, Person: x.ID, Created: r.asOf, Coordinator: "case manager", Interval: recall.Every{N: 3, Unit: recall.Month},
		Emergency: []string{"the practice, out of hours the emergency line"}, SharedWith: []string{r.doctorName(x.doctor)}, CopyOffered: r.asOf, Agreed: caremodel.Yes}
	for i, l := range r.k.registers.List() {
		if x.entries[i].In && l.ID != "acute-mi" {
			s.plan.Problems = append(s.plan.Problems, information.PlanProblem{ID: l.ID, Text: l.Title, Register: l.ID})
		}
	}
	if len(s.plan.Problems) == 0 {
		s.plan.Problems = append(s.plan.Problems, information.PlanProblem{ID: "health", Text: "Staying well"})
	}
	add := func(a information.PlanAction) {
		a.Problem = s.plan.Problems[0].ID
		s.plan.Actions = append(s.plan.Actions, a)
	}
	for i := range s.recs {
		if rec := &s.recs[i]; rec.YieldsTo == "" {
			add(information.PlanAction{ID: fmt.Sprint("advice ", i+1), Action: rec.Action, What: rec.Target, Role: physician})
		}
	}
	for i, text := range x.carePlans {
		add(information.PlanAction{ID: fmt.Sprint("in force ", i+1), Action: decision.Review, What: text, Role: caseManager})
	}
	if x.entries[r.k.index["hypertension"]].In {
		target := registry.Quantity{Value: registry.Num(140, 0), Unit: "mm[Hg]", Comparator: registry.LessThan}
		s.plan.Goals = append(s.plan.Goals, selfmanagement.Goal{ID: "pressure", Statement: "pressure", Measure: "systolic pressure", Target: &target, Due: r.asOf.AddMonths(6), ChosenBy: x.ID})
		s.plan.Monitoring = append(s.plan.Monitoring, "blood pressure, twice a week")
	}
	if x.entries[r.k.index["heart-failure"]].In {
		s.plan.Monitoring = append(s.plan.Monitoring, "weight, every morning")
	}
	for _, v := range s.visits {
		for _, it := range v.Items {
			if it.Key != mine {
				add(information.PlanAction{ID: fmt.Sprint(it.Key, " ", v.Day), Action: decision.Do, What: it.Key, Role: it.Role, Due: v.Day})
			}
		}
	}
}

func (s *story) itemsOf(v delivery.PlannedVisit) string {
	var out []string
	for _, it := range v.Items {
		t := it.Key
		if it.Key == mine {
			t = "what matters most: " + s.x.worry
		}
		if it.Role != "" {
			t += " (" + it.Role + ")"
		}
		out = append(out, t)
	}
	return strings.Join(out, ", ")
}

// merged says how many visits are saved.
func (s *story) merged() string {
	if s.separately == 0 {
		return "nothing is due in the next twelve months"
	}
	return counted(s.separately, "item becomes ", "items become ") + counted(len(s.visits), "visit", "visits")
}

func (a *account) printStory(p func(string, ...any)) {
	s := a.story
	p("\n5. ONE PATIENT: %s, %s, %s", s.x.ID, a.ageOf(s.x), a.registersOf(s.x))
	p("  doctor: %s (%s)", a.doctorName(s.x.doctor), s.x.why)
	p("  gaps, each with its reason:")
	for _, r := range s.reasons {
		p("    %s", r)
	}
	p("  %s:", s.merged())
	for _, v := range s.visits {
		p("    %s, %d minutes: %s", v.Day, v.Minutes, s.itemsOf(v))
		for _, t := range v.Tests {
			p("      before, on %s: %s", t.Day, t.Name)
		}
	}
	if len(s.agenda) > 0 {
		p("  agenda of the first visit:")
		if s.x.worry == "" {
			p("    %s", askFirst)
		}
		for i, g := range s.agenda {
			p("    %d. %s: %s", i+1, g.Text, g.Why())
		}
	}
	for _, text := range s.x.carePlans {
		p("  care plan in force: %s", text)
	}
	for _, text := range s.x.goals {
		p("  goal on record: %s", text)
	}
	p("  what guidelines say:")
	for i := range s.recs {
		p("    %s", s.recs[i].Text())
	}
	for _, c := range s.conflicts {
		p("    %s", c)
	}
	if s.why != "" {
		p("  why the first of them:\n    %s", strings.ReplaceAll(strings.TrimSuffix(s.why, "\n"), "\n", "\n    "))
	}
	p("  what the patient is told:")
	for _, t := range s.told {
		p("    %s", t)
	}
	if len(s.told) == 0 {
		p("    nothing: no guideline asks for anything")
	}
	if len(s.untold) > 0 {
		p("    nobody has put into the patient's words: %s", strings.Join(s.untold, ", "))
	}
	for _, m := range s.missing {
		p("  the care plan lacks: %s", m.Detail)
	}
}
