package evaluate

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/stratify"
	"github.com/shopspring/decimal"
)

// Results print the same every time, as numbers or null, also where nothing is defined.
func TestResultsAsJSON(t *testing.T) {
	for _, n := range []int{0, 1, 8} {
		y := []int{0, 1, 0, 1, 1, 0, 0, 1}[:n]
		p := []float64{0.1, 0.2, 0.2, 0.9, 0.6, 0.4, 0.4, 0.3}[:n]
		g := []string{"a", "b", "a", "b", "a", "b", "a", "b"}[:n]
		var last []byte
		for range 3 {
			s, err := NewSample(y, p)
			if err != nil {
				t.Fatal(err)
			}
			cal, _ := s.Calibration()
			oe, _ := cal.OEInterval(0.95)
			bins, _ := s.Bins(3)
			hl, _ := s.HosmerLemeshow(4)
			sm, _ := Smooth(y, p)
			cmp, _ := CompareAUC(y, p, p)
			re, _ := Reclassify(y, p, p)
			c := Cohort{Score: p, Outcome: y, Cost: p, Group: g}
			r, err := c.Rank()
			if err != nil {
				t.Fatal(err)
			}
			top, _ := r.At(2)
			sub, err := c.Subgroups(SubgroupOptions{Threshold: 0.3, MinCell: 1})
			if err != nil {
				t.Fatal(err)
			}
			ba, _ := BeforeAfter(p, p, nil, nil)
			ix, _ := IndexOfSelection(p, p, 0.95)
			text, err := json.Marshal([]any{s, s.AUC(), s.ROC(), cal, oe, bins, hl, sm, cmp, re, top, top.Table.Value(), sub, ba, ix, Persistence{}})
			if err != nil || strings.Contains(string(text), "NaN") || !json.Valid(text) {
				t.Fatalf("%d: %s %v", n, text, err)
			}
			if last != nil && !bytes.Equal(last, text) {
				t.Error("the text changes")
			}
			last = text
			var back Sample
			if whole, _ := json.Marshal(s); json.Unmarshal(whole, &back) != nil || back.Check() != nil || back.AUC() != s.AUC() {
				t.Error("a sample does not come back")
			}
		}
		if n == 8 {
			for _, want := range []string{`"oe":`, `"in_the_large":`, `"sensitivity":{"num":`, `"brier":0.`, `"REGRESSION_TO_MEAN"`} {
				if !strings.Contains(string(last), want) {
					t.Errorf("no %s in %s", want, last)
				}
			}
		}
	}
	text, _ := json.Marshal(Stat{Value: 1.0 / 3})
	if string(text) != "0.3333333333" {
		t.Errorf("%s", text)
	}
}

func TestDuplicatePeople(t *testing.T) {
	c := Cohort{Score: []float64{1, 9, 5}, Outcome: []int{0, 1, 1}, ID: []string{"a", "a", "b"}, Cost: []float64{1, 2, 3}, Group: []string{"x", "x", "y"}}
	r, err := c.Rank()
	if err != nil || len(r.Issues) != 1 || r.Issues[0].Code != stratify.DuplicatePerson || r.Issues[0].Input != "a" {
		t.Fatal(r, err)
	}
	if x, _ := r.At(1); x.Boundary.Value != 5 || x.Table.People() != 2 || x.Captured.Value != 0.75 {
		t.Errorf("%+v", x)
	}
	g, err := Cohort{Score: []float64{0.1, 0.9, 0.5}, Outcome: c.Outcome, ID: c.ID, Group: c.Group}.Subgroups(SubgroupOptions{})
	if err != nil || g[0].People != 1 || g[1].People != 1 {
		t.Errorf("%+v %v", g, err)
	}
}

// Money does not depend on the decimal package's globals.
func TestHostileDecimals(t *testing.T) {
	run := func() string {
		d := decimal.RequireFromString
		shares, err := Allocate(d("1000.10"), 2, []PersonWeight{{"a", d("1.50")}, {"b", d("0.7")}, {"c", d("0.77")}})
		if err != nil {
			t.Fatal(err)
		}
		ratio, err := PaymentRatio([]decimal.Decimal{d("1120.00")}, []decimal.Decimal{d("999")}, 4)
		if err != nil {
			t.Fatal(err)
		}
		text, err := json.Marshal(shares)
		if err != nil {
			t.Fatal(err)
		}
		return string(text) + ratio.StringFixed(4)
	}
	want := run()
	a, b, c, e, z := decimal.DivisionPrecision, decimal.MarshalJSONWithoutQuotes, decimal.TrimTrailingZeros, decimal.UseScientificNotation, decimal.Zero
	defer func() {
		decimal.DivisionPrecision, decimal.MarshalJSONWithoutQuotes, decimal.TrimTrailingZeros, decimal.UseScientificNotation, decimal.Zero = a, b, c, e, z
	}()
	decimal.DivisionPrecision, decimal.MarshalJSONWithoutQuotes, decimal.TrimTrailingZeros, decimal.UseScientificNotation, decimal.Zero = 0, true, !c, true, decimal.NewFromInt(7)
	if got := run(); got != want {
		t.Errorf("%s, with friendly globals %s", got, want)
	}
}
