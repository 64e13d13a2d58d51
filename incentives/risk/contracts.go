package risk

import (
	"errors"
	"fmt"

	"github.com/chroniccare/chroniccare/incentives"
	"github.com/chroniccare/chroniccare/registry"
)

// Bundle is a price for an episode with a warranty: complications of the days after it
// are inside the price (Geisinger's ProvenCare; Nuffield Trust 2009, King's Fund 2010).
type Bundle struct {
	Base       incentives.Exact // price of the procedure
	Historical incentives.Exact // mean cost of complications before the scheme
	Share      incentives.Exact // of the historical cost that goes into the price; the source gives none
	Days       int              // 0: 90, day 90 included
}

// Price is base + share x historical cost.
func (b Bundle) Price() incentives.Exact { return b.Base.Add(b.Share.Mul(b.Historical)) }

// EpisodeClaim is a claim after a procedure. Whether it is related is the caller's flag.
type EpisodeClaim struct {
	ID      string
	On      registry.Date
	Cost    incentives.Exact
	Related bool
}

// Settle gives the cost that the warranty absorbs and the margin: price less base cost
// less what is absorbed.
func (b Bundle) Settle(procedure registry.Date, claims []EpisodeClaim) (absorbed, margin incentives.Exact, ids []string, err error) {
	if b.Base.Sign() < 0 || b.Historical.Sign() < 0 || b.Share.Sign() < 0 || b.Share.Cmp(incentives.Int(1)) > 0 || b.Days < 0 || procedure == 0 {
		return absorbed, margin, nil, fmt.Errorf("%w: bundle %s + %s of %s, %d days", incentives.ErrRange, b.Base, b.Share, b.Historical, b.Days)
	}
	days := b.Days
	if days == 0 {
		days = 90
	}
	for _, c := range claims {
		if c.Cost.Sign() < 0 {
			err = errors.Join(err, fmt.Errorf("%w: claim %s", incentives.ErrNegativeMoney, c.ID))
			continue
		}
		if after := int(c.On - procedure); c.Related && after >= 0 && after <= days {
			absorbed = absorbed.Add(c.Cost)
			ids = append(ids, c.ID)
		}
	}
	return absorbed, b.Price().Sub(b.Base).Sub(absorbed), ids, err
}

// DepressionCare is the payment of Minnesota's DIAMOND programme: a periodic rate for
// everybody in care and a bundle for each episode, in place of fees (Nuffield Trust 2009).
type DepressionCare struct{ Rate, Bundle incentives.Exact }

// Pay is panel x months x rate + episodes x bundle.
func (d DepressionCare) Pay(patientMonths, episodes int64) (incentives.Exact, error) {
	if patientMonths < 0 || episodes < 0 {
		return incentives.Exact{}, fmt.Errorf("%w: %d patient-months, %d episodes", incentives.ErrNegativeCount, patientMonths, episodes)
	}
	return d.Rate.Mul(incentives.Int(patientMonths)).Add(d.Bundle.Mul(incentives.Int(episodes))), nil
}

// NeutralRate is the periodic rate, in minor units, that costs no more than the fees
// before; the minor units that it leaves unspent come with it.
func NeutralRate(feesBefore int64, bundle, episodes, patientMonths int64) (rate, unspent int64, err error) {
	left := feesBefore - bundle*episodes
	if patientMonths <= 0 || left < 0 || bundle < 0 || episodes < 0 || feesBefore < 0 {
		return 0, 0, fmt.Errorf("%w: %d left for %d patient-months", incentives.ErrRange, left, patientMonths)
	}
	return left / patientMonths, left % patientMonths, nil
}

// NeverEvents withholds payment of claim lines with an event that must not happen
// (wrong-site surgery, a preventable infection): payable 0.
func NeverEvents(claims []Claim, event map[string]string) (payable incentives.Exact, withheld map[string]incentives.Exact) {
	withheld = map[string]incentives.Exact{}
	for _, c := range claims {
		if e, ok := event[c.ID]; ok {
			withheld[e] = withheld[e].Add(c.Paid)
			continue
		}
		payable = payable.Add(c.Paid)
	}
	return payable, withheld
}

// CoordinationFee is a medical home's fee for co-ordination: designated practices are
// paid for each patient and month; the net saving is gross less fees.
func CoordinationFee(designated bool, patients, months int64, fee, grossSaving incentives.Exact) (fees, net incentives.Exact, err error) {
	if patients < 0 || months < 0 || fee.Sign() < 0 {
		return fees, net, fmt.Errorf("%w: %d patients, %d months at %s", incentives.ErrNegativeCount, patients, months, fee)
	}
	if designated {
		fees = fee.Mul(incentives.Int(patients)).Mul(incentives.Int(months))
	}
	return fees, grossSaving.Sub(fees), nil
}

// ComprehensivePayment is a payment for all of a person's chronic care: base x adjuster
// x (1 + the weighted performance), over the services that are covered.
func ComprehensivePayment(base, adjuster incentives.Exact, performance []incentives.Item) (incentives.Exact, error) {
	if base.Sign() < 0 || adjuster.Sign() <= 0 {
		return incentives.Exact{}, fmt.Errorf("%w: base %s, adjuster %s", incentives.ErrRange, base, adjuster)
	}
	multiplier := incentives.Int(1)
	for _, p := range performance {
		if p.Status == incentives.Scored {
			multiplier = multiplier.Add(p.Weight.Mul(p.Score))
		}
	}
	return base.Mul(adjuster).Mul(multiplier), nil
}

// SubCapitation pays a specialist group by member and month; the surplus is what is
// left after the included services.
func SubCapitation(members, months int64, rate, use incentives.Exact) (payment, surplus incentives.Exact, err error) {
	if members < 0 || months < 0 || rate.Sign() < 0 || use.Sign() < 0 {
		return payment, surplus, fmt.Errorf("%w: %d members, %d months", incentives.ErrNegativeCount, members, months)
	}
	payment = rate.Mul(incentives.Int(members)).Mul(incentives.Int(months))
	return payment, payment.Sub(use), nil
}

// PerDiemBreakEven is the length of stay at which a per diem and a tariff cost the same.
func PerDiemBreakEven(tariff, rate incentives.Exact) (incentives.Exact, error) {
	if rate.Sign() <= 0 {
		return incentives.Exact{}, fmt.Errorf("%w: a rate of %s a day", incentives.ErrDivision, rate)
	}
	return tariff.Quo(rate), nil
}

// SiteOfCare is the saving of moving a share of n services from an old site to a new
// one, less a fixed cost, and the least number that pays for it.
func SiteOfCare(n int64, share, oldCost, newCost, fixed incentives.Exact) (saving incentives.Exact, breakEven int64, err error) {
	gain := oldCost.Sub(newCost)
	saving = incentives.Int(n).Mul(share).Mul(gain).Sub(fixed)
	if gain.Sign() <= 0 {
		return saving, 0, fmt.Errorf("%w: the new site costs %s, the old %s", incentives.ErrRange, newCost, oldCost)
	}
	minor, err := incentives.Currency{Code: "each", Places: 0}.Minor(fixed.Quo(gain), incentives.Ceil)
	return saving, minor, err
}

// ServiceLine is budget and actual of one line in one month.
type ServiceLine struct {
	Line   string
	Month  int // 1 to 12
	Budget incentives.Exact
	Actual incentives.Exact
}

// LineReport is a service line against its plan.
type LineReport struct {
	Line                     string
	Budget, Actual, Variance incentives.Exact  // to date
	Percent                  *incentives.Exact // variance of budget; nil when there is no budget
	Forecast                 incentives.Exact  // to date + the remaining budget of the year
	Loss                     bool              // actual above budget
}

// AgainstPlan reports each line to the end of a month, in the order in which lines
// first appear. Variance is actual - budget.
// Months outside 1 to 12 wrap [incentives.ErrPeriod].
func AgainstPlan(lines []ServiceLine, throughMonth int) ([]LineReport, error) {
	var errs []error
	if throughMonth < 1 || throughMonth > 12 {
		errs = append(errs, fmt.Errorf("%w: month %d", incentives.ErrPeriod, throughMonth))
	}
	for _, l := range lines {
		if l.Month < 1 || l.Month > 12 {
			errs = append(errs, fmt.Errorf("%w: month %d of %s", incentives.ErrPeriod, l.Month, l.Line))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	var out []LineReport
	var rest []incentives.Exact
	for _, l := range lines {
		at := -1
		for i := range out {
			if out[i].Line == l.Line {
				at = i
			}
		}
		if at < 0 {
			at = len(out)
			out = append(out, LineReport{Line: l.Line})
			rest = append(rest, incentives.Exact{})
		}
		if l.Month <= throughMonth {
			out[at].Budget, out[at].Actual = out[at].Budget.Add(l.Budget), out[at].Actual.Add(l.Actual)
		} else {
			rest[at] = rest[at].Add(l.Budget)
		}
	}
	for i := range out {
		r := &out[i]
		r.Variance = r.Actual.Sub(r.Budget)
		if r.Budget.Sign() > 0 {
			p := r.Variance.Quo(r.Budget).Mul(incentives.Int(100))
			r.Percent = &p
		}
		r.Forecast = r.Actual.Add(rest[i])
		r.Loss = r.Variance.Sign() > 0
	}
	return out, nil
}
