package linkage_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/chroniccare/chroniccare/registry/linkage"
)

// Names and numbers come as people type them.
func FuzzIdentity(f *testing.F) {
	for _, s := range []string{"", "Müller-Lüdenscheidt", "O'Brien", "943 476 5919", "\u200bＡｎｎ", "\xff\xfe", "Nguyễn", "ﬃ", "I\u0307stanbul"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		n := linkage.NormalizeName(s)
		if again := linkage.NormalizeName(n); again != n {
			t.Fatalf("%q becomes %q, then %q", s, n, again)
		}
		if strings.TrimSpace(n) != n || strings.Contains(n, "  ") || utf8.ValidString(s) && !utf8.ValidString(n) {
			t.Fatalf("%q becomes %q", s, n)
		}
		id := linkage.Identifier{System: linkage.NHSNumber, Value: s}
		if x := id.Normal(); x.Normal() != x || x.Valid() != id.Valid() {
			t.Fatalf("%q becomes %+v", s, x)
		}
		if linkage.ValidNHSNumber(s) && !id.Valid() {
			t.Fatalf("%q is valid as text only", s)
		}
	})
}
