package hedis2001

import (
	"github.com/chroniccare/chroniccare/hedis"
	"github.com/chroniccare/chroniccare/registry"
)

// ItemSystem is the code system of the survey items: the library's own
// identifiers, not the wording of the instrument.
const ItemSystem registry.System = "urn:chroniccare:survey-item"

// GettingCareQuickly is the composite of four items on a scale from never to
// always; waiting more than 15 minutes is reversed. The top box is "always";
// set TopBox to 2 for "usually or always". The items are from memory of the
// instrument (CAHPS 2.0H) and unconfirmed.
func GettingCareQuickly() hedis.SurveyComposite {
	return hedis.SurveyComposite{
		ID: "cahps-getting-care-quickly", Title: "Getting care quickly",
		Scale: []string{"never", "sometimes", "usually", "always"},
		Items: []hedis.SurveyItem{{ID: "help-by-telephone"}, {ID: "routine-appointment"}, {ID: "urgent-care"}, {ID: "waited-over-15-minutes", Reversed: true}},
	}
}

// GettingNeededCare is the composite of four items on a scale of problems; the
// top box is "no problem". The source study prints it as "getting needed care
// quickly". The items are from memory of the instrument (CAHPS 2.0H) and
// unconfirmed.
func GettingNeededCare() hedis.SurveyComposite {
	return hedis.SurveyComposite{
		ID: "cahps-getting-needed-care", Title: "Getting needed care", Also: "Getting needed care quickly",
		Scale: []string{"big problem", "small problem", "no problem"},
		Items: []hedis.SurveyItem{{ID: "personal-doctor"}, {ID: "specialist"}, {ID: "care-thought-necessary"}, {ID: "waiting-for-approval"}},
	}
}

// Answers reads a respondent's answers to a composite from assessment facts of
// the period: a fact a question, its code the item of [ItemSystem], its value
// the category from 1 (first of the scale as printed). The most recent answer
// counts. in reports whether the member belongs to the survey's population: an
// adult on its last day, enrolled for twelve months in it with one gap of 45
// days (commercial, Medicare) or for the last six months (Medicaid); inferred.
func Answers(c hedis.SurveyComposite, p *registry.Patient, period registry.Period) (answers []int, in bool) {
	answers = make([]int, len(c.Items))
	when := make([]registry.Moment, len(c.Items))
	for i := range answers {
		answers[i] = hedis.NoAnswer
	}
	for k := range p.Facts {
		f := &p.Facts[k]
		at := f.When.Latest()
		if f.Kind != registry.Assessment || f.Negated || f.Status == registry.EnteredInError || !period.Contains(at.Day) || f.Value.Kind != registry.QuantityValue {
			continue
		}
		for i, item := range c.Items {
			if !f.HasCode(registry.Code{System: ItemSystem, Value: item.ID}) {
				continue
			}
			for n := range c.Scale {
				if f.Value.Quantity.Value.Cmp(registry.Num(int64(n+1), 0)) != 0 {
					continue
				}
				later, known := at.Compare(when[i], true)
				if answers[i] == hedis.NoAnswer || known && later > 0 || later == 0 && n < answers[i] {
					answers[i], when[i] = n, at
				}
			}
		}
	}
	if p.AgeOn(period.End) < 18 {
		return answers, false
	}
	rule := registry.ContinuousEnrolment{Window: period, Anchor: period.End, Gaps: 1, GapDays: 45, WholeWindow: true}
	for _, line := range []string{registry.Commercial, registry.Medicare, registry.Medicaid} {
		rule.Product = line
		if line == registry.Medicaid {
			rule.Window.Start = max(period.Start, period.End.AddDays(1).AddMonths(-6))
		}
		if rule.Met(p.Enrolments) {
			return answers, true
		}
	}
	return answers, false
}

// DiabetesProcesses are the IDs of the four processes whose all-or-none
// composite was published as comprehensive diabetes care (Indian Health Service,
// HEDIS report of 2004).
func DiabetesProcesses() []string {
	return []string{"cdc-hba1c-tested", "cdc-eye", "cdc-ldl-screening", "cdc-nephropathy"}
}
