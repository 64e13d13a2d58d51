package feedback

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/population"
)

// ErrFeedback is wrapped by every error about results, measures and policies.
var ErrFeedback = errors.New("feedback")

// Measure is what is fed back.
type Measure struct {
	ID            string
	Title         string
	LowerIsBetter bool
}

// better is positive when a is the better rate, 0 when they are equal.
func (m *Measure) better(a, b registry.Rate) int {
	c := a.Cmp(b)
	if m.LowerIsBetter {
		return -c
	}
	return c
}

// Result is a provider's rate by a measure, over the whole panel, with the patients
// whose gap is open.
type Result struct {
	Provider string        `json:"provider"`
	Measure  string        `json:"measure"`
	Rate     registry.Rate `json:"rate"`
	Gaps     []string      `json:"gaps,omitempty"`
}

// Round is the results of a period.
type Round struct {
	Period  registry.Period `json:"period"`
	Results []Result        `json:"results"`
}

// Names says how peers appear in a report.
type Names uint8

// Names. Named reporting is the usual practice of the groups studied (NT2011:318-320).
const (
	Named     Names = iota
	Masked          // by the labels of the policy; a provider's own name is shown to itself
	GroupOnly       // no peers, only what the group does
)

// Policy says what a report holds; the zero value is the default.
type Policy struct {
	MinDenominator int64             // for a rank; 0 is 1
	Dense          bool              // ranks 1, 2, 2, 3 and not 1, 2, 2, 4
	LeaveOneOut    bool              // the mean is that of the others
	Names          Names             //
	Labels         map[string]string // for Masked: one for each provider, no two alike
	WarnZ, AlarmZ  int64             // 0 is 2 and 3
	Small          population.Disclosure
}

// maxDenominator keeps sums of products within 64 bits.
const maxDenominator = 1_000_000_000

// check lists what is wrong with the input.
func check(p *Policy, measures []Measure, rounds []Round) error {
	var errs []error
	bad := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf("%w: %s", ErrFeedback, fmt.Sprintf(format, args...)))
	}
	if p.MinDenominator < 0 || p.WarnZ < 0 || p.AlarmZ < 0 || p.WarnZ > 100 || p.AlarmZ > 100 || p.Small.Threshold < 0 || p.Names > GroupOnly {
		bad("policy: least denominator %d, limits %d and %d, threshold %d, names %d", p.MinDenominator, p.WarnZ, p.AlarmZ, p.Small.Threshold, p.Names)
	}
	if w, a := p.limits(); w > a {
		bad("policy: the limit to warn, %d, lies beyond the limit to alarm, %d", w, a)
	}
	known := map[string]bool{}
	for _, m := range measures {
		if m.ID == "" || known[m.ID] {
			bad("measure %q has no ID, or is there twice", m.ID)
		}
		known[m.ID] = true
	}
	labels := map[string]string{}
	for i, r := range rounds {
		where := fmt.Sprintf("round %v", r.Period)
		if !r.Period.Valid() {
			bad("%s: the period ends before it starts", where)
		}
		if i > 0 && rounds[i-1].Period.End <= r.Period.End {
			bad("%s: earlier rounds come latest first", where)
		}
		seen := map[[2]string]bool{}
		for _, x := range r.Results {
			key := [2]string{x.Provider, x.Measure}
			switch {
			case x.Provider == "":
				bad("%s: a result of %q without a provider", where, x.Measure)
			case !known[x.Measure]:
				bad("%s: %s: no measure %q", where, x.Provider, x.Measure)
			case seen[key]:
				bad("%s: %s, %s: two results", where, x.Provider, x.Measure)
			}
			seen[key] = true
			if x.Rate.Den < 0 || x.Rate.Num < 0 || x.Rate.Num > x.Rate.Den || x.Rate.Den > maxDenominator {
				bad("%s: %s, %s: %d of %d is no rate", where, x.Provider, x.Measure, x.Rate.Num, x.Rate.Den)
			}
			if int64(len(x.Gaps)) > x.Rate.Den {
				bad("%s: %s, %s: %d gaps among %d patients", where, x.Provider, x.Measure, len(x.Gaps), x.Rate.Den)
			}
			if i > 0 || p.Names != Masked || labels[x.Provider] != "" {
				continue
			}
			l := p.Labels[x.Provider]
			if l == "" {
				bad("no label for %s", x.Provider)
				l = x.Provider
			}
			labels[x.Provider] = l
		}
	}
	byLabel := map[string]string{}
	for _, x := range sorted(labels) {
		if other, ok := byLabel[labels[x]]; ok {
			bad("%s and %s have one label, %q", other, x, labels[x])
		}
		byLabel[labels[x]] = x
	}
	return errors.Join(errs...)
}

func sorted(m map[string]string) []string {
	var out []string
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

func (p *Policy) limits() (warn, alarm int64) { return cmp.Or(p.WarnZ, 2), cmp.Or(p.AlarmZ, 3) }

// of picks the results of a measure with patients, by provider.
func (r *Round) of(measure string) []Result {
	var out []Result
	for _, x := range r.Results {
		if x.Measure == measure && x.Rate.Defined() {
			out = append(out, x)
		}
	}
	slices.SortFunc(out, func(a, b Result) int { return strings.Compare(a.Provider, b.Provider) })
	return out
}
