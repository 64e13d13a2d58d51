package review

import (
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/recall"
)

// ReviewPolicy says what an admission's review looks at. The zero value counts earlier
// admissions of the last 12 months.
type ReviewPolicy struct {
	Plan     PlanPolicy
	Lookback recall.Every // for earlier admissions; none: 12 months
}

// AdmissionReview is how a person stood on the day before an unplanned admission. It is
// where a case conference begins, not a verdict.
type AdmissionReview struct {
	Person      string        `json:"person"`
	Admission   string        `json:"admission"` // ID of the encounter
	Admitted    registry.Date `json:"admitted"`
	Before      registry.Date `json:"before"`       // the day that is looked at
	ForReview   bool          `json:"for_review"`   // the person was on a register
	Why         string        `json:"why"`          // or why not
	Registers   []On          `json:"registers"`    // on that day
	LastContact registry.Date `json:"last_contact"` // visit or contact that reached the person; 0: none
	DaysSince   int           `json:"days_since"`   // -1: no contact
	Open        []Prompt      `json:"open"`         // gaps
	Plan        PlanResult    `json:"plan"`
	Lacking     []Lacking     `json:"lacking"`
	Provider    string        `json:"provider,omitempty"`
	Level       string        `json:"level,omitempty"`
	Earlier     []string      `json:"earlier"` // unplanned admissions before, IDs by day
}

// UnplannedReview looks at the day before an admission of a person: the subject's gaps must be of
// that day, [Before] of the admission. unplanned are the IDs of the record's unplanned admissions,
// this one among them or not. Whatever is dated later is not looked at.
func UnplannedReview(s *Subject, admission *registry.Fact, unplanned []string, policy ReviewPolicy) AdmissionReview {
	day := Before(admission)
	r := AdmissionReview{Person: s.Patient.ID, Admission: admission.ID, Admitted: admission.When.Start.Day, Before: day, Provider: s.Provider, Level: s.Level, DaysSince: -1}
	var x Summary
	Summarise(s, day, SummaryPolicy{Plan: policy.Plan}, &x)
	r.Earlier = []string{}
	r.Registers, r.Plan, r.Lacking, r.Open = slices.Clone(x.Registers), x.Plan, x.Lacking, x.Gaps
	if r.ForReview = len(r.Registers) > 0; r.ForReview {
		r.Why = "an unplanned admission of a register member"
	} else {
		r.Why = "on no register the day before"
	}
	for _, c := range s.Contacts {
		switch c.Outcome {
		case recall.Reached, recall.Booked, recall.Attended, recall.DeclinedCare:
			if c.On <= day {
				r.LastContact = max(r.LastContact, c.On)
			}
		}
	}
	back := policy.Lookback
	if back.IsZero() {
		back = recall.Every{N: 12, Unit: recall.Month}
	}
	from := back.Before(admission.When.Start.Day)
	var earlier []*registry.Fact
	for i := range s.Patient.Facts {
		f := &s.Patient.Facts[i]
		if f.Kind != registry.Encounter || !shown(f, day) || f.ID == admission.ID {
			continue
		}
		switch {
		case slices.Contains(unplanned, f.ID):
			if f.When.Start.Day > from {
				earlier = append(earlier, f)
			}
		case f.Status == registry.Finished || f.Status == registry.Completed || f.Status == registry.StatusUnknown:
			r.LastContact = max(r.LastContact, f.When.Earliest().Day)
		}
	}
	slices.SortFunc(earlier, func(a, b *registry.Fact) int {
		if a.When.Start.Day != b.When.Start.Day {
			return int(a.When.Start.Day - b.When.Start.Day)
		}
		return strings.Compare(a.ID, b.ID)
	})
	for _, f := range earlier {
		if len(r.Earlier) == 0 || r.Earlier[len(r.Earlier)-1] != f.ID {
			r.Earlier = append(r.Earlier, f.ID)
		}
	}
	if r.LastContact != 0 {
		r.DaysSince = int(day - r.LastContact)
	}
	return r
}

// Before is the day before an admission; 0 when the admission has no day.
func Before(admission *registry.Fact) registry.Date { return admission.When.Start.Day.AddDays(-1) }
