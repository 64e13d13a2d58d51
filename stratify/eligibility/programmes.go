package eligibility

import "fmt"

// Parameters are the figures that a source leaves open. The zero value takes the
// library's decision where there is one, which [Programme.Notes] says, and is refused
// where there is none.
type Parameters struct {
	LookBackMonths int // "evercare": over how long admissions count; required, the source gives none
	Several        int // "sipa-priority": how many are several; 0: 2
	OlderAge       int // "us-groups-older": from which age; 0: 65
}

// New makes a programme by its ID; [Systems] lists them. It reports [ErrProgramme] for an
// unknown ID, and [ErrParameter] for a parameter that is missing or below zero.
func New(id string, p Parameters) (*Programme, error) {
	switch {
	case p.LookBackMonths < 0, p.Several < 0, p.OlderAge < 0:
		return nil, fmt.Errorf("%w: %+v is below zero", ErrParameter, p)
	}
	several, older := p.Several, p.OlderAge
	if several == 0 {
		several = 2
	}
	if older == 0 {
		older = 65
	}
	one := func(all ...Condition) []Route { return []Route{{"criteria", all}} }
	is := func(i Input) Condition { return Condition{Input: i} }
	atLeast := func(i Input, n int) Condition { return Condition{Input: i, Min: n} }
	var x Programme
	switch id {
	case "touchpoint":
		x = Programme{Name: "Touchpoint: case management under protocol", Routes: one(is(PoorlyControlled)),
			Notes: []string{"no score: the plan used no stratification tool at the time"}}
	case "participation":
		x = Programme{Name: "Participation and linked records", Routes: one(Condition{Input: OptedOut, Not: true}, is(Linked)),
			Notes: []string{"selection was by the plan, with little choice for patients; here an opt-out is recorded and counts"}}
	case "evercare":
		if p.LookBackMonths == 0 {
			return nil, fmt.Errorf("%w: evercare: LookBackMonths is not stated by the source", ErrParameter)
		}
		x = Programme{Name: "EverCare (England)", Routes: []Route{
			{"admissions", []Condition{atLeast(Age, 66), atLeast(EmergencyAdmissions, 2)}},
			{"referral", []Condition{is(Referred)}}},
			Notes: []string{"over 65 by wording: 66 completed years or more", fmt.Sprintf("look-back of %d months: the caller's, the source gives none", p.LookBackMonths),
				"direct clinician referral was added later in the pilot", "the pilot had little effect on admissions; those chosen were not accurately identified: see Targeting"}}
	case "pace":
		x = Programme{Name: "PACE", Routes: one(atLeast(Age, 55), is(InArea), is(NursingHomeLevel)),
			Notes: []string{"one passage says more than 55; the table and the first text say 55 or more", "certification is the state's: the caller's input", "typical enrolee: woman, 80, 7.9 conditions, about 3 limited activities of daily living, nearly half with dementia"}}
	case "sipa":
		x = Programme{Name: "SIPA", Routes: one(is(InCommunity), is(InArea), atLeast(Age, 64), is(ModerateDisability), is(CarerWilling)),
			Notes: []string{"the disability scale is the caller's"}}
	case "prisma":
		x = Programme{Name: "PRISMA", Routes: one(is(InCommunity), is(InArea), atLeast(Age, 65), is(Impaired), atLeast(ServicesNeeded, 2), is(CanStayHome)),
			Notes: []string{"the impairment scale is the caller's"}}
	case "rovereto":
		x = Programme{Name: "Rovereto", Routes: one(is(InCommunity), is(Frail)),
			Notes: []string{"the frailty instrument is the caller's, as the Hospital Frailty Risk Score", "found in home-health agency records; 200 people"}}
	case "vittorio-veneto":
		x = Programme{Name: "Vittorio Veneto", Routes: one(is(InCommunity), is(Frail)),
			Notes: []string{"the frailty instrument is the caller's", "referred by GPs, families and hospitals; 115 people"}}
	case "sipa-priority":
		x = Programme{Name: "SIPA sub-groups with a significant effect on cost", Routes: []Route{
			{"chronic illnesses", []Condition{atLeast(ChronicConditions, several)}}, {"disabilities", []Condition{atLeast(Disabilities, several)}}, {"living alone", []Condition{is(LivesAlone)}}},
			Notes: []string{fmt.Sprintf("several is %d or more: a decision of the library or the caller", several)}}
	case "us-groups-older":
		x = Programme{Name: "US medical groups: older patients with chronic conditions", Routes: one(atLeast(Age, older), atLeast(ChronicConditions, 1)),
			Notes: []string{fmt.Sprintf("older is %d or more: a decision of the library or the caller", older)}}
	case "us-groups-frail":
		x = Programme{Name: "US medical groups: 24-hour support for the most frail", Routes: one(is(Frail)), Notes: []string{"the frailty instrument is the caller's"}}
	case "us-groups-complex":
		x = Programme{Name: "US medical groups: nurse case managers", Routes: one(is(Frail), is(ComplexNeeds)), Notes: []string{"the frailty instrument is the caller's"}}
	case "ccht":
		x = Programme{Name: "Care Coordination/Home Telehealth", Routes: one(is(NeedsMonitoring)), Notes: []string{"no cut-offs in the source"}}
	case "whole-system-demonstrator":
		x = Programme{Name: "Whole System Demonstrator", Routes: one(is(Vulnerable), is(NeedsSupport)), Notes: []string{"no cut-offs in the source; three areas, two years from 2008"}}
	case "named-diseases":
		x = Programme{Name: "Intensive target group within named diseases", Routes: one(is(NamedDisease)), Notes: []string{"diabetes, asthma and heart failure in some plans; then the top share, see StudyPlans"}}
	case "costly-conditions":
		x = Programme{Name: "Intensive target group among all costly conditions", Routes: one(is(CostlyCondition)), Notes: []string{"then the top share, see StudyPlans"}}
	case "catastrophic":
		x = Programme{Name: "Anthem: catastrophic care", Routes: one(is(Catastrophic)), Notes: []string{"what is catastrophic is the caller's rule; always case managed"}}
	default:
		return nil, fmt.Errorf("%w: %q", ErrProgramme, id)
	}
	x.ID = id
	for _, s := range Systems() {
		for _, have := range s.IDs {
			if have == id {
				x.Row, x.Source = s.Row, s.Source
			}
		}
	}
	return &x, nil
}
