package delivery

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/caremodel"
)

// Task is a piece of work for a team.
type Task struct {
	ID      string   `json:"id"`
	Minutes int64    `json:"minutes"`
	Roles   []string `json:"roles"`             // that may do it
	Licence string   `json:"licence,omitempty"` // that it needs; "" for none
}

// Role is a kind of staff with the time that is left.
type Role struct {
	Name     string   `json:"name"`
	Minutes  int64    `json:"minutes"`
	Cost     int64    `json:"cost"` // of a minute or hour, in the caller's unit: only the order counts
	Licences []string `json:"licences,omitempty"`
}

// Assigned is a task with the role that does it.
type Assigned struct {
	Task    string `json:"task"`
	Role    string `json:"role"`
	Minutes int64  `json:"minutes"`
	Above   bool   `json:"above"` // the role has a licence, the task needs none
}

// Unassigned is a task that nobody does, and why: NO_PERMITTED_ROLE, or OVER_CAPACITY when
// those who may do it have no time left.
type Unassigned struct {
	Task    string              `json:"task"`
	Minutes int64               `json:"minutes"`
	Why     caremodel.IssueCode `json:"why"`
	Detail  string              `json:"detail"`
}

// RoleLoad is what a role has to do.
type RoleLoad struct {
	Role    string `json:"role"`
	Minutes int64  `json:"minutes"`
	Of      int64  `json:"of"`
	Above   int64  `json:"above"` // minutes of tasks that need no licence, done by a role that has one
}

// Distribution is who does what. Assigned and Unassigned together are all tasks.
type Distribution struct {
	Assigned   []Assigned   `json:"assigned"` // in the order of distribution
	Unassigned []Unassigned `json:"unassigned,omitempty"`
	Loads      []RoleLoad   `json:"loads"` // in the order of the roles
}

// Distribute gives tasks to roles: first those that fewest roles may do, then the longest,
// then by ID; each to the cheapest role that may do it and has the time (among equals the
// first). Nobody does what the licence does not cover, and minutes of licensed staff on
// tasks that need no licence are shown: people should work to the limit of their licence
// (King's Fund 2010, KF2010:260).
//
// Tasks without an ID, role or with negative minutes, tasks and roles twice, and negative
// time or cost are [caremodel.ErrDefinition], all named.
func Distribute(tasks []Task, roles []Role) (Distribution, error) {
	var errs []error
	bad := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf("%w: %s", caremodel.ErrDefinition, fmt.Sprintf(format, args...)))
	}
	names := map[string]bool{}
	for _, r := range roles {
		if r.Name == "" || names[r.Name] || r.Minutes < 0 || r.Cost < 0 {
			bad("role %q has %d minutes at %d, or is there twice", r.Name, r.Minutes, r.Cost)
		}
		names[r.Name] = true
	}
	ids := map[string]bool{}
	for _, t := range tasks {
		if t.ID == "" || ids[t.ID] || t.Minutes < 0 {
			bad("task %q of %d minutes has no ID, is there twice, or takes no time", t.ID, t.Minutes)
		}
		if len(t.Roles) == 0 {
			bad("task %q has no role", t.ID)
		}
		ids[t.ID] = true
	}
	if err := errors.Join(errs...); err != nil {
		return Distribution{}, err
	}
	d := Distribution{Loads: make([]RoleLoad, len(roles))}
	cheap := make([]int, len(roles))
	for i, r := range roles {
		d.Loads[i] = RoleLoad{Role: r.Name, Of: r.Minutes}
		cheap[i] = i
	}
	slices.SortStableFunc(cheap, func(a, b int) int { return cmp.Compare(roles[a].Cost, roles[b].Cost) })
	type job struct {
		*Task
		permitted int
	}
	jobs := make([]job, len(tasks))
	for i := range tasks {
		jobs[i].Task = &tasks[i]
		for k := range roles {
			if roles[k].may(&tasks[i]) {
				jobs[i].permitted++
			}
		}
	}
	slices.SortFunc(jobs, func(a, b job) int {
		return cmp.Or(cmp.Compare(a.permitted, b.permitted), cmp.Compare(b.Minutes, a.Minutes), strings.Compare(a.ID, b.ID))
	})
	for _, j := range jobs {
		k := slices.IndexFunc(cheap, func(k int) bool {
			return roles[k].may(j.Task) && j.Minutes <= d.Loads[k].Of-d.Loads[k].Minutes
		})
		switch {
		case k >= 0:
			r, l := &roles[cheap[k]], &d.Loads[cheap[k]]
			above := j.Licence == "" && len(r.Licences) > 0
			d.Assigned = append(d.Assigned, Assigned{j.ID, r.Name, j.Minutes, above})
			l.Minutes += j.Minutes
			if above {
				l.Above += j.Minutes
			}
		case j.permitted == 0:
			d.Unassigned = append(d.Unassigned, Unassigned{j.ID, j.Minutes, caremodel.NoPermittedRole, fmt.Sprintf("%s, licence %q: nobody there may", strings.Join(j.Roles, " or "), j.Licence)})
		default:
			d.Unassigned = append(d.Unassigned, Unassigned{j.ID, j.Minutes, caremodel.OverCapacity, fmt.Sprintf("%d roles may, none has %d minutes", j.permitted, j.Minutes)})
		}
	}
	return d, nil
}

func (r *Role) may(t *Task) bool {
	return slices.Contains(t.Roles, r.Name) && (t.Licence == "" || slices.Contains(r.Licences, t.Licence))
}
