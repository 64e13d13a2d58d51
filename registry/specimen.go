package registry

import "fmt"

// Specimen builds a patient for whom definitions are likely to hold, for tests
// and demonstrations: it reads a definition and adds the facts that it asks for,
// with dates and values that lean towards the boundaries. What it builds is not
// sure to meet the definition (rules written as functions are opaque, negations
// are left to chance); ask the criterion.
type Specimen struct {
	Patient *Patient
	Period  Period
	// Codes gives codes of a value set; [Lexicon.CodesOf] is one.
	Codes func(Set) []Code
	// Draw gives a number from 0 to n-1, for every choice.
	Draw func(n int) int

	names map[string]int
	picks map[string]int
	n     int
}

// CodesOf gives the codes of a value set that the lexicon was bound with.
func (l *Lexicon) CodesOf(s Set) []Code {
	if v := l.sets[BareOID(s.OID)]; v != nil {
		return v.Codes
	}
	return nil
}

func (f *Fact) visit() *Visit {
	if f.Visit == nil {
		f.Visit = &Visit{}
	}
	return f.Visit
}

func (f *Fact) supply() *Supply {
	if f.Supply == nil {
		f.Supply = &Supply{}
	}
	return f.Supply
}

// Meet adds what a definition asks for.
func (s *Specimen) Meet(d Definition) {
	switch d := d.(type) {
	case All:
		for _, p := range d { // who the person is, before what happened
			if personal(p) {
				s.Meet(p)
			}
		}
		for _, p := range d {
			if !personal(p) {
				s.Meet(p)
			}
		}
	case Any:
		if len(d) > 0 {
			s.Meet(d[s.Draw(len(d))])
		}
	case Named:
		s.Meet(d.Of)
	case Exists:
		s.Add(d.Query)
	case Count:
		day := s.Draw(30)
		for k := range d.Min {
			i := s.Add(d.Of)
			if d.Distinct == DistinctDays && i >= 0 {
				f := &s.Patient.Facts[i]
				f.When.Start.Day = f.When.Start.Day.AddDays(k + day)
				f.When.End = f.When.Start
			}
		}
	case The:
		if i := s.pick(d.Pick); i >= 0 {
			s.apply(d.Is, i)
		}
	case Given:
		if i := s.pick(d.Pick); i >= 0 && s.names != nil {
			s.names[d.Pick.From.As] = i
		}
		s.Meet(d.Then)
	case Is:
		if i, ok := s.names[d.Name]; ok {
			s.apply(d.Tests, i)
		}
	case AgeAt:
		s.age(d)
	case SexIs:
		s.Patient.Gender = d.Sex
	case SexCodeIs:
		s.Patient.SexCode = d.Code
	case DiedBy:
		if m, ok := s.resolve(d.By); ok {
			s.Patient.Dead, s.Patient.Death = true, At(m.Day.AddDays(-s.Draw(2)))
		}
	case CoverDays:
		s.cover(d)
	case SupplyDays:
		if i := s.Add(d.Of); i >= 0 {
			s.Patient.Facts[i].supply().Days = Num(int64(d.Min), 0)
		}
	}
}

// pick adds the fact that a pick is to find, once: two criteria about the same
// pick are about the same fact.
func (s *Specimen) pick(p Pick) int {
	key := p.From.String()
	if i, ok := s.picks[key]; ok {
		return i
	}
	i := s.Add(p.From)
	if s.picks == nil {
		s.picks = map[string]int{}
	}
	s.picks[key] = i
	return i
}

func personal(d Definition) bool {
	switch d := d.(type) {
	case AgeAt:
		return d.At.kind != anchorFact
	case SexIs, SexCodeIs:
		return true
	case Named:
		return personal(d.Of)
	case All:
		for _, p := range d {
			if !personal(p) {
				return false
			}
		}
		return len(d) > 0
	}
	return false
}

// Add adds a fact of the query and returns its place, -1 when no code is known.
func (s *Specimen) Add(q Query) int {
	if k := s.Draw(1 + len(q.Or)); k > 0 {
		q = q.Or[k-1]
	}
	var code []Code
	switch {
	case len(q.Sets)+len(q.Codes) > 0:
		k := s.Draw(len(q.Sets) + len(q.Codes))
		if k < len(q.Sets) {
			all := s.Codes(q.Sets[k])
			if len(all) == 0 {
				return -1
			}
			code = []Code{all[s.Draw(len(all))]}
		} else {
			code = []Code{q.Codes[k-len(q.Sets)]}
		}
	}
	s.n++
	f := Fact{ID: fmt.Sprintf("s%d", s.n), Kind: q.Kind, Codes: code, Negated: q.Negated, Status: Completed, Intent: Order, Verification: Confirmed}
	d := s.Period.Start.AddDays(s.Draw(max(s.Period.Days(), 1)))
	f.When = On(d)
	switch q.Kind {
	case Encounter:
		f.Status, f.Visit = Finished, &Visit{Class: "AMB"}
		f.When = Span{Start: Moment{d, NewClock(9, 0, 0, 0)}, End: Moment{d, NewClock(9, 30, 0, 0)}}
	case Diagnosis:
		f.Status, f.When = Active, Since(d)
		f.Category = []Category{ProblemListItem, EncounterDiagnosis, HealthConcern}[s.Draw(3)]
	case Observation:
		f.Status = Final
	case Allergy:
		f.Status = Active
	case MedicationOrder, MedicationDispense:
		f.Supply = &Supply{Days: Num(30, 0), Start: d}
	}
	switch q.Kind {
	case MedicationOrder, ServiceRequest, DeviceRequest:
		f.Authored = At(d)
	}
	i := len(s.Patient.Facts)
	s.Patient.Facts = append(s.Patient.Facts, f)
	if q.As != "" {
		if s.names == nil {
			s.names = map[string]int{}
		}
		s.names[q.As] = i
	}
	s.apply(q.Tests, i)
	return i
}

func (s *Specimen) apply(ts []Test, i int) {
	f := func() *Fact { return &s.Patient.Facts[i] }
	exact := false
	limits := map[Aspect]Window{} // of several windows for one time, where they overlap
	for _, t := range ts {
		if t, ok := t.(Timing); ok {
			w := t.Window
			if old, seen := limits[t.Of]; seen {
				w = s.narrower(old, w)
			}
			limits[t.Of] = w
			exact = exact || t.Exact
		}
	}
	for _, t := range ts {
		switch t := t.(type) {
		case simple:
			if t.shape != nil {
				t.shape(f(), s.Draw)
			}
		case Compare:
			s.compare(t, f())
		case coded:
			s.coded(t, f())
		case Timing:
			if t.Rel <= Earliest {
				t.Window = limits[t.Of]
			}
			t.Exact = exact
			s.place(t, f())
		case DailyDoseAbove:
			x := t.Strengths[s.Draw(len(t.Strengths))]
			f().Codes = []Code{x.Code}
			sup := f().supply()
			sup.Days, sup.Quantity = Num(10, 0), Num(int64(10+s.Draw(500)), 0)
			if x.PerML {
				sup.QuantityUnit = "mL"
			}
		case anyOf:
			if len(t) > 0 {
				s.apply([]Test{t[s.Draw(len(t))]}, i)
			}
		case allOf:
			s.apply(t, i)
		case belongs:
			e := s.Add(Query{Kind: Encounter, Tests: t})
			f().EncounterID = s.Patient.Facts[e].ID
			s.Patient.Facts[e].When = f().When
		case with:
			if !t.not {
				s.Add(t.q)
			}
		case ifTest:
			s.Meet(t.d)
		}
	}
}

func (s *Specimen) compare(t Compare, f *Fact) {
	n := t.Limit
	step := int64([]int{0, 1, 1, 5}[s.Draw(4)])
	up := t.Op == Above || t.Op == AtOrAbove
	if !up {
		step = -step
	}
	if (t.Op == Above || t.Op == Below) && step == 0 {
		step = 1
		if !up {
			step = -1
		}
	}
	unit := t.Unit
	v := QuantityOf(Num(n.Coef*10+step*10, n.Exp-1), unit)
	if n.Exp >= 0 && s.Draw(2) == 0 {
		v = QuantityOf(Num(n.Coef*10+step, n.Exp-1), unit)
	}
	if t.Component == (Code{}) {
		f.Value = v
		return
	}
	if c := valueOf(f, t.Component); c != nil {
		*c = v
		return
	}
	f.Components = append(f.Components, Component{[]Code{t.Component}, v})
}

func (s *Specimen) coded(t coded, f *Fact) {
	var codes []Code
	for _, set := range t.sets {
		codes = append(codes, s.Codes(set)...)
	}
	codes = append(codes, t.codes...)
	if len(codes) == 0 {
		return
	}
	c := []Code{codes[s.Draw(len(codes))]}
	switch t.field {
	case fieldValue:
		f.Value = CodesOf(c...)
	case fieldReason:
		f.Reasons = c
	case fieldSite:
		f.Sites = c
	case fieldSeverity:
		f.Severity = c
	case fieldCode:
		f.Codes = c
	case fieldDisposition:
		f.visit().Disposition = c
	case fieldLocation:
		f.visit().LocationTypes = c
	case fieldVisitDx, fieldPrincipalDx:
		f.visit().Diagnoses = append(f.visit().Diagnoses, EncounterDx{Codes: c, Principal: t.field == fieldPrincipalDx})
	}
}

// resolve gives the moment of a bound with the facts named so far.
func (s *Specimen) resolve(b Bound) (Moment, bool) {
	c := Chart{Patient: s.Patient}
	if b.kind == anchorFact {
		i, ok := s.names[b.name]
		if !ok {
			return Moment{}, false
		}
		c.bound[0] = int32(i)
	}
	return (&boundBound{Bound: b}).at(&c, s.Period)
}

// narrower takes the later start and the earlier end.
func (s *Specimen) narrower(a, b Window) Window {
	at := func(x Bound) (Date, bool) {
		m, ok := s.resolve(x)
		return m.Day, ok
	}
	if x, ok := at(a.From); !ok {
		a.From = b.From
	} else if y, ok := at(b.From); ok && y >= x {
		a.From = b.From
	}
	if x, ok := at(a.To); !ok {
		a.To = b.To
	} else if y, ok := at(b.To); ok && y < x {
		a.To = b.To
	}
	return a
}

// day picks a day of the window, often its first or last.
func (s *Specimen) day(w Window) (d, from, to Date) {
	a, okA := s.resolve(w.From)
	b, okB := s.resolve(w.To)
	switch {
	case !okA && !okB:
		d = s.Period.Start.AddDays(s.Draw(365))
		return d, d, d
	case !okA:
		a = At(b.Day.AddDays(-[]int{0, 1, 30, 400}[s.Draw(4)]))
	case !okB:
		b = At(a.Day.AddDays([]int{0, 1, 30, 400}[s.Draw(4)]))
	}
	if w.From.excl {
		a.Day++
	}
	if w.To.excl && (b.Time == 0 || b.Time == Midnight) {
		b.Day--
	}
	from, to = a.Day, max(a.Day, b.Day)
	switch s.Draw(6) {
	case 0:
		d = from
	case 1:
		d = to
	case 2:
		d = min(from+1, to)
	default:
		d = from + Date(s.Draw(int(to-from)+1))
	}
	return d, from, to
}

// place puts the fact's time where the test wants it.
func (s *Specimen) place(t Timing, f *Fact) {
	d, from, to := s.day(t.Window)
	var m Moment
	if s.Draw(2) == 0 || t.Exact {
		m = Moment{d, NewClock(9, s.Draw(60), 0, 0)}
		step := func(excl bool) Clock {
			if excl {
				return 1
			}
			return 0
		}
		if a, ok := s.resolve(t.Window.From); t.Exact && ok && a.Day == d {
			m.Time = a.Time + step(t.Window.From.excl)
		}
		if b, ok := s.resolve(t.Window.To); t.Exact && ok && b.Day == d && m.Time > b.Time-step(t.Window.To.excl) {
			m.Time = b.Time - step(t.Window.To.excl)
		}
	} else {
		m = At(d)
	}
	span := Instant(m)
	lasting := f.Kind == Diagnosis || f.Kind == Allergy
	switch t.Rel {
	case Overlaps:
		if s.Draw(2) == 0 {
			span.Start = At(from - Date(s.Draw(100)))
		}
		if lasting && s.Draw(2) == 0 {
			span.End, span.Ongoing = Moment{}, true
		}
	case OverlapsBefore:
		span.Start = At(from - 1 - Date(s.Draw(100)))
		if lasting {
			span.End, span.Ongoing = Moment{}, true
		}
	case OverlapsAfter:
		span.End = At(to + 1 + Date(s.Draw(100)))
		if lasting {
			span.End, span.Ongoing = Moment{}, true
		}
	case Starts, Earliest:
		if lasting {
			span.End, span.Ongoing = Moment{}, true
		}
	}
	switch t.Of {
	case Authored:
		f.Authored = m
		if f.Kind == MedicationOrder || f.Kind == ServiceRequest || f.Kind == DeviceRequest {
			f.When = Instant(m)
			if f.Supply != nil {
				f.Supply.Start = m.Day
			}
		}
	case Covered:
		x := f.supply()
		x.Start, x.Days = span.Start.Day, Num(int64(max(1, int(span.End.Day-span.Start.Day)+1)), 0)
		if f.Kind == MedicationDispense {
			f.When = Instant(span.Start)
		}
	case Dosed:
		f.supply().Bounds = span
	case Persisting:
		f.When.Start = span.Start
	default:
		f.When = span
		if f.Kind == Encounter && span.Start == span.End && span.Start.Time != 0 && span.Start.Time < DayEnd-60000 && !t.Exact {
			f.When.End.Time += 60000
		}
		switch f.Kind {
		case MedicationOrder, ServiceRequest, DeviceRequest:
			f.Authored = span.Start
		}
		if f.Supply != nil {
			f.Supply.Start = span.Start.Day
		}
	}
}

// age sets the birth date, on a birthday or the day before one as often as not.
func (s *Specimen) age(d AgeAt) {
	m, ok := s.resolve(d.At)
	if !ok {
		return
	}
	hi := d.Max
	if hi == 0 {
		hi = d.Min + 30
	}
	n := []int{d.Min, hi, d.Min + s.Draw(hi-d.Min+1)}[s.Draw(3)]
	old := s.Patient.Birth
	if old != 0 {
		at := Age(old, m.Day)
		if d.Months {
			at = MonthsBetween(old, m.Day)
		}
		if at >= d.Min && (d.Max == 0 || at <= d.Max) {
			return // already so
		}
	}
	if d.Months {
		s.Patient.Birth = m.Day.AddMonths(-n).AddDays(-[]int{0, 15}[s.Draw(2)])
		return
	}
	s.Patient.Birth = m.Day.AddYears(-n).AddDays(-[]int{0, 1, 100, 300}[s.Draw(4)])
}

func (s *Specimen) cover(d CoverDays) {
	from, ok1 := s.resolve(d.Window.From)
	if len(d.Of) == 0 || !ok1 {
		return
	}
	i := s.Add(d.Of[s.Draw(len(d.Of))])
	if i < 0 {
		return
	}
	f := &s.Patient.Facts[i]
	f.supply().Start = from.Day
	f.Supply.Days = Num(int64(d.Min+[]int{0, 0, -1, 5}[s.Draw(4)]), 0)
	f.When = On(from.Day)
	if f.Kind == MedicationOrder {
		f.Authored = At(from.Day)
	}
}
