package recall_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/chroniccare/chroniccare/registry/recall"
)

func FuzzParseRemark(f *testing.F) {
	for _, s := range []string{"order-placed", "Satisfied-in-EHR", "", "unknown", "rejected "} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		k, err := recall.ParseRemark(s)
		if err != nil {
			if !errors.Is(err, recall.ErrRemark) {
				t.Fatal(err)
			}
			return
		}
		if !strings.EqualFold(k.String(), s) {
			t.Fatalf("%q is %v", s, k)
		}
	})
}
