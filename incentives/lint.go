package incentives

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/registry"
)

// Tag says what a metric is about.
type Tag string

// Tags.
const (
	ReferralVolume       Tag = "referral volume"
	UtilisationReduction Tag = "utilisation reduction"
	SiteOfCareTag        Tag = "site of care"
	GenericDrug          Tag = "generic drug"
	AccessTag            Tag = "access"
	Productivity         Tag = "productivity"
	ClinicalProcess      Tag = "clinical process"
	ClinicalOutcome      Tag = "clinical outcome"
	Experience           Tag = "experience"
	PeerAppraisal        Tag = "peer appraisal"
	Teaching             Tag = "teaching"
	CostTag              Tag = "cost"
)

// Level is who is paid.
type Level string

// Levels.
const (
	Individual Level = "individual"
	PracticeLv Level = "practice"
	GroupLv    Level = "group"
	Network    Level = "network"
)

// BaseMethod is how the base pay is made.
type BaseMethod string

// Base methods.
const (
	Salary        BaseMethod = "salary"
	CapitationPay BaseMethod = "capitation"
	FeeForService BaseMethod = "fee for service"
)

// ContractMetric is a metric as a contract has it.
type ContractMetric struct {
	ID         string
	Tags       []Tag
	Level      Level
	Feedback   bool  // for feedback only: not paid on
	Weight     Exact // in the unit of Contract.WeightTotal
	Maximum    Exact // most that it pays, in the unit of Contract.Pool
	Schedule   Schedule
	Minimum    int64  // smallest denominator; 0: none stated
	Exceptions string // what happens to them, in words; empty: not declared
	Evidence   Evidence
	LastResult *Exact // of the year before, when it is known
	Empty      bool   // the denominator is known to be 0
}

// Contract is a scheme as it is agreed, for the linter.
type Contract struct {
	Name          string
	Metrics       []ContractMetric
	WeightTotal   Exact // declared; 0: weights are not used
	Pool          Exact // declared; 0: there is none
	AgreedOn      registry.Date
	Period        registry.Period
	NoticeDays    int // that were declared to lie between AgreedOn and the period; 0: none
	Base          BaseMethod
	MaximumShare  Exact    // of base pay that can be earned, as a share: 0.10; 0: not stated
	LastYear      []string // IDs of the metrics paid on the year before; empty: not known
	InternalSplit bool     // of a payment to a group: it is declared who gets what
	SharesSavings bool
	QualityGate   bool   // before savings are shared
	SavingsGoTo   string // who gets them; empty: not said
	JointWork     bool   // primary and specialist care are both needed
	AllowUnproven bool   // parameters without confirmed evidence are meant
	BundleDays    int    // warranty of the bundle; 0: not stated
	BundleRelated bool   // it is said which claims are related
	BundleShare   bool   // the share of historical cost in the price is stated
	HasBundle     bool   // episodes are paid as a bundle: the three above are asked for
	Rounding      *Rounding
	NeedsRounding bool     // a stage rounds, so that Rounding has to be stated
	GateMetrics   []string // metrics of an all-or-none gate
	Services      []string // delivered under a division of responsibility; nil: there is none
	ScopeServices []string // that the division has a cell for
	FacilityRisk  bool     // the group bears hospital costs
	StopLoss      bool
	CliffOfBase   Exact // a jump of more than this share of what a schedule pays at most is a cliff; 0: 0.05
}

// Severity of a finding.
type Severity string

// Severities.
const (
	SeverityError   Severity = "error"
	SeverityWarning Severity = "warning"
	SeverityInfo    Severity = "information"
)

// LintFinding is something to look at before money moves.
type LintFinding struct {
	Code     string // L01 and so on
	Severity Severity
	Path     string
	Message  string
	Basis    string // where the rule comes from
}

// Lint reads a contract before it is signed: errors must not go live, warnings want a
// reason, information is good to know. It never blocks evaluation.
func Lint(c *Contract) []LintFinding {
	var out []LintFinding
	add := func(code string, s Severity, path, basis, format string, args ...any) {
		out = append(out, LintFinding{code, s, path, fmt.Sprintf(format, args...), basis})
	}
	const trust11, trust09, fund04 = "Nuffield Trust 2011", "Nuffield Trust 2009", "King's Fund 2004"
	paid := 0
	var ids []string
	var weights, maxima Exact
	tags := map[Tag]int{}
	individual, grouped := false, false
	seen := map[string]bool{}
	for i, m := range c.Metrics {
		path := fmt.Sprintf("metrics[%d] %s", i, m.ID)
		for _, t := range m.Tags {
			tags[t]++
		}
		less := slices.Contains(m.Tags, ReferralVolume) || slices.Contains(m.Tags, UtilisationReduction)
		switch {
		case less && !m.Feedback && m.Level == Individual:
			add("L01", SeverityError, path, trust11, "never pay an individual for fewer referrals or less use")
		case less:
			add("L02", SeverityInfo, path, trust11, "fewer referrals or less use: allowed as feedback or at group level")
		}
		if m.Feedback {
			continue
		}
		paid++
		ids = append(ids, m.ID)
		weights, maxima = weights.Add(m.Weight), maxima.Add(m.Maximum)
		individual, grouped = individual || m.Level == Individual, grouped || m.Level == GroupLv || m.Level == Network
		if seen[m.ID] {
			add("L08", SeverityError, path, "logic", "two schedules for one metric")
		}
		seen[m.ID] = true
		if len(m.Tags) == 0 {
			add("L02", SeverityWarning, path, "tags", "the metric has no tag: whether it pays for less use cannot be seen")
		}
		if c.WeightTotal.Sign() != 0 && m.Weight.Sign() == 0 || c.WeightTotal.Sign() == 0 && m.Maximum.Sign() == 0 {
			add("L06", SeverityWarning, path, "arithmetic", "the metric can earn nothing")
		}
		if m.Minimum == 0 && (m.Level == Individual || m.Level == PracticeLv) {
			add("L13", SeverityWarning, path, "Medicare programmes", "no minimum denominator for a small unit")
		}
		if m.Exceptions == "" {
			add("L19", SeverityWarning, path, "QOF", "what happens to exceptions is not declared")
		}
		switch m.Evidence {
		case Secondary:
			add("L15", SeverityWarning, path, "labels", "a parameter rests on a third party")
		case Unconfirmed:
			if !c.AllowUnproven {
				add("L15", SeverityError, path, "labels", "a parameter is unconfirmed")
			}
		}
		if slices.Contains(c.GateMetrics, m.ID) {
			add("L17", SeverityWarning, path, "logic", "a metric of the all-or-none gate is paid by itself too: failing it costs twice")
		}
		if m.Empty {
			add("L23", SeverityWarning, path, "what-if", "the denominator is 0: the metric cannot move")
		} else if m.LastResult != nil && m.Schedule != nil && m.Schedule.Check() == nil && m.Schedule.Points(*m.LastResult).Sign() > 0 &&
			m.Schedule.Points(*m.LastResult).Cmp(m.Schedule.Points(Int(1)).Max(m.Schedule.Points(Int(0)))) >= 0 {
			add("L23", SeverityWarning, path, "what-if", "last year's result %s already earns everything: the metric cannot move", m.LastResult)
		}
		lintSchedule(m, c.CliffOfBase, func(code string, s Severity, format string, args ...any) {
			add(code, s, path, "logic", format, args...)
		})
	}
	switch {
	case paid > 15:
		add("L03", SeverityWarning, "metrics", trust11+"; "+fund04, "a contract of %d: 5 to 8 are usual, and 15 were the most seen", paid)
	case paid < 5 || paid > 8:
		add("L03", SeverityWarning, "metrics", trust11, "a contract of %d: 5 to 8 are usual", paid)
	}
	switch {
	case c.AgreedOn == 0 || c.AgreedOn >= c.Period.Start:
		add("L04", SeverityError, "agreed on", trust11, "the contract must be agreed before the period starts")
	case c.NoticeDays > 0 && int(c.Period.Start-c.AgreedOn) < c.NoticeDays:
		add("L04", SeverityWarning, "agreed on", trust11, "agreed %d days before the period, %d are declared", int(c.Period.Start-c.AgreedOn), c.NoticeDays)
	}
	if !c.Period.Valid() || c.Period.End < c.Period.Start {
		add("L25", SeverityError, "period", "arithmetic", "a period from %s to %s", c.Period.Start, c.Period.End)
	}
	last := slices.Clone(c.LastYear)
	slices.Sort(last)
	slices.Sort(ids)
	if len(last) > 0 && slices.Equal(last, ids) {
		add("L05", SeverityInfo, "metrics", trust11, "the same metrics as last year")
	}
	if c.WeightTotal.Sign() != 0 && !weights.Equal(c.WeightTotal) {
		add("L06", SeverityError, "weights", "arithmetic", "weights add up to %s, not %s", weights, c.WeightTotal)
	}
	if c.Pool.Sign() != 0 && !maxima.Equal(c.Pool) {
		add("L12", SeverityWarning, "pool", "conservation", "metrics can earn %s of a pool of %s", maxima, c.Pool)
	}
	if s := c.MaximumShare; s.Sign() != 0 {
		switch {
		case s.Cmp(MustParse("0.30")) >= 0:
			add("L11", SeverityWarning, "share of base", fund04, "30 %% of salary was tried by Kaiser Permanente and given up")
		case s.Cmp(MustParse("0.15")) > 0:
			add("L11", SeverityWarning, "share of base", trust11, "above 15 %% of base pay")
		case s.Cmp(MustParse("0.05")) < 0 || s.Cmp(MustParse("0.10")) > 0:
			add("L11", SeverityInfo, "share of base", fund04, "outside the usual 5 to 10 %% of salary")
		}
	}
	if c.NeedsRounding && (c.Rounding == nil || c.Rounding.fault() != nil) {
		add("L14", SeverityError, "rounding", "arithmetic", "a stage needs a rounding and has none")
	}
	switch {
	case c.Base == FeeForService && tags[UtilisationReduction]+tags[ReferralVolume] > 0:
		add("L16", SeverityWarning, "base", trust09, "fees for service work against a metric that wants less")
	case c.Base == CapitationPay && tags[AccessTag]+tags[ClinicalProcess]+tags[ClinicalOutcome]+tags[Experience] == 0:
		add("L16", SeverityWarning, "base", trust09, "capitation without a metric of access or quality")
	case c.Base == Salary && tags[Productivity]+tags[AccessTag] == 0:
		add("L16", SeverityWarning, "base", trust09, "salary without a metric of productivity or access")
	}
	if grouped && !c.InternalSplit {
		add("L18", SeverityInfo, "payee", fund04, "a group is paid and no split inside it is declared")
	}
	if c.SharesSavings && (!c.QualityGate || c.SavingsGoTo == "") {
		add("L21", SeverityWarning, "savings", trust09, "savings are shared without a quality gate, or nobody says where they go")
	}
	for _, x := range c.Services {
		if !slices.Contains(c.ScopeServices, x) {
			add("L20", SeverityWarning, "scope", trust11, "no cell for the service %q", x)
		}
	}
	for _, x := range c.ScopeServices {
		if !slices.Contains(c.Services, x) {
			add("L20", SeverityWarning, "scope", trust11, "a cell for %q, which is not delivered", x)
		}
	}
	if c.FacilityRisk && !c.StopLoss {
		add("L20", SeverityWarning, "scope", trust11, "hospital costs are borne without stop-loss")
	}
	if c.HasBundle && (c.BundleDays == 0 || !c.BundleRelated || !c.BundleShare) {
		add("L22", SeverityWarning, "bundle", trust09, "a bundle without window, rule of relatedness or stated historical share")
	}
	if c.JointWork && individual && !grouped {
		add("L24", SeverityInfo, "payee", fund04, "only individuals are paid where primary and specialist care work together")
	}
	slices.SortStableFunc(out, func(a, b LintFinding) int {
		return cmp.Or(strings.Compare(a.Path, b.Path), strings.Compare(a.Code, b.Code))
	})
	return out
}

// lintSchedule looks at one metric's schedule.
func lintSchedule(m ContractMetric, cliff Exact, add func(code string, s Severity, format string, args ...any)) {
	if m.Schedule == nil {
		return
	}
	if err := m.Schedule.Check(); err != nil {
		add("L08", SeverityError, "%v", err)
		return
	}
	if cliff.Sign() == 0 {
		cliff = MustParse("0.05")
	}
	one := Int(1)
	jump := func(at, by, full Exact) {
		if full.Sign() > 0 && by.Quo(full).Cmp(cliff) > 0 {
			add("L10", SeverityWarning, "a jump of %s at %s: one patient can move it", by, at)
		}
	}
	switch s := m.Schedule.(type) {
	case Threshold:
		if s.Better == HigherIsBetter && s.Target.Cmp(one) > 0 || s.Strict && s.Target.Equal(one) {
			add("L07", SeverityWarning, "the target %s cannot be reached by a rate", s.Target)
		}
		jump(s.Target, s.Full, s.Full)
	case Ladder:
		best := s.Base
		for _, x := range s.Steps {
			best = best.Max(x.Value)
		}
		before := s.Base
		for _, x := range s.Steps {
			value := x.Value
			if s.Cumulative {
				value = before.Add(x.Value)
				best = best.Max(value)
			}
			if s.Better == HigherIsBetter && x.Floor.Cmp(one) > 0 {
				add("L07", SeverityWarning, "the tier at %s cannot be reached by a rate", x.Floor)
			}
			if value.Cmp(before) < 0 {
				add("L09", SeverityWarning, "a better result pays less at %s", x.Floor)
			} else if value.Equal(before) {
				add("L09", SeverityWarning, "the tier at %s pays no more than the one before", x.Floor)
			}
			jump(x.Floor, value.Sub(before), best)
			before = value
		}
	case Polyline:
		var best Exact
		for _, k := range s.Knots {
			best = best.Max(k.Y)
		}
		for i := 1; i < len(s.Knots); i++ {
			if s.Knots[i].X.Equal(s.Knots[i-1].X) {
				jump(s.Knots[i].X, s.Knots[i].Y.Sub(s.Knots[i-1].Y), best)
			}
		}
	}
}
