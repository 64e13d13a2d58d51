package delivery

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/stratify/tier"
)

// ManagersNeeded is how many managers n people need, ⌈n/High⌉ to ⌈n/Low⌉. The zero Caseload
// is 125 to 150, the published figure of nurses in practices (King's Fund 2010, KF2010:260).
// Faults are [caremodel.ErrPolicy].
func ManagersNeeded(n int, c Caseload) (least, most int, err error) {
	if c == (Caseload{}) {
		c = Caseload{125, 150}
	}
	if least, most, err = tier.Managers(n, c.Low, c.High); err != nil {
		err = fmt.Errorf("%w: %w", caremodel.ErrPolicy, err)
	}
	return least, most, err
}

// Manager looks after people, up to a capacity of weighted load.
type Manager struct {
	ID        string   `json:"id"`
	Capacity  int64    `json:"capacity"`
	Areas     []string `json:"areas,omitempty"` // none: all
	Languages []string `json:"languages,omitempty"`
}

// Client is a person who needs a manager.
type Client struct {
	ID       string `json:"id"`
	Rank     int    `json:"rank"`   // by risk, smaller first
	Weight   int64  `json:"weight"` // of the load; 0: 1
	Area     string `json:"area,omitempty"`
	Language string `json:"language,omitempty"` // that the manager has to speak; "": any
	Previous string `json:"previous,omitempty"` // manager until now
}

func (c *Client) weight() int64 { return cmp.Or(c.Weight, 1) }

func (m *Manager) fits(c *Client) bool {
	return (len(m.Areas) == 0 || slices.Contains(m.Areas, c.Area)) && (c.Language == "" || slices.Contains(m.Languages, c.Language))
}

// AssignPolicy says how to assign. The zero value assigns everybody anew.
type AssignPolicy struct {
	// KeepExisting leaves as many people as possible with the manager they have, the
	// lightest first where not all can stay.
	KeepExisting bool `json:"keep_existing"`
}

// Assignment is a person's manager.
type Assignment struct {
	Client  string `json:"client"`
	Manager string `json:"manager"`
	From    string `json:"from,omitempty"` // manager until now, when it is another one
}

// NotAssigned is a person without a manager, and why.
type NotAssigned struct {
	Client string              `json:"client"`
	From   string              `json:"from,omitempty"` // manager until now
	Why    caremodel.IssueCode `json:"why"`            // OVER_CAPACITY, or NO_MANAGER when nobody fits
	Detail string              `json:"detail"`
}

// ManagerLoad is what a manager has to carry.
type ManagerLoad struct {
	Manager string `json:"manager"`
	People  int    `json:"people"`
	Load    int64  `json:"load"`
	Of      int64  `json:"of"`
}

// Assignments is who looks after whom. Assigned and Over together are all people.
type Assignments struct {
	Assigned []Assignment  `json:"assigned"`       // by rank, then ID
	Over     []NotAssigned `json:"over,omitempty"` // by rank, then ID
	Loads    []ManagerLoad `json:"loads"`          // by manager
	Moves    int           `json:"moves"`          // people whose manager changed, or who lost theirs
}

// Assign gives people to managers: the highest risk first, each to the manager with the
// lowest weighted load among those who serve the area, speak the language and have room;
// ties by ID. The result does not depend on the order of the input. Managers and clients
// without an ID or there twice, and negative capacities, ranks and weights, are
// [caremodel.ErrDefinition], all named.
func Assign(clients []Client, managers []Manager, policy AssignPolicy) (Assignments, error) {
	if err := checkCaseload(clients, managers); err != nil {
		return Assignments{}, err
	}
	ms, cs := slices.Clone(managers), slices.Clone(clients)
	slices.SortFunc(ms, func(a, b Manager) int { return strings.Compare(a.ID, b.ID) })
	slices.SortFunc(cs, func(a, b Client) int { return cmp.Or(cmp.Compare(a.Rank, b.Rank), strings.Compare(a.ID, b.ID)) })
	out := Assignments{Loads: make([]ManagerLoad, len(ms))}
	for i, m := range ms {
		out.Loads[i] = ManagerLoad{Manager: m.ID, Of: m.Capacity}
	}
	to := make([]int, len(cs))
	give := func(c, m int) {
		to[c] = m
		out.Loads[m].People++
		out.Loads[m].Load += cs[c].weight()
	}
	room := func(c, m int) bool { return cs[c].weight() <= ms[m].Capacity-out.Loads[m].Load }
	light := make([]int, len(cs))
	for i := range cs {
		to[i], light[i] = -1, i
	}
	if policy.KeepExisting {
		at := make(map[string]int, len(ms))
		for m := range ms {
			at[ms[m].ID] = m
		}
		slices.SortStableFunc(light, func(a, b int) int { return cmp.Compare(cs[a].weight(), cs[b].weight()) })
		for _, i := range light {
			if m, ok := at[cs[i].Previous]; ok && ms[m].fits(&cs[i]) && room(i, m) {
				give(i, m)
			}
		}
	}
	for i := range cs {
		c := &cs[i]
		best, fitting := to[i], 0
		if best < 0 {
			for m := range ms {
				if !ms[m].fits(c) {
					continue
				}
				if fitting++; room(i, m) && (best < 0 || out.Loads[m].Load < out.Loads[best].Load) {
					best = m
				}
			}
			if best >= 0 {
				give(i, best)
			}
		}
		moved := c.Previous != "" && (best < 0 || ms[best].ID != c.Previous)
		from := ""
		if moved {
			out.Moves++
			from = c.Previous
		}
		switch {
		case best >= 0:
			out.Assigned = append(out.Assigned, Assignment{c.ID, ms[best].ID, from})
		case fitting > 0:
			out.Over = append(out.Over, NotAssigned{c.ID, from, caremodel.OverCapacity, fmt.Sprintf("%d managers fit, none has room for %d", fitting, c.weight())})
		default:
			out.Over = append(out.Over, NotAssigned{c.ID, from, caremodel.NoManager, fmt.Sprintf("nobody serves area %q in language %q", c.Area, c.Language)})
		}
	}
	return out, nil
}

func checkCaseload(clients []Client, managers []Manager) error {
	var errs []error
	ids := map[string]bool{}
	for _, m := range managers {
		if m.ID == "" || ids[m.ID] || m.Capacity < 0 {
			errs = append(errs, fmt.Errorf("%w: manager %q has a capacity of %d, or is there twice", caremodel.ErrDefinition, m.ID, m.Capacity))
		}
		ids[m.ID] = true
	}
	clear(ids)
	for _, c := range clients {
		if c.ID == "" || ids[c.ID] || c.Rank < 0 || c.Weight < 0 {
			errs = append(errs, fmt.Errorf("%w: client %q has rank %d and weight %d, or is there twice", caremodel.ErrDefinition, c.ID, c.Rank, c.Weight))
		}
		ids[c.ID] = true
	}
	return errors.Join(errs...)
}
