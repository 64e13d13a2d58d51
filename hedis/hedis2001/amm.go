package hedis2001

import (
	"github.com/chroniccare/chroniccare/hedis"
	. "github.com/chroniccare/chroniccare/registry"
)

// Places of the reads of the antidepressant rules.
const (
	readPrincipal = iota
	readSecondary
	readInpatient
	readHistory
	readDrugs
	readMentalStays
	readContacts
)

func intake() Window {
	return FromTo(YearDay(5, 1).AddYears(-1), YearDay(4, 30))
}

func depressionReads() []Query {
	long := FromTo(YearDay(5, 1).AddYears(-1).AddDays(-120), PeriodEnd().AddDays(60))
	return []Query{
		{Kind: Diagnosis, Sets: []Set{setMajorDepression}, Tests: []Test{When(Latest, intake()), onClaim(), principal()}},
		coded(intake(), outpatientClasses, setMajorDepression).That(secondary()),
		coded(intake(), inpatientClasses, setMajorDepression).That(secondary()),
		diagnosed(long, setDepressionHistory),
		dispensed(long, setAntidepressants),
		coded(long, acuteClasses, setMentalHealthStay, setSubstanceUseStay).That(principal()),
		visits(long, append([]string{telephoneClass}, followUpClasses...)),
	}
}

// depressionEpisode gives the episode start and the index prescription of a new
// episode treated anew; zero dates when there is none.
func depressionEpisode(found []Found) (start, drug Date) {
	first := func(i int) (d, second Date) {
		found[i].Each(func(f *Fact) bool {
			at := f.When.Latest().Day
			if d == 0 || at < d {
				if d != 0 {
					second = d
				}
				d = at
			} else if at > d && second == 0 {
				second = at
			}
			return true
		})
		return d, second
	}
	start, _ = first(readPrincipal)
	if d, second := first(readSecondary); second != 0 && (start == 0 || d < start) {
		start = d
	}
	if d, _ := first(readInpatient); d != 0 && (start == 0 || d < start) {
		start = d
	}
	if start == 0 {
		return 0, 0
	}
	old := false
	found[readHistory].Each(func(f *Fact) bool {
		d := f.When.Latest().Day
		old = d < start && d >= start.AddDays(-120)
		return !old
	})
	if old {
		return 0, 0
	}
	found[readDrugs].Each(func(f *Fact) bool {
		if d := f.When.Start.Day; d >= start.AddDays(-30) && d <= start.AddDays(14) && (drug == 0 || d < drug) {
			drug = d
		}
		return true
	})
	if drug == 0 {
		return 0, 0
	}
	found[readDrugs].Each(func(f *Fact) bool {
		d := f.When.Start.Day
		old = d < drug && d >= drug.AddDays(-90)
		return !old
	})
	if old {
		return 0, 0
	}
	return start, drug
}

// treatedDays reports whether fills from the index prescription on, early
// refills kept in stock, reach the days needed before the gaps grow too long.
func treatedDays(found []Found, drug Date, need, gaps int) bool {
	sum, gap, next, ok := 0, 0, drug, false
	found[readDrugs].Each(func(f *Fact) bool {
		d := f.When.Start.Day
		n, known := supplyDays(f)
		if d < drug || !known {
			return true
		}
		if d > next {
			if gap += int(d - next); gap > gaps {
				return false
			}
			next = d
		}
		sum += n
		next = next.AddDays(n)
		ok = sum >= need
		return !ok
	})
	return ok
}

func (p Params) amm(id, question string, num func(start, drug Date, found []Found) bool, words string) hedis.Indicator {
	lines := p.linesOf(allLines)
	reads := depressionReads()
	numerator := Rule{Words: words, Reads: reads, Ok: func(_ *Chart, _ Period, found []Found) bool {
		start, drug := depressionEpisode(found)
		return start != 0 && num(start, drug, found)
	}}
	return hedis.Indicator{
		ID:       id,
		Question: question,
		Rates: []hedis.RateDef{{
			InitialPopulation: All{age(YearDay(4, 30), 18, 0, false), Rule{Words: "a new episode of major depression in the intake period, newly treated, and enrolled around it", Reads: reads[:readDrugs+1],
				Ok: func(c *Chart, _ Period, found []Found) bool {
					start, _ := depressionEpisode(found)
					return start != 0 && p.met(c.Patient.Enrolments, ContinuousEnrolment{Cover: Cover{Benefits: Medical | Pharmacy | MentalHealth},
						Window: Period{Start: start.AddDays(-120), End: start.AddDays(245)}, Anchor: start, Gaps: 1, GapDays: 45, WholeWindow: true}, lines)
				}}},
			DenominatorExclusion: p.exclusion(Rule{Words: "discharged from a stay for mental illness or substance use within 245 days", Reads: reads[:readMentalStays+1], Ok: func(_ *Chart, _ Period, found []Found) bool {
				start, _ := depressionEpisode(found)
				ok := false
				found[readMentalStays].Each(func(f *Fact) bool {
					d := discharge(f)
					ok = start != 0 && d > start && d <= start.AddDays(245)
					return !ok
				})
				return ok
			}}, numerator),
			Numerator: numerator,
		}},
		Notes: []string{"Intake, new episode, treatment days and exclusion as published for the era; enrolment inferred; 30 April stands for the 120th day in leap years too."},
	}
}

func (p Params) ammContinuation() hedis.Indicator {
	return p.amm("amm-continuation", "Did treatment with antidepressants last 180 days?", func(_, drug Date, found []Found) bool { return treatedDays(found, drug, 180, 51) },
		"180 treatment days from the index prescription with gaps of at most 51 days in all")
}

func (p Params) ammAcute() hedis.Indicator {
	return p.amm("amm-acute", "Did treatment with antidepressants last 84 days?", func(_, drug Date, found []Found) bool { return treatedDays(found, drug, 84, 30) },
		"84 treatment days from the index prescription with gaps of at most 30 days in all")
}

// ammContacts asks for three follow-up visits in 84 days, or two and a contact
// by telephone (class VR), one of them with a prescriber.
func (p Params) ammContacts() hedis.Indicator {
	return p.amm("amm-contacts", "Were there three follow-up contacts in twelve weeks?", func(start, _ Date, found []Found) bool {
		visits, calls, prescriber := 0, 0, false
		found[readContacts].Each(func(f *Fact) bool {
			if d := f.When.Start.Day; d > start && d <= start.AddDays(84) {
				if f.Visit.Class == telephoneClass {
					calls++
				} else {
					visits++
				}
				prescriber = prescriber || f.Provider == ProviderMentalHealth || f.Provider == ProviderPrimaryCare
			}
			return true
		})
		return (visits >= 3 || visits == 2 && calls > 0) && prescriber
	}, "three follow-up visits within 84 days, or two and a telephone call, one with a prescriber")
}
