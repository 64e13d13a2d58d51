package hedis2001

import (
	"github.com/chroniccare/chroniccare/hedis"
	. "github.com/chroniccare/chroniccare/registry"
)

// ambulatory are outpatient visits, by class or by code, never emergency visits
// or stays.
func ambulatory(w Window) Query {
	return Query{Kind: Encounter, Tests: []Test{When(Starts, w), done(), NoneOf(ClassIn(append(append([]string{}, inpatientClasses...), emergencyClasses...)...)),
		AnyOf(ClassIn(outpatientClasses...), CodeIn(setAmbulatoryVisit))}}
}

// aap is adults' access to preventive or ambulatory services: commercial
// members in three years, Medicaid and Medicare in one (later editions).
func (p Params) aap(id string, lo, hi int) hedis.Indicator {
	private := p.enrolled(years(3), Medical, privateOnly)
	return hedis.Indicator{
		ID:       id,
		Question: "Did an adult have an ambulatory or preventive visit?",
		Rates: []hedis.RateDef{{
			InitialPopulation: All{age(PeriodEnd(), lo, hi, false), Any{private, p.enrolled(year(), Medical, notPrivate)}},
			Numerator:         Any{exists(ambulatory(year())), All{private, exists(ambulatory(years(3)))}},
		}},
		Notes: []string{"Ages as in the study's table. Look-back by product line, and that stays and emergency visits do not count, from later editions."},
	}
}

// cap is children's access to primary care practitioners.
func (p Params) cap(id string, age Definition, back int) hedis.Indicator {
	w := years(back)
	return hedis.Indicator{
		ID:       id,
		Question: "Did a child visit a primary care practitioner?",
		Rates: []hedis.RateDef{{
			InitialPopulation: All{age, p.enrolled(w, Medical, withoutOld)},
			Numerator: exists(Query{Kind: Encounter, Tests: []Test{When(Starts, w), done(), NoneOf(ClassIn(append(append([]string{}, inpatientClasses...), emergencyClasses...)...)),
				AnyOf(seenBy(ProviderPrimaryCare), CodeIn(setPrimaryCareVisit))}}),
		}},
		Notes: []string{"Ages as in the study's table; the rule for months is the library's choice. Specialists do not count (later editions)."},
	}
}

func (p Params) access() []hedis.Indicator {
	return []hedis.Indicator{
		p.aap("aap-20-44", 20, 44), p.aap("aap-45-64", 45, 64), p.aap("aap-65-plus", 65, 0),
		p.cap("cap-12-24m", age(PeriodEnd(), 12, 24, true), 1),
		p.cap("cap-25m-6y", All{age(PeriodEnd(), 25, 0, true), age(PeriodEnd(), 0, 6, false)}, 1),
		p.cap("cap-7-11y", age(PeriodEnd(), 7, 11, false), 2),
	}
}
