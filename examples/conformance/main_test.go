package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestRun(t *testing.T) {
	var b bytes.Buffer
	if _, err := run(config{corpus: t.TempDir()}, &b); err == nil {
		t.Error("an empty folder is no error")
	}
	dir := os.Getenv("CHRONICCARE_CORPUS")
	if dir == "" {
		t.Skip("CHRONICCARE_CORPUS is not set")
	}
	b.Reset()
	bad, err := run(config{corpus: filepath.Join(dir, "ecqm"), verbose: true}, &b)
	if err != nil || bad != 0 || !strings.Contains(b.String(), "Disputed cases") {
		t.Errorf("%d disagreements, %v\n%s", bad, err, b.String())
	}
	b.Reset()
	if _, err := run(config{corpus: filepath.Join(dir, "ecqm"), year: "my2026", measure: "CMS137", json: true}, &b); err != nil || !strings.HasPrefix(b.String(), `{"year":"my2026","measure":"CMS137","case":`) {
		t.Errorf("%v %.200s", err, b.String())
	}
}
