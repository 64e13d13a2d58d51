package hedis2001

import (
	"slices"

	. "github.com/chroniccare/chroniccare/registry"
)

// Product lines that an indicator is reported for.
var (
	allLines    = []string{Commercial, Medicaid, Medicare}
	withoutOld  = []string{Commercial, Medicaid}
	notPrivate  = []string{Medicaid, Medicare}
	privateOnly = []string{Commercial}
	medicaid    = []string{Medicaid}
)

func (p Params) linesOf(lines []string) []string {
	if p.Product == "" {
		return lines
	}
	if slices.Contains(lines, p.Product) {
		return []string{p.Product}
	}
	return []string{"none of " + p.Product}
}

// enrolled is continuous enrolment with one gap of 45 days in each calendar
// year and the last day of the year as anchor.
func (p Params) enrolled(w Window, need Benefit, lines []string) Definition {
	return p.enrolment(w, PeriodEnd(), ContinuousEnrolment{Cover: Cover{Benefits: need}, Gaps: 1, GapDays: 45}, lines)
}

// withoutGap is enrolment on every day of the window.
func (p Params) withoutGap(w Window, need Benefit, lines []string) Definition {
	return p.enrolment(w, Bound{}, ContinuousEnrolment{Cover: Cover{Benefits: need}}, lines)
}

func (p Params) enrolment(w Window, anchor Bound, rule ContinuousEnrolment, lines []string) Definition {
	if p.AssumeEnrolled {
		return Named{Name: "enrolment assumed", Of: All{}}
	}
	d := ContinuouslyEnrolled{Window: w, Anchor: anchor, Rule: rule, Lines: p.linesOf(lines)}
	if p.MonthlyMedicaid {
		d.Monthly = medicaid
	}
	return d
}

// met evaluates enrolment around a date that only a rule knows.
func (p Params) met(spans []Enrolment, rule ContinuousEnrolment, lines []string) bool {
	if p.AssumeEnrolled {
		return true
	}
	for _, l := range lines {
		rule.Product = l
		rule.Monthly = p.MonthlyMedicaid && l == Medicaid
		if rule.Met(spans) {
			return true
		}
	}
	return false
}
