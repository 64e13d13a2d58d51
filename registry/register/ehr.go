package register

import (
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/chroniccare/chroniccare/internal/table"
	"github.com/chroniccare/chroniccare/registry"
)

//go:embed data/ehr-registers.csv
var ehrCSV string

// SetSpace starts the OIDs of the value sets that the library's registers ask the
// caller for: SetSpace + "asthma:diagnosis". The codes are the caller's.
const SetSpace = "urn:chroniccare:register:"

// EpisodeSystem is the code system of the coded value by which a diagnosis says
// which episode of the illness it is: "first", "new", "review" or "resolved".
const EpisodeSystem registry.System = "urn:chroniccare:episode"

// rowOf is a row of the table of registers, parsed.
type rowOf struct {
	id, title, form, version string
	resolution               string
	min, max, months         int
	atFirst                  bool
	same                     SameDay
	since                    registry.Date
}

func (r *rowOf) set(what string) registry.Set {
	return registry.Set{Name: r.title + ": " + what, OID: SetSpace + r.id + ":" + strings.ReplaceAll(what, " ", "-")}
}

// EHR gives the 21 registers of the England QOF business rules, with the caller's
// reading of which recorded diagnoses count. Each names the value sets it needs
// ([Register.Needs]), under [SetSpace]; binding reports every one that is missing.
func EHR(clinical Clinical) ([]Register, error) {
	rows, err := parseEHR(ehrCSV)
	if err != nil {
		return nil, err
	}
	out := make([]Register, len(rows))
	for i := range rows {
		out[i] = rows[i].register(clinical)
	}
	return out, nil
}

func parseEHR(text string) ([]rowOf, error) {
	t, err := table.Parse("ehr-registers", text)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrRegister, err)
	}
	var errs []error
	out := make([]rowOf, len(t.Rows))
	for i, row := range t.Rows {
		x := &out[i]
		col := func(name string) string {
			k := t.Column(name)
			if k < 0 {
				errs = append(errs, fmt.Errorf("%w: no column %s", ErrRegister, name))
				return ""
			}
			return row[k]
		}
		num := func(name string) int {
			s := col(name)
			if s == "" {
				return 0
			}
			n, err := strconv.Atoi(s)
			if err != nil || n < 1 {
				errs = append(errs, fmt.Errorf("%w: %s: %s is %q", ErrRegister, row[0], name, s))
			}
			return n
		}
		x.id, x.title, x.form, x.version, x.resolution = col("id"), col("title"), col("form"), col("version"), col("resolution")
		x.min, x.max, x.months = num("age_min"), num("age_max"), num("medicine_months")
		x.atFirst = col("age_at") == "first_diagnosis"
		if col("same_day") == "resolution" {
			x.same = ResolutionWins
		}
		if !slices.Contains([]string{"standing", "episode", "ever", "copd", "fracture", "obesity", "lithium", "hyperglycaemia"}, x.form) {
			errs = append(errs, fmt.Errorf("%w: %s: no form %q", ErrRegister, x.id, x.form))
		}
		if err := x.since.UnmarshalText([]byte(col("earliest_event"))); err != nil {
			errs = append(errs, fmt.Errorf("%w: %s: %w", ErrRegister, row[0], err))
		}
	}
	return out, errors.Join(errs...)
}

const (
	theDiagnosis = "diagnosis that stands"
	theEpisode   = "episode"
	theFirst     = "first diagnosis"
)

func (x *rowOf) register(cl Clinical) Register {
	var resolving []registry.Set
	for _, what := range strings.Fields(x.resolution) {
		if what == "stage" {
			what = "stage 1 or 2"
		}
		resolving = append(resolving, x.set(what))
	}
	diagnosis := x.set("diagnosis")
	standing := Standing(theDiagnosis, diagnosis, x.same, cl, resolving...)
	ever := Ever(theDiagnosis, diagnosis, cl)
	since := func(q registry.Query) registry.Query {
		if x.since != 0 {
			q = q.That(onOrAfter(x.since))
		}
		return q
	}
	r := Register{ID: x.id, Title: x.title, Version: x.version, Source: "England, QOF business rules " + x.version}
	all := registry.All{}
	if x.min+x.max > 0 && !x.atFirst {
		all = append(all, registry.AgeAt{At: registry.PeriodEnd(), Min: x.min, Max: x.max})
	}
	switch x.form {
	case "standing", "episode":
		r.Evidence = since(standing)
		if x.form == "episode" {
			r.Evidence = r.Evidence.That(newEpisode())
			if len(resolving) == 0 {
				r.Evidence = since(ever).That(newEpisode())
			}
		}
		all = append(all, registry.Exists{Query: r.Evidence})
		if x.months > 0 {
			all = append(all, registry.Exists{Query: issued("", x.set("medicine"), x.months)})
		}
	case "ever":
		r.Evidence = since(ever)
		if x.atFirst {
			all = append(all, ageAtFirst(diagnosis, cl, x.min, x.max))
		} else {
			all = append(all, registry.Exists{Query: r.Evidence})
		}
	case "copd":
		r.Evidence = standing
		r.In = x.copd(diagnosis, cl, resolving)
		return r
	case "fracture":
		r.Evidence = ever
		upTo := registry.When(registry.Starts, registry.UpToPeriodEnd())
		all = append(all, registry.Exists{Query: ever},
			registry.Exists{Query: coded(x.set("fragility fracture"), upTo, onOrAfter(x.since))})
		if x.max > 0 { // the younger need a measured loss of bone
			score := registry.Query{Kind: registry.Observation, Sets: []registry.Set{x.set("T-score")}, Tests: []registry.Test{upTo,
				registry.AnyOf(registry.Compare{Op: registry.AtOrBelow, Limit: registry.Num(-25, -1)}, registry.Compare{Op: registry.AtOrBelow, Limit: registry.Num(-25, -1), Unit: "{T-score}"})}}
			all = append(all, registry.Any{registry.Exists{Query: coded(x.set("bone scan"), upTo)}, registry.Exists{Query: score}})
		}
	case "obesity":
		bmi := registry.Query{Kind: registry.Observation, Sets: []registry.Set{x.set("body mass index")}, Tests: []registry.Test{
			registry.When(registry.Starts, lastMonths(x.months)), registry.HasQuantity()}}
		latest := registry.Pick{From: bmi, By: registry.Starts, Last: true, Tie: registry.TieHighest}
		above := func(coef int64) registry.The {
			return registry.The{Pick: latest, Is: []registry.Test{registry.Compare{Op: registry.AtOrAbove, Limit: registry.Num(coef, -1), Unit: "kg/m2"}}}
		}
		r.Evidence = bmi
		all = append(all, registry.Any{above(300),
			registry.All{registry.Exists{Query: coded(x.set("ethnic group with the lower limit"), registry.When(registry.Starts, registry.UpToPeriodEnd()))}, above(275)}})
	case "lithium":
		const issue = "latest issue"
		last := registry.Pick{From: issued(issue, x.set("lithium"), x.months), By: registry.Starts, Last: true}
		stopped := coded(x.set("lithium stopped"), registry.When(registry.Starts, registry.FromTo(registry.StartOf(issue), registry.PeriodEnd())))
		r.Evidence = registry.Union(ever, issued(theDiagnosis, x.set("lithium"), x.months))
		all = append(all, registry.Any{registry.Exists{Query: ever}, registry.Given{Pick: last, Then: registry.Not{Of: registry.Exists{Query: stopped}}}})
	case "hyperglycaemia":
		const resolution = "resolution of diabetes"
		diabetes := rowOf{id: "diabetes", title: "Diabetes"}
		again := Standing("diabetes", diabetes.set("diagnosis"), DiagnosisWins, cl).That(registry.When(registry.Starts, registry.FromTo(registry.StartOf(resolution), registry.PeriodEnd())))
		r.Evidence = ever
		all = append(all, ageAtFirst(diagnosis, cl, x.min, x.max),
			registry.Any{
				registry.Given{Pick: registry.Pick{From: registry.Query{As: resolution, Kind: registry.Diagnosis, Sets: []registry.Set{diabetes.set("resolved")},
					Tests: []registry.Test{registry.When(registry.Starts, registry.UpToPeriodEnd())}}, By: registry.Starts, Last: true},
					Then: registry.Not{Of: registry.Exists{Query: again}}},
				registry.Not{Of: registry.Exists{Query: Standing(theDiagnosis, diabetes.set("diagnosis"), DiagnosisWins, cl, diabetes.set("resolved"))}}})
	}
	r.In = all
	return r
}

// copd admits by four rules on the start of the present episode; which one is the
// step that decided. The last lets in everybody whom the tests did not confirm.
func (x *rowOf) copd(diagnosis registry.Set, cl Clinical, resolving []registry.Set) Cascade {
	from := registry.Day(2023, 4, 1)
	episode := EpisodeStart(theEpisode, diagnosis, x.same, cl, resolving...)
	spirometry := func(anchor string) registry.Definition {
		return registry.Exists{Query: registry.Query{Kind: registry.Observation, Sets: []registry.Set{x.set("FEV1/FVC")}, Tests: []registry.Test{
			registry.When(registry.Starts, registry.UpToPeriodEnd()),
			registry.When(registry.Starts, registry.FromTo(registry.StartOf(anchor).AddDays(-93), registry.StartOf(anchor).AddDays(186))), obstructed()}}}
	}
	const registration = "registration"
	registered := registry.Pick{From: registry.Query{As: registration, Kind: registry.Coverage, Sets: []registry.Set{x.set("registration")},
		Tests: []registry.Test{registry.When(registry.Starts, lastMonths(12))}}, By: registry.Starts, Last: true}
	old := registry.FactRule{Words: fmt.Sprintf("starting before %v", from), Ok: func(_ *registry.Chart, _ registry.Period, f *registry.Fact) bool { return f.When.Start.Day < from }}
	return Cascade{
		{"no episode", registry.Exists{Query: episode.From}, Pass, Reject},
		{"episode before April 2023", registry.Given{Pick: episode, Then: registry.Is{Name: theEpisode, Tests: []registry.Test{old}}}, Select, Pass},
		{"obstruction shown around the diagnosis", registry.Given{Pick: episode, Then: spirometry(theEpisode)}, Select, Pass},
		{"obstruction shown around the registration", registry.Given{Pick: registered, Then: spirometry(registration)}, Select, Pass},
		{"episode since April 2023 without it", nil, Select, Pass},
	}
}

// obstructed is FEV1/FVC below 0.7, as a ratio or in per cent.
func obstructed() registry.Test {
	return registry.AnyOf(registry.Compare{Op: registry.Below, Limit: registry.Num(7, -1)}, registry.Compare{Op: registry.Below, Limit: registry.Num(70, 0), Unit: "%"})
}

// newEpisode keeps first and new episodes; a diagnosis that does not say counts.
func newEpisode() registry.Test {
	return registry.FactRule{Words: "a first or new episode", Ok: func(_ *registry.Chart, _ registry.Period, f *registry.Fact) bool {
		for _, c := range f.Value.Codes {
			if c.System == EpisodeSystem && c.Value != "first" && c.Value != "new" {
				return false
			}
		}
		return true
	}}
}

// coded finds a code wherever records keep it: as a diagnosis, an observation or a
// procedure.
func coded(s registry.Set, tests ...registry.Test) registry.Query {
	q := registry.Query{Sets: []registry.Set{s}, Tests: tests}
	d, o, p := q, q, q
	d.Kind, o.Kind, p.Kind = registry.Diagnosis, registry.Observation, registry.Procedure
	return registry.Union(d, o, p)
}

// ageAtFirst is the age at the first diagnosis ever, which must be there.
func ageAtFirst(diagnosis registry.Set, cl Clinical, lo, hi int) registry.Definition {
	return registry.Given{Pick: registry.Pick{From: Ever(theFirst, diagnosis, cl), By: registry.Starts},
		Then: registry.AgeAt{At: registry.StartOf(theFirst), Min: lo, Max: hi}}
}
