package decision

import (
	"cmp"
	"math/big"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/registry"
)

// AdviceRequest is a question of primary care to a specialist.
type AdviceRequest struct {
	ID          string        `json:"id"`
	From        string        `json:"from"`
	Specialty   string        `json:"specialty"`
	Asked       registry.Date `json:"asked"`
	Answered    registry.Date `json:"answered"`     // Answered 0: not yet
	JointClinic bool          `json:"joint_clinic"` // answered by seeing the person together
}

// Answers says how specialists answer.
type Answers struct {
	InTime     registry.Rate     `json:"in_time"`     // of those answered, or waiting longer than the limit
	MedianDays *big.Rat          `json:"median_days"` // of those answered; nil: none is
	Answered   int64             `json:"answered"`
	Joint      int64             `json:"joint"`
	Overdue    []caremodel.Issue `json:"overdue,omitempty"`
	LeftOut    int64             `json:"left_out"` // undated, or answered before they were asked
}

// AnswerTimes judges requests on a day; the last day of the limit, which is the caller's, is
// in time.
func AnswerTimes(requests []AdviceRequest, limit int, asOf registry.Date) Answers {
	var a Answers
	var days []int
	for _, r := range requests {
		if r.Asked > asOf {
			continue
		}
		if r.Asked == 0 || r.Answered != 0 && r.Answered < r.Asked {
			a.LeftOut++
			continue
		}
		last := r.Asked.AddDays(limit)
		switch {
		case r.Answered != 0 && r.Answered <= asOf:
			a.Answered++
			a.InTime.Den++
			if r.Answered <= last {
				a.InTime.Num++
			}
			if r.JointClinic {
				a.Joint++
			}
			days = append(days, int(r.Answered-r.Asked))
		case asOf > last:
			a.InTime.Den++
			a.Overdue = append(a.Overdue, caremodel.Issue{Code: caremodel.StepOverdue, Subject: r.ID, On: last.AddDays(1), Detail: "advice from " + r.Specialty})
		}
	}
	a.MedianDays = caremodel.MedianDays(days)
	caremodel.SortIssues(a.Overdue)
	return a
}

// Teaching is an event of provider education, or a feedback visit.
type Teaching struct {
	Provider string        `json:"provider"`
	Topic    string        `json:"topic"`
	Method   Method        `json:"method"`
	On       registry.Date `json:"on"`
	Attended bool          `json:"attended"`
}

// Method of teaching or changing practice.
type Method string

// Methods; the first four were found to change clinical behaviour (King's Fund
// 2004:2243-2245).
const (
	OutreachVisit Method = "outreach visit"
	Reminders     Method = "reminders"
	MultiPart     Method = "several parts"
	Interactive   Method = "interactive teaching"
	FeedbackVisit Method = "feedback visit" // of a leader to an outlier (Nuffield Trust 2011:322-324)
	Lecture       Method = "lecture"
	Printed       Method = "printed material"
)

// HasEvidence reports whether the study found the method to change clinical behaviour.
func (m Method) HasEvidence() bool {
	return m == OutreachVisit || m == Reminders || m == MultiPart || m == Interactive
}

// TeachingCount is how often a method was used and attended.
type TeachingCount struct {
	Method      Method        `json:"method"`
	Attended    registry.Rate `json:"attended"`
	HasEvidence bool          `json:"has_evidence"`
}

// EducationLog counts teaching of a period by method, in the order of their names, and
// names the providers among those given who attended nothing. Events without a day belong
// to no period.
func EducationLog(events []Teaching, providers []string, p registry.Period) (counts []TeachingCount, without []string) {
	byMethod := map[Method]*TeachingCount{}
	attended := map[string]bool{}
	for _, e := range events {
		if !p.Contains(e.On) {
			continue
		}
		c := byMethod[e.Method]
		if c == nil {
			c = &TeachingCount{Method: e.Method, HasEvidence: e.Method.HasEvidence()}
			byMethod[e.Method] = c
		}
		c.Attended.Den++
		if e.Attended {
			c.Attended.Num++
			attended[e.Provider] = true
		}
	}
	for _, c := range byMethod {
		counts = append(counts, *c)
	}
	slices.SortFunc(counts, func(a, b TeachingCount) int { return strings.Compare(string(a.Method), string(b.Method)) })
	for _, x := range providers {
		if !attended[x] {
			without = append(without, x)
		}
	}
	slices.Sort(without)
	return counts, slices.Compact(without)
}

// VisitsDue lists the outliers (registry/feedback) whom no feedback visit reached since a
// day, by name.
func VisitsDue(outliers []string, events []Teaching, since, asOf registry.Date) []string {
	var out []string
	for _, o := range outliers {
		if !slices.ContainsFunc(events, func(e Teaching) bool {
			return e.Provider == o && e.Method == FeedbackVisit && e.Attended && e.On >= since && e.On <= asOf
		}) {
			out = append(out, o)
		}
	}
	slices.SortFunc(out, cmp.Compare[string])
	return slices.Compact(out)
}
