package organisation

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/registry"
)

// Post is a post of leadership.
type Post struct {
	ID        string `json:"id"`
	Clinician string `json:"clinician"`
	Manager   string `json:"manager"` // holders; "" when that side is not filled
	Joint     bool   `json:"joint"`   // both answer for it together
}

// Twins is the share of posts held by a clinician and a manager with joint
// accountability, and the others by ID (King's Fund 2004:1479-1485, 1532-1533).
func Twins(posts []Post) (paired registry.Rate, unpaired []string) {
	for _, p := range posts {
		paired.Den++
		if p.Clinician != "" && p.Manager != "" && p.Joint {
			paired.Num++
		} else {
			unpaired = append(unpaired, p.ID)
		}
	}
	slices.Sort(unpaired)
	return paired, unpaired
}

// SharedGoals is how many of all goals of clinicians and managers both have.
func SharedGoals(clinical, management []string) registry.Rate {
	a, b := set(clinical), set(management)
	var r registry.Rate
	for _, g := range a {
		if slices.Contains(b, g) {
			r.Num++
		}
	}
	r.Den = int64(len(a)) + int64(len(b)) - r.Num
	return r
}

func set(xs []string) []string {
	out := slices.Clone(xs)
	slices.Sort(out)
	return slices.Compact(out)
}

// RoleNeed asks for so many whole-time staff of a role, in thousandths, for a thousand
// members of the register; 0: at least somebody.
type RoleNeed struct {
	Role       string `json:"role"`
	Thousandth int64  `json:"thousandth"` // of a post, for 1,000 members
}

// RoleState is how a role is staffed.
type RoleState struct {
	Role    string        `json:"role"`
	Have    int64         `json:"have"`    // thousandths of posts
	Per1000 registry.Rate `json:"per1000"` // thousandths of posts for 1,000 members
	Missing int64         `json:"missing"` // thousandths of posts, rounded up; of a role without a number 1: nobody has it
}

// Roles compares staff with what is needed (roles that the studies list: [StudyRoles]).
// Staff of roles that nobody asked for come after the others. Faults are
// [caremodel.ErrDefinition], all at once.
func Roles(needs []RoleNeed, staff map[string]int64, members int64) ([]RoleState, error) {
	var errs []error
	if members < 0 {
		errs = append(errs, fmt.Errorf("%w: %d members", caremodel.ErrDefinition, members))
	}
	seen := map[string]bool{}
	var out []RoleState
	add := func(role string, thousandth int64, asked bool) {
		s := RoleState{Role: role, Have: staff[role], Per1000: registry.Rate{Num: 1000 * staff[role], Den: members}}
		need := (thousandth*members + 999) / 1000
		if asked && thousandth == 0 && s.Have == 0 {
			s.Missing = 1
		}
		s.Missing = max(s.Missing, need-s.Have)
		out = append(out, s)
	}
	for _, n := range needs {
		if n.Role == "" || seen[n.Role] || n.Thousandth < 0 {
			errs = append(errs, fmt.Errorf("%w: role %q twice or without a name, %d thousandths", caremodel.ErrDefinition, n.Role, n.Thousandth))
		}
		seen[n.Role] = true
		add(n.Role, n.Thousandth, true)
	}
	for _, r := range slices.Sorted(maps.Keys(staff)) {
		if staff[r] < 0 {
			errs = append(errs, fmt.Errorf("%w: role %q has %d thousandths of posts", caremodel.ErrDefinition, r, staff[r]))
		}
		if !seen[r] {
			add(r, 0, false)
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return out, nil
}

// StudyRoles lists the roles that the studies name (King's Fund 2004:1855-1857, 2188-2190;
// King's Fund 2010:197; Nuffield Trust 2011:250).
func StudyRoles() []string {
	return []string{"clerk", "certified health educator", "data analyst", "nurse specialist", "case manager", "programme co-ordinator", "physiotherapist", "psychologist", "hospitalist", "discharge planner"}
}

// Incentive describes an incentive, without its amount.
type Incentive struct {
	ID    string   `json:"id"`
	For   []string `json:"for,omitempty"`   // "primary care", "specialist", "other staff"
	Level string   `json:"level"`           // "person" or "group"
	Basis []string `json:"basis,omitempty"` // "clinical target", "satisfaction", "peer view"
	Joint bool     `json:"joint"`           // pays for joint work
}

// Flags is what an organisation's incentives cover. Amounts, and the check that nothing
// pays for fewer referrals, are in incentives.
type Flags struct {
	For       []string `json:"for,omitempty"`
	Levels    []string `json:"levels,omitempty"`
	Basis     []string `json:"basis,omitempty"` // sorted, each once
	JointWork bool     `json:"joint_work"`
	ForNobody []string `json:"for_nobody,omitempty"` // incentives, by ID
}

// IncentiveFlags adds up who is eligible, at which level and on which basis (King's Fund
// 2004:1549-1569). Words that are not listed in [Incentive], and incentives without an ID or
// there twice, are [caremodel.ErrDefinition], all at once.
func IncentiveFlags(incentives []Incentive) (Flags, error) {
	var f Flags
	var errs []error
	check := func(id, what string, got []string, allowed ...string) {
		for _, g := range got {
			if !slices.Contains(allowed, g) {
				errs = append(errs, fmt.Errorf("%w: incentive %q: %s %q, of %s", caremodel.ErrDefinition, id, what, g, strings.Join(allowed, ", ")))
			}
		}
	}
	for i, x := range incentives {
		if x.ID == "" || slices.ContainsFunc(incentives[:i], func(o Incentive) bool { return o.ID == x.ID }) {
			errs = append(errs, fmt.Errorf("%w: incentive %q: its ID is missing or there twice", caremodel.ErrDefinition, x.ID))
		}
		check(x.ID, "for", x.For, "primary care", "specialist", "other staff")
		check(x.ID, "level", []string{x.Level}, "person", "group")
		check(x.ID, "basis", x.Basis, "clinical target", "satisfaction", "peer view")
		f.For = append(f.For, x.For...)
		f.Levels = append(f.Levels, x.Level)
		f.Basis = append(f.Basis, x.Basis...)
		f.JointWork = f.JointWork || x.Joint
		if len(x.For) == 0 {
			f.ForNobody = append(f.ForNobody, x.ID)
		}
	}
	if err := errors.Join(errs...); err != nil {
		return Flags{}, err
	}
	f.For, f.Levels, f.Basis = set(f.For), set(f.Levels), set(f.Basis)
	slices.SortFunc(f.ForNobody, cmp.Compare[string])
	return f, nil
}
