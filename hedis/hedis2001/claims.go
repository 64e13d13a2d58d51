package hedis2001

import (
	"slices"
	"strings"

	. "github.com/chroniccare/chroniccare/registry"
)

// Practitioner types, as the Provider of a fact names them.
const (
	ProviderPrimaryCare  = "primary-care"
	ProviderEyeCare      = "eye-care"
	ProviderMentalHealth = "mental-health"
	ProviderNephrology   = "nephrology"
	ProviderLaboratory   = "laboratory"
	ProviderImaging      = "imaging"
)

// InhalerUnit is the quantity unit of a fill that is an inhaler: one dispensing
// event whatever its days.
const InhalerUnit = "{inhaler}"

// Encounter classes (v3 ActCode). A day or night programme is a short stay.
var (
	outpatientClasses = []string{"AMB", "HH", "FLD"}
	followUpClasses   = []string{"AMB", "HH", "FLD", "SS"}
	acuteClasses      = []string{"ACUTE", "IMP"}
	nonacuteClasses   = []string{"NONAC"}
	inpatientClasses  = []string{"ACUTE", "IMP", "NONAC"}
	emergencyClasses  = []string{"EMER"}
)

const telephoneClass = "VR" // a contact that is not face to face

func exists(q Query) Definition              { return Exists{Query: q} }
func not(d Definition) Definition            { return Not{Of: d} }
func the(p Pick, tests ...Test) Definition   { return The{Pick: p, Is: tests} }
func age(at Bound, lo, hi int, m bool) AgeAt { return AgeAt{At: at, Min: lo, Max: hi, Months: m} }
func fact(words string, ok func(c *Chart, p Period, f *Fact) bool) Test {
	return FactRule{Words: words, Ok: ok}
}

// Windows of calendar years around the measurement year.
func year() Window       { return ThePeriod() }
func yearBefore() Window { return FromTo(PeriodStart().AddYears(-1), PeriodStart().AddDays(-1)) }
func years(n int) Window { return YearsBefore(n - 1) }

// done passes facts that took place: neither planned nor called off.
func done() Test {
	return StatusNotIn(Planned, Cancelled, NotDone, Declined, Revoked, Draft, OnHold)
}

// in passes facts of the care settings; an encounter's setting is its class.
func in(classes []string) Test {
	return fact("in a setting of "+strings.Join(classes, ", "), func(_ *Chart, _ Period, f *Fact) bool { return slices.Contains(classes, f.Setting) })
}

// onClaim passes diagnoses that stand on a claim, not in a problem list.
func onClaim() Test {
	return fact("on a claim", func(_ *Chart, _ Period, f *Fact) bool { return f.Setting != "" })
}

// principal passes first-listed diagnoses, secondary all others.
func principal() Test {
	return fact("first-listed", func(_ *Chart, _ Period, f *Fact) bool { return f.Rank == 1 })
}

func secondary() Test {
	return fact("not first-listed", func(_ *Chart, _ Period, f *Fact) bool { return f.Rank != 1 })
}

// coded are diagnoses of the sets on claims of the settings whose discharge or
// service date lies in the window.
func coded(w Window, classes []string, sets ...Set) Query {
	return Query{Kind: Diagnosis, Sets: sets, Tests: []Test{When(Latest, w), in(classes)}}
}

// visits are encounters of the classes that begin in the window.
func visits(w Window, classes []string, tests ...Test) Query {
	return Query{Kind: Encounter, Tests: append([]Test{When(Starts, w), ClassIn(classes...), done()}, tests...)}
}

// diagnosed finds diagnoses of the sets in the window, on claims or in the
// problem list.
func diagnosed(w Window, sets ...Set) Query {
	return Query{Kind: Diagnosis, Sets: sets, Tests: []Test{When(Latest, w)}}
}

// tested finds tests and examinations of the sets, reported as result or as
// procedure.
func tested(w Window, sets ...Set) Query {
	return Union(Query{Kind: Observation, Sets: sets, Tests: []Test{When(Latest, w), done()}},
		Query{Kind: Procedure, Sets: sets, Tests: []Test{When(Latest, w), done()}})
}

// performed finds procedures of the sets, and diagnosis codes that tell of them.
func performed(w Window, sets ...Set) Query {
	return Union(Query{Kind: Procedure, Sets: sets, Tests: []Test{When(Latest, w), done()}}, diagnosed(w, sets...))
}

// screened finds tests of the sets, also when only a diagnosis code tells of
// the test.
func screened(w Window, sets ...Set) Query {
	q := tested(w, sets...)
	q.Or = append(q.Or, diagnosed(w, sets...))
	return q
}

// dispensed finds ambulatory fills. A negative days' supply is an error and no
// fill.
func dispensed(w Window, sets ...Set) Query {
	return Query{Kind: MedicationDispense, Sets: sets, Tests: []Test{When(Starts, w), done(),
		fact("days' supply not negative", func(_ *Chart, _ Period, f *Fact) bool { return f.Supply == nil || f.Supply.Days.Coef >= 0 })}}
}

// seenBy passes facts of a type of practitioner.
func seenBy(who string) Test {
	return fact("by "+who, func(_ *Chart, _ Period, f *Fact) bool { return f.Provider == who })
}

func notBy(who ...string) Test {
	return fact("not by laboratory or imaging alone", func(_ *Chart, _ Period, f *Fact) bool {
		for _, w := range who {
			if f.Provider == w {
				return false
			}
		}
		return true
	})
}

// twoOutpatientOrOneAcute is the claims rule: two outpatient or non-acute
// encounters on different dates, or one acute stay or emergency visit.
func twoOutpatientOrOneAcute(w Window, set Set) Definition {
	return Any{
		Count{Of: coded(w, append(append([]string{}, outpatientClasses...), nonacuteClasses...), set), Min: 2, Distinct: DistinctDays},
		exists(coded(w, append(append([]string{}, acuteClasses...), emergencyClasses...), set)),
	}
}

// supplyDays is the days' supply of a fill, 1 to 366; false when it is not
// stated or cannot be right.
func supplyDays(f *Fact) (int, bool) {
	if f.Supply == nil {
		return 0, false
	}
	n, ok := f.Supply.TotalDays()
	return n, ok && n >= 1 && n <= 366
}

// events is the number of dispensing events of a fill: 1 up to 30 days, then
// one for each full 30 days; an inhaler is one.
func events(f *Fact) int {
	n, ok := supplyDays(f)
	switch {
	case f.Supply != nil && f.Supply.QuantityUnit == InhalerUnit:
		return 1
	case !ok:
		return 0
	}
	return max(1, n/30)
}

// eventsAtLeast holds when the fills amount to n dispensing events.
func eventsAtLeast(n int, words string, q Query) Definition {
	return Rule{Words: words, Reads: []Query{q}, Ok: func(_ *Chart, _ Period, found []Found) bool {
		sum := 0
		found[0].Each(func(f *Fact) bool { sum += events(f); return sum < n })
		return sum >= n
	}}
}

// atLeast holds when n of three parts do.
func atLeast(n int, a, b, c Definition) Definition {
	switch {
	case n <= 0:
		return All{}
	case n == 1:
		return Any{a, b, c}
	case n == 2:
		return Any{All{a, b}, All{a, c}, All{b, c}}
	case n == 3:
		return All{a, b, c}
	}
	return Any{}
}

// Discharge dispositions: patient status codes of the NUBC, and the FHIR
// discharge dispositions.
const (
	patientStatus System = "https://www.nubc.org/CodeSystem/PatDischargeStatus"
	disposition   System = "http://terminology.hl7.org/CodeSystem/discharge-disposition"
)

func disposed(f *Fact, values ...string) bool {
	if f.Visit == nil {
		return false
	}
	for _, c := range f.Visit.Disposition {
		if c.System != patientStatus && c.System != disposition {
			continue
		}
		for _, v := range values {
			if c.Value == v {
				return true
			}
		}
	}
	return false
}

func died(f *Fact) bool { return disposed(f, "20", "40", "41", "42", "exp") }
func toAcute(f *Fact) bool {
	return disposed(f, "02", "05", "66", "other-hcf")
}
func toNonacute(f *Fact) bool {
	return disposed(f, "03", "04", "61", "62", "63", "64", "snf", "rehab", "long")
}

// discharge is the day a stay ended; 0 while it lasts.
func discharge(f *Fact) Date {
	if f.When.Ongoing {
		return 0
	}
	return f.When.End.Day
}

func isClass(f *Fact, classes []string) bool {
	if f.Visit == nil {
		return false
	}
	return slices.Contains(classes, f.Visit.Class)
}

// stayOf is the encounter of a claim's diagnosis, or the diagnosis itself when
// the record does not hold the encounter.
func stayOf(c *Chart, f *Fact) *Fact {
	if e := c.EncounterOf(f); e != nil {
		return e
	}
	return f
}

// birthday is the first day on which someone is n years old: 1 March in common
// years for those born on 29 February.
func birthday(birth Date, n int) Date {
	y, m, d := birth.YMD()
	if birth == 0 || y+n > 9999 {
		return 0
	}
	if m == 2 && d == 29 && !IsLeap(y+n) {
		m, d = 3, 1
	}
	out, _ := NewDate(y+n, m, d)
	return out
}

// days is a small set of distinct days on the stack.
type days struct {
	n int
	d [24]Date
}

func (s *days) add(d Date) {
	for _, x := range s.d[:s.n] {
		if x == d {
			return
		}
	}
	if s.n < len(s.d) {
		s.d[s.n] = d
		s.n++
	}
}
