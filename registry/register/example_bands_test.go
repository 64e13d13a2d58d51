package register_test

import (
	"fmt"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/register"
)

func mmHg(n int64) registry.Quantity {
	return registry.Quantity{Value: registry.Num(n, 0), Unit: "mm[Hg]"}
}

func ExampleBands() {
	b, err := register.NewBands()
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(b.Pressure(mmHg(139), mmHg(89)), "-", b.Pressure(mmHg(140), mmHg(89)), "-", b.Pressure(mmHg(150), mmHg(110)))
	fmt.Println(b.Sugar(register.RandomGlucose, registry.Quantity{Value: registry.Num(200, 0), Unit: "mg/dL"}))
	// Output:
	// in control - above goal - very high
	// above goal
}

func ExampleNewBands() {
	b, err := register.NewBands()
	fmt.Println(b.Pressure(mmHg(120), registry.Quantity{}), err) // half a reading
	// Output:
	// unknown <nil>
}

func ExampleBand() {
	b, _ := register.NewBands()
	band := b.Pressure(mmHg(128), mmHg(82))
	m := register.Measure{On: registry.Day(2024, 3, 1), Controlled: band == register.InControl}
	fmt.Println(m.Controlled)
	// Output:
	// true
}

func ExampleSugarTest() {
	b, _ := register.NewBands()
	for _, test := range []register.SugarTest{register.RandomGlucose, register.FastingGlucose} {
		fmt.Println(b.Sugar(test, registry.Quantity{Value: registry.Num(150, 0), Unit: "mg/dL"}))
	}
	// Output:
	// in control
	// above goal
}

func missed() register.CareFacts {
	return register.CareFacts{Registered: registry.Day(2020, 1, 1),
		Appointments: []register.CareAppointment{{ID: "a1", Made: registry.Day(2024, 2, 1), For: registry.Day(2024, 3, 1)}}}
}

func ExampleOverdueAppointment() {
	f := missed()
	o := register.OverdueAppointment(&f, registry.Day(2024, 3, 31))
	fmt.Println(o.Overdue, o.Appointment, o.Days)
	// Output:
	// true a1 30
}

func ExampleOverdue() {
	f := missed()
	f.Visits = append(f.Visits, registry.Day(2024, 3, 4)) // late, but there
	fmt.Println(register.OverdueAppointment(&f, registry.Day(2024, 3, 31)).Overdue)
	// Output:
	// false
}

func ExampleCareAppointment() {
	f := missed()
	f.Appointments = append(f.Appointments, register.CareAppointment{ID: "a2", Made: registry.Day(2024, 3, 5), For: registry.Day(2024, 5, 1)})
	fmt.Println(register.OverdueAppointment(&f, registry.Day(2024, 3, 31)).Overdue) // a2 replaces a1
	// Output:
	// false
}

func ExampleCallResult() {
	f := missed()
	f.Calls = append(f.Calls, register.CallResult{On: registry.Day(2024, 3, 5), Removes: true, Reason: "moved to another clinic"})
	o := register.OverdueAppointment(&f, registry.Day(2024, 3, 31))
	fmt.Println(o.Overdue, o.Removed)
	// Output:
	// false moved to another clinic
}

func ExampleUntilDeath() {
	p := &registry.Patient{Death: registry.At(registry.Day(2021, 5, 5)), Enrolments: []registry.Enrolment{{
		Period: registry.Period{Start: registry.Day(2020, 1, 1), End: registry.Day(2021, 5, 5)}, Benefits: registry.PartA | registry.PartB, FeeForService: true}}}
	window := registry.ReferenceYears(2021, 2)
	fmt.Println(register.CoverageFlag(true, p, window), register.CoverageFlag(true, p, register.UntilDeath(p, window)))
	// Output:
	// 1 3
}
