package hedis

import (
	"fmt"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/internal/name"
	"github.com/chroniccare/chroniccare/registry"
)

// GapStatus is the status of a gap in care, as the DEQM exchange standard has
// it.
type GapStatus uint8

// Gap statuses.
const (
	NotApplicable  GapStatus = iota // not in the denominator
	ClosedGap                       // nothing is missing at the through date, or the person is excluded
	OpenGap                         // care is due and not shown
	ProspectiveGap                  // satisfied as of today, no longer at the through date
)

var gapStatusCodes = [...]string{"not-applicable", "closed-gap", "open-gap", "prospective-gap"}

// String gives the DEQM code.
func (s GapStatus) String() string { return gapStatusCodes[min(int(s), len(gapStatusCodes)-1)] }

// MarshalText gives the DEQM code.
func (s GapStatus) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads what MarshalText gives; another text is an error that lists the words.
func (s *GapStatus) UnmarshalText(text []byte) error { return name.Parse(s, len(gapStatusCodes), text) }

// GapReason is one thing that keeps a gap open or closed it.
type GapReason struct {
	Reason   registry.Reason     `json:"reason"`
	What     string              `json:"what"`
	Evidence []registry.Evidence `json:"evidence,omitempty"`
}

// Gap is the gap in care of a patient under one rate of an indicator.
type Gap struct {
	Indicator   string        `json:"indicator"`
	Title       string        `json:"title"`
	Rate        string        `json:"rate,omitempty"`
	Encounter   string        `json:"encounter,omitempty"`
	Status      GapStatus     `json:"status"`
	AsOf        registry.Date `json:"as_of"`
	Through     registry.Date `json:"through"` // the day at which the indicator is judged
	Reasons     []GapReason   `json:"reasons,omitempty"`
	ClosedBy    []string      `json:"closed_by,omitempty"` // what would close an open gap: any one of them, or all where the words say so
	DaysLeft    int           `json:"days_left"`           // from AsOf to Through; 0 when the period is over
	Exclusion   bool          `json:"exclusion,omitempty"` // closed because excluded or excepted
	Improvement string        `json:"improvement"`
}

// Gaps judges the chart's patient as of a day for one indicator. The through date
// is the end of the edition's period. An open gap of a higher-is-better measure
// lists why the numerator is not met; of a lower-is-better one, what puts the
// patient into it. A prospective gap is met by a period of the same length that
// ends on asOf, but not by the edition's: care will have lapsed by the through
// date. Load the chart with [registry.Chart.LoadAsOf] to leave later facts out.
func (e *Edition) Gaps(c *registry.Chart, i int, asOf registry.Date) []Gap {
	x := &e.bound[i]
	var out []Gap
	for _, r := range x.explainAll(c, e.Period, nil) {
		g := Gap{Indicator: x.def.ID, Title: x.def.Title, Rate: r.Rate, Encounter: r.EncounterID, AsOf: asOf, Through: e.Period.End, Improvement: x.def.Improvement.String()}
		if asOf != 0 && asOf < e.Period.End {
			g.DaysLeft = int(e.Period.End - asOf)
		}
		member := func(p Population) bool { f := r.Of(p); return f != nil && f.Member }
		inDenominator := member(InitialPopulation) && (r.Of(Denominator) == nil || member(Denominator))
		num := r.Of(Numerator)
		switch {
		case !inDenominator:
			g.Status = NotApplicable
		case member(DenominatorExclusion) || member(DenominatorException):
			g.Status, g.Exclusion = ClosedGap, true
			p := DenominatorExclusion
			if member(DenominatorException) {
				p = DenominatorException
			}
			g.reasons(&r.Of(p).Finding)
		case num == nil:
			continue
		case num.Member == (x.def.Improvement == Increase):
			g.Status = ClosedGap
			g.reasons(&num.Finding)
		default:
			g.Status = OpenGap
			g.reasons(&num.Finding)
			g.ClosedBy = closers(&num.Finding, x.def.Improvement)
			if asOf != 0 && asOf < e.Period.End && x.episodes == nil {
				k := rateIndex(x, r.Rate)
				if back := trailing(e.Period, asOf); x.rates[k].member(c, back)[Numerator] == (x.def.Improvement == Increase) {
					g.Status = ProspectiveGap
				}
			}
		}
		out = append(out, g)
	}
	return out
}

func rateIndex(x *boundIndicator, name string) int {
	for k := range x.def.Rates {
		if x.def.Rates[k].Name == name {
			return k
		}
	}
	return 0
}

// trailing is the period of the same number of months that ends on a day.
func trailing(p registry.Period, end registry.Date) registry.Period {
	months := registry.MonthsBetween(p.Start, p.End.AddDays(1))
	return registry.Period{Start: end.AddDays(1).AddMonths(-months), End: end}
}

func (g *Gap) reasons(f *registry.Finding) {
	for _, l := range Leaves(f) {
		r := GapReason{l.Reason, firstLine(l.Label), l.Evidence}
		if !slices.ContainsFunc(g.Reasons, func(o GapReason) bool { return o.What == r.What && o.Reason == r.Reason }) {
			g.Reasons = append(g.Reasons, r)
		}
	}
}

// closers words what would change the numerator's answer.
func closers(f *registry.Finding, imp Improvement) []string {
	var out []string
	if imp == Decrease {
		for _, l := range Leaves(f) {
			out = append(out, "no longer: "+firstLine(l.Label))
		}
		return out
	}
	parts := f.Parts
	if len(parts) == 0 {
		return []string{firstLine(f.Label)}
	}
	for i := range parts {
		if !parts[i].Met {
			out = append(out, firstLine(parts[i].Label))
		}
	}
	return out
}

func firstLine(s string) string {
	l, _, _ := strings.Cut(s, "\n")
	return l
}

// Text renders the gap on a few lines.
func (g *Gap) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s  %s", g.Status, g.Indicator)
	if g.Rate != "" {
		fmt.Fprintf(&b, ", %s", g.Rate)
	}
	fmt.Fprintf(&b, " (%s)\n", g.Title)
	for _, r := range g.Reasons {
		fmt.Fprintf(&b, "    %v: %s\n", r.Reason, r.What)
		for _, e := range r.Evidence {
			fmt.Fprintf(&b, "        %s\n", e)
		}
	}
	if len(g.ClosedBy) > 0 {
		fmt.Fprintf(&b, "    closed by: %s\n", strings.Join(g.ClosedBy, "; "))
	}
	return b.String()
}
