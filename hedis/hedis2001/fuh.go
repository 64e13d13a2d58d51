package hedis2001

import (
	"github.com/chroniccare/chroniccare/hedis"
	. "github.com/chroniccare/chroniccare/registry"
)

// fuh is follow-up after hospitalisation for mental illness: an indicator of
// discharges. Any further admission within 30 days takes a discharge out; after
// a chain for mental illness its last discharge remains.
func (p Params) fuh(id string, within int) hedis.Indicator {
	from, to := EndOf(hedis.Episode), EndOf(hedis.Episode).AddDays(within)
	if p.FollowUpNotSameDay {
		from = from.AddDays(1)
	}
	end := EndOf(hedis.Episode)
	alone := Rule{
		Words: "discharged alive, not to non-acute care, without another admission within 30 days",
		Reads: []Query{{Kind: Diagnosis, Sets: []Set{setMentalIllness}, Tests: []Test{itself(hedis.Episode)}},
			visits(FromTo(end, end.AddDays(30)), inpatientClasses)},
		Ok: func(c *Chart, _ Period, found []Found) bool {
			me := found[0].First()
			stay := stayOf(c, me)
			if died(stay) || toNonacute(stay) {
				return false
			}
			ok := true
			found[1].Each(func(f *Fact) bool { ok = f == stay; return ok })
			return ok
		}}
	q := Query{As: hedis.Episode, Kind: Diagnosis, Sets: []Set{setMentalIllness}, Tests: []Test{
		When(Ends, FromTo(PeriodStart(), YearDay(12, 1))), in(acuteClasses), principal(), If(alone)}}
	return hedis.Indicator{
		ID:       id,
		Question: "Was a discharge for mental illness followed by a visit to a mental health provider?",
		Episodes: &q,
		Rates: []hedis.RateDef{{
			InitialPopulation: All{age(EndOf(hedis.Episode), 6, 0, false), p.withoutGap(FromTo(EndOf(hedis.Episode), EndOf(hedis.Episode).AddDays(30)), Medical|MentalHealth, allLines)},
			Numerator: exists(Query{Kind: Encounter, Tests: []Test{When(Starts, FromTo(from, to)), ClassIn(followUpClasses...), done(),
				AnyOf(seenBy(ProviderMentalHealth), CodeIn(setMentalHealthFollowUp))}}),
		}},
		Notes: []string{"Ages and the two windows as published for the era; event window, readmission and enrolment rules from later editions; that the day of discharge counts is inferred."},
	}
}
