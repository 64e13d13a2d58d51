package caremodel

import (
	"cmp"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/registry"
)

// IssueCode says what is wrong with a record of care. Evaluating never fails: what is
// wrong becomes an issue that stands beside the answer.
type IssueCode string

// Issue codes.
const (
	NoBaseline        IssueCode = "NO_BASELINE"
	NoOwner           IssueCode = "NO_OWNER"
	NoReview          IssueCode = "NO_REVIEW"
	StepOverdue       IssueCode = "STEP_OVERDUE"
	TwoManagers       IssueCode = "TWO_MANAGERS"
	NoManager         IssueCode = "NO_MANAGER"
	OverCapacity      IssueCode = "OVER_CAPACITY"
	NoPermittedRole   IssueCode = "NO_PERMITTED_ROLE"
	RuleConflict      IssueCode = "RULE_CONFLICT"
	Unjustified       IssueCode = "UNJUSTIFIED"
	DeviceImplausible IssueCode = "DEVICE_IMPLAUSIBLE"
	LanguageUnknown   IssueCode = "LANGUAGE_UNKNOWN"
	LoopStuck         IssueCode = "LOOP_STUCK"
	MissingPart       IssueCode = "MISSING_PART"
)

// Issue is something that somebody has to put right.
type Issue struct {
	Code    IssueCode     `json:"code"`
	Subject string        `json:"subject"` // person, referral, goal ... by ID
	On      registry.Date `json:"on"`      // since when; 0: not dated
	Detail  string        `json:"detail"`
}

// String gives the issue on a line.
func (i Issue) String() string {
	s := string(i.Code) + " " + i.Subject
	if i.On != 0 {
		s += " since " + i.On.String()
	}
	if i.Detail != "" {
		s += ": " + i.Detail
	}
	return s
}

// SortIssues orders issues by subject, code, day and detail, so that the same faults
// read the same whatever order they were found in.
func SortIssues(is []Issue) {
	slices.SortFunc(is, func(a, b Issue) int {
		return cmp.Or(strings.Compare(a.Subject, b.Subject), strings.Compare(string(a.Code), string(b.Code)), cmp.Compare(a.On, b.On), strings.Compare(a.Detail, b.Detail))
	})
}
