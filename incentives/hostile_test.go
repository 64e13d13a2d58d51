package incentives_test

import (
	"encoding/json"
	"fmt"
	"testing"

	"github.com/shopspring/decimal"

	. "github.com/chroniccare/chroniccare/incentives"
	"github.com/chroniccare/chroniccare/incentives/groups"
	"github.com/chroniccare/chroniccare/incentives/medicare"
	"github.com/chroniccare/chroniccare/incentives/qof"
	"github.com/chroniccare/chroniccare/incentives/risk"
)

// golden is a bit of everything, as text.
func golden(t *testing.T) string {
	t.Helper()
	var out []any
	add := func(xs ...any) { out = append(out, xs...) }
	y, err := qof.YearOf("2004/05")
	add(y.PointValue, err)
	s, err := qof.New(qof.Config{Year: "t", PointValue: y.PointValue, AverageList: 5891, Form: qof.Root, Indicators: []qof.Indicator{{Code: "A1", Area: "A", Points: Int(19), Lower: Int(25), Upper: Int(70), Clinical: true}}, National: []qof.National{{Area: "A", RootMean: x("0.17")}}})
	if err != nil {
		t.Fatal(err)
	}
	st, err := s.Assess(qof.Practice{Name: "p", List: 8000, Registers: map[string]int64{"A": 241}, Results: []qof.Result{{Code: "A1", Performance: Performance{Numerator: 111, Register: 241, Exceptions: 7}}}})
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(st)
	add(string(data), err, st.Text(), st.Reconcile())
	var back Statement
	add(json.Unmarshal(data, &back))
	near := Frac(8995, 10000)
	add(Threshold{Target: x("0.9"), Full: Int(1)}.Met(near), near.Decimal(Rounding{HalfEven, 4}).StringFixed(4), x("2/3").Fixed(9), x("2").SquareRoot(16).Fixed(16))
	d, err := OfDecimal(decimal.New(123450, -3))
	add(d, err)
	a, err := medicare.MIPSAdjustment(x("18.76"), Int(75), Int(9))
	add(a, err)
	m, err := medicare.VBPMeasure(x("0.851458"), x("0.871669"))
	p := x("0.857198")
	add(m.Score(&p, nil).Score.String(), err)
	shares, left, err := groups.KaiserPool([]groups.Physician{{ID: "a", Salary: 10_000_001, Score: x("0.3")}, {ID: "b", Salary: 9_999_999, Score: x("0.7")}})
	add(shares, left, err)
	_, ibnr, err := risk.CompletionIBNR(Int(800), x("0.7"))
	add(ibnr, err)
	return fmt.Sprint(out...)
}

// No step reads the mutable globals of the decimal package.
func TestHostileGlobals(t *testing.T) {
	want := golden(t)
	a, b, c, d, e, f, g, z := decimal.DivisionPrecision, decimal.PowPrecisionNegativeExponent, decimal.MarshalJSONWithoutQuotes, decimal.TrimTrailingZeros, decimal.UseScientificNotation, decimal.ExpMaxIterations, decimal.MaxDecodeExponent, decimal.Zero
	defer func() {
		decimal.DivisionPrecision, decimal.PowPrecisionNegativeExponent, decimal.MarshalJSONWithoutQuotes, decimal.TrimTrailingZeros, decimal.UseScientificNotation, decimal.ExpMaxIterations, decimal.MaxDecodeExponent, decimal.Zero = a, b, c, d, e, f, g, z
	}()
	decimal.DivisionPrecision, decimal.PowPrecisionNegativeExponent, decimal.MarshalJSONWithoutQuotes, decimal.TrimTrailingZeros = 0, 0, true, false
	decimal.UseScientificNotation, decimal.ExpMaxIterations, decimal.MaxDecodeExponent, decimal.Zero = true, 0, 0, decimal.New(7, 3)
	if got := golden(t); got != want {
		t.Errorf("under hostile globals\n%s\nwant\n%s", got, want)
	}
	if testing.Verbose() {
		t.Log(want)
	}
}
