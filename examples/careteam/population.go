package main

import (
	"fmt"
	"math/rand/v2"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/recall"
)

// person is a patient with what the practice knows beside the facts.
type person struct {
	registry.Patient
	contacts []recall.Contact
	context  recall.Context
	optedOut []string // channels
	declined bool     // wants no calls
	language string
	worry    string // what matters most, in the person's words; "" when nobody asked
	doctor   int    // on whose list the person is

	carePlans []string // in force, of elsewhere
	goals     []string // on record
}

// doctors work the same way with other diligence: a figure of this example.
var doctors = []struct {
	id, name string
	salary   int64 // minor units
	care     int   // per cent of what should be done
}{{"d1", "Dr Abel", 19_000_000, 88}, {"d2", "Dr Bauer", 18_500_000, 70}, {"d3", "Dr Costa", 20_000_000, 80}, {"d4", "Dr Dahl", 17_500_000, 62}, {"d5", "Dr Evans", 19_500_000, 76}}

// maker makes people that are always the same: the number of a person decides.
type maker struct {
	*rand.Rand
	seed *rand.PCG
	asOf registry.Date
	p    *person
	care int
}

func newMaker(asOf registry.Date) *maker {
	s := rand.NewPCG(0, 0)
	return &maker{Rand: rand.New(s), seed: s, asOf: asOf}
}

func (m *maker) chance(percent int) bool { return m.IntN(100) < percent }

// ids are shared: they need to be unique within a person.
var ids = func() (out []string) {
	for i := range 4096 {
		out = append(out, fmt.Sprintf("f%04d", i))
	}
	return out
}()

func (m *maker) add(f registry.Fact) *registry.Fact {
	f.ID = ids[len(m.p.Facts)%len(ids)]
	m.p.Facts = append(m.p.Facts, f)
	return &m.p.Facts[len(m.p.Facts)-1]
}

// icd are the diagnosis codes of the made-up people, each as a slice that facts share.
var icd = func() map[string][]registry.Code {
	out := map[string][]registry.Code{}
	for _, c := range []string{"E11.9", "E11.65", "E11.22", "E10.9", "I10", "I25.10", "I25.2", "I21.4", "I50.22", "I50.9", "J44.9", "J45.40", "J45.909", "F32.9", "F33.1", "N18.30", "N18.4", "M54.50", "J06.9", "K21.9", "R05.9"} {
		out[c] = []registry.Code{registry.NewCode("ICD10CM", c)}
	}
	return out
}()

func (m *maker) diagnosis(code string, on registry.Date) {
	m.add(registry.Fact{Kind: registry.Diagnosis, Status: registry.Active, Verification: registry.Confirmed, Category: registry.ProblemListItem, Codes: icd[code], When: registry.Since(on)})
}

var (
	ambulatory  = &registry.Visit{Class: "AMB"}
	emergencies = &registry.Visit{Class: "EMER"}
	inpatient   = &registry.Visit{Class: "IMP"}
	visitCodes  = func() map[string][]registry.Code {
		out := map[string][]registry.Code{}
		for _, c := range []string{"visit", "dm-review", "htn-review", "asthma-review", "copd-review", "hf-review", "chd-review", "mood-review", "emergency", "admission", "hf-admission", "nsaid"} {
			out[c] = []registry.Code{{System: local, Value: c}}
		}
		return out
	}()
)

func (m *maker) visit(code string, on registry.Date, days int, v *registry.Visit) {
	m.add(registry.Fact{Kind: registry.Encounter, Status: registry.Finished, Codes: visitCodes[code], When: registry.Between(on, on.AddDays(days)), Visit: v, Provider: doctors[m.provider()].id})
}

// provider is the person's own doctor, mostly.
func (m *maker) provider() int {
	if m.chance(82) {
		return m.p.doctor
	}
	return m.IntN(len(doctors))
}

func (m *maker) observe(c *concept, on registry.Date, v registry.Value) {
	m.add(registry.Fact{Kind: registry.Observation, Status: registry.Final, Codes: c.values.Codes[:1], When: registry.On(on), Value: v, Provider: doctors[m.p.doctor].id})
}

func (m *maker) procedure(c *concept, kind registry.Kind, on registry.Date) {
	m.add(registry.Fact{Kind: kind, Status: registry.Completed, Codes: c.values.Codes[:1], When: registry.On(on), Provider: doctors[m.p.doctor].id})
}

// pressures are the components of every blood pressure from 100/55 up, made once.
var pressures = func() (out [110][70][]registry.Component) {
	value := func(n int) registry.Value { return registry.QuantityOf(registry.Num(int64(n), 0), "mm[Hg]") }
	for s := range out {
		for d := range out[s] {
			out[s][d] = []registry.Component{{Codes: []registry.Code{systolicCode}, Value: value(100 + s)}, {Codes: []registry.Code{diastolicCode}, Value: value(55 + d)}}
		}
	}
	return out
}()

func (m *maker) bloodPressure(on registry.Date, high bool) {
	s, d := 10+m.IntN(34), 5+m.IntN(28)
	if high {
		s, d = 36+m.IntN(50), 20+m.IntN(40)
	}
	m.add(registry.Fact{Kind: registry.Observation, Status: registry.Final, Codes: pressure.values.Codes[:1], When: registry.On(on), Components: pressures[s][d], Provider: doctors[m.p.doctor].id})
}

func (m *maker) number(c *concept, on registry.Date, coef int64, exp int8, unit string) {
	m.observe(c, on, registry.Value{Kind: registry.QuantityValue, Quantity: registry.Quantity{Value: registry.Num(coef, exp), Unit: unit}})
}

// within is a day in the last so many days.
func (m *maker) within(days int) registry.Date { return m.asOf.AddDays(-m.IntN(days)) }

// done says whether the doctor does what should be done.
func (m *maker) done() bool { return m.chance(m.care) }

// fill makes person number i, reusing storage: at least facts facts, when facts is above
// what the person has anyway.
func (m *maker) fill(i int, p *person, facts int) {
	m.seed.Seed(uint64(i)+1, 20240601)
	storage := p.Facts[:0]
	*p = person{}
	p.Facts = storage
	m.p = p
	p.ID = fmt.Sprintf("p%06d", i+1)
	p.doctor = m.IntN(len(doctors))
	m.care = doctors[p.doctor].care
	age := m.IntN(96)
	if age < 18 && m.chance(60) {
		age += 30
	}
	p.Birth = m.asOf.AddYears(-age).AddDays(-m.IntN(365))
	p.Gender = registry.Sex(1 + m.IntN(2))
	p.language = "en"
	switch m.IntN(20) {
	case 0:
		p.language = "pl"
	case 1:
		p.language = ""
	}
	p.worry = []string{"sleep", "getting up the stairs", "money", "pain", "being alone", "my medicines", ""}[m.IntN(7)]
	m.diseases(age)
	if m.chance(1) {
		p.Death, p.Dead = registry.At(m.within(700)), true
	}
	switch m.IntN(150) {
	case 0:
		p.context.Away = &recall.Away{From: m.within(200), Reason: "moved to another practice"}
	case 1:
		p.declined = true
	case 2:
		p.optedOut = []string{"phone"}
	}
	for n := 0; len(p.Facts) < facts; n++ { // older, unremarkable facts
		on := m.asOf.AddDays(-400 - m.IntN(2000))
		switch n % 5 {
		case 0:
			m.visit("visit", on, 0, ambulatory)
		case 1:
			m.bloodPressure(on, n%3 == 0)
		case 2:
			m.number(&weight, on, int64(550+m.IntN(500)), -1, "kg")
		case 3:
			m.add(registry.Fact{Kind: registry.Diagnosis, Status: registry.Resolved, Codes: icd["J06.9"], When: registry.Between(on, on.AddDays(9))})
		case 4:
			m.number(&lipids, on, int64(60+m.IntN(140)), 0, "mg/dL")
		}
	}
}

func (m *maker) diseases(age int) {
	onset := func() registry.Date { return m.asOf.AddDays(-30 - m.IntN(4000)) }
	for range 1 + m.IntN(4) + age/18 {
		m.visit("visit", m.within(600), 0, ambulatory)
	}
	if age >= 18 && m.chance(70) {
		m.number(&smoking, m.within(900), 1, 0, "1")
	}
	heavy := 0
	has := func(percent int, code string) bool {
		if !m.chance(percent) {
			return false
		}
		m.diagnosis(code, onset())
		heavy++
		return true
	}
	old := max(0, age-35)
	diabetic := has(min(old/3, 18), []string{"E11.9", "E11.65", "E11.22"}[m.IntN(3)])
	hypertensive := has(min(old, 48), "I10")
	coronary := has(min(old/4, 16), []string{"I25.10", "I25.10", "I25.2", "I21.4"}[m.IntN(4)])
	failing := has(min(old/7, 9), []string{"I50.22", "I50.9"}[m.IntN(2)])
	copd := has(min(old/6, 10), "J44.9")
	asthmatic := has(7, []string{"J45.40", "J45.909"}[m.IntN(2)])
	kidney := has(min(old/5, 12), []string{"N18.30", "N18.30", "N18.4"}[m.IntN(3)])
	depressed := age >= 18 && has(8, []string{"F32.9", "F33.1"}[m.IntN(2)])
	back := age >= 18 && has(6+7*heavy, "M54.50")

	if diabetic {
		for ago := m.IntN(100); ago < 800; ago += 75 + m.IntN(60) {
			if m.done() {
				m.number(&hba1c, m.asOf.AddDays(-ago), int64(56+m.IntN(30)+m.IntN(2)*m.IntN(30)), -1, "%")
			}
		}
		if m.done() {
			m.procedure(&eyeExam, registry.Procedure, m.within(420))
		}
		if m.done() {
			m.procedure(&footExam, registry.Procedure, m.within(420))
		}
		if m.done() {
			m.procedure(&education, registry.Procedure, m.within(400))
		}
		if m.done() {
			m.visit("dm-review", m.within(300), 0, ambulatory)
		}
	}
	if diabetic || coronary || hypertensive {
		if m.done() {
			m.number(&lipids, m.within(500), int64(50+m.IntN(140)), 0, "mg/dL")
		}
	}
	if diabetic || hypertensive || kidney {
		if m.done() {
			g := 45 + m.IntN(70)
			if kidney {
				g = 18 + m.IntN(44)
			}
			m.number(&egfr, m.within(300), int64(g), 0, "mL/min/{1.73_m2}")
		}
		if m.done() {
			m.number(&acr, m.within(300), int64(2+m.IntN(45)+m.IntN(3)*m.IntN(200)), 0, "mg/g")
		}
	}
	if hypertensive || diabetic || coronary || kidney || m.chance(40) {
		for ago := m.IntN(90); ago < 500; ago += 80 + m.IntN(90) {
			if m.done() {
				m.bloodPressure(m.asOf.AddDays(-ago), m.chance(100-m.care+8))
			}
		}
	}
	if asthmatic && m.done() {
		m.visit("asthma-review", m.within(500), 0, ambulatory)
	}
	if copd && m.done() {
		m.visit("copd-review", m.within(500), 0, ambulatory)
		m.number(&spiro, m.within(500), int64(45+m.IntN(25)), -2, "1")
	}
	if failing && m.done() {
		m.visit("hf-review", m.within(260), 0, ambulatory)
	}
	if depressed || diabetic {
		if m.done() {
			m.number(&phq9, m.within(500), int64(m.IntN(22)), 0, "{score}")
		}
	}
	if back && m.chance(50) || failing && m.chance(15) {
		on := m.within(300)
		m.add(registry.Fact{Kind: registry.MedicationOrder, Intent: registry.Order, Status: registry.Active, Codes: visitCodes["nsaid"], When: registry.On(on), Authored: registry.At(on)})
	}
	if heavy > 0 && m.done() {
		m.procedure(&influenza, registry.Immunization, m.asOf.AddDays(-150-m.IntN(120)))
	}
	if m.chance(3 + 4*heavy) {
		m.visit("emergency", m.within(365), 0, emergencies)
	}
	if m.chance(1 + 2*heavy) {
		m.visit("admission", m.within(365), 2+m.IntN(9), inpatient)
	}
	if failing && m.chance(22) {
		m.visit("hf-admission", m.within(120), 3+m.IntN(8), inpatient)
	}
	if heavy > 0 && m.chance(20) { // somebody has called already
		m.p.contacts = append(m.p.contacts, recall.Contact{On: m.within(60), Channel: "letter", Outcome: recall.Outcome(m.IntN(2))})
	}
}
