package hedis2001

import (
	"github.com/chroniccare/chroniccare/hedis"
	. "github.com/chroniccare/chroniccare/registry"
)

// persistentAsthma is the claims rule for one year.
func persistentAsthma(w Window) Definition {
	return Any{
		exists(coded(w, append(append([]string{}, emergencyClasses...), acuteClasses...), setAsthma).That(principal())),
		All{eventsAtLeast(2, "at least 2 dispensing events of asthma drugs", dispensed(w, setAsthmaReliever, setAsthmaController, setLeukotrieneModifiers)),
			Count{Of: coded(w, outpatientClasses, setAsthma), Min: 4, Distinct: DistinctDays}},
		All{eventsAtLeast(4, "at least 4 dispensing events of asthma drugs", dispensed(w, setAsthmaReliever, setAsthmaController, setLeukotrieneModifiers)),
			Any{eventsAtLeast(1, "not leukotriene modifiers alone", dispensed(w, setAsthmaReliever, setAsthmaController)), exists(diagnosed(w, setAsthma))}},
	}
}

// asm is use of appropriate medications for people with asthma. The combined
// rate has the ages of all three bands, so its counts are their sums.
func (p Params) asm(id string, lo, hi int) hedis.Indicator {
	ip := All{age(PeriodEnd(), lo, hi, false), p.enrolled(years(2), Medical|Pharmacy, withoutOld), persistentAsthma(yearBefore())}
	if p.AsthmaBothYears {
		ip = append(ip, persistentAsthma(year()))
	}
	num := exists(dispensed(year(), setAsthmaController, setLeukotrieneModifiers))
	r := hedis.RateDef{InitialPopulation: ip, Numerator: num}
	if !p.AsthmaKeepCOPD {
		r.DenominatorExclusion = p.exclusion(exists(diagnosed(UpToPeriodEnd(), setEmphysema, setCOPD)), num)
	}
	return hedis.Indicator{ID: id, Question: "Was a controller dispensed to someone with persistent asthma?", Rates: []hedis.RateDef{r},
		Notes: []string{"Qualifying rules as published for the era; leukotriene rule and exclusion unconfirmed for 2001; enrolment inferred."}}
}
