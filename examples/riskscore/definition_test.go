package main

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
)

func TestDefinitionExample(t *testing.T) {
	printed, _, err := try(t, config{definition: "example"}, "")
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "own.json")
	write := func(text string) {
		t.Helper()
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(mark + printed)
	out, _, err := try(t, config{definition: file}, `{"id": "a", "age": 81, "sex": "M", "visits": 7, "alone": "yes", "weight": {"value": 45000, "unit": "g"}}
{"id": "b", "age": 40, "sex": "female", "visits": 0, "alone": false}`)
	if err != nil {
		t.Fatal(err)
	}
	expect(t, out, "visits@2026: 10 points (high)", "visits@2026: 0 points (low)")

	for text, want := range map[string][]string{
		"":    {"own.json is empty", "-definition example"},
		" \n": {"own.json is empty"},
		`{"name": "x", "unit": "points", "inputs": [{"name": "a"}, {"typ": "flag", "Name": "b", "range": 1}], "equations": [{"terms": [{"weight": 2}]}]}`: {
			`definition has no "unit", only name,`, `definition.inputs[1] has no "range", "typ", only name, label, kind`, `definition.equations[0].terms[0] has no "weight", only`},
		"{\n\"name\": \"x\",\n]":                 {"own.json: line 3: "},
		`{"name": "x", "form": "sum"}`:           {"own.json: ", "source is empty", `form "sum" is unknown`, "no equations"},
		`{"name": "x"} {"name": "y"}`:            {"own.json: line 1: "},
		`[]`:                                     {"own.json: "},
		`{"name": "x", "inputs": {"name": "a"}}`: {"own.json: "},
	} {
		write(text)
		_, _, err := try(t, config{definition: file}, "")
		if !errors.Is(err, errUsage) {
			t.Errorf("%s: %v", text, err)
			continue
		}
		expect(t, err.Error(), want...)
	}
}
