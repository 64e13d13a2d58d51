package selfmanagement

import (
	"errors"
	"fmt"
	"slices"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/registry"
)

// Domain is what an assessment of self-management looks at.
type Domain string

// Domains.
const (
	Knowledge  Domain = "knowledge"
	Skills     Domain = "skills"
	Confidence Domain = "confidence"
	Barriers   Domain = "barriers"
	Support    Domain = "support at home"
	Mood       Domain = "mood"
	Literacy   Domain = "health literacy"
	Matters    Domain = "what matters most"
)

// Domains lists the eight in their fixed order.
func Domains() []Domain { return slices.Clone(domains[:]) }

var domains = [...]Domain{Knowledge, Skills, Confidence, Barriers, Support, Mood, Literacy, Matters}

// Assessment is one domain's dated level, by an instrument of the caller's.
type Assessment struct {
	ID         string        `json:"id"`
	Domain     Domain        `json:"domain"`
	On         registry.Date `json:"on"`
	Level      string        `json:"level"`
	Instrument string        `json:"instrument,omitempty"`
}

// AssessmentPolicy says how long an assessment stands. The zero value is 365 days for
// every domain (our default).
type AssessmentPolicy struct {
	Days   int           `json:"days"`             // 0: 365
	Domain []DomainLimit `json:"domain,omitempty"` // domains with a limit of their own
}

// DomainLimit is how many days an assessment of one domain stands.
type DomainLimit struct {
	Domain Domain `json:"domain"`
	Days   int    `json:"days"`
}

// Check reports negative limits, and domains that are unknown or named twice, all as
// [caremodel.ErrPolicy].
func (p AssessmentPolicy) Check() error {
	var errs []error
	bad := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf("%w: assessment: %s", caremodel.ErrPolicy, fmt.Sprintf(format, args...)))
	}
	if p.Days < 0 {
		bad("a limit of %d days", p.Days)
	}
	for i, l := range p.Domain {
		switch {
		case !slices.Contains(domains[:], l.Domain):
			bad("no domain %q", l.Domain)
		case slices.ContainsFunc(p.Domain[:i], func(o DomainLimit) bool { return o.Domain == l.Domain }):
			bad("domain %q twice", l.Domain)
		case l.Days <= 0:
			bad("%q stands %d days", l.Domain, l.Days)
		}
	}
	return errors.Join(errs...)
}

func (p AssessmentPolicy) days(d Domain) int {
	for _, l := range p.Domain {
		if l.Domain == d {
			return l.Days
		}
	}
	if p.Days == 0 {
		return 365
	}
	return p.Days
}

// DomainStatus is where a person stands in one domain.
type DomainStatus struct {
	Domain  Domain        `json:"domain"`
	Due     bool          `json:"due"`
	Missing bool          `json:"missing"` // never assessed; otherwise ID is the evidence
	ID      string        `json:"id,omitempty"`
	On      registry.Date `json:"on"`
	Level   string        `json:"level,omitempty"`
	Until   registry.Date `json:"until"` // last day on which the assessment stands
}

// Why says in words why the domain is due, or until when it is not.
func (s DomainStatus) Why() string {
	switch {
	case s.Missing:
		return "never assessed"
	case s.Due:
		return fmt.Sprintf("assessed on %s, which stood until %s", s.On, s.Until)
	}
	return fmt.Sprintf("assessed on %s, which stands until %s", s.On, s.Until)
}

// Assess says for each of the eight domains, in order, whether an assessment is due: when
// there is none, or the last one is older than its limit. Assessments after asOf do not
// exist; those without a date or of another domain are left out and counted. The result
// uses buf's storage.
func Assess(as []Assessment, p AssessmentPolicy, asOf registry.Date, buf []DomainStatus) (status []DomainStatus, leftOut int) {
	out := buf[:0]
	for _, d := range domains {
		out = append(out, DomainStatus{Domain: d, Missing: true, Due: true})
	}
	for i := range as {
		a := &as[i]
		k := slices.Index(domains[:], a.Domain)
		switch {
		case k < 0 || a.On == 0:
			leftOut++
			continue
		case a.On > asOf:
			continue
		}
		if s := &out[k]; s.Missing || a.On > s.On || a.On == s.On && a.ID > s.ID {
			*s = DomainStatus{Domain: a.Domain, ID: a.ID, On: a.On, Level: a.Level, Until: a.On.AddDays(p.days(a.Domain))}
			s.Due = asOf > s.Until
		}
	}
	return out, leftOut
}
