package population_test

import (
	"encoding/json"
	"errors"
	"testing"

	"github.com/chroniccare/chroniccare/registry/population"
)

// What reads as a count writes as it was read; everything else is an error that says so. A
// grid that was read can be suppressed, or the error says why not.
func FuzzCount(f *testing.F) {
	for _, s := range []string{`0`, `12`, `"*"`, `-1`, `1e3`, `null`, `9223372036854775808`, `{"rows":["a"],"cols":["b"],"cells":[["*"]],"row_totals":[4]}`, `{"rows":["a","b"],"cols":["x"],"cells":[[3],[30]],"col_totals":[33],"total":33}`, `{"cells":[[1],[2,3]]}`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		var c population.Count
		if err := c.UnmarshalJSON([]byte(s)); err != nil {
			if !errors.Is(err, population.ErrDisclosure) {
				t.Fatal(err)
			}
		} else {
			b, err := json.Marshal(c)
			var again population.Count
			if err != nil || json.Unmarshal(b, &again) != nil || again != c {
				t.Fatalf("%q: %+v %s %v", s, c, b, err)
			}
		}
		var g population.Grid
		if json.Unmarshal([]byte(s), &g) != nil || len(g.Rows)*len(g.Cols) > 64 {
			return
		}
		for _, d := range []population.Disclosure{{}, {UseZeros: true, Wide: true}} {
			x, err := g.Suppress(d)
			if err != nil {
				if !errors.Is(err, population.ErrDisclosure) {
					t.Fatal(err)
				}
				continue
			}
			x.Text()
			y, err := x.Suppress(d)
			if err != nil || y.Text() != x.Text() {
				t.Fatalf("twice: %v\n%s", err, x.Text())
			}
		}
	})
}
