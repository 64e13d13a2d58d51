package community

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/caremodel"
)

// PackageOfCare is a person's needs with the services chosen for them.
type PackageOfCare struct {
	Chosen    []Placed    `json:"chosen,omitempty"`
	Uncovered []Uncovered `json:"uncovered,omitempty"`
	Cost      int64       `json:"cost"` // minor units
	Left      int64       `json:"left"` // of the budget
}

// Uncovered is a need that the package does not meet.
type Uncovered struct {
	Need Need   `json:"need"`
	Why  string `json:"why"`
}

// Package chooses services for a person's needs within a budget, by priority of the
// need, then its ID: each gets the first of its offers, in the order of [Match], that the
// budget still pays. A negative budget or cost is [caremodel.ErrPolicy]; needs without an ID
// or there twice, and offers for a need that is not among them, are
// [caremodel.ErrDefinition]; all at once.
func Package(needs []Need, offers map[string][]Offer, budget int64) (PackageOfCare, error) {
	var errs []error
	if budget < 0 {
		errs = append(errs, fmt.Errorf("%w: a budget of %d", caremodel.ErrPolicy, budget))
	}
	ids := map[string]bool{}
	for _, n := range needs {
		if n.ID == "" || ids[n.ID] {
			errs = append(errs, fmt.Errorf("%w: need %q of person %q: its ID is missing or there twice", caremodel.ErrDefinition, n.ID, n.Person))
		}
		ids[n.ID] = true
	}
	for _, id := range slices.Sorted(maps.Keys(offers)) {
		if !ids[id] {
			errs = append(errs, fmt.Errorf("%w: %d offers for an unknown need %q", caremodel.ErrDefinition, len(offers[id]), id))
		}
	}
	order := slices.Clone(needs)
	slices.SortFunc(order, func(x, y Need) int { return cmp.Or(cmp.Compare(rank(x), rank(y)), strings.Compare(x.ID, y.ID)) })
	for _, n := range order {
		for _, o := range offers[n.ID] {
			if o.Cost < 0 {
				errs = append(errs, fmt.Errorf("%w: offer of %q for need %q costs %d", caremodel.ErrPolicy, o.Resource, n.ID, o.Cost))
			}
		}
	}
	if err := errors.Join(errs...); err != nil {
		return PackageOfCare{}, err
	}
	p := PackageOfCare{Left: budget}
	for _, n := range order {
		os := offers[n.ID]
		i := slices.IndexFunc(os, func(o Offer) bool { return o.Cost <= p.Left })
		switch {
		case i >= 0:
			p.Chosen = append(p.Chosen, Placed{n, os[i]})
			p.Cost += os[i].Cost
			p.Left -= os[i].Cost
		case len(os) == 0:
			p.Uncovered = append(p.Uncovered, Uncovered{n, "no offer"})
		default:
			p.Uncovered = append(p.Uncovered, Uncovered{n, fmt.Sprintf("%d offers, all above the %d left of the budget", len(os), p.Left)})
		}
	}
	return p, nil
}

func rank(n Need) int {
	if n.Priority == 0 {
		return 1 << 30
	}
	return n.Priority
}
