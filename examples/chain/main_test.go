package main

import (
	"bytes"
	"errors"
	"strings"
	"testing"
)

func TestRun(t *testing.T) {
	var a, b, errs bytes.Buffer
	if run(nil, &a, &errs) != 0 || run(nil, &b, &errs) != 0 || errs.Len() > 0 {
		t.Fatal(errs.String())
	}
	if a.String() != b.String() {
		t.Error("two runs differ")
	}
	for _, want := range []string{"gap", "HBA1C", "score 0.", "Dr Chen", "pool"} {
		if !strings.Contains(a.String(), want) {
			t.Errorf("no %q in\n%s", want, &a)
		}
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("disk full") }

// Whoever asks for help or gives too much does not get the walk.
func TestUse(t *testing.T) {
	for _, x := range []struct {
		args []string
		code int
		want string
	}{{[]string{"-h"}, 0, "usage: chain"}, {[]string{"--help"}, 0, "usage: chain"}, {[]string{"-n", "5"}, 2, "-n"}, {[]string{"rest"}, 2, "unexpected argument rest"}} {
		var out, errs bytes.Buffer
		if code := run(x.args, &out, &errs); code != x.code || out.Len() > 0 || !strings.Contains(errs.String(), x.want) || !strings.Contains(errs.String(), "usage: chain") {
			t.Errorf("%q: %d, %q, %q", x.args, code, &out, &errs)
		}
	}
	var errs bytes.Buffer
	if code := run(nil, full{}, &errs); code != 1 || !strings.Contains(errs.String(), "disk full") {
		t.Error("a full disk:", code, &errs)
	}
}
