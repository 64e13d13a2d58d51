package delivery

import (
	"cmp"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/internal/name"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/stratify/tier"
)

// Acuity of a ward patient sets the rhythm of reviews.
type Acuity uint8

// Acuities.
const (
	Weekly Acuity = iota
	Daily
	Monthly
)

// String gives the rhythm in a word.
func (a Acuity) String() string {
	return [...]string{"weekly", "daily", "monthly"}[min(int(a), 2)]
}

// MarshalText gives the word.
func (a Acuity) MarshalText() ([]byte, error) { return []byte(a.String()), nil }

// UnmarshalText reads what MarshalText gives; another text is an error that lists the words.
func (a *Acuity) UnmarshalText(text []byte) error { return name.Parse(a, 3, text) }

// Ward is the policy of a virtual ward: people at home, chosen by risk, looked after by a
// team with a case manager while their GP stays responsible (King's Fund 2010,
// KF2010:645-647). Two limits keep people from going in and out with every small change.
type Ward struct {
	ID         string  `json:"id"`
	Places     int     `json:"places"`      // about 100 in one published ward
	Admit      float64 `json:"admit"`       // score from which people come in
	Discharge  float64 `json:"discharge"`   // score below which they leave, at most Admit
	StableDays int     `json:"stable_days"` // they leave too when goals are met and they are stable for so long; 0: 28 (our default)
	// Days between reviews by acuity; 0: 1, 7 and 30 (our defaults).
	DailyDays   int `json:"daily_days"`
	WeeklyDays  int `json:"weekly_days"`
	MonthlyDays int `json:"monthly_days"`
}

// Check reports limits that are not numbers or the wrong way round and negative counts, as
// [caremodel.ErrPolicy].
func (w Ward) Check() error {
	var errs []error
	if math.IsNaN(w.Admit) || math.IsNaN(w.Discharge) || w.Discharge > w.Admit {
		errs = append(errs, fmt.Errorf("%w: ward %q admits from %v and discharges below %v", caremodel.ErrPolicy, w.ID, w.Admit, w.Discharge))
	}
	if w.Places < 0 || w.StableDays < 0 || w.DailyDays < 0 || w.WeeklyDays < 0 || w.MonthlyDays < 0 {
		errs = append(errs, fmt.Errorf("%w: ward %q: %d places, stable for %d days, reviews every %d, %d and %d", caremodel.ErrPolicy, w.ID, w.Places, w.StableDays, w.DailyDays, w.WeeklyDays, w.MonthlyDays))
	}
	return errors.Join(errs...)
}

func (w *Ward) rhythm(a Acuity) int {
	switch a {
	case Daily:
		return cmp.Or(w.DailyDays, 1)
	case Monthly:
		return cmp.Or(w.MonthlyDays, 30)
	}
	return cmp.Or(w.WeeklyDays, 7)
}

// WardPerson is a person of a ward's area: a patient when Admitted is set.
type WardPerson struct {
	Person      tier.Person   `json:"person"` // ID, score, keys and status
	Admitted    registry.Date `json:"admitted"`
	Acuity      Acuity        `json:"acuity"`
	Reviewed    registry.Date `json:"reviewed"` // last review
	GoalsMet    bool          `json:"goals_met"`
	StableSince registry.Date `json:"stable_since"` // 0: not stable
	GP          string        `json:"gp"`           // stays responsible
	Manager     string        `json:"manager"`      // the matron
}

// WardMove is what happened to a person on the day of a run, with the reason.
type WardMove struct {
	Person string `json:"person"`
	Rank   int    `json:"rank"` // by risk, from 1; 0 without a score
	Why    string `json:"why"`
}

// WardReview is a patient whose review is due.
type WardReview struct {
	Person string        `json:"person"`
	Due    registry.Date `json:"due"`
	Days   int           `json:"days"` // over
}

// WardRun is a ward after a run. Everybody is in exactly one of Stays, Admitted, Waiting,
// Discharged and Outside.
type WardRun struct {
	Stays      []WardMove        `json:"stays"`             // by rank
	Admitted   []WardMove        `json:"admitted"`          // by rank
	Waiting    []WardMove        `json:"waiting,omitempty"` // over the limit without a place, by rank
	Discharged []WardMove        `json:"discharged"`        // by ID
	Outside    []WardMove        `json:"outside,omitempty"` // neither in nor waiting, by ID
	Reviews    []WardReview      `json:"reviews,omitempty"` // longest overdue first, then by ID
	Issues     []caremodel.Issue `json:"issues,omitempty"`  // patients without a GP or manager
	Occupied   int               `json:"occupied"`
	Places     int               `json:"places"`
}

// Run runs the ward on a day: patients leave who died, moved, opted out or are not eligible,
// whose score is below the lower limit, or who met their goals and have been stable for long
// enough; a patient without a score stays, since unknown is not low. Free places go to the
// people with the highest scores from the upper limit on, save those whose goals are met and who are
// stable: who leaves for that reason does not come back the next day. When places were taken away, the
// patients of lowest risk leave. More places never discharge anybody.
//
// Faults of the policy are [caremodel.ErrPolicy]; people without an ID or there twice, and
// admissions after the day, are [caremodel.ErrAnswer].
func (w Ward) Run(people []WardPerson, asOf registry.Date) (*WardRun, error) {
	errs := []error{w.Check()}
	at := make(map[string]*WardPerson, len(people))
	for i := range people {
		p := &people[i]
		if at[p.Person.ID] != nil || p.Person.ID == "" || p.Admitted > asOf {
			errs = append(errs, fmt.Errorf("%w: ward %q: person %q, admitted on %s, has no ID, is there twice, or comes from the future", caremodel.ErrAnswer, w.ID, p.Person.ID, p.Admitted))
		}
		at[p.Person.ID] = p
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	out := &WardRun{Places: w.Places}
	ranks, err := rankAll(people)
	if err != nil {
		return nil, err
	}
	var in []tier.Person
	var before []tier.Member
	for i := range people {
		p := &people[i]
		why := w.outside(p, asOf)
		if p.Admitted != 0 {
			why = w.leaves(p, asOf)
		}
		move := WardMove{p.Person.ID, ranks[p.Person.ID], why}
		switch {
		case why != "" && p.Admitted != 0:
			out.Discharged = append(out.Discharged, move)
		case why != "":
			out.Outside = append(out.Outside, move)
		default:
			q := p.Person
			if p.Admitted != 0 {
				before = append(before, tier.Member{ID: q.ID, Level: 1, Since: p.Admitted})
			}
			if !scored(p) {
				q.Score = -math.MaxFloat64 // a patient without a score gives way first, not at once
			}
			in = append(in, q)
		}
	}
	list := tier.Pyramid{Levels: []string{"ward", "home"}, Rule: tier.Capacity{Places: []int{w.Places}}}
	all := []int{len(in)} // the limits were asked above: here only places count
	r, _, err := list.Update(in, before, asOf, tier.Hysteresis{Enter: all, Leave: all})
	if err != nil {
		return nil, err
	}
	for _, x := range r.Placed {
		p := at[x.ID]
		move := WardMove{Person: x.ID, Rank: ranks[x.ID]}
		switch patient, placed := p.Admitted != 0, x.Level == 1; {
		case patient && placed:
			move.Why = "stays"
			if !scored(p) {
				move.Why = "stays without a score"
			} else if p.Person.Score < w.Admit {
				move.Why = "stays between the limits"
			}
			out.Stays = append(out.Stays, move)
			w.review(p, asOf, out)
		case patient:
			move.Why = "no place: the ward became smaller"
			out.Discharged = append(out.Discharged, move)
		case placed:
			move.Why = "score over the limit, and a place"
			out.Admitted = append(out.Admitted, move)
		default:
			move.Why = "score over the limit, no place"
			out.Waiting = append(out.Waiting, move)
		}
		if x.Level == 1 {
			out.Occupied++
			if p.GP == "" {
				out.Issues = append(out.Issues, caremodel.Issue{Code: caremodel.NoOwner, Subject: x.ID, On: asOf, Detail: "no GP is responsible"})
			}
			if p.Manager == "" {
				out.Issues = append(out.Issues, caremodel.Issue{Code: caremodel.NoManager, Subject: x.ID, On: asOf})
			}
		}
	}
	byID := func(a, b WardMove) int { return strings.Compare(a.Person, b.Person) }
	slices.SortFunc(out.Discharged, byID)
	slices.SortFunc(out.Outside, byID)
	slices.SortFunc(out.Reviews, func(a, b WardReview) int {
		return cmp.Or(cmp.Compare(b.Days, a.Days), strings.Compare(a.Person, b.Person))
	})
	caremodel.SortIssues(out.Issues)
	return out, nil
}

// rankAll ranks everybody in scope by risk.
func rankAll(people []WardPerson) (map[string]int, error) {
	in := make([]tier.Person, len(people))
	for i := range people {
		in[i] = people[i].Person
	}
	list := tier.Pyramid{Levels: []string{"ward", "home"}, Rule: tier.Capacity{Places: []int{0}}}
	r, err := list.Assign(in)
	if err != nil {
		return nil, err
	}
	ranks := make(map[string]int, len(r.Placed))
	for _, x := range r.Placed {
		ranks[x.ID] = x.Rank
	}
	return ranks, nil
}

func scored(p *WardPerson) bool {
	return !math.IsNaN(p.Person.Score) && !math.IsInf(p.Person.Score, 0)
}

// leaves is why a patient leaves, "" when not.
func (w *Ward) leaves(p *WardPerson, asOf registry.Date) string {
	switch {
	case p.Person.Status != tier.Eligible:
		return p.Person.Status.String()
	case scored(p) && p.Person.Score < w.Discharge:
		return "score below the lower limit"
	}
	return w.done(p, asOf)
}

// done is why somebody needs no ward, whatever the score; "" when they may.
func (w *Ward) done(p *WardPerson, asOf registry.Date) string {
	if p.GoalsMet && p.StableSince != 0 && asOf >= p.StableSince.AddDays(cmp.Or(w.StableDays, 28)) {
		return "goals met, and stable since " + p.StableSince.String()
	}
	return ""
}

// outside is why somebody who is no patient does not come in, "" when nothing speaks
// against it but places.
func (w *Ward) outside(p *WardPerson, asOf registry.Date) string {
	switch {
	case p.Person.Status != tier.Eligible:
		return p.Person.Status.String()
	case !scored(p):
		return string(tier.NoScore)
	case p.Person.Score < w.Admit:
		return "score below the limit to come in"
	}
	return w.done(p, asOf)
}

func (w *Ward) review(p *WardPerson, asOf registry.Date, out *WardRun) {
	due := max(p.Reviewed, p.Admitted)
	if p.Reviewed > asOf {
		due = p.Admitted
	}
	if due = due.AddDays(w.rhythm(p.Acuity)); due <= asOf {
		out.Reviews = append(out.Reviews, WardReview{p.Person.ID, due, int(asOf - due)})
	}
}
