package risk

import (
	"errors"
	"fmt"
	"math"

	"github.com/chroniccare/chroniccare/incentives"
	"github.com/chroniccare/chroniccare/internal/stat"
)

// Method is a way of paying for care.
type Method string

// Methods.
const (
	FeeForService Method = "fee for service" // units x fee
	SalaryPay     Method = "salary"          // periods x salary
	CapitationPay Method = "capitation"      // member-months x rate
	Relative      Method = "relative value"  // relative value units x fee
)

// Stream is a part of base pay: so many units at a rate.
type Stream struct {
	Name    string
	Method  Method
	Units   incentives.Exact
	Rate    incentives.Exact
	Quality incentives.Exact // share of it that depends on quality
}

// Income is what streams bring.
type Income struct {
	Streams     []incentives.Exact // in the order given
	Total       incentives.Exact
	QualityRisk incentives.Exact // share of the total that depends on quality
}

// Blend adds up streams of pay: capitation for cure and fees for prevention, a salary
// with encounters and procedures, a practice's QOF and person-based income.
func Blend(streams []Stream) (Income, error) {
	var out Income
	var errs []error
	var atRisk incentives.Exact
	for i, s := range streams {
		if s.Units.Sign() < 0 || s.Rate.Sign() < 0 || s.Quality.Sign() < 0 || s.Quality.Cmp(incentives.Int(1)) > 0 {
			errs = append(errs, fmt.Errorf("%w: stream %d %s: %s at %s, %s on quality", incentives.ErrRange, i, s.Name, s.Units, s.Rate, s.Quality))
			continue
		}
		pay := s.Units.Mul(s.Rate)
		out.Streams = append(out.Streams, pay)
		out.Total = out.Total.Add(pay)
		atRisk = atRisk.Add(pay.Mul(s.Quality))
	}
	if out.Total.Sign() > 0 {
		out.QualityRisk = atRisk.Quo(out.Total)
	}
	return out, errors.Join(errs...)
}

// ScorePayment is base x risk score: payment by a risk adjustment model, whose score
// comes from elsewhere.
func ScorePayment(base, score incentives.Exact) incentives.Exact { return base.Mul(score) }

// InsuranceRisk divides costs between an insurer and the group at a threshold: what is
// above it (or the whole case, when wholeCase) is insurance risk, the rest service
// risk. A case that costs the threshold exactly is service risk.
func InsuranceRisk(costs []incentives.Exact, threshold incentives.Exact, wholeCase bool) (insurance, service incentives.Exact, err error) {
	for i, c := range costs {
		if c.Sign() < 0 {
			err = errors.Join(err, fmt.Errorf("%w: cost %d", incentives.ErrNegativeMoney, i))
			continue
		}
		over := c.Sub(threshold).Max(incentives.Exact{})
		if wholeCase && over.Sign() > 0 {
			over = c
		}
		insurance = insurance.Add(over)
		service = service.Add(c.Sub(over))
	}
	return insurance, service, err
}

// PoolEstimate is a float estimate, never money.
type PoolEstimate struct {
	StandardError float64 // of the mean cost
	ChanceOver    float64 // that costs exceed the budget by more than the margin
	Needed        int64   // members for which that chance is at most the one asked for
}

// PoolSize estimates how safe a risk pool of n members is whose yearly cost has a mean
// and a standard deviation: the chance of overspending by more than a margin (0.05 is 5
// %), and the members needed to hold it at a wanted chance. By the normal approximation.
func PoolSize(n int64, mean, sd, margin, chance float64) (PoolEstimate, error) {
	if n < 1 || !(mean > 0) || !(sd >= 0) || !(margin > 0) || !(chance > 0 && chance < 0.5) || math.IsInf(mean, 0) || math.IsInf(sd, 0) {
		return PoolEstimate{}, fmt.Errorf("%w: a pool of %d, mean %g, deviation %g, margin %g, chance %g", incentives.ErrRange, n, mean, sd, margin, chance)
	}
	e := PoolEstimate{StandardError: sd / math.Sqrt(float64(n))}
	if sd > 0 {
		e.ChanceOver = 1 - stat.NormalCDF(margin*mean/e.StandardError)
		z := stat.NormalQuantile(1 - chance)
		e.Needed = int64(math.Ceil(math.Pow(z*sd/(margin*mean), 2)))
	}
	return e, nil
}

// Carry is a balance that goes into the next year, at most a share of the budget.
func Carry(balance, budget, most incentives.Exact) (carried, returned incentives.Exact) {
	limit := budget.Mul(most)
	carried = balance.Clamp(limit.Neg(), limit)
	return carried, balance.Sub(carried)
}

// Activity is a number of services of a kind.
type Activity struct {
	Service string
	Units   incentives.Exact
}

// Priced is activity at a tariff.
type Priced struct {
	Total    incentives.Exact
	Unpriced incentives.Exact // share of the total that rests on local prices
	Local    []string         // services priced locally
}

// Tariff prices activity at national prices, with local ones where there is none. A
// service without either is an error.
func Tariff(activity []Activity, national, local map[string]incentives.Exact) (Priced, error) {
	var out Priced
	var errs []error
	var fallback incentives.Exact
	for _, a := range activity {
		price, ok := national[a.Service]
		if !ok {
			if price, ok = local[a.Service]; !ok {
				errs = append(errs, fmt.Errorf("%w: no price for %q", incentives.ErrLookup, a.Service))
				continue
			}
			out.Local = append(out.Local, a.Service)
			fallback = fallback.Add(price.Mul(a.Units))
		}
		out.Total = out.Total.Add(price.Mul(a.Units))
	}
	if out.Total.Sign() > 0 {
		out.Unpriced = fallback.Quo(out.Total)
	}
	return out, errors.Join(errs...)
}

// QualityTariff is a price that moves with quality: tariff x (1 + adjustment). A
// proposal of the King's Fund 2004.
func QualityTariff(tariff, adjustment incentives.Exact) incentives.Exact {
	return tariff.Mul(incentives.Int(1).Add(adjustment))
}

// PACE is pooled Medicare and Medicaid capitation against cost, and the saving against
// a fee-for-service benchmark as a share (5 % to 15 % were seen; King's Fund 2010).
func PACE(medicare, medicaid, cost, benchmark incentives.Exact) (balance, saving incentives.Exact, err error) {
	if benchmark.Sign() <= 0 {
		return balance, saving, fmt.Errorf("%w: a benchmark of %s", incentives.ErrDivision, benchmark)
	}
	income := medicare.Add(medicaid)
	return income.Sub(cost), benchmark.Sub(income).Quo(benchmark), nil
}

// Partner puts money into a pooled budget.
type Partner struct {
	Name         string
	Contribution incentives.Exact
	Share        incentives.Exact // of a balance or a deficit
}

// PooledBudget is the balance of contributions less spending, and each partner's part
// of it. The parts add up to the balance.
func PooledBudget(partners []Partner, spending incentives.Exact) (balance incentives.Exact, parts []PartyShare, err error) {
	var shares incentives.Exact
	for _, p := range partners {
		balance = balance.Add(p.Contribution)
		shares = shares.Add(p.Share)
		if p.Contribution.Sign() < 0 {
			err = errors.Join(err, fmt.Errorf("%w: %s", incentives.ErrNegativeMoney, p.Name))
		}
	}
	if !shares.Equal(incentives.Int(1)) {
		err = errors.Join(err, fmt.Errorf("%w: they add up to %s", incentives.ErrShares, shares))
	}
	balance = balance.Sub(spending)
	for _, p := range partners {
		parts = append(parts, PartyShare{p.Name, balance.Mul(p.Share)})
	}
	return balance, parts, err
}

// Purchase is paid from a personal budget.
type Purchase struct {
	Category string
	Cost     incentives.Exact
}

// PersonalBudget is what a person may spend, and on what.
type PersonalBudget struct {
	Allowance  incentives.Exact
	CarriedIn  incentives.Exact
	CarryLimit incentives.Exact // most that goes into the next year
	Categories map[string]bool  // that may be bought
}

// PersonalAccount is a personal budget after a year's purchases.
type PersonalAccount struct {
	Spent, Balance, CarriedOut, Unspent incentives.Exact // Unspent goes back
	Disallowed                          []Purchase
}

// Settle pays the allowed purchases and lists the others.
func (b PersonalBudget) Settle(ps []Purchase) PersonalAccount {
	var a PersonalAccount
	for _, p := range ps {
		if !b.Categories[p.Category] || p.Cost.Sign() < 0 {
			a.Disallowed = append(a.Disallowed, p)
			continue
		}
		a.Spent = a.Spent.Add(p.Cost)
	}
	a.Balance = b.Allowance.Add(b.CarriedIn).Sub(a.Spent)
	left := a.Balance.Max(incentives.Exact{})
	a.CarriedOut = left.Min(b.CarryLimit)
	a.Unspent = left.Sub(a.CarriedOut)
	return a
}

// ManagementFee is a share of capitation income; usual says whether it lies in the 9 %
// to 11 % that were seen (Nuffield Trust 2009).
func ManagementFee(income, rate incentives.Exact) (fee incentives.Exact, usual bool) {
	return income.Mul(rate), rate.Cmp(incentives.Frac(9, 100)) >= 0 && rate.Cmp(incentives.Frac(11, 100)) <= 0
}

// OverheadShare is overhead of a budget; usual says whether it lies in the 15 % to 20 %
// that were seen (Nuffield Trust 2011).
func OverheadShare(overhead, budget incentives.Exact) (share incentives.Exact, usual bool, err error) {
	if budget.Sign() <= 0 {
		return share, false, fmt.Errorf("%w: a budget of %s", incentives.ErrDivision, budget)
	}
	share = overhead.Quo(budget)
	return share, share.Cmp(incentives.Frac(15, 100)) >= 0 && share.Cmp(incentives.Frac(20, 100)) <= 0, nil
}

// RiskPosition is where an organisation stands between buying everything and passing
// all risk on (0), and making everything and keeping all risk (1): the mean of the share
// of spending made (allied counts half) and the share of risk kept (shared counts half).
func RiskPosition(made, bought, allied, kept, passed, shared incentives.Exact) (incentives.Exact, error) {
	spend, risk := made.Add(bought).Add(allied), kept.Add(passed).Add(shared)
	if spend.Sign() <= 0 || risk.Sign() <= 0 {
		return incentives.Exact{}, fmt.Errorf("%w: spending %s, risk %s", incentives.ErrDivision, spend, risk)
	}
	half := incentives.Frac(1, 2)
	return made.Add(allied.Mul(half)).Quo(spend).Add(kept.Add(shared.Mul(half)).Quo(risk)).Mul(half), nil
}

// Term is an agreed term of a contract between links of a chain of care.
type Term struct {
	Name           string // volume, cost, quality, method
	Agreed, Actual incentives.Exact
	Lower          bool // the actual figure must not exceed the agreed one
	Payment        incentives.Exact
}

// ChainOfCare says which terms are kept and what is paid for them.
func ChainOfCare(terms []Term) (kept []string, broken []string, payment incentives.Exact) {
	for _, t := range terms {
		c := t.Actual.Cmp(t.Agreed)
		if t.Lower && c <= 0 || !t.Lower && c >= 0 {
			kept = append(kept, t.Name)
			payment = payment.Add(t.Payment)
			continue
		}
		broken = append(broken, t.Name)
	}
	return kept, broken, payment
}

// DiseaseProgramme is a German disease management programme's quarter for a doctor: a
// fee for each registered patient and each class held, and who must leave because agreed
// classes were missed (the amounts and the number are the caller's).
type DiseaseProgramme struct {
	PatientFee, ClassFee incentives.Exact
	MissedBeforeLeaving  int
}

// Quarter gives the reimbursement and the patients to be cancelled, in their order.
func (p DiseaseProgramme) Quarter(missedByPatient []int, classesHeld int64) (pay incentives.Exact, cancel []int, err error) {
	if classesHeld < 0 || p.MissedBeforeLeaving < 1 {
		return pay, nil, fmt.Errorf("%w: %d classes, leaving after %d missed", incentives.ErrRange, classesHeld, p.MissedBeforeLeaving)
	}
	for i, m := range missedByPatient {
		if m >= p.MissedBeforeLeaving {
			cancel = append(cancel, i)
		}
	}
	return p.PatientFee.Mul(incentives.Int(int64(len(missedByPatient) - len(cancel)))).Add(p.ClassFee.Mul(incentives.Int(classesHeld))), cancel, nil
}

// Shift is days of care of one setting before and after.
type Shift struct {
	Setting       string
	Before, After incentives.Exact // days
	UnitCost      incentives.Exact
}

// Substitution is what moving care between settings costs: the cost of each setting
// after less before, and the sum (negative is a saving).
func Substitution(shifts []Shift) (bySetting []incentives.Exact, net incentives.Exact) {
	for _, s := range shifts {
		d := s.After.Sub(s.Before).Mul(s.UnitCost)
		bySetting = append(bySetting, d)
		net = net.Add(d)
	}
	return bySetting, net
}

// FederalSplit divides Medicaid spending between federation and state; the federal share
// is usually one half.
func FederalSplit(total, federalShare incentives.Exact) (federal, state incentives.Exact) {
	federal = total.Mul(federalShare)
	return federal, total.Sub(federal)
}

// GraduatedShare is the share of risk that an organisation may take on at a stage: the
// last stage of the table whose years of experience are reached. Before the first it is 0.
func GraduatedShare(stages []incentives.Step, years incentives.Exact) (incentives.Exact, error) {
	l := incentives.Ladder{Steps: stages}
	if err := l.Check(); err != nil {
		return incentives.Exact{}, err
	}
	return l.Points(years), nil
}

// SelfReferrals lists the referrals to a facility in which the referring doctor has an
// interest.
func SelfReferrals(referrals [][2]string, interests map[string][]string) [][2]string {
	var out [][2]string
	for _, r := range referrals {
		for _, f := range interests[r[0]] {
			if f == r[1] {
				out = append(out, r)
				break
			}
		}
	}
	return out
}
