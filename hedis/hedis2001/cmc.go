package hedis2001

import (
	"github.com/chroniccare/chroniccare/hedis"
	. "github.com/chroniccare/chroniccare/registry"
)

// Places of the reads that find a cardiovascular event.
const (
	readInfarct = iota
	readBypass
	readStays
)

// cardiacEvent is the date of the earliest event of the year before: a
// discharge alive after infarction or bypass, or angioplasty in any setting. A
// procedure in a stay counts with the stay's discharge.
func cardiacEvent(c *Chart, p Period, found []Found) Date {
	var first Date
	y := p.Start.Year() - 1
	from, to := Day(y, 1, 1), Day(y, 11, 1)
	take := func(d Date) {
		if d >= from && d <= to && (first == 0 || d < first) {
			first = d
		}
	}
	found[readInfarct].Each(func(f *Fact) bool {
		if s := stayOf(c, f); !died(s) {
			take(discharge(s))
		}
		return true
	})
	found[readBypass].Each(func(f *Fact) bool {
		d := f.When.Latest().Day
		in := false
		found[readStays].Each(func(s *Fact) bool {
			if end := discharge(s); end != 0 && s.When.Start.Day <= d && d <= end {
				in = true
				if !died(s) {
					take(end)
				}
			}
			return !in
		})
		if !in {
			take(d)
		}
		return true
	})
	return first
}

func cardiacReads() []Query {
	w := FromTo(PeriodStart().AddYears(-1), PeriodEnd())
	return []Query{
		coded(w, acuteClasses, setAcuteMyocardialInfarction),
		{Kind: Procedure, Sets: []Set{setCABG, setPTCA}, Tests: []Test{When(Latest, w), done()}},
		{Kind: Encounter, Tests: []Test{When(Ends, w), ClassIn(acuteClasses...), done()}},
	}
}

func (p Params) cmc() []hedis.Indicator {
	lines := p.linesOf(allLines)
	ip := All{age(PeriodEnd(), 18, 75, false), Rule{Words: "a cardiovascular event in the first ten months of the year before, and enrolled for the year after it", Reads: cardiacReads(),
		Ok: func(c *Chart, q Period, found []Found) bool {
			d := cardiacEvent(c, q, found)
			return d != 0 && p.met(c.Patient.Enrolments, ContinuousEnrolment{Cover: Cover{Benefits: Medical}, Window: Period{Start: d, End: d.AddDays(365)}, Anchor: d, Gaps: 1, GapDays: 45, WholeWindow: true}, lines)
		}}}
	tests := append(cardiacReads(), tested(years(2), setLDLTest))
	low := ldlLow()
	screening := Rule{Words: "an LDL-C test 60 to 365 days after the event", Reads: tests, Ok: func(c *Chart, q Period, found []Found) bool {
		return ldlAfter(c, q, found) != nil
	}}
	control := Rule{Words: "the most recent LDL-C test 60 to 365 days after the event is below 130 mg/dL", Reads: tests, Ok: func(c *Chart, q Period, found []Found) bool {
		f := ldlAfter(c, q, found)
		return f != nil && low(f)
	}}
	notes := []string{"Ages, events and the interval of 60 to 365 days as published for the era; end of the event window unconfirmed; enrolment inferred."}
	return []hedis.Indicator{
		{ID: "cmc-ldl-control", Question: "Is LDL cholesterol below 130 mg/dL after an acute cardiovascular event?", Rates: []hedis.RateDef{{InitialPopulation: ip, Numerator: control}}, Notes: notes},
		{ID: "cmc-ldl-screening", Question: "Was LDL cholesterol tested after an acute cardiovascular event?", Rates: []hedis.RateDef{{InitialPopulation: ip, Numerator: screening}}, Notes: notes},
	}
}

// ldlLow reports a value below 130 mg/dL or 3.36 mmol/L.
func ldlLow() func(*Fact) bool {
	return func(f *Fact) bool {
		q := f.Value.Quantity
		if f.Value.Kind != QuantityValue || q.Comparator.String() != "" && q.Comparator.String() != "<" {
			return false
		}
		switch q.Unit {
		case "mg/dL":
			return q.Value.Cmp(Num(130, 0)) < 0
		case "mmol/L":
			return q.Value.Cmp(Num(336, -2)) < 0
		}
		return false
	}
}

// ldlAfter is the most recent test in the interval; of equals the lowest value.
func ldlAfter(c *Chart, q Period, found []Found) *Fact {
	d := cardiacEvent(c, q, found)
	if d == 0 {
		return nil
	}
	from, to := d.AddDays(60), d.AddDays(365)
	var best *Fact
	found[len(found)-1].Each(func(f *Fact) bool {
		m := f.When.Latest()
		if m.Day < from || m.Day > to {
			return true
		}
		if best == nil {
			best = f
			return true
		}
		b := best.When.Latest()
		switch {
		case m.Day > b.Day || m.Day == b.Day && m.Time > b.Time:
			best = f
		case m == b && f.Value.Kind == QuantityValue && (best.Value.Kind != QuantityValue || f.Value.Quantity.Value.Cmp(best.Value.Quantity.Value) < 0):
			best = f
		}
		return true
	})
	return best
}
