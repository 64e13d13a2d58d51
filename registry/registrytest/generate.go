// Package registrytest helps to test indicators and registers: generators of
// patients that lean towards the boundaries (period edges, birthdays, 29 February,
// thresholds, ties on a day, several codings, all statuses), and laws that every
// indicator obeys. Import it from tests only.
//
//   - to draw values with rapid: [Dates], [Periods], [Births], [Facts], [Patients]; a patient aimed at a population: [Specimen]; facts that no record should hold: [OddFacts]
//   - to check an [Indicator] against the laws: [CheckIndicator], giving how often each population was [Reached]; it fails when a
//     population is never reached, since then it has shown nothing
//   - to shuffle, repeat and shift records yourself: [Shuffled], [Repeated], [Shifted]
//
// What CheckIndicator checks: the explanation counts what counting counts;
// neither the order of facts nor repeated facts matter; facts entered in error or
// long after the period do not matter; populations nest; moving the whole record
// and the period by 400 years moves nothing else; charts are reusable.
package registrytest

import (
	"math/rand/v2"

	"github.com/chroniccare/chroniccare/registry"
	"pgregory.net/rapid"
)

// Dates draws days on and around the edges of a period, the end of February and
// days at the usual distances of look-backs.
func Dates(p registry.Period) *rapid.Generator[registry.Date] {
	return rapid.Custom(func(t *rapid.T) registry.Date {
		edge := rapid.SampledFrom([]registry.Date{p.Start, p.End, p.Start.AddYears(-1), p.Start.AddYears(-2), p.Start.AddMonths(-6), p.Start.AddMonths(6)}).Draw(t, "edge")
		switch rapid.IntRange(0, 3).Draw(t, "where") {
		case 0:
			return edge
		case 1:
			return edge.AddDays(rapid.SampledFrom([]int{-1, 1}).Draw(t, "next"))
		case 2:
			y := p.Start.Year() - rapid.IntRange(0, 4).Draw(t, "years")
			return registry.Day(y, 2, registry.DaysInMonth(y, 2))
		}
		return p.Start.AddDays(rapid.IntRange(-800, 800).Draw(t, "days"))
	})
}

// Periods draws calendar years and odd spans.
func Periods() *rapid.Generator[registry.Period] {
	return rapid.Custom(func(t *rapid.T) registry.Period {
		y := rapid.IntRange(1990, 2040).Draw(t, "year")
		if rapid.Bool().Draw(t, "calendar year") {
			return registry.CalendarYear(y)
		}
		s := registry.Day(y, rapid.IntRange(1, 12).Draw(t, "month"), 1)
		return registry.Period{Start: s, End: s.AddDays(rapid.IntRange(0, 500).Draw(t, "length"))}
	})
}

// Births draws birth dates that give ages at the limits of measures at both ends
// of a period, on birthdays, the day after, and on 29 February.
func Births(p registry.Period) *rapid.Generator[registry.Date] {
	return rapid.Custom(func(t *rapid.T) registry.Date {
		age := rapid.SampledFrom([]int{0, 2, 3, 12, 13, 17, 18, 24, 40, 46, 52, 65, 66, 75, 76, 81, 85, 86, 100}).Draw(t, "age")
		at := rapid.SampledFrom([]registry.Date{p.Start, p.End}).Draw(t, "at")
		d := at.AddYears(-age).AddDays(rapid.SampledFrom([]int{0, 0, 1, -1, -200}).Draw(t, "off"))
		if y, m, _ := d.YMD(); m == 2 && registry.IsLeap(y) {
			return registry.Day(y, 2, 29)
		}
		return d
	})
}

var statuses = []registry.Status{registry.Finished, registry.Active, registry.Completed, registry.Final, registry.Amended, registry.Corrected,
	registry.Preliminary, registry.Cancelled, registry.NotDone, registry.EnteredInError, registry.Planned, registry.Resolved, registry.StatusUnknown}

// Facts draws facts with codes out of a list.
func Facts(p registry.Period, codes []registry.Code) *rapid.Generator[registry.Fact] {
	return rapid.Custom(func(t *rapid.T) registry.Fact {
		start := Dates(p).Draw(t, "start")
		f := registry.Fact{
			ID:           rapid.StringMatching(`f[0-9]{1,3}`).Draw(t, "id"),
			Kind:         registry.Kind(rapid.IntRange(1, 16).Draw(t, "kind")),
			Status:       rapid.SampledFrom(statuses).Draw(t, "status"),
			Intent:       registry.Intent(rapid.IntRange(0, 9).Draw(t, "intent")),
			Negated:      rapid.IntRange(0, 9).Draw(t, "negated") == 0,
			Verification: registry.Verification(rapid.IntRange(0, 6).Draw(t, "verification")),
			Category:     registry.Category(1 << rapid.IntRange(0, 12).Draw(t, "category")),
			When:         registry.Between(start, start.AddDays(rapid.SampledFrom([]int{0, 0, 1, 30, 400, -1}).Draw(t, "length"))),
			Authored:     registry.At(start),
		}
		if rapid.IntRange(0, 3).Draw(t, "ongoing") == 0 {
			f.When = registry.Since(start)
		}
		for range rapid.IntRange(0, 3).Draw(t, "codings") {
			if len(codes) > 0 {
				f.Codes = append(f.Codes, rapid.SampledFrom(codes).Draw(t, "code"))
			}
		}
		switch rapid.IntRange(0, 3).Draw(t, "value") {
		case 0:
			f.Value = registry.QuantityOf(registry.Num(rapid.SampledFrom([]int64{89, 90, 91, 94, 50, 49, 1400, 1399, 0}).Draw(t, "number"), -1), rapid.SampledFrom([]string{"%", "mm[Hg]", "mmHg", "", "mg/dL"}).Draw(t, "unit"))
		case 1:
			if len(codes) > 0 {
				f.Value = registry.CodesOf(rapid.SampledFrom(codes).Draw(t, "answer"))
			}
		}
		if f.Kind == registry.MedicationOrder || f.Kind == registry.MedicationDispense {
			f.Supply = &registry.Supply{Start: start, Days: registry.Num(int64(rapid.IntRange(0, 120).Draw(t, "days")), 0), Refills: rapid.IntRange(0, 3).Draw(t, "refills")}
		}
		return f
	})
}

// Patients draws patients with facts that carry codes out of a list.
func Patients(p registry.Period, codes []registry.Code) *rapid.Generator[registry.Patient] {
	return rapid.Custom(func(t *rapid.T) registry.Patient {
		return registry.Patient{
			ID:     rapid.StringMatching(`p[0-9]{1,4}`).Draw(t, "id"),
			Birth:  Births(p).Draw(t, "birth"),
			Gender: registry.Sex(rapid.IntRange(0, 3).Draw(t, "gender")),
			Facts:  rapid.SliceOfN(Facts(p, codes), 0, 12).Draw(t, "facts"),
		}
	})
}

// Shuffled is the patient with the facts in another order.
func Shuffled(p *registry.Patient, seed uint64) *registry.Patient {
	q := *p
	q.Facts = append([]registry.Fact(nil), p.Facts...)
	rand.New(rand.NewPCG(seed, 1)).Shuffle(len(q.Facts), func(i, j int) { q.Facts[i], q.Facts[j] = q.Facts[j], q.Facts[i] })
	return &q
}

// Repeated is the patient with some facts twice. Facts need IDs for that.
func Repeated(p *registry.Patient, seed uint64) *registry.Patient {
	q := *p
	q.Facts = append([]registry.Fact(nil), p.Facts...)
	r := rand.New(rand.NewPCG(seed, 2))
	for i := range p.Facts {
		if r.IntN(2) == 0 {
			q.Facts = append(q.Facts, p.Facts[i])
		}
	}
	return &q
}

// Shifted is the patient with every date moved by so many days.
func Shifted(p *registry.Patient, days int) *registry.Patient {
	q := *p
	d := func(x registry.Date) registry.Date {
		if x == 0 {
			return 0
		}
		return x.AddDays(days)
	}
	m := func(x registry.Moment) registry.Moment { x.Day = d(x.Day); return x }
	span := func(x registry.Span) registry.Span { x.Start, x.End = m(x.Start), m(x.End); return x }
	q.Birth, q.Death = d(p.Birth), m(p.Death)
	q.Facts = append([]registry.Fact(nil), p.Facts...)
	for i := range q.Facts {
		f := &q.Facts[i]
		f.When, f.Authored, f.LastSeen = span(f.When), m(f.Authored), m(f.LastSeen)
		if f.Supply != nil {
			s := *f.Supply
			s.Start, s.Bounds = d(s.Start), span(s.Bounds)
			f.Supply = &s
		}
	}
	q.Enrolments = append([]registry.Enrolment(nil), p.Enrolments...)
	for i := range q.Enrolments {
		e := &q.Enrolments[i]
		e.Period.Start, e.Period.End = d(e.Period.Start), d(e.Period.End)
	}
	return &q
}
