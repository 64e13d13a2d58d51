package completeness

import (
	"errors"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/internal/table"
)

func TestTables(t *testing.T) {
	u, err := LoadUnits()
	if err != nil {
		t.Fatal(err)
	}
	if len(u.conversions) != 26 || len(u.ranges) != 13 {
		t.Error(len(u.conversions), len(u.ranges))
	}
	as, err := StarterAnalytes()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, a := range as {
		if seen[a.Name] || !u.knows(a.Name) {
			t.Errorf("%s is there twice, or no table knows it", a.Name)
		}
		seen[a.Name] = true
	}
	for _, x := range u.ranges {
		if !seen[x.analyte] {
			t.Errorf("no starter code for %s", x.analyte)
		}
	}
	tab, err := table.Parse("status-codes", statusCSV)
	if err != nil || len(tab.Rows) != 42 {
		t.Error(len(tab.Rows), err)
	}
}

// A table that somebody spoiled is refused, each row named.
func TestSpoiledTables(t *testing.T) {
	for name, c := range map[string]struct{ conversions, ranges, want string }{
		"no provenance":      {"a,b\n1,2\n", rangesCSV, "no provenance"},
		"no number":          {strings.Replace(conversionsCSV, "0.45359237", "heavy", 1), rangesCSV, "row 9"},
		"a factor of 0":      {strings.Replace(conversionsCSV, "0.45359237", "0", 1), rangesCSV, "weight from"},
		"places":             {strings.Replace(conversionsCSV, "0.09148,0,", "0.09148,-1,", 1), rangesCSV, "row 1"},
		"a range upside":     {conversionsCSV, strings.Replace(rangesCSV, "3,20", "20,3", 1), "plausibility-ranges row 1"},
		"a range of letters": {conversionsCSV, strings.Replace(rangesCSV, "3,20", "3,x", 1), "not a number"},
		"ranges without":     {conversionsCSV, "# x\na\n", "no rows"},
	} {
		if _, err := parseUnits(c.conversions, c.ranges); !errors.Is(err, ErrDefinition) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, text := range []string{strings.Replace(statusCSV, ",yes", ",perhaps", 1), strings.Replace(statusCSV, "verification,provisional", "verification,likely", 1), "a\n"} {
		if _, err := parseStanding(text); !errors.Is(err, ErrDefinition) {
			t.Error(err)
		}
	}
}
