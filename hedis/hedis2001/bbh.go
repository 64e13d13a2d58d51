package hedis2001

import (
	"github.com/chroniccare/chroniccare/hedis"
	. "github.com/chroniccare/chroniccare/registry"
)

// infarctStay is the index stay: the first with infarction, discharged alive
// from 1 January to 24 December, transfers to acute care taken together, without
// transfer to non-acute care or admission within seven days.
func infarctStay(c *Chart, p Period, found []Found) (admitted, discharged Date) {
	y := p.Start.Year()
	from, to := Day(y, 1, 1), Day(y, 12, 24)
	found[0].Each(func(f *Fact) bool {
		start := stayOf(c, f)
		last := start
		for range 8 {
			next := (*Fact)(nil)
			if toAcute(last) {
				found[1].Each(func(s *Fact) bool {
					if s != last && isClass(s, acuteClasses) && s.When.Start.Day == discharge(last) && discharge(s) >= discharge(last) {
						next = s
					}
					return next == nil
				})
			}
			if next == nil {
				break
			}
			last = next
		}
		d := discharge(last)
		if d < from || d > to || died(last) || toNonacute(last) {
			return true
		}
		again := false
		found[1].Each(func(s *Fact) bool {
			at := s.When.Start.Day
			again = s != last && s != start && at >= d && at <= d.AddDays(7)
			return !again
		})
		if again {
			return true
		}
		admitted, discharged = start.When.Start.Day, d
		return false
	})
	return admitted, discharged
}

func infarctReads() []Query {
	w := FromTo(PeriodStart().AddMonths(-6), PeriodEnd())
	return []Query{coded(w, acuteClasses, setAcuteMyocardialInfarction), visits(FromTo(PeriodStart().AddMonths(-6), PeriodEnd().AddDays(7)), inpatientClasses)}
}

func (p Params) bbh() hedis.Indicator {
	lines := p.linesOf(allLines)
	ever := UpToPeriodEnd()
	drugs := append(infarctReads(), dispensed(FromTo(PeriodStart().AddYears(-2), PeriodEnd().AddDays(7)), setBetaBlockers))
	num := Rule{Words: "a beta-blocker dispensed from admission to seven days after discharge, or its supply active at admission", Reads: drugs, Ok: func(c *Chart, q Period, found []Found) bool {
		in, out := infarctStay(c, q, found)
		ok := false
		if out == 0 {
			return false
		}
		found[2].Each(func(f *Fact) bool {
			d := f.When.Start.Day
			n, known := supplyDays(f)
			ok = d >= in && d <= out.AddDays(7) || d < in && known && d.AddDays(n-1) >= in
			return !ok
		})
		return ok
	}}
	excl := Rule{Words: "by the discharge: asthma or COPD on two days, hypotension, heart block above first degree, sinus bradycardia, or an allergy to beta-blockers",
		Reads: append(infarctReads(), diagnosed(ever, setAsthma), diagnosed(ever, setCOPD), diagnosed(ever, setHypotension, setHeartBlock, setSinusBradycardia),
			Query{Kind: Allergy, Sets: []Set{setBetaBlockers}, Tests: []Test{When(Earliest, ever)}}),
		Ok: func(c *Chart, q Period, found []Found) bool {
			_, out := infarctStay(c, q, found)
			if out == 0 {
				return false
			}
			n := func(i int) int {
				var s days
				found[i].Each(func(f *Fact) bool {
					if d := f.When.Earliest().Day; d <= out {
						s.add(d)
					}
					return s.n < 2
				})
				return s.n
			}
			return n(2) >= 2 || n(3) >= 2 || n(4) >= 1 || n(5) >= 1
		}}
	return hedis.Indicator{
		ID:       "bbh",
		Question: "Was a beta-blocker dispensed within seven days after a heart attack?",
		Rates: []hedis.RateDef{{
			InitialPopulation: All{age(PeriodEnd(), 35, 0, false), Rule{Words: "discharged alive after a heart attack, and enrolled for seven days", Reads: infarctReads(), Ok: func(c *Chart, q Period, found []Found) bool {
				_, out := infarctStay(c, q, found)
				return out != 0 && p.met(c.Patient.Enrolments, ContinuousEnrolment{Cover: Cover{Benefits: Medical | Pharmacy}, Window: Period{Start: out, End: out.AddDays(7)}}, lines)
			}}},
			DenominatorExclusion: p.exclusion(excl, num),
			Numerator:            num,
		}},
		Notes: []string{"Event, transfers, readmission and exclusions as published for the era; enrolment inferred; arithmetic of active supply is the library's choice."},
	}
}
