package hedis2001

import (
	"github.com/chroniccare/chroniccare/hedis"
	. "github.com/chroniccare/chroniccare/registry"
)

var systolic, diastolic = Code{System: LOINC, Value: "8480-6"}, Code{System: LOINC, Value: "8462-4"}

// reading takes systolic and diastolic out of a panel, in mmHg.
func reading(f *Fact, code Code) (Number, bool) {
	for i := range f.Components {
		for _, c := range f.Components[i].Codes {
			if v := &f.Components[i].Value; c == code && v.Kind == QuantityValue && v.Quantity.Unit == "mm[Hg]" {
				return v.Quantity.Value, true
			}
		}
	}
	return Number{}, false
}

// cbp is control of high blood pressure. The default takes the claim as
// confirmed; a plan that reads charts leaves out the unconfirmed before.
func (p Params) cbp() hedis.Indicator {
	half := FromTo(PeriodStart(), YearDay(6, 30))
	diagnosis := coded(half, outpatientClasses, setEssentialHypertension)
	limit := "at most 140/90"
	if p.StrictBloodPressure {
		limit = "below 140/90"
	}
	setting := fact("not taken in a stay or an emergency visit", func(c *Chart, _ Period, f *Fact) bool {
		switch f.Setting {
		case "EMER", "ACUTE", "IMP", "NONAC":
			return false
		}
		e := c.EncounterOf(f)
		return e == nil || !isClass(e, inpatientClasses) && !isClass(e, emergencyClasses)
	})
	num := Rule{
		Words: "the lowest systolic and lowest diastolic of the most recent day with a reading, on or after the diagnosis, are " + limit,
		Reads: []Query{{Kind: Observation, Sets: []Set{setBloodPressure}, Tests: []Test{When(Latest, year()), done(), setting}}, diagnosis},
		Ok: func(_ *Chart, _ Period, found []Found) bool {
			first := found[1].First()
			if first == nil {
				return false
			}
			from := first.When.Start.Day
			var day Date
			var s, d Number
			var hasS, hasD bool
			found[0].Each(func(f *Fact) bool {
				at := f.When.Latest().Day
				x, okS := reading(f, systolic)
				y, okD := reading(f, diastolic)
				if at < from || !okS && !okD {
					return true
				}
				if at > day {
					day, hasS, hasD = at, false, false
				}
				if at < day {
					return true
				}
				if okS && (!hasS || x.Cmp(s) < 0) {
					s, hasS = x, true
				}
				if okD && (!hasD || y.Cmp(d) < 0) {
					d, hasD = y, true
				}
				return true
			})
			if !hasS || !hasD {
				return false
			}
			a, b := s.Cmp(Num(140, 0)), d.Cmp(Num(90, 0))
			if p.StrictBloodPressure {
				return a < 0 && b < 0
			}
			return a <= 0 && b <= 0
		}}
	return hedis.Indicator{
		ID:       "cbp",
		Question: "Is the most recent blood pressure of someone with hypertension controlled?",
		Rates: []hedis.RateDef{{
			InitialPopulation:    All{age(PeriodEnd(), 46, 85, false), p.enrolled(year(), Medical, allLines), exists(diagnosis)},
			DenominatorExclusion: p.exclusion(Any{exists(performed(UpToPeriodEnd(), setEndStageRenalDisease)), exists(diagnosed(year(), setPregnancy))}, num),
			Numerator:            num,
		}},
		Notes: []string{"Ages and the limit of 140/90 inclusive as published for 2004 to 2007; event window from later editions; last reading inferred. Hybrid only: chart confirmation is the caller's."},
	}
}
