package risk

import (
	"errors"
	"fmt"

	"github.com/chroniccare/chroniccare/incentives"
)

// Cell is a group of members who are paid for alike.
type Cell struct {
	Plan       string
	Age, Sex   string
	Members    int64            // member-months
	Relativity incentives.Exact // of age and sex; 0 is missing, and an error
	Severity   incentives.Exact // risk score, where the contract adjusts for it; 0: not adjusted
}

// Budget is the capitation of a plan.
type Budget struct {
	Plan    string
	Members int64
	Amount  incentives.Exact
}

// Capitation adds up members x base rate x relativity x severity by plan, in the order
// in which plans first appear. A missing relativity is an error, not 1.
func Capitation(base incentives.Exact, cells []Cell) ([]Budget, error) {
	var out []Budget
	var errs []error
	if base.Sign() < 0 {
		errs = append(errs, fmt.Errorf("%w: a base rate of %s", incentives.ErrNegativeMoney, base))
	}
	for i, c := range cells {
		if c.Members < 0 || c.Relativity.Sign() <= 0 || c.Severity.Sign() < 0 {
			errs = append(errs, fmt.Errorf("%w: cell %d (%s, %s, %s): %d members, relativity %s, severity %s", incentives.ErrParameter, i, c.Plan, c.Age, c.Sex, c.Members, c.Relativity, c.Severity))
			continue
		}
		at := -1
		for k := range out {
			if out[k].Plan == c.Plan {
				at = k
			}
		}
		if at < 0 {
			at = len(out)
			out = append(out, Budget{Plan: c.Plan})
		}
		pay := base.Mul(incentives.Int(c.Members)).Mul(c.Relativity)
		if c.Severity.Sign() > 0 {
			pay = pay.Mul(c.Severity)
		}
		out[at].Members += c.Members
		out[at].Amount = out[at].Amount.Add(pay)
	}
	return out, errors.Join(errs...)
}

// PaymentRatio is what capitation costs against fee-for-service: 1.12 is 112 %.
func PaymentRatio(capitated, feeForService incentives.Exact) (incentives.Exact, error) {
	if feeForService.Sign() <= 0 {
		return incentives.Exact{}, fmt.Errorf("%w: fee-for-service of %s", incentives.ErrDivision, feeForService)
	}
	return capitated.Quo(feeForService), nil
}

// Scope is who bears which service's cost (the division of financial responsibility):
// the group's share of each service, the plan bearing the rest.
type Scope map[string]incentives.Exact

// Claim is a paid service.
type Claim struct {
	ID, Service string
	Paid        incentives.Exact
}

// Split divides claims between group and plan. A service that the scope lacks, a share
// outside 0 to 1 and a negative claim are errors, all of them named.
func (s Scope) Split(claims []Claim) (group, plan incentives.Exact, err error) {
	var errs []error
	one := incentives.Int(1)
	for _, c := range claims {
		share, ok := s[c.Service]
		switch {
		case !ok:
			errs = append(errs, fmt.Errorf("%w: claim %s: service %q is not in the scope", incentives.ErrLookup, c.ID, c.Service))
			continue
		case share.Sign() < 0 || share.Cmp(one) > 0:
			errs = append(errs, fmt.Errorf("%w: the group bears %s of %q", incentives.ErrShares, share, c.Service))
			continue
		case c.Paid.Sign() < 0:
			errs = append(errs, fmt.Errorf("%w: claim %s", incentives.ErrNegativeMoney, c.ID))
			continue
		}
		mine := c.Paid.Mul(share)
		group = group.Add(mine)
		plan = plan.Add(c.Paid.Sub(mine))
	}
	return group, plan, errors.Join(errs...)
}

// StopLoss covers costs above an attachment point.
type StopLoss struct {
	Attachment  incentives.Exact
	Coinsurance incentives.Exact  // share of the excess that is reinsured
	Cap         *incentives.Exact // most that is reinsured; nil: no cap
}

// Apply divides a year's cost of a member: reinsured is min(cap, coinsurance x excess).
func (s StopLoss) Apply(cost incentives.Exact) (retained, reinsured incentives.Exact, err error) {
	if cost.Sign() < 0 || s.Attachment.Sign() < 0 {
		return retained, reinsured, fmt.Errorf("%w: cost %s, attachment %s", incentives.ErrNegativeMoney, cost, s.Attachment)
	}
	if s.Coinsurance.Sign() < 0 || s.Coinsurance.Cmp(incentives.Int(1)) > 0 || s.Cap != nil && s.Cap.Sign() < 0 {
		return retained, reinsured, fmt.Errorf("%w: coinsurance %s", incentives.ErrRange, s.Coinsurance)
	}
	reinsured = cost.Sub(s.Attachment).Max(incentives.Exact{}).Mul(s.Coinsurance)
	if s.Cap != nil {
		reinsured = reinsured.Min(*s.Cap)
	}
	return cost.Sub(reinsured), reinsured, nil
}

// Party takes part in a surplus or deficit.
type Party struct {
	Name    string
	Surplus incentives.Exact // share of a surplus
	Deficit incentives.Exact // share of a deficit
}

// Gainsharing divides budget less cost: a surplus by the surplus shares (nothing to
// anybody when the quality gate is closed: it stays with the party named by default),
// a deficit by the deficit shares. Corridors change how much is shared at all; nil
// shares everything.
type Gainsharing struct {
	Parties  []Party
	Corridor incentives.Bands
	GateOpen bool
	Default  string // who keeps a surplus behind a closed gate, and what the corridor leaves
}

// PartyShare is what a party gets (or owes, when negative).
type PartyShare struct {
	Name   string
	Amount incentives.Exact
}

// Settle divides the difference of budget and cost. The shares add up to it exactly.
func (g Gainsharing) Settle(budget, cost incentives.Exact) ([]PartyShare, error) {
	var errs []error
	one := incentives.Int(1)
	var up, down incentives.Exact
	known := false
	for _, p := range g.Parties {
		up, down = up.Add(p.Surplus), down.Add(p.Deficit)
		known = known || p.Name == g.Default
	}
	if !up.Equal(one) || !down.Equal(one) {
		errs = append(errs, fmt.Errorf("%w: surplus shares add up to %s, deficit shares to %s", incentives.ErrShares, up, down))
	}
	if !known {
		errs = append(errs, fmt.Errorf("%w: the default party %q is none of them", incentives.ErrShares, g.Default))
	}
	errs = append(errs, g.Corridor.Check())
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	diff := budget.Sub(cost)
	shared := diff
	if g.Corridor != nil {
		shared = g.Corridor.Of(diff.Max(diff.Neg()))
		if diff.Sign() < 0 {
			shared = shared.Neg()
		}
	}
	if diff.Sign() > 0 && !g.GateOpen {
		shared = incentives.Exact{}
	}
	var out []PartyShare
	for _, p := range g.Parties {
		share := p.Surplus
		if diff.Sign() < 0 {
			share = p.Deficit
		}
		amount := shared.Mul(share)
		if p.Name == g.Default {
			amount = amount.Add(diff.Sub(shared))
		}
		out = append(out, PartyShare{p.Name, amount})
	}
	return out, nil
}

// CompletionIBNR is what is incurred and not yet reported, from the share of claims
// that is complete: incurred = paid/c, 0 < c <= 1.
func CompletionIBNR(paid, completion incentives.Exact) (incurred, ibnr incentives.Exact, err error) {
	if completion.Sign() <= 0 || completion.Cmp(incentives.Int(1)) > 0 || paid.Sign() < 0 {
		return incurred, ibnr, fmt.Errorf("%w: completion %s of %s paid", incentives.ErrRange, completion, paid)
	}
	incurred = paid.Quo(completion)
	return incurred, incurred.Sub(paid), nil
}

// Ladder is the result of the chain ladder method.
type Ladder struct {
	Factors  []incentives.Exact // from one development year to the next
	Ultimate []incentives.Exact // by year of origin
	IBNR     []incentives.Exact
	Total    incentives.Exact // IBNR of all years
	Shrinks  bool             // a factor below 1: look at the data
}

// ChainLadder projects a triangle of cumulative payments, a year of origin a row, the
// oldest first, each row as long as it is developed (Mack 1993). tail develops beyond
// the oldest year; 1 is usual.
func ChainLadder(triangle [][]incentives.Exact, tail incentives.Exact) (Ladder, error) {
	var out Ladder
	if len(triangle) == 0 || tail.Sign() <= 0 {
		return out, fmt.Errorf("%w: %d rows, tail %s", incentives.ErrTriangle, len(triangle), tail)
	}
	width := len(triangle[0])
	var errs []error
	for i, row := range triangle {
		if len(row) == 0 || len(row) > width || i > 0 && len(row) > len(triangle[i-1]) {
			errs = append(errs, fmt.Errorf("%w: row %d has %d columns", incentives.ErrTriangle, i, len(row)))
		}
		for k, c := range row {
			if c.Sign() < 0 {
				errs = append(errs, fmt.Errorf("%w: row %d, column %d: %s", incentives.ErrTriangle, i, k, c))
			}
		}
	}
	if err := errors.Join(errs...); err != nil {
		return out, err
	}
	one := incentives.Int(1)
	for k := 0; k+1 < width; k++ {
		var now, next incentives.Exact
		for _, row := range triangle {
			if len(row) > k+1 {
				now, next = now.Add(row[k]), next.Add(row[k+1])
			}
		}
		if now.Sign() == 0 {
			return Ladder{}, fmt.Errorf("%w: column %d is empty", incentives.ErrTriangle, k)
		}
		f := next.Quo(now)
		out.Shrinks = out.Shrinks || f.Cmp(one) < 0
		out.Factors = append(out.Factors, f)
	}
	for _, row := range triangle {
		u := row[len(row)-1]
		for k := len(row) - 1; k < width-1; k++ {
			u = u.Mul(out.Factors[k])
		}
		u = u.Mul(tail)
		ibnr := u.Sub(row[len(row)-1])
		out.Ultimate = append(out.Ultimate, u)
		out.IBNR = append(out.IBNR, ibnr)
		out.Total = out.Total.Add(ibnr)
	}
	return out, nil
}
