package hedis2001

import (
	"github.com/chroniccare/chroniccare/hedis"
	. "github.com/chroniccare/chroniccare/registry"
)

func latest(q Query) Pick { return Pick{From: q, By: Latest, Last: true, Exact: true, Tie: TieLowest} }

// hba1c tests the value in per cent, or in mmol/mol by the master equation
// NGSP = 0.09148 IFCC + 2.152.
func hba1c(op Op, percent Number) Test {
	ifcc := Num((percent.Coef*pow10(5+int(percent.Exp))-215200)*1000/9148, -3)
	return AnyOf(Compare{Op: op, Limit: percent, Unit: "%"}, Compare{Op: op, Limit: ifcc, Unit: "mmol/mol"})
}

func pow10(n int) int64 {
	p := int64(1)
	for range n {
		p *= 10
	}
	return p
}

// ldlBelow130 is below 130 mg/dL, 3.36 mmol/L.
func ldlBelow130() Test {
	return AnyOf(Compare{Op: Below, Limit: Num(130, 0), Unit: "mg/dL"}, Compare{Op: Below, Limit: Num(336, -2), Unit: "mmol/L"})
}

// proteinuria is a positive dipstick: over 29 mg/dL, a plus, or in words.
func proteinuria() Test {
	return fact("protein found", func(_ *Chart, _ Period, f *Fact) bool {
		switch v := f.Value; v.Kind {
		case QuantityValue:
			return v.Quantity.Value.Cmp(Num(29, 0)) > 0
		case BoolValue:
			return v.Bool
		case TextValue:
			switch v.Text {
			case "+", "++", "+++", "++++", "1+", "2+", "3+", "4+", "positive", "Positive", "POSITIVE", "pos", "POS", "Pos":
				return true
			}
		}
		return false
	})
}

func (p Params) diabetes() (ip, excl Definition) {
	two := years(2)
	byClaims := twoOutpatientOrOneAcute(two, setDiabetes)
	ip = All{age(PeriodEnd(), 18, 75, false), p.enrolled(year(), Medical, allLines),
		Any{byClaims, exists(dispensed(two, setInsulin, setOralHypoglycaemics))}}
	excl = All{Any{exists(diagnosed(two, setGestationalDiabetes, setSteroidDiabetes)), exists(diagnosed(UpToPeriodEnd(), setPolycysticOvaries))}, not(byClaims)}
	return ip, excl
}

func (p Params) cdc() []hedis.Indicator {
	ip, excl := p.diabetes()
	notes := []string{"Claims rule, ages and enrolment from later editions; exclusion unconfirmed for 2001; thresholds as published for the era."}
	one := func(id string, better hedis.Improvement, question string, num Definition) hedis.Indicator {
		return hedis.Indicator{ID: id, Question: question, Improvement: better, Notes: notes,
			Rates: []hedis.RateDef{{InitialPopulation: ip, DenominatorExclusion: p.exclusion(excl, num), Numerator: num}}}
	}
	full := p.filled()
	ldl := tested(years(full.LDLYears), setLDLTest)
	noInsulin := not(exists(dispensed(year(), setInsulin)))
	below8 := the(latest(tested(year(), setHbA1cTest)), hba1c(Below, Num(8, 0)))
	eye := func(w Window) Definition { return exists(tested(w, setRetinalExam).That(seenBy(ProviderEyeCare))) }
	micro := func(w Window) Definition { return exists(tested(w, setUrineMicroalbumin)) }
	return []hedis.Indicator{
		one("cdc-eye", hedis.Increase, "Did an eye-care professional examine the retina, this year or at low risk last year?",
			Any{eye(year()), All{eye(yearBefore()), atLeast(full.LowRiskNeeded, noInsulin, below8, not(exists(diagnosed(yearBefore(), setDiabeticRetinopathy))))}}),
		one("cdc-hba1c-poor", hedis.Decrease, "Is the most recent HbA1c above the limit, without a value, or missing?",
			not(the(latest(tested(year(), setHbA1cTest)), hba1c(AtOrBelow, full.PoorAbove)))),
		one("cdc-hba1c-tested", hedis.Increase, "Was HbA1c tested?", exists(tested(year(), setHbA1cTest))),
		one("cdc-ldl-screening", hedis.Increase, "Was LDL cholesterol tested?", exists(ldl)),
		one("cdc-ldl-control", hedis.Increase, "Is the most recent LDL cholesterol below 130 mg/dL?", the(latest(ldl), ldlBelow130())),
		one("cdc-nephropathy", hedis.Increase, "Was the kidney monitored, or kidney disease known?", Any{
			micro(year()), exists(performed(year(), setNephropathy)), exists(tested(year(), setUrineMicroalbumin, setUrineProtein).That(proteinuria())),
			exists(visits(year(), outpatientClasses, seenBy(ProviderNephrology))),
			All{micro(yearBefore()), atLeast(full.LowRiskNeeded, noInsulin, below8, not(exists(tested(yearBefore(), setUrineMicroalbumin, setUrineProtein).That(proteinuria()))))}}),
	}
}

// HbA1cAtMost is the share of the diabetes denominator whose most recent HbA1c
// is at most a limit in per cent; missing tests and values fail. A limit of 7.5
// is the target that one plan of the source study paid its physicians for (the
// study prints it with the unit mmol/l, which it cannot be). Add it to the
// indicators of a [Programme].
func HbA1cAtMost(p Params, percent Number) hedis.Indicator {
	ip, excl := p.diabetes()
	num := the(latest(tested(year(), setHbA1cTest)), hba1c(AtOrBelow, percent))
	return hedis.Indicator{ID: "hba1c-at-most-" + percent.String(), Title: "Diabetes: HbA1c at most " + percent.String() + " %", Version: "2001",
		Question: "Is the most recent HbA1c at most the limit?", Rates: []hedis.RateDef{{InitialPopulation: ip, DenominatorExclusion: p.exclusion(excl, num), Numerator: num}},
		Notes: []string{"Not in Table 1: the target of an incentive described in the study."}}
}
