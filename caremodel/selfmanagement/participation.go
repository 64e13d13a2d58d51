package selfmanagement

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/registry"
)

// Offer is a programme offered to a person, and what became of it.
type Offer struct {
	ID        string        `json:"id"`
	Person    string        `json:"person"`
	Programme string        `json:"programme"`
	On        registry.Date `json:"on"`
	Accepted  registry.Date `json:"accepted"` // 0: not, or not yet
	Declined  registry.Date `json:"declined"`
	Dropped   registry.Date `json:"dropped"` // accepted, and left before the end
	Reason    string        `json:"reason,omitempty"`
	ByPatient bool          `json:"by_patient"` // the person asked; otherwise the organisation chose
}

// CheckOffers reports, as [caremodel.ErrAnswer], offers without an ID, person or day, IDs
// used twice, answers before the offer, both answers at once, and people who dropped out
// of what they never accepted, or before.
func CheckOffers(os []Offer) error {
	var errs []error
	seen := map[string]bool{}
	for _, o := range os {
		bad := func(format string, args ...any) {
			errs = append(errs, fmt.Errorf("%w: offer %q: %s", caremodel.ErrAnswer, o.ID, fmt.Sprintf(format, args...)))
		}
		if o.ID == "" || o.Person == "" || o.On == 0 || seen[o.ID] {
			bad("person %q on %s, or the ID twice", o.Person, o.On)
		}
		seen[o.ID] = true
		if o.Accepted != 0 && o.Declined != 0 {
			bad("accepted and declined")
		}
		if o.Accepted != 0 && o.Accepted < o.On || o.Declined != 0 && o.Declined < o.On {
			bad("answered before it was made")
		}
		if o.Dropped != 0 && (o.Accepted == 0 || o.Dropped < o.Accepted) {
			bad("dropped on %s, accepted on %s", o.Dropped, o.Accepted)
		}
	}
	return errors.Join(errs...)
}

// NoReason stands in counts for a reason that nobody recorded.
const NoReason = "no reason recorded"

// ReasonCount is how often a reason was given.
type ReasonCount struct {
	Reason string `json:"reason"`
	N      int64  `json:"n"`
}

// ParticipationReport says who takes part. Offered = Accepted + Declined + Waiting, and
// Dropped are among the Accepted. The organisations of the study could not say how many
// did not take part (King's Fund 2004, KF2004:1277-1279): this report always does.
type ParticipationReport struct {
	Offered          int64         `json:"offered"`
	Accepted         int64         `json:"accepted"`
	Declined         int64         `json:"declined"`
	Waiting          int64         `json:"waiting"` // no answer yet
	Dropped          int64         `json:"dropped"`
	ByPatient        int64         `json:"by_patient"`       // of the offers: the person asked
	Participation    registry.Rate `json:"participation"`    // accepted of offered
	NonParticipation registry.Rate `json:"nonparticipation"` // declined or dropped, of offered
	DeclineReasons   []ReasonCount `json:"decline_reasons,omitempty"`
	DropReasons      []ReasonCount `json:"drop_reasons,omitempty"`
}

// Participation counts the offers made in a period as known on a day, with the reasons of
// those who declined or dropped out, most frequent first, then in the order of letters.
func Participation(os []Offer, period registry.Period, asOf registry.Date) ParticipationReport {
	var r ParticipationReport
	for _, o := range os {
		if !period.Contains(o.On) || o.On > asOf {
			continue
		}
		r.Offered++
		if o.ByPatient {
			r.ByPatient++
		}
		happened := func(d registry.Date) bool { return d != 0 && d <= asOf }
		switch {
		case happened(o.Accepted):
			r.Accepted++
			if happened(o.Dropped) {
				r.Dropped++
				r.DropReasons = countReason(r.DropReasons, o.Reason)
			}
		case happened(o.Declined):
			r.Declined++
			r.DeclineReasons = countReason(r.DeclineReasons, o.Reason)
		default:
			r.Waiting++
		}
	}
	r.Participation = registry.Rate{Num: r.Accepted, Den: r.Offered}
	r.NonParticipation = registry.Rate{Num: r.Declined + r.Dropped, Den: r.Offered}
	for _, rs := range [][]ReasonCount{r.DeclineReasons, r.DropReasons} {
		slices.SortFunc(rs, func(a, b ReasonCount) int { return cmp.Or(cmp.Compare(b.N, a.N), strings.Compare(a.Reason, b.Reason)) })
	}
	return r
}

func countReason(rs []ReasonCount, reason string) []ReasonCount {
	reason = cmp.Or(strings.TrimSpace(reason), NoReason)
	i := slices.IndexFunc(rs, func(r ReasonCount) bool { return r.Reason == reason })
	if i < 0 {
		return append(rs, ReasonCount{reason, 1})
	}
	rs[i].N++
	return rs
}
