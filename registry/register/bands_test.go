package register_test

import (
	"testing"

	"github.com/chroniccare/chroniccare/internal/lawtest"
	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/register"
	"pgregory.net/rapid"
)

func quantity(s, unit string) registry.Quantity {
	q := registry.Quantity{Unit: unit}
	switch s[0] {
	case '<':
		q.Comparator, s = registry.LessThan, s[1:]
	case '>':
		q.Comparator, s = registry.MoreThan, s[1:]
	}
	n, err := registry.ParseNumber(s)
	if err != nil {
		panic(err)
	}
	q.Value = n
	return q
}

func bands(t testing.TB) *register.Bands {
	t.Helper()
	b, err := register.NewBands()
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// Limits are half-open: a value on one belongs to the band above it.
func TestBands(t *testing.T) {
	b := bands(t)
	for _, c := range []struct {
		sys, dia string
		want     register.Band
	}{
		{"139", "89", register.InControl}, {"139.9", "89.9", register.InControl}, {"140", "89", register.AboveGoal}, {"139", "90", register.AboveGoal},
		{"179", "109", register.AboveGoal}, {"180", "80", register.VeryHigh}, {"120", "110", register.VeryHigh}, {"120", "109", register.AboveGoal},
		{"<140", "80", register.InControl}, {"<180", "80", register.BandUnknown}, {">180", "80", register.VeryHigh}, {">179", "80", register.AboveGoal},
		{"400", "80", register.BandUnknown}, {"120", "10", register.BandUnknown},
	} {
		if got := b.Pressure(quantity(c.sys, "mm[Hg]"), quantity(c.dia, "mmHg")); got != c.want {
			t.Errorf("%s/%s: %v, want %v", c.sys, c.dia, got, c.want)
		}
	}
	for _, c := range []struct {
		test        register.SugarTest
		value, unit string
		want        register.Band
	}{
		{register.RandomGlucose, "199", "mg/dL", register.InControl}, {register.RandomGlucose, "200", "mg/dL", register.AboveGoal},
		{register.RandomGlucose, "299", "mg/dL", register.AboveGoal}, {register.RandomGlucose, "300", "mg/dL", register.VeryHigh},
		{register.FastingGlucose, "125", "mg/dL", register.InControl}, {register.FastingGlucose, "126", "mg/dL", register.AboveGoal}, {register.FastingGlucose, "200", "mg/dL", register.VeryHigh},
		{register.HbA1c, "6.9", "%", register.InControl}, {register.HbA1c, "7", "%", register.AboveGoal}, {register.HbA1c, "8.9", "%", register.AboveGoal}, {register.HbA1c, "9.0", "%", register.VeryHigh},
		{register.HbA1c, ">14", "%", register.VeryHigh}, {register.HbA1c, "<9", "%", register.BandUnknown},
		// other units exactly; none is guessed
		{register.HbA1c, "52.9", "mmol/mol", register.InControl}, {register.HbA1c, "53", "mmol/mol", register.AboveGoal}, {register.HbA1c, "7.5", "mmol/L", register.BandUnknown},
		{register.HbA1c, "7.5", "", register.BandUnknown}, {register.RandomGlucose, "11.09", "mmol/L", register.InControl}, {register.RandomGlucose, "11.1", "mmol/L", register.AboveGoal},
		{register.HbA1c + 1, "7.5", "%", register.BandUnknown},
	} {
		q := registry.Quantity{}
		if q = quantity(c.value, registry.CanonicalUnit(c.unit)); b.Sugar(c.test, q) != c.want {
			t.Errorf("%d %s %s: %v, want %v", c.test, c.value, c.unit, b.Sugar(c.test, q), c.want)
		}
	}
}

// Both parts of a pressure come from one reading; a part without a value is missing.
func TestPressureOf(t *testing.T) {
	b := bands(t)
	part := func(code, v string) registry.Component {
		c := registry.Component{Codes: []registry.Code{registry.NewCode(string(registry.LOINC), code)}}
		if v != "" {
			c.Value = registry.Value{Kind: registry.QuantityValue, Quantity: quantity(v, "mm[Hg]")}
		}
		return c
	}
	for _, c := range []struct {
		parts []registry.Component
		want  register.Band
	}{
		{[]registry.Component{part("8480-6", "150"), part("8462-4", "80")}, register.AboveGoal},
		{[]registry.Component{part("8462-4", "115"), part("8480-6", "150")}, register.VeryHigh},
		{[]registry.Component{part("8480-6", "120"), part("8462-4", "")}, register.BandUnknown},
		{[]registry.Component{part("8480-6", "190")}, register.BandUnknown},
		{[]registry.Component{part("8462-4", "80"), part("8867-4", "120")}, register.BandUnknown},
		{nil, register.BandUnknown},
	} {
		if got := b.PressureOf(&registry.Fact{Components: c.parts}); got != c.want {
			t.Errorf("%+v: %v", c.parts, got)
		}
	}
}

// A higher value is never in a lower band.
func TestBandsLaw(t *testing.T) {
	b := bands(t)
	seen := map[register.Band]int{}
	lawtest.Until(t, func(t *rapid.T) {
		test := register.SugarTest(rapid.IntRange(0, 2).Draw(t, "test"))
		unit := rapid.SampledFrom(map[register.SugarTest][]string{register.RandomGlucose: {"mg/dL", "mmol/L"}, register.FastingGlucose: {"mg/dL", "mmol/L"}, register.HbA1c: {"%", "mmol/mol"}}[test]).Draw(t, "unit")
		top := map[string]int64{"mg/dL": 15000, "mmol/L": 800, "%": 200, "mmol/mol": 1950}[unit]
		x := rapid.Int64Range(0, top).Draw(t, "x")
		y := rapid.Int64Range(x, top).Draw(t, "y")
		at := func(n int64) register.Band {
			return b.Sugar(test, registry.Quantity{Value: registry.Num(n, -1), Unit: unit})
		}
		lo, hi := at(x), at(y)
		seen[lo]++
		if lo != register.BandUnknown && hi != register.BandUnknown && lo > hi {
			t.Fatalf("%d: %v, %d: %v", x, lo, y, hi)
		}
	}, func() bool { return len(seen) >= 4 })
}

func TestOverdueAppointment(t *testing.T) {
	d := registry.Day
	asOf := d(2024, 3, 31)
	one := []register.CareAppointment{{ID: "1", Made: d(2024, 2, 1), For: d(2024, 3, 1)}}
	for name, c := range map[string]struct {
		f    register.CareFacts
		want register.Overdue
	}{
		"none":                       {register.CareFacts{}, register.Overdue{}},
		"missed":                     {register.CareFacts{Appointments: one}, register.Overdue{Overdue: true, Appointment: "1", For: d(2024, 3, 1), Days: 30}},
		"today is not over":          {register.CareFacts{Appointments: []register.CareAppointment{{ID: "1", Made: d(2024, 2, 1), For: asOf}}}, register.Overdue{}},
		"yesterday is":               {register.CareFacts{Appointments: []register.CareAppointment{{ID: "1", Made: d(2024, 2, 1), For: asOf - 1}}}, register.Overdue{Overdue: true, Appointment: "1", For: asOf - 1, Days: 1}},
		"came early":                 {register.CareFacts{Appointments: one, Visits: []registry.Date{d(2024, 2, 2)}}, register.Overdue{}},
		"was there when it was made": {register.CareFacts{Appointments: one, Visits: []registry.Date{d(2024, 2, 1)}}, register.Overdue{Overdue: true, Appointment: "1", For: d(2024, 3, 1), Days: 30}},
		"measured late":              {register.CareFacts{Appointments: one, Measures: []register.Measure{{On: asOf}}}, register.Overdue{}},
		"comes tomorrow":             {register.CareFacts{Appointments: one, Visits: []registry.Date{asOf + 1}}, register.Overdue{Overdue: true, Appointment: "1", For: d(2024, 3, 1), Days: 30}},
		"dead":                       {register.CareFacts{Appointments: one, Death: asOf}, register.Overdue{}},
		"dies tomorrow":              {register.CareFacts{Appointments: one, Death: asOf + 1}, register.Overdue{Overdue: true, Appointment: "1", For: d(2024, 3, 1), Days: 30}},
		"a later one ahead":          {register.CareFacts{Appointments: append(one, register.CareAppointment{ID: "2", Made: d(2024, 3, 2), For: d(2024, 6, 1)})}, register.Overdue{}},
		"made tomorrow":              {register.CareFacts{Appointments: append(one, register.CareAppointment{ID: "2", Made: asOf + 1, For: d(2024, 6, 1)})}, register.Overdue{Overdue: true, Appointment: "1", For: d(2024, 3, 1), Days: 30}},
		"no day":                     {register.CareFacts{Appointments: append(one, register.CareAppointment{ID: "2", Made: d(2024, 3, 2)}, register.CareAppointment{ID: "3", For: d(2024, 3, 2)})}, register.Overdue{Overdue: true, Appointment: "1", For: d(2024, 3, 1), Days: 30}},
		"of one day the later":       {register.CareFacts{Appointments: append(one, register.CareAppointment{ID: "0", Made: d(2024, 2, 1), For: d(2024, 3, 2)})}, register.Overdue{Overdue: true, Appointment: "0", For: d(2024, 3, 2), Days: 29}},
		"then the ID":                {register.CareFacts{Appointments: append([]register.CareAppointment{{ID: "9", Made: d(2024, 2, 1), For: d(2024, 3, 1)}}, one...)}, register.Overdue{Overdue: true, Appointment: "9", For: d(2024, 3, 1), Days: 30}},
		"called, moved away":         {register.CareFacts{Appointments: one, Calls: []register.CallResult{{On: d(2024, 3, 5), Removes: true, Reason: "moved"}}}, register.Overdue{Appointment: "1", For: d(2024, 3, 1), Days: 30, Removed: "moved"}},
		"the last call speaks":       {register.CareFacts{Appointments: one, Calls: []register.CallResult{{On: d(2024, 3, 6), Removes: true, Reason: "away"}, {On: d(2024, 3, 5), Removes: true, Reason: "moved"}, {On: d(2024, 3, 7), Reason: "will come"}}}, register.Overdue{Appointment: "1", For: d(2024, 3, 1), Days: 30, Removed: "away"}},
		"a call before it was made":  {register.CareFacts{Appointments: one, Calls: []register.CallResult{{On: d(2024, 1, 31), Removes: true, Reason: "moved"}, {On: asOf + 1, Removes: true, Reason: "moved"}}}, register.Overdue{Overdue: true, Appointment: "1", For: d(2024, 3, 1), Days: 30}},
	} {
		if got := register.OverdueAppointment(&c.f, asOf); got != c.want {
			t.Errorf("%s: %+v, want %+v", name, got, c.want)
		}
	}
	if got := register.OverdueAppointment(&register.CareFacts{Appointments: one}, 0); got != (register.Overdue{}) {
		t.Errorf("%+v", got)
	}
}

// By calendar quarters what the quarter saw counts, up to its months so far.
func TestOutcomeOfAQuarter(t *testing.T) {
	d := registry.Day
	for _, c := range []struct {
		on, asOf registry.Date
		want     register.State
	}{
		{d(2024, 1, 1), d(2024, 3, 31), register.Controlled}, {d(2024, 1, 1), d(2024, 1, 2), register.Controlled}, {d(2023, 12, 31), d(2024, 1, 2), register.MissedVisit},
		{d(2023, 12, 31), d(2024, 3, 2), register.MissedVisit}, {d(2024, 4, 1), d(2024, 5, 2), register.Controlled}, {d(2024, 3, 31), d(2024, 5, 2), register.MissedVisit}, {d(2023, 5, 5), d(2024, 5, 2), register.LostToFollowUp},
	} {
		f := register.CareFacts{Registered: d(2020, 1, 1), Measures: []register.Measure{{On: c.on, Controlled: true}}}
		if got := register.CareState(&f, c.asOf, register.CareRule{OutcomeQuarter: true, OutcomeMonths: 2}); got != c.want {
			t.Errorf("%v on %v: %v, want %v", c.on, c.asOf, got, c.want)
		}
	}
	// two months instead of three
	f := register.CareFacts{Registered: d(2020, 1, 1), Measures: []register.Measure{{On: d(2024, 1, 31), Controlled: true}}}
	if got := register.CareState(&f, d(2024, 3, 1), register.CareRule{OutcomeMonths: 2}); got != register.MissedVisit {
		t.Error(got)
	}
	if got := register.CareState(&f, d(2024, 2, 29), register.CareRule{OutcomeMonths: 2}); got != register.Controlled {
		t.Error(got)
	}
	// by the last visit: the visit of a year ago to the month is too old, a measure does not help
	g := register.CareFacts{Registered: d(2020, 1, 1), Visits: []registry.Date{d(2023, 3, 31)}, Measures: []register.Measure{{On: d(2024, 3, 1)}}}
	if got := register.CareState(&g, d(2024, 3, 1), register.CareRule{ByVisit: true}); got != register.LostToFollowUp {
		t.Error(got)
	}
	if g.Visits[0] = d(2023, 4, 1); register.CareState(&g, d(2024, 3, 1), register.CareRule{ByVisit: true}) != register.Uncontrolled {
		t.Error("by visit")
	}
}
