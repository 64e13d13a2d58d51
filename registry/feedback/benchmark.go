package feedback

import (
	"math"
	"math/big"
	"slices"

	"github.com/chroniccare/chroniccare/internal/name"
	"github.com/chroniccare/chroniccare/registry"
)

// Mean is the pooled rate of providers: all who met it of all patients.
func Mean(rates []registry.Rate) registry.Rate {
	var sum registry.Rate
	for _, r := range rates {
		sum = sum.Add(r)
	}
	return sum
}

// Median is the middle of the defined rates, exactly: with an even number of them the
// mean of the two in the middle, as a fraction. Denominators must not exceed a
// billion.
func Median(rates []registry.Rate) registry.Rate {
	a, b := middle(rates)
	if a < 0 {
		return registry.Rate{}
	}
	x, y := rates[a], rates[b]
	if a == b || x.Cmp(y) == 0 {
		return x
	}
	return registry.Rate{Num: x.Num*y.Den + y.Num*x.Den, Den: 2 * x.Den * y.Den}
}

// middle gives the places of the rates that make the median, -1 without any.
func middle(rates []registry.Rate) (a, b int) {
	var at []int
	for i, r := range rates {
		if r.Defined() {
			at = append(at, i)
		}
	}
	if len(at) == 0 {
		return -1, -1
	}
	slices.SortStableFunc(at, func(i, j int) int { return rates[i].Cmp(rates[j]) })
	return at[(len(at)-1)/2], at[len(at)/2]
}

// BestDecile is the rate that the best tenth of the providers reach: that of the
// provider in place ⌈n/10⌉.
func BestDecile(rates []registry.Rate, lowerIsBetter bool) registry.Rate {
	m := Measure{LowerIsBetter: lowerIsBetter}
	defined := slices.DeleteFunc(slices.Clone(rates), func(r registry.Rate) bool { return !r.Defined() })
	if len(defined) == 0 {
		return registry.Rate{}
	}
	slices.SortStableFunc(defined, func(a, b registry.Rate) int { return m.better(b, a) })
	return defined[(len(defined)+9)/10-1]
}

// Achievable is the achievable benchmark of care: providers sorted by (Num+1)/(Den+2),
// best first, are pooled until they hold a tenth of the patients. Providers that are
// level there are pooled together, so that the result depends on the rates alone.
func Achievable(rates []registry.Rate, lowerIsBetter bool) registry.Rate {
	var sum registry.Rate
	for _, i := range pool(rates, lowerIsBetter) {
		sum = sum.Add(rates[i])
	}
	return sum
}

// pool gives the places of the rates that make the achievable benchmark.
func pool(rates []registry.Rate, lowerIsBetter bool) []int {
	m := Measure{LowerIsBetter: lowerIsBetter}
	adjusted := func(i int) registry.Rate { return registry.Rate{Num: rates[i].Num + 1, Den: rates[i].Den + 2} }
	var at []int
	for i, r := range rates {
		if r.Defined() {
			at = append(at, i)
		}
	}
	slices.SortStableFunc(at, func(i, j int) int { return m.better(adjusted(j), adjusted(i)) })
	all, held := Mean(rates).Den, int64(0)
	for k, i := range at {
		if 10*held >= all && adjusted(i).Cmp(adjusted(at[k-1])) != 0 {
			return at[:k]
		}
		held += rates[i].Den
	}
	return at
}

// Flag says how far a rate lies from the mean.
type Flag uint8

// Flags.
const (
	NoFlag Flag = iota
	Warn
	Alarm
)

var flagNames = [...]string{"", "warn", "alarm"}

// String gives the flag, "" for none.
func (f Flag) String() string { return flagNames[min(int(f), len(flagNames)-1)] }

// MarshalText gives the flag.
func (f Flag) MarshalText() ([]byte, error) { return []byte(f.String()), nil }

// UnmarshalText reads what MarshalText gives; another text is an error that lists the words.
func (f *Flag) UnmarshalText(text []byte) error { return name.Parse(f, len(flagNames), text) }

// beyond reports whether a rate lies more than z standard errors from p, in whole
// numbers: (xQ−Pn)² > z²·P(Q−P)·n for x of n against P of Q.
func beyond(r, p registry.Rate, z int64) bool {
	if !r.Defined() || !p.Defined() {
		return false
	}
	n := func(x int64) *big.Int { return big.NewInt(x) }
	d := new(big.Int).Sub(new(big.Int).Mul(n(r.Num), n(p.Den)), new(big.Int).Mul(n(p.Num), n(r.Den)))
	d.Mul(d, d)
	v := new(big.Int).Mul(n(p.Num), n(p.Den-p.Num))
	v.Mul(v, n(r.Den)).Mul(v, n(z*z))
	return d.Cmp(v) > 0
}

// Limits are the lower and upper funnel limits around p for a denominator, for
// drawing, cut to 0 and 1; false when p or the denominator is undefined. In binary
// floating point, to about 1e-15.
func Limits(p registry.Rate, den int64, z float64) (low, high float64, ok bool) {
	if !p.Defined() || den <= 0 {
		return 0, 0, false
	}
	x := float64(p.Num) / float64(p.Den)
	w := z * math.Sqrt(x*(1-x)/float64(den))
	return max(x-w, 0), min(x+w, 1), true
}
