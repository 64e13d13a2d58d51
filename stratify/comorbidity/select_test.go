package comorbidity_test

import (
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/stratify/comorbidity"
	"pgregory.net/rapid"
)

func TestSelectionFaults(t *testing.T) {
	year := registry.CalendarYear(2024)
	m := newMap(t, comorbidity.CharlsonQuan2005, comorbidity.ICD10)
	for _, s := range []comorbidity.Selection{
		{}, {Window: registry.Period{Start: year.Start}}, {Window: registry.Period{End: year.End}}, {Window: registry.Period{Start: year.End, End: year.Start}},
		{Window: year, MinOutside: -1}, {Window: year, DaysApart: 30}, {Window: year, MinOutside: 1, DaysApart: 30}, {Window: year, MinOutside: 2, DaysApart: -1},
		{Window: year, Principal: 3}, {Window: year, Sources: []comorbidity.Source{99}}, {Window: year, Sources: []comorbidity.Source{1, 1}},
	} {
		_, err1 := m.Select(nil, s)
		_, err2 := m.Course(nil, s)
		_, _, err3 := s.Keep(nil)
		if !errors.Is(err1, comorbidity.ErrSelection) || !errors.Is(err3, comorbidity.ErrSelection) || !errors.Is(err2, comorbidity.ErrSelection) {
			t.Errorf("%+v: %v, %v", s, err1, err2)
		}
	}
	all := comorbidity.Selection{MinOutside: -1, Principal: 9}
	if err := all.Check(); err == nil || strings.Count(err.Error(), "\n") != 2 {
		t.Errorf("not all faults together: %v", err)
	}
}

// Selecting against plain loops: what counts, why the rest does not, and how often a
// condition must come outside hospital.
func TestSelectionLaw(t *testing.T) {
	m := newMap(t, comorbidity.CharlsonQuan2005, comorbidity.ICD10)
	day0 := registry.Day(2024, 1, 1)
	codes := []registry.Code{icd10("I50.9"), icd10("E11.9"), icd10("E11.21"), icd10("J44.1"), icd10("Z00.0"), icd10("??"), registry.NewCode("ICD9CM", "428.0")}
	var reached comorbidity.LeftOut
	rare, course := 0, 0
	lawtest.Until(t, func(t *rapid.T) {
		draw := rapid.Custom(func(t *rapid.T) comorbidity.Diagnosis {
			d := comorbidity.Diagnosis{Code: rapid.SampledFrom(codes).Draw(t, "code"), Encounter: rapid.SampledFrom([]string{"", "a", "b", "c"}).Draw(t, "encounter"),
				Source: rapid.SampledFrom([]comorbidity.Source{comorbidity.Outpatient, comorbidity.Professional, comorbidity.Inpatient, comorbidity.ProblemList, comorbidity.SourceUnknown}).Draw(t, "source"), Position: rapid.IntRange(0, 2).Draw(t, "position"), POA: rapid.SampledFrom([]string{"", "Y", "W", "N", "1"}).Draw(t, "poa")}
			if n := int(rapid.Uint64().Draw(t, "day")*0x9e3779b97f4a7c15>>40%75) - 4; n >= 0 { // evenly
				d.Day = day0.AddDays(n)
			}
			return d
		})
		all := rapid.SliceOfN(draw, 0, 14).Draw(t, "diagnoses")
		for _, d := range all { // again a month later
			if d.Day.Recorded() && rapid.Bool().Draw(t, "again") {
				d.Day = d.Day.AddDays(30)
				all = append(all, d)
			}
		}
		s := comorbidity.Selection{Window: registry.Period{Start: day0.AddDays(rapid.IntRange(0, 20).Draw(t, "from")), End: day0.AddDays(rapid.IntRange(70, 80).Draw(t, "to"))},
			Without: rapid.SampledFrom([]string{"", "", "a"}).Draw(t, "without"), Principal: rapid.SampledFrom([]comorbidity.PrincipalRule{0, 0, 0, 1, 2}).Draw(t, "principal"), PresentOnly: rapid.IntRange(0, 3).Draw(t, "present") == 3}
		if rapid.IntRange(0, 3).Draw(t, "sources") == 3 {
			s.Sources = []comorbidity.Source{comorbidity.Inpatient, comorbidity.Professional}
		}
		if s.MinOutside = rapid.SampledFrom([]int{2, 0, 3, 1}).Draw(t, "min"); s.MinOutside > 1 {
			s.DaysApart = rapid.SampledFrom([]int{0, 1, 5, 30}).Draw(t, "apart")
		}
		got, err := m.Select(all, s)
		if err != nil {
			t.Fatal(err)
		}
		var counts []comorbidity.Diagnosis
		for _, d := range all {
			ok := d.Day != 0 && d.Day >= s.Window.Start && d.Day <= s.Window.End && !(s.Without == "a" && d.Encounter == "a") &&
				(s.Sources == nil || d.Source == comorbidity.Inpatient || d.Source == comorbidity.Professional) &&
				!(s.Principal == comorbidity.ExcludePrincipal && d.Position == 1) && !(s.Principal == comorbidity.OnlyPrincipal && d.Position != 1) &&
				!(s.PresentOnly && (d.Source == comorbidity.Inpatient || d.POA != "") && d.POA != "Y" && d.POA != "W")
			if ok {
				counts = append(counts, d)
			}
		}
		kept, left, err := s.Keep(all)
		if err != nil || !slices.Equal(kept, counts) || left != got.LeftOut {
			t.Fatalf("%v kept, want %v; %+v, want %+v; %v", kept, counts, left, got.LeftOut, err)
		}
		if len(counts)+got.LeftOut.Total() != len(all) || got.Codes+got.Other != len(counts) {
			t.Fatalf("%d count, %+v of %d", len(counts), got, len(all))
		}
		// of each condition the days, and the longest chain of days far enough apart
		for i, name := range m.Conditions {
			stay, seen := false, false
			var days []registry.Date
			for _, d := range counts {
				if !m.Has(m.FlagsOf([]registry.Code{d.Code}).Flags, name) {
					continue
				}
				seen = true
				stay = stay || d.Source == comorbidity.Inpatient
				if d.Source != comorbidity.Inpatient {
					days = append(days, d.Day)
				}
			}
			slices.Sort(days)
			best := make([]int, len(days))
			longest := 0
			for a := range days {
				best[a] = 1
				for b := range a {
					if int(days[a]-days[b]) >= max(s.DaysApart, 1) {
						best[a] = max(best[a], best[b]+1)
					}
				}
				longest = max(longest, best[a])
			}
			want := seen && (stay || s.MinOutside < 2 || longest >= s.MinOutside)
			if got.Flags>>i&1 == 1 != want || got.Rare>>i&1 == 1 != (seen && !want) {
				t.Fatalf("%s: %v, rare %v; days %v, stay %v, %+v", name, m.Names(got.Flags), m.Names(got.Rare), days, stay, s)
			}
		}
		rare += got.Rare.Count()
		reverse := slices.Clone(all)
		slices.Reverse(reverse)
		again, _ := m.Select(reverse, s)
		if again != got {
			t.Fatal("order matters")
		}
		l := got.LeftOut
		reached = comorbidity.LeftOut{Undated: reached.Undated + l.Undated, Window: reached.Window + l.Window, Without: reached.Without + l.Without, Source: reached.Source + l.Source, Principal: reached.Principal + l.Principal, Absent: reached.Absent + l.Absent}

		// the course: own flags are those of the encounter alone, and what is known only grows
		stays, err := m.Course(all, s)
		if err != nil {
			t.Fatal(err)
		}
		for i, x := range stays {
			var mine, earlier []comorbidity.Diagnosis
			for _, d := range all {
				if d.Encounter == x.Encounter {
					mine = append(mine, d)
				}
				if d.Day < x.Day {
					earlier = append(earlier, d)
				}
			}
			one, any := s, s
			one.MinOutside, one.DaysApart, any.PresentOnly = 0, 0, false
			a, _ := m.Select(mine, one)
			b, _ := m.Select(earlier, any)
			if x.Own != a.Flags || x.Before != b.Flags || x.Known() != x.Own|x.Before || x.New()&x.Before != 0 || x.Encounter == "" || s.Without == x.Encounter {
				t.Fatalf("%+v: own %v, before %v", x, m.Names(a.Flags), m.Names(b.Flags))
			}
			if i > 0 && (stays[i-1].Day > x.Day || stays[i-1].Before&^x.Before != 0) {
				t.Fatalf("%+v after %+v", x, stays[i-1])
			}
			course++
		}
	}, func() bool {
		return reached.Undated*reached.Window*reached.Without*reached.Source*reached.Principal*reached.Absent > 0 && rare > 0 && course > 0
	})
}

// Two or three days outside hospital, at the edge of the distance and over the middle one.
func TestRepeats(t *testing.T) {
	m := newMap(t, comorbidity.CharlsonQuan2005, comorbidity.ICD10)
	day := registry.Day(2024, 2, 1)
	for _, c := range []struct {
		days       []int
		min, apart int
		want       bool
	}{{[]int{0, 30}, 2, 30, true}, {[]int{0, 29}, 2, 30, false}, {[]int{0, 0}, 2, 0, false}, {[]int{0, 1}, 2, 0, true}, {[]int{0, 20, 40}, 2, 30, true}, {[]int{0, 20, 40}, 3, 20, true}, {[]int{0, 20, 40}, 3, 21, false}, {[]int{0}, 1, 0, true}, {[]int{0}, 0, 0, true}, {nil, 0, 0, false}} {
		var dx []comorbidity.Diagnosis
		for _, n := range c.days {
			dx = append(dx, comorbidity.Diagnosis{Code: icd10("I50.9"), Day: day.AddDays(n), Source: comorbidity.Professional})
		}
		s := comorbidity.Selection{Window: registry.CalendarYear(2024), MinOutside: c.min, DaysApart: c.apart}
		r, err := m.Select(dx, s)
		if err != nil || (r.Flags != 0) != c.want || (r.Rare != 0) == (c.want || c.days == nil) {
			t.Errorf("%+v: %+v %v", c, r, err)
		}
		if len(dx) > 0 { // one stay is enough
			dx[0].Source = comorbidity.Inpatient
			if r, _ := m.Select(dx, s); r.Flags.Count() != 1 || r.Rare != 0 {
				t.Errorf("%+v in hospital: %+v", c, r)
			}
		}
	}
}

// What a record must say to count, and where position, source and POA come from.
func TestRecords(t *testing.T) {
	m := newMap(t, comorbidity.CharlsonQuan2005, comorbidity.ICD10)
	on := registry.On(registry.Day(2024, 5, 1))
	year := registry.CalendarYear(2024)
	good := registry.Fact{ID: "g", Kind: registry.Diagnosis, Codes: []registry.Code{icd10("I50.9")}, When: on}
	for name, change := range map[string]func(*registry.Fact){
		"negated":          func(f *registry.Fact) { f.Negated = true },
		"entered in error": func(f *registry.Fact) { f.Status = registry.EnteredInError },
		"refuted":          func(f *registry.Fact) { f.Verification = registry.Refuted },
		"verified wrongly": func(f *registry.Fact) { f.Verification = registry.VerifiedInError },
		"equipment":        func(f *registry.Fact) { f.Unqualified = true },
	} {
		f := good
		change(&f)
		p := &registry.Patient{Facts: []registry.Fact{f}}
		if found := m.Of(p, year); found.Flags != 0 || found.LeftOut != 1 || found.Evidence != nil {
			t.Errorf("%s: %+v", name, found)
		}
		if dx, left := comorbidity.Diagnoses(p); dx != nil || left != 1 {
			t.Errorf("%s: %v %d", name, dx, left)
		}
	}
	late := good
	late.When = registry.On(registry.Day(2025, 1, 1))
	last := good
	last.When = registry.On(registry.Day(2024, 12, 31))
	for f, left := range map[*registry.Fact]int{&good: 0, &late: 1, &last: 0} {
		if found := m.Of(&registry.Patient{Facts: []registry.Fact{*f}}, year); found.LeftOut != left || found.Flags.Count() != 1-left {
			t.Errorf("%v: %+v", f.When, found)
		}
	}
	p := &registry.Patient{Facts: []registry.Fact{
		{ID: "stay", Kind: registry.Encounter, Visit: &registry.Visit{Class: "ACUTE", Diagnoses: []registry.EncounterDx{{Reference: "a", Sequence: 3, Principal: true, OnAdmit: "N"}, {Reference: "b", Sequence: 2}}}},
		{ID: "a", Kind: registry.Diagnosis, EncounterID: "stay", Codes: []registry.Code{icd10("I50.9"), {System: registry.SNOMEDCT, Value: "84114007"}}, When: on},
		{ID: "b", Kind: registry.Diagnosis, EncounterID: "stay", Codes: []registry.Code{icd10("E11.9")}, When: on, Setting: "EMER", Rank: 4},
		{ID: "c", Kind: registry.Claim, Setting: "professional", Codes: []registry.Code{icd10("J44.1"), icd10("I21.4")}, When: on},
		{ID: "d", Kind: registry.Diagnosis, Category: registry.ProblemListItem, Codes: []registry.Code{icd10("G30")}, When: on},
		{ID: "e", Kind: registry.Diagnosis, Setting: "unheard of", Codes: []registry.Code{icd10("B20")}},
		{ID: "o", Kind: registry.Observation, Codes: []registry.Code{icd10("B20")}, When: on},
	}}
	dx, left := comorbidity.Diagnoses(p)
	type row struct {
		fact, code string
		source     comorbidity.Source
		position   int
		poa        string
	}
	var got []row
	for _, d := range dx {
		got = append(got, row{d.Fact, d.Code.Value, d.Source, d.Position, d.POA})
	}
	want := []row{{"a", "I50.9", comorbidity.Inpatient, 1, "N"}, {"a", "84114007", comorbidity.Inpatient, 1, "N"}, {"b", "E11.9", comorbidity.Outpatient, 4, ""},
		{"c", "J44.1", comorbidity.Professional, 1, ""}, {"c", "I21.4", comorbidity.Professional, 2, ""}, {"d", "G30", comorbidity.ProblemList, 0, ""}, {"e", "B20", comorbidity.SourceUnknown, 0, ""}}
	if left != 0 || !slices.Equal(got, want) {
		t.Errorf("%v", got)
	}
	r, err := m.Select(dx, comorbidity.Selection{Window: year, PresentOnly: true})
	if err != nil || r.LeftOut != (comorbidity.LeftOut{Undated: 1, Absent: 2}) || strings.Join(m.Names(r.Flags), " ") != "mi dementia cpd diab" {
		t.Errorf("%+v %v %v", r, m.Names(r.Flags), err)
	}
}
