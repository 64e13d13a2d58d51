package registry

import (
	"math/big"
	"math/bits"
	"slices"
)

// Supply is what an order or dispense says about how much medicine was
// supplied and how it is taken. A zero Number means "not stated". From it come
// the days supplied and the days covered:
//
//	days    = Days, else Quantity / (Dose x doses a day);  times 1 + Refills
//	covered = Start to Start + days - 1 (fractions of a day cut), else Bounds
//
// The rule is that of the public library CumulativeMedicationDuration 4.1 and
// later; doses a day are TakenPer/PerDays, 1 when not stated.
type Supply struct {
	Days         Number `json:"days"` // days' supply as stated
	Quantity     Number `json:"quantity"`
	QuantityUnit string `json:"quantity_unit,omitempty"`
	Dose         Number `json:"dose"`     // units of Quantity a time
	TakenPer     Number `json:"taken"`    // doses ...
	PerDays      Number `json:"per_days"` // ... in so many days
	Refills      int    `json:"refills,omitempty"`
	Start        Date   `json:"start"`  // first day, 0 when not known
	Bounds       Span   `json:"bounds"` // the period the dosage instruction names
}

// parts gives days supplied as a quotient of products of numbers; false when
// it cannot be computed.
func (s *Supply) parts() (num, den [3]Number, ok bool) {
	one := Num(1, 0)
	if s.Refills < 0 {
		return num, den, false
	}
	times := Num(int64(1+s.Refills), 0)
	if s.Days.Coef > 0 {
		return [3]Number{s.Days, times, one}, [3]Number{one, one, one}, true
	}
	if s.Quantity.Coef <= 0 || s.Dose.Coef <= 0 {
		return num, den, false
	}
	taken, per := one, one
	if s.TakenPer.Coef > 0 && s.PerDays.Coef > 0 {
		taken, per = s.TakenPer, s.PerDays
	}
	return [3]Number{s.Quantity, per, times}, [3]Number{s.Dose, taken, one}, true
}

// TotalDays is the days supplied with all refills, whole days, the fraction
// cut; false when the record does not say enough.
func (s *Supply) TotalDays() (int, bool) {
	num, den, ok := s.parts()
	if !ok {
		return 0, false
	}
	n := floorQuo(num, den)
	return n, n < maxSupplyDays
}

const maxSupplyDays = 1 << 20

// Covered is the period that the supply covers; false when it cannot be told.
func (s *Supply) Covered() (Period, bool) {
	if s.Start == 0 {
		return Period{}, false
	}
	if n, ok := s.TotalDays(); ok {
		return Period{s.Start, s.Start.AddDays(max(n-1, 0))}, true
	}
	if s.Bounds.End.Recorded() && s.Bounds.End.Day >= s.Start {
		return Period{s.Start, s.Bounds.End.Day}, true
	}
	return Period{}, false
}

// CompareDailyDose compares the average daily dose, Quantity x strength / days
// supplied, with a limit, exactly: -1, 0 or 1; false when the days supplied or
// the quantity are not known.
func (s *Supply) CompareDailyDose(strength, limit Number) (int, bool) {
	num, den, ok := s.parts()
	if !ok || s.Quantity.Coef <= 0 || strength.Coef <= 0 || limit.Coef <= 0 {
		return 0, false
	}
	// quantity * strength * den <=> limit * num
	return cmpProducts([5]Number{s.Quantity, strength, den[0], den[1], den[2]}, [5]Number{limit, num[0], num[1], num[2], Num(1, 0)}), true
}

// product multiplies positive numbers; ok is false when 128 bits don't hold it.
func product(ns []Number) (hi, lo uint64, exp int, ok bool) {
	lo = 1
	for _, n := range ns {
		exp += int(n.Exp)
		h1, l1 := bits.Mul64(lo, uint64(n.Coef))
		h2, l2 := bits.Mul64(hi, uint64(n.Coef))
		if h2 != 0 {
			return 0, 0, 0, false
		}
		var c uint64
		hi, c = bits.Add64(h1, l2, 0)
		if c != 0 {
			return 0, 0, 0, false
		}
		lo = l1
	}
	return hi, lo, exp, true
}

func bigProduct(ns []Number) (*big.Int, int) {
	b, exp := big.NewInt(1), 0
	for _, n := range ns {
		b.Mul(b, big.NewInt(n.Coef))
		exp += int(n.Exp)
	}
	return b, exp
}

func cmpProducts(a, b [5]Number) int {
	ah, al, ae, ok1 := product(a[:])
	bh, bl, be, ok2 := product(b[:])
	if ok1 && ok2 && ah == 0 && bh == 0 && al < 1<<63 && bl < 1<<63 && max(ae-be, be-ae) < 100 {
		// exponents relative to the smaller one fit a Number
		m := min(ae, be)
		return Number{int64(al), int8(ae - m)}.Cmp(Number{int64(bl), int8(be - m)})
	}
	x, xe := bigProduct(a[:])
	y, ye := bigProduct(b[:])
	scale(x, xe-ye)
	scale(y, ye-xe)
	return x.Cmp(y)
}

func scale(x *big.Int, exp int) {
	if exp > 0 {
		x.Mul(x, new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(exp)), nil))
	}
}

// floorQuo is the whole part of num/den, both positive, maxSupplyDays at most.
func floorQuo(num, den [3]Number) int {
	nh, nl, ne, ok1 := product(num[:])
	dh, dl, de, ok2 := product(den[:])
	if ok1 && ok2 && nh == 0 && dh == 0 {
		for ; ne > de && nl < 1<<58; ne-- {
			nl *= 10
		}
		for ; de > ne && dl < 1<<58; de-- {
			dl *= 10
		}
		if ne == de {
			return int(min(nl/dl, maxSupplyDays))
		}
	}
	x, xe := bigProduct(num[:])
	y, ye := bigProduct(den[:])
	scale(x, xe-ye)
	scale(y, ye-xe)
	q := x.Quo(x, y)
	if !q.IsInt64() {
		return maxSupplyDays
	}
	return int(min(q.Int64(), maxSupplyDays))
}

// SortPeriods orders periods by start, then end.
func SortPeriods(ps []Period) {
	slices.SortFunc(ps, func(a, b Period) int {
		if a.Start != b.Start {
			return int(a.Start) - int(b.Start)
		}
		return int(a.End) - int(b.End)
	})
}

// CarryForward moves periods sorted by start, in place, so that none begins
// before the one ahead of it has run out: an early refill is used after what is
// still in stock. Lengths stay.
func CarryForward(ps []Period) {
	for i := 1; i < len(ps); i++ {
		if next := ps[i-1].End.AddDays(1); ps[i].Start < next {
			n := ps[i].Days()
			ps[i] = Period{next, next.AddDays(n - 1)}
		}
	}
}

// CoveredDays counts the days of the window that lie in at least one of the
// periods, which must be sorted by start ([SortPeriods]). An open window counts
// nothing.
func CoveredDays(ps []Period, window Period) int {
	if window.Start == 0 || window.End == 0 {
		return 0
	}
	n, from := 0, window.Start
	for _, p := range ps {
		s, e := max(p.Start, from), p.End
		if e == 0 || e > window.End {
			e = window.End
		}
		if e >= s {
			n += int(e-s) + 1
			from = e + 1
		}
	}
	return n
}

// LongestGap is the greatest number of days in a row of the window that no
// period covers. The periods must be sorted by start.
func LongestGap(ps []Period, window Period) int {
	if window.Start == 0 || window.End == 0 {
		return 0
	}
	gap, from := 0, window.Start
	for _, p := range ps {
		if p.Start > window.End {
			break
		}
		gap = max(gap, int(p.Start-from))
		if p.End == 0 {
			return gap
		}
		from = max(from, p.End+1)
	}
	return max(gap, int(window.End-from)+1)
}
