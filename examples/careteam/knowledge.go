package main

import (
	"errors"
	"maps"
	"slices"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/recall"
	"github.com/chroniccare/chroniccare/registry/register"
)

// What the team knows: registers, what is due to whom, and who does it. The codes are of
// free systems or made up here; a practice brings its own value sets.

// local codes are the practice's own: reviews and contacts.
const local = registry.System("urn:careteam")

func set(name string, codes ...registry.Code) (registry.Set, registry.ValueSet) {
	s := registry.Set{Name: name, OID: "urn:careteam:" + name}
	return s, registry.ValueSet{OID: s.OID, Name: name, Version: "example", Codes: codes}
}

type concept struct {
	registry.Set
	values registry.ValueSet
	kind   registry.Kind
}

func concepts(kind registry.Kind, name, system string, codes ...string) concept {
	var cs []registry.Code
	for _, c := range codes {
		cs = append(cs, registry.NewCode(system, c))
	}
	s, v := set(name, cs...)
	return concept{s, v, kind}
}

// query asks for facts of a concept with tests.
func (c concept) query(tests ...registry.Test) registry.Query {
	return registry.Query{As: c.Name, Kind: c.kind, Sets: []registry.Set{c.Set}, Tests: tests}
}

var (
	systolicCode, diastolicCode = registry.NewCode("LOINC", "8480-6"), registry.NewCode("LOINC", "8462-4")

	hba1c     = concepts(registry.Observation, "HbA1c", "LOINC", "4548-4")
	pressure  = concepts(registry.Observation, "blood pressure", "LOINC", "85354-9")
	lipids    = concepts(registry.Observation, "LDL cholesterol", "LOINC", "13457-7", "18262-6")
	egfr      = concepts(registry.Observation, "eGFR", "LOINC", "98979-8", "33914-3")
	acr       = concepts(registry.Observation, "albumin-creatinine ratio", "LOINC", "9318-7", "14959-1")
	phq9      = concepts(registry.Observation, "PHQ-9", "LOINC", "44261-6")
	smoking   = concepts(registry.Observation, "smoking status", "LOINC", "72166-2")
	weight    = concepts(registry.Observation, "weight", "LOINC", "29463-7")
	spiro     = concepts(registry.Observation, "FEV1/FVC", "LOINC", "19926-5")
	eyeExam   = concepts(registry.Procedure, "retinal examination", "HCPCS", "S3000")
	footExam  = concepts(registry.Procedure, "foot examination", "HCPCS", "G0246")
	education = concepts(registry.Procedure, "self-management education", "HCPCS", "G0108")
	screening = concepts(registry.Procedure, "depression screening", "HCPCS", "G0444")
	influenza = concepts(registry.Immunization, "influenza vaccine", "CVX", "140", "141", "150", "158")
	visit     = concepts(registry.Encounter, "visit", string(local), "visit", "dm-review", "htn-review", "asthma-review", "copd-review", "hf-review", "chd-review", "mood-review")
	emergency = concepts(registry.Encounter, "emergency visit", string(local), "emergency")
	stay      = concepts(registry.Encounter, "unplanned admission", string(local), "admission")
	hfStay    = concepts(registry.Encounter, "admission for heart failure", string(local), "hf-admission")
	nsaid     = concepts(registry.MedicationOrder, "anti-inflammatory drug", string(local), "nsaid")
)

func allConcepts() []concept {
	return []concept{hba1c, pressure, lipids, egfr, acr, phq9, smoking, weight, spiro, eyeExam, footExam, education, screening, influenza, visit, emergency, stay, hfStay, nsaid}
}

func review(code string) registry.Query {
	return registry.Query{As: code, Kind: registry.Encounter, Codes: []registry.Code{{System: local, Value: code}}}
}

// controlled is a blood pressure below 140/90 with both parts from one measurement.
func controlled() []registry.Test {
	return []registry.Test{
		registry.Compare{Op: registry.Below, Limit: registry.Num(140, 0), Unit: "mm[Hg]", Component: systolicCode},
		registry.Compare{Op: registry.Below, Limit: registry.Num(90, 0), Unit: "mm[Hg]", Component: diastolicCode},
	}
}

// duty is who does the care of a key, and for how long.
type duty struct {
	role    string
	minutes int
	tests   []string // done before the visit
}

const (
	physician   = "physician"
	nurse       = "nurse"
	educator    = "health educator"
	caseManager = "case manager"
	clerk       = "clerk"
)

var duties = map[string]duty{
	"HbA1c":                   {nurse, 5, []string{"HbA1c"}},
	"kidney check":            {nurse, 5, []string{"eGFR", "albumin-creatinine ratio"}},
	"lipid panel":             {nurse, 5, []string{"LDL cholesterol"}},
	"foot examination":        {nurse, 10, nil},
	"retinal examination":     {clerk, 5, nil}, // booked with the eye service
	"diabetes visit":          {nurse, 20, nil},
	"blood pressure":          {nurse, 10, nil},
	"mood":                    {nurse, 10, nil},
	"education":               {educator, 30, nil},
	"influenza vaccine":       {nurse, 5, nil},
	"asthma review":           {nurse, 20, nil},
	"COPD review":             {nurse, 25, nil},
	"heart failure review":    {physician, 20, nil},
	"visit after discharge":   {caseManager, 30, nil},
	"coronary disease lipids": {nurse, 5, []string{"LDL cholesterol"}},
}

// keys of all care, in a fixed order.
var keys = func() []string { return slices.Sorted(maps.Keys(duties)) }()

// knowledge is everything bound once to one lexicon.
type knowledge struct {
	lexicon   *registry.Lexicon
	sets      []registry.ValueSet
	registers *register.Registers
	plan      *recall.Plan
	unbound   []recall.Unbound // published items that the practice does not use
	index     map[string]int   // of registers
	is        map[string]registry.Definition
	bands     *register.Bands // of blood pressure
	// controlled: the latest complete blood pressure of the year is below 140/90.
	controlled registry.Criterion
}

// learn binds registers and recommendations to the value sets.
func learn(universe []registry.Code) (*knowledge, error) {
	k := &knowledge{index: map[string]int{}, is: map[string]registry.Definition{}}
	list, sets, err := register.Starter(universe...)
	if err != nil {
		return nil, err
	}
	for _, c := range allConcepts() {
		sets = append(sets, c.values)
	}
	k.sets = sets
	byID := map[string]register.Register{}
	for i, r := range list {
		byID[r.ID], k.index[r.ID], k.is[r.ID] = r, i, r.In
	}
	condition := func(name, id string) recall.ConditionBinding {
		r := byID[id]
		return recall.ConditionBinding{Condition: name, Is: r.In, Since: &r.Evidence}
	}
	item := func(condition, name, key string, priority int, q registry.Query) recall.ItemBinding {
		return recall.ItemBinding{Condition: condition, Item: name, Key: key, Evidence: q, Priority: priority}
	}
	final := registry.StatusIn(registry.Final, registry.Amended, registry.Corrected)
	atGoal := registry.The{Pick: registry.Pick{From: hba1c.query(final, registry.When(registry.Starts, registry.UpToPeriodEnd())), By: registry.Starts, Last: true, Tie: registry.TieHighest},
		Is: []registry.Test{registry.Compare{Op: registry.AtOrBelow, Limit: registry.Num(75, -1), Unit: "%"}}}
	grid, err := recall.NewKidneyGrid()
	if err != nil {
		return nil, err
	}
	kidneys := registry.Union(egfr.query(final))
	recs, unbound, err := recall.Starter(recall.Bindings{
		Conditions: []recall.ConditionBinding{condition("diabetes", "diabetes"), condition("hypertension", "hypertension"), condition("asthma", "asthma"), condition("COPD", "copd"),
			condition("heart failure", "heart-failure"), condition("CHD", "chd"), condition("CKD", "ckd")},
		Items: []recall.ItemBinding{
			item("diabetes", "diabetes-focused visit", "diabetes visit", 3, review("dm-review")),
			item("diabetes", "HbA1c", "HbA1c", 1, hba1c.query(final)),
			item("diabetes", "comprehensive foot examination", "foot examination", 2, footExam.query()),
			item("diabetes", "dilated eye examination or retinal image", "retinal examination", 2, eyeExam.query()),
			item("diabetes", "creatinine with eGFR", "kidney check", 2, kidneys),
			item("diabetes", "lipid panel", "lipid panel", 3, lipids.query(final)),
			item("diabetes", "emotional health and depression screen", "mood", 4, registry.Union(phq9.query(final), screening.query(registry.StatusIn(registry.Completed)))),
			item("diabetes", "self-management education and support", "education", 4, education.query()),
			item("diabetes", "influenza immunisation", "influenza vaccine", 3, influenza.query(registry.StatusIn(registry.Completed))),
			item("hypertension", "blood pressure visit", "blood pressure", 1, pressure.query(final)),
			item("asthma", "review", "asthma review", 3, review("asthma-review")),
			item("COPD", "clinical review, FEV1 and FVC, BMI, breathlessness score", "COPD review", 2, review("copd-review")),
			item("heart failure", "review", "heart failure review", 1, review("hf-review")),
			item("heart failure", "clinic visit", "visit after discharge", 1, visit.query()),
			item("CHD", "lipid panel and adherence check", "coronary disease lipids", 3, lipids.query(final)),
			item("CKD", "eGFR and urine albumin-creatinine ratio", "kidney check", 2, kidneys),
		},
		Rows: []recall.RowBinding{
			{ID: "dm.hba1c.goal", When: atGoal}, {ID: "dm.hba1c.off", When: registry.Not{Of: atGoal}}, {ID: "dm.eye.t2"}, {ID: "dm.egfr", When: registry.Not{Of: byID["ckd"].In}},
			{ID: "htn.titration", Controlled: controlled()},
			{ID: "asthma.stable"}, {ID: "copd.mild"}, {ID: "hf.review"}, {ID: "chd.lipids"}, {ID: "ckd.base"},
			{ID: "hf.discharge.visit", Trigger: ptr(hfStay.query()), ByEnd: true},
		},
		Grid: &recall.GridRule{Grid: grid, GFR: egfr.query(final), ACR: acr.query(final)},
	})
	if err != nil {
		return nil, err
	}
	k.unbound = unbound
	if k.bands, err = register.NewBands(); err != nil {
		return nil, err
	}
	b := registry.NewBinder(sets)
	k.registers = register.Bind(b, register.Policy{}, list...)
	plan, planErr := recall.Bind(b, sets, recs...)
	k.plan = plan
	k.controlled = registry.The{Pick: registry.Pick{From: pressure.query(final, registry.When(registry.During, registry.ThePeriod())), By: registry.Starts, Last: true}, Is: controlled()}.Bind(b)
	k.lexicon, err = b.Lexicon()
	return k, errors.Join(planErr, err)
}

func ptr[T any](x T) *T { return &x }

// names of the registers in their order.
func (k *knowledge) names() []string {
	var out []string
	for _, r := range k.registers.List() {
		out = append(out, r.Title)
	}
	return out
}

// longTerm are the registers that count as chronic conditions of a person; an acute
// infarction counts with coronary disease.
func (k *knowledge) longTerm() []int {
	var out []int
	for id, i := range k.index {
		if id != "acute-mi" {
			out = append(out, i)
		}
	}
	slices.Sort(out)
	return out
}
