package hedis

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/shopspring/decimal"
)

// Contact is a visit, call or message of a patient. The channel is the
// caller's: "emergency", "office", "telephone", "message", ...
type Contact struct {
	Patient string
	At      registry.Moment
	Channel string
}

// ReturnWithin counts the first contacts (visits or discharges) that are followed
// by a later contact of the same patient within so many days, the last day
// included. A later contact on the same date counts only when both have a time of
// day that tells the order. Each first contact counts once. Source: PRISMA, return
// to the emergency room within ten days. Days below 0 wrap [ErrInput].
func ReturnWithin(first, later []Contact, days int) (registry.Rate, error) {
	if days < 0 {
		return registry.Rate{}, fmt.Errorf("%w: return within %d days", ErrInput, days)
	}
	var r registry.Rate
	for _, f := range first {
		if !f.At.Recorded() {
			continue
		}
		r.Den++
		for _, l := range later {
			o, known := l.At.Compare(f.At, true)
			if l.Patient == f.Patient && known && o > 0 && l.At.Day <= f.At.Day.AddDays(days) {
				r.Num++
				break
			}
		}
	}
	return r, nil
}

// ChannelUse is one line of a contact mix.
type ChannelUse struct {
	Channel     string
	Contacts    int64
	PerThousand *big.Rat
	Share       *big.Rat // of all contacts; shares sum to 1
}

// ContactMix counts contacts of the period by channel, in byte order of the
// channels, per 1,000 of exposure and as a share of all contacts. Errors as of
// [Exposure.PerThousand].
func ContactMix(contacts []Contact, period registry.Period, e Exposure) ([]ChannelUse, error) {
	var out []ChannelUse
	var all int64
	for _, c := range contacts {
		if !period.Contains(c.At.Day) {
			continue
		}
		all++
		i, ok := slices.BinarySearchFunc(out, c.Channel, func(u ChannelUse, s string) int { return cmp.Compare(u.Channel, s) })
		if !ok {
			out = slices.Insert(out, i, ChannelUse{Channel: c.Channel})
		}
		out[i].Contacts++
	}
	for i := range out {
		var err error
		if out[i].PerThousand, err = e.PerThousand(out[i].Contacts); err != nil {
			return nil, err
		}
		out[i].Share = big.NewRat(out[i].Contacts, all)
	}
	return out, nil
}

// UsedBy is the share of people with at least one contact of a channel in the
// period; an empty channel takes all.
func UsedBy(people []string, contacts []Contact, channel string, period registry.Period) (r registry.Rate) {
	for _, p := range people {
		r.Den++
		if slices.ContainsFunc(contacts, func(c Contact) bool {
			return c.Patient == p && (channel == "" || c.Channel == channel) && period.Contains(c.At.Day)
		}) {
			r.Num++
		}
	}
	return r
}

// FollowUp is what became of a person assessed at baseline. Scores are on the
// caller's disability scale, higher the worse; nil when not known.
type FollowUp struct {
	Died, Institutionalised bool // by the end of follow-up
	Before, After           *big.Rat
}

// DeclineRate is the functional-decline composite.
type DeclineRate struct {
	Rate  registry.Rate
	Lost  int64    // lost to follow-up without an event, not in the rate
	Kinds [3]int64 // deaths; of the others institutionalised; of the others more disabled
}

// FunctionalDecline is the share of persons with any of death,
// institutionalisation, or an increase in disability of at least significant, by
// the end of follow-up. Death dominates missing scores. Source: PRISMA. A
// significant increase that is nil or not above 0 wraps [ErrInput].
func FunctionalDecline(persons []FollowUp, significant *big.Rat) (DeclineRate, error) {
	var out DeclineRate
	if significant == nil || significant.Sign() <= 0 {
		return out, fmt.Errorf("%w: a significant increase of %v", ErrInput, significant)
	}
	for _, p := range persons {
		kind := -1
		switch {
		case p.Died:
			kind = 0
		case p.Institutionalised:
			kind = 1
		case p.Before == nil || p.After == nil:
			out.Lost++
			continue
		case new(big.Rat).Sub(p.After, p.Before).Cmp(significant) >= 0:
			kind = 2
		}
		out.Rate.Den++
		if kind >= 0 {
			out.Rate.Num++
			out.Kinds[kind]++
		}
	}
	return out, nil
}

// MeanChange is the mean of after - before over those with both scores, exact,
// and how many these are: patient-reported outcomes, carer burden, unmet need.
func MeanChange(persons []FollowUp) (*big.Rat, int64, error) {
	sum, n := new(big.Rat), int64(0)
	for _, p := range persons {
		if p.Before != nil && p.After != nil {
			sum.Add(sum, new(big.Rat).Sub(p.After, p.Before))
			n++
		}
	}
	if n == 0 {
		return nil, 0, fmt.Errorf("%w: a mean change of nobody", ErrUndefined)
	}
	return sum.Quo(sum, big.NewRat(n, 1)), n, nil
}

// Fill is a dispensed medicine.
type Fill struct {
	Drug    string // fills of one name share a stock
	On      registry.Date
	Days    int // of supply; one that is not positive covers nothing
	Generic bool
}

// GenericShare is the share of fills that are generic.
func GenericShare(fills []Fill) (r registry.Rate) {
	for _, f := range fills {
		r.Den++
		if f.Generic {
			r.Num++
		}
	}
	return r
}

// Adherence is the share of the window's days covered by fills, a day covered
// twice counting once. With stockpile an early refill of the same drug is used
// after what is in stock. Fills without a positive number of days cover nothing. A
// window without days, or with an open end, wraps [ErrUndefined].
func Adherence(fills []Fill, window registry.Period, stockpile bool) (registry.Rate, error) {
	if window.Days() == 0 {
		return registry.Rate{}, fmt.Errorf("%w: adherence over %v", ErrUndefined, window)
	}
	var spans []registry.Period
	drugs := slices.Clone(fills)
	slices.SortStableFunc(drugs, func(a, b Fill) int { return cmp.Compare(a.Drug, b.Drug) })
	for i := 0; i < len(drugs); {
		mark := len(spans)
		k := i
		for ; k < len(drugs) && drugs[k].Drug == drugs[i].Drug; k++ {
			if f := drugs[k]; f.On > 0 && f.Days > 0 {
				spans = append(spans, registry.Period{Start: f.On, End: f.On.AddDays(f.Days - 1)})
			}
		}
		if stockpile {
			registry.SortPeriods(spans[mark:])
			registry.CarryForward(spans[mark:])
		}
		i = k
	}
	registry.SortPeriods(spans)
	return registry.Rate{Num: int64(registry.CoveredDays(spans, window)), Den: int64(window.Days())}, nil
}

// Turnover is leavers over the average of members at start and end, exact.
// Negative figures wrap [ErrInput]; no members, [ErrUndefined].
func Turnover(atStart, atEnd, leavers int64) (*big.Rat, error) {
	if atStart < 0 || atEnd < 0 || leavers < 0 {
		return nil, fmt.Errorf("%w: turnover of %d to %d members, %d leavers", ErrInput, atStart, atEnd, leavers)
	}
	if atStart+atEnd == 0 {
		return nil, fmt.Errorf("%w: turnover of no members", ErrUndefined)
	}
	return big.NewRat(2*leavers, atStart+atEnd), nil
}

// MeanTenure is the mean length of memberships in days, both ends included, those
// still running counted to asOf. No memberships wrap [ErrUndefined].
func MeanTenure(memberships []registry.Period, asOf registry.Date) (*big.Rat, error) {
	sum, n := int64(0), int64(0)
	for _, p := range memberships {
		if p.Start == 0 || p.Start > asOf || !p.Valid() {
			continue
		}
		if p.End == 0 || p.End > asOf {
			p.End = asOf
		}
		sum += int64(p.Days())
		n++
	}
	if n == 0 {
		return nil, fmt.Errorf("%w: tenure of no members", ErrUndefined)
	}
	return big.NewRat(sum, n), nil
}

// Lag is how long data take to become available.
type Lag struct {
	N                 int64
	Mean              *big.Rat // days
	Median, Ninetieth *big.Rat
	Negative          int64 // available before they happened: left out
}

// DataLag describes the days from event to availability. Pairs without both dates
// are passed over. Without a pair that counts the error wraps [ErrUndefined].
func DataLag(pairs [][2]registry.Date) (Lag, error) {
	var l Lag
	var days []*big.Rat
	sum := new(big.Rat)
	for _, p := range pairs {
		switch {
		case p[0] == 0 || p[1] == 0:
			continue
		case p[1] < p[0]:
			l.Negative++
			continue
		}
		d := big.NewRat(int64(p[1]-p[0]), 1)
		days = append(days, d)
		sum.Add(sum, d)
	}
	if l.N = int64(len(days)); l.N == 0 {
		return l, fmt.Errorf("%w: the lag of no data", ErrUndefined)
	}
	l.Mean = sum.Quo(sum, big.NewRat(l.N, 1))
	l.Median, _ = Quantile(days, big.NewRat(1, 2), Type7)
	l.Ninetieth, _ = Quantile(days, big.NewRat(9, 10), Type7)
	return l, nil
}

// CostPerPatient is the sum of costs over patients, exact; round it for show.
// Fewer than 0 patients wrap [ErrInput]; none, [ErrUndefined].
func CostPerPatient(costs []decimal.Decimal, patients int64) (*big.Rat, error) {
	if patients < 0 {
		return nil, fmt.Errorf("%w: %d patients", ErrInput, patients)
	}
	if patients == 0 {
		return nil, fmt.Errorf("%w: cost per patient of nobody", ErrUndefined)
	}
	sum := decimal.Decimal{}
	for _, c := range costs {
		sum = sum.Add(c)
	}
	return new(big.Rat).Quo(sum.Rat(), big.NewRat(patients, 1)), nil
}

// Saving is (other - own) cost a head times patients, exact, and own over other.
// An other cost of 0 wraps [ErrUndefined]; what is saved comes all the same.
func Saving(own, other decimal.Decimal, patients int64) (saved decimal.Decimal, ratio *big.Rat, err error) {
	if other.IsZero() {
		return saved, nil, fmt.Errorf("%w: a ratio to no cost", ErrUndefined)
	}
	return other.Sub(own).Mul(decimal.NewFromInt(patients)), new(big.Rat).Quo(own.Rat(), other.Rat()), nil
}
