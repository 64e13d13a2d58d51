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
	visits     []delivery.PlannedVisit // of the next twelve months
	apart      []recall.Apart
	reasons    []string // a line a gap
	recs       []decision.Recommendation
	conflicts  []caremodel.Issue
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
		{ID: "nsaid-pain", Source: "NICE NG59, low back pain, 2016", Action: decision.Do, Target: "anti-inflammatory drug", When: registry.All{r.k.is["back-pain"], hasDrug}, Strength: decision.Weak, Priority: 3, Patient: "pain"},
		{ID: "nsaid-heart", Source: "ESC heart failure guideline, 2021", Action: decision.Avoid, Target: "anti-inflammatory drug", When: registry.All{r.k.is["heart-failure"], hasDrug}, Strength: decision.Strong, Priority: 1, Patient: "nsaid"},
		{ID: "nsaid-kidney", Source: "KDIGO CKD guideline, 2024", Action: decision.Avoid, Target: "anti-inflammatory drug", When: registry.All{r.k.is["ckd"], hasDrug}, Strength: decision.Conditional, Priority: 1, Patient: "nsaid"},
		{ID: "educate", Source: "ADA-type care schedule", Action: decision.Educate, Target: "self-management of diabetes", When: r.k.is["diabetes"], Key: "education", Priority: 2, Patient: "learn"},
	}, decision.Precedence{Over: "nsaid-heart", Under: "nsaid-pain", Reason: "harm comes before relief"}, decision.Precedence{Over: "nsaid-kidney", Under: "nsaid-pain", Reason: "harm comes before relief"})
}

var wording = map[string]string{"pain": "Your pain tablets may go on for a short time.", "nsaid": "Pain tablets of the ibuprofen kind are not good for you: please ask us before you take any.", "learn": "We would like to see you at a course on living with diabetes."}

// pick chooses whom to show: someone at the highest levels with several conditions, a
// drug to avoid, and a worry.
func (r *practice) pick() *seen {
	best, most := (*seen)(nil), -1
	for i := range r.people {
		x := &r.people[i]
		if !x.present(r.asOf) || x.level < 0 || x.worry == "" || x.declined {
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
		if n > most {
			best, most = x, n
		}
	}
	return best
}

func (r *practice) tell(x *seen) (*story, error) {
	s := &story{x: x}
	var items []recall.Item
	var clinical []selfmanagement.ClinicalItem
	for i := range x.gaps {
		g := &x.gaps[i]
		d, ok := duties[g.Key]
		if !ok || g.Status == recall.NotApplicable || g.Excluded || g.Due > r.asOf.AddYears(1) {
			continue
		}
		s.reasons = append(s.reasons, g.Text())
		items = append(items, item(g, d, r.asOf))
		clinical = append(clinical, selfmanagement.ClinicalItem{Key: g.Key, Text: g.Title, Urgency: g.Priority, Due: g.Due})
	}
	visits, err := recall.MergeVisits(items, r.monday(), recall.VisitPolicy{})
	if err != nil {
		return nil, err
	}
	s.separately = len(items)
	agenda, err := selfmanagement.Agenda([]selfmanagement.Problem{{Key: "worry", Text: x.worry}}, nil, nil)
	if err != nil {
		return nil, err
	}
	for i, v := range visits {
		p := delivery.Preparation{}
		if i == 0 {
			p.Agenda = agenda
		}
		s.visits = append(s.visits, delivery.PlanVisit(x.ID, v, p))
		s.apart = append(s.apart, v.Apart...)
	}
	guide, err := r.advice()
	if err != nil {
		return nil, err
	}
	c := guide.Chart()
	c.LoadAsOf(&x.Patient, r.asOf)
	s.recs = guide.Recommend(c, r.asOf, x.gaps, nil)
	s.conflicts = decision.Issues(s.recs, x.ID)
	if len(s.recs) > 0 {
		f, _ := guide.Explain(c, r.asOf, s.recs[0].Rules[0])
		s.why = f.Text()
	}

	s.plan = information.CarePlan{ID: "plan-" + x.ID, Person: x.ID, Created: r.asOf, Coordinator: "case manager", Interval: recall.Every{N: 3, Unit: recall.Month},
		Emergency: []string{"the practice, out of hours the emergency line"}, SharedWith: []string{r.doctorName(x.doctor)}, CopyOffered: r.asOf, Agreed: caremodel.Yes}
	for i, l := range r.k.registers.List() {
		if x.entries[i].In && l.ID != "acute-mi" {
			s.plan.Problems = append(s.plan.Problems, information.PlanProblem{ID: l.ID, Text: l.Title, Register: l.ID})
		}
	}
	for i := range s.recs {
		if rec := &s.recs[i]; rec.YieldsTo == "" {
			s.plan.Actions = append(s.plan.Actions, information.PlanAction{ID: fmt.Sprint("advice ", i+1), Problem: s.plan.Problems[0].ID, Action: rec.Action, What: rec.Target, Role: physician})
		}
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
			if it.From == delivery.FromGap {
				s.plan.Actions = append(s.plan.Actions, information.PlanAction{ID: fmt.Sprint(it.Key, " ", v.Day), Problem: s.plan.Problems[0].ID, Action: decision.Do, What: it.Key, Role: it.Role, Due: v.Day})
			}
		}
	}
	if err := s.plan.Check(); err != nil {
		return nil, err
	}
	s.missing = s.plan.Missing(nil, nil)
	return s, nil
}

func (s *story) itemsOf(v delivery.PlannedVisit) string {
	var out []string
	for _, it := range v.Items {
		t := it.Key
		if it.From == delivery.FromAgenda {
			t = "what matters most: " + s.x.worry
		}
		if it.Role != "" {
			t += " (" + it.Role + ")"
		}
		out = append(out, t)
	}
	return strings.Join(out, ", ")
}
