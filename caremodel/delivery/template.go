package delivery

import (
	"cmp"
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/caremodel/selfmanagement"
	"github.com/chroniccare/chroniccare/internal/table"
	"github.com/chroniccare/chroniccare/stratify/eligibility"
)

//go:embed data/programmes.csv
var programmesCSV string

//go:embed data/programme-contacts.csv
var contactsCSV string

//go:embed data/programme-tasks.csv
var tasksCSV string

//go:embed data/programme-reviews.csv
var reviewsCSV string

// Limits are the figures that a template's source leaves open. A figure that the source has
// stands, whatever is given here; the days of tasks are never the source's.
type Limits struct {
	ContactDays   int                              `json:"contact_days"` // between contacts
	ReviewDays    int                              `json:"review_days"`  // between reviews
	Caseload      Caseload                         `json:"caseload"`
	Managers      int                              `json:"managers"` // of a programme with a caseload; 0: no limit by managers
	Places        int                              `json:"places"`
	Participation selfmanagement.ParticipationRule `json:"participation"`
	Tasks         []TaskLimit                      `json:"tasks,omitempty"`
}

// TaskLimit changes the library's days of a template's task, or says how long it takes. What
// is 0 stays as it is.
type TaskLimit struct {
	ID        string `json:"id"`
	Days      int    `json:"days"`
	EveryDays int    `json:"every_days"`
	Minutes   int64  `json:"minutes"`
}

// Templates lists the IDs of the programme templates, in the table's order: disease and case
// management, virtual ward, an all-inclusive programme like PACE, ProvenHealth Navigator.
func Templates() ([]string, error) {
	t, err := table.Parse("programmes", programmesCSV)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", caremodel.ErrDefinition, err)
	}
	var out []string
	for _, r := range t.Rows {
		out = append(out, r[0])
	}
	return out, nil
}

// Template makes a programme from the table of templates: components, roles, tasks, contacts,
// what reviews ask, discharges, and published figures with their source. What the source
// leaves open must be in the limits: every figure that is missing is an error
// ([caremodel.ErrPolicy]), and [Programme.Undecided] names those that are the caller's; so is
// a limit of a task that the template does not have, or below zero. Days of tasks are the
// library's defaults unless the limits change them. An unknown ID is
// [caremodel.ErrDefinition].
func Template(id string, l Limits) (*Programme, error) {
	return parseTemplate(programmesCSV, contactsCSV, tasksCSV, reviewsCSV, id, l)
}

func parseTemplate(programmes, contacts, tasks, reviews, id string, l Limits) (*Programme, error) {
	t, err1 := table.Parse("programmes", programmes)
	c, err2 := table.Parse("programme-contacts", contacts)
	w, err3 := table.Parse("programme-tasks", tasks)
	v, err4 := table.Parse("programme-reviews", reviews)
	if err := errors.Join(err1, err2, err3, err4); err != nil {
		return nil, fmt.Errorf("%w: %w", caremodel.ErrDefinition, err)
	}
	k := slices.IndexFunc(t.Rows, func(r []string) bool { return r[0] == id })
	if k < 0 {
		return nil, fmt.Errorf("%w: no programme template %q", caremodel.ErrDefinition, id)
	}
	row := func(column string) string { return t.Rows[k][t.Column(column)] }
	list := func(column string) []string {
		if row(column) == "" {
			return nil
		}
		return strings.Split(row(column), ";")
	}
	p := &Programme{ID: id, Name: row("name"), Source: row("source"), Conditions: list("conditions"), Components: list("components"),
		Roles: list("roles"), Coordinator: row("coordinator") == "yes", Referral: row("referral") == "yes", ReviewRole: row("review_role"), Notes: list("notes")}
	var errs []error
	figure := func(what, cell string, given int) int {
		switch cell {
		case "":
			return 0
		case "caller":
			if !slices.Contains(p.Undecided, what) {
				p.Undecided = append(p.Undecided, what)
			}
			if given < 1 {
				errs = append(errs, fmt.Errorf("%w: template %q: %s is %d, and the source gives none", caremodel.ErrPolicy, id, what, given))
			}
			return given
		}
		n, err := strconv.Atoi(cell)
		if err != nil || n < 1 {
			errs = append(errs, fmt.Errorf("%w: template %q: %s %q", caremodel.ErrDefinition, id, what, cell))
		}
		return n
	}
	for _, s := range list("levels") {
		p.Levels = append(p.Levels, figure("level", s, 0))
	}
	if e := row("eligibility"); e != "" {
		var err error
		if p.Entry, err = eligibility.New(e, eligibility.Parameters{}); err != nil {
			errs = append(errs, fmt.Errorf("%w: template %q: %w", caremodel.ErrDefinition, id, err))
		}
	}
	p.Caseload = Caseload{figure("lowest caseload", row("caseload_low"), l.Caseload.Low), figure("highest caseload", row("caseload_high"), l.Caseload.High)}
	p.Places = figure("places", row("places"), l.Places)
	p.ReviewDays = figure("days between reviews", row("review_days"), l.ReviewDays)
	if p.Caseload != (Caseload{}) {
		p.Managers = l.Managers
	}
	if row("participation") != "" {
		p.Participation = selfmanagement.ParticipationRule{Missed: figure("sessions missed", "caller", l.Participation.Missed), Months: figure("months of missed sessions", "caller", l.Participation.Months)}
	}
	for _, r := range c.Rows {
		if r[0] != id {
			continue
		}
		level, err := strconv.Atoi(r[1])
		if err != nil {
			errs = append(errs, fmt.Errorf("%w: template %q: contact at level %q", caremodel.ErrDefinition, id, r[1]))
		}
		p.Contacts = append(p.Contacts, ContactRule{Level: level, Channel: Channel(r[2]), Role: r[3], EveryDays: figure("days between contacts", r[4], l.ContactDays)})
	}
	errs = append(errs, p.addTasks(w, l.Tasks)...)
	errs = append(errs, p.addReviews(v)...)
	if err := errors.Join(dedupe(errs)...); err != nil {
		return nil, err
	}
	if err := p.Check(); err != nil {
		return nil, err
	}
	return p, nil
}

// addTasks reads the template's work and applies what the limits say of it.
func (p *Programme) addTasks(t *table.Table, limits []TaskLimit) (errs []error) {
	number := func(cell string) int {
		if cell == "" {
			return 0
		}
		n, err := strconv.Atoi(cell)
		if err != nil {
			errs = append(errs, fmt.Errorf("%w: template %q: task with %q", caremodel.ErrDefinition, p.ID, cell))
		}
		return n
	}
	for _, r := range t.Rows {
		if r[0] == p.ID {
			p.Tasks = append(p.Tasks, ProgrammeTask{Task: Task{ID: r[1], Roles: strings.Split(r[5], ";")}, Kind: Kind(r[2]), Level: number(r[3]), What: r[4], From: State(r[6]), Days: number(r[7]), EveryDays: number(r[8]), Source: r[9]})
		}
	}
	for i, l := range limits {
		k := slices.IndexFunc(p.Tasks, func(t ProgrammeTask) bool { return t.ID == l.ID })
		if k < 0 || l.Days < 0 || l.EveryDays < 0 || l.Minutes < 0 || slices.ContainsFunc(limits[:i], func(o TaskLimit) bool { return o.ID == l.ID }) {
			errs = append(errs, fmt.Errorf("%w: template %q: task %q within %d days, every %d, of %d minutes: below zero, there twice, or no such task", caremodel.ErrPolicy, p.ID, l.ID, l.Days, l.EveryDays, l.Minutes))
			continue
		}
		t := &p.Tasks[k]
		t.Days, t.EveryDays, t.Minutes = cmp.Or(l.Days, t.Days), cmp.Or(l.EveryDays, t.EveryDays), cmp.Or(l.Minutes, t.Minutes)
	}
	return errs
}

// addReviews reads what the template's reviews ask.
func (p *Programme) addReviews(t *table.Table) (errs []error) {
	for _, r := range t.Rows {
		if r[0] != p.ID {
			continue
		}
		switch r[1] {
		case "goal":
			p.Goals = append(p.Goals, ProgrammeGoal{Key: r[2], Measure: r[3], Target: r[4], Source: r[5]})
		case "referral":
			p.Referrals = append(p.Referrals, ReferralCriterion{To: r[3], When: r[2], Source: r[5]})
		case "discharge":
			d := DischargeRule{To: State(r[3]), Source: r[5]}
			for k := range strings.SplitSeq(r[2], ";") {
				if k == "goals" {
					d.Goals = true
				} else {
					d.All = append(d.All, k)
				}
			}
			p.Discharges = append(p.Discharges, d)
		default:
			errs = append(errs, fmt.Errorf("%w: template %q: a review asks for %q", caremodel.ErrDefinition, p.ID, r[1]))
		}
	}
	return errs
}

// dedupe keeps one of several equal faults, as of contacts that lack one figure.
func dedupe(errs []error) []error {
	var out []error
	for _, e := range errs {
		if !slices.ContainsFunc(out, func(o error) bool { return o.Error() == e.Error() }) {
			out = append(out, e)
		}
	}
	return out
}
