package organisation_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/chroniccare/chroniccare/caremodel"
	"github.com/chroniccare/chroniccare/caremodel/organisation"
)

func TestBusinessCase(t *testing.T) {
	b := organisation.BusinessCase{Costs: []float64{300}, Savings: []float64{0, 100, 100, 100, 100, 100}}
	r, err := b.NPV()
	if err != nil || r.NPV != 200 || r.BreakEvenYear != 3 || math.Abs(r.MaxTurnover-0.1657) > 0.00005 {
		t.Errorf("%+v %v", r, err)
	}
	b.Turnover = 0.2
	r, _ = b.NPV()
	if math.Abs(r.NPV+31.07) > 0.005 || r.PaysForItself || r.BreakEvenYear != -1 || r.CostsExceedAll {
		t.Errorf("%+v", r)
	}
	if r, _ := (organisation.BusinessCase{Costs: []float64{10}, Savings: []float64{5}}).NPV(); !r.CostsExceedAll || r.MaxTurnover != -1 {
		t.Errorf("%+v", r)
	}
	if r, _ := (organisation.BusinessCase{Savings: []float64{5}}).NPV(); r.MaxTurnover != 1 || r.BreakEvenYear != 0 {
		t.Errorf("%+v", r)
	}
	// 110 in a year are worth 100 now at 10 %, and 121 in two years too
	if r, _ := (organisation.BusinessCase{Costs: []float64{200}, Savings: []float64{0, 110, 121}, Discount: 0.1}).NPV(); math.Abs(r.NPV) > 1e-9 {
		t.Errorf("%+v", r)
	}
	if r, _ := (organisation.BusinessCase{Costs: []float64{100}, Savings: []float64{0, 220}, Discount: 0.1}).NPV(); math.Abs(r.NPV-100) > 1e-9 {
		t.Errorf("%+v", r)
	}
	// nothing happens in the first year, and the costs of the second are never recovered
	if r, _ := (organisation.BusinessCase{Costs: []float64{0, 50}, Savings: []float64{0, 0, 20}}).NPV(); r.BreakEvenYear != -1 || r.NPV != -30 {
		t.Errorf("%+v", r)
	}
	// it pays at first, not any more in year 2, and again from year 3 on
	if r, _ := (organisation.BusinessCase{Costs: []float64{0, 0, 60}, Savings: []float64{10, 0, 0, 70}}).NPV(); r.BreakEvenYear != 3 {
		t.Errorf("%+v", r)
	}
	// members who cost more each year: only when nearly all leave does it pay
	if r, _ := (organisation.BusinessCase{Savings: []float64{1, -100}}).NPV(); r.MaxTurnover != 1 || !r.CostsExceedAll || r.PaysForItself {
		t.Errorf("%+v", r)
	}
	if _, err := (organisation.BusinessCase{Costs: []float64{math.NaN()}, Turnover: 2}).NPV(); !errors.Is(err, caremodel.ErrPolicy) || strings.Count(err.Error(), "policy") != 2 {
		t.Error(err)
	}
}

func TestBusinessCaseLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		b := organisation.BusinessCase{Costs: []float64{100}, Savings: []float64{0, 60, 60}, Turnover: float64(rapid.IntRange(0, 99).Draw(t, "turnover")) / 100}
		a, _ := b.NPV()
		b.Turnover += 0.01
		if worse, _ := b.NPV(); worse.NPV > a.NPV {
			t.Fatal("turnover pays")
		}
	})
}
