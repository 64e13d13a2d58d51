package community

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/caremodel"
)

// Placed is a need with the place it got.
type Placed struct {
	Need  Need  `json:"need"`
	Offer Offer `json:"offer"`
}

// Unmatched is a need without a place, with the failing tests of every resource.
type Unmatched struct {
	Need Need        `json:"need"`
	Why  []Rejection `json:"why,omitempty"`
}

// Allocation is the result of [Allocate].
type Allocation struct {
	Placed    []Placed          `json:"placed,omitempty"`
	Unmatched []Unmatched       `json:"unmatched,omitempty"`
	Issues    []caremodel.Issue `json:"issues,omitempty"`
}

// Allocate gives places out one need after the other, the most urgent first (a need
// without a limit comes last), then the longest waiting, then by ID: each takes its best
// offer until places run out. Nobody waits for a place that somebody later in the order
// got, no resource gives more places than it has, and one more resource never lengthens
// the list of the unmatched: preferences don't depend on what others took. ctx gives each
// need's context. Faults of needs and resources ([CheckNeeds], [CheckResources]) and a ctx
// that is nil ([caremodel.ErrPolicy]) are errors, all at once.
func Allocate(needs []Need, resources []Resource, ctx func(Need) Context) (Allocation, error) {
	issues, err := CheckNeeds(needs)
	errs := []error{err, CheckResources(resources)}
	if ctx == nil {
		errs = append(errs, fmt.Errorf("%w: no context to match needs in", caremodel.ErrPolicy))
	}
	if err := errors.Join(errs...); err != nil {
		return Allocation{}, err
	}
	a := Allocation{Issues: issues}
	order := slices.Clone(needs)
	urgency := func(n Need) int {
		if n.UrgencyDays == 0 {
			return 1 << 30
		}
		return n.UrgencyDays
	}
	slices.SortFunc(order, func(x, y Need) int {
		return cmp.Or(cmp.Compare(urgency(x), urgency(y)), cmp.Compare(x.Since, y.Since), strings.Compare(x.ID, y.ID))
	})
	left := map[string]int{}
	for _, r := range resources {
		left[r.ID] = r.Capacity
	}
	for _, n := range order {
		offers, rejected := Match(n, resources, ctx(n))
		i := slices.IndexFunc(offers, func(o Offer) bool { return left[o.Resource] > 0 })
		if i < 0 {
			for _, o := range offers {
				rejected = append(rejected, Rejection{o.Resource, []string{"its places went to needs earlier in the order"}})
			}
			slices.SortFunc(rejected, func(a, b Rejection) int { return strings.Compare(a.Resource, b.Resource) })
			a.Unmatched = append(a.Unmatched, Unmatched{n, rejected})
			continue
		}
		left[offers[i].Resource]--
		a.Placed = append(a.Placed, Placed{n, offers[i]})
	}
	return a, nil
}
