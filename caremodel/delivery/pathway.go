package delivery

import (
	"errors"
	"fmt"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/completeness"
	"github.com/chroniccare/chroniccare/stratify/eligibility"
)

// DiabetesLimits are the figures of the diabetes pathway that its source leaves open. Both
// must be given.
type DiabetesLimits struct {
	PoorlyControlled registry.Quantity `json:"poorly_controlled"` // HbA1c above it, with its unit
	RecentDays       int               `json:"recent_days"`       // a discharge so many days ago or less is recent
}

// DiabetesState is what is known about a person with diabetes.
type DiabetesState struct {
	VeryComplex caremodel.Answer `json:"very_complex"`
	MinorIssue  caremodel.Answer `json:"minor_issue"` // minor, and would otherwise wait for a specialist
	HbA1c       *Measured        `json:"hba1c"`       // latest; nil: not known
	Discharged  registry.Date    `json:"discharged"`  // last discharge from hospital; 0: not known
	// NeverDischarged says that 0 in Discharged means none, and not that none is known.
	NeverDischarged bool `json:"never_discharged"`
}

// Measured is a value with the fact it comes from.
type Measured struct {
	ID    string            `json:"id"`
	On    registry.Date     `json:"on"`
	Value registry.Quantity `json:"value"`
}

// DiabetesPathway places people in the tiers of a diabetes pathway. It is immutable and may
// be shared.
type DiabetesPathway struct {
	limits DiabetesLimits
	units  *completeness.Units
	decisions
}

// NewDiabetesPathway checks the limits: an HbA1c in % or mmol/mol, and days from 1 on, else
// [caremodel.ErrPolicy], both named.
func NewDiabetesPathway(l DiabetesLimits) (*DiabetesPathway, error) {
	units, err := completeness.LoadUnits()
	if err != nil {
		return nil, err
	}
	var errs []error
	if code := units.Judge("hba1c", l.PoorlyControlled, 18); code != completeness.NoIssue || l.PoorlyControlled.Comparator != registry.Exactly {
		errs = append(errs, fmt.Errorf("%w: poorly controlled above %s: %s", caremodel.ErrPolicy, l.PoorlyControlled, code))
	}
	if l.RecentDays < 1 {
		errs = append(errs, fmt.Errorf("%w: a recent discharge is %d days ago", caremodel.ErrPolicy, l.RecentDays))
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return &DiabetesPathway{l, units, decideAll(eligibility.BrentTiers(), eligibility.VeryComplex, eligibility.MinorIssue, eligibility.PoorlyControlled, eligibility.RecentlyDischarged)}, nil
}

// Tier finds a person's tier on a day by [eligibility.BrentTiers]: very complex needs go to
// secondary care, poor control or a recent discharge to the intermediate specialist service,
// a minor issue to the rapid-access clinic, everybody else to general practice (King's Fund
// 2010, KF2010:135). What is not known never lowers a tier: the answer is then unknown, with
// what it can be. A value in a unit that does not convert is not known. Answers share their
// storage: they are for reading.
func (p *DiabetesPathway) Tier(s DiabetesState, asOf registry.Date) *eligibility.Levelled {
	control, recent := caremodel.Unknown, caremodel.Unknown
	if m := s.HbA1c; m != nil && m.On <= asOf {
		above, err := p.units.Satisfies("hba1c", m.Value, registry.Above, p.limits.PoorlyControlled)
		not, err2 := p.units.Satisfies("hba1c", m.Value, registry.AtOrBelow, p.limits.PoorlyControlled)
		switch {
		case err != nil || err2 != nil:
		case above:
			control = caremodel.Yes
		case not:
			control = caremodel.No
		}
	}
	switch {
	case s.Discharged != 0 && s.Discharged <= asOf:
		recent = caremodel.No
		if int(asOf-s.Discharged) <= p.limits.RecentDays {
			recent = caremodel.Yes
		}
	case s.NeverDischarged:
		recent = caremodel.No
	}
	return p.of(s.VeryComplex, s.MinorIssue, control, recent)
}
