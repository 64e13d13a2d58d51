package eligibility

import (
	"fmt"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/stratify/evaluate"
	"github.com/chroniccare/chroniccare/stratify/tier"
)

// KaiserPyramid is Kaiser's population management: four services, from case management for
// highly complex members down to prevention (003:193). The source gives no percentages:
// the rule is the caller's.
func KaiserPyramid(rule tier.Rule) *tier.Pyramid {
	return &tier.Pyramid{Levels: []string{"case management", "disease management", "self-management support", "prevention"}, Rule: rule}
}

// top is a pyramid of one top share, which must lie within the source's figures.
func top(name string, share, low, high registry.Rate) (*tier.Pyramid, error) {
	if !share.Proportion() || share.Cmp(low) < 0 || share.Cmp(high) > 0 {
		return nil, fmt.Errorf("%w: %s: a share of %d/%d, the source says %s to %s %%", ErrParameter, name, share.Num, share.Den, low.Percent(1), high.Percent(1))
	}
	return &tier.Pyramid{Levels: []string{"case management", "usual care"}, Rule: tier.Share{Shares: []registry.Rate{share}}}, nil
}

// HealthPartners is the case management of the 0.5 to 1 % of enrolees who are responsible
// for 20 to 25 % of medical costs (000:1075-1077). The share is the caller's within that
// range ([ErrParameter] otherwise); what it captures is [tier.Result.Worth], and no
// constant.
func HealthPartners(share registry.Rate) (*tier.Pyramid, error) {
	return top("Health Partners", share, registry.Rate{Num: 5, Den: 1000}, registry.Rate{Num: 1, Den: 100})
}

// HealthPartnersDiabetes is the intensive case management of the 2 to 5 % most vulnerable
// diabetic patients (000:1077-1082): rank the members of the disease register only. It
// reports [ErrParameter] for another share.
func HealthPartnersDiabetes(share registry.Rate) (*tier.Pyramid, error) {
	return top("Health Partners diabetes", share, registry.Rate{Num: 2, Den: 100}, registry.Rate{Num: 5, Den: 100})
}

// Anthem is the case management of the top 1 % with the most complex needs, and of
// catastrophic care always (000:1134-1136): two routes joined by "or". Set
// [tier.Person.Rule] to 1 for catastrophic cases.
func Anthem() *tier.Pyramid {
	return &tier.Pyramid{Levels: []string{"case management", "usual care"},
		Rule: tier.HighestOf{tier.Share{Shares: []registry.Rate{{Num: 1, Den: 100}}}, tier.Rules{}}}
}

// StudyPlans is what the plans of the study had in common: intensive case management for 1
// to 5 % of enrolees by anticipated use (000:1752-1763). Rank either people with named
// diseases or all with costly conditions; see [New] for both rules. It reports
// [ErrParameter] for another share.
func StudyPlans(share registry.Rate) (*tier.Pyramid, error) {
	return top("plans of the study", share, registry.Rate{Num: 1, Den: 100}, registry.Rate{Num: 5, Den: 100})
}

// Torbay is the intensive support of the very highest-risk older people by community
// matrons and integrated teams (003:428). The source gives no number: capacity, share or
// cut-off is the caller's.
func Torbay(rule tier.Rule) *tier.Pyramid {
	return &tier.Pyramid{Levels: []string{"community matron and integrated team", "usual care"}, Rule: rule}
}

// ProvenHealth is how many nurse care managers n of the sickest patients need at 125 to
// 150 each (003:260): a thousand need 7 to 8.
func ProvenHealth(n int) (least, most int, err error) { return tier.Managers(n, 125, 150) }

// VirtualWard admits by risk into so many beds; the ward's team reviews each patient
// regularly, and the GP stays clinically responsible (003:645-649). Beds, limits and the
// rhythm of review are the caller's.
type VirtualWard struct {
	Beds       int
	Hysteresis tier.Hysteresis
	ReviewDays int // days between reviews, at least 1
}

// WardList is the ward after a run.
type WardList struct {
	Admitted []string       `json:"admitted"` // by rank
	Stays    []string       `json:"stays"`    // by rank
	Leaves   []string       `json:"leaves"`   // by ID
	Due      []string       `json:"due"`      // review due on or before the day, by rank
	Patients []tier.Member  `json:"patients"` // for the next run
	Movement *tier.Movement `json:"movement"` // everybody, with reasons
}

// Update runs the ward: people ranked, the previous patients, the day, and when each
// patient was last reviewed (the day of admission when never). It reports
// [ErrParameter] for a review rhythm of less than a day, and errors of
// [tier.Pyramid.Update].
func (w VirtualWard) Update(people []tier.Person, previous []tier.Member, reviewed map[string]registry.Date, today registry.Date) (*WardList, error) {
	if w.ReviewDays < 1 {
		return nil, fmt.Errorf("%w: a review every %d days", ErrParameter, w.ReviewDays)
	}
	p := tier.Pyramid{Levels: []string{"ward", "home"}, Rule: tier.Capacity{Places: []int{w.Beds}}}
	r, m, err := p.Update(people, previous, today, w.Hysteresis)
	if err != nil {
		return nil, err
	}
	out := &WardList{Movement: m}
	was := map[string]bool{}
	for _, x := range previous {
		was[x.ID] = was[x.ID] || x.Level == 1
	}
	in := map[string]bool{}
	for _, x := range r.Members(today) {
		if x.Level != 1 {
			continue
		}
		in[x.ID] = true
		out.Patients = append(out.Patients, x)
		if !was[x.ID] {
			out.Admitted = append(out.Admitted, x.ID)
			continue
		}
		out.Stays = append(out.Stays, x.ID)
		last := max(reviewed[x.ID], x.Since)
		if !last.Recorded() || last.AddDays(w.ReviewDays) <= today {
			out.Due = append(out.Due, x.ID)
		}
	}
	for _, x := range m.Moves {
		if was[x.ID] && !in[x.ID] {
			out.Leaves = append(out.Leaves, x.ID)
		}
	}
	return out, nil
}

// Targeted is how well a programme chose its people.
type Targeted struct {
	evaluate.Value                 // sensitivity stands with PPV; the event is a later admission
	Admissions     registry.Rate   `json:"admissions"` // share of all later admissions that fell on the chosen
	Chosen         evaluate.Change `json:"chosen"`     // mean admissions of the chosen before and after, and what they fall by without treatment
}

// Targeting checks a choice as EverCare's failed (003:625, 003:722): whether the chosen
// were those later admitted, and how much their admissions would have fallen without
// treatment. chosen, before and after are columns of the same people; before and after
// count admissions. The untreated contrast may be nil: the result then carries the issue
// REGRESSION_TO_MEAN. It reports [evaluate.ErrLength] and [evaluate.ErrNegative].
func Targeting(chosen []bool, before, after []int, untreated *evaluate.Contrast) (Targeted, error) {
	var t Targeted
	if len(before) != len(chosen) || len(after) != len(chosen) {
		return t, fmt.Errorf("%w: %d chosen, %d before, %d after", evaluate.ErrLength, len(chosen), len(before), len(after))
	}
	var table evaluate.Table
	var b, a []float64
	for i, in := range chosen {
		if before[i] < 0 || after[i] < 0 {
			return t, fmt.Errorf("%w: person %d has %d and %d admissions", evaluate.ErrNegative, i, before[i], after[i])
		}
		t.Admissions.Den += int64(after[i])
		switch event := after[i] > 0; {
		case in && event:
			table.TP++
		case in:
			table.FP++
		case event:
			table.FN++
		default:
			table.TN++
		}
		if in {
			t.Admissions.Num += int64(after[i])
			b, a = append(b, float64(before[i])), append(a, float64(after[i]))
		}
	}
	t.Value = table.Value()
	var err error
	t.Chosen, err = evaluate.BeforeAfter(b, a, nil, untreated)
	return t, err
}
