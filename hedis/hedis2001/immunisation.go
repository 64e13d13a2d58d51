package hedis2001

import (
	"github.com/chroniccare/chroniccare/hedis"
	. "github.com/chroniccare/chroniccare/registry"
)

// vaccine finds doses of the sets given by the end of the year.
func vaccine(sets ...Set) Query {
	w := FromTo(BirthDate(), PeriodEnd().AddDays(1))
	return Union(Query{Kind: Immunization, Sets: sets, Tests: []Test{When(Latest, w), done()}}, Query{Kind: Procedure, Sets: sets, Tests: []Test{When(Latest, w), done()}})
}

// Places of the reads of the immunisation rules.
const (
	readDTaP = iota
	readDT
	readTetanus
	readPertussis
	readPolio
	readMMR
	readMeasles
	readMumps
	readRubella
	readHib
	readHepB
	readVZV
	readHadMMR
	readHadHepB
	readHadVZV
	readNoMMR
	readNoVZV
	readNoPolio
)

func vaccineReads() []Query {
	ever := UpToPeriodEnd()
	return []Query{vaccine(setDTaP), vaccine(setDT), vaccine(setTetanus), vaccine(setPertussis), vaccine(setPolio), vaccine(setMMR), vaccine(setMeasles), vaccine(setMumps), vaccine(setRubella),
		vaccine(setHib), vaccine(setHepB), vaccine(setVZV), diagnosed(ever, setMMRHistory), diagnosed(ever, setHepBHistory), diagnosed(ever, setVZVHistory),
		contraindicated(ever, setMMRContraindication), contraindicated(ever, setVZVContraindication), contraindicated(ever, setPolioContraindication)}
}

func contraindicated(w Window, s Set) Query {
	q := diagnosed(w, s)
	q.Or = append(q.Or, Query{Kind: Allergy, Sets: []Set{s}, Tests: []Test{When(Earliest, w)}})
	return q
}

// doses counts different days with a dose of one of the reads, from one day to
// another.
func doses(found []Found, from, to Date, reads ...int) int {
	var s days
	for _, r := range reads {
		found[r].Each(func(f *Fact) bool {
			if d := f.When.Latest().Day; d >= from && d <= to {
				s.add(d)
			}
			return true
		})
	}
	return s.n
}

func by(f Found, to Date) bool {
	ok := false
	f.Each(func(x *Fact) bool { ok = x.When.Earliest().Day <= to; return !ok })
	return ok
}

// antigens of a schedule: doses needed, 0 when the schedule does not ask.
type schedule struct {
	age                              int
	dtap, polio, mmr, hib, hepb, vzv int
}

// complete judges each antigen as of the birthday.
func (p Params) complete(c *Chart, s schedule, found []Found) (dtap, polio, mmr, hib, hepb, vzv bool) {
	birth, to := c.Patient.Birth, birthday(c.Patient.Birth, s.age)
	young := birth.AddDays(p.VaccineMinAgeDays)
	live := birth
	if p.LiveVaccinesAfterFirst {
		live = birthday(birth, 1)
	}
	dtap = doses(found, young, to, readDTaP, readDT) >= s.dtap && doses(found, young, to, readDTaP, readDT, readTetanus) >= s.dtap && doses(found, young, to, readDTaP, readPertussis) >= s.dtap
	polio = doses(found, young, to, readPolio) >= s.polio
	mmr = doses(found, live, to, readMMR, readMeasles) >= s.mmr && doses(found, live, to, readMMR, readMumps) >= s.mmr && doses(found, live, to, readMMR, readRubella) >= s.mmr || by(found[readHadMMR], to)
	hib = doses(found, young, to, readHib) >= s.hib
	hepb = doses(found, birth, to, readHepB) >= s.hepb || by(found[readHadHepB], to)
	vzv = doses(found, live, to, readVZV) >= s.vzv || by(found[readHadVZV], to)
	return
}

// immunised is an immunisation indicator of those who reach an age in the year.
func (p Params) immunised(id string, s schedule) hedis.Indicator {
	lines := p.linesOf(withoutOld)
	numerator := Rule{Words: "all doses of the schedule on different days by the birthday", Reads: vaccineReads(), Ok: func(c *Chart, _ Period, found []Found) bool {
		a, b, d, e, f, g := p.complete(c, s, found)
		return a && b && d && e && f && g
	}}
	// all rates share the exclusions, and with them the denominator
	all := s
	all.vzv = 1
	exclusion := Rule{Words: "contraindication to an antigen recorded by the birthday, the antigen not complete", Reads: vaccineReads(), Ok: func(c *Chart, _ Period, found []Found) bool {
		to := birthday(c.Patient.Birth, s.age)
		_, polio, mmr, _, _, vzv := p.complete(c, all, found)
		return by(found[readNoMMR], to) && !mmr || by(found[readNoVZV], to) && !vzv || all.polio > 0 && by(found[readNoPolio], to) && !polio
	}}
	return hedis.Indicator{
		ID:       id,
		Question: "Were all doses of the schedule given by the birthday?",
		Rates: []hedis.RateDef{{
			InitialPopulation: Rule{Words: "the birthday falls in the period, and enrolled in the twelve months before it", Ok: func(c *Chart, q Period, _ []Found) bool {
				b := birthday(c.Patient.Birth, s.age)
				return q.Contains(b) && p.met(c.Patient.Enrolments, ContinuousEnrolment{Cover: Cover{Benefits: Medical},
					Window: Period{Start: b.AddYears(-1), End: b - 1}, Anchor: b, Gaps: 1, GapDays: 45, WholeWindow: true}, lines)
			}},
			DenominatorExclusion: p.exclusion(exclusion, numerator),
			Numerator:            numerator,
		}},
		Notes: []string{"Schedules as published for the era; enrolment rule, and exclusion of children with a contraindication, from later editions."},
	}
}

func (p Params) immunisation() []hedis.Indicator {
	child, teen := schedule{age: 2, dtap: 4, polio: 3, mmr: 1, hib: 3, hepb: 3}, schedule{age: 13, mmr: 2, hepb: 3}
	child2, teen2 := child, teen
	child2.vzv, teen2.vzv = 1, 1
	return []hedis.Indicator{p.immunised("ais-combo1", teen), p.immunised("ais-combo2", teen2), p.immunised("cis-combo1", child), p.immunised("cis-combo2", child2)}
}
