package tier

import (
	"cmp"
	"errors"
	"fmt"
	"math/bits"
	"slices"

	"github.com/chroniccare/chroniccare/registry"
)

// Managers is how many case managers n people need when each looks after low to high of
// them: ⌈n/high⌉ to ⌈n/low⌉. A thousand people at 125 to 150 need 7 to 8. It reports
// [ErrCaseload] unless n >= 0 and 0 < low <= high.
func Managers(n, low, high int) (least, most int, err error) {
	if n < 0 || low <= 0 || high < low {
		return 0, 0, fmt.Errorf("%w: %d people at %d to %d each", ErrCaseload, n, low, high)
	}
	up := func(d int) int { return n/d + min(n%d, 1) }
	return up(high), up(low), nil
}

// Work is a level's work: people, and minutes for each of them in the planning period.
type Work struct {
	Level   string
	People  int64
	Minutes int64
}

// Workload is the staff that levels need, in whole-time equivalents: exactly, as minutes
// needed over minutes available for each, and rounded up. It reports [ErrCaseload] for
// counts below zero, no available time, and sums beyond 2^63.
func Workload(work []Work, available int64) (registry.Rate, int64, error) {
	var errs []error
	if available <= 0 {
		errs = append(errs, fmt.Errorf("%w: %d minutes available", ErrCaseload, available))
	}
	sum := uint64(0)
	for _, w := range work {
		if w.People < 0 || w.Minutes < 0 {
			errs = append(errs, fmt.Errorf("%w: %s: %d people, %d minutes", ErrCaseload, w.Level, w.People, w.Minutes))
			continue
		}
		hi, lo := bits.Mul64(uint64(w.People), uint64(w.Minutes))
		s, carry := bits.Add64(sum, lo, 0)
		if hi > 0 || carry > 0 || s > 1<<63-1 {
			errs = append(errs, fmt.Errorf("%w: %s: too many minutes", ErrCaseload, w.Level))
			continue
		}
		sum = s
	}
	if len(errs) > 0 {
		return registry.Rate{}, 0, errors.Join(errs...)
	}
	n := int64(sum)
	return registry.Rate{Num: n, Den: available}, n/available + min(n%available, 1), nil
}

// SteadyState is a programme into which as many come as leave.
type SteadyState struct {
	Inflow int64         // people a month
	Stay   registry.Rate // mean stay in months
}

// Census is how many people are in the programme: inflow times stay (Little 1961),
// exact. It reports [ErrCaseload] for an inflow or stay below zero, a stay that is
// undefined, and sums beyond 2^63.
func (s SteadyState) Census() (registry.Rate, error) {
	if s.Inflow < 0 || !s.Stay.Defined() || s.Stay.Num < 0 {
		return registry.Rate{}, fmt.Errorf("%w: inflow %d a month, stay %d/%d months", ErrCaseload, s.Inflow, s.Stay.Num, s.Stay.Den)
	}
	hi, lo := bits.Mul64(uint64(s.Inflow), uint64(s.Stay.Num))
	if hi > 0 || lo > 1<<63-1 {
		return registry.Rate{}, fmt.Errorf("%w: too many people", ErrCaseload)
	}
	return registry.Rate{Num: int64(lo), Den: s.Stay.Den}, nil
}

// Places is how many places the programme needs so that no more than the waiting share of
// the census waits, rounded up. It reports [ErrCaseload] for a share outside [0, 1].
func (s SteadyState) Places(waiting registry.Rate) (int64, error) {
	c, err := s.Census()
	if err != nil {
		return 0, err
	}
	if !waiting.Proportion() {
		return 0, fmt.Errorf("%w: a waiting share of %d/%d", ErrCaseload, waiting.Num, waiting.Den)
	}
	hi, lo := bits.Mul64(uint64(c.Num), uint64(waiting.Den-waiting.Num))
	dh, den := bits.Mul64(uint64(c.Den), uint64(waiting.Den))
	if dh > 0 || hi >= den {
		return 0, fmt.Errorf("%w: too many people", ErrCaseload)
	}
	q, rem := bits.Div64(hi, lo, den)
	return int64(q) + int64(min(rem, 1)), nil
}

// Turnover is how often a place changes hands in a year: 12 months over the stay.
func (s SteadyState) Turnover() registry.Rate {
	return registry.Rate{Num: 12 * s.Stay.Den, Den: s.Stay.Num}
}

// Manager is somebody who looks after people of an area.
type Manager struct {
	ID       string
	Area     string
	Capacity int
}

// Client is somebody to be looked after.
type Client struct {
	ID       string
	Area     string
	Rank     int    // smaller first
	Previous string // manager until now; "" for none
}

// Caseload is one manager's people, by rank.
type Caseload struct {
	Manager string   `json:"manager"`
	Clients []string `json:"clients"`
}

// Distribute gives clients to managers of their area: first each to the previous manager,
// while there is capacity, then by rank to the least loaded (the
// fewest people; among equals the first ID). Who finds no place overflows, by rank.
// Managers come in byte order of their IDs. It reports [ErrCaseload] for a capacity below
// zero, and managers or clients twice.
func Distribute(managers []Manager, clients []Client) (loads []Caseload, overflow []string, err error) {
	var errs []error
	ms := slices.Clone(managers)
	slices.SortFunc(ms, func(a, b Manager) int { return cmp.Compare(a.ID, b.ID) })
	at := map[string]int{}
	for i, m := range ms {
		if _, twice := at[m.ID]; twice {
			errs = append(errs, fmt.Errorf("%w: manager %q twice", ErrCaseload, m.ID))
		}
		if m.Capacity < 0 {
			errs = append(errs, fmt.Errorf("%w: manager %q has a capacity of %d", ErrCaseload, m.ID, m.Capacity))
		}
		at[m.ID] = i
	}
	cs := slices.Clone(clients)
	slices.SortFunc(cs, func(a, b Client) int { return cmp.Or(cmp.Compare(a.Rank, b.Rank), cmp.Compare(a.ID, b.ID)) })
	seen := map[string]bool{}
	for _, c := range cs {
		if seen[c.ID] {
			errs = append(errs, fmt.Errorf("%w: client %q twice", ErrCaseload, c.ID))
		}
		seen[c.ID] = true
	}
	if len(errs) > 0 {
		return nil, nil, errors.Join(errs...)
	}
	to, load := make([]int, len(cs)), make([]int, len(ms))
	for i, c := range cs {
		to[i] = -1
		if m, ok := at[c.Previous]; ok && ms[m].Area == c.Area && load[m] < ms[m].Capacity {
			to[i] = m
			load[m]++
		}
	}
	for i, c := range cs {
		if to[i] >= 0 {
			continue
		}
		for m := range ms {
			if ms[m].Area == c.Area && load[m] < ms[m].Capacity && (to[i] < 0 || load[m] < load[to[i]]) {
				to[i] = m
			}
		}
		if to[i] >= 0 {
			load[to[i]]++
		} else {
			overflow = append(overflow, c.ID)
		}
	}
	loads = make([]Caseload, len(ms))
	for i, m := range ms {
		loads[i] = Caseload{m.ID, make([]string, 0, load[i])}
	}
	for i, c := range cs {
		if to[i] >= 0 {
			loads[to[i]].Clients = append(loads[to[i]].Clients, c.ID)
		}
	}
	return loads, overflow, nil
}
