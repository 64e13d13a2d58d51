package organisation

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/registry"
)

// Duty of a co-ordination agreement: when the event happens, the party does the action
// within so many days.
type Duty struct {
	ID         string `json:"id"`
	Event      string `json:"event"`
	Action     string `json:"action"`
	Party      string `json:"party"`
	WithinDays int    `json:"within_days"`
	Source     string `json:"source"` // document:lines, of duties that a study names
}

// Agreement is a contract on co-ordination between parties: providers, a chain of care, or
// partners in the community (kind "community").
type Agreement struct {
	ID      string        `json:"id"`
	Kind    string        `json:"kind"`
	Scope   string        `json:"scope"`
	Parties []string      `json:"parties,omitempty"`
	Duties  []Duty        `json:"duties,omitempty"`
	From    registry.Date `json:"from"`
	To      registry.Date `json:"to"`     // 0: open
	Review  registry.Date `json:"review"` // 0: none planned
	// Of chain-of-care contracts: what was agreed, in words and numbers of the parties.
	Volume  string `json:"volume"`
	Cost    string `json:"cost"`
	Quality string `json:"quality"`
	Method  string `json:"method"`
}

// Occurrence is an event that an agreement's duty answers to.
type Occurrence struct {
	Agreement string        `json:"agreement"`
	Duty      string        `json:"duty"`
	On        registry.Date `json:"on"`
	Done      registry.Date `json:"done"` // 0: not done
}

// DutyCompliance is how often a duty was done in time.
type DutyCompliance struct {
	Agreement string        `json:"agreement"`
	Duty      string        `json:"duty"`
	InTime    registry.Rate `json:"in_time"` // of those that are due: done, or past their last day
	NotYetDue int64         `json:"not_yet_due"`
}

// Compliance is the state of agreements on a day.
type Compliance struct {
	Duties    []DutyCompliance `json:"duties,omitempty"`  // in the order of the agreements
	Expired   []string         `json:"expired,omitempty"` // agreements, by ID
	ReviewDue []string         `json:"review_due,omitempty"`
	Without   [][2]string      `json:"without,omitempty"` // pairs of parties without an agreement in force
	LeftOut   int64            `json:"left_out"`          // occurrences of no agreement's duty, undated, outside its term, or done before they happened
}

// CheckAgreements reports faults as [caremodel.ErrDefinition], all at once: no or repeated IDs, fewer than two parties,
// no duties, a duty without event, action, or a party of the agreement, an end before the
// start.
func CheckAgreements(agreements []Agreement) error {
	var errs []error
	seen := map[string]bool{}
	for _, a := range agreements {
		bad := func(format string, args ...any) {
			errs = append(errs, fmt.Errorf("%w: agreement %q: %s", caremodel.ErrDefinition, a.ID, fmt.Sprintf(format, args...)))
		}
		if a.ID == "" || seen[a.ID] {
			bad("its ID is missing or there twice")
		}
		seen[a.ID] = true
		if len(a.Parties) < 2 || len(a.Duties) == 0 {
			bad("%d parties, %d duties", len(a.Parties), len(a.Duties))
		}
		if a.To != 0 && a.To < a.From {
			bad("from %s to %s", a.From, a.To)
		}
		duties := map[string]bool{}
		for _, d := range a.Duties {
			if d.ID == "" || duties[d.ID] || d.Event == "" || d.Action == "" || d.WithinDays < 0 || !slices.Contains(a.Parties, d.Party) {
				bad("duty %q: on %q %q does %q within %d days", d.ID, d.Event, d.Party, d.Action, d.WithinDays)
			}
			duties[d.ID] = true
		}
	}
	return errors.Join(errs...)
}

// ComplianceOf judges agreements on a day. The last day counts as in time; what lies after
// the day does not exist. parties are those who should have agreements with each other;
// leave them out to skip that question. Faults of the agreements ([CheckAgreements]) are
// errors; faults of occurrences are counted. Costs are linear.
func ComplianceOf(agreements []Agreement, occurrences []Occurrence, parties []string, asOf registry.Date) (Compliance, error) {
	var out Compliance
	if err := CheckAgreements(agreements); err != nil {
		return out, err
	}
	inForce := func(a *Agreement, d registry.Date) bool { return registry.Period{Start: a.From, End: a.To}.Contains(d) }
	type place struct {
		agreement *Agreement
		days, at  int
	}
	duties := map[[2]string]place{}
	for i := range agreements {
		a := &agreements[i]
		for _, d := range a.Duties {
			duties[[2]string{a.ID, d.ID}] = place{a, d.WithinDays, len(out.Duties)}
			out.Duties = append(out.Duties, DutyCompliance{Agreement: a.ID, Duty: d.ID})
		}
		if a.To != 0 && a.To < asOf {
			out.Expired = append(out.Expired, a.ID)
		} else if a.Review != 0 && a.Review <= asOf {
			out.ReviewDue = append(out.ReviewDue, a.ID)
		}
	}
	for _, o := range occurrences {
		if o.On > asOf {
			continue
		}
		d, known := duties[[2]string{o.Agreement, o.Duty}]
		if !known || !inForce(d.agreement, o.On) || o.Done != 0 && o.Done < o.On {
			out.LeftOut++
			continue
		}
		c := &out.Duties[d.at]
		last := o.On.AddDays(d.days)
		done := o.Done != 0 && o.Done <= asOf
		switch {
		case done && o.Done <= last:
			c.InTime.Num++
			c.InTime.Den++
		case done, asOf > last:
			c.InTime.Den++
		default:
			c.NotYetDue++
		}
	}
	slices.Sort(out.Expired)
	slices.Sort(out.ReviewDue)
	ps := slices.Clone(parties)
	slices.Sort(ps)
	ps = slices.Compact(ps)
	for i, p := range ps {
		for _, q := range ps[i+1:] {
			if !slices.ContainsFunc(agreements, func(a Agreement) bool {
				return inForce(&a, asOf) && slices.Contains(a.Parties, p) && slices.Contains(a.Parties, q)
			}) {
				out.Without = append(out.Without, [2]string{p, q})
			}
		}
	}
	return out, nil
}

// StudyDuties are duties of co-ordination that the studies name; the days are the
// caller's, since none is stated: set WithinDays, which is 0, the same day, in all of them.
func StudyDuties() []Duty {
	return []Duty{
		{ID: "summary-back", Event: "visit at the specialist clinic", Action: "summary of the case back to primary care", Party: "specialist", Source: "KF2004:1567-1569"},
		{ID: "advice", Event: "question from primary care", Action: "advice from the specialist clinic", Party: "specialist", Source: "KF2004:1567-1569"},
		{ID: "onward-referral", Event: "onward referral by a specialist", Action: "goes back to the primary care physician first", Party: "specialist", Source: "NT2011:290"},
		{ID: "chain-of-care", Event: "patient of the chain of care", Action: "agreed volume, cost, quality and method", Party: "provider", Source: "KF2010:520-526"},
	}
}

// Runner is who runs a programme for a medical group.
type Runner struct {
	Programme string `json:"programme"`
	Group     string `json:"group"`
	By        string `json:"by"`     // "own", "lent" (the plan's register, worked by the group) or "third party"
	Vendor    string `json:"vendor"` // of a third party
	People    int64  `json:"people"` // with the condition in the group
}

// ProgrammeCover is how many people a programme reaches, and through whom.
type ProgrammeCover struct {
	Programme     string        `json:"programme"`
	Own           int64         `json:"own"`
	Lent          int64         `json:"lent"`
	ThirdParty    int64         `json:"third_party"` // people
	Covered       registry.Rate `json:"covered"`
	GroupsWithout []string      `json:"groups_without,omitempty"`
	ContractedOut bool          `json:"contracted_out"` // any group is served by a third party
}

// WhoRuns adds up who runs programmes (the plans of the study lent registers to groups
// without one of their own, and two of five contracted programmes out: King's Fund
// 2004:1778-1782, 1137-1138). A group without a runner is given as By "". Other words,
// negative people, a programme without a name and a group twice for one programme are
// [caremodel.ErrDefinition], all at once.
func WhoRuns(runners []Runner) ([]ProgrammeCover, error) {
	var errs []error
	var names []string
	byName := map[string]*ProgrammeCover{}
	seen := map[[2]string]bool{}
	for _, r := range runners {
		if r.People < 0 || r.Programme == "" || seen[[2]string{r.Programme, r.Group}] {
			errs = append(errs, fmt.Errorf("%w: programme %q, group %q: %d people, or there twice", caremodel.ErrDefinition, r.Programme, r.Group, r.People))
		}
		seen[[2]string{r.Programme, r.Group}] = true
		c := byName[r.Programme]
		if c == nil {
			c = &ProgrammeCover{Programme: r.Programme}
			byName[r.Programme] = c
			names = append(names, r.Programme)
		}
		c.Covered.Den += r.People
		switch r.By {
		case "own":
			c.Own += r.People
		case "lent":
			c.Lent += r.People
		case "third party":
			c.ThirdParty += r.People
			c.ContractedOut = true
		case "":
			c.GroupsWithout = append(c.GroupsWithout, r.Group)
		default:
			errs = append(errs, fmt.Errorf("%w: programme %q, group %q: run by %q", caremodel.ErrDefinition, r.Programme, r.Group, r.By))
		}
		c.Covered.Num = c.Own + c.Lent + c.ThirdParty
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	slices.SortFunc(names, strings.Compare)
	var out []ProgrammeCover
	for _, n := range names {
		slices.Sort(byName[n].GroupsWithout)
		out = append(out, *byName[n])
	}
	return out, nil
}
