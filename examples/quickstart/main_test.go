package main

import (
	"bytes"
	"strings"
	"testing"
)

func TestRun(t *testing.T) {
	var first string
	for range 2 {
		r, err := compute(2000)
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		r.print(&b)
		out, _, _ := strings.Cut(b.String(), "\ntiming")
		for _, want := range []string{"CMS122", "95 % interval", "open-gap", "closed by"} {
			if !strings.Contains(out, want) {
				t.Errorf("no %q in\n%s", want, out)
			}
		}
		if first != "" && out != first {
			t.Error("two runs differ")
		}
		first = out
		if p := r.page(); !strings.Contains(p, "<svg") || strings.Contains(p, "http") {
			t.Error("the page has no chart or is not self-contained")
		}
	}
}
