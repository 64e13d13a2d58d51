package comorbidity

import (
	"cmp"
	"errors"
	"fmt"
	"slices"

	"github.com/chroniccare/chroniccare/registry"
)

// ErrSelection is wrapped by errors about selections.
var ErrSelection = errors.New("comorbidity: selection")

// Source says where a diagnosis was recorded.
type Source uint8

// Sources.
const (
	SourceUnknown Source = iota
	Inpatient
	Outpatient
	Professional
	ProblemList
	numSources
)

// String is the source in words.
func (s Source) String() string {
	return [...]string{"unknown", "inpatient", "outpatient", "professional", "problem list"}[min(s, numSources-1)]
}

// Diagnosis is a diagnosis code with what decides whether it counts. The zero value of
// every field but Code is "not known".
type Diagnosis struct {
	Code      registry.Code
	Day       registry.Date
	Encounter string // ID of the stay or visit
	Source    Source
	Position  int    // 1 is principal
	POA       string // Y, W, N, U, 1, E or blank
	Fact      string // ID of the record behind it
}

// PrincipalRule says what the principal diagnosis is for.
type PrincipalRule uint8

// The rules; the zero value includes it.
const (
	IncludePrincipal PrincipalRule = iota
	ExcludePrincipal
	OnlyPrincipal
)

// Selection says which diagnoses count. No publication fixes any of it for Charlson and
// Elixhauser: the window has to be given, the zero value of the rest counts everything in
// it.
type Selection struct {
	Window      registry.Period // by the day of the diagnosis, both ends in; required
	Without     string          // an encounter that does not count, such as the index stay
	Principal   PrincipalRule
	PresentOnly bool     // of stays: only POA Y or W
	Sources     []Source // allowed ones; nil: all
	MinOutside  int      // a condition that no stay shows needs so many diagnoses ...
	DaysApart   int      // ... on different days at least so far apart; 2 and 30 are usual in research
}

// Check reports every fault as [ErrSelection]: a window without both ends or reversed,
// numbers below zero, distance without number, an unknown rule or source.
func (s Selection) Check() error {
	var faults []error
	bad := func(format string, a ...any) {
		faults = append(faults, fmt.Errorf("%w: "+format, append([]any{ErrSelection}, a...)...))
	}
	if !s.Window.Start.Recorded() || !s.Window.End.Recorded() || !s.Window.Valid() {
		bad("window %v: both ends are needed, in order", s.Window)
	}
	if s.MinOutside < 0 || s.DaysApart < 0 || s.DaysApart > 0 && s.MinOutside < 2 {
		bad("%d diagnoses outside hospital, %d days apart", s.MinOutside, s.DaysApart)
	}
	if s.Principal > OnlyPrincipal {
		bad("principal rule %d", s.Principal)
	}
	for i, x := range s.Sources {
		if x >= numSources || slices.Contains(s.Sources[:i], x) {
			bad("source %d is unknown or there twice", x)
		}
	}
	return errors.Join(faults...)
}

// LeftOut counts the diagnoses that were not read, each under the first reason that held.
type LeftOut struct {
	Undated   int // no day
	Window    int // outside the window
	Without   int // of the encounter that does not count
	Source    int // of a source that is not allowed
	Principal int // by the principal rule; with OnlyPrincipal also those of unknown position
	Absent    int // not known to be present on admission
}

// Total is the sum of all reasons.
func (l LeftOut) Total() int {
	return l.Undated + l.Window + l.Without + l.Source + l.Principal + l.Absent
}

// Selected is what the diagnoses that count give.
type Selected struct {
	Result
	LeftOut LeftOut
	Rare    Flags // conditions that had too few diagnoses outside hospital
}

// why counts a diagnosis that is left out.
func (s *Selection) why(d *Diagnosis, l *LeftOut) bool {
	switch {
	case !d.Day.Recorded():
		l.Undated++
	case !s.Window.Contains(d.Day):
		l.Window++
	case s.Without != "" && d.Encounter == s.Without:
		l.Without++
	case s.Sources != nil && !slices.Contains(s.Sources, d.Source):
		l.Source++
	case s.Principal == ExcludePrincipal && d.Position == 1, s.Principal == OnlyPrincipal && d.Position != 1:
		l.Principal++
	case s.PresentOnly && (d.Source == Inpatient || d.POA != "") && d.POA != "Y" && d.POA != "W":
		l.Absent++
	default:
		return false
	}
	return true
}

// Keep gives the diagnoses that count, in the order given, and counts the others: for the
// frailty score and models elsewhere. How often a condition must come is asked of
// conditions, so not here. It reports the faults of [Selection.Check].
func (s Selection) Keep(all []Diagnosis) ([]Diagnosis, LeftOut, error) {
	var l LeftOut
	if err := s.Check(); err != nil {
		return nil, l, err
	}
	var out []Diagnosis
	for i := range all {
		if !s.why(&all[i], &l) {
			out = append(out, all[i])
		}
	}
	return out, l, nil
}

// Select gives the conditions of the diagnoses that count. Diagnoses may come in any order.
// It reports the faults of [Selection.Check].
func (m *Map) Select(all []Diagnosis, s Selection) (Selected, error) {
	if err := s.Check(); err != nil {
		return Selected{}, err
	}
	return m.choose(all, &s), nil
}

func (m *Map) choose(all []Diagnosis, s *Selection) (out Selected) {
	type day struct {
		on    registry.Date
		flags Flags
	}
	var outside []day
	for i := range all {
		d := &all[i]
		if s.why(d, &out.LeftOut) {
			continue
		}
		r := m.FlagsOf([]registry.Code{d.Code})
		out.Codes += r.Codes
		out.Bad += r.Bad
		out.Other += r.Other
		if s.MinOutside < 2 || d.Source == Inpatient {
			out.Flags |= r.Flags
		} else if r.Flags != 0 {
			outside = append(outside, day{d.Day, r.Flags})
		}
	}
	slices.SortFunc(outside, func(a, b day) int { return cmp.Compare(a.on, b.on) })
	var count [64]int
	var last [64]registry.Date
	for _, d := range outside { // counting from the first day on gives the most
		for i := range m.Conditions {
			if d.flags>>i&1 == 0 || count[i] > 0 && d.on < last[i].AddDays(max(s.DaysApart, 1)) {
				continue
			}
			count[i]++
			last[i] = d.on
		}
	}
	for i, n := range count[:len(m.Conditions)] {
		switch bit := Flags(1) << i; {
		case n >= max(s.MinOutside, 1):
			out.Flags |= bit
		case n > 0:
			out.Rare |= bit
		}
	}
	out.Rare &^= out.Flags
	return out
}

// Stay is an encounter in a person's course.
type Stay struct {
	Encounter string
	Day       registry.Date // first day of a diagnosis of it
	Own       Flags         // by its diagnoses, as the selection says
	Before    Flags         // known from earlier days, whether or not present on admission there
}

// New are the conditions that are recorded for the first time.
func (s Stay) New() Flags { return s.Own &^ s.Before }

// Known are the conditions known with this encounter.
func (s Stay) Known() Flags { return s.Own | s.Before }

// Course gives the conditions encounter by encounter, by day and then ID: what each shows,
// and what was known before. Whether something was present on admission is asked only of
// the encounter that carries it. Diagnoses without an encounter count as known from the
// day after. It reports the faults of [Selection.Check].
func (m *Map) Course(all []Diagnosis, s Selection) ([]Stay, error) {
	if err := s.Check(); err != nil {
		return nil, err
	}
	own := map[string][]Diagnosis{}
	var out []Stay
	for _, d := range all {
		if d.Encounter == "" || !d.Day.Recorded() || !s.Window.Contains(d.Day) || d.Encounter == s.Without {
			continue
		}
		if own[d.Encounter] == nil {
			out = append(out, Stay{Encounter: d.Encounter, Day: d.Day})
		}
		own[d.Encounter] = append(own[d.Encounter], d)
	}
	for i := range out {
		for _, d := range own[out[i].Encounter] {
			out[i].Day = min(out[i].Day, d.Day)
		}
	}
	slices.SortFunc(out, func(a, b Stay) int { return cmp.Or(cmp.Compare(a.Day, b.Day), cmp.Compare(a.Encounter, b.Encounter)) })
	here := s
	here.MinOutside, here.DaysApart = 0, 0
	past := s
	past.PresentOnly = false
	for i := range out {
		x := &out[i]
		x.Own = m.choose(own[x.Encounter], &here).Flags
		var earlier []Diagnosis
		for _, d := range all {
			if d.Day < x.Day {
				earlier = append(earlier, d)
			}
		}
		x.Before = m.choose(earlier, &past).Flags
	}
	return out, nil
}
