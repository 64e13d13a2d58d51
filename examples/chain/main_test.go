package main

import (
	"bytes"
	"strings"
	"testing"
)

func TestRun(t *testing.T) {
	var a, b bytes.Buffer
	if err := run(&a); err != nil {
		t.Fatal(err)
	}
	if err := run(&b); err != nil {
		t.Fatal(err)
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
