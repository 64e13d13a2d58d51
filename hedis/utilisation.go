package hedis

import (
	"cmp"
	"fmt"
	"math/big"
	"slices"

	"github.com/chroniccare/chroniccare/registry"
)

// AdmissionType is how a stay came about; rates of different types are never
// mixed without being asked for.
type AdmissionType uint8

// Types; the zero value is not recorded.
const (
	AdmissionUnknown AdmissionType = iota
	Elective
	Emergency
	Maternity
)

// String gives the type in words.
func (t AdmissionType) String() string {
	return [...]string{"not recorded", "elective", "emergency", "maternity"}[min(t, Maternity)]
}

// Stay is a hospital stay as the utilisation measures read it.
type Stay struct {
	Patient     string
	Admitted    registry.Date
	Discharged  registry.Date // 0 while it lasts
	Type        AdmissionType
	Newborn     bool
	Died        bool
	Transferred bool // left for another acute stay
	Principal   registry.Code
	Destination string        // where a live discharge went: "home", "residential home", ...
	FitOn       registry.Date // medically fit to leave, 0 when not recorded
	PlanBegan   registry.Date // discharge plan begun
}

// StaysLeftOut counts stays that no measure uses.
type StaysLeftOut struct {
	Reversed  int // discharge before admission
	Open      int // not yet discharged
	Undated   int // no admission date
	Duplicate int // the same stay again, equal in every field
}

// Stays is a checked list of stays, sorted by patient, admission and discharge.
// Make one with [NewStays].
type Stays struct {
	list    []Stay
	LeftOut StaysLeftOut
}

// NewStays checks stays and puts them in order; the input may come in any order
// and is not changed. Stays without admission date, with discharge before
// admission, without discharge, or given twice are left out and counted.
func NewStays(in []Stay) Stays {
	var s Stays
	for _, x := range in {
		switch {
		case x.Admitted <= 0:
			s.LeftOut.Undated++
		case x.Discharged == 0:
			s.LeftOut.Open++
		case x.Discharged < x.Admitted:
			s.LeftOut.Reversed++
		default:
			s.list = append(s.list, x)
		}
	}
	slices.SortStableFunc(s.list, func(a, b Stay) int {
		return cmp.Or(cmp.Compare(a.Patient, b.Patient), cmp.Compare(a.Admitted, b.Admitted), cmp.Compare(a.Discharged, b.Discharged),
			bit(b.Transferred)-bit(a.Transferred), bit(a.Died)-bit(b.Died), bit(a.Newborn)-bit(b.Newborn), cmp.Compare(a.Type, b.Type),
			cmp.Compare(a.Principal.String(), b.Principal.String()), cmp.Compare(a.Destination, b.Destination), cmp.Compare(a.FitOn, b.FitOn), cmp.Compare(a.PlanBegan, b.PlanBegan))
	})
	n := len(s.list)
	s.list = slices.Compact(s.list)
	s.LeftOut.Duplicate = n - len(s.list)
	return s
}

func bit(b bool) int {
	if b {
		return 1
	}
	return 0
}

// Len is the number of stays that count.
func (s Stays) Len() int { return len(s.list) }

// Where keeps the stays that the caller accepts: one admission type, or a
// principal diagnosis in a code set for avoidable admissions.
func (s Stays) Where(keep func(*Stay) bool) Stays {
	var out Stays
	for i := range s.list {
		if keep(&s.list[i]) {
			out.list = append(out.list, s.list[i])
		}
	}
	return out
}

// OfType keeps the stays of a type.
func (s Stays) OfType(t AdmissionType) Stays {
	return s.Where(func(x *Stay) bool { return x.Type == t })
}

// Avoidable keeps the stays whose principal diagnosis is in the caller's code
// set, such as an ambulatory-care-sensitive list bound by version.
func (s Stays) Avoidable(set registry.ValueSet) Stays {
	return s.Where(func(x *Stay) bool { return set.Contains(x.Principal) })
}

// continues reports whether stay i was entered by transfer from an earlier one.
func (s Stays) continues(i int) bool {
	b := &s.list[i]
	for k := i - 1; k >= 0 && s.list[k].Patient == b.Patient; k-- {
		if a := &s.list[k]; a.Transferred && b.Admitted == a.Discharged {
			return true
		}
	}
	return false
}

// Admissions counts the stays that started in the period, a chain of transfers
// as one, newborns only when asked for. Same-day stays count.
func (s Stays) Admissions(period registry.Period, newborns bool) int64 {
	var n int64
	for i := range s.list {
		x := &s.list[i]
		if period.Contains(x.Admitted) && x.Newborn == newborns && !s.continues(i) {
			n++
		}
	}
	return n
}

// BedDays counts nights inside the period; a night belongs to the date on which
// it begins. A same-day stay counts one when asked for. Counts over pieces of a
// period add up to those of the whole.
func (s Stays) BedDays(period registry.Period, countSameDay bool) int64 {
	var n int64
	for i := range s.list {
		x := &s.list[i]
		if x.Admitted == x.Discharged {
			if countSameDay && period.Contains(x.Admitted) {
				n++
			}
			continue
		}
		if in, ok := (registry.Period{Start: x.Admitted, End: x.Discharged - 1}).Intersect(period); ok {
			n += int64(in.Days())
		}
	}
	return n
}

// OccupiedBeds is the average number of beds occupied a day: bed days over the
// days of the period. Undefined for a period with an open end.
func OccupiedBeds(bedDays int64, period registry.Period) (*big.Rat, error) {
	if period.Days() == 0 {
		return nil, fmt.Errorf("%w: occupied beds of %v", ErrUndefined, period)
	}
	return big.NewRat(bedDays, int64(period.Days())), nil
}

// LengthOfStay is the mean and the median number of nights of the stays
// discharged in the period, whole stays; nil when there are none.
func (s Stays) LengthOfStay(period registry.Period) (mean, median *big.Rat) {
	var nights []*big.Rat
	sum := new(big.Rat)
	for i := range s.list {
		if x := &s.list[i]; period.Contains(x.Discharged) {
			v := big.NewRat(int64(x.Discharged-x.Admitted), 1)
			nights = append(nights, v)
			sum.Add(sum, v)
		}
	}
	if len(nights) == 0 {
		return nil, nil
	}
	median, _ = Quantile(nights, big.NewRat(1, 2), Type7)
	return sum.Quo(sum, big.NewRat(int64(len(nights)), 1)), median
}

// Readmission shapes [Stays.Readmissions].
type Readmission struct {
	Days    int             // window: admission from the day after discharge to this many days after it
	Within  registry.Period // discharges that count as index stays
	DataEnd registry.Date   // last day of which the data are complete
	SameDay bool            // count an admission on the day of discharge as a readmission, not a transfer
}

// ReadmissionRate is readmissions of index stays.
type ReadmissionRate struct {
	Rate       registry.Rate
	Incomplete int64 // discharges too close to the end of the data, not in the rate
}

// Readmissions counts index stays (discharged alive in the period, not
// transferred out) with a next admission inside the window; at most one an index
// stay, and the readmission may itself be an index stay. A window below one day,
// or no end of data, wraps [ErrInput].
func (s Stays) Readmissions(r Readmission) (ReadmissionRate, error) {
	var out ReadmissionRate
	if r.Days < 1 || r.DataEnd <= 0 {
		return out, fmt.Errorf("%w: readmissions within %d days, data to %v", ErrInput, r.Days, r.DataEnd)
	}
	for i := range s.list {
		x := &s.list[i]
		if !r.Within.Contains(x.Discharged) || x.Died || x.Transferred {
			continue
		}
		if x.Discharged.AddDays(r.Days) > r.DataEnd {
			out.Incomplete++
			continue
		}
		back, moved := false, false
		for k := i + 1; k < len(s.list) && s.list[k].Patient == x.Patient && !back; k++ {
			gap := int(s.list[k].Admitted - x.Discharged)
			if gap == 0 && !r.SameDay {
				moved = true // a transfer in all but name: the chain goes on there
				break
			}
			back = gap >= 1 && gap <= r.Days || gap == 0
		}
		if moved {
			continue
		}
		out.Rate.Den++
		if back {
			out.Rate.Num++
		}
	}
	return out, nil
}

// DelayedTransfers are the stays discharged in the period that lasted beyond
// the day on which the patient was fit to leave, and the delayed days of all bed
// days of these stays. Stays without that day are not in either denominator.
func (s Stays) DelayedTransfers(period registry.Period) (stays, bedDays registry.Rate) {
	for i := range s.list {
		x := &s.list[i]
		if !period.Contains(x.Discharged) || x.FitOn == 0 || x.FitOn < x.Admitted {
			continue
		}
		stays.Den++
		bedDays.Den += int64(x.Discharged - x.Admitted)
		if x.Discharged > x.FitOn {
			stays.Num++
			bedDays.Num += int64(x.Discharged - x.FitOn)
		}
	}
	return stays, bedDays
}

// DischargedTo is the share of live discharges of the period to a destination.
// Discharges without one count in the denominator.
func (s Stays) DischargedTo(destination string, period registry.Period) (r registry.Rate) {
	for i := range s.list {
		if x := &s.list[i]; period.Contains(x.Discharged) && !x.Died {
			r.Den++
			if x.Destination == destination {
				r.Num++
			}
		}
	}
	return r
}

// Planned is the share of discharges of the period whose discharge plan was
// begun before the day of discharge.
func (s Stays) Planned(period registry.Period) (r registry.Rate) {
	for i := range s.list {
		if x := &s.list[i]; period.Contains(x.Discharged) && !x.Died {
			r.Den++
			if x.PlanBegan != 0 && x.PlanBegan < x.Discharged {
				r.Num++
			}
		}
	}
	return r
}

// AdmissionReview is one unplanned admission as a practice looks back on it.
type AdmissionReview struct {
	Stay        Stay
	LastContact registry.Date // latest contact before the admission, 0 for none
	OpenGaps    []string      // what was outstanding on the day before, by the caller's look-up
}

// ReviewUnplanned lists the emergency admissions of the period, in order of
// patient and date, with the last contact before each and the gaps in care open
// then. gaps may be nil.
func (s Stays) ReviewUnplanned(period registry.Period, contacts []Contact, gaps func(patient string, asOf registry.Date) []string) []AdmissionReview {
	var out []AdmissionReview
	for i := range s.list {
		x := &s.list[i]
		if x.Type != Emergency || !period.Contains(x.Admitted) || s.continues(i) {
			continue
		}
		r := AdmissionReview{Stay: *x}
		for _, c := range contacts {
			if c.Patient == x.Patient && c.At.Day < x.Admitted && c.At.Day > r.LastContact {
				r.LastContact = c.At.Day
			}
		}
		if gaps != nil {
			r.OpenGaps = gaps(x.Patient, x.Admitted.AddDays(-1))
		}
		out = append(out, r)
	}
	return out
}

// Exposure is the denominator of a rate per 1,000: people, or the time that
// members were enrolled. The two are never mixed.
type Exposure struct {
	People       int64 // when not 0, MemberMonths must be 0
	MemberMonths int64 // months of enrolment added up over members
}

// PerThousand is events per 1,000 people, or per 1,000 member-years (member
// months / 12), exact. Both kinds of denominator at once, or negative figures,
// wrap [ErrInput]; none, [ErrUndefined].
func (e Exposure) PerThousand(events int64) (*big.Rat, error) {
	switch {
	case e.People < 0 || e.MemberMonths < 0 || events < 0 || e.People > 0 && e.MemberMonths > 0:
		return nil, fmt.Errorf("%w: %d events over %d people and %d member months", ErrInput, events, e.People, e.MemberMonths)
	case e.People > 0:
		return new(big.Rat).Mul(big.NewRat(events, e.People), big.NewRat(1000, 1)), nil
	case e.MemberMonths > 0:
		return new(big.Rat).Mul(big.NewRat(events, e.MemberMonths), big.NewRat(12000, 1)), nil
	}
	return nil, fmt.Errorf("%w: events per 1,000 of nobody", ErrUndefined)
}
