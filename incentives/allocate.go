package incentives

import (
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"
)

// Party has a claim on a pool.
type Party struct {
	ID     string
	Weight Exact  // not negative
	Cap    *int64 // most it may get, in minor units; nil: no cap
}

// Share is what a party gets, in minor units (pence, cents).
type Share struct {
	ID     string
	Amount int64
}

// Method of allocation.
type Method uint8

// Methods. LargestRemainder gives the units that are left over to the largest
// fractions, ties to the lower ID: each share is within a unit of its exact quota.
// FirstParties gives them to the parties in their order, as money libraries do: the
// order matters by design.
const (
	LargestRemainder Method = iota
	FirstParties
)

// Allocate shares a total of minor units out by weight. The shares and what is
// undistributed add up to the total, always. Weights that are all 0 leave everything
// undistributed: nobody qualified. Caps are held by filling up: what a capped party
// leaves goes to the others in proportion, and what nobody can take stays
// undistributed. A negative total is shared out as its opposite.
func Allocate(total int64, parties []Party, method Method) (shares []Share, undistributed int64, err error) {
	var errs []error
	seen := map[string]bool{}
	capped := false
	for _, p := range parties {
		if seen[p.ID] && p.ID != "" {
			errs = append(errs, fmt.Errorf("%w: party %q", ErrDuplicate, p.ID))
		}
		seen[p.ID] = true
		if p.Weight.Sign() < 0 {
			errs = append(errs, fmt.Errorf("%w: party %q weighs %s", ErrWeights, p.ID, p.Weight))
		}
		if p.Cap != nil {
			capped = true
			if *p.Cap < 0 {
				errs = append(errs, fmt.Errorf("%w: party %q is capped at %d", ErrRange, p.ID, *p.Cap))
			}
		}
	}
	if method > FirstParties {
		errs = append(errs, fmt.Errorf("%w: allocation method %d", ErrRange, method))
	}
	if capped && (total < 0 || method == FirstParties) {
		errs = append(errs, fmt.Errorf("%w: caps need the largest remainder and a total that is not negative", ErrRange))
	}
	if err := errors.Join(errs...); err != nil {
		return nil, 0, err
	}
	sign, amount := int64(1), total
	if total < 0 {
		sign, amount = -1, -total // MinInt64 stays negative and is refused below
	}
	if amount < 0 {
		return nil, 0, fmt.Errorf("%w: a total of %d", ErrMagnitude, total)
	}
	quotas, given := fill(amount, parties)
	shares = make([]Share, len(parties))
	type part struct {
		i    int
		left *big.Rat
	}
	var parts []part
	rest := given
	for i, q := range quotas {
		floor := new(big.Int).Quo(q.Num(), q.Denom())
		shares[i] = Share{parties[i].ID, floor.Int64()}
		rest -= floor.Int64()
		if left := new(big.Rat).Sub(q, new(big.Rat).SetInt(floor)); method == FirstParties && parties[i].Weight.Sign() > 0 || left.Sign() > 0 {
			parts = append(parts, part{i, left})
		}
	}
	if method == LargestRemainder {
		slices.SortStableFunc(parts, func(a, b part) int {
			if c := b.left.Cmp(a.left); c != 0 {
				return c
			}
			return strings.Compare(parties[a.i].ID, parties[b.i].ID)
		})
	}
	for _, p := range parts {
		if rest == 0 {
			break
		}
		shares[p.i].Amount++
		rest--
	}
	for i := range shares {
		shares[i].Amount *= sign
	}
	return shares, total - sign*given, nil
}

// fill gives the exact quotas and their sum: in proportion to the weights, up to the
// caps.
func fill(total int64, parties []Party) (quotas []*big.Rat, given int64) {
	quotas = make([]*big.Rat, len(parties))
	weights := new(big.Rat)
	var order []int
	for i, p := range parties {
		quotas[i] = new(big.Rat)
		if p.Weight.Sign() > 0 {
			weights.Add(weights, p.Weight.rat())
			order = append(order, i)
		}
	}
	if weights.Sign() == 0 {
		return quotas, 0
	}
	left := new(big.Rat).SetInt64(total)
	// those whose cap is smallest for their weight fill up first
	ratio := func(i int) *big.Rat {
		if parties[i].Cap == nil {
			return nil
		}
		return new(big.Rat).Quo(new(big.Rat).SetInt64(*parties[i].Cap), parties[i].Weight.rat())
	}
	ratios := make([]*big.Rat, len(parties))
	for _, i := range order {
		ratios[i] = ratio(i)
	}
	slices.SortStableFunc(order, func(a, b int) int {
		x, y := ratios[a], ratios[b]
		switch {
		case x == nil && y == nil:
			return 0
		case x == nil:
			return 1
		case y == nil:
			return -1
		}
		return x.Cmp(y)
	})
	sum := new(big.Rat)
	for n, i := range order {
		k := new(big.Rat).Quo(left, weights)
		if ratios[i] == nil || ratios[i].Cmp(k) > 0 { // this one and all after it are not capped
			for _, j := range order[n:] {
				quotas[j].Mul(k, parties[j].Weight.rat())
			}
			sum.Add(sum, left)
			break
		}
		quotas[i].SetInt64(*parties[i].Cap)
		left.Sub(left, quotas[i])
		sum.Add(sum, quotas[i])
		weights.Sub(weights, parties[i].Weight.rat())
	}
	return quotas, sum.Num().Int64()
}
