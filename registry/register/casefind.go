package register

import (
	_ "embed"
	"fmt"
	"strings"

	"github.com/chroniccare/chroniccare/internal/table"
	"github.com/chroniccare/chroniccare/registry"
)

//go:embed data/case-finding.csv
var caseFindingCSV string

// CaseRule finds people to look at: those who look like cases and are not coded, or
// coded and may not be.
type CaseRule struct {
	ID           string
	Register     string
	Title        string
	Confirmation string // how sure the rule's source is: secondary, recall or design
	Suspect      registry.Definition
}

// CaseSets are the value sets that the rules read. The codes are the caller's.
func CaseSets() []registry.Set {
	var out []registry.Set
	for _, what := range []string{"ACR", "FEV1/FVC", "HbA1c", "asthma medicine", "blood pressure", "eGFR", "glucose-lowering medicine", "metformin", "polycystic ovary"} {
		out = append(out, caseSet(what))
	}
	return out
}

func caseSet(what string) registry.Set {
	return registry.Set{Name: "Case finding: " + what, OID: SetSpace + "case-finding:" + strings.ReplaceAll(strings.ReplaceAll(what, " ", "-"), "/", "-")}
}

// CaseRules gives the library's rules for diabetes, chronic kidney disease,
// hypertension, COPD and asthma. They read [CaseSets] and the diagnosis sets of the
// [EHR] registers. The two rules of the table that compare claims and chart are
// [Reconcile].
func CaseRules(clinical Clinical) ([]CaseRule, error) {
	t, err := table.Parse("case-finding", caseFindingCSV)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrRegister, err)
	}
	var out []CaseRule
	for _, row := range t.Rows {
		var d registry.Definition
		switch row[0] {
		case "cf.dm.hba1c":
			high := registry.AnyOf(registry.Compare{Op: registry.AtOrAbove, Limit: registry.Num(65, -1), Unit: "%"}, registry.Compare{Op: registry.AtOrAbove, Limit: registry.Num(48, 0), Unit: "mmol/mol"})
			d = registry.All{registry.Count{Of: results("HbA1c", high), Min: 2, Distinct: registry.DistinctDays}, uncoded("diabetes", "Diabetes", clinical)}
		case "cf.dm.drug":
			metformin := caseSet("metformin")
			d = registry.All{registry.Any{
				registry.Exists{Query: issued("", caseSet("glucose-lowering medicine"), 12).That(registry.NoneOf(registry.CodeIn(metformin)))},
				registry.All{registry.Exists{Query: issued("", metformin, 12)}, registry.Not{Of: registry.Exists{Query: Ever("polycystic ovary", caseSet("polycystic ovary"), clinical)}}},
			}, uncoded("diabetes", "Diabetes", clinical)}
		case "cf.ckd":
			d = registry.All{registry.Rule{Words: "two eGFR below 60 mL/min/1.73 m2, 90 days or more apart, and none of 60 or more between",
				Reads: []registry.Query{results("eGFR", registry.AnyOf(registry.Compare{Op: registry.Below, Limit: registry.Num(60, 0), Unit: egfrUnit}, registry.Compare{Op: registry.AtOrAbove, Limit: registry.Num(60, 0), Unit: egfrUnit}))},
				Ok:    sustainedLow}, uncoded("ckd", ckdTitle, clinical)}
		case "cf.ckd.acr":
			high := registry.AnyOf(registry.Compare{Op: registry.AtOrAbove, Limit: registry.Num(30, 0), Unit: "mg/g"}, registry.Compare{Op: registry.AtOrAbove, Limit: registry.Num(3, 0), Unit: "mg/mmol"})
			const later = "later ratio"
			d = registry.All{registry.Exists{Query: results("ACR", high, registry.With(results("ACR", high,
				registry.When(registry.Starts, registry.FromTo(registry.Bound{}, registry.StartOf(later).AddDays(-90)))).Named("earlier ratio"))).Named(later)}, uncoded("ckd", ckdTitle, clinical)}
		case "cf.htn":
			d = registry.All{registry.Rule{Words: "mean blood pressure of the day 140 or more, or 90 or more, mm[Hg], on two days",
				Reads: []registry.Query{{Kind: registry.Observation, Sets: []registry.Set{caseSet("blood pressure")}, Tests: []registry.Test{registry.When(registry.Starts, registry.UpToPeriodEnd())}}},
				Ok:    highOnTwoDays}, uncoded("hypertension", "Hypertension", clinical)}
		case "cf.copd":
			d = registry.All{registry.Exists{Query: results("FEV1/FVC", obstructed())}, uncoded("copd", "Chronic obstructive pulmonary disease", clinical)}
		case "cf.asthma.drop":
			x := rowOf{id: "asthma", title: "Asthma"}
			d = registry.All{registry.Exists{Query: Standing(theDiagnosis, x.set("diagnosis"), DiagnosisWins, clinical, x.set("resolved"))},
				registry.Not{Of: registry.Exists{Query: issued("", caseSet("asthma medicine"), 12)}}}
		case "cf.claims", "cf.ehr":
			continue
		default:
			return nil, fmt.Errorf("%w: case finding: no rule %q", ErrRegister, row[0])
		}
		out = append(out, CaseRule{row[0], row[1], row[2], row[3], d})
	}
	return out, nil
}

const (
	egfrUnit = "mL/min/{1.73_m2}"
	ckdTitle = "Chronic kidney disease stages 3 to 5"
)

func results(what string, tests ...registry.Test) registry.Query {
	return registry.Query{Kind: registry.Observation, Sets: []registry.Set{caseSet(what)},
		Tests: append([]registry.Test{registry.When(registry.Starts, registry.UpToPeriodEnd())}, tests...)}
}

// uncoded is that no diagnosis of a register was ever recorded.
func uncoded(id, title string, cl Clinical) registry.Definition {
	x := rowOf{id: id, title: title}
	return registry.Not{Of: registry.Exists{Query: Ever(theDiagnosis, x.set("diagnosis"), cl)}}
}

// sustainedLow reads the values day by day: a run of low ones that spans 90 days. A
// higher value breaks the run, also on a day that has a low one.
func sustainedLow(_ *registry.Chart, _ registry.Period, found []registry.Found) bool {
	limit := registry.Num(60, 0)
	var start, day registry.Date
	high, met := false, false
	close := func() {
		switch {
		case day == 0:
		case high:
			start = 0
		case start == 0:
			start = day
		default:
			met = int(day-start) >= 90
		}
	}
	found[0].Each(func(f *registry.Fact) bool {
		if d := f.When.Start.Day; d != day {
			close()
			day, high = d, false
		}
		q := f.Value.Quantity
		high = high || q.Comparator != registry.LessThan && q.Value.Cmp(limit) >= 0
		return !met
	})
	if !met {
		close()
	}
	return met
}

// Components of a blood pressure panel (LOINC).
const (
	systolic  = "8480-6"
	diastolic = "8462-4"
)

// highOnTwoDays adds up how far the readings of a day lie from the limits: the mean
// is at or above a limit when the sum is not negative.
func highOnTwoDays(_ *registry.Chart, _ registry.Period, found []registry.Found) bool {
	var day registry.Date
	var sys, dia int64
	readings, days := 0, 0
	close := func() {
		if readings > 0 && (sys >= 0 || dia >= 0) {
			days++
		}
	}
	found[0].Each(func(f *registry.Fact) bool {
		s, ok1 := milli(f, systolic)
		d, ok2 := milli(f, diastolic)
		if !ok1 || !ok2 { // both parts come from one fact
			return true
		}
		if f.When.Start.Day != day {
			close()
			day, sys, dia, readings = f.When.Start.Day, 0, 0, 0
		}
		sys, dia, readings = sys+s-140_000, dia+d-90_000, readings+1
		return days < 2
	})
	close()
	return days >= 2
}

// milli is a component in thousandths of mm[Hg]; false when it is not an exact
// reading between 0 and 400.
func milli(f *registry.Fact, code string) (int64, bool) {
	for i := range f.Components {
		c := &f.Components[i]
		for _, x := range c.Codes {
			if x.System != registry.LOINC || x.Value != code {
				continue
			}
			q := c.Value.Quantity
			if c.Value.Kind != registry.QuantityValue || q.Unit != "mm[Hg]" || q.Comparator != registry.Exactly ||
				q.Value.Cmp(registry.Number{}) < 0 || q.Value.Cmp(registry.Num(400, 0)) > 0 {
				return 0, false
			}
			n := q.Value.Coef
			for e := int(q.Value.Exp) + 3; e > 0; e-- {
				n *= 10
			}
			for e := int(q.Value.Exp) + 3; e < 0; e++ {
				n /= 10
			}
			return n, true
		}
	}
	return 0, false
}

// CaseFinder is a list of rules, bound. It is immutable and may be shared.
type CaseFinder struct {
	lexicon *registry.Lexicon
	rules   []CaseRule
	suspect []registry.Criterion
}

// NewCaseFinder binds rules to value sets; everything missing or wrong comes in one
// error.
func NewCaseFinder(sets []registry.ValueSet, rules ...CaseRule) (*CaseFinder, error) {
	b := registry.NewBinder(sets)
	x := &CaseFinder{rules: rules}
	seen := map[string]bool{}
	for _, r := range rules {
		b.In("case rule " + r.ID)
		if r.ID == "" || seen[r.ID] {
			b.Errorf("the ID is missing or not unique")
		}
		seen[r.ID] = true
		d := r.Suspect
		if d == nil {
			b.Errorf("nobody is suspect: Suspect is not set")
			d = registry.Any{}
		}
		x.suspect = append(x.suspect, d.Bind(b))
	}
	l, err := b.Lexicon()
	if err != nil {
		return nil, err
	}
	x.lexicon = l
	return x, nil
}

// Chart is an empty chart for the rules.
func (x *CaseFinder) Chart() *registry.Chart { return registry.NewChart(x.lexicon) }

// Case is a line of the worklist: a person, the rule that found them, and the facts.
type Case struct {
	Person   string           `json:"person"`
	Rule     string           `json:"rule"`
	Register string           `json:"register"`
	Title    string           `json:"title"`
	Finding  registry.Finding `json:"finding"`
}

// Find appends the cases that the rules find in a loaded chart on a day to dst, in
// the order of the rules. It allocates only for those it finds. The dead are no
// cases.
func (x *CaseFinder) Find(c *registry.Chart, asOf registry.Date, dst []Case) []Case {
	if gone := (Policy{}).gone(c.Patient); !recorded(asOf) || gone != 0 && gone <= asOf {
		return dst
	}
	p := yearTo(asOf)
	for i, s := range x.suspect {
		if s.Holds(c, p) {
			r := &x.rules[i]
			dst = append(dst, Case{c.Patient.ID, r.ID, r.Register, r.Title, s.Explain(c, p)})
		}
	}
	return dst
}
