package qof

import (
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/chroniccare/chroniccare/incentives"
	"github.com/chroniccare/chroniccare/internal/table"
)

//go:embed data/qof_2004.csv
var indicators2004CSV string

//go:embed data/qof_years.csv
var yearsCSV string

// Indicator is one row of the framework.
type Indicator struct {
	Code   string
	Area   string // disease area: the register whose prevalence counts
	Points incentives.Exact
	// Lower and Upper are the thresholds in per cent. Both 0: all or nothing (a register
	// that is kept, an organisational item).
	Lower, Upper incentives.Exact
	Clinical     bool // the prevalence factor applies
	Evidence     incentives.Evidence
}

// AllOrNothing reports whether the indicator has no thresholds.
func (i Indicator) AllOrNothing() bool { return i.Lower.Sign() == 0 && i.Upper.Sign() == 0 }

// Prevalence is the form of the prevalence factor.
type Prevalence uint8

// Forms.
const (
	Linear     Prevalence = iota // from 2010/11: practice prevalence / national prevalence
	LinearCut                    // 2009/10: the same, with the lowest range raised to a cut-off
	Root                         // to 2008/09: square root, divided by the national mean of roots
	RootSimple                   // the press form: the root of practice / national prevalence
)

var forms = map[string]Prevalence{"linear": Linear, "linear-cut": LinearCut, "root": Root, "root-simple": RootSimple}

// Year is what is known of a year of the framework.
type Year struct {
	Name        string
	PointValue  incentives.Exact
	AverageList []int64 // none: not found; two: sources in conflict
	Points      int64   // of the whole framework; 0: not found
	Form        Prevalence
	Evidence    incentives.Evidence
	Note        string
}

// Years lists the years of which a point value is known.
func Years() ([]Year, error) {
	t, err := table.Parse("qof_years", yearsCSV)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", incentives.ErrParameter, err)
	}
	var out []Year
	for _, r := range t.Rows {
		y := Year{Name: r[0], Evidence: incentives.Evidence(r[5]), Note: r[6]}
		if y.PointValue, err = incentives.Parse(r[1]); err != nil {
			return nil, err
		}
		for f := range strings.FieldsSeq(r[2]) {
			n, err := strconv.ParseInt(f, 10, 64)
			if err != nil {
				return nil, fmt.Errorf("%w: average list %q of %s", incentives.ErrParameter, f, y.Name)
			}
			y.AverageList = append(y.AverageList, n)
		}
		if r[3] != "" {
			if y.Points, err = strconv.ParseInt(r[3], 10, 64); err != nil {
				return nil, fmt.Errorf("%w: points %q of %s", incentives.ErrParameter, r[3], y.Name)
			}
		}
		form, ok := forms[r[4]]
		if !ok {
			return nil, fmt.Errorf("%w: form %q of %s", incentives.ErrParameter, r[4], y.Name)
		}
		y.Form = form
		out = append(out, y)
	}
	return out, nil
}

// YearOf finds a year such as "2004/05".
func YearOf(name string) (Year, error) {
	ys, err := Years()
	if err != nil {
		return Year{}, err
	}
	for _, y := range ys {
		if y.Name == name {
			return y, nil
		}
	}
	return Year{}, fmt.Errorf("%w: QOF year %q: years are never interpolated", incentives.ErrParameter, name)
}

// Indicators2004 lists the indicators of 2004/05: 550 clinical points, additional
// services and patient experience. Rows whose evidence is not "published" need
// Config.AllowUnconfirmed.
func Indicators2004() ([]Indicator, error) {
	t, err := table.Parse("qof_2004", indicators2004CSV)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", incentives.ErrParameter, err)
	}
	var out []Indicator
	for _, r := range t.Rows {
		i := Indicator{Code: r[0], Area: r[1], Clinical: r[5] == "1", Evidence: incentives.Published}
		if r[6] != "published" {
			i.Evidence = incentives.Unconfirmed
		}
		for k, to := range []*incentives.Exact{&i.Points, &i.Lower, &i.Upper} {
			if r[2+k] == "" {
				continue
			}
			if *to, err = incentives.Parse(r[2+k]); err != nil {
				return nil, err
			}
		}
		out = append(out, i)
	}
	return out, nil
}

// Policy says where money is rounded: sources disagree, so it is a value of the
// scheme. Each is named after the published examples that follow it.
type Policy uint8

// Policies.
const (
	ExactThenPence      Policy = iota // everything exact, the payment half up to pence
	PointValueFirst                   // value x factor half up to pence, then x points
	FactorFirstTruncate               // factor half up to 2 places, payment cut to whole pounds
	WholePoundTruncate                // everything exact, payment cut to whole pounds
	numPolicies
)

// National is what a disease area's prevalence is set against.
type National struct {
	Area       string
	Prevalence incentives.Exact // forms Linear, LinearCut and RootSimple
	CutOff     incentives.Exact // Root, LinearCut: practices below it are raised to it; 0: none
	RootMean   incentives.Exact // Root: national mean of the roots, after the cut
}

// Config is a year's contract.
type Config struct {
	Year             string
	PointValue       incentives.Exact
	AverageList      int64 // 0: list size does not count (CPI is 1)
	Form             Prevalence
	Policy           Policy
	Indicators       []Indicator
	National         []National
	AllowUnconfirmed bool
	// ExceptionsCount puts exception-reported patients back into the denominators.
	ExceptionsCount bool
}

// Result is what a practice achieved on an indicator.
type Result struct {
	Code string
	incentives.Performance
	Yes bool // all-or-nothing indicators
}

// Practice is a practice's year.
type Practice struct {
	Name      string
	List      int64            // whole list, also for age-banded indicators
	Registers map[string]int64 // by area
	Results   []Result
	Advance   int64 // aspiration payments already made, in pence
}

// Scheme is a checked contract. It is immutable and may be shared.
type Scheme struct {
	config   Config
	place    map[string]int
	national map[string]National
}

// New checks a contract: every fault comes together.
func New(c Config) (*Scheme, error) {
	s := &Scheme{config: c, place: map[string]int{}, national: map[string]National{}}
	var errs []error
	bad := func(err error, format string, args ...any) {
		errs = append(errs, fmt.Errorf("%w: QOF %s: %s", err, c.Year, fmt.Sprintf(format, args...)))
	}
	if c.PointValue.Sign() <= 0 {
		bad(incentives.ErrParameter, "a point is worth %s", c.PointValue)
	}
	if c.AverageList < 0 {
		bad(incentives.ErrDivision, "an average list of %d", c.AverageList)
	}
	if c.Policy >= numPolicies || c.Form > RootSimple {
		bad(incentives.ErrRounding, "policy %d, form %d", c.Policy, c.Form)
	}
	for _, n := range c.National {
		if _, twice := s.national[n.Area]; twice {
			bad(incentives.ErrDuplicate, "national prevalence of %s", n.Area)
		}
		s.national[n.Area] = n
		if c.Form == Root && n.RootMean.Sign() <= 0 || c.Form != Root && n.Prevalence.Sign() <= 0 {
			bad(incentives.ErrDivision, "national prevalence of %s", n.Area)
		}
	}
	hundred := incentives.Int(100)
	for i, x := range c.Indicators {
		if _, twice := s.place[x.Code]; twice {
			bad(incentives.ErrDuplicate, "indicator %s", x.Code)
		}
		s.place[x.Code] = i
		if x.Points.Sign() <= 0 {
			bad(incentives.ErrRange, "%s has %s points", x.Code, x.Points)
		}
		if !x.AllOrNothing() {
			if err := (incentives.Linear{Lower: x.Lower, Upper: x.Upper}).Check(); err != nil {
				bad(err, "%s", x.Code)
			}
			if x.Lower.Sign() < 0 || x.Upper.Cmp(hundred) > 0 {
				bad(incentives.ErrRange, "%s from %s to %s per cent", x.Code, x.Lower, x.Upper)
			}
		}
		if x.Evidence == incentives.Unconfirmed && !c.AllowUnconfirmed {
			bad(incentives.ErrUnconfirmed, "%s", x.Code)
		}
		if x.Clinical {
			if _, ok := s.national[x.Area]; !ok {
				bad(incentives.ErrParameter, "%s needs the national prevalence of %s", x.Code, x.Area)
			}
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return s, nil
}

// Points are the points of an indicator: Lower per cent or less gives none, Upper or
// more all, and between them in proportion, exact.
func (i Indicator) PointsOf(p incentives.Exact) incentives.Exact {
	return incentives.Linear{Lower: i.Lower, Upper: i.Upper, Full: i.Points}.Points(p.Mul(incentives.Int(100)))
}

var (
	pence  = incentives.Rounding{Mode: incentives.HalfAwayFromZero, Places: 2}
	pounds = incentives.Rounding{Mode: incentives.Down, Places: 0}
)

// factor is the adjusted practice disease factor of an area.
func (s *Scheme) factor(t *incentives.Trace, area string, register, list int64) incentives.Exact {
	n := s.national[area]
	two := s.config.Policy == FactorFirstTruncate
	var r *incentives.Rounding
	if two {
		r = &pence
	}
	prevalence := t.Do("practice prevalence", incentives.OpQuotient, nil, op("register", incentives.Int(register)), op("list", incentives.Int(list)))
	if register == 0 {
		return incentives.Exact{}
	}
	switch s.config.Form {
	case Root, LinearCut:
		if n.CutOff.Sign() > 0 {
			prevalence = t.Do("raised to the cut-off", incentives.OpMax, nil, op("prevalence", prevalence), op("cut-off", n.CutOff))
		}
	}
	switch s.config.Form {
	case Root:
		root := t.Do("square root", incentives.OpRoot, nil, op("prevalence", prevalence))
		return t.Do("prevalence factor", incentives.OpQuotient, r, op("root", root), op("national mean of roots", n.RootMean))
	case RootSimple:
		ratio := t.Do("against national", incentives.OpQuotient, nil, op("prevalence", prevalence), op("national", n.Prevalence))
		return t.Do("prevalence factor", incentives.OpRoot, r, op("ratio", ratio))
	}
	return t.Do("prevalence factor", incentives.OpQuotient, r, op("prevalence", prevalence), op("national", n.Prevalence))
}

func op(name string, x incentives.Exact) incentives.Operand {
	return incentives.Operand{Name: name, Value: x}
}

// Assess settles a practice's year: a line for each indicator, with its trace. Faults
// of the input come together; an indicator without a result is not reported, scores
// nothing and says so.
func (s *Scheme) Assess(p Practice) (*incentives.Statement, error) {
	var errs []error
	bad := func(err error, format string, args ...any) {
		errs = append(errs, fmt.Errorf("%w: practice %s: %s", err, p.Name, fmt.Sprintf(format, args...)))
	}
	if p.List <= 0 {
		bad(incentives.ErrDivision, "a list of %d", p.List)
	}
	results := map[string]Result{}
	for _, r := range p.Results {
		if _, ok := s.place[r.Code]; !ok {
			bad(incentives.ErrUnknownMetric, "indicator %s", r.Code)
		}
		if _, twice := results[r.Code]; twice {
			bad(incentives.ErrDuplicate, "result of %s", r.Code)
		}
		results[r.Code] = r
	}
	areas := make([]string, 0, len(p.Registers))
	for a := range p.Registers {
		areas = append(areas, a)
	}
	slices.Sort(areas)
	for _, a := range areas {
		if n := p.Registers[a]; n < 0 || n > p.List {
			bad(incentives.ErrNegativeCount, "register %s of %d on a list of %d", a, n, p.List)
		}
	}
	for _, x := range s.config.Indicators {
		if _, ok := p.Registers[x.Area]; !ok && x.Clinical {
			if _, has := results[x.Code]; has {
				bad(incentives.ErrMissingMetric, "%s needs the register of %s", x.Code, x.Area)
			}
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	st := &incentives.Statement{Scheme: "UK Quality and Outcomes Framework", Version: s.config.Year, Period: s.config.Year, Party: p.Name, Currency: incentives.GBP(), PaidMinor: p.Advance}
	for _, x := range s.config.Indicators {
		l, err := s.line(x, p, results)
		if err != nil {
			errs = append(errs, fmt.Errorf("practice %s: %s: %w", p.Name, x.Code, err))
			continue
		}
		if err := st.Add(l, incentives.HalfAwayFromZero); err != nil {
			errs = append(errs, err)
		}
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return st, nil
}

func (s *Scheme) line(x Indicator, p Practice, results map[string]Result) (incentives.Line, error) {
	points := x.Points
	l := incentives.Line{ID: x.Code, Component: x.Area, Status: incentives.Paid, Maximum: &points, Evidence: x.Evidence}
	r, reported := results[x.Code]
	var got incentives.Exact
	var t incentives.Trace
	switch {
	case !reported:
		l.Status, l.Reason = incentives.NotScored, incentives.NotReported.String()
		return l, nil
	case x.AllOrNothing():
		if r.Yes {
			got = x.Points
		}
		t.Do("all or nothing", incentives.OpGiven, nil, op("points", got))
	default:
		share, status, err := r.Read(incentives.Counting{ExceptionsCount: s.config.ExceptionsCount})
		if err != nil {
			return l, err
		}
		if status != incentives.Scored {
			l.Status, l.Reason = incentives.NotScored, status.String()
			return l, nil
		}
		got = s.trace(&t, x, share)
	}
	l.Points = &got
	s.money(&t, x, p, got)
	l.Exact = t.Steps[len(t.Steps)-1].Result
	l.Steps = t.Steps
	return l, nil
}

// trace records the points of a share: the steps of Linear.
func (s *Scheme) trace(t *incentives.Trace, x Indicator, share incentives.Exact) incentives.Exact {
	percent := t.Do("achieved per cent", incentives.OpProduct, nil, op("share", share), op("100", incentives.Int(100)))
	above := t.Do("above the lower threshold", incentives.OpDiff, nil, op("achieved", percent), op("lower", x.Lower))
	width := t.Do("width", incentives.OpDiff, nil, op("upper", x.Upper), op("lower", x.Lower))
	part := t.Do("part of the way", incentives.OpQuotient, nil, op("above", above), op("width", width))
	part = t.Do("not above all", incentives.OpMin, nil, op("part", part), op("1", incentives.Int(1)))
	part = t.Do("not below nothing", incentives.OpMax, nil, op("part", part), op("0", incentives.Int(0)))
	return t.Do("points", incentives.OpProduct, nil, op("part", part), op("points", x.Points))
}

// money turns points into pounds by the policy; the last step is the payment.
func (s *Scheme) money(t *incentives.Trace, x Indicator, p Practice, points incentives.Exact) {
	value := op("pounds a point", s.config.PointValue)
	factors := []incentives.Operand{value}
	if s.config.AverageList > 0 {
		cpi := t.Do("list against the national average", incentives.OpQuotient, nil, op("list", incentives.Int(p.List)), op("average list", incentives.Int(s.config.AverageList)))
		factors = append(factors, op("list factor", cpi))
	}
	if x.Clinical {
		factors = append(factors, op("prevalence factor", s.factor(t, x.Area, p.Registers[x.Area], p.List)))
	}
	var each, last *incentives.Rounding
	switch s.config.Policy {
	case ExactThenPence:
		last = &pence
	case PointValueFirst:
		each, last = &pence, &pence
	case FactorFirstTruncate, WholePoundTruncate:
		last = &pounds
	}
	v := t.Do("value of a point here", incentives.OpProduct, each, factors...)
	t.Do("payment", incentives.OpProduct, last, op("points", points), op("value", v))
}

// PointsTotal adds the points of a statement's lines.
func PointsTotal(st *incentives.Statement) incentives.Exact {
	var sum incentives.Exact
	for _, l := range st.Lines {
		if l.Points != nil && l.Status == incentives.Paid {
			sum = sum.Add(*l.Points)
		}
	}
	return sum
}

// Aspiration splits a year's advance payments: a share of last year's achievement,
// uprated, in twelve months that add up exactly. The share was 60 % in 2006/07, 70 %
// from about 2009 and 80 % in 2024/25 (BMA; secondary for the later ones).
func Aspiration(lastYearPence int64, uprating, share incentives.Exact) (months [12]int64, err error) {
	if lastYearPence < 0 || uprating.Sign() < 0 || share.Sign() < 0 || share.Cmp(incentives.Int(1)) > 0 {
		return months, fmt.Errorf("%w: %d pence, uprating %s, share %s", incentives.ErrRange, lastYearPence, uprating, share)
	}
	total, err := incentives.GBP().Minor(incentives.Frac(lastYearPence, 100).Mul(uprating).Mul(share), incentives.HalfAwayFromZero)
	if err != nil {
		return months, err
	}
	parties := make([]incentives.Party, 12)
	for i := range parties {
		parties[i] = incentives.Party{ID: fmt.Sprintf("%02d", i+1), Weight: incentives.Int(1)}
	}
	shares, _, err := incentives.Allocate(total, parties, incentives.LargestRemainder)
	for i, s := range shares {
		months[i] = s.Amount
	}
	return months, err
}
