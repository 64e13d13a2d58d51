package hedis2001

import (
	"github.com/chroniccare/chroniccare/hedis"
	. "github.com/chroniccare/chroniccare/registry"
)

func (p Params) bcs() hedis.Indicator {
	num := exists(screened(years(2), setMammogram))
	ever := UpToPeriodEnd()
	return hedis.Indicator{ID: "bcs", Question: "Did a woman have a mammogram in two years?",
		Rates: []hedis.RateDef{{
			InitialPopulation: All{SexIs{Sex: Female}, age(PeriodEnd(), 52, 69, false), p.enrolled(years(2), Medical, allLines)},
			DenominatorExclusion: p.exclusion(Any{exists(performed(ever, setBilateralMastectomy)),
				Count{Of: performed(ever, setUnilateralMastectomy), Min: 2, Distinct: DistinctDays}}, num),
			Numerator: num,
		}},
		Notes: []string{"Ages, look-back and exclusion as published for the era; enrolment inferred."}}
}

func (p Params) ccs() hedis.Indicator {
	num := exists(screened(years(3), setCervicalCytology))
	return hedis.Indicator{ID: "ccs", Question: "Did a woman have a Pap test in three years?",
		Rates: []hedis.RateDef{{
			InitialPopulation: All{SexIs{Sex: Female}, age(PeriodEnd(), 21, 64, false),
				Any{p.enrolled(years(3), Medical, privateOnly), p.enrolled(year(), Medical, medicaid)}},
			DenominatorExclusion: p.exclusion(exists(performed(UpToPeriodEnd(), setHysterectomyNoCervix)), num),
			Numerator:            num,
		}},
		Notes: []string{"Ages, look-back and exclusion as published for the era; enrolment inferred."}}
}

// chl is chlamydia screening of sexually active young women, found by claims or
// by a dispensed contraceptive.
func (p Params) chl(id string, lo, hi int) hedis.Indicator {
	at := PeriodEnd()
	if p.ChlamydiaAgeAtStart {
		at, hi = PeriodStart(), min(hi, 25)
	}
	num := exists(screened(year(), setChlamydiaTest))
	active := Any{exists(dispensed(year(), setContraceptives)), exists(screened(year(), setSexualActivity))}
	ip := Any(append(Any{}, active...))
	ip = append(ip, exists(screened(year(), setPregnancyTest)))
	r := hedis.RateDef{
		InitialPopulation: All{SexIs{Sex: Female}, age(at, lo, hi, false), p.enrolled(year(), Medical, withoutOld), ip},
		Numerator:         num,
	}
	if p.PregnancyTestExclusion {
		soon := FromTo(EndOf("pregnancy test"), EndOf("pregnancy test").AddDays(7))
		after := Union(tested(soon, setXRay), dispensed(soon, setIsotretinoin))
		r.DenominatorExclusion = p.exclusion(All{not(active), exists(tested(year(), setPregnancyTest).Named("pregnancy test").That(With(after)))}, num)
	}
	return hedis.Indicator{ID: id, Question: "Was a sexually active young woman tested for chlamydia?", Rates: []hedis.RateDef{r},
		Notes: []string{"Test and product lines as published for the era; age bands inferred; enrolment from later editions."}}
}
