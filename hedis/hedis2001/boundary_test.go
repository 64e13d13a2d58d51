package hedis2001_test

import (
	"encoding/json"
	"fmt"
	"os"
	"testing"

	"github.com/chroniccare/chroniccare/hedis"
	. "github.com/chroniccare/chroniccare/hedis/hedis2001"
	"github.com/chroniccare/chroniccare/registry"
)

// The cases name value sets; each is bound to one invented code.
const invented registry.System = "urn:test"

type claimsCase struct {
	ID, Family, Title string
	Year              int `json:"measurement_year"`
	Patient           struct {
		Birth registry.Date
		Sex   string
	}
	Enrollment []struct {
		Start, End  registry.Date
		ProductLine string `json:"product_line"`
		Benefits    []string
	}
	Facts []struct {
		Kind, Class, Set, Disposition, Provider, Purpose, Unit, Status string
		Date, Discharge                                                registry.Date
		Diagnoses                                                      []struct {
			Set       string
			Principal bool
		}
		Procedures          []string
		Days                *int64 `json:"days_supply"`
		Inhaler             bool
		Value               *json.Number
		Systolic, Diastolic *int64
		LiveBirth           bool `json:"live_birth"`
		Positive            *bool
	}
	Expected map[string]struct {
		IP   int `json:"initial_population"`
		Den  int `json:"denominator"`
		Excl int `json:"denominator_exclusion"`
		Num  int `json:"numerator"`
	}
}

func boundaryCases(t testing.TB) []claimsCase {
	t.Helper()
	raw, err := os.ReadFile("testdata/boundary_cases.json")
	if err != nil {
		t.Fatal(err)
	}
	var f struct{ Cases []claimsCase }
	if err := json.Unmarshal(raw, &f); err != nil {
		t.Fatal(err)
	}
	return f.Cases
}

func code(set string) registry.Code { return registry.Code{System: invented, Value: set} }

func codes(set string) []registry.Code { return []registry.Code{code(set)} }

// testSets binds every set to a code that is its name; a diagnosis of major
// depression is depression history too.
func testSets(t testing.TB) []registry.ValueSet {
	t.Helper()
	infos, err := Sets()
	if err != nil {
		t.Fatal(err)
	}
	var out []registry.ValueSet
	for _, s := range infos {
		v := registry.ValueSet{OID: s.Set.OID, Name: s.Set.Name, Codes: codes(s.Set.Name)}
		if s.Set.Name == "Depression History" {
			v.Codes = append(v.Codes, code("Major Depression"))
		}
		out = append(out, v)
	}
	return out
}

func edition(t testing.TB, year int, p Params) *hedis.Edition {
	t.Helper()
	e, warnings, err := New(year, p, testSets(t))
	if err != nil || len(warnings) > 0 {
		t.Fatal(err, warnings)
	}
	return e
}

func (c *claimsCase) patient(t testing.TB) *registry.Patient {
	t.Helper()
	p := &registry.Patient{ID: c.ID, Birth: c.Patient.Birth, Gender: registry.Female}
	if c.Patient.Sex == "M" {
		p.Gender = registry.Male
	}
	for _, e := range c.Enrollment {
		var b registry.Benefit
		for _, n := range e.Benefits {
			b |= map[string]registry.Benefit{"medical": registry.Medical, "pharmacy": registry.Pharmacy, "mental-health": registry.MentalHealth}[n]
		}
		p.Enrolments = append(p.Enrolments, registry.Enrolment{Period: registry.Period{Start: e.Start, End: e.End}, Product: e.ProductLine, Benefits: b})
	}
	add := func(f registry.Fact) {
		f.ID = fmt.Sprintf("f%d", len(p.Facts))
		p.Facts = append(p.Facts, f)
	}
	for _, x := range c.Facts {
		f := registry.Fact{When: registry.On(x.Date), Status: registry.Completed}
		f.Provider = map[string]string{"pcp": ProviderPrimaryCare, "eye-care": ProviderEyeCare, "mental-health": ProviderMentalHealth}[x.Provider]
		if f.Provider == "" {
			f.Provider = x.Provider
		}
		if x.Status == "not-done" {
			f.Negated, f.Status = true, registry.NotDone
		}
		if x.Set != "" {
			f.Codes = codes(x.Set)
		}
		switch x.Kind {
		case "visit", "stay":
			f.Kind, f.Status = registry.Encounter, registry.Finished
			f.Visit = &registry.Visit{Class: map[string]string{"outpatient": "AMB", "ed": "EMER", "day-night": "SS", "acute_inpatient": "ACUTE", "nonacute_inpatient": "NONAC"}[x.Class]}
			if f.Visit.Class == "" {
				t.Fatalf("%s: class %q", c.ID, x.Class)
			}
			if x.Kind == "stay" {
				f.When = registry.Between(x.Date, x.Discharge)
			}
			if d := map[string]string{"died": "exp", "transfer-acute": "other-hcf", "transfer-nonacute": "snf", "home": "home"}[x.Disposition]; d != "" {
				f.Visit.Disposition = []registry.Code{{System: "http://terminology.hl7.org/CodeSystem/discharge-disposition", Value: d}}
			}
			for _, d := range x.Diagnoses {
				f.Visit.Diagnoses = append(f.Visit.Diagnoses, registry.EncounterDx{Codes: codes(d.Set), Principal: d.Principal})
			}
			if s := map[string]string{"ambulatory": "Ambulatory or Preventive Visit", "prenatal": "Prenatal Visit", "postpartum": "Postpartum Visit"}[x.Purpose]; s != "" {
				f.Codes = codes(s)
			}
			for _, s := range x.Procedures {
				add(registry.Fact{Kind: registry.Procedure, Status: registry.Completed, Codes: codes(s), When: registry.On(x.Date)})
			}
		case "test":
			f.Kind = registry.Observation
			if x.Value != nil {
				n, err := registry.ParseNumber(x.Value.String())
				if err != nil {
					t.Fatal(err)
				}
				f.Value = registry.QuantityOf(n, x.Unit)
			}
			if x.Positive != nil {
				f.Value = registry.Value{Kind: registry.BoolValue, Bool: *x.Positive}
			}
			part := func(loinc string, v *int64) {
				if v != nil {
					f.Components = append(f.Components, registry.Component{Codes: []registry.Code{{System: registry.LOINC, Value: loinc}}, Value: registry.QuantityOf(registry.Num(*v, 0), "mm[Hg]")})
				}
			}
			part("8480-6", x.Systolic)
			part("8462-4", x.Diastolic)
			if x.Class == "ed" {
				f.Setting = "EMER"
			}
		case "dispense":
			f.Kind = registry.MedicationDispense
			f.Supply = &registry.Supply{Start: x.Date}
			if x.Days != nil {
				f.Supply.Days = registry.Num(*x.Days, 0)
			}
			if x.Inhaler {
				f.Supply.QuantityUnit = InhalerUnit
			}
		case "vaccine":
			f.Kind = registry.Immunization
		case "disease-history":
			f.Kind, f.Codes = registry.Diagnosis, codes(x.Set+" History")
		case "contraindication":
			f.Kind, f.Codes = registry.Diagnosis, codes(x.Set+" Contraindication")
		case "procedure":
			f.Kind = registry.Procedure
		case "allergy":
			f.Kind = registry.Allergy
		case "delivery":
			f.Kind = registry.Procedure
			if f.Codes = codes("Live Birth Delivery"); !x.LiveBirth {
				f.Codes = codes("Stillbirth")
			}
		default:
			t.Fatalf("%s: kind %q", c.ID, x.Kind)
		}
		add(f)
	}
	return FromEncounters(p)
}

func counts(e *hedis.Edition, c *registry.Chart, out *hedis.Outcome, id string) hedis.Counts {
	return e.ClassifyOne(c, e.Index(id), out)[0]
}

func TestBoundaryCases(t *testing.T) {
	editions := map[int]*hedis.Edition{}
	cases, expectations, wrong := 0, 0, 0
	for _, c := range boundaryCases(t) {
		cases++
		e := editions[c.Year]
		if e == nil {
			e = edition(t, c.Year, Params{})
			editions[c.Year] = e
		}
		chart := e.Chart()
		chart.Load(c.patient(t))
		var out hedis.Outcome
		for id, want := range c.Expected {
			expectations++
			if e.Index(id) < 0 {
				t.Fatalf("no indicator %s", id)
			}
			got := counts(e, chart, &out, id)
			if got.Of(hedis.InitialPopulation) != want.IP || got.Of(hedis.Denominator) != want.Den || got.Of(hedis.DenominatorExclusion) != want.Excl || got.Of(hedis.Numerator) != want.Num {
				wrong++
				t.Errorf("%s %s, %s: %v, want %v", c.ID, c.Title, id, got, want)
			}
		}
	}
	if cases != 193 || expectations != 503 {
		t.Errorf("%d cases, %d expectations", cases, expectations)
	}
	t.Logf("%d of %d expectations agree", expectations-wrong, expectations)
}
