package register_test

import (
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"github.com/chroniccare/chroniccare/internal/table"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/register"
	"pgregory.net/rapid"
)

//go:embed testdata/status-codes.csv
var statusCodes string

// Every clinical and verification status counts as the table says.
func TestStatusCodes(t *testing.T) {
	tab, err := table.Parse("status-codes", statusCodes)
	if err != nil {
		t.Fatal(err)
	}
	on := registry.Day(2020, 1, 1)
	all := register.Clinical{Provisional: true, Differential: true, Unconfirmed: true}
	for _, row := range tab.Rows {
		f := registry.Fact{Kind: registry.Diagnosis, When: registry.Since(on), Status: registry.Active}
		if row[0] == "condition-clinical" {
			f.Status = registry.ParseStatus(row[1])
		} else {
			f.Verification = registry.ParseVerification(row[1])
		}
		want, allowed := row[3] == "yes", row[3] != "no" && row[3] != "never"
		if row[1] == "unknown" {
			want = true
		}
		if got := (register.Clinical{}).ActiveAt(&f, on); got != want {
			t.Errorf("%v: %v", row, got)
		}
		if got := all.ActiveAt(&f, on); got != allowed {
			t.Errorf("%v with every policy: %v", row, got)
		}
	}
}

// Claims: first day ever and spells against asking on every day; M3 and M4.
func TestClaimsSpellsLaw(t *testing.T) {
	r := ccw(t, register.CCW30)
	gen := generated(r)
	p30 := r.Profile()
	longer := *p30
	longer.Conditions = slices.Clone(p30.Conditions)
	for i := range longer.Conditions {
		longer.Conditions[i].ReferenceYears++
	}
	r2, err := register.Compile(&longer)
	if err != nil {
		t.Fatal(err)
	}
	var m, o register.Members
	met, excluded, robust, near := 0, 0, 0, 0
	var some []int // the first, and those with exclusions
	for i, c := range p30.Conditions {
		if i < 12 || len(c.Exclude) > 0 {
			some = append(some, i)
		}
	}
	lawtest.Until(t, func(t *rapid.T) {
		facts := gen.Draw(t, "claims")
		i := rapid.SampledFrom(some).Draw(t, "condition")
		c := &p30.Conditions[i]
		for k := range facts {
			if rapid.Bool().Draw(t, "aimed") {
				facts[k].Codes[0] = registry.NewCode("ICD10CM", c.Codes[0])
			}
		}
		p := &registry.Patient{Facts: facts}
		m.Ever = true
		r.Evaluate(p, 2021, &m)
		r2.Evaluate(p, 2021, &o)
		for i := range m.Conditions {
			if m.Conditions[i].In && !o.Conditions[i].In {
				t.Fatal("M4 a longer reference period removed a condition")
			}
		}
		// by the day: only the claims up to it
		var want []registry.Period
		for _, d := range changeDays(facts) {
			var until []registry.Fact
			for _, f := range facts {
				if f.When.Start.Day <= d {
					until = append(until, f)
				}
			}
			if !bruteForce(c, until, d.Year()) {
				continue
			}
			end := min(nextChange(facts, d)-1, registry.Day(2021, 12, 31))
			if n := len(want); n > 0 && want[n-1].End == d-1 {
				want[n-1].End = end
			} else {
				want = append(want, registry.Period{Start: d, End: end})
			}
		}
		got, err := r.Spells(p, c.ID, registry.Day(2010, 1, 1), registry.Day(2021, 12, 31))
		if err != nil || !slices.Equal(got, want) {
			t.Fatalf("%s: %v, want %v\n%+v", c.ID, got, want, facts)
		}
		x := m.Conditions[i]
		var first registry.Date
		if len(want) > 0 {
			first = want[0].Start
			met++
		}
		if x.FirstEver != first || x.In != (len(want) > 0 && want[len(want)-1].End == registry.Day(2021, 12, 31)) || x.In && x.FirstEver > x.Since {
			t.Fatalf("%s: %+v, spells %v", c.ID, x, want)
		}
		if x.Confidence == register.Corroborated { // any one date may go
			robust++
			for _, f := range facts {
				var less []registry.Fact
				for _, g := range facts {
					if g.When.Start.Day != f.When.Start.Day {
						less = append(less, g)
					}
				}
				if !bruteForce(c, less, 2021) {
					t.Fatalf("%s: %+v falls with the claims of %v", c.ID, x, f.When)
				}
			}
		}
		// a near miss is mended by that many claims of a type that always counts
		if x.Short > 0 {
			near++
			more := slices.Clone(facts)
			for k := range x.Short {
				more = append(more, claim(fmt.Sprint("more", k), c.Tiers[0].ClaimTypes[0], registry.Day(2021, 6, 1).AddDays(k*90).String(), c.Codes[0]))
			}
			if !bruteForce(c, more, 2021) {
				t.Fatalf("%s: %+v is not mended", c.ID, x)
			}
		}
		if (x.Short > 0) != (!x.In && x.Claims > 0) {
			t.Fatalf("%+v", x)
		}
		if x.In != (x.Confidence != register.NoConfidence) {
			t.Fatalf("%+v", x)
		}
		// M3: a claim with an exclusion code changes nothing of its condition
		if len(c.Exclude) > 0 {
			excluded++
			bad := claim("bad", "IP", "2021-03-03", c.Codes[0], c.Exclude[0])
			r.Evaluate(&registry.Patient{Facts: append(slices.Clone(facts), bad)}, 2021, &o)
			y := o.Conditions[i]
			y.FirstEver = x.FirstEver
			if y != x {
				t.Fatalf("M3 %s: %+v became %+v", c.ID, x, y)
			}
		}
	}, func() bool { return met > 0 && excluded > 0 && robust > 0 && near > 0 })
	if _, err := r.Spells(&registry.Patient{}, "NONE", 1, 2); !errors.Is(err, register.ErrProfile) {
		t.Error(err)
	}
}

// changeDays are the days on which a claims rule may change: claims and New Year.
func changeDays(facts []registry.Fact) (out []registry.Date) {
	for y := 2010; y <= 2021; y++ {
		out = append(out, registry.Day(y, 1, 1))
	}
	for _, f := range facts {
		if d := f.When.Start.Day; d <= registry.Day(2021, 12, 31) {
			out = append(out, d)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func nextChange(facts []registry.Fact, d registry.Date) registry.Date {
	for _, x := range changeDays(facts) {
		if x > d {
			return x
		}
	}
	return registry.Day(2022, 1, 1)
}

func TestCCW30Later(t *testing.T) {
	p, err := register.CCW30()
	if err != nil {
		t.Fatal(err)
	}
	q, err := register.CCW30Later()
	if err != nil {
		t.Fatal(err)
	}
	count := func(p *register.Profile) (n int) {
		for _, c := range p.Conditions {
			n += len(c.Codes) + len(c.Exclude)
		}
		return n
	}
	if count(q)-count(p) != 162 {
		t.Errorf("%d codes added", count(q)-count(p))
	}
	// published defects of the list of 2022: 24 codes of diabetic retinopathy and N42.83
	has := func(p *register.Profile, id, code string) bool {
		i := slices.IndexFunc(p.Conditions, func(c register.Condition) bool { return c.ID == id })
		return slices.Contains(p.Conditions[i].Codes, code)
	}
	p27, _ := register.CCW27()
	for _, x := range [][2]string{{"DIABETES", "E103521"}, {"DIABETES", "E133599"}, {"HYPERP", "N4283"}} {
		if has(p, x[0], x[1]) || !has(q, x[0], x[1]) {
			t.Error(x)
		}
	}
	if !has(p27, "DIABETES", "E103521") {
		t.Error("the list of 27 conditions has the code")
	}
	if _, err := register.Compile(q); err != nil {
		t.Error(err)
	}
}

func TestStarter(t *testing.T) {
	list, sets, err := register.Starter(registry.NewCode("ICD10CM", "E11.9999"), registry.NewCode("ICD10CM", "e11.65"), registry.NewCode("SNOMED", "E11"))
	if err != nil {
		t.Fatal(err)
	}
	if len(list) != 10 || len(sets) != 10 {
		t.Fatal(len(list), len(sets))
	}
	r, err := register.New(sets, register.Policy{}, list...)
	if err != nil {
		t.Fatal(err)
	}
	c := r.Chart()
	var res register.Results
	for code, want := range map[string]string{"E11.65": "diabetes", "E11.9999": "diabetes", "J45.909": "asthma", "I25.10": "chd", "I21.4": "chd acute-mi", "I50.22": "heart-failure", "I11.0": "heart-failure hypertension",
		"J44.1": "copd", "F33.1": "depression", "F32.81": "", "I10": "hypertension", "N18.31": "ckd", "M54.50": "back-pain", "Z00.00": "", "E11": "diabetes"} {
		c.Load(&registry.Patient{Birth: day("1960-01-01"), Facts: []registry.Fact{{ID: "1", Kind: registry.Diagnosis, Status: registry.Active, Codes: []registry.Code{registry.NewCode("ICD10CM", code)}, When: registry.Since(day("2020-01-01"))}}})
		r.Evaluate(c, nil, day("2021-01-01"), &res)
		var on []string
		for i, e := range res.Entries {
			if e.In {
				on = append(on, list[i].ID)
			}
		}
		if got := strings.Join(on, " "); got != want {
			t.Errorf("%s: %q, want %q", code, got, want)
		}
	}
	for _, x := range list {
		if !strings.HasPrefix(x.Source, "KF2004:") || x.Version != "starter" {
			t.Errorf("%s: %s", x.ID, x.Source)
		}
	}
	_, err = register.Expand(nil, registry.ICD10CM, []string{"E11", "I10"}, []string{"Z"})
	for _, want := range []string{`"E11"`, `"I10"`, `"Z"`} {
		if err == nil || !strings.Contains(err.Error(), want) || !errors.Is(err, register.ErrRegister) {
			t.Errorf("%v", err)
		}
	}
}

// V4 and V5: a set made from prefixes is the filter of the universe, and leaving out wins.
func TestExpandLaw(t *testing.T) {
	kept := 0
	lawtest.Until(t, func(t *rapid.T) {
		var universe []registry.Code
		for _, s := range rapid.SliceOfN(rapid.StringMatching(`[EI]1[01]\.?[0-3]{0,2}`), 1, 12).Draw(t, "universe") {
			universe = append(universe, registry.NewCode("ICD10CM", s))
		}
		pre := rapid.SliceOfN(rapid.StringMatching(`[EI]1?[01]?`), 1, 3)
		in, not := pre.Draw(t, "include"), rapid.SliceOfN(rapid.StringMatching(`E1[01][0-3]`), 0, 2).Draw(t, "exclude")
		got, _ := register.Expand(universe, registry.ICD10CM, in, not)
		any := func(ps []string, v string) bool {
			return slices.ContainsFunc(ps, func(p string) bool { return strings.HasPrefix(v, p) })
		}
		for _, c := range universe {
			want := any(in, c.Value) && !any(not, c.Value)
			if slices.Contains(got, c) != want {
				t.Fatalf("%v with %v without %v: %v", c, in, not, got)
			}
		}
		kept += len(got)
		for i := 1; i < len(got); i++ {
			if got[i-1].Value >= got[i].Value {
				t.Fatal("not sorted, or twice", got)
			}
		}
	}, func() bool { return kept > 0 })
}

func TestHbA1cTarget(t *testing.T) {
	const s = "hba1c-target:"
	target := register.HbA1cTarget()
	b := registry.NewBinder(nil)
	target.Bind(b)
	_, err := b.Lexicon()
	var missing *registry.MissingSets
	if !errors.As(err, &missing) {
		t.Fatal(err)
	}
	r, err := register.New(oneCode(missing.Missing), register.Policy{}, register.Register{ID: "t", In: target, Evidence: register.Ever("x", missing.Missing[0], register.Clinical{})})
	if err != nil {
		t.Fatal(err)
	}
	hb := func(date string, n int64) registry.Fact { return val(s+"HbA1c", date, n, 0, "mmol/mol") }
	ob := func(what, date string) registry.Fact { return ev(registry.Observation, s+what, date) }
	inv := func(date string) registry.Fact { return ev(registry.Communication, s+"invitation", date) }
	frail := ob("frailty", "2022-01-01")
	frail.Codes = append(frail.Codes, codeOf(register.SetSpace+s+"moderate-or-severe-frailty"))
	old := dx(s+"diabetes", "2015-01-01")
	for _, c := range []struct {
		name  string
		facts []registry.Fact
		rule  string
		in    bool
	}{
		{"met", []registry.Fact{old, hb("2021-06-01", 58)}, "target met", true},
		{"59", []registry.Fact{old, hb("2021-06-01", 59)}, "target missed", true},
		{"a year ago", []registry.Fact{old, hb("2021-03-31", 50)}, "target missed", true},
		{"the latest counts", []registry.Fact{old, hb("2021-06-01", 50), hb("2021-09-01", 70)}, "target missed", true},
		{"frail", []registry.Fact{old, hb("2021-06-01", 50), frail}, "moderate or severe frailty", false},
		{"mildly frail since", []registry.Fact{old, hb("2021-06-01", 50), frail, ob("frailty", "2022-02-01")}, "target met", true},
		{"good evidence beats a decline", []registry.Fact{old, hb("2021-06-01", 50), ob("care-declined", "2021-07-01")}, "target met", true},
		{"declined", []registry.Fact{old, hb("2021-06-01", 70), ob("care-declined", "2021-07-01")}, "care declined", false},
		{"fructosamine first", []registry.Fact{old, ob("fructosamine", "2021-07-01"), ob("care-declined", "2021-07-01")}, "fructosamine instead", false},
		{"maximum treatment", []registry.Fact{old, ob("maximum-treatment", "2021-07-01")}, "maximum treatment", false},
		{"unsuitable", []registry.Fact{old, ob("unsuitable", "2021-07-01")}, "unsuitable", false},
		{"blood test declined", []registry.Fact{old, ob("blood-test-declined", "2021-07-01")}, "blood test declined", false},
		{"two invitations", []registry.Fact{old, inv("2021-07-01"), inv("2021-07-08")}, "two invitations without a good result", false},
		{"six days apart", []registry.Fact{old, inv("2021-07-01"), inv("2021-07-07")}, "target missed", true},
		{"a bad result after them", []registry.Fact{old, inv("2021-07-01"), inv("2021-07-08"), hb("2021-08-01", 70)}, "two invitations without a good result", false},
		{"newly diagnosed", []registry.Fact{dx(s+"diabetes", "2021-07-01")}, "diagnosed less than nine months ago", false},
		{"nine months ago", []registry.Fact{dx(s+"diabetes", "2021-06-30")}, "target missed", true},
		{"newly registered", []registry.Fact{old, ev(registry.Coverage, s+"registration", "2021-12-01")}, "registered less than nine months ago", false},
	} {
		if e := entryOf(t, r, "t", "2022-03-31", &registry.Patient{Birth: day("1950-01-01"), Facts: c.facts}); e.Rule != c.rule || e.In != c.in {
			t.Errorf("%s: %+v", c.name, e)
		}
	}
}

func TestDiabetesTyping(t *testing.T) {
	one, two := registry.Set{Name: "type 1", OID: register.SetSpace + "t:1"}, registry.Set{Name: "type 2", OID: register.SetSpace + "t:2"}
	b := registry.NewBinder(oneCode([]registry.Set{one, two}))
	typing := register.NewDiabetesTyping(b, one, two, register.Clinical{})
	l, err := b.Lexicon()
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		facts    []registry.Fact
		want     register.DiabetesType
		contrary bool
	}{
		"neither":        {nil, register.DiabetesTypeUnknown, false},
		"later wins":     {[]registry.Fact{dx("t:1", "2020-01-01"), dx("t:2", "2020-01-02")}, register.DiabetesType2, true},
		"same day":       {[]registry.Fact{dx("t:1", "2020-01-01"), dx("t:2", "2020-01-01")}, register.DiabetesType1, true},
		"after the day":  {[]registry.Fact{dx("t:1", "2020-01-01"), dx("t:2", "2022-01-02")}, register.DiabetesType1, false},
		"type 2 only":    {[]registry.Fact{dx("t:2", "2020-01-01"), dx("t:2", "2019-01-01")}, register.DiabetesType2, false},
		"first, then so": {[]registry.Fact{dx("t:2", "2020-01-01"), dx("t:1", "2021-01-01"), dx("t:2", "2019-01-01")}, register.DiabetesType1, true},
	} {
		got := typing.Of(l.Chart(&registry.Patient{Facts: c.facts}), day("2022-01-01"))
		if got.Type != c.want || (got.Contrary != nil) != c.contrary {
			t.Errorf("%s: %+v", name, got)
		}
	}
}

func bp(date string, s, d int64) registry.Fact {
	f := ev(registry.Observation, "case-finding:blood-pressure", date)
	part := func(code string, n int64) registry.Component {
		return registry.Component{Codes: []registry.Code{{System: registry.LOINC, Value: code}}, Value: registry.QuantityOf(registry.Num(n, 0), "mm[Hg]")}
	}
	f.Components = []registry.Component{part("8480-6", s)}
	if d > 0 {
		f.Components = append(f.Components, part("8462-4", d))
	}
	f.ID = fmt.Sprint(f.ID, s, d)
	return f
}

func TestCaseFinding(t *testing.T) {
	rules, err := register.CaseRules(register.Clinical{})
	if err != nil {
		t.Fatal(err)
	}
	sets := register.CaseSets()
	_, err = register.NewCaseFinder(nil, rules...)
	var missing *registry.MissingSets
	if !errors.As(err, &missing) {
		t.Fatal(err)
	}
	for _, s := range sets {
		if !slices.Contains(missing.Missing, s) {
			t.Errorf("%s is not asked for", s.Name)
		}
	}
	x, err := register.NewCaseFinder(oneCode(missing.Missing), rules...)
	if err != nil {
		t.Fatal(err)
	}
	const s = "case-finding:"
	hb := func(date string, n int64, exp int8, unit string) registry.Fact {
		return val(s+"HbA1c", date, n, exp, unit)
	}
	gfr := func(date string, n int64) registry.Fact { return val(s+"eGFR", date, n, 0, "mL/min/1.73m2") }
	acr := func(date string, n int64) registry.Fact { return val(s+"ACR", date, n, 0, "mg/g") }
	drug := func(what, date string, more ...string) registry.Fact {
		f := ev(registry.MedicationOrder, s+what, date)
		for _, m := range more {
			f.Codes = append(f.Codes, codeOf(register.SetSpace+s+m))
		}
		return f
	}
	c := x.Chart()
	for _, k := range []struct {
		name  string
		facts []registry.Fact
		want  string
	}{
		{"two high", []registry.Fact{hb("2020-01-01", 65, -1, "%"), hb("2021-01-01", 48, 0, "mmol/mol")}, "cf.dm.hba1c"},
		{"one high", []registry.Fact{hb("2020-01-01", 65, -1, "%"), hb("2021-01-01", 47, 0, "mmol/mol")}, ""},
		{"one day", []registry.Fact{hb("2020-01-01", 65, -1, "%"), hb("2020-01-01", 48, 0, "mmol/mol")}, ""},
		{"coded", []registry.Fact{hb("2020-01-01", 65, -1, "%"), hb("2021-01-01", 48, 0, "mmol/mol"), dx("diabetes:diagnosis", "2021-02-01")}, ""},
		{"a limit with the wrong unit is not per cent", []registry.Fact{hb("2020-01-01", 75, -1, "mmol/L"), hb("2021-01-01", 95, -1, "mmol/L")}, ""},
		{"insulin", []registry.Fact{drug("glucose-lowering-medicine", "2021-06-01")}, "cf.dm.drug"},
		{"long ago", []registry.Fact{drug("glucose-lowering-medicine", "2020-06-01")}, ""},
		{"metformin", []registry.Fact{drug("glucose-lowering-medicine", "2021-06-01", "metformin")}, "cf.dm.drug"},
		{"metformin for polycystic ovary", []registry.Fact{drug("glucose-lowering-medicine", "2021-06-01", "metformin"), dx(s+"polycystic-ovary", "2015-01-01")}, ""},
		{"both", []registry.Fact{drug("glucose-lowering-medicine", "2021-06-01", "metformin"), drug("glucose-lowering-medicine", "2021-07-01"), dx(s+"polycystic-ovary", "2015-01-01")}, "cf.dm.drug"},
		{"low for 90 days", []registry.Fact{gfr("2021-01-01", 59), gfr("2021-04-01", 59)}, "cf.ckd"},
		{"89 days", []registry.Fact{gfr("2021-01-01", 59), gfr("2021-03-31", 59)}, ""},
		{"a higher one between", []registry.Fact{gfr("2021-01-01", 59), gfr("2021-02-01", 60), gfr("2021-04-01", 59)}, ""},
		{"low again for long", []registry.Fact{gfr("2021-02-01", 60), gfr("2021-04-01", 59), gfr("2021-07-01", 50)}, "cf.ckd"},
		{"low and higher on the last day", []registry.Fact{gfr("2021-01-01", 59), gfr("2021-04-01", 61), gfr("2021-04-01", 59)}, ""},
		{"albumin", []registry.Fact{acr("2021-01-01", 30), acr("2021-04-01", 31)}, "cf.ckd.acr"},
		{"albumin, 89 days", []registry.Fact{acr("2021-01-01", 30), acr("2021-03-31", 31)}, ""},
		{"albumin 29", []registry.Fact{acr("2021-01-01", 29), acr("2021-04-01", 31)}, ""},
		{"pressure", []registry.Fact{bp("2021-01-01", 140, 80), bp("2021-02-01", 130, 90)}, "cf.htn"},
		{"one day of pressure", []registry.Fact{bp("2021-01-01", 140, 80), bp("2021-01-01", 150, 90)}, ""},
		{"the mean of the day", []registry.Fact{bp("2021-01-01", 150, 80), bp("2021-01-01", 129, 80), bp("2021-02-01", 150, 90)}, ""},
		{"the mean is at the limit", []registry.Fact{bp("2021-01-01", 150, 80), bp("2021-01-01", 130, 80), bp("2021-02-01", 150, 90)}, "cf.htn"},
		{"no diastolic", []registry.Fact{bp("2021-01-01", 150, 0), bp("2021-02-01", 150, 90)}, ""},
		{"obstruction", []registry.Fact{val(s+"FEV1-FVC", "2021-01-01", 69, -2, "")}, "cf.copd"},
		{"asthma without medicine", []registry.Fact{dx("asthma:diagnosis", "2010-01-01"), drug("asthma-medicine", "2020-12-01")}, "cf.asthma.drop"},
		{"asthma with medicine", []registry.Fact{dx("asthma:diagnosis", "2010-01-01"), drug("asthma-medicine", "2021-12-01")}, ""},
		{"tomorrow", []registry.Fact{bp("2021-01-01", 140, 80), bp("2022-01-02", 130, 90)}, ""},
	} {
		for i := range k.facts {
			k.facts[i].ID = fmt.Sprint(i)
		}
		c.Load(&registry.Patient{ID: "p", Facts: k.facts})
		var got []string
		for _, w := range x.Find(c, day("2022-01-01"), nil) {
			got = append(got, w.Rule)
			if !w.Finding.Met || len(w.Finding.Facts()) == 0 || w.Person != "p" {
				t.Errorf("%s: %+v", k.name, w)
			}
		}
		if strings.Join(got, " ") != k.want {
			t.Errorf("%s: %v, want %q", k.name, got, k.want)
		}
	}
	c.Load(&registry.Patient{ID: "p", Dead: true, Facts: []registry.Fact{drug("glucose-lowering-medicine", "2021-06-01")}})
	if got := x.Find(c, day("2022-01-01"), nil); len(got) != 0 {
		t.Error("a dead case", got)
	}
	_, err = register.NewCaseFinder(nil, register.CaseRule{}, register.CaseRule{})
	if !errors.Is(err, registry.ErrDefinition) {
		t.Error(err)
	}
}

func TestReconcileLaw(t *testing.T) {
	sides := map[register.Side]int{}
	person := rapid.Custom(func(t *rapid.T) register.Listed {
		return register.Listed{Person: rapid.SampledFrom([]string{"a", "b", "c", "d", "e", "f"}).Draw(t, "person"), In: rapid.Bool().Draw(t, "in"), Reason: rapid.SampledFrom([]string{"claims", "dead"}).Draw(t, "reason")}
	})
	list := rapid.SliceOfNDistinct(person, 0, 6, func(l register.Listed) string { return l.Person })
	lawtest.Until(t, func(t *rapid.T) {
		a, b := list.Draw(t, "a"), list.Draw(t, "b")
		r, err := register.Reconcile(a, b)
		if err != nil {
			t.Fatal(err)
		}
		find := func(l []register.Listed, id string) register.Listed {
			for _, x := range l {
				if x.Person == id {
					return x
				}
			}
			return register.Listed{Reason: "not listed"}
		}
		var n int64
		for i, d := range r.People {
			x, y := find(a, d.Person), find(b, d.Person)
			want := [2][2]register.Side{{register.OnNeither, register.OnlyB}, {register.OnlyA, register.OnBoth}}[b2i(x.In)][b2i(y.In)]
			if d.Side != want || d.ReasonA != x.Reason || d.ReasonB != y.Reason || i > 0 && d.Person <= r.People[i-1].Person {
				t.Fatalf("%+v", d)
			}
			sides[d.Side]++
		}
		for _, c := range r.Reasons {
			n += c.People
		}
		if total := r.Both + r.OnlyA + r.OnlyB + r.Neither; n != total || total != int64(len(r.People)) {
			t.Fatalf("%+v", r)
		}
		back, _ := register.Reconcile(b, a)
		if back.OnlyA != r.OnlyB || back.Both != r.Both {
			t.Fatal("the other way round", back)
		}
	}, func() bool { return len(sides) == 4 })
	_, err := register.Reconcile([]register.Listed{{Person: "x"}, {Person: "x"}, {}}, []register.Listed{{Person: "y"}, {Person: "y"}})
	for _, want := range []string{"A: x is listed twice", "A: a person without", "B: y is listed twice"} {
		if err == nil || !strings.Contains(err.Error(), want) || !errors.Is(err, register.ErrList) {
			t.Error(err)
		}
	}
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}

func TestSizeAndContradictions(t *testing.T) {
	for _, c := range []struct {
		n, of int64
		want  bool
	}{{99, 100, true}, {101, 100, true}, {9899, 10000, false}, {10101, 10000, false}, {0, 0, false}, {5, 0, false}} {
		if _, got := register.SizeCheck(c.n, c.of); got != c.want {
			t.Errorf("%d of %d: %v", c.n, c.of, got)
		}
	}
	r := compiled(t, register.Policy{}, ehr(t)...)
	c := r.Chart()
	// diabetes came after the day asked about for the one register; the rules of the
	// table exclude each other, so registers of one's own show the contradiction
	s := registry.Set{Name: "s", OID: register.SetSpace + "s:diagnosis"}
	q := register.Ever("x", s, register.Clinical{})
	own := compiled(t, register.Policy{}, register.Register{ID: "a", In: registry.Exists{Query: q}, Evidence: q}, register.Register{ID: "b", In: registry.Exists{Query: q}, Evidence: q})
	c = own.Chart()
	c.Load(&registry.Patient{ID: "p", Facts: []registry.Fact{dx("s:diagnosis", "2020-01-01")}})
	var res register.Results
	own.Evaluate(c, nil, day("2021-01-01"), &res)
	got := own.Contradictions("p", &res, []register.Pair{{A: "a", B: "b", Why: "no"}, {A: "a", B: "none"}})
	if len(got) != 1 || got[0].Since != day("2020-01-01") {
		t.Errorf("%+v", got)
	}
	for _, p := range register.Contradictory() {
		if r.Index(p.A) < 0 || r.Index(p.B) < 0 {
			t.Error(p)
		}
	}
}

func TestResultsAsJSON(t *testing.T) {
	r := compiled(t, register.Policy{}, ehr(t)...)
	e := entryOf(t, r, "chd", "2022-01-01", &registry.Patient{Birth: day("1960-01-01"), Facts: []registry.Fact{dx("chd:diagnosis", "2020-01-01")}})
	got, err := json.Marshal(e)
	if want := `{"in":true,"since":"2020-01-01","first_evidence":"2020-01-01","first_ever":"2020-01-01","confidence":"minimal"}`; err != nil || string(got) != want {
		t.Errorf("%s %v", got, err)
	}
}
