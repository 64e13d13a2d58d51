package main

import (
	"fmt"
	"math"
	"math/rand/v2"

	"github.com/chroniccare/chroniccare/registry"
)

// maker draws a plausible, deterministic record. Frequencies are invented.
type maker struct {
	*rand.Rand
	period registry.Period
	p      *registry.Patient
	n      int
}

func population(n int, period registry.Period) []registry.Patient {
	rng := rand.New(rand.NewPCG(2026, 1))
	out := make([]registry.Patient, n)
	for i := range out {
		m := maker{Rand: rng, period: period, p: &out[i]}
		m.make(i)
	}
	return out
}

func (m *maker) chance(percent int) bool { return m.IntN(100) < percent }

// day is a day of the period, or of so many years before it.
func (m *maker) day(yearsBefore int) registry.Date {
	return m.period.Start.AddYears(-yearsBefore).AddDays(m.IntN(m.period.Days()))
}

func (m *maker) add(f registry.Fact) {
	m.n++
	f.ID = fmt.Sprintf("%s-%d", m.p.ID, m.n)
	m.p.Facts = append(m.p.Facts, f)
}

func (m *maker) visit(code string, d registry.Date) {
	m.add(registry.Fact{Kind: registry.Encounter, Status: registry.Finished, Codes: []registry.Code{registry.NewCode("HCPCS", code)},
		When: registry.On(d), Visit: &registry.Visit{Class: "AMB"}})
}

func (m *maker) diagnosis(code string, since registry.Date) {
	m.add(registry.Fact{Kind: registry.Diagnosis, Status: registry.Active, Verification: registry.Confirmed,
		Category: registry.ProblemListItem | registry.EncounterDiagnosis, Codes: []registry.Code{registry.NewCode("ICD10CM", code)}, When: registry.Since(since)})
}

func (m *maker) observe(code string, c registry.Category, d registry.Date, v registry.Value) {
	m.add(registry.Fact{Kind: registry.Observation, Status: registry.Final, Category: c, Codes: []registry.Code{registry.NewCode("LOINC", code)},
		When: registry.On(d), Value: v})
}

func (m *maker) pressure(d registry.Date, systolic, diastolic int) {
	part := func(code string, v int) registry.Component {
		return registry.Component{Codes: []registry.Code{registry.NewCode("LOINC", code)}, Value: registry.QuantityOf(registry.Num(int64(v), 0), "mm[Hg]")}
	}
	last := fmt.Sprintf("%s-%d", m.p.ID, m.n) // the visit before it
	m.add(registry.Fact{Kind: registry.Observation, Status: registry.Final, Category: registry.VitalSigns, Codes: []registry.Code{registry.NewCode("LOINC", "85354-9")},
		When: registry.On(d), Components: []registry.Component{part("8480-6", systolic), part("8462-4", diastolic)}, EncounterID: last})
}

func (m *maker) make(i int) {
	p := m.p
	p.ID = fmt.Sprintf("p%05d", i+1)
	age := 18 + int(75*math.Pow(m.Float64(), 1.2))
	p.Birth = m.period.End.AddYears(-age).AddDays(-m.IntN(365))
	if m.chance(52) {
		p.Gender, p.SexCode = registry.Female, registry.Code{System: registry.SNOMEDCT, Value: "248152002"}
	} else {
		p.Gender = registry.Male
	}
	hypertensive := m.chance(min(5+age/2, 60))
	diabetic := m.chance(min(age/6, 18))
	if diabetic {
		m.diagnosis([]string{"E11.9", "E11.65", "E11.22", "E10.9"}[m.IntN(4)], m.period.Start.AddYears(-1-m.IntN(15)))
		if m.chance(15) {
			m.diagnosis("E11.319", m.period.Start.AddYears(-m.IntN(5)))
		}
	}
	if hypertensive {
		m.diagnosis("I10", m.period.Start.AddYears(-1-m.IntN(20)))
	}
	if age > 60 && m.chance(4) {
		m.diagnosis("N18.6", m.period.Start.AddYears(-1))
	}
	if age > 70 && m.chance(20) {
		m.diagnosis("R54", m.day(0))
		if m.chance(50) {
			m.diagnosis("G30.9", m.day(0))
		}
	}
	for range m.IntN(4) + btoi(diabetic) + btoi(hypertensive) {
		d := m.day(0)
		m.visit([]string{"G0463", "G0463", "G0439"}[m.IntN(3)], d)
		if hypertensive || m.chance(50) {
			m.pressure(d, 108+m.IntN(30)+m.IntN(30)*btoi(hypertensive), 62+m.IntN(18)+m.IntN(18)*btoi(hypertensive))
		}
	}
	if diabetic {
		for range m.IntN(4) {
			v := registry.QuantityOf(registry.Num(int64(55+m.IntN(30)+m.IntN(25)), -1), "%")
			m.observe("4548-4", registry.Laboratory, m.day(0), v)
		}
		if m.chance(80) {
			m.observe("98979-8", registry.Laboratory, m.day(0), registry.QuantityOf(registry.Num(int64(30+m.IntN(80)), 0), "mL/min/{1.73_m2}"))
		}
		if m.chance(55) {
			m.observe("9318-7", registry.Laboratory, m.day(0), registry.QuantityOf(registry.Num(int64(2+m.IntN(300)), 0), "mg/g"))
		}
		if m.chance(65) {
			m.observe("32451-7", registry.Exam, m.day(m.IntN(2)), registry.CodesOf(registry.NewCode("LOINC", "LA18643-9")))
		}
	}
	if p.Gender == registry.Female && age >= 40 && m.chance(70) {
		m.observe("24606-6", registry.Imaging, m.day(m.IntN(3)), registry.Value{Kind: registry.TextValue, Text: "BI-RADS 1"})
	}
	if age >= 45 {
		switch x := m.IntN(100); {
		case x < 25:
			m.observe("29771-3", registry.Laboratory, m.day(m.IntN(2)), registry.Value{Kind: registry.TextValue, Text: "negative"})
		case x < 65:
			m.add(registry.Fact{Kind: registry.Procedure, Status: registry.Completed, Codes: []registry.Code{registry.NewCode("HCPCS", "G0121")}, When: registry.On(m.day(m.IntN(13)))})
		}
	}
	if age > 75 && m.chance(4) {
		m.visit("Q5001", m.day(0))
	}
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// wilson is the 95 % score interval of a proportion.
func wilson(r registry.Rate) (lo, hi float64) {
	if !r.Defined() {
		return 0, 1
	}
	const z = 1.959963984540054
	n, p := float64(r.Den), float64(r.Num)/float64(r.Den)
	mid := (p + z*z/(2*n)) / (1 + z*z/n)
	half := z / (1 + z*z/n) * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return max(0, mid-half), min(1, mid+half)
}
