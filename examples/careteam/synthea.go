package main

import (
	"errors"
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/chroniccare/chroniccare/registry"
)

// words tell which ICD-10-CM code stands for a condition of the synthetic set, by its
// name: the set's own codes are of a licensed system and stay where they are.
var words = []struct{ in, not, code string }{
	{"diabetes", "pre", "E11.9"}, {"hypertension", "", "I10"}, {"coronary heart disease", "", "I25.10"}, {"myocardial infarction", "history", "I21.4"}, {"congestive heart failure", "", "I50.9"},
	{"asthma", "", "J45.909"}, {"obstructive bronchitis", "", "J44.9"}, {"emphysema", "", "J44.9"}, {"depression", "", "F32.9"}, {"chronic kidney disease", "", "N18.30"},
}

func codeOf(display string) []registry.Code {
	d := strings.ToLower(display)
	for _, w := range words {
		if strings.Contains(d, w.in) && (w.not == "" || !strings.Contains(d, w.not)) {
			return icd[w.code]
		}
	}
	return nil
}

// remarks are what a reader has to know of the account of a synthetic population.
var remarks = []string{
	"Read: all nine files. Of procedures only depression screening counts, no register, recall or plan of this practice asks for the others, and spirometry counts by its result. Care plans in force and goals are shown of the one patient; the goals have no day and no coded target, so the plan cannot follow them.",
	"The set has no retinal or foot examinations, no education and no reviews of a disease: they are due to everybody on the register.",
	"The set names no doctor: people are given in turn to five invented ones, so panels, rates, ranks and the bonus are a demonstration. Language (English) and consent to be called are assumed too.",
}

// loaded is a flattened synthetic population, as of its last day. Nothing is lost
// without a count: left says how many lines could not be used, or not wholly, and why.
type loaded struct {
	people []person
	asOf   registry.Date
	left   map[string]int

	index map[string]int              // of people, by ID
	parts map[reading][]registry.Fact // of blood pressures: the file has each on a line
	order []reading                   // as they come
}

// reading is where the parts of a blood pressure meet.
type reading struct {
	p  *person
	on registry.Date
}

// tables are the files, each with the columns it needs and what becomes of a row. People
// come first.
var tables = []struct {
	name    string
	columns []string
	row     func(*loaded, *person, map[string]string)
}{
	{"conditions", []string{"patient", "onset", "abatement", "clinical_status", "verification", "system", "code", "display"}, (*loaded).condition},
	{"encounters", []string{"patient", "start", "end", "status", "class"}, (*loaded).encounter},
	{"observations", []string{"patient", "date", "status", "code", "value", "unit"}, (*loaded).observation},
	{"immunizations", []string{"patient", "date", "status", "cvx"}, (*loaded).immunization},
	{"medications", []string{"patient", "authored", "status", "system", "code", "display"}, (*loaded).medication},
	{"procedures", []string{"patient", "date", "status", "display"}, (*loaded).procedure},
	{"careplans", []string{"patient", "start", "status", "display"}, (*loaded).carePlan},
	{"goals", []string{"patient", "status", "text"}, (*loaded).goal},
}

// synthea reads the files of a folder; what is wrong with them is reported of all at once.
func synthea(dir string) (*loaded, error) {
	l := &loaded{left: map[string]int{}, index: map[string]int{}, parts: map[reading][]registry.Fact{}}
	file := func(name string) string { return filepath.Join(dir, name+".csv.gz") }
	errs := []error{eachRow(file("patients"), []string{"patient", "birth_date", "deceased", "sex"}, l.patient)}
	for _, t := range tables {
		errs = append(errs, eachRow(file(t.name), t.columns, func(f map[string]string) {
			i, ok := l.index[f["patient"]]
			if !ok {
				l.left["left out: unknown patient"]++
				return
			}
			t.row(l, &l.people[i], f)
		}))
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	l.pressures()
	if l.asOf == 0 {
		return nil, fmt.Errorf("no dated fact in %s", dir)
	}
	return l, nil
}

// notes are the remarks, and the lines that were not used, or not wholly.
func (l *loaded) notes() []string {
	out := slices.Clone(remarks)
	for _, why := range slices.Sorted(maps.Keys(l.left)) {
		out = append(out, fmt.Sprintf("%s %s", counted(l.left[why], "line", "lines"), why))
	}
	return out
}

// dayOf is the day of a date, or of a date and time as the record writes it: the zone
// moves nothing.
func dayOf(text string) (registry.Date, bool) {
	if len(text) > 10 && text[10] == 'T' {
		_, zoned := time.Parse(time.RFC3339, text)
		_, local := time.Parse("2006-01-02T15:04:05", text)
		if zoned != nil && local != nil {
			return 0, false
		}
		text = text[:10]
	}
	p, err := registry.ParseDate(text)
	if err != nil {
		return 0, false
	}
	return p.Date()
}

// optional is a day that need not be recorded, 0 when it is not; text that is no full day
// is counted.
func (l *loaded) optional(what, text string) registry.Date {
	if text == "" {
		return 0
	}
	d, ok := dayOf(text)
	if !ok {
		l.left["taken as not recorded: "+what+" that is no full day"]++
	}
	return d
}

// start is a day without which a line cannot be used.
func (l *loaded) start(what, text string) (registry.Date, bool) {
	d, ok := dayOf(text)
	switch {
	case text == "":
		l.left["left out: "+what+" not recorded"]++
	case !ok:
		l.left["left out: "+what+" that is no full day"]++
	}
	return d, ok
}

// add keeps a fact of a day: the latest is the day of the account.
func (l *loaded) add(p *person, on registry.Date, f registry.Fact) {
	l.asOf = max(l.asOf, on)
	f.ID = fmt.Sprintf("f%05d", len(p.Facts))
	p.Facts = append(p.Facts, f)
}

func (l *loaded) patient(f map[string]string) {
	p := person{language: "en", doctor: len(l.people) % len(doctors)}
	p.ID = f["patient"]
	if _, twice := l.index[p.ID]; twice || p.ID == "" {
		l.left["left out: patient without an ID, or listed twice"]++
		return
	}
	if p.Birth = l.optional("birth", f["birth_date"]); f["birth_date"] == "" {
		l.left["of unknown age: birth not recorded"]++
	}
	switch f["sex"] {
	case "female":
		p.Gender = registry.Female
	case "male":
		p.Gender = registry.Male
	}
	if text := f["deceased"]; text != "" { // dead, whatever the day
		d, ok := dayOf(text)
		if !ok {
			l.left["dead without a day: death that is no full day"]++
		}
		p.Death, p.Dead = registry.At(d), true
	}
	l.index[p.ID] = len(l.people)
	l.people = append(l.people, p)
}

func (l *loaded) condition(p *person, f map[string]string) {
	d, ok := l.start("onset", f["onset"])
	end := l.optional("abatement", f["abatement"])
	if !ok {
		return
	}
	codes := codeOf(f["display"])
	if codes == nil {
		codes = []registry.Code{registry.NewCode(f["system"], f["code"])}
	}
	when := registry.Since(d)
	if end != 0 {
		when = registry.Between(d, end)
	}
	l.add(p, d, registry.Fact{Kind: registry.Diagnosis, Status: registry.ParseStatus(f["clinical_status"]), Verification: registry.ParseVerification(f["verification"]), Codes: codes, When: when})
}

func (l *loaded) encounter(p *person, f map[string]string) {
	d, ok := l.start("start of an encounter", f["start"])
	end := l.optional("end of an encounter", f["end"])
	if !ok {
		return
	}
	code, v := "visit", ambulatory
	switch f["class"] {
	case "EMER":
		code, v = "emergency", emergencies
	case "IMP":
		code, v = "admission", inpatient
	}
	when := registry.On(d)
	if end != 0 {
		when = registry.Between(d, end)
	}
	l.add(p, d, registry.Fact{Kind: registry.Encounter, Status: registry.ParseStatus(f["status"]), Codes: visitCodes[code], When: when, Visit: v, Provider: doctors[p.doctor].id})
}

func (l *loaded) observation(p *person, f map[string]string) {
	d, ok := l.start("day of an observation", f["date"])
	if !ok {
		return
	}
	code := registry.NewCode("LOINC", f["code"])
	x := registry.Fact{Kind: registry.Observation, Status: registry.ParseStatus(f["status"]), Codes: []registry.Code{code}, When: registry.On(d), Value: l.value(f["value"], f["unit"])}
	if code == systolicCode || code == diastolicCode {
		at := reading{p, d}
		if l.parts[at] == nil {
			l.order = append(l.order, at)
		}
		l.parts[at] = append(l.parts[at], x)
		return
	}
	l.add(p, d, x)
}

// value is a number of up to six places, which are plenty, or text.
func (l *loaded) value(text, unit string) registry.Value {
	short := text
	if dot := strings.IndexByte(text, '.'); dot >= 0 && len(text) > dot+7 {
		short = text[:dot+7]
	}
	n, err := registry.ParseNumber(short)
	if err != nil {
		l.left["kept as text: value that is no number"]++
		return registry.Value{Kind: registry.TextValue, Text: text}
	}
	return registry.Value{Kind: registry.QuantityValue, Quantity: registry.Quantity{Value: n, Unit: registry.CanonicalUnit(unit)}}
}

// pressures joins the parts. The parts of two pressures of a day cannot be told apart.
func (l *loaded) pressures() {
	for _, at := range l.order {
		x := l.parts[at]
		if len(x) == 2 && x[0].Codes[0] == diastolicCode {
			x[0], x[1] = x[1], x[0]
		}
		if len(x) != 2 || x[0].Codes[0] != systolicCode || x[1].Codes[0] != diastolicCode {
			l.left["left out: part of a blood pressure that has no other part, or one too many, on the day"] += len(x)
			continue
		}
		f := x[0]
		f.Components = []registry.Component{{Codes: x[0].Codes, Value: x[0].Value}, {Codes: x[1].Codes, Value: x[1].Value}}
		f.Codes, f.Value = pressure.values.Codes[:1], registry.Value{}
		l.add(at.p, at.on, f)
	}
}

func (l *loaded) immunization(p *person, f map[string]string) {
	if d, ok := l.start("day of an immunisation", f["date"]); ok {
		l.add(p, d, registry.Fact{Kind: registry.Immunization, Status: registry.ParseStatus(f["status"]), Codes: []registry.Code{registry.NewCode("CVX", f["cvx"])}, When: registry.On(d)})
	}
}

func (l *loaded) medication(p *person, f map[string]string) {
	d, ok := l.start("day of a prescription", f["authored"])
	if !ok {
		return
	}
	codes := []registry.Code{registry.NewCode(f["system"], f["code"])}
	if x := strings.ToLower(f["display"]); strings.Contains(x, "ibuprofen") || strings.Contains(x, "naproxen") {
		codes = visitCodes["nsaid"]
	}
	l.add(p, d, registry.Fact{Kind: registry.MedicationOrder, Intent: registry.Order, Status: registry.ParseStatus(f["status"]), Codes: codes, When: registry.On(d), Authored: registry.At(d)})
}

func (l *loaded) procedure(p *person, f map[string]string) {
	if !strings.HasPrefix(strings.ToLower(f["display"]), "depression screening") {
		l.left["left out: procedure that no register, recall or plan asks for"]++
		return
	}
	if d, ok := l.start("day of a procedure", f["date"]); ok {
		l.add(p, d, registry.Fact{Kind: registry.Procedure, Status: registry.ParseStatus(f["status"]), Codes: screening.values.Codes[:1], When: registry.On(d)})
	}
}

func (l *loaded) carePlan(p *person, f map[string]string) {
	if registry.ParseStatus(f["status"]) != registry.Active {
		l.left["left out: care plan that is no longer in force"]++
		return
	}
	if d, ok := l.start("start of a care plan", f["start"]); ok {
		l.asOf = max(l.asOf, d)
		p.carePlans = append(p.carePlans, fmt.Sprintf("%s (since %s)", f["display"], d))
	}
}

func (l *loaded) goal(p *person, f map[string]string) {
	if f["status"] != "accepted" && f["status"] != "active" {
		l.left["left out: goal that is not in force"]++
		return
	}
	p.goals = append(p.goals, f["text"])
}
