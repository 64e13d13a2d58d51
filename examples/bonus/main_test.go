package main

import (
	"bytes"
	"strings"
	"testing"
)

func TestSettle(t *testing.T) {
	var first string
	for range 2 {
		y, err := settle()
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		y.print(&b, "p03")
		if first != "" && b.String() != first {
			t.Error("two runs differ")
		}
		first = b.String()
		for _, want := range []string{"the contract", "met: true", "still at risk", "p03", "more patients bring"} {
			if !strings.Contains(first, want) {
				t.Errorf("no %q in\n%s", want, first)
			}
		}
		page := y.page()
		for _, want := range []string{"<svg", "not applicable", "below the minimum"} {
			if !strings.Contains(page, want) {
				t.Errorf("the page lacks %q", want)
			}
		}
		if strings.Contains(page, "http") {
			t.Error("the page is not self-contained")
		}
		for _, p := range y.doctors {
			if p.made.TotalMinor > p.salary*maximumShare || p.made.Reconcile() != nil {
				t.Errorf("%s: %d of %d", p.id, p.made.TotalMinor, p.salary*maximumShare)
			}
		}
	}
}
