package recall_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/chroniccare/chroniccare/registry"
	"github.com/chroniccare/chroniccare/registry/recall"
)

// The window of reasons ends where evidence would still count.
func TestReasonWindow(t *testing.T) {
	r := hba1cRule()
	r.Population, r.Steps = nil, nil
	r.Evidence = r.Evidence.That(registry.Compare{Op: registry.AtOrBelow, Limit: registry.Num(9, 0), Unit: "%"})
	p := plan(t, r)
	asOf := d(2024, 5, 1)
	for on, want := range map[registry.Date]string{d(2024, 2, 2): "[ValueOutOfRange]", d(2024, 2, 1): "[DateOutOfRange]", asOf: "[ValueOutOfRange]"} {
		if g := one(t, p, person(value(on, 101, -1)), nil, asOf, asOf); fmt.Sprint(g.Reasons) != want {
			t.Errorf("%v: %v, want %s", on, g.Reasons, want)
		}
	}
}

// A recommendation of the first year of life ends with it.
func TestUntilFirstBirthday(t *testing.T) {
	r := eyeExam
	r.UntilAge = 1
	p := plan(t, r)
	pt := &registry.Patient{Birth: d(2023, 3, 1)}
	for asOf, want := range map[registry.Date]recall.State{d(2024, 2, 29): recall.Overdue, d(2024, 3, 1): recall.Lapsed} {
		if g := one(t, p, pt, nil, asOf, asOf); g.State != want {
			t.Errorf("%v: %s", asOf, g.Text())
		}
	}
}

// A refusal is about its key.
func TestRefusalOfAnotherKey(t *testing.T) {
	r := eyeExam
	r.Exclusions = []recall.Exclusion{{Kind: recall.Declined, When: registry.Query{Kind: registry.Observation, Sets: []registry.Set{refused}}}}
	p := plan(t, r)
	for key, want := range map[string]bool{"eye": true, "": true, "hba1c": false} {
		ctx := &recall.Context{Remarks: []recall.Remark{{Key: key, Kind: recall.PatientRefused, On: d(2024, 3, 1)}}}
		if g := one(t, p, person(), ctx, d(2024, 5, 1), d(2024, 5, 1)); g.Excluded != want {
			t.Errorf("%q: %s", key, g.Text())
		}
	}
}

// What lies in the future cancels nothing, however the chart was loaded.
func TestFutureCancels(t *testing.T) {
	p := plan(t, callAfter(func(*recall.Trigger) {}))
	c := p.Chart()
	c.Load(person(admitted(d(2024, 3, 1), d(2024, 3, 10)), admitted(d(2024, 3, 15), 0)))
	if g := p.Gaps(c, nil, d(2024, 3, 14), d(2024, 3, 14), nil)[0]; g.Cancelled != 0 || g.Status == recall.NotApplicable {
		t.Error(g.Text())
	}
	if g := p.Gaps(c, nil, d(2024, 3, 15), d(2024, 3, 15), nil)[0]; g.Cancelled != d(2024, 3, 15) {
		t.Error(g.Text())
	}
}

func TestCalendarFaults(t *testing.T) {
	for _, c := range []recall.Calendar{{}, {Years: -1}, {Years: 1, Month: 13, Day: 1}, {Years: 1, Day: 5}, {Years: 1, Month: 5}, {Years: 1, Month: 5, Day: 32}, {Years: 1, Month: -1, Day: 1}, {Years: 1, Month: 1, Day: -1}} {
		r := eyeExam
		r.Timing, r.Calendar = recall.Timing{}, &c
		if _, err := recall.Compile(sets(), r); !errors.Is(err, recall.ErrDefinition) {
			t.Errorf("%+v: %v", c, err)
		}
	}
	r := eyeExam
	r.Timing, r.Calendar = recall.Timing{}, &recall.Calendar{Years: 1, Month: 12, Day: 31}
	if _, err := recall.Compile(sets(), r); err != nil {
		t.Error(err)
	}
}
