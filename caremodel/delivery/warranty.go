package delivery

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/registry"
)

// Event is something that happened to a person after a procedure, visit or discharge.
type Event struct {
	ID     string        `json:"id"`
	Person string        `json:"person"`
	On     registry.Date `json:"on"`
	Kind   string        `json:"kind"` // complication, readmission ...: the caller's keys
}

// Warranty is what a procedure's price covers afterwards (King's Fund 2010,
// KF2010:252-258; Nuffield Trust 2009, NT2009:1417-1433).
type Warranty struct {
	Days    int      `json:"days"`              // 0: 90, the published term
	Related []string `json:"related,omitempty"` // kinds of event that it covers
}

// Absorbed is an event that the warranty covers, or why it does not.
type Absorbed struct {
	Event   string `json:"event"`
	Day     int    `json:"day"` // after the procedure
	Covered bool   `json:"covered"`
	Why     string `json:"why"`
}

// Absorb judges a person's events after a procedure: covered are related ones from the day
// after it to the last day of the term, so that day 90 is in and day 91 out. Other people's
// events are left out; those without a day are not covered, as of day 0. By day, then ID.
// Negative days and a warranty for nothing are [caremodel.ErrPolicy], a procedure
// without a person or day [caremodel.ErrAnswer], all at once.
func (w Warranty) Absorb(procedure Event, events []Event) ([]Absorbed, error) {
	var errs []error
	if w.Days < 0 || len(w.Related) == 0 {
		errs = append(errs, fmt.Errorf("%w: a warranty of %d days for %d kinds of event", caremodel.ErrPolicy, w.Days, len(w.Related)))
	}
	if procedure.Person == "" || procedure.On == 0 {
		errs = append(errs, fmt.Errorf("%w: procedure %q of %q on %s", caremodel.ErrAnswer, procedure.ID, procedure.Person, procedure.On))
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	days := cmp.Or(w.Days, 90)
	var out []Absorbed
	for _, e := range events {
		if e.Person != procedure.Person || e.ID == procedure.ID {
			continue
		}
		a := Absorbed{Event: e.ID, Day: int(e.On - procedure.On)}
		switch {
		case e.On == 0:
			a.Day, a.Why = 0, "not dated"
		case a.Day <= 0:
			a.Why = "not after the procedure"
		case a.Day > days:
			a.Why = fmt.Sprintf("after day %d", days)
		case !slices.Contains(w.Related, e.Kind):
			a.Why = "not related: " + e.Kind
		default:
			a.Covered, a.Why = true, "related, within the term"
		}
		out = append(out, a)
	}
	slices.SortFunc(out, func(a, b Absorbed) int {
		return cmp.Or(cmp.Compare(a.Day, b.Day), strings.Compare(a.Event, b.Event))
	})
	return out, nil
}

// Returned is a visit or discharge with the emergency return that followed it.
type Returned struct {
	Start  string `json:"start"`
	Return string `json:"return"`
	Day    int    `json:"day"`
}

// ReturnWithin counts the visits and discharges that an emergency return followed within so
// many days, 0 being the 10 of PRISMA (King's Fund 2010, KF2010:412): day 10 counts, day 11
// does not, and neither does the day itself, on which the return may have come first. The
// first return counts; the list is in the order of starts. Negative days are
// [caremodel.ErrPolicy]; starts and returns without a person or day are
// [caremodel.ErrAnswer], all at once.
func ReturnWithin(starts, returns []Event, days int) (registry.Rate, []Returned, error) {
	var errs []error
	if days < 0 {
		errs = append(errs, fmt.Errorf("%w: a return within %d days", caremodel.ErrPolicy, days))
	}
	for _, of := range []struct {
		what   string
		events []Event
	}{{"start", starts}, {"return", returns}} {
		for i, e := range of.events {
			if e.Person == "" || e.On == 0 {
				errs = append(errs, fmt.Errorf("%w: %s %d, %q of %q on %s", caremodel.ErrAnswer, of.what, i+1, e.ID, e.Person, e.On))
			}
		}
	}
	if err := errors.Join(errs...); err != nil {
		return registry.Rate{}, nil, err
	}
	days = cmp.Or(days, 10)
	byPerson := map[string][]Event{}
	for _, e := range returns {
		byPerson[e.Person] = append(byPerson[e.Person], e)
	}
	for _, es := range byPerson {
		slices.SortFunc(es, func(a, b Event) int { return cmp.Or(cmp.Compare(a.On, b.On), strings.Compare(a.ID, b.ID)) })
	}
	rate := registry.Rate{Den: int64(len(starts))}
	var out []Returned
	for _, s := range starts {
		for _, e := range byPerson[s.Person] {
			if day := int(e.On - s.On); day >= 1 {
				if day <= days {
					rate.Num++
					out = append(out, Returned{s.ID, e.ID, day})
				}
				break
			}
		}
	}
	return rate, out, nil
}
