package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/incentives"
)

func TestRun(t *testing.T) {
	file := filepath.Join(t.TempDir(), "st.json")
	var a, b bytes.Buffer
	if err := run(&a, "CHD6", file); err != nil {
		t.Fatal(err)
	}
	if err := run(&b, "CHD6", ""); err != nil {
		t.Fatal(err)
	}
	if a.String() != b.String() {
		t.Error("two runs differ")
	}
	for _, want := range []string{"CHD6", "balance", "how CHD6 came to", "prevalence factor", "more patients bring", "whole pounds"} {
		if !strings.Contains(a.String(), want) {
			t.Errorf("no %q in\n%s", want, &a)
		}
	}
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var st incentives.Statement
	if err := json.Unmarshal(data, &st); err != nil {
		t.Error(err)
	}
}
