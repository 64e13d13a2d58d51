package hedis2001

import (
	"fmt"
	"reflect"
	"strings"

	"github.com/chroniccare/chroniccare/registry"
)

// ExclusionPolicy says whether optional exclusions are applied.
type ExclusionPolicy uint8

// Policies. The era let plans apply exclusions to members who had not met the
// numerator; applying them always is the library's choice.
const (
	ExcludeAlways ExclusionPolicy = iota
	ExcludeIfNumeratorMissed
	ExcludeNever
)

// String gives the policy in words.
func (p ExclusionPolicy) String() string {
	return [...]string{"always", "only if the numerator is missed", "never"}[min(p, ExcludeNever)]
}

// Params are the points on which editions, plans or readings of the era's rules
// differ. The zero value is the 2001 edition as the package reads it; what is
// inferred stands in each indicator's notes.
type Params struct {
	Exclusions             ExclusionPolicy
	PoorAbove              registry.Number // HbA1c per cent; zero means 9.5, later editions 9.0
	LDLYears               int             // years of look-back for LDL-C in diabetes; 0 means 2
	LowRiskNeeded          int             // of three signs of low risk; 0 means 2
	StrictBloodPressure    bool            // below 140/90 as from 2006; else 140/90 is controlled
	AsthmaBothYears        bool            // persistent asthma in both years, as from the 2006 edition
	AsthmaKeepCOPD         bool            // emphysema and COPD do not exclude
	FollowUpNotSameDay     bool            // a visit on the day of discharge does not count
	VaccineMinAgeDays      int             // youngest age of a setDTaP, polio or Hib dose; 0 asks for none
	LiveVaccinesAfterFirst bool            // MMR and VZV not before the first birthday
	ChlamydiaAgeAtStart    bool            // chlamydia: ages 16 to 25 on 1 January, not 16 to 26 on 31 December
	PregnancyTestExclusion bool            // a pregnancy test alone, before an X-ray or isotretinoin
	AssumeEnrolled         bool            // for records without enrolment: everyone counts as enrolled
	MonthlyMedicaid        bool            // Medicaid enrolment is verified by the month
	Product                string          // evaluate this product line only; empty: each line the indicator allows
}

// Edition2004 is the set of differences known for the editions of 2004 and
// 2005: chlamydia screening of ages 16 to 25 at the start of the year. Source: Indian Health Service, Clinical
// Reporting System, HEDIS reports of 2004 and 2005.
func Edition2004() Params { return Params{ChlamydiaAgeAtStart: true} }

// Edition2006 is the set of differences known for the 2006 edition: HbA1c above
// 9.0 is poor, asthma in both years. Source: Indian Health Service, Clinical
// Reporting System, HEDIS report of 2006.
func Edition2006() Params {
	return Params{ChlamydiaAgeAtStart: true, PoorAbove: registry.Num(9, 0), AsthmaBothYears: true}
}

// Diff lists the parameters in which o differs, in the order of the fields:
// "PoorAbove: 9.5 -> 9". Zero values are shown as the default they stand for.
func (p Params) Diff(o Params) []string {
	var out []string
	a, b := reflect.ValueOf(p.filled()), reflect.ValueOf(o.filled())
	for i := range a.NumField() {
		if x, y := fmt.Sprint(a.Field(i)), fmt.Sprint(b.Field(i)); x != y {
			out = append(out, fmt.Sprintf("%s: %s -> %s", a.Type().Field(i).Name, x, y))
		}
	}
	return out
}

func (p Params) filled() Params {
	if p.PoorAbove == (registry.Number{}) {
		p.PoorAbove = registry.Num(95, -1)
	}
	if p.LDLYears == 0 {
		p.LDLYears = 2
	}
	if p.LowRiskNeeded == 0 {
		p.LowRiskNeeded = 2
	}
	return p
}

// name tells editions apart, so that tallies of different readings never merge.
func (p Params) name(my int) string {
	s := fmt.Sprintf("HEDIS 2001 style, measurement year %d", my)
	if d := (Params{}).Diff(p); len(d) > 0 {
		s += " (" + strings.Join(d, "; ") + ")"
	}
	return s
}
