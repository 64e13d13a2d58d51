package completeness

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/chroniccare/chroniccare/registry"
)

// Options of a check. The zero value judges no measurement and knows no code lists.
type Options struct {
	Analytes []Analyte       // measurements whose unit and range are judged
	Universe []registry.Code // all codes of the systems that it names; others are not judged
	Digits   bool            // check digits of LOINC and SNOMED CT too
}

// Checker finds what is wrong with a record. It is immutable and may be shared.
type Checker struct {
	units    *Units
	analytes []Analyte
	analyte  map[registry.Code]int
	universe map[registry.Code]bool
	systems  map[registry.System]bool
	digits   bool
}

// NewChecker binds the options. Codes that two analytes claim, analytes without a name
// or codes, and a name twice are errors, all named.
func NewChecker(o Options) (*Checker, error) {
	units, err := LoadUnits()
	if err != nil {
		return nil, err
	}
	c := &Checker{units: units, analytes: o.Analytes, digits: o.Digits, analyte: map[registry.Code]int{}, universe: map[registry.Code]bool{}, systems: map[registry.System]bool{}}
	var errs []error
	names := map[string]bool{}
	for i, a := range o.Analytes {
		if a.Name == "" || names[a.Name] || len(a.Codes) == 0 {
			errs = append(errs, fmt.Errorf("%w: analyte %d %q: a name of its own and codes are needed", ErrDefinition, i+1, a.Name))
		}
		names[a.Name] = true
		for _, code := range a.Codes {
			if k, ok := c.analyte[code]; ok && k != i {
				errs = append(errs, fmt.Errorf("%w: %s is both %s and %s", ErrDefinition, code, o.Analytes[k].Name, a.Name))
			}
			c.analyte[code] = i
		}
	}
	for _, code := range o.Universe {
		c.universe[code], c.systems[code.System] = true, true
	}
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return c, nil
}

// Issues is the result of a check with the storage that checking needs: reuse it, and
// checking a record without faults does not allocate.
type Issues struct {
	List []Issue `json:"list"`

	order []int32
	spans []registry.Enrolment
	days  []registry.Date
}

// counts reports whether a fact is part of the record at all.
func counts(f *registry.Fact) bool {
	return f.Status != registry.EnteredInError && f.Verification != registry.VerifiedInError && f.Verification != registry.Refuted
}

// Check lists every fault of a record as of a day, in the order of place: the person
// first, then by day, kind, ID, code and field. The order of facts does not matter.
func (c *Checker) Check(r *Record, asOf registry.Date, out *Issues) {
	if out.List == nil { // an empty list looks the same whether used before or not
		out.List = []Issue{}
	}
	out.List = out.List[:0]
	p := r.Patient
	c.person(r, asOf, out)
	death := r.death()
	facts := p.Facts
	out.order = out.order[:0]
	for i := range facts {
		if counts(&facts[i]) {
			out.order = append(out.order, int32(i))
		}
	}
	in := func(a, b int32) int { return byID(&facts[a], &facts[b]) }
	if !slices.IsSortedFunc(out.order, in) {
		slices.SortFunc(out.order, in)
	}
	for k := 0; k < len(out.order); {
		n := k + 1
		for n < len(out.order) && byID(&facts[out.order[k]], &facts[out.order[n]]) == 0 {
			n++
		}
		if n-k > 1 && facts[out.order[k]].ID != "" {
			duplicates(facts, out.order[k:n], out)
		}
		k = n
	}
	for _, i := range out.order {
		f := &facts[i]
		c.fact(p, f, asOf, death, out)
		if f.EncounterID != "" && !has(facts, out.order, registry.Encounter, f.EncounterID) {
			out.add(OrphanResult, f, "encounter", "is "+f.EncounterID+", which the record does not hold")
		}
		if f.Visit != nil {
			for k := range f.Visit.Diagnoses {
				if ref := f.Visit.Diagnoses[k].Reference; ref != "" && !has(facts, out.order, registry.Diagnosis, ref) {
					out.add(OrphanResult, f, "visit.diagnoses", "name "+ref+", which the record does not hold")
				}
			}
		}
	}
	for i := range r.Readings {
		if f := &r.Readings[i].Fact; counts(f) {
			c.fact(p, f, asOf, death, out)
		}
	}
	slices.SortFunc(out.List, byPlace)
}

func (o *Issues) add(c Code, f *registry.Fact, field, detail string) {
	x := Issue{Code: c, Field: field, Detail: detail}
	if f != nil {
		x.Kind, x.Fact, x.On = f.Kind, f.ID, f.When.Earliest().Day
	}
	o.List = append(o.List, x)
}

func (c *Checker) person(r *Record, asOf registry.Date, out *Issues) {
	p := r.Patient
	if p.Birth > asOf {
		out.add(FutureDate, nil, "birth", "is "+p.Birth.String())
	}
	out.days = append(out.days[:0], r.Deaths...)
	out.days = append(out.days, p.Death.Day)
	slices.Sort(out.days)
	days := slices.Compact(out.days)
	if days[0] == 0 {
		days = days[1:]
	}
	for i, d := range days {
		switch {
		case d > asOf:
			out.add(FutureDate, nil, "death", "is "+d.String())
		case p.Birth != 0 && d < p.Birth:
			out.add(BeforeBirth, nil, "death", "is "+d.String()+", birth "+p.Birth.String())
		}
		if i > 0 {
			out.add(MultipleDeaths, nil, "death", "is "+days[0].String()+" and "+d.String())
		}
	}
	for _, id := range r.Identifiers {
		if !id.Valid() {
			out.add(IDCheckDigit, nil, "identifier", id.System+" "+id.Value+" cannot be right")
		}
	}
	out.spans = append(out.spans[:0], p.Enrolments...)
	slices.SortFunc(out.spans, func(a, b registry.Enrolment) int {
		return cmp.Or(strings.Compare(a.Product, b.Product), cmp.Compare(a.Period.Start, b.Period.Start), cmp.Compare(last(a), last(b)), strings.Compare(a.Payer, b.Payer))
	})
	var prev *registry.Enrolment
	for i := range out.spans {
		e := &out.spans[i]
		if !e.Period.Valid() {
			out.add(EndBeforeStart, nil, "enrolment", e.Product+" "+e.Period.String())
			continue
		}
		if prev != nil && prev.Product == e.Product && e.Period.Start <= last(*prev) {
			out.add(CoverageOverlap, nil, "enrolment", strings.TrimSpace(e.Product+" "+e.Period.String()+" overlaps "+prev.Period.String()))
		}
		if prev == nil || prev.Product != e.Product || last(*e) > last(*prev) {
			prev = e
		}
	}
}

func last(e registry.Enrolment) registry.Date {
	if e.Period.End == 0 {
		return registry.MaxDate
	}
	return e.Period.End
}

// planned facts may lie ahead.
func planned(f *registry.Fact) bool {
	switch f.Kind {
	case registry.MedicationOrder, registry.ServiceRequest, registry.DeviceRequest, registry.Coverage, registry.Communication:
		return true
	}
	switch f.Status {
	case registry.Planned, registry.Draft, registry.Cancelled, registry.Registered:
		return true
	}
	return false
}

func (c *Checker) fact(p *registry.Patient, f *registry.Fact, asOf, death registry.Date, out *Issues) {
	start, end := f.When.Start, f.When.End
	if !planned(f) && f.When.Earliest().Day > asOf {
		out.add(FutureDate, f, "when", "is "+f.When.String())
	}
	if f.Authored.Day > asOf {
		out.add(FutureDate, f, "authored", "is "+f.Authored.Day.String())
	}
	if start.Recorded() && end.Recorded() {
		if o, _ := end.Compare(start, true); o < 0 {
			out.add(EndBeforeStart, f, "when", "ends "+end.String()+", starts "+start.String())
		}
	}
	if death != 0 && start.Day > death && !planned(f) {
		out.add(AfterDeath, f, "when", "starts "+start.Day.String()+", death "+death.String())
	}
	if p.Birth != 0 && start.Day != 0 && start.Day < p.Birth {
		out.add(BeforeBirth, f, "when", "starts "+start.Day.String()+", birth "+p.Birth.String())
	}
	switch f.Status {
	case registry.Resolved, registry.Inactive, registry.Remission:
		if f.Kind == registry.Diagnosis && !end.Recorded() && f.Authored.Day != 0 && start.Day > f.Authored.Day {
			out.add(StatusConflict, f, "status", "is "+f.Status.String()+", recorded before the onset")
		}
	case registry.Active, registry.Recurrence, registry.Relapse:
		if f.Kind == registry.Diagnosis && end.Recorded() && end.Day <= asOf {
			out.add(StatusConflict, f, "status", "is "+f.Status.String()+", ended "+end.Day.String())
		}
	case registry.Registered, registry.Cancelled, registry.NotDone:
		if f.Kind == registry.Observation && f.Value.Kind != registry.NoValue {
			out.add(StatusConflict, f, "status", "is "+f.Status.String()+", with a result")
		}
	}
	if f.Negated && f.Value.Kind != registry.NoValue {
		out.add(StatusConflict, f, "negated", "with a result")
	}
	if s := f.Supply; s != nil && (s.Days.Coef < 0 || s.Quantity.Coef < 0 || s.Refills < 0) {
		out.add(NegativeSupply, f, "supply", fmt.Sprintf("is %s days, %s units, %d refills", s.Days, s.Quantity, s.Refills))
	}
	for i := range f.Codes {
		c.code(f, f.Codes[i], "codes", out)
	}
	for i := range f.Value.Codes {
		c.code(f, f.Value.Codes[i], "value.codes", out)
	}
	if f.Visit != nil {
		for i := range f.Visit.Diagnoses {
			for _, code := range f.Visit.Diagnoses[i].Codes {
				c.code(f, code, "visit.diagnoses.codes", out)
			}
		}
	}
	c.value(p, f, f.Codes, &f.Value, "value", out)
	for i := range f.Components {
		c.value(p, f, f.Components[i].Codes, &f.Components[i].Value, "components.value", out)
	}
}

func (c *Checker) code(f *registry.Fact, code registry.Code, field string, out *Issues) {
	if why := CheckCode(code, c.digits); why != "" {
		out.add(CodeInvalid, f, field, "hold "+code.String()+": "+why)
	} else if len(c.systems) > 0 && c.systems[code.System] && !c.universe[code] {
		out.add(CodeUnknown, f, field, "hold "+code.String())
	}
}

// judge finds the analyte among codes and judges a value of it, at the age of the fact.
func (c *Checker) judge(p *registry.Patient, f *registry.Fact, codes []registry.Code, v *registry.Value) (name string, code Code) {
	if v.Kind != registry.QuantityValue {
		return "", NoIssue
	}
	for _, x := range codes {
		if i, ok := c.analyte[x]; ok {
			q := v.Quantity
			for _, a := range c.analytes[i].Aliases {
				if a[0] == q.Unit {
					q.Unit = a[1]
				}
			}
			return c.analytes[i].Name, c.units.Judge(c.analytes[i].Name, q, p.AgeOn(f.When.Earliest().Day))
		}
	}
	return "", NoIssue
}

func (c *Checker) value(p *registry.Patient, f *registry.Fact, codes []registry.Code, v *registry.Value, field string, out *Issues) {
	if name, code := c.judge(p, f, codes, v); code != NoIssue {
		out.add(code, f, field, "of "+name+" is "+v.String())
	}
}

// Usable reports whether every measured value of a fact may be used: with a unit that
// can be converted, inside the plausible range.
func (c *Checker) Usable(p *registry.Patient, f *registry.Fact) bool {
	if _, code := c.judge(p, f, f.Codes, &f.Value); code != NoIssue {
		return false
	}
	for i := range f.Components {
		if _, code := c.judge(p, f, f.Components[i].Codes, &f.Components[i].Value); code != NoIssue {
			return false
		}
	}
	return true
}
