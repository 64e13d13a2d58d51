package caremodel

import (
	"cmp"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"strings"
)

// Features are what is known of an organisation of care, for classifying it.
type Features struct {
	Prepaid            bool `json:"prepaid"`          // capitated payment
	ReferralNeeded     bool `json:"referral_needed"`  // specialists only by the primary care physician
	OpenInNetwork      bool `json:"open_in_network"`  // members choose freely within a network
	Plan               bool `json:"plan"`             // runs a health plan
	PlanPartnership    bool `json:"plan_partnership"` // independent providers in partnership with a plan
	OwnsHospital       bool `json:"owns_hospital"`    // owned by physicians, with a hospital
	Employed           bool `json:"employed"`         // doctors are employed in one group
	MultiSpecialty     bool `json:"multi_specialty"`
	Contracted         bool `json:"contracted"`            // self-employed doctors under contract
	StrongGovernance   bool `json:"strong_governance"`     // independents with joint leadership and governance
	FeeForServiceStaff bool `json:"fee_for_service_staff"` // fee-for-service doctors around one hospital
	Government         bool `json:"government"`            // a network that the government set up
}

// InsuranceVehicle is the kind of health insurance: "HMO" (prepaid, referral needed),
// "PPO" (open in the network) or "" (Nuffield Trust 2009:404-459).
func (f Features) InsuranceVehicle() string {
	switch {
	case f.Prepaid && f.ReferralNeeded:
		return "HMO"
	case f.OpenInNetwork:
		return "PPO"
	}
	return ""
}

// DeliveryVehicle is the kind of delivery organisation, the most joined one that the
// features show: "payer-provider", "PHO" (physicians own the hospital), "group practice"
// (employed), "IPA" (contracted) or "" (Nuffield Trust 2009:404-459).
func (f Features) DeliveryVehicle() string {
	switch {
	case f.Plan && f.Employed:
		return "payer-provider"
	case f.OwnsHospital:
		return "PHO"
	case f.Employed:
		return "group practice"
	case f.Contracted:
		return "IPA"
	}
	return ""
}

// FiveModel is one of the five models of accountable care, the first that matches; ""
// when none does (Nuffield Trust 2009:1850-1882).
func (f Features) FiveModel() string {
	switch {
	case f.PlanPartnership:
		return "plan–provider network"
	case f.OwnsHospital:
		return "physician–hospital organisation"
	case f.Employed && f.MultiSpecialty:
		return "multispecialty group"
	case f.Contracted && f.StrongGovernance:
		return "interdependent practice organisation"
	case f.FeeForServiceStaff:
		return "hospital medical staff"
	}
	return ""
}

// FourModel is one of the four models of delivery by number: 1 integrated system or large
// group with a plan, 2 without one, 3 private network of independents, 4 network that the
// government facilitates; 0 when none fits (Nuffield Trust 2009:1930-1947).
func (f Features) FourModel() int {
	switch {
	case (f.Employed || f.OwnsHospital) && f.Plan:
		return 1
	case f.Employed || f.OwnsHospital:
		return 2
	case f.Government:
		return 4
	case f.Contracted:
		return 3
	}
	return 0
}

// Openness of a provider organisation: "closed" when it treats the members of one plan
// only, "open" when it treats others too, with the plan's share of those treated
// (Nuffield Trust 2009:272-283). Nobody treated is an error.
func Openness(ofPlan, all int64) (class string, share *big.Rat, err error) {
	if ofPlan < 0 || all <= 0 || ofPlan > all {
		return "", nil, fmt.Errorf("%w: %d of %d people are of the plan", ErrAnswer, ofPlan, all)
	}
	class = "open"
	if ofPlan == all {
		class = "closed"
	}
	return class, big.NewRat(ofPlan, all), nil
}

// Spectrum holds how an organisation gets its services and bears its risk, as amounts or
// weights that are not negative.
type Spectrum struct {
	Made       int64 `json:"made"`
	Allied     int64 `json:"allied"`
	Bought     int64 `json:"bought"` // spend
	RiskKept   int64 `json:"risk_kept"`
	RiskShared int64 `json:"risk_shared"`
	RiskPassed int64 `json:"risk_passed"`
}

// Position is 0 when everything is bought and all risk passed on, 1 when everything is
// made and all risk kept; what is allied or shared counts half (after Nuffield Trust
// 2009:1097-1129; the scale is the library's decision). A part without any amount is an
// error.
func (s Spectrum) Position() (services, risk *big.Rat, err error) {
	part := func(name string, whole, half, none int64) (*big.Rat, error) {
		if min(whole, half, none) < 0 || max(whole, half, none) == 0 {
			return nil, fmt.Errorf("%w: %s %d, %d, %d", ErrAnswer, name, whole, half, none)
		}
		w, h, n := big.NewRat(whole, 1), big.NewRat(half, 2), big.NewRat(none, 1)
		all := new(big.Rat).Add(w, n)
		all.Add(all, h).Add(all, h)
		return w.Quo(w.Add(w, h), all), nil
	}
	services, err1 := part("made, allied, bought:", s.Made, s.Allied, s.Bought)
	risk, err2 := part("risk kept, shared, passed on:", s.RiskKept, s.RiskShared, s.RiskPassed)
	return services, risk, errors.Join(err1, err2)
}

// IntegrationKind tells clinical from economic integration: clinical needs an active
// programme to change practice, interdependence of the physicians, and control of cost
// and quality, all three (Nuffield Trust 2009:531-546); only then may competitors agree.
// It lists what is missing.
func IntegrationKind(activeProgramme, interdependence, costAndQuality bool) (kind string, missing []string) {
	for _, x := range []struct {
		have bool
		name string
	}{{activeProgramme, "an active programme to change practice"}, {interdependence, "interdependence"}, {costAndQuality, "control of cost and quality"}} {
		if !x.have {
			missing = append(missing, x.name)
		}
	}
	if missing == nil {
		return "clinical", nil
	}
	return "economic", missing
}

// NetworkScore is a network's place on an index of integration.
type NetworkScore struct {
	Network string   `json:"network"`
	Score   *big.Rat `json:"score"`             // weighted mean of its indicators; nil when one is missing
	Rank    int      `json:"rank"`              // competition rank, 1 is best; 0 when not scored
	Missing []int    `json:"missing,omitempty"` // indicators, from 0
}

// IntegrationIndex ranks networks by the weighted mean of their indicators and keeps the
// best top (0: all). Weights are the caller's: the published index of 100 networks keeps
// its method secret (Nuffield Trust 2009:627-637). A network that lacks an indicator
// (nil) is not scored, and comes last. Among equals the name decides who is in the top.
// Faults, all at once: weights that are missing, negative or add up to 0 and a negative top
// ([ErrPolicy]), a network without a name or with another number of indicators
// ([ErrAnswer]).
func IntegrationIndex(weights []*big.Rat, networks map[string][]*big.Rat, top int) ([]NetworkScore, error) {
	var errs []error
	total := new(big.Rat)
	for i, w := range weights {
		if w == nil || w.Sign() < 0 {
			errs = append(errs, fmt.Errorf("%w: weight %d", ErrPolicy, i))
			continue
		}
		total.Add(total, w)
	}
	if top < 0 {
		errs = append(errs, fmt.Errorf("%w: the top %d", ErrPolicy, top))
	}
	if total.Sign() == 0 {
		errs = append(errs, fmt.Errorf("%w: weights that add up to 0", ErrPolicy))
	}
	names := make([]string, 0, len(networks))
	for n := range networks {
		names = append(names, n)
	}
	slices.Sort(names)
	for _, n := range names {
		if n == "" || len(networks[n]) != len(weights) {
			errs = append(errs, fmt.Errorf("%w: network %q has %d of %d indicators", ErrAnswer, n, len(networks[n]), len(weights)))
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	out := make([]NetworkScore, 0, len(names))
	for _, n := range names {
		s := NetworkScore{Network: n}
		sum := new(big.Rat)
		for i, x := range networks[n] {
			if x == nil {
				s.Missing = append(s.Missing, i)
				continue
			}
			sum.Add(sum, new(big.Rat).Mul(x, weights[i]))
		}
		if s.Missing == nil {
			s.Score = sum.Quo(sum, total)
		}
		out = append(out, s)
	}
	slices.SortStableFunc(out, func(a, b NetworkScore) int {
		switch {
		case a.Score == nil && b.Score == nil:
			return strings.Compare(a.Network, b.Network)
		case a.Score == nil:
			return 1
		case b.Score == nil:
			return -1
		}
		return cmp.Or(b.Score.Cmp(a.Score), strings.Compare(a.Network, b.Network))
	})
	for i := range out {
		if out[i].Score == nil {
			break
		}
		out[i].Rank = i + 1
		if i > 0 && out[i].Score.Cmp(out[i-1].Score) == 0 {
			out[i].Rank = out[i-1].Rank
		}
	}
	if top > 0 && top < len(out) {
		out = out[:top]
	}
	return out, nil
}
