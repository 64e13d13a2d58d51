package hedis2001_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/chroniccare/chroniccare/hedis"
	. "github.com/chroniccare/chroniccare/hedis/hedis2001"
	"github.com/chroniccare/chroniccare/registry"
)

func on(y, m, d int) registry.Date { return registry.Day(y, m, d) }

const full = registry.Medical | registry.Pharmacy | registry.MentalHealth

// person is a member of a commercial plan since 1985 with facts.
func person(birth registry.Date, facts ...registry.Fact) *registry.Patient {
	p := &registry.Patient{ID: "p", Birth: birth, Gender: registry.Female,
		Enrolments: []registry.Enrolment{{Period: registry.Period{Start: on(1985, 1, 1), End: on(2003, 12, 31)}, Product: registry.Commercial, Benefits: full}}}
	return with(p, facts...)
}

func with(p *registry.Patient, facts ...registry.Fact) *registry.Patient {
	q := *p
	q.Facts = slices.Clone(p.Facts)
	for _, f := range facts {
		if f.ID == "" {
			f.ID = fmt.Sprint("f", len(q.Facts))
		}
		if f.Status == 0 && f.Kind != registry.Diagnosis {
			f.Status = registry.Completed
		}
		q.Facts = append(q.Facts, f)
	}
	return &q
}

// gap takes the days out of the enrolment.
func gap(p *registry.Patient, from registry.Date, days int) *registry.Patient {
	q := *p
	e := p.Enrolments[0]
	a, b := e, e
	a.Period.End, b.Period.Start = from-1, from.AddDays(days)
	q.Enrolments = []registry.Enrolment{a, b}
	return &q
}

func line(p *registry.Patient, product string, from registry.Date) *registry.Patient {
	q := *p
	e := p.Enrolments[0]
	e.Product, e.Period.Start = product, from
	q.Enrolments = []registry.Enrolment{e}
	return &q
}

func dx(set string, d registry.Date, class string, rank int) registry.Fact {
	return registry.Fact{Kind: registry.Diagnosis, Codes: codes(set), When: registry.On(d), Setting: class, Rank: rank}
}

func lab(set string, d registry.Date) registry.Fact {
	return registry.Fact{Kind: registry.Observation, Codes: codes(set), When: registry.On(d)}
}

func value(f registry.Fact, coef int64, exp int8, unit string) registry.Fact {
	f.Value = registry.QuantityOf(registry.Num(coef, exp), unit)
	return f
}

func done(set string, d registry.Date) registry.Fact {
	return registry.Fact{Kind: registry.Procedure, Codes: codes(set), When: registry.On(d)}
}

func fill(set string, d registry.Date, days int64) registry.Fact {
	return registry.Fact{Kind: registry.MedicationDispense, Codes: codes(set), When: registry.On(d), Supply: &registry.Supply{Start: d, Days: registry.Num(days, 0)}}
}

func dose(set string, d registry.Date) registry.Fact {
	return registry.Fact{Kind: registry.Immunization, Codes: codes(set), When: registry.On(d)}
}

func visit(class string, d registry.Date, by string, sets ...string) registry.Fact {
	f := registry.Fact{Kind: registry.Encounter, When: registry.On(d), Provider: by, Visit: &registry.Visit{Class: class}}
	for _, s := range sets {
		f.Codes = append(f.Codes, code(s))
	}
	return f
}

// stay is an acute stay with its principal diagnosis, as encounter and fact.
func stay(id, set string, in, out registry.Date, to string) []registry.Fact {
	e := registry.Fact{ID: id, Kind: registry.Encounter, When: registry.Between(in, out), Visit: &registry.Visit{Class: "ACUTE",
		Disposition: []registry.Code{{System: "http://terminology.hl7.org/CodeSystem/discharge-disposition", Value: to}}}}
	d := dx(set, in, "ACUTE", 1)
	d.ID, d.When, d.EncounterID = id+"d", e.When, id
	return []registry.Fact{e, d}
}

// pressure is a reading.
func pressure(d registry.Date, sys, dia int64) registry.Fact {
	f := lab("Blood Pressure", d)
	for i, c := range []string{"8480-6", "8462-4"} {
		f.Components = append(f.Components, registry.Component{Codes: []registry.Code{{System: registry.LOINC, Value: c}}, Value: registry.QuantityOf(registry.Num([]int64{sys, dia}[i], 0), "mm[Hg]")})
	}
	return f
}

type edge struct {
	name          string
	p             *registry.Patient
	ip, excl, num int
}

type edges []edge

func (e *edges) add(name string, p *registry.Patient, ip, excl, num int) {
	*e = append(*e, edge{name, p, ip, excl, num})
}

// common gives the edges of age and enrolment of an indicator anchored on 31
// December: base must be in the population and miss the numerator by num = 0, or
// meet it by num = 1, whatever the birth date.
func (e *edges) common(base *registry.Patient, lo, hi, years, num int) {
	at := func(birth registry.Date) *registry.Patient { q := *base; q.Birth = birth; return &q }
	e.add("lower age reached on 31 December", at(on(2001-lo, 12, 31)), 1, 0, num)
	e.add("a day too young", at(on(2002-lo, 1, 1)), 0, 0, 0)
	if hi > 0 {
		e.add("upper age until 31 December", at(on(2001-hi, 1, 1)), 1, 0, num)
		e.add("a day too old", at(on(2000-hi, 12, 31)), 0, 0, 0)
	}
	e.enrolment(base, years, num)
}

func (e *edges) enrolment(base *registry.Patient, years, num int) {
	e.add("gap of 45 days", gap(base, on(2001, 3, 1), 45), 1, 0, num)
	e.add("gap of 46 days", gap(base, on(2001, 3, 1), 46), 0, 0, 0)
	e.add("gap on the last day", gap(base, on(2001, 12, 31), 1), 0, 0, 0)
	e.add("gap on the day before", gap(base, on(2001, 12, 30), 1), 1, 0, num)
	first := on(2002-years, 1, 1)
	e.add("gap of 45 days from the first day", gap(base, first, 45), 1, 0, num)
	e.add("gap of 46 days from the first day", gap(base, first, 46), 0, 0, 0)
	e.add("gap of 46 days that ends a day too early to matter twice", gap(base, first-1, 46), 1, 0, num)
}

// window gives the edges of a fact that meets the numerator from a day to
// another.
func (e *edges) window(base *registry.Patient, from, to registry.Date, f func(registry.Date) registry.Fact) {
	e.add("numerator on the first day", with(base, f(from)), 1, 0, 1)
	e.add("numerator the day before the first", with(base, f(from-1)), 1, 0, 0)
	e.add("numerator on the last day", with(base, f(to)), 1, 0, 1)
	e.add("numerator the day after the last", with(base, f(to+1)), 1, 0, 0)
}

func boundaries() map[string]edges {
	out := map[string]edges{}
	y0, y1 := on(2001, 1, 1), on(2001, 12, 31)
	put := func(id string, build func(e *edges)) {
		var e edges
		build(&e)
		out[id] = e
	}
	amb := func(d registry.Date) registry.Fact { return visit("AMB", d, ProviderPrimaryCare) }
	for _, a := range []struct {
		id     string
		lo, hi int
	}{{"aap-20-44", 20, 44}, {"aap-45-64", 45, 64}, {"aap-65-plus", 65, 0}} {
		put(a.id, func(e *edges) {
			base := person(on(2001-a.lo-3, 6, 1))
			e.common(base, a.lo, a.hi, 3, 0)
			e.window(base, on(1999, 1, 1), y1, amb)
			e.window(line(base, registry.Medicaid, on(1995, 1, 1)), y0, y1, amb)
			e.add("emergency visit", with(base, visit("EMER", y0, "")), 1, 0, 0)
			e.add("enrolled as Medicaid for the year alone", line(base, registry.Medicaid, y0), 1, 0, 0)
			e.add("enrolled as commercial for the year alone", line(base, registry.Commercial, y0), 0, 0, 0)
		})
	}
	put("cap-12-24m", func(e *edges) {
		at := func(b registry.Date) *registry.Patient { return person(b) }
		e.add("12 months on 31 December", at(on(2000, 12, 31)), 1, 0, 0)
		e.add("a day under 12 months", at(on(2001, 1, 1)), 0, 0, 0)
		e.add("24 months", at(on(1999, 12, 31)), 1, 0, 0)
		e.add("25 months on 31 December", at(on(1999, 11, 30)), 0, 0, 0)
		e.add("a day under 25 months", at(on(1999, 12, 1)), 1, 0, 0)
		e.window(at(on(2000, 6, 1)), y0, y1, amb)
		e.enrolment(at(on(2000, 6, 1)), 1, 0)
	})
	put("cap-25m-6y", func(e *edges) {
		at := func(b registry.Date) *registry.Patient { return person(b) }
		e.add("25 months on 31 December", at(on(1999, 11, 30)), 1, 0, 0)
		e.add("a day under 25 months", at(on(1999, 12, 1)), 0, 0, 0)
		e.add("7 on 1 January", at(on(1995, 1, 1)), 1, 0, 0)
		e.add("7 on 31 December", at(on(1994, 12, 31)), 0, 0, 0)
		e.window(at(on(1997, 6, 1)), y0, y1, amb)
		e.enrolment(at(on(1997, 6, 1)), 1, 0)
	})
	put("cap-7-11y", func(e *edges) {
		base := person(on(1992, 6, 1))
		e.common(base, 7, 11, 2, 0)
		e.window(base, on(2000, 1, 1), y1, amb)
		e.add("specialist", with(base, visit("AMB", y0, "specialist")), 1, 0, 0)
		e.add("Medicare", line(base, registry.Medicare, on(1995, 1, 1)), 0, 0, 0)
	})
	for _, f := range []struct {
		id   string
		days int
	}{{"fuh-30", 30}, {"fuh-7", 7}} {
		put(f.id, func(e *edges) {
			d := on(2001, 5, 10)
			base := person(on(1970, 1, 1), stay("s", "Mental Illness", on(2001, 5, 1), d, "home")...)
			see := func(at registry.Date) registry.Fact { return visit("AMB", at, ProviderMentalHealth) }
			e.window(base, d, d.AddDays(f.days), see)
			e.add("day programme", with(base, visit("SS", d+1, ProviderMentalHealth)), 1, 0, 1)
			e.add("emergency visit", with(base, visit("EMER", d+1, ProviderMentalHealth)), 1, 0, 0)
			e.add("other provider", with(base, visit("AMB", d+1, ProviderPrimaryCare)), 1, 0, 0)
			young := *base
			young.Birth = on(1995, 5, 10)
			e.add("six on the day of discharge", &young, 1, 0, 0)
			young2 := *base
			young2.Birth = on(1995, 5, 11)
			e.add("six the day after", &young2, 0, 0, 0)
			for at, in := range map[registry.Date]int{y0: 1, y0 - 1: 0, on(2001, 12, 1): 1, on(2001, 12, 2): 0} {
				e.add("discharged on "+at.String(), person(on(1970, 1, 1), stay("s", "Mental Illness", at-5, at, "home")...), in, 0, 0)
			}
			e.add("enrolled to day 30", gap(base, d.AddDays(31), 5), 1, 0, 0)
			e.add("not enrolled on day 30", gap(base, d.AddDays(30), 5), 0, 0, 0)
			e.add("other stay on day 30", with(base, stay("t", "Other", d.AddDays(30), d.AddDays(33), "home")...), 0, 0, 0)
			e.add("other stay on day 31", with(base, stay("t", "Other", d.AddDays(31), d.AddDays(33), "home")...), 1, 0, 0)
			e.add("died", person(on(1970, 1, 1), stay("s", "Mental Illness", d-5, d, "exp")...), 0, 0, 0)
		})
	}
	teen := func(birth registry.Date) *registry.Patient {
		b := birth
		return person(birth, dose("MMR", b.AddDays(400)), dose("MMR", b.AddDays(2000)), dose("HepB", b.AddDays(10)), dose("HepB", b.AddDays(100)))
	}
	for _, id := range []string{"ais-combo1", "ais-combo2"} {
		put(id, func(e *edges) {
			b := on(1988, 7, 1)
			base := teen(b)
			vzv := dose("VZV", b.AddDays(500))
			full := with(base, vzv)
			last := func(d registry.Date) registry.Fact { return dose("HepB", d) }
			e.add("third dose on the birthday", with(full, last(on(2001, 7, 1))), 1, 0, 1)
			e.add("third dose the day after", with(full, last(on(2001, 7, 2))), 1, 0, 0)
			e.add("third dose on the day of another", with(full, last(b.AddDays(100))), 1, 0, 0)
			n := 0
			if id == "ais-combo1" {
				n = 1
			}
			e.add("without varicella", with(base, last(on(2000, 1, 1))), 1, 0, n)
			e.add("history of chickenpox by the birthday", with(base, last(on(2000, 1, 1)), dx("VZV History", on(2001, 7, 1), "", 0)), 1, 0, 1)
			e.add("history the day after", with(base, last(on(2000, 1, 1)), dx("VZV History", on(2001, 7, 2), "", 0)), 1, 0, n)
			for at, in := range map[registry.Date]int{on(1988, 1, 1): 1, on(1987, 12, 31): 0, on(1988, 12, 31): 1, on(1989, 1, 1): 0} {
				e.add("born on "+at.String(), teen(at), in, 0, 0)
			}
			e.add("gap of 45 days", gap(base, on(2001, 1, 1), 45), 1, 0, 0)
			e.add("gap of 46 days", gap(base, on(2001, 1, 1), 46), 0, 0, 0)
			e.add("not enrolled on the birthday", gap(base, on(2001, 7, 1), 1), 0, 0, 0)
			e.add("contraindication on the birthday, doses missing", with(person(b), dx("MMR Contraindication", on(2001, 7, 1), "", 0)), 1, 1, 0)
			e.add("contraindication the day after", with(person(b), dx("MMR Contraindication", on(2001, 7, 2), "", 0)), 1, 0, 0)
		})
	}
	child := func(b registry.Date, without string) *registry.Patient {
		p := person(b)
		for _, v := range []struct {
			set string
			n   int
		}{{"DTaP", 4}, {"Polio", 3}, {"MMR", 1}, {"HiB", 3}, {"HepB", 3}} {
			n := v.n
			if v.set == without {
				n--
			}
			for k := range n {
				p = with(p, dose(v.set, b.AddDays(60+100*k)))
			}
		}
		return p
	}
	for _, id := range []string{"cis-combo1", "cis-combo2"} {
		put(id, func(e *edges) {
			b := on(1999, 7, 1)
			vzv := dose("VZV", b.AddDays(500))
			for _, set := range []string{"DTaP", "Polio", "MMR", "HiB", "HepB"} {
				base := with(child(b, set), vzv)
				e.add("last "+set+" on the birthday", with(base, dose(set, on(2001, 7, 1))), 1, 0, 1)
				e.add("last "+set+" the day after", with(base, dose(set, on(2001, 7, 2))), 1, 0, 0)
			}
			base := with(child(b, "MMR"), vzv)
			e.add("measles, mumps and rubella apart", with(base, dose("Measles", b+400), dose("Mumps", b+410), dose("Rubella", b+420)), 1, 0, 1)
			e.add("mumps missing", with(base, dose("Measles", b+400), dose("Rubella", b+420)), 1, 0, 0)
			apart := with(child(b, "DTaP"), vzv) // three of four
			e.add("the fourth as diphtheria-tetanus and pertussis apart", with(apart, dose("DT", b+500), dose("Pertussis", b+510)), 1, 0, 1)
			e.add("the fourth without pertussis", with(apart, dose("DT", b+500)), 1, 0, 0)
			e.add("the fourth without diphtheria and tetanus", with(apart, dose("Pertussis", b+510)), 1, 0, 0)
			e.add("contraindication to varicella, not given: out of both rates", with(child(b, ""), dx("VZV Contraindication", b+400, "", 0)), 1, 1, 0)
			e.add("contraindication to varicella, given", with(child(b, ""), vzv, dx("VZV Contraindication", b+400, "", 0)), 1, 0, 1)
			n := 0
			if id == "cis-combo1" {
				n = 1
			}
			e.add("no varicella", child(b, ""), 1, 0, n)
			e.add("varicella on the birthday", with(child(b, ""), dose("VZV", on(2001, 7, 1))), 1, 0, 1)
			e.add("varicella the day after", with(child(b, ""), dose("VZV", on(2001, 7, 2))), 1, 0, n)
			for at, in := range map[registry.Date]int{on(1999, 1, 1): 1, on(1998, 12, 31): 0, on(1999, 12, 31): 1, on(2000, 1, 1): 0} {
				e.add("born on "+at.String(), child(at, "DTaP"), in, 0, 0)
			}
			e.add("not enrolled on the birthday", gap(base, on(2001, 7, 1), 1), 0, 0, 0)
		})
	}
	for id, need := range map[string][2]int{"amm-continuation": {180, 51}, "amm-acute": {84, 30}} {
		put(id, func(e *edges) {
			d := on(2001, 1, 10)
			base := person(on(1960, 1, 1), dx("Major Depression", d, "AMB", 1))
			days := int64(need[0])
			e.add("days reached in one fill", with(base, fill("Antidepressants", d, days)), 1, 0, 1)
			e.add("a day short", with(base, fill("Antidepressants", d, days-1)), 1, 0, 0)
			e.add("longest gap", with(base, fill("Antidepressants", d, 30), fill("Antidepressants", d.AddDays(30+need[1]), days-30)), 1, 0, 1)
			e.add("a day more", with(base, fill("Antidepressants", d, 30), fill("Antidepressants", d.AddDays(31+need[1]), days-30)), 1, 0, 0)
			e.add("stock fills the gap", with(base, fill("Antidepressants", d, 30), fill("Antidepressants", d+10, 20), fill("Antidepressants", d.AddDays(50+need[1]), days-50)), 1, 0, 1)
			e.add("30 days before", with(base, fill("Antidepressants", d-30, days)), 1, 0, 1)
			e.add("31 days before", with(base, fill("Antidepressants", d-31, days)), 0, 0, 0)
			treated := with(base, fill("Antidepressants", d, days))
			e.add("drug 91 days before", with(treated, fill("Antidepressants", d-91, 5)), 1, 0, 1)
			e.add("drug 90 days before", with(treated, fill("Antidepressants", d-90, 5)), 0, 0, 0)
			e.add("inpatient, secondary", with(person(on(1960, 1, 1), fill("Antidepressants", d, days)), dx("Major Depression", d, "ACUTE", 2)), 1, 0, 1)
			e.add("two secondary visits", with(person(on(1960, 1, 1), fill("Antidepressants", d, days)), dx("Major Depression", d, "AMB", 2), dx("Major Depression", d+9, "AMB", 2)), 1, 0, 1)
			e.add("on one day", with(person(on(1960, 1, 1), fill("Antidepressants", d, days)), dx("Major Depression", d, "AMB", 2), dx("Major Depression", d, "AMB", 3)), 0, 0, 0)
			e.add("discharged on day 245", with(treated, stay("s", "Mental Health Stay", d.AddDays(240), d.AddDays(245), "home")...), 1, 1, 0)
			e.add("discharged on day 246", with(treated, stay("s", "Mental Health Stay", d.AddDays(240), d.AddDays(246), "home")...), 1, 0, 1)
			e.add("gap of 45 days", gap(treated, on(2001, 3, 1), 45), 1, 0, 1)
			e.add("gap of 46 days", gap(treated, on(2001, 3, 1), 46), 0, 0, 0)
			e.add("enrolment ends 45 days early", gap(treated, d.AddDays(201), 400), 1, 0, 1)
			e.add("enrolment ends 46 days early", gap(treated, d.AddDays(200), 400), 0, 0, 0)
			first := person(on(1960, 1, 1), dx("Major Depression", on(2000, 5, 1), "AMB", 1), fill("Antidepressants", on(2000, 5, 1), days))
			e.add("first day of intake", first, 1, 0, 1)
			e.add("the day before intake", person(on(1960, 1, 1), dx("Major Depression", on(2000, 4, 30), "AMB", 1), fill("Antidepressants", on(2000, 5, 1), days)), 0, 0, 0)
		})
	}
	put("amm-contacts", func(e *edges) {
		d := on(2001, 1, 10)
		base := person(on(1960, 1, 1), dx("Major Depression", d, "AMB", 1), fill("Antidepressants", d, 30))
		see := func(days int) registry.Fact { return visit("AMB", d.AddDays(days), ProviderMentalHealth) }
		e.add("three visits, the last on day 84", with(base, see(10), see(20), see(84)), 1, 0, 1)
		e.add("the last on day 85", with(base, see(10), see(20), see(85)), 1, 0, 0)
		e.add("two visits", with(base, see(10), see(20)), 1, 0, 0)
		e.add("the first on day 1", with(base, see(1), see(20), see(30)), 1, 0, 1)
		e.add("the first on day 0", with(base, see(0), see(20), see(30)), 1, 0, 0)
		call := visit("VR", d+30, ProviderMentalHealth)
		e.add("two visits and a call", with(base, see(10), see(20), call), 1, 0, 1)
		e.add("one visit and two calls", with(base, see(10), call, call), 1, 0, 0)
		e.add("no prescriber", with(base, visit("AMB", d+1, "other"), visit("AMB", d+2, "other"), visit("AMB", d+3, "other")), 1, 0, 0)
	})
	put("bbh", func(e *edges) {
		in, d := on(2001, 5, 1), on(2001, 5, 10)
		base := person(on(1950, 1, 1), stay("s", "Acute Myocardial Infarction", in, d, "home")...)
		e.window(base, in, d+7, func(at registry.Date) registry.Fact { return fill("Beta Blockers", at, 1) })
		e.add("supply to the day of admission", with(base, fill("Beta Blockers", in-29, 30)), 1, 0, 1)
		e.add("supply to the day before", with(base, fill("Beta Blockers", in-30, 30)), 1, 0, 0)
		for at, want := range map[registry.Date]int{y0: 1, y0 - 1: 0, on(2001, 12, 24): 1, on(2001, 12, 25): 0} {
			e.add("discharged on "+at.String(), person(on(1950, 1, 1), stay("s", "Acute Myocardial Infarction", at-5, at, "home")...), want, 0, 0)
		}
		e.add("35 on 31 December", func() *registry.Patient { q := *base; q.Birth = on(1966, 12, 31); return &q }(), 1, 0, 0)
		e.add("34 on 31 December", func() *registry.Patient { q := *base; q.Birth = on(1967, 1, 1); return &q }(), 0, 0, 0)
		e.add("readmitted on day 7", with(base, stay("t", "Other", d+7, d+9, "home")...), 0, 0, 0)
		e.add("readmitted on day 8", with(base, stay("t", "Other", d+8, d+9, "home")...), 1, 0, 0)
		e.add("asthma on one day", with(base, dx("Asthma", in-9, "AMB", 1)), 1, 0, 0)
		e.add("asthma on two days", with(base, dx("Asthma", in-9, "AMB", 1), dx("Asthma", d, "AMB", 1)), 1, 1, 0)
		e.add("COPD on one day", with(base, dx("COPD", in-9, "AMB", 1)), 1, 0, 0)
		e.add("COPD on two days", with(base, dx("COPD", in-9, "AMB", 1), dx("COPD", d, "AMB", 1)), 1, 1, 0)
		e.add("hypotension on the day of discharge", with(base, dx("Hypotension", d, "AMB", 1)), 1, 1, 0)
		e.add("hypotension the day after", with(base, dx("Hypotension", d+1, "AMB", 1)), 1, 0, 0)
		e.add("not enrolled on day 7", gap(base, d+7, 1), 0, 0, 0)
		e.add("not enrolled on day 8", gap(base, d+8, 1), 1, 0, 0)
		far := with(person(on(1950, 1, 1), stay("s", "Acute Myocardial Infarction", in, d, "other-hcf")...), stay("t", "Acute Myocardial Infarction", d, d+5, "home")...)
		e.add("transferred: seven days from the last discharge", with(far, fill("Beta Blockers", d+12, 30)), 1, 0, 1)
		e.add("transferred: eight days", with(far, fill("Beta Blockers", d+13, 30)), 1, 0, 0)
	})
	for _, id := range []string{"cmc-ldl-screening", "cmc-ldl-control"} {
		put(id, func(e *edges) {
			d := on(2000, 3, 1)
			base := person(on(1950, 1, 1), stay("s", "Acute Myocardial Infarction", d-5, d, "home")...)
			e.window(base, d.AddDays(60), d.AddDays(365), func(at registry.Date) registry.Fact { return value(lab("LDL-C Test", at), 129, 0, "mg/dL") })
			for at, want := range map[registry.Date]int{on(2000, 1, 1): 1, on(1999, 12, 31): 0, on(2000, 11, 1): 1, on(2000, 11, 2): 0} {
				e.add("event on "+at.String(), person(on(1950, 1, 1), done("PTCA", at)), want, 0, 0)
			}
			for birth, want := range map[registry.Date]int{on(1983, 12, 31): 1, on(1984, 1, 1): 0, on(1926, 1, 1): 1, on(1925, 12, 31): 0} {
				q := *base
				q.Birth = birth
				e.add("born on "+birth.String(), &q, want, 0, 0)
			}
			n := 0
			if id == "cmc-ldl-screening" {
				n = 1
			}
			e.add("130", with(base, value(lab("LDL-C Test", d+100), 130, 0, "mg/dL")), 1, 0, n)
			e.add("3.35 mmol/L", with(base, value(lab("LDL-C Test", d+100), 335, -2, "mmol/L")), 1, 0, 1)
			e.add("3.36 mmol/L", with(base, value(lab("LDL-C Test", d+100), 336, -2, "mmol/L")), 1, 0, n)
			e.add("without a unit", with(base, value(lab("LDL-C Test", d+100), 100, 0, "")), 1, 0, n)
			e.add("a higher value later", with(base, value(lab("LDL-C Test", d+100), 100, 0, "mg/dL"), value(lab("LDL-C Test", d+101), 140, 0, "mg/dL")), 1, 0, n)
			e.add("not enrolled on the event", gap(base, d, 1), 0, 0, 0)
			e.add("gap of 46 days", gap(base, d+50, 46), 0, 0, 0)
			e.add("gap of 45 days", gap(base, d+50, 45), 1, 0, 0)
		})
	}
	diabetic := person(on(1950, 1, 1), dx("Diabetes", on(2000, 1, 1), "AMB", 1), dx("Diabetes", y1, "AMB", 2))
	for id, w := range map[string]struct {
		from registry.Date
		f    func(registry.Date) registry.Fact
	}{
		"cdc-hba1c-tested":  {y0, func(d registry.Date) registry.Fact { return lab("HbA1c Test", d) }},
		"cdc-ldl-screening": {on(2000, 1, 1), func(d registry.Date) registry.Fact { return lab("LDL-C Test", d) }},
		"cdc-ldl-control": {on(2000, 1, 1), func(d registry.Date) registry.Fact {
			return value(lab("LDL-C Test", d), 129, 0, "mg/dL")
		}},
		"cdc-nephropathy": {y0, func(d registry.Date) registry.Fact { return lab("Urine Microalbumin Test", d) }},
		"cdc-eye": {y0, func(d registry.Date) registry.Fact {
			f := done("Retinal Exam", d)
			f.Provider = ProviderEyeCare
			return f
		}},
	} {
		put(id, func(e *edges) {
			insulin := with(diabetic, fill("Insulin", y0, 30)) // not at low risk: insulin, and no HbA1c below 8
			e.common(insulin, 18, 75, 1, 0)
			e.window(insulin, w.from, y1, w.f)
			e.add("insulin alone on the first day", person(on(1950, 1, 1), fill("Insulin", on(2000, 1, 1), 30)), 1, 0, 0)
			e.add("insulin alone the day before", person(on(1950, 1, 1), fill("Insulin", on(1999, 12, 31), 30)), 0, 0, 0)
			e.add("one emergency visit", person(on(1950, 1, 1), dx("Diabetes", y1, "EMER", 3)), 1, 0, 0)
			e.add("two visits on one day", person(on(1950, 1, 1), dx("Diabetes", y0, "AMB", 1), dx("Diabetes", y0, "AMB", 2)), 0, 0, 0)
			e.add("by drugs, with polycystic ovaries", with(person(on(1950, 1, 1), fill("Insulin", y0, 30)), dx("Polycystic Ovaries", on(1980, 1, 1), "", 0)), 1, 1, 0)
			e.add("by drugs, with steroid-induced diabetes", with(person(on(1950, 1, 1), fill("Insulin", y0, 30)), dx("Steroid-Induced Diabetes", on(2000, 1, 1), "AMB", 2)), 1, 1, 0)
			e.add("steroid-induced before the two years", with(person(on(1950, 1, 1), fill("Insulin", y0, 30)), dx("Steroid-Induced Diabetes", on(1999, 12, 31), "AMB", 2)), 1, 0, 0)
			if id == "cdc-nephropathy" {
				e.add("protein of 30 mg/dL", with(insulin, value(lab("Urine Protein Test", y0), 30, 0, "mg/dL")), 1, 0, 1)
				e.add("protein of 29 mg/dL", with(insulin, value(lab("Urine Protein Test", y0), 29, 0, "mg/dL")), 1, 0, 0)
			}
			e.add("by claims, with polycystic ovaries", with(insulin, dx("Polycystic Ovaries", on(1980, 1, 1), "", 0)), 1, 0, 0)
		})
	}
	put("cdc-hba1c-poor", func(e *edges) {
		e.common(diabetic, 18, 75, 1, 1)
		a1c := func(d registry.Date, v int64) registry.Fact { return value(lab("HbA1c Test", d), v, -1, "%") }
		for v, n := range map[int64]int{95: 0, 96: 1, 94: 0} {
			e.add(fmt.Sprint(v, " tenths"), with(diabetic, a1c(y0, v)), 1, 0, n)
		}
		e.add("on the last day", with(diabetic, a1c(y1, 70)), 1, 0, 0)
		e.add("the day after", with(diabetic, a1c(y1+1, 70)), 1, 0, 1)
		e.add("the day before the first", with(diabetic, a1c(y0-1, 70)), 1, 0, 1)
		e.add("80 mmol/mol", with(diabetic, value(lab("HbA1c Test", y0), 80, 0, "mmol/mol")), 1, 0, 0)
		e.add("81 mmol/mol", with(diabetic, value(lab("HbA1c Test", y0), 81, 0, "mmol/mol")), 1, 0, 1)
		e.add("without a unit", with(diabetic, value(lab("HbA1c Test", y0), 7, 0, "")), 1, 0, 1)
		e.add("mmol/l, as the study prints", with(diabetic, value(lab("HbA1c Test", y0), 75, -1, "mmol/L")), 1, 0, 1)
		e.add("the most recent is high", with(diabetic, a1c(y0, 70), a1c(y0+1, 99)), 1, 0, 1)
		e.add("the lowest of a day", with(diabetic, a1c(y0, 99), a1c(y0, 70)), 1, 0, 0)
	})
	put("cbp", func(e *edges) {
		base := person(on(1940, 1, 1), dx("Essential Hypertension", on(2001, 2, 1), "AMB", 2))
		e.common(base, 46, 85, 1, 0)
		e.window(base, on(2001, 2, 1), y1, func(d registry.Date) registry.Fact { return pressure(d, 140, 90) })
		for at, n := range map[registry.Date]int{y0: 1, y0 - 1: 0, on(2001, 6, 30): 1, on(2001, 7, 1): 0} {
			e.add("diagnosed on "+at.String(), person(on(1940, 1, 1), dx("Essential Hypertension", at, "AMB", 2)), n, 0, 0)
		}
		e.add("141/90", with(base, pressure(y1, 141, 90)), 1, 0, 0)
		e.add("140/91", with(base, pressure(y1, 140, 91)), 1, 0, 0)
		e.add("minima of a day from two readings", with(base, pressure(y1, 150, 88), pressure(y1, 138, 95)), 1, 0, 1)
		e.add("renal disease on the last day", with(base, dx("End Stage Renal Disease", y1, "AMB", 3)), 1, 1, 0)
		e.add("renal disease the day after", with(base, dx("End Stage Renal Disease", y1+1, "AMB", 3)), 1, 0, 0)
		e.add("pregnant in the year", with(base, dx("Pregnancy", y0, "AMB", 3)), 1, 1, 0)
		e.add("pregnant the year before", with(base, dx("Pregnancy", y0-1, "AMB", 3)), 1, 0, 0)
	})
	for _, a := range []struct {
		id     string
		lo, hi int
	}{{"asm-5-9", 5, 9}, {"asm-10-17", 10, 17}, {"asm-18-56", 18, 56}, {"asm-combined", 5, 56}} {
		put(a.id, func(e *edges) {
			b := on(2001-a.lo-2, 6, 1)
			base := person(b, dx("Asthma", on(2000, 6, 1), "EMER", 1))
			e.common(base, a.lo, a.hi, 2, 0)
			e.window(base, y0, y1, func(d registry.Date) registry.Fact { return fill("Asthma Controller", d, 30) })
			for at, n := range map[registry.Date]int{on(2000, 1, 1): 1, on(1999, 12, 31): 0, on(2000, 12, 31): 1, y0: 0} {
				e.add("emergency visit on "+at.String(), person(b, dx("Asthma", at, "EMER", 1)), n, 0, 0)
			}
			e.add("four events of relievers", person(b, fill("Asthma Reliever", on(2000, 3, 1), 120)), 1, 0, 0)
			e.add("119 days are three events", person(b, fill("Asthma Reliever", on(2000, 3, 1), 119)), 0, 0, 0)
			e.add("negative days are no fill", with(base, fill("Asthma Controller", y0, -5)), 1, 0, 0)
			e.add("COPD on the last day", with(base, dx("COPD", y1, "AMB", 2)), 1, 1, 0)
			e.add("COPD the day after", with(base, dx("COPD", y1+1, "AMB", 2)), 1, 0, 0)
		})
	}
	put("bcs", func(e *edges) {
		base := person(on(1940, 1, 1))
		e.common(base, 52, 69, 2, 0)
		e.window(base, on(2000, 1, 1), y1, func(d registry.Date) registry.Fact { return done("Mammogram", d) })
		e.add("bilateral mastectomy on the last day", with(base, done("Bilateral Mastectomy", y1)), 1, 1, 0)
		e.add("the day after", with(base, done("Bilateral Mastectomy", y1+1)), 1, 0, 0)
		e.add("two unilateral on one day", with(base, done("Unilateral Mastectomy", y0), done("Unilateral Mastectomy", y0)), 1, 0, 0)
		e.add("two unilateral on two days", with(base, done("Unilateral Mastectomy", y0), done("Unilateral Mastectomy", y0+1)), 1, 1, 0)
		man := *base
		man.Gender = registry.Male
		e.add("a man", &man, 0, 0, 0)
	})
	put("ccs", func(e *edges) {
		base := person(on(1960, 1, 1))
		e.common(base, 21, 64, 3, 0)
		e.window(base, on(1999, 1, 1), y1, func(d registry.Date) registry.Fact { return lab("Cervical Cytology", d) })
		e.add("hysterectomy on the last day", with(base, done("Hysterectomy No Residual Cervix", y1)), 1, 1, 0)
		e.add("the day after", with(base, done("Hysterectomy No Residual Cervix", y1+1)), 1, 0, 0)
		e.add("Medicaid for the year alone", line(base, registry.Medicaid, y0), 1, 0, 0)
		e.add("commercial for the year alone", line(base, registry.Commercial, y0), 0, 0, 0)
	})
	for _, a := range []struct {
		id     string
		lo, hi int
	}{{"chl-combined", 16, 26}, {"chl-16-20", 16, 20}, {"chl-21-26", 21, 26}} {
		put(a.id, func(e *edges) {
			b := on(2001-a.lo-1, 6, 1)
			base := person(b, fill("Contraceptives", y0, 30))
			e.common(base, a.lo, a.hi, 1, 0)
			e.window(base, y0, y1, func(d registry.Date) registry.Fact { return lab("Chlamydia Test", d) })
			for at, n := range map[registry.Date]int{y0 - 1: 0, y1: 1, y1 + 1: 0} {
				e.add("activity on "+at.String(), person(b, dx("Sexual Activity", at, "AMB", 1)), n, 0, 0)
			}
			e.add("Medicare", line(base, registry.Medicare, on(1995, 1, 1)), 0, 0, 0)
		})
	}
	d := on(2001, 6, 1)
	mother := person(on(1975, 1, 1), done("Live Birth Delivery", d))
	put("ppc-prenatal", func(e *edges) {
		care := func(at registry.Date) registry.Fact { return visit("AMB", at, "midwife", "Prenatal Visit") }
		e.window(mother, d-280, d-176, care)
		late := line(mother, registry.Commercial, d-100)
		e.window(late, d-100, d-58, care)
		e.add("enrolled 43 days", line(mother, registry.Commercial, d-43), 1, 0, 0)
		e.add("enrolled 42 days", line(mother, registry.Commercial, d-42), 0, 0, 0)
		e.add("laboratory alone", with(mother, visit("AMB", d-200, ProviderLaboratory, "Prenatal Visit")), 1, 0, 0)
		due := registry.Fact{Kind: registry.Observation, Codes: []registry.Code{{System: registry.LOINC, Value: "11778-8"}}, When: registry.On(d - 100), Value: registry.Value{Kind: registry.TimeValue, Moment: registry.At(d + 10)}}
		e.add("counted from the expected date", with(mother, due, care(d-166)), 1, 0, 1)
		e.add("a day after that trimester", with(mother, due, care(d-165)), 1, 0, 0)
	})
	put("ppc-postpartum", func(e *edges) {
		e.window(mother, d+21, d+56, func(at registry.Date) registry.Fact { return visit("AMB", at, "midwife", "Postpartum Visit") })
		for at, n := range map[registry.Date]int{on(2000, 11, 6): 1, on(2000, 11, 5): 0, on(2001, 11, 5): 1, on(2001, 11, 6): 0} {
			e.add("delivered on "+at.String(), person(on(1975, 1, 1), done("Live Birth Delivery", at)), n, 0, 0)
		}
		e.add("179 days apart", with(mother, done("Live Birth Delivery", d-179)), 1, 0, 0)
		e.add("180 days apart", with(mother, done("Live Birth Delivery", d-180)), 2, 0, 0)
		e.add("twins on one day", with(mother, done("Live Birth Delivery", d)), 1, 0, 0)
		e.add("not enrolled on day 56", gap(mother, d+56, 1), 0, 0, 0)
		e.add("not enrolled on day 57", gap(mother, d+57, 1), 1, 0, 0)
	})
	return out
}

// Both sides of every edge, at least six an indicator.
func TestEdges(t *testing.T) {
	e := edition(t, 2001, Params{})
	all := boundaries()
	chart := e.Chart()
	var out hedis.Outcome
	n := 0
	for _, x := range e.Indicators() {
		es := all[x.ID]
		if len(es) < 6 {
			t.Errorf("%s has %d edges", x.ID, len(es))
		}
		for _, c := range es {
			n++
			chart.Load(c.p)
			got := counts(e, chart, &out, x.ID)
			if got.Of(hedis.InitialPopulation) != c.ip || got.Of(hedis.DenominatorExclusion) != c.excl || got.Of(hedis.Numerator) != c.num {
				t.Errorf("%s, %s: population %d, excluded %d, numerator %d; want %d, %d, %d", x.ID, c.name, got.Of(hedis.InitialPopulation), got.Of(hedis.DenominatorExclusion), got.Of(hedis.Numerator), c.ip, c.excl, c.num)
			}
		}
	}
	t.Logf("%d edges of %d indicators", n, len(all))
}

// In from the birthday that fits until the day before the one that does not:
// every day of birth of common and leap years.
func TestEveryBirthday(t *testing.T) {
	seen := 0
	for my := 1999; my <= 2004; my++ {
		e := edition(t, my, Params{AssumeEnrolled: true})
		c := e.Chart()
		var out hedis.Outcome
		for _, a := range []struct {
			id     string
			lo, hi int
		}{{"aap-20-44", 20, 44}, {"aap-45-64", 45, 64}, {"aap-65-plus", 65, 0}, {"cap-7-11y", 7, 11}, {"bcs", 52, 69}, {"ccs", 21, 64}} {
			check := func(year, want int) {
				for d := on(year, 1, 1); d <= on(year, 12, 31); d++ {
					c.Load(&registry.Patient{Birth: d, Gender: registry.Female})
					if got := counts(e, c, &out, a.id).Of(hedis.InitialPopulation); got != want {
						t.Fatalf("%s in %d, born %v: %d, want %d", a.id, my, d, got, want)
					}
					if _, m, day := d.YMD(); m == 2 && day == 29 {
						seen++
					}
				}
			}
			check(my-a.lo, 1)
			check(my-a.lo+1, 0)
			if a.hi > 0 {
				check(my-a.hi, 1)
				check(my-a.hi-1, 0)
			}
		}
	}
	if seen == 0 {
		t.Error("no leap day among the birthdays")
	}
}
