package organisation

import (
	"cmp"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/registry"
)

// Incident is something that went wrong, or nearly did.
type Incident struct {
	ID        string              `json:"id"`
	On        registry.Date       `json:"on"`
	Severity  string              `json:"severity"` // class of the caller, such as "near miss", "minor", "severe"
	Category  string              `json:"category"` // such as "medication", "referral", "communication"
	Component caremodel.Component `json:"component"`
	Reviewed  registry.Date       `json:"reviewed"`
	Action    string              `json:"action"` // what was learned and is to be done
	Due       registry.Date       `json:"due"`
	Closed    registry.Date       `json:"closed"`
}

// IncidentCell counts incidents of one severity, category and month.
type IncidentCell struct {
	Severity string        `json:"severity"`
	Category string        `json:"category"`
	Month    registry.Date `json:"month"` // its first day
	N        int64         `json:"n"`
}

// CategoryCount is a category with its number and the share of all incidents that it and
// the larger ones make.
type CategoryCount struct {
	Category   string        `json:"category"`
	N          int64         `json:"n"`
	Cumulative registry.Rate `json:"cumulative"`
}

// Incidents is the tally of a period.
type Incidents struct {
	Cells      []IncidentCell    `json:"cells,omitempty"` // by month, category, severity; they add up to Reported
	Reported   int64             `json:"reported"`
	Reviewed   registry.Rate     `json:"reviewed"` // of those reported
	Closed     registry.Rate     `json:"closed"`   // of those reported
	Overdue    []caremodel.Issue `json:"overdue,omitempty"`
	MedianDays *big.Rat          `json:"median_days"`          // from incident to closing, of those closed; nil: none is
	Categories []CategoryCount   `json:"categories,omitempty"` // largest first, ties by name
	LeftOut    int64             `json:"left_out"`             // outside the period or after the day
}

// TallyIncidents counts the incidents of a period by what was known on a day. Faults are
// [caremodel.ErrDefinition], all at once: an incident without ID or day, an ID twice, a
// review or closing before the incident, closed without a review, a component that the
// model does not have.
func TallyIncidents(incidents []Incident, p registry.Period, asOf registry.Date) (Incidents, error) {
	var out Incidents
	var errs []error
	seen := map[string]bool{}
	for _, x := range incidents {
		bad := func(format string, args ...any) {
			errs = append(errs, fmt.Errorf("%w: incident %q: %s", caremodel.ErrDefinition, x.ID, fmt.Sprintf(format, args...)))
		}
		if x.ID == "" || seen[x.ID] {
			bad("its ID is missing or there twice")
		}
		seen[x.ID] = true
		if x.On < registry.MinDate || x.On > registry.MaxDate {
			bad("no day")
		}
		if x.Reviewed != 0 && x.Reviewed < x.On || x.Closed != 0 && x.Closed < x.On {
			bad("reviewed %s, closed %s, before it happened on %s", x.Reviewed, x.Closed, x.On)
		}
		if x.Closed != 0 && x.Reviewed == 0 {
			bad("closed without a review")
		}
		if x.Component != "" && !slices.Contains(caremodel.Components(), x.Component) {
			bad("component %q is not of the model", x.Component)
		}
	}
	if err := errors.Join(errs...); err != nil {
		return out, err
	}
	cells := map[IncidentCell]int64{}
	categories := map[string]int64{}
	var days []int
	known := func(d registry.Date) bool { return d != 0 && d <= asOf }
	for _, x := range incidents {
		if !p.Contains(x.On) || x.On > asOf {
			out.LeftOut++
			continue
		}
		out.Reported++
		y, m, _ := x.On.YMD()
		cells[IncidentCell{Severity: x.Severity, Category: x.Category, Month: registry.Day(y, m, 1)}]++
		categories[x.Category]++
		if known(x.Reviewed) {
			out.Reviewed.Num++
		}
		switch {
		case known(x.Closed):
			out.Closed.Num++
			days = append(days, int(x.Closed-x.On))
		case x.Due != 0 && x.Due < asOf:
			out.Overdue = append(out.Overdue, caremodel.Issue{Code: caremodel.StepOverdue, Subject: x.ID, On: x.Due.AddDays(1), Detail: cmp.Or(x.Action, "no action is written down")})
		}
	}
	out.Reviewed.Den, out.Closed.Den = out.Reported, out.Reported
	for c, n := range cells {
		c.N = n
		out.Cells = append(out.Cells, c)
	}
	slices.SortFunc(out.Cells, func(a, b IncidentCell) int {
		return cmp.Or(cmp.Compare(a.Month, b.Month), strings.Compare(a.Category, b.Category), strings.Compare(a.Severity, b.Severity))
	})
	for c, n := range categories {
		out.Categories = append(out.Categories, CategoryCount{Category: c, N: n})
	}
	slices.SortFunc(out.Categories, func(a, b CategoryCount) int {
		return cmp.Or(cmp.Compare(b.N, a.N), strings.Compare(a.Category, b.Category))
	})
	var sum int64
	for i := range out.Categories {
		sum += out.Categories[i].N
		out.Categories[i].Cumulative = registry.Rate{Num: sum, Den: out.Reported}
	}
	out.MedianDays = caremodel.MedianDays(days)
	caremodel.SortIssues(out.Overdue)
	return out, nil
}

// Per1000 is the number of incidents for a thousand patients or contacts, exact: 12 in
// 8,000 contacts are 1.5. Undefined for an exposure of 0 or less.
func (t *Incidents) Per1000(exposure int64) registry.Rate {
	return registry.Rate{Num: 1000 * t.Reported, Den: exposure}
}

// Pareto is the shortest list of the largest categories that makes up a share of all
// incidents: all of them for a share above 1, none for 0 or an undefined one.
func (t *Incidents) Pareto(share registry.Rate) []CategoryCount {
	if share.Num <= 0 || !share.Defined() {
		return nil
	}
	for i, c := range t.Categories {
		if c.Cumulative.Cmp(share) >= 0 {
			return t.Categories[:i+1]
		}
	}
	return t.Categories
}
