package delivery

import (
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

// Limits are the figures that a template's source leaves open. A figure that the source has
// stands, whatever is given here.
type Limits struct {
	ContactDays   int                              `json:"contact_days"` // between contacts
	ReviewDays    int                              `json:"review_days"`  // between reviews
	Caseload      Caseload                         `json:"caseload"`
	Places        int                              `json:"places"`
	Participation selfmanagement.ParticipationRule `json:"participation"`
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

// Template makes a programme from the table of templates: components, roles, contacts and
// published figures with their source. What the source leaves open must be in the limits:
// every figure that is missing is an error ([caremodel.ErrPolicy]), and
// [Programme.Undecided] names those that are the caller's. An unknown ID is
// [caremodel.ErrDefinition].
func Template(id string, l Limits) (*Programme, error) {
	return parseTemplate(programmesCSV, contactsCSV, id, l)
}

func parseTemplate(programmes, contacts, id string, l Limits) (*Programme, error) {
	t, err1 := table.Parse("programmes", programmes)
	c, err2 := table.Parse("programme-contacts", contacts)
	if err := errors.Join(err1, err2); err != nil {
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
		Roles: list("roles"), Coordinator: row("coordinator") == "yes", Notes: list("notes")}
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
	if err := errors.Join(dedupe(errs)...); err != nil {
		return nil, err
	}
	if err := p.Check(); err != nil {
		return nil, err
	}
	return p, nil
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
