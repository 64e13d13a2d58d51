package delivery

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/panel"
)

// HomePrinciples is the checklist of a medical home: four principles and two things that
// make it work (King's Fund 2010, KF2010:639-643). Answer it by number: 1 to 4 are the
// principles, 5 and 6 the enablers.
func HomePrinciples() caremodel.Checklist {
	return caremodel.Checklist{ID: "medicalhome6", Source: "KF2010:639-643", Items: []string{
		"ongoing physician", "team with joint responsibility", "whole person", "all care provided or arranged",
		"payment for co-ordination", "strong information technology"}}
}

// Designation is a caller's rule for calling a practice a medical home: the study's
// criteria are not public. A bonus may hang on it (Nuffield Trust 2009, NT2009:1330-1334).
type Designation struct {
	ID       string   `json:"id"`
	Criteria []string `json:"criteria,omitempty"`
	Must     []string `json:"must,omitempty"` // criteria that may not fail
	Minimum  int      `json:"minimum"`        // criteria to be met in all; 0: those of Must
}

// Designated is the answer about a practice. Yes and No hold whatever the unknown answers
// are.
type Designated struct {
	Answer  caremodel.Answer `json:"answer"`
	Met     []string         `json:"met,omitempty"`
	Failed  []string         `json:"failed,omitempty"`  // no or only partly
	Unknown []string         `json:"unknown,omitempty"` // not answered
	Why     string           `json:"why"`
}

// Check reports a designation without criteria, criteria there twice, a must that is none
// of them, and a minimum that cannot be met, as [caremodel.ErrDefinition].
func (d Designation) Check() error {
	var errs []error
	bad := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf("%w: designation %q: %s", caremodel.ErrDefinition, d.ID, fmt.Sprintf(format, args...)))
	}
	if len(d.Criteria) == 0 {
		bad("no criteria")
	}
	for i, c := range d.Criteria {
		if c == "" || slices.Contains(d.Criteria[:i], c) {
			bad("criterion %q is empty or there twice", c)
		}
	}
	for _, m := range d.Must {
		if !slices.Contains(d.Criteria, m) {
			bad("%q must be met and is no criterion", m)
		}
	}
	if d.Minimum < 0 || d.Minimum > len(d.Criteria) {
		bad("%d of %d criteria", d.Minimum, len(d.Criteria))
	}
	return errors.Join(errs...)
}

// Decide judges a practice by its answers. Faults of the designation come first; answers
// about something else are [caremodel.ErrAnswer], in the order of letters.
func (d Designation) Decide(answers map[string]caremodel.Answer) (Designated, error) {
	if err := d.Check(); err != nil {
		return Designated{}, err
	}
	var errs []error
	var out Designated
	for c, a := range answers {
		switch a {
		case caremodel.Yes, caremodel.Partly, caremodel.No, caremodel.Unknown:
			if slices.Contains(d.Criteria, c) {
				continue
			}
		}
		errs = append(errs, fmt.Errorf("%w: designation %q: %q answered %q", caremodel.ErrAnswer, d.ID, c, a))
	}
	if len(errs) > 0 {
		slices.SortFunc(errs, func(a, b error) int { return strings.Compare(a.Error(), b.Error()) })
		return out, errors.Join(errs...)
	}
	for _, c := range d.Criteria {
		switch answers[c] {
		case caremodel.Yes:
			out.Met = append(out.Met, c)
		case caremodel.Unknown:
			out.Unknown = append(out.Unknown, c)
		default:
			out.Failed = append(out.Failed, c)
		}
	}
	failed, open := "", ""
	for _, m := range d.Must {
		if slices.Contains(out.Failed, m) && failed == "" {
			failed = m
		}
		if slices.Contains(out.Unknown, m) && open == "" {
			open = m
		}
	}
	met, can := len(out.Met), len(out.Met)+len(out.Unknown)
	switch {
	case failed != "":
		out.Answer, out.Why = caremodel.No, failed+" is not met and must be"
	case can < d.Minimum:
		out.Answer, out.Why = caremodel.No, fmt.Sprintf("at most %d criteria can be met, %d are needed", can, d.Minimum)
	case open != "":
		out.Why = open + " must be met and is not known"
	case met < d.Minimum:
		out.Why = fmt.Sprintf("%d criteria are met, %d are needed, %d are not known", met, d.Minimum, len(out.Unknown))
	default:
		out.Answer, out.Why = caremodel.Yes, fmt.Sprintf("%d criteria are met, %d are needed", met, max(d.Minimum, len(d.Must)))
	}
	return out, nil
}

// Consultation is a consultation that the co-ordinating physician arranged.
type Consultation struct {
	ID   string        `json:"id"`
	Due  registry.Date `json:"due"`  // last day in time
	Held registry.Date `json:"held"` // 0: not yet
}

// HomeReport says whether everybody has one responsible physician, and whether consultations
// are in time (King's Fund 2010, KF2010:284-286).
type HomeReport struct {
	Assigned registry.Rate        `json:"assigned"`          // people with exactly one
	Faults   []panel.AccountFault `json:"faults,omitempty"`  // people with none or several, by person
	Unknown  []string             `json:"unknown,omitempty"` // named with a physician, and not of the practice
	OnTime   registry.Rate        `json:"on_time"`           // consultations held in time, of those held or due
	Late     []string             `json:"late,omitempty"`    // IDs of the others, sorted
}

// MedicalHome reports on a practice's people on a day: who answers for whom, by
// [panel.OneAccountable], and the consultations. Somebody listed twice counts once.
func MedicalHome(people []string, named []panel.Accountable, consultations []Consultation, asOf registry.Date) HomeReport {
	var r HomeReport
	r.Faults, r.Unknown = panel.OneAccountable(people, named)
	once := slices.Clone(people)
	slices.Sort(once)
	r.Assigned.Den = int64(len(slices.Compact(once)))
	r.Assigned.Num = r.Assigned.Den - int64(len(r.Faults))
	for _, c := range consultations {
		held := c.Held != 0 && c.Held <= asOf
		if !held && asOf <= c.Due {
			continue
		}
		r.OnTime.Den++
		if held && c.Held <= c.Due {
			r.OnTime.Num++
		} else {
			r.Late = append(r.Late, c.ID)
		}
	}
	slices.Sort(r.Late)
	return r
}
