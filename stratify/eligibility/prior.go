package eligibility

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/chroniccare/chroniccare/registry"
)

// Stay is one stay in hospital. A stay without a day of discharge goes on.
type Stay struct {
	Admitted   registry.Date
	Discharged registry.Date
	Emergency  bool
}

// Prior counts previous use of care: at least N admissions in the months before the index
// date. Stays that touch or overlap, and transfers (the next admission on the day of
// discharge or the day after), are one admission, of the kind of its first stay; an
// admission on the index date itself is not a previous one: decisions of the library.
type Prior struct {
	N             int
	EmergencyOnly bool
	Months        int // look-back, at least 1; closed at the start
}

// Check reports [ErrParameter].
func (p Prior) Check() error {
	if p.N < 1 || p.Months < 1 {
		return fmt.Errorf("%w: at least %d admissions in %d months", ErrParameter, p.N, p.Months)
	}
	return nil
}

// Count is how many admissions count at the index date. Stays may come in any order;
// those without a day of admission do not count.
func (p Prior) Count(stays []Stay, index registry.Date) int {
	sorted := make([]Stay, 0, len(stays))
	for _, s := range stays {
		if s.Admitted.Recorded() {
			sorted = append(sorted, s)
		}
	}
	slices.SortFunc(sorted, func(a, b Stay) int {
		emergencyFirst := 0
		if a.Emergency != b.Emergency {
			emergencyFirst = 1
			if a.Emergency {
				emergencyFirst = -1
			}
		}
		return cmp.Or(cmp.Compare(a.Admitted, b.Admitted), emergencyFirst)
	})
	from := index.AddMonths(-p.Months)
	n := 0
	var end registry.Date
	open := false // a stay that goes on swallows what follows
	for i, s := range sorted {
		joined := i > 0 && (open || s.Admitted <= end.AddDays(1))
		if !joined {
			end = s.Admitted
			if s.Admitted >= from && s.Admitted < index && (s.Emergency || !p.EmergencyOnly) {
				n++
			}
		}
		open = open && joined || !s.Discharged.Recorded()
		end = max(end, s.Discharged)
	}
	return n
}

// Definition is the rule on a chart: the stays are the encounters that all selects, of
// which those that emergency selects too are emergencies (pass all twice when it selects
// emergencies only). The index date is the period's last day. Asking it allocates.
func (p Prior) Definition(all, emergency registry.Query) registry.Definition {
	kind := "admissions"
	if p.EmergencyOnly {
		kind = "emergency admissions"
	}
	return registry.Rule{
		Words: fmt.Sprintf("at least %d previous %s in %d months before the end of the period", p.N, kind, p.Months),
		Reads: []registry.Query{all, emergency},
		Ok: func(c *registry.Chart, period registry.Period, found []registry.Found) bool {
			if p.Check() != nil {
				return false
			}
			urgent := map[*registry.Fact]bool{}
			found[1].Each(func(f *registry.Fact) bool { urgent[f] = true; return true })
			var stays []Stay
			found[0].Each(func(f *registry.Fact) bool {
				stays = append(stays, Stay{f.When.Start.Day, f.When.End.Day, urgent[f]})
				return true
			})
			return p.Count(stays, period.End) >= p.N
		}}
}
