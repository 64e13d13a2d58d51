package main

import (
	"fmt"
	"math/rand/v2"

	"github.com/chroniccare/chroniccare/hedis"
	"github.com/chroniccare/chroniccare/hedis/hedis2001"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/shopspring/decimal"
)

// codes gives each value set by name a code that stands for it.
type codes map[string][]registry.Code

// codebook takes the starter sets, and an invented formulary for what free code
// systems do not hold.
func codebook() (codes, []registry.ValueSet, error) {
	infos, err := hedis2001.Sets()
	if err != nil {
		return nil, nil, err
	}
	book := codes{}
	var sets []registry.ValueSet
	for _, s := range infos {
		v := registry.ValueSet{OID: s.Set.OID, Name: s.Set.Name, Codes: s.Starter}
		if v.Codes == nil {
			v.Codes = []registry.Code{{System: "urn:example:formulary", Value: s.Set.Name}}
		}
		book[s.Set.Name] = v.Codes[len(v.Codes)-1:]
		sets = append(sets, v)
	}
	// codes of one set that are no codes of another
	icd := func(c string) []registry.Code { return []registry.Code{registry.NewCode(string(registry.ICD9CM), c)} }
	book["Diabetes"], book["Sexual Activity"], book["Depression History"] = icd("250.00"), icd("V74.5"), icd("309.28")
	book["Major Depression"], book["Mental Illness"] = icd("296.20"), icd("295.30")
	return book, sets, nil
}

// madePlan is a plan as drawn: how well it does, and what the filter looks at.
type madePlan struct {
	name, model string
	quality     float64
	population  int64
	medicaid    *decimal.Decimal
}

func makePlan(i int) madePlan {
	r := rand.New(rand.NewPCG(2001, uint64(i)))
	p := madePlan{
		name:       fmt.Sprintf("Plan %c%d", 'A'+i%26, i/26+1),
		model:      []string{"group", "mixed", "network", "staff"}[r.IntN(4)],
		quality:    0.35 + 0.5*r.Float64(),
		population: 90_000 + int64(r.IntN(500_000)),
	}
	switch i % 7 {
	case 3:
		p.population = 99_999
	case 4:
		p.population = 100_000
	}
	if i%6 != 5 { // some report no Medicaid figure, some none at all
		d := decimal.New(int64(r.IntN(200)), -1)
		if i%8 == 6 {
			d = decimal.Decimal{}
		}
		p.medicaid = &d
	}
	return p
}

// maker draws the members of a plan. Frequencies are invented.
type maker struct {
	*rand.Rand
	codes codes
	plan  madePlan
	p     registry.Patient
	share float64 // of Medicaid among members
}

func newMaker(i int, plan madePlan, c codes) *maker {
	m := &maker{Rand: rand.New(rand.NewPCG(7, uint64(i))), codes: c, plan: plan}
	if plan.medicaid != nil {
		f, _ := plan.medicaid.Float64()
		m.share = f / 100
	}
	return m
}

func (m *maker) chance(p float64) bool { return m.Float64() < p }

// well is a chance that rises with the plan's quality.
func (m *maker) well(ease float64) bool { return m.Float64() < m.plan.quality*ease+0.1 }

func (m *maker) on(y int) registry.Date { return registry.Day(y, 1, 1).AddDays(m.IntN(365)) }

func (m *maker) add(f registry.Fact) *registry.Fact {
	f.ID = fmt.Sprint("f", len(m.p.Facts))
	m.p.Facts = append(m.p.Facts, f)
	return &m.p.Facts[len(m.p.Facts)-1]
}

func (m *maker) visit(class string, from, to registry.Date, by string, principal string, also ...string) {
	e := m.add(registry.Fact{Kind: registry.Encounter, Status: registry.Finished, When: registry.Between(from, to), Provider: by, Visit: &registry.Visit{Class: class}})
	id := e.ID
	for k, set := range append([]string{principal}, also...) {
		if set != "" {
			m.add(registry.Fact{Kind: registry.Diagnosis, Status: registry.Active, Codes: m.codes[set], When: registry.Between(from, to), Setting: class, Rank: k + 1, EncounterID: id, Provider: by})
		}
	}
}

func (m *maker) test(set string, d registry.Date) *registry.Fact {
	return m.add(registry.Fact{Kind: registry.Observation, Status: registry.Final, Codes: m.codes[set], When: registry.On(d)})
}

func (m *maker) fill(set string, d registry.Date, days int) {
	m.add(registry.Fact{Kind: registry.MedicationDispense, Status: registry.Completed, Codes: m.codes[set], When: registry.On(d), Supply: &registry.Supply{Start: d, Days: registry.Num(int64(days), 0)}})
}

func (m *maker) dose(set string, d registry.Date) {
	m.add(registry.Fact{Kind: registry.Immunization, Status: registry.Completed, Codes: m.codes[set], When: registry.On(d)})
}

func (m *maker) procedure(set string, d registry.Date, by string) {
	m.add(registry.Fact{Kind: registry.Procedure, Status: registry.Completed, Codes: m.codes[set], When: registry.On(d), Provider: by})
}

// member draws the k-th member; the patient is valid until the next call.
func (m *maker) member(k int) *registry.Patient {
	age := m.IntN(85)
	if m.chance(0.12) {
		age = []int{1, 2, 13}[m.IntN(3)] // enough children for the immunisation rates
	}
	p := &m.p
	*p = registry.Patient{ID: fmt.Sprint(m.plan.name, "-", k), Birth: registry.Day(year-age, 1, 1).AddDays(m.IntN(364)), Gender: registry.Sex(1 + m.IntN(2)), Facts: p.Facts[:0], Enrolments: p.Enrolments[:0]}
	line := registry.Commercial
	if age >= 65 {
		line = registry.Medicare
	} else if m.chance(m.share) {
		line = registry.Medicaid
	}
	from := registry.Day(1998, 1, 1)
	if m.chance(0.15) {
		from = m.on(2000)
	}
	p.Enrolments = append(p.Enrolments, registry.Enrolment{Period: registry.Period{Start: from}, Product: line, Benefits: registry.Medical | registry.Pharmacy | registry.MentalHealth})
	for range 1 + m.IntN(5) {
		d := m.on(1999 + m.IntN(3))
		m.visit("AMB", d, d, []string{hedis2001.ProviderPrimaryCare, "specialist"}[m.IntN(2)], "")
	}
	switch {
	case age <= 13:
		m.child(age)
	case age >= 18:
		m.adult(age)
	}
	if p.Gender == registry.Female && age >= 16 {
		m.woman(age)
	}
	if age >= 5 && age <= 56 && m.chance(0.1) {
		d := m.on(2000)
		m.visit("EMER", d, d, "", "Asthma")
		m.fill("Asthma Reliever", m.on(2001), 30)
		if m.well(0.9) {
			m.fill("Asthma Controller", m.on(2001), 30)
		}
	}
	return p
}

func (m *maker) child(age int) {
	n := map[string]int{"DTaP": 4, "Polio": 3, "MMR": 1, "HiB": 3, "HepB": 3, "VZV": 1}
	if age == 13 {
		n = map[string]int{"MMR": 2, "HepB": 3, "VZV": 1}
	}
	for _, set := range []string{"DTaP", "Polio", "MMR", "HiB", "HepB", "VZV"} {
		for i := range n[set] {
			if m.chance(0.88 + m.plan.quality*0.12) {
				m.dose(set, m.p.Birth.AddDays(60+120*i+m.IntN(60)))
			}
		}
	}
}

func (m *maker) adult(age int) {
	if m.chance(0.12) {
		for _, y := range []int{2000, 2001, 2001} {
			d := m.on(y)
			m.visit("AMB", d, d, hedis2001.ProviderPrimaryCare, "Diabetes")
		}
		m.fill("Oral Hypoglycaemics", m.on(2001), 90)
		if m.well(1) {
			m.test("HbA1c Test", m.on(2001)).Value = registry.QuantityOf(registry.Num(int64(60+m.IntN(50)-int(12*m.plan.quality)), -1), "%")
		}
		if m.well(0.9) {
			m.test("LDL-C Test", m.on(2001)).Value = registry.QuantityOf(registry.Num(int64(90+m.IntN(80)), 0), "mg/dL")
		}
		if m.well(0.7) {
			m.procedure("Retinal Exam", m.on(2001), hedis2001.ProviderEyeCare)
		}
		if m.well(0.7) {
			m.test("Urine Microalbumin Test", m.on(2001))
		}
	}
	if age >= 40 && m.chance(0.25) {
		d := registry.Day(2001, 1, 1).AddDays(m.IntN(170))
		m.visit("AMB", d, d, hedis2001.ProviderPrimaryCare, "Essential Hypertension")
		part := func(c string, v int) registry.Component {
			return registry.Component{Codes: []registry.Code{{System: registry.LOINC, Value: c}}, Value: registry.QuantityOf(registry.Num(int64(v), 0), "mm[Hg]")}
		}
		f := m.test("Blood Pressure", registry.Day(2001, 7, 1).AddDays(m.IntN(180)))
		f.Components = []registry.Component{part("8480-6", 122+m.IntN(50)-int(20*m.plan.quality)), part("8462-4", 72+m.IntN(25)-int(8*m.plan.quality))}
	}
	if age >= 35 && m.chance(0.04) {
		d := registry.Day(2000+m.IntN(2), 1, 10).AddDays(m.IntN(280))
		m.visit("ACUTE", d, d+5, "", "Acute Myocardial Infarction")
		if m.well(1) {
			m.fill("Beta Blockers", d+6, 30)
		}
		if m.well(0.8) {
			m.test("LDL-C Test", d.AddDays(90+m.IntN(200))).Value = registry.QuantityOf(registry.Num(int64(90+m.IntN(70)), 0), "mg/dL")
		}
	}
	if m.chance(0.04) {
		d := registry.Day(2000, 6, 1).AddDays(m.IntN(300))
		m.visit("AMB", d, d, hedis2001.ProviderPrimaryCare, "Major Depression")
		for i := range 8 {
			if i == 0 || m.well(1.1) {
				m.fill("Antidepressants", d.AddDays(30*i), 30)
			}
		}
	}
	if m.chance(0.03) {
		d := registry.Day(2001, 1, 10).AddDays(m.IntN(300))
		m.visit("ACUTE", d, d+6, "", "Mental Illness")
		if m.well(0.9) {
			v := d.AddDays(7 + m.IntN(25))
			m.visit("AMB", v, v, hedis2001.ProviderMentalHealth, "Mental Illness")
		}
	}
}

func (m *maker) woman(age int) {
	if age >= 21 && age <= 64 && m.well(0.9) {
		m.test("Cervical Cytology", m.on(1999+m.IntN(3)))
	}
	if age >= 52 && age <= 69 && m.well(0.9) {
		m.procedure("Mammogram", m.on(2000+m.IntN(2)), "")
	}
	if age <= 26 {
		if m.chance(0.6) {
			m.fill("Contraceptives", m.on(2001), 84)
		}
		if m.well(0.5) {
			m.test("Chlamydia Test", m.on(2001))
		}
	}
	if age >= 18 && age <= 42 && m.chance(0.08) {
		d := registry.Day(2000, 11, 10).AddDays(m.IntN(350))
		m.visit("ACUTE", d, d+2, "", "Live Birth Delivery")
		if m.well(0.9) {
			v := d.AddDays(-180 - m.IntN(90))
			m.visit("AMB", v, v, hedis2001.ProviderPrimaryCare, "Prenatal Visit")
		}
		if m.well(0.8) {
			v := d.AddDays(21 + m.IntN(36))
			m.visit("AMB", v, v, hedis2001.ProviderPrimaryCare, "Postpartum Visit")
		}
	}
}

// answers draws the respondents of the plan's survey.
func (m *maker) answers(c hedis.SurveyComposite) [][]int {
	out := make([][]int, 150+m.IntN(100))
	for i := range out {
		for _, item := range c.Items {
			a := len(c.Scale) - 1
			if !m.well(0.8) {
				a = m.IntN(len(c.Scale))
			}
			if item.Reversed {
				a = len(c.Scale) - 1 - a
			}
			if m.chance(0.2) {
				a = hedis.NoAnswer
			}
			out[i] = append(out[i], a)
		}
	}
	return out
}
