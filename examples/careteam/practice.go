package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/completeness"
	"github.com/chroniccare/chroniccare/registry/panel"
	"github.com/chroniccare/chroniccare/registry/population"
	"github.com/chroniccare/chroniccare/registry/recall"
	"github.com/chroniccare/chroniccare/registry/register"
	"github.com/chroniccare/chroniccare/stratify/comorbidity"
	"github.com/chroniccare/chroniccare/stratify/eligibility"
	"github.com/chroniccare/chroniccare/stratify/tier"
)

// seen is a person after the record was read once.
type seen struct {
	*person
	entries     []register.Entry
	gaps        []recall.Gap
	conditions  int // long-term conditions
	charlson    int // with age points
	emergencies int // unplanned admissions and emergency visits of a year
	level       int // of care, 0 is the highest; -1: not placed
	doctor      string
	why         string         // of the attribution
	state       register.State // of blood pressure, of people with hypertension
	measured    []measured
	before      []measured // a quarter ago
}

// dead also holds of people whose day of death nobody knows.
func (s *seen) dead(asOf registry.Date) bool { return s.Dead && s.Death.Day <= asOf }

// present reports whether the practice looks after the person today.
func (s *seen) present(asOf registry.Date) bool {
	return !s.dead(asOf) && (s.context.Away == nil || s.context.Away.From > asOf)
}

// measure is an indicator of the feedback and of the bonus: people on a register, and
// whether a gap is closed or the pressure is in range.
type measure struct {
	id, title, register, key string // key: of the gap; empty: controlled blood pressure
}

var measures = []measure{
	{"hba1c", "HbA1c measured in time", "diabetes", "HbA1c"},
	{"eye", "retinal examination in time", "diabetes", "retinal examination"},
	{"kidney", "kidney check in time", "diabetes", "kidney check"},
	{"foot", "foot examination in time", "diabetes", "foot examination"},
	{"bp", "blood pressure below 140/90", "hypertension", ""},
}

type measured uint8

const (
	notAsked measured = iota
	unmet
	met
)

type practice struct {
	asOf       registry.Date
	k          *knowledge
	people     []seen
	due        recall.DueList
	pyramid    *tier.Pyramid
	levels     *tier.Result
	table      *population.Grid // registers by level, small cells hidden
	morbidity  []int64          // people by number of conditions, the last is "and more"
	states     []int64          // of blood pressure care
	conditions *population.Grid // the same, small cells hidden
	care       *population.Grid
	panels     panel.Panels
	scores     completeness.Scores
	data       []completeness.Task
	expected   registry.Rate
	leftOut    registry.LeftOut
	facts      int
	title      string
	notes      []string // of the data
	dead       int
	gone       int // away or with another practice
}

// shares are the upper three levels of care: 2, 10 and 40 per cent.
var shares = tier.Share{Shares: []registry.Rate{{Num: 2, Den: 100}, {Num: 10, Den: 100}, {Num: 40, Den: 100}}}

func open(people []person, k *knowledge, asOf registry.Date, title string, notes ...string) (*practice, error) {
	r := &practice{asOf: asOf, k: k, title: title, notes: notes, morbidity: make([]int64, 5), states: make([]int64, int(register.Uncontrolled)+1)}
	policy, err := callPolicy()
	if err != nil {
		return nil, err
	}
	charlson, err := comorbidity.NewMap(comorbidity.CharlsonQuan2005, comorbidity.ICD10)
	if err != nil {
		return nil, err
	}
	index, err := comorbidity.NewIndex(comorbidity.Charlson1987, charlson)
	if err != nil {
		return nil, err
	}
	attribute, err := panel.New(panel.Policy{})
	if err != nil {
		return nil, err
	}
	d := newDesk(k, policy)
	year := registry.LastYears(asOf, 1, registry.FarExclusive)
	longTerm := k.longTerm()
	var assigned []panel.Assignment
	var calls []recall.Person
	for i := range people {
		p := &people[i]
		d.see(p, asOf)
		x := seen{person: p, entries: slices.Clone(d.entries.Entries), gaps: slices.Clone(d.gaps), level: -1}
		r.leftOut.Add(d.chart.LeftOut)
		r.facts += len(p.Facts)
		for _, n := range longTerm {
			if x.entries[n].In {
				x.conditions++
			}
		}
		found := charlson.Of(&p.Patient, registry.Period{End: asOf})
		x.charlson = index.Score(charlson.Hierarchy(found.Flags)) + comorbidity.AgePoints(max(0, p.AgeOn(asOf)))
		for n := range p.Facts {
			f := &p.Facts[n]
			if f.Kind == registry.Encounter && f.Visit != nil && f.Visit.Class != "AMB" && year.Contains(f.When.Start.Day) {
				x.emergencies++
			}
		}
		rec := panel.RecordOf(&p.Patient, nil)
		if p.context.Away != nil {
			rec.OptedOut = p.context.Away.From
		}
		var a panel.Attribution
		attribute.Attribute(&rec, asOf, &a)
		x.doctor, x.why = a.Provider, fmt.Sprintf("%s, pass %d", a.Method, a.Pass)
		assigned = append(assigned, a.Assign())
		x.measured = x.measure(k, d, x.entries, x.gaps, asOf)
		switch {
		case x.dead(asOf):
			r.dead++
		case !x.present(asOf):
			r.gone++
		default:
			r.morbidity[min(x.conditions, len(r.morbidity)-1)]++
			if x.entries[k.index["hypertension"]].In {
				x.state = bloodPressureState(&x, k, asOf)
				r.states[x.state]++
			}
		}
		d.see(p, r.quarterAgo())
		x.before = x.measure(k, d, d.entries.Entries, d.gaps, r.quarterAgo())
		calls = append(calls, recall.Person{ID: p.ID, Gaps: x.gaps, Contacts: p.contacts, OptedOut: p.optedOut, Language: p.language, Declined: p.declined})
		r.people = append(r.people, x)
	}
	policy.Due(calls, asOf, &r.due)
	if r.panels, err = panel.Gather(assigned); err != nil {
		return nil, err
	}
	if r.conditions, err = hidden("long-term conditions", []string{"none", "one", "two", "three", "more"}, r.morbidity); err != nil {
		return nil, err
	}
	var names []string
	var counts []int64
	for _, s := range caredFor {
		names, counts = append(names, s.String()), append(counts, r.states[s])
	}
	if r.care, err = hidden("state of care", names, counts); err != nil {
		return nil, err
	}
	if err := r.stratify(); err != nil {
		return nil, err
	}
	return r, r.complete()
}

// caredFor are the states of people in care: they are registered and alive.
var caredFor = []register.State{register.LostToFollowUp, register.MissedVisit, register.VisitedNoMeasure, register.Controlled, register.Uncontrolled}

// hidden is a list of counts, small ones hidden.
func hidden(key string, names []string, counts []int64) (*population.Grid, error) {
	g, err := population.OneWay(key, names, counts)
	if err != nil {
		return nil, err
	}
	return g.Suppress(population.Disclosure{})
}

// measure says how the person of the loaded chart stands with each measure.
func (x *seen) measure(k *knowledge, d *desk, entries []register.Entry, gaps []recall.Gap, asOf registry.Date) []measured {
	out := make([]measured, len(measures))
	if !x.present(asOf) {
		return out
	}
	for i, m := range measures {
		if !entries[k.index[m.register]].In {
			continue
		}
		if m.key == "" {
			out[i] = unmet
			if k.controlled.Holds(d.chart, registry.LastYears(asOf, 1, registry.FarExclusive)) {
				out[i] = met
			}
			continue
		}
		for n := range gaps {
			if g := &gaps[n]; g.Key == m.key && g.Status != recall.NotApplicable && !g.Excluded {
				switch {
				case g.Status != recall.OpenGap:
					out[i] = met
				case g.State >= recall.Due: // what has not been asked for yet is neither
					out[i] = unmet
				}
			}
		}
	}
	return out
}

// quarterAgo is the day of the earlier feedback.
func (r *practice) quarterAgo() registry.Date { return r.asOf.AddMonths(-3) }

// bloodPressureState is where a person with hypertension stands.
func bloodPressureState(x *seen, k *knowledge, asOf registry.Date) register.State {
	f := register.CareFacts{Registered: x.entries[k.index["hypertension"]].Since, Death: x.Death.Day}
	for n := range x.Facts {
		switch fact := &x.Facts[n]; {
		case fact.Kind == registry.Encounter:
			f.Visits = append(f.Visits, fact.When.Start.Day)
		case fact.Kind == registry.Observation && fact.HasCode(pressure.values.Codes[0]):
			if b := k.bands.PressureOf(fact); b != register.BandUnknown {
				f.Measures = append(f.Measures, register.Measure{On: fact.When.Start.Day, Controlled: b == register.InControl})
			}
		}
	}
	return register.CareState(&f, asOf, register.CareRule{})
}

// stratify sorts people into levels by the Charlson index with age points, emergencies of
// the year and age.
func (r *practice) stratify() error {
	r.pyramid = eligibility.KaiserPyramid(shares)
	var people []tier.Person
	for i := range r.people {
		x := &r.people[i]
		p := tier.Person{ID: x.ID, Score: float64(x.charlson), Keys: []float64{float64(x.emergencies), float64(x.AgeOn(r.asOf))}}
		switch {
		case x.dead(r.asOf):
			p.Status = tier.Dead
		case !x.present(r.asOf):
			p.Status = tier.Away
		}
		people = append(people, p)
	}
	var err error
	if r.levels, err = r.pyramid.Assign(people); err != nil {
		return err
	}
	for _, p := range r.levels.Placed {
		r.people[p.Index].level = p.Level - 1
	}
	names := r.k.names()
	counts := make([][]int64, len(names))
	for i := range names {
		counts[i] = make([]int64, len(r.pyramid.Levels))
		for k := range r.people {
			if x := &r.people[k]; x.level >= 0 && x.entries[i].In {
				counts[i][x.level]++
			}
		}
	}
	// the totals of registers are shown too; those of levels are not, as registers overlap
	g, err := population.TwoWay("register", "level of care", names, r.pyramid.Levels, counts)
	if err != nil {
		return err
	}
	r.table, err = g.Suppress(population.Disclosure{})
	return err
}

// complete makes the clerk's list of missing data.
func (r *practice) complete() error {
	smoker := smoking.query()
	plan, err := completeness.Compile(r.k.sets, completeness.Spec{
		Registers: []completeness.Register{{ID: "diabetes", Is: r.k.is["diabetes"]}, {ID: "hypertension", Is: r.k.is["hypertension"]}, {ID: "copd", Is: r.k.is["copd"]}, {ID: "asthma", Is: r.k.is["asthma"]}},
		Items: []completeness.Item{
			{Key: "smoking", Title: "smoking status", Registers: []string{"diabetes", "hypertension", "copd", "asthma"}, Facts: smoker, Limit: recall.Every{N: 24, Unit: recall.Month}, AnyValue: true, Priority: 2},
			{Key: "spirometry", Title: "spirometry", Registers: []string{"copd"}, Facts: spiro.query(), AnyValue: true, Priority: 1},
		},
		Pending: []completeness.Pending{{Key: "summary", Title: "visit after an admission for heart failure", After: hfStay.query(), ByEnd: true, Want: visit.query(), Days: 14}},
	})
	if err != nil {
		return err
	}
	var reports []completeness.Report
	for i := range r.people {
		x := &r.people[i]
		if x.conditions == 0 {
			continue
		}
		rec := completeness.Record{Patient: &x.Patient, Provider: x.doctor, HighestRisk: x.level == 0, Away: x.context.Away, Contact: &completeness.Contact{Channels: []string{"letter"}, Language: x.language}}
		var rep completeness.Report
		plan.Report(&rec, r.asOf, &rep)
		r.scores.Add(&rep)
		r.expected = r.expected.Add(rep.Score())
		reports = append(reports, rep)
	}
	r.data = completeness.Worklist(reports, nil)
	return nil
}

// find gives a person by ID, nil when the practice has none.
func (r *practice) find(id string) *seen {
	i := slices.IndexFunc(r.people, func(x seen) bool { return x.ID == id })
	if i < 0 {
		return nil
	}
	return &r.people[i]
}

func (r *practice) doctorName(id string) string {
	for _, d := range doctors {
		if d.id == id {
			return d.name
		}
	}
	return cmp.Or(id, "nobody")
}

// registersOf lists a person's registers with since when.
func (r *practice) registersOf(x *seen) string {
	var out []string
	for i, l := range r.k.registers.List() {
		if e := x.entries[i]; e.In {
			out = append(out, fmt.Sprintf("%s since %s", strings.ToLower(l.Title), e.Since))
		}
	}
	return strings.Join(out, ", ")
}
