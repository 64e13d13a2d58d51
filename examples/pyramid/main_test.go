package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestRun(t *testing.T) {
	file := filepath.Join(t.TempDir(), "page.html")
	var outs [2]string
	for i := range outs {
		var out, errs bytes.Buffer
		if code := run([]string{"-n", "3000", "-html", file}, &out, &errs); code != 0 {
			t.Fatal(code, errs.String())
		}
		outs[i] = out.String()
	}
	if outs[0] != outs[1] {
		t.Error("two runs differ")
	}
	for _, want := range []string{"case management", "Gini", "sensitivity", "PPV", "REGRESSION_TO_MEAN", "stayed in buffer", "still in the top level"} {
		if !strings.Contains(outs[0], want) {
			t.Errorf("no %q in\n%s", want, outs[0])
		}
	}
	page, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(page, []byte("<svg")); n != 3 || bytes.Count(page, []byte("</svg>")) != n || bytes.Contains(page, []byte("http")) || bytes.Contains(page, []byte("NaN")) {
		t.Error("charts are missing, or the page is not self-contained")
	}
}

func TestWrongUse(t *testing.T) {
	for _, c := range []struct {
		args []string
		want int
	}{{[]string{"-n", "5"}, 2}, {[]string{"-shares", "2,1,40"}, 2}, {[]string{"-shares", "2,10"}, 2}, {[]string{"-shares", "a,b,c"}, 2}, {[]string{"-shares", "1.25,2,3"}, 2}, {[]string{"x"}, 2}, {[]string{"-x"}, 2}, {[]string{"-h"}, 0},
		{[]string{"-n", "200", "-html", filepath.Join(t.TempDir(), "no", "page.html")}, 1}} {
		var out, errs bytes.Buffer
		if code := run(c.args, &out, &errs); code != c.want || errs.Len() == 0 {
			t.Errorf("%v: %d %s", c.args, code, errs.String())
		}
	}
}
