package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/hedis"
)

func TestRun(t *testing.T) {
	var b bytes.Buffer
	if err := run(config{year: 2026, asOf: "2026-06-30", why: true}, &b); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"Patient amara", "open-gap  CMS122", "prospective-gap  CMS125", "9.4 %", "PARTIAL_DATE", "initial-population: in"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("no %q in\n%s", want, b.String())
		}
	}
	b.Reset()
	if err := run(config{year: 2026, json: true, measure: "cms122"}, &b); err != nil {
		t.Fatal(err)
	}
	var gaps []struct{ Indicator, Status string }
	if err := json.Unmarshal(b.Bytes(), &gaps); err != nil || len(gaps) != 1 || gaps[0].Status != hedis.OpenGap.String() {
		t.Errorf("%v %s", err, b.String())
	}
	for _, bad := range []config{{year: 1999}, {year: 2026, asOf: "soon"}, {year: 2026, bundle: "no such file"}, {year: 2026, valueSets: "main.go"}} {
		if err := run(bad, &b); err == nil {
			t.Errorf("%+v: no error", bad)
		}
	}
}
