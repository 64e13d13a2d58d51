package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/hedis"
)

func TestCompare(t *testing.T) {
	o := options{members: 1500, plans: 12, keep: 5, workers: 2, method: "rank"}
	var first string
	for _, o.workers = range []int{1, 2} {
		c, err := compute(o)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		c.print(&b)
		out := b.String()
		for _, want := range []string{"34 markers", "population under 100000", "medicaid not reported", "no medicaid enrolees", "cdc-hba1c-poor", "lower is better"} {
			if !strings.Contains(out, want) {
				t.Errorf("no %q in\n%s", want, out)
			}
		}
		if first != "" && out != first {
			t.Error("the number of workers changes the result")
		}
		first = out
		page := c.page()
		if !strings.Contains(page, "<svg") || strings.Contains(page, "http") || strings.Contains(page, "NaN") {
			t.Error("the page has no plot or is not self-contained")
		}
		if len(c.ranking.Kept)+len(c.ranking.Dropped) != o.plans {
			t.Error("plans got lost")
		}
		reported := 0
		for _, f := range c.plans[0].rows {
			if f.value.State == hedis.RateReported {
				reported++
				v := float64(f.value.Rate.Num) / float64(f.value.Rate.Den)
				if !f.interval.Contains(v) && v != f.interval.Lower && v != f.interval.Upper {
					t.Errorf("%v outside %v", v, f.interval)
				}
			}
		}
		if reported < 15 {
			t.Errorf("only %d markers are reported", reported)
		}
	}
}

func TestOptions(t *testing.T) {
	if err := (options{members: 0, plans: 1, keep: 0, workers: 0, method: "best"}).check(); err == nil || strings.Count(err.Error(), "\n") != 4 {
		t.Error(err)
	}
	for m := range methods {
		for _, before := range []bool{false, true} {
			if _, err := compute(options{members: 200, plans: 4, keep: 2, workers: 1, method: m, before: before}); err != nil {
				t.Error(m, err)
			}
		}
	}
}
